// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/scenario_laws.hpp"
#include "story.hpp"
#include "tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::played;
using sifang_tests::telling;
using sifang_tests::told;
using sifang_tests::told_session;

/// Who is born with what, who goes where, who sits and who is heard: from luck by name, in the plainest way.
namespace {

struct year {
  year(world of, std::uint32_t number) : w(std::move(of)), r(played(w, number)), luck(w.setting().seed, number), laws(w.setting()) {
    for (std::size_t i = 0; i < r.matters().size(); ++i) position[r.matters()[i].entity] = static_cast<std::uint32_t>(i);
  }
  [[nodiscard]] const scenario& setting() const { return w.setting(); }
  [[nodiscard]] const sifang_tests::story& story() { return r.observer(); }
  world w;
  sifang_tests::told_replication r;
  named_draws luck;
  scenario_laws laws;
  std::map<std::uint64_t, std::uint32_t> position;
};

std::vector<std::string> under_load() {
  return {"scenario.warm_up=100",           "load.multiplier=2",
          "load.silent_share=0.4",          "load.silent_days=60",
          "load.group_share=0.3",           "load.visit_share=0.5",
          "load.letter_share=0.1",          "load.online_share=0.3",
          "load.phone_share=0.1",           "routing.simplified_share=0.4",
          "reception.absence_rate=0.3",     "reception.screened_share=0.1",
          "reception.booked_share=0.3",     "reception.interview_minutes=45",
          "choice.patience_minutes=90",     "reception.irregular_per_month=3.5",
          "reception.closing=\"escalate\"", "appointments.field_days_per_month=3",
          "appointments.list_length=30",    "repeats.open_days=30",
          "handling.wait_days_mean=25"};
}

/// The office whose matter it is: the department in charge, or one of the further ones, which share their part alike.
std::uint32_t subject_of(const world& w, const category_setting& c, double luck) {
  if (c.matter_unit.empty()) return no_index;
  std::string code = c.matter_unit;
  if (!c.further_units.empty() && luck < c.further_share)
    code = c.further_units[static_cast<std::size_t>(luck / c.further_share * static_cast<double>(c.further_units.size()))];
  for (std::uint32_t o = 0; o < w.offices().size(); ++o) {
    if (w.org().units().code(w.offices()[o].where) == code) return o;
  }
  return no_index;
}

/// Whether nobody is in a post: once at the most in a span of 365 days, which begin on a day of its own, and not beyond it.
bool is_vacant(const year& y, official_id who, day d) {
  if (y.w.org()[who].rank > role::team_member) return false;
  const std::int32_t since = d.since_1970() + static_cast<std::int32_t>(who.value()) * 7 % 365;
  const auto number = static_cast<std::uint32_t>(since / 365);
  if (y.luck(who.value(), draw::post_changes, number) >= y.setting().posts.turnover_per_year) return false;
  const std::int32_t vacant = y.setting().posts.vacant_days.count;
  const std::int32_t gone_for =
      since % 365 - static_cast<std::int32_t>(y.luck(who.value(), draw::post_changes_on, number) * (365 - vacant));
  return gone_for >= 0 && gone_for < vacant;
}

/// Not in the post, or on leave or at a training, which takes so many days at a time; spans of different people begin on different days.
bool is_away(const year& y, official_id who, day d) {
  if (is_vacant(y, who, d)) return true;
  const auto& r = y.setting().reception;
  const std::int32_t span = r.absence_days.count;
  const auto number = static_cast<std::uint32_t>((d.since_1970() + static_cast<std::int32_t>(who.value()) * 7 % span) / span);
  // Four spans in a row come from one block of luck.
  return y.luck(who.value(), static_cast<draw>(static_cast<std::uint32_t>(draw::absence) + number % 4), number / 4) < r.absence_rate;
}

/// Mean of new matters on a day, from the weights of months, weekdays and categories.
double mean_of(const world& w, day d) {
  const auto& load = w.setting().load;
  const auto sensitive = [&](day x) {
    return std::any_of(w.setting().sensitive_periods.begin(), w.setting().sensitive_periods.end(),
                       [&](const sensitive_period& p) { return x >= p.first - p.lead && x <= p.last; });
  };
  const auto weight = [&](day x) {
    double of_month = 0;
    for (const category_setting& c : w.setting().categories) of_month += c.share * c.months[x.month() - 1];
    const double of_day = of_month * load.months[x.month() - 1] * load.weekdays[static_cast<std::size_t>(x.weekday())];
    return sensitive(x) ? of_day * load.sensitive_factor : of_day;
  };
  double of_year = 0;
  for (day x(d.year(), 1, 1); x.year() == d.year(); ++x) of_year += weight(x);
  const double mean = load.matters_per_year * load.multiplier * weight(d) / of_year;
  return mean;
}

}  // namespace

