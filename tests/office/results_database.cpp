// SPDX-License-Identifier: BSL-1.0
#include "../io/scratch.hpp"
#include "../io/small_result.hpp"
#include "catch.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/office/results_database.hpp"
#include "sifang/office/results_database_reader.hpp"
#include "sifang/office/sweep_database.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <regex>
#include <string>
#include <vector>

using namespace sifang;
using sifang::test::about;
using sifang::test::scratch;
using sifang::test::small_result;
using sifang::test::texts;

namespace {

const run_origin how{"compare", {"xiapu-2022", "wednesday"}, {}, {"load.multiplier=2"}, "cases.csv", "cases.map.toml", 3};

result with_every_kind() {
  result r = small_result();
  r.policies[0].values = {
      {{{0.5, 0.25, 1, interval_kind::at_least}}, {{3, 3, 3, interval_kind::too_little_data}, {7, 7, 7, interval_kind::constant}}}};
  r.policies[1].parts.clear();
  r.policies[1].series[0].weeks = {interval{}, {0, 0, 0.125, interval_kind::at_most}};
  r.comparisons[0].values[0][0][0].variance_ratio = 0;
  r.unfinished_replications = 4;
  r.chances = {{"heard_15d", {0.25, 0.75}}, {"overdue", {1, 0}}};
  const auto about = [](double x) { return interval{x, x - 1, x + 1, interval_kind::two_sided}; };
  r.costs.parts = {{"leaders", "Leaders", "领导", "yuan", "元"}, {"travel", "Travel", "差旅", "yuan", "元"}};
  r.costs.services = {{"heard", "Heard", "获接谈", "petitioners", "批"}};
  result_policy_cost base{about(10), {}, about(3), {}, {about(7), about(3)}, {}, {{about(100), {}, "base", {}, {}, "front", false, {}}}};
  result_policy_cost other{about(12), about(2), about(4), about(1), {about(8), about(4)}, {about(1), about(1)}, {}};
  other.services = {{about(90), about(-10), "dominated", {5, 5, 5, interval_kind::too_little_data}, {}, "dominated", true, {0}}};
  r.costs.policies = {base, other};
  return r;
}

std::string made(const result& r) {
  const auto bytes = results_database(r, how);
  for (const fault& f : bytes.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(bytes);
  return *bytes;
}

/// The database in a file of its own, for SQLite's own eyes.
class opened {
 public:
  explicit opened(const std::filesystem::path& path) {
    sqlite3* made = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &made) == SQLITE_OK);
    db_.reset(made);
  }
  /// The rows of a query, columns between bars.
  [[nodiscard]] texts rows(const std::string& sql) const {
    texts out;
    char* error = nullptr;
    const int code = sqlite3_exec(
        db_.get(), sql.c_str(),
        [](void* into, int columns, char** values, char**) {
          std::string row;
          for (int k = 0; k < columns; ++k) row.append(k == 0 ? "" : "|").append(values[k] == nullptr ? "NULL" : values[k]);
          static_cast<texts*>(into)->push_back(row);
          return 0;
        },
        &out, &error);
    if (error != nullptr) UNSCOPED_INFO(sql << ": " << error);
    REQUIRE(code == SQLITE_OK);
    return out;
  }

 private:
  struct close {
    void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
  };
  std::unique_ptr<sqlite3, close> db_;
};

std::string replaced_at(std::string bytes, std::size_t at, const std::string& by) { return bytes.replace(at, by.size(), by); }

}  // namespace

TEST_CASE("a database of results holds every number of results.json, and the same results are the same bytes") {
  for (const result& r : {small_result(), with_every_kind()}) {
    const std::string bytes = made(r);
    CHECK(bytes == made(r));
    const auto again = parse_results_database(bytes, "results.sqlite");
    for (const fault& f : again.faults()) UNSCOPED_INFO(to_string(f));
    REQUIRE(again);
    CHECK(results_json(*again) == results_json(r));
  }
  result other = small_result();
  other.policies[1].values[0][0][0].upper += 1e-9;
  CHECK(made(other) != made(small_result()));
  result none = small_result();  // what is no number is not told, as in results.json
  none.policies[0].values[0][0][0].estimate = std::numeric_limits<double>::quiet_NaN();
  CHECK(results_json(*parse_results_database(made(none), "r")) == results_json(none));
}

