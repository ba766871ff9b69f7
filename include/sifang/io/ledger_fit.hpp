// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_FIT_HPP
#define SIFANG_IO_LEDGER_FIT_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/io/ledger_cases.hpp"
#include "sifang/io/ledger_fit_result.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/dispersion.hpp"
#include "sifang/stats/duration_fit.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/goodness_of_fit.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/rate_fit.hpp"
#include "sifang/stats/survival.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Parameters of a scenario from a bureau's ledger: arrivals, shares, groups and durations, each with an interval. docs/fit.md.

namespace sifang {

namespace detail {

/// Counts of a day in the order of `fit.days`.
class day_counts {
 public:
  day_counts(day first, day last) : first_(first), counts_(static_cast<std::size_t>((last - first).count) + 1, 0.0) {}
  void add(day d) noexcept { counts_[static_cast<std::size_t>((d - first_).count)] += 1; }
  [[nodiscard]] double at(day d) const noexcept { return counts_[static_cast<std::size_t>((d - first_).count)]; }

 private:
  day first_;
  std::vector<double> counts_;
};

/// Levels of a day: month, weekday, and whether it is sensitive where that is a factor.
[[nodiscard]] inline std::vector<std::uint16_t> levels_of(day d, bool with_periods, bool is_sensitive) {
  std::vector<std::uint16_t> out{static_cast<std::uint16_t>(d.month() - 1), static_cast<std::uint16_t>(d.weekday())};
  if (with_periods) out.push_back(is_sensitive ? 1 : 0);
  return out;
}

/// Scales an interval.
[[nodiscard]] inline interval times(interval i, double factor) noexcept {
  return {i.estimate * factor, i.lower * factor, i.upper * factor, i.kind};
}

/// The fit at work: one step after the other.
class ledger_fitter {
 public:
  ledger_fitter(const ledger_cases& ledger, const scenario& s, const working_calendar& calendar, const county_tree& units,
                const ledger_fit_options& options, day known_until)
      : ledger_(&ledger),
        s_(&s),
        calendar_(&calendar),
        units_(&units),
        options_(options),
        known_until_(known_until),
        z_(elementary::normal_quantile(0.5 + options.confidence / 2)) {}

  [[nodiscard]] ledger_fit fit() {
    choose_rows();
    if (out_.rows < fewest_for_load) {
      missing("load.matters_per_year", "too few registrations: 30 are needed", "登记件数太少：至少需要 30 件", out_.rows);
      return std::move(out_);
    }
    fit_rates_by_day();
    fit_load();
    fit_shares();
    fit_groups();
    fit_durations_of_cases();
    fit_repeats();
    return std::move(out_);
  }

 private:
  void missing(std::string key, std::string_view en, std::string_view zh, std::size_t rows) {
    out_.unfitted.push_back({std::move(key), {en, zh}, rows});
  }
  void found(std::string key, std::vector<interval> values, std::size_t rows, std::string_view how) {
    out_.parameters.push_back({std::move(key), std::move(values), rows, how});
  }
  [[nodiscard]] bool is_sensitive(day d) const {
    return std::any_of(s_->sensitive_periods.begin(), s_->sensitive_periods.end(), [&](const sensitive_period& p) { return p.covers(d); });
  }

  /// First registrations within the period, that came by themselves.
  void choose_rows() {
    out_.confidence = options_.confidence;
    const auto in_period = [&](day d) { return (!options_.first || d >= *options_.first) && (!options_.last || d <= *options_.last); };
    bool is_first = true;
    for (const ledger_case& c : ledger_->cases) {
      if (!in_period(c.date)) continue;
      out_.first = is_first ? c.date : (std::min)(out_.first, c.date);
      out_.last = is_first ? c.date : (std::max)(out_.last, c.date);
      is_first = false;
      if (c.is_backlog) {
        ++out_.backlog;
      } else if (c.channel == channel::campaign) {
        ++out_.found_by_campaign;
      } else if (c.repeat.value_or(false)) {
        ++out_.repeats;
      } else {
        rows_.push_back(&c);
        out_.visits += c.channel == channel::visit;
      }
    }
    if (options_.first) out_.first = *options_.first;
    if (options_.last) out_.last = *options_.last;
    out_.rows = rows_.size();
  }

