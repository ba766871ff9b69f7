// SPDX-License-Identifier: BSL-1.0
// A position is a whole number.
#include "sifang/core.hpp"

const sifang::unit_id mistake(3.7);
