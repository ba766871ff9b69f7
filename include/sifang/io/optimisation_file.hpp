// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_OPTIMISATION_FILE_HPP
#define SIFANG_IO_OPTIMISATION_FILE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/io/calibration_file.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/toml_text.hpp"

#include <algorithm>
#include <cmath>
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
/// What is decided, what it must bring and what it costs, from TOML:
///
///     [decision."handling.township_handlers"]  # a key of the scenario that a county decides
///     from = 1                                 # whole steps from one to the other; the dearer end last
///     to = 6
///     by = 1                                   # of a step; 1 if it is not there
///     price = 58720                            # of one more, a period; 0 if it is not there
///     start = 3                                # where the search begins; else where theory says
///
///     [decision."session.principal.recur"]
///     values = ["the 15th of each month", "the 1st and 15th of each month"]  # in order of effort, the dearest last
///     prices = [0, 0]                          # of each; 0 if they are not there
///
///     [target.heard_15d]                       # a name of one's own, or that of a metric (docs/metrics.md)
///     at_least = 0.90                          # or at_most
///
///     [target.each_unit]
///     metric = "on_time_reply_rate"
///     dimension = "unit"                       # of these items of a dimension taken together (`items`), or of each by itself
///     each = true
///     fewest = 12                              # cases a year of a part that is judged; 12 if it is not there
///     at_least = 0.99
///
///     [limit]
///     sessions_a_week = 3                      # that anybody is planned for
///
///     [cost]                                   # weights of counts; [total_cost = 1] if it is not there
///     total_cost = 1
///
///     [search]
///     confidence = 0.95                        # else the scenario's
///     replications = 64                        # of a point in the search
///     proof = 512                              # of a point in the proof, at most
///     budget = 20000                           # of all points together

namespace sifang {

/// A decision as a file has it.
struct decision_row_of_file {
  std::string key;                        ///< of the scenario
  std::vector<std::string> values;        ///< as `--set` has them
  std::vector<double> prices{};           ///< of each; none: nothing
  std::optional<std::string> start{};     ///< one of the values
  place where{};                          ///< of the table
  std::map<std::string, place> places{};  ///< of each word
};

/// A target as a file has it.
struct target_row {
  std::string name;                       ///< of the table
  metric what{};                          ///< what is measured
  dimension split = dimension::all;       ///< by which it is split
  std::vector<std::string> items{};       ///< ids of items; none: the whole county
  bool each = false;                      ///< of each item by itself
  double fewest = 12;                     ///< of each: cases a year of an item that is judged
  bool share = false;                     ///< of the whole county
  bool at_least = true;                   ///< or at most
  double bound = 0;                       ///< where it is met
  place where{};                          ///< of the table
  std::map<std::string, place> places{};  ///< of each word
};

/// A whole file.
struct optimisation_rows {
  std::vector<decision_row_of_file> decisions;     ///< in the order of the file
  std::vector<target_row> targets;                 ///< likewise
  std::optional<double> sessions_a_week{};         ///< limit of anybody's sessions
  std::vector<std::pair<metric, double>> costs{};  ///< weights
  std::optional<double> confidence{};              ///< of the proof
  std::optional<std::size_t> replications{},       ///< of the search
      proof{},                                     ///< of a point in the proof
      budget{};                                    ///< of all
};

/// Most values of a decision.
inline constexpr std::size_t most_decision_values = 1000;
/// Most decisions of a task.
inline constexpr std::size_t most_decisions = 64;

namespace detail {

/// Reads the tables of a file, and keeps what is wrong.
class optimisation_reader {
 public:
  explicit optimisation_reader(std::string file) : file_(std::move(file)) {
    for (const metric_info& m : metric_table) {
      metrics_.emplace_back(m.name);
      if (m.kind == metric_kind::count) counts_.emplace_back(m.name);
    }
  }

  [[nodiscard]] checked<optimisation_rows> read(const std::string& text) {
    const toml_document parsed = parse_toml(text, file_, faults_);
    for (const auto& [key, node] : parsed.root) {
      const std::string name(key.str());
      if (std::find(tops.begin(), tops.end(), name) == tops.end()) {
        unknown(name, tops, key);
        continue;
      }
      const toml::table* table = table_of(node, name, "a table [" + name + "]");
      if (table == nullptr) continue;
      if (name == "decision") read_decisions(*table, "");
      if (name == "target") read_targets(*table);
      if (name == "limit") read_limit(*table);
      if (name == "cost") read_cost(*table);
      if (name == "search") read_search(*table);
    }
    const auto by_line = [](const auto& a, const auto& b) {
      return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
    };
    std::stable_sort(out_.decisions.begin(), out_.decisions.end(), by_line);
    std::stable_sort(out_.targets.begin(), out_.targets.end(), by_line);
    judge_file();
    tidy(faults_);
    if (!faults_.empty()) return std::move(faults_);
    return std::move(out_);
  }

