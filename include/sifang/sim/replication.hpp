// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_REPLICATION_HPP
#define SIFANG_SIM_REPLICATION_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/reception/appointments.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/return_visits.hpp"
#include "sifang/reception/session_queue.hpp"
#include "sifang/sim/draws.hpp"
#include "sifang/sim/day_queue.hpp"
#include "sifang/sim/fingerprint.hpp"
#include "sifang/sim/matter.hpp"
#include "sifang/sim/outcome.hpp"
#include "sifang/sim/replication_tables.hpp"
#include "sifang/sim/scenario_laws.hpp"
#include "sifang/sim/variates.hpp"
#include "sifang/sim/world.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace sifang {

/// What can fall due in a replication. The order decides between events of one minute.
enum class happening : std::uint8_t {
  emerge,          ///< a silent grievance comes forward by itself
  arrive,          ///< a petitioner turns to the system
  found,           ///< the campaign finds a silent grievance
  heard,           ///< an interview ends
  routed,          ///< a clerk has routed the matter
  objected,        ///< the unit says that it is not competent
  accepted,        ///< the unit tells the petitioner that it accepts
  work_done,       ///< a handler has finished a round of work
  wait_over,       ///< what the handler waited for has come
  extension,       ///< last call for an extension
  decide,          ///< the petitioner decides about the reply
  window_ended,    ///< the time to ask for review or recheck has run out
  reviewed,        ///< the review opinion is given
  review_decide,   ///< the petitioner decides about the review
  rechecked,       ///< the recheck opinion is given
  meeting,         ///< an appointment visit
  return_visit,    ///< a return visit
  petition_again,  ///< the petitioner turns to the system once more
  write_instead,   ///< a petitioner who was not heard writes instead
};

/// One event of a replication.
struct sim_event {
  instant at;                    ///< minute of the event
  happening what{};              ///< what falls due
  std::uint32_t who = 0;         ///< position of the matter
  std::uint32_t generation = 0;  ///< void if the matter has a later one

  /// The order of one day's events as one number. \pre who < 2^27
  [[nodiscard]] constexpr std::uint64_t key_within(day d) const noexcept {
    return static_cast<std::uint64_t>((at - instant(d, minutes(0))).count) << 32 | static_cast<std::uint64_t>(what) << 27 | who;
  }
};

/// Sees nothing. An observer may have any of
/// `void step(instant, const matter&, case_event, case_state from, case_state to)` and
/// `void session(const reception_series&, day, const session_totals&)`.
struct no_observer {};

/// One possible year of the county: all state that changes, reused from one replication to the next.
///
/// \tparam Ownership  who owns a case (`ownership_policy`)
/// \tparam Observer   sees every step; see `no_observer`
template <ownership_policy Ownership = named_ownership, class Observer = no_observer>
class replication {
 public:
  /// \param w     outlives the replication
  /// \param laws  of the world's scenario, if they are at hand from another county under it
  replication(const world& w, Ownership ownership, Observer observer = {}, std::shared_ptr<const scenario_laws> laws = nullptr)
      : world_(&w), laws_(laws ? std::move(laws) : std::make_shared<const scenario_laws>(w.setting())), tables_(w), ownership_(std::move(ownership)), observer_(std::move(observer)), random_(0, 0) {}

  /// Plays replication `number` of the scenario from its first day to its last.
  /// The outcome depends on the world, the policies and (seed, number) alone.
  const replication_outcome& run(std::uint32_t number);

  /// What the last run found.
  [[nodiscard]] const replication_outcome& outcome() const noexcept { return out_; }
  /// Every matter of the last run, in order of birth.
  [[nodiscard]] std::span<const matter> matters() const noexcept { return matters_; }
  /// Bytes of everything that changes in a replication, as it stands reserved after the last run, and the most
  /// cases that were open at one time in it. Constant time but for the days. @{
  [[nodiscard]] std::size_t bytes() const noexcept;
  [[nodiscard]] std::size_t most_open() const noexcept { return most_open_; }
  /// @}
  /// The observer, as it was given and has seen.
  [[nodiscard]] Observer& observer() noexcept { return observer_; }

