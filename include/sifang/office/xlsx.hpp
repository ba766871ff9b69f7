// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_XLSX_HPP
#define SIFANG_OFFICE_XLSX_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/io/ledger_header.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/office/archive.hpp"
#include "sifang/office/number_format.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Spreadsheets (.xlsx, ECMA-376) as tables: what a ledger needs of them.

namespace sifang {

/// How much of a spreadsheet is read at most, so that memory is bounded whatever it holds.
struct xlsx_limits {
  std::size_t sheet = std::size_t{256} << 20;     ///< bytes of a sheet when it is unpacked: some six million cells
  std::size_t strings = std::size_t{64} << 20;    ///< bytes of the strings that sheets share
  std::size_t small_part = std::size_t{4} << 20;  ///< bytes of a row, a string, and of any other part
  std::size_t table = std::size_t{256} << 20;     ///< bytes of the table that is made
  std::uint32_t columns = 1024;                   ///< of a sheet
  std::uint32_t rows = 1'048'576;                 ///< of a sheet, as many as spreadsheets can have
};

namespace detail {

/// The name of an element or attribute without its prefix.
[[nodiscard]] inline std::string_view local_name(std::string_view name) noexcept {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
[[nodiscard]] inline pugi::xml_node child(pugi::xml_node of, std::string_view name) {
  for (const pugi::xml_node one : of.children()) {
    if (local_name(one.name()) == name) return one;
  }
  return {};
}
[[nodiscard]] inline std::string_view attribute(pugi::xml_node of, std::string_view name) {
  for (const pugi::xml_attribute one : of.attributes()) {
    if (local_name(one.name()) == name) return one.value();
  }
  return {};
}
[[nodiscard]] inline bool is_true(std::string_view text) noexcept { return text == "1" || text == "true" || text == "on"; }

/// The text of a string item: its own, or of its runs; not how it is pronounced.
[[nodiscard]] inline std::string string_item(pugi::xml_node item) {
  std::string out;
  for (const pugi::xml_node one : item.children()) {
    const std::string_view name = local_name(one.name());
    if (name == "t")
      out += one.text().get();
    else if (name == "r")
      out += child(one, "t").text().get();
  }
  return out;
}

/// A column's letters and a row's digits: `B12`. Column from 0, row from 1; nothing if it is none.
struct cell_name {
  std::uint32_t column = 0, row = 0;

  [[nodiscard]] static std::optional<cell_name> parse(std::string_view text) {
    cell_name out;
    std::size_t at = 0;
    std::uint32_t column = 0;
    for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && at < 6; ++at)
      column = column * 26 + static_cast<std::uint32_t>(text[at] - 'A' + 1);
    const auto row = parse_number<std::uint32_t>(text.substr(at));
    if (column == 0 || !row || *row == 0) return std::nullopt;
    out.column = column - 1;
    out.row = *row;
    return out;
  }
};

/// Elements of a long XML document one after the other, so that no more than one of them is a tree at a time.
class xml_elements {
 public:
  enum class ending : std::uint8_t { good, malformed, document_type, too_long, stopped };

  /// \param text  the document, which is changed where it is read \param most  bytes of one element
  xml_elements(std::string& text, std::size_t most) : text_(&text), most_(most) {
    std::size_t at = 0;
    while ((at = text.find('<', at)) != std::string::npos && at + 1 < text.size() && (text[at + 1] == '?' || text[at + 1] == '!')) ++at;
    head_ = (std::min)(at, text.size());
    if (at == std::string::npos) return;
    const std::string_view root = std::string_view(text).substr(at + 1, text.find_first_of(" \t\r\n/>", at) - at - 1);
    if (const auto colon = root.find(':'); colon != std::string_view::npos) prefix_ = root.substr(0, colon + 1);
  }

