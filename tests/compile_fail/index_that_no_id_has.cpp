// SPDX-License-Identifier: BSL-1.0
// 2^32 is one position more than there are; also without assertions.
#define NDEBUG
#include "sifang/core.hpp"

constexpr sifang::unit_id mistake(4294967296);
