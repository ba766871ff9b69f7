// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "live_memory.hpp"
#include "sifang/experiment.hpp"
#include "sifang/stats.hpp"
#include "tables.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <numeric>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

bool same_bytes(std::span<const double> a, std::span<const double> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}
bool same_bytes(const study_result& a, const study_result& b) {
  bool same = a.replications == b.replications && a.policies.size() == b.policies.size() && a.pairs.size() == b.pairs.size();
  for (std::size_t p = 0; same && p < a.policies.size(); ++p) {
    same = a.policies[p].replications == b.policies[p].replications && a.policies[p].print.value() == b.policies[p].print.value() &&
           same_bytes(a.policies[p].sums.values(), b.policies[p].sums.values());
  }
  for (std::size_t k = 0; same && k < a.pairs.size(); ++k) same = same_bytes(a.pairs[k].values(), b.pairs[k].values());
  return same;
}

/// The ratio of the sums of two columns of outcomes; 0 where there is no denominator.
double ratio_of(const std::vector<replication_outcome>& runs, const auto& numerator, const auto& denominator) {
  double sum = 0, by = 0;
  for (const replication_outcome& r : runs) {
    sum += numerator(r);
    by += denominator(r);
  }
  return by > 0 ? sum / by : 0;
}
template <class Of>
std::vector<double> column(const std::vector<replication_outcome>& runs, Of&& of) {
  std::vector<double> out;
  for (const replication_outcome& r : runs) out.push_back(of(r));
  return out;
}

/// Agreement up to rounding: of the estimate to its last digits, of bounds to eight, since the number of observations that a share
/// near 1 is worth is a small difference of large sums, and a quantile of the beta law stops at ten.
bool near(const interval& a, const interval& b) {
  const double size = std::max({std::abs(b.lower), std::abs(b.upper), std::abs(b.estimate)});
  return a.kind == b.kind && std::abs(a.estimate - b.estimate) <= 1e-12 * size && std::abs(a.lower - b.lower) <= 1e-8 * size &&
         std::abs(a.upper - b.upper) <= 1e-8 * size;
}

