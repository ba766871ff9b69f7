// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "../org/small_county.hpp"
#include "catch.hpp"
#include "sifang/reception/plan.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::county_tables;
using sifang_tests::small_county;

namespace {

/// The small county with more leaders, a second principal leader, and team members who serve several villages.
const organisation& county() {
  static const organisation org = [] {
    using enum unit_kind;
    using enum role;
    using enum relation;
    county_tables c = small_county();
    for (const char* code : {"north", "south", "west"}) {
      c.units.push_back({code, code, village});
      c.parents.emplace_back("town");
    }
    c.units.push_back({"lonely", "lonely", village});  // with no team member
    c.parents.emplace_back("street");
    c.posts.push_back({"mayor", principal_leader, "county"});
    c.posts.push_back({"leader-3", county_leader, "county"});
    c.posts.push_back({"leader-4", county_leader, "county"});
    c.posts.push_back({"town-2", team_member, "town"});
    c.posts.push_back({"land-1", team_member, "land"});
    c.posts.push_back({"street-2", team_member, "street"});
    c.links.push_back({"street-2", linked_to, "new-community"});  // as few villages as street-1: they come together
    c.posts.push_back({"clerk-2", bureau_staff, "bureau"});
    c.links.push_back({"town-1", linked_to, "north"});
    c.links.push_back({"town-1", linked_to, "south"});
    c.links.push_back({"town-2", linked_to, "south"});
    c.links.push_back({"town-2", linked_to, "west"});
    c.links.push_back({"land-1", member_of, "land"});
    c.links.push_back({"land-head", member_of, "land"});
    c.links.push_back({"leader-3", linked_to, "town"});
    c.links.push_back({"leader-4", in_charge_of, "land"});
    auto built = c.build();
    if (!built) throw std::runtime_error(to_string(built.faults().front()));
    return *std::move(built);
  }();
  return org;
}
unit_id unit_of(const char* code) { return *county().units().find(code); }
std::vector<std::string> posts(std::span<const official_id> people) {
  std::vector<std::string> out;
  for (const official_id o : people) out.push_back(county()[o].post);
  return out;
}
using names = std::vector<std::string>;
using days = std::vector<day>;

const day first(2022, 8, 1), last(2022, 10, 31);

reception_plan plan_of(const reception_setting& s, std::initializer_list<sensitive_period> sensitive = {},
                       const working_calendar& calendar = {}, day from = first, day to = last) {
  return reception_plan(s, county(), calendar, std::vector<sensitive_period>(sensitive), from, to);
}
days dates(const reception_plan& p, venue v) { return {p.dates(v).begin(), p.dates(v).end()}; }
bool has(const days& list, day d) { return std::find(list.begin(), list.end(), d) != list.end(); }
std::vector<names> rosters(const reception_plan& p, venue v, const char* place) {
  std::vector<names> out;
  const reception_series& s = p.series()[static_cast<std::size_t>(p.series_at(v, unit_of(place)))];
  std::vector<official_id> people;
  for (std::uint32_t turn = s.phase; turn < p.dates(v).size(); turn += s.period) {
    p.roster(s, turn, people);
    out.push_back(posts(people));
  }
  return out;
}
/// A setting in which only the kinds named are open.
reception_setting only(std::initializer_list<venue> open) {
  reception_setting s;
  for (std::size_t v = 0; v < s.sessions.size(); ++v) s.sessions[v].open = std::find(open.begin(), open.end(), venue(v)) != open.end();
  return s;
}

}  // namespace

