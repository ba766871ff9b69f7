// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SCENARIO_MIGRATION_HPP
#define SIFANG_IO_SCENARIO_MIGRATION_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/county/parameter_value.hpp"
#include "sifang/io/scenario_file.hpp"
#include "sifang/io/scenario_format.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/toml_text.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A scenario file of format 1, written anew in format 2.

namespace sifang {

namespace detail {

/// Takes a file apart line by line. What concerns sessions is gathered by session, with the comments above it; all else
/// stays where it stands.
class scenario_migration {
 public:
  scenario_migration(const std::string& text, const toml::table& document) : document_(document) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = (std::min)(text.find('\n', at), text.size());
      lines_.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    find_continuations(document);
  }

  [[nodiscard]] std::string text() {
    for (at_ = 0; at_ < lines_.size(); ++at_) {
      const std::string_view line = trimmed(lines_[at_]);
      if (continued_.contains(at_)) {
        out_.push_back(lines_[at_]);
      } else if (line.empty() || line.front() == '#') {
        above_.push_back(lines_[at_]);
      } else if (line.front() == '[') {
        header(line);
      } else {
        statement();
      }
    }
    place_sessions();
    keep_above();
    say_format();
    std::string all;
    for (const std::string& line : out_) all += line + '\n';
    return all;
  }

 private:
  struct session_table {
    std::string id;
    std::vector<std::string> above, lines;
  };

  /// Lines that go on with a value which began before.
  void find_continuations(const toml::node& node) {
    if (const auto* table = node.as_table()) {
      for (const auto& [name, inner] : *table) find_continuations(inner);
      if (!table->is_inline()) return;
    }
    if (const auto* list = node.as_array(); list != nullptr && list->is_array_of_tables()) {
      for (const toml::node& inner : *list) find_continuations(inner);
      return;
    }
    for (std::size_t line = node.source().begin.line; line < node.source().end.line; ++line) continued_.insert(line);
  }

  void keep_above() {
    out_.insert(out_.end(), above_.begin(), above_.end());
    above_.clear();
  }

