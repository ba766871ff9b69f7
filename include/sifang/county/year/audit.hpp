// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_AUDIT_HPP
#define SIFANG_COUNTY_YEAR_AUDIT_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/petition/life_cycle.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sifang {

/// Something that no year may come to.
struct audit_fault {
  day on;                    ///< at the end of which day
  std::uint64_t entity = 0;  ///< names the matter; 0 for none
  std::string_view what;     ///< in a few words
};

/// What must hold of a year at the end of each of its days, whatever the county and its policies: every open case is in exactly
/// one place and has a next event, every grievance of which nobody knows will come forward, whoever is on the way has somewhere
/// to go; cases in hand and cases owned are counted right; clocks run forward. And in the end: shares lie within 0 and 1.
/// \complexity linear in the matters
template <class State, class Offices>
class year_audit {
 public:
  /// \param s, offices  outlive the audit
  year_audit(const State& s, const Offices& offices) : s_(&s), offices_(&offices) {}

  /// Looks at the end of a day. \param faults  what is found is added to it
  void look(std::vector<audit_fault>& faults) {
    in_hand_.assign(s_->county->handlers(), 0);
    owned_.assign(s_->owned.size(), 0);
    std::size_t in_line = 0, open = 0;
    for (const matter& m : s_->matters) {
      const auto say = [&](bool holds, std::string_view what) {
        if (!holds) faults.push_back({s_->today, m.entity, what});
      };
      const bool comes_next = m.planned == m.generations[0];
      // Whoever has no handler stands in the unit's line, but for a recorded case, whose end is known, or that it has none yet.
      const bool in_hand = m.state == case_state::accepted || m.state == case_state::handling;
      const recorded_arrival* const record = s_->record_of(m);
      const bool stays = record != nullptr && (m.state == case_state::routed ? record->not_accepted : record->not_replied);
      const bool stands_in_line = in_hand && m.handler == no_index && !comes_next && !stays;
      if (m.handler != no_index) ++in_hand_[m.handler];
      in_line += stands_in_line;
      if (m.state == case_state::none) {
        say(comes_next || m.visiting || m.will_write, "a grievance that never comes forward");
        continue;
      }
      if (m.state == case_state::answered_on_spot) continue;
      say(m.registered >= m.born, "registered before it arose");
      if (m.visiting) say(m.visit_on >= s_->date(), "on the way to a session of the past");  // of today: heard at midnight
      if (!is_open(m.state)) {
        say(m.handler == no_index, "a closed case in a handler's hands");
        continue;
      }
      ++open;
      for (official_id who : {m.owner, m.partner}) {
        if (who.valid()) ++owned_[who.index()];
      }
      say(stands_in_line || comes_next || stays, "an open case without a next event");
      if (m.state == case_state::routed) say(m.accept_due >= m.routed, "a clock that runs out before it starts");
      if (m.state == case_state::handling) say(m.reply_due >= m.accepted, "a clock that runs out before it starts");
      if (m.listed) say(m.meeting_on >= s_->date(), "listed for a meeting of the past");
    }
    const auto of_all = [&](bool holds, std::string_view what) {
      if (!holds) faults.push_back({s_->today, 0, what});
    };
    of_all(open == s_->open.size(), "the list of open cases");
    of_all(in_line == offices_->in_line(), "the lines of the units");
    for (std::size_t h = 0; h < in_hand_.size(); ++h) of_all(in_hand_[h] == offices_->in_hand()[h], "the cases in a handler's hands");
    for (std::size_t o = 0; o + 1 < owned_.size(); ++o) of_all(owned_[o] == s_->owned[o], "the cases that an official owns");
  }

  /// Looks at the figures when the year is over. \param faults  what is found is added to it
  void close(std::vector<audit_fault>& faults) const {
    const auto& sums = s_->counts().outcome().sums;
    for (const metric_info& m : metric_table) {
      if (m.unit != "share" || m.kind != metric_kind::ratio) continue;
      for (std::size_t cell = 0; cell < s_->county->layout().cells(); ++cell) {
        const double above = sums.numerator(m.id, cell), below = sums.denominator(m.id, cell);
        if (above < 0 || above > below + 1e-9 * (below + 1)) faults.push_back({s_->county->last(), cell, m.name});
      }
    }
  }

 private:
  const State* s_;
  const Offices* offices_;
  std::vector<std::int32_t> in_hand_, owned_;
};

}  // namespace sifang

#endif
