// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_HISTORY_OCEL_HPP
#define SIFANG_IO_HISTORY_OCEL_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/history_values.hpp"
#include "sifang/io/ledger_log.hpp"
#include "sifang/io/log_value.hpp"
#include "sifang/io/ocel.hpp"
#include "sifang/petition/case_load.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// Histories and recorded cases as object-centric logs: cases, petitioners, officials, units and sessions are the objects.

namespace sifang {

namespace detail {

[[nodiscard]] inline std::vector<ocel_type> object_types() {
  std::vector<ocel_type> out{{"case", {}}, {"petitioner", {}}, {"official", {}}, {"unit", {}}, {"session", {}}};
  out[0].values.assign(std::begin(case_values_held), std::end(case_values_held));
  for (const ocel_kind& more : {ocel_kind{"state", "string"}, ocel_kind{"owner", "string"}, ocel_kind{"unit", "string"}})
    out[0].values.push_back(more);
  out[1].values = {{"persons", "integer"}};
  out[2].values = {{"post", "string"}, {"title", "string"}, {"rank", "string"}};
  out[3].values = {{"code", "string"}, {"name", "string"}, {"kind", "string"}};
  out[4].values = {{"kind", "string"}, {"date", "time"}};
  return out;
}
/// A type an event: every step of the life cycle, and every other kind.
[[nodiscard]] inline std::vector<ocel_type> event_types() {
  std::vector<ocel_type> out;
  const auto add = [&](std::string_view name, history_kind what) {
    ocel_type& one = out.emplace_back();
    one.name = name;
    one.values.assign(std::begin(common_values), std::end(common_values));
    for (const ocel_kind& k : values_of(what)) one.values.push_back(k);
  };
  for (const std::string_view name : names_of<case_event>) add(name, history_kind::step);
  for (std::size_t i = 1; i < enumerator_count<history_kind>; ++i) {
    const auto what = static_cast<history_kind>(i);
    add(name_of(what), what);
  }
  return out;
}

/// As what somebody takes part in an event, by their place among its people.
[[nodiscard]] constexpr std::string_view part_of(const history_event& e, std::size_t place) noexcept {
  switch (e.what) {
    case history_kind::step:
      return e.event == case_event::put_on_list ? "owner" : "receiver";
    case history_kind::owner:
    case history_kind::handover:
    case history_kind::taken_over:
      return place == 0 ? "owner" : "partner";
    case history_kind::session:
      return "sits";
    case history_kind::heard:
      return "receiver";
    case history_kind::appointed:
    case history_kind::meeting:
      return "leader";
    case history_kind::found:
      return "responsible";
    case history_kind::return_visit:
      return place == 0 ? "owner" : place == 1 ? "place_head" : "matter_head";
    default:
      return "takes_part";
  }
}
/// Whether the petitioner is there, or it is what they do.
[[nodiscard]] constexpr bool petitioner_takes_part(const history_event& e) noexcept {
  using enum case_event;
  if (e.what == history_kind::step) {
    switch (e.event) {
      case answer:
      case arrive:
      case receive_in_person:
      case mediate:
      case content:
      case ask_review:
      case ask_recheck:
      case rebound:
      case rebound_reopened:
      case petition_again:
      case withdraw:
        return true;
      default:
        return false;
    }
  }
  switch (e.what) {
    case history_kind::again:
    case history_kind::skips_level:
    case history_kind::sets_out:
    case history_kind::heard:
    case history_kind::left:
    case history_kind::not_heard:
    case history_kind::turned_away:
    case history_kind::rating:
    case history_kind::meeting:
    case history_kind::found:
    case history_kind::return_visit:
      return true;
    default:
      return false;
  }
}

}  // namespace detail

/// Histories as an OCEL 2.0 log, one replication after another; what was played on one county shares its officials and units.
///
/// Objects are called `case:POLICY/REPLICATION/CASE`, `petitioner:…` likewise, `session:POLICY/REPLICATION/NUMBER`, `official:POST` and
/// `unit:CODE`. A case has its state, owner and unit from each moment on at which they changed. The people of a county are posts; nothing
/// here is anybody's name.
class history_ocel_writer {
 public:
  /// The types are written.
  history_ocel_writer() : ocel_(detail::event_types(), detail::object_types()) {}

  /// Adds a replication. \param cases  its ledger \param events  its events, in order of time \complexity n log n
  void add(std::string_view policy, const world& w, std::span<const case_row> cases, std::span<const history_event> events) {
    add_county(w);
    w_ = &w;
    policy_ = policy;
    sessions_.clear();
    objects_.clear();
    positions_.clear();
    detail::events_in_order(events).each([&](const history_event& e, std::int64_t number, log_time) {
      if (e.what == history_kind::session) add_session(e, number);
    });
    const detail::rows_by_case rows(cases);
    detail::events_in_order(events).each([&](const history_event& e, std::int64_t number, log_time at) { add_event(e, number, at, rows); });
    for (const ocel_object& o : objects_) ocel_.add(o);
  }
  /// The objects are written; nothing more can be added.
  void finish() { ocel_.finish(); }
  /// The text since the last time.
  [[nodiscard]] std::string take() { return ocel_.take(); }

