// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_CAMPAIGN_HPP
#define SIFANG_TESTS_COUNTY_TWIN_CAMPAIGN_HPP

#include "sifang/reception/campaign.hpp"
#include "twin.hpp"

/// The twin's household campaign (R21-R26): who goes where, what they find, the wall chart.
namespace sifang_tests::twin {

/// Of everybody in order, so many are sent that their number among the first n is the share of n, cut.
inline bool year::is_sent(std::size_t number) const {
  const double share = s_.campaign.open ? s_.campaign.cadre_share : 0;
  return std::floor((year::number(number) + 1) * share) - std::floor(year::number(number) * share) > 0;
}

/// Work begins when a handler is free of what was begun before. Those who are sent do none while a campaign lasts: what it cuts is told
/// before and after it.
inline double year::gets_work(std::size_t by, double length, instant at, const std::function<void(const piece_of_work&)>& tell_part) {
  double begins = handler_hours_.passed(at);
  for (const piece_of_work& p : handler_pieces_) {
    if (p.by == by) begins = std::max(handler_hours_.passed(at), p.begins + p.length);
  }
  // Campaigns on the axis of working time: days without working time between them are one.
  std::vector<std::pair<double, double>> away;
  for (day d : campaign_) {
    if (!is_sent(by)) continue;
    const double from = handler_hours_.passed(instant(d, minutes(0))),
                 to = handler_hours_.passed(instant(d + calendar_days(1), minutes(0)));
    if (!away.empty() && away.back().second == from)
      away.back().second = to;
    else
      away.emplace_back(from, to);
  }
  const auto do_part = [&](double from, double minutes_of_it) {
    const piece_of_work part{by, from, minutes_of_it};
    handler_pieces_.push_back(part);
    tell_part(part);
  };
  for (const auto& [from, to] : away) {
    if (to <= begins || begins + length <= from) continue;
    if (begins < from) {
      do_part(begins, from - begins);
      length -= from - begins;
    }
    begins = to;
  }
  do_part(begins, length);
  return begins + length;
}

/// Of a unit's handlers, who is free first; of several the first.
inline std::size_t year::free_first(std::size_t unit) const {
  const office& o = w_.offices()[unit];
  std::vector<double> free_at(w_.handlers(), 0.0);
  for (const piece_of_work& p : handler_pieces_) free_at[p.by] = p.begins + p.length;
  std::size_t by = o.first_handler;
  for (std::size_t h = by; h < o.first_handler + o.handlers; ++h) {
    if (free_at[h] < free_at[by]) by = h;
  }
  return by;
}

/// Cadres go to households, and find some of what is silent (R21-R24).
inline void year::visit_households() {
  const auto is_one = [&](day d) { return std::find(campaign_.begin(), campaign_.end(), d) != campaign_.end(); };
  if (!is_one(today_)) return;
  day before = today_ - calendar_days(1);
  while (!w_.calendar().is_workday(before)) --before;
  const bool first = !is_one(before);
  const std::size_t n = w_.villages().size();
  if (first) seen_.assign(n, 0.0);
  day_of_campaign_ = first ? 0 : day_of_campaign_ + 1;

  const campaign_setting& c = s_.campaign;
  std::vector<official_id> kept;
  for (const engagement& e : engagements_) {
    const bool counted = std::find(kept.begin(), kept.end(), e.who) != kept.end();
    if (!counted && !w_.is_county_leader(e.who) && is_sent(e.who.index())) kept.push_back(e.who);
  }
  const double sent = s_.county.cadres * c.cadre_share, kept_back = std::min(number(kept.size()), sent);
  at_households_ = true;

  std::vector<double> households;
  for (const village_site& v : w_.villages()) households.push_back(w_.org().units()[v.where].population / s_.county.household_size);
  std::vector<std::int32_t> cadres(n);
  send_cadres(households, static_cast<std::int64_t>(sent), day_of_campaign_, cadres);
  std::vector<double> today(n);
  double all = 0;
  int villages = 0;
  for (std::size_t v = 0; v < n; ++v) {
    const double present = sent > 0 ? (sent - kept_back) / sent : 0;
    today[v] = std::min(cadres[v] * c.households_per_day * present, households[v] - seen_[v]);
    if (seen_[v] == 0 && today[v] > 0) ++villages;
    all += today[v];
    seen_[v] += today[v];
  }
  for (std::size_t who = 0; who < cases_.size(); ++who) {
    const grievance& g = cases_[who];
    if (!g.silent || g.born >= today_ || today[g.village] == 0) continue;
    // Households with a grievance come in the order of their luck, before others; is this one among those of today?
    const double place = luck(g, draw::campaign_household, today_.year()) * households[g.village];
    const bool seen = place >= c.targeting * (seen_[g.village] - today[g.village]) && place < c.targeting * seen_[g.village];
    if (!seen || luck(g, draw::campaign_found, today_.year()) >= c.find_probability) continue;
    const int minute = static_cast<int>(420 * luck(g, draw::campaign_minute, today_.year()));  // from nine o'clock on, for seven hours
    plan(today_at(minutes(9 * 60 + minute)), errand::is_found, who);
  }

  int opinions = 0;
  new_items_.clear();
  for (std::size_t t = 0; t < w_.townships().size(); ++t) {
    double here = 0;
    for (std::size_t v = 0; v < n; ++v) here += w_.villages()[v].township == t ? today[v] : 0;
    if (here == 0) continue;
    const auto index = static_cast<std::uint32_t>(today_.since_1970());
    const double mean = here * c.opinions_per_household;
    const int items = poisson(luck_(t, draw::campaign_items, index), mean * c.handling_share);
    opinions += items + poisson(luck_(t, draw::campaign_opinions, index), mean * (1 - c.handling_share));
    for (int i = 0; i < items; ++i) {
      const auto luck_of_item = [&](draw purpose) {
        return luck_(static_cast<std::uint64_t>(today_.since_1970()) * 65536 + t, purpose, static_cast<std::uint32_t>(i));
      };
      sentiment s;
      s.number = items_so_far_++;
      s.luck = luck_of_item(draw::item_days);
      s.kind = c.kind_of(luck_of_item(draw::item_kind));
      s.found = today_;
      s.target = today_ + c.of(s.kind).timetable;
      double left = luck_of_item(draw::item_village) * here;
      for (std::size_t v = 0; v < n; ++v) {
        if (w_.villages()[v].township != t || today[v] == 0) continue;
        s.village = v;
        if (left < today[v]) break;
        left -= today[v];
      }
      new_items_.push_back(s);
    }
  }
  const instant morning = today_at(minutes(0));
  tell_of_day(morning, "campaign",
              {sent - kept_back, kept_back, all, number(villages), number(opinions), number(new_items_.size()), number(first)});
  for (const sentiment& s : new_items_) {
    const official_id responsible = w_.villages()[s.village].member;
    const int faults = !responsible.valid() + (s.target <= s.found);
    tell_of_day(morning, "item found",
                {number(s.number), number(s.village), number(s.kind), date(s.target), id(responsible), number(faults)});
  }
}

/// A grievance of petition grade has a timetable and a responsible person (R25) and stands on the wall chart (R26).
inline void year::is_found(std::size_t who, instant at) {
  grievance& c = cases_[who];
  if (!c.silent) return;  // came forward before, today
  forget_file(who);
  c.silent = false;
  c.channel = channel::campaign;
  c.door = door::door_to_door;
  c.odds += s_.campaign.early_effect;
  c.on_chart = true;
  c.chart_target = today_ + s_.campaign.timetable;
  const official_id responsible = w_.villages()[c.village].member;
  const int faults = !responsible.valid() + (c.chart_target <= today_);
  tell(at, "found", who, {number(faults), id(responsible), date(c.chart_target)});
  registers(who, at);
  if (is_open(c.state)) gives_owner(who, responsible, at);
}
/// Struck off against the target, or where the scenario says so by date (R26): what is given up so has nobody who pursues it.
inline void year::evening_of_campaign() {
  const bool by_date = s_.campaign.strike_off == strike_off_rule::date;
  const instant evening = today_at(minutes(0));
  for (std::size_t who = 0; who < cases_.size(); ++who) {
    grievance& c = cases_[who];
    if (!c.on_chart) continue;
    const bool gone = c.at_peace || c.state == case_state::diverted || c.state == case_state::withdrawn;
    if (!gone && (!by_date || today_ <= c.chart_target)) continue;
    c.on_chart = false;
    if (!gone) c.odds -= s_.campaign.early_effect;
    tell(evening, "struck off", who, {number(gone)});
  }
  // The hands of the township get what was found today.
  for (sentiment& s : new_items_) {
    const std::size_t unit = w_.townships()[w_.villages()[s.village].township].office;
    const double ends =
        gets_work(free_first(unit), number(s_.campaign.item_work.count), today_at(minutes(18 * 60)), [&](const piece_of_work& p) {
          tell_of_day(evening, "item work", {number(unit), p.begins, p.length});
        });
    s.done = in_days(handler_hours_.when(ends), exponential(s.luck, s_.campaign.of(s.kind).days)).date();
    on_chart_.push_back(s);
  }
  new_items_.clear();
  std::vector<sentiment> stay;
  for (const sentiment& s : on_chart_) {
    if (s.done == today_) tell_of_day(evening, "item done", {number(s.number)});
    const bool done = s.done <= today_;
    if (done || (by_date && today_ > s.target))
      tell_of_day(evening, "item struck off", {number(s.number), number(done)});
    else
      stay.push_back(s);
  }
  on_chart_ = stay;
}

}  // namespace sifang_tests::twin

#endif
