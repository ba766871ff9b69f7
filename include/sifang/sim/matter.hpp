// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_MATTER_HPP
#define SIFANG_SIM_MATTER_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/reception/return_visits.hpp"
#include "sifang/sim/metrics.hpp"
#include "sifang/sim/world.hpp"

#include <cstdint>

namespace sifang {

inline constexpr std::int32_t never = std::numeric_limits<std::int32_t>::min();  ///< a day that has not come

/// One grievance and, once it is registered, one petition matter (信访事项) in a replication.
///
/// What is given at birth comes first and is the same under every policy; what happens to it follows.
/// Days are days since 1970, `never` if they have not come.
struct matter {
  // Given at birth.
  std::uint64_t entity = 0;  ///< names its draws: day of birth × 2^16 + position in the day
  double complexity = 0;     ///< standard normal plus the category's shift
  double persistence = 0;    ///< standard normal
  std::int32_t born = never;
  std::uint32_t village = 0, township = 0;
  std::uint32_t recorded = no_index;  ///< position in the replayed load
  std::uint16_t category = 0, persons = 1;
  sifang::channel channel{};
  bool silent = false, claim = false, litigation = false, cross_department = false, simplified = false, local = false;

  // Where it stands.
  case_state state = case_state::none;
  case_door door = case_door::remote;
  venue first_venue = venue::window;
  bool heard_first = false;       ///< first registration was in person
  bool settled = false;           ///< the grievance is gone (心事); `state` says what the file says
  bool overdue = false;           ///< has been late once; never erased
  bool late_now = false;          ///< the clock that runs now has run out
  bool long_pending = false, listed = false, extended = false, content = false;
  bool misrouted = false, found_by_campaign = false, struck_off = false, return_tried = false, by_bureau = false;
  bool closed_once = false;
  return_trigger trigger{};
  std::uint8_t bounces = 0, rounds = 0, stage = 0, stages = 0;
  std::uint16_t attempts = 0, repeats = 0, rebounds = 0, returns = 0, meetings = 0, repeat_draws = 0;
  double odds = 0;                ///< added to the log odds by meetings and early finds
  std::uint32_t office = no_index, handler = no_index;
  std::uint32_t next_waiting = no_index;  ///< next in its office's line for a handler
  official_id owner;              ///< 包案领导
  official_id partner;            ///< holds the case together with the owner (联合包案), if anybody
  official_id responsible;        ///< responsible person of a wall-chart item (R25)
  std::int32_t registered = never, route_from = never, routed = never, accept_due = never, accepted = never, reply_due = never,
               replied = never, first_replied = never, settled_on = never, closed_on = never, first_repeat_after_reply = never,
               chart_target = never, rebound_on = never, listed_on = never;
  instant waits_until;                     ///< while the handler waits for others
  std::uint32_t open_position = no_index;  ///< place in the list of open matters
  std::uint32_t generation = 0;            ///< of the main event; older ones are void
  std::uint32_t repeat_generation = 0;     ///< of the petitioner's next move

  // The visit under way, if any.
  bool visiting = false;
  venue visit_venue{};
  std::uint32_t visit_turn = 0;
  std::int32_t visit_series = -1;
  std::int32_t visit_decided = never;
  official_id visit_receiver;
};

}  // namespace sifang

#endif
