// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_CAMPAIGN_HPP
#define SIFANG_RECEPTION_CAMPAIGN_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/text.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

/// When an item leaves the wall chart (挂图作战、对标销号, R26).
enum class strike_off_rule : std::uint8_t {
  target,  ///< when the grievance is settled
  date,    ///< when its timetable runs out, settled or not
};
template <>
inline constexpr std::string_view names_of<strike_off_rule>[] = {"target", "date"};

/// What an item of public sentiment (社情民意) that needs handling is about.
enum class sentiment_kind : std::uint8_t {
  works,    ///< roads, water, other public works
  aid,      ///< hardship, benefits
  dispute,  ///< disputes between neighbours, over land, inside a family
  other,    ///< everything else
};
template <>
inline constexpr std::string_view names_of<sentiment_kind>[] = {"works", "aid", "dispute", "other"};
template <>
inline constexpr bilingual texts_of<sentiment_kind>[] = {
    {"public works", "基础设施"}, {"hardship and benefits", "困难救助"}, {"dispute", "矛盾纠纷"}, {"other", "其他"}};

/// Items of one kind: how many, how long they take.
struct sentiment_setting {
  double share = 0;           ///< of the items that need handling; what the kinds before leave is `other`
  calendar_days timetable{};  ///< each item is to be done within (R25)
  double days = 0;            ///< mean, beside the work of the township's hands
};

/// The campaign "a thousand cadres visit ten thousand households" (登门走访, R21-R26).
struct campaign_setting {
  /// What each means, with its unit, range and source: `campaign.*` in `county/campaign_parameters.hpp`. @{
  bool open = true;
  day first{2022, 4, 19};
  int days = 4;
  double cadre_share = 1.0;
  double households_per_day = 2.5;
  double targeting = 12;
  double find_probability = 0.7;
  calendar_days timetable{30};
  strike_off_rule strike_off = strike_off_rule::target;
  double early_effect = 0.5;
  double opinions_per_household = 0.35;
  double handling_share = 0.2;
  minutes item_work{90};
  sentiment_setting works{0.4, calendar_days(90), 45}, aid{0.2, calendar_days(15), 7}, dispute{0.15, calendar_days(30), 15},
      other{0.25, calendar_days(30), 12};
  /// @}

  /// Items of a kind.
  [[nodiscard]] const sentiment_setting& of(sentiment_kind kind) const noexcept {
    const sentiment_setting* const all[] = {&works, &aid, &dispute, &other};
    return *all[static_cast<std::size_t>(kind)];
  }
  /// The kind that a uniform number picks.
  [[nodiscard]] sentiment_kind kind_of(double u) const noexcept {
    const double to_aid = works.share, to_dispute = to_aid + aid.share, to_other = to_dispute + dispute.share;
    return static_cast<sentiment_kind>(static_cast<int>(u >= to_aid) + static_cast<int>(u >= to_dispute) + static_cast<int>(u >= to_other));
  }
};

/// The workdays of the campaign of one year: concentrated, from the first workday on (R22).
template <class = when_called>
[[nodiscard]] inline std::vector<day> campaign_days(const campaign_setting& setting, int year, const working_calendar& calendar) {
  std::vector<day> out;
  if (!setting.open) return out;
  const bool leap_day = setting.first.month() == 2 && setting.first.day_of_month() == 29;
  day d = calendar.next_workday(day(year, setting.first.month(), leap_day ? 28 : setting.first.day_of_month()));
  for (int i = 0; i < setting.days; ++i) {
    out.push_back(d);
    d = calendar.next_workday(d + calendar_days(1));
  }
  return out;
}

