// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_RECURRENCE_HPP
#define SIFANG_CALENDAR_RECURRENCE_HPP

#include "sifang/calendar/recurrence_parts.hpp"
#include "sifang/calendar/recurrence_text.hpp"
#include "sifang/calendar/recurrence_word_reader.hpp"
#include "sifang/calendar/recurrence_words.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <range/v3/view/filter.hpp>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// Which days something recurs on: the subset of RFC 5545 recurrence rules that has to do with days.
///
/// FREQ, INTERVAL, BYDAY (with ordinals), BYMONTHDAY (negative too), BYMONTH, BYSETPOS, WKST, COUNT, UNTIL, DTSTART;
/// and every workday, which needs a calendar to tell. COUNT and INTERVAL count from a first day (DTSTART, `starting`).
/// Every rule answers for one day on its own, so expansion is lazy and has no state.
class recurrence {
 public:
  using by_day = recurring_weekday;  ///< one item of BYDAY

  /// Every day.
  recurrence() = default;
  /// \param every  INTERVAL, 1 to 1000; asserted. 2 is every other day, counted from `starting`
  template <class = when_called>
  [[nodiscard]] static recurrence daily(int every = 1) {
    SIFANG_ASSERT(every >= 1 && every <= 1000);
    recurrence r;
    r.parts_.interval = every;
    return r;
  }
  /// Every workday, make-up days included (每个工作日): `includes` names every day, and the calendar of a `schedule` decides.
  template <class = when_called>
  [[nodiscard]] static recurrence every_workday() {
    recurrence r;
    r.parts_.workdays = true;
    return r;
  }
  /// One weekday of every week, or of each `every`-th week, counted from `starting`.
  /// \pre a day of the week, and `every` is 1 to 1000; asserted
  template <class = when_called>
  [[nodiscard]] static recurrence weekly(weekday on, int every = 1) {
    SIFANG_ASSERT(on <= weekday::sunday && every >= 1 && every <= 1000);
    recurrence r;
    r.parts_.every = frequency::weekly;
    r.parts_.interval = every;
    r.parts_.days = {{on, 0}};
    return r;
  }
  /// \param dom  1 to 31, or -31 to -1 from the end; asserted. Months without such a day have none
  template <class = when_called>
  [[nodiscard]] static recurrence day_of_month(int dom) {
    SIFANG_ASSERT(dom != 0 && dom >= -31 && dom <= 31);
    recurrence r;
    r.parts_.every = frequency::monthly;
    r.parts_.month_days = {dom};
    return r;
  }
  /// \param n  1 to 5, or -5 to -1 from the end; asserted
  /// \param on  a day of the week; asserted
  template <class = when_called>
  [[nodiscard]] static recurrence nth_weekday(int n, weekday on) {
    SIFANG_ASSERT(n != 0 && n >= -5 && n <= 5 && on <= weekday::sunday);
    recurrence r;
    r.parts_.every = frequency::monthly;
    r.parts_.days = {{on, n}};
    return r;
  }
  /// The rule that has these parts. Faults: `bad_recurrence` (out of their ranges, or parts that do not go together).
  template <class = when_called>
  [[nodiscard]] static checked<recurrence> make(recurrence_parts parts) {
    return made(std::move(parts), {});
  }

  /// Reads a rule as calendars write it (`FREQ=MONTHLY;BYMONTHDAY=15`, also behind `RRULE:` and a line `DTSTART:…`) or in
  /// words of either language (`every Wednesday`, `每月15日`). Faults are `bad_recurrence` and name the part, or the
  /// nearest known form in words.
  template <class = when_called>
  [[nodiscard]] static checked<recurrence> parse(std::string_view rule) {
    if (rule.size() > detail::longest_rule) {
      const std::string most = "a rule of at most " + std::to_string(detail::longest_rule) + " characters";
      return make_fault(fault_kind::bad_recurrence, place{}, detail::shown(rule), most, std::to_string(rule.size()));
    }
    std::vector<fault> faults;
    recurrence_parts parts;
    if (rule.find('=') != std::string_view::npos)
      detail::read_rrule(rule, parts, faults);
    else if (const auto wrong = detail::read_words(rule, parts))
      faults.push_back(misread(rule, *wrong));
    if (!faults.empty()) return faults;
    return made(std::move(parts), rule);
  }
  /// The same rule as one line that `parse` reads, parts in a fixed order; DTSTART is a part as others.
  template <class = when_called>
  [[nodiscard]] std::string to_string() const {
    return detail::rrule_text(parts_);
  }
  /// What the rule says.
  [[nodiscard]] const recurrence_parts& parts() const noexcept { return parts_; }