TEST_CASE("As many grievances arise on a day as its luck says, each with what it was given at birth") {
  year y(sifang_tests::xiapu(under_load()), 1);
  const auto& s = y.setting();
  std::map<std::int32_t, std::size_t> born;
  std::size_t taken_over = 0;
  for (const matter& m : y.r.matters()) ++(m.backlog ? taken_over : born[m.born]);
  CHECK(taken_over == 109);
  for (day d = y.w.first(); d <= y.w.last(); ++d) {
    REQUIRE(y.w.rate(d) == Approx(mean_of(y.w, d)).epsilon(1e-12));
    const auto today = static_cast<std::uint64_t>(d.since_1970());
    REQUIRE(born[d.since_1970()] == count_law::negative_binomial(y.w.rate(d), s.load.overdispersion)(y.luck(today, draw::arrivals)));
  }
  std::map<std::uint64_t, day> forward;  // on which day a silent grievance comes forward or is found
  std::vector<double> people;
  for (const village_site& v : y.w.villages()) people.push_back(y.w.org().units()[v.where].population);
  const alias_table by_people(people);
  std::set<channel> seen;
  std::set<std::uint32_t> subjects;
  int groups = 0, silent = 0;
  for (const matter& m : y.r.matters()) {
    CAPTURE(m.entity);
    const auto u = [&](draw d) { return y.luck(m.entity, d); };
    const auto& c = s.categories[m.category];
    REQUIRE(m.village == by_people(u(draw::village)));
    REQUIRE(m.township == y.w.villages()[m.village].township);
    double weight = 0, at = 0;
    const auto of_month = [&](const category_setting& k) { return k.share * k.months[day(m.born).month() - 1]; };
    for (const category_setting& k : s.categories) weight += of_month(k);
    std::size_t category = 0;
    while (category + 1 < s.categories.size() && (at += of_month(s.categories[category])) <= u(draw::category) * weight) ++category;
    REQUIRE(m.category == category);
    const bool as_silent = !m.backlog && u(draw::silent) < s.load.silent_share;
    silent += as_silent;
    if (m.backlog) {  // taken over: harder, in writing, from above, at eight
      REQUIRE(day(m.born) == y.w.start());
      REQUIRE((m.entity & 0xffff) >= 0x10000 - taken_over);
      REQUIRE(m.complexity == Approx(y.laws.normal(u(draw::complexity)) + c.complexity + s.load.backlog_hardness).margin(1e-12));
      REQUIRE(m.persistence == Approx(y.laws.normal(u(draw::persistence)) + s.load.backlog_hardness).margin(1e-12));
      REQUIRE_FALSE(m.litigation);
      REQUIRE(m.long_pending);
      REQUIRE(m.from_above);
      REQUIRE(m.registered == m.born);
      REQUIRE(m.first_routed == m.born);
    } else if (!as_silent) {
      REQUIRE(m.complexity == Approx(y.laws.normal(u(draw::complexity)) + c.complexity).margin(1e-12));
      REQUIRE(m.persistence == Approx(y.laws.normal(u(draw::persistence))).margin(1e-12));
      REQUIRE_FALSE(m.silent);
    }
    REQUIRE(m.claim == (u(draw::claim) < s.load.claim_share));
    if (!m.backlog) REQUIRE(m.litigation == (u(draw::litigation) < c.litigation_share));
    REQUIRE(m.cross_department == (u(draw::cross_department) < s.handling.cross_department_share));
    const std::uint32_t subject = subject_of(y.w, c, u(draw::subject));
    REQUIRE(m.subject == subject);
    subjects.insert(subject);
    REQUIRE(m.local == (subject == no_index || u(draw::local) < c.local_share));
    const double k = u(draw::channel);
    const auto& l = s.load;
    const channel by = k < l.visit_share                                     ? channel::visit
                       : k < l.visit_share + l.letter_share                  ? channel::letter
                       : k < l.visit_share + l.letter_share + l.online_share ? channel::online
                                                                             : channel::phone;
    seen.insert(by);
    if (m.backlog)
      REQUIRE(m.channel == channel::letter);
    else if (m.channel != by)
      REQUIRE((m.channel == channel::campaign || (by == channel::visit && m.channel == channel::online)));
    const bool group = by == channel::visit && u(draw::group) < l.group_share;
    groups += group;
    REQUIRE(m.persons == (group ? 5 + y.laws.group_persons(u(draw::size)) : 1 + y.laws.further_persons(u(draw::size))));
    if (m.rounds == 0) {
      const bool simplified = !m.backlog && u(draw::simplified) < s.routing.simplified_share && m.complexity < s.handling.complex_threshold;
      REQUIRE(m.simplified == simplified);
      const bool accepted = m.accepted != never;
      REQUIRE(m.stages == (simplified && accepted ? 1 : 1 + y.laws.further_stages(u(draw::stages))));
    }
    REQUIRE(m.entity >> 16 == static_cast<std::uint64_t>(m.born));
    REQUIRE((m.backlog || (m.entity & 0xffff) < born[m.born]));
    if (as_silent) {
      const double days = std::min(1 - l.silent_days * std::log1p(-u(draw::silent_days)), 20000.0);
      forward[m.entity] = day(m.born) + calendar_days(static_cast<std::int32_t>(days));
    }
  }
  CHECK(seen.size() == 4);
  CHECK(subjects.size() > 40);
  CHECK(groups > 50);
  CHECK(silent > 500);
  // Silent ones: found by a campaign, or later and angrier.
  const auto& campaign = s.campaign;
  std::set<std::int32_t> campaign_days;
  for (int of = y.w.first().year(); of <= y.w.last().year(); ++of) {
    day d(of, campaign.first.month(), campaign.first.day_of_month());
    for (int left = campaign.days; left > 0; ++d) {
      if (!y.w.calendar().is_workday(d)) continue;
      campaign_days.insert(d.since_1970());
      --left;
    }
  }
  // Households that each village has seen by the end of each day: as many cadres every day, less those who sit.
  std::map<std::int32_t, std::vector<double>> households_seen;
  std::vector<double> so_far;
  for (const auto& [date, told] : y.story().days_of_campaign) {
    if (told.first) so_far.assign(y.w.villages().size(), 0);
    std::vector<double> households;
    for (const village_site& v : y.w.villages()) households.push_back(v.households);
    std::vector<std::int32_t> cadres(households.size());
    send_cadres(households, static_cast<std::int64_t>(s.county.cadres), 0, cadres);  // more than villages: every day alike
    for (std::size_t v = 0; v < so_far.size(); ++v)
      so_far[v] += std::min(cadres[v] * campaign.households_per_day * told.cadres / s.county.cadres, households[v] - so_far[v]);
    households_seen[date.since_1970()] = so_far;
  }
  std::map<std::uint64_t, instant> first_told;
  for (const telling& t : y.story().all) first_told.try_emplace(t.m.entity, t.at);
  int found = 0, angrier = 0;
  for (const matter& m : y.r.matters()) {
    const auto at = forward.find(m.entity);
    const instant minute_of_birth(day(m.born), minutes(8 * 60 + static_cast<std::int32_t>(600 * y.luck(m.entity, draw::minute))));
    if (m.backlog) {
      REQUIRE(first_told.at(m.entity) == instant(y.w.start(), minutes(8 * 60)));
      continue;
    }
    if (at == forward.end()) {
      const bool at_once = y.luck(m.entity, draw::above) >= s.load.above_share;  // a level above passes it down later
      if (at_once && m.channel != channel::visit && m.attempts == 0) REQUIRE(first_told.at(m.entity) == minute_of_birth);
      continue;
    }
    CAPTURE(m.entity);
    std::optional<instant> by_campaign;
    for (std::int32_t d : campaign_days) {
      const auto index = static_cast<std::uint32_t>(day(d).year());
      if (by_campaign || d <= m.born || d > at->second.since_1970() || d > y.w.last().since_1970() || d < y.w.first().since_1970())
        continue;
      const auto today = households_seen.find(d);
      const bool begins = today == households_seen.begin() || day(std::prev(today)->first).year() != day(d).year();
      const double before = begins ? 0 : std::prev(today)->second[m.village];
      const double place = y.luck(m.entity, draw::campaign_household, index) * y.w.villages()[m.village].households;
      const bool is_seen = place >= campaign.targeting * before && place < campaign.targeting * today->second[m.village];
      if (is_seen && y.luck(m.entity, draw::campaign_found, index) < campaign.find_probability) {
        const instant visit(day(d), minutes(9 * 60 + static_cast<std::int32_t>(420 * y.luck(m.entity, draw::campaign_minute, index))));
        const instant forward_at(at->second, minutes(8 * 60 + static_cast<std::int32_t>(600 * y.luck(m.entity, draw::minute))));
        if (visit < forward_at) by_campaign = visit;
      }
    }
    const double angry = m.complexity - y.laws.normal(y.luck(m.entity, draw::complexity)) - s.categories[m.category].complexity;
    if (by_campaign) {
      ++found;
      REQUIRE(m.channel == channel::campaign);
      REQUIRE(first_told.at(m.entity) == *by_campaign);
      REQUIRE(day(m.chart_target) == by_campaign->date() + campaign.timetable);
      REQUIRE(m.responsible == y.w.villages()[m.village].member);
      REQUIRE(angry == Approx(0).margin(1e-12));
    } else if (at->second <= y.w.last()) {
      ++angrier;
      REQUIRE_FALSE(m.silent);
      const double years = (at->second - day(m.born)).count / 365.25;
      REQUIRE(angry == Approx(s.load.silent_penalty * years).margin(1e-12));
      REQUIRE(m.persistence - y.laws.normal(y.luck(m.entity, draw::persistence)) == Approx(s.load.silent_penalty * years).margin(1e-12));
      const auto first = first_told.find(m.entity);
      REQUIRE(first != first_told.end());
      REQUIRE(first->second.date() == at->second);
      if (m.attempts == 0) REQUIRE(first->second.minute_of_day() == minute_of_birth.minute_of_day());
    } else {
      REQUIRE(m.silent);
    }
  }
  CHECK(found > 10);
  CHECK(angrier > 200);
}

