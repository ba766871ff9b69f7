// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CALIBRATION_FILE_HPP
#define SIFANG_IO_CALIBRATION_FILE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/experiment/moment_fit.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/targets_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/toml_text.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
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

/// A figure as a file has it.
struct figure_row {
  std::string name;                       ///< of the table
  named_figure measured{};                ///< what it is compared with
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
/// What of a file could be read, and what is wrong in it.
struct calibration_reading {
  calibration_targets rows;   ///< without the figures that have a fault
  std::vector<fault> faults;  ///< none: the rows are whole
};

namespace detail {

/// Reads the tables of a file, and keeps what is wrong.
class calibration_reader {
 public:
  calibration_reader(std::string file, bool needs_figures) : toml_(std::move(file)), needs_figures_(needs_figures) {}

  [[nodiscard]] calibration_reading read(const std::string& text) {
    std::vector<fault>& faults = toml_.faults();
    const toml_document parsed = parse_toml(text, toml_.file(), faults);
    for (const auto& [key, node] : parsed.root) {
      const std::string name(key.str());
      if (std::find(tops.begin(), tops.end(), name) == tops.end()) {
        toml_.unknown(name, tops, key);
        continue;
      }
      const toml::table* table = toml_.table_of(node, name, "a table [" + name + "]");
      if (table == nullptr) continue;
      if (name == "figure")
        toml_.each_table(*table, name, [this](const std::string& of, const toml::table& t) { read_figure(of, t); });
      else
        toml_.each_key(*table, name, [this](const std::string& of, const toml::table& t) { read_parameter(of, t); });
    }
    in_order_of_file(out_.figures);
    in_order_of_file(out_.parameters);
    tell_twins(out_.parameters, faults);
    const bool any = std::any_of(out_.figures.begin(), out_.figures.end(), [](const figure_row& f) { return f.target.weight > 0; });
    const place whole{toml_.file()};
    if (faults.empty() && !any && needs_figures_)
      faults.push_back({fault_kind::missing_key, whole, {"figure", "a figure with a weight above 0"}});
    if (faults.empty() && out_.parameters.empty())
      faults.push_back({fault_kind::missing_key, whole, {"parameter", "a table [parameter.\"KEY\"]"}});
    tidy(faults);
    return {std::move(out_), std::move(faults)};
  }

 private:
  inline static const std::vector<std::string> tops{"figure", "parameter"};
  inline static const std::vector<std::string> figure_words{"metric", "dimension",   "items",  "share", "target",
                                                            "spread", "discrepancy", "weight", "source"};
  inline static const std::vector<std::string> parameter_words{"from", "to", "start", "step"};
  static constexpr double greatest = targets_text::greatest;

  void read_figure(const std::string& name, const toml::table& table) {
    const std::size_t before = toml_.faults().size();
    const std::string prefix = "figure." + shortened(name) + '.';
    figure_row out{name};
    out.where = toml_.where(table);
    out.places = toml_.places_of(table, prefix, figure_words);
    out.measured = toml_.figure("figure", name, table);
    const bool is_split = out.measured.split != dimension::all;
    if (is_split && !table.contains("items")) toml_.missing(table, prefix + "items", "a list of words in quotes");
    if (table.contains("items") && !table.contains("dimension")) toml_.missing(table, prefix + "dimension", "the dimension of the items");
    if (!table.contains("target")) toml_.missing(table, prefix + "target", "a number");
    if (!table.contains("spread")) toml_.missing(table, prefix + "spread", "a number");
    out.target.value = toml_.number(table, prefix, "target").value_or(0);
    out.target.spread = toml_.number(table, prefix, "spread").value_or(1);
    out.target.weight = toml_.number(table, prefix, "weight").value_or(1);
    if (const auto said = toml_.number(table, prefix, "discrepancy")) {
      out.discrepancy = *said;
      if (*said < 0)
        toml_.add(fault_kind::out_of_range, *table.get("discrepancy"),
                  {prefix + "discrepancy", range_text(0, greatest), found_text(*table.get("discrepancy"))});
    }
    if (!(out.target.spread > 0))
      toml_.add(fault_kind::out_of_range, *table.get("spread"), {prefix + "spread", "above 0", found_text(*table.get("spread"))});
    if (out.target.weight < 0)
      toml_.add(fault_kind::out_of_range, *table.get("weight"),
                {prefix + "weight", range_text(0, greatest), found_text(*table.get("weight"))});
    out.source = toml_.text(table, prefix, "source", "where the value comes from, in words").value_or("");
    if (!table.contains("source")) toml_.missing(table, prefix + "source", "where the value comes from, in words");
    if (toml_.faults().size() == before) toml_.judge(table, out.measured);
    if (toml_.faults().size() == before) out_.figures.push_back(std::move(out));
  }

  void read_parameter(const std::string& key, const toml::table& table) {
    const std::string prefix = "parameter." + shortened(key) + '.';
    parameter_row out{key, {}, {}, {}, {}, toml_.where(table), toml_.places_of(table, prefix, parameter_words)};
    out.from = toml_.number(table, prefix, "from");
    out.to = toml_.number(table, prefix, "to");
    out.start = toml_.number(table, prefix, "start");
    out.step = toml_.number(table, prefix, "step");
    if (out.step && *out.step <= 0)
      toml_.add(fault_kind::out_of_range, *table.get("step"), {prefix + "step", "above 0", found_text(*table.get("step"))});
    out_.parameters.push_back(std::move(out));
  }

  targets_text toml_;
  bool needs_figures_;
  calibration_targets out_;
};

}  // namespace detail

/// Reads what of a text can be read, so that its faults and those that the county shows can be told together. Faults: those of TOML,
/// `unknown_key`, `missing_key`, `wrong_type`, `out_of_range`, `bad_value`, `syntax` (a value, item or parameter twice, and what does not
/// go together).
/// \param name  as messages show it  \param needs_figures  one at least that is fitted; false where others come from elsewhere
[[nodiscard]] inline calibration_reading scan_calibration(const std::string& text, const std::string& name, bool needs_figures = true) {
  return detail::calibration_reader(name, needs_figures).read(text);
}

/// Reads figures and parameters from text. Faults: those of `scan_calibration`.
[[nodiscard]] inline checked<calibration_targets> parse_calibration(const std::string& text, const std::string& name,
                                                                    bool needs_figures = true) {
  calibration_reading out = scan_calibration(text, name, needs_figures);
  if (!out.faults.empty()) return std::move(out.faults);
  return std::move(out.rows);
}

/// `scan_calibration` of a file of at most 1 MiB.
[[nodiscard]] inline calibration_reading scan_calibration_file(const std::filesystem::path& path, const text_source& from = text_files(),
                                                               bool needs_figures = true) {
  constexpr std::size_t most_bytes = std::size_t{1} << 20;
  const auto text = from.text(path, {text_encoding::utf8, "figures and parameters", most_bytes});
  if (!text) return {{}, text.faults()};
  return scan_calibration(*text, path.string(), needs_figures);
}

}  // namespace sifang

#endif
