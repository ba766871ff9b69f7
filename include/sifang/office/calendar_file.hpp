// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_CALENDAR_FILE_HPP
#define SIFANG_OFFICE_CALENDAR_FILE_HPP

#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/engine/fingerprint.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Series of sessions as calendars that office programs and telephones subscribe to (iCalendar, RFC 5545), by libical.

namespace sifang {

/// A day of a series that is told of in words of its own.
struct calendar_day {
  day date;                 ///< one of the series' dates
  std::string description;  ///< in place of the series'
};

/// Sessions at the same hours and place, on some days.
struct calendar_series {
  std::vector<std::string> key;       ///< what its events are known by for ever, word by word; makes the UIDs
  std::string summary,                ///< one line for people
      location,                       ///< name of the place
      description;                    ///< more for people; lines end in `\n`
  minutes start{},                    ///< of the day
      length{};                       ///< above 0; may go on past midnight
  std::vector<day> dates;             ///< in order, each once
  std::vector<calendar_day> apart{};  ///< in order: those of the dates that have events of their own
  std::vector<recurrence> rules{};  ///< by which the dates came about, none that `needs_start()`; days that they name in vain become EXDATE
};

/// What holds of a whole calendar.
struct calendar_about {
  std::string title;  ///< what programs call it
  day made;           ///< DTSTAMP, at 0:00 UTC: a day that the plan fixes, as the time of day would make other bytes each time
  int sequence = 0;   ///< SEQUENCE of every event, at least 0
};

namespace detail {

/// What a UID may hold of a word: letters of English, digits, `-` and `_`; every other byte as `%` and two digits.
[[nodiscard]] inline std::string uid_word(std::string_view word) {
  constexpr std::string_view hexadecimal = "0123456789ABCDEF";
  std::string out;
  for (const char c : word) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append(1, '%').append(1, hexadecimal[byte >> 4]).append(1, hexadecimal[byte & 15]);
  }
  return out;
}
/// The words with points between. RFC 7986 wants at most 255 octets: the end of what would be longer is a fingerprint of the whole.
[[nodiscard]] inline std::string uid_of(std::span<const std::string> words, std::string_view last) {
  std::string out;
  for (const std::string& word : words) out.append(uid_word(word)).append(".");
  constexpr std::size_t most = 200;
  if (out.size() > most) {
    fingerprint of;
    for (const char c : out) of.add(static_cast<std::uint64_t>(static_cast<unsigned char>(c)));
    out = out.substr(0, most - 20) + '.' + std::to_string(of.value()) + '.';
  }
  return out.append(last);
}

[[nodiscard]] inline std::string digits_of(day d) {
  std::string out = to_string(d);
  std::erase(out, '-');
  return out;
}

/// A text as a calendar may hold it: no control characters but ends of lines, which libical writes as `\\n`.
[[nodiscard]] inline std::string calendar_words(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F) c = ' ';
  }
  return out;
}

/// Rules of days as calendars have them, and their days as libical finds them.
class calendar_rule {
 public:
  /// The rule from the first of some days that it names to the last. Nothing if it names fewer than two, or misses more than it hits.
  [[nodiscard]] static std::optional<calendar_rule> fitted(const recurrence& rule, std::span<const day> dates, minutes start) {
    std::vector<day> named;
    recurrence_parts parts = rule.parts();
    if (parts.workdays) {  // RFC 5545 has no such rule: Monday to Friday, less the holidays
      parts = recurrence_parts{};
      parts.every = frequency::weekly;
      for (int d = 0; d < 5; ++d) parts.days.push_back({static_cast<weekday>(d), 0});
    }
    const bool workdays = rule.parts().workdays;
    for (day d : dates) {
      if (workdays ? d.weekday() < weekday::saturday : rule.includes(d)) named.push_back(d);
    }
    if (named.size() < 2) return std::nullopt;
    parts.from.reset();
    parts.count.reset();
    parts.until.reset();
    calendar_rule out;
    out.first_ = named.front();
    // UNTIL is in universal time, which is eight hours behind.
    icaltimetype until = time_of(named.back(), start - minutes(8 * 60));
    out.text_ = rrule_text(parts) + ";UNTIL=" + icaltime_as_ical_string(until) + 'Z';
    const std::vector<day> expanded = out.days(start);
    std::set_intersection(expanded.begin(), expanded.end(), dates.begin(), dates.end(), std::back_inserter(out.held_));
    std::set_difference(expanded.begin(), expanded.end(), dates.begin(), dates.end(), std::back_inserter(out.left_out_));
    if (out.held_.size() < 2 || out.held_.size() < out.left_out_.size() || out.held_.front() != out.first_) return std::nullopt;
    return out;
  }

