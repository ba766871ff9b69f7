// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/org/hierarchy.hpp"
#include "sifang/org/hierarchy_graph.hpp"

#include <boost/concept/assert.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/graph/topological_sort.hpp>
#include <range/v3/algorithm/equal.hpp>
#include <range/v3/view/reverse.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

struct plain {
  int population = 0;
};
using tree_type = hierarchy<plain>;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<tree_type>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<tree_type>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<tree_type>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<tree_type>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<tree_type>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<tree_type, unit_id, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<tree_type, unit_id, boost::vertex_name_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<tree_type, hierarchy_edge, boost::edge_index_t>));
static_assert(std::is_same_v<boost::graph_traits<tree_type>::vertex_descriptor, unit_id>);

struct row {
  std::string code, parent;
};

checked<tree_type> build(const std::vector<row>& rows) {
  hierarchy_builder<plain> builder;
  std::uint32_t line = 0;
  for (const row& r : rows) {
    ++line;
    builder.add(r.code, r.parent, {static_cast<int>(line)}, {"units.csv", line, 0});
  }
  return std::move(builder).build();
}

/// A county in small: two townships with villages, and the bureau.
const std::vector<row> small_county = {
    {"county", ""},       {"songcheng", "county"}, {"village-1", "songcheng"}, {"village-2", "songcheng"},
    {"bureau", "county"}, {"yacheng", "county"},   {"village-3", "yacheng"}};

tree_type small() { return *build(small_county); }

template <class Range>
std::vector<std::string> codes(const tree_type& tree, const Range& units) {
  std::vector<std::string> out;
  for (unit_id u : units) out.push_back(tree.code(u));
  return out;
}

std::vector<std::pair<fault_kind, std::vector<std::string>>> kinds(const std::vector<fault>& faults) {
  std::vector<std::pair<fault_kind, std::vector<std::string>>> out;
  for (const fault& f : faults) out.emplace_back(f.kind, f.details);
  return out;
}

/// A random tree as a parent array, parents before children; the rows of it shuffled.
struct random_tree {
  std::vector<std::size_t> parent;  // parent[0] is of no meaning
  std::vector<row> rows;
};

random_tree draw_tree() {
  random_tree out;
  const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 40));
  out.parent.assign(n, 0);
  std::vector<std::pair<int, std::size_t>> order;
  for (std::size_t i = 0; i < n; ++i) {
    if (i != 0) out.parent[i] = *rc::gen::inRange<std::size_t>(0, i);
    order.emplace_back(*rc::gen::arbitrary<int>(), i);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [key, i] : order) out.rows.push_back({"u" + std::to_string(i), i == 0 ? "" : "u" + std::to_string(out.parent[i])});
  return out;
}

bool naive_contains(const std::vector<std::size_t>& parent, std::size_t above, std::size_t u) {
  while (u != above && u != 0) u = parent[u];
  return u == above;
}

std::size_t number(const tree_type& tree, unit_id u) { return static_cast<std::size_t>(std::stoul(tree.code(u).substr(1))); }

}  // namespace

TEST_CASE("a tree can be told in any order of rows") {
  auto rows = small_county;
  std::reverse(rows.begin(), rows.end());
  const auto built = build(rows);
  REQUIRE(built);
  const tree_type& tree = *built;
  CHECK(tree.size() == 7);
  CHECK(tree.code(tree.root()) == "county");
  // Siblings keep the order of rows.
  CHECK(codes(tree, tree.all()) ==
        std::vector<std::string>{"county", "yacheng", "village-3", "bureau", "songcheng", "village-2", "village-1"});
  CHECK(tree[*tree.find("yacheng")].population == 2);
}

TEST_CASE("units stand in pre-order and siblings in the order of rows") {
  const tree_type tree = small();
  CHECK(codes(tree, tree.all()) ==
        std::vector<std::string>{"county", "songcheng", "village-1", "village-2", "bureau", "yacheng", "village-3"});
  CHECK(codes(tree, tree.children(tree.root())) == std::vector<std::string>{"songcheng", "bureau", "yacheng"});
  CHECK(codes(tree, tree.children(*tree.find("bureau"))).empty());
  CHECK(codes(tree, tree.subtree(*tree.find("songcheng"))) == std::vector<std::string>{"songcheng", "village-1", "village-2"});
}

TEST_CASE("a village is below its township and the county, and below nothing else") {
  const tree_type tree = small();
  const unit_id village = *tree.find("village-2"), songcheng = *tree.find("songcheng"), yacheng = *tree.find("yacheng");
  CHECK(tree.contains(songcheng, village));
  CHECK(tree.contains(tree.root(), village));
  CHECK(tree.contains(village, village));
  CHECK_FALSE(tree.contains(yacheng, village));
  CHECK_FALSE(tree.contains(village, songcheng));
  CHECK(codes(tree, tree.ancestors(village)) == std::vector<std::string>{"songcheng", "county"});
  CHECK(codes(tree, tree.ancestors(tree.root())).empty());
  CHECK(codes(tree, tree.ancestors(village) | ranges::views::reverse) == std::vector<std::string>{"county", "songcheng"});
  CHECK(codes(tree, tree.ancestors(songcheng) | ranges::views::reverse) == std::vector<std::string>{"county"});
  CHECK(codes(tree, tree.ancestors(tree.root()) | ranges::views::reverse).empty());
  CHECK(tree.parent(village) == songcheng);
  CHECK_FALSE(tree.parent(tree.root()));
  CHECK(tree.depth(village) == 2);
  CHECK(tree.depth(tree.root()) == 0);
}

