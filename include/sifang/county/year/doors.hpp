// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_DOORS_HPP
#define SIFANG_COUNTY_YEAR_DOORS_HPP

// Part of sifang/county/replication.hpp: doors two, three and four, and the petitioner's next move.
#include "sifang/county/replication.hpp"

namespace sifang {

/// R16-R19: the monthly analysis makes the issue list; each item becomes an appointment of its leader.
template <ownership_policy O, class B>
void replication<O, B>::analysis_of() {
  if (!tables_.analysis(today_)) return;
  const world& w = *world_;
  const auto& door = w.setting().appointments;
  candidates_.clear();
  const long_pending_cutoff cutoff{door.long_pending_age, door.long_pending_repeats};
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const std::uint32_t who = open_[i];
    matter& m = matters_[who];
    const calendar_days age(today_.since_1970() - m.registered);
    if (!m.long_pending && cutoff.reached(age, m.repeats)) {
      m.long_pending = true;
      step(who, case_event::cutoff, instant(today_, minutes(0)));
    }
    if (m.state == case_state::registered || m.state == case_state::routed || m.listed) continue;
    official_id leader = w.townships()[m.township].leader;
    if (m.office != no_index && w.offices()[m.office].at_county() && w.offices()[m.office].leader.valid()) {
      leader = w.offices()[m.office].leader;  // R18: in charge of the department
    }
    candidates_.push_back({who, age, m.repeats, m.persons, leader});
  }
  taken_.assign(w.org().officials().size(), 0);
  const int field_days = static_cast<int>(door.field_days_per_month);
  make_issue_list(candidates_, {door.long_pending_age, door.long_pending_repeats, 0.5}, door.list_length, field_days,
                  door.appointments_per_day, taken_, list_);
  for (const appointment& item : list_) {
    matter& m = matters_[item.who];
    m.listed = true;
    if (m.listed_on == never) m.listed_on = today_.since_1970();
    if constexpr (requires { observer_.listed(today_, m); }) observer_.listed(today_, m);
    // Field days spread over the four weeks that follow.
    const std::int32_t after = 3 + (item.field_day * 22 + static_cast<std::int32_t>(item.leader.index() * 7 % 9)) / (std::max)(field_days, 1);
    const day on = world_->calendar().next_workday(today_ + calendar_days(after));
    schedule(instant(on, minutes(10 * 60)), happening::meeting, item.who);
  }
}

/// An appointment visit (R19, R20): a coordination meeting or an on-site office meeting.
template <ownership_policy O, class B>
void replication<O, B>::meet(std::uint32_t who, instant at) {
  const world& w = *world_;
  matter& m = matters_[who];
  const auto& door = w.setting().appointments;
  m.listed = false;
  if (!is_open(m.state)) return;
  official_id leader = w.townships()[m.township].leader;
  if (m.office != no_index && w.offices()[m.office].at_county() && w.offices()[m.office].leader.valid()) leader = w.offices()[m.office].leader;
  const bool coordination = uniform<draw::instrument>(m, m.meetings) < door.coordination_share;
  const meeting_setting& how = coordination ? door.coordination : door.on_site;
  spend(leader, how.length.count);
  travel(leader, w.townships()[m.township].to_county);
  if (m.office != no_index) spend(w.offices()[m.office].head, how.length.count);
  if constexpr (requires { observer_.meeting(at, m, leader, how); }) observer_.meeting(at, m, leader, how);
  m.door = case_door::appointment;
  if (counting_) out_.sums.add(metric::appointments, cells_of(m), 1, 0);
  set_owner(who, leader, at);
  if (m.state == case_state::return_visit_due && w.setting().return_visits.open) {
    return_visit(who, at);  // the leader is there: it is the return visit too
    return;
  }
  apply_meeting(who, at, how);
}

