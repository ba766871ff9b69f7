// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_POST_LOADS_HPP
#define SIFANG_EXPERIMENT_POST_LOADS_HPP

#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/post_watch.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/org/official.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// \file
/// How busy each post is, how long its visitors wait and what of its cases is late; and the same of each door.

namespace sifang {

/// One post.
struct post_load {
  std::string post,        ///< as in the table of officials
      title,               ///< what it is called
      unit,                ///< code of its unit
      unit_name;           ///< what that is called
  interval busy,           ///< hours on petitions ÷ eight hours on each workday of the period
      visits,              ///< heard by it in a year
      wait,                ///< days from deciding to come to being heard by it
      late_visits,         ///< visits a year heard by it after more than `late_visit_days`
      steps,               ///< acceptances and replies of cases that it owned whose last day lies in a year
      late,                ///< of these a year, not done by then
      late_share;          ///< the same as a part
  std::string title_en{},  ///< its title and its unit in English
      unit_name_en{};      ///< likewise
};

/// One door: a kind of session at one place.
struct door_load {
  std::string kind,            ///< id of the kind of session
      en,                      ///< its text for readers in English
      zh,                      ///< its text for readers in Chinese
      unit,                    ///< code of the place
      unit_name;               ///< what that is called
  interval visits,             ///< in a year
      wait,                    ///< days from deciding to come to being heard there
      late,                    ///< visits a year not heard that day, or after more than `late_visit_days`
      late_share;              ///< the same as a part
  std::string unit_name_en{};  ///< what the place is called in English
};

namespace detail {

/// Columns of a row of ratios: seven of each official, four of each door.
class post_row {
 public:
  enum figure : std::size_t { busy, visits, wait, late_visits, steps, late, late_share, figures };
  enum door_figure : std::size_t { door_visits, door_wait, door_late, door_late_share, door_figures };

  template <class = when_called>
  post_row(const world& w, std::size_t first) : world_(&w), doors_(doors_of(w)), first_(first) {
    for (day d = w.start(); d <= w.end(); ++d) office_minutes_ += w.calendar().is_workday(d) ? 8 * 60 : 0;  // the regular day [K]
  }
  /// Columns behind the last.
  [[nodiscard]] std::size_t end() const noexcept { return at_door(doors_.size(), door_visits); }

  template <class = when_called>
  void write(const post_watch& seen, const replication_outcome& year, std::span<double> y, std::span<double> n) const {
    const auto put = [&](std::size_t at, double numerator, double denominator) {
      y[at] = numerator;
      n[at] = denominator;
    };
    for (std::size_t k = 0; k < year.officials.size(); ++k) {
      const post_cell& c = seen.posts()[k];
      put(at(k, busy), year.officials[k].minutes, office_minutes_);
      put(at(k, visits), c.visits, 1);
      put(at(k, wait), c.wait, c.waits);
      put(at(k, late_visits), c.late, 1);
      put(at(k, steps), c.steps, 1);
      put(at(k, late), c.late_steps, 1);
      put(at(k, late_share), c.late_steps, c.steps);
    }
    for (std::size_t d = 0; d < doors_.size(); ++d) {
      const post_cell& c = seen.doors()[d];
      put(at_door(d, door_visits), c.visits, 1);
      put(at_door(d, door_wait), c.wait, c.waits);
      put(at_door(d, door_late), c.late, 1);
      put(at_door(d, door_late_share), c.late, c.visits);
    }
  }

  /// All posts but the staff of the bureau, in the order of the table of officials.
  template <class = when_called>
  [[nodiscard]] std::vector<post_load> posts(const ratio_sums& sums, const t_scale& scale) const {
    std::vector<post_load> out;
    for (std::size_t k = 0; k < world_->org().officials().size(); ++k) {
      const official_id who(k);
      const official& o = world_->org()[who];
      if (o.rank == role::bureau_staff) continue;
      const auto of = [&](figure f, quantity what) { return sums.estimate(at(k, f), what, scale); };
      const unit& where = world_->org().units()[o.unit];
      out.push_back({o.post, o.title, where.code, where.name, of(busy, quantity::amount), of(visits, quantity::count),
                     of(wait, quantity::amount), of(late_visits, quantity::count), of(steps, quantity::count), of(late, quantity::count),
                     of(late_share, quantity::share), english_title(world_->org(), who), english_name(where)});
    }
    return out;
  }
  /// All doors, by kind and place.
  template <class = when_called>
  [[nodiscard]] std::vector<door_load> doors(const ratio_sums& sums, const t_scale& scale) const {
    std::vector<door_load> out;
    for (std::size_t d = 0; d < doors_.size(); ++d) {
      const auto of = [&](door_figure f, quantity what) { return sums.estimate(at_door(d, f), what, scale); };
      const session_kind& kind = world_->plan().kinds()[doors_[d].where.index()];
      const unit& where = world_->org().units()[doors_[d].place];
      out.push_back({kind.id, std::string(text_of(kind).en), std::string(text_of(kind).zh), where.code, where.name,
                     of(door_visits, quantity::count), of(door_wait, quantity::amount), of(door_late, quantity::count),
                     of(door_late_share, quantity::share), english_name(where)});
    }
    return out;
  }

 private:
  [[nodiscard]] std::size_t at(std::size_t official, figure f) const noexcept { return first_ + official * figures + f; }
  [[nodiscard]] std::size_t at_door(std::size_t door, door_figure f) const noexcept {
    return first_ + world_->org().officials().size() * figures + door * door_figures + f;
  }

  const world* world_;
  std::vector<reception_door> doors_;
  std::size_t first_;
  double office_minutes_ = 0;
};

}  // namespace detail

}  // namespace sifang

#endif
