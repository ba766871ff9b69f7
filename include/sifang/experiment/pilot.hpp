// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_PILOT_HPP
#define SIFANG_EXPERIMENT_PILOT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/pilot_sessions.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/accumulator.hpp"
#include "sifang/stats/before_after.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/stepped_wedge.hpp"
#include "sifang/stats/student_t.hpp"
#include "sifang/stats/trial_power.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Before a county tries a policy (试点): for how many months it must, so that its ledger shows the difference, or that there is none.

namespace sifang {

/// What a ledger would show in each of many independent years of one policy.
struct pilot_years {
  std::vector<year_of_months> months;       ///< by replication, from the first month of the period on
  std::vector<month_sums> townships;        ///< by replication and township, of the whole year
  std::vector<std::uint64_t> fingerprints;  ///< by replication
  std::size_t places = 0;                   ///< townships
  double whole = 0,                         ///< sum of all years, as a whole
      in_months = 0;                        ///< over their months; not alike: not kept by month
};

/// What is asked of a trial.
struct pilot_question {
  metric what = metric::registrations;  ///< of the whole county
  std::size_t most_months = 36;         ///< the longest trial
  double power = 0.8,                   ///< chance that it is to have of showing it
      level = 0.05;                     ///< chance of showing a difference where there is none
  matters_list matters{};               ///< the smallest difference that matters, if the planner has said it
};

/// A trial of some months.
struct pilot_trial {
  std::size_t months = 0;         ///< of it
  before_after figures;           ///< with the season taken out
  double power = 0;               ///< of before and after
  std::optional<double> counted;  ///< the same, counted over pairs of simulated years; up to a year
  stepped_trial stepped;          ///< the best one of at most so many months; none where the policy cannot be stepped
  double stepped_power = 0;       ///< of it
  double sessions = 0;            ///< planned of the policy in these months, without windows of clerks
  double changed_sessions = 0;    ///< of these, of the kinds that the policy changes
};

/// How a plan came out.
enum class pilot_state : std::uint8_t {
  planned,       ///< with all its figures
  stopped,       ///< before its end
  not_a_year,    ///< the counted period is not twelve whole months
  not_by_month,  ///< the metric is not kept by month
  no_value,      ///< there is nothing to count
  never_varies,  ///< the same in all years of both policies
  same_policy,   ///< both policies play the same years
};
template <>
inline constexpr std::string_view names_of<pilot_state>[] = {"planned",  "stopped",      "not_a_year", "not_by_month",
                                                             "no_value", "never_varies", "same_policy"};

/// What a trial of a policy takes.
struct pilot_plan {
  pilot_state state = pilot_state::stopped;  ///< unless it is planned, nothing below holds
  pilot_question asked;                      ///< what was asked
  std::size_t replications = 0;              ///< years of each policy
  unsigned first_month = 1;                  ///< calendar month in which the trial begins
  interval expected;                         ///< difference over a year; the interval is the error of computing
  double before = 0,                         ///< a year's figure as it is; of numbers the mean of a month
      after = 0,                             ///< under the policy
      smallest = 0;                          ///< difference that matters
  bool shows_absence = false;                ///< the expected difference does not matter: the trial is to show that
  month_noise noise;                         ///< of the county as it is
  stepping how_stepped = stepping::other;    ///< whether townships can begin one after another
  std::size_t places = 0;                    ///< townships that have the figure
  double stepped_difference = 0,             ///< expected, as a mean of the townships
      place_within = 0,                      ///< variance of a township's month about its own mean and the month's
      place_between = 0;                     ///< variance of the townships' means
  std::vector<pilot_trial> trials;           ///< of 1, 2, … months
  std::optional<std::size_t> least,          ///< months of before and after with the power that was asked for
      least_stepped;                         ///< months of a stepped trial
};

namespace detail {

/// Whether a metric is a number, of which a month has its own.
[[nodiscard]] constexpr bool is_number(metric m) noexcept { return info(m).kind == metric_kind::count; }

/// Plays years and keeps what a ledger would show of one metric. \returns fewer years if the team was stopped
template <class Team, class Finished>
[[nodiscard]] pilot_years play_pilot_years(Team&& team, const world& w, metric what, std::size_t replications, Finished&& finished) {
  pilot_years out;
  out.places = w.townships().size();
  const cell_layout& cells = w.layout();
  const std::size_t first = w.start().month() - 1;
  const auto make_worker = [&] {
    return [&, player = replication<policies<>>(w, {})](std::size_t i, std::vector<double>& to) mutable {
      const replication_outcome& year = player.run(static_cast<std::uint32_t>(i));
      const auto put = [&](dimension d, std::size_t item, double length) {
        const std::size_t cell = cells.at(d, item);
        to.push_back(year.sums.numerator(what, cell));
        to.push_back(is_number(what) ? length : year.sums.denominator(what, cell));
      };
      for (std::size_t m = 0; m < year_months; ++m) put(dimension::month, (first + m) % year_months, 1);
      for (std::size_t t = 0; t < out.places; ++t) put(dimension::township, t, year_months);
      put(dimension::all, 0, year_months);
      to.push_back(static_cast<double>(year.fingerprint >> 32));
      to.push_back(static_cast<double>(year.fingerprint & 0xffffffffu));
    };
  };
  team.run(replications, make_worker, [&](std::size_t i, std::span<const double> from) {
    year_of_months& year = out.months.emplace_back();
    for (std::size_t m = 0; m < year_months; ++m) {
      year[m] = {from[2 * m], from[2 * m + 1]};
      out.in_months += year[m].numerator;
    }
    std::size_t at = 2 * year_months;
    for (std::size_t t = 0; t < out.places; ++t, at += 2) out.townships.push_back({from[at], from[at + 1]});
    out.whole += from[at];
    out.fingerprints.push_back(static_cast<std::uint64_t>(from[at + 2]) << 32 | static_cast<std::uint64_t>(from[at + 3]));
    finished(i + 1);
  });
  return out;
}

/// Expected difference over a year, from years with the same luck: what is sought is its mean, and common luck shows that best.
template <class = when_called>
[[nodiscard]] inline interval expected_difference(std::span<const year_of_months> before, std::span<const year_of_months> after,
                                                  const before_after& year, double confidence) {
  const month_sums b = pooled_of(before, year_months), a = pooled_of(after, year_months);
  accumulator e;
  for (std::size_t i = 0; i < before.size(); ++i) {
    double one = 0;
    for (std::size_t m = 0; m < year_months; ++m) {
      one += (after[i][m].numerator - year.after * after[i][m].denominator) / a.denominator -
             (before[i][m].numerator - year.before * before[i][m].denominator) / b.denominator;
    }
    e.add(one);
  }
  const auto n = static_cast<double>(before.size());
  const double half = student_t_quantile(0.5 + confidence / 2, n - 1) * e.deviation() / std::sqrt(n), d = year.difference();
  return {d, d - half, d + half, half > 0 ? interval_kind::two_sided : interval_kind::constant};
}

/// Share of pairs of a year before and another year of the trial, with luck of its own, in which a test shows what it is to show.
template <class = when_called>
[[nodiscard]] inline double counted_power(std::span<const year_of_months> before, std::span<const year_of_months> after,
                                          const pilot_trial& t, const pilot_plan& plan) {
  const double level = plan.asked.level;
  const double z = elementary::normal_quantile(plan.shows_absence ? 1 - level : 1 - level / 2);
  const auto ratio = [&](const year_of_months& year) {
    double y = 0, n = 0;
    for (std::size_t m = 0; m < t.months; ++m) {
      y += year[m].numerator;
      n += year[m].denominator;
    }
    return n > 0 ? y / n : 0;
  };
  std::size_t shown = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const double d = ratio(after[(i + 1) % after.size()]) - ratio(before[i]);
    shown += plan.shows_absence ? std::abs(d) + z * t.figures.error < plan.smallest : std::abs(d) > z * t.figures.error;
  }
  return static_cast<double>(shown) / static_cast<double>(before.size());
}

/// What townships tell: their expected difference, and their variances. Those that lack the figure in any year are left out.
template <class = when_called>
inline void measure_places(pilot_plan& plan, const pilot_years& before, const pilot_years& after) {
  const std::size_t n = before.months.size(), places = before.places;
  std::vector<std::size_t> kept;
  for (std::size_t t = 0; t < places; ++t) {
    bool whole = true;
    for (std::size_t i = 0; i < n; ++i) {
      whole = whole && before.townships[i * places + t].denominator > 0 && after.townships[i * places + t].denominator > 0;
    }
    if (whole) kept.push_back(t);
  }
  plan.places = kept.size();
  if (kept.size() < 2) return;
  const auto figure = [&](const pilot_years& y, std::size_t i, std::size_t t) {
    return y.townships[i * places + t].numerator / y.townships[i * places + t].denominator;
  };
  const auto k = static_cast<double>(kept.size()), years = static_cast<double>(n);
  std::vector<double> of_place(kept.size(), 0.0), of_year(n, 0.0);
  double all = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t p = 0; p < kept.size(); ++p) {
      const double x = figure(before, i, kept[p]);
      of_place[p] += x / years;
      of_year[i] += x / k;
      all += x / (k * years);
      plan.stepped_difference += (figure(after, i, kept[p]) - x) / (k * years);
    }
  }
  double within = 0, between = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t p = 0; p < kept.size(); ++p) {
      const double e = figure(before, i, kept[p]) - of_place[p] - of_year[i] + all;
      within += e * e / ((k - 1) * (years - 1));
    }
  }
  for (const double mean : of_place) between += (mean - all) * (mean - all) / (k - 1);
  plan.place_between = (std::max)(between - within / years, 0.0);
  // A township has no months of its own: its month varies about its year as the county's does.
  const double of_months = plan.noise.year > 0 ? plan.noise.month * plan.noise.month / (plan.noise.year * plan.noise.year) : year_months;
  plan.place_within = within * of_months;
}

