// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/hierarchy_graph.hpp"

#include "catch.hpp"
#include "sifang/org/organisation.hpp"
#include "trees.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/copy.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_map/dynamic_property_map.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <set>
#include <sstream>

using namespace sifang;
using namespace sifang_tests;
using tree = hierarchy<int>;
using traits = boost::graph_traits<tree>;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<tree>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<tree>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<tree>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<tree>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<tree>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<tree, unit_id, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<tree, hierarchy_edge, boost::edge_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<tree, unit_id, boost::vertex_name_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<tree, unit_id, boost::vertex_bundle_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<county_tree, unit_id, double unit::*>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<boost::property_map<county_tree, boost::vertex_bundle_t>::const_type, unit_id>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<boost::property_map<county_tree, boost::vertex_name_t>::const_type, unit_id>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<boost::property_map<county_tree, double unit::*>::const_type, unit_id>));
BOOST_CONCEPT_ASSERT((boost::LvaluePropertyGraphConcept<tree, unit_id, unit_column<double>>));
BOOST_CONCEPT_ASSERT((boost::PropertyGraphConcept<tree, unit_id, unit_column<double>>));
BOOST_CONCEPT_ASSERT((boost::Mutable_LvaluePropertyMapConcept<unit_column<double>, unit_id>));

namespace {

struct order_of_discovery : boost::default_bfs_visitor {
  std::vector<unit_id>* out;
  explicit order_of_discovery(std::vector<unit_id>& o) : out(&o) {}
  template <class Graph>
  void discover_vertex(unit_id u, const Graph&) const {
    out->push_back(u);
  }
};

struct depth_first_order : boost::default_dfs_visitor {
  std::vector<unit_id>* out;
  explicit depth_first_order(std::vector<unit_id>& o) : out(&o) {}
  template <class Graph>
  void discover_vertex(unit_id u, const Graph&) const {
    out->push_back(u);
  }
};

std::vector<unit_id> list(const tree::unit_range& units) { return {units.begin(), units.end()}; }

}  // namespace

TEST_CASE("the edges of a hierarchy are the steps from a unit to those directly below it") {
  CHECK(rc::check([] {
    const auto built = build(random_rows());
    RC_ASSERT(built.has_value());
    const tree& t = *built;
    RC_ASSERT(num_vertices(t) == t.size());
    RC_ASSERT(num_edges(t) + 1 == t.size());

    std::set<std::pair<unit_id, unit_id>> listed, outwards, inwards, expected;
    std::vector<std::size_t> index;
    for (auto [e, end] = edges(t); e != end; ++e) {
      listed.emplace(source(*e, t), target(*e, t));
      index.push_back(get(boost::edge_index, t, *e));
    }
    for (std::size_t i = 0; i < index.size(); ++i) RC_ASSERT(index[i] == i);
    for (auto [v, end] = vertices(t); v != end; ++v) {
      const unit_id u = *v;
      if (t.parent(u)) expected.emplace(*t.parent(u), u);
      std::vector<unit_id> below, adjacent;
      for (auto [e, last] = out_edges(u, t); e != last; ++e) {
        RC_ASSERT(source(*e, t) == u);
        outwards.emplace(source(*e, t), target(*e, t));
        below.push_back(target(*e, t));
      }
      for (auto [e, last] = in_edges(u, t); e != last; ++e) {
        RC_ASSERT(target(*e, t) == u);
        inwards.emplace(source(*e, t), target(*e, t));
      }
      for (auto [a, last] = adjacent_vertices(u, t); a != last; ++a) adjacent.push_back(*a);
      RC_ASSERT(adjacent == below);
      RC_ASSERT(out_degree(u, t) == below.size());
      RC_ASSERT(in_degree(u, t) == (u == t.root() ? 0u : 1u));
      RC_ASSERT(degree(u, t) == in_degree(u, t) + out_degree(u, t));
      RC_ASSERT(get(boost::vertex_index, t, u) == u.index());
      RC_ASSERT(get(boost::vertex_name, t, u) == t.code(u));
      RC_ASSERT(get(boost::vertex_bundle, t, u) == t[u]);
    }
    RC_ASSERT(listed == expected);
    RC_ASSERT(outwards == expected);
    RC_ASSERT(inwards == expected);
  }));
}

