// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/scenario_laws.hpp"
#include "story.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::played;
using sifang_tests::telling;
using sifang_tests::told;

/// From what was told of a matter up to a moment, and from its luck by name, follows when it is told of next, and what.
namespace {

/// Minutes of work on workdays from nine o'clock on, by looking at each day.
class plain_work_time {
 public:
  plain_work_time(const world& w, double per_day) : w_(w), per_day_(per_day) {}
  [[nodiscard]] double passed(instant at) const {
    double sum = 0;
    for (day d = w_.first(); d < at.date(); ++d) sum += w_.calendar().is_workday(d) ? per_day_ : 0;
    if (!w_.calendar().is_workday(at.date())) return sum;
    return sum + std::clamp(at.minute_of_day().count - 9.0 * 60, 0.0, per_day_);
  }
  [[nodiscard]] instant when(double work) const {
    day d = w_.first();
    for (;; ++d) {
      if (!w_.calendar().is_workday(d)) continue;
      if (work <= per_day_) return instant(d, minutes(9 * 60 + static_cast<std::int32_t>(work)));
      work -= per_day_;
    }
  }

 private:
  const world& w_;
  double per_day_;
};

class course {
 public:
  course(const world& w, const sifang_tests::story& s, std::uint32_t number)
      : w_(w),
        setting_(w.setting()),
        story_(s),
        luck_(setting_.seed, number),
        laws_(setting_),
        clerk_time_(w, setting_.routing.clerk_minutes_per_day),
        handler_time_(w, setting_.handling.handler_minutes_per_day),
        clerks_(static_cast<std::size_t>(setting_.routing.clerks)),
        handler_free_(w.handlers()),
        handler_open_(w.handlers()),
        offices_(w.offices().size()) {}

  void run() {
    const telling* before = nullptr;
    for (const telling& t : story_.all) {
      take(t, before);
      if (t.what != told::refused) before = &t;
    }
    const instant end(w_.last() + calendar_days(1), minutes(0));
    for (auto& [entity, k] : known_) expect_nothing_before(k, end, "the end");
  }
  [[nodiscard]] std::size_t checked() const noexcept { return checked_; }

 private:
  struct known {
    std::uint64_t entity = 0;
    case_state state = case_state::none;
    official_id owner, partner;
    std::int32_t registered = never;
    std::vector<std::pair<instant, case_event>> due;  ///< the next step of the file: one of these
    /// Minutes since 1970 at which a wait can be over: the load of the owner within a minute is not told.
    std::vector<double> waits;
    std::vector<std::pair<instant, double>> cuts;
    std::optional<instant> extension;  ///< when the last call for one is
    bool started = false, content = false, simplified = false;
    instant began, wait_from;
    double wait_days = 0;  ///< before supervision cuts it
    double odds = 0;
    instant joined;
    bool room = true;
    bool disputed = false;        ///< the units dispute who accepts (L6)
    bool visit_owed = false;      ///< closed on paper, and nobody has been there yet
    std::optional<instant> move;  ///< when the petitioner's next move is due
    std::uint32_t moves = 0;
    std::optional<instant> withdraws;  ///< when the petitioner would, if the case is open then
    instant visiting_until;            ///< on the way, or in a session, up to here
    bool on_way = false;
    std::multiset<instant> hearings, letters;  ///< registrations to come: when heard, and written since not heard
    std::vector<instant> at_hot_spots;         ///< hearings by which the case gains, still to come
  };
  struct line {
    std::deque<std::uint64_t> waiting;
    instant released;
  };

  static void fail(const known& k, const telling& t, const std::string& what) {
    FAIL_CHECK(what << ": matter " << k.entity << ", "
                    << (t.what == told::step ? std::string(name_of(t.event)) : "telling " + std::to_string(static_cast<int>(t.what)))
                    << " at " << to_string(t.at));
  }
  void check(bool holds, const known& k, const telling& t, const std::string& what) {
    ++checked_;
    if (!holds) fail(k, t, what);
  }
  static bool near(instant a, instant b) { return std::abs((a - b).count) <= 1; }  // a sum of minutes, in another order
  static instant after(instant at, double days) { return at + minutes(static_cast<std::int32_t>(days * 24 * 60)); }
  static double logistic_of(double z) { return 1 / (1 + std::exp(-z)); }
  [[nodiscard]] day workday_from(day d) const {
    while (!w_.calendar().is_workday(d)) ++d;
    return d;
  }
  [[nodiscard]] day moved(day d) const { return setting_.clocks.extend_to_workday ? workday_from(d) : d; }
  [[nodiscard]] day plus_workdays(day d, int n) const {
    while (n > 0) n -= w_.calendar().is_workday(++d);
    return d;
  }

