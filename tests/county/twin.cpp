// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "random_county.hpp"
#include "twin.hpp"
#include "twin_compare.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::twin::chronicle;
using sifang_tests::twin::first_difference;
using sifang_tests::twin::line;

namespace {

[[nodiscard]] std::vector<line> as_the_engine_tells(const world& w, std::uint32_t number) {
  replication<policies<>, chronicle> r(w, {}, {});
  (void)r.run(number);
  return r.observer().lines;
}
[[nodiscard]] std::vector<line> as_the_twin_tells(const world& w, std::uint32_t number) {
  return sifang_tests::twin::year(w, number).play();
}
/// \returns how many lines both tell
std::size_t compare(const world& w, std::uint32_t number = 0) {
  const std::vector<line> engine = as_the_engine_tells(w, number);
  const auto difference = first_difference(engine, as_the_twin_tells(w, number));
  if (difference) FAIL_CHECK(*difference);
  return engine.size();
}

}  // namespace

TEST_CASE("The twin tells the same year of 200 random counties") {
  std::size_t lines = 0;
  for (std::uint64_t county = 0; county < 200; ++county) {
    INFO("county " << county);
    lines += compare(sifang_tests::random_world(county));
  }
  WARN(lines);
}
TEST_CASE("wide") {
  std::size_t lines = 0, faults = 0; std::size_t from = getenv("FROM") ? std::strtoul(getenv("FROM"), nullptr, 10) : 0, n = getenv("NUM") ? std::strtoul(getenv("NUM"), nullptr, 10) : 200;
  for (std::uint64_t county = from; county < from + n; ++county) {
    INFO("county " << county);
    try { const world w = sifang_tests::wide_random_world(county);
    lines += compare(w); } catch (const std::exception& e) { ++faults; if (faults < 10) WARN(e.what()); }
  }
  WARN(lines << " faults " << faults);
}
