// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_HIERARCHY_GRAPH_HPP
#define SIFANG_ORG_HIERARCHY_GRAPH_HPP

#include "sifang/core/assert.hpp"
#include "sifang/org/hierarchy.hpp"

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/property_map/property_map.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <utility>

/// \file
/// A hierarchy is a graph of Boost.Graph as it stands, without a copy: include this header and hand the tree
/// to any algorithm that wants a VertexListGraph, EdgeListGraph, BidirectionalGraph or AdjacencyGraph.
/// Vertices are units; each unit but the root has one edge, from the unit above it.
///
/// The vertex descriptor is `unit_id`, so that what an algorithm finds can be asked of the tree, and of an
/// organisation, without conversion. Default colour and distance maps go through `boost::vertex_index`, which is
/// the id itself. The header stands outside "sifang/org.hpp": Boost.Graph takes longer to compile than the floor.
///
/// Properties: `boost::vertex_index` and `boost::edge_index` (dense from 0), `boost::vertex_bundle` (the
/// payload), `boost::vertex_name` (the code), and members of the payload, `get(&unit::population, tree)`. The last
/// three can be read only, by reference: a tree does not change. So they fit `boost::dynamic_properties`, which writes
/// to whatever calls itself an lvalue map. What an algorithm writes stands beside the tree, in a `unit_column`.
///
/// `boost::copy_graph` makes a graph that can be changed: one without properties, or one that has the payload as the
/// bundle of its vertices. Into any other graph it copies with a `vertex_copy` and an `edge_copy` of the caller's.

namespace sifang {

/// The step from the unit above down to `below`; it is known by its lower end.
struct hierarchy_edge {
  unit_id below;  ///< lower end
  friend constexpr auto operator<=>(hierarchy_edge, hierarchy_edge) noexcept = default;
};

namespace detail {

/// Turns an iterator over units into one over the edges that lead to them.
template <class Units>
class hierarchy_edge_iterator {
 public:
  using value_type = hierarchy_edge;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = hierarchy_edge;
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::forward_iterator_tag;

  hierarchy_edge_iterator() = default;
  explicit hierarchy_edge_iterator(Units at) noexcept : at_(at) {}

  hierarchy_edge operator*() const noexcept { return {*at_}; }
  hierarchy_edge_iterator& operator++() noexcept {
    ++at_;
    return *this;
  }
  hierarchy_edge_iterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const hierarchy_edge_iterator& a, const hierarchy_edge_iterator& b) noexcept { return a.at_ == b.at_; }

 private:
  Units at_;
};

struct hierarchy_traversal : boost::vertex_list_graph_tag,
                             boost::edge_list_graph_tag,
                             boost::bidirectional_graph_tag,
                             boost::adjacency_graph_tag {};

}  // namespace detail

/// Property map `boost::vertex_index`: position in pre-order.
struct unit_index_map {
  using key_type = unit_id;
  using value_type = std::size_t;
  using reference = std::size_t;
  using category = boost::readable_property_map_tag;
  friend std::size_t get(unit_index_map, unit_id u) noexcept { return u.index(); }
};

/// Property map `boost::edge_index`: 0 to size − 2.
struct edge_index_map {
  using key_type = hierarchy_edge;
  using value_type = std::size_t;
  using reference = std::size_t;
  using category = boost::readable_property_map_tag;
  friend std::size_t get(edge_index_map, hierarchy_edge e) noexcept { return e.below.index() - 1; }
};

/// Property map `boost::vertex_bundle`: the payload.
template <class Payload>
struct unit_payload_map {
  using key_type = unit_id;
  using value_type = Payload;
  using reference = const Payload&;
  using category = boost::readable_property_map_tag;
  const hierarchy<Payload>* tree = nullptr;  ///< outlives the map
  const Payload& operator[](unit_id u) const noexcept { return (*tree)[u]; }
  friend const Payload& get(unit_payload_map map, unit_id u) noexcept { return map[u]; }
};

/// Property map `boost::vertex_name`: the code.
template <class Payload>
struct unit_code_map {
  using key_type = unit_id;
  using value_type = std::string;
  using reference = const std::string&;
  using category = boost::readable_property_map_tag;
  const hierarchy<Payload>* tree = nullptr;  ///< outlives the map
  const std::string& operator[](unit_id u) const noexcept { return tree->code(u); }
  friend const std::string& get(unit_code_map map, unit_id u) noexcept { return map[u]; }
};

/// Property map of one member of the payload, `get(&unit::population, tree)`.
template <class Payload, class Value>
struct unit_member_map {
  using key_type = unit_id;
  using value_type = Value;
  using reference = const Value&;
  using category = boost::readable_property_map_tag;
  const hierarchy<Payload>* tree = nullptr;  ///< outlives the map
  Value Payload::*member = nullptr;          ///< of the payload
  const Value& operator[](unit_id u) const noexcept { return (*tree)[u].*member; }
  friend const Value& get(unit_member_map map, unit_id u) noexcept { return map[u]; }
};

