// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_RECORDED_ARRIVAL_HPP
#define SIFANG_COUNTY_RECORDED_ARRIVAL_HPP

#include "sifang/core/time.hpp"
#include "sifang/org/official.hpp"
#include "sifang/petition/category.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace sifang {

/// A position that is none.
inline constexpr std::uint32_t no_index = (std::numeric_limits<std::uint32_t>::max)();

/// A recorded case, looked up in the county.
struct recorded_arrival {
  day date;                                 ///< of registration
  minutes minute{};                         ///< minutes after midnight
  std::uint32_t village = 0,                ///< position among `world::villages`
      category = 0;                         ///< position among the categories
  sifang::channel channel{};                ///< by which it came in
  int persons = 1;                          ///< persons who petitioned
  std::optional<calendar_days> acceptance,  ///< days to acceptance, if recorded
      handling;                             ///< days from there to the reply, if recorded
  std::optional<bool> settled;              ///< in the end, if recorded
  std::string id;                           ///< of the case in its load
  std::uint32_t unit = no_index;            ///< position of the responsible unit among `world::offices`, if recorded
  official_id owner{};                      ///< who owns it, if recorded
  std::optional<grade> satisfaction{};      ///< with the responsible authority, if recorded
  bool repeat = false,                      ///< recorded as a repeat
      not_accepted = false,                 ///< the record tells of acceptances, and of none here, nor of what comes after
      not_replied = false,                  ///< the record tells of replies, and of none here, nor of settlement
      rated = false;                        ///< the record tells of ratings, here or elsewhere
};

/// Most days that a recorded case takes from one step to the next: a century.
inline constexpr calendar_days longest_recorded_step{36500};

}  // namespace sifang

#endif
