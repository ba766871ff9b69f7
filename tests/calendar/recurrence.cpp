// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "recurrence_oracle.hpp"
#include "sifang/calendar/recurrence.hpp"

using namespace sifang;
using sifang_tests::expanded_by_periods;
using sifang_tests::random_rule;

namespace {
std::vector<day> listed(const recurrence& r, day first, day last) {
  std::vector<day> out;
  for (day d = first; d <= last; ++d) {
    if (r.includes(d)) out.push_back(d);
  }
  return out;
}
}  // namespace

TEST_CASE("a rule names the days that a period-by-period expansion of RFC 5545 names") {
  const auto same = [] {
    const recurrence rule = **random_rule();
    const day first = *rule.parts().from - calendar_days(40), last = *rule.parts().from + calendar_days(1200);
    const std::vector<day> expected = expanded_by_periods(rule.parts(), last);
    RC_LOG() << rule.to_string();
    RC_ASSERT(listed(rule, first, last) == expected);
  };
  for (int k = 0; k < 30; ++k) REQUIRE(rc::check(same));
}

TEST_CASE("a rule in words, or as text, is read back as the same rule in both languages") {
  const auto same = [] {
    const recurrence rule = **random_rule();
    for (const std::string& text : {rule.to_string(), in_words(rule, language::en), in_words(rule, language::zh)}) {
      RC_LOG() << rule.to_string() << '\n' << text;
      const auto again = recurrence::parse(text);
      RC_ASSERT(again.has_value());
      RC_ASSERT(*again == rule);
    }
  };
  for (int k = 0; k < 10; ++k) REQUIRE(rc::check(same));
}
