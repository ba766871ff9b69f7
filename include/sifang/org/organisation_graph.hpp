// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_ORGANISATION_GRAPH_HPP
#define SIFANG_ORG_ORGANISATION_GRAPH_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/organisation_edges.hpp"
#include "sifang/org/unit.hpp"

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/property_map/property_map.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

/// \file
/// An organisation is a graph of Boost.Graph as it stands, without a copy: include this header and hand it to any
/// algorithm that wants a VertexListGraph, EdgeListGraph, BidirectionalGraph or AdjacencyGraph.
///
/// Vertices are the officials and the units. Edges are the links, from official to unit, and the steps of the
/// hierarchy, from a unit to those directly below it; so what can be reached from a leader is what they answer for,
/// and what reaches a unit is who answers for it. A link that stands twice in the table is one edge.
///
/// Properties: `boost::vertex_index` (dense from 0, officials first), `boost::vertex_name` (post or code),
/// `org_label` (title or name), `org_kind` (rank or kind of unit, as written), `org_relation` (what an edge is).
/// `boost::copy_graph` copies it into a graph without properties; what the copies are called is a `vertex_copy` of the caller's.
/// The header stands outside "sifang/org.hpp": Boost.Graph takes longer to compile than the floor.

namespace sifang {

namespace detail {
struct organisation_traversal : boost::vertex_list_graph_tag, boost::edge_list_graph_tag, boost::bidirectional_graph_tag, boost::adjacency_graph_tag {};

}  // namespace detail
}  // namespace sifang

template <>
struct boost::graph_traits<sifang::organisation> {
  using vertex_descriptor = sifang::org_vertex;
  using edge_descriptor = sifang::org_edge;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;  // one may head a unit and be linked to it
  using traversal_category = sifang::detail::organisation_traversal;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = sifang::detail::org_vertex_iterator;
  using adjacency_iterator = sifang::detail::org_adjacency_iterator;
  using edge_iterator = sifang::detail::org_edge_iterator;
  using out_edge_iterator = sifang::detail::org_edge_walk<true>;
  using in_edge_iterator = sifang::detail::org_edge_walk<false>;

  static constexpr vertex_descriptor null_vertex() noexcept { return {}; }
};

