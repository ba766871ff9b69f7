// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_FORECAST_TABLES_HPP
#define SIFANG_IO_FORECAST_TABLES_HPP

#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/io/personal_data.hpp"
#include "sifang/io/text_table.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/forecast.hpp"
#include "sifang/petition/forecast_check.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The list of a Monday: which open cases are likely to be late, when and why, by unit and with one more handler there.

namespace sifang {

/// Clocks of a scenario, its calendar, and the handlers of each unit of its county. \param calendar  lives as long as what is returned
template <class = when_called>
[[nodiscard]] forecast_rules forecast_rules_of(const scenario& s, const county_tree& units, const working_calendar& calendar) {
  forecast_rules out;
  out.clocks = s.clocks;
  out.calendar = &calendar;
  for (const unit_id u : units.all()) {
    const unit_kind kind = units[u].kind;
    const int handlers = level_of(kind) == level::township    ? s.handling.township_handlers
                         : kind == unit_kind::department      ? s.handling.department_handlers
                         : kind == unit_kind::industrial_park ? s.handling.park_handlers
                                                              : 0;
    const auto& further = s.handling.further_handlers;
    const auto more = static_cast<int>(std::count(further.begin(), further.end(), units.code(u)));
    if (handlers > 0) out.handlers.emplace(units.code(u), handlers + more);
  }
  return out;
}

namespace detail {

class forecast_tables {
 public:
  forecast_tables(const ledger_forecast& made, const case_load& load, const case_load_frame& frame, language lang) noexcept
      : f_(&made), load_(&load), frame_(&frame), lang_(lang) {}

  template <class = when_called>
  [[nodiscard]] std::string cases_csv() const {
    static constexpr bilingual columns[] = {{"case", "编号"},
                                            {"unit", "责任单位"},
                                            {"category", "问题类别"},
                                            {"duty", "环节"},
                                            {"days open", "登记天数"},
                                            {"due", "期限"},
                                            {"days left", "剩余天数"},
                                            {"probability of being late", "逾期概率"},
                                            {"lower bound", "下限"},
                                            {"upper bound", "上限"},
                                            {"likely day", "可能办结日"},
                                            {"probability with one more handler", "增加一名承办人员后的逾期概率"},
                                            {"judged by the cases", "所依据的案件"},
                                            {"cases as long as this one", "历时更长的案件数"},
                                            {"why", "原因"}};
    csv_writer csv = begin(columns);
    for (const forecast_case& c : f_->cases) {
      const recorded_case& r = load_->cases[c.row];
      csv.field(id(r)).field(unit_name(r.unit_code)).field(category(r.category)).field(duty(c)).field(c.days_open).field(to_string(c.due));
      csv.field(c.days_left);
      if (c.late.has_value())
        csv.field(rounded(c.late.estimate)).field(rounded(c.late.lower)).field(rounded(c.late.upper));
      else
        csv.empty().empty().empty();
      csv.field(c.likely ? to_string(*c.likely) : std::string());
      if (c.late_with_one_more)
        csv.field(rounded(*c.late_with_one_more));
      else
        csv.empty();
      csv.field(text_of(c.basis, lang_)).field(static_cast<std::int64_t>(c.beyond)).field(why(c)).end_row();
    }
    return csv.text();
  }
  template <class = when_called>
  [[nodiscard]] std::string units_csv() const {
    csv_writer csv = begin(unit_header);
    for (const forecast_unit& u : f_->units) {
      csv.field(unit_name(u.code)).field(count(u.open)).field(count(u.late)).field(count(u.due_7)).field(count(u.due_15));
      csv.field(rounded(u.expected_late)).field(count(u.unknown));
      if (u.one_more)
        csv.field(rounded(*u.one_more)).field(u.handlers);
      else
        csv.empty().empty();
      csv.field(rounded(u.weekly)).end_row();
    }
    return csv.text();
  }
  /// For a terminal. \param all  every row, not only the first
  template <class = when_called>
  [[nodiscard]] std::string text(bool all) const {
    std::string out = head();
    if (f_->cases.empty()) return out;
    constexpr std::size_t most_late = 10, most_cases = 30, most_units = 15;
    std::vector<const forecast_case*> late, other;
    for (const forecast_case& c : f_->cases) (c.is_late() ? late : other).push_back(&c);
    out += cases_text(say("Late already", "已超期"), late, all ? late.size() : most_late, false);
    out += cases_text(say("Likeliest to be late", "最可能逾期"), other, all ? other.size() : most_cases, true);
    out += units_text(all ? f_->units.size() : most_units);
    return out + foot();
  }

