// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_FUZZ_FUZZ_HPP
#define SIFANG_TESTS_FUZZ_FUZZ_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_file.hpp"

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What every harness shares: whatever the bytes are, a reader gives a value or faults that can be told.

namespace sifang::fuzz {

/// Ends the run with a message: libFuzzer keeps the input.
inline void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

/// Every fault is one line of text in both languages, and there are no more than somebody reads.
inline void check_told(const std::vector<fault>& faults) {
  require(faults.size() <= most_faults_told + 1, "at most 25 faults are told");
  for (const fault& f : faults) {
    for (const language lang : {language::en, language::zh}) {
      const std::string line = to_string(f, lang);
      require(!first_bad_byte(line), "a fault is text in UTF-8");
      for (const char c : line) require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "a fault has no control characters");
      require(line.size() < 3000, "a fault is short");
    }
  }
}

/// A folder for the files of a harness, gone when it ends.
class folder {
 public:
  folder() : path_(std::filesystem::temp_directory_path() / ("sifang-fuzz-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  ~folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  void write(std::string_view name, std::string_view text) const { std::ofstream(path_ / name, std::ios::binary) << text; }

 private:
  std::filesystem::path path_;
};

/// Tables of which one is replaced at a time; an input begins with the number of the one that it replaces.
struct tables {
  struct table {
    std::string_view name, text;
  };
  std::vector<table> all;
  folder dir{};

  /// Puts the input in place of its table and the others as they are. \returns whether the input names a table
  [[nodiscard]] bool put(std::string_view input) const {
    if (input.empty() || input[0] < '0' || static_cast<std::size_t>(input[0] - '0') >= all.size()) return false;
    const auto chosen = static_cast<std::size_t>(input[0] - '0');
    for (std::size_t i = 0; i < all.size(); ++i) dir.write(all[i].name, i == chosen ? input.substr(1) : all[i].text);
    return true;
  }
};

}  // namespace sifang::fuzz

/// Each harness defines it; called with every input.
void fuzz_one(std::string_view input);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz_one({reinterpret_cast<const char*>(data), size});
  return 0;
}

#endif
