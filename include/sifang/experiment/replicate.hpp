// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_REPLICATE_HPP
#define SIFANG_EXPERIMENT_REPLICATE_HPP

#include "sifang/sim/replication.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace sifang {

/// How replications are run. None of it changes a result.
struct run_options {
  int threads = 0;                                 ///< 0: as many as the machine has
  std::function<void(std::size_t)> finished;       ///< told after each replication; may be called from any thread
  const std::atomic<bool>* stop = nullptr;         ///< set to true: begin no further replication
};

/// The ownership policy that the scenario names.
[[nodiscard]] inline named_ownership ownership_of(const world& w) noexcept {
  return {w.setting().ownership.rule, w.setting().ownership.cap};
}

/// Replications 0 … n-1 of a world, in parallel, each in its place: the same bytes for any number of threads.
///
/// Each thread keeps one replication and reuses its memory. If `stop` is set, the longest finished run of
/// replications from 0 on is returned.
template <ownership_policy Ownership = named_ownership>
[[nodiscard]] std::vector<replication_outcome> replicate(const world& w, std::size_t n, const run_options& options, const Ownership& ownership) {
  std::vector<replication_outcome> out(n);
  std::vector<char> done(n, 0);
  tbb::enumerable_thread_specific<replication<Ownership>> local([&] { return replication<Ownership>(w, ownership); });
  std::optional<tbb::global_control> allowed;  // more threads than cores, if asked for
  if (options.threads > 0) allowed.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(options.threads));
  tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
  arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, n, 1), [&](const tbb::blocked_range<std::size_t>& range) {
      for (std::size_t i = range.begin(); i != range.end(); ++i) {
        if (options.stop != nullptr && options.stop->load(std::memory_order_relaxed)) return;
        out[i] = local.local().run(static_cast<std::uint32_t>(i));
        done[i] = 1;
        if (options.finished) options.finished(i);
      }
    }, tbb::simple_partitioner());
  });
  std::size_t finished = 0;
  while (finished < n && done[finished] != 0) ++finished;
  out.resize(finished);
  return out;
}

/// The same with the ownership policy that the scenario names. (A template, so that only programs that call it
/// compile the replication.)
template <std::same_as<world> World>
[[nodiscard]] std::vector<replication_outcome> replicate(const World& w, std::size_t n, const run_options& options = {}) {
  return replicate(w, n, options, ownership_of(w));
}

}  // namespace sifang

#endif
