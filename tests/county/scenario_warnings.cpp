// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "tables.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

using texts = std::vector<std::string>;

texts told(const world& w, language lang = language::en) {
  texts out;
  for (const warning& one : warnings_of(w)) out.push_back(sentence(one, lang));
  return out;
}

/// The county of 2022 with notices for these days only.
world with_holidays(std::vector<calendar_exception> notices, std::vector<std::string> settings = {}) {
  settings.push_back("scenario.run_out=0");
  auto in = sifang_tests::input("xiapu-2022", settings);
  in.settings.sensitive_periods = {{"", day(2021, 3, 1), day(2021, 3, 2), {}}, {"", day(2022, 3, 1), day(2022, 3, 2), {}}};
  auto w = world::make(std::move(in.settings), std::move(in.place.org), working_calendar(notices));
  REQUIRE(w);
  return *std::move(w);
}

}  // namespace

TEST_CASE("the shipped scenario of 2022 has nothing to warn of") {
  CHECK(told(xiapu()).empty());
  CHECK(told(xiapu({}, "wednesday")).empty());
}

TEST_CASE("years before, after and between the notices are told, each once, with the days for which statutory days are assumed") {
  const calendar_exception of_2020{day(2020, 10, 1), day_kind::statutory_holiday, ""},
      of_2021{day(2021, 10, 1), day_kind::statutory_holiday, ""}, of_2022{day(2022, 10, 1), day_kind::statutory_holiday, ""},
      of_2023{day(2023, 10, 1), day_kind::statutory_holiday, ""};
  const std::string law = "the statutory days of the law alone are assumed to be off", without = ", without make-up workdays";
  const std::string assumed = law + without, there = law + " there" + without,
                    ahead = "before the State Council's notice, " + law + without;
  CHECK(told(with_holidays({of_2021, of_2022})).empty());
  CHECK(told(with_holidays({})) == texts{"there is no holiday table; Monday to Friday is assumed to be worked, every week"});
  CHECK(told(with_holidays({of_2022})) == texts{"the holiday table begins on 2022-10-01; until 2021-12-31 " + assumed});
  CHECK(told(with_holidays({of_2022}, {"scenario.warm_up=0"})).empty());
  CHECK(told(with_holidays({of_2021})) == texts{"the holiday table ends on 2021-10-01; from 2022-01-01, " + ahead});
  CHECK(told(with_holidays({of_2020})) == texts{"the holiday table ends on 2020-10-01; from 2021-01-01, " + ahead});
  CHECK(told(with_holidays({of_2021, of_2023}, {})) == texts{"the holiday table has no day of 2022; " + there});
  CHECK(told(with_holidays({of_2023})) == texts{"the holiday table begins on 2023-10-01; until 2022-12-31 " + assumed});
  const auto zh = told(with_holidays({of_2021}), language::zh);
  CHECK(zh == texts{"节假日表止于 2021-10-01；自 2022-01-01 起国务院放假安排尚未列入，仅按法定节假日放假计算，不含调休"});
  const std::vector<warning> one = warnings_of(with_holidays({of_2021}));
  CHECK(to_string(one.at(0)).find("cn_holidays.csv: warning: the holiday table ends") != std::string::npos);
  CHECK(to_string(one.at(0), language::zh).find("警告：节假日表止于") != std::string::npos);
}

TEST_CASE("a world works by the statutory days in the years that no notice tells of, and by the week alone without any table") {
  const auto ahead = with_holidays({{day(2021, 10, 1), day_kind::statutory_holiday, ""}});
  CHECK(ahead.calendar().is_workday(day(2021, 5, 3)));        // 2021 has a notice, if a short one
  CHECK_FALSE(ahead.calendar().is_workday(day(2022, 1, 3)));  // New Year's Day is a Saturday
  CHECK_FALSE(ahead.calendar().is_workday(day(2022, 6, 3)));  // Dragon Boat
  CHECK_FALSE(ahead.calendar().is_workday(day(2022, 1, 29)));
  CHECK_FALSE(ahead.calendar().is_workday(day(2023, 4, 5)));  // work goes on after the last simulated day
  CHECK(with_holidays({}).calendar().is_workday(day(2022, 6, 3)));
}

