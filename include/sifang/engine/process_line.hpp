// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_PROCESS_LINE_HPP
#define SIFANG_ENGINE_PROCESS_LINE_HPP

#include "sifang/core/assert.hpp"

#include <cstddef>
#include <cstdint>

namespace sifang {

struct process_record;

/// What makes a `Waiter` one of a `waiting_line`: its member `hook`.
template <class Waiter>
struct waiting_hook {
  process_record* who = nullptr;   ///< the process
  Waiter* before = nullptr;        ///< its neighbour, null for the first
  Waiter* after = nullptr;         ///< its neighbour, null for the last
  Waiter* group_before = nullptr;  ///< of the last of a priority only: the last of the priority before
  std::int32_t priority = 0;       ///< lower ones come first
  bool timed = false;              ///< an event will end the wait
  bool served = false;             ///< it got what it waits for
};

/// Processes waiting for one thing: first come first served within a priority, lower priorities first. The
/// line is threaded through the waiters, which stand in the frames of their processes: it allocates nothing.
template <class Waiter>
class waiting_line {
 public:
  /// Whether nobody waits, and how many do. Constant time. @{
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// @}
  /// Who is next; null if nobody waits.
  [[nodiscard]] Waiter* first() const noexcept { return first_; }

  /// \complexity linear in the different priorities that wait: O(1) where all have one
  void join(Waiter& w) noexcept {
    Waiter *before = last_, *next_group = nullptr;
    while (before != nullptr && before->hook.priority > w.hook.priority) {
      next_group = before;
      before = before->hook.group_before;
    }
    w.hook.before = before;
    w.hook.after = before != nullptr ? before->hook.after : first_;
    (before != nullptr ? before->hook.after : first_) = &w;
    (w.hook.after != nullptr ? w.hook.after->hook.before : last_) = &w;
    const bool same = before != nullptr && before->hook.priority == w.hook.priority;
    w.hook.group_before = same ? before->hook.group_before : before;
    if (next_group != nullptr) next_group->hook.group_before = &w;
    ++size_;
  }
  /// Takes one out from anywhere. \complexity as `join`
  void leave(Waiter& w) noexcept {
    Waiter *const before = w.hook.before, *const after = w.hook.after;
    if (after == nullptr || after->hook.priority != w.hook.priority) {  // the last of its priority
      Waiter* group = w.hook.group_before;
      if (before != nullptr && before->hook.priority == w.hook.priority) {
        before->hook.group_before = group;
        group = before;
      }
      if (after != nullptr) {
        Waiter* next = last_;
        while (next->hook.group_before != &w) next = next->hook.group_before;
        next->hook.group_before = group;
      }
    }
    (before != nullptr ? before->hook.after : first_) = after;
    (after != nullptr ? after->hook.before : last_) = before;
    --size_;
  }
  /// Takes the first out. \pre !empty()
  Waiter& take_first() noexcept {
    SIFANG_ASSERT(!empty());
    Waiter& w = *first_;
    leave(w);
    return w;
  }
  /// Forgets all.
  void clear() noexcept { *this = {}; }

 private:
  Waiter *first_ = nullptr, *last_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace sifang

#endif
