// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/birth_draws.hpp"

#include <vector>

using namespace sifang;

TEST_CASE("Draws made at birth, in registers of every width, are those that their names stand for") {
  std::vector<detail::birth_fill> all{detail::fill_births, detail::widest_birth_fill()};
#if defined(__x86_64__) && defined(__GNUC__)
  all.push_back(detail::fill_births_sse2);
  if (detail::has_four_lanes()) all.push_back(detail::fill_births_avx2);
  if (detail::has_eight_lanes()) all.push_back(detail::fill_births_avx512);
#endif
  const auto seed = GENERATE(0ull, 2022ull, 0xfedcba9876543210ull);
  const auto replication = GENERATE(0u, 1u, 0xffffffffu);
  const auto first = GENERATE(0ull, 19000ull << 16, 0x1fffffff0ull);  // the last run over from the low word into the high one
  const named_draws draws(seed, replication);
  for (const detail::birth_fill fill : all) {
    std::vector<eight_blocks> birth(20), kept(20);
    fill(seed, replication, first, birth, kept.data());
    for (std::size_t i = 0; i < birth.size(); ++i) {
      for (std::size_t b = 0; b < 8; ++b) {
        REQUIRE(birth[i].four(b) == draws.four(first + i, birth_blocks[b].first, birth_blocks[b].index));
        REQUIRE(kept[i].four(b) == draws.four(first + i, kept_blocks[b].first, kept_blocks[b].index));
      }
    }
  }
}

TEST_CASE("A purpose is found in the block that holds it, and in no other") {
  CHECK(place_among(birth_blocks, draw::village) == 0);
  CHECK(place_among(birth_blocks, draw::persistence) == 0);
  CHECK(place_among(kept_blocks, draw::stage_wait) == 1);
  CHECK(place_among(kept_blocks, draw::arrivals) == 8);
  CHECK(eight_blocks{{0, 0x0000000100000002}, {0, 0x0000000300000004}}.unit(1, 0) == named_draws::unit(2));
  CHECK(eight_blocks{{0, 0x0000000100000002}, {0, 0x0000000300000004}}.unit(1, 3) == named_draws::unit(3));
}