/// The summary in two passes over kept outcomes, as the formulas have it (METHODS 4).
void check_against_all_values(const world& w, const result_policy& found, const std::vector<replication_outcome>& runs) {
  const auto mean = [&](quantity what, auto&& of) { return mean_interval(column(runs, of), 0.95, what); };
  const auto ratio = [&](quantity what, auto&& y, auto&& n) { return ratio_interval(column(runs, y), column(runs, n), 0.95, what); };
  for (const metric_info& m : metric_table) {
    for (std::size_t d = 0; d < dimension_count; ++d) {
      for (std::size_t i = 0; i < w.layout().items(static_cast<dimension>(d)); ++i) {
        const std::uint32_t cell = w.layout().at(static_cast<dimension>(d), i);
        const auto y = [&](const auto& r) { return r.sums.numerator(m.id, cell); };
        const interval all = ratio(quantity_of(m.id), y, [&](const auto& r) { return r.sums.denominator(m.id, cell); });
        const interval& v = found.values[static_cast<std::size_t>(m.id)][d][i];
        INFO(m.name << ' ' << d << ' ' << i);
        if (d != 0 && m.kind == metric_kind::count && all.estimate == 0)
          CHECK_FALSE(v.has_value());
        else
          CHECK(near(v, all));
      }
    }
  }
  REQUIRE(found.series.size() == series_count - 1);  // no session but those of the article and the window
  for (std::size_t k = 0; k < found.series.size(); ++k) {
    for (std::size_t week = 0; week < w.weeks(); ++week) {
      const auto sum = [&](const auto& r) { return r.series_sum[k][week]; };
      const bool waits = series_table[k].chart == "wait";
      CHECK(near(found.series[k].weeks[week], waits ? ratio(quantity::amount, sum, [&](const auto& r) { return r.series_weight[k][week]; })
                                                    : mean(quantity_of(static_cast<series_id>(k)), sum)));
    }
  }
  for (std::size_t k = 0; k < curve_count; ++k) {
    for (std::size_t d = 0; d <= curve_days[k]; ++d) {
      CHECK(near(found.curves[k].by_day[d], ratio(
                                                quantity::share,
                                                [&](const auto& r) {
                                                  const auto counts = r.curves[k].counts().first(d + 1);
                                                  return std::accumulate(counts.begin(), counts.end(), 0.0);
                                                },
                                                [&](const auto& r) { return r.curve_total[k]; })));
    }
  }
  const legal_clocks& clocks = w.setting().clocks;
  const double limits[] = {0.0, double(clocks.route.count), double(clocks.accept.count), double(clocks.handle.count)};
  for (std::size_t k = 0; k < curve_count; ++k) CHECK(found.curves[k].limit_days == limits[k]);
  const double days = (w.end() - w.start()).count + 1;
  std::vector<day> days_of_year;
  for (day d = w.start(); d <= w.end(); ++d) days_of_year.push_back(d);
  std::size_t row = 0;
  for (std::size_t i = 0; i < w.org().officials().size(); ++i) {
    if (w.org()[official_id(i)].rank == role::bureau_staff) continue;
    const result_official& o = found.officials[row++];
    const official& who = w.org()[official_id(i)];
    CHECK((o.post == who.post && o.title == who.title && o.rank == name_of(who.rank) && o.unit == w.org().units()[who.unit].code));
    CHECK(near(o.hours, mean(quantity::amount, [&](const auto& r) { return r.officials[i].minutes / 60; })));
    CHECK(near(o.sessions, mean(quantity::count, [&](const auto& r) { return r.officials[i].sessions; })));
    CHECK(near(o.heard, mean(quantity::count, [&](const auto& r) { return r.officials[i].heard; })));
    CHECK(near(o.owned_mean, mean(quantity::amount, [&](const auto& r) { return r.officials[i].owned_days / days; })));
    const auto workdays = static_cast<double>(std::ranges::count_if(days_of_year, [&](day d) { return w.calendar().is_workday(d); }));
    CHECK(std::abs(o.utilisation.estimate - o.hours.estimate / (8 * workdays)) < 1e-12);
    CHECK(o.utilisation.kind == o.hours.kind);
    CHECK(near(o.owned_max, mean(quantity::amount, [&](const auto& r) { return static_cast<double>(r.officials[i].owned_max); })));
  }
  CHECK(row == found.officials.size());
  REQUIRE(found.venues.size() == w.plan().kinds().size());
  for (std::size_t v = 0; v < found.venues.size(); ++v) {
    const double planned = w.venue_sessions()[v], seats = w.venue_seat_minutes()[v];
    const result_venue& o = found.venues[v];
    const auto of = [&](quantity what, auto member) {
      return mean(what, [&, member](const auto& r) { return static_cast<double>(r.venues[v].*member); });
    };
    const bool irregular = venue(v) == article::irregular;
    CHECK(near(o.sessions, irregular ? of(quantity::count, &venue_outcome::used_sessions)
                                     : mean(quantity::count, [&](const auto&) { return planned; })));
    const auto idle = [&](const auto& r) { return planned - r.venues[v].used_sessions; };
    CHECK(near(o.idle_share, !irregular && planned > 0 ? ratio(quantity::share, idle, [&](const auto&) { return planned; }) : interval{}));
    CHECK(near(o.heard, of(quantity::count, &venue_outcome::heard)));
    CHECK(near(o.wait_minutes, ratio(
                                   quantity::amount, [&](const auto& r) { return r.venues[v].wait_minutes; },
                                   [&](const auto& r) { return r.venues[v].heard; })));
    CHECK(near(o.queue_max, of(quantity::amount, &venue_outcome::longest_queue)));
    CHECK(near(o.overtime_minutes, of(quantity::amount, &venue_outcome::overtime_minutes)));
    CHECK(near(o.utilisation, seats > 0
                                  ? mean(quantity::yearly_share,
                                         [&](const auto& r) { return r.venues[v].busy_minutes / (seats + r.venues[v].overtime_minutes); })
                                  : interval{}));
    CHECK(near(o.left, of(quantity::count, &venue_outcome::left)));
  }
  for (std::size_t k = 0; k < violation_count; ++k)
    CHECK(near(found.violations[k].count, mean(quantity::count, [&](const auto& r) { return r.violations[k]; })));
  fingerprint print;
  for (const replication_outcome& r : runs) print.add(r.fingerprint);
  CHECK(found.fingerprint == hexadecimal(print.value()));
  CHECK(found.replications == static_cast<int>(runs.size()));
}

