// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_EVENT_QUEUE_HPP
#define SIFANG_SIM_EVENT_QUEUE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
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
    if (a.what.at != b.what.at) [[likely]] return a.what.at < b.what.at;
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
  /// \pre !empty()
  [[nodiscard]] const Event& top() const noexcept { return heaped_ ? heap_.top() : list_[size_ - 1]; }

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
  /// Takes the next event out. \pre !empty()
  Event pop() noexcept {
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
  /// The same as `pop` and `push`, at less cost. \pre !empty()
  void replace_top(const Event& e) noexcept {
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

/// Pending events of a dated model: one bucket a day (Brown 1988, with the width fixed at the natural unit
/// of the model), and for the day being played a sorted list and a small heap of what was added since.
///
/// Total order (time, kind, entity, insertion). Handling an event may schedule at the same minute; what
/// comes then still follows all that was taken. Buckets are chains of chunks from one arena, so that memory
/// is bounded by the most events ever pending and is kept over `reset`.
template <queued_event Event>
class day_queue {
 public:
  /// Forgets all events. The day being played is `first`, and no event may be scheduled `days` or more
  /// days after the day being played.
  /// \complexity O(days)
  void reset(day first, std::size_t days) {
    const std::size_t ring = std::bit_ceil(std::max<std::size_t>(days, 2));
    buckets_.assign(std::max(ring, buckets_.size()), {});
    chunks_.clear();
    free_ = none;
    today_ = first;
    sorted_.clear();
    next_ = 0;
    late_.clear();
    size_ = 0;
    open_ = taken_ = false;
  }
  /// How many events wait. Constant time. @{
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  /// @}

  /// \pre `on` is the day of `e`, not before the day being played and within the `days` of `reset`, and
  ///      `e` is not earlier than the event taken last; asserted
  /// \complexity O(1), for the day being played O(log k) in the k events added to it
  void push(day on, const Event& e) {
    SIFANG_ASSERT(on >= today_ && static_cast<std::size_t>((on - today_).count) < buckets_.size());
    ++size_;
    if (on != today_ || !open_) {
      append(bucket_of(on), e);
    } else {
      SIFANG_ASSERT(!taken_ || !(e.at < last_.at));
      late_.push(e);
    }
  }

  /// Takes the next event up to the end of `today`, or returns false when there is none.
  /// \pre days only go forward
  bool pop(day today, Event& out) {
    SIFANG_ASSERT(today >= today_);
    for (;;) {
      if (!open_) open_day();
      const bool listed = next_ != sorted_.size();
      if (!late_.empty() && (!listed || comes_before(late_.top(), sorted_[next_].what))) {
        return take(late_.pop(), out);
      }
      if (listed) return take(sorted_[next_++].what, out);
      if (today_ == today) return false;
      if (size_ == 0) {
        today_ = today;
      } else {
        ++today_;
      }
      open_ = false;
    }
  }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t chunk_size = 7;
  struct chunk {
    Event events[chunk_size];
    std::uint32_t next = none;
  };
  struct bucket {
    std::uint32_t head = none, tail = none;
    std::uint32_t used = 0;  ///< events in the last chunk
  };
  struct node {
    Event what;
    std::uint32_t inserted;
  };

  [[nodiscard]] bucket& bucket_of(day d) noexcept {
    return buckets_[static_cast<std::uint32_t>(d.since_1970()) & (buckets_.size() - 1)];
  }

  bool take(const Event& e, Event& out) noexcept {
    out = last_ = e;
    taken_ = true;
    --size_;
    return true;
  }

  void append(bucket& b, const Event& e) {
    if (b.head == none || b.used == chunk_size) {
      const std::uint32_t c = new_chunk();
      (b.head == none ? b.head : chunks_[b.tail].next) = c;
      b.tail = c;
      b.used = 0;
    }
    chunks_[b.tail].events[b.used++] = e;
  }
  [[nodiscard]] std::uint32_t new_chunk() {
    if (free_ == none) {
      chunks_.emplace_back();
      return static_cast<std::uint32_t>(chunks_.size() - 1);
    }
    const std::uint32_t c = free_;
    free_ = chunks_[c].next;
    chunks_[c].next = none;
    return c;
  }
  void open_day() {
    open_ = true;
    sorted_.clear();
    next_ = 0;
    bucket& b = bucket_of(today_);
    std::uint32_t inserted = 0;
    for (std::uint32_t c = b.head; c != none;) {
      chunk& from = chunks_[c];
      const std::uint32_t following = from.next;
      const std::uint32_t used = following == none ? b.used : chunk_size;
      for (std::uint32_t i = 0; i < used; ++i) sorted_.push_back({from.events[i], inserted++});
      from.next = free_;
      free_ = c;
      c = following;
    }
    b = {};
    std::sort(sorted_.begin(), sorted_.end(), [](const node& x, const node& y) {
      if (comes_before(x.what, y.what)) return true;
      return !comes_before(y.what, x.what) && x.inserted < y.inserted;
    });
  }

  day today_;
  std::vector<bucket> buckets_;  // a ring of days, a power of two long
  std::vector<chunk> chunks_;
  std::uint32_t free_ = none;
  std::vector<node> sorted_;  // of the day being played, when open
  std::size_t next_ = 0;
  heap_queue<Event> late_;  // added to the day being played
  std::size_t size_ = 0;
  Event last_{};     // taken last, if taken_
  bool open_ = false, taken_ = false;
};

}  // namespace sifang

#endif
