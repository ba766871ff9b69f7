// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_HISTORIES_GUARANTEES_HPP
#define SIFANG_COUNTY_HISTORIES_GUARANTEES_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/world.hpp"
#include "sifang/petition/case_record.hpp"

#include <cstdint>

namespace sifang {

/// Who answers for each of the three guarantees of an owned case (R14). The article does not expand them; here whoever is linked to the
/// village knows how things stand, who heads the township counsels, and the owner resolves [I]. Where a village has no such person the
/// township's head knows, and where there is no head the owner stands for both: each guarantee of an owned case has its person, and
/// none of one that nobody owns. Constant time.
/// \param village  position among `world::villages`
template <class = when_called>
[[nodiscard]] inline three_guarantees guarantees_of(const world& w, std::uint32_t village, official_id owner) {
  if (!owner.valid()) return {};
  const village_site& site = w.villages()[village];
  const official_id head = w.offices()[w.townships()[site.township].office].head;
  const official_id counsels = head.valid() ? head : owner;
  return {{site.member.valid() ? site.member : counsels, counsels, owner}};
}

}  // namespace sifang

#endif
