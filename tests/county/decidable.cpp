// SPDX-License-Identifier: BSL-1.0
#include "sifang/county/decidable.hpp"
#include "catch.hpp"
#include "sifang/county/described_parameter.hpp"
#include "tables.hpp"

#include <set>
#include <string>
#include <string_view>

/// Who decides a parameter: what can be planned, what is behaviour, law, place or question.

using namespace sifang;

TEST_CASE("who decides a parameter is told by its key") {
  struct row {
    std::string_view key;
    decided_by who;
  };
  const row rows[] = {
      {"session.principal.recur", decided_by::county},
      {"session.principal.posts", decided_by::county},
      {"session.principal.counts_for", decided_by::law},
      {"session.principal.appeal", decided_by::petitioners},
      {"session.township.share", decided_by::petitioners},
      {"session.township.publicity", decided_by::petitioners},
      {"session.principal.title_zh", decided_by::place},
      {"routing.clerks", decided_by::county},
      {"handling.case_limit", decided_by::county},
      {"reception.screened_share", decided_by::law},
      {"clocks.reply", decided_by::law},
      {"choice.delay_weight", decided_by::petitioners},
      {"repeats.dissatisfied", decided_by::petitioners},
      {"rating.participation", decided_by::petitioners},
      {"review.share", decided_by::petitioners},
      {"scenario.seed", decided_by::question},
      {"load.multiplier", decided_by::question},
      {"replay.settled", decided_by::question},
      {"category.land.share", decided_by::place},
      {"sensitive_period.march.start", decided_by::place},
      {"county.travel_speed", decided_by::place},
      {"county.links", decided_by::county},
      {"cost.leader_hour", decided_by::yardstick},
      {"settlement.supported", decided_by::effects},
      {"posts.turnover_per_year", decided_by::effects},
      {"reception.interview_minutes", decided_by::effects},
      {"appointments.wait_cut", decided_by::effects},
      {"campaign.works.timetable", decided_by::county},
      {"campaign.works.minutes", decided_by::effects},
  };
  for (const row& one : rows) {
    INFO(one.key);
    CHECK(who_decides(one.key) == one.who);
  }
}

TEST_CASE("what a county decides are parameters that there are, and some in each family that it plans") {
  const world w = sifang_tests::xiapu();
  std::set<std::string> keys, families;
  for (const described_parameter& d : describe(w.setting())) {
    keys.insert(d.about.key);
    if (who_decides(d.about.key) == decided_by::county) families.insert(d.about.key.substr(0, d.about.key.find('.')));
  }
  for (const std::string_view key : detail::decided_keys) {
    INFO(key);
    CHECK(keys.contains(std::string(key)));
  }
  for (const std::string_view what : detail::decided_of_session) {
    INFO(what);
    CHECK(keys.contains("session.principal." + std::string(what)));
  }
  CHECK(families == std::set<std::string>{"appointments", "campaign", "county", "handling", "ownership", "reception", "return_visits",
                                          "routing", "session"});
}
