// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_LATTICE_PROOF_HPP
#define SIFANG_EXPERIMENT_LATTICE_PROOF_HPP

#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/experiment/lattice_record.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

/// \file
/// The proof of what a search over a lattice has found: points on replications that the search has not seen, others in each round.

namespace sifang::detail {

/// A point on fresh replications.
struct fresh_point {
  lattice_proof told;  ///< what they say
  lattice_sums sums;   ///< of them
  bool wanted = true;  ///< it can be, and is within its limits
};

/// How far the target that is met least is from its bound, at worst; infinitely far where nothing is known.
[[nodiscard]] inline double least_slack(const lattice_proof& p) noexcept {
  double least = std::numeric_limits<double>::infinity();
  for (const lattice_slack& s : p.slacks) least = (std::min)(least, s.least);
  return p.slacks.empty() ? -least : least;
}

/// Samples and judges points.
template <std::same_as<lattice_problem> Problem>
class lattice_prover {
 public:
  lattice_prover(const Problem& problem, const lattice_options& options, lattice_record& record)
      : problem_(problem), options_(options), record_(record) {}

  /// Whether the caller stopped it.
  [[nodiscard]] bool stopped() const noexcept { return stopped_; }

  /// A point before its first replication. \param axis  in which it is one below the answer; -1: the answer itself
  [[nodiscard]] fresh_point fresh(const lattice_point& at, int axis) {
    fresh_point out{{at, axis}, lattice_sums(problem_.figures())};
    if (problem_.limits.empty()) return out;
    const lattice_trial* seen = record_.find(at);
    out.told.known = seen != nullptr ? seen->known : problem_.known(at);
    if (out.told.known.size() != problem_.limits.size()) {
      out.wanted = false;
      out.told.state = lattice_state::no_data;
    }
    for (std::size_t k = 0; k < out.told.known.size(); ++k) {
      if (out.told.known[k] <= problem_.limits[k]) continue;
      out.wanted = false;
      out.told.state = lattice_state::fails;
    }
    return out;
  }

  /// Replications `seen` … of points whose state is open. \returns whether the caller let it
  bool sample(std::vector<fresh_point>& points, int round, std::size_t seen, std::size_t to) {
    std::vector<lattice_request> requests;
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const fresh_point& p = points[i];
      const bool open = p.told.state == lattice_state::not_seen || p.told.state == lattice_state::undecided;
      if (!p.wanted || !open) continue;
      requests.push_back({p.told.at, first_of(round) + seen, to - seen, false});
      which.push_back(i);
    }
    if (requests.empty() || to == seen) return true;
    const std::vector<lattice_rows> rows = problem_.sample(requests);
    if (rows.size() < requests.size()) {
      stopped_ = true;
      return false;
    }
    for (std::size_t r = 0; r < which.size(); ++r) {
      fresh_point& p = points[which[r]];
      if (rows[r].numerators.empty()) {
        p.wanted = false;
        p.told.state = lattice_state::no_data;
        continue;
      }
      p.sums.add(rows[r], problem_.samples_cost);
      record_.count(to - seen);
      judge(p, round);
    }
    return true;
  }
  /// Both looks, the second at those that are open after the first. \returns whether the caller let it
  bool sample(std::vector<fresh_point>& points, int round) {
    return sample(points, round, 0, options_.proof_look) && sample(points, round, options_.proof_look, options_.proof);
  }
  /// All replications of a proof for a point that needed the first look alone. \returns whether the caller let it
  bool complete(fresh_point& p, int round) {
    const std::size_t seen = p.sums.replications();
    if (seen >= options_.proof) return true;
    const std::vector<lattice_rows> rows = problem_.sample({{p.told.at, first_of(round) + seen, options_.proof - seen, false}});
    stopped_ = rows.empty();
    if (stopped_ || rows.front().numerators.empty()) return false;
    p.sums.add(rows.front(), problem_.samples_cost);
    record_.count(options_.proof - seen);
    return true;
  }
  /// What a point costs less than the answer, on the replications that both have.
  void tell_saving(fresh_point& p, const lattice_point& answer, const std::vector<double>& own) const {
    const double price = problem_.price(answer) - problem_.price(p.told.at);
    p.told.saved = {price, price, price, interval_kind::constant};
    if (!problem_.samples_cost) return;
    const std::size_t n = (std::min)(own.size(), p.sums.costs().size());
    lattice_rows rows;
    for (std::size_t i = 0; i < n; ++i) {
      rows.numerators.push_back(own[i] - p.sums.costs()[i]);
      rows.denominators.push_back(1);
    }
    lattice_sums difference(1);
    difference.add(rows, false);
    if (n == 0) {  // beyond a limit: not sampled
      p.told.saved = {};
      return;
    }
    p.told.saved = difference.estimate(0, quantity::number, t_scale(n, options_.confidence));
    p.told.saved.estimate += price;
    p.told.saved.lower += price;
    p.told.saved.upper += price;
  }

 private:
  [[nodiscard]] std::size_t first_of(int round) const noexcept {
    return options_.search + static_cast<std::size_t>(round - 1) * options_.proof;
  }
  /// Which part of the error a round may make: parts as 1/r², so that all rounds together make no more than is allowed.
  [[nodiscard]] double alpha_of(int round) const noexcept { return lattice_record::alpha_of(options_.confidence, round); }

  /// What the intervals say; a limit that is broken is no matter of chance.
  void judge(fresh_point& p, int round) {
    const t_scale scale(p.sums.replications(), record_.confidence_of_one(alpha_of(round)));
    p.told.replications = p.sums.replications();
    p.told.figures.clear();
    p.told.slacks.clear();
    p.told.state = lattice_state::holds;
    for (std::size_t k = 0; k < problem_.targets.size(); ++k) {
      const interval seen = p.sums.estimate(k, problem_.targets[k].what, scale);
      const lattice_slack s = slack_of(problem_.targets[k], seen);
      p.told.figures.push_back(seen);
      p.told.slacks.push_back(s);
      if (s.state == lattice_state::fails) p.told.state = lattice_state::fails;
      if (p.told.state == lattice_state::fails || s.state == lattice_state::holds) continue;
      if (p.told.state != lattice_state::no_data) p.told.state = s.state;
    }
    const t_scale plain(p.sums.replications(), options_.confidence);
    const double price = problem_.price(p.told.at);
    p.told.cost = {price, price, price, interval_kind::constant};
    if (!problem_.samples_cost) return;
    p.told.cost = p.sums.estimate(problem_.targets.size(), quantity::number, plain);
    p.told.cost.estimate += price;
    p.told.cost.lower += price;
    p.told.cost.upper += price;
  }

  const Problem& problem_;
  const lattice_options& options_;
  lattice_record& record_;
  bool stopped_ = false;
};

}  // namespace sifang::detail

#endif
