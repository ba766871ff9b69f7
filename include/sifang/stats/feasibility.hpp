// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_FEASIBILITY_HPP
#define SIFANG_STATS_FEASIBILITY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/selection.hpp"
#include "sifang/stats/selection_record.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// \file
/// Which systems meet their targets, jointly for all systems and targets.
///
/// A target on a ratio, ΣY/ΣN ≥ q, is one on a mean: E(Y − qN) ≥ 0. So no ratio is estimated, and what holds for means holds for
/// shares. Nothing is assumed of how systems and targets depend on each other: common random numbers do no harm.

namespace sifang {

/// What is known of a system and a target, or all its targets.
enum class feasibility : std::uint8_t {
  undecided,   ///< the replications do not tell
  feasible,    ///< met
  infeasible,  ///< not met
};

/// A target: the ratio of a measure is to be at least `bound`, or at most.
struct feasibility_target {
  double bound = 0;      ///< in the unit of the ratio
  bool at_least = true;  ///< else at most
  double tolerance = 0;  ///< for `decide_feasibility`, above 0: so near to the bound either answer is right; in the unit of the ratio
};

/// What is known of every system.
struct feasibility_result {
  selection_end end = selection_end::decided;     ///< `gave_up` where some are undecided
  std::vector<feasibility> systems;               ///< feasible if all targets are met, infeasible if one is not
  std::vector<std::vector<feasibility>> targets;  ///< `targets[system][target]`
  std::vector<std::size_t> replications;          ///< of each system that were looked at
};

namespace detail {

/// Sums of how far each replication is on the good side of the bound, Y − qN or its opposite.
struct target_moments {
  double sum = 0, variance = 0, cubes = 0, denominators = 0;
};
template <class = when_called>
[[nodiscard]] inline target_moments moments_of(std::span<const selection_value> values, const feasibility_target& t) noexcept {
  target_moments out;
  const auto of = [&](const selection_value& v) { return t.at_least ? v.y - t.bound * v.n : t.bound * v.n - v.y; };
  double of_rounding = 0;
  for (const selection_value& v : values) {
    out.sum += of(v);
    out.denominators += v.n;
    of_rounding += v.y * v.y + t.bound * t.bound * v.n * v.n;
  }
  const double count = static_cast<double>(values.size()), mean = out.sum / count;
  double squares = 0;
  for (const selection_value& v : values) {
    const double d = of(v) - mean;
    squares += d * d;
    out.cubes += d * d * d;
  }
  if (squares > 1e-26 * of_rounding) out.variance = squares / (count - 1);
  return out;
}

/// The answer of all targets together.
[[nodiscard]] inline feasibility joint_feasibility(std::span<const feasibility> targets) noexcept {
  const auto any = [&](feasibility f) { return std::find(targets.begin(), targets.end(), f) != targets.end(); };
  if (any(feasibility::infeasible)) return feasibility::infeasible;
  return any(feasibility::undecided) ? feasibility::undecided : feasibility::feasible;
}

/// Whether a mean is on the good side of its bound by Student's t, one side with the confidence of `scale` on two.
[[nodiscard]] inline feasibility screened(const target_moments& m, const t_scale& scale) noexcept {
  const double count = static_cast<double>(scale.replications()), mean = m.sum / count;
  if (m.denominators <= 0) return feasibility::undecided;
  if (m.variance <= 0) return mean >= 0 ? feasibility::feasible : feasibility::infeasible;
  const double error = std::sqrt(m.variance / count);
  const double skewness = skewness_raised * skewness_of(m.variance * (count - 1), m.cubes, scale.replications());
  const bound_factors factors = widened_factors(skewness, scale);
  if (mean - factors.below * error >= 0) return feasibility::feasible;
  return mean + factors.above * error < 0 ? feasibility::infeasible : feasibility::undecided;
}

/// Whether the walk of a target has left its band (Andradóttir & Kim 2010, c = 1): |Σ| ≥ max(0, (h²S²/ε − εr)/2).
[[nodiscard]] inline feasibility walked(const target_moments& m, double tolerance, double error, std::size_t replications) noexcept {
  const double count = static_cast<double>(replications), step = tolerance * m.denominators / count;
  if (m.denominators <= 0) return feasibility::undecided;
  const double band = selection_margin(margin_constant(error, count - 1), m.variance, step, count) * count;
  if (m.sum >= band) return feasibility::feasible;
  return m.sum <= -band ? feasibility::infeasible : feasibility::undecided;
}

}  // namespace detail

/// One look at replications that are there: every answer that is given is right with the confidence asked for, jointly over all systems
/// and targets (one-sided t, Bonferroni; wider where values are skewed). What is near to its bound stays undecided. A target whose
/// values do not vary is decided by them as they are.
/// \param measures  a record of each target, of the same systems
/// \pre as many records as targets, one at least, of as many systems; 0 < confidence < 1; asserted
/// \returns undecided of systems with fewer than `least_replications`, or without denominators
template <class = when_called>
[[nodiscard]] inline feasibility_result screen_feasibility(std::span<const selection_record> measures,
                                                           std::span<const feasibility_target> targets, double confidence = 0.95) {
  SIFANG_ASSERT(!targets.empty() && measures.size() == targets.size(), "a record of each target, one at least");
  SIFANG_ASSERT(confidence > 0 && confidence < 1, "a confidence between 0 and 1");
  const std::size_t systems = measures.front().size();
  feasibility_result out;
  const double each = 1 - 2 * (1 - confidence) / static_cast<double>((std::max<std::size_t>)(1, systems * targets.size()));
  for (std::size_t k = 0; k < systems; ++k) {
    std::vector<feasibility> found(targets.size(), feasibility::undecided);
    std::size_t least = measures.front().count(k);
    for (std::size_t t = 0; t < targets.size(); ++t) {
      SIFANG_ASSERT(measures[t].size() == systems, "records of the same systems");
      const auto values = measures[t].values(k);
      least = (std::min)(least, values.size());
      if (values.size() < least_replications) continue;
      found[t] = detail::screened(detail::moments_of(values, targets[t]), t_scale(values.size(), (std::max)(each, 0.0)));
    }
    out.replications.push_back(least);
    out.systems.push_back(detail::joint_feasibility(detail::span_of(found)));
    if (out.systems.back() == feasibility::undecided) out.end = selection_end::gave_up;
    out.targets.push_back(std::move(found));
  }
  return out;
}

/// What is asked of `decide_feasibility`.
struct feasibility_options {
  double confidence = 0.95;        ///< that all systems are judged rightly, between 0 and 1
  std::size_t first_stage = 32,    ///< replications of every system before it is judged; 2 at least
      step = 1,                    ///< replications between two looks, 1 at least
      most = 1000000;              ///< replications of a system after which it is given up
  bool stop_at_infeasible = true;  ///< a system with one target that is not met needs no answer on the others
};

namespace detail {

/// Plays systems up to so many replications and adds the values of all targets. \returns false if the sampler was told to stop
template <class Sampler>
[[nodiscard]] bool extend_all(Sampler& sample, std::span<selection_record> measures, std::span<const std::size_t> systems,
                              std::size_t replications) {
  std::vector<selection_request> wanted;
  std::size_t places = 0;
  for (const std::size_t k : systems) {
    const std::size_t there = measures.front().count(k);
    if (there >= replications) continue;
    wanted.push_back({k, there, replications - there});
    places += measures.size() * (replications - there);
  }
  if (wanted.empty()) return true;
  std::vector<selection_value> values(places), one;
  if (!sample(span_of(wanted), span_to(values))) return false;
  std::size_t at = 0;
  for (const selection_request& w : wanted) {
    for (std::size_t t = 0; t < measures.size(); ++t) {
      one.clear();
      for (std::size_t r = 0; r < w.count; ++r) one.push_back(values[at + r * measures.size() + t]);
      measures[t].add(w.system, span_of(one));
    }
    at += measures.size() * w.count;
  }
  return true;
}

/// The systems that are not decided yet.
template <class = when_called>
[[nodiscard]] inline std::vector<std::size_t> open_systems(const feasibility_result& found, bool stop_at_infeasible) {
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < found.systems.size(); ++k) {
    const std::vector<feasibility>& of = found.targets[k];
    const bool settled = stop_at_infeasible && found.systems[k] == feasibility::infeasible;
    if (!settled && std::find(of.begin(), of.end(), feasibility::undecided) != of.end()) out.push_back(k);
  }
  return out;
}

}  // namespace detail

