// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_WARNING_HPP
#define SIFANG_CORE_WARNING_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/when_called.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// What a user should know of data that can be used all the same. Each kind has one sentence in each language.
enum class warning_kind : std::uint8_t {
  no_holiday_table,      ///< none is named at all
  holiday_table_begins,  ///< {0} first day of the table, {1} last day for which statutory days are assumed
  holiday_table_ends,    ///< {0} last day of the table, {1} first day for which statutory days are assumed
  holiday_year_missing,  ///< {0} year between others of which the table has no day
  no_sensitive_period,   ///< {0} year
  no_session,            ///< {0} key of the kind of session, {1} first counted day, {2} last
  date_of_no_effect,     ///< {0} key, {1} date, {2} first simulated day, {3} last
  nothing_to_remove,     ///< {0} key, {1} date
  nothing_held,          ///< {0} key, {1} date
  rule_runs_out,         ///< {0} key, {1} recurrence rule, {2} first counted day, {3} last
  idle_setting,          ///< {0} key, {1} the setting that keeps it idle
  everybody_sits,        ///< {0} key of a number of receivers
  nobody_can_come,       ///< {0} key of the kind of session
  year_of_no_effect,     ///< {0} key of a date, {1} its year, {2} month and day
  campaign_on_session,   ///< {0} keys of kinds of session, {1} days, separated by commas
  nobody_missing,        ///< {0} key of what happens at a return visit where a head is missing
  distance_assumed,      ///< {0} number of units, {1} km assumed from a street, {2} from a township, {3} from a village to its township
};

/// One thing that is not wrong but may not be meant. Plain value, as `fault` is.
struct warning {
  warning_kind kind{};               ///< decides the sentence and how many details there are
  place where;                       ///< what is known of it
  std::vector<std::string> details;  ///< in the order that `warning_kind` names
};

/// A warning with its details one by one, each a text or what a text is made of.
template <class... Details>
requires(std::constructible_from<std::string, Details>&&...) [[nodiscard]] warning
    make_warning(warning_kind kind, place where, Details&&... details) {
  return detail::told_of<warning>(kind, std::move(where), std::forward<Details>(details)...);
}

namespace detail {
struct warning_text {
  warning_kind kind;
  std::string_view en, zh;
};

// One row a kind, in the order of the enumerators; `{n}` is a detail.
inline constexpr warning_text warning_texts[] = {
    {warning_kind::no_holiday_table, "there is no holiday table; Monday to Friday is assumed to be worked, every week",
     "未提供节假日表；每周均按周一至周五为工作日计算"},
    {warning_kind::holiday_table_begins,
     "the holiday table begins on {0}; until {1} the statutory days of the law alone are assumed to be off, without make-up workdays",
     "节假日表始于 {0}；{1} 及以前仅按法定节假日放假计算，不含调休"},
    {warning_kind::holiday_table_ends,
     "the holiday table ends on {0}; from {1}, before the State Council's notice, the statutory days of the law alone are assumed to be "
     "off, without make-up workdays",
     "节假日表止于 {0}；自 {1} 起国务院放假安排尚未列入，仅按法定节假日放假计算，不含调休"},
    {warning_kind::holiday_year_missing,
     "the holiday table has no day of {0}; the statutory days of the law alone are assumed to be off there, without make-up workdays",
     "节假日表中没有 {0} 年的日期；该年仅按法定节假日放假计算，不含调休"},
    {warning_kind::no_sensitive_period, "no sensitive period is given for {0}; nothing that depends on one (R7) happens in that year",
     "{0} 年未列出重点敏感时期；与之相关的安排（R7）在该年不会发生"},
    {warning_kind::no_session, "'{0}' is open, but nothing is held from {1} to {2}", "“{0}”已开放，但 {1} 至 {2} 没有任何场次"},
    {warning_kind::date_of_no_effect, "'{0}': {1} is not among the simulated days {2} to {3} and changes nothing",
     "“{0}”：{1} 不在模拟日期 {2} 至 {3} 之内，不起作用"},
    {warning_kind::nothing_to_remove, "'{0}': nothing would be held on {1}, so nothing is left out", "“{0}”：{1} 本无场次，取消不起作用"},
    {warning_kind::nothing_held, "'{0}': nothing is held on {1}: the window opens on workdays, and a day that is moved or removed has none",
     "“{0}”：{1} 没有场次：窗口只在工作日开放，被移动或取消的日期亦无"},
    {warning_kind::rule_runs_out, "'{0}': the rule {1} names no day from {2} to {3} and changes nothing that is counted",
     "“{0}”：规则 {1} 在 {2} 至 {3} 不含任何一天，不影响统计"},
    {warning_kind::idle_setting, "'{0}' changes nothing with {1}", "在 {1} 时，“{0}”不起作用"},
    {warning_kind::everybody_sits, "'{0}' changes nothing: everybody who belongs to the place sits there",
     "“{0}”不起作用：该处应到人员全部接访"},
    {warning_kind::nobody_can_come,
     "nobody can come to '{0}': its catchment is the place's own, and nobody lives or has matters there; catchment = county is for all",
     "“{0}”无人可来：只接待本地或本单位的事项，而接访地点既无居民、也不承办事项；接待范围设为全县（catchment = county）则面向全县"},
    {warning_kind::year_of_no_effect, "'{0}': held in each simulated year from {2} on; the year {1} is not simulated and changes nothing",
     "“{0}”：各模拟年份均自 {2} 起开展；{1} 年不在模拟范围内，不起作用"},
    {warning_kind::campaign_on_session, "the campaign meets '{0}' on {1}: whoever sits there does not go to the households",
     "登门走访与“{0}”同在 {1}：当日接访人员不能入户"},
    {warning_kind::nobody_missing,
     "'{0}' changes nothing: every township and department has a head, so nobody is missing at a return visit",
     "“{0}”不起作用：各乡镇（街道）和部门均有主要负责同志，回访人员不会缺席"},
    {warning_kind::distance_assumed,
     "no distance_km of {0} units; {1} km by road from a street to the county seat, {2} from a township and {3} more from a village are "
     "assumed",
     "{0} 个单位未填距县城公里数（distance_km 列）；街道距县城按 {1} 公里、乡镇按 {2} 公里、村（社区）再加 {3} 公里计算"},
};
static_assert([] {
  std::size_t row = 0;
  for (const warning_text& text : warning_texts)
    if (static_cast<std::size_t>(text.kind) != row++) return false;
  return true;
}());
}  // namespace detail

/// What to know, as one sentence.
template <class = when_called>
[[nodiscard]] inline std::string sentence(const warning& w, language lang = language::en) {
  const auto& row = detail::warning_texts[static_cast<std::size_t>(w.kind)];
  SIFANG_ASSERT(row.kind == w.kind);
  const std::string_view pattern = lang == language::zh ? row.zh : row.en;
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      out += pattern[i];
      continue;
    }
    const auto n = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (n < w.details.size()) out += w.details[n];
    i += 2;
  }
  return out;
}

/// `file: warning: sentence`, leaving out what is not known of the place.
template <class = when_called>
[[nodiscard]] inline std::string to_string(const warning& w, language lang = language::en) {
  std::string out = w.where.file;
  if (w.where.line != 0 && !out.empty()) out += ':';
  if (w.where.line != 0) out += std::to_string(w.where.line);
  if (w.where.line != 0 && w.where.column != 0) out += ':' + std::to_string(w.where.column);
  if (!out.empty()) out += ": ";
  return out + (lang == language::zh ? "警告：" : "warning: ") + sentence(w, lang);
}

}  // namespace sifang

#endif
