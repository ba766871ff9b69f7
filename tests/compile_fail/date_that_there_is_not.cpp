// SPDX-License-Identifier: BSL-1.0
// Year, month and day, not the other way round; also without assertions.
#define NDEBUG
#include "sifang/core.hpp"

constexpr sifang::day mistake(15, 1, 2022);
