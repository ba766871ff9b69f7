// SPDX-License-Identifier: BSL-1.0
// What an office hands on without further libraries: the notice of reception days, and units as points of a map.
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/io/county.hpp"
#include "sifang/io/given_texts.hpp"
#include "sifang/io/reception_notice.hpp"
#include "sifang/io/unit_map.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

using namespace sifang;

namespace {

const std::vector<calendar_exception> some_holidays{{day(2022, 1, 3), day_kind::statutory_holiday, "元旦"},
                                                    {day(2022, 5, 2), day_kind::statutory_holiday, "劳动节"}};

scenario whole_year() {
  scenario s = sifang_tests::small_scenario();
  s.start = day(2022, 1, 1);
  s.end = day(2022, 12, 31);
  s.sensitive_periods.clear();
  return s;
}
world year_of(scenario s, const sifang_tests::county_tables& tables = sifang_tests::peopled_county()) {
  auto org = tables.build();
  REQUIRE(org);
  auto made = world::make(std::move(s), *std::move(org), working_calendar(some_holidays));
  for (const fault& f : made.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(made);
  return *std::move(made);
}
const roster_period year{day(2022, 1, 1), day(2022, 12, 31)};

std::size_t times(const std::string& text, const std::string& word) {
  std::size_t out = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + word.size())) ++out;
  return out;
}
/// What the notice says of one place.
std::string of_place(const std::string& page, const std::string& name) {
  const std::size_t at = page.find("<h2>" + name + "</h2>");
  REQUIRE(at != page.npos);
  return page.substr(at, page.find("</section>", at) - at);
}

}  // namespace

TEST_CASE("R2, R8: the notice says place by place when, who by post, and what holidays leave out") {
  const world w = year_of(whole_year());
  const std::string page = reception_notice(w, year, false, language::zh);
  const std::string town = of_place(page, "the town");
  CHECK(town.find("乡镇（街道）主要负责同志") != town.npos);
  CHECK(town.find("每周一，08:30–11:30") != town.npos);
  CHECK(town.find("town-head") != town.npos);
  CHECK(town.find("<b>暂停</b>1月3日（周一）、5月2日（周一）") != town.npos);
  CHECK(town.find("<tr><th>1月</th><td><span class=\"day\">10日 周一</span>") != town.npos);
  CHECK(town.find(">2日 周一<") == town.npos);  // the holiday of May
  CHECK(page.find("the old-village") == page.npos);
  CHECK(page.find("<h2>the bureau</h2>") != page.npos);
  CHECK(page.find("随访随接，无需预约") != page.npos);
  CHECK(reception_notice(w, year, true, language::zh).find("<h2>the old-village</h2>") != page.npos);
  const std::string english = reception_notice(w, year, false, language::en);
  CHECK(english.find("<b>Not held</b>Mon 3 January, Mon 2 May") != english.npos);
  CHECK(english.find("every Monday, 08:30–11:30") != english.npos);
}

TEST_CASE("R3, R6: the notice says where a day goes that is moved, by a rest day or by another session") {
  scenario s = whole_year();
  s.reception[article::principal].on_rest_day = day_convention::next_workday;
  s.reception.collision = collision_policy::split;
  const std::string page = reception_notice(year_of(s), year, false, language::zh);
  const std::string school = of_place(page, "the school");
  CHECK(school.find("1月15日（周六）改至1月17日（周一）") != school.npos);
  CHECK(school.find("10月15日（周六）改至10月17日（周一）") != school.npos);
  CHECK(of_place(page, "the town").find("1月17日（周一）改至1月18日（周二）") != page.npos);
}

TEST_CASE("nothing that a table holds is markup in the notice") {
  sifang_tests::county_tables tables = sifang_tests::peopled_county();
  const std::string evil = "<img src=x onerror=\"alert(1)\">&'";
  for (unit& u : tables.units) u.name = evil;
  scenario s = whole_year();
  s.reception[article::township].title_zh = evil;
  const std::string page = reception_notice(year_of(s, tables), year, true, language::zh);
  CHECK(page.find("<img") == page.npos);
  CHECK(page.find("<script") == page.npos);
  CHECK(times(page, "<h2>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&apos;</h2>") >= 6);
  CHECK(page.find("<h3>&lt;img") != page.npos);
  CHECK(times(page, "<section") == times(page, "</section>"));
  CHECK(times(page, "<div") == times(page, "</div>"));
  CHECK(times(page, "<table") == times(page, "</table>"));
}

