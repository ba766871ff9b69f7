// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_SELECTION_HPP
#define SIFANG_STATS_SELECTION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/selection_record.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

/// \file
/// The best of several systems with a guaranteed probability: the fully sequential procedures KN (Kim & Nelson 2001) and KN++ (Kim &
/// Nelson 2006), valid on common random numbers.
///
/// All systems begin with some replications. Then whoever is behind another by more than a margin leaves, and the others get further
/// replications, until one is left. The margin of a pair is what a random walk of their difference would leave with too small a
/// probability, and shrinks to nothing as replications are added, so an end is certain.
///
/// **The guarantee.** If the best is better than each other system by δ at least, it is selected with the confidence asked for. Where
/// others are nearer to it than δ, one of them may be selected: by the choice of δ that makes no difference. For KN and means of normal
/// values it holds at any size; for KN++, for ratios ΣY/ΣN and for values that are not normal it holds in the limit of small δ, where
/// many replications are needed (docs/validation.md measures what is kept).

namespace sifang {

/// Of which replications the variances of the differences are estimated.
enum class selection_variance : std::uint8_t {
  of_first_stage,  ///< of the first stage alone: KN; the guarantee is exact for normal values
  updated,         ///< of all so far: KN++; needs fewer replications, above all after a short first stage
};

/// What is asked of a selection.
struct selection_options {
  selection_goal goal = selection_goal::larger;  ///< which way is good
  double delta = 0,                              ///< smallest difference that matters, in the unit of the ratio; above 0
      confidence = 0.95;                         ///< least probability of a correct selection, between 0 and 1
  std::size_t first_stage = 32;                  ///< replications of every system before anyone can leave; 2 at least
  std::size_t step = 1;        ///< replications between two looks, 1 at least; where all are looked at, it is fully sequential
  double growth = 0;           ///< looks are this part of the replications so far apart, in whole steps; 0: `step`
  std::size_t most = 1000000;  ///< replications of a system after which it is given up
  selection_variance variance = selection_variance::updated;  ///< KN++ or KN
};

/// How a selection ended.
enum class selection_end : std::uint8_t {
  decided,   ///< one system is left
  gave_up,   ///< several are left after as many replications as are allowed, or the budget is spent: no guarantee
  stopped,   ///< the sampler was told to stop
  no_value,  ///< a system has no ratio: its denominators are all 0
};

/// What became of one system.
struct selection_fate {
  std::size_t replications = 0;  ///< that were looked at
  double estimate = 0;           ///< its ratio over these
  bool left = false;             ///< it was screened out; after `replications`
  bool alike = false;  ///< when it left, nothing told it from `by`, which stands before it: δ is too large for what is between them
  std::size_t by = 0;  ///< the system that it was behind most, where it left
};

/// What a selection found.
struct selection_result {
  selection_end end = selection_end::decided;  ///< how it ended
  std::size_t best = 0;                        ///< position of the selected system; of the best so far where nothing is decided
  std::size_t at = 0;                          ///< the system without a value, where that is the end
  std::vector<selection_fate> fates;           ///< in the order of the systems
  std::size_t replications = 0;                ///< of all systems together
  std::size_t looks = 0;                       ///< how often the systems were looked at
  std::size_t needed = 0;                      ///< at most so many of a system would be needed, by the variances at the last look
};

namespace detail {

/// h² of the margin of one pair with so many degrees of freedom, where β is the error that the pair may make: ν((2β)^(−2/ν) − 1).
/// It falls to −2 log 2β, the constant of KN++, as ν grows, and is never below: updated variances keep the limit's guarantee.
[[nodiscard]] inline double margin_constant(double error, double freedom) noexcept {
  return (std::max)(0.0, freedom * (elementary::exp(-2 * elementary::log(2 * error) / freedom) - 1));
}

/// By how much a mean of r values may be behind another before it leaves: max(0, δ/2r (h²S²/δ² − r)).
[[nodiscard]] inline double selection_margin(double constant, double variance, double delta, double replications) noexcept {
  return (std::max)(0.0, (constant * variance / delta - delta * replications) / (2 * replications));
}

/// The systems that are left, and what has to be known to look at them.
class selection_screen {
 public:
  selection_screen(const selection_record& record, const selection_options& o) : record_(&record), o_(&o), fates_(record.size()) {
    for (std::size_t k = 0; k < record.size(); ++k) alive_.push_back(k);
  }
  [[nodiscard]] const std::vector<std::size_t>& alive() const noexcept { return alive_; }
  [[nodiscard]] std::vector<selection_fate>& fates() noexcept { return fates_; }
  [[nodiscard]] std::size_t needed() const noexcept { return needed_; }
  /// The best of those that are left; of equals the first.
  [[nodiscard]] std::size_t leader() const noexcept {
    std::size_t out = alive_.front();
    for (const std::size_t k : alive_) {
      if (towards(fates_[k].estimate) > towards(fates_[out].estimate)) out = k;
    }
    return out;
  }

  /// Looks at the first `replications` of those that are left. Everyone is held against all who were there before the look.
  template <class = when_called>
  void look(std::size_t replications) {
    std::vector<selection_sample> samples;
    for (const std::size_t k : alive_) {
      samples.push_back(sample_of(*record_, k, replications, o_->goal));
      fates_[k].replications = replications;
      fates_[k].estimate = towards(samples.back().ratio);
    }
    if (first_.empty()) keep_first_stage(samples, replications);
    std::vector<std::size_t> staying;
    needed_ = replications;
    for (std::size_t i = 0; i < alive_.size(); ++i) {
      if (!leaves(i, samples, replications)) staying.push_back(alive_[i]);
    }
    alive_ = std::move(staying);
  }

