// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/io/pilot_ledger.hpp"
#include "sifang/io/pilot_tables.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

using namespace sifang;

namespace {

day on(const char* text) { return *parse_day(text); }

/// So many rows on the tenth of each month from 2021-01 to 2022-06, every fourth a repeat; accepted after 5 days, replied to after `reply`.
ledger_cases ledger(int before, int in_trial, int reply = 40) {
  ledger_cases out;
  out.has_accepted = out.has_replied = out.has_handling_days = out.has_repeat = true;
  for (day month = on("2020-06-01"); month < on("2022-07-01"); month = detail::month_from(month, 1)) {
    const int rows = month < on("2022-01-01") ? before : in_trial;
    for (int k = 0; k < rows; ++k) {
      ledger_case& c = out.cases.emplace_back();
      c.date = month + calendar_days(9);
      c.repeat = k % 4 == 0;
      c.accepted = c.date + calendar_days(5);
      c.replied = *c.accepted + calendar_days(reply);
    }
  }
  ledger_case& last = out.cases.emplace_back();
  last.date = on("2022-06-28");
  last.is_backlog = true;  // does not count, and does not make the ledger longer
  return out;
}
ledger_months read(const ledger_cases& of, metric what, const char* from) {
  static const working_calendar calendar;
  return months_of(of, what, on(from), legal_clocks{}, calendar);
}

}  // namespace

TEST_CASE("the first of a month, later and earlier", "[pilot]") {
  CHECK(to_string(detail::month_from(on("2022-01-01"), 1)) == "2022-02-01");
  CHECK(to_string(detail::month_from(on("2022-01-01"), 14)) == "2023-03-01");
  CHECK(to_string(detail::month_from(on("2022-03-01"), -1)) == "2022-02-01");
  CHECK(to_string(detail::month_from(on("2024-03-01"), -12)) == "2023-03-01");
  CHECK(detail::months_between(on("2021-11-03"), on("2022-02-28")) == 3);
}

TEST_CASE("months of a ledger stand against the same months of the year before", "[pilot]") {
  // The last registration is of 10 June: June is not known to be whole.
  const ledger_months m = read(ledger(20, 12), metric::registrations, "2022-01-01");
  REQUIRE(m.state == ledger_months_state::read);
  REQUIRE(m.after.size() == 5);
  REQUIRE(m.before.size() == 5);
  for (std::size_t k = 0; k < 5; ++k) {
    CHECK(m.before[k].numerator == 20);
    CHECK(m.before[k].denominator == 1);
    CHECK(m.after[k].numerator == 12);
  }
  CHECK(to_string(m.last) == "2022-06-10");
  const trial_outcome found = evaluate_trial(m.before, m.after, 1);
  CHECK(found.difference.estimate == Approx(-8));
  const std::string en = evaluation_tables(m, found, metric::registrations, on("2022-01-01"), 1, language::en);
  CHECK(en.find("20.0 in the same months of the year before, 12.0 in the trial; difference -8.00 [-10.8, -5.22]") != std::string::npos);
  CHECK(en.find("The trial shows") != std::string::npos);
  CHECK(en.find("2022-05") != std::string::npos);
  CHECK(en.find("2022-06") == std::string::npos);
  CHECK(evaluation_tables(m, found, metric::registrations, on("2022-01-01"), 20, language::en).find("no difference that matters") !=
        std::string::npos);
  CHECK(evaluation_tables(m, evaluate_trial(m.before, m.after, 5), metric::registrations, on("2022-01-01"), 1, language::en)
            .find("can't tell yet") != std::string::npos);
}

TEST_CASE("each figure counts its rows in its own month", "[pilot]") {
  const ledger_cases of = ledger(20, 12);
  const ledger_months first = read(of, metric::first_registrations, "2022-01-01");
  CHECK(first.before[0].numerator == 15);
  CHECK(first.after[0].numerator == 9);
  const ledger_months repeats = read(of, metric::repeat_rate, "2022-01-01");
  CHECK(repeats.before[2].numerator == 5);
  CHECK(repeats.before[2].denominator == 20);
  const ledger_months accepted = read(of, metric::accept_days, "2022-01-01");
  CHECK(accepted.after[1].numerator == 12 * 5);
  CHECK(accepted.after[1].denominator == 12);
  // Accepted on the 15th and replied to 40 days later: in the month after the next, or on the 24th of the next.
  const ledger_months replies = read(of, metric::reply_days, "2022-01-01");
  double numerator = 0, denominator = 0;
  for (const month_sums& m : replies.before) {
    numerator += m.numerator;
    denominator += m.denominator;
  }
  CHECK(denominator == 100);
  CHECK(numerator == 40 * denominator);
}

