// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_DUTY_ROSTER_HPP
#define SIFANG_RECEPTION_DUTY_ROSTER_HPP

#include "sifang/assign/assignment.hpp"
#include "sifang/assign/optimal_assignment.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// Who sits at which session (排班): the cheapest roster in which nobody is in two places and everybody rests.

namespace sifang {

using seat_id = basic_id<struct seat_tag>;  ///< a place for one person at a session

/// Sessions with seats, and who may take each seat at what cost. A session that needs somebody senior has a seat
/// with senior people as its only choices.
class duty_problem {
 public:
  /// \param officials  how many duties each may take, how many they have had, and the step that spreads them
  /// \param rest       time free of duty after a session, before the same official sits again; not negative
  explicit duty_problem(std::vector<assignee> officials, minutes rest = {}) : seats_(std::move(officials)), rest_(rest) {
    SIFANG_ASSERT(rest.count >= 0);
  }

  /// \pre start < end; asserted
  template <class = when_called>
  session_id add_session(instant start, instant end) {
    SIFANG_ASSERT(start < end);
    sessions_.push_back({start, end});
    return session_id(sessions_.size() - 1);
  }
  /// A seat that one of `choices` may take, or that stays empty at a cost. \pre the session is of this problem; asserted
  template <class = when_called>
  seat_id add_seat(session_id at, std::span<const assignment_choice> choices, assignment_cost if_empty) {
    SIFANG_ASSERT(at.index() < sessions_.size());
    session_of_.push_back(at);
    return seats_.add(choices, if_empty);
  }

  /// How many have been added. @{
  [[nodiscard]] std::size_t sessions() const noexcept { return sessions_.size(); }
  [[nodiscard]] std::size_t seats() const noexcept { return session_of_.size(); }
  /// @}
  /// The session that a seat is at.
  [[nodiscard]] session_id session_of(seat_id s) const noexcept { return session_of_[s.index()]; }
  /// Times of the session that a seat is at. @{
  [[nodiscard]] instant start(seat_id s) const noexcept { return sessions_[session_of(s).index()].start; }
  [[nodiscard]] instant end(seat_id s) const noexcept { return sessions_[session_of(s).index()].end; }
  /// @}
  /// Time free of duty between two sessions of one official.
  [[nodiscard]] minutes rest() const noexcept { return rest_; }
  /// The seats and officials alone, without time.
  [[nodiscard]] const assignment_problem<seat_id>& without_time() const noexcept { return seats_; }

  /// Whether the sessions of two seats overlap, so that one official cannot take both.
  [[nodiscard]] bool overlap(seat_id a, seat_id b) const noexcept { return start(a) < end(b) && start(b) < end(a); }
  /// Whether one official cannot take both: the sessions overlap, or leave no rest between them.
  [[nodiscard]] bool exclude(seat_id a, seat_id b) const noexcept { return start(a) < end(b) + rest_ && start(b) < end(a) + rest_; }

 private:
  struct session {
    instant start, end;
  };
  assignment_problem<seat_id> seats_;
  std::vector<session> sessions_;
  std::vector<session_id> session_of_;
  minutes rest_;
};

/// A roster, and how good it is known to be.
struct duty_roster {
  std::vector<official_id> seats;  ///< by seat; an invalid id for an empty one
  assignment_cost total = 0;       ///< points
  assignment_cost bound = 0;       ///< no roster costs less
  std::size_t steps = 0;           ///< assignments looked at

