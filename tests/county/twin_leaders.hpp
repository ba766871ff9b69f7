// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_LEADERS_HPP
#define SIFANG_TESTS_COUNTY_TWIN_LEADERS_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/reception/appointments.hpp"
#include "sifang/reception/campaign.hpp"
#include "twin.hpp"

/// The twin's leaders: who owns a case (R12-R14), doors two (R15-R20), three (R21-R26) and four (R27-R31), and the weekly look at clocks.
namespace sifang_tests::twin {

/// Open cases that somebody owns, alone or with another.
inline int year::owned_by(official_id who) const {
  int n = 0;
  for (const grievance& c : cases_) n += is_open(c.state) && (c.owner == who || c.partner == who);
  return n;
}
/// Of the same rank, and below the county of the same unit: who owns the fewest, of several the first.
inline official_id year::least_loaded_peer(official_id who) const {
  official_id best = who;
  for (std::size_t i = 0; i < w_.org().officials().size(); ++i) {
    const official_id other(i);
    if (w_.peers()[i] != w_.peers()[who.index()] || !in_office(other).valid()) continue;
    if (owned_by(other) < owned_by(best) || (owned_by(other) == owned_by(best) && other < best)) best = other;
  }
  return best;
}
/// Of the county-level leaders linked to the township who are in office: the owner, if that is one of them; else each in turn.
inline official_id year::linked_leader(const grievance& c) const {
  std::vector<official_id> linked;
  for (official_id one : w_.org().officials_of(w_.townships()[c.township].where, relation::linked_to)) {
    if (w_.is_county_leader(one)) linked.push_back(one);
  }
  for (official_id one : linked) {
    if (one == c.owner && in_office(one).valid()) return one;
  }
  const std::size_t turn = static_cast<std::size_t>(c.born.since_1970()) + (c.name & 0xffff);
  for (std::size_t k = 0; k < linked.size(); ++k) {
    if (in_office(linked[(turn + k) % linked.size()]).valid()) return linked[(turn + k) % linked.size()];
  }
  return {};
}
/// The leader in charge of the county's department that has it, or linked to the township (R18); nobody stands for a vacant post.
inline official_id year::leader_of(const grievance& c) const {
  if (c.unit != none && w_.offices()[c.unit].at_county() && in_office(w_.offices()[c.unit].leader).valid())
    return w_.offices()[c.unit].leader;
  return linked_leader(c);
}
/// Who has fewer open cases than the cap, in place of one who has not: a peer, the leader linked to the place, or that one's peer.
inline official_id year::with_room(official_id full, official_id of_place) const {
  for (official_id one : {least_loaded_peer(full), of_place, of_place.valid() ? least_loaded_peer(of_place) : of_place}) {
    if (one.valid() && owned_by(one) < s_.ownership.cap) return one;
  }
  return {};
}

/// Whoever hears it first owns it to the end (R12, R13), or whom the county's rule names.
inline void year::gives_owner(std::size_t who, official_id receiver, instant at) {
  grievance& c = cases_[who];
  if (c.owner.valid()) return;
  receiver = in_office(receiver);
  const official_id of_place = linked_leader(c);
  const official_id of_matter = c.subject == none ? official_id{} : in_office(w_.offices()[c.subject].leader);
  official_id owner = receiver, partner;
  switch (s_.ownership.rule) {
    case ownership_rule::first_receiver:
    case ownership_rule::handover:
      break;
    case ownership_rule::capped:
      if (receiver.valid() && owned_by(receiver) >= s_.ownership.cap) {
        owner = with_room(receiver, of_place);
        if (!owner.valid()) owner = least_loaded_peer(receiver);  // a case has an owner all the same
      }
      break;
    case ownership_rule::by_territory:
      if (of_place.valid()) owner = of_place;
      break;
    case ownership_rule::by_subject:
      if (of_place.valid()) owner = of_place;
      if (of_matter.valid()) owner = of_matter;
      break;
    case ownership_rule::least_loaded:
      if (receiver.valid()) owner = least_loaded_peer(receiver);
      break;
    case ownership_rule::joint:
      if (of_place != receiver) partner = of_place;
      if (of_matter.valid() && of_matter != receiver) partner = of_matter;
      if (!receiver.valid()) partner = {};
      break;
  }
  c.owner = owner;
  c.partner = partner;
  tell(at, "owned", who, {id(receiver)});
}

/// Supervision shortens waiting, the less the more cases the owner has open; of two owners the less burdened counts (DOMAIN 9.2).
inline double year::left_of_waiting(const grievance& c) const {
  std::vector<int> open;  // of those who are in office
  for (official_id one : {c.owner, c.partner}) {
    if (in_office(one).valid()) open.push_back(owned_by(one));
  }
  if (open.empty()) return 1;
  return 1 - s_.ownership.supervision_effect / (1 + *std::min_element(open.begin(), open.end()) / s_.ownership.load_half);
}
/// Heard by a leader is who was heard by anybody but window staff.
inline void year::note_hearing(grievance& c, official_id by) const {
  if (by.valid() && !c.leader_heard) c.leader_heard = today_;
  if (w_.is_county_leader(by) && !c.county_heard) c.county_heard = today_;
}

/// Long-pending (DOMAIN 2.3): so long after the last day on which a first reply can be due (L1, L4, L10), or so many repeats.
inline long_pending_cutoff year::cutoff() const {
  return {s_.clocks.route + s_.clocks.accept + s_.clocks.handle + s_.appointments.long_pending_age, s_.appointments.long_pending_repeats};
}
inline void year::note_long_pending(std::size_t who, instant at) {
  grievance& c = cases_[who];
  const bool reached = today_ - *c.registered >= cutoff().age || c.repeats >= s_.appointments.long_pending_repeats;
  if (c.long_pending || !reached) return;
  c.long_pending = true;
  step(who, case_event::cutoff, at);
}

/// What a leader goes to see (R19).
inline field_place year::goes_to(const grievance& c, bool coordination, bool returns) const {
  const category_setting& of = s_.categories[c.category];
  const double u = luck(c, draw::field_place);
  if (returns) return field_place::village;  // the petitioner at home
  if (coordination) return field_place::township;
  return u < of.enterprise_share                      ? field_place::enterprise
         : u < of.enterprise_share + of.project_share ? field_place::project
                                                      : field_place::village;
}
/// On its days (R16): what presses most comes onto the issue list (R17), as far as its leader has room in the month's field days (R18,
/// R19).
inline void year::monthly_analysis() {
  const auto& door = s_.appointments;
  if (std::find(analyses_.begin(), analyses_.end(), today_) == analyses_.end()) return;
  // A month's field days are spread over its analyses; months without one before are made up for, and parts of a day are kept.
  const int month = today_.year() * 12 + static_cast<int>(today_.month());
  if (month != last_analysis_) months_of_analysis_ = last_analysis_ == 0 ? 1 : month - last_analysis_;
  last_analysis_ = month;
  const auto in_month = std::count_if(analyses_.begin(), analyses_.end(), [&](day d) {
    return d >= w_.first() && d <= w_.last() && d.year() == today_.year() && d.month() == today_.month();
  });
  field_days_left_ += door.field_days_per_month * months_of_analysis_ / static_cast<int>(in_month);
  const int field_days = static_cast<int>(std::floor(field_days_left_ + 1e-9));
  field_days_left_ -= field_days;
  struct candidate {
    std::size_t who;
    double presses;
  };
  std::vector<candidate> candidates;
  const auto consider = [&](std::size_t who) {
    const grievance& c = cases_[who];
    const calendar_days before = c.backlog ? cutoff().age : calendar_days(0);
    const double age = number((today_ - *c.registered + before).count) / std::max(cutoff().age.count, 1);
    const double repeats = number(c.repeats) / std::max(door.long_pending_repeats, 1);
    const double presses = std::max(age, repeats) + door.lesser_weight * std::min(age, repeats) + (c.persons >= 5 ? door.group_weight : 0);
    if (presses >= door.threshold) candidates.push_back({who, presses});
  };
  for (std::size_t who : std::vector<std::size_t>(table_)) {
    note_long_pending(who, today_at(minutes(0)));
    const grievance& c = cases_[who];
    const bool at_bureau = c.state == case_state::registered || c.state == case_state::routed;
    if (!at_bureau && c.state != case_state::return_visit_due && !c.listed && told_of(c) == nullptr) consider(who);
  }
  // And whoever was closed on paper and came again since (row 27), unless it was handled anew three times.
  std::erase_if(come_back_, [&](std::size_t who) { return cases_[who].state != case_state::procedurally_closed; });
  for (std::size_t who : come_back_) {
    if (cases_[who].rounds < 3 && !cases_[who].listed) consider(who);
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const candidate& a, const candidate& b) { return a.presses != b.presses ? a.presses > b.presses : a.who < b.who; });
  std::vector<std::pair<std::size_t, official_id>> list;
  std::vector<int> field_day;
  for (const candidate& one : candidates) {
    const official_id leader = leader_of(cases_[one.who]);
    const auto has = static_cast<int>(std::count_if(list.begin(), list.end(), [&](const auto& item) { return item.second == leader; }));
    if (static_cast<int>(list.size()) >= door.list_length || !leader.valid() || has >= field_days * door.appointments_per_day) continue;
    list.emplace_back(one.who, leader);
    field_day.push_back(has / door.appointments_per_day);
  }
  // Near ones on one trip (R19): each leader has as many on each day as before, but along the roads, township by township; the next is
  // planned for when the one before is over and the way made, if that is before six.
  std::vector<int> begins(list.size(), 10 * 60);
  const auto is_coordination = [&](std::size_t who) {
    return luck(cases_[who], draw::instrument, cases_[who].meetings) < door.coordination_share;
  };
  const auto place = [&](std::size_t who) {
    const grievance& c = cases_[who];
    return is_coordination(who) ? w_.townships()[c.township].where : w_.villages()[c.village].where;
  };
  for (std::size_t l = 0; door.near_together && l < w_.org().officials().size(); ++l) {
    std::vector<std::size_t> own;
    std::vector<int> days;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].second != official_id(l)) continue;
      own.push_back(i);
      days.push_back(field_day[i]);
    }
    std::sort(own.begin(), own.end(), [&](std::size_t a, std::size_t b) {
      const std::size_t x = list[a].first, y = list[b].first;
      if (cases_[x].township != cases_[y].township) return cases_[x].township < cases_[y].township;
      const double kx = w_.org().units()[place(x)].distance_km, ky = w_.org().units()[place(y)].distance_km;
      return kx != ky ? kx < ky : x < y;
    });
    for (std::size_t k = 0; k < own.size(); ++k) {
      field_day[own[k]] = days[k];
      if (k == 0 || days[k] != days[k - 1]) continue;
      const std::size_t before = list[own[k - 1]].first;
      const int length = (is_coordination(before) ? door.coordination : door.on_site).length.count;
      begins[own[k]] = std::min(begins[own[k - 1]] + length + way(place(before), place(list[own[k]].first)), 18 * 60);
    }
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto [who, leader] = list[i];
    grievance& c = cases_[who];
    if (c.state == case_state::procedurally_closed) {  // row 27
      gives_owner(who, leader, today_at(minutes(0)));
      step(who, case_event::put_on_list, today_at(minutes(0)));
      handles_anew(who, today_at(minutes(0)));
    }
    c.listed = true;
    c.put_off = 0;
    c.coordination = is_coordination(who);
    c.goes_to = goes_to(c, c.coordination, false);
    tell(today_at(minutes(0)), "listed", who);
    // From the fourth day on, spread over 22 days; leaders do not all go on the same.
    const int spread = static_cast<int>(leader.index() * 7 % 9);
    c.meeting_on = workday_from(today_ + calendar_days(3 + (field_day[i] * 22 + spread) / std::max(field_days, 1)));
    const instant when(c.meeting_on, minutes(begins[i]));
    tell(today_at(minutes(0)), "appointed", who, {id(leader), number(when.since_1970()), number(c.goes_to)});
    plan(when, errand::leader_meets, who);
  }
}

