// SPDX-License-Identifier: BSL-1.0
// Policies of one's own for cases: which unit gets a matter, who owns it and who takes it over, which cases owners chase, which case
// a handler takes up, when an extension is asked for.
#include "side_by_side.hpp"

using namespace sifang;

/// The department, as long as it has less than three cases in hand for each handler; else where the clerk would send it.
struct departments_while_idle {
  std::uint32_t route(const routing_request& r) const {
    const bool idle = r.objections == 0 && r.subject != no_index && r.burden(r.subject) < 3;
    return idle ? r.subject : r.seen_as;
  }
};

/// Whoever hears it first owns it, but leaders in charge of the subject come before that.
struct in_charge_first {
  official_id owner(const ownership_request& r, const caseload_view&) const {
    return r.matter_leader.valid() ? r.matter_leader : r.receiver;
  }
};

/// A case that is late and whose owner has more than five goes to a peer with fewer.
struct late_ones_move {
  official_id take_over(const handover_request& r, const caseload_view& load) const {
    return r.late && load.open(r.owner) > 5 ? load.least_loaded_peer(r.owner) : r.owner;
  }
};

/// Owners chase what falls due within ten days with all their strength, and other cases half as hard as they would.
struct by_due_date {
  double spread(const supervision_request& r) const { return r.left < calendar_days(10) ? 1 : 2 * (1 + r.open / 15.0); }
};

/// Cases that came again go first.
struct repeated_first {
  double place_in_line(const handling_request& r) const { return -r.repeats; }
};

/// Only where a second department is concerned.
struct extend_across_departments {
  bool ask(const extension_request& r) const { return r.cross_department; }
};

int main() {
  const world county = xiapu(), busy = xiapu([](scenario&s) { s.load.multiplier = 8; });
  side_by_side("departments while they are idle", county, departments_while_idle{}, {metric::bounces, metric::reply_days});
  side_by_side("leaders in charge own", county, in_charge_first{}, {metric::owned_max, metric::owned_gini});
  side_by_side("late cases move to a peer, eight times the load", busy, late_ones_move{}, {metric::owned_max, metric::owned_gini});
  side_by_side("owners chase by due date", county, by_due_date{}, {metric::on_time_reply_rate, metric::reply_days});
  side_by_side("repeated cases first, eight times the load", busy, repeated_first{}, {metric::reply_days, metric::repeat_rate});
  side_by_side("extension across departments alone", county, extend_across_departments{}, {metric::on_time_reply_rate, metric::overdue});
}
