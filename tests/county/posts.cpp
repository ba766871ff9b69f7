// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/replication.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

/// Posts that change hands (R13), a cap that holds for everybody, linked leaders who share a township, and who owns a rebounder (R12), on
/// played years.

using namespace sifang;
using sifang_tests::xiapu;

namespace {

bool is_county_level(const world& w, official_id who) {
  return who.valid() && (w.org()[who].rank == role::principal_leader || w.org()[who].rank == role::county_leader);
}
std::vector<official_id> linked_to(const world& w, std::uint32_t township) {
  std::vector<official_id> out;
  for (official_id who : w.org().officials_of(w.townships()[township].where, relation::linked_to)) {
    if (is_county_level(w, who)) out.push_back(who);
  }
  return out;
}

/// Looks at everybody who does anything, and at who owns what.
struct attendance {
  static constexpr auto hooks =
      sifang::hooks<hook::started, hook::new_day, hook::step, hook::owned, hook::taken_over, hook::post, hook::seated, hook::unvisited,
                    hook::heard, hook::appointed, hook::meeting, hook::return_visit, hook::worked, hook::finished>;

  const world* w = nullptr;
  std::map<std::size_t, day> vacant;            // since when
  std::map<std::uint64_t, official_id> owners;  // of open cases
  std::set<std::uint64_t> to_be_taken_over;     // today, of whoever has come
  std::size_t vacancies = 0, successors = 0, taken = 0, looked_at = 0;
  std::vector<int> days_vacant;

  void is_there(official_id who, const char* doing) {
    if (!who.valid()) return;
    ++looked_at;
    if (vacant.contains(who.index())) FAIL_CHECK(doing << ": nobody is in the post " << w->org()[who].post);
  }
  void started(const world& county, std::uint32_t) {
    const auto kept = std::move(days_vacant);
    const std::size_t v = vacancies, s = successors, t = taken, l = looked_at;
    *this = {};
    w = &county;
    days_vacant = kept;
    vacancies = v, successors = s, taken = t, looked_at = l;
  }
  void new_day(day) { CHECK(to_be_taken_over.empty()); }
  void post(day d, official_id who, bool is_vacant) {
    if (is_vacant) {
      CHECK(vacant.emplace(who.index(), d).second);
      ++vacancies;
      return;
    }
    ++successors;
    if (const auto since = vacant.find(who.index()); since != vacant.end()) {
      if (since->second > w->first()) days_vacant.push_back((d - since->second).count);
      vacant.erase(since);
    }
    for (const auto& [entity, owner] : owners) {
      if (owner == who) to_be_taken_over.insert(entity);
    }
  }
  void taken_over(day, const matter& m) {
    CHECK(to_be_taken_over.erase(m.entity) == 1);
    CHECK(is_open(m.state));
    is_there(m.owner, "takes over");
    ++taken;
  }
  void step(instant, const matter& m, case_event, case_state, case_state to) {
    CHECK(to_be_taken_over.empty());
    if (is_open(to) && m.owner.valid())
      owners[m.entity] = m.owner;
    else
      owners.erase(m.entity);
  }
  void owned(instant, const matter& m, official_id receiver) {
    is_there(m.owner, "becomes owner");
    is_there(m.partner, "becomes partner");
    is_there(receiver, "receives");
    if (m.owner.valid() && is_open(m.state)) owners[m.entity] = m.owner;
  }
  void sit(std::span<const official_id> people) {
    CHECK(to_be_taken_over.empty());  // before anything else of a day
    for (official_id who : people) is_there(who, "sits");
  }
  void seated(const reception_series&, day, std::span<const official_id> people, std::size_t) { sit(people); }
  void unvisited(const reception_series&, day, std::span<const official_id> people, std::size_t) { sit(people); }
  void heard(instant, const matter& m) { is_there(m.visit_receiver, "hears"); }
  void appointed(day, const matter&, official_id leader, instant) { is_there(leader, "gets an item of the issue list"); }
  void meeting(instant, const matter&, std::span<const official_id> people, meeting_kind, const meeting_setting&) {
    for (official_id who : people) is_there(who, "meets");
  }
  void return_visit(instant, const matter& m, const told_return_visit& v) {
    for (official_id who : {m.owner, v.place_head, v.matter_head}) is_there(who, "makes a return visit");
  }
  void worked(day, official_id who, const told_hours&) { is_there(who, "works"); }
  void finished(day, std::span<const matter>) { CHECK(to_be_taken_over.empty()); }
};

double of(const world& w, metric m, int replications = 3) {
  double above = 0, below = 0;
  replication<> r(w);
  for (int i = 0; i < replications; ++i) {
    const tally& sums = r.run(static_cast<std::uint32_t>(i)).sums;
    above += sums.numerator(m, 0);
    below += sums.denominator(m, 0);
  }
  return above / below;
}

/// Who owns how many open cases, and who got one above the cap.
struct loads {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::post, hook::step, hook::owned>;
  const world* w = nullptr;
  std::vector<int> open;
  std::set<std::size_t> vacant;
  int passed_on_by_principals = 0, given_above = 0, came_back_above = 0;
  int most_of_principals = 0;

