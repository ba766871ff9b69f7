// SPDX-License-Identifier: BSL-1.0
// Forecasts against what came: of a real log, and of a year that was simulated.
#include "catch.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/forecast_tables.hpp"
#include "sifang/petition/forecast_check.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace sifang;

namespace {

/// The receipt phase of environmental permits at a Dutch municipality: acceptance is the receipt phase, from the start of a case to its
/// last event; the reply, counted from the start too, is its end.
struct receipt_log {
  case_load receipt, whole;
  day first{2100, 1, 1}, last{1970, 1, 1};
};
receipt_log read_receipts(const std::string& path) {
  receipt_log out;
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  std::vector<fault> faults;
  const csv_table table = csv_table::parse(text.str(), path, faults);
  const auto column = [&](const char* name) {
    const auto& header = table.header();
    return csv_column{static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin()), name};
  };
  const auto id = column("case:concept:name"), start = column("case:startdate"), end = column("case:enddate"),
             at = column("time:timestamp"), who = column("case:responsible"), how = column("case:channel");
  struct found {
    day start, last_event;
    std::optional<day> end;
    std::string who, how;
  };
  std::map<std::string, found> cases;
  const auto date = [&](std::size_t row, const csv_column& c) { return parse_day(std::string(table.at(row, c).text).substr(0, 10)); };
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto [entry, fresh] = cases.try_emplace(std::string(table.at(row, id).text));
    found& c = entry->second;
    const day event = date(row, at).value();
    if (fresh)
      c = {date(row, start).value(), event, date(row, end), std::string(table.at(row, who).text), std::string(table.at(row, how).text)};
    c.last_event = (std::max)(c.last_event, event);
    out.last = (std::max)(out.last, event);
    out.first = (std::min)(out.first, c.start);
  }
  for (const auto& [name, c] : cases) {
    recorded_case r;
    r.id = name;
    r.date = c.start;
    r.category = c.how;
    r.unit_code = c.who;
    recorded_case whole = r;
    r.acceptance = (std::max)(c.last_event - c.start, calendar_days(0));  // some starts were put down after the fact
    out.receipt.cases.push_back(r);
    whole.acceptance = calendar_days(0);
    if (c.end) whole.handling = (std::max)(*c.end - c.start, calendar_days(0));
    out.whole.cases.push_back(whole);
  }
  return out;
}

}  // namespace

TEST_CASE("forecasts of a real log came true as docs/forecast.md says") {
  const std::string path = SIFANG_SHARED_DATA "/logs/wabo_receipt.csv";
  if (!std::filesystem::exists(path)) {
    WARN("no " << path << ": skipped");
    return;
  }
  const receipt_log log = read_receipts(path);
  REQUIRE(log.whole.cases.size() == 1434);
  const auto days = mondays_of_second_half(log.first, log.last);
  REQUIRE(days.size() == 35);
  std::vector<int> took;  // of the first half alone
  for (const recorded_case& c : log.receipt.cases) {
    if (c.date + *c.acceptance < days.front()) took.push_back(c.acceptance->count);
  }
  std::sort(took.begin(), took.end());
  forecast_rules rules;
  rules.clocks.accept = calendar_days(took[took.size() * 7 / 10]);
  rules.clocks.handle = calendar_days(56);
  CHECK(rules.clocks.accept == calendar_days(34));
  std::stringstream page;
  page << std::ifstream(SIFANG_SOURCE_DIR "/docs/forecast.md").rdbuf();
  for (const auto& [load, duty] : {std::pair(&log.receipt, case_clock::accept), std::pair(&log.whole, case_clock::handle)}) {
    const forecast_check c = check_forecast(*load, days, log.last, duty, rules);
    CHECK(c.brier < c.brier_of_base);
    const std::string table = forecast_check_text(c);
    INFO(table);
    CHECK(page.str().find(table) != std::string::npos);
  }
}

TEST_CASE("forecasts of simulated years come true") {
  const world w = sifang_tests::xiapu({"scenario.run_out=120", "scenario.warm_up=200"});
  const forecast_rules rules = forecast_rules_of(w.setting(), w.org().units(), w.calendar());
  CHECK(rules.handlers.size() == w.offices().size());
  for (const office& o : w.offices()) CHECK(rules.handlers.at(w.org().units().code(o.where)) == static_cast<int>(o.handlers));
  const std::vector<day> days = mondays_of_second_half(day(2022, 1, 1), day(2022, 12, 31));
  replication<policies<>, case_ledger> year{w, {}, case_ledger{}};
  for (const case_clock duty : {case_clock::accept, case_clock::handle}) {
    forecast_check all;
    for (std::uint32_t number = 0; number < 4; ++number) {
      (void)year.run(number);
      case_load load;
      for (const case_row& c : year.observer<case_ledger>().cases()) {
        if (!c.accepted && c.closed) continue;                                 // given up: never accepted
        if (c.replied && (!c.accepted || *c.replied < *c.accepted)) continue;  // a later round was accepted after the first reply
        recorded_case& r = load.cases.emplace_back();
        r.date = c.registered.date();
        r.category = w.setting().categories[c.category].id;
        if (c.unit.valid()) r.unit_code = w.org().units().code(c.unit);
        if (c.accepted) r.acceptance = *c.accepted - r.date;
        if (c.replied) r.handling = *c.replied - *c.accepted;
      }
      REQUIRE(load.cases.size() > 1000);
      const forecast_check c = check_forecast(load, days, w.last(), duty, rules);
      CHECK(c.undecided == 0);
      for (std::size_t b = 0; b < all.bins.size(); ++b) {
        all.bins[b].forecasts += c.bins[b].forecasts;
        all.bins[b].late += c.bins[b].late;
        all.bins[b].predicted += c.bins[b].predicted;
      }
      all.forecasts += c.forecasts;
      all.brier += c.brier * static_cast<double>(c.forecasts);
      all.brier_of_base += c.brier_of_base * static_cast<double>(c.forecasts);
    }
    INFO(name_of(duty));
    CAPTURE(all.forecasts, all.brier, all.brier_of_base);
    REQUIRE(all.forecasts > 1500);
    CHECK(all.brier < 0.9 * all.brier_of_base);
    double predicted = 0, late = 0;
    for (const forecast_bin& b : all.bins) {
      CAPTURE(b.from, b.forecasts, b.mean(), b.observed());
      // A case is forecast on three Mondays or so: a share of 200 forecasts has an error of 6 % at most, twice that is allowed.
      if (b.forecasts >= 200) CHECK(std::abs(b.mean() - b.observed()) < 0.12);
      predicted += b.predicted;
      late += static_cast<double>(b.late);
    }
    CAPTURE(predicted, late);
    // The county begins empty and gets busier, so that its past is a little quicker than what comes (docs/forecast.md).
    CHECK(std::abs(predicted - late) < 0.08 * static_cast<double>(all.forecasts));
  }
}