const std::vector<std::string> short_run{"scenario.warm_up=0"};

std::size_t headline_metrics() {
  return static_cast<std::size_t>(std::count_if(metric_table.begin(), metric_table.end(), [](const metric_info& m) { return m.headline; }));
}

}  // namespace

TEST_CASE("a study of two policies finds what the formulas find from all outcomes") {
  const world base = xiapu(short_run), other = xiapu(short_run, "wednesday");
  const world* policies[] = {&base, &other};
  const std::size_t n = 2 * block_replications + 3;  // the last block is short
  const study_result found = run_study(thread_team{2}, policies, n);
  const auto base_runs = replicate(base, n), other_runs = replicate(other, n);
  check_against_all_values(base, summarise(base, found.policies[0]), base_runs);
  check_against_all_values(other, summarise(other, found.policies[1]), other_runs);

  const result_comparison change = compare(base, 0, found.policies[0], 1, found.policies[1], found.pairs[0]);
  const t_scale alone(n, 0.95), jointly(n, each_of_joint(0.95, headline_metrics()));
  std::size_t seen = 0;
  for (const metric_info& m : metric_table) {
    for (std::uint32_t cell = 0; cell < base.layout().cells(); ++cell) {
      const auto y = [&](const auto& r) { return r.sums.numerator(m.id, cell); };
      const auto den = [&](const auto& r) { return r.sums.denominator(m.id, cell); };
      const bool together = cell == 0 && m.headline;
      const paired_difference all = compare_ratios(column(base_runs, y), column(base_runs, den), column(other_runs, y),
                                                   column(other_runs, den), together ? jointly : alone, quantity_of(m.id));
      const auto d = static_cast<std::size_t>(std::upper_bound(base.layout().offset.begin(), base.layout().offset.end(), cell) -
                                              base.layout().offset.begin() - 1);
      const result_difference& v = change.values[static_cast<std::size_t>(m.id)][d][cell - base.layout().offset[d]];
      INFO(m.name << " cell " << cell);
      CHECK(v.difference.kind == all.difference.kind);
      const double size = std::abs(all.difference.lower) + std::abs(all.difference.upper);
      // Where both add the same in another order, as the hours of a unit with few cases, the difference is rounding of the sums.
      double above = 0, below = 0;
      for (const auto& r : base_runs) {
        above += std::abs(y(r));
        below += den(r);
      }
      const double rounding = 1e-13 * above / (below > 0 ? below : static_cast<double>(n));
      CHECK(std::abs(v.difference.estimate - all.difference.estimate) <= 1e-12 * size + rounding);
      // The variance of a difference loses the digits that it is smaller than the two it comes from, and each of these, of a
      // ratio, those that it is smaller than the variances of numerator and denominator.
      CHECK(std::abs(v.difference.lower - all.difference.lower) <= 1e-11 * (100 + all.variance_ratio) * size + rounding);
      CHECK(std::abs(v.difference.upper - all.difference.upper) <= 1e-11 * (100 + all.variance_ratio) * size + rounding);
      const double smallest = smallest_that_matters(m.unit, ratio_of(base_runs, y, den), ratio_of(other_runs, y, den));
      const std::string expected = verdict_of(m.better, all.difference, smallest, n);
      if (std::abs(all.difference.estimate) > rounding) CHECK(v.verdict == expected);
      if (cell == 0) CHECK(std::abs(change.matters[static_cast<std::size_t>(m.id)] - smallest) <= 1e-9 * smallest);
      seen += expected == "better" || expected == "worse" ? 1 : 0;
    }
  }
  CHECK(seen > 20);  // there are differences enough to see
}

