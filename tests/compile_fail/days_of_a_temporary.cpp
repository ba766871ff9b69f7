// SPDX-License-Identifier: BSL-1.0
// A view of the days of a rule that is gone.
#include "sifang/calendar/recurrence.hpp"

auto mistake() { return sifang::recurrence::day_of_month(15).days(sifang::day(2022, 1, 1), sifang::day(2022, 12, 31)); }
