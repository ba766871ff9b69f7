// SPDX-License-Identifier: BSL-1.0
// What must hold of a scenario holds of one made in code as of one from a file.
#include "catch.hpp"
#include "sifang/county/replication.hpp"
#include "small_world.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace sifang;
using namespace sifang_tests;

namespace {

using texts = std::vector<std::string>;

texts lines(const std::vector<fault>& faults) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f));
  return out;
}

/// What `world::make` says of the small county's scenario after a change.
texts said(const std::function<void(scenario&)>& change) {
  scenario s = small_scenario();
  change(s);
  return lines(small_world(std::move(s)).faults());
}
/// What it says of the small county after a change.
texts said_of(const std::function<void(county_tables&)>& change) {
  county_tables c = peopled_county();
  change(c);
  return lines(small_world(small_scenario(), c).faults());
}
unit& unit_of(county_tables& c, const std::string& code) {
  return *std::find_if(c.units.begin(), c.units.end(), [&](const unit& u) { return u.code == code; });
}

/// Plays it once, and sees that every grievance is accounted for.
void play(const world& w) {
  replication<> one(w);
  const replication_outcome& out = one.run(0);
  REQUIRE(out.born == out.silent + out.on_the_way + out.open + out.closed);
}

}  // namespace

TEST_CASE("the small scenario is sound, and plays") {
  CHECK(said([](scenario&) {}).empty());
  play(*small_world());
}

TEST_CASE("a value beyond its range, or none at all, is a fault that names its parameter") {
  scenario s = small_scenario();
  int tried = 0;
  for (const knob& k : knobs_of(s)) {
    for (std::size_t i = 0; i < k.beyond.size(); ++i) {
      k.beyond[i]();
      ++tried;
      const texts all = lines(check(s));
      INFO(k.key << ", value " << i);
      CHECK(std::any_of(all.begin(), all.end(), [&](const std::string& l) { return l.find('\'' + k.key) == 0; }));
      CHECK(all.size() == 1);  // what depends on it is not judged
    }
    k.back();
  }
  CHECK(tried > 1000);
  CHECK(check(s).empty());
}

TEST_CASE("with any number at an end of its range a county is played, or it is said what does not go together") {
  scenario s = small_scenario();
  s.run_out = calendar_days(0);  // a million matters are enough for the period itself
  int played = 0, refused = 0;
  for (const knob& k : knobs_of(s)) {
    if (k.key == "scenario.end") continue;  // all dates are played below, with a load that the county can bear
    for (std::size_t i = 0; i < k.to_an_end.size(); ++i) {
      k.to_an_end[i]();
      INFO(k.key << ", value " << i);
      const auto w = small_world(s);
      if (!w) {
        ++refused;
        continue;
      }
      play(*w);
      ++played;
    }
    k.back();
  }
  CHECK(played > 400);
  CHECK(refused < played / 4);
}

