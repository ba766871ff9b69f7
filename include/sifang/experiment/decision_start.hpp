// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_DECISION_START_HPP
#define SIFANG_EXPERIMENT_DECISION_START_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/further_handlers.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_calendar.hpp"
#include "sifang/experiment/decision_task.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/reception/plan.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Where a search over decisions begins: exact theory with the loads that the county has today, where a decision has such a meaning.

namespace sifang {

/// Why a search begins at a value.
enum class start_basis : std::uint8_t {
  given,          ///< by the task
  middle,         ///< of the values: nothing is known of them
  offered_load,   ///< fewest servers at which few wait, by Erlang's delay formula
  reception_day,  ///< least capacity at which enough are heard in time, by the queue of reception days
};

/// Where the search begins in one decision.
struct decision_start {
  int level = 0;                            ///< position of the value
  start_basis basis = start_basis::middle;  ///< why
  double load = 0;                          ///< offered: servers busy in the busiest unit of the kind at its peak; visits a year at a place
  double served = 0;                        ///< by theory at this value: probability of no wait; share heard in time
};

/// What a year of the county shows of its loads.
struct county_loads {
  std::vector<double> offices;  ///< handlers busy in each unit, in the order of `world::offices`
  double clerks = 0;            ///< clerks busy
  std::vector<double> venues;   ///< visits received a year at each kind of session
  double stay_days = 0;         ///< mean days from registration to reply
};

/// Probability of no wait at which theory staffs.
inline constexpr double start_no_wait = 0.8;

/// Sees them in some replications of a world. Nothing where the team was stopped. \pre at least one replication
template <class Team>
[[nodiscard]] std::optional<county_loads> see_loads(const Team& team, const world& w, std::size_t replications) {
  SIFANG_ASSERT(replications > 0, "at least one replication");
  const std::size_t offices = w.offices().size(), venues = w.plan().kinds().size(), width = 2 * (offices + 4) + venues;
  std::vector<double> sums(width, 0.0);
  const auto make_worker = [&] {
    return [&w, offices, venues, player = replication<>(w)](std::size_t i, std::vector<double>& out) mutable {
      const replication_outcome& r = player.run(static_cast<std::uint32_t>(i));
      const auto put = [&](metric m, dimension d, std::size_t item) {
        out.push_back(r.sums.numerator(m, w.layout().at(d, item)));
        out.push_back(r.sums.denominator(m, w.layout().at(d, item)));
      };
      for (std::size_t o = 0; o < offices; ++o) put(metric::handler_utilisation, dimension::unit, o);
      put(metric::clerk_utilisation, dimension::all, 0);
      put(metric::accept_days, dimension::all, 0);
      put(metric::reply_days, dimension::all, 0);
      put(metric::registrations, dimension::all, 0);
      for (std::size_t v = 0; v < venues; ++v) out.push_back(r.sums.numerator(metric::received, w.layout().at(dimension::venue, v)));
    };
  };
  const std::size_t seen = team.run(replications, make_worker, [&](std::size_t, std::span<const double> values) {
    for (std::size_t k = 0; k < values.size(); ++k) sums[k] += values[k];
  });
  if (seen < replications) return std::nullopt;
  const auto ratio = [&](std::size_t k) { return sums[2 * k + 1] > 0 ? sums[2 * k] / sums[2 * k + 1] : 0; };
  county_loads out;
  for (std::size_t o = 0; o < offices; ++o) out.offices.push_back(ratio(o) * w.offices()[o].handlers);
  out.clerks = ratio(offices) * w.setting().routing.clerks;
  out.stay_days = ratio(offices + 1) + ratio(offices + 2);
  const double years = static_cast<double>(replications) * ((w.end() - w.start()).count + 1) / 365.0;
  for (std::size_t v = 0; v < venues; ++v) out.venues.push_back(sums[2 * (offices + 4) + v] / years);
  return out;
}

/// How much more is in hand at the peak of the counted period than on the mean day: arrivals of each day, each staying for an exponential
/// time (the modified offered load of Jennings, Mandelbaum, Massey & Whitt 1996). 1 where nothing arrives.
template <class = when_called>
[[nodiscard]] inline double peak_of_load(const world& w, double stay_days) {
  if (!(stay_days > 0)) return 1;
  const auto rate = [&](double t) {
    const auto d = static_cast<std::int32_t>(std::floor(t));
    return d < 0 || d >= static_cast<std::int32_t>(w.days()) ? 0.0 : w.rate(w.first() + calendar_days(d));
  };
  const auto stays = [&](double u) { return std::exp(-u / stay_days); };
  const double first = (w.start() - w.first()).count, last = (w.end() - w.first()).count;
  double most = 0, sum = 0;
  int weeks = 0;
  for (double t = first; t <= last; t += 7, ++weeks) {
    const double in_hand = theory::infinite_servers(t + 0.5, rate, stays, (std::min)(6 * stay_days, 400.0), 400);
    most = (std::max)(most, in_hand);
    sum += in_hand;
  }
  return sum > 0 ? most * weeks / sum : 1;
}

namespace detail {

/// Looks for the level of each decision.
template <class WorldOf>
class start_finder {
 public:
  start_finder(const decision_task& task, const county_loads& loads, const world& today, WorldOf& world_of)
      : task_(task), loads_(loads), today_(today), world_of_(world_of) {}

