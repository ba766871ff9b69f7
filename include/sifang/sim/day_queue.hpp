// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_DAY_QUEUE_HPP
#define SIFANG_SIM_DAY_QUEUE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/sim/event_queue.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace sifang {

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
