// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_VALUE_WORDS_HPP
#define SIFANG_COUNTY_VALUE_WORDS_HPP

#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/choice_words.hpp"
#include "sifang/county/parameter_faults.hpp"
#include "sifang/county/parameter_value.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/org/english_name.hpp"

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The value of every parameter as a sentence says it: `every Wednesday` and not a rule, `240 minutes`, the name of a unit and not its
/// code.

namespace sifang {

/// A text in both languages.
struct text_pair {
  std::string en,  ///< English
      zh;          ///< simplified Chinese
  /// The one for this reader.
  [[nodiscard]] const std::string& in(language lang) const noexcept { return lang == language::zh ? zh : en; }
  friend bool operator==(const text_pair&, const text_pair&) = default;
};

/// What codes of units and posts are called: names by the kind of text (`parameter::unit`) and the code.
class value_names {
 public:
  value_names() = default;  ///< Knows nothing: codes are shown.
  /// Units and posts of a county.
  explicit value_names(const world& w) {
    for (const unit_id u : w.org().units().all()) {
      const unit& one = w.org().units()[u];
      add("unit", one.code, {english_name(one), one.name});
    }
    for (std::size_t i = 0; i < w.org().officials().size(); ++i) {
      const official_id who(i);
      const official& o = w.org()[who];
      if (!o.title.empty()) add("post", o.post, {english_title(w.org(), who), o.title});
    }
  }
  /// Adds a name; one that is there stays.
  void add(std::string_view kind, std::string_view code, text_pair name) { names_.emplace(key(kind, code), std::move(name)); }
  /// What a code is called; the code where nobody knows.
  [[nodiscard]] text_pair of(std::string_view kind, const std::string& code) const {
    const auto found = names_.find(key(kind, code));
    return found == names_.end() || found->second.en.empty() ? text_pair{code, code} : found->second;
  }

