// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/county.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/org/english_name.hpp"
#include "valid_scenario.hpp"

#include <rapidcheck.h>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

namespace {

const std::string units = R"(code,name,parent,kind,population,distance_km,x,y
350921,霞浦县,,county,480000,0,50,50
bureau,县信访局,350921,petition_bureau,0,0,50,50
school,县委党校,350921,party_school,0,2,51,50
dept-land,自然资源局,350921,department,0,0,50,51
dept-hr,人社局,350921,department,0,0,50,52
350921001,松城街道,350921,subdistrict,90000,1,49,50
350921001001,东关社区,350921001,community,6000,1.5,49,51
)";
const std::string officials = R"(post,title,rank,unit
leader-01,县委书记,principal_leader,350921
leader-02,副县长,county_leader,350921
head-01,街道书记,unit_head,350921001
)";
const std::string links = R"(post,relation,unit
leader-02,linked_to,350921001
head-01,heads,350921001
)";
const std::string holidays = R"(date,kind,name
2022-10-03,holiday,国庆节
2022-10-08,makeup_workday,国庆节
)";

struct county_folder : scratch {
  county_folder() {
    file("units.csv", units);
    file("officials.csv", officials);
    file("links.csv", links);
    file("holidays.csv", holidays);
    file("s.toml", sifang::test::valid_scenario);
  }
  [[nodiscard]] county_files files() const {
    return {*this / "units.csv", *this / "officials.csv", *this / "links.csv", *this / "holidays.csv"};
  }
  [[nodiscard]] texts faults() const { return lines(load_county(files()).faults()); }
};

}  // namespace

TEST_CASE("a county is read from its tables") {
  const county_folder dir;
  const auto c = load_county(dir.files());
  REQUIRE(c);
  CHECK(c->org.units().size() == 7);
  const auto street = c->org.units().find("350921001");
  REQUIRE(street);
  CHECK(c->org.units()[*street].population == 90000);
  CHECK(c->org[c->org.officials_of(*street, relation::linked_to)[0]].post == "leader-02");
  CHECK_FALSE(c->calendar.is_workday(day(2022, 10, 3)));
  CHECK(c->calendar.is_workday(day(2022, 10, 8)));
}

