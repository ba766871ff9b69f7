// SPDX-License-Identifier: BSL-1.0
// A county and two policies without a file: texts in, a result as JSON out.
#include "sifang/experiment.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/study_results.hpp"

#include <iostream>

using namespace sifang;

const named_texts texts{
    {"county.toml", R"([scenario]
warm_up = 60
[county]
units = "units.csv"
officials = "posts.csv"
links = "links.csv"
holidays = "holidays.csv"
[session.window]
receivers = 1
[load]
matters_per_year = 300
[[category]]
id = "land"
share = 1
matter_unit = "land-office"
)"},
    {"twice.toml", "[session.bureau_leader]\nrecur = \"every Monday and Thursday\"\n"},  // a policy, for any county
    {"units.csv",
     "code,name,parent,kind,population,distance_km\n1,County,,county,9000,0\nparty,Committee,1,party_committee,0,0\n"
     "school,Party school,1,party_school,0,1\nbureau,Petition bureau,1,petition_bureau,0,0\n"
     "land-office,Land office,1,department,0,0\n11,Town,1,township,9000,5\n111,Village,11,village,9000,9\n"},
    {"posts.csv",
     "post,title,rank,unit\nfirst,Secretary,principal_leader,party\nsecond,Deputy,county_leader,party\n"
     "clerk,Clerk,bureau_staff,bureau\n"
     "land,Head of office,unit_head,land-office\ntown,Head of town,unit_head,11\nhelper,Team member,team_member,11\n"},
    {"links.csv", "post,relation,unit\nsecond,linked_to,11\nland,heads,land-office\ntown,heads,11\nhelper,linked_to,111\n"},
    {"holidays.csv", "date,kind\n2022-10-03,holiday\n2022-10-08,makeup_workday\n"}};

int main() {
  const auto today = load_world("county.toml", {}, texts);
  const auto twice = load_world("twice.toml", {.base = "county.toml"}, texts);
  for (const auto* w : {&today, &twice}) {
    for (const fault& f : w->faults()) std::cerr << to_string(f) << '\n';  // with the text's name, line and column
    if (!*w) return 1;
  }
  const std::vector<studied_policy> policies{{&today->place}, {&twice->place}};
  const study_result found = run_study(thread_team{1}, worlds_of(policies), 20);
  const result r = make_result("compare", policies, found, 20);
  const std::string json = results_json(r);
  std::cout << json.substr(0, json.find("\"start\"")) << "…\n";
  for (metric m : {metric::wait_days, metric::leader_hours}) {
    const result_difference& d = r.comparisons[0].values[static_cast<std::size_t>(m)][0][0];
    std::cout << r.policies[1].id << ", " << info(m).en << ": " << verdict_text(d.verdict, language::en) << '\n';
  }
}
