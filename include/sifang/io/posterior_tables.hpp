// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_POSTERIOR_TABLES_HPP
#define SIFANG_IO_POSTERIOR_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/experiment/posterior.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/posterior_results.hpp"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

namespace detail {

/// What a calibration with uncertainty found, as a terminal shows it.
class posterior_writer {
 public:
  posterior_writer(const calibration_task& task, const posterior_result& r, language lang) : task_(task), r_(r), lang_(lang) {
    for (std::size_t k = 0; k < task.figures.size(); ++k) {
      if (task.figures[k].target.weight > 0) fitted_.push_back(k);
    }
  }

  [[nodiscard]] std::string found() {
    parameters();
    figures();
    together();
    surfaces();
    waves();
    return std::move(out_);
  }
  /// Why nothing is left.
  [[nodiscard]] std::string nothing() {
    out_ += in("No county within the ranges shows these figures.", "在所给范围内没有任何县域设定符合这些指标。") + '\n';
    for (const nearest_match& n : r_.matching.why) n.figure == n.other ? never(n) : contradict(n);
    if (r_.matching.why.empty())
      out_ += in("Each figure can be reached, and each two of them, but not all together.",
                 "各指标单独可及，任两项同时可及，但不能全部同时满足。") +
              '\n';
    out_ += '\n';
    nearest();
    waves();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string in(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] static std::string formatted(const char* how, double x) {
    char text[32];
    std::snprintf(text, sizeof text, how, x);
    return text;
  }
  [[nodiscard]] static std::string number(double x) { return formatted("%.4g", x); }
  [[nodiscard]] std::string range(const middle_range& m) const { return '[' + number(m.lower) + ", " + number(m.upper) + ']'; }
  [[nodiscard]] std::string range(const middle_range& m, std::string_view unit) const {
    if (!std::isfinite(m.median)) return "–";
    return '[' + figure_text(m.lower, unit) + ", " + figure_text(m.upper, unit) + ']';
  }
  [[nodiscard]] std::string target(std::size_t k) const {
    return figure_text(task_.figures[k].target.value, task_.figures[k].measure.unit());
  }
  [[nodiscard]] std::string value(std::size_t k, double x) const { return figure_text(x, task_.figures[k].measure.unit()); }
  [[nodiscard]] const std::string& key(std::size_t j) const { return task_.parameters[j].key; }

  void parameters() {
    std::vector<std::vector<std::string>> rows{{in("parameter", "参数"), in("believed before (90 %)", "事先所信（90 %）"),
                                                in("median", "中位数"), in("not ruled out (90 %)", "未被排除（90 %）"), in("width", "宽度"),
                                                in("the figures", "这些指标")}};
    for (std::size_t j = 0; j < r_.parameters.size(); ++j) {
      const posterior_parameter& p = r_.parameters[j];
      rows.push_back({key(j), range(p.beforehand), number(p.values.median), range(p.values), formatted("%.0f %%", 100 * p.width),
                      p.said == narrowing::fixed      ? in("fix it", "予以确定")
                      : p.said == narrowing::narrowed ? in("narrow it", "有所收窄")
                                                      : in("leave it open", "未能确定")});
    }
    out_ += table_of(rows) + '\n';
  }
  void figures() {
    std::vector<std::vector<std::string>> rows{{in("figure", "指标"), in("target", "目标"), in("spread", "允差"),
                                                in("model lacks", "模型偏差"), in("draws, median", "各组中位数"),
                                                in("expected (90 %)", "期望（90 %）"), in("in a year (90 %)", "某一年（90 %）"),
                                                in("off by, deviations", "偏差（标准差的倍数）"), in("weight", "权重")}};
    for (std::size_t k = 0; k < r_.figures.size(); ++k) {
      const known_figure& f = task_.figures[k];
      const posterior_figure& p = r_.figures[k];
      const std::string_view unit = f.measure.unit();
      rows.push_back({f.name, target(k), "± " + figure_text(f.target.spread, unit), "± " + figure_text(f.lack(), unit),
                      std::isfinite(p.expected.median) ? value(k, p.expected.median) : "–", range(p.expected, unit),
                      range(p.one_year, unit), std::isfinite(p.distance) ? formatted("%+.1f", p.distance) : "–",
                      f.target.weight == 0 ? in("0: held out", "0：不参与拟合") : number(f.target.weight)});
    }
    out_ += table_of(rows) + '\n';
  }
  void together() {
    for (const posterior_pair& p : r_.pairs) {
      out_ += p.correlation < 0 ? in("Make up for each other: ", "此消彼长：") : in("Rise together: ", "同升同降：");
      out_ += key(p.first) + in(" and ", "与") + key(p.second) + in(" (rank correlation ", "（秩相关 ") +
              formatted("%+.2f", p.correlation) + in(")\n", "）\n");
    }
  }
  /// Where the surfaces were farther off at the draws than they said.
  void surfaces() {
    constexpr double worth_telling = 1.3;
    for (const std::size_t k : fitted_) {
      const double error = r_.figures[k].surface_error;
      if (error < worth_telling) continue;
      out_ += in("The surface of ", "指标 ") + task_.figures[k].name + in(" was off by ", " 的响应面偏差为其自报的 ") +
              formatted("%.1f", error) +
              in(" times what it said: more points, or narrower ranges, would be sharper", " 倍：增加年数或收窄范围可更准确") + '\n';
    }
  }
  void waves() {
    for (std::size_t w = 0; w < r_.matching.waves.size(); ++w) {
      const matching_wave& wave = r_.matching.waves[w];
      out_ += in("Wave ", "第 ") + std::to_string(w + 1) + in(": ", " 轮：") + std::to_string(wave.points) + in(" points", " 个点");
      if (wave.impossible > 0) out_ += in(", of which no county at ", "，其中不成其县 ") + std::to_string(wave.impossible);
      out_ += in("; left of the ranges: ", "；范围中尚余 ") + number(100 * wave.share_left) + " %\n";
    }
    out_ += std::to_string(r_.points) + in(" points of ", " 个点，各 ") + std::to_string(r_.replications) + in(" years each", " 年") + '\n';
  }

  void never(const nearest_match& n) {
    const std::size_t k = fitted_[n.figure];
    out_ += in("Never reached: ", "始终达不到：") + task_.figures[k].name + in(", target ", "，目标 ") + target(k) +
            in("; nearest, whatever the others are: ", "；不论其他指标，最近为 ") + value(k, n.value) + in(", ", "，相差 ") +
            formatted("%.1f", n.implausibility) + in(" deviations off", " 个标准差") + '\n';
  }
  void contradict(const nearest_match& n) {
    const std::size_t a = fitted_[n.figure], b = fitted_[n.other];
    out_ += in("Contradict each other: ", "互相矛盾：") + task_.figures[a].name + in(", target ", "，目标 ") + target(a) +
            in(", and ", "；") + task_.figures[b].name + in(", target ", "，目标 ") + target(b) +
            in("; nearest to both: ", "；两者兼顾最近为 ") + value(a, n.value) + in(" and ", " 与 ") + value(b, n.other_value) +
            in(", ", "，相差 ") + formatted("%.1f", n.implausibility) + in(" deviations off", " 个标准差") + '\n';
  }
  /// The point that comes nearest to all.
  void nearest() {
    std::vector<std::vector<std::string>> rows{{in("figure", "指标"), in("target", "目标"), in("seen, least", "模拟最小"),
                                                in("seen, most", "模拟最大"), in("at the nearest point", "最近点处"),
                                                in("off by, deviations", "偏差（标准差的倍数）")}};
    const matching_result& m = r_.matching;
    for (std::size_t a = 0; a < fitted_.size(); ++a) {
      const known_figure& f = task_.figures[fitted_[a]];
      const double off = (m.at_best[a].mean - f.target.value) / std::sqrt(variance_of(f) + m.year_variance[a] + m.at_best[a].variance);
      rows.push_back({f.name, target(fitted_[a]), value(fitted_[a], m.least[a]), value(fitted_[a], m.most[a]),
                      value(fitted_[a], m.at_best[a].mean), formatted("%+.1f", off)});
    }
    out_ += table_of(rows) + '\n';
  }

  const calibration_task& task_;
  const posterior_result& r_;
  language lang_;
  std::vector<std::size_t> fitted_;
  std::string out_;
};

}  // namespace detail

/// Tables of the parameters and of the figures, and which parameters make up for each other.
/// \pre the result has draws; asserted
[[nodiscard]] inline std::string posterior_tables(const calibration_task& task, const posterior_result& r, language lang) {
  SIFANG_ASSERT(!r.draws.empty() && r.figures.size() == task.figures.size(), "a calibration that has draws");
  return detail::posterior_writer(task, r, lang).found();
}

/// Which figures no county within the ranges shows, or which contradict each other, and how near they come.
/// \pre the result ended with nothing left; asserted
[[nodiscard]] inline std::string nothing_left_text(const calibration_task& task, const posterior_result& r, language lang) {
  SIFANG_ASSERT(r.matching.end == matching_end::none_left, "a calibration that has nothing left");
  return detail::posterior_writer(task, r, lang).nothing();
}

}  // namespace sifang

#endif
