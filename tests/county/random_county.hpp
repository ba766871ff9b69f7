// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_SIM_RANDOM_COUNTY_HPP
#define SIFANG_TESTS_SIM_RANDOM_COUNTY_HPP

#include "sifang/petition/case_load.hpp"
#include "small_world.hpp"

#include <cstdint>
#include <random>
#include <stdexcept>
#include <string>

/// Small counties of any shape under any rules: what holds of every county is tried on many of them.
namespace sifang_tests {

/// The same numbers on every machine.
class dice {
 public:
  explicit dice(std::uint64_t seed) : bits_(seed) {}
  /// One of 0 … n-1.
  int below(int n) { return static_cast<int>(bits_() % static_cast<std::uint64_t>(n)); }
  double between(double a, double b) { return a + (b - a) * static_cast<double>(bits_() >> 11) * 0x1p-53; }
  bool in(int n) { return below(n) == 0; }  ///< once in n times
  template <class Enum>
  Enum any() {
    return static_cast<Enum>(below(static_cast<int>(std::size(sifang::names_of<Enum>))));
  }

 private:
  std::mt19937_64 bits_;
};

/// One to three townships of one to three villages, one to three departments, a park or none, one to four leaders.
inline county_tables random_tables(dice& d) {
  using enum sifang::unit_kind;
  using enum sifang::role;
  using enum sifang::relation;
  county_tables c;
  const auto unit = [&](const std::string& code, const std::string& parent, sifang::unit_kind kind, double population, double km) {
    sifang::unit u{code, "the " + code, kind};
    u.population = population;
    u.distance_km = km;
    c.units.push_back(u);
    c.parents.push_back(parent);
  };
  unit("county", "", county, 9000, 0);
  unit("school", "county", party_school, 0, 0);
  unit("bureau", "county", petition_bureau, 0, 0);
  c.posts = {{"secretary", principal_leader, "county"}, {"clerk-1", bureau_staff, "bureau"}};
  if (d.in(2)) c.posts.push_back({"county-head", principal_leader, "county"});
  const int leaders = 1 + d.below(4);
  const auto leader = [&] { return "leader-" + std::to_string(d.below(leaders)); };
  for (int i = 0; i < leaders; ++i) c.posts.push_back({"leader-" + std::to_string(i), county_leader, "county"});
  const auto office = [&](const std::string& code, sifang::unit_kind kind, sifang::relation how) {
    unit(code, "county", kind, 0, kind == township || kind == subdistrict ? d.between(2, 40) : 0);
    c.posts.push_back({code + "-head", unit_head, code});
    c.links.push_back({code + "-head", heads, code});
    c.links.push_back({leader(), how, code});
  };
  const int departments = 1 + d.below(3);
  for (int i = 0; i < departments; ++i) office(i == 0 ? "land" : "bureau-" + std::to_string(i), department, in_charge_of);
  if (d.in(2)) office("park", industrial_park, liaises_with);
  const int townships = 1 + d.below(3);
  for (int t = 0; t < townships; ++t) {
    const std::string town = "town-" + std::to_string(t);
    office(town, d.in(3) ? subdistrict : township, linked_to);
    const int villages = 1 + d.below(3);
    for (int v = 0; v < villages; ++v) {
      const std::string village_code = town + "-v" + std::to_string(v), member = town + "-m" + std::to_string(v);
      unit(village_code, town, d.in(3) ? community : village, d.between(500, 4000), d.between(2, 50));
      c.posts.push_back({member, team_member, town});
      c.links.push_back({member, member_of, town});
      c.links.push_back({member, linked_to, village_code});
    }
  }
  return c;
}

/// Half a year with load, people, doors, rules and limits drawn far from the article's.
inline sifang::scenario random_scenario(dice& d) {
  using namespace sifang;
  scenario s = small_scenario();
  s.seed = static_cast<std::uint64_t>(d.below(1000000));
  s.start = day(2022, 1 + static_cast<unsigned>(d.below(9)), 1 + static_cast<unsigned>(d.below(28)));
  s.end = s.start + calendar_days(60 + d.below(200));
  s.warm_up = calendar_days(d.below(120));
  s.run_out = calendar_days(d.below(120));
  s.load.matters_per_year = d.between(50, 400);
  s.load.silent_share = d.between(0, 0.5);
  s.load.silent_days = d.between(5, 200);
  s.load.claim_share = d.between(0, 1);
  s.load.backlog = d.in(2) ? 0 : d.below(12);
  s.load.backlog_hardness = d.between(0, 2);
  for (category_setting& c : s.categories) {
    c.litigation_share = d.between(0, 0.2);
    c.further_share = d.between(0, 1);
    c.enterprise_share = 0.3;
    c.project_share = 0.2;
    for (int n = d.below(3); n > 0; --n) c.further_units.push_back(d.in(2) ? "land" : "town-0");
  }
  s.choice.patience_minutes = d.between(10, 300);
  s.choice.come_back_share = d.between(0, 1);
  for (session_kind& one : s.reception.sessions) {
    if (one.irregular) continue;
    one.open = !d.in(6);
    one.length = minutes(30 + d.below(300));
    one.on_rest_day = d.any<day_convention>();
  }
  s.reception.collision = d.any<collision_policy>();
  s.reception.roster = d.any<roster_rule>();
  s.reception.queue_order = d.any<queue_rule>();
  s.reception.closing = d.any<closing_policy>();
  s.reception.substitution = d.any<substitution_rule>();
  s.reception.irregular_target = d.any<hot_spot_rule>();
  s.reception.irregular_per_month = d.between(0, 5);
  s.reception.absence_rate = d.between(0, 0.5);
  s.reception.absence_days = calendar_days(1 + d.below(20));
  s.reception.on_spot_share = d.between(0, 0.8);
  s.reception.on_spot_again_share = d.between(0, 1);
  s.county.travel_speed = d.between(5, 80);
  s.county.preparation = minutes(d.below(60));
  s.reception.screened_share = d.in(2) ? 0 : d.between(0, 0.5);
  s.reception.booked_share = d.in(2) ? 0 : d.between(0, 1);
  s.reception.interview_minutes = d.between(5, 90);
  s.ownership.rule = d.any<ownership_rule>();
  s.ownership.cap = 1 + d.below(10);
  s.routing.rule = d.any<routing_rule>();
  s.routing.clerks = 1 + d.below(3);
  s.routing.minutes_per_matter = d.between(1, 400);
  s.routing.misroute_probability = d.between(0, 0.7);
  s.routing.objection_agreed = d.between(0, 1);
  s.routing.accept_days_mean = d.between(0.5, 20);
  s.routing.simplified_share = d.between(0, 0.8);
  s.handling.order = d.any<handling_rule>();
  s.handling.extension = d.any<extension_rule>();
  s.handling.case_limit = 1 + d.below(20);
  s.handling.accept_minutes = d.between(0, 300);
  s.handling.wait_days_mean = d.between(0, 40);
  s.handling.mediation_share = d.between(0, 1);
  s.settlement.intercept = d.between(-2, 3);
  s.settlement.decide_days = d.between(0.1, 30);
  s.rating.participation = d.between(0, 1);
  s.rating.unsettled_participation = d.between(0, 1);
  s.review.ask_share = d.between(0, 1);
  s.review.upheld_share = d.between(0, 1);
  s.review.recheck_share = d.between(0, 1);
  s.review.hearing_share = d.between(0, 1);
  s.review.hearing_days = d.between(0, 30);
  s.repeats.open_days = d.between(3, 100);
  s.repeats.after_close_share = d.between(0, 1);
  s.repeats.rebound_share = d.between(0, 0.7);
  s.repeats.rebound_days = d.between(1, 60);
  s.repeats.skip_level_share = d.between(0, 1);
  s.appointments.open = !d.in(4);
  s.appointments.list_length = d.below(30);
  s.appointments.threshold = d.between(0, 1.5);
  if (d.in(3)) s.appointments.recur = {d.in(2) ? recurrence::weekly(weekday::tuesday) : recurrence::day_of_month(1 + d.below(28))};
  s.appointments.long_pending_age = calendar_days(10 + d.below(150));
  s.appointments.field_days_per_month = d.between(0, 6);
  s.campaign.open = !d.in(4);
  s.campaign.first = day(2022, 1 + static_cast<unsigned>(d.below(12)), 1 + static_cast<unsigned>(d.below(28)));
  s.campaign.find_probability = d.between(0, 1);
  s.campaign.strike_off = d.any<strike_off_rule>();
  s.campaign.cadre_share = d.in(3) ? 1 : d.between(0, 1);
  s.county.cadres = d.below(60);
  s.campaign.days = 1 + d.below(8);
  s.campaign.opinions_per_household = d.between(0, 2);
  s.campaign.handling_share = d.between(0, 1);
  s.campaign.item_work = minutes(d.below(600));
  s.return_visits.open = !d.in(4);
  s.clocks.return_visit = calendar_days(d.below(40));
  s.return_visits.visits_per_week = d.below(10);
  s.return_visits.reopened_share = d.between(0, 1);
  s.clocks.extend_to_workday = d.in(2);
  s.clocks.route = calendar_days(1 + d.below(20));
  s.clocks.accept = calendar_days(1 + d.below(20));
  s.clocks.handle = calendar_days(2 + d.below(80));
  s.clocks.extension = calendar_days(d.below(31));
  s.clocks.review_window = calendar_days(1 + d.below(40));
  s.clocks.recheck_window = calendar_days(1 + d.below(40));
  dice of_posts(s.seed);
  s.posts.turnover_per_year = of_posts.in(4) ? 0 : of_posts.between(0, 1);
  s.posts.vacant_days = calendar_days(of_posts.in(3) ? 0 : of_posts.below(180));
  s.posts.handover_effect = of_posts.between(-2, 1);
  return s;
}

/// Holidays and make-up workdays at random, in the days around a scenario's.
inline sifang::working_calendar random_calendar(dice& d, const sifang::scenario& s) {
  using namespace sifang;
  std::vector<calendar_exception> notices;
  if (d.in(3)) return {};
  for (day on = s.first(); on <= s.last(); on = on + calendar_days(1 + d.below(20))) {
    const bool rests = on.weekday() == weekday::saturday || on.weekday() == weekday::sunday;
    notices.push_back({on, rests ? day_kind::makeup_workday : day_kind::statutory_holiday, ""});
  }
  if (notices.empty()) return {};
  return working_calendar(notices);
}

/// A kind of session more: who sits there, where, when and for whom, at random.
inline sifang::session_kind random_kind(dice& d) {
  using namespace sifang;
  session_kind k;
  k.id = "further";
  k.title_en = "Further sessions";
  k.title_zh = "其他接访";
  k.roles = {d.in(2) ? role::county_leader : d.in(2) ? role::unit_head : role::team_member};
  if (d.in(2)) {
    k.at = {d.in(2) ? unit_kind::township : unit_kind::party_school};
  } else if (d.in(2)) {
    k.units = {"town-0"};
  } else {
    k.relations = {k.roles.front() == role::county_leader ? relation::linked_to
                   : k.roles.front() == role::unit_head   ? relation::heads
                                                          : relation::member_of};
  }
  k.places_in_turn = k.relations.empty() && d.in(2);
  k.receivers = k.relations.empty() ? 1 : d.below(2);
  k.recur = {recurrence::weekly(static_cast<weekday>(d.below(5)))};
  k.start = minutes(d.in(2) ? 8 * 60 + 30 : 14 * 60);
  k.length = minutes(30 + d.below(200));
  k.precedence = d.below(5);
  k.catchment = d.any<catchment_rule>();
  if (d.in(3)) k.areas = {"town-0"};
  k.video = d.in(3);
  k.publicity = d.in(2) ? 1 : d.between(0, 1);
  k.appeal = d.between(0, 4);
  k.share = d.between(0, 1);
  return k;
}

/// Whatever parameters `random_scenario` leaves alone: some of all that there are are put to an end of their ranges, as far as the
/// scenario stays one; not the period, nor the load.
inline void turn_some(dice& d, sifang::scenario& s, const sifang::organisation& org, int how_many) {
  std::vector<knob> knobs = knobs_of(s);
  for (int i = 0; i < how_many; ++i) {
    knob& one = knobs[static_cast<std::size_t>(d.below(static_cast<int>(knobs.size())))];
    const std::size_t end = one.to_an_end.empty() ? 0 : static_cast<std::size_t>(d.below(static_cast<int>(one.to_an_end.size())));
    const bool of_size = one.key.starts_with("scenario.") || one.key.starts_with("load.m") || one.key == "load.backlog";
    if (one.to_an_end.empty() || of_size) continue;
    one.to_an_end[end]();
    if (!check(s).empty() || !check(s, org).empty()) one.back();
  }
}

/// Cases as a record has them, with whatever a record may leave out.
inline sifang::case_load random_load(dice& d, const sifang::scenario& s, const county_tables& tables) {
  using namespace sifang;
  case_load out;
  for (int i = 0, n = 20 + d.below(60); i < n; ++i) {
    recorded_case& c = out.cases.emplace_back();
    c.id = std::to_string(i);
    c.date = s.first() + calendar_days(d.below((s.last() - s.first()).count + 1));
    if (d.in(2)) c.time = minutes(d.below(24 * 60 + 1));
    do c.place_code = tables.units[static_cast<std::size_t>(d.below(static_cast<int>(tables.units.size())))].code;
    while (!c.place_code.starts_with("town"));
    c.category = s.categories[static_cast<std::size_t>(d.below(static_cast<int>(s.categories.size())))].id;
    c.channel = d.any<channel>();
    c.group_size = 1 + d.below(12);
    if (d.in(2)) c.acceptance = calendar_days(d.below(30));
    if (d.in(2)) c.handling = calendar_days(d.below(90));
    if (d.in(2)) c.settled = d.in(2);
    if (d.in(4)) c.repeat = d.in(2);
    if (d.in(4)) c.unit_code = tables.units[static_cast<std::size_t>(d.below(static_cast<int>(tables.units.size())))].code;
    if (d.in(4)) c.owner_post = tables.posts[static_cast<std::size_t>(d.below(static_cast<int>(tables.posts.size())))].post;
    if (d.in(4)) c.satisfaction = d.any<grade>();
  }
  return out;
}

/// The county that a number stands for. \throws std::runtime_error with the fault, if it is none
inline sifang::world random_world(std::uint64_t number) {
  dice d(number);
  const county_tables tables = random_tables(d);
  auto made = small_world(random_scenario(d), tables);
  if (!made) throw std::runtime_error(to_string(made.faults().front()));
  return *std::move(made);
}

/// The same, drawn wider: with vacancies and holidays, now and then a kind of session more or a recorded load, and any parameter at an end
/// of its range. \throws std::runtime_error with the fault, if it is none
inline sifang::world wide_random_world(std::uint64_t number) {
  dice d(number);
  county_tables tables = random_tables(d);
  if (d.in(4)) {  // a vacancy here and there: units without a head, townships and departments without a leader, villages without a member
    std::erase_if(tables.links, [&](const link_row&) { return d.in(8); });
  }
  sifang::scenario s = random_scenario(d);
  if (d.in(3)) s.reception.sessions.push_back(random_kind(d));
  auto org = tables.build();
  if (!org) throw std::runtime_error(to_string(org.faults().front()));
  turn_some(d, s, *org, d.below(12));
  auto calendar = random_calendar(d, s);
  const sifang::case_load load = random_load(d, s, tables);
  if (d.in(2)) s.replay.mode = d.any<sifang::replay_mode>();
  if (d.in(2)) s.replay.resample = d.any<sifang::resampling>();
  if (d.in(2)) s.replay.scale = d.below(13) / 4.0;
  s.replay.generated = d.in(2);
  auto made = sifang::world::make(s, *std::move(org), std::move(calendar), d.in(3) ? &load : nullptr);
  if (!made) throw std::runtime_error(to_string(made.faults().front()));
  return *std::move(made);
}

}  // namespace sifang_tests

#endif
