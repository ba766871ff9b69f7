// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "verbs.hpp"

#include "sifang/experiment/theory_check.hpp"
#include "sifang/io/theory_table.hpp"

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <vector>

namespace sifang_program {

using namespace sifang;

int theory(const options& o) {
  const std::vector<theory_model> models = theory_models();
  const auto replications = static_cast<std::size_t>(o.replications.value_or(static_cast<int>(theory_replications)));
  progress bar(o, models.size() * replications);
  const auto rows =
      check_theory(thread_team{o.threads, &stop_requested}, models, replications, [&](std::size_t finished) { bar.show(finished); });
  if (rows.empty()) {
    std::cerr << pick(o, "stopped before the end; nothing was written\n", "未完成即已中止，未写出任何内容\n");
    return failed;
  }
  std::cout << theory_table(rows, replications, o.spoken);
  return std::all_of(rows.begin(), rows.end(), [](const theory_row& row) { return row.agrees(); }) ? done : not_met;
}

}  // namespace sifang_program
