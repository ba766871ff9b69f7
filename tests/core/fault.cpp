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

TEST_CASE("the nearest word is the one of fewest edits, an insertion, a deletion, a replacement or a swap each counting one") {
  const auto of = [](std::string_view word, std::vector<std::string> known) { return nearest(word, known); };
  CHECK(of("abcdef", {"abdcef"}) == "abdcef");      // one swap
  CHECK(of("abcdef", {"badcfe"}).empty());          // three swaps
  CHECK(of("abcdef", {"badcef"}) == "badcef");      // two
  CHECK(of("abcdef", {"abXYef"}) == "abXYef");      // two replacements
  CHECK(of("abcdef", {"abXYZf"}).empty());          // three
  CHECK(of("abcdef", {"abcdefgh"}) == "abcdefgh");  // two insertions
  CHECK(of("abcdef", {"abcdefghi"}).empty());
  CHECK(of("abcdef", {"abcd"}) == "abcd");  // two deletions
  CHECK(of("abcdef", {"abc"}).empty());
  CHECK(of("abcdef", {"abXYef", "abXdef"}) == "abXdef");  // the nearer, wherever it stands
  CHECK(of("abcdef", {"abXdef", "abXYef"}) == "abXdef");
  CHECK(of("abcdef", {"abXdef", "abYdef"}) == "abXdef");  // of two as near, the first
  CHECK(of("ab", {"ba"}).empty());                        // a third of two is none
  CHECK(of("abc", {"bac"}) == "bac");                     // a swap at the beginning
  CHECK(of("abc", {"acb"}) == "acb");                     // and at the end
  CHECK(of("ab", {"ab"}) == "ab");
  CHECK(of("", {"a"}).empty());
  // What stands before the word in somebody's line is no part of it: three edits, not two.
  CHECK(of(std::string_view("zabcdef").substr(1), {"QazbXdef"}).empty());
  CHECK(of(std::string(200, 'a'), {std::string(201, 'a')}) == std::string(201, 'a'));
  CHECK(of(std::string(201, 'a'), {std::string(201, 'a')}).empty());
}

TEST_CASE("a fault is told with what is known of its place") {
  const auto told = [](place where) { return to_string(fault{fault_kind::no_root, std::move(where), {}}); };
  const std::string why = "expected one unit without a parent; every unit has one";
  CHECK(told({}) == why);
  CHECK(told({"a.csv", 0, 0}) == "a.csv: " + why);
  CHECK(told({"a.csv", 3, 0}) == "a.csv:3: " + why);
  CHECK(told({"a.csv", 3, 7}) == "a.csv:3:7: " + why);
  CHECK(told({"a.csv", 0, 7}) == "a.csv: " + why);
  CHECK(told({"", 3, 7}) == "3:7: " + why);
  CHECK(sentence(fault{fault_kind::more_faults, {}, {std::string(400, 'x'), "y"}}) == "and " + std::string(400, 'x') + " more y");
  CHECK(sentence(fault{fault_kind::more_faults, {}, {std::string(401, 'x'), "y"}}) == "and " + std::string(400, 'x') + "… more y");
}

TEST_CASE("an id is an index of 32 bits, the largest of which stands for none") {
  CHECK(unit_id(0).valid());
  CHECK(unit_id(0xFFFFFFFEu).valid());
  CHECK(unit_id(0xFFFFFFFEu).index() == 0xFFFFFFFEu);
  CHECK(unit_id().value() == 0xFFFFFFFFu);
  CHECK(unit_id(2) < unit_id(3));
  CHECK(static_cast<bool>(unit_id(0)));
  CHECK_FALSE(static_cast<bool>(unit_id()));
}
