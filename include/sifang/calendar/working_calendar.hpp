// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_WORKING_CALENDAR_HPP
#define SIFANG_CALENDAR_WORKING_CALENDAR_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

/// What a day is for those who work.
enum class day_kind : std::uint8_t {
  workday,
  rest_day,           ///< a day of the weekly rest without exception: Saturday or Sunday, unless the country has others
  statutory_holiday,  ///< 法定节假日: a day off by notice, whatever its weekday
  makeup_workday,     ///< 调休: a workday by notice, whatever its weekday
};
template <>
inline constexpr std::string_view names_of<day_kind>[] = {"workday", "rest_day", "statutory_holiday", "makeup_workday"};

/// One row of a State Council notice (DOMAIN 6.1). `kind` is a holiday or a make-up workday.
struct calendar_exception {
  day date;                                     ///< one row a day
  day_kind kind = day_kind::statutory_holiday;  ///< by notice, so it beats the weekday
  std::string name;                             ///< of the holiday that it belongs to, for people
};

/// The days of the week on which nobody works.
class weekly_rest {
 public:
  constexpr weekly_rest() noexcept = default;  ///< Saturday and Sunday
  /// These days and no others; none is possible. \pre not all seven; asserted
  constexpr weekly_rest(std::initializer_list<weekday> days) : bits_(0) {
    for (weekday d : days) bits_ |= 1u << static_cast<unsigned>(d);
    SIFANG_ASSERT(bits_ < 127, "a week with a workday");
    int n = 0;
    for (unsigned d = 0; d < 7; ++d) {
      n += (bits_ >> d & 1) == 0;
      workdays_[d] = static_cast<std::int8_t>(n);
    }
  }
  /// Whether the day of the week is one of them.
  [[nodiscard]] constexpr bool has(weekday d) const noexcept { return (bits_ >> static_cast<unsigned>(d) & 1) != 0; }
  /// Workdays from Monday to this day of the week, both included; to Sunday, those of a week.
  [[nodiscard]] constexpr std::int32_t workdays_until(weekday d) const noexcept { return workdays_[static_cast<std::size_t>(d)]; }
  friend constexpr bool operator==(const weekly_rest&, const weekly_rest&) noexcept = default;

 private:
  unsigned bits_ = 1u << static_cast<unsigned>(weekday::saturday) | 1u << static_cast<unsigned>(weekday::sunday);
  std::array<std::int8_t, 7> workdays_{1, 2, 3, 4, 5, 5, 5};
};

/// Which days are workdays: by the weekly rest (Monday to Friday, unless the country rests on others), except the days of
/// the yearly notices.
class working_calendar {
 public:
  /// Monday to Friday work, no exceptions.
  working_calendar() = default;
  /// The week of a country, no exceptions.
  explicit working_calendar(weekly_rest rest) noexcept : rest_(rest) {}

  /// \param exceptions  in any order; of two for one date the later in the list wins
  /// \param rest  days of the week on which nobody works, Saturday and Sunday if not said
  template <class = when_called>
  explicit working_calendar(std::span<const calendar_exception> exceptions, weekly_rest rest = {}) : rest_(rest) {
    if (exceptions.empty()) return;
    tabulate(exceptions);
    notices_from_ = first_;
    notices_to_ = at(kinds_.size() - 1);
  }

