// SPDX-License-Identifier: BSL-1.0
// The ombudsman of `ombudsman.cpp`, as somebody would write down an office of their own: what it is made of, and what may
// happen to a complaint.
#ifndef SIFANG_EXAMPLES_OMBUDSMAN_HPP
#define SIFANG_EXAMPLES_OMBUDSMAN_HPP

#include "sifang/assign/case_graph.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/basic_case_history.hpp"
#include "sifang/petition/life_cycle_table.hpp"
#include "sifang/petition/time_limit.hpp"

#include <array>
#include <string>
#include <string_view>

using sifang::bilingual, sifang::day;

// The organisation: kinds of unit, roles and relations, and what may be.
enum class office_kind { national, region, desk };
enum class office_role { ombudsman, commissioner, investigator, clerk };
enum class office_relation { heads, works_at };
template <>
inline constexpr std::string_view sifang::names_of<office_kind>[] = {"national office", "region", "desk"};
template <>
inline constexpr std::string_view sifang::names_of<office_role>[] = {"ombudsman", "commissioner", "investigator", "clerk"};
template <>
inline constexpr std::string_view sifang::names_of<office_relation>[] = {"heads", "works_at"};

struct office {
  std::string name;
  office_kind kind{};
};
struct officer {
  std::string post, title;
  office_role rank{};
  sifang::unit_id unit;
};
struct office_traits {
  using unit_type = office;
  using official_type = officer;
  using relation_type = office_relation;
  static constexpr bool may_stand_below(office_kind child, office_kind parent) {
    return static_cast<int>(child) == static_cast<int>(parent) + 1;
  }
  static constexpr bool may_sit(office_role rank, office_relation how, office_kind where) {
    if (how == office_relation::works_at) return rank == (where == office_kind::desk ? office_role::clerk : office_role::investigator);
    return static_cast<int>(rank) == static_cast<int>(where);  // the ombudsman heads the office, a commissioner a region
  }
  static constexpr sifang::holder_range holders(office_relation how, office_kind where) {
    if (how == office_relation::works_at) return {.least = where == office_kind::national ? 0u : 1u};
    return where == office_kind::desk ? sifang::holder_range{} : sifang::holder_range{1, 1};
  }
  static constexpr sifang::peer_scope peers(office_role rank, office_kind) {
    return rank == office_role::investigator ? sifang::peer_scope::everybody : sifang::peer_scope::nobody;
  }
};

// The life of a complaint: one table.
enum class complaint_state { none, lodged, admitted, inquiry, recommended, closed, declined };
enum class complaint_event { lodge, decline, admit, open, extend, settle, recommend, comply, defy };
enum class complaint_clock { screening, inquiry, answer };
enum class complaint_rule { not_in_table, out_of_order, too_old, nobody, extended_before };
enum class complaint_way { desk, letter, portal };
template <>
inline constexpr std::string_view sifang::names_of<complaint_state>[] = {"none",        "lodged", "admitted", "inquiry",
                                                                         "recommended", "closed", "declined"};
template <>
inline constexpr std::string_view sifang::names_of<complaint_event>[] = {"lodge",  "decline",   "admit",  "open", "extend",
                                                                         "settle", "recommend", "comply", "defy"};
template <>
inline constexpr std::string_view sifang::names_of<complaint_clock>[] = {"screening", "inquiry", "the agency's answer"};
template <>
inline constexpr bilingual sifang::texts_of<complaint_state>[] = {
    {"nothing yet", ""}, {"lodged", ""}, {"admitted", ""}, {"under inquiry", ""}, {"recommended", ""}, {"closed", ""}, {"declined", ""}};
template <>
inline constexpr bilingual sifang::texts_of<complaint_event>[] = {{"lodge", ""},
                                                                  {"decline", ""},
                                                                  {"admit", ""},
                                                                  {"open the inquiry", ""},
                                                                  {"extend", ""},
                                                                  {"settle", ""},
                                                                  {"recommend a remedy", ""},
                                                                  {"agency complies", ""},
                                                                  {"agency defies: report to parliament", ""}};