/// Everything that a unit brings along when `boost::copy_graph` copies it: the payload, or nothing where the copy has no
/// properties.
template <class Payload>
struct copied_unit {
  const Payload* payload = nullptr;                              ///< of the tree that is copied
  operator const Payload&() const noexcept { return *payload; }  // NOLINT(google-explicit-constructor): that is its use
  operator boost::no_property() const noexcept { return {}; }    // NOLINT(google-explicit-constructor)
};
/// Property map `boost::vertex_all`, for `boost::copy_graph`.
template <class Payload>
struct copied_unit_map {
  using key_type = unit_id;
  using value_type = copied_unit<Payload>;
  using reference = copied_unit<Payload>;
  using category = boost::readable_property_map_tag;
  const hierarchy<Payload>* tree = nullptr;  ///< outlives the map
  friend copied_unit<Payload> get(copied_unit_map map, unit_id u) noexcept { return {&(*map.tree)[u]}; }
};
/// Property map `boost::edge_all`: a step down has no properties.
struct copied_edge_map {
  using key_type = hierarchy_edge;
  using value_type = boost::no_property;
  using reference = boost::no_property;
  using category = boost::readable_property_map_tag;
  friend boost::no_property get(copied_edge_map, hierarchy_edge) noexcept { return {}; }
};

/// Values beside a tree, one a unit, as a property that can be written: `get(column, tree)` is a mutable lvalue property
/// map, for distances, colours, loads. Holds no values itself.
template <class Value>
struct unit_column {
  using key_type = unit_id;
  using value_type = Value;
  using reference = Value&;
  using category = boost::lvalue_property_map_tag;
  std::span<Value> values;  ///< as many as the tree has units
  Value& operator[](unit_id u) const noexcept {
    SIFANG_ASSERT(u.index() < values.size());
    return values[u.index()];
  }
  friend Value& get(unit_column column, unit_id u) noexcept { return column[u]; }
  friend void put(unit_column column, unit_id u, Value value) noexcept { column[u] = std::move(value); }
};
/// Deduces the type of the values.
template <class Values>
unit_column(Values&) -> unit_column<typename Values::value_type>;

}  // namespace sifang

template <class Payload>
struct boost::graph_traits<sifang::hierarchy<Payload>> {
  using vertex_descriptor = sifang::unit_id;
  using edge_descriptor = sifang::hierarchy_edge;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::disallow_parallel_edge_tag;
  using traversal_category = sifang::detail::hierarchy_traversal;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = sifang::detail::unit_iterator;
  using adjacency_iterator = sifang::detail::unit_chain_iterator;
  using edge_iterator = sifang::detail::hierarchy_edge_iterator<sifang::detail::unit_iterator>;
  using out_edge_iterator = sifang::detail::hierarchy_edge_iterator<sifang::detail::unit_chain_iterator>;
  using in_edge_iterator = edge_iterator;

  static constexpr vertex_descriptor null_vertex() noexcept { return {}; }
};

