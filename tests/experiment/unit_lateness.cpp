// SPDX-License-Identifier: BSL-1.0
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/experiment/reception_estimate.hpp"
#include "sifang/experiment/unit_lateness.hpp"
#include "sifang/io/explain_tables.hpp"
#include "sifang/io/reception_outlook.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace sifang;

namespace {

/// So much work that replies and acceptances are late.
scenario overloaded_county() {
  scenario s = sifang_tests::small_scenario();
  s.end = s.start + calendar_days(360);
  s.run_out = calendar_days(30);
  s.load.matters_per_year = 1500;
  s.handling.department_handlers = s.handling.township_handlers = 1;
  s.handling.case_limit = 10;
  return s;
}
const auto nothing = [](std::size_t) {};

}  // namespace

TEST_CASE("The deadlines of all units together are those that the rates count, and what each waited for adds up to its time") {
  const auto w = sifang_tests::small_world(overloaded_county());
  REQUIRE(w);
  replication<policies<>, case_ledger, event_log, work_log> year(*w, policies<>{}, case_ledger{}, event_log{}, work_log{});
  for (std::uint32_t r = 0; r < 2; ++r) {
    const replication_outcome out = year.run(r);
    const work_log& work = year.observer<work_log>();
    const auto cases = year.observer<case_ledger>().cases();
    const auto events = year.observer<event_log>().events();
    for (const auto& [which, rate] :
         {std::pair{case_clock::handle, metric::on_time_reply_rate}, std::pair{case_clock::accept, metric::timely_acceptance_rate},
          std::pair{case_clock::route, metric::bureau_timely}}) {
      INFO(name_of(which) << ", replication " << r);
      double due = 0, missed = 0;
      std::vector<unit_id> units;
      for (const office& o : w->offices()) units.push_back(o.where);
      if (which == case_clock::route) units = {w->bureau()};
      for (const unit_id unit : units) {
        const unit_lateness found = lateness_of(*w, unit, which, cases, events, work);
        due += found.due;
        missed += static_cast<double>(found.missed.size());
        for (const missed_deadline& m : found.missed) {
          const instant end = m.done.value_or(instant(w->last() + calendar_days(1), minutes(0)));
          int sum = 0, most = 0;
          for (const minutes part : m.waits) {
            sum += part.count;
            most = (std::max)(most, part.count);
          }
          CHECK(sum == (end - m.began).count);
          CHECK(m.waits[static_cast<std::size_t>(m.most)].count == most);
          CHECK(w->counts(m.due));
          CHECK(end.date() > m.due);
        }
      }
      CHECK(due == out.sums.denominator(rate, 0));
      CHECK(due - missed == out.sums.numerator(rate, 0));
      if (which == case_clock::handle) CHECK(missed > 20);
    }
  }
}

TEST_CASE("Replications are put together in order for any number of threads, and the busy handlers are seen") {
  const auto w = sifang_tests::small_world(overloaded_county());
  REQUIRE(w);
  const unit_id land = w->org().units().find("land").value();
  const auto one = lateness_of(thread_team{1}, *w, policies<>{}, land, case_clock::handle, 3, nothing);
  const auto three = lateness_of(thread_team{3}, *w, policies<>{}, land, case_clock::handle, 3, nothing);
  CHECK(one.replications == 3);
  CHECK(one.due == three.due);
  CHECK(one.busy == three.busy);
  CHECK(one.busy > 0.9);
  CHECK(one.busy <= 1);
  REQUIRE(one.missed.size() == three.missed.size());
  REQUIRE(one.missed.size() > 3);
  for (std::size_t i = 0; i < one.missed.size(); ++i) CHECK(one.missed[i].matter == three.missed[i].matter);
  // A unit without work for it has no deadline, and says so.
  const unit_id park = w->org().units().find("park").value();
  const auto none = lateness_of(thread_team{1}, *w, policies<>{}, park, case_clock::route, 1, nothing);
  CHECK(none.due == 0);
  CHECK(lateness_text(*w, park, case_clock::route, none, 5, language::en) == "the park: no routings fell due in 1 year.\n");

  const std::string en = lateness_text(*w, land, case_clock::handle, one, 2, language::en);
  const auto counts = one.by_reason();
  const std::string late = std::to_string(one.missed.size());
  CHECK(en.find("the land: of " + std::to_string(static_cast<int>(one.due)) + " replies due in 3 years, " + late + " were late; " +
                std::to_string(counts[static_cast<std::size_t>(wait_reason::handler)]) +
                " of them waited longest for: handler without time for it; the unit's handlers were busy ") == 0);
  CHECK(en.find("… and " + std::to_string(one.missed.size() - 2) + " more\n") != std::string::npos);
  const std::string zh = lateness_text(*w, land, case_clock::handle, one, 2, language::zh);
  CHECK(zh.find("3 年中到期的答复 ") != std::string::npos);
  CHECK(zh.find("等候承办人员") != std::string::npos);
}

