// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/experiment/cost_service.hpp"
#include "sifang/io/cost_results.hpp"
#include "sifang/io/cost_tables.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/pareto_picture.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

using namespace sifang;

namespace {

/// Years that cost so much and serve so much of everything, about a mean.
std::vector<double> years_of(double cost, double hours, double serves, std::size_t years) {
  std::vector<double> out;
  for (std::size_t i = 0; i < years; ++i) {
    const double luck = (i % 2 == 0 ? 1 : -1) * (1 + std::floor(static_cast<double>(i % 8) / 2));
    out.insert(out.end(), {cost * (1 + 1e-4 * luck), hours * (1 + 1e-3 * luck)});
    out.insert(out.end(), service_count, serves * (1 + 0.01 * luck));
    for (std::size_t p = 0; p < cost_part_count; ++p) out.push_back(p == 0 ? cost * (1 + 1e-4 * luck) : 0);
  }
  return out;
}
const std::vector<std::string> names{"base", "half", "dear", "worse"};
result_costs four_policies(std::size_t years = 40) {
  const std::vector<std::vector<double>> rows{years_of(1000000, 500, 100, years), years_of(1050000, 550, 160, years),
                                              years_of(2000000, 1500, 200, years), years_of(1100000, 600, 90, years)};
  return reckon_costs(rows, cost_row::size, 0.95);
}
bool has(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

}  // namespace

TEST_CASE("cost against service in words: totals, parts, prices, the front, and who brings much for little") {
  const std::string en = cost_tables(four_policies(), names, language::en);
  CHECK(has(en, "base    1 000 000 "));
  CHECK(has(en, "+50 000"));
  CHECK(has(en, "County-level leaders "));
  CHECK(has(en, "833 [826, 841] (0.83)"));
  CHECK(has(en, "less for no less cost"));
  CHECK(has(en, "Matters resolved: worth the cost, cheapest first: base, half, dear; dominated: worse (by half).\n"));
  CHECK(has(en,
            "  half brings 60.0 % of what dear brings, for 5.0 % of its further cost (5.0 % of the further hours\n"
            "    of county leaders).\n"));
  const std::string zh = cost_tables(four_policies(), names, language::zh);
  CHECK(has(zh, "化解的事项：值得其成本者（由低到高）：base、half、dear；被占优：worse（被 half）。\n"));
  CHECK(has(zh, "half 带来 dear 所带来的 60.0 %，新增成本为其 5.0 %"));
}

TEST_CASE("long names and cells of a sweep are numbers, few years have no interval and no front, nothing has no tables") {
  std::vector<std::string> longer = names;
  longer[1] = "session.principal.recur=\"every Wednesday\" && session.principal.on_rest_day=\"skip\"";
  const std::string numbered = cost_tables(four_policies(), longer, language::en);
  CHECK(has(numbered, "2  " + longer[1]));
  CHECK(has(numbered, "cheapest first: #1, #2, #3; dominated: #4 (by #2)."));
  CHECK(has(cost_tables(four_policies(), names, language::en, true), "cheapest first: #1, #2, #3;"));
  const std::string few = cost_tables(four_policies(8), names, language::en);
  CHECK(has(few, "(too few years)"));
  CHECK_FALSE(has(few, "worth the cost"));
  CHECK(cost_tables({}, {}, language::en).empty());
  std::vector<std::vector<double>> many;
  std::vector<std::string> many_names;
  for (int k = 0; k < 9; ++k) {
    many.push_back(years_of(1000 + 100 * k, 5, 100 + k * k, 20));
    many_names.push_back("p" + std::to_string(k));
  }
  const std::string of_many = cost_tables(reckon_costs(many, cost_row::size, 0.95), many_names, language::en);
  CHECK_FALSE(has(of_many, "yuan for each more"));  // those are in cost.csv
  CHECK(has(of_many, "cheapest first: p0, p8; dominated: p1 (by a mix of p0 and p8"));
}

TEST_CASE("cost.csv has a row for each policy and figure, and no price where none is defined") {
  std::vector<fault> faults;
  const csv_table table = csv_table::parse(cost_csv(four_policies(), names), "cost.csv", faults);
  REQUIRE(faults.empty());
  CHECK(table.size() == 4 * (2 + cost_part_count + service_count));
  const auto column = table.columns({"policy", "difference", "price", "price_interval", "by", "sure", "place"}, {}, faults);
  std::size_t prices = 0, dominated = 0;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto text = [&](std::size_t c) { return table.at(row, column[c]).text; };
    CHECK(text(1).empty() == (text(0) == "base"));
    prices += !text(2).empty();
    CHECK((text(3) == "two_sided") == !text(2).empty());
    dominated += text(6) == "dominated" && text(4) == "half" && text(5) == "true";
  }
  CHECK(prices == 2 * service_count);
  CHECK(dominated == service_count);
}

TEST_CASE("the picture names policies in full in both languages, escapes them, and has no number that is none") {
  std::vector<std::string> odd = names;
  odd[1] = "a <b> & \"c\"";
  odd[2] = std::string(400, 'x');
  for (const std::size_t years : {std::size_t{1}, std::size_t{40}}) {
    const std::string svg = pareto_svg(four_policies(years), odd);
    CHECK(svg.starts_with("<svg "));
    CHECK(has(svg, "a &lt;b&gt; &amp; &quot;c&quot;"));
    CHECK_FALSE(has(svg, "<b>"));
    CHECK_FALSE(has(svg, "nan"));
    CHECK_FALSE(has(svg, "inf"));
    CHECK(has(svg, "化解的事项") == (years > 1));
    CHECK(has(svg, "#4 worse"));
  }
  const std::vector<std::vector<double>> alike(2, years_of(5, 5, 5, 20));
  const std::string svg = pareto_svg(reckon_costs(alike, cost_row::size, 0.95), std::vector<std::string>{"a", "b"});
  CHECK_FALSE(has(svg, "nan"));
}
