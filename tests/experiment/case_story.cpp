// SPDX-License-Identifier: BSL-1.0
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/experiment/case_story.hpp"

#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace sifang;

namespace {

/// Events of one matter, written down one after another.
class written_history {
 public:
  written_history(const world& w, std::uint64_t matter) : w_(&w), matter_(matter) {}

  history_event& add(history_kind what, day d, int hour = -1, int minute = 0) {
    history_event& e = events_.emplace_back();
    e.matter = matter_;
    e.what = what;
    e.timed = hour >= 0;
    e.at = instant(d, minutes(e.timed ? hour * 60 + minute : 0));
    return e;
  }
  history_event& step(case_event event, day d, int hour = -1, int minute = 0) {
    history_event& e = add(history_kind::step, d, hour, minute);
    e.event = event;
    return e;
  }
  [[nodiscard]] official_id post(const char* name) const { return w_->org().find_post(name).value(); }
  [[nodiscard]] unit_id unit(const char* code) const { return w_->org().units().find(code).value(); }
  [[nodiscard]] const std::vector<history_event>& events() const { return events_; }

 private:
  const world* w_;
  std::uint64_t matter_;
  std::vector<history_event> events_;
};

/// A case that meets nearly everything that can happen.
std::pair<case_row, std::vector<history_event>> eventful_case(const world& w) {
  const day born(2022, 3, 10);
  case_row c;
  c.matter = static_cast<std::uint64_t>(born.since_1970()) << 16 | 1;
  c.arisen = born;
  c.channel = channel::visit;
  c.persons = 6;
  c.type = petition_type::claim;
  c.simplified = true;
  c.state = case_state::handling;
  c.running = dated_duty{case_clock::handle, day(2022, 4, 1)};
  c.repeats = 1;
  c.rebounds = 2;
  c.long_pending = true;
  c.overdue = true;

  written_history h(w, c.matter);
  c.owner = h.post("leader-1");
  c.partner = h.post("leader-2");
  c.unit = h.unit("land");
  {
    history_event& e = h.add(history_kind::sets_out, born);
    e.session = article::bureau_leader;
    e.where = h.unit("bureau");
    e.planned = day(2022, 3, 14);
  }
  {
    history_event& e = h.add(history_kind::left, day(2022, 3, 14), 9, 40);
    e.session = article::bureau_leader;
    e.where = h.unit("bureau");
    e.days = 4;
    e.minutes = 69.6;
  }
  {
    history_event& e = h.add(history_kind::heard, day(2022, 3, 15), 10, 5);
    e.session = article::irregular;
    e.where = h.unit("town");
    e.days = 0;
    e.minutes = 1;
    e.people = {h.post("secretary")};
  }
  {
    history_event& e = h.step(case_event::arrive, day(2022, 3, 15), 10, 5);
    e.channel = channel::visit;
    e.door = door::open_reception;
  }
  h.add(history_kind::owner, day(2022, 3, 15), 10, 5).people = {h.post("leader-1"), h.post("leader-2")};
  {
    history_event& e = h.step(case_event::receive_in_person, day(2022, 3, 15), 10, 5);
    e.people = {h.post("secretary")};
    e.where = h.unit("park");
    e.begun = dated_duty{case_clock::accept, day(2022, 3, 18)};
  }
  h.add(history_kind::objection_refused, day(2022, 3, 17), 15).where = h.unit("park");
  {
    history_event& e = h.step(case_event::inform, day(2022, 3, 19), 16);
    e.where = h.unit("park");
    e.done = dated_duty{case_clock::accept, day(2022, 3, 18)};
    e.begun = dated_duty{case_clock::handle, day(2022, 4, 1)};
  }
  {
    history_event& e = h.step(case_event::extend, day(2022, 3, 20), 9);
    e.days = 30;
    e.begun = dated_duty{case_clock::handle, day(2022, 5, 1)};
  }
  h.add(history_kind::listed, day(2022, 3, 21));
  {
    history_event& e = h.add(history_kind::appointed, day(2022, 3, 21));
    e.planned = day(2022, 3, 25);
    e.people = {h.post("leader-2")};
  }
  {
    history_event& e = h.add(history_kind::meeting, day(2022, 3, 25), 10);
    e.instrument = meeting_kind::on_site;
    e.minutes = 90;
    e.goes_to = field_place::enterprise;
    e.where = h.unit("town");
    e.people = {h.post("leader-2")};
  }
  {
    history_event& e = h.add(history_kind::handover, day(2022, 3, 26), 23, 59);
    e.before = h.post("leader-1");
    e.people = {h.post("leader-2")};
  }
  {
    history_event& e = h.step(case_event::reply, day(2022, 5, 3), 11, 30);
    e.where = h.unit("park");
    e.done = dated_duty{case_clock::handle, day(2022, 5, 1)};
    e.opinion = verdict::not_support;
  }
  h.add(history_kind::rating, day(2022, 5, 5), 8).rated = told_rating{true, false, true};
  h.step(case_event::ask_review, day(2022, 5, 5), 8).begun = dated_duty{case_clock::review, day(2022, 6, 4)};
  h.add(history_kind::recheck_hearing, day(2022, 6, 10), 8).days = 1;
  h.step(case_event::schedule_return, day(2022, 7, 1), 0).trigger = return_trigger::closed_unsettled;
  {
    history_event& e = h.add(history_kind::return_visit, day(2022, 7, 5), 15);
    e.where = h.unit("old-village");
    e.people = {h.post("leader-2"), official_id{}, h.post("land-head")};
    e.trigger = return_trigger::rebounded;
    e.reason = unsettled_reason::hardship;
    e.help = 1000;
    e.met = false;
    e.done = dated_duty{case_clock::return_visit, day(2022, 7, 4)};
  }
  h.add(history_kind::again, day(2022, 7, 8), 9).door = door::remote;
  {
    history_event& e = h.add(history_kind::found, day(2022, 7, 9), 9);
    e.where = h.unit("old-village");
    e.planned = day(2022, 8, 1);
    e.people = {h.post("town-1")};
  }
  h.add(history_kind::struck_off, day(2022, 7, 10)).met = false;
  return {c, h.events()};
}

constexpr const char* in_english = R"(Case 20220310-002 of small, replication 0
Land (appeal or claim); 6 persons of the town, the old-village; visit; simplified handling
Owner: leader-1 with leader-2; unit: the land

2022-03-10        the grievance arises
2022-03-10        sets out: County leader at the petition bureau; the bureau; on 2022-03-14
2022-03-14 09:40  left before being called: County leader at the petition bureau; the bureau; set out 4 days before; 70 minutes in the queue
2022-03-15 10:05  heard: Principal leaders at a hot spot; the town; secretary; 1 minute in the queue
2022-03-15 10:05  petition arrives: visit; open-door reception
2022-03-15 10:05  owner given: leader-1, leader-2
2022-03-15 10:05  leader receives in person: the park; secretary; acceptance due by 2022-03-18
2022-03-17 15:00  objection not agreed to: the park
2022-03-19 16:00  inform of acceptance: the park; was due by 2022-03-18, OVERDUE by 1 day; handling due by 2022-04-01
2022-03-20 09:00  extend the handling: by 30 days; handling due by 2022-05-01
2022-03-21        on the issue list
2022-03-21        appointment made: on 2022-03-25; leader-2
2022-03-25 10:00  appointment visit: on-site office meeting; the town; leader-2; 90 minutes; at the enterprise
2022-03-26 23:59  handed over to another owner: leader-2; before: leader-1
2022-05-03 11:30  deliver the written opinion: the park; not supported; was due by 2022-05-01, OVERDUE by 2 days
2022-05-05 08:00  asked to rate: responsible authority: not satisfied; petition bureau: satisfied
2022-05-05 08:00  ask for review: review due by 2022-06-04
2022-06-10 08:00  hearing: 1 day, not counted
2022-07-01 00:00  schedule a return visit: closed in procedure, not settled
2022-07-05 15:00  return visit: the old-village; leader-2, land-head; settled, then rebounded; not all were there whom R29 asks for; reason: hardship in life; help: 1000 yuan; was due by 2022-07-04, OVERDUE by 1 day
2022-07-08 09:00  registered again: written, online, phone
2022-07-09 09:00  found by the household campaign: the old-village; to be solved by 2022-08-01; town-1
2022-07-10        struck off the wall chart: not settled

2023-04-10, the last day: being handled; handling due by 2022-04-01, OVERDUE by 374 days; registered again 1 time; rebounds 2 times; long-pending; was overdue
)";

