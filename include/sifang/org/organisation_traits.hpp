// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_ORGANISATION_TRAITS_HPP
#define SIFANG_ORG_ORGANISATION_TRAITS_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

/// \file
/// What an organisation of one's own has to say of itself: its units, posts and relations, and four rules over them.
///
///     struct office_traits {
///       using unit_type = office;               // has a `name` and a `kind`, an enumeration with names
///       using official_type = officer;          // begins with `post`, `title`, `rank`, an enumeration with names, and `unit`
///       using relation_type = office_relation;  // enumeration with names
///       static constexpr bool may_stand_below(office_kind child, office_kind parent);
///       static constexpr bool may_sit(office_role rank, office_relation how, office_kind where);
///       static constexpr sifang::holder_range holders(office_relation how, office_kind where);
///       static constexpr sifang::peer_scope peers(office_role rank, office_kind where);
///     };
///
/// `county_traits` is the instance that ships; `examples/ombudsman.cpp` has another.

namespace sifang {

/// How many officials may stand in one relation to one unit, counting those who may sit there by it.
struct holder_range {
  std::size_t least = 0;                                         ///< fewer are too few
  std::size_t most = (std::numeric_limits<std::size_t>::max)();  ///< more are too many
  /// Whether so many are right.
  [[nodiscard]] constexpr bool covers(std::size_t n) const noexcept { return least <= n && n <= most; }
};

/// Who of the same role can stand in for an official.
enum class peer_scope : std::uint8_t {
  nobody,     ///< there is no substitute
  unit,       ///< those of the same unit
  everybody,  ///< all of the role whose units have this scope too
};

/// The kinds of unit of an organisation: the type of its units' `kind`.
template <class Traits>
using unit_kind_of = std::remove_cvref_t<decltype(std::declval<const typename Traits::unit_type&>().kind)>;

/// The roles of an organisation: the type of its officials' `rank`.
template <class Traits>
using role_of = std::remove_cvref_t<decltype(std::declval<const typename Traits::official_type&>().rank)>;

/// What `basic_organisation` wants to know: three types, and four static functions that are to answer alike every time.
///
/// - `may_stand_below(child, parent)`: whether a unit of one kind may stand directly below one of another
/// - `may_sit(rank, how, where)`: whether an official of a role may sit at a unit of a kind to which they stand so
/// - `holders(how, where)`: how many who may sit by a relation a unit of a kind has to have, and may have
/// - `peers(rank, where)`: who may stand in for an official of a role whose post is at a unit of a kind
template <class Traits>
concept organisation_traits = requires {
  typename Traits::unit_type;
  typename Traits::official_type;
  typename Traits::relation_type;
}
&&requires(const typename Traits::unit_type& unit) {
  { unit.name } -> std::convertible_to<const std::string&>;
  unit.kind;
}
&&requires(const typename Traits::official_type& official) {
  { official.post } -> std::convertible_to<const std::string&>;
  { official.title } -> std::convertible_to<const std::string&>;
  official.rank;
  { official.unit } -> std::convertible_to<unit_id>;
}
&&named_enum<unit_kind_of<Traits>>&& named_enum<role_of<Traits>>&& named_enum<typename Traits::relation_type>&& requires(
    unit_kind_of<Traits> kind, role_of<Traits> rank, typename Traits::relation_type how, std::string text, unit_id unit) {
  {typename Traits::official_type{text, text, rank, unit}};
  { Traits::may_stand_below(kind, kind) } -> std::same_as<bool>;
  { Traits::may_sit(rank, how, kind) } -> std::same_as<bool>;
  { Traits::holders(how, kind) } -> std::same_as<holder_range>;
  { Traits::peers(rank, kind) } -> std::same_as<peer_scope>;
};

}  // namespace sifang

#endif
