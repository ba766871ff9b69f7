// SPDX-License-Identifier: BSL-1.0
// A fit finds again what a scenario had: scenario, ledger, fit, scenario. And what it says where a ledger says too little.
#include "catch.hpp"
#include "scratch.hpp"

#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/io/ledger_file.hpp"
#include "sifang/io/ledger_fit.hpp"
#include "sifang/io/ledger_fit_files.hpp"
#include "sifang/io/ledger_fit_tables.hpp"
#include "sifang/io/ledger_frame.hpp"
#include "sifang/io/ledger_hold_out.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/scenario_check.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

using namespace sifang;

namespace {

/// A year whose registrations are what arises: nobody stays silent or goes above, and a unit accepts when it says so.
const std::vector<std::string> plain{"load.silent_share=0",
                                     "load.above_share=0",
                                     "campaign.open=false",
                                     "handling.accept_minutes=0",
                                     "routing.misroute_probability=0",
                                     "routing.dispute_share=0",
                                     "scenario.run_out=200",
                                     "load.backlog=0",
                                     "load.matters_per_year=2000",
                                     "load.overdispersion=2",
                                     "load.weekdays=[1.6, 1.3, 1.1, 0.9, 1.2, 0.5, 0.4]",
                                     "load.months=[0.8, 0.7, 1.2, 1.3, 1.1, 1, 0.9, 0.9, 1.2, 1, 1, 0.9]",
                                     "load.sensitive_factor=1.6",
                                     "load.visit_share=0.25",
                                     "load.letter_share=0.2",
                                     "load.online_share=0.35",
                                     "load.phone_share=0.2",
                                     "choice.come_back_share=1",
                                     "reception.on_spot_share=0",
                                     "handling.department_handlers=1000",
                                     "handling.township_handlers=1000",
                                     "load.group_share=0.2",
                                     "load.group_extra_mean=6",
                                     "load.individual_extra_mean=0.8",
                                     "routing.accept_days_mean=5",
                                     "routing.accept_days_cv=0.7"};

/// The shipped county, with its categories and their months and its sensitive periods.
const std::string shipped = std::string(SIFANG_SOURCE_DIR) + "/simulations/scenarios/xiapu-2022.toml";
world world_of(const std::vector<std::string>& settings) {
  auto made = load_world(shipped, {settings});
  for (const fault& f : made.faults()) FAIL(to_string(f));
  return std::move(made->place);
}
/// The ledger of a possible year, as `--cases-out` writes it.
std::string ledger_of(const world& w, std::uint32_t number) {
  replication<policies<>, case_ledger> year(w, policies<>{}, case_ledger{});
  (void)year.run(number);
  ledger_writer ledger;
  ledger.add("p", w, year.observer<case_ledger>().cases());
  return ledger.take();
}
ledger_cases read(const std::string& text, const scenario& s, const organisation& posts) {
  const named_texts files{{"l.csv", text}};
  auto cases = load_ledger_cases("l.csv", ledger_frame(s, posts), {}, files);
  for (const fault& f : cases.faults()) FAIL(to_string(f));
  for (const fault& f : cases->read.told) FAIL_CHECK(to_string(f));
  return *std::move(cases);
}
ledger_fit fit_of(const world& w, const std::string& text, const ledger_fit_options& how) {
  const ledger_cases cases = read(text, w.setting(), w.org());
  return fit_ledger(cases, w.setting(), w.calendar(), w.org().units(), how);
}
const fitted_parameter* parameter_of(const ledger_fit& fit, std::string_view key) {
  const auto found = std::find_if(fit.parameters.begin(), fit.parameters.end(), [&](const fitted_parameter& p) { return p.key == key; });
  return found == fit.parameters.end() ? nullptr : &*found;
}
std::string why_not(const ledger_fit& fit, std::string_view key) {
  const auto found = std::find_if(fit.unfitted.begin(), fit.unfitted.end(), [&](const unfitted_parameter& u) { return u.key == key; });
  return found == fit.unfitted.end() ? std::string() : std::string(found->why.en);
}
/// The values of a list, as a scenario has them, of mean 1.
template <class List>
std::vector<double> of_mean_1(const List& list) {
  double sum = 0;
  for (const double x : list) sum += x;
  std::vector<double> out;
  for (const double x : list) out.push_back(x * static_cast<double>(list.size()) / sum);
  return out;
}

}  // namespace

