// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_RECEPTION_ESTIMATE_HPP
#define SIFANG_EXPERIMENT_RECEPTION_ESTIMATE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/tables.hpp"
#include "sifang/engine/theory_calendar.hpp"
#include "sifang/engine/theory_poisson.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Reception without simulating: the scenario's dated sessions, the mean number of petitioners who set out for each, and the exact queue of
/// days with sessions (`theory_calendar.hpp`).

namespace sifang {

/// What the sessions of one kind can be expected to do in the counted period.
struct estimated_reception {
  venue where{};             ///< kind of session
  std::size_t sessions = 0;  ///< dated sessions in the counted period
  double offered = 0,        ///< petitioners who set out for them, in all
      capacity = 0,          ///< mean number that a session hears in its planned hours
      heard_15d = 0,         ///< share of the petitioners who are heard within 15 days of setting out
      wait_days = 0,         ///< mean days from setting out to being heard, or to the last day
      left = 0;              ///< mean number who are left at closing time of a session; those who stay are heard in overtime
};

/// The same for the county.
struct reception_estimate {
  std::vector<estimated_reception> kinds;  ///< those for which anybody sets out
  double offered = 0,                      ///< petitioners who mean to speak in person, in all
      heard_15d = 0,                       ///< share heard by anybody within 15 days
      heard_by_leader_15d = 0,             ///< share heard by anybody but the window's staff within 15 days
      wait_days = 0;                       ///< mean days until heard
};

namespace detail {

/// Mean numbers of petitioners who set out on a day for each series of sessions: the logit choice (`chosen_session`) of those who set out
/// for the first time, taken over villages by population and over the subjects of matters.
class setting_out_rates {
 public:
  template <class = when_called>
  explicit setting_out_rates(const world& w) : w_(&w), tables_(w) {
    const std::size_t n = w.villages().size();
    for (const village_site& v : w.villages()) people_.push_back(w.org().units()[v.where].population);
    double all = 0;
    for (const double p : people_) all += p;
    for (double& p : people_) p = all > 0 ? p / all : 1 / static_cast<double>(n);
    const scenario& s = w.setting();
    in_person_ = (1 - s.load.silent_share) * s.load.visit_share * (1 - s.load.above_share);
  }

  /// Adds the means of a day. \param to  by series
  template <class = when_called>
  void add(day d, std::vector<double>& to) {
    const reception_plan& plan = w_->plan();
    const std::vector<double> subjects = subjects_of(d);
    weights_.resize(plan.series().size());
    for (std::size_t i = 0; i < weights_.size(); ++i) weights_[i] = weight_of(plan.series()[i], d);
    const double come = w_->rate(d) * in_person_;
    for (std::size_t v = 0; v < people_.size(); ++v) {
      double own = 0;
      const auto doors = tables_.doors_of_village(v);
      for (const auto& door : doors) own += weight(door, v);
      double base = 0;  // Σ over subjects of P(subject)/(all weights)
      for (std::size_t o = 0; o < subjects.size(); ++o) {
        if (subjects[o] == 0) continue;
        double more = 0;
        const bool of_office = o + 1 < subjects.size();  // the last is none
        if (of_office) {
          for (const auto& door : tables_.doors_of_office(o)) more += weight(door, v);
        }
        if (own + more <= 0) continue;
        const double each = subjects[o] / (own + more);
        base += each;
        if (more == 0) continue;
        for (const auto& door : tables_.doors_of_office(o)) {
          to[static_cast<std::size_t>(door.series)] += come * people_[v] * each * weight(door, v);
        }
      }
      for (const auto& door : doors) to[static_cast<std::size_t>(door.series)] += come * people_[v] * base * weight(door, v);
    }
  }