TEST_CASE("tables may have names in English, where they know them") {
  const county_folder dir;
  const auto plain = load_county(dir.files());
  REQUIRE(plain);
  const unit_id street = *plain->org.units().find("350921001");
  CHECK(plain->org.units()[street].name_en.empty());
  CHECK(english_name(plain->org.units()[street]) == "Songcheng Subdistrict");

  const auto with = [](std::string table, std::string_view column, std::string_view row, std::string_view value) {
    std::string out;
    for (std::size_t at = 0; at < table.size();) {
      const std::size_t end = (std::min)(table.find('\n', at), table.size());
      const std::string line = table.substr(at, end - at);
      out += line + ',' + std::string(at == 0 ? column : line.starts_with(row) ? value : "") + '\n';
      at = end + 1;
    }
    return out;
  };
  dir.file("units.csv", with(units, "name_en", "350921001,", "\"Song, <b>City\""));
  dir.file("officials.csv", with(officials, "title_en", "leader-02,", "Deputy Head"));
  const auto named = load_county(dir.files());
  for (const fault& f : named.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(named);
  CHECK(named->org.units()[street].name_en.view() == "Song, <b>City");
  CHECK(named->org.units()[named->org.units().root()].name_en.empty());
  for (std::size_t i = 0; i < named->org.officials().size(); ++i) {
    const official& o = named->org[official_id(i)];
    CHECK(o.title_en.view() == (o.post == "leader-02" ? "Deputy Head" : ""));
  }
}

TEST_CASE("a county without a table of holidays works Monday to Friday") {
  const county_folder dir;
  auto files = dir.files();
  files.holidays.clear();
  const auto c = load_county(files);
  REQUIRE(c);
  CHECK(c->calendar.is_workday(day(2022, 10, 3)));
}

TEST_CASE("everything wrong in the table of units is told at once") {
  const county_folder dir;
  dir.file("units.csv",
           "code,name,parent,kind,population,distance_km\n"
           "350921,霞浦县,,county,480000,0\n"
           "350921001,松城街道,350921,subdistrikt,90000,1\n"
           "350921001001,东关社区,350921009,community,-6,1.5\n"
           "350921001,again,350921,township,x,1\n"
           "other,second,,county,1,1\n"
           "v,village,350921,village,1,1\n"
           "a,a,b,department,1,1\n"
           "b,b,a,department,1,1\n"
           "short,row\n"
           "below-short,c,short,department,1,1\n"
           ",nameless,350921,department,1,1\n");
  CHECK(dir.lines(load_units(dir / "units.csv").faults()) ==
        texts{"units.csv:3:23: 'kind' expected one of county, party_committee, county_government, party_school, petition_bureau, "
              "department, industrial_park, township, "
              "subdistrict, village, community; found 'subdistrikt'; did you mean 'subdistrict'?",
              "units.csv:4:1: unit '350921001001': expected its parent '350921009' in the table; it is not there",
              "units.csv:4:39: 'population' expected a value at least 0; found -6",
              "units.csv:5:1: code '350921001' expected once; it already stands on line 3",
              "units.csv:5:33: 'population' expected a number; found 'x'",
              "units.csv:6:1: expected one unit without a parent; 'other' has none, and neither has '350921'",
              "units.csv:7:11: unit 'v': a village cannot stand below a county",
              "units.csv:8:1: expected a tree; these units are each other's parents: a → b", "units.csv:10:1: expected 6 fields; found 2",
              "units.csv:10:1: expected one unit without a parent; 'short' has none, and neither has '350921'",
              "units.csv:12:1: expected 'code' filled in; found an empty field"});
}

TEST_CASE("faults of all tables come together, and a broken tree hides none of the others") {
  const county_folder dir;
  dir.file("units.csv", units + "350921002001,lost,350921002,village,1,1,0,0\n");
  dir.file("officials.csv", officials + "leader-02,twice,county_leader,350921\nhead-02,head,unit_haed,35092100l\n");
  dir.file("links.csv", links + "leader-20,linked_to,350921001\nleader-01,linkt_to,nowhere\n");
  dir.file("holidays.csv", holidays + "2022-02-30,holiday,x\n2022-10-03,vacation,y\n");
  CHECK(dir.faults() == texts{"units.csv:9:1: unit '350921002001': expected its parent '350921002' in the table; it is not there",
                              "officials.csv:5:1: code 'leader-02' expected once; it already stands on line 3",
                              "officials.csv:6:14: 'rank' expected one of principal_leader, county_leader, unit_head, team_member, cadre, "
                              "bureau_staff; found 'unit_haed'; did you mean 'unit_head'?",
                              "officials.csv:6:24: expected the code of a unit; '35092100l' is none; did you mean '350921001'?",
                              "links.csv:4:1: expected a post; 'leader-20' is none; did you mean 'leader-02'?",
                              "links.csv:5:11: 'relation' expected one of heads, member_of, linked_to, in_charge_of, liaises_with; found "
                              "'linkt_to'; did you mean 'linked_to'?",
                              "links.csv:5:20: expected the code of a unit; 'nowhere' is none",
                              "holidays.csv:4:1: 'date' expected a date YYYY-MM-DD of the calendar; found '2022-02-30'",
                              "holidays.csv:5:1: code '2022-10-03' expected once; it already stands on line 2",
                              "holidays.csv:5:12: 'kind' expected one of holiday, makeup_workday; found 'vacation'"});
}

TEST_CASE("a table that is missing, empty, no text, or without a column says so once") {
  const county_folder dir;
  std::filesystem::remove(dir / "units.csv");
  dir.file("officials.csv", "");
  dir.file("links.csv", std::string("post\0", 5));
  dir.file("holidays.csv", "day,kind\n2022-01-01,holiday\n");
  CHECK(dir.faults() == texts{"units.csv: expected a readable file; units.csv: No such file or directory",
                              "officials.csv: expected a table of posts; the file is empty",
                              "links.csv:1: expected text in UTF-8; found a byte that is not text at offset 4",
                              "holidays.csv:1: expected a column 'date'; found columns day, kind"});
  dir.file("units.csv", "code,name,parent,kind,population,distance_km\n");
  CHECK(dir.faults().at(0) == "units.csv: expected a row for each unit below the header; the file is empty");
}

TEST_CASE("a scenario and its county are judged in one go") {
  const county_folder dir;
  CHECK(load_planning_input(dir / "s.toml"));
  dir.file("links.csv", links + "leader-09,heads,bureau\n");
  const std::vector<std::string> settings{"load.multiplier=-1"};
  CHECK(dir.lines(load_planning_input(dir / "s.toml", settings).faults()) ==
        texts{"--set: 'load.multiplier' expected a value from 0 to 1000; found -1",
              "links.csv:4:1: expected a post; 'leader-09' is none; did you mean 'leader-01'?"});
  dir.file("links.csv", links);
  const std::vector<std::string> moved{"category.wages.matter_unit=dept-h"};
  CHECK(dir.lines(load_planning_input(dir / "s.toml", moved).faults()) ==
        texts{"--set: expected the code of a unit; 'dept-h' is none; did you mean 'dept-hr'?"});
}

TEST_CASE("holidays are read as people publish them: tables with Chinese words, and notices in JSON, of one year or several") {
  const auto read = [](const std::string& text) { return load_calendar("h", named_texts{{"h", text}}); };
  const auto told = [&](const std::string& text) {
    texts out;
    for (const fault& f : read(text).faults()) out.push_back(to_string(f));
    return out;
  };
  const std::string one =
      R"({"$schema": "…", "year": 2022, "papers": ["http://…"], "days": [
  {"name": "国庆节", "date": "2022-10-03", "isOffDay": true},
  {"name": "国庆节", "date": "2022-10-08", "isOffDay": false}
]})";
  const std::string next = R"({"year": 2023, "days": [{"name": "元旦", "date": "2022-12-31", "isOffDay": true},
  {"name": "元旦", "date": "2023-01-02", "isOffDay": true}]})";
  for (const std::string& text :
       {one, "\xEF\xBB\xBF\r\n" + one, "[" + one + "," + next + "]", "[" + one + "," + one + "]",
        std::string("date,kind\n2022-10-03,放假\n2022-10-08,调休\n"), std::string("date,kind\n2022-10-03,休\n2022-10-08,班\n"),
        std::string("\xEF\xBB\xBF"
                    "date,kind,name,,\r\n2022/10/3,holiday,a,,\r\n2022/10/8,makeup_workday,,,\r\n,,,,\r\n")}) {
    const auto calendar = read(text);
    REQUIRE(calendar);
    CHECK(calendar->kind(day(2022, 10, 3)) == day_kind::statutory_holiday);
    CHECK(calendar->kind(day(2022, 10, 8)) == day_kind::makeup_workday);
    CHECK(calendar->has_notice(2022));
  }
  const auto both = read("[" + one + "," + next + "]");
  CHECK(both->has_notice(2023));
  CHECK(both->last_notice() == day(2023, 1, 2));
  CHECK_FALSE(read(next)->has_notice(2022));
  CHECK(told(one.substr(0, one.size() - 1)) ==
        texts{"h: expected a table of holidays, or notices in JSON; found JSON that ends early or breaks its rules"});
  CHECK(told("[]") == texts{"h: expected a list of days; found an empty list"});
  CHECK(told("{}") == texts{"h: missing key 'days': expected a list of days"});
  CHECK(told(R"([{"days": 3}])") == texts{"h: '[0].days' expected a list; found 3"});
  CHECK(told(R"({"days": [
{"date": "2022-2-30", "isOffDay": 1},
{"date": 20221003, "isOffDay": true},
{"isOffDay": true}, [], 
{"date": "1969-12-31", "isOffDay": true},
{"date": "2022-10-03", "isOffDay": true}, {"date": "2022-10-03", "isOffDay": false}]})") ==
        texts{"h: missing key 'days[2].date': expected a date", "h: missing key 'days[3].date': expected a date",
              "h: missing key 'days[3].isOffDay': expected true or false", "h:2:2: 'days[0].isOffDay' expected true or false; found 1",
              "h:3:2: 'days[1].date' expected a date YYYY-MM-DD of the calendar; found '20221003'",
              "h:5:2: 'days[4].date' expected within 1970-01-01 to 2200-12-31; found 1969-12-31",
              "h:6:44: 'days[6].isOffDay' expected one of true; found 'false'"});
  CHECK(told("[" + std::string(100000, '[')).size() == 1);
  std::string many = "{\"days\": [0";
  for (int i = 0; i < 1000; ++i) many += ", 0";
  CHECK(read(many + "]}").faults().size() == 11);  // ten, and how many more there are
  CHECK(told(R"({"days": )" + std::string(20000, '[') + std::string(20000, ']') + "}").size() == 2);
}