  /// Calls `take(node)` for each element of a name directly inside the first `parent`, until it says no.
  template <class Take>
  [[nodiscard]] ending each(std::string_view parent, std::string_view name, Take&& take) {
    if (std::string_view(*text_).substr(0, head_).find("<!DOCTYPE") != std::string_view::npos) return ending::document_type;
    const std::size_t begin = opening(parent, 0);
    if (begin == std::string::npos) return head_ == text_->size() ? ending::malformed : ending::good;
    std::size_t at = tag_end(begin);
    if (at == std::string::npos) return ending::malformed;
    if ((*text_)[at - 1] == '/') return ending::good;
    const std::string close = "</" + prefix_ + std::string(name), open = "<" + prefix_ + std::string(name),
                      closes_parent = "</" + prefix_ + std::string(parent);
    for (++at;;) {
      at = text_->find_first_not_of(" \t\r\n", at);
      if (at == std::string::npos) return ending::malformed;
      if (text_->compare(at, 4, "<!--") == 0) {
        at = text_->find("-->", at);
        if (at == std::string::npos) return ending::malformed;
        at += 3;
        continue;
      }
      if (!is_tag(at, open))
        return (*text_)[at] == '<' && (is_tag(at, closes_parent) || (*text_)[at + 1] != '/') ? ending::good : ending::malformed;
      std::size_t end = tag_end(at);
      if (end == std::string::npos) return ending::malformed;
      if ((*text_)[end - 1] != '/') {
        end = text_->find(close, end);
        end = end == std::string::npos ? end : text_->find('>', end);
        if (end == std::string::npos) return ending::malformed;
      }
      if (end + 1 - at > most_) return ending::too_long;
      pugi::xml_document one;
      if (!one.load_buffer_inplace(text_->data() + at, end + 1 - at, options, pugi::encoding_utf8)) return ending::malformed;
      if (!take(one.document_element())) return ending::stopped;
      at = end + 1;
    }
  }

  static constexpr unsigned int options = pugi::parse_escapes | pugi::parse_cdata | pugi::parse_wconv_attribute | pugi::parse_eol |
                                          pugi::parse_ws_pcdata_single | pugi::parse_doctype;

 private:
  [[nodiscard]] bool is_tag(std::size_t at, std::string_view tag) const {
    if (text_->compare(at, tag.size(), tag) != 0 || at + tag.size() >= text_->size()) return false;
    return std::string_view(" \t\r\n/>").find((*text_)[at + tag.size()]) != std::string_view::npos;
  }
  [[nodiscard]] std::size_t opening(std::string_view name, std::size_t from) const {
    const std::string tag = "<" + prefix_ + std::string(name);
    for (std::size_t at = text_->find(tag, from); at != std::string::npos; at = text_->find(tag, at + 1)) {
      if (is_tag(at, tag)) return at;
    }
    return std::string::npos;
  }
  /// The `>` of a tag; one in quotes is none.
  [[nodiscard]] std::size_t tag_end(std::size_t at) const {
    char quote = 0;
    for (; at < text_->size(); ++at) {
      const char c = (*text_)[at];
      if (quote == 0 && c == '>') return at;
      if (quote == 0 && (c == '"' || c == '\''))
        quote = c;
      else if (c == quote)
        quote = 0;
    }
    return std::string::npos;
  }

  std::string* text_;
  std::size_t most_, head_ = 0;
  std::string prefix_;  // with its colon
};

/// Reads one workbook.
class xlsx_reader {
 public:
  xlsx_reader(const archive& parts, std::string file, const xlsx_limits& limits)
      : parts_(&parts), file_(std::move(file)), limits_(limits) {}

  [[nodiscard]] checked<std::string> table(const std::string& sheet) {
    read(sheet);
    if (wrong_) return *wrong_;
    return std::move(out_);
  }

 private:
  struct relation {
    std::string type, target;
  };

  void fail(std::string expected, std::string found) {
    if (!wrong_) wrong_ = make_fault(fault_kind::syntax, place{file_}, std::move(expected), std::move(found));
  }
  [[nodiscard]] static std::string last_of(std::string_view type) { return std::string(type.substr(type.rfind('/') + 1)); }

  /// Reads a part as XML. The text has to live as long as the document.
  [[nodiscard]] bool load(const std::string& name, std::string& text, pugi::xml_document& into) {
    auto bytes = parts_->read(name, limits_.small_part);
    if (!bytes) {
      if (!wrong_) wrong_ = bytes.faults().front();
      return false;
    }
    text = *std::move(bytes);
    const pugi::xml_parse_result done = into.load_buffer_inplace(text.data(), text.size(), xml_elements::options);
    if (!done) {
      fail("well-formed XML in the workbook", "something else");
      return false;
    }
    for (const pugi::xml_node one : into.children()) {
      if (one.type() != pugi::node_doctype) continue;
      fail("XML without a document type, which may define entities", "one");
      return false;
    }
    return true;
  }

