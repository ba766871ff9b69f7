// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_SESSION_DATES_HPP
#define SIFANG_RECEPTION_SESSION_DATES_HPP

#include "sifang/calendar/schedule.hpp"
#include "sifang/calendar/sensitive_period.hpp"
#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/reception/session_kind.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

namespace sifang {

/// On which days of a span sessions of each kind are held somewhere. Immutable once made.
class session_dates {
 public:
  /// A rule that counts (COUNT, INTERVAL) from no day of its own counts from `first`.
  /// \param turns_from  day from which turns are counted, whether in the span or not
  /// \pre first <= last and turns_from <= last, and at most `most_session_kinds`; asserted
  template <class = when_called>
  session_dates(const reception_setting& setting, const working_calendar& calendar, std::span<const sensitive_period> sensitive, day first,
                day last, day turns_from)
      : first_(first), last_(last) {
    SIFANG_ASSERT(first <= last && turns_from <= last);
    SIFANG_ASSERT(setting.sessions.size() <= most_session_kinds);
    // From here on, since what is moved off a day before the span may fall into it, and turns may be counted from before it.
    const day early = (std::max)((std::min)(first, turns_from) - calendar_days(40), first_day_allowed);
    expand_rules(setting, calendar, early);
    move_off_others(setting, calendar);
    add_sensitive_days(setting, calendar, sensitive, early);
    cut(turns_from);
    index();
  }

  /// The span, both included. @{
  [[nodiscard]] day first() const noexcept { return first_; }
  [[nodiscard]] day last() const noexcept { return last_; }
  /// @}
  /// Days of a kind, in order: its turns.
  [[nodiscard]] const std::vector<day>& of(venue v) const noexcept { return dates_[v.index()]; }
  /// Turn of a day, or of the next on which the kind is held; as many as there are where none is left. Constant time.
  /// \pre within the span; asserted
  [[nodiscard]] std::uint32_t turn_on(venue v, day d) const noexcept {
    SIFANG_ASSERT(d >= first_ && d <= last_);
    return next_date_[v.index()][static_cast<std::size_t>((d - first_).count)];
  }
  /// Turn from which turns of a kind are counted, perhaps before the span and negative.
  [[nodiscard]] std::int32_t turn_zero(venue v) const noexcept { return turn_zero_[v.index()]; }
  /// Days on which a kind and the one for which it moves fell together before any split.
  [[nodiscard]] const std::vector<day>& collisions() const noexcept { return collisions_; }

 private:
  static void add_day(std::vector<day>& dates, day d) {
    const auto at = std::lower_bound(dates.begin(), dates.end(), d);
    if (at == dates.end() || *at != d) dates.insert(at, d);
  }

  template <class = when_called>
  void expand_rules(const reception_setting& setting, const working_calendar& calendar, day early) {
    for (const session_kind& k : setting.sessions) {
      std::vector<day>& out = dates_.emplace_back();
      if (!k.open || k.irregular) continue;
      schedule rule{k.recur, {}, k.add, k.remove, k.on_rest_day};
      for (recurrence& r : rule.include) r = r.counted_from(first_, early);
      for (const occurrence& o : expand(rule, early, last_, calendar)) out.push_back(o.actual);
    }
  }

  template <class = when_called>
  void move_off_others(const reception_setting& setting, const working_calendar& calendar) {
    const auto planned = dates_;
    for (std::size_t v = 0; v < dates_.size(); ++v) {
      const auto other = setting.find(setting.sessions[v].moves_for);
      if (setting.sessions[v].moves_for.empty() || !other) continue;
      std::vector<day> together;
      const std::vector<day>& theirs = planned[other->index()];
      std::set_intersection(planned[v].begin(), planned[v].end(), theirs.begin(), theirs.end(), std::back_inserter(together));
      for (const day merged : together) {
        add_day(collisions_, merged);
        if (setting.collision != collision_policy::split) continue;
        const day moved = calendar.next_workday(merged + calendar_days(1));
        dates_[v].erase(std::lower_bound(dates_[v].begin(), dates_[v].end(), merged));
        if (moved <= last_) add_day(dates_[v], moved);
      }
    }
  }

  template <class = when_called>
  void add_sensitive_days(const reception_setting& setting, const working_calendar& calendar, std::span<const sensitive_period> sensitive,
                          day early) {
    for (std::size_t v = 0; v < dates_.size(); ++v) {
      if (!setting.sessions[v].sensitive_duty || !setting.sessions[v].open) continue;
      for (const sensitive_period& p : sensitive) {
        for (day d = (std::max)(early, p.first - p.lead); d <= (std::min)(last_, p.last); ++d) {
          if (calendar.is_workday(d)) add_day(dates_[v], d);
        }
      }
    }
  }

  /// Leaves out what lies before the span, and notes which date of each kind turns are counted from.
  template <class = when_called>
  void cut(day turns_from) {
    for (std::vector<day>& dates : dates_) {
      const auto before = [&](day d) { return std::lower_bound(dates.begin(), dates.end(), d) - dates.begin(); };
      turn_zero_.push_back(static_cast<std::int32_t>(before(turns_from) - before(first_)));
      dates.erase(dates.begin(), dates.begin() + before(first_));
    }
    std::erase_if(collisions_, [&](day d) { return d < first_; });
  }

  template <class = when_called>
  void index() {
    const auto days = static_cast<std::size_t>((last_ - first_).count) + 1;
    for (const std::vector<day>& dates : dates_) {
      std::vector<std::uint32_t>& next = next_date_.emplace_back(days);
      std::uint32_t turn = 0;
      for (std::size_t d = 0; d < days; ++d) {
        while (turn < dates.size() && dates[turn] < first_ + calendar_days(static_cast<std::int32_t>(d))) ++turn;
        next[d] = turn;
      }
    }
  }

  day first_, last_;
  std::vector<std::vector<day>> dates_;                ///< by kind
  std::vector<std::int32_t> turn_zero_;                ///< by kind
  std::vector<std::vector<std::uint32_t>> next_date_;  ///< by kind and day
  std::vector<day> collisions_;
};

}  // namespace sifang

#endif
