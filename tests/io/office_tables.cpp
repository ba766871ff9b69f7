// SPDX-License-Identifier: BSL-1.0
// Tables as office programs save them, and tables that office programs open.
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/scenario_file.hpp"
#include "valid_scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

namespace {

std::vector<texts> cells(std::string_view text) {
  std::vector<fault> faults;
  const auto table = csv_table::parse(text, "t.csv", faults);
  std::vector<texts> out{texts(table.header().begin(), table.header().end())};
  for (std::size_t r = 0; r < table.size(); ++r) {
    out.emplace_back();
    for (std::size_t c = 0; c < table.header().size(); ++c) out.back().emplace_back(table.at(r, {c, ""}).text);
  }
  for (const fault& f : faults) out.push_back({to_string(f)});
  return out;
}

county_tree small_county() {
  hierarchy_builder<unit> builder;
  builder.add("350921", "", unit{"350921", "霞浦县", unit_kind::county});
  builder.add("350921001", "350921", unit{"350921001", "松城街道", unit_kind::subdistrict});
  builder.add("350921001001", "350921001", unit{"350921001001", "东关社区", unit_kind::community});
  return *std::move(builder).build();
}

const county_tree county_units = small_county();
const std::vector<std::string> categories{"labour"};
const case_load_frame frame{&county_units, categories, day(2022, 1, 1), day(2022, 12, 31)};
const std::string header = "id,date,place,category,channel,group_size,time,acceptance_days,handling_days,settled";

/// Bytes of UTF-16 with byte-order mark of a text whose characters need one unit each.
std::string utf16(std::string_view text, bool big_end_first) {
  std::string out;
  const auto add = [&](std::uint32_t unit) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    out += big_end_first ? high : low;
    out += big_end_first ? low : high;
  };
  add(0xFEFF);
  for (std::size_t i = 0; i < text.size();) {
    const auto c = detail::character_at(text, i);
    if (c.number >= 0x10000) {
      add(0xD800 + ((c.number - 0x10000) >> 10));
      add(0xDC00 + ((c.number - 0x10000) & 0x3FF));
    } else {
      add(c.number);
    }
    i += c.bytes;
  }
  return out;
}

}  // namespace

