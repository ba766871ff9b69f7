// SPDX-License-Identifier: BSL-1.0
// The file of decisions and targets, what a county decides, and a county that is optimised on it.
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/decidable.hpp"
#include "sifang/experiment/optimise.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/county_tables.hpp"
#include "sifang/io/decided_roster.hpp"
#include "sifang/io/optimisation_file.hpp"
#include "sifang/io/optimisation_results.hpp"
#include "sifang/io/optimisation_study.hpp"
#include "sifang/io/optimisation_tables.hpp"
#include "sifang/io/planned_world.hpp"
#include "small_county.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace sifang;
using sifang::test::small_county;
using sifang::test::texts;

namespace {

const std::string good = R"([decision."handling.township_handlers"]
from = 1
to = 5
by = 2
price = 100
start = 3

[decision.session.principal.recur]
values = ["the 15th of each month", ["the 1st of each month", "every Monday"]]
prices = [0, 7.5]

[decision."appointments.open"]
values = [false, true]

[target.heard_15d]
at_least = 0.5

[target.by_unit]
metric = "on_time_reply_rate"
dimension = "unit"
each = true
at_least = 0.9

[limit]
sessions_a_week = 6

[cost]
leader_hours = 2
handler_hours = -1
)";

texts told(const std::vector<fault>& faults, language lang = language::en) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f, lang));
  return out;
}
/// The faults of the good file with one piece of it in another form.
texts damaged(std::string_view piece, std::string_view other) {
  std::string text = good;
  const std::size_t at = text.find(piece);
  REQUIRE(at != std::string::npos);
  text.replace(at, piece.size(), other);
  const auto read = parse_optimisation(text, "t.toml");
  return read ? texts{"no fault"} : told(read.faults());
}
/// A plan on the small county, a quarter long.
checked<optimisation_plan> planned(const std::string& text, const std::vector<std::string>& more = {}) {
  world_wanted wanted;
  wanted.settings = {"scenario.start=2022-03-01", "scenario.end=2022-05-31", "scenario.warm_up=60", "scenario.run_out=60",
                     "load.matters_per_year=300"};
  wanted.settings.insert(wanted.settings.end(), more.begin(), more.end());
  const named_texts files = small_county().add("t.toml", text);
  return plan_optimisation("s.toml", wanted, "t.toml", files);
}
/// The faults that the small county has with one decision.
texts refused(const std::string& key, const std::string& values = "[1, 2]") {
  const auto plan = planned("[decision.\"" + key + "\"]\nvalues = " + values + "\n[target.heard_15d]\nat_least = 0.1\n");
  return plan ? texts{"no fault"} : told(plan.faults());
}
template <class Team>
optimisation_result optimised(const Team& team, const optimisation_plan& plan, lattice_options search) {
  return optimise(team, plan.task, plan.place, plan.make_world, search, [](std::size_t) {});
}
lattice_options few() {
  lattice_options out;
  out.search = 16;
  out.proof_look = 24;
  out.proof = 48;
  return out;
}

const std::string small_task = R"([decision."session.principal.recur"]
values = ["the 15th of each month", "the 1st and 15th of each month", "every Wednesday"]
[decision."session.township.recur"]
values = ["FREQ=MONTHLY;BYDAY=1MO", "every Monday", "every Monday and Thursday"]
[decision."handling.township_handlers"]
from = 1
to = 4
price = 500
[target.heard_15d]
at_least = 0.6
[target.timely]
metric = "timely_acceptance_rate"
dimension = "unit"
each = true
at_least = 0.5
[limit]
sessions_a_week = 8
[cost]
leader_hours = 3
head_hours = 2
)";

}  // namespace

