// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_LOG_HPP
#define SIFANG_IO_LEDGER_LOG_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/log_value.hpp"
#include "sifang/petition/case_load.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Recorded cases as an event log, and back: of each case that it was registered, accepted and replied to, as far as the ledger says so.

namespace sifang {

namespace detail {

/// One dated fact of a recorded case.
struct ledger_event {
  std::string_view name;  ///< registered, accepted, replied: the state that was reached; by which steps a ledger does not say
  instant at;
  bool timed = false;  ///< whether the minute is known
};

/// Acceptance is counted from the registration, the reply from acceptance; a reply without a day of acceptance has no day.
[[nodiscard]] inline std::vector<ledger_event> ledger_events(const recorded_case& c) {
  std::vector<ledger_event> out{{"registered", instant(c.date, c.time.value_or(minutes(0))), c.time.has_value()}};
  if (!c.acceptance) return out;
  // The end of the day, so that what is known to the minute on the same day comes before.
  const minutes last(minutes_per_day - 1);
  const day accepted = c.date + *c.acceptance;
  out.push_back({"accepted", instant(accepted, last), false});
  if (c.handling) out.push_back({"replied", instant(accepted + *c.handling, last), false});
  return out;
}

}  // namespace detail

/// Recorded cases as traces, in the order of the ledger: `registered`, `accepted`, `replied`, as far as they have days. What the ledger
/// says else is of the trace, so that `case_load_of` has the whole case again. \complexity linear
[[nodiscard]] inline std::vector<log_trace> ledger_traces(const case_load& load) {
  std::vector<log_trace> out;
  out.reserve(load.cases.size());
  const auto text = [](std::vector<log_attribute>& to, std::string_view key, std::string_view value) {
    if (!value.empty()) to.push_back({std::string(key), std::string(value)});
  };
  for (const recorded_case& c : load.cases) {
    log_trace& trace = out.emplace_back();
    auto& a = trace.attributes;
    a.push_back({"concept:name", c.id});
    text(a, "sifang:place", c.place_code);
    text(a, "sifang:category", c.category);
    text(a, "sifang:channel", name_of(c.channel));
    a.push_back({"sifang:persons", std::int64_t{c.group_size}});
    if (c.acceptance) a.push_back({"sifang:acceptance_days", std::int64_t{c.acceptance->count}});
    if (c.handling) a.push_back({"sifang:handling_days", std::int64_t{c.handling->count}});
    if (c.settled) a.push_back({"sifang:settled", *c.settled});
    if (c.repeat) a.push_back({"sifang:repeat", *c.repeat});
    text(a, "sifang:unit", c.unit_code);
    text(a, "sifang:owner", c.owner_post);
    if (c.satisfaction) text(a, "sifang:satisfaction", name_of(*c.satisfaction));
    int later = 0;
    instant before;
    for (const detail::ledger_event& e : detail::ledger_events(c)) {
      later = !trace.events.empty() && e.at == before ? later + 1 : 0;
      before = e.at;
      auto& into = trace.events.emplace_back().attributes;
      into.push_back({"concept:name", std::string(e.name)});
      into.push_back({"lifecycle:transition", std::string("complete")});
      into.push_back({"time:timestamp", log_time_of(e.at, later)});
      if (e.name != "registered") {
        text(into, "org:resource", c.owner_post);
        text(into, "org:group", c.unit_code);
      }
      if (!e.timed) into.push_back({"sifang:day_only", true});
    }
  }
  return out;
}

/// The recorded cases of a log that `ledger_traces` made: equal to those that it was made of.
///
/// Faults, with the number of the trace as line of `file`: `missing_key`, `wrong_type`, `bad_value`. They show nothing of the log but keys.
/// \complexity linear
[[nodiscard]] inline checked<case_load> case_load_of(std::span<const log_trace> traces, const std::string& file) {
  case_load out;
  out.cases.reserve(traces.size());
  std::vector<fault> faults;
  constexpr std::size_t most_told = 25;
  std::uint32_t number = 0;
  for (const log_trace& t : traces) {
    ++number;
    if (faults.size() >= most_told) break;
    recorded_case& c = out.cases.emplace_back();
    const place where{file, number};
    const auto missing = [&](std::string key, std::string what) {
      faults.push_back(make_fault(fault_kind::missing_key, where, std::move(key), std::move(what)));
    };
    const auto wrong = [&](std::string_view key, std::string what) {
      faults.push_back(make_fault(fault_kind::wrong_type, where, std::string(key), std::move(what), "something else"));
    };
    const auto text = [&](std::string_view key, std::string& into) {
      const auto* found = find_value<std::string>(t.attributes, key);
      if (found != nullptr) into = *found;
      return found != nullptr;
    };
    const auto word = [&](std::string_view key, auto& into) {
      std::string written;
      if (!text(key, written)) return false;
      using Enum = typename std::remove_cvref_t<decltype(into)>::value_type;
      into = parse_name<Enum>(written);
      if (!into) wrong(key, "a known word");
      return true;
    };
    const auto count = [&](std::string_view key, std::int64_t least) -> std::optional<std::int32_t> {
      const auto* found = find_value<std::int64_t>(t.attributes, key);
      if (found == nullptr) return std::nullopt;
      if (*found >= least && *found <= 1'000'000) return static_cast<std::int32_t>(*found);
      wrong(key, "a whole number");
      return std::nullopt;
    };
    if (!text("concept:name", c.id)) missing("concept:name", "the number of the case");
    if (!text("sifang:place", c.place_code)) missing("sifang:place", "the place of the case");
    if (!text("sifang:category", c.category)) missing("sifang:category", "the category of the case");
    std::optional<channel> came;
    if (!word("sifang:channel", came)) missing("sifang:channel", "how the case came in");
    if (came) c.channel = *came;
    c.group_size = count("sifang:persons", 1).value_or(1);
    if (const auto days = count("sifang:acceptance_days", 0)) c.acceptance = calendar_days(*days);
    if (const auto days = count("sifang:handling_days", 0)) c.handling = calendar_days(*days);
    if (const auto* is = find_value<bool>(t.attributes, "sifang:settled")) c.settled = *is;
    if (const auto* is = find_value<bool>(t.attributes, "sifang:repeat")) c.repeat = *is;
    text("sifang:unit", c.unit_code);
    text("sifang:owner", c.owner_post);
    word("sifang:satisfaction", c.satisfaction);
    const log_time* registered = nullptr;
    bool day_only = false;
    for (const log_event& e : t.events) {
      const auto* name = find_value<std::string>(e.attributes, "concept:name");
      if (name == nullptr || *name != "registered") continue;
      registered = find_value<log_time>(e.attributes, "time:timestamp");
      const auto* only = find_value<bool>(e.attributes, "sifang:day_only");
      day_only = only != nullptr && *only;
      break;
    }
    if (registered == nullptr) {
      missing("time:timestamp", "the moment of the registration");
      continue;
    }
    if (*registered < detail::midnight(1) || *registered >= detail::midnight(6000)) {
      wrong("time:timestamp", "a moment of the years 1 to 5999");
      continue;
    }
    const instant at = county_minute(*registered);
    c.date = at.date();
    if (!day_only) c.time = at.minute_of_day();
  }
  if (!faults.empty()) return faults;
  return out;
}

/// An event log of recorded cases as a table: a row an event, by case and day.
[[nodiscard]] inline std::string ledger_events_csv(const case_load& load) {
  csv_writer csv{"case", "event", "date", "time", "place", "category", "channel", "unit", "owner"};
  for (const recorded_case& c : load.cases) {
    for (const detail::ledger_event& e : detail::ledger_events(c)) {
      csv.field(c.id).field(e.name).field(to_string(e.at.date())).field(e.timed ? clock_text(e.at.minute_of_day()) : std::string());
      csv.field(c.place_code).field(c.category).field(name_of(c.channel)).field(c.unit_code).field(c.owner_post).end_row();
    }
  }
  return csv.text();
}

}  // namespace sifang

#endif
