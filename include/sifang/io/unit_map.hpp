// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_UNIT_MAP_HPP
#define SIFANG_IO_UNIT_MAP_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/unit.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

/// \file
/// Units with their figures as points of a map (GeoJSON, RFC 7946).

namespace sifang {

/// Whether any unit has coordinates. \complexity linear
[[nodiscard]] inline bool has_coordinates(const county_tree& units) {
  const auto all = units.all();
  return std::any_of(all.begin(), all.end(), [&](unit_id u) { return units[u].at.has_value(); });
}

namespace detail {

/// Writes the headline figures of one item of a dimension as members of a feature.
inline void figures_of_item(json_writer& json, const result& r, std::size_t dimension, std::size_t item, std::string_view prefix) {
  for (const result_policy& p : r.policies) {
    const std::string policy = r.policies.size() > 1 ? p.id + ':' : std::string();
    for (std::size_t m = 0; m < r.metrics.size(); ++m) {
      if (!r.metrics[m].headline || p.values[m][dimension].size() <= item) continue;
      const interval& v = p.values[m][dimension][item];
      if (!v.has_value()) continue;
      const std::string name = policy + std::string(prefix) + r.metrics[m].id;
      json.member(name, v.estimate);
      if (v.bounded()) json.member(name + "_lower", v.lower).member(name + "_upper", v.upper);
    }
  }
}

}  // namespace detail

/// The units that have coordinates as a feature collection of points, each below the one above it.
///
/// Properties: `code`, `name`, `kind`, `population`, and the headline figures with the bounds of their intervals: of the county under their
/// own names, of matters that arise in a township as `place_NAME`, of matters that a unit answers for as `unit_NAME`. Where results hold
/// several policies, each name begins with the policy's and a colon. What has no value is left out.
/// \param units  those of the county whose results these are \complexity linear in units times figures
[[nodiscard]] inline std::string unit_map(const result& r, const county_tree& units) {
  json_writer json(2);
  json.begin_object().member("type", "FeatureCollection").key("features").begin_array();
  for (const unit_id id : units.all()) {
    const unit& u = units[id];
    if (!u.at) continue;
    json.begin_object().member("type", "Feature").member("id", std::string_view(u.code)).key("geometry").begin_object();
    json.member("type", "Point").key("coordinates").begin_array().value(u.at->longitude).value(u.at->latitude).end_array().end_object();
    json.key("properties").begin_object().member("code", std::string_view(u.code)).member("name", std::string_view(u.name));
    if (const std::string english = english_name(u); english != u.name) json.member("name_en", english);
    json.member("kind", name_of(u.kind)).member("population", u.population);
    if (id == units.root()) detail::figures_of_item(json, r, 0, 0, "");
    for (std::size_t d = 0; d < r.dimensions.size(); ++d) {
      const bool of_place = r.dimensions[d].id == "township", of_unit = r.dimensions[d].id == "unit";
      if (!of_place && !of_unit) continue;
      for (std::size_t i = 0; i < r.dimensions[d].items.size(); ++i) {
        if (r.dimensions[d].items[i].id == u.code) detail::figures_of_item(json, r, d, i, of_place ? "place_" : "unit_");
      }
    }
    json.end_object().end_object();
  }
  json.end_array().end_object();
  return std::move(json).finish();
}

}  // namespace sifang

#endif
