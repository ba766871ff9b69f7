// SPDX-License-Identifier: BSL-1.0
// Policies of one's own for open-door reception: who sits, who is let in, who is called next, what happens at closing time, where
// irregular visits go. Each is a small struct; docs/policies.md says what it sees.
#include "side_by_side.hpp"

using namespace sifang;

/// At the bureau the same three leaders in turn; elsewhere as planned.
struct the_same_three {
  void sit(const sitting_request& r, std::vector<official_id>& people) const {
    if (r.series.where != article::bureau_leader) return sit_in_turn{}.sit(r, people);
    people.push_back(r.plan.people(r.series)[r.turn % 3]);
  }
};

/// Groups need an appointment at the principal leaders' day; half of them have none and are sent away.
struct groups_by_appointment {
  admission admit(const visit_request& r, policy_luck& luck) const {
    if (r.series.where != article::principal || r.persons < group_threshold) return admission::walk_in;
    return luck() < 0.5 ? admission::booked : admission::turned_away;
  }
};

/// Those who came before and were not heard are called first.
struct returners_first {
  double place(const visit_request& r, admission) const { return -r.visits; }
};

/// Everybody is heard, but at the township from the sixth visitor on the rest are asked to come back.
struct townships_close_on_time {
  closing_policy at_closing(const closing_request& r) const {
    return r.series.where == article::township && r.visitors > 5 ? closing_policy::come_back : closing_policy::stay;
  }
};

/// Where trouble is worst, but never twice running to one place: it remembers where it went last.
struct never_twice {
  struct state {
    std::size_t last = no_index;
  };
  std::size_t go_to(const field_visit_request& r, state& s) const {
    std::size_t worst = s.last == 0 ? 1 : 0;
    for (std::size_t t = 0; t < r.offices; ++t) {
      if (t != s.last && r.trouble[t] > r.trouble[worst]) worst = t;
    }
    return s.last = worst;
  }
};

int main() {
  const world county = xiapu();
  side_by_side("the same three leaders at the bureau", county, the_same_three{}, {metric::owned_max, metric::owned_gini});
  side_by_side("groups by appointment on the 15th", county, groups_by_appointment{}, {metric::heard_same_session, metric::group_visits});
  const world busy = xiapu([](scenario& s) {
    s.reception.closing = closing_policy::come_back;
    s.load.multiplier = 2;
  });
  side_by_side("returners first, twice the load, sessions that close", busy, returners_first{},
               {metric::heard_same_session, metric::wait_minutes});
  side_by_side("townships close on time, twice the load", busy, townships_close_on_time{},
               {metric::overtime_hours, metric::heard_same_session});
  side_by_side("irregular visits never twice running to one place", county, never_twice{}, {metric::repeat_rate, metric::travel_km});
}
