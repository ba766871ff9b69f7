// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_MISUSE_MISUSE_HPP
#define SIFANG_TESTS_MISUSE_MISUSE_HPP

// Included before any header of the library: all of this program has one hook, which tells what was broken.
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace misuse {

/// Where the hook writes what was broken before it ends the process; below 0 it lets the program go on, as NDEBUG does.
inline int told = -1;
/// Where the program goes on: how many preconditions were broken, and what the last one was. @{
inline int noticed = 0;
inline std::string said;
/// @}

inline void broken(const char* condition, const char* message) noexcept {
  const std::string text = *message != '\0' ? message : condition;
  if (told < 0) {
    ++noticed;
    said = text;
    return;
  }
  (void)!write(told, text.data(), text.size());
  _exit(0);
}

/// What the hook says of the first precondition that `act` breaks: the message, or the condition where there is none;
/// "" if it breaks none. It acts in a process of its own, so that what asserts may be `noexcept`.
template <class Act>
[[nodiscard]] std::string of(const Act& act) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    told = ends[1];
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
  return WIFEXITED(status) ? text : "ended by a signal";
}

}  // namespace misuse

#define SIFANG_ASSERT(condition, ...) (static_cast<bool>(condition) ? static_cast<void>(0) : ::misuse::broken(#condition, "" __VA_ARGS__))

#endif
