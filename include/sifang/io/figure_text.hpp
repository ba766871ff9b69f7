// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_FIGURE_TEXT_HPP
#define SIFANG_IO_FIGURE_TEXT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/text_table.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Numbers, intervals and verdicts as people read them on a terminal, in two languages.

namespace sifang {

/// The text of the language.
[[nodiscard]] constexpr std::string_view spoken(language lang, std::string_view en, std::string_view zh) noexcept {
  return lang == language::zh ? zh : en;
}

/// Rows as an aligned table; the first row is the header. \pre at least one row; asserted
[[nodiscard]] inline std::string table_of(const std::vector<std::vector<std::string>>& rows) {
  SIFANG_ASSERT(!rows.empty(), "at least one row");
  text_table table(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) table.add(rows[i]);
  return table.text();
}

/// A number in its unit: shares as per cent.
[[nodiscard]] inline std::string figure_text(double x, std::string_view unit) {
  char text[32];
  if (unit == "share")
    std::snprintf(text, sizeof text, "%.1f %%", 100 * x);
  else
    std::snprintf(text, sizeof text, std::abs(x) >= 1000 ? "%.0f" : std::abs(x) >= 10 ? "%.1f" : "%.2f", x);
  return text;
}

namespace detail {

/// A share in per cent with so many decimals.
[[nodiscard]] inline std::string percentage(double x, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f %%", decimals, 100 * x);
  return text;
}

/// A bound as people read it: a bound of a share near 0 or 1 has the decimals that tell it from the end of the scale.
[[nodiscard]] inline std::string bound_text(double x, std::string_view unit) {
  if (unit != "share") return figure_text(x, unit);
  int decimals = 1;
  const double from_end = (std::min)(x, 1 - x);
  for (double step = 1e-3; decimals < 4 && from_end > 0 && from_end < step; step /= 10) ++decimals;
  return percentage(x, decimals);
}

[[nodiscard]] inline std::string too_few_years(language lang) { return std::string(spoken(lang, " (too few years)", "（年数太少）")); }

}  // namespace detail

/// `estimate [lower, upper]`, `estimate (≥ lower)` where nothing was missed, `estimate (≤ upper)` where nothing was seen,
/// `estimate (too few years)`, or the estimate alone where it is the same in every year.
[[nodiscard]] inline std::string interval_text(const interval& v, std::string_view unit, language lang) {
  std::string estimate = v.has_value() ? figure_text(v.estimate, unit) : "–";
  switch (v.kind) {
    case interval_kind::two_sided:
      return estimate + " [" + detail::bound_text(v.lower, unit) + ", " + detail::bound_text(v.upper, unit) + "]";
    case interval_kind::at_least:
      return estimate + " (≥ " + detail::bound_text(v.lower, unit) + ")";
    case interval_kind::at_most:
      return estimate + " (≤ " + detail::bound_text(v.upper, unit) + ")";
    case interval_kind::too_little_data:
      return estimate + detail::too_few_years(lang);
    default:
      return estimate;
  }
}

/// `numerator / denominator` of a ratio in a year on average, in whole numbers from 100 on; empty where there is none.
[[nodiscard]] inline std::string parts_text(const ratio_parts& all, std::size_t replications) {
  if (!all.known()) return {};
  const auto text = [](double x) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, std::abs(x) >= 100 ? "%.0f" : "%.1f", x);
    return std::string(buffer);
  };
  const ratio_parts year = all.of_a_year(replications);
  return text(year.numerator) + " / " + text(year.denominator);
}
/// What stands above a column of these.
[[nodiscard]] constexpr std::string_view parts_head(language lang) noexcept { return spoken(lang, "a year", "年均分子/分母"); }

