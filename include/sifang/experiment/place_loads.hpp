// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_PLACE_LOADS_HPP
#define SIFANG_EXPERIMENT_PLACE_LOADS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/load_watch.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/post_watch.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/post_loads.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// \file
/// How busy each place of work and each post is over many years, how long work waits there and what is late.

namespace sifang {

/// What a place of work is.
enum class place_kind : std::uint8_t {
  clerks,   ///< of the petition bureau: they register and route
  unit,     ///< that handles matters: its handlers
  session,  ///< a kind of session: those who sit
};
template <>
inline constexpr std::string_view names_of<place_kind>[] = {"clerks", "unit", "session"};

/// A place's month, as means over the years; nothing where there was nothing.
struct place_month {
  std::optional<double> busy,  ///< share of the time of its people; not of sessions
      wait,                    ///< days, as in `place_load`
      late;                    ///< share of the steps that fell due
};

/// One place of work.
struct place_load {
  place_kind kind = place_kind::unit;  ///< what it is
  std::string code,                    ///< of the unit, or the kind of session; "clerks"
      en,                              ///< text for readers in English
      zh;                              ///< text for readers in Chinese
  interval busy,                       ///< share of the time for which its people are there; of sessions with overtime
      wait,                            ///< days until a piece of work is begun, working days; of sessions days until a visitor is heard
      late_share,                      ///< share of the steps that fell due and were not done by then; of visitors, see `load_cell`
      late,                            ///< how many of these in a year
      due;                             ///< of how many
  std::array<place_month, load_watch::months> months{};  ///< January first
};
/// What was found of all.
struct place_loads {
  std::size_t replications = 0;    ///< fewer than asked if the team was stopped; 0 where its values do not arrive
  std::vector<place_load> places;  ///< in the order of `load_watch`
  std::vector<post_load> posts;    ///< all but the staff of the bureau, in the order of the table of officials
  std::vector<door_load> doors;    ///< each kind of session at each of its places
  double handlers_busy = 0;        ///< share of the time of all handlers of the county together
};

namespace detail {

/// One row of ratios for each replication: five of each place, three of each of its months, and those of posts and doors.
class load_row {
 public:
  enum figure : std::size_t { busy, wait, late_share, late, due, figures };
  static constexpr std::size_t of_month = 3, of_place = figures + of_month * load_watch::months;

  template <class = when_called>
  explicit load_row(const world& w) : world_(&w), places_(load_watch::places(w)), posts_(w, places_ * of_place) {}
  [[nodiscard]] std::size_t places() const noexcept { return places_; }
  [[nodiscard]] std::size_t size() const noexcept { return posts_.end(); }
  [[nodiscard]] std::size_t at(std::size_t place, figure f) const noexcept { return place * of_place + f; }
  [[nodiscard]] std::size_t at_month(std::size_t place, std::size_t month, figure f) const noexcept {
    return place * of_place + figures + month * of_month + f;
  }
  [[nodiscard]] const post_row& posts() const noexcept { return posts_; }

  template <class = when_called>
  void write(const load_watch& seen, const replication_outcome& year, std::span<double> y, std::span<double> n) const {
    for (std::size_t place = 0; place < places_; ++place) {
      load_cell sum;
      const double day_minutes = minutes_of_day(place);
      for (std::size_t m = 0; m < load_watch::months; ++m) {
        const load_cell& c = seen.cells()[place * load_watch::months + m];
        const auto put = [&](figure f, double numerator, double denominator) {
          y[at_month(place, m, f)] = numerator;
          n[at_month(place, m, f)] = denominator;
        };
        put(busy, c.there > 0 ? c.busy : 0, c.there);
        put(wait, c.wait / day_minutes, c.waits);
        put(late_share, c.late, c.due);
        sum.busy += c.busy;
        sum.there += c.there;
        sum.wait += c.wait;
        sum.waits += c.waits;
        sum.due += c.due;
        sum.late += c.late;
      }
      if (is_session(place)) {  // the seats of the whole period, with overtime
        const std::size_t v = place - load_watch::first_session(*world_);
        const double seats = world_->venue_seat_minutes()[v];
        sum.there = seats > 0 ? seats + year.venues[v].overtime_minutes : 0;
        if (sum.there <= 0) sum.busy = 0;
      }
      const auto put = [&](figure f, double numerator, double denominator) {
        y[at(place, f)] = numerator;
        n[at(place, f)] = denominator;
      };
      put(busy, sum.busy, sum.there);
      put(wait, sum.wait / day_minutes, sum.waits);
      put(late_share, sum.late, sum.due);
      put(late, sum.late, 1);
      put(due, sum.due, 1);
    }
  }
  [[nodiscard]] bool is_session(std::size_t place) const noexcept { return place >= load_watch::first_session(*world_); }

