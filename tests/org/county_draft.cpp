// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/county_draft.hpp"

#include "catch.hpp"
#include "sifang/org/audit.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

/// A model county with a park of a township's name, two leaders in charge of its departments, and three without a charge.
organisation model_county() {
  hierarchy_builder<unit> tree;
  const auto unit_of = [&](std::string code, std::string name, std::string parent, unit_kind kind, double km = 0) {
    tree.add(code, parent, {code, std::move(name), kind, kind == unit_kind::county ? 900.0 : 0.0, km, 7, 8});
  };
  unit_of("350921", "霞浦县", "", unit_kind::county);
  unit_of("committee", "中共霞浦县委", "350921", unit_kind::party_committee);
  unit_of("school", "县委党校", "350921", unit_kind::party_school, 2);
  unit_of("bureau", "县信访局", "350921", unit_kind::petition_bureau);
  unit_of("lands", "县自然资源局", "350921", unit_kind::department, 1);
  unit_of("ecology", "宁德市霞浦生态环境局", "350921", unit_kind::department, 1);
  unit_of("park", "霞浦经济开发区", "350921", unit_kind::industrial_park, 9);
  unit_of("park-2", "牙城工业园区", "350921", unit_kind::industrial_park, 26);
  unit_of("350921104", "牙城镇", "350921", unit_kind::township, 27);
  unit_of("350921104200", "牙城村", "350921104", unit_kind::village, 28);
  organisation_builder posts(*std::move(tree).build());
  const auto at = [&](const char* code) { return *posts.units().find(code); };
  posts.add("secretary", "县委书记", role::principal_leader, at("committee"));
  for (int i = 1; i <= 5; ++i) {
    const official_id leader = posts.add("leader-" + std::to_string(i), "县级领导", role::county_leader, at("committee"));
    if (i <= 2) posts.add_link(leader, relation::in_charge_of, at(i == 1 ? "lands" : "ecology"));
    posts.add_link(leader, relation::linked_to, at("350921104"));
  }
  for (const char* code : {"bureau", "lands", "ecology", "park", "park-2"}) {
    const std::string title = posts.units()[at(code)].name + "主要负责同志";
    posts.add_link(posts.add(std::string(code) + "-head", title, role::unit_head, at(code)), relation::heads, at(code));
  }
  posts.add("old-head", "牙城镇镇长", role::unit_head, at("350921104"));
  return *std::move(posts).build();
}

struct places {
  std::vector<std::vector<division_place>> villages;
  std::vector<division_township> townships;
};

/// Townships with so many villages each, of a county of this code.
places townships_of(const std::vector<int>& villages, std::vector<std::string>& text) {
  places out;
  text.reserve(1000);
  const auto keep = [&](std::string s) { return std::string_view(text.emplace_back(std::move(s))); };
  for (std::size_t t = 0; t < villages.size(); ++t) {
    auto& own = out.villages.emplace_back();
    for (int v = 0; v < villages[t]; ++v) {
      own.push_back({keep("35082110" + std::to_string(t) + std::to_string(200 + v)),
                     keep("甲" + std::to_string(v) + (v == 0 ? "居委会" : "村委会"))});
    }
  }
  for (std::size_t t = 0; t < villages.size(); ++t) {
    const char* kind = t == 0 ? "街道" : t == 1 ? "乡" : "镇";
    out.townships.push_back({keep("35082110" + std::to_string(t)), keep("东" + std::to_string(t) + kind), out.villages[t]});
  }
  return out;
}

std::vector<std::size_t> links_of_leaders(const organisation& org) {
  std::vector<std::size_t> out;
  for (const official_id who : org.officials_with(role::county_leader)) out.push_back(org.units_of(who, relation::linked_to).size());
  return out;
}

}  // namespace

TEST_CASE("a county is called for short, and its offices by what it is") {
  for (const auto& [name, shorter, word] : std::vector<std::array<std::string, 3>>{{"霞浦县", "霞浦", "县"},
                                                                                   {"鼓楼区", "鼓楼", "区"},
                                                                                   {"东莞市", "东莞", "市"},
                                                                                   {"土默特左旗", "土默特左", "旗"},
                                                                                   {"景宁畲族自治县", "景宁", "县"},
                                                                                   {"积石山保安族东乡族撒拉族自治县", "积石山", "县"},
                                                                                   {"阿克塞哈萨克族自治县", "阿克塞", "县"},
                                                                                   {"龙胜各族自治县", "龙胜", "县"},
                                                                                   {"东乡族自治县", "东乡族", "县"},
                                                                                   {"鄂伦春自治旗", "鄂伦春", "旗"},
                                                                                   {"神农架林区", "神农架", "区"},
                                                                                   {"六枝特区", "六枝", "区"},
                                                                                   {"郊区", "郊区", "区"},
                                                                                   {"和县", "和县", "县"},
                                                                                   {"西沙群岛", "西沙群岛", "县"}}) {
    INFO(name);
    CHECK(short_county_name(name) == shorter);
    CHECK(county_word(name) == word);
  }
}

