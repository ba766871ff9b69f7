// SPDX-License-Identifier: BSL-1.0
// An organisation whose traits do not say who may sit.
#include "sifang/org/organisation.hpp"

struct silent : sifang::county_traits {
  static bool may_sit() = delete;
};
static_assert(sifang::organisation_traits<silent>);
