// SPDX-License-Identifier: BSL-1.0
// Tables and sentences that fit a terminal, and the weeks of a year as small bars.
#include "catch.hpp"
#include "sifang/io/fitted_table.hpp"
#include "sifang/io/weekly_sparklines.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <rapidcheck.h>
#include <string>
#include <vector>

using namespace sifang;
using rows = std::vector<std::vector<std::string>>;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}
std::size_t widest(const std::string& text) {
  std::size_t out = 0;
  for (const std::string& line : lines_of(text)) out = std::max(out, display_width(line));
  return out;
}
std::string without_blanks(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\n' || c == '-'; }), text.end());
  return text;
}

result_policy policy_of_weeks(std::string id, std::vector<double> open) {
  result_policy out;
  out.id = std::move(id);
  result_series s;
  s.id = "open_handling";
  s.chart = "open";
  for (const double x : open) {
    s.weeks.emplace_back();
    if (std::isnan(x)) continue;
    s.weeks.back() = {x, x, x, interval_kind::constant};
  }
  out.series.push_back(std::move(s));
  return out;
}
result of_four_weeks(std::vector<result_policy> policies) {
  result out;
  out.start = "2022-01-03";
  out.end = "2022-01-30";
  out.week_starts = {"2022-01-03", "2022-01-10", "2022-01-17", "2022-01-24"};
  out.policies = std::move(policies);
  return out;
}

}  // namespace

TEST_CASE("a line breaks at its last blank, within Chinese anywhere but before a comma, and within a word only if it must") {
  using parts = std::pair<std::string_view, std::string_view>;
  CHECK(broken_at("one two three", 20) == parts{"one two three", ""});
  CHECK(broken_at("one two three", 8) == parts{"one two", "three"});
  CHECK(broken_at("one two three", 7) == parts{"one two", "three"});
  CHECK(broken_at("one two three", 6) == parts{"one", "two three"});
  CHECK(broken_at("onetwothree", 5) == parts{"onetw", "othree"});
  CHECK(broken_at("县处级领导投入小时", 8) == parts{"县处级领", "导投入小时"});
  CHECK(broken_at("县处级领导投入小时", 9) == parts{"县处级领", "导投入小时"});
  CHECK(broken_at("化解率，按期", 6) == parts{"化解", "率，按期"});
  CHECK(broken_at("化解率（按期", 8) == parts{"化解率", "（按期"});
  CHECK(broken_at("方案xiapu-2022每年", 8) == parts{"方案", "xiapu-2022每年"});
  CHECK(broken_at("区", 1) == parts{"区", ""});
  CHECK(broken_at("", 5) == parts{"", ""});
  CHECK(broken_at("\xE5\x8C", 5).first == "\xE5\x8C");
}

TEST_CASE("a sentence that is too long goes on in lines that are set in") {
  CHECK(wrapped_lines("short\n\n  line\n", 20) == "short\n\n  line\n");
  CHECK(wrapped_lines("without an end", 20) == "without an end");
  CHECK(wrapped_lines("one two three four five\n", 12) == "one two\n  three four\n  five\n");
  CHECK(wrapped_lines("  one two three four\n", 12) == "  one two\n    three\n    four\n");
  CHECK(wrapped_lines("差值：期望差值；随模拟年数增多而变窄。\n", 20) == "差值：期望差值；随模\n  拟年数增多而变窄。\n");
  CHECK(wrapped_lines("", 20).empty());
}

TEST_CASE("a table that fits is set as it is") {
  CHECK(fitted_table({{"metric", "a", "b"}, {"hours", "1", "22"}}) == "metric  a  b\n------  -  --\nhours   1  22\n");
  CHECK(widest(fitted_table({{"metric"}, {std::string(120, 'x')}}, 40)) == 40);
}

TEST_CASE("a table that is a little too wide goes on in further lines of its first column") {
  const rows table{{"metric", "difference", "verdict"}, {"Days until a leader hears them at the bureau", "-2.09 [-2.27, -1.91]", "better"}};
  CHECK(fitted_table(table, 60) ==
        "metric                         difference            verdict\n"
        "-----------------------------  --------------------  -------\n"
        "Days until a leader hears      -2.09 [-2.27, -1.91]  better\n"
        "  them at the bureau\n");
}

