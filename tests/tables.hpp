// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_TABLES_HPP
#define SIFANG_TESTS_TABLES_HPP

#include "sifang/io/planning_input.hpp"
#include "sifang/county/world.hpp"

#include <stdexcept>
#include <string>
#include <vector>

/// The real county, as the tests use it.
namespace sifang_tests {

inline std::string scenario_file(const std::string& name) {
  return std::string(SIFANG_SOURCE_DIR) + "/simulations/scenarios/" + name + ".toml";
}

inline sifang::working_calendar china() {
  auto calendar = sifang::load_calendar(std::string(SIFANG_SOURCE_DIR) + "/simulations/scenarios/data/cn_holidays.csv");
  if (!calendar) throw std::runtime_error(to_string(calendar.faults().front()));
  return *std::move(calendar);
}

inline sifang::planning_input input(const std::string& name, const std::vector<std::string>& settings = {}) {
  auto in = sifang::load_planning_input(scenario_file(name), settings);
  if (!in) throw std::runtime_error(to_string(in.faults().front()));
  return *std::move(in);
}

inline sifang::world xiapu(const std::vector<std::string>& settings = {}, const std::string& name = "xiapu-2022") {
  auto in = input(name, settings);
  auto w = sifang::world::make(std::move(in.settings), std::move(in.place.org), std::move(in.place.calendar));
  if (!w) throw std::runtime_error(to_string(w.faults().front()));
  return *std::move(w);
}

}  // namespace sifang_tests

#endif
