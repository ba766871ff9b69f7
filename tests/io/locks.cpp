// SPDX-License-Identifier: BSL-1.0
#include "locks.hpp"

#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

std::function<int()> sifang::test::before_lock;

/// In place of the library's, so that a test can act between the opening of a file and its lock.
extern "C" int flock(int file, int operation) noexcept {
  if (sifang::test::before_lock) {
    const auto act = std::exchange(sifang::test::before_lock, {});
    if (const int error = act(); error != 0) {
      errno = error;
      return -1;
    }
  }
  return static_cast<int>(::syscall(SYS_flock, file, operation));
}
