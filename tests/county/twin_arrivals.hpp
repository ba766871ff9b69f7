// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_ARRIVALS_HPP
#define SIFANG_TESTS_COUNTY_TWIN_ARRIVALS_HPP

#include "twin.hpp"

/// The twin's petitioners: how grievances arise, where people go to be heard, and when they turn to the system again.
namespace sifang_tests::twin {

/// As many matters arise as the day's luck says (DOMAIN 9.5). Visitors wait until the day's sessions are over before they choose.
inline void year::grievances_arise() {
  setting_out_.clear();
  const bool only_told = w_.replays() && s_.replay.mode == replay_mode::as_recorded;
  if (today_ == w_.start() && !only_told) take_over_backlog();
  const std::size_t before = w_.replays() ? recorded_ones_come() : 0;
  if (w_.replays() && (only_told || !s_.replay.generated)) return;
  const count_law law = count_law::negative_binomial(w_.rate(today_), s_.load.overdispersion);
  std::size_t n = law(luck_(static_cast<std::uint64_t>(today_.since_1970()), draw::arrivals));
  n = std::min(n, 65536 - static_cast<std::size_t>(s_.load.backlog) - before);
  for (std::size_t i = 0; i < n; ++i) is_born(before + i, nullptr);
}

/// Recorded cases of today, then those of a week ago once more, of two weeks ago, ..., as often as the scale says; the last time each by
/// chance. A day of the record may stand for another of the same weekday. \returns how many were looked at
inline std::size_t year::recorded_ones_come() {
  const bool only_told = s_.replay.mode == replay_mode::as_recorded;
  const double scale = only_told ? 1.0 : s_.replay.scale;
  std::size_t place = 0;
  for (int copy = 0; copy < scale; ++copy) {
    day source = today_ - calendar_days(7 * copy);
    const int whole_weeks = static_cast<int>(w_.days() / 7);
    while (source < w_.first() && whole_weeks > 0) source = source + calendar_days(7 * whole_weeks);
    if (!only_told && s_.replay.resample != resampling::none) {
      const day from = w_.recorded().front().date;
      const int length = (w_.recorded().back().date - from).count + 1;
      int weekday = (source - from).count;  // counted from the first of the record
      int week = 0;
      while (weekday < 0) weekday += 7, --week;
      while (weekday > 6) weekday -= 7, ++week;
      const bool whole = s_.replay.resample == resampling::week;
      const double u = whole ? luck_(static_cast<std::uint64_t>(static_cast<std::int64_t>(week)), draw::resampled)
                             : luck_(static_cast<std::uint64_t>(source.since_1970()), draw::resampled, 1);
      source = from + calendar_days(7 * static_cast<int>(u * (length / 7)) + weekday);
    }
    for (const recorded_arrival& r : w_.recorded()) {
      if (r.date != source) continue;
      const std::uint64_t name = static_cast<std::uint64_t>(today_.since_1970()) * 65536 + place;
      if (copy + 1 <= scale || luck_(name, draw::thinned) < scale - copy) is_born(place, &r);
      ++place;
    }
  }
  return place;
}

/// Everything about a grievance that no policy can change. What a record says is not drawn; the rest is, given that.
inline void year::is_born(std::size_t position, const recorded_arrival* recorded) {
  const std::size_t who = cases_.size();
  grievance& c = cases_.emplace_back();
  c.name = static_cast<std::uint64_t>(today_.since_1970()) * 65536 + position;
  c.born = today_;
  gets_its_features(c, recorded);
  if (recorded != nullptr) {
    c.recorded = recorded;
    c.channel = recorded->channel;
    c.persons = std::clamp(recorded->persons, 1, 65535);
    c.silent = false;
    c.level = 0;
    if (told_of(c) != nullptr) c.litigation = c.simplified = false;
    return plan(today_at(recorded->minute), errand::arrives, who);
  }
  // Comes between 8:00 and 18:00; from above some days later, as it is passed down; in silence only when nothing else helps.
  const instant hour = today_at(minutes(8 * 60 + static_cast<std::int32_t>(600 * luck(c, draw::minute))));
  if (c.silent) {
    plan(in_whole_days(hour, 1.0 + exponential(luck(c, draw::silent_days), s_.load.silent_days)), errand::emerges, who);
  } else if (c.level > 0) {
    const int days_down[] = {0, 3, 6, 11};  // city 3, province 3 more, nation 5 more (L2)
    plan(hour + minutes(days_down[c.level] * 24 * 60), errand::arrives, who);
  } else if (c.channel == channel::visit) {
    setting_out_.push_back({hour, errand::arrives, who});
  } else {
    plan(hour, errand::arrives, who);
  }
}

/// Long-pending cases that are assigned on the first counted day: harder, in writing, from above; they come at eight.
inline void year::take_over_backlog() {
  for (int i = 0; i < s_.load.backlog; ++i) {
    const std::size_t who = cases_.size();
    grievance& c = cases_.emplace_back();
    c.name = static_cast<std::uint64_t>(today_.since_1970()) * 65536 + static_cast<std::uint64_t>(65536 - s_.load.backlog + i);
    c.born = today_;
    gets_its_features(c, nullptr);
    c.backlog = c.long_pending = true;
    c.silent = c.litigation = c.simplified = false;
    c.channel = channel::letter;
    c.level = 1;
    c.complexity += s_.load.backlog_hardness;
    c.persistence += s_.load.backlog_hardness;
    plan(today_at(minutes(8 * 60)), errand::arrives, who);
  }
}

/// What is drawn of a grievance, given what is recorded.
inline void year::gets_its_features(grievance& c, const recorded_arrival* recorded) {
  std::vector<double> people;
  for (const village_site& v : w_.villages()) people.push_back(w_.org().units()[v.where].population);
  c.village = alias_table(people)(luck(c, draw::village));
  if (recorded != nullptr) c.village = recorded->village;
  c.township = w_.villages()[c.village].township;
  // The category in whose share of the month the number falls.
  double all = 0, passed = 0;
  for (const category_setting& k : s_.categories) all += k.share * k.months[today_.month() - 1];
  const double at = luck(c, draw::category) * all;
  for (std::size_t k = 0; k + 1 < s_.categories.size(); ++k) {
    passed += s_.categories[k].share * s_.categories[k].months[today_.month() - 1];
    if (passed <= at) c.category = k + 1;
  }
  if (recorded != nullptr) c.category = recorded->category;
  const category_setting& k = s_.categories[c.category];
  c.complexity = normal_(luck(c, draw::complexity)) + k.complexity;
  c.persistence = normal_(luck(c, draw::persistence));
  c.silent = luck(c, draw::silent) < s_.load.silent_share;
  c.claim = luck(c, draw::claim) < s_.load.claim_share;
  c.litigation = luck(c, draw::litigation) < k.litigation_share;
  c.cross_department = luck(c, draw::cross_department) < s_.handling.cross_department_share;
  c.simplified = luck(c, draw::simplified) < s_.routing.simplified_share && c.complexity < s_.handling.complex_threshold;
  // The department in charge, or one of the further ones, which have their share in equal parts; without one in charge the first of them
  // is.
  std::vector<std::string> codes = k.further_units;
  if (!k.matter_unit.empty()) codes.insert(codes.begin(), k.matter_unit);
  if (!codes.empty()) {
    std::size_t chosen = 0;
    const double u = k.further_units.empty() ? 1.0 : luck(c, draw::subject);
    if (codes.size() > 1 && u < k.further_share) {
      const auto part = static_cast<std::size_t>(u / k.further_share * number(codes.size() - 1));
      chosen = 1 + std::min(part, codes.size() - 2);
    }
    c.subject = 0;
    while (w_.org().units().code(w_.offices()[c.subject].where) != codes[chosen]) ++c.subject;
  }
  c.local = c.subject == none || luck(c, draw::local) < k.local_share;
  const double way = luck(c, draw::channel);
  c.channel = way < s_.load.visit_share                                                 ? channel::visit
              : way < s_.load.visit_share + s_.load.letter_share                        ? channel::letter
              : way < s_.load.visit_share + s_.load.letter_share + s_.load.online_share ? channel::online
                                                                                        : channel::phone;
  // Some are brought to the city, the province or the nation first (L2).
  const double above = luck(c, draw::above), to_city = s_.load.above_share * s_.load.above_city;
  if (above < s_.load.above_share) c.level = above < to_city ? 1 : above < to_city + s_.load.above_share * s_.load.above_province ? 2 : 3;
  // At most 5 000 come together; visitors alone come as a group of five or more.
  const bool as_group = c.channel == channel::visit && luck(c, draw::group) < s_.load.group_share;
  const double size = luck(c, draw::size);
  c.persons = as_group ? 5 + static_cast<int>(count_law::geometric(s_.load.group_extra_mean, 4995)(size))
                       : 1 + static_cast<int>(count_law::poisson(s_.load.individual_extra_mean, 3)(size));
  c.pieces = 1 + static_cast<int>(count_law::geometric(std::max(s_.handling.stages_mean - 1, 0.0), 19)(luck(c, draw::stages)));
}

/// Today's visitors choose a door, in order of birth; who finds none writes at their hour.
inline void year::petitioners_set_out() {
  for (const pending& p : setting_out_) {
    cases_[p.who].intent = today_;
    if (!sets_out(p.who)) plan(p.at, p.what, p.who);
  }
}

/// A petitioner turns to the system. One who was silent is angrier for it, and the matter more tangled.
inline void year::comes_forward(std::size_t who, instant at) {
  grievance& c = cases_[who];
  c.from_above = c.level > 0;
  if (told_of(c) != nullptr) return registers_as_recorded(who, at);
  if (c.silent) {
    const double years = (today_ - c.born).count / 365.25;
    c.complexity += s_.load.silent_penalty * years;
    c.persistence += s_.load.silent_penalty * years;
    if (c.complexity >= s_.handling.complex_threshold) c.simplified = false;  // what was simple is so no more (L19)
    c.silent = false;
  }
  if (!c.from_above && c.channel == channel::visit) {
    if (c.recorded != nullptr) c.intent = today_;
    if (sets_out(who)) return;
    c.channel = channel::online;
  }
  registers(who, at);
}

/// Chooses among the earliest sessions of each kind, from tomorrow on (DOMAIN 9.1). Of two of one kind on one day it is the one named
/// first: in one's village, in one's township, for everybody, for one's area, at the department of the matter.
inline bool year::sets_out(std::size_t who, bool decided_now) {
  const grievance& c = cases_[who];
  const reception_plan& p = w_.plan();
  const village_site& home = w_.villages()[c.village];
  const unit_id township = w_.townships()[home.township].where;
  const auto& units = w_.org().units();
  struct offer {
    std::int32_t series;
    std::uint32_t turn;
    day on;
    double nearness;
  };
  std::vector<std::optional<offer>> offers(p.kinds().size());
  const auto way = [&](double km) { return elementary::exp(-s_.choice.distance_weight * km); };
  const auto is_of_a_place = [](const session_kind& k) { return k.areas.empty() && k.catchment == catchment_rule::place; };
  const auto consider = [&](std::size_t i, double nearness) {
    const reception_series& s = p.series()[i];
    const session_kind& k = p.kind(s.where);
    if (k.publicity < 1 && luck_(c.name, draw::knows_session, p.traits(s.where).luck) >= k.publicity) return;
    const auto turn = p.next_turn(s, today_ + calendar_days(1));
    if (!turn) return;
    auto& best = offers[s.where.index()];
    if (!best || p.date(s, *turn) < best->on) best = {static_cast<std::int32_t>(i), *turn, p.date(s, *turn), nearness};
  };
  const auto way_of_villager = [&](const reception_series& s) {
    if (s.place == home.where) return 1.0;
    if (s.place == township || p.kind(s.where).video) return way(home.to_township);
    const bool elsewhere = level_of(units[s.place].kind) != level::county;  // by way of the county's seat
    return way(home.to_county) * (elsewhere ? way(units[s.place].distance_km) : 1.0);
  };
  const auto consider_all = [&](const auto& applies) {
    for (std::size_t i = 0; i < p.series().size(); ++i) {
      if (applies(p.series()[i], p.kind(p.series()[i].where))) consider(i, way_of_villager(p.series()[i]));
    }
  };
  consider_all([&](const reception_series& s, const session_kind& k) { return is_of_a_place(k) && s.place == home.where; });
  consider_all([&](const reception_series& s, const session_kind& k) { return is_of_a_place(k) && s.place == township; });
  consider_all([&](const reception_series&, const session_kind& k) { return k.areas.empty() && k.catchment == catchment_rule::county; });
  consider_all([&](const reception_series&, const session_kind& k) {
    return std::any_of(k.areas.begin(), k.areas.end(), [&](const std::string& code) {
      const auto area = units.find(code);
      return area && units.contains(*area, home.where);
    });
  });
  if (c.subject != none) {
    for (std::size_t i = 0; i < p.series().size(); ++i) {
      const reception_series& s = p.series()[i];
      if (is_of_a_place(p.kind(s.where)) && s.place == w_.offices()[c.subject].where)
        consider(i, way(p.kind(s.where).video ? home.to_township : home.to_county));
    }
  }

  // A logit choice of appeal, delay, distance and, for those who come again, rank; or fixed shares.
  std::vector<double> weights;
  double sum = 0;
  for (std::size_t v = 0; v < offers.size(); ++v) {
    double weight = 0;
    if (offers[v] && s_.choice.model == choice_model::shares) {
      weight = p.kind(venue(v)).share;
    } else if (offers[v]) {
      const int rank = p.traits(venue(v)).seniority;
      const double climb = c.attempts == 0 || rank == 0 ? 1 : elementary::exp(std::min(s_.choice.climb * c.attempts * rank, 600.0));
      weight = elementary::exp(p.kind(venue(v)).appeal) * elementary::exp(-s_.choice.delay_weight * (offers[v]->on - today_).count) *
               offers[v]->nearness * climb;
    }
    weights.push_back(weight);
    sum += weight;
  }
  if (sum <= 0) return false;
  double left = luck(c, draw::venue_choice, c.attempts) * sum;
  std::size_t chosen = none;
  for (std::size_t v = 0; v < weights.size(); ++v) {
    if (weights[v] <= 0) continue;
    chosen = v;
    left -= weights[v];
    if (left < 0) break;
  }
  expect_at(who, offers[chosen]->series, offers[chosen]->turn, decided_now);
  return true;
}

/// On the way to a session. The clock of who was not heard goes on from the first decision.
inline void year::expect_at(std::size_t who, std::int32_t series, std::uint32_t turn, bool decided_now) {
  grievance& c = cases_[who];
  const reception_series& s = w_.plan().series()[static_cast<std::size_t>(series)];
  c.visiting = true;
  c.in_the_room = false;
  c.visit_series = series;
  c.visit_turn = turn;
  c.visit_venue = s.where;
  c.visit_on = w_.plan().date(s, turn);
  if (decided_now) c.visit_decided = today_;
  ++c.attempts;
  tell(today_at(minutes(0)), "sets out", who,
       {number(series), number(turn), number(s.where.index()), date(c.visit_on), date(c.visit_decided)});
}

/// Not heard: comes to the next of the same, climbs, or writes in the evening (DOMAIN 1.6(7)). After an irregular visit the next of the
/// same is the next session of the township's head.
inline void year::goes_home(std::size_t who, bool climbs) {
  grievance& c = cases_[who];
  c.visiting = c.in_the_room = false;
  if (!climbs && c.visit_series >= 0 && luck(c, draw::come_back, c.attempts) < s_.choice.come_back_share) {
    const auto turn = w_.plan().next_turn(w_.plan().series()[static_cast<std::size_t>(c.visit_series)], today_ + calendar_days(1));
    if (turn) return expect_at(who, c.visit_series, *turn, false);
  }
  if (climbs && sets_out(who, false)) return;
  if (!c.has_file()) c.channel = channel::online;
  c.will_write = true;
  plan(today_at(minutes(18 * 60)), errand::writes_instead, who);
}

inline void year::writes_instead(std::size_t who, instant at) {
  if (!cases_[who].will_write) return;  // peace came first
  cases_[who].will_write = false;
  if (!cases_[who].has_file()) return registers(who, at);
  registers_again(who, at);
}

/// Once more: over the county's head (L8), in person, or in writing.
inline void year::moves_again(std::size_t who, instant at) {
  grievance& c = cases_[who];
  if (c.visiting) return plans_next_move(who, at, s_.repeats.open_days);  // is on the way already
  const double how = luck(c, draw::repeat_channel, c.repeats);
  if (c.has_file() && c.repeats >= s_.repeats.skip_level_from && how < s_.repeats.skip_level_share) {
    tell(at, "skips a level", who);
    if (is_open(c.state)) tell(at, "refused", who, {number(refusal_ground::in_progress)});  // L7
    return registers_again(who, at);
  }
  const double always = c.channel == channel::visit ? s_.repeats.in_person_share : 0;
  if (how < always + (1 - always) * s_.load.visit_share && sets_out(who)) return;
  if (cases_[who].has_file()) return registers_again(who, at);
  cases_[who].channel = channel::online;  // the answer on the spot was not enough
  registers(who, at);
}

/// When the petitioner will turn to the system next; persistence hurries, up to three standard deviations of it.
inline void year::plans_next_move(std::size_t who, instant at, double mean_days) {
  grievance& c = cases_[who];
  forget_move(who);
  const double mean = mean_days * elementary::exp(-s_.repeats.persistence * std::clamp(c.persistence, -3.0, 3.0));
  plan(in_whole_days(at, 1 + exponential(luck(c, draw::repeat_after, c.moves++), mean)), errand::petitions_again, who);
}

}  // namespace sifang_tests::twin

#endif