 private:
  using words = std::span<const std::string>;
  inline static const std::vector<std::string> tops{"decision", "target", "limit", "cost", "search"};
  inline static const std::vector<std::string> decision_words{"from", "to", "by", "values", "price", "prices", "start"};
  inline static const std::vector<std::string> target_words{"metric", "dimension", "items",    "each",
                                                            "fewest", "share",     "at_least", "at_most"};
  inline static const std::vector<std::string> limit_words{"sessions_a_week"};
  inline static const std::vector<std::string> search_words{"confidence", "replications", "proof", "budget"};
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
  /// A value as `--set` has it; nothing for a table, a date and a list of what is no text.
  [[nodiscard]] static std::optional<std::string> value_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* yes = node.as_boolean()) return yes->get() ? "true" : "false";
    if (const auto number = number_of(node)) return number_text(*number);
    const auto* list = node.as_array();
    if (list == nullptr) return std::nullopt;
    std::string out;
    for (const toml::node& item : *list) {
      const auto* text = item.as_string();
      if (text == nullptr) return std::nullopt;
      out += (out.empty() ? "" : ", ") + toml_quoted(text->get());
    }
    return '[' + out + ']';
  }

  void read_decisions(const toml::table& all, const std::string& prefix) {
    for (const auto& [key, node] : all) {
      const std::string name = prefix + std::string(key.str());
      const toml::table* table = table_of(node, "decision." + name, "a table [decision.\"KEY\"]");
      if (table == nullptr) continue;
      bool only_tables = !table->empty();  // `[decision.handling.order]` without quotes: a part of a key
      for (const auto& [word, inside] : *table) only_tables = only_tables && inside.is_table();
      if (only_tables)
        read_decisions(*table, name + '.');
      else
        read_decision(name, *table);
    }
  }
  void read_decision(const std::string& key, const toml::table& table) {
    const std::string prefix = "decision." + shortened(key) + '.';
    const std::size_t before = faults_.size();
    decision_row_of_file out{key, {}};
    out.where = where(table);
    out.places = places_of(table, prefix, decision_words);
    const bool steps = table.contains("from") || table.contains("to");
    if (steps == table.contains("values"))
      add(steps ? fault_kind::syntax : fault_kind::missing_key, table,
          steps ? std::vector<std::string>{"values, or from and to", prefix + "values"}
                : std::vector<std::string>{prefix + "values", "values, or from and to"});
    else if (steps)
      read_steps(table, prefix, out);
    else
      read_values(*table.get("values"), prefix, out);
    if (faults_.size() == before) read_prices(table, prefix, steps, out);
    if (const toml::node* node = table.get("start"); node != nullptr && faults_.size() == before) {
      out.start = value_of(*node);
      if (!out.start || std::find(out.values.begin(), out.values.end(), *out.start) == out.values.end())
        add(fault_kind::wrong_type, *node, {prefix + "start", "one of the values", found_text(*node)});
    }
    out_.decisions.push_back(std::move(out));
  }
  void read_steps(const toml::table& table, const std::string& prefix, decision_row_of_file& out) {
    for (const char* word : {"from", "to"}) {
      if (!table.contains(word)) add(fault_kind::missing_key, table, {prefix + word, "a number"});
    }
    const auto from = number(table, prefix, "from"), to = number(table, prefix, "to");
    const double by = number(table, prefix, "by").value_or(1);
    if (!(by > 0)) add(fault_kind::out_of_range, *table.get("by"), {prefix + "by", "above 0", found_text(*table.get("by"))});
    if (!from || !to || !(by > 0)) return;
    const double steps = std::floor(std::abs(*to - *from) / by + 1e-9);
    if (!(steps < static_cast<double>(most_decision_values)))
      return add(fault_kind::syntax, table, {"at most " + std::to_string(most_decision_values) + " values", number_text(steps + 1)});
    for (int k = 0; k <= static_cast<int>(steps); ++k) {
      const double exact = *from + (*to < *from ? -by : by) * k;
      out.values.push_back(number_text(std::abs(exact) < 1e6 ? std::round(exact * 1e9) / 1e9 : exact));  // 0.1 + 0.2 is 0.3
    }
  }
  void read_values(const toml::node& node, const std::string& prefix, decision_row_of_file& out) {
    const auto* list = node.as_array();
    if (list == nullptr || list->empty())
      return add(fault_kind::wrong_type, node, {prefix + "values", "a list of values", found_text(node)});
    if (list->size() > most_decision_values)
      return add(fault_kind::syntax, node, {"at most " + std::to_string(most_decision_values) + " values", std::to_string(list->size())});
    for (const toml::node& item : *list) {
      const auto text = value_of(item);
      if (!text)
        add(fault_kind::wrong_type, item, {prefix + "values", "a list of values", found_text(item)});
      else if (std::find(out.values.begin(), out.values.end(), *text) != out.values.end())
        add(fault_kind::syntax, item, {"each value once", shortened(*text)});
      else
        out.values.push_back(*text);
    }
  }
  void read_prices(const toml::table& table, const std::string& prefix, bool steps, decision_row_of_file& out) {
    const auto price = number(table, prefix, "price");
    const toml::node* node = table.get("prices");
    if ((steps && node != nullptr) || (!steps && table.contains("price")))
      return add(fault_kind::syntax, table, {"price with from and to, prices with values", prefix + (steps ? "prices" : "price")});
    if (price) {
      for (const std::string& value : out.values) out.prices.push_back(*price * *parse_number<double>(value));
    }
    if (node == nullptr) return;
    const auto* list = node->as_array();
    bool good = list != nullptr;
    for (std::size_t i = 0; good && i < list->size(); ++i) {
      const auto one = number_of(*list->get(i));
      good = one.has_value();
      if (good) out.prices.push_back(*one);
    }
    if (!good) return add(fault_kind::wrong_type, *node, {prefix + "prices", "a list of numbers", found_text(*node)});
    if (out.prices.size() != out.values.size())
      add(fault_kind::syntax, *node,
          {"a price for each value", std::to_string(out.prices.size()) + " prices for " + std::to_string(out.values.size()) + " values"});
  }

