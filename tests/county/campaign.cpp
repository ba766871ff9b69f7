// SPDX-License-Identifier: BSL-1.0
// M19 and E5: the campaign takes people from where they would be, and finds what the households say.
#include "catch.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "story.hpp"
#include "tables.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::played;
using sifang_tests::told;
using sifang_tests::xiapu;

namespace {

double total(const sifang_tests::told_replication& r, metric m) { return r.outcome().sums.numerator(m, 0); }
double rate(const sifang_tests::told_replication& r, metric m) { return total(r, m) / r.outcome().sums.denominator(m, 0); }

/// Days of one campaign in the counted year.
std::vector<day> days_of(const world& w) {
  std::vector<day> out;
  for (day d : w.campaign()) {
    if (w.counts(d)) out.push_back(d);
  }
  return out;
}

}  // namespace

TEST_CASE("R21: while a campaign lasts nobody who is sent works in an office, and what waits is done later") {
  // A share of the handlers goes: with half of them, every second one.
  for (const double share : {1.0, 0.5}) {
    const world w = xiapu({"campaign.cadre_share=" + std::to_string(share), "load.multiplier=3"});
    auto r = played(w);
    double worked_in_campaign = 0, worked = 0;
    for (const auto& t : r.observer().all) {
      if (t.what != told::work) continue;
      worked += t.minutes;
      for (const auto& [from, to] : w.campaign_times())
        worked_in_campaign += std::max(0.0, std::min(t.begins + t.minutes, to) - std::max(t.begins, from));
    }
    CHECK(worked > 0);
    if (share == 1)
      CHECK(worked_in_campaign == 0);
    else
      CHECK(worked_in_campaign > 0);
  }
}

TEST_CASE("R21: heads and team members are at the households, so appointments and return visits that need them wait") {
  const world w = xiapu({"load.multiplier=4", "return_visits.visits_per_week=10"});
  const auto campaign = days_of(w);
  REQUIRE(campaign.size() == 4);
  auto r = played(w);
  int on_campaign_days = 0, before = 0, put_off = 0;
  for (const auto& t : r.observer().all) {
    const bool during = std::find(campaign.begin(), campaign.end(), t.at.date()) != campaign.end();
    if (t.what == told::put_off && during) ++put_off;
    if (t.what != told::meeting) continue;
    const bool needs_head = std::any_of(t.people.begin(), t.people.end(), [&](official_id who) { return !w.is_county_leader(who); });
    on_campaign_days += during && needs_head;
    before += !during && needs_head;
  }
  CHECK(before > 20);
  CHECK(on_campaign_days == 0);
  CHECK(put_off > 0);
}

TEST_CASE("R8, R9, R21: a day of reception in the campaign is a stated conflict, and who sits is not at the households") {
  const world apart = xiapu(), on_monday = xiapu({"campaign.first=2022-04-11"});
  const auto a = played(apart), b = played(on_monday);
  CHECK(total(a, metric::cadre_days_kept) == 0);
  CHECK(total(a, metric::cadre_days) == 4000);
  const double kept = total(b, metric::cadre_days_kept);
  CHECK(kept > 300);
  CHECK(total(b, metric::cadre_days) == 4000 - kept);
  CHECK(rate(b, metric::household_coverage) == Approx(rate(a, metric::household_coverage) * (4000 - kept) / 4000));
  const auto said = [](const world& w) {
    std::vector<std::string> out;
    for (const warning& one : warnings_of(w)) {
      if (one.kind == warning_kind::campaign_on_session) out.push_back(sentence(one));
    }
    return out;
  };
  CHECK(said(apart).empty());
  const auto warned = said(on_monday);
  REQUIRE(warned.size() == 1);
  CHECK(warned[0].find("on 2022-04-11: whoever sits there") != std::string::npos);
  for (const char* held : {"session.township", "session.department", "session.village", "session.section"})
    CHECK(warned[0].find(held) != std::string::npos);
  CHECK(said(xiapu({"campaign.first=2022-04-11", "campaign.cadre_share=0"})).empty());
}

