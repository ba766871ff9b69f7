// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SCENARIO_FILE_HPP
#define SIFANG_IO_SCENARIO_FILE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/parameter_reader.hpp"
#include "sifang/io/scenario_format.hpp"
#include "sifang/io/scenario_keys.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/toml_text.hpp"
#include "sifang/county/further_handlers.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/scenario_rules.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Scenarios from TOML, in files or in memory.
///
/// A file may begin with `extends = "other"`: the other is read first and overridden (`find_scenario` says which file a
/// name means). Of lists, a `[[category]]` with the id of one that is there changes it, another is added;
/// `[[sensitive_period]]` tables replace those of the other file. Name, titles and descriptions of the other are not taken
/// over. `[provenance]` says where values come from (`value_provenance`). A file that names no tables of a county is a policy and can be
/// laid on any scenario (`read_policy`). At most 32 files extend one another, of at most 1 MiB each. Files of the county are looked for
/// beside the file that names them.

namespace sifang {

/// A scenario as far as it could be read, where each parameter was set, and everything that is wrong.
struct scenario_reading {
  scenario settings;          ///< what could not be read keeps its default
  parameter_places places;    ///< for messages about parameters that do not go together
  std::vector<fault> faults;  ///< of all files, in the order of reading; empty if all is well
  int format = 1;             ///< of the file that was asked for: 1 also where it does not say
  bool whole = true;          ///< no file was cut short, so that what is missing is missing indeed
  bool alone = false;         ///< a policy that extends nothing and is laid on nothing: no county can be asked of it
  std::string laid_on{};      ///< what a policy was laid on in place of the scenario that it extends; empty if nothing was
};

namespace detail {

/// Reads a file, and first those that it extends, into a scenario.
class scenario_file_reader {
 public:
  scenario_file_reader(scenario_reading& into, const text_source& from) : into_(into), from_(from) {}

  void read(const std::filesystem::path& path, const place& named_at = {}) {
    const checked<std::string> text = from_.text(path, {text_encoding::utf8, "a scenario", most_bytes});
    if (!text) {
      for (fault f : text.faults()) {
        if (f.kind == fault_kind::cannot_read && !named_at.file.empty()) f.where = named_at;
        into_.faults.push_back(std::move(f));
      }
      into_.whole = false;
      return;
    }
    read_text_of(*text, path);
  }

  /// The same for a policy, which is laid on `base`; a scenario with a county of its own is read as it is.
  void read_on(const std::filesystem::path& policy, const std::filesystem::path& base) {
    base_ = base;
    read(policy);
  }

  void read_text_of(const std::string& text, const std::filesystem::path& path) {
    const std::string file = path.string();
    std::vector<fault> faults;
    const toml_document parsed = parse_toml(text, file, faults);
    const toml::table& document = parsed.root;
    if (!base_.empty() && has_county(document)) {
      if (!chain_.empty()) return lay_on(path);  // a county that the policy extends: the base stands in its place
      base_.clear();
    }
    into_.faults.insert(into_.faults.end(), faults.begin(), faults.end());
    into_.whole = into_.whole && parsed.whole;
    for (const std::string& key : parsed.dropped) into_.places.spoil(key);
    const bool first = chain_.empty() && base_.empty() && !laid_;
    chain_.push_back(from_.identity(path));
    const toml::node* extended = document.get("extends");
    if (extended != nullptr)
      extend(*extended, path, file);
    else if (!base_.empty())
      lay_on({});
    else
      into_.alone = first && !has_county(document) && !document.contains("category");
    forget_texts();
    chain_.pop_back();
    parameter_reader reader(file, into_.faults);
    format_ = read_format(document, file);
    into_.format = format_;  // of the file that is read last: the one that was asked for
    read_sessions(document, file);
    read_parameters(document, path, file, reader);
    read_categories(document, file, reader);
    read_sensitive_periods(document, file, reader);
    read_provenance(document, file);
  }

