// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_ROUTING_HPP
#define SIFANG_COUNTY_POLICIES_ROUTING_HPP

#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"

#include <cstdint>
#include <span>

namespace sifang {

/// A matter goes to a unit. Offices are positions among `world::offices`.
struct routing_request {
  std::uint32_t category = 0,          ///< position among the scenario's categories
      township = 0,                    ///< position among `world::townships`
      seen_as,                         ///< the office that the clerk takes for the competent one, rightly or not
      subject,                         ///< the department of the category; `no_index` if there is none
      place;                           ///< the office of the township
  int objections = 0;                  ///< offices that had it before and were not competent
  std::span<const std::int32_t> open;  ///< open cases in hand, by handler
  std::span<const office> offices;     ///< every office, with the handlers that it has
  /// Open cases in hand of each handler of an office, in the mean.
  [[nodiscard]] double burden(std::uint32_t of) const noexcept {
    const office& o = offices[of];
    double sum = 0;
    for (std::uint32_t h = 0; h < o.handlers; ++h) sum += open[o.first_handler + h];
    return o.handlers == 0 ? sum : sum / o.handlers;
  }
};

/// `std::uint32_t route(const routing_request&) const` names an office. One that is not competent objects, or handles the
/// matter slowly (L5). The built-in rules that a scenario names (`routing.rule`).
struct named_routing {
  routing_rule rule = routing_rule::by_competence;  ///< one of the built-in rules
  /// The scenario's.
  [[nodiscard]] static named_routing of(const world& w) noexcept { return {w.setting().routing.rule}; }
  /// As the rule says.
  [[nodiscard]] std::uint32_t route(const routing_request& r) const noexcept {
    if (r.objections > 0) return r.seen_as;  // what came back goes where it belongs, as far as can be seen
    switch (rule) {
      case routing_rule::by_territory:
        return r.place;
      case routing_rule::by_subject:
        return r.subject != no_index ? r.subject : r.place;
      case routing_rule::least_burdened:
        return r.subject != no_index && r.burden(r.subject) < r.burden(r.place) ? r.subject : r.place;
      case routing_rule::by_competence:
        break;
    }
    return r.seen_as;
  }
};

}  // namespace sifang

#endif