 private:
  static std::string key(std::string_view kind, std::string_view code) { return std::string(kind) + ':' + std::string(code); }
  std::map<std::string, text_pair, std::less<>> names_;
};

/// One parameter and its value as people read both.
struct told_value {
  std::string key,   ///< whole key
      unit;          ///< as `parameter::unit`
  text_pair means,   ///< what the parameter means
      words;         ///< its value
  std::string text;  ///< its value as a scenario file writes it
};

namespace detail {

/// Units of numbers that are said after them; others go without saying.
struct unit_word {
  std::string_view unit, en, one, zh;
};
inline constexpr unit_word unit_words[] = {
    {"days", " days", " day", "天"},
    {"working days", " working days", " working day", "个工作日"},
    {"minutes", " minutes", " minute", "分钟"},
    {"hours", " hours", " hour", "小时"},
    {"years", " years", " year", "年"},
    {"persons", " persons", " person", "人"},
    {"cases", " cases", " case", "件"},
    {"repeats", " repeats", " repeat", "次"},
    {"stages", " stages", " stage", "个环节"},
    {"yuan", " yuan", " yuan", "元"},
    {"yuan/hour", " yuan an hour", " yuan an hour", "元/小时"},
    {"yuan/km", " yuan a kilometre", " yuan a kilometre", "元/公里"},
    {"yuan/day", " yuan a day", " yuan a day", "元/天"},
    {"minutes/day", " minutes a day", " minute a day", "分钟/天"},
    {"visits/week", " visits a week", " visit a week", "次/周"},
    {"visits/month", " visits a month", " visit a month", "次/月"},
    {"matters/year", " matters a year", " matter a year", "件/年"},
    {"km/h", " km/h", " km/h", "公里/小时"},
    {"items/household", " items a household", " item a household", "件/户"},
    {"households/day", " households a day", " household a day", "户/天"},
    {"days/month", " days a month", " day a month", "天/月"},
    {"cases/day", " cases a day", " case a day", "件/天"},
    {"1/year", " a year", " a year", "/年"},
    {"1/day", " a day", " a day", "/天"},
    {"factor", "", "", "倍"},
};

template <class = when_called>
[[nodiscard]] text_pair number_words(double x, std::string_view unit) {
  if (unit == "share") {
    char text[32];
    std::snprintf(text, sizeof text, "%.10g%%", 100 * x);
    return {text, text};
  }
  const std::string plain = number_text(x);
  for (const unit_word& u : unit_words) {
    if (u.unit == unit) return {plain + std::string(x == 1 ? u.one : u.en), plain + std::string(u.zh)};
  }
  return {plain, plain};
}

/// Items one after the other; a word if there are none.
template <class Range, class Words>
[[nodiscard]] text_pair listed_words(const Range& items, Words&& words) {
  text_pair out;
  for (const auto& item : items) {
    const text_pair one = words(item);
    out.en.append(out.en.empty() ? "" : ", ").append(one.en);
    out.zh.append(out.zh.empty() ? "" : "、").append(one.zh);
  }
  return out.en.empty() ? text_pair{"none", "无"} : out;
}

template <class Enum>
[[nodiscard]] text_pair one_choice(Enum value) {
  const bilingual words = choice_words(value);
  return {std::string(words.en), std::string(words.zh)};
}

/// What the texts of a parameter name.
[[nodiscard]] inline std::string_view named_kind(std::string_view unit) noexcept {
  if (unit == "codes" || unit == "unit") return "unit";
  if (unit == "posts") return "post";
  return unit == "session" ? unit : std::string_view();
}

template <class = when_called>
[[nodiscard]] text_pair text_words(const parameter& p, const std::string& text, const value_names& names) {
  if (text.empty()) return {"none", "无"};
  if (p.unit == "file") {  // where it lies is of no interest to whoever reads
    const std::string name = text.substr(text.find_last_of("/\\") + 1);
    return {name, name};
  }
  const std::string_view kind = named_kind(p.unit);
  return kind.empty() ? text_pair{text, text} : names.of(kind, text);
}

/// The value as people read it.
template <class T>
[[nodiscard]] text_pair value_words(const parameter& p, const T& value, const value_names& names) {
  if constexpr (std::same_as<T, std::string>) {
    return text_words(p, value, names);
  } else if constexpr (std::same_as<T, bool>) {
    return value ? text_pair{"yes", "是"} : text_pair{"no", "否"};
  } else if constexpr (named_enum<T>) {
    return one_choice(value);
  } else if constexpr (std::integral<T>) {
    return p.unit == "number" ? text_pair{std::to_string(value), std::to_string(value)} : number_words(static_cast<double>(value), p.unit);
  } else if constexpr (std::floating_point<T>) {
    return number_words(value, p.unit);
  } else if constexpr (std::same_as<T, minutes>) {
    return is_clock(p) ? text_pair{clock_text(value), clock_text(value)} : number_words(static_cast<double>(value.count), p.unit);
  } else if constexpr (is_count<T>) {
    return number_words(static_cast<double>(value.count), p.unit);
  } else if constexpr (std::same_as<T, std::vector<std::string>>) {
    return listed_words(value, [&](const std::string& one) { return text_words(p, one, names); });
  } else if constexpr (is_word_list<T>) {
    return listed_words(value, [](auto word) { return one_choice(word); });
  } else if constexpr (std::same_as<T, std::vector<recurrence>>) {
    text_pair out;
    for (const recurrence& rule : value) {
      out.en.append(out.en.empty() ? "" : " and ").append(in_words(rule, language::en));
      out.zh.append(out.zh.empty() ? "" : "和").append(in_words(rule, language::zh));
    }
    return out.en.empty() ? text_pair{"never", "不举行"} : out;
  } else if constexpr (std::same_as<T, std::vector<day>>) {
    return listed_words(value, [](day d) { return text_pair{to_string(d), to_string(d)}; });
  } else if constexpr (std::same_as<T, day>) {
    return {to_string(value), to_string(value)};
  } else {
    static_assert(numbers_in<T> > 0, "a parameter of a new type needs words here");
    return listed_words(value, [](double x) { return text_pair{number_text(x), number_text(x)}; });
  }
}

template <class Visit>
void tell_into(std::vector<told_value>& out, const std::string& prefix, const value_names& names, Visit&& visit) {
  visit([&](const parameter& p, const auto& field) {
    out.push_back({prefix + p.key, std::string(p.unit), {p.en, p.zh}, value_words(p, field, names), value_text(p, field)});
  });
}

}  // namespace detail

/// Every parameter of a scenario in words, in the order of `describe`.
/// \param names  of units and posts, from the county; kinds of session are named by the scenario
template <class = when_called>
[[nodiscard]] inline std::vector<told_value> values_in_words(const scenario& s, value_names names = {}) {
  for (const session_kind& k : s.reception.sessions) {
    const std::string &en = k.title_en.empty() ? k.id : k.title_en, &zh = k.title_zh.empty() ? en : k.title_zh;
    names.add("session", k.id, {en, zh});
  }
  std::vector<told_value> out;
  detail::tell_into(out, "", names, [&](auto&& v) { visit_parameters(s, v); });
  for (const category_setting& c : s.categories)
    detail::tell_into(out, "category." + c.id + '.', names, [&](auto&& v) { visit_category(c, v); });
  for (const sensitive_period& c : s.sensitive_periods)
    detail::tell_into(out, "sensitive_period." + c.name + '.', names, [&](auto&& v) { visit_sensitive_period(c, v); });
  return out;
}

}  // namespace sifang

#endif
