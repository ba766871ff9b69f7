// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_UNIT_HPP
#define SIFANG_ORG_UNIT_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/rare_text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sifang {

/// What a unit of the county is (DOMAIN 4).
enum class unit_kind : std::uint8_t {
  county,             ///< 县
  party_committee,    ///< 县委
  county_government,  ///< 县政府
  party_school,       ///< 县委党校, the place on the 15th (R3)
  petition_bureau,    ///< 信访局
  department,         ///< 县直单位
  industrial_park,    ///< 工业园区
  township,           ///< 乡镇
  subdistrict,        ///< 街道
  village,            ///< 村
  community,          ///< 社区
};
template <>
inline constexpr std::string_view names_of<unit_kind>[] = {"county",          "party_committee", "county_government", "party_school",
                                                           "petition_bureau", "department",      "industrial_park",   "township",
                                                           "subdistrict",     "village",         "community"};

/// Levels of a county's administration, from the top (县、乡、村三级).
enum class level : std::uint8_t { county, township, village };
template <>
inline constexpr std::string_view names_of<level>[] = {"county", "township", "village"};

/// The level on which a kind of unit stands; departments and parks stand at the county's.
[[nodiscard]] constexpr level level_of(unit_kind kind) noexcept {
  if (kind == unit_kind::township || kind == unit_kind::subdistrict) return level::township;
  if (kind == unit_kind::village || kind == unit_kind::community) return level::village;
  return level::county;
}

/// Whether a unit of kind `child` may stand directly below one of kind `parent`.
[[nodiscard]] constexpr bool may_stand_below(unit_kind child, unit_kind parent) noexcept {
  if (level_of(child) == level::village) return level_of(parent) == level::township;
  return child != unit_kind::county && level_of(parent) == level::county;
}

/// Where a unit stands on the earth: degrees of WGS 84, as RFC 7946 has them.
struct coordinates {
  double longitude = 0,  ///< -180 to 180, east above 0
      latitude = 0;      ///< -90 to 90, north above 0
  friend bool operator==(const coordinates&, const coordinates&) = default;
};

/// A unit of the county.
struct unit {
  std::string code;                 ///< division code, or a code of the planner's own for departments
  std::string name;                 ///< as people read it
  unit_kind kind{};                 ///< decides its level
  double population = 0;            ///< persons who live in it
  double distance_km = 0;           ///< by road to the county seat
  double x = 0,                     ///< place on a schematic map, 0 to 100
      y = 0;                        ///< likewise
  std::optional<coordinates> at{};  ///< nothing where they are not known
  bool distance_assumed = false;    ///< the distance is not known, and is that of `assumed_distance_km`
  rare_text name_en{};              ///< its name in English, where the tables have one; `english_name` has one of any
};

/// Km by road from streets, townships and villages to the next place above where nobody has said [I]: of what `assumed_distance_km` is
/// made. @{
inline constexpr double assumed_street_km = 4, assumed_township_km = 25, assumed_village_km = 4;
/// @}
/// Km by road to the county seat that are assumed of a place whose own are not known; the county's bodies are at its seat.
/// \param above  km of the township that a village lies in
[[nodiscard]] constexpr double assumed_distance_km(unit_kind kind, double above = 0) noexcept {
  if (level_of(kind) == level::village) return above + assumed_village_km;
  if (level_of(kind) == level::township) return kind == unit_kind::subdistrict ? assumed_street_km : assumed_township_km;
  return 0;
}

}  // namespace sifang

#endif