TEST_CASE("R23, R24: every village is reached, each household once, and what is found depends on the households seen") {
  const auto of = [](const std::vector<std::string>& settings) { return played(xiapu(settings)); };
  const auto usual = of({});
  CHECK(rate(usual, metric::village_coverage) == 1);
  CHECK(rate(usual, metric::household_coverage) == Approx(10000.0 / xiapu().households()));
  // Two years have two campaigns, of which each reaches as much.
  CHECK(rate(of({"scenario.end=2023-12-31"}), metric::household_coverage) == Approx(rate(usual, metric::household_coverage)));
  const auto none = of({"campaign.households_per_day=0"});
  for (metric m : {metric::opinions_collected, metric::campaign_items, metric::found_by_campaign, metric::household_coverage,
                   metric::village_coverage}) {
    CAPTURE(info(m).name);
    CHECK(total(none, m) == 0);
  }
  CHECK(total(none, metric::cadre_days) == 4000);
  // Fewer cadres than villages go on from day to day.
  const auto few = of({"county.cadres=60"});
  CHECK(rate(few, metric::village_coverage) == Approx(240.0 / 331));
  // Everybody is seen, and nobody twice.
  const auto all = of({"campaign.households_per_day=100", "campaign.days=20", "campaign.targeting=1"}), some = of({"campaign.targeting=1"});
  CHECK(rate(all, metric::household_coverage) == Approx(1));
  CHECK(total(all, metric::found_by_campaign) > 5 * total(some, metric::found_by_campaign));
}

TEST_CASE("E5: items of public sentiment, of which some need handling, of which few are petitions: three counts") {
  double opinions = 0, items = 0, found = 0, households = 0;
  const world w = xiapu();
  for (std::uint32_t number = 0; number < 5; ++number) {
    auto r = played(w, number);
    opinions += total(r, metric::opinions_collected);
    items += total(r, metric::campaign_items);
    found += total(r, metric::found_by_campaign);
    households += 10000;
  }
  // docs/facts.md: 0.05 to 0.86 a household, 0.03 to 0.15 of them to be handled.
  const campaign_setting& c = w.setting().campaign;
  CHECK(opinions / households == Approx(c.opinions_per_household).epsilon(0.03));
  CHECK(items / opinions == Approx(c.handling_share).epsilon(0.05));
  CHECK(items / households > 0.03);
  CHECK(items / households < 0.15);
  CHECK(found < items / 5);
}

TEST_CASE("R25, R26: each item has a timetable by its kind and can be late; striking off by date has its price in what is truly done") {
  const world target = xiapu(), date = xiapu({"campaign.strike_off=\"date\""});
  auto a = played(target), b = played(date);
  std::map<sentiment_kind, int> kinds;
  int late = 0;
  for (const auto& one : a.observer().items) {
    ++kinds[one.item.kind];
    CHECK(one.item.target == one.item.found + target.setting().campaign.of(one.item.kind).timetable);
    CHECK(one.item.responsible.valid());
    if (one.struck_off) CHECK(one.done == one.struck_off);
    late += one.done && *one.done > one.item.target;
  }
  CHECK(kinds.size() == 4);
  CHECK(late > 20);
  CHECK(a.outcome().violations[static_cast<std::size_t>(violation::r26)] == 0);
  // The same items with the same luck: those that are late are struck off undone, and nobody pursues them.
  REQUIRE(a.observer().items.size() == b.observer().items.size());
  for (std::size_t i = 0; i < a.observer().items.size(); ++i) {
    const auto &by_target = a.observer().items[i], &by_date = b.observer().items[i];
    if (!by_date.struck_off) continue;
    CHECK(*by_date.struck_off <= by_date.item.target + calendar_days(1));
    if (by_target.done && *by_target.done > by_date.item.target + calendar_days(1)) CHECK_FALSE(by_date.done);
  }
  CHECK(rate(a, metric::items_on_time) == rate(b, metric::items_on_time));
  CHECK(rate(b, metric::items_resolved) < rate(b, metric::items_on_time) + 0.03);  // what is done on the very day after is done
  CHECK(rate(a, metric::items_resolved) > rate(b, metric::items_resolved) + 0.05);
  CHECK(rate(b, metric::items_struck_off) == 1);
  CHECK(b.outcome().violations[static_cast<std::size_t>(violation::r26)] > 20);
}

TEST_CASE("a township without hands for it is late with its items") {
  const auto usual = played(xiapu()), busy = played(xiapu({"campaign.item_work=6000"}));
  CHECK(rate(busy, metric::items_on_time) < rate(usual, metric::items_on_time) - 0.3);
  CHECK(total(busy, metric::handler_hours) > total(usual, metric::handler_hours) * 2);
}
