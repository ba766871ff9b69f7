// SPDX-License-Identifier: BSL-1.0
#include "sifang/experiment.hpp"
#include "sifang/io/planning_input.hpp"

#include <iomanip>
#include <iostream>

using namespace sifang;

/// Whoever hears a case owns it, unless they hold a few already; then the leader linked to the township does.
struct shared_with_the_township {
  int limit = 4;
  official_id owner(const ownership_request& heard, const caseload_view& load) const {
    if (!heard.receiver.valid() || !heard.place_leader.valid() || load.open(heard.receiver) < limit) return heard.receiver;
    return heard.place_leader;
  }
};
static_assert(ownership_policy<shared_with_the_township>);

int main() {
  auto input = load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml");
  if (!input) return 1;
  const auto county = world::make(input->settings, input->place.org, input->place.calendar);
  if (!county) return 1;
  const auto as_is = replicate(*county, 20), shared = replicate(*county, 20, {}, shared_with_the_township{4});
  const result_comparison change = compare(*county, 0, as_is, 1, shared);
  std::cout << std::fixed << std::setprecision(2);
  for (metric m : {metric::owned_max, metric::owned_gini, metric::settle_days}) {
    const result_difference& d = change.values[static_cast<std::size_t>(m)][0][0];
    std::cout << metric_table[static_cast<std::size_t>(m)].en << ": " << d.difference.estimate << " [" << d.difference.lower << ", "
              << d.difference.upper << "] " << d.verdict << '\n';
  }
}
