// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_HPP
#define SIFANG_COUNTY_POLICIES_HPP

#include "sifang/county/policies/admission.hpp"
#include "sifang/county/policies/agenda.hpp"
#include "sifang/county/policies/campaign_plan.hpp"
#include "sifang/county/policies/closing.hpp"
#include "sifang/county/policies/extension.hpp"
#include "sifang/county/policies/field_visits.hpp"
#include "sifang/county/policies/form.hpp"
#include "sifang/county/policies/handling_order.hpp"
#include "sifang/county/policies/ownership.hpp"
#include "sifang/county/policies/queue_order.hpp"
#include "sifang/county/policies/return_timing.hpp"
#include "sifang/county/policies/roster.hpp"
#include "sifang/county/policies/routing.hpp"
#include "sifang/county/policies/supervision.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// All that a county could decide otherwise, each with a rule that the scenario names, and each replaceable alone:
///
///     replicate(w, 1000, {}, policies{}.with(my_roster{}).with(my_routing{}));

namespace sifang {

// The policies that there are. Each has a built-in rule, and a concept that says what a policy of one's own looks like.
namespace detail::slots {
// What is known of each of them: its place, its question, and whether a class answers it.
// clang-format off: a table
/// \cond
#define SIFANG_DETAIL_SLOT(name, place, member, Answer, BuiltIn, ...)                                                                     \
  struct name {                                                                                                                           \
    static constexpr std::uint32_t number = place;                                                                                        \
    using answer = Answer;                                                                                                                \
    using built_in = BuiltIn;                                                                                                             \
    struct question {                                                                                                                     \
      template <class Policy, class... Arguments>                                                                                         \
      constexpr auto operator()(Policy& p, Arguments&&... arguments) const -> decltype(p.member(std::forward<Arguments>(arguments)...)) { \
        return p.member(std::forward<Arguments>(arguments)...);                                                                           \
      }                                                                                                                                   \
    };                                                                                                                                    \
    struct probe {                                                                                                                        \
      int member;                                                                                                                         \
    };                                                                                                                                    \
    template <class Policy>                                                                                                               \
    static constexpr bool has = !requires {                                                                                               \
      &detail::both<Policy, probe>::member;                                                                                               \
    };                                                                                                                                    \
    template <class Policy>                                                                                                               \
    static constexpr bool fits = detail::answers<question, Answer, const Policy, __VA_ARGS__>();                                          \
    template <class Policy>                                                                                                               \
    static constexpr bool fits_if_not_const = detail::answers<question, Answer, Policy, __VA_ARGS__>();                                   \
  };
SIFANG_DETAIL_SLOT(roster, 0, sit, void, named_roster, const sitting_request&, std::vector<official_id>&)
SIFANG_DETAIL_SLOT(admission, 1, admit, sifang::admission, named_admission, const visit_request&)
SIFANG_DETAIL_SLOT(queue_order, 2, place, double, named_queue_order, const visit_request&, sifang::admission)
SIFANG_DETAIL_SLOT(closing, 3, at_closing, closing_policy, named_closing, const closing_request&)
SIFANG_DETAIL_SLOT(routing, 4, route, std::uint32_t, named_routing, const routing_request&)
SIFANG_DETAIL_SLOT(ownership, 5, owner, official_id, named_ownership, const ownership_request&, const caseload_view&)
SIFANG_DETAIL_SLOT(handover, 6, take_over, official_id, named_handover, const handover_request&, const caseload_view&)
SIFANG_DETAIL_SLOT(supervision, 7, spread, double, named_supervision, const supervision_request&)
SIFANG_DETAIL_SLOT(handling_order, 8, place_in_line, double, named_handling_order, const handling_request&)
SIFANG_DETAIL_SLOT(extension, 9, ask, bool, named_extension, const extension_request&)
SIFANG_DETAIL_SLOT(agenda, 10, list, void, named_agenda, agenda_request&, std::vector<appointment>&)
SIFANG_DETAIL_SLOT(field_visits, 11, go_to, std::size_t, named_field_visits, const field_visit_request&)
SIFANG_DETAIL_SLOT(campaign_plan, 12, weight, double, named_campaign_plan, const household_request&)
SIFANG_DETAIL_SLOT(strike_off, 13, strike, bool, named_strike_off, const strike_off_request&)
SIFANG_DETAIL_SLOT(return_timing, 14, due, day, named_return_timing, const return_request&)
// clang-format on
#undef SIFANG_DETAIL_SLOT
/// \endcond
}  // namespace detail::slots

/// What a policy of one's own looks like, by what it decides. Beside what is named here, each member may take, as last
/// arguments, the policy's `state&`, a `policy_luck&`, or both in this order. @{
// clang-format off: a table
template <class P>
concept roster_policy = detail::slots::roster::fits<P>;  ///< `void sit(const sitting_request&, std::vector<official_id>&) const`
template <class P>
concept admission_policy = detail::slots::admission::fits<P>;  ///< `admission admit(const visit_request&) const`
template <class P>
concept queue_order_policy = detail::slots::queue_order::fits<P>;  ///< `double place(const visit_request&, admission) const`
template <class P>
concept session_closing_policy = detail::slots::closing::fits<P>;  ///< `closing_policy at_closing(const closing_request&) const`
template <class P>
concept routing_policy = detail::slots::routing::fits<P>;  ///< `std::uint32_t route(const routing_request&) const`
template <class P>
concept case_ownership_policy =
    detail::slots::ownership::fits<P>;  ///< `official_id owner(const ownership_request&, const caseload_view&) const`
template <class P>
concept handover_policy =
    detail::slots::handover::fits<P>;  ///< `official_id take_over(const handover_request&, const caseload_view&) const`
template <class P>
concept supervision_policy = detail::slots::supervision::fits<P>;  ///< `double spread(const supervision_request&) const`
template <class P>
concept handling_order_policy = detail::slots::handling_order::fits<P>;  ///< `double place_in_line(const handling_request&) const`
template <class P>
concept extension_policy = detail::slots::extension::fits<P>;  ///< `bool ask(const extension_request&) const`
template <class P>
concept agenda_policy = detail::slots::agenda::fits<P>;  ///< `void list(agenda_request&, std::vector<appointment>&) const`
template <class P>
concept field_visit_policy = detail::slots::field_visits::fits<P>;  ///< `std::size_t go_to(const field_visit_request&) const`
template <class P>
concept campaign_plan_policy = detail::slots::campaign_plan::fits<P>;  ///< `double weight(const household_request&) const`
template <class P>
concept strike_off_policy = detail::slots::strike_off::fits<P>;  ///< `bool strike(const strike_off_request&) const`
template <class P>
concept return_timing_policy = detail::slots::return_timing::fits<P>;  ///< `day due(const return_request&) const`
// clang-format on
/// @}

namespace detail {

template <class... Slots>
struct slot_list {
  template <class Policy>
  static constexpr bool any_fits = (Slots::template fits<Policy> || ...);
  template <class Policy>
  static constexpr bool any_named = (Slots::template has<Policy> || ...);
  using built_ins = std::tuple<typename Slots::built_in...>;
  [[nodiscard]] static built_ins of(const world& w) { return {Slots::built_in::of(w)...}; }
};
using all_slots = slot_list<detail::slots::roster, detail::slots::admission, detail::slots::queue_order, detail::slots::closing,
                            detail::slots::routing, detail::slots::handover, detail::slots::supervision, detail::slots::handling_order,
                            detail::slots::extension, detail::slots::agenda, detail::slots::field_visits, detail::slots::campaign_plan,
                            detail::slots::strike_off, detail::slots::return_timing>;

/// Ends the compilation with what is missing if a class is no policy, or is meant for one that it does not fit.
template <class P>
struct checked_policy {
  static_assert(std::is_class_v<P> && !std::is_final_v<P>, "a policy is a struct that is not final");
  static_assert(detail::slots::ownership::has<P> || all_slots::any_named<P>,
                "no policy: it has none of the members sit, admit, place, at_closing, route, owner, take_over, spread, place_in_line, ask, "
                "list, go_to, weight, strike, due");
// clang-format off: a table
/// \cond
#define SIFANG_DETAIL_FITS(slot, member, signature)                                                                         \
  static_assert(!detail::slots::slot::has<P> || detail::slots::slot::fits<P> || !detail::slots::slot::fits_if_not_const<P>, \
                #member " is not const; a " #slot " policy has: " signature);                                               \
  static_assert(!detail::slots::slot::has<P> || detail::slots::slot::fits<P> || detail::slots::slot::fits_if_not_const<P>,  \
                #member " has another form; a " #slot " policy has: " signature)
  SIFANG_DETAIL_FITS(roster, sit, "void sit(const sitting_request&, std::vector<official_id>& people) const");
  SIFANG_DETAIL_FITS(admission, admit, "admission admit(const visit_request&) const");
  SIFANG_DETAIL_FITS(queue_order, place, "double place(const visit_request&, admission) const");
  SIFANG_DETAIL_FITS(closing, at_closing, "closing_policy at_closing(const closing_request&) const");
  SIFANG_DETAIL_FITS(routing, route, "std::uint32_t route(const routing_request&) const");
  SIFANG_DETAIL_FITS(ownership, owner, "official_id owner(const ownership_request&, const caseload_view&) const");
  SIFANG_DETAIL_FITS(handover, take_over, "official_id take_over(const handover_request&, const caseload_view&) const");
  SIFANG_DETAIL_FITS(supervision, spread, "double spread(const supervision_request&) const");
  SIFANG_DETAIL_FITS(handling_order, place_in_line, "double place_in_line(const handling_request&) const");
  SIFANG_DETAIL_FITS(extension, ask, "bool ask(const extension_request&) const");
  SIFANG_DETAIL_FITS(agenda, list, "void list(agenda_request&, std::vector<appointment>& items) const");
  SIFANG_DETAIL_FITS(field_visits, go_to, "std::size_t go_to(const field_visit_request&) const");
  SIFANG_DETAIL_FITS(campaign_plan, weight, "double weight(const household_request&) const");
  SIFANG_DETAIL_FITS(strike_off, strike, "bool strike(const strike_off_request&) const");
  SIFANG_DETAIL_FITS(return_timing, due, "day due(const return_request&) const");
// clang-format on
#undef SIFANG_DETAIL_FITS
  /// \endcond
};

/// A policy of one's own with its state of one replication.
template <class Policy>
struct policy_seat {
  Policy policy;
  [[no_unique_address]] policy_state<Policy> state{};
};

}  // namespace detail

/// A set of policies: those that were put in, and the scenario's for all else.
///
/// A policy sees what the bureau knows on that day, through the request that it gets, and never complexity, persistence or
/// luck of a grievance. It is const: what it must remember is a `struct state` of its own, made anew for each replication
/// (from a `const world&`, if it takes one); luck comes from the `policy_luck&` that it is given.
template <class... Own>
class policies {
 public:
  policies() = default;
  /// \param own  each fits a policy
  explicit constexpr policies(std::tuple<Own...> own) : own_(std::move(own)) {}

