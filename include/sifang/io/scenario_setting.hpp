// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SCENARIO_SETTING_HPP
#define SIFANG_IO_SCENARIO_SETTING_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/further_handlers.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/parameter_reader.hpp"
#include "sifang/io/scenario_format.hpp"
#include "sifang/io/scenario_keys.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/io/toml_text.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/scenario_rules.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Parameters set one by one from text, as on the command line.

namespace sifang {

namespace detail {

/// The value of a setting as a node: TOML where it is that, plain text otherwise.
[[nodiscard]] inline toml::table setting_node(const std::string& text, bool as_text) {
  const std::string document = "value = " + text;
  const toml_scan scan(document);
  const bool can_be_parsed = !scan.long_key() && !scan.wrong();
  if (can_be_parsed && (!as_text || text.starts_with('"') || text.starts_with('\''))) {
    try {
      toml::table parsed = toml::parse(document);
      // Alone in a list it parses too, unless a comment follows it, which nobody writes on a command line on purpose.
      if (parsed.size() == 1 && toml::parse("value = [" + text + ']').size() == 1) return parsed;
    } catch (const toml::parse_error&) {  // plain text, then
    }
  }
  toml::table out;
  out.insert("value", text);
  return out;
}

/// Sets what a key of format 1 stands for. \param key as it was written
[[nodiscard]] inline std::vector<fault> set_renamed(scenario& s, const renamed_key& to, const std::string& key, const std::string& text) {
  std::vector<fault> faults;
  const toml::table parsed = setting_node(text, false);
  const toml::node& value = *parsed.get("value");
  const auto* list = value.as_array();
  if (to.one_each && (list == nullptr || list->size() != to.keys.size())) {
    const std::string wanted = "a list of " + std::to_string(to.keys.size()) + " numbers";
    return {{fault_kind::wrong_type, {std::string(command_line)}, {key, wanted, found_text(value)}}};
  }
  parameter_reader reader{std::string(command_line), faults};
  visit_parameters(s, [&](const parameter& p, auto& field) {
    const auto at = std::find(to.keys.begin(), to.keys.end(), p.key);
    if (at == to.keys.end()) return;
    const auto i = static_cast<std::size_t>(at - to.keys.begin());
    if (to.one_each)
      reader.read(p, key + '[' + std::to_string(i) + ']', *list->get(i), field);
    else
      reader.read(p, key, value, field);
  });
  return faults;
}

template <class T>
bool set_field(const parameter& p, const std::string& key, const std::string& text, T& field, std::vector<fault>& faults) {
  const toml::table node = setting_node(text, std::same_as<T, std::string>);
  return parameter_reader(std::string(command_line), faults).read(p, key, *node.get("value"), field);
}

/// Sets a parameter of one category or sensitive period: `list.id.key`.
template <class List, class Id, class Visit>
[[nodiscard]] std::vector<fault> set_in_list(List& list, Id&& id_of, const known_keys& keys, const std::string& key,
                                             const std::string& text, Visit&& visit) {
  const place where{std::string(command_line)};
  const std::size_t first_dot = key.find('.');
  const std::size_t last_dot = key.rfind('.');
  const std::string id = key.substr(first_dot + 1, last_dot - first_dot - 1);
  const std::string field_key = key.substr(last_dot + 1);
  std::vector<std::string> ids;
  for (const auto& item : list) ids.push_back(id_of(item));
  const auto found = std::find(ids.begin(), ids.end(), id);
  if (found == ids.end() && key.starts_with("category.")) return {{fault_kind::unknown_category, where, {id, nearest(id, ids)}}};
  if (found == ids.end()) {
    std::string all;
    for (const std::string& name : ids) all += (all.empty() ? "" : ", ") + name;
    return {{fault_kind::bad_value, where, {"sensitive_period", all, id, nearest(id, ids)}}};
  }
  if (const auto twins = std::count(found, ids.end(), id); twins > 1) {
    return {{fault_kind::syntax, where, {"a name that only one has", "'" + id + "', which " + std::to_string(twins) + " have"}}};
  }
  if (!keys.has(field_key)) {
    const std::string meant = keys.meant(field_key, false);
    return {{fault_kind::unknown_key, where, {key, meant.empty() ? meant : key.substr(0, last_dot + 1) + meant}}};
  }
  std::vector<fault> faults;
  visit(list[static_cast<std::size_t>(found - ids.begin())], [&](const parameter& p, auto& field) {
    if (p.key == field_key) set_field(p, key, text, field, faults);
  });
  return faults;
}

/// Gives one unit so many handlers more: `handling.further_handlers.CODE`.
[[nodiscard]] inline std::vector<fault> set_handlers_of_unit(scenario& s, const std::string& key, const std::string& text) {
  const auto count = parse_number<double>(text);
  const place where{std::string(command_line)};
  if (!count || *count != std::floor(*count))
    return {{fault_kind::wrong_type, where, {shortened(key), "a whole number", "'" + shortened(text) + "'"}}};
  if (!(*count >= 0 && *count <= most_further_handlers))
    return {{fault_kind::out_of_range, where, {shortened(key), range_text(0, most_further_handlers), shortened(text)}}};
  set_further_handlers(s, unit_of_handlers(key), static_cast<std::size_t>(*count));
  return {};
}

}  // namespace detail

/// Sets one parameter from `key=value`, as `--set` has it. The value is written as in a scenario file; text
/// needs no quotes. Categories and sensitive periods are reached as `category.ID.share` and
/// `sensitive_period.NAME.first`, the further handlers of one unit as `handling.further_handlers.CODE`. Faults: those of
/// `parameter_reader`, `syntax` (no `=`), `unknown_key`, `unknown_category`, `bad_value` (no sensitive period of that name). What must hold
/// between parameters is left to `check`. \param format  1: keys of the first format are known too (`io/scenario_format.hpp`)
[[nodiscard]] inline std::vector<fault> apply_setting(scenario& s, std::string_view setting, int format = 1) {
  const place where{std::string(command_line)};
  if (first_bad_byte(setting)) return {{fault_kind::syntax, where, {"key=value", "bytes that are not text"}}};
  const std::size_t equals = setting.find('=');
  const std::string key(detail::trimmed(setting.substr(0, equals)));
  if (equals == std::string_view::npos || key.empty()) return {{fault_kind::syntax, where, {"key=value", "'" + shortened(setting) + "'"}}};
  const std::string text(detail::trimmed(setting.substr(equals + 1)));
  std::vector<fault> faults;
  const std::optional<renamed_key> renamed_to = renamed(key);
  const bool in_list = std::count(key.begin(), key.end(), '.') >= 2;
  if (in_list && key.starts_with("category.")) {
    faults = detail::set_in_list(
        s.categories, [](const category_setting& c) { return c.id; }, detail::known_keys::of_category(), key, text,
        [](category_setting& c, auto&& v) { visit_category(c, v); });
  } else if (in_list && key.starts_with("sensitive_period.")) {
    faults = detail::set_in_list(
        s.sensitive_periods, [](const sensitive_period& c) { return c.name; }, detail::known_keys::of_sensitive_period(), key, text,
        [](sensitive_period& c, auto&& v) { visit_sensitive_period(c, v); });
  } else if (!unit_of_handlers(key).empty()) {
    faults = detail::set_handlers_of_unit(s, key, text);
  } else if (renamed_to && format == 1) {
    faults = detail::set_renamed(s, *renamed_to, key, text);
  } else {
    bool known = false;
    visit_parameters(s, [&](const parameter& p, auto& field) {
      if (p.key != key) return;
      known = true;
      detail::set_field(p, key, text, field, faults);
    });
    if (!known) {
      const bool has_new_name = renamed_to && !renamed_to->keys.empty();
      const std::string meant =
          has_new_name ? renamed_to->keys.front() : detail::known_keys::of_scenario(s).meant(as_in_format_2(key), false);
      faults.push_back({fault_kind::unknown_key, where, {key, meant}});
    }
  }
  tidy(faults);
  return faults;
}

}  // namespace sifang

#endif
