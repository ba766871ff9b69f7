// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_DAY_QUEUE_HPP
#define SIFANG_ENGINE_DAY_QUEUE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/rank_keys.hpp"

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
/// of the model), and for the day being played a sorted list, into which what is added on that day is put.
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
    const std::size_t ring = std::bit_ceil((std::max<std::size_t>)(days, 2));
    buckets_.assign(ring, {});
    ring_ = static_cast<std::uint32_t>(ring - 1);
    free_ = none;
    fresh_ = 0;
    today_ = first;
    last_at_ = instant(first, minutes(0));
    late_.clear();
    size_ = 0;
    close_day();
  }
  /// How many events wait. Constant time. @{
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  /// @}
  /// Bytes of the buckets and of the most events that were pending at one time since `reset`. Constant time.
  [[nodiscard]] std::size_t bytes() const noexcept { return fresh_ * sizeof(node) + buckets_.size() * sizeof(bucket); }

  /// \pre `on` is the day of `e`, not before the day being played and within the `days` of `reset`, and
  ///      `e` is not earlier than the event taken last; asserted
  /// \complexity O(1), for the day being played O(log k) in the k events that are left of it
  void push(day on, const Event& e) {
    SIFANG_ASSERT(on >= today_ && static_cast<std::size_t>((on - today_).count) < buckets_.size());
    ++size_;
    if (on == today_ && open_) return push_today(e);
    if (free_ == none) [[unlikely]]
      add_free();
    node& n = nodes_[free_];
    bucket& b = bucket_of(on);
    n.what = e;
    const std::uint32_t next_free = n.next;
    n.next = b.last;
    b.last = free_;
    ++b.size;
    free_ = next_free;
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
    if (next_ < ready_) [[likely]]
      return take(listed(next_++), out);
    return look_further(today, out);
  }

 private:
  static constexpr std::uint32_t none = (std::numeric_limits<std::uint32_t>::max)();
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
    if constexpr (keyed)
      return events_[sorted_[i] & ((1u << insertion_bits) - 1)];
    else
      return sorted_[i].what;
  }

  [[nodiscard]] bucket& bucket_of(day d) noexcept { return buckets_[static_cast<std::uint32_t>(d.since_1970()) & ring_]; }

  bool take(const Event& e, Event& out) noexcept {
    out = e;
    last_at_ = e.at;
    --size_;
    return true;
  }
  /// What `pop` does when the sorted list is at its end, or not all of the day stands in it.
  bool look_further(day today, Event& out) {
    for (;;) {
      if (!open_) open_day();
      const bool some = next_ != sorted_.size();
      if (!late_.empty() && (!some || comes_before(late_.top(), listed(next_)))) {
        const Event e = late_.pop();
        if (late_.empty()) ready_ = sorted_.size();
        return take(e, out);
      }
      if (some) return take(listed(next_++), out);
      if (today_ == today) return false;
      if (size_ == 0) {
        today_ = today;
      } else {
        ++today_;
      }
      close_day();
    }
  }

  /// Makes one more node a free one.
#if defined(__GNUC__)
  [[gnu::noinline]]
#endif
  void
  add_free() {
    if (fresh_ == nodes_.size()) nodes_.resize((std::max<std::size_t>)(2 * fresh_, 256));
    nodes_[fresh_].next = none;
    free_ = fresh_++;
  }
  /// Into the sorted list while not much of it is left, else onto a heap.
#if defined(__GNUC__)
  [[gnu::noinline]]
#endif
  void
  push_today(const Event& e) {
    SIFANG_ASSERT(!(e.at < last_at_));
    if constexpr (keyed) {
      if (late_.empty() && sorted_.size() - next_ < short_list && events_.size() < 1u << insertion_bits) {
        const std::uint64_t key = e.key_within(today_) << insertion_bits | events_.size();
        events_.push_back(e);
        sorted_.push_back(key);
        std::size_t at = sorted_.size() - 1;
        for (; at > next_ && sorted_[at - 1] > key; --at) sorted_[at] = sorted_[at - 1];
        sorted_[at] = key;
        ready_ = sorted_.size();
        return;
      }
    }
    late_.push(e);
    ready_ = 0;
  }

  void close_day() noexcept {
    sorted_.clear();
    events_.clear();
    next_ = ready_ = 0;
    open_ = false;
  }
  void open_day() {
    open_ = true;
    bucket& b = bucket_of(today_);
    const std::size_t n = b.size;
    if constexpr (keyed) {
      if (n > 1u << insertion_bits) [[unlikely]]
        return open_long_day(b);
      events_.resize(n);
    }
    sorted_.resize(n);
    std::uint32_t first = none;
    for (std::size_t i = n, at = b.last; i-- > 0; at = nodes_[at].next) {  // the chain runs backwards
      const Event& e = nodes_[at].what;
      if constexpr (keyed) {
        sorted_[i] = e.key_within(today_) << insertion_bits | i;
        events_[i] = e;
      } else {
        sorted_[i] = {e, static_cast<std::uint32_t>(i)};
      }
      first = static_cast<std::uint32_t>(at);
    }
    if (first != none) {
      nodes_[first].next = free_;
      free_ = b.last;
    }
    b = {};
    ready_ = n;
    if constexpr (keyed)
      sort_keys();
    else
      std::sort(sorted_.begin(), sorted_.end());
  }
  /// A day of more events than a key can number is played from the heap.
