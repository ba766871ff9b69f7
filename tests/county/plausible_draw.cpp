// SPDX-License-Identifier: BSL-1.0
#include "sifang/county/plausible_draw.hpp"

#include "catch.hpp"
#include "county/doubtful_scenario.hpp"
#include "sifang/county/scenario_rules.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace sifang;

namespace {

double at(const parameter_draws& d, std::size_t row, const std::string& key) {
  const auto found = std::find(d.keys.begin(), d.keys.end(), key);
  REQUIRE(found != d.keys.end());
  return d.rows[row][static_cast<std::size_t>(found - d.keys.begin())];
}

}  // namespace

TEST_CASE("every draw is a sound scenario, within its ranges but for parts of a whole") {
  const scenario s = test::doubtful_scenario();
  const auto parameters = plausible_parameters(s);
  const parameter_draws drawn = plausible_draws(s, 60);
  REQUIRE(drawn.keys.size() == parameters.size());
  CHECK(drawn.keys.size() > 140);
  CHECK(check(s).empty());
  for (const auto& row : drawn.rows) {
    parameter_numbers numbers;
    for (std::size_t k = 0; k < drawn.keys.size(); ++k) {
      numbers.emplace(drawn.keys[k], row[k]);
      CAPTURE(drawn.keys[k]);
      if (!drawn.keys[k].ends_with("_share") && !drawn.keys[k].ends_with(".share") && !drawn.keys[k].starts_with("load.above_")) {
        CHECK(parameters[k].range.low <= row[k]);
        CHECK(row[k] <= parameters[k].range.high);
      }
    }
    const scenario made = with_numbers(s, numbers);
    CHECK(check(made).empty());
    CHECK(made.load.visit_share + made.load.letter_share + made.load.online_share + made.load.phone_share == Approx(1).margin(1e-12));
    CHECK(made.load.backlog == s.load.backlog);        // [A]
    CHECK(made.load.multiplier == s.load.multiplier);  // the planner's
    CHECK(numbers_of(made).at("category.land.work_hours") == numbers.at("category.land.work_hours"));
  }
}

TEST_CASE("draws fill their ranges") {
  const scenario s = test::doubtful_scenario();
  const parameter_draws drawn = plausible_draws(s, 200);
  const auto parameters = plausible_parameters(s);
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    if (parameters[k].range.kind != law_kind::uniform || parameters[k].range.whole || parameters[k].key.ends_with("share")) continue;
    if (parameters[k].key.starts_with("load.above_")) continue;
    const plausible_range& r = parameters[k].range;
    double sum = 0, least = 1e300, most = -1e300;
    for (const auto& row : drawn.rows) {
      const double u = (row[k] - r.low) / (r.high - r.low);
      sum += u;
      least = (std::min)(least, u);
      most = (std::max)(most, u);
    }
    CAPTURE(parameters[k].key);
    CHECK(sum / 200 == Approx(0.5).margin(0.09));  // four standard errors and a bit
    CHECK(least < 0.06);
    CHECK(most > 0.94);
  }
}

TEST_CASE("a draw is named: neither more draws nor other parameters change it, another seed does") {
  const scenario s = test::doubtful_scenario();
  const parameter_draws few = plausible_draws(s, 2), more = plausible_draws(s, 5);
  CHECK(few.rows[1] == more.rows[1]);
  CHECK(more.rows[1] != more.rows[2]);
  scenario known = s;
  known.settlement.intercept = 2;  // the planner's own: not drawn any more
  const parameter_draws without = plausible_draws(known, 2);
  CHECK(without.keys.size() + 1 == few.keys.size());
  CHECK(at(without, 1, "choice.delay_weight") == at(few, 1, "choice.delay_weight"));
  scenario other = s;
  other.seed += 1;
  CHECK(at(plausible_draws(other, 1), 0, "choice.delay_weight") != at(few, 0, "choice.delay_weight"));
  // No two parameters share a name's hash.
  std::set<double> values;
  for (const auto& [key, value] : plausible_draw(plausible_parameters(s), 1, 0)) values.insert(value);
  CHECK(values.size() > 100);
}

TEST_CASE("a policy keeps the numbers that it sets, and has the draw's where it sets none") {
  const scenario base = test::doubtful_scenario();
  scenario policy = base;
  policy.choice.delay_weight = 0.25;
  policy.load.visit_share = 0.4;
  policy.load.online_share = 0.415;
  const std::vector<std::string> keys{"choice.delay_weight", "choice.climb",      "load.visit_share",
                                      "load.letter_share",   "load.online_share", "load.phone_share"};
  const std::vector<double> values{0.05, 0.7, 0.5, 0.1, 0.3, 0.1};
  const scenario on_base = drawn_scenario(base, base, keys, values), on_policy = drawn_scenario(base, policy, keys, values);
  CHECK(on_base.choice.delay_weight == 0.05);
  CHECK(on_base.load.visit_share == Approx(0.5));
  CHECK(on_policy.choice.delay_weight == 0.25);
  CHECK(on_policy.choice.climb == 0.7);
  CHECK(on_policy.load.visit_share == 0.4);
  CHECK(on_policy.load.online_share == 0.415);
  CHECK(on_policy.load.letter_share == Approx(0.0925));  // what is left, in the draw's proportion
  CHECK(on_policy.load.phone_share == Approx(0.0925));
}

