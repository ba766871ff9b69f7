// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_GOOD_SELECTION_HPP
#define SIFANG_STATS_GOOD_SELECTION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/selection.hpp"
#include "sifang/stats/selection_constants.hpp"
#include "sifang/stats/selection_record.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

/// \file
/// A good system of several with a guaranteed probability, in stages: the good selection procedure GSP (Ni, Ciocan, Henderson & Hunter
/// 2017).
///
/// After a first stage, systems are screened in a few rounds, each with a batch of replications to a system as its own deviation wants;
/// then every system that is left gets as many as Rinott (1978) says, and the largest mean is selected. The number of replications is
/// known after the first stage, so that they can be dealt out to many processors at once; the fully sequential `select_best` looks more
/// often and needs fewer.
///
/// **The guarantee.** What is selected is within δ of the best with the confidence asked for, *whatever the others are* (a good
/// selection): also where several lie nearer to the best than δ. It holds for means of independent normal values; for ratios ΣY/ΣN and
/// for values that are not normal in the limit of small δ. Both parts of the error are shared out to pairs (Bonferroni) and not by the
/// product that independent systems allow, which would save less than one replication in a hundred: on common random numbers, where the
/// difference of two systems varies less than GSP reckons with, nothing is gained by them and nothing lost (docs/validation.md).

namespace sifang {

/// What is asked of GSP.
struct good_selection_options {
  selection_goal goal = selection_goal::larger;  ///< which way is good
  double delta = 0,                              ///< what is nearer to the best than this is good, in the unit of the ratio; above 0
      confidence = 0.95,                         ///< least probability of a good selection, between 0 and 1
      screening_part = 0.5;                      ///< part of the error that screening may make; Rinott's stage has the rest
  std::size_t first_stage = 32;                  ///< replications of every system before anyone can leave; 2 at least
  std::size_t rounds = 10;                       ///< of screening after the first look; at their end half of Rinott's numbers are played
  std::size_t grain = 1;                         ///< replications that a system gets at a time, 1 at least
  std::size_t most = 1000000;                    ///< replications of a system after which it is given up
};

namespace detail {

/// The stages of GSP over one record.
class good_selection {
 public:
  good_selection(const selection_record& record, const good_selection_options& o) : record_(record), o_(o), fates_(record.size()) {
    for (std::size_t k = 0; k < record.size(); ++k) alive_.push_back(k);
  }

  [[nodiscard]] const std::vector<std::size_t>& alive() const noexcept { return alive_; }
  [[nodiscard]] const std::vector<selection_fate>& fates() const noexcept { return fates_; }
  /// The greatest of Rinott's numbers of those that are left.
  [[nodiscard]] std::size_t needed() const noexcept {
    std::size_t out = o_.first_stage;
    for (const std::size_t k : alive_) out = (std::max)(out, wanted_[k]);
    return out;
  }
  [[nodiscard]] std::size_t leader() const noexcept {
    std::size_t out = alive_.front();
    for (const std::size_t k : alive_) {
      if (towards(fates_[k].estimate) > towards(fates_[out].estimate)) out = k;
    }
    return out;
  }

  /// Variances and numbers of replications, from the first stage.
  template <class = when_called>
  void plan() {
    const double freedom = static_cast<double>(o_.first_stage - 1), pairs = static_cast<double>(record_.size() - 1);
    const double screening = (1 - o_.confidence) * o_.screening_part, ranking = (1 - o_.confidence) - screening;
    eta_ = screening_constant(screening / pairs, freedom) * std::sqrt(freedom);
    const double h = rinott_constant(1 - ranking / pairs, freedom, 2);
    double further = 0, deviations = 0;
    for (std::size_t k = 0; k < record_.size(); ++k) {
      double squares = 0;
      for (const double u : record_.influences(k, o_.first_stage)) squares += u * u;
      variances_.push_back(squares / freedom);
      const double whole = h * h * variances_[k] / (o_.delta * o_.delta);
      // What nobody will play need not be counted to the last.
      wanted_.push_back((std::max)(o_.first_stage, in_grains((std::min)(whole, 2.0 * static_cast<double>(o_.most)))));
      further += static_cast<double>(wanted_[k] - o_.first_stage);
      deviations += std::sqrt(variances_[k]);
    }
    const double batch = o_.rounds > 0 ? further / 2 / static_cast<double>(o_.rounds) : 0;
    for (const double v : variances_) batches_.push_back(deviations > 0 ? in_grains(batch * std::sqrt(v) / deviations) : 0);
  }
  /// Replications of a system after a round; those of the first stage after round 0.
  [[nodiscard]] std::size_t planned(std::size_t system, std::size_t round) const noexcept {
    return (std::min)(o_.first_stage + round * batches_[system], (std::max)(wanted_[system], o_.first_stage));
  }
  [[nodiscard]] std::size_t wanted(std::size_t system) const noexcept { return wanted_[system]; }

  /// Screens those that are left; everyone is held against all who were there before.
  template <class = when_called>
  void screen(std::size_t round) {
    for (const std::size_t k : alive_) estimate(k, planned(k, round));
    std::vector<std::size_t> staying;
    for (const std::size_t i : alive_) {
      if (!leaves(i, round)) staying.push_back(i);
    }
    alive_ = std::move(staying);
  }
  /// The largest mean of those that are left stays.
  template <class = when_called>
  void select() {
    for (const std::size_t k : alive_) estimate(k, wanted_[k]);
    const std::size_t best = leader();
    for (const std::size_t k : alive_) {
      if (k != best) leave(k, best);
    }
    alive_ = {best};
  }

