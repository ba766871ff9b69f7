// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_LATTICE_SEARCH_HPP
#define SIFANG_EXPERIMENT_LATTICE_SEARCH_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/lattice_moves.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/experiment/lattice_record.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// The search for the least cost that meets targets (`lattice_problem`), and the proof of what it finds.

namespace sifang {

namespace detail {

/// Looks for the answer on one set of replications, and proves it on others.
template <std::same_as<lattice_problem> Problem>
class lattice_searcher {
 public:
  lattice_searcher(const Problem& problem, const lattice_options& options)
      : problem_(problem), options_(options), record_(problem, options) {
    for (const lattice_axis& a : problem.axes) {
      now_.push_back(std::clamp(a.start, 0, a.levels - 1));
      top_.push_back(a.levels - 1);
    }
  }

  [[nodiscard]] lattice_answer run() {
    for (int round = 1; !stopped_; ++round) {
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
  /// Search and proof of a first answer. \returns whether another round may find one where this has not
  bool find_answer(int round) {
    const bool found = find_one_that_passes();
    if (stopped_) return false;
    if (found)
      improve();
    else
      now_ = nearest();
    const lattice_trial* seen = record_.find(now_);
    if (stopped_ || seen == nullptr || !seen->possible) return false;
    if (prove(round)) return true;
    if (stopped_ || !found || !affords_round()) return false;
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
    now_ = answer_->told.at;
    if (!look({now_}, lattice_step::neighbour)) return false;
    if (luck_known_of_ != answer_round_ && !learn_luck()) return false;  // once an answer: what failed proofs have taught since stays
    record_.dare(0.5);  // an answer is at hand: half of what the proof is expected to need may be missing
    improve();
    if (stopped_ || now_ == answer_->told.at) return false;
    if (!prove(round)) {
      if (stopped_) return false;
      learn();
      move_to(answer_->told.at);
    }
    return true;
  }
  /// By how much the search saw the answer better or worse than as many fresh replications as a proof has. \returns whether it is known
  bool learn_luck() {
    fresh_point& a = *answer_;
    const std::size_t seen = a.sums.replications();
    if (seen < options_.proof) {
      const std::size_t first = options_.search + static_cast<std::size_t>(answer_round_ - 1) * options_.proof;
      const std::vector<lattice_rows> rows = problem_.sample({{a.told.at, first + seen, options_.proof - seen, false}});
      stopped_ = rows.empty();
      if (stopped_ || rows.front().numerators.empty()) return false;
      a.sums.add(rows.front(), problem_.samples_cost);
      record_.count(options_.proof - seen);
      fresh_ += options_.proof - seen;
    }
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
    return record_.replications() + (1 + now_.size()) * options_.proof <= options_.budget;
  }

  // ------------------------------------------------------------------ search

  bool look(const std::vector<lattice_point>& points, lattice_step why, bool whole = true) {
    if (record_.replications() - fresh_ >= options_.budget / 2) {
      // What is known already may be looked at again; nothing new is begun.
      const auto known = [&](const lattice_point& p) { return record_.find(p) != nullptr; };
      if (!record_.trials().empty() && !std::all_of(points.begin(), points.end(), known)) {
        out_.out_of_budget = true;
        return false;
      }
    }
    if (record_.look(points, why, whole)) return true;
    stopped_ = true;
    return false;
  }
  bool passes(const lattice_point& p, lattice_step why) { return look({p}, why) && record_.passes(record_.at(p)); }

  void move_to(const lattice_point& p) {
    now_ = p;
    const std::size_t at = record_.position(p);
    if (out_.path.empty() || out_.path.back() != at) out_.path.push_back(at);
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

  // ------------------------------------------------------------------- proof

  /// Which part of the error a round may make: parts as 1/r², so that all rounds together make no more than is allowed.
  [[nodiscard]] double alpha_of(int round) const noexcept { return lattice_record::alpha_of(options_.confidence, round); }

  struct fresh_point {
    lattice_proof told;
    lattice_sums sums;
    bool wanted = true;
  };
  /// Replications `seen` … of points whose state is open. \returns whether the caller let it
  bool sample_fresh(std::vector<fresh_point>& points, int round, std::size_t seen, std::size_t to) {
    std::vector<lattice_request> requests;
    std::vector<std::size_t> which;
    const std::size_t first = options_.search + static_cast<std::size_t>(round - 1) * options_.proof;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const fresh_point& p = points[i];
      const bool open = p.told.state == lattice_state::not_seen || p.told.state == lattice_state::undecided;
      if (!p.wanted || !open) continue;
      requests.push_back({p.told.at, first + seen, to - seen, false});
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
      fresh_ += to - seen;
      judge(p, round);
    }
    return true;
  }
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

  /// Whether the best point of the search meets every target on fresh replications. If it does, it is the answer.
  bool prove(int round) {
    std::vector<fresh_point> one{fresh(now_, -1)};
    if (!sample_fresh(one, round, 0, options_.proof_look) || !sample_fresh(one, round, options_.proof_look, options_.proof)) return false;
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
  [[nodiscard]] static double least_slack(const lattice_proof& p) {
    double least = std::numeric_limits<double>::infinity();
    for (const lattice_slack& s : p.slacks) least = (std::min)(least, s.least);
    return p.slacks.empty() ? -least : least;
  }
  /// What was not proven is gone round, and so are points that meet the targets no better.
  void learn() {
    const lattice_trial& t = record_.at(now_);
    for (std::size_t k = 0; k < last_.slacks.size() && k < t.slacks.size(); ++k) {
      const lattice_slack& s = last_.slacks[k];
      if (s.state == lattice_state::holds || s.state == lattice_state::no_data) continue;
      const double shift = t.slacks[k].estimate - s.estimate;
      const double to =
          record_.margins()[k] + shift + record_.width_in_proof(s, last_.figures[k].kind, last_.replications) - record_.need(t, k);
      record_.raise(k, to);
    }
    record_.refute(now_);
  }

  /// Looks at each point one level below the answer. \returns whether one of them is proven, cheaper, and the answer from now on
  bool look_below(int round) {
    now_ = answer_->told.at;
    std::vector<fresh_point> below;
    for (std::size_t j = 0; j < now_.size(); ++j) {
      if (now_[j] == 0) continue;
      lattice_point p = now_;
      --p[j];
      below.push_back(fresh(p, static_cast<int>(j)));
    }
    if (!sample_fresh(below, round, 0, options_.proof_look) || !sample_fresh(below, round, options_.proof_look, options_.proof))
      return false;
    // What each saves, on the same numbers: the answer's own, or, if it was proven in another round, some more of it.
    std::vector<fresh_point> beside{fresh(now_, -1)};
    const bool is_new = answer_round_ == round;
    if (!is_new && !below.empty() && !sample_fresh(beside, round, 0, options_.proof_look)) return false;
    const std::vector<double>& own = is_new ? answer_->sums.costs() : beside.front().sums.costs();
    out_.below.clear();
    fresh_point* cheaper = nullptr;
    for (fresh_point& p : below) {
      tell_saving(p, own);
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
    move_to(cheaper->told.at);
    accept(std::move(*cheaper), round);
    return true;
  }
  /// What a point costs less than the answer, on the replications that both have.
  void tell_saving(fresh_point& p, const std::vector<double>& own) const {
    const double price = problem_.price(now_) - problem_.price(p.told.at);
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

  [[nodiscard]] lattice_answer finish() {
    out_.trials = std::move(record_.trials());
    out_.replications = record_.replications();
    out_.seen_all = static_cast<double>(out_.trials.size()) >= problem_.points();
    out_.has_looked_below = answer_.has_value() && has_looked_below_;
    out_.at = now_;
    if (answer_)
      out_.proof = answer_->told;
    else if (nearest_proof_)
      out_.proof = *nearest_proof_;
    if (answer_ || nearest_proof_) out_.at = out_.proof.at;
    if (answer_)
      out_.end = lattice_end::proven;
    else if (stopped_)
      out_.end = lattice_end::stopped;
    else if (!nearest_proof_ || out_.proof.state == lattice_state::no_data)
      out_.end = lattice_end::impossible;
    else
      out_.end = out_.proof.state == lattice_state::fails ? lattice_end::cannot_be_met : lattice_end::not_proven;
    out_.is_stopped = stopped_;
    return std::move(out_);
  }

  static constexpr int most_tries = 12;

  const Problem& problem_;
  lattice_options options_;
  lattice_record record_;
  lattice_point now_, top_;
  std::optional<fresh_point> answer_;           ///< what was proven; the cheapest so far
  std::optional<lattice_proof> nearest_proof_;  ///< what came nearest to it, where nothing was
  lattice_proof last_;
  lattice_answer out_;
  std::size_t fresh_ = 0;                     ///< replications of proofs
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
  const auto fits = [](const lattice_axis& a) {
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
