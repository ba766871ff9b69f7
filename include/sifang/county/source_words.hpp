// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SOURCE_WORDS_HPP
#define SIFANG_COUNTY_SOURCE_WORDS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/source_phrases.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// Sources of parameters for readers of Chinese. A source is made of pieces with `; ` between: rules (`R3, R6`), a page that ships with its
/// section (`docs/domain.md 5.2`), a phrase, or one of these with `: ` and a phrase behind it.

namespace sifang {

namespace detail {

/// Pages that sources name, and what they are called in Chinese.
struct source_page {
  std::string_view file, title;
};
inline constexpr std::array<source_page, 5> source_pages{{{"docs/domain.md", "《领域说明》"},
                                                          {"docs/facts.md", "《事实依据》"},
                                                          {"docs/calibration.md", "《校准说明》"},
                                                          {"docs/metrics.md", "《指标说明》"},
                                                          {"data/PROVENANCE.md", "《数据来源》"}}};

/// Phrases with a name or a number in the place of `*`, as drafts of counties write them.
inline constexpr std::array<source_phrase, 9> source_patterns{
    {{"as in *", "同 *"},
     {"bodies of * [K]", "机构同 * [K]"},
     {"posts of *", "职务同 *"},
     {"in proportion to inhabitants, from *", "由 * 按人口折算"},
     {"* inhabitants, as given, spread evenly [I]", "人口 *（所给），平均分配 [I]"},
     {"* inhabitants, assumed: 2272 for each village, spread evenly [I]", "人口 *（推定，每村 2272 人），平均分配 [I]"},
     {"rule load, so that *", "按负担分挂，使 *"},
     {"rule balanced, so that *", "依次分挂，使 *"},
     {"rule nearest, so that *", "就近分挂，使 *"}}};

/// A phrase of these patterns; nothing of any other text. What stands for `*` stays, but for the words behind rules.
template <class = when_called>
[[nodiscard]] std::optional<std::string> pattern_in_chinese(std::string_view text) {
  for (const source_phrase& p : source_patterns) {
    const std::size_t star = p.en.find('*'), after = p.en.size() - star - 1;
    if (text.size() <= p.en.size() - 1 || !text.starts_with(p.en.substr(0, star)) || !text.ends_with(p.en.substr(star + 1))) continue;
    std::string inside(text.substr(star, text.size() - star - after)), out(p.zh);
    if (inside.find(": ") != std::string::npos) continue;
    if (inside == "R5, R8 and R9 can be satisfied") inside = "R5、R8、R9 能够落实";
    return out.replace(out.find('*'), 1, inside);
  }
  return std::nullopt;
}

/// Takes as many digits and points off the beginning of a text.
constexpr std::string_view take_number(std::string_view& text) noexcept {
  const std::size_t end = (std::min)(text.find_first_not_of("0123456789."), text.size());
  const std::string_view out = text.substr(0, end);
  text.remove_prefix(end);
  return out;
}

/// A page with its section, item and rows, 《领域说明》2.4 节第 10 行（docs/domain.md）; nothing of what is no such place.
template <class = when_called>
[[nodiscard]] std::optional<std::string> page_in_chinese(std::string_view text) {
  const auto page = std::find_if(source_pages.begin(), source_pages.end(), [&](const source_page& p) { return text.starts_with(p.file); });
  if (page == source_pages.end()) return std::nullopt;
  text.remove_prefix(page->file.size());
  std::string where;
  if (text.size() > 1 && text[0] == ' ' && text[1] >= '0' && text[1] <= '9') {
    text.remove_prefix(1);
    const std::string_view section = take_number(text);
    where.append(section.find('.') == std::string_view::npos ? "第 " : "").append(section).append(" 节");
  }
  if (text.starts_with("(")) {
    text.remove_prefix(1);
    where.append("第 ").append(take_number(text)).append(" 项");
    if (!text.starts_with(")")) return std::nullopt;
    text.remove_prefix(1);
  }
  if (text.starts_with(" row ")) {
    text.remove_prefix(5);
    where.append("第 ").append(take_number(text));
    while (text.starts_with(", ")) {
      text.remove_prefix(2);
      where.append("、").append(take_number(text));
    }
    where.append(" 行");
  }
  if (text == " default") {
    where.append("默认值");
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  return std::string(page->title) + where + "（" + std::string(page->file) + "）";
}

/// Whether these are rules or laws by their numbers: R3, R6 or L9 or R27-R31.
[[nodiscard]] constexpr bool are_rules(std::string_view text) noexcept {
  if (text.empty()) return false;
  while (!text.empty()) {
    if (text.front() != 'R' && text.front() != 'L') return false;
    text.remove_prefix(1);
    if (take_number(text).empty()) return false;
    if (text.starts_with("-"))
      text.remove_prefix(1);
    else if (text.starts_with(", "))
      text.remove_prefix(2);
    else
      return text.empty();
  }
  return false;
}

/// Rules as they are but for the marks between, a page, or a phrase.
template <class = when_called>
[[nodiscard]] std::optional<std::string> plain_source_in_chinese(std::string_view text) {
  const auto row = std::find_if(std::begin(source_phrases), std::end(source_phrases), [&](const source_phrase& p) { return p.en == text; });
  if (row != std::end(source_phrases)) return std::string(row->zh);
  if (!are_rules(text)) {
    auto page = page_in_chinese(text);
    return page ? page : pattern_in_chinese(text);
  }
  std::string out(text);
  for (std::size_t at = out.find(", "); at != std::string::npos; at = out.find(", ", at)) out.replace(at, 2, "、");
  return out;
}

/// One piece of a source.
template <class = when_called>
[[nodiscard]] std::optional<std::string> piece_in_chinese(std::string_view text) {
  if (auto whole = plain_source_in_chinese(text)) return whole;
  const std::size_t colon = text.find(": ");
  if (colon == std::string_view::npos) return std::nullopt;
  const auto head = plain_source_in_chinese(text.substr(0, colon)), rest = plain_source_in_chinese(text.substr(colon + 2));
  if (!head || !rest) return std::nullopt;
  return *head + "：" + *rest;
}

}  // namespace detail

/// A source in Chinese; nothing if a piece of it is none of the program's, as in what planners write of their own.
///
/// Names of files stay, in brackets behind the page's title, so that the page can be found. \complexity linear in the table of phrases
template <class = when_called>
[[nodiscard]] std::optional<std::string> source_in_chinese(std::string_view source) {
  std::string out;
  for (bool more = true; more;) {
    const std::size_t end = source.find("; ");
    more = end != std::string_view::npos;
    const auto piece = detail::piece_in_chinese(source.substr(0, end));
    if (!piece) return std::nullopt;
    out.append(out.empty() ? "" : "；").append(*piece);
    if (more) source.remove_prefix(end + 2);
  }
  return out;
}

/// A source for readers of one language: as it is in English, and where nobody has its Chinese.
template <class = when_called>
[[nodiscard]] std::string source_text(std::string_view source, language lang) {
  if (lang == language::zh) {
    if (auto chinese = source_in_chinese(source)) return *std::move(chinese);
  }
  return std::string(source);
}

}  // namespace sifang

#endif
