// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_ALLOCATION_HPP
#define SIFANG_TESTS_ALLOCATION_HPP

#include <cstdint>

/// Calls of operator new in this program so far; allocation.cpp replaces the operators.
[[nodiscard]] std::uint64_t allocations() noexcept;
/// Bytes that were asked for by these.
[[nodiscard]] std::uint64_t allocated_bytes() noexcept;

#endif
