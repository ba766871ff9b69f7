// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/county/set_numbers.hpp"

#include <string>
#include <vector>

using namespace sifang;

namespace {

scenario with_subjects() {
  scenario s;
  for (const auto& [id, share] : {std::pair("land", 0.5), std::pair("labour", 0.3), std::pair("other", 0.2)}) {
    category_setting c;
    c.id = id;
    c.share = share;
    c.enterprise_share = 0.4;
    c.project_share = 0.3;
    s.categories.push_back(c);
  }
  return s;
}
void set(scenario& s, const std::vector<numbered_value>& values) { set_numbers(s, values); }

}  // namespace

TEST_CASE("numbers of every type are set, and nothing else", "[set_numbers]") {
  scenario s = with_subjects();
  set(s, {{"load.matters_per_year", 777.5},
          {"county.cadres", 123.4},
          {"clocks.accept", 9},
          {"category.labour.complexity", 0.25},
          {"no.such_key", 5},
          {"scenario.name", 5},
          {"load.weekdays", 5}});
  CHECK(s.load.matters_per_year == 777.5);
  CHECK(s.county.cadres == 123);
  CHECK(s.categories[1].complexity == 0.25);
  scenario plain = with_subjects();
  std::size_t changed = 0;
  const auto before = describe(plain), after = describe(s);
  REQUIRE(before.size() == after.size());
  for (std::size_t k = 0; k < before.size(); ++k) changed += before[k].value != after[k].value ? 1 : 0;
  CHECK(changed == 4);
}

TEST_CASE("parts of a whole stay whole when one of them moves", "[set_numbers]") {
  scenario s = with_subjects();
  const double letters = s.load.letter_share, calls = s.load.phone_share;
  set(s, {{"load.visit_share", 0.7}});
  CHECK(s.load.visit_share == 0.7);
  CHECK(s.load.visit_share + s.load.letter_share + s.load.online_share + s.load.phone_share == Approx(1));
  CHECK(s.load.letter_share / s.load.phone_share == Approx(letters / calls));
  set(s, {{"load.visit_share", 0.6}, {"load.letter_share", 0.6}, {"load.online_share", 0.6}, {"load.phone_share", 0.2}});
  CHECK(s.load.visit_share == Approx(0.3));
  CHECK(s.load.phone_share == Approx(0.1));
  set(s, {{"load.visit_share", 1}});
  CHECK(s.load.visit_share == 1);
  CHECK(s.load.online_share == 0);
  set(s, {{"category.land.share", 0.75}});
  CHECK(s.categories[0].share == 0.75);
  CHECK(s.categories[1].share == Approx(0.15));
  CHECK(s.categories[2].share == Approx(0.1));
}

TEST_CASE("parts that may leave something over are left alone while they fit", "[set_numbers]") {
  scenario s = with_subjects();
  set(s, {{"category.land.enterprise_share", 0.65}});
  CHECK(s.categories[0].enterprise_share == 0.65);
  CHECK(s.categories[0].project_share == 0.3);
  set(s, {{"category.land.enterprise_share", 0.9}});
  CHECK(s.categories[0].project_share == Approx(0.1));
  set(s, {{"category.labour.enterprise_share", 0.9}, {"category.labour.project_share", 0.6}});
  CHECK(s.categories[1].enterprise_share == Approx(0.6));
  CHECK(s.categories[1].project_share == Approx(0.4));
  CHECK(s.categories[2].enterprise_share == 0.4);
}