constexpr const char* in_chinese = R"(案件 20220310-002，方案 small，第 0 次模拟
土地（申诉求决）；6 人，the town the old-village；来访；简易办理
包案领导：leader-1、leader-2；承办单位：the land

2022-03-10        诉求产生
2022-03-10        决定前往接访：县处级领导在信访局；the bureau；日期 2022-03-14
2022-03-14 09:40  未及接待自行离开：县处级领导在信访局；the bureau；决定前往后 4 天；排队 70 分钟
2022-03-15 10:05  接待：主要领导不定期下访；the town；secretary；排队 1 分钟
2022-03-15 10:05  信访人提出事项：来访；开门接访
2022-03-15 10:05  明确包案领导：leader-1、leader-2
2022-03-15 10:05  领导接访：the park；secretary；受理告知期限：2022-03-18
2022-03-17 15:00  异议未获同意：the park
2022-03-19 16:00  告知受理：the park；期限 2022-03-18，【逾期】1 天；办理期限：2022-04-01
2022-03-20 09:00  延期：延长 30 天；办理期限：2022-05-01
2022-03-21        列入问题清单
2022-03-21        确定约访：日期 2022-03-25；leader-2
2022-03-25 10:00  约访：现场办公会；the town；leader-2；90 分钟；到企业
2022-03-26 23:59  移交包案：leader-2；原包案领导：leader-1
2022-05-03 11:30  送达处理意见：the park；不予支持；期限 2022-05-01，【逾期】2 天
2022-05-05 08:00  群众评价：责任单位：不满意；信访部门：满意
2022-05-05 08:00  申请复查：复查期限：2022-06-04
2022-06-10 08:00  听证：1 天，不计入期限
2022-07-01 00:00  安排回访：程序性办结而未息诉
2022-07-05 15:00  上门回访：the old-village；leader-2、land-head；息诉后反弹；应到人员未到齐（R29）；原因：生活困难；困难帮扶：1000 元；期限 2022-07-04，【逾期】1 天
2022-07-08 09:00  重复信访登记：信、网、电
2022-07-09 09:00  入户走访发现：the old-village；时限 2022-08-01；town-1
2022-07-10        对标销号：未化解

