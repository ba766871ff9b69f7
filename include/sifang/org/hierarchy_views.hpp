// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_HIERARCHY_VIEWS_HPP
#define SIFANG_ORG_HIERARCHY_VIEWS_HPP

#include "sifang/core/id.hpp"
#include "sifang/org/hierarchy.hpp"

#include <range/v3/view/filter.hpp>

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

/// \file
/// What selects units from a listing of a hierarchy, after a `|`:
///
///     tree.subtree(county) | of_kind(tree, unit_kind::village) | where(tree, &unit::population, [](double p) { return p > 2000; })
///
/// Each is a filter of range-v3: lazy, without an allocation, forward if the listing is. A filter remembers its
/// beginning, so a view is held in a variable that is not const. The tree outlives the view.

namespace sifang {

/// Units for which `predicate` holds of the payload, or of a part of it.
/// \param projection  a member of the payload, or a function of it
template <class Payload, class Projection, class Predicate>
[[nodiscard]] auto where(const hierarchy<Payload>& tree, Projection projection, Predicate predicate) {
  return ranges::views::filter([&tree, projection = std::move(projection), predicate = std::move(predicate)](unit_id u) -> bool {
    return std::invoke(predicate, std::invoke(projection, tree[u]));
  });
}
/// Units for whose payload `predicate` holds.
template <class Payload, std::predicate<const Payload&> Predicate>
[[nodiscard]] auto where(const hierarchy<Payload>& tree, Predicate predicate) {
  return where(tree, std::identity{}, std::move(predicate));
}

/// Units whose payload's `kind` is this one.
template <class Payload>
[[nodiscard]] auto of_kind(const hierarchy<Payload>& tree, decltype(Payload::kind) kind) {
  return where(tree, &Payload::kind, [kind](const auto& k) { return k == kind; });
}

/// Units so many steps from the root. All of one depth below a unit are listed faster by `hierarchy::layer`.
template <class Payload>
[[nodiscard]] auto at_depth(const hierarchy<Payload>& tree, int depth) {
  return ranges::views::filter([&tree, depth](unit_id u) { return tree.depth(u) == depth; });
}

/// Units with nothing below them.
template <class Payload>
[[nodiscard]] auto leaves(const hierarchy<Payload>& tree) {
  return ranges::views::filter([&tree](unit_id u) { return tree.children(u).empty(); });
}

// A tree that is about to go cannot be looked at later.
template <class Payload, class... Rest>
void where(hierarchy<Payload>&& tree, Rest...) = delete;
template <class Payload, class Kind>
void of_kind(hierarchy<Payload>&& tree, Kind) = delete;
template <class Payload>
void at_depth(hierarchy<Payload>&& tree, int) = delete;
template <class Payload>
void leaves(hierarchy<Payload>&& tree) = delete;

}  // namespace sifang

#endif
