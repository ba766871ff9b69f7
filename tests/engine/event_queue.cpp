// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/random/random.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace {

using namespace sifang;

/// `mark` tells events apart that the order does not.
struct marked {
  instant at;
  std::uint32_t what = 0, who = 0;
  std::uint32_t mark = 0;
  friend bool operator==(const marked&, const marked&) = default;
};
static_assert(queued_event<marked>);
static_assert(queued_event<event<double>>);
static_assert(!queued_event<int>);

template <class Queue>
std::vector<marked> drain(Queue& queue) {
  std::vector<marked> out;
  while (!queue.empty()) out.push_back(queue.pop());
  return out;
}

/// A list that is sorted anew for each event taken: the order as it is defined.
class naive_queue {
 public:
  void push(const marked& e) { all_.push_back(e); }
  bool pop(day today, marked& out) {
    const auto first = std::min_element(all_.begin(), all_.end(), comes_before<marked>);  // the earliest inserted of equals
    if (first == all_.end() || first->at.date() > today) return false;
    out = *first;
    all_.erase(first);
    return true;
  }

 private:
  std::vector<marked> all_;
};

// Few distinct values, so that most events tie in something.
std::vector<marked> crowded(int days) {
  const auto times = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0, 1u << 20));
  std::vector<marked> out;
  for (std::uint32_t t : times) {
    const auto d = static_cast<std::int32_t>(t % static_cast<std::uint32_t>(days));
    out.push_back({instant(day(d), minutes(static_cast<std::int32_t>(t >> 6) % 3 * 700)), t >> 9 & 1, t >> 10 & 1,
                   static_cast<std::uint32_t>(out.size())});
  }
  return out;
}

TEST_CASE("The heap gives events in order of time, kind, entity and insertion") {
  CHECK(rc::check([] {
    std::vector<marked> events = crowded(3);
    heap_queue<marked> queue;
    for (const marked& e : events) queue.push(e);
    std::stable_sort(events.begin(), events.end(), comes_before<marked>);
    RC_ASSERT(drain(queue) == events);
  }));
}

TEST_CASE("Replacing the next event of a heap is taking it and putting another in") {
  CHECK(rc::check([] {
    const std::vector<marked> events = crowded(3);
    RC_PRE(!events.empty());
    heap_queue<marked> a, b;
    for (const marked& e : events) {
      a.push(e);
      b.push(e);
    }
    for (marked e : events) {
      e.mark += 1000;
      RC_ASSERT(a.top() == b.top());
      a.replace_top(e);
      (void)b.pop();
      b.push(e);
    }
    RC_ASSERT(drain(a) == drain(b));
  }));
}

TEST_CASE("A short queue is a heap in what it gives, below and beyond the length of its list") {
  CHECK(rc::check([] {
    const std::vector<marked> events = crowded(3);
    heap_queue<marked> heap;
    short_queue<marked, 4> queue;
    for (const marked& e : events) {
      heap.push(e);
      queue.push(e);
      RC_ASSERT(heap.top() == queue.top());
      if (e.mark % 3 == 0) RC_ASSERT(heap.pop() == queue.pop());
      if (e.mark % 5 == 0 && !heap.empty()) {
        heap.replace_top(e);
        queue.replace_top(e);
      }
      RC_ASSERT(heap.size() == queue.size());
      std::size_t seen = 0;
      queue.for_each([&](const marked&) { ++seen; });
      RC_ASSERT(seen == queue.size());
    }
    RC_ASSERT(drain(heap) == drain(queue));
  }));
}

TEST_CASE("The day queue and a sorted list give the same events, though handling them schedules more") {
  CHECK(rc::check([] {
    constexpr int days = 9;  // the ring has 16 buckets: several turns of it are played
    const std::vector<marked> events = crowded(days);
    const auto delays = *rc::gen::container<std::vector<int>>(60, rc::gen::element(0, 0, 0, 1, 700, 1440, 5000, 8 * 1440));
    day_queue<marked> queue;
    naive_queue naive;
    queue.reset(day(0), days + 1);
    for (const marked& e : events) {
      queue.push(e.at.date(), e);
      naive.push(e);
    }
    std::size_t more = 0;
    for (day today(0); today < day(9 + 60 * 8 + 1); ++today) {
      marked a, b;
      for (;;) {
        const bool found = queue.pop(today, a);
        RC_ASSERT(naive.pop(today, b) == found);
        if (!found) break;
        RC_ASSERT(a == b);
        if (more < delays.size()) {
          marked next{a.at + minutes(delays[more]), static_cast<std::uint32_t>(more % 3), a.who, 1000 + static_cast<std::uint32_t>(more)};
          ++more;
          queue.push(next.at.date(), next);
          naive.push(next);
        }
      }
    }
    RC_ASSERT(queue.empty());
  }));
}

