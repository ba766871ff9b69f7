// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_TABLES_HPP
#define SIFANG_COUNTY_YEAR_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/calendar/schedule.hpp"
#include "sifang/random/discrete_table.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/random/laws.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sifang {

/// What a year would work out again and again from the same world: numbers of arrivals, which days have
/// what, and the factors of a petitioner's choice. Immutable once made.
class year_tables {
 public:
  /// A county-level session: position of its series, and its turn.
  struct county_session {
    std::uint32_t series,  ///< position in the plan
        turn;              ///< of the series
  };
  /// A month and its workdays.
  struct month_days {
    std::uint64_t month;  ///< year × 12 + month
    std::uint32_t first,  ///< position of its first workday
        size;             ///< its workdays
  };

  /// \complexity linear in days, villages and sessions of county leaders
  template <class = when_called>
  explicit year_tables(const world& w) : village(detail::span_of(village_weights(w))), first_(w.first()) {
    index_arrivals(w);
    index_days(w);
    index_choice(w);
    index_doors(w);
  }

  alias_table village;  ///< position of a village, by population

  /// Number of new matters on a day. \pre no recorded case load takes their place; asserted
  template <class = when_called>
  [[nodiscard]] const count_law& arrivals(day d) const noexcept {
    SIFANG_ASSERT(!law_of_day_.empty(), "a world whose matters are drawn");
    return laws_[law_of_day_[at(d)]];
  }
  /// The issue list is made on this day (R16); the campaign goes to the households (R21), and did so the workday before. @{
  [[nodiscard]] bool analysis(day d) const noexcept { return (kind_[at(d)] & 1) != 0; }
  [[nodiscard]] bool campaign(day d) const noexcept { return (kind_[at(d)] & 2) != 0; }
  [[nodiscard]] bool campaign_goes_on(day d) const noexcept { return (kind_[at(d)] & 4) != 0; }
  /// @}
  /// Analyses in the month of a day, of the simulated days.
  [[nodiscard]] int analyses_in_month(day d) const noexcept {
    return analyses_[static_cast<std::size_t>((d.year() - first_.year()) * 12 + static_cast<int>(d.month()) - 1)];
  }
  /// Sessions of county-level leaders on a day, by series.
  template <class = when_called>
  [[nodiscard]] std::span<const county_session> county_sessions(day d) const noexcept {
    const std::size_t i = at(d);
    return detail::span_of(sessions_).subspan(session_offset_[i], session_offset_[i + 1] - session_offset_[i]);
  }
  /// Leaders who are needed in two places on a day, and missed where they are linked (R5).
  [[nodiscard]] std::uint32_t double_bookings(day d) const noexcept { return double_bookings_[at(d)]; }
  /// The months that the simulated days touch, with all their workdays. @{
  template <class = when_called>
  [[nodiscard]] std::span<const month_days> months() const noexcept {
    return detail::span_of(months_);
  }
  template <class = when_called>
  [[nodiscard]] std::span<const day> workdays(const month_days& m) const noexcept {
    return detail::span_of(month_workdays_).subspan(m.first, m.size);
  }
  /// @}

  /// A session that somebody may go to: of a village, or of a department's matters.
  struct door_to {
    std::int32_t series;  ///< position in the plan
    venue where;          ///< kind of session
    std::uint8_t way;     ///< 0 at home, 1 to the township, 2 to the county
    bool for_some;        ///< only some know of it (`session.*.publicity`)
    double beyond;        ///< factor of the way from there on, 1 for none
  };
  /// What is open to those who live in a village, and to those whose matter is an office's. @{
  template <class = when_called>
  [[nodiscard]] std::span<const door_to> doors_of_village(std::size_t home) const noexcept {
    return slice(village_doors_, village_offset_, home);
  }
  template <class = when_called>
  [[nodiscard]] std::span<const door_to> doors_of_office(std::size_t subject) const noexcept {
    return slice(office_doors_, office_offset_, subject);
  }
  /// @}
  /// Factors of the logit weight of a venue: appeal; delay in days; distance to the township and to the county. @{
  [[nodiscard]] double appeal(std::size_t of_venue) const noexcept { return appeal_[of_venue]; }
  [[nodiscard]] double delay(std::int32_t days) const noexcept {
    return delay_[(std::min)(static_cast<std::size_t>(days), delay_.size() - 1)];
  }
  [[nodiscard]] double near(std::size_t home) const noexcept { return distance_[3 * home + 1]; }
  [[nodiscard]] double far(std::size_t home) const noexcept { return distance_[3 * home + 2]; }
  [[nodiscard]] double nearness(std::size_t home, const door_to& d) const noexcept { return distance_[3 * home + d.way] * d.beyond; }
  /// @}
  /// Bytes that the tables take, without the small ones. Constant time.
  [[nodiscard]] std::size_t bytes() const noexcept {
    return sessions_.size() * sizeof(county_session) + (delay_.size() + distance_.size()) * sizeof(double) + kind_.size() * 13 +
           (village_doors_.size() + office_doors_.size()) * sizeof(door_to);
  }

