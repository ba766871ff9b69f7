// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_EVENT_QUEUE_HPP
#define SIFANG_ENGINE_EVENT_QUEUE_HPP

#include "sifang/core/assert.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace sifang {

/// An event that a queue can order: when (`at`), what kind or priority (`what`, less comes first), and
/// whose (`who`). Further members are the user's. A plain value, copied freely.
template <class Event>
concept queued_event = std::is_trivially_copyable_v<Event> && requires(const Event& a) {
  { a.at < a.at } -> std::convertible_to<bool>;
  { a.what < a.what } -> std::convertible_to<bool>;
  { a.who < a.who } -> std::convertible_to<bool>;
};

/// The least that a queue needs; time in any ordered type (`double` for queueing models).
template <class Time>
struct event {
  Time at{};               ///< when; earlier comes first
  std::uint32_t what = 0;  ///< kind or priority; less comes first
  std::uint32_t who = 0;   ///< whose
};

/// Order of events (time, kind, entity). Equal times are the rule in this library, since everything falls
/// on a day, so ties decide results; the queues add the order of insertion as the last criterion.
template <queued_event Event>
[[nodiscard]] constexpr bool comes_before(const Event& a, const Event& b) noexcept {
  if (a.at != b.at) return a.at < b.at;
  if (a.what != b.what) return a.what < b.what;
  return a.who < b.who;
}

/// A 4-ary heap of events in the total order (time, kind, entity, insertion), for models whose time has
/// no days. Four children stand close together in memory, and the heap is half as deep as a binary one.
/// Memory is kept over `clear`.
template <queued_event Event>
class heap_queue {
 public:
  /// Forgets all events.
  void clear() noexcept {
    heap_.clear();
    inserted_ = 0;
  }
  /// Makes room for so many events; only a matter of speed.
  void reserve(std::size_t events) { heap_.reserve(events); }
  /// How many events wait. Constant time. @{
  [[nodiscard]] bool empty() const noexcept { return heap_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return heap_.size(); }
  /// @}
  /// The next event. \pre !empty()
  [[nodiscard]] const Event& top() const noexcept {
    SIFANG_ASSERT(!heap_.empty());
    return heap_.front().what;
  }

  /// \complexity O(log n); O(1) on average for a time drawn like the others
  void push(const Event& e) {
    const node n{e, inserted_++};
    heap_.push_back(n);
    rise(heap_.size() - 1, n);
  }
  /// Takes the next event. \pre !empty()
  /// \complexity O(log n)
  Event pop() noexcept {
    SIFANG_ASSERT(!heap_.empty());
    const Event out = heap_.front().what;
    const node last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) refill_top(last);
    return out;
  }
  /// Takes the next event and puts `e` in its stead, in one pass. \pre !empty()
  void replace_top(const Event& e) noexcept {
    SIFANG_ASSERT(!heap_.empty());
    refill_top({e, inserted_++});
  }

  /// In no order.
  void for_each(auto&& visit) const {
    for (const node& n : heap_) visit(n.what);
  }

 private:
  struct node {
    Event what;
    std::uint64_t inserted;
  };
  [[nodiscard]] static bool before(const node& a, const node& b) noexcept {
    if (a.what.at != b.what.at) [[likely]]
      return a.what.at < b.what.at;
    if (comes_before(a.what, b.what)) return true;
    return !comes_before(b.what, a.what) && a.inserted < b.inserted;
  }

  void rise(std::size_t i, const node& n) noexcept {
    while (i != 0) {
      const std::size_t parent = (i - 1) / 4;
      if (!before(n, heap_[parent])) break;
      heap_[i] = heap_[parent];
      i = parent;
    }
    heap_[i] = n;
  }
  /// Lets the hole at the top sink between the least children, then puts `n` where it belongs. Which child is
  /// least is a coin toss that processors mispredict: two pairs and a final, chosen without branches.
  void refill_top(const node& n) noexcept {
    node* const h = heap_.data();
    const std::size_t size = heap_.size();
    const bool far = size > prefetched_from;
    std::size_t i = 0, first = 1;
    for (; first + 4 <= size; first = 4 * i + 1) {
      if (far) fetch(h, 4 * first + 1);
      const std::size_t a = first + static_cast<std::size_t>(before(h[first + 1], h[first]));
      const std::size_t b = first + 2 + static_cast<std::size_t>(before(h[first + 3], h[first + 2]));
      const std::size_t least = before(h[b], h[a]) ? b : a;
      if (!before(h[least], n)) {
        h[i] = n;
        return;
      }
      h[i] = h[least];
      i = least;
    }
    if (first < size) {
      std::size_t least = first;
      for (std::size_t k = first + 1; k < size; ++k) {
        if (before(h[k], h[least])) least = k;
      }
      if (before(h[least], n)) {
        h[i] = h[least];
        i = least;
      }
    }
    h[i] = n;
  }

  /// Beyond a cache of the processor, the sixteen grandchildren are asked for while the children are compared.
  static constexpr std::size_t prefetched_from = 32768;
  static void fetch([[maybe_unused]] const node* heap, [[maybe_unused]] std::size_t from) noexcept {
#if defined(__GNUC__)
    // They may lie beyond the end, where only a number may point; asking for such an address does nothing.
    const std::uintptr_t at = reinterpret_cast<std::uintptr_t>(heap) + from * sizeof(node);
    for (std::size_t byte = 0; byte < 16 * sizeof(node); byte += 64) __builtin_prefetch(reinterpret_cast<const void*>(at + byte));
#endif
  }

  std::vector<node> heap_;
  std::uint64_t inserted_ = 0;
};

