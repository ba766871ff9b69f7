// SPDX-License-Identifier: BSL-1.0
// Ledgers and event logs as files: what stands in them, that they read back, and that they are there whole or not at all.
#include "../county/random_county.hpp"
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/experiment/watch.hpp"
#include "sifang/io/event_log_file.hpp"
#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/ledger_file.hpp"
#include "sifang/io/number_list.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "tables.hpp"

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

namespace {

/// A table that was read back: columns by name.
class read_back {
 public:
  explicit read_back(std::string_view text) : table_(csv_table::parse(text, "t.csv", faults_)) {
    for (const fault& f : faults_) FAIL_CHECK(to_string(f));
    for (std::size_t i = 0; i < table_.header().size(); ++i) columns_[table_.header()[i]] = i;
  }
  [[nodiscard]] std::string_view operator()(std::size_t row, const std::string& column) const {
    return table_.at(row, {columns_.at(column), column}).text;
  }
  [[nodiscard]] const csv_table& table() const { return table_; }
  [[nodiscard]] double sum(const std::string& column) const {
    double out = 0;
    for (std::size_t r = 0; r < table_.size(); ++r) out += parse_number<double>((*this)(r, column)).value();
    return out;
  }

 private:
  std::vector<fault> faults_;
  csv_table table_;
  std::map<std::string, std::size_t> columns_;
};

struct files {
  std::string cases, events;
  std::size_t taken = 0;
};
files written(const world& w, std::span<const std::uint32_t> numbers, const run_options& how) {
  files out;
  ledger_writer ledger;
  event_log_writer log;
  const auto take = [&](std::uint32_t, case_ledger&& cases, event_log&& events) {
    ledger.add("p", w, cases.cases());
    log.add("p", w, events.events());
    out.cases += ledger.take();
    out.events += log.take();
  };
  out.taken = watch_replications(w, numbers, how, policies<>{}, take, case_ledger{}, event_log{});
  return out;
}

std::string heading_of(std::span<const table_column> columns) {
  std::string out;
  for (const table_column& c : columns)
    out += "| `" + std::string(c.name) + "` | " + std::string(c.holds) + " | " + std::string(c.en) + " | " + std::string(c.zh) + " |\n";
  return out;
}

}  // namespace

TEST_CASE("The ledger reads back: each field under its column, dates and numbers as such, and in order") {
  const world w = sifang_tests::xiapu({"scenario.warm_up=30"});
  replication<policies<>, case_ledger, event_log> year(w, policies<>{}, case_ledger{}, event_log{});
  year.run(0);
  const auto cases = year.observer<case_ledger>().cases();
  const read_back ledger(ledger_csv("xiapu-2022", w, cases));
  REQUIRE(ledger.table().size() == cases.size());
  REQUIRE(ledger.table().header().size() == std::size(ledger_columns));
  std::string before;
  double repeats = 0, settlements = 0, late = 0;
  for (std::size_t r = 0; r < cases.size(); ++r) {
    const case_row& c = cases[r];
    CHECK(parse_case_name(ledger(r, "case")) == c.matter);
    CHECK(parse_day(ledger(r, "registered")) == c.registered.date());
    CHECK(ledger(r, "unit") == (c.unit.valid() ? w.org().units().code(c.unit) : std::string()));
    CHECK(ledger(r, "owner") == (c.owner.valid() ? w.org()[c.owner].post : std::string()));
    CHECK(ledger(r, "state") == name_of(c.state));
    CHECK(parse_day(ledger(r, "replied")) == c.replied);
    CHECK(parse_day(ledger(r, "settled")) == c.settled);
    CHECK((ledger(r, "wait_days").empty() || parse_number<int>(ledger(r, "wait_days")) == c.heard->days));
    const std::string now = std::string(ledger(r, "registered")) + std::string(ledger(r, "time"));
    CHECK(before <= now);
    before = now;
    repeats += c.repeats;
    settlements += c.settlements;
    late += c.late_replies;
  }
  CHECK(ledger.sum("repeats") == repeats);
  CHECK(ledger.sum("settlements") == settlements);
  CHECK(ledger.sum("late_replies") == late);

  const auto events = year.observer<event_log>().events();
  const read_back log(event_log_csv("xiapu-2022", w, events));
  REQUIRE(log.table().size() == events.size());
  REQUIRE(log.table().header().size() == std::size(event_columns));
  for (std::size_t r = 0; r < events.size(); ++r) {
    const history_event& e = events[r];
    REQUIRE(log(r, "event") == name_of(e));
    REQUIRE(parse_number<std::size_t>(log(r, "number")) == r + 1);
    REQUIRE(parse_day(log(r, "date")) == e.at.date());
    REQUIRE(parse_clock(log(r, "time")).has_value() == e.timed);
    REQUIRE(log(r, "case").empty() == (e.matter == no_matter));
    REQUIRE((log(r, "late_days").empty() ? 0 : parse_number<int>(log(r, "late_days")).value()) == e.late_days());
    REQUIRE(log(r, "late_days").empty() == !e.done.has_value());
  }
}

