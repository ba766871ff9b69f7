// SPDX-License-Identifier: BSL-1.0
// The file of figures and parameters, what a county says of it, and the files that a calibration leaves.
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/calibration_file.hpp"
#include "sifang/io/ledger_figures.hpp"
#include "sifang/io/calibration_results.hpp"
#include "sifang/io/calibration_study.hpp"
#include "sifang/io/calibration_tables.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/posterior_results.hpp"
#include "sifang/io/posterior_tables.hpp"
#include "small_county.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::small_county;
using sifang::test::texts;

namespace {

const std::string good = R"([figure.repeat_rate]
target = 0.30
spread = 0.05
source = "docs/domain.md 5.2"

[figure.in_person]
metric = "first_registrations"
dimension = "channel"
items = ["visit", "letter"]
share = true
target = 0.45
spread = 0.1
weight = 0
source = "a report"

[figure.registrations]
target = 900
spread = 30
source = "an article"

[parameter."repeats.open_days"]
from = 20
to = 200
start = 60
step = 6

[parameter.load.matters_per_year]
from = 100
to = 3000

[parameter."category.land.share"]
)";

texts told(const checked<calibration_targets>& read, language lang = language::en) {
  texts out;
  if (read) return {"no fault"};
  for (const fault& f : read.faults()) out.push_back(to_string(f, lang));
  return out;
}
/// The faults of the good file with one piece of it in another form.
texts damaged(std::string_view piece, std::string_view other, language lang = language::en) {
  std::string text = good;
  const std::size_t at = text.find(piece);
  REQUIRE(at != std::string::npos);
  text.replace(at, piece.size(), other);
  return told(parse_calibration(text, "t.toml"), lang);
}
/// The faults that the small county has with such a file.
texts bound(const std::string& text) {
  const named_texts files = small_county().add("t.toml", text);
  const auto plan = plan_calibration("s.toml", {}, "t.toml", files);
  texts out;
  if (plan) return {"no fault"};
  for (const fault& f : plan.faults()) out.push_back(to_string(f));
  return out;
}
const std::string one_figure = "[figure.registrations]\ntarget = 900\nspread = 30\nsource = \"an article\"\n";

}  // namespace

TEST_CASE("a ledger shows replies in time among those whose last day has passed, and how much an extension leaves open") {
  const working_calendar calendar;
  scenario s;
  s.clocks = legal_clocks{};
  const day start(2022, 1, 3);
  ledger_cases ledger;
  ledger.has_accepted = ledger.has_replied = true;
  const auto add = [&](int accepted, std::optional<int> handling, bool simplified = false, std::optional<int> due = {}) {
    ledger_case c;
    c.date = c.accepted.emplace(start + calendar_days(accepted));
    if (handling) {
      c.handling = calendar_days(*handling);
      c.replied = *c.accepted + *c.handling;
    }
    c.is_simplified = simplified;
    if (due) c.reply_due = *c.accepted + calendar_days(*due);
    ledger.cases.push_back(c);
  };
  const auto seen = [&](int last) { return detail::on_time_of(ledger.cases, s.clocks, calendar, start + calendar_days(last)); };
  const auto is = [](const detail::ledger_on_time& t, std::size_t due, std::size_t kept, std::size_t extended) {
    return t.due == due && t.kept == kept && t.extended == extended;
  };
  const int limit = s.clocks.handle.count, more = s.clocks.extension.count;
  add(0, limit);
  CHECK(is(seen(limit), 1, 1, 0));
  CHECK(is(seen(limit - 1), 0, 0, 0));  // not due yet, though replied: the late ones of its age are not seen either
  add(0, limit + 2);
  CHECK(is(seen(limit + 10), 2, 1, 1));  // it may have had an extension
  add(0, limit + more + 2);
  CHECK(is(seen(400), 3, 1, 1));
  add(0, std::nullopt);
  CHECK(is(seen(limit + 1), 4, 1, 2));  // open, and may still be extended
  CHECK(is(seen(400), 4, 1, 1));
  add(0, 20, false, 15);  // the ledger's own last day
  CHECK(is(seen(400), 5, 1, 1));
  add(0, 20, false, 25);
  CHECK(is(seen(400), 6, 2, 1));
  add(0, 20, false, -3);  // before it was accepted: by the law then
  CHECK(is(seen(400), 7, 3, 1));
  add(0, limit - 1, true);  // simplified is due much earlier, and is not extended
  CHECK(is(seen(400), 8, 3, 1));
  ledger.cases.front().is_backlog = true;
  CHECK(is(seen(400), 7, 2, 1));

  ledger.cases.clear();
  s.start = start;
  s.end = start + calendar_days(364);
  for (int k = 0; k < 40; ++k) add(k, k < 30 ? limit / 2 : k < 36 ? limit + 3 : limit + more + 3);
  add(300, 1);  // the record goes on
  const auto figures = figures_of(ledger, s, calendar);
  const auto found = std::find_if(figures.begin(), figures.end(), [](const known_figure& f) { return f.name == "on_time_reply_rate"; });
  REQUIRE(found != figures.end());
  CHECK(found->target.value == Approx((30 + 3) / 40.0));
  CHECK(found->lack() == Approx(3 / 40.0));
  CHECK(found->measure.what == metric::on_time_reply_rate);
  ledger.has_replied = false;  // no column of replies: nothing is known of them
  for (const known_figure& f : figures_of(ledger, s, calendar)) CHECK(f.name != "on_time_reply_rate");
}

