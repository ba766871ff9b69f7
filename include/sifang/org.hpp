// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_HPP
#define SIFANG_ORG_HPP

/// \file
/// Units, hierarchy, officials and their links: of a county, or over kinds, roles and relations of one's own.
///
/// "sifang/org/hierarchy_graph.hpp" is apart, for those who want the hierarchy as a graph of Boost.Graph.

#include "sifang/org/unit.hpp"
#include "sifang/org/hierarchy.hpp"
#include "sifang/org/hierarchy_views.hpp"
#include "sifang/org/level_set.hpp"
#include "sifang/org/hierarchy_edit.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/county_words.hpp"
#include "sifang/org/organisation_traits.hpp"
#include "sifang/org/county_traits.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/structure.hpp"
#include "sifang/org/audit.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/org/even_links.hpp"
#include "sifang/org/near_links.hpp"

#endif
