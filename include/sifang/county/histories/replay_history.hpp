// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_HISTORIES_REPLAY_HISTORY_HPP
#define SIFANG_COUNTY_HISTORIES_REPLAY_HISTORY_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/guarantees.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/world.hpp"
#include "sifang/petition/case_history.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sifang {

/// What the steps of a county's cases are judged by.
template <class = when_called>
[[nodiscard]] inline case_rules rules_of(const world& w) {
  return {w.setting().clocks, w.cutoff(), w.calendar(), w.setting().return_visits.open};
}

/// A case of a replication as the model holds it, with all its queries, and what the model refused of it.
struct replayed_case {
  case_history history;               ///< as far as it was taken
  std::vector<refused_step> refused;  ///< empty: the tests see to it
};

namespace detail {

/// Puts the events of one case into a history, one after another.
class history_replay {
 public:
  template <class = when_called>
  history_replay(const world& w, const case_rules& rules, const case_row& c)
      : world_(&w), rules_(&rules), village_(c.village), out_{case_history(facts_of(w, c)), {}} {}

  template <class = when_called>
  void take(const history_event& e) {
    case_history& h = out_.history;
    switch (e.what) {
      case history_kind::step:
        return check(h.apply(e.event, e.at, *rules_, facts_of(e)));
      case history_kind::owner:
      case history_kind::handover:
        check(h.hand_over(e.at, e.people.front(), "as the county's rule says"));
        return h.assign_guarantees(guarantees_of(*world_, village_, e.people.front()));
      case history_kind::taken_over:
        return check(h.succeed(e.at, "the owner's post has changed hands"));
      case history_kind::again:  // one that breaks the peace is row 21, one before a return visit row 25, which follow
        if (h.record().state != case_state::settled && h.record().state != case_state::return_visit_due) check(h.note_repeat(e.at));
        return;
      case history_kind::rating:
        if (!e.rated->given) return;
        check(h.rate(e.at, body::authority, e.rated->authority ? grade::satisfied : grade::unsatisfied));
        return check(h.rate(e.at, body::bureau, e.rated->bureau ? grade::satisfied : grade::unsatisfied));
      case history_kind::recheck_hearing:
        if (*e.days > 0) check(h.hold_hearing(e.at, calendar_days(*e.days), *rules_));
        return;
      case history_kind::return_visit:
        party_ = e.people;
        return;
      default:
        return;  // no part of the story in law
    }
  }
  [[nodiscard]] replayed_case finish() && { return std::move(out_); }

 private:
  [[nodiscard]] static case_record facts_of(const world& w, const case_row& c) {
    case_record r;
    r.place_unit = w.townships()[c.township].where;
    if (c.subject != no_index) r.matter_unit = w.offices()[c.subject].where;
    r.category = category_id(c.category);
    r.type = c.type;
    r.channel = c.channel;
    r.door = c.first_door;
    r.group_size = c.persons;
    r.simplified = c.simplified;
    r.from_above = c.from_above;
    r.long_pending = c.backlog;
    return r;
  }
  template <class = when_called>
  [[nodiscard]] step_facts facts_of(const history_event& e) const {
    step_facts f;
    f.where = e.where;
    f.unit = e.where;
    f.opinion = e.opinion;
    if (!e.people.empty()) f.who = e.people.front();
    if (e.event == case_event::divert) f.other = other_route::litigation;
    if (e.event == case_event::extend) f.extension = calendar_days(*e.days);
    if (party_.size() == 3) {
      f.owner_there = party_[0].valid();
      f.place_unit_there = party_[1].valid();
      f.matter_unit_there = party_[2].valid();
    }
    return f;
  }
  template <class Result>
  void check(const Result& r) {
    if (!r) out_.refused.push_back(r.refusal());
  }

  const world* world_;
  const case_rules* rules_;
  std::uint32_t village_;
  replayed_case out_;
  std::vector<official_id> party_;  ///< of the last return visit
};

}  // namespace detail

/// Plays the events of one case through `case_history`: what is overdue on a day, who owned it when, every run of every clock are
/// then its queries.
/// \param rules   `rules_of` the county
/// \param events  of one replication in order; those of other matters are passed over \complexity linear in them
template <class = when_called>
[[nodiscard]] inline replayed_case replay_history(const world& w, const case_rules& rules, const case_row& c,
                                                  std::span<const history_event> events) {
  detail::history_replay replay(w, rules, c);
  for (const history_event& e : events) {
    if (e.matter == c.matter && e.replication == c.replication) replay.take(e);
  }
  return std::move(replay).finish();
}

}  // namespace sifang

#endif
