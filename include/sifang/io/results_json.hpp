// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RESULTS_JSON_HPP
#define SIFANG_IO_RESULTS_JSON_HPP

#include "sifang/experiment/result.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/results_shape.hpp"

#include <cmath>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace sifang {

namespace detail {

inline void write_value(json_writer& json, const std::string& v) { json.value(std::string_view(v)); }
template <class Number>
requires std::integral<Number> || std::floating_point<Number>
void write_value(json_writer& json, Number v) { json.value(v); }

/// Writes the three numbers of an interval into an array that is left open, or `null` and nothing open. Where there
/// is no interval `null` stands in place of the bounds.
/// \returns whether the array is open
inline bool open_interval(json_writer& json, const interval& v) {
  if (!v.has_value() || !std::isfinite(v.estimate) || !std::isfinite(v.lower) || !std::isfinite(v.upper)) {
    json.null();
    return false;
  }
  json.begin_array().value(v.estimate);
  if (v.kind == interval_kind::too_little_data)
    json.null().null();
  else
    json.value(v.lower).value(v.upper);
  return true;
}

/// What an interval is that is not two-sided: a word of `interval_kind_texts`.
inline void write_kind(json_writer& json, const interval& v) {
  if (v.kind != interval_kind::two_sided) json.value(text_of(v.kind).id);
}

/// `[estimate, lower, upper]`, or `null` where nothing can be said. A word behind the bounds says what they are if they
/// are not an interval of two sides: "too_few_years" (the bounds are `null`), "constant", "at_least", "at_most".
inline void write_value(json_writer& json, const interval& v) {
  if (!open_interval(json, v)) return;
  write_kind(json, v);
  json.end_array();
}

/// `[difference, lower, upper, variance ratio, verdict]`, with the same word behind it.
inline void write_value(json_writer& json, const result_difference& v) {
  if (!open_interval(json, v.difference)) return;
  json.value(v.variance_ratio).value(std::string_view(v.verdict));
  write_kind(json, v.difference);
  json.end_array();
}

/// `[numerator, denominator]`, or `null` where there are none.
inline void write_value(json_writer& json, const ratio_parts& v) {
  if (!v.known()) return static_cast<void>(json.null());
  json.begin_array().value(v.numerator).value(v.denominator).end_array();
}

template <class T>
requires std::is_class_v<T>
void write_value(json_writer& json, const T& v);

template <class T>
void write_value(json_writer& json, const std::vector<T>& list) {
  json.begin_array();
  for (const T& v : list) write_value(json, v);
  json.end_array();
}

template <class T>
void write_members(json_writer& json, const T& v) {
  members(v, [&](std::string_view name, const auto& member) {
    using kind = std::remove_cvref_t<decltype(member)>;
    if constexpr (std::same_as<kind, result_costs>) {
      if (member.policies.empty()) return;  // an optional part
    }
    if constexpr (left_out_if_empty<kind>) {
      if (is_empty_part(member)) return;
    }
    if constexpr (may_be_absent<kind>) {
      if (member) write_value(json.key(name), *member);
    } else {
      write_value(json.key(name), member);
    }
  });
}

template <class T>
requires std::is_class_v<T>
void write_value(json_writer& json, const T& v) {
  json.begin_object();
  write_members(json, v);
  json.end_object();
}

}  // namespace detail

/// The text of a results file. The same result gives the same bytes. \complexity linear in its size
[[nodiscard]] inline std::string results_json(const result& r) {
  json_writer json(3);
  json.begin_object().member("format", results_format).member("version", results_version);
  detail::write_members(json, r);
  json.end_object();
  return std::move(json).finish();
}

/// Takes over what files in JSON have and databases lack: what is not known, reception days, stories, values in words, the command.
/// Policies and parameters are matched by their places. \complexity linear in the parameters
inline void take_parts_of_files(result& into, const result& from) {
  if (into.costs.policies.empty()) into.costs = from.costs;  // databases of before do not have them
  if (into.chances.empty()) into.chances = from.chances;
  into.unknowns = from.unknowns;
  into.command = from.command;
  into.rules = from.rules;
  into.stories = from.stories;
  for (std::size_t k = 0; k < into.policies.size() && k < from.policies.size(); ++k) {
    result_policy& to = into.policies[k];
    const result_policy& of = from.policies[k];
    to.changes = of.changes;
    to.calendar = of.calendar;
    to.links = of.links;
    for (std::size_t a = 0; a < to.assumptions.size() && a < of.assumptions.size(); ++a) to.assumptions[a].words = of.assumptions[a].words;
  }
}

}  // namespace sifang

#endif