/// A difference with its sign; differences of shares are percentage points.
[[nodiscard]] inline std::string difference_text(const interval& v, std::string_view unit, language lang) {
  if (!v.has_value()) return "–";
  const auto text = [&](double x) {
    char buffer[32];
    if (unit == "share")
      std::snprintf(buffer, sizeof buffer, "%+.2f", 100 * x);
    else
      std::snprintf(buffer, sizeof buffer, std::abs(x) >= 1000 ? "%+.0f" : std::abs(x) >= 10 ? "%+.1f" : "%+.2f", x);
    return std::string(buffer);
  };
  const std::string points = unit == "share" ? " pp" : "";
  if (v.kind == interval_kind::too_little_data) return text(v.estimate) + points + detail::too_few_years(lang);
  return text(v.estimate) + (v.bounded() ? " [" + text(v.lower) + ", " + text(v.upper) + "]" : "") + points;
}

/// The bounds of what a difference may be in a single year; empty where there are none.
[[nodiscard]] inline std::string year_text(const interval& v, std::string_view unit) {
  const auto text = [&](double x) {
    char buffer[32];
    const double shown = unit == "share" ? 100 * x : x;
    std::snprintf(buffer, sizeof buffer, std::abs(shown) >= 1000 ? "%+.0f" : std::abs(shown) >= 10 ? "%+.1f" : "%+.2f", shown);
    return std::string(buffer);
  };
  if (v.kind == interval_kind::constant) return text(v.estimate);
  return v.bounded() ? "[" + text(v.lower) + ", " + text(v.upper) + "]" : "–";
}

/// A part of 1 in per cent, without needless zeros: `95 %`, `99.5 %`.
[[nodiscard]] inline std::string level_text(double level) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g %%", 100 * level);
  return text;
}

/// A size of a metric in its unit: `0.5 pp`, `2 days`.
[[nodiscard]] inline std::string size_text(double size, std::string_view unit, language lang) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", unit == "share" ? 100 * size : size);
  std::string out(text);
  if (unit == "share") return out + " pp";
  if (unit == "days") return out.append(spoken(lang, " days", " 天"));
  if (unit == "minutes") return out.append(spoken(lang, " min", " 分钟"));
  if (unit == "hours") return out.append(spoken(lang, " h", " 小时"));
  return out;
}

/// A probability in whole per cent, never rounded to certainty: below one in 200 and above all but that as bounds.
[[nodiscard]] inline std::string chance_text(double chance) {
  if (chance == 0 || chance == 1) return detail::percentage(chance, 0);
  if (chance < 0.005) return "< 1 %";
  return chance >= 0.995 ? "> 99 %" : detail::percentage(chance, 0);
}

/// A line that says what "too few years" means; empty if there are enough.
[[nodiscard]] inline std::string note_of_years(std::size_t replications, language lang) {
  if (replications >= least_replications) return {};
  std::string out(spoken(lang, "Too few years: an interval is given from ", "年数太少：模拟次数达到 "));
  out += std::to_string(least_replications);
  return out.append(spoken(lang, " replications on.\n", " 次才给出区间。\n"));
}

/// A line that says from which size on a difference matters (`smallest_that_matters`).
[[nodiscard]] inline std::string note_of_matters(language lang) {
  return std::string(spoken(lang,
                            "What matters: half a percentage point, half a day, a minute in a queue, 1 % of hours and numbers. Can't tell "
                            "yet: more years would tell.\n",
                            "实质差异的界限：半个百分点、半天、排队一分钟、小时数和件数的 1%。“尚不能判断”：增加模拟年数即可判断。\n"));
}

/// A verdict of `verdict_of` as people read it.
[[nodiscard]] constexpr std::string_view verdict_text(std::string_view verdict, language lang) noexcept {
  if (verdict == "better") return spoken(lang, "better", "改善");
  if (verdict == "worse") return spoken(lang, "worse", "变差");
  if (verdict == "changed") return spoken(lang, "changed", "有变化");
  if (verdict == "too_little_data") return spoken(lang, "too little data", "数据不足");
  if (verdict == "no_difference_that_matters") return spoken(lang, "no difference that matters", "无实质差异");
  return spoken(lang, "can't tell yet", "尚不能判断");
}

}  // namespace sifang

#endif