 private:
  using path_type = std::filesystem::path;
  static constexpr std::size_t most_bytes = std::size_t{1} << 20;  // of a file: a hundred times the largest that ships
  static constexpr std::size_t most_extended = 32;
  inline static const std::vector<std::string> provenance_words{"mark", "source"};

  /// Whether a scenario names tables of a county: one that does not is a policy, for any county.
  [[nodiscard]] static bool has_county(const toml::table& document) {
    const auto* named = document.get_as<toml::table>("county");
    return named != nullptr && (named->contains("units") || named->contains("officials") || named->contains("links"));
  }

  /// Reads the base that a policy is laid on. \param instead  of this scenario, which the policy extends; empty if of none
  void lay_on(const path_type& instead) {
    const path_type base = std::exchange(base_, {});
    std::vector<std::string> chain = std::exchange(chain_, {});
    if (!instead.empty() && from_.identity(instead) != from_.identity(base)) into_.laid_on = base.string();
    read(base);
    chain_ = std::move(chain);
    laid_ = true;
  }

  /// What a scenario says of itself holds for no other that extends it.
  void forget_texts() {
    scenario& s = into_.settings;
    for (std::string* text : {&s.name, &s.title_en, &s.title_zh, &s.about_en, &s.about_zh}) text->clear();
  }

  static std::string beside(const path_type& file, const std::string& name) {
    const path_type named(name);
    return (named.is_absolute() ? named : file.parent_path() / named).lexically_normal().string();
  }
  [[nodiscard]] static place where(const std::string& file, const toml::source_region& region) {
    return {file, region.begin.line, region.begin.column};
  }
  void add(fault_kind kind, place at, std::vector<std::string> details) {
    into_.faults.push_back({kind, std::move(at), std::move(details)});
  }

  void extend(const toml::node& base, const path_type& path, const std::string& file) {
    const place at = where(file, base.source());
    const auto* name = base.as_string();
    if (name == nullptr) {
      into_.whole = false;
      return add(fault_kind::wrong_type, at, {"extends", "the path of a scenario", found_text(base)});
    }
    const path_type found = find_scenario(name->get(), path.parent_path(), from_, path);
    if (const bool is_name = path_type(name->get()).parent_path().empty() && !name->get().ends_with(scenario_extension);
        is_name && found.empty()) {
      into_.whole = false;
      std::vector<std::string> names = from_.scenarios(path.parent_path());
      for (const path_type& folder : from_.folders()) {
        for (std::string& one : from_.scenarios(folder)) names.push_back(std::move(one));
      }
      return add(fault_kind::unknown_scenario, at, {shortened(name->get()), nearest(name->get(), names)});
    }
    const path_type other = found.empty() ? path_type(beside(path, name->get())) : found;
    if (const auto first = std::find(chain_.begin(), chain_.end(), from_.identity(other)); first != chain_.end()) {
      into_.whole = false;
      std::string around;
      for (auto link = first; link != chain_.end(); ++link) around += path_type(*link).stem().string() + " → ";
      return add(fault_kind::extends_itself, at, {around + other.stem().string()});
    }
    if (chain_.size() == most_extended) {
      into_.whole = false;
      return add(fault_kind::syntax, at,
                 {"at most " + std::to_string(most_extended) + " scenarios that extend one another", "more of them"});
    }
    read(other, at);
  }

  void unknown(const known_keys& known, const std::string& key, const std::string& file, const toml::source_region& at, bool table) {
    const std::string anew = as_in_format_2(key);
    const bool is_there = anew != key && known.has(anew);
    add(fault_kind::unknown_key, where(file, at),
        {shortened(key), is_there          ? anew
                         : near_.goes_on() ? known.meant(anew, table, near_)
                                           : std::string()});
  }

