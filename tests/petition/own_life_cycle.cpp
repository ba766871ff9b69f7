// SPDX-License-Identifier: BSL-1.0
// Table, guards, clocks and history over states, events, clocks and rules that are not the petition's.
#include "catch.hpp"
#include "sifang/petition.hpp"

#include <rapidcheck.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace sifang;

namespace {

// A book on loan.
enum class shelf { none, reserved, lent, back, lost };
enum class act { reserve, fetch, prolong, give_back, warn, declare_lost, remark };
enum class limit { fetching, reading, search };
enum class law { not_in_table, out_of_order, no_reader, prolonged_before, not_before_due };

struct loan_cycle {
  using state = shelf;
  using event = act;
  using clock = limit;
  using rule = law;
  static constexpr bool is_open(shelf s) { return s == shelf::reserved || s == shelf::lent; }
  static constexpr bool is_right(limit c) { return c == limit::fetching; }
  static constexpr bool is_expiry(act e) { return e == act::warn; }
};

// A lamp, to be drawn: with an end, a colon in a text and a remark.
enum class lamp { none, lit, out };
enum class hand { light, look, quench };
struct lamp_cycle {
  using state = lamp;
  using event = hand;
  using clock = limit;
  using rule = law;
  static constexpr bool is_open(lamp s) { return s == lamp::lit; }
  static constexpr bool is_right(limit) { return false; }
  static constexpr bool is_expiry(hand) { return false; }
};

}  // namespace

template <>
inline constexpr std::string_view sifang::names_of<shelf>[] = {"none", "reserved", "lent", "back", "lost"};
template <>
inline constexpr std::string_view sifang::names_of<act>[] = {"reserve", "fetch", "prolong", "give_back", "warn", "declare_lost", "remark"};
template <>
inline constexpr std::string_view sifang::names_of<limit>[] = {"fetching", "reading", "search"};
template <>
inline constexpr bilingual sifang::texts_of<shelf>[] = {{"nowhere", ""}, {"reserved", ""}, {"on loan", ""}, {"back", ""}, {"lost", ""}};
template <>
inline constexpr bilingual sifang::texts_of<act>[] = {{"reserve it", ""}, {"fetch it", ""},        {"prolong", ""}, {"give it back", ""},
                                                      {"warn", ""},       {"declare it lost", ""}, {"remark", ""}};
template <>
inline constexpr bilingual sifang::texts_of<law>[] = {{"What is {state} cannot take \"{event}\", but: {next}.", ""},
                                                      {"{at} is before {limit}.", ""},
                                                      {"Name the reader {who}.", ""},
                                                      {"Once is enough.", ""},
                                                      {"It is not lost before {limit}; today is {at}. {", ""}};
template <>
inline constexpr basic_transition<loan_cycle> sifang::life_cycle_of<loan_cycle>[] = {
    {1, shelf::none, act::reserve, shelf::reserved, {}, {.starts = {limit::fetching}}},
    {2, shelf::reserved, act::fetch, shelf::lent, {law::no_reader}, {.starts = {limit::reading}, .stops = {limit::fetching}}},
    {3, shelf::lent, act::prolong, shelf::lent, {law::no_reader, law::prolonged_before}, {.extends = {limit::reading}}},
    {4, shelf::lent, act::give_back, shelf::back, {}, {.stops = {limit::reading}}},
    {5, shelf::lent, act::declare_lost, shelf::lost, {law::not_before_due}, {.starts = {limit::search}, .cancels = {limit::reading}}},
    {6, shelf::lent, act::warn, shelf::lent, {}, {}},
    {7, shelf::lent, act::remark, shelf::lent, {}, {}},
    {8, shelf::lost, act::give_back, shelf::back, {}, {.stops = {limit::search}}},
    {9, shelf::back, act::reserve, shelf::reserved, {}, {.starts = {limit::fetching}}}};
template <>
inline constexpr std::string_view sifang::names_of<lamp>[] = {"none", "lit", "out"};
template <>
inline constexpr std::string_view sifang::names_of<hand>[] = {"light", "look", "quench"};
template <>
inline constexpr bilingual sifang::texts_of<lamp>[] = {{"dark", "暗"}, {"lit", "亮"}, {"burnt out", "灭"}};
template <>
inline constexpr bilingual sifang::texts_of<hand>[] = {{"light: by match", "点"}, {"look", "看"}, {"quench", "熄"}};
template <>
inline constexpr basic_transition<lamp_cycle> sifang::life_cycle_of<lamp_cycle>[] = {{1, lamp::none, hand::light, lamp::lit, {}, {}},
                                                                                     {2, lamp::lit, hand::look, lamp::lit, {}, {}},
                                                                                     {3, lamp::lit, hand::quench, lamp::out, {}, {}}};
