// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/theory_check.hpp"
#include "sifang/io/theory_table.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

const auto nothing = [](std::size_t) {};

/// Models whose names begin so.
std::vector<theory_model> models(std::initializer_list<std::string_view> names) {
  std::vector<theory_model> out;
  for (theory_model& m : theory_models()) {
    if (std::any_of(names.begin(), names.end(), [&](std::string_view n) { return m.name.substr(0, n.size()) == n; }))
      out.push_back(std::move(m));
  }
  return out;
}

}  // namespace

TEST_CASE("every model of the table is there, and all agree over a few replications") {
  const std::vector<theory_model> all = theory_models();
  std::set<std::string_view> names;
  for (const theory_model& m : all) {
    CHECK(names.insert(m.name).second);
    CHECK_FALSE(m.values.empty());
    for (const theory_value& v : m.values) CHECK(std::isfinite(v.exact));
  }
  for (const char* wanted : {"M/M/1",
                             "M/M/5",
                             "M/M/2/6",
                             "M/G/1",
                             "M/D/1",
                             "D/M/1",
                             "M/M/1, two classes (Cobham)",
                             "M/M/1, two classes, preemptive",
                             "Erlang A",
                             "Erlang A, 110",
                             "Jackson",
                             "M/M/3 with Bernoulli",
                             "Erlang-R, 4 servers",
                             "Erlang-R, 4 servers, λ(t)",
                             "M/M/3  λ 2.4, from empty",
                             "Case manager",
                             "M(t)/G/∞",
                             "Reception day",
                             "Bulk queue",
                             "Calendar",
                             "One session"}) {
    INFO(wanted);
    CHECK(std::any_of(names.begin(), names.end(),
                      [&](std::string_view n) { return n.substr(0, std::string_view(wanted).size()) == wanted; }));
  }
  // Four replications: Student's quantile is wide, so that what fails here is far off.
  for (const theory_model& m : all) {
    std::vector<std::vector<double>> found(m.values.size());
    for (std::uint32_t r = 0; r < 4; ++r) {
      const std::vector<double> values = m.play(r);
      REQUIRE(values.size() == found.size());
      for (std::size_t v = 0; v < values.size(); ++v) found[v].push_back(values[v]);
    }
    for (std::size_t v = 0; v < found.size(); ++v) {
      const theory_row row = compared(m, v, found[v], 1);
      INFO(m.name << ' ' << row.en << ": simulated " << row.simulated << " ± " << row.standard_error << ", exact " << row.exact);
      CHECK(std::isinf(row.critical));  // nothing is said of four
      CHECK(std::abs(row.simulated - row.exact) < 0.01 * row.exact + 20 * row.standard_error);
      CHECK(row.standard_error < 0.2 * row.exact);
    }
  }
}

TEST_CASE("an error of 1 % that is planted in exact values is absurd at the default, and so is one in the engine's") {
  std::size_t values = 0;
  for (const theory_model& m : theory_models()) values += m.values.size();  // as strict as the whole table
  const std::vector<theory_model> some = models({"M/D/1  ρ 0.6, states", "One session", "Calendar"});
  REQUIRE(some.size() == 3);
  for (const theory_model& m : some) {
    std::vector<std::vector<double>> found(m.values.size());
    for (std::uint32_t r = 0; r < theory_replications; ++r) {
      const std::vector<double> played = m.play(r);
      for (std::size_t v = 0; v < played.size(); ++v) found[v].push_back(played[v]);
    }
    for (std::size_t v = 0; v < found.size(); ++v) {
      const theory_row row = compared(m, v, found[v], values);
      INFO(row.model << ' ' << row.en << " z " << row.z << ", sees " << row.visible());
      CHECK(row.agrees());
      if (row.exact < 0.02) continue;  // a rare thing, which needs more replications
      CHECK(row.visible() < 0.01);
      for (const double error : {0.99, 1.01}) {
        theory_model wrong = m;
        wrong.values[v].exact *= error;
        CHECK_FALSE(compared(wrong, v, found[v], values).agrees());
        std::vector<double> engine = found[v];
        for (double& x : engine) x *= error;
        CHECK_FALSE(compared(m, v, engine, values).agrees());
      }
    }
  }
}

TEST_CASE("values do not depend on threads, and a stop leaves none") {
  const std::vector<theory_model> some = models({"One session", "Calendar"});
  const auto one = check_theory(thread_team{1}, some, 12, nothing), three = check_theory(thread_team{3}, some, 12, nothing);
  REQUIRE(one.size() == 3);
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i].simulated == three[i].simulated);
    CHECK(one[i].z == three[i].z);
  }
  std::atomic<bool> stop = true;
  CHECK(check_theory(thread_team{1, &stop}, some, 12, nothing).empty());

  const std::string en = theory_table(one, 12, language::en), zh = theory_table(one, 12, language::zh);
  CHECK(en.find("mean closing time") != std::string::npos);
  CHECK(zh.find("平均结束时刻") != std::string::npos);
  CHECK(en.find("NO") == std::string::npos);
  std::vector<theory_row> wrong = one;
  wrong[1].z = -99;
  CHECK(theory_table(wrong, 12, language::en).find("1 values do NOT agree.") != std::string::npos);
}

TEST_CASE("values that never vary are compared exactly, and of nothing nothing is said") {
  const theory_model model{"constant", {{"one", "一", 1}}, {}};
  const std::vector<double> right(12, 1.0), wrong(12, 1.5);
  CHECK(compared(model, 0, right, 1).agrees());
  CHECK_FALSE(compared(model, 0, wrong, 1).agrees());
  CHECK(compared(model, 0, std::vector<double>{1.0}, 1).agrees());
}
