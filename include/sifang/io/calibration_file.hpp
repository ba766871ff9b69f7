// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CALIBRATION_FILE_HPP
#define SIFANG_IO_CALIBRATION_FILE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/experiment/moment_fit.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/toml_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What a county's known figures are, and which parameters are to be fitted to them, from TOML:
///
///     [figure.repeat_rate]            # a name of one's own, or that of a metric (docs/metrics.md)
///     target = 0.30
///     spread = 0.05                   # by how much the truth may lie beside it, as a standard deviation
///     discrepancy = 0.02              # by how much a right model may; half the spread if it is not there. Of draws alone
///     source = "docs/domain.md 5.2"
///
///     [figure.visits_first]
///     metric = "first_registrations"
///     dimension = "channel"           # of these items of a dimension, taken together
///     items = ["visit"]
///     share = true                    # as a part of the whole county
///     target = 0.35
///     spread = 0.05
///     weight = 0                      # shown, not fitted; 1 if it is not there
///     source = "…"
///
///     [parameter."repeats.open_days"] # a key of the scenario that is one number
///     from = 20                       # from, to: the range that is believed; else what is plausible, else all (docs/scenario.md)
///     to = 90
///     start = 45                      # else the scenario's value
///     step = 5                        # half the width of differences; else `step_of`

namespace sifang {

/// What files call the dimensions, in the order of `dimension`.
inline constexpr std::array<std::string_view, dimension_count> dimension_names{"all",   "level", "township", "category", "door",  "channel",
                                                                               "venue", "unit",  "month",    "distance", "people"};

/// A figure as a file has it: what its items are depends on the county.
struct figure_row {
  std::string name;                       ///< of the table
  metric what{};                          ///< what it is compared with
  dimension split = dimension::all;       ///< by which it is split
  std::vector<std::string> items{};       ///< ids of that dimension's items; none: the whole county
  bool share = false;                     ///< of the whole county
  fit_target target{};                    ///< its value, spread and weight
  double discrepancy = -1;                ///< of the model; below 0: not said
  std::string source{};                   ///< where it was published
  place where{};                          ///< of the table
  std::map<std::string, place> places{};  ///< of each key
};

/// A parameter as a file has it: what it does not say is the scenario's.
struct parameter_row {
  std::string key;                        ///< of the scenario
  std::optional<double> from,             ///< least
      to,                                 ///< greatest
      start,                              ///< where the search begins
      step;                               ///< of the slopes
  place where{};                          ///< of the table
  std::map<std::string, place> places{};  ///< of each key
};

/// A whole file.
struct calibration_targets {
  std::vector<figure_row> figures;        ///< in the order of the file
  std::vector<parameter_row> parameters;  ///< likewise
};

namespace detail {

/// Reads the tables of a file, and keeps what is wrong.
class calibration_reader {
 public:
  calibration_reader(std::string file, bool needs_figures) : file_(std::move(file)), needs_figures_(needs_figures) {
    for (const metric_info& m : metric_table) metrics_.emplace_back(m.name);
  }

  [[nodiscard]] checked<calibration_targets> read(const std::string& text) {
    const toml_document parsed = parse_toml(text, file_, faults_);
    for (const auto& [key, node] : parsed.root) {
      const std::string name(key.str());
      const auto* table = node.as_table();
      const bool known = name == "figure" || name == "parameter";
      if (!known)
        unknown(name, tops, key);
      else if (table == nullptr)
        add(fault_kind::wrong_type, node, {name, "a table [" + name + "]", found_text(node)});
      else if (name == "figure")
        read_figures(*table);
      else
        read_parameters(*table, "");
    }
    const auto by_line = [](const auto& a, const auto& b) {
      return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
    };
    std::stable_sort(out_.figures.begin(), out_.figures.end(), by_line);
    std::stable_sort(out_.parameters.begin(), out_.parameters.end(), by_line);
    for (std::size_t i = 0; i < out_.parameters.size(); ++i) {
      const parameter_row& p = out_.parameters[i];
      const auto same = [&](const parameter_row& other) { return other.key == p.key; };
      const auto first = out_.parameters.begin(), here = first + static_cast<std::ptrdiff_t>(i);
      if (std::find_if(first, here, same) != here) faults_.push_back({fault_kind::syntax, p.where, {"each parameter once", p.key}});
    }
    const bool any = std::any_of(out_.figures.begin(), out_.figures.end(), [](const figure_row& f) { return f.target.weight > 0; });
    if (faults_.empty() && !any && needs_figures_)
      faults_.push_back({fault_kind::missing_key, {file_}, {"figure", "a figure with a weight above 0"}});
    if (faults_.empty() && out_.parameters.empty())
      faults_.push_back({fault_kind::missing_key, {file_}, {"parameter", "a table [parameter.\"KEY\"]"}});
    tidy(faults_);
    if (!faults_.empty()) return std::move(faults_);
    return std::move(out_);
  }

