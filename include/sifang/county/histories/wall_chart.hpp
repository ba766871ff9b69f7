// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_HISTORIES_WALL_CHART_HPP
#define SIFANG_COUNTY_HISTORIES_WALL_CHART_HPP

#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/reception/campaign.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sifang {

/// An item of public sentiment on the wall chart, and what became of it.
struct charted_item {
  sentiment_item item;              ///< as it was found
  std::optional<day> done,          ///< if it was
      struck_off;                   ///< if it was
  bool against_the_target = false;  ///< struck off as it was done (R26)
};

/// An observer that keeps the wall chart (挂图作战) of a replication: every item of public sentiment that needs handling, by number.
class wall_chart {
 public:
  /// What it is told.
  static constexpr auto hooks = sifang::hooks<hook::started, hook::item_found, hook::item_done, hook::item_struck_off>;

  /// In the order in which they were found.
  [[nodiscard]] std::span<const charted_item> items() const noexcept { return detail::span_of(items_); }

  /// The hooks, as `observer_list` tells them. @{
  void started(const world&, std::uint32_t) { items_.clear(); }
  void item_found(day, const sentiment_item& i, std::size_t) { items_.push_back({i, {}, {}, false}); }
  void item_done(day d, const sentiment_item& i) { items_[i.number].done = d; }
  void item_struck_off(day d, const sentiment_item& i, bool done) {
    items_[i.number].struck_off = d;
    items_[i.number].against_the_target = done;
  }
  /// @}

 private:
  std::vector<charted_item> items_;
};

}  // namespace sifang

#endif
