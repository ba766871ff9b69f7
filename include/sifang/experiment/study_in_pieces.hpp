// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_STUDY_IN_PIECES_HPP
#define SIFANG_EXPERIMENT_STUDY_IN_PIECES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/study_arm.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

/// \file
/// A study that somebody else drives, piece by piece.

namespace sifang {

/// A study of which its owner plays and takes the pieces, where `run_study` cannot wait for a team: in a page of a browser, whose workers
/// share no memory and answer when they do. Each worker makes the same study, plays the pieces that it is given, and hands on their
/// numbers; one of them takes all, in order.
///
///     study_in_pieces here(arms_of<>(worlds), 200), there(arms_of<>(worlds), 200);  // in two processes
///     for (std::size_t piece = 0; piece < here.pieces(); ++piece) here.take((piece % 2 == 0 ? here : there).play(piece));
///
/// After all pieces the sums are, byte for byte, those of `run_study`; before, those of its first replications.
class study_in_pieces {
 public:
  /// \param arms          at least one, as is asserted, that split metrics alike; their worlds outlive the study; the first is the base
  /// \param replications  of each arm when all pieces are taken
  /// \param years         as in `run_study`
  template <class = when_called>
  study_in_pieces(std::vector<study_arm> arms, std::size_t replications, kept_years years = {})
      : arms_(checked(std::move(arms))), shape_(detail::span_of(arms_), years), replications_(replications), sums_(shape_.empty()) {}
  study_in_pieces(const study_in_pieces&) = delete;  // its worker refers to its shape
  study_in_pieces& operator=(const study_in_pieces&) = delete;

  /// How many there are: blocks of `block_replications` replications, the last of which may be shorter.
  [[nodiscard]] std::size_t pieces() const noexcept { return blocks_of(replications_); }
  /// How many numbers a piece has.
  [[nodiscard]] std::size_t numbers() const noexcept { return shape_.size(); }

  /// Plays a piece: in any order, and again with the same numbers.
  /// \returns its numbers, which live until the next call \pre piece < pieces(); asserted
  template <class = when_called>
  [[nodiscard]] std::span<const double> play(std::size_t piece) {
    SIFANG_ASSERT(piece < pieces(), "a piece of this study");
    if (!worker_) worker_ = std::make_unique<detail::study_worker>(shape_, detail::span_of(arms_), replications_);
    values_.clear();
    (*worker_)(piece, values_);
    return detail::span_of(values_);
  }

  /// Adds the numbers of the piece that comes next: those of `play(taken())`, of this study or of its like elsewhere.
  /// \pre as many as `numbers()`, and a piece is left; asserted
  template <class = when_called>
  void take(std::span<const double> values) {
    SIFANG_ASSERT(values.size() == numbers() && taken_ < pieces(), "the numbers of the piece that comes next");
    shape_.merge(sums_, values);
    ++taken_;
  }
  /// Pieces that were taken.
  [[nodiscard]] std::size_t taken() const noexcept { return taken_; }
  /// What is known after them.
  [[nodiscard]] const study_result& result() const noexcept { return sums_; }

 private:
  template <class = when_called>
  [[nodiscard]] static std::vector<study_arm> checked(std::vector<study_arm> arms) {
    SIFANG_ASSERT(!arms.empty(), "at least one arm");
    return arms;
  }

  std::vector<study_arm> arms_;
  detail::study_shape shape_;
  std::size_t replications_, taken_ = 0;
  study_result sums_;
  std::unique_ptr<detail::study_worker> worker_;
  std::vector<double> values_;
};

}  // namespace sifang

#endif
