// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_PROCESS_PROMISE_HPP
#define SIFANG_ENGINE_PROCESS_PROMISE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/process_frames.hpp"
#include "sifang/engine/process_line.hpp"

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace sifang {

/// Time of a `simulation`: `double`, or an integer where identities must hold to the last unit.
template <class Time>
concept simulation_time = std::integral<Time> || std::floating_point<Time>;

template <simulation_time Time = double>
class simulation;
class process;

namespace detail {
template <class>
struct is_simulation : std::false_type {};
template <class Time>
struct is_simulation<simulation<Time>&> : std::true_type {};

/// The simulation among the parameters of a coroutine: the first, or the second after the object.
template <class Time>
[[nodiscard]] process_frames& frames_among(simulation<Time>& sim, const auto&...) noexcept {
  return sim.frames();
}
template <class Object, class Time>
[[nodiscard]] process_frames& frames_among(const Object&, simulation<Time>& sim, const auto&...) noexcept {
  return sim.frames();
}
template <class... Parameters>
[[nodiscard]] consteval bool begins_with_simulation() {
  bool found = false;
  std::size_t i = 0;
  ((found |= i++ < 2 && is_simulation<Parameters>::value), ...);
  return found;
}
}  // namespace detail

/// Parameters of a coroutine that may be a process: the simulation, by reference, is the first, or the second
/// of a member function or a lambda.
template <class... Parameters>
concept process_parameters = detail::begins_with_simulation<Parameters...>();

/// One who waits for the end of another process; `co_await other`.
class process_end {
 public:
  /// Made by `co_await other`.
  process_end(process_record* whose, std::uint64_t life) noexcept : whose_(whose), life_(life) {}
  process_end(const process_end&) = delete;
  process_end& operator=(const process_end&) = delete;

  /// Called by `co_await`. @{
  [[nodiscard]] bool await_ready() const noexcept { return whose_ == nullptr || whose_->lives != life_; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) noexcept {
    hook.who = waiting.promise().place();
    whose_->joining.join(*this);
  }
  void await_resume() const noexcept {}
  /// @}

  waiting_hook<process_end> hook;  ///< its place in the line

 private:
  process_record* whose_;
  std::uint64_t life_;
};

/// What the interrupted process learns: whether it was interrupted, and what the other said.
class interruption {
 public:
  interruption() = default;
  /// It happened, for the reason.
  explicit interruption(std::uint32_t reason) noexcept : happened_(true), reason_(reason) {}
  /// Whether the delay was cut short.
  [[nodiscard]] explicit operator bool() const noexcept { return happened_; }
  /// The number given to `process::interrupt`. \pre it happened
  [[nodiscard]] std::uint32_t reason() const noexcept {
    SIFANG_ASSERT(happened_, "an interruption that happened");
    return reason_;
  }

 private:
  bool happened_ = false;
  std::uint32_t reason_ = 0;
};

/// Names a process: a coroutine whose first parameter is the simulation that it belongs to.
///
/// The process starts by itself, at the present time, when those that were ready before it have had their
/// turn. Its frame belongs to the simulation: the name may be dropped, kept and copied, and outlive the
/// process, and the simulation too: then every process has ended. Copies belong to one thread at a time with the simulation.
///
/// Parameters by value are kept in the frame; what a reference names must outlive the process. A lambda that
/// captures is no process of its own: its captures die with the lambda.
class process {
 public:
  /// Names no process; it counts as ended.
  process() = default;
  /// Another name of the same process; both stay good as long as they are. @{
  process(const process& other) noexcept : place_(other.place_), life_(other.life_) { hold(); }
  process(process&& other) noexcept : place_(std::exchange(other.place_, nullptr)), life_(other.life_) {}
  process& operator=(process other) noexcept {
    std::swap(place_, other.place_);
    std::swap(life_, other.life_);
    return *this;
  }
  ~process() {
    if (place_ != nullptr) process_slabs::release(place_->memory);
  }
  /// @}
  /// Whether it has come to its end, or its simulation has.
  [[nodiscard]] bool ended() const noexcept { return place_ == nullptr || place_->lives != life_; }
  /// Cuts short the `delay_or_interrupt` that the process is in; it goes on at the present time and learns the
  /// reason. Returns false, and does nothing, if the process is not in one: nobody is taken out of a line or
  /// a delay that does not expect it.
  template <class = when_called>
  bool interrupt(std::uint32_t reason = 0) const;

  /// `co_await other`: goes on when the process has ended; at once if it has.
  [[nodiscard]] process_end operator co_await() const noexcept { return process_end(place_, life_); }

 private:
  template <class...>
  friend class process_promise;
  explicit process(process_record* place) noexcept : place_(place), life_(place->lives) { hold(); }
  void hold() const noexcept {
    if (place_ != nullptr) ++place_->memory->holders;
  }

  process_record* place_ = nullptr;
  std::uint64_t life_ = 0;
};

/// How a process is made, begins and ends; the compiler's view of it.
template <class... Parameters>
class process_promise {
  static_assert(process_parameters<Parameters...>,
                "the first parameter of a process is its simulation, by reference: process f(simulation<>& sim, ...)");

 public:
  /// In the place just taken. Clang 16 leaves out the object of a lambda, hence the second form. @{
  explicit process_promise(const Parameters&... parameters) noexcept
      : frames_(&detail::frames_among(parameters...)), place_(frames_->newest()) {}
  template <class Time, class... Others>
  explicit process_promise(simulation<Time>& sim, const Others&...) noexcept : frames_(&sim.frames()), place_(frames_->newest()) {}
  /// @}
  process_promise(const process_promise&) = delete;
  process_promise& operator=(const process_promise&) = delete;

  /// Memory from the simulation. @{
  [[nodiscard]] static void* operator new(std::size_t bytes, const Parameters&... parameters) {
    return detail::frames_among(parameters...).take(bytes);
  }
  template <class Time, class... Others>
  [[nodiscard]] static void* operator new(std::size_t bytes, simulation<Time>& sim, const Others&...) {
    return sim.frames().take(bytes);
  }
  static void operator delete(void* memory) noexcept { process_frames::give_back(memory); }
  /// @}

  /// The process starts when its turn comes.
  [[nodiscard]] process get_return_object() {
    void* const frame = std::coroutine_handle<process_promise>::from_promise(*this).address();
    frames_->settle(place_, frame);
    frames_->go_on(place_);
    return process(place_);
  }
  /// Not at once.
  [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
  /// Ends: those who wait for it go on, and the frame is given back.
  [[nodiscard]] std::suspend_never final_suspend() const noexcept {
    while (!place_->joining.empty()) frames_->go_on(place_->joining.take_first().hook.who);
    return {};
  }
  /// Nothing is given back.
  void return_void() const noexcept {}
  /// Comes out of `simulation::run`.
  void unhandled_exception() const { throw; }

  /// Where it lives.
  [[nodiscard]] process_record* place() const noexcept { return place_; }

 private:
  process_frames* frames_;
  process_record* place_;
};

/// The state of a delay that another process may cut short.
class interruptible_delay {
 public:
  interruption what;    ///< what came of it
  bool queued = false;  ///< an event will end it
};

template <class When>
inline bool process::interrupt(std::uint32_t reason) const {
  if (ended() || place_->interruptible == nullptr) return false;
  interruptible_delay& delay = *place_->interruptible;
  place_->interruptible = nullptr;
  delay.what = interruption(reason);
  if (delay.queued) {
    place_->memory->frames->call_off(place_);
    place_->memory->frames->go_on(place_);
  }
  return true;
}

}  // namespace sifang

/// Makes `process f(simulation<>& sim, ...)` a process.
template <class... Parameters>
struct std::coroutine_traits<sifang::process, Parameters...> {
  using promise_type = sifang::process_promise<Parameters...>;  ///< the compiler looks for it here
};

#endif
