// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CASE_RECORD_HPP
#define SIFANG_PETITION_CASE_RECORD_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/petition/life_cycle.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace sifang {

/// The three named duties of a case ("三包", R14). The article does not expand them, so they are numbered
/// here and labelled by `guarantee_labels`.
struct three_guarantees {
  std::array<official_id, 3> duty{};  ///< who answers for each; invalid where nobody does yet

  /// Every duty has somebody; one official may have several.
  [[nodiscard]] constexpr bool complete() const noexcept { return duty[0].valid() && duty[1].valid() && duty[2].valid(); }
};

/// What the three guarantees are called locally; the default is one of several readings.
struct guarantee_labels {
  /// Name of one duty in both languages.
  struct label {
    std::string en,  ///< English
        zh;          ///< Chinese, "包…"
  };
  /// In the order of `three_guarantees::duty`.
  std::array<label, 3> labels{{{"knows the situation", "包掌握情况"}, {"counsels and guides", "包教育疏导"}, {"resolves", "包解决化解"}}};

  /// The other common reading: mediate, resolve, keep calm.
  template <class = when_called>
  [[nodiscard]] static guarantee_labels mediate_resolve_calm() {
    return {{{{"mediates", "包调处"}, {"resolves", "包化解"}, {"keeps calm", "包稳控"}}}};
  }
};

/// How the legal process of a matter ended, if it did; decides whether it can be accepted again (L17, L18).
enum class legal_end : std::uint8_t { open, window_missed, recheck };

/// What is known of a petition matter (信访事项) now. Plain value; `case_history` keeps it true over time.
///
/// First come the facts of the registration, which the caller fills in; from `state` on the life cycle does.
struct case_record {
  case_id id;                                        ///< position among the matters of the run or file
  petition_key key;                                  ///< petitioner and matter: what makes a repeat
  unit_id place_unit;                                ///< 属地; may be missing
  unit_id matter_unit;                               ///< 属事; may be missing
  category_id category;                              ///< what it is about
  petition_type type = petition_type::claim;         ///< only a claim can go to review (L13)
  sifang::channel channel = sifang::channel::visit;  ///< by which the registration came in
  sifang::door door = sifang::door::open_reception;  ///< which of the four doors it came through
  int group_size = 1;                                ///< persons, all of them
  bool repeat = false;                               ///< its key was registered before, at any level or channel
  bool skip_level = false;                           ///< came in above one level over the competent unit (L8)
  bool from_above = false;                           ///< sent down by a higher level (L2)
  bool simplified = false;                           ///< simplified handling (L19)
  std::optional<case_id> attached_to;                ///< earlier case that a refused registration is attached to (row 3)

  case_state state = case_state::none;        ///< where it stands in the table
  day registered;                             ///< day of `arrive`; the age of the case counts from it
  official_id owner;                          ///< 包案领导; exactly one once received (R12, R13)
  three_guarantees guarantees;                ///< who answers for what (R14)
  unit_id routed_to;                          ///< unit that the matter was sent to
  unit_id handling_unit;                      ///< unit that accepted it; who owns and who handles are different facts
  std::optional<verdict> opinion;             ///< of the last reply or review; none before the first
  std::optional<other_route> diverted_to;     ///< only when `diverted` (row 2)
  std::optional<refusal_ground> refused_for;  ///< only when `not_accepted` (row 3)
  legal_end law = legal_end::open;            ///< only a return visit that finds new facts opens it again
  bool long_pending = false;                  ///< 积案; stays for good
  clock_set missed;                           ///< duties that were late; none is ever taken out again
  int bounces = 0;                            ///< times a unit objected and the matter came back
  int repeats = 0;                            ///< later registrations of the same key, rebounds included
  int rebounds = 0;                           ///< times settled and petitioned again (反弹)
  bool peace_broken = false;                  ///< settled in the file alone: rebounded, and nobody came (row 26)
};

/// First registration of this matter by this petitioner (初次信访).
[[nodiscard]] constexpr bool is_initial(const case_record& c) noexcept { return !c.repeat; }
[[nodiscard]] constexpr bool is_repeat(const case_record& c) noexcept { return c.repeat; }                    ///< 重复信访
[[nodiscard]] constexpr bool is_group(const case_record& c) noexcept { return is_group_size(c.group_size); }  ///< 集体访
[[nodiscard]] constexpr bool is_skip_level(const case_record& c) noexcept { return c.skip_level; }            ///< 越级
[[nodiscard]] constexpr bool is_long_pending(const case_record& c) noexcept { return c.long_pending; }        ///< 积案
/// Some duty was late once; later completion does not wash it off.
[[nodiscard]] constexpr bool is_overdue(const case_record& c) noexcept { return !c.missed.empty(); }

/// The two ends of a case (案结事了, R31): closed on paper, and the grievance gone.
struct case_end {
  bool closed = false;          ///< nothing is owed now, by whichever way
  bool grievance_gone = false;  ///< the petitioner settled (息诉息访); closing alone does not do that
};
/// Which of the two ends the matter has come to by now.
[[nodiscard]] constexpr case_end end_of(const case_record& c) noexcept {
  return {is_closed(c.state), c.state == case_state::settled && !c.peace_broken};
}

/// On what ground a new registration of the same matter would not be accepted (row 3), or nothing.
/// Being heard is another thing: nobody is turned away before that (R10).
[[nodiscard]] constexpr std::optional<refusal_ground> refusal_after(const case_record& earlier) noexcept {
  if (earlier.law == legal_end::recheck) return refusal_ground::recheck_ended;
  if (earlier.law == legal_end::window_missed) return refusal_ground::window_missed;
  if (is_open(earlier.state)) return refusal_ground::in_progress;
  return std::nullopt;
}

}  // namespace sifang

#endif