TEST_CASE("a table of many policies comes in blocks of about as many columns, each with what the rows are about") {
  rows table{{"metric"}, {"Heard by a leader within 15 days"}};
  for (int k = 0; k < 6; ++k) {
    table[0].push_back("policy-" + std::to_string(k));
    table[1].push_back("85.8 % [85.0 %, 86.5 %]");
  }
  const std::string text = fitted_table(table, 100);
  CHECK(widest(text) <= 100);
  const auto lines = lines_of(text);
  REQUIRE(lines.size() == 2 * 4 + 1);  // a header, a rule and two lines of the row, twice, with a blank line between
  CHECK(lines[0].find("policy-2") != std::string::npos);
  CHECK(lines[0].find("policy-3") == std::string::npos);
  CHECK(lines[4].empty());
  CHECK(lines[5].starts_with("metric"));
  CHECK(lines[5].find("policy-3") != std::string::npos);
}

TEST_CASE("whatever stands in a table, it fits, and nothing is lost") {
  CHECK(rc::check("widths and contents", [] {
    const auto columns = *rc::gen::inRange<std::size_t>(20, 130);
    const auto width = *rc::gen::inRange<std::size_t>(1, 9);
    const auto cell = rc::gen::map(
        rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>("a", "bc", " ", "县", "，", "（", "95 %", "é", "\t")),
        [](const std::vector<std::string>& parts) {
          std::string out;
          for (const std::string& part : parts) out += part;
          return out;
        });
    const auto table = *rc::gen::nonEmpty(rc::gen::container<rows>(rc::gen::container<std::vector<std::string>>(width, cell)));
    const std::string text = fitted_table(table, columns);
    RC_ASSERT(widest(text) <= columns);
    std::string given, shown = without_blanks(text);
    for (const auto& row : table) {
      for (std::size_t c = 1; c < row.size(); ++c) given += row[c];
    }
    const auto count = [](const std::string& all, char c) { return std::count(all.begin(), all.end(), c); };
    for (const char c : {'b', '9', '\xE5'}) RC_ASSERT(count(shown, c) >= count(given, c));
  }));
}

TEST_CASE("a sparkline goes from the lowest bar to the highest, and leaves a blank where there is no number") {
  const double gap = std::numeric_limits<double>::quiet_NaN();
  CHECK(sparkline(std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7}, 0, 7) == "▁▂▃▄▅▆▇█");
  CHECK(sparkline(std::vector<double>{5, gap, 10}, 0, 10) == "▅ █");
  CHECK(sparkline(std::vector<double>{3, 3}, 3, 3) == "▁▁");
  CHECK(sparkline(std::vector<double>{-100, 100}, 0, 10) == "▁█");
  CHECK(sparkline({}, 0, 1).empty());
}

TEST_CASE("the weeks of policies stand on one scale, and a last week of a few days is no fall") {
  result r = of_four_weeks({policy_of_weeks("base", {10, 20, 30, 80}), policy_of_weeks("other", {10, 10, 10, 10})});
  const std::string text = weekly_sparklines(r, language::en);
  const auto lines = lines_of(text);
  REQUIRE(lines.size() == 5);
  CHECK(lines[2].starts_with("Open cases"));
  CHECK(lines[2].ends_with("▁▂▃█"));
  CHECK(lines[2].find("10.0") < lines[2].find("80.0"));
  CHECK(lines[3].find("other") != std::string::npos);
  CHECK(lines[3].ends_with("▁▁▁▁"));
  CHECK(widest(text) <= terminal_columns);
  r.end = "2022-01-25";  // two days of the last week
  CHECK(lines_of(weekly_sparklines(r, language::zh))[2].ends_with("▁▅█"));
  CHECK(weekly_sparklines(r, language::zh).find("在办件") != std::string::npos);
}

TEST_CASE("there are no weeks to show of many policies, of a single week, or of figures that nobody counted") {
  CHECK(weekly_sparklines(of_four_weeks({5, policy_of_weeks("one", {1, 2, 3, 4})}), language::en).empty());
  result r = of_four_weeks({policy_of_weeks("one", {1, 2, 3, 4})});
  CHECK_FALSE(weekly_sparklines(r, language::en).empty());
  r.policies[0].series[0].weeks.assign(4, {});
  CHECK(weekly_sparklines(r, language::en).empty());
  r = of_four_weeks({policy_of_weeks("one", {1})});
  r.week_starts.resize(1);
  CHECK(weekly_sparklines(r, language::en).empty());
}

TEST_CASE("a year of weeks is thinned to means of neighbours") {
  CHECK(detail::thinned({1, 3, 5, 7, 9}, 3) == std::vector<double>{2, 6, 9});
  CHECK(detail::thinned({1, 3}, 5) == std::vector<double>{1, 3});
  const double gap = std::numeric_limits<double>::quiet_NaN();
  CHECK(detail::thinned({1, gap, gap, gap}, 2)[0] == 1);
  CHECK(std::isnan(detail::thinned({1, gap, gap, gap}, 2)[1]));
}
