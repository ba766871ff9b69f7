// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXAMPLES_SIDE_BY_SIDE_HPP
#define SIFANG_EXAMPLES_SIDE_BY_SIDE_HPP

#include "sifang/experiment/study.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/io/planning_input.hpp"

#include <array>
#include <cstdlib>
#include <initializer_list>
#include <iomanip>
#include <iostream>
#include <utility>

/// Plays a policy of one's own beside what the scenario says, on the same cases and the same luck, and prints some metrics of both.
template <class Policy>
void side_by_side(const char* about, const sifang::world& county, const Policy& mine, std::initializer_list<sifang::metric> metrics) {
  using namespace sifang;
  const std::array arms{study_arm(county), study_arm(county, policies{}.with(mine))};
  const study_result found = run_study(thread_team{}, arms, 12);
  const result_policy before = summarise(county, found.policies[0]), after = summarise(county, found.policies[1]);
  std::cout << about << '\n' << std::setprecision(4);
  for (metric m : metrics) {
    const auto at = static_cast<std::size_t>(m);
    std::cout << "  " << info(m).en << ": " << before.values[at][0][0].estimate << " -> " << after.values[at][0][0].estimate << '\n';
  }
}

/// Xiapu as the article has it, with some settings changed.
inline sifang::world xiapu(void (*change)(sifang::scenario&) = nullptr) {
  auto input = sifang::load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml");
  if (!input) std::exit(1);
  if (change != nullptr) change(input->settings);
  auto made = sifang::world::make(input->settings, input->place.org, input->place.calendar);
  if (!made) std::exit(1);
  return std::move(*made);
}

#endif
