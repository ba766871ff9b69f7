// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/county/replication.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace sifang;
using misuse::noticed;
using misuse::said;
using namespace sifang_tests;

namespace {

/// Names whomever it is told to, the receiver or not.
struct by_number {
  official_id first, second;
  [[nodiscard]] official_id owner(const ownership_request&, const caseload_view&) const { return first; }
  [[nodiscard]] official_id partner(const ownership_request&, const caseload_view&) const { return second; }
};
static_assert(joint_ownership_policy<by_number>);

/// Asks about somebody before it names the receiver.
struct curious {
  official_id about;
  [[nodiscard]] official_id owner(const ownership_request& r, const caseload_view& load) const {
    const official_id peer = load.least_loaded_peer(about);
    return load.open(about) > 0 && peer.valid() ? peer : r.receiver;
  }
};

template <class Policy>
int noticed_while_playing(const world& w, const Policy& policy, bool& owned, bool& shared) {
  const int before = noticed;
  replication<policies<Policy>> one(w, as_policies(policy));
  (void)one.run(0);
  owned = shared = false;
  for (const matter& m : one.matters()) {
    owned = owned || m.owner.valid();
    shared = shared || m.partner.valid();
    CHECK((!m.owner.valid() || m.owner.index() < w.org().officials().size()));
    CHECK((!m.partner.valid() || m.partner.index() < w.org().officials().size()));
  }
  return noticed - before;
}

}  // namespace

TEST_CASE("a policy that names an owner who does not exist is noticed, and the case is nobody's") {
  const world w = *small_world();
  const official_id last(w.org().officials().size() - 1), beyond(w.org().officials().size());
  bool owned = false, shared = false;
  CHECK(noticed_while_playing(w, by_number{last, {}}, owned, shared) == 0);
  CHECK(owned);
  CHECK(noticed_while_playing(w, by_number{{}, {}}, owned, shared) == 0);  // nobody is an answer
  CHECK_FALSE(owned);
  CHECK(noticed_while_playing(w, by_number{beyond, {}}, owned, shared) > 10);
  CHECK_FALSE(owned);
  CHECK(said.find("the ownership policy named an official whom the county does not have") != std::string::npos);
  CHECK(noticed_while_playing(w, by_number{official_id(4'000'000'000u), {}}, owned, shared) > 10);
  CHECK_FALSE(owned);
}

TEST_CASE("a partner who does not exist, who is the owner, or who has no owner beside them, is none") {
  const world w = *small_world();
  const official_id one(0), other(1), beyond(w.org().officials().size());
  bool owned = false, shared = false;
  CHECK(noticed_while_playing(w, by_number{one, other}, owned, shared) == 0);
  CHECK(shared);
  CHECK(noticed_while_playing(w, by_number{one, beyond}, owned, shared) > 10);
  CHECK((owned && !shared));
  CHECK(noticed_while_playing(w, by_number{one, one}, owned, shared) == 0);
  CHECK((owned && !shared));
  CHECK(noticed_while_playing(w, by_number{{}, other}, owned, shared) == 0);
  CHECK((!owned && !shared));
}

TEST_CASE("a policy may ask about nobody; to ask about an official who does not exist is noticed") {
  const world w = *small_world();
  bool owned = false, shared = false;
  CHECK(noticed_while_playing(w, curious{{}}, owned, shared) == 0);
  CHECK(owned);
  CHECK(noticed_while_playing(w, curious{official_id(1000)}, owned, shared) > 10);
  CHECK(owned);
  CHECK(said.find("asked about an official whom the county does not have") != std::string::npos);
}

namespace {

struct sits_nobody {
  void sit(const sitting_request&, std::vector<official_id>& people) const { people.assign(2, official_id(4'000'000)); }
};
struct sits_twice {
  void sit(const sitting_request& r, std::vector<official_id>& people) const { people.assign(2, r.plan.people(r.series)[0]); }
};
struct routes_nowhere {
  std::uint32_t route(const routing_request&) const { return 1'000'000; }
};
struct goes_nowhere {
  std::size_t go_to(const field_visit_request&) const { return 1'000'000; }
};
struct too_eager {
  double spread(const supervision_request&) const { return 0; }
};
struct sends_fewer_than_none {
  double weight(const household_request&) const { return -1; }
};
struct lists_what_is_not_there {
  void list(agenda_request&, std::vector<appointment>& items) const { items.assign(3, {4'000'000, official_id(0), 1 << 30}); }
};
struct due_before_today {
  day due(const return_request& r) const { return r.today - calendar_days(400); }
};

template <class Policy>
std::string told_of(const Policy& policy) {
  scenario s = small_scenario();
  s.campaign.first = day(2022, 3, 21);
  s.load.silent_share = 0.5;
  s.load.matters_per_year = 4000;
  s.reception.irregular_per_month = 10;
  s.settlement.intercept = -3;
  s.settlement.decide_days = 0;
  s.clocks.return_visit = calendar_days(0);
  s.clocks.review_window = s.clocks.recheck_window = calendar_days(1);
  const world w = *small_world(s);
  said.clear();
  const int before = noticed;
  replication<policies<Policy>> one(w, as_policies(policy));
  (void)one.run(0);
  return noticed > before ? said : std::string();
}

}  // namespace

TEST_CASE("what a policy must not answer is noticed, and the year is played to its end") {
  CHECK(told_of(sits_nobody{}).find("named somebody whom the county does not have") != std::string::npos);
  CHECK(told_of(sits_twice{}).find("named somebody twice") != std::string::npos);
  CHECK(told_of(routes_nowhere{}).find("the routing policy named an office") != std::string::npos);
  CHECK(told_of(goes_nowhere{}).find("irregular visits named an office that the county does not have") != std::string::npos);
  CHECK(told_of(too_eager{}).find("nobody gives more than all of it") != std::string::npos);
  CHECK(told_of(sends_fewer_than_none{}).find("a weight of households that is not negative") != std::string::npos);
  CHECK(told_of(lists_what_is_not_there{}).find("the agenda lists cases that were before it") != std::string::npos);
  CHECK(told_of(due_before_today{}).find("not due before today") != std::string::npos);
}
