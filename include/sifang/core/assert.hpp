// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_ASSERT_HPP
#define SIFANG_CORE_ASSERT_HPP

/// \file
/// The one hook through which the library reports misuse by the programmer.
///
/// Bad *data* comes back as `sifang::fault` values, or as the value that is right for it; SIFANG_ASSERT is for broken
/// preconditions only: `SIFANG_ASSERT(condition)`, or `SIFANG_ASSERT(condition, "what is expected")`.
///
/// The default prints `file:line: condition: what is expected` and stops the program; with NDEBUG it does nothing.
/// To route it elsewhere, define `SIFANG_ASSERT(condition, ...)` before the first include, alike in all of a program;
/// what it is defined as then holds with NDEBUG too, and is a constant expression where the condition is true. A hook may
/// throw, but many functions that assert are `noexcept`.

#ifndef SIFANG_ASSERT
#ifdef NDEBUG
/// Checks a precondition: the program is wrong if it is false. Must have no side effects, as it may not be run.
#define SIFANG_ASSERT(condition, ...) static_cast<void>(0)
#else
#include <cstdio>
#include <cstdlib>
namespace sifang::detail {
/// Prints what was broken and stops. \param expected  may be empty
[[noreturn]] inline void stop_at_misuse(const char* file, int line, const char* condition, const char* expected) noexcept {
  std::fprintf(stderr, "%s:%d: %s%s%s\n", file, line, condition, *expected != '\0' ? ": " : "", expected);
  std::abort();
}
}  // namespace sifang::detail
   /// Checks a precondition: the program is wrong if it is false. Must have no side effects, as it may not be run.
#define SIFANG_ASSERT(condition, ...) \
  (static_cast<bool>(condition) ? static_cast<void>(0) : ::sifang::detail::stop_at_misuse(__FILE__, __LINE__, #condition, "" __VA_ARGS__))
#endif
#endif

namespace sifang::detail {
// A hook that takes the condition alone does not compile here, in the one place that says what to write instead.
[[maybe_unused]] static void hook_takes_a_message() {
  SIFANG_ASSERT(true, "define it as SIFANG_ASSERT(condition, ...): a message may follow");
}
}  // namespace sifang::detail

#endif
