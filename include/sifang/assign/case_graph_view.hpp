// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_CASE_GRAPH_VIEW_HPP
#define SIFANG_ASSIGN_CASE_GRAPH_VIEW_HPP

#include "sifang/assign/case_graph.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/petition/category.hpp"

#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/graph_traits.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>

/// \file
/// Parts of a case graph, without a copy: by time, door (or by what else cases come in), category, case and kind of event.

namespace sifang {

/// A set of kinds of events.
class case_link_kinds {
 public:
  constexpr case_link_kinds() noexcept = default;  ///< all
  /// These kinds and no others.
  constexpr case_link_kinds(std::initializer_list<case_link_kind> these) noexcept : bits_(0) {
    for (case_link_kind kind : these) bits_ |= bit(kind);
  }
  /// Whether the kind is one of them.
  [[nodiscard]] constexpr bool contains(case_link_kind kind) const noexcept { return (bits_ & bit(kind)) != 0; }

 private:
  [[nodiscard]] static constexpr unsigned bit(case_link_kind kind) noexcept { return 1u << static_cast<unsigned>(kind); }
  unsigned bits_ = ~0u;
};

/// Which events of a case graph to keep: those that satisfy every field. A field left alone keeps all.
template <class Entry>
struct basic_case_filter {
  instant from{(std::numeric_limits<std::int32_t>::min)()};  ///< not before
  instant to{(std::numeric_limits<std::int32_t>::max)()};    ///< before this
  case_link_kinds kinds{};                                   ///< of these kinds
  std::optional<Entry> entry{};                              ///< about cases that came in by this door
  category_id category{};                                    ///< about cases of this category
  case_id about{};                                           ///< about this case
};
using case_filter = basic_case_filter<door>;  ///< of a county with its four doors

/// Edge predicate of `boost::filtered_graph`: keeps the events that a filter wants.
template <class Entry>
struct basic_kept_events {
  const basic_case_graph<Entry>* cases = nullptr;  ///< outlives the predicate
  basic_case_filter<Entry> wanted{};               ///< what is kept

  [[nodiscard]] bool operator()(const case_graph::edge& e) const {
    const case_link& link = cases->graph()[e];
    return wanted.from <= link.at && link.at < wanted.to && wanted.kinds.contains(link.kind) &&
           (!wanted.about.valid() || link.about == wanted.about) &&
           (!wanted.category.valid() || cases->category(link.about) == wanted.category) &&
           (!wanted.entry || cases->entry(link.about) == wanted.entry);
  }
};
using kept_events = basic_kept_events<door>;  ///< of a county with its four doors

/// Vertex predicate of `boost::filtered_graph`: keeps what at least one event touches that `Events` keeps.
template <class Events>
struct touched_by {
  const case_graph::graph_type* graph = nullptr;  ///< outlives the predicate
  Events events{};                                ///< which events are kept

  [[nodiscard]] bool operator()(case_graph::vertex v) const {
    for (auto [e, last] = boost::out_edges(v, *graph); e != last; ++e)
      if (events(*e)) return true;
    for (auto [e, last] = boost::in_edges(v, *graph); e != last; ++e)
      if (events(*e)) return true;
    return false;
  }
};

template <class Entry>
using basic_case_view = boost::filtered_graph<case_graph::graph_type, basic_kept_events<Entry>>;  ///< all vertices
using case_view = basic_case_view<door>;  ///< all vertices, of a county with its four doors
template <class Events = kept_events>
using case_excerpt = boost::filtered_graph<case_graph::graph_type, Events, touched_by<Events>>;  ///< touched vertices

/// The graph with the events that the filter wants, and every vertex, so that indices stay dense and any algorithm
/// runs on it. Later events show in it. Valid as long as the graph, which must not move meanwhile.
/// \complexity constant; walking it, linear in what it is a part of
template <class Entry>
[[nodiscard]] basic_case_view<Entry> view(const basic_case_graph<Entry>& cases, const basic_case_filter<Entry>& wanted) {
  return {cases.graph(), basic_kept_events<Entry>{&cases, wanted}};
}
template <class Entry>
basic_case_view<Entry> view(const basic_case_graph<Entry>&& cases, const basic_case_filter<Entry>& wanted) = delete;

/// Events that satisfy a predicate of one's own, and the vertices they touch: for drawing and listing. Algorithms
/// that keep tables by vertex index want `view`. Asking for a vertex is linear in its degree.
/// \param events  default-constructible, copyable, says of a `case_graph::edge` whether to keep it
template <class Entry, std::predicate<case_graph::edge> Events>
[[nodiscard]] case_excerpt<Events> excerpt(const basic_case_graph<Entry>& cases, const Events& events) {
  return {cases.graph(), events, touched_by<Events>{&cases.graph(), events}};
}
template <class Entry, std::predicate<case_graph::edge> Events>
case_excerpt<Events> excerpt(const basic_case_graph<Entry>&& cases, const Events& events) = delete;

/// The events that the filter wants, and the vertices they touch.
template <class Entry>
[[nodiscard]] case_excerpt<basic_kept_events<Entry>> excerpt(const basic_case_graph<Entry>& cases, const basic_case_filter<Entry>& wanted) {
  return excerpt(cases, basic_kept_events<Entry>{&cases, wanted});
}
template <class Entry>
case_excerpt<basic_kept_events<Entry>> excerpt(const basic_case_graph<Entry>&& cases, const basic_case_filter<Entry>& wanted) = delete;

/// The events of [from, to).
template <class Entry>
[[nodiscard]] basic_case_view<Entry> during(const basic_case_graph<Entry>& cases, instant from, instant to) {
  return view(cases, {.from = from, .to = to});
}
template <class Entry>
basic_case_view<Entry> during(const basic_case_graph<Entry>&& cases, instant from, instant to) = delete;

}  // namespace sifang

#endif
