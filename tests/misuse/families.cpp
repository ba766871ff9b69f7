// SPDX-License-Identifier: BSL-1.0
// A precondition of each family of the library, broken: the hook says what was expected.
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/assign/assignment.hpp"
#include "sifang/assign/assignment_network.hpp"
#include "sifang/assign/case_graph.hpp"
#include "sifang/assign/optimal_assignment.hpp"
#include "sifang/assign/ownership.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/experiment/nation.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/org/hierarchy.hpp"
#include "sifang/org/hierarchy_changes.hpp"
#include "sifang/petition/case_history.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/petition/text.hpp"
#include "sifang/county/birth_draws.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/ladder_queue.hpp"
#include "sifang/random/laws.hpp"
#include "sifang/random/quantile_table.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/tally.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace sifang;

/// Whether `act` breaks no precondition.
bool fits(const auto& act) { return misuse::of(act).empty(); }

TEST_CASE("A value that is not there, a name that is not declared: the hook says so") {
  const checked<int> none(fault{fault_kind::empty_file, {}, {"a table"}});
  CHECK(misuse::of([&] { (void)*none; }) == "a value: has_value() was not asked");
  CHECK(misuse::of([] { (void)checked<int>(std::vector<fault>()); }) == "at least one fault");
  CHECK(misuse::of([] { (void)sentence(fault{static_cast<fault_kind>(250), {}, {}}); }) == "a kind that is declared");
  CHECK(name_of(static_cast<door>(99)).empty());  // what checks scenarios asks for the names of what was set
  CHECK(misuse::of([] { (void)text_of(static_cast<door>(99)); }) == "an enumerator that is declared");
  CHECK(fits([] { (void)text_of(door::appointment); }));
}

TEST_CASE("A tree without units has no root, and a unit without one above it is not moved") {
  const hierarchy<int> tree;
  CHECK(misuse::of([&] { (void)tree.root(); }) == "a tree with a unit");
  detail::tree_shape shape;
  shape.parent = {detail::no_unit, 0};
  shape.end = {2, 2};
  shape.depth = {0, 1};
  shape.slot = {0, 1};
  detail::tree_changes<> changes(shape);
  CHECK(misuse::of([&] { changes.move(0, 1); }) == "a unit with one above it");
  CHECK(misuse::of([&] { changes.end(0, detail::no_unit); }) == "a unit with one above it and none below it");
  CHECK(fits([&] { changes.end(1, 0); }));
  detail::code_index index(2);
  const std::vector<std::string> codes{"a", "b", "c", "d", "e"};
  CHECK(fits([&] { (void)index.insert("a", 0, [&](std::uint32_t i) { return codes[i]; }); }));
  CHECK(misuse::of([&] { (void)index.insert("e", 4, [&](std::uint32_t i) { return codes[i]; }); }) == "an index with room for the unit");
}

TEST_CASE("A story begins with nothing, and an extension is within its law") {
  case_record begun;
  begun.state = case_state::accepted;
  CHECK_FALSE(fits([&] { (void)case_history(begun); }));
  const legal_clocks clocks;
  CHECK(fits([&] { (void)clocks.reply_due(day(0), clocks.extension); }));
  CHECK_FALSE(fits([&] { (void)clocks.reply_due(day(0), clocks.extension + calendar_days(1)); }));
  CHECK_FALSE(fits([&] { (void)clocks.reply_due(day(0), calendar_days(-1)); }));
  CHECK_FALSE(fits([&] { (void)clocks.recheck_due(day(0), calendar_days(-1)); }));
  case_graph graph;
  CHECK_FALSE(fits([&] { graph.close(case_id(0), instant(day(0), minutes(0))); }));
  CHECK_FALSE(fits([&] { graph.own(case_id{}, official_id(0), instant(day(0), minutes(0))); }));
}

TEST_CASE("A policy sees the officials of its view, and no other") {
  const std::vector<std::int32_t> open{3, 1};
  const std::vector<std::uint32_t> group{0, 0};
  const caseload_view view(open, group);
  CHECK(fits([&] { (void)view.least_loaded_peer(official_id(1)); }));
  CHECK(misuse::of([&] { (void)view.open(official_id(2)); }) ==
        "an ownership policy asked about an official whom the county does not have");
  CHECK(fits([&] { (void)view.least_loaded_peer(official_id{}); }));  // nobody's peer is nobody
}

constexpr const char* cost_limit = "costs within most_cost of 0";

