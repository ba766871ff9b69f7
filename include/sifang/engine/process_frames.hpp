// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_PROCESS_FRAMES_HPP
#define SIFANG_ENGINE_PROCESS_FRAMES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/process_line.hpp"

#include <algorithm>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace sifang {

class process_frames;
class process_end;          // one who waits for the end of another
class interruptible_delay;  // a delay that another process may end
struct process_slabs;       // the memory of a simulation's processes

/// A place for one process, kept for the next one when it has ended, so that whoever remembers a process can
/// ask whether it still lives. The coroutine's frame follows in memory.
struct alignas(std::max_align_t) process_record {
  process_slabs* memory = nullptr;  ///< what it stands in
  union {
    process_record* next = nullptr;      ///< of a free place: the next one of its size
    interruptible_delay* interruptible;  ///< of a process: the delay that may be interrupted now, or null
  };
  void* frame = nullptr;              ///< address of the coroutine; null when nobody lives here
  waiting_line<process_end> joining;  ///< who wait for its end
  std::uint64_t lives = 0;            ///< processes that have ended here
  std::uint32_t size_class = 0;       ///< length, in units of `process_frames::grain`
  std::uint32_t slot = 0;             ///< where events find the frame
};

/// A piece of memory, cut into places of one size.
struct process_slab {
  std::unique_ptr<std::byte[]> memory;  ///< more than is used, so that places can be aligned
  std::byte* first = nullptr;           ///< the first place
  std::size_t places = 0,               ///< how many
      stride = 0;                       ///< bytes from one to the next
};

/// The memory of a simulation's processes. It stays as long as the simulation or a name of one of its processes does, so
/// that a name can be asked after the simulation is gone. One thread at a time, as the simulation itself.
struct process_slabs {
  process_frames* frames = nullptr;  ///< whose it is, while the simulation lives
  std::vector<process_slab> all;     ///< in the order in which they were needed
  std::size_t holders = 1;           ///< the simulation while it lives, and the names

  /// One holder fewer; the last one takes the memory along.
  static void release(process_slabs* slabs) noexcept {
    if (--slabs->holders == 0) delete slabs;
  }
};

namespace detail {
/// Processes that go on at the present time, first come first served.
class ready_line {
 public:
  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  template <class = when_called>
  void push(void* frame) {
    if (count_ == ring_.size()) [[unlikely]]
      grow();
    ring_[(first_ + count_++) & (ring_.size() - 1)] = frame;
  }
  void* pop() noexcept {
    void* const frame = ring_[first_];
    first_ = (first_ + 1) & (ring_.size() - 1);
    --count_;
    return frame;
  }
  void clear() noexcept { first_ = count_ = 0; }

 private:
  template <class = when_called>
  void grow() {
    std::vector<void*> larger(ring_.empty() ? 16 : 2 * ring_.size());
    for (std::size_t i = 0; i < count_; ++i) larger[i] = ring_[(first_ + i) & (ring_.size() - 1)];
    ring_.swap(larger);
    first_ = 0;
  }
  std::vector<void*> ring_;
  std::size_t first_ = 0, count_ = 0;
};
}  // namespace detail

/// Frames of the processes of one simulation, and how events find them.
///
/// Memory is cut from slabs and goes back to a list of its size, so that a simulation that has seen its
/// busiest moment allocates nothing. An event names a slot, not a frame: to take back an event, its slot is
/// emptied and the process gets another.
class process_frames {
 public:
  static constexpr std::size_t grain = 64;  ///< sizes of places are multiples of it, and frames aligned to it
  static_assert(sizeof(process_record) % grain == 0);

  process_frames() = default;
  process_frames(const process_frames&) = delete;
  process_frames& operator=(const process_frames&) = delete;
  /// Destroys the processes that have not ended. Their names count as those of processes that have.
  ~process_frames() {
    destroy_all();
    if (slabs_ != nullptr) process_slabs::release(slabs_);
  }

  /// Memory for a coroutine. \complexity O(1); no allocation if a place of the size is free
  template <class = when_called>
  [[nodiscard]] void* take(std::size_t bytes) {
    SIFANG_ASSERT(!closing_);
    const std::size_t kind = (bytes + sizeof(process_record) + grain - 1) / grain;
    if (kind >= free_.size() || free_[kind] == nullptr) [[unlikely]]
      carve(kind);
    newest_ = free_[kind];
    free_[kind] = newest_->next;
    return newest_ + 1;
  }
  /// Takes the memory of a coroutine that has been destroyed back.
  static void give_back(void* memory) noexcept {
    process_record* const place = static_cast<process_record*>(memory) - 1;
    process_frames& owner = *place->memory->frames;
    place->frame = nullptr;
    ++place->lives;
    place->next = owner.free_[place->size_class];
    owner.free_[place->size_class] = place;
  }
  /// The place that was taken last: a coroutine asks for it as it is made.
  [[nodiscard]] process_record* newest() const noexcept { return newest_; }

