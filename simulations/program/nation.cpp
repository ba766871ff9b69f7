// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "ranks.hpp"
#include "shipped.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/experiment/nation.hpp"
#include "sifang/io/divisions.hpp"
#include "sifang/io/nation_results.hpp"
#include "sifang/io/nation_study.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/county/scenario_warnings.hpp"

#include <iostream>

namespace sifang_program {

using namespace sifang;

int nation(const options& o) {
  const usage took(o);
  auto input = read_input(o.scenarios.front(), o.settings);
  auto divisions = national_divisions::load(o.divisions);
  std::vector<fault> faults;
  if (!input) faults = input.faults();
  if (!divisions) faults.insert(faults.end(), divisions.faults().begin(), divisions.faults().end());
  int code = faults.empty() ? done : tell(faults, o);
  std::optional<output_directory> directory;
  std::optional<journal> kept;
  fingerprint key;
  const auto replications = static_cast<std::size_t>(input ? o.replications.value_or(input->settings.replications) : 0);
  std::vector<nation_county> counties;
  if (code == done) {
    counties = counties_of(*divisions, input->settings.load.matters_per_year);
    if (counties.empty()) code = tell({{fault_kind::rule_unsatisfied, {o.divisions, 0, 0}, {"nation", "no county has a village"}}}, o);
  }
  if (code == done && first_rank()) code = open_results(o, input->settings.name, directory);
  if (code == done && (o.resume || many_ranks())) {
    add_text(key, "nation");
    add_run(key, o, input->settings);
    key.add(replications);
    add_counties(key, counties);
  }
  if (code == done && o.resume && first_rank()) {
    code = open_journal(o, directory->target(), key.value(),
                        "nation " + input->settings.name + ", " + std::to_string(replications) + " replications", kept);
  }
  if (code = agree(o, code, key.value()); code != done) return code;

  if (const auto one = world::make(input->settings, input->place.org, input->place.calendar)) tell_warnings(o, warnings_of(*one));

  echo_settings(o, "", o.settings, input->settings);
  std::cout.flush();
  county_rows by_county;
  progress bar(o, counties.size());
  // What keeps a county from being made is found where it is made; the results are not written then.
  const nation_result r = with_team(o, kept ? &*kept : nullptr, [&](const auto& team) {
    return run_nation(team, counties, divisions->provinces().size(), input->settings, input->place.org, input->place.calendar, replications,
                      [&](std::size_t piece, std::span<const nation_sums> sums) {
                        by_county.add(divisions->counties()[piece], sums);
                        bar.show(piece + 1);
                      });
  });
  if (!first_rank()) return done;
  if (r.counties != counties.size() && kept) {
    tell(kept->faults(), o);
    tell_stopped(o, *kept);
    return failed;
  }
  if (r.counties != counties.size()) {
    std::cerr << pick(o, "stopped before every county was played; nothing was written\n", "已中止：尚有县未模拟，未写出任何内容\n");
    return failed;
  }
  if (!r.impossible.empty()) {
    const std::size_t worst = r.impossible.front();
    return tell(
        make_county(counties[worst], worst, mean_matters(counties), input->settings, input->place.org, input->place.calendar).faults(), o);
  }
  const nation_origin origin{SIFANG_VERSION,
                             o.scenarios.front(),
                             o.divisions,
                             o.settings,
                             input->settings.seed,
                             input->settings.confidence,
                             divisions->counties_left_out(),
                             divisions->townships_left_out()};
  faults = write_nation(r, by_county, divisions->provinces(), o.lang == language::zh ? "全国" : "Nation", origin, *directory);
  if (const int placed = place_results(o, std::move(faults), *directory); placed != done) return placed;
  if (kept) {
    tell(kept->faults(), o);  // a journal that could not be kept has no influence on the results
    kept->remove();
  }
  if (!o.quiet) {
    std::cout << nation_tables(r, divisions->villages(), input->settings.confidence, o.spoken) << left_out_line(*divisions, o.spoken);
  }
  if (!o.quiet) std::cout << pick(o, "Results: ", "结果：") << directory->where().string() << '\n';
  took.tell(r.counties * replications, {r.most_bytes, static_cast<std::size_t>(r.most_open)});
  return done;
}

}  // namespace sifang_program
