// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PILOT_TABLES_HPP
#define SIFANG_IO_PILOT_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/pilot.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/pilot_ledger.hpp"
#include "sifang/stats/before_after.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/skewed_t.hpp"
#include "sifang/stats/stepped_wedge.hpp"

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What a trial takes, and how one came out, in sentences and as tables for a terminal.

namespace sifang {

namespace detail {

/// Says what a plan says in one language.
class pilot_words {
 public:
  pilot_words(const pilot_plan& plan, std::string_view base, std::string_view policy, language lang)
      : p_(&plan), base_(one_line(std::string(base))), policy_(one_line(std::string(policy))), lang_(lang) {}

  [[nodiscard]] std::string head() const {
    const metric_info& about = info(p_->asked.what);
    std::string out(spoken(lang_, about.en, about.zh));
    out += is_number(about.id) ? say(", a month: ", "，月均：") : say(": ", "：");
    out += figure(p_->before) + say(" under ", "（") + base_ + say(", ", "），") + figure(p_->after) + say(" under ", "（") + policy_ +
           say("; expected difference ", "）；预期差异 ") + difference_text(p_->expected, about.unit, lang_) +
           say("; smallest that matters ", "；有实质意义的最小差异 ") + size(p_->smallest) + say(".\n", "。\n");
    out += say("By chance alone a month's figure varies by ±", "仅因偶然，单月数值波动 ±") + size(p_->noise.month) +
           say(" about that of its calendar month, a year's by ±", "（围绕该月常年水平），全年波动 ±") + size(p_->noise.year) +
           say("; months next to each other correlate by ", "；相邻月份相关系数 ") + number(p_->noise.correlation);
    if (p_->noise.dispersion > 0 && is_number(about.id))
      out += say("; counts vary ", "；件数方差为泊松分布的 ") + number(p_->noise.dispersion) + say(" times as much as Poisson's", " 倍");
    return out + say(".\n", "。\n");
  }
  [[nodiscard]] std::string table() const {
    std::vector<std::vector<std::string>> rows{{say("months", "月数"), say("sessions", "场次"), say("of these changed", "其中有变化的"),
                                                say("difference", "差异"), say("varies by ±", "波动 ±"), say("power", "检出概率"),
                                                say("counted", "模拟计数"), say("stepped", "阶梯推广"),
                                                say("power, stepped", "阶梯检出概率")}};
    for (const pilot_trial& t : p_->trials) {
      const bool is_least = t.months == p_->least.value_or(0) || t.months == p_->least_stepped.value_or(0);
      if (!is_least && t.months != p_->trials.size() && !is_usual(t.months)) continue;
      const bool stepped = t.stepped.months_each > 0;
      rows.push_back({std::to_string(t.months), figure_text(t.sessions, "count"), figure_text(t.changed_sessions, "count"),
                      t.figures.has_value ? signed_size(t.figures.difference()) : "–", t.figures.has_value ? size(t.figures.error) : "–",
                      figure_text(t.power, "share"), t.counted ? figure_text(*t.counted, "share") : "–",
                      stepped ? std::to_string(t.stepped.design.groups) + say(" groups, ", " 组，每 ") +
                                    std::to_string(t.stepped.months_each) + say(" months each", " 个月一步")
                              : "–",
                      stepped ? figure_text(t.stepped_power, "share") : "–"});
    }
    return table_of(rows);
  }
  [[nodiscard]] std::string sentence() const {
    const std::string what =
        p_->shows_absence ? say("that there is no difference that matters", "不存在有实质意义的差异") : say("the difference", "该差异");
    const std::string chance = percent(p_->asked.power), most = std::to_string(p_->asked.most_months);
    std::string out;
    if (p_->least) {
      const pilot_trial& t = p_->trials[*p_->least - 1];
      out = say("Try it for ", "试点 ") + std::to_string(t.months) +
            say(t.months == 1 ? " month, with " : " months, with ", " 个月，期间接访 ") + count(t.sessions) +
            say(" sessions in them", " 场") +
            (t.changed_sessions > 0 ? say(", ", "，其中有变化的 ") + count(t.changed_sessions) + say(" of kinds that it changes", " 场")
                                    : "") +
            say(": beside the same months of the year before, the ledger then shows ", "：与上一年同月对照，台账显示") + what +
            say(" with a chance of ", "的概率为 ") + percent(t.power) + say(".", "。");
    } else {
      out = say("No trial of up to ", "不超过 ") + most + say(" months shows ", " 个月的试点与上一年同月对照，均不能以 ") +
            (lang_ == language::zh ? chance : what) + say(" beside the same months of the year before with a chance of ", " 的概率显示") +
            (lang_ == language::zh ? what : chance) + say(": after ", "：试点 ") + most + say(" it is ", " 个月时为 ") +
            percent(p_->trials.back().power) + say(".", "。");
    }
    return out + '\n' + stepped_sentence(what) + '\n';
  }
  [[nodiscard]] std::string to_record() const {
    const ledger_need* need = need_of(p_->asked.what);
    if (need == nullptr) return {};
    std::string out = say("To be written down, from a year before the trial on: ", "自试点前一年起须记录：") +
                      std::string(spoken(lang_, need->en, need->zh));
    if (need->sight == ledger_sight::further)
      out += say(". Ledgers have no column for it", "。台账通常没有此栏");
    else
      out += say(" (columns: ", "（各列：") + std::string(need->columns) + say(")", "）");
    return out + say(".\n", "。\n");
  }