  // How many open cases an official has, and had within a minute.
  void own(official_id who, int change, instant at) {
    if (!who.valid()) return;
    auto& of = loads_[who.index()];
    of.emplace_back(at, (of.empty() ? 0 : of.back().second) + change);
  }
  [[nodiscard]] int load(official_id who) const {
    const auto found = loads_.find(who.index());
    return !who.valid() || found == loads_.end() ? 0 : found->second.back().second;
  }
  [[nodiscard]] std::set<int> loads_at(official_id who, instant at) const {
    std::set<int> out;
    const auto found = loads_.find(who.index());
    int before = 0;
    if (who.valid() && found != loads_.end()) {
      for (const auto& [since, n] : found->second) {
        if ((since - at).count > 1) break;
        if ((since - at).count >= -1) out.insert(n);
        if ((since - at).count < -1) before = n;
      }
    }
    out.insert(before);
    return out;
  }

  void expect_nothing_before(known& k, instant now, const std::string& where) {
    if (k.due.empty()) return;
    const instant latest = std::max_element(k.due.begin(), k.due.end())->first;
    if ((now - latest).count > 1)
      FAIL_CHECK("a step of matter " << k.entity << " did not come at " << to_string(latest) << ", seen at " << where);
  }

  /// The petitioner's moves that came to nothing, since they were on the way to a session.
  void moves_until(known& k, const telling& t) {
    while (k.move && *k.move < t.at && (k.on_way || *k.move < k.visiting_until)) plan_move(k, *k.move, setting_.repeats.open_days, t.m);
  }
  void plan_move(known& k, instant at, double mean_days, const matter& m) {
    const double mean = mean_days * std::exp(-0.4 * std::clamp(m.persistence, -3.0, 3.0));
    const double days = 1 - mean * std::log1p(-luck_(k.entity, draw::repeat_after, k.moves++));
    k.move = at + minutes(24 * 60 * static_cast<std::int32_t>(std::min(days, 20000.0)));
  }

  static void plan(known& k, instant at, std::initializer_list<case_event> then) {
    k.due.clear();
    for (case_event e : then) k.due.emplace_back(at, e);
  }
  [[nodiscard]] static bool is_due(const known& k, case_event e, instant at) {
    return std::any_of(k.due.begin(), k.due.end(), [&](const auto& d) { return d.second == e && near(d.first, at); });
  }

  void clerk(known& k, instant at, double work, bool routes) {
    const auto free = std::min_element(clerks_.begin(), clerks_.end());
    *free = std::max(*free, clerk_time_.passed(at)) + work;
    if (routes) plan(k, std::max(clerk_time_.when(*free), at), {case_event::route});
  }
  void queue_for_clerk(known& k, const telling& t) {
    clerk(k, t.at, laws_.routing_work(luck_(k.entity, draw::routing_work, t.m.bounces), setting_.routing.minutes_per_matter), true);
  }

  void to_unit(known& k, const telling& t) {
    const auto& r = setting_.routing;
    const std::uint32_t n = t.m.bounces, subject = w_.matter_office(t.m.category), place = w_.townships()[t.m.township].office;
    const bool local = t.m.local || subject == no_index;
    const std::uint32_t competent = local ? place : subject;
    std::uint32_t unit = competent;
    const bool decided = std::exchange(k.disputed, false);  // by the common superior (L6)
    if (!(t.m.direct && n == 0) && !decided && luck_(k.entity, draw::misroute, n) < r.misroute_probability) {
      unit = local ? subject : place;
      if (unit == no_index || unit == competent)
        unit = static_cast<std::uint32_t>(luck_(k.entity, draw::misroute_unit, n) * static_cast<double>(w_.offices().size()));
    }
    expected_office_[k.entity] = unit;
    const bool wrong = unit != competent;
    wrong_[k.entity] = wrong;
    k.disputed = !wrong && n == 0 && t.m.cross_department && t.m.by_bureau && luck_(k.entity, draw::disputes) < r.dispute_share;
    if (k.disputed) {
      const int within = setting_.clocks.objection.count;
      const int days = std::min(1 + static_cast<int>(luck_(k.entity, draw::objection_days, n) * within), within);
      return plan(k, instant(plus_workdays(t.at.date(), days), minutes(15 * 60)), {case_event::object});
    }
    if (wrong && luck_(k.entity, draw::misroute_found, n) < r.misroute_found) {
      const int within = setting_.clocks.objection.count;
      const day on = plus_workdays(t.at.date(), std::min(1 + static_cast<int>(luck_(k.entity, draw::objection_days, n) * within), within));
      const instant objects(on, minutes(15 * 60));
      if (n < 20 && luck_(k.entity, draw::objection_agreed, n) < r.objection_agreed)
        plan(k, objects, {case_event::object});
      else
        accepts(k, objects, t.m, false);
      return;
    }
    accepts(k, t.at, t.m, t.m.simplified);
  }
  void accepts(known& k, instant from, const matter& m, bool in_three) {
    double days = laws_.accept_days(luck_(k.entity, draw::accept_days, m.bounces), setting_.routing.accept_days_mean);
    if (in_three) days = std::min(days, 3.0);
    const day on = workday_from(from.date() + calendar_days(static_cast<std::int32_t>(days)));
    plan(k, std::max(instant(on, minutes(16 * 60)), from), {case_event::inform});
  }