TEST_CASE("Scenario, ledger, fit, scenario: the parameters are found again within their intervals") {
  const world w = world_of(plain);
  const scenario& s = w.setting();
  // Some forty intervals at 99.99 %: that one of them misses is a chance of half a percent, and the seed is fixed.
  ledger_fit_options how;
  how.confidence = 0.9999;
  how.samples = 19;
  how.first = s.start;
  how.last = s.end;
  const ledger_fit fit = fit_of(w, ledger_of(w, 0), how);
  CHECK(fit.rows > 1800);
  CHECK(fit.by_remote);

  struct known {
    std::string key;
    std::vector<double> values;
    double width;  // of the interval over the value, at most: it says something
  };
  const std::vector<known> all{{"load.matters_per_year", {2000}, 0.4},
                               {"load.overdispersion", {2}, 1},
                               {"load.weekdays", of_mean_1(s.load.weekdays), 1.2},
                               {"load.months", of_mean_1(s.load.months), 1.6},
                               {"load.sensitive_factor", {1.6}, 1.6},
                               {"load.visit_share", {0.25}, 0.5},
                               {"load.letter_share", {0.2}, 0.5},
                               {"load.online_share", {0.35}, 0.4},
                               {"load.phone_share", {0.2}, 0.5},
                               {"load.group_share", {0.2}, 1},
                               {"load.group_extra_mean", {6}, 1.5},
                               {"load.individual_extra_mean", {0.8}, 0.3},
                               {"category.land.share", {0.154}, 0.6},
                               {"category.labour.share", {0.149}, 0.6},
                               {"category.other.share", {0.114}, 0.7},
                               {"routing.accept_days_mean", {5}, 0.2},
                               {"routing.accept_days_cv", {0.7}, 0.3}};
  for (const known& k : all) {
    const fitted_parameter* p = parameter_of(fit, k.key);
    INFO(k.key);
    REQUIRE(p != nullptr);
    REQUIRE(p->values.size() == k.values.size());
    for (std::size_t i = 0; i < k.values.size(); ++i) {
      INFO(i << ": " << p->values[i].lower << " to " << p->values[i].upper << ", in truth " << k.values[i]);
      CHECK(p->values[i].contains(k.values[i]));
      CHECK(p->values[i].upper - p->values[i].lower < k.width * k.values[i]);
    }
  }
  // Arrivals vary more than Poisson's, and the law of the days until acceptance is the one that was drawn from.
  CHECK(fit.groups.at(1).what == "remote");
  CHECK(fit.groups.at(1).dispersion.p < 1e-6);
  const auto accepted = std::find_if(fit.durations.begin(), fit.durations.end(),
                                     [](const fitted_duration& d) { return d.which == case_duration::routing_to_acceptance; });
  REQUIRE(accepted != fit.durations.end());
  CHECK(accepted->fits.front().law.family == duration_family::lognormal);
  CHECK(accepted->verdicts.front().p_anderson_darling > 0.05);
  CHECK(accepted->verdicts.back().p_anderson_darling <= 0.05);  // of the worst by AIC

  // Back as a scenario: it extends the first, is sound, and has the fitted values with mark and source.
  const auto fitted = with_fit(s, fit);
  REQUIRE(fitted);
  const ledger_fit_origin origin{"test", "l.csv", "s.toml", {}, 0};
  const test::scratch folder;
  auto again = load_world(folder.file("fitted.toml", fitted_scenario(fit, shipped, *fitted, origin)));
  for (const fault& f : again.faults()) FAIL_CHECK(to_string(f));
  REQUIRE(again);
  const scenario& t = again->place.setting();
  CHECK(t.name == "xiapu-2022-fitted");
  CHECK(t.load.matters_per_year == Approx(parameter_of(fit, "load.matters_per_year")->values.front().estimate).epsilon(1e-3));
  CHECK(t.load.months[3] == Approx(parameter_of(fit, "load.months")->values[3].estimate).epsilon(1e-3));
  CHECK(t.load.visit_share + t.load.letter_share + t.load.online_share + t.load.phone_share == Approx(1).epsilon(1e-12));
  CHECK(t.routing.accept_days_cv == fitted->routing.accept_days_cv);
  for (const described_parameter& d : describe(t)) {
    if (d.about.key == "load.matters_per_year" || d.about.key == "category.land.share" || d.about.key == "routing.accept_days_mean") {
      INFO(d.about.key << ": " << d.source);
      CHECK(d.mark == (d.about.key == "category.land.share" ? origin::source : origin::inference));
      CHECK(d.source.starts_with("sifang fit: l.csv, "));
    }
  }
  // Every value that was fitted says so.
  for (const fitted_parameter& p : fit.parameters) CHECK(t.provenance.contains(p.key));
}