 private:
  [[nodiscard]] std::string say(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] static bool is_usual(std::size_t months) noexcept {
    return months <= 3 || months == 6 || months == 9 || months == 12 || months % 12 == 0;
  }
  [[nodiscard]] std::string_view unit() const noexcept { return info(p_->asked.what).unit; }
  [[nodiscard]] std::string figure(double x) const { return figure_text(x, unit()); }
  [[nodiscard]] std::string number(double x) const { return figure_text(x, ""); }
  [[nodiscard]] static std::string percent(double x) {
    if (x > 0.9999) return "> 99.99 %";
    return figure_text(x, "share");
  }
  [[nodiscard]] static std::string count(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.0f", x);
    return text;
  }
  [[nodiscard]] std::string size(double x) const {
    char text[32];
    if (unit() != "share") return figure_text(x, unit());
    std::snprintf(text, sizeof text, "%.2f pp", 100 * x);
    return text;
  }
  [[nodiscard]] std::string signed_size(double x) const { return difference_text({x, x, x, interval_kind::constant}, unit(), lang_); }

  [[nodiscard]] std::string stepped_sentence(const std::string& what) const {
    if (p_->how_stepped == stepping::county_wide)
      return say("It changes sessions of the whole county and cannot be stepped over townships.",
                 "该方案改变了全县共用的接访场次，不能按乡镇分批推广。");
    if (p_->places < 2)
      return say("It cannot be stepped: fewer than two townships have the figure in every year.",
                 "不能分批推广：每年都有该指标的乡镇不足两个。");
    std::string out = p_->how_stepped == stepping::other
                          ? say("If townships can begin one after another, ", "如各乡镇可先后开始，")
                          : say("Stepped over ", "分批推广至 ") + std::to_string(p_->places) + say(" townships, ", " 个乡镇时，");
    if (!p_->least_stepped) {
      return out + say("no trial of up to ", "不超过 ") + std::to_string(p_->asked.most_months) +
             say(" months shows ", " 个月的试点均不能显示") + what + say(": after so many it has a chance of ", "：届时概率为 ") +
             percent(p_->trials.back().stepped_power) + say(".", "。");
    }
    const stepped_trial& t = p_->trials[*p_->least_stepped - 1].stepped;
    return out + std::to_string(*p_->least_stepped) + say(" months do: ", " 个月即可：分 ") + std::to_string(t.design.groups) +
           say(" groups of townships, one more every ", " 组，每 ") + std::to_string(t.months_each) +
           say(t.months_each == 1 ? " month, after as long without" : " months, after as long without",
               " 个月增加一组，此前先留同样时长不实施") +
           say(", with a chance of ", "，概率为 ") + percent(p_->trials[*p_->least_stepped - 1].stepped_power) + say(".", "。");
  }

