// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/county.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  static const fuzz::tables files{{
      {"units.csv",
       "code,name,parent,kind,population,distance_km,x,y\n350921,霞浦县,,county,480000,0,50,50\nbureau,县信访局,350921,petition_bureau,0,0,"
       "50,50\n"
       "350921001,松城街道,350921,subdistrict,90000,1,49,50\n350921001001,东关社区,350921001,community,6000,1.5,49,51\n"},
      {"officials.csv", "post,title,rank,unit\nleader-02,副县长,county_leader,350921\nhead-01,街道书记,unit_head,350921001\n"},
      {"links.csv", "post,relation,unit\nleader-02,linked_to,350921001\nhead-01,heads,350921001\n"},
      {"holidays.csv", "date,kind,name\n2022-10-03,holiday,国庆节\n2022-10-08,makeup_workday,国庆节\n"},
  }};
  if (!files.put(input)) return;
  const auto place =
      load_county({files.dir / "units.csv", files.dir / "officials.csv", files.dir / "links.csv", files.dir / "holidays.csv"});
  if (!place) fuzz::check_told(place.faults());
}
