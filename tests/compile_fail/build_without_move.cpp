// SPDX-License-Identifier: BSL-1.0
// A builder that is asked for its tree without being given up.
#include "sifang/org/hierarchy.hpp"

void f() {
  sifang::hierarchy_builder<int> builder;
  builder.add("county", "", 1);
  (void)builder.build();
}
