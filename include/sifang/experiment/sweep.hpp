// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_SWEEP_HPP
#define SIFANG_EXPERIMENT_SWEEP_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/compare.hpp"
#include "sifang/experiment/cost_result.hpp"
#include "sifang/experiment/cost_row.hpp"
#include "sifang/experiment/cost_service.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/ratio_pair_sums.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Many policies, each compared with the first by the headline metrics of the whole county, and how busy each unit is under them.

namespace sifang {

/// The metrics that a sweep shows, in the order of `metric_table`.
inline constexpr std::array sweep_metrics = [] {
  constexpr std::size_t count = [] {
    std::size_t n = 0;
    for (const metric_info& m : metric_table) n += m.headline ? 1 : 0;
    return n;
  }();
  std::array<metric, count> out{};
  std::size_t k = 0;
  for (const metric_info& m : metric_table) {
    if (m.headline) out[k++] = m.id;
  }
  return out;
}();

/// Their names, in the same order.
[[nodiscard]] inline std::vector<std::string> sweep_metric_names() {
  std::vector<std::string> out;
  for (const metric m : sweep_metrics) out.emplace_back(info(m).name);
  return out;
}

/// Whose time a sweep tells: the clerks of the bureau, and the handlers of each unit that handles matters, in the order of
/// `world::offices`.
struct sweep_unit {
  std::string code,  ///< of the unit
      en,            ///< text for readers in English
      zh;            ///< text for readers in Chinese
};
/// Those of a world.
template <class = when_called>
[[nodiscard]] inline std::vector<sweep_unit> sweep_units_of(const world& w) {
  std::vector<sweep_unit> out{{"clerks", "Clerks of the petition bureau", "信访局登记转办人员"}};
  for (const office& o : w.offices()) {
    const unit& u = w.org().units()[o.where];
    out.push_back({u.code, english_name(u), u.name});
  }
  return out;
}

/// What a sweep found of one cell.
struct sweep_cell {
  fingerprint print;                           ///< of the replications' fingerprints, in order
  std::vector<interval> values;                ///< in the order of `sweep_metrics`
  std::vector<ratio_parts> parts;              ///< of those that are ratios, over all replications
  std::vector<result_difference> differences;  ///< cell minus first cell; empty for the first. Intervals of a cell hold together
  std::vector<interval> busy;  ///< share of their working time, of each of `sweep_result::units`; none where a cell has other units
};

/// What a sweep found.
struct sweep_result {
  std::size_t replications = 0;   ///< of each cell, from number 0 on
  std::vector<sweep_unit> units;  ///< of the first cell
  std::vector<sweep_cell> cells;  ///< those that were finished, from the first on; none where the team's values do not arrive
  result_costs costs{};           ///< what these cost for what they bring, without the parts of the cost
};

namespace detail {

/// Where everything stands in the numbers of a block of one cell: fingerprints in two halves, then a row of
/// numerators and one of denominators for each replication, and what it cost and brought; at the end the same of the time of each unit.
struct sweep_shape {
  static constexpr std::size_t metrics = sweep_metrics.size();
  static constexpr std::size_t size(std::size_t count, std::size_t units) noexcept { return units_at(count) + 2 * count * units; }
  static constexpr std::size_t costs_at(std::size_t count) noexcept { return 2 * count * (1 + metrics); }
  static constexpr std::size_t units_at(std::size_t count) noexcept { return costs_at(count) + count * cost_row::ranked; }
  static constexpr std::size_t units_in(std::size_t size, std::size_t count) noexcept { return (size - units_at(count)) / (2 * count); }
  static constexpr std::size_t numerators(std::size_t count) noexcept { return 2 * count; }
  static constexpr std::size_t denominators(std::size_t count) noexcept { return (2 + metrics) * count; }
};

/// Plays blocks of one cell after another; what a cell needs is made when its first block comes.
template <class WorldOf, class Set>
class sweep_worker {
 public:
  sweep_worker(const WorldOf& world_of, std::size_t replications, const Set& set)
      : world_of_(&world_of), replications_(replications), set_(set) {}

