// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_STUDY_HPP
#define SIFANG_EXPERIMENT_STUDY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/cost_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/study_arm.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/own_metric.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

/// \file
/// One or several policies, replicated by a team and summed on the way: no outcome is kept.

namespace sifang {

/// What a study found: sums, from which `summarise` and `compare` make estimates.
struct study_result {
  std::size_t replications = 0;         ///< of every policy, from number 0 on; 0 where the team's values do not arrive
  std::vector<policy_sums> policies;    ///< in the order they were given; the first is the base
  std::vector<ratio_pair_sums> pairs;   ///< policy k+1 with the base, at k
  std::vector<own_metric> own_metrics;  ///< of the observers, for `summarise` and `compare`
  /// Of each policy, if they were to be kept: what each county-wide metric was made of in each of the first replications, `metric_count`
  /// of one after those of the other.
  std::vector<std::vector<tally::ratio>> years{};
  /// Of each policy: what each replication cost and brought, a `cost_row` after the other.
  std::vector<std::vector<double>> costs{};
  /// Of each policy: Σ over replications of each figure of each reception day, `session_day::figures` of one after those of the other, in
  /// the order of `world::session_days`.
  std::vector<std::vector<double>> days{};
};

/// Of how many replications a study keeps what the county-wide metrics are made of: the first ones, so that memory need not grow with all.
struct kept_years {
  std::size_t most = 0;  ///< none unless told
  constexpr kept_years() noexcept = default;
  /// All or none.
  constexpr kept_years(bool all) noexcept  // NOLINT(google-explicit-constructor): `true` says it
      : most(all ? static_cast<std::size_t>(-1) : 0) {}
  /// The first so many.
  [[nodiscard]] static constexpr kept_years first(std::size_t n) noexcept {
    kept_years out;
    out.most = n;
    return out;
  }
};

namespace detail {

/// Where everything stands in the numbers of one block: how many replications; of each policy their
/// fingerprints, in two halves, which are whole numbers that every double holds, and its sums; pairs.
class study_shape {
 public:
  template <class = when_called>
  explicit study_shape(std::span<const study_arm> arms, kept_years years = {})
      : own_(arms.front().own_metrics().begin(), arms.front().own_metrics().end()), most_years_(years.most) {
    std::size_t at = 1;
    rows_.reserve(arms.size());
    for (const study_arm& arm : arms) {
      rows_.emplace_back(arm.place(), arm.own_metrics().size());
      prints_.push_back(at);
      at += 2 * block_replications;
      sums_.push_back(at);
      at += ratio_sums::columns * rows_.back().size();
    }
    for (std::size_t k = 1; k < arms.size(); ++k) {
      SIFANG_ASSERT(rows_[k].metrics() == compared(), "arms that split metrics alike, with the same metrics of observers");
      pairs_.push_back(at);
      at += ratio_pair_sums::columns * compared();
    }
    for (std::size_t k = 0; years.most > 0 && k < arms.size(); ++k) {
      years_.push_back(at);
      at += 2 * metric_count * block_replications;
    }
    costs_ = at;
    at += arms.size() * cost_row::size * block_replications;
    for (const study_arm& arm : arms) {
      days_.push_back(at);
      at += session_day::figures * arm.place().session_days().size();
    }
    days_.push_back(at);
    size_ = at;
  }
  [[nodiscard]] std::size_t policies() const noexcept { return rows_.size(); }
  [[nodiscard]] const outcome_row& row(std::size_t policy) const noexcept { return rows_[policy]; }
  template <class = when_called>
  [[nodiscard]] std::size_t compared() const noexcept {
    return rows_.front().metrics();
  }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  template <class Number>
  [[nodiscard]] std::span<Number> prints(std::span<Number> values, std::size_t policy) const noexcept {
    return values.subspan(prints_[policy], 2 * block_replications);
  }
  template <class Number>
  [[nodiscard]] std::span<Number> sums(std::span<Number> values, std::size_t policy) const noexcept {
    return values.subspan(sums_[policy], ratio_sums::columns * rows_[policy].size());
  }
  template <class Number>
  [[nodiscard]] std::span<Number> pair(std::span<Number> values, std::size_t k) const noexcept {
    return values.subspan(pairs_[k], ratio_pair_sums::columns * compared());
  }
  [[nodiscard]] bool keeps_years() const noexcept { return !years_.empty(); }
  /// Numerator and denominator of each metric, replication after replication. \pre `keeps_years()`
  template <class Number>
  [[nodiscard]] std::span<Number> years(std::span<Number> values, std::size_t policy) const noexcept {
    SIFANG_ASSERT(keeps_years(), "a study that keeps them");
    return values.subspan(years_[policy], 2 * metric_count * block_replications);
  }

