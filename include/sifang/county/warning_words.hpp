// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_WARNING_WORDS_HPP
#define SIFANG_COUNTY_WARNING_WORDS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/warning.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

namespace detail {

/// What a key means in Chinese, of a parameter or of a kind of session and its lists; empty for any other text.
template <class = when_called>
[[nodiscard]] std::string key_in_chinese(const scenario& s, const std::vector<described_parameter>& all, std::string_view key) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const described_parameter& p) { return p.about.key == key; });
  if (found != all.end()) return found->about.zh;
  constexpr std::string_view of_session = "session.";
  if (!key.starts_with(of_session)) return {};
  const auto kind = std::find_if(s.reception.sessions.begin(), s.reception.sessions.end(),
                                 [&](const session_kind& k) { return key.substr(of_session.size()) == k.id; });
  return kind == s.reception.sessions.end() ? std::string() : kind->title_zh;
}

}  // namespace detail

/// A warning in Chinese for readers of a report, who do not know keys: what each means stands before it,
/// “主要领导在县委党校（session.principal）”已开放……. \complexity linear in the parameters
template <class = when_called>
[[nodiscard]] std::string sentence_in_words(const scenario& s, warning told) {
  const std::vector<described_parameter> all = describe(s);
  for (std::string& text : told.details) {
    std::string out;
    for (std::string_view left = text; !left.empty();) {  // several keys may stand in one
      const std::size_t end = left.find(", ");
      const std::string_view key = left.substr(0, end);
      const std::string words = detail::key_in_chinese(s, all, key);
      out.append(out.empty() ? "" : words.empty() ? ", " : "、").append(words).append(words.empty() ? "" : "（").append(key);
      out.append(words.empty() ? "" : "）");
      left = end == std::string_view::npos ? std::string_view() : left.substr(end + 2);
    }
    text = std::move(out);
  }
  return sentence(told, language::zh);
}

}  // namespace sifang

#endif
