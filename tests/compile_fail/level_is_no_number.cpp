// SPDX-License-Identifier: BSL-1.0
// A level is not an int.
#include "sifang/org/unit.hpp"

int mistake() { return sifang::level_of(sifang::unit_kind::village) + 1; }
