// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/replication.hpp"
#include "tables.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

// Relations that must hold between two simulations, whatever the right numbers are. Shares of places are fixed, so that a
// change does not move people to where they would be heard anyhow.

using namespace sifang;

namespace {

constexpr std::uint32_t years = 100;

/// Sums of the county as a whole over years on the same luck.
class sums {
 public:
  explicit sums(const std::vector<std::string>& settings) {
    std::vector<std::string> all{"choice.model=\"shares\"", "scenario.warm_up=120"};
    all.insert(all.end(), settings.begin(), settings.end());
    const world w = sifang_tests::xiapu(all);
    replication<> r(w);
    for (std::uint32_t n = 0; n < years; ++n) {
      const replication_outcome& out = r.run(n);
      for (const metric_info& m : metric_table) {
        sums_[static_cast<std::size_t>(m.id)].numerator += out.sums.numerator(m.id, 0);
        sums_[static_cast<std::size_t>(m.id)].denominator += out.sums.denominator(m.id, 0);
      }
    }
  }
  [[nodiscard]] double of(metric m) const {
    return sums_[static_cast<std::size_t>(m)].numerator / sums_[static_cast<std::size_t>(m)].denominator;
  }
  [[nodiscard]] double above(metric m) const { return sums_[static_cast<std::size_t>(m)].numerator; }
  [[nodiscard]] double below(metric m) const { return sums_[static_cast<std::size_t>(m)].denominator; }

 private:
  std::array<tally::ratio, metric_count> sums_{};
};

const sums& as_it_is() {
  static const sums found({});
  return found;
}

const std::vector<std::string> no_reception{"session.principal.open=false",     "session.linked_leader.open=false",
                                            "session.bureau_leader.open=false", "session.township.open=false",
                                            "session.department.open=false",    "session.village.open=false",
                                            "session.section.open=false",       "session.bureau_leader.sensitive_duty=false",
                                            "reception.irregular_per_month=0"};

}  // namespace

TEST_CASE("More load never shortens a wait, nor does it improve timeliness or access") {
  const std::vector<std::string> few{"handling.township_handlers=1", "handling.department_handlers=1", "routing.clerks=1"};
  auto much = few;
  much.push_back("load.multiplier=4");
  const sums light(few), heavy(much);
  CHECK(heavy.of(metric::wait_minutes) > light.of(metric::wait_minutes));
  CHECK(heavy.of(metric::on_time_reply_rate) < light.of(metric::on_time_reply_rate));
  CHECK(heavy.of(metric::reply_days) > light.of(metric::reply_days));
  CHECK(heavy.of(metric::heard_15d) <= light.of(metric::heard_15d));
  CHECK(heavy.of(metric::handler_utilisation) > light.of(metric::handler_utilisation));
  CHECK(heavy.of(metric::handler_utilisation) <= 1);
  CHECK(heavy.of(metric::clerk_utilisation) <= 1);
}

TEST_CASE("A closed door never improves what the door is there for") {
  struct closed_door {
    std::string_view about;
    std::vector<std::string> settings;
    metric figure;
    bool more_is_better;
  };
  const std::vector<closed_door> doors{
      {"open reception: access", no_reception, metric::heard_15d, true},
      {"open reception: access, by county leaders", no_reception, metric::heard_county_30d, true},
      {"open reception: days until heard", no_reception, metric::heard_days, false},
      {"appointments: long-pending cases", {"appointments.open=false"}, metric::resolution_rate, true},
      {"campaign: unmet need", {"campaign.open=false"}, metric::unmet_need, false},
      {"return visits: peace", {"return_visits.open=false"}, metric::resolution_rate, true},
      {"return visits: repeats", {"return_visits.open=false"}, metric::repeat_rate, false},
  };
  for (const closed_door& door : doors) {
    CAPTURE(door.about);
    const double open = as_it_is().of(door.figure), closed = sums(door.settings).of(door.figure);
    CHECK((door.more_is_better ? closed <= open : closed >= open));
  }
}

TEST_CASE("Who is asked about access is the same under every policy") {
  for (const std::vector<std::string>& settings : {no_reception,
                                                   {"reception.screened_share=0.3"},
                                                   {"reception.closing=\"escalate\"", "session.principal.length=30"},
                                                   {"campaign.open=false"}}) {
    const sums other(settings);
    for (metric m : {metric::heard_7d, metric::heard_15d, metric::heard_30d, metric::heard_days, metric::unmet_need}) {
      CHECK(other.below(m) == as_it_is().below(m));
    }
  }
}

TEST_CASE("Screening, and sending people elsewhere at closing time, never improve access") {
  const sums screened({"reception.screened_share=0.3"});
  CHECK(screened.of(metric::heard_15d) < as_it_is().of(metric::heard_15d));
  CHECK(screened.of(metric::heard_same_session) < as_it_is().of(metric::heard_same_session));
  CHECK(screened.of(metric::heard_days) > as_it_is().of(metric::heard_days));
  const std::vector<std::string> crowded{"load.multiplier=6", "session.principal.length=60", "session.bureau_leader.length=60"};
  auto stay = crowded, away = crowded;
  stay.push_back("reception.closing=\"stay\"");
  away.push_back("reception.closing=\"escalate\"");
  const sums stays(stay), escalates(away);
  CHECK(escalates.of(metric::heard_15d) <= stays.of(metric::heard_15d));
  CHECK(escalates.of(metric::heard_days) >= stays.of(metric::heard_days));
}

TEST_CASE("A period that is split in two sums to the whole") {
  // The same days are simulated; the halves are of whole weeks, so that the weekly looks fall on the same days.
  // Long-pending cases are taken over on the first counted day, whichever that is: there are none.
  const sums whole({"load.backlog=0", "scenario.warm_up=140", "scenario.run_out=365", "scenario.end=2022-12-30"});
  const sums first({"load.backlog=0", "scenario.warm_up=140", "scenario.run_out=547", "scenario.end=2022-07-01"});
  const sums second(
      {"load.backlog=0", "scenario.start=2022-07-02", "scenario.warm_up=322", "scenario.run_out=365", "scenario.end=2022-12-30"});
  for (metric m : {metric::heard_15d, metric::heard_days, metric::unmet_need, metric::wait_days, metric::heard_same_session,
                   metric::bureau_timely, metric::on_time_reply_rate, metric::timely_acceptance_rate, metric::resolution_rate,
                   metric::rebound_rate, metric::repeat_rate, metric::one_time_resolution_rate, metric::procedural_only_share,
                   metric::satisfaction_rate, metric::handler_utilisation, metric::clerk_utilisation}) {
    CAPTURE(info(m).name);
    CHECK_THAT(first.above(m) + second.above(m), Catch::Matchers::WithinRel(whole.above(m), 1e-9));
    CHECK_THAT(first.below(m) + second.below(m), Catch::Matchers::WithinRel(whole.below(m), 1e-9));
  }
}
