// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SESSION_DAYS_HPP
#define SIFANG_COUNTY_SESSION_DAYS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/session_kind.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// \file
/// Reception days one by one: where each stands in a list, and what is counted of it.

namespace sifang {

/// What happened at one kind of session on one of its days, at all places together.
struct session_day {
  /// Sessions to which somebody came; visits heard; visits that were not, whatever kept them; Σ of minutes in the queue of those heard. @{
  double visited = 0, heard = 0, unheard = 0, wait_minutes = 0;
  /// @}
  double longest_queue = 0;                  ///< most people waiting at one time, at the place where it was worst
  double empty_seats = 0;                    ///< seats that nobody took, of those planned
  static constexpr std::size_t figures = 6;  ///< members

  /// Calls `v(figure, position)` for each member.
  template <class Visitor>
  constexpr void visit(Visitor&& v) const {
    std::size_t at = 0;
    for (const double x : {visited, heard, unheard, wait_minutes, longest_queue, empty_seats}) v(x, at++);
  }
};

/// The counted days of every kind of session, kind after kind in the order of `venue`, each in the order of time. Irregular visits (R4)
/// have no days of their own and are not in it.
class session_day_layout {
 public:
  /// No days.
  session_day_layout() = default;
  /// \param start,end  the counted period, both included; \pre within the span of the plan; asserted
  template <class = when_called>
  session_day_layout(const reception_plan& plan, day start, day end) {
    SIFANG_ASSERT(plan.first() <= start && end <= plan.last(), "a period that the plan covers");
    for (std::size_t v = 0; v < plan.kinds().size(); ++v) {
      const auto dates = plan.dates(venue(v));
      const auto from = std::lower_bound(dates.begin(), dates.end(), start), to = std::upper_bound(from, dates.end(), end);
      skipped_.push_back(static_cast<std::uint32_t>(from - dates.begin()));
      first_.push_back(static_cast<std::uint32_t>(size_));
      size_ += static_cast<std::size_t>(to - from);
    }
    first_.push_back(static_cast<std::uint32_t>(size_));
  }

  /// Days of all kinds together.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Where a kind's day stands. Constant time. \pre a counted day on which it is held; asserted
  [[nodiscard]] std::size_t at(const reception_plan& plan, venue v, day d) const noexcept {
    const std::size_t position = first_[v.index()] + plan.turn_on(v, d) - skipped_[v.index()];
    SIFANG_ASSERT(plan.is_held(v, d) && position < first_[v.index() + 1], "a counted day of this kind of session");
    return position;
  }
  /// Where a kind's days begin.
  [[nodiscard]] std::size_t first(venue v) const noexcept { return first_[v.index()]; }
  /// A kind's counted days, of the plan that this was made from.
  template <class = when_called>
  [[nodiscard]] std::span<const day> dates(const reception_plan& plan, venue v) const noexcept {
    return plan.dates(v).subspan(skipped_[v.index()], first_[v.index() + 1] - first_[v.index()]);
  }

 private:
  std::vector<std::uint32_t> first_,  ///< by kind: position of its first counted day; one more at the end
      skipped_;                       ///< by kind: its days before the period
  std::size_t size_ = 0;
};

}  // namespace sifang

#endif