TEST_CASE("a committee's name tells the village or community") {
  for (const auto& [name, of, kind] :
       std::vector<std::tuple<std::string, std::string, unit_kind>>{{"多福巷社区居委会", "多福巷社区", unit_kind::community},
                                                                    {"太康居委会", "太康社区", unit_kind::community},
                                                                    {"前街村村民委员会", "前街村", unit_kind::village},
                                                                    {"前街村委会", "前街村", unit_kind::village},
                                                                    {"下村村委会", "下村村", unit_kind::village},
                                                                    {"东乌珠尔图嘎查委员会", "东乌珠尔图嘎查", unit_kind::village},
                                                                    {"城北社区", "城北社区", unit_kind::community},
                                                                    {"二矿生活区", "二矿生活区", unit_kind::community},
                                                                    {"青山林场", "青山林场", unit_kind::village},
                                                                    {"居委会", "居委会", unit_kind::village}}) {
    INFO(name);
    CHECK(village_of_committee(name).name == of);
    CHECK(village_of_committee(name).kind == kind);
  }
}

TEST_CASE("places are dealt in turn, by way or by load, each to somebody, and all officials have one if they are to") {
  const std::vector<double> load{1, 9, 2, 4, 3};
  using dealt = std::vector<std::vector<std::size_t>>;
  CHECK(deal_links(link_rule::balanced, load, 2, true) == dealt{{0, 2, 4}, {1, 3}});
  CHECK(deal_links(link_rule::by_load, load, 2, true) == dealt{{0, 1}, {2, 3, 4}});  // 10 and 9
  CHECK(deal_links(link_rule::balanced, load, 7, true) == dealt{{0}, {1}, {2}, {3}, {4}, {0}, {1}});
  CHECK(deal_links(link_rule::balanced, load, 7, false) == dealt{{0}, {1}, {2}, {3}, {4}, {}, {}});
  CHECK(deal_links(link_rule::by_load, load, 7, true) == dealt{{1}, {3}, {4}, {2}, {0}, {1}, {1}});  // 9 is 4.5 for each of two
  CHECK(deal_links(link_rule::nearest, load, 2, true) == dealt{{0, 2, 4}, {1, 3}});                  // 1, 2 and 3 km, then 4 and 9
  CHECK(deal_links(link_rule::nearest, std::vector<double>(7, 25), 3, true) == dealt{{0, 1, 2}, {3, 4}, {5, 6}});
  CHECK(deal_links(link_rule::nearest, load, 7, true) == dealt{{0}, {2}, {4}, {3}, {1}, {0}, {1}});
  CHECK(deal_links(link_rule::nearest, load, 7, false) == dealt{{0}, {2}, {4}, {3}, {1}, {}, {}});
  CHECK(deal_links(link_rule::by_load, load, 0, true).empty());
  CHECK(deal_links(link_rule::by_load, {}, 2, true) == dealt{{}, {}});
}

TEST_CASE("a draft has its own divisions and the model's bodies under its own names") {
  std::vector<std::string> text;
  const places own = townships_of({2, 3, 16}, text);
  county_draft_setting how;
  how.prefecture = "龙岩市";
  how.model_prefecture = "宁德市";
  how.population = 100;
  const auto org = draft_county(model_county(), "350821", "长汀县", own.townships, how);
  REQUIRE(org);
  CHECK(audit(*org).empty());
  const county_tree& units = org->units();
  const auto name = [&](const char* code) { return units[*units.find(code)].name; };
  CHECK(name("350821") == "长汀县");
  CHECK(name("committee") == "中共长汀县委");
  CHECK(name("school") == "县委党校");
  CHECK(name("ecology") == "龙岩市长汀生态环境局");
  CHECK(name("park") == "长汀经济开发区");
  CHECK(name("park-2") == "长汀第一工业园区");
  CHECK_FALSE(units.find("350921104"));  // nothing below the county is the model's
  std::map<std::string, std::string> titles;
  for (const official& o : org->officials()) titles.emplace(o.post, o.title);
  CHECK(titles["park-2-head"] == "长汀第一工业园区主要负责同志");
  CHECK(titles["lands-head"] == "县自然资源局主要负责同志");
  CHECK(titles.count("old-head") == 0);
  CHECK(titles["t100-secretary"] == "东0街道党工委书记");
  CHECK(titles["t100-head"] == "东0街道办事处主任");
  CHECK(titles["t101-head"] == "东1乡乡长");
  CHECK(titles["t102-head"] == "东2镇镇长");
  CHECK(titles.count("t101-09") == 1);
  CHECK(titles.count("t101-10") == 0);
  CHECK(titles.count("t102-11") == 1);  // 15 villages or more
  // Villages by their committees, people to the last one, streets near.
  CHECK(units[*units.find("350821100200")].kind == unit_kind::community);
  CHECK(units[*units.find("350821100201")].name == "甲1村");
  double people = 0, of_townships = 0;
  std::set<double> each;
  for (const unit_id u : units.all()) {
    if (level_of(units[u].kind) == level::village) people += units[u].population, each.insert(units[u].population);
    if (level_of(units[u].kind) == level::township) of_townships += units[u].population;
  }
  CHECK(people == 100);
  CHECK(of_townships == 100);
  CHECK(units[units.root()].population == 100);
  CHECK(each == std::set<double>{4, 5});
  CHECK(units[*units.find("350821100")].kind == unit_kind::subdistrict);
  CHECK(units[*units.find("350821100")].distance_km == 4);
  CHECK(units[*units.find("350821102")].distance_km == 25);
  CHECK(units[*units.find("350821102200")].distance_km == 29);
  // Five leaders for three townships: each has one, in turn; what they are in charge of stays.
  CHECK(links_of_leaders(*org) == std::vector<std::size_t>(5, 1));
  CHECK(org->officials_of(*units.find("350821100"), relation::linked_to).size() == 2);
  CHECK(org->officials_of(*units.find("350821102"), relation::linked_to).size() == 1);
  CHECK(org->officials_of(*units.find("lands"), relation::in_charge_of).size() == 1);
}

