// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/calendar/recurrence.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  const auto rule = recurrence::parse(input);
  if (!rule) {
    auto faults = rule.faults();
    tidy(faults);
    return fuzz::check_told(faults);
  }
  const auto again = recurrence::parse(rule->to_string());
  fuzz::require(again.has_value() && again->to_string() == rule->to_string(), "a rule's text is the same rule");
}
