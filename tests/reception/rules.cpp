// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/reception.hpp"
#include "tables.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <set>

using namespace sifang;
using sifang_tests::xiapu;

namespace {
const world& xiapu_2022() {
  static const world w = xiapu();
  return w;
}
std::vector<reception_session> held(const world& w, venue v, day from, day to) {
  auto all = w.plan().sessions(from, to);
  std::erase_if(all, [&](const reception_session& s) { return s.where != v; });
  return all;
}
const day jan1(2022, 1, 1), dec31(2022, 12, 31);
}  // namespace

TEST_CASE("R1: every session names time, place and people") {
  const auto sessions = xiapu_2022().plan().sessions(jan1, dec31);
  REQUIRE(sessions.size() > 10000);
  for (const reception_session& s : sessions) {
    REQUIRE(s.place.valid());
    REQUIRE_FALSE(s.people.empty());
    REQUIRE(s.length.count > 0);
    REQUIRE(s.start.count > 0);
  }
}

TEST_CASE("R2: reception is on the 15th of each month and on every Monday that works") {
  const auto& w = xiapu_2022();
  std::set<day> fifteenth, mondays;
  for (const auto& s : held(w, article::principal, jan1, dec31)) fifteenth.insert(s.date);
  for (const auto& s : held(w, article::township, jan1, dec31)) mondays.insert(s.date);
  CHECK(fifteenth.size() == 12);
  CHECK(fifteenth.contains(day(2022, 9, 15)));
  CHECK(fifteenth.contains(day(2022, 1, 15)));  // a Saturday: kept
  for (day d : fifteenth) CHECK(d.day_of_month() == 15);
  CHECK(mondays.size() == 52 - 6);  // DOMAIN 6.2: six rest-day Mondays
  for (day d : mondays) CHECK(d.weekday() == weekday::monday);
  CHECK_FALSE(mondays.contains(day(2022, 10, 3)));
}

TEST_CASE("R3: on the 15th the principal leaders of the Party committee and of the government receive at the Party school") {
  const auto& w = xiapu_2022();
  for (const auto& s : held(w, article::principal, jan1, dec31)) {
    CHECK(w.org().units()[s.place].kind == unit_kind::party_school);
    for (official_id who : s.people) CHECK(w.org()[who].rank == role::principal_leader);
    CHECK(s.people.size() == 2);
    CHECK(s.rule == "R3");
  }
  const world in_turn = xiapu({}, "one-principal");
  std::set<official_id> both;
  for (const auto& s : held(in_turn, article::principal, jan1, dec31)) {
    REQUIRE(s.people.size() == 1);
    both.insert(s.people.front());
  }
  CHECK(both.size() == 2);
}

TEST_CASE("R2: where the 15th is postponed on rest days, it is the next workday's") {
  const world w = xiapu({}, "postponed-15th");
  std::set<day> fifteenth;
  for (const auto& s : held(w, article::principal, jan1, dec31)) fifteenth.insert(s.date);
  CHECK(fifteenth.size() == 12);
  CHECK(fifteenth.contains(day(2022, 1, 17)));
  CHECK(fifteenth.contains(day(2022, 9, 15)));
  std::size_t in_2022 = 0;
  for (const double_booking& b : w.plan().double_bookings()) in_2022 += w.counts(b.date);
  CHECK(in_2022 == 4);  // 17 Jan, 16 May, 15 Aug, 17 Oct (DOMAIN 6.2)
}

TEST_CASE("R5: every other county-level leader receives on the 15th where they are linked, unless on the bureau roster") {
  const auto& w = xiapu_2022();
  for (day d : w.plan().dates(article::principal)) {
    if (!w.counts(d)) continue;
    std::set<official_id> seen;
    for (const auto& s : held(w, article::linked_leader, d, d)) {
      for (official_id who : s.people) {
        const auto linked = w.org().units_of(who, relation::linked_to);
        const auto charge = w.org().units_of(who, relation::in_charge_of);
        CHECK((std::find(linked.begin(), linked.end(), s.place) != linked.end() ||
               std::find(charge.begin(), charge.end(), s.place) != charge.end()));
        CHECK(seen.insert(who).second);
      }
    }
    std::size_t elsewhere = 0;
    for (const double_booking& b : w.plan().double_bookings()) elsewhere += b.date == d;
    CHECK(seen.size() + elsewhere == w.org().officials_with(role::county_leader).size());
  }
}

TEST_CASE("R6: every Monday one county-level leader sits at the petition bureau, in turn") {
  const auto& w = xiapu_2022();
  std::set<official_id> all;
  std::size_t mondays = 0;
  for (const auto& s : held(w, article::bureau_leader, jan1, dec31)) {
    CHECK(w.org().units()[s.place].kind == unit_kind::petition_bureau);
    CHECK(s.people.size() == 1);
    CHECK(w.org()[s.people.front()].rank == role::county_leader);
    all.insert(s.people.front());
    mondays += s.date.weekday() == weekday::monday;
  }
  CHECK(mondays == 46);
  CHECK(all.size() == 33);  // everybody has a turn
}

