// SPDX-License-Identifier: BSL-1.0
// A length of time is not a number of days.
#include "sifang/core/time.hpp"

sifang::day mistake(sifang::day received) { return received + sifang::minutes(15); }
