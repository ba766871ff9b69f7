// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_HPP
#define SIFANG_ASSIGN_HPP

/// \file
/// Who owns a case, by a rule or at the least cost. The graph of who took it from whom is in "sifang/graph.hpp".

#include "sifang/assign/ownership.hpp"
#include "sifang/assign/assignment.hpp"
#include "sifang/assign/optimal_assignment.hpp"
#include "sifang/assign/county_assignment.hpp"

#endif
