// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_ASSIGNMENT_HPP
#define SIFANG_ASSIGN_ASSIGNMENT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/span_of.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

/// \file
/// What an assignment of tasks to officials is: who may take what at what cost, and what a finished one costs.
/// "sifang/assign/optimal_assignment.hpp" finds the cheapest; any other rule can be judged by the same cost.

namespace sifang {

/// Points of cost. Whole, so that the cheapest is the cheapest to the last unit.
using assignment_cost = std::int64_t;
/// No single cost is more, on either side of 0: a choice's, a task's that nobody takes, a further task's. Sums of a million such
/// costs stay below `not_allowed`, and so does every path of the search among up to 32,768 officials.
inline constexpr assignment_cost most_cost = assignment_cost{1} << 40;
/// More than any assignment costs. That a sum stays below it is asserted where sums are made.
inline constexpr assignment_cost not_allowed = (std::numeric_limits<assignment_cost>::max)() / 4;

namespace detail {
[[nodiscard]] constexpr bool is_cost(assignment_cost c) noexcept { return -most_cost <= c && c <= most_cost; }
[[nodiscard]] constexpr bool is_sum_of_costs(assignment_cost c) noexcept { return -not_allowed < c && c < not_allowed; }
}  // namespace detail

/// Someone who can take tasks.
struct assignee {
  int capacity = 0;          ///< tasks that may be given here; 0 for someone who takes none
  int held = 0;              ///< tasks in hand already, which this assignment leaves alone
  assignment_cost step = 0;  ///< fairness: a further task costs so much for each one already in hand; not negative

  /// Added cost of the n-th task given here, n from 1. It never falls, so that the sum over n is convex.
  /// \pre it is at most `most_cost`; asserted
  [[nodiscard]] constexpr assignment_cost marginal(int n) const noexcept {
    const assignment_cost in_hand = assignment_cost{held} + n - 1;
    SIFANG_ASSERT(in_hand <= 0 || step <= most_cost / in_hand, "a cost of the n-th task that is at most most_cost");
    return step * in_hand;
  }
  /// Cost of n tasks beside their own: the sum of the marginal ones.
  /// \pre it is below `not_allowed`; asserted
  [[nodiscard]] constexpr assignment_cost load_cost(int n) const noexcept {
    const assignment_cost steps = assignment_cost{n} * held + assignment_cost{n} * (assignment_cost{n} - 1) / 2;
    SIFANG_ASSERT(steps <= 0 || step < not_allowed / steps, "a cost of all tasks that is below not_allowed");
    return step * steps;
  }
};

/// One official who may take a task, and at what cost (suitability, travel, hand-over, preference).
struct assignment_choice {
  official_id who;           ///< the official
  assignment_cost cost = 0;  ///< may be negative
};

/// Tasks, officials, and who may take what. Tasks and officials are numbered from 0.
/// \tparam Task  a `basic_id`: `case_id` for owners of cases, `seat_id` for rosters
template <class Task = case_id>
class assignment_problem {
 public:
  assignment_problem() = default;
  /// \pre capacities, duties held and steps are not negative, steps at most `most_cost`, officials at most 32,768; asserted
  explicit assignment_problem(std::vector<assignee> officials) : officials_(std::move(officials)) {
    SIFANG_ASSERT(std::all_of(officials_.begin(), officials_.end(),
                              [](const assignee& a) { return a.capacity >= 0 && a.held >= 0 && a.step >= 0 && a.step <= most_cost; }),
                  "capacities and duties that are not negative, and steps from 0 to most_cost");
    SIFANG_ASSERT(officials_.size() <= 1u << 15, "at most 32,768 officials");
  }

  /// A task that one of `choices` may take; nobody takes it at the cost `if_unassigned`, so that every problem
  /// has a solution. \pre each official at most once, and costs within `most_cost` of 0; asserted
  /// \complexity n log n in the choices
  Task add(std::span<const assignment_choice> choices, assignment_cost if_unassigned) {
    SIFANG_ASSERT(std::all_of(choices.begin(), choices.end(), [](const auto& c) { return detail::is_cost(c.cost); }) &&
                      detail::is_cost(if_unassigned),
                  "costs within most_cost of 0");
    const Task added(first_.size() - 1);
    choices_.insert(choices_.end(), choices.begin(), choices.end());
    const auto row = choices_.begin() + static_cast<std::ptrdiff_t>(first_.back());
    std::sort(row, choices_.end(), [](const auto& a, const auto& b) { return a.who < b.who; });
    SIFANG_ASSERT(std::adjacent_find(row, choices_.end(), [](const auto& a, const auto& b) { return a.who == b.who; }) == choices_.end(),
                  "each official at most once");
    SIFANG_ASSERT(choices.empty() || choices_.back().who.index() < officials_.size(), "officials of this problem");
    first_.push_back(choices_.size());
    if_unassigned_.push_back(if_unassigned);
    return added;
  }

