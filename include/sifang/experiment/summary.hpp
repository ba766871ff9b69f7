// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_SUMMARY_HPP
#define SIFANG_EXPERIMENT_SUMMARY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/own_metric.hpp"
#include "sifang/county/world.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// What readers see of a kind of session.
struct venue_text {
  std::string_view en,  ///< English
      zh;               ///< Chinese
};
/// Its titles; its short name where it has none.
[[nodiscard]] inline venue_text text_of(const session_kind& k) noexcept {
  return {k.title_en.empty() ? k.id : k.title_en, k.title_zh.empty() ? (k.title_en.empty() ? k.id : k.title_en) : k.title_zh};
}

/// The metrics as the report needs them, in the order of `metric_table`.
/// \param own  metrics of observers, which stand behind the others
template <class = when_called>
[[nodiscard]] inline std::vector<result_metric> result_metrics(std::span<const own_metric> own = {}) {
  std::vector<result_metric> out;
  for (const metric_info& m : metric_table) {
    out.push_back({std::string(m.name), std::string(m.en), std::string(m.zh), std::string(m.unit), std::string(m.better),
                   std::string(m.group), m.headline});
  }
  for (const own_metric& m : own) {
    out.push_back({std::string(m.name), std::string(m.en), std::string(m.zh), std::string(m.unit), std::string(m.better),
                   std::string(m.group), false});
  }
  return out;
}

/// The ways to split a metric in this county.
template <class = when_called>
[[nodiscard]] inline std::vector<result_dimension> result_dimensions(const world& w) {
  std::vector<result_dimension> out;
  out.push_back({"all", "County", "全县", {{"all", "All", "全部"}}});
  out.push_back(
      {"level", "Level", "层级", {{"county", "County", "县级"}, {"township", "Township", "乡镇级"}, {"village", "Village", "村级"}}});
  result_dimension townships{"township", "Township", "乡镇（街道）", {}};
  for (const township_site& t : w.townships()) {
    const unit& u = w.org().units()[t.where];
    townships.items.push_back({u.code, english_name(u), u.name});
  }
  out.push_back(std::move(townships));
  result_dimension categories{"category", "Subject", "问题类别", {}};
  for (const category_setting& c : w.setting().categories) categories.items.push_back({c.id, c.en, c.zh});
  out.push_back(std::move(categories));
  out.push_back({"door",
                 "Door last passed",
                 "最近经过的门",
                 {{"remote", "Written, online, phone", "信、网、电"},
                  {"open_reception", "Open-door reception", "开门接访"},
                  {"appointment", "Appointment visit", "进门约访"},
                  {"door_to_door", "Household campaign", "登门走访"},
                  {"return_visit", "Return visit", "上门回访"}}});
  result_dimension channels{"channel", "Channel", "渠道", {}};
  for (std::size_t c = 0; c < channel_count; ++c) {
    const auto text = texts_of<channel>[c];
    channels.items.push_back({std::string(name_of(static_cast<channel>(c))), std::string(text.en), std::string(text.zh)});
  }
  out.push_back(std::move(channels));
  result_dimension venues{"venue", "Place of reception", "接访地点", {}};
  for (const session_kind& k : w.plan().kinds()) { venues.items.push_back({k.id, std::string(text_of(k).en), std::string(text_of(k).zh)}); }
  out.push_back(std::move(venues));
  result_dimension offices{"unit", "Responsible unit", "责任单位", {}};
  for (const office& o : w.offices()) {
    const unit& u = w.org().units()[o.where];
    offices.items.push_back({u.code, english_name(u), u.name});
  }
  out.push_back(std::move(offices));
  result_dimension months{"month", "Month", "月份", {}};
  constexpr std::array<std::string_view, 12> names{"January", "February", "March",     "April",   "May",      "June",
                                                   "July",    "August",   "September", "October", "November", "December"};
  for (std::size_t m = 0; m < 12; ++m) {
    const std::string number = std::to_string(m + 1);
    months.items.push_back({number, std::string(names[m]), number + "月"});
  }
  out.push_back(std::move(months));
  result_dimension distances{"distance", "Distance of the village from the county seat", "村（社区）距县城里程", {}};
  for (std::size_t band = 0; band <= distance_bands.size(); ++band) {
    const bool last = band == distance_bands.size();
    const std::string from = band == 0 ? "0" : number_text(distance_bands[band - 1]);
    label l{from, from, from};
    l.id.append(last ? "+" : "-");
    l.en.append(last ? " km and more" : " to ");
    l.zh.append(last ? "公里及以上" : "—");
    if (!last) {
      const std::string to = number_text(distance_bands[band]);
      l.id.append(to);
      l.en.append(to).append(" km");
      l.zh.append(to).append("公里");
    }
    distances.items.push_back(std::move(l));
  }
  out.push_back(std::move(distances));
  out.push_back({"people",
                 "People of a matter",
                 "信访人数",
                 {{"one", "One person", "1人"}, {"few", "Two to four", "2—4人"}, {"group", "Group of five or more", "5人及以上（集体）"}}});
  return out;
}