  /// A coroutine begins to live in its place.
  void settle(process_record* place, void* frame) noexcept {
    place->frame = frame;
    place->interruptible = nullptr;
    frame_of_[place->slot] = frame;
  }
  /// The frame that an event is for; null if the event has been taken back, and then the slot is free again.
  template <class = when_called>
  [[nodiscard]] void* arrived(std::uint32_t slot) {
    void* const frame = frame_of_[slot];
    if (frame == nullptr) [[unlikely]]
      empty_slots_.push_back(slot);
    return frame;
  }
  /// Asks the memory for the frame of an event that will happen soon; only a matter of speed.
  void fetch([[maybe_unused]] std::uint32_t slot) const noexcept {
#if defined(__GNUC__)
    const std::uintptr_t at = reinterpret_cast<std::uintptr_t>(frame_of_[slot]);
    for (std::uintptr_t line = at - grain; line <= at + grain; line += grain) __builtin_prefetch(reinterpret_cast<const void*>(line));
#endif
  }
  /// Takes back the event that is under way to a process.
  template <class = when_called>
  void call_off(process_record* place) {
    if (empty_slots_.empty()) {
      empty_slots_.push_back(static_cast<std::uint32_t>(frame_of_.size()));
      frame_of_.push_back(nullptr);
    }
    frame_of_[place->slot] = nullptr;
    place->slot = empty_slots_.back();
    empty_slots_.pop_back();
    frame_of_[place->slot] = place->frame;
  }

  /// The process goes on at the present time, after those who already do.
  template <class = when_called>
  void go_on(const process_record* place) {
    ready_.push(place->frame);
  }
  /// Whether a process goes on at the present time.
  [[nodiscard]] bool anyone_ready() const noexcept { return !ready_.empty(); }
  /// The first of them. \pre anyone_ready()
  [[nodiscard]] void* pop_ready() noexcept {
    SIFANG_ASSERT(anyone_ready(), "a process that goes on");
    return ready_.pop();
  }

  /// Destroys the processes that have not ended, in the order of their places; their memory stays. All events
  /// must be forgotten with them.
  template <class = when_called>
  void destroy_all() {
    closing_ = true;
    std::uint32_t slot = 0;
    for (std::size_t n = 0; slabs_ != nullptr && n < slabs_->all.size(); ++n) {
      const process_slab& s = slabs_->all[n];
      for (std::size_t i = 0; i < s.places; ++i) {
        process_record* const place = at(s, i);
        if (place->frame != nullptr) std::coroutine_handle<>::from_address(place->frame).destroy();
        place->joining.clear();
        place->slot = slot++;
      }
    }
    ready_.clear();
    empty_slots_.clear();
    for (; slot < frame_of_.size(); ++slot) empty_slots_.push_back(slot);
    closing_ = false;
  }
  /// Whether all processes are being destroyed: then nothing is given back to anybody.
  [[nodiscard]] bool closing() const noexcept { return closing_; }

 private:
  static constexpr std::size_t slab_bytes = 16384;

  [[nodiscard]] static process_record* at(const process_slab& s, std::size_t i) noexcept {
    return std::launder(reinterpret_cast<process_record*>(s.first + i * s.stride));
  }
  template <class = when_called>
  void carve(std::size_t kind) {
    if (kind >= free_.size()) free_.resize(kind + 1, nullptr);
    if (slabs_ == nullptr) slabs_ = new process_slabs{this, {}};
    process_slab s;
    s.stride = kind * grain;
    s.places = (std::max<std::size_t>)(1, slab_bytes / s.stride);
    std::size_t room = s.places * s.stride + grain;
    s.memory = std::make_unique<std::byte[]>(room);
    void* from = s.memory.get();
    s.first = static_cast<std::byte*>(std::align(grain, s.places * s.stride, from, room));
    for (std::size_t i = s.places; i-- > 0;) {
      process_record* const place = ::new (s.first + i * s.stride) process_record;
      place->memory = slabs_;
      place->size_class = static_cast<std::uint32_t>(kind);
      place->slot = static_cast<std::uint32_t>(frame_of_.size());
      frame_of_.push_back(nullptr);
      place->next = free_[kind];
      free_[kind] = place;
    }
    slabs_->all.push_back(std::move(s));
  }

  std::vector<void*> frame_of_;             // one a slot
  std::vector<std::uint32_t> empty_slots_;  // slots of nobody
  std::vector<process_record*> free_;       // lists of places, one a size
  detail::ready_line ready_;
  process_record* newest_ = nullptr;
  bool closing_ = false;
  process_slabs* slabs_ = nullptr;  // held, as by each name; none before the first process
};

}  // namespace sifang

#endif
