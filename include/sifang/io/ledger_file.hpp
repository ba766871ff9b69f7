// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_FILE_HPP
#define SIFANG_IO_LEDGER_FILE_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/table_column.hpp"

#include <span>
#include <string>
#include <string_view>

/// \file
/// The ledger (台账) as CSV: a row a case.

namespace sifang {

// clang-format off: a table
/// The columns of the ledger, in order. docs/histories.md says the same; a test compares.
inline constexpr table_column ledger_columns[] = {
    {"policy", "name", "Scenario or variant that was played", "所模拟的方案"},
    {"replication", "from 0", "Which possible year", "第几次模拟"},
    {"case", "id", "Day of the grievance and place in that day; the same grievance has it under every policy",
     "诉求产生日期及当日序号；各方案下同一诉求编号相同"},
    {"recorded", "id", "Id in the recorded case load that is replayed", "重放的案件表中的编号"},
    {"arisen", "date", "Day on which the grievance arose", "诉求产生日期"},
    {"registered", "date", "First registration", "初次登记日期"},
    {"time", "HH:MM", "Minute of the first registration", "初次登记时刻"},
    {"channel", "visit, letter, online, phone, campaign", "How it came in", "来源"},
    {"level", "county, city, province, nation", "To which it was brought first", "首次反映的层级"},
    {"door", "remote, open_reception, door_to_door", "Through which door it came in", "登记时经过的门"},
    {"category", "id", "Subject, as the scenario calls it", "问题类别"},
    {"township", "code", "Township or street of the petitioner", "所属乡镇（街道）代码"},
    {"township_name", "text", "Its name", "乡镇（街道）名称"},
    {"village", "code", "Village or community of the petitioner", "所属村（社区）代码"},
    {"village_name", "text", "Its name", "村（社区）名称"},
    {"persons", "persons", "Who petition; five or more are a group", "人数；5 人以上为集体访"},
    {"type", "opinion, claim", "What it is in law", "事项性质"},
    {"simplified", "true, false", "Simplified handling (L19)", "简易办理"},
    {"heard", "date", "First interview", "首次接待日期"},
    {"heard_at", "kind of session", "Where it was", "首次接待场合"},
    {"heard_by", "post", "Who heard it; empty at the window", "首次接待人；窗口为空"},
    {"wait_days", "days", "From setting out to the first interview", "自决定前往至首次接待的天数"},
    {"wait_minutes", "minutes", "In the queue before the first interview", "首次接待当日排队分钟数"},
    {"hearings", "interviews", "Interviews, the first too", "接待次数"},
    {"owner", "post", "Who owns the case", "包案领导"},
    {"partner", "post", "Who owns it with them", "联合包案领导"},
    {"knows", "post", "Who answers for knowing how things stand (R14); empty without an owner", "包掌握情况责任人；无包案领导的为空"},
    {"counsels", "post", "Who answers for counselling", "包教育疏导责任人"},
    {"resolves", "post", "Who answers for resolving", "包解决化解责任人"},
    {"successions", "times", "How often a successor in the owner's post took it over (R13)", "继任者接手包案次数"},
    {"unit", "code", "Unit that has it, or had it last", "承办单位代码"},
    {"unit_name", "text", "Its name", "承办单位名称"},
    {"routed", "date", "Last routing by a clerk; empty if a leader received it in person", "转送交办日期（末次）；领导接访的为空"},
    {"route_due", "date", "When that was due (L1)", "转送交办期限"},
    {"accepted", "date", "Acceptance told to the petitioner", "告知受理日期"},
    {"accept_due", "date", "When that was due (L4)", "受理告知期限"},
    {"replied", "date", "First reply, or agreement", "首次答复（或达成协议）日期"},
    {"reply_due", "date", "When that was due, with its extension (L10, L11)", "该次答复期限（含延期）"},
    {"verdict", "support, explain, not_support", "What the last written reply says (L12)", "末次处理意见"},
    {"rated", "true, false", "Whether the petitioner rated when asked; empty if not asked", "是否参评；未邀评的为空"},
    {"authority", "satisfied, unsatisfied", "Rating of the responsible authority", "对责任单位的评价"},
    {"bureau", "satisfied, unsatisfied", "Rating of the petition bureau", "对信访部门的评价"},
    {"settled", "date", "First peace", "首次息诉息访日期"},
    {"rebounded", "date", "First petition after peace", "首次反弹日期"},
    {"closed", "date", "Last closing, in whatever way", "末次办结日期"},
    {"listed", "date", "First time on the issue list (R17)", "首次列入问题清单日期"},
    {"state", "state", "Where it stands at the end of the replication", "期末状态"},
    {"last_door", "door", "Through which door it last passed", "最近经过的门"},
    {"running", "route, accept, handle, review, recheck", "Duty that runs at the end", "期末在计的期限"},
    {"due", "date", "When that is due", "该期限届满日"},
    {"overdue", "true, false", "Some duty was late at some time", "曾逾期"},
    {"replies", "replies", "Replies and agreements of all rounds of handling", "各轮答复（协议）数"},
    {"late_replies", "replies", "Those of them that were late", "其中逾期数"},
    {"extensions", "times", "Extensions granted (L11)", "延期次数"},
    {"objections", "times", "Objections agreed to (L5)", "获同意的异议次数"},
    {"rounds", "times", "How often it was handled anew", "重新办理次数"},
    {"repeats", "registrations", "Later registrations", "重复信访次数"},
    {"rebounds", "registrations", "Petitions after peace", "反弹次数"},
    {"settlements", "times", "How often peace was made", "息诉息访次数"},
    {"meetings", "visits", "Appointment visits (R19)", "约访次数"},
    {"return_visits", "visits", "Return visits made (R27, R28)", "回访次数"},
    {"reason", "promise, hardship, new_facts, attitude, outcome",
     "Why they had not settled, or came again, as the last return visit found that found it (R30)", "回访查明的原因（末次）"},
    {"help", "yuan", "Help in hardship given at return visits", "困难帮扶金额"},
    {"backlog", "true, false", "Long-pending case taken over on the first counted day", "期初交办积案"},
    {"found_by_campaign", "true, false", "Found by household visit", "入户走访发现"},
    {"struck_off", "true, false", "Struck off the wall chart (R26)", "已销号"},
    {"long_pending", "true, false", "Became long-pending", "积案"},
};
// clang-format on

/// Writes ledgers, one replication after another. CSV as all tables of the program: UTF-8 with a byte-order mark, no cell that is read
/// as a formula.
class ledger_writer {
 public:
  /// The header is written.
  ledger_writer() : fields_(ledger_columns) {}

