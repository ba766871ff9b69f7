// SPDX-License-Identifier: BSL-1.0
#include "sifang/assign/case_graph_export.hpp"

#include "autumn.hpp"
#include "catch.hpp"
#include "sifang/assign/case_graph_view.hpp"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

using namespace sifang;
using namespace sifang_tests;

namespace {

using row = std::vector<std::string>;

/// The nodes and edges of a file of GraphML by the names of their columns; throws where it is no XML.
struct graphml_file {
  std::map<std::string, std::map<std::string, std::string>> nodes;
  std::multiset<row> edges;  // source, target, kind, at, case

  explicit graphml_file(std::istream& text) {
    boost::property_tree::ptree file;
    boost::property_tree::read_xml(text, file);
    const auto attribute = [](const boost::property_tree::ptree& part, const char* name) {
      return part.get_child("<xmlattr>").find(name)->second.data();  // "attr.name" is no path
    };
    std::map<std::string, std::string> columns;
    const auto& top = file.get_child("graphml");
    for (const auto& [what, part] : top) {
      if (what == "key") columns[attribute(part, "id")] = attribute(part, "attr.name");
    }
    const auto values = [&](const boost::property_tree::ptree& part) {
      std::map<std::string, std::string> out;
      for (const auto& [what, data] : part)
        if (what == "data") out[columns.at(attribute(data, "key"))] = data.data();
      return out;
    };
    for (const auto& [what, part] : top.get_child("graph")) {
      if (what == "node") nodes[attribute(part, "id")] = values(part);
      if (what != "edge") continue;
      const auto of = values(part);
      edges.insert({attribute(part, "source"), attribute(part, "target"), of.at("kind"), of.at("at"), of.at("case")});
    }
  }
};

}  // namespace

TEST_CASE("the graph is drawn by Graphviz with names and times") {
  case_graph g;
  g.visit(demolition, zhang, on(0));
  g.own(demolition, chen, on(0, 485));
  std::ostringstream plain, named;
  write_case_graph(plain, g);
  CHECK(plain.str() ==
        "digraph G {\n"
        "rankdir=LR;\n"
        "0[label=\"petition 0\", shape=note];\n"
        "1[label=\"petitioner 0\", shape=plain];\n"
        "2[label=\"official 0\", shape=ellipse];\n"
        "1->0 [label=\"visited 2022-09-15T08:00\"];\n"
        "2->0 [label=\"owns 2022-09-15T08:05\"];\n"
        "}\n");
  write_case_graph(named, during(g, on(0, 485), on(1)), [](const case_node& n) {
    return n.kind == case_node_kind::official ? std::string("副县长 \"分管\" \\\n住建") : plain_name(n);
  });
  CHECK(named.str().find("label=\"副县长 \\\"分管\\\" \\\\\\n住建\"") != std::string::npos);
  CHECK(named.str().find("visited") == std::string::npos);
  CHECK(named.str().find("owns") != std::string::npos);
}

TEST_CASE("the graph written as GraphML is XML and says every event, also in names that XML would trip over") {
  const case_graph g = autumn();
  const auto odd = [](const case_node& n) {
    return n.kind == case_node_kind::official ? std::string("副县长 <\"分管\"> & '住建'\n\x02") : plain_name(n);
  };
  std::stringstream text;
  write_case_graphml(text, g.graph(), odd);
  const graphml_file file(text);
  std::multiset<row> expected;
  const auto id = [](std::size_t v) { return "n" + std::to_string(v); };
  for (auto [e, last] = boost::edges(g.graph()); e != last; ++e) {
    const case_link& link = g.graph()[*e];
    expected.insert({id(boost::source(*e, g.graph())), id(boost::target(*e, g.graph())), std::string(name_of(link.kind)),
                     to_string(link.at), std::to_string(link.about.index())});
  }
  CHECK(file.edges == expected);
  REQUIRE(file.nodes.size() == boost::num_vertices(g.graph()));
  const auto& leader = file.nodes.at(id(*g.find(chen)));
  CHECK(leader.at("name") == "副县长 <\"分管\"> & '住建'\n\xEF\xBF\xBD");
  CHECK(leader.at("kind") == "official");
  CHECK(leader.at("id") == "0");
}

TEST_CASE("an excerpt written as GraphML holds its events and what they touch") {
  const case_graph g = autumn();
  std::stringstream text;
  write_case_graphml(text, excerpt(g, {.about = drainage}));
  const graphml_file file(text);
  CHECK(file.nodes.size() == 3);
  CHECK(file.edges.size() == 2);
  std::stringstream dot;
  write_case_graph(dot, excerpt(g, {.kinds = {case_link_kind::owns}, .about = wages}));
  CHECK(dot.str() ==
        "digraph G {\nrankdir=LR;\n2[label=\"official 0\", shape=ellipse];\n10[label=\"petition 2\", shape=note];\n"
        "2->10 [label=\"owns 2022-09-16T08:10\"];\n}\n");
}
