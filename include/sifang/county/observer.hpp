// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_OBSERVER_HPP
#define SIFANG_COUNTY_OBSERVER_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/reception/appointments.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/return_visits.hpp"
#include "sifang/reception/session_queue.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

/// \file
/// What a year tells of itself while it is played, and to whom.

namespace sifang {

/// What an observer can ask to be told; the member that is called has the same name.
enum class hook : std::uint8_t {
  started,
  new_day,
  step,
  registration,
  owned,
  taken_over,
  post,
  load,
  clerk,
  sent,
  duty,
  work,
  objection,
  opinion,
  rating,
  recheck_hearing,
  skips_level,
  refused,
  sets_out,
  seated,
  unvisited,
  visit,
  session,
  heard,
  clash,
  listed,
  appointed,
  meeting,
  campaign,
  item_found,
  item_work,
  item_done,
  item_struck_off,
  found,
  struck_off,
  return_visit,
  put_off,
  worked,
  seen,
  week,
  finished,
};

/// A set of hooks, as a type.
template <hook... Wanted>
struct hook_set {
  /// Whether a hook is in it.
  [[nodiscard]] static constexpr bool has(hook h) noexcept { return ((h == Wanted) || ...); }
};
/// The hooks that an observer declares: `static constexpr auto hooks = sifang::hooks<hook::step, hook::session>;`
template <hook... Wanted>
inline constexpr hook_set<Wanted...> hooks{};

/// Work that somebody gets, on the axis of their working time (`work_time`): where it begins, and how many minutes it takes.
struct told_work {
  double begins = 0,  ///< minutes of working time since the first simulated day
      length = 0;     ///< minutes
};
/// What a petitioner says of both bodies, if anything (L20).
struct told_rating {
  bool given = false,     ///< whether the petitioner rates at all
      authority = false,  ///< satisfied with the responsible authority
      bureau = false;     ///< satisfied with the petition bureau
};

/// Who made a return visit beside the owner (R29), invalid for nobody; what they found and gave (R30).
struct told_return_visit {
  official_id place_head,                  ///< of the unit of the place
      matter_head;                         ///< of the unit of the matter
  bool complete = false;                   ///< whether all whom R29 asks for were there
  std::optional<unsettled_reason> reason;  ///< why the petitioner has not settled, or came again, if it was found
  bool helped = false;                     ///< help in hardship was given, of `return_visits.help_cost`
};

/// What an official's duties of a day took: sessions with their overtime, irregular visits, appointments, return visits.
struct told_hours {
  int attendance = 0,   ///< minutes there
      preparation = 0,  ///< minutes before, `county.preparation` each
      travel = 0;       ///< minutes on the road, from place to place
  double km = 0;        ///< of that road
};

namespace detail {

/// Whether an observer has a hook's member with the right arguments. References to what is observed are const.
// clang-format off: a table
template <hook H, class Observer>
[[nodiscard]] consteval bool has_hook() {  // NOLINT(readability-function-size): a table
  using enum hook;
  if constexpr (H == started) return requires(Observer & o, const world& w, std::uint32_t n) {
      o.started(w, n);
    };
  else if constexpr (H == new_day)
    return requires(Observer & o, day d) { o.new_day(d); };
  else if constexpr (H == step)
    return requires(Observer & o, instant at, const matter& m, case_event e, case_state s) { o.step(at, m, e, s, s); };
  else if constexpr (H == registration)
    return requires(Observer & o, instant at, const matter& m, bool again) { o.registration(at, m, again); };
  else if constexpr (H == owned)
    return requires(Observer & o, instant at, const matter& m, official_id who) { o.owned(at, m, who); };
  else if constexpr (H == taken_over)
    return requires(Observer & o, day d, const matter& m) { o.taken_over(d, m); };
  else if constexpr (H == post)
    return requires(Observer & o, day d, official_id who, bool vacant) { o.post(d, who, vacant); };
  else if constexpr (H == load)
    return requires(Observer & o, day d, official_id who, std::int32_t n) { o.load(d, who, n); };
  else if constexpr (H == clerk)
    return requires(Observer & o, instant at, const told_work& t) { o.clerk(at, t); };
  else if constexpr (H == sent)
    return requires(Observer & o, instant at, const matter& m) { o.sent(at, m); };
  else if constexpr (H == duty)
    return requires(Observer & o, instant at, const matter& m, case_clock c, day d) { o.duty(at, m, c, d, d); };
  else if constexpr (H == work)
    return requires(Observer & o, instant at, const matter& m, const told_work& t) { o.work(at, m, t); };
  else if constexpr (H == objection)
    return requires(Observer & o, instant at, const matter& m, bool agreed) { o.objection(at, m, agreed); };
  else if constexpr (H == opinion)
    return requires(Observer & o, instant at, const matter& m, verdict v) { o.opinion(at, m, v); };
  else if constexpr (H == rating)
    return requires(Observer & o, instant at, const matter& m, const told_rating& r) { o.rating(at, m, r); };
  else if constexpr (H == recheck_hearing)
    return requires(Observer & o, instant at, const matter& m, double days) { o.recheck_hearing(at, m, days); };
  else if constexpr (H == skips_level)
    return requires(Observer & o, instant at, const matter& m) { o.skips_level(at, m); };
  else if constexpr (H == refused)
    return requires(Observer & o, instant at, const matter& m, refusal_ground g) { o.refused(at, m, g); };
  else if constexpr (H == sets_out)
    return requires(Observer & o, day d, const matter& m) { o.sets_out(d, m); };
  else if constexpr (H == seated)
    return requires(Observer & o, const reception_series& s, day d, std::span<const official_id> p, std::size_t n) {
      o.seated(s, d, p, n);
    };
  else if constexpr (H == unvisited)
    return requires(Observer & o, const reception_series& s, day d, std::span<const official_id> p, std::size_t n) {
      o.unvisited(s, d, p, n);
    };
  else if constexpr (H == visit)
    return requires(Observer & o, const reception_series& s, day d, const matter& m, const visit_outcome* v, official_id who) {
      o.visit(s, d, m, v, who);
    };
  else if constexpr (H == session)
    return requires(Observer & o, const reception_series& s, day d, std::span<const official_id> p, const session_totals& t) {
      o.session(s, d, p, t);
    };
  else if constexpr (H == heard)
    return requires(Observer & o, instant at, const matter& m) { o.heard(at, m); };
  else if constexpr (H == clash)
    return requires(Observer & o, day d, std::uint32_t n) { o.clash(d, n); };
  else if constexpr (H == listed)
    return requires(Observer & o, day d, const matter& m) { o.listed(d, m); };
  else if constexpr (H == appointed)
    return requires(Observer & o, day d, const matter& m, official_id who, instant when) { o.appointed(d, m, who, when); };
  else if constexpr (H == meeting)
    return requires(Observer & o, instant at, const matter& m, std::span<const official_id> p, meeting_kind k, const meeting_setting& how) {
      o.meeting(at, m, p, k, how);
    };
  else if constexpr (H == campaign)
    return requires(Observer & o, day d, const campaign_day& c) { o.campaign(d, c); };
  else if constexpr (H == item_found)
    return requires(Observer & o, day d, const sentiment_item& i, std::size_t n) { o.item_found(d, i, n); };
  else if constexpr (H == item_work)
    return requires(Observer & o, day d, std::uint32_t unit, const told_work& t) { o.item_work(d, unit, t); };
  else if constexpr (H == item_done)
    return requires(Observer & o, day d, const sentiment_item& i) { o.item_done(d, i); };
  else if constexpr (H == item_struck_off)
    return requires(Observer & o, day d, const sentiment_item& i, bool done) { o.item_struck_off(d, i, done); };
  else if constexpr (H == found)
    return requires(Observer & o, instant at, const matter& m, std::size_t n) { o.found(at, m, n); };
  else if constexpr (H == struck_off)
    return requires(Observer & o, day d, const matter& m, bool settled) { o.struck_off(d, m, settled); };
  else if constexpr (H == return_visit)
    return requires(Observer & o, instant at, const matter& m, const told_return_visit& v) { o.return_visit(at, m, v); };
  else if constexpr (H == put_off)
    return requires(Observer & o, day d, const matter* m, field_duty f, bool b) { o.put_off(d, m, f, b); };
  else if constexpr (H == worked)
    return requires(Observer & o, day d, official_id who, const told_hours& h) { o.worked(d, who, h); };
  else if constexpr (H == seen)
    return requires(Observer & o, day d, const matter& m) { o.seen(d, m); };
  else if constexpr (H == week)
    return requires(Observer & o, day d, std::span<const std::int32_t> waiting) { o.week(d, waiting); };
  else
    return requires(Observer & o, day d, std::span<const matter> all) { o.finished(d, all); };
}
// clang-format on

template <class Observer>
concept declares_hooks = requires {
  Observer::hooks.has(hook::step);
};

template <class Observer, hook H>
[[nodiscard]] consteval bool listens() {
  if constexpr (declares_hooks<Observer>)
    return Observer::hooks.has(H);
  else
    return false;
}
/// What is declared is there, and what is there is declared.
template <class Observer, hook H>
inline constexpr bool right_hook = listens<Observer, H>() == has_hook<H, Observer>();

/// Ends the compilation with the right signature if an observer declares a hook that it does not have so, or has one that
/// it does not declare.
template <class Observer>
struct checked_observer {
  static_assert(declares_hooks<Observer>,
                "an observer says what it wants to be told: static constexpr auto hooks = sifang::hooks<sifang::hook::step>;");
/// \cond
#define SIFANG_DETAIL_HOOK(name, arguments)       \
  static_assert(right_hook<Observer, hook::name>, \
                "an observer that declares hook::" #name " has, and one that does not has not: void " #name arguments)
  SIFANG_DETAIL_HOOK(started, "(const world&, std::uint32_t replication)");
  SIFANG_DETAIL_HOOK(new_day, "(day)");
  SIFANG_DETAIL_HOOK(step, "(instant, const matter&, case_event, case_state from, case_state to)");
  SIFANG_DETAIL_HOOK(registration, "(instant, const matter&, bool again)");
  SIFANG_DETAIL_HOOK(owned, "(instant, const matter&, official_id receiver)");
  SIFANG_DETAIL_HOOK(taken_over, "(day, const matter&)");
  SIFANG_DETAIL_HOOK(post, "(day, official_id, bool vacant)");
  SIFANG_DETAIL_HOOK(load, "(day, official_id owner, std::int32_t open_cases)");
  SIFANG_DETAIL_HOOK(clerk, "(instant, const told_work&)");
  SIFANG_DETAIL_HOOK(sent, "(instant, const matter&)");
  SIFANG_DETAIL_HOOK(duty, "(instant, const matter&, case_clock, day began, day due)");
  SIFANG_DETAIL_HOOK(work, "(instant, const matter&, const told_work&)");
  SIFANG_DETAIL_HOOK(objection, "(instant, const matter&, bool agreed)");
  SIFANG_DETAIL_HOOK(opinion, "(instant, const matter&, verdict)");
  SIFANG_DETAIL_HOOK(rating, "(instant, const matter&, const told_rating&)");
  SIFANG_DETAIL_HOOK(recheck_hearing, "(instant, const matter&, double days)");
  SIFANG_DETAIL_HOOK(skips_level, "(instant, const matter&)");
  SIFANG_DETAIL_HOOK(refused, "(instant, const matter&, refusal_ground)");
  SIFANG_DETAIL_HOOK(sets_out, "(day, const matter&)");
  SIFANG_DETAIL_HOOK(seated, "(const reception_series&, day, std::span<const official_id> people, std::size_t seats)");
  SIFANG_DETAIL_HOOK(unvisited, "(const reception_series&, day, std::span<const official_id> people, std::size_t seats)");
  SIFANG_DETAIL_HOOK(visit, "(const reception_series&, day, const matter&, const visit_outcome*, official_id receiver)");
  SIFANG_DETAIL_HOOK(session, "(const reception_series&, day, std::span<const official_id> people, const session_totals&)");
  SIFANG_DETAIL_HOOK(heard, "(instant, const matter&)");
  SIFANG_DETAIL_HOOK(clash, "(day, std::uint32_t leaders)");
  SIFANG_DETAIL_HOOK(listed, "(day, const matter&)");
  SIFANG_DETAIL_HOOK(appointed, "(day, const matter&, official_id leader, instant when)");
  SIFANG_DETAIL_HOOK(meeting, "(instant, const matter&, std::span<const official_id> people, meeting_kind, const meeting_setting&)");
  SIFANG_DETAIL_HOOK(campaign, "(day, const campaign_day&)");
  SIFANG_DETAIL_HOOK(item_found, "(day, const sentiment_item&, std::size_t faults)");
  SIFANG_DETAIL_HOOK(item_work, "(day, std::uint32_t unit, const told_work&)");
  SIFANG_DETAIL_HOOK(item_done, "(day, const sentiment_item&)");
  SIFANG_DETAIL_HOOK(item_struck_off, "(day, const sentiment_item&, bool done)");
  SIFANG_DETAIL_HOOK(found, "(instant, const matter&, std::size_t faults)");
  SIFANG_DETAIL_HOOK(struck_off, "(day, const matter&, bool settled)");
  SIFANG_DETAIL_HOOK(return_visit, "(instant, const matter&, const told_return_visit&)");
  SIFANG_DETAIL_HOOK(put_off, "(day, const matter*, field_duty, bool for_good)");
  SIFANG_DETAIL_HOOK(worked, "(day, official_id, const told_hours&)");
  SIFANG_DETAIL_HOOK(seen, "(day, const matter&)");
  SIFANG_DETAIL_HOOK(week, "(day, std::span<const std::int32_t> waiting_by_venue)");
  SIFANG_DETAIL_HOOK(finished, "(day, std::span<const matter>)");
#undef SIFANG_DETAIL_HOOK
  /// \endcond
};

}  // namespace detail

/// Several observers as one. Each is told what it declares, in the order of the list; nothing else is even asked for.
///
/// An observer is a struct with `static constexpr auto hooks` and a member function for each hook that it declares. It
/// sees what is observed through references to const, so that it cannot change a year.
template <class... Observers>
class observer_list {
 public:
  observer_list() = default;
  /// \param all  in the order in which they are told
  explicit observer_list(Observers... all) : all_(std::move(all)...) {}

