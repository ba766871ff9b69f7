// SPDX-License-Identifier: BSL-1.0
// A life cycle that nobody has made a table for.
#include "sifang/petition/life_cycle.hpp"

struct blank : sifang::petition_cycle {};
constexpr auto mistake = sifang::next<blank>(sifang::case_state::none, sifang::case_event::arrive);
