// SPDX-License-Identifier: BSL-1.0
#include "handing_on.hpp"

#include "placing.hpp"

#include "sifang/core/one_line.hpp"
#include "sifang/io/planned_roster.hpp"
#include "sifang/io/study_results.hpp"
#include "sifang/io/unit_map.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/version.hpp"
#ifdef SIFANG_PROGRAM_WITH_OFFICE
#include "sifang/office/results_workbook.hpp"
#endif

#include <array>
#include <cstddef>
#include <iostream>
#include <utility>

namespace sifang_program {

using namespace sifang;

int handed_files::begin(const options& o, const world& first) {
  const std::array<std::pair<std::string_view, const std::string*>, 4> named{
      {{"--cases-out", &o.cases_out}, {"--events-out", &o.events_out}, {"--xlsx", &o.xlsx}, {"--geojson", &o.geojson}}};
  for (std::size_t a = 0; a < named.size(); ++a) {
    for (std::size_t b = a + 1; b < named.size(); ++b) {
      if (named[a].second->empty() || *named[a].second != *named[b].second) continue;
      std::cerr << named[a].first << pick(o, " and ", " 与 ") << named[b].first
                << pick(o, " expected two files; found one: ", " 应为两个文件；实际相同：") << one_line(*named[a].second) << '\n';
      return bad_input;
    }
  }
#ifndef SIFANG_PROGRAM_WITH_OFFICE
  if (!o.xlsx.empty()) return tell_no_office(o, "--xlsx");
#endif
  if (!o.geojson.empty() && !has_coordinates(first.org().units())) {
    std::cerr << pick(o, "--geojson: expected a unit with longitude and latitude in the table of units (docs/tables.md); found none\n",
                      "--geojson：单位表中应有填写 longitude（经度）和 latitude（纬度）的单位；实际没有\n");
    return bad_input;
  }
  if (const int code = begin_file(o, o.xlsx, workbook_); code != done) return code;
  return begin_file(o, o.geojson, map_);
}

namespace {

#ifdef SIFANG_PROGRAM_WITH_OFFICE
[[nodiscard]] checked<std::string> workbook_of(const options& o, const result* figures, std::span<const handed_policy> policies) {
  const world& first = *policies.front().place;
  workbook_contents of;
  of.county = text_of(first.org().units()[first.org().units().root()], o.lang);
  of.start = to_string(first.start());
  of.end = to_string(first.end());
  of.version = SIFANG_VERSION_TEXT;
  of.seed = first.setting().seed;
  of.replication = o.replication;
  of.figures = figures;
  for (std::size_t k = 0; k < policies.size(); ++k) {
    const world& w = *policies[k].place;
    workbook_policy one{policies[k].id, policies[k].tables, roster_of(w, {w.start(), w.end()}, false, o.lang), {}};
    if (figures != nullptr)
      one.assumptions = figures->policies[k].assumptions;
    else
      one.assumptions = assumptions_of(w.setting());
    of.policies.push_back(std::move(one));
  }
  return workbook_bytes(results_sheets(of, o.lang), o.xlsx, of.county, first.start());
}
#endif

int place_file(const options& o, std::optional<file_in_the_making>& file, std::string_view text, const std::string& path,
               std::string_view what) {
  file->append(text);
  if (const auto faults = file->commit(); !faults.empty()) {
    tell(faults, o);
    return failed;
  }
  if (!o.quiet) std::cout << what << path << '\n';
  return done;
}

}  // namespace

int handed_files::write(const options& o, [[maybe_unused]] const result* figures,
                        [[maybe_unused]] std::span<const handed_policy> policies) {
  int code = done;
#ifdef SIFANG_PROGRAM_WITH_OFFICE
  if (workbook_) {
    const auto text = workbook_of(o, figures, policies);
    if (!text) {
      tell(text.faults(), o);
      return failed;
    }
    code = place_file(o, workbook_, *text, o.xlsx, pick(o, "Workbook: ", "工作簿："));
  }
#endif
  if (map_ && code == done && figures != nullptr)
    code = place_file(o, map_, unit_map(*figures, policies.front().place->org().units()), o.geojson, pick(o, "Map: ", "地图数据："));
  return code;
}

}  // namespace sifang_program
