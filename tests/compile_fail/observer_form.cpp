// SPDX-License-Identifier: BSL-1.0
// An observer whose hooks and member (MEMBER, given to the compiler) do not go together.
#include "sifang/county/observer.hpp"

using namespace sifang;
struct mine {
  MEMBER
};
const observer_list<mine> list;
