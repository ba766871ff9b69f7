// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_HOLD_OUT_HPP
#define SIFANG_IO_LEDGER_HOLD_OUT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/ledger_cases.hpp"
#include "sifang/io/ledger_fit.hpp"
#include "sifang/io/ledger_fit_result.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/wasserstein.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// \file
/// A fit of all but the last months of a ledger, and what it says of those months beside what they were.

namespace sifang {

/// A figure of the months that were held out.
struct held_out_figure {
  std::string what,    ///< registrations, weekday, channel, category, group_share, or a duration
      id,              ///< of which month, weekday, channel, category; which quantile
      unit;            ///< of the values
  interval predicted;  ///< by the fit of the months before, with chance of the held-out months in it where there is an interval
  double found = 0,    ///< what they were
      naive = 0;       ///< what somebody without a model would have said: the same every day, or what was seen before
};

/// A fit that was tried on months that it had not seen.
struct held_out_fit {
  ledger_fit fit;                        ///< of the months before
  day first,                             ///< of the months that were held out
      last;                              ///< of the months that were held out
  std::size_t rows = 0;                  ///< arrivals in them
  std::vector<held_out_figure> figures;  ///< in order of what they are
};

namespace detail {

/// The first day of the month so many months before that of a day: 0 is its own.
[[nodiscard]] inline day months_before(day d, int months) {
  const int all = d.year() * 12 + static_cast<int>(d.month()) - 1 - months;
  return day(all / 12, static_cast<unsigned>(all % 12) + 1, 1);
}

/// Compares a fit with the rows after it.
class hold_out_judge {
 public:
  hold_out_judge(const ledger_cases& ledger, const scenario& s, const working_calendar& calendar, const county_tree& units,
                 const ledger_fit_options& options, day cut, day last, held_out_fit& out)
      : ledger_(&ledger),
        s_(&s),
        calendar_(&calendar),
        units_(&units),
        options_(options),
        out_(&out),
        z_(elementary::normal_quantile(0.5 + options.confidence / 2)) {
    out.first = cut;
    out.last = last;
    for (const ledger_case& c : ledger.cases) {
      if (c.is_backlog || c.channel == channel::campaign || c.repeat.value_or(false)) continue;
      if (c.date >= cut && c.date <= last) held_.push_back(&c);
      if (c.date < cut && (!options.first || c.date >= *options.first)) before_.push_back(&c);
    }
    out.rows = held_.size();
  }
  void judge() {
    registrations();
    shares();
    durations();
  }

