// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_EXPERIMENT_LIVE_MEMORY_HPP
#define SIFANG_TESTS_EXPERIMENT_LIVE_MEMORY_HPP

#include <cstddef>

/// Bytes from operator new that this program holds; live_memory.cpp replaces the operators.
[[nodiscard]] std::size_t live_bytes() noexcept;
/// The most it held since `forget_peak`.
[[nodiscard]] std::size_t peak_bytes() noexcept;
void forget_peak() noexcept;

#endif
