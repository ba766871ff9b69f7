// SPDX-License-Identifier: BSL-1.0
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/experiment/case_story.hpp"
#include "sifang/experiment/told_stories.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace sifang;

namespace {

scenario busy_county() {
  scenario s = sifang_tests::small_scenario();
  s.run_out = calendar_days(200);
  s.load.matters_per_year = 1500;
  return s;
}
world made(const scenario& s) {
  auto w = sifang_tests::small_world(s);
  REQUIRE(w);
  return *std::move(w);
}
/// The other policy: the bureau's leader sits on Wednesdays.
scenario wednesdays() {
  scenario s = busy_county();
  s.reception[article::bureau_leader].recur = {*recurrence::parse("FREQ=WEEKLY;BYDAY=WE")};
  return s;
}
case_fate fate(std::uint64_t name, std::optional<int> heard, std::optional<int> peace) {
  case_fate f;
  f.matter = name;
  f.arisen = day(2022, 3, 1);
  if (heard) f.heard = f.arisen + calendar_days(*heard);
  if (peace) f.peace = f.arisen + calendar_days(*peace);
  f.state = f.peace ? case_state::settled : case_state::handling;
  return f;
}

}  // namespace

TEST_CASE("Told are the cases that change most, for better and for worse, each once") {
  const std::vector<case_fate> base{fate(1, 10, 50), fate(2, 10, 50), fate(3, 10, {}), fate(4, 10, 40), fate(6, 1, 2)},
      other{fate(1, 4, 50), fate(2, 30, 51), fate(3, 12, 30), fate(4, 11, {}), fate(5, 3, {}), fate(6, 1, 2)};
  const auto pairs = detail::pairs_of(base, other);
  REQUIRE(pairs.size() == 6);
  CHECK((pairs[4].base == nullptr && pairs[4].matter() == 5));
  const auto chosen = detail::most_changed(pairs, day(2022, 12, 31));
  REQUIRE(chosen.size() == 4);
  CHECK((chosen[0].matter == 1 && chosen[0].why_en == "heard 6 days earlier" && chosen[0].why_zh == "提前6天获接待"));
  CHECK((chosen[1].matter == 3 && chosen[1].why_en == "settled, and was not"));
  CHECK((chosen[2].matter == 2 && chosen[2].why_en == "heard 20 days later" && chosen[2].why_zh == "推迟20天获接待"));
  CHECK((chosen[3].matter == 4 && chosen[3].why_en == "no longer settled"));
  CHECK(detail::most_changed(detail::pairs_of(base, base), day(2022, 12, 31)).empty());
  CHECK(detail::most_changed({}, day(2022, 12, 31)).empty());

  const auto slow = detail::slowest(base);
  REQUIRE(slow.size() == 2);
  CHECK((slow[0].matter == 1 && slow[0].why_en == "heard 10 days after the grievance arose"));
  CHECK((slow[1].matter == 2 && slow[1].why_zh == "诉求产生后50天才息诉"));
}

TEST_CASE("A report's stories are those that explain tells, day by day and with their waits") {
  const world base = made(busy_county()), other = made(wednesdays());
  const world* places[] = {&base, &other};
  const auto stories = tell_years(places, 1).stories;
  REQUIRE(stories.size() >= 3);
  for (const result_story& s : stories) {
    INFO(s.name);
    CHECK((s.base == 0 && s.other == 1 && s.replication == 1));
    CHECK_FALSE((s.why_en.empty() || s.why_zh.empty()));
    const std::size_t same = static_cast<std::size_t>(s.same);
    REQUIRE((same >= 1 && same < s.of_base.size() && same < s.of_other.size()));
    CHECK((s.of_base[same].when != s.of_other[same].when || s.of_base[same].en != s.of_other[same].en));
    CHECK(s.of_base[same - 1].en == s.of_other[same - 1].en);
    const auto mine = case_of(base, 1, *parse_case_name(s.name), policies<>{}, case_scope::any);
    REQUIRE(mine);
    CHECK(s.of_base.size() == mine->events.size() + 2);  // that it arises, and its end
    const detail::story_writer words(base, language::zh);
    for (std::size_t k = 0; k < mine->events.size(); ++k) CHECK(s.of_base[k + 1].zh == words.what(mine->events[k]));
    double days = 0, told = 0;
    for (const case_wait& one : mine->waits) days += is_waiting(one.why) ? one.length().count / 1440.0 : 0;
    for (const result_story_wait& one : s.waits) told += one.base;
    CHECK(std::abs(days - told) < 0.01 * static_cast<double>(wait_reason_count));
  }
  CHECK(tell_years(std::vector<const world*>{&base, &base}).stories.empty());
  const auto alone = tell_years(std::vector<const world*>{&base}).stories;
  REQUIRE(alone.size() == 2);
  CHECK((alone[0].of_other.empty() && alone[0].other == 0 && !alone[0].about_zh.empty()));
  scenario seed = busy_county();
  seed.seed = 7;
  const world strange = made(seed);
  CHECK(tell_years(std::vector<const world*>{&base, &strange}).stories.empty());
}

TEST_CASE("A leader's links say what binds leader and unit, and all cases that leaders own are at some unit") {
  const world w = made(busy_county());
  const auto told = tell_years(std::vector<const world*>{&w}, 2);
  REQUIRE(told.links.size() == 1);
  replication<policies<>, case_ledger> year(w, policies<>{}, case_ledger{});
  year.run(2);
  int owned = 0, listed = 0;
  for (const case_row& c : year.observer().cases()) owned += c.owner.valid() && w.is_county_leader(c.owner) && c.unit.valid();
  std::size_t bound = 0;
  for (const result_link& l : told.links[0]) {
    listed += l.own;
    bound += !l.relation.empty();
    CHECK((l.own > 0 || !l.relation.empty()));
  }
  CHECK(owned > 0);
  CHECK(listed == owned);
  std::size_t links = 0;
  for (const official_link& l : w.org().links()) {
    links += w.is_county_leader(l.who) && l.how != relation::heads && l.how != relation::member_of;
  }
  CHECK(bound == links);
}
