// SPDX-License-Identifier: BSL-1.0
// The tables that a petition bureau keeps, against the counts of the same year.
#include "catch.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/office_tables.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace sifang;

namespace {

struct table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  explicit table(std::string_view text) {
    std::vector<fault> faults;
    const auto read = csv_table::parse(text, "t.csv", faults);
    header.assign(read.header().begin(), read.header().end());
    for (std::size_t r = 0; r < read.size(); ++r) {
      auto& row = rows.emplace_back();
      for (std::size_t c = 0; c < header.size(); ++c) row.emplace_back(read.at(r, {c, ""}).text);
    }
  }
  [[nodiscard]] double sum(std::size_t column) const {
    double out = 0;
    for (const auto& row : rows) out += row[column].empty() ? 0 : std::stod(row[column]);
    return out;
  }
};

struct played_year {
  world w = sifang_tests::xiapu({"scenario.run_out=0", "scenario.warm_up=200"});
  replication<policies<>, case_ledger, event_log, wall_chart> year{w, {}, case_ledger{}, event_log{}, wall_chart{}};
  played_year() { (void)year.run(3); }
  [[nodiscard]] std::vector<office_table> tables(language lang) {
    return office_tables(w, year.observer<case_ledger>().cases(), year.observer<event_log>().events(), year.observer<wall_chart>().items(),
                         lang);
  }
  [[nodiscard]] double count(metric m) const { return year.outcome().sums.numerator(m, 0); }
};

}  // namespace

TEST_CASE("an office's tables agree with the counts of the year") {
  played_year y;
  const auto all = y.tables(language::en);
  REQUIRE(all.size() == office_files.size());
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i].file == office_files[i]);
  const auto cases = y.year.observer<case_ledger>().cases();
  const auto in_period = [&](day d) { return y.w.counts(d); };

  const table rates(all[0].text);
  CHECK(rates.rows.size() > 100);
  for (const auto& row : rates.rows) {  // what is above is of what is below, and the rate is theirs
    for (const std::size_t below : {2u, 5u, 8u}) {
      CAPTURE(row);
      CHECK(std::stoi(row[below + 1]) <= std::stoi(row[below]));
      CHECK(row[below + 2].empty() == (row[below] == "0"));
      if (row[below] != "0") CHECK(std::stod(row[below + 2]) == Approx(std::stod(row[below + 1]) / std::stod(row[below])));
    }
    CHECK(std::stoi(row[11]) <= std::stoi(row[9]));
  }
  double to_reply = 0, in_time = 0;
  for (const case_row& c : cases) {
    const auto due = c.reply_due                                           ? c.reply_due
                     : c.running && c.running->which == case_clock::handle ? std::optional(c.running->due)
                                                                           : std::nullopt;
    if (!due || !in_period(*due)) continue;
    to_reply += 1;
    in_time += c.replied && *c.replied <= *due;
  }
  CHECK(rates.sum(5) == to_reply);
  CHECK(rates.sum(6) == in_time);

  const table due(all[1].text);
  for (const auto& row : due.rows) CHECK(row[5].empty() != row[6].empty());
  const auto soon = std::count_if(cases.begin(), cases.end(),
                                  [&](const case_row& c) { return c.running && c.running->due <= y.w.last() + calendar_days(15); });
  CHECK(due.rows.size() == static_cast<std::size_t>(soon));

  const table owned(all[3].text);
  CHECK(owned.rows.size() > 200);
  int successors = 0;
  for (const auto& row : owned.rows) {
    CHECK_FALSE(row[0].empty());
    CHECK(row[8] == row[0]);  // the owner resolves
    CHECK_FALSE(row[6].empty());
    CHECK_FALSE(row[7].empty());
    CHECK(row[9].size() == 10);  // since when the owner has it
    CHECK((row[10] == "owner given" || row[10] == "handed over to another owner" ||
           row[10] == "taken over by the successor in the owner's post"));
    successors += row[10].starts_with("taken over");
  }
  CHECK(successors > 0);  // R13
  const table chart(all[4].text);
  CHECK(static_cast<double>(chart.rows.size()) == y.count(metric::found_by_campaign) + y.count(metric::campaign_items));
  double late = 0, done_in_time = 0;
  for (const auto& row : chart.rows) {
    if (!row[0].starts_with('S')) continue;
    CHECK_FALSE(row[5].empty());  // a responsible person (R25)
    CHECK(row[6].empty() == row[7].empty());
    if (!row[6].empty()) CHECK(row[7] == "yes");  // against the target alone (R26)
    (row[8] == "yes" ? late : done_in_time) += 1;
  }
  CHECK(late > 0);
  CHECK(done_in_time >= y.count(metric::items_on_time));
  const table visits(all[5].text);
  CHECK(static_cast<double>(visits.rows.size()) == y.count(metric::return_visits));
  for (const auto& row : visits.rows) CHECK_FALSE(row[10].empty());
  const auto found = std::count_if(visits.rows.begin(), visits.rows.end(), [](const auto& row) { return !row[8].empty(); });
  CHECK(static_cast<double>(found) == y.count(metric::reason_found));
  CHECK(found > 0);
  CHECK(visits.sum(9) == y.count(metric::help_cost));
  CHECK(visits.sum(9) > 0);

  const table both(all[6].text);
  REQUIRE(both.rows.size() == 3);
  CHECK(std::stoi(both.rows[1][1]) == 0);  // nothing is gone while its file is open
  for (const std::size_t c : {1u, 2u, 3u}) CHECK(std::stoi(both.rows[0][c]) + std::stoi(both.rows[1][c]) == std::stoi(both.rows[2][c]));
  CHECK(std::stoi(both.rows[2][3]) ==
        std::count_if(cases.begin(), cases.end(), [&](const case_row& c) { return in_period(c.registered.date()); }));

  const table arrivals(all[7].text);
  CHECK(arrivals.rows.size() == 12);
  const table appointments(all[8].text);
  double held = 0, called_off = 0, at_enterprises = 0;
  for (const auto& row : appointments.rows) {
    CAPTURE(row);
    CHECK_FALSE(row[2].empty());
    CHECK_FALSE(row[6].empty());
    for (const std::size_t of_held : {5u, 7u, 8u}) CHECK(row[of_held].empty() == row[4].empty());
    held += !row[4].empty();
    called_off += row[4].empty();
    at_enterprises += !row[4].empty() && row[6] == "enterprise";
  }
  CHECK(held == y.count(metric::appointments));
  CHECK(at_enterprises == y.count(metric::visited_enterprises));
  CHECK(at_enterprises > 0);
  CHECK(called_off > 0);
  CHECK(arrivals.sum(1) + arrivals.sum(2) + arrivals.sum(3) + arrivals.sum(4) == y.count(metric::first_registrations));
}

TEST_CASE("an office's tables have headings in the reader's language, and a byte-order mark") {
  played_year y;
  for (const office_table& t : y.tables(language::zh)) {
    CAPTURE(t.file);
    CHECK(t.text.starts_with("\xEF\xBB\xBF"));
    const table read(t.text);
    const auto is_ascii = [](const std::string& s) { return std::all_of(s.begin(), s.end(), [](unsigned char c) { return c < 128; }); };
    for (const std::string& name : read.header) CHECK((name.empty() || !is_ascii(name)));
    CHECK_FALSE(t.title.zh.empty());
  }
}
