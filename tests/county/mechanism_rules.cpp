// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/mechanism_rules.hpp"
#include "sifang/county/outcome.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

using namespace sifang;

namespace {

std::string replaced(std::string text, const std::vector<std::pair<std::string, std::string>>& pairs) {
  for (const auto& [from, to] : pairs) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  }
  return text;
}

/// The cells of a row of a table in Markdown.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  for (std::size_t at = line.find("| "); at != std::string::npos && at + 2 < line.size();) {
    const std::size_t end = line.find(" |", at + 1);
    if (end == std::string::npos) break;
    out.push_back(line.substr(at + 2, end - at - 2));
    at = end + 1;
  }
  return out;
}

}  // namespace

TEST_CASE("The rules of the mechanism are those of docs/domain.md, word for word") {
  std::ifstream file(SIFANG_SOURCE_DIR "/docs/domain.md");
  std::size_t k = 0;
  for (std::string line; std::getline(file, line);) {
    const auto row = cells(line);
    if (row.size() != 3 || row[0].size() < 2 || row[0][0] != 'R' || row[0].find_first_not_of("0123456789", 1) != std::string::npos)
      continue;
    REQUIRE(k < mechanism_rules.size());
    const mechanism_rule& rule = mechanism_rules[k++];
    INFO(line);
    CHECK(rule.id == row[0]);
    CHECK(rule.en == replaced(row[1], {{"**", ""}}));
    // Marks of Chinese texts; the table has those of a keyboard.
    const auto plain = [](std::string text) {
      return replaced(std::move(text), {{"（", "("},
                                        {"）", ")"},
                                        {"，", ","},
                                        {"；", ";"},
                                        {"：", ":"},
                                        {"？", "?"},
                                        {"！", "!"},
                                        {" (", "("},
                                        {"“", "\""},
                                        {"”", "\""},
                                        {" … ", "……"}});
    };
    CHECK(plain(std::string(rule.zh)) == plain(row[2]));
  }
  CHECK(k == mechanism_rules.size());
}

TEST_CASE("Every rule that a run can be seen to break has its text") {
  for (const violation_info& v : violation_table) {
    INFO(v.rule);
    CHECK(std::count_if(mechanism_rules.begin(), mechanism_rules.end(), [&](const mechanism_rule& r) { return r.id == v.rule; }) == 1);
  }
}
