// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/text_file.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  for (const text_encoding encoding : {text_encoding::utf8, text_encoding::utf8_or_gb18030}) {
    const auto text = decode_text(std::string(input), "t", encoding);
    if (text)
      fuzz::require(!first_bad_byte(*text), "what is read is UTF-8");
    else
      fuzz::check_told(text.faults());
  }
}
