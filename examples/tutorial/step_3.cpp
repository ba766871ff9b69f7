// SPDX-License-Identifier: BSL-1.0
#include "sifang/experiment.hpp"
#include "sifang/io/planning_input.hpp"

#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

using namespace sifang;

/// A scenario file, with some of its values set otherwise.
checked<world> county_with(const std::vector<std::string>& changes = {}) {
  auto input = load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml", changes);
  if (!input) return input.faults();
  return world::make(input->settings, input->place.org, input->place.calendar);
}

int main() {
  const auto today = county_with();
  const auto wednesday = county_with({"session.principal.recur=\"FREQ=WEEKLY;BYDAY=WE\""});
  for (const auto* w : {&today, &wednesday}) {
    for (const fault& f : w->faults()) std::cerr << to_string(f) << '\n';
    if (!*w) return 1;
  }
  const auto as_is = replicate(*today, 20), other = replicate(*wednesday, 20);
  const result_comparison change = compare(*today, 0, as_is, 1, other);
  std::cout << std::fixed << std::setprecision(2);
  for (metric m : {metric::wait_days, metric::leader_hours}) {
    const result_difference& d = change.values[static_cast<std::size_t>(m)][0][0];
    std::cout << metric_table[static_cast<std::size_t>(m)].en << ": " << d.difference.estimate << " [" << d.difference.lower << ", "
              << d.difference.upper << "] " << d.verdict << '\n';
  }
}
