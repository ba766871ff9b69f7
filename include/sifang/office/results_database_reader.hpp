// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_RESULTS_DATABASE_READER_HPP
#define SIFANG_OFFICE_RESULTS_DATABASE_READER_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/results_reader.hpp"
#include "sifang/io/results_shape.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/office/results_schema.hpp"
#include "sifang/office/results_database.hpp"
#include "sifang/office/sqlite.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Results of a run or a comparison back from their database, as `results.json` would give them.

namespace sifang {

namespace detail {

/// Reads a database of results. It is another program's as far as is known: every position is looked at before it is used.
class results_database_reader {
 public:
  /// \param bytes  outlive this
  results_database_reader(std::string& bytes, std::string file) : db_(std::move(file)) {
    if (looks_whole(bytes)) db_.load(bytes);
    check_schema();
  }

  [[nodiscard]] checked<result> read() {
    result out;
    read_study(out);
    rows("SELECT english, chinese FROM warnings ORDER BY position", [&](const sqlite_statement& s) {
      out.warnings.push_back({text(s, 0), text(s, 1)});
    });
    read_units(out);
    rows("SELECT first_day FROM weeks ORDER BY position", [&](const sqlite_statement& s) { out.week_starts.push_back(text(s, 0)); });
    read_metrics(out);
    read_policies(out);
    if (db_.ok()) read_figures(out);
    if (db_.ok()) read_years(out);
    if (db_.ok()) read_comparisons(out);
    if (db_.ok()) read_widths(out);
    if (db_.ok() && has_table("chances")) read_chances(out);
    if (db_.ok() && has_table("cost_texts") && has_table("costs") && has_table("services") && has_table("service_figures") &&
        has_table("service_better"))
      read_costs(out);
    if (db_.ok()) read_lists(out);
    if (db_.ok()) read_names(out);
    if (!db_.ok()) return db_.faults();
    return out;
  }

 private:
  /// What its first hundred bytes say: that it is a database, not of a journal that stands beside it, and as long as it should be.
  [[nodiscard]] bool looks_whole(const std::string& bytes) {
    const auto number = [&](std::size_t at, std::size_t size) {
      std::uint64_t out = 0;
      for (std::size_t k = 0; k < size; ++k) out = out << 8 | static_cast<unsigned char>(bytes[at + k]);
      return out;
    };
    constexpr std::string_view magic("SQLite format 3\0", 16);
    constexpr std::size_t header = 100;
    if (!bytes.starts_with(magic.substr(0, 15))) return refused_as_other();
    if (bytes.size() < header) return refused_as_broken();
    if (number(18, 1) == 2 || number(19, 1) == 2) {
      db_.refuse("a database that nobody has open", "one in WAL mode");
      return false;
    }
    const std::uint64_t page = number(16, 2) == 1 ? 65536 : number(16, 2);
    if (page == 0 || bytes.size() != page * number(28, 4)) return refused_as_broken();
    if (number(68, 4) != static_cast<std::uint64_t>(results_application_id)) {
      db_.refuse("a database of results", "that of another program");
      return false;
    }
    if (number(60, 4) == static_cast<std::uint64_t>(results_database_version)) return true;
    db_.refuse("a database of results of version " + std::to_string(results_database_version),
               "version " + std::to_string(static_cast<std::int32_t>(number(60, 4))));
    return false;
  }
  bool refused_as_other() {
    db_.refuse("a database of results", "something else");
    return false;
  }
  bool refused_as_broken() {
    db_.refuse_broken();
    return false;
  }

  /// The tables are those that `results_schema` has, letter by letter, and whole. Views and what a user has added are not read.
  void check_schema() {
    for (const results_schema_row& row : results_schema) {
      if (row.is_view) continue;
      const auto look = db_.prepare("SELECT type, sql FROM sqlite_schema WHERE name = '" + std::string(row.name) + "'");
      const bool there = db_.step(look);
      if (!db_.ok()) return;
      if (!there && row.is_new) continue;
      if (!there || text(look, 1) != row.sql) {
        return db_.refuse_value(std::string(row.name), "the table of a database of results",
                                there && text(look, 0) == "view" ? "a view"
                                : there                          ? "one of other columns"
                                                                 : "no such table");
      }
    }
    for (const results_schema_row& row : results_schema) {
      if (row.is_view || (row.is_new && !has_table(row.name))) continue;
      const auto look = db_.prepare("PRAGMA quick_check('" + std::string(row.name) + "')");
      if (db_.step(look) && text(look, 0) != "ok") db_.refuse_broken();
    }
  }

