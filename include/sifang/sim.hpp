// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_HPP
#define SIFANG_SIM_HPP

/// \file
/// Event queue, random streams, queueing models and their theory, the world and its replications.

#include "sifang/sim/elementary.hpp"
#include "sifang/sim/philox.hpp"
#include "sifang/sim/random.hpp"
#include "sifang/sim/variates.hpp"
#include "sifang/sim/philox_wide.hpp"
#include "sifang/sim/exponential_stream.hpp"
#include "sifang/sim/discrete_table.hpp"
#include "sifang/sim/gamma_quantile.hpp"
#include "sifang/sim/rank_keys.hpp"
#include "sifang/sim/day_queue.hpp"
#include "sifang/sim/event_queue.hpp"
#include "sifang/sim/fingerprint.hpp"
#include "sifang/sim/ladder_queue.hpp"
#include "sifang/sim/queueing.hpp"
#include "sifang/sim/theory_poisson.hpp"
#include "sifang/sim/theory_patience.hpp"
#include "sifang/sim/theory.hpp"
#include "sifang/sim/theory_calendar.hpp"
#include "sifang/sim/theory_reception.hpp"
#include "sifang/sim/scenario.hpp"
#include "sifang/sim/parameters.hpp"
#include "sifang/sim/work_time.hpp"
#include "sifang/sim/metrics.hpp"
#include "sifang/sim/tally.hpp"
#include "sifang/sim/outcome.hpp"
#include "sifang/sim/world.hpp"
#include "sifang/sim/quantile_table.hpp"
#include "sifang/sim/laws.hpp"
#include "sifang/sim/draws.hpp"
#include "sifang/sim/birth_draws.hpp"
#include "sifang/sim/scenario_laws.hpp"
#include "sifang/sim/replication_tables.hpp"
#include "sifang/sim/matter.hpp"
#include "sifang/sim/replication.hpp"

#endif