namespace {

/// First date of a series from a day on, by looking at its dates one by one.
std::optional<std::uint32_t> first_turn(const reception_plan& plan, const reception_series& s, day from) {
  const auto dates = plan.dates(s.where);
  for (std::uint32_t turn = 0; turn < dates.size(); ++turn) {
    if (turn % s.period == s.phase && dates[turn] >= from) return turn;
  }
  return std::nullopt;
}

constexpr std::size_t kinds = 8;  // that can be chosen

/// Where a petitioner goes who sets out on a day after so many attempts, by the weights of the choice model.
struct choice_of {
  std::array<double, kinds> weight{};
  std::array<std::int32_t, kinds> series{};
  std::array<std::uint32_t, kinds> turn{};
};
choice_of choices(const world& w, const matter& m, day today, int attempts) {
  choice_of out;
  out.series.fill(-1);
  const auto& plan = w.plan();
  const auto& choice = w.setting().choice;
  const auto& units = w.org().units();
  const unit_id village = w.villages()[m.village].where, township = w.townships()[m.township].where;
  const double to_county = units[village].distance_km, to_township = std::abs(to_county - units[township].distance_km);
  std::array<day, kinds> dates{};
  const auto offer = [&](venue v, unit_id where, double km) {
    const std::int32_t series = plan.series_at(v, where);
    if (series < 0) return;
    const auto turn = first_turn(plan, plan.series()[static_cast<std::size_t>(series)], today + calendar_days(1));
    if (!turn) return;
    const day date = plan.dates(v)[*turn];
    const std::size_t i = v.index();
    if (out.series[i] >= 0 && date >= dates[i]) return;
    dates[i] = date;
    out.series[i] = series;
    out.turn[i] = *turn;
    const double senior = v == article::principal                                      ? 3
                          : v == article::linked_leader || v == article::bureau_leader ? 2
                          : v == article::township || v == article::department         ? 1
                                                                                       : 0;
    const double logit =
        plan.kind(v).appeal - choice.delay_weight * (date - today).count - choice.distance_weight * km + choice.climb * attempts * senior;
    out.weight[i] = choice.model == choice_model::shares ? plan.kind(v).share : std::exp(logit);
  };
  offer(article::village, village, 0);
  offer(article::township, township, to_township);
  offer(article::linked_leader, township, to_township);
  if (m.subject != no_index) {
    const unit_id department = w.offices()[m.subject].where;
    offer(article::section, department, to_county);
    offer(article::department, department, to_county);
    offer(article::linked_leader, department, to_county);
  }
  offer(article::window, w.bureau(), to_county);
  offer(article::bureau_leader, w.bureau(), to_county);
  for (unit_id school : w.org().units_of_kind(unit_kind::party_school)) offer(article::principal, school, to_county);
  return out;
}

void check_choices(year& y) {
  const telling* before = nullptr;
  std::map<std::uint64_t, const telling*> planned;
  int chosen = 0, came_back = 0, climbed = 0;
  for (const telling& t : y.story().all) {
    const matter& m = t.m;
    CAPTURE(m.entity, to_string(t.at));
    const bool again = before != nullptr && before->what == told::visit && before->m.entity == m.entity;
    before = &t;
    if (t.what == told::visit) {
      const auto& s = y.story().sessions[t.session];
      if (s.series.where != article::irregular) {  // comes to the session that it set out for
        REQUIRE(planned.contains(m.entity));
        const telling& plan = *planned[m.entity];
        const auto& series = y.w.plan().series()[static_cast<std::size_t>(plan.m.visit_series)];
        REQUIRE(y.w.plan().dates(series.where)[plan.m.visit_turn] == t.at.date());
        REQUIRE(series.place == s.series.place);
        REQUIRE(series.where == s.series.where);
        REQUIRE(m.visit_decided == plan.m.visit_decided);
      } else if (!planned.contains(m.entity)) {
        REQUIRE(m.visit_decided == t.at.date().since_1970());
      }
      planned.erase(m.entity);
      continue;
    }
    if (t.what != told::sets_out) continue;
    const bool escalates = y.setting().reception.closing == closing_policy::escalate && again && (&t - 1)->outcome &&
                           (&t - 1)->outcome->end == visit_end::not_heard;
    planned[m.entity] = &t;
    if (again && !escalates) {  // the next session of the same series, if luck has it
      ++came_back;
      const matter& was = (&t - 1)->m;
      REQUIRE(y.luck(m.entity, draw::come_back, was.attempts) < y.setting().choice.come_back_share);
      REQUIRE(m.attempts == was.attempts + 1);
      REQUIRE(m.visit_series == was.visit_series);
      REQUIRE(m.visit_decided == was.visit_decided);
      REQUIRE(m.visit_turn ==
              *first_turn(y.w.plan(), y.w.plan().series()[static_cast<std::size_t>(m.visit_series)], t.at.date() + calendar_days(1)));
      continue;
    }
    ++chosen;
    climbed += escalates;
    const int attempts = m.attempts - 1;
    // Whoever is sent on has waited since they decided to come.
    REQUIRE(m.visit_decided == (escalates ? (&t - 1)->m.visit_decided : t.at.date().since_1970()));
    const choice_of c = choices(y.w, m, t.at.date(), attempts);
    double sum = 0, passed = 0;
    for (double w : c.weight) sum += w;
    const double at = y.luck(m.entity, draw::venue_choice, static_cast<std::uint32_t>(attempts)) * sum;
    std::size_t v = 0;
    while (v + 1 < kinds && passed + c.weight[v] <= at) passed += c.weight[v++];
    if (std::abs(at - passed) < 1e-9 * sum || std::abs(passed + c.weight[v] - at) < 1e-9 * sum) continue;
    REQUIRE(m.visit_venue == venue(v));
    REQUIRE(m.visit_series == c.series[v]);
    REQUIRE(m.visit_turn == c.turn[v]);
  }
  CHECK(chosen > 300);
  if (y.setting().reception.closing == closing_policy::escalate) CHECK(climbed > 10);
  if (y.setting().choice.come_back_share > 0) CHECK(came_back > 10);
}

}  // namespace

