// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace sifang_program {

progress::progress(const options& o, std::size_t total) : show_(!o.quiet && isatty(STDERR_FILENO) != 0), total_(total) {}

void progress::show(std::size_t done) {
  if (!show_) return;
  const int percent = static_cast<int>(100 * done / total_);
  if (percent == percent_) return;
  percent_ = percent;
  std::fprintf(stderr, "\r[%-40.*s] %3d %%", percent * 40 / 100, "########################################", percent);
  if (done == total_) std::fputs("\r\033[K", stderr);
}

std::string number(double x, std::string_view unit) {
  char text[32];
  if (unit == "share") std::snprintf(text, sizeof text, "%.1f %%", 100 * x);
  else std::snprintf(text, sizeof text, std::abs(x) >= 1000 ? "%.0f" : std::abs(x) >= 10 ? "%.1f" : "%.2f", x);
  return text;
}

std::string with_interval(const sifang::interval& v, std::string_view unit) {
  if (!v.has_value) return "–";
  return number(v.estimate, unit) + (v.bounded ? " [" + number(v.lower, unit) + ", " + number(v.upper, unit) + "]" : "");
}

std::string difference_text(const sifang::interval& v, std::string_view unit) {
  if (!v.has_value) return "–";
  const auto text = [&](double x) {
    char buffer[32];
    if (unit == "share") std::snprintf(buffer, sizeof buffer, "%+.2f", 100 * x);
    else std::snprintf(buffer, sizeof buffer, std::abs(x) >= 1000 ? "%+.0f" : std::abs(x) >= 10 ? "%+.1f" : "%+.2f", x);
    return std::string(buffer);
  };
  return text(v.estimate) + (v.bounded ? " [" + text(v.lower) + ", " + text(v.upper) + "]" : "") + (unit == "share" ? " pp" : "");
}

std::string_view verdict_text(const options& o, const std::string& verdict) {
  if (verdict == "better") return pick(o, "better", "改善");
  if (verdict == "worse") return pick(o, "worse", "变差");
  if (verdict == "changed") return pick(o, "changed", "有变化");
  if (verdict == "too_little_data") return pick(o, "too little data", "数据不足");
  return pick(o, "no difference shown", "未见差异");
}

}  // namespace sifang_program
