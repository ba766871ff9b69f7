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
struct organisation_traversal : boost::vertex_list_graph_tag,
                                boost::edge_list_graph_tag,
                                boost::bidirectional_graph_tag,
                                boost::adjacency_graph_tag {};

}  // namespace detail
}  // namespace sifang

template <class Traits>
struct boost::graph_traits<sifang::basic_organisation<Traits>> {
  using organisation = sifang::basic_organisation<Traits>;
  using vertex_descriptor = sifang::org_vertex;
  using edge_descriptor = sifang::basic_org_edge<typename organisation::relation_type>;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;  // one may head a unit and be linked to it
  using traversal_category = sifang::detail::organisation_traversal;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = sifang::detail::org_vertex_iterator;
  using adjacency_iterator = sifang::detail::org_adjacency_iterator<organisation>;
  using edge_iterator = sifang::detail::org_edge_iterator<organisation>;
  using out_edge_iterator = sifang::detail::org_edge_walk<organisation, true>;
  using in_edge_iterator = sifang::detail::org_edge_walk<organisation, false>;

  static constexpr vertex_descriptor null_vertex() noexcept { return {}; }
};

namespace sifang {

/// Constant time.
template <class Traits>
[[nodiscard]] std::size_t num_vertices(const basic_organisation<Traits>& org) noexcept {
  return org.officials().size() + org.units().size();
}

/// The officials by id, then the units in pre-order.
template <class Traits>
[[nodiscard]] auto vertices(const basic_organisation<Traits>& org) noexcept {
  return std::pair(detail::org_vertex_iterator(org.officials().size(), 0),
                   detail::org_vertex_iterator(org.officials().size(), num_vertices(org)));
}

/// The links by official and relation, then the steps of the hierarchy.
template <class Traits>
[[nodiscard]] auto edges(const basic_organisation<Traits>& org) noexcept {
  const auto [first, last] = vertices(org);
  return std::pair(detail::org_edge_iterator<basic_organisation<Traits>>(org, first, last),
                   detail::org_edge_iterator<basic_organisation<Traits>>(org, last, last));
}

/// Links, each once, and steps of the hierarchy. Linear in officials.
template <class Traits>
[[nodiscard]] std::size_t num_edges(const basic_organisation<Traits>& org) noexcept {
  std::size_t n = org.units().empty() ? 0 : org.units().size() - 1;
  for (std::size_t o = 0; o < org.officials().size(); ++o) {
    for (std::size_t how = 0; how < enumerator_count<typename Traits::relation_type>; ++how)
      n += org.units_of(official_id(o), static_cast<typename Traits::relation_type>(how)).size();
  }
  return n;
}

/// Ends of an edge. Constant time. @{
template <class Traits>
[[nodiscard]] org_vertex source(const basic_org_edge<typename Traits::relation_type>& e, const basic_organisation<Traits>&) noexcept {
  return e.from;
}
template <class Traits>
[[nodiscard]] org_vertex target(const basic_org_edge<typename Traits::relation_type>& e, const basic_organisation<Traits>&) noexcept {
  return e.to;
}
/// @}

/// The units an official is linked to, by relation; or the units directly below a unit.
template <class Traits>
[[nodiscard]] auto out_edges(org_vertex v, const basic_organisation<Traits>& org) noexcept {
  return std::pair(detail::org_edge_walk<basic_organisation<Traits>, true>::begin(org, v),
                   detail::org_edge_walk<basic_organisation<Traits>, true>::end(org, v));
}
/// The officials linked to a unit, by relation, and the step from the unit above; none for an official.
template <class Traits>
[[nodiscard]] auto in_edges(org_vertex v, const basic_organisation<Traits>& org) noexcept {
  return std::pair(detail::org_edge_walk<basic_organisation<Traits>, false>::begin(org, v),
                   detail::org_edge_walk<basic_organisation<Traits>, false>::end(org, v));
}
/// The other ends of the out-edges; a unit to which an official has two relations comes twice.
template <class Traits>
[[nodiscard]] auto adjacent_vertices(org_vertex v, const basic_organisation<Traits>& org) noexcept {
  const auto [first, last] = out_edges(v, org);
  return std::pair(detail::org_adjacency_iterator<basic_organisation<Traits>>(first),
                   detail::org_adjacency_iterator<basic_organisation<Traits>>(last));
}
/// Linear in the degree.
template <class Traits>
[[nodiscard]] std::size_t out_degree(org_vertex v, const basic_organisation<Traits>& org) noexcept {
  std::size_t n = 0;
  for (auto [e, last] = out_edges(v, org); e != last; ++e) ++n;
  return n;
}
/// Linear in the degree.
template <class Traits>
[[nodiscard]] std::size_t in_degree(org_vertex v, const basic_organisation<Traits>& org) noexcept {
  std::size_t n = 0;
  for (auto [e, last] = in_edges(v, org); e != last; ++e) ++n;
  return n;
}
/// Edges in and out. Linear in the degree.
template <class Traits>
[[nodiscard]] std::size_t degree(org_vertex v, const basic_organisation<Traits>& org) noexcept {
  return in_degree(v, org) + out_degree(v, org);
}

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
template <class Traits, class Tag, class Key, class Value, class Reference = Value>
struct org_property_map {
  using key_type = Key;
  using value_type = Value;
  using reference = Reference;
  using category = boost::readable_property_map_tag;
  const basic_organisation<Traits>* org = nullptr;  ///< outlives the map
};
/// The property maps of any organisation: position of a vertex, post or code, title or name, role or kind of unit; relation
/// of an edge, or "contains". The last two hold all that `boost::copy_graph` copies by itself: nothing. @{
template <class Traits>
using basic_org_index_map = org_property_map<Traits, boost::vertex_index_t, org_vertex, std::size_t>;
template <class Traits>
using basic_org_name_map = org_property_map<Traits, boost::vertex_name_t, org_vertex, std::string, const std::string&>;
template <class Traits>
using basic_org_label_map = org_property_map<Traits, org_label_t, org_vertex, std::string, const std::string&>;
template <class Traits>
using basic_org_kind_map = org_property_map<Traits, org_kind_t, org_vertex, std::string_view>;
template <class Traits>
using basic_org_relation_map = org_property_map<Traits, org_relation_t, basic_org_edge<typename Traits::relation_type>, std::string_view>;
template <class Traits>
using basic_org_copied_vertex_map = org_property_map<Traits, boost::vertex_all_t, org_vertex, boost::no_property>;
template <class Traits>
using basic_org_copied_edge_map =
    org_property_map<Traits, boost::edge_all_t, basic_org_edge<typename Traits::relation_type>, boost::no_property>;
/// @}
/// The same of a county. @{
using org_index_map = basic_org_index_map<county_traits>;
using org_name_map = basic_org_name_map<county_traits>;
using org_label_map = basic_org_label_map<county_traits>;
using org_kind_map = basic_org_kind_map<county_traits>;
using org_relation_map = basic_org_relation_map<county_traits>;
using org_copied_vertex_map = basic_org_copied_vertex_map<county_traits>;
using org_copied_edge_map = basic_org_copied_edge_map<county_traits>;
/// @}

/// Values of the property maps. Constant time. @{
template <class Traits>
[[nodiscard]] boost::no_property get(const basic_org_copied_vertex_map<Traits>&, org_vertex) noexcept {
  return {};
}
template <class Traits>
[[nodiscard]] boost::no_property get(const basic_org_copied_edge_map<Traits>&,
                                     const basic_org_edge<typename Traits::relation_type>&) noexcept {
  return {};
}
template <class Traits>
[[nodiscard]] std::size_t get(const basic_org_index_map<Traits>& map, org_vertex v) noexcept {
  return v.is_unit() ? map.org->officials().size() + v.unit().index() : v.official().index();
}
template <class Traits>
[[nodiscard]] const std::string& get(const basic_org_name_map<Traits>& map, org_vertex v) noexcept {
  return v.is_unit() ? map.org->units().code(v.unit()) : (*map.org)[v.official()].post;
}
template <class Traits>
[[nodiscard]] const std::string& get(const basic_org_label_map<Traits>& map, org_vertex v) noexcept {
  return v.is_unit() ? map.org->units()[v.unit()].name : (*map.org)[v.official()].title;
}
template <class Traits>
[[nodiscard]] std::string_view get(const basic_org_kind_map<Traits>& map, org_vertex v) noexcept {
  return v.is_unit() ? name_of(map.org->units()[v.unit()].kind) : name_of((*map.org)[v.official()].rank);
}
template <class Traits>
[[nodiscard]] std::string_view get(const basic_org_relation_map<Traits>&,
                                   const basic_org_edge<typename Traits::relation_type>& e) noexcept {
  return e.how ? name_of(*e.how) : "contains";
}
/// @}

/// The property maps of an organisation. Constant time. @{
template <class Traits>
[[nodiscard]] basic_org_index_map<Traits> get(boost::vertex_index_t, const basic_organisation<Traits>& org) noexcept {
  return {&org};
}
template <class Traits>
[[nodiscard]] basic_org_copied_vertex_map<Traits> get(boost::vertex_all_t, const basic_organisation<Traits>& org) noexcept {
  return {&org};
}
template <class Traits>
[[nodiscard]] basic_org_copied_edge_map<Traits> get(boost::edge_all_t, const basic_organisation<Traits>& org) noexcept {
  return {&org};
}
template <class Traits>
[[nodiscard]] basic_org_name_map<Traits> get(boost::vertex_name_t, const basic_organisation<Traits>& org) noexcept {
  return {&org};
}
template <class Traits>
[[nodiscard]] basic_org_label_map<Traits> get(org_label_t, const basic_organisation<Traits>& org) noexcept {
  return {&org};
}
template <class Traits>
[[nodiscard]] basic_org_kind_map<Traits> get(org_kind_t, const basic_organisation<Traits>& org) noexcept {
  return {&org};
}
template <class Traits>
[[nodiscard]] basic_org_relation_map<Traits> get(org_relation_t, const basic_organisation<Traits>& org) noexcept {
  return {&org};
}
/// @}

/// The property of one vertex or edge, `get(org_kind, org, v)`.
template <class Property, class Traits, class Key>
[[nodiscard]] decltype(auto) get(Property property, const basic_organisation<Traits>& org, const Key& key) noexcept {
  return get(get(property, org), key);
}

}  // namespace sifang

/// What `Tag` is asked of an organisation with.
template <class Traits, class Tag>
struct boost::property_map<sifang::basic_organisation<Traits>, Tag> {
  using type = decltype(get(Tag(), std::declval<const sifang::basic_organisation<Traits>&>()));  ///< found by its arguments
  using const_type = type;                                                                       ///< an organisation does not change
};

#endif
