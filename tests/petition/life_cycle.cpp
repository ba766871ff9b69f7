// SPDX-License-Identifier: BSL-1.0
#include "story.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

using namespace sifang;

namespace {
using e = case_event;
using s = case_state;

// DOMAIN 2.4 typed a second time, by hand and in another shape than the library's table.
std::map<std::pair<s, e>, std::pair<int, s>> second_table() {
  std::map<std::pair<s, e>, std::pair<int, s>> t{
      {{s::none, e::answer}, {0, s::answered_on_spot}},
      {{s::none, e::arrive}, {1, s::registered}},
      {{s::answered_on_spot, e::arrive}, {1, s::registered}},
      {{s::registered, e::divert}, {2, s::diverted}},
      {{s::registered, e::refuse}, {3, s::not_accepted}},
      {{s::registered, e::route}, {4, s::routed}},
      {{s::routed, e::object}, {5, s::registered}},
      {{s::routed, e::inform}, {6, s::accepted}},
      {{s::registered, e::receive_in_person}, {7, s::routed}},
      {{s::accepted, e::investigate}, {8, s::handling}},
      {{s::handling, e::extend}, {9, s::handling}},
      {{s::handling, e::mediate}, {10, s::settled}},
      {{s::handling, e::reply}, {11, s::replied}},
      {{s::replied, e::content}, {12, s::settled}},
      {{s::replied, e::ask_review}, {13, s::under_review}},
      {{s::under_review, e::uphold}, {14, s::reviewed}},
      {{s::under_review, e::send_back}, {15, s::handling}},
      {{s::reviewed, e::ask_recheck}, {16, s::under_recheck}},
      {{s::reviewed, e::content}, {17, s::settled}},
      {{s::under_recheck, e::close_recheck}, {18, s::procedurally_closed}},
      {{s::replied, e::window_ends}, {19, s::procedurally_closed}},
      {{s::reviewed, e::window_ends}, {19, s::procedurally_closed}},
      {{s::procedurally_closed, e::schedule_return}, {20, s::return_visit_due}},
      {{s::settled, e::rebound}, {21, s::return_visit_due}},
      {{s::settled, e::rebound_reopened}, {21, s::handling}},
      {{s::return_visit_due, e::petition_again}, {25, s::handling}},
      {{s::return_visit_due, e::return_lapsed_settled}, {26, s::settled}},
      {{s::return_visit_due, e::return_lapsed_unsettled}, {26, s::procedurally_closed}},
      {{s::procedurally_closed, e::put_on_list}, {27, s::handling}},
      {{s::return_visit_due, e::return_settled}, {22, s::settled}},
      {{s::return_visit_due, e::return_unsettled}, {22, s::procedurally_closed}},
      {{s::return_visit_due, e::return_reopened}, {22, s::handling}},
  };
  for (const s open : {s::registered, s::routed, s::accepted, s::handling, s::replied, s::under_review, s::reviewed, s::under_recheck,
                       s::return_visit_due}) {
    t[{open, e::cutoff}] = {23, open};
    t[{open, e::expire}] = {24, open};
    t[{open, e::withdraw}] = {28, s::withdrawn};
  }
  return t;
}
}  // namespace

static_assert(next(case_state::registered, case_event::route) == case_state::routed);
static_assert(!next(case_state::diverted, case_event::arrive));

TEST_CASE("every pair of state and event is in the table as the domain has it, or refused") {
  const auto second = second_table();
  std::size_t lawful = 0;
  for (std::size_t i = 0; i < case_state_count; ++i) {
    for (std::size_t j = 0; j < case_event_count; ++j) {
      const auto state = static_cast<s>(i);
      const auto event = static_cast<e>(j);
      const auto expected = second.find({state, event});
      INFO(name_of(state) << " x " << name_of(event));
      const auto to = next(state, event);
      if (expected == second.end()) {
        CHECK_FALSE(to);
        auto h = story::brought_to(state);
        const auto before = h.steps().size();
        const auto result = h.apply(event, story::at(day(2030, 1, 1)), {}, story::facts_for(event));
        REQUIRE_FALSE(result);
        CHECK(result.refusal().rule == broken_rule::not_in_table);
        CHECK(result.refusal().state == state);
        CHECK(h.steps().size() == before);
        CHECK(h.record().state == state);
      } else {
        ++lawful;
        REQUIRE(to);
        CHECK(*to == expected->second.second);
        CHECK(find_transition(state, event)->number == expected->second.first);
      }
    }
  }
  CHECK(lawful == second.size());
  CHECK(lawful == life_cycle.size());
}

