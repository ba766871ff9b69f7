// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_EVENT_LOG_FILE_HPP
#define SIFANG_IO_EVENT_LOG_FILE_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/table_column.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// \file
/// Everything that happens to cases as CSV: a row an event, and a row a session.

namespace sifang {

// clang-format off: a table
/// The columns of an event log, in order. docs/histories.md says the same; a test compares.
inline constexpr table_column event_columns[] = {
    {"policy", "name", "Scenario or variant that was played", "所模拟的方案"},
    {"replication", "from 0", "Which possible year", "第几次模拟"},
    {"number", "from 1", "Place among the events of the replication", "事件序号"},
    {"date", "date", "When", "日期"},
    {"time", "HH:MM", "Minute; empty where only the day is known", "时刻；仅知日期的为空"},
    {"case", "id", "Whose it is, as in the ledger; empty for a session", "案件编号（与台账相同）；接访场次为空"},
    {"event", "name", "What happened: a step of the life cycle, or one of the events below", "事件：办理环节，或下列事件"},
    {"from", "state", "State before a step", "环节前状态"},
    {"to", "state", "State after it", "环节后状态"},
    {"people", "posts, by ';'",
     "Who: receiver; owner, partner; leader; of a return visit owner and heads of the place and matter units; who sat",
     "人员：接待人；包案领导；领导；回访的包案领导、属地属事单位负责人；接访人员"},
    {"former_owner", "post", "From whom a case is handed over; the same post where a successor takes over",
     "移交前的包案领导；继任者接手的为同一职务"},
    {"unit", "code", "Unit of a step, place of a session or visit", "单位或地点代码"},
    {"unit_name", "text", "Its name", "单位或地点名称"},
    {"session", "kind of session", "Where the petitioner was, or sets out to", "接访场合"},
    {"channel", "visit, letter, online, phone, campaign", "How a first registration came in", "初次登记的来源"},
    {"door", "remote, open_reception, door_to_door", "Through which door a registration came", "登记经过的门"},
    {"duty", "clock", "Duty that is done, or that was missed", "完成（或逾期）的期限"},
    {"due", "date", "When it was due, the last day included", "该期限届满日（含当日）"},
    {"late_days", "days", "By how many days it was late, 0 if in time", "逾期天数，按期为 0"},
    {"begins", "clock", "Duty that begins to run", "开始计算的期限"},
    {"begins_due", "date", "When it is due", "其届满日"},
    {"planned", "date", "Day of the session or appointment to come; target on the wall chart", "拟赴接访、约访日期；挂图时限"},
    {"days", "days", "From setting out to the session; of an extension; of a recheck's hearing", "自决定前往起的天数；延期天数；听证天数"},
    {"minutes", "minutes", "In the queue; length of a meeting; overtime of a session", "排队、会议时长或接访加班分钟数"},
    {"verdict", "support, explain, not_support", "What the written reply says (L12)", "处理意见"},
    {"rated", "true, false", "Whether the petitioner rated", "是否参评"},
    {"authority", "satisfied, unsatisfied", "Rating of the responsible authority", "对责任单位的评价"},
    {"bureau", "satisfied, unsatisfied", "Rating of the petition bureau", "对信访部门的评价"},
    {"instrument", "coordination, on_site", "Kind of meeting (R20)", "会议形式"},
    {"goes_to", "township, village, enterprise, project", "What an appointment goes to (R19)", "约访去向"},
    {"trigger", "closed_unsettled, rebounded", "Why a return visit is owed (R27, R28)", "回访缘由"},
    {"reason", "promise, hardship, new_facts, attitude, outcome", "That a return visit found (R30); empty if it found none",
     "回访查明的原因；未查明的为空"},
    {"help", "yuan", "Help in hardship given at a return visit", "回访时困难帮扶金额"},
    {"met", "true, false", "Struck off: settled. Return visit: all whom R29 asks for were there", "销号：已化解；回访：应到人员到齐"},
    {"heard", "groups", "Of a session: interviews", "接访场次：接待批次"},
    {"left", "groups", "Of a session: went away before being called", "接访场次：自行离开批次"},
    {"not_heard", "groups", "Of a session: still waiting at closing time", "接访场次：未获接待批次"},
};
// clang-format on

/// Writes event logs, one replication after another. CSV as all tables of the program.
class event_log_writer {
 public:
  /// The header is written.
  event_log_writer() : fields_(event_columns) {}

  /// Adds the events of a replication. \param policy  what was played
  void add(std::string_view policy, const world& w, std::span<const history_event> events) {
    std::int64_t number = 0;
    for (const history_event& e : events) add(policy, w, e, ++number);
  }
  /// The text since the last time.
  [[nodiscard]] std::string take() { return fields_.take(); }

 private:
  void add(std::string_view policy, const world& w, const history_event& e, std::int64_t number) {
    fields_.text(policy).number(std::int64_t{e.replication}).number(number).date(e.at.date());
    fields_.text(e.timed ? clock_text(e.at.minute_of_day()) : std::string());
    fields_.text(e.matter == no_matter ? std::string() : case_name(e.matter)).text(name_of(e));
    if (e.what == history_kind::step)
      fields_.name(e.from).name(e.to);
    else
      fields_.blank().blank();
    std::string posts;
    for (const official_id who : e.people) {
      if (who.valid()) posts.append(posts.empty() ? "" : ";").append(w.org()[who].post);
    }
    fields_.text(posts)
        .post(w, e.before)
        .code(w, e.where)
        .name(w, e.where)
        .text(e.session ? std::string_view(w.plan().kind(*e.session).id) : std::string_view())
        .name(e.channel)
        .name(e.door);
    add_duties(e);
    fields_.date(e.planned).number_if(e.days).number_if(e.minutes).name(e.opinion);
    fields_.text(e.rated ? e.rated->given ? "true" : "false" : "");
    fields_.text(detail::rated_text(e.rated, &told_rating::authority)).text(detail::rated_text(e.rated, &told_rating::bureau));
    fields_.name(e.instrument)
        .name(e.goes_to)
        .name(e.trigger)
        .name(e.reason)
        .number_if(e.help)
        .text(e.met ? *e.met ? "true" : "false" : "");
    if (e.what == history_kind::session)
      fields_.number(std::int64_t{e.heard}).number(std::int64_t{e.left}).number(std::int64_t{e.not_heard});
    else
      fields_.blank().blank().blank();
    fields_.end_row();
  }
  void add_duties(const history_event& e) {
    if (e.done)
      fields_.name(e.done->which).date(e.done->due).number(std::int64_t{e.late_days()});
    else
      fields_.blank().blank().blank();
    if (e.begun)
      fields_.name(e.begun->which).date(e.begun->due);
    else
      fields_.blank().blank();
  }

  detail::history_fields fields_;
};

/// An event log as one text. \param policy  what was played
[[nodiscard]] inline std::string event_log_csv(std::string_view policy, const world& w, std::span<const history_event> events) {
  event_log_writer writer;
  writer.add(policy, w, events);
  return writer.take();
}

}  // namespace sifang

#endif