namespace sifang {

/// Constant time.
[[nodiscard]] inline std::size_t num_vertices(const organisation& org) noexcept { return org.officials().size() + org.units().size(); }

/// The officials by id, then the units in pre-order.
[[nodiscard]] inline auto vertices(const organisation& org) noexcept {
  return std::pair(detail::org_vertex_iterator(org, 0), detail::org_vertex_iterator(org, num_vertices(org)));
}

/// The links by official and relation, then the steps of the hierarchy.
[[nodiscard]] inline auto edges(const organisation& org) noexcept {
  const auto [first, last] = vertices(org);
  return std::pair(detail::org_edge_iterator(org, first, last), detail::org_edge_iterator(org, last, last));
}

/// Links, each once, and steps of the hierarchy. Linear in officials.
[[nodiscard]] inline std::size_t num_edges(const organisation& org) noexcept {
  std::size_t n = org.units().empty() ? 0 : org.units().size() - 1;
  for (std::size_t o = 0; o < org.officials().size(); ++o) {
    for (std::size_t how = 0; how < relation_count; ++how) n += org.units_of(official_id(o), static_cast<relation>(how)).size();
  }
  return n;
}

/// Ends of an edge. Constant time. @{
[[nodiscard]] inline org_vertex source(const org_edge& e, const organisation&) noexcept { return e.from; }
[[nodiscard]] inline org_vertex target(const org_edge& e, const organisation&) noexcept { return e.to; }
/// @}

/// The units an official is linked to, by relation; or the units directly below a unit.
[[nodiscard]] inline auto out_edges(org_vertex v, const organisation& org) noexcept {
  return std::pair(detail::org_edge_walk<true>::begin(org, v), detail::org_edge_walk<true>::end(org, v));
}
/// The officials linked to a unit, by relation, and the step from the unit above; none for an official.
[[nodiscard]] inline auto in_edges(org_vertex v, const organisation& org) noexcept {
  return std::pair(detail::org_edge_walk<false>::begin(org, v), detail::org_edge_walk<false>::end(org, v));
}
/// The other ends of the out-edges; a unit to which an official has two relations comes twice.
[[nodiscard]] inline auto adjacent_vertices(org_vertex v, const organisation& org) noexcept {
  const auto [first, last] = out_edges(v, org);
  return std::pair(detail::org_adjacency_iterator(first), detail::org_adjacency_iterator(last));
}
/// Linear in the degree.
[[nodiscard]] inline std::size_t out_degree(org_vertex v, const organisation& org) noexcept {
  std::size_t n = 0;
  for (auto [e, last] = out_edges(v, org); e != last; ++e) ++n;
  return n;
}
/// Linear in the degree.
[[nodiscard]] inline std::size_t in_degree(org_vertex v, const organisation& org) noexcept {
  std::size_t n = 0;
  for (auto [e, last] = in_edges(v, org); e != last; ++e) ++n;
  return n;
}
/// Edges in and out. Linear in the degree.
[[nodiscard]] inline std::size_t degree(org_vertex v, const organisation& org) noexcept { return in_degree(v, org) + out_degree(v, org); }

/// Tag of the titles of posts and the names of units.
struct org_label_t {
  using kind = boost::vertex_property_tag;  ///< of vertices
};
/// Tag of the roles of officials and the kinds of units.
struct org_kind_t {
  using kind = boost::vertex_property_tag;  ///< of vertices
};
/// Tag of the relations.
struct org_relation_t {
  using kind = boost::edge_property_tag;  ///< of edges
};
inline constexpr org_label_t org_label{};        ///< title of a post, name of a unit
inline constexpr org_kind_t org_kind{};          ///< "county_leader", "township", …
inline constexpr org_relation_t org_relation{};  ///< "linked_to", …; "contains" for a step of the hierarchy

/// Property map of an organisation: what `Tag` says of a vertex or an edge.
template <class Tag, class Key, class Value, class Reference = Value>
struct org_property_map {
  using key_type = Key;
  using value_type = Value;
  using reference = Reference;
  using category = boost::readable_property_map_tag;
  const organisation* org = nullptr;  ///< outlives the map
};
using org_index_map = org_property_map<boost::vertex_index_t, org_vertex, std::size_t>;  ///< position of a vertex
using org_name_map = org_property_map<boost::vertex_name_t, org_vertex, std::string, const std::string&>;  ///< post or code
using org_label_map = org_property_map<org_label_t, org_vertex, std::string, const std::string&>;  ///< title or name
using org_kind_map = org_property_map<org_kind_t, org_vertex, std::string_view>;  ///< role or kind of unit
using org_relation_map = org_property_map<org_relation_t, org_edge, std::string_view>;  ///< relation, or "contains"

/// All that `boost::copy_graph` copies by itself: nothing. @{
using org_copied_vertex_map = org_property_map<boost::vertex_all_t, org_vertex, boost::no_property>;
using org_copied_edge_map = org_property_map<boost::edge_all_t, org_edge, boost::no_property>;
/// @}

/// Values of the property maps. Constant time. @{
[[nodiscard]] inline boost::no_property get(org_copied_vertex_map, org_vertex) noexcept { return {}; }
[[nodiscard]] inline boost::no_property get(org_copied_edge_map, const org_edge&) noexcept { return {}; }
[[nodiscard]] inline std::size_t get(org_index_map map, org_vertex v) noexcept {
  return v.is_unit() ? map.org->officials().size() + v.unit().index() : v.official().index();
}
[[nodiscard]] inline const std::string& get(org_name_map map, org_vertex v) noexcept {
  return v.is_unit() ? map.org->units().code(v.unit()) : (*map.org)[v.official()].post;
}
[[nodiscard]] inline const std::string& get(org_label_map map, org_vertex v) noexcept {
  return v.is_unit() ? map.org->units()[v.unit()].name : (*map.org)[v.official()].title;
}
[[nodiscard]] inline std::string_view get(org_kind_map map, org_vertex v) noexcept {
  return v.is_unit() ? name_of(map.org->units()[v.unit()].kind) : name_of((*map.org)[v.official()].rank);
}
[[nodiscard]] inline std::string_view get(org_relation_map, const org_edge& e) noexcept { return e.how ? name_of(*e.how) : "contains"; }
/// @}

/// The property maps of an organisation. Constant time. @{
[[nodiscard]] inline org_index_map get(boost::vertex_index_t, const organisation& org) noexcept { return {&org}; }
[[nodiscard]] inline org_copied_vertex_map get(boost::vertex_all_t, const organisation& org) noexcept { return {&org}; }
[[nodiscard]] inline org_copied_edge_map get(boost::edge_all_t, const organisation& org) noexcept { return {&org}; }
[[nodiscard]] inline org_name_map get(boost::vertex_name_t, const organisation& org) noexcept { return {&org}; }
[[nodiscard]] inline org_label_map get(org_label_t, const organisation& org) noexcept { return {&org}; }
[[nodiscard]] inline org_kind_map get(org_kind_t, const organisation& org) noexcept { return {&org}; }
[[nodiscard]] inline org_relation_map get(org_relation_t, const organisation& org) noexcept { return {&org}; }
/// @}

/// The property of one vertex or edge, `get(org_kind, org, v)`.
template <class Property, class Key>
[[nodiscard]] decltype(auto) get(Property property, const organisation& org, const Key& key) noexcept {
  return get(get(property, org), key);
}

}  // namespace sifang

namespace boost {

template <> struct property_map<sifang::organisation, vertex_index_t> { using type = sifang::org_index_map; using const_type = type; };
template <> struct property_map<sifang::organisation, vertex_all_t> { using type = sifang::org_copied_vertex_map; using const_type = type; };
template <> struct property_map<sifang::organisation, edge_all_t> { using type = sifang::org_copied_edge_map; using const_type = type; };
template <> struct property_map<sifang::organisation, vertex_name_t> { using type = sifang::org_name_map; using const_type = type; };
template <> struct property_map<sifang::organisation, sifang::org_label_t> { using type = sifang::org_label_map; using const_type = type; };
template <> struct property_map<sifang::organisation, sifang::org_kind_t> { using type = sifang::org_kind_map; using const_type = type; };
template <> struct property_map<sifang::organisation, sifang::org_relation_t> { using type = sifang::org_relation_map; using const_type = type; };

}  // namespace boost

#endif
