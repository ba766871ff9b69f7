// SPDX-License-Identifier: BSL-1.0
#include "placing.hpp"
#include "shipped.hpp"
#include "verbs.hpp"

#include "sifang/core/names.hpp"
#include "sifang/io/new_county.hpp"
#include "sifang/io/output_directory.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// What a scenario beside any other extends: the name of one that ships, else a whole path.
[[nodiscard]] std::string extended_name(const std::string& model) {
  const std::vector<std::string> shipped = shipped_names();
  std::error_code error;
  const bool is_file = std::filesystem::is_regular_file(model, error);
  if (!is_file && std::find(shipped.begin(), shipped.end(), model) != shipped.end()) return model;
  const auto path = scenario_meant(model);
  return path ? std::filesystem::absolute(*path, error).lexically_normal().string() : model;
}

}  // namespace

int new_county_of(const options& o) {
  const bool by_name = !o.scenarios.empty() && !o.divisions.empty() && o.table.empty();
  const bool by_table = o.scenarios.empty() && o.divisions.empty() && !o.table.empty();
  if (!by_name && !by_table) {
    std::cerr << pick(o, "new: expected COUNTY and --divisions FOLDER, or --table FILE alone\n",
                      "new：应给出县（COUNTY）和 --divisions 文件夹，或只给出 --table 文件\n");
    return bad_input;
  }
  auto model = read_input(o.model, {});
  if (!model) return tell(model.faults(), o);
  if (by_name && !std::filesystem::exists(o.divisions)) {  // one line, not one for each table in it
    return tell({{fault_kind::cannot_read, {}, {o.divisions, sifang::detail::reason_of(ENOENT)}}}, o);
  }
  std::vector<fault> faults;
  new_county_wanted wanted{by_name ? o.scenarios.front() : std::string(),
                           extended_name(o.model),
                           {},
                           parse_name<link_rule>(o.links).value_or(link_rule::balanced)};
  if (o.population) wanted.population = *o.population;
  const auto add = [&](const std::vector<fault>& more) { faults.insert(faults.end(), more.begin(), more.end()); };
  std::optional<new_county> drafted;
  const auto keep = [&](checked<new_county> made) {
    if (made)
      drafted = *std::move(made);
    else
      add(made.faults());
  };
  if (by_table) {
    const auto outline = county_outline::load(o.table);
    add(outline.faults());
    if (faults.empty()) keep(draft_new_county(*outline, *model, wanted));
  } else {
    const auto divisions = national_divisions::load(o.divisions);
    const auto prefectures = load_prefectures(o.divisions);
    add(divisions.faults());
    add(prefectures.faults());
    if (faults.empty()) keep(draft_new_county(*divisions, *prefectures, *model, wanted));
  }
  if (!drafted) return tell(faults, o);
  std::optional<output_directory> folder;
  if (const int code = open_results(o, drafted->name, folder, "."); code != done) return code;
  for (const auto& [name, text] : drafted->files()) {
    for (fault& f : folder->write(name, text)) faults.push_back(std::move(f));
  }
  if (const int code = place_results(o, std::move(faults), *folder); code != done || o.quiet) return code;
  std::cout << new_county_text(*drafted, o.spoken) << pick(o, "Scenario: ", "方案：")
            << (folder->where() / (drafted->name + std::string(scenario_extension))).string() << '\n';
  return done;
}

}  // namespace sifang_program
