// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_NEW_COUNTY_HPP
#define SIFANG_IO_NEW_COUNTY_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/provenance.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/io/county_outline.hpp"
#include "sifang/io/county_tables.hpp"
#include "sifang/io/division_search.hpp"
#include "sifang/io/divisions.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/new_scenario.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/org/audit.hpp"
#include "sifang/org/county_draft.hpp"
#include "sifang/version.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A scenario of any county of the division tables, with its tables: what `sifang new` writes.

namespace sifang {

namespace detail {

[[nodiscard]] inline checked<new_county> draft_on_model(const drafted_place& where, const planning_input& model,
                                                        const new_county_wanted& wanted, const county_draft_setting& how) {
  const organisation& bodies = model.place.org;
  const auto org = draft_county(bodies, where.code, where.name, where.townships, how);
  if (!org) return org.faults();
  if (auto unsatisfied = audit(*org); !unsatisfied.empty()) return unsatisfied;

  new_county out;
  out.name = "county-" + std::string(where.code);
  out.whole_name = where.whole_name;
  out.townships = where.townships.size();
  for (const division_township& t : where.townships) out.villages += t.villages.size();
  out.leaders = org->officials_with(role::county_leader).size();
  out.population = org->units()[org->units().root()].population;
  const auto is_known = [&](const division_place& v) {
    const auto found = how.known.find(v.code);
    return found != how.known.end() && found->second.population.has_value();
  };
  out.population_known = how.population || std::all_of(where.townships.begin(), where.townships.end(), [&](const division_township& t) {
                           return std::all_of(t.villages.begin(), t.villages.end(), is_known);
                         });
  const double model_people = bodies.units()[bodies.units().root()].population;
  out.matters_per_year =
      (std::max)(1.0, std::round(model.settings.load.matters_per_year * (model_people > 0 ? out.population / model_people : 1)));
  const std::string people = out.population_known ? "population: the county's as given, spread evenly [I]"
                                                  : "population: " + number_text(county_draft_setting{}.persons_per_village) +
                                                        " for each village, the country's mean [I]";
  struct {
    std::string division, said, body, post, township_post, link, dealt;
    const organisation& org;
    [[nodiscard]] bool is_body(unit_id u) const { return level_of(org.units()[u].kind) == level::county; }
    [[nodiscard]] std::string_view operator()(const unit& u) const {
      if (level_of(u.kind) == level::county && u.kind != unit_kind::county) return body;
      return u.distance_assumed ? division : said;
    }
    [[nodiscard]] std::string_view operator()(const official& o) const { return is_body(o.unit) ? post : township_post; }
    [[nodiscard]] std::string_view operator()(const official_link& l) const {
      return l.how == relation::linked_to ? dealt : is_body(l.where) ? link : township_post;
    }
  } const source{where.source + "; " + people + "; distance: not known",
                 where.source + "; " + people,
                 "as in " + wanted.extends + " [K]; distance: assumed [I]",
                 "as in " + wanted.extends + " [K]",
                 "usual posts of a township [K]",
                 "as in " + wanted.extends + " [I]",
                 "rule " + std::string(name_of(wanted.links)) + " [I]",
                 *org};
  out.tables = write_county_tables(*org, source);
  out.scenario = new_scenario(out, *org, model, wanted, where);
  json_writer json(2);
  json.begin_object()
      .member("format", "sifang-manifest")
      .member("version", 1)
      .member("program_version", std::string_view(SIFANG_VERSION_TEXT));
  json.member("command", "new").member("finished", true).key("scenarios").begin_array().value(std::string_view(out.name)).end_array();
  json.end_object();
  out.manifest = std::move(json).finish();
  return out;
}

}  // namespace detail

/// Drafts a county of the division tables on the model of a scenario.
///
/// Population is spread evenly over villages; matters, backlog, cadres, clerks and handlers are in proportion to it.
/// Faults: those of `county_search` and `draft_county`; `rule_unsatisfied` where the model's bodies and posts cannot satisfy
/// R3 to R9 anywhere.
/// \complexity linear in the county's villages, and in the counties of the tables
[[nodiscard]] inline checked<new_county> draft_new_county(const national_divisions& divisions, const prefecture_names& prefectures,
                                                          const planning_input& model, const new_county_wanted& wanted) {
  const county_search search(divisions, prefectures);
  const auto found = search(wanted.county);
  if (!found) return found.faults();
  const county_tree& units = model.place.org.units();
  county_draft_setting how;
  how.population = wanted.population;
  how.links = wanted.links;
  how.prefecture = search.prefecture_of(found->code);
  how.model_prefecture = search.prefecture_of(units[units.root()].code);
  return detail::draft_on_model(
      {found->code, found->name, search.whole_name(*found), divisions.townships(*found), "code, name: division tables [S]"}, model, wanted,
      how);
}

/// The same for a table of a planner's own. What it says of inhabitants and distances need not be assumed.
/// Faults: those of `draft_county`; `rule_unsatisfied` for a county without a village.
/// \complexity linear in villages
[[nodiscard]] inline checked<new_county> draft_new_county(const county_outline& outline, const planning_input& model,
                                                          const new_county_wanted& wanted) {
  const auto townships = outline.townships();
  if (auto wrong = faults_of(outline); !wrong.empty()) return wrong;
  county_draft_setting how;
  how.population = wanted.population;
  how.links = wanted.links;
  how.known = outline.known();
  const auto said = how.known.find(outline.code());
  if (!how.population && said != how.known.end() && said->second.population) how.population = std::llround(*said->second.population);
  return detail::draft_on_model(
      {outline.code(), outline.name(), outline.name(), townships, "code, name, and what the given table says [C]"}, model, wanted, how);
}

/// What was drafted and what of it is assumed, for people.
[[nodiscard]] inline std::string new_county_text(const new_county& c, language lang) {
  const auto count = [](std::size_t n) { return std::to_string(n); };
  if (lang == language::zh) {
    return c.whole_name + "：" + count(c.townships) + " 个乡镇（街道），" + count(c.villages) + " 个村（社区），人口 " +
           number_text(c.population) + (c.population_known ? "（所给）" : "（推定）") + "，县处级领导 " + count(c.leaders) + " 人，每年 " +
           number_text(c.matters_per_year) + " 件\n区划来自所给表格；部门、职务、挂钩、距离和工作量均为推定，请按实际改正各表\n";
  }
  return c.whole_name + ": " + count(c.townships) + " townships and streets, " + count(c.villages) + " villages and communities, " +
         number_text(c.population) + " inhabitants (" + (c.population_known ? "as given" : "assumed") + "), " + count(c.leaders) +
         " county leaders, " + number_text(c.matters_per_year) +
         " matters a year\nThe divisions are those of the tables; departments, posts, links, distances and loads are assumed: mend the "
         "tables where you know better\n";
}

}  // namespace sifang

#endif