/// An appointment visit with one of two instruments (R20), at the township or in the village, when all have the time; a return visit that
/// is due is made with it, by those whom it needs.
inline void year::meets(std::size_t who, instant at) {
  grievance& c = cases_[who];
  if (!c.listed || c.meeting_on != today_) return;  // called off, and perhaps listed again
  const official_id leader = leader_of(c);
  if (!is_open(c.state) || !leader.valid()) {
    c.listed = false;
    if (is_open(c.state)) tell(today_at(minutes(0)), "put off", who, {number(field_duty::appointment), 1});
    return;
  }
  const bool coordination = c.coordination;
  const meeting_setting& how = coordination ? s_.appointments.coordination : s_.appointments.on_site;
  const bool returns = c.state == case_state::return_visit_due && s_.return_visits.open;
  std::vector<official_id> people{leader};
  const auto join = [&](official_id one) {
    if (one.valid() && std::find(people.begin(), people.end(), one) == people.end()) people.push_back(one);
  };
  if (c.unit != none) join(w_.offices()[c.unit].head);
  if (returns) {
    for (official_id one : party_of(c)) join(one);
  }
  if (c.meets_at != at || c.meets_with_return != returns) {  // or it was for other people, at another place
    const unit_id where = coordination && !returns ? w_.townships()[c.township].where : w_.villages()[c.village].where;
    const int length = how.length.count + (returns ? s_.return_visits.length.count : 0);
    const auto begins = find_time(people, at.minute_of_day().count, length, where);
    if (!begins) {
      const bool for_good = ++c.put_off > 20;
      tell(today_at(minutes(0)), "put off", who, {number(field_duty::appointment), number(for_good)});
      if (for_good) {
        c.listed = false;
        return;
      }
      c.meeting_on = workday_from(today_ + calendar_days(1));
      return plan(instant(c.meeting_on, minutes(10 * 60)), errand::leader_meets, who);
    }
    c.meets_at = today_at(minutes(*begins));
    c.meets_with_return = returns;
    if (c.meets_at != at) return plan(*c.meets_at, errand::leader_meets, who);
  }
  keeps_time(people, at);
  c.listed = false;
  c.door = door::appointment;
  c.goes_to = goes_to(c, coordination, returns);
  note_hearing(c, leader);
  std::vector<double> more{number(coordination ? meeting_kind::coordination : meeting_kind::on_site), number(how.length.count),
                           number(c.goes_to)};
  for (official_id one : people) more.push_back(id(one));
  tell(at, "meeting", who, std::move(more));
  gives_owner(who, leader, at);
  if (returns) return makes_return_visit(who, at);
  helps(who, at, how);
}

