// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_FILE_IN_THE_MAKING_HPP
#define SIFANG_IO_FILE_IN_THE_MAKING_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/io/text_file.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <fstream>
#endif

namespace sifang {

/// A file that is written piece by piece, and is there whole or not at all: a temporary beside it, which is flushed to the disk and
/// gets the name by `commit`. Without that it is gone with this object, and whatever stood there before is as it was.
class file_in_the_making {
 public:
  /// Begins a file. A link is followed to what it leads to.
  ///
  /// Faults: `file_there` (a file is there, and not `force`), `cannot_write` (also: what is there is no regular file).
  [[nodiscard]] static checked<file_in_the_making> begin(const std::filesystem::path& path, bool force) {
    namespace fs = std::filesystem;
    file_in_the_making out;
    out.named_ = path.string();
    out.force_ = force;
    std::error_code error;
    out.path_ = fs::is_symlink(fs::symlink_status(path, error)) ? fs::weakly_canonical(path, error) : path;
    if (auto faults = out.faults_of_place(); !faults.empty()) return faults;
    if (const int wrong = out.open_beside(); wrong != 0) return out.failed(wrong).front();
    return out;
  }
  /// The one moved from has nothing left to append to or commit. @{
  file_in_the_making(file_in_the_making&& other) noexcept { *this = std::move(other); }
  file_in_the_making& operator=(file_in_the_making&& other) noexcept {
    std::swap(named_, other.named_);
    std::swap(path_, other.path_);
    std::swap(beside_, other.beside_);
    std::swap(waiting_, other.waiting_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(error_, other.error_);
    std::swap(force_, other.force_);
    return *this;
  }
  /// @}
  file_in_the_making(const file_in_the_making&) = delete;
  file_in_the_making& operator=(const file_in_the_making&) = delete;
  ~file_in_the_making() {
    close();
    std::error_code ignored;
    if (!beside_.empty()) std::filesystem::remove(beside_, ignored);
  }

  /// Adds text. What goes wrong is told by `commit`. \pre not committed; asserted
  void append(std::string_view text) {
    SIFANG_ASSERT(!beside_.empty(), "a file that is being written");
    waiting_.append(text);
    if (waiting_.size() >= std::size_t{1} << 16) write();
  }

  /// Gives the file its name, after another look at what stands there by now. \pre not committed; asserted
  /// \returns nothing, or one `cannot_write` or `file_there`: then nothing is there that was not before
  [[nodiscard]] std::vector<fault> commit() {
    SIFANG_ASSERT(!beside_.empty(), "a file that is being written");
    write();
    flush_to_disk();
    close();
    if (error_ != 0) return failed(error_);
    if (auto faults = faults_of_place(); !faults.empty()) return faults;
    std::error_code renamed;
    std::filesystem::rename(beside_, path_, renamed);
    if (renamed) return failed(renamed.value());
    beside_.clear();
    return {};
  }

 private:
  file_in_the_making() = default;

  [[nodiscard]] std::vector<fault> failed(int error) const {
    return {{fault_kind::cannot_write, {named_}, {named_, detail::reason_of(error)}}};
  }
  [[nodiscard]] std::vector<fault> faults_of_place() const {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::file_status there = fs::status(path_, error);
    if (!fs::exists(there)) return {};
    if (fs::is_directory(there)) return failed(EISDIR);
    if (!fs::is_regular_file(there)) return {{fault_kind::cannot_write, {named_}, {named_, "not a regular file"}}};
    if (!force_) return {{fault_kind::file_there, {named_}, {named_}}};
    return {};
  }

#if defined(__unix__) || defined(__APPLE__)
  [[nodiscard]] int open_beside() {
    beside_ = (path_.parent_path() / ("." + path_.filename().string() + ".XXXXXX")).string();
    descriptor_ = ::mkstemp(beside_.data());
    if (descriptor_ < 0) {
      const int error = errno;
      beside_.clear();
      return error;
    }
    const mode_t mask = ::umask(0);
    ::umask(mask);
    ::fcntl(descriptor_, F_SETFD, FD_CLOEXEC);
    return ::fchmod(descriptor_, static_cast<mode_t>(0666) & ~mask) != 0 ? errno : 0;
  }
  void write() {
    for (std::size_t done = 0; done < waiting_.size() && error_ == 0;) {
      const auto written = ::write(descriptor_, waiting_.data() + done, waiting_.size() - done);
      if (written < 0 && errno != EINTR) error_ = errno;
      if (written > 0) done += static_cast<std::size_t>(written);
    }
    waiting_.clear();
  }
  void flush_to_disk() {
    if (error_ == 0 && ::fsync(descriptor_) != 0) error_ = errno;
  }
  void close() noexcept {
    if (descriptor_ >= 0 && ::close(std::exchange(descriptor_, -1)) != 0 && error_ == 0) error_ = errno;
  }
#else
  [[nodiscard]] int open_beside() {
    beside_ = (path_.parent_path() / ("." + path_.filename().string() + ".partial")).string();
    std::ofstream out(beside_, std::ios::binary | std::ios::trunc);
    return out ? 0 : EACCES;
  }
  void write() {
    std::ofstream out(beside_, std::ios::binary | std::ios::app);
    out.write(waiting_.data(), static_cast<std::streamsize>(waiting_.size()));
    out.flush();
    if (!out) error_ = EIO;
    waiting_.clear();
  }
  void flush_to_disk() noexcept {}
  void close() noexcept {}
#endif

  std::string named_;           ///< as messages call it
  std::filesystem::path path_;  ///< where it will be
  std::string beside_,          ///< where it is; empty once it is in place
      waiting_;                 ///< not written yet
  int descriptor_ = -1, error_ = 0;
  bool force_ = false;
};

}  // namespace sifang

#endif
