// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_KINDS_HPP
#define SIFANG_PETITION_KINDS_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <compare>
#include <map>

/// \file
/// The kinds of petition that statistics tell apart (DOMAIN 2.3).

namespace sifang {

using petitioner_id = basic_id<struct petitioner_tag>;  ///< a person, or a group that petitions as one
using matter_id = basic_id<struct matter_tag>;          ///< what the petition is about

/// What makes two registrations the same petition: who, and about what. Level and channel do not matter.
struct petition_key {
  petitioner_id petitioner;  ///< the group itself where a group petitions
  matter_id matter;          ///< the same at whatever level it is brought up

  friend constexpr auto operator<=>(const petition_key&, const petition_key&) noexcept = default;
};

/// All registrations of the whole system, so that the first of each key is told from its repeats.
class petition_register {
 public:
  /// Registers once more. \returns whether it is initial (初次信访). \complexity log n
  template <class = when_called>
  bool add(const petition_key& key) {
    return ++counts_[key] == 1;
  }

  /// How often the key has been registered.
  template <class = when_called>
  [[nodiscard]] int count(const petition_key& key) const {
    const auto found = counts_.find(key);
    return found == counts_.end() ? 0 : found->second;
  }

 private:
  std::map<petition_key, int> counts_;
};

inline constexpr int group_threshold = 5;          ///< persons that make a group visit (集体访)
inline constexpr int most_representatives = 5;     ///< persons of a group who speak (L9)
inline constexpr int levels_without_skipping = 1;  ///< own level and one above (L8)

/// Whether so many visitors with one matter count as a group (集体访).
[[nodiscard]] constexpr bool is_group_size(int persons) noexcept { return persons >= group_threshold; }

/// How many of so many persons speak; the head-count remains the statistic (L9).
[[nodiscard]] constexpr int representatives(int persons) noexcept { return std::clamp(persons, 0, most_representatives); }

/// Whether a visit skips a level (越级走访): higher than one above the competent unit's own (L8).
///
/// Ranks grow upwards by one a level: village, township, county, city, …; only their difference counts.
[[nodiscard]] constexpr bool is_skipping(int competent_rank, int visited_rank) noexcept {
  return visited_rank - competent_rank > levels_without_skipping;
}

/// From when an open case is long-pending (积案). Local policy; either is enough.
struct long_pending_cutoff {
  calendar_days age{180};  ///< since registration
  int repeats = 3;         ///< later registrations of the same key

  /// Whether age or repeats are at the cutoff or beyond; that the case is open is for the caller to know.
  [[nodiscard]] constexpr bool reached(calendar_days since_registration, int times_repeated) const noexcept {
    return since_registration >= age || times_repeated >= repeats;
  }
};

}  // namespace sifang

#endif
