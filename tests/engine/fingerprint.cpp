// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/fingerprint.hpp"

#include <rapidcheck.h>

#include <set>
#include <vector>

namespace {

using namespace sifang;

std::uint64_t print_of(const std::vector<std::uint64_t>& values) {
  fingerprint f;
  for (std::uint64_t v : values) f.add(v);
  return f.value();
}

TEST_CASE("A fingerprint is a fixed function of its sequence") {
  CHECK(hexadecimal(print_of({})) == "cbf29ce484222325");
  CHECK(hexadecimal(print_of({0})) == "f8bb92c91b3f5cc0");
  CHECK(hexadecimal(print_of({1, 2, 3})) == "0c07b167c3203d34");
}

TEST_CASE("Changing any one value changes the fingerprint") {
  // Each step is a bijection of the state, so this holds without exception.
  CHECK(rc::check([](std::vector<std::uint64_t> values, std::uint64_t other) {
    RC_PRE(!values.empty());
    const std::uint64_t before = print_of(values);
    auto& changed = values[static_cast<std::size_t>(other % values.size())];
    RC_PRE(changed != other);
    changed = other;
    RC_ASSERT(print_of(values) != before);
  }));
}

TEST_CASE("Order, a missing value and a repeated one all change the fingerprint") {
  const std::set<std::uint64_t> prints{print_of({1, 2}),    print_of({2, 1}),    print_of({1}),       print_of({2}),
                                       print_of({1, 2, 2}), print_of({1, 2, 0}), print_of({0, 1, 2}), print_of({})};
  CHECK(prints.size() == 8);
}

TEST_CASE("A million sequences that differ in two small values have a million fingerprints") {
  std::set<std::uint64_t> prints;
  for (std::uint64_t a = 0; a < 1000; ++a) {
    for (std::uint64_t b = 0; b < 1000; ++b) prints.insert(print_of({a, b}));
  }
  CHECK(prints.size() == 1000000);
}

}  // namespace
