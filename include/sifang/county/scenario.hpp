// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SCENARIO_HPP
#define SIFANG_COUNTY_SCENARIO_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/calendar/convention.hpp"
#include "sifang/calendar/recurrence.hpp"
#include "sifang/calendar/sensitive_period.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/provenance.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/setting.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

/// \file
/// Everything that a planner may set, as plain values. What each value means, its unit, range and
/// source stand once, in `county/parameters.hpp`; a file or a command line fills these structs through it.

namespace sifang {

/// How a petitioner chooses a session: by a logit model of delay, distance and rank, or by fixed shares.
enum class choice_model : std::uint8_t { logit, shares };
/// When a unit asks for an extension (L11).
enum class extension_rule : std::uint8_t { never, complex_only, always };

/// Which unit gets a matter: the competent one as the clerk sees it, always the place's, always the department's where there
/// is one, or whichever of the two has fewer cases in hand.
enum class routing_rule : std::uint8_t { by_competence, by_territory, by_subject, least_burdened };
/// Which case a handler takes up next.
enum class handling_rule : std::uint8_t { first_come, by_due_date };

/// A category of petitions and how its matters behave.
struct category_setting {
  /// Name in files; text in English and in Chinese. @{
  std::string id, en, zh;
  /// @}
  double share = 0;                                                   ///< of all new matters
  std::string matter_unit;                                            ///< code of the department in charge (属事)
  std::vector<std::string> further_units{};                           ///< codes of others that are, each for as much
  double further_share = 0;                                           ///< of matters: what those others are in charge of together
  double local_share = 0.5;                                           ///< handled by the township or park of the place instead
  double work_hours = 10;                                             ///< mean handler hours a matter needs
  double complexity = 0;                                              ///< shift of the standard normal complexity
  double enterprise_share = 0;                                        ///< concerns an enterprise in the village (R19)
  double project_share = 0;                                           ///< concerns a project in the village (R19)
  double litigation_share = 0;                                        ///< belongs to courts, arbitration or discipline bodies
  std::array<double, 12> months{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};  ///< weight of each month
};

/// A meeting at an appointment visit (R20).
struct meeting_setting {
  minutes length{120};       ///< time of the leader and of the unit's head
  double wait_cut = 0.5;     ///< share of the remaining waiting that falls away
  double odds_effect = 0.6;  ///< added to the log odds of settlement
};

/// A county, its cases, its rules and how long to play them. What each member means, its unit, range and source stand
/// in `county/parameters.hpp` under the same name.
struct scenario {
  /// Name, texts, the period and the numbers of the experiment. @{
  std::string name;
  std::string title_en, title_zh, about_en, about_zh;
  day start{2022, 1, 1}, end{2022, 12, 31};
  calendar_days warm_up{365}, run_out{365};
  int replications = 30;
  std::uint64_t seed = 2022;
  double confidence = 0.95;
  /// @}

  struct {
    std::string units, officials, links, holidays;  ///< files, relative to the scenario's own
    double household_size = 3.1;
    int cadres = 1000;
    double travel_speed = 40;
    minutes preparation{20};
  } county;  ///< files of the county, and what they do not say

  std::vector<category_setting> categories;         ///< of petitions; their shares sum to 1
  std::vector<sensitive_period> sensitive_periods;  ///< 重点敏感时期

  struct {
    double matters_per_year = 1340;
    double multiplier = 1;
    double overdispersion = 1.5;
    std::array<double, 7> weekdays{1.3, 1.1, 1.05, 1.0, 1.0, 0.3, 0.25};
    std::array<double, 12> months{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    double sensitive_factor = 1.25;
    double visit_share = 0.52, letter_share = 0.075, online_share = 0.295, phone_share = 0.11;
    double group_share = 0.15;
    double group_extra_mean = 8;
    double individual_extra_mean = 0.5;
    double silent_share = 0.16;
    double silent_days = 600;
    double silent_penalty = 0.5;
    double claim_share = 0.85;
    double above_share = 0.10, above_city = 0.6, above_province = 0.25;
    double direct_share = 0.2;
    double leader_letter_share = 0.2;
    int backlog = 0;
    double backlog_hardness = 0.5;
  } load;  ///< how many matters arise, when, and of what kind

  struct {
    replay_mode mode = replay_mode::predicted;
    resampling resample = resampling::none;
    double scale = 1;
    bool generated = false;
  } replay;  ///< what is made of a recorded case load, if there is one

  struct {
    choice_model model = choice_model::logit;
    double delay_weight = 0.12;
    double distance_weight = 0.02;
    double climb = 0.35;
    double patience_minutes = 240;
    double come_back_share = 0.6;
  } choice;  ///< which session a petitioner goes to

  reception_setting reception;  ///< sessions, their times and places

  struct {
    ownership_rule rule = ownership_rule::first_receiver;
    int cap = 30;
    double load_half = 15;
    double supervision_effect = 0.25;
  } ownership;  ///< who owns a case

  struct {
    double turnover_per_year = 0.2;
    calendar_days vacant_days{15};
    double handover_effect = -0.2;
  } posts;  ///< how often a post changes hands, and what it costs

  struct {
    routing_rule rule = routing_rule::by_competence;
    int clerks = 6;
    double minutes_per_matter = 40;
    double clerk_minutes_per_day = 300;
    double misroute_probability = 0.10;
    double misroute_found = 0.85;
    double objection_agreed = 0.9;
    double dispute_share = 0.05;
    int dispute_days = 3;
    double accept_days_mean = 4, accept_days_cv = 0.5;
    double simplified_share = 0.10, simplified_minutes = 0.5;
    double minutes_cv = 0.5;
  } routing;  ///< the bureau's clerks (L1, L4-L6)

