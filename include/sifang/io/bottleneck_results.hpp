// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_BOTTLENECK_RESULTS_HPP
#define SIFANG_IO_BOTTLENECK_RESULTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/bottlenecks.hpp"
#include "sifang/io/bottleneck_tables.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_json.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that a look for bottlenecks leaves: bottlenecks.json, places.csv, months.csv, doors.csv, posts.csv, one-more.csv,
/// manifest.json.

namespace sifang {

/// How it came about: enough to do it again.
struct bottleneck_origin {
  std::string version,                ///< of the program
      scenario;                       ///< file or name
  std::vector<std::string> settings;  ///< of the command line
  std::uint64_t seed = 0;             ///< of the scenario
  std::string cases{};                ///< file of recorded cases; empty without
};

namespace detail {
inline void place_fields(csv_writer& csv, const place_load& p) { csv.field(name_of(p.kind)).field(p.code).field(p.en).field(p.zh); }
inline void optional_field(csv_writer& csv, const std::optional<double>& x) {
  if (x)
    csv.field(*x);
  else
    csv.empty();
}
}  // namespace detail

/// places.csv: each place of work with its figures of a year, each with its bounds and what these are.
[[nodiscard]] inline std::string places_csv(const bottleneck_result& r) {
  csv_writer csv({});
  for (const char* name : {"kind", "place", "name_en", "name_zh"}) csv.field(std::string_view(name));
  for (const char* figure : {"busy", "wait", "late_share", "late", "due"}) {
    for (const char* end : {"", "_lower", "_upper"}) csv.field(std::string(figure) + end);
  }
  csv.end_row();
  for (const place_load& p : r.loads.places) {
    detail::place_fields(csv, p);
    for (const interval* v : {&p.busy, &p.wait, &p.late_share, &p.late, &p.due}) detail::interval_fields(csv, *v);
    csv.end_row();
  }
  return csv.text();
}

/// months.csv: the course of the year at each place.
[[nodiscard]] inline std::string place_months_csv(const bottleneck_result& r) {
  csv_writer csv{"kind", "place", "name_en", "name_zh", "month", "busy", "wait", "late_share"};
  for (const place_load& p : r.loads.places) {
    for (std::size_t m = 0; m < p.months.size(); ++m) {
      if (!p.months[m].busy && !p.months[m].wait && !p.months[m].late) continue;
      detail::place_fields(csv, p);
      csv.field(static_cast<std::int64_t>(m + 1));
      for (const auto* x : {&p.months[m].busy, &p.months[m].wait, &p.months[m].late}) detail::optional_field(csv, *x);
      csv.end_row();
    }
  }
  return csv.text();
}

/// posts.csv: how busy each post is with petitions, how long its visitors wait, and what of its cases is late.
[[nodiscard]] inline std::string posts_csv(const bottleneck_result& r) {
  csv_writer csv({});
  for (const char* name : {"post", "title", "title_en", "unit"}) csv.field(std::string_view(name));
  for (const char* figure : {"busy", "visits", "wait", "late_visits", "steps", "late", "late_share"}) {
    for (const char* end : {"", "_lower", "_upper"}) csv.field(std::string(figure) + end);
  }
  csv.end_row();
  for (const post_load& p : r.loads.posts) {
    csv.field(p.post).field(p.title).field(p.title_en).field(p.unit);
    for (const interval* v : {&p.busy, &p.visits, &p.wait, &p.late_visits, &p.steps, &p.late, &p.late_share})
      detail::interval_fields(csv, *v);
    csv.end_row();
  }
  return csv.text();
}

/// doors.csv: each kind of session at each of its places.
[[nodiscard]] inline std::string doors_csv(const bottleneck_result& r) {
  csv_writer csv({});
  for (const char* name : {"session", "name_en", "name_zh", "unit", "unit_name", "unit_name_en"}) csv.field(std::string_view(name));
  for (const char* figure : {"visits", "wait", "late", "late_share"}) {
    for (const char* end : {"", "_lower", "_upper"}) csv.field(std::string(figure) + end);
  }
  csv.end_row();
  for (const door_load& d : r.loads.doors) {
    csv.field(d.kind).field(d.en).field(d.zh).field(d.unit).field(d.unit_name).field(d.unit_name_en);
    for (const interval* v : {&d.visits, &d.wait, &d.late, &d.late_share}) detail::interval_fields(csv, *v);
    csv.end_row();
  }
  return csv.text();
}

/// one-more.csv: what was tried, and by how much it changes the metric.
[[nodiscard]] inline std::string one_more_csv(const bottleneck_result& r) {
  csv_writer csv{"kind", "place", "name_en", "name_zh", "added", "setting", "metric", "difference", "lower", "upper", "interval", "sure"};
  for (const one_more& one : r.tried) {
    detail::place_fields(csv, r.loads.places[one.place]);
    csv.field(name_of(one.what)).field(one.setting).field(info(r.judged_by).name);
    detail::interval_fields(csv, one.difference);
    csv.field(text_of(one.difference.kind).id).field(std::string_view(one.sure ? "true" : "false"));
    csv.end_row();
  }
  return csv.text();
}

/// All of it as JSON, with the sentence in both languages.
[[nodiscard]] inline std::string bottleneck_json(const bottleneck_result& r, const bottleneck_origin& origin) {
  json_writer json(3);
  json.begin_object().member("format", "sifang-bottlenecks").member("version", 1);
  json.member("program_version", std::string_view(origin.version)).member("scenario", std::string_view(origin.scenario));
  json.member("seed", origin.seed).member("replications", r.loads.replications).member("metric", info(r.judged_by).name);
  const std::string en = bottleneck_sentence(r, language::en), zh = bottleneck_sentence(r, language::zh);
  json.member("en", std::string_view(en).substr(0, en.size() - 1)).member("zh", std::string_view(zh).substr(0, zh.size() - 1));
  json.key("value");
  detail::write_value(json, r.value);
  json.member("handlers_busy", r.loads.handlers_busy);
  json.key("bottleneck");
  if (r.place)
    json.value(std::string_view(r.loads.places[*r.place].code));
  else
    json.null();
  const auto code_of = [&](std::string_view key, const auto& which, const auto& code) {
    json.key(key);
    if (which)
      json.value(std::string_view(code(*which)));
    else
      json.null();
  };
  code_of("post", r.post, [&](std::size_t k) -> const std::string& { return r.loads.posts[k].post; });
  code_of("door", r.door, [&](std::size_t k) -> const std::string& { return r.loads.doors[k].unit; });
  code_of("door_session", r.door, [&](std::size_t k) -> const std::string& { return r.loads.doors[k].kind; });
  json.key("places").begin_array();
  for (const place_load& p : r.loads.places) {
    json.begin_object().member("kind", name_of(p.kind)).member("place", std::string_view(p.code));
    json.member("en", std::string_view(p.en)).member("zh", std::string_view(p.zh));
    for (const auto& [name, v] : {std::pair("busy", &p.busy), std::pair("wait", &p.wait), std::pair("late_share", &p.late_share),
                                  std::pair("late", &p.late), std::pair("due", &p.due)}) {
      json.key(name);
      detail::write_value(json, *v);
    }
    json.end_object();
  }
  json.end_array().key("one_more").begin_array();
  for (const one_more& one : r.tried) {
    json.begin_object().member("place", std::string_view(r.loads.places[one.place].code)).member("added", name_of(one.what));
    json.member("setting", std::string_view(one.setting)).member("sure", one.sure).key("difference");
    detail::write_value(json, one.difference);
    json.end_object();
  }
  json.end_array().end_object();
  return std::move(json).finish();
}

/// Puts the files into a directory that is being filled; the caller commits.
[[nodiscard]] inline std::vector<fault> write_bottlenecks(const bottleneck_result& r, const bottleneck_origin& origin,
                                                          const output_directory& into) {
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("bottlenecks.json", bottleneck_json(r, origin));
  write("places.csv", places_csv(r));
  write("months.csv", place_months_csv(r));
  write("doors.csv", doors_csv(r));
  write("posts.csv", posts_csv(r));
  write("one-more.csv", one_more_csv(r));
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("command", "bottlenecks").member("finished", true);
  json.key("scenarios").begin_array().value(std::string_view(origin.scenario)).end_array().key("settings").begin_array();
  for (const std::string& text : origin.settings) json.value(std::string_view(text));
  json.end_array();
  if (!origin.cases.empty()) json.member("cases", std::string_view(origin.cases));
  json.member("seed", origin.seed).member("replications", r.loads.replications).member("metric", info(r.judged_by).name).end_object();
  write(output_directory::marker, std::move(json).finish());
  return faults;
}

}  // namespace sifang

#endif
