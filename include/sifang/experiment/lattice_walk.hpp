// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_LATTICE_WALK_HPP
#define SIFANG_EXPERIMENT_LATTICE_WALK_HPP

#include "sifang/experiment/lattice_moves.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/experiment/lattice_record.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// The way of a search over a lattice: from a start to the cheapest point that may be expected to be proven, all on one set of
/// replications.

namespace sifang::detail {

/// Where a search is, and how it goes on.
template <std::same_as<lattice_problem> Problem>
class lattice_walk {
 public:
  lattice_walk(const Problem& problem, const lattice_options& options, lattice_record& record)
      : problem_(problem), options_(options), record_(record), now_(start()) {
    for (const lattice_axis& a : problem.axes) top_.push_back(a.levels - 1);
  }

  /// The best point so far.
  [[nodiscard]] const lattice_point& at() const noexcept { return now_; }
  /// Positions of the points at which it was.
  [[nodiscard]] std::vector<std::size_t>& path() noexcept { return path_; }
  /// Whether the caller stopped it, and whether points were left for want of budget. @{
  [[nodiscard]] bool stopped() const noexcept { return stopped_; }
  [[nodiscard]] bool out_of_budget() const noexcept { return out_of_budget_; }
  /// @}
  /// Goes on from a point that is no step of its own.
  void stand_at(const lattice_point& p) { now_ = p; }

  /// Looks at points. \returns whether it could: not where it was stopped, or new ones are more than half of the budget allows
  bool look(const std::vector<lattice_point>& points, lattice_step why, bool whole = true) {
    if (record_.searched() >= options_.budget / 2) {
      // What is known already may be looked at again; nothing new is begun.
      const auto known = [&](const lattice_point& p) { return record_.find(p) != nullptr; };
      if (!record_.trials().empty() && !std::all_of(points.begin(), points.end(), known)) {
        out_of_budget_ = true;
        return false;
      }
    }
    if (record_.look(points, why, whole)) return true;
    stopped_ = true;
    return false;
  }
  void move_to(const lattice_point& p) {
    now_ = p;
    const std::size_t at = record_.position(p);
    if (path_.empty() || path_.back() != at) path_.push_back(at);
  }

  /// Somewhere that meets the targets: the start, else as little above it as will do, else wherever single levels lead.
  bool find_one_that_passes() {
    if (passes(now_, lattice_step::start)) {
      move_to(now_);
      return true;
    }
    if (stopped_) return false;
    if (const auto known = cheapest_known()) {
      move_to(*known);
      return true;
    }
    if (passes(top_, lattice_step::widest)) {
      move_to(top_);
      lower_along_diagonal();
      return !stopped_;
    }
    return !stopped_ && repair();
  }
  /// The point that misses what it must bring by least; of equals the cheapest, then the first.
  [[nodiscard]] lattice_point nearest() const {
    const lattice_trial* best = nullptr;
    double least = 0;
    for (const lattice_trial& t : record_.trials()) {
      const double missing = record_.shortfall(t);
      if (best != nullptr && !(missing < least || (missing == least && t.cost < best->cost))) continue;
      best = &t;
      least = missing;
    }
    return best == nullptr ? now_ : best->at;
  }

  /// Lower levels of one variable after another, then exchanges.
  void improve() {
    bisect();
    while (!stopped_ && exchange()) {}
  }

 private:
  bool passes(const lattice_point& p, lattice_step why) { return look({p}, why) && record_.passes(record_.at(p)); }

  /// Of the points that were looked at and pass.
  [[nodiscard]] std::optional<lattice_point> cheapest_known() const {
    const lattice_trial* best = nullptr;
    for (const lattice_trial& t : record_.trials()) {
      if (record_.passes(t) && (best == nullptr || t.cost < best->cost)) best = &t;
    }
    if (best == nullptr) return std::nullopt;
    return best->at;
  }
  void lower_along_diagonal() {
    const lattice_point from = start();
    const auto raised = [&](int by) {
      lattice_point p = from;
      for (std::size_t j = 0; j < p.size(); ++j) p[j] = (std::min)(p[j] + by, top_[j]);
      return p;
    };
    int fails = 0, good = 0;
    for (std::size_t j = 0; j < from.size(); ++j) good = (std::max)(good, top_[j] - from[j]);
    while (good - fails > 1 && !stopped_) {
      const int middle = fails + (good - fails) / 2;
      if (passes(raised(middle), lattice_step::diagonal)) {
        good = middle;
        move_to(raised(good));
      } else {
        fails = middle;
      }
    }
  }
  [[nodiscard]] lattice_point start() const {
    lattice_point out;
    for (const lattice_axis& a : problem_.axes) out.push_back(std::clamp(a.start, 0, a.levels - 1));
    return out;
  }
  /// From the point that misses least, level by level, to where the targets are met or no level helps.
  bool repair() {
    for (now_ = nearest(); !stopped_;) {
      std::vector<lattice_point> beside;
      for (std::size_t j = 0; j < now_.size(); ++j) {
        for (const int by : {1, -1}) {
          lattice_point p = now_;
          p[j] += by;
          if (p[j] >= 0 && p[j] <= top_[j]) beside.push_back(std::move(p));
        }
      }
      if (!look(beside, lattice_step::repair)) return false;
      if (const auto found = cheapest_known()) {
        move_to(*found);
        return true;
      }
      const lattice_point better = nearest();
      if (better == now_) return false;
      now_ = better;
    }
    return false;
  }
  void bisect() {
    std::vector<std::size_t> order;
    std::vector<double> saving;
    for (std::size_t j = 0; j < now_.size(); ++j) {
      lattice_point p = now_;
      p[j] = 0;
      saving.push_back(problem_.price(now_) - problem_.price(p));
      order.push_back(j);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return saving[a] > saving[b]; });
    for (const std::size_t j : order) {
      int fails = -1, good = now_[j];
      while (good - fails > 1 && !stopped_) {
        lattice_point p = now_;
        p[j] = fails + (good - fails) / 2;
        if (passes(p, lattice_step::bisection) && record_.at(p).cost < record_.at(now_).cost) {
          good = p[j];
          move_to(p);
        } else {
          fails = p[j];
        }
      }
    }
  }
  /// One move to a cheaper point, by what differences around the best so far say. \returns whether there was one
  bool exchange() {
    std::vector<lattice_point> beside;
    for (std::size_t j = 0; j < now_.size(); ++j) {
      for (int by = -options_.reach; by <= options_.reach; ++by) {
        lattice_point p = now_;
        p[j] += by;
        if (by != 0 && p[j] >= 0 && p[j] <= top_[j]) beside.push_back(std::move(p));
      }
    }
    if (!look(beside, lattice_step::difference, false)) return false;
    lattice_moves moves(problem_, options_, record_, now_);
    for (const double tolerance : {0.0, 0.2}) {
      for (int tries = 0; tries < most_tries; ++tries) {
        const auto next = moves.cheapest(tolerance);
        if (!next) break;
        if (!look({*next}, lattice_step::exchange)) return false;
        if (!record_.passes(record_.at(*next)) || !(record_.at(*next).cost < record_.at(now_).cost)) continue;
        move_to(*next);
        return true;
      }
    }
    return false;
  }

  static constexpr int most_tries = 12;

  const Problem& problem_;
  const lattice_options& options_;
  lattice_record& record_;
  lattice_point now_, top_;
  std::vector<std::size_t> path_;
  bool stopped_ = false, out_of_budget_ = false;
};

}  // namespace sifang::detail

#endif