  void join_line(known& k, const telling& t) {
    line& l = offices_[t.m.office];
    k.started = false;
    k.joined = t.at;
    k.due.clear();
    k.waits.clear();
    k.room = l.waiting.empty() &&
             *std::min_element(handlers_of(t.m.office).begin(), handlers_of(t.m.office).end()) < setting_.handling.case_limit;
    l.waiting.push_back(k.entity);
  }
  [[nodiscard]] std::span<const int> handlers_of(std::uint32_t office) const {
    return std::span<const int>(handler_open_).subspan(w_.offices()[office].first_handler, w_.offices()[office].handlers);
  }

  void work(known& k, const telling& t) {
    const matter& m = t.m;
    if (!k.started) {
      line& l = offices_[m.office];
      check(!l.waiting.empty() && l.waiting.front() == k.entity, k, t, "who came first is taken up first");
      if (!l.waiting.empty()) l.waiting.pop_front();
      check(k.room ? t.at == k.joined : t.at == l.released, k, t, "taken up at once, or when a handler gets free");
      const auto of_office = handlers_of(m.office);
      const auto least = static_cast<std::uint32_t>(std::min_element(of_office.begin(), of_office.end()) - of_office.begin());
      check(m.handler == w_.offices()[m.office].first_handler + least, k, t, "by the handler with the fewest cases");
      check(handler_open_[m.handler] < setting_.handling.case_limit, k, t, "within the limit of cases");
      ++handler_open_[m.handler];
      k.started = true;
      k.began = t.at;
    } else if (!k.waits.empty()) {
      bool found = false;
      double nearest = 1e9;
      for (double until : k.waits) {
        for (const auto& [at, cut] : k.cuts) {
          const double now = at.since_1970();
          if (at >= k.wait_from && at <= t.at && until > now) until = now + std::floor((until - now) * (1 - cut));
        }
        nearest = std::min(nearest, std::abs(until - t.at.since_1970()));
        found = found || std::abs(until - t.at.since_1970()) <= 2;
      }
      check(found, k, t, "the wait of a piece of work is over, but for " + std::to_string(nearest) + " minutes");
    }
    k.cuts.clear();
    k.waits.clear();
    const category_setting& c = setting_.categories[m.category];
    const std::uint32_t piece = m.rounds * 64u + m.stage;
    const bool simplified = m.rounds == 0 && k.simplified;  // what is opened again is simple no more
    const int pieces = simplified ? 1 : 1 + static_cast<int>(laws_.further_stages(luck_(k.entity, draw::stages, m.rounds)));
    check(m.stages == pieces, k, t, "pieces of work of a round");
    const double mean = c.work_hours * (simplified ? 0.25 : 1) * 60 / pieces * (1 + 0.25 * std::max(m.complexity, 0.0));
    const double minutes_of_work = laws_.stage_work(luck_(k.entity, draw::stage_work, piece), mean);
    check(std::abs(minutes_of_work - t.minutes) < 1e-6 * mean, k, t, "minutes of a piece of work");
    double& free = handler_free_[m.handler];
    free = std::max(free, handler_time_.passed(t.at)) + minutes_of_work;
    const instant done = std::max(handler_time_.when(free), t.at);
    k.due.clear();
    if (m.stage + 1 >= m.stages) {
      plan(k, done, {case_event::reply, case_event::mediate});
      return;
    }
    double days = laws_.stage_wait(luck_(k.entity, draw::stage_wait, piece), setting_.handling.wait_days_mean);
    if (m.cross_department) days += setting_.handling.cross_department_days;
    if (wrong_[k.entity]) days *= 1.5;
    pending_wait_[k.entity] = {done, days};
  }
  /// The wait after a piece of work depends on how busy the owner is when it is done: looked at once that is past.
  void resolve_wait(known& k, instant now) {
    const auto found = pending_wait_.find(k.entity);
    if (found == pending_wait_.end() || now < found->second.first) return;
    const auto [done, days] = found->second;
    pending_wait_.erase(found);
    k.wait_from = done;
    k.wait_days = days;
    const auto& own = setting_.ownership;
    if (!k.owner.valid()) {
      k.waits.push_back(after(done, days).since_1970());
      return;
    }
    auto loads = loads_at(k.owner, done);
    if (k.partner.valid()) {
      std::set<int> both;
      for (int a : loads) {
        for (int b : loads_at(k.partner, done)) both.insert(std::min(a, b));
      }
      loads = both;
    }
    loads.insert(*loads.begin() - 1);  // the matter's own closing, or another's, within the minute
    for (int n : loads) k.waits.push_back(after(done, days * (1 - own.supervision_effect / (1 + n / own.load_half))).since_1970());
    if (unowned_at(k, done)) k.waits.push_back(after(done, days).since_1970());
  }
  [[nodiscard]] bool unowned_at(const known& k, instant at) const {
    const auto found = owned_since_.find(k.entity);
    return found == owned_since_.end() || found->second >= at;
  }