TEST_CASE("the county's headline metrics are judged together, by the intervals that are shown") {
  const std::size_t n = 16;
  bool taken_back = false, left = false;
  for (const double confidence : {0.6, 0.95}) {
    const world base = xiapu({"scenario.warm_up=0", "scenario.confidence=" + std::to_string(confidence)}),
                other = xiapu({"scenario.warm_up=0", "load.multiplier=1.02"});
    const auto base_runs = replicate(base, n), other_runs = replicate(other, n);
    const result_comparison change = compare(base, 0, base_runs, 1, other_runs);
    CHECK(change.joint_confidence == each_of_joint(confidence, headline_metrics()));
    for (const metric_info& m : metric_table) {
      if (!m.headline) continue;
      const auto y = [&](const auto& r) { return r.sums.numerator(m.id, 0); };
      const auto den = [&](const auto& r) { return r.sums.denominator(m.id, 0); };
      const paired_difference alone = compare_ratios(column(base_runs, y), column(base_runs, den), column(other_runs, y),
                                                     column(other_runs, den), confidence, quantity_of(m.id));
      const result_difference& shown = change.values[static_cast<std::size_t>(m.id)][0][0];
      INFO(m.name);
      if (alone.difference.bounded()) CHECK(shown.difference.half_width() > alone.difference.half_width());
      const double smallest = smallest_that_matters(m.unit, ratio_of(base_runs, y, den), ratio_of(other_runs, y, den));
      CHECK(shown.verdict == verdict_of(m.better, shown.difference, smallest, n));
      taken_back = taken_back || (alone.p_value < 1 - confidence && shown.difference.contains(0));
      left = left || shown.verdict == "worse" || shown.verdict == "changed";
    }
  }
  CHECK(taken_back);  // that they are judged together makes a difference here
  CHECK(left);
}

TEST_CASE("a verdict says which way is good, and nothing where nothing was shown") {
  const auto around = [](double x) { return interval{x, x - 0.1, x + 0.1, interval_kind::two_sided}; };
  CHECK(verdict_of("lower", around(-1), 0.5, least_replications) == "better");
  CHECK(verdict_of("lower", around(1), 0.5, least_replications) == "worse");
  CHECK(verdict_of("higher", around(1), 0.5, least_replications) == "better");
  CHECK(verdict_of("higher", around(-1), 0.5, least_replications) == "worse");
  CHECK(verdict_of("none", around(1), 0.5, least_replications) == "changed");
  CHECK(verdict_of("lower", around(-1), 0.5, least_replications - 1) == "too_little_data");
  CHECK(verdict_of("lower", {-1, -1, -1, interval_kind::too_little_data}, 0.5, 100) == "too_little_data");
  // Sure, and too small to matter; not sure, and sure that it is too small; partly larger than what matters.
  CHECK(verdict_of("lower", around(-0.2), 0.5, least_replications) == "no_difference_that_matters");
  CHECK(verdict_of("lower", around(0.05), 0.5, least_replications) == "no_difference_that_matters");
  CHECK(verdict_of("lower", around(0.45), 0.5, least_replications) == "worse");
  CHECK(verdict_of("lower", {0.45, -0.1, 1, interval_kind::two_sided}, 0.5, least_replications) == "cant_tell");
  CHECK(verdict_of("lower", {0.45, 0, 1, interval_kind::two_sided}, 0.5, least_replications) == "cant_tell");
  CHECK(verdict_of("lower", around(0), 0.05, least_replications) == "cant_tell");
  CHECK(verdict_of("lower", interval{}, 1, least_replications) == "cant_tell");
  CHECK(verdict_of("lower", {0, 0, 0, interval_kind::constant}, 0, least_replications) == "no_difference_that_matters");
  CHECK(verdict_of("lower", {2, 2, 2, interval_kind::constant}, 1, least_replications) == "worse");
  CHECK(smallest_that_matters("share", 0.9, 0.8) == 0.005);
  CHECK(smallest_that_matters("days", 30, 31) == 0.5);
  CHECK(smallest_that_matters("minutes", 3, 1) == 1);
  CHECK(smallest_that_matters("hours", 1900, 2100) == 20);
  CHECK(smallest_that_matters("cases", -100, 100) == 1);
  const matters_list own{{"received", 0.02, true}, {"heard_15d", 0.01, false}, {"received", 0.1, true}};
  CHECK(smallest_that_matters(own, "received", "visits", 90, 110) == 10);  // what was said last
  CHECK(smallest_that_matters(own, "heard_15d", "share", 0.9, 0.8) == 0.01);
  CHECK(smallest_that_matters(own, "heard_30d", "share", 0.9, 0.8) == 0.005);
}

