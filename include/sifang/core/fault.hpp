// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_FAULT_HPP
#define SIFANG_CORE_FAULT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/phrases.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// Language of what people read: English, or simplified Chinese. What files hold does not depend on it.
enum class language : std::uint8_t { en, zh };

/// Where a fault stands: a file and, where known, its line and column (both from 1; 0 = unknown).
struct place {
  std::string file;          ///< as the user named it; "--set" for settings of the command line; empty if unknown
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< from 1, in characters rather than bytes; never known without the line
};

/// What is wrong with a piece of data. Each kind has one sentence in each language, see `sentence`.
enum class fault_kind : std::uint8_t {
  cannot_read,         ///< {0} file, {1} reason
  cannot_write,        ///< {0} file, {1} reason
  already_there,       ///< {0} directory that holds results
  file_there,          ///< {0} file that would be replaced
  empty_file,          ///< {0} what was expected
  not_text,            ///< {0} offset of the first bad byte
  syntax,              ///< {0} what was expected, {1} what stood there
  unknown_key,         ///< {0} key, {1} nearest known key or empty
  missing_key,         ///< {0} key, {1} what it should hold
  wrong_type,          ///< {0} key, {1} expected type, {2} found
  out_of_range,        ///< {0} key, {1} allowed range, {2} found
  bad_value,           ///< {0} key, {1} allowed values, {2} found, {3} nearest or empty
  bad_date,            ///< {0} key or column, {1} found
  bad_recurrence,      ///< {0} text, {1} what was expected, {2} what stood there
  no_such_day,         ///< {0} recurrence, {1} first day of the period, {2} its last
  sum_not_one,         ///< {0} table, {1} the sum found
  missing_column,      ///< {0} column, {1} columns found
  wrong_field_count,   ///< {0} expected, {1} found
  bad_number,          ///< {0} column, {1} found
  duplicate_code,      ///< {0} code, {1} line of the first
  unknown_parent,      ///< {0} unit, {1} code of the parent that is missing
  cycle,               ///< {0} codes along the cycle
  second_root,         ///< {0} code, {1} code of the first root
  no_root,             ///< no unit without a parent
  code_in_use,         ///< {0} code that another unit has
  not_empty,           ///< {0} unit to be removed, {1} how many stand directly below it
  not_directly_below,  ///< {0} unit, {1} unit below which it should stand
  wrong_level,         ///< {0} unit, {1} its kind, {2} kind of its parent
  misfit_post,         ///< {0} post, {1} its role, {2} relation, {3} unit, {4} kind of the unit
  wrong_post_count,    ///< {0} unit, {1} relation, {2} how many there should be, {3} how many there are, {4} which or empty
  unknown_unit,        ///< {0} code, {1} nearest or empty
  unknown_post,        ///< {0} post, {1} nearest or empty
  unknown_category,    ///< {0} category, {1} nearest or empty
  unknown_scenario,    ///< {0} name or path, {1} nearest or empty
  unknown_county,      ///< {0} code or name, {1} nearest or empty
  ambiguous_county,    ///< {0} code or name, {1} counties that it may mean
  rule_unsatisfied,    ///< {0} rule id, {1} what is missing
  out_of_period,       ///< {0} what, {1} period, {2} found
  not_chronological,   ///< {0} column, {1} found, {2} earlier limit
  policy_alone,        ///< {0} file of a policy that is laid on nothing
  extends_itself,      ///< {0} scenarios along the ring
  source_of_default,   ///< {0} key, {1} its value, which is the default
  more_faults,         ///< {0} how many were left out, {1} which
  unknown_place,       ///< {0} place, {1} the nearest known ones or empty
  several_places,      ///< {0} place, {1} those that it may mean
  contradiction,       ///< {0} column, {1} found, {2} what another column of the row says
  is_spreadsheet,      ///< {0} file that is no text
  rows_unusable,       ///< {0} rows that cannot be used, {1} all rows
};

/// One thing that is wrong, where it is and how to mend it. Plain value.
struct fault {
  fault_kind kind{};                 ///< decides the sentence and how many details there are
  place where;                       ///< what is known of it
  std::vector<std::string> details;  ///< in the order that `fault_kind` names
};

namespace detail {
/// A fault or a warning, part by part rather than in braces: GCC 12 takes a list in braces whose later parts may throw for
/// half made when it is destroyed, and warns of it in a consumer's program (-Wmaybe-uninitialized).
template <class Told, class Kind, class... Details>
[[nodiscard]] Told told_of(Kind kind, place where, Details&&... details) {
  Told out;
  out.kind = kind;
  out.where = std::move(where);
  out.details.reserve(sizeof...(details));
  (out.details.emplace_back(std::forward<Details>(details)), ...);
  return out;
}
}  // namespace detail