  template <class Row>
  void rows(std::string_view sql, const Row& row) {
    const sqlite_statement s = db_.prepare(sql);
    while (db_.step(s)) row(s);
  }
  [[nodiscard]] std::string text(const sqlite_statement& s, int column) { return db_.text(s, column); }
  [[nodiscard]] static double number(const sqlite_statement& s, int column) noexcept { return sqlite_memory::real(s, column).value_or(0); }
  template <std::integral Integer>
  [[nodiscard]] Integer whole(const sqlite_statement& s, int column, std::string_view name) {
    const std::int64_t found = sqlite_memory::integer(s, column);
    if (std::in_range<Integer>(found)) return static_cast<Integer>(found);
    db_.refuse_value(std::string(name), "a whole number", std::to_string(found));
    return 0;
  }
  /// A position in a list of this size, which is 0 if there is none such.
  [[nodiscard]] bool position(const sqlite_statement& s, int column, std::string_view name, std::size_t size, std::size_t& out) {
    const std::int64_t found = sqlite_memory::integer(s, column);
    if (found >= 0 && std::cmp_less(found, size)) {
      out = static_cast<std::size_t>(found);
      return true;
    }
    db_.refuse_value(std::string(name), "the position of a row", std::to_string(found));
    return false;
  }
  /// Whether a row that is to be the next of a list says so.
  [[nodiscard]] bool is_next(const sqlite_statement& s, int column, std::string_view name, std::size_t size) {
    const std::int64_t found = sqlite_memory::integer(s, column);
    if (found >= 0 && std::cmp_equal(found, size)) return true;
    db_.refuse_value(std::string(name), std::to_string(size), std::to_string(found));
    return false;
  }
  /// The columns estimate, lower, upper and interval.
  [[nodiscard]] interval read_interval(const sqlite_statement& s, int column, std::string_view table) {
    const std::string word = text(s, column + 3);
    const auto kind = interval_kind_of(word);
    if (!kind) db_.refuse_value(std::string(table) + ".interval", "the word of an interval", word);
    const auto estimate = sqlite_memory::real(s, column);
    if (!kind || *kind == interval_kind::none || !estimate) return {};
    if (*kind == interval_kind::too_little_data) return {*estimate, *estimate, *estimate, *kind};
    return {*estimate, sqlite_memory::real(s, column + 1).value_or(*estimate), sqlite_memory::real(s, column + 2).value_or(*estimate),
            *kind};
  }

