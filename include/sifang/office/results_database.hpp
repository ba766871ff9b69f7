// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_RESULTS_DATABASE_HPP
#define SIFANG_OFFICE_RESULTS_DATABASE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_shape.hpp"
#include "sifang/office/results_schema.hpp"
#include "sifang/office/sqlite.hpp"
#include "sifang/stats/interval.hpp"

#include <cmath>
#include <concepts>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Results as one database of SQLite: every number of results.json (but what is not known, `unknowns`) in
/// tables, and views of what is asked first.
/// docs/results-database.md has every table and column. The same results give the same bytes under the same SQLite.

namespace sifang {

namespace detail {

/// Intervals of what a policy costs, and of what it brings, under their names in a database. @{
inline constexpr std::pair<std::string_view, interval result_policy_cost::*> cost_figures[] = {
    {"total", &result_policy_cost::total},
    {"difference", &result_policy_cost::difference},
    {"leader_hours", &result_policy_cost::leader_hours},
    {"leader_hours_difference", &result_policy_cost::leader_hours_difference}};
inline constexpr std::pair<std::string_view, interval result_gain::*> gain_figures[] = {{"amount", &result_gain::amount},
                                                                                        {"gain", &result_gain::gain},
                                                                                        {"price", &result_gain::price},
                                                                                        {"leader_hours", &result_gain::leader_hours}};
/// @}

/// Fills a database of results.
class results_database_writer {
 public:
  explicit results_database_writer(std::string file) : db_(std::move(file)) {
    db_.run("PRAGMA page_size = 4096");
    db_.run("PRAGMA secure_delete = ON");  // what is left over of a page is 0
    db_.run("PRAGMA foreign_keys = ON");
    db_.run("PRAGMA application_id = " + std::to_string(results_application_id));
    db_.run("PRAGMA user_version = " + std::to_string(results_database_version));
    db_.run("BEGIN");
    for (const results_schema_row& row : results_schema) db_.run(row.sql);
  }

  /// What a run or a comparison found.
  void add(const result& r) {
    using text = std::optional<std::string_view>;
    const result_policy none{};
    const result_policy& first = r.policies.empty() ? none : r.policies.front();
    into("study", 10, 1, r.kind, r.version, text(r.county), text(r.start), text(r.end), r.confidence, std::to_string(first.seed),
         first.replications, r.unfinished_replications);
    const auto warning = into("warnings", 3);
    each(r.warnings, [&](std::size_t at, const result_warning& w) { db_.run(warning, at, w.en, w.zh); });
    const auto unit = into("units", 9);
    each(r.units, [&](std::size_t at, const result_unit& u) {
      const auto parent = u.parent < 0 ? std::nullopt : std::optional(u.parent);
      db_.run(unit, at, u.code, u.name, u.kind, parent, u.population, u.distance_km, u.x, u.y);
    });
    const auto unit_name = into("unit_names", 2);
    each(r.units, [&](std::size_t at, const result_unit& u) {
      if (!u.name_en.empty()) db_.run(unit_name, at, u.name_en);
    });
    const auto week = into("weeks", 2);
    each(r.week_starts, [&](std::size_t at, const std::string& day) { db_.run(week, at, day); });
    const auto metric = into("metrics", 8);
    each(r.metrics,
         [&](std::size_t at, const result_metric& m) { db_.run(metric, at, m.id, m.en, m.zh, m.unit, m.better, m.group, m.headline); });
    const auto dimension = into("dimensions", 4), slice = into("slices", 5);
    each(r.dimensions, [&](std::size_t at, const result_dimension& d) {
      db_.run(dimension, at, d.id, d.en, d.zh);
      each(d.items, [&](std::size_t item, const label& l) { db_.run(slice, at, item, l.id, l.en, l.zh); });
    });
    each(r.policies, [&](std::size_t at, const result_policy& p) { add_policy(at, p); });
    const auto precision = into("precision", 5);
    each(r.precision,
         [&](std::size_t at, const result_precision& p) { db_.run(precision, at, p.metric, p.wanted, p.reached, p.is_reached); });
    const auto chance = into("chances", 4);
    each(r.chances, [&](std::size_t at, const result_chances& c) {
      each(c.best, [&](std::size_t p, double best) { db_.run(chance, at, p, c.metric, best); });
    });
    add_costs(r.costs);
    const auto comparison = into("comparisons", 3), difference = into("differences", 10);
    each(r.comparisons, [&](std::size_t at, const result_comparison& c) {
      db_.run(comparison, at, c.base, c.other);
      add_widths(at, c);
      each(c.values, [&](std::size_t m, const auto& by_dimension) {
        each(by_dimension, [&](std::size_t d, const auto& items) {
          each(items, [&](std::size_t i, const result_difference& v) {
            const bounds b(v.difference);
            if (b.estimate) db_.run(difference, at, m, d, i, b.estimate, b.lower, b.upper, b.kind, v.variance_ratio, v.verdict);
          });
        });
      });
    });
  }

