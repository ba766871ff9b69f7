// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/assign/ownership.hpp"

#include <rapidcheck.h>

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace sifang;

namespace {

constexpr official_id nobody;

/// Officials 0 to 2 stand in for one another, and so do 3 and 4.
struct office {
  std::vector<std::int32_t> open{30, 4, 4, 0, 2};
  std::vector<std::uint32_t> group{0, 0, 0, 1, 1};
  [[nodiscard]] caseload_view view() const { return {open, group}; }
};

ownership_request heard_by(std::size_t receiver) { return {official_id(receiver), {}, {}}; }

/// A user's own rule: never the receiver's peers with a load, else nobody yet.
struct only_the_idle {
  [[nodiscard]] official_id owner(const ownership_request& r, const caseload_view& load) const {
    return r.receiver.valid() && load.open(r.receiver) == 0 ? r.receiver : nobody;
  }
};
static_assert(ownership_policy<only_the_idle>);

struct names_no_owner {};
struct answers_with_a_number {
  [[nodiscard]] int owner(const ownership_request&, const caseload_view&) const { return 0; }
};
static_assert(!joint_ownership_policy<only_the_idle>);
static_assert(!ownership_policy<names_no_owner> && !ownership_policy<answers_with_a_number>);

template <ownership_policy Policy>
official_id ask(const Policy& policy, const ownership_request& request, const office& of = {}) {
  return policy.owner(request, of.view());
}

}  // namespace

TEST_CASE("whoever hears a case first owns it, however many they hold") {
  CHECK(ask(first_receiver{}, heard_by(0)) == official_id(0));
  CHECK(ask(first_receiver{}, {official_id(0), official_id(3), official_id(4)}) == official_id(0));
  CHECK_FALSE(ask(first_receiver{}, {}).valid());
}

TEST_CASE("nobody has no cases and no peers") {
  const office of;
  CHECK(of.view().open(nobody) == 0);
  CHECK_FALSE(of.view().least_loaded_peer(nobody).valid());
}

TEST_CASE("at the limit a case goes to the peer with the fewest, ties to the lower id") {
  CHECK(ask(capped_first_receiver{30}, heard_by(0)) == official_id(1));
  CHECK(ask(capped_first_receiver{31}, heard_by(0)) == official_id(0));
  CHECK(ask(capped_first_receiver{4}, heard_by(2)) == official_id(1));
  CHECK(ask(capped_first_receiver{2}, heard_by(4)) == official_id(3));  // 3 has none, and 0 to 2 are no peers
  CHECK_FALSE(ask(capped_first_receiver{0}, {}).valid());
}

TEST_CASE("when every peer is at the limit the one with the fewest still takes the case") {
  office of;
  of.open = {7, 6, 5, 9, 9};
  CHECK(ask(capped_first_receiver{5}, heard_by(0), of) == official_id(2));
}

TEST_CASE("where no peer has room below the limit the leader linked to the place takes the case, or a peer of theirs") {
  office of;
  of.open = {7, 6, 5, 4, 3};
  CHECK(ask(capped_first_receiver{5}, {official_id(0), official_id(3), {}}, of) == official_id(3));
  CHECK(ask(capped_first_receiver{4}, {official_id(0), official_id(3), {}}, of) == official_id(4));
  CHECK(ask(capped_first_receiver{6}, {official_id(0), official_id(3), {}}, of) == official_id(2));  // a peer first
  CHECK(ask(capped_first_receiver{3}, {official_id(0), official_id(3), {}}, of) == official_id(2));  // nobody has room
  CHECK(with_room(official_id(0), official_id(3), 4, of.view()) == official_id(4));
  CHECK_FALSE(with_room(official_id(0), official_id(3), 3, of.view()).valid());
  CHECK_FALSE(with_room(official_id(0), nobody, 5, of.view()).valid());
}

TEST_CASE("by territory the leader linked to the township owns the case") {
  CHECK(ask(by_territory{}, {official_id(0), official_id(3), official_id(4)}) == official_id(3));
  CHECK(ask(by_territory{}, {official_id(0), nobody, official_id(4)}) == official_id(0));
  CHECK(ask(by_territory{}, {nobody, official_id(3), nobody}) == official_id(3));
  CHECK_FALSE(ask(by_territory{}, {}).valid());
}

