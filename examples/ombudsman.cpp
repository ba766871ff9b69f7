// SPDX-License-Identifier: BSL-1.0
// The ombudsman of another country, built in code: a national office, regions and desks, complaints with states, rules and
// clocks of their own, and a week that rests on Friday and Saturday. Its structure is audited, its overdue list and its case
// graph are asked, and a year of it is simulated: what would one more investigator do? Nothing of a Chinese county is in it.
#include "ombudsman.hpp"

#include "sifang/assign/case_graph_loops.hpp"
#include "sifang/assign/case_graph_oversight.hpp"
#include "sifang/calendar/working_calendar.hpp"
#include "sifang/engine.hpp"
#include "sifang/org/structure.hpp"
#include "sifang/petition/diagram.hpp"
#include "sifang/petition/share.hpp"

#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace sifang;
using e = complaint_event;

/// Two regions with a desk each; in haste, with three mistakes.
ombudsman make_office(bool in_haste) {
  hierarchy_builder<office> units;
  units.add("office", "", {"Office of the Ombudsman", office_kind::national});
  for (const std::string region : {"north", "south"}) {
    units.add(region, "office", {region, office_kind::region});
    units.add(region + "-desk", in_haste && region == "south" ? "office" : region, {region + " desk", office_kind::desk});
  }
  ombudsman_builder posts(*std::move(units).build());
  const auto add = [&](const std::string& post, office_role rank, office_relation how, const std::string& unit) {
    posts.add(post, "", rank, unit);
    posts.add_link(post, how, unit);
  };
  add("ombudsman", office_role::ombudsman, office_relation::heads, "office");
  for (const std::string region : {"north", "south"}) {
    add(region + "-commissioner", office_role::commissioner, office_relation::heads, region);
    for (const std::string n : {"-1", "-2"}) add(region + n, office_role::investigator, office_relation::works_at, region);
    add(region + "-clerk", office_role::clerk, office_relation::works_at, region + "-desk");
  }
  if (in_haste) posts.add_link("north-1", office_relation::heads, "south");
  if (in_haste) add("another", office_role::commissioner, office_relation::heads, "north");
  return *std::move(posts).build();
}

/// Sunday to Thursday, and a feast of three days; a last day that is a rest day moves to the next workday.
complaint_law law() {
  std::vector<calendar_exception> feast;
  for (day d(2024, 4, 10); d <= day(2024, 4, 12); ++d) feast.push_back({d, day_kind::statutory_holiday, "feast"});
  return {{working_days(5), calendar_days(60), working_days(15)}, working_calendar(feast, {weekday::friday, weekday::saturday}), true};
}

/// Five complaints of a spring, told step by step, and who had them when.
struct spring {
  complaint_law rules = law();
  std::vector<complaint_story> stories{};
  complaint_graph cases{};

  explicit spring(const ombudsman& office) {
    const unit_id north = *office.units().find("north"), south = *office.units().find("south");
    const official_id investigator = *office.find_post("north-1");
    for (std::size_t i = 0; i < 5; ++i) {
      stories.emplace_back(complaint{.act = day(i == 3 ? 2022 : 2024, 2, 1)});
      const instant came = at(4, static_cast<unsigned>(3 + i));
      take(i, e::lodge, came);
      cases.classify(case_id(i), category_id(0), i % 2 == 0 ? complaint_way::desk : complaint_way::portal);
      cases.visit(case_id(i), petitioner_id(i), came);
      cases.make_responsible(case_id(i), i % 2 == 0 ? north : south, came);
    }
    for (std::size_t i : {0u, 1u, 3u}) take(i, e::admit, at(4, 15));
    take(1, e::open, at(4, 16));
    for (std::size_t i : {0u, 1u}) {
      take(i, e::open, at(4, 17), {.who = investigator});
      cases.own(case_id(i), investigator, at(4, 17));
    }
    take(0, e::recommend, at(5, 2));
    take(0, e::extend, at(5, 3));
    cases.transfer(case_id(1), south, north, at(4, 18));
    cases.transfer(case_id(1), north, south, at(4, 25));
  }
  static instant at(unsigned month, unsigned dom) { return {day(2024, month, dom), minutes(600)}; }
  void take(std::size_t i, e event, instant when, const complaint_facts& facts = {}) {
    const auto step = stories[i].apply(event, when, rules, facts);
    if (!step) std::cout << "complaint " << i << " refused: " << sentence(step.refusal()) << '\n';
  }
};