/// Sends cadres to the villages for a day: one to each (R23), the rest by weight. Where there are fewer cadres than villages, one to
/// each of as many villages, which go on from day to day until all have been seen.
/// \param weights  by village, not negative: 0 for none; households, say
/// \param cadres   who are sent
/// \param nth      day of the campaign, from 0
/// \param out      by village: cadres there; as long as `weights`
/// \complexity linear in the villages
template <class = when_called>
inline void send_cadres(std::span<const double> weights, std::int64_t cadres, int nth, std::span<std::int32_t> out) {
  SIFANG_ASSERT(out.size() == weights.size(), "a place for each village");
  std::int64_t places = 0;
  double whole = 0;
  for (double w : weights) {
    SIFANG_ASSERT(w >= 0, "a weight that is not negative");
    places += w > 0;
    whole += w;
  }
  const bool all = cadres >= places;
  const std::int64_t from = all || places == 0 ? 0 : nth * cadres % places;  // the first village of the day, of those with a weight
  const double rest = static_cast<double>(all ? cadres - places : 0);
  std::int64_t before = 0, sent = 0;
  double passed = 0;
  for (std::size_t v = 0; v < weights.size(); ++v) {
    out[v] = 0;
    if (!(weights[v] > 0)) continue;
    const std::int64_t turn = before >= from ? before - from : before - from + places;
    passed += weights[v];
    const auto until = static_cast<std::int64_t>(passed / whole * rest);
    out[v] = static_cast<std::int32_t>((turn < cadres) + (until - sent));
    sent = until;
    ++before;
  }
}

/// What a day of the campaign did.
struct campaign_day {
  double cadres = 0,           ///< who were at the households
      kept = 0,                ///< who were not, as they sat at a session
      households = 0;          ///< seen for the first time in this campaign
  std::uint32_t villages = 0;  ///< seen for the first time in this campaign
  int opinions = 0;            ///< items of public sentiment, answered at once or not
  std::uint32_t items = 0;     ///< of these, which need handling
  bool first = false;          ///< whether the campaign begins
};

/// An item of public sentiment that needs handling: on the wall chart, with a timetable by its kind and a responsible person (R25).
struct sentiment_item {
  std::uint32_t number = 0,  ///< of the campaigns of this replication, from 0
      village = 0;           ///< the caller's own index of the place
  sentiment_kind kind{};     ///< what it is about
  day found,                 ///< day of the visit
      target;                ///< last day of its timetable
  official_id responsible;   ///< named person; invalid if nobody was found
};

/// An item on the wall chart. It is valid only with a timetable and a responsible person (R25).
struct chart_item {
  std::uint32_t who = 0;    ///< the caller's own index of the case
  day found;                ///< day of the visit
  day target;               ///< last day of its timetable
  official_id responsible;  ///< named person; invalid if nobody was found
  bool struck_off = false;  ///< whether it is done
};

namespace detail {
template <class = when_called>
[[nodiscard]] inline std::vector<fault> faults_of_item(std::uint32_t number, day found, day target, official_id responsible) {
  std::vector<fault> out;
  if (!responsible.valid()) {
    out.push_back(
        make_fault(fault_kind::rule_unsatisfied, place{}, "R25", "item " + std::to_string(number) + " has no responsible person"));
  }
  if (target <= found) {
    out.push_back(make_fault(fault_kind::rule_unsatisfied, place{}, "R25", "item " + std::to_string(number) + " has no timetable"));
  }
  return out;
}
}  // namespace detail

/// Faults of an item: no responsible person, or a timetable that ends before it begins (R25). @{
template <class = when_called>
[[nodiscard]] inline std::vector<fault> faults_of(const chart_item& item) {
  return detail::faults_of_item(item.who, item.found, item.target, item.responsible);
}
template <class = when_called>
[[nodiscard]] inline std::vector<fault> faults_of(const sentiment_item& item) {
  return detail::faults_of_item(item.number, item.found, item.target, item.responsible);
}
/// @}

/// Strikes an item off if the rule allows it today; an item never comes back on the chart.
inline void strike_off(chart_item& item, strike_off_rule rule, day today, bool settled) noexcept {
  item.struck_off = item.struck_off || (rule == strike_off_rule::target ? settled : settled || today > item.target);
}

}  // namespace sifang

#endif
