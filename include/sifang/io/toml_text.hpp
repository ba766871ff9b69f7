// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_TOML_TEXT_HPP
#define SIFANG_IO_TOML_TEXT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// TOML documents, with every syntax error of a document reported and not the first alone.

namespace sifang {

namespace detail {

[[nodiscard]] inline std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

[[nodiscard]] inline std::size_t characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// A value of a document as a message shows it.
[[nodiscard]] inline std::string found_text(const toml::node& node) {
  if (node.is_table()) return "a table";
  if (const auto* list = node.as_array()) {
    return list->is_array_of_tables() ? "a list of tables" : "a list of " + std::to_string(list->size());
  }
  if (const auto* text = node.as_string()) return "text '" + shortened(text->get()) + "'";
  if (const auto* number = node.as_floating_point()) {
    const double v = number->get();
    if (v != v) return "nan";
    if (v - v != 0) return v > 0 ? "inf" : "-inf";
    const std::string digits = number_text(v);
    return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;  // as it was written: no whole number
  }
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* yes = node.as_boolean()) return yes->get() ? "true" : "false";
  std::ostringstream out;
  if (const auto* date = node.as_date()) out << date->get();
  if (const auto* time = node.as_time()) out << time->get();
  if (const auto* both = node.as_date_time()) out << both->get();
  return out.str();
}

/// What the parser says, as a fault: `… expected X, saw Y` becomes expected and found.
[[nodiscard]] inline fault syntax_fault(const toml::parse_error& error, const std::string& file, bool at_line_end) {
  std::string_view said = error.description();
  place where{file, error.source().begin.line, error.source().begin.column};
  if (const auto redefined = said.find("cannot redefine existing "); redefined != std::string_view::npos) {
    const auto open = said.find('\'', redefined);
    const auto close = open == std::string_view::npos ? open : said.find('\'', open + 1);
    const std::string key(close == std::string_view::npos ? std::string_view() : said.substr(open + 1, close - open - 1));
    return {fault_kind::syntax, std::move(where), {"each key once", "'" + key + "' again"}};
  }
  std::string expected = "a line key = value";
  std::string found;
  if (said.find("control characters") != std::string_view::npos && at_line_end) {
    return {fault_kind::syntax, std::move(where), {"a closing quote", "the end of the line"}};
  }
  if (const auto at = said.find("expected "); at != std::string_view::npos) {
    said.remove_prefix(at + 9);
    const auto saw = said.find(", saw ");
    expected = shortened(said.substr(0, saw));
    if (saw != std::string_view::npos) found = said.substr(saw + 6);
  } else {
    const auto colon = said.find(": ");
    found = shortened(colon == std::string_view::npos ? said : said.substr(colon + 2));
  }
  if (found == "'\n'" || found == "'\\n'" || found == "'\r'" || found == "'\\r'") found = "the end of the line";
  if (found == "EOF" || found == "encountered end-of-file" || found.empty()) found = "the end of the file";
  return {fault_kind::syntax, std::move(where), {std::move(expected), shortened(found)}};
}

/// Looks through a document for what the parser must not be given, since it takes it for granted that there is none:
///
/// - a key of more than `most_key_parts` parts (`a.b.c`): the parser makes a table of each part, which its destructor takes
///   apart by calling itself, and fifty thousand are more than a stack holds;
/// - a table header `[…]` that begins with what no key begins with, a `}` where a list is open, and letters beyond ASCII
///   outside of texts and comments: nowhere are they right, and there the parser (toml++ 3.3) does not expect them at all.
class toml_scan {
 public:
  /// What is wrong: where it stands, and what should.
  struct spot {
    std::size_t offset = 0;
    std::string_view expected;
  };
  static constexpr std::size_t most_key_parts = 64;

  /// \complexity linear
  explicit toml_scan(std::string_view text) : text_(text) {
    while (at_ < text_.size() && !long_key_ && !wrong_) step();
  }

  /// Offset of the first key of too many parts, or nothing.
  [[nodiscard]] std::optional<std::size_t> long_key() const noexcept { return long_key_; }
  /// The first spot that is wrong, unless the document is wrong before it; or nothing. What stands before it may be parsed,
  /// and ends then in the middle of a header, a list or a line.
  [[nodiscard]] const std::optional<spot>& wrong() const noexcept { return wrong_; }

 private:
  [[nodiscard]] static bool is_bare(char c) noexcept { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }
  [[nodiscard]] static bool is_quote(char c) noexcept { return c == '"' || c == '\''; }

