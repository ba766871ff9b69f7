// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace fs = std::filesystem;

TEST_CASE("includes only go down, and no header takes a whole library at once") {
  const std::vector<std::string> floors{"core", "calendar", "org", "petition", "assign", "reception", "sim", "stats", "experiment", "io"};
  const fs::path house = fs::path(SIFANG_SOURCE_DIR) / "include/sifang";
  const std::regex include("#include [<\"]([^>\"]+)[>\"]");
  std::size_t headers = 0;
  for (std::size_t floor = 0; floor < floors.size(); ++floor) {
    for (const auto& entry : fs::directory_iterator(house / floors[floor])) {
      ++headers;
      std::ifstream file(entry.path());
      std::size_t lines = 0;
      for (std::string line; std::getline(file, line); ++lines) {
        std::smatch found;
        if (!std::regex_search(line, found, include)) continue;
        const std::string name = found[1];
        INFO(entry.path().filename().string() << " includes " << name);
        CHECK(name != "range/v3/all.hpp");
        if (!name.starts_with("sifang/")) continue;
        const std::string to = name.substr(7, name.find('/', 7) - 7);
        const auto at = std::find(floors.begin(), floors.end(), to);
        REQUIRE(at != floors.end());  // no header includes an umbrella
        CHECK(static_cast<std::size_t>(at - floors.begin()) <= floor);
      }
      INFO(entry.path().string());
      CHECK(lines <= 600);
    }
  }
  CHECK(headers > 60);
}