  void read_study(result& out) {
    bool there = false;
    rows("SELECT kind, program_version, county, first_day, last_day, confidence, unfinished_replications FROM study",
         [&](const sqlite_statement& s) {
           there = true;
           out.kind = text(s, 0);
           out.version = text(s, 1);
           out.county = text(s, 2);
           out.start = text(s, 3);
           out.end = text(s, 4);
           out.confidence = number(s, 5);
           out.unfinished_replications = whole<std::int32_t>(s, 6, "study.unfinished_replications");
         });
    if (!there) db_.refuse_value("study", "a row", "no row");
    if (out.kind == "sweep") db_.refuse("results of run or compare", "those of a sweep");
    if (!(out.confidence > 0 && out.confidence < 1)) db_.refuse_value("study.confidence", "a share", number_text(out.confidence));
  }
  void read_units(result& out) {
    rows("SELECT position, code, name, kind, parent, population, distance_km, x, y FROM units ORDER BY position",
         [&](const sqlite_statement& s) {
           if (!is_next(s, 0, "units.position", out.units.size())) return;
           result_unit u{text(s, 1), text(s, 2), text(s, 3), -1, number(s, 5), number(s, 6), number(s, 7), number(s, 8)};
           std::size_t parent = 0;
           if (sqlite_memory::real(s, 4) && position(s, 4, "units.parent", out.units.size(), parent))
             u.parent = static_cast<std::int32_t>(parent);
           out.units.push_back(std::move(u));
         });
  }
  void read_metrics(result& out) {
    rows("SELECT position, id, english, chinese, unit, better, subject, headline FROM metrics ORDER BY position",
         [&](const sqlite_statement& s) {
           if (!is_next(s, 0, "metrics.position", out.metrics.size())) return;
           out.metrics.push_back(
               {text(s, 1), text(s, 2), text(s, 3), text(s, 4), text(s, 5), text(s, 6), sqlite_memory::integer(s, 7) != 0});
         });
    rows("SELECT position, id, english, chinese FROM dimensions ORDER BY position", [&](const sqlite_statement& s) {
      if (is_next(s, 0, "dimensions.position", out.dimensions.size())) out.dimensions.push_back({text(s, 1), text(s, 2), text(s, 3), {}});
    });
    rows("SELECT dimension, position, id, english, chinese FROM slices ORDER BY dimension, position", [&](const sqlite_statement& s) {
      std::size_t d = 0;
      if (!position(s, 0, "slices.dimension", out.dimensions.size(), d)) return;
      if (is_next(s, 1, "slices.position", out.dimensions[d].items.size()))
        out.dimensions[d].items.push_back({text(s, 2), text(s, 3), text(s, 4)});
    });
  }
  /// `values[metric][dimension][slice]`, all empty. Refuses what would be far larger than the file.
  template <class T>
  void shape(const result& out, std::vector<std::vector<std::vector<T>>>& values) {
    std::vector<std::vector<T>> one;
    for (const result_dimension& d : out.dimensions) one.emplace_back(d.items.size());
    std::size_t cells = 0;
    for (const result_dimension& d : out.dimensions) cells += d.items.size();
    cells_ += (cells + one.size() + 1) * out.metrics.size();
    if (cells_ > most_cells) return db_.refuse("at most 10000000 figures", "more");
    values.assign(out.metrics.size(), one);
  }
  void read_policies(result& out) {
    rows(
        "SELECT position, id, title_english, title_chinese, about_english, about_chinese, seed, replications, fingerprint, with_parts "
        "FROM policies ORDER BY position",
        [&](const sqlite_statement& s) {
          if (!is_next(s, 0, "policies.position", out.policies.size())) return;
          result_policy p;
          p.id = text(s, 1);
          p.title_en = text(s, 2);
          p.title_zh = text(s, 3);
          p.about_en = text(s, 4);
          p.about_zh = text(s, 5);
          const auto seed = parse_number<std::uint64_t>(text(s, 6));
          if (!seed) db_.refuse_value("policies.seed", "a whole number", text(s, 6));
          p.seed = seed.value_or(0);
          p.replications = whole<std::int32_t>(s, 7, "policies.replications");
          p.fingerprint = text(s, 8);
          shape(out, p.values);
          if (sqlite_memory::integer(s, 9) != 0) shape(out, p.parts);
          out.policies.push_back(std::move(p));
        });
    rows("SELECT policy, position, key, value, unit, origin, source, english, chinese, changed FROM parameters ORDER BY policy, position",
         [&](const sqlite_statement& s) {
           std::size_t p = 0;
           if (!position(s, 0, "parameters.policy", out.policies.size(), p)) return;
           auto& list = out.policies[p].assumptions;
           if (!is_next(s, 1, "parameters.position", list.size())) return;
           list.push_back(
               {text(s, 2), text(s, 3), text(s, 4), text(s, 5), text(s, 6), text(s, 7), text(s, 8), sqlite_memory::integer(s, 9) != 0});
         });
  }
  struct cell {
    std::size_t of = 0, metric = 0, dimension = 0, slice = 0;
  };
  /// The first four columns of a row of figures.
  [[nodiscard]] bool read_cell(const sqlite_statement& s, const result& r, std::string_view table, std::size_t lists, cell& out) {
    const std::string name(table);
    cell next;
    if (!position(s, 0, name, lists, next.of) || !position(s, 1, name + ".metric", r.metrics.size(), next.metric) ||
        !position(s, 2, name + ".dimension", r.dimensions.size(), next.dimension) ||
        !position(s, 3, name + ".slice", r.dimensions[next.dimension].items.size(), next.slice))
      return false;
    out = next;
    return true;
  }
  void read_figures(result& out) {
    cell at;
    rows("SELECT policy, metric, dimension, slice, estimate, lower, upper, interval, numerator, denominator FROM figures",
         [&](const sqlite_statement& s) {
           if (!read_cell(s, out, "figures", out.policies.size(), at)) return;
           result_policy& p = out.policies[at.of];
           p.values[at.metric][at.dimension][at.slice] = read_interval(s, 4, "figures");
           if (!p.parts.empty()) p.parts[at.metric][at.dimension][at.slice] = {number(s, 8), number(s, 9)};
         });
  }
  /// What the metrics are made of in each replication: as many as were played, each with the same metrics, or none.
  void read_years(result& out) {
    rows("SELECT policy, replication, metric, numerator, denominator FROM replications ORDER BY policy, replication, metric",
         [&](const sqlite_statement& s) {
           std::size_t m = 0;
           result_policy* const p = next_of(s, out, "replications");
           if (p == nullptr || !position(s, 2, "replications.metric", out.metrics.size(), m)) return;
           if (m == 0 && is_next(s, 1, "replications.replication", p->years.size())) p->years.emplace_back();
           if (p->years.empty() || !is_next(s, 1, "replications.replication", p->years.size() - 1) ||
               !is_next(s, 2, "replications.metric", p->years.back().size()))
             return db_.refuse_broken();
           p->years.back().push_back({number(s, 3), number(s, 4)});
         });
    for (const result_policy& p : out.policies) {
      const bool full = std::cmp_equal(p.years.size(), p.replications) &&
                        std::all_of(p.years.begin(), p.years.end(), [&](const auto& y) { return y.size() == p.years[0].size(); });
      if (!p.years.empty() && !full) db_.refuse_value("replications", "a row for each metric of each replication", "others");
    }
  }
  void read_comparisons(result& out) {
    rows("SELECT position, base, other FROM comparisons ORDER BY position", [&](const sqlite_statement& s) {
      if (!is_next(s, 0, "comparisons.position", out.comparisons.size())) return;
      result_comparison c;
      if (!position(s, 1, "comparisons.base", out.policies.size(), c.base) ||
          !position(s, 2, "comparisons.other", out.policies.size(), c.other))
        return;
      shape(out, c.values);
      out.comparisons.push_back(std::move(c));
    });
    if (!db_.ok()) return;
    cell at;
    rows(
        "SELECT comparison, metric, dimension, slice, difference, lower, upper, interval, variance_ratio, verdict FROM differences",
        [&](const sqlite_statement& s) {
          if (!read_cell(s, out, "differences", out.comparisons.size(), at)) return;
          out.comparisons[at.of].values[at.metric][at.dimension][at.slice] = {read_interval(s, 4, "differences"), number(s, 8), text(s, 9)};
        });
  }

