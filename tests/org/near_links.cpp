// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/org/near_links.hpp"
#include "small_county.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

using namespace sifang;

namespace {

using places = std::vector<std::vector<std::size_t>>;

places deal(const std::vector<double>& km, const places& present) { return detail::deal_near(detail::span_of(km), present); }

}  // namespace

TEST_CASE("with fewer leaders than townships, those of a leader lie next to each other on the way, and each keeps what they can") {
  const std::vector<double> km{50, 10, 40, 20, 30};
  // In the order of the way: 1 3 4 | 2 0.
  CHECK(deal(km, {{1}, {0}}) == places{{1, 3, 4}, {0, 2}});
  CHECK(deal(km, {{0}, {1}}) == places{{0, 2}, {1, 3, 4}});
  CHECK(deal(km, {{0, 2, 1}, {3, 4}}) == places{{0, 2}, {1, 3, 4}});
  CHECK(deal(km, {{}, {}}) == places{{1, 3, 4}, {0, 2}});
  // Of one distance: as they stand.
  CHECK(deal({7, 7, 7, 7}, {{3}, {0}}) == places{{2, 3}, {0, 1}});
}

TEST_CASE("with as many leaders as townships or more, each has one, and the further ones go to the nearest townships") {
  CHECK(deal({5, 1, 9}, {{0}, {1}, {2}}) == places{{0}, {1}, {2}});
  // Five for three: two at each of the two that are nearest; nobody moves who need not.
  CHECK(deal({5, 1, 9}, {{2}, {2}, {2}, {0}, {1}}) == places{{2}, {0}, {1}, {0}, {1}});
  CHECK(deal({5}, {{0}, {0}}) == places{{0}, {0}});
}

TEST_CASE("a county whose links are dealt by the way has all its other links, and a leader at each township") {
  auto tables = sifang_tests::small_county();
  tables.links.push_back({"leader-2", relation::linked_to, "town"});
  const organisation before = *tables.build(), after = with_near_links(before);
  REQUIRE(after.officials().size() == before.officials().size());
  std::size_t kept = 0, dealt = 0;
  for (const official_link& l : before.links()) kept += !detail::linked_leaders_of(before).township_of(before, l);
  for (const official_link& l : after.links()) dealt += detail::linked_leaders_of(after).township_of(after, l).has_value();
  const detail::linked_leaders leaders = detail::linked_leaders_of(after);
  CHECK(leaders.who.size() == detail::linked_leaders_of(before).who.size());
  CHECK(dealt == std::max(leaders.who.size(), leaders.townships.size()));
  CHECK(after.links().size() == kept + dealt);
  for (const unit_id u : leaders.townships) CHECK_FALSE(after.officials_of(u, relation::linked_to).empty());
  for (const auto& post : tables.posts) {
    if (post.rank == role::county_leader) tables.drop_links(post.post, relation::linked_to);
  }
  const organisation none = *tables.build();
  CHECK(with_near_links(none).links().size() == none.links().size());
}

TEST_CASE("leaders who have nothing there today take the rows in their order") {
  using list = std::vector<std::vector<std::size_t>>;
  CHECK(detail::rows_for({{0}, {1}, {2}}, {{}, {}, {}}) == list{{0}, {1}, {2}});
  CHECK(detail::rows_for({{0}, {1}, {2}}, {{}, {2}, {}}) == list{{0}, {2}, {1}});
}
