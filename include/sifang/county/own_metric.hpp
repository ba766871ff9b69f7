// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_OWN_METRIC_HPP
#define SIFANG_COUNTY_OWN_METRIC_HPP

#include "sifang/county/tally.hpp"
#include "sifang/stats/quantity.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace sifang {

/// A metric of one's own: what `metric_info` says of a built-in one. It is a ratio of two sums of a replication, of the county
/// as a whole, and stands in tables, comparisons, files and the report behind the built-in ones.
struct own_metric {
  /// Name in files, unlike any other; unit ("share", "days", "cases", …). @{
  std::string_view name, unit;
  /// @}
  std::string_view better = "none",  ///< which way is good: "lower", "higher" or "none"
      group = "outcome";             ///< in the report: "waiting", "deadlines", "outcome", "load" or "cost"
  /// What it is, in English and in Chinese. @{
  std::string_view en, zh;
  /// @}
  quantity what = quantity::amount;  ///< where it can be, by which its interval is chosen
};

/// An observer with metrics of its own: an array `static constexpr … metrics` of `own_metric`, and
/// `void measure(std::span<tally::ratio> out) const`, which gives each its numerator and denominator when a replication is over.
/// (It forgets the last one when it is told `started`.)
template <class Observer>
concept measuring_observer = requires(const Observer& o, std::span<tally::ratio> out) {
  Observer::metrics.size();
  o.measure(out);
};

namespace detail {
/// How many metrics an observer has; of an array without `measure` the compiler says what is missing.
template <class Observer>
[[nodiscard]] consteval std::size_t own_metric_count() {
  if constexpr (requires { Observer::metrics.size(); }) {
    static_assert(measuring_observer<Observer>, "an observer with metrics has: void measure(std::span<tally::ratio> out) const");
    return Observer::metrics.size();
  } else {
    return 0;
  }
}
}  // namespace detail

/// The metrics that observers have, in their order.
template <class... Observers>
[[nodiscard]] std::vector<own_metric> own_metrics_of() {
  std::vector<own_metric> out;
  [[maybe_unused]] const auto add = [&]<class Observer>() {
    if constexpr (measuring_observer<Observer>) out.insert(out.end(), Observer::metrics.begin(), Observer::metrics.end());
  };
  (add.template operator()<Observers>(), ...);
  return out;
}

}  // namespace sifang

#endif
