// SPDX-License-Identifier: BSL-1.0
// Reads a table as the program does and prints the seconds of a processor that it took, its rows and the sum of one of its columns.
#include "sifang/io/csv.hpp"

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>

int main(int count, char** arguments) {
  using namespace sifang;
  if (count != 2) return 2;
  const std::clock_t begun = std::clock();
  std::vector<fault> faults;
  const auto table = read_csv(arguments[1], faults);
  if (!table || !faults.empty()) {
    for (const fault& f : faults) std::fprintf(stderr, "%s\n", to_string(f).c_str());
    return 1;
  }
  const double took = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  const auto columns = table->columns({"group_size"}, {}, faults);
  std::int64_t persons = 0;
  for (std::size_t row = 0; row < table->size(); ++row) persons += whole_number_in(*table, row, columns[0], faults, 0, 1000).value_or(0);
  std::printf("%.6f %zu %lld\n", took, table->size(), static_cast<long long>(persons));
}