template <>
inline constexpr bilingual sifang::texts_of<complaint_rule>[] = {
    {"A complaint that is {state} cannot take \"{event}\"; what can follow: {next}.", ""},
    {"{at} lies before {limit}, up to which the story is written.", ""},
    {"What happened more than a year before cannot be admitted; the year ended on {limit}.", ""},
    {"An inquiry needs an investigator.", ""},
    {"An inquiry is extended once.", ""}};

struct complaint_cycle {
  using state = complaint_state;
  using event = complaint_event;
  using clock = complaint_clock;
  using rule = complaint_rule;
  static constexpr bool is_open(state s) { return s != state::none && s != state::closed && s != state::declined; }
  static constexpr bool is_right(clock) { return false; }
  static constexpr bool is_expiry(event) { return false; }
};
/// Every row: number, state, event, state, rules, clocks.
constexpr auto complaint_table() {
  using s = complaint_state;
  using e = complaint_event;
  using c = complaint_clock;
  using r = complaint_rule;
  return std::to_array<sifang::basic_transition<complaint_cycle>>({
      {1, s::none, e::lodge, s::lodged, {}, {.starts = {c::screening}}},
      {2, s::lodged, e::decline, s::declined, {}, {.stops = {c::screening}}},
      {3, s::lodged, e::admit, s::admitted, {r::too_old}, {.starts = {c::inquiry}, .stops = {c::screening}}},
      {4, s::admitted, e::open, s::inquiry, {r::nobody}},
      {5, s::inquiry, e::extend, s::inquiry, {r::extended_before}, {.extends = {c::inquiry}}},
      {6, s::inquiry, e::settle, s::closed, {}, {.stops = {c::inquiry}}},
      {7, s::inquiry, e::recommend, s::recommended, {}, {.starts = {c::answer}, .stops = {c::inquiry}}},
      {8, s::recommended, e::comply, s::closed, {}, {.stops = {c::answer}}},
      {9, s::recommended, e::defy, s::closed, {}, {.stops = {c::answer}}},
  });
}
template <>
inline constexpr auto sifang::life_cycle_of<complaint_cycle> = complaint_table();

struct complaint {
  complaint_state state{};
  sifang::basic_clock_set<complaint_clock> missed{};
  day act{};  ///< of what is complained of
};
struct complaint_facts {
  sifang::official_id who{};
  sifang::unit_id where{};
  std::string note{};
};
struct complaint_model {
  using cycle = complaint_cycle;
  using record_type = complaint;
  using facts_type = complaint_facts;
  using rules_type = sifang::clock_limits<complaint_clock>;
  using step = sifang::attempted_step<complaint_model>;
  static sifang::guard_answer holds(complaint_rule rule, const step& now) {
    const day year_end = now.story.record().act + sifang::calendar_days(365);
    if (rule == complaint_rule::too_old) return {now.story.steps().front().at.date() <= year_end, year_end};
    if (rule == complaint_rule::nobody) return now.facts.who.valid();
    return !now.story.running(complaint_clock::inquiry)->extended;
  }
  static day nominal_due(complaint_clock which, const step& now) { return now.rules.nominal_due(which, now.at.date()); }
  static day extended(const sifang::basic_clock_run<complaint_clock>& run, const step&) { return run.nominal + sifang::calendar_days(30); }
  static void act(complaint&, const step&) {}
};

using ombudsman = sifang::basic_organisation<office_traits>;
using ombudsman_builder = sifang::basic_organisation_builder<office_traits>;
using complaint_story = sifang::basic_case_history<complaint_model>;
using complaint_graph = sifang::basic_case_graph<complaint_way>;
using complaint_law = sifang::clock_limits<complaint_clock>;

#endif
