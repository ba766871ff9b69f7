// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_GRAPH_TEXT_HPP
#define SIFANG_CORE_GRAPH_TEXT_HPP

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// How any graph is written down: quoting for Graphviz, and GraphML for everything else (yEd, Gephi, networkx).
/// Graphs are asked through the functions of Boost.Graph, found by their arguments; Boost itself is not included.

namespace sifang {

/// The text as a quoted string of the DOT language.
[[nodiscard]] inline std::string dot_quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '"' || c == '\\')
      out += {'\\', c};
    else
      out += c;
  }
  return out + '"';
}

/// The text as the content of an element or attribute of XML 1.0.
///
/// Control characters that XML cannot hold at all become U+FFFD; bytes of UTF-8 stay as they are.
[[nodiscard]] inline std::string xml_escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      case '\n':
        out += "&#10;";
        break;  // as they are, a reader may turn them into spaces
      case '\r':
        out += "&#13;";
        break;
      case '\t':
        out += "&#9;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          out += "\xEF\xBF\xBD";
        else
          out += c;
    }
  }
  return out;
}

/// What is written of each vertex, or of each edge: names of columns, and a function that gives the values in
/// the same order, as a range of text.
template <class Values>
struct graph_columns {
  std::vector<std::string> names;  ///< keys of the attributes, unique
  Values values;                   ///< from a vertex or edge to as many texts as there are names
};
template <class Values>
graph_columns(std::vector<std::string>, Values) -> graph_columns<Values>;  ///< takes a lambda as it is

/// Writes a directed graph as GraphML (http://graphml.graphdrawing.org), every column as text.
///
/// \param number  a number for each vertex, used in its id only ("n7")
/// \complexity linear in vertices and edges
template <class Graph, class Number, class VertexValues, class EdgeValues>
void write_graphml(std::ostream& out, const Graph& graph, Number number, const graph_columns<VertexValues>& of_vertex,
                   const graph_columns<EdgeValues>& of_edge) {
  const auto declare = [&](const auto& columns, char id, std::string_view what) {
    for (std::size_t i = 0; i < columns.names.size(); ++i) {
      out << "  <key id=\"" << id << i << "\" for=\"" << what << "\" attr.name=\"" << xml_escaped(columns.names[i])
          << "\" attr.type=\"string\"/>\n";
    }
  };
  const auto fill = [&](const auto& values, char id) {
    std::size_t i = 0;
    for (const auto& value : values) out << "      <data key=\"" << id << i++ << "\">" << xml_escaped(value) << "</data>\n";
  };
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  declare(of_vertex, 'v', "node");
  declare(of_edge, 'e', "edge");
  out << "  <graph id=\"G\" edgedefault=\"directed\">\n";
  const auto all = vertices(graph);
  for (auto v = all.first; v != all.second; ++v) {
    out << "    <node id=\"n" << number(*v) << "\">\n";
    fill(of_vertex.values(*v), 'v');
    out << "    </node>\n";
  }
  const auto links = edges(graph);
  for (auto e = links.first; e != links.second; ++e) {
    out << "    <edge source=\"n" << number(source(*e, graph)) << "\" target=\"n" << number(target(*e, graph)) << "\">\n";
    fill(of_edge.values(*e), 'e');
    out << "    </edge>\n";
  }
  out << "  </graph>\n</graphml>\n";
}

}  // namespace sifang

#endif
