// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "../org/small_county.hpp"
#include "catch.hpp"

#include "sifang/reception/plan.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::small_county;

namespace {

/// The small county with four leaders and a second head at the town.
const organisation& county() {
  static const organisation org = [] {
    auto c = small_county();
    c.posts.push_back({"leader-3", role::county_leader, "county"});
    c.posts.push_back({"leader-4", role::county_leader, "county"});
    c.posts.push_back({"town-head-2", role::unit_head, "town"});
    c.links.push_back({"town-head-2", relation::heads, "town"});
    auto built = c.build();
    if (!built) throw std::runtime_error(to_string(built.faults().front()));
    return *std::move(built);
  }();
  return org;
}

/// The article's kinds, closed, and one more, of people of the county on each Thursday.
struct one_more {
  reception_setting setting;
  session_kind& kind;
  venue at;

  one_more() : kind(add(setting)), at(setting.sessions.size() - 1) {}
  static session_kind& add(reception_setting& s) {
    for (session_kind& k : s.sessions) k.open = false;
    session_kind& k = s.sessions.emplace_back();
    k.id = "extra";
    k.recur = {recurrence::weekly(weekday::thursday)};
    k.roles = {role::county_leader};
    return k;
  }
  [[nodiscard]] reception_plan plan() const { return {setting, county(), {}, {}, day(2022, 8, 1), day(2022, 8, 31)}; }
};
/// "4 street: leader-1", by day of August and place.
std::vector<std::string> told(const reception_plan& p, venue at) {
  std::vector<std::string> out;
  for (const reception_session& s : p.sessions(p.first(), p.last())) {
    if (s.where != at) continue;
    std::string line = std::to_string(s.date.day_of_month()) + ' ' + county().units()[s.place].code + ':';
    for (official_id o : s.people) line += ' ' + county()[o].post;
    out.push_back(std::move(line));
  }
  return out;
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("people of the county go round: the places of one day share them, or take turns") {
  one_more m;
  m.kind.units = {"town", "street"};
  CHECK(told(m.plan(), m.at) == texts{"4 town: leader-1", "4 street: leader-2", "11 town: leader-3", "11 street: leader-4",
                                      "18 town: leader-1", "18 street: leader-2", "25 town: leader-3", "25 street: leader-4"});
  m.kind.places_in_turn = true;
  CHECK(told(m.plan(), m.at) == texts{"4 town: leader-1", "11 street: leader-2", "18 town: leader-3", "25 street: leader-4"});
  m.kind.receivers = 0;  // all of them
  CHECK(told(m.plan(), m.at).front() == "4 town: leader-1 leader-2 leader-3 leader-4");
  m.kind.receivers = 1;
  m.kind.posts = {"leader-4", "leader-2"};  // these two, whatever their role
  CHECK(told(m.plan(), m.at) == texts{"4 town: leader-4", "11 street: leader-2", "18 town: leader-4", "25 street: leader-2"});
}

TEST_CASE("whoever stands in is the next who sits nowhere on that day") {
  one_more m;
  m.kind.units = {"town", "street"};
  const reception_plan p = m.plan();
  for (const reception_series& s : p.series()) {
    if (s.where != m.at) continue;
    CHECK(county()[p.substitute(s, 0)].post == "leader-3");
    CHECK(county()[p.substitute(s, 1)].post == "leader-1");
  }
}

TEST_CASE("people who belong to a place sit there, all of them or by turns; those of no such place sit nowhere") {
  one_more m;
  m.kind.roles = {role::unit_head};
  m.kind.relations = {relation::heads};
  m.kind.units = {"town", "land"};
  m.kind.receivers = 0;
  CHECK(told(m.plan(), m.at).at(1) == "4 town: town-head town-head-2");
  CHECK(told(m.plan(), m.at).size() == 8);
  m.kind.receivers = 1;
  CHECK(told(m.plan(), m.at) == texts{"4 land: land-head", "4 town: town-head", "11 land: land-head", "11 town: town-head-2",
                                      "18 land: land-head", "18 town: town-head", "25 land: land-head", "25 town: town-head-2"});
  m.kind.units.clear();
  m.kind.at = {unit_kind::industrial_park};
  CHECK(told(m.plan(), m.at).front() == "4 park: park-head");
  m.kind.at.clear();  // wherever they are heads
  std::set<std::string> places;
  for (const std::string& line : told(m.plan(), m.at)) places.insert(line.substr(0, line.find(':')));
  CHECK(places.contains("4 town"));
  CHECK(places.contains("4 park"));
  CHECK(m.plan().traits(m.at).level == level::county);
}

TEST_CASE("level, seniority and travel follow from people and place") {
  one_more m;
  m.kind.units = {"town"};
  CHECK(m.plan().traits(m.at).level == level::county);  // a leader of the county hears, wherever
  CHECK(m.plan().traits(m.at).of_county_leaders);
  CHECK(m.plan().traits(m.at).travels);
  m.kind.video = true;
  CHECK_FALSE(m.plan().traits(m.at).travels);
  m.kind.video = false;
  m.kind.units = {"bureau"};
  CHECK_FALSE(m.plan().traits(m.at).travels);
  m.kind.roles = {role::unit_head, role::county_leader};  // the first role decides
  CHECK(m.plan().traits(m.at).seniority == 1);
  m.kind.posts = {"secretary"};
  CHECK(m.plan().traits(m.at).seniority == 3);
  m.kind.posts.clear();
  m.kind.roles = {role::team_member};
  m.kind.units = {"old-village"};
  CHECK(m.plan().traits(m.at).level == level::village);
  CHECK(m.plan().traits(m.at).counts_for == reception_rule::none);
}

TEST_CASE("who is needed twice at the same hours sits at the session of greater precedence") {
  one_more m;
  m.kind.units = {"town"};
  m.kind.receivers = 4;  // everybody
  session_kind& bureau = m.setting[article::bureau_leader];
  bureau.open = true;
  bureau.recur = m.kind.recur;
  const auto missed = [&] { return m.plan().double_bookings().size(); };
  CHECK(missed() == 4);
  CHECK(told(m.plan(), m.at) == texts{"4 town: leader-2 leader-3 leader-4", "11 town: leader-1 leader-3 leader-4",
                                      "18 town: leader-1 leader-2 leader-4", "25 town: leader-1 leader-2 leader-3"});
  m.kind.start = minutes(18 * 60);  // in the evening nobody is missed
  CHECK(missed() == 0);
  CHECK(told(m.plan(), m.at).front() == "4 town: leader-1 leader-2 leader-3 leader-4");
  m.kind.start = bureau.end();  // nor from the minute on at which the other should end
  CHECK(missed() == 0);
  m.kind.start = bureau.end() - minutes(1);
  CHECK(missed() == 4);
  m.kind.precedence = bureau.precedence;  // nothing decides between equals
  CHECK(missed() == 0);
}

TEST_CASE("a kind moves for another where sessions are split, and is on duty in sensitive periods if it says so") {
  one_more m;
  m.kind.units = {"town"};
  m.kind.moves_for = "window";
  m.setting[article::window].open = true;
  m.setting[article::window].recur = {recurrence::weekly(weekday::thursday)};
  CHECK(m.plan().collisions().size() == 4);
  CHECK(told(m.plan(), m.at).front() == "4 town: leader-1");
  m.setting.collision = collision_policy::split;
  CHECK(told(m.plan(), m.at).front() == "5 town: leader-1");
  m.kind.moves_for.clear();
  m.kind.sensitive_duty = true;
  const std::vector<sensitive_period> period{{"", day(2022, 8, 16), day(2022, 8, 19), {}}};
  const reception_plan p(m.setting, county(), {}, period, day(2022, 8, 1), day(2022, 8, 31));
  CHECK(p.dates(m.at).size() == 4 + 3);
}

TEST_CASE("names of kinds, and lists of them that are to be compared") {
  for (const char* good : {"market", "hall-2", "Video_session", "a", "z", "A", "Z", "xaz", "xAZ", "x09"}) CHECK(is_session_name(good));
  for (const char* bad : {"", "2nd", "-x", "圩日", "a b", "a.b", "`", "{", "@", "[", "x/", "x:", "x`", "x{", "x@", "x["})
    CHECK_FALSE(is_session_name(bad));
  const one_more a;
  one_more b;
  b.kind.id = "other";
  std::vector<session_kind> all;
  add_sessions(all, a.setting.sessions);
  add_sessions(all, b.setting.sessions);
  REQUIRE(all.size() == 11);
  CHECK((all[9].id == "extra" && all[10].id == "other"));
  const auto of_b = sessions_among(b.setting.sessions, all);
  REQUIRE(of_b.size() == 11);
  CHECK((of_b[9].id == "extra" && !of_b[9].open && of_b[10].id == "other" && of_b[10].open));
  CHECK(*b.setting.find("other") == venue(9));
  CHECK_FALSE(b.setting.find("extra"));
  CHECK(misuse::of([&] { (void)b.setting[venue(10)]; }) == "a kind of session that there is");
  CHECK(misuse::of([] { (void)venue(most_session_kinds); }) == "a position among at most 64 kinds of session");
}
