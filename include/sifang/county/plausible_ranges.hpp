// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PLAUSIBLE_RANGES_HPP
#define SIFANG_COUNTY_PLAUSIBLE_RANGES_HPP

#include "sifang/county/plausible_law.hpp"

#include <span>
#include <string_view>

/// \file
/// One row for each number of a scenario that we infer [I] or know by hearsay [K]: what it may plausibly be, and who says so; then those
/// that are no number or nothing to be drawn, with the reason. "Ours" is a range that no source gives: wide, and open to correction by
/// whoever knows a county. All are drawn independently of one another, but for parts of a whole (`county/plausible_draw.hpp`).

namespace sifang {

namespace detail {

inline constexpr range_ends of_value = range_ends::factors, from_value = range_ends::differences, as_is = range_ends::values;
inline constexpr law_kind even = law_kind::uniform, by_factor = law_kind::log_uniform, peaked = law_kind::triangular;

// clang-format off: a table
inline constexpr plausible_law plausible_table[] = {
    {"county.household_size", peaked, as_is, 2.5, 4,
     "docs/facts.md 3 row 103: 4.0 registered in a rural town; ours below, since fewer live there"},
    {"county.travel_speed", peaked, as_is, 25, 60, "ours: mountain roads to a county trunk road"},
    {"county.preparation", by_factor, as_is, 5, 60, "ours: a glance at the list to an hour with the file"},

    {"load.matters_per_year", by_factor, of_value, 0.4, 1.75, "docs/facts.md 1(4): 1.2 to 5.4 registrations per 1 000 people; 3.1 here"},
    {"load.overdispersion", even, as_is, 1, 3, "docs/domain.md 9.5: more than Poisson; three times is ours"},
    {"load.sensitive_factor", even, as_is, 0.8, 1.8, "ours: people come to be heard then, or are kept from it"},
    {"load.visit_share", even, as_is, 0.35, 0.7, "docs/domain.md 5.2: 24 to 66 % of what is registered; more of what is raised"},
    {"load.letter_share", even, as_is, 0.04, 0.15, "docs/domain.md 5.2: 10 to 13 % in counties; fewer now"},
    {"load.online_share", even, as_is, 0.15, 0.45, "docs/domain.md 5.2: 20 to 40 %; docs/facts.md 3 row 19: 62 % without calls"},
    {"load.phone_share", even, as_is, 0.05, 0.2, "ours: around 15 % of docs/domain.md 5.2, less where 12345 is counted apart"},
    {"load.group_share", peaked, as_is, 0.1, 0.3, "docs/facts.md 1(6): 10 to 30 % of batches"},
    {"load.group_extra_mean", even, as_is, 6, 19, "docs/facts.md 1(6): 11 to 24 persons each"},
    {"load.individual_extra_mean", even, as_is, 0.3, 0.7, "docs/facts.md 3 row 57, 81; docs/domain.md 5.2: 1.33 to 1.6 persons"},
    {"load.silent_share", by_factor, as_is, 0.05, 0.35, "ours: docs/calibration.md fixes only its product with campaign.targeting"},
    {"load.silent_days", by_factor, as_is, 240, 1500, "ours: most of a year to four years"},
    {"load.silent_penalty", even, as_is, 0, 1, "ours: nothing to a standard deviation a year"},
    {"load.claim_share", even, as_is, 0.7, 0.95, "ours: claims are most of what comes (docs/domain.md 2.3)"},
    {"load.above_share", by_factor, as_is, 0.05, 0.4, "docs/domain.md 5.2: 56 of 138; docs/facts.md 3 row 30: a tenth"},
    {"load.above_city", even, as_is, 0.2, 0.75, "docs/domain.md 5.2: 10 of 56; docs/facts.md 3 row 30: 0.26 of 0.365 visits"},
    {"load.above_province", even, as_is, 0.15, 0.4, "docs/domain.md 5.2: 13 of 56; docs/facts.md 3 row 30: 0.085 of 0.365 visits"},
    {"load.direct_share", even, as_is, 0.05, 0.5, "ours: L3 allows it, nobody counts it"},
    {"load.leader_letter_share", even, as_is, 0.05, 0.5, "ours: docs/facts.md 3 row 31 has more letters read than matters registered"},
    {"load.backlog_hardness", even, as_is, 0, 1, "ours: as others to a standard deviation harder"},

    {"choice.delay_weight", by_factor, as_is, 0.03, 0.3, "ours: five weeks to half a week of waiting weigh as much as a step of rank"},
    {"choice.distance_weight", by_factor, as_is, 0.005, 0.08, "ours: 200 to 12 km weigh as much as a step of rank"},
    {"choice.climb", even, as_is, 0, 0.8, "ours: no pull upward to a step of rank with each attempt or so (docs/domain.md 9.4)"},
    {"choice.patience_minutes", by_factor, as_is, 90, 600, "ours: a morning's half to the whole day"},
    {"choice.come_back_share", even, as_is, 0.3, 0.9, "ours: docs/facts.md 3 row 96 has them hand in papers instead"},

    {"session.*.receivers", even, of_value, 0.6, 1.7,
     "docs/domain.md 4: clerks at the window; bureaus of 7 to 22 people (docs/domain.md 5.2)"},
    {"session.*.publicity", even, as_is, 0.6, 1, "ours: two of five do not know of it, to all know"},
    {"session.*.appeal", even, from_value, -1, 1,
     "ours: a step of rank either way; groups a session differ by as much (docs/facts.md 1(1))"},
    {"session.*.share", by_factor, of_value, 0.5, 2, "ours: half to twice"},

    {"reception.absence_rate", even, as_is, 0.02, 0.15, "docs/domain.md 7(24) asks for 0 to 30 %; ours: a week to two months a year"},
    {"reception.absence_days", by_factor, as_is, 2, 15, "ours: a trip to a course at the Party school"},
    {"reception.on_spot_again_share", even, as_is, 0.03, 0.3, "ours: one in thirty to one in three finds that the answer did not help"},
    {"reception.interview_cv", even, as_is, 0.4, 0.9, "ours: around docs/domain.md 5.2"},
    {"reception.group_factor", even, as_is, 0, 0.1, "ours: five speakers take as long as one, to half as long again"},
    {"reception.early_share", even, as_is, 0.2, 0.8, "ours: docs/facts.md 3 row 96 has queue numbers at once"},
    {"reception.arrival_span", even, as_is, 0.4, 0.9, "ours: most come early, or until shortly before the end"},
    {"reception.irregular_per_month", by_factor, as_is, 0.5, 4, "ours: R4 gives no number"},
    {"reception.irregular_turnout", by_factor, as_is, 0.05, 0.5, "ours: word of a visit spreads or it does not"},
    {"reception.irregular_length", even, as_is, 90, 240, "ours: half a morning to half a day"},

    {"ownership.load_half", by_factor, as_is, 7, 30, "ours: docs/domain.md 9.2 says only that load weakens supervision"},
    {"ownership.supervision_effect", even, as_is, 0.05, 0.5, "ours: little to half of the waiting"},
    {"posts.turnover_per_year", even, as_is, 0.12, 0.4, "ours: terms of five years are seldom served out"},
    {"posts.vacant_days", by_factor, as_is, 5, 60, "ours: a successor is named at once, or the post waits two months"},
    {"posts.handover_effect", even, as_is, -0.5, 0, "ours: nothing to more than an owning leader adds"},

    {"routing.clerks", by_factor, of_value, 0.6, 1.7, "docs/domain.md 5.2: bureaus of 7 to 22 people"},
    {"routing.minutes_per_matter", by_factor, as_is, 15, 90, "ours: a form to a talk with entry, search for repeats and a letter"},
    {"routing.clerk_minutes_per_day", even, as_is, 120, 400, "ours: clerks also sit at the window and write reports"},
    {"routing.misroute_probability", by_factor, as_is, 0.03, 0.25,
     "ours: competences are clear, or every fourth matter lies between two units"},
    {"routing.misroute_found", even, as_is, 0.6, 0.98, "ours: units are quick to object to what is not theirs"},
    {"routing.objection_agreed", even, as_is, 0.7, 0.98, "ours: most objections are founded"},
    {"routing.dispute_share", by_factor, as_is, 0.01, 0.15, "ours: rare, or one in seven of those of several departments"},
    {"routing.dispute_days", by_factor, as_is, 1, 10, "ours: L6 gives no limit"},
    {"routing.accept_days_mean", by_factor, as_is, 2, 8, "docs/calibration.md: bounded from above by 100 % timely acceptance"},
    {"routing.accept_days_cv", even, as_is, 0.3, 0.8, "ours: between regular and very uneven"},
    {"routing.simplified_share", even, as_is, 0, 0.4, "docs/domain.md 7(23): 0 to 40 %"},
    {"routing.simplified_minutes", even, as_is, 0.3, 0.8, "ours: a third to four fifths of the usual work"},
    {"routing.minutes_cv", even, as_is, 0.3, 0.8, "ours: between regular and very uneven"},

    {"handling.department_handlers", by_factor, of_value, 0.5, 2, "ours: those who also handle petitions"},
    {"handling.township_handlers", by_factor, of_value, 0.5, 2, "ours: docs/facts.md 3 row 32 has one clerk a township beside them"},
    {"handling.park_handlers", by_factor, of_value, 0.5, 2, "ours: one to four beside other work"},
    {"handling.handler_minutes_per_day", even, as_is, 60, 360, "ours: an hour beside other work to most of the day"},
    {"handling.case_limit", by_factor, as_is, 10, 60, "ours: a desk full, or none in practice"},
    {"handling.work_cv", even, as_is, 0.6, 1.6, "ours: between regular and a few that take most of the time"},
    {"handling.stages_mean", even, as_is, 1.4, 3.5, "docs/calibration.md: not fixed apart from the waits"},
    {"handling.wait_days_mean", by_factor, as_is, 2.5, 10, "docs/facts.md 1(8): 6 to 15 days in all; docs/domain.md 5.2: 11 to 28"},
    {"handling.wait_days_cv", even, as_is, 0.3, 1, "ours: between regular and very uneven"},
    {"handling.cross_department_share", even, as_is, 0.1, 0.4, "ours: one in ten to two in five"},
    {"handling.cross_department_days", by_factor, as_is, 2, 10, "ours: two days by telephone to ten by letter"},
    {"handling.complex_threshold", even, as_is, 0.3, 1.4, "ours: 38 to 8 % of matters count as complex"},
    {"handling.extension_minutes", by_factor, as_is, 30, 240, "ours: a form to half a day of reasons and signatures"},
    {"handling.mediation_share", even, as_is, 0.05, 0.5, "ours: rarely to every other case"},
    {"handling.complexity_work", even, as_is, 0, 0.5, "ours: none to half as much again"},
    {"handling.simplified_work", even, as_is, 0.1, 0.5, "ours: a tenth to a half of the usual work"},
    {"handling.misrouted_wait", even, as_is, 1, 2.5, "ours: as long as elsewhere to twice and a half"},
    {"handling.accept_minutes", by_factor, as_is, 10, 90, "ours: a glance to an hour and a half with questions asked back"},

    {"settlement.intercept", even, as_is, 1.2, 3.4, "ours: 77 to 97 % of plain cases settle; docs/facts.md 3 row 51: 82 % of groups"},
    {"settlement.complexity", even, as_is, -1, -0.2, "ours: only the sign is sure (docs/domain.md 9.3)"},
    {"settlement.delay_per_30_days", even, as_is, -0.6, -0.05, "ours: only the sign is sure"},
    {"settlement.departments", even, as_is, -0.6, 0, "ours: none to as much as a second month of waiting"},
    {"settlement.leader_owner", even, as_is, 0, 1, "ours: nobody has measured it; leaders take on the hard ones"},
    {"settlement.owner_load", even, as_is, -0.05, 0, "ours: none, to twenty cases undoing what a leader adds"},
    {"settlement.persistence", even, as_is, -0.8, -0.1, "ours: only the sign is sure"},
    {"settlement.repeat", even, as_is, -0.4, 0, "ours: none to as much as a complex matter"},
    {"settlement.supported_share", even, as_is, 0.25, 0.65, "ours: a quarter to two thirds of claims are right"},
    {"settlement.explained_share", even, as_is, 0.15, 0.45, "ours: one in seven to nearly half"},
    {"settlement.supported", even, as_is, 0.4, 1.6, "ours: clearly above 0; whoever gets what was asked for settles"},
    {"settlement.not_supported", even, as_is, -1.6, -0.4, "ours: clearly below 0; whoever gets nothing settles seldom"},
    {"settlement.misrouted", even, as_is, -0.8, 0, "ours: only the sign is sure"},
    {"settlement.extended", even, as_is, -0.4, 0, "ours: only the sign is sure"},
    {"settlement.decide_days", even, as_is, 4, 18, "ours: within the 30 days of L13"},
    {"settlement.withdrawn_share", by_factor, as_is, 0.005, 0.08, "ours: one in two hundred to one in twelve"},
    {"settlement.withdrawn_days", by_factor, as_is, 30, 240, "ours: one month to eight"},

    {"rating.participation", even, as_is, 0.75, 0.99, "docs/facts.md 1(7): 95 to 96 % where it is scored; less where nobody counts"},
    {"rating.unsettled_participation", even, as_is, 0.6, 0.99, "ours: docs/domain.md 7(21)"},
    {"rating.authority_settled", even, as_is, 0.95, 1, "ours: whoever is settled is content, but for a few"},
    {"rating.authority_unsettled", even, as_is, 0.3, 0.9, "docs/calibration.md: one figure fixes its mix with settlement alone"},
    {"rating.bureau_settled", even, as_is, 0.95, 1, "ours: whoever is settled is content, but for a few"},
    {"rating.bureau_unsettled", even, as_is, 0.4, 0.95, "docs/calibration.md: one figure fixes its mix with settlement alone"},
    {"rating.late_penalty", even, as_is, 0.05, 0.5, "ours: hardly noticed, or halves the approval"},
    {"rating.bureau_late_share", even, as_is, 0.2, 0.8, "ours: how far both are told apart"},

    {"review.ask_share", even, as_is, 0.1, 0.6, "ours: docs/facts.md 1(11): no county publishes it"},
    {"review.upheld_share", even, as_is, 0.7, 0.97, "ours: most reviews confirm"},
    {"review.review_days_mean", even, as_is, 14, 27, "ours: within the 30 days of L14"},
    {"review.review_days_cv", even, as_is, 0.15, 0.5, "ours: a limit keeps them together"},
    {"review.recheck_share", even, as_is, 0.2, 0.7, "ours: a fifth give up after a review, to most go on"},
    {"review.recheck_days_mean", even, as_is, 14, 27, "ours: within the 30 days of L16"},
    {"review.recheck_days_cv", even, as_is, 0.15, 0.5, "ours: a limit keeps them together"},
    {"review.hearing_share", even, as_is, 0.03, 0.4, "ours: an exception to two in five"},
    {"review.hearing_days", by_factor, as_is, 7, 45, "ours: L16 does not count them"},
    {"review.settle_effect", even, as_is, -1.2, 0, "ours: a second refusal convinces less, or as little as the first"},

    {"repeats.open_days", by_factor, as_is, 45, 240,
     "docs/calibration.md: a repeat share of 20 to 45 % fixes only its mix with the next two"},
    {"repeats.after_close_days", by_factor, as_is, 45, 300, "docs/calibration.md: not fixed"},
    {"repeats.after_close_share", even, as_is, 0.25, 0.8, "docs/calibration.md: not fixed alone"},
    {"repeats.rebound_share", by_factor, as_is, 0.01, 0.12, "ours: docs/facts.md 1(7) has 95 % resolved at once"},
    {"repeats.rebound_days", by_factor, as_is, 45, 300, "ours: six weeks to ten months"},
    {"repeats.skip_level_share", by_factor, as_is, 0.02, 0.2, "ours: docs/facts.md 3 row 30, 83"},
    {"repeats.skip_level_from", even, as_is, 1, 4, "ours: at once, or after four vain attempts"},
    {"repeats.persistence", even, as_is, 0.1, 0.8, "ours: only the sign is sure"},
    {"repeats.in_person_share", even, as_is, 0.2, 0.8, "ours: a fifth to four fifths keep to the way that they know"},

    {"appointments.list_length", by_factor, as_is, 8, 60, "ours: docs/domain.md 7(11) has no number; whoever knows the list sets it"},
    {"appointments.threshold", even, as_is, 0.25, 1, "ours: a quarter of the cutoffs to a case that is long-pending"},
    {"appointments.group_weight", even, as_is, 0, 1, "ours: up to as much as a long-pending case"},
    {"appointments.lesser_weight", even, as_is, 0, 0.6, "ours: none to more than half"},
    {"appointments.field_days_per_month", peaked, as_is, 0.75, 4,
     "docs/domain.md 5.2: 0.7 appointments and 0.9 down-visits a month; ours above"},
    {"appointments.appointments_per_day", even, as_is, 1, 5, "ours: one a day, or five near each other"},
    {"appointments.coordination_share", even, as_is, 0.2, 0.8, "ours: either may be the rule"},
    {"appointments.coordination.length", by_factor, as_is, 60, 240, "ours: an hour to half a day"},
    {"appointments.coordination.wait_cut", even, as_is, 0.2, 0.8, "ours: a fifth to four fifths; nobody has measured it"},
    {"appointments.coordination.odds_effect", even, as_is, 0.1, 1.1, "ours: hardly to twice an owning leader; nobody has measured it"},
    {"appointments.on_site.length", by_factor, as_is, 45, 180, "ours: three quarters of an hour to three hours"},
    {"appointments.on_site.wait_cut", even, as_is, 0.1, 0.7, "ours: a tenth to most; nobody has measured it"},
    {"appointments.on_site.odds_effect", even, as_is, 0.05, 0.9, "ours: hardly to twice an owning leader; nobody has measured it"},

    {"campaign.households_per_day", peaked, as_is, 2, 3.3, "docs/domain.md 1.3: 2 to 3.3"},
    {"campaign.targeting", by_factor, as_is, 3, 40, "ours: docs/calibration.md fixes only its product with load.silent_share"},
    {"campaign.find_probability", even, as_is, 0.4, 0.9, "ours: people do not tell a stranger at the door all, or nearly all"},
    {"campaign.timetable", by_factor, as_is, 15, 60, "ours: R25 leaves it to each item"},
    {"campaign.early_effect", even, as_is, 0, 1, "ours: none to as much as the best meeting"},
    {"campaign.item_work", by_factor, as_is, 30, 240, "ours: a call to half a day"},
    {"campaign.works.share", even, as_is, 0.25, 0.55, "docs/facts.md 1(9) names the kinds, not how many"},
    {"campaign.works.timetable", by_factor, as_is, 45, 180, "ours: half to twice"},
    {"campaign.works.days", by_factor, as_is, 20, 90, "ours: three weeks for a lamp to three months for a road"},
    {"campaign.aid.share", even, as_is, 0.1, 0.35, "docs/facts.md 1(9) names the kinds, not how many"},
    {"campaign.aid.timetable", by_factor, as_is, 7, 30, "ours: half to twice"},
    {"campaign.aid.days", by_factor, as_is, 3, 20, "ours: days to three weeks"},
    {"campaign.dispute.share", even, as_is, 0.05, 0.3, "docs/facts.md 1(9) names the kinds, not how many"},
    {"campaign.dispute.timetable", by_factor, as_is, 15, 60, "ours: half to twice"},
    {"campaign.dispute.days", by_factor, as_is, 7, 30, "ours: a week to a month"},
    {"campaign.other.timetable", by_factor, as_is, 15, 60, "ours: half to twice"},
    {"campaign.other.days", by_factor, as_is, 5, 30, "ours: days to a month"},

    {"return_visits.delay", by_factor, as_is, 10, 90, "ours: docs/domain.md 7(15) has no number; whoever knows it sets it"},
    {"return_visits.lapse", by_factor, as_is, 30, 120, "ours: half to twice"},
    {"return_visits.visits_per_week", even, as_is, 1, 4, "ours: one to four beside other duties"},
    {"return_visits.length", by_factor, as_is, 40, 150, "ours: two thirds of an hour to two hours and a half, the road aside"},
    {"return_visits.promise_share", even, as_is, 0.05, 0.3, "ours: one in twenty to one in three"},
    {"return_visits.hardship_share", even, as_is, 0.1, 0.35, "ours: one in ten to one in three"},
    {"return_visits.new_facts_share", even, as_is, 0.03, 0.2, "ours: few to one in five"},
    {"return_visits.attitude_share", even, as_is, 0.03, 0.25, "ours: few to one in four"},
    {"return_visits.found_share", even, as_is, 0.65, 0.95, "ours: most reasons come to light with all there"},
    {"return_visits.found_incomplete_share", even, as_is, 0.25, 0.65, "ours: less than with all there"},
    {"return_visits.intercept", even, as_is, -1, 1, "ours: a quarter to three quarters of plain cases settle at a visit"},
    {"return_visits.complexity", even, as_is, -0.7, 0, "ours: only the sign is sure"},
    {"return_visits.persistence", even, as_is, -0.7, 0, "ours: only the sign is sure"},
    {"return_visits.carried_odds", even, as_is, 0, 1, "ours: anything"},
    {"return_visits.talk_effect", even, as_is, 0, 0.6, "ours: none to what a meeting does"},
    {"return_visits.apology_effect", even, as_is, 0.1, 1.2, "ours: hardly to twice what a meeting does"},
    {"return_visits.reopened_share", even, as_is, 0.3, 0.9, "ours: a third to nearly all"},
    {"return_visits.help_share", even, as_is, 0.2, 0.8, "ours: where there are means, or where there are few"},
    {"return_visits.help_cost", by_factor, as_is, 1000, 8000, "ours: a month's relief to most of a year's"},
    {"return_visits.help_effect", even, as_is, 0.2, 1.4, "ours: some to much; nobody has measured it"},
    {"return_visits.rebound_factor", even, as_is, 0.4, 1, "ours: it does no harm"},
    {"return_visits.help_rebound_factor", even, as_is, 0.4, 1, "ours: it does no harm"},

    {"category.*.further_share", even, of_value, 0.5, 1.5, "ours: half less to half more"},
    {"category.*.local_share", even, from_value, -0.2, 0.2, "ours: who handles what differs by as much from county to county"},
    {"category.*.work_hours", by_factor, of_value, 0.5, 2, "ours: half to twice"},
    {"category.*.complexity", even, from_value, -0.3, 0.3, "ours: a third of a standard deviation either way"},
    {"category.*.enterprise_share", even, of_value, 0.5, 1.5, "ours: half less to half more"},
    {"category.*.project_share", even, of_value, 0.5, 1.5, "ours: half less to half more"},
    {"category.*.litigation_share", by_factor, of_value, 0.4, 2.5,
     "ours: two fifths to two and a half times: how strictly the split is kept"},
    {"sensitive_period.*.lead", even, of_value, 0, 2, "docs/domain.md 6.3: typically days; ours: none to twice as many"},
};

inline constexpr kept_value kept_table[] = {
    {"scenario.warm_up", kept_reason::experiment},
    {"scenario.run_out", kept_reason::experiment},
    {"county.units", kept_reason::structure},
    {"county.officials", kept_reason::structure},
    {"county.links", kept_reason::structure},
    {"county.holidays", kept_reason::structure},
    {"load.weekdays", kept_reason::weights},
    {"load.months", kept_reason::weights},
    {"load.backlog", kept_reason::absent},
    {"choice.model", kept_reason::structure},
    {"session.*.roles", kept_reason::structure},
    {"session.*.relations", kept_reason::structure},
    {"session.*.at", kept_reason::structure},
    {"session.*.open", kept_reason::structure},
    {"session.*.recur", kept_reason::dates},
    {"session.*.on_rest_day", kept_reason::structure},
    {"session.*.moves_for", kept_reason::structure},
    {"session.*.precedence", kept_reason::structure},
    {"session.*.catchment", kept_reason::structure},
    {"reception.collision", kept_reason::structure},
    {"handling.order", kept_reason::structure},
    {"appointments.on_rest_day", kept_reason::structure},
    {"appointments.near_together", kept_reason::structure},
    {"appointments.long_pending_age", kept_reason::definition},
    {"appointments.long_pending_repeats", kept_reason::definition},
    {"campaign.first", kept_reason::dates},
    {"cost.*", kept_reason::price},
    {"clocks.simplified_accept", kept_reason::legal},
    {"clocks.simplified_handle", kept_reason::legal},
    {"clocks.extend_to_workday", kept_reason::legal},
    {"clocks.one_time_horizon", kept_reason::definition},
    {"clocks.resolution_horizon", kept_reason::definition},
    {"clocks.rebound_horizon", kept_reason::definition},
    {"category.*.id", kept_reason::structure},
    {"category.*.en", kept_reason::structure},
    {"category.*.zh", kept_reason::structure},
    {"category.*.share", kept_reason::whole_table},
    {"category.*.matter_unit", kept_reason::structure},
    {"category.*.further_units", kept_reason::structure},
    {"category.*.months", kept_reason::weights},
    {"sensitive_period.*.name", kept_reason::structure},
    {"sensitive_period.*.first", kept_reason::dates},
    {"sensitive_period.*.last", kept_reason::dates},
};
// clang-format on

}  // namespace detail

/// What may be believed of parameters, in the order of the file format.
[[nodiscard]] constexpr std::span<const plausible_law> plausible_laws() noexcept { return detail::plausible_table; }

/// Those that are kept as they are.
[[nodiscard]] constexpr std::span<const kept_value> kept_values() noexcept { return detail::kept_table; }

/// The law of a parameter by its whole key; nothing if it has none. \complexity linear in the table
[[nodiscard]] constexpr const plausible_law* plausible_law_of(std::string_view key) noexcept {
  for (const plausible_law& law : detail::plausible_table) {
    if (key_fits(law.key, key)) return &law;
  }
  return nullptr;
}

/// Why a parameter is kept, by its whole key; nothing if it is not. \complexity linear in the table
[[nodiscard]] constexpr const kept_value* kept_value_of(std::string_view key) noexcept {
  for (const kept_value& one : detail::kept_table) {
    if (key_fits(one.key, key)) return &one;
  }
  return nullptr;
}

}  // namespace sifang

#endif
