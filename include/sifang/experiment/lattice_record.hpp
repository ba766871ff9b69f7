// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_LATTICE_RECORD_HPP
#define SIFANG_EXPERIMENT_LATTICE_RECORD_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <numbers>
#include <utility>
#include <vector>

namespace sifang {

/// The points that a search has looked at: each is sampled once, all on the same replications.
///
/// A point is first looked at for a few replications and left there if it misses a target by what chance cannot explain. The others get all
/// replications of the search.
class lattice_record {
 public:
  /// \param problem, options  outlive the record
  lattice_record(const lattice_problem& problem, const lattice_options& options)
      : problem_(&problem), options_(&options), margins_(problem.targets.size(), 0.0) {}

  /// Looks at points that were not looked at before. \param whole  for all replications of the search, not for the first look alone
  /// \returns whether all were: not where the caller stopped
  template <class = when_called>
  bool look(const std::vector<lattice_point>& points, lattice_step why, bool whole) {
    std::vector<std::size_t> all, fresh;
    for (const lattice_point& p : points) {
      const auto [where, is_new] = index_.try_emplace(p, trials_.size());
      if (is_new && begin(p, why)) fresh.push_back(where->second);
      all.push_back(where->second);
    }
    if (!sample(fresh, 0, options_->first_look)) return false;
    for (const std::size_t i : fresh) {
      lattice_trial& t = trials_[i];
      t.early = t.sums;
      t.screened = t.possible && misses_clearly(t.early);
      settle(t);
    }
    std::vector<std::size_t> further;
    for (const std::size_t i : all) {
      const lattice_trial& t = trials_[i];
      const bool wanted = whole && t.possible && t.within_limits && !t.screened && t.sums.replications() < options_->search;
      if (wanted && std::find(further.begin(), further.end(), i) == further.end()) further.push_back(i);
    }
    if (!sample(further, options_->first_look, options_->search - options_->first_look)) return false;
    for (const std::size_t i : further) settle(trials_[i]);
    return true;
  }

  /// The point, if it was looked at.
  template <class = when_called>
  [[nodiscard]] const lattice_trial* find(const lattice_point& p) const {
    const auto at = index_.find(p);
    return at == index_.end() ? nullptr : &trials_[at->second];
  }
  /// The same. \pre it was looked at; asserted
  template <class = when_called>
  [[nodiscard]] const lattice_trial& at(const lattice_point& p) const {
    const lattice_trial* found = find(p);
    SIFANG_ASSERT(found != nullptr, "a point that was looked at");
    return *found;
  }
  /// Every point, in the order in which they were looked at. @{
  [[nodiscard]] const std::vector<lattice_trial>& trials() const noexcept { return trials_; }
  [[nodiscard]] std::vector<lattice_trial>& trials() noexcept { return trials_; }
  /// @}
  /// Position of a point among them. \pre it was looked at; asserted
  template <class = when_called>
  [[nodiscard]] std::size_t position(const lattice_point& p) const {
    const auto at = index_.find(p);
    SIFANG_ASSERT(at != index_.end(), "a point that was looked at");
    return at->second;
  }
  /// Replications of the search so far, and of the proofs with them; what proofs add is counted by these. @{
  [[nodiscard]] std::size_t searched() const noexcept { return searched_; }
  [[nodiscard]] std::size_t replications() const noexcept { return searched_ + fresh_; }
  void count(std::size_t fresh) noexcept { fresh_ += fresh; }
  /// @}

  /// By how much the search wants a target to be met beyond what the proof is expected to need; raised where a proof has failed. @{
  [[nodiscard]] const std::vector<double>& margins() const noexcept { return margins_; }
  void raise(std::size_t target, double to) noexcept { margins_[target] = (std::max)(margins_[target], to); }
  void set_margin(std::size_t target, double to) noexcept { margins_[target] = to; }
  /// Which part of what the proof is expected to need a point must have to pass; all of it at first.
  void dare(double part) noexcept { part_needed_ = part; }
  /// @}
  /// A point that the proof did not accept: the search goes round it.
  void refute(const lattice_point& p) { refuted_.push_back(p); }
  /// Whether the proof did not accept it. Linear in those points.
  [[nodiscard]] bool is_refuted(const lattice_point& p) const noexcept {
    return std::find(refuted_.begin(), refuted_.end(), p) != refuted_.end();
  }

