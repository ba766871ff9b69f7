// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SCENARIO_FORMAT_HPP
#define SIFANG_IO_SCENARIO_FORMAT_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Formats of scenario files, and what keys of the first are called in the second.
///
/// Format 1 had six tables of sessions (`[reception.principal]`, …) and two lists in the order of eight kinds
/// (`choice.appeal`, `choice.shares`). Format 2 has one table for each kind of session, `[session.ID]`. A file says which it
/// has as `scenario.format`; one that does not say may use the keys of both.

namespace sifang {

/// The format that `sifang migrate` writes, and in which keys are shown.
inline constexpr int newest_scenario_format = 2;

/// A key of format 1 as format 2 has it.
struct renamed_key {
  std::vector<std::string> keys;  ///< what it sets; nothing where it never had an effect
  bool one_each = false;          ///< its value is a list, with one entry for each of `keys`
};

namespace detail {

/// The kinds of session that format 1 had, in the order of its lists.
inline constexpr std::array<std::string_view, 8> sessions_of_format_1{"village", "section",       "township",      "department",
                                                                      "window",  "linked_leader", "bureau_leader", "principal"};
struct renamed_table {
  std::string_view table, first, second;
  bool all_sit;  // everybody who belongs there sat, whatever was written
};
inline constexpr std::array<renamed_table, 6> tables_of_format_1{{{"reception.principal", "principal", "", false},
                                                                  {"reception.linked", "linked_leader", "", true},
                                                                  {"reception.bureau", "bureau_leader", "", false},
                                                                  {"reception.unit", "township", "department", true},
                                                                  {"reception.village", "village", "section", true},
                                                                  {"reception.window", "window", "", false}}};
inline constexpr std::array<std::string_view, 8> session_keys_of_format_1{"open",   "recur", "on_rest_day", "add",
                                                                          "remove", "start", "length",      "receivers"};

}  // namespace detail

/// What a key of format 1 is called in format 2; nothing for a key that both have, or none.
[[nodiscard]] inline std::optional<renamed_key> renamed(std::string_view key) {
  const auto session = [](std::string_view id, std::string_view last) { return "session." + std::string(id) + '.' + std::string(last); };
  if (key == "reception.sensitive_duty") return renamed_key{{session("bureau_leader", "sensitive_duty")}, false};
  if (key == "choice.appeal" || key == "choice.shares") {
    renamed_key out{{}, true};
    for (std::string_view id : detail::sessions_of_format_1) out.keys.push_back(session(id, key == "choice.appeal" ? "appeal" : "share"));
    return out;
  }
  const std::size_t dot = key.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view table = key.substr(0, dot), last = key.substr(dot + 1);
  const auto& keys = detail::session_keys_of_format_1;
  const auto found = std::find_if(detail::tables_of_format_1.begin(), detail::tables_of_format_1.end(),
                                  [&](const detail::renamed_table& t) { return t.table == table; });
  if (found == detail::tables_of_format_1.end() || std::find(keys.begin(), keys.end(), last) == keys.end()) return std::nullopt;
  renamed_key out;
  if (last == "receivers" && found->all_sit) return out;
  out.keys.push_back(session(found->first, last));
  if (!found->second.empty()) out.keys.push_back(session(found->second, last));
  return out;
}

/// A key of a table of format 1 as it would be called in format 2, whether there is such a key or not; any other as it is.
/// Irregular visits are no session of a scenario: what they have is `reception.irregular_*`.
[[nodiscard]] inline std::string as_in_format_2(std::string_view key) {
  constexpr std::string_view irregular = "session.irregular.";
  if (key == irregular.substr(0, irregular.size() - 1)) return "reception.irregular_per_month";
  if (key.starts_with(irregular)) return "reception.irregular_" + std::string(key.substr(irregular.size()));
  const std::size_t dot = key.rfind('.');
  for (const detail::renamed_table& t : detail::tables_of_format_1) {
    if (key == t.table) return "session." + std::string(t.first);
    if (dot != std::string_view::npos && key.substr(0, dot) == t.table)
      return "session." + std::string(t.first) + std::string(key.substr(dot));
  }
  return std::string(key);
}

/// Whether a table is one of format 1 alone.
[[nodiscard]] inline bool is_table_of_format_1(std::string_view table) noexcept {
  return std::any_of(detail::tables_of_format_1.begin(), detail::tables_of_format_1.end(),
                     [&](const detail::renamed_table& t) { return t.table == table; });
}

}  // namespace sifang

#endif
