// SPDX-License-Identifier: BSL-1.0
// Many faults of one cause: told by the first few and a count.
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/county.hpp"
#include "sifang/io/divisions.hpp"
#include "sifang/io/message_text.hpp"

#include <string>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

namespace {

std::vector<fault> flood(const std::string& file, fault_kind kind, std::uint32_t count) {
  std::vector<fault> out;
  for (std::uint32_t line = count; line > 0; --line) out.push_back({kind, {file, line, 1}, {"x", "y"}});
  return out;
}
void add(std::vector<fault>& to, const std::vector<fault>& more) { to.insert(to.end(), more.begin(), more.end()); }
texts lines(const std::vector<fault>& faults) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f));
  return out;
}

}  // namespace

TEST_CASE("of a flood of faults the first ten of a kind in each file are told, and how many there are more") {
  auto faults = flood("a.csv", fault_kind::bad_number, 12);
  add(faults, flood("a.csv", fault_kind::bad_date, 2));
  add(faults, flood("b.csv", fault_kind::bad_number, 10));
  tidy(faults);
  REQUIRE(faults.size() == 23);
  CHECK(faults[0].where.line == 1);
  CHECK(faults[12].kind == fault_kind::more_faults);
  CHECK(to_string(faults[12]) == "a.csv:10:1: and 2 more faults of this kind");
  CHECK(faults[13].where.file == "b.csv");
  const auto once = lines(faults);
  tidy(faults);
  CHECK(lines(faults) == once);
}

TEST_CASE("of floods of several kinds no more than twenty-four lines are told, and one that counts the rest") {
  std::vector<fault> faults;
  for (int file = 0; file < 5; ++file) add(faults, flood("t" + std::to_string(file) + ".csv", fault_kind::bad_number, 1000));
  tidy(faults);
  REQUIRE(faults.size() == most_faults_told + 1);
  std::size_t told = 0;
  for (const fault& f : faults) told += detail::faults_in(f);
  CHECK(told == 5000);
  CHECK(to_string(faults.back()) == "and 2998 more faults");  // ten and a count of two files, two of the third
}

TEST_CASE("lists that were cut before are joined without losing count") {
  auto faults = flood("a.csv", fault_kind::bad_number, 1000);
  tidy(faults);
  auto others = flood("b.csv", fault_kind::bad_date, 500);
  tidy(others);
  add(faults, others);
  add(faults, flood("c.csv", fault_kind::bad_date, 100));
  tidy(faults);
  std::size_t told = 0;
  for (const fault& f : faults) told += detail::faults_in(f);
  CHECK(told == 1600);
  CHECK(faults.size() <= most_faults_told + 1);
}

TEST_CASE("a division table without its column is one fault, and the tables below are not judged against it") {
  const scratch dir;
  dir.file("provinces.csv", "code,name\n35,P\n");
  dir.file("areas.csv", "code,name,province_code\n350921,A,35\n");
  dir.file("streets.csv", "code,name,areaCode\n350921001,S1,350921\n");
  dir.file("villages.csv", "code,name,streetCode\n350921001001,V1,350921001\n");
  CHECK(dir.lines(national_divisions::load(dir.path()).faults()) ==
        texts{"areas.csv:1: expected a column 'provinceCode'; found columns code, name, province_code"});
  // A wrong row is one fault; what stands below it is not wrong.
  dir.file("areas.csv", "code,name,provinceCode\n350921,A,36\n");
  CHECK(dir.lines(national_divisions::load(dir.path()).faults()) == texts{"areas.csv:2:10: expected the code of a unit; '36' is none"});
  // A table that is not there at all is one too.
  std::filesystem::remove(dir / "streets.csv");
  dir.file("areas.csv", "code,name,provinceCode\n350921,A,35\n");
  CHECK(dir.lines(national_divisions::load(dir.path()).faults()) ==
        texts{"streets.csv: expected a readable file; streets.csv: No such file or directory"});
}

TEST_CASE("a country whose every row is wrong is told in a few lines") {
  const scratch dir;
  std::string villages = "code,name,streetCode\n";
  for (int i = 0; i < 20'000; ++i) villages += std::to_string(100000000000 + i) + ",V,999\n";
  dir.file("provinces.csv", "code,name\n35,P\n");
  dir.file("areas.csv", "code,name,provinceCode\n350921,A,35\n");
  dir.file("streets.csv", "code,name,areaCode\n350921001,S1,350921\n");
  dir.file("villages.csv", villages);
  const auto faults = national_divisions::load(dir.path()).faults();
  REQUIRE(faults.size() == most_faults_of_a_kind + 1);
  CHECK(sentence(faults.back()) == "and 19990 more faults of this kind");
}

TEST_CASE("townships and counties without a village are left out and counted") {
  const scratch dir;
  dir.file("provinces.csv", "code,name\n35,P\n");
  dir.file("areas.csv", "code,name,provinceCode\n350921,A,35\n350922,B,35\n");
  dir.file("streets.csv", "code,name,areaCode\n350921001,S1,350921\n350921002,S2 has no village,350921\n");
  dir.file("villages.csv", "code,name,streetCode\n350921001001,V1,350921001\n350921001002,V2,350921001\n");
  const auto d = national_divisions::load(dir.path());
  REQUIRE(d);
  CHECK(d->counties().size() == 1);
  CHECK(d->townships_left_out() == 1);
  CHECK(d->counties_left_out() == 1);
}

TEST_CASE("posts and links are not judged against a table of units whose rows a quote has taken in") {
  const scratch dir;
  dir.file("units.csv", "code,name,parent,kind,population,distance_km\n350921,\"County,,county,1,0\n350921001,S,350921,subdistrict,1,0\n");
  dir.file("officials.csv", "post,title,rank,unit\nleader-01,\"x,county_leader,350921\nhead-01,y,unit_head,350921001\n");
  dir.file("links.csv", "post,relation,unit\nhead-01,heads,350921001\n");
  const auto faults = load_county({dir / "units.csv", dir / "officials.csv", dir / "links.csv", {}}).faults();
  for (const fault& f : faults) {
    INFO(to_string(f));
    CHECK(f.kind != fault_kind::unknown_unit);
    CHECK(f.kind != fault_kind::unknown_post);
  }
}
