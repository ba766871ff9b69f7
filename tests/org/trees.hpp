// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_ORG_TREES_HPP
#define SIFANG_TESTS_ORG_TREES_HPP

#include "sifang/org/hierarchy.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// Random tables of units, and what a tree should answer by the table alone.
namespace sifang_tests {

struct tree_row {
  std::string code, parent;
  int payload = 0;
};

/// A code: letters and a number. (GCC 12 warns of `"u" + std::to_string(i)`, its bug 105651.)
inline std::string numbered(std::string letters, int n) { return letters.append(std::to_string(n)); }

/// A proper table in a random order: one root, every parent in it, no cycle.
inline std::vector<tree_row> random_rows(int most = 40) {
  const int n = *rc::gen::inRange(1, most + 1);
  std::vector<tree_row> rows;
  for (int i = 0; i < n; ++i) { rows.push_back({numbered("u", i), i == 0 ? "" : numbered("u", *rc::gen::inRange(0, i)), i}); }
  for (std::size_t i = rows.size(); i > 1; --i)
    std::swap(rows[i - 1], rows[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(i)))]);
  return rows;
}

inline sifang::checked<sifang::hierarchy<int>> build(const std::vector<tree_row>& rows) {
  sifang::hierarchy_builder<int> builder;
  std::uint32_t line = 1;
  for (const tree_row& r : rows) builder.add(r.code, r.parent, r.payload, {"units.csv", ++line});
  return std::move(builder).build();
}

/// Codes from the parent of `code` up to the root, by looking in the table again and again.
inline std::vector<std::string> codes_above(const std::vector<tree_row>& rows, std::string code) {
  std::map<std::string, std::string> parent;
  for (const tree_row& r : rows) parent[r.code] = r.parent;
  std::vector<std::string> out;
  for (code = parent.at(code); !code.empty(); code = parent.at(code)) out.push_back(code);
  return out;
}

/// The codes of a listing.
template <class Tree, class Units>
std::vector<std::string> codes(const Tree& tree, Units&& units) {
  std::vector<std::string> out;
  for (sifang::unit_id u : units) out.push_back(tree.code(u));
  return out;
}

}  // namespace sifang_tests

#endif
