// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_DAY_QUEUE_HPP
#define SIFANG_SIM_DAY_QUEUE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/sim/event_queue.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

namespace sifang {

/// An event whose order within a day `d` is that of one number below 2^44, which is quicker to sort by: of two
/// events of that day, `a.key_within(d) < b.key_within(d)` if and only if `comes_before(a, b)`.
template <class Event>
concept keyed_event = queued_event<Event> && requires(const Event& e, day d) {
  { e.key_within(d) } -> std::same_as<std::uint64_t>;
};

/// Pending events of a dated model: one bucket a day (Brown 1988, with the width fixed at the natural unit
/// of the model), and for the day being played a sorted list and a small heap of what was added since.
///
/// Total order (time, kind, entity, insertion). Handling an event may schedule at the same minute; what
/// comes then still follows all that was taken. Buckets are chains of nodes from one arena, so that memory
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
    nodes_.clear();
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
  /// Bytes of the arena. Constant time.
  [[nodiscard]] std::size_t bytes() const noexcept {
    return nodes_.capacity() * sizeof(node) + buckets_.capacity() * sizeof(bucket) + (sorted_.capacity() + merged_.capacity()) * sizeof(item) +
           events_.capacity() * sizeof(Event) + late_.size() * sizeof(Event);
  }

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

  /// An event that comes soon, or null: one that is not yet taken and was there when its day began. A hint of what
  /// memory will be needed.
  [[nodiscard]] const Event* soon(std::size_t ahead) const noexcept {
    return next_ + ahead < sorted_.size() ? &listed(next_ + ahead) : nullptr;
  }

  /// Takes the next event up to the end of `today`, or returns false when there is none.
  /// \pre days only go forward
  bool pop(day today, Event& out) {
    SIFANG_ASSERT(today >= today_);
    for (;;) {
      if (!open_) open_day();
      const bool some = next_ != sorted_.size();
      if (!late_.empty() && (!some || comes_before(late_.top(), listed(next_)))) return take(late_.pop(), out);
      if (some) {
        const Event& e = listed(next_);
        ++next_;
        return take(e, out);
      }
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
  struct node {
    Event what;
    std::uint32_t next;
  };
  struct bucket {
    std::uint32_t last = none, size = 0;
  };
  /// What the events of a day are sorted by, insertion last.
  struct plain_item {
    Event what;
    std::uint32_t inserted;
    [[nodiscard]] bool operator<(const plain_item& o) const noexcept {
      if (comes_before(what, o.what)) return true;
      return !comes_before(o.what, what) && inserted < o.inserted;
    }
  };
  static constexpr bool keyed = keyed_event<Event>;
  static constexpr std::uint32_t insertion_bits = 20;
  using item = std::conditional_t<keyed, std::uint64_t, plain_item>;
  [[nodiscard]] const Event& listed(std::size_t i) const noexcept {
    if constexpr (keyed) return events_[sorted_[i] & ((1u << insertion_bits) - 1)];
    else return sorted_[i].what;
  }

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
    std::uint32_t n = free_;
    if (n == none) [[unlikely]] {
      n = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
    } else {
      free_ = nodes_[n].next;
    }
    nodes_[n] = {e, b.last};
    b.last = n;
    ++b.size;
  }
  void open_day() {
    open_ = true;
    next_ = 0;
    bucket& b = bucket_of(today_);
    sorted_.resize(b.size);
    if constexpr (keyed) {
      SIFANG_ASSERT(b.size < 1u << insertion_bits);
      events_.resize(b.size);
    }
    std::uint32_t first = none;
    for (std::uint32_t n = b.last, i = b.size; n != none; n = nodes_[n].next) {  // the chain runs backwards
      --i;
      const Event& e = nodes_[n].what;
      if constexpr (keyed) {
        sorted_[i] = e.key_within(today_) << insertion_bits | i;
        events_[i] = e;
      } else {
        sorted_[i] = {e, i};
      }
      first = n;
    }
    if (first != none) {
      nodes_[first].next = free_;
      free_ = b.last;
    }
    b = {};
    sort_day();
  }
  /// A day has few events, and a sort by comparisons mispredicts about once for each. Few keys are put in their places by
  /// counting; more, in runs that are then merged: neither has a branch that depends on the keys.
  void sort_day() {
    if constexpr (keyed) {
      const std::size_t n = sorted_.size();
      if (n <= counted) return place_by_count<counted>(sorted_.data(), n);
      for (std::size_t at = 0; at < n; at += run_length) place_by_count<run_length>(sorted_.data() + at, std::min(run_length, n - at));
      merged_.resize(n);
      for (std::size_t length = run_length; length < n; length *= 2) {
        for (std::size_t at = 0; at < n; at += 2 * length) {
          merge(sorted_.data(), at, std::min(at + length, n), std::min(at + 2 * length, n), merged_.data());
        }
        sorted_.swap(merged_);
      }
    } else {
      std::sort(sorted_.begin(), sorted_.end());
    }
  }
  /// Sorts up to `most` keys: the place of each is how many are less. \complexity n²
  template <std::size_t most>
  static void place_by_count(std::uint64_t* const from, std::size_t n) noexcept {
    static_assert(most % 8 == 0);
    std::array<std::uint64_t, most> keys;
    std::copy_n(from, n, keys.begin());
    const std::size_t whole = (n + 7) / 8 * 8;
    for (std::size_t i = n; i < whole; ++i) keys[i] = ~std::uint64_t{0};
    for (std::size_t i = 0; i < n; ++i) {
      std::array<std::uint32_t, 4> less{};
      for (std::size_t k = 0; k < whole; k += 8) {
        for (std::size_t l = 0; l < 8; ++l) less[l % 4] += keys[k + l] < keys[i];
      }
      from[less[0] + less[1] + less[2] + less[3]] = keys[i];
    }
  }
  /// Merges the sorted ranges [first, middle) and [middle, last) into the same places of `to`.
  static void merge(const std::uint64_t* from, std::size_t first, std::size_t middle, std::size_t last, std::uint64_t* to) noexcept {
    std::size_t i = first, k = middle, at = first;
    while (i < middle && k < last) {
      const std::uint64_t a = from[i], b = from[k];
      const bool second = b < a;
      to[at++] = second ? b : a;
      k += second;
      i += !second;
    }
    at = static_cast<std::size_t>(std::copy(from + i, from + middle, to + at) - to);
    std::copy(from + k, from + last, to + at);
  }
  static constexpr std::size_t counted = 48, run_length = 16;

  day today_;
  std::vector<bucket> buckets_;  // a ring of days, a power of two long
  std::vector<node> nodes_;
  std::uint32_t free_ = none;
  std::vector<item> sorted_;  // of the day being played, when open
  std::vector<item> merged_;  // working memory of the sort
  std::vector<Event> events_;  // which its keys order, if it has keys
  std::size_t next_ = 0;
  heap_queue<Event> late_;  // added to the day being played
  std::size_t size_ = 0;
  Event last_{};     // taken last, if taken_
  bool open_ = false, taken_ = false;
};

}  // namespace sifang

#endif
