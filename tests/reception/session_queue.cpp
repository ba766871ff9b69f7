// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/reception/session_queue.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <vector>

using namespace sifang;

namespace {

constexpr double for_ever = std::numeric_limits<double>::infinity();

/// What became of a visitor, minute by minute.
struct fate {
  visit_end end = visit_end::not_heard;
  int receiver = -1;
  int came = 0, gone = 0, finish = 0;  ///< gone: when the waiting ended
};

/// A session watched minute by minute, everything in whole minutes. Visitors in order of arrival; who has the least place is
/// called first. \param there  by receiver: the minute at which it comes
std::vector<fate> watched(const std::vector<visitor>& visitors, const std::vector<double>& there, int length, closing_policy closing) {
  std::vector<fate> out(visitors.size());
  const int receivers = static_cast<int>(there.size());
  std::vector<int> free_since(there.begin(), there.end()), busy_until(there.begin(), there.end());
  std::vector<bool> over(visitors.size(), false);
  for (std::size_t i = 0; i < visitors.size(); ++i) out[i].came = std::max(0, static_cast<int>(visitors[i].arrival));
  std::vector<std::size_t> order(visitors.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return visitors[a].place < visitors[b].place; });
  for (int now = 0; now <= 2000; ++now) {
    for (const std::size_t i : order) {
      fate& f = out[i];
      if (over[i] || f.came > now) continue;
      // Whoever has waited longer than their patience has left; at closing, who still waits is sent away, or never let in.
      if (receivers > 0 && now - f.came > visitors[i].patience) {
        over[i] = true;
        f.end = visit_end::left;
        f.gone = f.finish = f.came + static_cast<int>(visitors[i].patience);
        continue;
      }
      if ((closing != closing_policy::stay || receivers == 0) && now >= length) {
        over[i] = true;
        f.gone = f.finish = std::max(length, f.came);
        continue;
      }
      int best = -1;
      for (int r = 0; r < receivers; ++r) {
        const auto at = static_cast<std::size_t>(r);
        if (busy_until[at] <= now && (best < 0 || free_since[at] < free_since[static_cast<std::size_t>(best)])) best = r;
      }
      if (best < 0) break;  // nobody behind is called before
      over[i] = true;
      f.end = visit_end::heard;
      f.receiver = best;
      f.gone = now;
      f.finish = now + static_cast<int>(visitors[i].interview);
      busy_until[static_cast<std::size_t>(best)] = free_since[static_cast<std::size_t>(best)] = f.finish;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("R10, R11: a session goes as one sees it minute by minute") {
  const auto same = [] {
    const auto one_of = [](int least, int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1)); };
    const int receivers = one_of(0, 3), length = one_of(0, 60);
    const auto closing = static_cast<closing_policy>(one_of(0, 2));
    std::vector<visitor> visitors;
    const int n = one_of(0, 12);
    for (int i = 0; i < n; ++i) {
      const double patience = one_of(0, 2) == 0 ? for_ever : one_of(0, 30);
      visitors.push_back(
          {static_cast<std::uint32_t>((7 * i) % 13), static_cast<double>(one_of(-5, 70)), static_cast<double>(one_of(1, 25)), patience});
    }
    std::vector<visitor> in_order = visitors;
    std::stable_sort(in_order.begin(), in_order.end(),
                     [](const visitor& a, const visitor& b) { return a.arrival != b.arrival ? a.arrival < b.arrival : a.who < b.who; });
    std::vector<double> free;
    for (int r = 0; r < receivers; ++r) free.push_back(one_of(0, 2) == 0 ? one_of(0, 80) : 0);  // some come late
    const std::vector<double> there = free;
    std::vector<visit_outcome> outcomes(3);
    const session_totals totals = run_session(visitors, free, length, closing, outcomes);
    const std::vector<fate> expected = watched(in_order, there, length, closing);
    RC_ASSERT(outcomes.size() == expected.size());
    session_totals sum{0, 0, 0, 0, 0, 0};
    int last = length;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const fate& f = expected[i];
      RC_ASSERT(outcomes[i].who == in_order[i].who);
      RC_ASSERT(outcomes[i].end == f.end);
      RC_ASSERT(outcomes[i].receiver == f.receiver);
      RC_ASSERT(outcomes[i].wait == f.gone - f.came);
      RC_ASSERT(outcomes[i].finish == f.finish);
      sum.heard += f.end == visit_end::heard;
      sum.left += f.end == visit_end::left;
      sum.not_heard += f.end == visit_end::not_heard;
      if (f.end == visit_end::heard) {
        sum.busy += in_order[i].interview;
        last = std::max(last, f.finish);
      }
      int waiting = 0;  // just after this one has come
      for (const fate& g : expected) waiting += g.came <= f.came && g.gone > f.came;
      sum.longest_queue = std::max(sum.longest_queue, waiting);
    }
    RC_ASSERT(totals.heard == sum.heard);
    RC_ASSERT(totals.left == sum.left);
    RC_ASSERT(totals.not_heard == sum.not_heard);
    RC_ASSERT(totals.busy == sum.busy);
    RC_ASSERT(totals.overtime == last - length);
    RC_ASSERT(totals.longest_queue == sum.longest_queue);
  };
  for (int k = 0; k < 20; ++k) REQUIRE(rc::check(same));
}