  /// The same calendar with days of years of which no notice tells, as far as they are known without one ("statutory_days.hpp").
  /// Where a notice names one of the days, it decides.
  /// \param known  days of those years
  /// \param years  of which `has_notice` stays false though days of them are known, ascending
  /// \pre the calendar has notices; asserted
  template <class = when_called>
  [[nodiscard]] working_calendar assuming(std::span<const calendar_exception> known, std::span<const int> years) const {
    SIFANG_ASSERT(!kinds_.empty(), "a calendar with notices");
    std::vector<calendar_exception> all(known.begin(), known.end());
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      if (by_notice(kinds_[i])) all.push_back({at(i), kinds_[i], {}});
    }
    working_calendar out(rest_);
    out.tabulate(all);
    out.notices_from_ = notices_from_;
    out.notices_to_ = notices_to_;
    out.assumed_ = assumed_;
    out.assumed_.insert(out.assumed_.end(), years.begin(), years.end());
    return out;
  }

  /// The days of the week on which nobody works.
  [[nodiscard]] const weekly_rest& rest() const noexcept { return rest_; }

  /// The first and the last day that the notices name, or nothing without any. @{
  template <class = when_called>
  [[nodiscard]] std::optional<day> first_notice() const noexcept {
    return kinds_.empty() ? std::nullopt : std::optional(notices_from_);
  }
  template <class = when_called>
  [[nodiscard]] std::optional<day> last_notice() const noexcept {
    return kinds_.empty() ? std::nullopt : std::optional(notices_to_);
  }
  /// @}
  /// Whether there is a notice of this year: one names a day of it before November, since those of New Year that lie in November and
  /// December are told by the notice of the next year. \complexity days of the year
  template <class = when_called>
  [[nodiscard]] bool has_notice(int year) const noexcept {
    if (is_assumed(year)) return false;
    for (day d(year, 1, 1); d <= day(year, 10, 31); ++d) {
      if (by_notice(kind(d))) return true;
    }
    return false;
  }
  /// Whether days of this year are known without a notice (`assuming`). \complexity linear in such years
  template <class = when_called>
  [[nodiscard]] bool is_assumed(int year) const noexcept {
    return std::find(assumed_.begin(), assumed_.end(), year) != assumed_.end();
  }

  /// Constant time.
  template <class = when_called>
  [[nodiscard]] day_kind kind(day d) const noexcept {
    return covers(d) ? kinds_[index(d)] : by_weekday(d);
  }
  /// Constant time.
  template <class = when_called>
  [[nodiscard]] bool is_workday(day d) const noexcept {
    return works(kind(d));
  }

  /// First workday on or after `d`. Constant time in the years of the exceptions.
  template <class = when_called>
  [[nodiscard]] day next_workday(day d) const noexcept {
    if (covers(d)) {
      if (const auto i = static_cast<std::size_t>(before_[index(d)]); i < workdays_.size()) [[likely]]
        return workdays_[i];
    }
    while (!is_workday(d)) ++d;
    return d;
  }
  /// Last workday on or before `d`. Constant time in the years of the exceptions.
  template <class = when_called>
  [[nodiscard]] day previous_workday(day d) const noexcept {
    if (covers(d)) {
      if (const auto i = static_cast<std::size_t>(before_[index(d) + 1]); i > 0) [[likely]]
        return workdays_[i - 1];
    }
    while (!is_workday(d)) --d;
    return d;
  }
  /// The n-th workday after `d`, which is day 0 whether it works or not; before it for negative n.
  /// Constant time in the years of the exceptions; elsewhere linear in n, since limits in working days are short.
  template <class = when_called>
  [[nodiscard]] day add(day d, working_days n) const noexcept {
    if (n.count == 0) return d;
    if (covers(d)) {
      const std::int64_t i = n.count > 0 ? std::int64_t{before_[index(d) + 1]} + n.count - 1 : std::int64_t{before_[index(d)]} + n.count;
      if (i >= 0 && i < static_cast<std::int64_t>(workdays_.size())) [[likely]]
        return workdays_[static_cast<std::size_t>(i)];
    }
    for (std::int32_t left = n.count; left > 0; --left) d = next_workday(d + calendar_days(1));
    for (std::int32_t left = n.count; left < 0; ++left) d = previous_workday(d - calendar_days(1));
    return d;
  }
  /// Workdays in (a, b]; negative if b < a. Constant time.
  template <class = when_called>
  [[nodiscard]] working_days between(day a, day b) const noexcept {
    return working_days(until(b) - until(a));
  }

 private:
  template <class = when_called>
  void tabulate(std::span<const calendar_exception> exceptions) {
    const auto [lo, hi] =
        std::minmax_element(exceptions.begin(), exceptions.end(), [](const auto& a, const auto& b) { return a.date < b.date; });
    first_ = lo->date;
    kinds_.resize(static_cast<std::size_t>((hi->date - first_).count) + 1);
    for (std::size_t i = 0; i < kinds_.size(); ++i) kinds_[i] = by_weekday(at(i));
    for (const calendar_exception& e : exceptions) kinds_[index(e.date)] = e.kind;
    before_.resize(kinds_.size() + 1);
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      before_[i + 1] = before_[i] + works(kinds_[i]);
      if (works(kinds_[i])) workdays_.push_back(at(i));
    }
  }
  [[nodiscard]] static constexpr bool by_notice(day_kind k) noexcept {
    return k == day_kind::statutory_holiday || k == day_kind::makeup_workday;
  }
  [[nodiscard]] static constexpr bool works(day_kind k) noexcept { return k == day_kind::workday || k == day_kind::makeup_workday; }
  [[nodiscard]] day_kind by_weekday(day d) const noexcept { return rest_.has(d.weekday()) ? day_kind::rest_day : day_kind::workday; }
  [[nodiscard]] std::size_t index(day d) const noexcept { return static_cast<std::size_t>((d - first_).count); }
  [[nodiscard]] day at(std::size_t i) const noexcept { return first_ + calendar_days(static_cast<std::int32_t>(i)); }
  template <class = when_called>
  [[nodiscard]] bool covers(day d) const noexcept {
    return !kinds_.empty() && d >= first_ && (d - first_).count < static_cast<std::int32_t>(kinds_.size());
  }
  /// Workdays of the week in (-∞, d] up to a constant.
  [[nodiscard]] std::int32_t weekdays_until(day d) const noexcept {
    const std::int32_t n = d.since_1970() + 3;  // 0 is a Monday
    const std::int32_t weeks = n >= 0 ? n / 7 : -((-n + 6) / 7);
    return weeks * rest_.workdays_until(weekday::sunday) + rest_.workdays_until(static_cast<weekday>(n - weeks * 7));
  }
  /// Workdays in (-∞, d] up to the same constant.
  template <class = when_called>
  [[nodiscard]] std::int32_t until(day d) const noexcept {
    if (kinds_.empty() || d < first_) return weekdays_until(d);
    const std::size_t inside = (std::min)(index(d) + 1, kinds_.size());
    std::int32_t sum = weekdays_until(first_ - calendar_days(1)) + before_[inside];
    if (!covers(d)) sum += weekdays_until(d) - weekdays_until(at(kinds_.size() - 1));
    return sum;
  }

  weekly_rest rest_;
  day notices_from_, notices_to_;  ///< first and last day that a notice names
  std::vector<int> assumed_;       ///< years with days that are known without a notice
  day first_;
  std::vector<day_kind> kinds_;       ///< from `first_` to the last day that is known
  std::vector<std::int32_t> before_;  ///< workdays among the first i of them
  std::vector<day> workdays_;         ///< all of them
};

}  // namespace sifang

#endif
