// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_PROCESS_RESOURCE_HPP
#define SIFANG_ENGINE_PROCESS_RESOURCE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_average.hpp"
#include "sifang/engine/process_line.hpp"

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace sifang {

/// Units that processes use one at a time each: desks, repairers, beds. Who finds none free waits, first come
/// first served within a priority, lower priorities first; nobody is preempted.
///
/// A unit given back goes to the first who waits, at the present time, without an event in the queue.
template <simulation_time Time = double>
class resource {
 public:
  class permit;
  class request_end;

  /// All units free.
  resource(simulation<Time>& sim, std::uint32_t capacity) : sim_(sim), capacity_(capacity) { open(); }
  resource(const resource&) = delete;
  resource& operator=(const resource&) = delete;

  /// Waits for a unit: `auto desk = co_await desks.request();`. It is given back when `desk` goes.
  [[nodiscard]] request_end request(std::int32_t priority = 0) noexcept { return request_end(*this, priority); }
  /// The same, but gives up at `limit`, not past (asserted): then the permit is empty.
  [[nodiscard]] request_end request_until(Time limit, std::int32_t priority = 0) {
    SIFANG_ASSERT(limit >= sim_.now());
    return request_end(*this, priority, limit);
  }
  /// A unit if one is free, otherwise an empty permit.
  [[nodiscard]] permit try_request() noexcept {
    if (in_use_ >= capacity_) return permit();
    take();
    record_.add(Time{});
    return permit(*this);
  }
  /// Changes the number of units. Units in use are not taken away: where there are too many, they go as they
  /// are given back.
  void set_capacity(std::uint32_t capacity) {
    capacity_ = capacity;
    while (in_use_ < capacity_ && !line_.empty()) {
      take();
      hand_over();
    }
  }

  /// Units there are, of them in use, and processes waiting. @{
  [[nodiscard]] std::uint32_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] std::uint32_t in_use() const noexcept { return in_use_; }
  [[nodiscard]] std::size_t waiting() const noexcept { return line_.size(); }
  /// @}

  /// Begins a new window of measurement now.
  void open() noexcept {
    record_ = {};
    waiting_average_.open(sim_.now());
    use_average_.open(sim_.now());
  }
  /// Waits that ended in the window.
  [[nodiscard]] const wait_record<Time>& record() const noexcept { return record_; }
  /// Mean number waiting, and of units in use, over the window up to now. @{
  [[nodiscard]] double waiting_mean() const noexcept { return waiting_average_.mean(line_.size(), sim_.now()); }
  [[nodiscard]] double in_use_mean() const noexcept { return use_average_.mean(in_use_, sim_.now()); }
  /// @}
  /// ∫ processes waiting dt, and ∫ units in use dt, over the window up to now. @{
  [[nodiscard]] Time waiting_area() const noexcept { return waiting_average_.area(line_.size(), sim_.now()); }
  [[nodiscard]] Time in_use_area() const noexcept { return use_average_.area(in_use_, sim_.now()); }
  /// @}

  /// All units free and nobody waiting, after `simulation::clear`.
  void clear() noexcept {
    line_.clear();
    in_use_ = 0;
    open();
  }

 private:
  void take() noexcept {
    use_average_.held(in_use_, sim_.now());
    ++in_use_;
  }
  void give_back() {
    if (!line_.empty() && in_use_ <= capacity_) return hand_over();
    use_average_.held(in_use_, sim_.now());
    --in_use_;
  }
  /// A unit already counted in use goes to the first who waits.
  void hand_over() {
    waiting_average_.held(line_.size(), sim_.now());
    request_end& next = line_.take_first();
    next.hook.served = true;
    record_.add(sim_.now() - next.since_);
    if (next.hook.timed) sim_.frames().call_off(next.hook.who);
    sim_.frames().go_on(next.hook.who);
  }

  simulation<Time>& sim_;
  std::uint32_t capacity_, in_use_ = 0;
  waiting_line<request_end> line_;
  wait_record<Time> record_;
  time_average<Time> waiting_average_, use_average_;
};

/// A unit in use, or none. Gives it back when it goes.
template <simulation_time Time>
class resource<Time>::permit {
 public:
  /// No unit.
  permit() = default;
  /// The unit changes hands.
  permit(permit&& other) noexcept : of_(std::exchange(other.of_, nullptr)), sim_(other.sim_) {}
  permit& operator=(permit&& other) {
    if (this != &other) {
      if (of_ != nullptr) release();
      of_ = std::exchange(other.of_, nullptr);
      sim_ = other.sim_;
    }
    return *this;
  }
  /// Nothing is given back to anybody while the simulation ends: the resource may be gone before it.
  ~permit() {
    if (of_ != nullptr && !sim_->frames().closing()) of_->give_back();
  }

  /// Whether there is a unit.
  [[nodiscard]] explicit operator bool() const noexcept { return of_ != nullptr; }
  /// Gives the unit back now. \pre there is one; asserted
  void release() {
    SIFANG_ASSERT(of_ != nullptr);
    std::exchange(of_, nullptr)->give_back();
  }

 private:
  friend class resource;
  friend class request_end;
  explicit permit(resource& of) noexcept : of_(&of), sim_(&of.sim_) {}

  resource* of_ = nullptr;
  simulation<Time>* sim_ = nullptr;
};

/// Waits for a unit; `co_await` gives a permit.
template <simulation_time Time>
class resource<Time>::request_end {
 public:
  /// Made by `resource::request`, with a limit by `request_until`. @{
  request_end(resource& of, std::int32_t priority) noexcept : of_(of) { hook.priority = priority; }
  request_end(resource& of, std::int32_t priority, Time limit) noexcept : of_(of), limit_(limit) {
    hook.priority = priority;
    hook.timed = true;
  }
  /// @}
  request_end(const request_end&) = delete;
  request_end& operator=(const request_end&) = delete;

  /// Called by `co_await`. @{
  [[nodiscard]] bool await_ready() noexcept {
    if (of_.in_use_ >= of_.capacity_) return hook.timed && limit_ == of_.sim_.now();
    of_.take();
    of_.record_.add(Time{});
    return hook.served = true;
  }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) {
    simulation<Time>& sim = of_.sim_;
    since_ = sim.now();
    hook.who = waiting.promise().place();
    of_.waiting_average_.held(of_.line_.size(), since_);
    of_.line_.join(*this);
    if (hook.timed) sim.wake_at(limit_, 0, hook.who);
  }
  [[nodiscard]] permit await_resume() noexcept {
    if (hook.served) return permit(of_);
    if (hook.who != nullptr) {
      of_.waiting_average_.held(of_.line_.size(), of_.sim_.now());
      of_.line_.leave(*this);
    }
    ++of_.record_.reneged;
    return permit();
  }
  /// @}

  waiting_hook<request_end> hook;  ///< its place in the line

 private:
  friend class resource;
  resource& of_;
  Time limit_{}, since_{};
};

}  // namespace sifang

#endif
