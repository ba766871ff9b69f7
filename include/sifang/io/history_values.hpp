// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_HISTORY_VALUES_HPP
#define SIFANG_IO_HISTORY_VALUES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/log_value.hpp"
#include "sifang/io/ocel.hpp"
#include "sifang/io/table_column.hpp"

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
/// What events and cases of a replication say, under the names that the tables of histories have, for logs of other formats.

namespace sifang::detail {

/// Collects named values; what is not known is left out.
class value_list {
 public:
  /// \param prefix  put before every name \param into  where they go
  value_list(std::string_view prefix, std::vector<log_attribute>& into) : prefix_(prefix), into_(&into) {}

  void text(std::string_view name, std::string_view value) {
    if (!value.empty()) add(name, std::string(value));
  }
  template <named_enum Enum>
  void word(std::string_view name, const std::optional<Enum>& value) {
    if (value) text(name, name_of(*value));
  }
  void date(std::string_view name, std::optional<day> value) {
    if (value) add(name, log_time_of(instant(*value, minutes(0))));
  }
  void whole(std::string_view name, std::int64_t value) { add(name, value); }
  void number(std::string_view name, double value) { add(name, value); }
  void yes(std::string_view name, bool value) { add(name, value); }

 private:
  void add(std::string_view name, log_value value) {
    log_attribute& one = into_->emplace_back();
    one.key.reserve(prefix_.size() + name.size());
    one.key.append(prefix_).append(name);
    one.value = std::move(value);
  }

  std::string_view prefix_;
  std::vector<log_attribute>* into_;
};

// clang-format off: tables
inline constexpr ocel_kind common_values[] = {{"number", "integer"}, {"day_only", "boolean"}};
inline constexpr ocel_kind step_values[] = {{"from", "string"},     {"to", "string"},    {"channel", "string"},    {"door", "string"},
                                            {"duty", "string"},     {"due", "time"},     {"late_days", "integer"}, {"begins", "string"},
                                            {"begins_due", "time"}, {"days", "integer"}, {"verdict", "string"},    {"trigger", "string"}};
inline constexpr ocel_kind again_values[] = {{"door", "string"}};
inline constexpr ocel_kind plan_values[] = {{"session", "string"}, {"planned", "time"}};
inline constexpr ocel_kind session_values[] = {
    {"session", "string"}, {"minutes", "float"}, {"heard", "integer"}, {"left", "integer"}, {"not_heard", "integer"}};
inline constexpr ocel_kind visit_values[] = {{"session", "string"}, {"days", "integer"}, {"minutes", "float"}};
inline constexpr ocel_kind rating_values[] = {{"rated", "boolean"}, {"authority", "string"}, {"bureau", "string"}};
inline constexpr ocel_kind hearing_values[] = {{"days", "integer"}};
inline constexpr ocel_kind appointed_values[] = {{"planned", "time"}, {"goes_to", "string"}};
inline constexpr ocel_kind meeting_values[] = {{"minutes", "float"}, {"instrument", "string"}, {"goes_to", "string"}};
inline constexpr ocel_kind found_values[] = {{"planned", "time"}};
inline constexpr ocel_kind struck_off_values[] = {{"met", "boolean"}};
inline constexpr ocel_kind return_visit_values[] = {{"duty", "string"},    {"due", "time"},      {"late_days", "integer"},
                                                    {"trigger", "string"}, {"reason", "string"}, {"help", "float"},
                                                    {"met", "boolean"}};
// clang-format on

/// The values that events of a kind may have, beside `common_values`.
[[nodiscard]] constexpr std::span<const ocel_kind> values_of(history_kind what) noexcept {
  switch (what) {
    case history_kind::step:
      return step_values;
    case history_kind::again:
      return again_values;
    case history_kind::sets_out:
      return plan_values;
    case history_kind::session:
      return session_values;
    case history_kind::heard:
    case history_kind::left:
    case history_kind::not_heard:
    case history_kind::turned_away:
      return visit_values;
    case history_kind::rating:
      return rating_values;
    case history_kind::recheck_hearing:
      return hearing_values;
    case history_kind::appointed:
      return appointed_values;
    case history_kind::meeting:
      return meeting_values;
    case history_kind::found:
      return found_values;
    case history_kind::struck_off:
      return struck_off_values;
    case history_kind::return_visit:
      return return_visit_values;
    default:
      return {};
  }
}

/// What an event says, but who and where: those are parts of a log in its own way. \param number  among the events of the replication
inline void event_values(value_list& out, const world& w, const history_event& e, std::int64_t number) {
  out.whole("number", number);
  if (!e.timed) out.yes("day_only", true);
  if (e.what == history_kind::step) {
    out.text("from", name_of(e.from));
    out.text("to", name_of(e.to));
  }
  if (e.session) out.text("session", w.plan().kind(*e.session).id);
  out.word("channel", e.channel);
  out.word("door", e.door);
  if (e.done) {
    out.text("duty", name_of(e.done->which));
    out.date("due", e.done->due);
    out.whole("late_days", e.late_days());
  }
  if (e.begun) {
    out.text("begins", name_of(e.begun->which));
    out.date("begins_due", e.begun->due);
  }
  out.date("planned", e.planned);
  if (e.days) out.whole("days", *e.days);
  if (e.minutes) out.number("minutes", *e.minutes);
  out.word("verdict", e.opinion);
  if (e.rated) out.yes("rated", e.rated->given);
  out.text("authority", rated_text(e.rated, &told_rating::authority));
  out.text("bureau", rated_text(e.rated, &told_rating::bureau));
  out.word("instrument", e.instrument);
  out.word("goes_to", e.goes_to);
  out.word("trigger", e.trigger);
  out.word("reason", e.reason);
  if (e.met) out.yes("met", *e.met);
  if (e.what == history_kind::session) {
    out.whole("heard", e.heard);
    out.whole("left", e.left);
    out.whole("not_heard", e.not_heard);
  }
}

// clang-format off: a table
inline constexpr ocel_kind case_values_held[] = {
    {"policy", "string"},       {"replication", "integer"}, {"case", "string"},        {"registered_as_case", "boolean"},
    {"recorded", "string"},     {"arisen", "time"},         {"channel", "string"},     {"level", "string"},
    {"door", "string"},         {"category", "string"},     {"township", "string"},    {"village", "string"},
    {"persons", "integer"},     {"type", "string"},         {"simplified", "boolean"}, {"hearings", "integer"},
    {"state_at_end", "string"}, {"overdue", "boolean"},     {"backlog", "boolean"},    {"found_by_campaign", "boolean"},
    {"long_pending", "boolean"}};
// clang-format on

/// What is said of a case as a whole. \param c  its row of the ledger; null for one that was never registered
inline void case_values(value_list& out, std::string_view policy, const world& w, const history_event& any, const case_row* c) {
  out.text("policy", policy);
  out.whole("replication", any.replication);
  out.text("case", case_name(any.matter));
  out.yes("registered_as_case", c != nullptr);
  if (c == nullptr) return;
  if (c->recorded != no_index) out.text("recorded", w.recorded()[c->recorded].id);
  out.date("arisen", c->arisen);
  out.text("channel", name_of(c->channel));
  out.text("level", name_of(c->level));
  out.text("door", name_of(c->first_door));
  out.text("category", w.setting().categories[c->category].id);
  out.text("township", w.org().units().code(w.townships()[c->township].where));
  out.text("village", w.org().units().code(w.villages()[c->village].where));
  out.whole("persons", c->persons);
  out.text("type", name_of(c->type));
  out.yes("simplified", c->simplified);
  out.whole("hearings", c->hearings);
  out.text("state_at_end", name_of(c->state));
  out.yes("overdue", c->overdue);
  out.yes("backlog", c->backlog);
  out.yes("found_by_campaign", c->found_by_campaign);
  out.yes("long_pending", c->long_pending);
}

/// What events have in a log of a replication beside what they say: which case's they are, and when, in an order that tools keep that
/// sort by time.
class events_in_order {
 public:
  /// \pre in order of time; asserted
  explicit events_in_order(std::span<const history_event> events) : events_(events) {
    SIFANG_ASSERT(std::is_sorted(events.begin(), events.end(), [](const history_event& a, const history_event& b) { return a.at < b.at; }),
                  "events in order of time");
  }

