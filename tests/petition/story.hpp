// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_PETITION_STORY_HPP
#define SIFANG_TESTS_PETITION_STORY_HPP

#include "catch.hpp"
#include "sifang/petition.hpp"

#include <array>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace sifang {
inline std::ostream& operator<<(std::ostream& out, day d) { return out << to_string(d); }
inline std::ostream& operator<<(std::ostream& out, case_state s) { return out << name_of(s); }
inline std::ostream& operator<<(std::ostream& out, case_event e) { return out << name_of(e); }
inline std::ostream& operator<<(std::ostream& out, broken_rule r) { return out << static_cast<int>(r); }
inline std::ostream& operator<<(std::ostream& out, share s) { return out << s.numerator << '/' << s.denominator; }
}  // namespace sifang

namespace story {
using namespace sifang;
using e = case_event;
using s = case_state;

inline const official_id secretary{7}, head{8};
inline const unit_id township{3}, department{4};

/// The State Council's arrangement around National Day 2022 and the Mid-Autumn festival (DOMAIN 6.1).
inline working_calendar autumn_2022() {
  std::vector<calendar_exception> list;
  for (unsigned d = 10; d <= 12; ++d) list.push_back({day(2022, 9, d), day_kind::statutory_holiday, "Mid-Autumn"});
  for (unsigned d = 1; d <= 7; ++d) list.push_back({day(2022, 10, d), day_kind::statutory_holiday, "National Day"});
  for (unsigned d = 8; d <= 9; ++d) list.push_back({day(2022, 10, d), day_kind::makeup_workday, "make-up"});
  return working_calendar(list);
}

inline instant at(day d) { return instant(d, minutes(9 * 60)); }
inline day on(int year, unsigned month, unsigned dom) { return day(year, month, dom); }

/// The facts that each event needs to be lawful.
inline step_facts facts_for(case_event event) {
  step_facts f;
  f.unit = department;
  switch (event) {
    case e::divert:
      f.other = other_route::litigation;
      break;
    case e::refuse:
      f.ground = refusal_ground::in_progress;
      break;
    case e::receive_in_person:
    case e::put_on_list:
      f.who = secretary;
      break;
    case e::return_settled:
    case e::return_unsettled:
    case e::return_reopened:
      f.owner_there = f.place_unit_there = f.matter_unit_there = true;
      break;
    default:
      break;
  }
  return f;
}

struct told {
  day when;
  case_event event;
};

/// A history in which everything told must be lawful.
inline case_history tell(const std::vector<told>& steps, const case_rules& rules = {}, case_record facts = {}) {
  case_history h(std::move(facts));
  for (const told& step : steps) {
    const auto done = h.apply(step.event, at(step.when), rules, facts_for(step.event));
    INFO("step " << name_of(step.event) << " on " << to_string(step.when));
    if (!done) FAIL(sentence(done.refusal()));
  }
  return h;
}

/// The ordinary way to a state, one step a day from 1 September 2022 on.
inline case_history brought_to(case_state wanted, const case_rules& rules = {}, case_record facts = {}) {
  const std::vector<case_event> to_handling{e::arrive, e::receive_in_person, e::inform, e::investigate};
  std::vector<case_event> way;
  const auto then = [&](std::initializer_list<case_event> more) {
    way = to_handling;
    way.insert(way.end(), more);
  };
  switch (wanted) {
    case s::none:
      break;
    case s::registered:
      way = {e::arrive};
      break;
    case s::routed:
      way = {e::arrive, e::receive_in_person};
      break;
    case s::accepted:
      way = {e::arrive, e::receive_in_person, e::inform};
      break;
    case s::handling:
      then({});
      break;
    case s::replied:
      then({e::reply});
      break;
    case s::under_review:
      then({e::reply, e::ask_review});
      break;
    case s::reviewed:
      then({e::reply, e::ask_review, e::uphold});
      break;
    case s::under_recheck:
      then({e::reply, e::ask_review, e::uphold, e::ask_recheck});
      break;
    case s::settled:
      then({e::reply, e::content});
      break;
    case s::procedurally_closed:
      then({e::reply, e::ask_review, e::uphold, e::ask_recheck, e::close_recheck});
      break;
    case s::return_visit_due:
      then({e::reply, e::content, e::rebound});
      break;
    case s::diverted:
      way = {e::arrive, e::divert};
      break;
    case s::not_accepted:
      way = {e::arrive, e::refuse};
      break;
    case s::answered_on_spot:
      way = {e::answer};
      break;
    case s::withdrawn:
      way = {e::arrive, e::withdraw};
      break;
  }
  std::vector<told> steps;
  day d = on(2022, 9, 1);
  for (const case_event event : way) {
    steps.push_back({d, event});
    ++d;
  }
  return tell(steps, rules, std::move(facts));
}

/// The day after the last step.
inline day tomorrow(const case_history& h) { return h.steps().empty() ? on(2022, 9, 1) : h.steps().back().at.date() + calendar_days(1); }

inline std::optional<day> due(const case_history& h, case_clock which) {
  const clock_run* run = h.running(which);
  return run ? std::optional<day>(run->due) : std::nullopt;
}

/// The rule that refuses the step, or nothing if it is taken.
template <class T>
std::optional<broken_rule> refused(const step_result<T>& result) {
  return result ? std::nullopt : std::optional<broken_rule>(result.refusal().rule);
}
}  // namespace story

#endif