TEST_CASE("a file of decisions and targets is read in its own order") {
  const auto read = parse_optimisation(good, "t.toml");
  REQUIRE(read.has_value());
  REQUIRE(read->decisions.size() == 3);
  CHECK(read->decisions[0].key == "handling.township_handlers");
  CHECK(read->decisions[0].values == texts{"1", "3", "5"});
  CHECK(read->decisions[0].prices == std::vector<double>{100, 300, 500});
  CHECK(read->decisions[0].start == "3");
  CHECK(read->decisions[1].key == "session.principal.recur");
  CHECK(read->decisions[1].values == texts{"the 15th of each month", "[\"the 1st of each month\", \"every Monday\"]"});
  CHECK(read->decisions[1].prices == std::vector<double>{0, 7.5});
  CHECK(read->decisions[2].values == texts{"false", "true"});
  REQUIRE(read->targets.size() == 2);
  CHECK(read->targets[0].measured.what == metric::heard_15d);
  CHECK(read->targets[0].bound == 0.5);
  CHECK(read->targets[1].each);
  CHECK(read->sessions_a_week == 6.0);
  CHECK(read->costs == std::vector<std::pair<metric, double>>{{metric::handler_hours, -1}, {metric::leader_hours, 2}});
  // Downwards, and in steps that are no binary fractions.
  const auto down =
      parse_optimisation("[decision.\"campaign.cadre_share\"]\nfrom = 0.4\nto = 0.1\nby = 0.1\n[target.heard_7d]\nat_most = 1\n", "t.toml");
  REQUIRE(down.has_value());
  CHECK(down->decisions[0].values == texts{"0.4", "0.3", "0.2", "0.1"});
  CHECK_FALSE(down->targets[0].at_least);
}

TEST_CASE("what is wrong with a file of decisions is one line each, with line and column") {
  CHECK(
      damaged("from = 1\n", "form = 1\n") ==
      texts{
          "t.toml:1:1: missing key 'decision.handling.township_handlers.from': expected a number",
          "t.toml:2:1: unknown key 'decision.handling.township_handlers.form'; did you mean 'decision.handling.township_handlers.from'?"});
  CHECK(damaged("by = 2", "by = 0") == texts{"t.toml:4:6: 'decision.handling.township_handlers.by' expected a value above 0; found 0"});
  CHECK(damaged("to = 5", "to = 1e300") == texts{"t.toml:1:1: expected at most 1000 values; found 5e+299"});
  CHECK(damaged("to = 5", "to = nan") == texts{"t.toml:3:6: 'decision.handling.township_handlers.to' expected a number; found nan"});
  CHECK(damaged("start = 3", "start = 2") ==
        texts{"t.toml:6:9: 'decision.handling.township_handlers.start' expected one of the values; found 2"});
  CHECK(damaged("price = 100", "prices = [1, 2, 3]") ==
        texts{"t.toml:1:1: expected price with from and to, prices with values; found decision.handling.township_handlers.prices"});
  CHECK(damaged("prices = [0, 7.5]", "prices = [0]") ==
        texts{"t.toml:10:10: expected a price for each value; found 1 prices for 2 values"});
  CHECK(damaged("values = [false, true]", "values = [false, false]") == texts{"t.toml:13:18: expected each value once; found false"});
  CHECK(damaged("values = [false, true]", "values = []") ==
        texts{"t.toml:13:10: 'decision.appointments.open.values' expected a list of values; found a list of 0"});
  CHECK(damaged("values = [false, true]", "") ==
        texts{"t.toml:12:1: missing key 'decision.appointments.open.values': expected values, or from and to"});
  CHECK(damaged("[target.heard_15d]", "[target.heard_15]") ==
        texts{"t.toml:15:1: unknown key 'target.heard_15'; did you mean 'target.heard_15d'?"});
  CHECK(damaged("at_least = 0.5", "at_least = 50") ==
        texts{"t.toml:16:12: 'target.heard_15d.at_least' expected a value from 0 to 1; found 50"});
  CHECK(damaged("at_least = 0.5", "at_least = 0.5\nat_most = 1") ==
        texts{"t.toml:15:1: expected at_least or at_most, one of both; found target.heard_15d.at_most"});
  CHECK(damaged("at_least = 0.5\n", "") ==
        texts{"t.toml:15:1: missing key 'target.heard_15d.at_least': expected at_least or at_most, one of both"});
  CHECK(damaged("each = true", "each = false") == texts{"t.toml:18:1: expected items or each = true, one of both; found unit"});
  CHECK(damaged("leader_hours = 2", "leader_hour = 2") ==
        texts{"t.toml:28:1: unknown key 'cost.leader_hour'; did you mean 'cost.leader_hours'?"});
  CHECK(damaged("sessions_a_week = 6", "sessions_a_week = 1.5") ==
        texts{"t.toml:25:19: 'limit.sessions_a_week' expected a whole number; found 1.5"});
  const auto empty = parse_optimisation("", "t.toml");
  REQUIRE_FALSE(empty.has_value());
  CHECK(told(empty.faults()) == texts{"t.toml: missing key 'decision': expected a table [decision.\"KEY\"]",
                                      "t.toml: missing key 'target': expected a table [target.NAME]"});
  const auto proof = parse_optimisation(good + "[search]\nproof = 3\n", "t.toml");
  REQUIRE_FALSE(proof.has_value());
  CHECK(told(proof.faults()) == texts{"t.toml:31:9: 'search.proof' expected a value from 16 to 1000000; found 3"});
}

