// SPDX-License-Identifier: BSL-1.0
// Five thousand cases and four hundred officials of a made-up county: the cheapest assignment, what rules that look
// at one case at a time cost beside it, and what one change costs beside solving anew.
#include "sifang/assign/county_assignment.hpp"
#include "sifang/assign/optimal_assignment.hpp"
#include "sifang/random/random.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace sifang;

namespace {

constexpr std::size_t townships = 20, villages_each = 20, departments = 30, case_count = 5000;

struct county {
  organisation org;
  std::vector<case_to_assign> cases;
  std::vector<official_id> officials;
  std::vector<int> capacity;
};

/// 30 leaders, 20 township heads with 17 team members each, 30 department heads less 20: 400 officials in all.
county made_up() {
  const random_source random(20221124, 0);
  const auto pick = [&](std::uint64_t entity, std::uint32_t purpose, std::size_t n) {
    return static_cast<std::size_t>(random.uniform(entity, purpose) * static_cast<double>(n));
  };
  hierarchy_builder<unit> units;
  units.add("county", "", {"county", "county", unit_kind::county, 0, 0, 0, 0});
  std::vector<std::string> village_codes, department_codes;
  for (std::size_t t = 0; t < townships; ++t) {
    const std::string code = "t" + std::to_string(t);
    const double km = 5 + 60 * random.uniform(t, 0);
    units.add(code, "county", {code, code, unit_kind::township, 0, km, 0, 0});
    for (std::size_t v = 0; v < villages_each; ++v) {
      village_codes.push_back(code + "-" + std::to_string(v));
      units.add(village_codes.back(), code,
                {village_codes.back(), village_codes.back(), unit_kind::village, 0, km + 12 * random.uniform(100 * t + v, 1), 0, 0});
    }
  }
  for (std::size_t d = 0; d < departments; ++d) {
    department_codes.push_back("d" + std::to_string(d));
    units.add(department_codes.back(), "county", {department_codes.back(), department_codes.back(), unit_kind::department, 0, 0, 0, 0});
  }
  organisation_builder org(*std::move(units).build());
  for (std::size_t i = 0; i < 30; ++i) {
    const std::string post = "leader-" + std::to_string(i);
    org.add(post, post, role::county_leader, "county");
    org.add_link(post, relation::linked_to, "t" + std::to_string(i % townships));
    org.add_link(post, relation::in_charge_of, department_codes[i]);
  }
  for (std::size_t t = 0; t < townships; ++t) {
    const std::string code = "t" + std::to_string(t);
    org.add("head-" + code, "head", role::unit_head, code);
    org.add_link("head-" + code, relation::heads, code);
    for (std::size_t m = 0; m < 17; ++m) {
      const std::string post = "member-" + code + "-" + std::to_string(m);
      org.add(post, post, role::team_member, code);
      org.add_link(post, relation::linked_to, code + "-" + std::to_string(m));
    }
  }
  for (std::size_t d = 0; d < 10; ++d) {
    org.add("head-" + department_codes[d], "head", role::unit_head, department_codes[d]);
    org.add_link("head-" + department_codes[d], relation::heads, department_codes[d]);
  }
  county out{*std::move(org).build(), {}, {}, {}};
  for (std::size_t i = 0; i < out.org.officials().size(); ++i) out.officials.push_back(official_id(i));
  out.capacity.assign(out.officials.size(), 20);
  for (std::size_t i = 0; i < case_count; ++i) {
    out.cases.push_back({*out.org.units().find(village_codes[pick(i, 2, village_codes.size())]),
                         *out.org.units().find(department_codes[pick(i, 3, departments)]), official_id(pick(i, 4, out.officials.size()))});
  }
  return out;
}

const county& place() {
  static const county made = made_up();
  return made;
}
const assignment_problem<>& problem() {
  static const assignment_problem<> made = county_assignment(place().org, place().cases, place().officials, place().capacity);
  return made;
}

void cheapest(benchmark::State& state) {
  assignment_cost total = 0, bound = 0;
  for (auto _ : state) {
    const optimal_assignment<> solved(problem());
    total = solved.total();
    bound = lower_bound<case_id>(problem(), solved.prices());
  }
  state.counters["points"] = static_cast<double>(total);
  state.counters["proved"] = total == bound ? 1 : 0;
}
BENCHMARK(cheapest)->Unit(benchmark::kMillisecond);

template <class Policy>
void by_rule(benchmark::State& state, Policy policy) {
  std::vector<official_id> owner;
  for (auto _ : state) owner = owners_by_rule(place().org, place().cases, place().officials, place().capacity, policy);
  state.counters["points"] = static_cast<double>(cost_of<case_id>(problem(), owner));
  double nobody = 0;
  for (official_id who : owner) nobody += who.valid() ? 0 : 1;
  state.counters["nobody"] = nobody;
}
BENCHMARK_CAPTURE(by_rule, first_receiver, first_receiver{})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(by_rule, capped, capped_first_receiver{20})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(by_rule, least_loaded, least_loaded{})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(by_rule, by_territory, by_territory{})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(by_rule, by_subject, by_subject{})->Unit(benchmark::kMillisecond);

void one_case_leaves_and_comes_back(benchmark::State& state) {
  optimal_assignment<> solved(problem());
  std::size_t at = 0;
  for (auto _ : state) {
    const case_id c(at++ % case_count);
    solved.change(c, problem().choices(c), problem().if_unassigned(c));
  }
}
BENCHMARK(one_case_leaves_and_comes_back)->Unit(benchmark::kMillisecond);

void a_leader_leaves_and_comes_back(benchmark::State& state) {
  optimal_assignment<> solved(problem());
  std::size_t at = 0;
  for (auto _ : state) {
    const official_id who(at++ % place().officials.size());
    solved.set_capacity(who, 0);
    solved.set_capacity(who, 20);
  }
}
BENCHMARK(a_leader_leaves_and_comes_back)->Unit(benchmark::kMillisecond);

}  // namespace
