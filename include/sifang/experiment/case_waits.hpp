// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_CASE_WAITS_HPP
#define SIFANG_EXPERIMENT_CASE_WAITS_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/session_queue.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// What a case waited for and how long: every minute from the day on which the grievance arose to the end of the year that was played
/// belongs to one reason, so that the parts add up to the whole.

namespace sifang {

/// What a case waits for, or what happens to it meanwhile.
enum class wait_reason : std::uint8_t {
  decision,      ///< the petitioner has not decided whether, where or by which way to bring it
  session_day,   ///< the petitioner has set out: for the day and hour of the session
  queue,         ///< in the queue at the session
  interview,     ///< in the interview
  routing,       ///< the bureau has not routed it yet
  objection,     ///< the unit disputes it: from the routing to the objection, and to the routing after it (L5)
  acceptance,    ///< the unit has not told the petitioner yet that it accepts
  handler,       ///< for a handler of the unit with time for it: in the unit's line or among the handler's other work
  work,          ///< a handler works on it; nights and days of rest in between count
  others,        ///< for papers, the site, other departments
  answer,        ///< the petitioner has the answer, and decides what to think of it
  review,        ///< for the opinion of the review
  recheck,       ///< for the opinion of the recheck
  return_visit,  ///< for the return visit
  peace,         ///< nothing: the petitioner has settled
  closed,        ///< nothing any more from the system: closed without peace, diverted, withdrawn, answered on the spot
};
inline constexpr std::size_t wait_reason_count = 16;  ///< of reasons
template <>
inline constexpr std::string_view names_of<wait_reason>[] = {"decision",   "session_day",  "queue", "interview", "routing", "objection",
                                                             "acceptance", "handler",      "work",  "others",    "answer",  "review",
                                                             "recheck",    "return_visit", "peace", "closed"};
template <>
inline constexpr bilingual texts_of<wait_reason>[] = {{"petitioner decides where to turn", "信访人决定是否反映及去向"},
                                                      {"day of the session", "等候接访日"},
                                                      {"queue at the session", "接访现场排队"},
                                                      {"interview", "接谈"},
                                                      {"routing by the bureau", "信访部门转送交办"},
                                                      {"objection of the unit", "责任单位异议"},
                                                      {"acceptance by the unit", "责任单位告知受理"},
                                                      {"handler without time for it", "等候承办人员"},
                                                      {"handler's work", "承办人员办理"},
                                                      {"papers, site, other departments", "等候材料、现场、其他部门"},
                                                      {"petitioner weighs the answer", "信访人考虑答复"},
                                                      {"review", "复查"},
                                                      {"recheck", "复核"},
                                                      {"return visit", "等候回访"},
                                                      {"settled: waits for nothing", "已息诉息访，无所等候"},
                                                      {"closed: nothing to come", "已办结，不再办理"}};
static_assert(std::size(names_of<wait_reason>) == wait_reason_count && std::size(texts_of<wait_reason>) == wait_reason_count);

/// Whether somebody still owes something: not at peace, and not closed.
[[nodiscard]] constexpr bool is_waiting(wait_reason why) noexcept { return why != wait_reason::peace && why != wait_reason::closed; }

/// A part of the time of a case.
struct case_wait {
  wait_reason why{};  ///< what it waited for
  instant from,       ///< when it began
      to;             ///< when it was over; that minute is of the next part

  /// Minutes of the clock.
  [[nodiscard]] constexpr minutes length() const noexcept { return to - from; }
  friend constexpr bool operator==(const case_wait&, const case_wait&) noexcept = default;
};

/// Minutes by reason, in the order of `wait_reason`.
using wait_sums = std::array<minutes, wait_reason_count>;

/// Sums of parts by reason. \complexity linear
template <class = when_called>
[[nodiscard]] inline wait_sums sums_of(std::span<const case_wait> waits) noexcept {
  wait_sums out{};
  for (const case_wait& one : waits) {
    minutes& sum = out[static_cast<std::size_t>(one.why)];
    sum = sum + one.length();
  }
  return out;
}

/// The parts that lie between two instants, cut at both.
template <class = when_called>
[[nodiscard]] inline std::vector<case_wait> waits_between(std::span<const case_wait> waits, instant from, instant to) {
  std::vector<case_wait> out;
  for (const case_wait& one : waits) {
    const case_wait part{one.why, (std::max)(one.from, from), (std::min)(one.to, to)};
    if (part.from < part.to) out.push_back(part);
  }
  return out;
}

/// A piece of a handler's work on a matter, or the interview of a visit.
struct work_piece {
  std::uint64_t matter = no_matter;  ///< `matter::entity`
  instant told,                      ///< when it came to the handler; of an interview when it ended
      begins,                        ///< when it was begun
      ends;                          ///< when it was done
  bool interview = false;            ///< an interview
};

/// An observer that keeps what the event log does not tell of a case: when handlers worked on it, and how long interviews were; and how
/// much the handlers of each unit had to do in the counted period.
class work_log {
 public:
  /// What it is told.
  static constexpr auto hooks = sifang::hooks<hook::started, hook::step, hook::work, hook::item_work, hook::visit, hook::heard>;

