// SPDX-License-Identifier: BSL-1.0
// What the mistakes beside this file should have been.
#include "sifang/assign/ownership.hpp"
#include "sifang/calendar/recurrence.hpp"
#include "sifang/calendar/working_calendar.hpp"
#include "sifang/org.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/engine/event_queue.hpp"

bool below(const sifang::county_tree& tree, sifang::unit_id where) { return tree.contains(tree.root(), where); }
sifang::day objection(const sifang::working_calendar& calendar, sifang::day received) {
  return calendar.add(received, sifang::working_days(5));
}
sifang::day reply(const sifang::legal_clocks& law, sifang::day accepted) { return law.reply_due(accepted, sifang::calendar_days(30)); }
sifang::instant closing(sifang::instant opening) { return opening + sifang::minutes(180); }
bool is_village(sifang::unit_kind kind) { return sifang::level_of(kind) == sifang::level::village; }

struct by_lot {
  sifang::official_id owner(const sifang::ownership_request& r, const sifang::caseload_view&) const { return r.receiver; }
};
static_assert(sifang::ownership_policy<by_lot>);

int days_of_a_rule() {
  const auto fifteenth = sifang::recurrence::day_of_month(15);
  int n = 0;
  for ([[maybe_unused]] sifang::day d : fifteenth.days(sifang::day(2022, 1, 1), sifang::day(2022, 12, 31))) ++n;
  return n;
}
sifang::heap_queue<sifang::event<double>> queue;
constexpr sifang::unit_id third(3);
constexpr sifang::day fifteenth_of_january(2022, 1, 15);

struct closed_club : sifang::county_traits {
  static constexpr bool may_sit(sifang::role rank, sifang::relation, sifang::unit_kind) { return rank == sifang::role::principal_leader; }
};
static_assert(sifang::organisation_traits<closed_club>);
sifang::basic_organisation<closed_club> club;
struct opinion_cycle : sifang::petition_cycle {
  static constexpr bool is_right(sifang::case_clock) { return true; }
};
template <>
inline constexpr sifang::basic_transition<opinion_cycle> sifang::life_cycle_of<opinion_cycle>[] = {
    {1, case_state::none, case_event::arrive, case_state::registered},
    {2, case_state::registered, case_event::divert, case_state::diverted}};
static_assert(sifang::next<opinion_cycle>(sifang::case_state::none, sifang::case_event::arrive) == sifang::case_state::registered);
