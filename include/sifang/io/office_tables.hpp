// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_OFFICE_TABLES_HPP
#define SIFANG_IO_OFFICE_TABLES_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/histories/wall_chart.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/petition/life_cycle.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The tables that a petition bureau keeps (信访局的各类台账报表), of one possible year: rates by responsible unit and month with what they
/// are made of, what is overdue or soon due, who comes again, who owns what, the wall chart, return visits, and what is closed and what is
/// gone.

namespace sifang {

/// One table of an office: the name of its file, what it is, and its text as CSV (UTF-8 with a byte-order mark).
struct office_table {
  std::string_view file;  ///< name of the file
  bilingual title;        ///< what it is
  std::string text;       ///< the table
};

/// Names of the files that `office_tables` makes, in order.
inline constexpr std::array<std::string_view, 9> office_files{"three-rates.csv",     "due.csv",        "repeats.csv",
                                                              "owned-cases.csv",     "wall-chart.csv", "return-visits.csv",
                                                              "closed-and-gone.csv", "arrivals.csv",   "appointments.csv"};

namespace detail {

/// Makes the tables of an office in one language.
class office_tables_maker {
 public:
  template <class = when_called>
  office_tables_maker(const world& w, std::span<const case_row> cases, std::span<const history_event> events,
                      std::span<const charted_item> items, language lang)
      : w_(&w), cases_(cases), events_(events), items_(items), lang_(lang) {}

  template <class = when_called>
  [[nodiscard]] std::vector<office_table> make() const {
    return {{office_files[0],
             {"acceptance, replies and satisfaction by responsible unit and month", "三率（按责任单位、月份）"},
             three_rates()},
            {office_files[1], {"overdue, and due within 15 days", "超期与临期清单"}, due()},
            {office_files[2], {"repeated and long-pending cases", "重复信访与积案清单"}, repeats()},
            {office_files[3], {"cases owned by leaders, with the three guarantees", "包案台账（三包责任）"}, owned()},
            {office_files[4], {"wall chart of the campaign", "挂图作战清单"}, wall_chart()},
            {office_files[5], {"return visits", "回访记录"}, return_visits()},
            {office_files[6], {"closed in procedure, and gone", "案结事了对照表"}, closed_and_gone()},
            {office_files[7], {"first registrations by month, level and channel", "初次登记（按月份、层级、渠道）"}, arrivals()},
            {office_files[8], {"appointment visits", "约访台账"}, appointments()}};
  }

 private:
  using header = std::initializer_list<bilingual>;
  [[nodiscard]] std::string_view pick(const bilingual& t) const noexcept { return lang_ == language::zh ? t.zh : t.en; }
  template <class = when_called>
  [[nodiscard]] csv_writer begin(header columns) const {
    csv_writer csv({});
    for (const bilingual& c : columns) csv.field(pick(c));
    csv.end_row();
    return csv;
  }
  template <class = when_called>
  [[nodiscard]] std::string post(official_id who) const {
    return who.valid() ? text_of(w_->org(), who, lang_) : std::string();
  }
  template <class = when_called>
  [[nodiscard]] std::string place(unit_id where) const {
    return where.valid() ? text_of(w_->org().units()[where], lang_) : std::string();
  }
  [[nodiscard]] std::string_view yes(bool is) const noexcept { return is ? pick({"yes", "是"}) : pick({"no", "否"}); }
  [[nodiscard]] static std::string date(std::optional<day> d) { return d ? to_string(*d) : std::string(); }
  [[nodiscard]] bool in_period(day d) const noexcept { return w_->counts(d); }
  [[nodiscard]] static std::string month(day d) { return to_string(d).substr(0, 7); }
  template <class = when_called>
  [[nodiscard]] std::string township(const case_row& c) const {
    return place(w_->townships()[c.township].where);
  }

