// SPDX-License-Identifier: BSL-1.0
// Policies of one's own for doors two to four: what the monthly analysis lists, where cadres go, when an item leaves the wall chart,
// when a return visit is due.
#include "side_by_side.hpp"

#include <algorithm>

using namespace sifang;

/// Most repeats first; each leader gets as many as fit on the field days.
struct most_repeats_first {
  void list(agenda_request& r, std::vector<appointment>& items) const {
    std::sort(r.open.begin(), r.open.end(), [](const issue_candidate& a, const issue_candidate& b) {
      return a.repeats != b.repeats ? a.repeats > b.repeats : a.who < b.who;
    });
    for (const issue_candidate& c : r.open) {
      if (static_cast<int>(items.size()) == r.list_length) return;
      if (!c.leader.valid() || r.taken[c.leader.index()] >= r.field_days * r.per_day) continue;
      items.push_back({c.who, c.leader, r.taken[c.leader.index()]++ / std::max(r.per_day, 1)});
    }
  }
};

/// Three times as many cadres to every third township, none to the rest.
struct every_third_township {
  double weight(const household_request& r) const { return r.township % 3 == 0 ? 3 : 0; }
};

/// Only when peace has held until half a year after the find.
struct struck_off_late {
  bool strike(const strike_off_request& r) const { return r.settled && r.today >= r.found + calendar_days(180); }
};

/// At once where peace did not hold, after sixty days where a case was closed without it.
struct rebounds_first {
  day due(const return_request& r) const { return r.why == return_trigger::rebounded ? r.today : r.today + calendar_days(60); }
};

int main() {
  const world county = xiapu();
  side_by_side("most repeats first", county, most_repeats_first{}, {metric::appointments, metric::long_pending_resolution});
  side_by_side("cadres to every third township", county, every_third_township{},
               {metric::found_by_campaign, metric::true_resolution_found});
  side_by_side("struck off late", county, struck_off_late{}, {metric::apparent_resolution_found, metric::true_resolution_found});
  side_by_side("rebounds visited first", county, rebounds_first{}, {metric::return_visits, metric::procedural_only_share});
}