  void fit_rates_by_day() {
    const std::size_t remote = out_.rows - out_.visits;
    out_.by_remote = out_.visits > 0 && remote >= fewest_for_months;
    int sensitive = 0;
    day_counts counts(out_.first, out_.last), all(out_.first, out_.last);
    for (const ledger_case* c : rows_) {
      all.add(c->date);
      if (!out_.by_remote || c->channel != channel::visit) counts.add(c->date);
    }
    for (day d = out_.first; d <= out_.last; ++d) {
      out_.days.push_back(d);
      sensitive += is_sensitive(d);
    }
    constexpr int fewest_days = 10;
    with_periods_ = sensitive >= fewest_days && static_cast<int>(out_.days.size()) - sensitive >= fewest_days;
    out_.rates = rates_of(counts, with_periods_);
    out_.on_spot_share = s_->reception.on_spot_share;
    const double share = out_.rows == 0 ? 1 : out_.rates.total / arisen();
    const auto of_all = [&](double ratio) { return (std::max)(1.0, 1 + (ratio - 1) / share); };
    const interval& o = out_.rates.overdispersion;
    if (o.has_value()) out_.overdispersion = {of_all(o.estimate), of_all(o.lower), of_all(o.upper), o.kind};
    add_group("all", "", all, out_.rows, out_.rows);
    if (out_.by_remote) add_group("remote", "", counts, remote, remote);
  }
  /// Registrations, with the visits that were answered on the spot and are in no ledger: of those that arise the scenario's share.
  [[nodiscard]] double arisen() const noexcept {
    return static_cast<double>(out_.rows - out_.visits) + static_cast<double>(out_.visits) * visit_factor();
  }
  [[nodiscard]] double visit_factor() const noexcept { return out_.on_spot_share < 1 ? 1 / (1 - out_.on_spot_share) : 1; }
  [[nodiscard]] rate_fit rates_of(const day_counts& counts, bool with_periods) const {
    std::vector<cell_count> cells;
    for (const day d : out_.days) cells.push_back({levels_of(d, with_periods, with_periods && is_sensitive(d)), counts.at(d)});
    const std::array<std::size_t, 3> levels{12, 7, 2};
    return fit_rates(cells, std::span(levels).first(with_periods ? 3 : 2), z_);
  }
  void add_group(std::string what, std::string id, const day_counts& counts, std::size_t rows, std::size_t counted) {
    group_of_arrivals g{std::move(what), std::move(id), rows, {}, false, {}, {}};
    g.share = wilson_interval(static_cast<double>(rows), static_cast<double>(out_.rows), options_.confidence);
    g.is_tested = counted >= fewest_for_dispersion;
    if (g.is_tested) {
      const rate_fit fitted = rates_of(counts, with_periods_);
      g.as_one = fitted.as_one;
      g.dispersion = fitted.dispersion;
    }
    out_.groups.push_back(std::move(g));
  }

