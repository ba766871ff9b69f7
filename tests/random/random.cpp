// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/random/random.hpp"

#include <Random123/philox.h>

#include <rapidcheck.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <tuple>

namespace {

using namespace sifang;
using words = std::array<std::uint32_t, 4>;

enum class luck : std::uint8_t { interview, patience };

words philox(words counter, std::array<std::uint32_t, 2> key) {
  const random_source source(static_cast<std::uint64_t>(key[1]) << 32 | key[0], counter[3]);
  return source.block(static_cast<std::uint64_t>(counter[1]) << 32 | counter[0], counter[2] & 0xfffu, counter[2] >> 12);
}

TEST_CASE("Philox4x32-10 gives the known answers of Random123, through our fields") {
  // kat_vectors of the Random123 distribution: counter, key, answer.
  CHECK(philox({0, 0, 0, 0}, {0, 0}) == words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  constexpr std::uint32_t all = 0xffffffff;
  CHECK(philox({all, all, all, all}, {all, all}) == words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("Philox of any counter and key is what Random123 makes of them") {
  CHECK(rc::check([](words counter, std::array<std::uint32_t, 2> key) {
    const auto theirs = r123::Philox4x32()({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    RC_ASSERT(philox_4x32(counter, key) == (words{theirs[0], theirs[1], theirs[2], theirs[3]}));
  }));
}

TEST_CASE("A constant expression has the numbers that a running program has") {
  constexpr std::array<std::uint32_t, 2> key{0xa4093822, 0x299f31d0};
  constexpr words counters[] = {{0, 0, 0, 0}, {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {1, 2, 3, 0xffffffff}};
  constexpr std::array made{philox_4x32(counters[0], key), philox_4x32(counters[1], key), philox_4x32(counters[2], key)};
  constexpr std::array units{philox_units(counters[0], key), philox_units(counters[1], key), philox_units(counters[2], key)};
  for (std::size_t i = 0; i < std::size(counters); ++i) {
    CHECK(made[i] == philox_4x32(counters[i], key));
    CHECK(units[i] == philox_units(counters[i], key));
    for (std::size_t k = 0; k < 4; ++k) CHECK(units[i][k] == (made[i][k] + 0.5) / 4294967296.0);
  }
}

TEST_CASE("The 10,000th number is the one that C++26 requires of philox4x32") {
  // [rand.predef]: default seed 20111115, four numbers a block, so the last of block 2499.
  CHECK(philox({2499, 0, 0, 0}, {20111115, 0})[3] == 1955073260u);
}

TEST_CASE("Names that differ in one field draw different numbers") {
  std::set<words> seen;
  std::size_t names = 0;
  const std::uint64_t high = std::uint64_t{1} << 63;
  for (std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, high}) {
    for (std::uint32_t replication : {0u, 1u, 0xffffffffu}) {
      const random_source source(seed, replication);
      for (std::uint64_t entity : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 32, high}) {
        for (std::uint32_t purpose : {0u, 1u, 2048u, 4095u}) {
          for (std::uint32_t index : {0u, 1u, (1u << 20) - 1}) {
            seen.insert(source.block(entity, purpose, index));
            ++names;
          }
        }
      }
    }
  }
  CHECK(seen.size() == names);
}

TEST_CASE("A draw does not depend on the draws before it") {
  CHECK(rc::check([](std::uint64_t seed, std::uint32_t replication, std::uint64_t entity) {
    const random_source a(seed, replication), b(seed, replication);
    const double first = a.uniform(entity, luck::interview, 3);
    for (std::uint64_t other = 0; other < 5; ++other) (void)b.uniform(other, luck::patience);
    RC_ASSERT(b.uniform(entity, luck::interview, 3) == first);
    RC_ASSERT(b.uniforms(entity, luck::interview, 3)[0] == first);
    RC_ASSERT(b.uniform(entity, static_cast<std::uint32_t>(luck::interview), 3) == first);
  }));
}

TEST_CASE("A uniform number is never 0 or 1, nor is its complement rounded") {
  for (std::uint64_t bits : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1} << 63, (std::uint64_t{1} << 63) - 1}) {
    const double u = unit_interval(bits);
    CHECK(u > 0);
    CHECK(u < 1);
    CHECK(1 - (1 - u) == u);
    CHECK(u + unit_interval(~bits) == 1.0);
  }
}

TEST_CASE("A stream gives the numbers of its source in order") {
  const random_source source(7, 2);
  random_stream stream(7, 2, luck::patience);
  for (std::uint64_t entity = 0; entity < 100; ++entity) {
    for (double expected : source.uniforms(entity, luck::patience)) CHECK(stream() == expected);
  }
}

TEST_CASE("A hundred cells of uniform numbers fill evenly, alone and in pairs of neighbours") {
  // χ² with 99 degrees of freedom passes 169.3 with probability 1e-5; the seed is fixed.
  constexpr int draws = 1000000, cells = 100;
  std::array<int, cells> alone{}, pairs{};
  random_stream stream(2022, 0, 0u);
  for (int i = 0; i < draws; ++i) {
    const double u = stream(), v = stream();
    ++alone[static_cast<std::size_t>(u * cells)];
    ++pairs[static_cast<std::size_t>(u * 10) * 10 + static_cast<std::size_t>(v * 10)];
  }
  const auto chi_square = [](const std::array<int, cells>& count) {
    double sum = 0;
    for (int n : count) sum += std::pow(n - draws / double{cells}, 2) / (draws / double{cells});
    return sum;
  };
  CHECK(chi_square(alone) < 169.3);
  CHECK(chi_square(pairs) < 169.3);
}

}  // namespace
