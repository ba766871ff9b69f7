// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_THEORY_NETWORKS_HPP
#define SIFANG_EXPERIMENT_THEORY_NETWORKS_HPP

#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_chain.hpp"
#include "sifang/engine/theory_patience.hpp"
#include "sifang/engine/theory_reentrant.hpp"
#include "sifang/engine/theory_states.hpp"
#include "sifang/experiment/theory_model.hpp"
#include "sifang/experiment/theory_stations.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <utility>
#include <vector>

/// \file
/// Models with more than one clock for a customer, played on the engine's heap of events.

namespace sifang::detail {

/// Counts of an open network of exponential stations; each server, and each of those who are away, has a clock of their own.
class network_player {
 public:
  static constexpr int endless_servers = (std::numeric_limits<int>::max)();

  network_player(std::vector<theory::network_station> stations, std::vector<double> routing, random_stream random)
      : stations_(std::move(stations)),
        routing_(std::move(routing)),
        random_(random),
        present(stations_.size(), 0),
        areas(stations_.size(), 0.0) {}

  /// Empties it, and starts again at time 0. \param first  customers at the first station
  template <class = when_called>
  void start(int first = 0) {
    events_.clear();
    std::fill(present.begin(), present.end(), 0);
    now_ = 0;
    for (std::uint32_t i = 0; i < stations_.size(); ++i) {
      if (stations_[i].arrivals > 0) events_.push({exponential(random_(), 1 / stations_[i].arrivals), comes, i});
    }
    for (int k = 0; k < first; ++k) enter(0);
  }
  /// Plays to a time. \param count  whether it is measured
  template <class = when_called>
  void run_until(double until, bool count) {
    while (!events_.empty() && events_.top().at < until) {
      const event<double> e = events_.pop();
      advance(e.at, count);
      if (e.what == comes) {
        events_.push({now_ + exponential(random_(), 1 / stations_[e.who].arrivals), comes, e.who});
        visit(e.who, count);
        continue;
      }
      --present[e.who];
      if (present[e.who] >= stations_[e.who].servers) serve(e.who);
      double u = random_();
      const std::size_t n = stations_.size();
      for (std::uint32_t j = 0; j < n; ++j) {
        const double share = routing_[e.who * n + j];
        if (u < share) {
          visit(j, count);
          break;
        }
        u -= share;
      }
    }
    advance(until, count);
  }
  /// A visit from outside at its time, for arrivals that vary.
  template <class = when_called>
  void enter(std::uint32_t station) {
    if (present[station]++ < stations_[station].servers) serve(station);
  }

 private:
  enum what : std::uint32_t { leaves, comes };
  template <class = when_called>
  void serve(std::uint32_t station) {
    events_.push({now_ + exponential(random_(), 1 / stations_[station].services), leaves, station});
  }
  template <class = when_called>
  void visit(std::uint32_t station, bool count) {
    if (count && station == 0) {
      ++visits;
      delayed += present[0] >= stations_[0].servers;
    }
    enter(station);
  }
  template <class = when_called>
  void advance(double to, bool count) {
    if (count) {
      const double span = to - now_;
      bool nobody = true;
      for (std::size_t i = 0; i < present.size(); ++i) {
        areas[i] += span * present[i];
        nobody = nobody && present[i] == 0;
      }
      if (nobody) empty += span;
    }
    now_ = to;
  }

  std::vector<theory::network_station> stations_;
  std::vector<double> routing_;
  random_stream random_;
  heap_queue<event<double>> events_;
  double now_ = 0;

