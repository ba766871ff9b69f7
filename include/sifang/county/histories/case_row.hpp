// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_HISTORIES_CASE_ROW_HPP
#define SIFANG_COUNTY_HISTORIES_CASE_ROW_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"
#include "sifang/petition/case_record.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/reception/return_visits.hpp"
#include "sifang/reception/setting.hpp"

#include <cstdint>
#include <optional>

namespace sifang {

/// The first interview of a case.
struct first_hearing {
  day on;                ///< day of the interview
  venue where{};         ///< kind of session
  unit_id place;         ///< unit at which it was held
  official_id receiver;  ///< who heard it; invalid at the window
  int days = 0;          ///< from setting out to the interview
  double minutes = 0;    ///< in the queue on the day
};

/// One case of the ledger (台账) as it stands when the replication is over: plain values. Days that have not come are empty.
struct case_row {
  std::uint32_t replication = 0;       ///< of which it was told
  std::uint64_t matter = no_matter;    ///< `matter::entity`, see `case_name`
  std::uint32_t recorded = no_index;   ///< position among `world::recorded`, if it is a recorded case
  day arisen;                          ///< day on which the grievance arose; before a silent one came forward
  instant registered;                  ///< first registration
  sifang::channel channel{};           ///< by which it came in
  petition_level level{};              ///< to which it was brought first
  sifang::door first_door{},           ///< by which it came in
      last_door{};                     ///< by which it last passed
  std::uint32_t category = 0,          ///< position among the scenario's categories
      subject = no_index,              ///< position among `world::offices` of the department in charge, `no_index` for the place
      village = 0,                     ///< position among `world::villages`
      township = 0;                    ///< position among `world::townships`
  int persons = 1;                     ///< who petition
  petition_type type{};                ///< a claim, or not
  bool simplified = false,             ///< simplified handling (L19)
      from_above = false;              ///< came down from a higher level (L2)
  std::optional<first_hearing> heard;  ///< if anybody has heard it
  official_id owner,                   ///< 包案领导; invalid for nobody
      partner;                         ///< holds it with the owner, if anybody
  three_guarantees guarantees;         ///< 三包 (R14): who answers for each; nobody where nobody owns it
  unit_id unit;                        ///< that has it, or had it last
  std::optional<dated_duty> running;   ///< the duty of bureau or unit that runs when the replication is over
  std::optional<day> routed,           ///< by a clerk, last time; none if a leader received it in person
      route_due,                       ///< when that was due
      accepted,                        ///< by the unit
      accept_due,                      ///< when that was due
      replied,                         ///< the first reply, or agreement
      reply_due,                       ///< when that was due, with its extension
      settled,                         ///< first peace (息诉息访)
      rebounded,                       ///< first petition after peace (反弹)
      closed,                          ///< last closing, in whatever way
      listed;                          ///< first time on the issue list (R17)
  std::optional<verdict> opinion;      ///< of the last written reply (L12)
  std::optional<told_rating> rating;   ///< what the petitioner said, if asked
  case_state state{};                  ///< where it stands
  int hearings = 0,                    ///< interviews, the first too
      successions = 0,                 ///< times that a successor in the owner's post took it over
      replies = 0,                     ///< written replies and agreements of all rounds
      late_replies = 0,                ///< of these, after the day on which they were due
      settlements = 0,                 ///< times of peace
      repeats = 0,                     ///< later registrations
      rebounds = 0,                    ///< petitions after peace
      objections = 0,                  ///< agreed to
      rounds = 0,                      ///< times it was handled anew
      extensions = 0,                  ///< granted
      meetings = 0,                    ///< appointment visits
      return_visits = 0;               ///< made
  bool backlog = false,                ///< a long-pending case that was taken over on the first counted day: registered long before
      found_by_campaign = false,       ///< by household visit
      struck_off = false,              ///< from the wall chart
      long_pending = false,            ///< 积案
      overdue = false;                 ///< some duty was late once

  std::optional<unsettled_reason> reason;  ///< that return visits found (R30), the last if several
  double help = 0;                         ///< in hardship, given at return visits, yuan
};

}  // namespace sifang

#endif
