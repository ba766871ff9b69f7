// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_OPTIMISATION_FILE_HPP
#define SIFANG_IO_OPTIMISATION_FILE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/targets_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/toml_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
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
///     [decision."handling.further_handlers.housing"]  # handlers of one unit beyond those of its kind, as a number
///     from = 0
///     to = 3
///     price = 58720
///
///     [decision."county.links"]                # leaders' links to townships: as they are, or dealt anew (`links_values`)
///     values = ["table", "load"]
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
  named_figure measured{};                ///< what of the model
  bool each = false;                      ///< of each item by itself
  double fewest = 12;                     ///< of each: cases a year of an item that is judged
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

/// What of a file could be read, and what is wrong in it.
struct optimisation_reading {
  optimisation_rows rows;     ///< without the targets that have a fault
  std::vector<fault> faults;  ///< none: the rows are whole
};

/// Most values of a decision.
inline constexpr std::size_t most_decision_values = 1000;
/// Most decisions of a task.
inline constexpr std::size_t most_decisions = 64;

namespace detail {

/// Reads the tables of a file, and keeps what is wrong.
class optimisation_reader {
 public:
  explicit optimisation_reader(std::string file) : toml_(std::move(file)) {
    for (const metric_info& m : metric_table) {
      if (m.kind == metric_kind::count) counts_.emplace_back(m.name);
    }
  }

  [[nodiscard]] optimisation_reading read(const std::string& text) {
    const toml_document parsed = parse_toml(text, toml_.file(), toml_.faults());
    for (const auto& [key, node] : parsed.root) {
      const std::string name(key.str());
      if (std::find(tops.begin(), tops.end(), name) == tops.end()) {
        toml_.unknown(name, tops, key);
        continue;
      }
      const toml::table* table = toml_.table_of(node, name, "a table [" + name + "]");
      if (table == nullptr) continue;
      if (name == "decision")
        toml_.each_key(*table, "decision", [this](const std::string& of, const toml::table& t) { read_decision(of, t); });
      if (name == "target") toml_.each_table(*table, "target", [this](const std::string& of, const toml::table& t) { read_target(of, t); });
      if (name == "limit") read_limit(*table);
      if (name == "cost") read_cost(*table);
      if (name == "search") read_search(*table);
    }
    in_order_of_file(out_.decisions);
    in_order_of_file(out_.targets);
    judge_file();
    tidy(toml_.faults());
    return {std::move(out_), std::move(toml_.faults())};
  }

 private:
  inline static const std::vector<std::string> tops{"decision", "target", "limit", "cost", "search"};
  inline static const std::vector<std::string> decision_words{"from", "to", "by", "values", "price", "prices", "start"};
  inline static const std::vector<std::string> target_words{"metric", "dimension", "items",    "each",
                                                            "fewest", "share",     "at_least", "at_most"};
  inline static const std::vector<std::string> limit_words{"sessions_a_week"};
  inline static const std::vector<std::string> search_words{"confidence", "replications", "proof", "budget"};

  /// A value as `--set` has it; nothing for a table, a date and a list of what is no text.
  [[nodiscard]] static std::optional<std::string> value_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* yes = node.as_boolean()) return yes->get() ? "true" : "false";
    if (const auto number = targets_text::number_of(node)) return number_text(*number);
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