  [[nodiscard]] std::vector<decision_start> find() {
    std::vector<decision_start> out;
    for (std::size_t j = 0; j < task_.decisions.size(); ++j) out.push_back(of(j));
    return out;
  }

 private:
  [[nodiscard]] decision_start of(std::size_t j) {
    const decision& d = task_.decisions[j];
    if (d.start) return {*d.start, start_basis::given, 0, 0};
    if (const auto load = servers_for(d.key)) return staffed(d, *load, 0);
    if (const auto code = unit_of_handlers(d.key); !code.empty()) return staffed_unit(d, code);
    if (const auto kind = session_of(d.key)) {
      if (const auto found = opened(j, *kind)) return *found;
    }
    return {static_cast<int>(d.values.size() / 2), start_basis::middle, 0, 0};
  }
  /// Offered load at the peak of the busiest unit that a number of servers is for; nothing if it is another kind of decision.
  [[nodiscard]] std::optional<double> servers_for(std::string_view key) {
    const auto busiest = [&](auto&& is_meant) {
      double most = 0;
      for (std::size_t o = 0; o < loads_.offices.size(); ++o) {
        const unit_kind kind = today_.org().units()[today_.offices()[o].where].kind;
        if (is_meant(kind)) most = (std::max)(most, loads_.offices[o]);
      }
      return most * peak();
    };
    if (key == "handling.department_handlers") return busiest([](unit_kind k) { return k == unit_kind::department; });
    if (key == "handling.park_handlers") return busiest([](unit_kind k) { return k == unit_kind::industrial_park; });
    if (key == "handling.township_handlers")
      return busiest([](unit_kind k) { return k != unit_kind::department && k != unit_kind::industrial_park; });
    if (key == "routing.clerks") return loads_.clerks * peak();
    return std::nullopt;
  }
  [[nodiscard]] double peak() {
    if (!peak_) peak_ = peak_of_load(today_, loads_.stay_days);
    return *peak_;
  }
  /// One unit: its own load, and the handlers that its kind has today beside those that are decided.
  [[nodiscard]] decision_start staffed_unit(const decision& d, std::string_view code) {
    for (std::size_t o = 0; o < loads_.offices.size(); ++o) {
      const office& one = today_.offices()[o];
      if (today_.org().units()[one.where].code == code)
        return staffed(d, loads_.offices[o] * peak(), static_cast<int>(one.handlers - one.further));
    }
    return {};
  }
  /// \param beside  servers that are there whatever is decided
  [[nodiscard]] static decision_start staffed(const decision& d, double load, int beside) {
    const int wanted = theory::least_servers(load, 1 - start_no_wait) - beside;
    decision_start out{static_cast<int>(d.values.size()) - 1, start_basis::offered_load, load, 0};
    for (std::size_t level = d.values.size(); level-- > 0;) {
      const auto servers = parse_number<double>(d.values[level]);
      if (servers && *servers >= wanted) out.level = static_cast<int>(level);
    }
    const auto servers = parse_number<double>(d.values[static_cast<std::size_t>(out.level)]);
    if (servers && *servers + beside >= 1) out.served = 1 - theory::erlang_c(static_cast<int>(*servers) + beside, load);
    return out;
  }

