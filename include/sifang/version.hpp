// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_VERSION_HPP
#define SIFANG_VERSION_HPP

/// \file
/// Which version of the library this is, for those who must know while compiling. Kept equal to the version of the CMake
/// project by a test; includes nothing.

/// The three numbers of the version. @{
#define SIFANG_VERSION_MAJOR 0
#define SIFANG_VERSION_MINOR 1
#define SIFANG_VERSION_PATCH 0
/// @}
/// The same as text, "0.1.0".
#define SIFANG_VERSION_TEXT "0.1.0"
/// The same as one number to compare: 10000 × major + 100 × minor + patch.
#define SIFANG_VERSION_NUMBER (10000 * SIFANG_VERSION_MAJOR + 100 * SIFANG_VERSION_MINOR + SIFANG_VERSION_PATCH)

#endif
