// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_POLICY_SAMPLER_HPP
#define SIFANG_EXPERIMENT_POLICY_SAMPLER_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/study_arm.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/stats/selection_record.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Years of policies as selections ask for them, played by a team.

namespace sifang {

namespace detail {

/// Players of arms that nobody plays with at the moment, from call to call: a player is a year's memory, dear to make. What a player
/// plays depends on the number of the year alone, so it makes no difference who gets which.
class player_pool {
 public:
  explicit player_pool(std::size_t arms) : idle_(arms) {}
  /// A player of the arm.
  template <class = when_called>
  [[nodiscard]] std::unique_ptr<any_player> take(std::size_t at, const study_arm& arm) {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_[at].empty()) {
        std::unique_ptr<any_player> out = std::move(idle_[at].back());
        idle_[at].pop_back();
        return out;
      }
    }
    return arm.make_player();
  }
  /// Gives it back.
  void give(std::size_t at, std::unique_ptr<any_player> player) {
    const std::lock_guard lock(mutex_);
    idle_[at].push_back(std::move(player));
  }
  /// Frees the players of arms that are not wanted any more.
  void keep_only(std::span<const selection_request> wanted) {
    for (std::size_t k = 0; k < idle_.size(); ++k) {
      const auto is_of = [k](const selection_request& w) { return w.system == k; };
      if (std::none_of(wanted.begin(), wanted.end(), is_of)) idle_[k].clear();
    }
  }

 private:
  std::mutex mutex_;
  std::vector<std::vector<std::unique_ptr<any_player>>> idle_;
};

}  // namespace detail

/// A `selection_sampler` whose systems are the arms of a study and whose replications are their years: the numerators and denominators
/// of metrics of the whole county. One metric for `select_best` and its like, as many as there are targets for `decide_feasibility`.
///
/// Years of the same number have the same luck under all arms. What comes out depends on their numbers alone.
/// \tparam Team  one whose pieces arrive here: threads, not ranks
template <class Team>
requires work_team<Team>
class policy_sampler {
 public:
  /// \param team, arms  outlive the sampler \param what  the metrics \pre one arm and one metric at least; asserted
  policy_sampler(const Team& team, std::span<const study_arm> arms, std::span<const metric> what)
      : team_(&team), arms_(arms), what_(what.begin(), what.end()), pool_(arms.size()) {
    SIFANG_ASSERT(!arms.empty() && !what.empty(), "an arm and a metric at least");
  }

  /// Plays the years that are asked for. \returns false if the team was told to stop
  [[nodiscard]] bool operator()(std::span<const selection_request> wanted, std::span<selection_value> places) {
    std::vector<piece> pieces;
    std::size_t at = 0;
    for (const selection_request& w : wanted) {
      for (std::size_t done = 0; done < w.count; done += block_replications) {
        const std::size_t count = (std::min)(block_replications, w.count - done);
        pieces.push_back({w.system, w.first + done, count, at});
        at += count * what_.size();
      }
    }
    SIFANG_ASSERT(at == places.size(), "a place for each value");
    pool_.keep_only(wanted);
    const std::size_t taken = team_->run(
        pieces.size(), [&] { return [&](std::size_t number, std::vector<double>& out) { play(pieces[number], out); }; },
        [&](std::size_t number, std::span<const double> values) {
          selection_value* into = places.data() + pieces[number].place;
          for (std::size_t k = 0; k < values.size(); k += 2) *into++ = {values[k], values[k + 1]};
        });
    return taken == pieces.size();
  }

 private:
  struct piece {
    std::size_t arm, first, count, place;
  };
  void play(const piece& p, std::vector<double>& out) {
    std::unique_ptr<any_player> player = pool_.take(p.arm, arms_[p.arm]);
    for (std::size_t r = p.first; r < p.first + p.count; ++r) {
      const replication_outcome& year = player->run(static_cast<std::uint32_t>(r));
      for (const metric m : what_) {
        out.push_back(year.sums.numerator(m, 0));  // the cell of the whole county
        out.push_back(year.sums.denominator(m, 0));
      }
    }
    pool_.give(p.arm, std::move(player));
  }

  const Team* team_;
  std::span<const study_arm> arms_;
  std::vector<metric> what_;
  detail::player_pool pool_;
};

}  // namespace sifang

#endif
