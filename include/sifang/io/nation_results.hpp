// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_NATION_RESULTS_HPP
#define SIFANG_IO_NATION_RESULTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/experiment/nation.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/divisions.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/results.hpp"
#include "sifang/stats/estimate.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that a national run leaves: provinces.csv, counties.csv, manifest.json.

namespace sifang {

/// How a national run came about: enough to do it again.
struct nation_origin {
  std::string version,                ///< of the program
      scenario,                       ///< file or name
      divisions;                      ///< folder of the division tables
  std::vector<std::string> settings;  ///< of the command line
  std::uint64_t seed = 0;             ///< of the scenario
  double confidence = 0.95;           ///< of the intervals
  std::size_t counties_left_out = 0,  ///< counties of the tables that were not played, having no village
      townships_left_out = 0;         ///< the same of townships
};

/// counties.csv, a row for each county as it is taken: division code, name, code of the province, villages, and means over
/// the replications of matters that arose, of those in each state at the end, and of events.
class county_rows {
 public:
  /// Adds the next county; one of which no world can be made has no row.
  void add(const division_county& c, std::span<const nation_sums> sums) {
    if (sums.empty()) return;
    nation_counts n;
    for (const nation_sums& one : sums) n += one.counts;
    csv_.field(c.code).field(c.name).field(c.province).field(static_cast<std::int64_t>(c.villages));
    for (const double x : {n.born, n.silent, n.on_the_way, n.open, n.closed, n.events}) csv_.field(x / static_cast<double>(sums.size()));
    csv_.end_row();
  }
  /// The table.
  [[nodiscard]] std::string text() const { return csv_.text(); }

 private:
  csv_writer csv_{"code", "name", "province", "villages", "born", "silent", "on_the_way", "open", "closed", "events"};
};

/// provinces.csv: every metric that adds up, of the nation (no code) and of each province, with its interval and, of a ratio,
/// numerator and denominator in a year on average. A metric that cannot be told has empty fields.
/// \param nation  the nation's name
[[nodiscard]] inline std::string provinces_csv(const nation_result& r, std::span<const division_place> provinces, std::string_view nation,
                                               double confidence) {
  csv_writer csv{"province", "name",     "metric",      "unit",        "estimate",  "lower",
                 "upper",    "interval", "interval_en", "interval_zh", "numerator", "denominator"};
  const t_scale scale(r.replications, confidence);
  const auto write = [&](std::string_view code, std::string_view name, const std::vector<nation_sums>& sums) {
    for (const metric_info& m : metric_table) {
      if (!adds_up(m.id)) continue;
      csv.field(code).field(name).field(m.name).field(m.unit);
      const interval found = nation_estimate(m.id, sums, scale);
      detail::interval_fields(csv, found);
      detail::interval_words(csv, found);
      detail::parts_fields(csv, nation_parts(m.id, sums), r.replications);
      csv.end_row();
    }
  };
  write("", nation, whole_nation(r));
  for (std::size_t p = 0; p < r.provinces.size(); ++p) write(provinces[p].code, provinces[p].name, r.provinces[p]);
  return csv.text();
}

/// What was run.
[[nodiscard]] inline std::string nation_manifest(const nation_result& r, const nation_origin& origin) {
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("command", "nation")
      .member("finished", true)
      .key("scenarios")
      .begin_array()
      .value(std::string_view(origin.scenario))
      .end_array();
  json.member("divisions", std::string_view(origin.divisions)).key("settings").begin_array();
  for (const std::string& text : origin.settings) json.value(std::string_view(text));
  json.end_array().member("seed", origin.seed).member("replications", r.replications).member("confidence", origin.confidence);
  json.key("left_out")
      .begin_object()
      .member("counties", origin.counties_left_out)
      .member("townships", origin.townships_left_out)
      .end_object();
  json.end_object();
  return std::move(json).finish();
}

/// Puts the files of a national run into a directory that is being filled; the caller commits.
[[nodiscard]] inline std::vector<fault> write_nation(const nation_result& r, const county_rows& counties,
                                                     std::span<const division_place> provinces, std::string_view nation,
                                                     const nation_origin& origin, const output_directory& into) {
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("provinces.csv", provinces_csv(r, provinces, nation, origin.confidence));
  write("counties.csv", counties.text());
  write(output_directory::marker, nation_manifest(r, origin));
  return faults;
}

}  // namespace sifang

#endif