 private:
  static constexpr bilingual unit_header[] = {{"unit", "责任单位"},
                                              {"open", "在办"},
                                              {"late", "已超期"},
                                              {"due in 7 days", "7日内到期"},
                                              {"due in 15 days", "15日内到期"},
                                              {"to come late", "预计新增逾期"},
                                              {"without a probability", "未给概率"},
                                              {"with one more handler", "增一名承办人员后"},
                                              {"handlers", "承办人员"},
                                              {"replies a week", "每周答复"}};

  [[nodiscard]] std::string say(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] static std::int64_t count(std::size_t n) noexcept { return static_cast<std::int64_t>(n); }
  [[nodiscard]] static double rounded(double x) noexcept { return std::round(x * 1e4) / 1e4; }
  [[nodiscard]] static std::string number(double x) { return figure(x, "%.1f"); }
  [[nodiscard]] static std::string percent(double x) { return figure(100 * x, "%.0f%%"); }
  [[nodiscard]] static std::string figure(double x, const char* how) {
    char text[32];
    std::snprintf(text, sizeof text, how, x);
    return text;
  }
  template <class = when_called>
  [[nodiscard]] csv_writer begin(std::span<const bilingual> columns) const {
    csv_writer csv({});
    for (const bilingual& c : columns) csv.field(c.in(lang_));
    csv.end_row();
    return csv;
  }
  /// As the ledger has it, unless it may be somebody's.
  [[nodiscard]] static std::string id(const recorded_case& c) {
    return personal_data_in(c.id) == personal_data::none ? one_line(c.id) : std::string(not_shown);
  }
  [[nodiscard]] std::string unit_name(const std::string& code) const {
    if (code.empty()) return say("(none)", "（未填）");
    if (frame_->units != nullptr) {
      if (const auto u = frame_->units->find(code)) return text_of((*frame_->units)[*u], lang_);
    }
    return code;
  }
  [[nodiscard]] std::string category(const std::string& known) const {
    for (const named_category& c : frame_->names) {
      if (c.id == known && !(lang_ == language::zh ? c.zh : c.en).empty()) return lang_ == language::zh ? c.zh : c.en;
    }
    return known;
  }
  [[nodiscard]] std::string duty(const forecast_case& c) const {
    return c.duty == case_clock::accept ? say("acceptance", "受理告知") : say("reply", "答复");
  }
  [[nodiscard]] static std::string probability(const interval& p) {
    switch (p.kind) {
      case interval_kind::two_sided:
        return percent(p.estimate) + " [" + percent(p.lower) + ", " + percent(p.upper) + "]";
      case interval_kind::at_least:
        return percent(p.estimate) + " (≥ " + percent(p.lower) + ")";
      case interval_kind::at_most:
        return percent(p.estimate) + " (≤ " + percent(p.upper) + ")";
      case interval_kind::constant:
        return percent(p.estimate);
      default:
        return "–";
    }
  }
  /// In the order of weight: the clock, the unit's load, the category, the petitioner.
  template <class = when_called>
  [[nodiscard]] std::string why(const forecast_case& c) const {
    const recorded_case& r = load_->cases[c.row];
    const auto days = [](int n) { return std::to_string(n); };
    std::string out;
    if (c.is_late())
      out = say("late by ", "已超期") + days(-c.days_left) + (c.days_left == -1 ? say(" day", "天") : say(" days", "天"));
    else if (c.days_left == 0)
      out = say("due today and not done", "当日到期未办");
    else
      out = days(c.days_left) + (c.days_left == 1 ? say(" day left", "天后到期") : say(" days left", "天后到期"));
    const auto add = [&](const std::string& text) { out += say("; ", "；") + text; };
    if (!c.late.has_value()) add(say("too few cases in the ledger lasted as long: no probability", "台账中历时相当的案件太少，不给概率"));
    for (const forecast_unit& u : f_->units) {
      if (u.code != r.unit_code || u.code.empty() || c.is_late()) continue;
      if (static_cast<double>(u.open) > u.weekly * c.days_left / 7) {
        add(say("unit has ", "单位在办") + std::to_string(u.open) + say(" open and replies to ", "件，每周答复") + number(u.weekly) +
            say(" a week", "件"));
      }
    }
    const int limit = (c.due - c.since).count;
    if (c.typical && 2 * *c.typical >= limit)
      add(say("half of the category take ", "本类别半数用时") + days(*c.typical) + say(" of ", "天以上，期限") + days(limit) +
          say(" days or more", "天"));
    if (r.repeat.value_or(false)) add(say("repeat petition", "重复信访"));
    return out;
  }

