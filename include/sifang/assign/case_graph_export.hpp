// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_CASE_GRAPH_EXPORT_HPP
#define SIFANG_ASSIGN_CASE_GRAPH_EXPORT_HPP

#include "sifang/assign/case_graph.hpp"
#include "sifang/core/graph_text.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"

#include <boost/graph/graphviz.hpp>

#include <array>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

/// \file
/// The case graph, or a part of it, as text for Graphviz and for programs that read GraphML.

namespace sifang {

/// "official 3": the name of a vertex when there is nothing better.
[[nodiscard]] inline std::string plain_name(const case_node& node) {
  return std::string(name_of(node.kind)) + ' ' + std::to_string(node.index);
}

/// Writes the graph in the language of Graphviz: vertices by name and with a shape of their kind, edges with
/// what happened and when.
/// \param graph  `case_graph::graph()`, or a part of it: `view(…)`, `excerpt(…)`
/// \param name   gives the text of a `case_node`; any UTF-8
template <class Graph, class Name>
void write_case_graph(std::ostream& out, const Graph& graph, Name name) {
  static constexpr std::string_view shapes[case_node_kind_count] = {"note", "ellipse", "box", "plain"};
  boost::write_graphviz(
      out, graph,
      [&](std::ostream& o, auto v) {
        o << "[label=" << dot_quoted(name(graph[v])) << ", shape=" << shapes[static_cast<std::size_t>(graph[v].kind)] << ']';
      },
      [&](std::ostream& o, auto e) {
        o << "[label=" << dot_quoted(std::string(name_of(graph[e].kind)) + ' ' + to_string(graph[e].at)) << ']';
      },
      [](std::ostream& o) { o << "rankdir=LR;\n"; });  // owners have many cases: a column of them can be read
}
/// The same with plain names, of a part or of the whole. @{
template <class Graph>
void write_case_graph(std::ostream& out, const Graph& graph) {
  write_case_graph(out, graph, plain_name);
}
template <class Entry>
void write_case_graph(std::ostream& out, const basic_case_graph<Entry>& cases) {
  write_case_graph(out, cases.graph());
}
/// @}

/// Writes GraphML: of vertices `name`, `kind` and `id`; of edges `kind`, `at` and `case`, the id of the case.
/// \param graph  `case_graph::graph()`, or a part of it: `view(…)`, `excerpt(…)`
/// \param name   gives the text of a `case_node`; any UTF-8
template <class Graph, class Name>
void write_case_graphml(std::ostream& out, const Graph& graph, Name name) {
  write_graphml(
      out, graph, [](std::size_t v) { return v; },
      graph_columns{
          {"name", "kind", "id"},
          [&](auto v) {
            const case_node& node = graph[v];
            return std::array<std::string, 3>{std::string(name(node)), std::string(name_of(node.kind)), std::to_string(node.index)};
          }},
      graph_columns{
          {"kind", "at", "case"}, [&](auto e) {
            const case_link& link = graph[e];
            return std::array<std::string, 3>{std::string(name_of(link.kind)), to_string(link.at), std::to_string(link.about.index())};
          }});
}
/// The same with plain names, of a part or of the whole. @{
template <class Graph>
void write_case_graphml(std::ostream& out, const Graph& graph) {
  write_case_graphml(out, graph, plain_name);
}
template <class Entry>
void write_case_graphml(std::ostream& out, const basic_case_graph<Entry>& cases) {
  write_case_graphml(out, cases.graph());
}
/// @}

}  // namespace sifang

#endif