TEST_CASE("empty columns beside a table and empty rows below it are passed over") {
  CHECK(cells("a,b,,,\n1,2,,,\n,,,,\n3,4\n\n") == std::vector<texts>{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(cells("a,,b\n1,x,2\n") == std::vector<texts>{{"a", "", "b"}, {"1", "x", "2"}});
  CHECK(cells("a,b,,\n1,2,,3\n") == std::vector<texts>{{"a", "b"}, {"1", "2"}, {"t.csv:2:1: expected 2 fields; found 4"}});
  const auto load =
      parse_case_load(header + ",,,\nc1,2022-03-01,350921001,labour,visit,1,09:00,3,20,true,,,\n,,,,,,,,,,,,\n", "f05.csv", frame);
  REQUIRE(load);
  CHECK(load->cases.size() == 1);
}

TEST_CASE("what separates the names of the header separates the fields") {
  const std::vector<texts> expected{{"a", "b"}, {"1", "2,5"}};
  CHECK(cells("a;b\n1;2,5\n") == expected);
  CHECK(cells("a\tb\n1\t2,5\n") == expected);
  CHECK(cells("a\uFF0Cb\n1\uFF0C2,5\n") == expected);
  CHECK(cells("a、b\n1、2,5\n") == expected);
  CHECK(cells("sep=;\r\na;b\r\n1;2,5\r\n") == expected);
  CHECK(cells("\"a;x\",b\n1,2\n") == std::vector<texts>{{"a;x", "b"}, {"1", "2"}});
  std::vector<fault> faults;
  const auto table = csv_table::parse("名称\uFF0Cb\n霞浦县\uFF0Cx\n", "t.csv", faults);
  CHECK(table.at(0, {1, ""}).column == 5);
}

TEST_CASE("yes and no are read in any case and in Chinese") {
  for (const auto& [word, value] : {std::pair("TRUE", true),
                                    {"True", true},
                                    {"是", true},
                                    {"yes", true},
                                    {"1", true},
                                    {"FALSE", false},
                                    {"否", false},
                                    {"No", false},
                                    {"0", false}}) {
    INFO(word);
    const auto load = parse_case_load(header + "\nc1,2022-03-01,350921001,labour,visit,1,09:00,3,20," + word + "\n", "f06.csv", frame);
    REQUIRE(load);
    CHECK(load->cases[0].settled == value);
  }
  CHECK_FALSE(parse_case_load(header + "\nc1,2022-03-01,350921001,labour,visit,1,09:00,3,20,maybe\n", "f06.csv", frame));
}

TEST_CASE("a township's code of the statistics bureau means the township, not a village in it") {
  const auto place_of = [](const std::string& place) {
    const auto load = parse_case_load(header + "\nc1,2022-03-01," + place + ",labour,visit,1,09:00,3,20,true\n", "f15.csv", frame);
    return load ? load->cases[0].place_code : to_string(load.faults().at(0));
  };
  CHECK(place_of("350921001000") == "350921001");
  CHECK(place_of("350921000000") == "350921");
  CHECK(place_of("350921001001") == "350921001001");
  CHECK(place_of("350921002000").find("expected a place of the county, by code or name; '350921002000' is none") != std::string::npos);
  CHECK(place_of("3509210010000").find("is none") != std::string::npos);
}

TEST_CASE("tables and scenarios in UTF-16 are read like those in UTF-8") {
  const scratch dir;
  for (const bool big_end_first : {false, true}) {
    const auto table = read_csv(dir.file("a.csv", utf16("code,name\r\n1,霞浦😀\r\n", big_end_first)));
    REQUIRE(table);
    CHECK(table->at(0, {1, ""}).text == "霞浦😀");
    CHECK(load_scenario(dir.file("s.toml", utf16(sifang::test::valid_scenario, big_end_first))));
  }
  using namespace std::string_view_literals;
  CHECK(dir.lines(read_csv(dir.file("half.csv",
                                    "\xFF\xFE"
                                    "a\0\n\0b"sv))
                      .faults()) == texts{"half.csv:2: expected text in UTF-8; found a byte that is not text at offset 6"});
  CHECK(read_text(dir.file("lone", "\xFE\xFF\xD8\x00\x00\x41"sv)).faults().at(0).kind == fault_kind::not_text);
  CHECK(read_text(dir.file("utf32", "\xFF\xFE\0\0a\0\0\0"sv)).faults().at(0).kind == fault_kind::not_text);
}

TEST_CASE("a text that an office program would take for a formula gets an apostrophe, and a number gets none") {
  csv_writer csv{"a", "b"};
  csv.field(std::string_view("=1+1")).field(-2.5).end_row();
  csv.field(std::string_view("@x")).field(std::string_view("-2.5")).end_row();
  csv.field(std::string_view("+x")).field(std::string_view("\uFF1D1")).end_row();
  csv.field(std::string_view("\tx")).field(std::string_view("'=1")).end_row();
  csv.field(std::string_view("-,x")).field(std::string_view("it's")).end_row();
  CHECK(csv.text() ==
        "\xEF\xBB\xBF"
        "a,b\r\n'=1+1,-2.5\r\n'@x,-2.5\r\n'+x,'\uFF1D1\r\n'\tx,''=1\r\n\"'-,x\",it's\r\n");
  CHECK(cells(csv.text()) ==
        std::vector<texts>{{"a", "b"}, {"=1+1", "-2.5"}, {"@x", "-2.5"}, {"+x", "\uFF1D1"}, {"\tx", "'=1"}, {"-,x", "it's"}});
}

TEST_CASE("whatever is written for an office program is no formula there, and is read back as it was") {
  CHECK(rc::check("formulas", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("=+-@\t\r\n'\",;a1 \xEF\xBC\x9D")));
    csv_writer csv{"a", "b"};
    csv.field(std::string_view(text)).field(std::string_view("x")).end_row();
    RC_ASSERT(cells(csv.text()).at(1) == (texts{text, "x"}));
    const std::string_view row = std::string_view(csv.text()).substr(8);  // behind the mark and the header
    const std::string_view shown = row.substr(row.starts_with('"') ? 1 : 0);
    const bool dangerous = std::string_view("=+-@\t").find(shown.front()) != std::string_view::npos;
    RC_ASSERT(!dangerous || parse_number<double>(text).has_value());
  }));
}

TEST_CASE("a whole number may be written with a point and zeros") {
  const auto of = [](const std::string& line) {
    scratch dir;
    std::string text = sifang::test::valid_scenario;
    text.replace(text.find("replications = 5"), 16, line);
    return dir.lines(read_scenario(dir.file("s.toml", text)).faults);
  };
  CHECK(of("replications = 30.0").empty());
  CHECK(of("replications = 30.5") == texts{"s.toml:8:16: 'scenario.replications' expected a whole number; found 30.5"});
  CHECK(of("replications = 1e300").size() == 1);
  CHECK(of("replications = nan").size() == 1);
  std::string text = sifang::test::valid_scenario;
  text.replace(text.find("title_zh = \"小县\""), std::string_view("title_zh = \"小县\"").size(), "title_zh = 30.0");
  CHECK(to_string(parse_scenario(text, "s.toml").faults.at(0)) == "s.toml:4:12: 'scenario.title_zh' expected text; found 30.0");
}
