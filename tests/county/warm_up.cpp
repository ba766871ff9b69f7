// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/replication.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

const std::vector<std::string> warm_ups{"scenario.warm_up=0", "scenario.warm_up=90", "scenario.warm_up=365", "scenario.warm_up=730"};

/// A session as people see it: kind, place, day, who sits.
std::string text_of(const world& w, venue where, unit_id place, day date, std::span<const official_id> people) {
  std::string out = to_string(date) + ' ' + std::string(w.plan().kind(where).id) + ' ' + w.org().units()[place].code;
  for (const official_id who : people) out += ' ' + w.org()[who].post;
  return out;
}
std::vector<std::string> planned(const world& w) {
  std::vector<std::string> out;
  for (const reception_session& s : w.plan().sessions(w.start(), w.end())) {
    out.push_back(text_of(w, s.where, s.place, s.date, s.people));
  }
  return out;
}

/// Who really sat at the planned sessions of county leaders, which are held whether anybody comes or not. (Where an
/// irregular visit goes depends on what the county has in hand, and so on its past.)
struct seats {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::seated>;
  const world* county = nullptr;
  std::vector<std::string> taken;
  void started(const world& w, std::uint32_t) {
    county = &w;
    taken.clear();
  }
  void seated(const reception_series& s, day d, std::span<const official_id> people, std::size_t) {
    if (!county->counts(d) || !county->plan().traits(s.where).of_county_leaders || s.where == article::irregular) return;
    taken.push_back(text_of(*county, s.where, s.place, d, people));
  }
};
std::vector<std::string> played(const world& w) {
  replication<policies<>, seats> year(w, {}, {});
  (void)year.run(0);
  std::vector<std::string> out = year.observer().taken;
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("R3, R5, R6, R8, R9: who sits on a counted day does not depend on the warm-up") {
  const std::vector<std::vector<std::string>> settings{
      {},
      {"scenario.start=2022-06-08", "scenario.end=2023-02-01"},    // in the middle of a month and a week
      {"scenario.start=2022-08-16", "reception.collision=split"},  // a Monday's sessions move into the period
      {"session.bureau_leader.recur=FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "session.bureau_leader.receivers=3"},
      {"scenario.start=2022-06-08", "session.township.recur=FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
       "session.department.recur=FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "session.bureau_leader.recur=FREQ=DAILY;INTERVAL=3"},
      {"session.principal.receivers=5", "session.bureau_leader.recur=FREQ=DAILY;INTERVAL=3"},  // further leaders in turn
  };
  for (std::vector<std::string> setting : settings) {
    std::vector<std::string> expected;
    for (const std::string& warm_up : warm_ups) {
      setting.push_back(warm_up);
      const std::vector<std::string> found = planned(xiapu(setting));
      setting.pop_back();
      CAPTURE(setting, warm_up);
      REQUIRE(found.size() > 1000);
      if (expected.empty()) expected = found;
      CHECK(found == expected);
    }
  }
}

TEST_CASE("a period that is split within a year has the sessions of the whole, with the same people") {
  const std::vector<std::string> whole = planned(xiapu());
  std::vector<std::string> parts = planned(xiapu({"scenario.end=2022-05-20"}));
  for (const std::string& one : planned(xiapu({"scenario.start=2022-05-21", "scenario.warm_up=0"}))) parts.push_back(one);
  CHECK(parts == whole);
}

TEST_CASE("the round of the bureau begins with the first of the rota on the first Monday of the year") {
  const world w = xiapu({"scenario.warm_up=365"});
  const reception_series& bureau = w.plan().series()[static_cast<std::size_t>(w.plan().series_at(article::bureau_leader, w.bureau()))];
  const auto rota = w.plan().people(bureau);
  std::vector<official_id> people;
  std::uint32_t turn = *w.plan().next_turn(bureau, w.start());
  REQUIRE(turn >= 2);  // Mondays of the warm-up
  w.plan().roster(bureau, turn, people);
  CHECK(people == std::vector{rota.front()});
  w.plan().roster(bureau, turn - 1, people);  // before it the round runs backwards
  CHECK(people == std::vector{rota.back()});
  CHECK(w.plan().substitute(bureau, turn - 1) == rota.front());
}

TEST_CASE("who takes a seat when a year is played does not depend on the warm-up, whatever the rule") {
  for (const char* rule : {"reception.roster=in_turn", "reception.roster=all", "reception.roster=least_burdened"}) {
    std::vector<std::string> expected;
    for (const std::string& warm_up : warm_ups) {
      const auto found = played(xiapu({rule, warm_up, "load.matters_per_year=50", "scenario.start=2022-10-10"}));
      CAPTURE(rule, warm_up);
      REQUIRE(found.size() > 50);
      if (expected.empty()) expected = found;
      CHECK(found == expected);
    }
  }
}
