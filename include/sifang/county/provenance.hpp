// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PROVENANCE_HPP
#define SIFANG_COUNTY_PROVENANCE_HPP

#include "sifang/core/names.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

/// \file
/// Where the value of a parameter comes from. Mark and source belong to a value, not to its key: a value of one's own does not
/// inherit those of the default.

namespace sifang {

/// Where a value comes from; the marks of docs/domain.md.
enum class origin : std::uint8_t {
  article,    ///< [A] the founding article
  source,     ///< [S] a public page that was read
  knowledge,  ///< [K] general knowledge, unverified
  inference,  ///< [I] our inference or modelling choice
  choice,     ///< [C] what the planner decides: a policy, the set-up of the experiment, or a value of one's own without a source
};
template <>
inline constexpr std::string_view names_of<origin>[] = {"A", "S", "K", "I", "C"};

/// Mark and source that a scenario gives to one of its own values (`[provenance]`).
struct value_provenance {
  origin mark = origin::choice;  ///< where the value comes from
  std::string source,            ///< for people: a report, a page, a ledger
      value;                     ///< of which this holds, as a scenario file has it; of another value it says nothing
};
/// By the whole key of a parameter: `load.matters_per_year`, `category.land.share`.
using provenance_table = std::map<std::string, value_provenance, std::less<>>;

}  // namespace sifang

#endif
