// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_STEP_HPP
#define SIFANG_PETITION_STEP_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/petition/life_cycle_table.hpp"
#include "sifang/petition/text.hpp"
#include "sifang/petition/time_limit.hpp"

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// \file
/// What a history over any life cycle is made of: steps, runs of clocks, and steps refused, which say why in words.

namespace sifang {

/// One step of the story.
template <life_cycle_kinds Cycle>
struct basic_case_step {
  instant at;                     ///< never before the step in front of it
  typename Cycle::event event{};  ///< what happened; with `from` it names the row of the table
  typename Cycle::state from{},   ///< state before
      to{};                       ///< state after; the same for what changes no state
  official_id who;                ///< invalid where nobody was named
  unit_id where;                  ///< invalid where no place was named
  std::string note;               ///< as the step's facts gave it
};

/// One run of one clock.
template <class Clock>
struct basic_clock_run {
  Clock which{};               ///< a clock may run several times, one round after another
  day started;                 ///< day of the step that started it; counting begins the day after
  day nominal;                 ///< last day before any move to a workday
  day due;                     ///< last day, inclusive
  std::optional<day> stopped;  ///< day on which the step was done or fell away; none while it runs
  bool cancelled = false;      ///< the duty fell away: neither met nor missed
  bool extended = false;       ///< once is all there is (L11)
  bool expiry_noted = false;   ///< that it ran out was recorded for this run

  /// Not stopped yet, be the due day past or not.
  [[nodiscard]] constexpr bool running() const noexcept { return !stopped; }
  /// Whether it was running at the end of a day.
  [[nodiscard]] constexpr bool running_on(day d) const noexcept { return started <= d && (!stopped || *stopped > d); }
  /// Done on the due day or before; false while it runs and if the duty fell away.
  [[nodiscard]] constexpr bool met() const noexcept { return stopped && !cancelled && is_in_time(*stopped, due); }
};

/// A step that was refused: nothing has changed.
template <life_cycle_kinds Cycle>
struct basic_refused_step {
  typename Cycle::rule rule{};                 ///< the first that the step breaks
  typename Cycle::state state{};               ///< in which the case was, and still is
  std::optional<typename Cycle::event> event;  ///< none for what is no event of the life cycle, a handover for instance
  instant at;                                  ///< when the step was tried
  std::optional<day> limit;                    ///< the day that decided
};

namespace detail {
template <class Cycle>
[[nodiscard]] std::string steps_from(typename Cycle::state s, language lang) {
  std::string out;
  for (const auto& t : life_cycle_of<Cycle>) {
    if (t.from != s || t.is_flag()) continue;
    if (!out.empty()) out += lang == language::zh ? "、" : "; ";
    out += text_of(t.event, lang);
  }
  if (!out.empty()) return out;
  return lang == language::zh ? "无" : "nothing";
}
}  // namespace detail

/// Why the step was refused, as a sentence for the person who tried it: the text of the rule, in which {state} {event}
/// {at} {limit} {next} are filled in; {next} is what can follow.
template <life_cycle_kinds Cycle>
[[nodiscard]] std::string sentence(const basic_refused_step<Cycle>& r, language lang = language::en) {
  SIFANG_ASSERT(static_cast<std::size_t>(r.rule) < std::size(texts_of<typename Cycle::rule>), "a rule that has a text");
  const std::string_view pattern = texts_of<typename Cycle::rule>[static_cast<std::size_t>(r.rule)].in(lang);
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::size_t end = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += pattern[i];
      continue;
    }
    const std::string_view what = pattern.substr(i + 1, end - i - 1);
    if (what == "state") out += text_of(r.state, lang);
    if (what == "event" && r.event) out += text_of(*r.event, lang);
    if (what == "at") out += r.rule == Cycle::rule::out_of_order ? to_string(r.at) : to_string(r.at.date());
    if (what == "limit" && r.limit) out += to_string(*r.limit);
    if (what == "next") out += detail::steps_from<Cycle>(r.state, lang);
    i = end;
  }
  return out;
}

/// What a step gives: the recorded value, or the refusal. Never both.
template <class T, life_cycle_kinds Cycle>
class basic_step_result {
 public:
  using refused_type = basic_refused_step<Cycle>;  ///< why not

  /// The step was taken.
  basic_step_result(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  /// The step was refused, and nothing has changed.
  basic_step_result(refused_type refusal) : refusal_(refusal) {}  // NOLINT(google-explicit-constructor)

  /// Whether the step was taken; to dereference a refusal is misuse and asserted.
  [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const T& operator*() const {
    SIFANG_ASSERT(value_);
    return *value_;
  }
  [[nodiscard]] const T* operator->() const {
    SIFANG_ASSERT(value_);
    return &*value_;
  }
  /// \pre there is no value
  [[nodiscard]] const refused_type& refusal() const {
    SIFANG_ASSERT(!value_);
    return refusal_;
  }

 private:
  std::optional<T> value_;
  refused_type refusal_;
};

}  // namespace sifang

#endif
