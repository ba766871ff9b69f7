// SPDX-License-Identifier: BSL-1.0
// A policy of one's own: who owns a case. Compares it with the article's rule on the same cases and the same luck.
#include "sifang/experiment/compare.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/io/planning_input.hpp"

#include <iostream>

/// Whoever hears a case first keeps it, until they own as many as a limit allows; then it goes to the leader
/// linked to the township.
struct handed_to_the_township {
  int limit = 4;
  sifang::official_id owner(const sifang::ownership_request& heard, const sifang::caseload_view& load) const {
    if (!heard.receiver.valid() || load.open(heard.receiver) < limit || !heard.place_leader.valid()) return heard.receiver;
    return heard.place_leader;
  }
};
static_assert(sifang::case_ownership_policy<handed_to_the_township>);

int main() {
  using namespace sifang;
  auto input = load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml");
  if (!input) return 1;
  const auto county = world::make(input->settings, input->place.org, input->place.calendar);
  if (!county) return 1;
  const auto base = replicate(*county, 20);
  for (int limit : {2, 4, 8}) {
    const auto other = replicate(*county, 20, {}, handed_to_the_township{limit});
    const auto change = compare(*county, 0, base, 1, other);
    const interval d = change.values[static_cast<std::size_t>(metric::owned_max)][0][0].difference;
    std::cout << "owner may hold " << limit << ": most cases owned by one leader " << d.estimate << " [" << d.lower << ", " << d.upper
              << "]\n";
  }
}