  void read_decision(const std::string& key, const toml::table& table) {
    const std::string prefix = "decision." + shortened(key) + '.';
    const std::size_t before = toml_.faults().size();
    decision_row_of_file out{key, {}};
    out.where = toml_.where(table);
    out.places = toml_.places_of(table, prefix, decision_words);
    const bool steps = table.contains("from") || table.contains("to");
    if (steps == table.contains("values"))
      toml_.add(steps ? fault_kind::syntax : fault_kind::missing_key, table,
                steps ? std::vector<std::string>{"values, or from and to", prefix + "values"}
                      : std::vector<std::string>{prefix + "values", "values, or from and to"});
    else if (steps)
      read_steps(table, prefix, out);
    else
      read_values(*table.get("values"), prefix, out);
    if (toml_.faults().size() == before) read_prices(table, prefix, steps, out);
    if (const toml::node* node = table.get("start"); node != nullptr && toml_.faults().size() == before) {
      out.start = value_of(*node);
      if (!out.start || std::find(out.values.begin(), out.values.end(), *out.start) == out.values.end())
        toml_.add(fault_kind::wrong_type, *node, {prefix + "start", "one of the values", found_text(*node)});
    }
    out_.decisions.push_back(std::move(out));
  }
  void read_steps(const toml::table& table, const std::string& prefix, decision_row_of_file& out) {
    for (const char* word : {"from", "to"}) {
      if (!table.contains(word)) toml_.add(fault_kind::missing_key, table, {prefix + word, "a number"});
    }
    const auto from = toml_.number(table, prefix, "from"), to = toml_.number(table, prefix, "to");
    const double by = toml_.number(table, prefix, "by").value_or(1);
    if (!(by > 0)) toml_.add(fault_kind::out_of_range, *table.get("by"), {prefix + "by", "above 0", found_text(*table.get("by"))});
    if (!from || !to || !(by > 0)) return;
    const double steps = std::floor(std::abs(*to - *from) / by + 1e-9);
    if (!(steps < static_cast<double>(most_decision_values)))
      return toml_.add(fault_kind::syntax, table, {"at most " + std::to_string(most_decision_values) + " values", number_text(steps + 1)});
    for (int k = 0; k <= static_cast<int>(steps); ++k) {
      const double exact = *from + (*to < *from ? -by : by) * k;
      out.values.push_back(number_text(std::abs(exact) < 1e6 ? std::round(exact * 1e9) / 1e9 : exact));  // 0.1 + 0.2 is 0.3
    }
  }
  void read_values(const toml::node& node, const std::string& prefix, decision_row_of_file& out) {
    const auto* list = node.as_array();
    if (list == nullptr || list->empty())
      return toml_.add(fault_kind::wrong_type, node, {prefix + "values", "a list of values", found_text(node)});
    if (list->size() > most_decision_values)
      return toml_.add(fault_kind::syntax, node,
                       {"at most " + std::to_string(most_decision_values) + " values", std::to_string(list->size())});
    for (const toml::node& item : *list) {
      const auto text = value_of(item);
      if (!text)
        toml_.add(fault_kind::wrong_type, item, {prefix + "values", "a list of values", found_text(item)});
      else if (std::find(out.values.begin(), out.values.end(), *text) != out.values.end())
        toml_.add(fault_kind::syntax, item, {"each value once", shortened(*text)});
      else
        out.values.push_back(*text);
    }
  }
  void read_prices(const toml::table& table, const std::string& prefix, bool steps, decision_row_of_file& out) {
    const auto price = toml_.number(table, prefix, "price");
    const toml::node* node = table.get("prices");
    if ((steps && node != nullptr) || (!steps && table.contains("price")))
      return toml_.add(fault_kind::syntax, table, {"price with from and to, prices with values", prefix + (steps ? "prices" : "price")});
    if (price) {
      for (const std::string& value : out.values) out.prices.push_back(*price * *parse_number<double>(value));
    }
    if (node == nullptr) return;
    const auto* list = node->as_array();
    bool good = list != nullptr;
    for (std::size_t i = 0; good && i < list->size(); ++i) {
      const auto one = targets_text::number_of(*list->get(i));
      good = one.has_value();
      if (good) out.prices.push_back(*one);
    }
    if (!good) return toml_.add(fault_kind::wrong_type, *node, {prefix + "prices", "a list of numbers", found_text(*node)});
    if (out.prices.size() != out.values.size())
      toml_.add(
          fault_kind::syntax, *node,
          {"a price for each value", std::to_string(out.prices.size()) + " prices for " + std::to_string(out.values.size()) + " values"});
  }

