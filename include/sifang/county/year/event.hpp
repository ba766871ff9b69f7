// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_EVENT_HPP
#define SIFANG_COUNTY_YEAR_EVENT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"

#include <algorithm>
#include <cstdint>

namespace sifang {

/// What can fall due in a year. The order decides between events of one minute.
enum class happening : std::uint8_t {
  emerge,          ///< a silent grievance comes forward by itself
  arrive,          ///< a petitioner turns to the system
  found,           ///< the campaign finds a silent grievance
  heard,           ///< an interview ends
  routed,          ///< a clerk has routed the matter
  objected,        ///< the unit says that it is not competent
  accepted,        ///< the unit tells the petitioner that it accepts
  work_done,       ///< a handler has finished a round of work
  wait_over,       ///< what the handler waited for has come
  extension,       ///< last call for an extension
  decide,          ///< the petitioner decides about the reply
  window_ended,    ///< the time to ask for review or recheck has run out
  reviewed,        ///< the review opinion is given
  review_decide,   ///< the petitioner decides about the review
  rechecked,       ///< the recheck opinion is given
  meeting,         ///< an appointment visit
  return_visit,    ///< a return visit
  petition_again,  ///< the petitioner turns to the system once more
  write_instead,   ///< a petitioner who was not heard writes instead
  return_lapsed,   ///< a return visit that was due can be made no more
  withdrawn,       ///< the petitioner withdraws, has died or cannot be found
};

/// Whether a matter goes on by such an event, and would stand still without it: all but what comes on top.
[[nodiscard]] constexpr bool carries_on(happening what) noexcept {
  constexpr auto bit = [](happening h) { return 1u << static_cast<unsigned>(h); };
  constexpr unsigned on_top = bit(happening::heard) | bit(happening::extension) | bit(happening::meeting) | bit(happening::petition_again) |
                              bit(happening::write_instead) | bit(happening::withdrawn);
  return (on_top & bit(what)) == 0;
}

/// One event of a year.
struct sim_event {
  instant at;                                  ///< minute of the event
  happening what{};                            ///< what falls due
  std::uint32_t who = 0;                       ///< position of the matter
  std::uint32_t generation = 0;                ///< void if the matter has a later one
  static constexpr unsigned entity_bits = 27;  ///< of `who` in a key

  /// The order of one day's events as one number. \pre who < 2^27; asserted
  [[nodiscard]] constexpr std::uint64_t key_within(day d) const noexcept {
    SIFANG_ASSERT(who < 1u << entity_bits, "an entity below 2^27");
    return static_cast<std::uint64_t>((at - instant(d, minutes(0))).count) << 32 | static_cast<std::uint64_t>(what) << entity_bits | who;
  }
};

/// The later of two instants, and the larger of two numbers, without a branch: which it is, is chance to the processor. @{
[[nodiscard]] inline instant later(instant a, instant b) noexcept {
  const std::int32_t x = a.since_1970(), y = b.since_1970();
  return instant(x < y ? y : x);
}
[[nodiscard]] inline double larger(double a, double b) noexcept { return a < b ? b : a; }
/// @}
/// Days of luck as minutes, and as whole days in minutes; cut where no calendar reaches. @{
[[nodiscard]] inline minutes as_minutes(double days) noexcept {
  return minutes(static_cast<std::int32_t>((std::min)(days, 2000.0) * minutes_per_day));
}
[[nodiscard]] inline minutes whole_days(double days) noexcept {
  return minutes(static_cast<std::int32_t>((std::min)(days, 20000.0)) * minutes_per_day);
}
/// @}

}  // namespace sifang

#endif
