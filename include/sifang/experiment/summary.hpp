// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_SUMMARY_HPP
#define SIFANG_EXPERIMENT_SUMMARY_HPP

#include "sifang/experiment/result.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/sim/fingerprint.hpp"
#include "sifang/sim/outcome.hpp"
#include "sifang/sim/world.hpp"
#include "sifang/stats/estimate.hpp"

#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sifang {

/// What readers see of a kind of session.
struct venue_text {
  std::string_view en,  ///< English
      zh;               ///< Chinese, in the terms of the article
};
/// In the order of `venue`.
inline constexpr std::array<venue_text, venue_count> venue_texts{{
    {"Team member at the linked village", "班子成员在挂钩村(社区)"},
    {"Team member at the section in their charge", "班子成员在分管部门"},
    {"Head of the township or street", "乡镇(街道)主要领导"},
    {"Head of the county department", "县直单位主要领导"},
    {"Window of the petition bureau", "县信访局窗口"},
    {"County leader at the linked township", "县领导在挂钩乡镇"},
    {"County leader at the petition bureau", "县领导在信访局"},
    {"Principal leaders at the Party school", "主要领导在县委党校"},
    {"Principal leaders at a hot spot", "主要领导不定期下访"},
}};

/// The metrics as the report needs them, in the order of `metric_table`.
[[nodiscard]] inline std::vector<result_metric> result_metrics() {
  std::vector<result_metric> out;
  for (const metric_info& m : metric_table) {
    out.push_back({std::string(m.name), std::string(m.en), std::string(m.zh), std::string(m.unit), std::string(m.better), std::string(m.group), m.headline});
  }
  return out;
}

/// The ways to split a metric in this county.
[[nodiscard]] inline std::vector<result_dimension> result_dimensions(const world& w) {
  std::vector<result_dimension> out;
  out.push_back({"all", "County", "全县", {{"all", "All", "全部"}}});
  out.push_back({"level", "Level", "层级", {{"county", "County", "县级"}, {"township", "Township", "乡镇级"}, {"village", "Village", "村级"}}});
  result_dimension townships{"township", "Township", "乡镇(街道)", {}};
  for (const township_site& t : w.townships()) {
    const unit& u = w.org().units()[t.where];
    townships.items.push_back({u.code, u.name, u.name});
  }
  out.push_back(std::move(townships));
  result_dimension categories{"category", "Subject", "问题类别", {}};
  for (const category_setting& c : w.setting().categories) categories.items.push_back({c.id, c.en, c.zh});
  out.push_back(std::move(categories));
  out.push_back({"door", "Door last passed", "最近经过的门", {{"remote", "Written, online, phone", "信、网、电"}, {"open_reception", "Open-door reception", "开门接访"},
      {"appointment", "Appointment visit", "进门约访"}, {"door_to_door", "Household campaign", "登门走访"}, {"return_visit", "Return visit", "上门回访"}}});
  result_dimension channels{"channel", "Channel", "渠道", {}};
  for (std::size_t c = 0; c < channel_count; ++c) {
    const auto text = texts_of<channel>[c];
    channels.items.push_back({std::string(name_of(static_cast<channel>(c))), std::string(text.en), std::string(text.zh)});
  }
  out.push_back(std::move(channels));
  result_dimension venues{"venue", "Place of reception", "接访地点", {}};
  for (std::size_t v = 0; v < venue_count; ++v) {
    venues.items.push_back({std::string(name_of(static_cast<venue>(v))), std::string(venue_texts[v].en), std::string(venue_texts[v].zh)});
  }
  out.push_back(std::move(venues));
  return out;
}

/// The units of the county, in the order of their ids; positions are the indices of `unit_id`.
[[nodiscard]] inline std::vector<result_unit> result_units(const world& w) {
  std::vector<result_unit> out;
  const county_tree& units = w.org().units();
  for (std::size_t i = 0; i < units.size(); ++i) {
    const unit_id id(i);
    const unit& u = units[id];
    const auto parent = units.parent(id);
    out.push_back({u.code, u.name, std::string(name_of(u.kind)), parent ? static_cast<std::int32_t>(parent->index()) : -1, u.population, u.distance_km, u.x, u.y});
  }
  return out;
}

/// One column of numbers over replications, drawn from outcomes by a function.
template <class Of>
[[nodiscard]] std::vector<double> column(std::span<const replication_outcome> runs, Of&& of) {
  std::vector<double> out;
  out.reserve(runs.size());
  for (const replication_outcome& r : runs) out.push_back(of(r));
  return out;
}

