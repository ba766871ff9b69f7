// SPDX-License-Identifier: BSL-1.0
#include "verbs.hpp"

#include "sifang/experiment/theory_check.hpp"
#include "sifang/io/figure_text.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace sifang_program {

using namespace sifang;

int theory(const options& o) {
  const auto found = compare_with_theory(static_cast<std::size_t>(o.replications.value_or(30)));
  std::vector<std::vector<std::string>> rows{{std::string(pick(o, "model", "模型")), std::string(pick(o, "value", "量")),
                                              std::string(pick(o, "exact", "精确值")), std::string(pick(o, "simulated", "模拟值")),
                                              std::string(pick(o, "interval", "区间")), std::string(pick(o, "inside", "区间内"))}};
  const auto text = [](double x) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.5f", x);
    return std::string(buffer);
  };
  for (const theory_row& row : found) {
    const interval& v = row.simulated;
    rows.push_back({std::string(row.model), std::string(pick(o, row.en, row.zh)), text(row.exact), text(v.estimate),
                    v.bounded() ? text(v.lower) + " … " + text(v.upper) : "–",
                    std::string(!v.bounded()   ? pick(o, "too few years", "年数太少")
                                : row.agrees() ? pick(o, "yes", "是")
                                               : pick(o, "NO", "否"))});
  }
  std::cout << table_of(rows);
  return std::all_of(found.begin(), found.end(), [](const theory_row& row) { return row.agrees(); }) ? done : not_met;
}

}  // namespace sifang_program