 private:
  [[nodiscard]] std::size_t at(day d) const noexcept { return static_cast<std::size_t>((d - first_).count); }
  template <class = when_called>
  [[nodiscard]] static std::vector<double> village_weights(const world& w) {
    std::vector<double> out;
    out.reserve(w.villages().size());
    for (const village_site& v : w.villages()) out.push_back(w.org().units()[v.where].population);
    return out;
  }

  template <class = when_called>
  void index_arrivals(const world& w) {
    std::vector<double> rates;
    for (day d = w.first(); d <= w.last(); ++d) {
      const auto same = std::find(rates.rbegin(), rates.rend(), w.rate(d));
      law_of_day_.push_back(
          static_cast<std::uint16_t>(same == rates.rend() ? rates.size() : static_cast<std::size_t>(rates.rend() - same) - 1));
      if (same != rates.rend()) continue;
      rates.push_back(w.rate(d));
      laws_.push_back(count_law::negative_binomial(w.rate(d), w.setting().load.overdispersion));
    }
  }

  template <class = when_called>
  void index_days(const world& w) {
    kind_.assign(w.days(), 0);
    analyses_.assign(12 * static_cast<std::size_t>(w.last().year() - w.first().year() + 1), 0);
    double_bookings_.assign(w.days(), 0);
    const auto inside = [&](day d) { return d >= w.first() && d <= w.last(); };
    const auto& doors = w.setting();
    if (doors.appointments.open) {
      const sifang::schedule rule{doors.appointments.recur, {}, {}, {}, doors.appointments.on_rest_day};
      for (const occurrence& o : expand(rule, w.first(), w.last(), w.calendar())) {
        if (!inside(o.actual) || analysis(o.actual)) continue;
        kind_[at(o.actual)] |= 1;
        ++analyses_[static_cast<std::size_t>((o.actual.year() - first_.year()) * 12 + static_cast<int>(o.actual.month()) - 1)];
      }
    }
    const std::vector<day>& campaign = w.campaign();
    for (day d : campaign) {
      if (!inside(d)) continue;
      const day before = w.calendar().previous_workday(d - calendar_days(1));
      kind_[at(d)] |= static_cast<std::uint8_t>(2 | (std::binary_search(campaign.begin(), campaign.end(), before) ? 4 : 0));
    }
    for (const double_booking& b : w.plan().double_bookings()) {
      if (inside(b.date) && w.plan().kind(b.missed).counts_for == reception_rule::r5) ++double_bookings_[at(b.date)];
    }

    const auto series = w.plan().series();
    struct dated {
      std::uint32_t on;
      county_session what;
    };
    std::vector<dated> all;
    session_offset_.assign(w.days() + 1, 0);
    for (std::uint32_t i = 0; i < series.size(); ++i) {
      const reception_series& s = series[i];
      if (!w.plan().traits(s.where).of_county_leaders) continue;
      const auto dates = w.plan().dates(s.where);
      for (std::uint32_t turn = s.phase; turn < dates.size(); turn += s.period) {
        if (!inside(dates[turn])) continue;
        all.push_back({static_cast<std::uint32_t>(at(dates[turn])), {i, turn}});
        ++session_offset_[at(dates[turn]) + 1];
      }
    }
    for (std::size_t d = 0; d < w.days(); ++d) session_offset_[d + 1] += session_offset_[d];
    sessions_.resize(all.size());
    std::vector<std::uint32_t> next(session_offset_.begin(), session_offset_.end() - 1);
    for (const dated& s : all) sessions_[next[s.on]++] = s.what;  // series by series, so each day's stay in their order

    for (day d = day(w.first().year(), w.first().month(), 1); d <= w.last();) {
      const day next_month = d.month() == 12 ? day(d.year() + 1, 1, 1) : day(d.year(), d.month() + 1, 1);
      month_days m{static_cast<std::uint64_t>(d.year()) * 12 + d.month(), static_cast<std::uint32_t>(month_workdays_.size()), 0};
      for (; d < next_month; ++d) {
        if (w.calendar().is_workday(d)) month_workdays_.push_back(d);
      }
      m.size = static_cast<std::uint32_t>(month_workdays_.size()) - m.first;
      months_.push_back(m);
    }
  }

