// SPDX-License-Identifier: BSL-1.0
// A bare number is no length of time.
#include "sifang/petition/clocks.hpp"

sifang::day mistake(const sifang::legal_clocks& law, sifang::day accepted) { return law.reply_due(accepted, 30); }
