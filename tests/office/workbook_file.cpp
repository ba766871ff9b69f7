// SPDX-License-Identifier: BSL-1.0
// Workbooks that are written, read back by the project's own reader.
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/office/archive.hpp"
#include "sifang/office/results_workbook.hpp"
#include "sifang/office/workbook.hpp"
#include "sifang/office/xlsx.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace sifang;

namespace {

std::string bytes_of(const std::vector<sheet>& sheets) {
  auto made = workbook_bytes(sheets, "out.xlsx", "霞浦县", day(2022, 1, 1));
  REQUIRE(made);
  return *std::move(made);
}
std::string read_back(const std::string& bytes, const std::string& name = {}) {
  const auto text = xlsx_as_csv(bytes, "out.xlsx", name);
  for (const fault& f : text.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(text);
  return *text;
}
std::string part(const std::string& bytes, const std::string& name) {
  const auto parts = archive::open(bytes, "out.xlsx");
  REQUIRE(parts);
  const auto text = parts->read(name, std::size_t{1} << 24);
  REQUIRE(text);
  return *text;
}

}  // namespace

TEST_CASE("a workbook that is written reads back as the same texts, numbers and days") {
  const std::vector<sheet> sheets{{"三率",
                                   {"责任单位", "登记日期", "件", "率"},
                                   {{sheet_cell::of("松城街道"), sheet_cell::of(day(2022, 3, 15)), sheet_cell::of(7, cell_kind::whole),
                                     sheet_cell::of(0.9375, cell_kind::share)},
                                    {sheet_cell::of(""), sheet_cell::of(day(2022, 12, 31)),
                                     sheet_cell::of(std::numeric_limits<double>::quiet_NaN(), cell_kind::number)}}},
                                  {"空", {"无"}, {}}};
  const std::string bytes = bytes_of(sheets);
  CHECK(read_back(bytes) == "\"责任单位\",\"登记日期\",\"件\",\"率\"\n\"松城街道\",\"2022-03-15\",\"7\",\"0.9375\"\n,\"2022-12-31\",,\n");
  CHECK(read_back(bytes, "空") == "\"无\"\n");
  const std::string first = part(bytes, "xl/worksheets/sheet1.xml");
  CHECK(first.find("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>") != first.npos);
  CHECK(first.find("<autoFilter ref=\"A1:D3\"/>") != first.npos);
  CHECK(first.find("paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"") != first.npos);
  CHECK(part(bytes, "xl/styles.xml").find("formatCode=\"yyyy-mm-dd\"") != std::string::npos);
  CHECK(part(bytes, "xl/styles.xml").find("formatCode=\"0.0%\"") != std::string::npos);
}

TEST_CASE("a text of a workbook is no formula, no link and no number, whatever it begins with") {
  const std::vector<std::string> texts{
      "=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://example.org/", "007", "20220315-007", "<b>&\"'", "=HYPERLINK(\"http://e\")"};
  sheet one{"s", {"=2+2"}};
  std::string expected = "\"=2+2\"\n";
  for (const std::string& text : texts) {
    one.rows.push_back({sheet_cell::of(text)});
    expected += '"';
    for (const char c : text) expected += c == '"' ? std::string("\"\"") : std::string(1, c);
    expected += "\"\n";
  }
  const std::string bytes = bytes_of({one});
  CHECK(read_back(bytes) == expected);
  const std::string cells = part(bytes, "xl/worksheets/sheet1.xml");
  CHECK(cells.find("<f>") == cells.npos);
  CHECK(cells.find("hyperlink") == cells.npos);
  CHECK(cells.find("<v>7</v></c>") < cells.find("A9"));  // numbers of shared strings, each `t="s"`
  for (std::size_t at = cells.find("<c "); at != cells.npos; at = cells.find("<c ", at + 1))
    CHECK(cells.substr(at, cells.find('>', at) - at).find("t=\"s\"") != std::string::npos);
}

TEST_CASE("the same sheets give the same bytes, and a text that no cell can hold is cut") {
  std::string long_text;
  for (int i = 0; i < 32767; ++i) long_text += "县";
  const std::vector<sheet> sheets{{"s", {"t"}, {{sheet_cell::of(long_text)}, {sheet_cell::of(long_text + "外")}}}};
  const std::string bytes = bytes_of(sheets);
  CHECK(bytes == bytes_of(sheets));
  CHECK(part(bytes, "docProps/core.xml").find("2022-01-01T00:00:00Z") != std::string::npos);
  CHECK(part(bytes, "docProps/core.xml").find("霞浦县") != std::string::npos);
  const std::string back = read_back(bytes);
  CHECK(back.find('"' + long_text + '"') != back.npos);
  CHECK(back.find("外") == back.npos);
  CHECK(back.find(long_text.substr(0, long_text.size() - 3) + "…\"") != back.npos);
}

TEST_CASE("each column of an office's tables has a form, and sheets of several policies say which") {
  const auto w = sifang_tests::small_world();
  REQUIRE(w);
  const std::vector<office_table> tables = office_tables(*w, {}, {}, {}, language::zh);
  REQUIRE(tables.size() == detail::columns_of_office.size());
  for (std::size_t t = 0; t < tables.size(); ++t) {
    INFO(tables[t].file);
    const detail::office_columns& about = detail::columns_of_office[t];
    CHECK(about.file == tables[t].file);
    const std::string head = tables[t].text.substr(0, tables[t].text.find("\r\n"));
    const auto columns = static_cast<std::size_t>(std::count(head.begin(), head.end(), ',')) + 1;
    if (about.holds != "tn") CHECK(about.holds.size() == columns);
  }
  workbook_contents of;
  of.county = "小县";
  of.start = "2022-01-01";
  of.end = "2022-12-31";
  of.version = "0";
  for (const char* id : {"一", "二"}) {
    workbook_policy one{id, tables, {}, {}};
    one.tables[0].text += "松城街道,2022-03,3,2,0.6666666666666666,0,0,,0,0,,0,\r\n'=1+1,2022-04,1,1,1,0,0,,0,0,,0,\r\n";
    one.tables[1].text += "20220315-007,松城街道,2022-03-15,办理期限,2022-05-14,,5,自然资源局,副县长\r\n";
    one.assumptions = {
        {"load.matters_per_year", "500", "matters", "I", "assumption", "Matters a year", "每年事项数", std::string_view(id) == "二"}};
    of.policies.push_back(std::move(one));
  }
  of.policies.front().roster = {{day(2022, 3, 14), minutes(510), minutes(690), "接访", "town", "镇", {"a", "b"}, {"甲", "乙"}, "R8", ""}};
  const std::string bytes = bytes_of(results_sheets(of, language::zh));
  CHECK(
      read_back(bytes, "三率")
          .find("\n\"一\",\"松城街道\",\"2022-03\",\"3\",\"2\",\"0.6666666666666666\",\"0\",\"0\",,\"0\",\"0\",,\"0\",\n\"一\",\"=1+1\"") !=
      std::string::npos);
  CHECK(read_back(bytes, "超期与临期")
            .find("\n\"二\",\"20220315-007\",\"松城街道\",\"2022-03-15\",\"办理期限\",\"2022-05-14\",,\"5\",\"自然资源局\",\"副县长\"\n") !=
        std::string::npos);
  CHECK(read_back(bytes, "接访安排")
            .find("\"一\",\"2022-03-14\",\"周一\",\"08:30\",\"11:30\",\"接访\",\"town\",\"镇\",\"a；b\",\"甲；乙\",\"R8\",\n") !=
        std::string::npos);
  CHECK(read_back(bytes, "参数与依据")
            .find("\"二\",\"load.matters_per_year\",\"每年事项数\",\"500\",\"件\",\"I 推定\",\"assumption\",\"是\"\n") !=
        std::string::npos);
  CHECK(
      read_back(bytes, "参数与依据").find("\"一\",\"load.matters_per_year\",\"每年事项数\",\"500\",\"件\",\"I 推定\",\"assumption\",\n") !=
      std::string::npos);
  of.policies.pop_back();
  CHECK(read_back(bytes_of(results_sheets(of, language::en)), "Three rates").starts_with("\"责任单位\""));  // as the table has it
}
