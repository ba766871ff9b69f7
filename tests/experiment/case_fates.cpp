// SPDX-License-Identifier: BSL-1.0
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/experiment/case_fates.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

using namespace sifang;

namespace {

/// Whatever comes goes to the place.
struct to_the_place {
  std::uint32_t route(const routing_request& r) const { return r.place; }
};

scenario busy_county() {
  scenario s = sifang_tests::small_scenario();
  s.run_out = calendar_days(200);
  s.load.matters_per_year = 1500;
  s.handling.department_handlers = s.handling.township_handlers = 1;
  return s;
}

const auto nothing = [](std::size_t) {};

case_fate fate(std::uint64_t name) {
  case_fate f;
  f.matter = name;
  f.arisen = day(2022, 3, 10);
  f.state = case_state::handling;
  return f;
}
std::map<fate_change, double> changes(case_fate a, case_fate b) {
  std::map<fate_change, double> out;
  detail::tell_changes(&a, &b, day(2022, 5, 1), [&](fate_change kind, double effect) { out[kind] = effect; });
  return out;
}
using found = std::map<fate_change, double>;

}  // namespace

TEST_CASE("Each way in which a fate can change is told with its effect, and nothing else is") {
  using enum fate_change;
  const case_fate a = fate(1);
  CHECK(changes(a, a).empty());
  case_fate heard = a, later = a;
  heard.heard = day(2022, 3, 14);
  later.heard = day(2022, 3, 20);
  CHECK(changes(heard, later) == found{{heard_later, 6}});
  CHECK(changes(later, heard) == found{{heard_earlier, -6}});
  CHECK(changes(a, heard) == found{{heard_now, 0}});
  CHECK(changes(heard, a) == found{{heard_no_more, 0}});
  case_fate answered = a, silent = a;
  answered.state = case_state::answered_on_spot;
  silent.state = case_state::none;
  CHECK(changes(a, answered) == found{{answered_now, 0}});
  CHECK(changes(answered, a) == found{{answered_no_more, 0}});
  CHECK(changes(silent, a) == found{{registered_now, 0}});
  CHECK(changes(a, silent) == found{{registered_no_more, 0}});
  case_fate owned = a, other = a;
  owned.owner = official_id(1);
  other.owner = official_id(2);
  CHECK(changes(a, owned) == found{{owned_now, 0}});
  CHECK(changes(owned, a) == found{{owned_no_more, 0}});
  CHECK(changes(owned, other) == found{{other_owner, 0}});
  case_fate office = a, another = a;
  office.office = 0;
  another.office = 1;
  CHECK(changes(office, another) == found{{other_unit, 0}});
  CHECK(changes(a, another).empty());  // that no unit has it yet is no other unit
  case_fate peace = a, sooner = a;
  peace.state = sooner.state = case_state::settled;
  peace.peace = day(2022, 4, 20);
  sooner.peace = day(2022, 4, 1);
  CHECK(changes(a, peace) == found{{settled_now, -11}});
  CHECK(changes(peace, a) == found{{settled_no_more, 11}});
  CHECK(changes(peace, sooner) == found{{settled_earlier, -19}});
  CHECK(changes(sooner, peace) == found{{settled_later, 19}});
  case_fate late = a, repeated = a, rebounded = a;
  late.overdue = true;
  repeated.repeats = 3;
  rebounded.rebounds = 2;
  CHECK(changes(a, late) == found{{late_now, 0}});
  CHECK(changes(late, a) == found{{late_no_more, 0}});
  CHECK(changes(a, repeated) == found{{more_repeats, 3}});
  CHECK(changes(repeated, a) == found{{fewer_repeats, -3}});
  CHECK(changes(a, rebounded) == found{{more_rebounds, 2}});
  CHECK(changes(rebounded, a) == found{{fewer_rebounds, -2}});
}