/// A year of the office in the engine, in days: complaints come, are screened, wait for an investigator and are looked into.
/// Each is a story of its own, moved by the same table and the same guards.
struct simulated_year {
  enum class luck : std::uint32_t { arrival, screening, admitted, length };
  simulation<> sim{};
  resource<> investigators;
  complaint_law rules = law();
  std::vector<complaint_story> stories{};
  random_source draw;

  simulated_year(std::uint32_t staff, std::uint32_t replication) : investigators(sim, staff), draw(2024, replication) {
    come(sim, *this, random_stream(2024, replication, luck::arrival));
    sim.run_until(366);
  }
  [[nodiscard]] day today() const { return day(2024, 1, 1) + calendar_days(static_cast<std::int32_t>(sim.now())); }
  void take(std::size_t i, e event, const complaint_facts& facts = {}) {
    if (!stories[i].apply(event, instant(today(), minutes(0)), rules, facts)) std::cout << "a simulated step was refused\n";
  }
  static process come(simulation<>& sim, simulated_year& year, random_stream gap) {
    for (;;) {
      co_await sim.delay(exponential(gap(), 2.0));
      year.stories.emplace_back(complaint{.act = year.today()});
      run(sim, year, year.stories.size() - 1);
    }
  }
  static process run(simulation<>& sim, simulated_year& year, std::size_t i) {
    year.take(i, e::lodge);
    const working_days desk(1 + static_cast<std::int32_t>(6 * year.draw.uniform(i, luck::screening)));
    co_await sim.delay((year.rules.calendar.add(year.today(), desk) - year.today()).count);
    if (year.draw.uniform(i, luck::admitted) < 0.4) co_return year.take(i, e::decline);
    year.take(i, e::admit);
    const auto investigator = co_await year.investigators.request();
    year.take(i, e::open, {.who = official_id(0)});
    co_await sim.delay(lognormal(year.draw.uniform(i, luck::length), 20, 0.8));
    year.take(i, e::settle);
  }
};

}  // namespace

int main() {
  std::cout << "made in haste:\n";
  for (const fault& f : audit_structure(make_office(true))) std::cout << "  " << to_string(f) << '\n';
  const ombudsman office = make_office(false);
  std::cout << "made with care: " << audit_structure(office).size() << " faults; in the north may sit:";
  for (official_id who : who_may_sit(office, *office.units().find("north"))) std::cout << ' ' << office[who].post;
  std::cout << "\n\n" << life_cycle_diagram<complaint_cycle>(diagram_format::mermaid) << '\n';

  const spring told(office);
  const day today(2024, 5, 25);
  const auto list = [](const auto& duties) {
    for (const auto& d : duties) std::cout << "  complaint " << d.at << ": " << name_of(d.which) << ", due " << to_string(d.due) << '\n';
  };
  std::cout << "\noverdue on " << to_string(today) << ":\n";
  list(overdue_on<complaint_story>(told.stories, today));
  std::cout << "due in the four weeks from then:\n";
  list(due_between<complaint_story>(told.stories, today, today, today + calendar_days(27)));
  for (const case_loop& loop : cases_in_loops(told.cases)) {
    std::cout << "complaint " << loop.about.index() << " went round between " << loop.units.size() << " regions in " << loop.transfers
              << " transfers\n";
  }
  for (const owner_load& load : overloaded(told.cases, 1))
    std::cout << office[load.who].post << " has " << load.open << " open complaints\n";
  std::cout << told.cases.ownerless().size() << " complaints have no owner\n";

  std::cout << "\ninvestigators   inquiries done in time (95 %)   late at the end of the year\n" << std::fixed << std::setprecision(1);
  for (const std::uint32_t staff : {5u, 6u, 7u}) {
    std::vector<double> in_time, due, late;
    for (std::uint32_t replication = 0; replication < 40; ++replication) {
      const simulated_year year(staff, replication);
      const share done = done_in_time<complaint_story>(year.stories, {day(2024, 1, 1), day(2024, 12, 31)}, complaint_clock::inquiry);
      in_time.push_back(static_cast<double>(done.numerator));
      due.push_back(static_cast<double>(done.denominator));
      late.push_back(static_cast<double>(overdue_on<complaint_story>(year.stories, day(2024, 12, 31)).size()));
    }
    const interval kept = ratio_interval(in_time, due, 0.95, quantity::share), backlog = mean_interval(late, 0.95, quantity::count);
    std::cout << std::setw(7) << staff << std::setw(17) << 100 * kept.estimate << " % (" << 100 * kept.lower << " to " << 100 * kept.upper
              << ")" << std::setw(16) << backlog.estimate << " (" << backlog.lower << " to " << backlog.upper << ")\n";
  }
}