 private:
  // replication.hpp: the loop and what every part uses
  void reset(std::uint32_t number);
  void handle(const sim_event& e);
  /// Asks for the memory of a matter that is needed soon.
  void fetch(std::uint32_t who) const noexcept {
#if defined(__GNUC__)
    const char* const at = reinterpret_cast<const char*>(&matters_[who]);
    __builtin_prefetch(at, 1);
    __builtin_prefetch(at + 64, 1);
    __builtin_prefetch(at + 128, 1);
    __builtin_prefetch(at + 192, 1);
#endif
  }
  void schedule(instant at, happening what, std::uint32_t who);
  void step(std::uint32_t who, case_event event, instant at);
  void set_owner(std::uint32_t who, official_id receiver, instant at);
  void count_owned(const matter& m, int change, instant at);
  void count_owned(official_id who, int change, instant at);
  void sample_week(day today);
  void finish();
  [[nodiscard]] double uniform(const matter& m, draw purpose, std::uint32_t index = 0) const noexcept {
    return random_(m.entity, purpose, index);
  }
  [[nodiscard]] double uniform(std::uint64_t entity, draw purpose, std::uint32_t index = 0) const noexcept {
    return random_(entity, purpose, index);
  }
  [[nodiscard]] std::array<double, 4> four(const matter& m, draw first, std::uint32_t index = 0) const noexcept {
    return random_.four(m.entity, first, index);
  }
  [[nodiscard]] cell_set cells_of(const matter& m) const noexcept;
  [[nodiscard]] bool counts(instant t) const noexcept { return world_->counts(t.date()); }
  [[nodiscard]] bool counts(std::int32_t d) const noexcept { return d != never && world_->counts(day(d)); }
  void violate(violation v, day d, double times = 1) noexcept {
    if (world_->counts(d)) out_.violations[static_cast<std::size_t>(v)] += times;
  }
  [[nodiscard]] std::size_t week_of(day d) const noexcept { return static_cast<std::size_t>((d - world_->start()).count) / 7; }
  void add_series(series_id s, day d, double sum, double weight) noexcept {
    if (!world_->counts(d)) return;
    out_.series_sum[static_cast<std::size_t>(s)][week_of(d)] += sum;
    out_.series_weight[static_cast<std::size_t>(s)][week_of(d)] += weight;
  }
  void add_curve(curve_id c, std::int32_t days) noexcept {
    out_.curves[static_cast<std::size_t>(c)].add(days);
    out_.curve_total[static_cast<std::size_t>(c)] += 1;
  }
  void miss_curve(curve_id c) noexcept { out_.curve_total[static_cast<std::size_t>(c)] += 1; }
  void spend(official_id who, double minutes_spent, day d) noexcept {
    if (who.valid() && world_->counts(d)) out_.officials[who.index()].minutes += minutes_spent;
  }
  void travel(official_id who, double km, day d) noexcept {
    if (who.valid() && world_->is_county_leader(who) && world_->counts(d)) travel_km_ += 2 * km;
  }
  /// Share of waiting that the owner's supervision (督办) leaves.
  [[nodiscard]] double supervised(const matter& m) const noexcept;

  // replication_reception.hpp: door one
  void arrivals_of(day today);
  struct birth_luck { double minute, silent_days; };
  birth_luck give_birth(matter& m, day today, std::uint32_t position);
  void come_forward(std::uint32_t who, instant at);
  bool set_out(std::uint32_t who, day decided);
  void come_back(std::uint32_t who, day today, bool same_place);
  void sessions_of(day today);
  void hold(std::int32_t series, std::uint32_t turn, day today, std::span<const std::uint32_t> who);
  void seat(const reception_series& s, std::uint32_t turn, day today);
  void hear_all(const reception_series& s, day today, minutes start, minutes length, std::span<const std::uint32_t> who);
  void plan_hot_spot_visits();
  void irregular_visits_of(day today);
  void visit_hot_spot(day today, std::uint64_t month, std::uint32_t index);
  void heard(std::uint32_t who, instant at);

  // replication_handling.hpp: registration to reply, review, recheck
  void register_first(std::uint32_t who, instant at);
  void register_repeat(std::uint32_t who, instant at);
  void count_registration(const matter& m, instant at, bool repeat);
  void queue_for_clerk(std::uint32_t who, instant at);
  double clerk_work(instant at, double work);
  void route(std::uint32_t who, instant at);
  void to_office(matter& m, instant at);
  void object(std::uint32_t who, instant at);
  void accept(std::uint32_t who, instant at);
  void join_line(std::uint32_t who, instant at);
  void take_up(std::uint32_t who, instant at);
  void begin_stage(std::uint32_t who, instant at);
  void work_done(std::uint32_t who, instant at);
  void extend(std::uint32_t who, instant at);
  void reply(std::uint32_t who, instant at);
  void release_handler(matter& m, instant at);
  [[nodiscard]] bool may_extend(const matter& m) const noexcept;
  [[nodiscard]] double settlement_odds(const matter& m, double opinion, instant at) const noexcept;
  void decide(std::uint32_t who, instant at);
  void rate(const matter& m, instant at);
  void review(std::uint32_t who, instant at);
  void review_decide(std::uint32_t who, instant at);
  void recheck(std::uint32_t who, instant at);
  void close_unsettled(std::uint32_t who, instant at);
  void settle(std::uint32_t who, case_event how, instant at);
  void reopen(std::uint32_t who, instant at);

