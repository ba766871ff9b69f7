// SPDX-License-Identifier: BSL-1.0
#include "sifang/county/plausible_ranges.hpp"

#include "catch.hpp"
#include "county/doubtful_scenario.hpp"
#include "sifang/county/list_parameters.hpp"
#include "sifang/county/plausible_parameters.hpp"

#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace sifang;

namespace {

/// A scenario with one of every table, and what each parameter has there.
std::vector<described_parameter> defaults_of_all() {
  scenario s;
  s.categories.emplace_back().id = "land";
  s.sensitive_periods.push_back({"congress", {2022, 10, 16}, {2022, 10, 22}, {}});
  return describe(s);
}

bool is_said(const described_parameter& d) {
  const bool drawn = plausible_law_of(d.about.key) != nullptr, kept = kept_value_of(d.about.key) != nullptr;
  return drawn != kept;
}

}  // namespace

TEST_CASE("of every value that we infer or know by hearsay the table says what else it may be, or why it is kept") {
  for (const described_parameter& d : defaults_of_all()) {
    if (!is_unknown(d.about.mark)) continue;
    CAPTURE(d.about.key);
    CHECK(is_said(d));
    if (!d.number) CHECK(kept_value_of(d.about.key) != nullptr);
  }
}

TEST_CASE("every row of the table is that of a parameter, none stands twice, and each has a source") {
  const auto all = defaults_of_all();
  std::set<std::string_view> seen;
  const auto fits_one = [&](std::string_view key) {
    CAPTURE(key);
    CHECK(seen.insert(key).second);
    CHECK(std::any_of(all.begin(), all.end(), [&](const described_parameter& d) { return key_fits(key, d.about.key); }));
  };
  for (const plausible_law& law : plausible_laws()) {
    fits_one(law.key);
    CHECK(law.low < law.high);
    CHECK_FALSE(law.source.empty());
    if (law.kind == law_kind::log_uniform) CHECK(law.low > 0);
    if (law.ends == range_ends::factors) CHECK((law.low < 1 && law.high > 1));
    if (law.ends == range_ends::differences) CHECK((law.low < 0 && law.high > 0));
  }
  for (const kept_value& one : kept_values()) {
    fits_one(one.key);
    CHECK_FALSE(text_of(one.why, language::en).empty());
    CHECK_FALSE(text_of(one.why, language::zh).empty());
  }
}

TEST_CASE("a plausible range lies within what is allowed, and holds the default between its ends") {
  for (const described_parameter& d : defaults_of_all()) {
    const plausible_law* law = plausible_law_of(d.about.key);
    if (law == nullptr) continue;
    CAPTURE(d.about.key);
    REQUIRE(d.number);
    if (law->ends == range_ends::values) {
      CHECK((d.about.least <= law->low && law->high <= d.about.most));
      CHECK((law->low <= *d.number && *d.number <= law->high));
    }
    const plausible_range r = range_of(*law, *d.number, d.about.least, d.about.most, d.is_whole);
    CHECK((d.about.least <= r.low && r.low <= *d.number && *d.number <= r.high && r.high <= d.about.most));
    for (const double u : {1e-9, 0.25, 0.5, 0.75, 1 - 1e-9}) {
      const double x = quantile_of(r, u);
      CHECK((r.low <= x && x <= r.high));
      if (d.is_whole) CHECK(x == std::round(x));
    }
  }
}

TEST_CASE("quantiles are those of the law") {
  const plausible_range flat{law_kind::uniform, 2, 3, 6, false};
  CHECK(quantile_of(flat, 0.25) == 3);
  const plausible_range factor{law_kind::log_uniform, 1, 3, 16, false};
  CHECK(quantile_of(factor, 0.5) == Approx(4));
  CHECK(quantile_of(factor, 0.25) == Approx(2));
  const plausible_range peak{law_kind::triangular, 0, 1, 4, false};
  CHECK(quantile_of(peak, 0.25) == Approx(1));              // a quarter lies below the peak
  CHECK(quantile_of(peak, 0.0625) == Approx(0.5));          // and a quarter of that below its half
  CHECK(quantile_of(peak, 0.8125) == Approx(4 - 0.5 * 3));  // of what is above, a quarter in the upper half
  const plausible_range at_end{law_kind::triangular, 1, 1, 2, false};
  CHECK(quantile_of(at_end, 0.75) == Approx(1.5));
  const plausible_range closed{law_kind::uniform, 5, 5, 5, false};
  CHECK(quantile_of(closed, 0.9) == 5);
}