template <>
inline constexpr bilingual sifang::life_cycle_remark<lamp_cycle>{"\"look\"\nand \\ see", "看"};

namespace {

struct loan {
  shelf state{};
  basic_clock_set<limit> missed{};
  int remarks = 0;
};
struct desk_facts {
  official_id who{};
  unit_id where{};
  std::string note{};
  calendar_days longer{7};
};

struct loan_model {
  using cycle = loan_cycle;
  using record_type = loan;
  using facts_type = desk_facts;
  using rules_type = clock_limits<limit>;
  using step = attempted_step<loan_model>;
  static guard_answer holds(law rule, const step& now) {
    const auto* reading = now.story.running(limit::reading);
    switch (rule) {
      case law::no_reader:
        return now.facts.who.valid();
      case law::prolonged_before:
        return !reading->extended;
      case law::not_before_due:
        return {now.at.date() > reading->due, reading->due};
      case law::not_in_table:
      case law::out_of_order:
        break;
    }
    return false;
  }
  static day nominal_due(limit which, const step& now) { return now.rules.nominal_due(which, now.at.date()); }
  static day extended(const basic_clock_run<limit>& run, const step& now) { return run.nominal + now.facts.longer; }
  static void act(loan& l, const step& now) { l.remarks += now.row.event == act::remark; }
};
static_assert(life_cycle_kinds<loan_cycle> && case_model<loan_model>);
static_assert(life_cycle_kinds<petition_cycle> && case_model<petition_model>);
using story = basic_case_history<loan_model>;
static_assert(case_story<story> && case_story<case_history>);

const desk_facts reader{.who = official_id(3)};
instant on(unsigned dom, int hour = 10) { return {day(2024, 3, dom), minutes(hour * 60)}; }
/// Three workdays to fetch, ten days to read, ten to search; a week that rests on Friday and Saturday.
clock_limits<limit> rules(bool to_workday = false) {
  return {{working_days(3), calendar_days(10), calendar_days(10)},
          working_calendar(weekly_rest{weekday::friday, weekday::saturday}),
          to_workday};
}
/// Lent on Sunday, 3 March 2024.
story lent(const clock_limits<limit>& by) {
  story h(loan{});
  REQUIRE(h.apply(act::reserve, on(2), by));
  REQUIRE(h.apply(act::fetch, on(3), by, reader));
  return h;
}
template <class Result>
std::optional<law> broken(const Result& result) {
  return result ? std::nullopt : std::optional(result.refusal().rule);
}

}  // namespace

TEST_CASE("the transition function is the table's, for every state and event") {
  std::map<std::pair<shelf, act>, shelf> expected;
  for (const auto& row : life_cycle_of<loan_cycle>) expected[{row.from, row.event}] = row.to;
  CHECK(expected.size() == 9);
  for (std::size_t s = 0; s < enumerator_count<shelf>; ++s) {
    for (std::size_t e = 0; e < enumerator_count<act>; ++e) {
      const auto state = static_cast<shelf>(s);
      const auto event = static_cast<act>(e);
      const auto found = expected.find({state, event});
      const auto to = next<loan_cycle>(state, event);
      CHECK(to.has_value() == (found != expected.end()));
      if (to) CHECK(*to == found->second);
      const auto* row = find_transition<loan_cycle>(state, event);
      CHECK((row != nullptr) == to.has_value());
      if (row != nullptr) CHECK((row->from == state && row->event == event));
    }
  }
  static_assert(next<loan_cycle>(shelf::lent, act::give_back) == shelf::back);
  static_assert(!next<loan_cycle>(shelf::none, act::fetch));
}

TEST_CASE("what is not in the table is refused with what can follow; remarks and warnings are not among it") {
  const auto by = rules();
  story h = lent(by);
  const auto refused = h.apply(act::reserve, on(4), by);
  REQUIRE(broken(refused) == law::not_in_table);
  CHECK(sentence(refused.refusal()) == "What is on loan cannot take \"reserve it\", but: prolong; give it back; declare it lost.");
  CHECK(h.record().state == shelf::lent);
  CHECK(h.steps().size() == 2);
  story nothing(loan{});
  CHECK(broken(nothing.apply(act::fetch, on(4), by, reader)) == law::not_in_table);
}

