// SPDX-License-Identifier: BSL-1.0
// When is the 15th, if it is no workday? Prints "2024-02-18 for 2024-02-15": a make-up Sunday.
#include "sifang/io/county.hpp"
#include "sifang/calendar.hpp"

#include <iostream>

int main() {
  using namespace sifang;
  const auto calendar = load_calendar(SIFANG_SCENARIOS "/data/cn_holidays.csv");
  if (!calendar) return 1;
  const schedule fifteenth{{recurrence::day_of_month(15)}, {}, {}, {}, day_convention::next_workday};
  for (const occurrence& o : expand(fifteenth, day(2024, 1, 1), day(2024, 12, 31), *calendar)) {
    std::cout << to_string(o.actual) << " for " << to_string(o.nominal) << '\n';
  }
}
