// SPDX-License-Identifier: BSL-1.0
// A life cycle that does not say which clocks are rights.
#include "sifang/petition/life_cycle.hpp"

struct silent : sifang::petition_cycle {
  static bool is_right() = delete;
};
static_assert(sifang::life_cycle_kinds<silent>);
