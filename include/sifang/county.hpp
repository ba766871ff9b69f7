// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_HPP
#define SIFANG_COUNTY_HPP

/// \file
/// A county on which a scenario is played: its values and their rules, the world, what is measured, and one possible year.

#include "sifang/county/provenance.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/parameter.hpp"
#include "sifang/county/list_parameters.hpp"
#include "sifang/county/session_parameters.hpp"
#include "sifang/county/post_parameters.hpp"
#include "sifang/county/cost_parameters.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/parameter_faults.hpp"
#include "sifang/county/parameter_value.hpp"
#include "sifang/county/idle_settings.hpp"
#include "sifang/county/load_limits.hpp"
#include "sifang/county/scenario_rules.hpp"
#include "sifang/county/county_rules.hpp"
#include "sifang/county/scenario_recurrences.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/cost.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/birth_draws.hpp"
#include "sifang/county/scenario_laws.hpp"
#include "sifang/county/year/tables.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/load_watch.hpp"
#include "sifang/county/post_watch.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/behaviour.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/county/histories/guarantees.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/replay_history.hpp"

#endif
