// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PILOT_LEDGER_HPP
#define SIFANG_IO_PILOT_LEDGER_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/io/ledger_cases.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/stats/before_after.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// \file
/// Which figures a ledger shows, by which columns, and their months from the rows of one.

namespace sifang {

/// How a figure can be had from what an office writes down.
enum class ledger_sight : std::uint8_t {
  evaluated,  ///< from columns that the program reads: a trial can be evaluated from them
  columns,    ///< from columns that many ledgers have; the program does not evaluate it
  further,    ///< only if the office writes down what ledgers have no column for
};
template <>
inline constexpr std::string_view names_of<ledger_sight>[] = {"evaluated", "columns", "further"};

/// What must be written down for a figure.
struct ledger_need {
  metric what;               ///< the figure
  ledger_sight sight;        ///< how it can be had
  std::string_view columns;  ///< of a ledger (docs/case-load.md)
  /// What must be written down, in English and in Chinese. @{
  std::string_view en, zh;
  /// @}
  int lead_in = 0;  ///< days that the ledger must begin before the year before, so that its first months lack nothing
};

/// Every figure that an office could see.
// clang-format off: a table
inline constexpr ledger_need ledger_needs[] = {
    {metric::registrations, ledger_sight::evaluated, "date", "the day of registration of every petition, repeats too",
     "每件信访（含重复件）的登记日期", 0},
    {metric::first_registrations, ledger_sight::evaluated, "date, repeat", "the day of registration, and whether it is a repeat",
     "登记日期及是否重复件", 0},
    {metric::repeat_rate, ledger_sight::evaluated, "date, repeat", "the day of registration, and whether it is a repeat",
     "登记日期及是否重复件", 0},
    {metric::accept_days, ledger_sight::evaluated, "date, acceptance_days", "the days of registration and of acceptance",
     "登记日期与受理日期", 60},
    {metric::reply_days, ledger_sight::evaluated, "date, acceptance_days, handling_days", "the days of acceptance and of the reply",
     "受理日期与答复日期", 150},
    {metric::on_time_reply_rate, ledger_sight::evaluated, "date, acceptance_days, handling_days",
     "the days of acceptance and of the reply, and extensions that were granted", "受理日期、答复日期及批准的延期", 75},
    {metric::timely_acceptance_rate, ledger_sight::columns, "routed, acceptance_days", "the days of routing and of acceptance",
     "转送交办日期与受理日期", 0},
    {metric::bureau_timely, ledger_sight::columns, "date, routed", "the days of registration and of routing", "登记日期与转送交办日期", 0},
    {metric::satisfaction_rate, ledger_sight::columns, "satisfaction", "what each petitioner said of the unit, and who said nothing",
     "每件的满意度评价，含未评价者", 0},
    {metric::participation_rate, ledger_sight::columns, "satisfaction", "what each petitioner said of the unit, and who said nothing",
     "每件的满意度评价，含未评价者", 0},
    {metric::heard_7d, ledger_sight::further, "",
     "for everybody who asked to be heard: the day on which they asked, the day on which a leader heard them, who that was; those not "
     "heard yet too",
     "每名要求接谈者的提出日期、由哪位领导接谈、接谈日期，含尚未接谈者", 0},
    {metric::heard_15d, ledger_sight::further, "",
     "for everybody who asked to be heard: the day on which they asked, the day on which a leader heard them, who that was; those not "
     "heard yet too",
     "每名要求接谈者的提出日期、由哪位领导接谈、接谈日期，含尚未接谈者", 0},
    {metric::heard_30d, ledger_sight::further, "",
     "for everybody who asked to be heard: the day on which they asked, the day on which a leader heard them, who that was; those not "
     "heard yet too",
     "每名要求接谈者的提出日期、由哪位领导接谈、接谈日期，含尚未接谈者", 0},
    {metric::heard_county_30d, ledger_sight::further, "",
     "for everybody who asked to be heard: the day on which they asked, the day on which a leader heard them, who that was; those not "
     "heard yet too",
     "每名要求接谈者的提出日期、由哪位领导接谈、接谈日期，含尚未接谈者", 0},
    {metric::heard_days, ledger_sight::further, "",
     "for everybody who asked to be heard: the day on which they asked, the day on which a leader heard them; those not heard yet too",
     "每名要求接谈者的提出日期与领导接谈日期，含尚未接谈者", 0},
    {metric::wait_days, ledger_sight::further, "", "for every visitor: the day on which they asked, and the day on which they were heard",
     "每名来访者的提出日期与接谈日期", 0},
    {metric::wait_minutes, ledger_sight::further, "", "for every visitor: when they came and when they were called",
     "每名来访者的到场时刻与接谈时刻", 0},
    {metric::heard_same_session, ledger_sight::further, "", "everybody who came to a session, and whether they were heard at it",
     "每场到场人员及当场是否获接谈", 0},
    {metric::walk_away_rate, ledger_sight::further, "", "everybody who came to a session, and who left before being called",
     "每场到场人员及未等到接谈而离开者", 0},
    {metric::received, ledger_sight::further, "", "every group that was heard at any place of reception, with the day",
     "各接访点接待的每批来访及日期", 0},
    {metric::visits, ledger_sight::further, "", "every group that came to a place of reception, with the day", "各接访点每批来访及日期", 0},
};
// clang-format on

/// What must be written down for a figure; nothing where no office could see it. \complexity linear in the table
template <class = when_called>
[[nodiscard]] constexpr const ledger_need* need_of(metric m) noexcept {
  for (const ledger_need& one : ledger_needs) {
    if (one.what == m) return &one;
  }
  return nullptr;
}

/// How the months of a trial came out of a ledger.
enum class ledger_months_state : std::uint8_t {
  read,         ///< as asked
  no_column,    ///< it lacks a column of the figure
  begins_late,  ///< it does not reach far enough before the trial
  ends_early,   ///< it has no whole month of the trial
};

/// Months of a trial and the same months of the year before, from a ledger.
struct ledger_months {
  ledger_months_state state = ledger_months_state::read;  ///< unless read, there are none
  std::vector<month_sums> before,                         ///< month for month
      after;                                              ///< of the trial, at most 120
  day needed,                                             ///< the ledger must have begun by then, or reached so far
      first,                                              ///< registration of the ledger
      last;                                               ///< likewise
};

namespace detail {

/// The first day of the month that lies so many months later, or earlier. \pre the first of a month; asserted
template <class = when_called>
[[nodiscard]] constexpr day month_from(day first, int months) noexcept {
  SIFANG_ASSERT(first.day_of_month() == 1, "the first of a month");
  for (; months > 0; --months) {
    first = first + calendar_days(31);
    first = first - calendar_days(static_cast<std::int32_t>(first.day_of_month()) - 1);
  }
  for (; months < 0; ++months) {
    first = first - calendar_days(1);
    first = first - calendar_days(static_cast<std::int32_t>(first.day_of_month()) - 1);
  }
  return first;
}
/// Months from one day's to another's.
template <class = when_called>
[[nodiscard]] constexpr int months_between(day from, day to) noexcept {
  return (to.year() - from.year()) * 12 + static_cast<int>(to.month()) - static_cast<int>(from.month());
}

/// The day on which a row counts for a figure and what it adds; nothing if it does not count.
struct counted_row {
  day on;
  month_sums adds;
};
[[nodiscard]] inline std::optional<counted_row> counted(const ledger_case& c, metric what, const legal_clocks& clocks,
                                                        const working_calendar& calendar, day known_until) {
  const auto yes = [](bool b) { return b ? 1.0 : 0.0; };
  switch (what) {
    case metric::registrations:
      return counted_row{c.date, {1, 0}};
    case metric::first_registrations:
      if (!c.repeat || *c.repeat) return std::nullopt;
      return counted_row{c.date, {1, 0}};
    case metric::repeat_rate:
      if (!c.repeat) return std::nullopt;
      return counted_row{c.date, {yes(*c.repeat), 1}};
    case metric::accept_days:
      if (!c.accepted || *c.accepted < c.date) return std::nullopt;
      return counted_row{*c.accepted, {static_cast<double>((*c.accepted - c.date).count), 1}};
    case metric::reply_days:
      if (!c.accepted || !c.replied || *c.replied < *c.accepted) return std::nullopt;
      return counted_row{*c.replied, {static_cast<double>((*c.replied - *c.accepted).count), 1}};
    case metric::on_time_reply_rate: {
      if (!c.accepted) return std::nullopt;
      const day due = c.is_simplified ? calendar.add(*c.accepted, clocks.simplified_handle) : clocks.reply_due(*c.accepted);
      const day last = clocks.last_day(due, calendar);
      if (last > known_until) return std::nullopt;
      return counted_row{last, {yes(c.replied && *c.replied <= last), 1}};
    }
    default:
      return std::nullopt;
  }
}

[[nodiscard]] inline bool has_columns(const ledger_cases& ledger, metric what) noexcept {
  if (what == metric::first_registrations || what == metric::repeat_rate) return ledger.has_repeat;
  if (what == metric::accept_days) return ledger.has_accepted;
  if (what == metric::reply_days || what == metric::on_time_reply_rate) {
    return ledger.has_accepted && (ledger.has_replied || ledger.has_handling_days);
  }
  return true;
}

}  // namespace detail

/// Days without a registration at either end of a ledger that are taken for quiet ones, and not for the end of the record.
inline constexpr int quiet_days = 7;

/// Months of a figure from the first day of a trial to the last whole month of a ledger, and those a year before each; a trial's second
/// year stands against the same year before. Rows that were taken over from before do not count; numbers have 1 as their denominator.
/// Extensions are not among the columns that are read: a reply that came within one counts as late, before and after alike.
/// \param from  first day of the trial  \param clocks, calendar  by which replies are due
/// \pre `need_of(what)` is evaluated, and `from` is the first of a month; asserted  \complexity linear in the rows
[[nodiscard]] inline ledger_months months_of(const ledger_cases& ledger, metric what, day from, const legal_clocks& clocks,
                                             const working_calendar& calendar) {
  const ledger_need* need = need_of(what);
  SIFANG_ASSERT(need != nullptr && need->sight == ledger_sight::evaluated, "a figure that can be had from a ledger");
  ledger_months out;
  if (!detail::has_columns(ledger, what)) {
    out.state = ledger_months_state::no_column;
    return out;
  }
  bool any = false;
  for (const ledger_case& c : ledger.cases) {
    if (c.is_backlog) continue;
    out.first = any ? (std::min)(out.first, c.date) : c.date;
    out.last = any ? (std::max)(out.last, c.date) : c.date;
    any = true;
  }
  const day year_before = detail::month_from(from, -static_cast<int>(year_months));
  const calendar_days quiet(quiet_days);
  out.needed = year_before - calendar_days(need->lead_in) + quiet;
  if (!any || out.first > out.needed) {
    out.state = ledger_months_state::begins_late;
    return out;
  }
  constexpr std::size_t most = 120;
  std::size_t months = 0;
  while (months < most && out.last + quiet >= detail::month_from(from, static_cast<int>(months) + 1)) ++months;
  if (months == 0) {
    out.needed = detail::month_from(from, 1) - quiet;
    out.state = ledger_months_state::ends_early;
    return out;
  }
  const bool is_number = info(what).kind == metric_kind::count;
  std::vector<month_sums> year(year_months);
  out.after.resize(months);
  if (is_number) {
    for (auto* side : {&year, &out.after}) {
      for (month_sums& m : *side) m.denominator = 1;
    }
  }
  const day end = detail::month_from(from, static_cast<int>(months));
  for (const ledger_case& c : ledger.cases) {
    if (c.is_backlog) continue;
    const auto row = detail::counted(c, what, clocks, calendar, end - calendar_days(1));
    if (!row || row->on < year_before || row->on >= end) continue;
    const bool is_before = row->on < from;
    const auto at = static_cast<std::size_t>(detail::months_between(is_before ? year_before : from, row->on));
    month_sums& m = is_before ? year[at] : out.after[at];
    m.numerator += row->adds.numerator;
    m.denominator += row->adds.denominator;
  }
  for (std::size_t m = 0; m < months; ++m) out.before.push_back(year[m % year_months]);
  return out;
}

}  // namespace sifang

#endif
