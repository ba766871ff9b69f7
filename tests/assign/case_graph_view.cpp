// SPDX-License-Identifier: BSL-1.0
#include "sifang/assign/case_graph_view.hpp"

#include "autumn.hpp"
#include "catch.hpp"
#include "sifang/assign/case_graph_loops.hpp"

#include <boost/concept/assert.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

using namespace sifang;
using namespace sifang_tests;

BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<case_view>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<case_view>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<case_view>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<case_excerpt<>>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<case_excerpt<>>));

namespace {

template <class Graph>
std::size_t count_edges(const Graph& part) {
  const auto range = edges(part);
  return static_cast<std::size_t>(std::distance(range.first, range.second));
}
template <class Graph>
std::vector<case_node> nodes(const Graph& part) {
  std::vector<case_node> out;
  for (auto [v, last] = vertices(part); v != last; ++v) out.push_back(part[*v]);
  return out;
}
struct order_of_discovery : boost::default_bfs_visitor {
  std::vector<case_graph::vertex>* out;
  explicit order_of_discovery(std::vector<case_graph::vertex>& o) : out(&o) {}
  template <class Graph>
  void discover_vertex(case_graph::vertex v, const Graph&) const {
    out->push_back(v);
  }
};
constexpr category_id building(0), wages_owed(1);

case_graph classified() {
  case_graph g = autumn();
  g.classify(demolition, building, door::open_reception);
  g.classify(drainage, building, door::door_to_door);
  g.classify(wages, wages_owed, door::open_reception);
  return g;
}

}  // namespace

TEST_CASE("a view by door keeps the events of the cases that came in by it") {
  const case_graph g = classified();
  CHECK(count_edges(view(g, {.entry = door::door_to_door})) == 2);
  CHECK(count_edges(view(g, {.entry = door::open_reception})) == count_edges(g.graph()) - 2);
  CHECK(count_edges(view(g, {.entry = door::return_visit})) == 0);
  const case_graph unsaid = autumn();
  CHECK(count_edges(view(unsaid, {.entry = door::open_reception})) == 0);
}

TEST_CASE("a view by category keeps the events of its cases, so loops can be sought in one subject") {
  const case_graph g = classified();
  CHECK(count_edges(view(g, {.category = wages_owed})) == 4);
  CHECK(transfer_loops(view(g, {.category = building})).size() == 1);
  CHECK(transfer_loops(view(g, {.category = wages_owed})).empty());
}

TEST_CASE("a view by kind keeps these events; fields of a filter all count together") {
  const case_graph g = classified();
  CHECK(count_edges(view(g, {.kinds = {case_link_kind::transferred}})) == 2);
  CHECK(count_edges(view(g, {.kinds = {case_link_kind::owns, case_link_kind::transferred}})) == 4);
  CHECK(count_edges(view(g, {.kinds = {case_link_kind::owns}, .about = wages})) == 1);
  CHECK(count_edges(view(g, {.from = on(2), .to = on(5), .kinds = {case_link_kind::transferred}, .category = building})) == 1);
  CHECK(count_edges(view(g, {.kinds = {case_link_kind::owns}, .entry = door::door_to_door})) == 0);
}

TEST_CASE("a view keeps every vertex, an excerpt those that its events touch") {
  const case_graph g = classified();
  const case_filter of_drainage{.about = drainage};
  CHECK(nodes(view(g, of_drainage)).size() == boost::num_vertices(g.graph()));
  const auto node = [](case_node_kind kind, auto id) { return case_node{kind, id.value()}; };
  CHECK(nodes(excerpt(g, of_drainage)) == std::vector<case_node>{node(case_node_kind::petition, drainage),
                                                                 node(case_node_kind::petitioner, zhao),
                                                                 node(case_node_kind::unit, songcheng)});
  CHECK(count_edges(excerpt(g, of_drainage)) == 2);
  CHECK(nodes(excerpt(g, {.about = case_id(40)})).empty());
}

TEST_CASE("an excerpt takes a predicate of one's own") {
  struct late {
    const case_graph* cases = nullptr;
    bool operator()(case_graph::edge e) const { return cases->graph()[e].at >= on(7); }
  };
  const case_graph g = classified();
  CHECK(count_edges(excerpt(g, late{&g})) == 1);
  CHECK(nodes(excerpt(g, late{&g})).size() == 2);
}

