// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "trees.hpp"

#include <range/v3/range/concepts.hpp>
#include <range/v3/range/conversion.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/transform.hpp>

#include <iterator>
#include <memory>

using namespace sifang;
using namespace sifang_tests;
using texts = std::vector<std::string>;

namespace {

using units_view = hierarchy<int>::unit_range;
using chain_view = hierarchy<int>::unit_chain;

static_assert(ranges::random_access_range<units_view> && ranges::sized_range<units_view>);
static_assert(ranges::forward_range<chain_view>);
static_assert(ranges::view_<units_view> && ranges::view_<chain_view>);
static_assert(ranges::borrowed_range<units_view> && ranges::borrowed_range<chain_view>);
static_assert(std::random_access_iterator<units_view::iterator>);
static_assert(std::forward_iterator<chain_view::iterator>);

const std::vector<tree_row> rows = {
    {"village-b", "street", 4}, {"county", "", 1}, {"street", "county", 2}, {"village-a", "street", 3},
    {"bureau", "county", 5},    {"town", "county", 6},
};

}  // namespace

TEST_CASE("listings of a hierarchy compose as range-v3 views") {
  const auto tree = build(rows);
  REQUIRE(tree);
  auto even = tree->subtree(tree->root()) | ranges::views::filter([&](unit_id u) { return (*tree)[u] % 2 == 0; }) |
              ranges::views::transform([&](unit_id u) { return tree->code(u); });
  CHECK((even | ranges::to<texts>()) == texts{"street", "village-b", "town"});
  auto leaves = tree->children(tree->root()) | ranges::views::filter([&](unit_id u) { return tree->children(u).empty(); });
  CHECK(codes(*tree, leaves) == texts{"bureau", "town"});
  auto above = tree->ancestors(*tree->find("village-b")) | ranges::views::transform([&](unit_id u) { return (*tree)[u]; });
  CHECK((above | ranges::to<std::vector<int>>()) == std::vector<int>{2, 1});
  CHECK(tree->subtree(tree->root()).size() == 6);
  CHECK(tree->subtree(tree->root())[1] == *tree->find("street"));
}

TEST_CASE("an empty hierarchy has no units") {
  const hierarchy<int> none;
  CHECK(none.empty());
  CHECK(none.all().empty());
  CHECK_FALSE(none.find("county"));
}

TEST_CASE("a payload need only be movable") {
  hierarchy_builder<std::unique_ptr<int>> builder;
  builder.add("b", "a", std::make_unique<int>(2));
  builder.add("a", "", std::make_unique<int>(1));
  const auto tree = std::move(builder).build();
  REQUIRE(tree);
  CHECK(*(*tree)[*tree->find("b")] == 2);
}

TEST_CASE("listings of a hierarchy outlive its move") {
  auto tree = build(rows);
  REQUIRE(tree);
  const auto children = tree->children(tree->root());
  const hierarchy<int> elsewhere = *std::move(tree);
  CHECK(codes(elsewhere, children) == texts{"street", "bureau", "town"});
}

TEST_CASE("a chain of a hundred thousand units is built and measured") {
  const int n = 100'000;
  std::vector<tree_row> chain;
  for (int i = n; i-- > 0;) chain.push_back({std::to_string(i), i == 0 ? "" : std::to_string(i - 1), i});
  const auto tree = build(chain);
  REQUIRE(tree);
  CHECK(tree->depth(*tree->find(std::to_string(n - 1))) == n - 1);
}

TEST_CASE("a subtree is its unit and the subtrees of its children, one after the other") {
  CHECK(rc::check([] {
    const auto tree = build(random_rows());
    RC_ASSERT(tree.has_value());
    for (unit_id u : tree->all()) {
      texts joined{tree->code(u)};
      for (unit_id child : tree->children(u)) {
        for (const std::string& code : codes(*tree, tree->subtree(child))) joined.push_back(code);
      }
      RC_ASSERT(codes(*tree, tree->subtree(u)) == joined);
    }
  }));
}