  /// Whether there is a table of this name, which older databases lack.
  [[nodiscard]] bool has_table(std::string_view name) {
    const auto look = db_.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '" + std::string(name) + "'");
    return db_.step(look);
  }
  /// What matters, what a single year may bring, and how narrow intervals were to be.
  void read_widths(result& out) {
    if (has_table("comparison_widths") && has_table("single_years")) {
      rows("SELECT comparison, joint_confidence, one_year_level FROM comparison_widths", [&](const sqlite_statement& s) {
        std::size_t at = 0;
        if (!position(s, 0, "comparison_widths.comparison", out.comparisons.size(), at)) return;
        result_comparison& c = out.comparisons[at];
        c.joint_confidence = number(s, 1);
        c.one_year_level = number(s, 2);
        c.matters.resize(out.metrics.size());
        if (c.one_year_level > 0) c.one_year.resize(out.metrics.size());
      });
      rows("SELECT comparison, metric, matters, median, lower, upper, interval FROM single_years", [&](const sqlite_statement& s) {
        std::size_t at = 0, m = 0;
        if (!position(s, 0, "single_years.comparison", out.comparisons.size(), at)) return;
        result_comparison& c = out.comparisons[at];
        if (!position(s, 1, "single_years.metric", c.matters.size(), m)) return;
        c.matters[m] = number(s, 2);
        if (!c.one_year.empty()) c.one_year[m] = read_interval(s, 3, "single_years");
      });
    }
    if (!has_table("precision")) return;
    rows("SELECT position, metric, wanted, reached, is_reached FROM precision ORDER BY position", [&](const sqlite_statement& s) {
      if (!is_next(s, 0, "precision.position", out.precision.size())) return;
      result_precision p;
      p.metric = text(s, 1);
      p.wanted = number(s, 2);
      p.reached = number(s, 3);
      p.is_reached = sqlite_memory::integer(s, 4) != 0;
      out.precision.push_back(std::move(p));
    });
  }