  void read_targets(const toml::table& all) {
    for (const auto& [key, node] : all) {
      const std::string name(key.str());
      if (const toml::table* table = table_of(node, "target." + name, "a table [target.NAME]")) read_target(name, *table);
    }
  }
  void read_target(const std::string& name, const toml::table& table) {
    const std::size_t before = faults_.size();
    const std::string prefix = "target." + shortened(name) + '.';
    target_row out{name};
    out.where = where(table);
    out.places = places_of(table, prefix, target_words);
    read_metric(name, table, prefix, out);
    read_parts(table, prefix, out);
    out.share = flag(table, prefix, "share");
    out.at_least = table.contains("at_least");
    if (out.at_least == table.contains("at_most"))
      add(out.at_least ? fault_kind::syntax : fault_kind::missing_key, table,
          out.at_least ? std::vector<std::string>{"at_least or at_most, one of both", prefix + "at_most"}
                       : std::vector<std::string>{prefix + "at_least", "at_least or at_most, one of both"});
    out.bound = number(table, prefix, out.at_least ? "at_least" : "at_most").value_or(0);
    if (faults_.size() != before) return;
    const metric_info& about = info(out.what);
    if (out.share && (about.kind != metric_kind::count || out.split == dimension::all))
      add(fault_kind::syntax, *table.get("share"), {"share = true with a count and a dimension", std::string(about.name)});
    if (about.kind == metric_kind::value && out.items.size() > 1)
      add(fault_kind::syntax, *table.get("items"), {"one item of what is neither a ratio nor a count", std::string(about.name)});
    const bool is_share = out.share || about.unit == "share";
    if (is_share && !(out.bound >= 0 && out.bound <= 1)) {
      const char* word = out.at_least ? "at_least" : "at_most";
      add(fault_kind::out_of_range, *table.get(word), {prefix + word, range_text(0, 1), found_text(*table.get(word))});
    }
    out_.targets.push_back(std::move(out));
  }
  void read_metric(const std::string& name, const toml::table& table, const std::string& prefix, target_row& out) {
    std::string wanted = name;
    const toml::node* said = table.get("metric");
    if (said != nullptr) {
      const auto* text = said->as_string();
      if (text == nullptr) return add(fault_kind::wrong_type, *said, {prefix + "metric", "text", found_text(*said)});
      wanted = text->get();
    }
    const auto found = std::find(metrics_.begin(), metrics_.end(), wanted);
    if (found != metrics_.end()) {
      out.what = static_cast<metric>(found - metrics_.begin());
    } else if (said != nullptr) {
      add(fault_kind::bad_value, *said, {prefix + "metric", "docs/metrics.md", shortened(wanted), near_(wanted, metrics_)});
    } else {
      const std::string near = near_(name, metrics_);
      add(fault_kind::unknown_key, table, {"target." + shortened(name), near.empty() ? near : "target." + near});
    }
  }
  void read_parts(const toml::table& table, const std::string& prefix, target_row& out) {
    out.each = flag(table, prefix, "each");
    out.fewest = number_in(table, prefix, "fewest", 0, 1e9, false).value_or(out.fewest);
    const toml::node* items = table.get("items");
    if (const toml::node* node = table.get("dimension")) {
      const auto* text = node->as_string();
      const auto found = std::find(dimension_names.begin(), dimension_names.end(), text == nullptr ? std::string() : text->get());
      if (found == dimension_names.end()) {
        std::string all;
        for (const std::string_view one : dimension_names) all.append(all.empty() ? "" : ", ").append(one);
        const std::string said = text == nullptr ? std::string() : text->get();
        return add(fault_kind::bad_value, *node,
                   {prefix + "dimension", all, shortened(said),
                    near_(said, std::vector<std::string>(dimension_names.begin(), dimension_names.end()))});
      }
      out.split = static_cast<dimension>(found - dimension_names.begin());
    } else if (items != nullptr || out.each) {
      return add(fault_kind::missing_key, table, {prefix + "dimension", "the dimension of the items"});
    }
    if (out.split != dimension::all && (items != nullptr) == out.each)
      return add(fault_kind::syntax, table,
                 {"items or each = true, one of both", std::string(dimension_names[static_cast<std::size_t>(out.split)])});
    if (items == nullptr) return;
    const auto* list = items->as_array();
    bool good = list != nullptr && !list->empty();
    for (std::size_t i = 0; good && i < list->size(); ++i) {
      const auto* item = list->get(i)->as_string();
      good = item != nullptr;
      if (good) out.items.push_back(item->get());
    }
    if (!good) add(fault_kind::wrong_type, *items, {prefix + "items", "a list of words in quotes", found_text(*items)});
  }

