// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/org/hierarchy_views.hpp"
#include "sifang/org/level_set.hpp"
#include "sifang/org/unit.hpp"
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
using siblings_view = hierarchy<int>::unit_siblings;
using layer_view = hierarchy<int>::unit_layer;

static_assert(ranges::random_access_range<units_view> && ranges::sized_range<units_view>);
static_assert(ranges::forward_range<chain_view>);
static_assert(ranges::view_<units_view> && ranges::view_<chain_view>);
static_assert(ranges::forward_range<siblings_view> && ranges::view_<siblings_view> && ranges::borrowed_range<siblings_view>);
static_assert(ranges::forward_range<layer_view> && ranges::view_<layer_view> && ranges::borrowed_range<layer_view>);
static_assert(ranges::borrowed_range<units_view> && ranges::borrowed_range<chain_view>);
static_assert(std::random_access_iterator<units_view::iterator>);
static_assert(std::forward_iterator<chain_view::iterator>);

const std::vector<tree_row> rows = {
    {"village-b", "street", 4}, {"county", "", 1},       {"street", "county", 2},
    {"village-a", "street", 3}, {"bureau", "county", 5}, {"town", "county", 6},
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

TEST_CASE("siblings are the other units below the same one, in order; a root has none") {
  CHECK(rc::check([] {
    const auto tree = build(random_rows());
    RC_ASSERT(tree.has_value());
    for (unit_id u : tree->all()) {
      texts expected;
      if (tree->parent(u)) {
        for (unit_id c : tree->children(*tree->parent(u)))
          if (c != u) expected.push_back(tree->code(c));
      }
      RC_ASSERT(codes(*tree, tree->siblings(u)) == expected);
    }
  }));
}

TEST_CASE("a layer is the units of one depth below a unit, as a filter of its subtree finds them") {
  CHECK(rc::check([] {
    const auto tree = build(random_rows());
    RC_ASSERT(tree.has_value());
    for (unit_id u : tree->all()) {
      for (int depth = -1; depth < 8; ++depth) {
        RC_ASSERT(codes(*tree, tree->layer(u, depth)) == codes(*tree, tree->subtree(u) | at_depth(*tree, depth)));
      }
    }
  }));
}

TEST_CASE("units of a kind, of a depth, without others below them, or with a property, in any combination") {
  hierarchy_builder<unit> builder;
  builder.add("county", "", {"county", "", unit_kind::county, 500'000});
  builder.add("street", "county", {"street", "", unit_kind::subdistrict, 60'000});
  builder.add("v1", "street", {"v1", "", unit_kind::village, 900});
  builder.add("c1", "street", {"c1", "", unit_kind::community, 8'000});
  builder.add("town", "county", {"town", "", unit_kind::township, 20'000});
  builder.add("v2", "town", {"v2", "", unit_kind::village, 3'000});
  builder.add("v3", "town", {"v3", "", unit_kind::village, 1'500});
  const auto built = std::move(builder).build();
  REQUIRE(built);
  const auto& tree = *built;
  const unit_id town = *tree.find("town");
  CHECK(codes(tree, tree.all() | of_kind(tree, unit_kind::village)) == texts{"v1", "v2", "v3"});
  CHECK(codes(tree, tree.subtree(town) | at_depth(tree, 2)) == texts{"v2", "v3"});
  CHECK(codes(tree, tree.children(tree.root()) | of_kind(tree, unit_kind::township)) == texts{"town"});
  CHECK(codes(tree, tree.siblings(town) | leaves(tree)).empty());
  CHECK(codes(tree, tree.layer(tree.root(), 2) | leaves(tree)) == texts{"v1", "c1", "v2", "v3"});
  const auto large = [](double population) { return population > 1'000; };
  CHECK(codes(tree, tree.subtree(tree.root()) | of_kind(tree, unit_kind::village) | where(tree, &unit::population, large)) ==
        texts{"v2", "v3"});
  CHECK(codes(tree, tree.ancestors(*tree.find("v2")) | where(tree, [](const unit& u) { return u.kind == unit_kind::county; })) ==
        texts{"county"});
}

namespace {

/// A level set of a user's own.
enum class league_level : unsigned char { league, banner, sumu, gacha };

}  // namespace
template <>
inline constexpr std::string_view sifang::names_of<league_level>[] = {"league", "banner", "sumu", "gacha"};

namespace {

texts told(const std::vector<fault>& faults) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f));
  return out;
}

}  // namespace

TEST_CASE("a level set of one's own is an enumeration with names; units out of their level are told") {
  hierarchy_builder<league_level> builder;
  builder.add("xilin-gol", "", league_level::league);
  builder.add("abaga", "xilin-gol", league_level::banner);
  builder.add("narengbulag", "abaga", league_level::sumu);
  builder.add("g1", "narengbulag", league_level::gacha);
  builder.add("g2", "abaga", league_level::gacha);         // a level left out
  builder.add("b2", "narengbulag", league_level::banner);  // upside down
  builder.add("b3", "abaga", league_level::banner);        // beside, not below
  const auto tree = std::move(builder).build();
  REQUIRE(tree);
  CHECK(told(audit_levels(*tree, std::identity{})) ==
        texts{"unit 'b2': a banner cannot stand below a sumu", "unit 'b3': a banner cannot stand below a banner"});
  CHECK(told(audit_levels(*tree, std::identity{}, next_level{})) == texts{"unit 'b2': a banner cannot stand below a sumu",
                                                                          "unit 'g2': a gacha cannot stand below a banner",
                                                                          "unit 'b3': a banner cannot stand below a banner"});
}

TEST_CASE("kinds of units of a county keep the rule of the domain") {
  hierarchy_builder<unit> builder;
  builder.add("county", "", {"county", "", unit_kind::county});
  builder.add("bureau", "county", {"bureau", "", unit_kind::petition_bureau});
  builder.add("town", "county", {"town", "", unit_kind::township});
  builder.add("village", "bureau", {"village", "", unit_kind::village});
  const auto tree = std::move(builder).build();
  REQUIRE(tree);
  CHECK(told(audit_levels(*tree, &unit::kind, may_stand_below)) == texts{"unit 'village': a village cannot stand below a petition_bureau"});
}

TEST_CASE("the level of a division is read from the length of its code") {
  CHECK(level_of_code("35") == division_level::province);
  CHECK(level_of_code("350921") == division_level::county);
  CHECK(level_of_code("350921204") == division_level::township);
  CHECK(level_of_code("350921204201") == division_level::village);
  CHECK_FALSE(level_of_code("35092"));
}
