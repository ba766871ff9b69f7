// SPDX-License-Identifier: BSL-1.0
// Who should own which case? The cheapest answer, its proof, and what happens when a leader leaves.
#include "sifang/assign.hpp"

#include <iostream>
#include <vector>

int main() {
  using namespace sifang;
  // Three leaders who may be given two cases each; each further case costs 4 points, so that load is shared.
  assignment_problem<> problem({{2, 0, 4}, {2, 0, 4}, {2, 1, 4}});
  const auto at = [](assignment_cost a, assignment_cost b, assignment_cost c) {
    return std::vector<assignment_choice>{{official_id(0), a}, {official_id(1), b}, {official_id(2), c}};
  };
  for (const auto& choices : {at(1, 9, 9), at(2, 8, 9), at(1, 3, 9), at(1, 9, 4), at(1, 2, 9)}) problem.add(choices, 100);

  optimal_assignment<> best(problem);
  const auto show = [&] {
    for (std::size_t i = 0; i < problem.tasks(); ++i) {
      const official_id who = best.owner(case_id(i));
      std::cout << "case " << i << ": " << (who.valid() ? "leader " + std::to_string(who.index()) : "nobody") << '\n';
    }
    std::cout << "costs " << best.total() << "; no assignment costs less than " << lower_bound<case_id>(best.problem(), best.prices())
              << '\n';
  };
  show();
  best.set_capacity(official_id(0), 0);  // re-solved from where it stands
  std::cout << "leader 0 leaves\n";
  show();
  for (std::size_t i = 0; i < problem.tasks(); ++i) {
    if (best.owner(case_id(i)).valid()) continue;
    std::cout << "case " << i << " needs more room at one of:";
    for (official_id who : best.limiting(case_id(i))) std::cout << " leader " << who.index();
    std::cout << '\n';
  }
}
