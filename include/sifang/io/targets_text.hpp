// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_TARGETS_TEXT_HPP
#define SIFANG_IO_TARGETS_TEXT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/toml_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What files of figures and of targets have in common: tables with known words, and a figure of the model that a table names.

namespace sifang {

/// What files call the dimensions, in the order of `dimension`.
inline constexpr std::array<std::string_view, dimension_count> dimension_names{"all",   "level", "township", "category", "door",  "channel",
                                                                               "venue", "unit",  "month",    "distance", "people"};

/// Which figure of the model a table names: what its items are depends on the county.
struct named_figure {
  metric what{};                     ///< what is measured
  dimension split = dimension::all;  ///< by which it is split
  std::vector<std::string> items{};  ///< ids of that dimension's items; none: the whole county
  bool share = false;                ///< of the whole county
};

namespace detail {

/// Reads words of the tables of one file, and keeps what is wrong.
class targets_text {
 public:
  using words = std::span<const std::string>;
  static constexpr double greatest = (std::numeric_limits<double>::max)();

  explicit targets_text(std::string file) : file_(std::move(file)) {
    for (const metric_info& m : metric_table) metrics_.emplace_back(m.name);
  }

  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  [[nodiscard]] std::vector<fault>& faults() noexcept { return faults_; }
  [[nodiscard]] place where(const toml::node& node) const { return {file_, node.source().begin.line, node.source().begin.column}; }
  void add(fault_kind kind, const toml::node& node, std::vector<std::string> details) {
    faults_.push_back({kind, where(node), std::move(details)});
  }
  void missing(const toml::node& table, const std::string& key, const char* expected) {
    add(fault_kind::missing_key, table, {key, expected});
  }
  void unknown(const std::string& whole, words known, const toml::key& key) {
    const std::size_t dot = whole.rfind('.') + 1;  // 0 without one
    const std::string near = near_(whole.substr(dot), known);
    const auto& at = key.source().begin;
    faults_.push_back(
        {fault_kind::unknown_key, {file_, at.line, at.column}, {shortened(whole), near.empty() ? near : whole.substr(0, dot) + near}});
  }
  /// Tells of words that are not known, and keeps where the others stand.
  [[nodiscard]] std::map<std::string, place> places_of(const toml::table& table, const std::string& prefix, words known) {
    std::map<std::string, place> out;
    for (const auto& [key, node] : table) {
      const std::string word(key.str());
      out[word] = where(node);
      if (std::find(known.begin(), known.end(), word) == known.end()) unknown(prefix + word, known, key);
    }
    return out;
  }
  [[nodiscard]] const toml::table* table_of(const toml::node& node, const std::string& name, const std::string& expected) {
    const toml::table* table = node.as_table();
    if (table == nullptr) add(fault_kind::wrong_type, node, {shortened(name), expected, found_text(node)});
    return table;
  }

  /// Calls `read(name, table)` for each table of a family, `[family.NAME]`.
  template <class Read>
  void each_table(const toml::table& all, const std::string& family, Read&& read) {
    for (const auto& [key, node] : all) {
      const std::string name(key.str());
      if (const toml::table* table = table_of(node, family + '.' + name, "a table [" + family + ".NAME]")) read(name, *table);
    }
  }
  /// The same where names are keys of a scenario: `[family.repeats.open_days]` without quotes is a part of a key.
  template <class Read>
  void each_key(const toml::table& all, const std::string& family, Read&& read, const std::string& prefix = {}) {
    for (const auto& [key, node] : all) {
      const std::string name = prefix + std::string(key.str());
      const toml::table* table = table_of(node, family + '.' + name, "a table [" + family + ".\"KEY\"]");
      if (table == nullptr) continue;
      bool only_tables = !table->empty();
      for (const auto& [word, inside] : *table) only_tables = only_tables && inside.is_table();
      if (only_tables)
        each_key(*table, family, read, name + '.');
      else
        read(name, *table);
    }
  }

  [[nodiscard]] static std::optional<double> number_of(const toml::node& node) {
    std::optional<double> out;
    if (const auto* whole = node.as_integer()) out = static_cast<double>(whole->get());
    if (const auto* real = node.as_floating_point()) out = real->get();
    if (out && !(*out >= -greatest && *out <= greatest)) out.reset();
    return out;
  }
  [[nodiscard]] std::optional<double> number(const toml::table& table, const std::string& prefix, const std::string& word) {
    const toml::node* node = table.get(word);
    if (node == nullptr) return std::nullopt;
    const auto out = number_of(*node);
    if (!out) add(fault_kind::wrong_type, *node, {prefix + word, "a number", found_text(*node)});
    return out;
  }
  /// A number in a range. \param whole  and without a fraction
  [[nodiscard]] std::optional<double> number_in(const toml::table& table, const std::string& prefix, const char* word, double least,
                                                double most, bool whole) {
    const auto out = number(table, prefix, word);
    if (!out) return std::nullopt;
    const toml::node& node = *table.get(word);
    if (whole && *out != std::floor(*out)) {
      add(fault_kind::wrong_type, node, {prefix + word, "a whole number", found_text(node)});
      return std::nullopt;
    }
    if (*out >= least && *out <= most) return out;
    add(fault_kind::out_of_range, node, {prefix + word, range_text(least, most), found_text(node)});
    return std::nullopt;
  }
  [[nodiscard]] bool flag(const toml::table& table, const std::string& prefix, const char* word) {
    const toml::node* node = table.get(word);
    if (node == nullptr) return false;
    if (const auto* yes = node->as_boolean()) return yes->get();
    add(fault_kind::wrong_type, *node, {prefix + word, "true or false", found_text(*node)});
    return false;
  }
  [[nodiscard]] std::optional<std::string> text(const toml::table& table, const std::string& prefix, const char* word,
                                                const char* expected = "text") {
    const toml::node* node = table.get(word);
    if (node == nullptr) return std::nullopt;
    if (const auto* value = node->as_string()) return value->get();
    add(fault_kind::wrong_type, *node, {prefix + word, expected, found_text(*node)});
    return std::nullopt;
  }

