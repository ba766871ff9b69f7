// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_ID_HPP
#define SIFANG_CORE_ID_HPP

#include "sifang/core/assert.hpp"

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <type_traits>
#include <utility>

namespace sifang {

namespace detail {
/// No constant expression, so that a constant of an index that no id has does not compile.
inline void index_that_no_id_has() noexcept {}
}  // namespace detail

/// Index of one thing of one kind; ids of different kinds do not convert into one another.
///
/// `Tag` is any type, usually an incomplete one, that names the kind. A default-made id is invalid.
template <class Tag>
class basic_id {
 public:
  using value_type = std::uint32_t;  ///< the largest value stands for "none"

  constexpr basic_id() noexcept = default;
  /// From a whole number alone: an index with a fraction, or one that is a truth value, does not compile.
  /// \pre 0 <= index < 2³²-1; asserted. In a program without assertions any other index makes an invalid id.
  template <std::integral Index>
  requires(!std::same_as<Index, bool>) explicit constexpr basic_id(Index index) noexcept
      : value_(is_index(index) ? static_cast<value_type>(index) : none) {
    if (std::is_constant_evaluated() && !is_index(index)) detail::index_that_no_id_has();
    SIFANG_ASSERT(is_index(index));
  }

  /// Position in the table of all things of this kind.
  [[nodiscard]] constexpr std::size_t index() const noexcept { return value_; }
  /// The index as it is stored, 4 bytes; the largest value if invalid.
  [[nodiscard]] constexpr value_type value() const noexcept { return value_; }
  /// Whether it names anything; not whether a table is long enough for it.
  [[nodiscard]] constexpr bool valid() const noexcept { return value_ != none; }
  explicit constexpr operator bool() const noexcept { return valid(); }

  friend constexpr auto operator<=>(basic_id, basic_id) noexcept = default;

 private:
  static constexpr value_type none = (std::numeric_limits<value_type>::max)();
  template <class Index>
  [[nodiscard]] static constexpr bool is_index(Index index) noexcept {
    return std::in_range<value_type>(index) && static_cast<value_type>(index) != none;
  }
  value_type value_ = none;
};

using unit_id = basic_id<struct unit_tag>;          ///< a unit of the hierarchy
using official_id = basic_id<struct official_tag>;  ///< a post, never a person's name
using category_id = basic_id<struct category_tag>;  ///< a subject of petitions
using case_id = basic_id<struct case_tag>;          ///< a petition matter under way
using session_id = basic_id<struct session_tag>;    ///< a dated reception session

}  // namespace sifang

template <class Tag>
struct std::hash<sifang::basic_id<Tag>> {
  [[nodiscard]] std::size_t operator()(sifang::basic_id<Tag> id) const noexcept { return id.index(); }
};

#endif
