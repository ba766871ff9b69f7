// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CASE_LOAD_HPP
#define SIFANG_PETITION_CASE_LOAD_HPP

#include "sifang/petition/text.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/petition/category.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

/// What a replay takes from a record. They are never mixed up.
///
/// `predicted`: which matters arise, where, when and how. The county does the rest by the scenario, repeats too, so that rows that
/// the record calls repeats are left out.
///
/// `as_recorded`: an accounting check. What is recorded is not drawn, moved or added to: registration, acceptance, reply, settlement,
/// rating, unit, owner, initial or repeat. Repeats are rows of their own.
enum class replay_mode : std::uint8_t { predicted, as_recorded };
template <>
inline constexpr std::string_view names_of<replay_mode>[] = {"predicted", "as_recorded"};
template <>
inline constexpr bilingual texts_of<replay_mode>[] = {{"predicted", "预测"}, {"as recorded", "照录"}};
/// What of a record is drawn anew in each replication: nothing, each day, or each week as a whole.
enum class resampling : std::uint8_t { none, day, week };
template <>
inline constexpr std::string_view names_of<resampling>[] = {"none", "day", "week"};
template <>
inline constexpr bilingual texts_of<resampling>[] = {{"no resampling", "不重抽"}, {"by day", "按日"}, {"by week", "按周"}};

/// One matter as a recorded case load has it: codes and names are the file's, not yet looked up.
///
/// What the record does not say is empty; a replay draws it instead.
struct recorded_case {
  std::string id;                                    ///< as the record has it; names the matter in messages and results
  day date;                                          ///< of registration
  std::optional<minutes> time;                       ///< of that day
  std::string place_code;                            ///< code of the place unit (属地)
  std::string category;                              ///< name of the category
  sifang::channel channel = sifang::channel::visit;  ///< by which it came in
  int group_size = 1;                                ///< persons, at least 1
  std::optional<calendar_days> acceptance;           ///< from registration to acceptance
  std::optional<calendar_days> handling;             ///< from acceptance to reply
  std::optional<bool> settled;                       ///< whether the petitioner settled in the end
  std::optional<bool> repeat{};                      ///< whether the record calls it a repeat (重复信访)
  std::string unit_code{};                           ///< code of the responsible unit, where the record has one that is known
  std::string owner_post{};                          ///< post of who owns the case (包案领导), never a name
  std::optional<grade> satisfaction{};               ///< what the petitioner said of the responsible authority
};

/// Matters that really came in, in the order of the record.
struct case_load {
  std::vector<recorded_case> cases;  ///< not sorted by date unless the record is
};

}  // namespace sifang

#endif
