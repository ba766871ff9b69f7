// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_PROPOSAL_HPP
#define SIFANG_IO_LEDGER_PROPOSAL_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/io/ledger_words.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/personal_data.hpp"
#include "sifang/io/text_table.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// How a ledger was read, for whoever is to say whether that is right: as tables for a terminal, and as a mapping file.

namespace sifang {

namespace detail {

[[nodiscard]] inline std::string note_of(const ledger_column& c, language lang) {
  if (c.holds) return {};
  const bool chinese = lang == language::zh;
  if (c.is_private == private_column::story) return chinese ? "文字叙述，不读取" : "free text: not read";
  if (c.is_private) return chinese ? "个人信息，不读取" : "personal data: not read";
  return chinese ? "不读取" : "not read";
}

/// An unknown word as a comment of a mapping file, to be given its meaning.
[[nodiscard]] inline std::string unknown_word_line(const ledger_word& w) {
  const bool shown = w.word != not_shown;
  return "# " + toml_quoted(shown ? std::string_view(w.word) : std::string_view()) + " = \"\"  # " +
         (shown ? "" : "not shown, as it may be somebody's; ") + "not known: " + std::to_string(w.times) + " rows, first on line " +
         std::to_string(w.line) + (w.near.empty() ? std::string() : "; perhaps " + joined(w.near, ", ")) + '\n';
}

}  // namespace detail

/// What each column was taken for, and each word: two tables for a terminal.
[[nodiscard]] inline std::string ledger_proposal_text(const ledger_reading& read, language lang = language::en) {
  const bool chinese = lang == language::zh;
  text_table columns(chinese ? std::vector<std::string>{"列", "含义", "字段", "已填", "说明"}
                             : std::vector<std::string>{"column", "holds", "field", "filled", "note"});
  for (const ledger_column& c : read.columns) {
    if (c.name.empty()) continue;
    columns.add({c.name, c.holds ? std::string(text_of(*c.holds, lang)) : "–", c.holds ? std::string(name_of(*c.holds)) : "–",
                 std::to_string(c.filled) + "/" + std::to_string(read.rows), detail::note_of(c, lang)});
  }
  std::string out = columns.text();
  if (read.words.empty()) return out;
  text_table words(chinese ? std::vector<std::string>{"字段", "词", "含义", "行数", "说明"}
                           : std::vector<std::string>{"field", "word", "means", "rows", "note"});
  for (const ledger_word& w : read.words) {
    std::string note;
    if (w.means.empty()) {
      note = w.near.empty() ? std::string(chinese ? "未识别" : "not known")
                            : (chinese ? "是否为 " : "perhaps ") + detail::joined(w.near, ", ");
      note += (chinese ? "；首见于第 " : "; first on line ") + std::to_string(w.line) + (chinese ? " 行" : "");
    }
    words.add({std::string(name_of(w.field)), w.word, w.means.empty() ? "?" : w.means, std::to_string(w.times), note});
  }
  return out + '\n' + words.text();
}

/// What a user should know of a reading beside its faults, a line each; nothing if there is nothing.
[[nodiscard]] inline std::vector<std::string> ledger_notes(const ledger_reading& read, language lang = language::en) {
  const bool chinese = lang == language::zh;
  std::vector<std::string> out;
  const auto say = [&](std::size_t count, std::string_view en, std::string_view zh) {
    if (count > 0)
      out.push_back(chinese ? std::string(zh.substr(0, zh.find('#'))) + std::to_string(count) + std::string(zh.substr(zh.find('#') + 1))
                            : std::string(en.substr(0, en.find('#'))) + std::to_string(count) + std::string(en.substr(en.find('#') + 1)));
  };
  say(read.rows_rejected, "# rows cannot be used", "# 行不能使用");
  say(read.sums, "# rows of totals were passed over", "略过 # 行合计");
  say(read.repeats, "# rows are repeats; each is replayed as a matter of its own", "# 行为重复信访；重放时各作一件");
  say(read.private_ids, "# case numbers look like somebody's; the line stands in place of them", "# 个编号疑为个人信息，改用行号");
  say(read.unknown_units, "# responsible units are none of the county's; they are left out", "# 个责任单位不在本县单位之中，已略去");
  say(read.unknown_owners, "# owners are no known posts; they are left out", "# 个包案领导不是已知职务，已略去");
  return out;
}

/// A mapping file that reads the ledger as it was read: to be looked at, edited, and given with `--map`.
/// Words that are not known stand in comments, with the nearest known ones; what may be somebody's is not written.
/// \param used  the map by which it was read, if by any
[[nodiscard]] inline std::string ledger_map_text(const ledger_reading& read, const ledger_map& used = {}) {
  using detail::toml_quoted;
  std::string out =
      "# How the columns and words of a ledger are read. Written by 'sifang ledger': edit it, and give it with --map.\n"
      "# 台账各列、各词的读法。由“sifang ledger”写出；可修改后用 --map 指定。\nformat = 1\n";
  if (!used.sheet.empty()) out += "sheet = " + toml_quoted(used.sheet) + '\n';
  if (!used.merges.empty()) out += "merges = " + toml_quoted(used.merges) + '\n';
  out += "\n# field = name of its column\n[columns]\n";
  for (std::size_t f = 0; f < ledger_map::fields; ++f) {
    const auto field = static_cast<ledger_field>(f);
    for (const ledger_column& c : read.columns) {
      if (c.holds != field) continue;
      const std::string& name = used.column(field).empty() ? c.name : used.column(field);
      out += std::string(name_of(field)) + " = " + toml_quoted(name) + '\n';
    }
  }
  std::string unread;
  for (const ledger_column& c : read.columns) {
    if (!c.holds && !c.name.empty()) unread += (unread.empty() ? "# not read: " : ", ") + c.name;
  }
  if (!unread.empty()) out += unread + '\n';
  std::string constants;
  for (std::size_t f = 0; f < ledger_map::fields; ++f) {
    if (!used.constants[f].empty()) constants += std::string(names_of<ledger_field>[f]) + " = " + toml_quoted(used.constants[f]) + '\n';
  }
  if (!constants.empty()) out += "\n# field = what every row has\n[constants]\n" + constants;
  for (std::size_t f = 0; f < ledger_map::fields; ++f) {
    const auto field = static_cast<ledger_field>(f);
    std::map<std::string, std::string, std::less<>> known = used.words[f];
    std::string comments;
    for (const ledger_word& w : read.words) {
      if (w.field != field || used.words[f].contains(plain_word(w.word)) || w.word == "YYYY-MM-DD") continue;
      if (!w.means.empty())
        known.emplace(w.word, w.means);
      else
        comments += detail::unknown_word_line(w);
    }
    std::string words;
    for (const auto& [word, means] : known) words += toml_quoted(word) + " = " + toml_quoted(means) + '\n';
    words += comments;
    if (!words.empty()) out += "\n# word of the ledger = what it means\n[" + std::string(name_of(field)) + "]\n" + words;
  }
  return out;
}

}  // namespace sifang

#endif
