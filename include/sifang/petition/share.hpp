// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_SHARE_HPP
#define SIFANG_PETITION_SHARE_HPP

#include "sifang/core/time.hpp"
#include "sifang/petition/basic_case_history.hpp"

#include <cstdint>
#include <optional>
#include <span>

/// \file
/// A count over a count for a period, and the one that any life cycle has: what was done in time.

namespace sifang {

/// A period, both days inclusive.
struct metric_period {
  day first,  ///< included
      last;   ///< included; before `first` the period is empty

  /// Whether the day is in the period.
  [[nodiscard]] constexpr bool covers(day d) const noexcept { return first <= d && d <= last; }
};

/// A count over a count.
struct share {
  std::int64_t numerator = 0;    ///< those of the denominator for which it is true
  std::int64_t denominator = 0;  ///< all that the measure looks at

  /// The quotient, or nothing of nothing.
  [[nodiscard]] constexpr std::optional<double> value() const noexcept {
    if (denominator == 0) return std::nullopt;
    return static_cast<double>(numerator) / static_cast<double>(denominator);
  }
  constexpr share& operator+=(share b) noexcept {
    numerator += b.numerator;
    denominator += b.denominator;
    return *this;
  }
  /// Counts one more, as a hit or not.
  constexpr void count(bool hit) noexcept {
    numerator += hit ? 1 : 0;
    ++denominator;
  }
  friend constexpr bool operator==(share, share) noexcept = default;
};

/// Scope that leaves nothing out.
struct every_case {
  template <class Record>
  [[nodiscard]] constexpr bool operator()(const Record&) const noexcept {
    return true;
  }
};

/// Cases whose step that a clock bounds was done by its last day ÷ cases in which that day fell in the period.
///
/// A case with several rounds counts once; it is in time if every round that fell due in the period was. Duties that fell
/// away are left out. `scope` says of a record whether it counts.
template <case_story Story, class Scope = every_case>
[[nodiscard]] share done_in_time(std::span<const Story> cases, metric_period p, typename Story::cycle_type::clock which, Scope scope = {}) {
  share out;
  for (const Story& h : cases) {
    if (!scope(h.record())) continue;
    bool due = false, met = true;
    for (const auto& run : h.clocks()) {
      if (run.which != which || run.cancelled || !p.covers(run.due)) continue;
      due = true;
      met = met && run.met();
    }
    if (due) out.count(met);
  }
  return out;
}

}  // namespace sifang

#endif
