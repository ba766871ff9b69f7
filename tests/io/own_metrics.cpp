// SPDX-License-Identifier: BSL-1.0
// Metrics of observers in what files, tables and the report are written from.
#include "catch.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/results_reader.hpp"
#include "sifang/io/study_results.hpp"
#include "small_county.hpp"

#include <array>

using namespace sifang;

namespace {

struct sessions_held {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::session>;
  static constexpr std::array metrics{own_metric{"sessions_held", "visits", "none", "load", "Sessions held", "接访场次", quantity::count}};
  double held = 0;
  void started(const world&, std::uint32_t) { held = 0; }
  void session(const reception_series&, day, std::span<const official_id>, const session_totals&) { held += 1; }
  void measure(std::span<tally::ratio> out) const { out[0] = {held, 1}; }
};

}  // namespace

TEST_CASE("a metric of an observer stands behind the built-in ones in a result, and is read back") {
  const named_texts source = sifang::test::small_county();
  const auto w = load_world("s.toml", {}, source);
  REQUIRE(w);
  const std::array arms{study_arm(w->place, policies{}, sessions_held{}), study_arm(w->place, policies{}, sessions_held{})};
  const study_result found = run_study(thread_team{1}, arms, 16);
  const std::vector<studied_policy> told{{&w->place}, {&w->place, "again"}};
  const result r = make_result("compare", told, found, 16);
  REQUIRE(r.metrics.size() == metric_count + 1);
  CHECK(r.metrics.back().id == "sessions_held");
  REQUIRE(r.policies[0].values.size() == r.metrics.size());
  CHECK(r.policies[0].values.back()[0][0].estimate > 0);
  REQUIRE(r.comparisons.size() == 1);
  REQUIRE(r.comparisons[0].values.size() == r.metrics.size());
  CHECK(r.comparisons[0].values.back()[0][0].difference.estimate == 0);

  const auto again = parse_results(results_json(r), "results.json");
  REQUIRE(again);
  CHECK(again->metrics.back().zh == "接访场次");
  CHECK(results_json(*again) == results_json(r));
}
