// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_SITTING_HPP
#define SIFANG_COUNTY_YEAR_SITTING_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/year/diary.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// Who sits at today's sessions: the rosters, less who is away, with substitutes where the rule has them. All are called together in
/// the morning, that of the greatest precedence first, so that nobody sits in two places (DOMAIN 1.6(2), 1.6(5)); a leader who is
/// missed at a linked township or department is counted (R5).
template <class State>
class year_sitting {
 public:
  /// A session of today.
  struct session {
    std::uint32_t series = 0,  ///< position in the plan
        first = 0,             ///< position of the first who sits, among all who sit today
        people = 0,            ///< how many sit
        seats = 0;             ///< planned, before absences
    bool visited = false;      ///< for whoever looks at them to set
  };

  /// \param s, diary  outlive the part
  year_sitting(State& s, year_diary<State>& diary) noexcept : s_(&s), diary_(&diary) {}

  /// Nobody has sat.
  void start() {
    sat_.assign(s_->county->org().officials().size(), 0);
    at_series_.assign(s_->county->plan().series().size(), none);
    sessions_.clear();
  }
  /// A day begins: names who sits. Duties are counted anew where counting begins and in each calendar year, from that day's first on:
  /// the warm-up does not decide who has sat least.
  void begin() {
    if (s_->today == s_->county->start() || (s_->today.month() == 1 && s_->today.day_of_month() == 1)) sat_.assign(sat_.size(), 0);
    for (const session& one : sessions_) at_series_[one.series] = none;
    sessions_.clear();
    people_.clear();
    clashes_ = as_planned() ? s_->tables.double_bookings(s_->today) : 0;
    const reception_plan& plan = s_->county->plan();
    const auto county = s_->tables.county_sessions(s_->today);
    if (!county.empty()) {
      for (venue where : plan.of_county_leaders()) {
        for (const auto& [i, turn] : county) {
          if (plan.series()[i].where == where) name(i, turn);
        }
      }
    }
    for (venue where : plan.of_units()) {
      if (!plan.is_held(where, s_->today)) continue;
      const std::uint32_t turn = plan.turn_on(where, s_->today);
      for (std::uint32_t i : plan.series_of(where)) {
        const reception_series& s = plan.series()[i];
        if (s.period <= 1 || turn % s.period == s.phase) name(i, turn);
      }
    }
  }

  /// Today's sessions, in the order in which they were called; that of a series, which is held today; and who sits. @{
  [[nodiscard]] std::span<session> sessions() noexcept { return sessions_; }
  [[nodiscard]] session& of_series(std::uint32_t series) noexcept {
    SIFANG_ASSERT(at_series_[series] != none, "a series that is held today");
    return sessions_[at_series_[series]];
  }
  [[nodiscard]] std::span<const official_id> people(const session& one) const noexcept {
    return std::span(people_).subspan(one.first, one.people);
  }
  /// @}
  /// Leaders who are missed at their linked townships and departments today (R5).
  [[nodiscard]] std::uint32_t clashes() const noexcept { return clashes_; }
  /// County leaders sit: a policy that looks at who has sat least counts it.
  void count(std::span<const official_id> people) noexcept {
    for (official_id who : people) ++sat_[who.index()];
  }