TEST_CASE("the table has the rows 0 to 28 and no pair twice") {
  std::set<int> numbers;
  std::set<std::pair<s, e>> pairs;
  for (const transition& t : life_cycle) {
    numbers.insert(t.number);
    pairs.insert({t.from, t.event});
    CHECK_FALSE(t.text.en.empty());
    CHECK_FALSE(t.text.zh.empty());
  }
  CHECK(numbers.size() == 29);
  CHECK(*numbers.begin() == 0);
  CHECK(*numbers.rbegin() == 28);
  CHECK(pairs.size() == life_cycle.size());
}

TEST_CASE("a state is open, closed or not begun; only the end in law is terminal in law") {
  for (std::size_t i = 0; i < case_state_count; ++i) {
    const auto state = static_cast<s>(i);
    CHECK((is_open(state) ? 1 : 0) + (is_closed(state) ? 1 : 0) + (state == s::none ? 1 : 0) == 1);
    if (is_terminal_in_law(state)) CHECK(is_closed(state));
  }
  CHECK(is_open(s::return_visit_due));
  CHECK(is_terminal_in_law(s::procedurally_closed));
  CHECK_FALSE(is_terminal_in_law(s::settled));  // peace is not the legal end
  CHECK(is_closed(s::settled));
}

TEST_CASE("wherever a case stands, the same clocks run, whichever way it came") {
  // Follows every path of the table; the set of running clocks must be a function of the state.
  using c = case_clock;
  const std::map<s, clock_set> expected{{s::none, {}},
                                        {s::registered, {c::route}},
                                        {s::routed, {c::object, c::accept}},
                                        {s::accepted, {c::handle}},
                                        {s::handling, {c::handle}},
                                        {s::replied, {c::review_window}},
                                        {s::under_review, {c::review}},
                                        {s::reviewed, {c::recheck_window}},
                                        {s::under_recheck, {c::recheck}},
                                        {s::settled, {}},
                                        {s::procedurally_closed, {}},
                                        {s::return_visit_due, {c::return_visit}},
                                        {s::diverted, {}},
                                        {s::not_accepted, {}},
                                        {s::answered_on_spot, {}},
                                        {s::withdrawn, {}}};
  REQUIRE(expected.size() == case_state_count);
  for (const transition& t : life_cycle) {
    for (std::size_t i = 0; i < case_clock_count; ++i) {
      const auto clock = static_cast<c>(i);
      const bool before = expected.at(t.from).has(clock);
      const bool ends = t.clocks.stops.has(clock) || t.clocks.cancels.has(clock);
      INFO("row " << t.number << ", " << name_of(clock));
      if (ends) CHECK(before);
      if (t.clocks.extends.has(clock)) CHECK(before);
      CHECK(expected.at(t.to).has(clock) == ((before && !ends) || t.clocks.starts.has(clock)));
    }
  }
}

TEST_CASE("every state can be reached, and only matters that the county has no more to do with have no way on") {
  std::set<s> reached{s::none};
  for (std::size_t round = 0; round < case_state_count; ++round) {
    for (const transition& t : life_cycle) {
      if (reached.count(t.from) != 0) reached.insert(t.to);
    }
  }
  CHECK(reached.size() == case_state_count);
  for (std::size_t i = 0; i < case_state_count; ++i) {
    const auto state = static_cast<s>(i);
    const bool stuck = std::none_of(life_cycle.begin(), life_cycle.end(), [&](const transition& t) { return t.from == state; });
    CHECK(stuck == (state == s::diverted || state == s::not_accepted || state == s::withdrawn));
  }
}

TEST_CASE("the diagram is drawn from the table, in both formats and languages") {
  for (const auto lang : {language::en, language::zh}) {
    const std::string dot = life_cycle_diagram(diagram_format::graphviz, lang);
    const std::string mermaid = life_cycle_diagram(diagram_format::mermaid, lang);
    CHECK(dot.rfind("digraph life_cycle {", 0) == 0);
    CHECK(mermaid.rfind("stateDiagram-v2\n", 0) == 0);
    std::size_t edges = 0;
    for (const transition& t : life_cycle) {
      if (t.number == 23 || t.number == 24) continue;
      ++edges;
      const std::string from(name_of(t.from)), to(name_of(t.to));
      CHECK(dot.find("  " + from + " -> " + to + " [label=\"" + std::to_string(t.number) + ". ") != std::string::npos);
      const std::string start = t.from == s::none ? "[*]" : from;
      CHECK(mermaid.find("  " + start + " --> " + to + " : " + std::to_string(t.number) + ". ") != std::string::npos);
    }
    std::size_t arrows = 0;
    for (std::size_t at = dot.find(" -> "); at != std::string::npos; at = dot.find(" -> ", at + 1)) ++arrows;
    CHECK(arrows == edges);
    CHECK(dot.find(std::string(text_of(s::settled, lang))) != std::string::npos);
    CHECK(dot.back() == '\n');
  }
}