  [[nodiscard]] int cap() const { return w->setting().ownership.cap; }
  [[nodiscard]] bool counted(instant at) const { return w->counts(at.date()); }
  void started(const world& county, std::uint32_t) {
    *this = {};
    w = &county;
    open.assign(county.org().officials().size(), 0);
  }
  void post(day, official_id who, bool is_vacant) {
    if (is_vacant)
      vacant.insert(who.index());
    else
      vacant.erase(who.index());
  }
  void step(instant at, const matter& m, case_event, case_state from, case_state to) {
    if (!m.owner.valid() || is_open(from) == is_open(to)) return;
    int& n = open[m.owner.index()];
    n += is_open(to) ? 1 : -1;
    if (is_open(to) && n > cap() && counted(at)) ++came_back_above;
  }
  void owned(instant at, const matter& m, official_id receiver) {
    if (!m.owner.valid()) return;
    const bool principal = receiver.valid() && w->org()[receiver].rank == role::principal_leader;
    if (principal && m.owner != receiver) {
      ++passed_on_by_principals;
      CHECK(open[receiver.index()] >= cap());
      CHECK(is_county_level(*w, m.owner));
    }
    if (!is_open(m.state)) return;
    int& n = open[m.owner.index()];
    if (++n > cap()) {
      given_above += counted(at);
      // The exception: nobody who is in office could take it.
      const auto is_full = [&](official_id who) { return who == m.owner || vacant.contains(who.index()) || open[who.index()] >= cap(); };
      const std::vector<official_id> linked = linked_to(*w, m.township);
      CHECK(std::all_of(linked.begin(), linked.end(), is_full));
      if (std::all_of(linked.begin(), linked.end(), [&](official_id who) { return vacant.contains(who.index()); })) return;
      for (official_id who : w->org().officials_with(role::county_leader)) CHECK(is_full(who));
    }
    if (w->org()[m.owner].rank == role::principal_leader) most_of_principals = std::max(most_of_principals, n);
  }
};

/// Whoever hears a case that nobody owns, in person, and who owns it then.
struct hearings {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::heard, hook::owned>;
  const world* w = nullptr;
  std::map<std::uint64_t, std::pair<instant, official_id>> last;
  int rebounders = 0, others = 0;
  void started(const world& county, std::uint32_t) {
    *this = {};
    w = &county;
  }
  void heard(instant at, const matter& m) {
    if (m.visit_receiver.valid()) last[m.entity] = {at, m.visit_receiver};
  }
  void owned(instant at, const matter& m, official_id) {
    const auto found = last.find(m.entity);
    if (found == last.end() || found->second.first != at) return;
    CHECK(m.owner == found->second.second);
    ++(m.rebounds > 0 ? rebounders : others);
  }
};

}  // namespace

