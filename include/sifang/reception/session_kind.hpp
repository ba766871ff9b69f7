// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_SESSION_KIND_HPP
#define SIFANG_RECEPTION_SESSION_KIND_HPP

#include "sifang/calendar/convention.hpp"
#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/unit.hpp"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What a kind of session is: a value, so that a scenario can have one more.

namespace sifang {

/// Most kinds of session of a scenario, irregular visits among them.
inline constexpr std::size_t most_session_kinds = 64;

/// Where a petitioner who comes in person may be heard: a position among `reception_setting::sessions`.
class venue {
 public:
  constexpr venue() noexcept = default;
  /// \pre position < `most_session_kinds`; asserted
  explicit constexpr venue(std::size_t position) noexcept : value_(static_cast<std::uint8_t>(position)) {
    SIFANG_ASSERT(position < most_session_kinds, "a position among at most 64 kinds of session");
  }
  /// Position among the kinds of session.
  [[nodiscard]] constexpr std::size_t index() const noexcept { return value_; }
  friend constexpr auto operator<=>(venue, venue) noexcept = default;

 private:
  std::uint8_t value_ = 0;
};

/// The nine kinds with which every `reception_setting` begins: those of the article, and the window.
namespace article {
inline constexpr venue village{0},  ///< team member at the linked village (R9)
    section{1},                     ///< team member at the section in their charge (R9)
    township{2},                    ///< head of the township or street (R8)
    department{3},                  ///< head of the county department or park (R8)
    window{4},                      ///< clerks at the petition bureau, every workday
    linked_leader{5},               ///< county-level leader at the linked township or department in charge (R5)
    bureau_leader{6},               ///< county-level leader at the petition bureau (R6, R7)
    principal{7},                   ///< principal leaders at the Party school (R3)
    irregular{8};                   ///< principal leaders at a hot spot (R4); nobody can plan for it
}  // namespace article

/// The rule of open-door reception that a session is held for (DOMAIN 1.1); what its empty seats are counted against.
enum class reception_rule : std::uint8_t { none, r3, r4, r5, r6, r8, r9 };
template <>
inline constexpr std::string_view names_of<reception_rule>[] = {"none", "R3", "R4", "R5", "R6", "R8", "R9"};

/// Whose matters a session hears: of those who live in the place or whose matter is the unit's in charge, or everybody's.
enum class catchment_rule : std::uint8_t { place, county };
template <>
inline constexpr std::string_view names_of<catchment_rule>[] = {"place", "county"};

/// How petitioners are let in at one kind of session: as everywhere (`reception.screened_share`, `booked_share`), all as
/// they come (R10, R11), or all by appointment.
enum class session_admission : std::uint8_t { as_reception, walk_in, booked };
template <>
inline constexpr std::string_view names_of<session_admission>[] = {"as_reception", "walk_in", "booked"};

/// What happens at closing time of one kind of session: as everywhere (`reception.closing`), or one of its rules.
enum class session_closing : std::uint8_t { as_reception, stay, come_back, escalate };
template <>
inline constexpr std::string_view names_of<session_closing>[] = {"as_reception", "stay", "come_back", "escalate"};

/// How senior the ear of a role is, 0 (team member or clerk) to 3 (principal leader).
[[nodiscard]] constexpr int seniority(role r) noexcept {
  if (r == role::principal_leader) return 3;
  if (r == role::county_leader) return 2;
  return r == role::unit_head ? 1 : 0;
}

/// One kind of session: who hears whom, where and when. A table `[session.ID]` of a scenario.
///
/// What each member means, with its unit, range and source: `session.*` in `county/parameters.hpp`.
struct session_kind {
  std::string id;  ///< short name: a letter, then letters, digits, '_' or '-'
  /// Texts, and who sits where. @{
  std::string title_en, title_zh;
  std::vector<role> roles;
  std::vector<relation> relations;
  std::vector<std::string> posts;
  std::vector<unit_kind> at;
  std::vector<std::string> units;
  bool places_in_turn = false;
  /// @}
  /// When, how long and by how many it is held. @{
  bool open = true;
  std::vector<recurrence> recur;
  day_convention on_rest_day = day_convention::skip;
  std::vector<day> add, remove;
  minutes start{8 * 60 + 30};
  minutes length{180};
  int receivers = 1;
  bool sensitive_duty = false;
  std::string moves_for;
  int precedence = 0;
  /// @}
  /// Who comes, and what happens there. @{
  reception_rule counts_for = reception_rule::none;
  catchment_rule catchment = catchment_rule::place;
  std::vector<std::string> areas;
  bool video = false;
  double publicity = 1;
  session_admission admission = session_admission::as_reception;
  session_closing closing = session_closing::as_reception;
  double appeal = 1;
  double share = 0;
  /// @}
  /// Principal leaders at a hot spot (R4): has no days of its own, and nobody can choose it. Its people, number and length
  /// are `reception.irregular_*`; no table of a scenario has it.
  bool irregular = false;

  /// Whether clerks sit, who own no case and are never away.
  template <class = when_called>
  [[nodiscard]] bool by_clerks() const noexcept {
    return posts.empty() && roles.size() == 1 && roles.front() == role::bureau_staff;
  }
  /// Whether its people take turns: they belong to no place in particular, or are more than are to receive.
  template <class = when_called>
  [[nodiscard]] bool takes_turns() const noexcept {
    return !irregular && receivers > 0 && !by_clerks();
  }
  /// Minutes after midnight at which it should end.
  [[nodiscard]] minutes end() const noexcept { return start + length; }
};

/// Whether two kinds would keep a person busy at the same time, if they were held on one day.
[[nodiscard]] inline bool overlap(const session_kind& a, const session_kind& b) noexcept { return a.start < b.end() && b.start < a.end(); }

/// Whether a text can be the short name of a kind of session.
template <class = when_called>
[[nodiscard]] constexpr bool is_session_name(std::string_view id) noexcept {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (id.empty() || !letter(id.front())) return false;
  return std::all_of(id.begin(), id.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

}  // namespace sifang

#endif
