// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_LATTICE_SEARCH_HPP
#define SIFANG_EXPERIMENT_LATTICE_SEARCH_HPP

#include "sifang/core/assert.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/experiment/lattice_proof.hpp"
#include "sifang/experiment/lattice_record.hpp"
#include "sifang/experiment/lattice_walk.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// The search for the least cost that meets targets (`lattice_problem`), and the proof of what it finds.

namespace sifang {

namespace detail {

/// Looks for the answer on one set of replications, and proves it on others, round by round.
template <std::same_as<lattice_problem> Problem>
class lattice_searcher {
 public:
  lattice_searcher(const Problem& problem, const lattice_options& options)
      : problem_(problem),
        options_(options),
        record_(problem_, options_),
        walk_(problem_, options_, record_),
        prover_(problem_, options_, record_) {}

  [[nodiscard]] lattice_answer run() {
    for (int round = 1; !stopped(); ++round) {
      out_.rounds = round;
      if (!answer_) {
        if (round > options_.rounds || !find_answer(round)) break;
      } else if (has_looked_below_) {
        if (round > options_.rounds || !challenge(round)) {
          --out_.rounds;
          break;
        }
      }
      if (answer_ && !has_looked_below_) has_looked_below_ = !look_below(round);
      if (answer_ && !has_looked_below_ && !affords_round()) break;
    }
    return finish();
  }

 private:
  [[nodiscard]] bool stopped() const noexcept { return walk_.stopped() || prover_.stopped() || stopped_; }

  /// Search and proof of a first answer. \returns whether another round may find one where this has not
  bool find_answer(int round) {
    const bool found = walk_.find_one_that_passes();
    if (stopped()) return false;
    if (found)
      walk_.improve();
    else
      walk_.stand_at(walk_.nearest());
    const lattice_trial* seen = record_.find(walk_.at());
    if (stopped() || seen == nullptr || !seen->possible) return false;
    if (prove(round)) return true;
    if (stopped() || !found || !affords_round()) return false;
    learn();
    return true;
  }
  /// Years of the search are few: by chance it may have asked for too much. With what the proof says of this chance, a cheaper point may
  /// be expected to hold. \returns whether there was one to be tried
  bool challenge(int round) {
    if (!affords_round()) {
      out_.out_of_budget = true;
      return false;
    }
    walk_.stand_at(answer_->told.at);
    if (!walk_.look({walk_.at()}, lattice_step::neighbour)) return false;
    if (luck_known_of_ != answer_round_ && !learn_luck()) return false;  // once an answer: what failed proofs have taught since stays
    record_.dare(0.5);  // an answer is at hand: half of what the proof is expected to need may be missing
    walk_.improve();
    if (stopped() || walk_.at() == answer_->told.at) return false;
    if (!prove(round)) {
      if (stopped()) return false;
      learn();
      walk_.move_to(answer_->told.at);
    }
    return true;
  }
  /// By how much the search saw the answer better or worse than as many fresh replications as a proof has. \returns whether it is known
  bool learn_luck() {
    fresh_point& a = *answer_;
    if (!prover_.complete(a, answer_round_)) return false;
    const lattice_trial& t = record_.at(a.told.at);
    for (std::size_t k = 0; k < t.slacks.size(); ++k) {
      const double slack = (problem_.targets[k].at_least ? 1 : -1) * (a.sums.ratio(k) - problem_.targets[k].bound);
      if (std::isfinite(t.slacks[k].estimate - slack)) record_.set_margin(k, t.slacks[k].estimate - slack);
    }
    luck_known_of_ = answer_round_;
    return true;
  }
  /// Whether a proof with all that lies below fits into the budget.
  [[nodiscard]] bool affords_round() const noexcept {
    return record_.replications() + (1 + problem_.axes.size()) * options_.proof <= options_.budget;
  }

  /// Whether the best point of the search meets every target on fresh replications. If it does, it is the answer.
  bool prove(int round) {
    std::vector<fresh_point> one{prover_.fresh(walk_.at(), -1)};
    if (!prover_.sample(one, round)) return false;
    last_ = one.front().told;
    if (last_.state != lattice_state::holds) {
      if (!nearest_proof_ || least_slack(last_) > least_slack(*nearest_proof_)) nearest_proof_ = last_;
      return false;
    }
    accept(std::move(one.front()), round);
    return true;
  }
  void accept(fresh_point p, int round) {
    answer_ = std::move(p);
    answer_->told.axis = -1;
    answer_->told.saved = {};
    answer_round_ = round;
    has_looked_below_ = false;
    out_.below.clear();
  }
  /// What was not proven is gone round, and so are points that meet the targets no better.
  void learn() {
    const lattice_trial& t = record_.at(walk_.at());
    for (std::size_t k = 0; k < last_.slacks.size() && k < t.slacks.size(); ++k) {
      const lattice_slack& s = last_.slacks[k];
      if (s.state == lattice_state::holds || s.state == lattice_state::no_data) continue;
      const double shift = t.slacks[k].estimate - s.estimate;
      const double to =
          record_.margins()[k] + shift + record_.width_in_proof(s, last_.figures[k].kind, last_.replications) - record_.need(t, k);
      record_.raise(k, to);
    }
    record_.refute(walk_.at());
  }

