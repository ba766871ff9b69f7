// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SWEEP_WORDS_HPP
#define SIFANG_IO_SWEEP_WORDS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/value_words.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/sweep_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What varies in a sweep, as people read it: meanings instead of keys, values in words.

namespace sifang {

/// Most cells that a report of a sweep has, the first ones; all are in sweep.csv.
inline constexpr std::size_t most_cells_reported = 2000;

/// One value of a parameter that varies.
struct told_axis_value {
  std::string text;              ///< as `--vary` or the sample has it
  text_pair words{};             ///< as people read it; the text until a world was heard
  std::optional<double> number;  ///< where the text is a finite number
};
/// A parameter that varies, with the values that it takes in the cells that are reported.
struct told_axis {
  std::string key,                      ///< as `--set` has it
      unit{},                           ///< as `parameter::unit`; empty where it is not known
      asked{};                          ///< what `--vary` had for it
  text_pair means{};                    ///< what the parameter means; the key where nobody knows
  std::vector<told_axis_value> values;  ///< no two of one text, in the order of the cells
  std::vector<std::size_t> of_cell;     ///< of each reported cell, its place in `values`
};

/// Gathers the words of a sweep from the worlds of its cells, whoever makes them.
class sweep_words {
 public:
  sweep_words() = default;  ///< Of no sweep.
  /// \complexity cells that are reported × parameters
  template <class = when_called>
  explicit sweep_words(const sweep_grid& grid) {
    const std::size_t cells = (std::min)(grid.size(), most_cells_reported);
    std::vector<std::map<std::string, std::size_t>> places(grid.axes().size());
    for (std::size_t a = 0; a < grid.axes().size(); ++a) {
      const std::string& key = grid.axes()[a].key;
      axes_.push_back({key, {}, grid.asked(a), {key, key}, {}, {}});
    }
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const std::vector<std::string> values = grid.values(cell);
      for (std::size_t a = 0; a < axes_.size(); ++a) {
        const auto [at, is_new] = places[a].try_emplace(values[a], axes_[a].values.size());
        if (is_new) axes_[a].values.push_back(value_of(values[a]));
        axes_[a].of_cell.push_back(at->second);
      }
    }
    heard_.resize(axes_.size());
    for (std::size_t a = 0; a < axes_.size(); ++a) heard_[a].resize(axes_[a].values.size());
  }
  /// Takes the words of a cell's values from its world, where they are not known yet.
  template <class = when_called>
  void hear(std::size_t cell, const world& w) {
    const auto unknown = [&](std::size_t a) { return cell < axes_[a].of_cell.size() && !heard_[a][axes_[a].of_cell[cell]]; };
    bool any = false;
    for (std::size_t a = 0; a < axes_.size(); ++a) any = any || unknown(a);
    if (!any) return;
    const std::vector<told_value> told = values_in_words(w.setting(), value_names(w));
    for (std::size_t a = 0; a < axes_.size(); ++a) {
      const auto found = std::find_if(told.begin(), told.end(), [&](const told_value& one) { return one.key == axes_[a].key; });
      if (!unknown(a) || found == told.end()) continue;
      const std::size_t at = axes_[a].of_cell[cell];
      heard_[a][at] = true;
      axes_[a].means = found->means;
      axes_[a].unit = found->unit;
      axes_[a].values[at].words = found->words;
    }
  }
  /// The parameters that vary.
  [[nodiscard]] const std::vector<told_axis>& axes() const noexcept { return axes_; }
  /// Cells that are reported.
  [[nodiscard]] std::size_t cells() const noexcept { return axes_.empty() ? 0 : axes_.front().of_cell.size(); }

 private:
  static told_axis_value value_of(const std::string& text) {
    std::optional<double> number = parse_number<double>(text);
    if (number && !std::isfinite(*number)) number.reset();
    return {text, {text, text}, number};
  }

  std::vector<told_axis> axes_;
  std::vector<std::vector<bool>> heard_;  // by axis and value
};

}  // namespace sifang

#endif