TEST_CASE("a file of figures and parameters is read in its own order") {
  const auto read = parse_calibration(good, "t.toml");
  REQUIRE(read.has_value());
  REQUIRE(read->figures.size() == 3);
  CHECK(read->figures[0].name == "repeat_rate");
  CHECK(read->figures[0].measured.what == metric::repeat_rate);
  CHECK(read->figures[0].target.value == 0.3);
  CHECK(read->figures[0].target.weight == 1);
  CHECK(read->figures[0].source == "docs/domain.md 5.2");
  CHECK(read->figures[1].measured.what == metric::first_registrations);
  CHECK(read->figures[1].measured.split == dimension::channel);
  CHECK(read->figures[1].measured.items == texts{"visit", "letter"});
  CHECK(read->figures[1].measured.share);
  CHECK(read->figures[1].target.weight == 0);
  REQUIRE(read->parameters.size() == 3);
  CHECK(read->parameters[0].key == "repeats.open_days");
  CHECK(read->parameters[0].step == 6.0);
  CHECK(read->parameters[1].key == "load.matters_per_year");
  CHECK_FALSE(read->parameters[1].start.has_value());
  CHECK(read->parameters[2].key == "category.land.share");
}

TEST_CASE("what is wrong with a file of figures is one line each, with line and column") {
  CHECK(damaged("target = 0.30", "targe = 0.30") ==
        texts{"t.toml:1:1: missing key 'figure.repeat_rate.target': expected a number",
              "t.toml:2:1: unknown key 'figure.repeat_rate.targe'; did you mean 'figure.repeat_rate.target'?"});
  CHECK(damaged("target = 0.30", "target = \"0.30\"") ==
        texts{"t.toml:2:10: 'figure.repeat_rate.target' expected a number; found text '0.30'"});
  CHECK(damaged("spread = 0.05", "spread = 0.05\ndiscrepancy = -1") ==
        texts{"t.toml:4:15: 'figure.repeat_rate.discrepancy' expected a value at least 0; found -1"});
  CHECK(damaged("spread = 0.05", "spread = 0.05\ndiscrepancy = nan") ==
        texts{"t.toml:4:15: 'figure.repeat_rate.discrepancy' expected a number; found nan"});
  CHECK(damaged("target = 0.30", "target = inf") == texts{"t.toml:2:10: 'figure.repeat_rate.target' expected a number; found inf"});
  CHECK(damaged("spread = 0.05", "spread = 0") == texts{"t.toml:3:10: 'figure.repeat_rate.spread' expected a value above 0; found 0"});
  CHECK(damaged("spread = 0.05", "spread = nan") == texts{"t.toml:3:10: 'figure.repeat_rate.spread' expected a number; found nan"});
  CHECK(damaged("spread = 0.05\n", "") == texts{"t.toml:1:1: missing key 'figure.repeat_rate.spread': expected a number"});
  CHECK(damaged("weight = 0", "weight = -1") == texts{"t.toml:13:10: 'figure.in_person.weight' expected a value at least 0; found -1"});
  CHECK(damaged("source = \"a report\"\n", "") ==
        texts{"t.toml:6:1: missing key 'figure.in_person.source': expected where the value comes from, in words"});
  CHECK(damaged("source = \"a report\"", "source = 7") ==
        texts{"t.toml:14:10: 'figure.in_person.source' expected where the value comes from, in words; found 7"});
  CHECK(damaged("[figure.repeat_rate]", "[figure.repeat_rat]") ==
        texts{"t.toml:1:1: unknown key 'figure.repeat_rat'; did you mean 'figure.repeat_rate'?"});
  CHECK(damaged("\"first_registrations\"", "\"first_registration\"") ==
        texts{"t.toml:7:10: 'figure.in_person.metric' expected one of docs/metrics.md; found 'first_registration'; did you mean "
              "'first_registrations'?"});
  CHECK(
      damaged("\"channel\"", "\"chanel\"") ==
      texts{"t.toml:8:13: 'figure.in_person.dimension' expected one of all, level, township, category, door, channel, venue, unit, month, "
            "distance, people; found 'chanel'; did you mean 'channel'?"});
  CHECK(damaged("dimension = \"channel\"\n", "") ==
        texts{"t.toml:6:1: missing key 'figure.in_person.dimension': expected the dimension of the items"});
  CHECK(damaged("items = [\"visit\", \"letter\"]\n", "") ==
        texts{"t.toml:6:1: missing key 'figure.in_person.items': expected a list of words in quotes"});
  CHECK(damaged("[\"visit\", \"letter\"]", "[]") ==
        texts{"t.toml:9:9: 'figure.in_person.items' expected a list of words in quotes; found a list of 0"});
  CHECK(damaged("[\"visit\", \"letter\"]", "\"visit\"") ==
        texts{"t.toml:9:9: 'figure.in_person.items' expected a list of words in quotes; found text 'visit'"});
  CHECK(damaged("\"letter\"]", "\"visit\"]") == texts{"t.toml:9:19: expected each value once; found visit"});
  CHECK(damaged("share = true", "share = 1") == texts{"t.toml:10:9: 'figure.in_person.share' expected true or false; found 1"});
  CHECK(damaged("\"first_registrations\"", "\"repeat_rate\"") ==
        texts{"t.toml:10:9: expected share = true with a count and a dimension; found repeat_rate"});
  CHECK(damaged("\"first_registrations\"\ndimension = \"channel\"\nitems = [\"visit\", \"letter\"]\nshare = true",
                "\"wait_days_p90\"\ndimension = \"venue\"\nitems = [\"a\", \"b\"]") ==
        texts{"t.toml:9:9: expected one item of what is neither a ratio nor a count; found wait_days_p90"});
  CHECK(damaged("[parameter.\"repeats.open_days\"]", "[parametre.\"repeats.open_days\"]") ==
        texts{"t.toml:21:2: unknown key 'parametre'; did you mean 'parameter'?"});
  CHECK(damaged("step = 6", "step = 0") == texts{"t.toml:25:8: 'parameter.repeats.open_days.step' expected a value above 0; found 0"});
  CHECK(damaged("step = 6", "stepp = 6") ==
        texts{"t.toml:25:1: unknown key 'parameter.repeats.open_days.stepp'; did you mean 'parameter.repeats.open_days.step'?"});
  CHECK(damaged("[parameter.load.matters_per_year]", "[parameter.repeats.open_days]") ==
        texts{"t.toml:27:1: expected each parameter once; found repeats.open_days"});
  CHECK(damaged("target = 0.30", "target == 0.30").size() == 2);  // a line that is no TOML, and then no target
  CHECK(
      told(parse_calibration("figure = 3\nparameter = 4\n", "t.toml")) ==
      texts{"t.toml:1:10: 'figure' expected a table [figure]; found 3", "t.toml:2:13: 'parameter' expected a table [parameter]; found 4"});
  CHECK(told(parse_calibration("[figure]\nx = 3\n[parameter]\ny = 4\n", "t.toml")) ==
        texts{"t.toml:2:5: 'figure.x' expected a table [figure.NAME]; found 3",
              "t.toml:4:5: 'parameter.y' expected a table [parameter.\"KEY\"]; found 4"});
  CHECK(told(parse_calibration(one_figure, "t.toml")) == texts{"t.toml: missing key 'parameter': expected a table [parameter.\"KEY\"]"});
  CHECK(told(parse_calibration("[parameter.\"repeats.open_days\"]\n", "t.toml")) ==
        texts{"t.toml: missing key 'figure': expected a figure with a weight above 0"});
  CHECK(damaged("spread = 0.05", "spread = 0", language::zh) == texts{"t.toml:3:10: “figure.repeat_rate.spread”应大于 0；实际为0"});
}

