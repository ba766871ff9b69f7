// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SCENARIO_WARNINGS_HPP
#define SIFANG_COUNTY_SCENARIO_WARNINGS_HPP

#include "sifang/calendar/schedule.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/warning.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/idle_settings.hpp"
#include "sifang/county/scenario_recurrences.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What a scenario leaves out, so that something is assumed in silence unless it is told here.

namespace sifang {

namespace detail {

template <class = when_called>
inline void warn_of_holidays(const world& w, std::vector<warning>& out) {
  const working_calendar& calendar = w.calendar();
  const place where{w.setting().county.holidays};
  const auto begins = calendar.first_notice(), ends = calendar.last_notice();
  if (!begins || !ends) {
    out.push_back(make_warning(warning_kind::no_holiday_table, where));
    return;
  }
  const int first_year = begins->year(), last_year = ends->year();
  if (w.first().year() < first_year) {
    const day assumed = (std::min)(day(first_year - 1, 12, 31), w.last());
    out.push_back(make_warning(warning_kind::holiday_table_begins, where, to_string(*begins), to_string(assumed)));
  }
  for (int year = (std::max)(first_year, w.first().year()); year <= (std::min)(last_year, w.last().year()); ++year) {
    if (!calendar.has_notice(year)) out.push_back(make_warning(warning_kind::holiday_year_missing, where, std::to_string(year)));
  }
  if (w.last().year() > last_year) {
    const day assumed = (std::max)(day(last_year + 1, 1, 1), w.first());
    out.push_back(make_warning(warning_kind::holiday_table_ends, where, to_string(*ends), to_string(assumed)));
  }
}

template <class = when_called>
inline void warn_of_distances(const world& w, std::vector<warning>& out) {
  const county_tree& units = w.org().units();
  std::size_t assumed = 0;
  for (const unit_id u : units.all()) assumed += units[u].distance_assumed;
  if (assumed == 0) return;
  out.push_back(make_warning(warning_kind::distance_assumed, place{w.setting().county.units}, std::to_string(assumed),
                             number_text(assumed_street_km), number_text(assumed_township_km), number_text(assumed_village_km)));
}

template <class = when_called>
inline void warn_of_sensitive_periods(const world& w, std::vector<warning>& out) {
  const scenario& s = w.setting();
  const auto on_duty = [](const session_kind& k) { return k.open && k.sensitive_duty; };
  if (std::none_of(s.reception.sessions.begin(), s.reception.sessions.end(), on_duty)) return;
  for (int year = w.start().year(); year <= w.end().year(); ++year) {
    const day begin(year, 1, 1), end(year, 12, 31);
    const bool given = std::any_of(s.sensitive_periods.begin(), s.sensitive_periods.end(),
                                   [&](const sensitive_period& p) { return p.first - p.lead <= end && p.last >= begin; });
    if (!given) out.push_back(make_warning(warning_kind::no_sensitive_period, place{}, std::to_string(year)));
  }
}

template <class = when_called>
inline void warn_of_sessions(const world& w, std::vector<warning>& out) {
  visit_sessions(w.setting(), [&](const std::string& name, const session_kind& one) {
    if (!one.open) return;
    const auto dates = w.plan().dates(*w.setting().reception.find(one.id));
    if (std::none_of(dates.begin(), dates.end(), [&](day d) { return w.counts(d); }))
      out.push_back(make_warning(warning_kind::no_session, place{}, name, to_string(w.start()), to_string(w.end())));
    const auto is_simulated = [&](const std::string& list, day d) {
      const bool simulated = d >= w.first() && d <= w.last();
      if (!simulated)
        out.push_back(
            make_warning(warning_kind::date_of_no_effect, place{}, list, to_string(d), to_string(w.first()), to_string(w.last())));
      return simulated;
    };
    for (const day d : one.add) {
      if (is_simulated(name + ".add", d) && !std::binary_search(dates.begin(), dates.end(), d))
        out.push_back(make_warning(warning_kind::nothing_held, place{}, name + ".add", to_string(d)));
    }
    if (one.remove.empty()) return;
    const auto planned = expand({one.recur, {}, one.add, {}, one.on_rest_day}, w.first(), w.last(), w.calendar());
    for (const day d : one.remove) {
      const bool held = std::any_of(planned.begin(), planned.end(), [&](const occurrence& o) { return o.nominal == d || o.actual == d; });
      if (is_simulated(name + ".remove", d) && !held)
        out.push_back(make_warning(warning_kind::nothing_to_remove, place{}, name + ".remove", to_string(d)));
    }
  });
}

/// Sessions for the people and matters of their place alone, held where nobody lives and which handles no matters.
template <class = when_called>
inline void warn_of_catchments(const world& w, std::vector<warning>& out) {
  const auto one_is_at = [](const auto& sites, unit_id place) {
    return std::any_of(sites.begin(), sites.end(), [&](const auto& site) { return site.where == place; });
  };
  visit_sessions(w.setting(), [&](const std::string& name, const session_kind& one) {
    if (!one.open || one.irregular || one.catchment != catchment_rule::place || !one.areas.empty()) return;
    const venue kind = *w.setting().reception.find(one.id);
    const auto is_held = [&](const reception_series& s) { return s.where == kind; };
    const auto is_reached = [&](const reception_series& s) {
      return is_held(s) && (one_is_at(w.villages(), s.place) || one_is_at(w.townships(), s.place) || one_is_at(w.offices(), s.place));
    };
    const auto series = w.plan().series();
    if (std::any_of(series.begin(), series.end(), is_held) && std::none_of(series.begin(), series.end(), is_reached))
      out.push_back(make_warning(warning_kind::nobody_can_come, place{}, name));
  });
}

/// Rules that name no counted day, beside others that do: a COUNT that ran out, an UNTIL that is past.
template <class = when_called>
inline void warn_of_rules(const world& w, std::vector<warning>& out) {
  const auto look = [&](const std::string& key, const std::vector<recurrence>& rules) {
    const auto names_a_counted_day = [&](const recurrence& r) { return r.names_a_day(w.start(), w.end()); };
    for (const recurrence& r : rules) {
      if (!names_a_counted_day(r))
        out.push_back(make_warning(warning_kind::rule_runs_out, place{}, key, r.to_string(), to_string(w.start()), to_string(w.end())));
    }
  };
  visit_sessions(w.setting(), [&](const std::string& key, const session_kind& one) {
    const bool told = std::any_of(out.begin(), out.end(), [&](const warning& other) {
      return other.kind == warning_kind::no_session && other.details.front() == key;
    });
    if (one.open && !told) look(std::string(key) + ".recur", one.recur);
  });
  if (w.setting().appointments.open) look("appointments.recur", w.setting().appointments.recur);
}

/// Settings that change nothing: idle beside others, seats where everybody sits, the year of a campaign of every year.
template <class = when_called>
inline void warn_of_settings(const world& w, std::vector<warning>& out) {
  const scenario& s = w.setting();
  for (const idle_setting& one : idle_settings(s, w.replays()))
    out.push_back(make_warning(warning_kind::idle_setting, place{}, one.key, one.because));
  const reception_setting plain;
  visit_sessions(s, [&](const std::string& key, const session_kind& one) {
    const auto usual = plain.find(one.id);
    if (!one.open || !usual || one.receivers == plain[*usual].receivers) return;
    // 0 is a seat for everybody; as many seats as people are no other thing.
    const auto all_sit = [&](int seats) {
      return std::none_of(w.plan().series().begin(), w.plan().series().end(), [&](const reception_series& r) {
        return r.where == *s.reception.find(one.id) && seats > 0 && static_cast<std::size_t>(seats) < w.plan().people(r).size();
      });
    };
    if (all_sit(one.receivers) && all_sit(plain[*usual].receivers))
      out.push_back(make_warning(warning_kind::everybody_sits, place{}, key + ".receivers"));
  });
  const auto has_head = [](const office& o) { return o.head.valid(); };
  const bool incomplete = s.return_visits.open && s.return_visits.found_incomplete_share != scenario().return_visits.found_incomplete_share;
  if (incomplete && std::all_of(w.offices().begin(), w.offices().end(), has_head))
    out.push_back(make_warning(warning_kind::nobody_missing, place{}, "return_visits.found_incomplete_share"));
  const day first = s.campaign.first;
  const bool simulated = first.year() >= w.first().year() && first.year() <= w.last().year();
  if (s.campaign.open && !simulated && first != campaign_setting{}.first) {
    const std::string date = to_string(first);
    out.push_back(make_warning(warning_kind::year_of_no_effect, place{}, "campaign.first", date.substr(0, 4), date.substr(5)));
  }
}

/// Days of the campaign on which heads or team members sit at a session and so cannot go to the households (R8, R9, R21).
template <class = when_called>
inline void warn_of_campaign(const world& w, std::vector<warning>& out) {
  const scenario& s = w.setting();
  if (s.county.cadres * s.campaign.cadre_share <= 0) return;
  std::vector<std::pair<std::string, std::string>> met;  // days, and what is held on them
  visit_sessions(s, [&](const std::string& name, const session_kind& one) {
    const venue kind = *s.reception.find(one.id);
    if (!one.open || one.irregular || w.plan().traits(kind).by_clerks) return;
    const bool of_units = std::any_of(w.plan().series().begin(), w.plan().series().end(), [&](const reception_series& series) {
      const auto people = w.plan().people(series);
      return series.where == kind && std::any_of(people.begin(), people.end(), [&](official_id who) { return !w.is_county_leader(who); });
    });
    std::string days;
    for (const day d : w.campaign()) {
      if (of_units && w.counts(d) && w.plan().is_held(kind, d)) days.append(days.empty() ? "" : ", ").append(to_string(d));
    }
    if (days.empty()) return;
    const auto same = std::find_if(met.begin(), met.end(), [&](const auto& other) { return other.first == days; });
    if (same != met.end())
      same->second += ", " + name;
    else
      met.emplace_back(days, name);
  });
  for (const auto& [days, names] : met) out.push_back(make_warning(warning_kind::campaign_on_session, place{}, names, days));
}

}  // namespace detail

/// What a planner should know before believing what a scenario yields: years without holidays or sensitive periods, distances that are
/// assumed, open reception without a session, a campaign on days of reception, rules, dates and settings that change nothing. None of it
/// keeps the scenario from being played. \complexity linear in the days
template <class = when_called>
[[nodiscard]] inline std::vector<warning> warnings_of(const world& w) {
  std::vector<warning> out;
  detail::warn_of_holidays(w, out);
  detail::warn_of_distances(w, out);
  detail::warn_of_sensitive_periods(w, out);
  detail::warn_of_sessions(w, out);
  detail::warn_of_catchments(w, out);
  detail::warn_of_rules(w, out);
  detail::warn_of_settings(w, out);
  detail::warn_of_campaign(w, out);
  return out;
}

}  // namespace sifang

#endif
