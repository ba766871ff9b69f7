// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/county.hpp"
#include "sifang/io/given_texts.hpp"
#include "sifang/office.hpp"
#include "workbook.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace sifang;
using sifang::test::text_row;
using sifang::test::workbook;
using sifang::test::zipped;

namespace {

std::string table(const workbook& book, const std::string& sheet = {}) {
  const auto made = xlsx_as_csv(book.bytes(), "l.xlsx", sheet);
  for (const fault& f : made.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(made);
  return *made;
}
/// The only fault.
std::string wrong(const std::string& bytes, const std::string& sheet = {}, const xlsx_limits& limits = {}) {
  const auto made = xlsx_as_csv(bytes, "l.xlsx", sheet, limits);
  REQUIRE_FALSE(made);
  CHECK(made.faults().size() == 1);
  return to_string(made.faults().front());
}
std::string wrong(const workbook& book) { return wrong(book.bytes()); }
std::string one_cell(const std::string& cell) { return "<row r=\"1\">" + cell + "</row>"; }

const std::string broken = "l.xlsx: expected a whole .xlsx workbook; found ";
const std::string malformed = "l.xlsx: expected well-formed XML in the workbook; found something else";

}  // namespace

TEST_CASE("cells hold shared and inline strings, numbers, truth values and the last values of formulas") {
  workbook book;
  book.strings =
      "<si><t>编号</t></si><si><r><t>张</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 三</t></r><rPh sb=\"0\" "
      "eb=\"1\"><t>zhang</t></rPh></si>"
      "<si><t>a &amp; \"b\"\nc</t></si>";
  book.sheet_data =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"D1\" t=\"s\"><v>2</v></c></row>"
      "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>内联</t></is></c><c r=\"B3\"><v>12</v></c><c r=\"C3\"><v>1.5</v></c><c r=\"D3\" "
      "t=\"b\"><v>1</v></c></row>"
      "<row><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>A1</f><v>文</v></c><c><f>NOW()</f></c><c t=\"e\"><v>#DIV/0!</v></c></row>"
      "<row><c><v>1.38E10</v></c><c t=\"b\"><v>0</v></c><c t=\"d\"><v>2022-09-15T00:00:00</v></c><c/></row>";
  CHECK(table(book) ==
        "\"编号\",\"张 三\",,\"a & \"\"b\"\" "
        "c\"\n\n\"内联\",\"12\",\"1.5\",\"TRUE\"\n\"2\",\"文\",\"#N/A\",\"#DIV/0!\"\n\"13800000000\",\"FALSE\",\"2022-09-15\",\n");
}

TEST_CASE("a number is a date if the format of its cell says so") {
  CHECK(is_date_format("yyyy-mm-dd"));
  CHECK(is_date_format("yyyy\"年\"m\"月\"d\"日\";@"));
  CHECK(is_date_format("[$-804]yyyy/m/d"));
  CHECK(is_date_format("[h]:mm"));
  CHECK(is_date_format("h:mm AM/PM"));
  for (const char* code :
       {"General", "0.00", "#,##0_);[Red](#,##0)", "\"days\"0", "0.00E+00", "@", "0\\d", "\"open", "[$¥-804]#,##0", ""}) {
    INFO(code);
    CHECK_FALSE(is_date_format(code));
  }
  workbook book;
  book.styles =
      "<numFmts count=\"2\"><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/><numFmt "
      "numFmtId=\"177\" formatCode=\"0.0\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"20\"/><xf numFmtId=\"176\"/><xf "
      "numFmtId=\"177\"/><xf numFmtId=\"31\"/></cellXfs>";
  book.sheet_data =
      "<row r=\"1\"><c s=\"0\"><v>44819</v></c><c s=\"1\"><v>44819</v></c><c s=\"2\"><v>44819.395833333336</v></c><c "
      "s=\"3\"><v>0.395833333</v></c><c s=\"4\"><v>44819</v></c>"
      "<c s=\"5\"><v>44819</v></c><c s=\"6\"><v>44819.0</v></c><c s=\"1\"><v>-1</v></c><c s=\"99\"><v>7</v></c></row>";
  CHECK(table(book) == "\"44819\",\"2022-09-15\",\"2022-09-15 09:30\",\"09:30\",\"2022-09-15\",\"44819\",\"2022-09-15\",\"-1\",\"7\"\n");
  book.workbook_properties = "<workbookPr date1904=\"1\"/>";
  book.sheet_data = "<row r=\"1\"><c s=\"1\"><v>43357</v></c></row>";
  CHECK(table(book) == "\"2022-09-15\"\n");
}

TEST_CASE("the first sheet that is not hidden is read, or one by name") {
  workbook book;
  book.sheets = R"(<sheet name="草稿" sheetId="1" state="hidden" r:id="rId1"/><sheet name="台账" sheetId="2" r:id="rId2"/>)";
  book.sheet_data = text_row(1, {"hidden"});
  book.more["xl/worksheets/sheet2.xml"] = "<worksheet><sheetData>" + text_row(1, {"shown"}) + "</sheetData></worksheet>";
  CHECK(table(book) == "\"shown\"\n");
  CHECK(table(book, "草稿") == "\"hidden\"\n");
  CHECK(wrong(book.bytes(), "Sheet9") == "l.xlsx: expected a sheet 'Sheet9'; found sheets '草稿, 台账'");
  book.sheets = R"(<sheet name="a" sheetId="1" state="veryHidden" r:id="rId1"/>)";
  CHECK(wrong(book) == "l.xlsx: expected a workbook with a sheet that is not hidden; found no such sheet");
}

TEST_CASE("prefixes of names, comments and other orders of parts make no difference") {
  workbook book;
  book.more["xl/worksheets/sheet1.xml"] =
      "<?xml version=\"1.0\"?><!-- made elsewhere --><x:worksheet xmlns:x=\"m\"><x:sheetData><!-- a --><x:row r=\"1\" x:note=\"a>b\"><x:c "
      "r=\"A1\" t=\"inlineStr\"><x:is><x:t>"
      "<![CDATA[a<b]]></x:t></x:is></x:c></x:row><x:row r=\"2\"/></x:sheetData></x:worksheet>";
  CHECK(table(book) == "\"a<b\"\n\n");
}

TEST_CASE("cells that are merged downwards stand in every row, and a title above is no header") {
  workbook book;
  book.sheet_data = text_row(1, {"信访台账"}) + text_row(2, {"编号", "办理", ""}) + text_row(3, {"", "登记时间", "人数"}) +
                    text_row(4, {"1", "2022-03-01", "2"}) + text_row(5, {"", "2022-03-02", "3"}) + text_row(6, {"2", "2022-03-03", "4"});
  book.after_data =
      "<mergeCells count=\"4\"><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"A4:A5\"/><mergeCell "
      "ref=\"B2:C2\"/></mergeCells>";
  CHECK(table(book) ==
        "\"信访台账\"\n\"编号\",\"办理\"\n\"编号\",\"登记时间\",\"人数\"\n\"1\",\"2022-03-01\",\"2\"\n\"1\",\"2022-03-02\",\"3\"\n\"2\","
        "\"2022-03-03\",\"4\"\n");
}

TEST_CASE("workbooks that are broken, or made to break, are told in one line") {
  workbook book;
  book.sheet_data = text_row(1, {"a"});
  const std::string good = book.bytes();
  CHECK(wrong("PK\x03\x04") == broken + "an archive that is broken or cut short");
  CHECK(wrong("") == broken + "a part that is missing");  // an archive of nothing
  CHECK(wrong(good.substr(0, good.size() / 2)) == broken + "an archive that is broken or cut short");
  for (std::size_t cut = 0; cut < good.size(); cut += 7) {  // wherever it is cut
    const auto made = xlsx_as_csv(good.substr(0, cut), "l.xlsx", "");
    CHECK_FALSE(made);
  }
  CHECK(wrong(zipped({{"readme.txt", "no workbook"}})) == broken + "a part that is missing");

  workbook other = book;
  other.more["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v>";
  CHECK(wrong(other) == malformed);
  other.more["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row r=\"1\"><c></row></sheetData></worksheet>";
  CHECK(wrong(other) == malformed);
  other.more["xl/worksheets/sheet1.xml"] = "no xml at all";
  CHECK(wrong(other) == malformed);
  other.more["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData/></worksheet>";
  CHECK(wrong(other) == "l.xlsx: expected a sheet with a table; the file is empty");
  other.more["xl/worksheets/sheet1.xml"] =
      std::string("<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>\xFF\xFE</t></is></c></row></sheetData></worksheet>");
  CHECK(wrong(other) == "l.xlsx: expected XML in UTF-8; found something else");
  other.more["xl/worksheets/sheet1.xml"] = "\xFF\xFE<";
  CHECK(wrong(other) == "l.xlsx: expected XML in UTF-8; found UTF-16");

  workbook bad = book;
  bad.sheet_data = one_cell("<c r=\"A1\" t=\"s\"><v>5</v></c>");
  CHECK(wrong(bad) == "l.xlsx: expected a string that the workbook has; found another number");
  bad.sheet_data = one_cell("<c r=\"A1\" t=\"s\"><v>99999999999999999999999</v></c>");
  CHECK(wrong(bad) == "l.xlsx: expected a string that the workbook has; found another number");
  bad.sheet_data = one_cell("<c r=\"1A\"><v>5</v></c>");
  CHECK(wrong(bad) == "l.xlsx: expected the name of a cell, such as B12; found something else");
  bad.sheet_data = one_cell("<c r=\"B1\"><v>5</v></c><c r=\"A1\"><v>5</v></c>");
  CHECK(wrong(bad) == "l.xlsx: expected cells in their order; found another");
  bad.sheet_data = "<row r=\"2\"/><row r=\"1\"/>";
  CHECK(wrong(bad) == "l.xlsx: expected rows in their order; found another");
  bad.sheet_data = "<row r=\"4000000000\"/>";
  CHECK(wrong(bad) == "l.xlsx: expected at most 1048576 rows; found more");
}

TEST_CASE("memory is bounded: bombs of archives, entities, columns and strings") {
  workbook book;
  book.sheet_data = text_row(1, {"a"});
  workbook bomb = book;
  bomb.more["xl/workbook.xml"] = std::string(std::size_t{5} << 20, ' ');  // packs into some kilobytes
  CHECK(wrong(bomb) == "l.xlsx: expected parts of at most 4 MiB; found a longer one");
  xlsx_limits small;
  small.sheet = std::size_t{1} << 20;
  workbook long_sheet = book;
  long_sheet.sheet_data = std::string(std::size_t{2} << 20, ' ') + book.sheet_data;
  CHECK(wrong(long_sheet.bytes(), {}, small) == "l.xlsx: expected parts of at most 1 MiB; found a longer one");
  workbook long_row = book;
  std::string cells;
  for (int i = 0; i < 1'100'000; ++i) cells += "<c/> ";
  long_row.sheet_data = one_cell(cells);
  CHECK(wrong(long_row) == "l.xlsx: expected parts of at most 4 MiB; found a longer one");

  const std::string entities =
      "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">]>";
  for (const char* part : {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"}) {
    workbook with = book;
    const auto parts = book.parts();
    const std::string text = parts.at(part);
    with.more[part] = entities + text.substr(text.find("?>") + 2);
    INFO(part);
    CHECK(wrong(with) == "l.xlsx: expected XML without a document type, which may define entities; found one");
  }
  workbook reference = book;
  reference.sheet_data = text_row(1, {"&lol9;"});
  CHECK(table(reference) == "\"&lol9;\"\n");

  workbook wide = book;
  wide.sheet_data = one_cell("<c r=\"XFD1\"><v>1</v></c>");
  CHECK(wrong(wide) == "l.xlsx: expected at most 1024 columns; found more");
  wide.sheet_data = one_cell("<c r=\"ZZZZZZ1\"><v>1</v></c>");
  CHECK(wrong(wide) == "l.xlsx: expected at most 1024 columns; found more");
  wide.sheet_data = one_cell("<c r=\"XFD1\" s=\"1\"/><c r=\"XFE1\"/>");  // a format alone is nothing
  CHECK(wrong(wide) == "l.xlsx: expected a sheet with a table; the file is empty");

  workbook repeated = book;  // one long string in many cells
  repeated.strings = "<si><t>" + std::string(30'000, 'x') + "</t></si>";
  repeated.sheet_data.clear();
  for (int row = 1; row <= 400; ++row) repeated.sheet_data += "<row><c t=\"s\"><v>0</v></c></row>";
  small.table = std::size_t{8} << 20;
  CHECK(wrong(repeated.bytes(), {}, small) == "l.xlsx: expected a table of at most 8 MiB; found a longer one");

  workbook deep = book;
  std::string nested;
  for (int i = 0; i < 200'000; ++i) nested += "<is>";
  deep.sheet_data = one_cell("<c t=\"inlineStr\">" + nested);
  CHECK(wrong(deep) == malformed);
  std::string merges;
  for (int i = 0; i < 20'000; ++i) merges += "<mergeCell ref=\"A1:A1048576\"/>";
  workbook merged = book;
  merged.after_data = "<mergeCells>" + merges + "</mergeCells>";
  CHECK(table(merged) == "\"a\"\n");
}

TEST_CASE("no part is looked for outside of the workbook") {
  workbook book;
  book.sheet_data = text_row(1, {"a"});
  for (const char* target : {"../../../../etc/passwd", "worksheets/../../../x.xml"}) {
    workbook with = book;
    const auto parts = book.parts();
    std::string text = parts.at("xl/_rels/workbook.xml.rels");
    const std::string own = "worksheets/sheet1.xml";
    text.replace(text.find(own), own.size(), target);
    with.more["xl/_rels/workbook.xml.rels"] = text;
    CHECK(wrong(with) == "l.xlsx: expected parts inside the workbook; found a path that leads out of it");
  }
  workbook absolute = book;
  std::string text = book.parts().at("xl/_rels/workbook.xml.rels");
  const std::string own = "worksheets/sheet1.xml";
  text.replace(text.find(own), own.size(), "/etc/passwd");
  absolute.more["xl/_rels/workbook.xml.rels"] = text;
  CHECK(wrong(absolute) == broken + "a part that is missing");
  workbook stray = book;  // a part whose own name leads out is looked up by nobody
  stray.more["../../evil.xml"] = "x";
  CHECK(table(stray) == "\"a\"\n");
}

TEST_CASE("a ledger is the same as CSV and as a spreadsheet") {
  const std::filesystem::path source = SIFANG_SOURCE_DIR;
  const county_tree units = *load_units(source / "simulations/scenarios/data/xiapu/units.csv");
  const std::vector<std::string> ids{"land", "political-legal", "labour", "construction", "agriculture"};
  const std::vector<named_category> names{{"land", "", "自然资源"},
                                          {"political-legal", "", "政法"},
                                          {"labour", "", "劳动社保"},
                                          {"construction", "", "城乡建设"},
                                          {"agriculture", "", "农业农村"}};
  const case_load_frame frame{&units, ids, day(2022, 1, 1), day(2022, 12, 31), names};
  const auto csv = load_ledger(source / "tests/io/ledgers/ledger-zh.gb18030.csv", frame);
  REQUIRE(csv);
  // The same table as a workbook: words as strings, the first date as a serial number with a format, below a title.
  std::vector<fault> faults;
  const auto rows = read_csv(source / "tests/io/ledgers/ledger-zh.gb18030.csv", faults);
  REQUIRE(rows);
  workbook book;
  book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs>";
  book.sheet_data = text_row(1, {"霞浦县信访台账,2022年"});
  const auto write_row = [&](std::size_t number, auto&& cell) {
    book.sheet_data += "<row r=\"" + std::to_string(number) + "\">";
    for (std::size_t c = 0; c < rows->header().size(); ++c) {
      const std::string name = std::string(1, static_cast<char>('A' + c)) + std::to_string(number), text = cell(c);
      const auto moment = number > 2 && c == 1 ? cell_moment_of(text) : std::nullopt;
      if (moment) {
        const double serial = moment->date.since_1970() + 25569 + (moment->time ? moment->time->count / 1440.0 : 0.0);
        book.sheet_data += "<c r=\"" + name + "\" s=\"" + (moment->time ? "2" : "1") + "\"><v>" + number_text(serial) + "</v></c>";
      } else if (!text.empty()) {
        book.sheet_data += "<c r=\"" + name + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
      }
    }
    book.sheet_data += "</row>";
  };
  write_row(2, [&](std::size_t c) { return rows->header()[c]; });
  for (std::size_t r = 0; r < rows->size(); ++r) write_row(r + 3, [&](std::size_t c) { return std::string(rows->at(r, {c, {}}).text); });
  const auto path = std::filesystem::temp_directory_path() / "sifang-test-ledger.xlsx";
  std::ofstream(path, std::ios::binary) << book.bytes();
  const given_texts texts({}, &xlsx_as_csv);
  const auto sheet = load_ledger(path, frame, {}, texts);
  for (const fault& f : sheet.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(sheet);
  CHECK(case_load_csv(sheet->load) == case_load_csv(csv->load));
  book.sheet_data += "<row r=\"70\"><c r=\"A70\" t=\"inlineStr\"><is><t>x1</t></is></c></row>";
  std::ofstream(path, std::ios::binary) << book.bytes();
  const auto bad = load_ledger(path, frame, {}, texts);
  REQUIRE(bad);
  REQUIRE_FALSE(bad->told.empty());
  CHECK(bad->told.front().where.line == 70);  // the row of the sheet
  CHECK(bad->told.front().where.column == 0);
  std::filesystem::remove(path);
}