TEST_CASE("a draft dealt by load gives the largest township most leaders") {
  std::vector<std::string> text;
  const places own = townships_of({2, 3, 16}, text);
  county_draft_setting how;
  how.links = link_rule::by_load;
  const auto org = draft_county(model_county(), "350821", "长汀县", own.townships, how);
  REQUIRE(org);
  CHECK(audit(*org).empty());
  CHECK(org->officials_of(*org->units().find("350821102"), relation::linked_to).size() == 3);
  CHECK(org->units()[org->units().root()].population == 21 * 2272);
}

TEST_CASE("every rule of dealing links satisfies R5, R8 and R9, and the nearest rule gives an official places side by side") {
  std::vector<std::string> text;
  const places own = townships_of({2, 3, 16}, text);
  for (link_rule rule : {link_rule::balanced, link_rule::nearest, link_rule::by_load}) {
    INFO(name_of(rule));
    county_draft_setting how;
    how.links = rule;
    for (int v = 0; v < 16; ++v) {  // the villages of the third, ever farther out, in an order of their own
      const std::string code(own.townships[2].villages[static_cast<std::size_t>(v)].code);
      how.known[code].distance_km = 30 + v * 7 % 16;
    }
    const auto org = draft_county(model_county(), "350821", "长汀县", own.townships, how);
    REQUIRE(org);
    CHECK(audit(*org).empty());
    if (rule != link_rule::nearest) continue;
    const county_tree& units = org->units();
    for (const official_id who : org->officials_with(role::team_member)) {
      double first = 1e9, last = 0;
      int n = 0;
      for (const unit_id v : org->units_of(who, relation::linked_to)) {
        if (*units.parent(v) != *units.find("350821102")) continue;
        first = (std::min)(first, units[v].distance_km);
        last = (std::max)(last, units[v].distance_km);
        ++n;
      }
      if (n > 0) CHECK(last - first == n - 1);
    }
  }
}

TEST_CASE("offices of a district and of a city without counties are called by what these are") {
  std::vector<std::string> text;
  const places own = townships_of({1}, text);
  county_draft_setting how;
  how.model_prefecture = "宁德市";
  how.prefecture = "福州市";
  const auto district = draft_county(model_county(), "350821", "鼓楼区", own.townships, how);
  REQUIRE(district);
  const auto name = [](const organisation& org, const char* code) { return org.units()[*org.units().find(code)].name; };
  CHECK(name(*district, "committee") == "中共鼓楼区委");
  CHECK(name(*district, "bureau") == "区信访局");
  CHECK(name(*district, "ecology") == "福州市鼓楼生态环境局");
  CHECK((*district)[official_id(0)].title == "区委书记");
  how.prefecture = "东莞市";
  const auto city = draft_county(model_county(), "350821", "东莞市", own.townships, how);
  REQUIRE(city);
  CHECK(name(*city, "ecology") == "东莞市生态环境局");
  CHECK(name(*city, "bureau") == "市信访局");
  // The leaders of a county of one township all have it.
  CHECK(links_of_leaders(*city) == std::vector<std::size_t>(5, 1));
  // A code that the model's bodies use is a fault, not another unit.
  std::vector<division_township> twice = own.townships;
  twice.front().code = "bureau";
  const auto refused = draft_county(model_county(), "350821", "长汀县", twice, how);
  REQUIRE_FALSE(refused);
  CHECK(refused.faults().front().kind == fault_kind::duplicate_code);
}
