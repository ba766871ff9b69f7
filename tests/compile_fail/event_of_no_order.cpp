// SPDX-License-Identifier: BSL-1.0
// An event that cannot be ordered.
#include "sifang/engine/event_queue.hpp"

struct something {};
sifang::heap_queue<something> mistake;
