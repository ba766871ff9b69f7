// SPDX-License-Identifier: BSL-1.0
// Where appointment visits go, and in which order (R19, R20).
#include "catch.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/io/event_log_file.hpp"
#include "tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

/// An observer of appointments, as they are planned and made.
struct appointments_seen {
  static constexpr auto hooks = sifang::hooks<hook::appointed, hook::meeting>;
  struct planned {
    day listed;
    official_id leader;
    instant when;
    std::uint32_t township;
    unit_id where;
    field_place place;
  };
  struct held {
    std::uint64_t entity;
    std::uint16_t category;
    meeting_kind kind;
    field_place place;
    bool returns;
  };
  const world* w = nullptr;
  std::vector<planned> plans;
  std::vector<held> meetings;

  void appointed(day d, const matter& m, official_id leader, instant when) {
    const bool at_township = m.meeting_place == field_place::township;
    plans.push_back(
        {d, leader, when, m.township, at_township ? w->townships()[m.township].where : w->villages()[m.village].where, m.meeting_place});
  }
  void meeting(instant, const matter& m, std::span<const official_id>, meeting_kind kind, const meeting_setting&) {
    meetings.push_back({m.entity, m.category, kind, m.meeting_place, m.state == case_state::return_visit_due});
  }
};

using seen_year = replication<policies<>, appointments_seen>;
seen_year play(const world& w, std::uint32_t number = 0) {
  appointments_seen watching;
  watching.w = &w;
  seen_year r(w, {}, watching);
  (void)r.run(number);
  return r;
}

