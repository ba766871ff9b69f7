// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SETTING_TEXT_HPP
#define SIFANG_IO_SETTING_TEXT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/county/further_handlers.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Settings of a command line as text: taken apart, and said back in words.

namespace sifang {

/// The settings of a variant, which ` && ` joins: `ownership.rule="capped" && ownership.cap=5` are two.
[[nodiscard]] inline std::vector<std::string> settings_of_variant(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = (std::min)(text.find(" && ", at), text.size());
    out.emplace_back(text.substr(at, end - at));
    at = end + 4;
  }
  return out;
}

/// What settings have made of a scenario, a line each, with what the parameter means: so that a shell that cut one short,
/// or a rule that says something else than was meant, is seen.
/// \param of  whose settings they are; empty if those of the only policy
[[nodiscard]] inline std::string settings_told(std::string_view of, std::span<const std::string> settings, const scenario& s,
                                               language lang) {
  std::vector<std::string> keys;
  for (const std::string& one : settings) {
    std::string key = one.substr(0, one.find('='));
    key.erase(key.find_last_not_of(" \t") + 1);
    key.erase(0, (std::min)(key.find_first_not_of(" \t"), key.size()));
    keys.emplace_back(parameter_of(key));
  }
  std::string out;
  for (const described_parameter& d : describe(s)) {
    if (std::find(keys.begin(), keys.end(), d.about.key) == keys.end()) continue;
    out.append(spoken(lang, "Set", "设定"));
    if (!of.empty()) out.append(spoken(lang, " for ", " ")).append(of);
    out.append(spoken(lang, ": ", "：")).append(d.about.key).append(" = ").append(d.value);
    if (!d.words_en.empty()) out.append(spoken(lang, ", ", "，")).append(spoken(lang, d.words_en, d.words_zh));
    out.append("  (").append(spoken(lang, d.about.en, d.about.zh)).append(")\n");
  }
  return out;
}

}  // namespace sifang

#endif
