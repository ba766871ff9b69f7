// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_HPP
#define SIFANG_TESTS_COUNTY_TWIN_HPP

#include "sifang/county/draws.hpp"
#include "sifang/county/world.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/guards.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/random/discrete_table.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/random/laws.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/reception/appointments.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/return_visits.hpp"
#include "twin_line.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <utility>
#include <vector>

/// The twin: a naive second implementation of the simulated year, under the built-in policies.
///
/// One list of cases, one ordered set of what falls due, nothing counted in advance: whatever is needed is looked for in the
/// lists when it is needed. Of the engine's code it shares what stands below the year: the life cycle, the legal clocks and their guards,
/// the calendar, the dated plan of reception (who sits where, before absences), distributions, and the names of luck
/// (`named_draws`); of the county floor the world, the scenario and draws.hpp. It includes nothing of county/year but, by way of the
/// world, fixed_numbers.hpp, whose numbers it does not use: hours of a day and bounds are written down here again.
///
/// Where the rules leave something open, what the engine does stands, and is said beside the code that does it.
namespace sifang_tests::twin {

inline constexpr std::size_t none = static_cast<std::size_t>(-1);

/// What can fall due. In one minute, what stands first comes first; of one kind, whose case arose first.
enum class errand {
  emerges,
  arrives,
  is_found,
  was_heard,
  is_routed,
  unit_objects,
  unit_accepts,
  work_is_done,
  wait_is_over,
  last_call,
  petitioner_decides,
  window_ends,
  review_is_given,
  decides_on_review,
  recheck_is_given,
  leader_meets,
  return_visit_is_made,
  petitions_again,
  writes_instead,
  return_visit_lapses,
  is_withdrawn,
};

/// Something that falls due.
struct pending {
  instant at;
  errand what{};
  std::size_t who = 0;
  friend auto operator<=>(const pending&, const pending&) = default;
};

/// One grievance, and its case once it is registered.
struct grievance {
  std::uint64_t name = 0;  ///< of its luck: day of birth × 2^16 + position in that day
  // Given at birth.
  day born;
  std::size_t village = 0, township = 0, category = 0,
              subject = none;  ///< the department whose matter it is, none for the place
  int persons = 1, level = 0;
  bool claim = false, litigation = false, cross_department = false, local = false;
  bool by_bureau = false,                      ///< a clerk routed it
      disputed = false;                        ///< the units dispute who accepts (L6)
  const recorded_arrival* recorded = nullptr;  ///< where a recorded load is replayed
  sifang::channel channel{};
  // What it has become.
  bool silent = false, simplified = false;
  double complexity = 0, persistence = 0, odds = 0;
  case_state state = case_state::none;
  sifang::door door = sifang::door::remote;
  official_id owner, partner;
  std::size_t unit = none, handler = none;
  int repeats = 0, rounds = 0, bounces = 0, rebounds = 0, returns = 0, meetings = 0, moves = 0;
  int pieces = 0, pieces_done = 0;
  double wait_luck = 0;
  std::optional<day> answered,  ///< on the spot (row 0)
      registered, route_from, routed, accepted, replied, asked, intent, leader_heard, county_heard;
  calendar_days hearing{};  ///< of the recheck under way
  bool from_above = false, direct = false, extended = false, content = false, misrouted = false, at_peace = false, rechecked = false;
  bool overdue = false, late_now = false, long_pending = false, replied_once = false, return_tried = false, helped = false;
  return_trigger trigger{};
  // Visits to sessions.
  int attempts = 0;
  bool visiting = false, in_the_room = false, will_write = false;
  std::int32_t visit_series = -1;
  std::uint32_t visit_turn = 0;
  venue visit_venue{};
  day visit_on, visit_decided;
  official_id receiver;
  // The issue list, and the wall chart.
  bool listed = false, on_chart = false;
  bool backlog = false;  ///< taken over as a long-pending case
  day meeting_on, chart_target;
  int put_off = 0;                              ///< times that its appointment was
  field_place goes_to{};                        ///< its appointment
  bool coordination = false,                    ///< of its appointment, else on site
      meets_with_return = false;                ///< time was kept for a return visit too
  std::optional<instant> meets_at, visited_at;  ///< for which people have kept the time