TEST_CASE("a counted year without a sensitive period is told where duty depends on one") {
  const auto sensitive = [](std::vector<sensitive_period> periods, std::vector<std::string> settings) {
    auto in = sifang_tests::input("xiapu-2022", settings);
    in.settings.sensitive_periods = std::move(periods);
    auto w = world::make(std::move(in.settings), std::move(in.place.org), std::move(in.place.calendar));
    REQUIRE(w);
    return told(*w);
  };
  const texts missing{"no sensitive period is given for 2022; nothing that depends on one (R7) happens in that year"};
  CHECK(sensitive({}, {}) == missing);
  CHECK(sensitive({{"", day(2021, 12, 1), day(2021, 12, 31), {}}}, {}) == missing);
  CHECK(sensitive({{"", day(2021, 12, 1), day(2022, 1, 1), {}}}, {}).empty());
  CHECK(sensitive({{"", day(2023, 1, 1), day(2023, 1, 2), {}}}, {}) == missing);
  CHECK(sensitive({{"", day(2023, 1, 1), day(2023, 1, 2), calendar_days(1)}}, {}).empty());
  CHECK(sensitive({}, {"session.bureau_leader.sensitive_duty=false"}).empty());
}

TEST_CASE("reception that is open and not held, and dates that change nothing, are told") {
  const auto with = [](std::vector<std::string> settings) {
    settings.push_back("scenario.run_out=0");
    return told(xiapu(settings));
  };
  CHECK(with({"session.township.recur=FREQ=DAILY;UNTIL=20211231"}) ==
        texts{"'session.township' is open, but nothing is held from 2022-01-01 to 2022-12-31"});
  CHECK(with({"session.township.recur=FREQ=DAILY;UNTIL=20211231", "session.township.open=false"}) ==
        texts{"'session.township.recur' changes nothing with session.township.open = false"});
  CHECK(with({"session.linked_leader.add=2023-01-01"}) ==
        texts{"'session.linked_leader.add': 2023-01-01 is not among the simulated days 2021-01-01 to 2022-12-31 and changes nothing"});
  CHECK(with({"session.linked_leader.add=[2021-01-01, 2022-12-31]"}).empty());
  CHECK(with({"session.linked_leader.remove=2020-12-31"}).size() == 1);
  CHECK(with({"session.window.add=2022-06-19"}).empty());  // a Sunday on which the window opens
  CHECK(with({"session.township.add=2022-06-19"}).empty());
  CHECK(with({"session.bureau_leader.remove=2022-09-06"}) ==
        texts{"'session.bureau_leader.remove': nothing would be held on 2022-09-06, so nothing is left out"});
  CHECK(with({"session.bureau_leader.remove=2022-09-05"}).empty());
  CHECK(with({"session.principal.remove=2022-10-15"}).empty());  // a Saturday: kept
  CHECK(with({"session.principal.remove=2022-10-17"}).size() == 1);
  const std::string postponed = "session.principal.on_rest_day=next_workday";
  CHECK(with({postponed, "session.principal.remove=2022-10-15"}).empty());  // the nominal day
  CHECK(with({postponed, "session.principal.remove=2022-10-17"}).empty());  // the actual one
}

TEST_CASE("a session that nobody can come to is told") {
  const auto with_evening = [](std::string_view like, catchment_rule catchment, bool open = true) {
    auto in = sifang_tests::input("xiapu-2022", {});
    std::vector<session_kind>& kinds = in.settings.reception.sessions;
    session_kind evening = *std::find_if(kinds.begin(), kinds.end(), [&](const session_kind& k) { return k.id == like; });
    evening.id = "evening";
    evening.catchment = catchment;
    evening.open = open;
    evening.sensitive_duty = false;
    evening.counts_for = reception_rule::none;
    evening.moves_for.clear();
    kinds.push_back(evening);
    auto w = world::make(std::move(in.settings), std::move(in.place.org), std::move(in.place.calendar));
    REQUIRE(w);
    return *std::move(w);
  };
  const world at_bureau = with_evening("bureau_leader", catchment_rule::place);
  REQUIRE(told(at_bureau).size() == 1);
  CHECK(told(at_bureau)[0].starts_with("nobody can come to 'session.evening': its catchment is the place's own"));
  CHECK(told(at_bureau, language::zh)[0].starts_with("“session.evening”无人可来"));
  CHECK(told(with_evening("bureau_leader", catchment_rule::county)).empty());
  CHECK(told(with_evening("bureau_leader", catchment_rule::place, false)).empty());
  CHECK(told(with_evening("department", catchment_rule::place)).empty());  // departments have matters
}

