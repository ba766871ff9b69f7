// SPDX-License-Identifier: BSL-1.0
// A hierarchy is a graph of Boost.Graph as it stands: Dijkstra with minutes of road as weights.
#include "sifang/org.hpp"
#include "sifang/org/hierarchy_graph.hpp"

#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <iostream>
#include <vector>

int main() {
  using namespace sifang;
  hierarchy_builder<unit> builder;
  builder.add("county", "", {"county", "", unit_kind::county, 0, 0});
  builder.add("near", "county", {"near", "", unit_kind::township, 0, 12});
  builder.add("far", "county", {"far", "", unit_kind::township, 0, 60});
  builder.add("village", "far", {"village", "", unit_kind::village, 0, 75});
  const auto county = std::move(builder).build();
  if (!county) return 1;
  const auto minutes_of = boost::make_function_property_map<hierarchy_edge>(
      [&](hierarchy_edge e) { return 1.5 * ((*county)[e.below].distance_km - (*county)[source(e, *county)].distance_km); });
  std::vector<double> time(county->size());
  std::vector<unit_id> way(county->size());
  boost::dijkstra_shortest_paths(*county, county->root(),
                                 boost::weight_map(minutes_of).distance_map(unit_column{time}).predecessor_map(unit_column{way}));
  for (unit_id u : county->all())
    std::cout << county->code(u) << ": " << time[u.index()] << " minutes by way of " << county->code(way[u.index()]) << '\n';
}