  [[nodiscard]] double odds_of_peace(const known& k, const matter& m, instant at, double opinion, int owner_load) const {
    const auto& s = setting_.settlement;
    double z = s.intercept + s.complexity * m.complexity + s.persistence * m.persistence + s.repeat * std::min<int>(m.repeats, 10) + k.odds;
    z += s.delay_per_30_days * (at.date().since_1970() - k.registered) / 30.0;
    if (m.cross_department) z += s.departments;
    if (k.owner.valid() && (w_.org()[k.owner].rank == role::principal_leader || w_.org()[k.owner].rank == role::county_leader))
      z += s.leader_owner;
    if (k.owner.valid()) z += s.owner_load * owner_load;
    if (opinion < s.supported_share)
      z += s.supported;
    else if (opinion >= s.supported_share + s.explained_share)
      z += s.not_supported;
    return z;
  }

  void take(const telling& t, const telling* before) {
    known& k = known_[t.m.entity];
    k.entity = t.m.entity;
    resolve_wait(k, t.at);
    const bool by_day = t.what == told::sets_out || t.what == told::listed || t.what == told::visit;
    if (!by_day || t.what == told::visit) moves_until(k, t);
    hearings_at_hot_spots(k, t.at);
    if (!by_day) { expect_nothing_before(k, t.at, to_string(t.at)); }
    if (k.move && k.move->date() < t.at.date() && !k.on_way && *k.move >= k.visiting_until)
      fail(k, t, "the petitioner's next move did not come at " + to_string(*k.move));
    switch (t.what) {
      case told::step:
        take_step(k, t, before);
        break;
      case told::owned:
        k.owner = t.m.owner;
        k.partner = t.m.partner;
        owned_since_[k.entity] = t.at;
        // An owner of the very minute in which the wait begins cuts it, if the hearing came first.
        if (!k.waits.empty() && near(k.wait_from, t.at)) {
          for (int n : loads_at(k.owner, t.at)) {
            for (int more : {0, 1}) {
              const double left = 1 - setting_.ownership.supervision_effect / (1 + (n + more) / setting_.ownership.load_half);
              k.waits.push_back(after(k.wait_from, k.wait_days * left).since_1970());
            }
          }
        }
        if (is_open(k.state)) {
          own(k.owner, +1, t.at);
          own(k.partner, +1, t.at);
        }
        break;
      case told::hearing:
      case told::refused:
        break;
      case told::repeat: {
        // In the order of one minute: a hearing, a move, a letter.
        const auto take_one = [&](std::multiset<instant>& from) {
          const auto found = from.find(t.at);
          if (found == from.end()) return false;
          from.erase(found);
          return true;
        };
        const bool moves = k.move && *k.move == t.at && !k.on_way && t.at >= k.visiting_until;
        if (!take_one(k.hearings)) {
          if (moves)
            check(goes_over_the_county(t.m) || !in_person(t.m) || !setting_.reception[article::window].open, k, t,
                  "petitions again in writing");
          else
            check(take_one(k.letters), k, t, "registered again when the petitioner moves, is heard or writes instead");
        }
        clerk(k, t.at, setting_.routing.minutes_per_matter, false);
        // A new round begins with a petition before the return visit, or after a peace where there are no visits.
        const bool anew = k.state == case_state::return_visit_due || (k.state == case_state::settled && !setting_.return_visits.open);
        const bool at_work = is_open(k.state) || anew;
        plan_move(k, t.at, at_work ? setting_.repeats.open_days : setting_.repeats.after_close_days, t.m);
        break;
      }
      case told::sets_out: {
        // Whoever was not heard comes back, or climbs, right away; all others move at first, or when it is time.
        const bool again = before != nullptr && before->what == told::visit && before->m.entity == k.entity;
        if (k.state != case_state::none && !again) {
          check(k.move && k.move->date() == t.at.date(), k, t, "sets out at first, by a move, or after not being heard");
          check(in_person(t.m) && !goes_over_the_county(t.m), k, t, "comes in person");
          k.move.reset();
        }
        k.on_way = true;
        break;
      }
      case told::visit:
        visit(k, t);
        break;
      case told::work:
        work(k, t);
        break;
      case told::rating:
        rating(k, t);
        break;
      case told::meeting:
        if (k.state == case_state::return_visit_due && setting_.return_visits.open) {
          plan(k, t.at, {case_event::return_settled, case_event::return_unsettled, case_event::return_reopened});
        } else {
          const auto& door = setting_.appointments;
          const bool coordination = luck_(k.entity, draw::instrument, t.m.meetings) < door.coordination_share;
          const meeting_setting& how = coordination ? door.coordination : door.on_site;
          check(how.length.count == t.minutes, k, t, "instrument of a meeting");
          k.odds += how.odds_effect;
          k.cuts.emplace_back(t.at, how.wait_cut);
        }
        break;
      case told::skips_level:
        check(t.m.repeats >= 2 && goes_over_the_county(t.m), k, t, "goes over the county's head");
        break;
      case told::listed:
        break;
    }
  }

