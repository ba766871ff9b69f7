// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/load_limits.hpp"
#include "sifang/county/replication.hpp"
#include "small_world.hpp"
#include "tables.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::small_scenario;
using sifang_tests::xiapu;

namespace {

/// The mean of each day, by day.
std::map<day, double> rates_of(scenario s, day start, day end, int warm_up = 0) {
  s.start = start;
  s.end = end;
  s.warm_up = calendar_days(warm_up);
  s.run_out = calendar_days(0);
  const std::vector<double> rates = daily_rates(s);
  std::map<day, double> out;
  for (std::size_t i = 0; i < rates.size(); ++i)
    out[start - calendar_days(warm_up) + calendar_days(static_cast<std::int32_t>(i))] = rates[i];
  return out;
}
double sum_of(const std::map<day, double>& rates) {
  return std::accumulate(rates.begin(), rates.end(), 0.0, [](double sum, const auto& r) { return sum + r.second; });
}
/// Wages in December and January, sensitive days in March 2022 alone, as everywhere more on Mondays.
scenario seasonal() {
  scenario s = small_scenario();
  s.load.multiplier = 1.5;
  s.categories[1].months = {3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3};
  return s;
}

}  // namespace

TEST_CASE("every calendar year has the matters that the scenario says, with sensitive periods and without, leap years too") {
  for (const int year : {2020, 2021, 2022, 2023}) {
    CHECK(std::abs(sum_of(rates_of(seasonal(), day(year, 1, 1), day(year, 12, 31))) - 750) < 1e-9);
  }
}

TEST_CASE("a period that is split, or has another warm-up, has the same mean on each day") {
  const auto whole = rates_of(seasonal(), day(2021, 7, 1), day(2023, 6, 30), 200);
  std::map<day, double> parts = rates_of(seasonal(), day(2021, 7, 1), day(2022, 3, 8), 200);
  parts.merge(rates_of(seasonal(), day(2022, 3, 9), day(2022, 3, 9)));  // a Wednesday alone
  parts.merge(rates_of(seasonal(), day(2022, 3, 10), day(2023, 6, 30), 0));
  CHECK(parts == whole);
}

TEST_CASE("within a year months, weekdays and sensitive periods weigh as the scenario says") {
  scenario s = seasonal();
  s.load.sensitive_factor = 1.25;
  const auto year = rates_of(s, day(2022, 1, 1), day(2022, 12, 31));
  const auto near = [](double a, double b) { return std::abs(a - b) < 1e-12; };
  CHECK(near(year.at(day(2022, 6, 6)) / year.at(day(2022, 6, 12)), 1.3 / 0.25));         // a Monday to a Sunday
  CHECK(near(year.at(day(2022, 12, 5)) / year.at(day(2022, 6, 6)), 0.6 * 1 + 0.4 * 3));  // December to June
  CHECK(near(year.at(day(2022, 3, 7)) / year.at(day(2022, 3, 14)), 1.25));               // sensitive or not, both Mondays
  CHECK(near(year.at(day(2022, 3, 1)) / year.at(day(2022, 3, 15)), 1.25));               // the lead counts
  s.load.weekdays = {};
  CHECK(sum_of(rates_of(s, day(2022, 1, 1), day(2022, 12, 31))) == 0);  // no weight at all: nothing arises
}

TEST_CASE("splitting a period changes nothing: a Sunday alone has the grievances and the open cases that it has in its year") {
  const auto born_on = [](const world& w, day on) {
    replication<> year(w);
    (void)year.run(2);
    std::vector<std::uint64_t> out;
    for (const matter& m : year.matters()) {
      if (m.born == on.since_1970()) out.push_back(m.entity);
    }
    return out;
  };
  const day sunday(2022, 6, 12), monday(2022, 6, 13);
  // Long-pending cases are taken over on the first counted day, whichever that is: there are none.
  const world whole = xiapu({"load.backlog=0"}),
              alone = xiapu({"load.backlog=0", "scenario.start=2022-06-12", "scenario.end=2022-06-13", "scenario.warm_up=527"});
  REQUIRE(whole.first() == alone.first());
  CHECK(born_on(whole, sunday) == born_on(alone, sunday));
  CHECK(born_on(whole, monday) == born_on(alone, monday));
  CHECK_FALSE(born_on(whole, monday).empty());

  // Means of years: what is open on that day alone is about what is open in the year (before, four times as much).
  const auto open_cases = [](const world& w) {
    double sum = 0;
    for (std::uint32_t i = 0; i < 20; ++i) {
      replication<> year(w);
      const replication_outcome& out = year.run(i);
      sum += out.sums.numerator(metric::open_cases, 0) / out.sums.denominator(metric::open_cases, 0);
    }
    return sum / 20;
  };
  const double in_year = open_cases(whole),
               on_sunday = open_cases(xiapu({"load.backlog=0", "scenario.start=2022-06-12", "scenario.end=2022-06-12"}));
  CAPTURE(in_year, on_sunday);
  CHECK(on_sunday < 1.25 * in_year);
  CHECK(on_sunday > 0.75 * in_year);
}

TEST_CASE("long-pending cases are taken over on the first counted day, and nobody else is another for it") {
  for (const char* warm_up : {"scenario.warm_up=0", "scenario.warm_up=60"}) {
    const std::vector<std::string> period{warm_up, "scenario.start=2022-03-05", "scenario.end=2022-04-05", "scenario.run_out=0"};
    std::vector<std::string> settings = period;
    settings.push_back("load.backlog=0");
    const world without = xiapu(settings);
    settings.back() = "load.backlog=300";
    const world with = xiapu(settings);
    replication<> a(without), b(with);
    (void)a.run(1);
    (void)b.run(1);
    std::map<std::uint64_t, const matter*> others;
    int taken_over = 0;
    for (const matter& m : b.matters()) {
      if (!m.backlog) {
        others[m.entity] = &m;
        continue;
      }
      ++taken_over;
      CHECK(m.born == day(2022, 3, 5).since_1970());
      CHECK(m.registered == m.born);
      CHECK((m.entity & 0xffff) >= 0x10000 - 300);
      CHECK(m.long_pending);
      CHECK(m.first_routed == m.born);  // to the unit itself
      CHECK_FALSE(m.silent);
    }
    CHECK(taken_over == 300);
    CHECK(b.matters().size() == a.matters().size() + 300);
    for (const matter& m : a.matters()) {
      REQUIRE(others.contains(m.entity));
      const matter& n = *others[m.entity];
      CHECK((m.village == n.village && m.category == n.category && m.persons == n.persons && m.subject == n.subject && m.born == n.born));
    }
    CHECK(b.outcome().sums.denominator(metric::backlog_resolution, 0) == 300);
    CHECK(a.outcome().sums.denominator(metric::backlog_resolution, 0) == 0);
  }
}