TEST_CASE("Fitting is the same in whatever order the rows stand, and says nothing of rows that came otherwise") {
  const world w = world_of(plain);
  const std::string text = ledger_of(w, 1);
  ledger_cases cases = read(text, w.setting(), w.org());
  ledger_fit_options how;
  how.samples = 0;
  const auto values = [&] { return fitted_parameters_csv(fit_ledger(cases, w.setting(), w.calendar(), w.org().units(), how)); };
  const std::string before = values();
  std::reverse(cases.cases.begin(), cases.cases.end());
  CHECK(values() == before);
  // Found by the campaign, taken over, or a repeat: none of these arises by itself.
  const std::size_t rows = cases.cases.size();
  for (int i = 0; i < 300; ++i) {
    ledger_case c = cases.cases[static_cast<std::size_t>(i)];
    if (i % 3 == 0) c.channel = channel::campaign;
    if (i % 3 == 1) c.is_backlog = true;
    if (i % 3 == 2) c.repeat = true;
    cases.cases.push_back(c);
  }
  const ledger_fit more = fit_ledger(cases, w.setting(), w.calendar(), w.org().units(), how);
  CHECK(more.rows == rows);
  CHECK(more.found_by_campaign == 100);
  CHECK(more.backlog == 100);
  CHECK(more.repeats == 100);
  CHECK(fitted_parameters_csv(more) == before);
}

TEST_CASE("Of the shipped county, with its silence and answers on the spot, the load is found again") {
  const world w = world_of({"scenario.run_out=0"});
  ledger_fit_options how;
  how.confidence = 0.999;
  how.samples = 0;
  how.first = w.start();
  how.last = w.end();
  const ledger_fit fit = fit_of(w, ledger_of(w, 0), how);
  CHECK(fit.on_spot_share == 0.5);
  CHECK(fit.registered_share < 0.97);
  CHECK(fit.backlog > 0);
  CHECK(fit.found_by_campaign > 0);
  for (const auto& [key, value] :
       {std::pair("load.matters_per_year", w.setting().load.matters_per_year), std::pair("load.visit_share", w.setting().load.visit_share),
        std::pair("load.letter_share", w.setting().load.letter_share), std::pair("load.overdispersion", w.setting().load.overdispersion)}) {
    const interval found = parameter_of(fit, key)->values.front();
    INFO(key << ": " << found.lower << " to " << found.upper << ", in truth " << value);
    CHECK(found.contains(value));
  }
}

TEST_CASE("Silence is told from a small load: what a scenario registers of what arises") {
  scenario s;
  s.start = day(2022, 1, 1);
  s.end = day(2022, 12, 31);
  s.load.silent_share = 0;
  CHECK(registered_share(s) == 1);
  s.load.silent_share = 0.3;
  s.load.silent_days = 100;
  s.warm_up = calendar_days(3650);
  CHECK(registered_share(s) == Approx(1).epsilon(1e-9));
  s.warm_up = calendar_days(0);
  // Of the silent of a year T without what was there before, T − D (1 − e^{−T/D}) of T come within it.
  CHECK(registered_share(s) == Approx(0.7 + 0.3 * (1 - 100.0 / 365 * (1 - std::exp(-3.65)))).epsilon(0.005));
}

TEST_CASE("What a ledger is too short for is said, and why") {
  const world w = world_of(plain);
  const std::string text = ledger_of(w, 0);
  ledger_fit_options how;
  how.samples = 0;
  how.first = day(2022, 3, 1);
  how.last = day(2022, 4, 15);
  const ledger_fit fit = fit_of(w, text, how);
  CHECK(fit.rows > 150);
  CHECK(parameter_of(fit, "load.months") == nullptr);
  CHECK(why_not(fit, "load.months").starts_with(fit.rates.total < 240 ? "too few" : "a month of the year"));
  CHECK(why_not(fit, "handling.*").find("calibrate") != std::string::npos);
  how.last = day(2022, 3, 1);
  const ledger_fit little = fit_of(w, text, how);
  CHECK(little.parameters.empty());
  CHECK(why_not(little, "load.matters_per_year").starts_with("too few"));
  CHECK(ledger_fit_tables(little, nullptr, language::en).find("too few") != std::string::npos);
}

