// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SWEEP_EFFECTS_HPP
#define SIFANG_IO_SWEEP_EFFECTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/io/sweep_words.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/linear_effects.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// \file
/// What each parameter of a sweep does to the figures over all cells, the others varying too.

namespace sifang {

/// Something that varies as a number: a parameter, or whether a parameter has one of several values that are no numbers.
struct sweep_term {
  std::size_t axis;                    ///< of the parameter
  std::optional<std::size_t> value{};  ///< against the first value of this parameter; nothing: the parameter is a number
};
/// The effects of all terms.
struct sweep_effects {
  std::vector<sweep_term> terms{};          ///< what varies
  std::vector<linear_effects> by_metric{};  ///< in the order of `sweep_metrics`
};

namespace detail {

[[nodiscard]] inline bool is_number_axis(const told_axis& axis) noexcept {
  return std::all_of(axis.values.begin(), axis.values.end(), [](const told_axis_value& v) { return v.number.has_value(); });
}
[[nodiscard]] inline double term_in_cell(const std::vector<told_axis>& axes, const sweep_term& term, std::size_t cell) {
  const std::size_t at = axes[term.axis].of_cell[cell];
  return term.value ? (at == *term.value ? 1.0 : 0.0) : *axes[term.axis].values[at].number;
}

}  // namespace detail

/// By regression on all cells (`linear_effects_of`), of samples without the first, which is no point of the design. Intervals of one
/// figure hold jointly over its terms. Cells in which a figure has no value are left out of its line.
/// \pre words of the sweep's own cells; asserted \complexity metrics × cells × terms²
template <class = when_called>
[[nodiscard]] inline sweep_effects effects_of(const sweep_words& words, const sweep_result& r, bool is_sampled, double confidence) {
  SIFANG_ASSERT(words.cells() <= r.cells.size(), "what was found of every cell that is told");
  const std::vector<told_axis>& axes = words.axes();
  sweep_effects out;
  for (std::size_t a = 0; a < axes.size(); ++a) {
    if (axes[a].values.size() < 2) continue;
    if (detail::is_number_axis(axes[a])) {
      out.terms.push_back({a, {}});
    } else {
      for (std::size_t v = 1; v < axes[a].values.size(); ++v) out.terms.push_back({a, v});
    }
  }
  const double each = each_of_joint(confidence, (std::max)(out.terms.size(), std::size_t{1}));
  for (std::size_t m = 0; m < sweep_metrics.size(); ++m) {
    std::vector<std::vector<double>> columns(out.terms.size());
    std::vector<double> figure;
    for (std::size_t cell = is_sampled ? 1 : 0; cell < words.cells(); ++cell) {
      const interval& v = r.cells[cell].values[m];
      if (!v.has_value()) continue;
      figure.push_back(v.estimate);
      for (std::size_t k = 0; k < columns.size(); ++k) columns[k].push_back(detail::term_in_cell(axes, out.terms[k], cell));
    }
    out.by_metric.push_back(linear_effects_of(detail::span_of(columns), detail::span_of(figure), each));
  }
  return out;
}

}  // namespace sifang

#endif
