// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/petition/case_history.hpp"
#include "story.hpp"
#include "tables.hpp"

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::played;
using sifang_tests::telling;
using sifang_tests::told;

namespace {

/// The duties whose due days a replication holds. A return visit that nobody makes is a missed duty too, but no lateness of
/// the case: it is counted for itself (R27).
constexpr std::array<case_clock, 5> held_duties{case_clock::route, case_clock::accept, case_clock::handle, case_clock::review,
                                                case_clock::recheck};

/// Replays what a replication told of one matter through the model's `case_history`.
class replay {
 public:
  replay(const world& w, const matter& m)
      : w_(w),
        rules_{
            w.setting().clocks,
            {w.setting().clocks.route + w.setting().clocks.accept + w.setting().clocks.handle + w.setting().appointments.long_pending_age,
             w.setting().appointments.long_pending_repeats},
            w.calendar(),
            w.setting().return_visits.open},
        history_(facts_of(m)) {}

  void take(const telling& t) {
    switch (t.what) {
      case told::step:
        take_step(t);
        break;
      case told::owned:
        expect(history_.hand_over(t.at, t.m.owner, "as the county's rule says"), t);
        break;
      case told::repeat:  // one that breaks the peace is row 21, one before a return visit row 25: told next
        if (t.m.state != case_state::settled && t.m.state != case_state::return_visit_due) expect(history_.note_repeat(t.at), t);
        break;
      case told::hearing:
        expect(history_.hold_hearing(t.at, calendar_days(static_cast<std::int32_t>(t.minutes) / minutes_per_day), rules_), t);
        break;
      default:
        break;
    }
  }

  /// What must hold of the matter when the replication is over.
  void end(const matter& m) {
    const case_record& r = history_.record();
    const auto same = [&](const auto& model, const auto& simulated, const char* what) {
      if (!(model == simulated)) FAIL_CHECK(what << " of matter " << m.entity << " in state " << name_of(m.state));
    };
    same(r.state, m.state, "state");
    same(r.registered.since_1970(), m.registered, "day of registration");
    same(r.owner, m.owner, "owner");
    same(r.long_pending, m.long_pending, "long-pending");
    same(r.repeats, m.repeats, "repeats");
    same(r.rebounds, m.rebounds, "rebounds");
    same(r.bounces, m.bounces, "bounces");
    same(end_of(r).grievance_gone, m.settled, "settled");
    bool late_once = false, extended = false;
    for (const clock_run& run : history_.clocks()) {
      if (std::find(held_duties.begin(), held_duties.end(), run.which) == held_duties.end()) continue;
      const bool late = !is_in_time(run.stopped.value_or(w_.last()), run.due);
      same(run.expiry_noted, late, "noted expiry");
      late_once = late_once || late;
      if (run.which == case_clock::handle) extended = run.extended;
    }
    same(m.overdue, late_once, "overdue");
    if (m.accepted != never) same(m.extended, extended, "extension");
    if (const clock_run* run = history_.running(case_clock::accept)) same(run->due.since_1970(), m.accept_due, "last day of acceptance");
    for (case_clock which : {case_clock::review, case_clock::recheck}) {
      if (const clock_run* run = history_.running(which)) same(run->due.since_1970(), m.opinion_due, "last day of an opinion");
    }
    if (const clock_run* run = history_.running(case_clock::handle)) same(run->due.since_1970(), m.reply_due, "last day of the reply");
    if (is_open(m.state))
      same(m.long_pending, m.long_pending || rules_.cutoff.reached(w_.last() - r.registered, r.repeats), "long-pending by its age");
  }

  [[nodiscard]] const case_history& history() const noexcept { return history_; }

 private:
  [[nodiscard]] case_record facts_of(const matter& m) const {
    case_record r;
    r.place_unit = w_.townships()[m.township].where;
    if (m.subject != no_index) r.matter_unit = w_.offices()[m.subject].where;
    r.long_pending = m.backlog;  // it was one before it was taken over
    r.type = m.claim ? petition_type::claim : petition_type::opinion;
    r.channel = m.channel;
    r.group_size = m.persons;
    r.simplified = m.simplified;
    r.from_above = m.from_above;
    return r;
  }

  [[nodiscard]] bool has_head(std::uint32_t office) const { return office != no_index && w_.offices()[office].head.valid(); }

