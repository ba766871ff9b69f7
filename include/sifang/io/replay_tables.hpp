// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_REPLAY_TABLES_HPP
#define SIFANG_IO_REPLAY_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/phrases.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/replay_study.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/petition/text.hpp"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What a replay found, as a terminal shows it and as a table of cases.

namespace sifang {

namespace detail {

[[nodiscard]] inline const metric_info& info_of(metric m) noexcept { return metric_table[static_cast<std::size_t>(m)]; }
[[nodiscard]] inline std::string name_in(metric m, language lang) { return std::string(spoken(lang, info_of(m).en, info_of(m).zh)); }

/// How near the model comes to the record, in a line.
[[nodiscard]] inline std::string fit_line(const replay_fit& f, language lang) {
  std::string out;
  if (f.settlements > 0) {
    out += spoken(lang, "settled or not right for ", "是否息诉相符的占 ");
    out += figure_text(f.settled_right, "share");
  }
  if (f.replies > 0) {
    if (!out.empty()) out += spoken(lang, ", ", "，");
    out += spoken(lang, "reply off by ", "答复时间平均相差 ");
    out += figure_text(f.reply_days_off, "days");
    out += spoken(lang, " days", " 天");
  }
  return out.empty() ? std::string(spoken(lang, "the record tells of no course", "台账未记录办理经过")) : out;
}

}  // namespace detail

/// The figures of the record beside those predicted, and, if another policy was replayed, what it would have changed.
/// \param base, other  what the policies are called; `other` is not looked at without one
[[nodiscard]] inline std::string replay_tables(const replay_study_result& r, const std::string& base, const std::string& other,
                                               language lang) {
  const auto in = [&](std::string_view en, std::string_view zh) { return std::string(spoken(lang, en, zh)); };
  std::vector<std::vector<std::string>> rows{{in("figure", "指标"), in("recorded", "台账"), in("of", "分子/分母"),
                                              in("predicted", "模型预测"), in("9 of 10 years", "十年有九年介于"), in("error", "误差"), ""}};
  for (const replayed_figure& f : r.figures) {
    const std::string_view unit = detail::info_of(f.which).unit;
    interval error{f.error(), f.error(), f.error(), interval_kind::constant};
    rows.push_back({detail::name_in(f.which, lang), figure_text(f.recorded_value(), unit),
                    f.is_count ? std::string() : parts_text(f.recorded, 1), interval_text(f.predicted, unit, lang),
                    figure_text(f.least, unit) + " … " + figure_text(f.most, unit), difference_text(error, unit, lang),
                    f.is_within() ? in("within", "在范围内") : in("outside", "超出范围")});
  }
  std::string out;
  if (r.figures.empty())
    out += in("The ledger tells of no repeats, acceptances, replies, settlements or ratings: there is nothing to compare with.\n",
              "台账未记录重复、受理、答复、息诉或评价，无可对照的指标。\n");
  else
    out += table_of(rows) +
           in("Recorded: as the ledger has it, nothing drawn. Predicted: the arrivals of the ledger alone, the county does the rest.\n",
              "台账：照录，无一项随机生成。模型预测：只取台账的来件，其余由模型推演。\n");
  out += note_of_years(r.replications, lang);
  if (!r.elsewhere) return out;
  const counterfactual& c = *r.elsewhere;
  std::vector<std::vector<std::string>> changes{{in("figure", "指标"), base, other, in("difference", "差异")}};
  for (const counterfactual::change& one : c.changes) {
    if (!one.base.has_value() || !one.other.has_value()) continue;
    const std::string_view unit = detail::info_of(one.which).unit;
    changes.push_back({detail::name_in(one.which, lang), figure_text(one.base.estimate, unit), figure_text(one.other.estimate, unit),
                       difference_text(one.difference, unit, lang)});
  }
  std::size_t sooner = 0, later = 0, settled = 0, unsettled = 0;
  constexpr double a_day = 1, often = 0.1;  // what makes a difference for a case
  for (const case_elsewhere& one : c.cases) {
    const bool both = one.replied_base > 0 && one.replied_other > 0;
    sooner += both && one.days_other < one.days_base - a_day;
    later += both && one.days_other > one.days_base + a_day;
    settled += one.settled_other > one.settled_base + often;
    unsettled += one.settled_other < one.settled_base - often;
  }
  out += '\n' + in("The same cases under ", "同一批案件在以下方案下：") + other + '\n' + table_of(changes);
  out += in("Of ", "共 ") + std::to_string(c.cases.size()) + in(" cases: replied to more than a day sooner ", " 件：答复提前一天以上 ") +
         std::to_string(sooner) + in(", later ", "，推迟 ") + std::to_string(later) + in("; settled more often ", "；息诉可能上升 ") +
         std::to_string(settled) + in(", less often ", "，下降 ") + std::to_string(unsettled) + '\n';
  out += in("Assumed: each case's luck is that with which ", "假定：每件案件的随机因素取使 ") + base +
         in(" comes nearest to the record; the record itself is not copied.\n", " 最接近台账的一种；并不照抄台账结果。\n");
  out += in("  chosen so: ", "  如此选取后：") + detail::fit_line(c.conditioned, lang) + in("\n  drawn at random: ", "\n  完全随机时：") +
         detail::fit_line(c.drawn, lang) + '\n';
  return out;
}

/// The cases, a row each: what is recorded, and means over the replications under both policies. Ids are those of the ledger.
/// \pre another policy was replayed; asserted
[[nodiscard]] inline std::string replayed_cases_csv(const replay_study_result& r, const world& predicted) {
  SIFANG_ASSERT(r.elsewhere.has_value(), "a replay under another policy");
  csv_writer csv{"id",           "recorded_days", "recorded_settled", "replied_base", "days_base",
                 "settled_base", "replied_other", "days_other",       "settled_other"};
  for (const case_elsewhere& c : r.elsewhere->cases) {
    const recorded_arrival& told = predicted.recorded()[c.position];
    const auto days = detail::recorded_days(told);
    csv.field(told.id).field(days ? number_text(*days) : std::string());
    csv.field(told.settled ? (*told.settled ? "true" : "false") : "");
    csv.field(c.replied_base).field(c.replied_base > 0 ? number_text(c.days_base) : std::string()).field(c.settled_base);
    csv.field(c.replied_other).field(c.replied_other > 0 ? number_text(c.days_other) : std::string()).field(c.settled_other).end_row();
  }
  return csv.text();
}

}  // namespace sifang

#endif
