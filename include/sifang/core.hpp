// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_HPP
#define SIFANG_CORE_HPP

/// \file
/// Strong ids, civil days and minutes, faults as values.

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/date_fault.hpp"
#include "sifang/core/warning.hpp"

#endif