  /// Weight of a day by the fitted months (1 where none was seen), weekdays and periods.
  [[nodiscard]] double weight(day d) const {
    const auto of = [&](std::size_t factor, std::size_t level) {
      const interval& w = out_.rates.factors[factor][level].weight;
      return w.has_value() ? w.estimate : 1.0;
    };
    const double w = of(0, d.month() - 1) * of(1, static_cast<std::size_t>(d.weekday()));
    return with_periods_ ? w * of(2, is_sensitive(d) ? 1 : 0) : w;
  }
  void fit_load() {
    // Years that the days stand for: each day by its part of its own calendar year.
    double years = 0;
    for (int year = out_.first.year(); year <= out_.last.year(); ++year) {
      double sum = 0, in = 0;
      for (day d(year, 1, 1); d <= day(year, 12, 31); ++d) {
        const double w = weight(d);
        sum += w;
        if (d >= out_.first && d <= out_.last) in += w;
      }
      if (sum > 0) years += in / sum;
    }
    out_.registered_share = registered_share(*s_);
    const auto n = arisen();
    const double ratio = out_.overdispersion.has_value() ? out_.overdispersion.estimate : 1;
    const double each = 1 / (years * out_.registered_share * (s_->load.multiplier > 0 ? s_->load.multiplier : 1));
    const double half = z_ * std::sqrt(ratio * n);
    found("load.matters_per_year", {{n * each, (n - half) * each, (n + half) * each, interval_kind::two_sided}}, out_.rows,
          "registrations a year, with those that stay silent at first and visits that are answered on the spot");
    const auto counted = static_cast<std::size_t>(out_.rates.total);
    if (counted < fewest_for_dispersion || !out_.overdispersion.has_value())
      missing("load.overdispersion", "too few registrations: 60 are needed", "登记件数太少：至少需要 60 件", counted);
    else
      found("load.overdispersion", {out_.overdispersion}, counted,
            "Pearson's chi-square over its degrees of freedom after month and weekday");
    fit_weekdays(counted);
    fit_months(counted);
    fit_sensitive_factor(counted);
  }
  void fit_weekdays(std::size_t counted) {
    if (counted < fewest_for_weekdays)
      return missing("load.weekdays", "too few registrations: 100 are needed", "登记件数太少：至少需要 100 件", counted);
    std::vector<interval> weights;
    for (const level_weight& w : out_.rates.factors[1]) weights.push_back(w.weight);
    if (std::any_of(weights.begin(), weights.end(), [](const interval& w) { return !w.has_value(); }))
      return missing("load.weekdays", "a day of the week is not in the period", "所取时段缺少某个星期几", counted);
    found("load.weekdays", std::move(weights), counted, "by weekday, of mean 1");
  }
  /// Months of the scenario, without what its categories have of their own.
  void fit_months(std::size_t counted) {
    if (counted < fewest_for_months)
      return missing("load.months", "too few registrations: 240 are needed", "登记件数太少：至少需要 240 件", counted);
    std::vector<interval> weights;
    double sum = 0;
    for (std::size_t m = 0; m < 12; ++m) {
      const level_weight& w = out_.rates.factors[0][m];
      constexpr std::size_t fewest_days = 20;
      if (w.cells < fewest_days)
        return missing("load.months", "a month of the year is not in the period, or not in full", "所取时段缺少某个月份，或不完整",
                       counted);
      double of_categories = 0;
      for (const category_setting& c : s_->categories) of_categories += c.share * c.months[m];
      weights.push_back(times(w.weight, of_categories > 0 ? 1 / of_categories : 1));
      sum += weights.back().estimate;
    }
    for (interval& w : weights) w = times(w, sum > 0 ? 12 / sum : 1);
    found("load.months", std::move(weights), counted, "by month, of mean 1, beside the months of the categories");
  }
  void fit_sensitive_factor(std::size_t counted) {
    if (s_->sensitive_periods.empty()) return;
    if (!with_periods_ || counted < fewest_for_months)
      return missing("load.sensitive_factor", "too few days of the period are sensitive, or too few others, or too few registrations",
                     "所取时段内敏感期（或其余）天数太少，或登记件数太少", counted);
    const interval &other = out_.rates.factors[2][0].weight, &sensitive = out_.rates.factors[2][1].weight;
    if (other.kind != interval_kind::two_sided || sensitive.kind != interval_kind::two_sided)
      return missing("load.sensitive_factor", "no registrations on such days", "该类日期没有登记", counted);
    // Both weights have mean 1, so that the log of the sensitive one moves by other/2 of what their ratio's does.
    const double spread = elementary::log(sensitive.upper / sensitive.estimate) * 2 / other.estimate;
    const double ratio = sensitive.estimate / other.estimate, factor = elementary::exp(spread);
    found("load.sensitive_factor", {{ratio, ratio / factor, ratio * factor, interval_kind::two_sided}}, counted,
          "days of sensitive periods against others, after month and weekday");
  }