  /// There is a file.
  [[nodiscard]] bool has_file() const { return state != case_state::none && state != case_state::answered_on_spot; }
};

/// A piece of work that somebody got: minutes of working time since the first day.
struct piece_of_work {
  std::size_t by = 0;
  double begins = 0, length = 0;
};

/// Working time: so many minutes from nine o'clock on, every workday, looked up day by day.
class working_hours {
 public:
  working_hours(const world& w, double per_day) : w_(&w), per_day_(per_day) {}
  [[nodiscard]] double passed(instant at) const {
    int whole = 0;
    for (day d = w_->first(); d < at.date(); ++d) whole += w_->calendar().is_workday(d);
    const double today = w_->calendar().is_workday(at.date()) ? per_day_ : 0;
    return whole * per_day_ + std::clamp(at.minute_of_day().count - 9.0 * 60, 0.0, today);
  }
  /// When so much has been worked; the evening of a day belongs to it. After the last day: some time after it.
  [[nodiscard]] instant when(double work) const {
    double days = std::floor(work / per_day_), rest = work - days * per_day_;
    if (rest <= 0 && days > 0) {
      days -= 1;
      rest = per_day_;
    }
    for (day d = w_->first(); d <= w_->last(); ++d) {
      if (!w_->calendar().is_workday(d)) continue;
      if (days < 1) return instant(d, minutes(9 * 60 + static_cast<std::int32_t>(rest)));
      days -= 1;
    }
    return instant(w_->last() + calendar_days(1), minutes(0));
  }

 private:
  const world* w_;
  double per_day_;
};

/// What an official has to do today: minutes of the day, and where.
struct engagement {
  official_id who;
  int from = 0, to = 0;
  unit_id where;
  bool kept = false;  ///< or it may still come to nothing
};

/// One year of a county.
class year {
 public:
  /// \param w  outlives the year
  year(const world& w, std::uint32_t number)
      : w_(w),
        s_(w.setting()),
        luck_(w.setting().seed, number),
        clerk_hours_(w, s_.routing.clerk_minutes_per_day),
        handler_hours_(w, s_.handling.handler_minutes_per_day),
        routing_work_(s_.routing.minutes_cv),
        accept_days_(s_.routing.accept_days_cv),
        piece_minutes_(s_.handling.work_cv),
        wait_days_(s_.handling.wait_days_cv),
        interview_(s_.reception.interview_cv),
        review_days_(s_.review.review_days_cv),
        recheck_days_(s_.review.recheck_days_cv) {}

  /// Plays it once. \returns all that is told of it
  const std::vector<line>& play() {
    look_up_days();
    for (today_ = w_.first(); today_ <= w_.last(); ++today_) play_today();
    return told_;
  }

 private:
  void play_today() {
    engagements_.clear();
    at_households_ = false;
    posts_change_hands();
    call_rosters();
    grievances_arise();
    irregular_visits();
    hold_sessions();
    monthly_analysis();
    visit_households();
    petitioners_set_out();
    while (!due_.empty() && due_.begin()->at.date() == today_) {
      const pending next = *due_.begin();
      due_.erase(due_.begin());
      happens(next);
    }
    evening_of_campaign();
    tell_hours();
    const bool ends_week = (today_ - w_.start()).count % 7 == 6 || (today_ - w_.start()).count % 7 == -1;
    if (ends_week || today_ == w_.end() || today_ == w_.last()) weekly_look();
  }
  void happens(const pending& p);

  // Arrivals (twin_arrivals.hpp).
  void grievances_arise();
  void is_born(std::size_t position, const recorded_arrival* recorded);
  std::size_t recorded_ones_come();
  void registers_as_recorded(std::size_t who, instant at);
  /// What is recorded of a case, where it counts.
  [[nodiscard]] const recorded_arrival* told_of(const grievance& c) const {
    return s_.replay.mode == replay_mode::as_recorded ? c.recorded : nullptr;
  }
  void gets_its_features(grievance& c, const recorded_arrival* recorded);
  void take_over_backlog();
  void comes_forward(std::size_t who, instant at);
  void petitioners_set_out();
  // Where to be heard (twin_arrivals.hpp).
  [[nodiscard]] bool sets_out(std::size_t who, bool decided_now = true);
  void expect_at(std::size_t who, std::int32_t series, std::uint32_t turn, bool decided_now);
  void goes_home(std::size_t who, bool climbs);
  void writes_instead(std::size_t who, instant at);
  void moves_again(std::size_t who, instant at);
  void plans_next_move(std::size_t who, instant at, double mean_days);

