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
#include "sifang/io/output_directory.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/county/scenario_warnings.hpp"

#include <cmath>
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
    const scenario& s = input->settings;
    for (const division_county& c : divisions->counties()) {  // the scenario's matters are those of an average county
      std::size_t province = 0;
      while (divisions->provinces()[province].code != c.province) ++province;
      counties.push_back({c.code, c.name, province, divisions->townships(c),
                          s.load.matters_per_year * static_cast<double>(divisions->counties().size()) * static_cast<double>(c.villages) / static_cast<double>(divisions->villages())});
    }
    if (counties.empty()) code = tell({{fault_kind::rule_unsatisfied, {o.divisions, 0, 0}, {"nation", "no county has a village"}}}, o);
  }
  if (code == done && first_rank()) code = open_results(o, input->settings.name, directory);
  if (code == done && (o.resume || many_ranks())) {
    add_text(key, "nation");
    add_input(key, o, input->settings);
    key.add(replications);
    for (const nation_county& c : counties) {
      add_text(key, c.code);
      for (const division_township& t : c.townships) {
        add_text(key, t.code);
        add_text(key, t.name);
        for (const division_place& v : t.villages) {
          add_text(key, v.code);
          add_text(key, v.name);
        }
      }
    }
  }
  if (code == done && o.resume && first_rank()) {
    code = open_journal(o, directory->target(), key.value(), "nation " + input->settings.name + ", " + std::to_string(replications) + " replications", kept);
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
    std::cerr << pick(o, "stopped before every county was played; nothing was written\n", "已中止:尚有县未模拟,未写出任何内容\n");
    return failed;
  }
  if (!r.impossible.empty()) {
    const std::size_t worst = r.impossible.front();
    return tell(make_county(counties[worst], worst, mean_matters(counties), input->settings, input->place.org, input->place.calendar).faults(), o);
  }
  const nation_origin origin{SIFANG_VERSION, o.scenarios.front(), o.divisions, o.settings, input->settings.seed, input->settings.confidence,
                             divisions->counties_left_out(), divisions->townships_left_out()};
  faults = write_nation(r, by_county, divisions->provinces(), o.lang == language::zh ? "全国" : "Nation", origin, *directory);
  if (const int placed = place_results(o, std::move(faults), *directory); placed != done) return placed;
  if (kept) {
    tell(kept->faults(), o);  // a journal that could not be kept has no influence on the results
    kept->remove();
  }
  if (!o.quiet) {
    std::vector<std::vector<std::string>> rows(1, {std::string(pick(o, "metric", "指标")), std::string(pick(o, "nation", "全国"))});
    const std::vector<nation_sums> whole = whole_nation(r);
    const t_scale scale(replications, input->settings.confidence);
    for (const metric_info& m : metric_table) {
      if (m.headline && adds_up(m.id)) rows.push_back({std::string(pick(o, m.en, m.zh)), with_interval(o, nation_estimate(m.id, whole, scale), m.unit)});
    }
    std::cout << table_of(rows);
    std::cout << note_of_years(o, replications);
    nation_counts n;
    for (const nation_sums& one : whole) n += one.counts;
    const double each = 1 / static_cast<double>(replications);
    const auto whole_number = [&](double x) { return std::to_string(std::llround(x * each)); };
    std::cout << pick(o, "counties ", "县 ") << r.counties << pick(o, ", villages ", ",村(社区) ") << divisions->villages()
              << pick(o, ", matters ", ",事项 ") << whole_number(n.born) << pick(o, " (silent ", " (未提出 ") << whole_number(n.silent)
              << pick(o, ", on the way ", ",途中 ") << whole_number(n.on_the_way) << pick(o, ", open ", ",在办 ") << whole_number(n.open)
              << pick(o, ", closed ", ",办结 ") << whole_number(n.closed) << ")\n";
  }
  if (!o.quiet && origin.counties_left_out + origin.townships_left_out > 0) {
    std::cout << pick(o, "Left out, since no village of the tables is in them: counties ", "未纳入模拟(表中没有其村级单位):县 ") << origin.counties_left_out
              << pick(o, ", townships ", ",乡级 ") << origin.townships_left_out << '\n';
  }
  if (!o.quiet) std::cout << pick(o, "Results: ", "结果:") << directory->where().string() << '\n';
  took.tell(r.counties * replications, {r.most_bytes, static_cast<std::size_t>(r.most_open)});
  return done;
}

}  // namespace sifang_program
