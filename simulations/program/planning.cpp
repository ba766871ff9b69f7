// SPDX-License-Identifier: BSL-1.0
#include "policies.hpp"
#include "shipped.hpp"
#include "verbs.hpp"

#include "sifang/io/planned_roster.hpp"
#include "sifang/io/scenario_check.hpp"
#include "sifang/io/scenario_migration.hpp"
#include "sifang/io/scenario_reference.hpp"

#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

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

int migrate(const options& o) {
  const std::string& path = o.scenarios.front();
  const auto text = read_text(path, text_encoding::utf8, "a scenario");
  if (!text) return tell(text.faults(), o);
  const auto anew = migrate_scenario(*text, path, scenario_texts());
  if (!anew) return tell(anew.faults(), o);
  if (anew->was_newest) {
    const std::string number = std::to_string(newest_scenario_format);
    std::cerr << path << pick(o, " has format " + number + " already\n", " 已是格式 " + number + "\n");
  }
  if (o.out.empty()) {
    std::cout << anew->text;
    return done;
  }
  std::error_code error;
  if (!o.force && std::filesystem::exists(o.out, error)) return tell({make_fault(fault_kind::file_there, place{}, o.out)}, o);
  const std::vector<fault> faults = write_text(o.out, anew->text);
  if (faults.empty()) return done;
  static_cast<void>(tell(faults, o));
  return failed;
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
