// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RESULTS_SHAPE_HPP
#define SIFANG_IO_RESULTS_SHAPE_HPP

#include "sifang/experiment/result.hpp"

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

/// \file
/// The members of a results file, once: writing and reading walk the same lists, so neither can forget one.

namespace sifang {

inline constexpr std::string_view results_format = "sifang-results";  ///< what the member `format` of a results file says
inline constexpr int results_version = 2;                             ///< of the shape; goes up when older readers would misread a file

namespace detail {

/// Whether a member need not be there: a file without it is whole.
template <class T>
inline constexpr bool may_be_absent = false;
template <class T>
inline constexpr bool may_be_absent<std::optional<T>> = true;

/// Parts that older files and some of today lack; they are not written where they are empty.
template <class T>
concept left_out_if_empty = std::same_as<T, result_calendar> || std::same_as<T, std::vector<result_link>> ||
    std::same_as<T, std::vector<result_rule>> || std::same_as<T, std::vector<result_story>>;
[[nodiscard]] inline bool is_empty_part(const result_calendar& x) noexcept { return x.kinds.empty(); }
template <class T>
[[nodiscard]] bool is_empty_part(const std::vector<T>& x) noexcept {
  return x.empty();
}

/// `T` itself or const `T`: the lists below serve the writer and the reader.
template <class A, class T>
concept either = std::same_as<std::remove_const_t<A>, T>;

// clang-format off: a table
template <either<label> T, class V>
void members(T& x, V&& v) {
  v("id", x.id);
  v("en", x.en);
  v("zh", x.zh);
}

template <either<result_unit> T, class V>
void members(T& x, V&& v) {
  v("code", x.code);
  v("name", x.name);
  v("kind", x.kind);
  v("parent", x.parent);
  v("population", x.population);
  v("distance_km", x.distance_km);
  v("x", x.x);
  v("y", x.y);
  v("name_en", x.name_en);
}

template <either<result_metric> T, class V>
void members(T& x, V&& v) {
  v("id", x.id);
  v("en", x.en);
  v("zh", x.zh);
  v("unit", x.unit);
  v("better", x.better);
  v("group", x.group);
  v("headline", x.headline);
}

template <either<result_dimension> T, class V>
void members(T& x, V&& v) {
  v("id", x.id);
  v("en", x.en);
  v("zh", x.zh);
  v("items", x.items);
}

template <either<result_series> T, class V>
void members(T& x, V&& v) {
  v("id", x.id);
  v("en", x.en);
  v("zh", x.zh);
  v("unit", x.unit);
  v("chart", x.chart);
  v("weeks", x.weeks);
}

template <either<result_curve> T, class V>
void members(T& x, V&& v) {
  v("id", x.id);
  v("en", x.en);
  v("zh", x.zh);
  v("limit_days", x.limit_days);
  v("by_day", x.by_day);
}

template <either<result_official> T, class V>
void members(T& x, V&& v) {
  v("post", x.post);
  v("title", x.title);
  v("rank", x.rank);
  v("unit", x.unit);
  v("hours", x.hours);
  v("sessions", x.sessions);
  v("heard", x.heard);
  v("owned_mean", x.owned_mean);
  v("owned_max", x.owned_max);
  v("utilisation", x.utilisation);
  v("title_en", x.title_en);
}

template <either<result_venue> T, class V>
void members(T& x, V&& v) {
  v("id", x.id);
  v("en", x.en);
  v("zh", x.zh);
  v("sessions", x.sessions);
  v("idle_share", x.idle_share);
  v("heard", x.heard);
  v("wait_minutes", x.wait_minutes);
  v("queue_max", x.queue_max);
  v("overtime_minutes", x.overtime_minutes);
  v("utilisation", x.utilisation);
  v("left", x.left);
}

template <either<result_session_days> T, class V>
void members(T& x, V&& v) {
  v("venue", x.venue);
  v("dates", x.dates);
  v("planned", x.planned);
  v("visited", x.visited);
  v("heard", x.heard);
  v("unheard", x.unheard);
  v("wait_minutes", x.wait_minutes);
  v("queue", x.queue);
  v("empty_seats", x.empty_seats);
}

template <either<result_day_note> T, class V>
void members(T& x, V&& v) {
  v("date", x.date);
  v("what", x.what);
  v("venue", x.venue);
  v("other", x.other);
  v("people", x.people);
}

template <either<result_calendar> T, class V>
void members(T& x, V&& v) {
  v("rest_days", x.rest_days);
  v("kinds", x.kinds);
  v("notes", x.notes);
}

template <either<result_link> T, class V>
void members(T& x, V&& v) {
  v("post", x.post);
  v("unit", x.unit);
  v("relation", x.relation);
  v("own", x.own);
}

template <either<result_rule> T, class V>
void members(T& x, V&& v) {
  v("id", x.id);
  v("en", x.en);
  v("zh", x.zh);
}

template <either<result_story_event> T, class V>
void members(T& x, V&& v) {
  v("when", x.when);
  v("en", x.en);
  v("zh", x.zh);
}

template <either<result_story_wait> T, class V>
void members(T& x, V&& v) {
  v("en", x.en);
  v("zh", x.zh);
  v("base", x.base);
  v("other", x.other);
}

template <either<result_story> T, class V>
void members(T& x, V&& v) {
  v("base", x.base);
  v("other", x.other);
  v("replication", x.replication);
  v("name", x.name);
  v("why_en", x.why_en);
  v("why_zh", x.why_zh);
  v("about_en", x.about_en);
  v("about_zh", x.about_zh);
  v("same", x.same);
  v("of_base", x.of_base);
  v("of_other", x.of_other);
  v("waits", x.waits);
}

template <either<result_violation> T, class V>
void members(T& x, V&& v) {
  v("rule", x.rule);
  v("en", x.en);
  v("zh", x.zh);
  v("count", x.count);
}

template <either<result_words> T, class V>
void members(T& x, V&& v) {
  v("en", x.en);
  v("zh", x.zh);
}

template <either<result_change> T, class V>
void members(T& x, V&& v) {
  v("subject_en", x.subject_en);
  v("subject_zh", x.subject_zh);
  v("en", x.en);
  v("zh", x.zh);
  v("keys", x.keys);
}

template <either<result_assumption> T, class V>
void members(T& x, V&& v) {
  v("key", x.key);
  v("value", x.value);
  v("unit", x.unit);
  v("mark", x.mark);
  v("source", x.source);
  v("en", x.en);
  v("zh", x.zh);
  v("changed", x.changed);
  v("words", x.words);
  v("source_zh", x.source_zh);
}

template <either<result_policy> T, class V>
void members(T& x, V&& v) {
  v("id", x.id);
  v("title_en", x.title_en);
  v("title_zh", x.title_zh);
  v("about_en", x.about_en);
  v("about_zh", x.about_zh);
  v("seed", x.seed);
  v("replications", x.replications);
  v("fingerprint", x.fingerprint);
  v("values", x.values);
  v("parts", x.parts);
  v("series", x.series);
  v("curves", x.curves);
  v("officials", x.officials);
  v("venues", x.venues);
  v("violations", x.violations);
  v("assumptions", x.assumptions);
  v("calendar", x.calendar);
  v("links", x.links);
  v("changes", x.changes);
}

template <either<result_comparison> T, class V>
void members(T& x, V&& v) {
  v("base", x.base);
  v("other", x.other);
  v("values", x.values);
  v("joint_confidence", x.joint_confidence);
  v("matters", x.matters);
  v("one_year_level", x.one_year_level);
  v("one_year", x.one_year);
}

template <either<result_precision> T, class V>
void members(T& x, V&& v) {
  v("metric", x.metric);
  v("wanted", x.wanted);
  v("reached", x.reached);
  v("is_reached", x.is_reached);
}

template <either<result_chances> T, class V>
void members(T& x, V&& v) {
  v("metric", x.metric);
  v("best", x.best);
}

template <either<result_warning> T, class V>
void members(T& x, V&& v) {
  v("en", x.en);
  v("zh", x.zh);
}

template <either<result_cost_text> T, class V>
void members(T& x, V&& v) {
  v("id", x.id);
  v("en", x.en);
  v("zh", x.zh);
  v("unit_en", x.unit_en);
  v("unit_zh", x.unit_zh);
}

template <either<result_gain> T, class V>
void members(T& x, V&& v) {
  v("amount", x.amount);
  v("gain", x.gain);
  v("verdict", x.verdict);
  v("price", x.price);
  v("leader_hours", x.leader_hours);
  v("place", x.place);
  v("sure", x.sure);
  v("by", x.by);
}

template <either<result_policy_cost> T, class V>
void members(T& x, V&& v) {
  v("total", x.total);
  v("difference", x.difference);
  v("leader_hours", x.leader_hours);
  v("leader_hours_difference", x.leader_hours_difference);
  v("parts", x.parts);
  v("part_differences", x.part_differences);
  v("services", x.services);
}

template <either<result_costs> T, class V>
void members(T& x, V&& v) {
  v("parts", x.parts);
  v("services", x.services);
  v("policies", x.policies);
}

template <either<result_unknown> T, class V>
void members(T& x, V&& v) {
  v("key", x.key);
  v("value", x.value);
  v("low", x.low);
  v("high", x.high);
}

template <either<result_unknowns_weight> T, class V>
void members(T& x, V&& v) {
  v("key", x.key);
  v("correlation", x.correlation);
  v("part", x.part);
}

template <either<result_unknowns_figure> T, class V>
void members(T& x, V&& v) {
  v("metric", x.metric);
  v("other", x.other);
  v("draws", x.draws);
  v("range", x.range);
  v("common_error", x.common_error);
  v("input_variance", x.input_variance);
  v("chance_variance", x.chance_variance);
  v("unknown_part", x.unknown_part);
  v("chance_hides", x.chance_hides);
  v("verdict", x.verdict);
  v("holds", x.holds);
  v("lower", x.lower);
  v("same", x.same);
  v("higher", x.higher);
  v("depends", x.depends);
}

template <either<result_unknowns> T, class V>
void members(T& x, V&& v) {
  v("source", x.source);
  v("others_drawn", x.others_drawn);
  v("draws", x.draws);
  v("refused", x.refused);
  v("replications", x.replications);
  v("parameters", x.parameters);
  v("figures", x.figures);
}

template <either<result> T, class V>
void members(T& x, V&& v) {
  v("kind", x.kind);
  v("program_version", x.version);
  v("county", x.county);
  v("start", x.start);
  v("end", x.end);
  v("confidence", x.confidence);
  v("unfinished_replications", x.unfinished_replications);
  v("week_starts", x.week_starts);
  v("units", x.units);
  v("metrics", x.metrics);
  v("dimensions", x.dimensions);
  v("policies", x.policies);
  v("comparisons", x.comparisons);
  v("warnings", x.warnings);
  v("precision", x.precision);
  v("costs", x.costs);
  v("unknowns", x.unknowns);
  v("chances", x.chances);
  v("rules", x.rules);
  v("stories", x.stories);
  v("command", x.command);
}
// clang-format on

}  // namespace detail
}  // namespace sifang

#endif
