// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_proposal.hpp"

using namespace sifang;

/// A mapping, a NUL, and the bytes of a ledger.
void fuzz_one(std::string_view input) {
  static const county_tree units = [] {
    hierarchy_builder<unit> builder;
    builder.add("350921", "", unit{"350921", "霞浦县", unit_kind::county});
    builder.add("350921001", "350921", unit{"350921001", "松城街道", unit_kind::subdistrict});
    builder.add("350921106", "350921", unit{"350921106", "三沙镇", unit_kind::township});
    builder.add("350921106205", "350921106", unit{"350921106205", "青官司村", unit_kind::village});
    return *std::move(builder).build();
  }();
  static const std::vector<std::string> categories{"land", "labour"};
  static const std::vector<named_category> names{{"land", "Land", "自然资源"}, {"labour", "Labour", "劳动社保"}};
  const case_load_frame frame{&units, categories, day(2021, 1, 1), day(2022, 12, 31), names};
  const std::size_t nul = input.find('\0');
  if (nul == std::string_view::npos) return;
  ledger_map map;
  if (nul > 0) {
    const auto text = decode_text(std::string(input.substr(0, nul)), "map.toml");
    if (!text) return fuzz::check_told(text.faults());
    const named_texts none;
    auto read = parse_ledger_map(*text, "map.toml", none);
    if (!read) return fuzz::check_told(read.faults());
    map = *std::move(read);
  }
  const auto text = decode_text(std::string(input.substr(nul + 1)), "l.csv", text_encoding::utf8_or_gb18030);
  if (!text) return fuzz::check_told(text.faults());
  const auto read = parse_ledger(*text, "l.csv", frame, map);
  if (!read) return fuzz::check_told(read.faults());
  fuzz::check_told(read->told);
  fuzz::require(read->told.empty() == (read->rows_rejected == 0), "a row that is rejected is told");
  fuzz::require(read->load.cases.size() + read->rows_rejected == read->rows, "a row is used or rejected");
  std::vector<fault> none;
  fuzz::require(csv_table::parse(rejected_csv(*read), "r.csv", none).size() == read->rejected.size() && none.empty(),
                "rejected cells are a table");
  (void)ledger_proposal_text(*read, language::zh);
  const named_texts no_files;
  const auto again = parse_ledger_map(ledger_map_text(*read, map), "again.toml", no_files);
  fuzz::require(again.has_value() || !map.merges.empty(), "a mapping that is written is read back");
  if (read->load.cases.empty()) return;
  const auto back = parse_case_load(case_load_csv(read->load), "l.csv", frame);
  fuzz::require(back.has_value() && back->cases.size() == read->load.cases.size(), "what was read is written and read back");
}
