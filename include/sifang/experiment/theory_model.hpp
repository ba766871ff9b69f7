// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_THEORY_MODEL_HPP
#define SIFANG_EXPERIMENT_THEORY_MODEL_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/random/random.hpp"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

/// \file
/// A model that has exact values, and how it is simulated.

namespace sifang {

/// A value that theory gives and the engine simulates.
struct theory_value {
  std::string_view en,  ///< which, in English
      zh;               ///< which, in Chinese
  double exact = 0;     ///< as theory has it
};

/// A model with its exact values, and a simulation of it.
struct theory_model {
  std::string_view name;             ///< "M/M/1  λ 0.6"
  std::vector<theory_value> values;  ///< which are compared
  std::function<std::vector<double>(std::uint32_t)>
      play;  ///< one replication: as many values in the same order; the same for the same number
};

namespace detail {
/// Luck of a replication of a model. \param model  a number that no other model has
template <class = when_called>
[[nodiscard]] inline random_stream luck_of_model(std::uint32_t replication, std::uint32_t model) noexcept {
  constexpr std::uint64_t seed = 2022;
  return random_stream(seed, replication, model);
}
}  // namespace detail

}  // namespace sifang

#endif
