// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_RECURRENCE_HPP
#define SIFANG_CALENDAR_RECURRENCE_HPP

#include "sifang/core/date_fault.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <range/v3/view/filter.hpp>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// FREQ: the length of the period that INTERVAL counts.
enum class frequency : std::uint8_t { daily, weekly, monthly, yearly };
template <> inline constexpr std::string_view names_of<frequency>[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};

/// The two letters of RFC 5545.
template <> inline constexpr std::string_view names_of<weekday>[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

/// Which days something recurs on: the subset of RFC 5545 recurrence rules that has to do with days.
///
/// FREQ, INTERVAL, BYDAY (with ordinals), BYMONTHDAY (negative too), BYMONTH, BYSETPOS, COUNT, UNTIL.
/// DTSTART is given apart, with `starting`; without it INTERVAL counts from 1970-01 (weeks from Monday
/// 1969-12-29). Every rule answers for one day on its own, so expansion is lazy and has no state.
class recurrence {
 public:
  /// One item of BYDAY, as `2TU` or `-1FR`.
  struct by_day {
    weekday on{};     ///< the day of the week
    int ordinal = 0;  ///< 0 every, 1 first, -1 last of the month (of the year for YEARLY without BYMONTH)
    friend bool operator==(const by_day&, const by_day&) = default;
  };

  /// Every day.
  recurrence() = default;
  /// \param every  INTERVAL, at least 1; 2 is every other day, counted from 1970-01-01 or from `starting`
  [[nodiscard]] static recurrence daily(int every = 1) {
    recurrence r;
    r.interval_ = every;
    return r;
  }
  /// One weekday of every week, or of each `every`-th week (at least 1).
  [[nodiscard]] static recurrence weekly(weekday on, int every = 1) {
    recurrence r;
    r.frequency_ = frequency::weekly;
    r.interval_ = every;
    r.days_ = {{on, 0}};
    return r;
  }
  /// \param dom  1 to 31, or -31 to -1 from the end; months without such a day have none
  [[nodiscard]] static recurrence day_of_month(int dom) {
    recurrence r;
    r.frequency_ = frequency::monthly;
    r.month_days_ = {dom};
    return r;
  }
  /// \param n  1 to 5, or -5 to -1 from the end
  [[nodiscard]] static recurrence nth_weekday(int n, weekday on) {
    recurrence r;
    r.frequency_ = frequency::monthly;
    r.days_ = {{on, n}};
    return r;
  }

  /// Reads `FREQ=MONTHLY;BYMONTHDAY=15`. Faults are `bad_recurrence` and name the part, or `out_of_period` (an UNTIL
  /// that is not allowed).
  template <class = when_called>
  [[nodiscard]] static checked<recurrence> parse(std::string_view rule);
  /// The same text back, parts in a fixed order.
  template <class = when_called>
  [[nodiscard]] std::string to_string() const;

  /// The same rule counted from a day (DTSTART); nothing recurs before it.
  [[nodiscard]] recurrence starting(day dtstart) const {
    recurrence r = *this;
    r.start_ = dtstart;
    return r;
  }

  /// A rule that names the same days up to `horizon` and has no COUNT, so that it answers in constant time.
  /// \complexity linear in the span from DTSTART to the horizon under COUNT, else constant
  template <class = when_called>
  [[nodiscard]] recurrence without_count(day horizon) const {
    recurrence r = *this;
    r.count_.reset();
    int left = count_.value_or(0);
    for (day k = start_.value_or(day(1970, 1, 1)); left > 0 && k <= horizon; ++k) {
      if (matches(k) && --left == 0) r.until_ = until_ ? std::min(*until_, k) : k;
    }
    return r;
  }

  /// Whether the rule names this day. Constant time, but linear in the span since DTSTART under COUNT.
  template <class = when_called>
  [[nodiscard]] bool includes(day d) const {
    if ((start_ && d < *start_) || (until_ && d > *until_) || !matches(d)) return false;
    if (!count_) return true;
    int seen = 0;
    for (day k = start_.value_or(day(1970, 1, 1)); k <= d; ++k) seen += matches(k);
    return seen <= *count_;
  }

  /// The days from `first` to `last`, as a lazy range-v3 view. The rule must outlive it, so it has to have a name.
  /// (A template, so that only programs that call it compile the view.)
  template <std::same_as<day> Day>
  [[nodiscard]] auto days(Day first, day last) const& {
    return ranges::views::iota(first.since_1970(), std::max(first.since_1970(), last.since_1970() + 1)) |
           ranges::views::transform([](std::int32_t n) { return day(n); }) |
           ranges::views::filter([this](day d) { return includes(d); });
  }
  template <std::same_as<day> Day>
  void days(Day first, day last) const&& = delete;

  friend bool operator==(const recurrence&, const recurrence&) = default;

 private:
  [[nodiscard]] static int days_in_month(int year, unsigned month) {
    return static_cast<int>(static_cast<unsigned>(
        (std::chrono::year(year) / std::chrono::month(month) / std::chrono::last).day()));
  }
  /// Position in a span of `length` days (both from 1), as ordinals of RFC 5545 count it.
  [[nodiscard]] static bool is_nth(int position, int length, int ordinal) {
    return ordinal == 0 || (ordinal > 0 ? (position - 1) / 7 + 1 == ordinal : (length - position) / 7 + 1 == -ordinal);
  }
  template <class = when_called>
  [[nodiscard]] bool in_interval(day d) const;
  template <class = when_called>
  [[nodiscard]] bool on_listed_day(day d) const;
  template <class = when_called>
  [[nodiscard]] bool matches(day d) const;

  frequency frequency_ = frequency::daily;
  int interval_ = 1;
  std::vector<by_day> days_;
  std::vector<int> month_days_, months_, positions_;
  std::optional<int> count_;
  std::optional<day> until_, start_;
};

template <class When>
inline bool recurrence::in_interval(day d) const {
  if (interval_ == 1) return true;
  const day from = start_.value_or(day(1970, 1, 1));
  const auto floor_mod = [](int a, int n) { return ((a % n) + n) % n; };
  const auto monday = [](day x) { return x.since_1970() - static_cast<int>(x.weekday()); };
  switch (frequency_) {
    case frequency::daily: return floor_mod((d - from).count, interval_) == 0;
    case frequency::weekly: return floor_mod((monday(d) - monday(from)) / 7, interval_) == 0;
    case frequency::monthly:
      return floor_mod((d.year() - from.year()) * 12 + static_cast<int>(d.month()) - static_cast<int>(from.month()), interval_) == 0;
    case frequency::yearly: break;
  }
  return floor_mod(d.year() - from.year(), interval_) == 0;
}

template <class When>
inline bool recurrence::on_listed_day(day d) const {
  const auto ymd = d.ymd();
  const int dom = static_cast<int>(static_cast<unsigned>(ymd.day()));
  const int month = static_cast<int>(static_cast<unsigned>(ymd.month()));
  const int length = days_in_month(d.year(), d.month());
  if (!months_.empty() && std::find(months_.begin(), months_.end(), month) == months_.end()) return false;
  if (!month_days_.empty() &&
      std::none_of(month_days_.begin(), month_days_.end(), [&](int n) { return n > 0 ? n == dom : length + 1 + n == dom; })) {
    return false;
  }
  if (!days_.empty()) {
    const bool of_year = frequency_ == frequency::yearly && months_.empty();
    const day new_year(d.year(), 1, 1);
    const int position = of_year ? (d - new_year).count + 1 : dom;
    const int span = of_year ? (day(d.year() + 1, 1, 1) - new_year).count : length;
    if (std::none_of(days_.begin(), days_.end(), [&](const by_day& b) { return b.on == d.weekday() && is_nth(position, span, b.ordinal); })) {
      return false;
    }
  }
  // What RFC 5545 takes from DTSTART where no part says it.
  if (days_.empty() && month_days_.empty()) {
    const day from = start_.value_or(day(1970, 1, 1));
    if (frequency_ == frequency::weekly) return d.weekday() == (start_ ? from.weekday() : weekday::monday);
    if (frequency_ >= frequency::monthly && dom != static_cast<int>(from.day_of_month())) return false;
    if (frequency_ == frequency::yearly && months_.empty() && d.month() != from.month()) return false;
  }
  return true;
}

template <class When>
inline bool recurrence::matches(day d) const {
  if (!in_interval(d) || !on_listed_day(d)) return false;
  if (positions_.empty()) return true;
  // BYSETPOS counts among the days of the same period.
  day first = d, last = d;
  switch (frequency_) {
    case frequency::daily: break;
    case frequency::weekly:
      first = d - calendar_days(static_cast<int>(d.weekday()));
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
  return std::any_of(positions_.begin(), positions_.end(), [&](int p) { return p > 0 ? before + 1 == p : before - all == p; });
}

template <class When>
inline checked<recurrence> recurrence::parse(std::string_view rule) {
  recurrence r;
  std::vector<fault> faults;
  const auto fail = [&](std::string expected, std::string_view found) {
    faults.push_back({fault_kind::bad_recurrence, {}, {std::string(rule), std::move(expected), std::string(found)}});
  };
  const auto split = [](std::string_view text, char by) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find(by, at), text.size());
      out.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    return out;
  };
  const auto number = [](std::string_view text, int least, int most) -> std::optional<int> {
    int value = 0;
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
    return value;
  };
  const auto numbers = [&](std::string_view key, std::string_view text, int least, int most, bool signed_, std::vector<int>& into) {
    for (std::string_view item : split(text, ',')) {
      const auto n = number(item, signed_ ? -most : least, most);
      if (!n || *n == 0) {
        fail(std::string(key) + " of whole numbers " + std::to_string(signed_ ? -most : least) + " to " + std::to_string(most) + " without 0", item);
      } else {
        into.push_back(*n);
      }
    }
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
  };
  bool has_frequency = false;
  std::vector<std::string_view> seen;
  for (std::string_view part : split(rule, ';')) {
    const std::size_t equals = part.find('=');
    const std::string_view key = part.substr(0, equals);
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) fail("each part once", key);
    seen.push_back(key);
    if (key == "FREQ") {
      const auto f = parse_name<frequency>(value);
      if (!f) fail("FREQ=DAILY, WEEKLY, MONTHLY or YEARLY", part);
      else r.frequency_ = *f;
      has_frequency = true;
    } else if (key == "INTERVAL") {
      const auto n = number(value, 1, 1000);
      if (!n) fail("INTERVAL=1 to 1000", part);
      else r.interval_ = *n;
    } else if (key == "COUNT") {
      const auto n = number(value, 1, 100000);
      if (!n) fail("COUNT=1 to 100000", part);
      r.count_ = n;
    } else if (key == "UNTIL") {
      std::string iso(value.substr(0, 8));
      if (iso.size() == 8) iso.insert(6, 1, '-').insert(4, 1, '-');
      r.until_ = parse_day(iso);
      const auto date = detail::parse_day_of_any_year(iso);
      if (!date || value.size() != 8) fail("UNTIL=YYYYMMDD", part);
      else if (!r.until_) faults.push_back(date_fault({}, "UNTIL", *date));
    } else if (key == "BYDAY") {
      for (std::string_view item : split(value, ',')) {
        const std::string_view letters = item.size() >= 2 ? item.substr(item.size() - 2) : item;
        const std::string_view ordinal = item.substr(0, item.size() - letters.size());
        const auto on = parse_name<weekday>(letters);
        const auto n = ordinal.empty() ? std::optional<int>(0) : number(ordinal, -53, 53);
        if (!on || !n || (!ordinal.empty() && *n == 0)) fail("BYDAY of MO, TU, WE, TH, FR, SA, SU with an optional ordinal", item);
        else r.days_.push_back({*on, *n});
      }
    } else if (key == "BYMONTHDAY") {
      numbers(key, value, 1, 31, true, r.month_days_);
    } else if (key == "BYMONTH") {
      numbers(key, value, 1, 12, false, r.months_);
    } else if (key == "BYSETPOS") {
      numbers(key, value, 1, 366, true, r.positions_);
    } else {
      fail("a part FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, COUNT or UNTIL", part);
    }
  }
  if (!has_frequency) fail("a part FREQ", rule);
  if (r.count_ && r.until_) fail("COUNT or UNTIL, not both", rule);
  if (r.frequency_ == frequency::weekly && !r.month_days_.empty()) fail("no BYMONTHDAY with FREQ=WEEKLY", rule);
  if (r.frequency_ < frequency::monthly && std::any_of(r.days_.begin(), r.days_.end(), [](const by_day& b) { return b.ordinal != 0; })) {
    fail("ordinals of BYDAY only with FREQ=MONTHLY or YEARLY", rule);
  }
  if (!faults.empty()) return faults;
  return r;
}

template <class When>
inline std::string recurrence::to_string() const {
  std::string out = "FREQ=" + std::string(name_of(frequency_));
  const auto list = [&](std::string_view key, const std::vector<int>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) out += (i == 0 ? ";" + std::string(key) + "=" : ",") + std::to_string(values[i]);
  };
  if (interval_ != 1) out += ";INTERVAL=" + std::to_string(interval_);
  list("BYMONTH", months_);
  list("BYMONTHDAY", month_days_);
  for (std::size_t i = 0; i < days_.size(); ++i) {
    out += i == 0 ? ";BYDAY=" : ",";
    if (days_[i].ordinal != 0) out += std::to_string(days_[i].ordinal);
    out += name_of(days_[i].on);
  }
  list("BYSETPOS", positions_);
  if (count_) out += ";COUNT=" + std::to_string(*count_);
  if (until_) {
    std::string iso = sifang::to_string(*until_);
    iso.erase(std::remove(iso.begin(), iso.end(), '-'), iso.end());
    out += ";UNTIL=" + iso;
  }
  return out;
}

}  // namespace sifang

#endif
