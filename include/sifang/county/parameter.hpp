// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PARAMETER_HPP
#define SIFANG_COUNTY_PARAMETER_HPP

#include "sifang/county/provenance.hpp"

#include <string>
#include <string_view>

namespace sifang {

/// What one parameter means.
struct parameter {
  std::string key;          ///< dotted path in the scenario file
  std::string_view unit;    ///< unit of a number, or the kind of text
  origin mark;              ///< where the default comes from
  std::string_view source;  ///< rule, law, figure or reason of the default; names things that ship: R1, L1, docs/domain.md 5.2
  double least,             ///< least value allowed
      most;                 ///< greatest
  std::string en,           ///< meaning, in English
      zh;                   ///< in Chinese
};

namespace detail {

/// A row of a table of parameters: the same, while every text is one of the program's.
struct parameter_line {
  std::string_view key, unit;
  origin mark;
  std::string_view source;
  double least, most;
  std::string_view en, zh;
};

}  // namespace detail

}  // namespace sifang

#endif
