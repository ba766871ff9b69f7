// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_POSTS_HPP
#define SIFANG_COUNTY_YEAR_POSTS_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/world.hpp"
#include "sifang/org/official.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sifang {

/// Posts that change hands: whoever leaves, the post stands vacant for a while, and the successor takes over every open case of it
/// (R13: ownership does not lapse). An `official_id` is the post, whoever is in it.
///
/// In each span of 365 days of a post, which begin on another day for another post, it changes hands once at the most, on any day alike on
/// which the vacancy ends in the same span: `posts.turnover_per_year` is the chance.
template <class State>
class year_posts {
 public:
  /// \param s  outlives the part
  explicit year_posts(State& s) noexcept : s_(&s) {}

  /// Everybody is in their post, but for those vacant on the first day; the changes of all years are drawn.
  /// \complexity linear in the officials and years
  void start() {
    changes_.clear();
    next_ = 0;
    const auto& setting = s_->setting().posts;
    if (setting.turnover_per_year <= 0) return;
    const world& w = *s_->county;
    const auto first = static_cast<std::uint32_t>(w.first().since_1970()), last = static_cast<std::uint32_t>(w.last().since_1970());
    const auto vacant = static_cast<std::uint32_t>(setting.vacant_days.count);
    came_.reserve(w.org().officials().size());
    changes_.reserve(2 * w.org().officials().size() * ((last - first) / span + 2));  // no replication needs more
    for (std::uint32_t i = 0; i < w.org().officials().size(); ++i) {
      const official_id who{std::size_t{i}};
      if (w.org()[who].rank > role::team_member) continue;
      const std::uint32_t shift = i * 7 % span;
      for (std::uint32_t number = (first + shift) / span; number <= (last + shift) / span; ++number) {
        const auto [changes, on, u2, u3] = s_->draws.four(i, draw::post_changes, number);
        if (changes >= setting.turnover_per_year) continue;
        const std::uint32_t left = number * span - shift + static_cast<std::uint32_t>(on * (span - vacant)), comes = left + vacant;
        if (vacant > 0 && comes > first && left <= last) changes_.push_back({(std::max)(left, first), who, true});
        if (comes >= first && comes <= last) changes_.push_back({comes, who, false});
      }
    }
    std::sort(changes_.begin(), changes_.end(),
              [](const change& a, const change& b) { return a.on != b.on ? a.on < b.on : a.who < b.who; });
  }
  /// Bytes that the part takes.
  [[nodiscard]] std::size_t bytes() const noexcept { return changes_.size() * sizeof(change); }

  /// A day begins: who has left is there no more, and who follows takes over the cases. \complexity linear in the open cases on a day on
  /// which somebody follows who finds some
  void begin() {
    came_.clear();
    const auto today = static_cast<std::uint32_t>(s_->date());
    for (; next_ < changes_.size() && changes_[next_].on == today; ++next_) {
      const auto [on, who, leaves] = changes_[next_];
      s_->vacant[who.index()] = leaves;
      s_->groups[who.index()] = leaves ? no_index - who.value() : s_->county->peers()[who.index()];
      s_->tell.post(s_->today, who, leaves);
      if (!leaves && s_->owned[who.index()] > 0) came_.push_back(who);
    }
    if (came_.empty()) return;
    for (std::uint32_t which : s_->open) {
      matter& m = s_->matters[which];
      if (std::find(came_.begin(), came_.end(), m.owner) == came_.end()) continue;
      m.odds += s_->setting().posts.handover_effect;
      s_->tell.taken_over(s_->today, m);
    }
  }

 private:
  static constexpr std::uint32_t span = 365;
  struct change {
    std::uint32_t on;  ///< day since 1970
    official_id who;
    bool leaves;  ///< or the successor comes
  };
  State* s_;
  std::vector<change> changes_;  ///< by day and post
  std::size_t next_ = 0;
  std::vector<official_id> came_;  ///< working memory: who has followed today, and finds cases
};

}  // namespace sifang

#endif