  /// The kind of session whose days, length or receivers a key is.
  [[nodiscard]] std::optional<std::size_t> session_of(std::string_view key) const {
    constexpr std::string_view family = "session.";
    const std::size_t dot = key.rfind('.');
    if (!key.starts_with(family) || dot <= family.size()) return std::nullopt;
    const std::string_view id = key.substr(family.size(), dot - family.size()), what = key.substr(dot + 1);
    if (what != "recur" && what != "length" && what != "receivers") return std::nullopt;
    const auto kinds = today_.plan().kinds();
    for (std::size_t v = 0; v < kinds.size(); ++v) {
      if (kinds[v].id == id && !kinds[v].irregular && kinds[v].open) return v;
    }
    return std::nullopt;
  }
  /// In how many days how many are to be heard.
  [[nodiscard]] std::pair<int, double> wanted_hearing() const {
    for (const decision_target& t : task_.targets) {
      if (!t.wanted.at_least) continue;
      if (t.measure.what == metric::heard_7d) return {7, t.wanted.bound};
      if (t.measure.what == metric::heard_15d) return {15, t.wanted.bound};
      if (t.measure.what == metric::heard_30d) return {30, t.wanted.bound};
    }
    return {15, 0.9};
  }
  /// The least value at which the visitors of today would be heard in time if they had this kind of session alone.
  [[nodiscard]] std::optional<decision_start> opened(std::size_t j, std::size_t kind) {
    const decision& d = task_.decisions[j];
    lattice_point p;
    for (const decision& other : task_.decisions) p.push_back(other.start.value_or(static_cast<int>(other.values.size() / 2)));
    const auto [days, share] = wanted_hearing();
    decision_start out{static_cast<int>(d.values.size()) - 1, start_basis::reception_day, 0, 0};
    for (std::size_t level = d.values.size(); level-- > 0;) {
      p[j] = static_cast<int>(level);
      const auto w = world_of_(p);
      const auto heard = w ? heard_within(*w, kind, days, out.load) : std::nullopt;
      if (!heard) return std::nullopt;
      if (*heard < share && level + 1 < d.values.size()) break;
      out.level = static_cast<int>(level);
      out.served = *heard;
    }
    return out;
  }
  /// At the first place of a kind of session, by the exact chain over the dates of the counted period, repeated for ever.
  [[nodiscard]] std::optional<double> heard_within(const world& w, std::size_t kind, int days, double& visits) const {
    const reception_plan& plan = w.plan();
    const venue where(kind);
    const auto places = plan.series_of(where);
    if (places.empty()) return std::nullopt;
    const reception_series& s = plan.series()[places.front()];
    visits = loads_.venues[kind] / static_cast<double>(places.size());
    const int receivers = plan.receivers(where) > 0 ? plan.receivers(where) : static_cast<int>(plan.people(s).size());
    const double interviews = receivers * std::floor(plan.length(where).count / w.setting().reception.interview_minutes);
    std::vector<theory::reception_date> cycle(static_cast<std::size_t>((w.end() - w.start()).count) + 1, {visits / 365, 0});
    double capacity = 0;
    const auto dates = plan.dates(where);
    for (std::size_t turn = s.phase; turn < dates.size(); turn += s.period) {
      if (!w.counts(dates[turn])) continue;
      cycle[static_cast<std::size_t>((dates[turn] - w.start()).count)].capacity = static_cast<int>((std::min)(interviews, 1e6));
      capacity += interviews;
    }
    // Near its capacity the chain has states without end, and nobody would plan there.
    if (visits / 365 * static_cast<double>(cycle.size()) >= 0.95 * capacity) return 0.0;
    return 1 - theory::reception_calendar(detail::span_of(cycle)).wait_more_than(days);
  }

  const decision_task& task_;
  const county_loads& loads_;
  const world& today_;
  WorldOf& world_of_;
  std::optional<double> peak_;
};

}  // namespace detail

/// Where to begin: for handlers and clerks the fewest at which `start_no_wait` need not wait at the peak of the busiest unit (today's work
/// in hand, returning cases included, times the peak of the modified offered load); for days, lengths and receivers of a session the
/// least at which today's visitors of a place are heard as soon as the task's target wants (`reception_calendar`); else the middle.
/// \param world_of  the world of a point, null if there is none
template <class WorldOf>
[[nodiscard]] std::vector<decision_start> starts_of_decisions(const decision_task& task, const county_loads& loads, const world& today,
                                                              WorldOf&& world_of) {
  return detail::start_finder(task, loads, today, world_of).find();
}

}  // namespace sifang

#endif
