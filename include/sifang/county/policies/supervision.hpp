// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_SUPERVISION_HPP
#define SIFANG_COUNTY_POLICIES_SUPERVISION_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"

namespace sifang {

/// A handler waits for others in an owned case: how hard does its owner chase it (督办)?
struct supervision_request {
  int open = 0;               ///< cases that the owner has open; of two owners, those of the less burdened
  calendar_days age{},        ///< of the case, since registration
      left{};                 ///< until the reply is due; below 0 if it is late
  bool long_pending = false;  ///< on the list of long-pending cases
};

/// `double spread(const supervision_request&) const`: by what the effect of supervision (`ownership.supervision_effect`) is divided
/// for this case; 1 is all of it, 2 half. The built-in one is alike for all cases, and 2 at `ownership.load_half` open ones.
struct named_supervision {
  double load_half = 15;  ///< open cases at which supervision works half as well
  /// The scenario's.
  [[nodiscard]] static named_supervision of(const world& w) noexcept { return {w.setting().ownership.load_half}; }
  /// More the more the owner has open.
  [[nodiscard]] double spread(const supervision_request& r) const noexcept { return 1 + r.open / load_half; }
};

}  // namespace sifang

#endif