  void fit_shares() {
    const double n = static_cast<double>(out_.rows);
    std::array<std::size_t, channel_count> by_channel{};
    std::vector<std::size_t> by_category(s_->categories.size(), 0), by_township(units_->size(), 0);
    for (const ledger_case* c : rows_) {
      ++by_channel[static_cast<std::size_t>(c->channel)];
      if (c->category < by_category.size()) ++by_category[c->category];
      if (c->township < by_township.size()) ++by_township[c->township];
    }
    constexpr std::array<std::string_view, 4> keys{"load.visit_share", "load.letter_share", "load.online_share", "load.phone_share"};
    for (std::size_t c = 0; c < keys.size(); ++c) {
      const double k = static_cast<double>(by_channel[c]);
      const double by = n / arisen() * (c == 0 ? visit_factor() : 1);
      found(std::string(keys[c]), {times(wilson_interval(k, n, options_.confidence), by)}, out_.rows,
            "share by that channel, with visits that are answered on the spot");
      group_by("channel", std::string(names_of<channel>[c]), by_channel[c],
               [&](const ledger_case& one) { return static_cast<std::size_t>(one.channel) == c; });
    }
    if (by_category.empty()) return;
    // Months in which a category comes more often than in others are the scenario's own: its share is what is left.
    std::vector<double> shares(by_category.size(), 0.0), exposure(by_category.size(), 0.0), by_month(12, 0.0);
    for (const ledger_case* c : rows_) by_month[c->date.month() - 1] += 1;
    for (std::size_t c = 0; c < shares.size(); ++c) shares[c] = static_cast<double>(by_category[c]) / n;
    for (int turn = 0; turn < 200; ++turn) {
      double sum = 0;
      for (std::size_t c = 0; c < shares.size(); ++c) {
        exposure[c] = 0;
        for (std::size_t m = 0; m < 12; ++m) {
          double all = 0;
          for (std::size_t k = 0; k < shares.size(); ++k) all += shares[k] * s_->categories[k].months[m];
          if (all > 0) exposure[c] += by_month[m] * s_->categories[c].months[m] / all;
        }
      }
      for (std::size_t c = 0; c < shares.size(); ++c)
        sum += shares[c] = exposure[c] > 0 ? static_cast<double>(by_category[c]) / exposure[c] : 0;
      for (double& share : shares) share /= sum > 0 ? sum : 1;
    }
    for (std::size_t c = 0; c < shares.size(); ++c) {
      interval share = wilson_interval(static_cast<double>(by_category[c]), n, options_.confidence);
      const double by = share.estimate > 0 ? shares[c] / share.estimate : 1;
      found("category." + s_->categories[c].id + ".share", {times(share, by)}, out_.rows, "share of registrations, beside its months");
      group_by("category", s_->categories[c].id, by_category[c], [&](const ledger_case& one) { return one.category == c; });
    }
    for (std::size_t u = 0; u < by_township.size(); ++u) {
      if (by_township[u] == 0) continue;
      group_by("township", units_->code(unit_id(static_cast<std::uint32_t>(u))), by_township[u],
               [&](const ledger_case& one) { return one.township == u; });
    }
  }
  template <class Of>
  void group_by(std::string what, std::string id, std::size_t rows, Of&& of) {
    day_counts counts(out_.first, out_.last);
    std::size_t counted = 0;
    for (const ledger_case* c : rows_) {
      if (!of(*c) || (out_.by_remote && what != "channel" && c->channel == channel::visit)) continue;
      counts.add(c->date);
      ++counted;
    }
    add_group(std::move(what), std::move(id), counts, rows, counted);
  }

