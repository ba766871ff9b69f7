// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_WHEN_CALLED_HPP
#define SIFANG_CORE_WHEN_CALLED_HPP

namespace sifang {

/// Marks a function that only programs which call it compile: `template <class = when_called> int f(…)`.
///
/// It is called as if it were no template, with all conversions of its arguments. A body that sorts or fills tables
/// costs as much to compile as the whole rest of a header, so it is a template although it has only one form. Those who
/// call it are templates too, or it is compiled after all.
struct when_called;

}  // namespace sifang

#endif