  template <class = when_called>
  [[nodiscard]] std::string head() const {
    const auto n = [](std::size_t k) { return std::to_string(k); };
    std::size_t late = 0, due_7 = 0, due_15 = 0, unknown = 0;
    double expected = 0;
    for (const forecast_unit& u : f_->units) {
      late += u.late;
      due_7 += u.due_7;
      due_15 += u.due_15;
      unknown += u.unknown;
      expected += u.expected_late;
    }
    std::string out = say("As the ledger stood at the close of ", "台账截至") + to_string(f_->on) + say(": ", "日终：登记") +
                      n(f_->registered) + say(" registered, ", "件，受理") + n(f_->accepted) + say(" accepted, ", "件，答复") +
                      n(f_->replied) + say(" replied\n", "件\n");
    if (f_->undated > 0)
      out += n(f_->undated) +
             say(" left out: over or handled on a day that the ledger does not say\n", "件未计入：已了结或已办理，但台账未写日期\n");
    if (f_->on > f_->last)
      out += say("The ledger names no day after ", "台账最晚日期为") + to_string(f_->last) +
             say(": what was done since is taken as not done\n", "：其后办理的事项视为未办\n");
    if (f_->cases.empty()) return out + say("No case is open on that day.\n", "当日没有在办案件。\n");
    out += say("Open: ", "在办：") + n(f_->cases.size()) + say("; late: ", "件；已超期：") + n(late) +
           say("; due in the next 7 days: ", "件；7日内到期：") + n(due_7) + say(", in 15 days: ", "件，15日内到期：") + n(due_15) +
           say("\n", "件\n");
    out += say("Expected to come late, of those not late: ", "未超期的在办案件中预计逾期：") + number(expected) + say(" of ", "件，共") +
           n(f_->cases.size() - late - unknown) + (lang_ == language::zh ? "件" : "");
    out += unknown == 0 ? "\n"
                        : say("; without a probability: ", "；未给概率：") + n(unknown) +
                              say(" (too few cases in the ledger lasted as long)\n", "件（台账中历时相当的案件太少）\n");
    if (f_->accepted == 0)
      out += say("The ledger says of no case until that day when it was accepted: there is no history to judge by.\n",
                 "台账未写明任何案件在该日前的受理日期：没有可依据的历史。\n");
    std::string bases;
    for (std::size_t b = 0; b + 1 < f_->by_basis.size(); ++b) {
      if (f_->by_basis[b] == 0) continue;
      bases += (bases.empty() ? "" : say(", ", "、")) + std::string(texts_of<forecast_basis>[b].in(lang_)) + ' ' + n(f_->by_basis[b]);
    }
    if (!bases.empty()) out += say("Judged by the durations ", "所依据的历时：") + bases + '\n';
    return out;
  }
  template <class = when_called>
  [[nodiscard]] std::string cases_text(const std::string& title, const std::vector<const forecast_case*>& cases, std::size_t most,
                                       bool with_probability) const {
    if (cases.empty()) return {};
    std::vector<std::string> top{say("case", "编号"), say("unit", "责任单位"),      say("category", "问题类别"),
                                 say("duty", "环节"), say("days open", "登记天数"), say("due", "期限")};
    if (with_probability) top.push_back(say("late", "逾期概率"));
    top.push_back(say("likely day", "可能办结日"));
    top.push_back(say("why", "原因"));
    text_table table(std::move(top));
    for (std::size_t i = 0; i < cases.size() && i < most; ++i) {
      const forecast_case& c = *cases[i];
      const recorded_case& r = load_->cases[c.row];
      std::vector<std::string> row{id(r),   unit_name(r.unit_code),      category(r.category),
                                   duty(c), std::to_string(c.days_open), to_string(c.due)};
      if (with_probability) row.push_back(probability(c.late));
      row.push_back(c.likely ? to_string(*c.likely) : "–");
      row.push_back(why(c));
      table.add(std::move(row));
    }
    return '\n' + title + ' ' + std::to_string(cases.size()) + say("\n", "件\n") + table.text() + more(cases.size(), most);
  }
  [[nodiscard]] std::string more(std::size_t there_are, std::size_t shown) const {
    if (there_are <= shown) return {};
    return say("and ", "另有") + std::to_string(there_are - shown) + say(" more (--all, --out)\n", "行（--all、--out）\n");
  }
  template <class = when_called>
  [[nodiscard]] std::string units_text(std::size_t most) const {
    std::vector<std::string> top;
    for (const bilingual& b : unit_header) top.emplace_back(b.in(lang_));
    text_table table(std::move(top));
    for (std::size_t i = 0; i < f_->units.size() && i < most; ++i) {
      const forecast_unit& u = f_->units[i];
      const auto n = [](std::size_t k) { return std::to_string(k); };
      table.add({unit_name(u.code), n(u.open), n(u.late), n(u.due_7), n(u.due_15), number(u.expected_late), n(u.unknown),
                 u.one_more ? number(*u.one_more) : "–", u.handlers > 0 ? std::to_string(u.handlers) : "–", number(u.weekly)});
    }
    return '\n' + say("By unit\n", "按责任单位\n") + table.text() + more(f_->units.size(), most);
  }
  template <class = when_called>
  [[nodiscard]] std::string foot() const {
    return '\n' +
           say("With one more handler: if work is the bottleneck, so that what remains of each case of a unit of h handlers takes h/(h+1) "
               "of the "
               "time. The most that a handler can bring.\n",
               "增一名承办人员：假设瓶颈在于办理人手，单位原有 h 人时，各案剩余用时变为 h/(h+1)。这是增加一人至多能带来的变化。\n") +
           say("One more session: a ledger does not say who waits to be heard, so it cannot tell what one more session a month would "
               "change. "
               "Visitors not accepted yet: ",
               "增加接访场次：台账不记载谁在等候接访，无法据此判断每月多接访一场的作用。来访而尚未受理：") +
           std::to_string(f_->visitors_waiting) +
           say("; sifang compare plays another schedule.\n", "件；可用 sifang compare 模拟其他接访安排。\n");
  }

