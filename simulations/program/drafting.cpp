// SPDX-License-Identifier: BSL-1.0
#include "placing.hpp"
#include "shipped.hpp"
#include "verbs.hpp"

#include "sifang/core/names.hpp"
#include "sifang/io/new_county.hpp"
#include "sifang/io/output_directory.hpp"

#include <algorithm>
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
  auto model = read_input(o.model, {});
  auto divisions = national_divisions::load(o.divisions);
  auto prefectures = load_prefectures(o.divisions);
  std::vector<fault> faults;
  const auto add = [&](const auto& read) { faults.insert(faults.end(), read.faults().begin(), read.faults().end()); };
  add(model);
  add(divisions);
  add(prefectures);
  if (!faults.empty()) return tell(faults, o);
  new_county_wanted wanted{o.scenarios.front(), extended_name(o.model), {}, parse_name<link_rule>(o.links).value_or(link_rule::balanced)};
  if (o.population) wanted.population = *o.population;
  const auto drafted = draft_new_county(*divisions, *prefectures, *model, wanted);
  if (!drafted) return tell(drafted.faults(), o);
  std::optional<output_directory> folder;
  if (const int code = open_results(o, drafted->name, folder, "."); code != done) return code;
  for (const auto& [name, text] : drafted->files()) {
    for (fault& f : folder->write(name, text)) faults.push_back(std::move(f));
  }
  if (const int code = place_results(o, std::move(faults), *folder); code != done || o.quiet) return code;
  std::cout << new_county_text(*drafted, o.spoken) << pick(o, "Scenario: ", "方案:")
            << (folder->where() / (drafted->name + std::string(scenario_extension))).string() << '\n';
  return done;
}

}  // namespace sifang_program
