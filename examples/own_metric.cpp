// SPDX-License-Identifier: BSL-1.0
// An observer with a metric of its own: how far petitioners travel to be heard at county level. It stands behind the built-in metrics in
// estimates, comparisons, files and the report.
#include "sifang/experiment/compare.hpp"
#include "side_by_side.hpp"

#include <array>
#include <span>

using namespace sifang;

/// The mean way, one way, of those who are heard at county level.
struct way_to_the_county {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::visit>;
  static constexpr std::array metrics{
      own_metric{"county_way_km", "km", "lower", "cost", "Way to a hearing at county level", "到县级接访点的路程", quantity::amount}};

  const world* county = nullptr;
  double km = 0, heard = 0;

  void started(const world& w, std::uint32_t) { *this = {&w, 0, 0}; }
  void visit(const reception_series& s, day d, const matter& m, const visit_outcome* how, official_id) {
    if (!county->counts(d) || county->plan().traits(s.where).level != level::county || how == nullptr || how->end != visit_end::heard)
      return;
    km += county->villages()[m.village].to_county;
    heard += 1;
  }
  void measure(std::span<tally::ratio> out) const { out[0] = {km, heard}; }
};

int main() {
  const world as_is = xiapu(), county_only = xiapu([](scenario&s) {
                                 for (venue v : {article::township, article::department, article::village, article::section})
                                   s.reception[v].open = false;
                               });
  const std::array arms{study_arm(as_is, policies{}, way_to_the_county{}), study_arm(county_only, policies{}, way_to_the_county{})};
  const study_result found = run_study(thread_team{}, arms, 20);
  const result_comparison change = compare(as_is, 0, found.policies[0], 1, found.policies[1], found.pairs[0], found.own_metrics);
  for (std::size_t k = 0; k < 2; ++k) {
    const result_policy p = summarise(arms[k].place(), found.policies[k], 0.95, found.own_metrics);
    const interval& way = p.values.back()[0][0];
    std::cout << (k == 0 ? "as the article has it: " : "without sessions at units and villages: ") << std::setprecision(4) << way.estimate
              << " km [" << way.lower << ", " << way.upper << "]\n";
  }
  const result_metric about = result_metrics(found.own_metrics).back();
  std::cout << about.id << " (" << about.en << "): " << change.values.back()[0][0].verdict << '\n';
}
