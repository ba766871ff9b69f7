// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_FORECAST_HPP
#define SIFANG_PETITION_FORECAST_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/petition/text.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/survival.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// Which open cases of a ledger are likely to be late, from how long its cases took until now. Statistics of the ledger alone: no
/// simulation. docs/forecast.md says what is assumed and how well it came true.

namespace sifang {

/// Whose durations a forecast was made from, the narrowest that has enough.
enum class forecast_basis : std::uint8_t { unit_and_category, unit, category, all, none };
template <>
inline constexpr std::string_view names_of<forecast_basis>[] = {"unit_and_category", "unit", "category", "all", "none"};
template <>
inline constexpr bilingual texts_of<forecast_basis>[] = {{"of this unit and category", "本单位本类别"},
                                                         {"of this unit", "本单位"},
                                                         {"of this category", "本类别"},
                                                         {"of the whole ledger", "全部台账"},
                                                         {"none", "无"}};

/// What a forecast is made by.
struct forecast_rules {
  legal_clocks clocks{};                            ///< `accept` (L4) and `handle` (L10) are used, and `extend_to_workday`
  const working_calendar* calendar = nullptr;       ///< for `extend_to_workday`; null: the bare last day counts
  std::unordered_map<std::string, int> handlers{};  ///< of each unit, by its code; a unit without any gets no figure for one more
  std::size_t least_ended = 20;                     ///< durations that had ended, for a unit or category to be judged by its own
  std::size_t least_beyond = 10;                    ///< durations longer than the case's until now, for any number at all
  calendar_days pace{56};                           ///< the last so many days are what a unit's weekly replies are counted in
};

/// An open case on the day of the forecast, and the duty that runs.
struct forecast_case {
  std::size_t row = 0;                          ///< position in the case load
  case_clock duty = case_clock::accept;         ///< `accept` from registration, or `handle` from acceptance
  day since,                                    ///< day on which the duty began, day 0 of its clock
      due;                                      ///< its last day
  int days_open = 0,                            ///< since registration
      days_left = 0;                            ///< until `due`; negative: so many days late
  forecast_basis basis = forecast_basis::none;  ///< whose durations
  std::size_t beyond = 0;                       ///< how many of these lasted longer than this one has until now
  interval late{};                              ///< probability of being late; `none` where history does not reach; 1 if it is
  std::optional<day> likely;                    ///< half of such cases are done by then; empty where history does not reach
  std::optional<double> late_with_one_more;     ///< the probability with one more handler at the unit, if its handlers are known
  std::optional<int> typical;                   ///< days that half of the category's take for this duty, from its beginning

  /// Past its last day, and not done.
  [[nodiscard]] bool is_late() const noexcept { return days_left < 0; }
};

/// What the open cases of a responsible unit come to.
struct forecast_unit {
  std::string code;                ///< of the unit; empty: cases without one
  std::size_t open = 0,            ///< cases
      late = 0,                    ///< that are late
      due_7 = 0,                   ///< not late, and due in the next 7 days
      due_15 = 0,                  ///< likewise 15 days
      unknown = 0;                 ///< not late, and without a probability
  double expected_late = 0;        ///< of those not late, the sum of their probabilities
  std::optional<double> one_more;  ///< the same with one more handler
  int handlers = 0;                ///< as the rules have them; 0: not known
  double weekly = 0;               ///< cases to which it replied, a week
};

/// Whether a ledger can be forecast from on a day.
enum class forecast_state : std::uint8_t { made, before_ledger, after_ledger };

/// The open cases of a ledger on a day.
struct ledger_forecast {
  day on;                                 ///< the ledger is used as it stood at the close of this day
  forecast_state state{};                 ///< all else is empty if none was made
  day first,                              ///< first registration
      last;                               ///< last day that the ledger names at all
  std::vector<forecast_case> cases;       ///< the likeliest to be late first; those without a probability last
  std::vector<forecast_unit> units;       ///< by expected late cases, the most first
  std::size_t registered = 0,             ///< until that day
      accepted = 0,                       ///< of these, how many had been
      replied = 0,                        ///< likewise
      undated = 0,                        ///< over, or handled, on a day that the ledger does not say: left out
      visitors_waiting = 0;               ///< open, came in person, not yet accepted
  std::array<std::size_t, 5> by_basis{};  ///< cases that are not late, by `forecast_basis`
};

/// A day may be this long after the last day that the ledger names: longer, and the ledger is not of that day.
inline constexpr calendar_days longest_after_ledger{31};

namespace detail {

/// How far a recorded case had come on a day, and nothing of what came later.
struct case_progress {
  bool is_registered = false, is_undated = false;
  std::optional<calendar_days> acceptance, handling;  ///< if that had been
};
[[nodiscard]] inline case_progress progress_of(const recorded_case& c, day on) noexcept {
  case_progress out;
  out.is_registered = c.date <= on;
  if (!out.is_registered) return out;
  if (c.acceptance && c.date + *c.acceptance <= on) out.acceptance = c.acceptance;
  if (out.acceptance && c.handling && c.date + *c.acceptance + *c.handling <= on) out.handling = c.handling;
  out.is_undated = (!c.acceptance && c.handling) || (c.settled.value_or(false) && !(c.acceptance && c.handling));
  return out;
}

/// Durations of a ledger, by whom.
class forecast_history {
 public:
  template <class = when_called>
  forecast_history(const case_load& load, day on) {
    std::array<std::map<key, std::vector<lifetime>>, 2> seen;
    for (const recorded_case& c : load.cases) {
      const case_progress p = progress_of(c, on);
      if (!p.is_registered) continue;
      const auto add = [&](std::size_t duty, day since, std::optional<calendar_days> took) {
        const lifetime l{static_cast<double>((took ? *took : on - since).count), took.has_value()};
        for (const key& k : keys(c)) {
          if (k != key{}) seen[duty][k].push_back(l);
        }
        seen[duty][key{}].push_back(l);
      };
      if (p.acceptance || !p.is_undated) add(0, c.date, p.acceptance);
      if (p.acceptance && (p.handling || !p.is_undated)) add(1, c.date + *p.acceptance, p.handling);
    }
    for (std::size_t duty = 0; duty < seen.size(); ++duty) {
      for (const auto& [k, lifetimes] : seen[duty]) curves_[duty].emplace(k, survival_curve(lifetimes));
    }
  }
  /// The curve of a case on a basis, or null.
  template <class = when_called>
  [[nodiscard]] const survival_curve* curve(case_clock duty, const recorded_case& c, forecast_basis basis) const {
    const key k = keys(c)[static_cast<std::size_t>(basis)];
    if (basis != forecast_basis::all && k == key{}) return nullptr;
    const auto& of_duty = curves_[duty == case_clock::accept ? 0 : 1];
    const auto found = of_duty.find(k);
    return found == of_duty.end() ? nullptr : &found->second;
  }

