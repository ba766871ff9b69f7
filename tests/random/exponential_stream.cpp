// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/random/exponential_stream.hpp"

#include <bit>
#include <vector>

using namespace sifang;

namespace {
// Fills of numbers and of exponentials are functions of one type.
[[nodiscard]] std::vector<std::uint64_t> bits_of(detail::exponential_fill fill, std::uint64_t seed, std::uint64_t first) {
  std::vector<double> out(1024);
  fill(seed, 77, 4'000'000'000u, first, out.data(), out.size());
  std::vector<std::uint64_t> bits;
  for (double x : out) bits.push_back(std::bit_cast<std::uint64_t>(x));
  return bits;
}
}  // namespace

TEST_CASE("Exponentials are the same bits in registers of any width") {
  const std::uint64_t seed = GENERATE(0ull, 1ull, 0xfedcba9876543210ull);
  const std::uint64_t first = GENERATE(0ull, 5ull, (1ull << 32) - 100, (1ull << 63) + 12345);
  const auto one_by_one = bits_of(detail::fill_exponentials, seed, first);
  CHECK(bits_of(detail::widest_exponential_fill(), seed, first) == one_by_one);
#if defined(__x86_64__) && defined(__GNUC__)
  CHECK(bits_of(detail::fill_exponentials_sse2, seed, first) == one_by_one);
  if (detail::has_four_lanes()) CHECK(bits_of(detail::fill_exponentials_avx2, seed, first) == one_by_one);
  if (detail::has_eight_lanes()) CHECK(bits_of(detail::fill_exponentials_avx512, seed, first) == one_by_one);
#endif
}

TEST_CASE("Numbers in (0, 1) are the same bits in registers of any width") {
  const std::uint64_t seed = GENERATE(0ull, 1ull, 0xfedcba9876543210ull);
  const std::uint64_t first = GENERATE(0ull, 5ull, (1ull << 32) - 100, (1ull << 63) + 12345);
  const auto one_by_one = bits_of(detail::fill_uniforms, seed, first);
  CHECK(bits_of(detail::widest_uniform_fill(), seed, first) == one_by_one);
#if defined(__x86_64__) && defined(__GNUC__)
  CHECK(bits_of(detail::fill_uniforms_sse2, seed, first) == one_by_one);
  if (detail::has_four_lanes()) CHECK(bits_of(detail::fill_uniforms_avx2, seed, first) == one_by_one);
  if (detail::has_eight_lanes()) CHECK(bits_of(detail::fill_uniforms_avx512, seed, first) == one_by_one);
#endif
}

TEST_CASE("A stream of numbers is the numbers of entities 0, 1, 2, …, two of each") {
  random_stream stream(20220915, 3, 9u);
  const random_source source(20220915, 3);
  for (std::uint64_t entity = 0; entity < 1000; ++entity) {
    for (const double u : source.uniforms(entity, 9u)) REQUIRE(std::bit_cast<std::uint64_t>(stream()) == std::bit_cast<std::uint64_t>(u));
  }
}

TEST_CASE("A stream of exponentials is the logarithm of the stream of numbers with its name") {
  exponential_stream fast(20220915, 3, 9u);
  random_stream numbers(20220915, 3, 9u);
  for (int i = 0; i < 100'000; ++i)
    REQUIRE(std::bit_cast<std::uint64_t>(fast()) == std::bit_cast<std::uint64_t>(exponential(numbers(), 1.0)));
}
