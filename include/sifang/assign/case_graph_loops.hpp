// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_CASE_GRAPH_LOOPS_HPP
#define SIFANG_ASSIGN_CASE_GRAPH_LOOPS_HPP

#include "sifang/assign/case_graph.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/sort_stably.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

/// \file
/// Units that pass cases round in a ring (踢皮球).

namespace sifang {

/// A case that came back to a unit which had passed it on.
struct case_loop {
  case_id about;               ///< the case
  std::vector<unit_id> units;  ///< of the ring, by id
  std::size_t transfers = 0;   ///< of this case between them
  friend bool operator==(const case_loop&, const case_loop&) = default;
};

namespace detail {

struct passed_on {
  case_id about;
  unit_id from, to;
};

/// Every transfer of a graph, as added.
template <class Graph>
[[nodiscard]] std::vector<passed_on> transfers_of(const Graph& graph) {
  std::vector<passed_on> out;
  const auto all = edges(graph);
  for (auto e = all.first; e != all.second; ++e) {
    const case_link& link = graph[*e];
    if (link.kind != case_link_kind::transferred) continue;
    out.push_back({link.about, unit_id(std::size_t{graph[source(*e, graph)].index}), unit_id(std::size_t{graph[target(*e, graph)].index})});
  }
  return out;
}

/// Strongly connected components of more than one unit (Tarjan 1972), by their first unit.
template <class Transfers>
[[nodiscard]] std::vector<std::vector<unit_id>> rings_of(const Transfers& transfers) {
  std::vector<unit_id> units;
  for (const passed_on& t : transfers) {
    units.push_back(t.from);
    units.push_back(t.to);
  }
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  if (units.empty()) return {};
  const auto index = [&](unit_id u) { return static_cast<std::size_t>(std::lower_bound(units.begin(), units.end(), u) - units.begin()); };
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(units.size());
  for (const passed_on& t : transfers) boost::add_edge(index(t.from), index(t.to), graph);
  std::vector<std::size_t> component(units.size());
  const std::size_t count =
      boost::strong_components(graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::vector<unit_id>> rings(count);
  for (std::size_t i = 0; i < units.size(); ++i) rings[component[i]].push_back(units[i]);
  rings.erase(std::remove_if(rings.begin(), rings.end(), [](const auto& ring) { return ring.size() < 2; }), rings.end());
  std::sort(rings.begin(), rings.end());
  return rings;
}

}  // namespace detail

/// Groups of units among which transfers lead from each to every other.
///
/// Over all cases a ring may be units that rightly send each other different matters; over one case it is the same
/// matter coming back, see also `cases_in_loops`.
/// \param graph  `case_graph::graph()`, or a part of it: `view(…)`, `excerpt(…)`
/// \param about  only transfers of this case; all when invalid
/// \return units of each ring by id, rings by their first unit
/// \complexity linear in events, and n log n in transfers
template <class Graph>
[[nodiscard]] std::vector<std::vector<unit_id>> transfer_loops(const Graph& graph, case_id about = {}) {
  auto transfers = detail::transfers_of(graph);
  if (about.valid()) std::erase_if(transfers, [&](const detail::passed_on& t) { return t.about != about; });
  return detail::rings_of(transfers);
}
/// The same of the whole graph.
template <class Entry>
[[nodiscard]] std::vector<std::vector<unit_id>> transfer_loops(const basic_case_graph<Entry>& cases, case_id about = {}) {
  return transfer_loops(cases.graph(), about);
}

/// Every case that came back to a unit which had passed it on, with the ring it went round: first those that were
/// transferred most often within it, equal ones by case.
///
/// \param graph  `case_graph::graph()`, or a part of it: `view(…)`, `excerpt(…)`
/// \complexity linear in events, and n log n in transfers
template <class Graph>
[[nodiscard]] std::vector<case_loop> cases_in_loops(const Graph& graph) {
  auto transfers = detail::transfers_of(graph);
  detail::sort_stably(transfers, [](const auto& a, const auto& b) { return a.about < b.about; });
  std::vector<case_loop> out;
  for (auto first = transfers.begin(); first != transfers.end();) {
    const auto last = std::find_if(first, transfers.end(), [&](const auto& t) { return t.about != first->about; });
    for (auto& ring : detail::rings_of(std::vector<detail::passed_on>(first, last))) {
      const auto within = [&](unit_id u) { return std::binary_search(ring.begin(), ring.end(), u); };
      const auto n = std::count_if(first, last, [&](const auto& t) { return within(t.from) && within(t.to); });
      out.push_back({first->about, std::move(ring), static_cast<std::size_t>(n)});
    }
    first = last;
  }
  detail::sort_stably(out, [](const case_loop& a, const case_loop& b) { return a.transfers > b.transfers; });
  return out;
}
/// The same of the whole graph.
template <class Entry>
[[nodiscard]] std::vector<case_loop> cases_in_loops(const basic_case_graph<Entry>& cases) {
  return cases_in_loops(cases.graph());
}

}  // namespace sifang

#endif
