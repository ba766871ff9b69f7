// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_STATS_SENSITIVITY_FUNCTIONS_HPP
#define SIFANG_TESTS_STATS_SENSITIVITY_FUNCTIONS_HPP

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

/// Functions on the unit cube whose Sobol' indices are known.
namespace sifang_tests {

struct known_function {
  std::string name;
  std::size_t factors;
  double (*at)(const std::vector<double>& u);
  std::vector<double> first, total;  ///< exact
  double variance;                   ///< exact
};

inline constexpr double pi = 3.14159265358979323846;

/// Ishigami & Homma (1990) with a = 7, b = 0.1 on (-pi, pi)^3; indices by Homma & Saltelli (1996).
inline double ishigami(const std::vector<double>& u) {
  const double x = pi * (2 * u[0] - 1), y = pi * (2 * u[1] - 1), z = pi * (2 * u[2] - 1);
  return std::sin(x) + 7 * std::sin(y) * std::sin(y) + 0.1 * z * z * z * z * std::sin(x);
}
/// Sobol's g-function (1993) with a = 0, 1, 4.5, 9, 99, 99, 99, 99: two factors matter, two a little, four not.
inline const std::vector<double>& a_of_g() {
  static const std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
  return a;
}
inline double g_function(const std::vector<double>& u) {
  double out = 1;
  for (std::size_t j = 0; j < u.size(); ++j) out *= (std::abs(4 * u[j] - 2) + a_of_g()[j]) / (1 + a_of_g()[j]);
  return out;
}
/// Linear with one interaction, and a fourth factor that does nothing.
inline double linear(const std::vector<double>& u) { return 4 * u[0] + 2 * u[1] + u[2] + 12 * (u[0] - 0.5) * (u[2] - 0.5); }

inline std::vector<known_function> known_functions() {
  std::vector<known_function> out;
  {
    const double b = 0.1, fourth = std::pow(pi, 4);
    const double one = 0.5 * std::pow(1 + b * fourth / 5, 2), two = 49.0 / 8, both = b * b * fourth * fourth * (1.0 / 18 - 1.0 / 50);
    const double v = one + two + both;
    out.push_back({"Ishigami", 3, ishigami, {one / v, two / v, 0}, {(one + both) / v, two / v, both / v}, v});
  }
  {
    std::vector<double> part, first, total;
    double all = 1;
    for (const double a : a_of_g()) {
      part.push_back(1 / (3 * (1 + a) * (1 + a)));
      all *= 1 + part.back();
    }
    for (const double p : part) {
      first.push_back(p / (all - 1));
      total.push_back(p * all / (1 + p) / (all - 1));
    }
    out.push_back({"g-function", part.size(), g_function, first, total, all - 1});
  }
  {
    const double x = 16.0 / 12, y = 4.0 / 12, z = 1.0 / 12, xz = 144.0 / 144, v = x + y + z + xz;
    out.push_back({"linear with an interaction", 4, linear, {x / v, y / v, z / v, 0}, {(x + xz) / v, y / v, (z + xz) / v, 0}, v});
  }
  return out;
}

/// The answers at points.
inline std::vector<double> answers(const known_function& f, const std::vector<std::vector<double>>& points) {
  std::vector<double> out;
  for (const auto& u : points) out.push_back(f.at(u));
  return out;
}

}  // namespace sifang_tests

#endif
