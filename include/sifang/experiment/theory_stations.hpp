// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_THEORY_STATIONS_HPP
#define SIFANG_EXPERIMENT_THEORY_STATIONS_HPP

#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_states.hpp"
#include "sifang/experiment/theory_model.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

/// \file
/// Models of one station, played on the engine's station.

namespace sifang::detail {

struct exponential_sampler {
  double mean;
  double operator()(double u) const noexcept { return exponential(u, mean); }
};
struct constant_sampler {
  double value;
  double operator()(double) const noexcept { return value; }
};
struct lognormal_sampler {
  double mean, cv;
  double operator()(double u) const noexcept { return lognormal(u, mean, cv); }
};

inline constexpr theory_value mean_wait{"mean wait", "平均等待", 0}, wait_square{"mean squared wait", "等待的均方", 0},
    share_delayed{"P(waits at all)", "需等待的概率", 0}, mean_present{"mean present", "平均在系统数", 0};
[[nodiscard]] constexpr theory_value is(theory_value what, double exact) noexcept {
  what.exact = exact;
  return what;
}

/// From empty, the influence of the start is below 1e-6 of the mean after this many customers, at the loads of the models.
inline constexpr std::uint64_t station_warm_up = 4000;

/// What a station with one class measures in one replication.
template <class Gap, class Service>
[[nodiscard]] station_record<double> played_station(station_shape shape, Gap gap, Service service, std::uint64_t customers, double tail,
                                                    std::uint32_t model, std::uint32_t replication) {
  const std::array tails{tail};
  station one(shape, renewal_source{luck_of_model(replication, model), gap, service}, station_record<double>(tails));
  one.run(station_warm_up);
  one.open();
  one.run(customers);
  return one.close();
}

/// Time with so many present, as an observer of the station.
struct state_record {
  std::array<double, 4> times{};
  double all = 0, last = 0;
  void on_open(double now) noexcept { *this = {{}, 0, now}; }
  void on_event(double now, std::size_t waiting, std::size_t serving) noexcept {
    const double span = now - last;
    if (waiting + serving < times.size()) times[waiting + serving] += span;
    all += span;
    last = now;
  }
  void on_start(const customer<double>&, double) noexcept {}
  void on_leave(const customer<double>&, double) noexcept {}
  void on_refuse(const customer<double>&) noexcept {}
  void on_close(const customer<double>&, double) noexcept {}
  double closed = 0;
};

/// Two classes with exponential services, and the mean wait of each.
struct two_class_source {
  random_stream random;
  double arrivals, first_share;
  std::array<double, 2> service;
  arrival<double> operator()() noexcept {
    const double gap = exponential(random(), 1 / arrivals);
    const std::uint32_t rank = bernoulli(random(), first_share) ? 0 : 1;
    return {gap, exponential(random(), service[rank]), rank};
  }
};
struct class_record {
  std::array<double, 2> sum{}, count{};
  double closed = 0;
  void on_open(double) noexcept { *this = {}; }
  void on_event(double, std::size_t, std::size_t) noexcept {}
  void on_start(const customer<double>& c, double now) noexcept {
    sum[c.rank] += now - c.arrived;
    ++count[c.rank];
  }
  void on_leave(const customer<double>&, double) noexcept {}
  void on_refuse(const customer<double>&) noexcept {}
  void on_close(const customer<double>&, double) noexcept {}
};
template <class = when_called>
[[nodiscard]] inline std::vector<double> played_classes(std::uint32_t servers, double arrivals, double first_share,
                                                        std::array<double, 2> service, std::uint64_t customers, std::uint32_t model,
                                                        std::uint32_t replication) {
  station one(station_shape{servers, queue_order::first_come, 2},
              two_class_source{luck_of_model(replication, model), arrivals, first_share, service}, class_record{});
  one.run(station_warm_up);
  one.open();
  one.run(customers);
  const class_record& m = one.close();
  return {m.sum[0] / m.count[0], m.sum[1] / m.count[1]};
}

/// Arrivals λ(t) = mean (1 + swing sin(2πt/cycle)) by thinning (Lewis & Shedler 1979).
struct swinging_rate {
  double mean, swing, cycle;
  [[nodiscard]] double operator()(double t) const noexcept { return mean * (1 + swing * std::sin(2 * std::numbers::pi * t / cycle)); }
  [[nodiscard]] double greatest() const noexcept { return mean * (1 + swing); }
  [[nodiscard]] double next_after(double t, random_stream& random) const noexcept {
    do t += exponential(random(), 1 / greatest());
    while (random() * greatest() > (*this)(t));
    return t;
  }
};
struct swinging_source {
  random_stream* random;
  swinging_rate rate;
  double cv, now = 0;
  arrival<double> operator()() noexcept {
    const double next = rate.next_after(now, *random), gap = next - now;
    now = next;
    return {gap, lognormal((*random)(), 2, cv), 0};
  }
};

/// P(S > u) of a lognormal length with mean 2.
[[nodiscard]] inline double lognormal_survival(double u, double cv) noexcept {
  if (u <= 0) return 1;
  const double square = std::log(1 + cv * cv);
  return 0.5 * std::erfc((std::log(u / 2) + square / 2) / std::sqrt(2 * square));
}

template <class = when_called>
[[nodiscard]] inline theory_model markov_model(std::string_view name, double arrivals, std::uint32_t servers, std::uint64_t customers,
                                               double tail, theory_value tail_name, std::uint32_t model) {
  const auto exact = theory::mmc(arrivals, 1, static_cast<int>(servers));
  return {name,
          {is(mean_wait, exact.wait), is(share_delayed, exact.delayed),
           is(tail_name, theory::mmc_wait_tail(arrivals, 1, static_cast<int>(servers), tail)), is(wait_square, exact.wait_square),
           is(mean_present, exact.present)},
          [=](std::uint32_t r) -> std::vector<double> {
            const auto m = played_station({servers}, exponential_sampler{1 / arrivals}, exponential_sampler{1}, customers, tail, model, r);
            return {m.wait_mean(), m.delayed_share(), m.tail(0), m.wait_square_mean(), m.present_mean()};
          }};
}

template <class = when_called>
inline void add_plain_stations(std::vector<theory_model>& to) {
  using theory::service_moments;
  to.push_back(markov_model("M/M/1  ρ 0.6", 0.6, 1, 300000, 5, {"P(wait > 5)", "等待超过 5 的概率", 0}, 1));
  to.push_back(
      {"M/M/1  ρ 0.5, last come first served",
       {is(mean_wait, theory::mm1(0.5, 1).wait), is(wait_square, theory::mg1_last_come_wait_square(0.5, service_moments::exponential(1)))},
       [](std::uint32_t r) -> std::vector<double> {
         const auto m = played_station({1, queue_order::last_come}, exponential_sampler{2}, exponential_sampler{1}, 200000, 5, 2, r);
         return {m.wait_mean(), m.wait_square_mean()};
       }});
  to.push_back(markov_model("M/M/5  ρ 0.7", 3.5, 5, 400000, 2, {"P(wait > 2)", "等待超过 2 的概率", 0}, 3));
  const auto room = theory::mmck(2.2, 1, 2, 6);
  to.push_back({"M/M/2/6  λ 2.2",
                {{"share refused", "被拒比例", room.refused},
                 is(mean_wait, room.wait),
                 is(wait_square, room.wait_square),
                 is(mean_present, room.present)},
                [](std::uint32_t r) -> std::vector<double> {
                  const auto m = played_station({2, queue_order::first_come, 1, 6}, exponential_sampler{1 / 2.2}, exponential_sampler{1},
                                                100000, 2, 4, r);
                  return {static_cast<double>(m.refused) / static_cast<double>(m.refused + m.started), m.wait_mean(), m.wait_square_mean(),
                          m.present_mean()};
                }});
  const auto general = theory::mg1(0.5, service_moments::lognormal(1, 0.8));
  to.push_back({"M/G/1  ρ 0.5, lognormal, cv 0.8",
                {is(mean_wait, general.wait), is(share_delayed, general.delayed), is(wait_square, general.wait_square),
                 is(mean_present, general.present)},
                [](std::uint32_t r) -> std::vector<double> {
                  const auto m = played_station({}, exponential_sampler{2}, lognormal_sampler{1, 0.8}, 250000, 3, 5, r);
                  return {m.wait_mean(), m.delayed_share(), m.wait_square_mean(), m.present_mean()};
                }});
  const auto clockwork = theory::gm1(0.6, 1, [](double s) { return std::exp(-s / 0.6); });
  to.push_back({"D/M/1 (G/M/1)  ρ 0.6",
                {is(mean_wait, clockwork.wait), is(share_delayed, clockwork.delayed), is(wait_square, clockwork.wait_square)},
                [](std::uint32_t r) -> std::vector<double> {
                  const auto m = played_station({}, constant_sampler{1 / 0.6}, exponential_sampler{1}, 350000, 3, 6, r);
                  return {m.wait_mean(), m.delayed_share(), m.wait_square_mean()};
                }});
}

template <class = when_called>
inline void add_constant_service(std::vector<theory_model>& to) {
  const auto constant = theory::md1(0.6, 1);
  to.push_back({"M/D/1  ρ 0.6",
                {is(mean_wait, constant.wait),
                 is(wait_square, constant.wait_square),
                 {"P(wait > 2.5)", "等待超过 2.5 的概率", 1 - theory::md1_wait_within(0.6, 1, 2.5)}},
                [](std::uint32_t r) -> std::vector<double> {
                  const auto m = played_station({}, exponential_sampler{1 / 0.6}, constant_sampler{1}, 280000, 2.5, 7, r);
                  return {m.wait_mean(), m.wait_square_mean(), m.tail(0)};
                }});
  const std::vector<double> states = theory::md1_states(0.6, 1, 4);
  to.push_back({"M/D/1  ρ 0.6, states",
                {{"P(nobody there)", "无人的概率", states[0]},
                 {"P(2 there)", "有 2 人的概率", states[2]},
                 {"P(3 there)", "有 3 人的概率", states[3]}},
                [](std::uint32_t r) -> std::vector<double> {
                  station one(station_shape{}, renewal_source{luck_of_model(r, 8), exponential_sampler{1 / 0.6}, constant_sampler{1}},
                              state_record{});
                  one.run(station_warm_up);
                  one.open();
                  one.run(150000);
                  const state_record& m = one.close();
                  return {m.times[0] / m.all, m.times[2] / m.all, m.times[3] / m.all};
                }});
}

template <class = when_called>
inline void add_priorities(std::vector<theory_model>& to) {
  using theory::service_moments;
  const theory_value first{"mean wait, first class", "第一类平均等待", 0}, second{"mean wait, second class", "第二类平均等待", 0};
  const std::vector<theory::priority_class> classes{{0.2, service_moments::exponential(0.8)}, {0.3, service_moments::exponential(1.2)}};
  const auto one = theory::priority_waits(span_of(classes));
  to.push_back({"M/M/1, two classes (Cobham)", {is(first, one[0]), is(second, one[1])}, [](std::uint32_t r) {
                  return played_classes(1, 0.5, 0.4, {0.8, 1.2}, 400000, 9, r);
                }});
  const std::vector<double> arrivals{1.05, 1.05};
  const auto three = theory::priority_waits(span_of(arrivals), 1, 3);
  to.push_back({"M/M/3, two classes (Cobham)", {is(first, three[0]), is(second, three[1])}, [](std::uint32_t r) {
                  return played_classes(3, 2.1, 0.5, {1, 1}, 400000, 10, r);
                }});
}

template <class = when_called>
inline void add_swinging_arrivals(std::vector<theory_model>& to) {
  constexpr double cv = 0.7, at = 17;
  constexpr int paths = 6000;
  const swinging_rate rate{1, 0.8, 12};
  const double mean = theory::infinite_servers(
      at, [&](double t) { return t < 0 ? 0 : rate(t); }, [](double u) { return lognormal_survival(u, cv); }, at, 4000);
  to.push_back(
      {"M(t)/G/∞  lognormal, cv 0.7, at t 17",
       {is(mean_present, mean), {"P(nobody there)", "无人的概率", std::exp(-mean)}, {"variance of present", "在系统数的方差", mean}},
       [=](std::uint32_t r) -> std::vector<double> {
         random_stream random = luck_of_model(r, 11);
         double sum = 0, square = 0, none = 0;
         station one(station_shape{1000}, swinging_source{&random, rate, cv});
         for (int i = 0; i < paths; ++i) {
           one.reset(swinging_source{&random, rate, cv});
           one.run_until(at);
           const auto n = static_cast<double>(one.waiting() + one.serving());
           sum += n;
           square += n * n;
           none += n == 0;
         }
         return {sum / paths, none / paths, (square - sum * sum / paths) / (paths - 1)};
       }});
}

}  // namespace sifang::detail

#endif