  /// Names of units and posts in English, and sources of parameters in Chinese.
  void read_names(result& out) {
    if (has_table("unit_names")) {
      rows("SELECT unit, english FROM unit_names", [&](const sqlite_statement& s) {
        std::size_t at = 0;
        if (position(s, 0, "unit_names.unit", out.units.size(), at)) out.units[at].name_en = text(s, 1);
      });
    }
    const auto of_policies = [&](const std::string& table, const std::string& columns, const auto& list, const auto& put) {
      if (!has_table(table)) return;
      rows("SELECT policy, " + columns + " FROM " + table, [&](const sqlite_statement& s) {
        std::size_t p = 0, at = 0;
        if (!position(s, 0, table + ".policy", out.policies.size(), p)) return;
        if (position(s, 1, table, (out.policies[p].*list).size(), at)) put((out.policies[p].*list)[at], text(s, 2));
      });
    };
    of_policies("official_titles", "official, english", &result_policy::officials,
                [](result_official& o, std::string english) { o.title_en = std::move(english); });
    of_policies("parameter_sources", "parameter, chinese", &result_policy::assumptions,
                [](result_assumption& a, std::string chinese) { a.source_zh = std::move(chinese); });
  }

  /// How probable it is that each policy is the best.
  void read_chances(result& out) {
    rows("SELECT position, policy, metric, probability FROM chances ORDER BY position, policy", [&](const sqlite_statement& s) {
      if (sqlite_memory::integer(s, 1) == 0 && is_next(s, 0, "chances.position", out.chances.size()))
        out.chances.push_back({text(s, 2), {}});
      if (out.chances.empty() || !is_next(s, 0, "chances.position", out.chances.size() - 1)) return;
      if (is_next(s, 1, "chances.policy", out.chances.back().best.size())) out.chances.back().best.push_back(number(s, 3));
    });
    for (const result_chances& c : out.chances) {
      if (c.best.size() != out.policies.size())
        db_.refuse_value("chances.policy", std::to_string(out.policies.size()), std::to_string(c.best.size()));
    }
  }
  /// What policies cost, and what they bring for it.
  void read_costs(result& out) {
    result_costs& costs = out.costs;
    rows("SELECT list, position, id, english, chinese, unit_english, unit_chinese FROM cost_texts ORDER BY list, position",
         [&](const sqlite_statement& s) {
           std::vector<result_cost_text>& list = text(s, 0) == "part" ? costs.parts : costs.services;
           if (is_next(s, 1, "cost_texts.position", list.size()))
             list.push_back({text(s, 2), text(s, 3), text(s, 4), text(s, 5), text(s, 6)});
         });
    bool any = false;
    rows("SELECT policy FROM costs LIMIT 1", [&](const sqlite_statement&) { any = true; });
    if (!any || !db_.ok()) return;
    costs.policies.resize(out.policies.size());
    rows("SELECT policy, figure, position, estimate, lower, upper, interval FROM costs ORDER BY policy, figure, position",
         [&](const sqlite_statement& s) {
           std::size_t at = 0;
           if (!position(s, 0, "costs.policy", costs.policies.size(), at)) return;
           result_policy_cost& p = costs.policies[at];
           const std::string figure = text(s, 1);
           const interval v = read_interval(s, 3, "costs");
           for (const auto& [name, member] : cost_figures) {
             if (figure == name) p.*member = v;
           }
           std::vector<interval>* const list = figure == "part" ? &p.parts : figure == "part_difference" ? &p.part_differences : nullptr;
           if (list == nullptr) return;
           std::size_t part = 0;
           if (position(s, 2, "costs.position", costs.parts.size(), part) && is_next(s, 2, "costs.position", list->size()))
             list->push_back(v);
         });
    read_services(costs);
  }
  void read_services(result_costs& costs) {
    const auto service = [&](const sqlite_statement& s, std::string_view table) -> result_gain* {
      std::size_t at = 0, k = 0;
      if (!position(s, 0, table, costs.policies.size(), at) || !position(s, 1, table, costs.policies[at].services.size(), k))
        return nullptr;
      return &costs.policies[at].services[k];
    };
    rows("SELECT policy, service, verdict, place, sure FROM services ORDER BY policy, service", [&](const sqlite_statement& s) {
      std::size_t at = 0, k = 0;
      if (!position(s, 0, "services.policy", costs.policies.size(), at) || !position(s, 1, "services.service", costs.services.size(), k))
        return;
      auto& list = costs.policies[at].services;
      if (!is_next(s, 1, "services.service", list.size())) return;
      list.emplace_back();
      list.back().verdict = text(s, 2);
      list.back().place = text(s, 3);
      list.back().sure = sqlite_memory::integer(s, 4) != 0;
    });
    rows("SELECT policy, service, figure, estimate, lower, upper, interval FROM service_figures", [&](const sqlite_statement& s) {
      result_gain* const g = service(s, "service_figures");
      if (g == nullptr) return;
      const std::string figure = text(s, 2);
      for (const auto& [name, member] : gain_figures) {
        if (figure == name) g->*member = read_interval(s, 3, "service_figures");
      }
    });
    rows("SELECT policy, service, position, better FROM service_better ORDER BY policy, service, position", [&](const sqlite_statement& s) {
      std::size_t by = 0;
      result_gain* const g = service(s, "service_better");
      if (g == nullptr || !is_next(s, 2, "service_better.position", g->by.size())) return;
      if (position(s, 3, "service_better.better", costs.policies.size(), by)) g->by.push_back(by);
    });
    for (const result_policy_cost& p : costs.policies) {
      const bool whole = p.services.size() == costs.services.size() && (p.parts.empty() || p.parts.size() == costs.parts.size());
      if (!whole) db_.refuse_value("services", std::to_string(costs.services.size()), std::to_string(p.services.size()));
    }
  }