  void operator()(std::size_t piece, std::vector<double>& out) {
    const std::size_t cell = piece / blocks_of(replications_), block = piece % blocks_of(replications_);
    if (!player_ || cell_ != cell) {
      player_.reset();
      world_ = (*world_of_)(cell);
      player_.emplace(*world_, set_);
      cell_ = cell;
    }
    const std::size_t count = block_size(block, replications_);
    const std::size_t offices = world_->offices().size();
    out.resize(sweep_shape::size(count, 1 + offices));
    double* half = out.data();
    double* y = out.data() + sweep_shape::numerators(count);
    double* n = out.data() + sweep_shape::denominators(count);
    double* cost = out.data() + sweep_shape::costs_at(count);
    double* busy = out.data() + sweep_shape::units_at(count);
    double* time = busy + count * (1 + offices);
    for (std::size_t i = 0; i < count; ++i) {
      const replication_outcome& r = player_->run(static_cast<std::uint32_t>(block * block_replications + i));
      *half++ = static_cast<double>(r.fingerprint >> 32);
      *half++ = static_cast<double>(r.fingerprint & 0xffffffffU);
      const std::span<const tally::ratio> sums = r.sums.sums();
      const std::size_t county = world_->layout().at(dimension::all, 0) * metric_count;
      for (const metric m : sweep_metrics) {
        const tally::ratio& sum = sums[county + static_cast<std::size_t>(m)];
        *y++ = sum.numerator;
        *n++ = sum.denominator;
      }
      cost_row::write(*world_, r, std::span(cost, cost_row::ranked));
      cost += cost_row::ranked;
      const auto put = [&](metric m, std::uint32_t cell_of) {
        *busy++ = r.sums.numerator(m, cell_of);
        *time++ = r.sums.denominator(m, cell_of);
      };
      put(metric::clerk_utilisation, world_->layout().at(dimension::all, 0));
      for (std::size_t o = 0; o < offices; ++o) put(metric::handler_utilisation, world_->layout().at(dimension::unit, o));
    }
  }

 private:
  const WorldOf* world_of_;
  std::size_t replications_, cell_ = 0;
  Set set_;
  std::shared_ptr<const world> world_;  // before the player, which refers to it
  std::optional<replication<Set>> player_;
};

/// Sums of a cell as its blocks come, in order. The first cell's rows are kept: the others are paired with them.
class sweep_sums {
 public:
  sweep_sums(std::size_t cells, std::size_t replications, double confidence)
      : replications_(replications), confidence_(confidence), rows_(blocks_of(replications)) {
    out_.replications = replications;
    out_.cells.reserve(cells);
  }
  void take(std::size_t piece, std::span<const double> values) {
    constexpr std::size_t ratios = sweep_shape::metrics;
    const std::size_t block = piece % rows_.size(), count = block_size(block, replications_);
    const std::size_t units = sweep_shape::units_in(values.size(), count);
    SIFANG_ASSERT(values.size() == sweep_shape::size(count, units));
    const bool base = piece < rows_.size();
    if (block == 0) {
      print_ = {};
      (base ? base_ : other_) = ratio_sums(ratios);
      if (!base) base_so_far_ = ratio_sums(ratios);
      pair_ = ratio_pair_sums(ratios);
      busy_ = ratio_sums(units);
      costs_.emplace_back();
    }
    const auto of_costs = values.subspan(sweep_shape::costs_at(count), count * cost_row::ranked);
    costs_.back().insert(costs_.back().end(), of_costs.begin(), of_costs.end());
    unit_sums_.resize(ratio_sums::columns * units);
    const auto of_units = values.subspan(sweep_shape::units_at(count));
    ratio_sums::of_rows(units, of_units.first(count * units), of_units.subspan(count * units), unit_sums_);
    busy_.merge(unit_sums_);
    for (std::size_t i = 0; i < count; ++i) {
      print_.add(static_cast<std::uint64_t>(values[2 * i]) << 32 | static_cast<std::uint64_t>(values[2 * i + 1]));
    }
    const auto side_of = [&](std::span<const double> v, std::span<double> sums) {
      const ratio_pair_sums::side side{ratios, v.subspan(sweep_shape::numerators(count), count * ratios),
                                       v.subspan(sweep_shape::denominators(count), count * ratios), sums};
      ratio_sums::of_rows(ratios, side.numerators, side.denominators, sums);
      return side;
    };
    const auto mine = side_of(values, sums_);
    if (base) {
      rows_[block].assign(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(sweep_shape::units_at(count)));
      base_.merge(mine.sums);
    } else {
      const auto first = side_of(rows_[block], base_sums_);
      ratio_pair_sums::of_rows(ratios, first, mine, pairs_);
      pair_.merge(base_so_far_, other_, first.sums, mine.sums, pairs_);
      base_so_far_.merge(first.sums);
      other_.merge(mine.sums);
    }
    if (block + 1 == rows_.size()) finish(base);
  }
  /// Whether a cell is complete.
  [[nodiscard]] bool has_cells() const noexcept { return !out_.cells.empty(); }
  /// \param units  of the first cell
  [[nodiscard]] sweep_result result(std::vector<sweep_unit> units) && {
    for (sweep_cell& cell : out_.cells) {
      if (cell.busy.size() != units.size()) cell.busy.clear();
    }
    out_.units = std::move(units);
    costs_.resize(out_.cells.size());  // the last may not be complete
    out_.costs = reckon_costs(detail::span_of(costs_), cost_row::ranked, confidence_);
    return std::move(out_);
  }

