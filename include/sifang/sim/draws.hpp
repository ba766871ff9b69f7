// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_DRAWS_HPP
#define SIFANG_SIM_DRAWS_HPP

#include <cstdint>

namespace sifang {

/// The name of every chance in a replication. A draw is a function of (seed, replication, entity,
/// purpose, index) and of nothing else (METHODS 2), so the same grievance has the same luck under
/// every policy. New purposes go to the end: their numbers are part of the results' bytes.
enum class draw : std::uint32_t {
  // entity: a day
  arrivals,
  // entity: a grievance
  village, category, minute, channel, group, size, complexity, persistence, silent, silent_days, claim, litigation,
  cross_department, simplified, local,
  // entity: a grievance; index: attempt
  venue_choice, screened, booked, arrival_minute, interview, patience, come_back,
  // entity: a grievance; index: routing
  routing_work, misroute, misroute_unit, misroute_found, objection_agreed, objection_days, accept_days,
  // entity: a grievance; index: round of handling (stages: round × 64 + stage)
  stages, stage_work, stage_wait, mediation, opinion, settle, decide_days,
  ask_review, upheld, review_days, review_settle, ask_recheck, recheck_days, hearing,
  participation, authority_rating, bureau_rating,
  // entity: a grievance; index: repeat, rebound or visit number
  repeat_after, repeat_again, repeat_channel, rebound, rebound_after, return_settle, return_reopen, instrument, turnout,
  campaign_reached, campaign_found, campaign_day,
  // entity: an official; index: day
  absence,
  // entity: a month
  irregular_day, irregular_place,
};

}  // namespace sifang

#endif
