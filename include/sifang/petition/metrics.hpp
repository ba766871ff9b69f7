// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_METRICS_HPP
#define SIFANG_PETITION_METRICS_HPP

#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/case_history.hpp"
#include "sifang/petition/share.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

/// \file
/// The measures by which petition work is judged (DOMAIN 3), from histories, for a period.
///
/// Every measure is a count over a count: a share without its denominator says little. Histories are taken
/// as known up to their last step; a step that is not there has not happened. `scope` narrows a measure to
/// the records for which it is true: one unit's, one township's, one channel's.

namespace sifang {

namespace detail {
[[nodiscard]] constexpr bool is_reply(case_event e) noexcept { return e == case_event::reply || e == case_event::mediate; }

[[nodiscard]] constexpr bool is_close(case_state s) noexcept { return s == case_state::settled || s == case_state::procedurally_closed; }

template <class = when_called>
[[nodiscard]] inline bool repeated_within(const case_history& h, instant after, calendar_days horizon) {
  const auto within = [&](instant t) { return t > after && t.date() <= after.date() + horizon; };
  return std::any_of(h.repeats().begin(), h.repeats().end(), within) ||
         std::any_of(h.steps().begin(), h.steps().end(),
                     [&](const case_step& s) { return s.event == case_event::rebound && within(s.at); });
}

// First registrations only, and not what belongs elsewhere by law (2014 measures, Art. 4).
template <class = when_called>
[[nodiscard]] inline bool is_rateable(const case_history& h, metric_period p) {
  const auto opened = h.rating_opened();
  return is_initial(h.record()) && opened && p.covers(opened->date());
}

template <class = when_called>
[[nodiscard]] inline const rating* rating_of(const case_history& h, body whom) noexcept {
  for (const rating& r : h.ratings()) {
    if (r.whom == whom) return &r;
  }
  return nullptr;
}
}  // namespace detail

/// 及时受理率: matters whose acceptance step met its limit ÷ matters whose limit fell in the period.
///
/// The bureau's step is to transfer, assign, divert or refuse (L1); the authority's is to tell the petitioner
/// (L4). A unit whose objection was agreed to had nothing to accept and is left out.
template <class Scope = every_case>
[[nodiscard]] share timely_acceptance(std::span<const case_history> cases, metric_period p, body whom, Scope scope = {}) {
  return done_in_time(cases, p, whom == body::bureau ? case_clock::route : case_clock::accept, std::move(scope));
}

/// 按期答复率: replied by the due date, valid extension included ÷ matters with reply due in the period.
///
/// The cohort is that of the due date: of those that arrived in a period, the late ones are still unknown at
/// its end, and leaving them out flatters. For the bureau, give a scope of what it handles itself.
template <class Scope = every_case>
[[nodiscard]] share on_time_reply(std::span<const case_history> cases, metric_period p, Scope scope = {}) {
  return done_in_time(cases, p, case_clock::handle, std::move(scope));
}

/// 一次性化解率: initial petitions replied in the period without a repeat within the horizon ÷ initial petitions replied in it.
///
/// Replies younger than the horizon count as not repeated yet: for a final figure let the histories reach
/// a horizon beyond the period.
template <class Scope = every_case>
[[nodiscard]] share one_time_resolution(std::span<const case_history> cases, metric_period p, calendar_days horizon = calendar_days(180),
                                        Scope scope = {}) {
  share out;
  for (const case_history& h : cases) {
    if (!is_initial(h.record()) || !scope(h.record())) continue;
    const auto replied = h.rating_opened();
    if (replied && p.covers(replied->date())) out.count(!detail::repeated_within(h, *replied, horizon));
  }
  return out;
}

/// 化解率: settled now ÷ assigned in the period; a fixed cohort followed for as long as the histories reach.
template <class Scope = every_case>
[[nodiscard]] share resolution(std::span<const case_history> cases, metric_period assigned, Scope scope = {}) {
  share out;
  for (const case_history& h : cases) {
    if (!scope(h.record())) continue;
    const auto steps = h.steps();
    const auto first = std::find_if(steps.begin(), steps.end(), [](const case_step& s) { return s.to == case_state::routed; });
    if (first != steps.end() && assigned.covers(first->at.date())) out.count(h.record().state == case_state::settled);
  }
  return out;
}

/// 群众满意率: satisfied or basically satisfied ÷ rated, of the initial petitions whose rating opened in the period.
template <class Scope = every_case>
[[nodiscard]] share satisfaction(std::span<const case_history> cases, metric_period p, body whom, Scope scope = {}) {
  share out;
  for (const case_history& h : cases) {
    if (!scope(h.record()) || !detail::is_rateable(h, p)) continue;
    if (const rating* r = detail::rating_of(h, whom)) out.count(r->given != grade::unsatisfied);
  }
  return out;
}

/// 参评率: rated ÷ eligible to rate. Its numerator is the denominator of `satisfaction`; publish both.
template <class Scope = every_case>
[[nodiscard]] share participation(std::span<const case_history> cases, metric_period p, body whom, Scope scope = {}) {
  share out;
  for (const case_history& h : cases) {
    if (scope(h.record()) && detail::is_rateable(h, p)) out.count(detail::rating_of(h, whom) != nullptr);
  }
  return out;
}

/// 重复信访率: repeat registrations ÷ all registrations in the period.
///
/// Registrations are arrivals, those attached to an earlier case, and rebounds. A refused registration that
/// names the case it is attached to (`attached_to`) counts there, once, if that case noted the repeat.
template <class Scope = every_case>
[[nodiscard]] share repeat_rate(std::span<const case_history> cases, metric_period p, Scope scope = {}) {
  share out;
  for (const case_history& h : cases) {
    if (!scope(h.record())) continue;
    for (const case_step& s : h.steps()) {
      if (!p.covers(s.at.date())) continue;
      if (s.event == case_event::arrive && !h.record().attached_to) out.count(is_repeat(h.record()));
      if (s.event == case_event::rebound) out.count(true);
    }
    for (const instant t : h.repeats()) {
      if (p.covers(t.date())) out.count(true);
    }
  }
  return out;
}

/// 积案化解率: long-pending and settled at the end of the period ÷ long-pending on the list in it.
///
/// On the list is what was listed by the end of the period, less what had settled before it and kept the peace.
template <class Scope = every_case>
[[nodiscard]] share long_pending_resolution(std::span<const case_history> cases, metric_period p, Scope scope = {}) {
  share out;
  for (const case_history& h : cases) {
    if (!scope(h.record())) continue;
    const auto steps = h.steps();
    const auto listed = std::find_if(steps.begin(), steps.end(), [](const case_step& s) { return s.event == case_event::cutoff; });
    if (listed == steps.end() || listed->at.date() > p.last) continue;
    const bool settled_before = listed->at.date() < p.first && state_on(h, p.first - calendar_days(1)) == case_state::settled;
    const bool broke = std::any_of(steps.begin(), steps.end(),
                                   [&](const case_step& s) { return s.event == case_event::rebound && p.covers(s.at.date()); });
    if (settled_before && !broke) continue;
    out.count(state_on(h, p.last) == case_state::settled);
  }
  return out;
}

/// 反弹率: settlements of the period that broke within the horizon ÷ settlements of the period.
template <class Scope = every_case>
[[nodiscard]] share rebound_rate(std::span<const case_history> cases, metric_period p, calendar_days horizon = calendar_days(180),
                                 Scope scope = {}) {
  share out;
  for (const case_history& h : cases) {
    if (!scope(h.record())) continue;
    const auto steps = h.steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (steps[i].to != case_state::settled || !p.covers(steps[i].at.date())) continue;
      // A settled case has one way out, so the next step is the rebound if there is one.
      out.count(i + 1 < steps.size() && steps[i + 1].at.date() <= steps[i].at.date() + horizon);
    }
  }
  return out;
}

/// Closed in procedure while the grievance stays ÷ all closed in the period: exposes closure on paper.
///
/// A case counts once, by the last of its closings up to the end of the period, if that fell in it; one
/// that was reopened since is not closed. Matters diverted or not accepted were never handled and are left out.
template <class Scope = every_case>
[[nodiscard]] share procedural_only(std::span<const case_history> cases, metric_period p, Scope scope = {}) {
  share out;
  for (const case_history& h : cases) {
    if (!scope(h.record())) continue;
    const case_step* closing = nullptr;
    for (const case_step& s : h.steps()) {
      if (s.at.date() > p.last) break;
      if (detail::is_close(s.to)) closing = &s;
    }
    const case_state stands = state_on(h, p.last);
    const bool reopened = is_open(stands) && stands != case_state::return_visit_due;
    if (closing && !reopened && p.covers(closing->at.date())) out.count(closing->to == case_state::procedurally_closed);
  }
  return out;
}

}  // namespace sifang

#endif