TEST_CASE("history is not written backwards, and the sentence says up to when it is written") {
  const auto by = rules();
  story h = lent(by);
  const auto early = h.apply(act::give_back, on(3, 9), by);
  REQUIRE(broken(early) == law::out_of_order);
  CHECK(sentence(early.refusal()) == "2024-03-03T09:00 is before 2024-03-03.");
  CHECK(h.apply(act::give_back, on(3, 10), by));
}

TEST_CASE("the guards of a row are asked in their order, and the first that is broken is told with the day that decided") {
  const auto by = rules();
  story h = lent(by);
  CHECK(broken(h.apply(act::prolong, on(4), by)) == law::no_reader);
  CHECK(h.apply(act::prolong, on(4), by, reader));
  CHECK(broken(h.apply(act::prolong, on(5), by)) == law::no_reader);
  CHECK(broken(h.apply(act::prolong, on(5), by, reader)) == law::prolonged_before);
  const auto lost = h.apply(act::declare_lost, on(20), by);
  REQUIRE(broken(lost) == law::not_before_due);
  CHECK(lost.refusal().limit == day(2024, 3, 20));
  // A brace that nothing closes is text.
  CHECK(sentence(lost.refusal()) == "It is not lost before 2024-03-20; today is 2024-03-20. {");
  story other(loan{});
  REQUIRE(other.apply(act::reserve, on(2), by));
  const auto nobody = other.apply(act::fetch, on(3), by);
  CHECK(sentence(nobody.refusal()) == "Name the reader .");
}

TEST_CASE("clocks start, stop, are cancelled and extended as the row says, in days of their own kind") {
  const auto by = rules();
  story h = lent(by);
  REQUIRE(h.clocks().size() == 2);
  CHECK(h.clocks()[0].due == day(2024, 3, 5));  // Sunday, Monday, Tuesday
  CHECK(h.clocks()[0].met());
  REQUIRE(h.running(limit::reading) != nullptr);
  CHECK(h.running(limit::reading)->due == day(2024, 3, 13));
  desk_facts longer = reader;
  longer.longer = calendar_days(2);
  REQUIRE(h.apply(act::prolong, on(12), by, longer));
  CHECK(h.running(limit::reading)->due == day(2024, 3, 15));
  CHECK(h.running(limit::reading)->extended);
  REQUIRE(h.apply(act::declare_lost, on(16), by));
  CHECK(h.running(limit::reading) == nullptr);
  CHECK(h.clocks()[1].cancelled);
  CHECK_FALSE(h.clocks()[1].met());
  CHECK(h.running(limit::search)->due == day(2024, 3, 26));
  CHECK(h.record().missed.has(limit::reading));  // fell away too late
}

TEST_CASE("a last day that is a rest day of the country moves to its next workday where that is asked for") {
  const auto by = rules(true);
  story h = lent(by);
  desk_facts longer = reader;
  longer.longer = calendar_days(2);
  REQUIRE(h.apply(act::prolong, on(12), by, longer));
  CHECK(h.running(limit::reading)->nominal == day(2024, 3, 15));  // a Friday
  CHECK(h.running(limit::reading)->due == day(2024, 3, 17));      // a Sunday
}

TEST_CASE("a duty that runs out is missed for good, a right only lapses") {
  const auto by = rules();
  story h(loan{});
  REQUIRE(h.apply(act::reserve, on(2), by));
  REQUIRE(h.apply(act::fetch, on(10), by, reader));
  CHECK(h.record().missed.empty());  // fetching is a right
  CHECK_FALSE(is_late_on(h, day(2024, 3, 20)));
  CHECK(is_late_on(h, day(2024, 3, 21)));
  CHECK(h.has_expired_unnoted(day(2024, 3, 21)));
  REQUIRE(h.apply(act::warn, on(21), by));
  CHECK_FALSE(h.has_expired_unnoted(day(2024, 3, 22)));
  CHECK(h.record().missed == basic_clock_set<limit>{limit::reading});
  REQUIRE(h.apply(act::give_back, on(22), by));
  CHECK(h.record().missed.has(limit::reading));
  CHECK_FALSE(is_late_on(h, day(2024, 3, 30)));
}