  /// How a run or a comparison came about.
  void add(const run_origin& origin) {
    const auto asked = into("asked", 3);
    db_.run(asked, std::string_view("command"), 0, origin.command);
    list(asked, "scenario", origin.scenarios);
    list(asked, "setting", origin.settings);
    list(asked, "common", origin.common);
    if (!origin.cases.empty()) db_.run(asked, std::string_view("cases"), 0, origin.cases);
    if (!origin.map.empty()) db_.run(asked, std::string_view("map"), 0, origin.map);
    if (origin.cases_left_out > 0) db_.run(asked, std::string_view("cases_left_out"), 0, std::to_string(origin.cases_left_out));
  }

  /// The bytes of the whole database.
  [[nodiscard]] checked<std::string> finish() {
    db_.run("COMMIT");
    std::string out = db_.bytes();
    if (!db_.ok()) return db_.faults();
    return out;
  }

  // What tables are filled with, for `sweep_database.hpp` too.

  /// An interval as columns: what cannot be told is NULL.
  struct bounds {
    explicit bounds(const interval& v) : kind(text_of(v.kind).id) {
      if (!v.has_value() || !std::isfinite(v.estimate) || !std::isfinite(v.lower) || !std::isfinite(v.upper)) {
        kind = text_of(interval_kind::none).id;
        return;
      }
      estimate = v.estimate;
      if (v.kind == interval_kind::too_little_data) return;
      lower = v.lower;
      upper = v.upper;
    }
    std::optional<double> estimate{}, lower{}, upper{};
    std::string_view kind;
  };
  struct parts {
    explicit parts(const ratio_parts& v) {
      if (!v.known()) return;
      numerator = v.numerator;
      denominator = v.denominator;
    }
    std::optional<double> numerator{}, denominator{};
  };

  template <class List, class Do>
  static void each(const List& list, const Do& act) {
    std::size_t at = 0;
    for (const auto& one : list) act(at++, one);
  }
  [[nodiscard]] sqlite_statement into(std::string_view table, int columns) {
    std::string sql = "INSERT INTO ";
    sql.append(table).append(" VALUES(?");
    for (int k = 1; k < columns; ++k) sql += ", ?";
    return db_.prepare(sql += ')');
  }
  template <class... Values>
  void into(std::string_view table, int columns, const Values&... values) {
    db_.run(into(table, columns), values...);
  }
  void list(const sqlite_statement& asked, std::string_view what, const std::vector<std::string>& texts) {
    each(texts, [&](std::size_t at, const std::string& text) { db_.run(asked, what, at, text); });
  }
  /// Adds one row.
  template <class... Values>
  void run(const sqlite_statement& s, const Values&... values) {
    db_.run(s, values...);
  }

