// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_NATION_HPP
#define SIFANG_EXPERIMENT_NATION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/org/county_like.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/scenario_laws.hpp"
#include "sifang/county/world.hpp"
#include "sifang/stats/estimate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// A county of a national run.
struct nation_county {
  std::string_view code,                         ///< of the table of divisions
      name;                                      ///< as people read it
  std::size_t province = 0;                      ///< position of its province
  std::span<const division_township> townships;  ///< with their villages
  double matters_per_year = 0;                   ///< mean of new matters
};

/// How many matters arose, in which states they ended, and how many events were played.
struct nation_counts {
  double born = 0,     ///< matters that arose
      silent = 0,      ///< never came forward
      on_the_way = 0,  ///< the petitioner is on the way to a session
      open = 0,        ///< not closed at the end
      closed = 0,      ///< closed at the end
      events = 0;      ///< played
  /// Adds those of another county.
  nation_counts& operator+=(const nation_counts& o) noexcept {
    born += o.born;
    silent += o.silent;
    on_the_way += o.on_the_way;
    open += o.open;
    closed += o.closed;
    events += o.events;
    return *this;
  }
};

/// Sums of a province, or of the nation, in one replication.
struct nation_sums {
  std::array<double, metric_count> numerator{},  ///< of every metric, over counties
      denominator{};                             ///< likewise
  nation_counts counts;                          ///< of matters
  /// Adds those of another county or province.
  void add(const nation_sums& o) noexcept {
    for (std::size_t m = 0; m < metric_count; ++m) {
      numerator[m] += o.numerator[m];
      denominator[m] += o.denominator[m];
    }
    counts += o.counts;
  }
};

/// What a national run found.
struct nation_result {
  std::size_t replications = 0;                     ///< years played of every county
  std::size_t counties = 0;                         ///< taken; fewer than given only if the team was stopped
  std::vector<std::size_t> impossible;              ///< counties of which no world can be made; they count nowhere
  std::vector<std::vector<nation_sums>> provinces;  ///< by province, by replication
  std::size_t most_bytes = 0;                       ///< of one county's replication
  double most_open = 0;                             ///< cases open at one time in one county
};

/// The nation's sums in each replication.
[[nodiscard]] inline std::vector<nation_sums> whole_nation(const nation_result& r) {
  std::vector<nation_sums> whole(r.replications);
  for (const auto& province : r.provinces) {
    for (std::size_t i = 0; i < whole.size(); ++i) whole[i].add(province[i]);
  }
  return whole;
}
/// Whether a metric of several counties follows from the sums of theirs: counts and ratios, but no quantiles.
[[nodiscard]] constexpr bool adds_up(metric m) noexcept { return info(m).kind != metric_kind::value; }
/// A metric of a province or the nation over replications: a mean of counts, or a ratio of sums. \pre adds_up(m); asserted
[[nodiscard]] inline interval nation_estimate(metric m, std::span<const nation_sums> runs, const t_scale& scale) {
  SIFANG_ASSERT(adds_up(m));
  std::vector<double> y, n;
  for (const nation_sums& r : runs) {
    y.push_back(r.numerator[static_cast<std::size_t>(m)]);
    n.push_back(r.denominator[static_cast<std::size_t>(m)]);
  }
  return info(m).kind == metric_kind::count ? mean_interval(y, scale, quantity_of(m)) : ratio_interval(y, n, scale, quantity_of(m));
}

/// What a ratio of a province or the nation is made of; nothing known of counts. \pre adds_up(m); asserted
[[nodiscard]] inline ratio_parts nation_parts(metric m, std::span<const nation_sums> runs) {
  SIFANG_ASSERT(adds_up(m));
  ratio_parts out;
  if (info(m).kind != metric_kind::ratio) return out;
  for (const nation_sums& r : runs) {
    out.numerator += r.numerator[static_cast<std::size_t>(m)];
    out.denominator += r.denominator[static_cast<std::size_t>(m)];
  }
  return out;
}

