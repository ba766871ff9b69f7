// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CALIBRATION_TABLES_HPP
#define SIFANG_IO_CALIBRATION_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/experiment/calibrate.hpp"
#include "sifang/io/calibration_results.hpp"
#include "sifang/io/figure_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

namespace detail {

/// What a calibration found, as a terminal shows it.
class calibration_writer {
 public:
  calibration_writer(const calibration_task& task, const calibration_result& r, language lang) : task_(task), r_(r), lang_(lang) {}

  [[nodiscard]] std::string write() {
    figures();
    parameters();
    identified();
    search();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string in(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] static std::string short_number(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", x);
    return text;
  }
  [[nodiscard]] static std::string spreads(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%+.1f", x);
    return text;
  }
  [[nodiscard]] std::string names_of_figures(const std::vector<std::size_t>& positions) const {
    return joined(positions, in(", ", "、"), [&](std::size_t k) { return task_.figures[k].name; });
  }

  void figures() {
    std::vector<std::vector<std::string>> rows{{in("figure", "指标"), in("target", "目标"), in("spread", "允差"),
                                                in("at the start", "校准前"), in("model", "模型"), in("on other years", "另一批年份"),
                                                in("off by, spreads", "偏差（允差的倍数）"), in("weight", "权重")}};
    for (std::size_t k = 0; k < r_.figures.size(); ++k) {
      const known_figure& f = task_.figures[k];
      const std::string_view unit = f.measure.unit();
      rows.push_back({f.name, figure_text(f.target.value, unit), "± " + figure_text(f.target.spread, unit),
                      r_.figures[k].at_start.has_value() ? figure_text(r_.figures[k].at_start.estimate, unit) : "–",
                      interval_text(r_.figures[k].fitted, unit, lang_),
                      r_.figures[k].on_other_years.has_value() ? figure_text(r_.figures[k].on_other_years.estimate, unit) : "–",
                      r_.figures[k].fitted.has_value() ? spreads(r_.figures[k].distance) : "–",
                      f.target.weight == 0 ? in("0: held out", "0：不参与拟合") : short_number(f.target.weight)});
    }
    out_ += table_of(rows) + '\n';
  }

  void parameters() {
    std::vector<std::vector<std::string>> rows{{in("parameter", "参数"), in("range", "范围"), in("start", "起始值"), in("fitted", "拟合值"),
                                                in("standard error", "标准误"), in("fixed by", "由何指标确定")}};
    for (std::size_t j = 0; j < task_.parameters.size(); ++j) {
      const unknown_parameter& p = task_.parameters[j];
      const std::string by = names_of_figures(figures_that_fix(task_, r_.fit, j));
      std::string said = r_.fit.is_fixed[j] != 0 ? by
                         : by.empty()            ? in("nothing", "无")
                                                 : in("not alone; moves ", "不能单独确定；影响 ") + by;
      if (is_at_end(p, r_.fit.values[j])) said += in(" (at the end of its range)", "（已达范围边界）");
      rows.push_back({p.key, short_number(p.range.least) + " … " + short_number(p.range.most), short_number(p.range.start),
                      short_number(r_.fit.values[j]), short_number(r_.fit.errors[j]), std::move(said)});
    }
    out_ += table_of(rows) + '\n';
  }

  /// What the figures do not say.
  void identified() {
    std::vector<std::size_t> still;
    for (std::size_t k = 0; k < task_.figures.size(); ++k) {
      if (r_.fit.is_moved[k] == 0) still.push_back(k);
    }
    if (!still.empty()) out_ += in("Moved by no parameter: ", "不受任何参数影响的指标：") + names_of_figures(still) + '\n';
    std::size_t fixed = 0;
    for (const fit_direction& d : r_.fit.directions) fixed += d.is_fixed ? 1 : 0;
    out_ += in("The figures fix ", "这些指标确定了 ") + std::to_string(fixed) + in(" of ", " / ") +
            std::to_string(r_.fit.directions.size()) + in(" combinations of the parameters", " 个参数组合");
    const double condition = r_.fit.condition();
    out_ += std::isfinite(condition) ? in("; condition number ", "；条件数 ") + short_number(condition)
                                     : in("; condition number infinite", "；条件数为无穷大");
    out_ += in("; strengths", "；强度");
    for (const fit_direction& d : r_.fit.directions) out_ += ' ' + short_number(d.strength);
    out_ += '\n';
    for (const fit_direction& d : r_.fit.directions) {
      if (!d.is_fixed) out_ += in("Not fixed: ", "未能确定：") + mix(d) + '\n';
    }
  }
  /// The parts of a direction, the greatest first: `0.71 a - 0.70 b`, each as a part of its range.
  [[nodiscard]] std::string mix(const fit_direction& d) const {
    constexpr double worth_telling = 0.2;
    std::vector<std::size_t> order;
    for (std::size_t j = 0; j < d.parts.size(); ++j) {
      if (std::abs(d.parts[j]) >= worth_telling) order.push_back(j);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return std::abs(d.parts[a]) > std::abs(d.parts[b]); });
    if (order.size() == 1) return task_.parameters[order[0]].key;
    std::string out;
    for (const std::size_t j : order) {
      char text[32];
      std::snprintf(text, sizeof text, "%.2f ", std::abs(d.parts[j]));
      out += (out.empty() ? (d.parts[j] < 0 ? "-" : "") : (d.parts[j] < 0 ? " - " : " + ")) + std::string(text) + task_.parameters[j].key;
    }
    return out + in(" (each as a part of its range): they make up for one another", "（各按其范围折算）：彼此可以抵消");
  }

  void search() {
    out_ += in("Misfit ", "总偏差 ") + short_number(r_.fit.misfit_at_start) + " → " + short_number(r_.fit.misfit) + in(" in ", "，经 ") +
            std::to_string(r_.fit.turns) + in(" steps, ", " 步、") + std::to_string(r_.fit.points) + in(" points of ", " 个点，各 ") +
            std::to_string(r_.replications) + in(" years each", " 年") +
            (r_.fit.end == fit_end::out_of_turns ? in("; not yet settled", "；尚未收敛") : std::string()) + '\n';
    out_ += note_of_years(r_.replications, lang_);
  }

  const calibration_task& task_;
  const calibration_result& r_;
  language lang_;
  std::string out_;
};

}  // namespace detail

/// Tables of the figures and of the parameters, and in a few lines what the figures do not fix.
/// \pre the calibration of this task was finished; asserted
[[nodiscard]] inline std::string calibration_tables(const calibration_task& task, const calibration_result& r, language lang) {
  SIFANG_ASSERT(r.figures.size() == task.figures.size() && r.fit.values.size() == task.parameters.size(),
                "a calibration that was finished");
  return detail::calibration_writer(task, r, lang).write();
}

}  // namespace sifang

#endif
