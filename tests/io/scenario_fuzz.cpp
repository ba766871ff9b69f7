// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/io/scenario_file.hpp"
#include "valid_scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace sifang;

namespace {

/// A few bytes put in, taken out, doubled or exchanged, mostly those that mean something in a file.
std::string mutated(std::string text) {
  const int count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count && !text.empty(); ++i) {
    const auto size = static_cast<int>(text.size());
    const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, size));
    const auto length = static_cast<std::size_t>(*rc::gen::inRange(1, 30));
    const std::string token = *rc::gen::element<std::string>("\"", "[", "]", "=", "\n", "#", "-", ".", ",", "'''", "\"\"\"", "nan",
                                                             "99999999999999999999", "[[", "{", "}", "2022-02-30", "\\", "\t", "霞", "\xFF",
                                                             "extends = \"s.toml\"\n", "0x", "true", "[load]\n");
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        text.insert(at, token);
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      default:
        text.replace(at, std::min(token.size(), text.size() - at), token);
        break;
    }
  }
  return text;
}

}  // namespace

TEST_CASE("a scenario damaged in any way is read or told to be faulty, and never both") {
  CHECK(rc::check("mutations", [] {
    const std::string text = mutated(sifang::test::valid_scenario);
    const scenario_reading r = parse_scenario(text, "s.toml");
    for (const fault& f : r.faults) {
      const std::string line = to_string(f);
      RC_ASSERT(line.find('\n') == std::string::npos);
      RC_ASSERT(!first_bad_byte(line));
      RC_ASSERT(!to_string(f, language::zh).empty());
    }
    // What is taken for good holds what a scenario promises.
    if (r.faults.empty()) RC_ASSERT(check(r.settings).empty());
  }));
}

TEST_CASE("a setting of any text is applied or told to be faulty") {
  CHECK(rc::check("settings", [](const std::string& value) {
    scenario s;
    const std::string key = *rc::gen::element<std::string>(
        "scenario.start", "load.multiplier", "load.months", "session.township.recur", "session.township.start", "ownership.rule",
        "scenario.seed", "session.township.add", "clocks.handle", "session.township.open", "x", "category.a.b");
    for (const fault& f : apply_setting(s, key + "=" + value)) RC_ASSERT(to_string(f).find('\n') == std::string::npos);
    RC_ASSERT(s.load.multiplier >= 0);
  }));
}
