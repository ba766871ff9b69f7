// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_FILE_LOCK_HPP
#define SIFANG_IO_FILE_LOCK_HPP

#include "sifang/core/assert.hpp"

#include <cerrno>
#include <filesystem>
#include <string>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

/// \file
/// A lock on a place that several processes might write to.

namespace sifang {

/// Held by one process at a time, by means of an empty file; it ends with the process, however that ends.
///
/// The file is removed when the lock is given up. One that a dead process has left does not block. Where the file system
/// (or the operating system) knows no locks, `take` succeeds and `sure` is false.
/// Moves leave an object behind that holds nothing.
class file_lock {
 public:
  file_lock() = default;
  /// The one moved from holds nothing; what the one moved to had held, it gets. @{
  file_lock(file_lock&& other) noexcept { *this = std::move(other); }
  file_lock& operator=(file_lock&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(file_, other.file_);
    std::swap(sure_, other.sure_);
    return *this;
  }
  /// @}
  file_lock(const file_lock&) = delete;
  file_lock& operator=(const file_lock&) = delete;
  ~file_lock() { give_up(); }

  /// Whether nobody else can hold it.
  [[nodiscard]] bool sure() const noexcept { return sure_; }

  /// Takes the lock, or says at once that it can't be had. Links are not followed.
  /// \returns 0, or an error number: EWOULDBLOCK if another process holds it
  /// \pre none is held
  [[nodiscard]] int take([[maybe_unused]] const std::filesystem::path& path) {
    SIFANG_ASSERT(!sure_, "no lock that is held");
#if defined(__unix__) || defined(__APPLE__)
    path_ = path;
    // Again if its holder removed the file meanwhile: the next process would lock another one.
    for (int attempt = 0; attempt < 100; ++attempt) {
      file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
      if (file_ < 0 && errno == EACCES) file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
      if (file_ < 0) return errno;
      if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        if (errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP) return 0;
        return let_go(errno);
      }
      if (in_place()) {
        sure_ = true;
        return 0;
      }
      let_go(0);
    }
    return EWOULDBLOCK;
#else
    return 0;
#endif
  }

  /// Lets others have it. A file that is not empty is somebody's, and stays.
  void give_up() noexcept {
#if defined(__unix__) || defined(__APPLE__)
    if (file_ < 0) return;
    struct stat about {};
    const bool own = ::fstat(file_, &about) == 0 && S_ISREG(about.st_mode) && about.st_size == 0;
    if (own && in_place()) ::unlink(path_.c_str());
    let_go(0);
    sure_ = false;
#endif
  }

 private:
#if defined(__unix__) || defined(__APPLE__)
  int let_go(int error) noexcept {
    ::close(std::exchange(file_, -1));
    return error;
  }
  /// Whether the open file is the one that its name leads to.
  [[nodiscard]] bool in_place() const noexcept {
    struct stat mine {
    }, there{};
    if (::fstat(file_, &mine) != 0 || ::lstat(path_.c_str(), &there) != 0) return false;
    return mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
  }
#endif

  std::filesystem::path path_;
  int file_ = -1;
  bool sure_ = false;
};

}  // namespace sifang

#endif