TEST_CASE("A recorded case stands in the ledger with the id that its load gave it") {
  auto in = sifang_tests::input("xiapu-2022", {"scenario.warm_up=0", "load.backlog=0"});
  case_load load;
  load.cases.push_back({"=a,\"1\"", day(2022, 3, 1), minutes(600), "350921203", "other", channel::letter, 1, {}, {}, {}});
  const auto w = world::make(in.settings, in.place.org, in.place.calendar, &load);
  REQUIRE(w);
  replication<policies<>, case_ledger> year(*w, policies<>{}, case_ledger{});
  year.run(0);
  const std::string text = ledger_csv("=1+1", *w, year.observer().cases());
  CHECK(text.find("\r\n'=1+1,0,20220301-001,\"'=a,\"\"1\"\"\",2022-03-01,2022-03-01,10:00,letter,county,remote,other,350921203,") !=
        std::string::npos);
  const read_back ledger(text);
  CHECK(ledger(0, "policy") == "=1+1");
  CHECK(ledger(0, "recorded") == "=a,\"1\"");
}

TEST_CASE("The files of chosen replications are the same bytes for any number of threads, in the order of the replications") {
  const world w = sifang_tests::random_world(7);
  const std::vector<std::uint32_t> numbers{0, 2, 3, 9, 4};
  const files one = written(w, numbers, {1, {}, nullptr});
  CHECK(one.taken == numbers.size());
  for (int threads : {2, 5}) {
    const files more = written(w, numbers, {threads, {}, nullptr});
    CHECK(more.cases == one.cases);
    CHECK(more.events == one.events);
  }
  std::vector<std::string> order;
  const read_back ledger(one.cases);
  for (std::size_t r = 0; r < ledger.table().size(); ++r) {
    if (order.empty() || order.back() != ledger(r, "replication")) order.emplace_back(ledger(r, "replication"));
  }
  CHECK(order == texts{"0", "2", "3", "9", "4"});
  // Alone each is what it is among others, and so it is in `replicate`.
  const std::vector<std::uint32_t> two{2};
  const files alone = written(w, two, {1, {}, nullptr});
  CHECK(one.events.find(alone.events.substr(alone.events.find('\n') + 1)) != std::string::npos);
  case_ledger ledgers;
  (void)replicate(w, 4, {2, {}, nullptr}, policies<>{}, ledgers);
  const std::vector<std::uint32_t> first{0, 1, 2, 3};
  CHECK(ledger_csv("p", w, ledgers.cases()) == written(w, first, {1, {}, nullptr}).cases);
  event_log logs;
  (void)replicate(w, 4, {2, {}, nullptr}, policies<>{}, logs);
  std::set<std::uint32_t> seen;
  for (const history_event& e : logs.events()) seen.insert(e.replication);
  CHECK(seen.size() == 4);
  std::atomic<bool> stop = true;
  CHECK(written(w, numbers, {2, {}, &stop}).taken == 0);
}