  /// The format that a file says it has; 1 if it does not say.
  int read_format(const toml::table& document, const std::string& file) {
    const toml::node* said = document["scenario"]["format"].node();
    if (said == nullptr) return 1;
    const auto number = said->value_exact<std::int64_t>();
    if (number && *number >= 1 && *number <= newest_scenario_format) return static_cast<int>(*number);
    add(fault_kind::out_of_range, where(file, said->source()),
        {"scenario.format", range_text(1, newest_scenario_format), found_text(*said)});
    return 1;
  }

  /// Kinds of session that are new in this file, as far as they can be: their values are parameters as all others.
  void read_sessions(const toml::table& document, const std::string& file) {
    const auto* tables = document.get_as<toml::table>("session");
    if (tables == nullptr) return;
    std::vector<std::pair<toml::source_region, std::string>> fresh;
    for (const auto& [name, node] : *tables) {
      const std::string id(name.str());
      into_.places.set("session." + id, where(file, name.source()));
      if (node.is_table() && !into_.settings.reception.find(id)) fresh.emplace_back(name.source(), id);
    }
    const auto before = [](const auto& a, const auto& b) { return a.first.begin < b.first.begin; };
    std::sort(fresh.begin(), fresh.end(), before);  // in the order of the file, not of their names
    auto& sessions = into_.settings.reception.sessions;
    for (const auto& [at, id] : fresh) {
      if (sessions.size() >= most_session_kinds) {
        left_out_.insert("session." + id);
        if (left_out_.size() > 1) continue;
        add(fault_kind::out_of_range, where(file, at),
            {"number of [session.*]", range_text(1, static_cast<double>(most_session_kinds)),
             std::to_string(sessions.size() + fresh.size())});
      }
      sessions.emplace_back().id = id;
    }
    keys_ = known_keys::of_scenario(into_.settings);
  }

  /// A value of a file: where it stands, and the key under which it was written.
  struct written_value {
    const toml::node* node;
    std::string key;
  };
  using written_values = std::map<std::string, written_value>;

  /// What a key of format 1 sets, under the keys of format 2.
  void rename(const renamed_key& to, const std::string& key, const toml::node& node, const std::string& file, written_values& out) {
    const auto* list = node.as_array();
    if (to.one_each && (list == nullptr || list->size() != to.keys.size())) {
      for (const std::string& one : to.keys) into_.places.spoil(one);
      return add(fault_kind::wrong_type, where(file, node.source()),
                 {key, "a list of " + std::to_string(to.keys.size()) + " numbers", found_text(node)});
    }
    for (std::size_t i = 0; i < to.keys.size(); ++i) {
      if (to.one_each)
        out.emplace(to.keys[i], written_value{list->get(i), key + '[' + std::to_string(i) + ']'});
      else
        out.emplace(to.keys[i], written_value{&node, key});
    }
  }

  /// Lists every value of a table by its whole key; what no parameter has is a fault.
  void flatten(const toml::table& table, const std::string& prefix, const known_keys& known, const std::string& file, written_values& out) {
    for (const auto& [name, node] : table) {
      const std::string key = prefix + std::string(name.str());
      if (prefix.empty() && (key == "extends" || key == "category" || key == "sensitive_period" || key == "provenance")) continue;
      if (key == "scenario.format" || left_out_.contains(key)) continue;
      const std::optional<renamed_key> to = renamed(key);
      if (known.has(key)) {
        out.insert_or_assign(key, written_value{&node, key});
      } else if (to && format_ == 1) {
        rename(*to, key, node, file, out);
      } else if (to && !to->keys.empty()) {
        add(fault_kind::unknown_key, where(file, name.source()), {key, to->keys.front()});
      } else if (is_table_of_format_1(key) && node.is_table()) {
        flatten(*node.as_table(), key + '.', known, file, out);
      } else if (!known.is_table(key)) {
        unknown(known, key, file, name.source(), node.is_table());
      } else if (const auto* inner = node.as_table()) {
        flatten(*inner, key + '.', known, file, out);
      } else {
        add(fault_kind::wrong_type, where(file, node.source()), {key, "a table [" + key + "]", found_text(node)});
      }
    }
  }

