// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"

#include "sifang/reception/duty_roster.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

using namespace sifang;

namespace {

using choices = std::vector<assignment_choice>;

instant at(int day_of_month, int hour) { return {day(2022, 9, 1) + calendar_days(day_of_month - 1), minutes(60 * hour)}; }

/// The cost of a roster, or `not_allowed` if somebody is in two places or has no rest.
assignment_cost judged(const duty_problem& problem, const std::vector<official_id>& roster) {
  for (std::size_t a = 0; a < roster.size(); ++a) {
    for (std::size_t b = a + 1; b < roster.size(); ++b) {
      if (roster[a].valid() && roster[a] == roster[b] && problem.exclude(seat_id(a), seat_id(b))) return not_allowed;
    }
  }
  return cost_of<seat_id>(problem.without_time(), roster);
}

assignment_cost cheapest_of_all(const duty_problem& problem) {
  std::vector<official_id> roster(problem.seats());
  assignment_cost best = not_allowed;
  const auto try_from = [&](auto&& self, std::size_t s) -> void {
    if (s == roster.size()) {
      best = std::min(best, judged(problem, roster));
      return;
    }
    roster[s] = official_id{};
    self(self, s + 1);
    for (const auto& c : problem.without_time().choices(seat_id(s))) {
      roster[s] = c.who;
      self(self, s + 1);
    }
  };
  try_from(try_from, 0);
  return best;
}

}  // namespace

TEST_CASE("nobody sits in two places at once, even where that would be cheaper") {
  duty_problem problem({{9, 0, 0}, {9, 0, 0}});
  const session_id here = problem.add_session(at(5, 8), at(5, 12)), there = problem.add_session(at(5, 9), at(5, 11));
  const seat_id a = problem.add_seat(here, choices{{official_id(0), 1}, {official_id(1), 50}}, 1000);
  const seat_id b = problem.add_seat(there, choices{{official_id(0), 1}, {official_id(1), 20}}, 1000);
  CHECK(double_duty(problem, std::vector{official_id(0), official_id(0)}) == std::pair(a, b));
  const duty_roster roster = make_duty_roster(problem);
  CHECK(roster.seats == std::vector{official_id(0), official_id(1)});
  CHECK(roster.total == 21);
  CHECK(roster.optimal());
}

TEST_CASE("sessions that follow one another leave no conflict without rest, and one with it") {
  for (const int rest : {0, 1}) {
    duty_problem problem({{9, 0, 0}}, minutes(rest));
    problem.add_seat(problem.add_session(at(5, 8), at(5, 10)), choices{{official_id(0), 1}}, 100);
    problem.add_seat(problem.add_session(at(5, 10), at(5, 12)), choices{{official_id(0), 1}}, 100);
    CHECK(make_duty_roster(problem).total == (rest == 0 ? 2 : 101));
  }
}

TEST_CASE("two seats of one session go to two people") {
  duty_problem problem({{9, 0, 0}, {9, 0, 0}});
  const session_id s = problem.add_session(at(5, 8), at(5, 10));
  for (int k = 0; k < 2; ++k) problem.add_seat(s, choices{{official_id(0), 1}, {official_id(1), 30}}, 100);
  CHECK(make_duty_roster(problem).total == 31);
}

TEST_CASE("Mondays of a quarter: leaders take turns, rest two weeks, and like what they like") {
  std::vector<assignee> leaders(4, assignee{5, 0, 10});
  leaders[3].held = 2;  // sat twice last quarter's end
  duty_problem problem(leaders, minutes(13 * minutes_per_day));
  for (int week = 0; week < 13; ++week) {
    const session_id monday = problem.add_session(at(5 + 7 * week, 8), at(5 + 7 * week, 11));
    choices who;
    for (std::size_t o = 0; o < leaders.size(); ++o) who.push_back({official_id(o), o == 0 && week % 2 == 1 ? 7 : 0});
    problem.add_seat(monday, who, 1000);
  }
  const duty_roster roster = make_duty_roster(problem);
  CHECK(judged(problem, roster.seats) == roster.total);
  CHECK(roster.optimal());
  std::vector<int> duties(leaders.size(), 0);
  for (official_id who : roster.seats) {
    REQUIRE(who.valid());
    ++duties[who.index()];
  }
  CHECK((duties[0] + duties[1] + duties[2] >= 10 && duties[3] <= 3));
}