  /// The same rule counted from a day (DTSTART); nothing recurs before it. \complexity linear in the span under COUNT
  template <class = when_called>
  [[nodiscard]] recurrence starting(day first) const {
    recurrence r = *this;
    r.parts_.from = first;
    r.find_last();
    return r;
  }
  /// Whether the rule counts and nobody has said from when: COUNT or an INTERVAL above 1 without a first day.
  [[nodiscard]] bool needs_start() const noexcept { return !parts_.from && (parts_.count || parts_.interval > 1); }
  /// A rule that needs a start counted from `from`, any other as it is. COUNT begins on that day; an INTERVAL alone goes
  /// on backwards in step, so that it names days from `first` on too. \pre first <= from; asserted
  template <class = when_called>
  [[nodiscard]] recurrence counted_from(day from, day first) const;

  /// Whether the rule names this day. Constant time; linear in the period with BYSETPOS.
  /// \pre not `needs_start()`; asserted. Without assertions such a rule counts from 1970-01-01
  template <class = when_called>
  [[nodiscard]] bool includes(day d) const {
    SIFANG_ASSERT(!needs_start());
    if ((parts_.from && d < *parts_.from) || (parts_.until && d > *parts_.until) || (last_ && d > *last_)) return false;
    return matches(d);
  }
  /// Whether the rule names a day from `first` to `last`. \complexity linear in the span
  template <class = when_called>
  [[nodiscard]] bool names_a_day(day first, day last) const {
    for (day d = first; d <= last; ++d) {
      if (includes(d)) return true;
    }
    return false;
  }

  /// The days from `first` to `last`, as a lazy range-v3 view. The rule must outlive it, so it has to have a name.
  /// (A template, so that only programs that call it compile the view.)
  template <std::same_as<day> Day>
  [[nodiscard]] auto days(Day first, day last) const& {
    return ranges::views::iota(first.since_1970(), (std::max)(first.since_1970(), last.since_1970() + 1)) |
           ranges::views::transform([](std::int32_t n) { return day(n); }) | ranges::views::filter([this](day d) { return includes(d); });
  }
  template <std::same_as<day> Day>
  void days(Day first, day last) const&& = delete;

  friend bool operator==(const recurrence&, const recurrence&) = default;

 private:
  template <class = when_called>
  [[nodiscard]] static checked<recurrence> made(recurrence_parts parts, std::string_view text) {
    detail::tidy(parts);
    std::vector<fault> faults = detail::faults_of(parts, text.empty() ? detail::rrule_text(parts) : std::string(text));
    if (!faults.empty()) return faults;
    recurrence r;
    r.parts_ = std::move(parts);
    r.find_last();
    return r;
  }
  /// What is wrong with words that make no sense: names the nearest known form.
  template <class = when_called>
  [[nodiscard]] static fault misread(std::string_view rule, std::string_view wrong) {
    const std::string meant = rule.size() > 60 ? std::string() : nearest(rule, detail::span_of(detail::known_word_forms()));
    std::string expected = "words such as 'every Wednesday' or 'the 15th of each month', or a rule FREQ=WEEKLY;BYDAY=WE";
    if (!meant.empty()) expected = "a known form, perhaps '" + meant + "'";
    return make_fault(fault_kind::bad_recurrence, place{}, detail::shown(rule), std::move(expected), detail::shown(wrong));
  }
  [[nodiscard]] day origin() const noexcept { return parts_.from.value_or(first_day_allowed); }
  [[nodiscard]] static int days_in_month(int year, unsigned month) {
    return static_cast<int>(static_cast<unsigned>((std::chrono::year(year) / std::chrono::month(month) / std::chrono::last).day()));
  }
  /// Position in a span of `length` days (both from 1), as ordinals of RFC 5545 count it.
  [[nodiscard]] static bool is_nth(int position, int length, int ordinal) {
    if (ordinal == 0) return true;
    return ordinal > 0 ? (position - 1) / 7 + 1 == ordinal : (length - position) / 7 + 1 == -ordinal;
  }
  [[nodiscard]] day week_of(day d) const noexcept {
    return d - calendar_days((static_cast<int>(d.weekday()) - static_cast<int>(parts_.week_start) + 7) % 7);
  }
  /// The day on which COUNT is reached, if it is and there is a first day.
  template <class = when_called>
  void find_last();
  template <class = when_called>
  [[nodiscard]] bool in_interval(day d) const;
  template <class = when_called>
  [[nodiscard]] bool on_listed_day(day d) const;
  template <class = when_called>
  [[nodiscard]] bool matches(day d) const;

  recurrence_parts parts_;
  std::optional<day> last_;
};

/// A rule in words: `every Wednesday`, `每周三`. `recurrence::parse` reads them back as the same rule.
template <class = when_called>
[[nodiscard]] inline std::string in_words(const recurrence& rule, language lang = language::en) {
  return detail::words_of(rule.parts(), lang);
}