 private:
  /// Shares of the subjects of matters that arise on a day: by office, and last of those that are the place's.
  template <class = when_called>
  [[nodiscard]] std::vector<double> subjects_of(day d) const {
    std::vector<double> out(w_->offices().size() + 1, 0.0);
    const auto& categories = w_->setting().categories;
    double all = 0;
    for (const category_setting& c : categories) all += c.share * c.months[d.month() - 1];
    for (std::size_t k = 0; k < categories.size(); ++k) {
      const double share = all > 0 ? categories[k].share * categories[k].months[d.month() - 1] / all : 0;
      const auto offices = w_->matter_offices(k);
      if (offices.empty()) {
        out.back() += share;
        continue;
      }
      const double further = offices.size() > 1 ? categories[k].further_share : 0;
      out[offices[0]] += share * (1 - further);
      for (std::size_t i = 1; i < offices.size(); ++i) out[offices[i]] += share * further / static_cast<double>(offices.size() - 1);
    }
    return out;
  }
  /// What of a door's weight is of the day alone: its kind, and the days to its next session.
  template <class = when_called>
  [[nodiscard]] double weight_of(const reception_series& s, day d) const {
    const auto turn = w_->plan().next_turn(s, d + calendar_days(1));
    if (!turn) return 0;
    const session_kind& kind = w_->plan().kind(s.where);
    if (w_->setting().choice.model == choice_model::shares) return kind.share * kind.publicity;
    return tables_.appeal(s.where.index()) * tables_.delay((w_->plan().date(s, *turn) - d).count) * (std::min)(kind.publicity, 1.0);
  }
  template <class = when_called>
  [[nodiscard]] double weight(const year_tables::door_to& door, std::size_t village) const noexcept {
    const double way = w_->setting().choice.model == choice_model::shares ? 1 : tables_.nearness(village, door);
    return weights_[static_cast<std::size_t>(door.series)] * way;
  }

  const world* w_;
  year_tables tables_;
  std::vector<double> people_, weights_;
  double in_person_ = 0;
};

/// Mean minutes of an interview.
[[nodiscard]] inline double interview_length(const scenario& s) noexcept {
  const double alone = 1 + s.load.individual_extra_mean;
  const double group = s.reception.representatives
                           ? static_cast<double>(group_threshold)
                           : (std::min)(group_threshold + s.load.group_extra_mean, static_cast<double>(fixed::most_persons_felt));
  const double speak = (1 - s.load.group_share) * alone + s.load.group_share * group;
  return s.reception.interview_minutes * (1 + s.reception.group_factor * (speak - 1));
}

/// Those who head for the sessions of a series: by the day on which they set out.
struct heading {
  day on;
  double mean;
};

/// How many are left after a session: their probabilities, what is negligible at either end left out.
class numbers_left {
 public:
  /// P(those who are left, and who comes before one of those who come, are so many at least).
  /// \param before  probabilities of those who come before
  template <class = when_called>
  [[nodiscard]] double at_least(std::span<const double> before, double many) const {
    std::vector<double> tail(p_.size() + 1, 0.0);
    for (std::size_t i = p_.size(); i-- > 0;) tail[i] = tail[i + 1] + p_[i];
    double sum = 0;
    for (std::size_t j = 0; j < before.size(); ++j) {
      const double needed = (std::max)(many - static_cast<double>(j + fewest_), 0.0);
      if (needed < static_cast<double>(p_.size())) sum += before[j] * tail[static_cast<std::size_t>(needed)];
    }
    return sum;
  }
  /// A session: so many come, and it hears `capacity`.
  template <class = when_called>
  void play(std::span<const double> come, std::size_t capacity) {
    constexpr double negligible = 1e-15;
    const std::size_t sure = (std::min)(fewest_, capacity);  // whom it hears of those who are there in any case
    p_ = theory::after_session(span_of(p_), come, static_cast<int>(capacity - sure), p_.size() + come.size());
    fewest_ -= sure;
    while (p_.size() > 1 && p_.back() < negligible) p_.pop_back();
    const auto likely = std::find_if(p_.begin(), p_.end() - 1, [](double x) { return x >= negligible; });
    fewest_ += static_cast<std::size_t>(likely - p_.begin());
    p_.erase(p_.begin(), likely);
  }
  [[nodiscard]] double mean() const noexcept {
    double sum = static_cast<double>(fewest_);
    for (std::size_t i = 1; i < p_.size(); ++i) sum += static_cast<double>(i) * p_[i];
    return sum;
  }