TEST_CASE("An event scheduled at the minute being handled comes after it, even if its kind is a lesser one") {
  day_queue<marked> queue;
  queue.reset(day(0), 2);
  const instant noon(day(0), minutes(720));
  queue.push(day(0), {noon, 5, 0, 1});
  queue.push(day(0), {noon, 6, 0, 2});
  marked e;
  REQUIRE(queue.pop(day(0), e));
  CHECK(e.mark == 1);
  queue.push(day(0), {noon, 1, 0, 3});
  REQUIRE(queue.pop(day(0), e));
  CHECK(e.mark == 3);
  REQUIRE(queue.pop(day(0), e));
  CHECK(e.mark == 2);
  CHECK_FALSE(queue.pop(day(0), e));
}

TEST_CASE("Days that nobody asked for are not skipped: their events come first") {
  day_queue<marked> queue;
  queue.reset(day(0), 30);
  queue.push(day(12), {instant(day(12), minutes(0)), 0, 0, 2});
  queue.push(day(3), {instant(day(3), minutes(0)), 0, 0, 1});
  marked e;
  REQUIRE(queue.pop(day(20), e));
  CHECK(e.mark == 1);
  REQUIRE(queue.pop(day(20), e));
  CHECK(e.mark == 2);
  CHECK_FALSE(queue.pop(day(20), e));
  // The ring has moved on: 29 days from today fit again.
  queue.push(day(49), {instant(day(49), minutes(0)), 0, 0, 3});
  CHECK_FALSE(queue.pop(day(48), e));
  CHECK(queue.pop(day(49), e));
}

TEST_CASE("A reset queue has forgotten everything") {
  day_queue<marked> queue;
  for (int round = 0; round < 3; ++round) {
    queue.reset(day(100 * round), 10);
    CHECK(queue.empty());
    marked e;
    CHECK_FALSE(queue.pop(day(100 * round + 2), e));
    for (std::uint32_t i = 0; i < 50; ++i) {
      const day on(100 * round + 2 + static_cast<int>(i % 8));
      queue.push(on, {instant(on, minutes(60)), 0, 0, i});
    }
    CHECK(queue.pop(day(100 * round + 2), e));
    CHECK(queue.size() == 49);
  }
}

}  // namespace

namespace {
struct keyed {
  instant at;
  std::uint32_t what = 0, who = 0, mark = 0;
  static constexpr unsigned entity_bits = 24;
  [[nodiscard]] std::uint64_t key_within(day d) const noexcept {
    return static_cast<std::uint64_t>((at - instant(d, minutes(0))).count) << 28 | static_cast<std::uint64_t>(what) << entity_bits | who;
  }
};
/// The order that is asked for, by a list that is sorted anew whenever something is added.
struct slow_queue {
  std::vector<keyed> left;
  void push(const keyed& e) {
    left.push_back(e);
    std::stable_sort(left.begin(), left.end(), [](const keyed& a, const keyed& b) { return comes_before(a, b); });
  }
  keyed pop() {
    const keyed first = left.front();
    left.erase(left.begin());
    return first;
  }
};
}  // namespace

TEST_CASE("A day of any number of events with keys is played in their order, equal ones as they were inserted") {
  const auto count = GENERATE(0u, 1u, 2u, 15u, 16u, 17u, 47u, 48u, 49u, 63u, 64u, 65u, 96u, 97u, 200u, 1025u);
  const auto entities = GENERATE(1.0, 4.0, 65536.0, 16777216.0);  // those above 2^16 are told apart by more than 32 bits
  random_stream draw(5, count, static_cast<std::uint32_t>(entities) & 0xfff);
  day_queue<keyed> queue;
  queue.reset(day(0), 3);
  std::vector<keyed> expected;
  for (std::uint32_t i = 0; i < count; ++i) {
    const keyed e{instant(day(1), minutes(static_cast<std::int32_t>(draw() * 30))), static_cast<std::uint32_t>(draw() * 3),
                  static_cast<std::uint32_t>(draw() * entities), i};
    expected.push_back(e);
    queue.push(day(1), e);
  }
  std::stable_sort(expected.begin(), expected.end(),
                   [](const keyed& a, const keyed& b) { return a.key_within(day(1)) < b.key_within(day(1)); });
  for (const keyed& e : expected) {
    keyed found;
    REQUIRE(queue.pop(day(1), found));
    REQUIRE(found.mark == e.mark);
  }
  keyed none;
  CHECK_FALSE(queue.pop(day(1), none));
}