TEST_CASE("R7: in a sensitive period a leader sits at the bureau on every workday") {
  const auto& w = xiapu_2022();
  for (day d(2022, 3, 1); d <= day(2022, 3, 11); ++d)
    CHECK(held(w, article::bureau_leader, d, d).size() == (w.calendar().is_workday(d) ? 1u : 0u));
  const world off = xiapu({"session.bureau_leader.sensitive_duty=false"});
  CHECK(held(off, article::bureau_leader, day(2022, 3, 8), day(2022, 3, 11)).empty());
}

TEST_CASE("R8: every Monday the heads receive at their own unit") {
  const auto& w = xiapu_2022();
  const day monday(2022, 9, 5);
  CHECK(held(w, article::township, monday, monday).size() == 15);
  CHECK(held(w, article::department, monday, monday).size() == 45 + 3);
  for (venue v : {article::township, article::department}) {
    for (const auto& s : held(w, v, monday, monday)) {
      for (official_id who : s.people) {
        CHECK(w.org()[who].rank == role::unit_head);
        CHECK(w.org()[who].unit == s.place);
      }
    }
  }
}

TEST_CASE("R9: every Monday each team member receives at a linked village or a section, and every village has its turn") {
  const auto& w = xiapu_2022();
  std::set<unit_id> villages;
  for (const auto& s : held(w, article::village, day(2022, 8, 22), day(2022, 9, 30))) villages.insert(s.place);
  CHECK(villages.size() == 331);
  std::set<official_id> busy;
  for (const auto& s : held(w, article::village, day(2022, 9, 5), day(2022, 9, 5))) {
    REQUIRE(s.people.size() == 1);
    CHECK(w.org()[s.people.front()].rank == role::team_member);
    CHECK(busy.insert(s.people.front()).second);
  }
  CHECK(held(w, article::section, day(2022, 9, 5), day(2022, 9, 5)).size() == 48);
}

TEST_CASE("nobody sits in two places at one time, and every leader needed twice is named") {
  const auto& w = xiapu_2022();
  for (day d = jan1; d <= dec31; ++d) {
    std::set<official_id> seen;
    for (const auto& s : w.plan().sessions(d, d)) {
      for (official_id who : s.people) {
        INFO(to_string(d) << " " << w.org()[who].post);
        CHECK(seen.insert(who).second);
      }
    }
  }
  std::size_t in_2022 = 0;
  for (const double_booking& b : w.plan().double_bookings()) {
    in_2022 += w.counts(b.date);
    CHECK(b.kept == article::bureau_leader);
    CHECK(b.missed == article::linked_leader);
  }
  CHECK(in_2022 == 1);  // 15 Aug (DOMAIN 6.2)
}

TEST_CASE("more seats on the 15th than principal leaders are filled by other leaders, who are missed elsewhere and not at the bureau") {
  const world w = xiapu({"session.principal.receivers=5"});
  for (const auto& s : held(w, article::principal, jan1, dec31)) {
    REQUIRE(s.people.size() == 5);
    CHECK(w.org()[s.people[0]].rank == role::principal_leader);
    CHECK(w.org()[s.people[4]].rank == role::county_leader);
    for (const auto& b : held(w, article::bureau_leader, s.date, s.date)) {
      CHECK(std::find(s.people.begin(), s.people.end(), b.people.front()) == s.people.end());
    }
    std::size_t missed = 0;
    for (const double_booking& b : w.plan().double_bookings()) missed += b.date == s.date && b.kept == article::principal;
    CHECK(missed == 3);
  }
  CHECK_THROWS(xiapu({"session.principal.receivers=100"}));
}

TEST_CASE("a merged Monday can be split: the bureau's day moves to Tuesday") {
  const world w = xiapu({}, "postponed-15th-split");
  for (const double_booking& b : w.plan().double_bookings()) {  // R7 still wants a leader on every workday of a sensitive period
    const auto& periods = w.setting().sensitive_periods;
    CHECK(std::any_of(periods.begin(), periods.end(), [&](const sensitive_period& p) { return p.covers(b.date); }));
  }
  CHECK(held(w, article::bureau_leader, day(2022, 8, 15), day(2022, 8, 15)).empty());
  CHECK(held(w, article::bureau_leader, day(2022, 8, 16), day(2022, 8, 16)).size() == 1);
  CHECK(held(w, article::township, day(2022, 8, 16), day(2022, 8, 16)).size() == 15);
  CHECK(held(w, article::principal, day(2022, 8, 15), day(2022, 8, 15)).size() == 1);
}