  [[nodiscard]] day first() const noexcept { return first_; }
  /// Days of the dates that it names, and days that it names in vain. @{
  [[nodiscard]] const std::vector<day>& held() const noexcept { return held_; }
  [[nodiscard]] const std::vector<day>& left_out() const noexcept { return left_out_; }
  /// @}
  /// FREQ=…;UNTIL=…
  [[nodiscard]] icalrecurrencetype value() const { return icalrecurrencetype_from_string(text_.c_str()); }

  /// A time of a day, which may be before its midnight or after the next, without a time zone.
  [[nodiscard]] static icaltimetype time_of(day d, minutes at) {
    int count = at.count;
    for (; count < 0; count += 24 * 60) d = d - calendar_days(1);
    for (; count >= 24 * 60; count -= 24 * 60) d = d + calendar_days(1);
    icaltimetype out = icaltime_null_time();
    out.year = d.year();
    out.month = static_cast<int>(d.month());
    out.day = static_cast<int>(d.day_of_month());
    out.hour = count / 60;
    out.minute = count % 60;
    return out;
  }

 private:
  [[nodiscard]] std::vector<day> days(minutes start) const {
    std::vector<day> out;
    icalrecurrencetype rule = value();
    // In one time zone the clock does not change, so that UNTIL may be compared in local time.
    rule.until = icaltime_null_time();
    const std::unique_ptr<icalrecur_iterator, void (*)(icalrecur_iterator*)> each(icalrecur_iterator_new(rule, time_of(first_, start)),
                                                                                  &icalrecur_iterator_free);
    const icalrecurrencetype with_end = value();
    const icaltimetype last = with_end.until;
    if (!each) return out;
    for (icaltimetype t = icalrecur_iterator_next(each.get()); icaltime_is_null_time(t) == 0; t = icalrecur_iterator_next(each.get())) {
      const day d(t.year, static_cast<unsigned>(t.month), static_cast<unsigned>(t.day));
      const icaltimetype universal = time_of(d, start - minutes(8 * 60));
      if (icaltime_compare(universal, last) > 0) break;
      out.push_back(d);
    }
    return out;
  }

  day first_{};
  std::string text_;
  std::vector<day> held_, left_out_;
};

/// Writes one calendar.
class calendar_writer {
 public:
  explicit calendar_writer(const calendar_about& about) : about_(&about), calendar_(icalcomponent_new_vcalendar(), &icalcomponent_free) {
    put(calendar_.get(), icalproperty_new_version("2.0"));
    put(calendar_.get(), icalproperty_new_prodid("-//sifang//roster//ZH"));
    put(calendar_.get(), icalproperty_new_calscale("GREGORIAN"));
    put(calendar_.get(), named("X-WR-CALNAME", calendar_words(about.title)));
    put(calendar_.get(), named("X-WR-TIMEZONE", zone));
    icalcomponent* const of_zone = icalcomponent_new_vtimezone();
    put(of_zone, icalproperty_new_tzid(zone));
    icalcomponent* const standard = icalcomponent_new_xstandard();
    put(standard, icalproperty_new_dtstart(icaltime_from_string("19700101T000000")));
    constexpr int east = 8 * 3600;
    put(standard, icalproperty_new_tzoffsetfrom(east));
    put(standard, icalproperty_new_tzoffsetto(east));
    put(standard, icalproperty_new_tzname("CST"));
    icalcomponent_add_component(of_zone, standard);
    icalcomponent_add_component(calendar_.get(), of_zone);
  }

