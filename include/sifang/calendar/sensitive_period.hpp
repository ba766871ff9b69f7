// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_SENSITIVE_PERIOD_HPP
#define SIFANG_CALENDAR_SENSITIVE_PERIOD_HPP

#include "sifang/core/time.hpp"

#include <string>

namespace sifang {

/// A key sensitive period (重点敏感时期, DOMAIN 6.3): always configuration, the article names none.
struct sensitive_period {
  std::string name;      ///< for people; need not be unique
  day first,             ///< included
      last;              ///< included
  calendar_days lead{};  ///< days before `first` that count too

  /// From `lead` days before the first day to the last.
  [[nodiscard]] bool covers(day d) const noexcept { return d >= first - lead && d <= last; }
};

}  // namespace sifang

#endif
