// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_APPOINTMENTS_HPP
#define SIFANG_RECEPTION_APPOINTMENTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sifang {

/// The two instruments of an appointment visit (R20): 专题协调会、现场办公会.
enum class meeting_kind : std::uint8_t {
  coordination,  ///< special coordination meeting
  on_site,       ///< on-site office meeting
};
template <>
inline constexpr std::string_view names_of<meeting_kind>[] = {"coordination", "on_site"};
template <>
inline constexpr bilingual texts_of<meeting_kind>[] = {{"coordination meeting", "专题协调会"}, {"on-site office meeting", "现场办公会"}};

/// Where an appointment visit goes (R19).
enum class field_place : std::uint8_t {
  township,    ///< 乡镇(街道): a coordination meeting at its seat
  village,     ///< 村(社区): where the petitioner lives
  enterprise,  ///< 企业: that the matter concerns
  project,     ///< 项目: the site that the matter concerns
};
template <>
inline constexpr std::string_view names_of<field_place>[] = {"township", "village", "enterprise", "project"};
template <>
inline constexpr bilingual texts_of<field_place>[] = {
    {"township or street", "乡镇（街道）"}, {"village or community", "村（社区）"}, {"enterprise", "企业"}, {"project", "项目"}};

/// A duty away from the office that is no session: what can be put off to another day.
enum class field_duty : std::uint8_t { irregular_visit, appointment, return_visit };
template <>
inline constexpr std::string_view names_of<field_duty>[] = {"irregular_visit", "appointment", "return_visit"};

/// An open case as the monthly analysis (分析研判, R16) sees it.
struct issue_candidate {
  std::uint32_t who = 0;  ///< the caller's own index of the case
  calendar_days age{};    ///< since registration
  int repeats = 0;        ///< later registrations of the same matter
  int persons = 1;        ///< persons who petition
  official_id leader;     ///< leader linked to the township or in charge of the department (R18)
  double salience = 0;    ///< set by `make_issue_list`
};

/// What makes a matter a strongly felt problem or a backlog case (R15).
struct issue_weights {
  calendar_days long_pending_age{180};  ///< age at which a case is a backlog case (积案)
  int long_pending_repeats = 3;         ///< or so many repeats
  double per_group_visit = 0.5;         ///< five persons or more
  double lesser = 0.25;                 ///< of age and repeats, how much the lesser adds
  double least = 0;                     ///< what presses less is not listed
};

/// How much a case presses: 1 at either cutoff of a long-pending case (积案), more beyond.
[[nodiscard]] constexpr double salience(const issue_candidate& c, const issue_weights& w) noexcept {
  const double age = static_cast<double>(c.age.count) / (std::max)(w.long_pending_age.count, 1);
  const double repeats = static_cast<double>(c.repeats) / (std::max)(w.long_pending_repeats, 1);
  return (std::max)(age, repeats) + w.lesser * (std::min)(age, repeats) + (c.persons >= 5 ? w.per_group_visit : 0.0);
}

/// One item of the issue list (问题清单, R17): an appointment case (约访案源) of one leader on one field day.
struct appointment {
  std::uint32_t who = 0;  ///< `issue_candidate::who`
  official_id leader;     ///< whose item it is
  int field_day = 0;      ///< 0, 1, … of this leader this month
};

/// Makes the issue list and hands each item to its leader, most pressing first (R16-R18).
///
/// At most `list_length` items, none that presses less than `weights.least`; a leader takes `field_days × per_day`, and what does not fit
/// stays for the next analysis. Cases without a leader are left out. \param candidates  reordered; of two that press alike the lower index
/// comes first \param taken       one zeroed entry an official; on return the items each has \complexity n + k log n for a list that k
/// candidates fill
template <class = when_called>
inline void make_issue_list(std::span<issue_candidate> candidates, const issue_weights& weights, int list_length, int field_days,
                            int per_day, std::span<std::int32_t> taken, std::vector<appointment>& list) {
  list.clear();
  for (issue_candidate& c : candidates) c.salience = salience(c, weights);
  const auto presses_less = [](const issue_candidate& a, const issue_candidate& b) {
    return a.salience != b.salience ? a.salience < b.salience : a.who > b.who;
  };
  std::make_heap(candidates.begin(), candidates.end(), presses_less);
  for (; !candidates.empty() && static_cast<int>(list.size()) < list_length; candidates = candidates.first(candidates.size() - 1)) {
    std::pop_heap(candidates.begin(), candidates.end(), presses_less);
    const issue_candidate& c = candidates.back();
    if (c.salience < weights.least) return;
    if (!c.leader.valid()) continue;
    SIFANG_ASSERT(c.leader.index() < taken.size());
    auto& load = taken[c.leader.index()];
    if (load >= field_days * per_day) continue;
    list.push_back({c.who, c.leader, static_cast<int>(load) / (std::max)(per_day, 1)});
    ++load;
  }
}

}  // namespace sifang

#endif