  /// Adds the cases of a replication. \param policy  what was played
  void add(std::string_view policy, const world& w, std::span<const case_row> cases) {
    for (const case_row& c : cases) add(policy, w, c);
  }
  /// The text since the last time.
  [[nodiscard]] std::string take() { return fields_.take(); }

 private:
  void add(std::string_view policy, const world& w, const case_row& c) {
    fields_.text(policy).number(std::int64_t{c.replication}).text(case_name(c.matter));
    fields_.text(c.recorded == no_index ? std::string_view() : std::string_view(w.recorded()[c.recorded].id));
    add_registration(w, c);
    add_hearing(w, c);
    fields_.post(w, c.owner).post(w, c.partner);
    for (official_id one : c.guarantees.duty) fields_.post(w, one);
    fields_.number(std::int64_t{c.successions}).code(w, c.unit).name(w, c.unit);
    add_days(c);
    fields_.number(std::int64_t{c.replies}).number(std::int64_t{c.late_replies}).number(std::int64_t{c.extensions});
    fields_.number(std::int64_t{c.objections}).number(std::int64_t{c.rounds}).number(std::int64_t{c.repeats});
    fields_.number(std::int64_t{c.rebounds}).number(std::int64_t{c.settlements}).number(std::int64_t{c.meetings});
    fields_.number(std::int64_t{c.return_visits})
        .name(c.reason)
        .number(c.help)
        .yes(c.backlog)
        .yes(c.found_by_campaign)
        .yes(c.struck_off)
        .yes(c.long_pending)
        .end_row();
  }
  void add_registration(const world& w, const case_row& c) {
    fields_.date(c.arisen).date(c.registered.date()).text(clock_text(c.registered.minute_of_day()));
    fields_.name(c.channel).name(c.level).name(c.first_door).text(w.setting().categories[c.category].id);
    const unit_id township = w.townships()[c.township].where, village = w.villages()[c.village].where;
    fields_.code(w, township).name(w, township).code(w, village).name(w, village);
    fields_.number(std::int64_t{c.persons}).name(c.type).yes(c.simplified);
  }
  void add_hearing(const world& w, const case_row& c) {
    if (c.heard) {
      fields_.date(c.heard->on).text(w.plan().kind(c.heard->where).id).post(w, c.heard->receiver);
      fields_.number(std::int64_t{c.heard->days}).number(c.heard->minutes);
    } else {
      fields_.blank().blank().blank().blank().blank();
    }
    fields_.number(std::int64_t{c.hearings});
  }
  void add_days(const case_row& c) {
    fields_.date(c.routed).date(c.route_due).date(c.accepted).date(c.accept_due).date(c.replied).date(c.reply_due).name(c.opinion);
    if (c.rating)
      fields_.yes(c.rating->given);
    else
      fields_.blank();
    fields_.text(detail::rated_text(c.rating, &told_rating::authority)).text(detail::rated_text(c.rating, &told_rating::bureau));
    fields_.date(c.settled).date(c.rebounded).date(c.closed).date(c.listed).name(c.state).name(c.last_door);
    if (c.running)
      fields_.name(c.running->which).date(c.running->due);
    else
      fields_.blank().blank();
    fields_.yes(c.overdue);
  }

  detail::history_fields fields_;
};

/// A ledger as one text. \param policy  what was played
[[nodiscard]] inline std::string ledger_csv(std::string_view policy, const world& w, std::span<const case_row> cases) {
  ledger_writer writer;
  writer.add(policy, w, cases);
  return writer.take();
}

}  // namespace sifang

#endif
