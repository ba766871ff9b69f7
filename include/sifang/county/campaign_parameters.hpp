// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_CAMPAIGN_PARAMETERS_HPP
#define SIFANG_COUNTY_CAMPAIGN_PARAMETERS_HPP

#include "sifang/core/names.hpp"
#include "sifang/county/parameter.hpp"
#include "sifang/reception/campaign.hpp"

#include <string>

/// \file
/// One row for each parameter of the household campaign, as `county/parameters.hpp` has them for all else.

namespace sifang {

// clang-format off: a table
/// Calls `v(parameter, field)` for every parameter of the campaign, in the order of the file format.
template <class Campaign, class Visitor>
void visit_campaign_parameters(Campaign& c, Visitor&& v) {
  using enum origin;
  using p = detail::parameter_line;

  v(p{"campaign.open", "bool", article, "R21-R26", 0, 1, "Door three: the household campaign", "第三扇门：登门走访"}, c.open);
  v(p{"campaign.first", "date", inference, "R22 gives no date", 0, 0, "First day; held on workdays from there, each year on this date",
      "活动首日（逐年同日）"},
    c.first);
  v(p{"campaign.days", "days", article, "R22: 3 to 5", 1, 60, "Length of the campaign", "活动天数"}, c.days);
  v(p{"campaign.cadre_share", "share", article, "R21: all organ cadres", 0, 1, "Share of the cadres who are sent", "参加干部比例"},
    c.cadre_share);
  v(p{"campaign.households_per_day", "households/day", inference, "docs/domain.md 1.3: 2 to 3.3", 0, 100,
      "Households a cadre visits in a day", "每名干部每日走访户数"},
    c.households_per_day);
  v(p{"campaign.targeting", "factor", inference, "modelling choice", 0, 1000, "How much likelier a household with a grievance is visited",
      "有诉求户被走访的倍数"},
    c.targeting);
  v(p{"campaign.find_probability", "share", inference, "modelling choice", 0, 1, "Chance that a visit brings the grievance to light",
      "走访发现诉求的概率"},
    c.find_probability);
  v(p{"campaign.timetable", "days", inference, "R25: each gets its own timetable", 1, 3650, "Days given to an item on the wall chart",
      "挂图项目期限"},
    c.timetable);
  v(p{"campaign.strike_off", "choice", article, "R26: against the target", 0, 0, "When an item is struck off", "销号依据"}, c.strike_off);
  v(p{"campaign.early_effect", "log odds", inference, "modelling choice", -20, 20, "Effect of an early find on settlement",
      "早发现对息诉的影响"},
    c.early_effect);
  v(p{"campaign.opinions_per_household", "items/household", source, "docs/facts.md: 0.05 to 0.86", 0, 10,
      "Items of public sentiment that a visit to a household brings", "每户收集的社情民意件数"},
    c.opinions_per_household);
  v(p{"campaign.handling_share", "share", source, "docs/facts.md: 0.03 to 0.15 a household", 0, 1,
      "Of these, what needs handling; the rest is answered at once", "其中需办理的比例（其余当场答复）"},
    c.handling_share);
  v(p{"campaign.item_work", "minutes", inference, "modelling choice", 0, 100000,
      "Work of the township's handlers on an item that needs handling", "需办理事项占用乡镇承办人员的时间"},
    c.item_work);
  const auto of_kind = [&](sentiment_kind kind, auto& one) {
    const std::string key = "campaign." + std::string(name_of(kind)), en(text_of(kind, language::en)), zh(text_of(kind, language::zh));
    if (kind != sentiment_kind::other) {
      v(p{key + ".share", "share", inference, "docs/facts.md: roads, water, aid, disputes", 0, 1,
          "Items that need handling: share of " + en + "; what is left is other", "需办理事项：" + zh + "占比（其余归入其他）"},
        one.share);
    }
    v(p{key + ".timetable", "days", inference, "R25: each gets its own timetable", 1, 3650,
        "Items of " + en + ": days given on the wall chart", zh + "事项：挂图时限"},
      one.timetable);
    v(p{key + ".days", "days", inference, "modelling choice", 0, 3650, "Items of " + en + ": mean days until done, beside the work on them",
        zh + "事项：办结平均天数（不含办理工时）"},
      one.days);
  };
  of_kind(sentiment_kind::works, c.works);
  of_kind(sentiment_kind::aid, c.aid);
  of_kind(sentiment_kind::dispute, c.dispute);
  of_kind(sentiment_kind::other, c.other);
}
// clang-format on

}  // namespace sifang

#endif
