// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_HISTORIES_CASE_LEDGER_HPP
#define SIFANG_COUNTY_HISTORIES_CASE_LEDGER_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/guarantees.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"
#include "sifang/petition/clocks.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sifang {

/// An observer that keeps the ledger (台账): a row for each matter that was registered, in the order of first registrations.
///
///     case_ledger ledger;
///     const auto years = replicate(county, 10, {}, policies{}, ledger);   // or replication<policies<>, case_ledger>
///     for (const case_row& c : ledger.cases()) …
class case_ledger {
 public:
  /// What it is told.
  static constexpr auto hooks =
      sifang::hooks<hook::started, hook::step, hook::registration, hook::duty, hook::opinion, hook::rating, hook::visit, hook::heard,
                    hook::taken_over, hook::meeting, hook::return_visit, hook::finished>;

  /// The cases that were registered, by replication and first registration. Complete when the replication is over.
  template <class = when_called>
  [[nodiscard]] std::span<const case_row> cases() const noexcept {
    return detail::span_of(cases_);
  }
  /// Adds the cases of a later replication.
  template <class = when_called>
  void merge(case_ledger&& other) {
    for (case_row& c : other.cases_) cases_.push_back(std::move(c));
  }

  /// The hooks, as `observer_list` tells them. @{
  template <class = when_called>
  void started(const world& w, std::uint32_t number) {
    world_ = &w;
    number_ = number;
    cases_.clear();
    positions_.clear();
    interviews_.clear();
  }
  template <class = when_called>
  void registration(instant at, const matter& m, bool again) {
    if (again) return;  // the matter counts them
    positions_.emplace(m.entity, cases_.size());
    case_row& c = cases_.emplace_back();
    c.replication = number_;
    c.matter = m.entity;
    c.registered = at;
    c.first_door = m.door;
    c.simplified = m.simplified;
    c.from_above = m.from_above;
    if (m.from_above) c.level = static_cast<petition_level>(m.level);
    if (const auto found = interviews_.find(m.entity); found != interviews_.end()) take_hearing(c, found->second);
  }
  template <class = when_called>
  void step(instant at, const matter& m, case_event event, case_state from, case_state to) {
    if (event == case_event::arrive || event == case_event::answer) return;
    case_row& c = row_of(m);
    c.extensions += event == case_event::extend;
    c.objections += event == case_event::object;
    if ((event == case_event::rebound || event == case_event::rebound_reopened) && !c.rebounded) c.rebounded = at.date();
    if (to != case_state::settled || from == to || event == case_event::return_lapsed_settled) return;
    ++c.settlements;
    if (!c.settled) c.settled = at.date();
  }
  template <class = when_called>
  void duty(instant at, const matter& m, case_clock which, day, day due) {
    case_row& c = row_of(m);
    const day today = at.date();
    if (which == case_clock::route) {
      c.routed = today;
      c.route_due = due;
    } else if (which == case_clock::accept) {
      c.accepted = today;
      c.accept_due = due;
    } else if (which == case_clock::handle) {
      if (!c.replied) {
        c.replied = today;
        c.reply_due = due;
      }
      ++c.replies;
      c.late_replies += today > due;
    }
  }
  template <class = when_called>
  void opinion(instant, const matter& m, verdict says) {
    row_of(m).opinion = says;
  }
  template <class = when_called>
  void rating(instant, const matter& m, const told_rating& r) {
    case_row& c = row_of(m);
    if (!c.rating) c.rating = r;  // each body is rated once (L20)
  }
  template <class = when_called>
  void visit(const reception_series& s, day, const matter& m, const visit_outcome* v, official_id) {
    if (v != nullptr && v->end == visit_end::heard) interviews_[m.entity] = {{}, s.where, s.place, {}, 0, v->wait};
  }
  template <class = when_called>
  void heard(instant at, const matter& m) {
    first_hearing& h = interviews_[m.entity];
    h.on = at.date();
    h.receiver = m.visit_receiver;
    h.days = at.date().since_1970() - m.visit_decided;
    if (m.is_registered()) take_hearing(row_of(m), h);
  }
  template <class = when_called>
  void taken_over(day, const matter& m) {
    ++row_of(m).successions;
  }
  template <class = when_called>
  void meeting(instant, const matter& m, std::span<const official_id>, meeting_kind, const meeting_setting&) {
    ++row_of(m).meetings;
  }
  template <class = when_called>
  void return_visit(instant, const matter& m, const told_return_visit& v) {
    case_row& c = row_of(m);
    if (v.reason) c.reason = v.reason;
    if (v.helped) c.help += world_->setting().return_visits.help_cost;
  }
  template <class = when_called>
  void finished(day, std::span<const matter> all) {
    for (const matter& m : all) {
      if (m.is_registered()) end(row_of(m), m);
    }
  }
  /// @}

 private:
  template <class = when_called>
  [[nodiscard]] case_row& row_of(const matter& m) {
    return cases_[positions_.at(m.entity)];
  }
  template <class = when_called>
  static void take_hearing(case_row& c, const first_hearing& h) {
    if (!c.heard) c.heard = h;
    ++c.hearings;
  }
  [[nodiscard]] static std::optional<day> day_of(std::int32_t d) noexcept { return d == never ? std::nullopt : std::optional(day(d)); }
  template <class = when_called>
  void end(case_row& c, const matter& m) const;
  template <class = when_called>
  [[nodiscard]] std::optional<dated_duty> running_duty(const matter& m) const;

  const world* world_ = nullptr;
  std::uint32_t number_ = 0;
  std::vector<case_row> cases_;
  std::unordered_map<std::uint64_t, std::size_t> positions_;
  std::unordered_map<std::uint64_t, first_hearing> interviews_;  ///< the last of each matter
};

template <class When>
inline void case_ledger::end(case_row& c, const matter& m) const {
  c.recorded = m.recorded;
  c.arisen = day(m.born);
  c.channel = m.channel;
  c.last_door = m.door;
  c.category = m.category;
  c.subject = m.subject;
  c.village = m.village;
  c.township = m.township;
  c.persons = m.persons;
  c.type = m.claim ? petition_type::claim : petition_type::opinion;
  c.owner = m.owner;
  c.partner = m.partner;
  c.guarantees = guarantees_of(*world_, m.village, m.owner);
  if (m.office != no_index) c.unit = world_->offices()[m.office].where;
  c.running = running_duty(m);
  c.closed = day_of(m.closed_on);
  c.listed = day_of(m.listed_on);
  c.state = m.state;
  c.repeats = m.repeats;
  c.rebounds = m.rebounds;
  c.rounds = m.rounds;
  c.return_visits = m.returns;
  c.backlog = m.backlog;
  c.found_by_campaign = m.found_by_campaign;
  c.struck_off = m.struck_off;
  c.long_pending = m.long_pending;
  c.overdue = m.overdue;
}

template <class When>
inline std::optional<dated_duty> case_ledger::running_duty(const matter& m) const {
  switch (m.state) {
    case case_state::registered:
      return dated_duty{case_clock::route,
                        due_day(world_->setting().clocks, case_clock::route, day(m.route_from), world_->calendar(), {m.from_above, false})};
    case case_state::routed:
      return dated_duty{case_clock::accept, day(m.accept_due)};
    case case_state::accepted:
    case case_state::handling:
      return dated_duty{case_clock::handle, day(m.reply_due)};
    case case_state::under_review:
      return dated_duty{case_clock::review, day(m.opinion_due)};
    case case_state::under_recheck:
      return dated_duty{case_clock::recheck, day(m.opinion_due)};
    default:
      return std::nullopt;
  }
}

}  // namespace sifang

#endif
