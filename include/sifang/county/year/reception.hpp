// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_RECEPTION_HPP
#define SIFANG_COUNTY_YEAR_RECEPTION_HPP

// Part of sifang/county/replication.hpp: door one. Grievances arise, petitioners choose, sessions are held.
#include "sifang/county/replication.hpp"

namespace sifang {

template <ownership_policy O, class B>
void replication<O, B>::arrivals_of() {
  const world& w = *world_;
  setting_out_.clear();
  const auto begin = [&](std::uint32_t position) {
    ++out_.born;
    return give_birth(matters_.emplace_back(), position);
  };
  if (w.replays()) {
    const auto& recorded = w.recorded();
    std::size_t of_today = 0;
    while (next_recorded_ + of_today < recorded.size() && recorded[next_recorded_ + of_today].date == today_) ++of_today;
    draw_births(of_today);
    for (std::uint32_t position = 0; next_recorded_ < recorded.size() && recorded[next_recorded_].date == today_; ++next_recorded_) {
      const recorded_arrival& r = recorded[next_recorded_];
      const auto who = static_cast<std::uint32_t>(matters_.size());
      begin(position++);
      matter& m = matters_[who];
      m.recorded = static_cast<std::uint32_t>(next_recorded_);
      m.village = r.village;
      m.township = w.villages()[r.village].township;
      m.category = static_cast<std::uint16_t>(r.category);
      m.channel = r.channel;
      m.persons = static_cast<std::uint16_t>(std::clamp(r.persons, 1, 65535));
      m.silent = false;
      schedule(instant(today_, r.minute), happening::arrive, who);
    }
    return;
  }
  const std::size_t n = tables_.arrivals(today_)(uniform(static_cast<std::uint64_t>(today_.since_1970()), draw::arrivals));
  draw_births(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto who = static_cast<std::uint32_t>(matters_.size());
    const birth_luck luck = begin(static_cast<std::uint32_t>(i));
    const matter& m = matters_[who];
    const instant at(today_, minutes(8 * 60 + static_cast<std::int32_t>(600 * luck.minute)));
    if (!m.silent) {
      if (m.channel == channel::visit) setting_out_.push_back({who, at});
      else schedule(at, happening::arrive, who);
      continue;
    }
    silent_.push_back(who);
    const double wait = exponential(luck.silent_days, w.setting().load.silent_days);
    schedule(at + minutes(static_cast<std::int32_t>((std::min)(1.0 + wait, 20000.0)) * minutes_per_day), happening::emerge, who);
  }
}

/// Petitioners of today who visit choose a door. At what minute makes no difference, so it needs no place among the
/// events of the day; but it is after the day's unannounced visits. Whoever finds no door open writes, at that minute.
template <ownership_policy O, class B>
void replication<O, B>::visitors_of_today() {
  for (const setting_out& s : setting_out_) {
    if (set_out(s.who)) ++out_.events;
    else schedule(s.at, happening::arrive, s.who);
  }
}

/// Draws what the next `n` matters, all of today, need at birth and most of them need later.
template <ownership_policy O, class B>
void replication<O, B>::draw_births(std::size_t n) {
  SIFANG_ASSERT(n <= 0x10000);
  if (births_.size() < n) births_.resize(n);
  if (kept_.size() < matters_.size() + n) kept_.resize((std::max)(matters_.size() + n, 2 * kept_.size()));
  fill_births_(world_->setting().seed, number_, entity_of(0), std::span(births_).first(n), kept_.data() + matters_.size());
}

/// Everything about a grievance that no policy can change.
template <ownership_policy O, class B>
auto replication<O, B>::give_birth(matter& m, std::uint32_t position) -> birth_luck {
  const world& w = *world_;
  const auto& load = w.setting().load;
  m.entity = entity_of(position);
  m.born = today_.since_1970();
  m.level_sums = m.venue_sums = w.layout().no_sum();
  const eight_blocks& luck = births_[position];
  const auto [village, category, complexity, persistence] = luck.four(birth_place<draw::village>);
  const auto [silent, claim, litigation, cross_department] = luck.four(birth_place<draw::silent>);
  const auto [simplified, local, channel_luck, group] = luck.four(birth_place<draw::simplified>);
  const auto [size, minute, silent_days, none] = luck.four(birth_place<draw::size>);
  m.stages = static_cast<std::uint8_t>(1 + laws_->further_stages(luck.unit(birth_place<draw::stages>, 0)));
  m.village = static_cast<std::uint32_t>(tables_.village(village));
  m.township = w.villages()[m.village].township;
  m.category = static_cast<std::uint16_t>(w.category_of(category, month_));
  const category_setting& c = w.setting().categories[m.category];
  m.complexity = laws_->normal(complexity) + c.complexity;
  m.persistence = laws_->normal(persistence);
  m.silent = silent < load.silent_share;
  m.claim = claim < load.claim_share;
  m.litigation = litigation < c.litigation_share;
  m.cross_department = cross_department < w.setting().handling.cross_department_share;
  m.simplified = simplified < w.setting().routing.simplified_share && m.complexity < w.setting().handling.complex_threshold;
  m.local = w.matter_office(m.category) == no_index || local < c.local_share;
  static constexpr std::array<sifang::channel, 4> channels{channel::visit, channel::letter, channel::online, channel::phone};
  m.channel = channels[static_cast<std::size_t>(channel_luck >= load.visit_share) + static_cast<std::size_t>(channel_luck >= load.visit_share + load.letter_share) +
                       static_cast<std::size_t>(channel_luck >= load.visit_share + load.letter_share + load.online_share)];
  const bool as_group = (m.channel == channel::visit) & (group < load.group_share);
  m.persons = static_cast<std::uint16_t>(as_group ? group_threshold + static_cast<int>(laws_->group_persons(size))
                                                  : 1 + static_cast<int>(laws_->further_persons(size)));
  return {minute, silent_days};
}

template <ownership_policy O, class B>
void replication<O, B>::come_forward(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  if (m.silent) {  // later and angrier
    const double years = (today_.since_1970() - m.born) / 365.25;
    m.complexity += world_->setting().load.silent_penalty * years;
    m.persistence += world_->setting().load.silent_penalty * years;
    m.silent = false;
    silent_.erase(std::find(silent_.begin(), silent_.end(), who));
  }
  if (m.channel == channel::visit && set_out(who)) return;
  if (m.channel == channel::visit) m.channel = channel::online;  // no door is open
  register_first(who, at);
}

/// The petitioner chooses where to be heard (DESIGN 4(2)): the earliest session of each kind that can be
/// reached from the day after the decision on. Returns false if no session is left in the plan.
template <ownership_policy O, class B>
bool replication<O, B>::set_out(std::uint32_t who) {
  matter& m = matters_[who];
  const world& w = *world_;
  const reception_plan& plan = w.plan();
  const auto& choice = w.setting().choice;
  const village_site& home = w.villages()[m.village];
  const township_site& township = w.townships()[m.township];
  const std::uint32_t subject = w.matter_office(m.category);

  struct option { std::int32_t series = -1; std::uint32_t turn = 0; day date; double nearness = 0; };
  std::array<option, chosen_venue_count> options;
  const day from = today_ + calendar_days(1);
  const auto offer = [&](venue v, std::int32_t series, double nearness) {
    if (series < 0) return;
    const reception_series& s = plan.series()[static_cast<std::size_t>(series)];
    const auto turn = plan.next_turn(s, from);
    if (!turn) return;
    option& o = options[static_cast<std::size_t>(v)];
    const day date = plan.date(s, *turn);
    if (o.series < 0 || date < o.date) o = {series, *turn, date, nearness};
  };
  const double near = tables_.near(m.village), far = tables_.far(m.village);
  offer(venue::village, home.series, 1);
  offer(venue::township, township.series, near);
  offer(venue::linked_leader, township.linked_series, near);
  if (subject != no_index) {
    offer(venue::section, w.offices()[subject].section_series, far);
    offer(venue::department, w.offices()[subject].series, far);
    offer(venue::linked_leader, w.offices()[subject].linked_series, far);
  }
  offer(venue::window, w.window_series(), far);
  offer(venue::bureau_leader, w.bureau_series(), far);
  offer(venue::principal, w.principal_series(), far);

  std::array<double, 4> climb{1, 1, 1, 1};  // by seniority
  if (m.attempts != 0) {
    constexpr double most = 600;  // the other factors are at most e^50: the sum of the weights stays finite
    for (std::size_t senior = 1; senior < climb.size(); ++senior) {
      climb[senior] = elementary::exp((std::min)(choice.climb * m.attempts * static_cast<double>(senior), most));
    }
  }
  std::array<double, chosen_venue_count> weight{};
  double sum = 0;
  for (std::size_t v = 0; v < chosen_venue_count; ++v) {
    if (options[v].series < 0) continue;
    if (choice.model == choice_model::shares) {
      weight[v] = choice.shares[v];
    } else {
      const auto senior = static_cast<std::size_t>(seniority(static_cast<venue>(v)));
      weight[v] = tables_.appeal(v) * tables_.delay((options[v].date - today_).count) * options[v].nearness * climb[senior];
    }
    sum += weight[v];
  }
  SIFANG_ASSERT(sum < std::numeric_limits<double>::infinity());
  if (sum <= 0) return false;
  // The venue in whose share of the sum the number falls: as many are passed as leave something over.
  double left = uniform<draw::venue_choice>(m, m.attempts) * sum;
  std::size_t chosen = 0;
  for (std::size_t v = 0; v < chosen_venue_count; ++v) {
    left -= weight[v];
    chosen += left >= 0;
  }
  if (chosen == chosen_venue_count) [[unlikely]] {  // by rounding: the last that can be chosen
    while (weight[--chosen] <= 0) {}
  }
  const option& o = options[chosen];
  m.visiting = true;
  m.visit_venue = static_cast<venue>(chosen);
  m.visit_series = o.series;
  m.visit_turn = o.turn;
  m.visit_decided = today_.since_1970();
  ++m.attempts;
  if (o.date <= w.last()) visits_[static_cast<std::size_t>((o.date - w.first()).count)].push_back(visit_of(o.series, who));
  ++waiting_[chosen];
  if constexpr (requires { observer_.sets_out(today_, m); }) observer_.sets_out(today_, m);
  return true;
}

/// Not heard this time: comes again, climbs, or writes instead.
template <ownership_policy O, class B>
void replication<O, B>::come_back(std::uint32_t who, bool climbs) {
  matter& m = matters_[who];
  const world& w = *world_;
  m.visiting = false;
  if (!climbs && m.visit_series >= 0 && uniform<draw::come_back>(m, m.attempts) < w.setting().choice.come_back_share) {
    const reception_series& s = w.plan().series()[static_cast<std::size_t>(m.visit_series)];
    if (const auto turn = w.plan().next_turn(s, today_ + calendar_days(1))) {
      m.visiting = true;
      m.visit_turn = *turn;
      ++m.attempts;
      const day on = w.plan().date(s, *turn);
      if (on <= w.last()) visits_[static_cast<std::size_t>((on - w.first()).count)].push_back(visit_of(m.visit_series, who));
      ++waiting_[static_cast<std::size_t>(m.visit_venue)];
      if constexpr (requires { observer_.sets_out(today_, m); }) observer_.sets_out(today_, m);
      return;
    }
  }
  if (climbs && set_out(who)) return;
  if (m.state == case_state::none) m.channel = channel::online;
  schedule(instant(today_, minutes(18 * 60)), happening::write_instead, who);
}

/// Who really sits: the roster less those away, with substitutes where the rule has them.
template <ownership_policy O, class B>
void replication<O, B>::seat(const reception_series& s, std::uint32_t turn) {
  const auto& setting = world_->setting().reception;
  const bool county = level_rank(s.where) == 2 && seniority(s.where) >= 2;
  if (level_rank(s.where) != 2 || (s.where == venue::linked_leader && tables_.double_bookings(today_) == 0)) {
    people_.clear();
    for (official_id who : world_->plan().people(s)) people_.push_back(who);  // as the roster has them: nobody is needed elsewhere
  } else {
    world_->plan().roster(s, turn, people_);
  }
  if (s.where == venue::window) return;
  const double length = world_->plan().length(s.where).count;
  const auto is_away = [&](official_id who) {
    return uniform(who.value(), draw::absence, static_cast<std::uint32_t>(today_.since_1970())) < setting.absence_rate;
  };
  const std::size_t seats = people_.size();
  for (std::size_t i = 0; i < people_.size();) {
    if (!is_away(people_[i])) {
      ++i;
      continue;
    }
    const official_id stand_in = setting.substitution == substitution_rule::next_in_rota ? world_->plan().substitute(s, turn) : official_id{};
    if (stand_in.valid() && !is_away(stand_in) && std::find(people_.begin(), people_.end(), stand_in) == people_.end()) {
      people_[i++] = stand_in;
    } else {
      people_.erase(people_.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  if (counting_) {
    out_.venues[static_cast<std::size_t>(s.where)].absent_seats += static_cast<double>(seats - people_.size());
  }
  if (people_.empty()) {
    if (s.where == venue::principal) violate(violation::r3);
    if (s.where == venue::bureau_leader) violate(violation::r6);
    if (s.where == venue::township || s.where == venue::department) violate(violation::r8);
  }
  tell_seated(s);
  if (!county) return;
  for (official_id who : people_) {
    spend(who, length);
    if (counting_) out_.officials[who.index()].sessions += 1;
    if (s.where == venue::linked_leader) travel(who, world_->org().units()[s.place].distance_km);
  }
}

template <ownership_policy O, class B>
void replication<O, B>::sessions_of() {
  const world& w = *world_;
  auto& coming = visits_[static_cast<std::size_t>((today_ - w.first()).count)];
  std::sort(coming.begin(), coming.end());
  // County-level sessions are held whether anybody comes or not; the others cost nothing while empty.
  std::size_t at = 0;
  for (const auto& [i, turn] : tables_.county_sessions(today_)) {
    const reception_series& s = w.plan().series()[i];
    while (at < coming.size() && series_of(coming[at]) < i) ++at;
    if (at == coming.size() || series_of(coming[at]) != i) {
      seat(s, turn);
      if (s.where == venue::linked_leader && people_.empty()) continue;
    }
  }
  for (std::size_t i = 0; i < coming.size();) {
    group_.clear();
    const std::uint32_t series = series_of(coming[i]);
    for (; i < coming.size() && series_of(coming[i]) == series; ++i) {
      group_.push_back(who_of(coming[i]));
      --waiting_[static_cast<std::size_t>(matters_[group_.back()].visit_venue)];
    }
    const reception_series& s = w.plan().series()[series];
    seat(s, matters_[group_.front()].visit_turn);
    hear_all(s, w.plan().start(s.where), w.plan().length(s.where), group_);
  }
  if (const std::uint32_t times = tables_.double_bookings(today_); times != 0) violate(violation::r5, times);
}

/// One session with its visitors; `people_` are the receivers.
template <ownership_policy O, class B>
void replication<O, B>::hear_all(const reception_series& s, minutes start, minutes length, std::span<const std::uint32_t> who) {
  const world& w = *world_;
  const auto& setting = w.setting().reception;
  const bool counted = counting_;
  auto& venue_out = out_.venues[static_cast<std::size_t>(s.where)];
  const auto cells_at = [&](const matter& m) -> cell_set {
    const cell_layout& at = w.layout();
    return {{at.first_sum(dimension::all, 0), at.first_sum(dimension::level, static_cast<std::size_t>(2 - level_rank(s.where))),
             at.first_sum(dimension::township, m.township), at.first_sum(dimension::category, m.category),
             at.first_sum(dimension::door, static_cast<std::size_t>(case_door::open_reception)),
             at.first_sum(dimension::channel, static_cast<std::size_t>(channel::visit)),
             at.first_sum(dimension::venue, static_cast<std::size_t>(s.where))}};
  };
  visitors_.clear();
  int booked = 0;
  for (std::uint32_t k = 0; k < who.size(); ++k) {
    const matter& m = matters_[who[k]];
    if (counted) {
      const cell_set cells = cells_at(m);
      out_.sums.add(metric::visits, cells, 1, 0);
      if (is_group_size(m.persons)) out_.sums.add(metric::group_visits, cells, 1, 0);
    }
    visitor v;
    v.who = who[k];
    const std::uint32_t a = m.attempts;
    const double mean = setting.interview_minutes * (1 + setting.group_factor * ((std::min<int>)(m.persons, 50) - 1));
    const auto [interview, patience, u, books] = four<draw::interview>(m, a);
    v.interview = laws_->interview(interview, mean);
    v.patience = exponential(patience, w.setting().choice.patience_minutes);
    v.arrival = u < setting.early_share ? 0 : (u - setting.early_share) / (1 - setting.early_share) * length.count * (2.0 / 3.0);
    if (books < setting.booked_share) v.arrival = setting.interview_minutes * booked++;
    if (setting.screened_share > 0 && uniform<draw::screened>(m, a) < setting.screened_share) {
      violate(violation::r10);
      v.interview = -1;  // turned away at the door
    }
    visitors_.push_back(v);
  }
  const auto turned_away = std::partition(visitors_.begin(), visitors_.end(), [](const visitor& v) { return v.interview >= 0; });
  const std::span<visitor> admitted(visitors_.data(), static_cast<std::size_t>(turned_away - visitors_.begin()));
  free_at_.resize(s.where == venue::window ? static_cast<std::size_t>(setting.window.receivers) : people_.size());
  const session_totals totals = run_session(admitted, free_at_, length.count, setting.closing, visit_outcomes_);
  if constexpr (requires { observer_.session(s, today_, totals); }) observer_.session(s, today_, totals);

  if (counted) {
    venue_out.used_sessions += 1;
    venue_out.heard += totals.heard;
    venue_out.left += totals.left;
    venue_out.not_heard += totals.not_heard;
    venue_out.busy_minutes += totals.busy;
    venue_out.overtime_minutes += totals.overtime;
    venue_out.longest_queue = (std::max)(venue_out.longest_queue, totals.longest_queue);
    out_.sums.add(metric::overtime_hours, w.layout().at(dimension::all, 0), totals.overtime * static_cast<double>(people_.size()) / 60, 0);
    if (s.where != venue::window) {
      for (official_id o : people_) spend(o, totals.overtime);
    }
  }
  for (const visit_outcome& o : visit_outcomes_) {
    matter& m = matters_[o.who];
    tell_visit(s, m, &o);
    const bool was_heard = o.end == visit_end::heard;
    if (counted) {
      const cell_set cells = cells_at(m);
      out_.sums.add(metric::heard_same_session, cells, was_heard, 1);
      out_.sums.add(metric::walk_away_rate, cells, o.end == visit_end::left, 1);
      if (was_heard) {
        const double waited = today_.since_1970() - m.visit_decided;
        out_.sums.add(metric::wait_days, cells, waited, 1);
        out_.sums.add(metric::wait_minutes, cells, o.wait, 1);
        out_.sums.add(metric::petitioner_days, w.layout().at(dimension::all, 0), waited * m.persons, 0);
        if (m.state == case_state::none) out_.sums.add(metric::heard_high_share, cells, level_rank(s.where) == 2, 1);
        out_.wait_days[static_cast<std::size_t>(s.where)].add(waited);
        out_.wait_minutes[static_cast<std::size_t>(s.where)].add(o.wait);
        out_.all_wait_days.add(waited);
        out_.all_wait_minutes.add(o.wait);
        venue_out.wait_minutes += o.wait;
        add_curve(curve_id::heard, today_.since_1970() - m.visit_decided);
        add_series(series_id::wait_all, waited, 1);
        if (s.where == venue::principal) add_series(series_id::wait_principal, waited, 1);
        if (s.where == venue::bureau_leader) add_series(series_id::wait_bureau, waited, 1);
        if (s.where != venue::window && o.receiver >= 0) {
          out_.officials[people_[static_cast<std::size_t>(o.receiver)].index()].heard += 1;
        }
      }
    }
    if (!was_heard) {
      violate(violation::r11);
      const bool climbs = o.end == visit_end::not_heard && setting.closing == closing_policy::escalate;
      come_back(o.who, climbs);
      continue;
    }
    m.visit_receiver = s.where == venue::window ? official_id{} : people_[static_cast<std::size_t>(o.receiver)];
    m.visit_venue = s.where;
    schedule(instant(today_, start + minutes(static_cast<std::int32_t>((std::min)(o.finish, 900.0)))), happening::heard, o.who);
  }
  for (auto v = turned_away; v != visitors_.end(); ++v) {
    tell_visit(s, matters_[v->who], nullptr);
    come_back(v->who, false);
  }
}

/// R4: on which days of this replication principal leaders go to a hot spot: any workday of the month alike.
template <ownership_policy O, class B>
void replication<O, B>::plan_hot_spot_visits() {
  const world& w = *world_;
  hot_spot_visits_.clear();
  next_hot_spot_ = 0;
  const double per_month = w.setting().reception.irregular_per_month;
  if (per_month <= 0 || w.org().officials_with(role::principal_leader).empty()) return;
  const auto whole = static_cast<std::uint32_t>(per_month);
  for (const auto& m : tables_.months()) {
    const auto workdays = tables_.workdays(m);
    if (workdays.empty()) continue;
    for (std::uint32_t k = 0; k <= whole; ++k) {
      const auto [when, where, held, none] = random_.four(m.month, draw::irregular_day, k);
      if (k == whole && held >= per_month - whole) continue;
      const day on = workdays[static_cast<std::size_t>(when * static_cast<double>(workdays.size()))];
      if (on >= w.first() && on <= w.last()) hot_spot_visits_.push_back({on, m.month, k});
    }
  }
  std::sort(hot_spot_visits_.begin(), hot_spot_visits_.end(),
            [](const hot_spot_visit& a, const hot_spot_visit& b) { return a.on != b.on ? a.on < b.on : a.index < b.index; });
}

/// R4: the principal leaders go to a hot spot, unannounced, and hear whoever comes.
template <ownership_policy O, class B>
void replication<O, B>::irregular_visits_of() {
  for (; next_hot_spot_ < hot_spot_visits_.size() && hot_spot_visits_[next_hot_spot_].on == today_; ++next_hot_spot_) {
    visit_hot_spot(hot_spot_visits_[next_hot_spot_].month, hot_spot_visits_[next_hot_spot_].index);
  }
}

template <ownership_policy O, class B>
void replication<O, B>::visit_hot_spot(std::uint64_t month, std::uint32_t index) {
  const world& w = *world_;
  const auto& setting = w.setting().reception;
  const auto principals = w.org().officials_with(role::principal_leader);
  const auto whole = static_cast<std::uint64_t>(setting.irregular_per_month);
  const std::size_t townships = w.townships().size();
  std::size_t target = 0;
  if (setting.irregular_target == hot_spot_rule::random) {
    target = static_cast<std::size_t>(uniform(month, draw::irregular_place, index) * static_cast<double>(townships));
  } else if (setting.irregular_target == hot_spot_rule::rotation) {
    target = (month * (whole + 1) + index) % townships;
  } else {
    troubles_.assign(townships, 0);
    for (std::uint32_t who : open_) troubles_[matters_[who].township] += 1 + 2 * matters_[who].repeats;
    target = static_cast<std::size_t>(std::max_element(troubles_.begin(), troubles_.end()) - troubles_.begin());
  }
  const township_site& place = w.townships()[target];
  const official_id leader = principals[(month + index) % principals.size()];
  group_.clear();
  const double turnout = setting.irregular_turnout;
  const auto comes = [&](const matter& m) {
    return m.township == target && uniform<draw::turnout>(m, static_cast<std::uint32_t>((month * 32 + index) & 0xfffff)) < turnout;
  };
  // Those who had planned to come to a later session, and those whose case is open.
  for (std::size_t d = static_cast<std::size_t>((today_ - w.first()).count); d < visits_.size() && d < static_cast<std::size_t>((today_ - w.first()).count) + 62; ++d) {
    std::erase_if(visits_[d], [&](planned_visit v) {
      const std::uint32_t who = who_of(v);
      if (!comes(matters_[who])) return false;
      --waiting_[static_cast<std::size_t>(matters_[who].visit_venue)];
      group_.push_back(who);
      return true;
    });
  }
  for (std::uint32_t who : open_) {
    matter& m = matters_[who];
    if (m.visiting || !comes(m)) continue;
    m.visiting = true;
    m.visit_decided = today_.since_1970();
    m.visit_series = -1;
    group_.push_back(who);
  }
  std::sort(group_.begin(), group_.end());
  people_.assign(1, leader);
  const reception_series hot_spot{venue::irregular, place.where, 1, 0, 0, 1};
  tell_seated(hot_spot);
  spend(leader, setting.irregular_length.count);
  travel(leader, place.to_county);
  if (counting_) out_.officials[leader.index()].sessions += 1;
  for (std::uint32_t who : group_) matters_[who].visit_series = w.townships()[target].series;
  hear_all(hot_spot, minutes(9 * 60), setting.irregular_length, group_);
}

/// An interview is over: row 1 with row 7, or a hearing of a case that is already known.
template <ownership_policy O, class B>
void replication<O, B>::heard(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  m.visiting = false;
  const official_id receiver = m.visit_receiver;
  if (m.state != case_state::none) {
    if (m.visit_venue != venue::irregular) register_repeat(who, at);
    m.door = case_door::open_reception;
    if (receiver.valid() && is_open(m.state)) {
      set_owner(who, receiver, at);  // R12: the first leader who hears it in person
      if (m.visit_venue == venue::irregular) apply_meeting(who, at, world_->setting().appointments.on_site);
    }
    return;
  }
  m.heard_first = true;
  m.first_venue = m.visit_venue;
  m.venue_sums = world_->layout().first_sum(dimension::venue, static_cast<std::size_t>(m.first_venue));
  m.door = case_door::open_reception;
  if (!receiver.valid()) {  // the window registers like a letter
    register_first(who, at);
    return;
  }
  step(who, case_event::arrive, at);
  m.registered = m.route_from = today_.since_1970();
  count_registration(m, false);
  if (m.litigation) {
    step(who, case_event::divert, at);
    return;
  }
  set_owner(who, receiver, at);
  step(who, case_event::receive_in_person, at);
  to_office(m, at);
  schedule_repeat(who, at, world_->setting().repeats.open_days);
}

}  // namespace sifang

#endif
