// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_MPI_HPP
#define SIFANG_EXPERIMENT_MPI_HPP

#include "sifang/core/assert.hpp"
#include "sifang/experiment/mpi_hands.hpp"
#include "sifang/experiment/team.hpp"

#include <mpi.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <exception>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The ranks of an MPI job as a team. The only header that needs an MPI library (CMake component `mpi`).

namespace sifang {

/// MPI from here to the end of its life. Only the thread that made it calls MPI.
class mpi_session {
 public:
  /// \pre MPI was not begun in this process; asserted
  mpi_session() {
    int provided = 0, begun = 0;
    MPI_Initialized(&begun);
    SIFANG_ASSERT(begun == 0, "a process in which MPI was not begun");
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }
  mpi_session(const mpi_session&) = delete;
  mpi_session& operator=(const mpi_session&) = delete;
  /// Waits for the other ranks.
  ~mpi_session() { MPI_Finalize(); }

  /// Which of the ranks this process is, from 0; and how many there are. @{
  [[nodiscard]] int rank() const noexcept { return rank_; }
  [[nodiscard]] int size() const noexcept { return size_; }
  /// @}

  /// What every rank has to say, in the order of the ranks. Every rank calls it.
  [[nodiscard]] std::vector<std::uint64_t> all(std::uint64_t mine) const {
    std::vector<std::uint64_t> out(static_cast<std::size_t>(size_));
    MPI_Allgather(&mine, 1, MPI_UINT64_T, out.data(), 1, MPI_UINT64_T, MPI_COMM_WORLD);
    return out;
  }
  /// Replaces the numbers by those that the first rank has, as many as there. Every rank calls it.
  void share(std::vector<std::uint64_t>& numbers) const {
    std::uint64_t size = numbers.size();
    MPI_Bcast(&size, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    numbers.resize(static_cast<std::size_t>(size));
    constexpr std::size_t most = std::size_t{1} << 20;
    for (std::size_t at = 0; at < numbers.size(); at += most) {
      MPI_Bcast(numbers.data() + at, static_cast<int>((std::min)(most, numbers.size() - at)), MPI_UINT64_T, 0, MPI_COMM_WORLD);
    }
  }
  /// Ends the whole job, now.
  [[noreturn]] void abort(int code) const noexcept {
    MPI_Abort(MPI_COMM_WORLD, code);
    std::abort();
  }

 private:
  int rank_ = 0, size_ = 1;
};

namespace detail {

/// Waits that grow while nothing happens, so that who waits does not take the processor from who works.
class patience {
 public:
  [[nodiscard]] std::chrono::microseconds next() noexcept {
    const auto now = wait_;
    wait_ = (std::min)(wait_ * 2, longest);
    return now;
  }
  void reset() noexcept { wait_ = shortest; }

 private:
  static constexpr std::chrono::microseconds shortest{20}, longest{1000};
  std::chrono::microseconds wait_ = shortest;
};

/// A communicator of one run's own: its messages meet no others.
class run_communicator {
 public:
  explicit run_communicator(MPI_Comm from) {
    MPI_Comm_dup(from, &ranks);
    MPI_Comm_rank(ranks, &rank);
    MPI_Comm_size(ranks, &size);
  }
  run_communicator(const run_communicator&) = delete;
  run_communicator& operator=(const run_communicator&) = delete;
  ~run_communicator() { MPI_Comm_free(&ranks); }

  [[nodiscard]] std::size_t tags() const {
    void* most = nullptr;
    int known = 0;
    MPI_Comm_get_attr(ranks, MPI_TAG_UB, &most, &known);
    return known != 0 ? static_cast<std::size_t>(*static_cast<int*>(most)) : 32767;
  }
  MPI_Comm ranks = MPI_COMM_NULL;
  int rank = 0, size = 1;
};

/// The first rank's side: hands out numbers, gathers values, takes them in order.
///
/// A message's tag is the slot of its piece. Since a slot is free again only when its piece was taken, a tag
/// says which piece is meant, and the number that was sent from a slot has long arrived when it is used again.
template <class Take>
class piece_server {
 public:
  piece_server(run_communicator& comm, mpi_hands& hands, std::size_t pieces, std::span<const int> threads, Take& take,
               const std::atomic<bool>* stop)
      : comm_(&comm), hands_(&hands), take_(&take), stop_(stop), end_(pieces), ranks_(threads.size()) {
    for (std::size_t r = 0; r < threads.size(); ++r) {
      ranks_[r].threads = static_cast<std::size_t>(threads[r]);
      total_threads_ += ranks_[r].threads;
    }
    bool more = true;
    for (std::size_t k = 0; more; ++k) {
      more = false;
      for (std::size_t r = 0; r < ranks_.size(); ++r) {
        if (k > ranks_[r].threads) continue;  // one more than it has threads waits there, so that none is idle
        free_.push_back(r);
        more = true;
      }
    }
    slots_.resize((std::min)({pieces, pieces_ahead * total_threads_, comm.tags() - 1}));
  }