/// The world of one county of a national run: the scenario's with the county's own organisation, load, staff and seed.
///
/// Faults: those of `county_like` and `world::make`. \param mean_matters  matters a year of an average county
[[nodiscard]] checked<world> make_county(const nation_county& c, std::size_t position, double mean_matters, const scenario& setting,
                                         const std::same_as<organisation> auto& model, const working_calendar& calendar) {
  auto org = county_like(model, c.code, c.name, c.townships);
  if (!org) return org.faults();
  scenario own = setting;
  own.load.matters_per_year = c.matters_per_year;
  const double share = mean_matters > 0 ? c.matters_per_year / mean_matters : 1;
  // A whole number of people that rounding has put a little above is not one more.
  const auto scaled = [&](int staff) { return (std::max)(1, static_cast<int>(std::ceil(staff * share * (1 - 1e-12)))); };
  own.routing.clerks = scaled(setting.routing.clerks);
  own.handling.department_handlers = scaled(setting.handling.department_handlers);
  own.handling.park_handlers = scaled(setting.handling.park_handlers);
  own.seed = setting.seed + 0x9e3779b97f4a7c15ULL * (position + 1);
  return world::make(std::move(own), *std::move(org), calendar);
}
/// Matters a year of an average county. \pre there is one; asserted
[[nodiscard]] constexpr double mean_matters(std::span<const nation_county> counties) noexcept {
  SIFANG_ASSERT(!counties.empty(), "at least one county");
  double mean = 0;
  for (const nation_county& c : counties) mean += c.matters_per_year / static_cast<double>(counties.size());
  return mean;
}

/// Plays every county of a country under one scenario, each with a world of its own that is made, played and
/// forgotten: the memory is that of as many counties as there are threads.
///
/// A piece of the team's work is a county, so that results are the same bytes for any number of threads or ranks.
/// Counties differ in their seeds: grievances of two counties have nothing in common. Clerks and the handlers of
/// departments and parks are those of the scenario in a county of average load, and in proportion to it elsewhere;
/// townships have the scenario's.
/// \param model  whose departments and posts every county is given (`county_like`)
/// \param take   told of each county in order: `take(position, std::span<const nation_sums>)`, a sum for each replication,
///               none of a county of which no world can be made; `make_county` says why
/// \param set    policies of one's own in every county
template <work_team Team, class Take, class Set = policies<>>
[[nodiscard]] nation_result run_nation(Team&& team, std::span<const nation_county> counties, std::size_t provinces, const scenario& setting,
                                       const organisation& model, const working_calendar& calendar, std::size_t replications, Take take,
                                       const Set& set = {}) {
  constexpr std::size_t width = 2 * metric_count + 6;
  const auto laws = std::make_shared<const scenario_laws>(setting);
  const double mean = mean_matters(counties);
  const auto make_worker = [&] {
    return [&, played = std::optional<replication<policies_of<Set>>>()](std::size_t piece, std::vector<double>& out) mutable {
      const auto w = make_county(counties[piece], piece, mean, setting, model, calendar);
      if (!w) return;  // nothing of it: `take_county` notes that
      if (played)
        played->move_to(*w);
      else
        played.emplace(*w, as_policies(set), laws);
      auto& player = *played;
      player.split_metrics(false);
      const std::uint32_t all = w->layout().at(dimension::all, 0);
      out.reserve(replications * width + 2);
      for (std::uint32_t number = 0; number < replications; ++number) {
        const replication_outcome& r = player.run(number);
        for (std::size_t m = 0; m < metric_count; ++m) {
          out.push_back(r.sums.numerator(static_cast<metric>(m), all));
          out.push_back(r.sums.denominator(static_cast<metric>(m), all));
        }
        for (std::uint64_t n : {r.born, r.silent, r.on_the_way, r.open, r.closed, r.events}) out.push_back(static_cast<double>(n));
      }
      out.push_back(static_cast<double>(player.bytes()));
      out.push_back(static_cast<double>(player.most_open()));
    };
  };
  nation_result result;
  result.replications = replications;
  result.provinces.assign(provinces, std::vector<nation_sums>(replications));
  std::vector<nation_sums> found(replications);
  const auto take_county = [&](std::size_t piece, std::span<const double> values) {
    if (values.empty()) {
      result.impossible.push_back(piece);
      return take(piece, std::span<const nation_sums>());
    }
    SIFANG_ASSERT(values.size() == replications * width + 2);
    for (std::size_t i = 0; i < replications; ++i) {
      const std::span<const double> row = values.subspan(i * width, width);
      for (std::size_t m = 0; m < metric_count; ++m) {
        found[i].numerator[m] = row[2 * m];
        found[i].denominator[m] = row[2 * m + 1];
      }
      const std::span<const double> n = row.subspan(2 * metric_count);
      found[i].counts = {n[0], n[1], n[2], n[3], n[4], n[5]};
      result.provinces[counties[piece].province][i].add(found[i]);
    }
    result.most_bytes = (std::max)(result.most_bytes, static_cast<std::size_t>(values[replications * width]));
    result.most_open = (std::max)(result.most_open, values[replications * width + 1]);
    take(piece, std::span<const nation_sums>(found));
  };
  result.counties = team.run(counties.size(), make_worker, take_county);
  return result;
}

}  // namespace sifang

#endif
