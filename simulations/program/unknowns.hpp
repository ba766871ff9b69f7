// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_UNKNOWNS_HPP
#define SIFANG_PROGRAM_UNKNOWNS_HPP

#include "verbs.hpp"

#include "sifang/core/fault.hpp"
#include "sifang/experiment/drawn_study.hpp"
#include "sifang/experiment/drawn_worlds.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/result_unknowns.hpp"
#include "sifang/io/output_directory.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The outer loop of a comparison: draws of what is not known of the county (`--unknowns`, `--draws`, `--inner`).

namespace sifang_program {

/// How many draws the options ask for; 0 is none, or all of a file of draws.
[[nodiscard]] inline std::size_t draws_wanted(const options& o) noexcept {
  return o.looks_at_unknowns ? sifang::first_draws : static_cast<std::size_t>(o.unknowns.value_or(0));
}
/// Whether the options ask for draws.
[[nodiscard]] inline bool asks_of_unknowns(const options& o) noexcept { return draws_wanted(o) > 0 || !o.draws.empty(); }

/// The worlds of the policies on the draws that the options ask for; tells what is wrong. Null if they ask for none, or nobody asked and
/// the base has no number that is not known.
/// \param policies  the first is the base \param cases  recorded cases, if there are
/// \returns `done` or `bad_input`
int worlds_on_draws(const options& o, const std::vector<const sifang::world*>& policies, std::optional<sifang::case_load> cases,
                    std::unique_ptr<sifang::drawn_worlds>& into);

/// Plays every policy on every draw. Every rank calls it.
[[nodiscard]] sifang::drawn_outcomes play_on_draws(const options& o, const sifang::drawn_worlds& worlds);

/// Puts what was found into the result, and tells why draws were refused.
void add_unknowns(const options& o, const sifang::drawn_worlds& worlds, const sifang::drawn_outcomes& played, sifang::result& into);

/// What was found, as tables; empty for a result without draws.
[[nodiscard]] std::string unknowns_text(const sifang::result& r, const options& o);

/// Writes unknowns.csv and unknown_draws.csv of a result that has them.
[[nodiscard]] std::vector<sifang::fault> write_unknowns(const sifang::drawn_worlds& worlds, const sifang::drawn_outcomes& played,
                                                        const sifang::result& r, const sifang::output_directory& into);

}  // namespace sifang_program

#endif
