// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_WORKING_PERIOD_HPP
#define SIFANG_COUNTY_YEAR_WORKING_PERIOD_HPP

#include "sifang/county/observer.hpp"

#include <algorithm>

namespace sifang::detail {

/// The counted part of somebody's working time.
struct working_period {
  double from = 0,  ///< minutes on the axis of `work_time`
      to = 0;       ///< where it ends
  /// Minutes of a piece of work that lie in it.
  [[nodiscard]] double part_of(const told_work& w) const noexcept {
    return (std::max)((std::min)(w.begins + w.length, to) - (std::max)(w.begins, from), 0.0);
  }
};

}  // namespace sifang::detail

#endif