  void read_parameters(const toml::table& document, const path_type& path, const std::string& file, parameter_reader& reader) {
    written_values found;
    flatten(document, "", keys_, file, found);
    visit_parameters(into_.settings, [&](const parameter& p, auto& field) {
      const auto at = found.find(p.key);
      if (at == found.end()) return;
      const written_value& value = at->second;
      into_.places.set(p.key, reader.where(*value.node));
      if (!reader.read(p, value.key, *value.node, field)) return into_.places.spoil(p.key);
      if constexpr (std::same_as<std::remove_reference_t<decltype(field)>, std::string>) {
        if (p.unit == "file" && !field.empty()) field = beside(path, field);
      }
    });
  }

  /// The tables of a list, or null where the document has no such list; anything else is a fault.
  const toml::array* tables_of(const toml::table& document, const std::string& name, const std::string& file) {
    const toml::node* node = document.get(name);
    if (node == nullptr) return nullptr;
    const auto* list = node->as_array();
    if (list != nullptr && (list->empty() || list->is_array_of_tables())) return list;
    add(fault_kind::wrong_type, where(file, node->source()), {name, "tables [[" + name + "]]", found_text(*node)});
    into_.places.spoil(name);
    return nullptr;
  }

  void check_keys(const toml::table& table, const known_keys& known, const std::string& file) {
    for (const auto& [name, node] : table) {
      if (!known.has(name.str())) unknown(known, std::string(name.str()), file, name.source(), false);
    }
  }

  void read_categories(const toml::table& document, const std::string& file, parameter_reader& reader) {
    const toml::array* list = tables_of(document, "category", file);
    if (list == nullptr) return;
    if (list->empty()) into_.settings.categories.clear();
    std::map<std::string, std::uint32_t> lines;  // of the ids in this file
    for (const toml::node& node : *list) {
      const toml::table& table = *node.as_table();
      check_keys(table, category_keys_, file);
      const auto* id = table.get_as<std::string>("id");
      if (id == nullptr || id->get().empty()) {
        if (!table.contains("id") || id != nullptr)
          add(fault_kind::missing_key, where(file, table.source()), {"category.id", "the short name of the category"});
        if (table.contains("id") && id == nullptr)
          add(fault_kind::wrong_type, where(file, table.get("id")->source()), {"category.id", "text", found_text(*table.get("id"))});
        into_.places.spoil("category.id");
        category_setting nameless;  // its other values can still be wrong
        read_category(table, "category", nameless, reader);
        continue;
      }
      const auto [first, fresh] = lines.emplace(id->get(), id->source().begin.line);
      if (!fresh) add(fault_kind::duplicate_code, where(file, id->source()), {id->get(), std::to_string(first->second)});
      auto& all = into_.settings.categories;
      auto known = std::find_if(all.begin(), all.end(), [&](const category_setting& c) { return c.id == id->get(); });
      if (known == all.end() && laid_) {  // what is compared with the base has its categories
        std::vector<std::string> ids;
        for (const category_setting& c : all) ids.push_back(c.id);
        add(fault_kind::unknown_category, where(file, id->source()),
            {shortened(id->get()), near_.goes_on() ? near_(id->get(), ids) : std::string()});
        into_.places.spoil("category." + id->get());
        category_setting elsewhere;  // its values can still be wrong
        read_category(table, "category." + id->get(), elsewhere, reader);
        continue;
      }
      if (known == all.end()) known = all.insert(all.end(), category_setting{});
      read_category(table, "category." + id->get(), *known, reader);
      into_.places.set("category", where(file, table.source()));
    }
  }

  void read_category(const toml::table& table, const std::string& prefix, category_setting& into, parameter_reader& reader) {
    visit_category(into, [&](const parameter& p, auto& field) { read_field(table, prefix, p, field, reader); });
  }