TEST_CASE("what happens later shows in a view made before") {
  case_graph g = classified();
  const case_view part = view(g, {.about = drainage});
  g.own(drainage, lin, on(3));
  CHECK(count_edges(part) == 3);
  g.classify(drainage, wages_owed);
  CHECK(count_edges(view(g, {.category = wages_owed})) == 7);
  CHECK_FALSE(g.entry(drainage));
}

TEST_CASE("a case may be classified before anything happens to it, and is not known for that") {
  case_graph g;
  g.classify(wages, wages_owed, door::appointment);
  CHECK_FALSE(g.is_open(wages));
  CHECK(g.open_cases().empty());
  CHECK(g.category(wages) == wages_owed);
  CHECK(g.entry(wages) == door::appointment);
  CHECK_FALSE(g.category(case_id(50)).valid());
  CHECK_FALSE(g.entry(case_id(50)));
  g.visit(wages, zhang, on(0));
  CHECK(g.open_cases() == std::vector<case_id>{wages});
  CHECK(count_edges(view(g, {.entry = door::appointment})) == 1);
}

TEST_CASE("an algorithm of Boost.Graph walks a view: who stands behind a case in its first days") {
  const case_graph g = classified();
  const case_view first_days = during(g, on(0), on(1));
  const auto backwards = boost::make_reverse_graph(first_days);
  std::vector<case_graph::vertex> met;
  boost::breadth_first_search(backwards, *g.find(demolition),
                              boost::visitor(order_of_discovery(met)).vertex_index_map(get(boost::vertex_index, g.graph())));
  const auto has = [&](auto who) { return std::find(met.begin(), met.end(), *g.find(who)) != met.end(); };
  CHECK(met.size() == 4);
  CHECK((has(zhang) && has(chen) && has(housing)));
}

TEST_CASE("a view keeps exactly the events that a plain look at each of them would keep") {
  CHECK(rc::check([] {
    case_graph g;
    struct told {
      case_link link;
      std::optional<door> by;
      category_id about;
    };
    std::vector<told> list;
    std::vector<std::pair<category_id, std::optional<door>>> kinds;
    for (std::size_t c = 0; c < 4; ++c) {
      const category_id about(*rc::gen::inRange<std::size_t>(0, 2));
      const int by = *rc::gen::inRange(0, 5);
      kinds.emplace_back(about, by == 4 ? std::nullopt : std::optional(static_cast<door>(by)));
      g.classify(case_id(c), kinds.back().first, kinds.back().second);
    }
    const int n = *rc::gen::inRange(0, 40);
    for (int i = 0; i < n; ++i) {
      const case_id c(*rc::gen::inRange<std::size_t>(0, 4));
      const instant at(*rc::gen::inRange(0, 20));
      const auto kind = *rc::gen::element(case_link_kind::received, case_link_kind::owns, case_link_kind::visited);
      if (kind == case_link_kind::received) g.receive(c, chen, at);
      if (kind == case_link_kind::owns) g.own(c, chen, at);
      if (kind == case_link_kind::visited) g.visit(c, zhang, at);
      list.push_back({{kind, at, c}, kinds[c.index()].second, kinds[c.index()].first});
    }
    case_filter f;
    if (*rc::gen::arbitrary<bool>()) f.from = instant(*rc::gen::inRange(0, 20));
    if (*rc::gen::arbitrary<bool>()) f.to = instant(*rc::gen::inRange(0, 20));
    if (*rc::gen::arbitrary<bool>()) f.kinds = {case_link_kind::owns, case_link_kind::visited};
    if (*rc::gen::arbitrary<bool>()) f.entry = door::appointment;
    if (*rc::gen::arbitrary<bool>()) f.category = category_id(0);
    if (*rc::gen::arbitrary<bool>()) f.about = case_id(1);
    std::vector<case_link> expected, kept;
    for (const told& t : list) {
      if (t.link.at < f.from || t.link.at >= f.to || !f.kinds.contains(t.link.kind)) continue;
      if (f.entry && t.by != f.entry) continue;
      if (f.category.valid() && t.about != f.category) continue;
      if (f.about.valid() && t.link.about != f.about) continue;
      expected.push_back(t.link);
    }
    const case_view part = view(g, f);
    for (auto [e, last] = edges(part); e != last; ++e) kept.push_back(part[*e]);
    const auto order = [](const case_link& a, const case_link& b) {
      return std::tie(a.at, a.about, a.kind) < std::tie(b.at, b.about, b.kind);
    };
    std::sort(expected.begin(), expected.end(), order);
    std::sort(kept.begin(), kept.end(), order);
    RC_ASSERT(kept == expected);
    RC_ASSERT(count_edges(excerpt(g, f)) == expected.size());
  }));
}
