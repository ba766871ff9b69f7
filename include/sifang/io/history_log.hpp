// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_HISTORY_LOG_HPP
#define SIFANG_IO_HISTORY_LOG_HPP

#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/history_values.hpp"
#include "sifang/io/log_value.hpp"
#include "sifang/io/xes.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// \file
/// The events of a replication as the traces of a log: a trace a case.

namespace sifang {

namespace detail {

/// An event as a log has it. The first of the people is `org:resource`, the unit `org:group`, both by post and code.
inline void add_history_event(std::vector<log_attribute>& into, const world& w, const history_event& e, std::int64_t number, log_time at) {
  into.reserve(12);
  into.push_back({"concept:name", std::string(name_of(e))});
  into.push_back({"lifecycle:transition", std::string("complete")});
  into.push_back({"time:timestamp", at});
  std::string people;
  for (const official_id who : e.people) {
    if (!who.valid()) continue;
    if (people.empty()) into.push_back({"org:resource", w.org()[who].post});
    people.append(people.empty() ? "" : ";").append(w.org()[who].post);
  }
  if (e.where.valid()) into.push_back({"org:group", std::string(w.org().units().code(e.where))});
  value_list own("sifang:", into);
  if (people.find(';') != std::string::npos) own.text("people", people);
  if (e.before.valid()) own.text("former_owner", w.org()[e.before].post);
  if (e.where.valid()) own.text("unit_name", w.org().units()[e.where].name);
  event_values(own, w, e, number);
  if (e.help) {
    into.push_back({"cost:total", *e.help});
    into.push_back({"cost:currency", std::string("CNY")});
  }
}

}  // namespace detail

/// The cases of one replication as traces, in the order of their first events. Sessions are of no case and are not among them.
///
/// `concept:name` of a trace is `POLICY/REPLICATION/CASE`, which no other has; of an event the name that the CSV has.
/// \param policy  what was played \param cases  the ledger of the replication \param events  its events, in order of time
/// \complexity n log n
[[nodiscard]] inline std::vector<log_trace> history_traces(std::string_view policy, const world& w, std::span<const case_row> cases,
                                                           std::span<const history_event> events) {
  const detail::rows_by_case rows(cases);
  std::vector<log_trace> out;
  std::unordered_map<std::uint64_t, std::size_t> position;
  detail::events_in_order(events).each([&](const history_event& e, std::int64_t number, log_time at) {
    if (e.matter == no_matter) return;
    const auto [found, is_new] = position.try_emplace(e.matter, out.size());
    if (is_new) {
      log_trace& made = out.emplace_back();
      made.attributes.push_back({"concept:name", detail::case_key(policy, e.replication, e.matter)});
      detail::value_list own("sifang:", made.attributes);
      detail::case_values(own, policy, w, e, rows.find(e.matter));
    }
    detail::add_history_event(out[found->second].events.emplace_back().attributes, w, e, number, at);
  });
  return out;
}

/// Histories as an XES log, one replication after another.
class history_xes_writer {
 public:
  /// \param name  of the log
  explicit history_xes_writer(std::string_view name) : xes_(name) {}

  /// Adds the cases of a replication, as `history_traces` has them.
  void add(std::string_view policy, const world& w, std::span<const case_row> cases, std::span<const history_event> events) {
    for (const log_trace& t : history_traces(policy, w, cases, events)) xes_.add(t);
  }
  /// Nothing more can be added.
  void finish() { xes_.finish(); }
  /// The text since the last time.
  [[nodiscard]] std::string take() { return xes_.take(); }

 private:
  xes_writer xes_;
};

}  // namespace sifang

#endif
