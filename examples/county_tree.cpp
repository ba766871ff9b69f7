// SPDX-License-Identifier: BSL-1.0
// Reads a county and asks the tree; prints "15 townships and streets, 331 villages and communities".
#include "sifang/io/county.hpp"
#include "sifang/org.hpp"

#include <range/v3/algorithm/count_if.hpp>
#include <range/v3/view/filter.hpp>

#include <iostream>

int main() {
  using namespace sifang;
  const auto units = load_units(SIFANG_SCENARIOS "/data/xiapu/units.csv");
  if (!units) {
    for (const fault& f : units.faults()) std::cerr << to_string(f) << '\n';
    return 1;
  }
  const auto at = [&](level l) { return ranges::count_if(units->all(), [&](unit_id u) { return level_of((*units)[u].kind) == l; }); };
  std::cout << at(level::township) << " townships and streets, " << at(level::village) << " villages and communities\n";
  // Views compose and copy nothing: the larger villages of one township.
  const unit_id yantian = *units->find("350921200");
  for (unit_id u :
       units->subtree(yantian) | ranges::views::filter([&](unit_id v) { return v != yantian && (*units)[v].population > 1500; })) {
    std::cout << (*units)[u].name << '\n';
  }
}