  template <class T>
  void read_field(const toml::table& table, const std::string& prefix, const parameter& p, T& field, parameter_reader& reader) {
    const toml::node* node = table.get(p.key);
    if (node == nullptr) return;
    const std::string key = prefix + '.' + p.key;
    into_.places.set(key, reader.where(*node));
    if (!reader.read(p, key, *node, field)) into_.places.spoil(key);
  }

  void read_sensitive_periods(const toml::table& document, const std::string& file, parameter_reader& reader) {
    const toml::array* list = tables_of(document, "sensitive_period", file);
    if (list == nullptr) return;
    into_.settings.sensitive_periods.clear();
    for (const toml::node& node : *list) {
      const toml::table& table = *node.as_table();
      check_keys(table, period_keys_, file);
      sensitive_period period;
      if (const auto name = table["name"].value<std::string>()) period.name = *name;
      const std::string prefix = "sensitive_period." + period.name;
      for (const std::string_view needed : {"name", "first", "last"}) {
        if (!table.contains(needed)) {
          add(fault_kind::missing_key, where(file, table.source()),
              {"sensitive_period." + std::string(needed), needed == "name" ? "its name" : "a date YYYY-MM-DD"});
        }
      }
      const std::size_t before = into_.faults.size();
      visit_sensitive_period(period, [&](const parameter& p, auto& field) { read_field(table, prefix, p, field, reader); });
      if (into_.faults.size() != before || !table.contains("first") || !table.contains("last")) continue;
      into_.places.set("sensitive_period[" + std::to_string(into_.settings.sensitive_periods.size()) + ']',
                       where(file, table.get("last")->source()));
      into_.settings.sensitive_periods.push_back(std::move(period));
    }
  }

  /// `[provenance]`: where values come from that are not the defaults, by whole keys. Of what other files said, that which
  /// still holds stays: it is of one value.
  void read_provenance(const toml::table& document, const std::string& file) {
    const toml::node* node = document.get("provenance");
    if (node == nullptr) return;
    const auto* table = node->as_table();
    if (table == nullptr)
      return add(fault_kind::wrong_type, where(file, node->source()), {"provenance", "a table [provenance]", found_text(*node)});
    std::vector<provenance_entry> entries;
    list_provenance(*table, "", file, entries);
    // What is said of one goes before what is said of all.
    std::stable_partition(entries.begin(), entries.end(), [](const provenance_entry& e) { return e.key.find(".*.") != std::string::npos; });
    const std::vector<described_parameter> values = values_of(into_.settings);
    for (const provenance_entry& one : entries) read_provenance_entry(*one.said, one.key, one.at, file, values);
  }

  struct provenance_entry {
    std::string key;
    const toml::table* said;
    place at;
  };
  /// Keys may be in quotes, or the words of tables in tables.
  void list_provenance(const toml::table& table, const std::string& prefix, const std::string& file, std::vector<provenance_entry>& out) {
    for (const auto& [name, node] : table) {
      const std::string key = prefix + std::string(name.str());
      const auto* inner = node.as_table();
      if (inner == nullptr) {
        add(fault_kind::wrong_type, where(file, node.source()),
            {"provenance." + shortened(key), "a table with mark and source", found_text(node)});
      } else if (inner->empty() || std::any_of(inner->begin(), inner->end(), [](const auto& one) { return !one.second.is_table(); })) {
        out.push_back({key, inner, where(file, name.source())});
      } else {
        list_provenance(*inner, key + '.', file, out);
      }
    }
  }