TEST_CASE("A ledger in the documented columns has days, and one without acceptance has none") {
  const world w = world_of(plain);
  std::string text = "id,date,place,category,channel,group_size,acceptance_days,handling_days\n",
              dates = "id,date,place,category,channel,group_size,accepted\n", bare = "id,date,place,category,channel,group_size\n";
  for (int i = 0; i < 60; ++i) {
    const std::string row = std::to_string(i) + "," + to_string(day(2022, 1, 3) + calendar_days(i)) + ",350921001,land,letter,1";
    text += row + ',' + std::to_string(2 + i % 5) + ',' + std::to_string(10 + i % 7) + '\n';
    dates += row + ',' + to_string(day(2022, 1, 3) + calendar_days(i + 3 + i % 4)) + '\n';
    bare += row + '\n';
  }
  ledger_fit_options how;
  how.samples = 19;
  const ledger_fit days = fit_of(w, text, how), from_registration = fit_of(w, dates, how), none = fit_of(w, bare, how);
  REQUIRE(days.durations.size() == 3);
  CHECK(parameter_of(days, "routing.accept_days_mean") == nullptr);
  CHECK(why_not(days, "routing.accept_days_mean").find("routing") != std::string::npos);
  CHECK(days.durations.front().which == case_duration::registration_to_acceptance);
  CHECK(parameter_of(from_registration, "routing.accept_days_mean") == nullptr);
  CHECK(why_not(from_registration, "routing.accept_days_mean").find("routing") != std::string::npos);
  REQUIRE_FALSE(from_registration.durations.empty());
  CHECK(from_registration.durations.front().which == case_duration::registration_to_acceptance);
  CHECK(none.durations.empty());
  CHECK(why_not(none, "routing.accept_days_mean") == "the ledger has no column of acceptance");
}

TEST_CASE("Months that are held out are not looked at, and each figure has its error") {
  const world w = world_of(plain);
  ledger_cases cases = read(ledger_of(w, 2), w.setting(), w.org());
  ledger_fit_options how;
  how.samples = 0;
  how.last = day(2022, 12, 31);
  const auto held = fit_with_hold_out(cases, w.setting(), w.calendar(), w.org().units(), how, 3);
  REQUIRE(held);
  CHECK(held->first == day(2022, 10, 1));
  CHECK(held->fit.last == day(2022, 9, 30));
  const std::string before = fitted_parameters_csv(held->fit) + fitted_durations_csv(held->fit);
  std::size_t bounded = 0, within = 0;
  for (const held_out_figure& f : held->figures) {
    bounded += f.predicted.bounded();
    within += f.predicted.bounded() && f.predicted.contains(f.found);
  }
  CHECK(bounded >= 24);  // 3 months, 7 weekdays, 4 channels, 10 categories
  CHECK(within * 10 >= bounded * 8);
  // Whatever happens after the cut, the fit is the same: no row, and no reply, of those months enters.
  for (ledger_case& c : cases.cases) {
    if (c.date >= held->first) c.category = 0;
    if (c.accepted && *c.accepted >= held->first) *c.accepted = *c.accepted + calendar_days(40);
    if (c.replied && *c.replied >= held->first) c.replied.reset();
  }
  const auto other = fit_with_hold_out(cases, w.setting(), w.calendar(), w.org().units(), how, 3);
  REQUIRE(other);
  CHECK(fitted_parameters_csv(other->fit) + fitted_durations_csv(other->fit) == before);
  CHECK(held_out_csv(*other) != held_out_csv(*held));
  CHECK_FALSE(fit_with_hold_out(cases, w.setting(), w.calendar(), w.org().units(), how, 100));
}

TEST_CASE("Shares that are written add up to one") {
  for (const auto& shares : {std::vector<double>{1, 1, 1}, {0.1, 0.2, 0.7}, {5, 0, 0, 2}, {1e-9, 1}}) {
    double sum = 0;
    for (const double s : detail::shares_of_one(shares)) sum += s;
    CHECK(std::abs(sum - 1) < 1e-12);
  }
  CHECK(detail::shares_of_one({1, 1, 1})[0] == 0.333334);
}