TEST_CASE("a county decides days and people, never how petitioners behave, the law or luck") {
  CHECK(refused("choice.delay_weight") ==
        texts{"t.toml:1:1: expected a parameter that a county can decide; found choice.delay_weight, which "
              "is how petitioners behave"});
  CHECK(refused("repeats.open_days").front().ends_with("which is how petitioners behave"));
  CHECK(refused("session.principal.appeal").front().ends_with("which is how petitioners behave"));
  CHECK(refused("clocks.handle").front().ends_with("which is what the law says"));
  CHECK(refused("settlement.intercept").front().ends_with("which is how work and measures turn out"));
  CHECK(refused("load.matters_per_year").front().ends_with("which is the question and not its answer"));
  CHECK(refused("cost.leader_hour").front().ends_with("which is the yardstick of cost"));
  CHECK(refused("category.land.share").front().ends_with("which is what the county is"));
  CHECK(refused("handling.township_handler") ==
        texts{"t.toml:1:1: unknown key 'handling.township_handler'; did you mean 'handling.township_handlers'?"});
  CHECK(refused("handling.township_handlers", "[0, 1]") ==
        texts{"t.toml:2:10: 'handling.township_handlers' expected a value from 1 to 10000; found 0"});
  CHECK(refused("session.principal.recur", "[\"every Mondey\"]").size() == 1);
  CHECK(refused("handling.township_handlers") == texts{"no fault"});
  // Each key that is said to be decided is one of a scenario.
  const auto plan = planned(small_task);
  REQUIRE(plan.has_value());
  const std::vector<described_parameter> all = describe(plan->place->setting());
  for (const std::string_view key : detail::decided_keys) {
    INFO(key);
    CHECK(std::any_of(all.begin(), all.end(), [&](const described_parameter& d) { return d.about.key == key; }));
  }
  for (const std::string_view what : detail::decided_of_session) {
    INFO(what);
    const std::string key = "session.principal." + std::string(what);
    CHECK(std::any_of(all.begin(), all.end(), [&](const described_parameter& d) { return d.about.key == key; }));
  }
  const std::vector<fault> one{
      {fault_kind::syntax, {"t.toml", 1, 1}, {"a parameter that a county can decide", "clocks.handle, which is what the law says"}}};
  CHECK(told(one, language::zh) == texts{"t.toml:1:1: 应为可由县里决定的参数；实际为clocks.handle（属法律规定）"});
}

