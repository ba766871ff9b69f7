// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/divisions.hpp"
#include "sifang/io/planning_input.hpp"
#include "valid_scenario.hpp"

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;
using sifang::test::valid_scenario;

namespace {

const std::string units =
    "code,name,parent,kind,population,distance_km\n"
    "350921,霞浦县,,county,480000,0\n"
    "bureau,县信访局,350921,petition_bureau,0,0\n"
    "350921001,松城街道,350921,subdistrict,90000,1\n"
    "350921001001,东关社区,350921001,community,6000,1.5\n"
    "dept-land,自然资源局,350921,department,0,1\n"
    "dept-hr,人社局,350921,department,0,1\n";
const std::string officials =
    "post,title,rank,unit\n"
    "leader-01,县委书记,principal_leader,350921\n"
    "leader-02,副县长,county_leader,350921\n"
    "head-01,街道书记,unit_head,350921001\n";
const std::string links = "post,relation,unit\nleader-02,linked_to,350921001\nhead-01,heads,350921001\n";
const std::string holidays = "date,kind,name\n2022-10-03,holiday,国庆节\n";

named_texts county_texts() {
  return {{"s.toml", valid_scenario}, {"units.csv", units}, {"officials.csv", officials}, {"links.csv", links}, {"holidays.csv", holidays}};
}

texts lines(const std::vector<fault>& faults) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f));
  return out;
}

/// The same texts as files.
struct county_folder : scratch {
  county_folder() {
    for (const auto& [name, text] :
         {std::pair("s.toml", valid_scenario), std::pair("units.csv", units), std::pair("officials.csv", officials),
          std::pair("links.csv", links), std::pair("holidays.csv", holidays)}) {
      file(name, text);
    }
  }
};

}  // namespace

TEST_CASE("a county in memory is the same as one in files") {
  const auto here = load_planning_input("s.toml", {}, county_texts());
  REQUIRE(here);
  const county_folder dir;
  const auto there = load_planning_input(dir / "s.toml");
  REQUIRE(there);
  CHECK(here->settings.name == there->settings.name);
  CHECK(here->settings.county.units == "units.csv");
  CHECK(here->settings.load.matters_per_year == there->settings.load.matters_per_year);
  CHECK(here->place.org.units().size() == there->place.org.units().size());
  CHECK_FALSE(here->place.calendar.is_workday(day(2022, 10, 3)));
}

TEST_CASE("faults of texts in memory have the names that they were given, lines and columns") {
  auto source = county_texts();
  source.add("s.toml", valid_scenario + "sead = 1\n").add("units.csv", units + "350921001,again,350921,township,x,1\n");
  source.add("links.csv", links + "leader-09,linked_to,350921001\n").add("holidays.csv", "date,kind\n2022-02-30,holiday\n");
  CHECK(lines(load_planning_input("s.toml", {}, source).faults()) ==
        texts{"s.toml:59:1: unknown key 'sead'; did you mean 'lead'?",
              "units.csv:8:1: code '350921001' expected once; it already stands on line 4",
              "units.csv:8:33: 'population' expected a number; found 'x'",
              "links.csv:4:1: expected a post; 'leader-09' is none; did you mean 'leader-01'?",
              "holidays.csv:2:1: 'date' expected a date YYYY-MM-DD of the calendar; found '2022-02-30'"});
}

TEST_CASE("every fault of a text in memory is what the file would have") {
  const std::vector<std::pair<std::string, std::string>> broken{{"s.toml", "[scenario]\nname = \n"},
                                                                {"s.toml", ""},
                                                                {"s.toml", "\xFF"},
                                                                {"s.toml", "extends = \"gone.toml\"\n"},
                                                                {"units.csv", "code\n"},
                                                                {"units.csv", " \n"},
                                                                {"links.csv", "a\0b"},
                                                                {"officials.csv", "post,title,rank,unit\n"},
                                                                {"holidays.csv", "date,kind\nx,y\n"}};
  for (const auto& [name, text] : broken) {
    INFO(name << ": " << text);
    const county_folder dir;
    dir.file(name, text);
    auto source = county_texts();
    source.add(name, text);
    const texts there = dir.lines(load_planning_input(dir / "s.toml").faults());
    CHECK_FALSE(there.empty());
    CHECK(lines(load_planning_input("s.toml", {}, source).faults()) == there);
  }
}

TEST_CASE("a text that is not there is named") {
  named_texts source{{"a/s.toml", valid_scenario}};
  CHECK(lines(load_planning_input("a/s.toml", {}, source).faults()).front() ==
        "a/units.csv: expected a readable file; a/units.csv: No such file or directory");
  source.add("a/own.toml", "extends = \"../b/none.toml\"\n");
  CHECK(lines(read_scenario("a/own.toml", {}, source).faults) ==
        texts{"a/own.toml:1:11: expected a readable file; b/none.toml: No such file or directory"});
  source.add("b/none.toml", std::string((std::size_t{1} << 20) + 1, '#'));
  CHECK(lines(read_scenario("a/own.toml", {}, source).faults) ==
        texts{"a/own.toml:1:11: expected a readable file; b/none.toml: File too large"});
}