TEST_CASE("an empty seat says what keeps each of its people away") {
  duty_problem problem({{9, 0, 0}, {9, 0, 0}, {0, 0, 0}, {9, 0, 0}}, minutes(120));
  const session_id early = problem.add_session(at(5, 6), at(5, 7)), main = problem.add_session(at(5, 8), at(5, 10)),
                   also = problem.add_session(at(5, 9), at(5, 10));
  problem.add_seat(also, choices{{official_id(0), 1}}, 5000);
  problem.add_seat(early, choices{{official_id(1), 1}}, 5000);
  const seat_id empty =
      problem.add_seat(main, choices{{official_id(0), 1}, {official_id(1), 1}, {official_id(2), 1}, {official_id(3), 200}}, 100);
  const duty_roster roster = make_duty_roster(problem);
  REQUIRE_FALSE(roster.seats[empty.index()].valid());
  const auto why = hindrances(problem, roster.seats, empty);
  REQUIRE(why.size() == 4);
  CHECK((why[0].why == hindrance::reason::elsewhere && why[0].seat == seat_id(0)));
  CHECK((why[1].why == hindrance::reason::resting && why[1].seat == seat_id(1)));
  CHECK(why[2].why == hindrance::reason::full);
  CHECK(why[3].why == hindrance::reason::dearer);
}

TEST_CASE("when the steps run out there is a roster still, and an honest bound") {
  std::vector<assignee> leaders(3, assignee{20, 0, 1});
  duty_problem problem(leaders, minutes(3 * minutes_per_day));
  for (int k = 0; k < 20; ++k) {
    choices who;
    for (std::size_t o = 0; o < 3; ++o)
      who.push_back({official_id(o), static_cast<assignment_cost>((7 * k + 5 * static_cast<int>(o)) % 11)});
    problem.add_seat(problem.add_session(at(1 + k, 8), at(1 + k, 11)), who, 300);
  }
  const duty_roster quick = make_duty_roster(problem, 1), slow = make_duty_roster(problem, 200000);
  CHECK(judged(problem, quick.seats) == quick.total);
  CHECK(quick.bound <= slow.total);
  CHECK(slow.total <= quick.total);
  CHECK(slow.optimal());
}

TEST_CASE("random rosters cost what every way tried costs") {
  CHECK(rc::check([] {
    std::vector<assignee> officials(static_cast<std::size_t>(*rc::gen::inRange(1, 4)));
    for (auto& a : officials) a = {*rc::gen::inRange(0, 5), *rc::gen::inRange(0, 3), *rc::gen::inRange(0, 4)};
    duty_problem problem(officials, minutes(60 * *rc::gen::inRange(0, 4)));
    const int seats = *rc::gen::inRange(0, 7);
    for (int s = 0; s < seats; ++s) {
      const int start = *rc::gen::inRange(6, 14);
      const session_id session = s > 0 && *rc::gen::inRange(0, 4) == 0
                                     ? session_id(problem.sessions() - 1)
                                     : problem.add_session(at(1, start), at(1, start + *rc::gen::inRange(1, 4)));
      choices who;
      for (std::size_t o = 0; o < officials.size(); ++o) {
        if (*rc::gen::inRange(0, 3) != 0) who.push_back({official_id(o), *rc::gen::inRange(0, 12)});
      }
      problem.add_seat(session, who, *rc::gen::inRange(0, 30));
    }
    const duty_roster roster = make_duty_roster(problem);
    RC_ASSERT(judged(problem, roster.seats) == roster.total);
    RC_ASSERT(roster.total == cheapest_of_all(problem));
    RC_ASSERT(roster.optimal());
  }));
}

TEST_CASE("without a step the roster is what sitting down in order of time gives, the cheapest who are free first") {
  const auto same = [] {
    const auto one_of = [](int least, int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1)); };
    std::vector<assignee> officials(static_cast<std::size_t>(one_of(1, 3)));
    for (auto& a : officials) a = {one_of(0, 3), one_of(0, 2), one_of(0, 4)};
    duty_problem problem(officials, minutes(60 * one_of(0, 2)));
    const int seats = one_of(0, 6);
    for (int s = 0; s < seats; ++s) {
      const int start = one_of(6, 14);
      choices list;
      for (std::size_t o = 0; o < officials.size(); ++o) {
        if (one_of(0, 3) != 0) list.push_back({official_id(o), one_of(0, 12)});
      }
      problem.add_seat(problem.add_session(at(1, start), at(1, start + one_of(1, 4))), list, one_of(0, 30));
    }
    std::vector<std::size_t> order;
    for (int hour = 0; hour < 24; ++hour) {
      for (std::size_t s = 0; s < problem.seats(); ++s) {
        if (problem.start(seat_id(s)) == at(1, hour)) order.push_back(s);
      }
    }
    std::vector<official_id> expected(problem.seats());
    for (const std::size_t s : order) {
      assignment_cost least = problem.without_time().if_unassigned(seat_id(s));
      for (const auto& c : problem.without_time().choices(seat_id(s))) {
        int duties = 0;
        bool busy = false;
        for (std::size_t other = 0; other < expected.size(); ++other) {
          if (expected[other] != c.who || other == s) continue;
          ++duties;
          busy = busy || problem.exclude(seat_id(other), seat_id(s));
        }
        const assignee& a = officials[c.who.index()];
        const assignment_cost points = c.cost + a.marginal(duties + 1);
        if (busy || duties == a.capacity || points >= least) continue;
        least = points;
        expected[s] = c.who;
      }
    }
    const duty_roster roster = make_duty_roster(problem, 0);
    RC_ASSERT(roster.steps == 0u);
    RC_ASSERT(roster.total == judged(problem, expected));
    RC_ASSERT(roster.seats == expected);
    RC_ASSERT(roster.bound <= roster.total);
  };
  for (int k = 0; k < 5; ++k) REQUIRE(rc::check(same));
}