/// A fault with its details one by one, each a text or what a text is made of.
template <class... Details>
requires(std::constructible_from<std::string, Details>&&...) [[nodiscard]] fault
    make_fault(fault_kind kind, place where, Details&&... details) {
  return detail::told_of<fault>(kind, std::move(where), std::forward<Details>(details)...);
}

namespace detail {
struct fault_text {
  fault_kind kind;
  std::string_view en;
  std::string_view zh;
};

// One row a kind, in the order of the enumerators. `[…]` is left out when its detail is empty. `{n}` is a detail as it is:
// a name, a key, a file. In Chinese `<n>` is one in words, which `phrases` has; `|n|` may also be what the user wrote.
inline constexpr fault_text fault_texts[] = {
    {fault_kind::cannot_read, "expected a readable file; {0}: {1}", "应为可读取的文件；{0}：<1>"},
    {fault_kind::cannot_write, "expected a place that can be written; {0}: {1}", "应为可写入的位置；{0}：<1>"},
    {fault_kind::already_there, "expected an empty or new directory; {0} already holds results (use --force to replace them)",
     "应为空目录或新目录；{0} 中已有结果（可用 --force 覆盖）"},
    {fault_kind::file_there, "expected a new file; {0} is there already (use --force to replace it)",
     "应为新文件；{0} 已存在（可用 --force 覆盖）"},
    {fault_kind::empty_file, "expected {0}; the file is empty", "应为<0>；文件是空的"},
    {fault_kind::not_text, "expected text in UTF-8; found a byte that is not text at offset {0}",
     "应为 UTF-8 文本；在偏移 {0} 处发现非文本字节"},
    {fault_kind::syntax, "expected {0}; found {1}", "应为<0>；实际为|1|"},
    {fault_kind::unknown_key, "unknown key '{0}'[1; did you mean '{1}'?]", "未知的键“{0}”[1；是否应为“{1}”？]"},
    {fault_kind::missing_key, "missing key '{0}': expected {1}", "缺少键“{0}”：应为<1>"},
    {fault_kind::wrong_type, "'{0}' expected {1}; found {2}", "“<0>”应为<1>；实际为<2>"},
    {fault_kind::out_of_range, "'{0}' expected a value {1}; found {2}", "“<0>”应<1>；实际为<2>"},
    {fault_kind::bad_value, "'{0}' expected one of {1}; found '{2}'[3; did you mean '{3}'?]",
     "“{0}”应为 {1} 之一；实际为“{2}”[3；是否应为“{3}”？]"},
    {fault_kind::bad_date, "'{0}' expected a date YYYY-MM-DD of the calendar; found '{1}'",
     "“{0}”应为日历上存在的日期 YYYY-MM-DD；实际为“{1}”"},
    {fault_kind::bad_recurrence, "recurrence '{0}': expected {1}; found '{2}'", "日期规则“{0}”：应为<1>；实际为“{2}”"},
    {fault_kind::no_such_day, "recurrence '{0}' names no day between {1} and {2}", "日期规则“{0}”在 {1} 至 {2} 之间没有任何日期"},
    {fault_kind::sum_not_one, "'{0}' expected shares that sum to 1; they sum to {1}", "“{0}”各项之和应为 1；实际为 {1}"},
    {fault_kind::missing_column, "expected a column '{0}'; found columns {1}", "应有列“{0}”；实际列为 {1}"},
    {fault_kind::wrong_field_count, "expected {0} fields; found {1}", "应有 {0} 个字段；实际有 {1} 个"},
    {fault_kind::bad_number, "'{0}' expected a number; found '{1}'", "“{0}”应为数字；实际为“{1}”"},
    {fault_kind::duplicate_code, "code '{0}' expected once; it already stands on line {1}", "代码“{0}”应只出现一次；第 {1} 行已有"},
    {fault_kind::unknown_parent, "unit '{0}': expected its parent '{1}' in the table; it is not there",
     "单位“{0}”的上级“{1}”应在表中；实际没有"},
    {fault_kind::cycle, "expected a tree; these units are each other's parents: {0}", "应为树形；以下单位互为上级：{0}"},
    {fault_kind::second_root, "expected one unit without a parent; '{0}' has none, and neither has '{1}'",
     "应只有一个最上级单位；“{0}”与“{1}”都没有上级"},
    {fault_kind::no_root, "expected one unit without a parent; every unit has one", "应有一个最上级单位；每个单位都有上级"},
    {fault_kind::code_in_use, "expected a code that no unit has; '{0}' is taken", "应为尚未使用的单位代码；“{0}”已被使用"},
    {fault_kind::not_empty, "expected a unit with nothing below it; '{0}' has {1} directly below",
     "应为没有下级的单位；“{0}”有 {1} 个直接下级"},
    {fault_kind::not_directly_below, "expected a unit directly below '{1}'; '{0}' is not", "应为“{1}”的直接下级单位；“{0}”不是"},
    {fault_kind::wrong_level, "unit '{0}': a {1} cannot stand below a {2}", "单位“{0}”：“{1}”不能隶属于“{2}”"},
    {fault_kind::misfit_post, "post '{0}' ({1}) cannot stand as '{2}' to '{3}' ({4})", "职务“{0}”（{1}）不能以“{2}”对应单位“{3}”（{4}）"},
    {fault_kind::wrong_post_count, "unit '{0}' expected {2} as '{1}'; found {3}[4: {4}]",
     "单位“{0}”以“{1}”对应的人数应为 {2}；实际为 {3}[4：{4}]"},
    {fault_kind::unknown_unit, "expected the code of a unit; '{0}' is none[1; did you mean '{1}'?]",
     "应为单位代码；“{0}”不存在[1；是否应为“{1}”？]"},
    {fault_kind::unknown_post, "expected a post; '{0}' is none[1; did you mean '{1}'?]", "应为职务编号；“{0}”不存在[1；是否应为“{1}”？]"},
    {fault_kind::unknown_category, "expected a category; '{0}' is none[1; did you mean '{1}'?]",
     "应为信访类别；“{0}”不存在[1；是否应为“{1}”？]"},
    {fault_kind::unknown_scenario,
     "expected a scenario file, or the name of one that ships (see 'sifang list'); '{0}' is neither[1; did you mean '{1}'?]",
     "应为方案文件或自带方案的名称（见“sifang list”）；“{0}”两者都不是[1；是否应为“{1}”？]"},
    {fault_kind::unknown_county, "expected the code or name of a county of the tables; '{0}' is none[1; did you mean {1}?]",
     "应为区划表中县（区、市、旗）的代码或名称；“{0}”不存在[1；是否应为 {1}？]"},
    {fault_kind::ambiguous_county, "expected one county; '{0}' may be any of {1}", "应指明一个县（区、市、旗）；“{0}”可指 {1}"},
    {fault_kind::rule_unsatisfied, "rule {0} cannot be satisfied: {1}", "规则 {0} 无法满足：<1>"},
    {fault_kind::out_of_period, "'{0}' expected within {1}; found {2}", "“{0}”应在<1>之内；实际为 {2}"},
    {fault_kind::not_chronological, "'{0}' expected not before {2}; found {1}", "“{0}”不应早于 {2}；实际为 {1}"},
    {fault_kind::policy_alone,
     "expected a county: this is a policy, with none of its own; lay it on one (sifang compare BASE {0}), or write extends = \"...\" in it",
     "应有县域设定；此文件只是政策，可用“sifang compare 县方案 {0}”叠加于某县，或在其中写明“extends”"},
    {fault_kind::extends_itself, "this scenario extends itself: {0}", "此方案扩展了自身：{0}"},
    {fault_kind::source_of_default,
     "'{0}' has its default {1}, which has a mark and source already; only a value of one's own takes others",
     "“{0}”为默认值 {1}，已有标记和来源；只有自定的取值才能另写来源"},
    {fault_kind::more_faults, "and {0} more {1}", "另有 {0} 处<1>"},
    {fault_kind::unknown_place, "expected a place of the county, by code or name; '{0}' is none[1; did you mean {1}?]",
     "应为本县的地点代码或名称；“{0}”不存在[1；是否应为 {1}？]"},
    {fault_kind::several_places, "expected one place of the county; '{0}' may be {1}", "应为唯一的地点；“{0}”可能是 {1}"},
    {fault_kind::contradiction, "'{0}' expected {2}, as another column of the row says; found {1}",
     "“{0}”应为 {2}（按同一行的其他列）；实际为 {1}"},
    {fault_kind::is_spreadsheet,
     "expected text; {0} is a spreadsheet, an archive or encrypted: save it as CSV, or as .xlsx for a program that was built with libzip "
     "and pugixml",
     "应为文本；{0} 是电子表格、压缩包或加密文件：请另存为 CSV；若程序带有“libzip”与“pugixml”，亦可存为 .xlsx"},
    {fault_kind::rows_unusable, "{0} of {1} rows cannot be used (--skip-bad uses the others)",
     "{1} 行中有 {0} 行不能使用（加“--skip-bad”可只用其余各行）"},
};
static_assert([] {
  std::size_t row = 0;
  for (const fault_text& text : fault_texts)
    if (static_cast<std::size_t>(text.kind) != row++) return false;
  return true;
}());
}  // namespace detail