  /// Names between dots, without blanks.
  [[nodiscard]] static std::vector<std::string> names_in(std::string_view path) {
    std::vector<std::string> out;
    while (true) {
      const std::size_t dot = (std::min)(path.find('.'), path.size());
      out.emplace_back(trimmed(path.substr(0, dot)));
      if (dot == path.size()) return out;
      path.remove_prefix(dot + 1);
    }
  }
  [[nodiscard]] static std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ".") + name;
    return out;
  }

  void header(std::string_view line) {
    place_sessions();
    const bool list = line.starts_with("[[");
    const std::size_t begin = list ? 2 : 1;
    table_ = joined(names_in(line.substr(begin, line.find(']') - begin)));
    list_ = list;
    const bool moves = !list && (is_table_of_format_1(table_) || table_ == "session" || table_.starts_with("session."));
    if (!moves) {
      keep_above();
      if (table_ == "scenario") scenario_at_ = out_.size();
      out_.push_back(lines_[at_]);
      return;
    }
    std::vector<std::string> above;
    std::swap(above, above_);
    if (table_ == "session") {
      next_above_ = std::move(above);
      return;
    }
    for (const std::string& id : sessions_of(table_)) {
      session_table& to = session(id);
      to.above.insert(to.above.end(), above.begin(), above.end());
      above.clear();
    }
  }

  /// The sessions that a table of either format is about.
  [[nodiscard]] static std::vector<std::string> sessions_of(const std::string& table) {
    if (table.starts_with("session.")) return {table.substr(table.find('.') + 1)};
    std::vector<std::string> out;
    for (const renamed_table& t : tables_of_format_1) {
      if (t.table != table) continue;
      out.emplace_back(t.first);
      if (!t.second.empty()) out.emplace_back(t.second);
    }
    return out;
  }

  session_table& session(const std::string& id) {
    const auto found = std::find_if(sessions_.begin(), sessions_.end(), [&](const session_table& t) { return t.id == id; });
    if (found != sessions_.end()) return *found;
    sessions_.push_back({id, std::exchange(next_above_, {}), {}});
    return sessions_.back();
  }

  /// `key = value`, on as many lines as the value has.
  void statement() {
    std::string whole = lines_[at_];
    while (continued_.contains(at_ + 1)) whole += '\n' + lines_[++at_];
    const std::size_t equals = whole.find('=');
    const std::string key = joined(names_in(whole.substr(0, equals)));
    const std::string full = list_ || table_.empty() ? key : table_ + '.' + key;
    const std::string value = whole.substr(equals + 1);
    if (full == "scenario.format") {
      keep_above();
      return;
    }
    if (!list_ && full.starts_with("session.") && full.find('.', 8) != std::string::npos) {
      const std::size_t dot = full.find('.', 8);
      return move(full.substr(8, dot - 8), full.substr(dot + 1) + " =" + value);
    }
    const toml::node* node = list_ ? nullptr : node_at(full);
    if (node != nullptr && node->is_table() && is_table_of_format_1(full)) {
      for (const auto& [name, inner] : *node->as_table()) move_renamed(full + '.' + std::string(name.str()), inner, {});
      return;
    }
    if (node != nullptr && renamed(full)) return move_renamed(full, *node, value);
    keep_above();
    if (table_.empty() && !list_) first_statement_ = (std::min)(first_statement_, out_.size());
    out_.push_back(whole);
  }

  [[nodiscard]] const toml::node* node_at(const std::string& key) const {
    const toml::node* node = &document_;
    for (const std::string& name : names_in(key)) {
      const auto* table = node->as_table();
      node = table == nullptr ? nullptr : table->get(name);
      if (node == nullptr) return nullptr;
    }
    return node;
  }

  /// \param value  as it was written, with what stands behind it; empty: write the node
  void move_renamed(const std::string& key, const toml::node& node, const std::string& value) {
    const std::optional<renamed_key> to = renamed(key);
    if (!to) return;
    if (to->keys.empty()) above_.push_back("# " + key + " =" + (value.empty() ? ' ' + text_of(node) : value));  // had no effect
    for (std::size_t i = 0; i < to->keys.size(); ++i) {
      const std::string& one = to->keys[i];
      const std::size_t dot = one.rfind('.');
      const std::string written = to->one_each || value.empty() ? ' ' + text_of(to->one_each ? element(node, i) : node) : value;
      move(one.substr(8, dot - 8), one.substr(dot + 1) + " =" + written);
    }
  }
  [[nodiscard]] static const toml::node& element(const toml::node& list, std::size_t i) {
    const auto* array = list.as_array();
    return array != nullptr && i < array->size() ? *array->get(i) : list;
  }
  [[nodiscard]] static std::string text_of(const toml::node& node) {
    if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
    if (const auto* real = node.as_floating_point()) return number_text(real->get());
    std::ostringstream out;
    node.visit([&](const auto& n) {
      if constexpr (toml::is_table<decltype(n)> || toml::is_array<decltype(n)>)
        out << toml::toml_formatter(n, toml::toml_formatter::default_flags & ~toml::format_flags::indent_array_elements);
      else
        out << toml::toml_formatter(n);
    });
    std::string text = out.str();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  }

  void move(const std::string& id, std::string line) {
    session_table& to = session(id);
    for (std::string& comment : above_) {
      if (!trimmed(comment).empty()) to.lines.push_back(std::move(comment));
    }
    above_.clear();
    to.lines.push_back(std::move(line));
  }

  /// Sessions that were gathered stand together where the first of them stood, unless later tables have more of them: so at
  /// the end of the file. Tables of TOML cannot be opened twice.
  void place_sessions() {
    if (at_ < lines_.size() && any_session_below()) return;
    if (sessions_.empty()) return;
    std::vector<std::string> above;
    std::swap(above, above_);
    for (const session_table& t : sessions_) {
      if (!out_.empty() && !trimmed(out_.back()).empty() && (t.above.empty() || !trimmed(t.above.front()).empty())) out_.emplace_back();
      out_.insert(out_.end(), t.above.begin(), t.above.end());
      out_.push_back("[session." + t.id + ']');
      out_.insert(out_.end(), t.lines.begin(), t.lines.end());
    }
    sessions_.clear();
    if (at_ < lines_.size() && (above.empty() || !trimmed(above.front()).empty())) above.insert(above.begin(), std::string());
    above_ = std::move(above);
  }

  /// Whether a table from here on says something of sessions.
  [[nodiscard]] bool any_session_below() const {
    std::string table;
    for (std::size_t i = at_; i < lines_.size(); ++i) {
      const std::string_view line = trimmed(lines_[i]);
      if (continued_.contains(i) || line.empty() || line.front() == '#') continue;
      if (line.front() == '[') {
        table = line.starts_with("[[") ? std::string("[[]]") : joined(names_in(line.substr(1, line.find(']') - 1)));
        if (is_table_of_format_1(table) || table == "session" || table.starts_with("session.")) return true;
        continue;
      }
      const std::string key = table + '.' + joined(names_in(line.substr(0, line.find('='))));
      if (renamed(key) || is_table_of_format_1(key)) return true;
    }
    return false;
  }

  /// `format = 2`, in the table of the scenario or as a key of its own.
  void say_format() {
    const std::string said = "format = " + std::to_string(newest_scenario_format);
    const auto at = [&](std::size_t i) { return out_.begin() + static_cast<std::ptrdiff_t>(i); };
    if (scenario_at_) {
      out_.insert(at(*scenario_at_ + 1), said);
    } else if (document_.contains("scenario")) {
      out_.insert(at((std::min)(first_statement_, out_.size())), "scenario." + said);
    } else {
      const auto header = std::find_if(out_.begin(), out_.end(), [](const std::string& line) { return trimmed(line).starts_with('['); });
      auto before = header;
      while (before != out_.begin() && (trimmed(*(before - 1)).empty() || trimmed(*(before - 1)).front() == '#')) --before;
      const bool blank = before != out_.begin();
      const std::vector<std::string> table{"[scenario]", said, ""};
      before = out_.insert(before, table.begin(), table.end());
      if (blank) out_.insert(before, std::string());
    }
  }

  const toml::table& document_;
  std::vector<std::string> lines_, out_, above_, next_above_;
  std::set<std::size_t> continued_;  // lines, from 0
  std::size_t at_ = 0, first_statement_ = static_cast<std::size_t>(-1);
  std::optional<std::size_t> scenario_at_;
  std::string table_;
  bool list_ = false;
  std::vector<session_table> sessions_;
};