TEST_CASE("what the issue names: each is a fault, none a crash or a year that means nothing") {
  CHECK(said([](scenario& s) { s.handling.township_handlers = 0; }) ==
        texts{"'handling.township_handlers' expected a value from 1 to 10000; found 0"});
  CHECK(said([](scenario& s) { s.routing.clerks = 0; }) == texts{"'routing.clerks' expected a value from 1 to 1000; found 0"});
  CHECK(said([](scenario& s) { std::swap(s.start, s.end); }) == texts{"'scenario.end' expected not before 2022-04-10; found 2022-03-07"});
  CHECK(said([](scenario& s) { s.load.matters_per_year = std::nan(""); }) ==
        texts{"'load.matters_per_year' expected a value from 0 to 1000000; found nan"});
  CHECK(said([](scenario& s) { s.load.matters_per_year = 4e7; }) ==
        texts{"'load.matters_per_year' expected a value from 0 to 1000000; found 40000000"});
  CHECK(said([](scenario& s) { s.load.matters_per_year = -5; }) ==
        texts{"'load.matters_per_year' expected a value from 0 to 1000000; found -5"});
  CHECK(said([](scenario& s) { s.confidence = 2; }) == texts{"'scenario.confidence' expected a value from 0.5 to 0.999; found 2"});
  CHECK(said([](scenario& s) { s.categories[0].share = 7, s.categories[1].share = -3; }) ==
        texts{"'category.land.share' expected a value from 0 to 1; found 7",
              "'category.wages.share' expected a value from 0 to 1; found -3"});
  CHECK(said([](scenario& s) { s.categories[0].share = 0.7; }) ==
        texts{"'category.*.share' expected shares that sum to 1; they sum to 1.1"});
  CHECK(said([](scenario& s) { s.ownership.rule = static_cast<ownership_rule>(7); }) ==
        texts{"'ownership.rule' expected one of first_receiver, capped, by_territory, by_subject, least_loaded, joint, handover; "
              "found '7'"});
  CHECK(said([](scenario& s) { s.categories[0].matter_unit = "lend"; }) ==
        texts{"category land: expected the code of a unit; 'lend' is none; did you mean 'land'?"});
  CHECK(said([](scenario& s) { s.categories[0].matter_unit = "school"; }).size() == 1);  // it handles nothing
  CHECK(said([](scenario& s) { s.categories.clear(); }) == texts{"missing key 'category': expected at least one table [[category]]"});
  CHECK(said([](scenario& s) { s.categories[0].id = ""; }) == texts{"missing key 'category.id': expected the short name of the category"});
  CHECK(said([](scenario& s) { s.categories[1].id = "land"; }) == texts{"expected a name that only one has; found 'land', which 2 have"});
  CHECK(said([](scenario& s) { s.load.months = {}; }) ==
        texts{"'load.months' expected a value with at least one weight above 0; found only zeros"});
  CHECK(said([](scenario& s) { s.categories[0].months = {}; }) ==
        texts{"'category.land.months' expected a value with at least one weight above 0; found only zeros"});
  CHECK(said([](scenario& s) { s.sensitive_periods[0].last = day(2022, 3, 1); }) ==
        texts{"'sensitive_period.两会.last' expected not before 2022-03-04; found 2022-03-01"});
  CHECK(said([](scenario& s) { s.reception[article::township].recur = {}; }) ==
        texts{"'session.township.recur' expected a value with at least one rule for what is held at all; found an empty list"});
  CHECK(said([](scenario& s) { s.reception[article::township].recur = {}, s.reception[article::township].open = false; }).empty());
  CHECK(said([](scenario& s) {
          s.reception[article::township].recur = {}, s.reception[article::township].add = {day(2022, 3, 15)};
        }).empty());
  CHECK(said([](scenario& s) { s.reception[article::window].receivers = 2; }) ==
        texts{"'session.window.receivers' expected a value from 1 to 1; found 2"});
}

TEST_CASE("all faults of a scenario and of its county come together") {
  scenario s = small_scenario();
  s.routing.clerks = -1;
  s.load.silent_days = 0;
  s.reception[article::window].receivers = 2;
  s.categories[1].matter_unit = "nowhere";
  CHECK(small_world(s).faults().size() == 4);
}

TEST_CASE("a code that stands for many further handlers and is none is told once") {
  const texts told = said([](scenario& s) { s.handling.further_handlers = {"nowhere", "elsewhere", "nowhere", "nowhere"}; });
  CHECK(told.size() == 2);
  CHECK(std::all_of(told.begin(), told.end(), [](const std::string& one) { return one.starts_with("handling.further_handlers: "); }));
}

TEST_CASE("no simulated day lies outside the dates that are allowed, the warm-up included") {
  CHECK(said([](scenario& s) { s.start = day(1970, 6, 1), s.end = day(1970, 7, 1), s.warm_up = calendar_days(365); }) ==
        texts{"'scenario.start - warm_up' expected within 1970-01-01 to 2200-12-31; found 1969-06-01"});
  CHECK(said([](scenario& s) { s.start = day(6053, 1, 1), s.end = day(6053, 2, 1); }).size() == 2);
  CHECK(said([](scenario& s) { s.campaign.first = day(1969, 12, 31); }) ==
        texts{"'campaign.first' expected within 1970-01-01 to 2200-12-31; found 1969-12-31"});
  for (const auto& [start, end] : {std::pair{first_day_allowed, day(1970, 3, 1)}, std::pair{day(2200, 11, 1), last_day_allowed}}) {
    scenario s = small_scenario();
    s.start = start;
    s.end = end;
    s.warm_up = s.run_out = calendar_days(0);
    const auto w = small_world(s);
    REQUIRE(w);
    play(*w);
  }
}

TEST_CASE("the whole span of dates can be played; the warm-up may begin on its first day") {
  scenario s = small_scenario();
  s.start = first_day_allowed + calendar_days(365);
  s.end = last_day_allowed;
  s.warm_up = calendar_days(365);
  s.run_out = calendar_days(0);
  s.load.matters_per_year = 50;
  const auto w = small_world(s);
  REQUIRE(w);
  CHECK(w->first() == first_day_allowed);
  play(*w);
}

