// SPDX-License-Identifier: BSL-1.0
#include "sifang/assign/case_graph_loops.hpp"

#include "autumn.hpp"
#include "catch.hpp"
#include "sifang/assign/case_graph_view.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <vector>

using namespace sifang;
using namespace sifang_tests;

TEST_CASE("a case that came back is named with its ring and how often it was passed on") {
  const case_graph g = autumn();
  CHECK(cases_in_loops(g) == std::vector<case_loop>{{demolition, {housing, land}, 2}});
  CHECK(cases_in_loops(during(g, on(0), on(5))).empty());
  CHECK(cases_in_loops(case_graph{}).empty());
}

TEST_CASE("different cases that cross are no case in a loop; the longest round comes first") {
  case_graph g;
  g.transfer(demolition, housing, land, on(0));
  g.transfer(drainage, land, housing, on(1));
  CHECK(transfer_loops(g).size() == 1);
  CHECK(cases_in_loops(g).empty());
  g.transfer(drainage, housing, land, on(2));
  for (int round = 0; round < 3; ++round) {
    g.transfer(wages, songcheng, yacheng, on(3 + 2 * round));
    g.transfer(wages, yacheng, songcheng, on(4 + 2 * round));
  }
  g.transfer(wages, songcheng, land, on(20));  // left the ring
  CHECK(cases_in_loops(g) == std::vector<case_loop>{{wages, {songcheng, yacheng}, 6}, {drainage, {housing, land}, 2}});
}

TEST_CASE("cases that were passed on equally often stand in the order of their numbers") {
  case_graph g;
  for (const std::size_t c : {2u, 0u, 1u}) {
    g.transfer(case_id(c), unit_id(1), unit_id(2), on(1));
    g.transfer(case_id(c), unit_id(2), unit_id(1), on(2));
  }
  std::vector<case_id> order;
  for (const case_loop& loop : cases_in_loops(g)) order.push_back(loop.about);
  CHECK(order == std::vector<case_id>{case_id(0), case_id(1), case_id(2)});
}

TEST_CASE("loops are found in an excerpt, whose vertices have gaps in their numbers") {
  const case_graph g = autumn();
  const auto part = excerpt(g, {.kinds = {case_link_kind::transferred}});
  CHECK(transfer_loops(part) == std::vector<std::vector<unit_id>>{{housing, land}});
  CHECK(cases_in_loops(part).size() == 1);
}

TEST_CASE("a case is in a loop exactly when, followed from hand to hand, it comes to a unit for the second time") {
  CHECK(rc::check([] {
    case_graph g;
    std::vector<case_id> expected;
    for (std::size_t c = 0; c < 4; ++c) {
      std::vector<unit_id> held{unit_id(*rc::gen::inRange<std::size_t>(0, 5))};
      bool back = false;
      const int n = *rc::gen::inRange(0, 5);
      for (int i = 0; i < n; ++i) {
        unit_id next(*rc::gen::inRange<std::size_t>(0, 5));
        if (next == held.back()) continue;
        g.transfer(case_id(c), held.back(), next, on(i));
        back = back || std::find(held.begin(), held.end(), next) != held.end();
        held.push_back(next);
      }
      if (back) expected.push_back(case_id(c));
    }
    std::vector<case_id> found;
    for (const case_loop& loop : cases_in_loops(g)) found.push_back(loop.about);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());  // a case may go round two rings, one after the other
    RC_ASSERT(found == expected);
  }));
}
