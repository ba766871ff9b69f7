// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/theory_check.hpp"

using namespace sifang;

TEST_CASE("the engine's values lie in their intervals around the exact ones") {
  for (const theory_row& row : compare_with_theory(16)) {
    INFO(row.model << ' ' << row.en);
    CHECK(row.simulated.bounded());
    CHECK(row.agrees());
  }
  for (const theory_row& row : compare_with_theory(2)) CHECK(row.agrees());  // nothing is said of two
}
