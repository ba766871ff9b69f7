// SPDX-License-Identifier: BSL-1.0
#include "sifang/calendar.hpp"

#include <iostream>

int main() {
  using namespace sifang;
  const auto fifteenth = recurrence::day_of_month(15);
  for (day d : fifteenth.days(day(2022, 1, 1), day(2022, 6, 30))) std::cout << to_string(d) << '\n';
}
