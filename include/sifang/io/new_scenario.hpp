// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_NEW_SCENARIO_HPP
#define SIFANG_IO_NEW_SCENARIO_HPP

#include "sifang/core/number_text.hpp"
#include "sifang/county/provenance.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/io/county_tables.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/org/county_draft.hpp"
#include "sifang/org/division_names.hpp"
#include "sifang/org/english_name.hpp"

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
/// The scenario of a county that is drafted: what is its own, with the origin of each value.

namespace sifang {

/// What a new county is to be.
struct new_county_wanted {
  std::string county;                        ///< code or name, as `county_search` understands it
  std::string extends;                       ///< the scenario whose rules and bodies it takes over: a name that ships, or a path
  std::optional<std::int64_t> population{};  ///< inhabitants; else the country's mean for each village
  link_rule links = link_rule::balanced;     ///< how townships are dealt among leaders, and villages among team members
};

/// A county that was drafted, as the files of a folder.
struct new_county {
  std::string name,               ///< of the scenario and the folder: county-350821
      whole_name;                 ///< as people read it: 福建省龙岩市长汀县
  std::string scenario;           ///< text of NAME.toml
  county_tables tables;           ///< texts of units.csv, officials.csv and links.csv
  std::string manifest;           ///< text of manifest.json, by which the folder may be replaced
  std::size_t townships = 0,      ///< with a village at least
      villages = 0,               ///< in them
      leaders = 0;                ///< posts of county leaders
  double population = 0,          ///< inhabitants
      matters_per_year = 0;       ///< in proportion to them
  bool population_known = false;  ///< it was given; otherwise it is assumed

  /// The files of the folder: names and texts, the manifest last.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> files() const {
    return {{name + ".toml", scenario},
            {"units.csv", tables.units},
            {"officials.csv", tables.officials},
            {"links.csv", tables.links},
            {"manifest.json", manifest}};
  }
};

namespace detail {

/// Lines of a scenario with the origin of each value that is not a default, which has one already.
class scenario_lines {
 public:
  void say(std::string_view line) { text_.append(line) += '\n'; }
  void table(std::string_view name) { (text_ += "\n[").append(table_ = name) += "]\n"; }
  void value(std::string_view key, const std::string& text, bool is_default, origin mark, std::string_view source) {
    text_.append(key).append(" = ").append(text) += '\n';
    if (is_default) return;
    sources_ += '"' + table_ + '.' + std::string(key) + "\" = { mark = \"" + std::string(name_of(mark)) +
                "\", source = " + toml_quoted(source) + " }\n";
  }
  [[nodiscard]] std::string finish() { return text_ + "\n[provenance]\n" + sources_; }

