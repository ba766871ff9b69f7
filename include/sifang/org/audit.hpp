// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_AUDIT_HPP
#define SIFANG_ORG_AUDIT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace sifang {

/// Everything that keeps rules R3 to R9 from being satisfied by this county (DOMAIN 4). What any organisation can be
/// asked is `audit_structure`.
///
/// R3 a Party school and a principal leader; R5 every county-level leader is linked to a township or in charge
/// of a unit and every township has a county-level leader; R6 a petition bureau and a county-level leader;
/// R8 every township, street, department and park is headed; R9 every village and community has a team member
/// (heads sit at their own unit on that day, so a link of theirs does not serve).
/// \return `rule_unsatisfied` faults without a place; empty when all can be satisfied
/// \complexity linear in units, officials and links
template <class = when_called>
[[nodiscard]] inline std::vector<fault> audit(const organisation& org) {
  std::vector<fault> out;
  const auto missing = [&](std::string_view rule, std::string what) {
    out.push_back({fault_kind::rule_unsatisfied, {}, {std::string(rule), std::move(what)}});
  };
  const auto name = [&](unit_id u) { return org.units()[u].name + " (" + org.units().code(u) + ")"; };

  if (org.units_of_kind(unit_kind::party_school).empty()) missing("R3", "there is no Party school");
  if (org.officials_with(role::principal_leader).empty()) missing("R3", "there is no principal leader");
  if (org.units_of_kind(unit_kind::petition_bureau).empty()) missing("R6", "there is no petition bureau");
  if (org.officials_with(role::county_leader).empty()) missing("R6", "there is no county-level leader");
  const auto has_rank = [&](std::span<const official_id> who, role rank) {
    return std::any_of(who.begin(), who.end(), [&](official_id o) { return org[o].rank == rank; });
  };
  const auto is_township = [&](unit_id u) { return level_of(org.units()[u].kind) == level::township; };
  for (official_id who : org.officials_with(role::county_leader)) {
    const auto linked = org.units_of(who, relation::linked_to);
    if (std::none_of(linked.begin(), linked.end(), is_township) && org.units_of(who, relation::in_charge_of).empty()) {
      missing("R5", org[who].post + " is linked to no township and in charge of no department");
    }
  }
  for (unit_id u : org.units().all()) {
    const unit_kind kind = org.units()[u].kind;
    const bool township = is_township(u);
    if (township && !has_rank(org.officials_of(u, relation::linked_to), role::county_leader)) {
      missing("R5", name(u) + " has no county-level leader linked to it");
    }
    if ((township || kind == unit_kind::department || kind == unit_kind::industrial_park) && org.officials_of(u, relation::heads).empty()) {
      missing("R8", name(u) + " has no head");
    }
    if (level_of(kind) == level::village && !has_rank(org.officials_of(u, relation::linked_to), role::team_member)) {
      missing("R9", name(u) + " has no team member linked to it");
    }
  }
  return out;
}

/// An official is needed at a place from `start` until just before `end`.
struct dated_seat {
  official_id who;  ///< the official
  unit_id where;    ///< the place
  instant start,    ///< first minute
      end;          ///< minute after the last
  friend constexpr bool operator==(const dated_seat&, const dated_seat&) noexcept = default;
};

/// Two seats of one official that overlap in time and stand at different places.
struct seat_conflict {
  dated_seat first,  ///< the one that does not start later
      second;        ///< the other
  friend constexpr bool operator==(const seat_conflict&, const seat_conflict&) noexcept = default;
};

/// Whoever would have to be in two places at once (DOMAIN 4: nobody at two places in one time slot).
///
/// Every seat that overlaps one elsewhere that starts before it, or with it, is named once, with the one of those
/// that ends last. So the answer is empty exactly when nobody is in two places, and never longer than the list.
/// Seats at one place may overlap; a seat may begin in the minute in which another ends; one without length
/// takes no time.
/// \param seats  of anybody, in any order, each with start <= end; asserted
/// \return conflicts by official, then by start of the second seat
/// \complexity n log n
template <class = when_called>
[[nodiscard]] inline std::vector<seat_conflict> in_two_places(std::span<const dated_seat> seats) {
  std::vector<dated_seat> sorted;
  for (const dated_seat& s : seats) {
    SIFANG_ASSERT(s.start <= s.end);
    if (s.start < s.end) sorted.push_back(s);
  }
  std::sort(sorted.begin(), sorted.end(), [](const dated_seat& a, const dated_seat& b) {
    return std::tie(a.who, a.start, a.end, a.where) < std::tie(b.who, b.start, b.end, b.where);
  });
  std::vector<seat_conflict> out;
  // Of the seats so far of one official: the one that ends last, and the last to end at another place than it.
  const dated_seat *longest = nullptr, *elsewhere = nullptr;
  for (const dated_seat& s : sorted) {
    if (longest && longest->who != s.who) longest = elsewhere = nullptr;
    const dated_seat* other = longest && longest->where != s.where ? longest : elsewhere;
    if (other && other->end > s.start) out.push_back({*other, s});
    if (!longest || s.end > longest->end) {
      if (longest && longest->where != s.where) elsewhere = longest;
      longest = &s;
    } else if (s.where != longest->where && (!elsewhere || s.end > elsewhere->end)) {
      elsewhere = &s;
    }
  }
  return out;
}

/// The conflict as a sentence that names the post, both places and both times.
/// \pre the seats are of this organisation; asserted
template <class Traits>
[[nodiscard]] std::string sentence(const seat_conflict& c, const basic_organisation<Traits>& org, language lang = language::en) {
  SIFANG_ASSERT(c.first.who == c.second.who);
  const auto text = [&](const dated_seat& s) {
    const bool same_day = s.start.date() == s.end.date();
    const std::string from = to_string(s.start.date()) + ' ' + clock_text(s.start.minute_of_day());
    const std::string to = (same_day ? "" : to_string(s.end.date()) + ' ') + clock_text(s.end.minute_of_day());
    const std::string place = org.units()[s.where].name + " (" + org.units().code(s.where) + ")";
    return lang == language::zh ? place + ' ' + from + " 至 " + to : "at " + place + " from " + from + " to " + to;
  };
  const std::string& post = org[c.first.who].post;
  return lang == language::zh ? post + " 同一时间须在两处：" + text(c.first) + "；" + text(c.second)
                              : post + " is needed in two places at once: " + text(c.first) + ", and " + text(c.second);
}

}  // namespace sifang

#endif