2023-04-10，末日：办理中；办理期限：2022-04-01，【逾期】374 天；重复信访 1 次；反弹 2 次；积案；曾逾期
)";

}  // namespace

TEST_CASE("The story of a case says in both languages what happened, when, who was there, what was waited for, and what was late") {
  const auto w = sifang_tests::small_world();
  REQUIRE(w);
  const auto [row, events] = eventful_case(*w);
  CHECK(story_of(*w, row, events, language::en) == in_english);
  CHECK(story_of(*w, row, events, language::zh) == in_chinese);
}

TEST_CASE("A case is found by its id, with a line for each of its events, and none of others") {
  const auto w = sifang_tests::small_world();
  REQUIRE(w);
  replication<policies<>, case_ledger, event_log> year(*w, policies<>{}, case_ledger{}, event_log{});
  year.run(3);
  const auto cases = year.observer<case_ledger>().cases();
  REQUIRE(cases.size() > 10);
  for (const case_row& c : {cases.front(), cases[cases.size() / 2], cases.back()}) {
    const auto told = case_of(*w, 3, c.matter);
    REQUIRE(told);
    std::size_t of_it = 0;
    for (const history_event& e : year.observer<event_log>().events()) of_it += e.matter == c.matter;
    CHECK(told->events.size() == of_it);
    // What it waited for has no gap from the day on which it arose to the end of the last, and adds up.
    REQUIRE_FALSE(told->waits.empty());
    CHECK(told->waits.front().from == instant(told->row.arisen, minutes(0)));
    CHECK(told->waits.back().to == instant(w->last() + calendar_days(1), minutes(0)));
    for (std::size_t i = 1; i < told->waits.size(); ++i) CHECK(told->waits[i].from == told->waits[i - 1].to);
    int whole = 0;
    for (const minutes part : sums_of(told->waits)) whole += part.count;
    CHECK(whole == (told->waits.back().to - told->waits.front().from).count);
    for (const language lang : {language::en, language::zh}) {
      const std::string text = story_of(*w, told->row, told->events, lang);
      CHECK(text == story_of(*w, c, year.observer<event_log>().events(), lang));
      std::istringstream lines(text);
      std::size_t dated = 0;
      for (std::string line; std::getline(lines, line);) dated += parse_day(line.substr(0, 10)).has_value();
      CHECK(dated == of_it + 2);  // its beginning and the last day
    }
  }
  CHECK_FALSE(case_of(*w, 3, 1));
  CHECK(case_of(*w, 3, 1, policies{}, case_scope::any)->events.empty());
  const std::uint64_t unknown = cases.front().matter ^ 0xfff;
  const auto near = nearest_cases(*w, 3, unknown, 2);
  REQUIRE(near.size() == 2);
  CHECK(parse_case_name(near.front()).value() >> 16 == unknown >> 16);
  const auto other = [&](std::uint32_t number) {
    const auto told = case_of(*w, number, cases.front().matter);
    return told ? story_of(*w, told->row, told->events, language::en) : std::string();
  };
  CHECK(other(3) != other(4));
}