TEST_CASE("the first and the last day of a plan are in it") {
  const reception_plan p = plan_of({}, {}, {}, day(2022, 8, 15), day(2022, 8, 22));
  CHECK(p.first() == day(2022, 8, 15));
  CHECK(p.last() == day(2022, 8, 22));
  CHECK(dates(p, article::bureau_leader) == days{day(2022, 8, 15), day(2022, 8, 22)});
  CHECK(dates(p, article::principal) == days{day(2022, 8, 15)});
  CHECK(dates(p, article::window) ==
        days{day(2022, 8, 15), day(2022, 8, 16), day(2022, 8, 17), day(2022, 8, 18), day(2022, 8, 19), day(2022, 8, 22)});
  CHECK(p.sessions(day(2022, 8, 15), day(2022, 8, 15)).size() ==
        p.sessions(day(2022, 8, 14), day(2022, 8, 16)).size() - 1);  // the window on Tuesday
  CHECK_THROWS(plan_of({}, {}, {}, day(2022, 8, 2), day(2022, 8, 1)));
  CHECK_NOTHROW(plan_of({}, {}, {}, day(2022, 8, 1), day(2022, 8, 1)));
}

TEST_CASE("a kind of session that is closed is not held") {
  reception_setting s;
  s[article::principal].open = false;
  s[article::bureau_leader].open = false;
  const reception_plan p = plan_of(s);
  CHECK(p.dates(article::principal).empty());
  CHECK(p.dates(article::bureau_leader).empty());
  CHECK_FALSE(p.dates(article::township).empty());
  CHECK(p.collisions().empty());
}

TEST_CASE("the window is open on workdays, unless its rule says otherwise of rest days") {
  const days open = dates(plan_of({}), article::window);
  CHECK(open.size() == 66);
  for (const day d : open) CHECK(d.weekday() < weekday::saturday);
  reception_setting s;
  s[article::window].on_rest_day = day_convention::keep;
  s[article::window].remove = {day(2022, 8, 6)};
  CHECK(plan_of(s).dates(article::window).size() == 91);
}

TEST_CASE("R7: on the workdays of a sensitive period and its lead days a leader is at the bureau, in order and once") {
  const sensitive_period p{"", day(2022, 8, 10), day(2022, 8, 15), calendar_days(2)};
  const days expected{day(2022, 8, 1),  day(2022, 8, 8),  day(2022, 8, 9),  day(2022, 8, 10), day(2022, 8, 11),
                      day(2022, 8, 12), day(2022, 8, 15), day(2022, 8, 22), day(2022, 8, 29)};
  CHECK(dates(plan_of({}, {p}, {}, first, day(2022, 8, 31)), article::bureau_leader) == expected);
  // A period that reaches beyond the plan is cut at both ends.
  const sensitive_period wide{"", day(2022, 1, 1), day(2022, 12, 31), {}};
  CHECK(dates(plan_of({}, {wide}, {}, day(2022, 8, 3), day(2022, 8, 5)), article::bureau_leader) ==
        days{day(2022, 8, 3), day(2022, 8, 4), day(2022, 8, 5)});
  reception_setting off;
  off[article::bureau_leader].sensitive_duty = false;
  CHECK(plan_of(off, {p}).dates(article::bureau_leader).size() == 14);
  off[article::bureau_leader].sensitive_duty = true;
  off[article::bureau_leader].open = false;
  CHECK(plan_of(off, {p}).dates(article::bureau_leader).empty());
}

