// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/scenario_file.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  const scenario_reading r = parse_scenario(std::string(input), "/nowhere/s.toml");
  fuzz::check_told(r.faults);
  if (r.faults.empty()) fuzz::require(check(r.settings).empty(), "what is read without fault is sound");
}
