// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_REFUSED_STEP_HPP
#define SIFANG_PETITION_REFUSED_STEP_HPP

#include "sifang/petition/broken_rule.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/petition/step.hpp"

/// \file
/// Steps that a petition matter cannot take, as values that say why in words: `sentence(refused)`.

namespace sifang {

using refused_step = basic_refused_step<petition_cycle>;  ///< a step that was refused: nothing has changed

/// What a step gives: the recorded value, or the refusal. Never both.
template <class T>
using step_result = basic_step_result<T, petition_cycle>;

}  // namespace sifang

#endif