  /// Looks at each point one level below the answer. \returns whether one of them is proven, cheaper, and the answer from now on
  bool look_below(int round) {
    const lattice_point answer = answer_->told.at;
    walk_.stand_at(answer);
    std::vector<fresh_point> below;
    for (std::size_t j = 0; j < answer.size(); ++j) {
      if (answer[j] == 0) continue;
      lattice_point p = answer;
      --p[j];
      below.push_back(prover_.fresh(p, static_cast<int>(j)));
    }
    if (!prover_.sample(below, round)) return false;
    // What each saves, on the same numbers: the answer's own, or, if it was proven in another round, some more of it.
    std::vector<fresh_point> beside{prover_.fresh(answer, -1)};
    const bool is_new = answer_round_ == round;
    if (!is_new && !below.empty() && !prover_.sample(beside, round, 0, options_.proof_look)) return false;
    const std::vector<double>& own = is_new ? answer_->sums.costs() : beside.front().sums.costs();
    out_.below.clear();
    fresh_point* cheaper = nullptr;
    for (fresh_point& p : below) {
      prover_.tell_saving(p, answer, own);
      out_.below.push_back(p.told);
      if (p.told.state != lattice_state::holds || !(p.told.saved.estimate > 0)) continue;
      if (cheaper == nullptr || p.told.saved.estimate > cheaper->told.saved.estimate) cheaper = &p;
    }
    if (cheaper == nullptr) return false;
    // On this round's numbers it holds as surely as an answer has to.
    if (!record_.look({cheaper->told.at}, lattice_step::neighbour, false)) {
      stopped_ = true;
      return false;
    }
    walk_.move_to(cheaper->told.at);
    accept(std::move(*cheaper), round);
    return true;
  }
  [[nodiscard]] lattice_answer finish() {
    out_.trials = std::move(record_.trials());
    out_.replications = record_.replications();
    out_.seen_all = static_cast<double>(out_.trials.size()) >= problem_.points();
    out_.has_looked_below = answer_.has_value() && has_looked_below_;
    out_.path = std::move(walk_.path());
    out_.out_of_budget = out_.out_of_budget || walk_.out_of_budget();
    out_.at = walk_.at();
    if (answer_)
      out_.proof = answer_->told;
    else if (nearest_proof_)
      out_.proof = *nearest_proof_;
    if (answer_ || nearest_proof_) out_.at = out_.proof.at;
    if (answer_)
      out_.end = lattice_end::proven;
    else if (stopped())
      out_.end = lattice_end::stopped;
    else if (!nearest_proof_ || out_.proof.state == lattice_state::no_data)
      out_.end = lattice_end::impossible;
    else
      out_.end = out_.proof.state == lattice_state::fails ? lattice_end::cannot_be_met : lattice_end::not_proven;
    out_.is_stopped = stopped();
    return std::move(out_);
  }

  const Problem& problem_;
  lattice_options options_;
  lattice_record record_;
  lattice_walk<Problem> walk_;
  lattice_prover<Problem> prover_;
  std::optional<fresh_point> answer_;           ///< what was proven; the cheapest so far
  std::optional<lattice_proof> nearest_proof_;  ///< what came nearest to it, where nothing was
  lattice_proof last_;
  lattice_answer out_;
  int answer_round_ = 0, luck_known_of_ = 0;  ///< rounds
  bool stopped_ = false, has_looked_below_ = false;
};

}  // namespace detail

/// The least cost that meets the targets, as far as it is found.
///
/// **Search**, on replications 0 … `search` − 1 of every point, so that two points differ by what is decided and not by luck (a
/// sample-average problem). From the start, or as little above it as meets the targets, each variable is bisected downwards; then
/// differences of up to `reach` levels in each variable say what it brings and costs, and the cheapest point that they allow is tried
/// (cuts of Atlason, Epelman & Henderson 2004 and Cezik & L'Ecuyer 2008), until none is cheaper. A point passes if it meets each target by
/// as much as the proof will need. More effort is taken to serve no worse: a point nowhere above one that misses is not tried by exchanges.
///
/// **Proof**, on replications that the search has not seen, others in each round: the answer must meet every target with the whole of its
/// interval, and every point one level lower in one variable is looked at. All intervals of all rounds hold together with the confidence
/// asked for (Bonferroni over targets, points, two looks and rounds; the r-th round has 6/(πr)² of the error). What is not proven is gone
/// round, with as much more to spare; a lower point that is proven is the answer from there on. What the proof says of the luck of the
/// search is taken into account then, and cheaper points that may be expected to hold are proven in their turn.
///
/// That the answer meets the targets is proven; that nothing far away is cheaper is not, unless every point was looked at (`seen_all`).
/// The same for any number of threads.
/// \pre at least one axis, each with a level at least and no price or one for each level; at least 16 replications in every look, and looks
/// no longer than what follows them; asserted
template <std::same_as<lattice_problem> Problem>
[[nodiscard]] lattice_answer search_lattice(const Problem& problem, const lattice_options& options = {}) {
  [[maybe_unused]] const auto fits = [](const lattice_axis& a) {
    return a.levels > 0 && (a.prices.empty() || a.prices.size() == static_cast<std::size_t>(a.levels));
  };
  SIFANG_ASSERT(!problem.axes.empty() && std::all_of(problem.axes.begin(), problem.axes.end(), fits), "variables with levels");
  SIFANG_ASSERT(options.first_look >= least_replications && options.proof_look >= least_replications &&
                    options.search >= options.first_look && options.proof >= options.proof_look,
                "looks of 16 replications at least, and none longer than what follows it");
  return detail::lattice_searcher<Problem>(problem, options).run();
}

}  // namespace sifang

#endif
