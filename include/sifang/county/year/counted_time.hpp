// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_COUNTED_TIME_HPP
#define SIFANG_COUNTY_YEAR_COUNTED_TIME_HPP

#include "sifang/calendar/work_time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <cstdint>

namespace sifang {

/// The counted part of somebody's working time.
struct counted_time {
  double from = 0,  ///< minutes on the axis of `work_time` at which counting begins
      to = 0;       ///< and at which it ends

  /// Of a working time in a world's period. \complexity as `work_time::between`
  template <class = when_called>
  [[nodiscard]] static counted_time of(const world& w, const work_time& time) {
    const double before = w.start() > w.first() ? time.between(w.first(), w.start() - calendar_days(1)) : 0;
    return {before, before + time.between(w.start(), w.end())};
  }
  /// Minutes of it.
  [[nodiscard]] double length() const noexcept { return to - from; }
  /// Minutes of somebody's work that lie in it.
  [[nodiscard]] double part_of(const told_work& w) const noexcept {
    return (std::max)((std::min)(w.begins + w.length, to) - (std::max)(w.begins, from), 0.0);
  }
};

/// Minutes for which the handlers of an office are there in a period of their working time: all but those at the households in a campaign
/// (R21). \complexity linear in the handlers and the campaigns
template <class = when_called>
[[nodiscard]] inline double minutes_there(const world& w, const office& o, const counted_time& period) noexcept {
  double away = 0;
  for (const auto& [from, to] : w.campaign_times()) away += period.part_of({from, to - from});
  double out = 0;
  for (std::uint32_t h = 0; h < o.handlers; ++h) out += period.length() - (w.is_handler_sent(o.first_handler + h) ? away : 0);
  return out;
}

}  // namespace sifang

#endif
