// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_HPP
#define SIFANG_EXPERIMENT_HPP

/// \file
/// Many replications by a team, their sums and estimates, policies side by side.

#include "sifang/experiment/result.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/watch.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/experiment/compare.hpp"
#include "sifang/experiment/assemble.hpp"
#include "sifang/experiment/result_unknowns.hpp"
#include "sifang/experiment/drawn_study.hpp"
#include "sifang/experiment/drawn_worlds.hpp"
#include "sifang/experiment/unknowns.hpp"
#include "sifang/experiment/audit_years.hpp"
#include "sifang/experiment/case_story.hpp"

#endif