TEST_CASE("DOMAIN 1.6(2): where the 15th is a Monday both are held, or the Monday's moves to the next workday") {
  const reception_plan kept = plan_of({});
  CHECK(days(kept.collisions().begin(), kept.collisions().end()) == days{day(2022, 8, 15)});  // the 15th of October is a Saturday
  reception_setting s;
  s[article::principal].on_rest_day = s[article::linked_leader].on_rest_day = day_convention::next_workday;
  const reception_plan merged = plan_of(s);
  CHECK(days(merged.collisions().begin(), merged.collisions().end()) == days{day(2022, 8, 15), day(2022, 10, 17)});
  CHECK(has(dates(merged, article::bureau_leader), day(2022, 8, 15)));
  s.collision = collision_policy::split;
  const working_calendar calendar({{{day(2022, 8, 16), day_kind::statutory_holiday, ""}}});
  const reception_plan split = plan_of(s, {}, calendar);
  CHECK(split.collisions().size() == 2);
  for (const venue v : {article::bureau_leader, article::township, article::department, article::village, article::section}) {
    CHECK_FALSE(has(dates(split, v), day(2022, 8, 15)));
    CHECK(has(dates(split, v), day(2022, 8, 17)));
    CHECK(split.dates(v).size() == merged.dates(v).size());
    CHECK(std::is_sorted(split.dates(v).begin(), split.dates(v).end()));
  }
  CHECK(has(dates(split, article::principal), day(2022, 8, 15)));
  CHECK(has(dates(split, article::linked_leader), day(2022, 8, 15)));
  // A day that would move beyond the end falls away; one that moves to the last day stays.
  CHECK(dates(plan_of(s, {}, {}, day(2022, 8, 9), day(2022, 8, 15)), article::bureau_leader).empty());
  CHECK(dates(plan_of(s, {}, {}, day(2022, 8, 9), day(2022, 8, 16)), article::bureau_leader) == days{day(2022, 8, 16)});
  // Where a session is held on that day anyway, there is one.
  s[article::bureau_leader].recur.push_back(recurrence::weekly(weekday::tuesday));
  CHECK(dates(plan_of(s, {}, {}, day(2022, 8, 9), day(2022, 8, 17)), article::bureau_leader) == days{day(2022, 8, 9), day(2022, 8, 16)});
}

TEST_CASE("R3: both principal leaders sit at the Party school on every 15th, rest day or not; with one seat they take turns") {
  reception_setting s = only({article::principal});
  CHECK(s[article::principal].receivers == 2);
  CHECK(rosters(plan_of(s), article::principal, "school") == std::vector<names>(3, {"secretary", "mayor"}));
  CHECK(dates(plan_of(s), article::principal) == days{day(2022, 8, 15), day(2022, 9, 15), day(2022, 10, 15)});
  CHECK(dates(plan_of(only({article::linked_leader})), article::linked_leader) == dates(plan_of(s), article::principal));
  s[article::principal].receivers = 1;
  CHECK(rosters(plan_of(s), article::principal, "school") == std::vector<names>{{"secretary"}, {"mayor"}, {"secretary"}});
  // Further seats: other leaders in turn.
  s[article::principal].receivers = 4;
  CHECK(rosters(plan_of(s), article::principal, "school") == std::vector<names>{{"secretary", "mayor", "leader-1", "leader-2"},
                                                                                {"secretary", "mayor", "leader-3", "leader-4"},
                                                                                {"secretary", "mayor", "leader-1", "leader-2"}});
  s[article::principal].receivers = 3;
  CHECK(rosters(plan_of(s), article::principal, "school") ==
        std::vector<names>{{"secretary", "mayor", "leader-1"}, {"secretary", "mayor", "leader-2"}, {"secretary", "mayor", "leader-3"}});
  // but not those who are at the bureau that day.
  s[article::bureau_leader].open = true;
  s[article::bureau_leader].recur = {recurrence::day_of_month(15)};
  s[article::bureau_leader].on_rest_day = day_convention::keep;
  CHECK(rosters(plan_of(s), article::principal, "school") ==
        std::vector<names>{{"secretary", "mayor", "leader-2"}, {"secretary", "mayor", "leader-3"}, {"secretary", "mayor", "leader-4"}});
  // With more seats than are left, nobody sits twice.
  s[article::principal].receivers = 6;
  CHECK(rosters(plan_of(s), article::principal, "school") ==
        std::vector<names>{{"secretary", "mayor", "leader-2", "leader-3", "leader-4"},
                           {"secretary", "mayor", "leader-1", "leader-3", "leader-4"},
                           {"secretary", "mayor", "leader-1", "leader-2", "leader-4"}});
}

