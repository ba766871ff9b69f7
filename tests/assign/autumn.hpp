// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_ASSIGN_AUTUMN_HPP
#define SIFANG_TESTS_ASSIGN_AUTUMN_HPP

#include "sifang/assign/case_graph.hpp"

/// Three cases of one autumn.
namespace sifang_tests {

using namespace sifang;

inline constexpr day first_day(2022, 9, 15);
inline instant on(int days, int minute = 480) { return {first_day + calendar_days(days), minutes(minute)}; }

inline constexpr official_id chen(0), lin(1), wang(2);
inline constexpr unit_id housing(0), land(1), songcheng(2), yacheng(3);
inline constexpr petitioner_id zhang(0), li(1), zhao(2);
inline constexpr case_id demolition(0), drainage(1), wages(2);

/// Demolition goes round two offices; drainage is nobody's; wages is settled.
inline case_graph autumn() {
  case_graph g;
  g.visit(demolition, zhang, on(0));
  g.receive(demolition, chen, on(0, 490));
  g.own(demolition, chen, on(0, 491));
  g.make_responsible(demolition, housing, on(0, 500));
  g.transfer(demolition, housing, land, on(2));
  g.transfer(demolition, land, housing, on(5));
  g.supervise(demolition, lin, on(6));
  g.visit(demolition, li, on(7));
  g.visit(drainage, zhao, on(1));
  g.receive(drainage, songcheng, on(1, 490));
  g.visit(wages, zhang, on(1));
  g.receive(wages, chen, on(1, 490));
  g.own(wages, chen, on(1, 490));
  g.make_responsible(wages, yacheng, on(1, 500));
  g.close(wages, on(9));
  return g;
}

}  // namespace sifang_tests

#endif
