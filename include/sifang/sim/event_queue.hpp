// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_EVENT_QUEUE_HPP
#define SIFANG_SIM_EVENT_QUEUE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace sifang {

/// An event that a `day_queue` can order: when, what kind, and whose.
template <class Event>
concept dated_event = requires(const Event& a) {
  a.at < a.at;
  a.what < a.what;
  a.who < a.who;
};

/// Pending events in one bucket a day (Brown 1988 with a fixed bucket of one day).
///
/// Total order (time, kind, entity, sequence): equal times are the rule here, so ties decide results and
/// are never left to the container. Insertion is O(1) for a later day and a search in a few events for
/// the current one; memory is kept over resets.
template <dated_event Event>
class day_queue {
 public:
  /// Forgets all events; days run from `first`.
  void reset(day first, std::size_t days) {
    first_ = first;
    if (buckets_.size() < days) buckets_.resize(days);
    for (auto& b : buckets_) b.clear();
    today_ = 0;
    sorted_ = false;
    next_ = 0;
  }

  /// \pre `on` is not before the day being played, nor an event before the last one taken from it
  void push(day on, const Event& e) {
    const auto i = static_cast<std::size_t>((on - first_).count);
    SIFANG_ASSERT(i >= today_ && i < buckets_.size());
    auto& bucket = buckets_[i];
    if (i != today_ || !sorted_) {
      bucket.push_back(e);
      return;
    }
    const auto at = std::upper_bound(bucket.begin() + static_cast<std::ptrdiff_t>(next_), bucket.end(), e, before);
    bucket.insert(at, e);
  }

  /// Takes the next event of `today`, or returns false when the day has none left. Days only go forward.
  bool pop(day today, Event& out) {
    const auto i = static_cast<std::size_t>((today - first_).count);
    if (i != today_) {
      today_ = i;
      sorted_ = false;
    }
    auto& bucket = buckets_[i];
    if (!sorted_) {
      std::stable_sort(bucket.begin(), bucket.end(), before);
      sorted_ = true;
      next_ = 0;
    }
    if (next_ == bucket.size()) return false;
    out = bucket[next_++];
    return true;
  }

 private:
  [[nodiscard]] static bool before(const Event& a, const Event& b) noexcept {
    if (a.at != b.at) return a.at < b.at;
    if (a.what != b.what) return a.what < b.what;
    return a.who < b.who;
  }

  day first_;
  std::vector<std::vector<Event>> buckets_;
  std::size_t today_ = 0, next_ = 0;
  bool sorted_ = false;
};

/// A 4-ary heap of (time, sequence): the event list of models whose time has no days.
///
/// Four children stand in one cache line; equal times come out in the order they went in.
template <class Time, class Payload>
class heap_queue {
 public:
  void reset() noexcept { heap_.clear(); sequence_ = 0; }
  void reserve(std::size_t n) { heap_.reserve(n); }
  [[nodiscard]] bool empty() const noexcept { return heap_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return heap_.size(); }

  void push(Time at, Payload payload) {
    node n{at, sequence_++, std::move(payload)};
    std::size_t i = heap_.size();
    heap_.push_back(n);
    while (i != 0) {
      const std::size_t parent = (i - 1) / 4;
      if (!(n < heap_[parent])) break;
      heap_[i] = heap_[parent];
      i = parent;
    }
    heap_[i] = n;
  }

  /// \pre !empty()
  std::pair<Time, Payload> pop() {
    SIFANG_ASSERT(!heap_.empty());
    std::pair<Time, Payload> out{heap_.front().at, heap_.front().payload};
    const node n = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink(n);
    return out;
  }

  /// Takes the first event and puts another in, in one pass.
  /// \pre !empty()
  void replace_top(Time at, Payload payload) { sink({at, sequence_++, std::move(payload)}); }
  [[nodiscard]] Time next_time() const noexcept { return heap_.front().at; }
  [[nodiscard]] const Payload& next() const noexcept { return heap_.front().payload; }

 private:
  struct node {
    Time at{};
    std::uint64_t sequence = 0;
    Payload payload{};
    friend bool operator<(const node& a, const node& b) noexcept { return a.at != b.at ? a.at < b.at : a.sequence < b.sequence; }
  };

  void sink(const node& n) {
    std::size_t i = 0;
    const std::size_t size = heap_.size();
    for (;;) {
      const std::size_t first = 4 * i + 1;
      if (first >= size) break;
      const std::size_t last = std::min(first + 4, size);
      std::size_t least = first;
      for (std::size_t k = first + 1; k < last; ++k) {
        if (heap_[k] < heap_[least]) least = k;
      }
      if (!(heap_[least] < n)) break;
      heap_[i] = heap_[least];
      i = least;
    }
    heap_[i] = n;
  }

  std::vector<node> heap_;
  std::uint64_t sequence_ = 0;
};

}  // namespace sifang

#endif
