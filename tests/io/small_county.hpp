// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_IO_SMALL_COUNTY_HPP
#define SIFANG_TESTS_IO_SMALL_COUNTY_HPP

#include "sifang/io/text_source.hpp"
#include "valid_scenario.hpp"

#include <string>

namespace sifang::test {

/// The county of `valid_scenario` in memory, small and whole: `s.toml` can be played.
inline named_texts small_county() {
  return {{"s.toml", valid_scenario},
          {"units.csv",
           "code,name,parent,kind,population,distance_km\n"
           "350921,霞浦县,,county,480000,0\n"
           "committee,县委,350921,party_committee,0,0\n"
           "government,县政府,350921,county_government,0,0\n"
           "school,县委党校,350921,party_school,0,2\n"
           "bureau,县信访局,350921,petition_bureau,0,1\n"
           "dept-land,自然资源局,350921,department,0,1\n"
           "dept-hr,人社局,350921,department,0,1\n"
           "350921001,松城街道,350921,subdistrict,90000,1\n"
           "350921001001,东关社区,350921001,community,6000,1.5\n"},
          {"officials.csv",
           "post,title,rank,unit\n"
           "leader-01,县委书记,principal_leader,committee\n"
           "leader-02,县长,principal_leader,government\n"
           "leader-03,副县长,county_leader,government\n"
           "head-land,局长,unit_head,dept-land\n"
           "head-hr,局长,unit_head,dept-hr\n"
           "head-01,街道书记,unit_head,350921001\n"
           "member-01,街道委员,team_member,350921001\n"
           "clerk-01,干部,bureau_staff,bureau\nclerk-02,干部,bureau_staff,bureau\nclerk-03,干部,bureau_staff,bureau\n"},
          {"links.csv",
           "post,relation,unit\n"
           "leader-03,linked_to,350921001\n"
           "head-land,heads,dept-land\n"
           "head-hr,heads,dept-hr\n"
           "head-01,heads,350921001\n"
           "member-01,member_of,350921001\n"
           "member-01,linked_to,350921001001\n"},
          {"holidays.csv", "date,kind,name\n2022-10-03,holiday,国庆节\n2022-10-08,makeup_workday,国庆节\n"}};
}

}  // namespace sifang::test

#endif
