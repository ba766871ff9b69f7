// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_HPP
#define SIFANG_ENGINE_HPP

/// \file
/// A simulation library of its own right: random numbers, event queues, stations, processes, exact theory beside them, and
/// statistics. Needs the standard library alone (target `sifang::engine`), and knows nothing of petitions.

#include "sifang/version.hpp"
#include "sifang/core.hpp"
#include "sifang/random.hpp"
#include "sifang/stats.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/rank_keys.hpp"
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/first_least.hpp"
#include "sifang/engine/ladder_queue.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_resource.hpp"
#include "sifang/engine/process_store.hpp"
#include "sifang/engine/process_condition.hpp"
#include "sifang/engine/process_average.hpp"
#include "sifang/engine/theory_poisson.hpp"
#include "sifang/engine/theory_patience.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_calendar.hpp"
#include "sifang/engine/theory_reception.hpp"
#include "sifang/engine/theory_chain.hpp"
#include "sifang/engine/theory_states.hpp"
#include "sifang/engine/theory_reentrant.hpp"

#endif
