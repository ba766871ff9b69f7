// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_COUNTED_TIME_HPP
#define SIFANG_COUNTY_YEAR_COUNTED_TIME_HPP

#include "sifang/calendar/work_time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>

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
  /// Minutes of somebody's work that lie in it.
  [[nodiscard]] double part_of(const told_work& w) const noexcept {
    return (std::max)((std::min)(w.begins + w.length, to) - (std::max)(w.begins, from), 0.0);
  }
};

}  // namespace sifang

#endif
