// SPDX-License-Identifier: BSL-1.0
// A life cycle in which one event leads from one state to two.
#include "sifang/petition/life_cycle.hpp"

struct torn : sifang::petition_cycle {};
template <>
inline constexpr sifang::basic_transition<torn> sifang::life_cycle_of<torn>[] = {
    {1, case_state::none, case_event::arrive, case_state::registered}, {2, case_state::none, case_event::arrive, case_state::diverted}};
constexpr auto mistake = sifang::next<torn>(sifang::case_state::none, sifang::case_event::arrive);
