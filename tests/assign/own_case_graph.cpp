// SPDX-License-Identifier: BSL-1.0
// A case graph whose cases come in by something else than the four doors.
#include "catch.hpp"
#include "sifang/assign/case_graph.hpp"
#include "sifang/assign/case_graph_export.hpp"
#include "sifang/assign/case_graph_loops.hpp"
#include "sifang/assign/case_graph_oversight.hpp"
#include "sifang/assign/case_graph_view.hpp"

#include <boost/concept/assert.hpp>
#include <boost/graph/graph_concepts.hpp>

#include <iterator>
#include <sstream>
#include <type_traits>

using namespace sifang;

namespace {

enum class way { desk, letter, portal };
using graph = basic_case_graph<way>;
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<basic_case_view<way>>));
static_assert(std::is_same_v<graph::graph_type, case_graph::graph_type>);
static_assert(std::is_same_v<graph::entry_type, way> && std::is_same_v<case_graph::entry_type, door>);

instant on(int d) { return {day(2024, 3, 1) + calendar_days(d), minutes(600)}; }

graph three_cases() {
  graph g;
  const way ways[] = {way::desk, way::portal, way::desk};
  for (std::size_t i = 0; i < 3; ++i) {
    g.classify(case_id(i), category_id(i % 2), ways[i]);
    g.receive(case_id(i), unit_id(1), on(static_cast<int>(i)));
    g.make_responsible(case_id(i), unit_id(1), on(static_cast<int>(i)));
  }
  g.own(case_id(0), official_id(5), on(3));
  g.own(case_id(1), official_id(5), on(3));
  g.transfer(case_id(0), unit_id(1), unit_id(2), on(4));
  g.transfer(case_id(0), unit_id(2), unit_id(1), on(5));
  return g;
}

template <class Graph>
auto count_edges(const Graph& part) {
  const auto [first, last] = edges(part);
  return std::distance(first, last);
}

}  // namespace

TEST_CASE("cases are filtered by what they came in by, whatever that is") {
  const graph g = three_cases();
  CHECK(g.entry(case_id(1)) == way::portal);
  CHECK(g.entry(case_id(2)) == way::desk);
  CHECK_FALSE(g.entry(case_id(3)));
  CHECK(count_edges(view(g, {.entry = way::portal})) == 3);
  CHECK(count_edges(view(g, {.kinds = {case_link_kind::received}, .entry = way::desk})) == 2);
  CHECK(count_edges(excerpt(g, {.entry = way::letter})) == 0);
  CHECK(count_edges(during(g, on(4), on(6))) == 4);
  const basic_case_filter<way> of_portal{.entry = way::portal};
  CHECK(count_edges(excerpt(g, of_portal)) == 3);
}

TEST_CASE("loops, loads, gaps and departures are asked of it as of the county's") {
  const graph g = three_cases();
  REQUIRE(cases_in_loops(g).size() == 1);
  CHECK(cases_in_loops(g)[0].about == case_id(0));
  CHECK(cases_in_loops(view(g, {.entry = way::portal})).empty());
  CHECK(transfer_loops(g).size() == 1);
  CHECK(overloaded(g, 1) == std::vector<owner_load>{{official_id(5), 2}});
  CHECK(departure_of(g, official_id(5)).cases.size() == 2);
  const std::vector<unit_id> units{unit_id(1), unit_id(9)};
  const auto gaps = coverage(g, units, {});
  CHECK(gaps.silent_units == std::vector{unit_id(9)});
  CHECK(gaps.units_without_owner == std::vector{unit_id(1)});
  CHECK(coverage(g, units, {}, {.entry = way::letter}).silent_units == units);
  std::ostringstream dot, xml;
  write_case_graph(dot, g);
  write_case_graphml(xml, excerpt(g, {.entry = way::portal}));
  CHECK(dot.str().find("transferred") != std::string::npos);
  CHECK(xml.str().find("transferred") == std::string::npos);
}
