// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_STATE_HPP
#define SIFANG_COUNTY_YEAR_STATE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/birth_draws.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/scenario_laws.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/year/counts.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/tables.hpp"
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/life_cycle.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace sifang {

/// What all parts of a year share and none of them owns: the county, the day, the events to come, the matters, luck by
/// name, policies, and observers. A part writes what is its own in a matter; it moves one along the life cycle by `step`.
///
/// \tparam Set        `policies<…>`
/// \tparam Observers  told after the counts, in this order
template <class Set, class... Observers>
struct year_state {
  const world* county;                            ///< on which the year is played; outlives it
  std::shared_ptr<const scenario_laws> laws;      ///< of its scenario
  year_tables tables;                             ///< of the county
  detail::policy_seats<Set> policies;             ///< with their states
  observer_list<year_counts, Observers...> tell;  ///< the counts, and who else is told

  named_draws draws{0, 0};          ///< of the replication
  std::uint32_t number = 0;         ///< of the replication
  day today;                        ///< the day being played: that of every event
  day_queue<sim_event> queue;       ///< what falls due
  std::uint64_t events = 0;         ///< played
  fingerprint print;                ///< of the steps
  std::vector<matter> matters;      ///< in order of birth
  std::vector<eight_blocks> kept;   ///< by matter: draws for later; grows only
  std::vector<std::uint32_t> open,  ///< open cases, in no order
      silent,                       ///< grievances of which nobody knew; those that came forward since leave at the next campaign
      come_back;  ///< cases closed on paper whose petitioners came again since; those settled since leave at the next analysis
  std::vector<std::int32_t> owned;    ///< open cases by official; the last place is nobody's
  std::vector<std::uint8_t> vacant;   ///< by official: whether nobody is in the post today; the last place is nobody's, and is none
  std::vector<std::uint32_t> groups;  ///< by official: `world::peers`, but for vacant posts, which are nobody's peers
  std::size_t most_open = 0;          ///< most open cases at one time

  /// Whether cases are handed over by somebody's own rule.
  static constexpr bool hands_over_by_own = detail::policy_seats<Set>::template replaced<detail::slots::handover>;

  /// The same of the order in which handlers take up cases.
  static constexpr bool lines_by_own = detail::policy_seats<Set>::template replaced<detail::slots::handling_order>;

  /// The same of who sits, in which order visitors are called, where irregular visits go, and which households are seen. @{
  static constexpr bool rosters_by_own = detail::policy_seats<Set>::template replaced<detail::slots::roster>;
  static constexpr bool queues_by_own = detail::policy_seats<Set>::template replaced<detail::slots::queue_order>;
  static constexpr bool field_visits_by_own = detail::policy_seats<Set>::template replaced<detail::slots::field_visits>;
  static constexpr bool campaigns_by_own = detail::policy_seats<Set>::template replaced<detail::slots::campaign_plan>;
  /// @}

  /// Whether somebody else than the counts wants to know of the hours of a day that does not count.
  static constexpr bool tells_all_hours = (detail::listens<Observers, hook::worked>() || ...);

  /// A year of a county. \param made  of its scenario, if they are at hand; else they are made
  year_state(const world& w, const Set& set, observer_list<year_counts, Observers...> observers, std::shared_ptr<const scenario_laws> made)
      : county(&w),
        laws(made ? std::move(made) : std::make_shared<const scenario_laws>(w.setting())),
        tables(w),
        policies(set, w),
        tell(std::move(observers)) {}

  /// The scenario, and the counts of the year. @{
  [[nodiscard]] const scenario& setting() const noexcept { return county->setting(); }
  [[nodiscard]] year_counts& counts() noexcept { return tell.template get<0>(); }
  [[nodiscard]] const year_counts& counts() const noexcept { return tell.template get<0>(); }
  /// @}

  /// By position in the record: number of the luck that a case gets instead of its first (0); shorter for those after it. Outlives the
  /// runs that it is for.
  std::span<const std::uint16_t> luck_of_recorded;

  /// Nothing has happened yet. Keeps its memory.
  void start(std::uint32_t replication) {
    const world& w = *county;
    draws = named_draws(w.setting().seed, replication);
    number = replication;
    policies.start(w, draws);
    print = {};
    events = 0;
    queue.reset(w.first(), w.days());
    matters.clear();
    open.clear();
    silent.clear();
    come_back.clear();
    owned.assign(w.org().officials().size() + 1, 0);
    vacant.assign(owned.size(), 0);
    groups = w.peers();
    most_open = 0;
    tell.started(w, replication);
  }
  /// Makes a day the one that is played.
  void begin(day d) {
    today = d;
    tell.new_day(d);
  }
  /// Asks for the memory of a matter that is needed soon.
  void fetch(std::uint32_t who) const noexcept {
#if defined(__GNUC__)
    const auto ask_for = [](const void* from, std::size_t bytes) {
      for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(static_cast<const char*>(from) + at, 1);
    };
    ask_for(&matters[who], sizeof(matter));
    ask_for(&kept[who], sizeof(eight_blocks));
#endif
  }
  /// What is recorded of a matter, where all that is recorded is played as it was; else nothing.
  [[nodiscard]] const recorded_arrival* record_of(const matter& m) const noexcept {
    return m.recorded != no_index && county->as_recorded() ? &county->recorded()[m.recorded] : nullptr;
  }
  /// Something falls due; after the last day nothing does.
  void schedule(instant at, happening what, std::uint32_t who) {
    if (carries_on(what)) matters[who].planned = matters[who].generations[0];
    if (at.date() > county->last()) return;
    queue.push(at.date(), {at, what, who, matters[who].generations[what == happening::petition_again]});
  }

  /// Moves a matter along the table of the life cycle; everything that must hold after any step stands here.
  void step(std::uint32_t who, case_event event, instant at) {
    matter& m = matters[who];
    const case_state from = m.state;
    const auto to = next(from, event);
    SIFANG_ASSERT(to.has_value());
    m.state = *to;
    if (is_open(from) != is_open(*to)) open_or_close(who);
    print.add(static_cast<std::uint64_t>(static_cast<std::uint32_t>(at.since_1970())) << 32 | static_cast<std::uint64_t>(event) << 8 |
              static_cast<std::uint64_t>(*to));
    print.add(m.entity);
    tell.step(at, m, event, from, *to);
  }
  /// Row 24: a duty that is done late was missed, whether or not a weekly look has seen it late.
  void miss(std::uint32_t who, instant at) {
    matters[who].late_now = matters[who].overdue = true;
    step(who, case_event::expire, at);
  }
  /// Somebody hears a matter in person; nobody is the window.
  void note_hearing(matter& m, official_id by) const noexcept {
    if (by.valid() && m.leader_heard_on == never) m.leader_heard_on = date();
    if (county->is_county_leader(by) && m.county_heard_on == never) m.county_heard_on = date();
  }
  /// The owner or partner of an open case, or nobody, has one more or fewer.
  void count_owned(official_id who, int change) {
    const std::size_t i = place_of(who);
    owned[i] += change;
    tell.load(today, who, owned[i]);
  }
  /// Last day, inclusive, of a clock that starts on a day: as `case_history` has it.
  [[nodiscard]] std::int32_t due(case_clock which, std::int32_t started, bool simplified = false, bool from_above = false) const noexcept {
    return due_day(setting().clocks, which, day(started), county->calendar(), {from_above, simplified}).since_1970();
  }
  /// Where an official stands in `owned`, and nobody.
  [[nodiscard]] std::size_t place_of(official_id who) const noexcept { return who.index() < owned.size() ? who.index() : owned.size() - 1; }
  /// Position of a matter.
  [[nodiscard]] std::uint32_t position(const matter& m) const noexcept { return static_cast<std::uint32_t>(&m - matters.data()); }
  /// Minutes since midnight of an instant of today.
  [[nodiscard]] minutes minute_of(instant at) const noexcept { return at - instant(today, minutes(0)); }
  /// Days since an earlier day; today's number.
  [[nodiscard]] std::int32_t date() const noexcept { return today.since_1970(); }

  /// A number in (0, 1) of a matter; four of them, that stand together. Those kept since its birth are not made again. @{
  template <draw Purpose>
  [[nodiscard]] double uniform(const matter& m, std::uint32_t index = 0) const noexcept {
    constexpr std::size_t place = kept_place<Purpose>;
    if constexpr (place < kept_blocks.size()) {
      if (index == kept_blocks[place].index) return kept[position(m)].unit(place, static_cast<std::size_t>(Purpose) % 4);
    }
    return draws(m.entity, Purpose, index);
  }
  template <draw First>
  [[nodiscard]] std::array<double, 4> four(const matter& m, std::uint32_t index = 0) const noexcept {
    constexpr std::size_t place = kept_place<First>;
    if constexpr (place < kept_blocks.size()) {
      if (index == kept_blocks[place].index) return kept[position(m)].four(place);
    }
    return draws.four(m.entity, First, index);
  }
  /// @}
  /// Whoever is in a post: nobody while it is vacant.
  [[nodiscard]] official_id in_office(official_id post) const noexcept { return vacant[place_of(post)] != 0 ? official_id{} : post; }
  /// The county-level leader linked to a matter's township whose it is: its owner, if that is one of them; else each in turn, by the day
  /// of the grievance and its place in it; the next, while a post is vacant. Nobody, if all are.
  [[nodiscard]] official_id linked_leader(const matter& m) const noexcept {
    const auto& linked = county->townships()[m.township].leaders;
    if (linked.empty()) return {};
    if (linked.size() == 1) return in_office(linked.front());
    if (in_office(m.owner).valid() && std::find(linked.begin(), linked.end(), m.owner) != linked.end()) return m.owner;
    const auto turn = static_cast<std::size_t>((m.entity >> 16) + (m.entity & 0xffff));
    for (std::size_t k = 0; k < linked.size(); ++k) {
      const official_id who = linked[(turn + k) % linked.size()];
      if (in_office(who).valid()) return who;
    }
    return {};
  }
  /// The county-level leader whose a case is when it goes on the issue list: in charge of the department that has it (R18), or linked
  /// to the township.
  [[nodiscard]] official_id leader_of(const matter& m) const noexcept {
    const world& w = *county;
    if (m.office != no_index && w.offices()[m.office].at_county()) {
      if (const official_id in_charge = in_office(w.offices()[m.office].leader); in_charge.valid()) return in_charge;
    }
    return linked_leader(m);
  }

 private:
  /// Puts a matter among the open ones, or takes it from there, as its state says.
  void open_or_close(std::uint32_t who) {
    matter& m = matters[who];
    const bool opens = is_open(m.state);
    if (opens) {
      m.open_position = static_cast<std::uint32_t>(open.size());
      open.push_back(who);
      most_open = (std::max)(most_open, open.size());
    } else {
      open[m.open_position] = open.back();
      matters[open.back()].open_position = m.open_position;
      open.pop_back();
      m.open_position = no_index;
    }
    count_owned(m.owner, opens ? +1 : -1);
    if (m.partner.valid()) count_owned(m.partner, opens ? +1 : -1);
  }
};

}  // namespace sifang

#endif
