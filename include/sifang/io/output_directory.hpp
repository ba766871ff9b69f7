// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_OUTPUT_DIRECTORY_HPP
#define SIFANG_IO_OUTPUT_DIRECTORY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/io/text_file.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace sifang {

/// A directory of results that appears whole or not at all.
///
/// Files go into a hidden directory beside the final one; `commit` renames it into place. If it is
/// destroyed uncommitted, nothing stays behind. Results that are already there are kept unless the
/// caller forces, and then until the very moment of the exchange. A directory that holds anything else
/// is never touched, forced or not.
class output_directory {
 public:
  /// The file that every directory of results holds.
  static constexpr std::string_view marker = "manifest.json";

  /// Faults: `already_there` (results are there, and not forced), `cannot_write`.
  [[nodiscard]] static checked<output_directory> open(const std::filesystem::path& path, bool force = false) {
    namespace fs = std::filesystem;
    fs::path target = fs::absolute(path).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();  // a trailing slash means the same directory
    std::error_code error;
    const bool there = fs::exists(fs::symlink_status(target, error));
    if (there && !fs::is_directory(target, error)) {
      return fault{fault_kind::cannot_write, {path.string()}, {path.string(), detail::reason_of(ENOTDIR)}};
    }
    if (there && !fs::is_empty(target, error)) {
      if (!fs::exists(target / marker, error)) {
        return fault{fault_kind::cannot_write,
                     {path.string()},
                     {path.string(), "the directory holds files that are no results"}};
      }
      if (!force) return fault{fault_kind::already_there, {path.string()}, {path.string()}};
    }
    fs::create_directories(target.parent_path(), error);
    if (error) return fault{fault_kind::cannot_write, {path.string()}, {path.string(), error.message()}};
    for (int attempt = 0; attempt < 1000; ++attempt) {
      const fs::path beside = hidden_beside(target, "partial", attempt);
      if (fs::create_directory(beside, error)) return output_directory(target, beside);
      if (error) break;  // otherwise the name is taken, by a run that was killed or is under way
    }
    return fault{fault_kind::cannot_write,
                 {path.string()},
                 {path.string(), error ? error.message() : detail::reason_of(EEXIST)}};
  }

  /// The one moved from has nothing left to commit or discard.
  output_directory(output_directory&& other) noexcept
      : target_(std::move(other.target_)), beside_(std::exchange(other.beside_, {})) {}
  output_directory& operator=(output_directory&& other) noexcept {
    std::swap(target_, other.target_);
    std::swap(beside_, other.beside_);
    return *this;
  }
  output_directory(const output_directory&) = delete;
  output_directory& operator=(const output_directory&) = delete;
  ~output_directory() { discard(); }

  /// Where files are to be written until `commit`.
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return beside_; }
  /// Where they will be found afterwards.
  [[nodiscard]] const std::filesystem::path& target() const noexcept { return target_; }

  /// Adds one file. \pre not committed \returns nothing, or one `cannot_write`
  [[nodiscard]] std::vector<fault> write(std::string_view name, std::string_view text) const {
    SIFANG_ASSERT(!beside_.empty());
    return write_text(beside_ / std::filesystem::path(name), text);
  }

  /// Puts the results in place. On failure the old results, if any, are still there. \pre not committed
  [[nodiscard]] std::vector<fault> commit() {
    namespace fs = std::filesystem;
    SIFANG_ASSERT(!beside_.empty());
    const auto failed = [&](const std::error_code& error) {
      return std::vector<fault>{{fault_kind::cannot_write, {target_.string()}, {target_.string(), error.message()}}};
    };
    std::error_code error;
    fs::path old;
    if (fs::exists(fs::symlink_status(target_, error))) {
      for (int attempt = 0; attempt < 1000; ++attempt) {
        old = hidden_beside(target_, "replaced", attempt);
        if (!fs::exists(fs::symlink_status(old, error))) break;
      }
      fs::rename(target_, old, error);
      if (error) return failed(error);
    }
    fs::rename(beside_, target_, error);
    if (error) {
      const std::error_code first = error;
      if (!old.empty()) fs::rename(old, target_, error);
      return failed(first);
    }
    beside_.clear();
    if (!old.empty()) fs::remove_all(old, error);
    return {};
  }

 private:
  output_directory(std::filesystem::path target, std::filesystem::path beside)
      : target_(std::move(target)), beside_(std::move(beside)) {}

  static std::filesystem::path hidden_beside(const std::filesystem::path& target, std::string_view what, int attempt) {
    return target.parent_path() / ("." + target.filename().string() + "." + std::string(what) +
                                   (attempt == 0 ? "" : "-" + std::to_string(attempt)));
  }

  void discard() noexcept {
    if (beside_.empty()) return;
    std::error_code ignored;
    std::filesystem::remove_all(beside_, ignored);
    beside_.clear();
  }

  std::filesystem::path target_, beside_;
};

}  // namespace sifang

#endif