  /// Below the line: what fell due, replies to rate, and who rated; above: in time, satisfied. By the month of the due day, of the reply.
  template <class = when_called>
  [[nodiscard]] std::string three_rates() const {
    struct counts {
      std::array<int, 7> n{};  // to accept, in time; to reply, in time; asked, rated, satisfied
    };
    std::map<std::pair<std::uint32_t, std::string>, counts> all;
    for (const case_row& c : cases_) {
      if (!c.unit.valid()) continue;
      const auto add = [&](std::size_t first, std::optional<day> due_day_of, std::optional<day> done, case_clock which) {
        if (!due_day_of && c.running && c.running->which == which) due_day_of = c.running->due;
        if (!due_day_of || !in_period(*due_day_of)) return;
        counts& k = all[{c.unit.value(), month(*due_day_of)}];
        k.n[first] += 1;
        k.n[first + 1] += done && *done <= *due_day_of;
      };
      add(0, c.accept_due, c.accepted, case_clock::accept);
      add(2, c.reply_due, c.replied, case_clock::handle);
      if (!c.rating || !c.replied || !in_period(*c.replied)) continue;
      counts& k = all[{c.unit.value(), month(*c.replied)}];
      k.n[4] += 1;
      k.n[5] += c.rating->given;
      k.n[6] += c.rating->given && c.rating->authority;
    }
    csv_writer csv = begin({{"unit", "责任单位"},
                            {"month", "月份"},
                            {"to accept", "应受理"},
                            {"in time", "及时受理"},
                            {"timely acceptance", "及时受理率"},
                            {"to reply", "应答复"},
                            {"in time", "按期答复"},
                            {"on-time reply", "按期答复率"},
                            {"asked to rate", "应参评"},
                            {"rated", "参评"},
                            {"participation", "参评率"},
                            {"satisfied", "满意"},
                            {"satisfaction", "满意率"}});
    const auto rate = [&](int above, int below) {
      if (below == 0)
        csv.empty();
      else
        csv.field(static_cast<double>(above) / below);
    };
    for (const auto& [key, k] : all) {
      csv.field(place(unit_id(std::size_t{key.first}))).field(key.second).field(k.n[0]).field(k.n[1]);
      rate(k.n[1], k.n[0]);
      csv.field(k.n[2]).field(k.n[3]);
      rate(k.n[3], k.n[2]);
      csv.field(k.n[4]).field(k.n[5]);
      rate(k.n[5], k.n[4]);
      csv.field(k.n[6]);
      rate(k.n[6], k.n[5]);
      csv.end_row();
    }
    return csv.text();
  }

  /// On the last simulated day: duties that are past their last day, and those that will be within 15 days.
  template <class = when_called>
  [[nodiscard]] std::string due() const {
    csv_writer csv = begin({{"case", "编号"},
                            {"township", "属地"},
                            {"registered", "登记日期"},
                            {"duty", "事项环节"},
                            {"due", "期限"},
                            {"days late", "逾期天数"},
                            {"days left", "剩余天数"},
                            {"unit", "责任单位"},
                            {"owner", "包案领导"}});
    const day today = w_->last();
    for (const case_row& c : cases_) {
      if (!c.running || c.running->due > today + calendar_days(15)) continue;
      const int left = (c.running->due - today).count;
      csv.field(case_name(c.matter)).field(township(c)).field(to_string(c.registered.date())).field(text_of(c.running->which, lang_));
      csv.field(to_string(c.running->due));
      if (left < 0)
        csv.field(-left).empty();
      else
        csv.empty().field(left);
      csv.field(place(c.unit)).field(post(c.owner)).end_row();
    }
    return csv.text();
  }

  template <class = when_called>
  [[nodiscard]] std::string repeats() const {
    csv_writer csv = begin({{"case", "编号"},
                            {"township", "属地"},
                            {"registered", "登记日期"},
                            {"times again", "重复信访次数"},
                            {"long-pending", "积案"},
                            {"state", "状态"},
                            {"unit", "责任单位"},
                            {"owner", "包案领导"}});
    for (const case_row& c : cases_) {
      if (c.repeats == 0 && !c.long_pending) continue;
      if (!in_period(c.registered.date()) && !is_open(c.state)) continue;
      csv.field(case_name(c.matter)).field(township(c)).field(to_string(c.registered.date())).field(c.repeats).field(yes(c.long_pending));
      csv.field(text_of(c.state, lang_)).field(place(c.unit)).field(post(c.owner)).end_row();
    }
    return csv.text();
  }

  /// R14, and since when whoever owns the case has it, and how it came to them: first, handed over, or as the successor in a post (R13).
  template <class = when_called>
  [[nodiscard]] std::string owned() const {
    std::map<std::uint64_t, const history_event*> came;
    for (const history_event& e : events_) {
      if (e.what == history_kind::owner || e.what == history_kind::handover || e.what == history_kind::taken_over) came[e.matter] = &e;
    }
    csv_writer csv = begin({{"owner", "包案领导"},
                            {"case", "编号"},
                            {"township", "属地"},
                            {"registered", "登记日期"},
                            {"state", "状态"},
                            {"settled", "息诉日期"},
                            {"answers for knowing", "包掌握情况"},
                            {"answers for counselling", "包教育疏导"},
                            {"answers for resolving", "包解决化解"},
                            {"owner since", "包案日期"},
                            {"how", "包案缘由"}});
    for (const case_row& c : cases_) {
      // Of the period: what was registered in it, or is open or was closed in it.
      if (!c.owner.valid() || !(in_period(c.registered.date()) || is_open(c.state) || (c.closed && in_period(*c.closed)))) continue;
      csv.field(post(c.owner)).field(case_name(c.matter)).field(township(c)).field(to_string(c.registered.date()));
      csv.field(text_of(c.state, lang_)).field(date(c.settled));
      for (official_id one : c.guarantees.duty) csv.field(post(one));
      const auto since = came.find(c.matter);
      if (since == came.end())
        csv.empty().empty();
      else
        csv.field(to_string(since->second->at.date())).field(text_of(*since->second, lang_));
      csv.end_row();
    }
    return csv.text();
  }