TEST_CASE("a file of figures is held against the county") {
  CHECK(bound(good) == texts{"no fault"});
  CHECK(bound(one_figure + "[parameter.\"repeats.open_day\"]\n") ==
        texts{"t.toml:5:1: unknown key 'repeats.open_day'; did you mean 'repeats.open_days'?"});
  CHECK(bound(one_figure + "[parameter.\"load.weekdays\"]\n").size() == 1);
  CHECK(bound(one_figure + "[parameter.\"choice.model\"]\n") ==
        texts{"t.toml:5:1: 'choice.model' expected one number of the county, none of [scenario]; found 'logit'"});
  CHECK(bound(one_figure + "[parameter.\"scenario.warm_up\"]\n").size() == 1);
  CHECK(bound(one_figure + "[parameter.\"repeats.open_days\"]\nfrom = 0\nto = 40000\n") ==
        texts{"t.toml:6:8: 'parameter.repeats.open_days.from' expected a value from 1 to 36500; found 0",
              "t.toml:7:6: 'parameter.repeats.open_days.to' expected a value from 1 to 36500; found 40000"});
  CHECK(bound(one_figure + "[parameter.\"repeats.open_days\"]\nfrom = 50\nto = 50\n") ==
        texts{"t.toml:7:6: 'parameter.repeats.open_days.to' expected a value above 50; found 50"});
  CHECK(bound(one_figure + "[parameter.\"repeats.open_days\"]\nfrom = 5\nto = 10\n") ==
        texts{"t.toml:5:1: 'parameter.repeats.open_days.start' expected a value from 5 to 10; found 105"});
  CHECK(bound(one_figure + "[parameter.\"repeats.open_days\"]\nfrom = 5\nto = 100\nstart = 3\n") ==
        texts{"t.toml:8:9: 'parameter.repeats.open_days.start' expected a value from 5 to 100; found 3"});
  const auto lines = bound(
      "[figure.registrations]\ndimension = \"channel\"\nitems = [\"visits\"]\ntarget = 900\nspread = 30\nsource = \"x\"\n"
      "[parameter.\"repeats.open_days\"]\n");
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].starts_with("t.toml:3:9: 'figure.registrations.items' expected one of "));
  CHECK(lines[0].ends_with("found 'visits'; did you mean 'visit'?"));
  // All that is wrong at once: the scenario's and the file's.
  const named_texts files = small_county().add("t.toml", "[figure]\nx = 3\n");
  const auto plan = plan_calibration("s.toml", {{"load.multiplier=-1"}, {}, {}, {}, {}}, "t.toml", files);
  CHECK(plan.faults().size() == 2);
  CHECK(plan_calibration("s.toml", {}, "none.toml", files).faults().size() == 1);
}

