// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"

#include <unistd.h>

#include <cstdio>

namespace sifang_program {

progress::progress(const options& o, std::size_t total) : show_(!o.quiet && isatty(STDERR_FILENO) != 0), total_(total) {}

void progress::show(std::size_t done) {
  if (!show_) return;
  const int percent = static_cast<int>(100 * done / total_);
  if (percent == percent_) return;
  percent_ = percent;
  std::fprintf(stderr, "\r[%-40.*s] %3d %%", percent * 40 / 100, "########################################", percent);
  if (done == total_) std::fputs("\r\033[K", stderr);
}

}  // namespace sifang_program
