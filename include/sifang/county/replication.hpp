// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_REPLICATION_HPP
#define SIFANG_COUNTY_REPLICATION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/own_metric.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/scenario_laws.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/year/appointments.hpp"
#include "sifang/county/year/arrivals.hpp"
#include "sifang/county/year/audit.hpp"
#include "sifang/county/year/bureau.hpp"
#include "sifang/county/year/campaign.hpp"
#include "sifang/county/year/choice.hpp"
#include "sifang/county/year/deadlines.hpp"
#include "sifang/county/year/diary.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/offices.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/county/year/posts.hpp"
#include "sifang/county/year/reception.hpp"
#include "sifang/county/year/return_visits.hpp"
#include "sifang/county/year/settlement.hpp"
#include "sifang/county/year/sitting.hpp"
#include "sifang/county/year/state.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace sifang {

/// One possible year of the county: all that changes, reused from one replication to the next.
///
/// \tparam Set        `policies<…>`: what the county decides otherwise than its scenario says
/// \tparam Observers  what is told of the year, see `observer_list`; nothing asked costs nothing
template <class Set = policies<>, class... Observers>
class replication {
 public:
  /// \param w          outlives the replication
  /// \param set        policies of one's own
  /// \param observers  in the order in which they are told
  /// \param laws       of the world's scenario, if they are at hand from another county under it
  explicit replication(const world& w, Set set = {}, Observers... observers, std::shared_ptr<const scenario_laws> laws = nullptr)
      : set_(std::move(set)),
        year_(std::make_unique<parts>(w, set_, observer_list<year_counts, Observers...>(year_counts{}, std::move(observers)...),
                                      std::move(laws))) {}

  /// From the next run on plays another county under the same laws, in the memory of this one.
  /// \param w  outlives the replication, or the next `move_to`
  void move_to(const world& w) {
    year_->state.county = &w;
    year_->state.tables = year_tables(w);
    year_->state.policies = detail::policy_seats<Set>(set_, w);
  }
  /// From the next run on counts metrics for the county as a whole alone, or by township, category, … too, which takes longer
  /// and is what it does if it is not told. Metrics of the whole are the same either way.
  void split_metrics(bool yes) noexcept { year_->state.counts().split(yes); }

  /// From the next run on gives recorded cases other luck than their first: by position among `world::recorded`, the number of the luck,
  /// 0 for the first. \param luck  outlives the runs that it is for; shorter ones leave the rest their first
  void luck_of_recorded(std::span<const std::uint16_t> luck) noexcept { year_->state.luck_of_recorded = luck; }

  /// Plays replication `number` of the scenario from its first day to its last.
  /// The outcome depends on the world, the policies and (seed, number) alone.
  const replication_outcome& run(std::uint32_t number) {
    start(number);
    const world& w = *year_->state.county;
    for (day today = w.first(); today <= w.last(); ++today) {
      play(today);
      if (audits_ || (asserts && today.day_of_month() == 1)) look();
    }
    const replication_outcome& out = finish();
    if (audits_ || asserts) year_->audit.close(faults_);
    SIFANG_ASSERT(faults_.empty(), "what must hold of any year");
    return out;
  }

  /// From the next run on looks at the whole year after each day (`year_audit`), or does not, which it does if it is not told;
  /// where assertions are on, once a month. What it found in the last run. @{
  void audit(bool yes) noexcept { audits_ = yes; }
  [[nodiscard]] std::span<const audit_fault> audit_faults() const noexcept { return detail::span_of(faults_); }
  /// @}

  /// What the last run found.
  [[nodiscard]] const replication_outcome& outcome() const noexcept { return year_->state.counts().outcome(); }
  /// Every matter of the last run, in order of birth.
  [[nodiscard]] std::span<const matter> matters() const noexcept { return year_->state.matters; }
  /// Bytes that the last run took for its matters, their draws, pending events, officials and sums, and the most cases
  /// that were open at one time in it. They depend on the run alone. Constant time. @{
  [[nodiscard]] std::size_t bytes() const noexcept;
  [[nodiscard]] std::size_t most_open() const noexcept { return year_->state.most_open; }
  /// @}
  /// An observer, as it was given and has seen: by position, or the one of a type. @{
  template <std::size_t I = 0>
  [[nodiscard]] auto& observer() noexcept {
    return year_->state.tell.template get<I + 1>();
  }
  template <class Observer>
  [[nodiscard]] Observer& observer() noexcept {
    return year_->state.tell.template get<Observer>();
  }
  /// @}