TEST_CASE("A day of more events than a key can number is played in their order too") {
  constexpr std::uint32_t count = (1u << 20) + 7;
  day_queue<keyed> queue;
  queue.reset(day(0), 3);
  std::vector<keyed> expected;
  random_stream draw(6, 1, 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    const keyed e{instant(day(1), minutes(static_cast<std::int32_t>(draw() * 1440))), 0, static_cast<std::uint32_t>(draw() * 1000), i};
    expected.push_back(e);
    queue.push(day(1), e);
  }
  queue.push(day(2), {instant(day(2), minutes(0)), 0, 0, count});
  std::stable_sort(expected.begin(), expected.end(),
                   [](const keyed& a, const keyed& b) { return a.key_within(day(1)) < b.key_within(day(1)); });
  std::uint32_t wrong = 0;
  keyed found;
  for (const keyed& e : expected) wrong += !queue.pop(day(1), found) || found.mark != e.mark;
  CHECK(wrong == 0);
  CHECK_FALSE(queue.pop(day(1), found));
  CHECK(queue.pop(day(2), found));
  CHECK(found.mark == count);
  CHECK(queue.empty());
}

TEST_CASE("What is added to the day that is played takes its place among what is left of it") {
  // From a few events, which stand in a list, to so many that a heap takes what is added.
  const auto count = GENERATE(0u, 1u, 20u, 100u, 255u, 256u, 300u, 2000u);
  random_stream draw(6, count, 0u);
  day_queue<keyed> queue;
  slow_queue expected;
  queue.reset(day(0), 8);
  std::uint32_t mark = 0;
  const auto add = [&](std::int32_t first_minute) {
    const auto minute = first_minute + static_cast<std::int32_t>(draw() * (1440 - first_minute));
    const keyed e{instant(day(1), minutes(minute)), static_cast<std::uint32_t>(draw() * 3), static_cast<std::uint32_t>(draw() * 4), mark++};
    queue.push(day(1), e);
    expected.push(e);
  };
  for (std::uint32_t i = 0; i < count; ++i) add(0);
  keyed found;
  if (count == 0) {  // the day must be open before anything is late
    CHECK_FALSE(queue.pop(day(1), found));
    add(0);
  }
  while (!expected.left.empty()) {
    REQUIRE(queue.pop(day(1), found));
    REQUIRE(found.mark == expected.pop().mark);
    if (mark < count + 600 && draw() < 0.6) {
      const std::int32_t now = found.at.minute_of_day().count;
      add(now);
      if (draw() < 0.3) add(now);
    }
  }
  CHECK_FALSE(queue.pop(day(1), found));
  CHECK(queue.empty());
  // The next day begins as if nothing had been.
  queue.push(day(2), {instant(day(2), minutes(7)), 0, 1, 77});
  REQUIRE(queue.pop(day(2), found));
  CHECK(found.mark == 77);
}

TEST_CASE("Every width of register counts the same places") {
  using ranking = detail::key_ranking;
  std::vector<ranking> all{detail::rank_keys, detail::widest_key_ranking()};
#if defined(__x86_64__) && defined(__GNUC__)
  all.push_back(detail::rank_keys_sse2);
  if (detail::has_four_lanes()) all.push_back(detail::rank_keys_avx2);
  if (detail::has_eight_lanes()) all.push_back(detail::rank_keys_avx512);
#endif
  random_stream draw(7, 0, 0u);
  for (std::size_t n = 0; n <= detail::most_ranked; ++n) {
    std::array<std::int32_t, detail::most_ranked> keys;
    keys.fill(std::numeric_limits<std::int32_t>::max());
    for (std::size_t i = 0; i < n; ++i) keys[i] = static_cast<std::int32_t>((draw() - 0.5) * (n % 2 == 0 ? 10 : 4e9));
    for (const ranking rank : all) {
      std::array<std::int32_t, detail::most_ranked> places{};
      rank(keys, n, places);
      for (std::size_t i = 0; i < n; ++i) {
        REQUIRE(places[i] ==
                std::count_if(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(n), [&](std::int32_t k) { return k < keys[i]; }));
      }
    }
  }
}