  // Door one (twin_reception.hpp).
  void irregular_visits();
  [[nodiscard]] std::size_t hot_spot(std::uint32_t month, std::uint32_t visit);
  void irregular_visit(std::uint32_t month, std::uint32_t visit, int moves);
  [[nodiscard]] bool meets_them_at(const grievance& c, std::size_t office) const;
  void comes_late(official_id who, int start, unit_id where);
  void hold_sessions();
  [[nodiscard]] std::optional<std::uint32_t> turn_today(const reception_series& s) const;
  [[nodiscard]] int times_sat(official_id who) const;
  [[nodiscard]] std::vector<official_id> named_for(const reception_series& s, std::uint32_t turn) const;
  void call_rosters();
  [[nodiscard]] bool is_away(official_id who) const;
  struct change_of_hands {
    day left, comes;
  };
  [[nodiscard]] std::optional<change_of_hands> change_of(official_id who) const;
  [[nodiscard]] official_id in_office(official_id who) const;
  void posts_change_hands();
  void leave_out_absent(const reception_series& s, std::uint32_t turn, std::vector<official_id>& people) const;
  // Today's diaries (twin_diaries.hpp).
  [[nodiscard]] double km(unit_id a, unit_id b) const;
  [[nodiscard]] int way(unit_id a, unit_id b) const;
  [[nodiscard]] bool is_free(official_id who, int from, int to, unit_id where) const;
  [[nodiscard]] int arrives_at(official_id who, int start, unit_id where) const;
  [[nodiscard]] std::optional<int> find_time(const std::vector<official_id>& people, int from, int length, unit_id where);
  void keeps_time(const std::vector<official_id>& people, instant at);
  void tell_hours();
  void tell_seated(const reception_series& s, const std::vector<official_id>& people, std::size_t seats);
  void hold_session(const reception_series& s, const std::vector<official_id>& people, const std::vector<std::size_t>& group, minutes start,
                    minutes length);
  void is_heard(std::size_t who, instant at);

  // The bureau (twin_bureau.hpp).
  void registers(std::size_t who, instant at);
  [[nodiscard]] bool registers_heard(std::size_t who, instant at);
  void registers_again(std::size_t who, instant at, official_id receiver = {});
  double clerk_work(instant at, double length);
  void waits_for_clerk(std::size_t who, instant at);
  void routes(std::size_t who, instant at);
  void sends(std::size_t who, instant at);
  void chooses_unit(std::size_t who, bool mistaken);
  void accepts_after(std::size_t who, instant read, double days);
  void objects(std::size_t who, instant at);

  // The units (twin_offices.hpp).
  double works_at_desk(std::size_t who, instant at, double length);
  [[nodiscard]] instant is_read(std::size_t who, instant at);
  void accepts(std::size_t who, instant at);
  void calls_for_extension(std::size_t who, instant at);
  void begins_piece(std::size_t who, instant at);
  void ends_piece(std::size_t who, instant at);
  void extends(std::size_t who, instant at);
  void handles_anew(std::size_t who, instant at);
  void helps(std::size_t who, instant at, const meeting_setting& how);
  void joins_line(std::size_t who, instant at);
  void takes_up(std::size_t who, instant at);
  void handler_is_free(std::size_t who, instant at);
  void replies(std::size_t who, instant at);
  [[nodiscard]] bool wants_extension(const grievance& c) const;
  [[nodiscard]] int in_hand(std::size_t handler) const;

  // The petitioner and the reply (twin_settlement.hpp).
  [[nodiscard]] double odds_of_peace(const grievance& c, double opinion) const;
  [[nodiscard]] verdict verdict_of(double opinion) const;
  void decides(std::size_t who, instant at);
  void rates(std::size_t who, instant at);
  void opinion_is_due(std::size_t who, case_clock which, instant at);
  void review_is_given(std::size_t who, instant at);
  void decides_on_review(std::size_t who, instant at);
  void recheck_is_given(std::size_t who, instant at);
  void waits_for_end(std::size_t who, case_clock window, instant at);
  void closed_unsettled(std::size_t who, instant at);
  void makes_peace(std::size_t who, case_event how, instant at);
  void calls_off(std::size_t who);
  [[nodiscard]] bool comes_again(std::size_t who, instant at, official_id receiver);
  void may_withdraw(std::size_t who, instant at);
  void withdraws(std::size_t who, instant at);