  [[nodiscard]] double channel_luck(const matter& m) const { return luck_(m.entity, draw::repeat_channel, m.repeats); }
  [[nodiscard]] bool goes_over_the_county(const matter& m) const {
    return m.repeats >= 2 && channel_luck(m) < setting_.repeats.skip_level_share;
  }
  [[nodiscard]] bool in_person(const matter& m) const {
    const double visits = setting_.load.visit_share;
    return channel_luck(m) < (m.channel == channel::visit ? 0.5 + 0.5 * visits : visits);
  }
  void visit(known& k, const telling& t) {
    const day today = t.at.date();
    k.on_way = false;
    if (!t.outcome || t.outcome->end != visit_end::heard) {
      k.letters.insert(instant(today, minutes(18 * 60)));
      return;
    }
    const auto& s = story_.sessions[t.session].series;
    const bool irregular = s.where == article::irregular;
    const instant heard(today, (irregular ? minutes(9 * 60) : w_.plan().start(s.where)) +
                                   minutes(static_cast<std::int32_t>(std::min(t.outcome->finish, 900.0))));
    k.visiting_until = heard;
    if (k.state == case_state::none)
      plan(k, heard, {case_event::arrive});
    else if (irregular)
      k.at_hot_spots.push_back(heard);
    else
      k.hearings.insert(heard);
  }
  /// A hearing at a hot spot works like an on-site meeting, if the case is open then.
  void hearings_at_hot_spots(known& k, instant now) {
    for (instant heard : std::exchange(k.at_hot_spots, {})) {
      if (heard > now) {
        k.at_hot_spots.push_back(heard);
      } else if (is_open(k.state)) {
        k.odds += setting_.appointments.on_site.odds_effect;
        k.cuts.emplace_back(heard, setting_.appointments.on_site.wait_cut);
      }
    }
  }

  void rating(known& k, const telling& t) {
    if (k.state != case_state::replied) return;  // mediated
    check(is_due(k, case_event::content, t.at), k, t, "the petitioner decides within the window");
    const double opinion = luck_(k.entity, draw::opinion, t.m.rounds), luck = luck_(k.entity, draw::settle, t.m.rounds);
    const double p = logistic_of(odds_of_peace(k, t.m, t.at, opinion, load(k.owner)));
    if (std::abs(luck - p) > 1e-9) check(t.m.content == (k.content || luck < p), k, t, "content with the reply in the end");
    if (t.m.content) {
      plan(k, t.at, {case_event::content});
    } else if (t.m.claim && luck_(k.entity, draw::ask_review, t.m.rounds) < setting_.review.ask_share) {
      plan(k, t.at, {case_event::ask_review});
    } else {
      const day end = moved(day(t.m.replied) + setting_.clocks.review_window) + calendar_days(1);
      plan(k, std::max(instant(end, minutes(0)), t.at), {case_event::window_ends});
    }
  }

