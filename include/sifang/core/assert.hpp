// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_ASSERT_HPP
#define SIFANG_CORE_ASSERT_HPP

/// \file
/// The one hook through which the library reports misuse by the programmer.
///
/// Bad *data* comes back as `sifang::fault` values; SIFANG_ASSERT is for broken preconditions only.
/// Define SIFANG_ASSERT(condition) before the first include to route it elsewhere; with NDEBUG the
/// default does nothing.
#ifndef SIFANG_ASSERT
#include <cassert>
/// Checks a precondition: the program is wrong if it is false. Must have no side effects, as it may not be run.
#define SIFANG_ASSERT(condition) assert(condition)
#endif

#endif
