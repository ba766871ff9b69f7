// SPDX-License-Identifier: BSL-1.0
#include "signals.hpp"

#include "verbs.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>

namespace sifang_program {

namespace {

constexpr int ending_signals[] = {SIGINT, SIGTERM, SIGHUP};
constexpr std::int64_t same_request = 100'000'000;  // nanoseconds

std::atomic<std::int64_t> first_request{0};  ///< nanoseconds on the monotonic clock; 0: none
static_assert(std::atomic<std::int64_t>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

/// Calls nothing that a handler of signals may not call.
extern "C" void on_signal(int signal) {
  const int error = errno;
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  const std::int64_t now = std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  std::int64_t first = 0;
  stop_requested.store(true);
  if (!first_request.compare_exchange_strong(first, now) && now - first >= same_request) {
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    ::sigaction(signal, &usual, nullptr);
    ::raise(signal);  // comes when this handler returns, which blocks it
  }
  errno = error;
}

}  // namespace

void stop_on_signals() noexcept {
  for (const int signal : ending_signals) {
    struct sigaction now {};
    if (::sigaction(signal, nullptr, &now) != 0 || now.sa_handler == SIG_IGN) continue;
    struct sigaction ours {};
    ours.sa_handler = on_signal;
    ours.sa_flags = SA_RESTART;
    ::sigaction(signal, &ours, nullptr);
  }
}

void fail_at_file_limits() noexcept {
  struct sigaction ignored {};
  ignored.sa_handler = SIG_IGN;
  ::sigaction(SIGXFSZ, &ignored, nullptr);
}

}  // namespace sifang_program
