// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_LAB_OLDER_LIBRARY_HPP
#define SIFANG_LAB_OLDER_LIBRARY_HPP

#include <version>

#include <bit>
#include <charconv>
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

/// How many digits behind the first the shortest decimal has that reads back as the same number.
inline int shortest(double value) noexcept {
  char text[64];
  for (int digits = 0; digits < 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*e", digits, value);
    if (std::strtod(text, nullptr) == value) return digits;
  }
  return 17;
}

inline to_chars_result put(char* first, char* last, const char* text) noexcept {
  const size_t length = std::strlen(text);
  if (length > static_cast<size_t>(last - first)) return {last, errc::value_too_large};
  std::memcpy(first, text, length);
  return {first + length, errc()};
}

}  // namespace sifang_lab

inline from_chars_result from_chars(const char* first, const char* last, double& value) noexcept {
  return sifang_lab::read(first, last, value);
}
inline from_chars_result from_chars(const char* first, const char* last, float& value) noexcept {
  return sifang_lab::read(first, last, value);
}

/// The shortest decimal that reads back as the same number, in the notation that is told.
inline to_chars_result to_chars(char* first, char* last, double value, chars_format format) noexcept {
  char text[512];
  if (value != value) return sifang_lab::put(first, last, "nan");
  if (value - value != 0) return sifang_lab::put(first, last, value < 0 ? "-inf" : "inf");
  const int digits = sifang_lab::shortest(value);
  std::snprintf(text, sizeof text, "%.*e", digits, value);
  if (format == chars_format::fixed) {
    const int exponent = std::atoi(std::strchr(text, 'e') + 1);
    const int decimals = digits > exponent ? digits - exponent : 0;
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
  }
  return sifang_lab::put(first, last, text);
}
/// The shorter of both notations, fixed where they are as long.
inline to_chars_result to_chars(char* first, char* last, double value) noexcept {
  char fixed[512], scientific[64];
  if (value != value || value - value != 0) return to_chars(first, last, value, chars_format::fixed);
  *to_chars(scientific, scientific + sizeof scientific - 1, value, chars_format::scientific).ptr = 0;
  *to_chars(fixed, fixed + sizeof fixed - 1, value, chars_format::fixed).ptr = 0;
  return sifang_lab::put(first, last, std::strlen(fixed) <= std::strlen(scientific) ? fixed : scientific);
}
#endif

_LIBCPP_END_NAMESPACE_STD
#endif

#endif
