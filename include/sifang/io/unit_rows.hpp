// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_UNIT_ROWS_HPP
#define SIFANG_IO_UNIT_ROWS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/org/unit.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace sifang::detail {

/// Tells of each row of a table of units whose unit cannot stand below the one that it names, both known. \complexity linear
inline void tell_wrong_levels(const csv_table& table, csv_column code, csv_column parent,
                              const std::unordered_map<std::string, unit_kind>& kinds, std::vector<fault>& faults) {
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto own = kinds.find(std::string(table.at(row, code).text)), above = kinds.find(std::string(table.at(row, parent).text));
    if (own == kinds.end() || above == kinds.end() || may_stand_below(own->second, above->second)) continue;
    faults.push_back({fault_kind::wrong_level,
                      table.where(row, parent),
                      {own->first, std::string(name_of(own->second)), std::string(name_of(above->second))}});
  }
}

}  // namespace sifang::detail

#endif
