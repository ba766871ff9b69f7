// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/assign/assignment.hpp"
#include "sifang/assign/assignment_network.hpp"
#include "sifang/assign/optimal_assignment.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

using namespace sifang;

namespace {

using choices = std::vector<assignment_choice>;

std::vector<official_id> owners(const optimal_assignment<>& solved, std::size_t tasks) {
  std::vector<official_id> out;
  for (std::size_t i = 0; i < tasks; ++i) out.push_back(solved.owner(case_id(i)));
  return out;
}

/// Every way to give out the tasks, tried.
assignment_cost cheapest_of_all(const assignment_problem<>& problem) {
  std::vector<official_id> owner(problem.tasks());
  assignment_cost best = not_allowed;
  const auto try_from = [&](auto&& self, std::size_t i) -> void {
    if (i == owner.size()) {
      best = std::min(best, cost_of<case_id>(problem, owner));
      return;
    }
    owner[i] = official_id{};
    self(self, i + 1);
    for (const auto& c : problem.choices(case_id(i))) {
      owner[i] = c.who;
      self(self, i + 1);
    }
  };
  try_from(try_from, 0);
  return best;
}

/// Few officials with small capacities and small costs: ties, full officials and unassigned tasks are common.
std::vector<assignee> some_officials(int at_most) {
  std::vector<assignee> out(static_cast<std::size_t>(*rc::gen::inRange(1, at_most + 1)));
  for (auto& a : out) a = {*rc::gen::inRange(0, 4), *rc::gen::inRange(0, 3), *rc::gen::inRange(0, 4)};
  return out;
}
choices some_choices(std::size_t officials) {
  choices out;
  for (std::size_t o = 0; o < officials; ++o) {
    if (*rc::gen::inRange(0, 3) != 0) out.push_back({official_id(o), *rc::gen::inRange(0, 12)});
  }
  return out;
}
assignment_cost some_penalty() { return *rc::gen::inRange(0, 25); }

/// What must hold whenever the assignment is asked.
void is_optimal(const optimal_assignment<>& solved, std::size_t tasks) {
  const assignment_problem<> now = solved.problem();
  std::vector<official_id> owner;
  for (std::size_t i = 0; i < tasks; ++i) owner.push_back(solved.owner(case_id(i)));
  RC_ASSERT(cost_of<case_id>(now, owner) == solved.total());
  RC_ASSERT(lower_bound<case_id>(now, solved.prices()) == solved.total());
}

}  // namespace

TEST_CASE("a case goes where it costs least while there is room") {
  assignment_problem<> problem({{1, 0, 0}, {1, 0, 0}});
  problem.add(choices{{official_id(0), 3}, {official_id(1), 5}}, 100);
  problem.add(choices{{official_id(0), 1}, {official_id(1), 9}}, 100);
  const optimal_assignment<> solved(problem);
  CHECK(solved.owner(case_id(0)) == official_id(1));  // it gives way: 5 + 1 is less than 3 + 9
  CHECK(solved.owner(case_id(1)) == official_id(0));
  CHECK(solved.total() == 6);
  CHECK(lower_bound<case_id>(problem, solved.prices()) == 6);
}

TEST_CASE("fairness: with a step of cost the load is spread, with none it is not") {
  for (const assignment_cost step : {0, 10}) {
    assignment_problem<> problem({{9, 0, step}, {9, 0, step}, {9, 2, step}});
    for (int i = 0; i < 8; ++i) problem.add(choices{{official_id(0), 1}, {official_id(1), 2}, {official_id(2), 2}}, 1000);
    const optimal_assignment<> solved(problem);
    const std::vector<int> load{solved.load(official_id(0)), solved.load(official_id(1)), solved.load(official_id(2))};
    if (step == 0)
      CHECK(load == std::vector<int>{8, 0, 0});
    else
      CHECK((load[2] <= 2 && std::max(load[0], load[1]) - std::min(load[0], load[1]) <= 1));  // the third holds two already
  }
}

