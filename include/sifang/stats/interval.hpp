// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_INTERVAL_HPP
#define SIFANG_STATS_INTERVAL_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include "sifang/core/when_called.hpp"

namespace sifang {

/// What can be said beside an estimate. Methods and measured coverage: docs/intervals.md.
enum class interval_kind : std::uint8_t {
  none,             ///< there were no data: no estimate either
  too_little_data,  ///< an estimate; replications are too few for an interval
  constant,         ///< the same in every replication: nothing varied that an interval could be made from
  two_sided,        ///< lower and upper bound
  at_least,         ///< nothing was missed: a lower bound, the upper one is the end of the scale
  at_most,          ///< nothing was seen: an upper bound, the lower one is 0
};

/// What readers see of a kind of interval.
struct interval_kind_text {
  std::string_view id,  ///< in files
      en,               ///< English
      zh;               ///< Chinese
};
/// In the order of `interval_kind`.
inline constexpr std::array<interval_kind_text, 6> interval_kind_texts{{
    {"none", "no data", "无数据"},
    {"too_few_years", "too few years for an interval", "年数太少不给区间"},
    {"constant", "the same in every year", "各年相同"},
    {"two_sided", "interval", "区间"},
    {"at_least", "nothing was missed: a lower bound", "无一遗漏：仅有下限"},
    {"at_most", "never seen: an upper bound", "从未出现：仅有上限"},
}};
/// The texts of a kind. Constant time.
[[nodiscard]] constexpr const interval_kind_text& text_of(interval_kind k) noexcept {
  return interval_kind_texts[static_cast<std::size_t>(k)];
}
/// The kind that is written so in files; nothing if there is none.
template <class = when_called>
[[nodiscard]] constexpr std::optional<interval_kind> interval_kind_of(std::string_view id) noexcept {
  for (std::size_t k = 0; k < interval_kind_texts.size(); ++k) {
    if (interval_kind_texts[k].id == id) return static_cast<interval_kind>(k);
  }
  return std::nullopt;
}

/// An estimate with its confidence interval. Never NaN: what cannot be estimated has no value, and an estimate
/// without an interval has a value whose bounds are the estimate.
struct interval {
  double estimate = 0,                       ///< in the unit of what is estimated; 0 without a value
      lower = 0,                             ///< lower bound, never above the estimate
      upper = 0;                             ///< upper bound, never below the estimate
  interval_kind kind = interval_kind::none;  ///< what the bounds are

  /// There were data to estimate from.
  [[nodiscard]] constexpr bool has_value() const noexcept { return kind != interval_kind::none; }
  /// Lower and upper are a confidence interval, of one side or two.
  [[nodiscard]] constexpr bool bounded() const noexcept {
    return kind == interval_kind::two_sided || kind == interval_kind::at_least || kind == interval_kind::at_most;
  }
  /// Half the distance of the bounds; 0 if there are none. The estimate need not lie in the middle.
  [[nodiscard]] constexpr double half_width() const noexcept { return (upper - lower) / 2; }
  /// Whether `x` lies between the bounds, both included.
  [[nodiscard]] constexpr bool contains(double x) const noexcept { return has_value() && lower <= x && x <= upper; }
};

}  // namespace sifang

#endif