  void step() {
    const char c = text_[at_];
    if (c == ' ' || c == '\t') {
      ++at_;
      return;
    }
    if (c == '[' && line_begins_ && open_.empty()) look_at_header();
    line_begins_ = c == '\n';
    if (static_cast<unsigned char>(c) >= 0x80) wrong_ = spot{at_, "a line key = value"};
    if (c == '}' && open_.ends_with('[')) wrong_ = spot{at_, "value or closing ']'"};
    if (c == '#') {
      at_ = (std::min)(text_.find('\n', at_), text_.size());
    } else if (c == '.') {
      after_dot_ = true;
      ++at_;
    } else if (is_bare(c) || is_quote(c)) {
      add_part();
      is_quote(c) ? pass_quoted(c) : pass_bare();
    } else {
      if (c == '[' || c == '{') open_ += c;
      if ((c == ']' || c == '}') && !open_.empty()) open_.pop_back();
      parts_ = 0;
      after_dot_ = false;
      ++at_;
    }
  }
  void add_part() {
    if (!after_dot_) {
      parts_ = 0;
      first_part_ = at_;
    }
    after_dot_ = false;
    if (++parts_ > most_key_parts) long_key_ = first_part_;
  }
  void look_at_header() {
    std::size_t key = at_ + 1;
    const auto pass_blanks = [&] { key = (std::min)(text_.find_first_not_of(" \t", key), text_.size()); };
    if (key < text_.size() && text_[key] == '[') ++key;
    pass_blanks();
    if (key == text_.size() || is_bare(text_[key]) || is_quote(text_[key]) || text_[key] == ']') return;
    wrong_ = spot{key, "the name of a table"};
  }
  void pass_bare() {
    while (at_ < text_.size() && is_bare(text_[at_])) ++at_;
  }
  /// Over a text in one or three quotes. One in one quote ends with its line, if it is not closed.
  void pass_quoted(char quote) {
    const std::string three(3, quote);
    const bool several_lines = text_.substr(at_).starts_with(three);
    at_ += several_lines ? 3 : 1;
    while (at_ < text_.size()) {
      if (text_[at_] == '\\' && quote == '"') {
        at_ += 2;
      } else if (several_lines && text_.substr(at_).starts_with(three)) {
        at_ += 3;
        return;
      } else if (!several_lines && (text_[at_] == quote || text_[at_] == '\n')) {
        at_ += text_[at_] == quote ? 1 : 0;
        return;
      } else {
        ++at_;
      }
    }
    at_ = text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0, parts_ = 0, first_part_ = 0;
  std::string open_;  // brackets, the outermost first
  bool line_begins_ = true, after_dot_ = false;
  std::optional<std::size_t> long_key_;
  std::optional<spot> wrong_;
};

/// What stands at an offset, as a message shows it.
[[nodiscard]] inline std::string rest_of_line(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(offset, text.find_first_of("\r\n", offset) - offset);
  return rest.empty() ? "the end of the line" : shortened(rest);
}

/// The fault of a spot that the parser is not given.
[[nodiscard]] inline fault wrong_spot_fault(std::string_view text, const toml_scan::spot& wrong, const std::string& file) {
  return {fault_kind::syntax, place_in(text, wrong.offset, file), {std::string(wrong.expected), rest_of_line(text, wrong.offset)}};
}
[[nodiscard]] inline bool is_at_or_behind(const place& a, const place& b) noexcept {
  return std::pair(a.line, a.column) >= std::pair(b.line, b.column);
}

/// The lines of a document that is being mended.
class toml_lines {
 public:
  explicit toml_lines(std::string_view text) {
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t end = (std::min)(text.find('\n', from), text.size());
      lines_.emplace_back(text.substr(from, end - from));
      from = end + 1;
    }
  }
  [[nodiscard]] std::size_t size() const noexcept { return lines_.size(); }
  [[nodiscard]] std::string_view operator[](std::uint32_t number) const { return lines_[number - 1]; }
  void blank(std::uint32_t number) { lines_[number - 1].clear(); }
  void cut_after(std::size_t count) { lines_.resize(count); }
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const std::string& line : lines_) out.append(line).append(1, '\n');
    return out;
  }
  /// Name of the table that a line stands in, with its final dot; empty at the top.
  [[nodiscard]] std::string table_of(std::uint32_t number) const {
    for (std::uint32_t n = number; n-- > 1;) {
      std::string_view line = trimmed(lines_[n - 1]);
      if (!line.starts_with('[')) continue;
      while (line.starts_with('[')) line.remove_prefix(1);
      const std::string_view name = trimmed(line.substr(0, line.find(']')));
      return std::string(name) + '.';
    }
    return {};
  }

 private:
  std::vector<std::string> lines_;
};

/// A line `key = value` that is wrong by itself, whatever stands around it.
[[nodiscard]] inline bool is_broken_assignment(std::string_view line) {
  line = trimmed(line);
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos || equals == 0 || line.starts_with('[') || line.starts_with('#')) return false;
  if (const toml_scan scan(line); scan.long_key() || scan.wrong()) return true;
  try {
    (void)toml::parse(line);
    return false;
  } catch (const toml::parse_error&) { return true; }
}