 private:
  [[nodiscard]] double minutes_of_day(std::size_t place) const noexcept {
    if (is_session(place)) return 1;  // days already
    const double length =
        place == load_watch::clerks ? world_->setting().routing.clerk_minutes_per_day : world_->setting().handling.handler_minutes_per_day;
    return length > 0 ? length : 1;
  }
  const world* world_;
  std::size_t places_;
  post_row posts_;
};

template <class Set>
class load_worker {
 public:
  load_worker(const world& w, const load_row& row, std::size_t replications, const Set& set)
      : row_(&row), replications_(replications), player_(w, set, load_watch{}, post_watch{}), y_(block_replications * row.size()), n_(y_) {}

  void operator()(std::size_t block, std::vector<double>& out) {
    const std::size_t count = block_size(block, replications_), size = row_->size();
    for (std::size_t i = 0; i < count; ++i) {
      const replication_outcome& year = player_.run(static_cast<std::uint32_t>(block * block_replications + i));
      const auto y = std::span(y_).subspan(i * size, size), n = std::span(n_).subspan(i * size, size);
      row_->write(player_.template observer<load_watch>(), year, y, n);
      row_->posts().write(player_.template observer<post_watch>(), year, y, n);
    }
    out.resize(1 + ratio_sums::columns * size);
    out[0] = static_cast<double>(count);
    ratio_sums::of_rows(size, std::span<const double>(y_).first(count * size), std::span<const double>(n_).first(count * size),
                        std::span(out).subspan(1));
  }

 private:
  const load_row* row_;
  std::size_t replications_;
  replication<Set, load_watch, post_watch> player_;
  std::vector<double> y_, n_;
};

/// What a place is, and what readers see of it.
template <class = when_called>
[[nodiscard]] inline place_load place_of(const world& w, std::size_t place) {
  place_load out;
  if (place == load_watch::clerks) {
    out.kind = place_kind::clerks;
    out.code = "clerks";
    out.en = "Clerks of the petition bureau";
    out.zh = "信访局登记转办人员";
  } else if (place < load_watch::first_session(w)) {
    const unit& u = w.org().units()[w.offices()[place - load_watch::first_unit].where];
    out.code = u.code;
    out.en = english_name(u);
    out.zh = u.name;
  } else {
    const session_kind& k = w.plan().kinds()[place - load_watch::first_session(w)];
    out.kind = place_kind::session;
    out.code = k.id;
    out.en = text_of(k).en;
    out.zh = text_of(k).zh;
  }
  return out;
}

/// Estimates of all places and posts from their sums.
template <class = when_called>
[[nodiscard]] inline place_loads estimate_loads(const world& w, const load_row& row, const ratio_sums& sums, std::size_t replications) {
  place_loads out;
  out.replications = replications;
  const t_scale scale(replications, w.setting().confidence);
  const auto mean = [&](std::size_t at) { return sums.denominator(at) > 0 ? std::optional<double>(sums.ratio(at)) : std::nullopt; };
  double busy = 0, there = 0;
  for (std::size_t place = 0; place < row.places(); ++place) {
    place_load one = place_of(w, place);
    one.busy = sums.estimate(row.at(place, load_row::busy), quantity::share, scale);
    one.wait = sums.estimate(row.at(place, load_row::wait), quantity::amount, scale);
    one.late_share = sums.estimate(row.at(place, load_row::late_share), quantity::share, scale);
    one.late = sums.estimate(row.at(place, load_row::late), quantity::count, scale);
    one.due = sums.estimate(row.at(place, load_row::due), quantity::count, scale);
    for (std::size_t m = 0; m < load_watch::months; ++m) {
      one.months[m] = {mean(row.at_month(place, m, load_row::busy)), mean(row.at_month(place, m, load_row::wait)),
                       mean(row.at_month(place, m, load_row::late_share))};
    }
    if (one.kind == place_kind::unit) {
      busy += sums.numerator(row.at(place, load_row::busy));
      there += sums.denominator(row.at(place, load_row::busy));
    }
    out.places.push_back(std::move(one));
  }
  out.handlers_busy = there > 0 ? busy / there : 0;
  out.posts = row.posts().posts(sums, scale);
  out.doors = row.posts().doors(sums, scale);
  return out;
}

}  // namespace detail

/// Plays replications 0 … n−1 and watches every place of work. The same values for every team; in a team of several processes the
/// first gets them.
/// \param finished  called on this thread with the replications that are in the sums so far
/// \pre at least one replication; asserted
template <class Team, class Finished, class Set = policies<>>
requires work_team<Team>
[[nodiscard]] place_loads watch_loads(Team&& team, const world& w, std::size_t replications, Finished&& finished, const Set& set = {}) {
  SIFANG_ASSERT(replications > 0, "at least one replication");
  const detail::load_row row(w);
  ratio_sums sums(row.size());
  std::size_t seen = 0;
  team.run(
      blocks_of(replications), [&] { return detail::load_worker<policies_of<Set>>(w, row, replications, as_policies(set)); },
      [&](std::size_t, std::span<const double> values) {
        sums.merge(values.subspan(1));
        seen += static_cast<std::size_t>(values[0]);
        finished(seen);
      });
  return seen == 0 ? place_loads{} : detail::estimate_loads(w, row, sums, seen);
}

}  // namespace sifang

#endif