TEST_CASE("A file in the making is there whole or not at all, and replaces nothing that it may not") {
  const scratch folder;
  SECTION("there after commit, hidden before, gone without") {
    {
      auto f = file_in_the_making::begin(folder / "a.csv", false);
      REQUIRE(f);
      f->append("one ");
      f->append(std::string(200000, 'x'));
      CHECK(folder.names().size() == 1);
      CHECK(folder.names().front().front() == '.');
      CHECK(f->commit().empty());
    }
    CHECK(folder.names() == texts{"a.csv"});
    CHECK(folder.read("a.csv") == "one " + std::string(200000, 'x'));
    { auto f = file_in_the_making::begin(folder / "b.csv", false); }
    CHECK(folder.names() == texts{"a.csv"});
  }
  SECTION("what is there stays, unless forced; also if it comes meanwhile") {
    folder.file("a.csv", "old");
    const auto refused = file_in_the_making::begin(folder / "a.csv", false);
    REQUIRE_FALSE(refused);
    CHECK(folder.lines(refused.faults()) == texts{"a.csv: expected a new file; a.csv is there already (use --force to replace it)"});
    CHECK(folder.lines(refused.faults(), language::zh) == texts{"a.csv: 应为新文件；a.csv 已存在（可用 --force 覆盖）"});
    auto forced = file_in_the_making::begin(folder / "a.csv", true);
    REQUIRE(forced);
    forced->append("new");
    CHECK(folder.read("a.csv") == "old");
    CHECK(forced->commit().empty());
    CHECK(folder.read("a.csv") == "new");
    auto late = file_in_the_making::begin(folder / "c.csv", false);
    REQUIRE(late);
    folder.file("c.csv", "somebody's");
    CHECK(folder.lines(late->commit()).size() == 1);
    CHECK(folder.read("c.csv") == "somebody's");
  }
  SECTION("no folder, a folder, a device; a link is followed") {
    for (const auto& path : {folder / "no/a.csv", folder.path(), std::filesystem::path("/dev/null")}) {
      const auto begun = file_in_the_making::begin(path, true);
      REQUIRE_FALSE(begun);
      CHECK(begun.faults().front().kind == fault_kind::cannot_write);
    }
    CHECK(folder.names().empty());
    folder.file("a.csv", "old");
    std::filesystem::create_symlink(folder / "a.csv", folder / "link.csv");
    auto f = file_in_the_making::begin(folder / "link.csv", true);
    REQUIRE(f);
    f->append("new");
    CHECK(f->commit().empty());
    CHECK(std::filesystem::is_symlink(folder / "link.csv"));
    CHECK(folder.read("a.csv") == "new");
  }
}

TEST_CASE("Numbers of replications are listed singly and as ranges, and each once") {
  using numbers = std::vector<std::uint32_t>;
  const auto list = [](std::string_view text) { return parse_number_list(text, "--histories", 10); };
  CHECK(*list("0") == numbers{0});
  CHECK(*list("0,3-5") == numbers{0, 3, 4, 5});
  CHECK(*list("9,0-2,1") == numbers{0, 1, 2, 9});
  for (const char* wrong : {"", ",", "0,", "a", "-1", "1-", "1--2", "1 ", "1.5", "+1", "99999999999999999999"}) {
    CAPTURE(wrong);
    REQUIRE_FALSE(list(wrong));
    CHECK(list(wrong).faults().front().kind == fault_kind::wrong_type);
  }
  for (const char* wrong : {"10", "0-10", "5-3", "0,18446744073709551615"}) {
    CAPTURE(wrong);
    REQUIRE_FALSE(list(wrong));
    CHECK(list(wrong).faults().front().kind == fault_kind::out_of_range);
  }
  CHECK(list("a,b,12").faults().size() == 3);
  CHECK(to_string(list("5-3").faults().front()) == "'--histories' expected a value from 5 to 9; found 3");
  CHECK(to_string(list("x").faults().front(), language::zh) == "“--histories”应为模拟序号（自 0 起），如 0,3-5；实际为'x'");
}

TEST_CASE("docs/histories.md has the columns of both files") {
  const auto page = read_text(std::string(SIFANG_SOURCE_DIR) + "/docs/histories.md");
  REQUIRE(page);
  CHECK(page->find(heading_of(ledger_columns)) != std::string::npos);
  CHECK(page->find(heading_of(event_columns)) != std::string::npos);
  for (std::size_t i = 0; i < std::size(names_of<history_kind>); ++i) {
    if (static_cast<history_kind>(i) == history_kind::step) continue;
    CAPTURE(names_of<history_kind>[i]);
    CHECK(page->find("`" + std::string(names_of<history_kind>[i]) + "` " + std::string(texts_of<history_kind>[i].en) + " (" +
                     std::string(texts_of<history_kind>[i].zh) + ")") != std::string::npos);
  }
}
