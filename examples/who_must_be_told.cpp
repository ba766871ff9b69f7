// SPDX-License-Identifier: BSL-1.0
// A year of a small generated county: who passes cases round, who owns too many, who is needed in two places, and who
// must be told if the busiest leader leaves. Nothing is planted; it all comes from chance and two calendars. The
// answers stand as comments in a drawing of just these parts: pipe it through `dot -Tsvg -O` and see three pictures.
#include "sifang/assign/case_graph.hpp"
#include "sifang/assign/case_graph_export.hpp"
#include "sifang/assign/case_graph_loops.hpp"
#include "sifang/assign/case_graph_oversight.hpp"
#include "sifang/assign/case_graph_view.hpp"
#include "sifang/calendar.hpp"
#include "sifang/io/county.hpp"
#include "sifang/org.hpp"
#include "sifang/random/random.hpp"

#include <iostream>
#include <string>

using namespace sifang;

namespace {

const std::vector<std::string> subjects{"housing", "land", "labour", "welfare"};
constexpr std::size_t townships = 5, villages_each = 3, leaders = 9;
constexpr std::int32_t limit = 8;  // open cases that an owner can look after

/// A department for each subject, five townships, and leaders who are linked to one of them each.
organisation small_county() {
  hierarchy_builder<unit> tree;
  const auto add = [&](const std::string& code, const std::string& above, unit_kind kind) {
    tree.add(code, above, unit{code, code, kind});
  };
  add("county", "", unit_kind::county);
  add("bureau", "county", unit_kind::petition_bureau);
  for (const std::string& s : subjects) add(s, "county", unit_kind::department);
  for (std::size_t t = 0; t < townships; ++t) {
    const std::string town = "town-" + std::to_string(t);
    add(town, "county", unit_kind::township);
    for (std::size_t v = 0; v < villages_each; ++v) add(town + "-village-" + std::to_string(v), town, unit_kind::village);
  }
  organisation_builder county(*std::move(tree).build());
  for (std::size_t i = 0; i < leaders; ++i) {
    const std::string post = "leader-" + std::to_string(i);
    county.add(post, "", role::county_leader, "county");
    if (i < townships)
      county.add_link(post, relation::linked_to, "town-" + std::to_string(i));
    else
      county.add_link(post, relation::in_charge_of, subjects[i - townships]);
  }
  return *std::move(county).build();
}

/// The seats of a year: everybody at their own unit on the 15th, and a turn at the bureau on Mondays.
std::vector<dated_seat> seats_of(const organisation& org, const working_calendar& calendar) {
  std::vector<dated_seat> out;
  const unit_id bureau = *org.units().find("bureau");
  const day first(2022, 1, 1), last(2022, 12, 31);
  const auto sit = [&](official_id who, unit_id where, day d) { out.push_back({who, where, {d, minutes(9 * 60)}, {d, minutes(12 * 60)}}); };
  std::size_t turn = 0;
  for (const occurrence& o : expand({{recurrence::weekly(weekday::monday)}, {}, {}, {}, day_convention::skip}, first, last, calendar)) {
    sit(official_id(turn++ % leaders), bureau, o.actual);
  }
  for (const occurrence& o : expand({{recurrence::day_of_month(15)}, {}, {}, {}, day_convention::next_workday}, first, last, calendar)) {
    for (official_id who : org.officials_with(role::county_leader)) {
      for (relation how : {relation::linked_to, relation::in_charge_of}) {
        for (unit_id where : org.units_of(who, how)) sit(who, where, o.actual);
      }
    }
  }
  return out;
}

/// 300 cases: heard by whoever sits at the place on the next day, owned by the first receiver (R13), and passed on by
/// any unit that holds another to be competent.
case_graph year_of_cases(const organisation& org, const std::vector<dated_seat>& seats) {
  enum class chance { place, subject, arrival, at_the_bureau, passed_on, to_whom, closed };
  const random_source draw(2022, 0);
  const instant year_end(day(2023, 1, 1), minutes(0));
  const auto departments = org.units_of_kind(unit_kind::department);
  const auto towns = org.units_of_kind(unit_kind::township);
  case_graph cases;
  for (std::size_t i = 0; i < 300; ++i) {
    const case_id c(i);
    const auto u = [&](chance what, std::uint32_t k = 0) { return draw.uniform(i, what, k); };
    const auto below = [&](chance what, std::size_t n, std::uint32_t k = 0) {
      return static_cast<std::size_t>(u(what, k) * static_cast<double>(n));
    };
    // Small numbers are likelier: the first towns and subjects are the large ones.
    const unit_id town = towns[static_cast<std::size_t>(u(chance::place) * u(chance::place, 1) * static_cast<double>(towns.size()))];
    const std::size_t subject = below(chance::subject, departments.size());
    const unit_id wanted = u(chance::at_the_bureau) < 0.4 ? *org.units().find("bureau") : town;
    const instant ready(day(2022, 1, 1) + calendar_days(static_cast<std::int32_t>(below(chance::arrival, 330))), minutes(0));
    const dated_seat* heard = nullptr;
    for (const dated_seat& s : seats) {
      if (s.where == wanted && s.start >= ready && (!heard || s.start < heard->start)) heard = &s;
    }
    if (!heard) continue;
    cases.classify(c, category_id(subject), door::open_reception);
    cases.visit(c, petitioner_id(i), heard->start);
    cases.receive(c, heard->who, heard->start);
    cases.own(c, heard->who, heard->start);
    unit_id holder = departments[subject];
    instant at = heard->start + minutes(60);
    cases.make_responsible(c, holder, at);
    std::uint32_t k = 0;
    for (; u(chance::passed_on, k) < 0.4; ++k) {
      const unit_id other = u(chance::to_whom, k) < 0.5 ? town : departments[below(chance::to_whom, departments.size(), k + 100)];
      at = at + minutes(5 * minutes_per_day);
      if (other != holder && at < year_end) cases.transfer(c, holder, other, at);
      if (at < year_end) holder = other;
    }
    at = at + minutes(static_cast<std::int32_t>(10 + below(chance::closed, 90)) * minutes_per_day);
    if (at < year_end) cases.close(c, at);
  }
  return cases;
}

}  // namespace

