// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CASE_STEP_HPP
#define SIFANG_PETITION_CASE_STEP_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/petition/life_cycle.hpp"

#include <optional>
#include <string>

/// \file
/// What a history is made of, and what a new step is judged by. Plain values.

namespace sifang {

/// What a step is judged by: the limits, the cutoff, and which days are workdays.
struct case_rules {
  legal_clocks clocks;         ///< how long each limit is, in days of its own kind
  long_pending_cutoff cutoff;  ///< from when an open case is long-pending (row 23)
  working_calendar calendar;   ///< what limits in workdays and moved due days are counted by
};

/// What is known of a step beside its event and time. The defaults are an ordinary, lawful step; what
/// needs evidence (a ground, a route, who was there) has none by default.
struct step_facts {
  official_id who;   ///< who did it; the receiving leader in row 7
  unit_id where;     ///< place of the step
  unit_id unit;      ///< unit that the matter is sent to (rows 4, 7) or that accepts it (row 6)
  std::string note;  ///< free text that is kept with the step; decides nothing

  std::optional<other_route> other;      ///< row 2
  std::optional<refusal_ground> ground;  ///< row 3
  std::optional<case_id> earlier;        ///< row 3: case that the registration is attached to
  bool agreed = true;                    ///< row 5: the bureau consents
  calendar_days extension{30};           ///< row 9
  bool petitioner_told = true;           ///< row 9
  std::optional<verdict> opinion;        ///< rows 11 and 14
  bool commitment_kept = true;           ///< row 12
  bool right_body = true;                ///< row 13: asked of the superior
  bool good_cause = false;               ///< rows 13 and 16: good cause for a late request (L18)
  bool owner_there = false,              ///< row 22: the leader who owns the case is at the visit (R29)
      place_unit_there = false,          ///< row 22: so is the responsible person of the place unit (R29)
      matter_unit_there = false;         ///< row 22: and that of the matter unit (R29)
};

/// One step of the story.
struct case_step {
  instant at;          ///< never before the step in front of it
  case_event event{};  ///< what happened; with `from` it names the row of the table
  case_state from{},   ///< state before
      to{};            ///< state after; the same for flags (rows 23 and 24) and for an extension
  official_id who;     ///< invalid where nobody was named
  unit_id where;       ///< invalid where no place was named
  std::string note;    ///< as the step's facts gave it
};

/// One run of one clock.
struct clock_run {
  case_clock which{};          ///< a clock may run several times, one round after another
  day started;                 ///< day of the step that started it; counting begins the day after
  day nominal;                 ///< last day before any move to a workday
  day due;                     ///< last day, inclusive
  std::optional<day> stopped;  ///< day on which the step was done or fell away; none while it runs
  bool cancelled = false;      ///< the duty fell away: neither met nor missed
  bool extended = false;       ///< once is all there is (L11)
  bool expiry_noted = false;   ///< row 24 was recorded for this run

  /// Not stopped yet, be the due day past or not.
  [[nodiscard]] constexpr bool running() const noexcept { return !stopped; }
  /// Done on the due day or before; false while it runs and if the duty fell away.
  [[nodiscard]] constexpr bool met() const noexcept { return stopped && !cancelled && is_in_time(*stopped, due); }
};

/// The case passes from one owner to another; the first has no `from` (R13).
struct handover {
  instant at;          ///< from then on `to` owns the case
  official_id from,    ///< invalid for the first owner
      to;              ///< always valid
  std::string reason;  ///< required after the first: an owner keeps a case to the end (R13)
};

/// What the petitioner says of one body.
struct rating {
  instant at;     ///< not before the reply or agreement
  body whom{};    ///< rated at most once for each case
  grade given{};  ///< how content the petitioner is with that body
};

}  // namespace sifang

#endif
