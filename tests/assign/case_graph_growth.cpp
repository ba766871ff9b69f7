// SPDX-License-Identifier: BSL-1.0
#include "sifang/assign/case_graph.hpp"

#include "allocation.hpp"
#include "autumn.hpp"
#include "catch.hpp"

#include <cstddef>
#include <cstdint>

using namespace sifang;
using namespace sifang_tests;

namespace {

struct cost {
  double allocations = 0, bytes = 0;  // for each event
};

/// Adds `n` events and divides what was asked of the memory by them.
template <class Event>
cost of_each(std::size_t n, Event event) {
  const std::uint64_t calls = allocations(), size = allocated_bytes();
  case_graph g;
  for (std::size_t i = 0; i < n; ++i) event(g, i);
  REQUIRE(boost::num_edges(g.graph()) >= n);
  const auto per = [&](std::uint64_t after, std::uint64_t before) { return static_cast<double>(after - before) / static_cast<double>(n); };
  return {per(allocations(), calls), per(allocated_bytes(), size)};
}

/// Whatever is copied while vectors grow was handed out first, so bytes bound the work of growing. A vector that
/// doubles is between half and quite full, hence the factor of 2; anything that grew with n would be at 64 here.
template <class Event>
void check_constant(Event event) {
  const cost few = of_each(1000, event), many = of_each(64000, event);
  CHECK(many.bytes <= 2 * few.bytes);
  CHECK(many.allocations <= 2 * few.allocations);
}

}  // namespace

TEST_CASE("adding an event costs the same however many there are") {
  const auto minute = [](std::size_t i) { return instant(static_cast<std::int32_t>(i)); };
  SECTION("each about a new case") {
    check_constant([&](case_graph& g, std::size_t i) { g.own(case_id(i), official_id(i % 40), minute(i)); });
  }
  SECTION("all about one case, told backwards in time") {
    check_constant([&](case_graph& g, std::size_t i) { g.receive(demolition, official_id(i % 40), minute(100000 - i)); });
  }
  SECTION("transfers between a few units") {
    check_constant([&](case_graph& g, std::size_t i) { g.transfer(case_id(i % 100), unit_id(i % 7), unit_id(i % 11), minute(i)); });
  }
  SECTION("each from a new petitioner about a new case, with its category") {
    check_constant([&](case_graph& g, std::size_t i) {
      g.classify(case_id(i), category_id(i % 9), door::appointment);
      g.visit(case_id(i), petitioner_id(i), minute(i));
    });
  }
}