  void fit_groups() {
    double groups = 0, extra = 0, extra_squares = 0, singles = 0, companions = 0, companion_squares = 0;
    for (const ledger_case* c : rows_) {
      if (is_group_size(c->persons)) {
        if (c->channel != channel::visit) continue;
        const double more = c->persons - group_threshold;
        groups += 1;
        extra += more;
        extra_squares += more * more;
      } else {
        const double more = c->persons - 1;
        singles += 1;
        companions += more;
        companion_squares += more * more;
      }
    }
    const auto mean_of = [&](double n, double sum, double squares) {
      const double mean = sum / n, half = z_ * std::sqrt((std::max)(squares / n - mean * mean, 0.0) / n);
      return interval{mean, (std::max)(mean - half, 0.0), mean + half, interval_kind::two_sided};
    };
    if (out_.visits < fewest_for_shares)
      missing("load.group_share", "too few visits: 30 are needed", "来访件数太少：至少需要 30 件", out_.visits);
    else
      found("load.group_share", {wilson_interval(groups, static_cast<double>(out_.visits), options_.confidence)}, out_.visits,
            "visits of five persons or more, of all visits");
    if (groups < static_cast<double>(fewest_for_groups))
      missing("load.group_extra_mean", "too few group visits: 10 are needed", "集体访太少：至少需要 10 批",
              static_cast<std::size_t>(groups));
    else
      found("load.group_extra_mean", {mean_of(groups, extra, extra_squares)}, static_cast<std::size_t>(groups), "mean persons beyond five");
    if (singles < static_cast<double>(fewest_for_shares))
      return missing("load.individual_extra_mean", "too few petitions of fewer than five persons: 30 are needed",
                     "个访太少：至少需要 30 件", static_cast<std::size_t>(singles));
    // Companions are Poisson's up to three, and three where there would be more: the mean by which their mean is what it is.
    interval of_mean = mean_of(singles, companions, companion_squares);
    for (double* value : {&of_mean.estimate, &of_mean.lower, &of_mean.upper}) *value = uncapped(*value);
    found("load.individual_extra_mean", {of_mean}, static_cast<std::size_t>(singles), "mean companions where persons are fewer than five");
  }
  /// The mean of Poisson counts whose mean is `capped` after larger counts were set to 3; at most 3.
  [[nodiscard]] static double uncapped(double capped) noexcept {
    double low = 0, high = 3;
    for (int i = 0; i < 60; ++i) {
      const double m = 0.5 * (low + high), p0 = elementary::exp(-m);
      const double mean = p0 * (m + m * m) + 3 * (1 - p0 * (1 + m + m * m / 2));
      (mean < capped ? low : high) = m;
    }
    return 0.5 * (low + high);
  }

  /// What is known of a duration between two dates: to half a day at either side.
  [[nodiscard]] static seen_duration of_days(double days, double limit) noexcept {
    return {(std::max)(days - 0.5, 0.0), days + 0.5, limit};
  }
  /// What is known of the days until a unit accepts: whole days, moved to the next workday.
  [[nodiscard]] seen_duration of_acceptance(day routed, day accepted, double limit) const {
    day from = accepted;
    if (calendar_->is_workday(accepted)) from = calendar_->previous_workday(accepted - calendar_days(1)) + calendar_days(1);
    return {static_cast<double>((std::max)((from - routed).count, 0)), static_cast<double>((accepted - routed).count + 1), limit};
  }
  [[nodiscard]] double acceptance_limit(day routed) const {
    return static_cast<double>((std::max)((calendar_->previous_workday(known_until_) - routed).count + 1, 0));
  }

