// SPDX-License-Identifier: BSL-1.0
#include "policies.hpp"
#include "verbs.hpp"

#include "sifang/io/planned_roster.hpp"
#include "sifang/io/scenario_check.hpp"
#include "sifang/io/scenario_reference.hpp"

#include <iostream>

namespace sifang_program {

using namespace sifang;

int check(const options& o) {
  if (o.reference) {
    std::cout << write_reference(o.spoken);
    return done;
  }
  if (o.scenarios.empty()) {
    std::cerr << pick(o, "check: expected a scenario\n", "check:应给出一个方案\n");
    return bad_input;
  }
  const auto w = make_world(o, o.scenarios.front(), o.settings);
  if (!w) return tell(w.faults(), o);
  std::cout << scenario_heading(w->place.setting(), o.spoken) << '\n';
  echo_settings(o, "", o.settings, w->place.setting());
  std::cout << scenario_facts(w->place, o.all, o.spoken);
  const scenario_soundness found = soundness_of(w->place);
  for (const fault& f : found.gaps) std::cerr << to_string(f, o.told) << '\n';
  for (const warning& one : found.warnings) std::cerr << to_string(one, o.told) << '\n';
  std::cout << '\n' << collisions_text(w->place, o.spoken) << soundness_line(found, o.spoken);
  return found.sound ? done : not_met;
}

int roster(const options& o) {
  const auto w = make_world(o, o.scenarios.front(), o.settings);
  if (!w) return tell(w.faults(), o);
  const auto days = roster_period_of(w->place, o.from, o.to);
  if (!days) return tell(days.faults(), o);
  tell_warnings(o, warnings_of(w->place));
  echo_settings(o, "", o.settings, w->place.setting(), std::cerr);
  const auto rows = roster_of(w->place, *days, o.all, o.spoken);
  std::cout << (o.format == "csv" ? roster_csv(rows) : roster_table(rows, o.spoken));
  return done;
}

}  // namespace sifang_program
