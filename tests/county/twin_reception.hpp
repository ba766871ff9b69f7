// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_RECEPTION_HPP
#define SIFANG_TESTS_COUNTY_TWIN_RECEPTION_HPP

#include "sifang/reception/session_queue.hpp"
#include "twin.hpp"

/// The twin's door one: who sits, who comes, who is heard (R1-R13), and irregular visits (R4). Of session_queue.hpp it uses what is told
/// of a visit and of a session, and no more.
namespace sifang_tests::twin {

/// One session: whenever a receiver is free, the one of those who wait with the least place is called, of equal ones whoever came first
/// (of those who came at once, whose case arose first). Who has waited longer than they would, leaves. Nobody is called at closing time
/// or after, unless everybody stays. \param free_at  when each receiver is there
inline session_totals naive_session(std::vector<visitor> waiting, std::vector<double> free_at, double length, closing_policy closing,
                                    std::vector<visit_outcome>& outcomes) {
  std::sort(waiting.begin(), waiting.end(),
            [](const visitor& a, const visitor& b) { return a.arrival != b.arrival ? a.arrival < b.arrival : a.who < b.who; });
  const std::size_t receivers = free_at.size();
  struct stay {
    double came, gone;
  };
  std::vector<stay> stays;
  session_totals totals;
  double closed_at = length;
  const auto came = [](const visitor& v) { return std::max(v.arrival, 0.0); };
  const auto goes = [&](std::size_t i, visit_end end, int receiver, double wait, double finish) {
    stays.push_back({came(waiting[i]), came(waiting[i]) + wait});
    outcomes.push_back({waiting[i].who, end, receiver, wait, finish});
    waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
    ++(end == visit_end::heard ? totals.heard : end == visit_end::left ? totals.left : totals.not_heard);
  };
  while (!waiting.empty()) {
    const auto receiver = static_cast<std::size_t>(std::min_element(free_at.begin(), free_at.end()) - free_at.begin());
    const double now = receivers == 0 ? length : std::max(free_at[receiver], came(waiting[0]));
    if (receivers == 0 || (closing != closing_policy::stay && now >= length)) {  // the doors are closed
      const double until = std::max(length, came(waiting[0])), patience = waiting[0].patience;
      if (receivers > 0 && until - came(waiting[0]) > patience)
        goes(0, visit_end::left, -1, patience, came(waiting[0]) + patience);
      else
        goes(0, visit_end::not_heard, -1, std::max(length - came(waiting[0]), 0.0), until);
      continue;
    }
    std::size_t impatient = none, next = none;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (came(waiting[i]) > now) continue;
      if (impatient == none && now - came(waiting[i]) > waiting[i].patience) impatient = i;
      if (next == none || waiting[i].place < waiting[next].place) next = i;
    }
    if (impatient != none) {
      goes(impatient, visit_end::left, -1, waiting[impatient].patience, came(waiting[impatient]) + waiting[impatient].patience);
      continue;
    }
    const double interview = waiting[next].interview;
    free_at[receiver] = now + interview;
    totals.busy += interview;
    closed_at = std::max(closed_at, free_at[receiver]);
    goes(next, visit_end::heard, static_cast<int>(receiver), now - came(waiting[next]), free_at[receiver]);
  }
  totals.overtime = closed_at - length;
  for (const stay& one : stays) {  // the queue just after this one came
    const auto there = std::count_if(stays.begin(), stays.end(), [&](const stay& s) { return s.came <= one.came && s.gone > one.came; });
    totals.longest_queue = std::max(totals.longest_queue, static_cast<int>(there));
  }
  return totals;
}

/// Position of the turn that a series has today, if it is held today.
inline std::optional<std::uint32_t> year::turn_today(const reception_series& s) const {
  const auto turn = w_.plan().next_turn(s, today_);
  if (!turn || w_.plan().date(s, *turn) != today_) return std::nullopt;
  return turn;
}

/// Sessions of county leaders that somebody has sat at since 1 January, or since counting began in this year.
inline int year::times_sat(official_id who) const {
  day since(today_.year(), 1, 1);
  if (w_.start() <= today_) since = std::max(since, w_.start());
  int n = 0;
  for (const sitting& s : sat_) n += s.who == who && s.on >= since;
  return n;
}