  const pilot_plan* p_;
  std::string base_, policy_;
  language lang_;
};

}  // namespace detail

/// Why there is no plan, in a sentence; empty if there is one.
[[nodiscard]] constexpr std::string_view text_of(pilot_state state, language lang) noexcept {
  switch (state) {
    case pilot_state::stopped:
      return spoken(lang, "stopped before the end; nothing was written", "未完成即已中止，未写出任何内容");
    case pilot_state::not_a_year:
      return spoken(lang, "expected a counted period of twelve whole months, the same in both scenarios (scenario.start, scenario.end)",
                    "统计期应为十二个整月，且两个方案相同（scenario.start、scenario.end）");
    case pilot_state::not_by_month:
      return spoken(lang, "the metric is not kept by month: a ledger's months cannot show it", "该指标不按月统计，无法由逐月台账显示");
    case pilot_state::no_value:
      return spoken(lang, "the metric has no value: nothing of its kind is counted", "该指标没有取值：没有可统计的对象");
    case pilot_state::never_varies:
      return spoken(lang, "the metric never varies: it is the same in every year of both policies", "该指标从不变化：两个方案各年均相同");
    case pilot_state::same_policy:
      return spoken(lang, "the two policies are the same: every year is played alike, and there is nothing to try",
                    "两个方案相同：各年模拟结果完全一致，无可试点");
    case pilot_state::planned:
      break;
  }
  return {};
}

/// What a trial takes, for a terminal. \pre planned; asserted
[[nodiscard]] inline std::string pilot_tables(const pilot_plan& plan, std::string_view base, std::string_view policy, language lang) {
  SIFANG_ASSERT(plan.state == pilot_state::planned, "a plan");
  const detail::pilot_words words(plan, base, policy, lang);
  return words.head() + '\n' + words.table() + '\n' + words.sentence() + words.to_record();
}
/// The sentences alone. \pre planned; asserted
[[nodiscard]] inline std::string pilot_sentence(const pilot_plan& plan, std::string_view base, std::string_view policy, language lang) {
  SIFANG_ASSERT(plan.state == pilot_state::planned, "a plan");
  return detail::pilot_words(plan, base, policy, lang).sentence();
}

/// What months of a ledger lack, in a sentence; empty if nothing.
[[nodiscard]] inline std::string text_of(const ledger_months& months, metric what, language lang) {
  const ledger_need* need = need_of(what);
  switch (months.state) {
    case ledger_months_state::no_column:
      return std::string(spoken(lang, "expected columns ", "应有列：")) + std::string(need->columns) +
             std::string(spoken(lang, ": ", "，即")) + std::string(spoken(lang, need->en, need->zh));
    case ledger_months_state::begins_late:
      return std::string(spoken(lang, "expected registrations from ", "登记应自 ")) + to_string(months.needed) +
             std::string(spoken(lang, " on, the year before the trial and what it takes for its first months to be whole; the first is of ",
                                " 起（试点前一年，及其首月齐全所需的时间）；首件登记于 ")) +
             to_string(months.first);
    case ledger_months_state::ends_early:
      return std::string(spoken(lang, "expected a whole month of the trial, registrations up to ", "试点应至少有一个整月，登记应至 ")) +
             to_string(months.needed) + std::string(spoken(lang, "; the last is of ", "；末件登记于 ")) + to_string(months.last);
    case ledger_months_state::read:
      break;
  }
  return {};
}

/// How a trial came out, for a terminal: a sentence, and the months. \param smallest  difference that matters
/// \pre months were read; asserted
[[nodiscard]] inline std::string evaluation_tables(const ledger_months& months, const trial_outcome& found, metric what, day from,
                                                   double smallest, language lang) {
  SIFANG_ASSERT(months.state == ledger_months_state::read, "months of a ledger");
  const metric_info& about = info(what);
  const auto say = [&](std::string_view en, std::string_view zh) { return std::string(spoken(lang, en, zh)); };
  const auto figure = [&](const month_sums& m) { return m.denominator > 0 ? figure_text(m.numerator / m.denominator, about.unit) : "–"; };
  std::vector<std::vector<std::string>> rows{
      {say("month", "月份"), say("year before", "上一年"), say("trial", "试点"), say("difference", "差异")}};
  for (std::size_t m = 0; m < months.after.size(); ++m) {
    const month_sums &b = months.before[m], &a = months.after[m];
    const bool both = b.denominator > 0 && a.denominator > 0;
    const double d = both ? a.numerator / a.denominator - b.numerator / b.denominator : 0;
    rows.push_back({to_string(detail::month_from(from, static_cast<int>(m))).substr(0, 7), figure(b), figure(a),
                    both ? difference_text({d, d, d, interval_kind::constant}, about.unit, lang) : "–"});
  }
  std::string out(spoken(lang, about.en, about.zh));
  if (detail::is_number(what)) out += say(", a month", "，月均");
  if (!found.difference.has_value()) return out + say(": nothing to compare\n", "：无可比较的数据\n");
  out += say(": ", "：") + figure_text(found.before, about.unit) + say(" in the same months of the year before, ", "（上一年同月），") +
         figure_text(found.after, about.unit) + say(" in the trial; difference ", "（试点）；差异 ") +
         difference_text(found.difference, about.unit, lang) + ".\n";
  const std::string verdict = verdict_of(about.better, found.difference, smallest, least_replications);
  std::string_view words = spoken(lang, "The trial can't tell yet", "试点尚不能说明差异");
  if (found.difference.kind == interval_kind::too_little_data)
    words = spoken(lang, "Too few months for an interval: three at least", "月数太少，不给区间：至少三个月");
  else if (verdict == "no_difference_that_matters")
    words = spoken(lang, "The trial shows no difference that matters", "试点表明没有有实质意义的差异");
  else if (verdict == "better")
    words = spoken(lang, "The trial shows that it is better", "试点表明有改善");
  else if (verdict == "worse")
    words = spoken(lang, "The trial shows that it is worse", "试点表明变差");
  else if (verdict == "changed")
    words = spoken(lang, "The trial shows a change", "试点表明有变化");
  out += std::string(words) + say(".\n", "。\n");
  return out + '\n' + table_of(rows);
}

}  // namespace sifang

#endif
