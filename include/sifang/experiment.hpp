// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_HPP
#define SIFANG_EXPERIMENT_HPP

/// \file
/// Many replications by a team, their sums and estimates, policies side by side. Included by name: what is asked of them beyond that
/// (`experiment/case_fates.hpp`, `unit_lateness.hpp`, `bottlenecks.hpp`, `sensitivity.hpp`, `unknowns.hpp`, `optimise.hpp`,
/// `study_in_pieces.hpp`, …).

#include "sifang/experiment/result.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/watch.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/experiment/compare.hpp"
#include "sifang/experiment/cost_result.hpp"
#include "sifang/experiment/cost_row.hpp"
#include "sifang/experiment/cost_service.hpp"
#include "sifang/experiment/reception_calendar.hpp"
#include "sifang/experiment/assemble.hpp"
#include "sifang/experiment/audit_years.hpp"
#include "sifang/experiment/case_story.hpp"

#endif