TEST_CASE("a person of the county by name is in no notice, only posts") {
  const std::string page = reception_notice(year_of(whole_year()), year, false, language::zh);
  CHECK(page.find("secretary") != page.npos);
  CHECK(page.find("http") == page.find("http-equiv"));  // nothing from outside
  CHECK(times(page, "http") == 1);
}

TEST_CASE("units with coordinates are points with their figures (RFC 7946)") {
  sifang_tests::county_tables tables = sifang_tests::peopled_county();
  const auto find = [&](const std::string& code) -> unit& {
    return *std::find_if(tables.units.begin(), tables.units.end(), [&](const unit& u) { return u.code == code; });
  };
  CHECK_FALSE(has_coordinates(tables.build()->units()));
  find("county").at = coordinates{120.005, 26.885};
  find("town").at = coordinates{119.95, 26.75};
  find("town").name = "三沙\"镇";
  find("land").at = coordinates{-180, -90};
  const auto org = tables.build();
  CHECK(has_coordinates(org->units()));
  result r;
  r.metrics = {{"heard_15d", "heard", "接待", "share", "higher", "waiting", true}, {"bounces", "b", "b", "times", "lower", "load", false}};
  r.dimensions = {{"all", "all", "全部", {{"all", "all", "全部"}}},
                  {"township", "t", "t", {{"street", "", ""}, {"town", "", ""}}},
                  {"unit", "u", "u", {{"land", "", ""}}}};
  const auto exact = [](double x) { return interval{x, x - 0.25, x + 0.25, interval_kind::two_sided}; };
  result_policy p;
  p.id = "base";
  p.replications = 30;
  p.values = {{{exact(0.5)}, {exact(0.25), {0.75, 0.75, 0.75, interval_kind::constant}}, {interval{}}}, {{exact(1)}, {}, {}}};
  r.policies = {p};
  CHECK(unit_map(r, org->units()) ==
        "{\n \"type\":\"FeatureCollection\",\n \"features\":[\n"
        "  {\"type\":\"Feature\",\"id\":\"county\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[120.005,26.885]},\"properties\":"
        "{\"code\":\"county\",\"name\":\"the county\",\"kind\":\"county\",\"population\":9000,\"heard_15d\":0.5,\"heard_15d_lower\":0.25,"
        "\"heard_15d_upper\":0.75}},\n"
        "  {\"type\":\"Feature\",\"id\":\"land\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[-180,-90]},\"properties\":"
        "{\"code\":\"land\",\"name\":\"the land\",\"kind\":\"department\",\"population\":0}},\n"
        "  {\"type\":\"Feature\",\"id\":\"town\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[119.95,26.75]},\"properties\":"
        "{\"code\":\"town\",\"name\":\"三沙\\\"镇\",\"name_en\":\"Sansha\\\" "
        "Town\",\"kind\":\"township\",\"population\":0,\"place_heard_15d\":0.75}}\n"
        " ]\n}\n");
  p.id = "other";
  r.policies.push_back(p);
  CHECK(unit_map(r, org->units()).find("\"other:place_heard_15d\":0.75") != std::string::npos);
}

TEST_CASE("coordinates of a unit are degrees, and both or neither") {
  const auto load = [](const std::string& text) {
    const named_texts from{{"units.csv", text}};
    return load_units("units.csv", from);
  };
  const std::string head = "code,name,parent,kind,population,distance_km,longitude,latitude\n";
  const auto good = load(head + "c,霞浦县,,county,1,0,120.005,26.885\nd,局,c,department,0,0,,\n");
  REQUIRE(good);
  CHECK((*good)[good->root()].at == coordinates{120.005, 26.885});
  CHECK_FALSE((*good)[*good->find("d")].at);
  const auto bad = load(
      head + "c,霞浦县,,county,1,0,26.885,120.005\nd,局,c,department,0,0,120,\ne,局,c,department,0,0,,26\nf,局,c,department,0,0,东经,26\n");
  std::vector<std::string> told;
  for (const fault& f : bad.faults()) told.push_back(to_string(f));
  CHECK(told == std::vector<std::string>{"units.csv:2:26: 'latitude' expected a value from -90 to 90; found 120.005",
                                         "units.csv:3:26: expected 'latitude' filled in where 'longitude' is; found an empty field",
                                         "units.csv:4:22: expected 'longitude' filled in where 'latitude' is; found an empty field",
                                         "units.csv:5:22: 'longitude' expected a number; found '东经'"});
  const auto alone = load("code,name,parent,kind,population,distance_km,longitude\nc,霞浦县,,county,1,0,120\n");
  REQUIRE_FALSE(alone);
  CHECK(to_string(alone.faults().front(), language::zh) == "units.csv:2:19: 应为“latitude”随“longitude”一并填写；实际为空字段");
}