TEST_CASE("handlers of single units are decided as numbers, begun at their own load, and listed in the answer") {
  const std::string task = R"([decision."handling.further_handlers.dept-land"]
from = 0
to = 3
price = 100
[decision."handling.further_handlers.dept-hr"]
values = [0, 2]
[decision."county.links"]
values = ["table", "load", "nearest"]
[target.heard_15d]
at_least = 0.1
)";
  const auto plan = planned(task, {"handling.further_handlers.350921001=1", "handling.further_handlers.dept-hr=2"});
  REQUIRE(plan.has_value());
  CHECK(plan->task.decisions[0].prices == std::vector<double>{0, 100, 200, 300});
  const auto codes = [&](const lattice_point& at) { return plan->make_world.setting(at).handling.further_handlers; };
  CHECK(codes({0, 0, 0}) == texts{"350921001"});
  CHECK(codes({2, 1, 0}) == texts{"350921001", "dept-land", "dept-land", "dept-hr", "dept-hr"});
  CHECK(plan->make_world({3, 0, 0})->handlers() == plan->make_world({0, 0, 0})->handlers() + 3);
  CHECK_FALSE(plan->make_world.deals_links({0, 0, 0}));
  CHECK(plan->make_world.deals_links({0, 0, 1}));
  CHECK(plan->make_world({0, 0, 1}).has_value());
  const auto links_at = [&](int value) {
    const auto made = plan->make_world({0, 0, value});
    return write_county_tables(made->org(), [](const auto&) { return std::string_view(); }).links;
  };
  CHECK(plan->make_world.deals_links({0, 0, 2}));
  CHECK(links_at(1) == write_county_tables(with_even_links(plan->place->org()), [](const auto&) { return std::string_view(); }).links);
  CHECK(links_at(2) == write_county_tables(with_near_links(plan->place->org()), [](const auto&) { return std::string_view(); }).links);
  CHECK(links_at(0) != links_at(2));

  // Eight busy in one unit: its kind has two, so of the further ones as many as theory wants beyond these.
  county_loads seen;
  seen.offices.assign(plan->place->offices().size(), 0);
  seen.venues.assign(plan->place->plan().kinds().size(), 0);
  const auto start_at = [&](double load) {
    for (std::size_t o = 0; o < seen.offices.size(); ++o) {
      if (plan->place->org().units()[plan->place->offices()[o].where].code == "dept-land") seen.offices[o] = load;
    }
    const auto starts =
        starts_of_decisions(plan->task, seen, *plan->place, [](const lattice_point&) { return std::shared_ptr<const world>(); });
    CHECK(starts[0].basis == start_basis::offered_load);
    CHECK(starts[2].basis == start_basis::middle);
    return starts[0];
  };
  const int own = plan->place->setting().handling.department_handlers;
  CHECK(start_at(0).level == 0);
  CHECK(start_at(1000).level == 3);
  const decision_start some = start_at(own - 0.5);
  CHECK((some.level > 0 && some.served > 1 - theory::erlang_c(own, some.load)));

  optimisation_result r;
  r.answer.at = {1, 1, 1};
  r.answer.end = lattice_end::proven;
  const std::string answer = answer_scenario(plan->task, r, few(), "s.toml", plan->make_world.setting(r.answer.at),
                                             {"handling.further_handlers.350921001=1"}, plan->make_world.deals_links(r.answer.at));
  INFO(answer);
  const named_texts files = small_county().add("answer.toml", answer);
  const auto again = load_planning_input("answer.toml", {}, files);
  REQUIRE(again.has_value());
  CHECK(again->settings.handling.further_handlers == texts{"350921001", "dept-land", "dept-hr", "dept-hr"});
  CHECK(answer.find("county.links = \"links.csv\"") != std::string::npos);
  CHECK(answer.find("further_handlers", answer.find("\"handling.further_handlers\" =") + 30) == std::string::npos);
  const std::string links = write_county_tables(plan->make_world(r.answer.at)->org(), [](const auto&) { return std::string_view(); }).links;
  CHECK(links.find("leader-03,linked_to,350921001") != std::string::npos);
}