/// Few events in the same total order: a list in order up to `listed` events, where an insertion moves on
/// average half of them and mispredicts once, and a heap beyond.
template <queued_event Event, std::size_t listed = 32>
class short_queue {
 public:
  /// Forgets all events. @{
  void clear() noexcept {
    size_ = 0;
    heap_.clear();
    heaped_ = false;
  }
  /// @}
  /// How many events wait. Constant time. @{
  [[nodiscard]] bool empty() const noexcept { return heaped_ ? heap_.empty() : size_ == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return heaped_ ? heap_.size() : size_; }
  /// @}
  /// \pre !empty(); asserted
  [[nodiscard]] const Event& top() const noexcept {
    SIFANG_ASSERT(!empty(), "an event that waits");
    return heaped_ ? heap_.top() : list_[size_ - 1];
  }

  /// \complexity O(n) up to `listed` events, O(log n) beyond
  void push(const Event& e) {
    if (heaped_) return heap_.push(e);
    if (size_ == listed) [[unlikely]] {
      // Latest first in the list; among equals the earlier insertion keeps its place.
      while (size_ > 0) heap_.push(list_[--size_]);
      heaped_ = true;
      return heap_.push(e);
    }
    insert(e);
  }
  /// Takes the next event out. \pre !empty(); asserted
  Event pop() noexcept {
    SIFANG_ASSERT(!empty(), "an event that waits");
    if (heaped_) {
      const Event e = heap_.pop();
      if (heap_.empty()) heaped_ = false;
      return e;
    }
    return list_[--size_];
  }
  /// In no order.
  void for_each(auto&& visit) const {
    if (heaped_) return heap_.for_each(visit);
    for (std::size_t i = 0; i < size_; ++i) visit(list_[i]);
  }
  /// The same as `pop` and `push`, at less cost. \pre !empty(); asserted
  void replace_top(const Event& e) noexcept {
    SIFANG_ASSERT(!empty(), "an event that waits");
    if (heaped_) return heap_.replace_top(e);
    --size_;
    insert(e);
  }

 private:
  void insert(const Event& e) noexcept {
    std::size_t i = size_++;
    for (; i > 0 && !comes_before(e, list_[i - 1]); --i) list_[i] = list_[i - 1];
    list_[i] = e;
  }
  Event list_[listed];  // the next last
  std::size_t size_ = 0;
  heap_queue<Event> heap_;
  bool heaped_ = false;
};

}  // namespace sifang

#endif
