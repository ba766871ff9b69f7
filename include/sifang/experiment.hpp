// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_HPP
#define SIFANG_EXPERIMENT_HPP

/// \file
/// Many replications, their summary, policies side by side.

#include "sifang/experiment/result.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/experiment/compare.hpp"

#endif
