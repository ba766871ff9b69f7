// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CASE_STEP_HPP
#define SIFANG_PETITION_CASE_STEP_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/petition/step.hpp"

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
  bool return_visits = true;   ///< the county makes return visits (R27, R28); else a rebound is handled anew at once (row 21)

  /// The day that counts in practice: `nominal`, or the next workday where the option is on.
  template <class = when_called>
  [[nodiscard]] day last_day(day nominal) const noexcept {
    return clocks.last_day(nominal, calendar);
  }
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

using case_step = basic_case_step<petition_cycle>;  ///< one step of the story of a matter
using clock_run = basic_clock_run<case_clock>;      ///< one run of one clock of a matter

/// The case passes from one owner to another; the first has no `from` (R13).
struct handover {
  instant at;          ///< from then on `to` owns the case
  official_id from,    ///< invalid for the first owner; the same as `to` where a successor in the post takes over
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