 private:
  /// What matters, and what a single year may bring.
  void add_widths(std::size_t at, const result_comparison& c) {
    if (c.joint_confidence <= 0) return;
    into("comparison_widths", 3, at, c.joint_confidence, c.one_year_level > 0 ? std::optional(c.one_year_level) : std::nullopt);
    const auto year = into("single_years", 7);
    each(c.matters, [&](std::size_t m, double matters) {
      const bounds b(m < c.one_year.size() ? c.one_year[m] : interval{});
      db_.run(year, at, m, matters, b.estimate, b.lower, b.upper, b.kind);
    });
  }
  /// What policies cost, and what they bring for it.
  void add_costs(const result_costs& costs) {
    const auto text = into("cost_texts", 7), cost = into("costs", 7), service = into("services", 5), figure = into("service_figures", 7),
               better = into("service_better", 4);
    each(costs.parts, [&](std::size_t at, const result_cost_text& t) {
      db_.run(text, std::string_view("part"), at, t.id, t.en, t.zh, t.unit_en, t.unit_zh);
    });
    each(costs.services, [&](std::size_t at, const result_cost_text& t) {
      db_.run(text, std::string_view("service"), at, t.id, t.en, t.zh, t.unit_en, t.unit_zh);
    });
    each(costs.policies, [&](std::size_t at, const result_policy_cost& p) {
      for (const auto& [name, member] : cost_figures) run_interval(cost, p.*member, at, name, 0);
      each(p.parts, [&](std::size_t k, const interval& v) { run_interval(cost, v, at, std::string_view("part"), k); });
      each(p.part_differences,
           [&](std::size_t k, const interval& v) { run_interval(cost, v, at, std::string_view("part_difference"), k); });
      each(p.services, [&](std::size_t k, const result_gain& g) {
        db_.run(service, at, k, g.verdict, g.place, g.sure);
        for (const auto& [name, member] : gain_figures) run_interval(figure, g.*member, at, k, name);
        each(g.by, [&](std::size_t i, std::size_t by) { db_.run(better, at, k, i, by); });
      });
    });
  }
  void add_policy(std::size_t at, const result_policy& p) {
    into("policies", 10, at, p.id, p.title_en, p.title_zh, p.about_en, p.about_zh, std::to_string(p.seed), p.replications, p.fingerprint,
         !p.parts.empty());
    const auto parameter = into("parameters", 10), source = into("parameter_sources", 3);
    each(p.assumptions, [&](std::size_t k, const result_assumption& a) {
      db_.run(parameter, at, k, a.key, a.value, a.unit, a.mark, a.source, a.en, a.zh, a.changed);
      if (a.source_zh) db_.run(source, at, k, *a.source_zh);
    });
    const auto figure = into("figures", 10);
    each(p.values, [&](std::size_t m, const auto& by_dimension) {
      each(by_dimension, [&](std::size_t d, const auto& items) {
        each(items, [&](std::size_t i, const interval& v) {
          const bounds b(v);
          const parts of(p.parts.empty() ? ratio_parts{} : p.parts[m][d][i]);
          if (b.estimate || of.denominator)
            db_.run(figure, at, m, d, i, b.estimate, b.lower, b.upper, b.kind, of.numerator, of.denominator);
        });
      });
    });
    const auto replication = into("replications", 5);
    each(p.years, [&](std::size_t year, const auto& metrics) {
      each(metrics, [&](std::size_t m, const ratio_parts& v) { db_.run(replication, at, year, m, v.numerator, v.denominator); });
    });
    const auto series = into("series", 7), series_week = into("series_weeks", 7);
    each(p.series, [&](std::size_t k, const result_series& s) {
      db_.run(series, at, k, s.id, s.en, s.zh, s.unit, s.chart);
      each(s.weeks, [&](std::size_t w, const interval& v) { run_interval(series_week, v, at, k, w); });
    });
    const auto curve = into("curves", 6), curve_day = into("curve_days", 7);
    each(p.curves, [&](std::size_t k, const result_curve& c) {
      db_.run(curve, at, k, c.id, c.en, c.zh, c.limit_days);
      each(c.by_day, [&](std::size_t day, const interval& v) { run_interval(curve_day, v, at, k, day); });
    });
    const auto official = into("officials", 6), official_figure = into("official_figures", 7), title = into("official_titles", 3);
    each(p.officials, [&](std::size_t k, const result_official& o) {
      db_.run(official, at, k, o.post, o.title, o.rank, o.unit);
      if (!o.title_en.empty()) db_.run(title, at, k, o.title_en);
      add_figures(official_figure, at, k, o);
    });
    const auto session = into("sessions", 5), session_figure = into("session_figures", 7);
    each(p.venues, [&](std::size_t k, const result_venue& v) {
      db_.run(session, at, k, v.id, v.en, v.zh);
      add_figures(session_figure, at, k, v);
    });
    const auto violation = into("violations", 9);
    each(p.violations, [&](std::size_t k, const result_violation& v) { run_interval(violation, v.count, at, k, v.rule, v.en, v.zh); });
  }
  /// The intervals of a post or a kind of session, each a row under its name in results.json.
  template <class Subject>
  void add_figures(const sqlite_statement& s, std::size_t policy, std::size_t at, const Subject& subject) {
    members(subject, [&](std::string_view name, const auto& member) {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(member)>, interval>) run_interval(s, member, policy, at, name);
    });
  }
  template <class... Keys>
  void run_interval(const sqlite_statement& s, const interval& v, const Keys&... keys) {
    const bounds b(v);
    db_.run(s, keys..., b.estimate, b.lower, b.upper, b.kind);
  }

  sqlite_memory db_;
};

}  // namespace detail

/// The bytes of a database of what a run or a comparison found, made in memory.
/// \param file  what a fault would name
/// Faults: `syntax` (lists that refer to one another do not fit, a text too long), `cannot_write` (memory). \complexity linear
[[nodiscard]] inline checked<std::string> results_database(const result& r, const run_origin& origin, const std::string& file = {}) {
  detail::results_database_writer out(file.empty() ? std::string(results_database_file) : file);
  out.add(r);
  out.add(origin);
  return out.finish();
}

/// Writes a database of what a run or a comparison found: there whole or not at all. Faults: those of `results_database` and
/// `file_in_the_making` (a file that is there already and not `force`, a full disk, a folder that cannot be written).
[[nodiscard]] inline std::vector<fault> write_results_database(const std::filesystem::path& path, const result& r, const run_origin& origin,
                                                               bool force = false) {
  const checked<std::string> bytes = results_database(r, origin, path.string());
  if (!bytes) return bytes.faults();
  auto file = file_in_the_making::begin(path, force);
  if (!file) return file.faults();
  file->append(*bytes);
  return file->commit();
}

/// Adds a database to results that are being written, under `results_database_file`.
[[nodiscard]] inline std::vector<fault> write_results_database(const output_directory& into, const checked<std::string>& bytes) {
  return bytes ? into.write(results_database_file, *bytes) : bytes.faults();
}

}  // namespace sifang

#endif
