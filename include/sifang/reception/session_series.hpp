// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_SESSION_SERIES_HPP
#define SIFANG_RECEPTION_SESSION_SERIES_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/org/unit.hpp"
#include "sifang/reception/session_kind.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

/// \file
/// Sessions as a plan has them: by place, by date, and what follows from their kind in one county.

namespace sifang {

/// One place at which one kind of session is held again and again by the same people.
///
/// A person with several places goes round: the session takes place on every `period`-th date of the
/// kind, beginning with the one at position `phase`.
struct reception_series {
  venue where{};                   ///< kind of session
  unit_id place;                   ///< unit at which it is held
  std::uint32_t period = 1,        ///< in dates of the kind
      phase = 0;                   ///< position of its first date among those of the kind, less than `period`
  std::uint32_t first_person = 0,  ///< start of its slice of the plan's table of people
      persons = 0;                 ///< length of the slice
  std::uint32_t lane = 0,          ///< position among the places that share its people on one day
      lanes = 0;                   ///< such places; 0 where the people are the place's own
};

/// One dated session: time, place and people are fixed (三固定, R1).
struct reception_session {
  venue where{};                    ///< kind of session
  unit_id place;                    ///< unit at which it is held
  day date;                         ///< day on which it is held
  minutes start,                    ///< minutes after midnight
      length;                       ///< planned; overtime comes on top
  std::vector<official_id> people;  ///< who sit, absences apart
  std::string_view rule;            ///< the rule that asks for it; empty if none does
};

/// A leader who is needed in two places at the same time (DOMAIN 1.6(2)).
struct double_booking {
  day date;              ///< the day
  official_id who;       ///< the leader
  venue kept{},          ///< session at which the leader sits
      missed{};          ///< session at which the leader is missed
  unit_id missed_place;  ///< place of the one missed
};

/// What follows from a kind of session in one county.
struct session_traits {
  sifang::level level{};          ///< of the authority that hears: the county's where leaders of the county sit
  reception_rule counts_for{};    ///< what its empty seats are counted against
  int seniority = 0;              ///< of the ear, by the first role: 0 (team member or clerk) to 3 (principal leader)
  std::uint32_t luck = 0;         ///< from its name: what luck is drawn under, whatever kinds stand before it
  bool takes_turns = false,       ///< its people are more than sit
      by_clerks = false,          ///< no leader sits
      irregular = false,          ///< has no days of its own (R4)
      travels = false,            ///< its people come to the place from elsewhere
      of_county_leaders = false;  ///< leaders of the county sit: held whether anybody comes or not
};

}  // namespace sifang

#endif
