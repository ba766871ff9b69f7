// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_WATCH_HPP
#define SIFANG_EXPERIMENT_WATCH_HPP

#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/team.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace sifang {

/// Plays chosen replications of a world, and hands over what observers saw of each, one after another: for what is too much to be kept
/// of all, such as histories.
///
///     watch_replications(county, numbers, {}, policies{}, [&](std::uint32_t number, case_ledger&& ledger, event_log&& log) { … },
///                        case_ledger{}, event_log{});
///
/// Each is told to copies of the observers as they are given. The same calls in the same order for any number of threads; a few
/// replications a thread are in memory at one time.
/// \param numbers    which; in this order they are handed over
/// \param set        `policies{}.with(…)`, or one policy by itself
/// \param take       called on this thread with the number and the observers
/// \param observers  of different types
/// \returns how many were handed over: all, unless `options.stop` was set
template <std::same_as<world> World, class Set, class Take, class... Observers>
requires std::invocable<Take&, std::uint32_t, Observers&&...> std::size_t watch_replications(const World& w,
                                                                                             std::span<const std::uint32_t> numbers,
                                                                                             const run_options& options, const Set& set,
                                                                                             Take&& take, const Observers&... observers) {
  std::vector<std::optional<std::tuple<Observers...>>> told(numbers.size());
  const auto make_worker = [&] {
    return [&, player = replication<policies_of<Set>, Observers...>(w, as_policies(set), observers...)](std::size_t i,
                                                                                                        std::vector<double>&) mutable {
      player.run(numbers[i]);
      told[i].emplace(std::exchange(player.template observer<Observers>(), observers)...);
      if (options.finished) options.finished(i);
    };
  };
  return thread_team{options.threads, options.stop}.run(numbers.size(), make_worker, [&](std::size_t i, std::span<const double>) {
    std::apply([&](Observers&... one) { take(numbers[i], std::move(one)...); }, *told[i]);
    told[i].reset();
  });
}

}  // namespace sifang

#endif
