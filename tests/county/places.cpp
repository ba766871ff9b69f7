// SPDX-License-Identifier: BSL-1.0
// Nobody is in two places, and each place is there for somebody: on years of every shipped scenario.
#include "catch.hpp"
#include "sifang/county/replication.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

std::vector<std::string> shipped_scenarios() {
  std::vector<std::string> out;
  for (const auto& file : std::filesystem::directory_iterator(std::string(SIFANG_SOURCE_DIR) + "/simulations/scenarios")) {
    if (file.path().extension() == ".toml") out.push_back(file.path().stem().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Where an official is on a day, from when to when.
struct stay {
  minutes from, to;
  unit_id where;
  bool session = false;  ///< who still is elsewhere comes later, or not at all; to all else nobody is late
  minutes overtime{};    ///< of `to`
};

/// Who is where, as it is told.
struct whereabouts {
  static constexpr auto hooks =
      sifang::hooks<hook::started, hook::seated, hook::unvisited, hook::session, hook::meeting, hook::return_visit>;
  const world* w = nullptr;
  std::map<std::pair<official_id, day>, std::vector<stay>> stays;
  std::map<std::pair<std::uint64_t, instant>, std::vector<official_id>> meetings;  ///< who was at a meeting of a matter

  void started(const world& county, std::uint32_t) {
    w = &county;
    stays.clear();
    meetings.clear();
  }
  void seated(const reception_series& s, day d, std::span<const official_id> people, std::size_t) {
    const bool irregular = w->plan().traits(s.where).irregular;
    const minutes from = irregular ? minutes(9 * 60) : w->plan().start(s.where);
    const minutes length = irregular ? w->setting().reception.irregular_length : w->plan().length(s.where);
    for (official_id who : people) stays[{who, d}].push_back({from, from + length, s.place, true});
  }
  void unvisited(const reception_series& s, day d, std::span<const official_id> people, std::size_t seats) { seated(s, d, people, seats); }
  void session(const reception_series&, day d, std::span<const official_id> people, const session_totals& t) {
    for (official_id who : people) {
      auto& of_day = stays[{who, d}];
      if (of_day.empty()) continue;  // clerks at the window are told here alone
      of_day.back().overtime = minutes(static_cast<std::int32_t>(std::ceil(t.overtime)));
    }
  }
  void meeting(instant at, const matter& m, std::span<const official_id> people, meeting_kind kind, const meeting_setting& how) {
    const bool returns = m.state == case_state::return_visit_due && w->setting().return_visits.open;
    const unit_id where =
        kind == meeting_kind::coordination && !returns ? w->townships()[m.township].where : w->villages()[m.village].where;
    const minutes length = returns ? how.length + w->setting().return_visits.length : how.length;
    std::vector<official_id>& there = meetings[{m.entity, at}];
    for (official_id who : people) {
      there.push_back(who);
      stays[{who, at.date()}].push_back({at.minute_of_day(), at.minute_of_day() + length, where});
    }
  }
  void return_visit(instant at, const matter& m, const told_return_visit& v) {
    const auto with = meetings.find({m.entity, at});
    std::set<official_id> party{m.owner, v.place_head, v.matter_head};
    for (official_id who : party) {
      if (!who.valid()) continue;
      if (with == meetings.end())
        stays[{who, at.date()}].push_back(
            {at.minute_of_day(), at.minute_of_day() + w->setting().return_visits.length, w->villages()[m.village].where});
      else
        CHECK(std::find(with->second.begin(), with->second.end(), who) != with->second.end());
    }
  }
};

/// What official and day have of being in two places; else nothing. \returns how many duties followed on another one
std::size_t in_two_places(const world& w, const whereabouts& told, std::vector<std::string>& out) {
  std::size_t followed = 0;
  for (const auto& [who_and_day, of_day] : told.stays) {
    std::vector<stay> stays = of_day;
    std::sort(stays.begin(), stays.end(), [](const stay& a, const stay& b) { return a.from < b.from; });
    for (std::size_t i = 1; i < stays.size(); ++i) {
      ++followed;
      for (std::size_t k = 0; k < i; ++k) {
        const minutes there = stays[k].to + (stays[i].session ? minutes(0) : stays[k].overtime) + w.way(stays[k].where, stays[i].where);
        if (stays[i].from < there)
          out.push_back(w.org()[who_and_day.first].post + " on " + to_string(who_and_day.second) + " at " +
                        std::to_string(stays[i].from.count) + ", elsewhere until " + std::to_string(there.count));
      }
    }
  }
  return followed;
}

}  // namespace

TEST_CASE("M10: nobody is in two places, with the way between them, in any shipped scenario") {
  for (const std::string& name : shipped_scenarios()) {
    CAPTURE(name);
    const world w = xiapu({"scenario.warm_up=60", "scenario.run_out=0"}, name);
    replication<policies<>, whereabouts> year(w, {}, {});
    (void)year.run(0);
    std::vector<std::string> found;
    CHECK(in_two_places(w, year.observer(), found) > 20);
    CHECK(found == std::vector<std::string>{});
  }
}

TEST_CASE("M10: nor where sessions go on for hours, leaders have many duties, and roads are slow") {
  const world w = xiapu({"scenario.warm_up=60", "scenario.run_out=0", "load.multiplier=4", "reception.interview_minutes=60",
                         "reception.irregular_per_month=8", "appointments.field_days_per_month=8", "appointments.list_length=100",
                         "county.travel_speed=15", "return_visits.visits_per_week=20"});
  for (std::uint32_t number = 0; number < 2; ++number) {
    replication<policies<>, whereabouts> year(w, {}, {});
    (void)year.run(number);
    std::vector<std::string> found;
    CHECK(in_two_places(w, year.observer(), found) > 500);
    CHECK(found == std::vector<std::string>{});
  }
}

TEST_CASE("M10: the look at whereabouts has teeth: who is elsewhere, or on the way, is seen") {
  const world w = xiapu({"scenario.warm_up=0"});
  const official_id who(0);
  const day d(2022, 3, 1);
  const unit_id town = w.townships()[0].where, village = w.villages()[0].where;
  const auto seen = [&](stay a, stay b) {
    whereabouts told;
    told.stays[{who, d}] = {a, b};
    std::vector<std::string> found;
    (void)in_two_places(w, told, found);
    return !found.empty();
  };
  const stay morning{minutes(540), minutes(600), town};
  const minutes way = w.way(town, village);
  REQUIRE(way > minutes(1));
  CHECK_FALSE(seen(morning, {minutes(600), minutes(660), town}));
  CHECK(seen(morning, {minutes(599), minutes(660), town}));
  CHECK_FALSE(seen(morning, {minutes(600) + way, minutes(660), village}));
  CHECK(seen({minutes(599) + way, minutes(660), village}, morning));
  const stay overran{minutes(540), minutes(600), town, true, minutes(30)};
  CHECK(seen(overran, {minutes(629), minutes(660), town}));
  CHECK_FALSE(seen(overran, {minutes(630), minutes(660), town}));
  CHECK_FALSE(seen(overran, {minutes(600), minutes(660), town, true}));  // comes late
}

namespace {

/// Where anybody comes, and whom cases go to.
struct used_places {
  static constexpr auto hooks = sifang::hooks<hook::visit, hook::sent>;
  std::set<unit_id> visited;
  std::set<std::uint32_t> had;
  void visit(const reception_series& s, day, const matter&, const visit_outcome*, official_id) { visited.insert(s.place); }
  void sent(instant, const matter& m) { had.insert(m.office); }
};

}  // namespace

TEST_CASE("M14: each department, park and township is in charge of something, gets cases, and can be visited where it sits") {
  // Ten times the load: what is rare in a year is seen in few.
  const world w = xiapu({"scenario.warm_up=0", "scenario.run_out=0", "load.multiplier=10", "reception.irregular_per_month=0"});
  std::set<std::uint32_t> subjects, places;
  used_places used;
  for (std::uint32_t number = 0; number < 2; ++number) {
    replication<policies<>, used_places> year(w, {}, used);
    (void)year.run(number);
    for (const matter& m : year.matters()) {
      places.insert(w.townships()[m.township].office);
      if (m.subject != no_index) subjects.insert(m.subject);
    }
    used.visited.insert(year.observer().visited.begin(), year.observer().visited.end());
    used.had.insert(year.observer().had.begin(), year.observer().had.end());
  }
  for (std::uint32_t o = 0; o < w.offices().size(); ++o) {
    CAPTURE(w.org().units().code(w.offices()[o].where));
    CHECK((w.offices()[o].at_county() ? subjects.contains(o) : places.contains(o)));
    CHECK(used.had.contains(o));
    if (w.offices()[o].series >= 0) CHECK(used.visited.contains(w.offices()[o].where));
  }
  // Every other place that sits: its sessions are a door of a village, or of the matters of an office.
  std::size_t sits = 0, visited = 0;
  for (const reception_series& s : w.plan().series()) {
    if (w.plan().dates(s.where).empty()) continue;
    ++sits;
    visited += used.visited.contains(s.place);
  }
  CHECK(sits > 400);
  CHECK(static_cast<double>(visited) > 0.95 * static_cast<double>(sits));
}
