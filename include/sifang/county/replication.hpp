// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_REPLICATION_HPP
#define SIFANG_COUNTY_REPLICATION_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/reception/appointments.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/return_visits.hpp"
#include "sifang/reception/session_queue.hpp"
#include "sifang/county/birth_draws.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/year/tables.hpp"
#include "sifang/county/scenario_laws.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/county/world.hpp"

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
  static constexpr unsigned entity_bits = 27;  ///< of `who` in a key

  /// The order of one day's events as one number. \pre who < 2^27; asserted
  [[nodiscard]] constexpr std::uint64_t key_within(day d) const noexcept {
    SIFANG_ASSERT(who < 1u << entity_bits, "an entity below 2^27");
    return static_cast<std::uint64_t>((at - instant(d, minutes(0))).count) << 32 | static_cast<std::uint64_t>(what) << entity_bits | who;
  }
};

/// Sees nothing, and costs nothing. An observer may have any of
/// - `void step(instant, const matter&, case_event, case_state from, case_state to)`: a row of the life cycle was taken
/// - `void owned(instant, const matter&, official_id receiver)`: the case got its owner, whoever received it (R12)
/// - `void repeat(instant, const matter&)`: a later registration, before anything comes of it
/// - `void skips_level(instant, const matter&)`: that registration comes from over the county's head (L8)
/// - `void sets_out(day, const matter&)`: the petitioner is on the way to a session
/// - `void seated(const reception_series&, day, std::span<const official_id>)`: who really sits
/// - `void visit(const reception_series&, day, const matter&, const visit_outcome*)`: one visit, null if turned away
/// - `void session(const reception_series&, day, const session_totals&)`: a session with visitors
/// - `void work(instant, const matter&, double minutes)`: a handler takes up a piece of work
/// - `void rating(instant, const matter&)`: the petitioner is asked to rate both authorities (L20)
/// - `void listed(day, const matter&)`: the case comes onto the issue list (R17)
/// - `void meeting(instant, const matter&, official_id leader, const meeting_setting&)`: an appointment visit (R20)
struct no_observer {};

/// One possible year of the county: all state that changes, reused from one replication to the next.
///
/// \tparam Ownership  who owns a case (`ownership_policy`); naming an official whom the county does not have is asserted,
///                    and means nobody in a program without assertions
/// \tparam Observer   sees every step; see `no_observer`
template <ownership_policy Ownership = named_ownership, class Observer = no_observer>
class replication {
 public:
  /// \param w     outlives the replication
  /// \param laws  of the world's scenario, if they are at hand from another county under it
  replication(const world& w, Ownership ownership, Observer observer = {}, std::shared_ptr<const scenario_laws> laws = nullptr)
      : world_(&w), laws_(laws ? std::move(laws) : std::make_shared<const scenario_laws>(w.setting())), tables_(w), ownership_(std::move(ownership)), observer_(std::move(observer)), random_(0, 0), fill_births_(detail::widest_birth_fill()) {}

  /// From the next run on plays another county under the same laws, in the memory of this one.
  /// \param w  outlives the replication, or the next `move_to`
  void move_to(const world& w, Ownership ownership) {
    world_ = &w;
    tables_ = replication_tables(w);
    ownership_ = std::move(ownership);
  }

  /// From the next run on counts metrics for the county as a whole alone, or by township, category, … too, which takes longer
  /// and is what it does if it is not told. Metrics of the whole are the same either way.
  void split_metrics(bool yes) noexcept { split_ = yes; }

  /// Plays replication `number` of the scenario from its first day to its last.
  /// The outcome depends on the world, the policies and (seed, number) alone.
  const replication_outcome& run(std::uint32_t number);

