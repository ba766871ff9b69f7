// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <rapidcheck.h>

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

/// Gaps and services that meet often, some of them zero; or of any length.
template <class Time>
struct uneven_source {
  random_stream random;
  double load;
  arrival<Time> operator()() {
    if constexpr (std::is_integral_v<Time>) {
      return {static_cast<Time>(random() * 5), static_cast<Time>(random() * 5 * load), 0};
    } else {
      return {exponential(random(), 1.0), exponential(random(), load), 0};
    }
  }
};

template <class Time>
std::vector<double> all_of(const station<Time, uneven_source<Time>>& s) {
  const station_record<Time>& r = s.record();
  std::vector<double> out{static_cast<double>(r.started), static_cast<double>(r.delayed), static_cast<double>(r.left), r.wait_square_sum};
  for (const Time t : {r.wait_sum, r.waiting_area, r.present_area, r.stay_sum, r.opened, r.closed, s.now()})
    out.push_back(static_cast<double>(t));
  if (r.started > 0) out.push_back(r.tail(0));
  out.push_back(static_cast<double>(s.waiting()));
  out.push_back(static_cast<double>(s.serving()));
  return out;
}

/// Plays the same on a station with one line and on one with two of which one is never used: this needs the event queue.
template <class Time>
void same_as_by_events(std::uint64_t seed, double load, const std::vector<std::pair<std::uint8_t, std::uint8_t>>& steps) {
  const std::array<Time, 1> tails{Time{3}};
  const auto made = [&](std::uint32_t ranks) {
    return station<Time, uneven_source<Time>>(station_shape{1, queue_order::first_come, ranks}, {random_stream(seed, 0, 0u), load},
                                              station_record<Time>(std::span<const Time>(tails)));
  };
  auto one = made(1), two = made(2);
  for (const auto& [what, how] : steps) {
    for (auto* s : {&one, &two}) {
      switch (what % 5) {
        case 0:
          s->run(how);
          break;
        case 1:
          s->run(100u * how);
          break;
        case 2:
          s->run_until(s->now() + static_cast<Time>(how) / Time{4});
          break;
        case 3:
          s->close();
          break;
        default:
          how < 20 ? s->reset({random_stream(seed, how, 0u), load}) : s->open();
          break;
      }
    }
    RC_ASSERT(all_of(one) == all_of(two));
  }
}

}  // namespace

TEST_CASE("One server with one line: the record of the station with an event queue, to the last bit") {
  CHECK((rc::check("times are numbers",
                   [](std::uint64_t seed, std::uint8_t load, const std::vector<std::pair<std::uint8_t, std::uint8_t>>& steps) {
                     same_as_by_events<double>(seed, (load % 12 + 1) / 10.0, steps);
                   })));
  CHECK((rc::check("times are whole and meet",
                   [](std::uint64_t seed, std::uint8_t load, const std::vector<std::pair<std::uint8_t, std::uint8_t>>& steps) {
                     same_as_by_events<std::int64_t>(seed, (load % 12 + 1) / 10.0, steps);
                   })));
}
