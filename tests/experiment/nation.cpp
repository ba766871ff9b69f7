// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/nation.hpp"
#include "sifang/io/divisions.hpp"
#include "sifang/org/audit.hpp"
#include "tables.hpp"

#include <filesystem>
#include <fstream>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

std::filesystem::path folder_with(const std::string& villages) {
  const auto folder = std::filesystem::temp_directory_path() / "sifang-nation-test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "provinces.csv") << "code,name\n35,\"福建省\"\n11,\"北京市\"\n";
  std::ofstream(folder / "areas.csv")
      << "code,name,cityCode,provinceCode\n350900,\"东县\",3509,35\n110100,\"西县\",1101,11\n110200,\"空县\",1101,11\n";
  std::ofstream(folder / "streets.csv")
      << "code,name,areaCode\n350900001,\"甲街道\",350900\n350900002,\"乙镇\",350900\n110100001,\"丙镇\",110100\n";
  std::ofstream(folder / "villages.csv") << villages;
  return folder;
}
const std::string villages =
    "code,name,streetCode\n350900001001,\"一居委会\",350900001\n350900002001,\"二村委会\",350900002\n"
    "110100001001,\"三村委会\",110100001\n350900002002,\"四村委会\",350900002\n";

std::vector<nation_county> counties_of(const national_divisions& d, double matters) {
  std::vector<nation_county> out;
  for (const division_county& c : d.counties()) out.push_back({c.code, c.name, c.province == "35" ? 0u : 1u, d.townships(c), matters});
  return out;
}

}  // namespace

TEST_CASE("division tables: counties with their townships and villages in any order of rows; an empty county is left out") {
  const auto d = national_divisions::load(folder_with(villages));
  REQUIRE(d.has_value());
  REQUIRE(d->counties().size() == 2);
  const auto towns = d->townships(d->counties()[0]);
  REQUIRE(towns.size() == 2);
  CHECK(towns[1].name == "乙镇");
  REQUIRE(towns[1].villages.size() == 2);
  CHECK(towns[1].villages[1].name == "四村委会");
  CHECK(d->counties()[1].villages == 1);
  const auto bad = national_divisions::load(folder_with(villages + "1,\"五\",999\n"));
  REQUIRE_FALSE(bad.has_value());
  REQUIRE(bad.faults().size() == 1);
  CHECK(bad.faults()[0].kind == fault_kind::unknown_unit);
  CHECK(bad.faults()[0].where.line == 6);
  // A code that stands twice is named with both its lines, in whatever order the rows are.
  for (const auto& [text, line] : {std::pair(villages + "350900002001,\"又一村委会\",350900002\n", 6u),
                                   std::pair(std::string("code,name,streetCode\n1,\"五\",350900002\n1,\"六\",350900002\n"), 3u)}) {
    const auto twice = national_divisions::load(folder_with(text));
    REQUIRE_FALSE(twice.has_value());
    REQUIRE(twice.faults().size() == 1);
    CHECK(twice.faults()[0].kind == fault_kind::duplicate_code);
    CHECK(twice.faults()[0].where.line == line);
    CHECK(twice.faults()[0].where.column == 1);
  }
  const auto homeless = national_divisions::load(folder_with("code,name,streetCode\n1,\"五\",\n"));
  REQUIRE_FALSE(homeless.has_value());
  CHECK(homeless.faults()[0].kind == fault_kind::unknown_unit);
}

TEST_CASE("R5, R8, R9: a county made like another has the links that the rules ask for") {
  const world w = xiapu();
  const auto d = national_divisions::load(folder_with(villages));
  for (const division_county& c : d->counties()) {
    const auto org = county_like(w.org(), c.code, c.name, d->townships(c));
    REQUIRE(org.has_value());
    CHECK(audit(*org).empty());
    CHECK(org->units().find(std::string(c.code)).has_value());
  }
}

TEST_CASE("a nation: the same bytes for any number of threads, each county as if played alone, no matter lost") {
  const world w = xiapu();
  const auto d = national_divisions::load(folder_with(villages));
  const auto counties = counties_of(*d, 300);
  const auto play = [&](int threads, std::span<const nation_county> which) {
    thread_team team{threads};
    std::vector<double> bytes;
    const nation_result r =
        run_nation(team, which, 2, w.setting(), w.org(), w.calendar(), 2, [&](std::size_t, std::span<const nation_sums> sums) {
          for (const nation_sums& s : sums) {
            bytes.insert(bytes.end(), s.numerator.begin(), s.numerator.end());
            bytes.push_back(s.counts.born);
            CHECK(s.counts.born == s.counts.silent + s.counts.on_the_way + s.counts.open + s.counts.closed);
          }
        });
    CHECK(r.counties == which.size());
    return std::pair(r, bytes);
  };
  const auto [one, bytes] = play(1, counties);
  CHECK(play(2, counties).second == bytes);
  CHECK(play(3, counties).second == bytes);
  const auto alone = play(1, std::span(counties).first(1));
  CHECK(std::equal(alone.second.begin(), alone.second.end(), bytes.begin()));
  CHECK(one.provinces[0][0].counts.born > 400);  // 600 in two years of warm-up and counting; less than 400 has a chance below 1e-9
  CHECK(one.provinces[0][0].counts.born != one.provinces[1][0].counts.born);
  CHECK(one.most_open > 0);
}

TEST_CASE("a nation: a county whose codes occur twice is named and left out; the others are as they were") {
  const world w = xiapu();
  const auto sound = national_divisions::load(folder_with(villages));
  const auto bad = national_divisions::load(folder_with(villages + "350900002,\"又一村委会\",350900002\n"));  // the township's own code
  REQUIRE(bad.has_value());
  const auto play = [&](const national_divisions& d) {
    std::vector<std::size_t> without;
    const auto r = run_nation(thread_team{2}, counties_of(d, 300), 2, w.setting(), w.org(), w.calendar(), 1,
                              [&](std::size_t piece, std::span<const nation_sums> sums) {
                                if (sums.empty()) without.push_back(piece);
                              });
    CHECK(r.impossible == without);
    return r;
  };
  const auto whole = play(*sound), torn = play(*bad);
  CHECK(whole.impossible.empty());
  CHECK(torn.impossible == std::vector<std::size_t>{0});
  CHECK(torn.provinces[0][0].counts.born == 0);
  CHECK(torn.provinces[1][0].counts.born == whole.provinces[1][0].counts.born);
  const auto counties = counties_of(*bad, 300);
  const auto why = make_county(counties[0], 0, mean_matters(counties), w.setting(), w.org(), w.calendar());
  REQUIRE_FALSE(why.has_value());
  CHECK(to_string(why.faults().front()).find("350900002") != std::string::npos);
}

TEST_CASE("a nation: staff go with matters, and equal counties have the staff of the scenario") {
  const world w = xiapu();
  const auto d = national_divisions::load(folder_with(villages));
  const auto clerks = [&](double share) {
    const nation_county c{"1", "县", 0, d->townships(d->counties()[0]), 300 * share};
    return make_county(c, 0, 300, w.setting(), w.org(), w.calendar())->setting().routing.clerks;
  };
  const int own = w.setting().routing.clerks;
  CHECK(clerks(1) == own);
  CHECK(clerks(1 + 1e-15) == own);
  CHECK(clerks(1.01) == own + 1);
  CHECK(clerks(2) == 2 * own);
  CHECK(clerks(1e-9) == 1);
}
