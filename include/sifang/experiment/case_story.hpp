// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_CASE_STORY_HPP
#define SIFANG_EXPERIMENT_CASE_STORY_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/case_waits.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/org/english_name.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// A case of one replication with everything that happened to it.
struct told_case {
  case_row row;                       ///< as the ledger has it
  std::vector<history_event> events;  ///< in order of time
  std::vector<case_wait> waits;       ///< what it waited for, without a gap (`waits_of`)
};

/// Which matters count as cases.
enum class case_scope : std::uint8_t {
  registered,  ///< those with a file
  any,         ///< also who has never come, or was answered on the spot: of them `row` has the name, the day and the state alone
};

namespace detail {
/// A case of a year that was played with a ledger, an event log and a work log.
template <class Year>
[[nodiscard]] inline std::optional<told_case> case_in(Year& year, const world& w, std::uint32_t replication_number, std::uint64_t entity,
                                                      case_scope scope) {
  const auto cases = year.template observer<case_ledger>().cases();
  const auto found = std::find_if(cases.begin(), cases.end(), [&](const case_row& c) { return c.matter == entity; });
  if (found == cases.end() && scope == case_scope::registered) return std::nullopt;
  told_case out;
  for (const history_event& e : year.template observer<event_log>().events()) {
    if (e.matter == entity) out.events.push_back(e);
  }
  if (found != cases.end()) {
    out.row = *found;
  } else {
    out.row.replication = replication_number;
    out.row.matter = entity;
    out.row.arisen = day(static_cast<std::int32_t>(entity >> 16));
    for (const history_event& e : out.events) {
      if (e.what == history_kind::step) out.row.state = e.to;
    }
  }
  std::vector<work_piece> pieces;
  for (const work_piece& p : year.template observer<work_log>().pieces()) {
    if (p.matter == entity) pieces.push_back(p);
  }
  out.waits = waits_of(out.row.arisen, w.last(), detail::span_of(out.events), detail::span_of(pieces));
  return out;
}
}  // namespace detail

/// Plays a replication and gives one of its cases; nothing if no case of that name was registered in it and only such are asked for.
/// \param entity  `parse_case_name` \param set  `policies{}.with(…)`, or one policy by itself
template <class = when_called, class Set = policies<>>
[[nodiscard]] inline std::optional<told_case> case_of(const world& w, std::uint32_t replication_number, std::uint64_t entity,
                                                      const Set& set = {}, case_scope scope = case_scope::registered) {
  replication<policies_of<Set>, case_ledger, event_log, work_log> year(w, as_policies(set), case_ledger{}, event_log{}, work_log{});
  year.run(replication_number);
  return detail::case_in(year, w, replication_number, entity, scope);
}

/// The names of the registered cases of a replication that are nearest to one that no case has: by day, then by number.
/// \param set  `policies{}.with(…)`, or one policy by itself \param most  names at most
template <class = when_called, class Set = policies<>>
[[nodiscard]] inline std::vector<std::string> nearest_cases(const world& w, std::uint32_t replication_number, std::uint64_t entity,
                                                            std::size_t most = 3, const Set& set = {}) {
  replication<policies_of<Set>, case_ledger> year(w, as_policies(set), case_ledger{});
  year.run(replication_number);
  std::vector<std::uint64_t> near;
  for (const case_row& c : year.observer().cases()) near.push_back(c.matter);
  const auto distance = [&](std::uint64_t one) { return one < entity ? entity - one : one - entity; };
  std::sort(near.begin(), near.end(),
            [&](std::uint64_t a, std::uint64_t b) { return distance(a) != distance(b) ? distance(a) < distance(b) : a < b; });
  if (near.size() > most) near.resize(most);
  std::vector<std::string> out;
  for (const std::uint64_t one : near) out.push_back(case_name(one));
  return out;
}

namespace detail {

/// Writes the lines of a story in one language.
class story_writer {
 public:
  template <class = when_called>
  story_writer(const world& w, language lang) : w_(&w), lang_(lang) {}

