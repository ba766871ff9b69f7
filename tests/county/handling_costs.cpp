// SPDX-License-Identifier: BSL-1.0
// What an extension costs (L11), and whom simplified handling is for and what it saves (L19).
#include "catch.hpp"
#include "sifang/county/replication.hpp"
#include "small_world.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

using namespace sifang;
using sifang_tests::small_scenario;
using sifang_tests::small_world;

namespace {

/// Letters, calls and online petitions alone; nothing is in doubt but what a test is about.
scenario written_county() {
  scenario s = small_scenario();
  s.end = s.start + calendar_days(400);
  s.warm_up = s.run_out = calendar_days(0);
  s.load.matters_per_year = 4000;
  s.load.visit_share = 0;
  s.load.letter_share = 0.4;
  s.load.online_share = s.load.phone_share = 0.3;
  for (session_kind& k : s.reception.sessions) k.open = false;
  s.reception.irregular_per_month = 0;
  s.appointments.open = s.campaign.open = s.return_visits.open = false;
  s.handling.department_handlers = s.handling.township_handlers = 50;
  return s;
}

/// What is told of work and of extended rounds.
class desks {
 public:
  static constexpr auto hooks = sifang::hooks<hook::registration, hook::clerk, hook::work, hook::step>;
  struct clerk_piece {
    double minutes;
    bool simplified;
  };
  std::vector<clerk_piece> first_routings;  ///< what a first registration brings the clerks
  std::vector<double> on_extensions;        ///< what is told of work, of the case and the minute of its extension
  std::size_t extensions = 0, registered = 0, simple = 0, simplified = 0, complex_simplified = 0;
  std::size_t content_extended = 0, replied_extended = 0;
  double complex_from = 0;

  void registration(instant, const matter& m, bool again) {
    last_ = again ? std::nullopt : std::optional(m.simplified);
    if (again) return;
    ++registered;
    const bool is_simple = m.complexity < complex_from;
    simple += is_simple;
    simplified += m.simplified;
    complex_simplified += m.simplified && !is_simple;
  }
  void clerk(instant, const told_work& w) {
    if (last_) first_routings.push_back({w.length, *last_});
    last_.reset();
  }
  void work(instant at, const matter& m, const told_work& w) { last_work_[m.entity] = {at, w.length}; }
  void step(instant at, const matter& m, case_event e, case_state, case_state) {
    if (e == case_event::extend) {
      ++extensions;
      const auto& [when, length] = last_work_[m.entity];
      if (when == at) on_extensions.push_back(length);
    }
    if (e == case_event::reply || e == case_event::mediate) {
      replied_extended += m.extended;
      content_extended += m.extended && m.content;
    }
  }

 private:
  std::optional<bool> last_;
  std::map<std::uint64_t, std::pair<instant, double>> last_work_;
};

desks play(const scenario& s) {
  const world w = *small_world(s);
  desks watching;
  watching.complex_from = s.handling.complex_threshold;
  replication<policies<>, desks> r(w, {}, watching);
  (void)r.run(0);
  return r.observer();
}

}  // namespace

TEST_CASE("L11: an extension is work of a handler, for as long as the scenario says") {
  scenario s = written_county();
  s.handling.extension = extension_rule::always;
  s.handling.extension_minutes = 77;
  s.handling.wait_days_mean = 30;
  const desks seen = play(s);
  CHECK(seen.extensions > 300);
  CHECK(seen.on_extensions == std::vector<double>(seen.extensions, 77));
}

TEST_CASE("L11: work on extensions keeps handlers from cases") {
  const auto hours = [](double minutes_each) {
    scenario s = written_county();
    s.handling.extension = extension_rule::always;
    s.handling.wait_days_mean = 30;
    s.handling.extension_minutes = minutes_each;
    const world w = *small_world(s);
    replication<> r(w);
    const replication_outcome& out = r.run(0);
    return std::pair(out.sums.numerator(metric::handler_hours, 0), out.sums.numerator(metric::extensions, 0));
  };
  const auto [free, none_worked] = hours(0);
  const auto [dear, extensions] = hours(60);
  CHECK(extensions > 300);
  // Each takes an hour; what little else differs comes of cases that are worked on later for it.
  CHECK(dear - free == Approx(extensions).epsilon(0.1));
}

TEST_CASE("L11: a petitioner who was told of an extension settles less, by the log odds that the scenario says") {
  const auto share = [](double effect) {
    scenario s = written_county();
    s.handling.extension = extension_rule::always;
    s.handling.wait_days_mean = 30;
    s.settlement.intercept = 1;
    s.settlement.extended = effect;
    const desks seen = play(s);
    REQUIRE(seen.replied_extended > 300);
    return static_cast<double>(seen.content_extended) / static_cast<double>(seen.replied_extended);
  };
  CHECK(share(-20) == 0);
  CHECK(share(20) == 1);
  const double none = share(0), some = share(-0.5);
  CHECK(some < none - 0.05);
}

TEST_CASE("L19: of the matters that are simple when they come, the share stated is in simplified handling, and of the others none") {
  for (const double stated : {0.0, 0.1, 0.4, 1.0}) {
    scenario s = written_county();
    s.routing.simplified_share = stated;
    s.load.silent_share = 0.3;  // some have become complex by the time they come forward
    s.load.silent_days = 100;
    s.load.silent_penalty = 3;
    const desks seen = play(s);
    CAPTURE(stated, seen.simplified, seen.simple, seen.registered);
    REQUIRE(seen.simple > 1000);
    CHECK(seen.simple < seen.registered);
    CHECK(seen.complex_simplified == 0);
    const auto n = static_cast<double>(seen.simple);
    CHECK(std::abs(static_cast<double>(seen.simplified) - n * stated) <= 5 * std::sqrt(n * stated * (1 - stated)));
  }
}

TEST_CASE("L19: a matter in simplified handling takes its part of a clerk's time, in each case") {
  scenario s = written_county();
  s.routing.minutes_cv = 0;
  s.routing.simplified_share = 0.5;
  s.routing.simplified_minutes = 0.3;
  s.load.direct_share = 0;
  for (category_setting& c : s.categories) c.litigation_share = 0;
  const desks seen = play(s);
  std::size_t less = 0;
  for (const desks::clerk_piece& p : seen.first_routings) {
    CHECK(p.minutes == Approx(s.routing.minutes_per_matter * (p.simplified ? 0.3 : 1.0)));
    less += p.simplified;
  }
  CHECK(less > 500);
  CHECK(seen.first_routings.size() - less > 500);
}