TEST_CASE("a parameter without a range of its own has the plausible one, and a figure the model's lack that it says") {
  const std::string text = one_figure + "discrepancy = 4\n" +
                           "[figure.repeat_rate]\ntarget = 0.3\nspread = 0.02\nsource = \"x\"\n"
                           "[parameter.\"repeats.open_days\"]\n[parameter.\"repeats.persistence\"]\nto = 0.7\n"
                           "[parameter.\"load.group_share\"]\nfrom = 0.05\nto = 0.5\n";
  const named_texts files = small_county().add("t.toml", text);
  const auto plan = plan_calibration("s.toml", {}, "t.toml", files);
  REQUIRE(plan.has_value());
  CHECK(plan->task.figures[0].lack() == 4);
  CHECK(plan->task.figures[1].lack() == 0.01);
  const auto& p = plan->task.parameters;
  CHECK(p[0].range.least == 45);
  CHECK(p[0].range.most == 240);
  CHECK(p[0].beforehand().kind == law_kind::log_uniform);
  CHECK(p[1].range.least == 0.1);
  CHECK(p[1].range.most == 0.7);
  CHECK(p[1].beforehand().kind == law_kind::uniform);
  CHECK(p[2].range.least == 0.05);
  CHECK(p[2].beforehand().high == 0.5);
}

