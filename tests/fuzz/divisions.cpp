// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/divisions.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  static const fuzz::tables files{{
      {"provinces.csv", "code,name\n35,福建省\n"},
      {"areas.csv", "code,name,provinceCode\n350921,霞浦县,35\n350922,古田县,35\n"},
      {"streets.csv", "code,name,areaCode\n350921001,松城街道,350921\n350921002,松港街道,350921\n"},
      {"villages.csv", "code,name,streetCode\n350921001001,东关社区,350921001\n350921001002,西关社区,350921001\n"},
  }};
  if (!files.put(input)) return;
  const auto country = national_divisions::load(files.dir / "");
  if (!country) return fuzz::check_told(country.faults());
  std::size_t villages = 0;
  for (const division_county& c : country->counties()) villages += c.villages;
  fuzz::require(villages == country->villages(), "every village is in a county");
}