TEST_CASE("the holidays of the State Council's notices give the workdays of DOMAIN 6.1") {
  const std::filesystem::path path = std::string(SIFANG_SHARED_DATA) + "/calendar/cn_holidays.csv";
  if (!std::filesystem::exists(path)) {
    WARN("skipped: the table of holidays is not beside the checkout");
    return;
  }
  const auto calendar = load_calendar(path);
  REQUIRE(calendar);
  const int expected[] = {249, 249, 251, 248};
  for (int year = 2022; year <= 2025; ++year)
    CHECK(calendar->between(day(year - 1, 12, 31), day(year, 12, 31)).count == expected[year - 2022]);
}

TEST_CASE("tables damaged in any way make a county or faults, never a crash") {
  const county_folder dir;
  CHECK(rc::check("mutations", [&] {
    std::string text = *rc::gen::element(units, officials, links, holidays);
    const char* name = text == units ? "units.csv" : text == officials ? "officials.csv" : text == links ? "links.csv" : "holidays.csv";
    for (int i = *rc::gen::inRange(1, 5); i > 0; --i) {
      const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(text.size())));
      const std::string token =
          *rc::gen::element<std::string>("\"", ",", "\n", "", "-", "x", "\xFF", "350921", "leader-02", "county", "9e999", "2022-02-29");
      text.replace(at, static_cast<std::size_t>(*rc::gen::inRange(0, 12)), token);
      if (text.empty()) break;
    }
    const auto path = dir / name;
    const std::string whole = dir.read(name);
    dir.file(name, text);
    const auto c = load_county(dir.files());
    dir.file(name, whole);
    RC_ASSERT(c.has_value() == c.faults().empty());
    for (const fault& f : c.faults()) RC_ASSERT(to_string(f).find('\n') == std::string::npos);
  }));
}

