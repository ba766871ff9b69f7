// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_TEAM_HPP
#define SIFANG_EXPERIMENT_TEAM_HPP

#include <algorithm>
#include <atomic>
#include <concepts>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <span>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"

namespace sifang {

namespace detail {
struct example_worker {
  void operator()(std::size_t piece, std::vector<double>& out) const;
};
struct example_make_worker {
  example_worker operator()() const;
};
struct example_take {
  void operator()(std::size_t piece, std::span<const double> values) const;
};
}  // namespace detail

/// Whoever does numbered pieces of work: threads here, the ranks of a cluster in `experiment/mpi.hpp`.
///
/// `team.run(pieces, make_worker, take)` does the pieces 0 … pieces−1 and says how many were taken:
/// fewer than `pieces` only if the team was told to stop.
/// - `make_worker()` is called once a thread, on that thread, and makes a worker with a memory of its own.
/// - `worker(std::size_t piece, std::vector<double>& out)` fills `out`, which is empty. Any thread, any order.
///   What it writes depends on the number of the piece alone, so that the bytes are the same for every team.
/// - `take(std::size_t piece, std::span<const double> values)` gets what the worker wrote: on the caller's
///   thread, in the order of the pieces. The values are bits to the team, and are carried unchanged.
///
/// Workers run ahead of `take` by a bounded number of pieces, so the memory does not grow with `pieces`.
/// What a worker or `take` throws comes out of `run`. In a team of several processes every process calls
/// `run` with the same pieces; `take` is called in the first only, and the others return 0.
template <class Team>
concept work_team = requires(Team& team, std::size_t pieces, detail::example_make_worker make_worker, detail::example_take take) {
  { team.run(pieces, make_worker, take) } -> std::same_as<std::size_t>;
};

namespace detail {

/// What the threads of one run share: which piece comes next, and what was found and not yet taken.
class piece_window {
 public:
  piece_window(std::size_t pieces, std::size_t ahead, const std::atomic<bool>* stop) : slots_(ahead), end_(pieces), stop_(stop) {}

  /// Does pieces until there are none. Never throws; what was thrown waits for `take_all`.
  template <class MakeWorker>
  void work(MakeWorker& make_worker) noexcept {
    try {
      auto worker = make_worker();
      std::vector<double> out;
      for (std::size_t piece; next_piece(piece);) {
        out.clear();
        worker(piece, out);
        finish(piece, out);
      }
    } catch (...) { abandon(std::current_exception()); }
  }
  /// Takes every piece in order, on the caller's thread.
  template <class Take>
  std::size_t take_all(Take& take) {
    for (;;) {
      slot* found = nullptr;
      {
        std::unique_lock lock(mutex_);
        slot& head = slots_[taken_ % slots_.size()];
        finished_.wait(lock, [&] { return head.ready || failure_ || taken_ >= end_; });
        if (failure_) std::rethrow_exception(failure_);
        if (!head.ready) return taken_;
        found = &head;
      }
      take(taken_, detail::span_of(found->values));  // nobody else touches a slot that is ready, or taken_
      {
        const std::lock_guard lock(mutex_);
        found->ready = false;
        ++taken_;
      }
      room_.notify_all();
    }
  }
  /// No further piece is begun; those who wait are woken.
  void abandon(std::exception_ptr failure) noexcept {
    {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::move(failure);
      end_ = next_;
      broken_ = true;
    }
    room_.notify_all();
    finished_.notify_all();
  }

 private:
  struct slot {
    std::vector<double> values;
    bool ready = false;
  };

  template <class = when_called>
  [[nodiscard]] bool next_piece(std::size_t& piece) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return broken_ || next_ >= end_ || next_ < taken_ + slots_.size(); });
    if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) end_ = (std::min)(end_, next_);
    if (broken_ || next_ >= end_) {
      lock.unlock();
      room_.notify_all();
      finished_.notify_all();
      return false;
    }
    piece = next_++;
    return true;
  }
  template <class = when_called>
  void finish(std::size_t piece, std::vector<double>& out) {
    {
      const std::lock_guard lock(mutex_);
      slot& mine = slots_[piece % slots_.size()];
      mine.values.swap(out);  // the memory of a taken piece goes to the next
      mine.ready = true;
    }
    finished_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable room_, finished_;
  std::vector<slot> slots_;  ///< piece p lies in slot p modulo their number
  std::size_t next_ = 0, taken_ = 0, end_;
  const std::atomic<bool>* stop_;
  std::exception_ptr failure_;
  bool broken_ = false;
};

}  // namespace detail

/// The threads of this machine. One thread does all on the caller's, and starts none.
struct thread_team {
  int threads = 0;                          ///< 0: as many as the machine has
  const std::atomic<bool>* stop = nullptr;  ///< set to true: begin no further piece

  /// See `work_team`.
  template <class MakeWorker, class Take>
  std::size_t run(std::size_t pieces, MakeWorker&& make_worker, Take&& take) const {
    const std::size_t wanted = (std::min)(pieces, threads > 0 ? static_cast<std::size_t>(threads) : std::thread::hardware_concurrency());
    if (wanted > 1) {
      detail::piece_window window(pieces, pieces_ahead * wanted, stop);
      crew hands{window, {}};
      hands.threads.reserve(wanted);
      try {
        while (hands.threads.size() < wanted) hands.threads.emplace_back([&] { window.work(make_worker); });
      } catch (const std::system_error&) {
        // The machine gives no more threads: those that are there do the work.
      }
      if (!hands.threads.empty()) return window.take_all(take);
    }
    auto worker = make_worker();
    std::vector<double> out;
    std::size_t piece = 0;
    for (; piece < pieces && !(stop != nullptr && stop->load(std::memory_order_relaxed)); ++piece) {
      out.clear();
      worker(piece, out);
      take(piece, detail::span_of(out));
    }
    return piece;
  }

 private:
  /// Pieces that may wait for their turn, for each thread: enough that a long piece holds up nobody for long.
  static constexpr std::size_t pieces_ahead = 4;

  /// Threads that are ended and joined whichever way `run` is left.
  struct crew {
    detail::piece_window& window;
    std::vector<std::thread> threads;
    ~crew() {
      window.abandon(nullptr);
      for (std::thread& t : threads) t.join();
    }
  };
};
static_assert(work_team<thread_team> && work_team<const thread_team>);

}  // namespace sifang

#endif