  void read_limit(const toml::table& table) {
    (void)places_of(table, "limit.", limit_words);
    out_.sessions_a_week = number_in(table, "limit.", "sessions_a_week", 0, 1000, true);
  }
  void read_cost(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      const auto found = std::find(metrics_.begin(), metrics_.end(), name);
      if (std::find(counts_.begin(), counts_.end(), name) == counts_.end()) {
        unknown("cost." + name, counts_, key);
        continue;
      }
      if (const auto weight = number(table, "cost.", name)) out_.costs.emplace_back(static_cast<metric>(found - metrics_.begin()), *weight);
    }
  }
  void read_search(const toml::table& table) {
    (void)places_of(table, "search.", search_words);
    out_.confidence = number_in(table, "search.", "confidence", 0.5, 0.999, false);
    const auto count = [&](const char* word, double least) -> std::optional<std::size_t> {
      const auto read = number_in(table, "search.", word, least, 1e6, true);
      if (!read) return std::nullopt;
      return static_cast<std::size_t>(*read);
    };
    out_.replications = count("replications", 16);
    out_.proof = count("proof", 16);
    out_.budget = count("budget", 16);
  }

  /// What must hold of the whole.
  void judge_file() {
    for (std::size_t i = 0; i < out_.decisions.size(); ++i) {
      const auto same = [&](const decision_row_of_file& other) { return other.key == out_.decisions[i].key; };
      const auto first = out_.decisions.begin(), here = first + static_cast<std::ptrdiff_t>(i);
      if (std::find_if(first, here, same) != here)
        faults_.push_back({fault_kind::syntax, out_.decisions[i].where, {"each parameter once", out_.decisions[i].key}});
    }
    if (!faults_.empty()) return;
    if (out_.decisions.empty()) faults_.push_back({fault_kind::missing_key, {file_}, {"decision", "a table [decision.\"KEY\"]"}});
    if (out_.targets.empty()) faults_.push_back({fault_kind::missing_key, {file_}, {"target", "a table [target.NAME]"}});
    if (out_.decisions.size() > most_decisions)
      faults_.push_back({fault_kind::syntax,
                         {file_},
                         {"at most " + std::to_string(most_decisions) + " decisions", std::to_string(out_.decisions.size())}});
  }

  std::string file_;
  std::vector<std::string> metrics_, counts_;
  nearest_words near_;
  optimisation_rows out_;
  std::vector<fault> faults_;
};

}  // namespace detail

/// Reads decisions and targets from text. Faults: those of TOML, `unknown_key`, `missing_key`, `wrong_type`, `out_of_range`, `bad_value`,
/// `syntax` (a value or parameter twice, and what does not go together).
/// \param name  as messages show it
[[nodiscard]] inline checked<optimisation_rows> parse_optimisation(const std::string& text, const std::string& name) {
  return detail::optimisation_reader(name).read(text);
}

/// The same from a file of at most 1 MiB.
[[nodiscard]] inline checked<optimisation_rows> load_optimisation(const std::filesystem::path& path,
                                                                  const text_source& from = text_files()) {
  constexpr std::size_t most_bytes = std::size_t{1} << 20;
  const auto text = from.text(path, {text_encoding::utf8, "decisions and targets", most_bytes});
  if (!text) return text.faults();
  return parse_optimisation(*text, path.string());
}

}  // namespace sifang

#endif
