// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"

#include "sifang/stats/skewed_t.hpp"

#include <unistd.h>

#include <algorithm>
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

namespace {

/// A share in per cent with so many decimals.
[[nodiscard]] std::string percentage(double x, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f %%", decimals, 100 * x);
  return text;
}

/// A bound as people read it: a bound of a share near 0 or 1 has the decimals that tell it from the end of the scale.
[[nodiscard]] std::string bound(double x, std::string_view unit) {
  if (unit != "share") return number(x, unit);
  int decimals = 1;
  const double from_end = std::min(x, 1 - x);
  for (double step = 1e-3; decimals < 4 && from_end > 0 && from_end < step; step /= 10) ++decimals;
  return percentage(x, decimals);
}

[[nodiscard]] std::string too_few(const options& o) { return std::string(pick(o, " (too few years)", "(年数太少)")); }

}  // namespace

std::string with_interval(const options& o, const sifang::interval& v, std::string_view unit) {
  using sifang::interval_kind;
  const std::string estimate = v.has_value() ? number(v.estimate, unit) : "–";
  switch (v.kind) {
    case interval_kind::two_sided: return estimate + " [" + bound(v.lower, unit) + ", " + bound(v.upper, unit) + "]";
    case interval_kind::at_least: return estimate + " (≥ " + bound(v.lower, unit) + ")";
    case interval_kind::at_most: return estimate + " (≤ " + bound(v.upper, unit) + ")";
    case interval_kind::too_little_data: return estimate + too_few(o);
    default: return estimate;
  }
}

std::string difference_text(const options& o, const sifang::interval& v, std::string_view unit) {
  if (!v.has_value()) return "–";
  const auto text = [&](double x) {
    char buffer[32];
    if (unit == "share") std::snprintf(buffer, sizeof buffer, "%+.2f", 100 * x);
    else std::snprintf(buffer, sizeof buffer, std::abs(x) >= 1000 ? "%+.0f" : std::abs(x) >= 10 ? "%+.1f" : "%+.2f", x);
    return std::string(buffer);
  };
  const std::string points = unit == "share" ? " pp" : "";
  if (v.kind == sifang::interval_kind::too_little_data) return text(v.estimate) + points + too_few(o);
  return text(v.estimate) + (v.bounded() ? " [" + text(v.lower) + ", " + text(v.upper) + "]" : "") + points;
}

std::string note_of_years(const options& o, std::size_t replications) {
  if (replications >= sifang::least_replications) return {};
  const std::string least = std::to_string(sifang::least_replications);
  return std::string(pick(o, "Too few years: an interval is given from ", "年数太少:重复次数达到 ")) + least +
         std::string(pick(o, " replications on.\n", " 次才给出区间。\n"));
}

std::string_view verdict_text(const options& o, const std::string& verdict) {
  if (verdict == "better") return pick(o, "better", "改善");
  if (verdict == "worse") return pick(o, "worse", "变差");
  if (verdict == "changed") return pick(o, "changed", "有变化");
  if (verdict == "too_little_data") return pick(o, "too little data", "数据不足");
  return pick(o, "no difference shown", "未见差异");
}

}  // namespace sifang_program
