// SPDX-License-Identifier: BSL-1.0
// The default hook, as a debug build has it.
#undef NDEBUG
#define MISUSE_BY_DEFAULT_HOOK
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/core/assert.hpp"

#include <string>

namespace {

constexpr int positive(int x) {
  SIFANG_ASSERT(x > 0, "a number above 0");
  return x;
}
static_assert(positive(3) == 3);  // a hook may stand where the compiler computes

TEST_CASE("A broken precondition is printed with its place, its condition and what was expected, and stops the program") {
  const std::string file = __FILE__;
  CHECK(misuse::last_words([] { (void)positive(-1); }) == file + ":15: x > 0: a number above 0\n");
  CHECK(misuse::last_words([] { SIFANG_ASSERT(1 + 1 == 3); }) == file + ":" + std::to_string(__LINE__) + ": 1 + 1 == 3\n");
  CHECK(misuse::last_words([] { (void)positive(1); }).empty());
}

TEST_CASE("A condition is asked once, and its message only where it is broken") {
  int asked = 0;
  SIFANG_ASSERT(++asked == 1, "the first time");
  CHECK(asked == 1);
}

}  // namespace