TEST_CASE("a verdict follows from the interval that is shown and the smallest difference that matters, whatever they are") {
  const random_source luck(15, 0);
  std::map<std::string, int> said;
  for (std::uint64_t k = 0; k < 20000; ++k) {
    const auto draw = [&](std::uint32_t purpose) { return luck.uniform(k, purpose); };
    const double estimate = 4 * draw(0) - 2, smallest = draw(1) < 0.1 ? 0 : draw(1);
    const interval shown{estimate, estimate - 2 * draw(2) * draw(3), estimate + 2 * draw(4) * draw(5), interval_kind::two_sided};
    const char* better = k % 3 == 0 ? "lower" : k % 3 == 1 ? "higher" : "none";
    const std::string verdict = verdict_of(better, shown, smallest, 100);
    ++said[verdict];
    const bool small = shown.lower >= -smallest && shown.upper <= smallest, above = shown.lower > 0, below = shown.upper < 0;
    const bool good = k % 3 == 0 ? below : above, bad = k % 3 == 0 ? above : below;
    if (verdict == "no_difference_that_matters") REQUIRE(small);
    if (verdict == "better") REQUIRE((good && !small && k % 3 < 2));
    if (verdict == "worse") REQUIRE((bad && !small && k % 3 < 2));
    if (verdict == "changed") REQUIRE(((above || below) && !small && k % 3 == 2));
    if (verdict == "cant_tell") REQUIRE((!small && !above && !below));
    // The other side's view: what is better from here is worse from there.
    const std::string mirrored = verdict_of(better, {-estimate, -shown.upper, -shown.lower, interval_kind::two_sided}, smallest, 100);
    REQUIRE((mirrored == verdict) == (verdict != "better" && verdict != "worse"));
  }
  CHECK(said.size() == 5);
  for (const auto& [word, times] : said) CHECK(times > 200);
}

TEST_CASE("a comparison tells what a single year may bring, from the years that were kept") {
  const world base = xiapu(short_run), other = xiapu(short_run, "wednesday");
  const world* policies[] = {&base, &other};
  const std::size_t n = 24;
  const study_result kept = run_study(thread_team{2}, policies, n, detail::tell_nobody{}, true);
  const comparison_wishes wishes{{{"heard_days", 100, false}}, kept.years[0], kept.years[1]};
  const result_comparison change = compare(base, 0, kept.policies[0], 1, kept.policies[1], kept.pairs[0], {}, wishes);
  REQUIRE(change.one_year.size() == metric_count);
  CHECK(change.one_year_level == 0.9);
  const auto base_runs = replicate(base, n), other_runs = replicate(other, n);
  std::size_t wider = 0;
  for (const metric_info& m : metric_table) {
    std::vector<double> differences;
    for (std::size_t k = 0; k < n; ++k) {
      const double na = base_runs[k].sums.denominator(m.id, 0), nb = other_runs[k].sums.denominator(m.id, 0);
      if (na > 0 && nb > 0) differences.push_back(other_runs[k].sums.numerator(m.id, 0) / nb - base_runs[k].sums.numerator(m.id, 0) / na);
    }
    const interval expected = prediction_interval(differences, 0.9), &found = change.one_year[static_cast<std::size_t>(m.id)];
    INFO(m.name);
    CHECK(found.kind == expected.kind);
    CHECK(found.lower == expected.lower);
    CHECK(found.upper == expected.upper);
    const interval& mean = change.values[static_cast<std::size_t>(m.id)][0][0].difference;
    wider += found.bounded() && mean.bounded() && found.half_width() > mean.half_width();
  }
  CHECK(wider > 50);
  // What matters is what was said, and decides; all else is the same as without years.
  const auto at = static_cast<std::size_t>(metric::heard_days);
  CHECK(change.matters[at] == 100);
  CHECK(change.values[at][0][0].verdict == "no_difference_that_matters");
  const result_comparison plain = compare(base, 0, kept.policies[0], 1, kept.policies[1], kept.pairs[0]);
  CHECK(plain.values[at][0][0].verdict == "better");
  CHECK(plain.values[at][0][0].difference.lower == change.values[at][0][0].difference.lower);
  CHECK(plain.one_year.empty());
  CHECK(plain.one_year_level == 0);
  // The first years are enough to keep: the others are in the sums.
  const study_result some = run_study(thread_team{2}, policies, n, detail::tell_nobody{}, kept_years::first(11));
  REQUIRE(some.years[1].size() == 11 * metric_count);
  CHECK(std::equal(some.years[1].begin(), some.years[1].end(), kept.years[1].begin(),
                   [](const auto& a, const auto& b) { return a.numerator == b.numerator && a.denominator == b.denominator; }));
  CHECK(some.policies[1].print.value() == kept.policies[1].print.value());
  CHECK(run_study(thread_team{1}, policies, 8, detail::tell_nobody{}, kept_years::first(0)).years.empty());
}