/// All trials, and the least that have the power.
template <class = when_called>
inline void plan_trials(pilot_plan& plan, const world& policy, const pilot_years& before, const pilot_years& after) {
  const pilot_question& q = plan.asked;
  const auto power = [&](double effect, double error) {
    if (!std::isfinite(error)) return 0.0;
    return plan.shows_absence ? power_of_absence(effect, plan.smallest, error, q.level) : power_of_difference(effect, error, q.level);
  };
  for (std::size_t months = 1; months <= q.most_months; ++months) {
    pilot_trial t;
    t.months = months;
    t.figures = trial_of(span_of(before.months), span_of(after.months), months);
    t.power = t.figures.has_value ? power(t.figures.difference(), t.figures.error) : 0;
    if (t.figures.has_value && months <= year_months) t.counted = counted_power(span_of(before.months), span_of(after.months), t, plan);
    if (plan.how_stepped != stepping::county_wide && plan.places > 1) {
      t.stepped = best_stepped(plan.places, months, plan.place_within, plan.place_between);
      if (t.stepped.months_each > 0) t.stepped_power = power(plan.stepped_difference, std::sqrt(t.stepped.variance));
    }
    t.sessions = sessions_in(policy, months, [](venue) { return true; });
    plan.trials.push_back(t);
  }
  plan.least = least_with_power(q.most_months, q.power, [&](std::size_t m) { return plan.trials[m - 1].power; });
  plan.least_stepped = least_with_power(q.most_months, q.power, [&](std::size_t m) { return plan.trials[m - 1].stepped_power; });
}