  /// A target of a relation as the name of a part: from the folder of whoever names it, or from the root. Nothing if it leads out.
  [[nodiscard]] std::optional<std::string> resolved(std::string_view folder, std::string_view target) {
    std::string whole = target.starts_with('/') ? std::string(target.substr(1)) : std::string(folder) + std::string(target);
    std::vector<std::string> steps;
    for (std::size_t from = 0; from <= whole.size();) {
      const std::size_t end = (std::min)(whole.find('/', from), whole.size());
      std::string step = whole.substr(from, end - from);
      from = end + 1;
      if (step == ".." && steps.empty()) {
        fail("parts inside the workbook", "a path that leads out of it");
        return std::nullopt;
      }
      if (step == "..")
        steps.pop_back();
      else if (!step.empty() && step != ".")
        steps.push_back(std::move(step));
    }
    std::string out;
    for (const std::string& step : steps) out += (out.empty() ? "" : "/") + step;
    return out;
  }

  /// The relations of a part by their ids.
  [[nodiscard]] std::map<std::string, relation> relations_of(const std::string& part) {
    std::map<std::string, relation> out;
    const std::size_t slash = part.rfind('/');
    const std::string folder = slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
    const std::string name = folder + "_rels/" + (slash == std::string::npos ? part : part.substr(slash + 1)) + ".rels";
    std::string text;
    pugi::xml_document document;
    if (!parts_->has(name) || !load(name, text, document)) return out;
    for (const pugi::xml_node one : document.document_element().children()) {
      if (attribute(one, "TargetMode") == "External") continue;
      const auto target = resolved(folder, attribute(one, "Target"));
      if (!target) return out;
      out[std::string(attribute(one, "Id"))] = {last_of(attribute(one, "Type")), *target};
    }
    return out;
  }

  void read(const std::string& wanted) {
    std::string workbook = "xl/workbook.xml";
    for (const auto& [id, one] : relations_of({})) {
      if (one.type == "officeDocument") workbook = one.target;
    }
    if (wrong_) return;
    const auto relations = relations_of(workbook);
    std::string text;
    pugi::xml_document document;
    if (wrong_ || !load(workbook, text, document)) return;
    const pugi::xml_node root = document.document_element();
    from_1904_ = is_true(attribute(child(root, "workbookPr"), "date1904"));
    const std::string sheet = sheet_part(child(root, "sheets"), relations, wanted);
    if (wrong_) return;
    for (const auto& [id, one] : relations) {
      if (one.type == "sharedStrings") read_strings(one.target);
      if (one.type == "styles") read_styles(one.target);
      if (wrong_) return;
    }
    read_sheet(sheet);
  }

  /// The part of the sheet that is wanted, or of the first that is not hidden.
  [[nodiscard]] std::string sheet_part(pugi::xml_node sheets, const std::map<std::string, relation>& relations, const std::string& wanted) {
    std::string names;
    for (const pugi::xml_node one : sheets.children()) {
      std::string id;  // r:id, not sheetId
      for (const pugi::xml_attribute a : one.attributes()) {
        if (local_name(a.name()) == "id") id = a.value();
      }
      const auto part = relations.find(id);
      if (part == relations.end() || part->second.type != "worksheet") continue;  // a sheet of a chart
      const std::string name(attribute(one, "name"));
      const std::string_view state = attribute(one, "state");
      if (wanted.empty() ? state.empty() || state == "visible" : name == wanted) return part->second.target;
      constexpr std::size_t enough = 200;
      if (names.size() < enough) names += (names.empty() ? "" : ", ") + shown_header(name);
    }
    if (wanted.empty())
      fail("a workbook with a sheet that is not hidden", "no such sheet");
    else
      fail("a sheet '" + one_line(wanted, 100) + "'", names.empty() ? "no such sheet" : "sheets '" + names + "'");
    return {};
  }

  /// Reads a long part element by element. \returns whether it went well
  template <class Take>
  bool read_long(std::string& text, std::string_view parent, std::string_view name, Take&& take) {
    switch (xml_elements(text, limits_.small_part).each(parent, name, take)) {
      case xml_elements::ending::malformed:
        fail("well-formed XML in the workbook", "something else");
        return false;
      case xml_elements::ending::document_type:
        fail("XML without a document type, which may define entities", "one");
        return false;
      case xml_elements::ending::too_long:
        fail("parts of at most " + std::to_string(limits_.small_part >> 20) + " MiB", "a longer one");
        return false;
      default:
        return !wrong_;
    }
  }
  /// The text of a long part; nothing if it cannot be had.
  [[nodiscard]] std::optional<std::string> long_part(const std::string& name, std::size_t most) {
    auto bytes = parts_->read(name, most);
    if (!bytes && !wrong_) wrong_ = bytes.faults().front();
    if (!bytes) return std::nullopt;
    if (bytes->starts_with("\xFF\xFE") || bytes->starts_with("\xFE\xFF")) fail("XML in UTF-8", "UTF-16");
    if (wrong_) return std::nullopt;
    return *std::move(bytes);
  }

