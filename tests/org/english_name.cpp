// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/english_name.hpp"

#include "catch.hpp"
#include "table.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace sifang;
using sifang_tests::table;

namespace {
std::string named(std::string name, unit_kind kind) {
  unit u;
  u.name = std::move(name);
  u.kind = kind;
  return english_name(u);
}
}  // namespace

TEST_CASE("names of places are written as on maps: one word, without tones, with apostrophes") {
  const std::vector<std::pair<std::string, std::string>> known{
      {"长春", "Changchun"}, {"重庆", "Chongqing"}, {"厦门", "Xiamen"},   {"六安", "Lu'an"},   {"蚌埠", "Bengbu"},
      {"番禺", "Panyu"},     {"乐清", "Yueqing"},   {"东阿", "Dong'e"},   {"西安", "Xi'an"},   {"吕梁", "Lüliang"},
      {"乐山", "Leshan"},    {"乐亭", "Laoting"},   {"朝阳", "Chaoyang"}, {"佛山", "Foshan"},  {"都江堰", "Dujiangyan"},
      {"什邡", "Shifang"},   {"东莞", "Dongguan"},  {"太行", "Taihang"},  {"涡阳", "Guoyang"}, {"牟平", "Muping"},
      {"歙", "She"},         {"盱眙", "Xuyi"},      {"鄱阳", "Poyang"},   {"珲春", "Hunchun"}, {"会同", "Huitong"},
      {"长汀", "Changting"}, {"大埔", "Dabu"},      {"黄埔", "Huangpu"},  {"平安", "Ping'an"}, {"海鸥", "Hai'ou"},
      {"延安", "Yan'an"},
  };
  for (const auto& [name, pinyin] : known) {
    INFO(name);
    CHECK(place_pinyin(name) == pinyin);
  }
}

TEST_CASE("the end of a name decides how its beginning is read") {
  CHECK(named("六合区", unit_kind::county) == "Luhe District");
  CHECK(named("六合村", unit_kind::village) == "Liuhe Village");
  CHECK(named("大城县", unit_kind::county) == "Daicheng County");
  CHECK(named("大城村", unit_kind::village) == "Dacheng Village");
  CHECK(named("蔚县", unit_kind::county) == "Yuxian County");
}

TEST_CASE("what a unit is stands in English behind its name") {
  const std::vector<std::tuple<std::string, unit_kind, std::string>> known{
      {"霞浦县", unit_kind::county, "Xiapu County"},
      {"鼓楼区", unit_kind::county, "Gulou District"},
      {"东阿县", unit_kind::county, "Dong'e County"},
      {"六枝特区", unit_kind::county, "Liuzhi Special District"},
      {"单县", unit_kind::county, "Shanxian County"},
      {"景宁畲族自治县", unit_kind::county, "Jingning She Autonomous County"},
      {"双江拉祜族佤族布朗族傣族自治县", unit_kind::county, "Shuangjiang Lahu, Va, Blang and Dai Autonomous County"},
      {"莫力达瓦达斡尔族自治旗", unit_kind::county, "Molidawa Daur Autonomous Banner"},
      {"松城街道", unit_kind::subdistrict, "Songcheng Subdistrict"},
      {"长春镇", unit_kind::township, "Changchun Town"},
      {"柏洋乡", unit_kind::township, "Baiyang Township"},
      {"盐田畲族乡", unit_kind::township, "Yantian She Ethnic Township"},
      {"长春净月高新区", unit_kind::township, "Changchunjingyuegaoxinqu Township"},
      {"古县村", unit_kind::village, "Guxian Village"},
      {"上村", unit_kind::village, "Shangcun Village"},
      {"下村村村民委员会", unit_kind::village, "Xiacuncun Village"},
      {"红旗农场", unit_kind::village, "Hongqi Farm"},
      {"龙津社区", unit_kind::community, "Longjin Community"},
      {"城北居委会", unit_kind::community, "Chengbei Community"},
      {"单斗村", unit_kind::village, "Dandou Village"},
      {"107国道社区", unit_kind::community, "107 Guodao Community"},
      {"新村２区", unit_kind::community, "Xincun 2 Qu Community"},
      {"中共霞浦县委", unit_kind::party_committee, "CPC Xiapu County Committee"},
      {"中国共产党霞浦县委员会", unit_kind::party_committee, "CPC Xiapu County Committee"},
      {"霞浦县人民政府", unit_kind::county_government, "Xiapu County People's Government"},
      {"县委党校", unit_kind::party_school, "Party School of the CPC County Committee"},
      {"区信访局", unit_kind::petition_bureau, "District Petition Bureau"},
      {"霞浦县信访局", unit_kind::petition_bureau, "Xiapu County Petition Bureau"},
      {"县教育局", unit_kind::department, "County Jiaoyu Bureau"},
      {"县委组织部", unit_kind::department, "County Zuzhi Department"},
      {"市场监督管理局", unit_kind::department, "Shichangjianduguanli Bureau"},
      {"牙城工业园区", unit_kind::industrial_park, "Yacheng Industrial Park"},
      {"霞浦经济开发区", unit_kind::industrial_park, "Xiapu Economic Development Zone"},
  };
  for (const auto& [name, kind, english] : known) {
    INFO(name);
    CHECK(named(name, kind) == english);
  }
}

