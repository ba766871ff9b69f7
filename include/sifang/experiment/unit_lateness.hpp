// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_UNIT_LATENESS_HPP
#define SIFANG_EXPERIMENT_UNIT_LATENESS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/case_waits.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/petition/life_cycle.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// Why a unit missed its deadlines: what each of the cases waited for while the clock ran.

namespace sifang {

/// A deadline that was missed.
struct missed_deadline {
  std::uint32_t replication = 0;     ///< in which
  std::uint64_t matter = no_matter;  ///< `matter::entity`
  instant began;                     ///< when the clock began to run
  day due;                           ///< the last day, with its extension
  std::optional<instant> done;       ///< when it was done; empty if it never was
  wait_sums waits{};                 ///< minutes from `began` until it was done, or until the end, by reason
  wait_reason most{};                ///< for which it waited longest, of equal ones the first
};

/// The deadlines of one unit and clock that fell due in the counted period.
struct unit_lateness {
  std::size_t replications = 0;         ///< that were played
  double due = 0;                       ///< deadlines, in all replications
  double busy = 0;                      ///< mean share of the handlers' working time that had work; 0 without handlers
  std::vector<missed_deadline> missed;  ///< by replication, then in the order in which they fell due

  /// Missed deadlines by the reason for which they waited longest.
  template <class = when_called>
  [[nodiscard]] std::array<std::size_t, wait_reason_count> by_reason() const noexcept {
    std::array<std::size_t, wait_reason_count> out{};
    for (const missed_deadline& one : missed) ++out[static_cast<std::size_t>(one.most)];
    return out;
  }
  /// Sums of their waits.
  template <class = when_called>
  [[nodiscard]] wait_sums sums() const noexcept {
    wait_sums out{};
    for (const missed_deadline& one : missed) {
      for (std::size_t k = 0; k < wait_reason_count; ++k) out[k] = out[k] + one.waits[k];
    }
    return out;
  }
};

/// Clocks that a unit may miss: routing is the bureau's.
[[nodiscard]] constexpr bool is_clock_of_units(case_clock which) noexcept {
  return which == case_clock::route || which == case_clock::accept || which == case_clock::handle;
}

namespace detail {

/// A run of a clock of a case.
struct clock_stretch {
  instant began;
  std::optional<day> due;  ///< known when it is done or has run out
  std::optional<instant> done;
  bool of_unit = false;
};

/// The runs of a clock in the history of a case, in order. Those that ended otherwise (an objection, a withdrawal) are left out, as the
/// rates leave them out.
/// \param events  of the case, in order
template <class = when_called>
[[nodiscard]] inline std::vector<clock_stretch> stretches_of(const world& w, unit_id unit, case_clock which, const case_row& c,
                                                             std::span<const history_event> events) {
  std::vector<clock_stretch> out;
  std::optional<clock_stretch> open;
  unit_id at;  // that has the case
  for (const history_event& e : events) {
    if (e.what != history_kind::step) continue;
    if (e.where.valid()) at = e.where;
    const bool ran_out = e.event == case_event::expire;
    if (open && e.done && e.done->which == which && !ran_out) {
      open->due = e.done->due;
      open->done = e.at;
      out.push_back(*open);
      open.reset();
    }
    const bool goes_on = ran_out || e.event == case_event::investigate || e.event == case_event::extend;
    if (e.from != e.to && !goes_on) open.reset();  // it ended otherwise
    if (!e.begun || e.begun->which != which || e.event == case_event::extend) continue;
    open = clock_stretch{e.at, std::nullopt, std::nullopt, which == case_clock::route ? unit == w.bureau() : at == unit};
  }
  if (open && c.running && c.running->which == which) {
    open->due = c.running->due;
    out.push_back(*open);
  }
  return out;
}

}  // namespace detail

/// The deadlines of a unit in one replication.
/// \param cases,events  as the observers have them, of this replication
/// \pre `is_clock_of_units(which)`; asserted
/// \complexity linear in the events, and for each case of the unit in its own
template <class = when_called>
[[nodiscard]] inline unit_lateness lateness_of(const world& w, unit_id unit, case_clock which, std::span<const case_row> cases,
                                               std::span<const history_event> events, const work_log& work) {
  SIFANG_ASSERT(is_clock_of_units(which), "routing, acceptance or the reply");
  std::unordered_map<std::uint64_t, std::vector<history_event>> of_case;
  const bool of_bureau = which == case_clock::route;
  for (const history_event& e : events) {
    if (of_bureau || e.where == unit) of_case.try_emplace(e.matter);
  }
  of_case.erase(no_matter);
  for (const history_event& e : events) {
    if (const auto found = of_case.find(e.matter); found != of_case.end()) found->second.push_back(e);
  }
  std::unordered_map<std::uint64_t, std::vector<work_piece>> work_of;
  for (const work_piece& p : work.pieces()) {
    if (of_case.contains(p.matter)) work_of[p.matter].push_back(p);
  }
  unit_lateness out;
  out.replications = 1;
  const instant end(w.last() + calendar_days(1), minutes(0));
  for (const case_row& c : cases) {
    const auto found = of_case.find(c.matter);
    if (found == of_case.end()) continue;
    std::vector<case_wait> waits;
    for (const detail::clock_stretch& s : detail::stretches_of(w, unit, which, c, detail::span_of(found->second))) {
      if (!s.of_unit || !w.counts(*s.due)) continue;
      ++out.due;
      if ((s.done ? s.done->date() : w.last()) <= *s.due) continue;
      if (waits.empty()) waits = waits_of(c.arisen, w.last(), detail::span_of(found->second), detail::span_of(work_of[c.matter]));
      missed_deadline& m = out.missed.emplace_back(missed_deadline{c.replication, c.matter, s.began, *s.due, s.done, {}, {}});
      m.waits = sums_of(detail::span_of(waits_between(detail::span_of(waits), s.began, s.done.value_or(end))));
      m.most = static_cast<wait_reason>(
          std::max_element(m.waits.begin(), m.waits.end(), [](minutes a, minutes b) { return a.count < b.count; }) - m.waits.begin());
    }
  }
  std::stable_sort(out.missed.begin(), out.missed.end(),
                   [](const missed_deadline& a, const missed_deadline& b) { return a.due != b.due ? a.due < b.due : a.matter < b.matter; });
  for (std::size_t o = 0; o < w.offices().size(); ++o) {
    if (w.offices()[o].where == unit && w.offices()[o].handlers > 0) out.busy = work.busy(o);
  }
  return out;
}

/// The same over replications, those of each in their order. The same for any number of threads.
/// \param set       `policies{}.with(…)`, or one policy by itself
/// \param finished  called on this thread with the number of replications that are played
/// \pre `is_clock_of_units(which)`; asserted
template <class Set, std::invocable<std::size_t> Finished>
[[nodiscard]] unit_lateness lateness_of(const thread_team& team, const world& w, const Set& set, unit_id unit, case_clock which,
                                        std::size_t replications, Finished&& finished) {
  SIFANG_ASSERT(is_clock_of_units(which), "routing, acceptance or the reply");
  std::vector<std::optional<unit_lateness>> told(replications);
  const auto make_worker = [&] {
    return [&, player = replication<policies_of<Set>, case_ledger, event_log, work_log>(
                   w, as_policies(set), case_ledger{}, event_log{}, work_log{})](std::size_t i, std::vector<double>&) mutable {
      (void)player.run(static_cast<std::uint32_t>(i));
      told[i].emplace(lateness_of(w, unit, which, player.template observer<case_ledger>().cases(),
                                  player.template observer<event_log>().events(), player.template observer<work_log>()));
    };
  };
  unit_lateness out;
  const auto take = [&](std::size_t i, std::span<const double>) {
    out.due += told[i]->due;
    out.busy += told[i]->busy;
    out.missed.insert(out.missed.end(), told[i]->missed.begin(), told[i]->missed.end());
    told[i].reset();
    finished(i + 1);
  };
  out.replications = team.run(replications, make_worker, take);
  if (out.replications > 0) out.busy /= static_cast<double>(out.replications);
  return out;
}

}  // namespace sifang

#endif