  /// Confidence of each interval, two to a target and point, so that all of a round hold together: `alpha` is the round's part of the
  /// error. Two, since a point may be looked at twice.
  [[nodiscard]] double confidence_of_one(double alpha) const noexcept {
    const auto targets = static_cast<double>((std::max<std::size_t>)(problem_->targets.size(), 1));
    return 1 - alpha / (2 * targets * (1 + static_cast<double>(problem_->axes.size())));
  }
  /// Which part of the error the r-th round of proof may make: 6/(πr)², which add up to all of it.
  [[nodiscard]] static double alpha_of(double confidence, int round) noexcept {
    return (1 - confidence) * 6 / (std::numbers::pi * std::numbers::pi * round * round);
  }
  /// How far the bound of an interval of `n` replications will lie from the estimate after `proof` ones.
  [[nodiscard]] double width_in_proof(const lattice_slack& s, interval_kind kind, std::size_t n) const noexcept {
    const double width = s.estimate - s.least;
    if (!(width < std::numeric_limits<double>::infinity())) return 0;
    const double part = static_cast<double>(n) / static_cast<double>(options_->proof);
    const bool one_sided = kind == interval_kind::at_least || kind == interval_kind::at_most;
    return width * (std::min)(1.0, one_sided ? part : std::sqrt(part));
  }
  /// Whether a point may be expected to be proven: within its limits, and each target met with as much to spare as the proof needs.
  template <class = when_called>
  [[nodiscard]] bool passes(const lattice_trial& t) const {
    if (!t.possible || !t.within_limits || t.screened || t.sums.replications() < options_->search || is_refuted(t.at)) return false;
    for (std::size_t k = 0; k < t.slacks.size(); ++k) {
      if (!(t.slacks[k].estimate >= need(t, k))) return false;
    }
    return true;
  }
  /// What a target's slack has to be at a point. \pre the point was sampled, k is a target; asserted
  template <class = when_called>
  [[nodiscard]] double need(const lattice_trial& t, std::size_t k) const {
    SIFANG_ASSERT(k < needs_[position(t.at)].size(), "a target of a point that was sampled");
    return margins_[k] + part_needed_ * needs_[position(t.at)][k];
  }
  /// By how much a point misses what it must bring: the worst of targets and limits, each as a part of its bound. Infinite where it cannot
  /// be, or a figure has no value.
  template <class = when_called>
  [[nodiscard]] double shortfall(const lattice_trial& t) const {
    if (!t.possible || t.sums.replications() + t.known.size() == 0) return std::numeric_limits<double>::infinity();
    const auto part = [](double missing, double bound) { return missing / (bound != 0 ? std::abs(bound) : 1); };
    double worst = 0;
    for (std::size_t k = 0; k < t.known.size(); ++k) worst = (std::max)(worst, part(t.known[k] - problem_->limits[k], problem_->limits[k]));
    if (worst > 0) return 1e6 + worst;  // beyond what is allowed: last resort, whatever it would bring
    for (std::size_t k = 0; k < t.slacks.size(); ++k) {
      worst = (std::max)(worst, part(need(t, k) - t.slacks[k].estimate, problem_->targets[k].bound));
    }
    return worst;
  }

 private:
  /// \returns whether it is to be sampled
  template <class = when_called>
  bool begin(const lattice_point& p, lattice_step why) {
    SIFANG_ASSERT(p.size() == problem_->axes.size(), "a level of each variable");
    lattice_trial t;
    t.at = p;
    t.why = why;
    if (!problem_->limits.empty()) {
      t.known = problem_->known(p);
      t.possible = t.known.size() == problem_->limits.size();
      for (std::size_t k = 0; k < t.known.size(); ++k) t.within_limits = t.within_limits && t.known[k] <= problem_->limits[k];
    }
    t.cost = problem_->price(p);
    trials_.push_back(std::move(t));
    needs_.emplace_back();
    return trials_.back().possible && trials_.back().within_limits;
  }
  template <class = when_called>
  bool sample(const std::vector<std::size_t>& which, std::size_t first, std::size_t count) {
    if (which.empty() || count == 0) return true;
    std::vector<lattice_request> requests;
    for (const std::size_t i : which) requests.push_back({trials_[i].at, first, count, first == 0});
    const std::vector<lattice_rows> found = problem_->sample(requests);
    if (found.size() < requests.size()) return false;
    for (std::size_t r = 0; r < which.size(); ++r) {
      lattice_trial& t = trials_[which[r]];
      if (t.sums.replications() == 0) t.sums = lattice_sums(problem_->figures());
      t.possible = !found[r].numerators.empty();
      if (!t.possible) continue;
      t.sums.add(found[r], problem_->samples_cost);
      searched_ += count;
    }
    return true;
  }
  /// By far more than chance: the search has many points, and each that is left wrongly is lost.
  template <class = when_called>
  [[nodiscard]] bool misses_clearly(const lattice_sums& seen) const {
    const t_scale scale(seen.replications(), 0.999);
    for (std::size_t k = 0; k < problem_->targets.size(); ++k) {
      const lattice_target& target = problem_->targets[k];
      if (slack_of(target, seen.estimate(k, target.what, scale)).state == lattice_state::fails) return true;
    }
    return false;
  }
  template <class = when_called>
  void settle(lattice_trial& t) {
    if (!t.possible || t.sums.replications() == 0) return;
    const t_scale scale(t.sums.replications(), confidence_of_one(alpha_of(options_->confidence, 1)));
    t.slacks.clear();
    std::vector<double>& needs = needs_[position(t.at)];
    needs.clear();
    const double to_proof = static_cast<double>(t.sums.replications()) / static_cast<double>(options_->proof);
    for (std::size_t k = 0; k < problem_->targets.size(); ++k) {
      const interval seen = t.sums.estimate(k, problem_->targets[k].what, scale);
      t.slacks.push_back(slack_of(problem_->targets[k], seen));
      // The bound of an interval of so few replications is far from that of many: its distance is taken from their variance.
      const bool one_sided = seen.kind == interval_kind::at_least || seen.kind == interval_kind::at_most;
      needs.push_back(one_sided ? width_in_proof(t.slacks[k], seen.kind, t.sums.replications())
                                : scale.normal() * t.sums.standard_error(k) * std::sqrt(to_proof));
    }
    t.cost = problem_->price(t.at);
    if (problem_->samples_cost) t.cost += t.sums.ratio(problem_->targets.size());
  }

  const lattice_problem* problem_;
  const lattice_options* options_;
  std::vector<lattice_trial> trials_;
  std::vector<std::vector<double>> needs_;  ///< of each trial: how far from each estimate the bound of a proof will lie
  std::map<lattice_point, std::size_t> index_;
  std::vector<double> margins_;
  std::vector<lattice_point> refuted_;
  std::size_t searched_ = 0, fresh_ = 0;
  double part_needed_ = 1;
};

}  // namespace sifang

#endif
