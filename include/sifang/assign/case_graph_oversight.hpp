// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_CASE_GRAPH_OVERSIGHT_HPP
#define SIFANG_ASSIGN_CASE_GRAPH_OVERSIGHT_HPP

#include "sifang/assign/case_graph.hpp"
#include "sifang/assign/case_graph_view.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/sort_stably.hpp"

#include <boost/graph/filtered_graph.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// \file
/// What those who watch over the cases (督查督办) ask of the case graph.

namespace sifang {

/// An official and the open cases they own.
struct owner_load {
  official_id who;        ///< the official
  std::int32_t open = 0;  ///< open cases owned
  friend constexpr bool operator==(owner_load, owner_load) noexcept = default;
};

/// What nobody looks after; each list in the order in which it was asked.
struct coverage_gaps {
  std::vector<unit_id> silent_units;                  ///< no event names them, and none is about a case of theirs
  std::vector<unit_id> units_without_owner;           ///< responsible for an open case that nobody owns
  std::vector<category_id> silent_categories;         ///< no event is about a case of theirs
  std::vector<category_id> categories_without_owner;  ///< have an open case that nobody owns
};

/// Whom the departure of an official concerns; each list by id, without repeats.
struct departure_notice {
  std::vector<case_id> cases;              ///< open cases that need another owner
  std::vector<unit_id> units;              ///< units responsible for these now, or supervising them
  std::vector<petitioner_id> petitioners;  ///< everyone who came about these
  std::vector<official_id> officials;      ///< others who received or supervise these
  std::vector<case_id> supervised;         ///< open cases of others that lose their supervisor
};

/// Officials who own more than `limit` open cases, the heaviest load first, equal ones by id.
/// \complexity linear in officials, n log n in those found
template <class Entry = door>
[[nodiscard]] std::vector<owner_load> overloaded(const basic_case_graph<Entry>& cases, std::int32_t limit) {
  std::vector<owner_load> out;
  const auto open = cases.open_loads();
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (open[i] > limit) out.push_back({official_id(i), open[i]});
  }
  detail::sort_stably(out, [](owner_load a, owner_load b) { return a.open > b.open; });
  return out;
}

/// Which of these units and categories nothing happened to, and which have an open case without an owner.
///
/// \param units, categories  those asked about, for instance `org.units_of_kind(unit_kind::township)`; valid, asserted
/// \param wanted  silence is judged by these events only; owners are those of now
/// \complexity linear in events, cases, and in the ids asked about
template <class Entry = door>
[[nodiscard]] coverage_gaps coverage(const basic_case_graph<Entry>& cases, std::span<const unit_id> units,
                                     std::span<const category_id> categories, const basic_case_filter<Entry>& wanted = {}) {
  const auto mark = [](std::vector<bool>& marked, std::size_t i) {
    if (i >= marked.size()) marked.resize(i + 1);
    marked[i] = true;
  };
  const auto marked = [](const std::vector<bool>& marks, std::size_t i) { return i < marks.size() && marks[i]; };
  std::vector<bool> unit_seen, category_seen, unit_bare, category_bare;
  const auto see = [&](std::vector<bool>& unit_marks, std::vector<bool>& category_marks, case_id c) {
    if (cases.responsible(c).valid()) mark(unit_marks, cases.responsible(c).index());
    if (cases.category(c).valid()) mark(category_marks, cases.category(c).index());
  };
  const basic_case_view<Entry> part = view(cases, wanted);
  const auto events = edges(part);
  for (auto e = events.first; e != events.second; ++e) {
    for (const case_node& node : {part[source(*e, part)], part[target(*e, part)]}) {
      if (node.kind == case_node_kind::unit) mark(unit_seen, node.index);
    }
    see(unit_seen, category_seen, part[*e].about);
  }
  for (case_id c : cases.ownerless()) see(unit_bare, category_bare, c);

  coverage_gaps out;
  for (unit_id u : units) {
    SIFANG_ASSERT(u.valid());
    if (!marked(unit_seen, u.index())) out.silent_units.push_back(u);
    if (marked(unit_bare, u.index())) out.units_without_owner.push_back(u);
  }
  for (category_id c : categories) {
    SIFANG_ASSERT(c.valid());
    if (!marked(category_seen, c.index())) out.silent_categories.push_back(c);
    if (marked(category_bare, c.index())) out.categories_without_owner.push_back(c);
  }
  return out;
}

/// Whom to tell when an official leaves.
/// \complexity n log n in the events of every case they have owned or supervised
template <class Entry = door>
[[nodiscard]] departure_notice departure_of(const basic_case_graph<Entry>& cases, official_id who) {
  departure_notice out;
  const auto at = cases.find(who);
  if (!at) return out;
  const auto sort_unique = [](auto& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  };
  const auto& graph = cases.graph();
  for (auto [e, last] = boost::out_edges(*at, graph); e != last; ++e) {
    const case_link& link = graph[*e];
    if (!cases.is_open(link.about)) continue;
    const bool owned = cases.owner(link.about) == who;
    if (link.kind == case_link_kind::owns && owned) out.cases.push_back(link.about);
    if (link.kind == case_link_kind::supervised && !owned) out.supervised.push_back(link.about);
  }
  sort_unique(out.cases);
  sort_unique(out.supervised);
  for (case_id c : out.cases) {
    if (cases.responsible(c).valid()) out.units.push_back(cases.responsible(c));
    cases.for_each_event(c, [&](const case_link& link, const case_node& other) {
      const bool supervises = link.kind == case_link_kind::supervised;
      if (other.kind == case_node_kind::petitioner) out.petitioners.push_back(petitioner_id(std::size_t{other.index}));
      if (other.kind == case_node_kind::unit && supervises) out.units.push_back(unit_id(std::size_t{other.index}));
      if (other.kind == case_node_kind::official && (supervises || link.kind == case_link_kind::received)) {
        const official_id other_official(std::size_t{other.index});
        if (other_official != who) out.officials.push_back(other_official);
      }
    });
  }
  sort_unique(out.units);
  sort_unique(out.petitioners);
  sort_unique(out.officials);
  return out;
}

}  // namespace sifang

#endif