/// The days of the analysis, and those of the campaigns: also of the year before, whose last days can fall into this one.
inline void year::look_up_days() {
  if (s_.appointments.open) {
    const schedule rule{s_.appointments.recur, {}, {}, {}, s_.appointments.on_rest_day};
    for (const occurrence& o : expand(rule, w_.first(), w_.last(), w_.calendar())) analyses_.push_back(o.actual);
  }
  for (int y = w_.first().year() - 1; y <= w_.last().year() + 2; ++y) {
    for (day d : campaign_days(s_.campaign, y, w_.calendar())) {
      if (d >= w_.first() && d <= w_.last() + calendar_days(550)) campaign_.push_back(d);  // so far the axis of working time goes
    }
  }
}

/// Row 20.
inline void year::owes_return_visit(std::size_t who, instant at, official_id receiver) {
  cases_[who].trigger = return_trigger::closed_unsettled;
  step(who, case_event::schedule_return, at);
  books_return_visit(who, at, receiver);
}
/// In the first week from its delay on in which the owner has a visit left, on the same day of the week; else it lapses (row 26).
/// What nobody owns is whose who heard it now (R12), or the linked leader's.
inline void year::books_return_visit(std::size_t who, instant at, official_id receiver) {
  grievance& c = cases_[who];
  const auto& k = s_.clocks;
  const day last = k.last_day(today_ + k.return_visit, w_.calendar()) + k.return_lapse;
  plan_file(instant(last + calendar_days(1), minutes(0)), errand::return_visit_lapses, who);
  gives_owner(who, receiver.valid() ? receiver : linked_leader(c), at);
  if (!c.owner.valid() || s_.return_visits.visits_per_week <= 0) return;
  for (day on = today_ + k.return_visit; on <= last; on = on + calendar_days(7)) {
    const day monday = on - calendar_days(static_cast<std::int32_t>(on.weekday()));
    const auto made =
        std::count_if(booked_.begin(), booked_.end(), [&](const booked_visit& b) { return b.owner == c.owner && b.monday == monday; });
    if (made >= s_.return_visits.visits_per_week) continue;
    booked_.push_back({c.owner, monday});
    return plan(std::max(instant(workday_from(on), minutes(14 * 60)), at), errand::return_visit_is_made, who);
  }
}
/// Row 26: the file says again what it said before.
inline void year::return_visit_lapses(std::size_t who, instant at) {
  forget_file(who);
  const bool rebounded = cases_[who].trigger == return_trigger::rebounded;
  step(who, rebounded ? case_event::return_lapsed_settled : case_event::return_lapsed_unsettled, at);
}
/// The owner, and who heads the place and the matter unit (R29), each once.
inline std::vector<official_id> year::party_of(const grievance& c) const {
  std::vector<official_id> people;
  const official_id place_head = w_.offices()[w_.townships()[c.township].office].head;
  const official_id matter_head = c.subject == none ? official_id{} : w_.offices()[c.subject].head;
  for (official_id one : {c.owner, place_head, matter_head}) {
    if (one.valid() && std::find(people.begin(), people.end(), one) == people.end()) people.push_back(one);
  }
  return people;
}
/// When all of them have the time; else on the next workday.
inline void year::goes_on_return_visit(std::size_t who, instant at) {
  grievance& c = cases_[who];
  const std::vector<official_id> people = party_of(c);
  if (c.visited_at != at) {
    const auto begins = find_time(people, at.minute_of_day().count, s_.return_visits.length.count, w_.villages()[c.village].where);
    if (!begins) {
      tell(today_at(minutes(0)), "put off", who, {number(field_duty::return_visit), 0});
      return plan(instant(workday_from(today_ + calendar_days(1)), minutes(14 * 60)), errand::return_visit_is_made, who);
    }
    c.visited_at = today_at(minutes(*begins));
    if (c.visited_at != at) return plan(*c.visited_at, errand::return_visit_is_made, who);
  }
  keeps_time(people, at);
  makes_return_visit(who, at);
}
/// Why a petitioner has not settled with this round, whether anybody finds it or not (R30).
inline unsettled_reason year::reason_of(const grievance& c) const {
  const auto& r = s_.return_visits;
  const double u = luck(c, draw::unsettled_reason, c.rounds);
  if (u < r.promise_share) return unsettled_reason::promise;
  if (u < r.promise_share + r.hardship_share) return unsettled_reason::hardship;
  if (u < r.promise_share + r.hardship_share + r.new_facts_share) return unsettled_reason::new_facts;
  return u < r.promise_share + r.hardship_share + r.new_facts_share + r.attitude_share ? unsettled_reason::attitude
                                                                                       : unsettled_reason::outcome;
}
/// Row 22: they learn why, or not, and do what that asks for: help in hardship, a word where they were treated badly or got no right, work
/// for the unit where a promise is open or facts are new (R30).
inline void year::makes_return_visit(std::size_t who, instant at) {
  grievance& c = cases_[who];
  const auto& r = s_.return_visits;
  forget_file(who);
  c.door = door::return_visit;
  note_hearing(c, c.owner);
  c.return_tried = true;
  const official_id place_head = w_.offices()[w_.townships()[c.township].office].head;
  const official_id matter_head = c.subject == none ? official_id{} : w_.offices()[c.subject].head;
  const bool complete = c.owner.valid() && place_head.valid() && (c.subject == none || matter_head.valid());
  const int visit = c.returns++;
  const bool found = luck(c, draw::reason_found, visit) < (complete ? r.found_share : r.found_incomplete_share);
  const unsettled_reason why = reason_of(c);
  const bool helped = found && why == unsettled_reason::hardship && luck(c, draw::help_given, visit) < r.help_share;
  if (helped) c.helped = true;
  tell(at, "return visit", who, {id(place_head), id(matter_head), number(complete), found ? number(why) : nobody, number(helped)});
  double z = r.intercept + r.complexity * c.complexity + r.persistence * c.persistence + r.carried_odds * c.odds;
  if (helped) z += r.help_effect;
  if (found && why == unsettled_reason::outcome) z += r.talk_effect;
  if (found && why == unsettled_reason::attitude) z += r.apology_effect;
  const bool to_act = found && (why == unsettled_reason::promise || why == unsettled_reason::new_facts);
  if (luck(c, draw::return_settle, visit) < logistic(z)) {
    c.content = true;
    makes_peace(who, case_event::return_settled, at);
  } else if (to_act && c.rounds < 3 && c.unit != none && luck(c, draw::return_reopen, visit) < r.reopened_share) {
    step(who, case_event::return_reopened, at);
    handles_anew(who, at);
  } else {
    step(who, case_event::return_unsettled, at);
    closed_unsettled(who, at);
  }
}

