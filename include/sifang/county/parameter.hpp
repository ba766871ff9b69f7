// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PARAMETER_HPP
#define SIFANG_COUNTY_PARAMETER_HPP

#include "sifang/core/names.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sifang {

/// Where a default comes from; the marks of DOMAIN.md.
enum class origin : std::uint8_t {
  article,    ///< [A] the founding article
  source,     ///< [S] a public page that was read
  knowledge,  ///< [K] general knowledge, unverified
  inference,  ///< [I] our inference or modelling choice
  choice,     ///< [C] what the planner decides: a policy or the set-up of the experiment
};
template <>
inline constexpr std::string_view names_of<origin>[] = {"A", "S", "K", "I", "C"};

/// What one parameter means.
struct parameter {
  std::string key;          ///< dotted path in the scenario file
  std::string_view unit;    ///< unit of a number, or the kind of text
  origin mark;              ///< where the default comes from
  std::string_view source;  ///< rule, law, figure or reason
  double least,             ///< least value allowed
      most;                 ///< greatest
  std::string en,           ///< meaning, in English
      zh;                   ///< in Chinese
};

}  // namespace sifang

#endif
