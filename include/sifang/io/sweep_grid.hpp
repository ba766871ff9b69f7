// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SWEEP_GRID_HPP
#define SIFANG_IO_SWEEP_GRID_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/io/message_text.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace sifang {

/// What a fault names as its file when it stands in `--vary`.
inline constexpr std::string_view vary_option = "--vary";

namespace detail {

/// Text without blanks around it.
[[nodiscard]] inline std::string trimmed_setting(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

}  // namespace detail

/// Settings of many cells: every combination of the values of some parameters, of which the last one changes fastest; or a value of each
/// parameter for each cell (`sampled`).
class sweep_grid {
 public:
  /// One parameter and the values it takes, as text.
  struct axis {
    std::string key;                  ///< as `--set` has it
    std::vector<std::string> values;  ///< at least one, no two alike; of samples one for each cell
    std::string range{};              ///< of samples: what they were drawn from, as `--vary` has it behind the `=`
  };
  /// Most cells that a grid may have.
  static constexpr std::size_t most_cells = 1000000;

  /// From texts `key=value|value|…`. The bar separates, since values have commas and semicolons of their own.
  ///
  /// \param fixed  settings that hold for every cell, `key=value`
  /// Faults: `syntax` (no `=`, an empty value, a value or a key twice, a key that is also fixed, `scenario.replications` and
  /// `scenario.confidence`, which all cells share), `out_of_range` (too many cells). \complexity linear
  [[nodiscard]] static checked<sweep_grid> parse(std::span<const std::string> texts, std::span<const std::string> fixed = {}) {
    const place where{std::string(vary_option)};
    std::vector<fault> faults;
    const auto wrong = [&](std::string expected, std::string found) {
      faults.push_back({fault_kind::syntax, where, {std::move(expected), std::move(found)}});
    };
    sweep_grid out;
    for (const std::string& text : texts) {
      const std::size_t equals = text.find('=');
      axis one{detail::trimmed_setting(std::string_view(text).substr(0, equals)), {}};
      if (equals == std::string::npos || one.key.empty()) {
        wrong("key=value|value|…", "'" + shortened(text) + "'");
        continue;
      }
      const std::string_view rest = std::string_view(text).substr(equals + 1);
      std::unordered_set<std::string> seen;
      for (std::size_t at = 0; at <= rest.size();) {
        const std::size_t end = (std::min)(rest.find('|', at), rest.size());
        std::string value = detail::trimmed_setting(rest.substr(at, end - at));
        at = end + 1;
        if (value.empty())
          wrong("key=value|value|…", "'" + shortened(text) + "'");
        else if (!seen.insert(value).second)
          wrong("each value once", one.key + "=" + value);
        else
          one.values.push_back(std::move(value));
      }
      const auto is_key = [&](const std::string& setting) {
        return detail::trimmed_setting(std::string_view(setting).substr(0, setting.find('='))) == one.key;
      };
      if (one.key == "scenario.replications" || one.key == "scenario.confidence") wrong("a parameter in which cells may differ", one.key);
      if (std::any_of(out.axes_.begin(), out.axes_.end(), [&](const axis& a) { return a.key == one.key; }))
        wrong("each parameter once", one.key);
      if (std::any_of(fixed.begin(), fixed.end(), is_key)) wrong("each parameter once", one.key);
      if (one.values.empty()) continue;
      out.cells_ = out.cells_ > most_cells / one.values.size() ? most_cells + 1 : out.cells_ * one.values.size();
      out.axes_.push_back(std::move(one));
    }
    if (texts.empty()) wrong("key=value|value|…", "''");
    if (out.cells_ > most_cells) {
      faults.push_back({fault_kind::out_of_range, where, {"cells", "at most " + std::to_string(most_cells), "more"}});
    }
    tidy(faults);
    if (!faults.empty()) return faults;
    return out;
  }

  /// Cells with a value of each parameter of their own. \pre at least one axis, as many values in all of them, at least one; asserted
  [[nodiscard]] static sweep_grid sampled(std::vector<axis> axes) {
    SIFANG_ASSERT(!axes.empty() && !axes.front().values.empty(), "a parameter and a cell");
    sweep_grid out;
    out.cells_ = axes.front().values.size();
    for ([[maybe_unused]] const axis& a : axes) SIFANG_ASSERT(a.values.size() == out.cells_, "a value for each cell");
    out.axes_ = std::move(axes);
    out.sampled_ = true;
    return out;
  }

