// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_ELEMENTARY_HPP
#define SIFANG_RANDOM_ELEMENTARY_HPP

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

/// \file
/// log, exp and the normal quantile in plain arithmetic: the same bits from every compiler on one
/// architecture, which the platform's own do not promise (METHODS 2). Errors stay within 2 ulp.

namespace sifang::elementary {

/// Natural logarithm of a positive, finite, normal number.
[[nodiscard]] inline double log(double x) noexcept {
  // x = 2^k m, √½ < m ≤ √2; log m = 2 atanh(s), s = (m-1)/(m+1) (fdlibm's polynomial in s²).
  auto bits = std::bit_cast<std::uint64_t>(x);
  auto k = static_cast<std::int32_t>(bits >> 52) - 1023;
  bits = (bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL;
  // A branch would depend on chance, as the arguments mostly do.
  const auto large = static_cast<std::uint32_t>(std::bit_cast<double>(bits) > 1.4142135623730951);
  const double m = std::bit_cast<double>(bits - (std::uint64_t{large} << 52));
  k += static_cast<std::int32_t>(large);
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double t1 = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double t2 =
      z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double r = t1 + t2;
  const double half = 0.5 * f * f;
  constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
  return k * ln2_high - ((half - (s * (half + r) + k * ln2_low)) - f);
}

/// Exponential; 0 below -708, infinity above 709.
[[nodiscard]] inline double exp(double x) noexcept {
  if (x < -708.0) return 0.0;
  if (x > 709.0) return std::numeric_limits<double>::infinity();
  // x = (32 k + j) ln2/32 + r, |r| <= ln2/64; e^r by its series, 2^(j/32) from a table (Tang 1989). No division,
  // and products side by side: half of a lognormal variate is the wait for this function.
  static constexpr double powers[32] = {
      0x1.0000000000000p+0, 0x1.059b0d3158574p+0, 0x1.0b5586cf9890fp+0, 0x1.11301d0125b51p+0, 0x1.172b83c7d517bp+0, 0x1.1d4873168b9aap+0,
      0x1.2387a6e756238p+0, 0x1.29e9df51fdee1p+0, 0x1.306fe0a31b715p+0, 0x1.371a7373aa9cbp+0, 0x1.3dea64c123422p+0, 0x1.44e086061892dp+0,
      0x1.4bfdad5362a27p+0, 0x1.5342b569d4f82p+0, 0x1.5ab07dd485429p+0, 0x1.6247eb03a5585p+0, 0x1.6a09e667f3bcdp+0, 0x1.71f75e8ec5f74p+0,
      0x1.7a11473eb0187p+0, 0x1.82589994cce13p+0, 0x1.8ace5422aa0dbp+0, 0x1.93737b0cdc5e5p+0, 0x1.9c49182a3f090p+0, 0x1.a5503b23e255dp+0,
      0x1.ae89f995ad3adp+0, 0x1.b7f76f2fb5e47p+0, 0x1.c199bdd85529cp+0, 0x1.cb720dcef9069p+0, 0x1.d5818dcfba487p+0, 0x1.dfc97337b9b5fp+0,
      0x1.ea4afa2a490dap+0, 0x1.f50765b6e4540p+0};
  constexpr double ln2_high = 0x1.62e42fef00000p-6, ln2_low = 0x1.473de6af278edp-39, round = 0x1.8p52;
  const double shifted = x * 0x1.71547652b82fep+5 + round;
  const double n = shifted - round;
  const auto i = std::bit_cast<std::uint64_t>(shifted);  // its low bits are n's
  const double r = (x - n * ln2_high) - n * ln2_low;
  const double s = r * r;
  const double p =
      r + s * ((0.5 + r * 0x1.5555555555555p-3) + s * ((0x1.5555555555555p-5 + r * 0x1.1111111111111p-7) + s * 0x1.6c16c16c16c17p-10));
  const double t = powers[i & 31];
  return (t + t * p) * std::bit_cast<double>((1023 + (i >> 5)) << 52);
}

/// Quantile of the standard normal distribution, 0 < p < 1 (Wichura 1988, AS 241, about 1e-16).
[[nodiscard]] inline double normal_quantile(double p) noexcept {
  const double q = p - 0.5;
  if (q <= 0.425 && q >= -0.425) {
    const double r = 0.180625 - q * q;
    // clang-format off: polynomials
    return q *
           (((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r + 6.7265770927008700853e+4) * r + 4.5921953931549871457e+4) *
                   r +
               1.3731693765509461125e+4) *
                  r +
              1.9715909503065514427e+3) *
                 r +
             1.3314166789178437745e+2) *
                r +
            3.3871328727963666080e+0) /
           (((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r + 3.9307895800092710610e+4) * r + 2.1213794301586595867e+4) *
                   r +
               5.3941960214247511077e+3) *
                  r +
              6.8718700749205790830e+2) *
                 r +
             4.2313330701600911252e+1) *
                r +
            1.0);
  }
  double r = std::sqrt(-log(q < 0 ? p : 1.0 - p));
  double value;
  if (r <= 5.0) {
    r -= 1.6;
    value = (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r +
                 1.27045825245236838258e+0) *
                    r +
                3.64784832476320460504e+0) *
                   r +
               5.76949722146069140550e+0) *
                  r +
              4.63033784615654529590e+0) *
                 r +
             1.42343711074968357734e+0) /
            (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r +
                 1.48103976427480074590e-1) *
                    r +
                6.89767334985100004550e-1) *
                   r +
               1.67638483018380384940e+0) *
                  r +
              2.05319162663775882187e+0) *
                 r +
             1.0);
  } else {
    r -= 5.0;
    value = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r +
                 2.65321895265761230930e-2) *
                    r +
                2.96560571828504891230e-1) *
                   r +
               1.78482653991729133580e+0) *
                  r +
              5.46378491116411436990e+0) *
                 r +
             6.65790464350110377720e+0) /
            (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r +
                 7.86869131145613259100e-4) *
                    r +
                1.48753612908506148525e-2) *
                   r +
               1.36929880922735805310e-1) *
                  r +
              5.99832206555887937690e-1) *
                 r +
             1.0);
  }
  // clang-format on
  return q < 0 ? -value : value;
}

}  // namespace sifang::elementary

#endif