TEST_CASE("parts of a whole are scaled to it when they are more, and left when they are less") {
  const scenario s = test::doubtful_scenario();
  const scenario more = with_numbers(s, {{"settlement.supported_share", 0.9}, {"settlement.explained_share", 0.6}});
  CHECK(more.settlement.supported_share == Approx(0.6));
  CHECK(more.settlement.explained_share == Approx(0.4));
  const scenario less = with_numbers(s, {{"settlement.supported_share", 0.3}, {"settlement.explained_share", 0.2}});
  CHECK(less.settlement.supported_share == 0.3);
  const scenario one = with_numbers(s, {{"settlement.supported_share", 0.9}});  // 0.3 is explained, and not drawn
  CHECK(one.settlement.supported_share == Approx(0.7));
  CHECK(one.settlement.explained_share == 0.3);
  const scenario category = with_numbers(s, {{"category.labour.enterprise_share", 0.8}, {"category.labour.project_share", 0.8}});
  CHECK(check(category).empty());
  const scenario wild = with_numbers(s, {{"no.such_key", 7}, {"load.backlog", 12.4}, {"session.principal.start", 3}});
  CHECK(wild.load.backlog == 12);
  for (std::size_t k = 0; k < s.reception.sessions.size(); ++k)  // a clock time is no number
    CHECK(wild.reception.sessions[k].start == s.reception.sessions[k].start);
}

TEST_CASE("draws of some parameters get all others beside them, as a draw of all has them") {
  const scenario s = test::doubtful_scenario();
  const parameter_draws all = plausible_draws(s, 3);
  const std::string key = all.keys[5];
  parameter_draws some{{key}, {{all.rows[0][5]}, {all.rows[1][5]}, {all.rows[2][5]}}};
  const parameter_draws same = with_plausible_others(some, s);
  REQUIRE(same.keys.size() == all.keys.size());
  CHECK(same.keys[0] == key);
  for (std::size_t k = 1; k < same.keys.size(); ++k) {
    const auto at = static_cast<std::size_t>(std::find(all.keys.begin(), all.keys.end(), same.keys[k]) - all.keys.begin());
    REQUIRE(at < all.keys.size());
    for (std::size_t d = 0; d < 3; ++d) CHECK(same.rows[d][k] == all.rows[d][at]);
  }
  some.rows[1][0] = all.rows[0][5];  // what is given stays, and the others of its row too
  const parameter_draws given = with_plausible_others(some, s);
  CHECK(given.rows[1][0] == all.rows[0][5]);
  CHECK(given.rows[2] == same.rows[2]);
  // A part of a whole that is given stays, row by row, and the others share what it leaves; so is it played.
  const parameter_draws ways = with_plausible_others({{"load.visit_share"}, {{0.7}, {0.2}}}, s);
  for (std::size_t d = 0; d < 2; ++d) {
    CHECK(ways.rows[d][0] == (d == 0 ? 0.7 : 0.2));
    const scenario played = drawn_scenario(s, s, detail::span_of(ways.keys), detail::span_of(ways.rows[d]));
    CHECK(played.load.visit_share == Approx(ways.rows[d][0]));
    CHECK(played.load.letter_share + played.load.online_share + played.load.phone_share == Approx(1 - ways.rows[d][0]));
  }
}

TEST_CASE("numbers of a scenario far from all draws of them are found, in the order of the keys") {
  scenario s = test::doubtful_scenario();
  s.load.matters_per_year = 899;  // 51 below draws that are 50 apart
  s.choice.delay_weight = 0.2;
  const parameter_draws draws{{"load.matters_per_year", "choice.delay_weight", "no.such"},
                              {{950, 0.06, 1}, {1000, 0.07, 1}, {970, 0.055, 1}}};
  const std::vector<foreign_number> found = foreign_numbers(draws, s);
  REQUIRE(found.size() == 2);
  CHECK(found[0].key == "load.matters_per_year");
  CHECK((found[0].own == 899 && found[0].least == 950 && found[0].most == 1000));
  CHECK(found[1].key == "choice.delay_weight");
  CHECK((found[1].own == 0.2 && found[1].least == 0.055 && found[1].most == 0.07));
  s.load.matters_per_year = 900;  // chance may have put it there
  s.choice.delay_weight = 0.08;
  CHECK(foreign_numbers(draws, s).empty());
  s.load.matters_per_year = 1050;
  CHECK(foreign_numbers(draws, s).empty());
  s.load.matters_per_year = 1051;
  CHECK(foreign_numbers(draws, s).size() == 1);
  CHECK(foreign_numbers({{"load.matters_per_year"}, {}}, s).empty());
}