  struct {
    int department_handlers = 4, township_handlers = 4, park_handlers = 2;
    double handler_minutes_per_day = 240;
    handling_rule order = handling_rule::first_come;
    int case_limit = 25;
    double work_cv = 1.0;
    double stages_mean = 2.2;
    double wait_days_mean = 6, wait_days_cv = 0.6;
    double cross_department_share = 0.25;
    double cross_department_days = 4;
    extension_rule extension = extension_rule::complex_only;
    double complex_threshold = 0.8;
    double extension_minutes = 90;
    double mediation_share = 0.2;
    double complexity_work = 0.25;
    double simplified_work = 0.25;
    double misrouted_wait = 1.5;
    double accept_minutes = 30;
  } handling;  ///< the units' handlers (L10, L11, L19)

  struct {
    double intercept = 2.3;
    double complexity = -0.55;
    double delay_per_30_days = -0.30;
    double departments = -0.25;
    double leader_owner = 0.45;
    double owner_load = -0.02;
    double persistence = -0.35;
    double repeat = -0.15;
    double supported_share = 0.45, explained_share = 0.30;
    double supported = 0.9, not_supported = -0.9;
    double misrouted = -0.3;
    double extended = -0.15;
    double decide_days = 10;
    double withdrawn_share = 0.02, withdrawn_days = 90;
  } settlement;  ///< log odds that a petitioner settles

  struct {
    double participation = 0.95;
    double unsettled_participation = 0.95;
    double authority_settled = 0.99, authority_unsettled = 0.66;
    double bureau_settled = 0.99, bureau_unsettled = 0.74;
    double late_penalty = 0.25;
    double bureau_late_share = 0.5;
  } rating;  ///< what petitioners say of both bodies (L20)

  struct {
    double ask_share = 0.35;
    double upheld_share = 0.85;
    double review_days_mean = 22, review_days_cv = 0.3;
    double recheck_share = 0.45;
    double recheck_days_mean = 24, recheck_days_cv = 0.3;
    double hearing_share = 0.15;
    double hearing_days = 20;
    double settle_effect = -0.5;
  } review;  ///< review and recheck (L13-L16)

  struct {
    double open_days = 105;
    double after_close_days = 120;
    double after_close_share = 0.5;
    double rebound_share = 0.04;
    double rebound_days = 120;
    double skip_level_share = 0.08;
    int skip_level_from = 2;
    double persistence = 0.4;
    double in_person_share = 0.5;
  } repeats;  ///< who petitions again, and when

  struct {
    bool open = true;
    std::vector<recurrence> recur;
    day_convention on_rest_day = day_convention::next_workday;
    int list_length = 20;
    calendar_days long_pending_age{180};
    int long_pending_repeats = 3;
    double threshold = 0.5;
    double group_weight = 0.5;
    double lesser_weight = 0.25;
    double field_days_per_month = 2;
    int appointments_per_day = 3;
    bool near_together = true;
    double coordination_share = 0.5;
    meeting_setting coordination, on_site;
  } appointments;  ///< issue list and appointment visits (R15-R20)

  campaign_setting campaign;  ///< household visits (R21-R26)

  struct {
    bool open = true;
    int visits_per_week = 2;
    minutes length{90};
    double promise_share = 0.15, hardship_share = 0.20, new_facts_share = 0.10, attitude_share = 0.10;
    double found_share = 0.85, found_incomplete_share = 0.45;
    double intercept = 0;
    double complexity = -0.3;
    double persistence = -0.3;
    double carried_odds = 0.5;
    double talk_effect = 0.25, apology_effect = 0.6;
    double reopened_share = 0.6;
    double help_share = 0.5, help_cost = 3000, help_effect = 0.8;
    double rebound_factor = 0.7, help_rebound_factor = 0.7;
  } return_visits;  ///< return visits (R27-R31)

  struct {
    double leader_hour = 120, head_hour = 90, clerk_hour = 60, handler_hour = 60;
    double cadre_day = 480;
    double overtime_hour = 30, preparation_hour = 0;
    double vehicle_km = 1.5;
    double help = 1;
    double petitioner_hour = 25, petitioner_km = 0.5, petitioner_day = 0;
  } cost;  ///< what an hour, a day or a kilometre is worth, in yuan; no year depends on it

  legal_clocks clocks;  ///< legal limits
  /// How long a reply, or peace, must hold to count. @{
  calendar_days one_time_horizon{180};
  calendar_days rebound_horizon{180};
  calendar_days resolution_horizon{180};
  /// @}

  /// First and last simulated day: the period with what comes before and after it. @{
  [[nodiscard]] day first() const noexcept { return start - (warm_up < calendar_days(0) ? calendar_days(0) : warm_up); }
  [[nodiscard]] day last() const noexcept { return end + (run_out < calendar_days(0) ? calendar_days(0) : run_out); }
  /// @}
  provenance_table provenance;  ///< where values come from that are not the defaults; what it does not say is the planner's choice

  scenario() {
    appointments.recur = {recurrence::day_of_month(1)};
    appointments.on_site = {minutes(90), 0.4, 0.45};
  }
};

}  // namespace sifang

#endif
