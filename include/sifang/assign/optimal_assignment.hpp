// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_OPTIMAL_ASSIGNMENT_HPP
#define SIFANG_ASSIGN_OPTIMAL_ASSIGNMENT_HPP

#include "sifang/assign/assignment.hpp"
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

namespace sifang {

/// The cheapest assignment of tasks to officials, kept cheapest while tasks come and go and capacities change.
///
/// It is a min-cost flow with convex costs of load, solved by successive shortest paths. Tasks are many and
/// officials few, so the paths run on the officials alone: from a to b it costs what the cheapest of a's tasks
/// would cost more at b. Prices of the officials keep these costs non-negative (Edmonds & Karp 1972; Tomizawa
/// 1971) and are the certificate: `lower_bound(problem, prices())` equals `total()`.
///
/// The cost is the same whatever the order of changes; among assignments of equal cost the order decides, and
/// equal changes in equal order give equal assignments.
/// \complexity each change is a few shortest paths among m officials, O(m²) at worst and mostly far less;
///             memory 16 m² bytes and the choices
template <class Task = case_id>
class optimal_assignment {
 public:
  /// Assigns every task of the problem.
  explicit optimal_assignment(const assignment_problem<Task>& problem)
      : officials_(problem.officials().begin(), problem.officials().end()),
        here_(officials_.size() + 1),
        price_(officials_.size() + 1, 0),
        way_(here_.size() * here_.size()),
        search_(here_.size()) {
    for (std::size_t o = 0; o < officials_.size(); ++o) price_[o] = officials_[o].marginal(1);
    for (std::size_t i = 0; i < problem.tasks(); ++i) add(problem.choices(Task(i)), problem.if_unassigned(Task(i)));
  }

  /// One more task; its id is the next one. \pre each official at most once, ids of this problem, costs within `most_cost`
  /// of 0, so that the cost of everything stays below `not_allowed`; asserted
  Task add(std::span<const assignment_choice> choices, assignment_cost if_unassigned) {
    SIFANG_ASSERT(rows_.size() < none, "fewer than 2^32 - 1 tasks");
    rows_.push_back(row_of(choices, if_unassigned));
    owner_.push_back(none);
    position_.push_back(0);
    place(static_cast<std::uint32_t>(rows_.size() - 1));
    return Task(rows_.size() - 1);
  }
  /// The task is done with; its id stays unused. \pre not removed before; asserted
  void remove(Task t) {
    const std::uint32_t i = checked(t);
    const std::uint32_t from = owner_[i];
    take_out(i);
    total_ -= cost(i, from);
    rows_[i].clear();
    freed(from);
  }
  /// The task's choices are others now. \pre not removed, and as `add`; asserted
  void change(Task t, std::span<const assignment_choice> choices, assignment_cost if_unassigned) {
    const std::uint32_t i = checked(t);
    remove(t);
    rows_[i] = row_of(choices, if_unassigned);
    place(i);
  }
  /// The official may be given so many tasks from now on; 0 for one who leaves. \pre an official of this problem, capacity not
  /// negative; asserted  \complexity a few paths for each unit that is taken up or missed
  void set_capacity(official_id who, int capacity) {
    SIFANG_ASSERT(who.index() < officials_.size() && capacity >= 0, "an official of this problem, and a capacity that is not negative");
    const auto o = static_cast<std::uint32_t>(who.index());
    // Only a unit that is taken up, or that is missed, changes anything: room without end costs no more than room.
    while (officials_[o].capacity < capacity && load(o) >= officials_[o].capacity) {
      ++officials_[o].capacity;
      relieve(o);
    }
    officials_[o].capacity = (std::min)(officials_[o].capacity, (std::max)(capacity, load(o)));
    while (officials_[o].capacity > capacity) {
      --officials_[o].capacity;
      if (load(o) > officials_[o].capacity) evict(o);
    }
    officials_[o].capacity = capacity;
  }

