// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_OWNERSHIP_HPP
#define SIFANG_COUNTY_POLICIES_OWNERSHIP_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"

#include <cstdint>
#include <limits>

/// \file
/// Who owns a case is decided by `ownership_policy` (assign/ownership.hpp); here is who takes it over.

namespace sifang {

/// An owned case at the end of a week: does it stay with its owner (R13: it should)?
struct handover_request {
  official_id owner;          ///< who owns it
  calendar_days age{};        ///< since registration
  int repeats = 0;            ///< later registrations
  bool long_pending = false,  ///< on the list of long-pending cases
      late = false;           ///< the duty that runs is past its last day
  official_id place_leader;   ///< county-level leader linked to the township
};

/// `official_id take_over(const handover_request&, const caseload_view&) const`: the owner from now on. The built-in one
/// leaves it as it is, but with `ownership.rule = "handover"`, by which an owner with more open cases than `ownership.cap`
/// hands what is over it to whoever has room (`with_room`).
struct named_handover {
  bool open = false;  ///< whether anything is handed over
  int limit = 30;     ///< open cases an owner keeps
  /// The scenario's.
  [[nodiscard]] static named_handover of(const world& w) noexcept {
    return {w.setting().ownership.rule == ownership_rule::handover, w.setting().ownership.cap};
  }
  /// As the rule says.
  [[nodiscard]] official_id take_over(const handover_request& r, const caseload_view& load) const noexcept {
    if (!open || load.open(r.owner) <= limit) return r.owner;
    const official_id other = with_room(r.owner, r.place_leader, limit, load);
    return other.valid() ? other : r.owner;
  }
};

/// Open cases that an owner may hold (`capped`) or keeps (`handover`) by a world's rule; the largest number if that sets no limit.
[[nodiscard]] inline std::int32_t case_cap(const world& w) noexcept {
  const auto& setting = w.setting().ownership;
  const bool limits = setting.rule == ownership_rule::capped || setting.rule == ownership_rule::handover;
  return limits ? setting.cap : (std::numeric_limits<std::int32_t>::max)();
}

/// The ownership rule that a world's scenario names.
[[nodiscard]] inline named_ownership ownership_of(const world& w) noexcept {
  return {w.setting().ownership.rule, w.setting().ownership.cap};
}

}  // namespace sifang

#endif
