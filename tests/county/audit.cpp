// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/replication.hpp"
#include "tables.hpp"

#include <string>
#include <vector>

using namespace sifang;

namespace {

/// What the audit finds in some years of a county.
std::string found_in(const world& w, std::uint32_t years) {
  replication<> r(w);
  r.audit(true);
  std::string out;
  for (std::uint32_t n = 0; n < years; ++n) {
    (void)r.run(n);
    for (const audit_fault& f : r.audit_faults()) {
      if (out.size() < 1000) out += to_string(f.on) + " " + std::to_string(f.entity) + " " + std::string(f.what) + "\n";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("In no county does a case stand still: with each door closed, each budget at nothing, under load") {
  const std::vector<std::vector<std::string>> changes{
      {},
      {"session.principal.open=false", "session.linked_leader.open=false", "session.bureau_leader.open=false",
       "session.township.open=false", "session.department.open=false", "session.village.open=false", "session.section.open=false",
       "session.window.open=false", "session.bureau_leader.sensitive_duty=false", "reception.irregular_per_month=0"},
      {"appointments.open=false"},
      {"appointments.list_length=0"},
      {"appointments.field_days_per_month=0"},
      {"campaign.open=false"},
      {"return_visits.open=false"},
      {"return_visits.visits_per_week=0"},
      {"return_visits.open=false", "appointments.open=false", "campaign.open=false"},
      {"load.multiplier=8", "handling.township_handlers=1", "handling.department_handlers=1", "handling.case_limit=3", "routing.clerks=1"},
      {"ownership.rule=\"handover\"", "load.multiplier=3", "ownership.cap=4"},
      {"repeats.rebound_share=1", "repeats.rebound_days=5", "settlement.withdrawn_share=0.5", "settlement.withdrawn_days=20"},
      {"reception.closing=\"escalate\"", "reception.screened_share=0.4", "session.principal.length=15", "load.multiplier=4"},
      {"handling.order=\"by_due_date\"", "routing.misroute_probability=0.9", "load.multiplier=4"}};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CAPTURE(i);
    CHECK(found_in(sifang_tests::xiapu(changes[i]), 2) == "");
  }
}