TEST_CASE("A petitioner goes to a session by delay, distance and who sits there, comes back to it, or climbs") {
  SECTION("logit") {
    year y(sifang_tests::xiapu(under_load()), 1);
    check_choices(y);
  }
  SECTION("fixed shares, and only later sessions of the same kind") {
    year y(sifang_tests::xiapu({"scenario.warm_up=30", "choice.model=\"shares\"", "reception.closing=\"come_back\"",
                                "reception.interview_minutes=90", "choice.patience_minutes=50"}),
           2);
    check_choices(y);
  }
}

TEST_CASE("Who sits is the roster less those away; a session runs as its visitors' luck has it") {
  const auto settings = under_load();
  for (const bool substitutes : {true, false}) {
    auto with_rule = settings;
    with_rule.push_back(substitutes ? "reception.substitution=\"next_in_rota\"" : "reception.substitution=\"none\"");
    year y(sifang_tests::xiapu(with_rule), 3);
    const auto& r = y.setting().reception;
    const auto& plan = y.w.plan();
    const auto away = [&](official_id who, day d) { return is_away(y, who, d); };
    std::map<std::pair<official_id, day>, std::vector<const told_session*>> sits;  // whether anybody came or not
    for (const auto* all : {&y.story().sessions, &y.story().in_vain}) {
      for (const told_session& s : *all) {
        for (official_id who : s.people) sits[{who, s.date}].push_back(&s);
      }
    }
    const auto sits_elsewhere = [&](official_id who, const told_session& s) {
      const auto found = sits.find({who, s.date});
      if (found == sits.end()) return false;
      return std::any_of(found->second.begin(), found->second.end(), [&](const told_session* other) {
        return other != &s && other->series.where != article::irregular &&
               overlap(plan.kind(other->series.where), plan.kind(s.series.where));
      });
    };
    std::map<std::pair<std::uint32_t, std::int32_t>, std::vector<venue>> held;
    std::map<std::size_t, std::vector<const telling*>> visits;
    for (const telling& t : y.story().all) {
      if (t.what == told::visit) visits[t.session].push_back(&t);
    }
    int stood_in = 0, groups = 0;
    for (std::size_t i = 0; i < y.story().sessions.size(); ++i) {
      const told_session& s = y.story().sessions[i];
      const bool irregular = s.series.where == article::irregular;
      CAPTURE(to_string(s.date), y.w.plan().kind(s.series.where).id);
      if (!irregular && s.series.where != article::window) {
        held[{s.series.place.value(), s.date.since_1970()}].push_back(s.series.where);
        const auto turn = *first_turn(plan, s.series, s.date);
        // Each of the roster who is there and does not sit elsewhere; for whoever is away the next in the rota, on the same terms.
        std::vector<official_id> roster;
        plan.roster(s.series, turn, roster);
        const auto is_of = [](const std::vector<official_id>& people, official_id who) {
          return std::find(people.begin(), people.end(), who) != people.end();
        };
        const official_id next = substitutes ? plan.substitute(s.series, turn) : official_id{};
        bool wanted = false;
        for (official_id who : roster) {
          REQUIRE((is_of(s.people, who) || away(who, s.date) || sits_elsewhere(who, s)));
          wanted = wanted || (away(who, s.date) && !sits_elsewhere(who, s));
        }
        if (wanted && next.valid()) REQUIRE((is_of(s.people, next) || away(next, s.date) || sits_elsewhere(next, s)));
        for (official_id who : s.people) {
          REQUIRE_FALSE(away(who, s.date));
          REQUIRE_FALSE(sits_elsewhere(who, s));
          if (is_of(roster, who)) continue;
          REQUIRE(who == next);
          REQUIRE(wanted);
          ++stood_in;
        }
        REQUIRE(s.people.size() <= s.seats);
      }
      const auto found = visits.find(i);
      if (found == visits.end()) continue;
      // The session, anew.
      std::vector<const telling*> came = found->second;
      std::sort(came.begin(), came.end(),
                [&](const telling* a, const telling* b) { return y.position[a->m.entity] < y.position[b->m.entity]; });
      const double length = sifang_tests::planned_length(y.w, s);
      std::vector<visitor> visitors;
      int booked = 0;
      for (const telling* t : came) {
        const matter& m = t->m;
        const auto u = [&](draw d) { return y.luck(m.entity, d, m.attempts); };
        visitor v;
        v.who = y.position[m.entity];
        v.interview = y.laws.interview(u(draw::interview), r.interview_minutes * (1 + r.group_factor * (std::min<int>(m.persons, 5) - 1)));
        v.patience = -y.setting().choice.patience_minutes * std::log1p(-u(draw::patience));
        const double when = u(draw::arrival_minute);
        v.arrival = when < r.early_share ? 0 : (when - r.early_share) / (1 - r.early_share) * length * 2 / 3;
        groups += m.persons > 4;
        const bool let_in = u(draw::screened) >= r.screened_share;
        if (let_in && u(draw::booked) < r.booked_share) v.arrival = r.interview_minutes * booked++;
        REQUIRE(t->outcome.has_value() == let_in);
        if (let_in) visitors.push_back(v);
      }
      std::vector<double> free(s.series.where == article::window ? static_cast<std::size_t>(r[article::window].receivers)
                                                                 : s.people.size());
      std::vector<visit_outcome> outcomes;
      const session_totals totals = run_session(std::span(visitors), std::span(free), length, r.closing, outcomes);
      REQUIRE(s.totals->heard == totals.heard);
      REQUIRE(s.totals->busy == Approx(totals.busy));
      std::map<std::uint32_t, visit_outcome> expected;
      for (const visit_outcome& o : outcomes) expected[o.who] = o;
      for (const telling* t : came) {
        if (!t->outcome) continue;
        const visit_outcome& o = expected.at(y.position[t->m.entity]);
        REQUIRE(t->outcome->end == o.end);
        REQUIRE(t->outcome->receiver == o.receiver);
        REQUIRE(t->outcome->wait == Approx(o.wait).margin(1e-6));
        REQUIRE(t->outcome->finish == Approx(o.finish).margin(1e-6));
      }
    }
    if (substitutes) CHECK(stood_in > 5);
    CHECK(groups > 50);
    // R3, R5, R6: each session of a county leader is held once, visited or not.
    for (const reception_session& s : plan.sessions(y.w.first(), y.w.last())) {
      if (s.where != article::principal && s.where != article::bureau_leader && s.where != article::linked_leader) continue;
      const auto& at = held[{s.place.value(), s.date.since_1970()}];
      REQUIRE(std::count(at.begin(), at.end(), s.where) == 1);
    }
  }
}

