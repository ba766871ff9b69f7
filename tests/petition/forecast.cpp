// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/petition/forecast.hpp"
#include "sifang/petition/forecast_check.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

using namespace sifang;

namespace {

recorded_case one(day date, std::optional<int> acceptance = {}, std::optional<int> handling = {}, std::string unit = "land",
                  std::string category = "labour") {
  recorded_case c;
  c.date = date;
  c.category = std::move(category);
  c.unit_code = std::move(unit);
  if (acceptance) c.acceptance = calendar_days(*acceptance);
  if (handling) c.handling = calendar_days(*handling);
  return c;
}
void add(case_load& load, int times, const recorded_case& c) {
  for (int i = 0; i < times; ++i) load.cases.push_back(c);
}
/// Replies that took 10, 30, 65 and 90 days.
case_load past_replies(const std::string& unit = "land", const std::string& category = "labour") {
  case_load out;
  add(out, 10, one(day(2022, 1, 1), 2, 10, unit, category));
  add(out, 10, one(day(2022, 1, 1), 2, 30, unit, category));
  add(out, 5, one(day(2022, 1, 1), 2, 65, unit, category));
  add(out, 5, one(day(2022, 1, 1), 2, 90, unit, category));
  return out;
}
const forecast_case& last_row(const ledger_forecast& made, const case_load& load) {
  return *std::find_if(made.cases.begin(), made.cases.end(), [&](const forecast_case& c) { return c.row + 1 == load.cases.size(); });
}
const forecast_unit& unit(const ledger_forecast& made, const std::string& code) {
  return *std::find_if(made.units.begin(), made.units.end(), [&](const forecast_unit& u) { return u.code == code; });
}

}  // namespace

TEST_CASE("a case that is open since a while is judged by those that were open as long") {
  case_load load = past_replies();
  load.cases.push_back(one(day(2022, 12, 1), 10));  // accepted on the 11th
  forecast_rules rules;
  rules.handlers = {{"land", 4}};
  const ledger_forecast made = forecast_ledger(load, day(2022, 12, 31), rules);
  CHECK(made.state == forecast_state::made);
  CHECK(made.registered == 31);
  CHECK(made.accepted == 31);
  CHECK(made.replied == 30);
  REQUIRE(made.cases.size() == 1);
  const forecast_case& c = made.cases[0];
  CHECK(c.duty == case_clock::handle);
  CHECK(c.since == day(2022, 12, 11));
  CHECK(c.due == day(2023, 2, 9));  // L10: 60 days
  CHECK(c.days_open == 30);
  CHECK(c.days_left == 40);
  CHECK(c.basis == forecast_basis::unit_and_category);
  CHECK(c.beyond == 20);                           // took longer than 20 days
  CHECK(std::abs(c.late.estimate - 0.5) < 1e-12);  // ten of them longer than 60
  CHECK(c.likely == day(2022, 12, 11) + calendar_days(30));
  CHECK(c.typical == 30);
  REQUIRE(c.late_with_one_more);
  CHECK(std::abs(*c.late_with_one_more - 0.25) < 1e-12);  // 40 days of five handlers are 50 of four: longer than 70
  REQUIRE(made.units.size() == 1);
  CHECK(made.units[0].open == 1);
  CHECK(std::abs(made.units[0].expected_late - 0.5) < 1e-12);
  CHECK(std::abs(made.units[0].one_more.value() - 0.25) < 1e-12);
  CHECK(made.units[0].weekly == 0);
}