  /// One of them, by position or type. @{
  template <std::size_t I>
  [[nodiscard]] auto& get() noexcept {
    return std::get<I>(all_);
  }
  template <std::size_t I>
  [[nodiscard]] const auto& get() const noexcept {
    return std::get<I>(all_);
  }
  template <class Observer>
  [[nodiscard]] Observer& get() noexcept {
    return std::get<Observer>(all_);
  }
  /// @}

  /// Whether anybody is told of it; what nobody is told need not be found out.
  template <hook H>
  static constexpr bool asked = (detail::listens<Observers, H>() || ...);

  // clang-format off: a table
  /// A replication begins.
  void started(const world& w, std::uint32_t number) {
    each<hook::started>([&](auto& o) { o.started(w, number); });
  }
  /// A day begins.
  void new_day(day d) {
    each<hook::new_day>([&](auto& o) { o.new_day(d); });
  }
  /// A row of the life cycle was taken.
  void step(instant at, const matter& m, case_event e, case_state from, case_state to) {
    each<hook::step>([&](auto& o) { o.step(at, m, e, from, to); });
  }
  /// A matter was registered; if again, before anything comes of it.
  void registration(instant at, const matter& m, bool again) {
    each<hook::registration>([&](auto& o) { o.registration(at, m, again); });
  }
  /// It was asked who owns a case (R12): `m.owner` says what came of it, and may be nobody.
  void owned(instant at, const matter& m, official_id receiver) {
    each<hook::owned>([&](auto& o) { o.owned(at, m, receiver); });
  }
  /// The post that owns an open case, `m.owner`, has changed hands: the successor has it from this day on (R13).
  void taken_over(day d, const matter& m) {
    each<hook::taken_over>([&](auto& o) { o.taken_over(d, m); });
  }
  /// Nobody is in a post from this day on, or the successor; where a post is not vacant in between, the successor alone is told.
  void post(day d, official_id who, bool vacant) {
    each<hook::post>([&](auto& o) { o.post(d, who, vacant); });
  }
  /// An official, or nobody, owns so many open cases now.
  void load(day d, official_id owner, std::int32_t open) {
    each<hook::load>([&](auto& o) { o.load(d, owner, open); });
  }
  /// A clerk of the bureau gets so much work.
  void clerk(instant at, const told_work& w) {
    each<hook::clerk>([&](auto& o) { o.clerk(at, w); });
  }
  /// The matter reaches a unit, `m.office`.
  void sent(instant at, const matter& m) {
    each<hook::sent>([&](auto& o) { o.sent(at, m); });
  }
  /// A duty with a legal clock is done, in time or not.
  void duty(instant at, const matter& m, case_clock which, day began, day due) {
    each<hook::duty>([&](auto& o) { o.duty(at, m, which, began, due); });
  }
  /// A handler takes up a piece of work.
  void work(instant at, const matter& m, const told_work& w) {
    each<hook::work>([&](auto& o) { o.work(at, m, w); });
  }
  /// A unit says that it is not competent (L5): if the bureau agrees, row 5 has been taken; if not, the unit must accept.
  void objection(instant at, const matter& m, bool agreed) {
    each<hook::objection>([&](auto& o) { o.objection(at, m, agreed); });
  }
  /// What the written opinion says that is delivered now (L12); row 11 is told next.
  void opinion(instant at, const matter& m, verdict says) {
    each<hook::opinion>([&](auto& o) { o.opinion(at, m, says); });
  }
  /// The petitioner is asked to rate both authorities (L20). Each is rated once: what is said after a further round of handling
  /// (`m.rounds`) is counted nowhere.
  void rating(instant at, const matter& m, const told_rating& r) {
    each<hook::rating>([&](auto& o) { o.rating(at, m, r); });
  }
  /// A recheck that was just asked for has a hearing (听证) of so many days, which are not counted (L16).
  void recheck_hearing(instant at, const matter& m, double days) {
    each<hook::recheck_hearing>([&](auto& o) { o.recheck_hearing(at, m, days); });
  }
  /// The next registration comes from over the county's head (L8).
  void skips_level(instant at, const matter& m) {
    each<hook::skips_level>([&](auto& o) { o.skips_level(at, m); });
  }
  /// A later petition is not accepted on its own, but attached to the case there is (row 3; L7, L17, L18).
  void refused(instant at, const matter& m, refusal_ground why) {
    each<hook::refused>([&](auto& o) { o.refused(at, m, why); });
  }
  /// The petitioner is on the way to a session.
  void sets_out(day d, const matter& m) {
    each<hook::sets_out>([&](auto& o) { o.sets_out(d, m); });
  }
  /// Who really sits, of so many seats; not told of the window.
  void seated(const reception_series& s, day d, std::span<const official_id> people, std::size_t seats) {
    each<hook::seated>([&](auto& o) { o.seated(s, d, people, seats); });
  }
  /// A session below the county's leaders to which nobody came, and who sat there, of so many seats; those of county leaders are
  /// told as `seated` whether anybody comes or not, and the window is told when it has visitors.
  void unvisited(const reception_series& s, day d, std::span<const official_id> people, std::size_t seats) {
    each<hook::unvisited>([&](auto& o) { o.unvisited(s, d, people, seats); });
  }
  /// One visit: how it ended, null if turned away; who heard it, nobody at the window.
  void visit(const reception_series& s, day d, const matter& m, const visit_outcome* v, official_id receiver) {
    each<hook::visit>([&](auto& o) { o.visit(s, d, m, v, receiver); });
  }
  /// A session with visitors, before they are told one by one.
  void session(const reception_series& s, day d, std::span<const official_id> people, const session_totals& t) {
    each<hook::session>([&](auto& o) { o.session(s, d, people, t); });
  }
  /// An interview is over: `m.visit_receiver` (nobody at the window) has heard it at `m.visit_venue`, decided on `m.visit_decided`; before
  /// anything comes of it. How long the queue was, `visit` has told when the session began.
  void heard(instant at, const matter& m) {
    each<hook::heard>([&](auto& o) { o.heard(at, m); });
  }
  /// So many leaders are missed at their linked townships, as they sit elsewhere (R5).
  void clash(day d, std::uint32_t leaders) {
    each<hook::clash>([&](auto& o) { o.clash(d, leaders); });
  }
  /// The case comes onto the issue list (R17).
  void listed(day d, const matter& m) {
    each<hook::listed>([&](auto& o) { o.listed(d, m); });
  }
  /// A listed case becomes an appointment of a leader (R18), who will come then, if the case is open still.
  void appointed(day d, const matter& m, official_id leader, instant when) {
    each<hook::appointed>([&](auto& o) { o.appointed(d, m, leader, when); });
  }
  /// An appointment visit (R20): the leader, then who else is there, at the township's seat or, on site, in the village.
  void meeting(instant at, const matter& m, std::span<const official_id> people, meeting_kind kind, const meeting_setting& how) {
    each<hook::meeting>([&](auto& o) { o.meeting(at, m, people, kind, how); });
  }
  /// A day of the household campaign, and what it did.
  void campaign(day d, const campaign_day& c) {
    each<hook::campaign>([&](auto& o) { o.campaign(d, c); });
  }
  /// An item of public sentiment that needs handling comes onto the wall chart; so many things are missing of it (R25).
  void item_found(day d, const sentiment_item& i, std::size_t faults) {
    each<hook::item_found>([&](auto& o) { o.item_found(d, i, faults); });
  }
  /// A handler of a unit (`world::offices`) gets work on such an item.
  void item_work(day d, std::uint32_t unit, const told_work& w) {
    each<hook::item_work>([&](auto& o) { o.item_work(d, unit, w); });
  }
  /// What such an item asked for is done; it was not given up before.
  void item_done(day d, const sentiment_item& i) {
    each<hook::item_done>([&](auto& o) { o.item_done(d, i); });
  }
  /// Such an item leaves the wall chart, done or not (R26).
  void item_struck_off(day d, const sentiment_item& i, bool done) {
    each<hook::item_struck_off>([&](auto& o) { o.item_struck_off(d, i, done); });
  }
  /// The campaign finds a silent grievance of petition grade; so many things are missing of its item on the wall chart (R25).
  void found(instant at, const matter& m, std::size_t faults) {
    each<hook::found>([&](auto& o) { o.found(at, m, faults); });
  }
  /// An item leaves the wall chart, settled or not (R26).
  void struck_off(day d, const matter& m, bool settled) {
    each<hook::struck_off>([&](auto& o) { o.struck_off(d, m, settled); });
  }
  /// A return visit (R27-R30), what was found and given, before it is known what comes of it.
  void return_visit(instant at, const matter& m, const told_return_visit& v) {
    each<hook::return_visit>([&](auto& o) { o.return_visit(at, m, v); });
  }
  /// Somebody who is needed is away or elsewhere: a duty is put off to the next workday, or given up. No matter stands behind an
  /// irregular visit.
  void put_off(day d, const matter* m, field_duty which, bool for_good) {
    each<hook::put_off>([&](auto& o) { o.put_off(d, m, which, for_good); });
  }
  /// A day is over: what its duties took of an official who had any. Clerks and handlers are told by their `work`.
  void worked(day d, official_id who, const told_hours& h) {
    each<hook::worked>([&](auto& o) { o.worked(d, who, h); });
  }
  /// An open case at the weekly look.
  void seen(day d, const matter& m) {
    each<hook::seen>([&](auto& o) { o.seen(d, m); });
  }
  /// The weekly look is over; petitioners who wait for a session, by venue.
  void week(day d, std::span<const std::int32_t> waiting) {
    each<hook::week>([&](auto& o) { o.week(d, waiting); });
  }
  /// The replication is over: the day after the last, and every matter.
  void finished(day d, std::span<const matter> all) {
    each<hook::finished>([&](auto& o) { o.finished(d, all); });
  }
  // clang-format on

 private:
  template <hook H, class Tell>
  void each(Tell&& tell) {
    std::apply([&](auto&... all) { (one<H>(all, tell), ...); }, all_);
  }
  template <hook H, class Observer, class Tell>
  static void one(Observer& o, Tell&& tell) {
    if constexpr (detail::listens<Observer, H>()) tell(o);
  }
  static_assert((sizeof(detail::checked_observer<Observers>) + ... + 1) > 0);

  std::tuple<Observers...> all_;
};

}  // namespace sifang

#endif