TEST_CASE("rules that ran out before the counted days, and settings that change nothing, are told") {
  const auto with = [](std::vector<std::string> settings) { return told(xiapu(settings)); };
  const std::string mondays = R"(session.township.recur=["every Monday", "FREQ=DAILY;COUNT=3;DTSTART=20210301"])";
  CHECK(with({mondays}) == texts{"'session.township.recur': the rule DTSTART=20210301;FREQ=DAILY;COUNT=3 names no day from 2022-01-01 to "
                                 "2022-12-31 and changes nothing that is counted"});
  CHECK(with({"appointments.recur=the 1st of each month, until 2021-12-31"}).size() == 1);
  CHECK(with({"appointments.recur=the 1st of each month, until 2021-12-31", "appointments.open=false"}) ==
        texts{"'appointments.recur' changes nothing with appointments.open = false"});
  CHECK(with({"appointments.coordination_share=1"}) ==
        texts{"'category.*.enterprise_share, project_share' changes nothing with appointments.coordination_share = 1"});
  CHECK(with({R"(session.township.recur=["every Monday", "every Tuesday, 3 times"])"}).empty());  // from the first counted day
  CHECK(with({"ownership.cap=5"}) == texts{"'ownership.cap' changes nothing with ownership.rule = first_receiver"});
  CHECK(with({"ownership.cap=5", "ownership.rule=capped"}).empty());
  for (const std::string kind : {"linked_leader", "township", "village"})
    CHECK(with({"session." + kind + ".receivers=3"}) ==
          texts{"'session." + kind + ".receivers' changes nothing: everybody who belongs to the place sits there"});
  CHECK(with({"session.township.receivers=3", "session.township.open=false"}) ==
        texts{"'session.township.receivers' changes nothing with session.township.open = false"});
  CHECK(with({"campaign.first=2024-05-10"}) == texts{"'campaign.first': held in each simulated year from 05-10 on; the year 2024 is not "
                                                     "simulated and changes nothing"});
  CHECK(with({"campaign.first=2021-05-10"}).empty());
  CHECK(with({"category.veterans.local_share=0.4", "category.veterans.matter_unit="}) ==
        texts{"'category.veterans.local_share' changes nothing with category.veterans.matter_unit = \"\""});
  CHECK(with({"category.health.local_share=0.4", "category.health.matter_unit="}).empty());  // a further department is in charge
  CHECK(with({"category.veterans.further_share=0.4"}) ==
        texts{"'category.veterans.further_share' changes nothing with category.veterans.further_units = []"});
  CHECK(with({"session.window.open=false", "appointments.open=false", "campaign.open=false", "return_visits.open=false"}).empty());
}

TEST_CASE("in a world, rules that count from no day count from the first counted day") {
  const world w = xiapu({"session.principal.recur=FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12",
                         "session.township.recur=FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "appointments.recur=FREQ=DAILY;COUNT=3"});
  const auto fifteenths = w.plan().dates(article::principal);
  REQUIRE(fifteenths.size() == 12);
  CHECK(fifteenths.front() == day(2022, 1, 15));
  const auto mondays = w.plan().dates(article::township);
  CHECK(std::find(mondays.begin(), mondays.end(), day(2022, 1, 10)) != mondays.end());
  CHECK(std::find(mondays.begin(), mondays.end(), day(2022, 1, 17)) == mondays.end());
  CHECK(mondays.front() < w.start());  // in step through the warm-up
  CHECK(w.setting().appointments.recur.front().parts().from == w.start());
}

TEST_CASE("every kind of warning has a sentence in both languages with all of its details") {
  for (const auto& row : detail::warning_texts) {
    const warning w{row.kind, {}, {"<0>", "<1>", "<2>", "<3>"}};
    for (int n = 0; n < 4; ++n) {
      const std::string detail = '<' + std::to_string(n) + '>';
      CHECK((sentence(w).find(detail) == std::string::npos) == (sentence(w, language::zh).find(detail) == std::string::npos));
    }
    CHECK(sentence(w) != sentence(w, language::zh));
  }
}