TEST_CASE("R6: the leaders take turns at the bureau, one or two at a time, and the next in turn stands in") {
  reception_setting s = only({article::bureau_leader});
  const auto four = [&] {
    auto all = rosters(plan_of(s), article::bureau_leader, "bureau");
    all.resize(5);
    return all;
  };
  CHECK(four() == std::vector<names>{{"leader-1"}, {"leader-2"}, {"leader-3"}, {"leader-4"}, {"leader-1"}});
  const reception_plan one = plan_of(s);
  const reception_series& series = one.series()[static_cast<std::size_t>(one.series_at(article::bureau_leader, unit_of("bureau")))];
  CHECK(posts(std::vector{one.substitute(series, 0), one.substitute(series, 2), one.substitute(series, 3)}) ==
        names{"leader-2", "leader-4", "leader-1"});
  s[article::bureau_leader].receivers = 2;
  CHECK(four() == std::vector<names>{{"leader-1", "leader-2"},
                                     {"leader-3", "leader-4"},
                                     {"leader-1", "leader-2"},
                                     {"leader-3", "leader-4"},
                                     {"leader-1", "leader-2"}});
  CHECK(county()[plan_of(s).substitute(series, 0)].post == "leader-3");
  s[article::bureau_leader].receivers = 3;
  CHECK(four() == std::vector<names>{{"leader-1", "leader-2", "leader-3"},
                                     {"leader-4", "leader-1", "leader-2"},
                                     {"leader-3", "leader-4", "leader-1"},
                                     {"leader-2", "leader-3", "leader-4"},
                                     {"leader-1", "leader-2", "leader-3"}});
  CHECK(county()[plan_of(s).substitute(series, 1)].post == "leader-3");
  s[article::bureau_leader].receivers = 4;  // all sit: nobody is left to stand in
  CHECK_FALSE(plan_of(s).substitute(series, 0).valid());
}

TEST_CASE("nobody stands in where nobody takes turns") {
  const reception_plan p = plan_of({});
  for (const reception_series& s : p.series()) {
    if (s.where != article::bureau_leader && s.where != article::principal) CHECK_FALSE(p.substitute(s, s.phase).valid());
  }
}

TEST_CASE("the window has as many clerks as it has seats") {
  reception_setting s = only({article::window});
  s[article::window].receivers = 1;
  CHECK(rosters(plan_of(s), article::window, "bureau").front() == names{"clerk-1"});
  s[article::window].receivers = 5;
  CHECK(rosters(plan_of(s), article::window, "bureau").front() == names{"clerk-1", "clerk-2"});
}

TEST_CASE("R8, R9: heads sit at their units, team members at sections and, in turn, at the villages they are linked to") {
  const reception_plan p = plan_of({});
  CHECK(rosters(p, article::township, "town").front() == names{"town-head"});
  CHECK(rosters(p, article::township, "street").front() == names{"street-head"});
  CHECK(rosters(p, article::department, "land").front() == names{"land-head"});
  CHECK(rosters(p, article::department, "park").front() == names{"park-head"});
  CHECK(rosters(p, article::section, "land").front() == names{"land-1"});  // the head is no team member
  CHECK(p.series_at(article::section, unit_of("park")) == -1);
  CHECK(p.series_at(article::department, unit_of("town")) == -1);
  CHECK(p.series_at(article::township, unit_of("land")) == -1);
  CHECK(p.series_at(article::village, unit_of("lonely")) == -1);
  CHECK(p.series_at(article::village, unit_of("town")) == -1);
  const auto series = [&](const char* place) {
    return p.series()[static_cast<std::size_t>(p.series_at(article::village, unit_of(place)))];
  };
  // town-1 serves three villages, town-2 two; south has the one with fewer.
  CHECK(rosters(p, article::village, "old-village").front() == names{"town-1"});
  CHECK(rosters(p, article::village, "south").front() == names{"town-2"});
  CHECK(rosters(p, article::village, "new-community").front() == names{"street-1", "street-2"});
  CHECK((series("old-village").period == 3 && series("north").period == 3 && series("south").period == 2 && series("west").period == 2));
  CHECK((series("old-village").phase == 0 && series("north").phase == 1 && series("south").phase == 0 && series("west").phase == 1));
  CHECK((series("new-community").period == 1 && series("new-community").phase == 0));
  const auto held_at = [&](const char* place) {
    days out;
    for (const reception_session& s : p.sessions(first, last)) {
      if (s.place == unit_of(place)) out.push_back(s.date);
    }
    return out;
  };
  CHECK(held_at("north") == days{day(2022, 8, 8), day(2022, 8, 29), day(2022, 9, 19), day(2022, 10, 10), day(2022, 10, 31)});
}

