// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_SIM_RANDOM_COUNTY_HPP
#define SIFANG_TESTS_SIM_RANDOM_COUNTY_HPP

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
  for (category_setting& c : s.categories) c.litigation_share = d.between(0, 0.2);
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
  s.appointments.long_pending_age = calendar_days(10 + d.below(150));
  s.appointments.field_days_per_month = d.between(0, 6);
  s.campaign.open = !d.in(4);
  s.campaign.first = day(2022, 1 + static_cast<unsigned>(d.below(12)), 1 + static_cast<unsigned>(d.below(28)));
  s.campaign.find_probability = d.between(0, 1);
  s.campaign.strike_off = d.any<strike_off_rule>();
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
  return s;
}

/// The county that a number stands for. \throws std::runtime_error with the fault, if it is none
inline sifang::world random_world(std::uint64_t number) {
  dice d(number);
  const county_tables tables = random_tables(d);
  auto made = small_world(random_scenario(d), tables);
  if (!made) throw std::runtime_error(to_string(made.faults().front()));
  return *std::move(made);
}

}  // namespace sifang_tests

#endif
