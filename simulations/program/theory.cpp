// SPDX-License-Identifier: BSL-1.0
#include "verbs.hpp"

#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_reception.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/estimate.hpp"

#include <cstdio>
#include <functional>
#include <iostream>

namespace sifang_program {

using namespace sifang;

int theory(const options& o) {
  namespace theory = sifang::theory;
  const auto replications = static_cast<std::size_t>(o.replications.value_or(30));
  // Six values are judged together: 99.9 % jointly by Bonferroni.
  const double confidence = 1 - 0.001 / 6;
  std::vector<std::vector<std::string>> rows{{std::string(pick(o, "model", "模型")), std::string(pick(o, "value", "量")), std::string(pick(o, "exact", "精确值")),
                                              std::string(pick(o, "simulated", "模拟值")), std::string(pick(o, "interval", "区间")), std::string(pick(o, "inside", "区间内"))}};
  bool all_inside = true;
  const auto judge = [&](std::string model, std::string_view value, double exact, const std::function<double(std::uint32_t)>& one) {
    std::vector<double> values;
    for (std::size_t i = 0; i < replications; ++i) values.push_back(one(static_cast<std::uint32_t>(i)));
    const interval v = mean_interval(values, confidence);
    const bool inside = v.contains(exact);
    all_inside = all_inside && (inside || !v.bounded());
    const auto text = [](double x) {
      char buffer[32];
      std::snprintf(buffer, sizeof buffer, "%.5f", x);
      return std::string(buffer);
    };
    rows.push_back({std::move(model), std::string(value), text(exact), text(v.estimate), v.bounded() ? text(v.lower) + " … " + text(v.upper) : "–",
                    std::string(!v.bounded() ? pick(o, "too few years", "年数太少") : inside ? pick(o, "yes", "是") : pick(o, "NO", "否"))});
  };
  const auto wait_of = [&](std::uint32_t servers, auto gap, auto service, std::uint32_t replication) {
    station one(station_shape{servers, queue_order::first_come, 1}, renewal_source{random_stream(2022, replication, 1u), gap, service});
    one.run(20000);
    one.open();
    one.run(200000);
    return one.close();
  };
  const auto exponential_of = [](double mean) { return [mean](double u) { return exponential(u, mean); }; };
  const auto wait = pick(o, "mean wait", "平均等待");
  judge("M/M/1  ρ 0.8", wait, theory::mm1(0.8, 1).wait, [&](std::uint32_t i) { return wait_of(1, exponential_of(1.25), exponential_of(1), i).wait_mean(); });
  judge("M/M/1  ρ 0.8", pick(o, "mean number", "平均在系统数"), theory::mm1(0.8, 1).present,
        [&](std::uint32_t i) { return wait_of(1, exponential_of(1.25), exponential_of(1), i + 1000).present_mean(); });
  judge("M/M/5  ρ 0.85", wait, theory::mmc(0.85, 0.2, 5).wait, [&](std::uint32_t i) { return wait_of(5, exponential_of(1 / 0.85), exponential_of(5), i).wait_mean(); });
  judge("M/G/1  ρ 0.7, cv 0.6", wait, theory::mg1(0.7, theory::service_moments::lognormal(1, 0.6)).wait,
        [&](std::uint32_t i) { return wait_of(1, exponential_of(1 / 0.7), [](double u) { return lognormal(u, 1, 0.6); }, i).wait_mean(); });
  const auto day_queue_mean = [&](double mean, int capacity, std::uint32_t replication) {
    random_stream arrivals(2022, replication, 3u);
    double sum = 0;
    int left = 0;
    const int warm = 2000, days = 100000;
    for (int d = -warm; d < days; ++d) {
      left = std::max(left + poisson(arrivals(), mean) - capacity, 0);
      if (d >= 0) sum += left;
    }
    return sum / days;
  };
  const auto over = pick(o, "left over", "剩余人数");
  judge("X'=(X+A−7)⁺  λ 6", over, theory::reception_day_queue(6, 7).left_mean(), [&](std::uint32_t i) { return day_queue_mean(6, 7, i); });
  judge("X'=(X+A−20)⁺  λ 18", over, theory::reception_day_queue(18, 20).left_mean(), [&](std::uint32_t i) { return day_queue_mean(18, 20, i); });
  std::cout << table_of(rows);
  return all_inside ? done : not_met;
}

}  // namespace sifang_program