TEST_CASE("an empty hierarchy is an empty graph") {
  const tree none;
  CHECK(num_vertices(none) == 0);
  CHECK(num_edges(none) == 0);
  CHECK(vertices(none).first == vertices(none).second);
  CHECK(edges(none).first == edges(none).second);
}

TEST_CASE("a search in breadth from a unit meets its subtree, level by level") {
  CHECK(rc::check([] {
    const auto built = build(random_rows());
    RC_ASSERT(built.has_value());
    const tree& t = *built;
    for (unit_id from : t.all()) {
      std::vector<unit_id> met;
      boost::breadth_first_search(t, from, boost::visitor(order_of_discovery(met)));
      for (std::size_t i = 1; i < met.size(); ++i) RC_ASSERT(t.depth(met[i - 1]) <= t.depth(met[i]));
      std::sort(met.begin(), met.end());
      RC_ASSERT(met == list(t.subtree(from)));
    }
  }));
}

TEST_CASE("a search in depth meets all units in the order in which they stand") {
  CHECK(rc::check([] {
    const auto built = build(random_rows());
    RC_ASSERT(built.has_value());
    std::vector<unit_id> met;
    boost::depth_first_search(*built, boost::visitor(depth_first_order(met)));
    RC_ASSERT(met == list(built->all()));
  }));
}

TEST_CASE("a topological sort puts every unit after what is below it") {
  CHECK(rc::check([] {
    const auto built = build(random_rows());
    RC_ASSERT(built.has_value());
    std::vector<unit_id> sorted;
    boost::topological_sort(*built, std::back_inserter(sorted));
    RC_ASSERT(sorted.size() == built->size());
    std::vector<std::size_t> position(built->size());
    for (std::size_t i = 0; i < sorted.size(); ++i) position[sorted[i].index()] = i;
    for (unit_id u : built->all()) {
      if (built->parent(u)) RC_ASSERT(position[u.index()] < position[built->parent(u)->index()]);
    }
  }));
}

TEST_CASE("upwards, a search from a unit meets its ancestors") {
  CHECK(rc::check([] {
    const auto built = build(random_rows());
    RC_ASSERT(built.has_value());
    const tree& t = *built;
    const auto upwards = boost::make_reverse_graph(t);
    for (unit_id from : t.all()) {
      std::vector<unit_id> met;
      boost::breadth_first_search(upwards, from, boost::visitor(order_of_discovery(met)).vertex_index_map(get(boost::vertex_index, t)));
      std::vector<unit_id> expected{from};
      for (unit_id u : t.ancestors(from)) expected.push_back(u);
      RC_ASSERT(met == expected);
    }
  }));
}

TEST_CASE("shortest paths from the root, with one for each step, are the depths") {
  const auto built = build({{"county", "", 1}, {"a", "county", 2}, {"b", "a", 3}, {"c", "b", 4}, {"d", "county", 5}});
  REQUIRE(built);
  std::vector<int> distance(built->size());
  const auto index = get(boost::vertex_index, *built);
  boost::dijkstra_shortest_paths(*built, built->root(),
                                 boost::weight_map(boost::static_property_map<int, hierarchy_edge>(1))
                                     .distance_map(boost::make_iterator_property_map(distance.begin(), index)));
  for (unit_id u : built->all()) CHECK(distance[u.index()] == built->depth(u));
}