TEST_CASE("a wrong decision is told together with a wrong target, and what single units are asked for is checked") {
  const auto both = planned(
      "[decision.\"handling.township_handler\"]\nfrom = 1\nto = 2\n[target.heard_15]\nat_least = 0.1\n"
      "[target.x]\nmetric = \"heard_15d\"\ndimension = \"unit\"\nitems = [\"dept-lend\"]\nat_least = 0.1\n");
  REQUIRE_FALSE(both.has_value());
  const texts lines = told(both.faults());
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == "t.toml:1:1: unknown key 'handling.township_handler'; did you mean 'handling.township_handlers'?");
  CHECK(lines[1] == "t.toml:4:1: unknown key 'target.heard_15'; did you mean 'target.heard_15d'?");
  CHECK(lines[2].starts_with("t.toml:9:9: 'target.x.items' expected one of "));
  CHECK(refused("handling.further_handlers.dept-lend") ==
        texts{"t.toml:1:1: expected the code of a unit; 'dept-lend' is none; did you mean 'dept-land'?"});
  CHECK(refused("handling.further_handlers.school").size() == 1);  // it handles nothing
  CHECK(refused("handling.further_handlers.dept-land", "[0.5, 1]") ==
        texts{"t.toml:2:10: 'handling.further_handlers.dept-land' expected a whole number; found '0.5'"});
  CHECK(refused("handling.further_handlers.dept-land", "[-1, 1]").front().find("from 0 to 10000; found -1") != std::string::npos);
  CHECK(refused("handling.further_handlers.dept-land", "[\"many\"]").size() == 1);
  CHECK(refused("handling.further_handlers.") != texts{"no fault"});
  CHECK(refused("county.links", "[\"table\", \"near\"]")
            .front()
            .starts_with("t.toml:2:10: 'county.links' expected one of table, load, nearest"));
  CHECK(refused("county.links", "[\"table\", \"load\"]") == texts{"no fault"});
  const auto twice = planned(
      "[decision.\"handling.further_handlers\"]\nvalues = [[], [\"dept-hr\"]]\n"
      "[decision.\"handling.further_handlers.dept-land\"]\nfrom = 0\nto = 1\n[target.heard_15d]\nat_least = 0.1\n");
  REQUIRE_FALSE(twice.has_value());
  CHECK(told(twice.faults()) == texts{"t.toml:1:1: expected each parameter once; found handling.further_handlers"});
}

TEST_CASE("what is made least has a unit where weights are prices, and one point is told as one") {
  const auto shown = [](const std::string& cost, std::size_t fails, std::size_t open, std::size_t same) {
    const auto plan = planned("[decision.\"handling.township_handlers\"]\nfrom = 1\nto = 2\n[target.heard_15d]\nat_least = 0.1\n" + cost);
    REQUIRE(plan.has_value());
    optimisation_result r;
    r.answer.at = {1};
    r.answer.end = lattice_end::proven;
    r.answer.proof.cost = {12, 11, 13, interval_kind::two_sided};
    const auto put = [&](std::size_t n, lattice_state s) {
      lattice_proof p;
      p.state = s;
      r.answer.below.insert(r.answer.below.end(), n, p);
    };
    put(fails, lattice_state::fails);
    put(open, lattice_state::undecided);
    put(same, lattice_state::holds);
    return optimisation_sentence(plan->task, r, few(), plan->place->setting(), language::en);
  };
  CHECK(shown("", 1, 0, 0).ends_with("12.0 yuan a period; proven at 95.0 %. The one point one step below is shown to miss a target."));
  CHECK(shown("[cost]\nhandler_hours = -58.72\ntotal_cost = 1\n", 0, 0, 0).find("12.0 yuan a period") != std::string::npos);
  CHECK(shown("[cost]\nhandler_hours = 2\n", 0, 0, 0).find("12.0 a period") != std::string::npos);
  CHECK(shown("", 3, 0, 0).ends_with("Each of the 3 points one step below is shown to miss a target."));
  CHECK(shown("", 1, 1, 1)
            .ends_with("Of the 3 points one step below, 1 is shown to miss a target, 1 is not proven to meet them, 1 meets "
                       "them and saves nothing for certain."));
  CHECK(shown("", 2, 2, 2)
            .ends_with("Of the 6 points one step below, 2 are shown to miss a target, 2 are not proven to meet them, 2 meet "
                       "them and save nothing for certain."));
}