  /// What the last run found.
  [[nodiscard]] const replication_outcome& outcome() const noexcept { return out_; }
  /// Every matter of the last run, in order of birth.
  [[nodiscard]] std::span<const matter> matters() const noexcept { return matters_; }
  /// Bytes that the last run took for its matters, their draws, pending events, officials and sums, and the most cases
  /// that were open at one time in it. They depend on the run alone. Constant time. @{
  [[nodiscard]] std::size_t bytes() const noexcept;
  [[nodiscard]] std::size_t most_open() const noexcept { return most_open_; }
  /// @}
  /// The observer, as it was given and has seen.
  [[nodiscard]] Observer& observer() noexcept { return observer_; }

 private:
  // replication.hpp: the loop and what every part uses
  void reset(std::uint32_t number);
  /// Makes a day the one that is played.
  void begin(day today) noexcept;
  void handle(const sim_event& e);
  /// Asks for the memory of a matter that is needed soon.
  void fetch(std::uint32_t who) const noexcept {
#if defined(__GNUC__)
    const auto ask_for = [](const void* from, std::size_t bytes) {
      for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(static_cast<const char*>(from) + at, 1);
    };
    ask_for(&matters_[who], sizeof(matter));
    ask_for(&kept_[who], sizeof(eight_blocks));
#endif
  }
  void schedule(instant at, happening what, std::uint32_t who);
  void step(std::uint32_t who, case_event event, instant at);
  void miss(std::uint32_t who, instant at);
  /// Last day, inclusive, of a clock that starts on a day: as `case_history` has it.
  [[nodiscard]] std::int32_t due_day(case_clock which, std::int32_t started, bool simplified = false) const noexcept {
    const legal_clocks& clocks = world_->setting().clocks;
    return sifang::due_day(clocks, which, day(started), world_->calendar(), {false, simplified}).since_1970();
  }
  void set_owner(std::uint32_t who, official_id receiver, instant at);
  void open_or_close(std::uint32_t who);
  void count_owned(const matter& m, int change);
  void count_owned(official_id who, int change);
  void sample_week();  // replication_week.hpp
  void finish();
  /// What a policy answered: an official of the county, or nobody. \pre the answer is no other; asserted
  [[nodiscard]] official_id one_of_us(official_id answer) const noexcept {
    const bool exists = answer.index() < world_->org().officials().size();
    SIFANG_ASSERT(exists || !answer.valid(), "the ownership policy named an official whom the county does not have");
    return exists ? answer : official_id{};
  }
  /// Where an official stands in `owners_`, and nobody.
  [[nodiscard]] std::size_t place_of(official_id who) const noexcept { return who.index() < owners_.size() ? who.index() : owners_.size() - 1; }
  /// What was drawn at birth for later.
  [[nodiscard]] const eight_blocks& kept(const matter& m) const noexcept { return kept_[static_cast<std::size_t>(&m - matters_.data())]; }
  template <draw Purpose>
  [[nodiscard]] double uniform(const matter& m, std::uint32_t index = 0) const noexcept {
    constexpr std::size_t place = kept_place<Purpose>;
    if constexpr (place < kept_blocks.size()) {
      if (index == kept_blocks[place].index) return kept(m).unit(place, static_cast<std::size_t>(Purpose) % 4);
    }
    return random_(m.entity, Purpose, index);
  }
  [[nodiscard]] double uniform(std::uint64_t entity, draw purpose, std::uint32_t index = 0) const noexcept {
    return random_(entity, purpose, index);
  }
  template <draw First>
  [[nodiscard]] std::array<double, 4> four(const matter& m, std::uint32_t index = 0) const noexcept {
    constexpr std::size_t place = kept_place<First>;
    if constexpr (place < kept_blocks.size()) {
      if (index == kept_blocks[place].index) return kept(m).four(place);
    }
    return random_.four(m.entity, First, index);
  }
  [[nodiscard]] cell_set cells_of(const matter& m) const noexcept;
  /// The larger of two numbers, and the later of two instants, without a branch: which it is, is chance to the processor.
  [[nodiscard]] static double larger(double a, double b) noexcept { return a < b ? b : a; }
  [[nodiscard]] static instant later(instant a, instant b) noexcept {
    const std::int32_t x = a.since_1970(), y = b.since_1970();
    return instant(x < y ? y : x);
  }
  [[nodiscard]] minutes minute_of(instant at) const noexcept { return at - instant(today_, minutes(0)); }
  /// Whether a day counts; `never` does not.
  [[nodiscard]] bool counts(std::int32_t d) const noexcept {
    return static_cast<std::uint32_t>(d) - first_counted_ < days_counted_;  // one comparison, of which most know the outcome
  }
  void violate(violation v, double times = 1) noexcept {
    if (counting_) out_.violations[static_cast<std::size_t>(v)] += times;
  }
  void add_series(series_id s, double sum, double weight) noexcept {
    if (!counting_) return;
    out_.series_sum[static_cast<std::size_t>(s)][week_] += sum;
    out_.series_weight[static_cast<std::size_t>(s)][week_] += weight;
  }
  void add_curve(curve_id c, std::int32_t days) noexcept {
    out_.curves[static_cast<std::size_t>(c)].add(days);
    out_.curve_total[static_cast<std::size_t>(c)] += 1;
  }
  void miss_curve(curve_id c) noexcept { out_.curve_total[static_cast<std::size_t>(c)] += 1; }
  void spend(official_id who, double minutes_spent) noexcept {
    if (who.valid() && counting_) out_.officials[who.index()].minutes += minutes_spent;
  }
  void travel(official_id who, double km) noexcept {
    if (who.valid() && counting_ && world_->is_county_leader(who)) travel_km_ += 2 * km;
  }
  /// Share of waiting that the owner's supervision (督办) leaves.
  [[nodiscard]] double supervised(const matter& m) const noexcept;

