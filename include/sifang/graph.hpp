// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_GRAPH_HPP
#define SIFANG_GRAPH_HPP

/// \file
/// The model as graphs of Boost.Graph. Apart from "sifang/sifang.hpp", because Boost.Graph alone takes as long to
/// compile as half of the library. Writing graphs costs more still and is included by name:
/// "sifang/org/organisation_export.hpp", "sifang/assign/case_graph_export.hpp".

#include "sifang/org/hierarchy_graph.hpp"
#include "sifang/org/organisation_graph.hpp"
#include "sifang/assign/case_graph.hpp"
#include "sifang/assign/case_graph_view.hpp"
#include "sifang/assign/case_graph_loops.hpp"
#include "sifang/assign/case_graph_oversight.hpp"
#include "sifang/assign/assignment_network.hpp"

#endif
