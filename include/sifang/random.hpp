// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_HPP
#define SIFANG_RANDOM_HPP

/// \file
/// Random bits that are a function of their name, streams, variates, tables of laws.

#include "sifang/random/elementary.hpp"
#include "sifang/random/philox.hpp"
#include "sifang/random/philox_wide.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/random/gamma_quantile.hpp"
#include "sifang/random/exponential_stream.hpp"
#include "sifang/random/discrete_table.hpp"
#include "sifang/random/quantile_table.hpp"
#include "sifang/random/laws.hpp"

#endif
