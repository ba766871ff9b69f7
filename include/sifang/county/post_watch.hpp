// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POST_WATCH_HPP
#define SIFANG_COUNTY_POST_WATCH_HPP

#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/load_watch.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Who of a county hears late, where, and whose cases are late: by post and by door.

namespace sifang {

/// What one post, or one door, did in the counted period.
struct post_cell {
  double visits = 0,   ///< who came there; of a post who was heard by it
      wait = 0,        ///< Σ of days from deciding to come to being heard
      waits = 0,       ///< visits heard
      late = 0,        ///< visits not heard that day, or after more than `late_visit_days`; of a post the latter
      steps = 0,       ///< acceptances and replies of cases that it owned whose last day lies in the period; of posts alone
      late_steps = 0,  ///< of these, not done by then
      busy = 0;        ///< minutes of interviews; of doors alone
};

/// A door: a kind of session at one place.
struct reception_door {
  venue where{};  ///< kind of session
  unit_id place;  ///< unit at which it is held
  friend bool operator==(const reception_door&, const reception_door&) = default;
};

/// The doors of a county with dates, by kind and place; irregular visits, which have no place of their own, are none.
template <class = when_called>
[[nodiscard]] inline std::vector<reception_door> doors_of(const world& w) {
  std::vector<reception_door> out;
  for (const reception_series& s : w.plan().series()) {
    if (!w.plan().traits(s.where).irregular) out.push_back({s.where, s.place});
  }
  const auto key = [](const reception_door& d) { return std::pair(d.where.index(), d.place.index()); };
  std::sort(out.begin(), out.end(), [&](const reception_door& a, const reception_door& b) { return key(a) < key(b); });
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// An observer that counts for each post, by `official_id`, and for each door, in the order of `doors_of`.
class post_watch {
 public:
  /// What it is told.
  static constexpr auto hooks = sifang::hooks<hook::started, hook::new_day, hook::duty, hook::visit, hook::session, hook::finished>;

  /// Filled when the year has finished. @{
  template <class = when_called>
  [[nodiscard]] std::span<const post_cell> posts() const noexcept {
    return detail::span_of(posts_);
  }
  template <class = when_called>
  [[nodiscard]] std::span<const post_cell> doors() const noexcept {
    return detail::span_of(doors_);
  }
  /// @}

  /// The hooks, as `observer_list` tells them. @{
  template <class = when_called>
  void started(const world& w, std::uint32_t) {
    world_ = &w;
    const std::vector<reception_door> doors = doors_of(w);
    door_of_.assign(w.plan().kinds().size() * w.org().units().size(), 0);
    for (std::size_t d = 0; d < doors.size(); ++d) door_of_[at(doors[d].where, doors[d].place, w)] = static_cast<std::uint32_t>(d);
    posts_.assign(w.org().officials().size(), {});
    doors_.assign(doors.size(), {});
  }
  void new_day(day d) noexcept {
    today_ = d;
    counting_ = world_->counts(d);
  }
  template <class = when_called>
  void duty(instant, const matter& m, case_clock which, day, day due) noexcept {
    if (which == case_clock::accept || which == case_clock::handle) fell_due(m, due, today_ > due);
  }
  template <class = when_called>
  void visit(const reception_series& s, day d, const matter& m, const visit_outcome* v, official_id receiver) noexcept {
    if (!counting_) return;
    const bool heard = v != nullptr && v->end == visit_end::heard;
    const std::int32_t days = d.since_1970() - m.visit_decided;
    const auto count = [&](post_cell& at) {
      at.visits += 1;
      at.late += !heard || days > late_visit_days;
      if (!heard) return;
      at.wait += days;
      at.waits += 1;
    };
    if (receiver.valid()) count(posts_[receiver.index()]);
    if (world_->plan().traits(s.where).irregular) return;
    count(door(s));
  }
  template <class = when_called>
  void session(const reception_series& s, day, std::span<const official_id>, const session_totals& t) noexcept {
    if (counting_ && !world_->plan().traits(s.where).irregular) door(s).busy += t.busy;
  }
  /// What fell due and was not done.
  template <class = when_called>
  void finished(day, std::span<const matter> all) noexcept {
    for (const matter& m : all) {
      if (m.state == case_state::routed) fell_due(m, day(m.accept_due), true);
      if (m.state == case_state::accepted || m.state == case_state::handling) fell_due(m, day(m.reply_due), true);
    }
  }
  /// @}

 private:
  [[nodiscard]] static std::size_t at(venue where, unit_id place, const world& w) noexcept {
    return where.index() * w.org().units().size() + place.index();
  }
  [[nodiscard]] post_cell& door(const reception_series& s) noexcept { return doors_[door_of_[at(s.where, s.place, *world_)]]; }
  void fell_due(const matter& m, day due, bool late) noexcept {
    if (!m.owner.valid() || !world_->counts(due)) return;
    post_cell& owner = posts_[m.owner.index()];
    owner.steps += 1;
    owner.late_steps += late;
  }

  const world* world_ = nullptr;
  std::vector<post_cell> posts_, doors_;
  std::vector<std::uint32_t> door_of_;  ///< by kind and unit
  day today_;
  bool counting_ = false;
};

}  // namespace sifang

#endif
