// SPDX-License-Identifier: BSL-1.0
// A policy whose `owner` answers with a number.
#include "sifang/assign/ownership.hpp"

struct by_lot {
  int owner(const sifang::ownership_request&, const sifang::caseload_view&) const { return 0; }
};
static_assert(sifang::ownership_policy<by_lot>);