  std::size_t serve() {
    patience wait;
    for (;;) {
      if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) end_ = (std::min)(end_, next_);
      hand_out();
      bool moved = receive();
      moved = collect() || moved;
      moved = take_ready() || moved;
      if (under_way_ == 0 && (failure_ || taken_ == end_)) break;
      if (moved)
        wait.reset();
      else
        hands_->wait(wait.next());
    }
    for (int r = 1; r < comm_->size; ++r) MPI_Send(nullptr, 0, MPI_BYTE, r, end_tag(), comm_->ranks);
    for (int r = 1; r < comm_->size; ++r) part_from(r);
    if (failure_) std::rethrow_exception(failure_);
    return taken_;
  }
  /// The tag that no slot has: to a rank, that there is no more; from a rank, what its worker threw, and
  /// at the end an empty text.
  [[nodiscard]] int end_tag() const noexcept { return static_cast<int>(slots_.size()); }

 private:
  struct slot {
    std::vector<double> values;
    std::uint64_t piece = 0;
    bool ready = false;
  };
  struct rank_state {
    std::size_t threads = 1, under_way = 0;
    bool failed = false;
  };

  void hand_out() {
    while (next_ < end_ && next_ < taken_ + slots_.size() && !free_.empty()) {
      const std::size_t r = free_.front();
      free_.pop_front();
      rank_state& who = ranks_[r];
      // The last pieces wait for idle threads, not behind others.
      if (who.failed || (end_ - next_ <= total_threads_ && who.under_way >= who.threads)) continue;
      const std::size_t at = next_ % slots_.size();
      slots_[at].piece = next_++;
      ++who.under_way;
      ++under_way_;
      if (r == 0) {
        hands_->give({slots_[at].piece, static_cast<int>(at), {}, {}});
      } else {
        MPI_Request sent{};
        MPI_Isend(&slots_[at].piece, 1, MPI_UINT64_T, static_cast<int>(r), static_cast<int>(at), comm_->ranks, &sent);
        MPI_Request_free(&sent);
      }
    }
  }
  bool receive() {
    bool any = false;
    for (;;) {
      int there = 0;
      MPI_Message message{};
      MPI_Status status{};
      MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, comm_->ranks, &there, &message, &status);
      if (there == 0) return any;
      any = true;
      const auto from = static_cast<std::size_t>(status.MPI_SOURCE);
      int count = 0;
      if (status.MPI_TAG == end_tag()) {
        hear_failure(from, text_of(message, status));
      } else {
        MPI_Get_count(&status, MPI_DOUBLE, &count);
        slot& s = slots_[static_cast<std::size_t>(status.MPI_TAG)];
        s.values.resize(static_cast<std::size_t>(count));
        MPI_Mrecv(s.values.data(), count, MPI_DOUBLE, &message, MPI_STATUS_IGNORE);
        s.ready = true;
        finished(from);
      }
    }
  }
  bool collect() {
    bool any = false;
    for (mpi_hands::job done; hands_->finished(done); any = true) {
      if (ranks_[0].failed) continue;
      if (done.failure) {
        lose(0, done.failure);
        continue;
      }
      slot& s = slots_[static_cast<std::size_t>(done.tag)];
      s.values.swap(done.values);
      s.ready = true;
      finished(0);
      hands_->recycle(std::move(done.values));
    }
    return any;
  }
  bool take_ready() {
    bool any = false;
    while (!failure_ && taken_ < end_ && slots_[taken_ % slots_.size()].ready) {
      slot& s = slots_[taken_ % slots_.size()];
      try {
        (*take_)(taken_, std::span<const double>(s.values));
      } catch (...) { fail(std::current_exception()); }
      s.ready = false;
      ++taken_;
      any = true;
      hand_out();
    }
    return any;
  }
  /// The last messages of a rank, so that none is left for the next run: a worker may have thrown in a rank of which
  /// nothing was awaited any more.
  void part_from(int r) {
    for (;;) {
      MPI_Message message{};
      MPI_Status status{};
      MPI_Mprobe(r, end_tag(), comm_->ranks, &message, &status);
      const std::string what = text_of(message, status);
      if (what.empty()) return;
      hear_failure(static_cast<std::size_t>(r), what);
    }
  }
  [[nodiscard]] static std::string text_of(MPI_Message& message, const MPI_Status& status) {
    int count = 0;
    MPI_Get_count(&status, MPI_CHAR, &count);
    std::string what(static_cast<std::size_t>(count), '\0');
    MPI_Mrecv(what.data(), count, MPI_CHAR, &message, MPI_STATUS_IGNORE);
    return what;
  }
  void hear_failure(std::size_t from, const std::string& what) {
    lose(from, std::make_exception_ptr(std::runtime_error("rank " + std::to_string(from) + ": " + what)));
  }
  void finished(std::size_t r) {
    --ranks_[r].under_way;
    --under_way_;
    free_.push_back(r);
  }
  /// A rank whose worker threw: what it has under way will not come.
  void lose(std::size_t r, std::exception_ptr what) {
    under_way_ -= ranks_[r].under_way;
    ranks_[r].under_way = 0;
    ranks_[r].failed = true;
    fail(std::move(what));
  }
  void fail(std::exception_ptr what) {
    if (!failure_) failure_ = std::move(what);
    end_ = (std::min)(end_, next_);
  }