TEST_CASE("a load that a day, or a replication, cannot take is refused with the limit") {
  CHECK(said([](scenario& s) { s.load.matters_per_year = 1e6, s.load.multiplier = 20; }) ==
        texts{"'load.matters_per_year * load.multiplier' expected a value at most 65536 matters on any day; found 103228 on 2022-03-07"});
  // A mean below the limit is not enough where the count varies.
  const auto peak = [](double overdispersion) {
    return said([&](scenario& s) {
      s.load.matters_per_year = 1e6;
      s.load.multiplier = 12;
      s.run_out = calendar_days(0);
      s.load.overdispersion = overdispersion;
    });
  };
  CHECK(peak(1).empty());
  // What is taken over on one day comes to what arises on it.
  CHECK(said([](scenario& s) {
          s.load.matters_per_year = 1e6, s.load.multiplier = 12, s.load.overdispersion = 1, s.load.backlog = 5000;
          s.run_out = calendar_days(0);
        }).size() == 1);
  REQUIRE(peak(100).size() == 1);
  CHECK(peak(100)[0].find("at most 65536 matters on any day") != std::string::npos);
  CHECK(said([](scenario& s) { s.load.matters_per_year = 1e6, s.end = day(2035, 1, 1); }).size() == 1);
  CHECK(most_of_a_day(0, 1.5) == 0);
  CHECK(most_of_a_day(1000, 1) > 1150);
}