  /// Calls `take(event, number from 1, moment)` for each: events of one minute stand a millisecond apart.
  template <class Take>
  void each(Take&& take) const {
    constexpr int most = 59'999;
    int later = 0;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      later = i > 0 && events_[i].at == events_[i - 1].at ? (std::min)(later + 1, most) : 0;
      take(events_[i], static_cast<std::int64_t>(i) + 1, log_time_of(events_[i].at, later));
    }
  }

 private:
  std::span<const history_event> events_;
};

/// What a case is called in a log of several policies and replications.
[[nodiscard]] inline std::string case_key(std::string_view policy, std::uint32_t replication, std::uint64_t matter) {
  std::string out(policy);
  return out.append(1, '/').append(std::to_string(replication)).append(1, '/').append(case_name(matter));
}

/// Rows of a ledger by their cases.
class rows_by_case {
 public:
  explicit rows_by_case(std::span<const case_row> rows) {
    by_case_.reserve(rows.size());
    for (const case_row& c : rows) by_case_.emplace_back(c.matter, &c);
    std::sort(by_case_.begin(), by_case_.end());
  }
  /// Null for a case that was never registered. \complexity log n
  [[nodiscard]] const case_row* find(std::uint64_t matter) const {
    const auto at = std::lower_bound(by_case_.begin(), by_case_.end(), matter,
                                     [](const std::pair<std::uint64_t, const case_row*>& one, std::uint64_t m) { return one.first < m; });
    return at != by_case_.end() && at->first == matter ? at->second : nullptr;
  }

 private:
  std::vector<std::pair<std::uint64_t, const case_row*>> by_case_;
};

}  // namespace sifang::detail

#endif