  void read_target(const std::string& name, const toml::table& table) {
    const std::size_t before = toml_.faults().size();
    const std::string prefix = "target." + shortened(name) + '.';
    target_row out{name};
    out.where = toml_.where(table);
    out.places = toml_.places_of(table, prefix, target_words);
    out.measured = toml_.figure("target", name, table);
    read_parts(table, prefix, out);
    out.at_least = table.contains("at_least");
    if (out.at_least == table.contains("at_most"))
      toml_.add(out.at_least ? fault_kind::syntax : fault_kind::missing_key, table,
                out.at_least ? std::vector<std::string>{"at_least or at_most, one of both", prefix + "at_most"}
                             : std::vector<std::string>{prefix + "at_least", "at_least or at_most, one of both"});
    out.bound = toml_.number(table, prefix, out.at_least ? "at_least" : "at_most").value_or(0);
    if (toml_.faults().size() == before) toml_.judge(table, out.measured);
    if (toml_.faults().size() != before) return;
    const bool is_share = out.measured.share || info(out.measured.what).unit == "share";
    if (is_share && !(out.bound >= 0 && out.bound <= 1)) {
      const char* word = out.at_least ? "at_least" : "at_most";
      toml_.add(fault_kind::out_of_range, *table.get(word), {prefix + word, range_text(0, 1), found_text(*table.get(word))});
      return;
    }
    out_.targets.push_back(std::move(out));
  }
  /// Of which part of the county.
  void read_parts(const toml::table& table, const std::string& prefix, target_row& out) {
    out.each = toml_.flag(table, prefix, "each");
    out.fewest = toml_.number_in(table, prefix, "fewest", 0, 1e9, false).value_or(out.fewest);
    const bool has_items = table.contains("items");
    if (!table.contains("dimension") && (has_items || out.each))
      return toml_.missing(table, prefix + "dimension", "the dimension of the items");
    const dimension split = out.measured.split;
    if (split != dimension::all && has_items == out.each)
      toml_.add(fault_kind::syntax, table,
                {"items or each = true, one of both", std::string(dimension_names[static_cast<std::size_t>(split)])});
  }

  void read_limit(const toml::table& table) {
    (void)toml_.places_of(table, "limit.", limit_words);
    out_.sessions_a_week = toml_.number_in(table, "limit.", "sessions_a_week", 0, 1000, true);
  }
  void read_cost(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      const auto found = std::find_if(metric_table.begin(), metric_table.end(),
                                      [&](const metric_info& m) { return m.name == name && m.kind == metric_kind::count; });
      if (found == metric_table.end()) {
        toml_.unknown("cost." + name, counts_, key);
        continue;
      }
      if (const auto weight = toml_.number(table, "cost.", name)) out_.costs.emplace_back(found->id, *weight);
    }
  }
  void read_search(const toml::table& table) {
    (void)toml_.places_of(table, "search.", search_words);
    out_.confidence = toml_.number_in(table, "search.", "confidence", 0.5, 0.999, false);
    const auto count = [&](const char* word, double least) -> std::optional<std::size_t> {
      const auto read = toml_.number_in(table, "search.", word, least, 1e6, true);
      if (!read) return std::nullopt;
      return static_cast<std::size_t>(*read);
    };
    out_.replications = count("replications", 16);
    out_.proof = count("proof", 16);
    out_.budget = count("budget", 16);
  }

  /// What must hold of the whole.
  void judge_file() {
    std::vector<fault>& faults = toml_.faults();
    tell_twins(out_.decisions, faults);
    if (!faults.empty()) return;
    const place whole{toml_.file()};
    if (out_.decisions.empty()) faults.push_back({fault_kind::missing_key, whole, {"decision", "a table [decision.\"KEY\"]"}});
    if (out_.targets.empty()) faults.push_back({fault_kind::missing_key, whole, {"target", "a table [target.NAME]"}});
    if (out_.decisions.size() > most_decisions)
      faults.push_back(
          {fault_kind::syntax, whole, {"at most " + std::to_string(most_decisions) + " decisions", std::to_string(out_.decisions.size())}});
  }

  targets_text toml_;
  std::vector<std::string> counts_;
  optimisation_rows out_;
};

}  // namespace detail

/// Reads what of a text can be read, so that its faults and those that the county shows can be told together. Faults: those of TOML,
/// `unknown_key`, `missing_key`, `wrong_type`, `out_of_range`, `bad_value`, `syntax` (a value or parameter twice, and what does not go
/// together).
/// \param name  as messages show it
[[nodiscard]] inline optimisation_reading scan_optimisation(const std::string& text, const std::string& name) {
  return detail::optimisation_reader(name).read(text);
}

/// Reads decisions and targets from text. Faults: those of `scan_optimisation`.
[[nodiscard]] inline checked<optimisation_rows> parse_optimisation(const std::string& text, const std::string& name) {
  optimisation_reading out = scan_optimisation(text, name);
  if (!out.faults.empty()) return std::move(out.faults);
  return std::move(out.rows);
}

/// `scan_optimisation` of a file of at most 1 MiB.
[[nodiscard]] inline optimisation_reading scan_optimisation_file(const std::filesystem::path& path,
                                                                 const text_source& from = text_files()) {
  constexpr std::size_t most_bytes = std::size_t{1} << 20;
  const auto text = from.text(path, {text_encoding::utf8, "decisions and targets", most_bytes});
  if (!text) return {{}, text.faults()};
  return scan_optimisation(*text, path.string());
}

}  // namespace sifang

#endif
