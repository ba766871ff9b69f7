// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_WELCH_PICTURE_HPP
#define SIFANG_IO_WELCH_PICTURE_HPP

#include "sifang/core/graph_text.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/experiment/welch_figures.hpp"
#include "sifang/io/pareto_picture.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// How a county settles after its first day, as a picture: warm-up.svg.

namespace sifang {

namespace detail {

/// Draws a panel for each figure, two in a row.
class welch_painter {
 public:
  welch_painter(const welch_finding& found, std::span<const day> marks) : found_(found), marks_(marks) {}

  [[nodiscard]] std::string paint() {
    const double high = 80 + panel_height * static_cast<double>((found_.figures.size() + 1) / 2);
    out_ =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + n(2 * panel_width) + "\" height=\"" + n(high) + "\" viewBox=\"0 0 " +
        n(2 * panel_width) + " " + n(high) +
        "\" font-family=\"system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif\" font-size=\"13\" fill=\"#222\">\n";
    out_ += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
    text(20, 28, "From the first simulated day on 自模拟首日起", "font-size=\"16\" font-weight=\"600\"");
    text(20, 48,
         "Thin: weeks; thick: moving average of a year; dashed: where counting begins, and a year later "
         "细线：每周；粗线：一年移动平均；虚线：统计起点及其一年之后",
         "fill=\"#555\"");
    for (std::size_t i = 0; i < found_.figures.size(); ++i) {
      out_ += "<g transform=\"translate(" + n(static_cast<double>(i % 2) * panel_width) + " " +
              n(60 + static_cast<double>(i / 2) * panel_height) + ")\">\n";
      panel(found_.figures[i]);
      out_ += "</g>\n";
    }
    return std::move(out_) + "</svg>\n";
  }

 private:
  static constexpr double panel_width = 520, panel_height = 280, left = 64, right = 20, top = 56, bottom = 40;

  [[nodiscard]] static std::string n(double x) { return number_text(std::round(x * 10) / 10); }
  void text(double x, double y, std::string_view what, std::string_view how) {
    out_ += "<text x=\"" + n(x) + "\" y=\"" + n(y) + "\" " + std::string(how) + ">" + xml_escaped(what) + "</text>\n";
  }
  void line(double x1, double y1, double x2, double y2, std::string_view how) {
    out_ += "<line x1=\"" + n(x1) + "\" y1=\"" + n(y1) + "\" x2=\"" + n(x2) + "\" y2=\"" + n(y2) + "\" " + std::string(how) + "/>\n";
  }
  void panel(const welch_figure& f) {
    text(20, 22, std::string(f.en) + ", " + std::string(f.unit), "font-weight=\"600\"");
    text(20, 40, f.zh, "fill=\"#555\"");
    const std::size_t weeks = f.weekly.size();
    double most = 0;
    for (const double v : f.weekly) most = (std::max)(most, v);
    if (!(most > 0)) most = 1;
    const auto x = [&](double week) {
      return left + week / static_cast<double>((std::max<std::size_t>)(weeks, 2) - 1) * (panel_width - left - right);
    };
    const auto y = [&](double v) { return panel_height - bottom - v / most * (panel_height - top - bottom); };
    for (const double m : round_marks(0, most)) {
      line(left, y(m), panel_width - right, y(m), "stroke=\"#e6e6e6\"");
      text(left - 8, y(m) + 4, number_text(std::round(m * 1e6) / 1e6), "text-anchor=\"end\" fill=\"#555\" font-size=\"12\"");
    }
    for (const day mark : marks_) {
      const double week = (mark - found_.first).count / 7.0;
      if (week < 0 || week > static_cast<double>(weeks)) continue;
      line(x(week), top, x(week), panel_height - bottom, "stroke=\"#555\" stroke-dasharray=\"4 4\"");
      text(x(week), panel_height - bottom + 18, to_string(mark), "text-anchor=\"middle\" fill=\"#555\" font-size=\"12\"");
    }
    const auto curve = [&](const std::vector<double>& values, std::string_view how) {
      std::string points;
      for (std::size_t i = 0; i < values.size(); ++i) points += n(x(static_cast<double>(i))) + "," + n(y(values[i])) + " ";
      out_ += "<polyline points=\"" + points + "\" fill=\"none\" " + std::string(how) + "/>\n";
    };
    curve(f.weekly, "stroke=\"#92c5de\" stroke-width=\"1\"");
    curve(f.smooth, "stroke=\"#2166ac\" stroke-width=\"2.5\"");
  }

  const welch_finding& found_;
  std::span<const day> marks_;
  std::string out_;
};

}  // namespace detail

/// Each figure week by week and its moving average. Self-contained, in both languages.
/// \param marks  days that are marked, such as the first that counts
[[nodiscard]] inline std::string welch_svg(const welch_finding& found, std::span<const day> marks) {
  return detail::welch_painter(found, marks).paint();
}

}  // namespace sifang

#endif