TEST_CASE("all units and posts of Xiapu have names in English, its places those that they would have without") {
  const std::string folder = std::string(SIFANG_SOURCE_DIR) + "/simulations/scenarios/data/xiapu/";
  const auto rows = [&](const char* file) {
    std::ifstream in(folder + file, std::ios::binary);
    return table({std::istreambuf_iterator<char>(in), {}});
  };
  std::size_t places = 0;
  for (const auto& row : rows("units.csv")) {
    INFO(row.at("name"));
    CHECK_FALSE(row.at("name_en").empty());
    CHECK_FALSE(has_han(row.at("name_en")));
    const auto kind = parse_name<unit_kind>(row.at("kind"));
    REQUIRE(kind);
    if (level_of(*kind) == level::county && *kind != unit_kind::county) continue;
    CHECK(row.at("name_en") == named(row.at("name"), *kind));
    ++places;
  }
  CHECK(places == 1 + 15 + 331);
  for (const auto& row : rows("officials.csv")) {
    INFO(row.at("post"));
    CHECK_FALSE(row.at("title_en").empty());
    CHECK_FALSE(has_han(row.at("title_en")));
  }
}

TEST_CASE("a name that cannot be read, or is not Chinese, stays as it is") {
  CHECK(named("𡌶头村", unit_kind::village) == "𡌶头村");
  CHECK(named("屲子村", unit_kind::village) == "Wazi Village");  // only in names of places
  CHECK(named("Kent", unit_kind::county) == "Kent");
  CHECK(named("", unit_kind::village).empty());
  CHECK(named("村", unit_kind::village) == "Cun Village");
  CHECK(named("\xE6\x9D", unit_kind::village) == "\xE6\x9D");  // half a character
  CHECK(named("<img onerror=x>村", unit_kind::village) == "<img onerror=x> Village");
  CHECK(named("\u202E长春镇", unit_kind::township) == "\u202EChangchun Town");
  CHECK(place_pinyin("（甲）、乙") == " (Jia), Yi");
}

TEST_CASE("what the table says in English is said") {
  unit u;
  u.name = "呼和浩特市";
  CHECK(english_name(u) == "Huhehaote City");
  u.name_en = "Hohhot";
  CHECK(english_name(u) == "Hohhot");
  CHECK(text_of(u, language::en) == "Hohhot");
  CHECK(text_of(u, language::zh) == "呼和浩特市");
}

TEST_CASE("a post without a title in English is told by role, unit and post") {
  hierarchy_builder<unit> tree;
  unit root, town;
  root.name = "霞浦县";
  town.name = "长春镇";
  town.kind = unit_kind::township;
  tree.add("350921", "", root);
  tree.add("101", "350921", town);
  organisation_builder builder(*std::move(tree).build());
  const unit_id where = *builder.units().find("101");
  const official_id untold = builder.add("t101-head", "长春镇镇长", role::unit_head, where);
  const official_id told = builder.add(official{"t101-01", "长春镇班子成员01", role::team_member, where, std::string("Member 1")});
  const official_id untitled = builder.add("t101-02", "", role::team_member, where);
  const official_id english = builder.add("t101-03", "Deputy", role::team_member, where);
  const auto org = std::move(builder).build();
  REQUIRE(org);
  CHECK(english_title(*org, untold) == "Head of Changchun Town (t101-head)");
  CHECK(english_title(*org, told) == "Member 1");
  CHECK(english_title(*org, untitled) == "t101-02");
  CHECK(english_title(*org, english) == "Deputy");
  CHECK(text_of(*org, told, language::zh) == "长春镇班子成员01");
  CHECK(text_of(*org, untitled, language::zh) == "t101-02");
}

TEST_CASE("a text that most units lack costs a pointer, and a copy has its own") {
  STATIC_REQUIRE(sizeof(rare_text) == sizeof(void*));
  rare_text a;
  CHECK(a.empty());
  CHECK(a.view().empty());
  rare_text b = std::string("Songcheng Subdistrict"), c = b;
  CHECK(c == b);
  b = "";
  CHECK(b.empty());
  CHECK(c.view() == "Songcheng Subdistrict");
  const rare_text& same = c;
  c = same;
  CHECK(c.view() == "Songcheng Subdistrict");
  a = std::move(c);
  CHECK(a.view() == "Songcheng Subdistrict");
}
