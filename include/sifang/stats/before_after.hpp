// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_BEFORE_AFTER_HPP
#define SIFANG_STATS_BEFORE_AFTER_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/student_t.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

/// \file
/// Before and after with the season taken out: months of a trial against the same calendar months of the year before.

namespace sifang {

/// Months of a year.
inline constexpr std::size_t year_months = 12;

/// A month's figure as a ratio of two sums. A number has 1 as its denominator.
struct month_sums {
  double numerator = 0,  ///< sum of what is measured
      denominator = 0;   ///< sum of what it is measured by
};
/// The months of one year, from the first month of a trial on.
using year_of_months = std::array<month_sums, year_months>;

namespace detail {

/// How often each calendar month lies in a trial of so many months.
[[nodiscard]] constexpr double times_in_trial(std::size_t month, std::size_t months) noexcept {
  return static_cast<double>(months / year_months + (month < months % year_months ? 1 : 0));
}

/// Means over the years of a trial's sums.
template <class = when_called>
[[nodiscard]] inline month_sums pooled_of(std::span<const year_of_months> years, std::size_t months) noexcept {
  month_sums out;
  for (const year_of_months& year : years) {
    for (std::size_t m = 0; m < year_months; ++m) {
      out.numerator += times_in_trial(m, months) * year[m].numerator;
      out.denominator += times_in_trial(m, months) * year[m].denominator;
    }
  }
  out.numerator /= static_cast<double>(years.size());
  out.denominator /= static_cast<double>(years.size());
  return out;
}

/// Variance over the years of Σ w (numerator − ratio × denominator). In two passes: a season that never varies leaves exactly none.
template <class Weight>
[[nodiscard]] double variance_about(std::span<const year_of_months> years, double ratio, const Weight& weight) noexcept {
  const auto of_year = [&](const year_of_months& year) {
    double e = 0;
    for (std::size_t m = 0; m < year_months; ++m) e += weight(m) * (year[m].numerator - ratio * year[m].denominator);
    return e;
  };
  const auto n = static_cast<double>(years.size());
  double mean = 0, size = 0, squares = 0;
  for (const year_of_months& year : years) mean += of_year(year) / n;
  for (const year_of_months& year : years) {
    const double e = of_year(year);
    size += e * e;
    squares += (e - mean) * (e - mean);
  }
  return squares <= 1e-26 * size ? 0 : squares / (n - 1);  // rounding alone
}

}  // namespace detail

/// What a trial of some months will show: the ratio of its sums less that of the same calendar months of the year before.
struct before_after {
  double before = 0,       ///< ratio of the sums of the year before, as a mean
      after = 0,           ///< of the trial
      error = 0;           ///< standard deviation of the difference from one trial to the next
  bool has_value = false;  ///< there is something to count in both
  /// Of after from before.
  [[nodiscard]] double difference() const noexcept { return after - before; }
};

/// From many independent years of both kinds: what a trial of `months` months shows, and how much that varies by chance.
///
/// Each calendar month stands on both sides equally often, so that a season that is the same every year drops out. A trial of more than
/// a year is of years independent of each other and stands against one year before. Months of one year may depend on each other as they
/// like; variances are those of ratios of sums (delta method).
/// \pre two years at least of each, one month at least; asserted  \complexity linear in the years
template <class = when_called>
[[nodiscard]] inline before_after trial_of(std::span<const year_of_months> before, std::span<const year_of_months> after,
                                           std::size_t months) noexcept {
  SIFANG_ASSERT(before.size() > 1 && after.size() > 1 && months > 0, "two years at least of each, and a month");
  before_after out;
  const month_sums b = detail::pooled_of(before, months), a = detail::pooled_of(after, months);
  if (!(b.denominator > 0) || !(a.denominator > 0)) return out;
  out.has_value = true;
  out.before = b.numerator / b.denominator;
  out.after = a.numerator / a.denominator;
  const auto times = [&](std::size_t m) { return detail::times_in_trial(m, months); };
  const double of_before = detail::variance_about(before, out.before, times);
  const auto whole_years = static_cast<double>(months / year_months);
  const double of_year = whole_years > 0 ? detail::variance_about(after, out.after, [](std::size_t) { return 1.0; }) : 0;
  const double of_rest = detail::variance_about(after, out.after, [&](std::size_t m) { return m < months % year_months ? 1.0 : 0.0; });
  out.error = std::sqrt(of_before / (b.denominator * b.denominator) + (whole_years * of_year + of_rest) / (a.denominator * a.denominator));
  return out;
}

/// How a figure varies from month to month and from year to year, when nothing but chance changes.
struct month_noise {
  double month = 0,     ///< standard deviation of a month's figure about that of its calendar month, all months alike
      year = 0,         ///< standard deviation of a year's figure
      correlation = 0,  ///< between one month and the next
      dispersion = 0;   ///< variance of a month's numerator over its mean: 1 for Poisson's counts; 0 where there is none
  bool varies = false;  ///< from year to year
};
/// Estimates it from independent years. \pre two years at least; asserted  \complexity linear in the years
template <class = when_called>
[[nodiscard]] inline month_noise noise_of(std::span<const year_of_months> years) noexcept {
  SIFANG_ASSERT(years.size() > 1, "two years at least");
  month_noise out;
  const month_sums all = detail::pooled_of(years, year_months);
  if (!(all.denominator > 0)) return out;
  const double ratio = all.numerator / all.denominator, of_month = all.denominator / static_cast<double>(year_months);
  const auto of = [&](std::size_t a, std::size_t b) {  // variance of months a and b together
    return detail::variance_about(years, ratio, [&](std::size_t m) { return static_cast<double>((m == a) + (m == b && b != a)); });
  };
  double own = 0, with_next = 0, both = 0, index = 0;
  std::size_t counted = 0;
  for (std::size_t m = 0; m < year_months; ++m) {
    const double here = of(m, m);
    own += here;
    if (m + 1 < year_months) {
      const double next = of(m + 1, m + 1);
      with_next += (of(m, m + 1) - here - next) / 2;
      both += std::sqrt(here * next);
    }
    double mean = 0;
    for (const year_of_months& y : years) mean += y[m].numerator / static_cast<double>(years.size());
    if (!(mean > 0)) continue;
    double squares = 0;
    for (const year_of_months& y : years) squares += (y[m].numerator - mean) * (y[m].numerator - mean);
    index += squares / static_cast<double>(years.size() - 1) / mean;
    ++counted;
  }
  out.month = std::sqrt(own / static_cast<double>(year_months)) / of_month;
  out.year = std::sqrt(detail::variance_about(years, ratio, [](std::size_t) { return 1.0; })) / all.denominator;
  out.correlation = both > 0 ? with_next / both : 0;
  out.dispersion = counted > 0 ? index / static_cast<double>(counted) : 0;
  out.varies = own > 0;
  return out;
}

/// A trial as it came out.
struct trial_outcome {
  double before = 0,       ///< ratio of the sums of the months that were compared, of the year before
      after = 0;           ///< of the trial
  interval difference;     ///< of after from before; no bounds below three months
  double from_months = 0,  ///< error of the difference, as the months by themselves show it
      error = 0,           ///< the one that was used: the greater of that and of the one that was known
      degrees = 0;         ///< of freedom of the interval
};

/// Evaluates months of a trial against the same months of the year before.
///
/// Month by month the difference has an influence on the ratio of sums; their variance, raised by the correlation of one month with the
/// next where that is above 0 ((1 + ρ)/(1 − ρ), ρ at most 0.8), is the error by Student's t. What shifts a whole year up or down moves
/// all months together and cannot be seen in them: `known_error`, from many years, has that in it. The greater of the two is used.
/// \param before, after  month for month; of trials of more than a year the year before is repeated
/// \param known_error    standard deviation of the difference from one pair of years to another; 0: not known
/// \pre as many of both; asserted  \complexity linear
template <class = when_called>
[[nodiscard]] inline trial_outcome evaluate_trial(std::span<const month_sums> before, std::span<const month_sums> after, double known_error,
                                                  double confidence = 0.95) {
  SIFANG_ASSERT(before.size() == after.size(), "month for month");
  SIFANG_ASSERT(known_error >= 0 && confidence > 0 && confidence < 1, "an error that is not negative, and a confidence between 0 and 1");
  trial_outcome out;
  month_sums b, a;
  for (std::size_t m = 0; m < before.size(); ++m) {
    b.numerator += before[m].numerator;
    b.denominator += before[m].denominator;
    a.numerator += after[m].numerator;
    a.denominator += after[m].denominator;
  }
  if (!(b.denominator > 0) || !(a.denominator > 0)) return out;
  out.before = b.numerator / b.denominator;
  out.after = a.numerator / a.denominator;
  const double d = out.after - out.before;
  out.difference = {d, d, d, interval_kind::too_little_data};
  const auto n = static_cast<double>(before.size());
  if (n < 3) return out;
  std::vector<double> e;
  for (std::size_t m = 0; m < before.size(); ++m) {
    e.push_back((after[m].numerator - out.after * after[m].denominator) / a.denominator -
                (before[m].numerator - out.before * before[m].denominator) / b.denominator);
  }
  double squares = 0, next = 0;
  for (std::size_t m = 0; m < e.size(); ++m) {
    squares += e[m] * e[m];
    if (m > 0) next += e[m] * e[m - 1];
  }
  const double rho = squares > 0 ? std::clamp(next / squares, 0.0, 0.8) : 0;
  out.from_months = std::sqrt(squares * n / (n - 1) * (1 + rho) / (1 - rho));
  out.error = (std::max)(out.from_months, known_error);
  if (!(out.error > 0)) {
    out.difference.kind = interval_kind::constant;
    return out;
  }
  out.degrees = n - 1;
  const double half = student_t_quantile(0.5 + confidence / 2, out.degrees) * out.error;
  out.difference = {d, d - half, d + half, interval_kind::two_sided};
  return out;
}

}  // namespace sifang

#endif
