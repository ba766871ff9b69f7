// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_PROCESS_HPP
#define SIFANG_ENGINE_PROCESS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/process_frames.hpp"
#include "sifang/engine/process_promise.hpp"

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <limits>

/// \file
/// Queueing models in the process style: a customer, a server or a machine is a C++20 coroutine that says
/// what it does one after the other, `co_await` wherever time passes.

namespace sifang {

/// The clock and the events of a model made of processes.
///
/// Events happen in the order of time, priority (lower first) and insertion; what happens at the present time
/// with priority 0 never enters the queue. Nothing depends on addresses: the same model gives the same
/// history. One thread at a time; simulations share nothing, so that each thread may have its own.
template <simulation_time Time>
class simulation {
  struct wake {
    Time at;
    std::int32_t what;                       // priority
    std::uint32_t slot;                      // of the process
    static constexpr std::uint32_t who = 0;  // insertion decides among equals, not the slot
  };

 public:
  class delay_end;
  class interruptible_delay_end;
  /// An event at this time does not happen.
  static constexpr Time never =
      std::numeric_limits<Time>::has_infinity ? std::numeric_limits<Time>::infinity() : (std::numeric_limits<Time>::max)();

  simulation() = default;
  simulation(const simulation&) = delete;
  simulation& operator=(const simulation&) = delete;

  /// The clock; 0 at first.
  [[nodiscard]] Time now() const noexcept { return now_; }
  /// Lets `delay` pass, ≥ 0: `co_await sim.delay(5)`. Asserted not to be negative.
  [[nodiscard]] delay_end delay(Time delay, std::int32_t priority = 0) {
    SIFANG_ASSERT(delay >= Time{});
    return delay_end(*this, now_ + delay, priority);
  }
  /// Waits until `at`, not before now; asserted.
  [[nodiscard]] delay_end until(Time at, std::int32_t priority = 0) {
    SIFANG_ASSERT(at >= now_);
    return delay_end(*this, at, priority);
  }
  /// Like `delay`, but `process::interrupt` may cut it short. Gives an `interruption`, which is true if it was.
  [[nodiscard]] interruptible_delay_end delay_or_interrupt(Time delay, std::int32_t priority = 0) {
    SIFANG_ASSERT(delay >= Time{});
    return interruptible_delay_end(*this, now_ + delay, priority);
  }

  /// Plays until nothing is left to happen, or `stop`.
  void run() { play(never); }
  /// Plays all events before `until`, and lets the clock stand there unless a process called `stop`.
  void run_until(Time until) {
    SIFANG_ASSERT(until >= now_);
    play(until);
    if (!stopped_) now_ = until;
  }
  /// Plays one event: lets one process go on until it waits again. Returns false if nothing is left.
  bool step() {
    stopped_ = false;
    limit_ = now_;  // no process may go on by itself
    for (wake e;;) {
      if (ready_first()) return resume(frames_.pop_ready()), true;
      if (!take(e, never)) return false;
      if (void* const frame = frames_.arrived(e.slot)) {
        now_ = e.at;
        return resume(frame), true;
      }
    }
  }
  /// Called by a process: `run` returns as soon as this process waits. Another `run` goes on from there.
  void stop() noexcept {
    stopped_ = true;
    limit_ = now_;
  }
  /// Ends all processes and events and sets the clock to 0; keeps the memory. Not to be called by a process.
  /// Resources, stores and conditions have a `clear` of their own.
  void clear() {
    frames_.destroy_all();
    queue_.clear();
    held_ = false;
    now_ = Time{};
  }

  // For resources, stores and conditions.
  /// Where the processes live.
  [[nodiscard]] process_frames& frames() noexcept { return frames_; }
  /// Lets time pass without an event if nothing else happens before `at`. Returns whether it did.
  [[nodiscard]] bool pass(Time at) noexcept {
    if (frames_.anyone_ready() || held_ || !(at < limit_) || !(queue_.empty() || at < queue_.top().at)) return false;
    now_ = at;
    return true;
  }
  /// The process goes on at `at`. Returns whether there is an event for it in the queue.
  bool wake_at(Time at, std::int32_t priority, process_record* who) {
    if (at == now_ && priority == 0) {
      frames_.go_on(who);
      return false;
    }
    // The event may be the next to happen, or can take the place of the next: it waits outside the queue.
    if (held_) queue_.push(held_event_);
    held_ = true;
    held_event_ = wake{at, priority, who->slot};
    return true;
  }