TEST_CASE("R11: visitors are received as they come, by whoever is free first") {
  std::vector<visitor> v{{0, 0, 20, 1e9}, {1, 0, 30, 1e9}, {2, 5, 10, 1e9}, {3, 40, 10, 1e9}};
  std::vector<double> free(2);
  std::vector<visit_outcome> out;
  const auto totals = run_session(v, free, 180, closing_policy::stay, out);
  CHECK(totals.heard == 4);
  CHECK(out[0].receiver == 0);
  CHECK(out[1].receiver == 1);
  CHECK(out[2].receiver == 0);
  CHECK(out[2].wait == 15);  // called at 20, came at 5
  CHECK(out[3].wait == 0);
  CHECK(totals.busy == 70);
  CHECK(totals.overtime == 0);
}

TEST_CASE("R10, R11: with the article's rule everyone is heard, however late; other rules stop at closing time") {
  const auto run = [](closing_policy closing) {
    std::vector<visitor> v;
    for (std::uint32_t i = 0; i < 10; ++i) v.push_back({i, 0, 25, 1e9});
    std::vector<double> free(1);
    std::vector<visit_outcome> out;
    return run_session(v, free, 180, closing, out);
  };
  const auto stay = run(closing_policy::stay);
  CHECK(stay.heard == 10);
  CHECK(stay.overtime == 70);
  CHECK(stay.longest_queue == 9);
  const auto back = run(closing_policy::come_back);
  CHECK(back.heard == 8);  // the eighth begins at 175
  CHECK(back.not_heard == 2);
  CHECK(back.overtime == 20);
}

TEST_CASE("a session without a receiver hears nobody; one without visitors costs nothing") {
  std::vector<visitor> v{{0, 0, 20, 1e9}};
  std::vector<double> none;
  std::vector<visit_outcome> out;
  CHECK(run_session(v, none, 180, closing_policy::stay, out).not_heard == 1);
  std::vector<visitor> nobody;
  std::vector<double> one(1);
  const auto totals = run_session(nobody, one, 180, closing_policy::stay, out);
  CHECK(totals.busy == 0);
  CHECK(totals.overtime == 0);
}

TEST_CASE("R15, R16, R17, R18: the issue list takes the most pressing cases and gives each to its leader, within the field days") {
  const official_id a(1), b(2);
  std::vector<issue_candidate> c{{0, calendar_days(30), 0, 1, a},
                                 {1, calendar_days(200), 0, 1, a},
                                 {2, calendar_days(10), 4, 1, b},
                                 {3, calendar_days(400), 5, 1, a},
                                 {4, calendar_days(20), 0, 9, {}}};
  std::vector<std::int32_t> taken(3, 0);
  std::vector<appointment> list;
  make_issue_list(c, {}, 3, 1, 2, taken, list);
  REQUIRE(list.size() == 3);
  CHECK(list[0].who == 3);
  CHECK(list[1].who == 2);
  CHECK(list[1].leader == b);
  CHECK(list[2].who == 1);
  CHECK(taken[1] == 2);
  std::fill(taken.begin(), taken.end(), 0);
  make_issue_list(c, {}, 10, 1, 1, taken, list);  // one appointment a month each: the rest stays for the next analysis
  CHECK(list.size() == 2);
}

TEST_CASE("R21, R22: the campaign is concentrated in 3 to 5 workdays that follow each other") {
  const auto cn = sifang_tests::china();
  campaign_setting c;
  c.first = day(2022, 4, 29);
  c.days = 4;
  CHECK(campaign_days(c, 2022, cn) ==
        std::vector{day(2022, 4, 29), day(2022, 5, 5), day(2022, 5, 6), day(2022, 5, 7)});  // round the holiday, with the make-up Saturday
  c.open = false;
  CHECK(campaign_days(c, 2022, cn).empty());
}