  // replication_doors.hpp: doors two, three and four, and the petitioner's next move
  void analysis_of(day today);
  void meet(std::uint32_t who, instant at);
  void apply_meeting(std::uint32_t who, instant at, const meeting_setting& how);
  void campaign_of(day today);
  void found(std::uint32_t who, instant at);
  void strike_off_items(day today);
  void schedule_return(std::uint32_t who, instant at);
  void return_visit(std::uint32_t who, instant at);
  void schedule_repeat(std::uint32_t who, instant at, double mean_days);
  void petition_again(std::uint32_t who, instant at);

  struct handler_state { double free_at = 0; std::int32_t open = 0; };
  struct office_line { std::uint32_t first = no_index, last = no_index; };
  struct planned_visit { std::int32_t series; std::uint32_t who; };
  struct hot_spot_visit { day on; std::uint64_t month; std::uint32_t index; };
  struct open_count { std::int32_t cases = 0, days = 0; };
  struct owner_state { std::int32_t open = 0, since = 0; };

  const world* world_;
  std::shared_ptr<const scenario_laws> laws_;
  replication_tables tables_;
  Ownership ownership_;
  [[no_unique_address]] Observer observer_;
  named_draws random_;
  replication_outcome out_;
  fingerprint print_;
  day_queue<sim_event> queue_;
  std::vector<matter> matters_;
  std::vector<std::uint32_t> open_, silent_;
  std::vector<std::vector<planned_visit>> visits_;  ///< by day of the session
  std::array<std::int32_t, venue_count> waiting_{};
  std::vector<double> clerks_;
  std::vector<handler_state> handlers_;
  std::vector<office_line> lines_;
  std::vector<owner_state> owners_;
  std::vector<std::int32_t> owned_open_;
  return_visit_book return_book_;
  std::vector<chart_item> chart_;
  std::vector<hot_spot_visit> hot_spot_visits_;  ///< R4, by day
  std::size_t next_hot_spot_ = 0;
  std::size_t next_recorded_ = 0, most_open_ = 0;
  double travel_km_ = 0, leader_minutes_settled_ = 0;
  // Working memory of single steps.
  std::vector<visitor> visitors_;
  std::vector<visit_outcome> visit_outcomes_;
  std::vector<double> free_at_;
  std::vector<official_id> people_;
  std::vector<std::uint32_t> group_;
  std::vector<int> troubles_;
  std::vector<open_count> open_in_;
  std::vector<issue_candidate> candidates_;
  std::vector<appointment> list_;
  std::vector<std::int32_t> taken_;
};

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::reset(std::uint32_t number) {
  const world& w = *world_;
  random_ = named_draws(w.setting().seed, number);
  out_.reset(w.layout(), w.weeks(), w.org().officials().size());
  print_ = {};
  queue_.reset(w.first(), w.days());
  matters_.clear();
  open_.clear();
  silent_.clear();
  visits_.resize(w.days());
  for (auto& v : visits_) v.clear();
  waiting_ = {};
  clerks_.assign(static_cast<std::size_t>(w.setting().routing.clerks), 0.0);
  handlers_.assign(w.handlers(), {});
  lines_.assign(w.offices().size(), {});
  owners_.assign(w.org().officials().size(), {0, w.start().since_1970()});
  owned_open_.assign(w.org().officials().size(), 0);
  return_book_.reset(w.org().officials().size(), w.setting().return_visits.visits_per_week);
  chart_.clear();
  next_recorded_ = most_open_ = 0;
  travel_km_ = 0;
  plan_hot_spot_visits();
}