  void read_strings(const std::string& part) {
    auto text = long_part(part, limits_.strings);
    if (!text) return;
    (void)read_long(*text, "sst", "si", [&](pugi::xml_node one) {
      strings_.push_back(string_item(one));
      return true;
    });
  }

  void read_styles(const std::string& part) {
    std::string text;
    pugi::xml_document document;
    if (!load(part, text, document)) return;
    const pugi::xml_node root = document.document_element();
    std::map<std::int64_t, bool> own;
    for (const pugi::xml_node one : child(root, "numFmts").children()) {
      if (const auto id = parse_number<std::int64_t>(attribute(one, "numFmtId"))) own[*id] = is_date_format(attribute(one, "formatCode"));
    }
    for (const pugi::xml_node one : child(root, "cellXfs").children()) {
      const std::int64_t id = parse_number<std::int64_t>(attribute(one, "numFmtId")).value_or(0);
      const auto given = own.find(id);
      dates_.push_back(given != own.end() ? given->second : is_built_in_date(id));
    }
  }

  /// What a cell holds, as people would read it.
  [[nodiscard]] std::string cell_text(pugi::xml_node cell) {
    const std::string_view type = attribute(cell, "t");
    if (type == "inlineStr") return string_item(child(cell, "is"));
    const pugi::xml_node v = child(cell, "v");
    std::string value = v.text().get();
    if (value.empty()) return child(cell, "f") && type != "str" ? "#N/A" : "";  // a formula that was never calculated
    if (type == "s") {
      const auto index = parse_number<std::size_t>(value);
      if (index && *index < strings_.size()) return strings_[*index];
      fail("a string that the workbook has", "another number");
      return {};
    }
    if (type == "b") return value == "1" ? "TRUE" : "FALSE";
    if (type == "d") return value.ends_with("T00:00:00") ? value.substr(0, value.size() - 9) : value;
    if (type == "str" || type == "e") return value;
    const auto number = parse_number<double>(value);
    if (!number) return value;
    const std::size_t style = parse_number<std::size_t>(attribute(cell, "s")).value_or(0);
    if (style < dates_.size() && dates_[style]) return date_cell_text(*number, from_1904_);
    return value.find_first_of(".eE") == std::string::npos ? value : number_text(*number);
  }

  /// Cells that are merged downwards: what stands in the first stands in all. Cells beside it stay empty.
  struct merge {
    std::uint32_t first = 0, last = 0;
    std::string text;
  };
  void read_merges(std::string& text) {
    const bool good = read_long(text, "mergeCells", "mergeCell", [&](pugi::xml_node one) {
      const std::string_view range = attribute(one, "ref");
      const auto colon = range.find(':');
      if (colon == std::string_view::npos) return true;
      const auto first = cell_name::parse(range.substr(0, colon)), last = cell_name::parse(range.substr(colon + 1));
      if (first && last && first->column < limits_.columns && last->row > first->row)
        merges_[first->column].push_back({first->row, last->row, {}});
      return true;
    });
    if (!good) return;
    for (auto& [column, list] : merges_)
      std::sort(list.begin(), list.end(), [](const merge& a, const merge& b) { return a.first < b.first; });
  }
  void fill_merged(std::uint32_t row, std::vector<std::string>& cells) {
    for (auto& [column, list] : merges_) {
      std::size_t& at = merge_at_[column];
      while (at < list.size() && list[at].last < row) ++at;
      if (at == list.size() || list[at].first > row) continue;
      merge& m = list[at];
      if (column < cells.size() && m.text.empty()) m.text = cells[column];
      if (m.text.empty() || m.first == row) continue;
      if (cells.size() <= column) cells.resize(column + 1);
      if (cells[column].empty()) cells[column] = m.text;
    }
  }

