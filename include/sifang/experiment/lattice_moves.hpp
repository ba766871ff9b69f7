// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_LATTICE_MOVES_HPP
#define SIFANG_EXPERIMENT_LATTICE_MOVES_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/experiment/lattice_record.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

namespace sifang {

/// What finite differences around a point say of the points near it: each variable's levels add their own part to every figure and to the
/// cost. These are the cuts of Cezik & L'Ecuyer (2008), over one, two, three levels to either side, in a box where they can be trusted;
/// the least cost that they allow is found by branch and bound.
class lattice_moves {
 public:
  /// From the first looks of a point and of those beside it. \param record  has looked at the whole of `centre`
  template <class = when_called>
  lattice_moves(const lattice_problem& problem, const lattice_options& options, const lattice_record& record, const lattice_point& centre)
      : problem_(&problem), record_(&record), centre_(centre), axes_(centre.size()), targets_(problem.targets.size()) {
    const lattice_trial& here = record.at(centre);
    cost_here_ = early_cost(here);
    for (std::size_t k = 0; k < targets_; ++k) to_spare_.push_back(here.slacks[k].estimate - record.need(here, k));
    for (std::size_t j = 0; j < axes_.size(); ++j) {
      for (int by = -options.reach; by <= options.reach; ++by) {
        lattice_point p = centre;
        p[j] += by;
        const lattice_trial* there = by == 0 ? &here : record.find(p);
        if (there == nullptr || !there->possible || there->early.replications() == 0) continue;
        offset o{by, early_cost(*there) - cost_here_, {}};
        for (std::size_t k = 0; k < targets_; ++k) {
          const double change = slack(*there, k) - slack(here, k);
          o.slack.push_back(std::isfinite(change) ? change : 0);
        }
        axes_[j].push_back(std::move(o));
      }
      // The cheapest first, so that the first answers cut the most.
      std::stable_sort(axes_[j].begin(), axes_[j].end(), [](const offset& a, const offset& b) { return a.cost < b.cost; });
    }
    bound_rest();
  }

  /// The cheapest point that should meet the targets and is not known to miss them; nothing if there is none below the cost of the centre.
  /// \param tolerance  part of the changes by which the differences may be wrong
  /// \complexity at most some hundred thousand points, times targets
  template <class = when_called>
  [[nodiscard]] std::optional<lattice_point> cheapest(double tolerance) {
    tolerance_ = tolerance;
    best_cost_ = -1e-9 * (1 + std::abs(cost_here_));
    best_.reset();
    nodes_ = 0;
    now_ = centre_;
    descend(0, 0, to_spare_);
    return best_;
  }

 private:
  struct offset {
    int by;
    double cost;
    std::vector<double> slack;
  };
  static constexpr std::size_t most_nodes = 300000;

  template <class = when_called>
  [[nodiscard]] double slack(const lattice_trial& t, std::size_t k) const {
    const lattice_target& target = problem_->targets[k];
    return (target.at_least ? 1 : -1) * (t.early.ratio(k) - target.bound);
  }
  template <class = when_called>
  [[nodiscard]] double early_cost(const lattice_trial& t) const {
    return problem_->price(t.at) + (problem_->samples_cost ? t.early.ratio(targets_) : 0);
  }
  /// What the variables from each one on can save, and bring, at most.
  template <class = when_called>
  void bound_rest() {
    least_rest_.assign(axes_.size() + 1, 0);
    most_rest_.assign(axes_.size() + 1, std::vector<double>(targets_, 0.0));
    for (std::size_t j = axes_.size(); j-- > 0;) {
      least_rest_[j] = least_rest_[j + 1] + axes_[j].front().cost;
      for (std::size_t k = 0; k < targets_; ++k) {
        double most = -std::numeric_limits<double>::infinity();
        for (const offset& o : axes_[j]) most = (std::max)(most, gain(o, k, 0.5));
        most_rest_[j][k] = most_rest_[j + 1][k] + most;
      }
    }
  }
  /// What an offset brings, if the differences may be wrong by a part.
  [[nodiscard]] static double gain(const offset& o, std::size_t k, double tolerance) noexcept {
    return o.slack[k] + tolerance * std::abs(o.slack[k]);
  }
  template <class = when_called>
  void descend(std::size_t j, double cost, const std::vector<double>& spare) {
    if (++nodes_ > most_nodes || cost + least_rest_[j] >= best_cost_) return;
    for (std::size_t k = 0; k < targets_; ++k) {
      if (spare[k] + most_rest_[j][k] < 0) return;
    }
    if (j == axes_.size()) {
      if (std::any_of(spare.begin(), spare.end(), [](double s) { return s < 0; }) || is_known_to_miss()) return;
      best_cost_ = cost;
      best_ = now_;
      return;
    }
    std::vector<double> next(targets_);
    for (const offset& o : axes_[j]) {
      for (std::size_t k = 0; k < targets_; ++k) next[k] = spare[k] + gain(o, k, tolerance_);
      now_[j] = centre_[j] + o.by;
      descend(j + 1, cost + o.cost, next);
    }
    now_[j] = centre_[j];
  }
  /// Looked at and not good enough, or nowhere above a point that is so: more effort is taken to serve no worse.
  template <class = when_called>
  [[nodiscard]] bool is_known_to_miss() const {
    if (record_->is_refuted(now_)) return true;
    const lattice_trial* here = record_->find(now_);
    if (here != nullptr && (here->screened || !here->possible || !here->within_limits)) return true;
    for (const lattice_trial& t : record_->trials()) {
      const bool looked =
          t.screened || (t.possible && t.within_limits && !t.slacks.empty() && t.sums.replications() > t.early.replications());
      if (!looked || record_->passes(t)) continue;
      bool below = true;
      for (std::size_t j = 0; below && j < now_.size(); ++j) below = now_[j] <= t.at[j];
      if (below) return true;
    }
    return here != nullptr && record_->passes(*here) && here->cost >= record_->at(centre_).cost;
  }

  const lattice_problem* problem_;
  const lattice_record* record_;
  lattice_point centre_, now_;
  std::vector<std::vector<offset>> axes_;
  std::size_t targets_, nodes_ = 0;
  double cost_here_ = 0, best_cost_ = 0, tolerance_ = 0;
  std::vector<double> to_spare_, least_rest_;
  std::vector<std::vector<double>> most_rest_;
  std::optional<lattice_point> best_;
};

}  // namespace sifang

#endif