 private:
  [[nodiscard]] double towards(double x) const noexcept { return o_->goal == selection_goal::larger ? x : -x; }

  /// The variances that KN goes by to its end.
  template <class = when_called>
  void keep_first_stage(const std::vector<selection_sample>& samples, std::size_t replications) {
    freedom_ = static_cast<double>(replications - 1);
    first_.assign(samples.size() * samples.size(), 0.0);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      for (std::size_t l = 0; l < i; ++l) {
        first_[i * samples.size() + l] = first_[l * samples.size() + i] = difference_of(samples[i], samples[l]).paired;
      }
    }
  }
  [[nodiscard]] bool leaves(std::size_t i, const std::vector<selection_sample>& samples, std::size_t replications) {
    const bool updated = o_->variance == selection_variance::updated;
    const double error = (1 - o_->confidence) / static_cast<double>(record_->size() - 1);
    const double constant = margin_constant(error, updated ? static_cast<double>(replications - 1) : freedom_);
    const double count = static_cast<double>(replications);
    double worst = -1;
    for (std::size_t l = 0; l < samples.size(); ++l) {
      const double behind = samples[l].ratio - samples[i].ratio;
      if (l == i || behind < 0 || (behind == 0 && l > i)) continue;
      const double variance = updated ? difference_of(samples[l], samples[i]).paired : first_[alive_[i] * record_->size() + alive_[l]];
      const double margin = selection_margin(constant, variance, o_->delta, count), most = constant * variance / (o_->delta * o_->delta);
      needed_ = (std::max)(needed_, most < 1e15 ? static_cast<std::size_t>(std::ceil(most)) : (std::numeric_limits<std::size_t>::max)());
      const bool alike = behind == 0 && margin == 0;
      if (!(behind > margin || alike) || behind - margin <= worst) continue;
      worst = behind - margin;
      fates_[alive_[i]].left = true;
      fates_[alive_[i]].alike = alike;
      fates_[alive_[i]].by = alive_[l];
    }
    return worst >= 0;
  }

  const selection_record* record_;
  const selection_options* o_;
  std::vector<selection_fate> fates_;
  std::vector<std::size_t> alive_;
  std::vector<double> first_;
  double freedom_ = 1;
  std::size_t needed_ = 0;
};

struct tell_no_look {
  void operator()(const selection_result&, std::size_t) const noexcept {}
};

/// Whether everyone has a ratio; else the first who has none stands in the result.
template <class = when_called>
[[nodiscard]] inline bool all_have_values(const selection_record& record, selection_result& out) {
  for (std::size_t k = 0; k < record.size(); ++k) {
    if (record.ratio(k)) continue;
    out.end = selection_end::no_value;
    out.at = k;
    return false;
  }
  return true;
}

}  // namespace detail

/// Selects the best with a guaranteed probability (KN++ or KN). Of one system there is nothing to find out: it is the best, unplayed.
///
/// Two systems that are the same in every replication cannot be told apart: the later one leaves as `alike`. So does one of two that
/// did not differ *in those that were played*; what happens once in a thousand replications is not seen by any selection.
/// \param record  takes what is played; what is there already is used first
/// \param told    `told(const selection_result& so_far, std::size_t left)` after every look
/// \pre one system at least; 0 < confidence < 1; δ > 0 and finite; first stage of 2 at least; step 1 at least; growth not negative;
///   asserted
/// \complexity of a look: replications × the square of the systems that are left
template <selection_sampler Sampler, class Told = detail::tell_no_look>
[[nodiscard]] selection_result select_best(Sampler&& sample, selection_record& record, const selection_options& o, Told&& told = {}) {
  SIFANG_ASSERT(record.size() > 0, "one system at least");
  SIFANG_ASSERT(o.delta > 0 && std::isfinite(o.delta), "a smallest difference that matters above 0");
  SIFANG_ASSERT(o.confidence > 0 && o.confidence < 1, "a confidence between 0 and 1");
  SIFANG_ASSERT(o.first_stage >= 2 && o.step >= 1 && o.growth >= 0, "a first stage of two at least, and steps of one at least");
  selection_result out;
  out.fates.resize(record.size());
  if (record.size() == 1) return out;
  detail::selection_screen screen(record, o);
  std::size_t replications = o.first_stage;
  const auto end_as = [&](selection_end how) {
    out.end = how;
    out.replications = 0;
    for (const selection_fate& f : out.fates) out.replications += f.replications;
  };
  for (;;) {
    std::vector<selection_request> wanted;
    for (const std::size_t k : screen.alive()) wanted.push_back({k, 0, replications});
    if (!extend(record, sample, detail::span_of(wanted))) {
      end_as(selection_end::stopped);
      return out;
    }
    if (out.looks == 0 && !detail::all_have_values(record, out)) return out;
    screen.look(replications);
    ++out.looks;
    out.fates = screen.fates();
    out.best = screen.leader();
    out.needed = screen.needed();
    const bool decided = screen.alive().size() == 1;
    end_as(decided ? selection_end::decided : selection_end::gave_up);
    told(static_cast<const selection_result&>(out), screen.alive().size());
    if (decided || replications >= o.most) return out;
    const auto steps = static_cast<std::size_t>(static_cast<double>(replications) * o.growth / static_cast<double>(o.step));
    replications = (std::min)(o.most, replications + o.step * (std::max<std::size_t>)(steps, 1));
  }
}

}  // namespace sifang

#endif