TEST_CASE("draws that are not ruled out leave their files, and say why where there are none") {
  const scratch dir;
  const std::string text =
      "[figure.registrations]\ntarget = 900\nspread = 60\nsource = \"an article\"\n"
      "[figure.repeat_rate]\ntarget = 0.3\nspread = 0.05\nweight = 0\nsource = \"a report\"\n"
      "[parameter.\"load.matters_per_year\"]\nfrom = 100\nto = 3000\n";
  const named_texts files = small_county().add("t.toml", text);
  const auto plan = plan_calibration("s.toml", {{"scenario.warm_up=30"}, 2, {}, {}, {}}, "t.toml", files);
  REQUIRE(plan.has_value());
  posterior_options o;
  o.draws = 20;
  o.matching.population = 100;
  const posterior_result found = calibrate_posterior(thread_team{1}, plan->task, 2, plan->make_world, o, [](std::size_t) {});
  REQUIRE(found.draws.size() == 20);
  auto into = output_directory::open(dir / "out", false);
  REQUIRE(into.has_value());
  CHECK(write_posterior(plan->task, found, {"0.1.0", "s.toml", "t.toml", {}, 7}, *into).empty());
  CHECK(into->commit().empty());
  CHECK(dir.read("out/draws.csv").starts_with("\xEF\xBB\xBFload.matters_per_year\r\n" + number_text(found.draws[0][0]) + "\r\n"));
  const auto json = nlohmann::json::parse(dir.read("out/posterior.json"));
  CHECK(json["parameters"][0]["draws"][0] == found.parameters[0].values.median);
  CHECK(json["figures"][0]["discrepancy"] == 30);
  CHECK(json["figures"][1]["weight"] == 0);
  CHECK(json["draws"] == 20);
  CHECK(nlohmann::json::parse(dir.read("out/manifest.json"))["draws"] == 20);
  CHECK(dir.read("out/predictive.csv").find("nan") == std::string::npos);
  const std::string table = posterior_tables(plan->task, found, language::en);
  CHECK(table.find("fix it") != std::string::npos);
  CHECK(table.find("0: held out") != std::string::npos);
  CHECK(posterior_tables(plan->task, found, language::zh).find("予以确定") != std::string::npos);
  CHECK(is_met(plan->task, found));

  // Two figures that the one parameter cannot both reach, whatever chance a single year has (a standard deviation of 130).
  calibration_task torn = plan->task;
  torn.figures[1] = {"other", {metric::registrations}, {2400, 10, 1}, "another report"};
  const posterior_result none = calibrate_posterior(thread_team{1}, torn, 2, plan->make_world, o, [](std::size_t) {});
  REQUIRE(none.matching.end == matching_end::none_left);
  const std::string why = nothing_left_text(torn, none, language::en);
  CHECK(why.find("Contradict each other: registrations, target 900.0, and other, target 2400; nearest to both: ") != std::string::npos);
  CHECK(nothing_left_text(torn, none, language::zh).find("互相矛盾：registrations") != std::string::npos);
  CHECK(why.find("nan") == std::string::npos);
  torn.figures[1].target.value = -2000;
  const posterior_result never = calibrate_posterior(thread_team{1}, torn, 2, plan->make_world, o, [](std::size_t) {});
  CHECK(nothing_left_text(torn, never, language::en).find("Never reached: other, target -2000; nearest, whatever the others are: ") !=
        std::string::npos);
}

