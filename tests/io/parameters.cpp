// SPDX-License-Identifier: BSL-1.0
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/county/idle_settings.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "sifang/io/study_results.hpp"
#include "tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// One walk over the whole table of parameters: each, moved low and high, changes something in a test scenario, in the direction that its
/// meaning states; or is refused, or warned of.

using namespace sifang;

namespace {

using settings = std::vector<std::string>;

/// The county of the article under a load that a test can play many times.
const planning_input& article_county() {
  static const planning_input in = sifang_tests::input("xiapu-2022", {"load.matters_per_year=600", "scenario.warm_up=200"});
  return in;
}
checked<world> world_with(const settings& all) {
  scenario s = article_county().settings;
  std::vector<fault> faults;
  for (const std::string& one : all) {
    for (fault& f : apply_setting(s, one)) faults.push_back(std::move(f));
  }
  if (!faults.empty()) return faults;
  return world::make(std::move(s), article_county().place.org, article_county().place.calendar);
}

/// All that a study finds, but for the lists of its assumptions and of what is warned of.
result found(const world& w, std::size_t replications = 16) {
  const std::array arms{study_arm(w)};
  const study_result study = run_study(thread_team{1}, arms, replications);
  const std::array policies{studied_policy{&w}};
  result r = make_result("run", policies, study, replications);
  for (result_policy& p : r.policies) p.assumptions.clear();
  r.warnings.clear();
  return r;
}
std::string text_of(const settings& all, std::size_t replications = 16) {
  const auto w = world_with(all);
  if (!w) return "refused: " + to_string(w.faults().front());
  return results_json(found(*w, replications));
}

/// What has to be set beside a parameter for it to be asked for.
settings beside(std::string_view key) {
  static const std::map<std::string_view, settings> needed{
      {"session.bureau_leader.share", {"choice.model=shares"}},
      {"session.bureau_leader.places_in_turn", {R"(session.bureau_leader.at=["township"])"}},
      {"session.bureau_leader.moves_for", {"reception.collision=split"}},
      {"ownership.cap", {"ownership.rule=capped", "load.multiplier=4"}},
      {"handling.order", {"handling.case_limit=1", "load.multiplier=8"}},
      {"handling.case_limit", {"load.multiplier=8"}},
      {"campaign.timetable", {"campaign.strike_off=date", "load.silent_share=0.5"}},
      {"campaign.strike_off", {"load.silent_share=0.5"}},
      {"return_visits.lapse", {"return_visits.visits_per_week=1", "load.multiplier=4"}},
  };
  const auto at = needed.find(key);
  return at == needed.end() ? settings{} : at->second;
}

/// Two ways to move a parameter, low and high; a move may take several settings.
std::vector<settings> moves_by_hand(const std::string& key) {
  static const std::map<std::string_view, std::vector<settings>> moves{
      {"scenario.name", {{"scenario.name=another"}}},
      {"scenario.title_en", {{"scenario.title_en=Another"}}},
      {"scenario.title_zh", {{"scenario.title_zh=另一个"}}},
      {"scenario.about_en", {{"scenario.about_en=Another"}}},
      {"scenario.about_zh", {{"scenario.about_zh=另一个"}}},
      {"scenario.start", {{"scenario.start=2022-02-01"}}},
      {"scenario.end", {{"scenario.end=2022-11-30"}}},
      {"load.visit_share", {{"load.visit_share=0.05", "load.online_share=0.765"}, {"load.visit_share=0.70", "load.online_share=0.115"}}},
      {"load.letter_share", {{"load.letter_share=0", "load.visit_share=0.595"}, {"load.letter_share=0.4", "load.visit_share=0.195"}}},
      {"load.online_share", {{"load.online_share=0.1", "load.visit_share=0.715"}, {"load.online_share=0.7", "load.visit_share=0.115"}}},
      {"load.phone_share", {{"load.phone_share=0", "load.visit_share=0.63"}, {"load.phone_share=0.45", "load.visit_share=0.18"}}},
      {"load.weekdays", {{"load.weekdays=[1, 0, 0, 0, 0, 0, 0]"}, {"load.weekdays=[0, 0, 0, 0, 0, 0, 1]"}}},
      {"load.months", {{"load.months=[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]"}, {"load.months=[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]"}}},
      {"campaign.first", {{"campaign.first=2022-01-10"}, {"campaign.first=2022-11-10"}}},
      {"appointments.recur", {{"appointments.recur=every Monday"}, {"appointments.recur=FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1"}}},
      {"category.land.share",
       {{"category.land.share=0", "category.other.share=0.268"}, {"category.land.share=0.268", "category.other.share=0"}}},
      {"category.land.id", {}},  // what it is called by; another one is another category
      {"category.land.en", {{"category.land.en=Soil"}}},
      {"category.land.zh", {{"category.land.zh=土"}}},
      {"category.land.enterprise_share", {{"category.land.enterprise_share=0.6"}}},
      {"category.land.project_share", {{"category.land.project_share=0"}, {"category.land.project_share=1"}}},
      {"category.land.matter_unit", {{"category.land.matter_unit=health"}, {"category.land.matter_unit=\"\""}}},
      {"category.land.further_units", {{"category.land.further_units=[\"health\"]"}, {"category.land.further_units=[]"}}},
      {"category.land.months", {{"category.land.months=[5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"}}},
      {"sensitive_period.党的二十大.first", {{"sensitive_period.党的二十大.first=2022-08-01"}}},
      {"sensitive_period.党的二十大.last", {{"sensitive_period.党的二十大.last=2022-12-01"}}},
      {"settlement.supported_share", {{"settlement.supported_share=0"}, {"settlement.supported_share=0.7"}}},
      {"settlement.explained_share", {{"settlement.explained_share=0"}, {"settlement.explained_share=0.55"}}},
      {"return_visits.promise_share", {{"return_visits.promise_share=0"}, {"return_visits.promise_share=0.6"}}},
      {"return_visits.hardship_share", {{"return_visits.hardship_share=0"}, {"return_visits.hardship_share=0.6"}}},
      {"return_visits.new_facts_share", {{"return_visits.new_facts_share=0"}, {"return_visits.new_facts_share=0.5"}}},
      {"return_visits.attitude_share", {{"return_visits.attitude_share=0"}, {"return_visits.attitude_share=0.5"}}},
      {"campaign.works.share", {{"campaign.works.share=0"}, {"campaign.works.share=0.6"}}},
      {"campaign.aid.share", {{"campaign.aid.share=0"}, {"campaign.aid.share=0.4"}}},
      {"campaign.dispute.share", {{"campaign.dispute.share=0"}, {"campaign.dispute.share=0.4"}}},
      {"load.matters_per_year", {{"load.matters_per_year=100"}, {"load.matters_per_year=3000"}}},
      {"load.multiplier", {{"load.multiplier=0.2"}, {"load.multiplier=5"}}},
      {"load.overdispersion", {{"load.overdispersion=1"}, {"load.overdispersion=5"}}},
  };
  const auto at = moves.find(key);
  if (at != moves.end()) return at->second;
  if (!key.starts_with("session.")) return {};
  const std::string what = key.substr(key.rfind('.') + 1);
  static const std::map<std::string_view, std::vector<std::string>> of_sessions{
      {"title_en", {"Another"}},
      {"title_zh", {"另一个"}},
      {"roles", {"[\"principal_leader\"]"}},
      {"relations", {"[\"in_charge_of\"]"}},
      {"posts", {"[\"leader-05\"]"}},
      {"at", {"[\"township\"]"}},
      {"units", {"[\"350921101\"]"}},
      {"areas", {"[\"350921101\"]"}},
      {"recur", {"every Wednesday", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1"}},
      {"add", {"2022-06-22"}},
      {"remove", {"2022-06-13"}},
      {"start", {"07:00", "13:00"}},
      {"receivers", {"0", "3"}},
      {"moves_for", {"\"\""}},
  };
  std::vector<settings> out;
  if (const auto by = of_sessions.find(what); by != of_sessions.end()) {
    for (const std::string& value : by->second) out.push_back({key + "=" + value});
  }
  return out;
}

/// Low and high by the kind of the field: shares to their ends, numbers to a quarter and fourfold, effects two down and up.
template <class T>
std::vector<settings> moves_of(const std::string& key, const parameter& p, const T& now) {
  std::vector<settings> out = moves_by_hand(key);
  if (!out.empty()) return out;
  const auto to = [&](double value) { out.push_back({key + "=" + number_text(std::clamp(value, p.least, p.most))}); };
  if constexpr (std::same_as<T, bool>) {
    out = {{key + "=true"}, {key + "=false"}};
  } else if constexpr (named_enum<T>) {
    for (const std::string_view name : names_of<T>) out.push_back({key + "=" + std::string(name)});
  } else if constexpr (std::integral<T>) {
    to(std::floor(static_cast<double>(now) / 4)), to(static_cast<double>(now) * 4 + 2);
  } else if constexpr (std::floating_point<T>) {
    if (p.unit == "share")
      to(p.least), to(p.most);
    else if (p.unit == "log odds" || p.unit == "sd")
      to(now - 2), to(now + 2);
    else
      to(now / 4), to(now * 4 + 0.5);
  } else if constexpr (std::same_as<T, minutes> || detail::is_count<T>) {
    to(std::floor(now.count / 4.0)), to(now.count * 4 + 3);
  }
  return out;
}

/// Parameters that no year asks for, and why.
bool is_elsewhere(const std::string& key) {
  static const std::set<std::string_view> keys{
      "county.units",
      "county.officials",
      "county.links",
      "county.holidays",                   // files, read before there is a world
      "scenario.replications",             // how many years; who simulates says so
      "category.land.id",                  // a name
      "sensitive_period.党的二十大.name",  // a name
  };
  return keys.contains(key);
}
/// Every parameter once: of the lists, one category, one sensitive period and one kind of session.
template <class Visitor>
void visit_table(Visitor&& v) {
  scenario s = article_county().settings;
  visit_parameters(s, [&](const parameter& p, auto& field) {
    if (!p.key.starts_with("session.") || p.key.starts_with("session.bureau_leader.")) v(p.key, p, field);
  });
  visit_category(s.categories.front(), [&](const parameter& p, auto& field) { v("category.land." + p.key, p, field); });
  visit_sensitive_period(s.sensitive_periods.back(),
                         [&](const parameter& p, auto& field) { v("sensitive_period.党的二十大." + p.key, p, field); });
}

double value_of(const result& r, std::string_view metric) {
  for (std::size_t m = 0; m < r.metrics.size(); ++m) {
    if (r.metrics[m].id == metric) return r.policies[0].values[m][0][0].estimate;
  }
  FAIL("no metric " << metric);
  return 0;
}

}  // namespace

TEST_CASE("every parameter of the table, moved low and high, changes something, or is refused, or warned of") {
  std::map<std::pair<settings, std::size_t>, std::string> usual;
  std::size_t moved = 0;
  visit_table([&]<class T>(const std::string& key, const parameter& p, const T& now) {
    if (is_elsewhere(key)) return;
    const settings context = beside(key);
    const auto as_usual = [&](std::size_t replications) -> const std::string& {
      auto at = usual.find({context, replications});
      if (at == usual.end()) at = usual.emplace(std::pair(context, replications), text_of(context, replications)).first;
      return at->second;
    };
    const std::vector<settings> moves = moves_of(key, p, now);
    CAPTURE(key);
    REQUIRE_FALSE(moves.empty());
    std::size_t different = 0, warned = 0;
    for (const settings& move : moves) {
      settings all = context;
      all.insert(all.end(), move.begin(), move.end());
      std::string there = text_of(all, 2);  // most differ in two years already
      bool differs = there != as_usual(2);
      if (!differs) differs = (there = text_of(all)) != as_usual(16);
      CAPTURE(move);
      if (differs) {
        CHECK_FALSE(there.starts_with("refused"));
        ++different;
        continue;
      }
      const auto w = world_with(all);
      REQUIRE(w);
      for (const warning& one : warnings_of(*w)) warned += !one.details.empty() && one.details.front() == key;
    }
    CHECK(different + warned > 0);
    moved += different > 0;
  });
  CHECK(moved > 180);
}

TEST_CASE("what no year asks for does what it says elsewhere") {
  // Files: a name that there is not is refused where it stands.
  for (const char* key : {"county.units", "county.officials", "county.links", "county.holidays"}) {
    const auto in = load_planning_input(sifang_tests::scenario_file("xiapu-2022"), settings{std::string(key) + "=nowhere.csv"});
    CAPTURE(key);
    REQUIRE_FALSE(in);
    CHECK(to_string(in.faults().front()).find("nowhere.csv") != std::string::npos);
  }
  // Without holidays other days are worked.
  const auto plain = load_planning_input(sifang_tests::scenario_file("xiapu-2022"), settings{"county.holidays=\"\""});
  REQUIRE(plain);
  CHECK(plain->place.calendar.is_workday(day(2022, 10, 3)) != article_county().place.calendar.is_workday(day(2022, 10, 3)));
  scenario s;
  CHECK(apply_setting(s, "scenario.replications=77").empty());
  CHECK(s.replications == 77);
  // Limits of the model: the last days of review and recheck.
  legal_clocks usual, longer;
  longer.review = calendar_days(60);
  longer.recheck = calendar_days(61);
  const day from(2022, 3, 1);
  CHECK(longer.review_due(from) - usual.review_due(from) == calendar_days(30));
  CHECK(longer.recheck_due(from) - usual.recheck_due(from) == calendar_days(31));
}

TEST_CASE("a setting that is said to change nothing changes nothing") {
  const std::vector<settings> idle{
      {"ownership.cap=3"},
      {"session.bureau_leader.share=9"},
      {"choice.model=shares", "session.bureau_leader.appeal=9"},
      {"choice.model=shares", "choice.delay_weight=1"},
      {"choice.model=shares", "choice.distance_weight=1"},
      {"choice.model=shares", "choice.climb=2"},
      {"campaign.timetable=400"},
      {"campaign.open=false", "campaign.days=9"},
      {"appointments.open=false", "appointments.list_length=90"},
      {"return_visits.open=false", "return_visits.delay=3"},
      {"return_visits.hardship_share=0", "return_visits.help_share=1"},
      {"return_visits.help_share=0", "return_visits.help_cost=9"},
      {"return_visits.help_share=0", "return_visits.help_rebound_factor=3"},
      {"return_visits.attitude_share=0", "return_visits.apology_effect=2"},
      {"return_visits.promise_share=0", "return_visits.new_facts_share=0", "return_visits.reopened_share=1"},
      {"return_visits.found_incomplete_share=0"},
      {"session.township.open=false", "session.township.length=60"},
      {"reception.irregular_per_month=0", "reception.irregular_target=random"},
      {"reception.irregular_per_month=0", "reception.irregular_turnout=1"},
      {"posts.turnover_per_year=0", "reception.absence_rate=0", "reception.substitution=none"},
      {"posts.vacant_days=0", "reception.absence_rate=0", "reception.substitution=none"},
      {"reception.absence_rate=0", "reception.absence_days=9"},
      {"posts.turnover_per_year=0", "posts.vacant_days=90"},
      {"posts.turnover_per_year=0", "posts.handover_effect=3"},
      {"load.backlog=0", "load.backlog_hardness=2"},
      {"load.silent_share=0", "load.silent_days=3"},
      {"load.silent_share=0", "load.silent_penalty=3"},
      {"handling.extension=never", "clocks.extension=5"},
      {"handling.extension=never", "handling.extension_minutes=5"},
      {"clocks.extension=0", "settlement.extended=2"},
      {"routing.simplified_share=0", "handling.simplified_work=0.9"},
      {"routing.simplified_share=0", "clocks.simplified_handle=3"},
      {"replay.mode=as_recorded"},
      {"replay.resample=week"},
      {"replay.scale=3"},
      {"replay.generated=true"},
      {"session.linked_leader.receivers=9"},
      {"session.township.receivers=9"},
      {"session.village.receivers=9"},
  };
  for (const settings& one : idle) {
    CAPTURE(one);
    const auto w = world_with(one);
    REQUIRE(w);
    const std::string key = one.back().substr(0, one.back().find('='));
    const std::vector<warning> told = warnings_of(*w);
    CHECK(std::any_of(told.begin(), told.end(), [&](const warning& t) { return t.details.front() == key; }));
    const bool same = text_of(one) == text_of(settings(one.begin(), one.end() - 1));
    CHECK(same);
  }
}

TEST_CASE("where the meaning of a parameter states a direction, that is where it moves") {
  struct direction {
    const char *key, *low, *high, *metric;
    int sign;  // of the metric with the parameter
  };
  const std::vector<direction> stated{
      {"load.matters_per_year", "200", "2000", "registrations", 1},
      {"load.multiplier", "0.5", "3", "registrations", 1},
      {"load.group_share", "0", "0.5", "group_visits", 1},
      {"load.silent_share", "0", "0.6", "registrations", -1},
      {"load.silent_days", "30", "2000", "registrations", -1},
      {"choice.delay_weight", "0", "2", "wait_days", -1},
      {"choice.patience_minutes", "5", "5000", "walk_away_rate", -1},
      {"reception.absence_rate", "0", "0.9", "leader_hours", -1},
      {"posts.turnover_per_year", "0", "1", "cases_taken_over", 1},
      {"posts.vacant_days", "0", "180", "leader_hours", -1},
      {"posts.handover_effect", "-20", "20", "resolution_rate", 1},
      {"reception.interview_minutes", "5", "120", "wait_minutes", 1},
      {"reception.group_factor", "0", "0.5", "wait_minutes", 1},
      {"reception.irregular_per_month", "0", "8", "travel_km", 1},
      {"reception.irregular_turnout", "0", "1", "visits", 1},
      {"ownership.supervision_effect", "0", "0.9", "reply_days", -1},
      {"routing.misroute_probability", "0", "0.8", "bounces", 1},
      {"routing.misroute_found", "0", "1", "bounces", 1},
      {"routing.dispute_share", "0", "1", "disputes", 1},
      {"routing.dispute_days", "0", "60", "bureau_timely", -1},
      {"routing.objection_agreed", "0", "1", "bounces", 1},
      {"routing.accept_days_mean", "1", "20", "timely_acceptance_rate", -1},
      {"routing.clerks", "1", "20", "clerk_utilisation", -1},
      {"routing.minutes_per_matter", "5", "200", "clerk_utilisation", 1},
      {"routing.clerk_minutes_per_day", "60", "480", "clerk_utilisation", -1},
      {"routing.simplified_share", "0", "1", "reply_days", -1},
      {"handling.department_handlers", "1", "20", "handler_utilisation", -1},
      {"handling.handler_minutes_per_day", "60", "480", "handler_utilisation", -1},
      {"handling.stages_mean", "1", "8", "reply_days", 1},
      {"handling.wait_days_mean", "1", "30", "reply_days", 1},
      {"handling.cross_department_share", "0", "1", "reply_days", 1},
      {"handling.cross_department_days", "0", "30", "reply_days", 1},
      {"handling.complexity_work", "0", "5", "handler_hours", 1},
      {"handling.simplified_work", "0", "1", "handler_hours", 1},
      {"routing.simplified_share", "0", "1", "simplified_share", 1},
      {"handling.extension_minutes", "0", "900", "handler_hours", 1},
      {"settlement.extended", "-5", "5", "satisfaction_rate", 1},
      {"handling.complex_threshold", "-1", "2", "extensions", -1},
      {"handling.misrouted_wait", "1", "20", "reply_days", 1},
      {"review.settle_effect", "-5", "5", "long_pending_resolution", 1},
      {"repeats.skip_level_from", "0", "9", "skip_level_visits", -1},
      {"repeats.in_person_share", "0", "1", "visits", 1},
      {"rating.bureau_late_share", "0", "1", "bureau_satisfaction_rate", -1},
      {"settlement.intercept", "0", "4", "satisfaction_rate", 1},
      {"settlement.leader_owner", "-2", "3", "satisfaction_rate", 1},
      {"settlement.supported_share", "0", "0.7", "satisfaction_rate", 1},
      {"rating.participation", "0.1", "0.9", "participation_rate", 1},
      {"rating.authority_settled", "0.5", "1", "satisfaction_rate", 1},
      {"rating.bureau_settled", "0.5", "1", "bureau_satisfaction_rate", 1},
      {"repeats.open_days", "20", "1000", "repeat_rate", -1},
      {"repeats.after_close_share", "0", "1", "repeat_rate", 1},
      {"repeats.rebound_share", "0", "0.5", "rebound_rate", 1},
      {"repeats.skip_level_share", "0", "1", "skip_level_visits", 1},
      {"appointments.list_length", "0", "60", "appointments", 1},
      {"campaign.days", "1", "10", "cadre_days", 1},
      {"category.land.enterprise_share", "0", "0.6", "visited_enterprises", 1},
      {"category.land.project_share", "0", "1", "visited_projects", 1},
      {"appointments.coordination_share", "0", "1", "visited_townships", 1},
      {"return_visits.found_share", "0", "1", "reason_found", 1},
      {"return_visits.hardship_share", "0", "0.6", "hardship_helped", 1},
      {"return_visits.help_share", "0", "1", "hardship_helped", 1},
      {"return_visits.help_cost", "0", "9000", "help_cost", 1},
      {"return_visits.rebound_factor", "0", "5", "rebound_rate", 1},
      {"campaign.cadre_share", "0.1", "1", "household_coverage", 1},
      {"campaign.households_per_day", "0.5", "5", "household_coverage", 1},
      {"campaign.find_probability", "0", "1", "found_by_campaign", 1},
      {"campaign.targeting", "0", "40", "found_by_campaign", 1},
      {"clocks.handle", "15", "90", "on_time_reply_rate", 1},
      {"clocks.accept", "3", "30", "timely_acceptance_rate", 1},
      {"category.land.work_hours", "1", "200", "handler_hours", 1},
      {"category.land.litigation_share", "0", "1", "handler_hours", -1},
      {"county.cadres", "100", "5000", "cadre_days", 1},
      {"county.travel_speed", "10", "100", "travel_hours", -1},
      {"county.preparation", "0", "120", "leader_hours", 1},
      {"reception.on_spot_share", "0", "0.9", "first_registrations", -1},
      {"reception.on_spot_again_share", "0", "1", "first_registrations", 1},
      {"load.backlog", "0", "300", "appointments", 1},
      {"load.backlog_hardness", "0", "3", "backlog_resolution", -1},
      {"handling.accept_minutes", "0", "900", "accept_days", 1},
      {"appointments.threshold", "0", "2", "appointments", -1},
      {"routing.simplified_minutes", "0", "1", "clerk_utilisation", 1},
      {"settlement.misrouted", "-5", "5", "satisfaction_rate", 1},
      {"county.household_size", "1", "10", "household_coverage", 1},
      {"cost.leader_hour", "0", "500", "total_cost", 1},
      {"cost.petitioner_day", "0", "5", "total_cost", 1},
  };
  for (const direction& d : stated) {
    const auto low = world_with({std::string(d.key) + '=' + d.low}), high = world_with({std::string(d.key) + '=' + d.high});
    CAPTURE(d.key, d.metric);
    REQUIRE((low && high));
    const double below = value_of(found(*low), d.metric), above = value_of(found(*high), d.metric);
    CAPTURE(below, above);
    CHECK(d.sign * (above - below) > 0);
  }
}