TEST_CASE("the model writes into the record what its steps change, and what is beside the table is amended") {
  const auto by = rules();
  story h = lent(by);
  REQUIRE(h.apply(act::remark, on(4), by));
  CHECK(h.record().remarks == 1);
  h.amend([](loan& l) { ++l.remarks; });
  CHECK(h.last() == on(4));
  h.amend(on(5), [](loan& l) { ++l.remarks; });
  CHECK(h.record().remarks == 3);
  CHECK(h.last() == on(5));
  CHECK(h.out_of_order(on(4)).has_value());
  CHECK_FALSE(h.out_of_order(on(5)));
  CHECK(h.postpone(limit::reading, on(6), calendar_days(3), by).due == day(2024, 3, 16));
  CHECK_FALSE(h.running(limit::reading)->extended);
}

TEST_CASE("the state at the end of any day is the last step's, and the first state before the first") {
  const auto by = rules();
  const story h = lent(by);
  CHECK(state_on(h, day(2024, 3, 1)) == shelf::none);
  CHECK(state_on(h, day(2024, 3, 2)) == shelf::reserved);
  CHECK(state_on(h, day(2024, 3, 3)) == shelf::lent);
}

TEST_CASE("what is overdue on a day, and what falls due in some days, is listed by last day, duties alone") {
  const auto by = rules();
  std::vector<story> all;
  for (unsigned dom : {5u, 3u, 7u}) {
    all.emplace_back(loan{});
    REQUIRE(all.back().apply(act::reserve, on(2), by));
    REQUIRE(all.back().apply(act::fetch, on(dom), by, reader));
  }
  all.emplace_back(loan{});
  REQUIRE(all.back().apply(act::reserve, on(2), by));  // never fetched: nobody is late
  REQUIRE(all[0].apply(act::give_back, on(17), by));
  using duty = pending_duty<limit>;
  const std::vector<duty> expected{{1, limit::reading, day(2024, 3, 13)}, {0, limit::reading, day(2024, 3, 15)}};
  CHECK(overdue_on<story>(all, day(2024, 3, 16)) == expected);
  CHECK(overdue_on<story>(all, day(2024, 3, 15)).size() == 1);  // the last day is in time
  CHECK(overdue_on<story>(all, day(2024, 3, 17)) == std::vector<duty>{expected[0]});
  CHECK(due_between<story>(all, day(2024, 3, 16), day(2024, 3, 16), day(2024, 3, 31)) ==
        std::vector<duty>{{2, limit::reading, day(2024, 3, 17)}});
  CHECK(overdue_on<story>(all, day(2024, 3, 2)).empty());
  CHECK(due_between<story>(all, day(2024, 3, 4), day(2024, 3, 4), day(2024, 3, 31)).size() == 1);  // the others were not lent yet
  const share kept = done_in_time<story>(all, {day(2024, 3, 1), day(2024, 3, 31)}, limit::reading);
  CHECK(kept == share{0, 3});
  CHECK(done_in_time<story>(all, {day(2024, 3, 1), day(2024, 3, 31)}, limit::fetching) == share{2, 4});
  CHECK(done_in_time<story>(all, {day(2024, 3, 1), day(2024, 3, 16)}, limit::reading) == share{0, 2});
  CHECK(done_in_time<story>(all, {day(2024, 3, 1), day(2024, 3, 31)}, limit::fetching,
                            [](const loan& l) { return l.state == shelf::back; }) == share{1, 1});
}

TEST_CASE("a duty that fell away is neither in time nor late in a share") {
  const auto by = rules();
  std::vector<story> all{lent(by)};
  REQUIRE(all[0].apply(act::declare_lost, on(20), by));
  CHECK(done_in_time<story>(all, {day(2024, 3, 1), day(2024, 3, 31)}, limit::reading) == share{0, 0});
  CHECK(done_in_time<story>(all, {day(2024, 3, 1), day(2024, 3, 31)}, limit::search) == share{0, 1});
}

TEST_CASE("the overdue list of a county's petitions is that of each by itself") {
  std::vector<case_history> all;
  for (std::int32_t i = 0; i < 3; ++i) {
    all.emplace_back(case_record{});
    REQUIRE(all.back().apply(case_event::arrive, instant(day(2024, 3, 1) + calendar_days(i), minutes(0)), case_rules{}));
  }
  const auto late = overdue_on<case_history>(all, day(2024, 3, 18));
  REQUIRE(late.size() == 2);
  CHECK(late[0] == pending_duty<case_clock>{0, case_clock::route, day(2024, 3, 16)});
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(is_late_on(all[i], day(2024, 3, 18)) == (i < 2));
}

