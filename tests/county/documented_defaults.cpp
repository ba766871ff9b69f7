// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/scenario.hpp"
#include "tables.hpp"

#include <fstream>
#include <map>
#include <string>
#include <vector>

/// Defaults, units and ranges are those that docs/scenario.md tells planners: none changes by itself. (That the page is what the program
/// prints is tested with the program.)

using namespace sifang;

namespace {

/// Rows of the page's tables of parameters, by key: cells without blanks around them.
std::map<std::string, std::vector<std::string>> documented() {
  std::ifstream file(std::string(SIFANG_SOURCE_DIR) + "/docs/scenario.md");
  std::map<std::string, std::vector<std::string>> out;
  for (std::string line; std::getline(file, line);) {
    if (line.find("| `") != 0) continue;
    std::vector<std::string> cells;
    for (std::size_t at = 2, end; (end = line.find(" |", at)) != std::string::npos; at = end + 3) {
      cells.push_back(end > at ? line.substr(at, end - at) : std::string());
      if (end + 2 >= line.size()) break;
    }
    if (cells.size() == 7) out.emplace(cells[0].substr(1, cells[0].size() - 2), cells);
  }
  return out;
}

}  // namespace

TEST_CASE("defaults, units and ranges are those that the documents tell") {
  const auto page = documented();
  int numbers = 0, ranges = 0;
  for (const described_parameter& d : describe(scenario())) {
    const auto row = page.find(d.about.key);
    if (row == page.end() || !d.number) continue;
    CAPTURE(d.about.key);
    CHECK(row->second[1] == '`' + d.value + '`');
    CHECK(row->second[2] == d.about.unit);
    ++numbers;
    if (d.about.least == 0 && d.about.most == 0) continue;
    CHECK(row->second[3] == number_text(d.about.least) + " … " + number_text(d.about.most));
    ++ranges;
  }
  CHECK(numbers > 200);
  CHECK(ranges > 200);
}