TEST_CASE("intervals are of the confidence that is asked for, of the scenario's unless told") {
  std::vector<std::string> settings = short_run;
  settings.push_back("scenario.confidence=0.6");
  const world w = xiapu(settings);
  const auto runs = replicate(w, least_replications);
  const auto visits = column(runs, [](const auto& r) { return r.sums.numerator(metric::visits, 0); });
  const policy_sums sums = sums_of(w, runs);
  const auto at = static_cast<std::size_t>(metric::visits);
  CHECK(near(summarise(w, sums).values[at][0][0], mean_interval(visits, 0.6, quantity::count)));
  CHECK(near(summarise(w, sums, 0.99).values[at][0][0], mean_interval(visits, 0.99, quantity::count)));
}

TEST_CASE("no interval of a year's figures leaves where the quantity can be, and below 16 years there is none") {
  const world w = xiapu(short_run);
  for (const std::size_t n : {std::size_t{2}, least_replications - 1, least_replications, std::size_t{20}}) {
    const result_policy p = summarise(w, replicate(w, n));
    std::size_t shown = 0, one_sided = 0, too_few = 0;
    for (const metric_info& m : metric_table) {
      for (const auto& items : p.values[static_cast<std::size_t>(m.id)]) {
        for (const interval& v : items) {
          INFO(m.name << " over " << n << " years: " << v.estimate << " [" << v.lower << ", " << v.upper << ']');
          CHECK(v.lower <= v.estimate);
          CHECK(v.estimate <= v.upper);
          CHECK(v.lower >= 0);
          if (m.unit == "share") CHECK(v.upper <= 1);
          if (v.bounded()) CHECK(v.lower < v.upper);
          shown += v.bounded();
          one_sided += v.kind == interval_kind::at_least || v.kind == interval_kind::at_most;
          too_few += v.kind == interval_kind::too_little_data;
        }
      }
    }
    CHECK((shown > 500) == (n >= least_replications));
    if (n < least_replications)
      CHECK(shown == 0);
    else
      CHECK(one_sided > 20);
    if (n >= least_replications) CHECK(too_few * 30 < shown);  // what varies too much: seldom
  }
}

TEST_CASE("a bureau that never missed a deadline has a lower bound, not certainty") {
  std::vector<std::string> settings = short_run;
  settings.push_back("load.above_share=0");  // what comes from above has four days, which holidays break
  const world w = xiapu(settings);
  const auto runs = replicate(w, least_replications);
  const interval v = summarise(w, runs).values[static_cast<std::size_t>(metric::bureau_timely)][0][0];
  double steps = 0;
  for (const replication_outcome& r : runs) steps += r.sums.denominator(metric::bureau_timely, 0);
  REQUIRE(v.estimate == 1);
  CHECK(v.kind == interval_kind::at_least);
  CHECK(v.lower == Approx(std::pow(0.05, 5 / steps)).epsilon(1e-12));  // clumps of five, none of which was a miss
  CHECK(v.upper == 1);
}