 private:
  std::vector<double> p_{1.0};  // from `fewest_` on
  std::size_t fewest_ = 0;
};

/// Plays a series of sessions: who is left, and how long those wait who set out in the counted period.
template <class = when_called>
inline void play_series(const world& w, const reception_series& s, std::span<const heading> who, estimated_reception& into,
                        double& left_sum) {
  const reception_plan& plan = w.plan();
  const double minutes_each = interview_length(w.setting());
  const std::size_t seats = plan.receivers(s.where) > 0 ? static_cast<std::size_t>(plan.receivers(s.where)) : plan.people(s).size();
  const int capacity = static_cast<int>((std::min)(plan.length(s.where).count * static_cast<double>(seats) / minutes_each, 1e6));
  const bool stays = w.setting().reception.closing == closing_policy::stay;
  numbers_left left;
  for (auto turn = plan.next_turn(s, w.first()); turn; turn = plan.next_turn(s, plan.date(s, *turn) + calendar_days(1))) {
    const day date = plan.date(s, *turn);
    if (date > w.last()) break;
    double mean = 0;
    std::size_t coming = 0;
    for (; coming < who.size() && who[coming].on < date; ++coming) mean += who[coming].mean;
    const std::span<const heading> these = who.first(coming);
    who = who.subspan(coming);
    const std::vector<double> before = theory::earlier_arrivals(mean);
    double waits = 1, heard = 0;  // P(still waits when a session begins)
    for (auto later = turn; later && waits > 1e-9; later = plan.next_turn(s, plan.date(s, *later) + calendar_days(1))) {
      heard += capacity;
      const double miss = stays || these.empty() ? 0 : (std::min)(left.at_least(span_of(before), heard), waits);
      for (const heading& h : these) {
        if (!w.counts(h.on)) continue;
        const int days = (plan.date(s, *later) - h.on).count;
        into.wait_days += h.mean * (waits - miss) * days;
        if (days <= 15) into.heard_15d += h.mean * (waits - miss);
      }
      waits = miss;
    }
    for (const heading& h : these) {  // who is not heard by the last day has waited until then at least
      if (!w.counts(h.on)) continue;
      into.offered += h.mean;
      into.wait_days += h.mean * waits * (w.last() - h.on).count;
    }
    left.play(span_of(theory::poisson_probabilities(mean)), static_cast<std::size_t>(capacity));
    if (w.counts(date)) {
      ++into.sessions;
      into.capacity += capacity;
      left_sum += left.mean();
    }
    if (stays) left = {};
  }
}

}  // namespace detail

/// What the reception of a scenario can be expected to do, at once. Exact for the queue of each series of dated sessions with Poisson
/// arrivals, who are heard first come first served, as many in each session as its planned hours hold on average.
///
/// It leaves out: visits of those who come again, whose visits load the sessions too, and those of the silent; irregular visits; who goes
/// away or writes instead of coming again; absences; days on which more come than chance alone brings; that who does not know of a kind of
/// session never goes there, while others go the more (`publicity` is taken as a factor of its weight).
/// \complexity days × villages × subjects
template <class = when_called>
[[nodiscard]] inline reception_estimate estimate_reception(const world& w) {
  const reception_plan& plan = w.plan();
  const std::size_t n = plan.series().size();
  detail::setting_out_rates rates(w);
  std::vector<std::vector<detail::heading>> heading(n);
  std::vector<double> means(n);
  constexpr int run_in = 120;  // days by which queues are what they will be
  const day from = (std::max)(w.first(), w.start() - calendar_days(run_in));
  for (day d = from; d <= w.end(); d = d + calendar_days(1)) {
    std::fill(means.begin(), means.end(), 0.0);
    rates.add(d, means);
    for (std::size_t i = 0; i < n; ++i) {
      if (means[i] > 0) heading[i].push_back({d, means[i]});
    }
  }
  reception_estimate out;
  double by_window = 0;
  for (std::size_t v = 0; v < plan.kinds().size(); ++v) {
    estimated_reception kind;
    kind.where = venue(v);
    double left = 0;
    for (const std::uint32_t i : plan.series_of(venue(v)))
      detail::play_series(w, plan.series()[i], detail::span_of(heading[i]), kind, left);
    if (kind.offered <= 0) continue;
    out.offered += kind.offered;
    out.heard_15d += kind.heard_15d;
    out.wait_days += kind.wait_days;
    if (plan.traits(venue(v)).by_clerks) by_window += kind.heard_15d;
    kind.heard_15d /= kind.offered;
    kind.wait_days /= kind.offered;
    if (kind.sessions > 0) {
      kind.capacity /= static_cast<double>(kind.sessions);
      kind.left = left / static_cast<double>(kind.sessions);
    }
    out.kinds.push_back(kind);
  }
  if (out.offered > 0) {
    out.heard_by_leader_15d = (out.heard_15d - by_window) / out.offered;
    out.heard_15d /= out.offered;
    out.wait_days /= out.offered;
  }
  return out;
}

}  // namespace sifang

#endif