  /// The same set with a policy of one's own. One that fits several takes all of these places; of two that fit one, the
  /// earlier.
  template <class Policy>
  [[nodiscard]] constexpr policies<Own..., Policy> with(Policy policy) const {
    static_assert(sizeof(detail::checked_policy<Policy>) > 0);
    return policies<Own..., Policy>(std::tuple_cat(own_, std::tuple<Policy>(std::move(policy))));
  }
  /// Those that were put in.
  [[nodiscard]] const std::tuple<Own...>& own() const noexcept { return own_; }

 private:
  std::tuple<Own...> own_;
};

/// A set of policies as it is, or one policy as a set. @{
template <class... Own>
[[nodiscard]] constexpr policies<Own...> as_policies(policies<Own...> set) {
  return set;
}
template <class Policy>
[[nodiscard]] constexpr policies<Policy> as_policies(Policy policy) {
  return policies<>{}.with(std::move(policy));
}
/// What `as_policies` makes of a type.
template <class Set>
using policies_of = decltype(as_policies(std::declval<Set>()));
/// @}

namespace detail {

/// The policies of a year that is played: one's own with their states, and the scenario's.
template <class Set>
class policy_seats;
template <class... Own>
class policy_seats<policies<Own...>> {
 public:
  policy_seats(const policies<Own...>& set, const world& w)
      : own_(std::apply(
            [&](const auto&... all) {
              return std::tuple<policy_seat<Own>...>{policy_seat<Own>{all, fresh_state(all, w)}...};
            },
            set.own())),
        built_in_(all_slots::of(w)),
        ownership_(ownership_of(w)) {}