TEST_CASE("the narrowest history that has enough is taken, and none that has too little") {
  case_load load = past_replies("land", "housing");
  for (const recorded_case& c : past_replies("township", "labour").cases) load.cases.push_back(c);
  const auto basis = [&](const std::string& of_unit, const std::string& of_category) {
    case_load with = load;
    with.cases.push_back(one(day(2022, 12, 1), 10, {}, of_unit, of_category));
    return last_row(forecast_ledger(with, day(2022, 12, 31)), with).basis;
  };
  CHECK(basis("land", "housing") == forecast_basis::unit_and_category);
  CHECK(basis("land", "labour") == forecast_basis::unit);
  CHECK(basis("bureau", "labour") == forecast_basis::category);
  CHECK(basis("", "labour") == forecast_basis::category);
  CHECK(basis("bureau", "pensions") == forecast_basis::all);

  case_load few = past_replies();
  few.cases.insert(few.cases.begin(), one(day(2022, 12, 30)));  // the ledger is of that month
  few.cases.push_back(one(day(2022, 11, 1), 0));                // ten took longer than its 60 days
  CHECK(last_row(forecast_ledger(few, day(2022, 12, 31)), few).basis == forecast_basis::unit_and_category);
  few.cases.erase(few.cases.begin() + 30);  // nine
  const ledger_forecast made = forecast_ledger(few, day(2022, 12, 31));
  const forecast_case& c = last_row(made, few);
  CHECK(c.basis == forecast_basis::none);
  CHECK_FALSE(c.late.has_value());
  CHECK_FALSE(c.likely);
  CHECK_FALSE(c.late_with_one_more);
  CHECK(made.units[0].unknown == 1);  // the other is to be accepted by 2023-01-14, and all were in two days
}

TEST_CASE("acceptance has its own clock and history, and what is late is late") {
  case_load load;
  add(load, 20, one(day(2022, 1, 1), 5, 20));
  add(load, 20, one(day(2022, 1, 1), 20, 20));
  load.cases.push_back(one(day(2022, 6, 1)));   // 9 days old
  load.cases.push_back(one(day(2022, 5, 26)));  // due today
  load.cases.push_back(one(day(2022, 5, 25)));  // late by a day
  load.cases.back().channel = channel::letter;
  load.cases.push_back(one(day(2022, 6, 11)));  // comes tomorrow
  const ledger_forecast made = forecast_ledger(load, day(2022, 6, 10));
  REQUIRE(made.cases.size() == 3);
  CHECK(made.cases[0].row == 42);
  CHECK(made.cases[0].is_late());
  CHECK(made.cases[0].days_left == -1);
  CHECK(made.cases[0].late.estimate == 1);
  CHECK(made.cases[0].late.kind == interval_kind::constant);
  CHECK(made.cases[0].likely == day(2022, 5, 25) + calendar_days(20));
  CHECK(made.cases[1].row == 41);
  CHECK(made.cases[1].late.estimate == 1);
  CHECK_FALSE(made.cases[1].is_late());
  CHECK(made.cases[2].row == 40);
  CHECK(made.cases[2].duty == case_clock::accept);
  CHECK(made.cases[2].due == day(2022, 6, 16));  // L4: 15 days
  CHECK(made.cases[2].late.estimate == 1);       // nobody was accepted between 9 and 15 days
  CHECK(made.cases[2].late.kind == interval_kind::at_least);
  CHECK(made.visitors_waiting == 2);
  const forecast_unit& u = made.units[0];
  CHECK(u.open == 3);
  CHECK(u.late == 1);
  CHECK(u.due_7 == 2);
  CHECK(u.due_15 == 2);
  CHECK(u.expected_late == 2);  // without the one that is late
  CHECK_FALSE(u.one_more);      // nothing is known of its handlers
}

TEST_CASE("replies a week are those of the last eight weeks") {
  case_load load = past_replies();
  add(load, 4, one(day(2022, 10, 1), 5, 56));  // 2022-12-01
  add(load, 4, one(day(2022, 10, 1), 5, 29));  // 2022-11-04, before
  load.cases.push_back(one(day(2022, 12, 1), 10));
  CHECK(std::abs(unit(forecast_ledger(load, day(2022, 12, 31)), "land").weekly - 0.5) < 1e-12);
}