  /// The next row of a list of a policy; nothing if it is not.
  [[nodiscard]] result_policy* next_of(const sqlite_statement& s, result& r, std::string_view table) {
    std::size_t p = 0;
    return position(s, 0, table, r.policies.size(), p) ? &r.policies[p] : nullptr;
  }
  void read_lists(result& out) {
    rows("SELECT policy, position, id, english, chinese, unit, chart FROM series ORDER BY policy, position",
         [&](const sqlite_statement& s) {
           result_policy* const p = next_of(s, out, "series");
           if (p == nullptr || !is_next(s, 1, "series.position", p->series.size())) return;
           cells_ += out.week_starts.size();
           if (cells_ > most_cells) return db_.refuse("at most 10000000 figures", "more");
           p->series.push_back({text(s, 2), text(s, 3), text(s, 4), text(s, 5), text(s, 6), std::vector<interval>(out.week_starts.size())});
         });
    rows("SELECT policy, series, week, estimate, lower, upper, interval FROM series_weeks", [&](const sqlite_statement& s) {
      std::size_t at = 0, week = 0;
      result_policy* const p = next_of(s, out, "series_weeks");
      if (p == nullptr || !position(s, 1, "series_weeks.series", p->series.size(), at) ||
          !position(s, 2, "series_weeks.week", out.week_starts.size(), week))
        return;
      p->series[at].weeks[week] = read_interval(s, 3, "series_weeks");
    });
    rows("SELECT policy, position, id, english, chinese, limit_days FROM curves ORDER BY policy, position", [&](const sqlite_statement& s) {
      result_policy* const p = next_of(s, out, "curves");
      if (p == nullptr || !is_next(s, 1, "curves.position", p->curves.size())) return;
      p->curves.push_back({text(s, 2), text(s, 3), text(s, 4), number(s, 5), {}});
    });
    rows("SELECT policy, curve, day, estimate, lower, upper, interval FROM curve_days ORDER BY policy, curve, day",
         [&](const sqlite_statement& s) {
           std::size_t at = 0;
           result_policy* const p = next_of(s, out, "curve_days");
           if (p == nullptr || !position(s, 1, "curve_days.curve", p->curves.size(), at) ||
               !is_next(s, 2, "curve_days.day", p->curves[at].by_day.size()))
             return;
           p->curves[at].by_day.push_back(read_interval(s, 3, "curve_days"));
         });
    rows("SELECT policy, position, post, title, rank, unit FROM officials ORDER BY policy, position", [&](const sqlite_statement& s) {
      result_policy* const p = next_of(s, out, "officials");
      if (p == nullptr || !is_next(s, 1, "officials.position", p->officials.size())) return;
      p->officials.push_back({text(s, 2), text(s, 3), text(s, 4), text(s, 5), {}, {}, {}, {}, {}, {}});
    });
    read_figures_of(out, "SELECT policy, official, figure, estimate, lower, upper, interval FROM official_figures", "official_figures",
                    &result_policy::officials);
    rows("SELECT policy, position, id, english, chinese FROM sessions ORDER BY policy, position", [&](const sqlite_statement& s) {
      result_policy* const p = next_of(s, out, "sessions");
      if (p == nullptr || !is_next(s, 1, "sessions.position", p->venues.size())) return;
      p->venues.push_back({text(s, 2), text(s, 3), text(s, 4), {}, {}, {}, {}, {}, {}, {}, {}});
    });
    read_figures_of(out, "SELECT policy, session, figure, estimate, lower, upper, interval FROM session_figures", "session_figures",
                    &result_policy::venues);
    rows("SELECT policy, position, rule, english, chinese, estimate, lower, upper, interval FROM violations ORDER BY policy, position",
         [&](const sqlite_statement& s) {
           result_policy* const p = next_of(s, out, "violations");
           if (p == nullptr || !is_next(s, 1, "violations.position", p->violations.size())) return;
           p->violations.push_back({text(s, 2), text(s, 3), text(s, 4), read_interval(s, 5, "violations")});
         });
  }
  /// Rows of figures under their names, of posts or of kinds of session.
  template <class Subject>
  void read_figures_of(result& out, std::string_view sql, const std::string& table, std::vector<Subject> result_policy::*list) {
    rows(sql, [&](const sqlite_statement& s) {
      std::size_t at = 0;
      result_policy* const p = next_of(s, out, table);
      if (p == nullptr || !position(s, 1, table, (p->*list).size(), at)) return;
      const std::string figure = text(s, 2);
      members((p->*list)[at], [&](std::string_view name, auto& member) {
        if constexpr (std::same_as<std::remove_cvref_t<decltype(member)>, interval>) {
          if (name == figure) member = read_interval(s, 3, table);
        }
      });
    });
  }