  template <class = when_called>
  [[nodiscard]] std::string heading(const case_row& c) const {
    std::string out = pick("Case ", "案件 ") + case_name(c.matter) + pick(" of ", "，方案 ") + w_->setting().name;
    out += pick(", replication ", "，第 ") + std::to_string(c.replication) + pick("\n", " 次模拟\n");
    const category_setting& subject = w_->setting().categories[c.category];
    out += pick(subject.en, subject.zh) + pick(" (", "（") + std::string(text_of(c.type, lang_)) + pick(")", "）") + between();
    out += std::to_string(c.persons) + pick(c.persons == 1 ? " person of " : " persons of ", " 人，");
    out += name(w_->townships()[c.township].where) + pick(", ", " ") + name(w_->villages()[c.village].where) + between();
    out += std::string(text_of(c.channel, lang_)) + (c.simplified ? between() + pick("simplified handling", "简易办理") : "") + '\n';
    out += pick("Owner: ", "包案领导：") + (c.owner.valid() ? person(c.owner) : pick("nobody", "无"));
    if (c.partner.valid()) out += pick(" with ", "、") + person(c.partner);
    return out + between() + pick("unit: ", "承办单位：") + (c.unit.valid() ? name(c.unit) : pick("none", "无")) + "\n\n";
  }

  template <class = when_called>
  [[nodiscard]] std::string line(const history_event& e) const {
    return when(e) + "  " + what(e) + '\n';
  }
  /// Date and minute, blanks where that is not known.
  template <class = when_called>
  [[nodiscard]] std::string when(const history_event& e) const {
    return to_string(e.at.date()) + ' ' + (e.timed ? clock_text(e.at.minute_of_day()) : std::string(5, ' '));
  }
  /// What happened, with its facts.
  template <class = when_called>
  [[nodiscard]] std::string what(const history_event& e) const {
    std::string out(text_of(e, lang_));
    std::vector<std::string> facts;
    add_place(e, facts);
    add_people(e, facts);
    add_waits(e, facts);
    add_what_was_said(e, facts);
    add_duties(e, facts);
    for (std::size_t i = 0; i < facts.size(); ++i) out += (i == 0 ? pick(": ", "：") : between()) + facts[i];
    return out;
  }

  template <class = when_called>
  [[nodiscard]] std::string end(const case_row& c) const {
    const day last = w_->last();
    std::string out = '\n' + to_string(last) + pick(", the last day: ", "，末日：") + std::string(text_of(c.state, lang_));
    if (c.running) out += between() + running(*c.running) + late(last > c.running->due ? (last - c.running->due).count : 0);
    out +=
        between() + pick("registered again ", "重复信访 ") + times(c.repeats) + between() + pick("rebounds ", "反弹 ") + times(c.rebounds);
    if (c.long_pending) out += between() + pick("long-pending", "积案");
    out += between() + (c.overdue ? pick("was overdue", "曾逾期") : pick("never overdue", "未逾期"));
    return out + '\n';
  }
  template <class = when_called>
  [[nodiscard]] std::string arisen(const case_row& c) const {
    return to_string(c.arisen) + "        " + pick("the grievance arises", "诉求产生") + '\n';
  }

 private:
  [[nodiscard]] std::string pick(std::string_view en, std::string_view zh) const { return std::string(lang_ == language::zh ? zh : en); }
  [[nodiscard]] std::string between() const { return pick("; ", "；"); }
  template <class = when_called>
  [[nodiscard]] std::string name(unit_id where) const {
    return text_of(w_->org().units()[where], lang_);
  }
  template <class = when_called>
  [[nodiscard]] std::string person(official_id who) const {
    const std::string &post = w_->org()[who].post, title = text_of(w_->org(), who, lang_), with = pick(" (", "（") + post + pick(")", "）");
    return title == post || title.ends_with(with) ? title : title + with;
  }
  [[nodiscard]] std::string times(int n) const { return std::to_string(n) + pick(n == 1 ? " time" : " times", " 次"); }
  [[nodiscard]] std::string days(int n) const { return std::to_string(n) + pick(n == 1 ? " day" : " days", " 天"); }
  template <class = when_called>
  [[nodiscard]] std::string running(const dated_duty& d) const {
    return std::string(text_of(d.which, lang_)) + pick(" due by ", "：") + to_string(d.due);
  }
  [[nodiscard]] std::string late(int n) const {
    return n == 0 ? std::string() : pick(", ", "，") + pick("OVERDUE by ", "【逾期】") + days(n);
  }

