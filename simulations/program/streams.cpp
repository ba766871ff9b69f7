// SPDX-License-Identifier: BSL-1.0
#include "streams.hpp"

#include "sifang/core/phrases.hpp"
#include "sifang/io/text_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

namespace sifang_program {

void fill_closed_streams() noexcept {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // The lowest free number is taken, which is this one. Opened the wrong way round: reading and writing fail.
    if (::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0) return;
  }
}

standard_output::standard_output() : before_(std::cout.rdbuf(this)) { setp(text_.data(), text_.data() + text_.size()); }

standard_output::~standard_output() {
  sync();
  std::cout.rdbuf(before_);
}

int standard_output::end(const options& o, int code) {
  sync();
  if (error_ == 0) return code;
  const std::string why = sifang::detail::reason_of(error_);
  const bool chinese = o.told == sifang::language::zh;
  std::cerr << (chinese ? "标准输出：无法写入：" : "standard output: could not be written: ")
            << (chinese ? sifang::detail::in_chinese(why) : why) << '\n';
  return failed;
}

standard_output::int_type standard_output::overflow(int_type c) {
  if (sync() != 0) return traits_type::eof();
  if (!traits_type::eq_int_type(c, traits_type::eof())) {
    *pptr() = traits_type::to_char_type(c);
    pbump(1);
  }
  return traits_type::not_eof(c);
}

int standard_output::sync() {
  const char* from = pbase();
  while (from < pptr() && error_ == 0) {
    const ssize_t done = ::write(STDOUT_FILENO, from, static_cast<std::size_t>(pptr() - from));
    if (done > 0)
      from += done;
    else if (done == 0)
      error_ = EIO;
    else if (errno != EINTR)
      error_ = errno;
  }
  setp(text_.data(), text_.data() + text_.size());
  return error_ == 0 ? 0 : -1;
}

}  // namespace sifang_program