  void take_step(known& k, const telling& t, const telling* before) {
    const matter& m = t.m;
    const instant at = t.at;
    if (t.event == case_event::rebound || t.event == case_event::schedule_return || t.event == case_event::petition_again ||
        t.event == case_event::rebound_reopened) {
      const bool registered = before != nullptr && before->what == told::repeat && before->m.entity == k.entity;
      check(registered || (k.visit_owed && t.event == case_event::schedule_return), k, t,
            "a return visit is owed once, or when the petitioner comes again");
    } else {
      check(!k.visit_owed, k, t, "a return visit that is owed is planned at once");
    }
    k.visit_owed = false;
    const bool flag = t.event == case_event::cutoff || t.event == case_event::expire;
    if (flag) return;
    if (t.event == case_event::extend) {
      check(k.extension && at == *k.extension, k, t, "the last call for an extension");
      k.extension.reset();
      return;
    }
    const bool of_its_own = t.event == case_event::arrive || t.event == case_event::divert || t.event == case_event::receive_in_person ||
                            t.event == case_event::investigate || t.event == case_event::rebound ||
                            t.event == case_event::schedule_return || t.event == case_event::petition_again ||
                            t.event == case_event::rebound_reopened || t.event == case_event::withdraw;
    if (!of_its_own) {
      check(is_due(k, t.event, at), k, t,
            "the step that is due, when it is due" +
                (k.due.empty() ? ": none" : ": " + std::string(name_of(k.due[0].second)) + " at " + to_string(k.due[0].first)));
    } else if (t.event == case_event::arrive && m.attempts > 0) {
      check(is_due(k, t.event, at) || k.letters.contains(at), k, t, "registered when heard, or by a letter instead");
    }
    const case_state from = k.state;
    if (t.event == case_event::reply || t.event == case_event::mediate) reply(k, t);
    if (is_open(t.to) != is_open(from)) {
      own(k.owner, is_open(t.to) ? +1 : -1, at);
      own(k.partner, is_open(t.to) ? +1 : -1, at);
    }
    k.state = t.to;
    if (!of_its_own || t.event == case_event::arrive) k.due.clear();
    switch (t.event) {
      case case_event::arrive:
        k.letters.clear();
        k.registered = at.date().since_1970();
        k.simplified = m.simplified;
        if (m.channel == channel::campaign) k.odds += setting_.campaign.early_effect;
        if (m.litigation) {
          plan(k, at, {case_event::divert});
        } else {
          may_withdraw(k, at);
          plan_move(k, at, setting_.repeats.open_days, m);
          if (m.heard_first && m.first_venue != article::window)
            plan(k, at, {case_event::receive_in_person});
          else if (goes_straight(m))
            plan(k, at, {case_event::route});
          else
            queue_for_clerk(k, t);
        }
        break;
      case case_event::divert:
        k.due.clear();
        break;
      case case_event::withdraw:
        check(k.withdraws && *k.withdraws == at, k, t, "a matter is withdrawn when it is time");
        leave(k, t, from);
        k.due.clear();
        k.move.reset();
        break;
      case case_event::return_lapsed_settled:
      case case_event::return_lapsed_unsettled:
        check((t.event == case_event::return_lapsed_settled) == (t.to == case_state::settled), k, t, "as before");
        break;
      case case_event::route:
      case case_event::receive_in_person:
        to_unit(k, t);
        break;
      case case_event::object:
        if (k.disputed)
          plan(k, std::max(instant(plus_workdays(at.date(), setting_.routing.dispute_days), minutes(15 * 60)), at), {case_event::route});
        else
          queue_for_clerk(k, t);
        break;
      case case_event::inform: {
        check(m.office == expected_office_[k.entity], k, t, "the unit that the matter was sent to");
        const auto& h = setting_.handling;
        const bool complex =
            h.extension == extension_rule::always || (h.extension == extension_rule::complex_only && m.complexity >= h.complex_threshold);
        if (complex && !m.simplified && setting_.clocks.extension.count > 0) {
          const day due = moved(at.date() + setting_.clocks.handle);
          k.extension = std::max(instant(due - calendar_days(2), minutes(10 * 60)), at);
        }
        join_line(k, t);
        break;
      }
      case case_event::send_back:
      case case_event::return_reopened:
      case case_event::petition_again:
      case case_event::rebound_reopened:
        join_line(k, t);
        break;
      case case_event::mediate:
      case case_event::content:
        peace(k, t);
        break;
      case case_event::reply:
        plan(k,
             after(at, std::min(-setting_.settlement.decide_days * std::log1p(-luck_(k.entity, draw::decide_days, m.rounds)),
                                static_cast<double>(setting_.clocks.review_window.count))),
             {case_event::content});
        break;
      case case_event::ask_review:
        plan(k,
             after(at, std::min(laws_.review_days(luck_(k.entity, draw::review_days, m.rounds), setting_.review.review_days_mean), 2000.0)),
             {m.rounds < 3 && luck_(k.entity, draw::upheld, m.rounds) >= setting_.review.upheld_share ? case_event::send_back
                                                                                                      : case_event::uphold});
        break;
      case case_event::uphold: {
        const double days = std::min(-setting_.settlement.decide_days * std::log1p(-luck_(k.entity, draw::decide_days, 100u + m.rounds)),
                                     static_cast<double>(setting_.clocks.recheck_window.count));
        const instant decides = after(at, days);
        const bool asks = luck_(k.entity, draw::ask_recheck, m.rounds) < setting_.review.recheck_share;
        const day end = moved(at.date() + setting_.clocks.recheck_window) + calendar_days(1);
        plan(k, decides, {case_event::content});
        if (asks)
          k.due.emplace_back(decides, case_event::ask_recheck);
        else
          k.due.emplace_back(std::max(instant(end, minutes(0)), decides), case_event::window_ends);
        break;
      }
      case case_event::ask_recheck: {
        double days = laws_.recheck_days(luck_(k.entity, draw::recheck_days, m.rounds), setting_.review.recheck_days_mean);
        if (luck_(k.entity, draw::hearing, m.rounds) < setting_.review.hearing_share) days += std::ceil(setting_.review.hearing_days);
        plan(k, after(at, std::min(days, 2000.0)), {case_event::close_recheck});
        break;
      }
      case case_event::close_recheck:
      case case_event::window_ends:
      case case_event::return_unsettled:
        paper_end(k, t);
        break;
      case case_event::rebound:
      case case_event::schedule_return:
        due_for_return(k, t);
        break;
      case case_event::return_settled:
        peace(k, t);
        break;
      default:
        break;
    }
    if (t.event == case_event::return_settled || t.event == case_event::return_unsettled || t.event == case_event::return_reopened)
      return_visit(k, t);
    if (from == case_state::reviewed && (t.event == case_event::content || t.event == case_event::ask_recheck)) {
      const double p = logistic_of(
          odds_of_peace(k, m, at, luck_(k.entity, draw::opinion, m.rounds), load(k.owner) + (t.event == case_event::content)) - 0.5);
      const double luck = luck_(k.entity, draw::review_settle, m.rounds);
      if (std::abs(luck - p) > 1e-9) check((t.event == case_event::content) == (luck < p), k, t, "content with the review");
    }
  }

