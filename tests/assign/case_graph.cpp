// SPDX-License-Identifier: BSL-1.0
#include "autumn.hpp"
#include "catch.hpp"

#include "sifang/assign/case_graph.hpp"
#include "sifang/assign/case_graph_loops.hpp"
#include "sifang/assign/case_graph_view.hpp"
#include "sifang/assign/ownership.hpp"

#include <boost/concept/assert.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <vector>

using namespace sifang;
using namespace sifang_tests;

namespace {

BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<case_graph::graph_type>));

using rings = std::vector<std::vector<unit_id>>;

template <class Graph>
std::size_t count_edges(const Graph& part) {
  const auto range = edges(part);
  return static_cast<std::size_t>(std::distance(range.first, range.second));
}

/// Every event as it was told, to be asked again in the plainest way.
struct told {
  int what;  // 0 receive, 1 own, 2 responsible, 3 transfer, 4 visit, 5 close
  std::size_t c, a, b;
  int at;
};

void tell(case_graph& g, const told& e) {
  const case_id c(e.c);
  switch (e.what) {
    case 0:
      return g.receive(c, official_id(e.a), instant(e.at));
    case 1:
      return g.own(c, official_id(e.a), instant(e.at));
    case 2:
      return g.make_responsible(c, unit_id(e.a), instant(e.at));
    case 3:
      return g.transfer(c, unit_id(e.a), unit_id(e.b), instant(e.at));
    case 4:
      return g.visit(c, petitioner_id(e.a), instant(e.at));
    default:
      return g.close(c, instant(e.at));
  }
}

}  // namespace

TEST_CASE("an owner holds their open cases and no others") {
  case_graph g = autumn();
  CHECK(g.open_load(chen) == 1);
  CHECK(g.open_load(lin) == 0);
  CHECK(g.open_load(official_id(99)) == 0);
  g.reopen(wages, on(10));
  CHECK(g.open_load(chen) == 2);
  g.own(wages, lin, on(11));
  CHECK(g.open_load(chen) == 1);
  CHECK(g.open_load(lin) == 1);
  CHECK(g.open_loads(3) == std::vector<std::int32_t>{1, 1, 0});
  CHECK(g.owner(wages) == lin);
  CHECK_FALSE(g.owner(drainage).valid());
}

TEST_CASE("closing a case twice lightens its owner once") {
  case_graph g = autumn();
  g.close(demolition, on(20));
  g.close(demolition, on(21));
  CHECK(g.open_load(chen) == 0);
  CHECK_FALSE(g.is_open(demolition));
  g.own(demolition, lin, on(22));  // a closed case weighs on nobody
  CHECK(g.open_load(lin) == 0);
  g.reopen(demolition, on(23));
  CHECK(g.open_load(lin) == 1);
  g.close(demolition, on(20));  // told late: it was reopened since
  CHECK(g.is_open(demolition));
}

TEST_CASE("an event told late does not undo a newer one") {
  case_graph g;
  g.own(demolition, lin, on(5));
  g.own(demolition, chen, on(3));
  g.make_responsible(demolition, land, on(5));
  g.make_responsible(demolition, housing, on(4));
  CHECK(g.owner(demolition) == lin);
  CHECK(g.open_load(chen) == 0);
  CHECK(g.responsible(demolition) == land);
  g.own(demolition, wang, on(5));  // of the same minute the one told last counts
  CHECK(g.owner(demolition) == wang);
}

TEST_CASE("custody is the chain of holders in order of time") {
  const auto node = [](case_node_kind kind, auto id) { return case_node{kind, id.value()}; };
  using kind = case_node_kind;
  using how = case_link_kind;
  CHECK(autumn().custody(demolition) == std::vector<custody_step>{{on(0, 490), how::received, node(kind::official, chen)},
                                                                  {on(0, 491), how::owns, node(kind::official, chen)},
                                                                  {on(0, 500), how::responsible, node(kind::unit, housing)},
                                                                  {on(2), how::responsible, node(kind::unit, land)},
                                                                  {on(5), how::responsible, node(kind::unit, housing)}});
  case_graph late;
  late.make_responsible(demolition, land, on(4));
  late.receive(demolition, chen, on(1));
  REQUIRE(late.custody(demolition).size() == 2);
  CHECK(late.custody(demolition)[0].holder == node(kind::official, chen));
  CHECK(late.custody(wages).empty());
}

