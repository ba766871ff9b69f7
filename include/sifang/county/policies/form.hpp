// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_FORM_HPP
#define SIFANG_COUNTY_POLICIES_FORM_HPP

#include "sifang/core/assert.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/world.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

/// \file
/// What every policy is: a struct with a const member that answers a question, and, if it wants them, a state of its own
/// and luck.

namespace sifang {

/// The luck that a policy is given: numbers in (0, 1) that depend on the seed, the replication, the policy, what is asked
/// about and how often that was asked before, and on nothing else. The same question has the same luck in every scenario.
class policy_luck {
 public:
  /// The next number of this question. \pre at most 256 numbers a question; asserted
  [[nodiscard]] double operator()() noexcept {
    SIFANG_ASSERT(used_ < 256, "at most 256 numbers for one question to a policy");
    return draws_(entity_, draw::policy, base_ | used_++);
  }
  /// Luck of a replication, for the policy of a slot; of numbers of policies the last four bits count, of `asked` the last eight.
  constexpr policy_luck(const named_draws& draws, std::uint32_t slot, std::uint64_t entity, std::uint32_t asked) noexcept
      : draws_(draws), entity_(entity), base_((slot & 15) << 16 | (asked & 255) << 8) {}

 private:
  named_draws draws_;
  std::uint64_t entity_;
  std::uint32_t base_, used_ = 0;
};

namespace detail {

struct no_state {};
template <class Policy>
struct state_of {
  using type = no_state;
};
template <class Policy>
requires requires { typename Policy::state; }
struct state_of<Policy> {
  using type = typename Policy::state;
};
template <class Policy>
using policy_state = typename state_of<std::remove_const_t<Policy>>::type;

template <class Policy>
[[nodiscard]] policy_state<Policy> fresh_state(const Policy&, const world& w) {
  if constexpr (std::constructible_from<policy_state<Policy>, const world&>)
    return policy_state<Policy>(w);
  else
    return policy_state<Policy>{};
}

/// A question that takes what it is about, and a state and luck where the policy's member has them. `Question` is a functor
/// that calls the member.
template <class Question, class Policy, class... More>
inline constexpr bool takes = std::is_invocable_v<const Question&, Policy&, More...>;

/// Whether a policy answers a question: with its state and luck, one of them, or neither.
template <class Question, class Answer, class Policy, class... Arguments>
[[nodiscard]] consteval bool answers() {
  using state = policy_state<Policy>;
  const auto right = []<class... More>() {
    if constexpr (takes<Question, Policy, More...>)
      return std::same_as<std::invoke_result_t<const Question&, Policy&, More...>, Answer>;
    else
      return false;
  };
  return right.template operator()<Arguments...>() || right.template operator()<Arguments..., policy_luck&>() ||
         right.template operator()<Arguments..., state&>() || right.template operator()<Arguments..., state&, policy_luck&>();
}

/// Whether a class has a member of the probe's name, of whatever form: then the name is ambiguous in one that has both.
template <class Policy, class Probe>
struct both : Policy, Probe {};

}  // namespace detail
}  // namespace sifang

#endif
