// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIFANG_HPP
#define SIFANG_SIFANG_HPP

/// \file
/// Everything but the file formats; those are in `sifang/io.hpp` and need `sifang::io`.

#include "sifang/core.hpp"
#include "sifang/calendar.hpp"
#include "sifang/org.hpp"
#include "sifang/petition.hpp"
#include "sifang/assign.hpp"
#include "sifang/reception.hpp"
#include "sifang/sim.hpp"
#include "sifang/stats.hpp"
#include "sifang/experiment.hpp"

#endif