TEST_CASE("two villages meet at their township, or at the county") {
  const tree_type tree = small();
  const auto at = [&](const char* a, const char* b) { return tree.code(tree.lowest_common_ancestor(*tree.find(a), *tree.find(b))); };
  CHECK(at("village-1", "village-2") == "songcheng");
  CHECK(at("village-1", "village-3") == "county");
  CHECK(at("village-1", "songcheng") == "songcheng");
  CHECK(at("songcheng", "village-1") == "songcheng");
  CHECK(at("county", "county") == "county");
}

TEST_CASE("a unit is found by its code and by nothing near it") {
  const tree_type tree = small();
  REQUIRE(tree.find("bureau"));
  CHECK(tree.code(*tree.find("bureau")) == "bureau");
  for (const char* absent : {"", "bur", "bureaux", "zzz", "Bureau"}) CHECK_FALSE(tree.find(absent));
}

TEST_CASE("everything wrong with a table of units is said at once") {
  const auto built = build({{"county", ""},
                            {"songcheng", "county"},
                            {"songcheng", "county"},
                            {"orphan", "nowhere"},
                            {"a", "b"},
                            {"b", "c"},
                            {"c", "a"},
                            {"below-the-ring", "a"},
                            {"self", "self"},
                            {"second", ""}});
  REQUIRE_FALSE(built);
  using list = std::vector<std::string>;
  auto found = kinds(built.faults());
  std::sort(found.begin(), found.end());
  decltype(found) expected{{fault_kind::duplicate_code, list{"songcheng", "2"}},
                           {fault_kind::unknown_parent, list{"orphan", "nowhere"}},
                           {fault_kind::cycle, list{"a → b → c"}},
                           {fault_kind::cycle, list{"self"}},
                           {fault_kind::second_root, list{"second", "county"}}};
  std::sort(expected.begin(), expected.end());
  CHECK(found == expected);
  for (const fault& f : built.faults()) {
    CHECK(f.where.file == "units.csv");
    if (f.kind == fault_kind::duplicate_code) CHECK(f.where.line == 3);
    if (f.kind == fault_kind::second_root) CHECK(f.where.line == 10);
  }
}

TEST_CASE("a table without a top has no tree") {
  const auto empty = build({});
  REQUIRE_FALSE(empty);
  CHECK(empty.faults().front().kind == fault_kind::no_root);
  const auto ring = build({{"a", "b"}, {"b", "a"}});
  REQUIRE_FALSE(ring);
  CHECK(kinds(ring.faults()) == kinds({{fault_kind::cycle, {}, {"a → b"}}, {fault_kind::no_root, {}, {}}}));
}

TEST_CASE("a tree answers as a plain array of parents does") {
  CHECK(rc::check([] {
    const random_tree drawn = draw_tree();
    const auto built = build(drawn.rows);
    RC_ASSERT(bool(built));
    const tree_type& tree = *built;
    const std::size_t n = drawn.parent.size();
    RC_ASSERT(tree.size() == n);
    std::vector<unit_id> at(n);
    for (unit_id u : tree.all()) at[number(tree, u)] = u;
    for (std::size_t i = 0; i < n; ++i) {
      RC_ASSERT(tree.find("u" + std::to_string(i)) == at[i]);
      RC_ASSERT(drawn.rows[static_cast<std::size_t>(tree[at[i]].population) - 1].code == "u" + std::to_string(i));
      RC_ASSERT(tree.parent(at[i]) == (i == 0 ? std::nullopt : std::optional(at[drawn.parent[i]])));
      std::vector<unit_id> ancestors, above;
      for (std::size_t k = i; k != 0;) above.push_back(at[k = drawn.parent[k]]);
      for (unit_id u : tree.ancestors(at[i])) ancestors.push_back(u);
      RC_ASSERT(ancestors == above);
      std::reverse(above.begin(), above.end());
      RC_ASSERT(ranges::equal(tree.ancestors(at[i]) | ranges::views::reverse, above));
      RC_ASSERT(tree.depth(at[i]) == static_cast<int>(above.size()));
      std::vector<std::string> children, expected;
      for (unit_id u : tree.children(at[i])) children.push_back(tree.code(u));
      for (const row& r : drawn.rows)
        if (r.parent == tree.code(at[i])) expected.push_back(r.code);
      RC_ASSERT(children == expected);
      const auto subtree = tree.subtree(at[i]);
      for (std::size_t k = 0; k < n; ++k) {
        const bool below = naive_contains(drawn.parent, i, k);
        RC_ASSERT(tree.contains(at[i], at[k]) == below);
        RC_ASSERT((std::find(subtree.begin(), subtree.end(), at[k]) != subtree.end()) == below);
        std::size_t meet = i;
        while (!naive_contains(drawn.parent, meet, k)) meet = drawn.parent[meet];
        RC_ASSERT(tree.lowest_common_ancestor(at[i], at[k]) == at[meet]);
      }
    }
  }));
}

