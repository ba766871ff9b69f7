// SPDX-License-Identifier: BSL-1.0
// Models with more than one clock for a customer, written on the heap of events directly.
#include "catch.hpp"
#include "joint_test.hpp"
#include "sifang/reception/session_queue.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_reception.hpp"
#include "sifang/random/variates.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

namespace {

using namespace sifang;
using joint_test::agrees;
using joint_test::sample;

constexpr std::uint64_t seed = 20220916;
constexpr std::uint32_t replications = 40;

struct impatient {
  double waiting_area = 0, waited = 0, abandoned = 0, delayed = 0, arrived = 0;
};

/// Erlang A, each customer with a patience of their own, event by event.
impatient play_erlang_a(double arrivals, int servers, double patience, double horizon, std::uint32_t replication) {
  enum what : std::uint32_t { leaves, gives_up, comes };
  random_stream random(seed, replication, 1u);
  heap_queue<event<double>> events;
  std::deque<std::uint32_t> line;
  std::vector<bool> gone, called;
  std::size_t waiting = 0;
  int busy = 0;
  double last = 0;
  impatient out;
  constexpr double warm_up = 100;
  events.push({exponential(random(), 1 / arrivals), comes, 0});
  for (;;) {
    const event<double> e = events.pop();
    if (e.at > horizon) return out;
    const bool counts = e.at > warm_up;
    if (counts) out.waiting_area += (e.at - std::max(last, warm_up)) * static_cast<double>(waiting);
    last = e.at;
    const auto start = [&] {
      ++busy;
      events.push({e.at + exponential(random(), 1), leaves, 0});
    };
    switch (e.what) {
      case comes: {
        const auto who = static_cast<std::uint32_t>(gone.size());
        gone.push_back(false);
        called.push_back(false);
        out.arrived += counts;
        if (busy < servers) {
          start();
        } else {
          out.delayed += counts;
          ++waiting;
          line.push_back(who);
          events.push({e.at + exponential(random(), 1 / patience), gives_up, who});
        }
        events.push({e.at + exponential(random(), 1 / arrivals), comes, 0});
        break;
      }
      case gives_up:
        if (called[e.who]) break;
        gone[e.who] = true;
        --waiting;
        out.abandoned += counts;
        break;
      default:
        --busy;
        while (!line.empty() && gone[line.front()]) line.pop_front();
        if (line.empty()) break;
        called[line.front()] = true;
        line.pop_front();
        --waiting;
        start();
    }
  }
}

TEST_CASE("Erlang A: who gives up, who waits and how many are exact, above capacity as well") {
  // Offered load 5.5 on 5 servers: without impatience there would be no steady state.
  const auto exact = theory::erlang_a(5.5, 1, 5, 0.5);
  sample abandoned, delayed, waiting;
  for (std::uint32_t r = 0; r < replications; ++r) {
    constexpr double horizon = 28100;
    const impatient m = play_erlang_a(5.5, 5, 0.5, horizon, r);
    abandoned.add(m.abandoned / m.arrived);
    delayed.add(m.delayed / m.arrived);
    waiting.add(m.waiting_area / (horizon - 100));
  }
  agrees("share who give up", abandoned, exact.abandoned);
  agrees("share delayed", delayed, exact.delayed);
  agrees("mean waiting", waiting, exact.waiting, 0.015);
}

TEST_CASE("Erlang-R: servers see every return, and wait as Erlang's formula says for the whole load") {
  constexpr double arrivals = 1.0, again = 0.6, back = 0.2, horizon = 61000, warm_up = 1000;
  constexpr int servers = 4;
  const auto load = theory::erlang_r(arrivals, 1, again, back);
  const auto exact = theory::mmc(arrivals / (1 - again), 1, servers);
  CHECK(exact.utilisation * servers == Approx(load.needy));
  sample present, away_mean, delayed;
  for (std::uint32_t r = 0; r < replications; ++r) {
    enum what : std::uint32_t { leaves, returns, comes };
    random_stream random(seed, r, 2u);
    heap_queue<event<double>> events;
    int needy = 0, away = 0;
    double last = 0, needy_area = 0, away_area = 0, visits = 0, waits = 0;
    events.push({exponential(random(), 1 / arrivals), comes, 0});
    for (;;) {
      const event<double> e = events.pop();
      if (e.at > horizon) break;
      if (e.at > warm_up) {
        needy_area += (e.at - std::max(last, warm_up)) * needy;
        away_area += (e.at - std::max(last, warm_up)) * away;
      }
      last = e.at;
      if (e.what == leaves) {
        if (needy-- > servers) events.push({e.at + exponential(random(), 1), leaves, 0});
        if (bernoulli(random(), again)) {
          ++away;
          events.push({e.at + exponential(random(), 1 / back), returns, 0});
        }
      } else {
        if (e.what == returns) --away;
        if (e.what == comes) events.push({e.at + exponential(random(), 1 / arrivals), comes, 0});
        if (e.at > warm_up) {
          ++visits;
          waits += needy >= servers;
        }
        if (needy++ < servers) events.push({e.at + exponential(random(), 1), leaves, 0});
      }
    }
    present.add(needy_area / (horizon - warm_up));
    away_mean.add(away_area / (horizon - warm_up));
    delayed.add(waits / visits);
  }
  agrees("mean needy", present, exact.present, 0.015);
  agrees("mean away", away_mean, load.away);
  agrees("share delayed", delayed, exact.delayed, 0.02);
}

TEST_CASE("One session: the last of twenty is heard when the formula says, with three receivers") {
  // The reception floor's own session, every visitor at the door when it opens.
  constexpr int present = 20, receivers = 3, sessions = 2000;
  sample closing;
  std::vector<visitor> visitors(present);
  std::vector<double> free_at(receivers);
  std::vector<visit_outcome> outcomes;
  for (std::uint32_t r = 0; r < replications; ++r) {
    random_stream random(seed, r, 3u);
    double sum = 0;
    for (int s = 0; s < sessions; ++s) {
      for (std::uint32_t i = 0; i < present; ++i) visitors[i] = {i, 0.0, exponential(random(), 15.0)};
      std::fill(free_at.begin(), free_at.end(), 0.0);
      (void)run_session(visitors, free_at, 180, closing_policy::stay, outcomes);
      double last = 0;
      for (const visit_outcome& o : outcomes) last = std::max(last, o.finish);
      sum += last;
    }
    closing.add(sum / sessions);
  }
  agrees("mean closing time", closing, theory::closing_time(present, receivers, 15));
}

}  // namespace
