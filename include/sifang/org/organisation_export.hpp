// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_ORGANISATION_EXPORT_HPP
#define SIFANG_ORG_ORGANISATION_EXPORT_HPP

#include "sifang/core/graph_text.hpp"
#include "sifang/org/organisation_graph.hpp"

#include <boost/graph/graphviz.hpp>

#include <array>
#include <concepts>
#include <ostream>
#include <string>
#include <string_view>

/// \file
/// An organisation as text for Graphviz and for programs that read GraphML.

namespace sifang {

namespace detail {
/// An organisation, or a filtered view of one.
template <class Graph>
concept organisation_like = std::same_as<typename boost::graph_traits<Graph>::vertex_descriptor, org_vertex>;
}  // namespace detail

/// Writes units as boxes and officials as ellipses, each by name (by post or code where there is none), and edges
/// by their relation; steps of the hierarchy are dotted.
///
/// \param graph  `org`, or a `boost::filtered_graph` of it
template <class Traits, detail::organisation_like Graph>
void write_organisation(std::ostream& out, const basic_organisation<Traits>& org, const Graph& graph) {
  boost::write_graphviz(
      out, graph,
      [&](std::ostream& o, org_vertex v) {
        const std::string& label = get(org_label, org, v);
        o << "[label=" << dot_quoted(label.empty() ? get(boost::vertex_name, org, v) : label)
          << ", shape=" << (v.is_unit() ? "box" : "ellipse") << ']';
      },
      [&](std::ostream& o, const auto& e) {
        if (e.how)
          o << "[label=" << get(org_relation, org, e) << ']';
        else
          o << "[style=dotted]";
      },
      boost::default_writer(), get(boost::vertex_index, org));
}
/// The whole organisation.
template <class Traits>
void write_organisation(std::ostream& out, const basic_organisation<Traits>& org) {
  write_organisation(out, org, org);
}

/// Writes GraphML: of vertices `name` (post or code), `label` (title or name) and `kind`; of edges `relation`.
///
/// \param graph  `org`, or a `boost::filtered_graph` of it
template <class Traits, detail::organisation_like Graph>
void write_organisation_graphml(std::ostream& out, const basic_organisation<Traits>& org, const Graph& graph) {
  write_graphml(
      out, graph, [&](org_vertex v) { return get(boost::vertex_index, org, v); },
      graph_columns{
          {"name", "label", "kind"},
          [&](org_vertex v) {
            return std::array<std::string_view, 3>{get(boost::vertex_name, org, v), get(org_label, org, v), get(org_kind, org, v)};
          }},
      graph_columns{{"relation"}, [&](const auto& e) { return std::array<std::string_view, 1>{get(org_relation, org, e)}; }});
}
/// The whole organisation.
template <class Traits>
void write_organisation_graphml(std::ostream& out, const basic_organisation<Traits>& org) {
  write_organisation_graphml(out, org, org);
}

}  // namespace sifang

#endif