  template <class = when_called>
  void add_place(const history_event& e, std::vector<std::string>& facts) const {
    if (e.instrument) facts.emplace_back(text_of(*e.instrument, lang_));
    if (e.channel && e.event == case_event::arrive) facts.emplace_back(text_of(*e.channel, lang_));
    if (e.door && (*e.door != door::remote || e.what == history_kind::again)) facts.emplace_back(text_of(*e.door, lang_));
    if (e.session) {
      const session_kind& kind = w_->plan().kind(*e.session);
      facts.push_back(pick(kind.title_en, kind.title_zh));
    }
    if (e.where.valid()) facts.push_back(name(e.where));
    if (e.planned)
      facts.push_back(pick(e.what == history_kind::found ? "to be solved by " : "on ", e.what == history_kind::found ? "时限 " : "日期 ") +
                      to_string(*e.planned));
  }
  template <class = when_called>
  void add_people(const history_event& e, std::vector<std::string>& facts) const {
    std::string who;
    for (const official_id one : e.people) {
      if (one.valid()) who += (who.empty() ? "" : pick(", ", "、")) + person(one);
    }
    if (!who.empty()) facts.push_back(who);
    if (e.what == history_kind::handover && e.before.valid()) facts.push_back(pick("before: ", "原包案领导：") + person(e.before));
  }
  template <class = when_called>
  void add_waits(const history_event& e, std::vector<std::string>& facts) const {
    const auto rounded = [&] {
      const long n = std::lround(*e.minutes);
      return std::to_string(n) + pick(n == 1 ? " minute" : " minutes", " 分钟");
    };
    if (e.what == history_kind::meeting) {
      facts.push_back(rounded());
    } else if (e.event == case_event::extend && e.what == history_kind::step) {
      facts.push_back(pick("by ", "延长 ") + days(*e.days));
    } else if (e.what == history_kind::recheck_hearing) {
      facts.push_back(days(*e.days) + pick(", not counted", "，不计入期限"));
    } else if (e.days) {
      if (*e.days > 0) facts.push_back(pick("set out ", "决定前往后 ") + days(*e.days) + pick(" before", ""));  // 0: met unannounced (R4)
      if (e.minutes) facts.push_back(pick("", "排队 ") + rounded() + pick(" in the queue", ""));
    }
  }
  template <class = when_called>
  void add_what_was_said(const history_event& e, std::vector<std::string>& facts) const {
    if (e.opinion) facts.emplace_back(text_of(*e.opinion, lang_));
    if (e.rated && !e.rated->given) facts.push_back(pick("does not rate", "未参评"));
    if (e.rated && e.rated->given) {
      const auto said = [&](body whom, bool satisfied) {
        facts.push_back(std::string(text_of(whom, lang_)) + pick(": ", "：") +
                        std::string(text_of(satisfied ? grade::satisfied : grade::unsatisfied, lang_)));
      };
      said(body::authority, e.rated->authority);
      said(body::bureau, e.rated->bureau);
    }
    const bool of_matter = e.goes_to == field_place::enterprise || e.goes_to == field_place::project;
    if (of_matter) facts.push_back(pick("at the ", "到") + std::string(text_of(*e.goes_to, lang_)));
    if (e.trigger) facts.emplace_back(text_of(*e.trigger, lang_));
    if (e.met && e.what == history_kind::struck_off) facts.push_back(*e.met ? pick("settled", "已化解") : pick("not settled", "未化解"));
    if (e.met && e.what == history_kind::return_visit && !*e.met)
      facts.push_back(pick("not all were there whom R29 asks for", "应到人员未到齐（R29）"));
    if (e.what != history_kind::return_visit) return;
    facts.push_back(pick("reason: ", "原因：") + (e.reason ? std::string(text_of(*e.reason, lang_)) : pick("not found", "未查明")));
    if (e.help) facts.push_back(pick("help: ", "困难帮扶：") + number_text(*e.help) + pick(" yuan", " 元"));
  }
  template <class = when_called>
  void add_duties(const history_event& e, std::vector<std::string>& facts) const {
    if (e.done) facts.push_back(pick("was due by ", "期限 ") + to_string(e.done->due) + late(e.late_days()));
    if (e.begun) facts.push_back(running(*e.begun));
  }

  const world* w_;
  language lang_;
};

}  // namespace detail

/// The story of a case as text: what it is, a line for each event in order (date, minute, what, where, who, waits, days due, overdue
/// marked), and where it stands on the last day.
/// \param events  of its replication in order; those of other matters are passed over
template <class = when_called>
[[nodiscard]] inline std::string story_of(const world& w, const case_row& c, std::span<const history_event> events, language lang) {
  const detail::story_writer writer(w, lang);
  std::string out = writer.heading(c) + writer.arisen(c);
  for (const history_event& e : events) {
    if (e.matter == c.matter && e.replication == c.replication) out += writer.line(e);
  }
  return out + writer.end(c);
}

}  // namespace sifang

#endif
