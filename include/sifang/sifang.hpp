// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIFANG_HPP
#define SIFANG_SIFANG_HPP

/// \file
/// Everything but the file formats (`sifang/io.hpp`, which needs `sifang::io`) and the graphs of Boost.Graph
/// (`sifang/graph.hpp`).

/// \namespace sifang
/// County petition work: its calendar, people, cases and reception days, and their simulation.

#include "sifang/engine.hpp"
#include "sifang/calendar.hpp"
#include "sifang/org.hpp"
#include "sifang/petition.hpp"
#include "sifang/assign.hpp"
#include "sifang/reception.hpp"
#include "sifang/county.hpp"
#include "sifang/experiment.hpp"

#endif