/// The smallest difference of a month's figure that matters: sizes of numbers are those of a year.
template <class = when_called>
[[nodiscard]] inline double smallest_of_month(const pilot_question& q, double before, double after) {
  const metric_info& about = info(q.what);
  const double year = is_number(q.what) ? static_cast<double>(year_months) : 1;
  return smallest_that_matters(q.matters, about.name, about.unit, before * year, after * year) / year;
}

}  // namespace detail

/// Whether the counted period is twelve whole months, so that a year before it has the same.
template <class = when_called>
[[nodiscard]] inline bool counts_a_year(const world& w) noexcept {
  const day first = w.start(), next = w.end() + calendar_days(1);
  return first.day_of_month() == 1 && next.day_of_month() == 1 && next.month() == first.month() && next.year() == first.year() + 1;
}

/// Plans a trial of a policy in a county that has another: plays years 0 … n−1 of both and says from how many months on the ledger will
/// show the difference, or that there is none that matters, with the power that is asked for.
///
/// The year before and the years of the trial have luck of their own, as in life: variances are those of independent years. The mean
/// difference alone is taken from years of common luck. The policy is as it is once it has settled: its years have their own warm-up.
/// \param finished  called on this thread with the years played so far, of 2 n
/// \pre at least two replications, a month, power and level between 0 and 1, and a common layout of both worlds; asserted
/// \complexity 2 n replications, and linear in them for each month
template <class Team, class Finished>
requires work_team<Team>
[[nodiscard]] pilot_plan plan_pilot(Team&& team, const world& base, const world& policy, const pilot_question& asked,
                                    std::size_t replications, Finished&& finished) {
  SIFANG_ASSERT(replications > 1 && asked.most_months > 0, "two years at least, and a month");
  SIFANG_ASSERT(asked.power > 0 && asked.power < 1 && asked.level > 0 && asked.level < 1, "power and level between 0 and 1");
  pilot_plan out;
  out.asked = asked;
  const auto ended = [&](pilot_state state) {
    out.state = state;
    return out;
  };
  if (!counts_a_year(base) || base.start() != policy.start() || base.end() != policy.end()) return ended(pilot_state::not_a_year);
  const pilot_years before = detail::play_pilot_years(team, base, asked.what, replications, finished);
  if (before.months.size() < replications) return ended(pilot_state::stopped);
  const pilot_years after =
      detail::play_pilot_years(team, policy, asked.what, replications, [&](std::size_t done) { finished(replications + done); });
  if (after.months.size() < replications) return ended(pilot_state::stopped);
  out.replications = replications;
  out.first_month = static_cast<unsigned>(base.start().month());
  if (before.fingerprints == after.fingerprints) return ended(pilot_state::same_policy);
  const auto by_month = [](const pilot_years& y) { return std::abs(y.whole - y.in_months) <= 1e-6 * (std::max)(1.0, std::abs(y.whole)); };
  if (!by_month(before) || !by_month(after)) return ended(pilot_state::not_by_month);
  const before_after year = trial_of(detail::span_of(before.months), detail::span_of(after.months), year_months);
  if (!year.has_value) return ended(pilot_state::no_value);
  if (year.error == 0 && year.difference() == 0) return ended(pilot_state::never_varies);
  out.before = year.before;
  out.after = year.after;
  out.expected = detail::expected_difference(detail::span_of(before.months), detail::span_of(after.months), year, 1 - asked.level);
  out.smallest = detail::smallest_of_month(asked, year.before, year.after);
  out.shows_absence = std::abs(year.difference()) < out.smallest;
  out.noise = noise_of(detail::span_of(before.months));
  out.how_stepped = stepping_of(base, policy);
  detail::measure_places(out, before, after);
  detail::plan_trials(out, policy, before, after);
  for (pilot_trial& t : out.trials) {
    t.changed_sessions = sessions_in(policy, t.months, [&](venue v) { return is_changed(base, policy, v); });
  }
  return ended(pilot_state::planned);
}

/// Error of a difference between two independent years of the county as it is, over the same months: what a trial's own months don't show.
/// \pre months > 0 and two replications at least; asserted  \returns nothing if it was stopped, or the metric has no months
template <class Team, class Finished>
requires work_team<Team>
[[nodiscard]] std::optional<before_after> trial_noise(Team&& team, const world& base, metric what, std::size_t months,
                                                      std::size_t replications, Finished&& finished) {
  SIFANG_ASSERT(replications > 1 && months > 0, "two years at least, and a month");
  const pilot_years years = detail::play_pilot_years(team, base, what, replications, finished);
  if (years.months.size() < replications || std::abs(years.whole - years.in_months) > 1e-6 * (std::max)(1.0, std::abs(years.whole)))
    return {};
  return trial_of(detail::span_of(years.months), detail::span_of(years.months), months);
}

}  // namespace sifang

#endif
