// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_MISUSE_HPP
#define SIFANG_TESTS_MISUSE_HPP

// What a broken precondition does in a test program. Included before any header of the library, by every source of the
// program that includes it at all: an inline function has one body. `MISUSE_BY_DEFAULT_HOOK` leaves the library's hook.
#if defined(SIFANG_ASSERT) && !defined(MISUSE_BY_DEFAULT_HOOK)
#error "include this before any header of the library"
#endif

#include <csignal>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace misuse {

/// Where the hook writes what was broken before it ends the process, in a process of `of`; else below 0.
inline int told = -1;
/// Elsewhere: whether the program goes on, as with NDEBUG, and counts; else what is broken is thrown as `std::logic_error`.
inline bool goes_on = false;
/// Where the program goes on: how many preconditions were broken, and what the last one was. @{
inline int noticed = 0;
inline std::string said;
/// @}

inline void broken(const char* condition, const char* message) {
  const std::string text = *message != '\0' ? message : condition;
  if (told >= 0) {
    (void)!write(told, text.data(), text.size());
    _exit(0);
  }
  if (!goes_on) throw std::logic_error(text);
  ++noticed;
  said = text;
}

/// What `act` writes into the descriptor it is given, in a process of its own, and how that process ended (`waitpid`).
template <class Act>
[[nodiscard]] std::pair<std::string, int> written_by(const Act& act) {
  int ends[2];
  if (pipe(ends) != 0) return {"no pipe", -1};
  const pid_t child = fork();
  if (child == 0) {
    act(ends[1]);
    _exit(0);
  }
  close(ends[1]);
  std::pair<std::string, int> out;
  char part[256];
  for (ssize_t n = read(ends[0], part, sizeof part); n > 0; n = read(ends[0], part, sizeof part)) {
    out.first.append(part, static_cast<std::size_t>(n));
  }
  close(ends[0]);
  waitpid(child, &out.second, 0);
  return out;
}

/// What the hook says of the first precondition that `act` breaks: the message, or the condition where there is none;
/// "" if it breaks none. It acts in a process of its own, so that what asserts may be `noexcept`.
template <class Act>
[[nodiscard]] std::string of(const Act& act) {
  const auto [text, status] = written_by([&](int out) {
    told = out;
    act();
  });
  return WIFEXITED(status) ? text : "ended by a signal";
}

/// What `act` prints on the error stream before it stops with SIGABRT; "" if it does not.
template <class Act>
[[nodiscard]] std::string last_words(const Act& act) {
  const auto [text, status] = written_by([&](int out) {
    std::signal(SIGABRT, SIG_DFL);
    dup2(out, STDERR_FILENO);
    act();
  });
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? text : "";
}

}  // namespace misuse

#ifndef MISUSE_BY_DEFAULT_HOOK
#define SIFANG_ASSERT(condition, ...) (static_cast<bool>(condition) ? static_cast<void>(0) : ::misuse::broken(#condition, "" __VA_ARGS__))
#endif

#endif