  /// Whether no roster can cost less.
  [[nodiscard]] bool optimal() const noexcept { return total == bound; }
};

/// Why somebody who may take a seat does not.
struct hindrance {
  /// What keeps an official from a seat.
  enum class reason : std::uint8_t {
    full,       ///< has as many duties as may be given
    elsewhere,  ///< sits at another session at that time (`seat`)
    resting,    ///< would have no rest before or after another session (`seat`)
    dearer,     ///< could sit, but that costs more than it is worth
  };
  official_id who;  ///< the official
  reason why{};     ///< what keeps them
  seat_id seat;     ///< the other seat, where there is one
};

/// What keeps each of a seat's choices from it, by official. \complexity choices × seats
template <class = when_called>
[[nodiscard]] inline std::vector<hindrance> hindrances(const duty_problem& problem, std::span<const official_id> roster, seat_id seat) {
  SIFANG_ASSERT(roster.size() == problem.seats());
  std::vector<hindrance> out;
  for (const auto& choice : problem.without_time().choices(seat)) {
    const official_id who = choice.who;
    if (roster[seat.index()] == who) continue;
    hindrance h{who, hindrance::reason::dearer, {}};
    int duties = 0;
    for (std::size_t s = 0; s < roster.size(); ++s) {
      if (roster[s] != who) continue;
      ++duties;
      if (seat_id(s) == seat || !problem.exclude(seat_id(s), seat)) continue;
      const bool both = problem.overlap(seat_id(s), seat);
      if (h.why == hindrance::reason::elsewhere && !both) continue;
      h = {who, both ? hindrance::reason::elsewhere : hindrance::reason::resting, seat_id(s)};
    }
    if (h.why == hindrance::reason::dearer && duties >= problem.without_time().officials()[who.index()].capacity)
      h.why = hindrance::reason::full;
    out.push_back(h);
  }
  return out;
}

/// The first two seats of one official that exclude each other, by start of the earlier; nothing if there are none.
/// \complexity seats × log(seats)
template <class = when_called>
[[nodiscard]] inline std::optional<std::pair<seat_id, seat_id>> double_duty(const duty_problem& problem,
                                                                            std::span<const official_id> roster) {
  std::vector<seat_id> taken;
  for (std::size_t s = 0; s < roster.size(); ++s) {
    if (roster[s].valid()) taken.push_back(seat_id(s));
  }
  // Of one official's seats in order of start, two that exclude each other have neighbours between that do.
  std::sort(taken.begin(), taken.end(), [&](seat_id a, seat_id b) {
    return std::tuple(roster[a.index()], problem.start(a), a) < std::tuple(roster[b.index()], problem.start(b), b);
  });
  std::optional<std::pair<seat_id, seat_id>> found;
  for (std::size_t k = 0; k + 1 < taken.size(); ++k) {
    const seat_id a = taken[k], b = taken[k + 1];
    if (roster[a.index()] != roster[b.index()] || !problem.exclude(a, b)) continue;
    if (!found || problem.start(a) < problem.start(found->first)) found = {a, b};
  }
  return found;
}

namespace detail {

/// Branch and bound over `optimal_assignment`, which knows nothing of time: where its answer has somebody in two
/// places, either they may not take what excludes the first seat, or they may not take the first seat.
template <std::same_as<duty_problem> Problem>
class duty_search {
 public:
  duty_search(const Problem& problem, std::size_t steps)
      : problem_(problem), steps_(steps), solved_(problem.without_time()), banned_(problem.seats()), roster_(problem.seats()) {}

  [[nodiscard]] duty_roster run() {
    best_.seats = in_order_of_time();
    best_.total = cost_of<seat_id>(problem_.without_time(), best_.seats);
    descend();
    best_.bound = (std::min)(best_.total, open_bound_);
    return std::move(best_);
  }

 private:
  struct ban {
    seat_id seat;
    official_id who;
  };