TEST_CASE("names in English and sources in Chinese come back from a database, and are not missed in older ones") {
  const scratch dir;
  const std::filesystem::path file = dir / "r.sqlite";
  const result plain = small_result();
  result named = plain;
  named.units[1].name_en = "Songcheng Subdistrict";
  named.policies[1].officials[0].title_en = "Secretary of the \"Committee\"";
  named.policies[1].assumptions[0].source_zh = "建模设定";
  REQUIRE(write_results_database(file, named, how).empty());
  const auto again = read_results_database(file);
  for (const fault& f : again.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(again);
  CHECK(results_json(*again) == results_json(named));
  (void)opened(file).rows("PRAGMA foreign_keys = OFF; UPDATE official_titles SET official = 9");
  CHECK_FALSE(read_results_database(file));
  for (const char* table : {"unit_names", "official_titles", "parameter_sources"})
    (void)opened(file).rows(std::string("DROP TABLE ") + table);
  const auto before = read_results_database(file);
  REQUIRE(before);
  CHECK(results_json(*before) == results_json(plain));
}

TEST_CASE("databases of before there were widths are read without them; a table that is there must be whole") {
  const scratch dir;
  const std::filesystem::path file = dir / "r.sqlite";
  result expected = small_result();
  REQUIRE(write_results_database(file, expected, how).empty());
  for (const char* table : {"precision", "single_years", "comparison_widths", "chances", "service_better", "service_figures", "services",
                            "costs", "cost_texts"})
    (void)opened(file).rows(std::string("DROP TABLE ") + table);
  const auto before = read_results_database(file);
  for (const fault& f : before.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(before);
  expected.precision.clear();
  expected.comparisons[0].joint_confidence = expected.comparisons[0].one_year_level = 0;
  expected.comparisons[0].matters.clear();
  expected.comparisons[0].one_year.clear();
  CHECK(results_json(*before) == results_json(expected));
  (void)opened(file).rows("CREATE TABLE precision(position INTEGER)");
  CHECK_FALSE(read_results_database(file));
  // A position that leads nowhere is a fault, never a place outside.
  const std::filesystem::path other = dir / "other.sqlite";
  REQUIRE(write_results_database(other, small_result(), how).empty());
  (void)opened(other).rows("PRAGMA foreign_keys = OFF; UPDATE single_years SET metric = 7");
  CHECK_FALSE(read_results_database(other));
}

TEST_CASE("costs and chances of a database lead somewhere, each policy with all of them") {
  const scratch dir;
  const std::filesystem::path file = dir / "r.sqlite";
  REQUIRE(write_results_database(file, with_every_kind(), how).empty());
  CHECK(opened(file).rows("SELECT policy, probability FROM best_chances WHERE metric = 'heard_15d' ORDER BY probability").size() == 2);
  CHECK(opened(file).rows("SELECT part FROM named_costs WHERE figure = 'part'").size() == 4);
  CHECK(opened(file).rows("SELECT verdict, sure FROM named_services WHERE figure = 'gain' AND estimate < 0") == texts{"dominated|1"});
  for (const char* damage :
       {"DELETE FROM chances WHERE policy = 1 AND position = 0", "UPDATE service_better SET better = 9",
        "DELETE FROM services WHERE policy = 1", "UPDATE costs SET position = 5 WHERE figure = 'part' AND position = 1"}) {
    INFO(damage);
    const std::filesystem::path other = dir / (std::to_string(std::hash<std::string>{}(damage)) + ".sqlite");
    REQUIRE(write_results_database(other, with_every_kind(), how).empty());
    (void)opened(other).rows(std::string("PRAGMA foreign_keys = OFF; ") + damage);
    CHECK_FALSE(read_results_database(other));
  }
}

TEST_CASE("tables and views of a database answer in names") {
  const scratch dir;
  REQUIRE(write_results_database(dir / "r.sqlite", small_result(), how).empty());
  const opened db(dir / "r.sqlite");
  CHECK(db.rows("PRAGMA integrity_check") == texts{"ok"});
  CHECK(db.rows("PRAGMA foreign_key_check").empty());
  CHECK(db.rows("PRAGMA application_id") == texts{std::to_string(0x73696667)});
  CHECK(db.rows("PRAGMA user_version") == texts{"1"});
  CHECK(db.rows("SELECT kind, county, first_day, last_day, seed, replications FROM study") ==
        texts{"compare|霞浦县|2022-01-01|2022-01-14|18446744073709551615|30"});
  CHECK(db.rows("SELECT * FROM asked") == texts{"cases|0|cases.csv", "cases_left_out|0|3", "command|0|compare",
                                                "common|0|load.multiplier=2", "map|0|cases.map.toml", "scenario|0|xiapu-2022",
                                                "scenario|1|wednesday"});
  CHECK(db.rows("SELECT policy, metric, estimate, numerator_of_a_year FROM key_figures") ==
        texts{"base|wait_days|0.333333333333333|0.333333333333333", "wednesday|wait_days|0.333333333333333|0.333333333333333"});
  CHECK(db.rows("SELECT base, other, slice, difference, verdict FROM verdicts") ==
        texts{"base|wednesday|all|-1.5|better", "base|wednesday|phone|-1.5|better"});
  CHECK(db.rows("SELECT policy, key, value, value_of_base FROM changed_parameters WHERE policy = 'wednesday'") ==
        texts{"wednesday|load.multiplier|2|2"});
  CHECK(db.rows("SELECT place, post, hours FROM busiest_officials WHERE policy = 'base'") == texts{"1|leader-01|1.0"});
  CHECK(db.rows("SELECT session, figure, estimate FROM sessions_of_a_year WHERE policy = 'base' AND figure IN ('heard', 'left')") ==
        texts{"window|heard|3.0", "window|left|8.0"});
  CHECK(db.rows("SELECT u.code, p.code FROM units u LEFT JOIN units p ON p.position = u.parent") ==
        texts{"350921|NULL", "350921001|350921"});
  CHECK(db.rows("SELECT count(*) FROM figures") == texts{"4"});  // what cannot be told has no row
}

TEST_CASE("figures of single replications come back, all of them or none") {
  const scratch dir;
  result r = small_result();
  r.policies[1].replications = 2;
  r.policies[1].years = {{{1, 3}}, {{2, 0}}};
  const auto again = parse_results_database(made(r), "r");
  REQUIRE(again);
  CHECK(again->policies[0].years.empty());
  REQUIRE(again->policies[1].years.size() == 2);
  CHECK(again->policies[1].years[0][0].denominator == 3);
  CHECK(again->policies[1].years[1][0].numerator == 2);
  CHECK(results_json(*again) == results_json(r));
  CHECK(opened(dir.file("y.sqlite", made(r))).rows("SELECT policy, replication, metric, figure FROM years") ==
        texts{"wednesday|0|wait_days|0.333333333333333"});
  r.policies[1].replications = 3;
  const auto few = parse_results_database(made(r), "r");
  REQUIRE_FALSE(few);
  CHECK(to_string(few.faults()[0]) == "r: 'replications' expected a row for each metric of each replication; found others");
}

TEST_CASE("units are placed from the worst on, whichever way is good") {
  const scratch dir;
  result r = small_result();
  r.metrics.push_back({"share_up", "Up", "升", "share", "higher", "outcome", false});
  r.dimensions[1] = {"township", "Township", "乡镇", {{"1", "A", "甲"}, {"2", "B", "乙"}}};
  r.comparisons.clear();
  for (result_policy& p : r.policies) {
    p.values = {{{about(1)}, {about(2), about(5)}}, {{about(1)}, {about(2), about(5)}}};
    p.parts.clear();
  }
  REQUIRE(write_results_database(dir / "r.sqlite", r, how).empty());
  CHECK(opened(dir / "r.sqlite").rows("SELECT metric, place, name FROM worst_units WHERE policy = 'base'") ==
        texts{"wait_days|1|乙", "wait_days|2|甲", "share_up|1|甲", "share_up|2|乙"});
}

TEST_CASE("a sweep's database holds its cells") {
  const scratch dir;
  const std::vector<std::string> vary{"staff.clerks=1|2"};
  const auto grid = sweep_grid::parse(vary);
  REQUIRE(grid);
  sweep_result r;
  r.replications = 20;
  r.units = {{"clerks", "Clerks", "登记人员"}};
  r.cells.resize(2);
  for (sweep_cell& c : r.cells) {
    c.values.assign(sweep_metrics.size(), about(2));
    c.parts.assign(sweep_metrics.size(), {4, 2});
    c.busy = {about(0.5)};
  }
  r.cells[1].differences.assign(sweep_metrics.size(), {about(-1), 2, "better"});
  const auto bytes = results_database(*grid, r, {"0.1.0", "xiapu-2022", {"load.multiplier=2"}, 7, 0.95, ""});
  REQUIRE(bytes);
  const opened db(dir.file("s.sqlite", *bytes));
  CHECK(db.rows("PRAGMA integrity_check") == texts{"ok"});
  CHECK(db.rows("SELECT * FROM study") == texts{"1|sweep|0.1.0|NULL|NULL|NULL|0.95|7|20|0"});
  CHECK(db.rows("SELECT what, value FROM asked WHERE what IN ('vary', 'setting')") ==
        texts{"setting|load.multiplier=2", "vary|staff.clerks=1|2"});
  const std::string first(info(sweep_metrics[0]).name);
  CHECK(db.rows("SELECT cell, settings, estimate, difference, verdict FROM named_cells WHERE metric = '" + first + "'") ==
        texts{"1|staff.clerks=1|2.0|NULL|NULL", "2|staff.clerks=2|2.0|-1.0|better"});
  CHECK(db.rows("SELECT cell, code, estimate FROM cell_busy JOIN cell_units ON unit = position") == texts{"1|clerks|0.5", "2|clerks|0.5"});
  CHECK(to_string(parse_results_database(*bytes, "s").faults().front()) == "s: expected results of run or compare; found those of a sweep");
}

TEST_CASE("databases of others, broken ones and those made to mislead are told in one line") {
  const scratch dir;
  const std::string good = made(small_result());
  const auto wrong = [&](std::string bytes) {
    const auto r = parse_results_database(std::move(bytes), "r");
    REQUIRE_FALSE(r);
    CHECK(r.faults().size() == 1);
    return to_string(r.faults().front());
  };
  const std::string broken = "r: expected a whole database of results; found one that is broken or cut short";
  CHECK(wrong("") == "r: expected a database of results; found something else");
  CHECK(wrong("{}") == "r: expected a database of results; found something else");
  CHECK(wrong(good.substr(0, 50)) == broken);
  CHECK(wrong(good.substr(0, good.size() / 2)) == broken);
  CHECK(wrong(replaced_at(good, 68, "abcd")) == "r: expected a database of results; found that of another program");
  CHECK(wrong(replaced_at(good, 63, "\x02")) == "r: expected a database of results of version 1; found version 2");
  CHECK(wrong(replaced_at(good, 18, "\x02\x02")) == "r: expected a database that nobody has open; found one in WAL mode");
  CHECK(wrong(replaced_at(good, 100, std::string(3000, '\xFF'))) == broken);  // the list of tables

  // What SQLite itself makes of a good one.
  const auto changed = [&](const std::string& sql) {
    const auto path = dir.file("changed.sqlite", good);
    (void)opened(path).rows("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; " + sql);
    return dir.read("changed.sqlite");
  };
  CHECK(wrong(changed("DROP TABLE weeks")) == "r: 'weeks' expected the table of a database of results; found no such table");
  CHECK(wrong(changed("DROP TABLE weeks; CREATE VIEW weeks AS SELECT 0 AS position, '2022' AS first_day")) ==
        "r: 'weeks' expected the table of a database of results; found a view");
  CHECK(wrong(changed("ALTER TABLE weeks ADD COLUMN more TEXT")) ==
        "r: 'weeks' expected the table of a database of results; found one of other columns");
  CHECK(wrong(changed("DELETE FROM study")) == "r: 'study' expected a row; found no row");
  CHECK(wrong(changed("UPDATE figures SET slice = 9 WHERE dimension = 1 AND slice = 0")) ==
        "r: 'figures.slice' expected the position of a row; found 9");
  CHECK(wrong(changed("UPDATE policies SET position = 5 WHERE position = 1")) == "r: 'policies.position' expected 1; found 5");
  CHECK(wrong(changed("UPDATE figures SET interval = 'wide'")) == "r: 'figures.interval' expected the word of an interval; found wide");
  CHECK(wrong(changed("UPDATE policies SET seed = '-1'")) == "r: 'policies.seed' expected a whole number; found -1");
  CHECK(wrong(changed("UPDATE policies SET replications = 1 << 40")) ==
        "r: 'policies.replications' expected a whole number; found 1099511627776");
  CHECK(wrong(changed("UPDATE units SET parent = 1 WHERE position = 1")) == "r: 'units.parent' expected the position of a row; found 1");
  CHECK(wrong(changed("UPDATE policies SET about_english = printf('%.*c', 2000000, 'x')")) ==
        "r: expected texts of at most 1 MiB; found a longer one");
  CHECK(wrong(changed("UPDATE units SET name = CAST(x'C3' AS TEXT)")) == "r: expected texts in UTF-8; found bytes that are not text");
  CHECK(wrong(changed("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) INSERT INTO metrics SELECT i, 'm', "
                      "'', '', '', '', '', 0 FROM n; WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) INSERT "
                      "INTO dimensions SELECT i, 'd', '', '' FROM n")) == "r: expected at most 10000000 figures; found more");
  // What a user adds makes no difference.
  const std::string mine = changed("CREATE TABLE notes(text); CREATE VIEW mine AS SELECT * FROM figures; INSERT INTO notes VALUES('x')");
  REQUIRE(parse_results_database(mine, "r"));
  CHECK(results_json(*parse_results_database(mine, "r")) == results_json(small_result()));
}

TEST_CASE("wherever a database is cut or a byte of it is another, reading ends with results or one fault") {
  const std::string good = made(small_result());
  for (std::size_t cut = 0; cut < good.size(); cut += 4096) CHECK_FALSE(parse_results_database(good.substr(0, cut), "r"));
  std::size_t refused = 0;
  for (std::size_t at = 0; at < good.size(); at += 61) {
    std::string other = good;
    other[at] = static_cast<char>(other[at] ^ 0x55);
    const auto r = parse_results_database(other, "r");
    refused += r ? 0 : 1;
    if (!r) CHECK(r.faults().size() == 1);
  }
  CHECK(refused > 100);
}

TEST_CASE("a database is written whole or not at all") {
  const scratch dir;
  dir.file("r.sqlite", "mine");
  CHECK(dir.lines(write_results_database(dir / "r.sqlite", small_result(), how)) ==
        texts{"r.sqlite: expected a new file; r.sqlite is there already (use --force to replace it)"});
  CHECK(dir.read("r.sqlite") == "mine");
  CHECK(dir.lines(write_results_database(dir / "none/r.sqlite", small_result(), how)) ==
        texts{"none/r.sqlite: expected a place that can be written; none/r.sqlite: No such file or directory"});
  if (std::filesystem::exists("/dev/full")) { CHECK_FALSE(write_results_database("/dev/full", small_result(), how, true).empty()); }
  result unfit = small_result();
  unfit.comparisons[0].other = 7;
  CHECK(dir.lines(write_results_database(dir / "r.sqlite", unfit, how, true)) ==
        texts{"r.sqlite: expected results whose parts fit together; found something else"});
  CHECK(dir.read("r.sqlite") == "mine");
  CHECK(write_results_database(dir / "r.sqlite", small_result(), how, true).empty());
  CHECK(read_results_database(dir / "r.sqlite"));
  CHECK(dir.names() == texts{"r.sqlite"});
}

TEST_CASE("docs/results-database.md has every table, view and column, and its queries can be asked") {
  const auto page = read_text(std::string(SIFANG_SOURCE_DIR) + "/docs/results-database.md");
  REQUIRE(page);
  const scratch dir;
  REQUIRE(write_results_database(dir / "r.sqlite", small_result(), how).empty());
  const opened db(dir / "r.sqlite");
  std::string columns;
  for (const std::string& table : db.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY rowid")) {
    INFO(table);
    const std::size_t begin = page->find("\n### " + table + "\n");
    REQUIRE(begin != std::string::npos);
    const std::string section = page->substr(begin, page->find("\n#", begin + 1) - begin);
    texts documented;
    const std::regex row("\n\\| `([a-z_]+)` \\|");
    for (auto m = std::sregex_iterator(section.begin(), section.end(), row); m != std::sregex_iterator(); ++m)
      documented.push_back((*m)[1]);
    CHECK(documented == db.rows("SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid"));
  }
  std::size_t queries = 0;
  for (std::size_t at = page->find("```sql\n"); at != std::string::npos; at = page->find("```sql\n", at + 1), ++queries)
    (void)db.rows(page->substr(at + 7, page->find("```", at + 7) - at - 7));
  CHECK(queries >= 5);
}
