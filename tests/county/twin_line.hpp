// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_LINE_HPP
#define SIFANG_TESTS_COUNTY_TWIN_LINE_HPP

#include "sifang/core/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// What is told of a year, in the plainest form: lines that two implementations of the year must write alike.
namespace sifang_tests::twin {

using namespace sifang;

/// What is known of a case when it is told of.
enum class fact {
  state,
  owner,
  partner,
  unit,
  handler,
  persons,
  channel,
  level,
  door,
  attempts,
  repeats,
  rounds,
  bounces,
  rebounds,
  return_visits,
  meetings,
  pieces_done,
  pieces,
  complexity,
  persistence,
  odds,
  due,  ///< last day of the duty that runs; not told with a step, which may start or stop it
  silent,
  simplified,
  overdue,
  late_now,
  long_pending,
  extended,
  content,
  misrouted,
  listed,
  visiting,
  will_write,
  at_peace,
  intent_on,
  leader_heard_on,
  county_heard_on,
};
inline constexpr std::size_t fact_count = 37;
inline constexpr std::array<std::string_view, fact_count> fact_names{
    "state",          "owner",       "partner",   "unit",    "handler",  "persons",       "channel",  "level",       "door",
    "attempts",       "repeats",     "rounds",    "bounces", "rebounds", "return visits", "meetings", "pieces done", "pieces",
    "complexity",     "persistence", "odds",      "due",     "silent",   "simplified",    "overdue",  "late now",    "long-pending",
    "extended",       "content",     "misrouted", "listed",  "visiting", "will write",    "at peace", "intent on",   "leader heard on",
    "county heard on"};
using facts = std::array<double, fact_count>;

inline constexpr double nobody = -1;  ///< no official, unit, handler, day

/// One thing that was told. Equal means equal to the last bit.
struct line {
  instant at;
  std::string_view what;
  std::uint64_t name = 0;      ///< of the case; 0 if it is about none
  facts of{};                  ///< of the case
  std::vector<double> more{};  ///< what belongs to this kind of line, see `chronicle`

  friend bool operator==(const line&, const line&) = default;
};

}  // namespace sifang_tests::twin

#endif