  // replication_reception.hpp: door one
  void arrivals_of();
  struct birth_luck { double minute, silent_days; };
  /// Names the draws of the matter at a position among today's.
  [[nodiscard]] std::uint64_t entity_of(std::uint32_t position) const noexcept { return static_cast<std::uint64_t>(today_.since_1970()) << 16 | position; }
  void draw_births(std::size_t n);
  void visitors_of_today();
  birth_luck give_birth(matter& m, std::uint32_t position);
  void come_forward(std::uint32_t who, instant at);
  bool set_out(std::uint32_t who);
  void come_back(std::uint32_t who, bool climbs);
  void sessions_of();
  void seat(const reception_series& s, std::uint32_t turn);
  /// Tells the observer, if it wants to know: who sits, and what came of a visit. @{
  void tell_seated([[maybe_unused]] const reception_series& s) {
    [[maybe_unused]] const std::span<const official_id> people(people_);
    if constexpr (requires { observer_.seated(s, today_, people); }) observer_.seated(s, today_, people);
  }
  void tell_visit([[maybe_unused]] const reception_series& s, [[maybe_unused]] const matter& m,
                  [[maybe_unused]] const visit_outcome* outcome) {
    if constexpr (requires { observer_.visit(s, today_, m, outcome); }) observer_.visit(s, today_, m, outcome);
  }
  /// @}
  void hear_all(const reception_series& s, minutes start, minutes length, std::span<const std::uint32_t> who);
  void plan_hot_spot_visits();
  void irregular_visits_of();
  void visit_hot_spot(std::uint64_t month, std::uint32_t index);
  void heard(std::uint32_t who, instant at);

  // replication_handling.hpp: registration to reply, review, recheck
  void register_first(std::uint32_t who, instant at);
  void register_repeat(std::uint32_t who, instant at);
  void count_registration(const matter& m, bool repeat);
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
  [[nodiscard]] double settlement_odds(const matter& m, double opinion) const noexcept;
  void decide(std::uint32_t who, instant at);
  void rate(const matter& m, instant at);
  void review(std::uint32_t who, instant at);
  void review_decide(std::uint32_t who, instant at);
  void recheck(std::uint32_t who, instant at);
  void close_unsettled(std::uint32_t who, instant at);
  void settle(std::uint32_t who, case_event how, instant at);
  void reopen(std::uint32_t who, instant at);