  static constexpr std::size_t most_cells = 10'000'000;
  sqlite_memory db_;
  std::size_t cells_ = 0;  ///< of all lists whose size is not that of a table
};

}  // namespace detail

/// Results of a run or a comparison from the bytes of their database. Nothing in it is believed: views, triggers and functions of it
/// are not run.
///
/// Faults: `syntax` (no database of results, that of another program or of a sweep, another version, in WAL mode, broken or cut short,
/// texts longer than 1 MiB, more than 10 million figures), `wrong_type` (a table that is another, a position of nothing).
/// \complexity linear
[[nodiscard]] inline checked<result> parse_results_database(std::string bytes, const std::string& file) {
  return detail::results_database_reader(bytes, file).read();
}
/// Whether bytes begin as a database of SQLite does.
[[nodiscard]] constexpr bool is_database(std::string_view bytes) noexcept { return bytes.starts_with("SQLite format 3"); }
/// Reads a file. Faults: those of `read_bytes` and `parse_results_database`.
[[nodiscard]] inline checked<result> read_results_database(const std::filesystem::path& path) {
  checked<std::string> bytes = read_bytes(path);
  if (!bytes) return bytes.faults();
  return parse_results_database(*std::move(bytes), path.string());
}

/// Reads results from a folder, from its results.json, or from a database. Beside a folder's results.json its database is read too, for
/// the figures of single replications. Faults: those of `read_results` and `read_results_database`; `syntax` (the database of a folder is
/// of other results).
[[nodiscard]] inline checked<result> read_any_results(const std::filesystem::path& place) {
  std::error_code ignored;
  const bool folder = std::filesystem::is_directory(place, ignored);
  const std::filesystem::path file = folder ? place / "results.json" : place;
  checked<std::string> bytes = read_bytes(file);
  if (!bytes) return bytes.faults();
  if (is_database(*bytes)) return parse_results_database(*std::move(bytes), file.string());
  const checked<std::string> text = decode_text(*std::move(bytes), file.string(), text_encoding::utf8, "a results file");
  if (!text) return text.faults();
  checked<result> found = parse_results(*text, file.string());
  const std::filesystem::path beside = place / results_database_file;
  if (!found || !folder || !std::filesystem::exists(beside, ignored)) return found;
  checked<result> with_years = read_results_database(beside);
  if (with_years) take_parts_of_files(*with_years, *found);
  if (with_years && results_json(*with_years) != results_json(*found)) return detail::is_of_other_results(beside.string());
  return with_years;
}

}  // namespace sifang

#endif