/// Leaders with much to do: long lists, many field days.
std::vector<std::string> long_lists(std::vector<std::string> more = {}) {
  std::vector<std::string> out{"scenario.warm_up=100",
                               "scenario.run_out=60",
                               "appointments.list_length=200",
                               "appointments.threshold=0.05",
                               "appointments.field_days_per_month=4",
                               "handling.wait_days_mean=20",
                               "load.multiplier=2"};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace

TEST_CASE("R19: an appointment on site goes to an enterprise or a project as often as its category says; coordination is at the township") {
  const world w = xiapu(long_lists());
  std::map<std::uint16_t, std::map<field_place, std::size_t>> on_site;
  std::map<std::uint64_t, field_place> known;
  for (std::uint32_t number = 0; number < 4; ++number) {
    auto r = play(w, number);
    known.clear();
    for (const appointments_seen::held& h : r.observer().meetings) {
      if (h.returns) {
        CHECK(h.place == field_place::village);  // the petitioner at home
        continue;
      }
      CHECK((h.place == field_place::township) == (h.kind == meeting_kind::coordination));
      if (h.place == field_place::township) continue;
      const auto [before, first] = known.emplace(h.entity, h.place);
      CHECK(before->second == h.place);  // what a matter is about does not change
      if (first) ++on_site[h.category][h.place];
    }
  }
  std::size_t at_enterprises = 0, at_projects = 0;
  for (auto& [category, places] : on_site) {
    const category_setting& c = w.setting().categories[category];
    const auto n = static_cast<double>(places[field_place::village] + places[field_place::enterprise] + places[field_place::project]);
    const auto agrees = [&](std::size_t k, double share) {
      CAPTURE(c.id, k, n, share);
      CHECK(std::abs(static_cast<double>(k) - n * share) <= 5 * std::sqrt(n * share * (1 - share)));
    };
    agrees(places[field_place::enterprise], c.enterprise_share);
    agrees(places[field_place::project], c.project_share);
    at_enterprises += places[field_place::enterprise];
    at_projects += places[field_place::project];
  }
  CHECK(at_enterprises > 50);
  CHECK(at_projects > 50);
}

TEST_CASE("R19: where appointments go adds up: to all of them, in metrics and in the event log") {
  const world w = xiapu(long_lists({"scenario.warm_up=0", "scenario.run_out=0"}));
  replication<policies<>, event_log> r(w, {}, event_log{});
  const replication_outcome& out = r.run(1);
  constexpr std::array<metric, 4> by_place{metric::visited_townships, metric::visited_villages, metric::visited_enterprises,
                                           metric::visited_projects};
  std::array<double, 4> mine{};
  for (const history_event& e : r.observer().events()) {
    const bool of_appointment = e.what == history_kind::appointed || e.what == history_kind::meeting;
    CHECK(e.goes_to.has_value() == of_appointment);
    if (e.what != history_kind::meeting) continue;
    mine[static_cast<std::size_t>(*e.goes_to)] += 1;
    const bool is_village = level_of(w.org().units()[e.where].kind) == level::village;
    CHECK(is_village == (*e.goes_to != field_place::township));
  }
  double together = 0;
  for (std::size_t i = 0; i < by_place.size(); ++i) {
    CHECK(out.sums.numerator(by_place[i], 0) == mine[i]);
    CHECK(mine[i] > 0);
    together += mine[i];
  }
  CHECK(out.sums.numerator(metric::appointments, 0) == together);
  CHECK(event_log_csv("x", w, r.observer().events()).find(",on_site,enterprise,") != std::string::npos);
}

TEST_CASE("R19: a leader's appointments of a field day lie along the road, each planned for when the one before is over and the way made") {
  const world w = xiapu(long_lists());
  auto r = play(w);
  std::map<std::tuple<day, official_id, day>, std::vector<appointments_seen::planned>> trips;
  for (const appointments_seen::planned& p : r.observer().plans) trips[{p.listed, p.leader, p.when.date()}].push_back(p);
  const auto& door = w.setting().appointments;
  std::map<std::pair<day, official_id>, std::vector<std::pair<std::uint32_t, double>>> in_order;
  std::size_t longer = 0;
  for (auto& [of, trip] : trips) {
    std::sort(trip.begin(), trip.end(), [](const auto& a, const auto& b) { return a.when < b.when; });
    CHECK(trip.size() <= static_cast<std::size_t>(door.appointments_per_day));
    CHECK(trip.front().when.minute_of_day() == minutes(10 * 60));
    longer += trip.size() > 1;
    for (std::size_t i = 0; i < trip.size(); ++i) {
      in_order[{std::get<0>(of), std::get<1>(of)}].push_back({trip[i].township, w.org().units()[trip[i].where].distance_km});
      if (i == 0) continue;
      const minutes length = trip[i - 1].place == field_place::township ? door.coordination.length : door.on_site.length;
      const minutes over = trip[i - 1].when.minute_of_day() + length + w.way(trip[i - 1].where, trip[i].where);
      CHECK(trip[i].when.minute_of_day() == std::min(over, minutes(18 * 60)));
    }
  }
  CHECK(longer > 30);
  // Day after day, and stop after stop: township by township, outwards.
  for (const auto& [of, stops] : in_order) CHECK(std::is_sorted(stops.begin(), stops.end()));
}

TEST_CASE("R19: near ones on one trip: leaders are less on the road than where the most pressing come first, for as many appointments") {
  // One list long enough for several days of each leader; nothing else takes leaders out.
  const std::vector<std::string> alone{"return_visits.open=false", "reception.irregular_per_month=0", "session.linked_leader.open=false",
                                       "appointments.coordination_share=0", "county.travel_speed=60"};
  auto together = long_lists(alone), apart = long_lists(alone);
  together.push_back("appointments.near_together=true");
  apart.push_back("appointments.near_together=false");
  const world near = xiapu(together), pressing = xiapu(apart);
  double km[2]{}, meetings[2]{};
  for (std::uint32_t number = 0; number < 6; ++number) {
    std::size_t k = 0;
    for (const world* w : {&near, &pressing}) {
      replication<> r(*w);
      const replication_outcome& out = r.run(number);
      km[k] += out.sums.numerator(metric::travel_km, 0);
      meetings[k] += out.sums.numerator(metric::appointments, 0);
      ++k;
    }
  }
  CAPTURE(km[0], km[1], meetings[0], meetings[1]);
  CHECK(meetings[0] > 1000);
  CHECK(km[0] / meetings[0] < 0.95 * km[1] / meetings[1]);
}
