// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_RESULT_HPP
#define SIFANG_EXPERIMENT_RESULT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/stats/interval.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// \file
/// What an experiment found, as plain values: the one shape that files, tables and the report are made from.

namespace sifang {

struct label {
  std::string id, en, zh;
};

/// A unit as the report draws it.
struct result_unit {
  std::string code, name, kind;
  std::int32_t parent = -1;  ///< position in the list, -1 for the county
  double population = 0, distance_km = 0, x = 0, y = 0;
};

/// What is measured; which way is good decides the colour of a difference.
struct result_metric {
  std::string id, en, zh;
  std::string unit;    ///< "share", "days", "minutes", "hours", "cases", "persons", "visits", …
  std::string better;  ///< "lower", "higher" or "none"
  std::string group;   ///< "waiting", "deadlines", "outcome", "load" or "cost"
  bool headline = false;
};

/// A way to split a metric: all, level, township, category, door, channel, venue.
struct result_dimension {
  std::string id, en, zh;
  std::vector<label> items;
};

/// Mean over replications with a pointwise interval, one value a week of the counted period.
struct result_series {
  std::string id, en, zh, unit;
  std::string chart;  ///< series with the same name share a chart
  std::vector<interval> weeks;
};

/// Share of matters whose step was done within d days, d = 0, 1, …; and the legal limit.
struct result_curve {
  std::string id, en, zh;
  double limit_days = 0;
  std::vector<interval> by_day;
};

struct result_official {
  std::string post, title, rank, unit;
  interval hours, sessions, heard, owned_mean, owned_max;
};

/// One kind of session over the year.
struct result_venue {
  std::string id, en, zh;
  interval sessions, idle_share, heard, wait_minutes, queue_max, overtime_minutes, utilisation, left;
};

struct result_violation {
  std::string rule, en, zh;
  interval count;  ///< a year
};

struct result_assumption {
  std::string key, value, unit, mark, source, en, zh;
  bool changed = false;  ///< differs from the base scenario of the comparison
};

/// Estimates of one policy: `values[metric][dimension][item]`.
struct result_policy {
  std::string id, title_en, title_zh, about_en, about_zh;
  std::uint64_t seed = 0;
  std::int32_t replications = 0;
  std::string fingerprint;  ///< 16 hexadecimal digits
  std::vector<std::vector<std::vector<interval>>> values;
  std::vector<result_series> series;
  std::vector<result_curve> curves;
  std::vector<result_official> officials;
  std::vector<result_venue> venues;
  std::vector<result_violation> violations;
  std::vector<result_assumption> assumptions;
};

/// Other minus base, on common random numbers.
struct result_difference {
  interval difference;
  double variance_ratio = 0;  ///< (S²_A+S²_B)/S²_D: above 1 the common random numbers work
  std::string verdict;        ///< "better", "worse", "changed", "no_difference" or "too_little_data", after Holm over headline metrics
};

struct result_comparison {
  std::size_t base = 0, other = 0;                                        ///< positions in `policies`
  std::vector<std::vector<std::vector<result_difference>>> values;        ///< as `result_policy::values`
};

struct result {
  std::string kind;     ///< "run" or "compare"
  std::string version;  ///< of the library
  std::string county;   ///< name of the root unit
  std::string start, end;
  double confidence = 0.95;
  std::vector<std::string> week_starts;
  std::vector<result_unit> units;
  std::vector<result_metric> metrics;
  std::vector<result_dimension> dimensions;
  std::vector<result_policy> policies;
  std::vector<result_comparison> comparisons;
};

}  // namespace sifang

#endif