 private:
  using words = std::span<const std::string>;
  inline static const std::vector<std::string> tops{"figure", "parameter"};
  inline static const std::vector<std::string> figure_words{"metric", "dimension",   "items",  "share", "target",
                                                            "spread", "discrepancy", "weight", "source"};
  inline static const std::vector<std::string> parameter_words{"from", "to", "start", "step"};
  static constexpr double greatest = (std::numeric_limits<double>::max)();

  [[nodiscard]] place where(const toml::node& node) const { return {file_, node.source().begin.line, node.source().begin.column}; }
  void add(fault_kind kind, const toml::node& node, std::vector<std::string> details) {
    faults_.push_back({kind, where(node), std::move(details)});
  }
  void unknown(const std::string& whole, words known, const toml::key& key) {
    const std::size_t dot = whole.rfind('.') + 1;  // 0 without one
    const std::string near = near_(whole.substr(dot), known);
    const auto& at = key.source().begin;
    faults_.push_back(
        {fault_kind::unknown_key, {file_, at.line, at.column}, {shortened(whole), near.empty() ? near : whole.substr(0, dot) + near}});
  }
  [[nodiscard]] static bool is_one_of(std::string_view word, words known) {
    return std::find(known.begin(), known.end(), word) != known.end();
  }

  [[nodiscard]] std::optional<double> number(const toml::table& table, const std::string& prefix, const char* word) {
    const toml::node* node = table.get(word);
    if (node == nullptr) return std::nullopt;
    std::optional<double> out;
    if (const auto* whole = node->as_integer()) out = static_cast<double>(whole->get());
    if (const auto* real = node->as_floating_point()) out = real->get();
    if (out && !(*out >= -greatest && *out <= greatest)) out.reset();
    if (!out) add(fault_kind::wrong_type, *node, {prefix + word, "a number", found_text(*node)});
    return out;
  }
  [[nodiscard]] std::optional<std::string> text(const toml::table& table, const std::string& prefix, const char* word,
                                                const char* expected) {
    const toml::node* node = table.get(word);
    if (node == nullptr) return std::nullopt;
    const auto* value = node->as_string();
    if (value == nullptr) {
      add(fault_kind::wrong_type, *node, {prefix + word, expected, found_text(*node)});
      return std::nullopt;
    }
    return value->get();
  }
  void missing(const toml::node& table, const std::string& key, const char* expected) {
    add(fault_kind::missing_key, table, {key, expected});
  }

  void read_figures(const toml::table& all) {
    for (const auto& [key, node] : all) {
      const std::string name(key.str());
      if (const auto* table = node.as_table())
        read_figure(name, *table);
      else
        add(fault_kind::wrong_type, node, {"figure." + shortened(name), "a table [figure.NAME]", found_text(node)});
    }
  }

  void read_figure(const std::string& name, const toml::table& table) {
    const std::size_t before = faults_.size();
    const std::string prefix = "figure." + shortened(name) + '.';
    figure_row out{name};
    out.where = where(table);
    for (const auto& [key, node] : table) {
      const std::string word(key.str());
      out.places[word] = where(node);
      if (!is_one_of(word, figure_words)) unknown(prefix + word, figure_words, key);
    }
    read_metric(name, table, prefix, out);
    read_items(table, prefix, out);
    if (const toml::node* node = table.get("share")) {
      if (const auto* yes = node->as_boolean())
        out.share = yes->get();
      else
        add(fault_kind::wrong_type, *node, {prefix + "share", "true or false", found_text(*node)});
    }
    if (!table.contains("target")) missing(table, prefix + "target", "a number");
    if (!table.contains("spread")) missing(table, prefix + "spread", "a number");
    out.target.value = number(table, prefix, "target").value_or(0);
    out.target.spread = number(table, prefix, "spread").value_or(1);
    out.target.weight = number(table, prefix, "weight").value_or(1);
    if (const auto said = number(table, prefix, "discrepancy")) {
      out.discrepancy = *said;
      if (*said < 0)
        add(fault_kind::out_of_range, *table.get("discrepancy"),
            {prefix + "discrepancy", range_text(0, greatest), found_text(*table.get("discrepancy"))});
    }
    if (!(out.target.spread > 0))
      add(fault_kind::out_of_range, *table.get("spread"), {prefix + "spread", "above 0", found_text(*table.get("spread"))});
    if (out.target.weight < 0)
      add(fault_kind::out_of_range, *table.get("weight"), {prefix + "weight", range_text(0, greatest), found_text(*table.get("weight"))});
    out.source = text(table, prefix, "source", "where the value comes from, in words").value_or("");
    if (!table.contains("source")) missing(table, prefix + "source", "where the value comes from, in words");
    if (faults_.size() == before) judge_figure(table, out);
    if (faults_.size() == before) out_.figures.push_back(std::move(out));
  }

