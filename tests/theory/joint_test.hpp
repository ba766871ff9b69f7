// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_THEORY_JOINT_TEST_HPP
#define SIFANG_TESTS_THEORY_JOINT_TEST_HPP

#include "catch.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <string>
#include <vector>

/// How simulated values are held against exact ones.
///
/// Independent replications give a t statistic with n − 1 degrees of freedom. All comparisons of this
/// program together reject a correct engine with probability 10⁻³ at most (Bonferroni over `comparisons`).
/// Seeds are fixed, so a pass stays a pass until the engine changes.
///
/// A test that cannot fail says nothing: each comparison also names the relative error that it must be able
/// to see, and fails if it would see that error with less than 90 % probability. Unless stated otherwise
/// that is 1 % for a mean.
namespace joint_test {

inline constexpr int comparisons = 48;  // no fewer than the calls of `agrees` in tests/theory
inline constexpr double error = 1e-3;

/// One value from each replication.
class sample {
 public:
  void add(double value) { values_.push_back(value); }
  [[nodiscard]] double mean() const {
    double sum = 0;
    for (double v : values_) sum += v;
    return sum / static_cast<double>(values_.size());
  }
  [[nodiscard]] double standard_error() const {
    const double m = mean();
    double square = 0;
    for (double v : values_) square += (v - m) * (v - m);
    const auto n = static_cast<double>(values_.size());
    return std::sqrt(square / (n - 1) / n);
  }
  [[nodiscard]] double critical() const {
    const boost::math::students_t t(static_cast<double>(values_.size() - 1));
    return boost::math::quantile(t, 1 - error / comparisons / 2);
  }

 private:
  std::vector<double> values_;
};

inline void agrees(const std::string& what, const sample& simulated, double exact, double visible = 0.01) {
  const double se = simulated.standard_error();
  INFO(what << ": simulated " << simulated.mean() << " ± " << se << ", exact " << exact << ", t = " << (simulated.mean() - exact) / se);
  CHECK(std::abs(simulated.mean() - exact) <= simulated.critical() * se);
  // 1.2816 is the 90 % point of the normal distribution.
  INFO("an error of " << visible * 100 << " % must be seen; this run sees " << (simulated.critical() + 1.2816) * se / exact * 100 << " %");
  CHECK((simulated.critical() + 1.2816) * se <= visible * exact);
}

}  // namespace joint_test

#endif