TEST_CASE("by subject the leader in charge of the department owns the case, else that of the township") {
  CHECK(ask(by_subject{}, {official_id(0), official_id(3), official_id(4)}) == official_id(4));
  CHECK(ask(by_subject{}, {official_id(0), official_id(3), nobody}) == official_id(3));
  CHECK(ask(by_subject{}, heard_by(0)) == official_id(0));
  CHECK_FALSE(ask(by_subject{}, {}).valid());
}

TEST_CASE("the least loaded peer of the receiver owns the case") {
  CHECK(ask(least_loaded{}, heard_by(0)) == official_id(1));
  CHECK(ask(least_loaded{}, heard_by(2)) == official_id(1));
  CHECK(ask(least_loaded{}, heard_by(4)) == official_id(3));
  CHECK_FALSE(ask(least_loaded{}, {}).valid());
}

TEST_CASE("a rule of one's own serves like a built-in one") {
  CHECK(ask(only_the_idle{}, heard_by(3)) == official_id(3));
  CHECK_FALSE(ask(only_the_idle{}, heard_by(0)).valid());
}

TEST_CASE("a rule named in a scenario answers as its struct does") {
  CHECK(rc::check([] {
    office of;
    for (auto& n : of.open) n = *rc::gen::inRange(0, 6);
    const auto anyone = [] {
      const auto i = *rc::gen::inRange<std::size_t>(0, 6);
      return i == 5 ? nobody : official_id(i);
    };
    const ownership_request request{anyone(), anyone(), anyone()};
    const int limit = *rc::gen::inRange(0, 7);
    const auto named = [&](ownership_rule rule) { return ask(named_ownership{rule, limit}, request, of); };
    RC_ASSERT(named(ownership_rule::first_receiver) == ask(first_receiver{}, request, of));
    RC_ASSERT(named(ownership_rule::capped) == ask(capped_first_receiver{limit}, request, of));
    RC_ASSERT(named(ownership_rule::by_territory) == ask(by_territory{}, request, of));
    RC_ASSERT(named(ownership_rule::by_subject) == ask(by_subject{}, request, of));
    RC_ASSERT(named(ownership_rule::least_loaded) == ask(least_loaded{}, request, of));
  }));
}

TEST_CASE("nobody in the peer group holds fewer cases than the least loaded peer") {
  CHECK(rc::check([] {
    office of;
    for (auto& n : of.open) n = *rc::gen::inRange(0, 6);
    for (auto& g : of.group) g = *rc::gen::inRange<std::uint32_t>(0, 3);
    const auto who = *rc::gen::inRange<std::size_t>(0, of.open.size());
    const auto found = of.view().least_loaded_peer(official_id(who)).index();
    RC_ASSERT(of.group[found] == of.group[who]);
    for (std::size_t i = 0; i < of.open.size(); ++i) {
      if (of.group[i] != of.group[who]) continue;
      RC_ASSERT(of.open[found] < of.open[i] || (of.open[found] == of.open[i] && found <= i));
    }
  }));
}

TEST_CASE("two hold a case together: whoever heard it, and the leader of the matter, else of the place") {
  const auto partner = [](official_id receiver, official_id place, official_id matter) {
    const ownership_request request{receiver, place, matter};
    CHECK(ask(joint{}, request) == receiver);
    CHECK(ask(named_ownership{ownership_rule::joint, 30}, request) == receiver);
    const official_id found = joint{}.partner(request, office{}.view());
    CHECK((named_ownership{ownership_rule::joint, 30}.partner(request, office{}.view()) == found));
    CHECK_FALSE(named_ownership{}.partner(request, office{}.view()).valid());
    return found;
  };
  CHECK(partner(official_id(0), official_id(1), official_id(2)) == official_id(2));
  CHECK(partner(official_id(2), official_id(1), official_id(2)) == official_id(1));
  CHECK(partner(official_id(0), official_id(1), nobody) == official_id(1));
  CHECK_FALSE(partner(official_id(1), official_id(1), nobody).valid());
  CHECK_FALSE(partner(nobody, official_id(1), official_id(2)).valid());
}