template <ownership_policy Ownership, class Observer>
const replication_outcome& replication<Ownership, Observer>::run(std::uint32_t number) {
  reset(number);
  for (day today = world_->first(); today <= world_->last(); ++today) {
    arrivals_of(today);
    irregular_visits_of(today);
    sessions_of(today);
    analysis_of(today);
    campaign_of(today);
    sim_event e;
    while (queue_.pop(today, e)) {
      if (const sim_event* later = queue_.soon(4)) fetch(later->who);
      handle(e);
    }
    strike_off_items(today);
    if (world_->counts(today) && ((today - world_->start()).count % 7 == 6 || today == world_->last())) sample_week(today);
  }
  finish();
  return out_;
}

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::handle(const sim_event& e) {
  matter& m = matters_[e.who];
  const bool next_move = e.what == happening::petition_again;
  if (e.what != happening::heard && e.what != happening::arrive && e.what != happening::meeting && e.what != happening::extension &&
      e.what != happening::write_instead &&
      e.generation != (next_move ? m.repeat_generation : m.generation)) {
    return;
  }
  ++out_.events;
  switch (e.what) {
    case happening::emerge:
    case happening::arrive: come_forward(e.who, e.at); break;
    case happening::found: found(e.who, e.at); break;
    case happening::heard: heard(e.who, e.at); break;
    case happening::routed: route(e.who, e.at); break;
    case happening::objected: object(e.who, e.at); break;
    case happening::accepted: accept(e.who, e.at); break;
    case happening::work_done: work_done(e.who, e.at); break;
    case happening::wait_over: begin_stage(e.who, e.at); break;
    case happening::extension: extend(e.who, e.at); break;
    case happening::decide: decide(e.who, e.at); break;
    case happening::window_ended:
      step(e.who, case_event::window_ends, e.at);
      close_unsettled(e.who, e.at);
      break;
    case happening::reviewed: review(e.who, e.at); break;
    case happening::review_decide: review_decide(e.who, e.at); break;
    case happening::rechecked: recheck(e.who, e.at); break;
    case happening::meeting: meet(e.who, e.at); break;
    case happening::return_visit: return_visit(e.who, e.at); break;
    case happening::petition_again: petition_again(e.who, e.at); break;
    case happening::write_instead: m.state == case_state::none ? register_first(e.who, e.at) : register_repeat(e.who, e.at); break;
  }
}

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::schedule(instant at, happening what, std::uint32_t who) {
  if (at.date() > world_->last()) return;
  const matter& m = matters_[who];
  queue_.push(at.date(), {at, what, who, what == happening::petition_again ? m.repeat_generation : m.generation});
}

/// Moves a matter along the table of the life cycle; everything that must hold after any step stands here.
template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::step(std::uint32_t who, case_event event, instant at) {
  matter& m = matters_[who];
  const case_state from = m.state;
  const auto to = next(from, event);
  SIFANG_ASSERT(to.has_value());
  const bool was_open = is_open(from), now_open = is_open(*to);
  m.state = *to;
  if (now_open && !was_open) {
    m.open_position = static_cast<std::uint32_t>(open_.size());
    open_.push_back(who);
    most_open_ = std::max(most_open_, open_.size());
    count_owned(m, +1, at);
  } else if (was_open && !now_open) {
    open_[m.open_position] = open_.back();
    matters_[open_.back()].open_position = m.open_position;
    open_.pop_back();
    m.open_position = no_index;
    count_owned(m, -1, at);
  }
  print_.add(static_cast<std::uint64_t>(static_cast<std::uint32_t>(at.since_1970())) << 32 | static_cast<std::uint64_t>(event) << 8 |
             static_cast<std::uint64_t>(*to));
  print_.add(m.entity);
  if constexpr (requires { observer_.step(at, m, event, from, *to); }) observer_.step(at, m, event, from, *to);
}

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::count_owned(const matter& m, int change, instant at) {
  if (!m.owner.valid()) return;
  count_owned(m.owner, change, at);
  if (m.partner.valid()) count_owned(m.partner, change, at);
}

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::count_owned(official_id who, int change, instant at) {
  const std::size_t i = who.index();
  owner_state& o = owners_[i];
  const std::int32_t today = at.date().since_1970();
  if (today > o.since) {
    out_.officials[i].owned_days += static_cast<double>(o.open) * (today - o.since);
    o.since = today;
  }
  o.open += change;
  owned_open_[i] = o.open;
  if (counts(at)) out_.officials[i].owned_max = std::max(out_.officials[i].owned_max, o.open);
}

/// R12, R13: gives the case its owner, once; a later hearing never takes it away.
template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::set_owner(std::uint32_t who, official_id receiver, instant at) {
  matter& m = matters_[who];
  if (m.owner.valid()) return;
  ownership_request request{receiver, world_->townships()[m.township].leader, {}};
  const std::uint32_t subject = world_->matter_office(m.category);
  if (subject != no_index) request.matter_leader = world_->offices()[subject].leader;
  m.owner = ownership_.owner(request, caseload_view(owned_open_, world_->peers()));
  if constexpr (joint_ownership_policy<Ownership>) m.partner = ownership_.partner(request, caseload_view(owned_open_, world_->peers()));
  if (receiver.valid() && m.owner != receiver) violate(violation::r13, at.date());
  if (m.owner.valid() && is_open(m.state)) count_owned(m, +1, at);
}