TEST_CASE("R23: cadres go to every village, the more the larger; where they are fewer, to others from day to day") {
  const auto sent = [](std::vector<double> weights, std::int64_t cadres, int nth) {
    std::vector<std::int32_t> out(weights.size());
    send_cadres(weights, cadres, nth, out);
    return out;
  };
  using there = std::vector<std::int32_t>;
  CHECK(sent({10, 10, 10}, 6, 0) == there{2, 2, 2});
  CHECK(sent({10, 10, 10}, 6, 3) == there{2, 2, 2});
  CHECK(sent({1, 100, 1}, 3, 0) == there{1, 1, 1});
  CHECK(sent({10, 20, 30}, 9, 0) == there{2, 3, 4});
  CHECK(sent({10, 0, 10}, 4, 0) == there{2, 0, 2});  // nobody goes where nobody is to go
  CHECK(sent({1, 1, 1, 1, 1}, 2, 0) == there{1, 1, 0, 0, 0});
  CHECK(sent({1, 1, 1, 1, 1}, 2, 1) == there{0, 0, 1, 1, 0});
  CHECK(sent({1, 1, 1, 1, 1}, 2, 2) == there{1, 0, 0, 0, 1});
  CHECK(sent({1, 0, 1, 1}, 2, 1) == there{1, 0, 0, 1});
  CHECK(sent({0, 0}, 5, 0) == there{0, 0});
  CHECK(sent({}, 5, 0).empty());
  CHECK(sent({1, 2}, 0, 3) == there{0, 0});
  CHECK(rc::check("all of them are sent, one at least to each", [&] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 60);
    std::vector<double> weights(n);
    for (double& w : weights) w = *rc::gen::inRange(1, 1000);
    const auto cadres = *rc::gen::inRange<std::int64_t>(0, 500);
    const there out = sent(weights, cadres, *rc::gen::inRange(0, 9));
    std::int64_t all = 0;
    double whole = 0;
    for (std::size_t v = 0; v < n; ++v) {
      all += out[v];
      whole += weights[v];
    }
    RC_ASSERT(all == cadres);
    for (std::size_t v = 0; v < n; ++v) {
      if (cadres < static_cast<std::int64_t>(n)) {
        RC_ASSERT(out[v] <= 1);
        continue;
      }
      const double due = 1 + weights[v] / whole * static_cast<double>(cadres - static_cast<std::int64_t>(n));
      RC_ASSERT(out[v] >= 1 && std::abs(out[v] - due) <= 1);
    }
  }));
}

TEST_CASE("E5: a kind of item takes its share of luck, and what is left is other") {
  campaign_setting c;
  CHECK(c.kind_of(0.0) == sentiment_kind::works);
  CHECK(c.kind_of(0.39) == sentiment_kind::works);
  CHECK(c.kind_of(0.41) == sentiment_kind::aid);
  CHECK(c.kind_of(0.61) == sentiment_kind::dispute);
  CHECK(c.kind_of(0.76) == sentiment_kind::other);
  c.works.share = c.aid.share = c.dispute.share = 0;
  CHECK(c.kind_of(0.0) == sentiment_kind::other);
  CHECK(&c.of(sentiment_kind::works) == &c.works);
  CHECK(&c.of(sentiment_kind::other) == &c.other);
}

TEST_CASE("R25: a finding without responsible person or timetable is invalid") {
  CHECK(faults_of(chart_item{0, day(2022, 4, 11), day(2022, 5, 11), official_id(3), false}).empty());
  CHECK(faults_of(chart_item{0, day(2022, 4, 11), day(2022, 5, 11), {}, false}).size() == 1);
  CHECK(faults_of(chart_item{0, day(2022, 4, 11), day(2022, 4, 11), {}, false}).size() == 2);
  CHECK(faults_of(sentiment_item{0, 0, sentiment_kind::aid, day(2022, 4, 11), day(2022, 4, 26), official_id(3)}).empty());
  CHECK(faults_of(sentiment_item{0, 0, sentiment_kind::aid, day(2022, 4, 11), day(2022, 4, 26), {}}).size() == 1);
}

TEST_CASE("R26: an item is struck off only against its target") {
  chart_item item{0, day(2022, 4, 11), day(2022, 5, 11), official_id(3), false};
  strike_off(item, strike_off_rule::target, day(2023, 1, 1), false);
  CHECK_FALSE(item.struck_off);
  strike_off(item, strike_off_rule::target, day(2023, 1, 1), true);
  CHECK(item.struck_off);
  strike_off(item, strike_off_rule::target, day(2023, 1, 2), false);
  CHECK(item.struck_off);  // it does not come back
  chart_item late{0, day(2022, 4, 11), day(2022, 5, 11), official_id(3), false};
  strike_off(late, strike_off_rule::date, day(2022, 5, 12), false);
  CHECK(late.struck_off);
}

TEST_CASE("R27, R28: return visits are handed out within each owner's weekly budget") {
  return_visit_book book;
  book.reset(2, 2);
  const day monday(2022, 9, 5);
  CHECK(book.book(official_id(0), monday) == monday);
  CHECK(book.book(official_id(0), monday) == monday);
  CHECK(book.book(official_id(0), monday) == monday + calendar_days(7));
  CHECK(book.book(official_id(1), monday + calendar_days(2)) == monday + calendar_days(2));
  book.reset(2, 0);
  CHECK_FALSE(book.book(official_id(0), monday));
}

TEST_CASE("R29: a return visit counts only with the owner and the units concerned") {
  CHECK(is_complete({true, true, true}, true, true));
  CHECK(is_complete({true, true, false}, true, false));
  CHECK_FALSE(is_complete({false, true, true}, true, true));
  CHECK_FALSE(is_complete({true, false, true}, true, true));
  CHECK_FALSE(is_complete({true, true, false}, true, true));
}