  const ledger_forecast* f_;
  const case_load* load_;
  const case_load_frame* frame_;
  language lang_;
};

}  // namespace detail

/// The open cases as CSV (UTF-8 with a byte-order mark), a row each, the likeliest to be late first. No cell has personal data.
/// \param load  that the forecast is of \complexity cases times units
template <class = when_called>
[[nodiscard]] std::string forecast_cases_csv(const ledger_forecast& made, const case_load& load, const case_load_frame& frame,
                                             language lang = language::en) {
  return detail::forecast_tables(made, load, frame, lang).cases_csv();
}
/// The responsible units as CSV, a row each.
template <class = when_called>
[[nodiscard]] std::string forecast_units_csv(const ledger_forecast& made, const case_load& load, const case_load_frame& frame,
                                             language lang = language::en) {
  return detail::forecast_tables(made, load, frame, lang).units_csv();
}
/// Both for a terminal, with what the forecast rests on. \param all  every row, not only the first
template <class = when_called>
[[nodiscard]] std::string forecast_text(const ledger_forecast& made, const case_load& load, const case_load_frame& frame,
                                        language lang = language::en, bool all = false) {
  return detail::forecast_tables(made, load, frame, lang).text(all);
}

/// How forecasts came true, as a table for a terminal and of Markdown.
template <class = when_called>
[[nodiscard]] std::string forecast_check_text(const forecast_check& c, language lang = language::en) {
  const auto row = [](const std::initializer_list<std::string> cells) {
    std::string out = "|";
    for (const std::string& cell : cells) out += ' ' + cell + " |";
    return out + '\n';
  };
  const auto figure = [](double x, const char* how) {
    char text[32];
    std::snprintf(text, sizeof text, how, x);
    return std::string(text);
  };
  const auto say = [&](std::string_view en, std::string_view zh) { return std::string(spoken(lang, en, zh)); };
  if (c.forecasts == 0) return say("No forecast could be compared with what came.\n", "没有可与实际结果对照的预测。\n");
  std::string out =
      row({say("probability", "概率"), say("forecasts", "预测数"), say("mean probability", "平均概率"), say("came late", "实际逾期比例")});
  out += "|---|---:|---:|---:|\n";
  for (const forecast_bin& b : c.bins) {
    out += row({figure(b.from, "%.1f") + "–" + figure(b.to, "%.1f"), std::to_string(b.forecasts),
                b.forecasts == 0 ? "–" : figure(b.mean(), "%.2f"), b.forecasts == 0 ? "–" : figure(b.observed(), "%.2f")});
  }
  out += '\n' + say("Forecasts: ", "预测数：") + std::to_string(c.forecasts) + say("; Brier score ", "；Brier 分数 ") +
         figure(c.brier, "%.3f") + say(", of the base rate ", "，基准率的 ") + figure(c.brier_of_base, "%.3f") +
         say("; due after the ledger ends: ", "；台账期末尚未到期：") + std::to_string(c.undecided) +
         say("; without a probability: ", "；未给概率：") + std::to_string(c.without_number) + '\n';
  return out;
}

}  // namespace sifang

#endif