  // replication_doors.hpp: doors two, three and four, and the petitioner's next move
  void analysis_of();
  void meet(std::uint32_t who, instant at);
  void apply_meeting(std::uint32_t who, instant at, const meeting_setting& how);
  void campaign_of();
  void found(std::uint32_t who, instant at);
  void strike_off_items();
  void schedule_return(std::uint32_t who, instant at);
  void return_visit(std::uint32_t who, instant at);
  void schedule_repeat(std::uint32_t who, instant at, double mean_days);
  void petition_again(std::uint32_t who, instant at);

  struct office_line { std::uint32_t first = no_index, last = no_index; };
  /// A visit to come, as one number by which a day's visits are ordered: session by session, and by birth.
  enum class planned_visit : std::uint64_t {};
  [[nodiscard]] static planned_visit visit_of(std::int32_t series, std::uint32_t who) noexcept {
    return static_cast<planned_visit>(static_cast<std::uint64_t>(series) << 32 | who);
  }
  [[nodiscard]] static std::uint32_t series_of(planned_visit v) noexcept { return static_cast<std::uint32_t>(static_cast<std::uint64_t>(v) >> 32); }
  [[nodiscard]] static std::uint32_t who_of(planned_visit v) noexcept { return static_cast<std::uint32_t>(v); }
  struct hot_spot_visit { day on; std::uint64_t month; std::uint32_t index; };
  struct owner_state { std::int32_t open = 0, since = 0; double days = 0; std::int32_t most = 0; };

  const world* world_;
  day today_;              ///< the day being played: that of every event
  bool counting_ = false;  ///< it counts
  std::uint32_t first_counted_ = 0, days_counted_ = 0;
  std::size_t week_ = 0;   ///< its week of those that count
  work_time::part_of_day clerks_today_, handlers_today_;  ///< its working time
  unsigned month_ = 1;     ///< its month
  std::shared_ptr<const scenario_laws> laws_;
  replication_tables tables_;
  Ownership ownership_;
  [[no_unique_address]] Observer observer_;
  named_draws random_;
  detail::birth_fill fill_births_;
  std::uint32_t number_ = 0;  ///< of the replication
  bool split_ = true;
  replication_outcome out_;
  fingerprint print_;
  day_queue<sim_event> queue_;
  std::vector<matter> matters_;
  std::vector<eight_blocks> kept_;  ///< by matter: draws for later; grows only
  std::vector<std::uint32_t> open_, silent_;
  std::vector<std::vector<planned_visit>> visits_;  ///< by day of the session
  std::array<std::int32_t, venue_count> waiting_{};
  std::vector<double> clerks_;              ///< working time at which each is free
  std::vector<double> handler_free_;        ///< by handler: the same
  std::vector<std::int32_t> handler_open_;  ///< by handler: open cases
  std::vector<office_line> lines_;
  std::vector<owner_state> owners_;        ///< by official; the last stands for nobody, so that nothing depends on there being an owner
  std::vector<std::int32_t> owned_open_;   ///< likewise
  return_visit_book return_book_;
  std::vector<chart_item> chart_;
  std::vector<hot_spot_visit> hot_spot_visits_;  ///< R4, by day
  std::size_t next_hot_spot_ = 0;
  std::size_t next_recorded_ = 0, most_open_ = 0;
  double travel_km_ = 0;
  // Working memory of single steps.
  std::vector<eight_blocks> births_;
  std::vector<visitor> visitors_;
  std::vector<visit_outcome> visit_outcomes_;
  std::vector<double> free_at_;
  std::vector<official_id> people_;
  std::vector<std::uint32_t> group_;
  struct setting_out { std::uint32_t who; instant at; };
  std::vector<setting_out> setting_out_;
  std::vector<int> troubles_;
  std::vector<issue_candidate> candidates_;
  std::vector<appointment> list_;
  std::vector<std::int32_t> taken_;
};

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::reset(std::uint32_t number) {
  const world& w = *world_;
  random_ = named_draws(w.setting().seed, number);
  number_ = number;
  first_counted_ = static_cast<std::uint32_t>(w.start().since_1970());
  days_counted_ = static_cast<std::uint32_t>((w.last() - w.start()).count) + 1;
  out_.reset(w.layout(), w.weeks(), w.org().officials().size(), split_);
  print_ = {};
  queue_.reset(w.first(), w.days());
  matters_.clear();
  open_.clear();
  silent_.clear();
  visits_.resize(w.days());
  for (auto& v : visits_) v.clear();
  waiting_ = {};
  clerks_.assign(static_cast<std::size_t>(w.setting().routing.clerks), 0.0);
  handler_free_.assign(w.handlers(), 0.0);
  handler_open_.assign(w.handlers(), 0);
  lines_.assign(w.offices().size(), {});
  const std::size_t officials = w.org().officials().size();
  owners_.assign(officials + 1, {0, w.start().since_1970(), 0, 0});
  owned_open_.assign(officials + 1, 0);
  return_book_.reset(w.org().officials().size(), w.setting().return_visits.visits_per_week);
  chart_.clear();
  next_recorded_ = most_open_ = 0;
  travel_km_ = 0;
  plan_hot_spot_visits();
}

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::begin(day today) noexcept {
  today_ = today;
  counting_ = world_->counts(today);
  week_ = counting_ ? static_cast<std::size_t>((today - world_->start()).count) / 7 : 0;
  month_ = today.month();
  clerks_today_ = world_->clerk_time().of(today);
  handlers_today_ = world_->handler_time().of(today);
}

