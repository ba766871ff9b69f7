// SPDX-License-Identifier: BSL-1.0
// Forecasts against what came: of a real log, and of a year that was simulated.
#include "catch.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/petition/forecast_check.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cstdio>
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

std::string table_of_check(const forecast_check& c) {
  std::string out = "| probability | forecasts | predicted | observed |\n|---|---:|---:|---:|\n";
  char line[160];
  for (const forecast_bin& b : c.bins) {
    std::snprintf(line, sizeof line, "| %.1f to %.1f | %zu | %.3f | %.3f |\n", b.from, b.to, b.forecasts, b.mean(), b.observed());
    out += line;
  }
  std::snprintf(line, sizeof line, "| all | %zu | Brier score %.3f | base rate's %.3f |\n", c.forecasts, c.brier, c.brier_of_base);
  return out + line;
}

std::vector<day> mondays(day from, day to) {
  std::vector<day> out;
  for (day d = from; d <= to; ++d) {
    if (d.weekday() == weekday::monday) out.push_back(d);
  }
  return out;
}

}  // namespace

TEST_CASE("forecasts of the real receipts, as the page has them") {
  const std::string path = SIFANG_SHARED_DATA "/logs/wabo_receipt.csv";
  if (!std::filesystem::exists(path)) {
    WARN("no " << path << ": skipped");
    return;
  }
  const receipt_log log = read_receipts(path);
  REQUIRE(log.whole.cases.size() == 1434);
  const day half = log.first + calendar_days((log.last - log.first).count / 2);
  forecast_rules rules;
  std::vector<int> took;
  for (const recorded_case& c : log.receipt.cases) {
    if (c.date + *c.acceptance <= half) took.push_back(c.acceptance->count);
  }
  std::sort(took.begin(), took.end());
  rules.clocks.accept = calendar_days(took[took.size() * 7 / 10]);
  rules.clocks.handle = calendar_days(56);
  std::fprintf(stderr, "half %s last %s accept limit %d\n", to_string(half).c_str(), to_string(log.last).c_str(),
               rules.clocks.accept.count);
  const auto days = mondays(half, log.last);
  const auto a = check_forecast(log.receipt, days, log.last, case_clock::accept, rules);
  const auto b = check_forecast(log.whole, days, log.last, case_clock::handle, rules);
  std::fprintf(stderr, "%s\n without %zu undecided %zu\n%s\n without %zu undecided %zu\n", table_of_check(a).c_str(), a.without_number,
               a.undecided, table_of_check(b).c_str(), b.without_number, b.undecided);
}

TEST_CASE("forecasts of a simulated year") {
  const world w = sifang_tests::xiapu({"scenario.run_out=120", "scenario.warm_up=200"});
  replication<policies<>, case_ledger> year{w, {}, case_ledger{}};
  (void)year.run(3);
  case_load load;
  std::size_t odd = 0, closed = 0;
  for (const case_row& c : year.observer<case_ledger>().cases()) {
    recorded_case r;
    r.id = case_name(c.matter);
    r.date = c.registered.date();
    r.category = w.setting().categories[c.category].id;
    if (c.unit.valid()) r.unit_code = w.org().units().code(c.unit);
    if (c.accepted) r.acceptance = *c.accepted - r.date;
    if (c.accepted && c.replied && *c.replied >= *c.accepted) r.handling = *c.replied - *c.accepted;
    if (c.replied && (!c.accepted || *c.replied < *c.accepted)) {
      ++odd;
      continue;
    }
    if (!c.accepted && c.closed) {
      ++closed;
      continue;
    }
    load.cases.push_back(r);
  }
  std::fprintf(stderr, "cases %zu odd %zu closed %zu\n", load.cases.size(), odd, closed);
  forecast_rules rules;
  rules.clocks = w.setting().clocks;
  const auto days = mondays(day(2022, 7, 1), day(2022, 12, 31));
  for (const case_clock duty : {case_clock::accept, case_clock::handle}) {
    const auto a = check_forecast(load, days, w.last(), duty, rules);
    std::fprintf(stderr, "%s\n without %zu undecided %zu\n", table_of_check(a).c_str(), a.without_number, a.undecided);
  }
}
