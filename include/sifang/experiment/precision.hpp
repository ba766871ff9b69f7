// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_PRECISION_HPP
#define SIFANG_EXPERIMENT_PRECISION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/compare.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/study_arm.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Replications until intervals are narrow enough.

namespace sifang {

/// When to look whether intervals are narrow enough. To look often finds moments at which they are so by chance, and they would hold the
/// truth less often than they say: so not before there are some, at numbers that grow, and twice in a row (Law, ch. 9; measured coverage
/// in docs/intervals.md).
struct stopping_rule {
  std::size_t least = 48;    ///< replications at the first look
  std::size_t most = 10000;  ///< replications after which the study ends in any case
  double growth = 0.15;      ///< from one look to the next, as a part
  /// Replications at the look after that at `n`: whole blocks, since what is not summed cannot be looked at.
  [[nodiscard]] std::size_t after(std::size_t n) const noexcept {
    const double grown = static_cast<double>(n) * (1 + growth) / static_cast<double>(block_replications);
    return (std::max)(static_cast<std::size_t>(std::lround(grown)), blocks_of(n + 1)) * block_replications;
  }
};

namespace detail {
/// The narrowness of one interval beside what was wanted; the worst so far stays.
template <class = when_called>
inline void widen(result_precision& worst, const interval& found, double wanted) noexcept {
  const bool told = found.bounded() || found.kind == interval_kind::constant;
  const double reached = told ? found.half_width() : std::numeric_limits<double>::infinity();
  const bool first = worst.reached < 0, narrow = reached <= wanted;
  const bool wider = worst.is_reached == narrow && reached * worst.wanted > worst.reached * wanted;
  if (!first && !wider && !(worst.is_reached && !narrow)) return;
  worst.wanted = wanted;
  worst.reached = reached;
  worst.is_reached = narrow;
}
}  // namespace detail

/// How narrow intervals are: of one policy that of each figure, of several those of its differences to the base, as they are shown
/// (`compare`). The widest is told, beside what is wanted of it.
/// \param w       world of the base
/// \param wanted  half widths; as a part of the figure, for a difference of the mean of both figures
/// \pre names of `metric_table`; asserted. At least one policy and one replication
template <class = when_called>
[[nodiscard]] inline std::vector<result_precision> precision_of(const world& w, const study_result& study,
                                                                std::span<const figure_size> wanted) {
  const outcome_row row(w, study.own_metrics.size());
  const double confidence = w.setting().confidence;
  std::vector<result_precision> out;
  for (const figure_size& size : wanted) {
    const auto* about = std::find_if(metric_table.begin(), metric_table.end(), [&](const metric_info& m) { return m.name == size.metric; });
    SIFANG_ASSERT(about != metric_table.end(), "the name of a metric");
    const std::size_t at = row.at(about->id, w.layout().at(dimension::all, 0));
    const ratio_sums& base = study.policies.front().sums;
    result_precision worst;
    worst.metric = size.metric;
    worst.reached = -1;
    const bool joint = about->headline && study.policies.size() > 1;
    const t_scale scale(study.replications, joint ? each_of_joint(confidence, detail::headline_count()) : confidence);
    if (study.policies.size() == 1) {
      detail::widen(worst, base.estimate(at, quantity_of(about->id), scale), size.of(base.ratio(at), base.ratio(at)));
    }
    for (std::size_t k = 1; k < study.policies.size(); ++k) {
      const ratio_sums& other = study.policies[k].sums;
      const interval found = study.pairs[k - 1].difference(at, base, other, quantity_of(about->id), scale).difference;
      detail::widen(worst, found, size.of(base.ratio(at), other.ratio(at)));
    }
    if (!std::isfinite(worst.reached)) worst.reached = -1;
    out.push_back(std::move(worst));
  }
  return out;
}

/// Replications of each arm, as `run_study` has them, until `is_enough(study)` has said so at two looks in a row, or the most are done.
/// The bytes are the same for every team: blocks are looked at in their order, whichever was finished first; what others have begun by
/// then is thrown away.
/// \param stop       what the team is told to stop by: set when it is enough. Set by somebody else it ends the study as well
/// \param is_enough  called on this thread with at least one replication
/// \param finished   as for `run_study`
/// \pre at least one arm, `rule.most` at least 1; asserted
template <class Team, class IsEnough, class Finished = detail::tell_nobody>
requires work_team<Team>
[[nodiscard]] study_result run_study_until(Team&& team, std::atomic<bool>& stop, std::span<const study_arm> arms, const stopping_rule& rule,
                                           IsEnough&& is_enough, Finished&& finished = {}, kept_years years = {}) {
  SIFANG_ASSERT(!arms.empty() && rule.most > 0, "an arm, and a replication");
  const detail::study_shape shape(arms, years);
  study_result out = shape.empty();
  std::size_t look = rule.least;
  bool before = false, enough = false;
  team.run(
      blocks_of(rule.most), [&] { return detail::study_worker(shape, arms, rule.most); },
      [&](std::size_t, std::span<const double> values) {
        if (enough) return;
        shape.merge(out, values);
        finished(out.replications);
        if (out.replications < look) return;
        const bool now = is_enough(static_cast<const study_result&>(out));
        enough = now && before;
        before = now;
        look = rule.after(out.replications);
        if (enough) stop.store(true, std::memory_order_relaxed);
      });
  return out;
}
/// The same of worlds whose scenarios say all.
template <class Team, class IsEnough, class Finished = detail::tell_nobody>
requires work_team<Team>
[[nodiscard]] study_result run_study_until(Team&& team, std::atomic<bool>& stop, std::span<const world* const> worlds,
                                           const stopping_rule& rule, IsEnough&& is_enough, Finished&& finished = {},
                                           kept_years years = {}) {
  const std::vector<study_arm> arms = arms_of(worlds);
  return run_study_until(team, stop, detail::span_of(arms), rule, is_enough, std::forward<Finished>(finished), years);
}

}  // namespace sifang

#endif