TEST_CASE("a last day that is a rest day moves where the scenario says so") {
  case_load load = past_replies();
  load.cases.push_back(one(day(2022, 12, 1), 1));  // 60 days after 2022-12-02 is Tuesday 2023-01-31
  load.cases.push_back(one(day(2022, 12, 1), 5));  // 60 days after 2022-12-06 is Saturday 2023-02-04
  const working_calendar calendar;
  forecast_rules rules;
  rules.calendar = &calendar;
  const auto due = [&](std::size_t row) {
    for (const forecast_case& c : forecast_ledger(load, day(2022, 12, 31), rules).cases) {
      if (c.row == row) return c.due;
    }
    return day();
  };
  CHECK(due(31) == day(2023, 2, 4));
  rules.clocks.extend_to_workday = true;
  CHECK(due(30) == day(2023, 1, 31));
  CHECK(due(31) == day(2023, 2, 6));
}

TEST_CASE("days that the ledger is not of, and ledgers of nothing, are told apart") {
  CHECK(forecast_ledger({}, day(2022, 1, 1)).state == forecast_state::before_ledger);
  case_load load = past_replies();
  CHECK(forecast_ledger(load, day(2021, 12, 31)).state == forecast_state::before_ledger);
  const day last = day(2022, 1, 3) + calendar_days(90);
  CHECK(forecast_ledger(load, last + longest_after_ledger + calendar_days(1)).state == forecast_state::after_ledger);
  const ledger_forecast nothing_open = forecast_ledger(load, last + longest_after_ledger);
  CHECK(nothing_open.state == forecast_state::made);
  CHECK(nothing_open.last == last);
  CHECK(nothing_open.cases.empty());
  case_load no_history;
  add(no_history, 3, one(day(2022, 1, 1)));
  const ledger_forecast made = forecast_ledger(no_history, day(2022, 1, 10));
  CHECK(made.cases.size() == 3);
  CHECK(made.by_basis[static_cast<std::size_t>(forecast_basis::none)] == 3);
  CHECK(made.accepted == 0);
}

TEST_CASE("what is over on a day that the ledger does not say is left out") {
  case_load load = past_replies();
  recorded_case settled = one(day(2022, 12, 1), 10);
  settled.settled = true;
  load.cases.push_back(settled);
  recorded_case no_acceptance = one(day(2022, 12, 1), {}, 20);
  load.cases.push_back(no_acceptance);
  recorded_case not_settled = one(day(2022, 12, 1), 10);
  not_settled.settled = false;  // said of open cases too
  load.cases.push_back(not_settled);
  const ledger_forecast made = forecast_ledger(load, day(2022, 12, 31));
  CHECK(made.undated == 2);
  REQUIRE(made.cases.size() == 1);
  CHECK(made.cases[0].row == 32);
}

TEST_CASE("nothing that the ledger says of later days makes a difference") {
  CHECK(rc::check([](const std::vector<std::tuple<unsigned char, unsigned char, unsigned char, unsigned char>>& drawn) {
    const day on(2022, 3, 31);
    case_load whole, then;
    std::vector<std::size_t> rows{0};
    whole.cases.push_back(one(on));  // so that the ledger is of that day
    then.cases.push_back(one(on));
    for (const auto& [registered, acceptance, handling, kind] : drawn) {
      const bool has_acceptance = kind % 8 != 0, has_handling = has_acceptance && kind % 8 > 1;
      recorded_case c =
          one(day(2022, 1, 1) + calendar_days(registered), has_acceptance ? std::optional(acceptance % 30) : std::nullopt,
              has_handling ? std::optional(handling % 80) : std::nullopt, kind % 3 ? "land" : "town", kind % 5 ? "labour" : "housing");
      if (has_handling) c.settled = kind % 2 == 0;
      whole.cases.push_back(c);
      if (c.date > on) continue;
      if (c.handling && c.date + *c.acceptance + *c.handling > on) c.handling.reset();
      if (!c.handling) c.settled.reset();
      if (c.acceptance && c.date + *c.acceptance > on) c.acceptance.reset();
      rows.push_back(whole.cases.size() - 1);
      then.cases.push_back(c);
    }
    forecast_rules rules;
    rules.least_ended = 3;
    rules.least_beyond = 2;
    rules.handlers = {{"land", 2}};
    const ledger_forecast a = forecast_ledger(whole, on, rules), b = forecast_ledger(then, on, rules);
    RC_ASSERT(a.state == forecast_state::made && b.state == forecast_state::made);
    RC_ASSERT(a.cases.size() == b.cases.size());
    RC_ASSERT(a.by_basis == b.by_basis);
    for (std::size_t i = 0; i < a.cases.size(); ++i) {
      const forecast_case &x = a.cases[i], &y = b.cases[i];
      RC_ASSERT(x.row == rows[y.row]);
      RC_ASSERT(x.due == y.due);
      RC_ASSERT(x.late.kind == y.late.kind);
      RC_ASSERT(x.late.estimate == y.late.estimate && x.late.lower == y.late.lower && x.late.upper == y.late.upper);
      RC_ASSERT(x.likely == y.likely && x.late_with_one_more == y.late_with_one_more && x.typical == y.typical);
      RC_ASSERT(!x.late_with_one_more || *x.late_with_one_more <= x.late.estimate);
    }
    for (std::size_t i = 0; i < a.units.size(); ++i) {
      RC_ASSERT(a.units[i].code == b.units[i].code && a.units[i].weekly == b.units[i].weekly);
      RC_ASSERT(a.units[i].expected_late == b.units[i].expected_late);
    }
  }));
}