#if defined(__GNUC__)
  [[gnu::noinline]]
#endif
  void
  open_long_day(bucket& b) {
    std::vector<std::uint32_t> chain;  // runs backwards
    for (std::uint32_t at = b.last, left = b.size; left > 0; --left, at = nodes_[at].next) chain.push_back(at);
    std::for_each(chain.rbegin(), chain.rend(), [&](std::uint32_t at) { late_.push(nodes_[at].what); });
    nodes_[chain.back()].next = free_;
    free_ = b.last;
    b = {};
    ready_ = 0;
  }
  /// A day has few events, and a sort by comparisons mispredicts about once for each. Few keys are put in their places by
  /// counting; more, in runs that are then merged: neither has a branch that depends on the keys.
  void sort_keys() {
    const std::size_t n = sorted_.size();
    for (std::size_t at = 0; at < n; at += run_length) {
      std::uint64_t* const run = sorted_.data() + at;
      const std::size_t length = (std::min)(run_length, n - at);
      if (!place_by_count(run, length)) std::sort(run, run + length);
    }
    if (n <= run_length) return;
    merged_.resize(n);
    for (std::size_t length = run_length; length < n; length *= 2) {
      for (std::size_t at = 0; at < n; at += 2 * length) {
        merge(sorted_.data(), at, (std::min)(at + length, n), (std::min)(at + 2 * length, n), merged_.data());
      }
      sorted_.swap(merged_);
    }
  }
  /// Sorts up to `run_length` keys that 32 bits can tell apart: entities below 2^16, and without their insertion no two
  /// the same. Otherwise false, and nothing is done.
  bool place_by_count(std::uint64_t* const from, std::size_t n) const noexcept {
    constexpr std::uint64_t entity = (std::uint64_t{1} << Event::entity_bits) - 1;
    constexpr unsigned rest_bits = insertion_bits + Event::entity_bits;
    std::array<std::uint64_t, run_length> whole;
    std::array<std::int32_t, run_length> keys, places;
    keys.fill((std::numeric_limits<std::int32_t>::max)());
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint64_t key = whole[i] = from[i];
      const auto low = static_cast<std::uint32_t>(key >> insertion_bits) & 0xffff, rest = static_cast<std::uint32_t>(key >> rest_bits)
                                                                                          << 16;
      keys[i] = static_cast<std::int32_t>((rest | low) ^ 0x80000000);  // ordered as a number with a sign
      bits |= key;
    }
    if ((bits >> insertion_bits & entity) > 0xffff || bits >> rest_bits > 0xffff) return false;
    rank_(keys, n, places);
    std::size_t sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += static_cast<std::size_t>(places[i]);
      from[places[i]] = whole[i];
    }
    if (sum == n * (n - 1) / 2) return true;
    std::copy_n(whole.begin(), n, from);
    return false;
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
  static constexpr std::size_t run_length = detail::most_ranked, short_list = 256;

  day today_;
  std::vector<bucket> buckets_;  // a ring of days, a power of two long
  std::vector<node> nodes_;
  std::uint32_t free_ = none, fresh_ = 0, ring_ = 0;  // fresh_: first node not used since reset
  detail::key_ranking rank_ = detail::widest_key_ranking();
  std::vector<item> sorted_;   // of the day being played, when open
  std::vector<item> merged_;   // working memory of the sort
  std::vector<Event> events_;  // which its keys order, if it has keys
  std::size_t next_ = 0,       // of the sorted list
      ready_ = 0;              // end of what can be taken from it unseen; 0 while there are late ones
  heap_queue<Event> late_;     // added to the day being played
  std::size_t size_ = 0;
  instant last_at_;  // of the event taken last
  bool open_ = false;
};

}  // namespace sifang

#endif