  /// The metric, dimension, items and share of `[family.name]`; the name is a metric's unless `metric` says one.
  [[nodiscard]] named_figure figure(const std::string& family, const std::string& name, const toml::table& table) {
    const std::string prefix = family + '.' + shortened(name) + '.';
    named_figure out;
    read_metric(family, name, table, prefix, out);
    read_dimension(table, prefix, out);
    read_items(table, prefix, out);
    out.share = flag(table, prefix, "share");
    return out;
  }
  /// What must hold between the words of a figure that was read without a fault.
  void judge(const toml::table& table, const named_figure& f) {
    const metric_info& about = info(f.what);
    if (f.share && (about.kind != metric_kind::count || f.split == dimension::all))
      add(fault_kind::syntax, *table.get("share"), {"share = true with a count and a dimension", std::string(about.name)});
    if (about.kind == metric_kind::value && f.items.size() > 1)
      add(fault_kind::syntax, *table.get("items"), {"one item of what is neither a ratio nor a count", std::string(about.name)});
  }

 private:
  void read_metric(const std::string& family, const std::string& name, const toml::table& table, const std::string& prefix,
                   named_figure& out) {
    const auto said = text(table, prefix, "metric");
    if (!said && table.contains("metric")) return;  // told
    const std::string& wanted = said ? *said : name;
    const auto found = std::find(metrics_.begin(), metrics_.end(), wanted);
    if (found != metrics_.end()) {
      out.what = static_cast<metric>(found - metrics_.begin());
    } else if (said) {
      add(fault_kind::bad_value, *table.get("metric"), {prefix + "metric", "docs/metrics.md", shortened(wanted), near_(wanted, metrics_)});
    } else {
      const std::string near = near_(name, metrics_);
      add(fault_kind::unknown_key, table, {family + '.' + shortened(name), near.empty() ? near : family + '.' + near});
    }
  }
  void read_dimension(const toml::table& table, const std::string& prefix, named_figure& out) {
    const auto said = text(table, prefix, "dimension");
    if (!said) return;
    const auto found = std::find(dimension_names.begin(), dimension_names.end(), *said);
    if (found != dimension_names.end()) {
      out.split = static_cast<dimension>(found - dimension_names.begin());
      return;
    }
    std::string all;
    for (const std::string_view one : dimension_names) all.append(all.empty() ? "" : ", ").append(one);
    add(fault_kind::bad_value, *table.get("dimension"),
        {prefix + "dimension", all, shortened(*said),
         near_(*said, std::vector<std::string>(dimension_names.begin(), dimension_names.end()))});
  }
  void read_items(const toml::table& table, const std::string& prefix, named_figure& out) {
    const toml::node* node = table.get("items");
    if (node == nullptr) return;
    const auto* list = node->as_array();
    bool good = list != nullptr && !list->empty();
    for (std::size_t i = 0; good && i < list->size(); ++i) {
      const auto* item = list->get(i)->as_string();
      good = item != nullptr;
      if (!good) break;
      if (std::find(out.items.begin(), out.items.end(), item->get()) != out.items.end())
        add(fault_kind::syntax, *list->get(i), {"each value once", shortened(item->get())});
      out.items.push_back(item->get());
    }
    if (!good) add(fault_kind::wrong_type, *node, {prefix + "items", "a list of words in quotes", found_text(*node)});
  }

  std::string file_;
  std::vector<std::string> metrics_;
  nearest_words near_;
  std::vector<fault> faults_;
};

/// Positions of a figure's items among those that the county has; of none the whole county, position 0. Who is not there is told.
/// \param name    of the table  \param places  of its words
template <class = when_called>
[[nodiscard]] inline std::vector<std::size_t> items_of(const named_figure& f, const result_dimension& d, const std::string& name,
                                                       const std::map<std::string, place>& places, nearest_words& near,
                                                       std::vector<fault>& faults) {
  if (f.items.empty()) return {0};
  std::vector<std::string> ids;
  std::string all;
  for (const label& item : d.items) {
    ids.push_back(item.id);
    all.append(all.empty() ? "" : ", ").append(item.id);
  }
  std::vector<std::size_t> out;
  for (const std::string& wanted : f.items) {
    const auto found = std::find(ids.begin(), ids.end(), wanted);
    if (found != ids.end())
      out.push_back(static_cast<std::size_t>(found - ids.begin()));
    else
      faults.push_back({fault_kind::bad_value, places.at("items"), {name + ".items", all, shortened(wanted), near(wanted, ids)}});
  }
  return out;
}

/// By where rows stand in their file.
template <class Row>
void in_order_of_file(std::vector<Row>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
  });
}
/// Tells of each row whose key an earlier one has.
template <class Row>
void tell_twins(const std::vector<Row>& rows, std::vector<fault>& faults) {
  for (auto here = rows.begin(); here != rows.end(); ++here) {
    if (std::find_if(rows.begin(), here, [&](const Row& other) { return other.key == here->key; }) != here)
      faults.push_back({fault_kind::syntax, here->where, {"each parameter once", here->key}});
  }
}

}  // namespace detail

}  // namespace sifang

#endif