TEST_CASE("a small county is optimised with the same bytes for any number of threads") {
  const auto plan = planned(small_task);
  REQUIRE(plan.has_value());
  const optimisation_result found = optimised(thread_team{2}, *plan, few());
  REQUIRE(found.answer.end == lattice_end::proven);
  CHECK(found.starts[2].basis == start_basis::offered_load);
  CHECK(found.starts[0].basis == start_basis::reception_day);
  CHECK(found.judged.size() + found.left_out.size() == 1 + plan->place->offices().size());
  CHECK(found.answer.proof.known ==
        std::vector<double>{static_cast<double>(most_sessions_a_week(*plan->make_world(found.answer.at)).sessions)});
  CHECK(found.answer.proof.known.front() <= 8);
  for (const lattice_slack& s : found.answer.proof.slacks) CHECK(s.least >= 0);
  const optimisation_result one = optimised(thread_team{1}, *plan, few());
  CHECK(optimisation_json(plan->task, found, few(), {}) == optimisation_json(plan->task, one, few(), {}));
  CHECK(optimisation_points_csv(plan->task, found) == optimisation_points_csv(plan->task, one));

  SECTION("the figures of the proof are those of a study of the same world") {
    const auto w = plan->make_world(found.answer.at);
    REQUIRE(w.has_value());
    replication<> player(*w);
    double heard = 0, all = 0, cost = 0;
    const std::size_t n = found.answer.proof.replications, first = few().search;
    for (std::size_t i = 0; i < n; ++i) {
      const replication_outcome& r = player.run(static_cast<std::uint32_t>(first + i));
      heard += r.sums.numerator(metric::heard_15d, 0);
      all += r.sums.denominator(metric::heard_15d, 0);
      cost += 3 * r.sums.numerator(metric::leader_hours, 0) + 2 * r.sums.numerator(metric::head_hours, 0);
    }
    CHECK(found.answer.rounds == 1);
    CHECK(found.answer.proof.figures[0].estimate == Approx(heard / all).epsilon(1e-12));
    const double price = 500.0 * (found.answer.at[2] + 1);
    CHECK(found.answer.proof.cost.estimate == Approx(cost / static_cast<double>(n) + price).epsilon(1e-12));
  }
  SECTION("the answer is a scenario that has what was decided") {
    const scenario decided = plan->make_world.setting(found.answer.at);
    const std::string text = answer_scenario(plan->task, found, few(), "s.toml", decided, {"scenario.start=2022-03-01"}, false);
    const named_texts files = small_county().add("answer.toml", text);
    const auto again = load_planning_input("answer.toml", {}, files);
    INFO(text);
    REQUIRE(again.has_value());
    CHECK(again->settings.name == decided.name + "-answer");
    CHECK(again->settings.handling.township_handlers == decided.handling.township_handlers);
    CHECK(to_string(again->settings.start) == "2022-03-01");
    for (const described_parameter& d : describe(again->settings)) {
      for (std::size_t j = 0; j < plan->task.decisions.size(); ++j) {
        if (d.about.key != plan->task.decisions[j].key) continue;
        scenario trial = plan->place->setting();
        REQUIRE(
            apply_setting(trial, d.about.key + "=" + plan->task.decisions[j].values[static_cast<std::size_t>(found.answer.at[j])]).empty());
        for (const described_parameter& wanted : describe(trial)) {
          if (wanted.about.key == d.about.key) CHECK(wanted.value == d.value);
        }
        if (!d.is_default) CHECK(d.source.starts_with("sifang optimise: least cost found that meets heard_15d >= 0.6, timely >= 0.5"));
      }
    }
  }
  SECTION("tables and sentences in both languages, files that can be read") {
    for (const language lang : {language::en, language::zh}) {
      const std::string shown = optimisation_tables(plan->task, found, few(), plan->place->setting(), lang) +
                                optimisation_sentence(plan->task, found, few(), plan->place->setting(), lang);
      CHECK(shown.find("nan") == std::string::npos);
      CHECK(shown.find("heard_15d") != std::string::npos);
    }
    // Of the parts of a target the five that come nearest to missing it.
    optimisation_result many = found;
    many.today = lattice_sums(0);
    many.answer.below.clear();
    lattice_proof& proof = many.answer.proof;
    REQUIRE(proof.figures.size() == 4);
    for (int more = 1; more <= 4; ++more) {
      many.judged.push_back(many.judged.back());
      proof.figures.push_back(proof.figures.back());
      proof.slacks.push_back(proof.slacks.back());
      proof.slacks.back().least += 1;
    }
    const std::string shortened = optimisation_tables(plan->task, many, few(), plan->place->setting(), language::en);
    std::size_t rows = 0;
    for (std::size_t at = shortened.find("\ntimely "); at != std::string::npos; at = shortened.find("\ntimely ", at + 1)) ++rows;
    CHECK(rows == 5);
    CHECK(shortened.find("\n2 more parts") != std::string::npos);
    const auto json = nlohmann::json::parse(optimisation_json(plan->task, found, few(), {"1", "s", "t", {}, 7}));
    CHECK(json["end"] == "proven");
    CHECK(json["below"].size() == found.answer.below.size());
    CHECK(json["answer"]["decisions"].size() == 3);
    const std::string below = optimisation_below_csv(plan->task, found);
    CHECK(std::count(below.begin(), below.end(), '\n') >= static_cast<std::ptrdiff_t>(1 + found.judged.size()));
  }
}

