// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_RECURRENCE_TEXT_HPP
#define SIFANG_CALENDAR_RECURRENCE_TEXT_HPP

#include "sifang/calendar/recurrence_parts.hpp"
#include "sifang/calendar/recurrence_words.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Recurrence rules as RFC 5545 writes them: `FREQ=WEEKLY;BYDAY=MO`, with DTSTART as a part or as calendars have it.

namespace sifang::detail {

/// Reads the parts of an RRULE. What is out of range or does not go together is found by `faults_of` later.
template <class>  // only programs that ask for it compile it
class rrule_reader {
 public:
  rrule_reader(std::string_view rule, recurrence_parts& into, std::vector<fault>& faults) : rule_(rule), into_(into), faults_(faults) {}

  void read() {
    std::string text(rule_);
    for (char& c : text) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');  // RFC 5545: names in any case
      if (c == '\n') c = '\r';
    }
    std::string rule;
    for (std::string_view line : split(text, '\r')) {
      if (line.empty()) continue;
      if (line.starts_with("DTSTART") && line.find(':') != line.npos) {
        once("DTSTART");
        // A time zone or the kind of value may stand before the colon; the county has one time zone.
        read_day("DTSTART", line, line.substr(line.find(':') + 1), into_.from);
        continue;
      }
      if (line.starts_with("RRULE:")) line.remove_prefix(6);
      rule.append(rule.empty() ? "" : ";").append(line);
    }
    for (const std::string_view part : split(rule, ';')) read_part(part);
    if (!has_frequency_) fail("a part FREQ", rule_);
  }

 private:
  static std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = (std::min)(text.find(by, at), text.size());
      out.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    return out;
  }
  static std::optional<int> number(std::string_view text) {
    int value = 0;
    if (!text.empty() && text.front() == '+') {
      text.remove_prefix(1);
      if (!text.empty() && text.front() == '-') return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
  }

  void fail(std::string expected, std::string_view found) {
    faults_.push_back(make_fault(fault_kind::bad_recurrence, place{}, shown(rule_), std::move(expected), shown(found)));
  }
  void once(std::string_view key) {
    if (std::find(seen_.begin(), seen_.end(), key) != seen_.end()) fail("each part once", key);
    seen_.emplace_back(key);
  }

  void read_part(std::string_view part) {
    const std::size_t equals = part.find('=');
    const std::string_view key = part.substr(0, equals);
    const std::string_view value = equals == part.npos ? std::string_view() : part.substr(equals + 1);
    once(key);
    if (key == "FREQ") {
      has_frequency_ = true;
      const auto f = parse_name<frequency>(value);
      if (!f)
        fail("FREQ=DAILY, WEEKLY, MONTHLY or YEARLY", part);
      else
        into_.every = *f;
    } else if (key == "INTERVAL") {
      const auto n = number(value);
      if (!n || *n < 1 || *n > 1000)
        fail("INTERVAL=1 to 1000", part);
      else
        into_.interval = *n;
    } else if (key == "COUNT") {
      const auto n = number(value);
      if (!n || *n < 1 || *n > 100000)
        fail("COUNT=1 to 100000", part);
      else
        into_.count = n;
    } else if (key == "UNTIL") {
      read_day(key, part, value, into_.until);
    } else if (key == "DTSTART") {
      read_day(key, part, value, into_.from);
    } else if (key == "WKST") {
      const auto on = parse_name<weekday>(value);
      if (!on)
        fail("WKST=MO, TU, WE, TH, FR, SA or SU", part);
      else
        into_.week_start = *on;
    } else if (key == "BYDAY") {
      read_weekdays(value);
    } else if (key == "BYMONTHDAY") {
      read_numbers(key, value, -31, 31, into_.month_days);
    } else if (key == "BYMONTH") {
      read_numbers(key, value, 1, 12, into_.months);
    } else if (key == "BYSETPOS") {
      read_numbers(key, value, -366, 366, into_.positions);
    } else {
      fail("a part FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST, COUNT, UNTIL or DTSTART", part);
    }
  }

  void read_numbers(std::string_view key, std::string_view value, int least, int most, std::vector<int>& into) {
    for (const std::string_view item : split(value, ',')) {
      const auto n = number(item);
      if (n && *n != 0 && *n >= least && *n <= most) {
        into.push_back(*n);
      } else {
        fail(std::string(key) + " of whole numbers " + std::to_string(least) + " to " + std::to_string(most) + " without 0", item);
      }
    }
  }

  void read_weekdays(std::string_view value) {
    for (const std::string_view item : split(value, ',')) {
      const std::string_view letters = item.size() >= 2 ? item.substr(item.size() - 2) : item;
      const std::string_view ordinal = item.substr(0, item.size() - letters.size());
      const auto on = parse_name<weekday>(letters);
      const auto n = ordinal.empty() ? std::optional<int>(0) : number(ordinal);
      const bool good = on && n && (ordinal.empty() || *n != 0) && *n >= -53 && *n <= 53;
      if (!good)
        fail("BYDAY of MO, TU, WE, TH, FR, SA, SU with an optional ordinal", item);
      else
        into_.days.push_back({*on, *n});
    }
  }

  /// `20220915`, also with a time of day: local, or with `Z` in universal time, which is eight hours behind.
  void read_day(std::string_view key, std::string_view part, std::string_view value, std::optional<day>& into) {
    std::string iso(value.substr(0, 8));
    if (iso.size() == 8) iso.insert(6, 1, '-').insert(4, 1, '-');
    std::optional<day> d = parse_day_of_any_year(iso);
    std::string_view time = value.size() > 8 ? value.substr(8) : std::string_view();
    const bool universal = time.ends_with('Z');
    if (universal) time.remove_suffix(1);
    bool good = d.has_value() && (time.empty() ? !universal : time.size() == 7 && time.front() == 'T');
    if (good && !time.empty()) {
      const std::optional<int> clock[] = {digits(time.substr(1, 2)), digits(time.substr(3, 2)), digits(time.substr(5, 2))};
      good = clock[0] && clock[1] && clock[2] && *clock[0] <= 23 && *clock[1] <= 59 && *clock[2] <= 60;
      if (good && universal && *clock[0] >= 16) ++*d;
    }
    if (!good) return fail(std::string(key) + "=YYYYMMDD", part);
    into = d;
  }

  std::string_view rule_;
  recurrence_parts& into_;
  std::vector<fault>& faults_;
  std::vector<std::string> seen_;
  bool has_frequency_ = false;
};

