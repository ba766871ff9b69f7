// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_RETURN_VISITS_HPP
#define SIFANG_RECEPTION_RETURN_VISITS_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/petition/guards.hpp"
#include "sifang/petition/text.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sifang {

/// Why a return visit (上门回访) is owed.
enum class return_trigger : std::uint8_t {
  closed_unsettled,  ///< R27: closed in procedure, the petitioner has not settled
  rebounded,         ///< R28: settled, then petitioned again
};
template <>
inline constexpr std::string_view names_of<return_trigger>[] = {"closed_unsettled", "rebounded"};
template <>
inline constexpr bilingual texts_of<return_trigger>[] = {{"closed in procedure, not settled", "程序性办结而未息诉"},
                                                         {"settled, then rebounded", "息诉后反弹"}};

/// Why a petitioner has not settled, or comes again after all (反弹原因, R30). The article names no list: these are inferred.
enum class unsettled_reason : std::uint8_t {
  promise,    ///< what was promised in the reply has not been carried out
  hardship,   ///< hardship in life, whatever the reply says
  new_facts,  ///< facts that nobody has looked at yet
  attitude,   ///< how they were treated
  outcome,    ///< the outcome itself
};
template <>
inline constexpr std::string_view names_of<unsettled_reason>[] = {"promise", "hardship", "new_facts", "attitude", "outcome"};
template <>
inline constexpr bilingual texts_of<unsettled_reason>[] = {{"promise not carried out", "承诺事项未兑现"},
                                                           {"hardship in life", "生活困难"},
                                                           {"new facts", "出现新情况"},
                                                           {"how they were treated", "对工作作风和服务不满"},
                                                           {"not content with the outcome", "对处理结果不满"}};

/// What a reason asks for once it is known (R30).
enum class remedy : std::uint8_t {
  action,   ///< the unit must act: handled anew
  help,     ///< help in hardship (困难帮扶)
  apology,  ///< an apology, and better manners (人文关怀)
  talk,     ///< somebody who listens and explains (释法明理)
};
/// The table of it.
[[nodiscard]] constexpr remedy remedy_of(unsettled_reason why) noexcept {
  switch (why) {
    case unsettled_reason::promise:
    case unsettled_reason::new_facts:
      return remedy::action;
    case unsettled_reason::hardship:
      return remedy::help;
    case unsettled_reason::attitude:
      return remedy::apology;
    case unsettled_reason::outcome:
      break;
  }
  return remedy::talk;
}

/// Hands out days for return visits: each owner has so many a week, first come first served.
///
/// Keeps one week and one count an official; a request is O(1). Requests of one owner must not go back
/// in time by more than the week last handed out, which holds when they are made in order of time.
class return_visit_book {
 public:
  /// Forgets all visits; keeps its memory.
  template <class = when_called>
  void reset(std::size_t officials, int visits_per_week) {
    weeks_.assign(officials, {});
    per_week_ = visits_per_week;
  }

  /// First day on or after `due` in a week in which the owner still has a visit left. The weekday of `due` is kept.
  /// Nothing, and no visit is taken, if owners make no visits or that day is after `last`.
  template <class = when_called>
  [[nodiscard]] std::optional<day> book(official_id owner, day due, day last = last_day_allowed) {
    if (per_week_ <= 0) return std::nullopt;
    auto& slot = weeks_[owner.index()];
    const std::int32_t wanted = week_of(due);
    if (wanted > slot.week) slot = {wanted, 0};
    if (slot.used >= per_week_) slot = {slot.week + 1, 0};
    const day found = due + calendar_days(7 * (slot.week - wanted));
    if (found > last) return std::nullopt;
    ++slot.used;
    return found;
  }

 private:
  struct week_slot {
    std::int32_t week = -1, used = 0;
  };
  [[nodiscard]] static constexpr std::int32_t week_of(day d) noexcept { return (d.since_1970() + 3) / 7; }

  std::vector<week_slot> weeks_;
  int per_week_ = 0;
};

}  // namespace sifang

#endif
