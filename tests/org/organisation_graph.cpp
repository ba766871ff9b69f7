// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/organisation_graph.hpp"

#include "catch.hpp"
#include "sifang/org/organisation_export.hpp"
#include "small_county.hpp"

#include <unistd.h>  // the names of POSIX stand beside the library's

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/copy.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <rapidcheck.h>

#include <iterator>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

using namespace sifang;
using namespace sifang_tests;
using traits = boost::graph_traits<organisation>;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<organisation>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<organisation>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<organisation>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<organisation>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<organisation>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<organisation, org_vertex, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<organisation, org_vertex, boost::vertex_name_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<organisation, org_vertex, org_label_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<organisation, org_vertex, org_kind_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<organisation, org_edge, org_relation_t>));

namespace {

struct order_of_discovery : boost::default_bfs_visitor {
  std::vector<org_vertex>* out;
  explicit order_of_discovery(std::vector<org_vertex>& o) : out(&o) {}
  template <class Graph>
  void discover_vertex(org_vertex v, const Graph&) const {
    out->push_back(v);
  }
};

TEST_CASE("an organisation is copied into a graph that can be changed") {
  const organisation org = *small_county().build();
  boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS> plain;
  boost::copy_graph(org, plain);
  CHECK(boost::num_vertices(plain) == num_vertices(org));
  CHECK(boost::num_edges(plain) == num_edges(org));
}

/// Codes and posts of what can be reached, without the start.
template <class Graph>
std::set<std::string> reached(const organisation& org, const Graph& graph, org_vertex from) {
  std::vector<org_vertex> met;
  boost::breadth_first_search(graph, from, boost::visitor(order_of_discovery(met)).vertex_index_map(get(boost::vertex_index, org)));
  std::set<std::string> out;
  for (org_vertex v : met)
    if (v != from) out.insert(get(boost::vertex_name, org, v));
  return out;
}

/// Links that oblige: who heads, is linked to or in charge of a unit, and what is below it.
struct obliging {
  bool operator()(const org_edge& e) const { return e.how != relation::liaises_with && e.how != relation::member_of; }
};

organisation the_county() { return *small_county().build(); }
organisation county_with(std::vector<link_row> links) {
  auto tables = small_county();
  tables.links = std::move(links);
  return *tables.build();
}
org_vertex post(const organisation& org, std::string_view name) { return *org.find_post(name); }
org_vertex unit_of(const organisation& org, std::string_view code) { return *org.units().find(code); }

}  // namespace

TEST_CASE("the edges of an organisation are its links, each once, and the steps of its hierarchy, from both ends") {
  CHECK(rc::check([] {
    const auto tables = small_county();
    std::vector<link_row> rows;
    const int n = *rc::gen::inRange(0, 25);
    for (int i = 0; i < n; ++i) {
      rows.push_back({tables.posts[*rc::gen::inRange<std::size_t>(0, tables.posts.size())].post,
                      static_cast<relation>(*rc::gen::inRange<std::size_t>(0, relation_count)),
                      tables.units[*rc::gen::inRange<std::size_t>(0, tables.units.size())].code});
    }
    const organisation org = county_with(rows);
    std::set<org_edge> expected, listed, outwards, inwards;
    for (const official_link& l : org.links()) expected.insert({l.who, l.where, l.how});
    for (unit_id u : org.units().all()) {
      if (org.units().parent(u)) expected.insert({*org.units().parent(u), u, {}});
    }
    RC_ASSERT(num_vertices(org) == org.officials().size() + org.units().size());
    RC_ASSERT(num_edges(org) == expected.size());
    std::size_t edge_count = 0, index = 0;
    for (auto [e, last] = edges(org); e != last; ++e, ++edge_count) listed.insert(*e);
    RC_ASSERT(edge_count == expected.size());
    for (auto [v, end] = vertices(org); v != end; ++v) {
      RC_ASSERT(get(boost::vertex_index, org, *v) == index++);
      std::vector<org_vertex> targets, adjacent;
      std::size_t in = 0;
      for (auto [e, last] = out_edges(*v, org); e != last; ++e) {
        RC_ASSERT(source(*e, org) == *v);
        outwards.insert(*e);
        targets.push_back(target(*e, org));
      }
      for (auto [e, last] = in_edges(*v, org); e != last; ++e, ++in) {
        RC_ASSERT(target(*e, org) == *v);
        inwards.insert(*e);
      }
      for (auto [a, last] = adjacent_vertices(*v, org); a != last; ++a) adjacent.push_back(*a);
      RC_ASSERT(adjacent == targets);
      RC_ASSERT(out_degree(*v, org) == targets.size());
      RC_ASSERT(in_degree(*v, org) == in);
      RC_ASSERT(degree(*v, org) == in + targets.size());
    }
    RC_ASSERT(index == num_vertices(org));
    RC_ASSERT(listed == expected);
    RC_ASSERT(outwards == expected);
    RC_ASSERT(inwards == expected);
  }));
}

TEST_CASE("an empty organisation is an empty graph") {
  const organisation none;
  CHECK(num_vertices(none) == 0);
  CHECK(num_edges(none) == 0);
  CHECK(vertices(none).first == vertices(none).second);
  CHECK(edges(none).first == edges(none).second);
}