  /// R25, R26.
  template <class = when_called>
  [[nodiscard]] std::string wall_chart() const {
    std::map<std::uint64_t, const history_event*> struck;
    for (const history_event& e : events_) {
      if (e.what == history_kind::struck_off) struck[e.matter] = &e;
    }
    csv_writer csv = begin({{"item", "编号"},
                            {"kind", "类别"},
                            {"village", "村（社区）"},
                            {"found", "发现日期"},
                            {"target", "时限"},
                            {"responsible", "责任人"},
                            {"struck off", "销号日期"},
                            {"against the target", "达到目标"},
                            {"late", "超时限"}});
    for (const history_event& e : events_) {
      if (e.what != history_kind::found || !in_period(e.at.date())) continue;
      const auto off = struck.find(e.matter);
      csv.field(case_name(e.matter)).field(pick({"grievance of petition grade", "信访诉求"}));
      csv.field(place(e.where)).field(to_string(e.at.date())).field(date(e.planned));
      csv.field(e.people.empty() ? std::string() : post(e.people.front()));
      const day until = off == struck.end() ? w_->last() : off->second->at.date();
      if (off == struck.end())
        csv.empty().empty();
      else
        csv.field(to_string(until)).field(yes(off->second->met.value_or(false)));
      csv.field(yes(e.planned && until > *e.planned)).end_row();
    }
    for (const charted_item& one : items_) {
      const sentiment_item& i = one.item;
      if (!in_period(i.found)) continue;
      csv.field("S" + std::to_string(i.number + 1)).field(text_of(i.kind, lang_)).field(place(w_->villages()[i.village].where));
      csv.field(to_string(i.found)).field(to_string(i.target)).field(post(i.responsible));
      if (one.struck_off)
        csv.field(to_string(*one.struck_off)).field(yes(one.against_the_target));
      else
        csv.empty().empty();
      csv.field(yes(one.done.value_or(w_->last()) > i.target)).end_row();
    }
    return csv.text();
  }

  /// R27-R31: who went, what called for it, what they found and gave, and what came of it.
  template <class = when_called>
  [[nodiscard]] std::string return_visits() const {
    csv_writer csv = begin({{"case", "编号"},
                            {"date", "日期"},
                            {"place", "地点"},
                            {"occasion", "缘由"},
                            {"owner", "包案领导"},
                            {"of the place", "属地责任人"},
                            {"of the matter", "属事责任人"},
                            {"all there", "人员到齐"},
                            {"reason found", "查明原因"},
                            {"help in yuan", "困难帮扶（元）"},
                            {"outcome", "结果"}});
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const history_event& e = events_[i];
      if (e.what != history_kind::return_visit || !in_period(e.at.date())) continue;
      csv.field(case_name(e.matter)).field(to_string(e.at.date())).field(place(e.where));
      csv.field(e.trigger ? text_of(*e.trigger, lang_) : std::string_view());
      for (std::size_t k = 0; k < 3; ++k) csv.field(k < e.people.size() ? post(e.people[k]) : std::string());
      csv.field(yes(e.met.value_or(false))).field(e.reason ? text_of(*e.reason, lang_) : std::string_view());
      if (e.help)
        csv.field(*e.help);
      else
        csv.empty();
      std::size_t next = i + 1;  // the step that says what came of it
      while (next < events_.size() && (events_[next].matter != e.matter || events_[next].what != history_kind::step)) ++next;
      csv.field(next < events_.size() ? text_of(events_[next].event, lang_) : std::string_view()).end_row();
    }
    return csv.text();
  }

  /// R31: closed (案结) and gone (事了) are two facts.
  template <class = when_called>
  [[nodiscard]] std::string closed_and_gone() const {
    std::array<std::array<int, 2>, 2> n{};
    for (const case_row& c : cases_) {
      if (in_period(c.registered.date())) n[is_open(c.state) ? 0 : 1][c.state == case_state::settled ? 1 : 0] += 1;
    }
    csv_writer csv = begin({{"", ""}, {"gone", "事了"}, {"not gone", "事未了"}, {"together", "合计"}});
    const auto row = [&](const bilingual& name, const std::array<int, 2>& k) {
      csv.field(pick(name)).field(k[1]).field(k[0]).field(k[0] + k[1]).end_row();
    };
    row({"closed", "案结"}, n[1]);
    row({"open", "案未结"}, n[0]);
    row({"together", "合计"}, {n[0][0] + n[1][0], n[0][1] + n[1][1]});
    return csv.text();
  }