namespace sifang {

/// The types that Boost.Graph asks for.
template <class Payload>
using hierarchy_traits = boost::graph_traits<hierarchy<Payload>>;

/// All units in pre-order: parents before what is below them.
template <class Payload>
[[nodiscard]] auto vertices(const hierarchy<Payload>& tree) noexcept {
  const auto all = tree.all();
  return std::pair(all.begin(), all.end());
}

/// Constant time.
template <class Payload>
[[nodiscard]] std::size_t num_vertices(const hierarchy<Payload>& tree) noexcept {
  return tree.size();
}

/// Every edge, in pre-order of its lower end.
template <class Payload>
[[nodiscard]] auto edges(const hierarchy<Payload>& tree) noexcept {
  using iterator = typename hierarchy_traits<Payload>::edge_iterator;
  const auto all = tree.all();
  return std::pair(iterator(tree.empty() ? all.begin() : all.begin() + 1), iterator(all.end()));
}

/// Constant time.
template <class Payload>
[[nodiscard]] std::size_t num_edges(const hierarchy<Payload>& tree) noexcept {
  return tree.empty() ? 0 : tree.size() - 1;
}

/// The unit above. \pre the edge is of this tree; asserted
template <class Payload>
[[nodiscard]] unit_id source(hierarchy_edge e, const hierarchy<Payload>& tree) noexcept {
  const auto above = tree.parent(e.below);
  SIFANG_ASSERT(above);
  return *above;
}

/// The unit below.
template <class Payload>
[[nodiscard]] unit_id target(hierarchy_edge e, const hierarchy<Payload>&) noexcept {
  return e.below;
}

/// Edges to the children, in order.
template <class Payload>
[[nodiscard]] auto out_edges(unit_id u, const hierarchy<Payload>& tree) noexcept {
  using iterator = typename hierarchy_traits<Payload>::out_edge_iterator;
  const auto children = tree.children(u);
  return std::pair(iterator(children.begin()), iterator(children.end()));
}

/// Number of children. Linear in it.
template <class Payload>
[[nodiscard]] std::size_t out_degree(unit_id u, const hierarchy<Payload>& tree) noexcept {
  std::size_t n = 0;
  for ([[maybe_unused]] unit_id child : tree.children(u)) ++n;
  return n;
}

/// The edge from the unit above; none for the root. Constant time.
template <class Payload>
[[nodiscard]] auto in_edges(unit_id u, const hierarchy<Payload>& tree) noexcept {
  using iterator = typename hierarchy_traits<Payload>::in_edge_iterator;
  const detail::unit_iterator here(u.value());
  return std::pair(iterator(tree.parent(u) ? here : here + 1), iterator(here + 1));
}

/// 1, but 0 for the root. Constant time.
template <class Payload>
[[nodiscard]] std::size_t in_degree(unit_id u, const hierarchy<Payload>& tree) noexcept {
  return tree.parent(u) ? 1 : 0;
}

/// Edges in and out.
template <class Payload>
[[nodiscard]] std::size_t degree(unit_id u, const hierarchy<Payload>& tree) noexcept {
  return in_degree(u, tree) + out_degree(u, tree);
}

/// The children, in order.
template <class Payload>
[[nodiscard]] auto adjacent_vertices(unit_id u, const hierarchy<Payload>& tree) noexcept {
  const auto children = tree.children(u);
  return std::pair(children.begin(), children.end());
}

/// The property maps of a tree. Constant time. @{
template <class Payload>
[[nodiscard]] unit_index_map get(boost::vertex_index_t, const hierarchy<Payload>&) noexcept {
  return {};
}
template <class Payload>
[[nodiscard]] edge_index_map get(boost::edge_index_t, const hierarchy<Payload>&) noexcept {
  return {};
}
template <class Payload>
[[nodiscard]] unit_payload_map<Payload> get(boost::vertex_bundle_t, const hierarchy<Payload>& tree) noexcept {
  return {&tree};
}
template <class Payload>
[[nodiscard]] unit_code_map<Payload> get(boost::vertex_name_t, const hierarchy<Payload>& tree) noexcept {
  return {&tree};
}
template <class Payload>
[[nodiscard]] copied_unit_map<Payload> get(boost::vertex_all_t, const hierarchy<Payload>& tree) noexcept {
  return {&tree};
}
template <class Payload>
[[nodiscard]] copied_edge_map get(boost::edge_all_t, const hierarchy<Payload>&) noexcept {
  return {};
}
template <class Payload, class Value>
[[nodiscard]] unit_member_map<Payload, Value> get(Value Payload::*member, const hierarchy<Payload>& tree) noexcept {
  return {&tree, member};
}
template <class Value, class Payload>
[[nodiscard]] unit_column<Value> get(unit_column<Value> column, [[maybe_unused]] const hierarchy<Payload>& tree) noexcept {
  SIFANG_ASSERT(column.values.size() == tree.size());
  return column;
}
/// @}
/// Writes one unit's value of a column beside the tree.
template <class Value, class Payload>
void put(unit_column<Value> column, const hierarchy<Payload>&, unit_id u, Value value) noexcept {
  put(column, u, std::move(value));
}

/// The property of one unit or edge, `get(boost::vertex_name, tree, u)`.
template <class Property, class Payload, class Key>
[[nodiscard]] decltype(auto) get(Property property, const hierarchy<Payload>& tree, Key key) noexcept {
  return get(get(property, tree), key);
}

}  // namespace sifang

namespace boost {

template <class Payload>
struct property_map<sifang::hierarchy<Payload>, vertex_index_t> {
  using type = sifang::unit_index_map;
  using const_type = type;
};
template <class Payload>
struct property_map<sifang::hierarchy<Payload>, edge_index_t> {
  using type = sifang::edge_index_map;
  using const_type = type;
};
template <class Payload>
struct property_map<sifang::hierarchy<Payload>, vertex_bundle_t> {
  using type = sifang::unit_payload_map<Payload>;
  using const_type = type;
};
template <class Payload>
struct property_map<sifang::hierarchy<Payload>, vertex_name_t> {
  using type = sifang::unit_code_map<Payload>;
  using const_type = type;
};
template <class Payload>
struct property_map<sifang::hierarchy<Payload>, vertex_all_t> {
  using type = sifang::copied_unit_map<Payload>;
  using const_type = type;
};
template <class Payload>
struct property_map<sifang::hierarchy<Payload>, edge_all_t> {
  using type = sifang::copied_edge_map;
  using const_type = type;
};
template <class Payload, class Value>
struct property_map<sifang::hierarchy<Payload>, sifang::unit_column<Value>> {
  using type = sifang::unit_column<Value>;
  using const_type = type;
};
template <class Payload, class Value>
struct property_map<sifang::hierarchy<Payload>, Value Payload::*> {
  using type = sifang::unit_member_map<Payload, Value>;
  using const_type = type;
};

}  // namespace boost

#endif