  /// Whether each cell has values of its own, so that there are not all combinations.
  [[nodiscard]] bool is_sampled() const noexcept { return sampled_; }
  /// What `--vary` had for a parameter. \pre at < axes().size()
  [[nodiscard]] std::string asked(std::size_t at) const {
    SIFANG_ASSERT(at < axes_.size());
    std::string out = axes_[at].key + "=" + axes_[at].range;
    for (std::size_t k = 0; !sampled_ && k < axes_[at].values.size(); ++k) out += (k == 0 ? "" : "|") + axes_[at].values[k];
    return out;
  }
  /// The parameters that vary.
  [[nodiscard]] std::span<const axis> axes() const noexcept { return axes_; }
  /// Number of cells.
  [[nodiscard]] std::size_t size() const noexcept { return cells_; }
  /// The values of a cell, one for each parameter. \pre cell < size()
  [[nodiscard]] std::vector<std::string> values(std::size_t cell) const {
    SIFANG_ASSERT(cell < cells_);
    std::vector<std::string> out(axes_.size());
    for (std::size_t k = 0; sampled_ && k < axes_.size(); ++k) out[k] = axes_[k].values[cell];
    if (sampled_) return out;
    for (std::size_t k = axes_.size(); k-- > 0; cell /= axes_[k].values.size()) out[k] = axes_[k].values[cell % axes_[k].values.size()];
    return out;
  }
  /// The settings of a cell, `key=value`, as `load_planning_input` takes them. \pre cell < size()
  [[nodiscard]] std::vector<std::string> settings(std::size_t cell) const {
    std::vector<std::string> out = values(cell);
    for (std::size_t k = 0; k < out.size(); ++k) out[k].insert(0, axes_[k].key + "=");
    return out;
  }
  /// What a cell is called: its settings in one line. \pre cell < size()
  [[nodiscard]] std::string name(std::size_t cell) const {
    std::string out;
    for (const std::string& setting : settings(cell)) out += (out.empty() ? "" : " ") + setting;
    return out;
  }

 private:
  std::vector<axis> axes_;
  std::size_t cells_ = 1;
  bool sampled_ = false;
};

/// The faults of the cells of a grid, each once. One that some cells have and others lack is placed in the first cell
/// that has it: `--vary #3 (key=value)`, cells counted from 1.
/// \param by_cell  for each cell, none or some \complexity linear in their number
[[nodiscard]] inline std::vector<fault> faults_of_cells(const sweep_grid& grid, std::span<const std::vector<fault>> by_cell) {
  struct seen {
    fault what;
    std::size_t first, last, cells;
  };
  std::vector<seen> all;
  std::unordered_map<std::string, std::size_t> places;  // in `all`
  for (std::size_t cell = 0; cell < by_cell.size(); ++cell) {
    for (const fault& f : by_cell[cell]) {
      const auto [at, is_new] = places.try_emplace(to_string(f), all.size());
      if (is_new) all.push_back({f, cell, cell, 1});
      seen& s = all[at->second];
      if (s.last != cell) ++s.cells;  // a cell may have the same fault twice
      s.last = cell;
    }
  }
  std::vector<fault> out;
  for (seen& s : all) {
    const auto varied = [&](const sweep_grid::axis& a) { return !s.what.details.empty() && a.key == s.what.details.front(); };
    const bool here = s.what.where.file == "--set" && std::any_of(grid.axes().begin(), grid.axes().end(), varied);
    if (here) s.what.where.file = vary_option;
    if (s.cells < by_cell.size()) {
      const std::string in_cell = std::string(vary_option) + " #" + std::to_string(s.first + 1) + " (" + grid.name(s.first) + ")";
      s.what.where.file = here || s.what.where.file.empty() ? in_cell : in_cell + ": " + s.what.where.file;
    }
    out.push_back(std::move(s.what));
  }
  return out;
}

}  // namespace sifang

#endif