  void take_step(const telling& t) {
    step_facts facts;
    facts.other = other_route::litigation;
    facts.who = t.event == case_event::put_on_list ? t.m.owner : t.m.visit_receiver;
    if (t.event == case_event::inform) facts.unit = w_.offices()[t.m.office].where;
    facts.extension = rules_.clocks.extension;
    facts.owner_there = t.m.owner.valid();
    facts.place_unit_there = has_head(w_.townships()[t.m.township].office);
    facts.matter_unit_there = has_head(t.m.subject);
    const auto due = [&](case_clock which) {
      const clock_run* run = history_.running(which);
      return run == nullptr ? never : run->due.since_1970();
    };
    const auto same = [&](auto model, auto simulated, const char* what) {
      if (model != simulated)
        FAIL_CHECK(what << " of matter " << t.m.entity << " at " << name_of(t.event) << " on " << to_string(t.at.date()));
    };
    if (t.event == case_event::inform || t.event == case_event::object)
      same(due(case_clock::accept), t.m.accept_due, "last day of acceptance");
    if (t.event == case_event::reply || t.event == case_event::mediate)
      same(due(case_clock::handle), t.m.reply_due, "last day of the reply");
    same(history_.record().state, t.from, "state before");
    expect(history_.apply(t.event, t.at, rules_, facts), t);
    same(history_.record().state, t.to, "state after");
    if (t.event == case_event::extend) same(due(case_clock::handle), t.m.reply_due, "last day of the extended reply");
  }

  template <class Result>
  void expect(const Result& r, const telling& t) {
    if (r) return;
    FAIL_CHECK("matter " << t.m.entity << " on " << to_string(t.at.date()) << ", " << name_of(t.event) << ": " << sentence(r.refusal()));
  }

  const world& w_;
  case_rules rules_;
  case_history history_;
};

std::vector<std::string> shipped_scenarios() {
  std::vector<std::string> out;
  for (const auto& file : std::filesystem::directory_iterator(std::string(SIFANG_SOURCE_DIR) + "/simulations/scenarios")) {
    if (file.path().extension() == ".toml") out.push_back(file.path().stem().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Replays every matter of one replication. \returns how often each row of the life cycle was taken
std::map<int, int> replay_all(const world& w, std::uint32_t number) {
  auto r = played(w, number);
  std::map<std::uint64_t, replay> replays;
  std::map<int, int> rows;
  for (const telling& t : r.observer().all) {
    replays.try_emplace(t.m.entity, w, t.m).first->second.take(t);
    if (t.what == told::step) ++rows[find_transition(t.from, t.event)->number];
  }
  for (const matter& m : r.matters()) {
    const auto found = replays.find(m.entity);
    if (m.state == case_state::none) {
      CHECK((found == replays.end() || found->second.history().steps().empty()));
    } else if (m.state == case_state::answered_on_spot) {
      REQUIRE(found != replays.end());
      CHECK(found->second.history().record().state == m.state);
    } else {
      REQUIRE(found != replays.end());
      found->second.end(m);
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("What happens in every shipped scenario is a history that the model takes without a refusal") {
  for (const std::string& name : shipped_scenarios()) {
    CAPTURE(name);
    const auto rows = replay_all(sifang_tests::xiapu({"scenario.warm_up=180", "scenario.run_out=60"}, name), 0);
    CHECK(rows.at(1) > 300);
    CHECK(rows.at(11) > 200);
  }
}

TEST_CASE("So is it with a door closed, last days moved to workdays, three times the load, or everything late") {
  const std::vector<std::vector<std::string>> changes{
      {"session.principal.open=false", "session.linked_leader.open=false", "session.bureau_leader.open=false",
       "session.township.open=false", "session.department.open=false", "session.village.open=false", "session.section.open=false",
       "session.bureau_leader.sensitive_duty=false", "reception.irregular_per_month=0"},
      {"appointments.open=false"},
      {"campaign.open=false"},
      {"return_visits.open=false"},
      {"clocks.extend_to_workday=true"},
      {"load.multiplier=3"},
      {"clocks.extend_to_workday=true", "load.multiplier=2", "routing.minutes_per_matter=400", "routing.accept_days_mean=14",
       "handling.wait_days_mean=30", "routing.misroute_probability=0.4", "settlement.intercept=0", "review.upheld_share=0.5",
       "routing.simplified_share=0.4", "handling.extension=\"always\""},
      {"routing.misroute_probability=0.5", "clocks.accept=2", "clocks.route=1", "clocks.handle=5", "clocks.extension=0",
       "handling.extension=\"always\"", "repeats.open_days=20", "settlement.intercept=0", "clocks.review_window=9",
       "clocks.recheck_window=4"}};
  for (const std::string& name : shipped_scenarios()) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
      CAPTURE(name, i);
      auto settings = changes[i];
      settings.push_back("scenario.warm_up=120");
      settings.push_back("scenario.run_out=60");
      (void)replay_all(sifang_tests::xiapu(settings, name), static_cast<std::uint32_t>(i + 1));
    }
  }
}