  void fit_durations_of_cases() {
    const bool with_routing = ledger_->has_routed && ledger_->has_accepted;
    if (ledger_->has_accepted) {
      fit_one(case_duration::registration_to_acceptance,
              [&](const ledger_case& c) { return std::pair(std::optional(c.date), c.accepted); });
    }
    if (with_routing) {
      fit_acceptance();
    } else {
      const std::string_view en = ledger_->has_accepted
                                      ? "the ledger has the day of acceptance but not that of routing, from which it is counted"
                                      : "the ledger has no column of acceptance";
      const std::string_view zh = ledger_->has_accepted ? "台账有受理日期而无转送日期，后者为起算日" : "台账无受理日期一列";
      missing("routing.accept_days_mean", en, zh, 0);
      missing("routing.accept_days_cv", en, zh, 0);
    }
    if (ledger_->has_accepted && (ledger_->has_replied || ledger_->has_handling_days)) {
      fit_one(case_duration::acceptance_to_reply, [&](const ledger_case& c) { return std::pair(c.accepted, c.replied); });
      fit_one(case_duration::registration_to_reply, [&](const ledger_case& c) { return std::pair(std::optional(c.date), c.replied); });
    } else if (ledger_->has_handling_days) {
      fitted_duration d;
      d.which = case_duration::acceptance_to_reply;
      for (const ledger_case* c : rows_) {
        if (c->handling && (c->date + *c->handling) <= known_until_)
          d.seen.push_back(of_days(c->handling->count, std::numeric_limits<double>::infinity()));
      }
      judge(std::move(d), [](std::size_t, double x) { return of_days(std::floor(x + 0.5), 0); });
    }
    missing("handling.*", "the time to a reply is what the model makes of work, waits and lines: fit these to it with sifang calibrate",
            "答复用时由工作量、等候和排队形成：请用 sifang calibrate 校准", 0);
  }
  template <class Dates>
  void fit_one(case_duration which, Dates&& dates) {
    fitted_duration d;
    d.which = which;
    for (const ledger_case* c : rows_) {
      const auto [from, to] = dates(*c);
      if (!from || *from > known_until_) continue;
      const double limit = (known_until_ - *from).count + 0.5;
      if (to && *to <= known_until_ && *to >= *from)
        d.seen.push_back(of_days((*to - *from).count, limit));
      else if (!to || *to > known_until_)
        d.seen.push_back(seen_duration::running(limit));
    }
    judge(std::move(d), [](std::size_t, double x) { return of_days(std::floor(x + 0.5), 0); });
  }
  void fit_acceptance() {
    fitted_duration d;
    d.which = case_duration::routing_to_acceptance;
    std::vector<day> routed;
    for (const ledger_case* c : rows_) {
      if (c->is_simplified) continue;
      if (!c->routed || *c->routed > known_until_) continue;
      const double limit = acceptance_limit(*c->routed);
      if (c->accepted && *c->accepted <= known_until_) {
        if (*c->accepted < *c->routed) continue;  // an earlier round's
        d.seen.push_back(of_acceptance(*c->routed, *c->accepted, limit));
      } else {
        d.seen.push_back(seen_duration::running(limit));
      }
      routed.push_back(*c->routed);
    }
    // Rows that are set aside are left out of both lists alike.
    std::vector<day> kept;
    const double longest = longest_ended(d.seen);
    for (std::size_t i = 0; i < routed.size(); ++i) {
      if (d.seen[i].has_ended() || d.seen[i].lower <= longest) kept.push_back(routed[i]);
    }
    judge(std::move(d), [&](std::size_t i, double x) {
      const day ready = kept[i] + calendar_days(static_cast<std::int32_t>((std::min)(x, 36'500.0)));
      return of_acceptance(kept[i], calendar_->next_workday(ready), 0);
    });
    const fitted_duration& fitted = out_.durations.back();
    const auto law = std::find_if(fitted.fits.begin(), fitted.fits.end(),
                                  [](const duration_fit& f) { return f.law.family == duration_family::lognormal; });
    if (law == fitted.fits.end() || fitted.ended < fewest_for_durations) {
      missing("routing.accept_days_mean", "too few cases with both days: 20 are needed", "两个日期俱全的件数太少：至少需要 20 件",
              fitted.ended);
      missing("routing.accept_days_cv", "too few cases with both days: 20 are needed", "两个日期俱全的件数太少：至少需要 20 件",
              fitted.ended);
      return;
    }
    found("routing.accept_days_mean", {law->mean(z_)}, fitted.seen.size(),
          "lognormal by maximum likelihood, open cases as such, from routing");
    found("routing.accept_days_cv", {law->cv(z_)}, fitted.seen.size(), "the same");
  }
  [[nodiscard]] static double longest_ended(std::span<const seen_duration> seen) noexcept {
    double longest = 0;
    for (const seen_duration& s : seen) longest = s.has_ended() ? (std::max)(longest, s.upper) : longest;
    return longest;
  }
  template <class AsSeen>
  void judge(fitted_duration d, AsSeen&& as_seen) {
    const double longest = longest_ended(d.seen);
    const std::size_t before = d.seen.size();
    std::erase_if(d.seen, [&](const seen_duration& s) { return !s.has_ended() && s.lower > longest; });
    d.set_aside = before - d.seen.size();
    d.ended = static_cast<std::size_t>(std::count_if(d.seen.begin(), d.seen.end(), [](const seen_duration& s) { return s.has_ended(); }));
    d.curve = survival_curve(detail::span_of(lifetimes_of(detail::span_of(d.seen))));
    if (d.ended >= fewest_for_durations) d.fits = fit_all_durations(d.seen);
    for (const duration_fit& f : d.fits) d.verdicts.push_back(judge_fit(f, d.seen, as_seen, options_.samples, options_.seed));
    out_.durations.push_back(std::move(d));
  }

  void fit_repeats() {
    const auto all = static_cast<double>(out_.rows + out_.repeats);
    if (ledger_->has_repeat) out_.repeat_share = wilson_interval(static_cast<double>(out_.repeats), all, options_.confidence);
    const auto per_case = [&](std::optional<int> ledger_case::*which) {
      double n = 0, sum = 0, squares = 0;
      for (const ledger_case* c : rows_) {
        if (!(c->*which)) continue;
        n += 1;
        sum += *(c->*which);
        squares += static_cast<double>(*(c->*which)) * *(c->*which);
      }
      if (n == 0) return interval{};
      const double mean = sum / n, half = z_ * std::sqrt((std::max)(squares / n - mean * mean, 0.0) / n);
      return interval{mean, (std::max)(mean - half, 0.0), mean + half, interval_kind::two_sided};
    };
    if (ledger_->has_repeats) out_.repeats_per_case = per_case(&ledger_case::repeats);
    if (ledger_->has_rebounds) out_.rebounds_per_case = per_case(&ledger_case::rebounds);
    missing("repeats.*",
            out_.repeat_share.has_value() || out_.repeats_per_case.has_value()
                ? std::string_view("a count of repeats is what several of them make together: take it as a figure of sifang calibrate")
                : std::string_view("the ledger does not say which rows are repeats, or how many repeats a case had"),
            out_.repeat_share.has_value() || out_.repeats_per_case.has_value()
                ? std::string_view("重复信访次数由多个参数共同形成：请作为 sifang calibrate 的指标")
                : std::string_view("台账未注明重复件或重复信访次数"),
            0);
  }

  const ledger_cases* ledger_;
  const scenario* s_;
  const working_calendar* calendar_;
  const county_tree* units_;
  ledger_fit_options options_;
  day known_until_;
  double z_;
  bool with_periods_ = false;
  std::vector<const ledger_case*> rows_;
  ledger_fit out_;
};

/// The last day of which a ledger knows anything.
[[nodiscard]] inline day last_day_of(const ledger_cases& ledger) noexcept {
  day last = first_day_allowed;
  for (const ledger_case& c : ledger.cases) {
    last = (std::max)(last, c.date);
    if (c.accepted) last = (std::max)(last, *c.accepted);
    if (c.replied) last = (std::max)(last, *c.replied);
    if (c.routed) last = (std::max)(last, *c.routed);
  }
  return last;
}

}  // namespace detail

/// Fits what a ledger says of a scenario; of its rows, first registrations that came by themselves in the days of the options.
///
/// Cases count as known up to the last day that stands anywhere in the ledger, or to `known_until`: what ends later is open.
/// \complexity linear in the rows for arrivals and shares, for each category and township; durations as `judge_fit`
[[nodiscard]] inline ledger_fit fit_ledger(const ledger_cases& ledger, const scenario& s, const working_calendar& calendar,
                                           const county_tree& units, const ledger_fit_options& options = {},
                                           std::optional<day> known_until = {}) {
  const day until = known_until ? *known_until : detail::last_day_of(ledger);
  return detail::ledger_fitter(ledger, s, calendar, units, options, until).fit();
}

}  // namespace sifang

#endif
