// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_RANKS_HPP
#define SIFANG_PROGRAM_RANKS_HPP

#include "verbs.hpp"

#include "sifang/experiment/team.hpp"
#include "sifang/io/journal.hpp"
#ifdef SIFANG_PROGRAM_WITH_MPI
#include "sifang/experiment/mpi.hpp"
#endif

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// \file
/// The processes of one run: one, or those that mpirun started. All run the same command; the first alone prints and
/// writes files.

namespace sifang_program {

/// Joins the other ranks if this process was started as one of several, and silences all but the first.
/// \returns `done`, or `failed` if the program was built without MPI
int begin_ranks();
/// Whether this is the process that prints and writes.
[[nodiscard]] bool first_rank() noexcept;
/// Whether there are others.
[[nodiscard]] bool many_ranks() noexcept;
/// What every rank does next: the code of the first, unless another could not prepare what the first could, or has
/// prepared something else (`input`, a hash of it), which is told and is a failure. Every rank calls it once before work begins.
[[nodiscard]] int agree(const options& o, int code, std::uint64_t input = 0);
/// The number that the first rank has. Every rank calls it.
[[nodiscard]] std::size_t shared_by_first(std::size_t value);
/// Replaces the numbers by those that the first rank has. Every rank calls it.
void share_of_first(std::vector<std::uint64_t>& numbers);
/// The exit code of every rank: that of the first, or a failure of another. Ends MPI.
[[nodiscard]] int leave_ranks(int code);
/// After an exception: ends the other ranks too, if there are any.
void abort_ranks() noexcept;

/// Calls `work(team)` with the threads of this process, or all ranks, whose pieces are kept in the journal if there is one.
/// \param stop  what ends the work before its end; others than `stop_requested` must be set by whoever sees that
template <class Work>
auto with_team(const options& o, sifang::journal* kept, Work&& work, const std::atomic<bool>& stop = stop_requested) {
#ifdef SIFANG_PROGRAM_WITH_MPI
  if (many_ranks()) return work(sifang::journaled_team{sifang::mpi_team{std::max(1, o.threads), &stop}, kept});
#endif
  return work(sifang::journaled_team{sifang::thread_team{o.threads, &stop}, kept});
}

}  // namespace sifang_program

#endif
