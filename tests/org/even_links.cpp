// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/org/even_links.hpp"
#include "small_county.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

using namespace sifang;

namespace {

using places = std::vector<std::vector<std::size_t>>;

/// Most people to one leader of a township, where each leader has one.
double most_people(const std::vector<double>& people, const std::vector<std::size_t>& leaders) {
  double most = 0;
  for (std::size_t t = 0; t < people.size(); ++t) most = std::max(most, people[t] / static_cast<double>(leaders[t]));
  return most;
}
/// The least that any numbers of leaders can have; all are tried.
double least_of_all(const std::vector<double>& people, std::size_t leaders) {
  std::vector<std::size_t> at(people.size(), 1);
  double least = std::numeric_limits<double>::infinity();
  const auto deal = [&](auto&& self, std::size_t t, std::size_t left) -> void {
    if (t + 1 == people.size()) {
      at[t] = 1 + left;
      least = std::min(least, most_people(people, at));
      return;
    }
    for (std::size_t more = 0; more <= left; ++more) {
      at[t] = 1 + more;
      self(self, t + 1, left - more);
    }
  };
  deal(deal, 0, leaders - people.size());
  return least;
}
std::vector<std::size_t> numbers(const places& dealt, std::size_t townships) {
  std::vector<std::size_t> out(townships, 0);
  for (const auto& own : dealt) {
    for (const std::size_t t : own) ++out[t];
  }
  return out;
}

}  // namespace

TEST_CASE("leaders are dealt so that no township has more people to a leader than there must be, and who can stay stays") {
  const std::vector<std::vector<double>> counties{{90, 30, 20}, {50, 50, 50, 1}, {7, 0, 3}, {1000, 10, 10, 10}};
  for (const auto& people : counties) {
    for (std::size_t leaders = people.size(); leaders <= people.size() + 5; ++leaders) {
      places present(leaders);
      for (std::size_t k = 0; k < leaders; ++k) present[k] = {k % people.size()};
      const places dealt = detail::link_dealer(people, present).deal();
      REQUIRE(dealt.size() == leaders);
      for (const auto& own : dealt) CHECK(own.size() == 1);
      const auto at = numbers(dealt, people.size());
      CHECK(most_people(people, at) == Approx(least_of_all(people, leaders)));
      // Of those who are there today as many stay as there are to be.
      for (std::size_t t = 0; t < people.size(); ++t) {
        std::size_t there = 0, stay = 0;
        for (std::size_t k = 0; k < leaders; ++k) {
          there += present[k][0] == t;
          stay += present[k][0] == t && dealt[k][0] == t;
        }
        CHECK(stay == std::min(there, at[t]));
      }
    }
  }
}

TEST_CASE("with fewer leaders than townships, each township has one and no leader has all the large ones") {
  const places dealt = detail::link_dealer({40, 30, 20, 10, 10}, {{0, 1, 2}, {3, 4}}).deal();
  CHECK(numbers(dealt, 5) == std::vector<std::size_t>(5, 1));
  CHECK(dealt[0] == std::vector<std::size_t>{0, 3});
  CHECK(dealt[1] == std::vector<std::size_t>{1, 2, 4});
  // Of equals whoever is there already.
  CHECK(detail::link_dealer({5, 5}, {{1}, {0}}).deal() == places{{1}, {0}});
  CHECK(detail::link_dealer({5}, {{0}}).deal() == places{{0}});
}

TEST_CASE("a county whose links are dealt has all its other links, and the same people") {
  auto tables = sifang_tests::small_county();
  tables.links.push_back({"leader-2", relation::linked_to, "town"});  // both at the town, one of them at the street as well
  const organisation before = *tables.build(), after = with_even_links(before);
  REQUIRE(after.officials().size() == before.officials().size());
  const auto others = [](const organisation& org) {
    std::vector<std::string> out;
    for (const official_link& l : org.links()) {
      const bool dealt =
          l.how == relation::linked_to && org[l.who].rank == role::county_leader && level_of(org.units()[l.where].kind) == level::township;
      if (!dealt) out.push_back(org[l.who].post + '/' + std::string(name_of(l.how)) + '/' + org.units().code(l.where));
    }
    return out;
  };
  CHECK(others(after) == others(before));
  // Each leader has a township, or each township a leader, and nobody has an old link beside the new one.
  std::size_t leaders = 0, townships = 0, links = 0;
  for (std::size_t k = 0; k < after.officials().size(); ++k) {
    const auto own = after.units_of(official_id(k), relation::linked_to);
    if (after[official_id(k)].rank != role::county_leader || own.empty()) continue;
    ++leaders;
    links += own.size();
  }
  for (const unit_id u : before.units().all()) townships += level_of(before.units()[u].kind) == level::township;
  CHECK(links == std::max(leaders, townships));
  for (const unit_id u : before.units().all()) {
    if (level_of(before.units()[u].kind) == level::township) CHECK_FALSE(after.officials_of(u, relation::linked_to).empty());
  }
  // Nobody to be dealt: nothing happens.
  for (const auto& post : tables.posts) {
    if (post.rank == role::county_leader) tables.drop_links(post.post, relation::linked_to);
  }
  const organisation none = *tables.build();
  CHECK(with_even_links(none).links().size() == none.links().size());
}