TEST_CASE("as a graph a tree has an edge from every unit to each one directly below") {
  CHECK(rc::check([] {
    const random_tree drawn = draw_tree();
    const auto built = build(drawn.rows);
    RC_ASSERT(bool(built));
    const tree_type& tree = *built;
    const std::size_t n = tree.size();
    RC_ASSERT(num_vertices(tree) == n);
    RC_ASSERT(num_edges(tree) == n - 1);
    std::size_t edge_count = 0;
    for (auto [e, last] = edges(tree); e != last; ++e) {
      RC_ASSERT(get(boost::edge_index, tree, *e) == edge_count++);
      RC_ASSERT(drawn.parent[number(tree, target(*e, tree))] == number(tree, source(*e, tree)));
    }
    RC_ASSERT(edge_count == n - 1);
    std::size_t index = 0, out_total = 0;
    for (auto [v, last] = vertices(tree); v != last; ++v) {
      RC_ASSERT(get(boost::vertex_index, tree, *v) == index++);
      RC_ASSERT(get(boost::vertex_name, tree, *v) == tree.code(*v));
      RC_ASSERT(get(&plain::population, tree, *v) == tree[*v].population);
      std::size_t out_count = 0;
      auto [child, last_child] = adjacent_vertices(*v, tree);
      for (auto [e, last_out] = out_edges(*v, tree); e != last_out; ++e, ++child, ++out_count) {
        RC_ASSERT(child != last_child);
        RC_ASSERT(source(*e, tree) == *v);
        RC_ASSERT(target(*e, tree) == *child);
      }
      RC_ASSERT(child == last_child);
      RC_ASSERT(out_degree(*v, tree) == out_count);
      out_total += out_count;
      std::size_t in_count = 0;
      for (auto [e, last_in] = in_edges(*v, tree); e != last_in; ++e, ++in_count) {
        RC_ASSERT(target(*e, tree) == *v);
        RC_ASSERT(tree.parent(*v) == source(*e, tree));
      }
      RC_ASSERT(in_count == (*v == tree.root() ? 0U : 1U));
      RC_ASSERT(in_degree(*v, tree) == in_count);
      RC_ASSERT(degree(*v, tree) == in_count + out_count);
    }
    RC_ASSERT(index == n);
    RC_ASSERT(out_total == n - 1);
  }));
}

TEST_CASE("a tree without units is a graph without vertices") {
  const tree_type tree;
  CHECK(num_vertices(tree) == 0);
  CHECK(num_edges(tree) == 0);
  CHECK(vertices(tree).first == vertices(tree).second);
  CHECK(edges(tree).first == edges(tree).second);
}

TEST_CASE("breadth-first search from the county reaches every unit at its depth") {
  const tree_type tree = small();
  std::vector<int> distance(tree.size(), 0);
  const auto map = boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, tree));
  boost::breadth_first_search(tree, tree.root(),
                              boost::visitor(boost::make_bfs_visitor(boost::record_distances(map, boost::on_tree_edge()))));
  for (unit_id u : tree.all()) CHECK(distance[u.index()] == tree.depth(u));
}

TEST_CASE("depth-first search finds units in pre-order and no way back up") {
  struct finder : boost::default_dfs_visitor {
    std::vector<unit_id>* found;
    int* back_edges;
    void discover_vertex(unit_id u, const tree_type&) { found->push_back(u); }
    void back_edge(hierarchy_edge, const tree_type&) { ++*back_edges; }
  };
  const tree_type tree = small();
  std::vector<unit_id> found;
  int back_edges = 0;
  finder visitor;
  visitor.found = &found;
  visitor.back_edges = &back_edges;
  boost::depth_first_search(tree, boost::visitor(visitor));
  CHECK(found == std::vector<unit_id>(vertices(tree).first, vertices(tree).second));
  CHECK(back_edges == 0);
}

TEST_CASE("topological order puts every unit after the one above it") {
  const tree_type tree = small();
  std::vector<unit_id> reversed;
  boost::topological_sort(tree, std::back_inserter(reversed));
  REQUIRE(reversed.size() == tree.size());
  std::vector<std::size_t> position(tree.size());
  for (std::size_t i = 0; i < reversed.size(); ++i) position[reversed[i].index()] = reversed.size() - 1 - i;
  for (auto [e, last] = edges(tree); e != last; ++e) CHECK(position[source(*e, tree).index()] < position[target(*e, tree).index()]);
}

TEST_CASE("a tree is drawn by Graphviz with the codes as labels") {
  const auto built = build({{"county", ""}, {"songcheng", "county"}, {"village", "songcheng"}});
  std::ostringstream out;
  boost::write_graphviz(out, *built, boost::make_label_writer(get(boost::vertex_name, *built)));
  CHECK(out.str() == "digraph G {\n0[label=county];\n1[label=songcheng];\n2[label=village];\n0->1 ;\n1->2 ;\n}\n");
}