 private:
  static void resume(void* frame) { std::coroutine_handle<>::from_address(frame).resume(); }

  /// Whether a ready process comes before all events of the queue. Those of the present time and priority 0
  /// that stand in the queue were put there earlier.
  [[nodiscard]] bool ready_first() const noexcept {
    if (!frames_.anyone_ready()) return false;
    const auto earlier = [&](const wake& e) { return e.at == now_ && e.what <= 0; };
    return !(held_ && earlier(held_event_)) && (queue_.empty() || !earlier(queue_.top()));
  }
  /// The next event, if it is before `limit`.
  [[nodiscard]] bool take(wake& e, Time limit) {
    if (held_) {
      if (queue_.empty() || comes_before(held_event_, queue_.top())) {
        if (!(held_event_.at < limit)) return false;
        e = held_event_;
      } else {
        e = queue_.top();
        if (!(e.at < limit)) return false;
        queue_.replace_top(held_event_);
      }
      held_ = false;
      return true;
    }
    if (queue_.empty() || !(queue_.top().at < limit)) return false;
    e = queue_.pop();
    return true;
  }
  void play(Time limit) {
    stopped_ = false;
    limit_ = limit;
    if (!(now_ < limit)) return;
    for (wake e; !stopped_;) {
      if (ready_first()) {
        resume(frames_.pop_ready());
      } else if (!take(e, limit)) {
        return;
      } else if (void* const frame = frames_.arrived(e.slot)) {
        now_ = e.at;
        if (queue_.size() > prefetched_from) frames_.fetch(queue_.top().slot);
        resume(frame);
      }
    }
  }

  static constexpr std::size_t prefetched_from = 256;  // beyond a cache of the processor, the next frame is asked for early

  Time now_{};
  Time limit_{};  // until when a process may go on by itself
  bool stopped_ = false;
  bool held_ = false;
  wake held_event_{};
  short_queue<wake> queue_;
  process_frames frames_;
};

/// The end of a delay.
template <simulation_time Time>
class simulation<Time>::delay_end {
 public:
  /// Made by `simulation::delay` and `until`.
  delay_end(simulation& sim, Time at, std::int32_t priority) noexcept : sim_(sim), at_(at), priority_(priority) {}
  delay_end(const delay_end&) = delete;
  delay_end& operator=(const delay_end&) = delete;

  /// Called by `co_await`. @{
  [[nodiscard]] bool await_ready() const noexcept { return sim_.pass(at_); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) {
    sim_.wake_at(at_, priority_, waiting.promise().place());
  }
  void await_resume() const noexcept {}
  /// @}

 private:
  simulation& sim_;
  Time at_;
  std::int32_t priority_;
};

/// The end of a delay that may be cut short.
template <simulation_time Time>
class simulation<Time>::interruptible_delay_end {
 public:
  /// Made by `simulation::delay_or_interrupt`.
  interruptible_delay_end(simulation& sim, Time at, std::int32_t priority) noexcept : sim_(sim), at_(at), priority_(priority) {}
  interruptible_delay_end(const interruptible_delay_end&) = delete;
  interruptible_delay_end& operator=(const interruptible_delay_end&) = delete;

  /// Called by `co_await`. @{
  [[nodiscard]] bool await_ready() const noexcept { return sim_.pass(at_); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) {
    who_ = waiting.promise().place();
    who_->interruptible = &state_;
    state_.queued = sim_.wake_at(at_, priority_, who_);
  }
  [[nodiscard]] interruption await_resume() const noexcept {
    if (who_ != nullptr) who_->interruptible = nullptr;
    return state_.what;
  }
  /// @}

 private:
  simulation& sim_;
  Time at_;
  std::int32_t priority_;
  process_record* who_ = nullptr;
  interruptible_delay state_;
};

}  // namespace sifang

#endif
