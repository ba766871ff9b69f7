// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_HPP
#define SIFANG_PETITION_HPP

/// \file
/// A petition matter (信访事项): its kinds, its life, its limits in law, its history, and how the work is measured. What is so
/// of any case over any life cycle stands in "life_cycle_table.hpp", "time_limit.hpp", "step.hpp", "basic_case_history.hpp" and
/// "share.hpp".

#include "sifang/petition/text.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/petition/life_cycle_table.hpp"
#include "sifang/petition/broken_rule.hpp"
#include "sifang/petition/case_state.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/petition/diagram.hpp"
#include "sifang/petition/time_limit.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/guards.hpp"
#include "sifang/petition/case_record.hpp"
#include "sifang/petition/step.hpp"
#include "sifang/petition/case_step.hpp"
#include "sifang/petition/refused_step.hpp"
#include "sifang/petition/basic_case_history.hpp"
#include "sifang/petition/case_history.hpp"
#include "sifang/petition/share.hpp"
#include "sifang/petition/metrics.hpp"
#include "sifang/petition/case_load.hpp"

#endif
