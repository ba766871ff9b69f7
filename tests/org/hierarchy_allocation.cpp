// SPDX-License-Identifier: BSL-1.0
#include "allocation.hpp"
#include "catch.hpp"
#include "sifang/org/hierarchy_views.hpp"

#include <cstdint>
#include <new>
#include <string>

using namespace sifang;

TEST_CASE("no listing of a hierarchy allocates, alone or composed, and neither does a query") {
  hierarchy_builder<int> builder;
  for (int i = 0; i < 300; ++i) builder.add(std::to_string(i), i == 0 ? "" : std::to_string((i - 1) / 3), i);
  const auto built = std::move(builder).build();
  REQUIRE(built);
  const auto& tree = *built;
  std::size_t listed = 0;
  const std::uint64_t before = allocations();
  for (unit_id u : tree.all()) {
    for (unit_id v : tree.children(u)) listed += v.valid();
    for (unit_id v : tree.ancestors(u)) listed += v.valid();
    for (unit_id v : tree.siblings(u)) listed += v.valid();
    for (unit_id v : tree.layer(u, 4)) listed += v.valid();
    for (unit_id v : tree.subtree(u) | at_depth(tree, 3) | leaves(tree)) listed += v.valid();
    for (unit_id v : tree.subtree(u) | where(tree, [](int payload) { return payload % 2 == 0; })) listed += v.valid();
    listed += tree.lowest_common_ancestor(u, unit_id(150)).valid() && tree.find("150").has_value();
  }
  const std::uint64_t after = allocations();
  CHECK(after == before);
  CHECK(listed > 1000);

  ::operator delete(::operator new(1));  // a new-expression might be optimised away
  CHECK(allocations() > after);          // the counter counts
}
