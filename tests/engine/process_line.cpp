// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/process_line.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

using namespace sifang;

namespace {
struct waiter {
  waiting_hook<waiter> hook;
};
}  // namespace

TEST_CASE("A line is in the order of priority, then of coming, whoever joins and leaves") {
  CHECK((rc::check("a line and a sorted list agree", [](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& steps) {
    waiting_line<waiter> line;
    std::vector<std::unique_ptr<waiter>> all;
    std::vector<waiter*> expected;
    for (const auto& [what, which] : steps) {
      if (what % 5 < 3) {
        all.push_back(std::make_unique<waiter>());
        waiter& w = *all.back();
        w.hook.priority = which % 4 - 2;
        const auto place =
            std::find_if(expected.begin(), expected.end(), [&](const waiter* o) { return o->hook.priority > w.hook.priority; });
        expected.insert(place, &w);
        line.join(w);
      } else if (!expected.empty()) {
        const auto gone = what % 5 == 3 ? expected.begin() : expected.begin() + which % static_cast<std::ptrdiff_t>(expected.size());
        if (what % 5 == 3) {
          RC_ASSERT(&line.take_first() == *gone);
        } else {
          line.leave(**gone);
        }
        expected.erase(gone);
      }
      std::vector<waiter*> forth, back;
      for (waiter* w = line.first(); w != nullptr; w = w->hook.after) forth.push_back(w);
      RC_ASSERT(forth == expected);
      for (waiter* w = expected.empty() ? nullptr : expected.back(); w != nullptr; w = w->hook.before) back.insert(back.begin(), w);
      RC_ASSERT(back == expected);
      RC_ASSERT(line.size() == expected.size());
    }
  })));
}
