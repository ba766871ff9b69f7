// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_PROCESS_STORE_HPP
#define SIFANG_ENGINE_PROCESS_STORE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_average.hpp"
#include "sifang/engine/process_line.hpp"

#include <algorithm>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace sifang {

/// What a `store` can hold: anything that can be moved and has a default value.
template <class Item>
concept store_item = std::movable<Item> && std::default_initializable<Item>;

/// Items between those who make and those who use them: a buffer, a line of customers, a mailbox. First in
/// first out; who finds it full, or empty, waits, first come first served.
///
/// An item put while somebody waits for one is handed over directly.
template <store_item Item, simulation_time Time = double>
class store {
  struct getter {
    waiting_hook<getter> hook;
    Item item{};
  };
  struct putter {
    waiting_hook<putter> hook;
    Item item;
  };

 public:
  class get_end;
  class get_until_end;
  class put_end;
  static constexpr std::size_t unlimited = (std::numeric_limits<std::size_t>::max)();  ///< room without a bound

  /// An empty store. \pre room > 0; asserted
  explicit store(simulation<Time>& sim, std::size_t room = unlimited) : sim_(sim), room_(room) {
    SIFANG_ASSERT(room > 0);
    open();
  }
  store(const store&) = delete;
  store& operator=(const store&) = delete;

  /// Waits for an item: `auto item = co_await belt.get();`.
  [[nodiscard]] get_end get() { return get_end(*this); }
  /// The same, but gives up at `limit`, not past (asserted): gives `std::optional<Item>`.
  [[nodiscard]] get_until_end get_until(Time limit) {
    SIFANG_ASSERT(limit >= sim_.now());
    return get_until_end(*this, limit);
  }
  /// Waits for room: `co_await belt.put(item);`.
  [[nodiscard]] put_end put(Item item) { return put_end(*this, std::move(item)); }
  /// Puts the item if there is room; returns whether there was, and leaves the item alone if not. Without a
  /// bound there always is. @{
  bool try_put(const Item& item) requires std::copyable<Item> { return try_put(Item(item)); }
  bool try_put(Item&& item) {
    if (!getters_.empty()) {
      getter& first = getters_.take_first();
      first.item = std::move(item);
      first.hook.served = true;
      if (first.hook.timed) sim_.frames().call_off(first.hook.who);
      sim_.frames().go_on(first.hook.who);
      return true;
    }
    if (size_ >= room_) return false;
    average_.held(size_, sim_.now());
    push(std::move(item));
    return true;
  }
  /// @}
  /// The first item, if there is one.
  [[nodiscard]] std::optional<Item> try_get() {
    std::optional<Item> out;
    if (size_ > 0) out.emplace(pop());
    return out;
  }

  /// Items there are, and whether there is none. @{
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  /// @}
  /// Processes waiting for an item, and for room. @{
  [[nodiscard]] std::size_t getting() const noexcept { return getters_.size(); }
  [[nodiscard]] std::size_t putting() const noexcept { return putters_.size(); }
  /// @}
  /// Begins a new window of measurement now.
  void open() noexcept { average_.open(sim_.now()); }
  /// Mean number of items, and its integral over time, in the window up to now. @{
  [[nodiscard]] double size_mean() const noexcept { return average_.mean(size_, sim_.now()); }
  [[nodiscard]] Time size_area() const noexcept { return average_.area(size_, sim_.now()); }
  /// @}

  /// Empty and nobody waiting, after `simulation::clear`.
  void clear() {
    while (size_ > 0) (void)take();
    getters_.clear();
    putters_.clear();
    open();
  }

 private:
  void push(Item&& item) {
    if (size_ == ring_.size()) [[unlikely]]
      grow();
    ring_[(first_ + size_++) & (ring_.size() - 1)] = std::move(item);
  }
  Item take() {
    Item out = std::move(ring_[first_]);
    first_ = (first_ + 1) & (ring_.size() - 1);
    --size_;
    return out;
  }
  /// The first item; its room goes to the first who waits with one. \pre not empty
  Item pop() {
    SIFANG_ASSERT(size_ > 0, "an item");
    if (putters_.empty()) {
      average_.held(size_, sim_.now());
      return take();
    }
    Item out = take();
    putter& first = putters_.take_first();
    push(std::move(first.item));
    sim_.frames().go_on(first.hook.who);
    return out;
  }
  void grow() {
    std::vector<Item> larger((std::max<std::size_t>)(16, 2 * ring_.size()));
    for (std::size_t i = 0; i < size_; ++i) larger[i] = std::move(ring_[(first_ + i) & (ring_.size() - 1)]);
    ring_.swap(larger);
    first_ = 0;
  }

  simulation<Time>& sim_;
  std::size_t room_;
  std::vector<Item> ring_;
  std::size_t first_ = 0, size_ = 0;
  waiting_line<getter> getters_;
  waiting_line<putter> putters_;
  time_average<Time> average_;
};

/// Waits for an item.
template <store_item Item, simulation_time Time>
class store<Item, Time>::get_end {
 public:
  /// Made by `store::get`.
  explicit get_end(store& of) : of_(of) {}
  get_end(const get_end&) = delete;
  get_end& operator=(const get_end&) = delete;

  /// Called by `co_await`. @{
  [[nodiscard]] bool await_ready() {
    if (of_.size_ == 0) return false;
    waiter_.item = of_.pop();
    return true;
  }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) noexcept {
    waiter_.hook.who = waiting.promise().place();
    of_.getters_.join(waiter_);
  }
  [[nodiscard]] Item await_resume() noexcept { return std::move(waiter_.item); }
  /// @}

 private:
  store& of_;
  getter waiter_;
};

/// Waits for an item until a time limit.
template <store_item Item, simulation_time Time>
class store<Item, Time>::get_until_end {
 public:
  /// Made by `store::get_until`.
  get_until_end(store& of, Time limit) : of_(of), limit_(limit) { waiter_.hook.timed = true; }
  get_until_end(const get_until_end&) = delete;
  get_until_end& operator=(const get_until_end&) = delete;

  /// Called by `co_await`. @{
  [[nodiscard]] bool await_ready() {
    if (of_.size_ == 0) return limit_ == of_.sim_.now();
    waiter_.item = of_.pop();
    return waiter_.hook.served = true;
  }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) {
    waiter_.hook.who = waiting.promise().place();
    of_.getters_.join(waiter_);
    of_.sim_.wake_at(limit_, 0, waiter_.hook.who);
  }
  [[nodiscard]] std::optional<Item> await_resume() {
    std::optional<Item> out;
    if (waiter_.hook.served) {
      out.emplace(std::move(waiter_.item));
    } else if (waiter_.hook.who != nullptr) {
      of_.getters_.leave(waiter_);
    }
    return out;
  }
  /// @}

 private:
  store& of_;
  Time limit_;
  getter waiter_;
};

/// Waits for room.
template <store_item Item, simulation_time Time>
class store<Item, Time>::put_end {
 public:
  /// Made by `store::put`.
  put_end(store& of, Item&& item) : of_(of), waiter_{{}, std::move(item)} {}
  put_end(const put_end&) = delete;
  put_end& operator=(const put_end&) = delete;

  /// Called by `co_await`. @{
  [[nodiscard]] bool await_ready() { return of_.try_put(std::move(waiter_.item)); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) noexcept {
    waiter_.hook.who = waiting.promise().place();
    of_.putters_.join(waiter_);
  }
  void await_resume() const noexcept {}
  /// @}

 private:
  store& of_;
  putter waiter_;
};

}  // namespace sifang

#endif
