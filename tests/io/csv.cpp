// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/csv.hpp"

#include <rapidcheck.h>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

namespace {

texts lines(const std::vector<fault>& faults) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f));
  return out;
}

std::vector<texts> cells(const csv_table& table) {
  std::vector<texts> out;
  for (std::size_t r = 0; r < table.size(); ++r) {
    out.emplace_back();
    for (std::size_t c = 0; c < table.header().size(); ++c) out.back().emplace_back(table.at(r, {c, ""}).text);
  }
  return out;
}

}  // namespace

TEST_CASE("a table has quotes, commas, line breaks and blank lines in it") {
  std::vector<fault> faults;
  const auto table = csv_table::parse("code,name\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2,\n,3", "t.csv", faults);
  CHECK(faults.empty());
  CHECK(cells(table) == std::vector<texts>{{"1", "a, \"b\"\nc"}, {"2", ""}, {"", "3"}});
  CHECK(table.at(1, {0, ""}).line == 5);
  CHECK(table.at(2, {1, ""}).column == 2);
}

TEST_CASE("columns count characters, not bytes") {
  std::vector<fault> faults;
  const auto table = csv_table::parse("a,b\n霞浦县,x\n", "t.csv", faults);
  CHECK(table.at(0, {1, ""}).column == 5);
}

TEST_CASE("what is wrong with the form of a table is told with line and column") {
  std::vector<fault> faults;
  (void)csv_table::parse("code,name,code\n1,2\n\"x\"y,2,3\n1,2,3,4\na,b,\"open\nend", "t.csv", faults);
  CHECK(lines(faults) == texts{"t.csv:1:11: code 'code' expected once; it already stands on line 1",
                               "t.csv:2:1: expected 3 fields; found 2", "t.csv:3:4: expected a comma after the closing quote; found 'y'",
                               "t.csv:4:1: expected 3 fields; found 4", "t.csv:5:5: expected a closing quote; found the end of the file"});
}

TEST_CASE("columns are looked up by name and missing or misspelt ones are told") {
  std::vector<fault> faults;
  const auto table = csv_table::parse("code,nmae,setled\n1,2,3\n", "t.csv", faults);
  const auto columns = table.columns({"code", "name"}, {"settled"}, faults);
  CHECK(columns[0].position == 0);
  CHECK_FALSE(columns[1]);
  CHECK(table.at(0, columns[1]).text.empty());
  CHECK(lines(faults) == texts{"t.csv:1: expected a column 'name'; found columns code, nmae, setled",
                               "t.csv:1:11: unknown key 'setled'; did you mean 'settled'?"});
}

TEST_CASE("fields are read as numbers, dates and words, each fault in its place") {
  std::vector<fault> faults;
  const auto table = csv_table::parse("n,d\n1.5,2022-09-15\nabc,2022-02-30\n-1,\n2,1969-12-31\n", "t.csv", faults);
  const csv_column n{0, "n"}, d{1, "d"};
  CHECK(number_in(table, 0, n, faults) == 1.5);
  CHECK(date_in(table, 0, d, faults) == day(2022, 9, 15));
  CHECK(faults.empty());
  CHECK_FALSE(number_in(table, 1, n, faults, 0));
  CHECK_FALSE(date_in(table, 1, d, faults));
  CHECK_FALSE(number_in(table, 2, n, faults, 0));
  CHECK(text_in(table, 2, d, faults).empty());
  CHECK_FALSE(whole_number_in(table, 0, n, faults, 0, 9));
  CHECK_FALSE(whole_number_in(table, 2, n, faults, 0, 9));
  CHECK_FALSE(date_in(table, 3, d, faults));  // of holidays, of recorded cases
  CHECK(lines(faults) == texts{"t.csv:3:1: 'n' expected a number; found 'abc'",
                               "t.csv:3:5: 'd' expected a date YYYY-MM-DD of the calendar; found '2022-02-30'",
                               "t.csv:4:1: 'n' expected a value at least 0; found -1",
                               "t.csv:4:4: expected 'd' filled in; found an empty field", "t.csv:2:1: 'n' expected a number; found '1.5'",
                               "t.csv:4:1: 'n' expected a value from 0 to 9; found -1",
                               "t.csv:5:3: 'd' expected within 1970-01-01 to 2200-12-31; found 1969-12-31"});
}

TEST_CASE("numbers are strict and read back as they were written") {
  CHECK(parse_number<double>("-2.5e3") == -2500.0);
  CHECK(parse_number<double>("+7") == 7.0);
  for (const char* bad : {"", " 1", "1 ", "1,5", "nan", "inf", "0x10", "+", "+-1", "1e999", "--1"}) {
    INFO(bad);
    CHECK_FALSE(parse_number<double>(bad));
  }
  CHECK_FALSE(parse_number<std::int64_t>("99999999999999999999"));
  CHECK(number_text(1e6) == "1000000");
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(1e300) == "1e+300");
  CHECK(rc::check("round trip", [](double x) {
    RC_PRE(x - x == 0);
    RC_ASSERT(parse_number<double>(number_text(x)) == x);
  }));
}

TEST_CASE("a table in GB18030 is read like one in UTF-8") {
  const scratch dir;
  const auto table = read_csv(dir.file("gb.csv", "code,name\n1,\xCF\xBC\xC6\xD6\n"));
  REQUIRE(table);
  CHECK(table->at(0, {1, ""}).text == "霞浦");
  CHECK(read_csv(dir / "none.csv").faults().at(0).kind == fault_kind::cannot_read);
}

TEST_CASE("fields are quoted where a reader would misunderstand them, and only there") {
  CHECK(csv_writer{"a", "b,c", "d\"e", "f\r", "g\nh", "i 'j'"}.text() ==
        "\xEF\xBB\xBF"
        "a,\"b,c\",\"d\"\"e\",\"f\r\",\"g\nh\",i 'j'\r\n");
}

TEST_CASE("whatever fields are written come back the same") {
  CHECK(rc::check("round trip", [](const std::vector<std::array<std::string, 3>>& rows) {
    csv_writer writer{"a", "b", "c"};
    std::vector<texts> expected;
    for (const auto& row : rows) {
      for (const std::string& text : row) writer.field(text);
      writer.end_row();
      const bool empty = std::all_of(row.begin(), row.end(), [](const std::string& text) { return text.empty(); });
      if (!empty) expected.emplace_back(row.begin(), row.end());  // a row without a value is passed over
    }
    std::vector<fault> faults;
    RC_ASSERT(cells(csv_table::parse(writer.text(), "t.csv", faults)) == expected);
    RC_ASSERT(faults.empty());
  }));
}

TEST_CASE("any bytes at all make a table or faults, never a crash") {
  CHECK(rc::check("bytes", [](const std::string& text) {
    std::vector<fault> faults;
    const auto table = csv_table::parse(text, "t.csv", faults);
    for (std::size_t r = 0; r < table.size(); ++r) {
      for (std::size_t c = 0; c < table.header().size() + 2; ++c) (void)table.at(r, {c, ""});
    }
  }));
}