  void add(const calendar_series& one) {
    std::vector<day> left;  // dates that have no event yet
    std::set_difference(one.dates.begin(), one.dates.end(), one.apart.begin(), one.apart.end(), std::back_inserter(left), before{});
    for (std::size_t k = 0; k < one.rules.size(); ++k) {
      const auto rule = calendar_rule::fitted(one.rules[k], left, one.start);
      if (!rule) continue;
      icalcomponent* const event = begin(one, rule->first(), one.description, "rule" + (k == 0 ? std::string() : std::to_string(k + 1)));
      put(event, icalproperty_new_rrule(rule->value()));
      for (day d : rule->left_out()) put(event, in_zone(icalproperty_new_exdate(calendar_rule::time_of(d, one.start))));
      icalcomponent_add_component(calendar_.get(), event);
      std::vector<day> others;
      std::set_difference(left.begin(), left.end(), rule->held().begin(), rule->held().end(), std::back_inserter(others));
      left = std::move(others);
    }
    for (day d : one.dates) {
      const auto apart = std::find_if(one.apart.begin(), one.apart.end(), [&](const calendar_day& a) { return a.date == d; });
      if (apart == one.apart.end() && !std::binary_search(left.begin(), left.end(), d)) continue;
      const std::string& description = apart == one.apart.end() ? one.description : apart->description;
      icalcomponent_add_component(calendar_.get(), begin(one, d, description, digits_of(d)));
    }
  }

  /// Lines that end in CRLF, of at most 75 octets.
  [[nodiscard]] std::string text() const {
    const std::unique_ptr<char, void (*)(void*)> made(icalcomponent_as_ical_string_r(calendar_.get()), &std::free);
    return made ? std::string(made.get()) : std::string();
  }

 private:
  static constexpr const char* zone = "Asia/Shanghai";
  struct before {
    [[nodiscard]] bool operator()(day a, const calendar_day& b) const noexcept { return a < b.date; }
    [[nodiscard]] bool operator()(const calendar_day& a, day b) const noexcept { return a.date < b; }
  };

  static void put(icalcomponent* into, icalproperty* one) { icalcomponent_add_property(into, one); }
  [[nodiscard]] static icalproperty* named(const char* name, const std::string& text) {
    icalproperty* const out = icalproperty_new_x(text.c_str());
    icalproperty_set_x_name(out, name);
    return out;
  }
  [[nodiscard]] static icalproperty* in_zone(icalproperty* one) {
    icalproperty_add_parameter(one, icalparameter_new_tzid(zone));
    return one;
  }

  [[nodiscard]] icalcomponent* begin(const calendar_series& one, day date, const std::string& description, std::string_view last) const {
    icalcomponent* const event = icalcomponent_new_vevent();
    put(event, icalproperty_new_uid(uid_of(one.key, last).c_str()));
    icaltimetype stamp = calendar_rule::time_of(about_->made, minutes(0));
    stamp.zone = icaltimezone_get_utc_timezone();
    put(event, icalproperty_new_dtstamp(stamp));
    put(event, icalproperty_new_sequence(about_->sequence));
    put(event, in_zone(icalproperty_new_dtstart(calendar_rule::time_of(date, one.start))));
    put(event, in_zone(icalproperty_new_dtend(calendar_rule::time_of(date, one.start + one.length))));
    put(event, icalproperty_new_summary(calendar_words(one.summary).c_str()));
    put(event, icalproperty_new_location(calendar_words(one.location).c_str()));
    if (!description.empty()) put(event, icalproperty_new_description(calendar_words(description).c_str()));
    put(event, icalproperty_new_status(ICAL_STATUS_CONFIRMED));
    return event;
  }

  const calendar_about* about_;
  std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> calendar_;
};

}  // namespace detail

/// A calendar of some series, in the time zone Asia/Shanghai (eight hours east, without summer time). The same series give the same bytes.
///
/// Days that a rule of a series names are one event with RRULE, and EXDATE for those that are left out or moved, as long as these are no
/// more than the others; every other day is an event of its own. What libical makes of the rule, less its EXDATE, and the single events
/// are the dates of the series, each once: the rule is expanded by libical before it is used.
///
/// UIDs are made of the key, and `rule` or the date: they outlive a change of hours, people or place names.
/// \pre as `calendar_series` says; asserted \complexity linear in the days, times rules
[[nodiscard]] inline std::string calendar_text(std::span<const calendar_series> all, const calendar_about& about) {
  SIFANG_ASSERT(about.sequence >= 0, "a sequence of at least 0");
  detail::calendar_writer out(about);
  for (const calendar_series& one : all) {
    SIFANG_ASSERT(std::adjacent_find(one.dates.begin(), one.dates.end(), [](day a, day b) { return a >= b; }) == one.dates.end(),
                  "dates in order, each once");
    out.add(one);
  }
  return out.text();
}

}  // namespace sifang

#endif