  /// Makes states anew, and luck that of a replication.
  void start(const world& w, const named_draws& draws) {
    draws_ = draws;
    std::apply([&](auto&... all) { ((all.state = fresh_state(all.policy, w)), ...); }, own_);
  }
  /// Whether somebody put in a policy of their own.
  template <class Slot>
  static constexpr bool replaced = (Slot::template fits<Own> || ...);
  /// The scenario's policy. It was not replaced.
  template <class Slot>
  [[nodiscard]] const typename Slot::built_in& built_in() const noexcept {
    if constexpr (std::same_as<Slot, detail::slots::ownership>)
      return ownership_;
    else
      return std::get<typename Slot::built_in>(built_in_);
  }
  /// The policy of a slot, whoever's it is.
  template <class Slot>
  [[nodiscard]] const auto& policy() const noexcept {
    if constexpr (replaced<Slot>)
      return std::get<place<Slot>()>(own_).policy;
    else
      return built_in<Slot>();
  }

  /// Asks a policy. \param entity  what is asked about  \param asked  how often it was asked before; both name the luck
  template <class Slot, class... Arguments>
  typename Slot::answer ask(std::uint64_t entity, std::uint32_t asked, Arguments&&... arguments) {
    constexpr typename Slot::question question;
    if constexpr (!replaced<Slot>) {
      return question(built_in<Slot>(), std::forward<Arguments>(arguments)...);
    } else {
      auto& seat = std::get<place<Slot>()>(own_);
      using policy_type = std::remove_reference_t<decltype(std::as_const(seat.policy))>;
      using state_type = decltype(seat.state);
      policy_luck luck(draws_, Slot::number, entity, asked);
      if constexpr (takes<typename Slot::question, policy_type, Arguments..., state_type&, policy_luck&>) {
        return question(std::as_const(seat.policy), std::forward<Arguments>(arguments)..., seat.state, luck);
      } else if constexpr (takes<typename Slot::question, policy_type, Arguments..., state_type&>) {
        return question(std::as_const(seat.policy), std::forward<Arguments>(arguments)..., seat.state);
      } else if constexpr (takes<typename Slot::question, policy_type, Arguments..., policy_luck&>) {
        return question(std::as_const(seat.policy), std::forward<Arguments>(arguments)..., luck);
      } else {
        return question(std::as_const(seat.policy), std::forward<Arguments>(arguments)...);
      }
    }
  }

 private:
  template <class Slot>
  [[nodiscard]] static consteval std::size_t place() {
    std::size_t at = 0;
    (void)((Slot::template fits<Own> ? false : (++at, true)) && ...);
    return at;
  }

  std::tuple<policy_seat<Own>...> own_;
  typename all_slots::built_ins built_in_;
  named_ownership ownership_;
  named_draws draws_{0, 0};
};

}  // namespace detail
}  // namespace sifang

#endif