  void read_provenance_entry(const toml::table& entry, const std::string& key, const place& at, const std::string& file,
                             const std::vector<described_parameter>& values) {
    const std::string named = "provenance." + shortened(key);
    for (const auto& [name, node] : entry) {
      const std::string word(name.str());
      if (word != "mark" && word != "source")
        add(fault_kind::unknown_key, where(file, name.source()), {named + '.' + shortened(word), nearest(word, provenance_words)});
    }
    const std::optional<origin> mark = mark_of(entry, named, at, file);
    const auto* source = entry.get_as<std::string>("source");
    if (const toml::node* found = entry.get("source"); found != nullptr && source == nullptr)
      add(fault_kind::wrong_type, where(file, found->source()), {named + ".source", "text", found_text(*found)});
    else if (source == nullptr || source->get().empty())
      add(fault_kind::missing_key, at, {named + ".source", "where the value comes from, in words"});
    bool known = false;
    const described_parameter *usual = nullptr, *own = nullptr;
    for (const described_parameter& d : values) {
      if (!is_meant(key, d.about.key)) continue;
      known = true;
      (d.is_default ? usual : own) = &d;
      if (d.is_default || !mark || source == nullptr) continue;
      into_.settings.provenance.insert_or_assign(d.about.key, value_provenance{*mark, source->get(), d.value});
    }
    if (!known) return add(fault_kind::unknown_key, at, {named, near_.goes_on() ? meant_of(key, values) : std::string()});
    const bool spoilt = usual != nullptr && !into_.places.is_sound({usual->about.key});
    if (own == nullptr && !spoilt) add(fault_kind::source_of_default, at, {shortened(key), "'" + shortened(usual->value) + "'"});
  }

  std::optional<origin> mark_of(const toml::table& entry, const std::string& named, const place& at, const std::string& file) {
    const toml::node* node = entry.get("mark");
    if (node == nullptr) {
      add(fault_kind::missing_key, at, {named + ".mark", "one of A, S, K, I, C"});
      return std::nullopt;
    }
    const auto* text = node->as_string();
    const std::optional<origin> mark = text == nullptr ? std::nullopt : parse_name<origin>(text->get());
    if (text == nullptr)
      add(fault_kind::wrong_type, where(file, node->source()), {named + ".mark", "one of A, S, K, I, C in quotes", found_text(*node)});
    else if (!mark)
      add(fault_kind::bad_value, where(file, node->source()), {named + ".mark", "A, S, K, I, C", shortened(text->get()), ""});
    return mark;
  }

  /// Whether a key of `[provenance]`, which may have `*` for the name of a category or sensitive period, means a parameter.
  [[nodiscard]] static bool is_meant(std::string_view key, std::string_view whole) {
    if (key == whole) return true;
    const std::size_t star = key.find(".*.");
    if (star == std::string_view::npos || (key.substr(0, star) != "category" && key.substr(0, star) != "sensitive_period")) return false;
    const std::size_t last = whole.rfind('.');
    return whole.starts_with(key.substr(0, star + 1)) && whole.substr(last + 1) == key.substr(star + 3);
  }
  [[nodiscard]] std::string meant_of(const std::string& key, const std::vector<described_parameter>& values) {
    if (!key.starts_with("category.") && !key.starts_with("sensitive_period.")) return keys_.meant(key, false, near_);
    std::vector<std::string> all;
    for (const described_parameter& d : values) all.push_back(d.about.key);
    return near_(key, all);
  }