  // Leaders: ownership, doors two, three and four, the weekly look (twin_leaders.hpp).
  [[nodiscard]] int owned_by(official_id who) const;
  [[nodiscard]] official_id least_loaded_peer(official_id who) const;
  [[nodiscard]] official_id linked_leader(const grievance& c) const;
  [[nodiscard]] official_id leader_of(const grievance& c) const;
  [[nodiscard]] official_id with_room(official_id full, official_id of_place) const;
  void gives_owner(std::size_t who, official_id receiver, instant at);
  [[nodiscard]] double left_of_waiting(const grievance& c) const;
  void note_hearing(grievance& c, official_id by) const;
  [[nodiscard]] field_place goes_to(const grievance& c, bool coordination, bool returns) const;
  void monthly_analysis();
  void note_long_pending(std::size_t who, instant at);
  void meets(std::size_t who, instant at);
  void look_up_days();
  // The household campaign (twin_campaign.hpp).
  [[nodiscard]] bool is_sent(std::size_t number) const;
  double gets_work(std::size_t by, double length, instant at, const std::function<void(const piece_of_work&)>& tell_part);
  [[nodiscard]] std::size_t free_first(std::size_t unit) const;
  void visit_households();
  void is_found(std::size_t who, instant at);
  void evening_of_campaign();
  void owes_return_visit(std::size_t who, instant at, official_id receiver);
  void books_return_visit(std::size_t who, instant at, official_id receiver);
  void return_visit_lapses(std::size_t who, instant at);
  void goes_on_return_visit(std::size_t who, instant at);
  [[nodiscard]] std::vector<official_id> party_of(const grievance& c) const;
  [[nodiscard]] unsettled_reason reason_of(const grievance& c) const;
  void makes_return_visit(std::size_t who, instant at);
  [[nodiscard]] long_pending_cutoff cutoff() const;
  void weekly_look();
  void note_late(std::size_t who, instant at);

  // What falls due.
  void plan(instant at, errand what, std::size_t who) {
    due_.insert({at, what, who});  // after the last day nothing is played
  }
  /// What would have come next for the file does not come any more; a hearing, a meeting, a last call, a letter and a withdrawal look for
  /// themselves whether there is still a reason.
  void forget_file(std::size_t who) {
    std::erase_if(due_, [&](const pending& p) {
      return p.who == who && p.what != errand::arrives && p.what != errand::was_heard && p.what != errand::last_call &&
             p.what != errand::leader_meets && p.what != errand::petitions_again && p.what != errand::writes_instead &&
             p.what != errand::is_withdrawn;
    });
  }
  void forget_move(std::size_t who) {
    std::erase_if(due_, [&](const pending& p) { return p.who == who && p.what == errand::petitions_again; });
  }
  void plan_file(instant at, errand what, std::size_t who) {
    forget_file(who);
    plan(at, what, who);
  }

  // Time, as numbers.
  [[nodiscard]] instant today_at(minutes of_day) const { return instant(today_, of_day); }
  [[nodiscard]] static instant in_days(instant at, double days) {
    return at + minutes(static_cast<std::int32_t>(std::min(days, 2000.0) * 24 * 60));
  }
  [[nodiscard]] static instant in_whole_days(instant at, double days) {
    return at + minutes(static_cast<std::int32_t>(std::min(days, 20000.0)) * 24 * 60);
  }
  [[nodiscard]] day workday_from(day d) const {
    while (!w_.calendar().is_workday(d)) ++d;
    return d;
  }

