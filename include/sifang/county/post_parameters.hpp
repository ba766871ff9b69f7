// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POST_PARAMETERS_HPP
#define SIFANG_COUNTY_POST_PARAMETERS_HPP

#include "sifang/county/parameter.hpp"

/// \file
/// One row for each parameter of posts that change hands, as `county/parameters.hpp` has them for all else.

namespace sifang::detail {

// clang-format off: a table
/// Calls `v(parameter, field)` for each of them.
template <class Posts, class Visitor>
void visit_posts(Posts& posts, Visitor&& v) {
  using enum origin;
  using p = parameter_line;
  v(p{"posts.turnover_per_year", "1/year", inference, "modelling choice: a term of five years", 0, 1,
      "Changes of hands a year of each post of a leader, unit head or team member", "每个领导、单位主要负责同志和班子成员职务每年易人次数"},
    posts.turnover_per_year);
  v(p{"posts.vacant_days", "days", inference, "modelling choice", 0, 180,
      "Days that a post is vacant before the successor comes: nobody is there for any of its duties, nor acts as owner of its cases",
      "职务空缺天数（其间无人履职，所包案件无人督办）"},
    posts.vacant_days);
  v(p{"posts.handover_effect", "log odds", inference, "R13; modelling choice: half of what an owning leader adds", -20, 20,
      "Effect on settlement of each time that an open case passes to its owner's successor", "在办案件每次随职务交接给继任者对息诉的影响"},
    posts.handover_effect);
}
// clang-format on

}  // namespace sifang::detail

#endif