 private:
  [[nodiscard]] double weight(day d) const {
    const rate_fit& r = out_->fit.rates;
    const auto of = [&](std::size_t factor, std::size_t level) {
      const interval& w = r.factors[factor][level].weight;
      return w.has_value() ? w.estimate : 1.0;
    };
    double w = of(0, d.month() - 1) * of(1, static_cast<std::size_t>(d.weekday()));
    if (r.factors.size() > 2) {
      const bool sensitive =
          std::any_of(s_->sensitive_periods.begin(), s_->sensitive_periods.end(), [&](const sensitive_period& p) { return p.covers(d); });
      w *= of(2, sensitive ? 1 : 0);
    }
    return w;
  }
  void registrations() {
    double seen = 0;
    for (const day d : out_->fit.days) seen += weight(d);
    const auto n = static_cast<double>(out_->fit.rows);
    const double each = seen > 0 ? n / seen : 0, naive = n / static_cast<double>(out_->fit.days.size());
    const double ratio = out_->fit.overdispersion.has_value() ? out_->fit.overdispersion.estimate : 1;
    for (day from = out_->first; from <= out_->last; from = months_before(from, -1)) {
      const day to = (std::min)(months_before(from, -1) - calendar_days(1), out_->last);
      double mean = 0, found = 0;
      for (day d = from; d <= to; ++d) mean += each * weight(d);
      for (const ledger_case* c : held_) found += c->date >= from && c->date <= to;
      const double half = z_ * std::sqrt(ratio * mean + ratio * mean * mean / n);
      out_->figures.push_back({"registrations",
                               to_string(from).substr(0, 7),
                               "cases",
                               {mean, (std::max)(mean - half, 0.0), mean + half, interval_kind::two_sided},
                               found,
                               naive * ((to - from).count + 1)});
    }
  }
  /// A share that was seen before, with the chance of both samples.
  void share(std::string what, std::string id, double predicted, double of_before, double found, double of_held, double naive) {
    if (of_before <= 0 || of_held <= 0) return;
    const double p = (predicted * of_before + 0.5) / (of_before + 1);  // a share of 0 is not without error
    const double half = z_ * std::sqrt(p * (1 - p) * (1 / of_before + 1 / of_held));
    out_->figures.push_back({std::move(what),
                             std::move(id),
                             "share",
                             {predicted, (std::max)(predicted - half, 0.0), (std::min)(predicted + half, 1.0), interval_kind::two_sided},
                             found / of_held,
                             naive});
  }
  template <class Of>
  [[nodiscard]] static double count(const std::vector<const ledger_case*>& cases, Of&& of) {
    return static_cast<double>(std::count_if(cases.begin(), cases.end(), [&](const ledger_case* c) { return of(*c); }));
  }
  void shares() {
    const auto before = static_cast<double>(before_.size()), held = static_cast<double>(held_.size());
    constexpr std::string_view weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    // As the rates are those of remote channels where there are visits too, so is the profile that is compared.
    const auto counts = [&](const ledger_case& c) { return !out_->fit.by_remote || c.channel != channel::visit; };
    double all = 0;
    std::array<double, 7> of_weekday{};
    for (day d = out_->first; d <= out_->last; ++d) {
      of_weekday[static_cast<std::size_t>(d.weekday())] += weight(d);
      all += weight(d);
    }
    for (std::size_t w = 0; w < 7 && all > 0; ++w) {
      const auto is = [&](const ledger_case& c) { return counts(c) && static_cast<std::size_t>(c.date.weekday()) == w; };
      share("weekday", std::string(weekdays[w]), of_weekday[w] / all, count(before_, counts), count(held_, is), count(held_, counts),
            1.0 / 7);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const auto is = [&](const ledger_case& c) { return static_cast<std::size_t>(c.channel) == k; };
      share("channel", std::string(names_of<channel>[k]), count(before_, is) / (std::max)(before, 1.0), before, count(held_, is), held,
            0.25);
    }
    for (std::size_t k = 0; k < s_->categories.size(); ++k) {
      const auto is = [&](const ledger_case& c) { return c.category == k; };
      share("category", s_->categories[k].id, count(before_, is) / (std::max)(before, 1.0), before, count(held_, is), held,
            1.0 / static_cast<double>(s_->categories.size()));
    }
    const auto visits = [](const ledger_case& c) { return c.channel == channel::visit; };
    const auto groups = [](const ledger_case& c) { return c.channel == channel::visit && is_group_size(c.persons); };
    share("group_share", "", count(before_, groups) / (std::max)(count(before_, visits), 1.0), count(before_, visits), count(held_, groups),
          count(held_, visits), 0);
  }
  /// Where a curve has its step for a duration: at the end of what is known of it.
  [[nodiscard]] static double as_seen(double x) noexcept { return std::floor(x + 0.5) + 0.5; }
  void durations() {
    ledger_fit_options of_held = options_;
    of_held.first = out_->first;
    of_held.last = out_->last;
    of_held.samples = 0;
    const ledger_fit held = fit_ledger(*ledger_, *s_, *calendar_, *units_, of_held);
    for (const fitted_duration& d : out_->fit.durations) {
      const auto same =
          std::find_if(held.durations.begin(), held.durations.end(), [&](const fitted_duration& h) { return h.which == d.which; });
      // Of acceptance after routing a law says when a unit is ready, what came is moved to workdays: not the same.
      if (d.which == case_duration::routing_to_acceptance) continue;
      if (d.fits.empty() || same == held.durations.end() || same->ended < fewest_for_durations) continue;
      const std::string name(name_of(d.which));
      const duration_law& law = d.fits.front().law;
      for (const double p : {0.5, 0.9}) {
        const auto found = same->curve.quantile(p), before = d.curve.quantile(p);
        if (!found || !before) continue;
        const double value = as_seen(law.quantile(p));
        out_->figures.push_back(
            {name, p == 0.5 ? "median" : "90%", "days", {value, value, value, interval_kind::too_little_data}, *found, *before});
      }
      // How far the laws lie from what came, over all quantiles: Wasserstein's distance, of the fitted law and of what had been seen.
      std::vector<double> by_law, by_curve, came;
      constexpr int points = 1000;
      for (int i = 0; i < points; ++i) {
        const double p = (i + 0.5) / points;
        const auto of_came = same->curve.quantile(p), of_before = d.curve.quantile(p);
        if (!of_came || !of_before) break;
        came.push_back(*of_came);
        by_curve.push_back(*of_before);
        by_law.push_back(as_seen(law.quantile(p)));
      }
      const double far = wasserstein_distance(by_law, came);
      out_->figures.push_back(
          {name, "distance", "days", {far, far, far, interval_kind::too_little_data}, 0, wasserstein_distance(by_curve, came)});
    }
  }

  const ledger_cases* ledger_;
  const scenario* s_;
  const working_calendar* calendar_;
  const county_tree* units_;
  ledger_fit_options options_;
  held_out_fit* out_;
  double z_;
  std::vector<const ledger_case*> held_, before_;
};

}  // namespace detail

/// Fits all but the last months of a ledger, as it was known then, and compares what the fit says of those months with what they were.
///
/// Cases that were open on the last day before them count as open. Nothing, where no row lies before them.
/// \param months  calendar months, the one in which the ledger ends counted as one
/// \pre months >= 1; asserted
/// \complexity as two calls of `fit_ledger`
[[nodiscard]] inline std::optional<held_out_fit> fit_with_hold_out(const ledger_cases& ledger, const scenario& s,
                                                                   const working_calendar& calendar, const county_tree& units,
                                                                   const ledger_fit_options& options, int months) {
  SIFANG_ASSERT(months >= 1);
  day last = first_day_allowed, first = last_day_allowed;
  for (const ledger_case& c : ledger.cases) {
    if ((options.first && c.date < *options.first) || (options.last && c.date > *options.last)) continue;
    last = (std::max)(last, c.date);
    first = (std::min)(first, c.date);
  }
  if (options.last) last = *options.last;
  if (first > last) return std::nullopt;
  const day cut = detail::months_before(last, months - 1);
  if (first >= cut) return std::nullopt;
  ledger_fit_options before = options;
  before.last = cut - calendar_days(1);
  held_out_fit out;
  out.fit = fit_ledger(ledger, s, calendar, units, before, before.last);
  if (out.fit.rates.factors.empty()) return std::nullopt;
  detail::hold_out_judge(ledger, s, calendar, units, options, cut, last, out).judge();
  return out;
}

}  // namespace sifang

#endif