  void read_metric(const std::string& name, const toml::table& table, const std::string& prefix, figure_row& out) {
    const std::string wanted = text(table, prefix, "metric", "text").value_or(name);
    const auto found = std::find(metrics_.begin(), metrics_.end(), wanted);
    if (found != metrics_.end()) {
      out.what = static_cast<metric>(found - metrics_.begin());
    } else if (const toml::node* said = table.get("metric")) {
      if (said->is_string())
        add(fault_kind::bad_value, *said, {prefix + "metric", "docs/metrics.md", shortened(wanted), near_(wanted, metrics_)});
    } else {
      const std::string near = near_(name, metrics_);
      add(fault_kind::unknown_key, table, {"figure." + shortened(name), near.empty() ? near : "figure." + near});
    }
  }

  void read_items(const toml::table& table, const std::string& prefix, figure_row& out) {
    if (const auto said = text(table, prefix, "dimension", "text")) {
      const auto found = std::find(dimension_names.begin(), dimension_names.end(), *said);
      if (found != dimension_names.end()) {
        out.split = static_cast<dimension>(found - dimension_names.begin());
      } else {
        std::string all;
        for (const std::string_view one : dimension_names) all.append(all.empty() ? "" : ", ").append(one);
        add(fault_kind::bad_value, *table.get("dimension"),
            {prefix + "dimension", all, shortened(*said),
             near_(*said, std::vector<std::string>(dimension_names.begin(), dimension_names.end()))});
      }
      if (!table.contains("items") && out.split != dimension::all) missing(table, prefix + "items", "a list of words in quotes");
    }
    const toml::node* node = table.get("items");
    if (node == nullptr) return;
    if (!table.contains("dimension")) missing(table, prefix + "dimension", "the dimension of the items");
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

  /// What must hold between the keys of a figure.
  void judge_figure(const toml::table& table, const figure_row& f) {
    const bool is_count = info(f.what).kind == metric_kind::count;
    const std::string name(info(f.what).name);
    if (f.share && (!is_count || f.split == dimension::all))
      add(fault_kind::syntax, *table.get("share"), {"share = true with a count and a dimension", name});
    if (info(f.what).kind == metric_kind::value && f.items.size() > 1)
      add(fault_kind::syntax, *table.get("items"), {"one item of what is neither a ratio nor a count", name});
  }

  void read_parameters(const toml::table& all, const std::string& prefix) {
    for (const auto& [key, node] : all) {
      const std::string name = prefix + std::string(key.str());
      const auto* table = node.as_table();
      if (table == nullptr) {
        add(fault_kind::wrong_type, node, {"parameter." + shortened(name), "a table [parameter.\"KEY\"]", found_text(node)});
        continue;
      }
      bool only_tables = !table->empty();  // `[parameter.repeats.open_days]` without quotes: a part of a key
      for (const auto& [word, inside] : *table) only_tables = only_tables && inside.is_table();
      if (only_tables)
        read_parameters(*table, name + '.');
      else
        read_parameter(name, *table);
    }
  }

  void read_parameter(const std::string& key, const toml::table& table) {
    const std::string prefix = "parameter." + shortened(key) + '.';
    parameter_row out{key, {}, {}, {}, {}, where(table), {}};
    for (const auto& [word, node] : table) {
      out.places[std::string(word.str())] = where(node);
      if (!is_one_of(word.str(), parameter_words)) unknown(prefix + std::string(word.str()), parameter_words, word);
    }
    out.from = number(table, prefix, "from");
    out.to = number(table, prefix, "to");
    out.start = number(table, prefix, "start");
    out.step = number(table, prefix, "step");
    if (out.step && *out.step <= 0)
      add(fault_kind::out_of_range, *table.get("step"), {prefix + "step", "above 0", found_text(*table.get("step"))});
    out_.parameters.push_back(std::move(out));
  }

  std::string file_;
  bool needs_figures_;
  std::vector<std::string> metrics_;
  nearest_words near_;
  calibration_targets out_;
  std::vector<fault> faults_;
};

}  // namespace detail

/// Reads figures and parameters from text. Faults: those of TOML, `unknown_key`, `missing_key`, `wrong_type`, `out_of_range`, `bad_value`,
/// `syntax` (a value, item or parameter twice, and what does not go together).
/// \param name  as messages show it  \param needs_figures  one at least that is fitted; false where others come from elsewhere
[[nodiscard]] inline checked<calibration_targets> parse_calibration(const std::string& text, const std::string& name,
                                                                    bool needs_figures = true) {
  return detail::calibration_reader(name, needs_figures).read(text);
}

/// The same from a file of at most 1 MiB.
[[nodiscard]] inline checked<calibration_targets> load_calibration(const std::filesystem::path& path,
                                                                   const text_source& from = text_files(), bool needs_figures = true) {
  constexpr std::size_t most_bytes = std::size_t{1} << 20;
  const auto text = from.text(path, {text_encoding::utf8, "figures and parameters", most_bytes});
  if (!text) return text.faults();
  return parse_calibration(*text, path.string(), needs_figures);
}

}  // namespace sifang

#endif
