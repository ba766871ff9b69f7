// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_LEDGERS_HPP
#define SIFANG_PROGRAM_LEDGERS_HPP

#include "verbs.hpp"

#include "sifang/io/ledger_reading.hpp"

/// \file
/// Ledgers that are given to the program: how they are read, and copies that can be shared.

namespace sifang_program {

/// Says how many rows of a ledger are used, what its columns were taken for, and what else should be known. Nothing with `--quiet`.
void tell_ledger(const options& o, const sifang::ledger_reading& read);

}  // namespace sifang_program

#endif