int main() {
  const auto calendar = load_calendar(SIFANG_SCENARIOS "/data/cn_holidays.csv");
  if (!calendar) return 1;
  const organisation org = small_county();
  const auto seats = seats_of(org, *calendar);
  const case_graph cases = year_of_cases(org, seats);
  const auto name = [&](const case_node& n) {
    if (n.kind == case_node_kind::official) return org[official_id(std::size_t{n.index})].post;
    if (n.kind == case_node_kind::unit) return org.units()[unit_id(std::size_t{n.index})].name;
    return "case " + std::to_string(n.index);
  };

  const auto loops = cases_in_loops(cases);
  const auto heavy = overloaded(cases, limit);
  const auto twice = in_two_places(seats);
  if (loops.empty() || heavy.empty() || twice.empty()) return 1;

  std::cout << "// " << cases.open_cases().size() << " cases are open at the end of the year; " << loops.size()
            << " were passed round in a ring\n";
  std::cout << "// case " << loops[0].about.index() << " was passed on " << loops[0].transfers << " times between";
  for (unit_id u : loops[0].units) std::cout << ' ' << org.units()[u].name;
  std::cout << "\n// " << heavy.size() << " own more than " << limit << " open cases; " << org[heavy[0].who].post << " owns "
            << heavy[0].open << '\n';
  const departure_notice leaving = departure_of(cases, heavy[0].who);
  std::cout << "// if " << org[heavy[0].who].post << " leaves, " << leaving.petitioners.size() << " petitioners and "
            << leaving.units.size() << " units must be told\n";
  std::cout << "// " << twice.size() << " double bookings; " << sentence(twice[0], org) << '\n';

  write_case_graph(std::cout, excerpt(cases, {.kinds = {case_link_kind::transferred}, .about = loops[0].about}), name);

  struct open_cases_of {
    const case_graph* cases = nullptr;
    official_id who;
    bool operator()(case_graph::edge e) const {
      const case_link& link = cases->graph()[e];
      return link.kind == case_link_kind::owns && cases->is_open(link.about) && cases->owner(link.about) == who;
    }
  };
  write_case_graph(std::cout, excerpt(cases, open_cases_of{&cases, heavy[0].who}), name);

  std::cout << "digraph G {\nrankdir=LR;\n";
  for (const dated_seat& s : {twice[0].first, twice[0].second}) {
    std::cout << dot_quoted(org.units()[s.where].name) << " [shape=box];\n";
    std::cout << dot_quoted(org[s.who].post) << "->" << dot_quoted(org.units()[s.where].name)
              << " [label=" << dot_quoted(to_string(s.start)) << "];\n";
  }
  std::cout << "}\n";
}
