// SPDX-License-Identifier: BSL-1.0
// The engine beside the least that one can write for the same model with the standard library, on the same
// random numbers and with the same measurements. `ratio` is the engine's time over the hand-written loop's,
// both measured in the same run, turn by turn, so that a busy machine slows both.
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/random/exponential_stream.hpp"
#include "sifang/engine/ladder_queue.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <queue>
#include <vector>

namespace {

using namespace sifang;

constexpr double load = 0.9;
constexpr std::uint64_t customers = 1'000'000;

/// From an exponential of mean 1 to one of another.
struct of_mean {
  double mean;
  double operator()(double unit) const noexcept { return mean * unit; }
};

/// Philox, as in every model of the library.
auto philox_source(double servers) { return renewal_source{exponential_stream(1, 0, 0u), of_mean{1 / (load * servers)}, of_mean{1.0}}; }

/// Numbers made beforehand: what is left is the engine alone. They are few enough to stay in the cache.
struct tape {
  static const std::vector<arrival<double>>& made(double servers) {
    static std::vector<arrival<double>> numbers[2];
    auto& tape = numbers[servers > 1];
    if (tape.empty()) {
      auto source = philox_source(servers);
      for (int i = 0; i < 1 << 14; ++i) tape.push_back(source());
    }
    return tape;
  }
  const std::vector<arrival<double>>* numbers;
  std::size_t next = 0;
  arrival<double> operator()() noexcept { return (*numbers)[next++ & ((1u << 14) - 1)]; }
};

struct result {
  double wait_mean = 0, present_mean = 0;
  bool operator==(const result&) const = default;
};

template <class Source>
result on_engine(Source source, std::uint32_t servers) {
  station model(station_shape{servers}, source);
  model.run(customers);
  const auto& r = model.close();
  return {r.wait_mean(), r.present_mean()};
}

/// One binary heap of (time, kind, customer's arrival), one std::deque, no abstraction.
template <class Source>
result by_hand(Source source, std::uint32_t servers) {
  struct item {
    double at;
    std::uint32_t kind;
    double arrived;
    bool operator>(const item& o) const noexcept { return at != o.at ? at > o.at : kind > o.kind; }
  };
  struct waiter {
    double arrived, service;
  };
  std::priority_queue<item, std::vector<item>, std::greater<>> events;
  std::deque<waiter> line;
  double last = 0, present_area = 0, wait_sum = 0, waiting_area = 0, wait_square_sum = 0, stay_sum = 0;
  std::uint64_t started = 0, left = 0, delayed = 0;
  std::uint32_t serving = 0;
  const auto start = [&](double now, double arrived, double service) {
    const double wait = now - arrived;
    ++started;
    delayed += wait > 0;
    wait_sum += wait;
    wait_square_sum += wait * wait;
    events.push({now + service, 0, arrived});
  };
  auto coming = source();
  events.push({coming.gap, 1, 0});
  while (left < customers) {
    const item e = events.top();
    events.pop();
    waiting_area += (e.at - last) * static_cast<double>(line.size());
    present_area += (e.at - last) * static_cast<double>(line.size() + serving);
    last = e.at;
    if (e.kind == 0) {
      ++left;
      stay_sum += e.at - e.arrived;
      if (line.empty()) {
        --serving;
      } else {
        start(e.at, line.front().arrived, line.front().service);
        line.pop_front();
      }
    } else {
      const double service = coming.service;
      coming = source();
      events.push({e.at + coming.gap, 1, 0});
      if (serving < servers) {
        ++serving;
        start(e.at, e.at, service);
      } else {
        line.push_back({e.at, service});
      }
    }
  }
  benchmark::DoNotOptimize(waiting_area + wait_square_sum + stay_sum + static_cast<double>(delayed));
  return {wait_sum / static_cast<double>(started), present_area / last};
}

double seconds(auto&& f) {
  const auto from = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

double median(std::vector<double> v) {
  std::nth_element(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2), v.end());
  return v[v.size() / 2];
}

template <class Source>
void side_by_side(benchmark::State& state, Source source, std::uint32_t servers) {
  std::vector<double> engine, hand;
  for (auto _ : state) {
    result a, b;
    engine.push_back(seconds([&] { a = on_engine(source, servers); }));
    hand.push_back(seconds([&] { b = by_hand(source, servers); }));
    state.SetIterationTime(engine.back());
    if (a != b) state.SkipWithError("the engine and the hand-written loop differ");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(customers));
  state.counters["by_hand"] = static_cast<double>(customers) / median(hand);
  state.counters["ratio"] = median(engine) / median(hand);
}

void mm1(benchmark::State& state) { side_by_side(state, philox_source(1), 1); }
void mm10(benchmark::State& state) { side_by_side(state, philox_source(10), 10); }
void mm1_events_alone(benchmark::State& state) { side_by_side(state, tape{&tape::made(1)}, 1); }
void mm10_events_alone(benchmark::State& state) { side_by_side(state, tape{&tape::made(10)}, 10); }
BENCHMARK(mm1)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(mm10)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(mm1_events_alone)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(mm10_events_alone)->UseManualTime()->Unit(benchmark::kMillisecond);

// Hold model: n events pending, each handled one schedules one, so that n stays. Times are civil minutes,
// up to 120 days ahead, as the clocks of a petition are.

constexpr std::uint32_t horizon = 120 * minutes_per_day;

/// Cheap numbers: the queue is measured, not the generator.
struct cheap {
  std::uint64_t state = 1;
  std::uint32_t operator()(std::uint32_t below) noexcept {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(((state >> 32) * below) >> 32);
  }
};

using dated = event<instant>;

/// What a user of the standard library writes for the same total order.
struct standard_queue {
  struct node {
    dated e;
    std::uint64_t inserted;
    bool operator>(const node& o) const noexcept {
      if (comes_before(o.e, e)) return true;
      return !comes_before(e, o.e) && inserted > o.inserted;
    }
  };
  std::priority_queue<node, std::vector<node>, std::greater<>> queue;
  std::uint64_t inserted = 0;
  void push(const dated& e) { queue.push({e, inserted++}); }
  dated pop() {
    const dated e = queue.top().e;
    queue.pop();
    return e;
  }
};

struct heap_held {
  heap_queue<dated> queue;
  void push(const dated& e) { queue.push(e); }
  dated pop() noexcept { return queue.pop(); }
};

struct days_held {
  day_queue<dated> queue;
  day today{0};
  days_held() { queue.reset(today, horizon / minutes_per_day + 2); }
  void push(const dated& e) { queue.push(e.at.date(), e); }
  dated pop() {
    dated e;
    while (!queue.pop(today, e)) ++today;
    return e;
  }
};

template <class Queue>
class held {
 public:
  explicit held(std::uint32_t pending) {
    for (std::uint32_t i = 0; i < pending; ++i) queue_.push({instant(static_cast<std::int32_t>(random_(horizon))), i & 7u, i});
    play(2 * pending);
  }
  std::uint64_t play(std::uint32_t events) {
    std::uint64_t seen = 0;
    for (std::uint32_t i = 0; i < events; ++i) {
      dated e = queue_.pop();
      seen += e.who ^ static_cast<std::uint32_t>(e.at.since_1970());
      e.at = e.at + minutes(static_cast<std::int32_t>(random_(horizon)));
      queue_.push(e);
      now_ = e.at;
    }
    return seen;
  }
  /// With few events pending a long run would pass the 4,000 years of the civil clock.
  [[nodiscard]] bool late() const noexcept { return now_.since_1970() > 1'000'000'000; }

 private:
  Queue queue_;
  cheap random_;
  instant now_;
};

template <class Queue>
void hold(benchmark::State& state) {
  constexpr std::uint32_t events = 1u << 16;
  const auto pending = static_cast<std::uint32_t>(state.range(0));
  held<Queue> mine(pending);
  held<standard_queue> standard(pending);
  std::vector<double> a, b;
  for (auto _ : state) {
    if (mine.late()) {
      mine = held<Queue>(pending);
      standard = held<standard_queue>(pending);
    }
    std::uint64_t x = 0, y = 0;
    a.push_back(seconds([&] { x = mine.play(events); }));
    b.push_back(seconds([&] { y = standard.play(events); }));
    state.SetIterationTime(a.back());
    if (x != y) state.SkipWithError("the queues give different orders");
  }
  state.SetItemsProcessed(state.iterations() * events);
  state.counters["std_queue"] = events / median(b);
  state.counters["ratio"] = median(a) / median(b);
}
/// The same with times that are numbers and exponential increments, for the queues of models without days.
template <class Queue>
void hold_numbers(benchmark::State& state) {
  constexpr std::uint32_t events = 1u << 16;
  const auto pending = static_cast<std::uint32_t>(state.range(0));
  struct later {
    bool operator()(const event<double>& a, const event<double>& b) const noexcept { return comes_before(b, a); }
  };
  Queue mine;
  std::priority_queue<event<double>, std::vector<event<double>>, later> standard;
  exponential_stream draw(1, 0, 0u), same(1, 0, 0u);
  for (std::uint32_t i = 0; i < pending; ++i) {
    mine.push({draw(), 0, i});
    standard.push({same(), 0, i});
  }
  double last = 0, standard_last = 0;
  const auto play = [&](std::uint32_t n) {
    for (std::uint32_t i = 0; i < n; ++i) {
      event<double> e = mine.top();
      last = e.at;
      e.at += draw();
      mine.replace_top(e);
    }
  };
  const auto play_standard = [&](std::uint32_t n) {
    for (std::uint32_t i = 0; i < n; ++i) {
      event<double> e = standard.top();
      standard_last = e.at;
      e.at += same();
      standard.pop();
      standard.push(e);
    }
  };
  play(2 * pending);
  play_standard(2 * pending);
  std::vector<double> a, b;
  for (auto _ : state) {
    a.push_back(seconds([&] { play(events); }));
    b.push_back(seconds([&] { play_standard(events); }));
    state.SetIterationTime(a.back());
    if (last != standard_last) state.SkipWithError("the queues give different orders");
  }
  state.SetItemsProcessed(state.iterations() * events);
  state.counters["ratio"] = median(a) / median(b);
}
BENCHMARK(hold_numbers<heap_queue<event<double>>>)
    ->RangeMultiplier(10)
    ->Range(10, 1'000'000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(hold_numbers<ladder_queue<event<double>>>)
    ->RangeMultiplier(10)
    ->Range(10, 1'000'000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(hold<heap_held>)->RangeMultiplier(10)->Range(10, 1'000'000)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(hold<days_held>)->RangeMultiplier(10)->Range(10, 1'000'000)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