TEST_CASE("Fates are matched by name, and the greatest effects are kept, of equal ones the first") {
  std::vector<case_fate> a, b;
  for (std::uint64_t i = 0; i < 6; ++i) {
    a.push_back(fate(10 + 2 * i));
    b.push_back(fate(10 + 2 * i));
    a.back().heard = day(2022, 3, 20);
    b.back().heard = day(2022, 3, 20) - calendar_days(i == 4 ? 9 : 3);
  }
  b.push_back(fate(99));  // nobody has met it under the first
  const auto found_there = detail::changes_between(a, b, day(2022, 5, 1), 7, 3);
  CHECK(found_there.met == 7);
  CHECK(found_there.changed == 7);
  CHECK(found_there.counts[static_cast<std::size_t>(fate_change::heard_earlier)] == 6);
  CHECK(found_there.counts[static_cast<std::size_t>(fate_change::registered_now)] == 1);
  CHECK(found_there.examples[static_cast<std::size_t>(fate_change::heard_earlier)] ==
        std::vector<changed_fate>{{7, 18, -9}, {7, 10, -3}, {7, 12, -3}});
}

TEST_CASE("The same policy changes no fate; another one those that the ledgers say, for any number of threads and one's own policies") {
  const auto w = sifang_tests::small_world(busy_county());
  REQUIRE(w);
  constexpr std::size_t replications = 16;
  const fate_changes same = compare_fates(thread_team{1}, *w, policies{}, *w, policies{}, 3, 0.95, 3, nothing);
  CHECK(same.met.estimate > 30);
  CHECK(same.changed.estimate == 0);
  for (const fate_count& kind : same.kinds) CHECK(kind.cases == 0);

  const fate_changes other = compare_fates(thread_team{1}, *w, policies{}, *w, to_the_place{}, replications, 0.95, 3, nothing);
  const fate_changes again = compare_fates(thread_team{3}, *w, policies{}, *w, to_the_place{}, replications, 0.95, 3, nothing);
  CHECK(other.changed.estimate > 1);
  CHECK(other.changed.bounded());
  for (std::size_t k = 0; k < fate_change_count; ++k) {
    CHECK(other.kinds[k].cases == again.kinds[k].cases);
    CHECK(other.kinds[k].examples == again.kinds[k].examples);
    CHECK(other.kinds[k].per_replication.upper == again.kinds[k].per_replication.upper);
  }
  // The ledger is another observer, and tells the same of the registered ones.
  double units = 0, more_late = 0, less_late = 0;
  replication<policies<>, case_ledger> first(*w, policies{}, case_ledger{});
  replication<policies_of<to_the_place>, case_ledger> second(*w, as_policies(to_the_place{}), case_ledger{});
  for (std::uint32_t r = 0; r < replications; ++r) {
    (void)first.run(r);
    (void)second.run(r);
    std::map<std::uint64_t, const case_row*> of;
    for (const case_row& c : second.observer().cases()) of[c.matter] = &c;
    for (const case_row& c : first.observer().cases()) {
      if (!w->counts(c.arisen) || !of.contains(c.matter)) continue;
      const case_row& o = *of[c.matter];
      units += c.unit.valid() && o.unit.valid() && c.unit != o.unit;
      more_late += !c.overdue && o.overdue;
      less_late += c.overdue && !o.overdue;
    }
  }
  CHECK(units > 10);
  CHECK(other[fate_change::other_unit].cases == units);
  CHECK(other[fate_change::late_now].cases >= more_late);
  CHECK(other[fate_change::late_no_more].cases >= less_late);
  CHECK(other[fate_change::other_unit].per_replication.estimate == Approx(units / replications));
}

TEST_CASE("Worlds with another seed, period or county have other grievances") {
  const auto w = sifang_tests::small_world(busy_county());
  REQUIRE(w);
  CHECK(same_grievances(*w, *w));
  scenario s = busy_county();
  s.seed = 5;
  CHECK_FALSE(same_grievances(*w, *sifang_tests::small_world(s)));
  s = busy_county();
  s.end = s.end - calendar_days(1);
  CHECK_FALSE(same_grievances(*w, *sifang_tests::small_world(s)));
  s = busy_county();
  s.handling.township_handlers = 9;
  CHECK(same_grievances(*w, *sifang_tests::small_world(s)));
}
