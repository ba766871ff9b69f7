// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_DATE_FAULT_HPP
#define SIFANG_CORE_DATE_FAULT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What is said of a date that cannot be taken; the range of all dates stands in core/time.hpp.

namespace sifang {

/// The days that are allowed, as a message says them.
template <class = when_called>
[[nodiscard]] inline std::string allowed_days_text() {
  return to_string(first_day_allowed) + " to " + to_string(last_day_allowed);
}

/// `out_of_period`: a day that lies outside the days that are allowed. \param key  of the parameter, column or option
template <class = when_called>
[[nodiscard]] inline fault date_fault(place where, std::string key, day found) {
  return make_fault(fault_kind::out_of_period, std::move(where), std::move(key), allowed_days_text(), to_string(found));
}

/// The same for a text that `parse_day` did not take: `bad_date` if it is no date of the calendar.
/// \param shown  the text as the message shows it
template <class = when_called>
[[nodiscard]] inline fault date_fault(place where, std::string key, std::string_view text, std::string_view shown) {
  if (const auto date = detail::parse_day_of_any_year(text)) return date_fault(std::move(where), std::move(key), *date);
  return make_fault(fault_kind::bad_date, std::move(where), std::move(key), std::string(shown));
}

}  // namespace sifang

#endif
