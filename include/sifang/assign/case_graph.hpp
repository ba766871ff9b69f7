// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_CASE_GRAPH_HPP
#define SIFANG_ASSIGN_CASE_GRAPH_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/time.hpp"
#include "sifang/petition/category.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graph_traits.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// \file
/// Who took which case, when, and from whom: a graph of Boost.Graph that grows by one event at a time.
///
/// Around it: "case_graph_view.hpp" (parts by time, door, category, kind of event), "case_graph_loops.hpp" (cases
/// passed round in a ring), "case_graph_oversight.hpp" (overload, coverage, departures) and "case_graph_export.hpp"
/// (Graphviz, GraphML).

namespace sifang {

using petitioner_id = basic_id<struct petitioner_tag>;  ///< someone who brings cases

/// What a vertex of the case graph stands for.
enum class case_node_kind : std::uint8_t { petition, official, unit, petitioner };
template <>
inline constexpr std::string_view names_of<case_node_kind>[] = {"petition", "official", "unit", "petitioner"};
/// Enumerators of `case_node_kind`.
inline constexpr std::size_t case_node_kind_count = std::size(names_of<case_node_kind>);

/// What an edge of the case graph stands for.
enum class case_link_kind : std::uint8_t {
  received,     ///< 接访: official or unit → case
  owns,         ///< 包案: official → case
  responsible,  ///< 责任单位: unit → case
  transferred,  ///< 转送、交办: unit → unit
  supervised,   ///< 督办: official or unit → case
  visited,      ///< 来访: petitioner → case
};
template <>
inline constexpr std::string_view names_of<case_link_kind>[] = {"received", "owns", "responsible", "transferred", "supervised", "visited"};

/// Vertex: the thing and its place in the table of its kind.
struct case_node {
  case_node_kind kind{};    ///< what it is
  std::uint32_t index = 0;  ///< of the id of its kind
  friend constexpr bool operator==(case_node, case_node) noexcept = default;
};

/// Edge: what happened, when, and to which case (a transfer runs between two units, so it has to say).
struct case_link {
  case_link_kind kind{};  ///< what happened
  instant at;             ///< when
  case_id about;          ///< the case
  friend constexpr bool operator==(case_link, case_link) noexcept = default;
};

/// One holder of a case: the official or unit, how they came by it and when.
struct custody_step {
  instant at;            ///< when they came by it
  case_link_kind how{};  ///< in which way
  case_node holder;      ///< official or unit
  friend constexpr bool operator==(custody_step, custody_step) noexcept = default;
};

/// Cases, officials, units and petitioners, and every event between them.
///
/// Events may come in any order of time; those of the same minute count in the order in which they were added.
/// Ids are dense from 0, as everywhere in the library; memory follows the greatest id of each kind.
/// A case is known, and open, from its first event; adding any event is amortised constant time.
/// \tparam Entry  by what a case comes in: the user's enumeration. `case_graph` is that of the four doors
/// \pre every id given is valid; asserted
template <class Entry>
class basic_case_graph {
 public:
  using entry_type = Entry;  ///< by what a case comes in
  using graph_type = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, case_node,
                                           case_link>;                ///< edges run from who acts to what they act on
  using vertex = boost::graph_traits<graph_type>::vertex_descriptor;  ///< a number
  using edge = boost::graph_traits<graph_type>::edge_descriptor;      ///< one event

