// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_DRAWS_FILE_HPP
#define SIFANG_IO_DRAWS_FILE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/plausible_draw.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Draws of parameters as CSV: the header has their keys, a row is a draw. A calibration leaves such a file.

namespace sifang {

namespace detail {

/// The parameters that the columns of a table are, in their order; what is wrong with a column is told once.
[[nodiscard]] inline std::vector<const described_parameter*> drawn_columns(const csv_table& table,
                                                                           const std::vector<described_parameter>& known,
                                                                           std::vector<fault>& faults) {
  const auto can_be_drawn = [](const described_parameter& d) { return d.number && !d.about.key.starts_with("scenario."); };
  std::vector<std::string> keys;
  for (const described_parameter& d : known) {
    if (can_be_drawn(d)) keys.push_back(d.about.key);
  }
  std::vector<const described_parameter*> out;
  nearest_words near;
  for (std::size_t c = 0; c < table.header().size(); ++c) {
    const std::string& name = table.header()[c];
    const auto found = std::find_if(known.begin(), known.end(), [&](const described_parameter& d) { return d.about.key == name; });
    out.push_back(nullptr);
    if (found == known.end())
      faults.push_back({fault_kind::unknown_key, table.where_header(c), {shortened(name), near(name, keys)}});
    else if (!can_be_drawn(*found))
      faults.push_back({fault_kind::wrong_type,
                        table.where_header(c),
                        {name, "a parameter that is one number, none of [scenario]", "'" + shortened(found->value) + "'"}});
    else
      out.back() = &*found;
  }
  return out;
}

}  // namespace detail

/// Reads draws from text in UTF-8, which messages call `file`, for a scenario whose parameters they are.
///
/// Faults: those of `csv_table::parse`; `unknown_key` (a column that is no parameter), `wrong_type` (one that is no number, or has a
/// fraction where none can be), `bad_number`, `out_of_range`, `empty_file` (no row).
/// \complexity linear in the table, and in the parameters for each column
[[nodiscard]] inline checked<parameter_draws> parse_draws(std::string_view text, const std::string& file, const scenario& s) {
  std::vector<fault> faults;
  const csv_table table = csv_table::parse(text, file, faults);
  const std::vector<described_parameter> known = describe(s);
  const auto columns = detail::drawn_columns(table, known, faults);
  parameter_draws out;
  for (const described_parameter* d : columns) {
    if (d != nullptr) out.keys.push_back(d->about.key);
  }
  for (std::size_t row = 0; row < table.size(); ++row) {
    std::vector<double> values;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c] == nullptr) continue;
      const described_parameter& d = *columns[c];
      const csv_column column{c, d.about.key};
      const auto number = number_in(table, row, column, faults, d.about.least, d.about.most);
      values.push_back(number.value_or(0));
      if (number && d.is_whole && *number != std::floor(*number))
        faults.push_back({fault_kind::wrong_type, table.where(row, column), {d.about.key, "a whole number", number_text(*number)}});
    }
    out.rows.push_back(std::move(values));
  }
  if (faults.empty() && out.rows.empty()) faults.push_back({fault_kind::empty_file, {file}, {"a row for each draw below the header"}});
  tidy(faults);
  if (!faults.empty()) return faults;
  return out;
}

/// The same from a file or another source of texts, where it may also be `cannot_read`, `not_text` or `is_spreadsheet`.
[[nodiscard]] inline checked<parameter_draws> load_draws(const std::filesystem::path& path, const scenario& s,
                                                         const text_source& from = text_files()) {
  const checked<std::string> text = from.text(path, {text_encoding::utf8_or_gb18030, "a table of draws"});
  if (!text) return text.faults();
  return parse_draws(*text, path.string(), s);
}

}  // namespace sifang

#endif
