// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_THEORY_CHECK_HPP
#define SIFANG_EXPERIMENT_THEORY_CHECK_HPP

#include "sifang/engine/station.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_reception.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// \file
/// Simulated values beside exact ones: stations of the engine, and the queue of reception days.

namespace sifang {

/// A value that theory gives and the engine simulates.
struct theory_row {
  std::string_view model,  ///< "M/M/1  ρ 0.8"
      en,                  ///< which value, in English
      zh;                  ///< which value, in Chinese
  double exact = 0;        ///< as theory has it
  interval simulated{};    ///< over replications
  /// Whether the interval holds the exact value, or there are too few replications for one.
  [[nodiscard]] bool agrees() const noexcept { return !simulated.bounded() || simulated.contains(exact); }
};

/// Values that `compare_with_theory` looks at.
inline constexpr std::size_t theory_values = 6;

namespace detail {

/// Mean of what a reception day leaves over, X' = (X + A − capacity)⁺ with Poisson arrivals.
[[nodiscard]] inline double left_over_mean(double mean, int capacity, std::uint32_t replication) {
  constexpr int warm_up = 2000, days = 100000;
  random_stream arrivals(2022, replication, 3u);
  double sum = 0;
  int left = 0;
  for (int d = -warm_up; d < days; ++d) {
    left = (std::max)(left + poisson(arrivals(), mean) - capacity, 0);
    if (d >= 0) sum += left;
  }
  return sum / days;
}

/// What a station has measured after a warm-up.
template <class Gap, class Service>
[[nodiscard]] auto played_station(std::uint32_t servers, Gap gap, Service service, std::uint32_t replication) {
  station one(station_shape{servers, queue_order::first_come, 1}, renewal_source{random_stream(2022, replication, 1u), gap, service});
  one.run(20000);
  one.open();
  one.run(200000);
  return one.close();
}

}  // namespace detail

/// Simulates each value that many times. The intervals hold all exact values jointly with 99.9 % (Bonferroni).
[[nodiscard]] inline std::array<theory_row, theory_values> compare_with_theory(std::size_t replications) {
  constexpr double confidence = 1 - 0.001 / static_cast<double>(theory_values);
  const auto estimate = [&](auto&& one) {
    std::vector<double> values;
    for (std::size_t i = 0; i < replications; ++i) values.push_back(one(static_cast<std::uint32_t>(i)));
    return mean_interval(values, confidence);
  };
  const auto exponential_of = [](double mean) { return [mean](double u) { return exponential(u, mean); }; };
  const auto mm1 = [&](std::uint32_t i) { return detail::played_station(1, exponential_of(1.25), exponential_of(1), i); };
  constexpr std::string_view wait_en = "mean wait", wait_zh = "平均等待", left_en = "left over", left_zh = "剩余人数";
  return {{
      {"M/M/1  ρ 0.8", wait_en, wait_zh, theory::mm1(0.8, 1).wait, estimate([&](std::uint32_t i) { return mm1(i).wait_mean(); })},
      {"M/M/1  ρ 0.8", "mean number", "平均在系统数", theory::mm1(0.8, 1).present,
       estimate([&](std::uint32_t i) { return mm1(i + 1000).present_mean(); })},
      {"M/M/5  ρ 0.85", wait_en, wait_zh, theory::mmc(0.85, 0.2, 5).wait,
       estimate([&](std::uint32_t i) { return detail::played_station(5, exponential_of(1 / 0.85), exponential_of(5), i).wait_mean(); })},
      {"M/G/1  ρ 0.7, cv 0.6", wait_en, wait_zh, theory::mg1(0.7, theory::service_moments::lognormal(1, 0.6)).wait,
       estimate([&](std::uint32_t i) {
         return detail::played_station(
                    1, exponential_of(1 / 0.7), [](double u) { return lognormal(u, 1, 0.6); }, i)
             .wait_mean();
       })},
      {"X'=(X+A−7)⁺  λ 6", left_en, left_zh, theory::reception_day_queue(6, 7).left_mean(),
       estimate([](std::uint32_t i) { return detail::left_over_mean(6, 7, i); })},
      {"X'=(X+A−20)⁺  λ 18", left_en, left_zh, theory::reception_day_queue(18, 20).left_mean(),
       estimate([](std::uint32_t i) { return detail::left_over_mean(18, 20, i); })},
  }};
}

}  // namespace sifang

#endif