  /// A row of costs of each replication.
  template <class Number>
  [[nodiscard]] std::span<Number> costs(std::span<Number> values, std::size_t policy) const noexcept {
    constexpr std::size_t of_one = cost_row::size * block_replications;
    return values.subspan(costs_ + policy * of_one, of_one);
  }

  /// Sums of the reception days of a block.
  template <class Number>
  [[nodiscard]] std::span<Number> days(std::span<Number> values, std::size_t policy) const noexcept {
    return values.subspan(days_[policy], days_[policy + 1] - days_[policy]);
  }

  /// Nothing seen yet.
  template <class = when_called>
  [[nodiscard]] study_result empty() const {
    study_result out;
    for (const outcome_row& row : rows_) out.policies.push_back({0, {}, ratio_sums(row.size())});
    for (std::size_t k = 0; k < pairs_.size(); ++k) out.pairs.emplace_back(compared());
    out.own_metrics = own_;
    out.years.resize(years_.size());
    out.costs.resize(rows_.size());
    for (std::size_t p = 0; p < rows_.size(); ++p) out.days.emplace_back(days_[p + 1] - days_[p]);
    return out;
  }
  /// Adds the block that comes next.
  template <class = when_called>
  void merge(study_result& into, std::span<const double> values) const noexcept {
    SIFANG_ASSERT(values.size() == size_);
    const auto count = static_cast<std::size_t>(values[0]);
    for (std::size_t k = 0; k < pairs_.size(); ++k) {
      into.pairs[k].merge(into.policies[0].sums, into.policies[k + 1].sums, sums(values, 0), sums(values, k + 1), pair(values, k));
    }
    for (std::size_t p = 0; p < rows_.size(); ++p) {
      into.policies[p].sums.merge(sums(values, p));
      into.policies[p].replications += count;
      const std::span<const double> halves = prints(values, p);
      for (std::size_t i = 0; i < count; ++i) {
        into.policies[p].print.add(static_cast<std::uint64_t>(halves[2 * i]) << 32 | static_cast<std::uint64_t>(halves[2 * i + 1]));
      }
    }
    const std::size_t kept = into.replications < most_years_ ? (std::min)(count, most_years_ - into.replications) : 0;
    for (std::size_t p = 0; p < years_.size(); ++p) {
      const std::span<const double> of_block = years(values, p);
      for (std::size_t k = 0; k < metric_count * kept; ++k) into.years[p].push_back({of_block[2 * k], of_block[2 * k + 1]});
    }
    for (std::size_t p = 0; p < rows_.size(); ++p) {
      const std::span<const double> of_block = costs(values, p).first(cost_row::size * count);
      into.costs[p].insert(into.costs[p].end(), of_block.begin(), of_block.end());
      const std::span<const double> of_days = days(values, p);
      for (std::size_t k = 0; k < of_days.size(); ++k) into.days[p][k] += of_days[k];
    }
    into.replications += count;
  }

 private:
  std::vector<own_metric> own_;
  std::vector<outcome_row> rows_;
  std::vector<std::size_t> prints_, sums_, pairs_, years_, days_;
  std::size_t costs_ = 0, size_ = 0, most_years_ = 0;
};

/// Plays blocks: a replication of each policy, and rows of their outcomes, kept from block to block.
class study_worker {
 public:
  template <class = when_called>
  study_worker(const study_shape& shape, std::span<const study_arm> arms, std::size_t replications)
      : shape_(&shape), replications_(replications) {
    players_.reserve(arms.size());
    blocks_.reserve(arms.size());
    for (std::size_t p = 0; p < arms.size(); ++p) {
      places_.push_back(&arms[p].place());
      players_.push_back(arms[p].make_player());
      blocks_.emplace_back(shape.row(p), shape.row(p).size());
    }
  }