  /// Last day of the duty that runs, from the day on which its clock started (L1, L2, L4, L10, L11, L14, L16, L19).
  [[nodiscard]] std::optional<day> due_of(const grievance& c) const {
    const legal_clocks& k = s_.clocks;
    const auto moved = [&](day d) { return k.extend_to_workday ? workday_from(d) : d; };
    switch (c.state) {
      case case_state::registered:
        return moved(*c.route_from + (c.from_above ? k.route_from_above : k.route));
      case case_state::routed:
        return moved(c.simplified ? k.simplified_accept_due(*c.routed, w_.calendar()) : *c.routed + k.accept);
      case case_state::accepted:
      case case_state::handling:
        if (c.extended) return moved(*c.accepted + k.handle + k.extension);
        return moved(c.simplified ? k.simplified_reply_due(*c.accepted, w_.calendar()) : *c.accepted + k.handle);
      case case_state::under_review:
        return moved(*c.asked + k.review);
      case case_state::under_recheck:
        return moved(*c.asked + k.recheck + c.hearing);
      default:
        return std::nullopt;
    }
  }

  // Telling.
  [[nodiscard]] double luck(const grievance& c, draw purpose, int index = 0) const {
    return luck_(c.name, purpose, static_cast<std::uint32_t>(index));
  }
  template <class T>
  [[nodiscard]] static double number(T x) {
    return static_cast<double>(x);
  }
  [[nodiscard]] static double id(official_id who) { return who.valid() ? number(who.index()) : nobody; }
  [[nodiscard]] static double date(day d) { return number(d.since_1970()); }
  [[nodiscard]] facts facts_of(const grievance& c) const {
    const auto place = [](std::size_t x) { return x == none ? nobody : number(x); };
    const auto on = [](std::optional<day> d) { return d ? date(*d) : nobody; };
    const double due = c.state == case_state::registered ? nobody : on(due_of(c));
    return {number(c.state),
            id(c.owner),
            id(c.partner),
            place(c.unit),
            place(c.handler),
            number(c.persons),
            number(c.channel),
            number(c.level),
            number(c.door),
            number(c.attempts),
            number(c.repeats),
            number(c.rounds),
            number(c.bounces),
            number(c.rebounds),
            number(c.returns),
            number(c.meetings),
            number(c.pieces_done),
            number(c.pieces),
            c.complexity,
            c.persistence,
            c.odds,
            due,
            number(c.silent),
            number(c.simplified),
            number(c.overdue),
            number(c.late_now),
            number(c.long_pending),
            number(c.extended),
            number(c.content),
            number(c.misrouted),
            number(c.listed),
            number(c.visiting),
            number(c.will_write),
            number(c.at_peace),
            on(c.intent),
            on(c.leader_heard),
            on(c.county_heard)};
  }
  void tell_of_day(instant at, std::string_view what, std::vector<double> more) { told_.push_back({at, what, 0, {}, std::move(more)}); }
  void tell(instant at, std::string_view what, std::size_t who, std::vector<double> more = {}) {
    const grievance& c = cases_[who];
    told_.push_back({at, what, c.name, facts_of(c), std::move(more)});
  }
  /// The clock of the duty is told beside it, or starts next: the case itself has no last day to tell.
  void tell_without_due(instant at, std::string_view what, std::size_t who, std::vector<double> more) {
    const grievance& c = cases_[who];
    grievance without = c;
    without.state = case_state::none;  // nothing runs
    told_.push_back({at, what, c.name, facts_of(without), std::move(more)});
    told_.back().of[0] = number(c.state);
  }
  /// A row of the life cycle, and nothing else, moves a case.
  void step(std::size_t who, case_event event, instant at) {
    grievance& c = cases_[who];
    const case_state from = c.state, to = next(from, event).value();
    c.state = to;
    // Open cases lie on a table: a new one is put at its end, and the last takes the place of one that leaves. In this order the bureau
    // goes through them at the end of a week and in the monthly analysis; nothing but the order of handing over depends on it.
    if (!is_open(from) && is_open(to)) table_.push_back(who);
    if (is_open(from) && !is_open(to)) {
      *std::find(table_.begin(), table_.end(), who) = table_.back();
      table_.pop_back();
    }
    tell_without_due(at, "step", who, {number(event), number(from), number(to)});
  }
  /// Row 24: the duty that runs is late, and that is noted once.
  void miss(std::size_t who, instant at) {
    cases_[who].late_now = cases_[who].overdue = true;
    step(who, case_event::expire, at);
  }
  /// A duty is done, in time or late (row 24).
  void fulfil(std::size_t who, case_clock which, day began, instant at) {
    const day due = *due_of(cases_[who]);
    tell_without_due(at, "duty", who, {number(which), date(began), date(due)});
    if (today_ > due && !cases_[who].late_now) miss(who, at);
  }

