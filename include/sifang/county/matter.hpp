// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_MATTER_HPP
#define SIFANG_COUNTY_MATTER_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/reception/appointments.hpp"
#include "sifang/reception/return_visits.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/world.hpp"

#include <array>
#include <cstdint>

namespace sifang {

inline constexpr std::int32_t never = (std::numeric_limits<std::int32_t>::min)();  ///< a day that has not come

/// One grievance and, once it is registered, one petition matter (信访事项) in a replication.
///
/// What is given at birth is the same under every policy.
/// Days are days since 1970, `never` if they have not come.
struct alignas(64) matter {
  // What most events and the weekly look need stands first, in two lines of the cache.
  std::uint64_t entity = 0;                    ///< names its draws: day of birth × 2^16 + position in the day; given at birth
  std::uint32_t planned = ~0u;                 ///< generation of which the next main event is still to come; `year_audit` looks at it
  std::array<std::uint32_t, 2> generations{};  ///< of the main event, of the petitioner's next move: events of older ones are void
  std::uint32_t office = no_index,             ///< position among `world::offices`
      handler = no_index;                      ///< position among all handlers
  official_id owner,                           ///< 包案领导
      partner;                                 ///< holds the case together with the owner (联合包案), if anybody
  std::uint32_t subject = no_index,  ///< office whose matter it is (属事), `no_index` for the township of the place; given at birth
      township = 0,                  ///< position among `world::townships`; given at birth
      village = 0;                   ///< position among `world::villages`; given at birth
  std::int32_t registered = never,   ///< first registration
      route_from = never,            ///< day from which routing is counted
      accept_due = never,            ///< last day of acceptance
      reply_due = never,             ///< last day of the reply
      asked_on = never,              ///< day of asking for the review or recheck under way
      opinion_due = never;           ///< last day of its opinion
  std::uint32_t level_sums = 0,      ///< where results split by level count it: nowhere until a unit has it
      unit_sums = 0,                 ///< where results split by responsible unit count it
      venue_sums = 0;                ///< where results split by venue count it: nowhere until it is heard

  std::uint16_t category = 0,                ///< position among the scenario's categories; given at birth
      persons = 1,                           ///< persons who petition; given at birth
      attempts = 0,                          ///< visits decided on
      repeats = 0;                           ///< later registrations
  sifang::channel channel{};                 ///< by which it first comes in
  case_state state = case_state::none;       ///< where the file stands
  sifang::door door = sifang::door::remote;  ///< through which it last passed
  std::uint8_t bounces = 0,                  ///< objections agreed to
      rounds = 0,                            ///< times it was handled anew
      stage = 0,                             ///< pieces of work done in this round
      stages = 0;                            ///< pieces of work of this round
  std::uint8_t level = 0;         ///< to which it is brought first: 0 the county, 1 the city, 2 the province, 3 the nation; given at birth
  bool silent = false,            ///< does not come forward by itself; given at birth, as the next five are
      claim = false,              ///< an appeal or claim: review can be asked
      litigation = false,         ///< belongs to courts, arbitration or discipline
      cross_department = false,   ///< more than one department is concerned
      simplified = false,         ///< simplified handling (L19)
      local = false;              ///< handled by the township or park of the place
  bool heard_first = false,       ///< first registration was in person
      disputed = false,           ///< its units dispute who accepts it (L6)
      will_write = false,         ///< was not heard today and writes this evening
      settled = false,            ///< the grievance is gone (心事); `state` says what the file says
      overdue = false,            ///< has been late once; never erased
      late_now = false,           ///< the clock that runs now has run out
      long_pending = false,       ///< 积案
      listed = false,             ///< on the issue list, visit still to come on `meeting_on`
      extended = false,           ///< this round was extended (L11)
      content = false,            ///< what the petitioner thinks of the last reply
      misrouted = false,          ///< sent to a unit that is not competent
      visiting = false;           ///< is on the way to a session, or waits for its day or turn
  instant waits_until;            ///< while the handler waits for others
  std::int32_t accepted = never;  ///< day of acceptance
  std::uint32_t open_position = no_index,  ///< place in the list of open matters
      next_waiting = no_index;             ///< next in its office's line for a handler
  double complexity = 0;                   ///< standard normal plus the category's shift; given at birth