 private:
  std::string text_, sources_, table_;
};

/// A number of people or cases in proportion, at least `least`, within what a scenario allows.
[[nodiscard]] inline int in_proportion(int of_model, double share, int least, int most) {
  // A whole number that rounding has put a little above is not one more.
  const double scaled = std::ceil(of_model * share * (1 - 1e-12));
  return static_cast<int>(std::clamp(scaled, static_cast<double>(least), static_cast<double>(most)));
}

/// Where the county of a draft comes from.
struct drafted_place {
  std::string_view code, name;
  std::string whole_name;
  std::span<const division_township> townships;
  std::string source;  // of codes and names, with its mark
};

/// Titles of sessions that name a body of the county, where the draft's is called otherwise: 区委党校 in a district, 市委党校 in a city.
inline void session_titles(scenario_lines& out, const scenario& model, std::string_view word, std::string_view source) {
  if (word == "县") return;
  for (const session_kind& k : model.reception.sessions) {
    std::string title = k.title_zh;
    for (const std::string_view body : {"县委", "县政府", "县信访局"}) {
      for (std::size_t at = title.find(body); at != std::string::npos; at = title.find(body, at + body.size()))
        title.replace(at, std::string_view("县").size(), word);
    }
    if (title == k.title_zh) continue;
    out.table("session." + k.id);
    out.value("title_zh", toml_quoted(title), false, origin::knowledge, source);
  }
}

/// The scenario of a draft: what is its own, over what it extends.
[[nodiscard]] inline std::string new_scenario(const new_county& c, const organisation& org, const planning_input& model,
                                              const new_county_wanted& wanted, const drafted_place& where) {
  const scenario usual, &s = model.settings;
  const county_tree& old = model.place.org.units();
  const double model_people = old[old.root()].population;
  const double share = model_people > 0 ? c.population / model_people : 1;
  const auto of_level = [](const organisation& o, level l) {
    const auto units = o.units().all();
    return static_cast<double>(std::count_if(units.begin(), units.end(), [&](unit_id u) { return level_of(o.units()[u].kind) == l; }));
  };
  const double for_each = of_level(model.place.org, level::township) / of_level(org, level::township);
  const std::string by_people = "in proportion to inhabitants, from " + wanted.extends;
  const std::string people =
      number_text(c.population) +
      (c.population_known ? " inhabitants, as given"
                          : " inhabitants, assumed: " + number_text(county_draft_setting{}.persons_per_village) + " for each village");

  const std::string in_english = english_name(org.units()[org.units().root()]);
  scenario_lines out;
  out.say("# A first draft of " + c.whole_name + ", made by sifang new: a county to begin with, not a county that was surveyed.");
  out.say(
      "# Its townships and villages are those of the tables that were given. Departments, posts, links, distances and loads are assumed:");
  out.say("# put right what you know, in the tables beside this file and below; units.csv says row by row what is known.");
  out.say("# Rules and all other values are those of the scenario that it extends; `sifang check` lists them with their sources.");
  out.say("extends = " + toml_quoted(wanted.extends));
  out.table("scenario");
  out.say("format = 2");
  out.say("name = " + toml_quoted(c.name));
  out.say("title_en = " + toml_quoted(in_english + ": four doors, first draft"));
  out.say("title_zh = " + toml_quoted(std::string(where.name) + "：四门四访（初稿）"));
  out.say("about_en = " +
          toml_quoted("The rules of " + wanted.extends + " in " + in_english + ", on its own townships and villages; " + people + "."));
  out.say("about_zh = " + toml_quoted(c.whole_name + "的乡镇和村（社区），按 " + wanted.extends + " 的规则运行；" +
                                      number_text(c.population) + (c.population_known ? "人。" : "人（推定：每村取全国平均）。")));
  out.table("county");
  out.value("units", "\"units.csv\"", false, origin::inference,
            where.source + "; bodies of " + wanted.extends + " [K]; " + people +
                ", spread evenly [I]; distances that are blank are assumed when they are read [I]");
  out.value("officials", "\"officials.csv\"", false, origin::knowledge, "posts of " + wanted.extends + "; docs/domain.md 4");
  out.value("links", "\"links.csv\"", false, origin::inference,
            "rule " + std::string(name_of(wanted.links)) + ", so that R5, R8 and R9 can be satisfied");
  const int cadres = in_proportion(s.county.cadres, share, 1, 100000);
  out.value("cadres", std::to_string(cadres), cadres == usual.county.cadres, origin::inference, by_people);
  out.table("load");
  out.value("matters_per_year", number_text(c.matters_per_year), c.matters_per_year == usual.load.matters_per_year, origin::inference,
            by_people);
  const int backlog = in_proportion(s.load.backlog, share, 0, 5000);
  out.value("backlog", std::to_string(backlog), backlog == usual.load.backlog, origin::inference, by_people);
  out.table("routing");
  const int clerks = in_proportion(s.routing.clerks, share, 1, 1000);
  out.value("clerks", std::to_string(clerks), clerks == usual.routing.clerks, origin::inference, by_people);
  out.table("handling");
  const auto handlers = [&](std::string_view key, int of_model, double by, int of_default) {
    const int n = in_proportion(of_model, by, 1, 10000);
    out.value(key, std::to_string(n), n == of_default, origin::inference, by_people);
  };
  handlers("department_handlers", s.handling.department_handlers, share, usual.handling.department_handlers);
  handlers("township_handlers", s.handling.township_handlers, share * for_each, usual.handling.township_handlers);
  handlers("park_handlers", s.handling.park_handlers, share, usual.handling.park_handlers);
  session_titles(out, s, county_word(where.name), "as in " + wanted.extends);
  return out.finish();
}

}  // namespace detail

}  // namespace sifang

#endif
