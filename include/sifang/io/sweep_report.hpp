// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SWEEP_REPORT_HPP
#define SIFANG_IO_SWEEP_REPORT_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/decidable.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/cost_result.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/sweep_effects.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/io/sweep_results.hpp"
#include "sifang/io/sweep_words.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What the page of a report needs of a sweep, as JSON for `render_report`.

namespace sifang {

/// What a report says of a sweep beside its results.
struct sweep_report_about {
  sweep_words words;                       ///< of all cells that are reported
  std::string county{},                    ///< its name
      start{},                             ///< of the counted period, ISO 8601
      end{};                               ///< of the counted period, ISO 8601
  text_pair title{};                       ///< of the scenario
  std::vector<result_warning> warnings{};  ///< of all cells
  std::vector<std::string> command{};      ///< verb and arguments that give the sweep again
};

namespace detail {

/// Beside its values, of each axis whether a county decides it, and whether it changes which grievances there are, so that costs and
/// services of cells are of different work.
inline void write_axes(json_writer& json, const sweep_words& words) {
  json.begin_array();
  for (const told_axis& a : words.axes()) {
    json.begin_object().member("key", std::string_view(a.key)).member("unit", std::string_view(a.unit));
    json.member("asked", std::string_view(a.asked)).member("en", std::string_view(a.means.en)).member("zh", std::string_view(a.means.zh));
    const decided_by who = who_decides(a.key);
    json.member("decided", who == decided_by::county);
    json.member("other_matters", who == decided_by::question || who == decided_by::place);
    json.key("values").begin_array();
    for (const told_axis_value& v : a.values) {
      json.begin_object().member("text", std::string_view(v.text)).member("en", std::string_view(v.words.en));
      json.member("zh", std::string_view(v.words.zh)).key("number");
      if (v.number)
        json.value(*v.number);
      else
        json.null();
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}
inline void write_cells(json_writer& json, const sweep_words& words, const sweep_result& r) {
  json.begin_array();
  for (std::size_t cell = 0; cell < words.cells(); ++cell) {
    json.begin_object().key("at").begin_array();
    for (const told_axis& a : words.axes()) json.value(a.of_cell[cell]);
    json.end_array().member("fingerprint", std::string_view(hexadecimal(r.cells[cell].print.value()))).key("values");
    write_value(json, r.cells[cell].values);
    json.key("differences");
    write_value(json, r.cells[cell].differences);
    json.end_object();
  }
  json.end_array();
}
inline void write_effects(json_writer& json, const sweep_effects& effects) {
  json.begin_object().key("terms").begin_array();
  for (const sweep_term& term : effects.terms) {
    json.begin_object().member("axis", term.axis).key("value");
    if (term.value)
      json.value(*term.value);
    else
      json.null();
    json.end_object();
  }
  json.end_array().key("by_metric").begin_array();
  for (const linear_effects& one : effects.by_metric) {
    json.begin_object().member("explained", one.explained).member("points", one.points).key("of").begin_array();
    for (const linear_effect& e : one.of) {
      json.begin_array();
      write_value(json, e.over);
      write_value(json, e.standard);
      json.end_array();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
}
/// Those of the first cells; whom a cell is beaten by is left out where it is none of them.
[[nodiscard]] inline result_costs first_costs(result_costs all, std::size_t cells) {
  if (all.policies.size() > cells) all.policies.resize(cells);
  for (result_policy_cost& p : all.policies) {
    for (result_gain& g : p.services) std::erase_if(g.by, [&](std::size_t k) { return k >= cells; });
  }
  return all;
}

}  // namespace detail

/// The page's data of a sweep: what varies in words, of each of the first `most_cells_reported` cells its figures, differences from the
/// first cell, cost and services; what each parameter does over all of them. The same bytes whether the sweep was interrupted or not.
template <class = when_called>
[[nodiscard]] inline std::string sweep_report_json(const sweep_grid& grid, const sweep_result& r, const sweep_origin& origin,
                                                   const sweep_report_about& about) {
  json_writer json(2);
  json.begin_object().member("kind", "sweep").member("program_version", std::string_view(origin.version));
  json.member("county", std::string_view(about.county)).member("start", std::string_view(about.start));
  json.member("end", std::string_view(about.end)).member("scenario", std::string_view(origin.scenario));
  json.member("title_en", std::string_view(about.title.en)).member("title_zh", std::string_view(about.title.zh));
  json.member("confidence", origin.confidence).member("seed", origin.seed).member("replications", r.replications);
  json.member("sampled", grid.is_sampled()).member("cells_in_all", grid.size()).key("metrics").begin_array();
  for (const metric m : sweep_metrics) {
    const metric_info& one = info(m);
    json.begin_object().member("id", one.name).member("en", one.en).member("zh", one.zh);
    json.member("unit", one.unit).member("better", one.better).end_object();
  }
  json.end_array().key("warnings");
  detail::write_value(json, about.warnings);
  json.key("command");
  detail::write_value(json, about.command);
  json.key("axes");
  detail::write_axes(json, about.words);
  json.key("cells");
  detail::write_cells(json, about.words, r);
  json.key("effects");
  detail::write_effects(json, effects_of(about.words, r, grid.is_sampled(), origin.confidence));
  if (!r.costs.policies.empty()) {
    json.key("costs");
    detail::write_value(json, detail::first_costs(r.costs, about.words.cells()));
  }
  json.end_object();
  return std::move(json).finish();
}

}  // namespace sifang

#endif
