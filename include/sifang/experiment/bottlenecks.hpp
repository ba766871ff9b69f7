// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_BOTTLENECKS_HPP
#define SIFANG_EXPERIMENT_BOTTLENECKS_HPP

#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/place_loads.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// Where a county fails, and what one more handler, session, receiver or hour there would bring.

namespace sifang {

/// What can be added at a place of work.
enum class addition : std::uint8_t {
  handler,   ///< one more at a unit
  clerk,     ///< one more at the bureau
  receiver,  ///< one more at each session of a kind
  hour,      ///< more at each session of a kind
  session,   ///< one more a month, on the weekday of the month that lies farthest from the others
};
template <>
inline constexpr std::string_view names_of<addition>[] = {"handler", "clerk", "receiver", "hour", "session"};

/// One more somewhere, and what it brings.
struct one_more {
  std::size_t place = 0;              ///< position among `place_loads::places`
  addition what = addition::handler;  ///< what is added
  std::string setting;                ///< of the scenario, `key=value`
  interval difference{};              ///< of the metric, with one more minus without, simultaneous for all that are tried
  bool sure = false;                  ///< that it changes the metric is none of chance
};

/// Where a county fails.
struct bottleneck_result {
  place_loads loads;                              ///< of all places and posts
  metric judged_by = metric::on_time_reply_rate;  ///< what the additions were to change
  interval value;                                 ///< of it, without any
  std::vector<std::size_t> order;    ///< places from the worst on: by what is late there, then by waits, then by how busy they are
  std::vector<one_more> tried;       ///< at the first of these
  std::optional<std::size_t> post,   ///< where most is late among the posts, by what the metric is of; none if nothing is
      door;                          ///< likewise among the doors, of a metric of waiting or of neither
  std::optional<std::size_t> place;  ///< the bottleneck, as a position among the places; none if the study did not finish
  std::optional<std::size_t> best;   ///< of `tried`, what helps most there; none if nothing surely helps
};

namespace detail {

/// Whether what happens at a place bears on a metric: waits on sessions, deadlines on clerks and units, all else on both.
[[nodiscard]] constexpr bool bears_on(place_kind kind, metric m) noexcept {
  const std::string_view group = info(m).group;
  if (group == "waiting") return kind == place_kind::session;
  if (group == "deadlines") return kind != place_kind::session;
  return true;
}

/// The n-th weekday of the month on which a further session of a kind would lie farthest from those that there are, on average over the
/// counted period; nothing if each is a day of such a session already. \complexity twenty rules × days
template <class = when_called>
[[nodiscard]] inline std::optional<recurrence> farthest_day(const world& w, venue where) {
  const auto dates = w.plan().dates(where);
  if (dates.empty()) return std::nullopt;
  std::optional<recurrence> best;
  double farthest = 0;
  for (int n = 1; n <= 4; ++n) {
    for (unsigned on = 0; on < 5; ++on) {
      const recurrence rule = recurrence::nth_weekday(n, static_cast<weekday>(static_cast<unsigned>(weekday::monday) + on));
      double sum = 0, days = 0;
      for (day d = w.start(); d <= w.end(); ++d) {
        if (!rule.includes(d)) continue;
        const auto next = std::lower_bound(dates.begin(), dates.end(), d);
        std::int32_t gap = 1000;
        if (next != dates.end()) gap = (std::min)(gap, (*next - d).count);
        if (next != dates.begin()) gap = (std::min)(gap, (d - *(next - 1)).count);
        sum += gap;
        ++days;
      }
      if (days == 0 || sum / days <= farthest) continue;
      farthest = sum / days;
      best = rule;
    }
  }
  return best;
}

/// What can be added at a place, as settings.
template <class = when_called>
[[nodiscard]] inline std::vector<one_more> additions_at(const world& w, std::size_t place) {
  std::vector<one_more> out;
  const scenario& s = w.setting();
  if (place == load_watch::clerks) {
    out.push_back({place, addition::clerk, "routing.clerks=" + std::to_string(s.routing.clerks + 1)});
    return out;
  }
  const auto listed = [](const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& one : texts) all += (all.empty() ? "\"" : ", \"") + one + '"';
    return "[" + all + "]";
  };
  if (place < load_watch::first_session(w)) {
    std::vector<std::string> codes = s.handling.further_handlers;
    codes.push_back(w.org().units()[w.offices()[place - load_watch::first_unit].where].code);
    out.push_back({place, addition::handler, "handling.further_handlers=" + listed(codes)});
    return out;
  }
  const venue where(place - load_watch::first_session(w));
  const session_kind& k = w.plan().kinds()[where.index()];
  if (k.irregular || !k.open || w.plan().dates(where).empty()) return out;
  const std::string key = "session." + k.id + '.';
  if (const auto further = farthest_day(w, where)) {
    std::vector<std::string> rules;
    for (const recurrence& r : k.recur) rules.push_back(r.to_string());
    rules.push_back(further->to_string());
    out.push_back({place, addition::session, key + "recur=" + listed(rules)});
  }
  if (k.receivers > 0) out.push_back({place, addition::receiver, key + "receivers=" + std::to_string(k.receivers + 1)});
  out.push_back({place, addition::hour, key + "length=" + std::to_string(k.length.count + 60)});
  return out;
}

/// Places that bear on a metric, from the worst on.
template <class = when_called>
[[nodiscard]] inline std::vector<std::size_t> worst_first(const place_loads& loads, metric m) {
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < loads.places.size(); ++k) {
    if (bears_on(loads.places[k].kind, m)) out.push_back(k);
  }
  const auto weight = [&](std::size_t k) {
    const place_load& p = loads.places[k];
    return std::tuple(p.late.estimate, p.wait.estimate, p.busy.estimate);
  };
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  return out;
}

