// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "random_county.hpp"
#include "sifang/county/replication.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

using namespace sifang;

/// Recorded cases replayed: as they were recorded, every figure is that of the record, counted here from its rows; predicted, nothing of it
/// but the arrivals is used.
namespace {

const std::vector<std::string> quiet{"scenario.warm_up=0", "scenario.run_out=60"};

world made(const case_load& load, std::vector<std::string> settings) {
  settings.insert(settings.end(), quiet.begin(), quiet.end());
  auto in = sifang_tests::input("xiapu-2022", settings);
  auto w = world::make(in.settings, in.place.org, in.place.calendar, &load);
  for (const fault& f : w.faults()) FAIL(to_string(f));
  return *std::move(w);
}

/// A year's ledger, whose every due day lies within the year: with open ones, late ones, repeats and ratings.
case_load ledger_of(std::uint64_t number, int rows) {
  sifang_tests::dice d(number);
  case_load out;
  const char* places[] = {"350921203", "350921001001", "350921"};
  const char* categories[] = {"land", "labour", "other"};
  for (int i = 0; i < rows; ++i) {
    recorded_case& c = out.cases.emplace_back();
    c.id = std::to_string(i);
    c.date = day(2022, 1, 1) + calendar_days(d.below(240));
    if (d.in(2)) c.time = minutes(d.below(24 * 60));
    c.place_code = places[d.below(3)];
    c.category = categories[d.below(3)];
    c.channel = d.any<channel>();
    c.group_size = 1 + d.below(8);
    c.repeat = d.in(4);
    if (d.in(12)) continue;  // not accepted
    c.acceptance = calendar_days(d.below(21));
    if (d.in(8)) continue;  // not replied
    c.handling = calendar_days(d.below(91));
    c.settled = !d.in(3);
    if (d.in(2)) c.satisfaction = d.any<grade>();
  }
  return out;
}

struct share_of {
  double above = 0, below = 0;
  void add(bool yes) {
    above += yes;
    ++below;
  }
};
void check_equal(const replication_outcome& out, metric m, const share_of& counted) {
  INFO(metric_table[static_cast<std::size_t>(m)].name);
  CHECK(out.sums.numerator(m, 0) == counted.above);
  CHECK(out.sums.denominator(m, 0) == counted.below);
}

}  // namespace

TEST_CASE("Replayed as recorded, a ledger gives its own figures back") {
  for (std::uint64_t number = 0; number < 6; ++number) {
    const case_load load = ledger_of(number, 300);
    const world w = made(load, {"replay.mode=as_recorded"});
    replication<> r(w);
    const replication_outcome& out = r.run(static_cast<std::uint32_t>(number));
    REQUIRE(r.matters().size() == load.cases.size());
    share_of accepted, replied, satisfied, repeat, days;
    double settled = 0;
    for (const recorded_case& c : load.cases) {
      accepted.add(c.acceptance && c.acceptance->count <= 15);
      if (c.acceptance) replied.add(c.handling && c.handling->count <= 60);
      if (c.handling) {
        days.above += c.handling->count;
        ++days.below;
      }
      if (c.satisfaction) satisfied.add(*c.satisfaction != grade::unsatisfied);
      repeat.add(*c.repeat);
      settled += c.settled.value_or(false);
    }
    check_equal(out, metric::timely_acceptance_rate, accepted);
    check_equal(out, metric::on_time_reply_rate, replied);
    check_equal(out, metric::reply_days, days);
    check_equal(out, metric::satisfaction_rate, satisfied);
    check_equal(out, metric::repeat_rate, repeat);
    CHECK(out.sums.numerator(metric::registrations, 0) == static_cast<double>(load.cases.size()));
    CHECK(static_cast<double>(std::count_if(r.matters().begin(), r.matters().end(),
                                            [](const matter& m) { return m.state == case_state::settled; })) == settled);
  }
}

TEST_CASE("Cases all accepted on day 14 and answered on day 59 are all in time") {
  case_load load;
  for (int i = 0; i < 60; ++i)
    load.cases.push_back({std::to_string(i),
                          day(2022, 2, 1) + calendar_days(i),
                          {},
                          "350921203",
                          "land",
                          static_cast<channel>(i % 4),
                          1,
                          calendar_days(14),
                          calendar_days(59),
                          i % 2 == 0});
  const world w = made(load, {"replay.mode=as_recorded"});
  replication<> r(w);
  const replication_outcome& out = r.run(1);
  check_equal(out, metric::timely_acceptance_rate, {60, 60});
  check_equal(out, metric::on_time_reply_rate, {60, 60});
  CHECK(out.sums.numerator(metric::registrations, 0) == 60);  // none is added to
}

TEST_CASE("As recorded a case is with its unit and its owner") {
  case_load load = ledger_of(1, 40);
  for (std::size_t i = 0; i < load.cases.size(); ++i) {
    load.cases[i].unit_code = i % 2 == 0 ? "350921203" : "";
    load.cases[i].owner_post = i % 3 == 0 ? "leader-07" : i % 3 == 1 ? "nobody of this name" : "";
  }
  const world w = made(load, {"replay.mode=as_recorded"});
  replication<> r(w);
  (void)r.run(1);
  for (const matter& m : r.matters()) {
    const auto i = static_cast<std::size_t>(std::stoi(w.recorded()[m.recorded].id));
    if (i % 2 == 0) CHECK(w.org().units().code(w.offices()[m.office].where) == "350921203");
    CHECK_FALSE(m.misrouted);
    CHECK(m.owner.valid() == (i % 3 == 0));
    if (i % 3 == 0) CHECK(w.org().officials()[m.owner.index()].post == "leader-07");
  }
}

