// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_REPLAY_PARAMETERS_HPP
#define SIFANG_COUNTY_REPLAY_PARAMETERS_HPP

#include "sifang/county/parameter.hpp"

/// \file
/// One row for each parameter of the replay of recorded cases, as `county/parameters.hpp` has them for all else.

namespace sifang::detail {

// clang-format off: a table
/// Calls `v(parameter, field)` for each of them.
template <class Replay, class Visitor>
void visit_replay(Replay& replay, Visitor&& v) {
  using enum origin;
  using p = parameter_line;
  v(p{"replay.mode", "choice", choice, "planner", 0, 0,
      "What is taken from recorded cases: predicted (that they arise; the county does the rest) or as_recorded (all that is recorded)",
      "重放台账的方式：predicted 只取来件，其余由模型推演；as_recorded 凡有记录的一律照录"},
    replay.mode);
  v(p{"replay.resample", "choice", choice, "planner", 0, 0,
      "Draw anew in each replication from which day or week of the record its cases come: none, day (of the same weekday) or week",
      "每次模拟按何单位有放回地重抽台账：none 不重抽，day 按日（同一星期几），week 按整周"},
    replay.resample);
  v(p{"replay.scale", "factor", choice, "planner", 0, 20,
      "Recorded cases relative to the record: each is left out by chance, or comes again a week later, and a week after that",
      "来件量相对台账的倍数：小于 1 随机删减，大于 1 逐周平移复制"},
    replay.scale);
  v(p{"replay.generated", "bool", choice, "planner", 0, 1, "Whether matters are generated too, beside the recorded",
      "是否在台账之外另行生成来件"},
    replay.generated);
}
// clang-format on

}  // namespace sifang::detail

#endif