TEST_CASE("where durations follow a known law, intervals hold the true probability as often as they say") {
  std::mt19937 luck(7);       // the standard fixes its numbers
  const double stay = 0.985;  // each day a case stays open with this probability
  const auto duration = [&] { return static_cast<int>(std::log((static_cast<double>(luck()) + 0.5) / 4294967296.0) / std::log(stay)); };
  int cases = 0, held = 0;
  for (int ledger = 0; ledger < 300; ++ledger) {
    case_load load;
    for (int i = 0; i < 150; ++i) load.cases.push_back(one(day(2022, 1, 1) + calendar_days(i), 0, duration()));
    const ledger_forecast made = forecast_ledger(load, day(2022, 6, 1));
    for (const forecast_case& c : made.cases) {
      if (c.is_late() || !c.late.has_value()) continue;
      cases += 1;
      held += c.late.contains(std::pow(stay, c.days_left));
    }
  }
  CHECK(cases > 5000);
  // Cases of a ledger share its history, so 300 ledgers count rather than 8000 cases: the error of the share is about 1 %.
  CHECK(std::abs(static_cast<double>(held) / cases - 0.95) < 0.03);
}

TEST_CASE("a check counts what came of each forecast until the ledger ends") {
  case_load load = past_replies();
  load.cases.push_back(one(day(2022, 12, 1), 10, 50));  // in time
  load.cases.push_back(one(day(2022, 12, 1), 10, 61));  // late
  load.cases.push_back(one(day(2022, 12, 1), 10));      // never
  load.cases.push_back(one(day(2022, 12, 30), 0, 1));   // due after the end, though done
  const std::vector<day> days{day(2022, 12, 31)};
  const forecast_check c = check_forecast(load, days, day(2023, 2, 10), case_clock::handle);
  CHECK(c.forecasts == 3);
  CHECK(c.undecided == 0);
  CHECK(c.bins[3].forecasts == 3);  // 0.5 each
  CHECK(c.bins[3].late == 2);
  CHECK(std::abs(c.bins[3].mean() - 0.5) < 1e-12);
  CHECK(std::abs(c.brier - 0.25) < 1e-12);
  const double base = 10.0 / 31;  // of the past ones; the one of 2022-12-31 was in time
  CHECK(std::abs(c.brier_of_base - (2 * (1 - base) * (1 - base) + base * base) / 3) < 1e-12);
  CHECK(check_forecast(load, days, day(2023, 2, 8), case_clock::handle).undecided == 3);
  CHECK(check_forecast(load, days, day(2023, 2, 10), case_clock::accept).forecasts == 0);
  const auto mondays = mondays_of_second_half(day(2022, 1, 1), day(2022, 1, 31));
  CHECK(mondays == std::vector<day>{day(2022, 1, 17), day(2022, 1, 24), day(2022, 1, 31)});
}