  /// Somebody heard, supervises or brings the case. @{
  void receive(case_id c, official_id by, instant at) { add(official_node(by), c, case_link_kind::received, at); }
  void receive(case_id c, unit_id by, instant at) { add(unit_node(by), c, case_link_kind::received, at); }
  void supervise(case_id c, official_id by, instant at) { add(official_node(by), c, case_link_kind::supervised, at); }
  void supervise(case_id c, unit_id by, instant at) { add(unit_node(by), c, case_link_kind::supervised, at); }
  void visit(case_id c, petitioner_id by, instant at) {
    SIFANG_ASSERT(by.valid());
    add({case_node_kind::petitioner, by.value()}, c, case_link_kind::visited, at);
  }
  /// @}
  /// From now on `who` owns the case, in place of whoever did.
  void own(case_id c, official_id who, instant at) {
    add(official_node(who), c, case_link_kind::owns, at);
    case_row& row = cases_[c.index()];
    if (row.owner.valid() && at < row.owner_at) return;
    if (row.open) --load_of(row.owner);
    row.owner = who;
    row.owner_at = at;
    if (row.open) ++load_of(row.owner);
  }
  /// From now on the unit is responsible for the case, in place of whichever was.
  void make_responsible(case_id c, unit_id where, instant at) {
    add(unit_node(where), c, case_link_kind::responsible, at);
    case_row& row = cases_[c.index()];
    if (row.unit.valid() && at < row.unit_at) return;
    row.unit = where;
    row.unit_at = at;
  }
  /// One unit passes the case to another, which becomes responsible: two edges, `from` → `to` and `to` → case.
  void transfer(case_id c, unit_id from, unit_id to, instant at) {
    SIFANG_ASSERT(c.valid());
    const vertex a = vertex_of(unit_node(from));
    const vertex b = vertex_of(unit_node(to));
    boost::add_edge(a, b, case_link{case_link_kind::transferred, at, c}, graph_);
    make_responsible(c, to, at);
  }
  /// Records what the case is about, and the door by which it came in, if it came by one. What was said last counts.
  /// Not an event: it may be said before the first one, and does not make the case known.
  void classify(case_id c, category_id about, std::optional<Entry> by = {}) {
    SIFANG_ASSERT(c.valid());
    case_row& row = row_of(c);
    row.about = about;
    row.entry = by;
  }
  /// The case is finished and weighs on no one any more. \pre the case is known; asserted
  void close(case_id c, instant at) { set_open(c, false, at); }
  /// The case comes back to whoever owns it. \pre the case is known; asserted
  void reopen(case_id c, instant at) { set_open(c, true, at); }

  /// All events so far, as a graph of Boost.Graph.
  [[nodiscard]] const graph_type& graph() const noexcept { return graph_; }
  /// The vertex of a thing, if any event has named it. Constant time.
  [[nodiscard]] std::optional<vertex> find(case_node node) const noexcept {
    const auto& table = vertices_[static_cast<std::size_t>(node.kind)];
    return node.index < table.size() && table[node.index] != no_vertex ? std::optional(table[node.index]) : std::nullopt;
  }
  /// The vertex of one kind of thing. Constant time. @{
  [[nodiscard]] std::optional<vertex> find(case_id c) const noexcept { return find({case_node_kind::petition, c.value()}); }
  [[nodiscard]] std::optional<vertex> find(official_id o) const noexcept { return find({case_node_kind::official, o.value()}); }
  [[nodiscard]] std::optional<vertex> find(unit_id u) const noexcept { return find({case_node_kind::unit, u.value()}); }
  [[nodiscard]] std::optional<vertex> find(petitioner_id p) const noexcept { return find({case_node_kind::petitioner, p.value()}); }
  /// @}

  /// Whether the case is known and not closed. Constant time.
  [[nodiscard]] bool is_open(case_id c) const noexcept { return find(c) && cases_[c.index()].open; }
  /// Who owns the case now, or owned it last; invalid if nobody ever did. Constant time.
  [[nodiscard]] official_id owner(case_id c) const noexcept { return find(c) ? cases_[c.index()].owner : official_id{}; }
  /// The unit responsible now, or last; invalid if none ever was. Constant time.
  [[nodiscard]] unit_id responsible(case_id c) const noexcept { return find(c) ? cases_[c.index()].unit : unit_id{}; }
  /// What the case is about; invalid if nobody said. Constant time.
  [[nodiscard]] category_id category(case_id c) const noexcept {
    return c.index() < cases_.size() ? cases_[c.index()].about : category_id{};
  }
  /// The door by which the case came in; nothing if it came by none, or nobody said. Constant time.
  [[nodiscard]] std::optional<Entry> entry(case_id c) const noexcept {
    return c.index() < cases_.size() ? cases_[c.index()].entry : std::nullopt;
  }
  /// Open cases that the official owns now. Constant time.
  [[nodiscard]] std::int32_t open_load(official_id who) const noexcept { return who.index() < load_.size() ? load_[who.index()] : 0; }
  /// `open_load` of officials from 0; those at the end who never owned a case may be missing. Constant time.
  [[nodiscard]] std::span<const std::int32_t> open_loads() const noexcept { return load_; }
  /// `open_load` of officials 0 to `officials` − 1, as a `caseload_view` wants it.
  [[nodiscard]] std::vector<std::int32_t> open_loads(std::size_t officials) const {
    std::vector<std::int32_t> out = load_;
    out.resize(officials, 0);
    return out;
  }