TEST_CASE("a case that two offices send each other is a ring") {
  const case_graph g = autumn();
  CHECK(transfer_loops(g) == rings{{housing, land}});
  CHECK(transfer_loops(g, demolition) == rings{{housing, land}});
  CHECK(transfer_loops(g, wages).empty());
}

TEST_CASE("handing a case on, or back to oneself, is no ring") {
  case_graph g;
  CHECK(transfer_loops(g).empty());
  g.transfer(demolition, housing, land, on(0));
  g.transfer(demolition, land, songcheng, on(1));
  g.transfer(demolition, songcheng, songcheng, on(2));
  CHECK(transfer_loops(g).empty());
  g.transfer(demolition, songcheng, housing, on(3));
  CHECK(transfer_loops(g) == rings{{housing, land, songcheng}});
}

TEST_CASE("two offices that send each other different cases are a ring of offices but not of a case") {
  case_graph g;
  g.transfer(demolition, housing, land, on(0));
  g.transfer(drainage, land, housing, on(1));
  g.transfer(wages, yacheng, songcheng, on(1));
  CHECK(transfer_loops(g) == rings{{housing, land}});
  CHECK(transfer_loops(g, demolition).empty());
  CHECK(transfer_loops(g, drainage).empty());
}

TEST_CASE("an open case without an owner is found") {
  case_graph g = autumn();
  CHECK(g.ownerless() == std::vector<case_id>{drainage});
  g.own(drainage, lin, on(3));
  CHECK(g.ownerless().empty());
  g.visit(case_id(7), zhao, on(4));  // ids 3 to 6 name no case
  CHECK(g.ownerless() == std::vector<case_id>{case_id(7)});
  g.close(case_id(7), on(5));
  CHECK(g.ownerless().empty());
}

TEST_CASE("an open case to which nothing has happened since a day is stale") {
  case_graph g = autumn();
  const auto stale = [&](int days) { return g.stale(first_day + calendar_days(days)); };
  CHECK(stale(1).empty());
  CHECK(stale(2) == std::vector<case_id>{drainage});
  CHECK(stale(7) == std::vector<case_id>{drainage});
  CHECK(stale(8) == std::vector<case_id>{demolition, drainage});
  CHECK(stale(30) == std::vector<case_id>{demolition, drainage});  // wages is closed
  g.supervise(drainage, songcheng, on(20));
  CHECK(stale(20) == std::vector<case_id>{demolition});
}

TEST_CASE("a window of time keeps the events from its start and before its end") {
  const case_graph g = autumn();
  CHECK(count_edges(during(g, on(0), on(100))) == boost::num_edges(g.graph()));
  CHECK(count_edges(during(g, on(2), on(5))) == 2);  // one transfer, two edges
  CHECK(count_edges(during(g, on(2), on(5, 481))) == 4);
  CHECK(count_edges(during(g, on(5), on(5))) == 0);
  CHECK(transfer_loops(during(g, on(0), on(5))).empty());
  CHECK(transfer_loops(during(g, on(2), on(6))) == rings{{housing, land}});
  CHECK(transfer_loops(during(g, on(2), on(6)), wages).empty());
  CHECK(boost::in_degree(*g.find(demolition), during(g, on(0), on(1))) == 4);
}

TEST_CASE("the graph names each thing once, however many its events") {
  const case_graph g = autumn();
  CHECK(boost::num_vertices(g.graph()) == 12);
  CHECK(g.graph()[*g.find(chen)] == case_node{case_node_kind::official, 0});
  CHECK(g.graph()[*g.find(zhao)] == case_node{case_node_kind::petitioner, 2});
  CHECK_FALSE(g.find(wang));
  CHECK_FALSE(g.find(case_id(3)));
  CHECK_FALSE(g.find(unit_id{}));
}