TEST_CASE("kinds, ranks and relations are read in Chinese as in English") {
  const char* const english[] = {
      "code,name,parent,kind,population,distance_km\n1,A,,county,9,0\n2,B,1,party_committee,0,0\n3,C,1,petition_bureau,0,0\n4,D,1,"
      "department,0,0\n"
      "5,E,1,township,9,3\n6,F,5,village,9,4\n",
      "post,title,rank,unit\np,P,principal_leader,2\nl,L,county_leader,2\nh,H,unit_head,5\nm,M,team_member,5\n",
      "post,relation,unit\nl,linked_to,5\nl,in_charge_of,4\nl,liaises_with,3\nh,heads,5\nm,member_of,5\nm,linked_to,6\n"};
  const char* const chinese[] = {
      "code,name,parent,kind,population,distance_km\n1,A,,区,9,0\n2,B,1,区委,0,0\n3,C,1,信访局,0,0\n4,D,1,"
      "区直单位,0,0\n"
      "5,E,1,镇,9,3\n6,F,5,村,9,4\n",
      "post,title,rank,unit\np,P,主要领导,2\nl,L,县处级领导,2\nh,H,主要负责同志,5\nm,M,班子成员,5\n",
      "post,relation,unit\nl,挂钩,5\nl,分管,4\nl,联系,3\nh,主要负责,5\nm,班子成员,5\nm,挂钩,6\n"};
  const auto read = [](const char* const(&of)[3]) {
    return load_county({"u.csv", "o.csv", "l.csv", {}}, named_texts{{"u.csv", of[0]}, {"o.csv", of[1]}, {"l.csv", of[2]}});
  };
  const auto en = read(english), zh = read(chinese);
  for (const fault& f : zh.faults()) FAIL_CHECK(to_string(f));
  REQUIRE(en);
  REQUIRE(zh);
  for (const unit_id u : en->org.units().all()) CHECK(en->org.units()[u].kind == zh->org.units()[u].kind);
  for (std::size_t i = 0; i < en->org.officials().size(); ++i) CHECK(en->org.officials()[i].rank == zh->org.officials()[i].rank);
  REQUIRE(en->org.links().size() == zh->org.links().size());
  for (std::size_t i = 0; i < en->org.links().size(); ++i) CHECK(en->org.links()[i].how == zh->org.links()[i].how);
  // A word that is neither is told with the names that there are.
  const auto wrong = load_units("u.csv", named_texts{{"u.csv", "code,name,parent,kind,population,distance_km\n1,A,,州,9,0\n"}});
  REQUIRE_FALSE(wrong);
  CHECK(wrong.faults().front().kind == fault_kind::bad_value);
  // Each word means one thing, and each of them something that has a name.
  CHECK(parse_word<unit_kind>("乡镇") == unit_kind::township);
  CHECK(parse_word<relation>("township") == std::nullopt);
  CHECK(parse_word<role>("") == std::nullopt);
}