TEST_CASE("a case that nobody has room for says who limits it") {
  assignment_problem<> problem({{1, 0, 0}, {1, 0, 0}, {1, 0, 0}});
  problem.add(choices{{official_id(0), 1}}, 100);
  problem.add(choices{{official_id(0), 1}, {official_id(1), 1}}, 100);
  problem.add(choices{{official_id(1), 1}}, 100);
  optimal_assignment<> solved(problem);
  const std::vector<official_id> who = owners(solved, 3);
  const auto left = static_cast<std::size_t>(std::find(who.begin(), who.end(), official_id{}) - who.begin());
  REQUIRE(left < 3);
  CHECK(solved.limiting(case_id(left)) == std::vector{official_id(0), official_id(1)});  // the third could not help
  solved.set_capacity(official_id(1), 2);
  CHECK(solved.total() == 3);
}

TEST_CASE("a case that is cheaper left alone is left alone, and nobody limits it") {
  assignment_problem<> problem({{1, 0, 0}});
  problem.add(choices{{official_id(0), 7}}, 5);
  const optimal_assignment<> solved(problem);
  CHECK_FALSE(solved.owner(case_id(0)).valid());
  CHECK(solved.limiting(case_id(0)).empty());
  CHECK(solved.total() == 5);
}

TEST_CASE("the cost of an assignment that is not allowed is never") {
  assignment_problem<> problem({{1, 0, 0}, {1, 0, 0}});
  problem.add(choices{{official_id(0), 3}}, 10);
  problem.add(choices{{official_id(0), 3}}, 10);
  CHECK(cost_of<case_id>(problem, std::vector{official_id(1), official_id{}}) == not_allowed);
  CHECK(cost_of<case_id>(problem, std::vector{official_id(0), official_id(0)}) == not_allowed);
  CHECK(cost_of<case_id>(problem, std::vector{official_id(0), official_id{}}) == 13);
}

TEST_CASE("random instances cost what every way tried and what Boost's flow find, to the last unit") {
  CHECK(rc::check([] {
    assignment_problem<> problem(some_officials(4));
    const int tasks = *rc::gen::inRange(0, 6);
    for (int i = 0; i < tasks; ++i) problem.add(some_choices(problem.officials().size()), some_penalty());
    const optimal_assignment<> solved(problem);
    is_optimal(solved, problem.tasks());
    RC_ASSERT(solved.total() == cheapest_of_all(problem));
    RC_ASSERT(solved.total() == cost_of<case_id>(problem, owners_by_boost(problem)));
  }));
}

TEST_CASE("larger random instances cost what Boost's flow finds, with a certificate") {
  CHECK(rc::check([] {
    assignment_problem<> problem(some_officials(12));
    const int tasks = *rc::gen::inRange(0, 50);
    for (int i = 0; i < tasks; ++i) problem.add(some_choices(problem.officials().size()), some_penalty());
    const optimal_assignment<> solved(problem);
    is_optimal(solved, problem.tasks());
    RC_ASSERT(solved.total() == cost_of<case_id>(problem, owners_by_boost(problem)));
  }));
}

TEST_CASE("after any change the assignment is as cheap as one made anew") {
  CHECK(rc::check([] {
    assignment_problem<> problem(some_officials(6));
    const std::size_t officials = problem.officials().size();
    optimal_assignment<> solved(problem);
    std::vector<bool> there;
    for (int step = 0; step < 40; ++step) {
      const int what = *rc::gen::inRange(0, 6);
      const auto at = there.empty() ? 0 : static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(there.size())));
      if (what <= 2 || there.empty()) {
        solved.add(some_choices(officials), some_penalty());
        there.push_back(true);
      } else if (what == 3 && there[at]) {
        solved.remove(case_id(at));
        there[at] = false;
      } else if (what == 4 && there[at]) {
        solved.change(case_id(at), some_choices(officials), some_penalty());
      } else {
        solved.set_capacity(official_id(static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(officials)))),
                            *rc::gen::inRange(0, 5));
      }
      const assignment_problem<> now = solved.problem();
      RC_ASSERT(lower_bound<case_id>(now, solved.prices()) == solved.total());
      RC_ASSERT(optimal_assignment<>(now).total() == solved.total());
    }
    // Removed tasks have no owner to ask for; the rest must cost what is said.
    std::vector<official_id> owner(there.size());
    for (std::size_t i = 0; i < there.size(); ++i)
      if (there[i]) owner[i] = solved.owner(case_id(i));
    RC_ASSERT(cost_of<case_id>(solved.problem(), owner) == solved.total());
  }));
}
