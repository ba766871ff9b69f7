// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_METRICS_HPP
#define SIFANG_COUNTY_METRICS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// \file
/// What a replication measures. Every metric is a ratio of two sums over one replication (DOMAIN 3,
/// METHODS 4); a count has 1 as its denominator. The table is the only place that names them.

namespace sifang {

/// What is measured; `metric_table` says in words what each is, `summarise` estimates it.
enum class metric : std::uint8_t {
  heard_7d,
  heard_15d,
  heard_30d,
  heard_county_30d,
  heard_days,
  unmet_need,
  wait_days,
  wait_minutes,
  wait_days_p50,
  wait_days_p90,
  wait_minutes_p50,
  wait_minutes_p90,
  wait_minutes_max,
  heard_same_session,
  walk_away_rate,
  heard_high_share,
  accept_days,
  reply_days,
  settle_days,
  bureau_timely,
  timely_acceptance_rate,
  on_time_reply_rate,
  bureau_on_time_reply_rate,
  review_on_time_rate,
  one_time_resolution_rate,
  resolution_rate,
  satisfaction_rate,
  bureau_satisfaction_rate,
  participation_rate,
  repeat_rate,
  long_pending_resolution,
  rebound_rate,
  procedural_only_share,
  true_resolution_found,
  apparent_resolution_found,
  registrations,
  first_registrations,
  visits,
  visitors,
  group_visits,
  skip_level_visits,
  to_city,
  to_province,
  to_nation,
  not_accepted,
  bounces,
  disputes,
  open_cases,
  open_age_days,
  overdue,
  owned_mean,
  owned_max,
  owned_gini,
  clerk_utilisation,
  handler_utilisation,
  found_by_campaign,
  household_coverage,
  village_coverage,
  appointments,
  return_visits,
  return_visits_missed,
  withdrawals,
  leader_hours,
  head_hours,
  handler_hours,
  overtime_hours,
  travel_hours,
  travel_km,
  duties_moved,
  duties_cancelled,
  cadre_days,
  petitioner_days,
  leader_hours_per_settled,
  last_
};
/// Enumerators of `metric`.
inline constexpr std::size_t metric_count = static_cast<std::size_t>(metric::last_);

/// How a metric is estimated from replications.
enum class metric_kind : std::uint8_t {
  ratio,  ///< Σ numerator ÷ Σ denominator over replications
  count,  ///< mean over replications of a number a period
  value,  ///< mean over replications of a statistic of one replication (a quantile, a maximum)
};

/// One row of the table of metrics.
struct metric_info {
  metric id;  ///< in the order of the enumerators
  /// Name in files; unit; which way is good ("lower", "higher" or "none"); group in the report. @{
  std::string_view name, unit, better, group;
  /// @}
  bool headline;     ///< stands at the top of the report
  metric_kind kind;  ///< how it is estimated
  /// What it is, in English and in Chinese. @{
  std::string_view en, zh;
  /// @}
};

/// Every metric, in the order of the enumerators.
// clang-format off: a table
inline constexpr std::array<metric_info, metric_count> metric_table{{
    {metric::heard_7d, "heard_7d", "share", "higher", "waiting", false, metric_kind::ratio,
     "Heard by a leader within 7 days of deciding to come", "决定来访后7天内由领导接谈的比例"},
    {metric::heard_15d, "heard_15d", "share", "higher", "waiting", true, metric_kind::ratio,
     "Heard by a leader within 15 days of deciding to come", "决定来访后15天内由领导接谈的比例"},
    {metric::heard_30d, "heard_30d", "share", "higher", "waiting", true, metric_kind::ratio,
     "Heard by a leader within 30 days of deciding to come", "决定来访后30天内由领导接谈的比例"},
    {metric::heard_county_30d, "heard_county_30d", "share", "higher", "waiting", false, metric_kind::ratio,
     "Heard by a county-level leader within 30 days", "决定来访后30天内由县处级领导接谈的比例"},
    {metric::heard_days, "heard_days", "days", "lower", "waiting", true, metric_kind::ratio,
     "Days until a leader hears them, 60 for those not heard by then", "至领导接谈的天数(60天仍未接谈的按60天计)"},
    {metric::unmet_need, "unmet_need", "share", "lower", "waiting", true, metric_kind::ratio,
     "Grievances of which nobody has heard a year later", "一年后仍无人知晓的诉求比例"},
    {metric::wait_days, "wait_days", "days", "lower", "waiting", false, metric_kind::ratio,
     "Days from setting out to being heard, of those heard at a planned session", "从决定来访到接谈的天数(在既定场次获接谈者)"},
    {metric::wait_minutes, "wait_minutes", "minutes", "lower", "waiting", true, metric_kind::ratio, "Minutes in the queue on the day",
     "当日排队分钟数"},
    {metric::wait_days_p50, "wait_days_p50", "days", "lower", "waiting", false, metric_kind::value, "Days to being heard, median",
     "等候天数中位数"},
    {metric::wait_days_p90, "wait_days_p90", "days", "lower", "waiting", false, metric_kind::value, "Days to being heard, 90th percentile",
     "等候天数第90百分位"},
    {metric::wait_minutes_p50, "wait_minutes_p50", "minutes", "lower", "waiting", false, metric_kind::value, "Minutes in the queue, median",
     "排队分钟数中位数"},
    {metric::wait_minutes_p90, "wait_minutes_p90", "minutes", "lower", "waiting", true, metric_kind::value,
     "Minutes in the queue, 90th percentile", "排队分钟数第90百分位"},
    {metric::wait_minutes_max, "wait_minutes_max", "minutes", "lower", "waiting", false, metric_kind::value,
     "Longest queue wait of the period", "最长排队分钟数"},
    {metric::heard_same_session, "heard_same_session", "share", "higher", "waiting", false, metric_kind::ratio,
     "Visitors heard in the session they came to", "当场获接待的比例"},
    {metric::walk_away_rate, "walk_away_rate", "share", "lower", "waiting", false, metric_kind::ratio,
     "Visitors who left before being called", "未等到接待而离开的比例"},
    {metric::heard_high_share, "heard_high_share", "share", "none", "waiting", false, metric_kind::ratio,
     "First hearings by a county-level leader", "首次接谈由县处级领导进行的比例"},
    {metric::accept_days, "accept_days", "days", "lower", "deadlines", false, metric_kind::ratio, "Days from registration to acceptance",
     "登记到受理天数"},
    {metric::reply_days, "reply_days", "days", "lower", "deadlines", false, metric_kind::ratio, "Days from acceptance to reply",
     "受理到答复天数"},
    {metric::settle_days, "settle_days", "days", "lower", "outcome", false, metric_kind::ratio, "Days from registration to settlement",
     "登记到息诉天数"},
    {metric::bureau_timely, "bureau_timely", "share", "higher", "deadlines", true, metric_kind::ratio,
     "Timely acceptance, petition bureau (L1)", "及时受理率(信访部门)"},
    {metric::timely_acceptance_rate, "timely_acceptance_rate", "share", "higher", "deadlines", true, metric_kind::ratio,
     "Timely acceptance, responsible authority (L4)", "及时受理率(有权处理机关)"},
    {metric::on_time_reply_rate, "on_time_reply_rate", "share", "higher", "deadlines", true, metric_kind::ratio,
     "On-time reply, responsible authority (L10, L11)", "按期答复率(有权处理机关)"},
    {metric::bureau_on_time_reply_rate, "bureau_on_time_reply_rate", "share", "higher", "deadlines", false, metric_kind::ratio,
     "On-time reply, matters that the bureau routed", "按期答复率(信访部门转交办件)"},
    {metric::review_on_time_rate, "review_on_time_rate", "share", "higher", "deadlines", false, metric_kind::ratio,
     "Reviews and rechecks in time (L14, L16)", "复查复核按期率"},
    {metric::one_time_resolution_rate, "one_time_resolution_rate", "share", "higher", "outcome", false, metric_kind::ratio,
     "One-time resolution: no repeat within h days of the reply", "一次性化解率"},
    {metric::resolution_rate, "resolution_rate", "share", "higher", "outcome", true, metric_kind::ratio,
     "Resolved: settled and not rebounded h days after routing", "化解率(转交后观察期届满时已息诉且未反弹)"},
    {metric::satisfaction_rate, "satisfaction_rate", "share", "higher", "outcome", true, metric_kind::ratio,
     "Satisfaction with the responsible authority", "群众满意率(有权处理机关)"},
    {metric::bureau_satisfaction_rate, "bureau_satisfaction_rate", "share", "higher", "outcome", false, metric_kind::ratio,
     "Satisfaction with the petition bureau", "群众满意率(信访部门)"},
    {metric::participation_rate, "participation_rate", "share", "higher", "outcome", false, metric_kind::ratio, "Participation in rating",
     "参评率"},
    {metric::repeat_rate, "repeat_rate", "share", "lower", "outcome", true, metric_kind::ratio, "Repeat registrations among all",
     "重复信访率"},
    {metric::long_pending_resolution, "long_pending_resolution", "share", "higher", "outcome", false, metric_kind::ratio,
     "Listed long-pending cases resolved by the end of the period", "积案化解率(列入清单的积案期末已化解的比例)"},
    {metric::rebound_rate, "rebound_rate", "share", "lower", "outcome", false, metric_kind::ratio, "Rebounds within h days of settlement",
     "反弹率"},
    {metric::procedural_only_share, "procedural_only_share", "share", "lower", "outcome", false, metric_kind::ratio,
     "Closed in procedure only, not settled", "仅程序性办结占比"},
    {metric::true_resolution_found, "true_resolution_found", "share", "higher", "outcome", false, metric_kind::ratio,
     "Campaign finds settled", "走访发现事项真实化解率"},
    {metric::apparent_resolution_found, "apparent_resolution_found", "share", "none", "outcome", false, metric_kind::ratio,
     "Campaign finds struck off the chart", "走访发现事项销号率"},
    {metric::registrations, "registrations", "registrations", "none", "load", false, metric_kind::count, "Registrations", "登记件次"},
    {metric::first_registrations, "first_registrations", "matters", "none", "load", false, metric_kind::count,
     "Matters registered for the first time", "初次登记事项(件)"},
    {metric::visits, "visits", "visits", "none", "load", false, metric_kind::count, "Visits to a reception place", "来访批次"},
    {metric::visitors, "visitors", "persons", "none", "load", false, metric_kind::count, "Persons who came to a reception place",
     "来访人次"},
    {metric::group_visits, "group_visits", "visits", "lower", "load", false, metric_kind::count, "Group visits (five or more)",
     "集体访批次"},
    {metric::skip_level_visits, "skip_level_visits", "visits", "lower", "load", false, metric_kind::count, "Skip-level visits",
     "越级走访批次"},
    {metric::to_city, "to_city", "petitions", "none", "load", false, metric_kind::count, "Petitions brought to the city", "到市级信访件次"},
    {metric::to_province, "to_province", "petitions", "lower", "load", false, metric_kind::count, "Petitions brought to the province",
     "到省级信访件次"},
    {metric::to_nation, "to_nation", "petitions", "lower", "load", false, metric_kind::count, "Petitions brought to the nation",
     "到国家级信访件次"},
    {metric::not_accepted, "not_accepted", "petitions", "none", "load", false, metric_kind::count,
     "Later petitions not accepted (L7, L17, L18)", "不再受理件次"},
    {metric::bounces, "bounces", "per case", "lower", "load", false, metric_kind::ratio, "Objections and returns for each routing",
     "每件退转次数"},
    {metric::disputes, "disputes", "cases", "none", "load", false, metric_kind::count,
     "Disputes over who accepts that the common superior decides (L6)", "受理争议由共同上级决定件数"},
    {metric::open_cases, "open_cases", "cases", "lower", "load", false, metric_kind::count, "Open cases, mean of weekly counts",
     "在办件数(周均)"},
    {metric::open_age_days, "open_age_days", "days", "lower", "load", false, metric_kind::ratio, "Age of open cases", "在办件龄"},
    {metric::overdue, "overdue", "cases", "lower", "deadlines", false, metric_kind::count, "Cases that passed their reply date",
     "超期件数"},
    {metric::owned_mean, "owned_mean", "cases", "lower", "load", false, metric_kind::value, "Open cases a county leader owns, mean",
     "县领导人均包案数"},
    {metric::owned_max, "owned_max", "cases", "lower", "load", false, metric_kind::value, "Open cases a county leader owns, most",
     "县领导最多包案数"},
    {metric::owned_gini, "owned_gini", "index", "lower", "load", false, metric_kind::value,
     "Inequality of owned cases among county leaders (Gini)", "县领导包案不均衡度(基尼系数)"},
    {metric::clerk_utilisation, "clerk_utilisation", "share", "none", "load", false, metric_kind::ratio, "Clerks busy",
     "登记转办人员利用率"},
    {metric::handler_utilisation, "handler_utilisation", "share", "none", "load", false, metric_kind::ratio, "Handlers busy",
     "承办人员利用率"},
    {metric::found_by_campaign, "found_by_campaign", "matters", "higher", "load", false, metric_kind::count,
     "Silent grievances found by the campaign", "登门走访发现的诉求"},
    {metric::household_coverage, "household_coverage", "share", "higher", "load", false, metric_kind::value,
     "Households visited by the campaign", "登门走访户覆盖率"},
    {metric::village_coverage, "village_coverage", "share", "higher", "load", false, metric_kind::value, "Villages reached by the campaign",
     "登门走访村覆盖率"},
    {metric::appointments, "appointments", "meetings", "none", "load", false, metric_kind::count, "Appointment meetings held",
     "进门约访次数"},
    {metric::return_visits, "return_visits", "visits", "none", "load", false, metric_kind::count, "Return visits made", "上门回访次数"},
    {metric::return_visits_missed, "return_visits_missed", "visits", "lower", "load", false, metric_kind::count,
     "Return visits due and not made", "应回访而未回访次数"},
    {metric::withdrawals, "withdrawals", "matters", "none", "outcome", false, metric_kind::count, "Withdrawn, or the petitioner gone",
     "撤回(含已故、无法联系)"},
    {metric::leader_hours, "leader_hours", "hours", "lower", "cost", true, metric_kind::count, "Hours of county-level leaders",
     "县领导投入小时"},
    {metric::head_hours, "head_hours", "hours", "lower", "cost", false, metric_kind::count, "Hours of unit heads and team members",
     "单位主要领导和班子成员投入小时"},
    {metric::handler_hours, "handler_hours", "hours", "lower", "cost", false, metric_kind::count, "Hours of handlers", "承办人员投入小时"},
    {metric::overtime_hours, "overtime_hours", "hours", "lower", "cost", false, metric_kind::count, "Overtime of sessions", "接访加班小时"},
    {metric::travel_hours, "travel_hours", "hours", "lower", "cost", false, metric_kind::count,
     "Of the hours of leaders, heads and team members: on the road", "其中:领导和班子成员路途小时"},
    {metric::travel_km, "travel_km", "km", "lower", "cost", false, metric_kind::count, "Travel of county-level leaders", "县领导下访里程"},
    {metric::duties_moved, "duties_moved", "times", "none", "cost", false, metric_kind::count,
     "Appointments, return visits and irregular visits put off to another day", "约访、回访和不定期下访改期次数"},
    {metric::duties_cancelled, "duties_cancelled", "times", "lower", "cost", false, metric_kind::count,
     "Appointments and irregular visits given up", "约访和不定期下访取消次数"},
    {metric::cadre_days, "cadre_days", "days", "lower", "cost", false, metric_kind::count, "Cadre-days of the campaign", "走访干部人日"},
    {metric::petitioner_days, "petitioner_days", "days", "lower", "cost", false, metric_kind::count,
     "Person-days until a leader hears them, at most 60 each", "信访人等候领导接谈的人日(每人至多60天)"},
    {metric::leader_hours_per_settled, "leader_hours_per_settled", "hours", "lower", "cost", true, metric_kind::ratio,
     "County-leader hours for each settled case", "每息诉一件的县领导小时数"},
}};
// clang-format on

/// The row of a metric. Constant time.
[[nodiscard]] constexpr const metric_info& info(metric m) noexcept { return metric_table[static_cast<std::size_t>(m)]; }

}  // namespace sifang

#endif
