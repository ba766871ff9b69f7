// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/io/forecast_tables.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

county_tree small_county() {
  hierarchy_builder<unit> builder;
  builder.add("350921", "", unit{"350921", "霞浦县", unit_kind::county});
  builder.add("350921001", "350921", unit{"350921001", "松城街道", unit_kind::subdistrict});
  builder.add("land", "350921", unit{"land", "自然资源局", unit_kind::department});
  builder.add("park", "350921", unit{"park", "工业园区", unit_kind::industrial_park});
  builder.add("bureau", "350921", unit{"bureau", "信访局", unit_kind::petition_bureau});
  return *std::move(builder).build();
}
const county_tree units = small_county();
const std::vector<std::string> ids{"housing"};
const std::vector<named_category> names{{"housing", "Housing", "住房"}};
const case_load_frame frame{&units, ids, first_day_allowed, last_day_allowed, names};

/// Twenty past cases that took 10 days, ten 30, ten 70; and one that is open, accepted on 2022-12-11.
case_load ledger(const std::string& id = "2022-041") {
  case_load out;
  const auto add = [&](int times, day date, int acceptance, std::optional<int> handling, std::string name) {
    for (int i = 0; i < times; ++i) {
      recorded_case& c = out.cases.emplace_back();
      c.id = name;
      c.date = date;
      c.category = "housing";
      c.unit_code = "land";
      c.acceptance = calendar_days(acceptance);
      if (handling) c.handling = calendar_days(*handling);
    }
  };
  add(20, day(2022, 1, 1), 2, 10, "past");
  add(10, day(2022, 1, 1), 2, 30, "past");
  add(10, day(2022, 1, 1), 2, 70, "past");
  add(1, day(2022, 12, 1), 10, {}, id);
  out.cases.back().repeat = true;
  return out;
}
forecast_rules rules() {
  static const working_calendar calendar;
  scenario s;
  s.handling.department_handlers = 3;
  s.handling.township_handlers = 5;
  s.handling.park_handlers = 2;
  return forecast_rules_of(s, units, calendar);
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("handlers of a unit are those that the scenario gives its kind") {
  const forecast_rules made = rules();
  CHECK(made.handlers.size() == 3);
  CHECK(made.handlers.at("land") == 3);
  CHECK(made.handlers.at("350921001") == 5);
  CHECK(made.handlers.at("park") == 2);
  CHECK(made.clocks == scenario{}.clocks);
}

TEST_CASE("an open case is a row of CSV, in words of either language") {
  const case_load load = ledger();
  const ledger_forecast made = forecast_ledger(load, day(2022, 12, 31), rules());
  // 20 lasted longer than 20 days, 10 of them longer than 60; 40 days of four handlers are 53 of three, until day 73: none.
  const std::string en = forecast_cases_csv(made, load, frame);
  CHECK(en ==
        "\xEF\xBB\xBF"
        "case,unit,category,duty,days open,due,days left,probability of being late,lower bound,upper bound,likely day,"
        "probability with one more handler,judged by the cases,cases as long as this one,why\r\n"
        "2022-041,Ziranziyuan Bureau,Housing,reply,30,2023-02-09,40,0.5,0.2713,0.6919,2023-01-10,0,of this unit and category,20,"
        "40 days left; unit has 1 open and replies to 0.0 a week; half of the category take 30 of 60 days or more; repeat petition\r\n");
  const std::string zh = forecast_cases_csv(made, load, frame, language::zh);
  CHECK(has(zh, "编号,责任单位,问题类别,环节,登记天数,期限,剩余天数,逾期概率"));
  CHECK(has(zh, "2022-041,自然资源局,住房,答复,30,2023-02-09,40,0.5,"));
  CHECK(has(zh, "本单位本类别,20,40天后到期；单位在办1件，每周答复0.0件；本类别半数用时30天以上，期限60天；重复信访\r\n"));
  CHECK(forecast_units_csv(made, load, frame) ==
        "\xEF\xBB\xBF"
        "unit,open,late,due in 7 days,due in 15 days,to come late,without a probability,with one more handler,handlers,replies a week\r\n"
        "Ziranziyuan Bureau,1,0,0,0,0.5,0,0,3,0\r\n");
}

TEST_CASE("a terminal shows what the forecast rests on and what it cannot know") {
  const case_load load = ledger();
  const std::string en = forecast_text(forecast_ledger(load, day(2022, 12, 31), rules()), load, frame);
  CHECK(has(en, "As the ledger stood at the close of 2022-12-31: 41 registered, 41 accepted, 40 replied\n"));
  CHECK(has(en, "The ledger names no day after 2022-12-11: what was done since is taken as not done\n"));
  CHECK(has(en, "Open: 1; late: 0; due in the next 7 days: 0, in 15 days: 0\n"));
  CHECK(has(en, "Expected to come late, of those not late: 0.5 of 1\n"));
  CHECK(has(en, "Judged by the durations of this unit and category 1\n"));
  CHECK(has(en, "50% [27%, 69%]"));
  CHECK(has(en, "a ledger does not say who waits to be heard"));
  CHECK_FALSE(has(en, "Late already"));
  const std::string zh = forecast_text(forecast_ledger(load, day(2022, 12, 31), rules()), load, frame, language::zh);
  CHECK(has(zh, "最可能逾期 1件\n"));
  CHECK_FALSE(has(zh, "days"));

  const std::string closed = forecast_text(forecast_ledger(load, day(2022, 11, 1), rules()), load, frame);
  CHECK(has(closed, "No case is open on that day.\n"));
  const std::string late = forecast_text(forecast_ledger(load, day(2022, 2, 15), rules()), load, frame);
  CHECK_FALSE(has(late, "Late already"));
  const std::string later = forecast_text(forecast_ledger(load, day(2022, 3, 5), rules()), load, frame);
  CHECK(has(later, "Late already 10\n"));
  CHECK(has(later, "late by 1 day\n"));
}

TEST_CASE("only the first rows are shown unless all are asked for") {
  case_load load = ledger();
  for (int i = 0; i < 40; ++i) load.cases.push_back(load.cases.back());
  const ledger_forecast made = forecast_ledger(load, day(2022, 12, 31), rules());
  CHECK(has(forecast_text(made, load, frame), "and 11 more (--all, --out)\n"));
  CHECK_FALSE(has(forecast_text(made, load, frame, language::en, true), " more (--all"));
}

TEST_CASE("a case that is called as somebody is not named") {
  for (const char* id : {"张建国", "13800138000", "352225197001011234"}) {
    const case_load load = ledger(id);
    const ledger_forecast made = forecast_ledger(load, day(2022, 12, 31), rules());
    CHECK_FALSE(has(forecast_cases_csv(made, load, frame), id));
    CHECK(has(forecast_cases_csv(made, load, frame), "\r\n***,"));
    CHECK_FALSE(has(forecast_text(made, load, frame), id));
  }
}

TEST_CASE("a check that compared nothing says so") {
  CHECK(forecast_check_text({}) == "No forecast could be compared with what came.\n");
  CHECK(forecast_check_text({}, language::zh) == "没有可与实际结果对照的预测。\n");
}