TEST_CASE("each whole number of a range is as likely as another, the ends too") {
  const plausible_range dice{law_kind::uniform, 1, 3, 6, true};
  for (int face = 1; face <= 6; ++face) {
    CHECK(quantile_of(dice, (face - 1) / 6.0 + 1e-6) == face);
    CHECK(quantile_of(dice, face / 6.0 - 1e-6) == face);
  }
  const plausible_range factor{law_kind::log_uniform, 1, 2, 8, true};
  CHECK(quantile_of(factor, 1e-9) == 1);
  CHECK(quantile_of(factor, 1 - 1e-9) == 8);
}

TEST_CASE("a range is made for the value: times it, around it, widened to it, cut at what is allowed") {
  const plausible_law twice{"x", law_kind::log_uniform, range_ends::factors, 0.5, 2, "ours"};
  CHECK(range_of(twice, 14, 0.1, 1000, false) == plausible_range{law_kind::log_uniform, 7, 14, 28, false});
  CHECK(range_of(twice, 800, 0.1, 1000, false).high == 1000);
  CHECK_FALSE(range_of(twice, 0, 0, 1000, false).is_open());  // twice nothing is nothing
  const plausible_law around{"x", law_kind::uniform, range_ends::differences, -0.3, 0.3, "ours"};
  CHECK(range_of(around, -4.9, -5, 5, false) == plausible_range{law_kind::uniform, -5, -4.9, -4.9 + 0.3, false});
  const plausible_law plain{"x", law_kind::uniform, range_ends::values, 2, 8, "ours"};
  CHECK(range_of(plain, 20, 0, 100, true) == plausible_range{law_kind::uniform, 2, 20, 20, true});
  const plausible_law logs{"x", law_kind::log_uniform, range_ends::values, 2, 8, "ours"};
  CHECK(range_of(logs, 0, 0, 100, false).kind == law_kind::uniform);  // widened to 0, where there is no logarithm
}

TEST_CASE("what a scenario has from a source or chooses is not in doubt") {
  scenario s = test::doubtful_scenario();
  s.choice.delay_weight = 0.2;  // the planner's own
  s.provenance.insert_or_assign("load.silent_share", value_provenance{origin::source, "a ledger", "0.3"});
  s.load.silent_share = 0.3;
  s.provenance.insert_or_assign("load.matters_per_year", value_provenance{origin::inference, "a guess", "2000"});
  s.load.matters_per_year = 2000;
  std::vector<std::string> keys;
  double most = 0;
  for (const plausible_parameter& p : plausible_parameters(s)) {
    keys.push_back(p.key);
    CHECK(p.range.is_open());
    if (p.key == "load.matters_per_year") most = p.range.high;
  }
  const auto has = [&](std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  CHECK_FALSE(has("choice.delay_weight"));
  CHECK_FALSE(has("load.silent_share"));
  CHECK_FALSE(has("load.backlog"));                    // [A]
  CHECK_FALSE(has("category.land.enterprise_share"));  // none, and half more of it is none
  CHECK_FALSE(has("choice.model"));
  CHECK(has("choice.climb"));
  CHECK(has("session.village.appeal"));
  CHECK_FALSE(has("session.village.share"));  // of the other model of choice
  CHECK(has("category.land.work_hours"));
  CHECK(most == Approx(3500));
}

TEST_CASE("keys of the table fit parameters, and nothing but them") {
  CHECK(key_fits("load.backlog", "load.backlog"));
  CHECK_FALSE(key_fits("load.backlog", "load.backlog_hardness"));
  CHECK(key_fits("session.*.appeal", "session.village.appeal"));
  CHECK_FALSE(key_fits("session.*.appeal", "session..appeal"));
  CHECK_FALSE(key_fits("session.*.appeal", "session.appeal"));
  CHECK_FALSE(key_fits("session.*.appeal", "session.village.share"));
  CHECK(plausible_law_of("category.a.b.work_hours") != nullptr);  // a name may have a dot
  CHECK(plausible_law_of("") == nullptr);
  CHECK(kept_value_of("load.backlog") != nullptr);
}

TEST_CASE("effects in log odds go from -20 to 20") {
  int effects = 0;
  for (const described_parameter& d : defaults_of_all()) {
    CAPTURE(d.about.key);
    if (d.about.unit == "log odds") CHECK((d.about.least == -20 && d.about.most == 20 && ++effects));
  }
  CHECK(effects > 10);
}