/// At the end of a week: long-pending cases (row 23), late duties (row 24), cases above the owner's limit handed over where that is the
/// rule.
inline void year::weekly_look() {
  const instant now = today_at(minutes(24 * 60 - 1));
  const bool counts = today_ >= w_.start() && today_ <= w_.end();
  for (std::size_t who : std::vector<std::size_t>(table_)) {
    grievance& c = cases_[who];
    note_long_pending(who, now);
    note_late(who, now);
    if (s_.ownership.rule == ownership_rule::handover && told_of(c) == nullptr && in_office(c.owner).valid() &&
        owned_by(c.owner) > s_.ownership.cap) {
      const official_id from = c.owner, to = with_room(from, linked_leader(c));
      if (to.valid()) {
        c.owner = to;
        tell(now, "owned", who, {id(from)});
      }
    }
    if (counts) tell(today_at(minutes(0)), "seen", who, {date(*c.registered)});
  }
  if (!counts) return;
  std::vector<double> more(w_.plan().kinds().size(), 0);
  for (const grievance& c : cases_) {
    if (c.visiting && !c.in_the_room && c.visit_on > today_) more[c.visit_venue.index()] += 1;
  }
  for (std::size_t i = 0; i < w_.org().officials().size(); ++i) more.push_back(owned_by(official_id(i)));
  tell_of_day(today_at(minutes(0)), "week", std::move(more));
}
/// Row 24, if the duty that runs is past its last day and nobody has noted it.
inline void year::note_late(std::size_t who, instant at) {
  const std::optional<day> due = due_of(cases_[who]);
  if (due && today_ > *due && !cases_[who].late_now) miss(who, at);
}

}  // namespace sifang_tests::twin

#endif
