// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SENSITIVITY_TABLES_HPP
#define SIFANG_IO_SENSITIVITY_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/assumptions.hpp"
#include "sifang/experiment/sensitivity.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/sensitivity_results.hpp"
#include "sifang/io/vary_ranges.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

namespace detail {

/// What a study of sensitivity found, as a terminal shows it.
class sensitivity_writer {
 public:
  sensitivity_writer(std::span<const varied_value> values, const sensitivity_task& task, const sensitivity_result& r, std::string base,
                     std::string other, std::size_t shown, language lang)
      : values_(values),
        figure_(task.figure),
        about_(info(task.figure.what)),
        r_(r),
        base_(one_line(base)),
        other_(one_line(other)),
        shown_(shown),
        lang_(lang) {}

  [[nodiscard]] std::string write() {
    out_ += std::string(spoken(lang_, about_.en, about_.zh));
    if (figure_.is_difference) out_ += in(": ", "：") + other_ + in(" minus ", " 减 ") + base_;
    out_ += "\n\n";
    if (r_.screening) screening(*r_.screening);
    if (r_.indices) indices(*r_.indices);
    if (r_.assumptions) assumptions(*r_.assumptions);
    out_ += conclusion() + '\n';
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string in(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] static std::string short_number(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", x);
    return number_text(parse_number<double>(text).value_or(x));
  }
  [[nodiscard]] const std::string& key(std::size_t j) const { return values_[j].about.about.key; }
  [[nodiscard]] std::string range(std::size_t j) const {
    return short_number(values_[j].range.low) + " … " + short_number(values_[j].range.high);
  }
  [[nodiscard]] std::string meaning(std::size_t j) const {
    std::string text(spoken(lang_, values_[j].about.about.en, values_[j].about.about.zh));
    return shortened(text, lang_ == language::zh ? 60 : 44);
  }
  /// An amount in the unit of the figure; of a share in percentage points.
  [[nodiscard]] std::string amount(double x) const {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", about_.unit == "share" ? 100 * x : x);
    return text;
  }
  [[nodiscard]] std::string amounts(const interval& v) const {
    if (!v.has_value()) return "–";
    return amount(v.estimate) + (v.bounded() ? " [" + amount(v.lower) + ", " + amount(v.upper) + "]" : "");
  }
  [[nodiscard]] std::string unit() const { return about_.unit == "share" ? in("percentage points", "百分点") : std::string(about_.unit); }
  [[nodiscard]] std::string figure(const interval& v) const {
    return figure_.is_difference ? difference_text(v, about_.unit, lang_) : interval_text(v, about_.unit, lang_);
  }
  [[nodiscard]] std::string verdict(expected_verdict v) const {
    const std::string_view name = name_of_verdict(v, about_.better);
    if (name == "lower") return in("lower", "较低");
    if (name == "higher") return in("higher", "较高");
    return std::string(verdict_text(name, lang_));
  }
  void note_of_gaps(std::size_t points, std::size_t unanswered) {
    if (unanswered == 0) return;
    out_ += std::to_string(unanswered) + in(" of ", " / ") + std::to_string(points) +
            in(" points have no figure: the scenario's rules do not allow them, or nothing is counted there\n",
               " 个点无数值：方案规则不允许，或没有可统计的对象\n");
  }

  void screening(const screening_result& s) {
    out_ += in("Screening (Morris): by how much a parameter moves it over its range, in ",
               "筛选（Morris 法）：参数在其范围内使该值变动多少，单位：") +
            unit() + "\n";
    std::vector<std::vector<std::string>> rows{{"#", in("parameter", "参数"), in("meaning", "含义"), in("range", "范围"),
                                                in("moves it by", "变动幅度"), in("upward", "增大时"), in("spread", "离散"),
                                                in("noise", "噪声")}};
    for (std::size_t k = 0; k < (std::min)(shown_, s.order.size()); ++k) {
      const std::size_t j = s.order[k];
      const morris_effect& e = s.effects[j];
      char mean[32];
      std::snprintf(mean, sizeof mean, "%+.2f", (about_.unit == "share" ? 100 : 1) * e.mean.estimate);
      rows.push_back({std::to_string(k + 1), key(j), meaning(j), range(j), amounts(e.size), mean, amount(e.spread), amount(e.noise)});
    }
    out_ += table_of(rows);
    std::size_t inert = 0, noisy = 0;
    for (const morris_effect& e : s.effects) {
      inert += e.is_inert ? 1 : 0;
      noisy += !e.is_inert && e.size.estimate < 2 * e.noise ? 1 : 0;
    }
    out_ += in("Of ", "共 ") + std::to_string(s.effects.size()) + in(" parameters ", " 个参数，其中 ") + std::to_string(inert) +
            in(" move nothing, and ", " 个不起作用，") + std::to_string(noisy) +
            in(" not clearly more than noise; ", " 个与噪声无明显区别；") + std::to_string(s.points) + in(" points of ", " 个点，各 ") +
            std::to_string(s.replications) + in(" years\n", " 年\n");
    note_of_gaps(s.points, s.unanswered);
    out_ += '\n';
  }

  void indices(const indices_result& s) {
    if (!s.found.varies()) return;
    out_ += in("Shares of the variance (Sobol'), mean ", "方差占比（Sobol' 法），均值 ") +
            figure({s.found.mean, s.found.mean, s.found.mean, interval_kind::constant}) + in(", standard deviation ", "，标准差 ") +
            amount(std::sqrt(s.found.variance)) + '\n';
    std::vector<std::vector<std::string>> rows{{in("parameter", "参数"), in("meaning", "含义"), in("range", "范围"),
                                                in("by itself", "单独"), in("with others", "含交互"), in("of it noise", "其中噪声")}};
    std::vector<std::pair<double, std::size_t>> order;
    double alone = 0;
    for (std::size_t j = 0; j < values_.size(); ++j) {
      order.emplace_back(-s.found.indices[j].total.estimate, j);
      alone += s.found.indices[j].first.estimate;
    }
    std::sort(order.begin(), order.end());
    for (const auto& [size, j] : order) {
      const sobol_index& i = s.found.indices[j];
      rows.push_back({key(j), meaning(j), range(j), share(i.first), share(i.total), percentage(i.noise, 1)});
    }
    out_ += table_of(rows) + in("By themselves the parameters bring ", "各参数单独合计占 ") + percentage(alone, 0) +
            in(" of the variance; ", "；") + std::to_string(s.points) + in(" points of ", " 个点，各 ") + std::to_string(s.replications) +
            in(" years\n", " 年\n");
    note_of_gaps(s.points, s.unanswered);
    out_ += '\n';
  }
  [[nodiscard]] static std::string share(const interval& v) {
    return percentage(v.estimate, 1) + (v.bounded() ? " [" + percentage(v.lower, 1) + ", " + percentage(v.upper, 1) + "]" : "");
  }

  void assumptions(const assumptions_result& s) {
    out_ += in("One by one, the others as the scenario has them: ", "逐个变动，其余按方案取值：方案取值时为 ") + in("as it is ", "") +
            figure(s.usual.figure) + "\n";
    std::vector<std::vector<std::string>> rows{{in("parameter", "参数"), in("now", "现值"), in("from", "下端"), in("to", "上端"),
                                                in("there", "下端结果"), in("there", "上端结果")}};
    if (figure_.is_difference) rows[0].push_back(in("the verdict becomes", "结论变为"));
    for (const assumption_result& a : s.assumptions) {
      const plausible_range& r = values_[a.parameter].range;
      const auto at = [&](double x) {
        const point_figure* p = a.at(x);
        return p == nullptr ? std::string("–") : figure(p->figure);
      };
      rows.push_back({key(a.parameter), short_number(r.mode), short_number(r.low), short_number(r.high), at(r.low), at(r.high)});
      if (figure_.is_difference) rows.back().push_back(changes(a));
    }
    out_ +=
        table_of(rows) + std::to_string(s.points) + in(" points of ", " 个点，各 ") + std::to_string(s.replications) + in(" years", " 年");
    if (figure_.is_difference) {
      out_ += in("; the verdict is by the smallest difference that matters, ", "；结论依实质差异界限 ") + amount(s.matters) + ' ' + unit();
    }
    out_ += "\n\n";
  }
  [[nodiscard]] std::string changes(const assumption_result& a) const {
    std::string text;
    for (const verdict_change& c : a.changes) text += (text.empty() ? "" : in("; ", "；")) + verdict(c.to) + ' ' + place(a, c);
    if (text.empty()) text = in("does not change", "不变");
    if (a.has_gaps()) text += in(" (where it can be)", "（在可取范围内）");
    return text;
  }
  /// `below 0.042 [0.039, 0.046]`; of a whole number the first on the other side.
  [[nodiscard]] std::string place(const assumption_result& a, const verdict_change& c) const {
    const bool whole = values_[a.parameter].range.whole;
    if (whole)
      return c.upward ? in("from ", "达到 ") + short_number(c.place.after) + in(" on", "")
                      : in("down to ", "降至 ") + short_number(c.place.before);
    std::string lower = c.place.open_below ? "…" : short_number(c.place.lower),
                upper = c.place.open_above ? "…" : short_number(c.place.upper);
    return (c.upward ? in("above ", "高于 ") : in("below ", "低于 ")) + short_number(c.place.at) + " [" + lower + ", " + upper + ']';
  }

  [[nodiscard]] std::string conclusion() const {
    if (!varies()) {
      return in("It is the same at every point: none of these numbers touches this metric.",
                "在所有各点数值都相同：这些参数均不影响该指标。");
    }
    if (r_.assumptions && figure_.is_difference) return decision(*r_.assumptions);
    return movers();
  }
  [[nodiscard]] bool varies() const {
    if (r_.screening && r_.screening->varies) return true;
    if (r_.indices && r_.indices->found.varies()) return true;
    if (!r_.assumptions) return false;
    return std::any_of(r_.assumptions->assumptions.begin(), r_.assumptions->assumptions.end(),
                       [](const assumption_result& a) { return a.swing() > 0; });
  }
  [[nodiscard]] std::string decision(const assumptions_result& s) const {
    if (!s.usual.known()) { return in("With the scenario's own values there is nothing to compare.", "按方案取值时没有可比较的数值。"); }
    std::string changed, held;
    std::size_t changing = 0;
    for (const assumption_result& a : s.assumptions) {
      if (a.changes.empty()) continue;
      ++changing;
      const verdict_change& c = a.changes.front();
      const std::string now = in(" (now ", "（现值 ") + short_number(values_[a.parameter].range.mode) + in(")", "）");
      changed += (changed.empty() ? "" : in("; ", "；")) + key(a.parameter) + ' ' + place(a, c) + now + in(": ", "：") + verdict(c.to);
    }
    std::string out =
        other_ + in(" against ", " 相对 ") + base_ + in(": ", "：") + verdict(s.verdict) + in(", ", "，") + figure(s.usual.figure);
    if (!s.is_told) out += in(" (more years would make that sure)", "（需更多年数才能确定）");
    out += in(". ", "。");
    if (changing == 0) {
      return out + in("None of the ", "所试的 ") + std::to_string(s.assumptions.size()) +
             in(" assumptions tried changes that within its range.", " 个假设在各自范围内均不改变这一结论。");
    }
    return out + in("It changes with ", "会因以下假设而改变（") + std::to_string(changing) + in(" of the ", " / ") +
           std::to_string(s.assumptions.size()) + in(" assumptions tried: ", "）：") + changed + in(".", "。");
  }
  [[nodiscard]] std::string movers() const {
    constexpr std::size_t named = 3;
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t j = 0; j < values_.size(); ++j) {
      double size = 0;
      if (r_.indices && r_.indices->found.varies()) {
        size = r_.indices->found.indices[j].total.estimate;
      } else if (r_.screening) {
        size = r_.screening->effects[j].size.estimate;
      } else {
        for (const assumption_result& a : r_.assumptions->assumptions) size = a.parameter == j ? a.swing() : size;
      }
      if (size > 0) order.emplace_back(-size, j);
    }
    std::sort(order.begin(), order.end());
    std::string text;
    for (std::size_t k = 0; k < (std::min)(named, order.size()); ++k)
      text += (k == 0 ? "" : in(", then ", "，其次是 ")) + key(order[k].second);
    return in("It depends most on ", "影响最大的是 ") + text + in(".", "。");
  }

  std::span<const varied_value> values_;
  studied_figure figure_;
  const metric_info& about_;
  const sensitivity_result& r_;
  std::string base_, other_;
  std::size_t shown_;
  language lang_;
  std::string out_;
};

}  // namespace detail

/// Tables of what was done, and one sentence: what the figure depends on, or which assumption would change the verdict, and at what value.
/// \param base, other  what the policies are called \param shown  rows of the screening at most
/// \pre as many values as the task has parameters, and at least one part of the result; asserted
[[nodiscard]] inline std::string sensitivity_tables(std::span<const varied_value> values, const sensitivity_task& task,
                                                    const sensitivity_result& r, std::string base, std::string other, std::size_t shown,
                                                    language lang) {
  SIFANG_ASSERT(values.size() == task.parameters.size(), "what is known of each parameter");
  SIFANG_ASSERT(r.screening || r.indices || r.assumptions, "a study that was made");
  return detail::sensitivity_writer(values, task, r, std::move(base), std::move(other), shown, lang).write();
}

}  // namespace sifang

#endif