TEST_CASE("R5: each leader goes round the places linked to them, else those in their charge; who come together sit together") {
  reception_setting s = only({article::linked_leader});
  const reception_plan p = plan_of(s);
  // leader-1: town and street in turn; leader-3: town each time; leader-2 and leader-4: land, in charge.
  CHECK(rosters(p, article::linked_leader, "town") == std::vector<names>(3, {"leader-3"}));
  CHECK(rosters(p, article::linked_leader, "street") == std::vector<names>{{"leader-1"}});
  CHECK(rosters(p, article::linked_leader, "land") == std::vector<names>(3, {"leader-2", "leader-4"}));
  CHECK(p.series_at(article::linked_leader, unit_of("park")) == -1);
}

TEST_CASE("a leader who is due at the bureau or the Party school is missed at the linked township that day, and only there and then") {
  reception_setting s = only({article::linked_leader, article::bureau_leader});
  s[article::bureau_leader].recur = {recurrence::day_of_month(15)};
  s[article::bureau_leader].on_rest_day = day_convention::keep;
  const reception_plan p = plan_of(s);
  // At the bureau: leader-1 in August, leader-2 in September, leader-3 in October.
  std::vector<std::string> told;
  for (const double_booking& b : p.double_bookings()) {
    CHECK(b.kept == article::bureau_leader);
    CHECK(b.missed == article::linked_leader);
    told.push_back(to_string(b.date) + ' ' + county()[b.who].post + ' ' + county().units()[b.missed_place].code);
  }
  CHECK(told == std::vector<std::string>{"2022-09-15 leader-2 land", "2022-10-15 leader-3 town"});
  CHECK(rosters(p, article::linked_leader, "land") == std::vector<names>{{"leader-2", "leader-4"}, {"leader-4"}, {"leader-2", "leader-4"}});
  CHECK(rosters(p, article::linked_leader, "town") == std::vector<names>{{"leader-3"}, {"leader-3"}, {}});
  for (const reception_session& one : p.sessions(day(2022, 10, 15), day(2022, 10, 15)))
    CHECK(one.place != unit_of("town"));  // nobody is left

  reception_setting seats = only({article::linked_leader, article::principal});
  seats[article::principal].receivers = 3;
  const reception_plan q = plan_of(seats);
  told.clear();
  for (const double_booking& b : q.double_bookings()) {
    CHECK(b.kept == article::principal);
    told.push_back(to_string(b.date) + ' ' + county()[b.who].post);
  }
  CHECK(told == std::vector<std::string>{"2022-09-15 leader-2", "2022-10-15 leader-3"});

  seats[article::principal].receivers = 6;  // everybody, every time: told by day, then by post
  told.clear();
  const reception_plan everybody = plan_of(seats);
  for (const double_booking& b : everybody.double_bookings()) told.push_back(to_string(b.date) + ' ' + county()[b.who].post);
  CHECK(told == std::vector<std::string>{"2022-08-15 leader-2", "2022-08-15 leader-3", "2022-08-15 leader-4", "2022-09-15 leader-1",
                                         "2022-09-15 leader-2", "2022-09-15 leader-3", "2022-09-15 leader-4", "2022-10-15 leader-2",
                                         "2022-10-15 leader-3", "2022-10-15 leader-4"});
}

