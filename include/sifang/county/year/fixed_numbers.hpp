// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_FIXED_NUMBERS_HPP
#define SIFANG_COUNTY_YEAR_FIXED_NUMBERS_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"

#include <cstddef>
#include <cstdint>

/// \file
/// Numbers of a year that are no parameters, each with its reason. What a planner could want to know of stands in
/// `county/parameters.hpp`; here are hours that only put the steps of a day in order, and bounds that keep a year finite.

namespace sifang::fixed {

/// Minutes after midnight at which steps of a day are taken. Days decide what is counted; hours only say what comes first: sessions
/// and meetings in the morning, what units write in the afternoon, petitioners who write instead in the evening. @{
inline constexpr minutes day_begins{8 * 60},  ///< letters, calls and online petitions from here on,
    day_lasts{600},                           ///< for so long
    rounds_begin{9 * 60},                     ///< cadres at the households from here on,
    rounds_last{420},                         ///< for so long
    office_opens{9 * 60},                     ///< work of clerks and handlers; a recorded case without an hour
    irregular_at{9 * 60},                     ///< irregular visits
    meeting_at{10 * 60},                      ///< appointments, from here on
    extension_at{10 * 60},                    ///< the head approves extensions
    return_visit_at{14 * 60},                 ///< return visits, from here on
    visits_end{18 * 60},                      ///< appointments and return visits are over by then
    objection_at{15 * 60},                    ///< a unit objects
    acceptance_at{16 * 60},                   ///< a unit informs the petitioner
    recorded_reply_at{17 * 60},               ///< a reply whose day is recorded without an hour
    writes_instead_at{18 * 60};               ///< whoever was not heard writes, after the day's sessions
/// @}

/// Minutes after opening from which a hearing is booked as at this minute: it stays on its day, since sessions open in the morning.
inline constexpr double latest_hearing = 900;
/// Days after the last that counts for which sessions are planned, and over which an irregular visit finds those who are on the way:
/// two months, longer than anybody waits for a session that is held monthly.
inline constexpr std::size_t days_ahead = 62;
/// An extension is asked for so long before the reply is due: the last days on which the head can still approve it (L11).
inline constexpr calendar_days last_call{2};

/// Bounds of the rare: beyond them a case is closed as it stands, so that every case ends and its counters fit. Few cases of a hundred
/// years reach them. @{
inline constexpr int most_stages = 20,              ///< rounds of work and waiting of one handling
    most_rounds = 3,                                ///< handlings anew after a review, a return visit
    most_objections = 20,                           ///< of units that are not competent; the next one keeps the matter
    most_rebounds = 5;                              ///< after which a peace holds
inline constexpr double longest_acceptance = 2000;  ///< days; the law gives 15 (L4)
inline constexpr int most_persons = 5000;           ///< in one group
/// @}

/// Workdays in a row on which an appointment or an irregular visit may find somebody away or elsewhere: four weeks, until the next
/// analysis (R16). Then it is given up.
inline constexpr int most_moves = 20;

/// Where a straight line would leave what has been seen: effects grow no further from here on. @{
inline constexpr int most_repeats_felt = 10,     ///< by settlement
    most_persons_felt = 50;                      ///< by the length of an interview
inline constexpr double most_persistence = 3.0;  ///< standard deviations felt by the time to the next petition
/// @}

/// Open cases without a repeat that a place is given where irregular visits look for the worst rate of repeats (R4: problem-heavy places),
/// so that one stubborn case is not the worst place of the county.
inline constexpr int cases_of_doubt = 5;

/// Field days after the monthly analysis: from the fourth day on, spread over four working weeks (R19), leaders not all on the same. @{
inline constexpr std::int32_t first_field_day = 3, field_days_span = 22;
[[nodiscard]] constexpr std::int32_t spread_of(official_id leader) noexcept { return static_cast<std::int32_t>(leader.index() * 7 % 9); }
/// @}

}  // namespace sifang::fixed

#endif
