// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/org/hierarchy_edit.hpp"
#include "sifang/org/hierarchy_graph.hpp"
#include "sifang/org/level_set.hpp"
#include "table.hpp"

#include <boost/graph/breadth_first_search.hpp>

#include <chrono>
#include <filesystem>
#include <random>

using namespace sifang;
using namespace sifang_tests;

namespace {

struct division {
  std::string code, parent, name;
};

/// Country, provinces, cities, counties, townships and, if they can be unpacked, villages.
std::vector<division> divisions(const std::string& folder) {
  std::vector<division> out{{"0", "", "中国"}};
  const auto read = [&](const std::string& text, std::size_t parent_digits) {
    std::istringstream in(text);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      auto row = fields(line);
      std::string parent = parent_digits == 0 ? "0" : row[0].substr(0, parent_digits);
      out.push_back({std::move(row[0]), std::move(parent), std::move(row[1])});
    }
  };
  read(output_of("cat '" + folder + "/provinces.csv'"), 0);
  read(output_of("cat '" + folder + "/cities.csv'"), 2);
  read(output_of("cat '" + folder + "/areas.csv'"), 4);
  read(output_of("cat '" + folder + "/streets.csv'"), 6);
  read(output_of("xz -dc '" + folder + "/villages.csv.xz' 2>&1"), 9);
  return out;
}

}  // namespace

TEST_CASE("all of China is one hierarchy, built in any order of rows within seconds") {
  const std::string folder = SIFANG_SHARED_DATA "/divisions";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: the folder of division codes is not there");
    return;
  }
  auto rows = divisions(folder);
  const bool villages = rows.size() > 600'000;
  if (!villages) WARN("without villages: they could not be unpacked with xz");
  CHECK(rows.size() == (villages ? 665'277u : 44'703u));

  for (int order = 0; order < 3; ++order) {
    if (order == 1) std::reverse(rows.begin(), rows.end());
    if (order == 2) std::shuffle(rows.begin(), rows.end(), std::mt19937(20230630));
    hierarchy_builder<std::string> builder;
    builder.reserve(rows.size());
    for (const division& d : rows) builder.add(d.code, d.parent, d.name);
    const auto start = std::chrono::steady_clock::now();
    const auto china = std::move(builder).build();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    for (const fault& f : china.faults()) FAIL_CHECK(to_string(f));
    REQUIRE(china);
    CHECK(china->size() == rows.size());
    INFO(took.count() << " s");
    CHECK(took.count() < 10);  // about 0.1 s optimised; room for unoptimised, sanitised and busy machines
    CHECK(china->structure_bytes() <= 24 * china->size());

    const auto xiapu = china->find("350921");
    REQUIRE(xiapu);
    CHECK((*china)[*xiapu] == "霞浦县");
    CHECK(china->depth(*xiapu) == 3);
    CHECK(china->subtree(*xiapu).size() == (villages ? 1 + 15 + 331u : 1 + 15u));
    std::string above;
    for (unit_id u : china->ancestors(*xiapu)) above += (*china)[u];
    CHECK(above == "宁德市福建省中国");
    const auto there = china->find("350921204"), elsewhere = china->find("110101001");
    REQUIRE((there && elsewhere));
    CHECK(china->contains(*xiapu, *there));
    CHECK_FALSE(china->contains(*xiapu, *elsewhere));
    CHECK(china->lowest_common_ancestor(*there, *elsewhere) == china->root());

    std::vector<int> distance(china->size());
    const auto to_root = boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, *china));
    boost::breadth_first_search(*china, china->root(),
                                boost::visitor(boost::make_bfs_visitor(boost::record_distances(to_root, boost::on_tree_edge()))));
    bool same = true;
    for (unit_id u : china->all()) same = same && distance[u.index()] == china->depth(u);
    CHECK(same);
  }
}

TEST_CASE("China keeps to its levels, and a reorganisation of it gives what a table edited by hand gives") {
  const std::string folder = SIFANG_SHARED_DATA "/divisions";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: the folder of division codes is not there");
    return;
  }
  auto rows = divisions(folder);
  const auto tree_of = [](const std::vector<division>& from) {
    hierarchy_builder<std::string> builder;
    for (const division& d : from) builder.add(d.code, d.parent, d.name);
    return *std::move(builder).build();
  };
  const auto china = tree_of(rows);
  bool kept = true;
  for (unit_id u : china.all()) {
    const auto above = china.parent(u);
    kept = kept && (!above || next_level{}(*level_of_code(china.code(u)), *level_of_code(china.code(*above))));
  }
  CHECK(kept);

  // Two townships of Xiapu become one, a third goes to the neighbouring county, and a prefecture is renamed.
  const auto edited =
      std::move(reorganisation(china).merge("350921204", "350921104").move("350921203", "350922").revise("3509", "闽东市")).apply();
  for (const fault& f : edited.faults()) FAIL_CHECK(to_string(f));
  REQUIRE(edited);
  CHECK(edited->tree.structure_bytes() <= 24 * china.size());
  std::erase_if(rows, [](const division& d) { return d.code == "350921204"; });
  for (division& d : rows) {
    if (d.parent == "350921204") d.parent = "350921104";
    if (d.code == "350921203") d.parent = "350922";
    if (d.code == "3509") d.name = "闽东市";
  }
  const auto by_hand = tree_of(rows);
  REQUIRE(edited->tree.size() == by_hand.size());
  // The order of siblings differs where units arrived: compared by code.
  bool same = true;
  for (unit_id u : by_hand.all()) {
    const auto v = edited->tree.find(by_hand.code(u));
    same = same && v && edited->tree[*v] == by_hand[u] && edited->tree.depth(*v) == by_hand.depth(u) &&
           edited->tree.subtree(*v).size() == by_hand.subtree(u).size() &&
           (u == by_hand.root() || edited->tree.code(*edited->tree.parent(*v)) == by_hand.code(*by_hand.parent(u)));
  }
  CHECK(same);
  bool leads = true;
  for (unit_id u : china.all()) {
    const unit_id v = edited->now[u.index()];
    leads = leads && edited->tree.code(v) == (china.code(u) == "350921204" ? "350921104" : china.code(u));
  }
  CHECK(leads);
}
