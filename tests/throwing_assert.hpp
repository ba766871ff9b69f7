// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_THROWING_ASSERT_HPP
#define SIFANG_TESTS_THROWING_ASSERT_HPP

#ifdef SIFANG_ASSERT
#error "include this before any header of the library"
#endif

#include <stdexcept>

/// Broken preconditions become exceptions. Every source of a test program that includes this has to do so first: an inline
/// function has one body in a program.
namespace sifang_tests {
inline constexpr void expect(bool holds, const char* condition) {
  if (!holds) throw std::logic_error(condition);
}
}  // namespace sifang_tests

#define SIFANG_ASSERT(condition, ...) sifang_tests::expect(static_cast<bool>(condition), #condition)

#endif