TEST_CASE("a verdict is that of the interval beside it, and too few years have none") {
  const world base = xiapu(short_run), other = xiapu(short_run, "wednesday");
  for (const std::size_t n : {least_replications - 1, least_replications}) {
    const result_comparison change = compare(base, 0, replicate(base, n), 1, replicate(other, n));
    for (const metric_info& m : metric_table) {
      const auto& by_dimension = change.values[static_cast<std::size_t>(m.id)];
      for (std::size_t d = m.headline ? 1 : 0; d < by_dimension.size(); ++d) {
        for (const result_difference& v : by_dimension[d]) {
          INFO(m.name);
          if (m.unit == "share") CHECK((v.difference.lower >= -1 && v.difference.upper <= 1));
          if (n < least_replications)
            CHECK(v.verdict == "too_little_data");
          else if (v.difference.has_value())
            CHECK((v.verdict == "cant_tell" || v.verdict == "no_difference_that_matters") >= v.difference.contains(0));
          if (n < least_replications) CHECK_FALSE(v.difference.bounded());
        }
      }
    }
  }
}

TEST_CASE("outcomes of a run that is stopped are the first ones, without a gap") {
  const world w = xiapu(short_run);
  std::atomic<bool> stop{false};
  const auto some = replicate(w, 200, run_options{2, [&](std::size_t i) { stop = stop || i == 5; }, &stop});
  CHECK(some.size() >= 6);
  CHECK(some.size() < 200);
  const auto again = replicate(w, some.size(), run_options{1, {}, nullptr});
  for (std::size_t i = 0; i < some.size(); ++i) CHECK(some[i].fingerprint == again[i].fingerprint);
}

TEST_CASE("the bytes of a study are the same for 1 to 4 threads, and as of outcomes that were kept") {
  const world base = xiapu(short_run), other = xiapu(short_run, "one-principal");
  const world* policies[] = {&base, &other};
  const std::size_t n = 4 * block_replications + 1;
  const study_result one = run_study(thread_team{1}, policies, n);
  CHECK(one.replications == n);
  for (int threads : {2, 3, 4}) CHECK(same_bytes(one, run_study(thread_team{threads}, policies, n)));
  const auto runs = replicate(base, n);
  const policy_sums kept = sums_of(base, runs);
  CHECK(same_bytes(kept.sums.values(), one.policies[0].sums.values()));
  CHECK(kept.print.value() == one.policies[0].print.value());
  CHECK(same_bytes(paired_sums_of(base, runs, replicate(other, n)).pair.values(), one.pairs[0].values()));
}

TEST_CASE("a study that keeps its years has those of every replication, in order, and the same sums") {
  const world base = xiapu(short_run), other = xiapu(short_run, "wednesday");
  const world* policies[] = {&base, &other};
  const std::size_t n = block_replications + 3;
  const study_result plain = run_study(thread_team{1}, policies, n);
  CHECK(plain.years.empty());
  const study_result kept = run_study(thread_team{2}, policies, n, detail::tell_nobody{}, true);
  CHECK(same_bytes(plain, kept));
  REQUIRE(kept.years.size() == 2);
  const auto runs = replicate(other, n);
  REQUIRE(kept.years[1].size() == n * metric_count);
  const std::size_t county = other.layout().at(dimension::all, 0) * metric_count;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t m = 0; m < metric_count; ++m) {
      const tally::ratio &found = kept.years[1][i * metric_count + m], &wanted = runs[i].sums.sums()[county + m];
      REQUIRE(found.numerator == wanted.numerator);
      REQUIRE(found.denominator == wanted.denominator);
    }
  }
}

TEST_CASE("a policy in a study is what it is alone, and differs from itself by nothing") {
  const world base = xiapu(short_run), other = xiapu(short_run, "wednesday");
  const world* three[] = {&base, &other, &base};
  const world* alone[] = {&other};
  const study_result study = run_study(thread_team{2}, three, least_replications),
                     single = run_study(thread_team{2}, alone, least_replications);
  CHECK(same_bytes(study.policies[1].sums.values(), single.policies[0].sums.values()));
  const result_comparison same = compare(base, 0, study.policies[0], 2, study.policies[2], study.pairs[1]);
  for (const auto& by_dimension : same.values) {
    for (const auto& items : by_dimension) {
      for (const result_difference& d : items) {
        CHECK(d.difference.estimate == 0);
        CHECK(d.difference.half_width() == 0);
        CHECK((d.verdict == "no_difference_that_matters" || !d.difference.has_value()));
      }
    }
  }
}

