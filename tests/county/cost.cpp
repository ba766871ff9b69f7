// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/cost.hpp"
#include "sifang/county/replication.hpp"
#include "story.hpp"
#include "tables.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

replication_outcome year_of(const world& w) {
  replication<> r(w);
  return r.run(3);
}
double amount(const replication_outcome& out, metric m) { return out.sums.numerator(m, 0); }

}  // namespace

TEST_CASE("the cost of a year is every hour, day and kilometre at its price, each once, and prices change nothing else") {
  const std::vector<std::pair<std::string, metric>> prices{{"leader_hour", metric::leader_hours},
                                                           {"head_hour", metric::head_hours},
                                                           {"handler_hour", metric::handler_hours},
                                                           {"cadre_day", metric::cadre_days},
                                                           {"overtime_hour", metric::overtime_hours},
                                                           {"preparation_hour", metric::preparation_hours},
                                                           {"help", metric::help_cost},
                                                           {"petitioner_hour", metric::queue_hours},
                                                           {"petitioner_km", metric::petitioner_km},
                                                           {"petitioner_day", metric::petitioner_days}};
  std::vector<std::string> none{"scenario.warm_up=100", "reception.interview_minutes=60", "cost.clerk_hour=0", "cost.vehicle_km=0"};
  for (const auto& [price, of] : prices) none.push_back("cost." + price + "=0");
  const replication_outcome usual = year_of(sifang_tests::xiapu({"scenario.warm_up=100", "reception.interview_minutes=60"}));
  const replication_outcome free = year_of(sifang_tests::xiapu(none));
  CHECK(amount(free, metric::total_cost) == 0);
  CHECK(free.fingerprint == usual.fingerprint);
  const auto with = [&](const std::string& setting) {
    std::vector<std::string> one = none;
    one.push_back(setting);
    return year_of(sifang_tests::xiapu(one));
  };
  for (const auto& [price, of] : prices) {
    CAPTURE(price);
    CHECK(amount(usual, of) > 0);
    CHECK(amount(with("cost." + price + "=2"), metric::total_cost) == Approx(2 * amount(usual, of)));
  }
  const double desks = amount(usual, metric::clerk_hours), windows = amount(usual, metric::window_hours);
  CHECK((desks > 0 && windows > 0));
  CHECK(amount(with("cost.clerk_hour=3"), metric::total_cost) == Approx(3 * (desks + windows)));
  const double leaders = amount(usual, metric::travel_km), heads = amount(usual, metric::head_km);
  CHECK((leaders > 0 && heads > 0));
  CHECK(amount(with("cost.vehicle_km=3"), metric::total_cost) == Approx(3 * (leaders + heads)));
}

TEST_CASE("the parts of the cost are all of it") {
  const world w = sifang_tests::xiapu({"scenario.warm_up=30", "cost.petitioner_day=1", "cost.preparation_hour=1"});
  const replication_outcome out = year_of(w);
  double sum = 0;
  for (std::size_t p = 0; p < cost_part_count; ++p) {
    const double part = cost_of(static_cast<cost_part>(p), w.setting(), [&](metric m) { return amount(out, m); });
    CAPTURE(cost_part_table[p].name);
    CHECK((part > 0 || static_cast<cost_part>(p) == cost_part::overtime));
    sum += part;
  }
  CHECK(amount(out, metric::total_cost) == Approx(sum));
}

TEST_CASE("to a session by video nobody travels farther than to the own township") {
  const auto km_of = [](bool video) {
    const world w = sifang_tests::xiapu({"scenario.warm_up=30", "session.window.open=false", "session.bureau_leader.appeal=1000",
                                         std::string("session.bureau_leader.video=") + (video ? "true" : "false")});
    auto r = sifang_tests::played(w, 0);
    double beyond = 0, near = 0, others = 0;
    for (const sifang_tests::telling& t : r.observer().all) {
      if (t.what != sifang_tests::told::visit || !w.counts(t.at.date())) continue;
      const village_site& home = w.villages()[t.m.village];
      const reception_series& s = r.observer().sessions[t.session].series;
      if (s.where == article::irregular) continue;
      const double way = 2 * w.km_between(home.where, s.place) * t.m.persons;
      (s.where == article::bureau_leader ? beyond : others) += way;
      if (s.where == article::bureau_leader) near += 2 * home.to_township * t.m.persons;
    }
    CHECK(near > 0);
    CHECK(near < beyond);
    CHECK(amount(r.outcome(), metric::petitioner_km) == Approx(others + (video ? near : beyond)));
  };
  km_of(false);
  km_of(true);
}