TEST_CASE("R4: a hot spot is visited on a workday by a principal leader who has the time, or later, and its people come by their luck") {
  for (const std::string rule : {"worst", "random", "rotation"}) {
    auto settings = under_load();
    settings.push_back("reception.irregular_target=\"" + rule + "\"");
    year y(sifang_tests::xiapu(settings), 4);
    const auto& r = y.setting().reception;
    struct visit {
      std::uint64_t month;
      std::uint32_t k;
      int moves;
    };
    std::multimap<day, visit> due;
    for (day month(y.w.first().year(), y.w.first().month(), 1); month <= y.w.last();
         month = month.month() == 12 ? day(month.year() + 1, 1, 1) : day(month.year(), month.month() + 1, 1)) {
      std::vector<day> workdays;
      for (day d = month; d.month() == month.month(); ++d) {
        if (y.w.calendar().is_workday(d)) workdays.push_back(d);
      }
      const std::uint64_t number = static_cast<std::uint64_t>(month.year()) * 12 + month.month();
      for (std::uint32_t k = 0; k < 4; ++k) {
        if (k == 3 && y.luck(number, draw::irregular_held, k) >= 0.5) continue;  // 3.5 a month
        const day on = workdays[static_cast<std::size_t>(y.luck(number, draw::irregular_day, k) * static_cast<double>(workdays.size()))];
        if (on >= y.w.first() && on <= y.w.last()) due.emplace(on, visit{number, k, 0});
      }
    }
    const auto leaders = y.w.org().officials_with(role::principal_leader);
    const auto& offices = y.w.offices();
    const std::vector<std::uint32_t> office_after = sifang_tests::offices_after(y.story(), y.r.matters());
    // The state of the county, from what was told up to a moment.
    std::map<std::uint64_t, day> way, heard_on;  // who is on the way, and to when; who was heard last, and when
    std::map<std::uint64_t, case_state> state;
    std::map<std::uint64_t, int> repeats;
    std::map<std::uint64_t, std::uint32_t> office_of;
    std::size_t at = 0, session = 0, put_off = 0, came_all = 0, second_choice = 0;
    const auto take_until = [&](std::size_t end) {
      for (; at < end; ++at) {
        const telling& t = y.story().all[at];
        office_of[t.m.entity] = office_after[at];
        if (t.what == told::step) state[t.m.entity] = t.to;
        if (t.what == told::step && (t.to == case_state::settled || t.to == case_state::withdrawn))
          way.erase(t.m.entity);  // the reason is gone
        if (t.what == told::repeat) ++repeats[t.m.entity];
        if (t.what == told::visit) {
          way.erase(t.m.entity);
          if (t.outcome && t.outcome->end == visit_end::heard) heard_on[t.m.entity] = t.at.date();
        }
        if (t.what == told::sets_out) {
          const auto& series = y.w.plan().series()[static_cast<std::size_t>(t.m.visit_series)];
          way[t.m.entity] = y.w.plan().dates(series.where)[t.m.visit_turn];
        }
      }
    };
    const auto office_now = [&](const matter& m) { return office_of.contains(m.entity) ? office_of[m.entity] : no_index; };
    const auto worst = [&] {
      std::vector<double> cases(offices.size(), 5), again(offices.size(), 0);  // five cases without a repeat are given to each
      for (const auto& [entity, now] : state) {
        if (!is_open(now)) continue;
        const matter& m = y.r.matters()[y.position[entity]];
        std::set<std::uint32_t> places{y.w.townships()[m.township].office};
        if (office_now(m) != no_index && offices[office_now(m)].at_county()) places.insert(office_now(m));
        for (std::uint32_t o : places) {
          cases[o] += 1;
          again[o] += repeats[entity];
        }
      }
      std::size_t best = 0;
      for (std::size_t o = 0; o < offices.size(); ++o) {
        if (again[o] / cases[o] > again[best] / cases[best]) best = o;
      }
      return best;
    };
    std::map<day, std::vector<const told_session*>> sessions_on;
    for (const auto* all : {&y.story().sessions, &y.story().in_vain}) {
      for (const told_session& s : *all) sessions_on[s.date].push_back(&s);
    }
    const auto next_irregular = [&] {
      while (session < y.story().sessions.size() && y.story().sessions[session].series.where != article::irregular) ++session;
      return session < y.story().sessions.size() ? &y.story().sessions[session] : nullptr;
    };
    for (day d = y.w.first(); d <= y.w.last(); ++d) {
      std::vector<visit> today;
      for (auto [from, to] = due.equal_range(d); from != to; ++from) today.push_back(from->second);
      std::sort(today.begin(), today.end(),
                [](const visit& a, const visit& b) { return a.month != b.month ? a.month < b.month : a.k < b.k; });
      if (today.empty()) continue;
      std::size_t before_today = at;
      while (before_today < y.story().all.size() && y.story().all[before_today].at.date() < d) ++before_today;
      take_until(before_today);
      struct stay {
        official_id who;
        minutes from, to;
        unit_id where;
      };
      std::vector<stay> stays;
      for (const told_session* s : sessions_on[d]) {
        if (s->series.where == article::irregular) continue;
        const session_kind& kind = y.w.plan().kind(s->series.where);
        for (official_id who : s->people) stays.push_back({who, kind.start, kind.end(), s->series.place});
      }
      for (const visit& v : today) {
        CAPTURE(to_string(d), rule, v.k);
        std::size_t target = worst();
        if (rule == "random")
          target = static_cast<std::size_t>(y.luck(v.month, draw::irregular_place, v.k) * static_cast<double>(offices.size()));
        if (rule == "rotation") target = (v.month * 4 + v.k) % offices.size();
        const minutes from(9 * 60), to = from + r.irregular_length;
        std::vector<official_id> people;
        for (std::size_t i = 0; i < leaders.size() && people.empty(); ++i) {
          const official_id who = leaders[(v.month + v.k + i) % leaders.size()];
          const bool busy = std::any_of(stays.begin(), stays.end(), [&](const stay& x) {
            const minutes road = y.w.way(x.where, offices[target].where);
            return x.who == who && from < x.to + road && x.from < to + road;
          });
          if (busy || is_away(y, who, d)) continue;
          people.push_back(who);
          stays.push_back({who, from, to, offices[target].where});
          second_choice += i > 0;
        }
        if (people.empty()) {  // the next workday
          day on = d + calendar_days(1);
          while (!y.w.calendar().is_workday(on)) ++on;
          const bool for_good = v.moves == 20 || on > y.w.last();
          REQUIRE(put_off < y.story().irregular_put_off.size());
          REQUIRE(y.story().irregular_put_off[put_off++] == std::pair(d, for_good));
          if (!for_good) due.emplace(on, visit{v.month, v.k, v.moves + 1});
          continue;
        }
        const told_session* s = next_irregular();
        REQUIRE(s != nullptr);
        const std::size_t number = session++;
        REQUIRE(s->date == d);
        REQUIRE(y.w.calendar().is_workday(d));
        REQUIRE(s->people == people);
        REQUIRE(s->series.place == offices[target].where);
        take_until(s->told_before);
        std::set<std::uint64_t> come, came;
        for (const matter& m : y.r.matters()) {
          const std::uint32_t now = office_now(m);
          const bool theirs = !offices[target].at_county() ? m.township == offices[target].township
                              : now != no_index            ? now == target
                                                           : m.subject == target && !m.local;
          if (!theirs || m.born > d.since_1970()) continue;
          if (y.luck(m.entity, draw::turnout, static_cast<std::uint32_t>((v.month * 32 + v.k) & 0xfffff)) >= r.irregular_turnout) continue;
          const auto on_way = way.find(m.entity);
          if (on_way != way.end() ? on_way->second - d <= calendar_days(61)
                                  : state.contains(m.entity) && is_open(state[m.entity]) && heard_on[m.entity] != d) {
            come.insert(m.entity);
          }
        }
        for (const telling& t : y.story().all) {
          if (t.what == told::visit && t.session == number) came.insert(t.m.entity);
        }
        REQUIRE(came == come);
        came_all += came.size();
      }
    }
    CHECK(next_irregular() == nullptr);
    CHECK(put_off == y.story().irregular_put_off.size());
    CHECK(put_off > 3);
    CHECK(second_choice > 3);
    CHECK(came_all > 50);
  }
}