TEST_CASE("a reply is on time up to its last day, and late without one", "[pilot]") {
  const auto share = [](int reply) {
    const ledger_months m = read(ledger(20, 12, reply), metric::on_time_reply_rate, "2022-01-01");
    double y = 0, n = 0;
    for (const month_sums& one : m.after) {
      y += one.numerator;
      n += one.denominator;
    }
    CHECK(n > 0);
    return y / n;
  };
  CHECK(share(60) == 1);
  CHECK(share(61) == 0);
  ledger_cases open = ledger(20, 12);
  for (ledger_case& c : open.cases) c.replied.reset();
  const ledger_months m = read(open, metric::on_time_reply_rate, "2022-01-01");
  CHECK(m.after[3].numerator == 0);
  CHECK(m.after[3].denominator > 0);
}

TEST_CASE("a ledger that lacks what a trial takes says what", "[pilot]") {
  ledger_cases of = ledger(20, 12);
  const ledger_months late = read(of, metric::registrations, "2021-06-01");
  CHECK(late.state == ledger_months_state::begins_late);
  CHECK(text_of(late, metric::registrations, language::en).find("the first is of 2020-06-10") != std::string::npos);
  CHECK(read(of, metric::registrations, "2021-07-01").state == ledger_months_state::read);
  CHECK(read(of, metric::reply_days, "2021-07-01").state == ledger_months_state::begins_late);
  const ledger_months early = read(of, metric::registrations, "2022-06-01");
  CHECK(early.state == ledger_months_state::ends_early);
  CHECK(text_of(early, metric::registrations, language::en).find("up to 2022-06-24; the last is of 2022-06-10") != std::string::npos);
  of.has_repeat = false;
  const ledger_months column = read(of, metric::repeat_rate, "2022-01-01");
  CHECK(column.state == ledger_months_state::no_column);
  CHECK(text_of(column, metric::repeat_rate, language::zh).find("是否重复件") != std::string::npos);
  CHECK(read(ledger_cases{}, metric::registrations, "2022-01-01").state == ledger_months_state::begins_late);
}

TEST_CASE("every figure that an office could see says what must be written down, once", "[pilot]") {
  for (const ledger_need& one : ledger_needs) {
    CHECK(need_of(one.what) == &one);
    CHECK_FALSE(one.en.empty());
    CHECK_FALSE(one.zh.empty());
    CHECK(one.columns.empty() == (one.sight == ledger_sight::further));
    CHECK(info(one.what).kind != metric_kind::value);
  }
  CHECK(need_of(metric::unmet_need) == nullptr);
  CHECK(need_of(metric::heard_15d)->sight == ledger_sight::further);
}

TEST_CASE("a plan is said in both languages", "[pilot]") {
  pilot_plan plan;
  plan.state = pilot_state::planned;
  plan.before = 100;
  plan.after = 90;
  plan.expected = {-10, -12, -8, interval_kind::two_sided};
  plan.places = 14;
  pilot_trial t;
  t.months = 1;
  t.figures = {100, 90, 3, true};
  t.power = 0.91;
  t.sessions = 40;
  plan.trials = {t};
  plan.least = 1;
  const std::string en = pilot_sentence(plan, "a", "b", language::en), zh = pilot_sentence(plan, "a", "b", language::zh);
  CHECK(en.find("Try it for 1 month, with 40 sessions in them: beside the same months of the year before, the ledger then shows the "
                "difference with "
                "a chance of 91.0 %.") != std::string::npos);
  CHECK(en.find("If townships can begin one after another, no trial of up to 36 months shows the difference") != std::string::npos);
  CHECK(zh.find("试点 1 个月") != std::string::npos);
  CHECK(pilot_tables(plan, "a", "b", language::en).find("To be written down") != std::string::npos);
  plan.least.reset();
  plan.asked.most_months = 1;
  plan.shows_absence = true;
  plan.how_stepped = stepping::county_wide;
  const std::string none = pilot_sentence(plan, "a", "b", language::en);
  CHECK(none.find("No trial of up to 1 months shows that there is no difference that matters") != std::string::npos);
  CHECK(none.find("cannot be stepped over townships") != std::string::npos);
}
