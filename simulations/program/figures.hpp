// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_FIGURES_HPP
#define SIFANG_PROGRAM_FIGURES_HPP

#include "verbs.hpp"

/// \file
/// Progress as it stands on a terminal.

namespace sifang_program {

/// One line on the terminal, silent when there is none.
class progress {
 public:
  progress(const options& o, std::size_t total);
  void show(std::size_t done);

 private:
  bool show_;
  std::size_t total_;
  int percent_ = -1;
};

}  // namespace sifang_program

#endif
