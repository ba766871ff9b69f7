// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PARAMETER_VISITOR_HPP
#define SIFANG_COUNTY_PARAMETER_VISITOR_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/parameter.hpp"
#include "sifang/county/scenario.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

/// \file
/// Whoever walks the table of parameters, by the types that fields have: so that the table, which is long, is compiled once and not anew
/// for every walk.

namespace sifang::detail {

template <class... Fields>
struct field_types {
  static constexpr std::size_t size = sizeof...(Fields);
  /// Place of a type; `size` if it is none of them.
  template <class Field>
  static constexpr std::size_t place = [] {
    std::size_t at = 0;
    (void)((std::is_same_v<Field, Fields> ? false : (++at, true)) && ...);
    return at;
  }();
  using call = void (*)(void* visitor, const parameter& p, void* field);
  /// How a visitor is called with a field of each type. \tparam Constant  whether it sees fields as const
  template <class Visitor, bool Constant>
  static constexpr std::array<call, size> calls{[](void* visitor, const parameter& p, void* field) {
    using seen = std::conditional_t<Constant, const Fields, Fields>;
    (*static_cast<Visitor*>(visitor))(p, *static_cast<seen*>(field));
  }...};
};

/// Every type that a field of a scenario's parameters has.
using parameter_fields =
    field_types<bool, int, double, std::uint64_t, std::string, day, minutes, calendar_days, working_days, std::array<double, 7>,
                std::array<double, 12>, std::vector<std::string>, std::vector<day>, std::vector<recurrence>, std::vector<relation>,
                std::vector<role>, std::vector<unit_kind>, catchment_rule, choice_model, closing_policy, collision_policy, day_convention,
                extension_rule, handling_rule, hot_spot_rule, ownership_rule, queue_rule, reception_rule, replay_mode, resampling,
                roster_rule, routing_rule, session_admission, session_closing, strike_off_rule, substitution_rule>;

/// A visitor of any type behind one.
class parameter_visitor {
 public:
  /// \param visitor  called as `visitor(p, field)`; outlives this
  template <bool Constant, class Visitor>
  [[nodiscard]] static parameter_visitor of(Visitor& visitor) noexcept {
    return {const_cast<void*>(static_cast<const void*>(&visitor)), parameter_fields::calls<Visitor, Constant>.data()};
  }
  /// Shows it a parameter.
  template <class Field>
  void operator()(const parameter& p, Field& field) const {
    constexpr std::size_t place = parameter_fields::place<Field>;
    static_assert(place < parameter_fields::size, "a type of field that stands in parameter_fields");
    calls_[place](visitor_, p, &field);
  }
  template <class Field>
  void operator()(const parameter_line& row, Field& field) const {
    constexpr std::size_t place = parameter_fields::place<Field>;
    static_assert(place < parameter_fields::size, "a type of field that stands in parameter_fields");
    show(row, place, &field);
  }

 private:
  template <class = when_called>
  void show(const parameter_line& r, std::size_t place, void* field) const {
    const parameter p{std::string(r.key), r.unit, r.mark, r.source, r.least, r.most, std::string(r.en), std::string(r.zh)};
    calls_[place](visitor_, p, field);
  }
  parameter_visitor(void* visitor, const parameter_fields::call* calls) noexcept : visitor_(visitor), calls_(calls) {}
  void* visitor_;
  const parameter_fields::call* calls_;
};

}  // namespace sifang::detail

#endif
