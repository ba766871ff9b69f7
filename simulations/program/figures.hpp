// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_FIGURES_HPP
#define SIFANG_PROGRAM_FIGURES_HPP

#include "verbs.hpp"

#include "sifang/stats/interval.hpp"

#include <string>
#include <string_view>

/// \file
/// Numbers, verdicts and progress as they stand on a terminal.

namespace sifang_program {

/// One line on the terminal, silent when there is none.
class progress {
 public:
  progress(const options& o, std::size_t total);
  void show(std::size_t done);

 private:
  bool show_;
  std::size_t total_;
  int percent_ = -1;
};

/// A number in its unit: shares as per cent.
[[nodiscard]] std::string number(double x, std::string_view unit);
/// `estimate [lower, upper]`, `estimate (≥ lower)` where nothing was missed, `estimate (≤ upper)` where nothing was seen,
/// `estimate (too few years)`, or the estimate alone where it is the same in every year.
[[nodiscard]] std::string with_interval(const options& o, const sifang::interval& v, std::string_view unit);
/// A difference with its sign; differences of shares are percentage points.
[[nodiscard]] std::string difference_text(const options& o, const sifang::interval& v, std::string_view unit);
/// A line that says what "too few years" means; empty if there are enough.
[[nodiscard]] std::string note_of_years(const options& o, std::size_t replications);
/// A verdict of `verdict_of` as people read it.
[[nodiscard]] std::string_view verdict_text(const options& o, const std::string& verdict);

}  // namespace sifang_program

#endif
