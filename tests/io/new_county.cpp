// SPDX-License-Identifier: BSL-1.0
#include "sifang/io/new_county.hpp"

#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/experiment/assemble.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/scenario_check.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace sifang;
using sifang::test::scratch;

namespace {

const std::filesystem::path shipped = std::string(SIFANG_SOURCE_DIR) + "/simulations/scenarios";

const text_files& with_shipped() {
  static const text_files files({shipped});
  return files;
}

/// A small country as the published tables have it: three counties of one name, cities without counties, a county without a village.
named_texts country() {
  named_texts out{
      {"d/provinces.csv", "code,name\n11,北京市\n14,山西省\n32,江苏省\n35,福建省\n44,广东省\n46,海南省\n62,甘肃省\n"},
      {"d/cities.csv",
       "code,name,provinceCode\n1101,市辖区,11\n1403,阳泉市,14\n3201,南京市,32\n3501,福州市,35\n3509,宁德市,35\n4419,东莞市,44\n4690,"
       "省直辖县级行政区划,46\n6202,嘉峪关市,62\n"}};
  std::string areas = "code,name,cityCode,provinceCode\n", streets = "code,name,areaCode,provinceCode,cityCode\n",
              villages = "code,name,streetCode,provinceCode,cityCode,areaCode\n";
  const std::pair<const char*, const char*> counties[] = {
      {"110101", "东城区"}, {"140302", "城区"},   {"320106", "鼓楼区"}, {"350102", "鼓楼区"}, {"350103", "台江区"},
      {"350921", "霞浦县"}, {"350922", "古田县"}, {"441900", "东莞市"}, {"469002", "琼海市"}, {"620201", "嘉峪关市"}};
  for (const auto& [code, name] : counties) {
    const std::string c = code, city = c.substr(0, 4), province = c.substr(0, 2);
    areas += c + ",\"" + name + "\"," + city + "," + province + "\n";
    streets +=
        c + "001,\"东关街道\"," + c + "," + province + "," + city + "\n" + c + "100,\"溪南镇\"," + c + "," + province + "," + city + "\n";
    if (c == "350922") continue;  // no village
    for (int v = 0; v < 3; ++v) {
      const std::string n = std::to_string(v);
      villages += c + "00100" + n + ",\"东" + n + "社区居委会\"," + c + "001," + province + "," + city + "," + c + "\n";
      villages += c + "10020" + n + ",\"南" + n + "村委会\"," + c + "100," + province + "," + city + "," + c + "\n";
    }
  }
  out.add("d/areas.csv", areas).add("d/streets.csv", streets).add("d/villages.csv", villages);
  return out;
}

struct tables {
  national_divisions divisions;
  prefecture_names prefectures;
};
tables read_tables() {
  const named_texts texts = country();
  auto divisions = national_divisions::load("d", texts);
  for (const fault& f : divisions.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(divisions);
  auto prefectures = load_prefectures("d", texts);
  REQUIRE(prefectures);
  return {*std::move(divisions), *std::move(prefectures)};
}

const planning_input& model() {
  static const checked<planning_input> read = load_planning_input(shipped / "xiapu-2022.toml", {}, with_shipped());
  REQUIRE(read);
  return *read;
}

/// The code found, or what is said instead.
std::string answer(const county_search& search, std::string_view asked, language lang = language::en) {
  const auto found = search(asked);
  return found ? std::string(found->code) : to_string(found.faults().front(), lang);
}

std::string plan_of(const new_county& c, const scratch& dir) {
  for (const auto& [name, text] : c.files()) dir.file(c.name + "/" + name, text);
  return (dir / c.name / (c.name + ".toml")).string();
}

}  // namespace

TEST_CASE("a county is found by its codes, its names, and what it stands in") {
  const tables t = read_tables();
  const county_search search(t.divisions, t.prefectures);
  const std::map<std::string, std::string> wanted{
      {"350921", "350921"},        {"350921000000", "350921"}, {"霞浦县", "350921"},       {"霞浦", "350921"},
      {"宁德市霞浦县", "350921"},  {"宁德霞浦县", "350921"},   {"福建霞浦县", "350921"},   {"福建省宁德市霞浦县", "350921"},
      {" 霞浦县\u3000", "350921"}, {"南京市鼓楼区", "320106"}, {"福建省鼓楼区", "350102"}, {"441900", "441900"},
      {"东莞市", "441900"},        {"东莞", "441900"},         {"4419", "441900"},         {"620200", "620201"},
      {"620201", "620201"},        {"嘉峪关市", "620201"},     {"北京市东城区", "110101"}, {"阳泉市城区", "140302"},
      {"城区", "140302"},          {"琼海", "469002"},         {"海南省琼海市", "469002"}, {"宁德市", "350921"}};
  for (const auto& [asked, code] : wanted) {
    INFO(asked);
    CHECK(answer(search, asked) == code);
  }
  CHECK(search.whole_name(*search("东城区")) == "北京市东城区");
  CHECK(search.whole_name(*search("东莞")) == "广东省东莞市");
  CHECK(search.whole_name(*search("琼海")) == "海南省琼海市");
  CHECK(search.whole_name(*search("霞浦")) == "福建省宁德市霞浦县");
}

TEST_CASE("a name that several counties have is answered with them, a wrong one with the nearest") {
  const tables t = read_tables();
  const county_search search(t.divisions, t.prefectures);
  CHECK(answer(search, "鼓楼区") == "expected one county; '鼓楼区' may be any of 320106 江苏省南京市鼓楼区, 350102 福建省福州市鼓楼区");
  CHECK(answer(search, "鼓楼", language::zh) ==
        "应指明一个县（区、市、旗）；“鼓楼”可指 320106 江苏省南京市鼓楼区, 350102 福建省福州市鼓楼区");
  CHECK(answer(search, "福州市") == "expected one county; '福州市' may be any of 350102 福建省福州市鼓楼区, 350103 福建省福州市台江区");
  CHECK(answer(search, "350100") == "expected one county; '350100' may be any of 350102 福建省福州市鼓楼区, 350103 福建省福州市台江区");
  const std::string none = "expected the code or name of a county of the tables; '";
  CHECK(answer(search, "霞蒲县") == none + "霞蒲县' is none; did you mean 350921 福建省宁德市霞浦县?");
  CHECK(answer(search, "霞浦区") == none + "霞浦区' is none; did you mean 350921 福建省宁德市霞浦县?");
  CHECK(answer(search, "嘉谷关市") == none + "嘉谷关市' is none; did you mean 620201 甘肃省嘉峪关市?");
  CHECK(answer(search, "350929") == none + "350929' is none; did you mean 350921 福建省宁德市霞浦县?");
  CHECK(answer(search, "350921001") == none + "350921001' is none; did you mean 350921 福建省宁德市霞浦县?");
  CHECK(answer(search, "350921001001") == none + "350921001001' is none; did you mean 350921 福建省宁德市霞浦县?");
  CHECK(answer(search, "纽约") == none + "纽约' is none");
  CHECK(answer(search, "") == none + "' is none");
  CHECK(answer(search, "0") == none + "0' is none");
  CHECK(answer(search, "徐州市鼓楼区") == none + "徐州市鼓楼区' is none");
}

TEST_CASE("a county without a village is known, and told to have none") {
  const tables t = read_tables();
  const county_search search(t.divisions, t.prefectures);
  CHECK(t.divisions.counties_left_out() == 1);
  CHECK(answer(search, "古田县") == "rule R9 cannot be satisfied: 古田县 (350922) has no village in the tables");
  CHECK(answer(search, "350922000000", language::zh) == "规则 R9 无法满足：区划表中 古田县 (350922) 没有村（社区）");
}

TEST_CASE("prefectures need not be known, but a broken table of them is told") {
  named_texts texts = country();
  texts.add("d/cities.csv", "code,title\n3509,宁德市\n");
  const auto broken = load_prefectures("d", texts);
  REQUIRE_FALSE(broken);
  CHECK(broken.faults().front().kind == fault_kind::missing_column);
  const auto absent = load_prefectures("elsewhere", texts);
  REQUIRE(absent);
  CHECK(absent->empty());
  const tables t = read_tables();
  const county_search search(t.divisions, *absent);
  CHECK(search.whole_name(*search("350921")) == "福建省霞浦县");
}

TEST_CASE("a new county is a scenario that is sound at once, and its tables read back as they were drafted") {
  const tables t = read_tables();
  const scratch dir;
  for (const auto& [asked, population, rule] :
       std::vector<std::tuple<std::string, std::optional<std::int64_t>, link_rule>>{{"霞浦县", 475936, link_rule::balanced},
                                                                                    {"南京市鼓楼区", 940001, link_rule::by_load},
                                                                                    {"东莞市", 10466625, link_rule::balanced},
                                                                                    {"620200", {}, link_rule::by_load},
                                                                                    {"琼海市", 7, link_rule::balanced}}) {
    INFO(asked);
    const auto c = draft_new_county(t.divisions, t.prefectures, model(), {asked, "xiapu-2022", population, rule});
    for (const fault& f : c.faults()) UNSCOPED_INFO(to_string(f));
    REQUIRE(c);
    const std::string path = plan_of(*c, dir);
    const auto w = load_world(path, {}, with_shipped());
    for (const fault& f : w.faults()) UNSCOPED_INFO(to_string(f));
    REQUIRE(w);
    CHECK(soundness_of(w->place).sound);
    CHECK(audit(w->place.org()).empty());
    const scenario& s = w->place.setting();
    CHECK(s.name == c->name);
    CHECK(s.load.matters_per_year == c->matters_per_year);
    CHECK(w->place.org().units()[w->place.org().units().root()].population == c->population);
    CHECK(c->population == static_cast<double>(population.value_or(6 * 2272)));
    CHECK(c->population_known == population.has_value());
    CHECK(c->leaders == 33);
    // Every value of its own has a mark and a source.
    for (const described_parameter& d : detail::values_of(s)) {
      const bool own = d.about.key.starts_with("county.") || d.about.key.starts_with("load.matters") ||
                       d.about.key.starts_with("load.backlog") || d.about.key.starts_with("routing.clerks") ||
                       d.about.key.starts_with("handling.");
      if (d.is_default || !own) continue;
      INFO(d.about.key);
      CHECK(s.provenance.contains(d.about.key));
    }
    // The ready policies are laid on it.
    for (const char* policy : {"one-principal", "wednesday", "postponed-15th", "leader-every-workday", "xiapu-without-campaign"}) {
      world_wanted wanted;
      wanted.base = path;
      const auto laid = load_world(shipped / (std::string(policy) + ".toml"), wanted, with_shipped());
      for (const fault& f : laid.faults()) UNSCOPED_INFO(to_string(f));
      REQUIRE(laid);
      CHECK(are_comparable(laid->place, w->place));
      CHECK(laid->laid_on == path);
    }
  }
}

TEST_CASE("loads and staff are in proportion to the inhabitants that are given") {
  const tables t = read_tables();
  const auto drafted = [&](std::int64_t people) {
    const auto c = draft_new_county(t.divisions, t.prefectures, model(), {"霞浦县", "xiapu-2022", people});
    REQUIRE(c);
    const scratch dir;
    return *load_scenario(plan_of(*c, dir), {}, with_shipped());
  };
  const scenario same = drafted(475936), twice = drafted(2 * 475936), tenth = drafted(47594);
  const scenario& of = model().settings;
  CHECK(same.load.matters_per_year == of.load.matters_per_year);
  CHECK(same.load.backlog == of.load.backlog);
  CHECK(same.routing.clerks == of.routing.clerks);
  CHECK(same.handling.department_handlers == of.handling.department_handlers);
  CHECK(same.county.cadres == of.county.cadres);
  // Two townships do the work of fifteen.
  CHECK(same.handling.township_handlers == (of.handling.township_handlers * 15 + 1) / 2);
  CHECK(twice.load.matters_per_year == 2 * of.load.matters_per_year);
  CHECK(twice.load.backlog == 2 * of.load.backlog);
  CHECK(twice.routing.clerks == 2 * of.routing.clerks);
  CHECK(tenth.load.matters_per_year == 134);
  CHECK(tenth.routing.clerks == 1);
  CHECK(tenth.handling.park_handlers == 1);
  CHECK(tenth.load.backlog == 11);
}

TEST_CASE("a new county says row by row what is known and what is assumed") {
  const tables t = read_tables();
  const auto c = draft_new_county(t.divisions, t.prefectures, model(), {"霞浦县", "xiapu-2022", {}, link_rule::by_load});
  REQUIRE(c);
  CHECK(c->tables.units.starts_with(
      "\xEF\xBB\xBF"
      "code,name,parent,kind,population,distance_km,name_en,source\r\n"
      "350921,霞浦县,,county,13632,0,,\"code, name: division tables [S]; population: 2272 for each village, the country's mean [I]\"\r\n"));
  CHECK(c->tables.units.find("350921001000,东0社区,350921001,community,2272,,,\"code, name: division tables [S]") != std::string::npos);
  CHECK(c->tables.units.find("mean [I]; distance: not known\"") != std::string::npos);
  CHECK(c->tables.units.find("housing,县住房和城乡建设局,350921,department,0,1,County Bureau of Housing and Urban-Rural Development,as in "
                             "xiapu-2022 [K]; distance: assumed [I]") != std::string::npos);
  CHECK(c->tables.officials.find("t100-secretary,溪南镇党委书记,unit_head,350921100,,usual posts of a township [K]") != std::string::npos);
  CHECK(c->tables.links.find("leader-01,linked_to,350921001,rule load [I]") != std::string::npos);
  CHECK(c->scenario.find("extends = \"xiapu-2022\"") != std::string::npos);
  CHECK(c->manifest.find("\"finished\"") != std::string::npos);
  const std::string told = new_county_text(*c, language::en);
  CHECK(
      told.starts_with("福建省宁德市霞浦县: 2 townships and streets, 6 villages and communities, 13632 inhabitants (assumed), 33 county "
                       "leaders, 38 matters a year\n"));
  CHECK(new_county_text(*c, language::zh)
            .starts_with("福建省宁德市霞浦县：2 个乡镇（街道），6 个村（社区），人口 13632（推定），县处级领导 33 人，每年 38 件\n"));
}

TEST_CASE("bodies and posts of a new county bear their names in English after its own") {
  const tables t = read_tables();
  const auto c = draft_new_county(t.divisions, t.prefectures, model(), {"南京市鼓楼区", "xiapu-2022", {}, link_rule::by_load});
  REQUIRE(c);
  const auto has = [&](const std::string& table, std::string_view part) {
    INFO(part);
    CHECK(table.find(part) != std::string::npos);
  };
  has(c->tables.units, "bureau,区信访局,320106,petition_bureau,0,0.5,District Petition Bureau,");
  has(c->tables.units, ",CPC Gulou District Committee,");
  has(c->tables.units, ",Party School of the CPC Gulou District Committee,");
  has(c->tables.units, ",Gulou Ecology and Environment Bureau of Nanjing,");
  has(c->tables.units, ",\"Gulou District Tax Service, State Taxation Administration\",");
  has(c->tables.units, "鼓楼第一工业园区,320106,industrial_park,0,26,Gulou No. 1 Industrial Park,");
  has(c->tables.officials, ",Secretary of the CPC Gulou District Committee,");
  has(c->tables.officials, ",Director of the Gulou No. 1 Industrial Park,");
  has(c->tables.officials, ",District Women's Federation Team Member 2,");
  has(c->tables.officials, ",County-level Leader 01 (general affairs; ecology and environment),");
  has(c->scenario, "title_en = \"Gulou District: four doors, first draft\"\n");
  has(c->scenario, "about_en = \"The rules of xiapu-2022 in Gulou District, on its own townships and villages; ");
  has(c->scenario, "[session.principal]\ntitle_zh = \"主要领导在区委党校\"\n");
  has(c->scenario, "\"session.principal.title_zh\" = { mark = \"K\", source = \"as in xiapu-2022\" }");
  CHECK(draft_new_county(t.divisions, t.prefectures, model(), {"霞浦县", "xiapu-2022"})->scenario.find("[session") == std::string::npos);
  CHECK(draft_new_county(t.divisions, t.prefectures, model(), {"东莞市", "xiapu-2022"})->scenario.find("主要领导在市委党校") !=
        std::string::npos);
  CHECK(c->tables.units.find("Xiapu") == std::string::npos);
  CHECK(c->tables.officials.find("Xiapu") == std::string::npos);
}

TEST_CASE("a table of one's own makes a county, and what it says is not assumed") {
  const std::string table =
      "code,name,parent,kind,population,distance_km\n"
      "9,晋江园区管理委员会,,县,,\n91,河东,9,街道,600,2.5\n92,河西,9,township,,\n93,山里,9,乡,30,40\n"
      "911,前街,91,社区,100,\n912,后街,91,社区,,3\n913,西街,91,community,,\n921,张家庄,92,village,,\n922,李家庄村委会,92,村,,\n";
  const named_texts texts{{"mine.csv", table}};
  const auto outline = county_outline::load("mine.csv", texts);
  for (const fault& f : outline.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(outline);
  CHECK(outline->code() == "9");
  CHECK(outline->townships().size() == 3);
  const auto c = draft_new_county(*outline, model(), {"", "xiapu-2022"});
  REQUIRE(c);
  CHECK(c->name == "county-9");
  CHECK(c->villages == 5);
  CHECK_FALSE(c->population_known);
  const auto units = load_units("u", named_texts{{"u", c->tables.units}});
  REQUIRE(units);
  const auto at = [&](const char* code) -> const unit& { return (*units)[*units->find(code)]; };
  CHECK(at("911").population == 100);
  CHECK(at("912").population == 250);  // what is left of the 600 of its street
  CHECK(at("91").population == 600);
  CHECK(at("921").population == 2272);
  CHECK(at("9").population == 600 + 2 * 2272);
  CHECK(at("91").distance_km == 2.5);
  CHECK(at("911").distance_km == 6.5);
  CHECK(at("912").distance_km == 3);
  CHECK(at("93").distance_km == 40);
  CHECK_FALSE(at("91").distance_assumed);
  CHECK(at("911").distance_assumed);
  CHECK(c->tables.units.find("911,前街,91,community,100,,") != std::string::npos);
  CHECK(c->tables.units.find("912,后街,91,community,250,3,") != std::string::npos);
  CHECK(at("92").distance_km == 25);
  CHECK(at("921").distance_km == 29);
  CHECK(at("92").kind == unit_kind::township);
  CHECK(at("911").kind == unit_kind::community);
  CHECK(at("922").name == "李家庄村委会");  // its kind is said, so its name stays
  const scratch dir;
  const auto w = load_world(plan_of(*c, dir), {}, with_shipped());
  for (const fault& f : w.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(w);
  const scenario_soundness judged = soundness_of(w->place);
  CHECK(judged.sound);
  REQUIRE(judged.warnings.size() == 1);
  CHECK(
      sentence(judged.warnings[0]) ==
      "no distance_km of 5 units; 4 km by road from a street to the county seat, 25 from a township and 4 more from a village are assumed");
  CHECK(sentence(judged.warnings[0], language::zh) ==
        "5 个单位未填距县城公里数（distance_km 列）；街道距县城按 4 公里、乡镇按 25 公里、村（社区）再加 4 公里计算");
  // Given inhabitants are for the villages of which the table says nothing.
  const auto given = draft_new_county(*outline, model(), {"", "xiapu-2022", 5000});
  REQUIRE(given);
  CHECK(given->population == 5000);
  CHECK(given->population_known);
  CHECK(given->tables.units.find("921,张家庄,92,village,2200,") != std::string::npos);
}

TEST_CASE("names in English that a table of one's own has are kept, and bodies and posts bear the county's") {
  const auto outline_of = [](const std::string& rows) {
    auto read = county_outline::load("mine.csv", named_texts{{"mine.csv", "code,name,parent,kind,name_en\n" + rows}});
    REQUIRE(read);
    return *std::move(read);
  };
  const auto drafted = [&](const std::string& rows) {
    auto made = draft_new_county(outline_of(rows), model(), {"", "xiapu-2022"});
    REQUIRE(made);
    return *std::move(made);
  };
  const new_county c = drafted(
      "9,晋江区,,县,Tsinkiang District\n91,河东,9,街道,East of the River\n92,河西,9,乡,\n911,前街,91,社区,Front "
      "Street\n921,张家庄,92,村,\n");
  const auto units = load_units("u", named_texts{{"u", c.tables.units}});
  REQUIRE(units);
  const auto at = [&](const char* code) -> const unit& { return (*units)[*units->find(code)]; };
  CHECK(at("9").name_en.view() == "Tsinkiang District");
  CHECK(at("91").name_en.view() == "East of the River");
  CHECK(at("911").name_en.view() == "Front Street");
  CHECK(at("92").name_en.empty());
  CHECK(english_name(at("92")) == "Hexi Township");
  CHECK(at("921").name_en.empty());
  CHECK(c.tables.units.find(",CPC Tsinkiang District Committee,") != std::string::npos);
  CHECK(c.tables.units.find(",Tsinkiang No. 1 Industrial Park,") != std::string::npos);
  CHECK(c.tables.units.find("Jinjiang") == std::string::npos);
  CHECK(c.tables.officials.find("Jinjiang") == std::string::npos);
  CHECK(c.scenario.find("title_en = \"Tsinkiang District: four doors, first draft\"\n") != std::string::npos);
  CHECK(c.tables.units.find(",District Petition Bureau,") != std::string::npos);
  // Blanks around a name are none of it, and a name of blanks is none.
  const county_outline trimmed = outline_of("9,晋江区,,县,\" Tsinkiang\nDistrict \"\n91,河东,9,街道,\"  \"\n911,前街,91,社区,\n");
  CHECK(trimmed.known().at("9").name_en == "Tsinkiang District");
  CHECK(trimmed.known().at("91").name_en.empty());
  // What a county is called by is what it is in Chinese, where its English name does not say it.
  const new_county river = drafted("9,江东区,,县,East River\n91,河东,9,街道,\n911,前街,91,社区,\n");
  CHECK(river.tables.units.find(",District Petition Bureau,") != std::string::npos);
  CHECK(river.tables.units.find(",CPC East River Committee,") != std::string::npos);
  CHECK(river.tables.units.find(",River ") == std::string::npos);
  // A name without a word for what it is stands as it is.
  const new_county plain = drafted("9,晋江,,县,Tsinkiang\n91,河东,9,街道,\n911,前街,91,社区,\n");
  CHECK(plain.tables.units.find(",CPC Tsinkiang Committee,") != std::string::npos);
  CHECK(plain.tables.units.find("Tsinkiang No. 1 Industrial Park") != std::string::npos);
}

TEST_CASE("what is wrong with a table of one's own is told where it stands") {
  const auto told = [](const std::string& rows) {
    const named_texts texts{{"mine.csv", "code,name,parent,kind,population\n" + rows}};
    const auto outline = county_outline::load("mine.csv", texts);
    if (outline) {
      const auto c = draft_new_county(*outline, model(), {"", "xiapu-2022"});
      return c ? std::string("fine") : to_string(c.faults().front());
    }
    std::string all;
    for (const fault& f : outline.faults()) all += (all.empty() ? "" : " | ") + to_string(f);
    return all;
  };
  CHECK(told("1,A,,county,\n2,B,1,乡,\n3,C,2,村,\n") == "fine");
  CHECK(told("1,A,,county,\n2,B,1,乡,\n") == "rule R9 cannot be satisfied: A (1) has no village in the tables");
  CHECK(told("1,A,,county,\n2,B,1,department,\n3,C,1,乡,\n4,D,3,村,\n").starts_with("mine.csv:3:7: 'kind' expected one of county"));
  CHECK(told("1,A,,county,\n2,B,1,乡,many\n3,C,2,村,-1\n") ==
        "mine.csv:3:9: 'population' expected a number; found 'many' | mine.csv:4:9: 'population' expected a value at least 0; found -1");
  CHECK(told("1,A,,county,\n2,B,1,村,\n").find("a village cannot stand below a county") != std::string::npos);
  CHECK(told("1,A,,乡,\n2,B,1,村,\n") == "mine.csv: 'kind' expected one of county; found '1: township'");
  CHECK(told("1,A,,county,\n1,B,1,乡,\n").find("code '1' expected once") != std::string::npos);
  CHECK(told("").find("the file is empty") != std::string::npos);
}

TEST_CASE("any county of the published tables can be drafted, and Xiapu's villages are those of the table that ships") {
  const std::string folder = SIFANG_SHARED_DATA "/divisions";
  const scratch dir;
  const auto unpacked = [&] {
    for (const char* name : {"provinces.csv", "cities.csv", "areas.csv", "streets.csv"}) {
      std::error_code error;
      if (!std::filesystem::copy_file(folder + "/" + name, dir / name, error)) return false;
    }
    return std::system(("xz -dc '" + folder + "/villages.csv.xz' > '" + (dir / "villages.csv").string() + "' 2>/dev/null").c_str()) == 0;
  };
  if (!unpacked()) {
    WARN("skipped: needs xz and the folder of division codes");
    return;
  }
  const auto divisions = national_divisions::load(dir.path());
  const auto prefectures = load_prefectures(dir.path());
  REQUIRE(divisions);
  REQUIRE(prefectures);
  // Xiapu: the same units as in the table that ships, but for what is assumed.
  const auto xiapu = draft_new_county(*divisions, *prefectures, model(), {"350921", "xiapu-2022", 475936});
  REQUIRE(xiapu);
  const auto made = load_units("units.csv", named_texts{{"units.csv", xiapu->tables.units}});
  REQUIRE(made);
  const county_tree& ships = model().place.org.units();
  CHECK(made->size() == ships.size());
  for (const unit_id u : ships.all()) {
    const auto own = made->find(ships[u].code);
    REQUIRE(own);
    if (ships[u].kind == unit_kind::industrial_park) continue;  // of a township there, of the county here
    CHECK((*made)[*own].name == ships[u].name);
    CHECK((*made)[*own].kind == ships[u].kind);
  }
  std::size_t drafted = 0;
  for (std::size_t i = 0; i < divisions->counties().size(); i += 97) {
    const division_county& one = divisions->counties()[i];
    INFO(one.code);
    const auto c = draft_new_county(*divisions, *prefectures, model(), {std::string(one.code), "xiapu-2022"});
    for (const fault& f : c.faults()) UNSCOPED_INFO(to_string(f));
    REQUIRE(c);
    CHECK(c->villages == one.villages);
    ++drafted;
  }
  CHECK(drafted > 30);
  for (const char* city : {"东莞市", "442000", "儋州市", "嘉峪关"}) {
    INFO(city);
    const auto c = draft_new_county(*divisions, *prefectures, model(), {city, "xiapu-2022"});
    REQUIRE(c);
    CHECK(c->tables.units.find("县信访局") == std::string::npos);
    CHECK(c->tables.units.find("市信访局") != std::string::npos);
  }
}