  scenario_reading& into_;
  text_source from_;
  known_keys keys_ = known_keys::of_scenario();
  known_keys category_keys_ = known_keys::of_category();
  known_keys period_keys_ = known_keys::of_sensitive_period();
  nearest_words near_;
  std::vector<std::string> chain_;  // files that extend one another, being read
  path_type base_;                  // that the policy being read is laid on; empty if it is not, or has been
  bool laid_ = false;               // on it
  int format_ = 1;                  // of the file being read
  std::set<std::string> left_out_;  // tables of sessions beyond the most that there can be
};

inline void finish_reading(scenario_reading& reading, const std::string& file, std::span<const std::string> settings) {
  for (const std::string& setting : settings) {
    const std::vector<fault> faults = apply_setting(reading.settings, setting, reading.format);
    const std::string key(trimmed(std::string_view(setting).substr(0, setting.find('='))));
    const std::optional<renamed_key> to = renamed(key);
    for (const std::string& one : to ? to->keys : std::vector{std::string(parameter_of(key))}) {
      reading.places.set(one, {std::string(command_line)});
      if (!faults.empty()) reading.places.spoil(one);
    }
    reading.faults.insert(reading.faults.end(), faults.begin(), faults.end());
  }
  scenario& s = reading.settings;
  if (s.name.empty()) s.name = std::filesystem::path(file).stem().string();
  if (reading.whole) {
    const auto of_county = [&](const fault& f) { return reading.alone && f.kind == fault_kind::missing_key && f.details[0] == "category"; };
    for (fault& f : check(s, reading.places)) {
      if (!of_county(f)) reading.faults.push_back(std::move(f));
    }
    if (reading.alone) reading.faults.push_back({fault_kind::policy_alone, {file}, {std::filesystem::path(file).filename().string()}});
    for (const auto& [key, value] : {std::pair{"county.units", &s.county.units}, std::pair{"county.officials", &s.county.officials},
                                     std::pair{"county.links", &s.county.links}}) {
      if (reading.alone || !value->empty() || !reading.places.is_sound({key})) continue;
      reading.faults.push_back({fault_kind::missing_key, reading.places.of(key), {key, "the path of a table"}});
    }
  }
  tidy(reading.faults);
}

}  // namespace detail

/// Reads a scenario and then applies settings, telling everything that is wrong with either.
/// \param from  where the scenario and those that it extends are: files, or texts in memory
[[nodiscard]] inline scenario_reading read_scenario(const std::filesystem::path& path, std::span<const std::string> settings = {},
                                                    const text_source& from = text_files()) {
  scenario_reading reading{{}, parameter_places(path.string()), {}};
  detail::scenario_file_reader(reading, from).read(path);
  detail::finish_reading(reading, path.string(), settings);
  return reading;
}

/// Reads a policy onto a base: what the policy's files set, over what the base has, in place of the county that the
/// policy extends. A policy is a scenario that names no tables of a county (`county.units`, `officials`, `links`); one
/// that does, or is laid on nothing, is read as `read_scenario` reads it.
///
/// What does not fit the base is told where the policy has it: a category that the base has not is `unknown_category`.
/// \param base  empty: what the policy extends
[[nodiscard]] inline scenario_reading read_policy(const std::filesystem::path& policy, const std::filesystem::path& base,
                                                  std::span<const std::string> settings = {}, const text_source& from = text_files()) {
  scenario_reading reading{{}, parameter_places(policy.string()), {}};
  detail::scenario_file_reader(reading, from).read_on(policy, base);
  detail::finish_reading(reading, policy.string(), settings);
  return reading;
}

/// Reads a scenario from text that stands in for the text `path` of the source.
[[nodiscard]] inline scenario_reading parse_scenario(std::string_view text, const std::filesystem::path& path,
                                                     std::span<const std::string> settings = {}, const text_source& from = text_files()) {
  scenario_reading reading{{}, parameter_places(path.string()), {}};
  checked<std::string> decoded = decode_text(std::string(text), path.string(), text_encoding::utf8, "a scenario");
  if (decoded) {
    detail::scenario_file_reader(reading, from).read_text_of(*decoded, path);
  } else {
    reading.faults = decoded.faults();
    reading.whole = false;
  }
  detail::finish_reading(reading, path.string(), settings);
  return reading;
}

/// Reads a scenario: its value, or everything that is wrong.
[[nodiscard]] inline checked<scenario> load_scenario(const std::filesystem::path& path, std::span<const std::string> settings = {},
                                                     const text_source& from = text_files()) {
  scenario_reading reading = read_scenario(path, settings, from);
  if (!reading.faults.empty()) return std::move(reading.faults);
  return std::move(reading.settings);
}

}  // namespace sifang

#endif