template <class When = when_called>
inline void read_rrule(std::string_view rule, recurrence_parts& into, std::vector<fault>& faults) {
  rrule_reader<When>(rule, into, faults).read();
}

/// A rule as one line: parts in a fixed order, those that say nothing left out.
template <class = when_called>
[[nodiscard]] inline std::string rrule_text(const recurrence_parts& p) {
  if (p.workdays) return words_of(p, language::en);  // RFC 5545 cannot say it
  const auto date = [](day d) {
    std::string iso = sifang::to_string(d);
    iso.erase(std::remove(iso.begin(), iso.end(), '-'), iso.end());
    return iso;
  };
  std::string out = p.from ? "DTSTART=" + date(*p.from) + ';' : std::string();
  out.append("FREQ=").append(name_of(p.every));
  const auto list = [&](std::string_view key, const std::vector<int>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      out += i == 0 ? ';' + std::string(key) + '=' : ",";
      out += std::to_string(values[i]);
    }
  };
  if (p.interval != 1) out += ";INTERVAL=" + std::to_string(p.interval);
  list("BYMONTH", p.months);
  list("BYMONTHDAY", p.month_days);
  for (std::size_t i = 0; i < p.days.size(); ++i) {
    out += i == 0 ? ";BYDAY=" : ",";
    if (p.days[i].ordinal != 0) out += std::to_string(p.days[i].ordinal);
    out += name_of(p.days[i].on);
  }
  list("BYSETPOS", p.positions);
  if (p.week_start != weekday::monday) out.append(";WKST=").append(name_of(p.week_start));
  if (p.count) out += ";COUNT=" + std::to_string(*p.count);
  if (p.until) out += ";UNTIL=" + date(*p.until);
  return out;
}

}  // namespace sifang::detail

#endif
