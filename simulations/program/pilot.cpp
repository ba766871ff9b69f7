// SPDX-License-Identifier: BSL-1.0
#include "verbs.hpp"

namespace sifang_program {

int pilot(const options&) { return failed; }

}  // namespace sifang_program
