// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_OFFICE_WORKBOOK_HPP
#define SIFANG_TESTS_OFFICE_WORKBOOK_HPP

#include <zip.h>

#include <map>
#include <string>
#include <string_view>

namespace sifang::test {

/// A ZIP archive of parts, in memory.
inline std::string zipped(const std::map<std::string, std::string>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* into = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(into);
  zip_t* archive = zip_open_from_source(into, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
  zip_close(archive);
  zip_source_open(into);
  zip_source_seek(into, 0, SEEK_END);
  std::string out(static_cast<std::size_t>(zip_source_tell(into)), '\0');
  zip_source_seek(into, 0, SEEK_SET);
  zip_source_read(into, out.data(), out.size());
  zip_source_close(into);
  zip_source_free(into);
  return out;
}

/// The parts of a workbook with one sheet, as spreadsheets write them; a test replaces some.
struct workbook {
  std::string sheet_data;             ///< rows
  std::string after_data{};           ///< what follows them: merged cells
  std::string strings{};              ///< `<si>` elements
  std::string styles{};               ///< what stands in `<styleSheet>`
  std::string workbook_properties{};  ///< `<workbookPr …/>`
  std::string sheets = R"(<sheet name="Sheet1" sheetId="1" r:id="rId1"/>)";
  std::map<std::string, std::string> more{};  ///< parts that are added or replaced

  [[nodiscard]] std::map<std::string, std::string> parts() const {
    const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const std::string main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const std::string relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const std::string package = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    std::map<std::string, std::string> out = more;
    out.emplace("_rels/.rels", xml + package + "<Relationship Id=\"rId1\" Type=\"" + relation +
                                   "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    out.emplace("xl/_rels/workbook.xml.rels",
                xml + package + "<Relationship Id=\"rId1\" Type=\"" + relation +
                    "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + relation +
                    "worksheet\" Target=\"worksheets/sheet2.xml\"/><Relationship Id=\"rId3\" Type=\"" + relation +
                    "sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId4\" Type=\"" + relation +
                    "styles\" Target=\"/xl/styles.xml\"/></Relationships>");
    out.emplace("xl/workbook.xml", xml + "<workbook " + main +
                                       " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" +
                                       workbook_properties + "<sheets>" + sheets + "</sheets></workbook>");
    out.emplace("xl/worksheets/sheet1.xml", xml + "<worksheet " + main + "><dimension ref=\"A1\"/><sheetData>" + sheet_data +
                                                "</sheetData>" + after_data + "</worksheet>");
    out.emplace("xl/sharedStrings.xml", xml + "<sst " + main + ">" + strings + "</sst>");
    out.emplace("xl/styles.xml", xml + "<styleSheet " + main + ">" + styles + "</styleSheet>");
    return out;
  }
  [[nodiscard]] std::string bytes() const { return zipped(parts()); }
};

/// A row of inline strings.
inline std::string text_row(int number, const std::initializer_list<std::string_view>& cells) {
  std::string out = "<row r=\"" + std::to_string(number) + "\">";
  char column = 'A';
  for (const std::string_view cell : cells) {
    if (!cell.empty())
      out +=
          "<c r=\"" + std::string(1, column) + std::to_string(number) + "\" t=\"inlineStr\"><is><t>" + std::string(cell) + "</t></is></c>";
    ++column;
  }
  return out + "</row>";
}

}  // namespace sifang::test

#endif
