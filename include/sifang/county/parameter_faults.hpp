// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PARAMETER_FAULTS_HPP
#define SIFANG_COUNTY_PARAMETER_FAULTS_HPP

#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/date_fault.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/parameters.hpp"

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Whether the value of one parameter lies in the range that its row of the table gives it.

namespace sifang {

namespace detail {

template <class T>
inline constexpr bool is_count = false;
template <class Tag>
inline constexpr bool is_count<count_of<Tag>> = true;

template <class T>
inline constexpr std::size_t numbers_in = 0;
template <std::size_t N>
inline constexpr std::size_t numbers_in<std::array<double, N>> = N;

/// Of a list of words, what they are; `void` of anything else. @{
template <class T>
struct words_in {
  using type = void;
};
template <named_enum Enum>
struct words_in<std::vector<Enum>> {
  using type = Enum;
};
/// @}
template <class T>
inline constexpr bool is_word_list = named_enum<typename words_in<T>::type>;

/// Whether the minutes of a parameter are a time of day rather than a length.
template <class = when_called>
[[nodiscard]] inline bool is_clock(const parameter& p) noexcept {
  return p.unit == "clock";
}

/// The number as a message shows it, also where it is none.
template <class = when_called>
[[nodiscard]] inline std::string found_number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return number_text(value);
}

/// Looks at one value after another; of each that cannot be, one fault.
template <class>  // only programs that ask for it compile it
class parameter_judge {
 public:
  explicit parameter_judge(std::vector<fault>& faults) : faults_(faults) {}

  /// \param key  the parameter's name in messages; longer than `p.key` in a list of tables
  template <class T>
  void judge(const parameter& p, const std::string& key, const place& where, const T& value) {
    if constexpr (std::same_as<T, std::string> || std::same_as<T, bool> || std::same_as<T, std::vector<std::string>>) {
      return;  // any will do
    } else if constexpr (is_word_list<T>) {
      for (const auto one : value) word(key, where, one);
    } else if constexpr (named_enum<T>) {
      word(key, where, value);
    } else if constexpr (std::same_as<T, std::uint64_t>) {
      return;  // a seed: files have those that a number of JSON holds exactly, a program may have any
    } else if constexpr (std::integral<T> || std::floating_point<T>) {
      number(p, key, where, static_cast<double>(value));
    } else if constexpr (std::same_as<T, day>) {
      date(key, where, value);
    } else if constexpr (std::same_as<T, minutes>) {
      if (is_clock(p))
        clock(key, where, value);
      else
        number(p, key, where, value.count);
    } else if constexpr (is_count<T>) {
      number(p, key, where, value.count);
    } else if constexpr (numbers_in<T> > 0) {
      for (std::size_t i = 0; i < value.size(); ++i) number(p, key + '[' + std::to_string(i) + ']', where, value[i]);
    } else if constexpr (std::same_as<T, std::vector<day>>) {
      for (const day d : value) date(key, where, d);
    } else {
      static_assert(std::same_as<T, std::vector<recurrence>>, "a parameter of a new type needs a rule here");
      for (const recurrence& rule : value) recurs(where, rule);
    }
  }

 private:
  void number(const parameter& p, const std::string& key, const place& where, double value) {
    if (value >= p.least && value <= p.most) return;
    faults_.push_back(make_fault(fault_kind::out_of_range, where, key, range_text(p.least, p.most), found_number(value)));
  }

  void clock(const std::string& key, const place& where, minutes value) {
    if (value.count >= 0 && value.count <= minutes_per_day) return;
    const std::string end = clock_text(minutes(minutes_per_day));
    faults_.push_back(make_fault(fault_kind::out_of_range, where, key, "from 00:00 to " + end, std::to_string(value.count)));
  }

  void date(const std::string& key, const place& where, day value) {
    if (!is_allowed(value)) faults_.push_back(date_fault(where, key, value));
  }

  template <named_enum Enum>
  void word(const std::string& key, const place& where, Enum value) {
    const auto number = static_cast<std::underlying_type_t<Enum>>(value);
    if (number < std::size(names_of<Enum>)) return;
    std::string all;
    for (const std::string_view name : names_of<Enum>) all.append(all.empty() ? "" : ", ").append(name);
    faults_.push_back(make_fault(fault_kind::bad_value, where, key, all, std::to_string(number), ""));
  }

  /// What a rule made in a program may have and no text can: an interval of 0, a 40th of the month.
  void recurs(const place& where, const recurrence& rule) {
    checked<recurrence> read = recurrence::parse(rule.to_string());
    if (read) return;
    for (fault f : std::move(read).faults()) {
      f.where = where;
      faults_.push_back(std::move(f));
    }
  }

  std::vector<fault>& faults_;
};

}  // namespace detail

/// Everything that keeps a value from being one of the parameter: a number outside its range or none at all, an
/// enumerator that is not declared, a date that is not allowed, a rule that cannot be written. \param key as in messages
template <class T>
[[nodiscard]] std::vector<fault> value_faults(const parameter& p, const std::string& key, const T& value, const place& where = {}) {
  std::vector<fault> faults;
  detail::parameter_judge<when_called>(faults).judge(p, key, where, value);
  return faults;
}

}  // namespace sifang

#endif