TEST_CASE("replayed cases are judged like those that are drawn") {
  const scenario s = small_scenario();
  const auto org = *peopled_county().build();
  const auto faults = [&](recorded_case c, std::size_t times = 1) {
    const case_load load{std::vector<recorded_case>(times, std::move(c))};
    const auto w = world::make(s, org, {}, &load);
    if (w) play(*w);
    return lines(w.faults());
  };
  const recorded_case good{"a", day(2022, 3, 8), minutes(600), "old-village", "land", channel::visit, 1, {}, {}, {}};
  CHECK(faults(good).empty());
  recorded_case c = good;
  c.handling = calendar_days(-400);
  CHECK(faults(c) == texts{"case a: 'handling_days' expected a value from 0 to 36500; found -400"});
  c = good;
  c.handling = calendar_days(1 << 30);
  CHECK(faults(c).size() == 1);
  c = good;
  c.acceptance = calendar_days(-1);
  CHECK(faults(c).size() == 1);
  c = good;
  c.time = minutes(-600);
  CHECK(faults(c) == texts{"case a: 'time' expected a value from 0 to 1440; found -600"});
  c = good;
  c.time = minutes(1440);
  CHECK(faults(c).empty());
  c = good;
  c.channel = static_cast<channel>(9);
  CHECK(faults(c).size() == 1);
  c = good;
  c.group_size = -4;
  CHECK(faults(c).empty());  // one person at least
  c = good;
  c.channel = channel::letter;
  c.date = s.start;
  CHECK(faults(c, 65'537) == texts{"'cases' expected a value at most 65536 matters on any day; found 65537 on 2022-03-07"});
  scenario with_backlog = s;
  with_backlog.load.backlog = 5000;  // they take their names of the first counted day too
  const case_load at_once{std::vector<recorded_case>(61'000, c)};
  CHECK(lines(world::make(with_backlog, org, {}, &at_once).faults()) ==
        texts{"'cases' expected a value at most 60536 matters on any day; found 61000 on 2022-03-07"});
  c.date = good.date;
  CHECK(faults(c, 65'537) == texts{"'cases' expected a value at most 65536 matters on any day; found 65537 on 2022-03-08"});
}

TEST_CASE("a county that cannot be is refused, whatever the scenario") {
  CHECK(lines(world::make(small_scenario(), organisation(), {}).faults()) ==
        texts{"expected one unit without a parent; every unit has one"});
  const auto under = [](const char* unit_code, const char* parent) {
    return said_of([&](county_tables& c) {
      for (std::size_t i = 0; i < c.units.size(); ++i) {
        if (c.units[i].code == unit_code) c.parents[i] = parent;
      }
    });
  };
  CHECK(under("old-village", "county") == texts{"unit 'old-village': a village cannot stand below a county"});
  CHECK(under("old-village", "land") == texts{"unit 'old-village': a village cannot stand below a department"});
  CHECK(under("town", "old-village").size() == 1);  // each other's parents: the builder's
  CHECK_FALSE(said_of([](county_tables& c) {
                c.units = {c.units[6]};
                c.parents = {""};
                c.posts.clear();
                c.links.clear();
              }).empty());  // a village alone
  CHECK(said_of([](county_tables& c) { unit_of(c, "old-village").population = std::nan(""); }) ==
        texts{"'old-village.population' expected a value from 0 to 1000000000000; found nan"});
  CHECK(said_of([](county_tables& c) { unit_of(c, "old-village").population = -2000; }).size() == 1);
  CHECK(said_of([](county_tables& c) { unit_of(c, "town").distance_km = std::numeric_limits<double>::infinity(); }).size() == 1);
  CHECK(said_of([](county_tables& c) {
          for (unit& u : c.units) u.population = 0;
        }) == texts{"rule R1-R9 cannot be satisfied: the county has no population in its villages"});
  CHECK(said_of([](county_tables& c) {
          for (unit& u : c.units) u.kind = u.kind == unit_kind::petition_bureau ? unit_kind::department : u.kind;
        }) == texts{"rule R1-R9 cannot be satisfied: the county has no petition bureau"});
}

TEST_CASE("a county that lacks people, links or units is played all the same, or refused") {
  for (std::size_t drop = 0; drop < small_county().links.size(); ++drop) {
    county_tables c = peopled_county();
    c.links.erase(c.links.begin() + static_cast<std::ptrdiff_t>(drop));
    const auto w = small_world(small_scenario(), c);
    REQUIRE(w);
    play(*w);
  }
  county_tables bare = peopled_county();
  bare.links.clear();
  play(*small_world(small_scenario(), bare));
}

TEST_CASE("however often a petitioner has climbed, every door has a weight that is a number") {
  scenario s = small_scenario();
  s.end = day(2023, 3, 1);
  s.load.matters_per_year = 60;
  s.load.visit_share = 1;
  s.load.letter_share = s.load.online_share = s.load.phone_share = 0;
  s.choice.climb = s.choice.distance_weight = s.choice.delay_weight = 10;
  for (session_kind& k : s.reception.sessions) k.appeal = 50;
  s.choice.come_back_share = 0;
  s.reception.closing = closing_policy::escalate;
  s.repeats.open_days = s.repeats.after_close_days = s.repeats.after_close_share = 1;
  s.settlement.intercept = -20;
  const auto w = small_world(s);
  REQUIRE(w);
  replication<> one(*w);
  (void)one.run(0);
  const auto most = std::max_element(one.matters().begin(), one.matters().end(),
                                     [](const matter& a, const matter& b) { return a.attempts < b.attempts; });
  CHECK(most->attempts > 25);  // e^(10 * 25 * 3) is no number
}

TEST_CASE("any mixture of ends, values beyond them and damaged counties is refused, or played to the end") {
  std::mt19937 random(2022);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  int played = 0, refused = 0;
  for (int round = 0; round < 400; ++round) {
    scenario s = small_scenario();
    s.end = day(2022, 3, 27);
    s.load.matters_per_year = 600;
    const std::size_t changes = below(5) + 1;
    std::string story = "round " + std::to_string(round) + ':';
    const std::vector<knob> knobs = knobs_of(s);
    for (std::size_t n = 0; n < changes; ++n) {
      const knob& k = knobs[below(knobs.size())];
      const auto& values = below(12) == 0 ? k.beyond : k.to_an_end;
      const bool long_to_play = k.key == "load.matters_per_year" || k.key == "load.multiplier" || k.key == "scenario.end";
      if (values.empty() || long_to_play) continue;
      const std::size_t i = below(values.size());
      values[i]();
      story += ' ' + k.key + " value " + std::to_string(i);
    }
    county_tables c = peopled_county();
    for (std::size_t k = below(3); k > 0; --k) {
      switch (below(5)) {
        case 0:
          c.links.erase(c.links.begin() + static_cast<std::ptrdiff_t>(below(c.links.size())));
          break;
        case 1:
          c.units[below(c.units.size())].kind = static_cast<unit_kind>(below(std::size(names_of<unit_kind>)));
          break;
        case 2:
          c.units[below(c.units.size())].population = std::vector{0.0, -1.0, std::nan(""), 1e12}[below(4)];
          break;
        case 3:
          c.parents[1 + below(c.parents.size() - 1)] = c.units[below(c.units.size())].code;
          break;
        default:
          c.posts[below(c.posts.size())].rank = static_cast<role>(below(std::size(names_of<role>)));
      }
    }
    INFO(story);
    const auto w = small_world(s, c);
    if (!w) {
      ++refused;
      REQUIRE_FALSE(w.faults().empty());
      continue;
    }
    play(*w);
    ++played;
  }
  CHECK(played > 100);
  CHECK(refused > 50);
}
