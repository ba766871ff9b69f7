// SPDX-License-Identifier: BSL-1.0
#include "story.hpp"

#include <rapidcheck.h>

#include <set>

using namespace sifang;
using story::e;
using story::s;

namespace {
/// One attempt: an event, so many minutes later, with facts that may or may not be lawful.
struct attempt {
  std::uint32_t pick, gap, luck;
};

/// Tries the step; three times in four one that the table allows from here, so that walks get far.
bool attempt_step(case_history& h, const attempt& a, instant& now, const case_rules& rules) {
  std::vector<case_event> allowed;
  for (const transition& t : life_cycle) {
    if (t.from == h.record().state) allowed.push_back(t.event);
  }
  if (a.luck % 8 != 1) std::erase(allowed, e::withdraw);  // or few walks would go far
  const case_event event =
      allowed.empty() || a.luck % 4 == 0 ? static_cast<case_event>(a.pick % case_event_count) : allowed[a.pick % allowed.size()];
  now = now + minutes(static_cast<std::int32_t>(a.gap % (45 * minutes_per_day)));
  auto facts = story::facts_for(event);
  if (facts.who.valid()) facts.who = official_id(a.pick % 5);
  facts.extension = calendar_days(static_cast<std::int32_t>(a.luck % 40));
  facts.petitioner_told = a.luck % 7 != 0;
  facts.agreed = a.luck % 5 != 0;
  facts.good_cause = a.luck % 11 == 0;
  switch (a.luck % 17) {
    case 0:
      return h.hand_over(now, official_id(a.pick % 5), "moved").has_value();
    case 1:
      return h.note_repeat(now).has_value();
    case 2:
      return h.hold_hearing(now, calendar_days(static_cast<std::int32_t>(a.pick % 9)), rules).has_value();
    case 3:
      return h.rate(now, body::authority, grade::satisfied).has_value();
    default:
      return h.apply(event, now, rules, facts).has_value();
  }
}

/// The invariants of DOMAIN 2.4, read from the history alone.
void check_invariants(const case_history& h, bool (*require)(bool, const char*)) {
  case_state state = s::none;
  std::optional<instant> last;
  bool reviewed = false, extended = false;
  int rebounds = 0, sooner = 0, bounces = 0;
  for (const case_step& step : h.steps()) {
    require(step.from == state, "the steps join");
    require(next(step.from, step.event) == step.to, "each step is in the table");
    require(!last || *last <= step.at, "times do not go back");
    if (step.event == e::extend) {
      require(!extended, "one extension a round");
      extended = true;
    }
    if (step.to == s::handling && step.from != s::handling) extended = false;
    if (step.to == s::reviewed) reviewed = true;
    if (step.event == e::ask_recheck) require(reviewed, "review before recheck");
    if (step.event == e::receive_in_person) require(h.handovers().front().at <= step.at, "owned once received");
    rebounds += step.event == e::rebound || step.event == e::rebound_reopened ? 1 : 0;
    sooner += step.event == e::petition_again ? 1 : 0;
    bounces += step.event == e::object ? 1 : 0;
    state = step.to;
    last = step.at;
  }
  require(h.record().state == state, "the record stands where the steps end");
  require(h.record().rebounds == rebounds && h.record().bounces == bounces, "counts are the history's");
  require(h.record().repeats == rebounds + sooner + static_cast<int>(h.repeats().size()),
          "rebounds, and petitions before a return visit, count as repeats");

  official_id owner;
  for (const handover& change : h.handovers()) {
    require(change.from == owner && change.to.valid() && change.to != owner, "one owner at a time");
    require(!change.reason.empty(), "every change of owner says why");
    owner = change.to;
  }
  require(h.record().owner == owner, "the owner is the last handover's");

  std::set<case_clock> running;
  for (const clock_run& run : h.clocks()) {
    require(run.started <= run.due, "a clock ends after it starts");
    require(!run.stopped || run.started <= *run.stopped, "a clock stops after it starts");
    if (run.running()) require(running.insert(run.which).second, "no clock runs twice at once");
    const bool late = run.stopped && !is_right(run.which) && *run.stopped > run.due;
    if (late) require(h.record().missed.has(run.which), "a missed duty stays missed");
  }
  if (is_closed(h.record().state)) require(running.empty(), "no clock outlives its case");
}
}  // namespace

TEST_CASE("whatever is tried, every accepted history is a path in the table and keeps the invariants") {
  CHECK(rc::check("invariants of DOMAIN 2.4", [] {
    const auto tries = *rc::gen::container<std::vector<attempt>>(rc::gen::construct<attempt>(
        rc::gen::arbitrary<std::uint32_t>(), rc::gen::arbitrary<std::uint32_t>(), rc::gen::arbitrary<std::uint32_t>()));
    case_rules rules;
    rules.clocks.extend_to_workday = *rc::gen::arbitrary<bool>();
    case_history h{case_record{}};
    instant now(day(2022, 1, 1), minutes(0));
    clock_set missed;
    for (const attempt& a : tries) {
      attempt_step(h, a, now, rules);
      for (std::size_t i = 0; i < case_clock_count; ++i) {
        const auto clock = static_cast<case_clock>(i);
        RC_ASSERT(!missed.has(clock) || h.record().missed.has(clock));
      }
      missed = h.record().missed;
    }
    check_invariants(h, [](bool holds, const char* what) {
      if (!holds) RC_FAIL(what);
      return holds;
    });
  }));
}

TEST_CASE("a long random walk takes every entry of the table") {
  // Knuth's MMIX generator with a fixed start: the same walks every time.
  std::uint64_t x = 2022;
  const auto draw = [&] {
    x = x * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(x >> 33);
  };
  std::set<std::pair<case_state, case_event>> taken;
  const case_rules rules;
  for (int walk = 0; walk < 12000; ++walk) {
    case_history h{case_record{}};
    instant now(day(2022, 1, 1), minutes(0));
    for (int i = 0; i < 60; ++i) attempt_step(h, {draw(), draw(), draw()}, now, rules);
    check_invariants(h, [](bool holds, const char* what) {
      if (!holds) FAIL(what);
      return holds;
    });
    for (const case_step& step : h.steps()) taken.insert({step.from, step.event});
  }
  // Row 24 cannot be taken in the two states where only the petitioner's right runs, and a rebound is handled at once only
  // where there are no return visits.
  CHECK(taken.size() == life_cycle.size() - 3);
}