  template <class = when_called>
  void index_choice(const world& w) {
    const auto& choice = w.setting().choice;
    for (const session_kind& k : w.plan().kinds()) appeal_.push_back(elementary::exp(k.appeal));
    const auto longest = (w.plan().last() - w.first()).count + 1;
    for (std::int32_t d = 0; d <= longest; ++d) delay_.push_back(elementary::exp(-choice.delay_weight * d));
    distance_.reserve(3 * w.villages().size());
    for (const village_site& v : w.villages()) {
      distance_.push_back(1);
      distance_.push_back(elementary::exp(-choice.distance_weight * v.to_township));
      distance_.push_back(elementary::exp(-choice.distance_weight * v.to_county));
    }
  }

  template <class = when_called>
  [[nodiscard]] static std::span<const door_to> slice(const std::vector<door_to>& doors, const std::vector<std::uint32_t>& offset,
                                                      std::size_t i) noexcept {
    return detail::span_of(doors).subspan(offset[i], offset[i + 1] - offset[i]);
  }
  /// A village's doors: those of its own place and of the places above it, and those that are everybody's. An office's: its own.
  template <class = when_called>
  void index_doors(const world& w) {
    const county_tree& units = w.org().units();
    const auto series = w.plan().series();
    std::vector<std::uint32_t> everybody, of_areas;
    std::vector<std::vector<std::uint32_t>> at_place(units.size());
    for (std::uint32_t i = 0; i < series.size(); ++i) {
      const session_kind& k = w.plan().kind(series[i].where);
      const bool of_place = k.areas.empty() && k.catchment == catchment_rule::place;
      (of_place ? at_place[series[i].place.index()] : k.areas.empty() ? everybody : of_areas).push_back(i);
    }
    const auto door = [&](std::uint32_t i, std::uint8_t way, double beyond = 1) {
      return door_to{static_cast<std::int32_t>(i), series[i].where, way, w.plan().kind(series[i].where).publicity < 1, beyond};
    };
    const auto door_of = [&](std::uint32_t i, const village_site& home) {
      const unit_id place = series[i].place, township = w.townships()[home.township].where;
      if (w.plan().kind(series[i].where).video) return door(i, place == home.where ? 0 : 1);
      if (place == home.where) return door(i, 0);
      if (place == township) return door(i, 1);
      const bool elsewhere = level_of(units[place].kind) != level::county;  // by way of the county's seat
      return door(i, 2, elsewhere ? elementary::exp(-w.setting().choice.distance_weight * units[place].distance_km) : 1);
    };
    village_offset_.push_back(0);
    for (const village_site& home : w.villages()) {
      for (unit_id place : {home.where, w.townships()[home.township].where}) {
        for (std::uint32_t i : at_place[place.index()]) village_doors_.push_back(door_of(i, home));
      }
      for (std::uint32_t i : everybody) village_doors_.push_back(door_of(i, home));
      for (std::uint32_t i : of_areas) {
        const auto& areas = w.plan().kind(series[i].where).areas;
        const bool lives_there = std::any_of(areas.begin(), areas.end(), [&](const std::string& code) {
          const auto found = units.find(code);
          return found && units.contains(*found, home.where);
        });
        if (lives_there) village_doors_.push_back(door_of(i, home));
      }
      village_offset_.push_back(static_cast<std::uint32_t>(village_doors_.size()));
    }
    office_offset_.push_back(0);
    for (const office& o : w.offices()) {
      for (std::uint32_t i : at_place[o.where.index()]) { office_doors_.push_back(door(i, w.plan().kind(series[i].where).video ? 1 : 2)); }
      office_offset_.push_back(static_cast<std::uint32_t>(office_doors_.size()));
    }
  }

  day first_;
  std::vector<count_law> laws_;
  std::vector<std::uint16_t> law_of_day_;
  std::vector<std::uint8_t> kind_;
  std::vector<int> analyses_;  ///< by month since January of the first year
  std::vector<std::uint32_t> double_bookings_, session_offset_;
  std::vector<county_session> sessions_;
  std::vector<month_days> months_;
  std::vector<day> month_workdays_;
  std::vector<double> appeal_, delay_, distance_;
  std::vector<door_to> village_doors_, office_doors_;
  std::vector<std::uint32_t> village_offset_, office_offset_;
};

}  // namespace sifang

#endif