TEST_CASE("two equal policies are equal to the byte") {
  // Built apart, so that nothing is shared but what the scenario says.
  const world one = xiapu(short_run), like = xiapu(short_run);
  const world* both[] = {&one, &like};
  const study_result study = run_study(thread_team{2}, both, least_replications);
  CHECK(study.policies[0].print.value() == study.policies[1].print.value());
  CHECK(same_bytes(study.policies[0].sums.values(), study.policies[1].sums.values()));
}

TEST_CASE("the order of policies mirrors: differences change their sign, verdicts turn round") {
  const world base = xiapu(short_run), other = xiapu(short_run, "wednesday");
  const world *there[] = {&base, &other}, *back[] = {&other, &base};
  const study_result one = run_study(thread_team{2}, there, 24), two = run_study(thread_team{2}, back, 24);
  CHECK(same_bytes(one.policies[0].sums.values(), two.policies[1].sums.values()));
  CHECK(same_bytes(one.policies[1].sums.values(), two.policies[0].sums.values()));
  const result_comparison forth = compare(base, 0, one.policies[0], 1, one.policies[1], one.pairs[0]),
                          mirrored = compare(other, 0, two.policies[0], 1, two.policies[1], two.pairs[0]);
  const result_policy of_base = summarise(base, one.policies[0]);
  std::size_t changed = 0;
  for (std::size_t m = 0; m < forth.values.size(); ++m) {
    for (std::size_t d = 0; d < forth.values[m].size(); ++d) {
      for (std::size_t i = 0; i < forth.values[m][d].size(); ++i) {
        const result_difference &x = forth.values[m][d][i], &y = mirrored.values[m][d][i];
        INFO(metric_table[m].name << ' ' << d << ' ' << i);
        REQUIRE(x.difference.kind == y.difference.kind);
        const double size =
            std::max(std::abs(of_base.values[m][d][i].estimate), std::abs(x.difference.lower) + std::abs(x.difference.upper));
        const auto opposite = [&](double here, double mirror) { return std::abs(here + mirror) <= 1e-9 * size; };
        CHECK(opposite(x.difference.estimate, y.difference.estimate));
        CHECK(opposite(x.difference.lower, y.difference.upper));
        CHECK(opposite(x.difference.upper, y.difference.lower));
        const std::string turned = x.verdict == "better" ? "worse" : x.verdict == "worse" ? "better" : x.verdict;
        CHECK(turned == y.verdict);
        changed += turned != x.verdict;
      }
    }
  }
  CHECK(changed > 10);
}

TEST_CASE("a study told to stop holds the blocks that were finished") {
  const world w = xiapu(short_run);
  const world* policies[] = {&w};
  for (int threads : {1, 2}) {
    std::atomic<bool> stop{false};
    std::vector<std::size_t> told;
    const study_result found = run_study(thread_team{threads, &stop}, policies, 1000, [&](std::size_t finished) {
      told.push_back(finished);
      stop = true;
    });
    REQUIRE(!told.empty());
    CHECK(told.front() == block_replications);
    CHECK(found.replications == told.back());
    CHECK(found.replications < 1000);
    CHECK(same_bytes(found, run_study(thread_team{1}, policies, found.replications)));
    CHECK(run_study(thread_team{threads, &stop}, policies, 1000).replications == 0);
  }
}

TEST_CASE("the memory of a study does not grow with the replications") {
  const world w = xiapu(short_run);
  const world* policies[] = {&w};
  const auto peak = [&](std::size_t n) {
    const std::size_t before = live_bytes();
    forget_peak();
    (void)run_study(thread_team{1}, policies, n);
    return peak_bytes() - before;
  };
  (void)peak(block_replications);
  const std::size_t few = peak(2 * block_replications), many = peak(10 * block_replications);
  // An outcome is 0.1 MB, so 64 more of them would be more than all else; a year with more cases than any
  // before makes some tables grow, by a doubling at most.
  CHECK(static_cast<double>(many) < 1.3 * static_cast<double>(few));
  const std::size_t before = live_bytes();
  const auto kept = replicate(w, 64, run_options{1, {}, nullptr});
  CHECK(live_bytes() - before > few);
}