  /// Who has the task; an invalid id when nobody has. \pre not removed; asserted
  [[nodiscard]] official_id owner(Task t) const {
    const std::uint32_t o = owner_[checked(t)];
    return o == nobody() ? official_id{} : official_id(o);
  }
  /// Tasks given to an official.
  [[nodiscard]] int load(official_id who) const noexcept {
    SIFANG_ASSERT(who.index() < officials_.size(), "an official of this problem");
    return load(static_cast<std::uint32_t>(who.index()));
  }
  /// Cost of everything: of the choices, of the load, and of what nobody takes.
  [[nodiscard]] assignment_cost total() const noexcept { return total_; }
  /// What one more task would cost each official at the margin, in points: the dual prices.
  [[nodiscard]] std::span<const assignment_cost> prices() const noexcept { return detail::span_of(price_).first(officials_.size()); }
  /// The problem as it stands after all changes; a removed task costs nothing and has no choice.
  [[nodiscard]] assignment_problem<Task> problem() const {
    assignment_problem<Task> out(officials_);
    std::vector<assignment_choice> choices;
    for (const auto& row : rows_) {
      choices.clear();
      for (std::size_t k = 0; k + 1 < row.size(); ++k) choices.push_back({official_id(row[k].to), row[k].cost});
      out.add(choices, row.empty() ? 0 : row.back().cost);
    }
    return out;
  }
  /// Why nobody has a task: the officials who would all have to hold more for it to be taken, by id. They are full,
  /// and so is everyone to whom one of their tasks could go (the cut of max-flow min-cut). Empty when an official
  /// of the chain has room, that is, when nobody takes the task because that costs less.
  [[nodiscard]] std::vector<official_id> limiting(Task t) const {
    std::vector<official_id> out;
    std::vector<bool> seen(officials_.size(), false);
    const auto reach = [&](std::uint32_t i) {
      for (const arc& a : rows_[i]) {
        if (a.to == nobody() || seen[a.to]) continue;
        seen[a.to] = true;
        out.push_back(official_id(a.to));
      }
    };
    reach(checked(t));
    for (std::size_t k = 0; k < out.size(); ++k) {
      const auto o = static_cast<std::uint32_t>(out[k].index());
      if (load(o) < officials_[o].capacity) return {};
      for (std::uint32_t i : here_[o]) reach(i);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  static constexpr std::uint32_t none = (std::numeric_limits<std::uint32_t>::max)();

  struct arc {
    std::uint32_t to;
    assignment_cost cost;
  };
  /// The cheapest way to move one task from an official to another: added cost, and which task.
  struct move {
    assignment_cost cost = not_allowed;
    std::uint32_t task = none;
    friend bool operator<(const move& a, const move& b) noexcept { return a.cost != b.cost ? a.cost < b.cost : a.task < b.task; }
  };
  struct reached {
    assignment_cost distance = not_allowed;
    std::uint32_t next = none;  // the neighbour on the path
    bool settled = false;
  };

  [[nodiscard]] std::uint32_t nobody() const noexcept { return static_cast<std::uint32_t>(officials_.size()); }
  [[nodiscard]] std::uint32_t checked(Task t) const {
    SIFANG_ASSERT(t.index() < rows_.size() && !rows_[t.index()].empty(), "a task of this problem that was not removed");
    return static_cast<std::uint32_t>(t.index());
  }
  [[nodiscard]] int load(std::uint32_t o) const noexcept { return static_cast<int>(here_[o].size()); }
  [[nodiscard]] bool has_room(std::uint32_t o) const noexcept { return o == nobody() || load(o) < officials_[o].capacity; }
  /// Added cost of the n-th task; nobody takes any number at none.
  [[nodiscard]] assignment_cost marginal(std::uint32_t o, int n) const noexcept { return o == nobody() ? 0 : officials_[o].marginal(n); }
  [[nodiscard]] move& way(std::uint32_t from, std::uint32_t to) noexcept { return way_[std::size_t{from} * here_.size() + to]; }

  [[nodiscard]] std::vector<arc> row_of(std::span<const assignment_choice> choices, assignment_cost if_unassigned) const {
    std::vector<arc> row;
    row.reserve(choices.size() + 1);
    for (const auto& [who, cost] : choices) {
      SIFANG_ASSERT(who.index() < officials_.size(), "officials of this problem");
      SIFANG_ASSERT(detail::is_cost(cost), "costs within most_cost of 0");
      row.push_back({static_cast<std::uint32_t>(who.index()), cost});
    }
    std::sort(row.begin(), row.end(), [](const arc& a, const arc& b) { return a.to < b.to; });
    SIFANG_ASSERT(std::adjacent_find(row.begin(), row.end(), [](const arc& a, const arc& b) { return a.to == b.to; }) == row.end(),
                  "each official at most once");
    SIFANG_ASSERT(detail::is_cost(if_unassigned), "costs within most_cost of 0");
    row.push_back({nobody(), if_unassigned});
    return row;
  }
  /// Cost of a task at an official; `not_allowed` if it may not go there.
  [[nodiscard]] assignment_cost cost(std::uint32_t i, std::uint32_t o) const noexcept {
    const auto& row = rows_[i];
    if (row.size() == here_.size()) return row[o].cost;
    const auto at = std::lower_bound(row.begin(), row.end(), o, [](const arc& a, std::uint32_t to) { return a.to < to; });
    return at == row.end() || at->to != o ? not_allowed : at->cost;
  }

  void put_in(std::uint32_t i, std::uint32_t o) {
    owner_[i] = o;
    position_[i] = static_cast<std::uint32_t>(here_[o].size());
    here_[o].push_back(i);
    const assignment_cost now = cost(i, o);
    for (const arc& a : rows_[i]) {
      if (a.to != o) way(o, a.to) = (std::min)(way(o, a.to), move{a.cost - now, i});
    }
  }
  void take_out(std::uint32_t i) {
    const std::uint32_t o = owner_[i];
    here_[o][position_[i]] = here_[o].back();
    position_[here_[o].back()] = position_[i];
    here_[o].pop_back();
    owner_[i] = none;
    for (const arc& a : rows_[i]) {
      if (way(o, a.to).task != i) continue;
      move best;
      for (std::uint32_t k : here_[o]) {
        const assignment_cost there = cost(k, a.to);
        if (there != not_allowed) best = (std::min)(best, move{there - cost(k, o), k});
      }
      way(o, a.to) = best;
    }
  }

  void begin_search() { std::fill(search_.begin(), search_.end(), reached{}); }
  /// The nearest official not settled; `none` if no other can be reached. Ties go to the lower id.
  [[nodiscard]] std::uint32_t nearest_open() const noexcept {
    std::uint32_t at = none;
    assignment_cost least = not_allowed;
    for (std::uint32_t o = 0; o < search_.size(); ++o) {
      if (!search_[o].settled && search_[o].distance < least) {
        least = search_[o].distance;
        at = o;
      }
    }
    return at;
  }
  void improve(std::uint32_t o, assignment_cost distance, std::uint32_t next) noexcept {
    if (!search_[o].settled && distance < search_[o].distance) search_[o] = {distance, next, false};
  }

  /// Settles officials from those begun with, along moves, until room is found; answers where, and shifts prices.
  [[nodiscard]] std::uint32_t find_room() {
    std::uint32_t room = none;
    assignment_cost length = not_allowed;
    for (std::uint32_t o = nearest_open(); o != none && search_[o].distance < length; o = nearest_open()) {
      search_[o].settled = true;
      if (has_room(o)) {
        const assignment_cost end = search_[o].distance + marginal(o, load(o) + 1) - price_[o];
        if (end < length) {
          length = end;
          room = o;
        }
      }
      const move* ways = &way(o, 0);
      for (std::uint32_t b = 0; b < search_.size(); ++b) {
        if (ways[b].task != none) improve(b, search_[o].distance + ways[b].cost + price_[b] - price_[o], o);
      }
    }
    for (std::uint32_t o = 0; o < search_.size(); ++o) {
      if (search_[o].distance < length) price_[o] += length - search_[o].distance;
    }
    return room;
  }
  /// Moves one task along each step of the path that ends at `o`, last step first.
  std::uint32_t shift_to(std::uint32_t o) {
    while (search_[o].next != none) {
      const std::uint32_t from = search_[o].next;
      note_move(from, o);
      o = from;
    }
    return o;
  }
  void note_move(std::uint32_t from, std::uint32_t to) { moves_.push_back({way(from, to).task, to}); }
  /// Carries out the moves that were noted; noting first keeps the moves of one path apart.
  void carry_out() {
    for (const auto& [i, to] : moves_) {
      total_ += cost(i, to) - cost(i, owner_[i]);
      take_out(i);
    }
    for (const auto& [i, to] : moves_) put_in(i, to);
    moves_.clear();
  }

  void place(std::uint32_t i) {
    begin_search();
    assignment_cost least = not_allowed;
    for (const arc& a : rows_[i]) least = (std::min)(least, a.cost + price_[a.to]);
    for (const arc& a : rows_[i]) improve(a.to, a.cost + price_[a.to] - least, none);
    const std::uint32_t room = find_room();
    total_ += marginal(room, load(room) + 1);
    const std::uint32_t first = shift_to(room);
    carry_out();
    put_in(i, first);
    total_ += cost(i, first);
    SIFANG_ASSERT(detail::is_sum_of_costs(total_), "a cost of everything below not_allowed");
  }
  /// More tasks are with `o` than its capacity: one moves on.
  void evict(std::uint32_t o) {
    begin_search();
    search_[o].distance = 0;
    total_ -= marginal(o, load(o));
    const std::uint32_t room = find_room();
    total_ += marginal(room, load(room) + 1);
    shift_to(room);
    carry_out();
  }
  void freed(std::uint32_t o) {
    if (o == nobody()) return;
    total_ -= marginal(o, load(o) + 1);
    relieve(o);
  }
  /// There is room at `o` again. If its price says that this is worth more than room costs, a task comes in along
  /// the shortest path from whoever gains most by giving one up; prices fall by what was gained.
  void relieve(std::uint32_t o) {
    const assignment_cost gain = price_[o] - marginal(o, load(o) + 1);
    if (!has_room(o) || gain <= 0) return;
    begin_search();
    search_[o].distance = 0;
    std::uint32_t giver = none;
    assignment_cost length = gain;
    for (std::uint32_t b = nearest_open(); b != none && search_[b].distance < length; b = nearest_open()) {
      search_[b].settled = true;
      if (b != o && load(b) > 0) {
        const assignment_cost end = search_[b].distance + price_[b] - marginal(b, load(b));
        if (end < length) {
          length = end;
          giver = b;
        }
      }
      for (std::uint32_t a = 0; a < search_.size(); ++a) {
        const move& m = way(a, b);
        if (m.task != none) improve(a, search_[b].distance + m.cost + price_[b] - price_[a], b);
      }
    }
    for (std::uint32_t b = 0; b < search_.size(); ++b) {
      if (search_[b].distance < length) price_[b] -= length - search_[b].distance;
    }
    if (giver == none) return;
    total_ += marginal(o, load(o) + 1) - marginal(giver, load(giver));
    for (std::uint32_t a = giver; a != o; a = search_[a].next) note_move(a, search_[a].next);
    carry_out();
  }

  std::vector<assignee> officials_;
  std::vector<std::vector<arc>> rows_;            // by task, the last arc leads to nobody; empty when removed
  std::vector<std::uint32_t> owner_;              // by task
  std::vector<std::uint32_t> position_;           // by task, in here_
  std::vector<std::vector<std::uint32_t>> here_;  // tasks by official; the last is nobody
  std::vector<assignment_cost> price_;
  std::vector<move> way_;  // cheapest move from each official to each
  std::vector<reached> search_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> moves_;  // task and where it goes
  assignment_cost total_ = 0;
};

}  // namespace sifang

#endif
