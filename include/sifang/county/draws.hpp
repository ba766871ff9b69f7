// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_DRAWS_HPP
#define SIFANG_COUNTY_DRAWS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/random/random.hpp"

#include <array>
#include <cstdint>

namespace sifang {

/// The name of every chance in a replication. A draw is a function of (seed, replication, entity,
/// purpose, index) and of nothing else (METHODS 2), so the same grievance has the same luck under
/// every policy.
///
/// Four draws in a row come from one block of random bits, 32 each: those that are needed together cost one
/// block (`named_draws::four`). New purposes go into free places or to the end: their numbers are part of
/// the results' bytes.
// clang-format off: a table
enum class draw : std::uint32_t {
  // entity: a grievance
  village,
  category,
  complexity,
  persistence,
  silent,
  claim,
  litigation,
  cross_department,
  simplified,
  local,
  channel,
  group,
  size,
  minute,
  silent_days,
  above,
  // entity: a grievance; index: attempt
  venue_choice = 16,
  come_back,
  screened,
  subject,  // index 0
  interview = 20,
  patience,
  arrival_minute,
  booked,
  // entity: a grievance; index: routing
  routing_work = 24,
  accept_days,
  misroute,
  misroute_found,
  misroute_unit,
  objection_agreed,
  objection_days,
  disputes,
  // entity: a grievance; index: round of handling × 64 + stage
  stage_work = 32,
  stage_wait,
  // entity: a grievance; index: round of handling
  settle = 36,
  mediation,
  opinion,
  decide_days,
  stages,
  ask_review,
  upheld,
  review_days,
  review_settle,
  ask_recheck,
  recheck_days,
  hearing,
  participation,
  authority_rating,
  bureau_rating,
  repeat_again,
  // entity: a grievance; index: number of the move, repeat, rebound, visit or meeting
  repeat_after = 52,
  repeat_channel,
  direct,
  leader_letter,
  rebound = 56,
  rebound_after,
  withdraws,
  withdraw_after,
  return_settle = 60,
  return_reopen,
  reason_found,
  help_given,
  instrument = 64,
  // entity: a grievance; index: month × 32 + visit
  turnout = 70,
  // entity: an official; index: a day
  on_spot = 71,  // index 0
  // entity: an official; index: number of the span of days ÷ 4; and the three after it, for four spans in a row
  absence = 72,
  // entity: a month; index: the visit
  irregular_day = 76,
  irregular_place,
  irregular_held,
  // entity: a day
  arrivals = 80,
  // entity: what a policy is asked about; index: which policy, how often it was asked, which number
  policy = 84,
  // entity: a grievance; index: name of a kind of session
  knows_session = 88,
  // entity: a grievance
  on_spot_again = 92,
  // entity: an official; index: number of the span of 365 days
  post_changes = 96,
  post_changes_on,
  // entity: a grievance; index: year of a campaign
  campaign_household = 112,
  campaign_found,
  campaign_minute,
  // entity: a township; index: a day of a campaign
  campaign_opinions = 116,
  campaign_items,
  // entity: a day of a campaign × 2^16 + township; index: number of the item in the township on that day
  item_village = 120,
  item_kind,
  item_days,
  // entity: a grievance; index: round of handling
  unsettled_reason = 124,
  field_place,  // index 0
  // entity: a day, or the number of a week since the first of a record
  resampled = 128,
  // entity: a grievance
  thinned = 132,
  // entity: the name of a parameter; replication: number of a draw of all that is not known
  unknown = 136,
};
// clang-format on

/// The draws of one replication.
class named_draws {
 public:
  /// The draws of replication `replication` under `seed`.
  constexpr named_draws(std::uint64_t seed, std::uint32_t replication) noexcept : source_(seed, replication) {}

  /// A number in (0, 1), a multiple of 2^-32 and a half: 1 − u is exact.
  [[nodiscard]] double operator()(std::uint64_t entity, draw purpose, std::uint32_t index = 0) const noexcept {
    const auto number = static_cast<std::uint32_t>(purpose);
    return unit(source_.block(entity, number / 4, index)[number % 4]);
  }
  /// The number that 32 random bits stand for.
  [[nodiscard]] static constexpr double unit(std::uint32_t bits) noexcept { return (bits + 0.5) * 0x1p-32; }
  /// This draw and the three after it. \pre the first of a block
  [[nodiscard]] std::array<double, 4> four(std::uint64_t entity, draw first, std::uint32_t index = 0) const noexcept {
    const auto number = static_cast<std::uint32_t>(first);
    SIFANG_ASSERT(number % 4 == 0);
    return source_.units(entity, number / 4, index);
  }

 private:
  random_source source_;
};

}  // namespace sifang

#endif
