// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_REPLICATE_HPP
#define SIFANG_EXPERIMENT_REPLICATE_HPP

#include "sifang/experiment/team.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace sifang {

/// How replications are run. None of it changes a result.
struct run_options {
  int threads = 0;                            ///< 0: as many as the machine has
  std::function<void(std::size_t)> finished;  ///< told after each replication; may be called from any thread
  const std::atomic<bool>* stop = nullptr;    ///< set to true: begin no further replication
};

/// Replications 0 … n-1 of a world, in parallel, each in its place: the same bytes for any number of threads.
/// Every outcome is kept; for many replications, `run_study` keeps sums instead.
///
/// Each thread keeps one replication and reuses its memory. If `stop` is set, the longest finished run of
/// replications from 0 on is returned.
/// \param set  `policies{}.with(…)`, or one policy by itself; what is not in it is as the scenario says
template <std::same_as<world> World, class Set = policies<>>
[[nodiscard]] std::vector<replication_outcome> replicate(const World& w, std::size_t n, const run_options& options = {},
                                                         const Set& set = {}) {
  std::vector<replication_outcome> out(n);
  const auto make_worker = [&] {
    return [&, player = replication<policies_of<Set>>(w, as_policies(set))](std::size_t i, std::vector<double>&) mutable {
      out[i] = player.run(static_cast<std::uint32_t>(i));
      if (options.finished) options.finished(i);
    };
  };
  out.resize(thread_team{options.threads, options.stop}.run(n, make_worker, [](std::size_t, std::span<const double>) {}));
  return out;
}

/// The same, watched: every replication is told to a copy of the observer as it is given, and the copies are merged into it
/// in the order of the replications, by `void merge(Observer&&)`. The same bytes for any number of threads.
template <std::same_as<world> World, class Set, class Observer>
requires requires(Observer& into, Observer one) { into.merge(std::move(one)); }
[[nodiscard]] std::vector<replication_outcome> replicate(const World& w, std::size_t n, const run_options& options, const Set& set,
                                                         Observer& into) {
  std::vector<replication_outcome> out(n);
  std::vector<std::optional<Observer>> told(n);
  const Observer fresh = into;
  const auto make_worker = [&] {
    return [&, player = replication<policies_of<Set>, Observer>(w, as_policies(set), fresh)](std::size_t i, std::vector<double>&) mutable {
      out[i] = player.run(static_cast<std::uint32_t>(i));
      told[i].emplace(std::exchange(player.observer(), fresh));
      if (options.finished) options.finished(i);
    };
  };
  const auto take = [&](std::size_t i, std::span<const double>) {
    into.merge(std::move(*told[i]));
    told[i].reset();
  };
  out.resize(thread_team{options.threads, options.stop}.run(n, make_worker, take));
  return out;
}

}  // namespace sifang

#endif
