// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_DEADLINES_HPP
#define SIFANG_COUNTY_YEAR_DEADLINES_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/petition/life_cycle.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace sifang {

/// The weekly look at open cases: clocks are compared here, not scheduled (rows 23, 24), and cases are handed over where that
/// is the rule. No state of its own.
template <class State>
class year_deadlines {
 public:
  /// \param s, ownership  outlive the part
  year_deadlines(State& s, year_ownership<State>& ownership) noexcept : s_(&s), ownership_(&ownership) {}

  /// At the end of a week, counted or not.
  void look() {
    const instant now(s_->today, minutes(minutes_per_day - 1));
    const long_pending_cutoff cutoff = s_->county->cutoff();
    const bool hands_over = ownership_->hands_over();
    for (std::size_t i = 0; i < s_->open.size(); ++i) {
      const std::uint32_t who = s_->open[i];
      if (i + 6 < s_->open.size()) s_->fetch(s_->open[i + 6]);
      matter& m = s_->matters[who];
      if (!m.long_pending && cutoff.reached(calendar_days(s_->date() - m.registered), m.repeats)) {
        m.long_pending = true;
        s_->step(who, case_event::cutoff, now);
      }
      note_late(who, now);
      if (hands_over) ownership_->hand_over(who, now);
      if (s_->county->counts(s_->today)) s_->tell.seen(s_->today, m);
    }
  }

  /// Row 24, if the duty that runs is past its last day and nobody has noted it.
  void note_late(std::uint32_t who, instant at) {
    const matter& m = s_->matters[who];
    if (s_->date() > due_of(m) && !m.late_now) s_->miss(who, at);
  }

 private:
  /// Last day of the duty that runs. By table, since what state a case is in is chance to the processor.
  [[nodiscard]] std::int32_t due_of(const matter& m) const noexcept {
    enum duty : std::uint8_t { route, accept, reply, opinion, none, duties };
    static constexpr auto duty_of = [] {
      std::array<duty, case_state_count> of{};
      of.fill(none);
      of[static_cast<std::size_t>(case_state::registered)] = route;
      of[static_cast<std::size_t>(case_state::routed)] = accept;
      of[static_cast<std::size_t>(case_state::accepted)] = of[static_cast<std::size_t>(case_state::handling)] = reply;
      of[static_cast<std::size_t>(case_state::under_review)] = of[static_cast<std::size_t>(case_state::under_recheck)] = opinion;
      return of;
    }();
    const std::array<std::int32_t, duties> dues{s_->due(case_clock::route, m.route_from, false, m.from_above), m.accept_due, m.reply_due,
                                                m.opinion_due, (std::numeric_limits<std::int32_t>::max)()};
    return dues[duty_of[static_cast<std::size_t>(m.state)]];
  }

  State* s_;
  year_ownership<State>* ownership_;
};

}  // namespace sifang

#endif