template <class When>
inline recurrence recurrence::counted_from(day from, day first) const {
  SIFANG_ASSERT(first <= from);
  if (!needs_start()) return *this;
  if (parts_.count) return starting(from);
  // The beginning of the period of `from`, or of an earlier one in step with it: a rule begins no sooner than 1970.
  const day earliest = first_day_allowed;
  const int step = parts_.interval;
  day origin = parts_.every == frequency::weekly ? (std::max)(week_of(from), earliest) : from;
  if (parts_.every <= frequency::weekly) {
    const calendar_days back(parts_.every == frequency::daily ? step : 7 * step);
    while (origin > first && origin - back >= earliest) origin = origin - back;
    return starting(origin);
  }
  const int back = parts_.every == frequency::monthly ? step : 12 * step;
  const int month_of_from = parts_.every == frequency::monthly ? static_cast<int>(from.month()) - 1 : 0;
  int month = 12 * (from.year() - first_day_allowed.year()) + month_of_from;
  const auto begin = [](int m) { return day(first_day_allowed.year() + m / 12, static_cast<unsigned>(m % 12) + 1, 1); };
  while (begin(month) > first && month >= back) month -= back;
  return starting(begin(month));
}

template <class When>
inline void recurrence::find_last() {
  last_.reset();
  if (!parts_.count || !parts_.from) return;
  int left = *parts_.count;
  for (day d = *parts_.from; d <= last_day_allowed; ++d) {
    if (!matches(d) || --left > 0) continue;
    last_ = d;
    return;
  }
}

template <class When>
inline bool recurrence::in_interval(day d) const {
  if (parts_.interval <= 1) return true;
  const day from = origin();
  const auto in_step = [this](int periods) { return periods % parts_.interval == 0; };
  switch (parts_.every) {
    case frequency::daily:
      return in_step((d - from).count);
    case frequency::weekly:
      return in_step((week_of(d) - week_of(from)).count / 7);
    case frequency::monthly:
      return in_step((d.year() - from.year()) * 12 + static_cast<int>(d.month()) - static_cast<int>(from.month()));
    case frequency::yearly:
      break;
  }
  return in_step(d.year() - from.year());
}

template <class When>
inline bool recurrence::on_listed_day(day d) const {
  const auto ymd = d.ymd();
  const int dom = static_cast<int>(static_cast<unsigned>(ymd.day()));
  const int month = static_cast<int>(static_cast<unsigned>(ymd.month()));
  const int length = days_in_month(d.year(), d.month());
  const auto& p = parts_;
  if (!p.months.empty() && std::find(p.months.begin(), p.months.end(), month) == p.months.end()) return false;
  const auto is_day = [&](int n) { return n > 0 ? n == dom : length + 1 + n == dom; };
  if (!p.month_days.empty() && std::none_of(p.month_days.begin(), p.month_days.end(), is_day)) return false;
  if (!p.days.empty()) {
    const bool of_year = p.every == frequency::yearly && p.months.empty();
    const day new_year(d.year(), 1, 1);
    const int position = of_year ? (d - new_year).count + 1 : dom;
    const int span = of_year ? (day(d.year() + 1, 1, 1) - new_year).count : length;
    const auto is_weekday = [&](const by_day& b) { return b.on == d.weekday() && is_nth(position, span, b.ordinal); };
    if (std::none_of(p.days.begin(), p.days.end(), is_weekday)) return false;
  }
  if (!p.days.empty() || !p.month_days.empty()) return true;
  // What RFC 5545 takes from DTSTART where no part says it.
  const day from = origin();
  if (p.every == frequency::weekly) return d.weekday() == from.weekday();
  if (p.every >= frequency::monthly && dom != static_cast<int>(from.day_of_month())) return false;
  return p.every != frequency::yearly || !p.months.empty() || d.month() == from.month();
}

template <class When>
inline bool recurrence::matches(day d) const {
  if (!in_interval(d) || !on_listed_day(d)) return false;
  if (parts_.positions.empty()) return true;
  // BYSETPOS counts among the days of the same period.
  day first = d, last = d;
  switch (parts_.every) {
    case frequency::daily:
      break;
    case frequency::weekly:
      first = week_of(d);
      last = first + calendar_days(6);
      break;
    case frequency::monthly:
      first = day(d.year(), d.month(), 1);
      last = first + calendar_days(days_in_month(d.year(), d.month()) - 1);
      break;
    case frequency::yearly:
      first = day(d.year(), 1, 1);
      last = day(d.year(), 12, 31);
      break;
  }
  int before = 0, all = 0;
  for (day k = first; k <= last; ++k) {
    if (!on_listed_day(k)) continue;
    ++all;
    if (k < d) ++before;
  }
  const auto is_position = [&](int p) { return p > 0 ? before + 1 == p : before - all == p; };
  return std::any_of(parts_.positions.begin(), parts_.positions.end(), is_position);
}

}  // namespace sifang

#endif
