// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PARETO_PICTURE_HPP
#define SIFANG_IO_PARETO_PICTURE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/graph_text.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/experiment/cost_result.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/text_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Cost against service as a picture: pareto.svg.

namespace sifang {

namespace detail {

/// Marks of an axis at round numbers, about five. \pre least < most; asserted
[[nodiscard]] inline std::vector<double> round_marks(double least, double most) {
  SIFANG_ASSERT(least < most, "a range");
  const double rough = (most - least) / 5, power = std::pow(10, std::floor(std::log10(rough)));
  const double step = (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10) * power;
  std::vector<double> out;
  for (double n = std::ceil(least / step); n * step <= most; ++n) out.push_back(n * step == 0 ? 0 : n * step);
  return out;
}

/// Draws the panels of a picture one below the other, and below them who is who.
class pareto_painter {
 public:
  pareto_painter(const result_costs& r, std::span<const std::string> names) : r_(&r), names_(names) {
    for (std::size_t s = 0; s < r.services.size(); ++s) {
      if (std::any_of(r.policies.begin(), r.policies.end(), [&](const result_policy_cost& p) { return is_told(p.services[s].verdict); }))
        shown_.push_back(s);
    }
    if (shown_.empty() && !r.services.empty()) shown_.push_back(0);
  }

  [[nodiscard]] std::string paint() {
    const std::size_t rows = (shown_.size() + 1) / 2;
    const double wide = shown_.size() > 1 ? 2 * panel_width : panel_width;
    std::vector<std::string> legend;
    for (std::size_t k = 0; k < names_.size(); ++k) wrap("#" + std::to_string(k + 1) + " " + names_[k], wide - 60, legend);
    const double legend_top = 60 + static_cast<double>(rows) * panel_height;
    const double high = legend_top + 50 + 18 * static_cast<double>(legend.size());
    out_ =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + n(wide) + "\" height=\"" + n(high) + "\" viewBox=\"0 0 " + n(wide) + " " +
        n(high) +
        "\" font-family=\"system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif\" font-size=\"13\" fill=\"#222\">\n";
    out_ += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
    text(20, 28, "Cost against service, each minus the first policy 成本与服务（均减去第一个方案）",
         "font-size=\"16\" font-weight=\"600\"");
    text(20, 48, "Filled: worth the cost; hollow: dominated; bars: intervals 实心：值得其成本；空心：被占优；线段：区间", "fill=\"#555\"");
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      const std::size_t row = i / 2;
      out_ += "<g transform=\"translate(" + n(static_cast<double>(i % 2) * panel_width) + " " +
              n(60 + static_cast<double>(row) * panel_height) + ")\">\n";
      panel(shown_[i]);
      out_ += "</g>\n";
    }
    for (std::size_t i = 0; i < legend.size(); ++i) text(30, legend_top + 20 + 18 * static_cast<double>(i), legend[i], "");
    return std::move(out_) + "</svg>\n";
  }

 private:
  static constexpr double panel_width = 480, panel_height = 390, left = 84, right = 24, top = 76, bottom = 56;
  struct range {
    double least = 0, most = 0;
    void take(const interval& v) {
      if (!v.has_value()) return;
      least = (std::min)({least, v.lower, v.estimate});
      most = (std::max)({most, v.upper, v.estimate});
    }
    void widen() {
      const double by = most > least ? (most - least) * 0.12 : 1;
      least -= by;
      most += by;
    }
  };

  [[nodiscard]] static bool is_told(const std::string& verdict) {
    return verdict == "buys" || verdict == "gives_up" || verdict == "dominates" || verdict == "dominated";
  }
  [[nodiscard]] static std::string n(double x) { return number_text(std::round(x * 10) / 10); }
  void text(double x, double y, std::string_view what, std::string_view how) {
    out_ += "<text x=\"" + n(x) + "\" y=\"" + n(y) + "\" " + std::string(how) + ">" + xml_escaped(what) + "</text>\n";
  }
  void line(double x1, double y1, double x2, double y2, std::string_view how) {
    out_ += "<line x1=\"" + n(x1) + "\" y1=\"" + n(y1) + "\" x2=\"" + n(x2) + "\" y2=\"" + n(y2) + "\" " + std::string(how) + "/>\n";
  }
  /// Names in full: as many lines as they take, broken between any characters.
  static void wrap(const std::string& name, double width, std::vector<std::string>& into) {
    std::string rest = one_line(name), now;
    const auto most = static_cast<std::size_t>(width / 7.2);  // half an em a column
    for (std::size_t at = 0; at < rest.size();) {
      const std::size_t bytes = (std::max<std::size_t>)(character_at(rest, at).bytes, 1);
      if (display_width(now) >= most) {
        into.push_back(std::move(now));
        now = "   ";
      }
      now.append(rest, at, bytes);
      at += bytes;
    }
    into.push_back(std::move(now));
  }