/// What is wrong, as one sentence on one line, whatever the details hold: control characters are blanks, and what is
/// longer than 400 bytes is cut. `{n}` is the n-th detail; `[n…]` stands only if detail n is not empty.
template <class = when_called>
[[nodiscard]] inline std::string sentence(const fault& f, language lang = language::en) {
  SIFANG_ASSERT(static_cast<std::size_t>(f.kind) < std::size(detail::fault_texts), "a kind that is declared");
  const auto& row = detail::fault_texts[static_cast<std::size_t>(f.kind)];
  const std::string_view pattern = lang == language::zh ? row.zh : row.en;
  constexpr std::size_t longest_detail = 400;
  const auto detail_at = [&](char digit) {
    const auto n = static_cast<std::size_t>(digit - '0');
    return n < f.details.size() ? one_line(f.details[n], longest_detail) : std::string();
  };
  std::string out;
  bool keep = true;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '[') {
      keep = !detail_at(pattern[++i]).empty();
    } else if (c == ']') {
      keep = true;
    } else if (!keep) {
      continue;
    } else if (c == '{' || c == '<' || c == '|') {
      const std::string text = detail_at(pattern[i + 1]);
      const bool in_words = c == '<' || (c == '|' && detail::is_no_bare_word(text));
      out += in_words ? detail::in_chinese(text) : text;
      i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

/// `file:line:column: sentence`, leaving out what is not known.
template <class = when_called>
[[nodiscard]] inline std::string to_string(const fault& f, language lang = language::en) {
  std::string out = one_line(f.where.file);
  if (f.where.line != 0 && !out.empty()) out += ':';
  if (f.where.line != 0) out += std::to_string(f.where.line);
  if (f.where.line != 0 && f.where.column != 0) out += ':' + std::to_string(f.where.column);
  if (!out.empty()) out += ": ";
  return out + sentence(f, lang);
}

/// Either a value or every fault that kept it from being made; never a half-made value.
template <class T>
class checked {
 public:
  /// Success. Implicit, so that a function just returns its value.
  checked(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  /// Failure with everything that is wrong. \pre at least one fault; asserted
  checked(std::vector<fault> faults) : faults_(std::move(faults)) {  // NOLINT(google-explicit-constructor)
    SIFANG_ASSERT(!faults_.empty(), "at least one fault");
  }
  /// Failure for one reason.
  checked(fault one) : faults_{std::move(one)} {}  // NOLINT(google-explicit-constructor)

  /// Whether it may be dereferenced, which is asserted there.
  [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const T& operator*() const& {
    SIFANG_ASSERT(value_, "a value: has_value() was not asked");
    return *value_;
  }
  [[nodiscard]] T& operator*() & {
    SIFANG_ASSERT(value_, "a value: has_value() was not asked");
    return *value_;
  }
  [[nodiscard]] T&& operator*() && {
    SIFANG_ASSERT(value_, "a value: has_value() was not asked");
    return *std::move(value_);
  }
  [[nodiscard]] const T* operator->() const {
    SIFANG_ASSERT(value_, "a value: has_value() was not asked");
    return &*value_;
  }
  [[nodiscard]] T* operator->() {
    SIFANG_ASSERT(value_, "a value: has_value() was not asked");
    return &*value_;
  }
  /// Everything that is wrong, in the order in which it was found; empty with a value.
  [[nodiscard]] const std::vector<fault>& faults() const& noexcept { return faults_; }
  /// The same, moved out to be returned by the caller.
  [[nodiscard]] std::vector<fault> faults() && noexcept { return std::move(faults_); }

 private:
  std::optional<T> value_;
  std::vector<fault> faults_;
};

/// The candidate that takes the fewest edits (insert, delete, replace, swap of neighbours) to reach,
/// or empty if even the best needs more than a third of the word, or the word is longer than 200 bytes.
/// Cost |word| × |candidate| for each candidate that is about as long as the word.
template <class = when_called>
[[nodiscard]] inline std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  constexpr std::size_t longest_word = 200;
  std::string best;
  if (word.size() > longest_word) return best;
  std::size_t best_cost = word.size() / 3 + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t n = candidate.size();
    if ((n > word.size() ? n - word.size() : word.size() - n) >= best_cost) continue;  // as many edits at least
    std::vector<std::size_t> before(n + 1), last(n + 1), row(n + 1);
    for (std::size_t j = 0; j <= n; ++j) last[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      row[0] = i;
      for (std::size_t j = 1; j <= n; ++j) {
        row[j] = (std::min)({last[j] + 1, row[j - 1] + 1, last[j - 1] + (word[i - 1] == candidate[j - 1] ? 0u : 1u)});
        if (i > 1 && j > 1 && word[i - 1] == candidate[j - 2] && word[i - 2] == candidate[j - 1]) {
          row[j] = (std::min)(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    if (last[n] < best_cost) {
      best_cost = last[n];
      best = candidate;
    }
  }
  return best;
}

}  // namespace sifang

#endif
