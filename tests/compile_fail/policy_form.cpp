// SPDX-License-Identifier: BSL-1.0
// A policy whose member (MEMBER, given to the compiler) is not what a policy's is.
#include "sifang/county/policies.hpp"

using namespace sifang;
struct mine {
  MEMBER
};
const auto set = policies{}.with(mine{});
