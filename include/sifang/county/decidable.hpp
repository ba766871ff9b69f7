// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_DECIDABLE_HPP
#define SIFANG_COUNTY_DECIDABLE_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/further_handlers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

/// \file
/// Which parameters of a scenario a county can decide, and what the others are: an optimiser may not better a county by wishing for other
/// petitioners, another law or better luck.

namespace sifang {

/// Who or what decides a parameter.
enum class decided_by : std::uint8_t {
  county,       ///< it can be planned: days, hours, people, rules of one's own
  petitioners,  ///< how they behave
  law,          ///< statutory limits
  question,     ///< what is asked: period, seed, load, what is taken from a record
  place,        ///< what the county is: its tables, people and matters
  effects,      ///< how work and measures turn out
  yardstick,    ///< prices by which cost is reckoned
};

namespace detail {

// Keys of the families in which a county decides some.
inline constexpr std::array<std::string_view, 50> decided_keys{
    "county.links",
    "reception.collision",
    "reception.roster",
    "reception.queue_order",
    "reception.closing",
    "reception.booked_share",
    "reception.substitution",
    "reception.irregular_per_month",
    "reception.irregular_target",
    "reception.irregular_length",
    "ownership.rule",
    "ownership.cap",
    "routing.rule",
    "routing.clerks",
    "routing.clerk_minutes_per_day",
    "routing.simplified_share",
    "handling.department_handlers",
    "handling.township_handlers",
    "handling.park_handlers",
    "handling.further_handlers",
    "handling.handler_minutes_per_day",
    "handling.order",
    "handling.case_limit",
    "handling.extension",
    "appointments.open",
    "appointments.recur",
    "appointments.on_rest_day",
    "appointments.list_length",
    "appointments.threshold",
    "appointments.group_weight",
    "appointments.lesser_weight",
    "appointments.field_days_per_month",
    "appointments.appointments_per_day",
    "appointments.near_together",
    "appointments.coordination_share",
    "campaign.open",
    "campaign.first",
    "campaign.days",
    "campaign.cadre_share",
    "campaign.timetable",
    "campaign.strike_off",
    "campaign.works.timetable",
    "campaign.aid.timetable",
    "campaign.dispute.timetable",
    "campaign.other.timetable",
    "return_visits.open",
    "return_visits.delay",
    "return_visits.lapse",
    "return_visits.visits_per_week",
    "return_visits.length",
};
// Of a kind of session, what comes behind its name.
inline constexpr std::array<std::string_view, 19> decided_of_session{
    "roles", "relations", "at",  "places_in_turn", "open",       "recur",     "on_rest_day", "start",     "length",  "receivers",
    "posts", "units",     "add", "remove",         "precedence", "catchment", "video",       "admission", "closing",
};

template <class List>
[[nodiscard]] constexpr bool is_in(const List& list, std::string_view word) noexcept {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace detail

/// Who or what decides a parameter, by its key as `--set` has it.
///
/// Families are judged as a whole where nothing in them is a county's: `choice`, `repeats`, `rating`, `review` (petitioners), `clocks`
/// (law), `settlement`, `posts` (how things turn out), `scenario`, `load`, `replay` (the question), `category`, `sensitive_period`
/// (the county), `cost`. In the others a list says which keys are decided; what an instrument brings (a meeting's `wait_cut`, the length of
/// an interview's tail) is none of them, though the county decides how often it is used. \complexity linear in that list
template <class = when_called>
[[nodiscard]] constexpr decided_by who_decides(std::string_view key) noexcept {
  const std::string_view family = key.substr(0, key.find('.'));
  if (family == "session") {
    const std::string_view what = key.substr(key.rfind('.') + 1);
    if (detail::is_in(detail::decided_of_session, what)) return decided_by::county;
    return what == "counts_for"                                         ? decided_by::law
           : what == "appeal" || what == "share" || what == "publicity" ? decided_by::petitioners
                                                                        : decided_by::place;
  }
  if (detail::is_in(detail::decided_keys, parameter_of(key))) return decided_by::county;
  if (key == "reception.screened_share" || family == "clocks") return decided_by::law;  // R10: everyone is heard
  for (const std::string_view f : {"choice", "repeats", "rating", "review"}) {
    if (family == f) return decided_by::petitioners;
  }
  for (const std::string_view f : {"scenario", "load", "replay"}) {
    if (family == f) return decided_by::question;
  }
  for (const std::string_view f : {"category", "sensitive_period", "county"}) {
    if (family == f) return decided_by::place;
  }
  return family == "cost" ? decided_by::yardstick : decided_by::effects;
}

}  // namespace sifang

#endif
