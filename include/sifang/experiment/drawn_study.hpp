// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_DRAWN_STUDY_HPP
#define SIFANG_EXPERIMENT_DRAWN_STUDY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Policies played on many counties that may be ours: draws without, years within, and the same years for all.

namespace sifang {

/// How much of what is played.
struct drawn_shape {
  std::size_t draws = 0,  ///< counties that may be ours
      policies = 0,       ///< on each of them
      replications = 0,   ///< years of each, by number: the same for all draws and policies
      figures = 0;        ///< ratios that are kept of a year

  /// Numbers of one draw: whether it was played, then numerators and denominators of each policy and year.
  [[nodiscard]] constexpr std::size_t piece() const noexcept { return 1 + 2 * policies * replications * figures; }
};

/// Numerators and denominators of every figure, in every year, of every policy, on every draw.
class drawn_outcomes {
 public:
  /// Nothing was played yet.
  explicit drawn_outcomes(const drawn_shape& shape = {}) : shape_(shape) {}

  /// What was asked for; `draws` of it may be more than there are.
  [[nodiscard]] const drawn_shape& shape() const noexcept { return shape_; }
  /// Draws that were finished, played or refused: fewer than asked for where the team was stopped.
  [[nodiscard]] std::size_t finished() const noexcept { return shape_.piece() > 0 ? all_.size() / shape_.piece() : 0; }
  /// Whether a county could be made of a draw for every policy. \pre draw < finished(); asserted
  [[nodiscard]] bool was_played(std::size_t draw) const noexcept {
    SIFANG_ASSERT(draw < finished(), "a draw that was finished");
    return at(draw, 0) != 0;
  }
  /// \pre draw < finished(), and the others within the shape; asserted @{
  [[nodiscard]] double numerator(std::size_t draw, std::size_t policy, std::size_t year, std::size_t figure) const noexcept {
    SIFANG_ASSERT(policy < shape_.policies && year < shape_.replications && figure < shape_.figures, "within the shape");
    return at(draw, 1 + (policy * shape_.replications + year) * shape_.figures + figure);
  }
  [[nodiscard]] double denominator(std::size_t draw, std::size_t policy, std::size_t year, std::size_t figure) const noexcept {
    SIFANG_ASSERT(policy < shape_.policies && year < shape_.replications && figure < shape_.figures, "within the shape");
    return at(draw, 1 + ((shape_.policies + policy) * shape_.replications + year) * shape_.figures + figure);
  }
  /// @}
  /// Takes the numbers of the next draw.
  template <class = when_called>
  void take(std::span<const double> piece) {
    SIFANG_ASSERT(piece.size() == shape_.piece(), "the numbers of one draw");
    all_.insert(all_.end(), piece.begin(), piece.end());
  }

 private:
  [[nodiscard]] double at(std::size_t draw, std::size_t place) const noexcept {
    SIFANG_ASSERT(draw < finished() && place < shape_.piece(), "a draw that was finished");
    return all_[draw * shape_.piece() + place];
  }

  drawn_shape shape_;
  std::vector<double> all_;
};

/// Plays every policy on one draw, as a piece that `drawn_outcomes` takes: all zero if a county of some policy could not be made of it.
/// \param player  as `play_draws` makes them
template <class Player>
void play_draw(const drawn_shape& shape, Player&& player, std::size_t draw, std::vector<double>& numbers) {
  numbers.assign(shape.piece(), 0.0);
  const std::size_t of_policy = shape.replications * shape.figures;
  for (std::size_t p = 0; p < shape.policies; ++p) {
    const auto rows = detail::span_to(numbers).subspan(1);
    if (!player(draw, p, rows.subspan(p * of_policy, of_policy), rows.subspan((shape.policies + p) * of_policy, of_policy))) return;
  }
  numbers[0] = 1;
}

/// Plays every policy on every draw. The team's pieces are draws.
/// \param make_player  called once a thread: `player(draw, policy, numerators, denominators)` fills both, year by year and figure by
///                     figure, and says whether it could; what it writes depends on the two numbers alone
/// \param finished     called on this thread with the number of draws taken so far
/// \pre at least one of everything; asserted \complexity memory: 16 bytes a figure, year, policy and draw
template <class Team, class MakePlayer, class Finished>
requires work_team<Team>
[[nodiscard]] drawn_outcomes play_draws(Team&& team, const drawn_shape& shape, MakePlayer&& make_player, Finished&& finished) {
  SIFANG_ASSERT(shape.draws > 0 && shape.policies > 0 && shape.replications > 0 && shape.figures > 0, "at least one of everything");
  drawn_outcomes out(shape);
  const auto make_worker = [&] {
    return [&shape, player = make_player()](std::size_t draw, std::vector<double>& numbers) mutable {
      play_draw(shape, player, draw, numbers);
    };
  };
  team.run(shape.draws, make_worker, [&](std::size_t draw, std::span<const double> numbers) {
    out.take(numbers);
    finished(draw + 1);
  });
  return out;
}

/// Plays years 0 … n−1 of the world of a policy on a draw, and keeps some metrics of the whole county.
/// \tparam MakeWorld  `make(draw, policy)` gives `checked<world>`; any thread may call it at any time
template <class MakeWorld>
class drawn_county_player {
 public:
  /// \param make, metrics  live as long as this
  drawn_county_player(const MakeWorld& make, std::span<const metric> metrics) : make_(&make), metrics_(metrics) {}

  /// See `play_draws`.
  bool operator()(std::size_t draw, std::size_t policy, std::span<double> numerators, std::span<double> denominators) const {
    const checked<world> made = (*make_)(draw, policy);
    if (!made) return false;
    replication<> year(*made);
    const std::size_t cell = made->layout().at(dimension::all, 0), figures = metrics_.size();
    for (std::size_t i = 0; i < numerators.size() / figures; ++i) {
      const replication_outcome& r = year.run(static_cast<std::uint32_t>(i));
      for (std::size_t k = 0; k < figures; ++k) {
        numerators[i * figures + k] = r.sums.numerator(metrics_[k], cell);
        denominators[i * figures + k] = r.sums.denominator(metrics_[k], cell);
      }
    }
    return true;
  }

 private:
  const MakeWorld* make_;
  std::span<const metric> metrics_;
};

}  // namespace sifang

#endif
