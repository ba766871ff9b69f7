// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_IO_SCRATCH_HPP
#define SIFANG_TESTS_IO_SCRATCH_HPP

#include "sifang/core/fault.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace sifang::test {

/// A folder of its own for one test, gone afterwards.
class scratch {
 public:
  scratch() {
    std::random_device chance;
    do {
      path_ = std::filesystem::temp_directory_path() / ("sifang-test-" + std::to_string(chance()));
    } while (!std::filesystem::create_directory(path_));
  }
  ~scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

  std::filesystem::path file(std::string_view name, std::string_view text) const {
    const auto where = path_ / name;
    std::filesystem::create_directories(where.parent_path());
    std::ofstream(where, std::ios::binary) << text;
    return where;
  }
  [[nodiscard]] std::string read(std::string_view name) const {
    std::ostringstream out;
    out << std::ifstream(path_ / name, std::ios::binary).rdbuf();
    return out.str();
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }
  /// One line a fault, as the program shows it, without the folder's own name.
  [[nodiscard]] std::vector<std::string> lines(const std::vector<fault>& faults, language lang = language::en) const {
    std::vector<std::string> out;
    const std::string prefix = path_.string() + "/";
    for (const fault& f : faults) {
      std::string line = to_string(f, lang);
      for (std::size_t at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) line.erase(at, prefix.size());
      out.push_back(line);
    }
    return out;
  }

 private:
  std::filesystem::path path_;
};

using texts = std::vector<std::string>;

}  // namespace sifang::test

#endif
