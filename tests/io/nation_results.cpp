// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/nation_results.hpp"

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

TEST_CASE("a national run leaves the nation and its provinces, its counties, and what was run") {
  nation_result r;
  r.replications = 2;
  r.counties = 1;
  r.provinces.assign(1, std::vector<nation_sums>(2));
  for (double& x : r.provinces[0][0].denominator) x = 1;
  for (double& x : r.provinces[0][1].denominator) x = 1;
  r.provinces[0][0].counts = {6, 1, 1, 1, 3, 50};
  r.provinces[0][1].counts = {8, 1, 1, 1, 5, 70};
  county_rows counties;
  division_county only{};
  only.code = "350900";
  only.name = "东县";
  only.province = "35";
  only.villages = 4;
  counties.add(only, r.provinces[0]);
  counties.add(only, {});  // of which no world could be made: no row
  const std::vector<division_place> provinces{{"35", "福建省"}};
  const nation_origin origin{"1.2", "china", "tables", {"load.multiplier=2"}, 9, 0.9, 3, 5};

  const scratch dir;
  auto out = output_directory::open(dir / "nation");
  REQUIRE(out);
  REQUIRE(write_nation(r, counties, provinces, "Nation", origin, *out).empty());
  REQUIRE(out->commit().empty());
  texts names;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "nation")) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  CHECK(names == texts{"counties.csv", "manifest.json", "provinces.csv"});
  CHECK(dir.read("nation/counties.csv") ==
        "\xEF\xBB\xBF"
        "code,name,province,villages,born,silent,on_the_way,open,closed,events\r\n350900,东县,35,4,7,1,1,1,4,60\r\n");
  const std::string manifest = dir.read("nation/manifest.json");
  for (const char* part :
       {"\"format\":\"sifang-manifest\"", "\"version\":1", "\"program_version\":\"1.2\"", "\"command\":\"nation\"", "\"finished\":true",
        "\"scenarios\":[\"china\"]", "\"divisions\":\"tables\"", "\"settings\":[\"load.multiplier=2\"]", "\"seed\":9", "\"replications\":2",
        "\"confidence\":0.9", "\"left_out\":{\"counties\":3,\"townships\":5}"}) {
    INFO(part);
    std::string plain = manifest;
    std::erase_if(plain, [](char c) { return c == ' ' || c == '\n'; });
    CHECK(plain.find(part) != std::string::npos);
  }
  const std::string table = dir.read("nation/provinces.csv");
  CHECK(table.find("\r\n,Nation,") != std::string::npos);
  CHECK(table.find("\r\n35,福建省,") != std::string::npos);
  // Results of a national run are results like any: without force they stay.
  const auto again = output_directory::open(dir / "nation");
  REQUIRE_FALSE(again);
  CHECK(again.faults().at(0).kind == fault_kind::already_there);
}
