// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_EXTENDED_SCENARIO_HPP
#define SIFANG_IO_EXTENDED_SCENARIO_HPP

#include "sifang/core/number_text.hpp"
#include "sifang/county/further_handlers.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/toml_text.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The text of a scenario that extends another and has some parameters of its own.

namespace sifang {

/// What is said of a scenario that a program makes.
struct extension_words {
  std::string made_by,  ///< the first line, without its `#`
      suffix,           ///< behind the name of the scenario
      suffix_en,        ///< behind its title in English
      suffix_zh;        ///< behind its title in Chinese
};

namespace detail {

/// A value as a scenario file has it.
[[nodiscard]] inline std::string toml_value(const described_parameter& d) {
  if (d.about.unit == "file") return toml_quoted(std::filesystem::absolute(d.value).lexically_normal().string());
  const bool plain =
      d.about.unit != "text" && (parse_number<double>(d.value) || d.value == "true" || d.value == "false" || d.value.starts_with('['));
  return plain ? d.value : toml_quoted(d.value);
}
/// The parameter that a setting `key=value` sets, or sets a part of.
[[nodiscard]] inline std::string key_of_setting(std::string_view setting) {
  return std::string(parameter_of(trimmed(setting.substr(0, setting.find('=')))));
}

}  // namespace detail

/// Its text, up to and with the line `[provenance]`, behind which lines of its own may come.
/// \param extends  what the other scenario is called from there
/// \param made     the scenario with its own values
/// \param keys     of these, as `--set` has them
[[nodiscard]] inline std::string extended_scenario(const std::string& extends, const scenario& made, const std::vector<std::string>& keys,
                                                   const extension_words& words) {
  const auto is_set = [&](const described_parameter& d) { return std::find(keys.begin(), keys.end(), d.about.key) != keys.end(); };
  const std::vector<described_parameter> values = describe(made);

  std::string out = "# " + words.made_by + "\n";
  out += "extends = " + detail::toml_quoted(extends) + "\n\n";
  out += "scenario.format = 2\nscenario.name = " + detail::toml_quoted(made.name + words.suffix) + '\n';
  out += "scenario.title_en = " + detail::toml_quoted((made.title_en.empty() ? made.name : made.title_en) + words.suffix_en) + '\n';
  out += "scenario.title_zh = " + detail::toml_quoted((made.title_zh.empty() ? made.name : made.title_zh) + words.suffix_zh) + '\n';
  std::string categories, periods;
  for (const described_parameter& d : values) {
    const std::string& key = d.about.key;
    if (!is_set(d) || key.starts_with("scenario.name") || key.starts_with("scenario.title_")) continue;
    if (key.starts_with("category.")) continue;
    if (!key.starts_with("sensitive_period.")) out += key + " = " + detail::toml_value(d) + '\n';
  }
  for (const category_setting& c : made.categories) {
    const std::string prefix = "category." + c.id + '.';
    std::string rows;
    for (const described_parameter& d : values) {
      if (is_set(d) && d.about.key.starts_with(prefix)) rows += d.about.key.substr(prefix.size()) + " = " + detail::toml_value(d) + '\n';
    }
    if (!rows.empty()) categories += "\n[[category]]\nid = " + detail::toml_quoted(c.id) + '\n' + rows;
  }
  const bool of_periods =
      std::any_of(keys.begin(), keys.end(), [](const std::string& key) { return key.starts_with("sensitive_period."); });
  for (const sensitive_period& p :
       of_periods ? made.sensitive_periods : std::vector<sensitive_period>()) {  // all, since they replace those there
    const std::string prefix = "sensitive_period." + p.name + '.';
    periods += "\n[[sensitive_period]]\n";
    for (const described_parameter& d : values) {
      if (d.about.key.starts_with(prefix)) periods += d.about.key.substr(prefix.size()) + " = " + detail::toml_value(d) + '\n';
    }
  }
  return out + categories + periods + "\n[provenance]\n";
}

}  // namespace sifang

#endif
