// SPDX-License-Identifier: BSL-1.0
#include "placing.hpp"
#include "policies.hpp"
#include "shipped.hpp"
#include "verbs.hpp"

#include "sifang/io/json_writer.hpp"
#include "sifang/io/planned_roster.hpp"
#include "sifang/io/reception_notice.hpp"
#include "sifang/io/reception_outlook.hpp"
#include "sifang/io/scenario_check.hpp"
#include "sifang/io/scenario_migration.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/version.hpp"
#ifdef SIFANG_PROGRAM_WITH_OFFICE
#include "sifang/office/roster_calendars.hpp"
#endif

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

int check(const options& o) {
  if (o.reference) {
    std::cout << write_reference(o.spoken);
    return done;
  }
  if (o.scenarios.empty()) {
    std::cerr << pick(o, "check: expected a scenario\n", "check：应给出一个方案\n");
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
  std::cout << '\n' << reception_outlook(w->place, o.spoken) << collisions_text(w->place, o.spoken) << soundness_line(found, o.spoken);
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

namespace {

/// Begins what `--ics` and `--notice` ask for. \returns `done`, `bad_input` or `failed`
int begin_handing_out(const options& o, std::optional<output_directory>& calendars, std::optional<file_in_the_making>& notice) {
#ifndef SIFANG_PROGRAM_WITH_OFFICE
  if (!o.ics.empty()) return tell_no_office(o, "--ics");
#endif
  if (o.ics.empty() && o.sequence != 0) {
    std::cerr << pick(o, "--sequence is that of the events of calendars; expected --ics too\n",
                      "--sequence 是日历事件的序号；应同时给出 --ics\n");
    return bad_input;
  }
  if (!o.ics.empty()) {
    options where = o;
    where.out = o.ics;
    if (const int code = open_results(where, {}, calendars); code != done) return code;
  }
  return begin_file(o, o.notice, notice);
}

int write_calendars([[maybe_unused]] const options& o, [[maybe_unused]] const world& w, [[maybe_unused]] roster_period days,
                    [[maybe_unused]] output_directory& into) {
#ifdef SIFANG_PROGRAM_WITH_OFFICE
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, std::string_view text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1);
  json.member("program_version", std::string_view(SIFANG_VERSION_TEXT)).member("command", "roster").member("finished", true);
  json.key("scenarios").begin_array().value(std::string_view(w.setting().name)).end_array();
  json.member("from", std::string_view(to_string(days.from))).member("to", std::string_view(to_string(days.to)));
  json.member("sequence", o.sequence).end_object();
  for (const named_file& one : roster_calendars(w, days, o.all, o.sequence, o.lang)) write(one.name, one.text);
  write(output_directory::marker, std::move(json).finish());
  return place_results(o, std::move(faults), into);
#else
  return done;
#endif
}

}  // namespace

int roster(const options& o) {
  const auto w = make_world(o, o.scenarios.front(), o.settings);
  if (!w) return tell(w.faults(), o);
  const auto days = roster_period_of(w->place, o.from, o.to);
  if (!days) return tell(days.faults(), o);
  std::optional<output_directory> calendars;
  std::optional<file_in_the_making> notice;
  if (const int code = begin_handing_out(o, calendars, notice); code != done) return code;
  tell_warnings(o, warnings_of(w->place));
  echo_settings(o, "", o.settings, w->place.setting(), std::cerr);
  const auto rows = roster_of(w->place, *days, o.all, o.spoken);
  std::cout << (o.format == "csv" ? roster_csv(rows) : roster_table(rows, o.spoken));
  if (notice) {
    notice->append(reception_notice(w->place, *days, o.all, o.lang));
    if (const auto faults = notice->commit(); !faults.empty()) {
      tell(faults, o);
      return failed;
    }
    std::cerr << pick(o, "Notice: ", "公示：") << o.notice << '\n';
  }
  if (!calendars) return done;
  const int code = write_calendars(o, w->place, *days, *calendars);
  if (code == done) std::cerr << pick(o, "Calendars: ", "日历：") << calendars->where().string() << '\n';
  return code;
}

}  // namespace sifang_program
