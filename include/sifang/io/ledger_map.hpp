// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_MAP_HPP
#define SIFANG_IO_LEDGER_MAP_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/ledger_words.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/toml_text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The mapping file of a ledger (`ledger.map.toml`): which column holds what, and what its words mean.

namespace sifang {

/// How a ledger is to be read where the dictionary is not to decide. Plain value; an empty one leaves all to the dictionary.
struct ledger_map {
  static constexpr std::size_t fields = enumerator_count<ledger_field>;  ///< as many as `ledger_field` has

  std::string sheet{};                          ///< of a spreadsheet; empty: the first that is not hidden
  bool names_columns = false;                   ///< only the columns that it names are read
  std::array<std::string, fields> columns{};    ///< name of the column that holds a field, as the ledger has it; empty: none is named
  std::array<std::string, fields> constants{};  ///< text that every row has for a field; empty: none
  std::array<std::map<std::string, std::string, std::less<>>, fields> words{};  ///< by `plain_word`: the documented word for it
  std::string merges{};                                                         ///< file of the table of merged places; empty: none
  std::map<std::string, std::string, std::less<>> merged{};                     ///< old code or name of a place, and its code now

  /// Entries of one field. @{
  [[nodiscard]] std::string& column(ledger_field f) { return columns[static_cast<std::size_t>(f)]; }
  [[nodiscard]] const std::string& column(ledger_field f) const { return columns[static_cast<std::size_t>(f)]; }
  [[nodiscard]] std::string& constant(ledger_field f) { return constants[static_cast<std::size_t>(f)]; }
  [[nodiscard]] const std::string& constant(ledger_field f) const { return constants[static_cast<std::size_t>(f)]; }
  [[nodiscard]] auto& words_of(ledger_field f) { return words[static_cast<std::size_t>(f)]; }
  [[nodiscard]] const auto& words_of(ledger_field f) const { return words[static_cast<std::size_t>(f)]; }
  /// @}
  /// The documented word that the map has for a cell, if it has one.
  [[nodiscard]] const std::string* word(ledger_field f, std::string_view plain) const {
    const auto found = words_of(f).find(plain);
    return found == words_of(f).end() ? nullptr : &found->second;
  }
};

namespace detail {

class ledger_map_reader {
 public:
  ledger_map_reader(const std::string& file, const text_source& from, std::vector<fault>& faults)
      : file_(file), from_(&from), faults_(&faults) {}

  ledger_map read(const std::string& text) {
    ledger_map out;
    const toml_document document = parse_toml(text, file_, *faults_);
    if (!document.whole) return out;
    for (const auto& [key, node] : document.root) {
      const std::string name(key.str());
      if (name == "format") {
        if (node.value<std::int64_t>() != 1) wrong(node, name, "1");
      } else if (name == "sheet") {
        out.sheet = text_in(node, name).value_or("");
      } else if (name == "merges") {
        out.merges = text_in(node, name).value_or("");
        if (!out.merges.empty()) read_merges(out.merges, out);
      } else if (name == "columns") {
        out.names_columns = true;
        read_fields(node, name, out.columns);
      } else if (name == "constants") {
        read_fields(node, name, out.constants);
      } else {
        read_words(node, name, out);
      }
    }
    return out;
  }

 private:
  [[nodiscard]] place where(const toml::node& node) const { return {file_, node.source().begin.line, node.source().begin.column}; }
  void wrong(const toml::node& node, const std::string& key, const std::string& expected) {
    faults_->push_back({fault_kind::wrong_type, where(node), {key, expected, found_text(node)}});
  }
  /// A text, a number or true and false as text.
  std::optional<std::string> text_in(const toml::node& node, const std::string& key) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* yes = node.as_boolean()) return std::string(yes->get() ? "true" : "false");
    wrong(node, key, "text");
    return std::nullopt;
  }
  void read_fields(const toml::node& node, const std::string& table, std::array<std::string, ledger_map::fields>& into) {
    const auto* fields = node.as_table();
    if (fields == nullptr) return wrong(node, table, "a table");
    for (const auto& [key, value] : *fields) {
      const auto field = parse_name<ledger_field>(key.str());
      if (!field) {
        std::vector<std::string> names(names_of<ledger_field>, names_of<ledger_field> + ledger_map::fields);
        faults_->push_back({fault_kind::unknown_key, where(value), {table + "." + shortened(key.str()), nearest(key.str(), names)}});
        continue;
      }
      if (auto text = text_in(value, table + "." + std::string(key.str()))) into[static_cast<std::size_t>(*field)] = *std::move(text);
    }
  }
  void read_words(const toml::node& node, const std::string& name, ledger_map& out) {
    const auto field = parse_name<ledger_field>(name);
    if (!field || !has_words(*field)) {
      std::vector<std::string> known{"format", "sheet", "merges", "columns", "constants"};
      for (std::size_t f = 0; f < ledger_map::fields; ++f) {
        if (has_words(static_cast<ledger_field>(f))) known.emplace_back(names_of<ledger_field>[f]);
      }
      faults_->push_back({fault_kind::unknown_key, where(node), {shortened(name), nearest(name, known)}});
      return;
    }
    const auto* words = node.as_table();
    if (words == nullptr) return wrong(node, name, "a table");
    for (const auto& [word, value] : *words) {
      if (auto text = text_in(value, name)) out.words_of(*field)[plain_word(word.str())] = *std::move(text);
    }
  }
  void read_merges(const std::string& named, ledger_map& out) {
    std::filesystem::path path(named);
    if (path.is_relative()) path = std::filesystem::path(file_).parent_path() / path;
    const auto table = read_csv(path, *faults_, "a table of merged places", *from_);
    if (!table) return;
    const std::size_t before = faults_->size();
    const auto columns = table->columns({"old", "new"}, {}, *faults_);
    if (faults_->size() != before) return;
    for (std::size_t row = 0; row < table->size(); ++row) {
      const std::string old = plain_word(text_in_cell(*table, row, columns[0]));
      const std::string now = plain_word(text_in_cell(*table, row, columns[1]));
      if (!old.empty() && !now.empty()) out.merged[old] = now;
    }
  }
  std::string text_in_cell(const csv_table& table, std::size_t row, csv_column column) {
    return sifang::text_in(table, row, column, *faults_);
  }

  std::string file_;
  const text_source* from_;
  std::vector<fault>* faults_;
};

}  // namespace detail

/// Reads a mapping file from text in UTF-8, which messages call `file`; the table of merges that it may name stands beside it.
///
/// Faults: those of `parse_toml`, `unknown_key`, `wrong_type`, and those of the table of merges.
[[nodiscard]] inline checked<ledger_map> parse_ledger_map(const std::string& text, const std::string& file,
                                                          const text_source& from = text_files()) {
  std::vector<fault> faults;
  ledger_map out = detail::ledger_map_reader(file, from, faults).read(text);
  tidy(faults);
  if (!faults.empty()) return faults;
  return out;
}

/// The same from a file or another source of texts.
[[nodiscard]] inline checked<ledger_map> load_ledger_map(const std::filesystem::path& path, const text_source& from = text_files()) {
  constexpr std::size_t most = std::size_t{1} << 20;
  const checked<std::string> text = from.text(path, {text_encoding::utf8, "the mapping of a ledger", most});
  if (!text) return text.faults();
  return parse_ledger_map(*text, path.string(), from);
}

}  // namespace sifang

#endif