/// Who is named for a session: as the plan has it; where people go round, all of them or those who have sat least, if the rule says so.
inline std::vector<official_id> year::named_for(const reception_series& s, std::uint32_t turn) const {
  std::vector<official_id> people;
  w_.plan().roster(s, turn, people);
  const roster_rule rule = s_.reception.roster;
  if (!w_.plan().traits(s.where).takes_turns || rule == roster_rule::in_turn) return people;
  const auto all = w_.plan().people(s);
  people.assign(all.begin(), all.end());
  if (rule == roster_rule::all) return people;
  std::sort(people.begin(), people.end(),
            [&](official_id a, official_id b) { return times_sat(a) != times_sat(b) ? times_sat(a) < times_sat(b) : a < b; });
  people.resize(std::min(people.size(), static_cast<std::size_t>(w_.plan().receivers(s.where))));
  return people;
}

/// All rosters are called in the morning, the greatest precedence first, those of county leaders before those of units, so that nobody sits
/// in two places at once; who is missed at a linked township or department is counted (R5). Whoever is away is replaced by the next of the
/// rota, if that is the rule and that one is there, has the time and does not sit already.
inline void year::call_rosters() {
  const reception_plan& p = w_.plan();
  rosters_.clear();
  clashes_ = 0;
  const bool in_turn = s_.reception.roster == roster_rule::in_turn;
  if (in_turn) {
    for (const double_booking& b : p.double_bookings()) clashes_ += b.date == today_ && p.kind(b.missed).counts_for == reception_rule::r5;
  }
  std::vector<venue> kinds;
  for (std::size_t v = 0; v < p.kinds().size(); ++v) kinds.push_back(venue(v));
  std::stable_sort(kinds.begin(), kinds.end(), [&](venue a, venue b) {
    const bool county_a = p.traits(a).of_county_leaders, county_b = p.traits(b).of_county_leaders;
    return county_a != county_b ? county_a : p.kind(a).precedence > p.kind(b).precedence;
  });
  for (venue where : kinds) {
    const session_kind& kind = p.kind(where);
    for (std::size_t i = 0; i < p.series().size(); ++i) {
      const reception_series& s = p.series()[i];
      const auto turn = turn_today(s);
      if (s.where != where || !turn) continue;
      std::vector<official_id> people = named_for(s, *turn);
      if (p.traits(where).by_clerks) {  // never away, and nowhere else
        rosters_.push_back({i, people, people.size()});
        continue;
      }
      const int start = kind.start.count, end = kind.end().count;
      const auto busy = [&](official_id who) { return !is_free(who, start, end, s.place); };
      if (kind.counts_for == reception_rule::r5) {
        const auto linked = in_turn ? std::span<const official_id>(people) : p.people(s);
        clashes_ += static_cast<std::size_t>(std::count_if(linked.begin(), linked.end(), busy));
      }
      std::erase_if(people, busy);
      const std::size_t seats = people.size();
      for (std::size_t k = 0; k < people.size();) {
        if (!is_away(people[k])) {
          ++k;
          continue;
        }
        official_id instead;
        if (s_.reception.substitution == substitution_rule::next_in_rota) instead = p.substitute(s, *turn);
        if (instead.valid() && !is_away(instead) && !busy(instead) && std::find(people.begin(), people.end(), instead) == people.end())
          people[k++] = instead;
        else
          people.erase(people.begin() + static_cast<std::ptrdiff_t>(k));
      }
      for (official_id who : people) engagements_.push_back({who, start, end, s.place, true});
      rosters_.push_back({i, people, seats});
    }
  }
}
inline void year::tell_seated(const reception_series& s, const std::vector<official_id>& people, std::size_t seats) {
  std::vector<double> more{number(seats), number(s.where.index()), number(s.place.index())};
  for (official_id who : people) more.push_back(id(who));
  tell_of_day(today_at(minutes(0)), "seated", std::move(more));
  if (!w_.plan().traits(s.where).of_county_leaders) return;
  for (official_id who : people) sat_.push_back({today_, who});
}

/// Whoever is still busy elsewhere comes later, or not at all.
inline void year::comes_late(official_id who, int start, unit_id where) {
  const int at = arrives_at(who, start, where);
  for (engagement& e : engagements_) {
    if (e.who != who || e.from != start || at == start) continue;
    e.from = at;
    if (at >= e.to) e.kept = false;
  }
}

