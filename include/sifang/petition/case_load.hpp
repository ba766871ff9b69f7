// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CASE_LOAD_HPP
#define SIFANG_PETITION_CASE_LOAD_HPP

#include "sifang/core/time.hpp"
#include "sifang/petition/category.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sifang {

/// One matter as a recorded case load has it: codes and names are the file's, not yet looked up.
///
/// What the record does not say is empty; a replay draws it instead. The last four are kept for whoever counts, shares or fits
/// the record: the simulation has units, owners, repeats and ratings of its own.
struct recorded_case {
  std::string id;                                    ///< as the record has it; names the matter in messages and results
  day date;                                          ///< of registration
  std::optional<minutes> time;                       ///< of that day
  std::string place_code;                            ///< code of the place unit (属地)
  std::string category;                              ///< name of the category
  sifang::channel channel = sifang::channel::visit;  ///< by which it came in
  int group_size = 1;                                ///< persons, at least 1
  std::optional<calendar_days> acceptance;           ///< from routing to acceptance
  std::optional<calendar_days> handling;             ///< from acceptance to reply
  std::optional<bool> settled;                       ///< whether the petitioner settled in the end
  std::optional<bool> repeat{};         ///< whether the record calls it a repeat (重复信访); replayed as a matter of its own
  std::string unit_code{};              ///< code of the responsible unit, where the record has one that is known
  std::string owner_post{};             ///< post of who owns the case (包案领导), never a name
  std::optional<grade> satisfaction{};  ///< what the petitioner said of the responsible authority
};

/// Matters that really came in, in the order of the record.
struct case_load {
  std::vector<recorded_case> cases;  ///< not sorted by date unless the record is
};

}  // namespace sifang

#endif
