// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_PROCESS_CONDITION_HPP
#define SIFANG_ENGINE_PROCESS_CONDITION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_line.hpp"

#include <coroutine>
#include <cstddef>

namespace sifang {

/// Something that happens and that processes wait for: a gate opens, stock falls, a shift begins. It has no
/// memory: who comes after it has happened waits for the next time. To wait for a condition, ask it again
/// after each notice: `while (stock < 5) co_await delivered.wait();`.
template <simulation_time Time = double>
class condition {
 public:
  class wait_end;
  class wait_until_end;

  /// Nobody waits.
  explicit condition(simulation<Time>& sim) noexcept : sim_(sim) {}
  condition(const condition&) = delete;
  condition& operator=(const condition&) = delete;

  /// Waits until it happens.
  [[nodiscard]] wait_end wait() noexcept { return wait_end(*this); }
  /// The same, but gives up at `limit`, not past (asserted): tells whether it happened.
  [[nodiscard]] wait_until_end wait_until(Time limit) {
    SIFANG_ASSERT(limit >= sim_.now());
    return wait_until_end(*this, limit);
  }
  /// It happens: all who wait go on at the present time, in the order in which they came.
  void notify_all() {
    while (!line_.empty()) notify_one();
  }
  /// The first who waits goes on; nothing if nobody does.
  void notify_one() {
    if (line_.empty()) return;
    waiter& first = line_.take_first();
    first.hook.served = true;
    if (first.hook.timed) sim_.frames().call_off(first.hook.who);
    sim_.frames().go_on(first.hook.who);
  }
  /// Processes waiting.
  [[nodiscard]] std::size_t waiting() const noexcept { return line_.size(); }
  /// Nobody waiting, after `simulation::clear`.
  void clear() noexcept { line_.clear(); }

 private:
  struct waiter {
    waiting_hook<waiter> hook;
  };
  simulation<Time>& sim_;
  waiting_line<waiter> line_;
};

/// Waits for a notice.
template <simulation_time Time>
class condition<Time>::wait_end {
 public:
  /// Made by `condition::wait`.
  explicit wait_end(condition& of) noexcept : of_(of) {}
  wait_end(const wait_end&) = delete;
  wait_end& operator=(const wait_end&) = delete;

  /// Called by `co_await`. @{
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) noexcept {
    waiter_.hook.who = waiting.promise().place();
    of_.line_.join(waiter_);
  }
  void await_resume() const noexcept {}
  /// @}

 private:
  condition& of_;
  waiter waiter_;
};

/// Waits for a notice until a time limit.
template <simulation_time Time>
class condition<Time>::wait_until_end {
 public:
  /// Made by `condition::wait_until`.
  wait_until_end(condition& of, Time limit) noexcept : of_(of), limit_(limit) { waiter_.hook.timed = true; }
  wait_until_end(const wait_until_end&) = delete;
  wait_until_end& operator=(const wait_until_end&) = delete;

  /// Called by `co_await`. @{
  [[nodiscard]] bool await_ready() const noexcept { return limit_ == of_.sim_.now(); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) {
    waiter_.hook.who = waiting.promise().place();
    of_.line_.join(waiter_);
    of_.sim_.wake_at(limit_, 0, waiter_.hook.who);
  }
  [[nodiscard]] bool await_resume() noexcept {
    if (!waiter_.hook.served && waiter_.hook.who != nullptr) of_.line_.leave(waiter_);
    return waiter_.hook.served;
  }
  /// @}

 private:
  condition& of_;
  Time limit_;
  waiter waiter_;
};

}  // namespace sifang

#endif