  /// Calls `visit(link, other)` for each event of the case in the order of adding, with who is at its other end. A
  /// transfer shows as the unit that became responsible. Linear in the events of the case.
  template <class Visit>
  void for_each_event(case_id c, Visit visit) const {
    const auto at = find(c);
    if (!at) return;
    for (auto [e, last] = boost::in_edges(*at, graph_); e != last; ++e) visit(graph_[*e], graph_[boost::source(*e, graph_)]);
  }

  /// Everyone who received, owned or was responsible for the case, in order of time. Empty for an unknown case.
  /// \complexity n log n in the events of the case
  [[nodiscard]] std::vector<custody_step> custody(case_id c) const {
    std::vector<custody_step> out;
    for_each_event(c, [&](const case_link& link, const case_node& from) {
      if (link.kind == case_link_kind::received || link.kind == case_link_kind::owns || link.kind == case_link_kind::responsible) {
        out.push_back({link.at, link.kind, from});
      }
    });
    detail::sort_stably(out, [](const custody_step& a, const custody_step& b) { return a.at < b.at; });
    return out;
  }
  /// Cases that are known and not closed, by id. Linear in cases.
  [[nodiscard]] std::vector<case_id> open_cases() const {
    return open_where([](const case_row&) { return true; });
  }
  /// Open cases that nobody owns, by id. Linear in cases.
  [[nodiscard]] std::vector<case_id> ownerless() const {
    return open_where([](const case_row& row) { return !row.owner.valid(); });
  }
  /// Open cases to which nothing has happened on or after `since`, by id. Linear in cases.
  [[nodiscard]] std::vector<case_id> stale(day since) const {
    return open_where([&](const case_row& row) { return row.last.date() < since; });
  }

 private:
  struct case_row {
    official_id owner;
    instant owner_at;
    unit_id unit;
    instant unit_at;
    instant last;  // latest event
    category_id about;
    std::optional<Entry> entry;
    bool open = true;
    std::optional<instant> turned_at;  // when it was last closed or reopened
  };
  static constexpr vertex no_vertex = (std::numeric_limits<vertex>::max)();

  [[nodiscard]] static case_node official_node(official_id o) noexcept {
    SIFANG_ASSERT(o.valid());
    return {case_node_kind::official, o.value()};
  }
  [[nodiscard]] static case_node unit_node(unit_id u) noexcept {
    SIFANG_ASSERT(u.valid());
    return {case_node_kind::unit, u.value()};
  }
  [[nodiscard]] vertex vertex_of(case_node node) {
    auto& table = vertices_[static_cast<std::size_t>(node.kind)];
    if (node.index >= table.size()) table.resize(std::size_t{node.index} + 1, no_vertex);
    if (table[node.index] == no_vertex) table[node.index] = boost::add_vertex(node, graph_);
    return table[node.index];
  }
  void add(case_node from, case_id c, case_link_kind kind, instant at) {
    SIFANG_ASSERT(c.valid());
    const bool first = !find(c);
    const vertex to = vertex_of({case_node_kind::petition, c.value()});
    case_row& row = row_of(c);
    row.last = first ? at : (std::max)(row.last, at);
    boost::add_edge(vertex_of(from), to, case_link{kind, at, c}, graph_);
  }
  [[nodiscard]] case_row& row_of(case_id c) {
    if (c.index() >= cases_.size()) cases_.resize(c.index() + 1);
    return cases_[c.index()];
  }
  /// An official without an id has a load nobody reads.
  [[nodiscard]] std::int32_t& load_of(official_id who) {
    if (!who.valid()) return nobody_;
    if (who.index() >= load_.size()) load_.resize(who.index() + 1, 0);
    return load_[who.index()];
  }
  void set_open(case_id c, bool open, instant at) {
    SIFANG_ASSERT(find(c));
    case_row& row = cases_[c.index()];
    row.last = (std::max)(row.last, at);
    if (row.turned_at && at < *row.turned_at) return;
    row.turned_at = at;
    if (row.open == open) return;
    row.open = open;
    load_of(row.owner) += open ? 1 : -1;
  }
  template <class Wanted>
  [[nodiscard]] std::vector<case_id> open_where(Wanted wanted) const {
    std::vector<case_id> out;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      if (is_open(case_id(i)) && wanted(cases_[i])) out.push_back(case_id(i));
    }
    return out;
  }

  graph_type graph_;
  std::array<std::vector<vertex>, case_node_kind_count> vertices_;  // by id
  std::vector<case_row> cases_;
  std::vector<std::int32_t> load_;
  std::int32_t nobody_ = 0;
};

using case_graph = basic_case_graph<door>;  ///< of a county with its four doors

}  // namespace sifang

#endif
