// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_MISUSE_HOOK_HPP
#define SIFANG_TESTS_MISUSE_HOOK_HPP

#include <string>

/// The assertion hook of this program counts and goes on, so that both can be seen: that a broken precondition is
/// noticed, and that nothing is read or written out of bounds where it is not. To be included before anything else.
namespace sifang_tests {
inline int noticed = 0;
inline std::string said;
constexpr void expect(bool holds, const char* condition) {
  if (holds) return;
  ++noticed;
  said = condition;
}
}  // namespace sifang_tests
#define SIFANG_ASSERT(condition, ...) sifang_tests::expect(static_cast<bool>(condition), #condition)

#endif
