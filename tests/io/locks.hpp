// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_IO_LOCKS_HPP
#define SIFANG_TESTS_IO_LOCKS_HPP

#include <functional>

namespace sifang::test {

/// Called once, before the next lock on a file is asked for; an error number, or 0.
extern std::function<int()> before_lock;

}  // namespace sifang::test

#endif
