// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CLOCKS_HPP
#define SIFANG_PETITION_CLOCKS_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/petition/time_limit.hpp"

/// \file
/// The limits of the Regulations (DOMAIN 2.2) and the last days that follow from them.

namespace sifang {

/// How long each step may take. 日 are calendar days, 工作日 working days; the types do not mix.
///
/// The day of the event that starts a clock is day 0 and the last day is inclusive. Every function returns
/// the bare last day; `last_day` moves it off a rest day where `extend_to_workday` asks for that.
/// The rules that are no spans stand where they act: L7, L17 and L18 in `refusal_after`, L8 and L9 in `kinds.hpp`,
/// L12 in `verdict`; who accepts among several units (L6) is a matter of routing.
struct legal_clocks {
  calendar_days route{15};             ///< L1: bureau registers and transfers or assigns
  calendar_days route_from_above{4};   ///< L2: the county's part of the 15 days of a matter from the top
  calendar_days direct{15};            ///< L3: a unit that got the matter directly tells the petitioner
  calendar_days accept{15};            ///< L4: unit tells the petitioner in writing
  working_days objection{5};           ///< L5: unit that is not competent objects
  calendar_days handle{60};            ///< L10: finished after acceptance
  calendar_days extension{30};         ///< L11: the most that one extension adds
  calendar_days review_window{30};     ///< L13: petitioner asks for review
  calendar_days review{30};            ///< L14: review opinion
  calendar_days recheck_window{30};    ///< L15: petitioner asks for recheck
  calendar_days recheck{30};           ///< L16: recheck opinion, hearing time apart
  working_days simplified_accept{3};   ///< L19: simplified handling (简易办理), acceptance
  working_days simplified_handle{10};  ///< L19: simplified handling, finished
  calendar_days return_visit{30};      ///< T_return: a policy, no law sets it
  calendar_days return_lapse{60};      ///< after T_return: a visit not made by then is given up (row 26); a policy
  bool extend_to_workday = false;      ///< a last day that is a rest day moves to the next workday

  /// Last day to transfer or assign (L1), or the county's share of it for a matter from the top (L2).
  [[nodiscard]] constexpr day route_due(day received, bool from_above = false) const noexcept {
    return received + (from_above ? route_from_above : route);
  }
  /// Last day for a unit that received the matter directly to tell the petitioner (L3).
  [[nodiscard]] constexpr day direct_due(day received) const noexcept { return received + direct; }
  /// Last day to tell the petitioner in writing of acceptance (L4).
  /// \param received  day the unit got the matter; the reception day if a leader heard it (row 7)
  [[nodiscard]] constexpr day accept_due(day received) const noexcept { return received + accept; }
  /// Last day for the unit to object that it is not competent (L5), counted in working days.
  template <class = when_called>
  [[nodiscard]] day objection_due(day received, const working_calendar& calendar) const noexcept {
    return calendar.add(received, objection);
  }
  /// Latest day of the written reply (按期答复): L10, and one extension (L11).
  /// \param accepted  day the petitioner was told in writing
  /// \param extended  granted extension
  /// \pre 0 <= extended <= extension; asserted
  [[nodiscard]] constexpr day reply_due(day accepted, calendar_days extended = {}) const noexcept {
    SIFANG_ASSERT(calendar_days(0) <= extended && extended <= extension);
    return accepted + handle + extended;
  }
  /// Last day to ask for review (L13), from the written reply.
  [[nodiscard]] constexpr day review_request_due(day replied) const noexcept { return replied + review_window; }
  /// Last day for the review opinion (L14), from the request.
  [[nodiscard]] constexpr day review_due(day asked) const noexcept { return asked + review; }
  /// Last day to ask for recheck (L15), from the written review opinion.
  [[nodiscard]] constexpr day recheck_request_due(day reviewed) const noexcept { return reviewed + recheck_window; }
  /// Last day for the recheck opinion (L16); the days of a hearing (听证) are not counted.
  /// \pre hearing >= 0; asserted
  [[nodiscard]] constexpr day recheck_due(day asked, calendar_days hearing = {}) const noexcept {
    SIFANG_ASSERT(calendar_days(0) <= hearing);
    return asked + recheck + hearing;
  }
  /// Last day to accept a matter in simplified handling (L19).
  template <class = when_called>
  [[nodiscard]] day simplified_accept_due(day received, const working_calendar& calendar) const noexcept {
    return calendar.add(received, simplified_accept);
  }
  /// Last day to finish a matter in simplified handling (L19).
  template <class = when_called>
  [[nodiscard]] day simplified_reply_due(day accepted, const working_calendar& calendar) const noexcept {
    return calendar.add(accepted, simplified_handle);
  }
  /// Last day for the return visit, from the day it was scheduled.
  [[nodiscard]] constexpr day return_visit_due(day scheduled) const noexcept { return scheduled + return_visit; }
  /// Last day on which a return visit that was due can still be made (row 26).
  [[nodiscard]] constexpr day return_lapses(day due) const noexcept { return due + return_lapse; }

  /// The day that counts in practice: `due`, or the next workday where the option is on.
  template <class = when_called>
  [[nodiscard]] day last_day(day due, const working_calendar& calendar) const noexcept {
    return extend_to_workday ? calendar.next_workday(due) : due;
  }

  friend constexpr bool operator==(const legal_clocks&, const legal_clocks&) noexcept = default;
};

/// What about a matter changes its limits.
struct clock_circumstances {
  bool from_above = false;  ///< sent down by a higher level (L2)
  bool simplified = false;  ///< simplified handling (L19); a round that is opened again is not
};

/// Bare last day of any clock of the life cycle that starts on `started`.
template <class = when_called>
[[nodiscard]] inline day nominal_due(const legal_clocks& clocks, case_clock which, day started, const working_calendar& calendar,
                                     clock_circumstances how = {}) noexcept {
  switch (which) {
    case case_clock::route:
      return clocks.route_due(started, how.from_above);
    case case_clock::object:
      return clocks.objection_due(started, calendar);
    case case_clock::accept:
      return how.simplified ? clocks.simplified_accept_due(started, calendar) : clocks.accept_due(started);
    case case_clock::handle:
      return how.simplified ? clocks.simplified_reply_due(started, calendar) : clocks.reply_due(started);
    case case_clock::review_window:
      return clocks.review_request_due(started);
    case case_clock::review:
      return clocks.review_due(started);
    case case_clock::recheck_window:
      return clocks.recheck_request_due(started);
    case case_clock::recheck:
      return clocks.recheck_due(started);
    case case_clock::return_visit:
      return clocks.return_visit_due(started);
  }
  SIFANG_ASSERT(false);
  return started;
}

/// Last day, inclusive, of any clock that starts on `started`: the bare one, or the next workday if asked for.
template <class = when_called>
[[nodiscard]] inline day due_day(const legal_clocks& clocks, case_clock which, day started, const working_calendar& calendar,
                                 clock_circumstances how = {}) noexcept {
  return clocks.last_day(nominal_due(clocks, which, started, calendar, how), calendar);
}

}  // namespace sifang

#endif
