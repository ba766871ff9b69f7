// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_DRAWN_WORLDS_HPP
#define SIFANG_EXPERIMENT_DRAWN_WORLDS_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/plausible_draw.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/case_load.hpp"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace sifang {

/// The worlds of several policies on draws of what is not known: what `drawn_county_player` asks. Any thread may call it.
class drawn_worlds {
 public:
  /// \param base   the world of the base as it is, which is the first policy
  /// \param draws  a row for each draw
  /// \param cases  recorded cases that take the place of generated ones; nothing: none
  drawn_worlds(const world& base, parameter_draws draws, std::optional<case_load> cases = std::nullopt)
      : draws_(std::move(draws)), cases_(std::move(cases)) {
    add(base);
  }
  /// Adds a policy: its own changes are laid on each draw of the base.
  void add(const world& policy) { policies_.push_back({policy.setting(), policy.org(), policy.calendar()}); }

  /// Policies, the base among them.
  [[nodiscard]] std::size_t policies() const noexcept { return policies_.size(); }
  /// The scenario of the base as it is.
  [[nodiscard]] const scenario& base() const noexcept { return policies_.front().setting; }
  /// The draws.
  [[nodiscard]] const parameter_draws& draws() const noexcept { return draws_; }
  /// The world of a policy on a draw. Faults: those of `world::make`. \pre both are there; asserted
  template <class = when_called>
  [[nodiscard]] checked<world> make(std::size_t draw, std::size_t policy) const {
    SIFANG_ASSERT(draw < draws_.rows.size() && policy < policies_.size(), "a draw and a policy that are there");
    const place_of& own = policies_[policy];
    return world::make(
        drawn_scenario(policies_.front().setting, own.setting, detail::span_of(draws_.keys), detail::span_of(draws_.rows[draw])), own.org,
        own.calendar, cases_ ? &*cases_ : nullptr);
  }
  [[nodiscard]] checked<world> operator()(std::size_t draw, std::size_t policy) const { return make(draw, policy); }

 private:
  struct place_of {
    scenario setting;
    organisation org;
    working_calendar calendar;
  };
  std::vector<place_of> policies_;
  parameter_draws draws_;
  std::optional<case_load> cases_;
};

}  // namespace sifang

#endif
