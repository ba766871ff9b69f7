// SPDX-License-Identifier: BSL-1.0
// A policy that has no `owner`.
#include "sifang/assign/ownership.hpp"

struct by_lot {};
static_assert(sifang::ownership_policy<by_lot>);