 private:
  using state_type = year_state<Set, Observers...>;
  /// The parts of a year. Each may call those above it by their public members, and none below: what must go back is an
  /// event, or an answer.
  struct parts {
    state_type state;
    year_posts<state_type> posts;
    year_diary<state_type> diary;
    year_sitting<state_type> sitting;
    year_ownership<state_type> ownership;
    year_settlement<state_type> settlement;
    year_offices<state_type> offices;
    year_bureau<state_type> bureau;
    year_reception<state_type> reception;
    year_choice<state_type> choice;
    year_return_visits<state_type> return_visits;
    year_appointments<state_type> appointments;
    year_campaign<state_type> campaign;
    year_arrivals<state_type> arrivals;
    year_deadlines<state_type> deadlines;
    year_audit<state_type, year_offices<state_type>> audit;

    parts(const world& w, const Set& set, observer_list<year_counts, Observers...> observers, std::shared_ptr<const scenario_laws> laws)
        : state(w, set, std::move(observers), std::move(laws)),
          posts(state),
          diary(state),
          sitting(state, diary),
          ownership(state),
          settlement(state, ownership),
          offices(state, ownership, settlement),
          bureau(state, settlement, offices),
          reception(state, diary, sitting, ownership, settlement, offices, bureau),
          choice(state, settlement, bureau, reception),
          return_visits(state, diary, settlement, offices),
          appointments(state, diary, ownership, offices, return_visits),
          campaign(state, diary, ownership, offices, bureau),
          arrivals(state, bureau, choice),
          deadlines(state, ownership),
          audit(state, offices) {}
    parts(const parts&) = delete;
    parts& operator=(const parts&) = delete;
  };

#ifdef NDEBUG
  static constexpr bool asserts = false;
#else
  static constexpr bool asserts = true;
#endif
  void look() { year_->audit.look(faults_); }
  void start(std::uint32_t number) {
    parts& year = *year_;
    faults_.clear();
    year.state.start(number);
    year.posts.start();
    year.diary.start();
    year.sitting.start();
    year.settlement.start();
    year.offices.start();
    year.bureau.start();
    year.reception.start();
    year.appointments.start();
    year.campaign.start();
  }

  /// The order of a day.
  void play(day today) {
    parts& year = *year_;
    const auto go_home = [&](std::uint32_t who, bool climbs) { year.choice.go_home(who, climbs); };
    year.state.begin(today);
    year.posts.begin();
    year.bureau.begin();
    year.offices.begin();
    year.diary.begin();
    year.sitting.begin();
    year.arrivals.arise();
    year.reception.visit_hot_spots(go_home);
    year.reception.hold(go_home);
    year.appointments.analyse();
    year.campaign.visit();
    year.arrivals.set_out();
    play_events();
    year.campaign.close();
    if (state_type::tells_all_hours || year.state.county->counts(today)) year.diary.close();
    if (!ends_week(today)) return;
    year.deadlines.look();
    if (year.state.county->counts(today)) year.state.tell.week(today, year.reception.waiting());
  }
  [[nodiscard]] bool ends_week(day today) const noexcept {
    const world& w = *year_->state.county;
    return ((today - w.start()).count % 7 + 7) % 7 == 6 || today == w.end() || today == w.last();
  }

