// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_LOAD_WATCH_HPP
#define SIFANG_COUNTY_LOAD_WATCH_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/year/counted_time.hpp"
#include "sifang/petition/clocks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// \file
/// How busy each place of work is, how long work waits there, and what is late, month by month.

namespace sifang {

/// Visitors who waited longer for a session count as late: the limit of the headline figure of access [I].
inline constexpr std::int32_t late_visit_days = 15;

/// What one place of work did in one month of the counted period.
struct load_cell {
  double busy = 0,  ///< minutes of work done there
      there = 0,    ///< minutes for which its people are there; of sessions 0: they are seated year by year
      wait = 0,     ///< Σ of waits: working minutes until a piece of work is begun; of sessions days from deciding to being heard
      waits = 0,    ///< pieces of work; of sessions visits heard
      due = 0,      ///< steps whose last day lies in the month, done or not; of sessions all who came
      late = 0;     ///< of these, not done by then; of sessions not heard that day, or after more than `late_visit_days`
};

/// An observer that counts the load of every place of work of a county: first the clerks of the bureau, then each unit that handles matters
/// (its handlers) in the order of `world::offices`, then each kind of session. A step counts in the month of its last day, work in
/// the months in which it is done, a wait and a visit in the month in which they begin.
class load_watch {
 public:
  /// What it is told.
  static constexpr auto hooks = sifang::hooks<hook::started, hook::new_day, hook::work, hook::item_work, hook::clerk, hook::duty,
                                              hook::visit, hook::session, hook::finished>;
  static constexpr std::size_t months = 12;  ///< cells of each place

  /// Places of work of a world, and where those of its units and sessions begin. @{
  [[nodiscard]] static std::size_t places(const world& w) noexcept { return first_session(w) + w.plan().kinds().size(); }
  static constexpr std::size_t clerks = 0, first_unit = 1;
  [[nodiscard]] static std::size_t first_session(const world& w) noexcept { return first_unit + w.offices().size(); }
  /// @}
  /// The cells, month by month of one place after the other. Filled when the year has finished.
  template <class = when_called>
  [[nodiscard]] std::span<const load_cell> cells() const noexcept {
    return detail::span_of(cells_);
  }

  /// The hooks, as `observer_list` tells them. @{
  template <class = when_called>
  void started(const world& w, std::uint32_t) {
    world_ = &w;
    cells_.assign(places(w) * months, {});
    last_entity_ = 0;
    last_begins_ = -1;
    windows_.clear();
    for (day d = w.start(); d <= w.end(); ++d) {
      if (windows_.empty() || windows_.back().month != d.month() - 1) windows_.push_back({d.month() - 1, {}, {}, {}});
      window& now = windows_.back();
      const auto add = [&](counted_time& into, const work_time& time) {
        const double from = time.at(instant(d, minutes(0))), to = time.at(instant(d + calendar_days(1), minutes(0)));
        if (into.to <= into.from) into.from = from;
        into.to = to;
      };
      add(now.clerks, w.clerk_time());
      add(now.handlers, w.handler_time());
    }
    for (window& one : windows_) {
      for (const office& o : w.offices()) one.there.push_back(minutes_there(w, o, one.handlers));
    }
    put_there();
  }
  void new_day(day d) noexcept {
    today_ = d;
    counting_ = world_->counts(d);
  }
  template <class = when_called>
  void work(instant at, const matter& m, const told_work& w) noexcept {
    const bool goes_on = m.entity == last_entity_ && at == last_at_ && w.begins > last_begins_;  // a campaign came between
    last_entity_ = m.entity;
    last_at_ = at;
    last_begins_ = w.begins;
    handled(m.office, w);
    if (!goes_on) waited(first_unit + m.office, world_->handler_time(), at, w);
  }
  void item_work(day, std::uint32_t unit, const told_work& w) noexcept { handled(unit, w); }
  template <class = when_called>
  void clerk(instant at, const told_work& w) noexcept {
    for (const window& one : windows_) cell(clerks, one.month).busy += one.clerks.part_of(w);
    waited(clerks, world_->clerk_time(), at, w);
  }
  template <class = when_called>
  void duty(instant, const matter& m, case_clock which, day, day due) noexcept {
    if (which == case_clock::route) return fell_due(clerks, due, today_ > due);
    if (which == case_clock::accept || which == case_clock::handle) fell_due(first_unit + m.office, due, today_ > due);
  }
  template <class = when_called>
  void visit(const reception_series& s, day d, const matter& m, const visit_outcome* v, official_id) noexcept {
    if (!counting_ || world_->plan().traits(s.where).irregular) return;
    load_cell& at = session_cell(s, d);
    const bool heard = v != nullptr && v->end == visit_end::heard;
    const std::int32_t days = d.since_1970() - m.visit_decided;
    at.due += 1;
    at.late += !heard || days > late_visit_days;
    if (!heard) return;
    at.wait += days;
    at.waits += 1;
  }
  template <class = when_called>
  void session(const reception_series& s, day d, std::span<const official_id>, const session_totals& t) noexcept {
    if (counting_) session_cell(s, d).busy += t.busy;
  }
  /// What fell due and was not done.
  template <class = when_called>
  void finished(day, std::span<const matter> all) {
    for (const matter& m : all) {
      if (m.state == case_state::registered) {
        const scenario& s = world_->setting();
        fell_due(clerks, due_day(s.clocks, case_clock::route, day(m.route_from), world_->calendar(), {m.from_above, false}), true);
      }
      if (m.state == case_state::routed) fell_due(first_unit + m.office, day(m.accept_due), true);
      if (m.state == case_state::accepted || m.state == case_state::handling) fell_due(first_unit + m.office, day(m.reply_due), true);
    }
  }
  /// @}

 private:
  struct window {
    std::size_t month;
    counted_time clerks, handlers;  ///< of the month, as parts of working time
    std::vector<double> there;      ///< by office: minutes of its handlers
  };
  [[nodiscard]] load_cell& cell(std::size_t place, std::size_t month) noexcept { return cells_[place * months + month]; }
  [[nodiscard]] load_cell& session_cell(const reception_series& s, day d) noexcept {
    return cell(first_session(*world_) + s.where.index(), d.month() - 1);
  }
  void put_there() noexcept {
    for (const window& one : windows_) {
      cell(clerks, one.month).there += one.clerks.length() * world_->setting().routing.clerks;
      for (std::size_t o = 0; o < one.there.size(); ++o) cell(first_unit + o, one.month).there += one.there[o];
    }
  }
  void handled(std::uint32_t office, const told_work& w) noexcept {
    for (const window& one : windows_) {
      if (one.handlers.to > w.begins) {
        if (one.handlers.from >= w.begins + w.length) return;
        cell(first_unit + office, one.month).busy += one.handlers.part_of(w);
      }
    }
  }
  void waited(std::size_t place, const work_time& time, instant at, const told_work& w) noexcept {
    if (!world_->counts(at.date())) return;
    load_cell& here = cell(place, at.date().month() - 1);
    here.wait += (std::max)(0.0, w.begins - time.at(at));
    here.waits += 1;
  }
  void fell_due(std::size_t place, day due, bool late) noexcept {
    if (!world_->counts(due)) return;
    load_cell& here = cell(place, due.month() - 1);
    here.due += 1;
    here.late += late;
  }

  const world* world_ = nullptr;
  std::vector<window> windows_;  ///< months of the counted period, in order
  std::vector<load_cell> cells_;
  day today_;
  bool counting_ = false;
  std::uint64_t last_entity_ = 0;  ///< of the last piece of work
  instant last_at_;
  double last_begins_ = -1;
};

}  // namespace sifang

#endif
