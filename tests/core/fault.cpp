// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"

#include <type_traits>

using namespace sifang;

TEST_CASE("ids and counts of different kinds do not mix") {
  static_assert(!std::is_convertible_v<unit_id, official_id>);
  static_assert(!std::is_convertible_v<int, unit_id>);
  static_assert(!std::is_constructible_v<unit_id, official_id>);
  CHECK_FALSE(unit_id().valid());
  CHECK(unit_id(3).index() == 3);
}

TEST_CASE("every kind of fault has one sentence in each language") {
  for (std::size_t k = 0; k < std::size(detail::fault_texts); ++k) {
    const fault f{static_cast<fault_kind>(k), {"a.toml", 3, 7}, {"one", "two", "three", "four"}};
    CHECK(sentence(f, language::en).size() > 10);
    CHECK(sentence(f, language::zh).size() > 10);
    CHECK(sentence(f).find('{') == std::string::npos);
    CHECK(to_string(f).starts_with("a.toml:3:7: "));
  }
}

TEST_CASE("the nearest known word is offered only when it is near") {
  const std::vector<std::string> known{"reception", "replications", "seed"};
  CHECK(nearest("recepton", known) == "reception");
  CHECK(nearest("replicatiosn", known) == "replications");
  CHECK(nearest("campaign", known).empty());
  CHECK(to_string(fault{fault_kind::unknown_key, {}, {"x", ""}}) == "unknown key 'x'");
  CHECK(to_string(fault{fault_kind::unknown_scenario, {}, {"x", ""}}).ends_with("'x' is neither"));
  CHECK(to_string(fault{fault_kind::unknown_scenario, {}, {"xx", "yy"}}).ends_with("'xx' is neither; did you mean 'yy'?"));
}