TEST_CASE("a scenario in memory extends others there, beside it") {
  named_texts source{{"base/s.toml", valid_scenario},
                     {"own/a.toml", "extends = \"../base/s\"\n[scenario]\nname = \"a\"\n"},
                     {"own/b.toml", "extends = \"a.toml\"\n[county]\nlinks = \"l.csv\"\n"},
                     {"own/c.toml", "extends = \"c\"\n"}};
  const scenario_reading r = read_scenario("own/./b.toml", {}, source);
  CHECK(lines(r.faults).empty());
  CHECK(r.settings.county.units == "base/units.csv");
  CHECK(r.settings.county.links == "own/l.csv");
  CHECK(lines(parse_scenario("extends = \"a\"\n[load]\nsilent_days = -1\n", "own/d.toml", {}, source).faults) ==
        texts{"own/d.toml:3:15: 'load.silent_days' expected a value from 1 to 3650; found -1"});
  source.add("own/a.toml", "extends = \"b.toml\"\n");
  CHECK(lines(read_scenario("own/b.toml", {}, source).faults) == texts{"own/a.toml:1:11: this scenario extends itself: b → a → b"});
}

TEST_CASE("a name without extension means the scenario beside, else the one of a folder of the source, never the file that asks") {
  const scratch dir;
  dir.file("shipped/base.toml", valid_scenario);
  dir.file("shipped/wednesday.toml", "extends = \"base\"\n[scenario]\nname = \"wednesday\"\n");
  const text_files files({dir / "shipped"});
  CHECK(dir.lines(read_scenario(dir.file("mine/own.toml", "extends = \"wednesday\"\n"), {}, files).faults).empty());
  CHECK(dir.lines(read_scenario(dir.file("mine/wednesday.toml", "extends = \"wednesday\"\n"), {}, files).faults).empty());
  CHECK(read_scenario(dir / "mine/wednesday.toml", {}, files).settings.county.units == (dir / "shipped/units.csv").string());
  dir.file("mine/base.toml", "extends = \"wednesday.toml\"\n");  // two of mine that extend each other
  dir.file("mine/wednesday.toml", "extends = \"base\"\n");
  CHECK(dir.lines(read_scenario(dir / "mine/base.toml", {}, files).faults) ==
        texts{"mine/wednesday.toml:1:11: this scenario extends itself: base → wednesday → base"});
  CHECK(dir.lines(read_scenario(dir.file("mine/no.toml", "extends = \"wendesday\"\n"), {}, files).faults) ==
        texts{"mine/no.toml:1:11: expected a scenario file, or the name of one that ships (see 'sifang list'); 'wendesday' is neither; did "
              "you mean 'wednesday'?"});
  CHECK(read_scenario(dir / "mine/own.toml").faults.size() == 1);  // beside it, mine comes first
}

TEST_CASE("a case load and division tables are read from memory") {
  const std::vector<std::string> categories{"land"};
  const named_texts source{
      {"load.csv", "\xEF\xBB\xBFid,date,place,category,channel,group_size\n1,2022-03-01,x,land,visit,1\n2,2022-03-40,x,lnad,visit,1\n"},
      {"cn/provinces.csv", "code,name\n35,福建\n"},
      {"cn/areas.csv", "code,name,provinceCode\n350921,霞浦,35\n"},
      {"cn/streets.csv", "code,name,areaCode\n350921001,松城,350921\n"},
      {"cn/villages.csv", "code,name,streetCode\n350921001001,东关,350921001\n"}};
  const case_load_frame frame{nullptr, categories, day(2022, 1, 1), day(2022, 12, 31)};
  CHECK(lines(load_case_load("load.csv", frame, source).faults()) ==
        texts{"load.csv:3:3: 'date' expected a date YYYY-MM-DD of the calendar; found '2022-03-40'",
              "load.csv:3:16: expected a category; 'lnad' is none; did you mean 'land'?"});
  const auto country = national_divisions::load("cn", source);
  REQUIRE(country);
  CHECK(country->villages() == 1);
  CHECK(national_divisions::load("", source).faults().size() == 1 + 3);
}

TEST_CASE("any type with the four members is a source of texts") {
  struct upper_shelf {
    checked<std::string> text(const std::filesystem::path& name, const text_wanted& wanted) const {
      return decode_text(valid_scenario, name.string(), wanted.encoding, wanted.what);
    }
    bool has(const std::filesystem::path&) const { return true; }
    std::string identity(const std::filesystem::path& name) const { return name.string(); }
    std::vector<std::filesystem::path> folders() const { return {}; }
  };
  static_assert(gives_texts<upper_shelf> && gives_texts<named_texts> && gives_texts<text_files> && gives_texts<text_source>);
  CHECK(load_scenario("anything", {}, upper_shelf())->name == "small");
}
