// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LOG_FORMAT_HPP
#define SIFANG_IO_LOG_FORMAT_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sifang {

/// What an event log is written as.
enum class log_format : std::uint8_t {
  csv,   ///< a table, a row an event
  xes,   ///< IEEE 1849
  ocel,  ///< OCEL 2.0, JSON
};

/// The format that the ending of a file's name asks for, in whatever case: `.xes`, `.json` or `.jsonocel`, and CSV for any other name.
/// Nothing for the endings of formats in which logs are kept elsewhere and which would be taken for those (`.xes.gz`, `.xml`, …).
[[nodiscard]] inline std::optional<log_format> log_format_of(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (lower.ends_with(".xes")) return log_format::xes;
  if (lower.ends_with(".json") || lower.ends_with(".jsonocel")) return log_format::ocel;
  for (const std::string_view other :
       {".gz", ".zip", ".xml", ".mxml", ".xmlocel", ".ocel", ".jsonl", ".sqlite", ".db", ".xlsx", ".parquet"}) {
    if (lower.ends_with(other)) return std::nullopt;
  }
  return log_format::csv;
}

}  // namespace sifang

#endif