/// Estimates of one policy from its replications; texts and assumptions are the caller's.
[[nodiscard]] inline result_policy summarise(const world& w, std::span<const replication_outcome> runs) {
  const t_scale scale(runs.size(), w.setting().confidence);
  result_policy out;
  const scenario& s = w.setting();
  out.id = s.name;
  out.title_en = s.title_en;
  out.title_zh = s.title_zh;
  out.about_en = s.about_en;
  out.about_zh = s.about_zh;
  out.seed = s.seed;
  out.replications = static_cast<std::int32_t>(runs.size());
  fingerprint print;
  for (const replication_outcome& r : runs) print.add(r.fingerprint);
  out.fingerprint = hexadecimal(print.value());

  const auto mean_of = [&](auto&& of) { return mean_interval(column(runs, of), scale); };
  const auto ratio_of = [&](auto&& y, auto&& n) { return ratio_interval(column(runs, y), column(runs, n), scale); };

  const cell_layout& layout = w.layout();
  for (const metric_info& m : metric_table) {
    std::vector<std::vector<interval>> by_dimension;
    for (std::size_t d = 0; d < dimension_count; ++d) {
      std::vector<interval> items;
      for (std::size_t i = 0; i < layout.items(static_cast<dimension>(d)); ++i) {
        const std::uint32_t cell = layout.at(static_cast<dimension>(d), i);
        items.push_back(ratio_of([&](const auto& r) { return r.sums.numerator(m.id, cell); },
                                 [&](const auto& r) { return r.sums.denominator(m.id, cell); }));
        // Counts that a dimension cannot split (a county's hours by subject) stay empty rather than 0.
        if (d != 0 && m.kind == metric_kind::count && items.back().has_value && items.back().estimate == 0 && items.back().half_width() == 0) {
          items.back() = {};
        }
      }
      by_dimension.push_back(std::move(items));
    }
    out.values.push_back(std::move(by_dimension));
  }
  for (std::size_t k = 0; k < series_count; ++k) {
    const series_info& info = series_table[k];
    result_series series{std::string(info.id), std::string(info.en), std::string(info.zh), std::string(info.unit), std::string(info.chart), {}};
    const bool ratio = info.chart == "wait";
    for (std::size_t week = 0; week < w.weeks(); ++week) {
      series.weeks.push_back(ratio ? ratio_of([&](const auto& r) { return r.series_sum[k][week]; }, [&](const auto& r) { return r.series_weight[k][week]; })
                                   : mean_of([&](const auto& r) { return r.series_sum[k][week]; }));
    }
    out.series.push_back(std::move(series));
  }
  struct curve_text { std::string_view id, en, zh; std::int32_t limit; };
  const std::array<curve_text, curve_count> curves{{{"heard", "Heard within so many days of setting out", "决定来访后多少天内获接访", 0},
      {"routed", "Routed by the bureau within (L1)", "信访部门登记转办用时(L1)", s.clocks.route.count},
      {"accepted", "Accepted within (L4)", "责任单位受理告知用时(L4)", s.clocks.accept.count},
      {"replied", "Replied within (L10)", "责任单位答复用时(L10)", s.clocks.handle.count}}};
  for (std::size_t k = 0; k < curve_count; ++k) {
    result_curve curve{std::string(curves[k].id), std::string(curves[k].en), std::string(curves[k].zh), static_cast<double>(curves[k].limit), {}};
    std::vector<double> done(runs.size(), 0);
    for (std::size_t d = 0; d <= curve_days[k]; ++d) {
      for (std::size_t i = 0; i < runs.size(); ++i) done[i] += runs[i].curves[k].counts()[d];
      curve.by_day.push_back(ratio_interval(done, column(runs, [&](const auto& r) { return r.curve_total[k]; }), scale));
    }
    out.curves.push_back(std::move(curve));
  }
  const double days = (w.last() - w.start()).count + 1;
  for (std::size_t i = 0; i < w.org().officials().size(); ++i) {
    const official& o = w.org()[official_id(i)];
    if (o.rank == role::bureau_staff) continue;
    const auto of = [&](auto member) { return mean_of([&](const auto& r) { return static_cast<double>(r.officials[i].*member); }); };
    result_official row{o.post, o.title, std::string(name_of(o.rank)), w.org().units()[o.unit].code, {}, {}, {}, {}, {}};
    row.hours = mean_of([&](const auto& r) { return r.officials[i].minutes / 60; });
    row.sessions = of(&official_outcome::sessions);
    row.heard = of(&official_outcome::heard);
    row.owned_mean = mean_of([&](const auto& r) { return r.officials[i].owned_days / days; });
    row.owned_max = of(&official_outcome::owned_max);
    out.officials.push_back(std::move(row));
  }
  for (std::size_t v = 0; v < venue_count; ++v) {
    const auto of = [&](auto member) { return mean_of([&](const auto& r) { return static_cast<double>(r.venues[v].*member); }); };
    const double planned = w.venue_sessions()[v];
    const double seats = w.venue_seat_minutes()[v];
    result_venue row{std::string(name_of(static_cast<venue>(v))), std::string(venue_texts[v].en), std::string(venue_texts[v].zh), {}, {}, {}, {}, {}, {}, {}, {}};
    const bool irregular = static_cast<venue>(v) == venue::irregular;
    row.sessions = irregular ? of(&venue_outcome::used_sessions) : mean_of([&](const auto&) { return planned; });
    if (!irregular && planned > 0) row.idle_share = mean_of([&](const auto& r) { return 1 - r.venues[v].used_sessions / planned; });
    row.heard = of(&venue_outcome::heard);
    row.wait_minutes = ratio_of([&](const auto& r) { return r.venues[v].wait_minutes; }, [&](const auto& r) { return r.venues[v].heard; });
    row.queue_max = of(&venue_outcome::longest_queue);
    row.overtime_minutes = of(&venue_outcome::overtime_minutes);
    if (seats > 0) row.utilisation = mean_of([&](const auto& r) { return r.venues[v].busy_minutes / (seats + r.venues[v].overtime_minutes); });
    row.left = of(&venue_outcome::left);
    out.venues.push_back(std::move(row));
  }
  for (std::size_t k = 0; k < violation_count; ++k) {
    const violation_info& info = violation_table[k];
    out.violations.push_back({std::string(info.rule), std::string(info.en), std::string(info.zh), mean_of([&](const auto& r) { return r.violations[k]; })});
  }
  return out;
}

}  // namespace sifang

#endif
