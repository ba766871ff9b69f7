// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_OWNERSHIP_HPP
#define SIFANG_COUNTY_POLICIES_OWNERSHIP_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"

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
};

/// `official_id take_over(const handover_request&, const caseload_view&) const`: the owner from now on. The built-in one
/// leaves it as it is, but with `ownership.rule = "handover"`, by which an owner with more open cases than `ownership.cap`
/// hands what is over it to the least loaded peer.
struct named_handover {
  bool open = false;  ///< whether anything is handed over
  int limit = 30;     ///< open cases an owner keeps
  /// The scenario's.
  [[nodiscard]] static named_handover of(const world& w) noexcept {
    return {w.setting().ownership.rule == ownership_rule::handover, w.setting().ownership.cap};
  }
  /// As the rule says.
  [[nodiscard]] official_id take_over(const handover_request& r, const caseload_view& load) const noexcept {
    return open && load.open(r.owner) > limit ? load.least_loaded_peer(r.owner) : r.owner;
  }
};

/// The ownership rule that a world's scenario names.
[[nodiscard]] inline named_ownership ownership_of(const world& w) noexcept {
  return {w.setting().ownership.rule, w.setting().ownership.cap};
}

}  // namespace sifang

#endif
