// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_HANDING_ON_HPP
#define SIFANG_PROGRAM_HANDING_ON_HPP

#include "verbs.hpp"

#include "sifang/county/world.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/office_tables.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// \file
/// Files that an office hands on: the workbook and the map that `--xlsx` and `--geojson` ask for.

namespace sifang_program {

/// A policy whose possible year is told, on a world without a run-out: it stands on the last counted day.
struct handed_policy {
  std::string id;                            ///< as in the results
  const sifang::world* place;                ///< lives as long as this
  std::vector<sifang::office_table> tables;  ///< of the year that is told
};

/// Files begun before anything that takes long, and put in place when all is written.
class handed_files {
 public:
  /// Begins what the options ask for: nothing, one file or both. Tells what is wrong.
  /// \returns `done`; `bad_input` for a file that is there, two of one name, a workbook of a program that has none, or a map
  /// without coordinates; `failed` for a place that cannot be written
  /// \param first  the county, of the first policy
  [[nodiscard]] int begin(const options& o, const sifang::world& first);
  /// Whether there is anything to write, and whether that tells of a possible year. @{
  [[nodiscard]] bool wanted() const noexcept { return workbook_.has_value() || map_.has_value(); }
  [[nodiscard]] bool wants_year() const noexcept { return workbook_.has_value(); }
  /// @}
  /// Writes them and puts them in place.
  /// \param figures  null: none are known \returns `done`, or `failed`: then a file that is told of is not there
  [[nodiscard]] int write(const options& o, const sifang::result* figures, std::span<const handed_policy> policies);

 private:
  std::optional<sifang::file_in_the_making> workbook_, map_;
};

}  // namespace sifang_program

#endif