/// The whole key of a line `key = value`. \pre it has an equals sign
[[nodiscard]] inline std::string key_of(const toml_lines& lines, std::uint32_t number) {
  const std::string_view line = trimmed(lines[number]);
  SIFANG_ASSERT(line.find('=') != line.npos, "a line key = value");
  return lines.table_of(number) + std::string(trimmed(line.substr(0, line.find('='))));
}

/// The fault of a broken line, said in the words of its value where that is clearly a date or a clock time.
[[nodiscard]] inline fault broken_line_fault(const toml_lines& lines, std::uint32_t number, fault general) {
  const std::string_view line = trimmed(lines[number]);
  std::string_view value = trimmed(line.substr(line.find('=') + 1));
  value = trimmed(value.substr(0, value.find('#')));
  const auto is_digit = [&](std::size_t i) { return i < value.size() && value[i] >= '0' && value[i] <= '9'; };
  if (is_digit(0) && is_digit(1) && is_digit(2) && is_digit(3) && value.size() > 5 && value[4] == '-') {
    return {fault_kind::bad_date, std::move(general.where), {key_of(lines, number), shortened(value)}};
  }
  const bool clock = value.size() == 5 && value[2] == ':' && is_digit(0) && is_digit(1) && is_digit(3) && is_digit(4);
  const bool word =
      !value.empty() && (std::isalpha(static_cast<unsigned char>(value.front())) != 0 || static_cast<unsigned char>(value.front()) >= 0x80);
  if (clock || word) {
    return {fault_kind::syntax, std::move(general.where), {"a value (text and clock times stand in quotes)", shortened(value)}};
  }
  return general;
}

}  // namespace detail

/// A document, as much of it as could be read.
struct toml_document {
  toml::table root;                  ///< without the lines that had to be left out
  std::vector<std::string> dropped;  ///< whole keys of lines that had to be left out
  bool whole = true;                 ///< nothing else is missing
};

/// Reads a document, adding every syntax fault.
///
/// The parser stops at its first error. A line `key = value` that is wrong by itself is therefore noted and
/// left out, and the rest parsed again; after any other error only what stands before it is kept.
[[nodiscard]] inline toml_document parse_toml(const std::string& text, const std::string& file, std::vector<fault>& faults) {
  constexpr int most_faults = 50;
  toml_document out;
  detail::toml_lines lines(text);
  std::string source = text;
  for (int round = 0; round < most_faults; ++round) {
    const detail::toml_scan scan(source);
    if (scan.long_key()) {
      faults.push_back({fault_kind::syntax,
                        detail::place_in(source, *scan.long_key(), file),
                        {"a key of at most " + std::to_string(detail::toml_scan::most_key_parts) + " parts",
                         detail::rest_of_line(source, *scan.long_key())}});
      break;
    }
    const auto& wrong = scan.wrong();
    std::optional<toml::parse_error> error;
    try {
      out.root = toml::parse(std::string_view(source).substr(0, wrong ? wrong->offset : source.size()), file);
      if (!wrong) return out;
    } catch (const toml::parse_error& e) { error = e; }
    // The parser takes the spot that it is not given for the end of the document, which may be right.
    fault f;
    bool again = false;
    if (error) {
      const std::uint32_t line = std::clamp<std::uint32_t>(error->source().begin.line, 1, static_cast<std::uint32_t>(lines.size()));
      f = detail::syntax_fault(*error, file, error->source().begin.column > detail::characters(lines[line]));
      again = error->description().find("cannot redefine") != std::string_view::npos &&
              detail::trimmed(lines[line]).find('=') != std::string_view::npos;
    }
    if (wrong && (!error || detail::is_at_or_behind(f.where, detail::place_in(source, wrong->offset, file)))) {
      f = detail::wrong_spot_fault(source, *wrong, file);
      again = false;
    }
    const std::uint32_t at = std::clamp<std::uint32_t>(f.where.line, 1, static_cast<std::uint32_t>(lines.size()));
    if (again || detail::is_broken_assignment(lines[at])) {
      if (!again) out.dropped.push_back(detail::key_of(lines, at));
      faults.push_back(again ? std::move(f) : detail::broken_line_fault(lines, at, std::move(f)));
      lines.blank(at);
      source = lines.text();
      continue;
    }
    faults.push_back(std::move(f));
    out.whole = false;
    constexpr std::size_t most_lines_back = 50;
    for (std::size_t keep = at - 1; keep > 0 && keep + most_lines_back > at; --keep) {
      lines.cut_after(keep);
      try {
        out.root = toml::parse(lines.text(), file);
        return out;
      } catch (const toml::parse_error&) {  // the beginning of what is broken stands further up
      }
    }
    return out;
  }
  out.whole = false;
  return out;
}

}  // namespace sifang

#endif