/// What is late in a year with a post that bears on a metric: visits heard too late of waits, steps of its cases of deadlines.
[[nodiscard]] inline double late_at(const post_load& p, metric m) noexcept {
  const std::string_view group = info(m).group;
  return (group == "deadlines" ? 0 : p.late_visits.estimate) + (group == "waiting" ? 0 : p.late.estimate);
}
/// The first where most is late; nothing where nothing is.
template <class List, class Late>
[[nodiscard]] std::optional<std::size_t> where_most(const List& list, const Late& late) {
  std::optional<std::size_t> out;
  double most = 0;
  for (std::size_t k = 0; k < list.size(); ++k) {
    if (!(late(list[k]) > most)) continue;
    most = late(list[k]);
    out = k;
  }
  return out;
}

/// Estimates what each addition changed.
template <class = when_called>
inline void judge(bottleneck_result& r, const world& w, const study_result& study) {
  const outcome_row row(w, study.own_metrics.size());
  const std::size_t at = row.at(r.judged_by, w.layout().at(dimension::all, 0)), n = study.replications;
  const quantity what = quantity_of(r.judged_by);
  r.value = study.policies[0].sums.estimate(at, what, t_scale(n, w.setting().confidence));
  // Bonferroni: all intervals hold together.
  const double alone = 1 - (1 - w.setting().confidence) / static_cast<double>((std::max<std::size_t>)(r.tried.size(), 1));
  const t_scale scale(n, alone);
  const std::string_view better = info(r.judged_by).better;
  double most = 0;
  for (std::size_t k = 0; k < r.tried.size(); ++k) {
    one_more& one = r.tried[k];
    one.difference = study.pairs[k].difference(at, study.policies[0].sums, study.policies[k + 1].sums, what, scale).difference;
    const bool known = one.difference.has_value() && one.difference.kind != interval_kind::too_little_data;
    one.sure = known && !one.difference.contains(0);
    const double change = one.difference.estimate;
    const double good = better == "lower" ? -change : better == "higher" ? change : change < 0 ? -change : change;
    if (!one.sure || good <= most) continue;
    most = good;
    r.best = k;
  }
  if (r.best)
    r.place = r.tried[*r.best].place;
  else if (!r.order.empty())
    r.place = r.order.front();
}

}  // namespace detail

/// Watches every place of work of a county over replications 0 … n−1, and tries at the worst of those that bear on a metric what one more
/// handler, clerk, receiver, hour or session would change, on the same random numbers. The bottleneck is the place where that surely
/// helps most; where nothing does, the one where most is late.
/// \param top         at so many places
/// \param make_world  called with a setting `key=value`, gives the county with it, as `checked<world>`; what cannot be made is not tried
/// \param finished    called on this thread with the replications played so far, of 2 n
/// \pre at least one replication; asserted
template <class Team, class MakeWorld, class Finished>
requires work_team<Team> && std::invocable<const MakeWorld&, const std::string&>
[[nodiscard]] bottleneck_result find_bottlenecks(Team&& team, const world& w, metric judged_by, std::size_t top, std::size_t replications,
                                                 const MakeWorld& make_world, Finished&& finished) {
  SIFANG_ASSERT(replications > 0, "at least one replication");
  bottleneck_result out;
  out.judged_by = judged_by;
  out.loads = watch_loads(team, w, replications, finished);
  if (out.loads.replications < replications) return out;
  out.order = detail::worst_first(out.loads, judged_by);
  out.post = detail::where_most(out.loads.posts, [judged_by](const post_load& p) { return detail::late_at(p, judged_by); });
  if (detail::bears_on(place_kind::session, judged_by))
    out.door = detail::where_most(out.loads.doors, [](const door_load& d) { return d.late.estimate; });
  std::vector<std::unique_ptr<world>> variants;
  std::size_t places = 0;
  for (const std::size_t place : out.order) {
    if (places == top) break;
    std::size_t here = 0;
    for (one_more& one : detail::additions_at(w, place)) {
      checked<world> made = make_world(one.setting);
      if (!made) continue;  // the scenario has no room for it
      variants.push_back(std::make_unique<world>(*std::move(made)));
      out.tried.push_back(std::move(one));
      ++here;
    }
    places += here > 0;
  }
  std::vector<const world*> all{&w};
  for (const auto& one : variants) all.push_back(one.get());
  const study_result study =
      run_study(team, std::span<const world* const>(all), replications, [&](std::size_t done) { finished(replications + done); });
  if (study.replications == replications) detail::judge(out, w, study);
  return out;
}

}  // namespace sifang

#endif