TEST_CASE("Costs of an assignment have a limit, so that no sum of them leaves the numbers of the machine") {
  const std::vector<assignee> two{{1, 0, 0}, {1, 0, 0}};
  assignment_problem<> problem(two);
  const auto with = [&](assignment_cost cost, assignment_cost nobody) {
    return misuse::of([&] {
      auto copy = problem;
      copy.add(std::vector<assignment_choice>{{official_id(0), cost}}, nobody);
    });
  };
  CHECK(with(most_cost, -most_cost).empty());
  CHECK(with(most_cost + 1, 0) == cost_limit);
  CHECK(with(0, -most_cost - 1) == cost_limit);
  CHECK(with(assignment_cost{1} << 62, 0) == cost_limit);
  CHECK(with(std::numeric_limits<assignment_cost>::min(), 0) == cost_limit);
  optimal_assignment best(problem);
  CHECK(misuse::of([&] { best.add(std::vector<assignment_choice>{{official_id(0), assignment_cost{1} << 62}}, 0); }) == cost_limit);
  CHECK(misuse::of([&] { best.add({}, assignment_cost{1} << 62); }) == cost_limit);
  CHECK(misuse::of([&] { best.add(std::vector<assignment_choice>{{official_id(2), 1}}, 0); }) == "officials of this problem");
  CHECK(misuse::of([&] {
          best.add(std::vector<assignment_choice>{{official_id(1), 1}, {official_id(1), 2}}, 0);
        }) == "each official at most once");
  CHECK_FALSE(fits([&] { best.remove(case_id(0)); }));
  CHECK_FALSE(fits([&] { best.set_capacity(official_id(2), 1); }));
  CHECK_FALSE(fits([&] { best.set_capacity(official_id(0), -1); }));
  CHECK_FALSE(fits([&] { (void)best.load(official_id{}); }));
  CHECK_FALSE(fits([&] { (void)problem.if_unassigned(case_id(0)); }));
  CHECK_FALSE(fits([] { (void)assignment_problem<>({{-1, 0, 0}}); }));
  CHECK_FALSE(fits([] { (void)assignment_problem<>({{1, 0, most_cost + 1}}); }));
  CHECK_FALSE(fits([] { (void)assignment_problem<>(std::vector<assignee>(40000)); }));
  // Sums: of the n-th task, of all tasks of an official, of everything.
  constexpr int most = std::numeric_limits<int>::max();
  CHECK(assignee{most, most, 1}.marginal(most) == 2 * assignment_cost{most} - 1);
  CHECK(misuse::of([] { (void)assignee{most, most, most_cost}.marginal(2); }) == "a cost of the n-th task that is at most most_cost");
  CHECK(misuse::of([] { (void)assignee{most, most, 2}.load_cost(most); }) == "a cost of all tasks that is below not_allowed");
  CHECK(misuse::of([&] {
          optimal_assignment filled(problem);
          for (int i = 0; i < (1 << 21) + 1; ++i) filled.add({}, most_cost);
        }) == "a cost of everything below not_allowed");
  CHECK_FALSE(fits([&] { (void)lower_bound(problem, std::vector<assignment_cost>{not_allowed, 0}); }));
  CHECK_FALSE(fits([&] { (void)cost_of(problem, std::vector<official_id>{official_id(0)}); }));
  CHECK_FALSE(fits([&] {
    auto copy = problem;
    copy.add(std::vector<assignment_choice>{{official_id(0), -1}}, 0);
    (void)owners_by_boost(copy);
  }));
}

TEST_CASE("The cheapest is found at the limit of costs, and room without end takes no time") {
  assignment_problem<> problem({{1, 0, 0}, {std::numeric_limits<int>::max(), 0, 1}, {1, 0, most_cost}});
  for (int i = 0; i < 40; ++i) {
    const assignment_cost low = -most_cost + i, high = most_cost - i;
    problem.add(std::vector<assignment_choice>{{official_id(0), low}, {official_id(1), i % 2 == 0 ? high : low}, {official_id(2), high}},
                most_cost);
  }
  CHECK(misuse::of([&] {
          optimal_assignment best(problem);
          const auto certain = [&] {
            if (lower_bound(best.problem(), best.prices()) != best.total()) misuse::broken("", "not the cheapest");
          };
          certain();
          best.set_capacity(official_id(0), std::numeric_limits<int>::max());
          certain();
          if (best.problem().officials()[0].capacity != std::numeric_limits<int>::max()) misuse::broken("", "another capacity");
          best.set_capacity(official_id(0), 2);
          certain();
          best.set_capacity(official_id(1), 0);
          certain();
        }).empty());
}

struct timed {
  double at = 0;
  int what = 0, who = 0;
};

TEST_CASE("An empty queue has no next event, and draws are of what can be drawn") {
  heap_queue<timed> heap;
  short_queue<timed, 4> line;
  ladder_queue<timed> ladder;
  CHECK_FALSE(fits([&] { (void)heap.top(); }));
  CHECK_FALSE(fits([&] { (void)heap.pop(); }));
  CHECK_FALSE(fits([&] { (void)line.top(); }));
  CHECK_FALSE(fits([&] { (void)line.pop(); }));
  CHECK_FALSE(fits([&] { line.replace_top({}); }));
  CHECK_FALSE(fits([&] { (void)ladder.top(); }));
  CHECK_FALSE(fits([&] { (void)ladder.pop(); }));
  CHECK_FALSE(fits([&] { ladder.replace_top({}); }));
  CHECK_FALSE(fits([] { (void)count_law::poisson(-1); }));
  CHECK_FALSE(fits([] { (void)count_law::poisson(std::nan("")); }));
  CHECK_FALSE(fits([] { (void)count_law::geometric(2e6); }));
  CHECK_FALSE(fits([] { (void)eight_blocks{}.unit(8, 0); }));
  CHECK_FALSE(fits([] { (void)cell_layout(3, 4, 5, 6).at(dimension::township, 3); }));
  CHECK(fits([] { (void)cell_layout(3, 4, 5, 6).at(dimension::township, 2); }));
  CHECK_FALSE(fits([] { (void)mean_matters({}); }));
}

}  // namespace