 public:
  std::vector<int> present;                   ///< by station
  std::vector<double> areas;                  ///< ∫ present dt, by station
  double empty = 0, visits = 0, delayed = 0;  ///< time with nobody there; visits of the first station, and those that wait
};

template <class = when_called>
inline void add_networks(std::vector<theory_model>& to) {
  constexpr double warm_up = 500, horizon = 60000;
  const std::vector<theory::network_station> three{{1, 3, 1}, {0.5, 1, 3}, {0, 2, 2}};
  const std::vector<double> routing{0, 0.5, 0.5, 0.2, 0, 0.3, 0, 0.4, 0};
  const auto exact = theory::jackson_network(span_of(three), span_of(routing));
  double all_empty = 1;
  for (std::size_t i = 0; i < 3; ++i) {
    const double traffic = exact[i].utilisation * three[i].servers * three[i].services;
    all_empty *= theory::mmc_empty(traffic, three[i].services, three[i].servers);
  }
  to.push_back({"Jackson network of 3 stations",
                {{"mean present, 1st", "第 1 站平均人数", exact[0].present},
                 {"mean present, 2nd", "第 2 站平均人数", exact[1].present},
                 {"mean present, 3rd", "第 3 站平均人数", exact[2].present},
                 {"P(nobody anywhere)", "各站均无人的概率", all_empty}},
                [=](std::uint32_t r) -> std::vector<double> {
                  network_player one(three, routing, luck_of_model(r, 20));
                  one.start();
                  one.run_until(warm_up, false);
                  one.run_until(warm_up + horizon, true);
                  return {one.areas[0] / horizon, one.areas[1] / horizon, one.areas[2] / horizon, one.empty / horizon};
                }});
  const auto feedback = theory::feedback(1.2, 1, 3, 0.4);
  to.push_back({"M/M/3 with Bernoulli feedback 0.4",
                {is(share_delayed, feedback.delayed), is(mean_present, feedback.present)},
                [=](std::uint32_t r) -> std::vector<double> {
                  // Those who come back at once see the others as a time average does (Sevcik & Mitrani 1981).
                  network_player one({{1.2, 1, 3}}, {0.4}, luck_of_model(r, 21));
                  one.start();
                  one.run_until(warm_up, false);
                  one.run_until(warm_up + horizon, true);
                  return {one.delayed / one.visits, one.areas[0] / horizon};
                }});
}

template <class = when_called>
inline void add_reentrant(std::vector<theory_model>& to) {
  constexpr double warm_up = 500, horizon = 60000, again = 0.6, back = 0.2;
  const auto load = theory::erlang_r(1, 1, again, back);
  const auto steady = theory::mmc(1 / (1 - again), 1, 4);
  to.push_back(
      {"Erlang-R, 4 servers",
       {{"mean needy", "平均在站人数", steady.present}, {"mean away", "平均离站人数", load.away}, is(share_delayed, steady.delayed)},
       [=](std::uint32_t r) -> std::vector<double> {
         network_player one({{1, 1, 4}, {0, back, network_player::endless_servers}}, {0, again, 1, 0}, luck_of_model(r, 22));
         one.start();
         one.run_until(warm_up, false);
         one.run_until(warm_up + horizon, true);
         return {one.areas[0] / horizon, one.areas[1] / horizon, one.delayed / one.visits};
       }});
  constexpr double at = 15;
  constexpr int paths = 6000;
  const swinging_rate rate{1, 0.6, 24};
  const auto moment = theory::erlang_r_after(rate, rate.greatest(), 1, 4, again, back, at, 50, 45);
  to.push_back({"Erlang-R, 4 servers, λ(t), at t 15",
                {{"mean needy", "平均在站人数", moment.needy},
                 {"mean away", "平均离站人数", moment.away},
                 {"P(all servers work)", "全部忙碌的概率", moment.delayed}},
                [=](std::uint32_t r) -> std::vector<double> {
                  random_stream random = luck_of_model(r, 23);
                  network_player one({{0, 1, 4}, {0, back, network_player::endless_servers}}, {0, again, 1, 0}, luck_of_model(r, 24));
                  double needy = 0, away = 0, busy = 0;
                  for (int i = 0; i < paths; ++i) {
                    one.start();
                    for (double t = rate.next_after(0, random); t < at; t = rate.next_after(t, random)) {
                      one.run_until(t, false);
                      one.enter(0);
                    }
                    one.run_until(at, false);
                    needy += one.present[0];
                    away += one.present[1];
                    busy += one.present[0] >= 4;
                  }
                  return {needy / paths, away / paths, busy / paths};
                }});
  const auto after = theory::mmc_after(2.4, 1, 3, 0, 4);
  to.push_back({"M/M/3  λ 2.4, from empty, at t 4",
                {is(mean_present, after.present),
                 {"P(nobody there)", "无人的概率", after.empty},
                 {"P(all servers work)", "全部忙碌的概率", after.delayed}},
                [=](std::uint32_t r) -> std::vector<double> {
                  network_player one({{2.4, 1, 3}}, {0}, luck_of_model(r, 25));
                  double present = 0, none = 0, busy = 0;
                  for (int i = 0; i < 3 * paths; ++i) {
                    one.start();
                    one.run_until(4, false);
                    present += one.present[0];
                    none += one.present[0] == 0;
                    busy += one.present[0] >= 3;
                  }
                  return {present / (3 * paths), none / (3 * paths), busy / (3 * paths)};
                }});
}

/// A case manager with a caseload, event by event, each case with a wait outside of its own.
template <class = when_called>
[[nodiscard]] inline std::vector<double> played_case_manager(double arrivals, double again, double back, int caseload, double horizon,
                                                             std::uint32_t model, std::uint32_t replication) {
  enum what : std::uint32_t { done, returns, comes };
  constexpr double warm_up = 2000;
  random_stream random = luck_of_model(replication, model);
  heap_queue<event<double>> events;
  std::deque<double> outside;
  int open = 0, needy = 0;
  double last = 0, busy_area = 0, needy_area = 0, open_area = 0, come = 0, full = 0, waited = 0, taken = 0;
  const auto need = [&](double now) {
    if (needy++ == 0) events.push({now + exponential(random(), 1), done, 0});
  };
  events.push({exponential(random(), 1 / arrivals), comes, 0});
  for (;;) {
    const event<double> e = events.pop();
    const double now = (std::min)(e.at, warm_up + horizon);
    if (now > warm_up) {
      const double span = now - (std::max)(last, warm_up);
      busy_area += span * (needy > 0);
      needy_area += span * needy;
      open_area += span * open;
    }
    last = now;
    if (e.at >= warm_up + horizon) break;
    if (e.what == comes) {
      events.push({now + exponential(random(), 1 / arrivals), comes, 0});
      const bool counts = now > warm_up;
      come += counts;
      full += counts && open == caseload;
      if (open == caseload) {
        outside.push_back(now);
      } else {
        ++open;
        taken += counts;
        need(now);
      }
    } else if (e.what == returns) {
      need(now);
    } else {
      if (--needy > 0) events.push({now + exponential(random(), 1), done, 0});
      if (bernoulli(random(), again)) {
        events.push({now + exponential(random(), 1 / back), returns, 0});
      } else if (outside.empty()) {
        --open;
      } else {
        waited += now > warm_up ? now - outside.front() : 0;
        taken += now > warm_up;
        outside.pop_front();
        need(now);
      }
    }
  }
  return {busy_area / horizon, full / come, waited / taken, open_area / horizon, needy_area / horizon};
}

template <class = when_called>
inline void add_case_managers(std::vector<theory_model>& to) {
  const auto exact = theory::case_manager(0.14, 1, 0.7, 0.2, 4);
  to.push_back({"Case manager, caseload 4",
                {{"share of time at work", "利用率", exact.busy},
                 {"P(waits outside)", "在外等候的概率", exact.full},
                 {"mean wait outside", "平均在外等候", exact.outside_wait},
                 {"mean open cases", "平均在办件数", exact.open},
                 {"mean needy", "平均待办件数", exact.needy}},
                [](std::uint32_t r) { return played_case_manager(0.14, 0.7, 0.2, 4, 400000, 26, r); }});
}

/// Erlang A, each customer with a patience of their own.
template <class = when_called>
[[nodiscard]] inline std::vector<double> played_erlang_a(double arrivals, int servers, double patience, double horizon, double warm_up,
                                                         std::uint32_t model, std::uint32_t replication) {
  enum what : std::uint32_t { leaves, gives_up, comes };
  random_stream random = luck_of_model(replication, model);
  heap_queue<event<double>> events;
  std::deque<std::uint32_t> line;
  std::vector<std::uint8_t> over;  // of each customer: called or gone
  std::size_t waiting = 0;
  int busy = 0;
  double last = 0, area = 0, come = 0, delayed = 0, gone = 0;
  events.push({exponential(random(), 1 / arrivals), comes, 0});
  for (;;) {
    const event<double> e = events.pop();
    const double now = (std::min)(e.at, warm_up + horizon);
    if (now > warm_up) area += (now - (std::max)(last, warm_up)) * static_cast<double>(waiting);
    last = now;
    if (e.at >= warm_up + horizon) break;
    const bool counts = now > warm_up;
    const auto serve = [&] {
      ++busy;
      events.push({now + exponential(random(), 1), leaves, 0});
    };
    if (e.what == comes) {
      const auto who = static_cast<std::uint32_t>(over.size());
      over.push_back(0);
      come += counts;
      if (busy < servers) {
        serve();
      } else {
        delayed += counts;
        ++waiting;
        line.push_back(who);
        events.push({now + exponential(random(), 1 / patience), gives_up, who});
      }
      events.push({now + exponential(random(), 1 / arrivals), comes, 0});
    } else if (e.what == gives_up) {
      if (over[e.who] != 0) continue;
      over[e.who] = 1;
      --waiting;
      gone += counts;
    } else {
      --busy;
      while (!line.empty() && over[line.front()] != 0) line.pop_front();
      if (line.empty()) continue;
      over[line.front()] = 1;
      line.pop_front();
      --waiting;
      serve();
    }
  }
  return {gone / come, delayed / come, area / horizon};
}

template <class = when_called>
inline void add_patience(std::vector<theory_model>& to) {
  const theory_value gone{"share who give up", "放弃比例", 0}, line{"mean waiting", "平均等待人数", 0};
  const auto few = theory::erlang_a(5.5, 1, 5, 0.5);
  to.push_back({"Erlang A, 5 servers, load 5.5",
                {is(gone, few.abandoned), is(share_delayed, few.delayed), is(line, few.waiting)},
                [](std::uint32_t r) { return played_erlang_a(5.5, 5, 0.5, 28000, 100, 27, r); }});
  // What Garnett's limit leaves out falls as 1/√R: the exact values at R and 4R tell how far it is from R, to the second order.
  constexpr double load = 100;
  const auto at = [](double r) {
    const int servers = static_cast<int>(r + std::sqrt(r));
    return theory::erlang_a(r, 1.0, servers, 1.0).delayed;
  };
  const double limit = theory::garnett(1, 1), gap = 2 * (at(load) - at(4 * load));
  to.push_back({"Erlang A, 110 servers, β 1 (Garnett)",
                {{"P(waits at all), limit and its gap", "需等待的概率：极限与修正", limit + gap},
                 {"P(waits at all), exact", "需等待的概率：精确", at(load)}},
                [](std::uint32_t r) -> std::vector<double> {
                  const double delayed = played_erlang_a(load, 110, 1, 3000, 20, 28, r)[1];
                  return {delayed, delayed};
                }});
}

/// One server who interrupts the second class for the first.
template <class = when_called>
[[nodiscard]] inline std::vector<double> played_preemption(std::array<double, 2> arrivals, std::array<double, 2> service, double horizon,
                                                           std::uint32_t model, std::uint32_t replication) {
  enum what : std::uint32_t { leaves, comes };
  struct one {
    double came, left;
  };
  constexpr double warm_up = 2000;
  random_stream random = luck_of_model(replication, model);
  heap_queue<event<double>> events;
  std::array<std::deque<one>, 2> line;
  std::uint32_t generation = 0, served = 2;  // 2: nobody
  double begun = 0;
  std::array<double, 2> stay{}, count{};
  const auto work = [&](double now) {  // on the first of the highest class that is there
    served = !line[0].empty() ? 0 : !line[1].empty() ? 1 : 2;
    begun = now;
    if (served < 2) events.push({now + line[served].front().left, leaves, ++generation});
  };
  for (std::uint32_t k = 0; k < 2; ++k) events.push({exponential(random(), 1 / arrivals[k]), comes, k});
  for (;;) {
    const event<double> e = events.pop();
    if (e.at >= warm_up + horizon) break;
    if (e.what == comes) {
      events.push({e.at + exponential(random(), 1 / arrivals[e.who]), comes, e.who});
      line[e.who].push_back({e.at, exponential(random(), service[e.who])});
      if (served <= e.who) continue;
      if (served == 1) line[1].front().left -= e.at - begun;
      work(e.at);
    } else if (e.who == generation) {
      if (line[served].front().came > warm_up) {
        stay[served] += e.at - line[served].front().came;
        ++count[served];
      }
      line[served].pop_front();
      work(e.at);
    }
  }
  return {stay[0] / count[0], stay[1] / count[1]};
}

template <class = when_called>
inline void add_preemption(std::vector<theory_model>& to) {
  using theory::service_moments;
  const std::vector<theory::priority_class> classes{{0.3, service_moments::exponential(0.8)}, {0.3, service_moments::exponential(1.2)}};
  const auto exact = theory::preemptive_stays(span_of(classes));
  to.push_back({"M/M/1, two classes, preemptive",
                {{"mean stay, first class", "第一类平均逗留", exact[0]}, {"mean stay, second class", "第二类平均逗留", exact[1]}},
                [](std::uint32_t r) {
                  return played_preemption({0.3, 0.3}, {0.8, 1.2}, 400000, 29, r);
                }});
}

}  // namespace sifang::detail

#endif