TEST_CASE("the next turn of a series is the first of its dates on or after a day") {
  const reception_plan p = plan_of({});
  std::size_t asked = 0;
  for (const reception_series& s : p.series()) {
    const auto all = p.dates(s.where);
    for (day from = first - calendar_days(3); from <= last + calendar_days(3); ++from) {
      std::optional<std::uint32_t> expected;
      for (std::uint32_t turn = 0; turn < all.size() && !expected; ++turn) {
        if (turn % s.period == s.phase && all[turn] >= from) expected = turn;
      }
      REQUIRE(p.next_turn(s, from) == expected);
      asked += expected.has_value();
      if (expected) REQUIRE(p.date(s, *expected) == all[*expected]);
    }
  }
  CHECK(asked > 500);
}

TEST_CASE("sessions of a span are told by day, then the kind that stands last, then place, with time and rule") {
  reception_setting s;
  for (const venue v : {article::township, article::department}) {
    s[v].start = minutes(540);
    s[v].length = minutes(90);
  }
  s[article::village].length = s[article::section].length = minutes(60);
  const reception_plan p = plan_of(s);
  const auto all = p.sessions(day(2022, 8, 15), day(2022, 8, 16));
  REQUIRE(all.size() > 8);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const auto& a = all[i - 1];
    const auto& b = all[i];
    CHECK((a.date < b.date || (a.date == b.date && (a.where > b.where || (a.where == b.where && a.place < b.place)))));
  }
  CHECK(all.front().date == day(2022, 8, 15));
  CHECK(all.back().date == day(2022, 8, 16));
  CHECK(all.front().rule == "R3");
  for (const reception_session& one : all) {
    if (one.where == article::township || one.where == article::department) {
      CHECK(one.start == minutes(540));
      CHECK(one.length == minutes(90));
      CHECK(one.rule == "R8");
    } else if (one.where == article::village || one.where == article::section) {
      CHECK(one.start == minutes(510));
      CHECK(one.length == minutes(60));
      CHECK(one.rule == "R9");
    } else if (one.where == article::window) {
      CHECK(one.length == minutes(360));
      CHECK(one.rule.empty());
    } else if (one.where == article::linked_leader) {
      CHECK(one.rule == "R5");
    } else if (one.where == article::bureau_leader) {
      CHECK(one.rule == "R6");
    }
  }
  CHECK(p.traits(article::irregular).counts_for == reception_rule::r4);
  CHECK(p.length(article::irregular) == s.irregular_length);
}

TEST_CASE("at which level a kind of session hears, and how senior its ear is, follow from who sits where") {
  const reception_plan p = plan_of({});
  const std::vector<int> senior{0, 0, 1, 1, 0, 2, 2, 3, 3};
  for (std::size_t v = 0; v < senior.size(); ++v) {
    const session_traits& t = p.traits(venue(v));
    CAPTURE(p.kind(venue(v)).id);
    CHECK(t.level == (venue(v) == article::village ? level::village : venue(v) == article::township ? level::township : level::county));
    CHECK(t.seniority == senior[v]);
    CHECK(t.of_county_leaders == (senior[v] >= 2));
    CHECK(t.by_clerks == (venue(v) == article::window));
    CHECK(t.takes_turns == (venue(v) == article::bureau_leader || venue(v) == article::principal));
    CHECK(t.irregular == (venue(v) == article::irregular));
    CHECK(t.travels == (venue(v) == article::linked_leader || venue(v) == article::irregular));
  }
  CHECK(p.dates(article::irregular).empty());  // nobody can plan for one
  const auto county = p.of_county_leaders();
  CHECK(std::vector<venue>(county.begin(), county.end()) ==
        std::vector<venue>{article::bureau_leader, article::principal, article::linked_leader});
  const auto units = p.of_units();
  CHECK(std::vector<venue>(units.begin(), units.end()) ==
        std::vector<venue>{article::village, article::section, article::township, article::department, article::window});
}

