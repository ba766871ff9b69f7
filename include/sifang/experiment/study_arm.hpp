// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_STUDY_ARM_HPP
#define SIFANG_EXPERIMENT_STUDY_ARM_HPP

#include "sifang/core/span_of.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/own_metric.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace sifang {

/// Whoever plays replications of one county, whatever its policies and observers.
class any_player {
 public:
  any_player() = default;
  any_player(const any_player&) = delete;
  any_player& operator=(const any_player&) = delete;
  virtual ~any_player() = default;
  /// Plays one. The outcome lives until the next.
  virtual const replication_outcome& run(std::uint32_t number) = 0;
};

/// One of the things that a study compares: a county under a scenario, with policies and observers of one's own or without.
class study_arm {
 public:
  /// \param w          outlives the arm
  /// \param set        `policies{}.with(…)`, or one policy by itself
  /// \param observers  each thread has copies of its own; their metrics are part of the study
  template <std::same_as<world> World, class Set = policies<>, class... Observers>
  explicit study_arm(const World& w, const Set& set = {}, const Observers&... observers)
      : world_(&w), own_(own_metrics_of<Observers...>()), make_([&w, set, ... mine = observers]() -> std::unique_ptr<any_player> {
          return std::make_unique<player<policies_of<Set>, Observers...>>(w, as_policies(set), mine...);
        }) {}

  /// The county.
  [[nodiscard]] const world& place() const noexcept { return *world_; }
  /// Metrics of the observers.
  template <class = when_called>
  [[nodiscard]] std::span<const own_metric> own_metrics() const noexcept {
    return detail::span_of(own_);
  }
  /// A player with a memory of its own.
  [[nodiscard]] std::unique_ptr<any_player> make_player() const { return make_(); }

 private:
  template <class Set, class... Observers>
  class player final : public any_player {
   public:
    player(const world& w, const Set& set, const Observers&... observers) : year_(w, set, observers...) {}
    const replication_outcome& run(std::uint32_t number) override { return year_.run(number); }

   private:
    replication<Set, Observers...> year_;
  };

  const world* world_;
  std::vector<own_metric> own_;
  std::function<std::unique_ptr<any_player>()> make_;
};

}  // namespace sifang

#endif
