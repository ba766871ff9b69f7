// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_COUNTY_TABLES_HPP
#define SIFANG_IO_COUNTY_TABLES_HPP

#include "sifang/core/names.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/unit.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sifang {

/// The tables of a county as texts (CSV), which `load_county` reads back.
struct county_tables {
  std::string units,  ///< code, name, parent, kind, population, distance_km, name_en, source
      officials,      ///< post, title, rank, unit, title_en, source
      links;          ///< post, relation, unit, source
};

/// Writes the tables of an organisation: units with each below the one above it, posts and links in their order.
///
/// A distance that is assumed is left blank, and so are names in English that the organisation has not. The column `source` is for people:
/// readers pass over it. Places on the schematic map are not written. \param source  where a row comes from: `source(const unit&)`,
/// `source(const official&)`, `source(const official_link&)` \complexity linear
template <std::same_as<organisation> Organisation, class Source>
[[nodiscard]] county_tables write_county_tables(const Organisation& org, const Source& source) {
  const county_tree& units = org.units();
  csv_writer u{"code", "name", "parent", "kind", "population", "distance_km", "name_en", "source"};
  for (const unit_id id : units.all()) {
    const unit& one = units[id];
    const auto above = units.parent(id);
    u.field(units.code(id))
        .field(one.name)
        .field(above ? std::string_view(units.code(*above)) : std::string_view())
        .field(name_of(one.kind));
    u.field(one.population);
    if (one.distance_assumed)
      u.empty();
    else
      u.field(one.distance_km);
    u.field(one.name_en.view()).field(source(one)).end_row();
  }
  csv_writer o{"post", "title", "rank", "unit", "title_en", "source"};
  for (const official& one : org.officials()) {
    o.field(one.post).field(one.title).field(name_of(one.rank)).field(units.code(one.unit));
    o.field(one.title_en.view()).field(source(one)).end_row();
  }
  csv_writer l{"post", "relation", "unit", "source"};
  for (const official_link& one : org.links()) {
    l.field(org[one.who].post).field(name_of(one.how)).field(units.code(one.where)).field(source(one)).end_row();
  }
  return {u.take(), o.take(), l.take()};
}

}  // namespace sifang

#endif
