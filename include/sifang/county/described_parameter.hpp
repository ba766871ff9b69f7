// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_DESCRIBED_PARAMETER_HPP
#define SIFANG_COUNTY_DESCRIBED_PARAMETER_HPP

#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/parameter_value.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/provenance.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Every parameter of a scenario with its value as text, and where that value comes from.

namespace sifang {

/// Source of a value that differs from its default and for which a scenario names none.
inline constexpr std::string_view planners_choice = "planner";

/// One parameter of a scenario with the value that it has there, and where that value comes from.
struct described_parameter {
  parameter about;                 ///< its key is whole: `category.land.share`; mark and source are those of the default
  std::string value;               ///< written as a scenario file writes it, text without quotes
  bool is_default = false;         ///< is the built-in default
  origin mark = origin::choice;    ///< of the value: that of the default if it is, else what the scenario says, else the planner's
  std::string source{};            ///< of the value, in the same way
  bool changed = false;            ///< differs from the base
  std::string words_en{},          ///< recurrence rules in words, in English; empty for what is no rule
      words_zh{};                  ///< the same in Chinese
  std::optional<double> number{};  ///< the value, where it is one number: no clock time, no seed
  bool is_whole = false;           ///< that number has no fraction
};

namespace detail {

/// The value of a parameter that is one number.
template <class T>
[[nodiscard]] std::optional<double> number_in(const parameter& p, const T& field) {
  if constexpr (std::floating_point<T> || std::same_as<T, int>) {
    return static_cast<double>(field);
  } else if constexpr (std::same_as<T, minutes>) {
    if (is_clock(p)) return {};
    return static_cast<double>(field.count);
  } else if constexpr (is_count<T>) {
    return static_cast<double>(field.count);
  } else {
    return {};
  }
}

/// Adds the parameters that `visit` visits; `defaults` visits the same of something that has the defaults.
template <class Visit, class Defaults>
void describe_into(std::vector<described_parameter>& out, const scenario& s, const std::string& prefix, Visit&& visit,
                   Defaults&& defaults) {
  std::map<std::string, std::string, std::less<>> plain;
  defaults([&](const parameter& p, const auto& field) { plain.emplace(p.key, value_text(p, field)); });
  visit([&](const parameter& p, const auto& field) {
    described_parameter d{p, value_text(p, field)};
    d.about.key = prefix + p.key;
    const auto usual = plain.find(p.key);
    d.is_default = usual != plain.end() && d.value == usual->second;
    const auto own = s.provenance.find(d.about.key);
    if (d.is_default) {
      d.mark = p.mark;
      d.source = p.source;
    } else if (own != s.provenance.end() && own->second.value == d.value) {
      d.mark = own->second.mark;
      d.source = own->second.source;
    } else {
      d.source = planners_choice;
    }
    using kind = std::remove_cvref_t<decltype(field)>;
    d.number = number_in(p, field);
    d.is_whole = d.number && !std::floating_point<kind>;
    if constexpr (std::same_as<kind, std::vector<recurrence>>) {
      for (const recurrence& rule : field) {
        d.words_en.append(d.words_en.empty() ? "" : "; ").append(in_words(rule, language::en));
        d.words_zh.append(d.words_zh.empty() ? "" : "；").append(in_words(rule, language::zh));
      }
    }
    out.push_back(std::move(d));
  });
}

template <class = when_called>
[[nodiscard]] inline std::vector<described_parameter> values_of(const scenario& s) {
  std::vector<described_parameter> out;
  scenario plain;
  for (const session_kind& one : s.reception.sessions) {  // a kind of one's own begins with what a new kind has
    if (plain.reception.find(one.id)) continue;
    session_kind fresh;
    fresh.id = one.id;
    plain.reception.sessions.push_back(std::move(fresh));
  }
  const category_setting category;
  const sensitive_period period;
  describe_into(
      out, s, "", [&](auto&& v) { visit_parameters(s, v); }, [&](auto&& v) { visit_parameters(plain, v); });
  for (const category_setting& c : s.categories) {
    describe_into(
        out, s, "category." + c.id + '.', [&](auto&& v) { visit_category(c, v); }, [&](auto&& v) { visit_category(category, v); });
  }
  for (const sensitive_period& c : s.sensitive_periods) {
    describe_into(
        out, s, "sensitive_period." + c.name + '.', [&](auto&& v) { visit_sensitive_period(c, v); },
        [&](auto&& v) { visit_sensitive_period(period, v); });
  }
  return out;
}

}  // namespace detail

/// Every parameter of a scenario, in the order of the file format, categories and sensitive periods last.
/// \param base  what `changed` is measured against; the built-in defaults unless given
template <class = when_called>
[[nodiscard]] inline std::vector<described_parameter> describe(const scenario& s, const scenario& base = scenario()) {
  std::vector<described_parameter> out = detail::values_of(s);
  std::vector<std::pair<std::string, std::string>> known;
  for (described_parameter& d : detail::values_of(base)) known.emplace_back(std::move(d.about.key), std::move(d.value));
  std::sort(known.begin(), known.end());
  for (described_parameter& d : out) d.changed = !std::binary_search(known.begin(), known.end(), std::pair(d.about.key, d.value));
  return out;
}

}  // namespace sifang

#endif