TEST_CASE("A unit is found by code or name; of an unknown one the nearest is told") {
  const auto w = sifang_tests::small_world();
  REQUIRE(w);
  CHECK(*unit_meant(*w, "land") == w->org().units().find("land").value());
  CHECK(*unit_meant(*w, "the land") == w->org().units().find("land").value());
  CHECK(*unit_meant(*w, "bureau") == w->bureau());
  const auto unknown = unit_meant(*w, "the lamd");
  REQUIRE_FALSE(unknown);
  CHECK(to_string(unknown.faults().front()).find("the land") != std::string::npos);
  CHECK_FALSE(unit_meant(*w, ""));
  CHECK(to_string(unit_meant(*w, "petition bureau of the county").faults().front()).find("'bureau'?") != std::string::npos);
}

TEST_CASE("The estimate of reception is near to what is simulated, and says when nobody comes") {
  scenario s = sifang_tests::small_scenario();
  s.end = s.start + calendar_days(360);
  s.warm_up = calendar_days(60);
  s.load.overdispersion = 1;
  s.load.silent_share = 0;
  s.reception.absence_rate = s.reception.irregular_per_month = 0;
  s.reception.on_spot_share = 1;  // so that few come again
  s.reception.on_spot_again_share = 0;
  const auto w = sifang_tests::small_world(s);
  REQUIRE(w);
  const reception_estimate e = estimate_reception(*w);
  double heard = 0, meant = 0, days = 0, heard_at_all = 0;
  replication<policies<>, case_ledger, event_log, work_log> year(*w, policies<>{}, case_ledger{}, event_log{}, work_log{});
  for (std::uint32_t r = 0; r < 6; ++r) {
    const replication_outcome out = year.run(r);
    heard += out.sums.numerator(metric::heard_15d, 0);
    meant += out.sums.denominator(metric::heard_15d, 0);
    days += out.sums.numerator(metric::wait_days, 0);
    heard_at_all += out.sums.denominator(metric::wait_days, 0);
  }
  // 6 × about 230 petitioners: a standard error of 1.2 points; they are one 361st of a year more than 360 days.
  CHECK(e.offered == Approx(meant / 6).epsilon(0.08));
  CHECK(e.heard_by_leader_15d == Approx(heard / meant).margin(0.04));
  CHECK(e.wait_days == Approx(days / heard_at_all).epsilon(0.08));
  CHECK(reception_outlook(*w, language::zh).find("15 日内由领导接待：") != std::string::npos);

  s.load.visit_share = 0;
  s.load.online_share = 0.815;
  const auto written = sifang_tests::small_world(s);
  REQUIRE(written);
  CHECK(reception_outlook(*written, language::en).empty());
}

TEST_CASE("Longer queues than a session can hear are estimated to wait for the next, and fewer hours leave more over") {
  scenario s = sifang_tests::small_scenario();
  s.end = s.start + calendar_days(180);
  s.load.matters_per_year = 2000;
  s.reception.closing = closing_policy::come_back;
  for (session_kind& k : s.reception.sessions) k.open = k.id == "bureau_leader" || k.id == "window";
  s.reception.sessions[article::window.index()].open = false;
  const auto estimate = [&](int minutes_long) {
    s.reception.sessions[article::bureau_leader.index()].length = minutes(minutes_long);
    const auto w = sifang_tests::small_world(s);
    REQUIRE(w);
    return estimate_reception(*w);
  };
  double left = -1, within = 2;
  for (const int length : {600, 500, 440, 240}) {
    const reception_estimate e = estimate(length);
    REQUIRE(e.kinds.size() == 1);
    INFO("length " << length << ", offered each " << e.offered / static_cast<double>(e.kinds[0].sessions) << ", capacity "
                   << e.kinds[0].capacity << ", left " << e.kinds[0].left);
    CHECK(e.kinds[0].left > left);
    CHECK(e.heard_15d < within);
    CHECK(e.heard_15d > 0);
    left = e.kinds[0].left;
    within = e.heard_15d;
    if (length == 240) {  // 13 come and nine are heard: four more are left over each week of 26, some 53 on average, and seasons
      CHECK(e.kinds[0].left > 45);
      CHECK(e.kinds[0].left < 75);
      CHECK(e.wait_days > 30);
    }
  }
}
