// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_RESULTS_SCHEMA_HPP
#define SIFANG_OFFICE_RESULTS_SCHEMA_HPP

#include <cstdint>
#include <string_view>

/// \file
/// The tables and views of a database of results. docs/results-database.md says what each column holds; a test compares.

namespace sifang {

/// `PRAGMA application_id` of a database of results: the letters "sifg".
inline constexpr std::int32_t results_application_id = 0x73696667;
/// `PRAGMA user_version`: of the tables; goes up when older readers would misread a database.
inline constexpr int results_database_version = 1;
/// What a database of results is called in a folder of results.
inline constexpr std::string_view results_database_file = "results.sqlite";

namespace detail {

/// One table or view, as SQLite keeps its text.
struct results_schema_row {
  std::string_view name, sql;
  bool is_view = false;
  bool is_new = false;  ///< databases of before do without
};

// Tables have keys that are positions, counted from 0: names may repeat, and what refers to one another stays small.
// clang-format off: a table
inline constexpr results_schema_row results_schema[] = {
    {"study", R"(CREATE TABLE study(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  kind TEXT NOT NULL CHECK(kind IN ('run', 'compare', 'sweep')),
  program_version TEXT NOT NULL,
  county TEXT,
  first_day TEXT,
  last_day TEXT,
  confidence REAL NOT NULL,
  seed TEXT NOT NULL,
  replications INTEGER NOT NULL,
  unfinished_replications INTEGER NOT NULL CHECK(unfinished_replications >= 0)
) STRICT)"},
    {"asked", R"(CREATE TABLE asked(
  what TEXT NOT NULL CHECK(what IN ('command', 'scenario', 'setting', 'common', 'vary', 'cases', 'map', 'cases_left_out')),
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY(what, position)
) STRICT, WITHOUT ROWID)"},
    {"warnings", R"(CREATE TABLE warnings(
  position INTEGER PRIMARY KEY,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL
) STRICT)"},
    {"units", R"(CREATE TABLE units(
  position INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent INTEGER REFERENCES units(position),
  population REAL NOT NULL,
  distance_km REAL NOT NULL,
  x REAL NOT NULL,
  y REAL NOT NULL
) STRICT)"},
    {"unit_names", R"(CREATE TABLE unit_names(
  unit INTEGER PRIMARY KEY REFERENCES units(position),
  english TEXT NOT NULL
) STRICT)",
     false, true},
    {"weeks", R"(CREATE TABLE weeks(
  position INTEGER PRIMARY KEY,
  first_day TEXT NOT NULL
) STRICT)"},
    {"metrics", R"(CREATE TABLE metrics(
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL,
  unit TEXT NOT NULL,
  better TEXT NOT NULL,
  subject TEXT NOT NULL,
  headline INTEGER NOT NULL CHECK(headline IN (0, 1))
) STRICT)"},
    {"dimensions", R"(CREATE TABLE dimensions(
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL
) STRICT)"},
    {"slices", R"(CREATE TABLE slices(
  dimension INTEGER NOT NULL REFERENCES dimensions(position),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL,
  PRIMARY KEY(dimension, position)
) STRICT, WITHOUT ROWID)"},
    {"policies", R"(CREATE TABLE policies(
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  title_english TEXT NOT NULL,
  title_chinese TEXT NOT NULL,
  about_english TEXT NOT NULL,
  about_chinese TEXT NOT NULL,
  seed TEXT NOT NULL,
  replications INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  with_parts INTEGER NOT NULL CHECK(with_parts IN (0, 1))
) STRICT)"},
    {"parameters", R"(CREATE TABLE parameters(
  policy INTEGER NOT NULL REFERENCES policies(position),
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  unit TEXT NOT NULL,
  origin TEXT NOT NULL,
  source TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL,
  changed INTEGER NOT NULL CHECK(changed IN (0, 1)),
  PRIMARY KEY(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"parameter_sources", R"(CREATE TABLE parameter_sources(
  policy INTEGER NOT NULL,
  parameter INTEGER NOT NULL,
  chinese TEXT NOT NULL,
  PRIMARY KEY(policy, parameter),
  FOREIGN KEY(policy, parameter) REFERENCES parameters(policy, position)
) STRICT, WITHOUT ROWID)",
     false, true},
    {"figures", R"(CREATE TABLE figures(
  policy INTEGER NOT NULL REFERENCES policies(position),
  metric INTEGER NOT NULL REFERENCES metrics(position),
  dimension INTEGER NOT NULL,
  slice INTEGER NOT NULL,
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  numerator REAL,
  denominator REAL,
  PRIMARY KEY(policy, metric, dimension, slice),
  FOREIGN KEY(dimension, slice) REFERENCES slices(dimension, position)
) STRICT, WITHOUT ROWID)"},
    {"replications", R"(CREATE TABLE replications(
  policy INTEGER NOT NULL REFERENCES policies(position),
  replication INTEGER NOT NULL,
  metric INTEGER NOT NULL REFERENCES metrics(position),
  numerator REAL NOT NULL,
  denominator REAL NOT NULL,
  PRIMARY KEY(policy, replication, metric)
) STRICT, WITHOUT ROWID)"},
    {"comparisons", R"(CREATE TABLE comparisons(
  position INTEGER PRIMARY KEY,
  base INTEGER NOT NULL REFERENCES policies(position),
  other INTEGER NOT NULL REFERENCES policies(position)
) STRICT)"},
    {"differences", R"(CREATE TABLE differences(
  comparison INTEGER NOT NULL REFERENCES comparisons(position),
  metric INTEGER NOT NULL REFERENCES metrics(position),
  dimension INTEGER NOT NULL,
  slice INTEGER NOT NULL,
  difference REAL NOT NULL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  variance_ratio REAL,
  verdict TEXT NOT NULL,
  PRIMARY KEY(comparison, metric, dimension, slice),
  FOREIGN KEY(dimension, slice) REFERENCES slices(dimension, position)
) STRICT, WITHOUT ROWID)"},
    {"comparison_widths", R"(CREATE TABLE comparison_widths(
  comparison INTEGER PRIMARY KEY REFERENCES comparisons(position),
  joint_confidence REAL NOT NULL,
  one_year_level REAL
) STRICT)",
     false, true},
    {"single_years", R"(CREATE TABLE single_years(
  comparison INTEGER NOT NULL REFERENCES comparisons(position),
  metric INTEGER NOT NULL REFERENCES metrics(position),
  matters REAL NOT NULL,
  median REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  PRIMARY KEY(comparison, metric)
) STRICT, WITHOUT ROWID)",
     false, true},
    {"precision", R"(CREATE TABLE precision(
  position INTEGER PRIMARY KEY,
  metric TEXT NOT NULL,
  wanted REAL NOT NULL,
  reached REAL NOT NULL,
  is_reached INTEGER NOT NULL
) STRICT)",
     false, true},
    {"chances", R"(CREATE TABLE chances(
  position INTEGER NOT NULL,
  policy INTEGER NOT NULL REFERENCES policies(position),
  metric TEXT NOT NULL,
  probability REAL NOT NULL,
  PRIMARY KEY(position, policy)
) STRICT, WITHOUT ROWID)",
     false, true},
    {"cost_texts", R"(CREATE TABLE cost_texts(
  list TEXT NOT NULL CHECK(list IN ('part', 'service')),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL,
  unit_english TEXT NOT NULL,
  unit_chinese TEXT NOT NULL,
  PRIMARY KEY(list, position)
) STRICT, WITHOUT ROWID)",
     false, true},
    {"costs", R"(CREATE TABLE costs(
  policy INTEGER NOT NULL REFERENCES policies(position),
  figure TEXT NOT NULL CHECK(figure IN ('total', 'difference', 'leader_hours', 'leader_hours_difference', 'part', 'part_difference')),
  position INTEGER NOT NULL,
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  PRIMARY KEY(policy, figure, position)
) STRICT, WITHOUT ROWID)",
     false, true},
    {"services", R"(CREATE TABLE services(
  policy INTEGER NOT NULL REFERENCES policies(position),
  service INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  place TEXT NOT NULL,
  sure INTEGER NOT NULL CHECK(sure IN (0, 1)),
  PRIMARY KEY(policy, service)
) STRICT, WITHOUT ROWID)",
     false, true},
    {"service_figures", R"(CREATE TABLE service_figures(
  policy INTEGER NOT NULL,
  service INTEGER NOT NULL,
  figure TEXT NOT NULL CHECK(figure IN ('amount', 'gain', 'price', 'leader_hours')),
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  PRIMARY KEY(policy, service, figure),
  FOREIGN KEY(policy, service) REFERENCES services(policy, service)
) STRICT, WITHOUT ROWID)",
     false, true},
    {"service_better", R"(CREATE TABLE service_better(
  policy INTEGER NOT NULL,
  service INTEGER NOT NULL,
  position INTEGER NOT NULL,
  better INTEGER NOT NULL REFERENCES policies(position),
  PRIMARY KEY(policy, service, position),
  FOREIGN KEY(policy, service) REFERENCES services(policy, service)
) STRICT, WITHOUT ROWID)",
     false, true},
    {"series", R"(CREATE TABLE series(
  policy INTEGER NOT NULL REFERENCES policies(position),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL,
  unit TEXT NOT NULL,
  chart TEXT NOT NULL,
  PRIMARY KEY(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"series_weeks", R"(CREATE TABLE series_weeks(
  policy INTEGER NOT NULL,
  series INTEGER NOT NULL,
  week INTEGER NOT NULL REFERENCES weeks(position),
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  PRIMARY KEY(policy, series, week),
  FOREIGN KEY(policy, series) REFERENCES series(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"curves", R"(CREATE TABLE curves(
  policy INTEGER NOT NULL REFERENCES policies(position),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL,
  limit_days REAL NOT NULL,
  PRIMARY KEY(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"curve_days", R"(CREATE TABLE curve_days(
  policy INTEGER NOT NULL,
  curve INTEGER NOT NULL,
  day INTEGER NOT NULL,
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  PRIMARY KEY(policy, curve, day),
  FOREIGN KEY(policy, curve) REFERENCES curves(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"officials", R"(CREATE TABLE officials(
  policy INTEGER NOT NULL REFERENCES policies(position),
  position INTEGER NOT NULL,
  post TEXT NOT NULL,
  title TEXT NOT NULL,
  rank TEXT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"official_titles", R"(CREATE TABLE official_titles(
  policy INTEGER NOT NULL,
  official INTEGER NOT NULL,
  english TEXT NOT NULL,
  PRIMARY KEY(policy, official),
  FOREIGN KEY(policy, official) REFERENCES officials(policy, position)
) STRICT, WITHOUT ROWID)",
     false, true},
    {"official_figures", R"(CREATE TABLE official_figures(
  policy INTEGER NOT NULL,
  official INTEGER NOT NULL,
  figure TEXT NOT NULL CHECK(figure IN ('hours', 'sessions', 'heard', 'owned_mean', 'owned_max', 'utilisation')),
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  PRIMARY KEY(policy, official, figure),
  FOREIGN KEY(policy, official) REFERENCES officials(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"sessions", R"(CREATE TABLE sessions(
  policy INTEGER NOT NULL REFERENCES policies(position),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL,
  PRIMARY KEY(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"session_figures", R"(CREATE TABLE session_figures(
  policy INTEGER NOT NULL,
  session INTEGER NOT NULL,
  figure TEXT NOT NULL CHECK(figure IN ('sessions', 'idle_share', 'heard', 'wait_minutes', 'queue_max', 'overtime_minutes',
    'utilisation', 'left')),
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  PRIMARY KEY(policy, session, figure),
  FOREIGN KEY(policy, session) REFERENCES sessions(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"violations", R"(CREATE TABLE violations(
  policy INTEGER NOT NULL REFERENCES policies(position),
  position INTEGER NOT NULL,
  rule TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL,
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  PRIMARY KEY(policy, position)
) STRICT, WITHOUT ROWID)"},
    {"cells", R"(CREATE TABLE cells(
  cell INTEGER PRIMARY KEY CHECK(cell >= 1),
  fingerprint TEXT NOT NULL
) STRICT)"},
    {"cell_values", R"(CREATE TABLE cell_values(
  cell INTEGER NOT NULL REFERENCES cells(cell),
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY(cell, position)
) STRICT, WITHOUT ROWID)"},
    {"cell_figures", R"(CREATE TABLE cell_figures(
  cell INTEGER NOT NULL REFERENCES cells(cell),
  metric INTEGER NOT NULL REFERENCES metrics(position),
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  numerator REAL,
  denominator REAL,
  PRIMARY KEY(cell, metric)
) STRICT, WITHOUT ROWID)"},
    {"cell_differences", R"(CREATE TABLE cell_differences(
  cell INTEGER NOT NULL REFERENCES cells(cell),
  metric INTEGER NOT NULL REFERENCES metrics(position),
  difference REAL NOT NULL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  variance_ratio REAL,
  verdict TEXT NOT NULL,
  PRIMARY KEY(cell, metric)
) STRICT, WITHOUT ROWID)"},
    {"cell_units", R"(CREATE TABLE cell_units(
  position INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL
) STRICT)"},
    {"cell_busy", R"(CREATE TABLE cell_busy(
  cell INTEGER NOT NULL REFERENCES cells(cell),
  unit INTEGER NOT NULL REFERENCES cell_units(position),
  estimate REAL,
  lower REAL,
  upper REAL,
  interval TEXT NOT NULL,
  PRIMARY KEY(cell, unit)
) STRICT, WITHOUT ROWID)"},
    // What readers ask first, with names in place of positions.
    {"named_figures", R"(CREATE VIEW named_figures AS
SELECT p.id AS policy, m.id AS metric, m.english, m.chinese, m.unit, d.id AS dimension, s.id AS slice, s.english AS slice_english,
  s.chinese AS slice_chinese, f.estimate, f.lower, f.upper, f.interval, f.numerator / p.replications AS numerator_of_a_year,
  f.denominator / p.replications AS denominator_of_a_year
FROM figures f JOIN policies p ON p.position = f.policy JOIN metrics m ON m.position = f.metric
  JOIN dimensions d ON d.position = f.dimension JOIN slices s ON s.dimension = f.dimension AND s.position = f.slice
ORDER BY f.policy, f.metric, f.dimension, f.slice)",
     true},
    {"key_figures", R"(CREATE VIEW key_figures AS
SELECT p.id AS policy, m.id AS metric, m.english, m.chinese, m.unit, f.estimate, f.lower, f.upper, f.interval,
  f.numerator / p.replications AS numerator_of_a_year, f.denominator / p.replications AS denominator_of_a_year
FROM figures f JOIN policies p ON p.position = f.policy JOIN metrics m ON m.position = f.metric
  JOIN dimensions d ON d.position = f.dimension
WHERE m.headline = 1 AND d.id = 'all'
ORDER BY f.policy, f.metric)",
     true},
    {"years", R"(CREATE VIEW years AS
SELECT p.id AS policy, r.replication, m.id AS metric, m.english, m.chinese, m.unit, r.numerator / r.denominator AS figure,
  r.numerator, r.denominator
FROM replications r JOIN policies p ON p.position = r.policy JOIN metrics m ON m.position = r.metric
WHERE r.denominator <> 0
ORDER BY r.policy, r.replication, r.metric)",
     true},
    {"verdicts", R"(CREATE VIEW verdicts AS
SELECT b.id AS base, o.id AS other, m.id AS metric, m.english, m.chinese, m.unit, d.id AS dimension, s.id AS slice,
  f.difference, f.lower, f.upper, f.interval, f.variance_ratio, f.verdict
FROM differences f JOIN comparisons c ON c.position = f.comparison JOIN policies b ON b.position = c.base
  JOIN policies o ON o.position = c.other JOIN metrics m ON m.position = f.metric JOIN dimensions d ON d.position = f.dimension
  JOIN slices s ON s.dimension = f.dimension AND s.position = f.slice
ORDER BY f.comparison, f.metric, f.dimension, f.slice)",
     true},
    {"worst_units", R"(CREATE VIEW worst_units AS
SELECT policy, metric, english, chinese, unit_of_metric, place, dimension, code, name, estimate, lower, upper FROM (
  SELECT p.id AS policy, m.id AS metric, m.english, m.chinese, m.unit AS unit_of_metric, d.id AS dimension, s.id AS code, s.chinese AS name,
    f.estimate, f.lower, f.upper, f.policy AS at_policy, f.metric AS at_metric, f.dimension AS at_dimension, f.slice AS at_slice,
    RANK() OVER (PARTITION BY f.policy, f.metric, f.dimension
      ORDER BY CASE m.better WHEN 'lower' THEN -f.estimate ELSE f.estimate END) AS place
  FROM figures f JOIN policies p ON p.position = f.policy JOIN metrics m ON m.position = f.metric
    JOIN dimensions d ON d.position = f.dimension JOIN slices s ON s.dimension = f.dimension AND s.position = f.slice
  WHERE d.id IN ('township', 'unit') AND m.better <> 'none' AND f.estimate IS NOT NULL)
ORDER BY at_policy, at_metric, at_dimension, place, at_slice)",
     true},
    {"best_chances", R"(CREATE VIEW best_chances AS
SELECT c.metric, p.id AS policy, c.probability
FROM chances c JOIN policies p ON p.position = c.policy
ORDER BY c.position, c.policy)",
     true},
    {"named_costs", R"(CREATE VIEW named_costs AS
SELECT p.id AS policy, c.figure, t.id AS part, t.english, t.chinese, c.estimate, c.lower, c.upper, c.interval
FROM costs c JOIN policies p ON p.position = c.policy
  LEFT JOIN cost_texts t ON t.list = 'part' AND t.position = c.position AND c.figure IN ('part', 'part_difference')
ORDER BY c.policy, c.figure, c.position)",
     true},
    {"named_services", R"(CREATE VIEW named_services AS
SELECT p.id AS policy, t.id AS service, t.english, t.chinese, t.unit_english, t.unit_chinese, s.verdict, s.place, s.sure, f.figure,
  f.estimate, f.lower, f.upper, f.interval
FROM services s JOIN policies p ON p.position = s.policy JOIN cost_texts t ON t.list = 'service' AND t.position = s.service
  JOIN service_figures f ON f.policy = s.policy AND f.service = s.service
ORDER BY s.policy, s.service, f.figure)",
     true},
    {"changed_parameters", R"(CREATE VIEW changed_parameters AS
SELECT p.id AS policy, c.key, c.value, b.value AS value_of_base, c.unit, c.origin, c.source, c.english, c.chinese
FROM parameters c JOIN policies p ON p.position = c.policy LEFT JOIN parameters b ON b.policy = 0 AND b.key = c.key
WHERE c.changed = 1
ORDER BY c.policy, c.position)",
     true},
    {"busiest_officials", R"(CREATE VIEW busiest_officials AS
SELECT policy, place, post, title, rank, unit, utilisation, hours FROM (
  SELECT p.id AS policy, o.post, o.title, o.rank, o.unit, u.estimate AS utilisation, h.estimate AS hours, o.policy AS at_policy,
    o.position AS at_position, RANK() OVER (PARTITION BY o.policy ORDER BY u.estimate DESC) AS place
  FROM officials o JOIN policies p ON p.position = o.policy
    JOIN official_figures u ON u.policy = o.policy AND u.official = o.position AND u.figure = 'utilisation'
    JOIN official_figures h ON h.policy = o.policy AND h.official = o.position AND h.figure = 'hours')
ORDER BY at_policy, place, at_position)",
     true},
    {"sessions_of_a_year", R"(CREATE VIEW sessions_of_a_year AS
SELECT p.id AS policy, s.id AS session, s.english, s.chinese, f.figure, f.estimate, f.lower, f.upper, f.interval
FROM session_figures f JOIN sessions s ON s.policy = f.policy AND s.position = f.session JOIN policies p ON p.position = f.policy
ORDER BY f.policy, f.session, f.figure)",
     true},
    {"named_cells", R"(CREATE VIEW named_cells AS
SELECT f.cell, (SELECT group_concat(v.key || '=' || v.value, ' ') FROM cell_values v WHERE v.cell = f.cell) AS settings,
  m.id AS metric, m.english, m.chinese, m.unit, f.estimate, f.lower, f.upper, f.interval, d.difference, d.lower AS difference_lower,
  d.upper AS difference_upper, d.verdict
FROM cell_figures f JOIN metrics m ON m.position = f.metric LEFT JOIN cell_differences d ON d.cell = f.cell AND d.metric = f.metric
ORDER BY f.cell, f.metric)",
     true},
};
// clang-format on

}  // namespace detail
}  // namespace sifang

#endif