TEST_CASE("Predicted, nothing of a record but its arrivals makes a difference, and its repeats do not come") {
  const case_load all = ledger_of(2, 300);
  case_load arrivals;
  for (const recorded_case& c : all.cases) {
    if (*c.repeat) continue;
    arrivals.cases.push_back({c.id, c.date, c.time, c.place_code, c.category, c.channel, c.group_size, {}, {}, {}});
  }
  const world a = made(all, {}), b = made(arrivals, {});
  replication<> ra(a), rb(b);
  CHECK(ra.run(3).fingerprint == rb.run(3).fingerprint);
  const auto backlog = static_cast<std::size_t>(a.setting().load.backlog);
  CHECK(ra.matters().size() == arrivals.cases.size() + backlog);
}

TEST_CASE("A record that is resampled keeps the weekday, by week the week too, and by scale the number") {
  const case_load load = ledger_of(3, 400);
  std::map<std::string, day> date_of;
  for (const recorded_case& c : load.cases) date_of.emplace(c.id, c.date);
  const auto weekday = [](day d) { return (d - day(2021, 12, 27)).count % 7; };
  for (const char* by : {"day", "week"}) {
    INFO(by);
    const world w = made(load, {"load.backlog=0", std::string("replay.resample=") + by});
    replication<> r(w);
    std::map<int, std::map<int, int>> sources;  // week of the year, week of the record
    std::size_t moved = 0, n = 0;
    const day first = w.recorded().front().date;
    for (std::uint32_t number = 0; number < 4; ++number) {
      (void)r.run(number);
      for (const matter& m : r.matters()) {
        const day source = date_of.at(w.recorded()[m.recorded].id);
        CHECK(weekday(source) == weekday(day(m.born)));
        moved += source != day(m.born);
        ++n;
        if (number == 0) ++sources[(day(m.born) - first).count / 7][(source - first).count / 7];
      }
    }
    CHECK(moved > n / 2);
    std::size_t mixed = 0;
    for (const auto& [week, from] : sources) mixed += from.size() > 1;
    CHECK((mixed == 0) == (std::string(by) == "week"));
  }
  for (const double scale : {0.0, 0.3, 2.0, 2.2}) {
    INFO(scale);
    const world w = made(load, {"load.backlog=0", "replay.scale=" + std::to_string(scale)});
    replication<> r(w);
    double n = 0, originals = 0;
    for (std::uint32_t number = 0; number < 5; ++number) {
      (void)r.run(number);
      n += static_cast<double>(r.matters().size());
      for (const matter& m : r.matters()) originals += date_of.at(w.recorded()[m.recorded].id) == day(m.born);
    }
    const auto rows = static_cast<double>(w.recorded().size());
    CHECK(std::abs(n / 5 - scale * rows) <= 0.1 * rows);
    CHECK(std::abs(originals / 5 - std::min(scale, 1.0) * rows) <= 0.1 * rows);
  }
  const world both = made(load, {"load.backlog=0", "replay.generated=true"});
  replication<> r(both);
  (void)r.run(1);
  const auto recorded = std::count_if(r.matters().begin(), r.matters().end(), [](const matter& m) { return m.recorded != no_index; });
  CHECK(static_cast<std::size_t>(recorded) == both.recorded().size());
  CHECK(r.matters().size() > both.recorded().size() + 800);
}

TEST_CASE("Other luck of one recorded case is another life of it alone") {
  const case_load load = ledger_of(4, 60);
  const world w = made(load, {"load.backlog=0"});
  replication<> r(w);
  (void)r.run(1);
  const std::vector<matter> before(r.matters().begin(), r.matters().end());
  std::vector<std::uint16_t> luck(w.recorded().size(), 0);
  r.luck_of_recorded(luck);
  CHECK(r.run(1).fingerprint == [&] {
    replication<> fresh(w);
    return fresh.run(1).fingerprint;
  }());
  luck[7] = 3;
  r.luck_of_recorded(luck);
  (void)r.run(1);
  REQUIRE(r.matters().size() == before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool same = before[i].complexity == r.matters()[i].complexity && before[i].entity == r.matters()[i].entity;
    CHECK(same == (before[i].recorded != 7));
  }
}

TEST_CASE("A record shorter than a week cannot be resampled, and one that is scaled beyond a day's places is refused") {
  case_load load;
  for (int i = 0; i < 4000; ++i)
    load.cases.push_back({std::to_string(i), day(2022, 3, 1), {}, "350921203", "land", channel::letter, 1, {}, {}, {}});
  auto in = sifang_tests::input("xiapu-2022", quiet);
  in.settings.replay.resample = resampling::week;
  auto w = world::make(in.settings, in.place.org, in.place.calendar, &load);
  REQUIRE_FALSE(w);
  CHECK(to_string(w.faults().front()).find("replay.resample") != std::string::npos);
  in.settings.replay.resample = resampling::none;
  CHECK(world::make(in.settings, in.place.org, in.place.calendar, &load));
  in.settings.replay.scale = 17;
  CHECK_FALSE(world::make(in.settings, in.place.org, in.place.calendar, &load));
}