/// The units of the county, in the order of their ids; positions are the indices of `unit_id`.
template <class = when_called>
[[nodiscard]] inline std::vector<result_unit> result_units(const world& w) {
  std::vector<result_unit> out;
  const county_tree& units = w.org().units();
  for (std::size_t i = 0; i < units.size(); ++i) {
    const unit_id id(i);
    const unit& u = units[id];
    const auto parent = units.parent(id);
    out.push_back({u.code, u.name, std::string(name_of(u.kind)), parent ? static_cast<std::int32_t>(parent->index()) : -1, u.population,
                   u.distance_km, u.x, u.y, english_name(u)});
  }
  return out;
}

namespace detail {
/// Whether there are sessions that nobody asks for but the planner.
template <class = when_called>
[[nodiscard]] inline bool has_other_sessions(const world& w) noexcept {
  const auto is_other = [](const session_kind& k) {
    const bool has_series = k.counts_for != reception_rule::none && k.counts_for != reception_rule::r4;
    return !k.irregular && !has_series && !k.by_clerks();
  };
  const auto kinds = w.plan().kinds();
  return std::any_of(kinds.begin(), kinds.end(), is_other);
}
/// What readers see of a curve, and the limit that it is to be held against; 0 if the law has none.
struct curve_text {
  std::string_view id, en, zh;
  std::int32_t limit;
};
[[nodiscard]] constexpr std::array<curve_text, curve_count> curve_texts(const legal_clocks& clocks) noexcept {
  return {{{"heard", "Heard within so many days of setting out", "决定来访后多少天内获接访", 0},
           {"routed", "Routed by the bureau within (L1)", "信访部门登记转办用时（L1）", clocks.route.count},
           {"accepted", "Accepted within (L4)", "责任单位受理告知用时（L4）", clocks.accept.count},
           {"replied", "Replied within (L10)", "责任单位答复用时（L10）", clocks.handle.count}}};
}
/// An estimate as a part of `whole`; nothing if that is nothing.
[[nodiscard]] inline interval divided(interval v, double whole) noexcept {
  if (whole <= 0) return {};
  v.estimate /= whole;
  v.lower /= whole;
  v.upper /= whole;
  return v;
}
/// The metrics of a policy by each dimension, and what its ratios are made of.
template <class = when_called>
inline void summarise_metrics(result_policy& out, const world& w, const outcome_row& row, const ratio_sums& sums, const t_scale& scale,
                              std::span<const own_metric> own) {
  const auto parts_at = [&](std::size_t at) { return ratio_parts{sums.numerator(at), sums.denominator(at)}; };
  const cell_layout& layout = w.layout();
  for (const metric_info& m : metric_table) {
    std::vector<std::vector<interval>> by_dimension;
    std::vector<std::vector<ratio_parts>> parts;
    for (std::size_t d = 0; d < dimension_count; ++d) {
      std::vector<interval> items;
      parts.emplace_back();
      for (std::size_t i = 0; i < layout.items(static_cast<dimension>(d)); ++i) {
        const std::size_t at = row.at(m.id, layout.at(static_cast<dimension>(d), i));
        // Counts that a dimension cannot split (a county's hours by subject) stay empty rather than 0.
        const bool split = d == 0 || m.kind != metric_kind::count || sums.numerator(at) != 0;
        items.push_back(split ? sums.estimate(at, quantity_of(m.id), scale) : interval{});
        parts.back().push_back(m.kind == metric_kind::ratio ? parts_at(at) : ratio_parts{});
      }
      by_dimension.push_back(std::move(items));
    }
    out.values.push_back(std::move(by_dimension));
    out.parts.push_back(std::move(parts));
  }
  for (std::size_t k = 0; k < own.size(); ++k) {  // of the county as a whole: no dimension splits them
    std::vector<std::vector<interval>> by_dimension;
    std::vector<std::vector<ratio_parts>> parts;
    for (std::size_t d = 0; d < dimension_count; ++d) {
      by_dimension.emplace_back(layout.items(static_cast<dimension>(d)));
      parts.emplace_back(layout.items(static_cast<dimension>(d)));
    }
    by_dimension[0][0] = sums.estimate(row.at_own(k), own[k].what, scale);
    parts[0][0] = parts_at(row.at_own(k));
    out.values.push_back(std::move(by_dimension));
    out.parts.push_back(std::move(parts));
  }
}
}  // namespace detail