 private:
  struct held_session {
    std::string id;
    std::vector<official_id> people;
  };

  [[nodiscard]] static std::string unit_key(const world& w, unit_id u) { return "unit:" + w.org().units().code(u); }
  [[nodiscard]] static std::string official_key(const world& w, official_id who) { return "official:" + w.org()[who].post; }

  /// Units and officials that the log does not have yet.
  void add_county(const world& w) {
    if (w_ == &w) return;
    for (const unit_id u : w.org().units().all()) {
      ocel_object o{unit_key(w, u), "unit"};
      if (!known_.insert(o.id).second) continue;
      o.values = {
          {"code", w.org().units().code(u)}, {"name", w.org().units()[u].name}, {"kind", std::string(name_of(w.org().units()[u].kind))}};
      if (const auto parent = w.org().units().parent(u)) o.relations.push_back({unit_key(w, *parent), "below"});
      ocel_.add(o);
    }
    for (const official& one : w.org().officials()) {
      ocel_object o{"official:" + one.post, "official"};
      if (!known_.insert(o.id).second) continue;
      o.values = {{"post", one.post}, {"title", one.title}, {"rank", std::string(name_of(one.rank))}};
      if (one.unit.valid()) o.relations.push_back({unit_key(w, one.unit), "post_in"});
      ocel_.add(o);
    }
  }

  [[nodiscard]] std::string own_key(std::string_view type, const history_event& e, std::string_view rest) const {
    std::string out(type);
    return out.append(policy_).append(1, '/').append(std::to_string(e.replication)).append(1, '/').append(rest);
  }

  void add_session(const history_event& e, std::int64_t number) {
    ocel_object o{own_key("session:", e, std::to_string(number)), "session"};
    if (e.session) o.values.push_back({"kind", std::string(w_->plan().kind(*e.session).id)});
    o.values.push_back({"date", log_time_of(instant(e.at.date(), minutes(0)))});
    if (e.where.valid()) o.relations.push_back({unit_key(*w_, e.where), "place"});
    if (e.session) sessions_[{e.at.date(), *e.session, e.where}].push_back({o.id, e.people});
    ocel_.add(o);
  }
  /// The session in which somebody was heard, or not: of the day, kind and place, and if several that of the receiver; null for none.
  [[nodiscard]] const std::string* session_of(const history_event& e) const {
    const auto found = e.session ? sessions_.find({e.at.date(), *e.session, e.where}) : sessions_.end();
    if (found == sessions_.end()) return nullptr;
    for (const held_session& s : found->second) {
      if (!e.people.empty() && std::find(s.people.begin(), s.people.end(), e.people.front()) != s.people.end()) return &s.id;
    }
    return found->second.size() == 1 ? &found->second.front().id : nullptr;
  }

  /// The object of a case, made at its first event, with its petitioner.
  [[nodiscard]] ocel_object& case_of(const history_event& e, const detail::rows_by_case& rows) {
    const auto [found, is_new] = positions_.try_emplace(e.matter, objects_.size());
    if (!is_new) return objects_[found->second];
    const case_row* row = rows.find(e.matter);
    const std::string name = case_name(e.matter);
    ocel_object petitioner{own_key("petitioner:", e, name), "petitioner"};
    if (row != nullptr) {
      petitioner.values.push_back({"persons", std::int64_t{row->persons}});
      petitioner.relations.push_back({unit_key(*w_, w_->villages()[row->village].where), "lives_in"});
    }
    ocel_.add(petitioner);
    ocel_object& o = objects_.emplace_back();
    o.id = own_key("case:", e, name);
    o.type = "case";
    std::vector<log_attribute> said;
    detail::value_list list("", said);
    detail::case_values(list, policy_, *w_, e, row);
    for (log_attribute& a : said) {
      for (const ocel_kind& k : detail::case_values_held) {
        if (k.name == a.key) o.values.push_back({k.name, std::move(a.value)});
      }
    }
    o.relations.push_back({std::move(petitioner.id), "petitioner"});
    if (row != nullptr) {
      o.relations.push_back({unit_key(*w_, w_->townships()[row->township].where), "township"});
      if (row->owner.valid()) o.relations.push_back({official_key(*w_, row->owner), "owner"});
      if (row->unit.valid()) o.relations.push_back({unit_key(*w_, row->unit), "responsible_unit"});
    }
    return o;
  }

