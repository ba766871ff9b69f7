// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_RESULT_HPP
#define SIFANG_EXPERIMENT_RESULT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/experiment/cost_result.hpp"
#include "sifang/experiment/result_unknowns.hpp"
#include "sifang/stats/interval.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// What an experiment found, as plain values: the one shape that files, tables and the report are made from.

namespace sifang {

/// One item of a dimension: what files call it and what readers see.
struct label {
  std::string id,  ///< stable name in files and links: a unit code, a category id, a written enumerator
      en,          ///< text for readers in English
      zh;          ///< text for readers in Chinese
};

/// What a share, a mean or another ratio is made of: sums over all replications of a policy.
struct ratio_parts {
  double numerator = 0,  ///< such as matters heard in time, or all their days
      denominator = 0;   ///< such as matters that count; 0: there were none, or the figure is no ratio
  /// Whether there is something to tell.
  [[nodiscard]] constexpr bool known() const noexcept { return denominator != 0; }
  /// Of one year on average. \pre the sums are over `replications`, at least 1; asserted
  [[nodiscard]] constexpr ratio_parts of_a_year(std::size_t replications) const noexcept {
    SIFANG_ASSERT(replications > 0, "at least one replication");
    return {numerator / static_cast<double>(replications), denominator / static_cast<double>(replications)};
  }
};

/// A unit as the report draws it.
struct result_unit {
  std::string code,          ///< as in the table of units; unique
      name,                  ///< as written in the county, in its own language
      kind;                  ///< written `unit_kind`
  std::int32_t parent = -1;  ///< position in the list, -1 for the county
  double population = 0,     ///< inhabitants
      distance_km = 0,       ///< by road to the county seat
      x = 0,                 ///< on a schematic map, 0 to 100
      y = 0;                 ///< on a schematic map, 0 to 100
  std::string name_en{};     ///< in English, as `english_name` has it; empty in results of before it was told
};

/// What is measured; which way is good decides the colour of a difference.
struct result_metric {
  std::string id,         ///< name in `metric_table`
      en,                 ///< text for readers in English
      zh;                 ///< text for readers in Chinese
  std::string unit;       ///< "share", "days", "minutes", "hours", "cases", "persons", "visits", …
  std::string better;     ///< "lower", "higher" or "none"
  std::string group;      ///< "waiting", "deadlines", "outcome", "load" or "cost"
  bool headline = false;  ///< among the few that the report shows first; their county-wide verdicts are judged together
};

/// A way to split a metric: all, level, township, category, door, channel, venue.
struct result_dimension {
  std::string id,            ///< name of the dimension in files
      en,                    ///< text for readers in English
      zh;                    ///< text for readers in Chinese
  std::vector<label> items;  ///< in the order of the values of a metric
};

/// Mean over replications with a pointwise interval, one value a week of the counted period.
struct result_series {
  std::string id,               ///< name in `series_table`
      en,                       ///< text for readers in English
      zh,                       ///< text for readers in Chinese
      unit;                     ///< as in `result_metric::unit`
  std::string chart;            ///< series with the same name share a chart
  std::vector<interval> weeks;  ///< as many as `result::week_starts`
};

/// Share of matters whose step was done within d days, d = 0, 1, …; and the legal limit.
struct result_curve {
  std::string id,                ///< "heard", "routed", "accepted" or "replied"
      en,                        ///< text for readers in English
      zh;                        ///< text for readers in Chinese
  double limit_days = 0;         ///< calendar days that the law allows (L1, L4, L10); 0 where it sets none
  std::vector<interval> by_day;  ///< shares 0 to 1, never falling; the position is d
};

/// One post over the counted period; the staff of the bureau are left out. A post, never a person's name.
struct result_official {
  std::string post,        ///< as in the table of officials; unique
      title,               ///< what the post is called
      rank,                ///< written `role`
      unit;                ///< code of the unit
  interval hours,          ///< worked on petitions
      sessions,            ///< sat in
      heard,               ///< petitioners heard
      owned_mean,          ///< cases owned on an average day (R12)
      owned_max;           ///< most cases owned at once
  interval utilisation{};  ///< hours worked on petitions ÷ regular hours of the period, eight a workday; 0 to 1 but for overtime
  std::string title_en{};  ///< in English, as `english_title` has it; empty in results of before it was told
};

/// One kind of session over the year.
struct result_venue {
  std::string id,        ///< written `venue`
      en,                ///< text for readers in English
      zh;                ///< text for readers in Chinese
  interval sessions,     ///< planned; those that took place where none are planned
      idle_share,        ///< share of the planned sessions that nobody used, 0 to 1
      heard,             ///< petitioners heard
      wait_minutes,      ///< wait at the place, mean of those heard
      queue_max,         ///< most people waiting at one time, of all sessions
      overtime_minutes,  ///< worked past the end of sessions, all together
      utilisation,       ///< busy share of the time of all seats, 0 to 1
      left;              ///< petitioners who left before their turn
};

/// The days of one kind of session, as means over the years. All lists are as long as `dates`, in the order of time.
struct result_session_days {
  std::string venue;               ///< as `result_venue::id`
  std::vector<std::string> dates;  ///< ISO 8601
  std::vector<double> planned,     ///< sessions at all places together, also those for which nobody is left to sit
      visited,                     ///< of these, those to which somebody came
      heard,                       ///< visits heard
      unheard,                     ///< visits that were not heard, whatever kept them
      wait_minutes,                ///< in the queue, mean of those heard; 0 if nobody was
      queue,                       ///< most people waiting at one time, at the place where it was worst
      empty_seats;                 ///< seats that nobody took
};

/// Something about a reception day that a planner should know beforehand.
struct result_day_note {
  std::string date,                 ///< ISO 8601; where a session is moved or left out, the day that the rule names
      what,                         ///< "missed" (people sit elsewhere), "together" (two kinds on one day), "moved" or "left_out"
      venue,                        ///< kind of session that it is about
      other;                        ///< the kind at which they sit, or that is held on the same day; the day to which it is moved
  std::vector<std::string> people;  ///< titles of posts that are missed; none else
};

/// Reception days of one policy; irregular visits (R4) have no days of their own. Empty in databases and in older files.
struct result_calendar {
  std::vector<std::string> rest_days;      ///< of the counted period, ISO 8601
  std::vector<result_session_days> kinds;  ///< in the order of `venue`, those without days left out
  std::vector<result_day_note> notes;      ///< by date
};

/// A rule of the mechanism (DOMAIN 1).
struct result_rule {
  std::string id,  ///< "R3"
      en,          ///< its text, in English
      zh;          ///< the article's wording
};

/// An event of a story.
struct result_story_event {
  std::string when,  ///< day and minute; the day alone where the minute is not known
      en,            ///< what happened, in English
      zh;            ///< what happened, in Chinese
};
/// What a case waited for, in days.
struct result_story_wait {
  std::string en,   ///< in English
      zh;           ///< in Chinese
  double base = 0,  ///< under the first policy
      other = 0;    ///< under the other; 0 where there is none
};
/// One case of one replication: its story, beside its story under another policy.
struct result_story {
  std::size_t base = 0,                     ///< position in `result::policies`
      other = 0;                            ///< position in `result::policies`; `base` where nothing stands beside it
  std::int32_t replication = 0;             ///< in which
  std::string name,                         ///< of the case, as `explain --case` takes it
      why_en,                               ///< why it is told, in English
      why_zh,                               ///< the same in Chinese
      about_en,                             ///< what it is about, who and where, in English
      about_zh;                             ///< the same in Chinese
  std::int32_t same = 0;                    ///< so many of the first events are the same under both
  std::vector<result_story_event> of_base,  ///< in order of time, the last where it stands at the end
      of_other;                             ///< the same under the other policy
  std::vector<result_story_wait> waits;     ///< by reason, those that are nothing left out
};

/// A county-level leader and a unit: what binds them, and the leader's cases there.
struct result_link {
  std::string post,      ///< as `result_official::post`
      unit,              ///< code of the unit
      relation;          ///< written `relation`; empty: none, the leader owns a case there all the same
  std::int32_t own = 0;  ///< cases of one simulated year that the unit has or had last and the leader owns
};

/// A rule that the policy was seen to break, and how often.
struct result_violation {
  std::string rule,  ///< rule id of the domain document, "R3"
      en,            ///< what counts as a breach, in English
      zh;            ///< what counts as a breach, in Chinese
  interval count;    ///< a year
};

/// A text in both languages.
struct result_words {
  std::string en,  ///< English
      zh;          ///< simplified Chinese
};

/// What a policy changes of the base, as a sentence.
struct result_change {
  std::string subject_en,           ///< of what: kinds of session, a category; empty where the change speaks for itself
      subject_zh,                   ///< the same in Chinese
      en,                           ///< "every Wednesday instead of the 15th of each month; left out on rest days"
      zh;                           ///< the same in Chinese
  std::vector<std::string> keys{};  ///< whole keys of the parameters behind it
};

/// One parameter as the run had it, with where its value comes from.
struct result_assumption {
  std::string key,                         ///< whole key of the scenario file
      value,                               ///< as a scenario file writes it
      unit,                                ///< empty where the value has none
      mark,                                ///< where the value comes from: the written `origin`
      source,                              ///< article, law, figure or assumption behind the value; "planner" for one's own
      en,                                  ///< what the parameter means, in English
      zh;                                  ///< what the parameter means, in Chinese
  bool changed = false;                    ///< differs from the base scenario of the comparison
  std::optional<result_words> words{};     ///< the value as people read it, where that is another text than `value`
  std::optional<std::string> source_zh{};  ///< its source in Chinese, where it has one (`source_in_chinese`)
};

/// Estimates of one policy: `values[metric][dimension][item]`.
struct result_policy {
  std::string id,                                            ///< name of the scenario
      title_en,                                              ///< a few words, in English
      title_zh,                                              ///< a few words, in Chinese
      about_en,                                              ///< what sets the policy apart, in English
      about_zh;                                              ///< what sets the policy apart, in Chinese
  std::uint64_t seed = 0;                                    ///< with scenario and replications it fixes every number here
  std::int32_t replications = 0;                             ///< independent runs behind each interval, at least 1
  std::string fingerprint;                                   ///< 16 hexadecimal digits
  std::vector<std::vector<std::vector<interval>>> values;    ///< no value where a dimension cannot split a metric
  std::vector<std::vector<std::vector<ratio_parts>>> parts;  ///< of `values`, of the same shape; nothing known of counts and quantiles
  std::vector<result_series> series;                         ///< in the order of `series_table`
  std::vector<result_curve> curves;                          ///< heard, routed, accepted, replied
  std::vector<result_official> officials;                    ///< in the order of the table of officials
  std::vector<result_venue> venues;                          ///< in the order of `venue`
  std::vector<result_violation> violations;                  ///< in the order of `violation_table`, those with none too
  std::vector<result_assumption> assumptions;                ///< every parameter of the scenario
  /// What each county-wide metric is made of in each replication, `years[replication][metric]`, of the first metrics at least; none unless
  /// they were kept. Files in JSON do not have them, databases do.
  std::vector<std::vector<ratio_parts>> years{};
  result_calendar calendar{};            ///< reception days
  std::vector<result_link> links{};      ///< of county-level leaders, where stories were asked for
  std::vector<result_change> changes{};  ///< what it changes of the base, in words; none for the base, in databases and in older files
};

/// Other minus base, on common random numbers.
struct result_difference {
  interval difference;        ///< in the unit of the metric; above 0 the other has more
  double variance_ratio = 0;  ///< (S²_A+S²_B)/S²_D: above 1 the common random numbers work
  /// "better", "worse", "changed", "no_difference_that_matters", "cant_tell" or "too_little_data": see `verdict_of`.
  /// It follows from the interval here. Those of county-wide headline metrics are judged together, by simultaneous intervals.
  std::string verdict;
};

/// Two policies of one experiment, compared metric by metric.
struct result_comparison {
  std::size_t base = 0,                                             ///< position in `result::policies`
      other = 0;                                                    ///< position in `result::policies`, never `base`
  std::vector<std::vector<std::vector<result_difference>>> values;  ///< as `result_policy::values`
  /// Level of each interval of a county-wide headline metric: all of them together have that of the result. 0: as older results, which
  /// have the same level for all.
  double joint_confidence = 0;
  /// How large a county-wide difference of each metric must be to matter, in its unit; none in older results.
  std::vector<double> matters{};
  /// What the county-wide difference of each metric may be in one single year, with this probability: median and bounds of a prediction
  /// interval, which does not narrow with replications. 0 and none unless years were kept; no value for metrics of observers. @{
  double one_year_level = 0;
  std::vector<interval> one_year{};
  /// @}
};

/// An interval that was to become so narrow, and how narrow it has become.
struct result_precision {
  std::string metric;  ///< name in `metric_table`
  double wanted = 0,   ///< half width that was asked for, in the unit of the metric
      reached = 0;     ///< the widest half width there is, of a comparison of its differences; 0 if nothing varies, -1 without an interval
  bool is_reached = false;  ///< narrow enough
};

/// How probable it is that each policy is the best in a metric, given the years of this result.
struct result_chances {
  std::string metric;        ///< name in `metric_table`
  std::vector<double> best;  ///< of each policy in their order, 0 to 1; equals share it
};

/// What was assumed without being told, so that the numbers hold only as far as that does.
struct result_warning {
  std::string en,  ///< one sentence, in English
      zh;          ///< one sentence, in Chinese
  friend bool operator==(const result_warning&, const result_warning&) = default;
};

/// All that a results file holds. Every list of every policy has the shape that the lists here give.
struct result {
  std::string kind;          ///< "run" or "compare"
  std::string version;       ///< of the library
  std::string county;        ///< name of the root unit
  std::string start,         ///< first counted day, ISO 8601
      end;                   ///< last counted day, included
  double confidence = 0.95;  ///< level of every interval here, between 0 and 1
  /// Replications of each policy that were asked for and are not in here, since the run was stopped; 0: it is finished.
  std::int32_t unfinished_replications = 0;
  std::vector<std::string> week_starts;        ///< ISO 8601 days, seven apart from `start`
  std::vector<result_unit> units;              ///< parents by their position here
  std::vector<result_metric> metrics;          ///< first index of `result_policy::values`
  std::vector<result_dimension> dimensions;    ///< second index; their items are the third
  std::vector<result_policy> policies;         ///< one for a run
  std::vector<result_comparison> comparisons;  ///< none for a run
  std::vector<result_warning> warnings{};      ///< of all policies, each once
  std::vector<result_precision> precision{};   ///< where replications were added until intervals were narrow enough
  result_costs costs{};                        ///< what the policies cost for what they bring; empty in results of before it was told
  std::optional<result_unknowns> unknowns{};   ///< of the comparisons, where numbers that nobody knows were drawn
  /// Of headline metrics of which a direction is good, where more than two policies are compared; none in databases and in older files.
  std::vector<result_chances> chances{};
  std::vector<result_rule> rules{};     ///< of the mechanism, all; none in databases and in older files
  std::vector<result_story> stories{};  ///< comparison by comparison, where they were asked for
  /// Words behind the program's name that give this result again; what makes no difference to it is left out. None in databases and in
  /// older files.
  std::vector<std::string> command{};
};

}  // namespace sifang

#endif