/// A meeting shortens what the handler waits for and raises the odds of a real settlement.
template <ownership_policy O, class B>
void replication<O, B>::apply_meeting(std::uint32_t who, instant at, const meeting_setting& how) {
  matter& m = matters_[who];
  ++m.meetings;
  m.odds += how.odds_effect;
  if (m.waits_until > at) {
    const std::int32_t left = (m.waits_until - at).count;
    m.waits_until = at + minutes(static_cast<std::int32_t>(left * (1 - how.wait_cut)));
    ++m.generation();
    schedule(m.waits_until, happening::wait_over, who);
  }
}

/// R21-R25: cadres go to the households and find some of what is silent.
template <ownership_policy O, class B>
void replication<O, B>::campaign_of() {
  if (!tables_.campaign(today_)) return;
  const world& w = *world_;
  const campaign_setting& c = w.setting().campaign;
  const campaign_reach whole = reach(c, w.setting().county.cadres, w.households(), static_cast<double>(w.villages().size()));
  if (counting_) {
    const std::uint32_t all = w.layout().at(dimension::all, 0);
    out_.sums.add(metric::cadre_days, all, w.setting().county.cadres * c.cadre_share, 0);
    if (!tables_.campaign_goes_on(today_)) {
      out_.sums.add(metric::household_coverage, all, whole.household_coverage, 0);
      out_.sums.add(metric::village_coverage, all, whole.village_coverage, 0);
    }
  }
  const double a_day = whole.household_coverage / (std::max)(c.days, 1);
  const double chance = (std::min)(1.0, a_day * c.targeting) * c.find_probability;
  const auto index = static_cast<std::uint32_t>(today_.since_1970() & 0xfffff);
  for (std::size_t i = 0; i < silent_.size(); ++i) {
    matter& m = matters_[silent_[i]];
    if (m.born >= today_.since_1970()) continue;
    const auto [found, minute, turnout, none] = four<draw::campaign_found>(m, index);
    if (found >= chance) continue;
    const std::uint32_t who = silent_[i];
    const instant at(today_, minutes(9 * 60 + static_cast<std::int32_t>(420 * minute)));
    ++m.generation();
    schedule(at, happening::found, who);
  }
}

/// A finding with its own timetable and responsible person (R25) goes on the wall chart.
template <ownership_policy O, class B>
void replication<O, B>::found(std::uint32_t who, instant at) {
  const world& w = *world_;
  matter& m = matters_[who];
  const auto place = std::find(silent_.begin(), silent_.end(), who);
  if (place == silent_.end()) return;
  silent_.erase(place);
  m.silent = false;
  m.channel = channel::campaign;
  m.door = case_door::door_to_door;
  m.found_by_campaign = true;
  m.responsible = w.villages()[m.village].member;
  m.chart_target = (today_ + w.setting().campaign.timetable).since_1970();
  m.odds += w.setting().campaign.early_effect;
  const chart_item item{who, today_, day(m.chart_target), m.responsible, false};
  for (std::size_t n = faults_of(item).size(); n > 0; --n) violate(violation::r25);
  chart_.push_back(item);
  if (counting_) out_.sums.add(metric::found_by_campaign, cells_of(m), 1, 0);
  register_first(who, at);
  if (is_open(m.state)) set_owner(who, m.responsible, at);
}

/// R26: items are struck off against the target, or, where the scenario says so, by date.
template <ownership_policy O, class B>
void replication<O, B>::strike_off_items() {
  for (std::size_t i = 0; i < chart_.size();) {
    chart_item& item = chart_[i];
    matter& m = matters_[item.who];
    const bool gone = m.settled || m.state == case_state::diverted;
    strike_off(item, world_->setting().campaign.strike_off, today_, gone);
    if (!item.struck_off) {
      ++i;
      continue;
    }
    m.struck_off = true;
    if (!gone) violate(violation::r26);
    item = chart_.back();
    chart_.pop_back();
  }
}