template <ownership_policy Ownership, class Observer>
const replication_outcome& replication<Ownership, Observer>::run(std::uint32_t number) {
  reset(number);
  for (day today = world_->first(); today <= world_->last(); ++today) {
    begin(today);
    arrivals_of();
    irregular_visits_of();
    sessions_of();
    analysis_of();
    campaign_of();
    visitors_of_today();
    sim_event e;
    while (queue_.pop(today, e)) {
      if (const sim_event* later = queue_.soon(4)) fetch(later->who);
      handle(e);
    }
    strike_off_items();
    if (counting_ && ((today - world_->start()).count % 7 == 6 || today == world_->last())) sample_week();
  }
  finish();
  return out_;
}

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::handle(const sim_event& e) {
  SIFANG_ASSERT(e.at.date() == today_);
  matter& m = matters_[e.who];
  constexpr auto bit = [](happening what) { return 1u << static_cast<unsigned>(what); };
  constexpr unsigned never_void =
      bit(happening::heard) | bit(happening::arrive) | bit(happening::meeting) | bit(happening::extension) | bit(happening::write_instead);
  const std::uint32_t latest = m.generations[e.what == happening::petition_again];
  if (((never_void & bit(e.what)) == 0) & (e.generation != latest)) return;
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
  queue_.push(at.date(), {at, what, who, m.generations[what == happening::petition_again]});
}

/// Moves a matter along the table of the life cycle; everything that must hold after any step stands here.
template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::step(std::uint32_t who, case_event event, instant at) {
  matter& m = matters_[who];
  const case_state from = m.state;
  const auto to = next(from, event);
  SIFANG_ASSERT(to.has_value());
  m.state = *to;
  if (is_open(from) != is_open(*to)) open_or_close(who);
  print_.add(static_cast<std::uint64_t>(static_cast<std::uint32_t>(at.since_1970())) << 32 | static_cast<std::uint64_t>(event) << 8 |
             static_cast<std::uint64_t>(*to));
  print_.add(m.entity);
  if constexpr (requires { observer_.step(at, m, event, from, *to); }) observer_.step(at, m, event, from, *to);
}

