// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_CATCH_HPP
#define SIFANG_TESTS_CATCH_HPP

// Catch2 2.13 and 3.x under one include.
#ifdef SIFANG_CATCH2_V3
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

#endif