/// Every parameter of a scenario as text, by its key.
[[nodiscard]] inline std::map<std::string, std::string> parameter_texts(scenario& s) {
  std::map<std::string, std::string> out;
  visit_parameters(s, [&](const parameter& p, const auto& field) { out[p.key] = value_text(p, field); });
  return out;
}

}  // namespace detail

/// A scenario file in the newest format.
struct migrated_scenario {
  std::string text;         ///< of the file
  bool was_newest = false;  ///< it says that it has the newest format, and nothing was changed
};

/// The text of a scenario file in the newest format, with its comments and in its order where format 2 has one for it.
///
/// What comes out is read again and compared: it sets every parameter as before. Faults: those of reading the file; `syntax`
/// where it is written in a way that cannot be taken apart line by line.
/// \param path  where the text stands: what it extends is looked for beside it
[[nodiscard]] inline checked<migrated_scenario> migrate_scenario(const std::string& text, const std::filesystem::path& path,
                                                                 const text_source& from = text_files()) {
  scenario_reading before = parse_scenario(text, path, {}, from);
  const auto of_county = [](const fault& f) { return f.kind == fault_kind::policy_alone; };
  std::erase_if(before.faults, of_county);
  if (!before.faults.empty()) return std::move(before.faults);
  if (before.format == newest_scenario_format) return migrated_scenario{text, true};
  std::vector<fault> faults;
  const toml_document document = parse_toml(text, path.string(), faults);
  migrated_scenario out{detail::scenario_migration(text, document.root).text(), false};
  scenario_reading after = parse_scenario(out.text, path, {}, from);
  std::erase_if(after.faults, of_county);
  if (!after.faults.empty() || after.format != newest_scenario_format ||
      detail::parameter_texts(before.settings) != detail::parameter_texts(after.settings))
    return std::vector<fault>{make_fault(fault_kind::syntax, place{path.string(), 0, 0}, "one statement a line, in tables of their own",
                                         "another way of writing")};
  return out;
}

}  // namespace sifang

#endif