template <ownership_policy Ownership, class Observer>
double replication<Ownership, Observer>::supervised(const matter& m) const noexcept {
  if (!m.owner.valid()) return 1;
  const auto& own = world_->setting().ownership;
  std::int32_t load = owned_open_[m.owner.index()];
  if (m.partner.valid()) load = std::min(load, owned_open_[m.partner.index()]);  // whoever has more time for it
  return 1 - own.supervision_effect / (1 + load / own.load_half);
}

template <ownership_policy Ownership, class Observer>
cell_set replication<Ownership, Observer>::cells_of(const matter& m) const noexcept {
  const cell_layout& at = world_->layout();
  return {{at.at(dimension::all, 0), m.level_cell, at.at(dimension::township, m.township), at.at(dimension::category, m.category),
           at.at(dimension::door, static_cast<std::size_t>(m.door)), at.at(dimension::channel, static_cast<std::size_t>(m.channel)), m.venue_cell}};
}

/// Looks at the state at the end of a week; clocks are compared here, not scheduled (rows 23, 24).
template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::sample_week(day today) {
  const auto waiting = [&](series_id s, std::initializer_list<venue> venues) {
    double sum = 0;
    for (venue v : venues) sum += waiting_[static_cast<std::size_t>(v)];
    add_series(s, today, sum, 1);
  };
  waiting(series_id::waiting_local, {venue::village, venue::section});
  waiting(series_id::waiting_units, {venue::township, venue::department});
  waiting(series_id::waiting_linked, {venue::linked_leader});
  waiting(series_id::waiting_bureau, {venue::bureau_leader});
  waiting(series_id::waiting_principal, {venue::principal});
  waiting(series_id::waiting_window, {venue::window});

  const instant now(today, minutes(minutes_per_day - 1));
  const auto& setting = world_->setting();
  const long_pending_cutoff cutoff{setting.appointments.long_pending_age, setting.appointments.long_pending_repeats};
  const double share = 1.0 / static_cast<double>(world_->weeks());
  std::array<double, 4> by_stage{};
  double late = 0;
  open_in_.assign(world_->layout().cells() + 1, {});
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const std::uint32_t who = open_[i];
    if (i + 6 < open_.size()) fetch(open_[i + 6]);
    matter& m = matters_[who];
    const std::int32_t age = today.since_1970() - m.registered;
    if (!m.long_pending && cutoff.reached(calendar_days(age), m.repeats)) {
      m.long_pending = true;
      step(who, case_event::cutoff, now);
    }
    const bool in_hand = m.state == case_state::accepted || m.state == case_state::handling;
    const std::int32_t due = in_hand                           ? m.reply_due
                             : m.state == case_state::routed     ? m.accept_due
                             : m.state == case_state::registered ? setting.clocks.route_due(day(m.route_from)).since_1970()
                                                                 : std::numeric_limits<std::int32_t>::max();
    if (today.since_1970() > due) {
      late += in_hand;
      if (!m.late_now) {
        m.late_now = m.overdue = true;
        if (in_hand) out_.sums.add(metric::overdue, cells_of(m), 1, 0);
        step(who, case_event::expire, now);
      }
    }
    if (m.state == case_state::registered || m.state == case_state::routed) by_stage[0] += 1;
    else if (in_hand) by_stage[1] += 1;
    else if (m.state == case_state::return_visit_due) by_stage[3] += 1;
    else by_stage[2] += 1;
    for (std::uint32_t cell : cells_of(m).cells) {
      ++open_in_[cell].cases;
      open_in_[cell].days += age;
    }
  }
  for (std::uint32_t cell = 0; cell < world_->layout().cells(); ++cell) {
    out_.sums.add(metric::open_cases, cell, open_in_[cell].cases * share, 0);
    out_.sums.add(metric::open_age_days, cell, open_in_[cell].days, open_in_[cell].cases);
  }
  add_series(series_id::open_routing, today, by_stage[0], 1);
  add_series(series_id::open_handling, today, by_stage[1], 1);
  add_series(series_id::open_review, today, by_stage[2], 1);
  add_series(series_id::open_return, today, by_stage[3], 1);
  add_series(series_id::overdue_open, today, late, 1);
}

}  // namespace sifang

#include "sifang/sim/replication_reception.hpp"
#include "sifang/sim/replication_handling.hpp"
#include "sifang/sim/replication_doors.hpp"
#include "sifang/sim/replication_finish.hpp"

#endif