/// A return visit is due (R27, R28): the owner's next free visit after the delay.
template <ownership_policy O, class B>
void replication<O, B>::schedule_return(std::uint32_t who, instant at) {
  const world& w = *world_;
  matter& m = matters_[who];
  ++m.generation();
  if (!w.setting().return_visits.open) return;
  if (!m.owner.valid()) set_owner(who, w.townships()[m.township].leader, at);
  if (!m.owner.valid()) return;
  const auto on = return_book_.book(m.owner, today_ + w.setting().return_visits.delay);
  if (!on || *on > w.last()) return;  // a full book reaches into years that no instant has
  schedule(later(instant(world_->calendar().next_workday(*on), minutes(15 * 60)), at), happening::return_visit, who);
}

/// Row 22: the owner with the place and matter units (R29) learns why, helps, and settles it, or not.
template <ownership_policy O, class B>
void replication<O, B>::return_visit(std::uint32_t who, instant at) {
  const world& w = *world_;
  matter& m = matters_[who];
  const auto& door = w.setting().return_visits;
  m.door = case_door::return_visit;
  ++m.generation();  // a visit made at an appointment replaces the planned one
  m.return_tried = true;
  if (counting_) out_.sums.add(metric::return_visits, cells_of(m), 1, 0);
  const std::uint32_t subject = w.matter_office(m.category);
  const official_id place_head = w.offices()[w.townships()[m.township].office].head;
  const official_id matter_head = subject == no_index ? official_id{} : w.offices()[subject].head;
  spend(m.owner, door.length.count);
  spend(place_head, door.length.count);
  spend(matter_head, door.length.count);
  travel(m.owner, w.townships()[m.township].to_county);
  if (!is_complete({m.owner.valid(), place_head.valid(), matter_head.valid()}, true, subject != no_index)) violate(violation::r29);
  const double z = door.intercept + door.complexity * m.complexity + door.persistence * m.persistence + 0.5 * m.odds;
  const std::uint32_t visit = m.returns++;
  const auto [luck, again, u2, u3] = four<draw::return_settle>(m, visit);
  if (luck < logistic(z)) {
    m.content = true;
    settle(who, case_event::return_settled, at);
  } else if (m.rounds < 3 && m.office != no_index && again < door.reopened_share) {
    step(who, case_event::return_reopened, at);
    reopen(who, at);
  } else {
    step(who, case_event::return_unsettled, at);
    close_unsettled(who, at);
  }
}

/// When the petitioner turns to the system next, if nothing settles the matter before; persistence hurries.
template <ownership_policy O, class B>
void replication<O, B>::schedule_repeat(std::uint32_t who, instant at, double mean_days) {
  matter& m = matters_[who];
  ++m.repeat_generation();
  const double mean = mean_days * elementary::exp(-0.4 * std::clamp(m.persistence, -3.0, 3.0));
  const double days = 1 + exponential(uniform<draw::repeat_after>(m, m.repeat_draws++), mean);
  schedule(at + minutes(static_cast<std::int32_t>((std::min)(days, 20000.0)) * minutes_per_day), happening::petition_again, who);
}

/// Once more: in person where the petitioner came in person or patience is at an end, else in writing.
template <ownership_policy O, class B>
void replication<O, B>::petition_again(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  if (m.visiting) {  // already on the way to a session
    schedule_repeat(who, at, world_->setting().repeats.open_days);
    return;
  }
  const auto& repeats = world_->setting().repeats;
  const auto& load = world_->setting().load;
  const double u = uniform<draw::repeat_channel>(m, m.repeats);
  const double in_person = m.channel == channel::visit ? 0.5 + 0.5 * load.visit_share : load.visit_share;
  const bool above = m.repeats >= 2 && u < repeats.skip_level_share;
  if (above) {
    // Goes over the county's head (越级走访, L8); the matter comes back down as a repeat.
    if constexpr (requires { observer_.skips_level(at, m); }) observer_.skips_level(at, m);
    const int competent = m.office != no_index && !world_->offices()[m.office].at_county() ? 1 : 2;
    if (counting_ && is_skipping(competent, 3 + (m.persistence > 0.5))) out_.sums.add(metric::skip_level_visits, cells_of(m), 1, 0);
    register_repeat(who, at);
    return;
  }
  if (u < in_person && set_out(who)) return;
  register_repeat(who, at);
}

}  // namespace sifang

#endif