TEST_CASE("R13: while a post is vacant it does nothing and gets no case; whoever follows takes over each open case of it, that day") {
  attendance seen;
  for (const char* rule : {"first_receiver", "capped", "by_territory", "by_subject", "least_loaded", "joint", "handover"}) {
    CAPTURE(rule);
    const world w = xiapu({"scenario.warm_up=60", "scenario.run_out=60", "posts.turnover_per_year=1", "posts.vacant_days=40",
                           "ownership.cap=2", std::string("ownership.rule=\"") + rule + "\"", "repeats.rebound_share=0.3"});
    replication<policies<>, attendance> r(w, {}, seen);
    (void)r.run(0);
    seen = r.observer();
  }
  CHECK(seen.looked_at > 100'000);
  CHECK(seen.taken > 500);
  REQUIRE(seen.days_vacant.size() > 1000);
  CHECK(std::all_of(seen.days_vacant.begin(), seen.days_vacant.end(), [](int days) { return days == 40; }));
}

TEST_CASE("R13: a post that is not vacant in between changes hands overnight, with its cases") {
  const world w = xiapu({"scenario.warm_up=60", "posts.turnover_per_year=1", "posts.vacant_days=0"});
  replication<policies<>, attendance> r(w, {}, {});
  (void)r.run(1);
  CHECK(r.observer().vacancies == 0);
  CHECK(r.observer().successors > 400);
  CHECK(r.observer().taken > 50);
}

TEST_CASE("Posts change hands as often as the scenario says, for each that sits; at 0 never") {
  const world w = xiapu({"scenario.warm_up=0", "scenario.run_out=0", "load.matters_per_year=20", "load.backlog=0"});
  double changed = 0, posts = 0;
  for (const official& o : w.org().officials()) posts += o.rank != role::bureau_staff && o.rank != role::cadre;
  replication<> r(w);
  constexpr int years = 60;
  for (std::uint32_t i = 0; i < years; ++i) changed += r.run(i).sums.numerator(metric::posts_changed, 0);
  // Four standard deviations of as many independent chances; the bound on what lies in the year but not in a span is below them.
  const double mean = 0.2 * posts * years;
  CHECK(std::abs(changed - mean) < 4 * std::sqrt(mean * 0.8));
  CHECK(of(xiapu({"posts.turnover_per_year=0"}), metric::posts_changed, 1) == 0);
}

TEST_CASE("A change of hands is felt: nobody chases the cases of a vacant post, and what was said before is lost") {
  const std::vector<std::string> always{"posts.turnover_per_year=1", "ownership.supervision_effect=0.9", "ownership.load_half=1000"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.end(), always.begin(), always.end());
    return xiapu(more);
  };
  const world plain = with({"posts.vacant_days=0", "posts.handover_effect=0"});
  const world long_vacant = with({"posts.vacant_days=180", "posts.handover_effect=0"});
  CHECK(of(long_vacant, metric::reply_days) > of(plain, metric::reply_days));
  CHECK(of(long_vacant, metric::return_visits_missed) > of(plain, metric::return_visits_missed));
  CHECK(of(long_vacant, metric::leader_hours) < of(plain, metric::leader_hours));
  const world lost = with({"posts.vacant_days=0", "posts.handover_effect=-4"});
  CHECK(of(lost, metric::resolution_rate) < of(plain, metric::resolution_rate));
}

TEST_CASE(
    "A cap on owned cases holds for principal leaders too; where somebody holds more, there was nobody to take it, and it is counted") {
  int passed_on = 0;
  for (const char* cap : {"1", "3", "8"}) {
    CAPTURE(cap);
    const world w =
        xiapu({"ownership.rule=\"capped\"", std::string("ownership.cap=") + cap, "load.multiplier=2", "handling.wait_days_mean=15"});
    replication<policies<>, loads> r(w, {}, {});
    const replication_outcome& out = r.run(2);
    const loads& seen = r.observer();
    CHECK(out.sums.numerator(metric::owned_over_cap, 0) == seen.given_above + seen.came_back_above);
    passed_on += seen.passed_on_by_principals;
    if (seen.given_above + seen.came_back_above == 0) CHECK(seen.most_of_principals <= w.setting().ownership.cap);
    if (std::string(cap) == "8") CHECK(seen.given_above == 0);
  }
  CHECK(passed_on > 20);
  CHECK(of(xiapu({}), metric::owned_over_cap, 1) == 0);  // no cap, nothing above it
}

TEST_CASE("What is a township's is spread over the leaders linked to it") {
  const world w = xiapu({"ownership.rule=\"by_territory\"", "load.multiplier=5", "posts.turnover_per_year=0"});
  replication<> r(w);
  (void)r.run(0);
  std::map<std::uint32_t, std::map<std::size_t, double>> of_township;
  for (const matter& m : r.matters()) {
    if (m.owner.valid()) of_township[m.township][m.owner.index()] += 1;
  }
  CHECK(of_township.size() == w.townships().size());
  for (const auto& [township, owners] : of_township) {
    const std::vector<official_id> linked = linked_to(w, township);
    CAPTURE(township, linked.size());
    REQUIRE(linked.size() > 1);
    CHECK(owners.size() == linked.size());
    double all = 0;
    for (const auto& [who, n] : owners) all += n;
    REQUIRE(all > 40);
    for (official_id who : linked) {
      const auto found = owners.find(who.index());
      REQUIRE(found != owners.end());
      const double share = 1 / static_cast<double>(linked.size());
      CHECK(std::abs(found->second - all * share) < 4 * std::sqrt(all * share * (1 - share)));
    }
  }
}

TEST_CASE("R12: who hears a case that nobody owns becomes its owner, also where the petitioner had settled and rebounded") {
  int rebounders = 0, others = 0;
  for (const char* visits : {"true", "false"}) {
    const world w = xiapu({"repeats.rebound_share=0.5", "repeats.rebound_days=30", "load.leader_letter_share=0",
                           "repeats.in_person_share=1", "load.multiplier=2", std::string("return_visits.open=") + visits});
    replication<policies<>, hearings> r(w, {}, {});
    (void)r.run(0);
    rebounders += r.observer().rebounders;
    others += r.observer().others;
  }
  CHECK(rebounders > 10);
  CHECK(others > 500);
}