  template <class = when_called>
  void operator()(std::size_t piece, std::vector<double>& out) {
    out.resize(shape_->size());  // it was empty, so that sums begin at 0
    const std::span<double> values = detail::span_to(out);
    const std::size_t count = block_size(piece, replications_);
    values[0] = static_cast<double>(count);
    for (std::size_t p = 0; p < players_.size(); ++p) {
      outcome_block& block = blocks_[p];
      block.clear();
      const std::span<double> of_days = shape_->days(values, p);
      for (std::size_t i = 0; i < count; ++i) {
        const replication_outcome& year = players_[p]->run(static_cast<std::uint32_t>(piece * block_replications + i));
        block.add(year);
        if (shape_->keeps_years()) write_year(year, shape_->row(p), shape_->years(values, p).subspan(2 * metric_count * i));
        cost_row::write(*places_[p], year, shape_->costs(values, p).subspan(cost_row::size * i, cost_row::size));
        for (std::size_t d = 0; d < year.days.size(); ++d) {
          year.days[d].visit([&](double x, std::size_t k) { of_days[session_day::figures * d + k] += x; });
        }
      }
      sum(block, shape_->sums(values, p));
      double* half = shape_->prints(values, p).data();
      for (std::uint64_t print : block.fingerprints()) {
        *half++ = static_cast<double>(print >> 32);
        *half++ = static_cast<double>(print & 0xffffffffU);
      }
      if (p > 0) {
        sum_pairs(shape_->compared(), blocks_[0], shape_->sums(values, 0), block, shape_->sums(values, p), shape_->pair(values, p - 1));
      }
    }
  }

 private:
  /// The county-wide metrics of a replication.
  template <class = when_called>
  static void write_year(const replication_outcome& year, const outcome_row& row, std::span<double> into) noexcept {
    const std::span<const tally::ratio> sums = year.sums.sums();
    constexpr std::size_t county_cell = 0;  // the only one of the first dimension
    static_assert(static_cast<std::size_t>(dimension::all) == 0);
    for (std::size_t m = 0; m < metric_count; ++m) {
      const tally::ratio& sum = sums[row.at(static_cast<metric>(m), county_cell)];
      into[2 * m] = sum.numerator;
      into[2 * m + 1] = sum.denominator;
    }
  }

  const study_shape* shape_;
  std::size_t replications_;
  std::vector<const world*> places_;
  std::vector<std::unique_ptr<any_player>> players_;
  std::vector<outcome_block> blocks_;
};

struct tell_nobody {
  void operator()(std::size_t) const noexcept {}
};

}  // namespace detail

/// Replications 0 … n−1 of each arm on common random numbers; the first arm is the base that others are paired with. No
/// file is read or written.
///
///     const std::array arms{study_arm(county), study_arm(county, policies{}.with(my_roster{}))};
///     const study_result found = run_study(thread_team{}, arms, 1000);
///
/// The team's pieces are blocks of `block_replications` replications of every arm. Memory: a replication
/// and some rows an arm and thread, and sums; of each replication and arm what it cost and brought, 152 bytes (`cost_row`), is
/// all that is kept. The bytes are the same for every team. If the team is told to stop, the blocks that were finished by then are in the
/// result.
///
/// In a team of several processes each makes the same worlds and calls this; the first gets the result, the
/// others one without replications.
/// \param finished  called on this thread with the replications of each arm that are in the sums so far
/// \param years  of how many replications what the county-wide metrics are made of is kept too (`study_result::years`): memory grows with
/// them \pre at least one arm; all split metrics alike (same townships and categories), with the same metrics of observers
template <class Team, class Finished = detail::tell_nobody>
requires work_team<Team>
[[nodiscard]] study_result run_study(Team&& team, std::span<const study_arm> arms, std::size_t replications, Finished&& finished = {},
                                     kept_years years = {}) {
  SIFANG_ASSERT(!arms.empty());
  const detail::study_shape shape(arms, years);
  study_result out = shape.empty();
  team.run(
      blocks_of(replications), [&] { return detail::study_worker(shape, arms, replications); },
      [&](std::size_t, std::span<const double> values) {
        shape.merge(out, values);
        finished(out.replications);
      });
  return out;
}
/// An arm for each of worlds whose scenarios say all. (Compiled only when called: an arm is a whole year.)
template <class Arm = study_arm>
[[nodiscard]] inline std::vector<Arm> arms_of(std::span<const world* const> worlds) {
  std::vector<Arm> out;
  for (const world* w : worlds) out.emplace_back(*w);
  return out;
}
/// The same of these.
template <class Team, class Finished = detail::tell_nobody>
requires work_team<Team>
[[nodiscard]] study_result run_study(Team&& team, std::span<const world* const> worlds, std::size_t replications, Finished&& finished = {},
                                     kept_years years = {}) {
  const std::vector<study_arm> arms = arms_of(worlds);
  return run_study(team, detail::span_of(arms), replications, std::forward<Finished>(finished), years);
}

}  // namespace sifang

#endif
