// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_MODEL_HPP
#define SIFANG_MODEL_HPP

/// \file
/// The model without the simulation: time, calendar, organisation, petitions, assignment, the four doors. For those who
/// embed it in a system of their own; it costs two thirds of "sifang/sifang.hpp" to compile.

#include "sifang/core.hpp"
#include "sifang/calendar.hpp"
#include "sifang/org.hpp"
#include "sifang/petition.hpp"
#include "sifang/assign.hpp"
#include "sifang/reception.hpp"

#endif