  void panel(std::size_t s) {
    range served, cost;
    for (const result_policy_cost& p : r_->policies) {
      served.take(p.services[s].gain);
      cost.take(p.difference);
    }
    served.widen();
    cost.widen();
    const double scale = cost.most - cost.least >= 20000 ? 10000 : 1;  // 万元
    const auto x = [&](double gain) { return left + (gain - served.least) / (served.most - served.least) * (panel_width - left - right); };
    const auto y = [&](double yuan) {
      return panel_height - bottom - (yuan - cost.least) / (cost.most - cost.least) * (panel_height - top - bottom);
    };
    text(20, 22, r_->services[s].en, "font-weight=\"600\"");
    text(20, 40, r_->services[s].zh, "fill=\"#555\"");
    for (const double m : round_marks(served.least, served.most)) {
      line(x(m), top, x(m), panel_height - bottom, m == 0 ? "stroke=\"#999\"" : "stroke=\"#e6e6e6\"");
      text(x(m), panel_height - bottom + 18, mark(m), "text-anchor=\"middle\" fill=\"#555\" font-size=\"12\"");
    }
    for (const double m : round_marks(cost.least / scale, cost.most / scale)) {
      line(left, y(m * scale), panel_width - right, y(m * scale), m == 0 ? "stroke=\"#999\"" : "stroke=\"#e6e6e6\"");
      text(left - 8, y(m * scale) + 4, mark(m), "text-anchor=\"end\" fill=\"#555\" font-size=\"12\"");
    }
    text((left + panel_width - right) / 2, panel_height - bottom + 40, "more a year 年增加",
         "text-anchor=\"middle\" fill=\"#555\" font-size=\"12\"");
    text(6, top - 10, scale == 1 ? "yuan 元" : "10 000 yuan 万元", "fill=\"#555\" font-size=\"12\"");
    front(s, x, y);
    for (std::size_t k = 0; k < r_->policies.size(); ++k) point(s, k, x, y);
  }
  [[nodiscard]] static std::string mark(double m) { return number_text(std::round(m * 1e6) / 1e6); }

  template <class X, class Y>
  void front(std::size_t s, const X& x, const Y& y) {
    std::vector<std::size_t> on;
    for (std::size_t k = 0; k < r_->policies.size(); ++k) {
      if (r_->policies[k].services[s].place == "front") on.push_back(k);
    }
    std::sort(on.begin(), on.end(),
              [&](std::size_t a, std::size_t b) { return r_->policies[a].difference.estimate < r_->policies[b].difference.estimate; });
    std::string points;
    for (const std::size_t k : on)
      points += n(x(r_->policies[k].services[s].gain.estimate)) + "," + n(y(r_->policies[k].difference.estimate)) + " ";
    out_ += "<polyline points=\"" + points + "\" fill=\"none\" stroke=\"#2166ac\" stroke-width=\"2\"/>\n";
  }
  template <class X, class Y>
  void point(std::size_t s, std::size_t k, const X& x, const Y& y) {
    const result_policy_cost& p = r_->policies[k];
    const interval &gain = p.services[s].gain, &cost = p.difference;
    const bool is_front = p.services[s].place == "front";
    const std::string_view colour = is_front ? "#2166ac" : "#b2182b";
    const double px = x(gain.estimate), py = y(cost.estimate);
    const std::string bar = "stroke=\"" + std::string(colour) + "\" stroke-opacity=\"0.6\"";
    if (gain.bounded()) line(x(gain.lower), py, x(gain.upper), py, bar);
    if (cost.bounded()) line(px, y(cost.lower), px, y(cost.upper), bar);
    out_ += "<circle cx=\"" + n(px) + "\" cy=\"" + n(py) + "\" r=\"5\" stroke=\"" + std::string(colour) + "\" stroke-width=\"2\" fill=\"" +
            std::string(is_front ? colour : "#fff") + "\"><title>" + xml_escaped(names_[k]) + "</title></circle>\n";
    const bool at_right = px > panel_width - 80;
    text(px + (at_right ? -9 : 9), py - 8, "#" + std::to_string(k + 1), at_right ? "text-anchor=\"end\"" : "");
  }

  const result_costs* r_;
  std::span<const std::string> names_;
  std::vector<std::size_t> shown_;
  std::string out_;
};

}  // namespace detail

/// The Pareto front, a panel for each service in which a policy differs from the first (of the first service where none does): what each
/// policy costs and serves beside the first, with intervals; the front as a line. Self-contained, in both languages, names in full below.
/// \param names  of the policies, in their order; asserted
[[nodiscard]] inline std::string pareto_svg(const result_costs& r, std::span<const std::string> names) {
  SIFANG_ASSERT(names.size() == r.policies.size(), "a name for each policy");
  return detail::pareto_painter(r, names).paint();
}

}  // namespace sifang

#endif