TEST_CASE("ownership policies read the loads of the graph") {
  case_graph g;
  const std::vector<std::uint32_t> peers{0, 0, 0};
  const least_loaded policy;
  for (std::size_t i = 0; i < 6; ++i) {
    const auto open = g.open_loads(3);
    g.receive(case_id(i), chen, on(static_cast<int>(i)));
    g.own(case_id(i), policy.owner({chen, {}, {}}, {open, peers}), on(static_cast<int>(i)));
  }
  CHECK(g.open_loads(3) == std::vector<std::int32_t>{2, 2, 2});
}

TEST_CASE("the graph answers as a plain list of its events does") {
  CHECK(rc::check([] {
    case_graph g;
    std::vector<told> list;
    const int n = *rc::gen::inRange(0, 60);
    for (int i = 0; i < n; ++i) {
      // Few minutes and few things, so that ties, returns and rings are common.
      told e{*rc::gen::inRange(0, 6), *rc::gen::inRange<std::size_t>(0, 5), *rc::gen::inRange<std::size_t>(0, 5),
             *rc::gen::inRange<std::size_t>(0, 5), *rc::gen::inRange(0, 4 * minutes_per_day)};
      if (e.what == 5 && !g.find(case_id(e.c))) e.what = 4;  // only a known case can be closed
      tell(g, e);
      list.push_back(e);
    }
    const auto by_time = [&] {
      auto sorted = list;
      sifang::detail::sort_stably(sorted, [](const told& a, const told& b) { return a.at < b.at; });
      return sorted;
    }();
    std::vector<int> load(5, 0);
    std::vector<case_id> ownerless, stale;
    for (std::size_t c = 0; c < 5; ++c) {
      bool known = false, open = true;
      int last = 0;
      official_id owner;
      unit_id unit;
      std::vector<custody_step> custody;
      for (const told& e : by_time) {
        if (e.c != c) continue;
        known = true;
        last = e.at;
        const instant at(e.at);
        const auto official = case_node{case_node_kind::official, static_cast<std::uint32_t>(e.a)};
        if (e.what == 0) custody.push_back({at, case_link_kind::received, official});
        if (e.what == 1) {
          owner = official_id(e.a);
          custody.push_back({at, case_link_kind::owns, official});
        }
        if (e.what == 2 || e.what == 3) {
          unit = unit_id(e.what == 2 ? e.a : e.b);
          custody.push_back({at, case_link_kind::responsible, {case_node_kind::unit, unit.value()}});
        }
        if (e.what == 5) open = false;
      }
      RC_ASSERT(g.is_open(case_id(c)) == (known && open));
      RC_ASSERT(g.owner(case_id(c)) == owner);
      RC_ASSERT(g.responsible(case_id(c)) == unit);
      RC_ASSERT(g.custody(case_id(c)) == custody);
      if (!known || !open) continue;
      if (owner.valid())
        ++load[owner.index()];
      else
        ownerless.push_back(case_id(c));
      if (last < 2 * minutes_per_day) stale.push_back(case_id(c));
    }
    for (std::size_t o = 0; o < 5; ++o) RC_ASSERT(g.open_load(official_id(o)) == load[o]);
    RC_ASSERT(g.ownerless() == ownerless);
    RC_ASSERT(g.stale(day(2)) == stale);

    // Two units are in one ring if each reaches the other (Warshall 1962).
    bool reach[5][5] = {};
    for (const told& e : list)
      if (e.what == 3) reach[e.a][e.b] = true;
    for (std::size_t k = 0; k < 5; ++k)
      for (std::size_t i = 0; i < 5; ++i)
        for (std::size_t j = 0; j < 5; ++j) reach[i][j] = reach[i][j] || (reach[i][k] && reach[k][j]);
    std::set<std::vector<unit_id>> expected;
    for (std::size_t i = 0; i < 5; ++i) {
      std::vector<unit_id> ring;
      for (std::size_t j = 0; j < 5; ++j)
        if (i == j || (reach[i][j] && reach[j][i])) ring.push_back(unit_id(j));
      if (ring.size() > 1) expected.insert(ring);
    }
    RC_ASSERT(transfer_loops(g) == rings(expected.begin(), expected.end()));
  }));
}
