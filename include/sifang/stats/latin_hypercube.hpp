// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_LATIN_HYPERCUBE_HPP
#define SIFANG_STATS_LATIN_HYPERCUBE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/random.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

/// \file
/// Latin hypercubes (McKay, Beckman & Conover 1979): points that fill a box of any dimension and leave no part of any side empty.

namespace sifang {

/// Points in the unit cube, each a list of one number for each dimension.
using unit_points = std::vector<std::vector<double>>;

/// The square of the least distance between two points; infinite for fewer than two. \complexity points² × dimensions
[[nodiscard]] inline double least_squared_distance(const unit_points& points) noexcept {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      double sum = 0;
      for (std::size_t j = 0; j < points[i].size(); ++j) {
        const double off = points[i][j] - points[k][j];
        sum += off * off;
      }
      least = (std::min)(least, sum);
    }
  }
  return least;
}

namespace detail {

/// One Latin hypercube: number `index` of its name.
template <draw_purpose Purpose>
[[nodiscard]] unit_points one_hypercube(std::size_t points, std::size_t dimensions, const random_source& source, Purpose purpose,
                                        std::uint32_t index) {
  unit_points out(points, std::vector<double>(dimensions));
  std::vector<std::pair<std::uint64_t, std::size_t>> order(points);  // points by lot
  std::vector<double> within(points);
  for (std::size_t j = 0; j < dimensions; ++j) {
    for (std::size_t i = 0; i < points; ++i) {
      const auto b = source.block(static_cast<std::uint64_t>(j) << 32 | i, purpose, index);
      order[i] = {static_cast<std::uint64_t>(b[1]) << 32 | b[0], i};
      // 33 bits: a part and its place within together are exact, so that no rounding carries a point into the next part.
      within[i] = (static_cast<double>(b[2]) + 0.5) * 0x1p-32;
    }
    std::sort(order.begin(), order.end());
    for (std::size_t part = 0; part < points; ++part) {
      const std::size_t i = order[part].second;
      out[i][j] = (static_cast<double>(part) + within[i]) / static_cast<double>(points);
    }
  }
  return out;
}

}  // namespace detail

/// `points` points in (0, 1)^`dimensions`, so that each of the `points` equal parts of every side holds exactly one of them, anywhere
/// within its part. Each point by itself is uniform, and a mean over them varies no more than over independent points, nearly
/// (Stein 1987; Owen 1997): less by what the model's answer owes to single parameters.
///
/// A coordinate is drawn by the names of its point and dimension: a further dimension leaves the others where they are.
/// \param source   of which replication
/// \param purpose  which nothing else of this replication may draw for
/// \param tries    of so many hypercubes the one whose nearest two points are farthest apart (maximin: Johnson, Moore & Ylvisaker
///                 1990; Morris & Mitchell 1995). 1, a plain one, keeps points uniform; more is for the design of an emulator.
/// \pre points < 2^20, dimensions < 2^32, 1 ≤ tries < 2^20; asserted
/// \complexity tries × points × (dimensions × log points + points × dimensions if tries is above 1)
template <draw_purpose Purpose>
[[nodiscard]] unit_points latin_hypercube(std::size_t points, std::size_t dimensions, const random_source& source, Purpose purpose,
                                          std::uint32_t tries = 1) {
  SIFANG_ASSERT(points < std::size_t{1} << 20 && std::uint64_t{dimensions} < std::uint64_t{1} << 32, "so few points and dimensions");
  SIFANG_ASSERT(tries >= 1 && tries < std::uint32_t{1} << 20, "at least one hypercube");
  unit_points best = detail::one_hypercube(points, dimensions, source, purpose, 0);
  if (tries == 1) return best;
  double farthest = least_squared_distance(best);
  for (std::uint32_t index = 1; index < tries; ++index) {
    unit_points other = detail::one_hypercube(points, dimensions, source, purpose, index);
    const double apart = least_squared_distance(other);
    if (apart <= farthest) continue;
    farthest = apart;
    best = std::move(other);
  }
  return best;
}

}  // namespace sifang

#endif
