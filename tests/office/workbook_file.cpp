// SPDX-License-Identifier: BSL-1.0
// Workbooks that are written, read back by the project's own reader.
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/office/archive.hpp"
#include "sifang/office/results_workbook.hpp"
#include "sifang/office/workbook.hpp"
#include "sifang/office/xlsx.hpp"

#include <limits>
#include <string>
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
