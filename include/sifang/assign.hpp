// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_HPP
#define SIFANG_ASSIGN_HPP

/// \file
/// Who owns a case, and the graph of who took it from whom.

#include "sifang/assign/ownership.hpp"
#include "sifang/assign/case_graph.hpp"

#endif
