// SPDX-License-Identifier: BSL-1.0
#include "sifang/calendar.hpp"

#include <iostream>
#include <vector>

int main() {
  using namespace sifang;
  const std::vector<calendar_exception> exceptions{{day(2022, 1, 31), day_kind::statutory_holiday, "Spring Festival"},
                                                   {day(2022, 1, 30), day_kind::makeup_workday, "Spring Festival"}};
  const working_calendar calendar(exceptions);
  schedule reception;
  reception.include = {recurrence::day_of_month(15), *recurrence::parse("FREQ=MONTHLY;BYMONTHDAY=-1")};
  reception.on_rest_day = day_convention::next_workday;
  for (const occurrence& o : expand(reception, day(2022, 1, 1), day(2022, 3, 31), calendar)) {
    std::cout << to_string(o.actual) << (o.actual == o.nominal ? "" : "  instead of " + to_string(o.nominal)) << '\n';
  }
}