/// Today's sessions. First those of county leaders to which nobody comes, then all that have visitors as they open; told last:
/// who was missed, and at which sessions of units and villages nobody came.
inline void year::hold_sessions() {
  const auto series = w_.plan().series();
  std::vector<std::vector<std::size_t>> groups(series.size());
  for (std::size_t who = 0; who < cases_.size(); ++who) {
    const grievance& c = cases_[who];
    if (c.visiting && !c.in_the_room && c.visit_on == today_) groups[static_cast<std::size_t>(c.visit_series)].push_back(who);
  }
  const auto start_of = [&](const roster& r) { return w_.plan().start(series[r.series].where); };
  std::vector<roster> visited;
  for (const roster& r : rosters_) {
    if (!groups[r.series].empty())
      visited.push_back(r);
    else if (w_.plan().traits(series[r.series].where).of_county_leaders)
      tell_seated(series[r.series], r.people, r.seats);
  }
  std::sort(visited.begin(), visited.end(),
            [&](const roster& a, const roster& b) { return start_of(a) != start_of(b) ? start_of(a) < start_of(b) : a.series < b.series; });
  for (const roster& r : visited) {
    const reception_series& s = series[r.series];
    if (!w_.plan().traits(s.where).by_clerks) tell_seated(s, r.people, r.seats);
    hold_session(s, r.people, groups[r.series], start_of(r), w_.plan().length(s.where));
  }
  for (const roster& r : rosters_) {
    if (!groups[r.series].empty() || w_.plan().traits(series[r.series].where).by_clerks) continue;
    for (official_id who : r.people) comes_late(who, start_of(r).count, series[r.series].place);
  }
  if (clashes_ != 0) tell_of_day(today_at(minutes(0)), "clash", {number(clashes_)});
  for (const roster& r : rosters_) {
    const reception_series& s = series[r.series];
    const session_traits& t = w_.plan().traits(s.where);
    if (!groups[r.series].empty() || t.of_county_leaders || t.by_clerks) continue;
    std::vector<double> more{number(r.seats), number(s.where.index()), number(s.place.index())};
    for (official_id who : r.people) more.push_back(id(who));
    tell_of_day(today_at(minutes(0)), "unvisited", std::move(more));
  }
}

/// Everybody comes to the door: a queue without screening (R10, R11) but where the scenario screens or books.
inline void year::hold_session(const reception_series& s, const std::vector<official_id>& people, const std::vector<std::size_t>& group,
                               minutes start, minutes length) {
  const reception_setting& r = s_.reception;
  const session_kind& kind = w_.plan().kind(s.where);
  const bool window = w_.plan().traits(s.where).by_clerks;
  std::vector<visitor> queue;
  std::vector<std::size_t> turned_away;
  int booked = 0;
  for (std::size_t who : group) {
    grievance& c = cases_[who];
    c.in_the_room = true;
    visitor v;
    v.who = static_cast<std::uint32_t>(who);
    // Five speak at most (L9); where all of a group speak, fifty at most make it longer.
    const int speak = r.representatives ? std::min(c.persons, 5) : std::min(c.persons, 50);
    v.interview = interview_(luck(c, draw::interview, c.attempts), r.interview_minutes * (1 + r.group_factor * (speak - 1)));
    v.patience = exponential(luck(c, draw::patience, c.attempts), s_.choice.patience_minutes);
    const double u = luck(c, draw::arrival_minute, c.attempts);
    v.arrival = u < r.early_share ? 0 : (u - r.early_share) / (1 - r.early_share) * length.count * r.arrival_span;
    bool has_time = luck(c, draw::booked, c.attempts) < r.booked_share;
    bool screened = r.screened_share > 0 && luck(c, draw::screened, c.attempts) < r.screened_share;
    if (kind.admission != session_admission::as_reception) {
      has_time = kind.admission == session_admission::booked;
      screened = false;
    }
    if (screened) {
      turned_away.push_back(who);
      continue;
    }
    if (has_time) v.arrival = r.interview_minutes * booked++;
    if (r.queue_order == queue_rule::by_appointment) v.place = has_time ? 0 : 1;
    if (r.queue_order == queue_rule::groups_last) v.place = c.persons >= 5 ? 1 : 0;
    if (r.queue_order == queue_rule::longest_case && c.has_file()) v.place = -number((today_ - *c.registered).count) - 1;
    queue.push_back(v);
  }
  closing_policy closing = r.closing;
  if (kind.closing == session_closing::stay) closing = closing_policy::stay;
  if (kind.closing == session_closing::come_back) closing = closing_policy::come_back;
  if (kind.closing == session_closing::escalate) closing = closing_policy::escalate;
  const int clerks = w_.plan().receivers(s.where);
  std::vector<double> there(window && clerks > 0 ? static_cast<std::size_t>(clerks) : people.size(), 0.0);
  for (std::size_t k = 0; !window && k < people.size(); ++k) {
    there[k] = arrives_at(people[k], start.count, s.place) - start.count;
    comes_late(people[k], start.count, s.place);
  }
  std::vector<visit_outcome> outcomes;
  const session_totals t = naive_session(queue, there, length.count, closing, outcomes);
  for (std::size_t k = 0; !window && k < people.size(); ++k) {
    for (engagement& e : engagements_) {
      if (e.who != people[k] || e.from != start.count + there[k]) continue;
      e.to += static_cast<int>(std::ceil(t.overtime));
      e.kept = e.from < e.to;  // whoever came after its end was there if it still went on
    }
  }
  std::vector<double> more{t.busy,
                           t.overtime,
                           number(t.heard),
                           number(t.left),
                           number(t.not_heard),
                           number(t.longest_queue),
                           number(s.where.index()),
                           number(s.place.index())};
  for (official_id who : people) more.push_back(id(who));
  tell_of_day(today_at(minutes(0)), "session", std::move(more));
  const auto tell_visit = [&](std::size_t who, official_id receiver, std::vector<double> outcome) {
    std::vector<double> visit{number(s.where.index()), number(s.place.index()), id(receiver), date(cases_[who].visit_decided)};
    visit.insert(visit.end(), outcome.begin(), outcome.end());
    tell(today_at(minutes(0)), "visit", who, std::move(visit));
  };
  for (const visit_outcome& o : outcomes) {
    const bool heard = o.end == visit_end::heard;
    const official_id receiver = window || !heard ? official_id{} : people[static_cast<std::size_t>(o.receiver)];
    tell_visit(o.who, receiver, {number(o.end), number(o.receiver), o.wait, o.finish});
    if (!heard) {
      goes_home(o.who, o.end == visit_end::not_heard && closing == closing_policy::escalate);
      continue;
    }
    cases_[o.who].receiver = receiver;
    cases_[o.who].visit_venue = s.where;
    // However late it gets, it is booked within 15 hours of opening: on its day.
    plan(today_at(start + minutes(static_cast<std::int32_t>(std::min(o.finish, 900.0)))), errand::was_heard, o.who);
  }
  for (std::size_t who : turned_away) {
    tell_visit(who, {}, {});
    goes_home(who, false);
  }
}

