// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_STREAMS_HPP
#define SIFANG_PROGRAM_STREAMS_HPP

#include "verbs.hpp"

#include <array>
#include <streambuf>

/// \file
/// The standard output of the program: what can't be written is a failure, whichever verb writes it.

namespace sifang_program {

/// Gives closed standard streams a place of their own, where writing fails. Otherwise the next file to be opened would take
/// their number, and tables or messages would be written into it. To be called before any file is opened.
void fill_closed_streams() noexcept;

/// Makes `std::cout` write through it, and remembers why it could not. There is one.
class standard_output : public std::streambuf {
 public:
  standard_output();
  ~standard_output() override;
  standard_output(const standard_output&) = delete;
  standard_output& operator=(const standard_output&) = delete;

  /// Writes what is left and tells, on the error stream, if anything could not be written.
  /// \returns the code, or `failed` if so
  [[nodiscard]] int end(const options& o, int code);

 protected:
  int_type overflow(int_type c) override;
  int sync() override;

 private:
  std::array<char, 1 << 14> text_;
  std::streambuf* before_;
  int error_ = 0;
};

}  // namespace sifang_program

#endif
