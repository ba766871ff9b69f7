// SPDX-License-Identifier: BSL-1.0
#include "sifang/assign/case_graph_oversight.hpp"

#include "autumn.hpp"
#include "catch.hpp"

#include <cstddef>
#include <vector>

using namespace sifang;
using namespace sifang_tests;

TEST_CASE("when a leader leaves their open cases' units and petitioners must be told") {
  case_graph g = autumn();
  g.visit(demolition, zhang, on(8));  // once more, told once
  const departure_notice leaving = departure_of(g, chen);
  CHECK(leaving.cases == std::vector<case_id>{demolition});
  CHECK(leaving.units == std::vector<unit_id>{housing});
  CHECK(leaving.petitioners == std::vector<petitioner_id>{zhang, li});
  CHECK(departure_of(g, lin).cases.empty());  // supervises, owns nothing
  CHECK(departure_of(g, official_id(50)).cases.empty());
  g.own(demolition, lin, on(9));
  CHECK(departure_of(g, chen).cases.empty());
  CHECK(departure_of(g, lin).cases == std::vector<case_id>{demolition});
}

TEST_CASE("a departure is told to whoever shares the cases, and says which cases lose their supervisor") {
  case_graph g = autumn();
  g.supervise(demolition, yacheng, on(8));
  g.receive(demolition, wang, on(8));
  const departure_notice leaving = departure_of(g, chen);
  CHECK(leaving.officials == std::vector<official_id>{lin, wang});
  CHECK(leaving.units == std::vector<unit_id>{housing, yacheng});
  g.supervise(demolition, chen, on(8));
  CHECK(departure_of(g, chen).supervised.empty());  // their own needs another owner, not another supervisor
  CHECK(departure_of(g, lin).supervised == std::vector<case_id>{demolition});
  g.close(demolition, on(9));
  CHECK(departure_of(g, lin).supervised.empty());
  CHECK(departure_of(g, chen).officials.empty());
}

TEST_CASE("an owner of more open cases than the limit is overloaded") {
  case_graph g;
  for (std::size_t i = 0; i < 9; ++i) g.own(case_id(i), i < 2 ? chen : i < 6 ? lin : wang, on(static_cast<int>(i)));
  CHECK(overloaded(g, 2) == std::vector<owner_load>{{lin, 4}, {wang, 3}});
  CHECK(overloaded(g, 3) == std::vector<owner_load>{{lin, 4}});
  CHECK(overloaded(g, 4).empty());
  CHECK(overloaded(g, -1).size() == 3);
  g.close(case_id(5), on(10));
  CHECK(overloaded(g, 2) == std::vector<owner_load>{{lin, 3}, {wang, 3}});
}

TEST_CASE("coverage names the units and categories to which nothing happens, or whose cases nobody owns") {
  constexpr category_id building(0), water(1), pay(2), pensions(3);
  constexpr unit_id forestry(9);
  case_graph g = autumn();
  g.classify(demolition, building);
  g.classify(drainage, water);
  g.classify(wages, pay);
  const std::vector<unit_id> units{forestry, housing, land, songcheng, yacheng};
  const std::vector<category_id> categories{building, water, pay, pensions};
  CHECK(coverage(g, units, categories).silent_units == std::vector<unit_id>{forestry});
  CHECK(coverage(g, units, categories).units_without_owner.empty());  // no unit answers for drainage yet
  CHECK(coverage(g, units, categories).silent_categories == std::vector<category_id>{pensions});
  CHECK(coverage(g, units, categories).categories_without_owner == std::vector<category_id>{water});
  g.make_responsible(drainage, songcheng, on(10));
  CHECK(coverage(g, units, categories).units_without_owner == std::vector<unit_id>{songcheng});
  SECTION("of a span of time") {
    const coverage_gaps late = coverage(g, units, categories, {.from = on(5), .to = on(10)});
    CHECK(late.silent_units == std::vector<unit_id>{forestry, songcheng, yacheng});
    CHECK(late.silent_categories == std::vector<category_id>{water, pay, pensions});
    CHECK(late.units_without_owner == std::vector<unit_id>{songcheng});  // owners are those of now
  }
  SECTION("of nothing") {
    CHECK(coverage({}, units, categories).silent_units == units);
    CHECK(coverage(g, {}, {}).silent_units.empty());
  }
}