 private:
  void finish(bool base) {
    const t_scale scale(replications_, confidence_);
    sweep_cell cell;
    cell.print = print_;
    for (std::size_t m = 0; m < sweep_metrics.size(); ++m) {
      const ratio_sums& sums = base ? base_ : other_;
      cell.values.push_back(sums.estimate(m, quantity_of(sweep_metrics[m]), scale));
      const bool ratio = info(sweep_metrics[m]).kind == metric_kind::ratio;
      cell.parts.push_back(ratio ? ratio_parts{sums.numerator(m), sums.denominator(m)} : ratio_parts{});
    }
    if (!base) {
      const t_scale jointly(replications_, each_of_joint(confidence_, sweep_metrics.size()));
      for (std::size_t m = 0; m < sweep_metrics.size(); ++m) {
        const metric_info& about = info(sweep_metrics[m]);
        const paired_difference d = pair_.difference(m, base_, other_, quantity_of(sweep_metrics[m]), jointly);
        const double smallest = smallest_that_matters(about.unit, base_.ratio(m), other_.ratio(m));
        cell.differences.push_back({d.difference, d.variance_ratio, verdict_of(about.better, d.difference, smallest, replications_)});
      }
    }
    for (std::size_t u = 0; u < busy_.size(); ++u) cell.busy.push_back(busy_.estimate(u, quantity::share, scale));
    out_.cells.push_back(std::move(cell));
  }

  std::size_t replications_;
  double confidence_;
  std::vector<std::vector<double>> rows_;   ///< of the first cell, block by block
  std::vector<std::vector<double>> costs_;  ///< by cell
  fingerprint print_;
  ratio_sums base_, other_, base_so_far_, busy_;
  ratio_pair_sums pair_;
  std::vector<double> sums_ = std::vector<double>(ratio_sums::columns * sweep_shape::metrics), base_sums_ = sums_,
                      pairs_ = std::vector<double>(ratio_pair_sums::columns * sweep_shape::metrics), unit_sums_;
  sweep_result out_;
};

}  // namespace detail

/// Replications 0 … n−1 of each cell of a grid of policies, on common random numbers; the first cell is the base of
/// the comparisons. The same values as `run_study` of the cells at once, for the headline metrics of the whole county.
///
/// The team's pieces are blocks of `block_replications` replications of one cell, cell by cell; a thread holds one
/// world and replication. So the memory grows with the replications (16 bytes each and metric of the first cell, and 72 bytes each
/// of every cell for what it cost and brought), and with the cells by their results (some 1.5 kB each, and 32 bytes for each unit that
/// handles matters).
/// \param world_of    gives the world of a cell to any thread at any time, as `std::shared_ptr<const world>`
/// \param confidence  of every interval; of differences, of all those of a cell together, from which its verdicts follow
/// \param finished    called on this thread with the number of blocks taken so far
/// \param set         policies of one's own in every cell
/// \pre at least one cell and one replication
template <class Team, class WorldOf, class Finished, class Set = policies<>>
requires work_team<Team> && std::invocable<const WorldOf&, std::size_t>
[[nodiscard]] sweep_result run_sweep(Team&& team, std::size_t cells, std::size_t replications, double confidence, const WorldOf& world_of,
                                     Finished&& finished, const Set& set = {}) {
  SIFANG_ASSERT(cells > 0 && replications > 0);
  detail::sweep_sums sums(cells, replications, confidence);
  team.run(
      cells * blocks_of(replications),
      [&] { return detail::sweep_worker<WorldOf, policies_of<Set>>(world_of, replications, as_policies(set)); },
      [&](std::size_t piece, std::span<const double> values) {
        sums.take(piece, values);
        finished(piece + 1);
      });
  // Other ranks than the first take nothing, and make no world but in the team, which tells what is wrong with theirs.
  return std::move(sums).result(sums.has_cells() ? sweep_units_of(*world_of(0)) : std::vector<sweep_unit>{});
}

}  // namespace sifang

#endif
