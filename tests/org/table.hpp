// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_ORG_TABLE_HPP
#define SIFANG_TESTS_ORG_TABLE_HPP

#include <cstdint>
#include <cstdio>
#include <map>
#include <sstream>
#include <string>
#include <vector>

/// Simple tables for the tests of this floor, which stands below the reader of files.
namespace sifang_tests {

inline std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      out.emplace_back();
    else if (c != '\r' && c != '\n')
      out.back() += c;
  }
  return out;
}

/// What a command of the shell writes; empty if it fails.
inline std::string output_of(const std::string& command) {
  std::string text;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    char buffer[1 << 16];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    if (pclose(pipe) != 0) text.clear();
  }
  return text;
}

/// Rows below the header, each a map from column to field.
inline std::vector<std::map<std::string, std::string>> table(const std::string& text) {
  std::istringstream in(text);
  std::string line;
  std::getline(in, line);
  const auto header = fields(line);
  std::vector<std::map<std::string, std::string>> out;
  while (std::getline(in, line)) {
    const auto row = fields(line);
    auto& to = out.emplace_back();
    for (std::size_t i = 0; i < header.size(); ++i) to[header[i]] = i < row.size() ? row[i] : "";
  }
  return out;
}

}  // namespace sifang_tests

#endif