TEST_CASE("of the seats that one official cannot take both, the pair that begins first is found") {
  const auto same = [] {
    const auto one_of = [](int least, int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1)); };
    duty_problem problem({{9, 0, 0}, {9, 0, 0}}, minutes(60 * one_of(0, 2)));
    std::vector<official_id> roster;
    const int seats = one_of(0, 7);
    for (int s = 0; s < seats; ++s) {
      const int start = one_of(0, 20);
      problem.add_seat(problem.add_session(at(1, start), at(1, start + one_of(1, 3))), choices{{official_id(0), 0}, {official_id(1), 0}},
                       1);
      roster.push_back(one_of(0, 2) == 0 ? official_id{} : official_id(static_cast<std::size_t>(one_of(0, 1))));
    }
    std::optional<instant> first;
    for (std::size_t a = 0; a < roster.size(); ++a) {
      for (std::size_t b = 0; b < roster.size(); ++b) {
        if (a == b || !roster[a].valid() || roster[a] != roster[b] || !problem.exclude(seat_id(a), seat_id(b))) continue;
        if (!first || problem.start(seat_id(a)) < *first) first = problem.start(seat_id(a));
      }
    }
    const auto found = double_duty(problem, roster);
    RC_ASSERT(found.has_value() == first.has_value());
    if (!found) return;
    RC_ASSERT(problem.start(found->first) == *first);
    RC_ASSERT(problem.start(found->first) <= problem.start(found->second));
    RC_ASSERT(roster[found->first.index()] == roster[found->second.index()]);
    RC_ASSERT(problem.exclude(found->first, found->second));
  };
  for (int k = 0; k < 5; ++k) REQUIRE(rc::check(same));
}

TEST_CASE("who has had no duty yet is not full, and who has all of them is") {
  duty_problem problem({{1, 0, 0}, {0, 0, 0}}, {});
  const seat_id empty =
      problem.add_seat(problem.add_session(at(5, 8), at(5, 10)), choices{{official_id(0), 500}, {official_id(1), 1}}, 100);
  const std::vector<official_id> nobody(1);
  const auto why = hindrances(problem, nobody, empty);
  CHECK(why.at(0).why == hindrance::reason::dearer);
  CHECK(why.at(1).why == hindrance::reason::full);
  // Sessions that touch do not overlap: what is missing between them is rest.
  for (const int start : {6, 10}) {
    duty_problem touching({{9, 0, 0}}, minutes(60));
    touching.add_seat(touching.add_session(at(5, 8), at(5, 10)), choices{{official_id(0), 1}}, 100);
    touching.add_seat(touching.add_session(at(5, start), at(5, start + 2)), choices{{official_id(0), 1}}, 100);
    CHECK_FALSE(touching.overlap(seat_id(0), seat_id(1)));
    CHECK(touching.exclude(seat_id(0), seat_id(1)));
    CHECK(hindrances(touching, std::vector{official_id(0), official_id{}}, seat_id(1)).at(0).why == hindrance::reason::resting);
  }
  // Whoever sits there is not kept from it.
  const auto others = hindrances(problem, std::vector{official_id(1)}, empty);
  REQUIRE(others.size() == 1);
  CHECK(others[0].who == official_id(0));
  // A duty on another day keeps nobody from a seat that is only too dear.
  duty_problem apart({{9, 0, 0}}, minutes(60));
  apart.add_seat(apart.add_session(at(5, 8), at(5, 10)), choices{{official_id(0), 1}}, 100);
  apart.add_seat(apart.add_session(at(7, 8), at(7, 10)), choices{{official_id(0), 500}}, 100);
  CHECK(hindrances(apart, std::vector{official_id(0), official_id{}}, seat_id(1)).at(0).why == hindrance::reason::dearer);
  CHECK_THROWS(duty_problem({}, minutes(-1)));
  CHECK_NOTHROW(duty_problem({}, minutes(0)));
  CHECK_THROWS(problem.add_session(at(5, 8), at(5, 8)));
  CHECK_THROWS(problem.add_seat(session_id(7), choices{}, 0));
}
