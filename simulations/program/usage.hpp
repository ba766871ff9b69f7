// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_USAGE_HPP
#define SIFANG_PROGRAM_USAGE_HPP

#include "verbs.hpp"

#include "sifang/county/world.hpp"

#include <chrono>
#include <cstddef>

/// \file
/// What a run took: time and memory (`--stats`).

namespace sifang_program {

/// What a county's replication holds in memory.
struct replication_memory {
  std::size_t bytes = 0,  ///< all that changes in it
      most_open = 0;      ///< cases open at one time, at most
};

/// Times a run from when it is made, and tells on the error stream, if `--stats` asks for it.
class usage {
 public:
  explicit usage(const options& o) : options_(&o), begun_(std::chrono::steady_clock::now()) {}
  /// \param county_years  replications of all policies or counties, warm-up included
  void tell(std::size_t county_years, const replication_memory& of_one) const;
  /// The same; the first replication is played once more to see what it holds.
  void tell(std::size_t county_years, const sifang::world& one) const;

 private:
  const options* options_;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace sifang_program

#endif