  static constexpr std::size_t pieces_ahead = 4;  ///< for each thread, as in `thread_team`

  run_communicator* comm_;
  mpi_hands* hands_;
  Take* take_;
  const std::atomic<bool>* stop_;
  std::size_t next_ = 0, taken_ = 0, end_, under_way_ = 0, total_threads_ = 0;
  std::vector<slot> slots_;
  std::vector<rank_state> ranks_;
  std::deque<std::size_t> free_;  ///< ranks that can have one more piece, once for each
  std::exception_ptr failure_;
};

/// The other ranks' side: does what it is sent, and sends what it found.
inline void serve_pieces(run_communicator& comm, mpi_hands& hands, int end_tag) {
  std::exception_ptr failure;
  patience wait;
  for (;;) {
    bool moved = false;
    for (;;) {
      int there = 0;
      MPI_Message message{};
      MPI_Status status{};
      MPI_Improbe(0, MPI_ANY_TAG, comm.ranks, &there, &message, &status);
      if (there == 0) break;
      moved = true;
      if (status.MPI_TAG == end_tag) {
        MPI_Mrecv(nullptr, 0, MPI_BYTE, &message, MPI_STATUS_IGNORE);
        MPI_Send(nullptr, 0, MPI_CHAR, 0, end_tag, comm.ranks);
        if (failure) std::rethrow_exception(failure);
        return;
      }
      std::uint64_t piece = 0;
      MPI_Mrecv(&piece, 1, MPI_UINT64_T, &message, MPI_STATUS_IGNORE);
      if (!failure) hands.give({piece, status.MPI_TAG, {}, {}});
    }
    for (mpi_hands::job done; hands.finished(done); moved = true) {
      if (failure) continue;
      if (done.failure) {
        failure = done.failure;
        std::string what = "a worker failed";
        try {
          std::rethrow_exception(failure);
        } catch (const std::exception& e) { what = e.what(); } catch (...) {
        }
        if (what.empty()) what = "a worker failed";  // an empty text says farewell
        MPI_Send(what.data(), static_cast<int>(what.size()), MPI_CHAR, 0, end_tag, comm.ranks);
      } else {
        SIFANG_ASSERT(done.values.size() <= static_cast<std::size_t>((std::numeric_limits<int>::max)()));
        MPI_Send(done.values.data(), static_cast<int>(done.values.size()), MPI_DOUBLE, 0, done.tag, comm.ranks);
        hands.recycle(std::move(done.values));
      }
    }
    if (moved)
      wait.reset();
    else
      hands.wait(wait.next());
  }
}

}  // namespace detail

/// Every rank of an MPI communicator, each with threads of its own. See `work_team`.
///
/// The first rank hands out the numbers of the pieces one by one to whoever has a thread free, and works
/// too; a rank holds one piece more than it has threads. `take` is called in the first rank. What a worker
/// throws comes out of `run` in its own rank and, as `std::runtime_error`, in the first; the others return.
/// A rank that dies takes the job with it, as MPI has it: see `journaled_team` for what was finished by then.
struct mpi_team {
  int threads = 1;                          ///< of this rank; every rank may have another number
  const std::atomic<bool>* stop = nullptr;  ///< set to true in the first rank: begin no further piece
  MPI_Comm ranks = MPI_COMM_WORLD;          ///< every rank of it calls `run`, on the thread that began MPI

  /// See `work_team`.
  template <class MakeWorker, class Take>
  std::size_t run(std::size_t pieces, MakeWorker&& make_worker, Take&& take) const {
    detail::run_communicator comm(ranks);
    const int mine = (std::max)(1, threads);
    std::vector<int> all(static_cast<std::size_t>(comm.size));
    MPI_Allgather(&mine, 1, MPI_INT, all.data(), 1, MPI_INT, comm.ranks);
    detail::mpi_hands hands(mine, make_worker);
    detail::piece_server server(comm, hands, pieces, all, take, stop);
    if (comm.rank == 0) return server.serve();
    detail::serve_pieces(comm, hands, server.end_tag());
    return 0;
  }

  /// The number that the first rank has, in every rank. Every rank calls it.
  [[nodiscard]] std::size_t from_first(std::size_t value) const {
    auto number = static_cast<std::uint64_t>(value);
    MPI_Bcast(&number, 1, MPI_UINT64_T, 0, ranks);
    return static_cast<std::size_t>(number);
  }
};
static_assert(work_team<mpi_team> && work_team<const mpi_team>);

}  // namespace sifang

#endif
