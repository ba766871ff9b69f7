// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_THEORY_DAYS_HPP
#define SIFANG_EXPERIMENT_THEORY_DAYS_HPP

#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/theory_calendar.hpp"
#include "sifang/engine/theory_reception.hpp"
#include "sifang/engine/theory_states.hpp"
#include "sifang/experiment/theory_model.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/reception/session_queue.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

/// \file
/// Reception days and their calendars, played case by case in the order of coming, and one session by the reception floor's own queue.

namespace sifang::detail {

/// What days with sessions show, each case waiting for its turn.
struct played_days {
  double left = 0, square = 0, none = 0,  ///< numbers left after a session: sum, sum of squares, times that there is none
      days = 0, cases = 0, waited = 0, long_waits = 0;
};

/// \param capacity  of each date of the cycle \param arrivals  how many come on a date, from luck \param beyond  waits longer than this are
/// counted
template <class Arrivals>
[[nodiscard]] played_days play_days(const std::vector<int>& capacity, Arrivals&& arrivals, int beyond, int days) {
  const int warm_up = 2000 / static_cast<int>(capacity.size()) * static_cast<int>(capacity.size());
  std::deque<int> line;  // day of coming
  played_days out;
  for (int d = -warm_up; d < days; ++d) {
    const auto date = static_cast<std::size_t>(d + warm_up) % capacity.size();
    for (int k = arrivals(date); k > 0; --k) line.push_back(d);
    for (int k = capacity[date]; k > 0 && !line.empty(); --k) {
      if (line.front() >= 0) {
        ++out.cases;
        out.waited += d - line.front();
        out.long_waits += d - line.front() > beyond;
      }
      line.pop_front();
    }
    if (d < 0) continue;
    const auto left = static_cast<double>(line.size());
    ++out.days;
    out.left += left;
    out.square += left * left;
    out.none += left == 0;
  }
  return out;
}

inline constexpr const char *left_en = "mean left over", *left_zh = "平均剩余人数", *none_en = "P(nobody left)", *none_zh = "无剩余的概率";

template <class = when_called>
inline void add_reception_days(std::vector<theory_model>& to) {
  constexpr int days = 100000;
  const theory::reception_day_queue day(6, 7);
  to.push_back({"Reception day  (X+A−7)⁺, λ 6",
                {{left_en, left_zh, day.left_mean()},
                 {none_en, none_zh, day.none_left()},
                 {"P(misses more than 1 session)", "错过多于 1 场的概率", day.missed_more_than(1)}},
                [](std::uint32_t r) -> std::vector<double> {
                  random_stream random = luck_of_model(r, 40);
                  const auto m = play_days(
                      {7}, [&](std::size_t) { return poisson(random(), 6); }, 1, days);
                  return {m.left / m.days, m.none / m.days, m.long_waits / m.cases};
                }});
  const std::vector<double> counts = theory::overdispersed_probabilities(6, 2.5);
  const theory::bulk_queue bulk(span_of(counts), 8);
  to.push_back({"Bulk queue  (X+A−8)⁺, λ 6, var 2.5 λ",
                {{left_en, left_zh, bulk.left_mean()},
                 {none_en, none_zh, bulk.none_left()},
                 {"variance of those left", "剩余人数的方差", bulk.left_variance()},
                 {"P(misses more than 1 session)", "错过多于 1 场的概率", bulk.missed_more_than(1)}},
                [](std::uint32_t r) -> std::vector<double> {
                  random_stream random = luck_of_model(r, 41);
                  const auto m = play_days(
                      {8}, [&](std::size_t) { return negative_binomial(random(), 6, 2.5); }, 1, days);
                  const double mean = m.left / m.days;
                  return {mean, m.none / m.days, m.square / m.days - mean * mean, m.long_waits / m.cases};
                }});
  // Four weeks: Mondays, and the 15th, a Monday too, with a longer session; nobody comes on days of rest.
  std::vector<theory::reception_date> cycle;
  std::vector<int> capacity;
  std::vector<double> means;
  for (int d = 0; d < 28; ++d) {
    const bool monday = d % 7 == 0, rest = d % 7 > 4;
    cycle.push_back({rest ? 0.0 : 0.5, d == 14 ? 6 : monday ? 3 : 0});
    capacity.push_back(cycle.back().capacity);
    means.push_back(cycle.back().arrivals);
  }
  const theory::reception_calendar calendar(span_of(cycle));
  to.push_back({"Calendar: Mondays and the 15th",
                {{"mean days to the session", "平均等候天数", calendar.wait_mean()},
                 {"P(waits more than 15 days)", "等候超过 15 天的概率", calendar.wait_more_than(15)}},
                [=](std::uint32_t r) -> std::vector<double> {
                  random_stream random = luck_of_model(r, 42);
                  const auto m = play_days(
                      capacity, [&](std::size_t date) { return means[date] > 0 ? poisson(random(), means[date]) : 0; }, 15, 28 * 6000);
                  return {m.waited / m.cases, m.long_waits / m.cases};
                }});
}

template <class = when_called>
inline void add_one_session(std::vector<theory_model>& to) {
  constexpr int present = 20, receivers = 3, sessions = 2000;
  to.push_back({"One session: 20 at the door, 3 receivers",
                {{"mean closing time", "平均结束时刻", theory::closing_time(present, receivers, 15)}},
                [](std::uint32_t r) -> std::vector<double> {
                  random_stream random = luck_of_model(r, 43);
                  std::vector<visitor> visitors(present);
                  std::vector<double> free_at(receivers);
                  std::vector<visit_outcome> outcomes;
                  double sum = 0;
                  for (int s = 0; s < sessions; ++s) {
                    for (std::uint32_t i = 0; i < present; ++i) visitors[i] = {i, 0.0, exponential(random(), 15.0)};
                    std::fill(free_at.begin(), free_at.end(), 0.0);
                    (void)run_session(visitors, free_at, 180, closing_policy::stay, outcomes);
                    double last = 0;
                    for (const visit_outcome& o : outcomes) last = (std::max)(last, o.finish);
                    sum += last;
                  }
                  return {sum / sessions};
                }});
}

}  // namespace sifang::detail

#endif