  /// The day's events by minute, kind, matter and insertion.
  void play_events() {
    state_type& state = year_->state;
    sim_event e;
    while (state.queue.pop(state.today, e)) {
      if (const sim_event* later = state.queue.soon(4)) state.fetch(later->who);
      SIFANG_ASSERT(e.at.date() == state.today);
      if (!is_void(e)) handle(e);
    }
  }
  /// Whether the matter has gone another way since the event was scheduled.
  [[nodiscard]] bool is_void(const sim_event& e) const noexcept {
    constexpr auto bit = [](happening what) { return 1u << static_cast<unsigned>(what); };
    constexpr unsigned never_void = bit(happening::heard) | bit(happening::arrive) | bit(happening::meeting) | bit(happening::extension) |
                                    bit(happening::write_instead) | bit(happening::withdrawn);
    const std::uint32_t latest = year_->state.matters[e.who].generations[e.what == happening::petition_again];
    return ((never_void & bit(e.what)) == 0) & (e.generation != latest);
  }
  void handle(const sim_event& e) {
    parts& year = *year_;
    ++year.state.events;
    if (carries_on(e.what)) year.state.matters[e.who].planned = ~0u;
    switch (e.what) {
      case happening::emerge:
      case happening::arrive:
        return year.arrivals.come_forward(e.who, e.at);
      case happening::found:
        return year.campaign.found(e.who, e.at);
      case happening::heard:
        return year.reception.heard(e.who, e.at);
      case happening::routed:
        return year.bureau.route(e.who, e.at);
      case happening::objected:
        return year.bureau.object(e.who, e.at);
      case happening::accepted:
        return year.offices.accept(e.who, e.at);
      case happening::work_done:
        return year.offices.work_done(e.who, e.at);
      case happening::wait_over:
        return year.offices.begin_stage(e.who, e.at);
      case happening::extension:
        return year.offices.extend(e.who, e.at);
      case happening::decide:
        return year.settlement.decide(e.who, e.at);
      case happening::window_ended:
        return year.settlement.end_window(e.who, e.at);
      case happening::reviewed:
        if (year.settlement.review(e.who, e.at)) year.offices.reopen(e.who, e.at);
        return;
      case happening::review_decide:
        return year.settlement.review_decide(e.who, e.at);
      case happening::rechecked:
        return year.settlement.recheck(e.who, e.at);
      case happening::meeting:
        return year.appointments.meet(e.who, e.at);
      case happening::return_visit:
        return year.return_visits.go(e.who, e.at);
      case happening::petition_again:
        return year.choice.petition_again(e.who, e.at);
      case happening::write_instead:
        return year.choice.write(e.who, e.at);
      case happening::return_lapsed:
        return year.settlement.lapse(e.who, e.at);
      case happening::withdrawn:
        if (!is_open(year.state.matters[e.who].state)) return;
        year.deadlines.note_late(e.who, e.at);
        return year.offices.withdraw(e.who, e.at);
    }
  }

  const replication_outcome& finish() {
    state_type& state = year_->state;
    const day after = state.county->last() + calendar_days(1);
    state.today = after;
    state.tell.finished(after, state.matters);
    replication_outcome& out = state.counts().outcome();
    const std::span<const tally::ratio> sums = out.sums.sums();
    for (std::size_t i = 0; i < sums.size(); ++i) {
      if (!is_fingerprinted(static_cast<metric>(i % metric_count))) continue;
      state.print.add(std::bit_cast<std::uint64_t>(sums[i].numerator));
      state.print.add(std::bit_cast<std::uint64_t>(sums[i].denominator));
    }
    out.fingerprint = state.print.value();
    out.events = state.events;
    out.own.assign((detail::own_metric_count<Observers>() + ... + 0), {});
    measure(std::span(out.own), std::index_sequence_for<Observers...>{});
    return out;
  }

  /// The metrics of the observers, one after another.
  template <std::size_t... I>
  void measure(std::span<tally::ratio> out, std::index_sequence<I...>) {
    [[maybe_unused]] const auto of_one = [&](const auto& observer) {
      using type = std::remove_cvref_t<decltype(observer)>;
      if constexpr (measuring_observer<type>) {
        observer.measure(out.first(type::metrics.size()));
        out = out.subspan(type::metrics.size());
      }
    };
    (of_one(year_->state.tell.template get<I + 1>()), ...);
  }

  Set set_;
  std::unique_ptr<parts> year_;
  std::vector<audit_fault> faults_;
  bool audits_ = false;
};

template <class Set, class... Observers>
std::size_t replication<Set, Observers...>::bytes() const noexcept {
  const parts& year = *year_;
  const state_type& s = year.state;
  return sizeof *this + sizeof year + s.counts().bytes() + s.queue.bytes() + s.tables.bytes() +
         s.matters.size() * (sizeof(matter) + sizeof(eight_blocks)) + s.most_open * sizeof(s.open[0]) +
         s.owned.size() * (sizeof(s.owned[0]) + sizeof(s.vacant[0]) + sizeof(s.groups[0])) + year.posts.bytes() + year.offices.bytes() +
         year.bureau.bytes() + year.reception.bytes() + year.diary.bytes();
}

}  // namespace sifang

#endif