TEST_CASE("with travel times as weights, shortest paths from the county are the times to each unit") {
  hierarchy_builder<unit> builder;
  builder.add("county", "", {"county", "", unit_kind::county, 0, 0});
  builder.add("near", "county", {"near", "", unit_kind::township, 0, 12});
  builder.add("far", "county", {"far", "", unit_kind::township, 0, 60});
  builder.add("village", "far", {"village", "", unit_kind::village, 0, 75});
  const auto county = std::move(builder).build();
  REQUIRE(county);
  const auto km = get(&unit::distance_km, *county);
  const double minutes_for_a_km = 1.5;
  const auto minutes = boost::make_function_property_map<hierarchy_edge>(
      [&](hierarchy_edge e) { return (km[e.below] - km[source(e, *county)]) * minutes_for_a_km; });
  std::vector<double> time(county->size());
  std::vector<unit_id> way(county->size());
  boost::dijkstra_shortest_paths(*county, county->root(),
                                 boost::weight_map(minutes).distance_map(unit_column{time}).predecessor_map(unit_column{way}));
  const auto to = [&](const char* code) { return time[county->find(code)->index()]; };
  CHECK(to("county") == 0);
  CHECK(to("near") == 18);
  CHECK(to("village") == 112.5);
  CHECK(get(unit_column{way}, *county)[*county->find("village")] == *county->find("far"));
}

TEST_CASE("a value beside the tree is written through the graph") {
  const auto built = build({{"county", "", 1}, {"a", "county", 2}});
  REQUIRE(built);
  std::vector<double> load(built->size(), 0.0);
  const unit_column column{load};
  put(column, *built, *built->find("a"), 2.5);
  get(column, *built, built->root()) = 1.5;
  CHECK(load == std::vector<double>{1.5, 2.5});
}

TEST_CASE("a county is drawn by Graphviz with the names of its units") {
  hierarchy_builder<unit> builder;
  builder.add("350921", "", {"350921", "霞浦县", unit_kind::county});
  builder.add("bureau", "350921", {"bureau", "县信访局", unit_kind::petition_bureau});
  const auto county = std::move(builder).build();
  REQUIRE(county);
  std::ostringstream dot;
  boost::write_graphviz(dot, *county, boost::make_label_writer(get(&unit::name, *county)));
  CHECK(dot.str() == "digraph G {\n0[label=\"霞浦县\"];\n1[label=\"县信访局\"];\n0->1 ;\n}\n");
}

namespace {
/// A county with a bureau and one township with a village.
hierarchy<unit> four_units() {
  hierarchy_builder<unit> builder;
  builder.add("county", "", {"county", "县", unit_kind::county});
  builder.add("bureau", "county", {"bureau", "信访局", unit_kind::petition_bureau});
  builder.add("town", "county", {"town", "镇", unit_kind::township});
  builder.add("village", "town", {"village", "村", unit_kind::village, 1200});
  return *std::move(builder).build();
}
}  // namespace

TEST_CASE("what is known of a unit can be handed on by name, and is not written through it") {
  const hierarchy<unit> county = four_units();
  boost::dynamic_properties columns;
  columns.property("code", get(boost::vertex_name, county));
  columns.property("population", get(&unit::population, county));
  const unit_id village = *county.find("village");
  CHECK(boost::get("code", columns, village) == "village");
  CHECK(boost::get("population", columns, village) == "1200");
  CHECK_THROWS_AS(boost::put("population", columns, village, 1.0), boost::dynamic_const_put_error);
}

TEST_CASE("a tree is copied into a graph that can be changed, with what is known of its units or without") {
  const hierarchy<unit> county = four_units();
  boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS> plain;
  boost::copy_graph(county, plain);
  CHECK(num_vertices(plain) == 4);
  CHECK(num_edges(plain) == 3);
  boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, unit> full;
  boost::copy_graph(county, full);
  for (unit_id u : county.all()) {
    CHECK(full[u.index()].code == county[u].code);
    CHECK(in_degree(u.index(), full) == in_degree(u, county));
    CHECK(out_degree(u.index(), full) == out_degree(u, county));
  }
  full[0].name = "another county";
  CHECK(county[county.root()].name == "县");
}
