// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PLAUSIBLE_LAW_HPP
#define SIFANG_COUNTY_PLAUSIBLE_LAW_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

/// \file
/// What may be believed of a number that nobody knows: a range, and how likely its parts are.

namespace sifang {

/// How belief is spread over a range.
enum class law_kind : std::uint8_t {
  uniform,      ///< each value alike
  log_uniform,  ///< each factor alike: what may be half as well as twice as much
  triangular,   ///< the scenario's value most of all, the ends not at all
};
template <>
inline constexpr std::string_view names_of<law_kind>[] = {"uniform", "log_uniform", "triangular"};

/// What the two ends of a law are.
enum class range_ends : std::uint8_t {
  values,       ///< values of the parameter
  factors,      ///< factors of the value that the scenario has: of a load, of a family of parameters
  differences,  ///< differences from that value
};

/// What may be believed of a parameter, or of each of a family of them.
struct plausible_law {
  std::string_view key;                  ///< whole key; one `*` stands for the name of a session, category or sensitive period
  law_kind kind = law_kind::uniform;     ///< how belief is spread
  range_ends ends = range_ends::values;  ///< what `low` and `high` are
  double low = 0,                        ///< lower end
      high = 0;                          ///< upper end
  std::string_view source;               ///< published figures, or why we think so; names things that ship, as those of parameters do
};

/// A law, made for the value that a scenario has.
struct plausible_range {
  law_kind kind = law_kind::uniform;  ///< how belief is spread
  double low = 0,                     ///< least plausible value
      mode = 0,                       ///< the scenario's value, within the range
      high = 0;                       ///< greatest
  bool whole = false;                 ///< a whole number

  /// Whether there is more than one value.
  [[nodiscard]] bool is_open() const noexcept { return low < high; }
  friend bool operator==(const plausible_range&, const plausible_range&) = default;
};

/// Why a value that we infer or know by hearsay alone is not drawn all the same.
enum class kept_reason : std::uint8_t {
  structure,    ///< no number: a rule, a word, a place
  weights,      ///< a list of weights: their shape, not a number
  whole_table,  ///< a part of a table that adds up
  dates,        ///< a day
  definition,   ///< says what a figure counts
  legal,        ///< a limit of the law
  experiment,   ///< belongs to the experiment, not to the county
  absent,       ///< nothing, unless a scenario says how much
  price,        ///< a price: costs go with it, nothing else does
};

/// The reason in words.
template <class = when_called>
[[nodiscard]] inline std::string_view text_of(kept_reason why, language lang) noexcept {
  const bool zh = lang == language::zh;
  switch (why) {
    case kept_reason::structure:
      return zh ? "不是数值：属于规则或结构，可用 --set 另作比较" : "no number but a rule or a structure: compare another with --set";
    case kept_reason::weights:
      return zh ? "一组权重：是形状而非一个数值" : "a list of weights: a shape, not a number";
    case kept_reason::whole_table:
      return zh ? "合计为 1 的表中的一项：需要整张表" : "a part of a table that adds up to 1: it takes the whole table";
    case kept_reason::price:
      return zh ? "单价：只影响成本，成本随之成比例变化；可自行设定"
                : "a price: costs go with it in proportion and nothing else does; set your own";
    case kept_reason::dates:
      return zh ? "日期" : "a date";
    case kept_reason::definition:
      return zh ? "指标的定义：改变它就改变指标的含义" : "says what a figure counts: with another it would be another figure";
    case kept_reason::legal:
      return zh ? "法定期限：要么如此，要么不是" : "a limit of the law: it is that or it is not";
    case kept_reason::experiment:
      return zh ? "属于试验设置而非本县情况" : "belongs to the experiment, not to the county";
    case kept_reason::absent:
      return zh ? "无，除非方案写明数量" : "none, unless a scenario says how many";
  }
  return {};
}

/// A parameter, or a family of them, that is not drawn.
struct kept_value {
  std::string_view key;                      ///< as that of a `plausible_law`
  kept_reason why = kept_reason::structure;  ///< and why not
};

/// Whether a key of a table is that of this parameter: the same, or with a name in place of `*`.
[[nodiscard]] constexpr bool key_fits(std::string_view pattern, std::string_view key) noexcept {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == key;
  const std::string_view before = pattern.substr(0, star), after = pattern.substr(star + 1);
  return key.size() > before.size() + after.size() && key.starts_with(before) && key.ends_with(after);
}

/// The law of a parameter that has this value.
///
/// The range always holds the value: what a scenario infers for itself counts as much as our range, which is widened to it.
/// \param least,most  what the parameter may be at all; the range is cut there  \param whole  whole numbers alone
/// \pre least <= value <= most; asserted
[[nodiscard]] inline plausible_range range_of(const plausible_law& law, double value, double least, double most, bool whole) {
  SIFANG_ASSERT(least <= value && value <= most, "a value that the parameter may have");
  double low = law.low, high = law.high;
  if (law.ends == range_ends::factors) low *= value, high *= value;
  if (law.ends == range_ends::differences) low += value, high += value;
  if (low > high) std::swap(low, high);  // factors of a negative value
  low = (std::clamp)((std::min)(low, value), least, most);
  high = (std::clamp)((std::max)(high, value), least, most);
  if (whole) low = std::ceil(low), high = std::floor(high);
  // No logarithm of what is not above 0; such a law has ends that are factors, of a value of 0.
  const bool has_logs = law.kind != law_kind::log_uniform || low > 0;
  return {has_logs ? law.kind : law_kind::uniform, low, value, high, whole};
}

/// The value below which a draw lies with probability `u`; whole numbers are rounded, the ends as likely as others.
/// \pre 0 < u < 1; asserted \complexity constant
[[nodiscard]] inline double quantile_of(const plausible_range& r, double u) {
  SIFANG_ASSERT(u > 0 && u < 1, "a probability");
  if (!r.is_open()) return r.mode;
  // Half a step beyond the ends, so that each whole number has as much of the range; the lowest stays above 0 for its logarithm.
  const double low = r.whole ? r.low - (r.kind == law_kind::log_uniform ? 0.499 : 0.5) : r.low, high = r.whole ? r.high + 0.5 : r.high;
  double x = low + u * (high - low);
  if (r.kind == law_kind::log_uniform) {
    x = low * elementary::exp(u * elementary::log(high / low));
  } else if (r.kind == law_kind::triangular) {
    const double rise = (r.mode - low) / (high - low);
    x = u < rise ? low + std::sqrt(u * rise) * (high - low) : high - std::sqrt((1 - u) * (1 - rise)) * (high - low);
  }
  return (std::clamp)(r.whole ? std::round(x) : x, r.low, r.high);
}

}  // namespace sifang

#endif
