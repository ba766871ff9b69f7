// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_THEORY_CHECK_HPP
#define SIFANG_EXPERIMENT_THEORY_CHECK_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/experiment/theory_days.hpp"
#include "sifang/experiment/theory_model.hpp"
#include "sifang/experiment/theory_networks.hpp"
#include "sifang/experiment/theory_stations.hpp"
#include "sifang/stats/student_t.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

/// \file
/// Simulated values beside exact ones: stations, networks, and the queues of reception days.

namespace sifang {

/// Probability with which a correct engine is rejected by the whole table, at most (Bonferroni).
inline constexpr double theory_error = 1e-3;
/// Replications of each model unless told otherwise.
inline constexpr std::size_t theory_replications = 100;
/// The fewest of which anything is said.
inline constexpr std::size_t least_theory_replications = 10;

/// A value that theory gives and the engine simulates, compared.
struct theory_row {
  std::string_view model,  ///< "M/M/1  λ 0.6"
      en,                  ///< which value, in English
      zh;                  ///< which value, in Chinese
  double exact = 0,        ///< as theory has it
      simulated = 0,       ///< mean over replications
      standard_error = 0,  ///< of that mean
      z = 0,               ///< their difference in standard errors
      critical = 0;        ///< beyond this |z| is absurd; infinite where replications are too few for a verdict

  /// Whether z is not absurd.
  [[nodiscard]] bool agrees() const noexcept { return std::abs(z) <= critical; }
  /// The error, as a share of the exact value, that this comparison sees with a probability of 90 %.
  [[nodiscard]] double visible() const noexcept {
    constexpr double normal_90 = 1.2815515655446004;
    return (critical + normal_90) * standard_error / std::abs(exact);
  }
};

/// All models: those of one station, networks, customers who come back or lose patience, reception days.
/// \complexity some of the exact values are those of chains with some thousand states
template <class = when_called>
[[nodiscard]] inline std::vector<theory_model> theory_models() {
  std::vector<theory_model> out;
  detail::add_plain_stations(out);
  detail::add_constant_service(out);
  detail::add_priorities(out);
  detail::add_preemption(out);
  detail::add_patience(out);
  detail::add_networks(out);
  detail::add_reentrant(out);
  detail::add_case_managers(out);
  detail::add_swinging_arrivals(out);
  detail::add_reception_days(out);
  detail::add_one_session(out);
  return out;
}

/// A value of a model from its replications.
/// \param comparisons  values that are judged together: the joint error is `theory_error`
template <class = when_called>
[[nodiscard]] inline theory_row compared(const theory_model& model, std::size_t value, std::span<const double> found,
                                         std::size_t comparisons) {
  SIFANG_ASSERT(value < model.values.size() && comparisons > 0, "a value of the model");
  const theory_value& of = model.values[value];
  theory_row row{model.name, of.en, of.zh, of.exact};
  const auto n = static_cast<double>(found.size());
  for (const double x : found) row.simulated += x / n;
  double square = 0;
  for (const double x : found) square += (x - row.simulated) * (x - row.simulated);
  row.standard_error = n > 1 ? std::sqrt(square / (n - 1) / n) : std::numeric_limits<double>::infinity();
  row.z = row.standard_error > 0      ? (row.simulated - of.exact) / row.standard_error
          : row.simulated == of.exact ? 0
                                      : row.simulated - of.exact;
  const bool enough = found.size() >= least_theory_replications;
  row.critical =
      enough ? student_t_quantile(1 - theory_error / static_cast<double>(comparisons) / 2, n - 1) : std::numeric_limits<double>::infinity();
  if (enough && row.standard_error == 0 && row.simulated != of.exact) row.z = std::numeric_limits<double>::infinity();
  return row;
}

/// Simulates each model that many times, and compares. The same for any number of threads.
/// \param finished  called on this thread with the number of replications of models that are played
/// \returns a row for each value, in order; none if the team was stopped before the end
template <std::invocable<std::size_t> Finished>
[[nodiscard]] std::vector<theory_row> check_theory(const thread_team& team, const std::vector<theory_model>& models,
                                                   std::size_t replications, Finished&& finished) {
  std::size_t comparisons = 0;
  std::vector<std::vector<std::vector<double>>> found(models.size());  // by model and value
  for (std::size_t m = 0; m < models.size(); ++m) {
    found[m].resize(models[m].values.size());
    comparisons += models[m].values.size();
  }
  const auto make_worker = [&] {
    return [&](std::size_t piece, std::vector<double>& out) {
      out = models[piece / replications].play(static_cast<std::uint32_t>(piece % replications));
    };
  };
  const auto take = [&](std::size_t piece, std::span<const double> values) {
    std::vector<std::vector<double>>& of = found[piece / replications];
    SIFANG_ASSERT(values.size() == of.size(), "a model plays as many values as it has");
    for (std::size_t v = 0; v < of.size(); ++v) of[v].push_back(values[v]);
    finished(piece + 1);
  };
  const std::size_t pieces = models.size() * replications;
  std::vector<theory_row> rows;
  if (team.run(pieces, make_worker, take) < pieces) return rows;
  for (std::size_t m = 0; m < models.size(); ++m) {
    for (std::size_t v = 0; v < found[m].size(); ++v) rows.push_back(compared(models[m], v, detail::span_of(found[m][v]), comparisons));
  }
  return rows;
}

/// All models on all threads.
template <class = when_called>
[[nodiscard]] inline std::vector<theory_row> compare_with_theory(std::size_t replications = theory_replications) {
  return check_theory(thread_team{}, theory_models(), replications, [](std::size_t) {});
}

}  // namespace sifang

#endif
