// SPDX-License-Identifier: BSL-1.0
// A hook that takes the condition alone: the library gives it a message too.
#define SIFANG_ASSERT(condition) static_cast<void>(condition)
#include "sifang/core/assert.hpp"

int main() {}
