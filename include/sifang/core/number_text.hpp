// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_NUMBER_TEXT_HPP
#define SIFANG_CORE_NUMBER_TEXT_HPP

#include "sifang/core/when_called.hpp"

#include <charconv>
#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

/// \file
/// Numbers as text and back: the same on every machine and in every locale.

namespace sifang {

/// The shortest decimal that reads back as the same number, without exponent where people read it
/// easily so (1000000, not 1e+06); "inf", "-inf" or "nan" for what is none.
template <class = when_called>
[[nodiscard]] inline std::string number_text(double value) {
  char buffer[64];
  const double magnitude = std::abs(value);
  const bool plain = magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e15);
  const double shown = value + 0.0;  // makes -0 plain 0
  const auto end = plain ? std::to_chars(buffer, buffer + sizeof buffer, shown, std::chars_format::fixed)
                         : std::to_chars(buffer, buffer + sizeof buffer, shown);
  return {buffer, end.ptr};
}

/// The number that the whole of `text` writes, or nothing (also for infinities and "nan").
template <class Number>
requires std::integral<Number> || std::floating_point<Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text) noexcept {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  Number value{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
  if constexpr (std::floating_point<Number>) {
    if (!std::isfinite(value)) return std::nullopt;
  }
  return value;
}

/// An inclusive range as a message says it; an end at the limit of `double` is left out.
template <class = when_called>
[[nodiscard]] inline std::string range_text(double least, double most) {
  const bool open_below = least == std::numeric_limits<double>::lowest();
  const bool open_above = most == (std::numeric_limits<double>::max)();
  if (open_above && open_below) return "that is finite";
  if (open_above) return "at least " + number_text(least);
  if (open_below) return "at most " + number_text(most);
  return "from " + number_text(least) + " to " + number_text(most);
}

}  // namespace sifang

#endif
