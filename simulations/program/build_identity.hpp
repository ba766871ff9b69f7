// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_BUILD_IDENTITY_HPP
#define SIFANG_PROGRAM_BUILD_IDENTITY_HPP

#include <string_view>

namespace sifang_program {

/// A hash of the sources of library and program, 16 hexadecimal digits: the same for every build of the same sources, and
/// another after any change of them. Made when the program is built (`build_identity.cmake`).
[[nodiscard]] std::string_view build_identity() noexcept;

}  // namespace sifang_program

#endif