TEST_CASE("the series of a kind are those of the plan, in order, and it is held on its dates") {
  const reception_plan p = plan_of({});
  std::size_t series = 0;
  for (std::size_t v = 0; v < p.kinds().size(); ++v) {
    std::vector<std::uint32_t> expected;
    for (std::uint32_t i = 0; i < p.series().size(); ++i) {
      if (p.series()[i].where == venue(v)) expected.push_back(i);
    }
    CHECK(std::vector<std::uint32_t>(p.series_of(venue(v)).begin(), p.series_of(venue(v)).end()) == expected);
    series += expected.size();
    for (day d = first; d <= last; ++d) REQUIRE(p.is_held(venue(v), d) == has(dates(p, venue(v)), d));
  }
  CHECK(series == p.series().size());
  CHECK(misuse::of([&] { (void)p.is_held(article::window, last + calendar_days(1)); }) == "d >= first() && d <= last()");
}

TEST_CASE("without county-level leaders the principal leaders sit at the bureau, and a county without a school has no R3") {
  county_tables c = small_county();
  std::erase_if(c.posts, [](const auto& p) { return p.rank == role::county_leader; });
  std::erase_if(c.links, [](const auto& l) { return l.post.starts_with("leader"); });
  const auto org = c.build();
  REQUIRE(org);
  const reception_plan p({}, *org, {}, {}, first, last);
  std::vector<official_id> people;
  const unit_id bureau = *org->units().find("bureau");
  p.roster(p.series()[static_cast<std::size_t>(p.series_at(article::bureau_leader, bureau))], 0, people);
  REQUIRE(people.size() == 1);
  CHECK((*org)[people.front()].post == "secretary");
}

TEST_CASE("a rule that counts from no day of its own counts from the first day of the plan") {
  reception_setting s = only({article::township});
  s[article::township].recur = {*recurrence::parse("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")};
  CHECK(dates(plan_of(s, {}, {}, first, day(2022, 8, 31)), article::township) == days{day(2022, 8, 1), day(2022, 8, 15), day(2022, 8, 29)});
  s[article::township].recur = {*recurrence::parse("FREQ=WEEKLY;BYDAY=MO;COUNT=2")};
  CHECK(dates(plan_of(s), article::township) == days{day(2022, 8, 1), day(2022, 8, 8)});
}

TEST_CASE("turns are counted from a day, backwards before it, so that who sits does not depend on where the plan begins") {
  const reception_setting s;
  const auto from_august = [&](day from) {
    return reception_plan(s, county(), working_calendar(), {}, from, last, first).sessions(first, last);
  };
  const std::vector<reception_session> expected = plan_of(s).sessions(first, last);
  REQUIRE(expected.size() > 100);
  for (day from = first - calendar_days(40); from <= first; ++from) {
    const std::vector<reception_session> found = from_august(from);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      REQUIRE(found[i].place == expected[i].place);
      REQUIRE(found[i].date == expected[i].date);
      REQUIRE(found[i].people == expected[i].people);
    }
  }
  const reception_plan p(s, county(), working_calendar(), {}, day(2022, 7, 25), last, first);
  CHECK(rosters(p, article::bureau_leader, "bureau")[0] == names{"leader-4"});  // 25 July: the last of the round before
  CHECK(rosters(p, article::bureau_leader, "bureau")[1] == names{"leader-1"});
}

TEST_CASE("a Monday before the plan that is split moves into it all the same") {
  reception_setting s;
  s.collision = collision_policy::split;
  const reception_plan p = plan_of(s, {}, {}, day(2022, 8, 16), day(2022, 8, 22));
  CHECK(dates(p, article::bureau_leader) == days{day(2022, 8, 16), day(2022, 8, 22)});
  CHECK(p.collisions().empty());
}
