// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_QUANTITY_HPP
#define SIFANG_STATS_QUANTITY_HPP

#include <cstdint>

namespace sifang {

/// Where an estimated quantity can be, and what it means that it was 0 all the time. It chooses the interval.
enum class quantity : std::uint8_t {
  number,        ///< anywhere on the line
  amount,        ///< not below 0: days, hours, a mean number
  count,         ///< so many events in each replication; not below 0
  share,         ///< ΣY of ΣN trials, between 0 and 1
  yearly_share,  ///< a share or an index that each replication gives as one number, between 0 and 1
};

}  // namespace sifang

#endif
