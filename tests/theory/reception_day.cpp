// SPDX-License-Identifier: BSL-1.0
// Sessions on dates: the day queue of the engine against the exact chain and against its roots.
#include "catch.hpp"
#include "joint_test.hpp"
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory_reception.hpp"
#include "sifang/random/variates.hpp"

#include <cmath>
#include <cstdint>
#include <deque>
#include <numeric>
#include <utility>
#include <vector>

namespace {

using namespace sifang;
using joint_test::agrees;
using joint_test::sample;
using theory::reception_calendar;
using theory::reception_date;
using theory::reception_day_queue;

constexpr std::uint64_t seed = 20220917;
constexpr std::uint32_t replications = 40;

struct reception_run {
  sample wait, long_wait, left, none_left;
};

/// Petitioners come at minutes of the day before the evening session, which hears `capacity` of them in
/// the order of coming; who is left waits for the next.
/// \param long_days waits longer than this are counted
reception_run play(const std::vector<reception_date>& cycle, int days, int long_days, std::uint32_t purpose) {
  enum what : std::uint32_t { comes, session };
  constexpr int warm_up = 560;  // days; a multiple of the cycles used here
  reception_run out;
  day_queue<event<instant>> queue;
  for (std::uint32_t r = 0; r < replications; ++r) {
    const random_source random(seed, r);
    queue.reset(day(0), 4);
    std::deque<int> waiting;  // the day each came
    double waited = 0, heard = 0, late = 0, left = 0, sessions = 0, empty = 0;
    for (int d = 0; d < warm_up + days; ++d) {
      const reception_date& date = cycle[static_cast<std::size_t>(d) % cycle.size()];
      const int n = poisson(random.uniform(static_cast<std::uint64_t>(d), purpose), date.arrivals);
      for (int i = 0; i < n; ++i) queue.push(day(d), {instant(day(d), minutes(480 + i % 480)), comes, static_cast<std::uint32_t>(i)});
      if (date.capacity > 0) queue.push(day(d), {instant(day(d), minutes(960)), session, 0});
      event<instant> e;
      while (queue.pop(day(d), e)) {
        if (e.what == comes) {
          waiting.push_back(d);
          continue;
        }
        for (int seat = 0; seat < date.capacity && !waiting.empty(); ++seat) {
          const int wait = d - waiting.front();
          waiting.pop_front();
          if (d < warm_up) continue;
          ++heard;
          waited += wait;
          late += wait > long_days;
        }
        if (d >= warm_up) {
          ++sessions;
          left += static_cast<double>(waiting.size());
          empty += waiting.empty();
        }
      }
    }
    out.wait.add(waited / heard);
    out.long_wait.add(late / heard);
    out.left.add(left / sessions);
    out.none_left.add(empty / sessions);
  }
  return out;
}

TEST_CASE("A session each day: waits, who is left and sessions missed are exact") {
  const reception_day_queue exact(8.0, 10);
  const auto m = play({{8.0, 10}}, 270000, 0, 1);
  agrees("mean left", m.left, exact.left_mean());
  agrees("nobody left", m.none_left, exact.none_left());
  agrees("mean sessions missed", m.wait, exact.wait_mean());
  agrees("a session missed", m.long_wait, exact.missed_more_than(0));
}

std::vector<reception_date> fifteenth_and_mondays() {
  // Four weeks; Mondays hear 9, the second Wednesday is the great reception and hears 16 more.
  std::vector<reception_date> cycle(28);
  for (std::size_t d = 0; d < cycle.size(); ++d) cycle[d] = {d % 7 < 5 ? 1.4 : 0.5, d % 7 == 0 ? 9 : d == 9 ? 16 : 0};
  return cycle;
}

TEST_CASE("Sessions by date, arrivals by date: the wait in days and its tail are exact") {
  const auto cycle = fifteenth_and_mondays();
  const reception_calendar exact(cycle);
  const auto m = play(cycle, 28 * 6000, 7, 2);
  agrees("mean wait", m.wait, exact.wait_mean());
  agrees("P(wait > 7 days)", m.long_wait, exact.wait_more_than(7), 0.03);
}

TEST_CASE("Roots and chain are two ways to one distribution") {
  // The chain is cut where e⁻⁴⁰ is left; what remains is rounding, which grows with the number of states.
  for (const auto& [arrivals, capacity] : {std::pair{0.5, 1}, {0.9, 1}, {4.0, 5}, {9.0, 10}, {9.8, 10}, {27.0, 30}}) {
    const reception_day_queue roots(arrivals, capacity);
    const std::vector<reception_date> one{{arrivals, capacity}};
    const reception_calendar chain(one);
    const auto p = roots.left_distribution();
    REQUIRE(chain.left(0).size() >= p.size() - 1);
    for (std::size_t i = 0; i < p.size() && i < chain.left(0).size(); ++i) REQUIRE(std::abs(p[i] - chain.left(0)[i]) < 1e-12);
    CHECK(roots.left_mean() == Approx(chain.left_mean(0)).epsilon(1e-9));
    CHECK(roots.none_left() == Approx(chain.left(0)[0]).epsilon(1e-10));
    CHECK(roots.wait_mean() == Approx(chain.wait_mean()).epsilon(1e-9));
    // Roots give each probability to 1e-16, but not small ones to many digits; the chain does.
    for (int k : {0, 1, 3}) CHECK(roots.missed_more_than(k) == Approx(chain.wait_more_than(k)).epsilon(1e-9).margin(1e-12));
  }
}

TEST_CASE("A session for one case is M/D/1 seen after each service: E X = λ²/(2(1 − λ))") {
  for (double arrivals : {0.1, 0.5, 0.95}) {
    CHECK(reception_day_queue(arrivals, 1).left_mean() == Approx(arrivals * arrivals / (2 * (1 - arrivals))).epsilon(1e-12));
    CHECK(reception_day_queue(arrivals, 1).none_left() == Approx((1 - arrivals) * std::exp(arrivals)).epsilon(1e-12));
  }
}

TEST_CASE("The mean wait is the sum of its tail, in sessions and in days") {
  const reception_day_queue session(9.0, 10);
  double sum = 0;
  for (int k = 0; k < 60; ++k) sum += session.missed_more_than(k);
  CHECK(sum == Approx(session.wait_mean()).epsilon(1e-9));
  const reception_calendar calendar(fifteenth_and_mondays());
  sum = 0;
  for (int t = 0; t < 600; ++t) sum += calendar.wait_more_than(t);
  CHECK(sum == Approx(calendar.wait_mean()).epsilon(1e-9));
}

TEST_CASE("A calendar written twice over is the same calendar") {
  const auto once = fifteenth_and_mondays();
  auto twice = once;
  twice.insert(twice.end(), once.begin(), once.end());
  const reception_calendar a(once), b(twice);
  for (std::size_t d = 0; d < twice.size(); ++d) CHECK(b.left_mean(d) == Approx(a.left_mean(d % 28)).epsilon(1e-9));
  CHECK(b.wait_mean() == Approx(a.wait_mean()).epsilon(1e-9));
}

TEST_CASE("More capacity never lengthens the wait; days without a session do") {
  const auto cycle = fifteenth_and_mondays();
  const double wait = reception_calendar(cycle).wait_mean();
  auto more = cycle;
  ++more[14].capacity;
  CHECK(reception_calendar(more).wait_mean() < wait);
  auto later = cycle;
  std::swap(later[0].capacity, later[1].capacity);
  CHECK(reception_calendar(later).wait_mean() != Approx(wait).epsilon(1e-6));
}

TEST_CASE("Where nobody is expected nobody is left, and who comes all the same is heard at the next session") {
  const reception_day_queue idle(0, 3);
  CHECK(idle.left_distribution() == std::vector<double>{1});
  CHECK(idle.none_left() == 1);
  CHECK(idle.left_mean() == 0);
  for (const int capacity : {1, 4}) {
    const std::vector<reception_date> cycle{{0, 0}, {0, 0}, {0, capacity}};
    const reception_calendar calendar(cycle);
    CHECK(calendar.wait_mean() == 1);  // two days, one, none
    CHECK(calendar.wait_more_than(0) == Approx(2.0 / 3));
    CHECK(calendar.left_mean(1) == 0);
  }
}

TEST_CASE("A calendar played from a backlog comes to the steady state, and sheds the backlog at capacity") {
  const auto cycle = fifteenth_and_mondays();
  std::vector<reception_date> years;
  for (int i = 0; i < 60; ++i) years.insert(years.end(), cycle.begin(), cycle.end());
  const auto course = theory::course_of(years, 5);
  const reception_calendar steady(cycle);
  CHECK(course.left_mean.back() == Approx(steady.left_mean(27)).epsilon(1e-6));
  const auto shed = theory::course_of(std::vector<reception_date>{{0, 10}, {0, 0}, {0, 10}, {0, 10}}, 25);
  CHECK(shed.left_mean == std::vector<double>{15, 15, 5, 0});
  CHECK(shed.days_waited == 35);
}

TEST_CASE("Probabilities of a Poisson count sum to one and those of earlier arrivals too") {
  for (double mean : {0.01, 1.0, 30.0, 1000.0}) {
    const auto p = theory::poisson_probabilities(mean);
    const auto j = theory::earlier_arrivals(mean);
    CHECK(std::accumulate(p.begin(), p.end(), 0.0) == Approx(1).epsilon(1e-12));
    CHECK(std::accumulate(j.begin(), j.end(), 0.0) == Approx(1).epsilon(1e-12));
    double earlier = 0;
    for (std::size_t i = 0; i < j.size(); ++i) earlier += static_cast<double>(i) * j[i];
    CHECK(earlier == Approx(mean / 2).epsilon(1e-10));  // E A(A−1)/2λ
  }
}

}  // namespace