/// An interview is over: rows 1 and 7, or a hearing of a case that there is (R12, R13). Whoever made peace while they waited, says no more.
inline void year::is_heard(std::size_t who, instant at) {
  grievance& c = cases_[who];
  tell(at, "heard", who, {id(c.receiver), number(c.visit_venue.index()), date(c.visit_decided)});
  if (!c.visiting) return;
  c.visiting = c.in_the_room = false;
  note_hearing(c, c.receiver);
  const bool irregular = w_.plan().traits(c.visit_venue).irregular;
  if (c.has_file()) {
    if (!irregular) registers_again(who, at, c.receiver);
    c.door = door::open_reception;
    if (!c.receiver.valid() || !is_open(c.state)) return;
    gives_owner(who, c.receiver, at);
    if (irregular) helps(who, at, s_.appointments.on_site);
    return;
  }
  c.door = door::open_reception;
  if (c.state == case_state::none && c.recorded == nullptr && luck(c, draw::on_spot) < s_.reception.on_spot_share) {  // row 0
    step(who, case_event::answer, at);
    c.answered = today_;
    if (luck(c, draw::on_spot_again) < s_.reception.on_spot_again_share) plans_next_move(who, at, s_.repeats.after_close_days);
    return;
  }
  if (!c.receiver.valid()) return registers(who, at);  // at the window, like a letter
  if (!registers_heard(who, at)) return;
  gives_owner(who, c.receiver, at);
  step(who, case_event::receive_in_person, at);
  sends(who, at);
  plans_next_move(who, at, s_.repeats.open_days);
}

/// Today's irregular visits (R4): so many a month, each on any of its workdays alike, the last of them only with the chance of the
/// fraction.
inline void year::irregular_visits() {
  const double per_month = s_.reception.irregular_per_month;
  if (per_month <= 0 || w_.org().officials_with(role::principal_leader).empty()) return;
  // Those that found nobody before come first: they are of an earlier visit or month.
  std::vector<moved_visit> today;
  for (const moved_visit& v : moved_visits_) {
    if (v.on == today_) today.push_back(v);
  }
  std::vector<day> workdays;
  for (day d(today_.year(), today_.month(), 1); d.month() == today_.month(); ++d) {
    if (w_.calendar().is_workday(d)) workdays.push_back(d);
  }
  const auto month = static_cast<std::uint32_t>(today_.year()) * 12 + today_.month();
  for (std::uint32_t k = 0; k <= static_cast<std::uint32_t>(per_month); ++k) {
    const bool fraction = k == static_cast<std::uint32_t>(per_month);
    if (fraction && luck_(month, draw::irregular_held, k) >= per_month - std::floor(per_month)) continue;
    const auto on = static_cast<std::size_t>(luck_(month, draw::irregular_day, k) * number(workdays.size()));
    if (!workdays.empty() && workdays[on] == today_) today.push_back({today_, month, k, 0});
  }
  std::sort(today.begin(), today.end(),
            [](const moved_visit& a, const moved_visit& b) { return a.month != b.month ? a.month < b.month : a.visit < b.visit; });
  for (const moved_visit& v : today) irregular_visit(v.month, v.visit, v.moves);
}