  /// The pieces in the order in which they were told. Complete when the replication is over.
  [[nodiscard]] const std::vector<work_piece>& pieces() const noexcept { return pieces_; }
  /// Share of the working time of an office's handlers in the counted period that had work; above 1 is not possible.
  /// \param office  position among `world::offices` \pre the office has a handler; asserted
  template <class = when_called>
  [[nodiscard]] double busy(std::size_t office) const {
    SIFANG_ASSERT(world_ != nullptr && office < worked_.size() && world_->offices()[office].handlers > 0, "an office with handlers");
    const double all = world_->handler_time().between(world_->start(), world_->end()) * world_->offices()[office].handlers;
    return all > 0 ? worked_[office] / all : 0;
  }

  /// The hooks, as `observer_list` tells them. @{
  template <class = when_called>
  void started(const world& w, std::uint32_t) {
    world_ = &w;
    pieces_.clear();
    interviews_.clear();
    worked_.assign(w.offices().size(), 0.0);
    from_ = w.handler_time().at(instant(w.start(), minutes(0)));
    to_ = w.handler_time().at(instant(w.end() + calendar_days(1), minutes(0)));
  }
  template <class = when_called>
  void work(instant at, const matter& m, const told_work& part) {
    add_work(m.office, part);
    const work_time& axis = world_->handler_time();
    pieces_.push_back({m.entity, at, (std::max)(axis.date_of(part.begins), at), axis.date_of(part.begins + part.length), false});
  }
  template <class = when_called>
  void item_work(day, std::uint32_t unit, const told_work& part) {
    add_work(unit, part);
  }
  /// What an application for an extension takes, told just before the step, is not what the case waits for.
  template <class = when_called>
  void step(instant at, const matter& m, case_event event, case_state, case_state) {
    if (event != case_event::extend) return;
    while (!pieces_.empty() && pieces_.back().matter == m.entity && pieces_.back().told == at) pieces_.pop_back();
  }
  template <class = when_called>
  void visit(const reception_series&, day, const matter& m, const visit_outcome* v, official_id) {
    if (v != nullptr && v->end == visit_end::heard) interviews_[m.entity] = v->interview;
  }
  template <class = when_called>
  void heard(instant at, const matter& m) {
    const auto found = interviews_.find(m.entity);
    if (found == interviews_.end()) return;
    pieces_.push_back({m.entity, at, at - minutes(static_cast<std::int32_t>(std::lround(found->second))), at, true});
  }
  /// @}

 private:
  template <class = when_called>
  void add_work(std::uint32_t office, const told_work& part) {
    worked_[office] += (std::max)((std::min)(part.begins + part.length, to_) - (std::max)(part.begins, from_), 0.0);
  }

  const world* world_ = nullptr;
  std::vector<work_piece> pieces_;
  std::unordered_map<std::uint64_t, double> interviews_;  ///< minutes of the last of each matter
  std::vector<double> worked_;                            ///< by office: minutes in the counted period
  double from_ = 0, to_ = 0;                              ///< the counted period on the handlers' axis
};

namespace detail {

/// Goes through the life of a case, and says for each part of it what was waited for.
class wait_teller {
 public:
  wait_teller(instant begin, instant end) noexcept : now_(begin), end_(end) {}

  template <class = when_called>
  [[nodiscard]] std::vector<case_wait> tell(std::span<const history_event> events, std::span<const work_piece> pieces) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
      const history_event& e = events[i];
      while (next < pieces.size() && pieces[next].told < e.at) take(pieces[next++]);
      // Of the same minute an interview comes before what was decided in it.
      if (next < pieces.size() && pieces[next].interview && pieces[next].told == e.at && e.what == history_kind::heard)
        interview_ = pieces[next].ends - pieces[next].begins;
      take(e, events.subspan(i + 1));
    }
    while (next < pieces.size()) take(pieces[next++]);
    catch_up(end_);
    turn(end_, now_is_);
    return std::move(out_);
  }