TEST_CASE("a session with an order of its own goes as one sees it minute by minute") {
  const auto same = [] {
    const auto one_of = [](int least, int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1)); };
    const int receivers = one_of(0, 3), length = one_of(1, 60), places = one_of(1, 4);
    const auto closing = static_cast<closing_policy>(one_of(0, 2));
    std::vector<visitor> visitors;
    const int n = one_of(0, 12);
    for (int i = 0; i < n; ++i) {
      const double patience = one_of(0, 2) == 0 ? for_ever : one_of(0, 30);
      visitors.push_back({static_cast<std::uint32_t>((7 * i) % 13), static_cast<double>(one_of(-5, 70)), static_cast<double>(one_of(1, 25)),
                          patience, static_cast<double>(one_of(1, places))});
    }
    std::vector<visitor> in_order = visitors, plain = visitors;
    std::stable_sort(in_order.begin(), in_order.end(),
                     [](const visitor& a, const visitor& b) { return a.arrival != b.arrival ? a.arrival < b.arrival : a.who < b.who; });
    std::vector<double> free;
    for (int r = 0; r < receivers; ++r) free.push_back(one_of(0, 2) == 0 ? one_of(0, 80) : 0);  // some come late
    const std::vector<double> there = free;
    std::vector<visit_outcome> outcomes(3), of_plain;
    const session_totals totals = run_ordered_session(visitors, free, length, closing, outcomes);
    const std::vector<fate> expected = watched(in_order, there, length, closing);
    RC_ASSERT(outcomes.size() == expected.size());
    session_totals sum{0, 0, 0, 0, 0, 0};
    int last = length;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const fate& f = expected[i];
      const auto found = std::find_if(outcomes.begin(), outcomes.end(), [&](const visit_outcome& o) { return o.who == in_order[i].who; });
      RC_ASSERT(found != outcomes.end());
      RC_ASSERT(found->end == f.end);
      RC_ASSERT(found->receiver == f.receiver);
      RC_ASSERT(found->wait == f.gone - f.came);
      RC_ASSERT(found->finish == f.finish);
      sum.heard += f.end == visit_end::heard;
      sum.left += f.end == visit_end::left;
      sum.not_heard += f.end == visit_end::not_heard;
      if (f.end == visit_end::heard) {
        sum.busy += in_order[i].interview;
        last = std::max(last, f.finish);
      }
      int waiting = 0;
      for (const fate& g : expected) waiting += g.came <= f.came && g.gone > f.came;
      sum.longest_queue = std::max(sum.longest_queue, waiting);
    }
    RC_ASSERT(totals.heard == sum.heard);
    RC_ASSERT(totals.left == sum.left);
    RC_ASSERT(totals.not_heard == sum.not_heard);
    RC_ASSERT(totals.busy == sum.busy);
    RC_ASSERT(totals.overtime == last - length);
    RC_ASSERT(totals.longest_queue == sum.longest_queue);
    if (places > 1) return;
    std::vector<double> again = there;
    const session_totals first_come = run_session(plain, again, length, closing, of_plain);  // one place for all
    RC_ASSERT(again == free);
    RC_ASSERT(first_come.heard == totals.heard);
    RC_ASSERT(first_come.overtime == totals.overtime);
    RC_ASSERT(first_come.longest_queue == totals.longest_queue);
  };
  for (int k = 0; k < 20; ++k) REQUIRE(rc::check(same));
}

