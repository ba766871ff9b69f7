// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/csv.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  std::vector<fault> faults;
  const auto table = csv_table::parse(input, "t.csv", faults);
  (void)table.columns({"code", "name"}, {"settled"}, faults);
  csv_writer csv{"a", "b"};
  for (std::size_t row = 0; row < table.size(); ++row) {
    for (std::size_t c = 0; c < table.header().size(); ++c) (void)number_in(table, row, {c, "n"}, faults);
    csv.field(table.at(row, {0, "a"}).text).field(std::string_view("x")).end_row();
  }
  std::vector<fault> none;
  const auto again = csv_table::parse(csv.text(), "t.csv", none);
  fuzz::require(none.empty() && again.size() == table.size(), "what is written is read without fault");
  for (std::size_t row = 0; row < table.size(); ++row) {
    fuzz::require(again.at(row, {0, "a"}).text == table.at(row, {0, "a"}).text, "what is written is read back as it was");
  }
  tidy(faults);
  fuzz::check_told(faults);
}