  void add_event(const history_event& e, std::int64_t number, log_time at, const detail::rows_by_case& rows) {
    ocel_event out{own_key("event:", e, std::to_string(number)), name_of(e), at};
    detail::value_list said("", out.values);
    detail::event_values(said, *w_, e, number);
    if (e.help) said.number("help", *e.help);
    if (e.what == history_kind::session) {
      out.relations.push_back({own_key("session:", e, std::to_string(number)), "session"});
    } else if (e.matter != no_matter) {
      ocel_object& c = case_of(e, rows);
      out.relations.push_back({c.id, "case"});
      if (detail::petitioner_takes_part(e)) out.relations.push_back({own_key("petitioner:", e, case_name(e.matter)), "petitioner"});
      if (const std::string* session = e.what == history_kind::sets_out ? nullptr : session_of(e))
        out.relations.push_back({*session, "session"});
      note_changes(c, e, at);
    }
    for (std::size_t i = 0; i < e.people.size(); ++i) {
      if (e.people[i].valid()) out.relations.push_back({official_key(*w_, e.people[i]), detail::part_of(e, i)});
    }
    if (e.before.valid()) out.relations.push_back({official_key(*w_, e.before), "former_owner"});
    const bool is_unit = e.what == history_kind::step || e.what == history_kind::objection_refused;
    if (e.where.valid()) out.relations.push_back({unit_key(*w_, e.where), is_unit ? "unit" : "place"});
    ocel_.add(out);
  }

  void note_changes(ocel_object& c, const history_event& e, log_time at) {
    const bool is_step = e.what == history_kind::step;
    if (is_step && e.from != e.to) c.values.push_back({"state", std::string(name_of(e.to)), at});
    const bool is_owner = e.what == history_kind::owner || e.what == history_kind::handover || e.what == history_kind::taken_over;
    if (is_owner && !e.people.empty()) c.values.push_back({"owner", w_->org()[e.people.front()].post, at});
    const bool is_sent = is_step && e.to == case_state::routed && e.from != e.to;
    if (is_sent && e.where.valid()) c.values.push_back({"unit", w_->org().units().code(e.where), at});
  }

  ocel_writer ocel_;
  const world* w_ = nullptr;
  std::string_view policy_;
  std::set<std::string> known_;  ///< units and officials that are written
  std::map<std::tuple<day, venue, unit_id>, std::vector<held_session>> sessions_;
  std::vector<ocel_object> objects_;  ///< cases, in the order of their first events
  std::unordered_map<std::uint64_t, std::size_t> positions_;
};

namespace detail {
// clang-format off: a table
inline constexpr ocel_kind ledger_values[] = {{"category", "string"},         {"channel", "string"},        {"persons", "integer"},
                                              {"acceptance_days", "integer"}, {"handling_days", "integer"}, {"settled", "boolean"},
                                              {"repeat", "boolean"},          {"satisfaction", "string"}};
// clang-format on
}  // namespace detail

/// Recorded cases as an OCEL 2.0 log: the cases, their units and their owners by post are objects. Petitioners and sessions a ledger does
/// not have; their types are declared, as of every log of this project. \complexity n log n
[[nodiscard]] inline std::string ledger_ocel(const case_load& load) {
  const auto day_only = ocel_kind{"day_only", "boolean"};
  const ocel_type events[] = {{"registered", {day_only}}, {"accepted", {day_only}}, {"replied", {day_only}}};
  std::vector<ocel_type> types = detail::object_types();
  types[0].values.assign(std::begin(detail::ledger_values), std::end(detail::ledger_values));
  ocel_writer out(events, types);
  std::set<std::string> known;
  const std::vector<log_trace> traces = ledger_traces(load);
  for (std::size_t i = 0; i < traces.size(); ++i) {
    const recorded_case& c = load.cases[i];
    const auto seen = [&](std::string_view type, std::string_view value, const std::string& name) {
      std::string id = std::string(type) + ':' + name;
      if (known.insert(id).second) out.add(ocel_object{id, type, {{value, name}}});
      return id;
    };
    ocel_object o{"case:" + c.id, "case"};
    for (const log_attribute& a : traces[i].attributes) {
      for (const ocel_kind& k : detail::ledger_values) {
        if (a.key.ends_with(k.name) && a.key.size() == k.name.size() + 7) o.values.push_back({k.name, a.value});  // sifang:
      }
    }
    std::vector<ocel_relation> who;
    o.relations.push_back({seen("unit", "code", c.place_code), "place"});
    if (!c.unit_code.empty()) who.push_back({seen("unit", "code", c.unit_code), "unit"});
    if (!c.owner_post.empty()) who.push_back({seen("official", "post", c.owner_post), "owner"});
    for (const ocel_relation& r : who) o.relations.push_back(r);
    out.add(o);
    std::size_t number = 0;
    for (const log_event& e : traces[i].events) {
      const std::string& name = *find_value<std::string>(e.attributes, "concept:name");
      ocel_event told{"event:" + c.id + '/' + std::to_string(++number), name, *find_value<log_time>(e.attributes, "time:timestamp")};
      if (find_value<bool>(e.attributes, "sifang:day_only") != nullptr) told.values.push_back({"day_only", true});
      told.relations.push_back({"case:" + c.id, "case"});
      if (name != "registered") {
        for (const ocel_relation& r : who) told.relations.push_back(r);
      }
      out.add(told);
    }
  }
  out.finish();
  return out.take();
}

}  // namespace sifang

#endif