TEST_CASE("targets that a county cannot meet are told with what comes nearest") {
  std::string text = small_task;
  text.replace(text.find("at_least = 0.6"), 14, "at_least = 1.0");
  const auto plan = planned(text);
  REQUIRE(plan.has_value());
  const optimisation_result found = optimised(thread_team{2}, *plan, few());
  CHECK(found.answer.end == lattice_end::cannot_be_met);
  const std::string said = optimisation_sentence(plan->task, found, few(), plan->place->setting(), language::en);
  CHECK(said.find("The targets can't be met by any point that was tried") == 0);
  CHECK(said.find("heard_15d") != std::string::npos);
  CHECK(said.find("wanted >= 100.0 %") != std::string::npos);
  // And limits.
  text = small_task;
  text.replace(text.find("sessions_a_week = 8"), 19, "sessions_a_week = 0");
  const auto idle = planned(text);
  REQUIRE(idle.has_value());
  const optimisation_result none = optimised(thread_team{2}, *idle, few());
  CHECK(none.answer.end == lattice_end::cannot_be_met);
  CHECK(optimisation_sentence(idle->task, none, few(), idle->place->setting(), language::en).find("sessions a week") != std::string::npos);
  // Nothing is heard where nothing arises.
  const auto silent = planned(small_task, {"load.matters_per_year=0", "campaign.open=false"});
  REQUIRE(silent.has_value());
  const optimisation_result nothing = optimised(thread_team{2}, *silent, few());
  CHECK(nothing.answer.end == lattice_end::impossible);
  CHECK(nothing.left_out.size() == silent->place->offices().size());
  // Nor is anything met where every part is too small to be judged.
  text = small_task;
  text.replace(text.find("[target.heard_15d]\nat_least = 0.6\n"), 34, "");
  text.insert(text.find("each = true"), "fewest = 1e6\n");
  const auto small = planned(text);
  REQUIRE(small.has_value());
  const optimisation_result unjudged = optimised(thread_team{2}, *small, few());
  CHECK(unjudged.answer.end == lattice_end::impossible);
  CHECK(unjudged.judged.empty());
}

TEST_CASE("a roster seats everyone once, rests them, and shares duties alike") {
  const auto plan = planned(small_task, {"session.principal.recur=every Wednesday"});
  REQUIRE(plan.has_value());
  const world& w = *plan->place;
  const rested_roster found = make_rested_roster(w);
  REQUIRE_FALSE(found.seats.empty());
  std::map<official_id, std::vector<std::pair<instant, instant>>> sat;
  for (const rested_seat& s : found.seats) {
    CHECK(w.counts(s.date));
    if (!s.who.valid()) continue;
    for (const auto& [from, to] : sat[s.who]) {
      CHECK((instant(s.date, s.start) >= to + found.rest || from >= instant(s.date, s.start + s.length) + found.rest));
    }
    sat[s.who].emplace_back(instant(s.date, s.start), instant(s.date, s.start + s.length));
  }
  REQUIRE(found.duties.size() == sat.size());
  int most = 0, fewest = 1000;
  for (const rested_duties& d : found.duties) {
    CHECK(d.sessions == static_cast<int>(sat[d.who].size()));
    if (d.sessions > 1) CHECK(d.least_rest >= found.rest);
    if (w.org()[d.who].rank != role::principal_leader) continue;
    most = (std::max)(most, d.sessions);
    fewest = (std::min)(fewest, d.sessions);
  }
  CHECK(most - fewest <= 1);  // two principal leaders share the Wednesdays
  CHECK(detail::gini_of({3, 3, 3}) == 0);
  CHECK(detail::gini_of({0, 0, 4}) == Approx(2.0 / 3));
  CHECK(detail::gini_of({}) == 0);
  const decided_roster rows = make_decided_roster(w, language::en);
  CHECK(rows.rows.size() >= 13);
  CHECK(duties_csv(rows).find("post,title,sessions,most_in_a_week,least_rest_hours") != std::string::npos);
}
