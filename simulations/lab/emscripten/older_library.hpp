// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_LAB_OLDER_LIBRARY_HPP
#define SIFANG_LAB_OLDER_LIBRARY_HPP

#include <version>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <type_traits>

/// \file
/// What the standard library of Emscripten 3.1.6 lacks of C++20 and sifang's headers use, each only where it is not there. Included before
/// everything else by the compiler's `-include`, when the what-if page is compiled, and never otherwise.

#ifdef _LIBCPP_VERSION
#ifndef __cpp_lib_to_chars
#include <emscripten.h>
#include <string>

/// The shortest decimal that reads back as the same finite number, as JavaScript writes it with a power of ten: d.ddde+x. A hundred times
/// sooner than lengths tried one after another. \returns how many characters were written, of at most 24
EM_JS(int, sifang_lab_shortest, (double value, char* to), {
  const text = value.toExponential();
  for (let i = 0; i < text.length; ++i) HEAPU8[to + i] = text.charCodeAt(i);
  return text.length;
});
#endif

_LIBCPP_BEGIN_NAMESPACE_STD

#ifndef __cpp_lib_bit_cast
template <class To, class From>
requires(sizeof(To) == sizeof(From) && is_trivially_copyable_v<To> && is_trivially_copyable_v<From>) [[nodiscard]] constexpr To
    bit_cast(const From& from) noexcept {
  return __builtin_bit_cast(To, from);
}
#endif

#ifndef __cpp_lib_to_chars
namespace sifang_lab {

/// A number of floating point from decimal text, as `from_chars` takes it: no sign but a minus, no blanks, no base but ten.
template <class Number>
from_chars_result read(const char* first, const char* last, Number& value) noexcept {
  char text[512];
  const char* end = first;
  while (end != last && (std::strchr("+-.0123456789eE", *end) != nullptr || std::strchr("infaty", *end | 0x20) != nullptr) && *end != 0)
    ++end;
  const auto length = static_cast<size_t>(end - first);
  if (length == 0 || length >= sizeof text || *first == '+') return {first, errc::invalid_argument};
  std::memcpy(text, first, length);
  text[length] = 0;
  char* stopped = nullptr;
  const double found = std::strtod(text, &stopped);
  if (stopped == text) return {first, errc::invalid_argument};
  value = static_cast<Number>(found);
  return {first + (stopped - text), errc()};
}

inline to_chars_result put(char* first, char* last, const string& text) noexcept {
  if (text.size() > static_cast<size_t>(last - first)) return {last, errc::value_too_large};
  std::memcpy(first, text.data(), text.size());
  return {first + text.size(), errc()};
}

/// A number in both notations, each as short as reads back as the same.
struct notations {
  string scientific, fixed;
};
inline notations written(double value) {
  const string sign = std::signbit(value) ? "-" : "";
  if (value != value) return {"nan", "nan"};
  value = std::fabs(value);
  if (value - value != 0) return {sign + "inf", sign + "inf"};
  char told[32];
  told[sifang_lab_shortest(value, told)] = 0;
  const char* const power = std::strchr(told, 'e');
  const int exponent = std::atoi(power + 1), size = exponent < 0 ? -exponent : exponent;
  notations out{
      sign + string(told, static_cast<size_t>(power - told)) + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + to_string(size),
      sign};
  string digits(1, told[0]);
  if (power - told > 2) digits.append(told + 2, static_cast<size_t>(power - told) - 2);
  const int behind = static_cast<int>(digits.size()) - 1 - exponent;  // digits behind the point
  if (value >= 0x1p53) {
    char whole[512];
    std::snprintf(whole, sizeof whole, "%.0f", value);
    out.fixed += whole;
  } else if (exponent < 0) {
    out.fixed += "0." + string(static_cast<size_t>(size - 1), '0') + digits;
  } else if (behind > 0) {
    out.fixed += digits.insert(static_cast<size_t>(exponent) + 1, 1, '.');
  } else {
    out.fixed += digits + string(static_cast<size_t>(-behind), '0');
  }
  return out;
}

}  // namespace sifang_lab

inline from_chars_result from_chars(const char* first, const char* last, double& value) noexcept {
  return sifang_lab::read(first, last, value);
}
inline from_chars_result from_chars(const char* first, const char* last, float& value) noexcept {
  return sifang_lab::read(first, last, value);
}

/// The shortest decimal that reads back as the same number, in the notation that is told.
inline to_chars_result to_chars(char* first, char* last, double value, chars_format format) {
  const sifang_lab::notations both = sifang_lab::written(value);
  return sifang_lab::put(first, last, format == chars_format::fixed ? both.fixed : both.scientific);
}
/// The shorter of both notations, fixed where they are as long.
inline to_chars_result to_chars(char* first, char* last, double value) {
  const sifang_lab::notations both = sifang_lab::written(value);
  return sifang_lab::put(first, last, both.fixed.size() <= both.scientific.size() ? both.fixed : both.scientific);
}
#endif

_LIBCPP_END_NAMESPACE_STD
#endif

#endif
