// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "shipped.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/county/scenario_warnings.hpp"
#include "sifang/experiment/optimise.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/county_tables.hpp"
#include "sifang/io/decided_roster.hpp"
#include "sifang/io/optimisation_results.hpp"
#include "sifang/io/optimisation_study.hpp"
#include "sifang/io/optimisation_tables.hpp"
#include "sifang/io/output_directory.hpp"

#include <cstddef>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

int optimise(const options& o) {
  const usage took(o);
  const auto file = scenario_meant(o.scenarios.front());
  if (!file) return tell(file.faults(), o);
  const auto plan = plan_optimisation(*file, wanted_of(o, o.settings), optimisation_meant(o.targets), scenario_texts());
  if (!plan) return tell(plan.faults(), o);
  const scenario& s = plan->place->setting();
  std::optional<output_directory> directory;
  if (const int code = open_results(o, s.name + "-optimisation", directory); code != done) return code;
  tell_warnings(o, warnings_of(*plan->place));
  echo_settings(o, "", o.settings, s);
  std::cout.flush();

  progress bar(o, plan->search.budget);
  const optimisation_result found =
      optimise(thread_team{o.threads, &stop_requested}, plan->task, plan->place, plan->make_world, plan->search,
               [&](std::size_t years) { bar.show(years < plan->search.budget ? years : plan->search.budget); });
  bar.show(plan->search.budget);
  if (found.answer.is_stopped || found.answer.end == lattice_end::stopped) {
    std::cerr << pick(o, "stopped before the end of the search; nothing was written\n", "搜索未完成即已中止，未写出任何内容\n");
    return failed;
  }
  const std::string sentence = optimisation_sentence(plan->task, found, plan->search, s, o.spoken);
  if (found.answer.end == lattice_end::impossible) {
    if (!found.faults.empty()) tell(found.faults, o);
    std::cerr << sentence << '\n';
    return bad_input;
  }
  const auto answer = plan->make_world(found.answer.at);
  if (!answer) return tell(answer.faults(), o);
  const decided_roster roster = make_decided_roster(*answer, o.lang);
  const bool deals_links = plan->make_world.deals_links(found.answer.at);
  const std::string links =
      deals_links ? write_county_tables(answer->org(), [](const auto&) { return std::string_view(); }).links : std::string();
  const optimisation_origin origin{SIFANG_VERSION, o.scenarios.front(), o.targets, o.settings, s.seed, o.cases};
  const std::string base = called_from(directory->target(), o.scenarios.front());
  std::vector<fault> faults = write_optimisation(
      plan->task, found, plan->search, origin,
      answer_scenario(plan->task, found, plan->search, base, answer->setting(), o.settings, deals_links), links, roster, *directory);
  if (const int placed = place_results(o, std::move(faults), *directory); placed != done) return placed;
  if (!o.quiet) {
    std::cout << optimisation_tables(plan->task, found, plan->search, s, o.spoken) << '\n'
              << sentence << '\n'
              << roster_sentence(roster, o.spoken) << '\n'
              << pick(o, "Scenario with what was decided: ", "决策后的方案：") << (directory->where() / "answer.toml").string() << '\n';
  }
  took.tell(found.answer.replications, *plan->place);
  return found.answer.end == lattice_end::proven ? done : not_met;
}

}  // namespace sifang_program
