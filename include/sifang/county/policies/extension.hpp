// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_EXTENSION_HPP
#define SIFANG_COUNTY_POLICIES_EXTENSION_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"

namespace sifang {

/// The last call for an extension of a reply (L11), two days before it is due.
struct extension_request {
  bool complex = false;           ///< the unit takes the case for complex (`handling.complex_threshold`)
  day accepted;                   ///< day of acceptance
  bool cross_department = false;  ///< a second department is concerned
};

/// `bool ask(const extension_request&) const`: whether the unit asks for one and its head approves. Asked at acceptance too:
/// if the answer is no then, there is no last call. The built-in rule is the scenario's (`handling.extension`).
struct named_extension {
  extension_rule rule = extension_rule::complex_only;  ///< one of the built-in rules
  /// The scenario's.
  [[nodiscard]] static named_extension of(const world& w) noexcept { return {w.setting().handling.extension}; }
  /// As the rule says.
  [[nodiscard]] bool ask(const extension_request& r) const noexcept {
    return rule == extension_rule::always || (rule == extension_rule::complex_only && r.complex);
  }
};

}  // namespace sifang

#endif