/// Row 24: a duty that is done late was missed, whether or not a weekly look has seen it late.
template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::miss(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  m.late_now = m.overdue = true;
  step(who, case_event::expire, at);
}

/// Puts a matter among the open ones, or takes it from there, as its state says.
template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::open_or_close(std::uint32_t who) {
  matter& m = matters_[who];
  const bool open = is_open(m.state);
  if (open) {
    m.open_position = static_cast<std::uint32_t>(open_.size());
    open_.push_back(who);
    most_open_ = (std::max)(most_open_, open_.size());
  } else {
    open_[m.open_position] = open_.back();
    matters_[open_.back()].open_position = m.open_position;
    open_.pop_back();
    m.open_position = no_index;
  }
  count_owned(m, open ? +1 : -1);
}

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::count_owned(const matter& m, int change) {
  count_owned(m.owner, change);
  if (m.partner.valid()) count_owned(m.partner, change);
}

template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::count_owned(official_id who, int change) {
  const std::size_t i = place_of(who);
  owner_state& o = owners_[i];
  const std::int32_t today = today_.since_1970(), now = today < o.since ? o.since : today;
  o.days += static_cast<double>(o.open) * (now - o.since);
  o.since = now;
  o.open += change;
  owned_open_[i] = o.open;
  const std::int32_t seen = counting_ ? o.open : 0;
  o.most = o.most < seen ? seen : o.most;
}

/// R12, R13: gives the case its owner, once; a later hearing never takes it away.
template <ownership_policy Ownership, class Observer>
void replication<Ownership, Observer>::set_owner(std::uint32_t who, official_id receiver, instant at) {
  matter& m = matters_[who];
  if (m.owner.valid()) return;
  ownership_request request{receiver, world_->townships()[m.township].leader, {}};
  const std::uint32_t subject = world_->matter_office(m.category);
  if (subject != no_index) request.matter_leader = world_->offices()[subject].leader;
  const auto open = std::span<const std::int32_t>(owned_open_).first(world_->org().officials().size());
  const caseload_view load(open, world_->peers());
  m.owner = one_of_us(ownership_.owner(request, load));
  if constexpr (joint_ownership_policy<Ownership>) {
    const official_id partner = one_of_us(ownership_.partner(request, load));
    m.partner = m.owner.valid() && partner != m.owner ? partner : official_id{};
  }
  if (receiver.valid() && m.owner != receiver) violate(violation::r13);
  if (!m.owner.valid()) return;
  if (is_open(m.state)) count_owned(m, +1);
  if constexpr (requires { observer_.owned(at, m, receiver); }) observer_.owned(at, m, receiver);
}

template <ownership_policy Ownership, class Observer>
double replication<Ownership, Observer>::supervised(const matter& m) const noexcept {
  const auto& own = world_->setting().ownership;
  std::int32_t load = owned_open_[place_of(m.owner)];
  if (m.partner.valid()) load = (std::min)(load, owned_open_[m.partner.index()]);  // whoever has more time for it
  return 1 - m.owner.valid() * own.supervision_effect / (1 + load / own.load_half);
}

template <ownership_policy Ownership, class Observer>
cell_set replication<Ownership, Observer>::cells_of(const matter& m) const noexcept {
  const cell_layout& at = world_->layout();
  return {{at.first_sum(dimension::all, 0), m.level_sums, at.first_sum(dimension::township, m.township), at.first_sum(dimension::category, m.category),
           at.first_sum(dimension::door, static_cast<std::size_t>(m.door)), at.first_sum(dimension::channel, static_cast<std::size_t>(m.channel)),
           m.venue_sums}};
}

}  // namespace sifang

#include "sifang/county/year/reception.hpp"
#include "sifang/county/year/handling.hpp"
#include "sifang/county/year/doors.hpp"
#include "sifang/county/year/week.hpp"
#include "sifang/county/year/finish.hpp"

#endif