TEST_CASE("R16-R19: the most pressing open cases are listed, as many as field days allow, and meetings follow") {
  auto settings = under_load();
  for (const char* more :
       {"return_visits.open=false", "repeats.after_close_share=0.9", "settlement.intercept=-0.5", "appointments.near_together=false"})
    settings.push_back(more);
  year y(sifang_tests::xiapu(settings), 6);
  const auto& a = y.setting().appointments;
  const auto& clocks = y.setting().clocks;
  const calendar_days long_pending = clocks.route + clocks.accept + clocks.handle + a.long_pending_age;
  struct known {
    case_state state = case_state::none;
    std::int32_t registered = never;
    int repeats = 0;
    bool came_again = false;  // since it was closed on paper
    std::uint32_t office = no_index;
    official_id owner;
    std::optional<day> meeting;  // to come
  };
  std::map<std::uint64_t, known> all;
  const auto is_listed = [](const known& k, day today) { return k.meeting && *k.meeting >= today; };
  const auto next_workday = [&](day d) {
    while (!y.w.calendar().is_workday(d)) ++d;
    return d;
  };
  // In charge of the department, or of those linked to the township the owner, or each in turn; who is in office.
  const auto leader_of = [&](const matter& m, std::uint32_t office, official_id owner, day d) {
    const auto is_there = [&](official_id who) { return who.valid() && !is_vacant(y, who, d); };
    if (office != no_index && y.w.offices()[office].township == no_index && is_there(y.w.offices()[office].leader))
      return y.w.offices()[office].leader;
    std::vector<official_id> linked;
    for (official_id who : y.w.org().officials_of(y.w.townships()[m.township].where, relation::linked_to)) {
      if (y.w.org()[who].rank == role::county_leader || y.w.org()[who].rank == role::principal_leader) linked.push_back(who);
    }
    if (is_there(owner) && std::find(linked.begin(), linked.end(), owner) != linked.end()) return owner;
    const std::size_t first = linked.empty() ? 0 : static_cast<std::size_t>((m.entity >> 16) + m.entity % 65536) % linked.size();
    std::rotate(linked.begin(), linked.begin() + static_cast<std::ptrdiff_t>(first), linked.end());
    const auto one = std::find_if(linked.begin(), linked.end(), is_there);
    return one == linked.end() ? official_id{} : *one;
  };
  const auto offices = sifang_tests::offices_after(y.story(), y.r.matters());
  std::size_t lists = 0, short_lists = 0, meetings = 0, moved = 0, items = 0, from_paper = 0, of_backlog = 0;
  const auto& story = y.story().all;
  for (std::size_t i = 0; i < story.size(); ++i) {
    const telling& t = story[i];
    CAPTURE(t.m.entity, to_string(t.at));
    // The analysis is the only thing at midnight that puts a case on the list; row 27 is told before its item.
    const auto belongs_to_list = [&](const telling& one) {
      return one.what == told::listed || (one.what == told::step && one.event == case_event::put_on_list) ||
             (one.what == told::owned && one.at == t.at && all[one.m.entity].state == case_state::procedurally_closed);
    };
    if (t.at.minute_of_day() == minutes(0) && belongs_to_list(t)) {
      const day today = t.at.date();
      const auto presses = [&](const matter& m, const known& k) {
        const int before = m.backlog ? long_pending.count : 0;
        const double age = (today.since_1970() - k.registered + before) / static_cast<double>(long_pending.count),
                     again = k.repeats / static_cast<double>(a.long_pending_repeats);
        return std::max(age, again) + 0.25 * std::min(age, again) + (m.persons >= 5 ? 0.5 : 0);
      };
      std::vector<std::uint64_t> theirs;
      std::map<std::size_t, int> taken;
      double last = 1e9;
      std::uint32_t last_position = 0;
      std::uint64_t reopened = 0;                     // the last that was closed on paper (row 27)
      const auto goes_on = [&](const telling& one) {  // handling anew takes up work at once
        return one.at == t.at && (belongs_to_list(one) || (one.m.entity == reopened && (one.what == told::step || one.what == told::work)));
      };
      for (; i < story.size() && goes_on(story[i]); ++i) {
        const matter& m = y.r.matters()[y.position[story[i].m.entity]];
        known& k = all[m.entity];
        if (story[i].what == told::step) {
          if (story[i].event == case_event::put_on_list) reopened = m.entity;
          k.state = story[i].to;
        }
        if (story[i].what == told::owned) k.owner = story[i].m.owner;
        if (story[i].what != told::listed) continue;
        theirs.push_back(m.entity);
        const bool closed = m.entity == reopened;
        from_paper += closed;
        of_backlog += m.backlog;
        REQUIRE_FALSE(is_listed(k, today));
        if (closed)
          REQUIRE(k.came_again);
        else
          REQUIRE((is_open(k.state) && k.state != case_state::registered && k.state != case_state::routed &&
                   k.state != case_state::return_visit_due));
        const double now = presses(m, k);
        REQUIRE(now >= a.threshold);
        REQUIRE((now < last || (now == last && y.position[m.entity] > last_position)));
        last = now;
        last_position = y.position[m.entity];
        const official_id leader = leader_of(m, k.office, k.owner, today);
        REQUIRE(leader.valid());
        const int field_day = taken[leader.index()]++ / a.appointments_per_day;
        REQUIRE(field_day < 3);  // three field days a month
        k.meeting = next_workday(today + calendar_days(3 + (field_day * 22 + static_cast<std::int32_t>(leader.index()) * 7 % 9) / 3));
      }
      --i;
      REQUIRE(theirs.size() <= static_cast<std::size_t>(a.list_length));
      // Whoever presses as much is on it, if the list and the leader have room.
      for (const auto& [entity, k] : all) {
        if (!is_open(k.state) || k.state == case_state::registered || k.state == case_state::routed ||
            k.state == case_state::return_visit_due || is_listed(k, today))
          continue;
        const matter& m = y.r.matters()[y.position[entity]];
        const official_id leader = leader_of(m, k.office, k.owner, today);
        const bool has_room = leader.valid() && taken[leader.index()] < 3 * a.appointments_per_day;
        const bool list_has_room = theirs.size() < static_cast<std::size_t>(a.list_length) || presses(m, k) > last;
        REQUIRE_FALSE((presses(m, k) >= a.threshold && has_room && list_has_room));
      }
      ++lists;
      short_lists += theirs.size() < static_cast<std::size_t>(a.list_length);
      items += theirs.size();
      continue;
    }
    known& k = all[t.m.entity];
    k.office = offices[i];
    if (t.what == told::owned) k.owner = t.m.owner;
    if (t.what == told::step) {
      if (t.event == case_event::arrive) k.registered = t.at.date().since_1970();
      if (t.to != case_state::procedurally_closed) k.came_again = false;
      if (t.to == case_state::settled || t.to == case_state::withdrawn) k.meeting.reset();  // called off
      k.state = t.to;
    }
    if (t.what == told::repeat) {
      ++k.repeats;
      k.came_again = k.state == case_state::procedurally_closed;
    }
    if (t.what == told::put_off && t.duty == field_duty::appointment) {
      REQUIRE(k.meeting == t.at.date());
      ++moved;
      if (t.for_good)
        k.meeting.reset();
      else
        k.meeting = next_workday(t.at.date() + calendar_days(1));
    }
    if (t.what == told::meeting) {
      ++meetings;
      REQUIRE(k.meeting == t.at.date());
      k.meeting.reset();
      REQUIRE(t.at.minute_of_day() >= minutes(10 * 60));
      REQUIRE(t.at.minute_of_day() + minutes(static_cast<std::int32_t>(t.minutes)) <= minutes(18 * 60));
      REQUIRE(t.leader == leader_of(t.m, t.m.office, t.m.owner, t.at.date()));
      for (official_id who : t.people) REQUIRE_FALSE(is_away(y, who, t.at.date()));
    }
  }
  CHECK(lists >= 10);
  CHECK(short_lists > 0);
  CHECK(items > 100);
  CHECK(from_paper > 0);
  CHECK(of_backlog > 20);
  CHECK(meetings > 80);
  CHECK(moved > 20);
}
