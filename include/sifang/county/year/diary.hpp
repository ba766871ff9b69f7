// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_DIARY_HPP
#define SIFANG_COUNTY_YEAR_DIARY_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/org/unit.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace sifang {

/// The diary of every official for today, which every door asks before it counts on somebody: sessions, irregular visits,
/// appointments and return visits, to the minute, with the way from one place to the next; and who is away. So nobody is in
/// two places. What was kept of it is told when the day is over (`hook::worked`).
///
/// Leave and training are spans of days of a person (`reception.absence_days`), not of a session: whoever is away is missed at every
/// duty of those days.
template <class State>
class year_diary {
 public:
  /// \param s  outlives the diary
  explicit year_diary(State& s) noexcept : s_(&s) {}

  /// Nobody has anything to do.
  void start() {
    entries_.clear();
    absences_.assign(s_->county->org().officials().size(), {});
    first_.assign(s_->county->org().officials().size(), none);
  }
  /// A day begins.
  void begin() noexcept {
    for (const entry& e : entries_) first_[e.who.index()] = none;
    entries_.clear();
    campaign_ = false;
  }
  /// From now on today, heads and team members of units who are sent and have no duty are at the households (R21).
  void send_out() noexcept { campaign_ = true; }
  /// People below the county's leaders whom a duty of today keeps from the households, if they were to go.
  [[nodiscard]] std::size_t kept_back() const noexcept {
    std::size_t n = 0;
    for (const entry& e : entries_) n += e.next == none && goes_out(e.who);
    return n;
  }
  /// Bytes that the diary takes, without what changes with the day.
  [[nodiscard]] std::size_t bytes() const noexcept { return first_.size() * (sizeof(first_[0]) + sizeof(absences_[0])); }

  /// Whether somebody is on leave, at a training, or at the households today, or nobody is in the post. Amortised over the spans of one
  /// block of draws.
  [[nodiscard]] bool is_away(official_id who) noexcept {
    absences& known = absences_[who.index()];
    if (s_->date() >= known.until) look_up(who, known);
    return known.now || s_->vacant[who.index()] != 0 || (campaign_ && first_[who.index()] == none && goes_out(who));
  }
  /// Whether somebody has these minutes of the day for a place, with the way from what comes before and to what comes after.
  [[nodiscard]] bool is_free(official_id who, minutes from, minutes to, unit_id where) const noexcept {
    for (std::uint32_t i = first_[who.index()]; i != none; i = entries_[i].next) {
      const minutes way = s_->county->way(entries_[i].where, where);
      if (from < entries_[i].to + way && entries_[i].from < to + way) return false;
    }
    return true;
  }
  /// The first minute from `from` on at which all have so many minutes for a place before the offices close.
  [[nodiscard]] std::optional<minutes> slot(std::span<const official_id> people, minutes from, minutes length,
                                            unit_id where) const noexcept {
    for (std::size_t asked = 0; asked < people.size() && from + length <= fixed::visits_end;) {
      minutes next = from;
      for (std::uint32_t i = first_[people[asked].index()]; i != none; i = entries_[i].next) {
        const minutes way = s_->county->way(entries_[i].where, where);
        if (next < entries_[i].to + way && entries_[i].from < next + length + way) next = entries_[i].to + way;
      }
      if (next == from) {
        ++asked;
      } else {  // later: ask everybody again
        from = next;
        asked = 0;
      }
    }
    if (from + length > fixed::visits_end) return std::nullopt;
    return from;
  }
  /// Enters a duty of all whom it needs, which may still come to nothing, at the first such minute. Nothing, and it is entered nowhere,
  /// if there is none or one of them is away.
  [[nodiscard]] std::optional<minutes> place(std::span<const official_id> people, minutes from, minutes length, unit_id where) {
    if (std::any_of(people.begin(), people.end(), [&](official_id who) { return is_away(who); })) return std::nullopt;
    const auto begins = slot(people, from, length, where);
    if (!begins) return std::nullopt;
    for (official_id who : people) engage(who, *begins, *begins + length, where, false);
    return begins;
  }
  /// Somebody is to be somewhere. \param kept  false if it may still come to nothing: then `keep` follows, or it is forgotten
  [[gnu::always_inline]] void engage(official_id who, minutes from, minutes to, unit_id where, bool kept) {
    std::uint32_t& first = first_[who.index()];
    entries_.push_back({who, from, to, where, first, kept});
    first = static_cast<std::uint32_t>(entries_.size()) - 1;
  }
  /// It took place.
  void keep(official_id who, minutes from) noexcept {
    for (std::uint32_t i = first_[who.index()]; i != none; i = entries_[i].next) {
      if (entries_[i].from == from) entries_[i].kept = true;
    }
  }
  /// A session lasted longer: whoever came late was there if it still went on.
  void prolong(official_id who, minutes from, minutes by) noexcept {
    for (std::uint32_t i = first_[who.index()]; i != none; i = entries_[i].next) {
      if (entries_[i].from != from) continue;
      entries_[i].to = entries_[i].to + by;
      entries_[i].kept = entries_[i].from < entries_[i].to;
    }
  }
  /// It begins later for somebody who is still elsewhere; who comes after its end was not there.
  void come_late(official_id who, minutes from, minutes at) noexcept {
    for (std::uint32_t i = first_[who.index()]; i != none; i = entries_[i].next) {
      if (entries_[i].from != from) continue;
      entries_[i].from = at;
      if (at >= entries_[i].to) entries_[i].kept = false;
    }
  }
  /// The first minute from `from` on at which somebody can be at a place, for what began before.
  [[nodiscard]] minutes arrival(official_id who, minutes from, unit_id where) const noexcept {
    minutes at = from;
    for (std::uint32_t i = first_[who.index()]; i != none; i = entries_[i].next) {
      if (entries_[i].from < from) at = (std::max)(at, entries_[i].to + s_->county->way(entries_[i].where, where));
    }
    return at;
  }