  const world& w_;
  const scenario& s_;
  named_draws luck_;
  working_hours clerk_hours_, handler_hours_;
  normal_law normal_;
  lognormal_law routing_work_, accept_days_, piece_minutes_, wait_days_, interview_, review_days_, recheck_days_;
  std::vector<day> analyses_, campaign_;
  day today_;
  std::vector<grievance> cases_;
  std::multiset<pending> due_;
  std::vector<std::size_t> table_;    ///< open cases
  std::vector<std::size_t> line_;     ///< cases for which no handler has room, whoever's, as they came
  std::vector<pending> setting_out_;  ///< today's visitors, and when they would write
  std::vector<piece_of_work> clerk_pieces_, handler_pieces_;
  struct sitting {
    day on;
    official_id who;
  };
  std::vector<sitting> sat_;  ///< at sessions of county leaders
  struct roster {
    std::size_t series;
    std::vector<official_id> people;
    std::size_t seats;
  };
  std::vector<roster> rosters_;          ///< of today's sessions
  std::vector<engagement> engagements_;  ///< of today
  struct moved_visit {
    day on;
    std::uint32_t month, visit;
    int moves;
  };
  std::vector<moved_visit> moved_visits_;  ///< irregular ones that found nobody
  std::vector<std::size_t> come_back_;     ///< closed on paper, and petitioned again since
  double field_days_left_ = 0;
  int last_analysis_ = 0, months_of_analysis_ = 0;  ///< year × 12 + month; for how many its month stands
  std::size_t clashes_ = 0;                         ///< of today
  /// An item of public sentiment that needs handling.
  struct sentiment {
    std::size_t number = 0, village = 0;
    sentiment_kind kind{};
    day found, target, done;
    double luck = 0;
  };
  std::vector<sentiment> new_items_, on_chart_;  ///< found today; on the wall chart
  std::size_t items_so_far_ = 0;
  std::vector<double> seen_;  ///< households of each village, in this campaign
  int day_of_campaign_ = 0;
  bool at_households_ = false;  ///< today, those who are sent and have no other duty
  struct booked_visit {
    official_id owner;
    day monday;
  };
  std::vector<booked_visit> booked_;  ///< return visits
  std::vector<line> told_;
};

inline void year::happens(const pending& p) {
  switch (p.what) {
    case errand::emerges:
    case errand::arrives:
      return comes_forward(p.who, p.at);
    case errand::is_found:
      return is_found(p.who, p.at);
    case errand::was_heard:
      return is_heard(p.who, p.at);
    case errand::is_routed:
      return routes(p.who, p.at);
    case errand::unit_objects:
      return objects(p.who, p.at);
    case errand::unit_accepts:
      return accepts(p.who, p.at);
    case errand::work_is_done:
      return ends_piece(p.who, p.at);
    case errand::wait_is_over:
      return begins_piece(p.who, p.at);
    case errand::last_call:
      return extends(p.who, p.at);
    case errand::petitioner_decides:
      return decides(p.who, p.at);
    case errand::window_ends:  // row 19
      cases_[p.who].rechecked = false;
      step(p.who, case_event::window_ends, p.at);
      return closed_unsettled(p.who, p.at);
    case errand::review_is_given:
      return review_is_given(p.who, p.at);
    case errand::decides_on_review:
      return decides_on_review(p.who, p.at);
    case errand::recheck_is_given:
      return recheck_is_given(p.who, p.at);
    case errand::leader_meets:
      return meets(p.who, p.at);
    case errand::return_visit_is_made:
      return goes_on_return_visit(p.who, p.at);
    case errand::petitions_again:
      return moves_again(p.who, p.at);
    case errand::writes_instead:
      return writes_instead(p.who, p.at);
    case errand::return_visit_lapses:
      return return_visit_lapses(p.who, p.at);
    case errand::is_withdrawn:
      return withdraws(p.who, p.at);
  }
}

}  // namespace sifang_tests::twin

#include "twin_arrivals.hpp"
#include "twin_bureau.hpp"
#include "twin_campaign.hpp"
#include "twin_diaries.hpp"
#include "twin_leaders.hpp"
#include "twin_offices.hpp"
#include "twin_reception.hpp"
#include "twin_settlement.hpp"

#endif