  void reply(known& k, const telling& t) {
    const matter& m = t.m;
    const double opinion = luck_(k.entity, draw::opinion, m.rounds), luck = luck_(k.entity, draw::settle, m.rounds);
    const double p = logistic_of(odds_of_peace(k, m, t.at, opinion, load(k.owner)));
    const bool content = std::abs(luck - p) > 1e-9 ? luck < p : m.content;
    check(m.content == content, k, t, "content with the reply");
    check(std::abs(m.odds - k.odds) < 1e-12, k, t, "what meetings and an early find add");
    const bool mediated = content && luck_(k.entity, draw::mediation, m.rounds) < setting_.handling.mediation_share;
    check(mediated == (t.event == case_event::mediate), k, t, "mediated");
    if (k.extension) check(*k.extension >= t.at || k.began >= *k.extension, k, t, "an extension that was called for");
    k.extension.reset();
    k.content = content;
    --handler_open_[m.handler];
    offices_[m.office].released = t.at;
  }

  /// Whatever was planned is called off: a move, a hearing later that day, a letter in the evening.
  void peace(known& k, const telling& t) {
    k.move.reset();
    k.hearings.clear();
    k.letters.clear();
    k.at_hot_spots.clear();
    k.on_way = false;
    k.visiting_until = t.at;
    if (t.m.rebounds >= 5 || luck_(k.entity, draw::rebound, t.m.rebounds) >= setting_.repeats.rebound_share) return;
    const double days = 1 - setting_.repeats.rebound_days * std::log1p(-luck_(k.entity, draw::rebound_after, t.m.rebounds));
    k.move = t.at + minutes(24 * 60 * static_cast<std::int32_t>(std::min(days, 20000.0)));
  }
  void paper_end(known& k, const telling& t) {
    const bool first = t.event != case_event::return_unsettled && t.m.returns == 0;
    k.visit_owed = first && setting_.return_visits.open;
    k.move.reset();
    if (luck_(k.entity, draw::repeat_again, t.m.rounds) < setting_.repeats.after_close_share)
      plan_move(k, t.at, setting_.repeats.after_close_days, t.m);
  }
  [[nodiscard]] bool goes_straight(const matter& m) const {
    const bool remote = m.channel == channel::letter || m.channel == channel::phone;
    return remote && luck_(m.entity, draw::above) >= setting_.load.above_share &&
           luck_(m.entity, draw::direct) < setting_.load.direct_share;
  }
  void may_withdraw(known& k, instant at) {
    const auto& s = setting_.settlement;
    if (luck_(k.entity, draw::withdraws) >= s.withdrawn_share) return;
    const double days = 1 - s.withdrawn_days * std::log1p(-luck_(k.entity, draw::withdraw_after));
    k.withdraws = at + minutes(24 * 60 * static_cast<std::int32_t>(std::min(days, 20000.0)));
  }
  /// Out of the line, or out of the hands of a handler.
  void leave(known& k, const telling& t, case_state from) {
    if (from != case_state::accepted && from != case_state::handling) return;
    line& l = offices_[t.m.office];
    const auto place = std::find(l.waiting.begin(), l.waiting.end(), k.entity);
    if (place != l.waiting.end()) {
      l.waiting.erase(place);
    } else {
      --handler_open_[t.m.handler];
      l.released = t.at;
    }
  }
  void due_for_return(known& k, const telling& t) {
    const day last = moved(t.at.date() + setting_.clocks.return_visit) + setting_.clocks.return_lapse;
    const case_event lapses = t.event == case_event::rebound ? case_event::return_lapsed_settled : case_event::return_lapsed_unsettled;
    plan(k, instant(last + calendar_days(1), minutes(0)), {lapses});
    if (setting_.return_visits.visits_per_week <= 0) return;
    const official_id owner = t.m.owner.valid() ? t.m.owner : w_.townships()[t.m.township].leader;
    if (!owner.valid()) return;
    day on = t.at.date() + setting_.clocks.return_visit;
    const auto monday = [](day d) { return d - calendar_days(static_cast<std::int32_t>(d.weekday())); };
    while (booked_[{owner.index(), monday(on).since_1970()}] >= setting_.return_visits.visits_per_week) on = on + calendar_days(7);
    if (on > last) return;
    ++booked_[{owner.index(), monday(on).since_1970()}];
    if (workday_from(on) > last) return;  // moved off a rest day, past the end
    plan(k, std::max(instant(workday_from(on), minutes(15 * 60)), t.at),
         {case_event::return_settled, case_event::return_unsettled, case_event::return_reopened});
  }
  void return_visit(known& k, const telling& t) {
    const auto& r = setting_.return_visits;
    const std::uint32_t visit = t.m.returns - 1u;
    const double luck = luck_(k.entity, draw::return_settle, visit);
    const double p = logistic_of(r.intercept + r.complexity * t.m.complexity + r.persistence * t.m.persistence + 0.5 * t.m.odds);
    if (std::abs(luck - p) > 1e-9) check((t.event == case_event::return_settled) == (luck < p), k, t, "settled by a return visit");
    if (t.event == case_event::return_settled) return;
    const int rounds_before = t.m.rounds;
    check((t.event == case_event::return_reopened) == (rounds_before < 3 && luck_(k.entity, draw::return_reopen, visit) < r.reopened_share),
          k, t, "opened again by a return visit");
  }

