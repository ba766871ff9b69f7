// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PARAMETER_VALUE_HPP
#define SIFANG_COUNTY_PARAMETER_VALUE_HPP

#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/parameter_faults.hpp"
#include "sifang/county/parameters.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// \file
/// The value of a parameter as text, written so that `--set key=text` would set it again.

namespace sifang {

namespace detail {

template <class Range, class Text>
[[nodiscard]] std::string list_text(const Range& range, Text&& text) {
  std::string out;
  for (const auto& item : range) out += (out.empty() ? "" : ", ") + text(item);
  return '[' + out + ']';
}

}  // namespace detail

/// The value as text.
template <class T>
[[nodiscard]] std::string value_text(const parameter& p, const T& value) {
  if constexpr (std::same_as<T, std::string>) {
    return value;
  } else if constexpr (std::same_as<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (named_enum<T>) {
    return std::string(name_of(value));
  } else if constexpr (std::integral<T>) {
    return std::to_string(value);
  } else if constexpr (std::floating_point<T>) {
    return number_text(value);
  } else if constexpr (std::same_as<T, day>) {
    return to_string(value);
  } else if constexpr (std::same_as<T, minutes>) {
    return detail::is_clock(p) ? clock_text(value) : std::to_string(value.count);
  } else if constexpr (detail::is_count<T>) {
    return std::to_string(value.count);
  } else if constexpr (detail::numbers_in<T> > 0) {
    return detail::list_text(value, [](double x) { return number_text(x); });
  } else if constexpr (std::same_as<T, std::vector<std::string>>) {
    return detail::list_text(value, [](const std::string& text) { return '"' + text + '"'; });
  } else if constexpr (detail::is_word_list<T>) {
    return detail::list_text(value, [](auto word) { return '"' + std::string(name_of(word)) + '"'; });
  } else if constexpr (std::same_as<T, std::vector<day>>) {
    return detail::list_text(value, [](day d) { return to_string(d); });
  } else {
    static_assert(std::same_as<T, std::vector<recurrence>>, "a parameter of a new type needs a text here and a reader");
    if (value.size() == 1) return value.front().to_string();
    return detail::list_text(value, [](const recurrence& r) { return '"' + r.to_string() + '"'; });
  }
}

/// What the value of a parameter has to be, as a message says it.
template <class T>
[[nodiscard]] std::string expected_text(const parameter& p) {
  if constexpr (std::same_as<T, std::string>) {
    return "text";
  } else if constexpr (std::same_as<T, bool>) {
    return "true or false";
  } else if constexpr (named_enum<T>) {
    return "one word in quotes";
  } else if constexpr (std::integral<T>) {
    return "a whole number";
  } else if constexpr (std::floating_point<T>) {
    return "a number";
  } else if constexpr (std::same_as<T, day>) {
    return "a date YYYY-MM-DD";
  } else if constexpr (std::same_as<T, minutes>) {
    return detail::is_clock(p) ? "a clock time \"HH:MM\"" : "a whole number of minutes";
  } else if constexpr (detail::is_count<T>) {
    return "a whole number of days";
  } else if constexpr (detail::numbers_in<T> > 0) {
    return "a list of " + std::to_string(detail::numbers_in<T>) + " numbers";
  } else if constexpr (std::same_as<T, std::vector<std::string>> || detail::is_word_list<T>) {
    return "a list of words in quotes";
  } else if constexpr (std::same_as<T, std::vector<day>>) {
    return "a list of dates";
  } else {
    static_assert(std::same_as<T, std::vector<recurrence>>, "a parameter of a new type needs a text here and a reader");
    return "a recurrence rule or a list of them";
  }
}

}  // namespace sifang

#endif
