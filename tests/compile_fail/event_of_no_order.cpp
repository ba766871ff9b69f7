// SPDX-License-Identifier: BSL-1.0
// An event that cannot be ordered.
#include "sifang/sim/event_queue.hpp"

struct something {};
sifang::heap_queue<something> mistake;