  void read_sheet(const std::string& part) {
    auto text = long_part(part, limits_.sheet);
    if (!text) return;
    read_merges(*text);
    std::uint32_t line = 0;
    const bool good = !wrong_ && read_long(*text, "sheetData", "row", [&](pugi::xml_node row) {
      read_row(row, line);
      return !wrong_;
    });
    if (!good) return;
    if (out_.find_first_not_of(",\n") == std::string::npos)
      wrong_ = make_fault(fault_kind::empty_file, place{file_}, "a sheet with a table");
    if (first_bad_byte(out_)) fail("XML in UTF-8", "something else");
  }
  void read_row(pugi::xml_node row, std::uint32_t& line) {
    const std::string_view number = attribute(row, "r");
    const std::uint32_t at = number.empty() ? line + 1 : parse_number<std::uint32_t>(number).value_or(0);
    if (at <= line) return fail("rows in their order", "another");
    if (at > limits_.rows) return fail("at most " + std::to_string(limits_.rows) + " rows", "more");
    for (; line + 1 < at; ++line) out_ += '\n';
    std::vector<std::string> cells = cells_of(row);
    if (wrong_) return;
    fill_merged(at, cells);
    write_row(at, cells);
    ++line;
    if (out_.size() > limits_.table) fail("a table of at most " + std::to_string(limits_.table >> 20) + " MiB", "a longer one");
  }

  [[nodiscard]] std::vector<std::string> cells_of(pugi::xml_node row) {
    std::vector<std::string> cells;
    std::uint32_t next = 0;
    for (const pugi::xml_node cell : row.children()) {
      if (local_name(cell.name()) != "c") continue;
      std::uint32_t column = next;
      if (const std::string_view name = attribute(cell, "r"); !name.empty()) {
        const auto at = cell_name::parse(name);
        if (!at) {
          fail("the name of a cell, such as B12", "something else");
          return cells;
        }
        column = at->column;
      }
      if (column < next) {
        fail("cells in their order", "another");
        return cells;
      }
      next = column + 1;
      std::string text = cell_text(cell);
      if (wrong_ || text.empty()) {
        if (wrong_) return cells;
        continue;
      }
      if (column >= limits_.columns) {
        fail("at most " + std::to_string(limits_.columns) + " columns", "more");
        return cells;
      }
      cells.resize(column + 1);
      cells[column] = std::move(text);
    }
    return cells;
  }

  /// A line for a row, whatever its cells hold, so that lines are numbered as rows are. The first rows say how wide the table
  /// is; shorter ones are filled up.
  void write_row(std::uint32_t row, const std::vector<std::string>& cells) {
    constexpr std::uint32_t first_rows = 20;
    if (row <= first_rows) width_ = (std::max)(width_, cells.size());
    if (std::all_of(cells.begin(), cells.end(), [](const std::string& c) { return c.empty(); })) {
      out_ += '\n';
      return;
    }
    for (std::size_t c = 0; c < (std::max)(width_, cells.size()); ++c) {
      if (c > 0) out_ += ',';
      if (c >= cells.size() || cells[c].empty()) continue;
      out_ += '"';
      for (const char letter : cells[c]) {
        if (letter == '"') out_ += '"';
        out_ += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
      }
      out_ += '"';
    }
    out_ += '\n';
  }

  const archive* parts_;
  std::string file_;
  xlsx_limits limits_;
  std::optional<fault> wrong_;
  bool from_1904_ = false;
  std::vector<std::string> strings_;
  std::vector<bool> dates_;                             // of each style
  std::map<std::uint32_t, std::vector<merge>> merges_;  // by column
  std::map<std::uint32_t, std::size_t> merge_at_;
  std::size_t width_ = 0;
  std::string out_;
};

}  // namespace detail

/// A sheet of a workbook as comma-separated values, a line a row, so that messages name the rows of the sheet. Dates are
/// `YYYY-MM-DD`, with ` HH:MM` where they have a time; TRUE and FALSE; formulas as they were last calculated, `#N/A` where never;
/// cells that are merged downwards have their text in every row. The signature is that of `spreadsheet_reader`.
///
/// Faults: `syntax` (what is wrong with the archive, its XML, or a limit that it passes), `empty_file`. Entities are not
/// resolved and a document type is refused; nothing is written to a disk; memory is bounded by the limits.
/// \param sheet  by name, also a hidden one; empty: the first that is not hidden \complexity linear in the unpacked parts
[[nodiscard]] inline checked<std::string> xlsx_as_csv(std::string_view bytes, const std::string& file, const std::string& sheet,
                                                      const xlsx_limits& limits) {
  const auto parts = archive::open(bytes, file);
  if (!parts) return parts.faults();
  return detail::xlsx_reader(*parts, file, limits).table(sheet);
}
/// The same with the usual limits.
[[nodiscard]] inline checked<std::string> xlsx_as_csv(std::string_view bytes, const std::string& file, const std::string& sheet) {
  return xlsx_as_csv(bytes, file, sheet, xlsx_limits{});
}

}  // namespace sifang

#endif