/// Where: the township, department or park with the worst rate of repeats (of equal ones the first), any, or each in turn. Five cases
/// without a repeat are added to everybody's.
inline std::size_t year::hot_spot(std::uint32_t month, std::uint32_t visit) {
  const std::size_t offices = w_.offices().size();
  if (s_.reception.irregular_target == hot_spot_rule::random)
    return static_cast<std::size_t>(luck_(month, draw::irregular_place, visit) * number(offices));
  if (s_.reception.irregular_target == hot_spot_rule::rotation) {
    const auto a_month = static_cast<std::uint32_t>(s_.reception.irregular_per_month) + 1;
    return (month * a_month + visit) % offices;
  }
  std::vector<double> rates;
  for (std::size_t o = 0; o < offices; ++o) {
    double open = 5, repeats = 0;
    for (const grievance& c : cases_) {
      const bool its_own = w_.offices()[o].at_county() ? c.unit == o : c.township == w_.offices()[o].township;
      if (!is_open(c.state) || !its_own) continue;
      open += 1;
      repeats += c.repeats;
    }
    rates.push_back(repeats / open);
  }
  return static_cast<std::size_t>(std::max_element(rates.begin(), rates.end()) - rates.begin());
}
/// A township's people, or those whose matter a department or park has, or is to have.
inline bool year::meets_them_at(const grievance& c, std::size_t office) const {
  if (!w_.offices()[office].at_county()) return c.township == w_.offices()[office].township;
  return c.unit != none ? c.unit == office : c.subject == office && !c.local;
}

/// A principal leader hears whoever comes: some of those who are on the way to a session of the two months to come, and of those whose
/// case is open. These have decided today, and did not set out for it: the luck of their hearing is that of their last visit.
inline void year::irregular_visit(std::uint32_t month, std::uint32_t visit, int moves) {
  const std::size_t target = hot_spot(month, visit);
  const unit_id where = w_.offices()[target].where;
  // The principal leader whose turn it is, or the next who has the time; else on the next workday, for four weeks.
  const auto principals = w_.org().officials_with(role::principal_leader);
  const int from = 9 * 60, to = from + s_.reception.irregular_length.count;
  official_id principal;
  for (std::size_t k = 0; k < principals.size() && !principal.valid(); ++k) {
    const official_id one = principals[(month + visit + k) % principals.size()];
    if (!is_away(one) && is_free(one, from, to, where)) principal = one;
  }
  if (!principal.valid()) {
    const day on = workday_from(today_ + calendar_days(1));
    const bool for_good = moves + 1 > 20 || on > w_.last();
    tell_of_day(today_at(minutes(0)), "put off", {number(field_duty::irregular_visit), number(for_good)});
    if (!for_good) moved_visits_.push_back({on, month, visit, moves + 1});
    return;
  }
  engagements_.push_back({principal, from, to, where, true});
  std::vector<std::size_t> group;
  for (std::size_t who = 0; who < cases_.size(); ++who) {
    grievance& c = cases_[who];
    if (!meets_them_at(c, target) ||
        luck(c, draw::turnout, static_cast<int>((month * 32 + visit) & 0xfffff)) >= s_.reception.irregular_turnout)
      continue;
    const bool on_the_way = c.visiting && !c.in_the_room && c.visit_on < today_ + calendar_days(62);
    if (!on_the_way && (c.visiting || !is_open(c.state))) continue;
    if (!c.visiting) c.visit_decided = today_;
    c.visiting = true;
    c.visit_on = today_;
    group.push_back(who);
  }
  const std::vector<official_id> people{principal};
  const auto kinds = w_.plan().kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [](const session_kind& k) { return k.irregular; }) - kinds.begin();
  const reception_series series{venue(static_cast<std::size_t>(kind)), where, 1, 0, 0, 1};
  tell_seated(series, people, 1);
  for (std::size_t who : group) cases_[who].visit_series = w_.offices()[target].series;
  hold_session(series, people, group, minutes(9 * 60), s_.reception.irregular_length);
}

}  // namespace sifang_tests::twin

#endif
