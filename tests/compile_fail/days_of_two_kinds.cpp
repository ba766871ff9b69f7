// SPDX-License-Identifier: BSL-1.0
// Working days are not calendar days.
#include "sifang/core/time.hpp"

sifang::day mistake(sifang::day received) { return received + sifang::working_days(5); }