TEST_CASE("who runs out of patience before closing has left, and who has patience is sent away at closing") {
  std::vector<visitor> visitors{{0, 0, 100, for_ever}, {1, 10, 5, 20}, {2, 10, 5, 50}, {3, 10, 5, 49}, {4, 70, 5, 0}};
  std::vector<double> free(1);
  std::vector<visit_outcome> out;
  const session_totals totals = run_session(visitors, free, 60, closing_policy::come_back, out);
  CHECK((out[1].end == visit_end::left && out[1].wait == 20 && out[1].finish == 30));
  CHECK((out[2].end == visit_end::not_heard && out[2].wait == 50 && out[2].finish == 60));
  CHECK((out[3].end == visit_end::left && out[3].wait == 49));
  CHECK((out[4].end == visit_end::not_heard && out[4].wait == 0 && out[4].finish == 70));
  CHECK(totals.heard == 1);
  CHECK(totals.left == 2);
  CHECK(totals.not_heard == 2);
  CHECK(totals.overtime == 40);
  CHECK(totals.longest_queue == 3);
}

TEST_CASE("a receiver who comes late calls from then on, and the others meanwhile") {
  const std::vector<visitor> came{{0, 0, 20, for_ever}, {1, 0, 20, for_ever}, {2, 5, 20, for_ever}, {3, 12, 20, 10}};
  const auto run = [&](std::vector<double> free, closing_policy closing, double length) {
    std::vector<visitor> v = came;
    std::vector<visit_outcome> out;
    const session_totals totals = run_session(v, free, length, closing, out);
    return std::tuple(totals, out, free);
  };
  {
    const auto [totals, out, free] = run({0, 15}, closing_policy::stay, 60);
    CHECK((out[0].receiver == 0 && out[0].wait == 0));
    CHECK((out[1].receiver == 1 && out[1].wait == 15 && out[1].finish == 35));
    CHECK((out[2].receiver == 0 && out[2].wait == 15 && out[2].finish == 40));
    CHECK((out[3].end == visit_end::left && out[3].wait == 10));
    CHECK(totals.overtime == 0);
    CHECK(free == std::vector<double>{40, 35});
  }
  {
    // Who comes when it is over hears those who have stayed, or finds nobody.
    const auto [totals, out, free] = run({70}, closing_policy::stay, 60);
    CHECK((totals.heard == 3 && totals.left == 1 && totals.overtime == 70));
    CHECK(out[0].wait == 70);
    CHECK(free == std::vector<double>{130});
  }
  {
    const auto [totals, out, free] = run({70}, closing_policy::come_back, 60);
    CHECK((totals.heard == 0 && totals.left == 1 && totals.not_heard == 3 && totals.overtime == 0));
    CHECK(free == std::vector<double>{70});
  }
}

TEST_CASE("The longest queue of a crowd is counted as that of a few") {
  random_stream draw(11, 0, 0u);
  for (const std::size_t n : {std::size_t{33}, std::size_t{34}, std::size_t{200}, std::size_t{1000}}) {
    CAPTURE(n);
    for (int seats = 0; seats <= 3; ++seats) {
      std::vector<visitor> crowd;
      for (std::size_t i = 0; i < n; ++i) {
        visitor v;
        v.who = static_cast<std::uint32_t>(i);
        v.arrival = std::floor(draw() * 200) - 20;  // many at once, some before the opening
        v.interview = 1 + draw() * 20;
        v.patience = draw() < 0.5 ? draw() * 100 : 1e9;
        crowd.push_back(v);
      }
      std::vector<double> free_at(static_cast<std::size_t>(seats));
      std::vector<visit_outcome> outcomes;
      const session_totals totals = run_session(crowd, free_at, 180, closing_policy::come_back, outcomes);
      REQUIRE(outcomes.size() == n);
      int longest = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const double now = std::max(crowd[i].arrival, 0.0);
        int waiting = 0;
        for (std::size_t j = 0; j < n; ++j) {
          const double came = std::max(crowd[j].arrival, 0.0);
          waiting += came <= now && came + outcomes[j].wait > now;
        }
        longest = std::max(longest, waiting);
      }
      CHECK(totals.longest_queue == longest);
    }
  }
}