/// Judges every system sequentially until all are decided (Andradóttir & Kim 2010; several targets: Batur & Kim 2010). With the
/// confidence asked for, jointly, systems better than all their bounds by the tolerances are feasible, and those worse than one by its
/// tolerance are not; nearer to a bound either answer may come. Exact in the limit of small tolerances, with variances updated as in
/// `select_best`, and near to it before.
///
/// The sampler gives the values of all targets: place `target` of each replication, one replication after another.
/// \param measures  a record of each target, which take what is played; what is there already is used first
/// \pre as many records as targets, one at least, of as many systems and replications; tolerances above 0; asserted
template <class Sampler>
requires selection_sampler<Sampler>
[[nodiscard]] feasibility_result decide_feasibility(Sampler&& sample, std::span<selection_record> measures,
                                                    std::span<const feasibility_target> targets, const feasibility_options& o) {
  SIFANG_ASSERT(!targets.empty() && measures.size() == targets.size(), "a record of each target, one at least");
  SIFANG_ASSERT(o.confidence > 0 && o.confidence < 1 && o.first_stage >= 2 && o.step >= 1, "a confidence, a first stage, and steps");
  for ([[maybe_unused]] const feasibility_target& t : targets) SIFANG_ASSERT(t.tolerance > 0, "a tolerance above 0");
  const std::size_t systems = measures.front().size(), width = targets.size();
  feasibility_result out{selection_end::decided, std::vector<feasibility>(systems, feasibility::undecided),
                         std::vector<std::vector<feasibility>>(systems, std::vector<feasibility>(width, feasibility::undecided)),
                         std::vector<std::size_t>(systems, 0)};
  const double error = (1 - o.confidence) / static_cast<double>((std::max<std::size_t>)(1, systems * width));
  std::vector<std::size_t> open = detail::open_systems(out, o.stop_at_infeasible);
  for (std::size_t replications = o.first_stage; !open.empty(); replications = (std::min)(o.most, replications + o.step)) {
    if (!detail::extend_all(sample, measures, detail::span_of(open), replications)) {
      out.end = selection_end::stopped;
      return out;
    }
    for (const std::size_t k : open) {
      out.replications[k] = replications;
      for (std::size_t t = 0; t < width; ++t) {
        if (out.targets[k][t] != feasibility::undecided) continue;
        const auto seen = measures[t].values(k).first(replications);
        out.targets[k][t] = detail::walked(detail::moments_of(seen, targets[t]), targets[t].tolerance, error, replications);
      }
      out.systems[k] = detail::joint_feasibility(detail::span_of(out.targets[k]));
    }
    open = detail::open_systems(out, o.stop_at_infeasible);
    if (!open.empty() && replications >= o.most) {
      out.end = selection_end::gave_up;
      return out;
    }
  }
  return out;
}

}  // namespace sifang

#endif