TEST_CASE("the file of figures that ships fits the scenario that ships, and each figure names a section of what ships") {
  const std::string folder = std::string(SIFANG_SOURCE_DIR) + "/simulations/";
  const auto plan = plan_calibration(folder + "scenarios/xiapu-2022.toml", {}, folder + "calibration/xiapu-2022.toml");
  if (!plan) {
    for (const fault& f : plan.faults()) FAIL_CHECK(to_string(f));
    return;
  }
  std::size_t held_out = 0;
  for (const known_figure& f : plan->task.figures) {
    INFO(f.name);
    held_out += f.target.weight == 0 ? 1 : 0;
    const bool named = f.source.find("docs/domain.md ") != std::string::npos || f.source.find("docs/facts.md ") != std::string::npos;
    CHECK(named);
  }
  CHECK(held_out >= 3);
  CHECK(plan->task.parameters.size() >= 8);
}

TEST_CASE("the names of dimensions in a file are those of results, in their order") {
  const auto made = load_world("s.toml", {}, small_county());
  REQUIRE(made.has_value());
  const auto dimensions = result_dimensions(made->place);
  REQUIRE(dimensions.size() == dimension_names.size());
  for (std::size_t d = 0; d < dimensions.size(); ++d) CHECK(dimensions[d].id == dimension_names[d]);
}