 private:
  [[nodiscard]] double towards(double x) const noexcept { return o_.goal == selection_goal::larger ? x : -x; }
  [[nodiscard]] std::size_t in_grains(double replications) const noexcept {
    const double grain = static_cast<double>(o_.grain);
    return static_cast<std::size_t>(std::ceil(replications / grain) * grain);
  }
  template <class = when_called>
  void estimate(std::size_t k, std::size_t replications) {
    fates_[k].replications = replications;
    fates_[k].estimate = record_.ratio(k, replications).value_or(0);
  }
  void leave(std::size_t i, std::size_t by) {
    fates_[i].left = true;
    fates_[i].by = by;
    const std::size_t n = fates_[i].replications;
    const auto mine = record_.values(i).first(n), its = record_.values(by);
    fates_[i].alike = fates_[by].replications == n && std::equal(mine.begin(), mine.end(), its.begin(),
                                                                 [](const auto& a, const auto& b) { return a.y == b.y && a.n == b.n; });
  }
  /// By how much the mean of a pair would have to be behind: a_ij / τ_ij, with τ the inverse of the variance of their difference.
  [[nodiscard]] double margin(std::size_t i, std::size_t l, std::size_t round) const noexcept {
    const auto variance = [&](std::size_t at) {
      return variances_[i] / static_cast<double>(planned(i, at)) + variances_[l] / static_cast<double>(planned(l, at));
    };
    const double last = variance(o_.rounds);
    return last > 0 ? eta_ * variance(round) / std::sqrt(last) : 0;
  }
  [[nodiscard]] bool leaves(std::size_t i, std::size_t round) {
    double worst = -1;
    for (const std::size_t l : alive_) {
      const double behind = towards(fates_[l].estimate) - towards(fates_[i].estimate), most = margin(i, l, round);
      const bool is_behind = behind > most || (behind == 0 && most == 0 && l < i);
      if (l == i || !is_behind || behind - most <= worst) continue;
      worst = behind - most;
      leave(i, l);
    }
    return worst >= 0;
  }

  const selection_record& record_;
  good_selection_options o_;
  std::vector<selection_fate> fates_;
  std::vector<std::size_t> alive_, wanted_, batches_;
  std::vector<double> variances_;
  double eta_ = 0;
};

}  // namespace detail

/// Selects a good system with a guaranteed probability (GSP). Of one system there is nothing to find out: it is the best, unplayed.
///
/// Two systems that vary in no replication of the first stage are told apart by their means. Whoever leaves behind one that was the same in
/// every replication that was looked at is called `alike`.
/// Gives up before the last stage where a system would need more than `most` replications.
/// \param record  takes what is played; what is there already is used first
/// \param told    `told(const selection_result& so_far, std::size_t left)` after every look
/// \pre one system at least; 0 < confidence < 1; δ > 0 and finite; first stage of 2 at least; grain 1 at least; a part of the error
///   between 0 and 1 for screening; asserted
/// \complexity of a look: replications and the square of the systems that are left
template <selection_sampler Sampler, class Told = detail::tell_no_look>
[[nodiscard]] selection_result select_good(Sampler&& sample, selection_record& record, const good_selection_options& o, Told&& told = {}) {
  SIFANG_ASSERT(record.size() > 0, "one system at least");
  SIFANG_ASSERT(o.delta > 0 && std::isfinite(o.delta), "a smallest difference that matters above 0");
  SIFANG_ASSERT(o.confidence > 0 && o.confidence < 1, "a confidence between 0 and 1");
  SIFANG_ASSERT(o.screening_part > 0 && o.screening_part < 1, "a part of the error for screening, between 0 and 1");
  SIFANG_ASSERT(o.first_stage >= 2 && o.grain >= 1, "a first stage of two at least, and grains of one at least");
  selection_result out;
  out.fates.resize(record.size());
  if (record.size() == 1) return out;
  detail::good_selection stages(record, o);
  const auto play = [&](auto&& replications_of) {
    std::vector<selection_request> wanted;
    for (const std::size_t k : stages.alive()) wanted.push_back({k, 0, replications_of(k)});
    if (extend(record, sample, detail::span_of(wanted))) return true;
    out.end = selection_end::stopped;
    return false;
  };
  const auto tell = [&](selection_end end) {
    ++out.looks;
    out.fates = stages.fates();
    out.best = stages.leader();
    out.needed = stages.needed();
    out.end = end;
    out.replications = 0;
    for (const selection_fate& f : out.fates) out.replications += f.replications;
    told(static_cast<const selection_result&>(out), stages.alive().size());
  };

  if (!play([&](std::size_t) { return o.first_stage; })) return out;
  if (!detail::all_have_values(record, out)) return out;
  stages.plan();
  for (std::size_t round = 0; round <= o.rounds; ++round) {
    if (!play([&](std::size_t k) { return stages.planned(k, round); })) return out;
    stages.screen(round);
    const bool decided = stages.alive().size() == 1;
    tell(decided ? selection_end::decided : selection_end::gave_up);
    if (decided || stages.needed() > o.most) return out;
  }
  if (!play([&](std::size_t k) { return stages.wanted(k); })) return out;
  stages.select();
  tell(selection_end::decided);
  return out;
}

}  // namespace sifang

#endif