TEST_CASE("a vertex is an official or a unit and knows which") {
  const organisation org = the_county();
  const org_vertex leader = post(org, "leader-1"), town = unit_of(org, "town");
  CHECK((leader.is_official() && !leader.is_unit() && !leader.unit().valid()));
  CHECK((town.is_unit() && !town.is_official() && !town.official().valid()));
  CHECK_FALSE((org_vertex{}.is_official() || org_vertex{}.is_unit()));
  CHECK(org_vertex(official_id(0)) != org_vertex(unit_id(0)));
  CHECK(get(boost::vertex_name, org, leader) == "leader-1");
  CHECK(get(org_label, org, town) == "the town");
  CHECK(get(org_kind, org, leader) == "county_leader");
  CHECK(get(org_kind, org, town) == "township");
}

TEST_CASE("what a leader answers for is what can be reached from them") {
  const organisation org = the_county();
  CHECK(reached(org, org, post(org, "leader-1")) == std::set<std::string>{"town", "old-village", "street", "new-community"});
  CHECK(reached(org, org, post(org, "leader-2")) == std::set<std::string>{"land", "park"});
  CHECK(reached(org, org, post(org, "clerk-1")).empty());
  SECTION("of the links that oblige only") {
    const boost::filtered_graph<organisation, obliging> bound(org, obliging{});
    CHECK(reached(org, bound, post(org, "leader-2")) == std::set<std::string>{"land"});
  }
}

TEST_CASE("who answers for a village is who reaches it") {
  const organisation org = the_county();
  const auto upwards = boost::make_reverse_graph(org);
  CHECK(reached(org, upwards, unit_of(org, "old-village")) == std::set<std::string>{"town-1", "town", "leader-1", "town-head", "county"});
}

TEST_CASE("an organisation is sorted so that every official and unit comes before what is below") {
  const organisation org = the_county();
  std::vector<org_vertex> sorted;
  boost::topological_sort(org, std::back_inserter(sorted));
  REQUIRE(sorted.size() == num_vertices(org));
  std::vector<std::size_t> position(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) position[get(boost::vertex_index, org, sorted[i])] = i;
  for (auto [e, last] = edges(org); e != last; ++e) {
    CHECK(position[get(boost::vertex_index, org, (*e).to)] < position[get(boost::vertex_index, org, (*e).from)]);
  }
}

TEST_CASE("shortest paths count the hands between a leader and a village") {
  const organisation org = the_county();
  std::vector<int> distance(num_vertices(org));
  const auto index = get(boost::vertex_index, org);
  boost::dijkstra_shortest_paths(org, post(org, "leader-1"),
                                 boost::weight_map(boost::static_property_map<int, org_edge>(1))
                                     .distance_map(boost::make_iterator_property_map(distance.begin(), index)));
  CHECK(distance[get(index, unit_of(org, "town"))] == 1);
  CHECK(distance[get(index, unit_of(org, "new-community"))] == 2);
  CHECK(distance[get(index, unit_of(org, "land"))] == std::numeric_limits<int>::max());
}

TEST_CASE("an organisation is drawn by Graphviz with titles, or posts where there is none") {
  struct leaders_and_townships {
    const organisation* org = nullptr;
    bool operator()(org_vertex v) const {
      const auto kind = get(org_kind, *org, v);
      return kind == "county_leader" || kind == "township" || kind == "village";
    }
  };
  const organisation org = the_county();
  const boost::filtered_graph<organisation, boost::keep_all, leaders_and_townships> part(org, {}, leaders_and_townships{&org});
  std::ostringstream dot;
  write_organisation(dot, org, part);
  CHECK(dot.str() ==
        "digraph G {\n"
        "1[label=\"leader-1\", shape=ellipse];\n"
        "2[label=\"leader-2\", shape=ellipse];\n"
        "15[label=\"the town\", shape=box];\n"
        "16[label=\"the old-village\", shape=box];\n"
        "1->15 [label=linked_to];\n"
        "15->16 [style=dotted];\n"
        "}\n");
}

TEST_CASE("an organisation written as GraphML is XML and says the same") {
  auto tables = small_county();
  for (auto& u : tables.units)
    if (u.code == "town") u.name = "A & B <\"'镇'\">\n\x01";
  const organisation org = *tables.build();
  std::stringstream text;
  write_organisation_graphml(text, org);
  boost::property_tree::ptree file;
  boost::property_tree::read_xml(text, file);  // throws where it is no XML
  std::set<std::tuple<std::string, std::string, std::string>> links;
  std::set<std::string> nodes, labels;
  for (const auto& [what, part] : file.get_child("graphml.graph")) {
    if (what == "node") {
      nodes.insert(part.get<std::string>("<xmlattr>.id"));
      for (const auto& [name, data] : part)
        if (name == "data" && data.get<std::string>("<xmlattr>.key") == "v1") labels.insert(data.data());
    }
    if (what == "edge")
      links.emplace(part.get<std::string>("<xmlattr>.source"), part.get<std::string>("<xmlattr>.target"), part.get<std::string>("data"));
  }
  CHECK(nodes.size() == num_vertices(org));
  CHECK(labels.count("A & B <\"'镇'\">\n\xEF\xBF\xBD") == 1);
  std::set<std::tuple<std::string, std::string, std::string>> expected;
  const auto id = [&](org_vertex v) { return "n" + std::to_string(get(boost::vertex_index, org, v)); };
  for (auto [e, last] = edges(org); e != last; ++e) expected.emplace(id((*e).from), id((*e).to), get(org_relation, org, *e));
  CHECK(links == expected);
}
