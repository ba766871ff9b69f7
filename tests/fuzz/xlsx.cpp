// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "../office/workbook.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/office/xlsx.hpp"

using namespace sifang;

/// A digit, and what takes the place of a part of a workbook: 1 rows, 2 merged cells, 3 formats, 4 strings, 5 sheets, 6 a whole sheet;
/// or 0 and the bytes of an archive.
void fuzz_one(std::string_view input) {
  if (input.empty()) return;
  const std::string text(input.substr(1));
  test::workbook book;
  book.sheet_data = test::text_row(1, {"a", "b"}) + test::text_row(2, {"c"});
  book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>";
  switch (input.front()) {
    case '1':
      book.sheet_data = text;
      break;
    case '2':
      book.after_data = "<mergeCells>" + text + "</mergeCells>";
      break;
    case '3':
      book.styles = "<numFmts>" + text + "</numFmts><cellXfs><xf numFmtId=\"170\"/></cellXfs>";
      break;
    case '4':
      book.strings = text;
      break;
    case '5':
      book.sheets = text;
      break;
    case '6':
      book.more["xl/worksheets/sheet1.xml"] = text;
      break;
    default:
      break;
  }
  xlsx_limits small;
  small.sheet = small.strings = small.table = std::size_t{1} << 20;
  small.small_part = std::size_t{1} << 18;
  const auto made = xlsx_as_csv(input.front() == '0' ? text : book.bytes(), "l.xlsx", {}, small);
  if (!made) return fuzz::check_told(made.faults());
  fuzz::require(!first_bad_byte(*made), "a table is text");
  fuzz::require(made->size() <= small.table + (std::size_t{1} << 20), "a table is bounded");
  std::vector<fault> faults;
  (void)csv_table::parse(*made, "l.xlsx", faults);
}