/// Estimates of one policy from its sums; assumptions are the caller's.
/// \param confidence  of the intervals: one for all policies of a result
/// \param own         metrics of observers that the sums hold
/// \pre `sums` are those of a world of this shape; asserted
template <class = when_called>
[[nodiscard]] inline result_policy summarise(const world& w, const policy_sums& sums, double confidence,
                                             std::span<const own_metric> own = {}) {
  const t_scale scale(sums.replications, confidence);
  const outcome_row row(w, own.size());
  SIFANG_ASSERT(sums.sums.size() == row.size(), "sums of a world of this shape");
  result_policy out;
  const scenario& s = w.setting();
  out.id = s.name;
  out.title_en = s.title_en;
  out.title_zh = s.title_zh;
  out.about_en = s.about_en;
  out.about_zh = s.about_zh;
  out.seed = s.seed;
  out.replications = static_cast<std::int32_t>(sums.replications);
  out.fingerprint = hexadecimal(sums.print.value());
  const auto estimate = [&](std::size_t at, quantity what) { return sums.sums.estimate(at, what, scale); };

  detail::summarise_metrics(out, w, row, sums.sums, scale, own);
  for (std::size_t k = 0; k < series_count; ++k) {
    const series_info& info = series_table[k];
    if (static_cast<series_id>(k) == series_id::waiting_other && !detail::has_other_sessions(w)) continue;
    result_series series{std::string(info.id),   std::string(info.en),    std::string(info.zh),
                         std::string(info.unit), std::string(info.chart), {}};
    for (std::size_t week = 0; week < w.weeks(); ++week)
      series.weeks.push_back(estimate(row.at(static_cast<series_id>(k), week), quantity_of(static_cast<series_id>(k))));
    out.series.push_back(std::move(series));
  }
  const std::array<detail::curve_text, curve_count> curves = detail::curve_texts(s.clocks);
  for (std::size_t k = 0; k < curve_count; ++k) {
    result_curve curve{
        std::string(curves[k].id), std::string(curves[k].en), std::string(curves[k].zh), static_cast<double>(curves[k].limit), {}};
    for (std::size_t d = 0; d <= curve_days[k]; ++d)
      curve.by_day.push_back(estimate(row.at(static_cast<curve_id>(k), d), quantity_of(static_cast<curve_id>(k))));
    out.curves.push_back(std::move(curve));
  }
  constexpr double hours_a_day = 8;  // the regular day of an office [K]
  double regular_hours = 0;
  for (day d = w.start(); d <= w.end(); ++d) regular_hours += w.calendar().is_workday(d) ? hours_a_day : 0;
  for (std::size_t i = 0; i < row.officials().size(); ++i) {
    const official_id who(row.officials()[i]);
    const official& o = w.org()[who];
    const auto of = [&](official_figure f) { return estimate(row.at(f, i), quantity_of(f)); };
    out.officials.push_back({o.post, o.title, std::string(name_of(o.rank)), w.org().units()[o.unit].code, of(official_figure::hours),
                             of(official_figure::sessions), of(official_figure::heard), of(official_figure::owned_mean),
                             of(official_figure::owned_max), detail::divided(of(official_figure::hours), regular_hours),
                             english_title(w.org(), who)});
  }
  for (std::size_t v = 0; v < w.plan().kinds().size(); ++v) {
    const session_kind& kind = w.plan().kinds()[v];
    const auto of = [&](venue_figure f) { return estimate(row.at(f, v), quantity_of(f)); };
    out.venues.push_back({kind.id, std::string(text_of(kind).en), std::string(text_of(kind).zh), of(venue_figure::sessions),
                          of(venue_figure::idle_share), of(venue_figure::heard), of(venue_figure::wait_minutes),
                          of(venue_figure::queue_max), of(venue_figure::overtime_minutes), of(venue_figure::utilisation),
                          of(venue_figure::left)});
  }
  for (std::size_t k = 0; k < violation_count; ++k) {
    const violation_info& info = violation_table[k];
    out.violations.push_back({std::string(info.rule), std::string(info.en), std::string(info.zh),
                              estimate(row.at(static_cast<violation>(k)), quantity_of(static_cast<violation>(k)))});
  }
  return out;
}

/// The same with the confidence that the scenario asks for.
template <class = when_called>
[[nodiscard]] inline result_policy summarise(const world& w, const policy_sums& sums) {
  return summarise(w, sums, w.setting().confidence);
}

/// Estimates of one policy from outcomes that were kept.
template <class = when_called>
[[nodiscard]] inline result_policy summarise(const world& w, std::span<const replication_outcome> runs) {
  return summarise(w, sums_of(w, runs));
}

}  // namespace sifang

#endif