  /// R18-R20: whose, for when, where to, and what came of it: held, or called off.
  template <class = when_called>
  [[nodiscard]] std::string appointments() const {
    std::map<std::uint64_t, std::size_t> next;  // by case: the event that says more, of those after
    std::vector<std::size_t> follows(events_.size(), events_.size());
    for (std::size_t i = events_.size(); i-- > 0;) {
      const history_event& e = events_[i];
      if (e.what != history_kind::appointed && e.what != history_kind::meeting) continue;
      if (const auto found = next.find(e.matter); found != next.end()) follows[i] = found->second;
      next[e.matter] = i;
    }
    csv_writer csv = begin({{"case", "编号"},
                            {"listed", "列入清单日期"},
                            {"leader", "约访领导"},
                            {"planned", "拟定日期"},
                            {"held", "约访日期"},
                            {"instrument", "形式"},
                            {"goes to", "去向"},
                            {"place", "地点"},
                            {"present", "参加人员"}});
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const history_event& e = events_[i];
      const bool in_table = e.what == history_kind::appointed && e.planned;
      const history_event* held = nullptr;
      if (in_table && follows[i] < events_.size() && events_[follows[i]].what == history_kind::meeting) held = &events_[follows[i]];
      // Of the period: what is held in it, or was planned for it and is not held.
      if (!in_table || !in_period(held != nullptr ? held->at.date() : *e.planned)) continue;
      csv.field(case_name(e.matter)).field(to_string(e.at.date())).field(e.people.empty() ? std::string() : post(e.people.front()));
      csv.field(date(e.planned));
      if (held == nullptr) {
        csv.empty().empty().field(e.goes_to ? text_of(*e.goes_to, lang_) : std::string_view()).empty().empty().end_row();
        continue;
      }
      csv.field(to_string(held->at.date())).field(held->instrument ? text_of(*held->instrument, lang_) : std::string_view());
      csv.field(held->goes_to ? text_of(*held->goes_to, lang_) : std::string_view()).field(place(held->where));
      std::string present;
      for (official_id who : held->people) present.append(present.empty() ? "" : ";").append(post(who));
      csv.field(present).end_row();
    }
    return csv.text();
  }

  template <class = when_called>
  [[nodiscard]] std::string arrivals() const {
    constexpr std::size_t levels = std::size(names_of<petition_level>), channels = std::size(names_of<channel>);
    struct counts {
      std::array<int, levels> level{};
      std::array<int, channels> channel{};
      int persons = 0;
    };
    std::map<std::string, counts> all;
    for (const case_row& c : cases_) {
      if (!in_period(c.registered.date()) || c.backlog) continue;
      counts& k = all[month(c.registered.date())];
      k.level[static_cast<std::size_t>(c.level)] += 1;
      k.channel[static_cast<std::size_t>(c.channel)] += 1;
      k.persons += c.persons;
    }
    csv_writer csv({});
    csv.field(pick({"month", "月份"}));
    for (std::size_t l = 0; l < levels; ++l) csv.field(text_of(static_cast<petition_level>(l), lang_));
    for (std::size_t c = 0; c < channels; ++c) csv.field(text_of(static_cast<channel>(c), lang_));
    csv.field(pick({"persons", "人数"})).end_row();
    for (const auto& [of_month, k] : all) {
      csv.field(of_month);
      for (int n : k.level) csv.field(n);
      for (int n : k.channel) csv.field(n);
      csv.field(k.persons).end_row();
    }
    return csv.text();
  }

  const world* w_;
  std::span<const case_row> cases_;
  std::span<const history_event> events_;
  std::span<const charted_item> items_;
  language lang_;
};

}  // namespace detail

/// The tables of an office of one possible year, as it stands on its last simulated day; a year that is played without a run-out
/// (`scenario.run_out = 0`) stands on the last counted day.
/// \param cases, events, items  of that year, by `case_ledger`, `event_log` and `wall_chart`
/// \complexity linear in them, times log of the months and units
template <class = when_called>
[[nodiscard]] inline std::vector<office_table> office_tables(const world& w, std::span<const case_row> cases,
                                                             std::span<const history_event> events, std::span<const charted_item> items,
                                                             language lang) {
  return detail::office_tables_maker(w, cases, events, items, lang).make();
}

}  // namespace sifang

#endif
