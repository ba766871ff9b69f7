// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_MPI_HANDS_HPP
#define SIFANG_EXPERIMENT_MPI_HANDS_HPP

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

/// \file
/// The threads of one rank, which do what they are given in any order. They know nothing of MPI, since one
/// thread of a rank may call it and that one is kept free to answer.

namespace sifang::detail {

class mpi_hands {
 public:
  /// A piece to be done, and then what was found.
  struct job {
    std::size_t piece = 0;
    int tag = 0;                   ///< comes back as it was given
    std::vector<double> values;    ///< what the worker wrote
    std::exception_ptr failure{};  ///< or what it threw; the thread is gone then
  };

  /// With fewer threads if the machine does not give so many; with none, the first that is `finished` is that failure.
  /// \param make_worker  called on each thread; outlives the hands
  template <class MakeWorker>
  mpi_hands(int threads, MakeWorker& make_worker) {
    threads_.reserve(static_cast<std::size_t>(threads));
    try {
      for (int k = 0; k < threads; ++k) threads_.emplace_back([this, &make_worker] { work(make_worker); });
    } catch (...) {
      if (threads_.empty()) done_.push_back({0, 0, {}, std::current_exception()});
    }
  }
  mpi_hands(const mpi_hands&) = delete;
  mpi_hands& operator=(const mpi_hands&) = delete;
  ~mpi_hands() { close(); }

  void give(job one) {
    {
      const std::lock_guard lock(mutex_);
      if (!spare_.empty()) {
        one.values = std::move(spare_.back());
        spare_.pop_back();
      }
      todo_.push_back(std::move(one));
    }
    to_do_.notify_one();
  }
  /// The next piece that was done, if there is one.
  [[nodiscard]] bool finished(job& into) {
    const std::lock_guard lock(mutex_);
    if (done_.empty()) return false;
    into = std::move(done_.front());
    done_.pop_front();
    return true;
  }
  /// Until a piece was done, or as long as that.
  void wait(std::chrono::microseconds longest) {
    std::unique_lock lock(mutex_);
    was_done_.wait_for(lock, longest, [&] { return !done_.empty(); });
  }
  /// Memory that is no longer needed, for pieces to come.
  void recycle(std::vector<double>&& memory) {
    const std::lock_guard lock(mutex_);
    if (spare_.size() <= threads_.size()) spare_.push_back(std::move(memory));
  }

 private:
  template <class MakeWorker>
  void work(MakeWorker& make_worker) noexcept {
    job one;
    try {
      auto worker = make_worker();
      while (next(one)) {
        one.values.clear();
        worker(one.piece, one.values);
        finish(std::move(one));
      }
    } catch (...) {
      one.failure = std::current_exception();
      finish(std::move(one));
    }
  }
  [[nodiscard]] bool next(job& into) {
    std::unique_lock lock(mutex_);
    to_do_.wait(lock, [&] { return closed_ || !todo_.empty(); });
    if (closed_) return false;
    into = std::move(todo_.front());
    todo_.pop_front();
    return true;
  }
  void finish(job&& one) {
    {
      const std::lock_guard lock(mutex_);
      done_.push_back(std::move(one));
    }
    was_done_.notify_one();
  }
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    to_do_.notify_all();
    for (std::thread& t : threads_) t.join();
    threads_.clear();
  }

  std::mutex mutex_;
  std::condition_variable to_do_, was_done_;
  std::deque<job> todo_, done_;
  std::vector<std::vector<double>> spare_;
  std::vector<std::thread> threads_;
  bool closed_ = false;
};

}  // namespace sifang::detail

#endif