 private:
  using key = std::pair<std::string, std::string>;  ///< unit, category; both empty: all
  /// In the order of `forecast_basis`; a case without a unit has none of the unit's.
  [[nodiscard]] static std::array<key, 4> keys(const recorded_case& c) {
    const bool has_unit = !c.unit_code.empty();
    return {key{has_unit ? c.unit_code : std::string(), has_unit ? c.category : std::string()}, key{c.unit_code, {}}, key{{}, c.category},
            key{}};
  }
  std::array<std::map<key, survival_curve>, 2> curves_;
};

class forecast_maker {
 public:
  template <class = when_called>
  forecast_maker(const case_load& load, day on, const forecast_rules& rules) : load_(&load), rules_(&rules), history_(load, on) {
    out_.on = on;
  }
  template <class = when_called>
  [[nodiscard]] ledger_forecast make() {
    for (std::size_t row = 0; row < load_->cases.size(); ++row) {
      const recorded_case& c = load_->cases[row];
      const case_progress p = progress_of(c, out_.on);
      if (!p.is_registered) continue;
      out_.registered += 1;
      out_.accepted += p.acceptance.has_value();
      out_.replied += p.handling.has_value();
      out_.undated += p.is_undated && !p.handling;
      if (p.handling && c.date + *p.acceptance + *p.handling > out_.on - rules_->pace) replies_[c.unit_code] += 1;
      if (!p.handling && !p.is_undated) add(row, c, p);
    }
    const auto rank = [](const forecast_case& c) { return std::tuple(!c.late.has_value(), -c.late.estimate, c.due, c.row); };
    std::sort(out_.cases.begin(), out_.cases.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    finish_units();
    return std::move(out_);
  }

 private:
  template <class = when_called>
  void add(std::size_t row, const recorded_case& c, const case_progress& p) {
    forecast_case& f = out_.cases.emplace_back();
    f.row = row;
    f.duty = p.acceptance ? case_clock::handle : case_clock::accept;
    f.since = p.acceptance ? c.date + *p.acceptance : c.date;
    f.due = p.acceptance ? rules_->clocks.reply_due(f.since) : rules_->clocks.accept_due(f.since);
    if (rules_->calendar != nullptr) f.due = rules_->clocks.last_day(f.due, *rules_->calendar);
    f.days_open = (out_.on - c.date).count;
    f.days_left = (f.due - out_.on).count;
    out_.visitors_waiting += f.duty == case_clock::accept && c.channel == channel::visit;
    const auto handlers = rules_->handlers.find(c.unit_code);
    judge(f, c, handlers == rules_->handlers.end() ? 0 : handlers->second);
    sum(f, c);
  }
  template <class = when_called>
  void judge(forecast_case& f, const recorded_case& c, int handlers) {
    const double already = (out_.on - f.since).count, limit = (f.due - f.since).count;
    if (f.is_late()) f.late = {1, 1, 1, interval_kind::constant};
    if (const auto* of_category = history_.curve(f.duty, c, forecast_basis::category); of_category != nullptr && !c.category.empty()) {
      if (const auto half = of_category->quantile(0.5); half && of_category->ended() >= rules_->least_ended)
        f.typical = static_cast<int>(*half);
    }
    for (const forecast_basis basis :
         {forecast_basis::unit_and_category, forecast_basis::unit, forecast_basis::category, forecast_basis::all}) {
      const survival_curve* curve = history_.curve(f.duty, c, basis);
      if (curve == nullptr || curve->ended() < rules_->least_ended || curve->beyond(already) < rules_->least_beyond) continue;
      if (!f.is_late() && !curve->reaches(limit)) continue;
      f.basis = basis;
      f.beyond = curve->beyond(already);
      if (const auto half = curve->quantile(0.5, already)) f.likely = f.since + calendar_days(static_cast<std::int32_t>(*half));
      if (f.is_late()) return;
      f.late = curve->lasting(already, limit);
      if (handlers > 0) {
        const double longer = already + (limit - already) * (handlers + 1) / handlers;
        f.late_with_one_more = (std::min)(f.late.estimate, curve->at_most_lasting(already, longer));
      }
      return;
    }
  }
  template <class = when_called>
  void sum(const forecast_case& f, const recorded_case& c) {
    forecast_unit& u = units_[c.unit_code];
    u.open += 1;
    u.late += f.is_late();
    if (f.is_late()) return;
    out_.by_basis[static_cast<std::size_t>(f.basis)] += 1;
    u.due_7 += f.days_left <= 7;
    u.due_15 += f.days_left <= 15;
    u.unknown += !f.late.has_value();
    u.expected_late += f.late.estimate;
    if (f.late_with_one_more) u.one_more = u.one_more.value_or(0) + *f.late_with_one_more;
  }
  template <class = when_called>
  void finish_units() {
    const int days = (std::min)(rules_->pace.count, (out_.on - out_.first).count + 1);
    for (auto& [code, u] : units_) {
      u.code = code;
      const auto handlers = rules_->handlers.find(code);
      u.handlers = handlers == rules_->handlers.end() ? 0 : handlers->second;
      const auto replies = replies_.find(code);
      u.weekly = replies == replies_.end() || days < 1 ? 0 : 7.0 * static_cast<double>(replies->second) / days;
      out_.units.push_back(std::move(u));
    }
    std::stable_sort(out_.units.begin(), out_.units.end(),
                     [](const forecast_unit& a, const forecast_unit& b) { return a.expected_late > b.expected_late; });
  }

  const case_load* load_;
  const forecast_rules* rules_;
  forecast_history history_;
  ledger_forecast out_;
  std::map<std::string, forecast_unit> units_;
  std::map<std::string, std::size_t> replies_;

 public:
  /// First registration and last day of the ledger. \pre there is a case
  template <class = when_called>
  static std::pair<day, day> span_of(const case_load& load) {
    SIFANG_ASSERT(!load.cases.empty(), "a case");
    std::pair<day, day> out{load.cases.front().date, load.cases.front().date};
    for (const recorded_case& c : load.cases) {
      day at = c.date;
      if (c.acceptance) at = at + *c.acceptance;
      if (c.acceptance && c.handling) at = at + *c.handling;
      out = {(std::min)(out.first, c.date), (std::max)(out.second, at)};
    }
    return out;
  }
  void begin_with(day first, day last) noexcept {
    out_.first = first;
    out_.last = last;
  }
};

}  // namespace detail

/// Forecasts the open cases of a ledger as it stood at the close of a day. What it says of later days is not looked at: a case that
/// is accepted later waits for acceptance.
///
/// How long acceptance (from registration, L4) and reply (from acceptance, L10) take is the product-limit estimate over all cases
/// until then, those that were open censored on that day; of the unit and category of a case if `rules` has enough of it, else
/// of its unit, its category, or all. With S the probability of lasting longer, a case that is open since a days is late with
/// probability S(limit) / S(a).
///
/// One more handler at a unit of h is taken to shorten what remains of each of its cases to h/(h+1) of it: work is the bottleneck.
/// Where that asks for a longer time than was ever seen, the probability at the longest is taken, which is too high rather than
/// too low.
///
/// None is made (`state`) of a ledger without cases, on a day before its first registration, or more than `longest_after_ledger`
/// after the last day that it names.
/// \param load  in any order \complexity that of sorting the cases a few times
template <class = when_called>
[[nodiscard]] ledger_forecast forecast_ledger(const case_load& load, day on, const forecast_rules& rules = {}) {
  ledger_forecast none;
  none.on = on;
  none.state = forecast_state::before_ledger;
  if (load.cases.empty()) return none;
  std::tie(none.first, none.last) = detail::forecast_maker::span_of(load);
  if (on < none.first) return none;
  none.state = forecast_state::after_ledger;
  if (on > none.last + longest_after_ledger) return none;
  detail::forecast_maker maker(load, on, rules);
  maker.begin_with(none.first, none.last);
  return maker.make();
}

}  // namespace sifang

#endif