 private:
  struct turn_to_come {
    instant at;
    wait_reason why;
  };
  [[nodiscard]] bool at_unit() const noexcept {
    return state_ == case_state::routed || state_ == case_state::accepted || state_ == case_state::handling;
  }
  /// From then on it waits for something else. What would lie in the past happens now.
  template <class = when_called>
  void turn(instant at, wait_reason why) {
    at = (std::min)((std::max)(at, now_), end_);
    if (now_ < at) {
      if (!out_.empty() && out_.back().why == now_is_)
        out_.back().to = at;
      else
        out_.push_back({now_is_, now_, at});
    }
    now_ = at;
    now_is_ = why;
  }
  template <class = when_called>
  void catch_up(instant at) {
    std::size_t done = 0;
    for (; done < to_come_.size() && to_come_[done].at <= at; ++done) turn(to_come_[done].at, to_come_[done].why);
    to_come_.erase(to_come_.begin(), to_come_.begin() + static_cast<std::ptrdiff_t>(done));
  }
  template <class = when_called>
  void take(const work_piece& p) {
    if (p.interview || !at_unit()) return;
    catch_up(p.told);
    if (!to_come_.empty() && p.told == told_) {
      to_come_.back().why = wait_reason::handler;  // a campaign has come between
    } else {
      to_come_.clear();
      turn(p.told, wait_reason::handler);
    }
    told_ = p.told;
    to_come_.push_back({p.begins, wait_reason::work});
    to_come_.push_back({p.ends, state_ == case_state::routed ? wait_reason::acceptance : wait_reason::others});
    catch_up(p.told);
  }
  template <class = when_called>
  void take(const history_event& e, std::span<const history_event> rest) {
    catch_up(e.at);
    const bool unknown = state_ == case_state::none || state_ == case_state::answered_on_spot;  // no file: the visits are what it waits for
    const minutes waited(static_cast<std::int32_t>(std::lround(e.minutes.value_or(0))));
    switch (e.what) {
      case history_kind::sets_out:
        if (unknown) turn(e.at, wait_reason::session_day);
        return;
      case history_kind::heard:
        if (!unknown) return;
        turn(e.at - interview_ - waited, wait_reason::queue);
        turn(e.at - interview_, wait_reason::interview);
        turn(e.at, wait_reason::decision);
        return;
      case history_kind::left:
      case history_kind::not_heard:
      case history_kind::turned_away:
        if (!unknown) return;
        turn(e.at - waited, wait_reason::queue);
        turn(e.at, wait_reason::decision);
        return;
      case history_kind::objection_refused:
        if (state_ == case_state::routed) turn(e.at, wait_reason::acceptance);
        return;
      case history_kind::step:
        if (e.from != e.to || unknown) step(e, rest);
        return;
      default:
        return;
    }
  }
  template <class = when_called>
  void step(const history_event& e, std::span<const history_event> rest) {
    state_ = e.to;
    if (e.event != case_event::investigate) to_come_.clear();
    turn(e.at, reason_of(e, rest));
  }
  /// Whether the unit objects before it does anything else.
  template <class = when_called>
  [[nodiscard]] static bool is_disputed(std::span<const history_event> rest) noexcept {
    for (const history_event& e : rest) {
      if (e.what == history_kind::objection_refused) return true;
      if (e.what == history_kind::step && e.from != e.to) return e.event == case_event::object;
    }
    return false;
  }
  template <class = when_called>
  [[nodiscard]] static wait_reason reason_of(const history_event& e, std::span<const history_event> rest) noexcept {
    switch (e.to) {
      case case_state::none:
        return wait_reason::decision;
      case case_state::registered:
        return e.event == case_event::object ? wait_reason::objection : wait_reason::routing;
      case case_state::routed:
        return is_disputed(rest) ? wait_reason::objection : wait_reason::acceptance;
      case case_state::accepted:
        return wait_reason::handler;
      case case_state::handling:  // begun by whoever has taken it up, or in line for another round
        return e.event == case_event::investigate ? wait_reason::others : wait_reason::handler;
      case case_state::replied:
      case case_state::reviewed:
        return wait_reason::answer;
      case case_state::under_review:
        return wait_reason::review;
      case case_state::under_recheck:
        return wait_reason::recheck;
      case case_state::return_visit_due:
        return wait_reason::return_visit;
      case case_state::settled:
        return wait_reason::peace;
      default:
        return wait_reason::closed;
    }
  }

  std::vector<case_wait> out_;
  std::vector<turn_to_come> to_come_;  ///< by work that is told beforehand
  case_state state_ = case_state::none;
  wait_reason now_is_ = wait_reason::decision;
  instant now_, end_, told_;
  minutes interview_{0};
};

}  // namespace detail

/// What a case waited for from the day on which its grievance arose (or, if that is later, from its first event) to the end of the last
/// day, part by part, without a gap. Parts of the same reason that follow one another are one. Of a case that is known to the system
/// it is the file that waits: visits that its petitioner makes meanwhile are in its events, not here.
/// \param last    last day that was played
/// \param events  of this case, in order of time
/// \param pieces  of this case, in the order in which they were told
/// \complexity linear, but for looking ahead to an objection
template <class = when_called>
[[nodiscard]] inline std::vector<case_wait> waits_of(day arisen, day last, std::span<const history_event> events,
                                                     std::span<const work_piece> pieces) {
  day first = arisen;
  if (!events.empty() && events.front().at.date() < first) first = events.front().at.date();
  const instant begin(first, minutes(0)), end(last + calendar_days(1), minutes(0));
  return detail::wait_teller(begin, end).tell(events, pieces);
}

}  // namespace sifang

#endif