 private:
  /// Whether the plan says who sits, and who cannot since they sit elsewhere.
  [[nodiscard]] bool as_planned() const noexcept {
    if constexpr (State::rosters_by_own)
      return false;
    else
      return s_->policies.template policy<detail::slots::roster>().as_planned();
  }
  void name(std::uint32_t i, std::uint32_t turn) {
    const reception_plan& plan = s_->county->plan();
    const reception_series& s = plan.series()[i];
    session one;
    one.series = i;
    one.first = static_cast<std::uint32_t>(people_.size());
    if (as_planned() && plan.same_people(s.where))
      seat_all(s, one);
    else
      seat_some(s, turn, one);
    one.people = static_cast<std::uint32_t>(people_.size()) - one.first;
    at_series_[i] = static_cast<std::uint32_t>(sessions_.size());
    sessions_.push_back(one);
  }
  /// Where all of a series sit, nobody stands in for whoever is away.
  void seat_all(const reception_series& s, session& one) {
    const session_kind& kind = s_->county->plan().kind(s.where);
    for (official_id who : s_->county->plan().people(s)) {
      if (!diary_->is_free(who, kind.start, kind.end(), s.place)) {
        clashes_ += kind.counts_for == reception_rule::r5;
        continue;
      }
      ++one.seats;
      if (diary_->is_away(who)) continue;
      diary_->engage(who, kind.start, kind.end(), s.place, true);
      people_.emplace_back(who);
    }
  }
  void seat_some(const reception_series& s, std::uint32_t turn, session& one) {
    const reception_plan& plan = s_->county->plan();
    const session_kind& kind = plan.kind(s.where);
    named_.clear();
    if (as_planned())
      plan.roster(s, turn, named_);
    else
      ask_roster(s, turn);
    if (!plan.traits(s.where).by_clerks) {
      const auto sits_elsewhere = [&](official_id who) { return !diary_->is_free(who, kind.start, kind.end(), s.place); };
      if (kind.counts_for == reception_rule::r5) {
        const auto linked = as_planned() ? std::span<const official_id>(named_) : plan.people(s);
        clashes_ += static_cast<std::uint32_t>(std::count_if(linked.begin(), linked.end(), sits_elsewhere));
      }
      std::erase_if(named_, sits_elsewhere);
      one.seats = static_cast<std::uint32_t>(named_.size());
      take_out_absent(s, turn);
      for (official_id who : named_) diary_->engage(who, kind.start, kind.end(), s.place, true);
    } else {
      one.seats = static_cast<std::uint32_t>(named_.size());
    }
    people_.insert(people_.end(), named_.begin(), named_.end());
  }
  void ask_roster(const reception_series& s, std::uint32_t turn) {
    const sitting_request request{
        s_->county->plan(), s, turn, s_->today, static_cast<std::size_t>(s_->county->plan().receivers(s.where)), sat_};
    s_->policies.template ask<detail::slots::roster>(static_cast<std::uint64_t>(s_->date()), static_cast<std::uint32_t>(s.place.index()),
                                                     request, named_);
    const auto is_nobody = [&](official_id who) { return who.index() >= sat_.size(); };
    SIFANG_ASSERT(std::none_of(named_.begin(), named_.end(), is_nobody), "the roster named somebody whom the county does not have");
    std::erase_if(named_, is_nobody);
    for (std::size_t k = 0; k < named_.size();) {
      const auto before = named_.begin() + static_cast<std::ptrdiff_t>(k);
      const bool twice = std::find(named_.begin(), before, named_[k]) != before;
      SIFANG_ASSERT(!twice, "the roster named somebody twice");
      if (twice)
        named_.erase(before);
      else
        ++k;
    }
  }
  /// Whoever is away is stood in for by the next of the rota, if that is the rule and that one has the time.
  void take_out_absent(const reception_series& s, std::uint32_t turn) {
    const reception_plan& plan = s_->county->plan();
    const session_kind& kind = plan.kind(s.where);
    for (std::size_t k = 0; k < named_.size();) {
      if (!diary_->is_away(named_[k])) {
        ++k;
        continue;
      }
      const official_id stand_in =
          s_->setting().reception.substitution == substitution_rule::next_in_rota ? plan.substitute(s, turn) : official_id{};
      if (stand_in.valid() && !diary_->is_away(stand_in) && diary_->is_free(stand_in, kind.start, kind.end(), s.place) &&
          std::find(named_.begin(), named_.end(), stand_in) == named_.end()) {
        named_[k++] = stand_in;
      } else {
        named_.erase(named_.begin() + static_cast<std::ptrdiff_t>(k));
      }
    }
  }

  State* s_;
  year_diary<State>* diary_;
  std::vector<std::uint32_t> sat_;  ///< by official: sessions of county leaders sat at since counting began, in this calendar year
  std::uint32_t clashes_ = 0;       ///< of today
  std::vector<session> sessions_;   ///< of today
  static constexpr std::uint32_t none = ~0u;
  std::vector<std::uint32_t> at_series_;  ///< by series: position among today's sessions
  std::vector<official_id> people_, named_;
};

}  // namespace sifang

#endif
