// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PLAUSIBLE_PARAMETERS_HPP
#define SIFANG_COUNTY_PLAUSIBLE_PARAMETERS_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/plausible_law.hpp"
#include "sifang/county/plausible_ranges.hpp"
#include "sifang/county/provenance.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The numbers of a scenario that nobody knows.

namespace sifang {

/// A number that a scenario has by inference or hearsay, and what else it may be.
struct plausible_parameter {
  std::string key;          ///< whole key
  plausible_range range;    ///< what it may be; its mode is the scenario's value
  std::string_view source;  ///< of the range
};

/// Whether a value is only inferred [I] or known by hearsay [K]. What is published, or the planner's own, is not in doubt here.
[[nodiscard]] constexpr bool is_unknown(origin mark) noexcept { return mark == origin::inference || mark == origin::knowledge; }

/// What else a parameter may be; nothing if its value is not in doubt, is no number, or has no law.
template <class = when_called>
[[nodiscard]] inline std::optional<plausible_parameter> plausible_values_of(const described_parameter& d) {
  if (!is_unknown(d.mark) || !d.number) return {};
  const plausible_law* law = plausible_law_of(d.about.key);
  if (law == nullptr || !(d.about.least <= *d.number && *d.number <= d.about.most)) return {};
  return plausible_parameter{d.about.key, range_of(*law, *d.number, d.about.least, d.about.most, d.is_whole), law->source};
}

/// The numbers of a scenario that nobody knows, in the order of the file format: those whose mark is [I] or [K] and that have a law with
/// more than one value. \complexity linear in the parameters and laws
template <class = when_called>
[[nodiscard]] inline std::vector<plausible_parameter> plausible_parameters(const scenario& s) {
  std::vector<plausible_parameter> out;
  for (const described_parameter& d : describe(s)) {
    if (auto one = plausible_values_of(d); one && one->range.is_open()) out.push_back(*std::move(one));
  }
  return out;
}

}  // namespace sifang

#endif