TEST_CASE("a calibration leaves its files, and a scenario that is what was found") {
  const scratch dir;
  const named_texts files = small_county().add("t.toml", good);
  const std::vector<std::string> settings{"scenario.warm_up=30", "load.group_share=0.21", "category.land.work_hours=9"};
  const auto plan = plan_calibration("s.toml", {settings, 9, {}, {}, {}}, "t.toml", files);
  REQUIRE(plan.has_value());
  fit_options one;
  one.turns = 1;
  std::size_t points = 0;
  const calibration_result found =
      calibrate(thread_team{1}, plan->task, 9, 0.95, plan->make_world, one, [&](std::size_t so_far) { points = so_far; });
  REQUIRE(found.figures.size() == 3);
  CHECK(points <= most_points_of(plan->task, one));
  CHECK(found.fit.turns == 1);
  CHECK(found.fit.misfit < found.fit.misfit_at_start);

  const scenario fitted = plan->make_world.setting(found.fit.values);
  const std::string text = fitted_scenario(plan->task, found, "s.toml", fitted, settings);
  auto into = output_directory::open(dir / "out", false);
  REQUIRE(into.has_value());
  const calibration_origin origin{"0.1.0", "s.toml", "t.toml", settings, 7};
  CHECK(write_calibration(plan->task, found, origin, text, *into).empty());
  CHECK(into->commit().empty());
  std::filesystem::path out = dir / "out";
  CHECK(dir.read("out/fitted.toml") == text);
  const auto json = nlohmann::json::parse(dir.read("out/calibration.json"));
  CHECK(json["figures"].size() == 3);
  CHECK(json["parameters"][1]["key"] == "load.matters_per_year");
  CHECK(json["parameters"][1]["fitted"] == found.fit.values[1]);
  CHECK(json["directions"].size() == 3);
  CHECK(json["directions"][0]["parts"].size() == 3);
  CHECK(nlohmann::json::parse(dir.read("out/manifest.json"))["command"] == "calibrate");
  const auto rows = [&](const char* name) {
    const std::string csv = dir.read(name);
    return std::count(csv.begin(), csv.end(), '\n');
  };
  CHECK(rows("out/figures.csv") == 4);
  CHECK(rows("out/parameters.csv") == 4);
  CHECK(rows("out/sensitivity.csv") == 10);
  CHECK(output_directory::open(dir / "out", true).has_value());  // all of them are results, which may be replaced

  // The scenario that was written is the one that was found, settings of the command line included, each with its source.
  named_texts again = small_county();
  again.add("fitted.toml", text);
  const scenario_reading read = read_scenario("fitted.toml", {}, again);
  for (const fault& f : read.faults) FAIL_CHECK(to_string(f));
  CHECK(read.settings.name == fitted.name + "-fitted");
  const auto values = describe(read.settings), meant = describe(fitted);
  REQUIRE(values.size() == meant.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    INFO(meant[i].about.key);
    CHECK(values[i].about.key == meant[i].about.key);
    const bool of_itself = meant[i].about.key.starts_with("scenario.") && meant[i].about.key != "scenario.warm_up";
    if (!of_itself) CHECK(values[i].value == meant[i].value);
    if (meant[i].about.key == "load.matters_per_year") {
      CHECK(values[i].mark == origin::inference);
      CHECK(values[i].source.starts_with("sifang calibrate: fitted to registrations (an article)"));
    }
  }
  const std::string table = calibration_tables(plan->task, found, language::en);
  CHECK(table.find("in_person") != std::string::npos);
  CHECK(table.find("0: held out") != std::string::npos);
  CHECK(table.find("category.land.share") != std::string::npos);
  CHECK(calibration_tables(plan->task, found, language::zh).find("不参与拟合") != std::string::npos);
}

TEST_CASE("two parameters that only move together are named, and a figure that none moves") {
  calibration_task task{{{"a", {metric::repeat_rate}, {0.3, 0.01, 1}, "x"}, {"b", {metric::registrations}, {5, 1, 1}, "y"}},
                        {{"one", {0, 10, 2, 0, false}}, {"two", {0, 10, 2, 0, false}}}};
  std::vector<fit_parameter> ranges{task.parameters[0].range, task.parameters[1].range};
  const auto model = [](const std::vector<std::vector<double>>& points) {
    std::vector<fit_point> out;
    for (const auto& p : points) out.push_back({{(p[0] + p[1]) / 10, 5}});
    return out;
  };
  calibration_result r;
  r.replications = 20;
  r.fit = fit_moments(ranges, {task.figures[0].target, task.figures[1].target}, model);
  r.figures.assign(2, {{0.4, 0.4, 0.4, interval_kind::constant}, {0.3, 0.3, 0.3, interval_kind::constant}, {}, 0});
  const std::string text = calibration_tables(task, r, language::en);
  CHECK(text.find("Moved by no parameter: b\n") != std::string::npos);
  CHECK(text.find("The figures fix 1 of 2 combinations of the parameters; condition number infinite") != std::string::npos);
  const bool either = text.find("Not fixed: 0.71 one - 0.71 two (each as a part of its range)") != std::string::npos ||
                      text.find("Not fixed: 0.71 two - 0.71 one (each as a part of its range)") != std::string::npos;
  CHECK(either);
  CHECK(text.find("not alone; moves a") != std::string::npos);
  CHECK(calibrated_parameters_csv(task, r).find(",no,no,a\r\n") != std::string::npos);
  CHECK(is_met(task, r));
  r.figures[1].distance = 2.5;
  CHECK_FALSE(is_met(task, r));
  task.figures[1].target.weight = 0;
  CHECK(is_met(task, r));  // it is not fitted
}