  const world& w_;
  const scenario& setting_;
  const sifang_tests::story& story_;
  named_draws luck_;
  scenario_laws laws_;
  plain_work_time clerk_time_, handler_time_;
  std::vector<double> clerks_, handler_free_;
  std::vector<int> handler_open_;
  std::vector<line> offices_;
  std::map<std::uint64_t, known> known_;
  std::map<std::size_t, std::vector<std::pair<instant, int>>> loads_;
  std::map<std::uint64_t, std::uint32_t> expected_office_;
  std::map<std::uint64_t, bool> wrong_;
  std::map<std::uint64_t, std::pair<instant, double>> pending_wait_;
  std::map<std::uint64_t, instant> owned_since_;
  std::map<std::pair<std::size_t, std::int32_t>, int> booked_;
  std::size_t checked_ = 0;
};

void follow(const world& w, std::uint32_t number) {
  auto r = played(w, number);
  course c(w, r.observer(), number);
  c.run();
  CHECK(c.checked() > 1000);
}

}  // namespace

TEST_CASE("What happens to a matter, and when, follows from its past, its luck and the scenario") {
  SECTION("the article's county") {
    const world w = sifang_tests::xiapu({"scenario.warm_up=150"});
    for (std::uint32_t number = 0; number < 2; ++number) follow(w, number);
  }
  SECTION("few hands: lines before clerks and handlers, long waits, extensions, mistakes in routing") {
    follow(sifang_tests::xiapu({"scenario.warm_up=100", "load.multiplier=2", "clocks.extend_to_workday=true", "routing.clerks=3",
                                "routing.minutes_per_matter=120", "routing.misroute_probability=0.5", "routing.objection_agreed=0.5",
                                "routing.simplified_share=0.4", "handling.case_limit=4", "handling.township_handlers=2",
                                "handling.department_handlers=2", "handling.wait_days_mean=25", "handling.extension=\"always\"",
                                "ownership.rule=\"joint\""}),
           5);
  }
  SECTION("long waits, after which only complex cases are extended") {
    follow(sifang_tests::xiapu(
               {"scenario.warm_up=100", "handling.wait_days_mean=25", "handling.extension=\"complex_only\"", "appointments.open=false"}),
           1);
  }
  SECTION("peace that is broken again and again, and simple matters opened again") {
    follow(sifang_tests::xiapu({"scenario.warm_up=200", "repeats.rebound_share=1", "repeats.rebound_days=3", "return_visits.delay=1",
                                "return_visits.visits_per_week=20", "return_visits.intercept=2", "return_visits.reopened_share=1",
                                "routing.simplified_share=0.9"}),
           8);
  }
  SECTION("hard cases: few settle, many ask, rebound and come again, and are visited") {
    follow(sifang_tests::xiapu({"scenario.warm_up=100",
                                "settlement.intercept=0",
                                "settlement.decide_days=25",
                                "review.ask_share=0.8",
                                "review.upheld_share=0.5",
                                "review.recheck_share=0.7",
                                "review.hearing_share=0.5",
                                "repeats.rebound_share=0.5",
                                "repeats.rebound_days=30",
                                "repeats.open_days=25",
                                "repeats.after_close_days=20",
                                "repeats.skip_level_share=0.4",
                                "return_visits.delay=10",
                                "return_visits.visits_per_week=1",
                                "return_visits.reopened_share=0.5",
                                "reception.closing=\"come_back\"",
                                "reception.interview_minutes=50",
                                "choice.patience_minutes=60",
                                "load.silent_share=0.3",
                                "reception.irregular_per_month=6",
                                "appointments.field_days_per_month=5"}),
           2);
  }
}