  double persistence = 0;        ///< standard normal; given at birth
  double odds = 0;               ///< added to the log odds by meetings and early finds
  double wait_luck = 0;          ///< of the wait that follows the piece of work under way
  std::int32_t born = never;     ///< day on which the grievance arises
  std::int32_t replied = never,  ///< day of the last reply
      first_replied = never;     ///< day of the first reply

  // The visit under way, if any.
  std::int32_t visit_series = -1;      ///< position among the plan's series, -1 for none
  std::uint32_t visit_turn = 0;        ///< turn of the series
  std::int32_t visit_decided = never,  ///< day of setting out
      visit_on = never;                ///< day of the session
  official_id visit_receiver;          ///< who heard them; invalid at the window
  venue visit_venue{};                 ///< kind of session

  venue first_venue{};                   ///< where it was first heard
  return_trigger trigger{};              ///< why a return visit is due
  bool from_above = false,               ///< came down from a higher level (L2)
      direct = false,                    ///< went straight to the unit (L3)
      rechecked = false,                 ///< the process ended with a recheck (L17), not with a window that ran out (L18)
      resolved = false,                  ///< settled, and not rebounded, at the horizon of resolution or, until then, now
      settled_at_end = false;            ///< the same at the end of the period
  sifang::door settled_door{};           ///< through which it had last passed when it settled
  instant meeting_placed;                ///< when the appointment of the day begins, once all have found the time
  instant visit_placed;                  ///< the same of the return visit
  field_place meeting_place{};           ///< where the appointment to come, or made last, goes (R19)
  bool coordination = false,             ///< while `listed`: the appointment is a coordination meeting, else on site (R20)
      placed_with_return = false;        ///< `meeting_placed` is for a return visit too, with those whom that needs
  std::uint8_t put_off = 0;              ///< times that the appointment was moved to another day
  bool backlog = false,                  ///< a long-pending case that was assigned on the first counted day
      comes_back = false,                ///< stands among those closed on paper who came again
      found_by_campaign = false,         ///< by household visit
      struck_off = false,                ///< from the wall chart (R26)
      return_tried = false,              ///< row 22 was taken once
      helped = false,                    ///< got help in hardship at a return visit (R30)
      by_bureau = false,                 ///< registered at the bureau, not in person with a leader
      closed_once = false,               ///< has been closed at some time, in whatever way
      recorded_repeat = false;           ///< the record calls its first registration a repeat, of another row (`replay_mode::as_recorded`)
  std::uint16_t rebounds = 0,            ///< returns after settlement
      returns = 0,                       ///< return visits made
      meetings = 0,                      ///< appointment visits made
      repeat_draws = 0;                  ///< draws used for the next move
  std::uint32_t recorded = no_index;     ///< position in the replayed load
  official_id responsible;               ///< responsible person of a wall-chart item (R25)
  std::int32_t routed = never,           ///< day of routing
      settled_on = never,                ///< day of the first settlement
      closed_on = never,                 ///< day of the last closing
      first_repeat_after_reply = never,  ///< day of the first repeat after `first_replied`
      chart_target = never,              ///< last day of the timetable on the wall chart (R25)
      rebound_on = never,                ///< day of the first rebound
      listed_on = never,                 ///< day it first came onto the issue list
      meeting_on = never,                ///< day of the appointment visit, while `listed`
      answered_on = never,               ///< day of an answer on the spot (row 0)
      intent_on = never,                 ///< day of deciding to speak in person for the first time; `never` for the silent
      leader_heard_on = never,           ///< day of being heard first by anybody but window staff
      county_heard_on = never,           ///< day of being heard first by a county-level leader
      first_routed = never,              ///< day of the first routing
      last_settled = never;              ///< day of the settlement that has not rebounded yet

  /// Whether there is a file: it was registered at some time.
  [[nodiscard]] bool is_registered() const noexcept { return state != case_state::none && state != case_state::answered_on_spot; }
  /// The one that the main event, or the petitioner's next move, must have. @{
  [[nodiscard]] std::uint32_t& generation() noexcept { return generations[0]; }
  [[nodiscard]] std::uint32_t& repeat_generation() noexcept { return generations[1]; }
  /// @}
};

}  // namespace sifang

#endif
