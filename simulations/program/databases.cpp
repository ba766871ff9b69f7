// SPDX-License-Identifier: BSL-1.0
#include "databases.hpp"

#include "command_line.hpp"

#include "sifang/experiment/results_difference.hpp"
#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/results_difference_tables.hpp"
#include "sifang/io/results_reader.hpp"
#include "sifang/io/text_file.hpp"
#ifdef SIFANG_PROGRAM_WITH_OFFICE
#include "sifang/office/results_database.hpp"
#include "sifang/office/results_database_reader.hpp"
#include "sifang/office/sweep_database.hpp"
#endif

#include <algorithm>
#include <iostream>
#include <string>
#include <system_error>
#include <utility>

namespace sifang_program {

using namespace sifang;

int check_database([[maybe_unused]] const options& o) {
#ifndef SIFANG_PROGRAM_WITH_OFFICE
  if (o.database) return tell({{fault_kind::syntax, {"--database"}, {"a program that was built with SQLite", "one without"}}}, o);
#endif
  return done;
}

std::vector<fault> add_database([[maybe_unused]] const options& o, [[maybe_unused]] const result& r,
                                [[maybe_unused]] const run_origin& origin, [[maybe_unused]] const output_directory& into) {
#ifdef SIFANG_PROGRAM_WITH_OFFICE
  if (o.database) return write_results_database(into, results_database(r, origin));
#endif
  return {};
}

std::vector<fault> add_database([[maybe_unused]] const options& o, [[maybe_unused]] const sweep_grid& grid,
                                [[maybe_unused]] const sweep_result& r, [[maybe_unused]] const sweep_origin& origin,
                                [[maybe_unused]] const output_directory& into) {
#ifdef SIFANG_PROGRAM_WITH_OFFICE
  if (o.database) return write_results_database(into, results_database(grid, r, origin));
#endif
  return {};
}

checked<result> results_meant(const std::filesystem::path& place) {
#ifdef SIFANG_PROGRAM_WITH_OFFICE
  return read_any_results(place);
#else
  std::error_code ignored;
  const std::filesystem::path file = std::filesystem::is_directory(place, ignored) ? place / "results.json" : place;
  checked<std::string> bytes = read_bytes(file);
  if (!bytes) return bytes.faults();
  if (bytes->starts_with("SQLite format 3"))
    return fault{
        fault_kind::syntax, {file.string()}, {"a folder of results, or results.json", "a database, which this program was built without"}};
  const checked<std::string> text = decode_text(*std::move(bytes), file.string(), text_encoding::utf8, "a results file");
  if (!text) return text.faults();
  return parse_results(*text, file.string());
#endif
}

int diff(const options& o) {
  const checked<result> before = results_meant(o.scenarios[0]), after = results_meant(o.scenarios[1]);
  std::vector<fault> faults;
  for (const checked<result>* one : {&before, &after}) faults.insert(faults.end(), one->faults().begin(), one->faults().end());
  if (!faults.empty()) return tell(faults, o);
  for (const std::string& name : o.metrics) {
    std::vector<std::string> known;
    for (const checked<result>* one : {&before, &after}) {
      for (const result_metric& m : (*one)->metrics) {
        if (std::find(known.begin(), known.end(), m.id) == known.end()) known.push_back(m.id);
      }
    }
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string all;
    for (const std::string& id : known) all += (all.empty() ? "" : ", ") + id;
    faults.push_back({fault_kind::bad_value, {}, {"--metric", std::move(all), name, meant_by(name, known)}});
  }
  if (!faults.empty()) return tell(faults, o);
  const results_difference found = difference_of_results(*before, *after);
  if (!o.out.empty()) {
    auto file = file_in_the_making::begin(o.out, o.force);
    if (!file) return tell(file.faults(), o);
    file->append(results_difference_csv(*before, *after, found));
    if (faults = file->commit(); !faults.empty()) {
      tell(faults, o);
      return failed;
    }
  }
  if (!o.quiet) std::cout << results_difference_tables(*before, *after, found, o.metrics, o.spoken);
  return o.exit_code && !are_same_results(*before, *after) ? not_met : done;
}

}  // namespace sifang_program