  /// How many tasks there are, and who can take them. @{
  [[nodiscard]] std::size_t tasks() const noexcept { return if_unassigned_.size(); }
  [[nodiscard]] std::span<const assignee> officials() const noexcept { return detail::span_of(officials_); }
  /// @}
  /// Who may take the task, by id.
  [[nodiscard]] std::span<const assignment_choice> choices(Task t) const noexcept {
    SIFANG_ASSERT(t.index() < tasks());
    return {choices_.data() + first_[t.index()], first_[t.index() + 1] - first_[t.index()]};
  }
  /// Cost of the task if nobody takes it.
  [[nodiscard]] assignment_cost if_unassigned(Task t) const noexcept {
    SIFANG_ASSERT(t.index() < tasks(), "a task of this problem");
    return if_unassigned_[t.index()];
  }

 private:
  std::vector<assignee> officials_;
  std::vector<std::size_t> first_{0};
  std::vector<assignment_choice> choices_;
  std::vector<assignment_cost> if_unassigned_;
};

/// What giving each task to `owner[task]` costs (an invalid id: nobody). It is `not_allowed` if an official may not
/// take a task, or has more than the capacity. \pre one owner a task, officials of this problem, and a sum below
/// `not_allowed`; asserted  \complexity linear in tasks × log choices
template <class Task>
[[nodiscard]] assignment_cost cost_of(const assignment_problem<Task>& problem, std::span<const official_id> owner) {
  SIFANG_ASSERT(owner.size() == problem.tasks(), "an owner, or nobody, for each task");
  std::vector<int> load(problem.officials().size(), 0);
  assignment_cost total = 0;
  for (std::size_t i = 0; i < owner.size(); ++i) {
    if (!owner[i].valid()) {
      total += problem.if_unassigned(Task(i));
      SIFANG_ASSERT(detail::is_sum_of_costs(total), "a sum of costs below not_allowed");
      continue;
    }
    const auto choices = problem.choices(Task(i));
    const auto at = std::lower_bound(choices.begin(), choices.end(), owner[i], [](const auto& c, official_id o) { return c.who < o; });
    if (at == choices.end() || at->who != owner[i]) return not_allowed;
    total += at->cost;
    SIFANG_ASSERT(detail::is_sum_of_costs(total), "a sum of costs below not_allowed");
    ++load[owner[i].index()];
  }
  for (std::size_t o = 0; o < load.size(); ++o) {
    if (load[o] > problem.officials()[o].capacity) return not_allowed;
    total += problem.officials()[o].load_cost(load[o]);
    SIFANG_ASSERT(detail::is_sum_of_costs(total), "a sum of costs below not_allowed");
  }
  return total;
}

/// A cost that no assignment can go below, whatever the prices: each task takes its cheapest choice with the
/// official's price added, and each official takes as many tasks as its price makes worth while.
///
/// With the prices of an optimal assignment it is that assignment's cost, which proves it optimal (strong duality
/// of convex min-cost flow; Ahuja, Magnanti & Orlin 1993, ch. 9 and 14). It looks at the problem only, not at how
/// the prices were found. \pre a price for each official, and sums below `not_allowed`; asserted
/// \complexity linear in choices and capacities
template <class Task>
[[nodiscard]] assignment_cost lower_bound(const assignment_problem<Task>& problem, std::span<const assignment_cost> price) {
  SIFANG_ASSERT(price.size() == problem.officials().size(), "a price for each official");
  SIFANG_ASSERT(std::all_of(price.begin(), price.end(), detail::is_sum_of_costs), "prices below not_allowed");
  assignment_cost bound = 0;
  for (std::size_t i = 0; i < problem.tasks(); ++i) {
    assignment_cost least = problem.if_unassigned(Task(i));
    for (const auto& [who, cost] : problem.choices(Task(i))) least = (std::min)(least, cost + price[who.index()]);
    bound += least;
    SIFANG_ASSERT(detail::is_sum_of_costs(bound), "a sum of costs below not_allowed");
  }
  for (std::size_t o = 0; o < price.size(); ++o) {
    const assignee& a = problem.officials()[o];
    for (int n = 1; n <= a.capacity && a.marginal(n) < price[o]; ++n) {
      bound += a.marginal(n) - price[o];
      SIFANG_ASSERT(detail::is_sum_of_costs(bound), "a sum of costs below not_allowed");
      if (n == (std::numeric_limits<int>::max)()) break;
    }
  }
  return bound;
}

}  // namespace sifang

#endif
