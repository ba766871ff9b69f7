// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_LADDER_QUEUE_HPP
#define SIFANG_ENGINE_LADDER_QUEUE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/engine/event_queue.hpp"

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace sifang {

/// Very many events in the total order (time, kind, entity, insertion): a heap of those that come soon, buckets
/// of those that come later, and a heap of nothing (a list) of those beyond (after the ladder queue of Tang, Goh
/// & Thng 2005, with one rung). An event is written once into a bucket and sorted among the few of its bucket,
/// so that its cost hardly grows with how many wait. Up to some hundreds it is the heap alone.
///
/// The order never depends on where the buckets end: an event's bucket is a non-decreasing function of its time.
/// \tparam Event  its time is a number
template <queued_event Event>
requires requires(const Event& e) { static_cast<double>(e.at - e.at); }
class ladder_queue {
 public:
  /// Forgets all events; keeps its memory.
  void clear() noexcept {
    near_.clear();
    for (auto& b : buckets_) b.clear();
    far_.clear();
    size_ = later_ = used_ = 0;
    limit_ = heaped;
  }
  /// Makes room for so many events; only a matter of speed.
  void reserve(std::size_t events) { far_.reserve(events); }
  /// How many events wait. Constant time. @{
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// @}
  /// The next event. \pre !empty(); asserted
  [[nodiscard]] const Event& top() const noexcept {
    SIFANG_ASSERT(size_ > 0, "an event that waits");
    return near_.top();
  }

  /// \complexity O(1) on average, O(log n) where many events fall on nearly the same time
  void push(const Event& e) {
    if (size_++ == 0) used_ = 0;  // the last buckets are behind: the heap must never be empty beside full ones
    place(e);
    if (used_ == 0 && near_.size() > limit_) build_from_near();
  }
  /// Takes the next event. \pre !empty()
  Event pop() {
    SIFANG_ASSERT(size_ > 0);
    const Event out = near_.pop();
    --size_;
    if (near_.empty() && size_ > 0) come_nearer();
    return out;
  }
  /// The same as `pop` and `push`, at less cost. \pre !empty()
  void replace_top(const Event& e) {
    SIFANG_ASSERT(size_ > 0);
    if (comes_soon(e)) return near_.replace_top(e);
    (void)near_.pop();
    place(e);
    if (near_.empty()) come_nearer();
  }
  /// In no order.
  void for_each(auto&& visit) const {
    near_.for_each(visit);
    for (std::size_t b = current_ + 1; b < used_; ++b) {
      for (const Event& e : buckets_[b]) visit(e);
    }
    for (const Event& e : far_) visit(e);
  }

 private:
  static constexpr std::size_t heaped = 512;            ///< events up to which the heap alone is quicker
  static constexpr std::size_t in_bucket = 16;          ///< events a bucket should hold
  static constexpr std::size_t most_buckets = 1 << 14;  ///< whose heads stay in the processor's cache

  /// Bucket of a time, as a number that may lie beyond the last. \pre buckets are in use; asserted
  [[nodiscard]] double bucket_of(const Event& e) const noexcept {
    SIFANG_ASSERT(used_ > 0, "buckets in use");
    return static_cast<double>(e.at - base_) * per_time_;
  }
  [[nodiscard]] bool comes_soon(const Event& e) const noexcept { return used_ == 0 || bucket_of(e) < static_cast<double>(current_ + 1); }

  void place(const Event& e) {
    if (used_ == 0) return near_.push(e);
    const double b = bucket_of(e);
    if (b < static_cast<double>(current_ + 1)) return near_.push(e);
    if (b < static_cast<double>(used_)) {
      buckets_[static_cast<std::size_t>(b)].push_back(e);
      ++later_;
    } else {
      far_.push_back(e);
    }
  }
  /// Fills the empty heap from the next bucket that has events, or from what lies beyond.
  void come_nearer() {
    while (later_ > 0) {
      auto& b = buckets_[++current_];
      if (b.empty()) continue;
      for (const Event& e : b) near_.push(e);
      later_ -= b.size();
      b.clear();
      return;
    }
    used_ = 0;
    spare_.swap(far_);
    build();
  }
  void build_from_near() {
    while (!near_.empty()) spare_.push_back(near_.pop());  // in order, so that equal events keep theirs
    build();
  }
  /// Deals out `spare_`, of which there is some, anew.
  void build() {
    double sum = 0;
    base_ = spare_.front().at;
    for (const Event& e : spare_) base_ = (std::min)(base_, e.at);
    for (const Event& e : spare_) sum += static_cast<double>(e.at - base_);
    // Twice the mean holds most of any usual distribution; what is beyond waits for the next time.
    const double reach = 2 * sum / static_cast<double>(spare_.size());
    if (spare_.size() > heaped / 2 && reach > 0) {
      const std::size_t wanted = (std::min)(most_buckets, std::bit_ceil(spare_.size() / in_bucket));
      per_time_ = static_cast<double>(wanted) / reach;
      if (per_time_ <= (std::numeric_limits<double>::max)()) {
        used_ = wanted;
        current_ = 0;
        if (buckets_.size() < used_) buckets_.resize(used_);
      }
    }
    for (const Event& e : spare_) place(e);
    spare_.clear();
    limit_ = (std::max)(heaped, 2 * near_.size());  // times too much alike for buckets are not tried at every push
  }

  heap_queue<Event> near_;  // not empty while there are events
  std::vector<std::vector<Event>> buckets_;
  std::vector<Event> far_, spare_;
  std::size_t size_ = 0, later_ = 0;    // all; in buckets
  std::size_t current_ = 0, used_ = 0;  // bucket of the heap; buckets, 0 for none
  decltype(Event::at) base_{};          // where bucket 0 begins
  double per_time_ = 0;                 // buckets a unit of time
  std::size_t limit_ = heaped;          // of the heap, without buckets
};

}  // namespace sifang

#endif