  /// Each session in turn takes the cheapest people who are free: a roster to begin with.
  [[nodiscard]] std::vector<official_id> in_order_of_time() const {
    const auto& seats = problem_.without_time();
    std::vector<seat_id> order;
    for (std::size_t s = 0; s < problem_.seats(); ++s) order.push_back(seat_id(s));
    detail::sort_stably(order, [&](seat_id a, seat_id b) { return problem_.start(a) < problem_.start(b); });
    std::vector<official_id> roster(problem_.seats());
    std::vector<int> duties(seats.officials().size(), 0);
    for (std::size_t k = 0; k < order.size(); ++k) {
      assignment_cost least = seats.if_unassigned(order[k]);
      for (const auto& [who, cost] : seats.choices(order[k])) {
        const assignee& official = seats.officials()[who.index()];
        const assignment_cost points = cost + official.marginal(duties[who.index()] + 1);
        if (points >= least || duties[who.index()] >= official.capacity) continue;
        const bool taken = std::any_of(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k),
                                       [&, w = who](seat_id s) { return roster[s.index()] == w && problem_.exclude(s, order[k]); });
        if (taken) continue;
        least = points;
        roster[order[k].index()] = who;
      }
      if (roster[order[k].index()].valid()) ++duties[roster[order[k].index()].index()];
    }
    return roster;
  }

  void descend() {
    if (solved_.total() >= best_.total) return;
    if (best_.steps == steps_) {
      open_bound_ = (std::min)(open_bound_, solved_.total());
      return;
    }
    ++best_.steps;
    for (std::size_t s = 0; s < roster_.size(); ++s) roster_[s] = solved_.owner(seat_id(s));
    const auto found = double_duty(problem_, roster_);
    if (!found) {
      best_.seats = roster_;
      best_.total = solved_.total();
      return;
    }
    const seat_id kept = found->first;
    const official_id who = roster_[kept.index()];
    std::vector<ban> bans;
    for (std::size_t s = 0; s < problem_.seats(); ++s) {
      if (seat_id(s) != kept && problem_.exclude(seat_id(s), kept) && may_take(seat_id(s), who)) bans.push_back({seat_id(s), who});
    }
    descend_with(bans);
    descend_with({{kept, who}});
  }
  void descend_with(const std::vector<ban>& bans) {
    for (const ban& b : bans) {
      banned_[b.seat.index()].push_back(b.who);
      ask_again(b.seat);
    }
    descend();
    for (const ban& b : bans) {
      banned_[b.seat.index()].pop_back();
      ask_again(b.seat);
    }
  }
  [[nodiscard]] bool may_take(seat_id seat, official_id who) const {
    const auto choices = problem_.without_time().choices(seat);
    const auto& banned = banned_[seat.index()];
    return std::any_of(choices.begin(), choices.end(), [&](const auto& c) { return c.who == who; }) &&
           std::find(banned.begin(), banned.end(), who) == banned.end();
  }
  void ask_again(seat_id seat) {
    choices_.clear();
    for (const auto& c : problem_.without_time().choices(seat)) {
      const auto& banned = banned_[seat.index()];
      if (std::find(banned.begin(), banned.end(), c.who) == banned.end()) choices_.push_back(c);
    }
    solved_.change(seat, choices_, problem_.without_time().if_unassigned(seat));
  }

  const Problem& problem_;
  std::size_t steps_;
  optimal_assignment<seat_id> solved_;
  std::vector<std::vector<official_id>> banned_;
  std::vector<official_id> roster_;
  std::vector<assignment_choice> choices_;
  duty_roster best_;
  assignment_cost open_bound_ = not_allowed;
};

}  // namespace detail

/// The cheapest roster, if it is found and proved within `steps`; else the best one found, with a bound below
/// which no roster can be. Seats nobody can take stay empty; `hindrances` says why.
///
/// Seats without time are a min-cost flow; overlap and rest are reached by branch and bound over it. With neither
/// binding one step is enough; in general the problem is NP-hard (Kolen, Lenstra, Papadimitriou & Spieksma 2007).
/// \param steps  assignments to look at, at most
/// (A template, so that only programs that call it compile the search.)
/// \complexity steps × seats × one re-solve
template <std::same_as<duty_problem> Problem>
[[nodiscard]] duty_roster make_duty_roster(const Problem& problem, std::size_t steps = 10000) {
  return detail::duty_search(problem, steps).run();
}

}  // namespace sifang

#endif
