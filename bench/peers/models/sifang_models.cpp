// SPDX-License-Identifier: BSL-1.0
// The models of bench/peers in sifang. Usage: sifang_models MODEL SIZE SEED. See README.md for models and output.
#include "sifang/core/time.hpp"
#include "sifang/random/discrete_table.hpp"
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/ladder_queue.hpp"
#include "sifang/random/exponential_stream.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory_reception.hpp"
#include "sifang/random/variates.hpp"

#include "protocol.h"

#include <vector>

namespace {

using namespace sifang;

/// From an exponential of mean 1 to one of another.
struct of_mean {
  double mean;
  double operator()(double unit) const noexcept { return mean * unit; }
};

/// Everything that a station measures, and the waits in batches.
struct batched : station_record<double> {
  wait_batches waits;
  void on_start(const customer<double>& c, double now) noexcept {
    station_record::on_start(c, now);
    wait_batches_add(&waits, now - c.arrived);
  }
};

void play_station(std::uint32_t servers, std::uint64_t customers, std::uint64_t seed) {
  batched record;
  record.waits = wait_batches_of(customers);
  station model(station_shape{servers}, renewal_source{exponential_stream(seed, 0, 0u), of_mean{1 / (LOAD * servers)}, of_mean{1.0}},
                record);
  model.run(customers);
  const batched& measured = model.close();
  const double seconds = protocol_seconds();
  wait_batches_print(&measured.waits, customers, seconds);
}

void play_hold(std::uint32_t pending, std::uint64_t events, std::uint64_t seed) {
  exponential_stream draw(seed, 0, 0u);
  ladder_queue<event<double>> queue;
  for (std::uint32_t i = 0; i < pending; ++i) queue.push({draw(), 0, i});
  pace held = pace_of(pending, events);
  protocol_start();
  for (;;) {
    event<double> e = queue.top();
    if (!pace_tick(&held, e.at)) break;
    e.at += draw();
    queue.replace_top(e);
  }
  pace_print(&held, protocol_seconds());
}

/// Days on which the cases of one unit came, first come first.
class line {
 public:
  [[nodiscard]] bool empty() const noexcept { return first_ == came_.size(); }
  void push(std::int32_t today) {
    if (empty()) {
      came_.clear();
      first_ = 0;
    }
    came_.push_back(today);
  }
  std::int32_t take() noexcept { return came_[first_++]; }

 private:
  std::vector<std::int32_t> came_;
  std::size_t first_ = 0;
};

/// The county: arrivals by day, lines of the units, and what a session does. How a session comes about is
/// the variant's.
struct county {
  reception_years measured;
  std::uint32_t capacity;
  random_stream draw;
  cumulative_table arrivals_of_a_day;
  std::vector<line> lines{RECEPTION_UNITS};

  county(std::uint32_t cases_a_year, std::uint32_t years, std::uint64_t seed)
      : measured(reception_years_of(years)),
        capacity(reception_capacity(cases_a_year)),
        draw(seed, 0, 0u),
        arrivals_of_a_day(theory::poisson_probabilities(cases_a_year / 365.0)) {}

  /// Calls `first(unit)` for a case that nobody waits before.
  void arrive(std::int32_t today, auto first) {
    for (std::size_t n = arrivals_of_a_day(draw()); n > 0; --n) {
      const auto unit = static_cast<std::uint32_t>(draw() * RECEPTION_UNITS);
      if (lines[unit].empty()) first(unit);
      lines[unit].push(today);
    }
  }
  /// Tells whether somebody is left. The deadline is compared when the wait ends.
  bool hear(std::int32_t today, std::uint32_t unit) noexcept {
    line& waiting = lines[unit];
    for (std::uint32_t i = 0; i < capacity && !waiting.empty(); ++i) {
      const std::int32_t wait = today - waiting.take();
      reception_years_add(&measured, today, wait, wait > RECEPTION_DEADLINE);
    }
    return !waiting.empty();
  }
  void print() {
    const double seconds = protocol_seconds();
    reception_years_print(&measured, seconds);
  }
};

/// Each day of the period has a list of the units that receive on it and have somebody waiting.
void play_reception(county c) {
  std::vector<std::uint32_t> open[RECEPTION_PERIOD];
  for (std::int32_t today = 0; today < c.measured.days; ++today) {
    c.arrive(today, [&](std::uint32_t unit) { open[unit % RECEPTION_PERIOD].push_back(unit); });
    std::erase_if(open[today % RECEPTION_PERIOD], [&](std::uint32_t unit) { return !c.hear(today, unit); });
  }
  c.print();
}

/// Each session that somebody waits for is an event in the day queue.
void play_reception_events(county c) {
  day_queue<event<instant>> sessions;
  sessions.reset(day(0), RECEPTION_PERIOD + 1);
  const auto announce = [&](std::uint32_t unit, std::int32_t on) {
    sessions.push(day(on), {instant(day(on), minutes(minutes_per_day - 1)), 0, unit});
  };
  for (std::int32_t today = 0; today < c.measured.days; ++today) {
    c.arrive(today, [&](std::uint32_t unit) {
      const std::int32_t ahead = static_cast<std::int32_t>(unit % RECEPTION_PERIOD) - today % RECEPTION_PERIOD;
      announce(unit, today + (ahead < 0 ? ahead + RECEPTION_PERIOD : ahead));
    });
    event<instant> session;
    while (sessions.pop(day(today), session)) {
      if (c.hear(today, session.who)) announce(session.who, today + RECEPTION_PERIOD);
    }
  }
  c.print();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2) {
    puts("mm1\nmm10\nhold-10\nhold-1000\nhold-100000\nreception-3000\nreception-30000\nreception-3000-events\nreception-30000-events");
    return 0;
  }
  if (argc != 4) return 2;
  const std::uint64_t size = std::strtoull(argv[2], nullptr, 10), seed = std::strtoull(argv[3], nullptr, 10);
  protocol_start();
  const auto servers = protocol_number(argv[1], "mm"), pending = protocol_number(argv[1], "hold-"), cases = protocol_number(argv[1], "reception-");
  if (servers) play_station(servers, size, seed);
  if (pending) play_hold(pending, size, seed);
  if (cases) (strstr(argv[1], "events") ? play_reception_events : play_reception)(county(cases, static_cast<std::uint32_t>(size), seed));
  return servers + pending + cases ? 0 : 2;
}