  /// The day is over: tells the hours of everybody who had a duty, in the order in which they got the first.
  void close() {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const official_id who = entries_[i].who;
      if (entries_[i].next != none) continue;  // not the first that they got
      if (first_[who.index()] == i) {          // nor another
        if (entries_[i].kept) s_->tell.worked(s_->today, who, hours_of(entries_[i]));
        continue;
      }
      of_one_.clear();
      for (std::uint32_t k = first_[who.index()]; k != none; k = entries_[k].next) {
        if (entries_[k].kept) of_one_.push_back(entries_[k]);
      }
      if (of_one_.empty()) continue;
      std::sort(of_one_.begin(), of_one_.end(), [](const entry& a, const entry& b) { return a.from < b.from; });
      told_hours hours;
      const unit_id home = s_->county->org()[who].unit;
      unit_id at = home;
      const auto go_to = [&](unit_id place) {
        if (place == at) return;
        hours.travel += s_->county->way(at, place).count;
        hours.km += s_->county->km_between(at, place);
        at = place;
      };
      for (const entry& e : of_one_) {
        go_to(e.where);
        hours.attendance += (e.to - e.from).count;
        hours.preparation += s_->setting().county.preparation.count;
      }
      go_to(home);
      s_->tell.worked(s_->today, who, hours);
    }
  }

 private:
  static constexpr std::uint32_t none = ~0u;
  struct entry {
    official_id who;
    minutes from, to;  ///< after midnight
    unit_id where;
    std::uint32_t next;  ///< of the same person, the one that was entered before
    bool kept;
  };

  /// Whether somebody is on leave or at a training in the span of days under way, and until when it lasts; of the four spans in a row to
  /// which it belongs: in which they are.
  struct absences {
    std::uint32_t block = ~0u, away = 0;
    std::int32_t until = (std::numeric_limits<std::int32_t>::min)();
    bool now = false;
  };
  /// Of somebody's only duty.
  [[nodiscard]] told_hours hours_of(const entry& e) const noexcept {
    const world& w = *s_->county;
    const unit_id home = w.org()[e.who].unit;
    told_hours out{(e.to - e.from).count, s_->setting().county.preparation.count, 0, 0};
    if (e.where == home) return out;
    out.travel = w.way(home, e.where).count + w.way(e.where, home).count;
    out.km = w.km_between(home, e.where) + w.km_between(e.where, home);
    return out;
  }
  void look_up(official_id who, absences& known) const noexcept {
    const auto& setting = s_->setting().reception;
    const auto span = static_cast<std::uint32_t>(setting.absence_days.count);
    // Spans of different people begin on different days.
    const std::uint32_t shift = who.value() * 7 % span, number = (static_cast<std::uint32_t>(s_->date()) + shift) / span;
    if (known.block != number / 4) {
      known.block = number / 4;
      known.away = 0;
      const auto luck = s_->draws.four(who.value(), draw::absence, known.block);
      for (unsigned k = 0; k < 4; ++k) known.away |= static_cast<std::uint32_t>(luck[k] < setting.absence_rate) << k;
    }
    const auto in = [&](std::uint32_t n) { return (known.away >> n % 4 & 1) != 0; };
    known.now = in(number);
    std::uint32_t next = number + 1;
    while (next % 4 != 0 && in(next) == known.now) ++next;  // as long as it stays so
    known.until = static_cast<std::int32_t>(next * span - shift);
  }

  [[nodiscard]] bool goes_out(official_id who) const noexcept {
    return !s_->county->is_county_leader(who) && s_->county->is_sent(who.index());
  }

  State* s_;
  bool campaign_ = false;             ///< those who are free are at the households
  std::vector<absences> absences_;    ///< by official
  std::vector<entry> entries_;        ///< of today
  std::vector<std::uint32_t> first_;  ///< by official: the one that was entered last
  std::vector<entry> of_one_;         ///< working memory
};

}  // namespace sifang

#endif
