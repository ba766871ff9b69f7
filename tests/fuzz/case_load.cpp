// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/case_load_file.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  static const county_tree units = [] {
    hierarchy_builder<unit> builder;
    builder.add("350921", "", unit{"350921", "霞浦县", unit_kind::county});
    builder.add("350921001", "350921", unit{"350921001", "松城街道", unit_kind::subdistrict});
    return *std::move(builder).build();
  }();
  static const std::vector<std::string> categories{"land", "labour", "wages"};
  const case_load_frame frame{&units, categories, day(2021, 1, 1), day(2022, 12, 31)};
  const auto text = decode_text(std::string(input), "load.csv", text_encoding::utf8_or_gb18030);
  if (!text) return fuzz::check_told(text.faults());
  const auto load = parse_case_load(*text, "load.csv", frame);
  if (!load) return fuzz::check_told(load.faults());
  const auto again = parse_case_load(case_load_csv(*load), "load.csv", frame);
  fuzz::require(again.has_value() && again->cases.size() == load->cases.size(), "a case load that is written is read back");
}
