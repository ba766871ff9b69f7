// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/pilot.hpp"
#include "tables.hpp"

#include <atomic>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

using namespace sifang;

namespace {

using settings = std::vector<std::string>;

world short_county(settings more = {}) {
  for (const char* one : {"scenario.warm_up=60", "scenario.run_out=0", "campaign.open=false"}) more.emplace_back(one);
  return sifang_tests::xiapu(more);
}
pilot_plan plan_of(const world& base, const world& policy, pilot_question asked, std::size_t years = 24, int threads = 1) {
  return plan_pilot(thread_team{threads}, base, policy, asked, years, [](std::size_t) {});
}
constexpr auto any_kind = [](venue) { return true; };

}  // namespace

TEST_CASE("fewer grievances show in the registrations after some months, sooner the fewer they are", "[pilot]") {
  const world base = short_county(), fewer = short_county({"load.multiplier=0.93"}), few = short_county({"load.multiplier=0.7"});
  const pilot_plan plan = plan_of(base, fewer, {metric::registrations}), sooner = plan_of(base, few, {metric::registrations}, 24, 2);
  REQUIRE(plan.state == pilot_state::planned);
  CHECK(plan.expected.estimate == Approx(plan.after - plan.before));
  CHECK(plan.expected.upper < 0);
  CHECK(plan.smallest == Approx(0.01 * (plan.before + plan.after) / 2));
  CHECK_FALSE(plan.shows_absence);
  CHECK(plan.noise.varies);
  CHECK(plan.noise.year < plan.noise.month);
  CHECK(plan.trials.size() == 36);
  CHECK(plan.trials[11].figures.difference() == Approx(plan.expected.estimate));
  for (const pilot_trial& t : plan.trials) {
    CHECK(t.power >= 0);
    CHECK(t.power <= 1);
    CHECK(t.counted.has_value() == (t.months <= 12));
  }
  REQUIRE(sooner.least);
  REQUIRE(sooner.least_stepped);
  if (plan.least) CHECK(*sooner.least <= *plan.least);
  CHECK(sooner.trials[*sooner.least - 1].power >= 0.8);
  if (*sooner.least > 1) CHECK(sooner.trials[*sooner.least - 2].power < 0.8);
  CHECK(sooner.stepped_difference < 0);
  CHECK(sooner.places > 2);
  CHECK(sooner.how_stepped == stepping::other);
  // Of independent pairs of years as many show it as the error says, within four standard deviations.
  for (const pilot_trial& t : plan.trials) {
    if (t.counted) CHECK(*t.counted == Approx(t.power).margin(4 * 0.5 / std::sqrt(24.0)));
  }
}

TEST_CASE("a policy that does not touch a figure is to show that nothing changes", "[pilot]") {
  const world base = short_county(), longer = short_county({"session.principal.length=181"});
  pilot_question asked{metric::registrations};
  asked.matters = {{"registrations", 0.2, true}};
  const pilot_plan plan = plan_of(base, longer, asked);
  REQUIRE(plan.state == pilot_state::planned);
  CHECK(plan.shows_absence);
  CHECK(plan.smallest == Approx(0.1 * (plan.before + plan.after)));
  REQUIRE(plan.least);
  CHECK(plan.how_stepped == stepping::county_wide);
  CHECK_FALSE(plan.least_stepped);
  CHECK(plan.trials[11].changed_sessions > 0);
  CHECK(plan.trials[11].changed_sessions < plan.trials[11].sessions);
}

TEST_CASE("plans are the same for any number of threads", "[pilot]") {
  const world base = short_county(), few = short_county({"load.multiplier=0.7"});
  const pilot_plan one = plan_of(base, few, {metric::heard_15d}, 6, 1), two = plan_of(base, few, {metric::heard_15d}, 6, 2);
  REQUIRE(one.state == pilot_state::planned);
  CHECK(one.before == two.before);
  CHECK(one.after == two.after);
  CHECK(one.place_within == two.place_within);
  for (std::size_t m = 0; m < one.trials.size(); ++m) CHECK(one.trials[m].power == two.trials[m].power);
}

TEST_CASE("what cannot be planned says why", "[pilot]") {
  const world base = short_county(), few = short_county({"load.multiplier=0.7"});
  CHECK(plan_of(base, short_county(), {metric::registrations}, 4).state == pilot_state::same_policy);
  const settings quarter{"scenario.start=2022-03-01", "scenario.end=2022-05-31"};
  CHECK(plan_of(short_county(quarter), short_county(quarter), {metric::registrations}, 4).state == pilot_state::not_a_year);
  const settings middle{"scenario.start=2022-01-02", "scenario.end=2022-12-31"};
  CHECK_FALSE(counts_a_year(short_county(middle)));
  CHECK(counts_a_year(base));
  CHECK(plan_of(base, few, {metric::campaign_items}, 4).state == pilot_state::never_varies);  // there is no campaign
  CHECK(plan_of(base, few, {metric::household_coverage}, 4).state == pilot_state::no_value);
  const std::atomic<bool> stop{true};
  const pilot_plan stopped = plan_pilot(thread_team{1, &stop}, base, few, {metric::registrations}, 4, [](std::size_t) {});
  CHECK(stopped.state == pilot_state::stopped);
}

TEST_CASE("sessions of a trial are those of the plan, and of two years twice as many", "[pilot]") {
  const world w = short_county();
  double all = 0;
  for (std::size_t v = 0; v < w.plan().kinds().size(); ++v) {
    if (!w.plan().kinds()[v].by_clerks() && !w.plan().kinds()[v].irregular) all += w.venue_sessions()[v];
  }
  CHECK(sessions_in(w, 12, any_kind) == Approx(all));
  CHECK(sessions_in(w, 24, any_kind) == Approx(2 * all));
  CHECK(sessions_in(w, 13, any_kind) == Approx(all + sessions_in(w, 1, any_kind)));
  double monthly = 0;
  for (std::size_t m = 1; m <= 12; ++m) {
    CHECK(sessions_in(w, m, any_kind) > monthly);
    monthly = sessions_in(w, m, any_kind);
  }
  CHECK(sessions_in(w, 12, [](venue) { return false; }) == 0);
}

TEST_CASE("a policy can be stepped over townships if all that it changes is held there", "[pilot]") {
  const world base = short_county();
  CHECK(stepping_of(base, short_county()) == stepping::other);
  CHECK(stepping_of(base, short_county({"session.township.length=240"})) == stepping::by_place);
  CHECK(stepping_of(base, short_county({"session.village.length=240", "session.township.length=200"})) == stepping::by_place);
  CHECK(stepping_of(base, short_county({"session.township.length=240", "session.principal.length=240"})) == stepping::county_wide);
  CHECK(stepping_of(base, short_county({"session.principal.open=false"})) == stepping::county_wide);
}

TEST_CASE("the noise of a trial is that of two independent years of the county as it is", "[pilot]") {
  const world w = short_county();
  const auto noise = trial_noise(thread_team{1}, w, metric::registrations, 12, 8, [](std::size_t) {});
  REQUIRE(noise);
  CHECK(noise->difference() == 0);
  CHECK(noise->error > 0);
}
