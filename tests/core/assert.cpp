// SPDX-License-Identifier: BSL-1.0
// The default hook, as a debug build has it.
#undef NDEBUG
#include "sifang/core/assert.hpp"

#include "catch.hpp"

#include <csignal>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr int positive(int x) {
  SIFANG_ASSERT(x > 0, "a number above 0");
  return x;
}
static_assert(positive(3) == 3);  // a hook may stand where the compiler computes

/// What `act` prints on the error stream before it stops with SIGABRT; "" if it does not.
template <class Act>
std::string last_words(const Act& act) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);
    dup2(ends[1], STDERR_FILENO);
    act();
    _exit(0);
  }
  close(ends[1]);
  std::string text;
  char part[256];
  for (ssize_t n = read(ends[0], part, sizeof part); n > 0; n = read(ends[0], part, sizeof part)) text.append(part, static_cast<std::size_t>(n));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? text : "";
}

TEST_CASE("A broken precondition is printed with its place, its condition and what was expected, and stops the program") {
  const std::string file = __FILE__;
  CHECK(last_words([] { (void)positive(-1); }) == file + ":16: x > 0: a number above 0\n");
  CHECK(last_words([] { SIFANG_ASSERT(1 + 1 == 3); }) == file + ":" + std::to_string(__LINE__) + ": 1 + 1 == 3\n");
  CHECK(last_words([] { (void)positive(1); }).empty());
}

TEST_CASE("A condition is asked once, and its message only where it is broken") {
  int asked = 0;
  SIFANG_ASSERT(++asked == 1, "the first time");
  CHECK(asked == 1);
}

}  // namespace
