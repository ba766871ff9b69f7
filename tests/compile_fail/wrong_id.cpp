// SPDX-License-Identifier: BSL-1.0
// An official is not a unit.
#include "sifang/org.hpp"

bool mistake(const sifang::county_tree& tree, sifang::official_id who) { return tree.contains(tree.root(), who); }