TEST_CASE("the diagram is drawn from any table: first state, ends, and no loops that change nothing") {
  const std::string mermaid = life_cycle_diagram<loan_cycle>(diagram_format::mermaid);
  CHECK(mermaid.find("[*] --> reserved : 1. reserve it\n") != std::string::npos);
  CHECK(mermaid.find("lent --> lent : 3. prolong\n") != std::string::npos);
  CHECK(mermaid.find("warn") == std::string::npos);
  CHECK(mermaid.find("--> [*]") == std::string::npos);  // a book can always be lent again
  CHECK(mermaid.find("%%") == std::string::npos);
  const std::string dot = life_cycle_diagram<loan_cycle>(diagram_format::graphviz);
  CHECK(dot.find("none [label=\"nowhere\", shape=point]") != std::string::npos);
  CHECK(dot.find("lost [label=\"lost\", peripheries=2]") != std::string::npos);
  CHECK(dot.find("\n  label=") == std::string::npos);
}

TEST_CASE("a whole diagram, with an end, a text that has a colon and a remark that has quotes and lines") {
  CHECK(life_cycle_diagram<lamp_cycle>(diagram_format::graphviz) == R"dot(digraph life_cycle {
  rankdir=TB;
  node [shape=box, style=rounded];
  none [label="dark", shape=point];
  lit [label="lit"];
  out [label="burnt out", peripheries=2];
  none -> lit [label="1. light: by match"];
  lit -> out [label="3. quench"];
  label="\"look\" and \\ see";
}
)dot");
  CHECK(life_cycle_diagram<lamp_cycle>(diagram_format::mermaid) == R"(stateDiagram-v2
  state "lit" as lit
  state "burnt out" as out
  [*] --> lit : 1. light, by match
  lit --> out : 3. quench
  out --> [*]
  %% \"look\" and \\ see
)");
  CHECK(life_cycle_diagram<lamp_cycle>(diagram_format::mermaid, language::zh) == R"(stateDiagram-v2
  state "亮" as lit
  state "灭" as out
  [*] --> lit : 1. 点
  lit --> out : 3. 熄
  out --> [*]
  %% 看
)");
}

TEST_CASE("any path of any table is a story, and any other step changes nothing") {
  CHECK(rc::check("random events", [&] {
    const auto by = rules(*rc::gen::arbitrary<bool>());
    story h(loan{});
    instant now = on(1);
    for (int i = 0; i < 30; ++i) {
      now = now + minutes(*rc::gen::inRange(0, 5 * minutes_per_day));
      const auto event = static_cast<act>(*rc::gen::inRange<std::size_t>(0, enumerator_count<act>));
      const auto before = h.record();
      const std::size_t steps = h.steps().size();
      const auto to = next<loan_cycle>(before.state, event);
      const auto taken = h.apply(event, now, by, reader);
      if (taken) {
        RC_ASSERT(to == h.record().state);
        RC_ASSERT(h.steps().size() == steps + 1);
      } else {
        RC_ASSERT((to.has_value()) == (taken.refusal().rule != law::not_in_table));
        RC_ASSERT(h.record().state == before.state);
        RC_ASSERT(h.record().missed == before.missed);
        RC_ASSERT(h.steps().size() == steps);
      }
    }
    shelf at = shelf::none;
    for (const auto& s : h.steps()) {
      RC_ASSERT(s.from == at);
      at = s.to;
    }
    for (const auto& run : h.clocks()) {
      if (run.stopped && !run.met() && !run.cancelled && run.which != limit::fetching) RC_ASSERT(h.record().missed.has(run.which));
    }
  }));
}

TEST_CASE("a limit is in the days it was made from") {
  const working_calendar week(weekly_rest{weekday::friday, weekday::saturday});
  const day thursday(2024, 3, 7);
  CHECK(time_limit(calendar_days(2)).from(thursday, week) == day(2024, 3, 9));
  CHECK(time_limit(working_days(2)).from(thursday, week) == day(2024, 3, 11));
  CHECK(time_limit().from(thursday, week) == thursday);
  CHECK(time_limit(working_days(2)) != time_limit(calendar_days(2)));
}

TEST_CASE("rules are listed in their order, and a set of clocks does not lose any") {
  const rule_list<law> some{law::not_before_due, law::no_reader};
  CHECK(some.size() == 2);
  CHECK(std::vector<law>(some.begin(), some.end()) == std::vector<law>{law::not_before_due, law::no_reader});
  basic_clock_set<limit> set{limit::search};
  CHECK_FALSE(set.has(limit::reading));
  set.add(limit::reading);
  CHECK((set.has(limit::search) && set.has(limit::reading) && !set.empty()));
}
