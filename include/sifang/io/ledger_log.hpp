// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_LOG_HPP
#define SIFANG_IO_LEDGER_LOG_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/log_value.hpp"
#include "sifang/petition/case_load.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
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
  // The end of the day, so that what is known to the minute on the same day comes before; 24:00 stands there too.
  const minutes last(minutes_per_day - 1);
  std::vector<ledger_event> out{{"registered", instant(c.date, (std::min)(c.time.value_or(minutes(0)), last)), c.time.has_value()}};
  if (!c.acceptance) return out;
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
      if (e.name == "registered" && c.time && c.time->count == minutes_per_day) into.push_back({"sifang:day_end", true});
    }
  }
  return out;
}

namespace detail {

/// Reads one trace as a recorded case.
class trace_reader {
 public:
  trace_reader(const log_trace& trace, const std::string& file, std::vector<fault>& faults)
      : trace_(trace), where_{file, trace.line}, faults_(faults) {}

  /// \returns false if it is no trace of a ledger at all, which is the last that is told
  [[nodiscard]] bool read(recorded_case& c) {
    if (!text("sifang:place", c.place_code)) {
      missing("sifang:place", "the place of the case");
      return false;
    }
    if (!text("concept:name", c.id)) missing("concept:name", "the number of the case");
    if (!text("sifang:category", c.category)) missing("sifang:category", "the category of the case");
    std::optional<channel> came;
    if (!word("sifang:channel", came)) missing("sifang:channel", "how the case came in");
    if (came) c.channel = *came;
    c.group_size = count("sifang:persons", 1).value_or(1);
    if (const auto days = count("sifang:acceptance_days", 0)) c.acceptance = calendar_days(*days);
    if (const auto days = count("sifang:handling_days", 0)) c.handling = calendar_days(*days);
    if (const auto* is = find_value<bool>(trace_.attributes, "sifang:settled")) c.settled = *is;
    if (const auto* is = find_value<bool>(trace_.attributes, "sifang:repeat")) c.repeat = *is;
    text("sifang:unit", c.unit_code);
    text("sifang:owner", c.owner_post);
    word("sifang:satisfaction", c.satisfaction);
    read_registration(c);
    return true;
  }

 private:
  void missing(std::string key, std::string what) {
    faults_.push_back(make_fault(fault_kind::missing_key, where_, std::move(key), std::move(what)));
  }
  void wrong(std::string_view key, std::string what) {
    faults_.push_back(make_fault(fault_kind::wrong_type, where_, std::string(key), std::move(what), "something else"));
  }
  bool text(std::string_view key, std::string& into) const {
    const auto* found = find_value<std::string>(trace_.attributes, key);
    if (found != nullptr) into = *found;
    return found != nullptr;
  }
  template <class Enum>
  bool word(std::string_view key, std::optional<Enum>& into) {
    std::string written;
    if (!text(key, written)) return false;
    into = parse_name<Enum>(written);
    if (!into) wrong(key, "a known word");
    return true;
  }
  [[nodiscard]] std::optional<std::int32_t> count(std::string_view key, std::int64_t least) {
    constexpr std::int64_t most = 1'000'000;
    const auto* found = find_value<std::int64_t>(trace_.attributes, key);
    if (found == nullptr) return std::nullopt;
    if (*found >= least && *found <= most) return static_cast<std::int32_t>(*found);
    wrong(key, "a whole number");
    return std::nullopt;
  }
  void read_registration(recorded_case& c) {
    for (const log_event& e : trace_.events) {
      const auto* name = find_value<std::string>(e.attributes, "concept:name");
      const auto* at = find_value<log_time>(e.attributes, "time:timestamp");
      if (name == nullptr || at == nullptr || *name != "registered") continue;
      if (*at < midnight(1) || *at >= midnight(6000)) return wrong("time:timestamp", "a moment of the years 1 to 5999");
      const instant minute = county_minute(*at);
      c.date = minute.date();
      const auto* day_only = find_value<bool>(e.attributes, "sifang:day_only");
      if (day_only == nullptr || !*day_only) c.time = minute.minute_of_day();
      const auto* day_end = find_value<bool>(e.attributes, "sifang:day_end");
      if (day_end != nullptr && *day_end) c.time = minutes(minutes_per_day);
      return;
    }
    missing("time:timestamp", "the moment of the registration");
  }

  const log_trace& trace_;
  place where_;
  std::vector<fault>& faults_;
};

}  // namespace detail

/// The recorded cases of a log that `ledger_traces` made: equal to those that it was made of.
///
/// Faults, with the line of the trace in `file`, at most 25 and a few: `missing_key`, `wrong_type`. They show nothing of the log but keys.
/// A log without places, which is another program's, is told of once. \complexity linear
[[nodiscard]] inline checked<case_load> case_load_of(std::span<const log_trace> traces, const std::string& file) {
  constexpr std::size_t most_told = 25;
  case_load out;
  out.cases.reserve(traces.size());
  std::vector<fault> faults;
  for (const log_trace& t : traces) {
    if (faults.size() >= most_told || !detail::trace_reader(t, file, faults).read(out.cases.emplace_back())) break;
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
