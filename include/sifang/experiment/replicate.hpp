// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_REPLICATE_HPP
#define SIFANG_EXPERIMENT_REPLICATE_HPP

#include "sifang/experiment/team.hpp"
#include "sifang/county/replication.hpp"

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
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
/// Every outcome is kept; for many replications, `run_study` keeps sums instead.
///
/// Each thread keeps one replication and reuses its memory. If `stop` is set, the longest finished run of
/// replications from 0 on is returned.
template <ownership_policy Ownership = named_ownership>
[[nodiscard]] std::vector<replication_outcome> replicate(const world& w, std::size_t n, const run_options& options, const Ownership& ownership) {
  std::vector<replication_outcome> out(n);
  const auto make_worker = [&] {
    return [&, player = replication<Ownership>(w, ownership)](std::size_t i, std::vector<double>&) mutable {
      out[i] = player.run(static_cast<std::uint32_t>(i));
      if (options.finished) options.finished(i);
    };
  };
  out.resize(thread_team{options.threads, options.stop}.run(n, make_worker, [](std::size_t, std::span<const double>) {}));
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
