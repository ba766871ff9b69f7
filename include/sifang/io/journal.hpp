// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_JOURNAL_HPP
#define SIFANG_IO_JOURNAL_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/engine/fingerprint.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What was finished of a long run, piece by piece, so that a run that was killed can go on. POSIX only.

namespace sifang {

/// A file that grows by one record for each piece of work that was taken, in the order of the pieces.
///
/// One line says of what run it is. A record is the number of the piece, how many doubles there are, these,
/// and a checksum of all; numbers are of 8 bytes, in the byte order of the machine. A record that is torn or
/// changed ends what the file is believed to hold: pieces from there on are done again.
/// Moves leave an object behind that can only be destroyed.
class journal {
 public:
  /// Opens the journal of the run with this key for going on, or begins one if there is none.
  ///
  /// \param key    a hash of all that the values depend on
  /// \param about  what the run is, for people; line breaks become spaces
  /// Faults: `cannot_write` (also: another process has it open), `cannot_read`, `syntax` (another run's journal, or no
  /// journal; the file is left as it is).
  [[nodiscard]] static checked<journal> open(const std::filesystem::path& path, std::uint64_t key, std::string_view about) {
    std::error_code error;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
    const auto failed = [&](fault_kind kind, const std::string& why) { return fault{kind, {path.string()}, {path.string(), why}}; };
    journal out;
    out.path_ = path;
    // Again if another run finished meanwhile and removed the file: nobody would ever find what is written to it.
    for (int attempt = 0; attempt == 0 || (attempt < 100 && !out.in_place()); ++attempt) {
      if (out.file_ >= 0) ::close(out.file_);
      out.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
      if (out.file_ < 0) return failed(fault_kind::cannot_write, detail::reason_of(errno));
      if (!out.lock()) return failed(fault_kind::cannot_write, why_not_locked(errno));
    }

    std::string head = std::string(format) + hexadecimal(key) + ' ';
    for (const char c : about.substr(0, longest_about)) head += c == '\n' || c == '\r' ? ' ' : c;
    head += '\n';
    std::string found(std::string(format).size() + 17 + longest_about + 1, '\0');
    const ssize_t there = ::pread(out.file_, found.data(), found.size(), 0);
    if (there < 0) return failed(fault_kind::cannot_read, detail::reason_of(errno));
    found.resize(static_cast<std::size_t>(there));
    const std::size_t line = found.find('\n');
    if (line == std::string::npos && head.starts_with(found)) {  // new, or torn while it was begun
      if (!out.put(head.data(), head.size(), 0) || ::ftruncate(out.file_, static_cast<off_t>(head.size())) != 0) {
        return failed(fault_kind::cannot_write, detail::reason_of(errno));
      }
    } else {
      const std::size_t same = format.size() + 16;
      if (line == std::string::npos || !found.starts_with(format) || line <= same) {
        return fault{fault_kind::syntax, {path.string()}, {"the journal of a run", "another file"}};
      }
      if (found.substr(0, same) != head.substr(0, same)) {
        return fault{fault_kind::syntax,
                     {path.string()},
                     {"a journal of the same scenario, settings, seed, replications and build of the program",
                      "that of: " + found.substr(same + 1, line - same - 1)}};
      }
      head.resize(line + 1);
    }
    out.begin_ = out.end_ = head.size();
    return out;
  }

  /// Removes the journal of whatever run, so that another can be begun in its place; if there is none, all is well.
  /// \returns nothing, or one `cannot_write` (also: another process has it open)
  [[nodiscard]] static std::vector<fault> discard(const std::filesystem::path& path) {
    journal out;
    out.path_ = path;
    out.file_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (out.file_ < 0 && errno == ENOENT) return {};
    if (out.file_ < 0) return {{fault_kind::cannot_write, {path.string()}, {path.string(), detail::reason_of(errno)}}};
    if (!out.lock()) return {{fault_kind::cannot_write, {path.string()}, {path.string(), why_not_locked(errno)}}};
    out.remove();
    return {};
  }

  /// Takes over the file; `other` has none then.
  journal(journal&& other) noexcept { *this = std::move(other); }
  journal& operator=(journal&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(file_, other.file_);
    std::swap(begin_, other.begin_);
    std::swap(end_, other.end_);
    std::swap(records_, other.records_);
    std::swap(error_, other.error_);
    return *this;
  }
  journal(const journal&) = delete;
  journal& operator=(const journal&) = delete;
  ~journal() {
    if (file_ >= 0) ::close(file_);
  }

  /// Calls `take(piece, values)` for each record, from piece 0 on, at most `pieces`; forgets what follows the last sound
  /// one. \returns how many were taken. \complexity linear in the file
  template <class Take>
  std::size_t replay(std::size_t pieces, Take&& take) {
    end_ = begin_;
    records_ = 0;
    struct stat about {};
    const std::size_t size = ::fstat(file_, &about) == 0 ? static_cast<std::size_t>(about.st_size) : begin_;
    std::vector<double> values;
    while (records_ < pieces) {
      std::array<std::uint64_t, 2> head{};
      if (size - end_ < overhead || !get(head.data(), sizeof head, end_)) break;
      if (head[0] != records_ || head[1] > (size - end_ - overhead) / sizeof(double)) break;
      values.resize(static_cast<std::size_t>(head[1]));
      const std::size_t bytes = values.size() * sizeof(double);
      std::uint64_t sum = 0;
      if (!get(values.data(), bytes, end_ + sizeof head) || !get(&sum, sizeof sum, end_ + sizeof head + bytes)) break;
      if (sum != checksum(head[0], values)) break;
      take(records_, std::span<const double>(values));
      end_ += overhead + bytes;
      ++records_;
    }
    if (end_ != size && ::ftruncate(file_, static_cast<off_t>(end_)) != 0) error_ = errno;
    return records_;
  }

  /// Adds the record of the next piece. It is with the operating system when this returns: a process that is killed later
  /// loses nothing. A disk that is full is seen in `faults`, and no further record is written.
  void append(std::span<const double> values) {
    if (error_ != 0) return;
    buffer_.resize(overhead + values.size_bytes());
    const std::array<std::uint64_t, 2> head{records_, values.size()};
    const std::uint64_t sum = checksum(records_, values);
    std::memcpy(buffer_.data(), head.data(), sizeof head);
    if (!values.empty()) std::memcpy(buffer_.data() + sizeof head, values.data(), values.size_bytes());
    std::memcpy(buffer_.data() + sizeof head + values.size_bytes(), &sum, sizeof sum);
    errno = 0;
    if (!put(buffer_.data(), buffer_.size(), end_)) {
      error_ = errno != 0 ? errno : EIO;  // never none: the next piece would be kept under the number of this one
      return;
    }
    end_ += buffer_.size();
    ++records_;
  }

  /// Records that were replayed or added.
  [[nodiscard]] std::size_t records() const noexcept { return records_; }
  /// Where it is.
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  /// Nothing, or one `cannot_write`.
  [[nodiscard]] std::vector<fault> faults() const {
    if (error_ == 0) return {};
    return {{fault_kind::cannot_write, {path_.string()}, {path_.string(), detail::reason_of(error_)}}};
  }
  /// Removes the file: the run is finished. A file that somebody else has put in its place stays.
  void remove() {
    std::error_code ignored;
    if (in_place()) std::filesystem::remove(path_, ignored);
  }

 private:
  static constexpr std::string_view format = "sifang-journal 1 ";
  static constexpr std::size_t overhead = 3 * sizeof(std::uint64_t);
  static constexpr std::size_t longest_about = 2000;

  journal() = default;

  /// Some disks of clusters know no locks: the journal does without there.
  [[nodiscard]] bool lock() const noexcept {
    return ::flock(file_, LOCK_EX | LOCK_NB) == 0 || errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP;
  }
  [[nodiscard]] static std::string why_not_locked(int error) {
    return error == EWOULDBLOCK ? "another run has it open" : detail::reason_of(error);
  }
  /// Whether the open file is the one that its name leads to.
  [[nodiscard]] bool in_place() const noexcept {
    struct stat mine {
    }, there{};
    return ::fstat(file_, &mine) == 0 && ::stat(path_.c_str(), &there) == 0 && mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
  }
  /// Every step is one to one in what came before, so a change within one number is always seen.
  [[nodiscard]] static std::uint64_t checksum(std::uint64_t piece, std::span<const double> values) noexcept {
    fingerprint sum;
    sum.add(piece);
    sum.add(values.size());
    for (const double v : values) sum.add(std::bit_cast<std::uint64_t>(v));
    return sum.value();
  }
  [[nodiscard]] bool put(const void* bytes, std::size_t size, std::size_t at) const noexcept {
    const char* from = static_cast<const char*>(bytes);
    while (size > 0) {
      const ssize_t done = ::pwrite(file_, from, size, static_cast<off_t>(at));
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) return false;
      from += done;
      at += static_cast<std::size_t>(done);
      size -= static_cast<std::size_t>(done);
    }
    return true;
  }
  [[nodiscard]] bool get(void* bytes, std::size_t size, std::size_t at) const noexcept {
    char* to = static_cast<char*>(bytes);
    while (size > 0) {
      const ssize_t done = ::pread(file_, to, size, static_cast<off_t>(at));
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) return false;
      to += done;
      at += static_cast<std::size_t>(done);
      size -= static_cast<std::size_t>(done);
    }
    return true;
  }

  std::filesystem::path path_;
  int file_ = -1;
  std::size_t begin_ = 0, end_ = 0, records_ = 0;
  int error_ = 0;
  std::vector<char> buffer_;
};

/// A team whose pieces are kept in a journal: those that stand there are taken from it, and only the rest is done.
///
/// One journal is for one call of `run`. In a team of several processes only the first has a journal; the others have none,
/// and are told where to go on.
template <class Team>
struct journaled_team {
  Team team;                ///< who does the work
  journal* kept = nullptr;  ///< none: as the team alone

  /// See `work_team`.
  template <class MakeWorker, class Take>
  std::size_t run(std::size_t pieces, MakeWorker&& make_worker, Take&& take) const {
    const std::size_t own = kept != nullptr ? kept->replay(pieces, take) : 0;
    std::size_t before = own;
    if constexpr (requires { team.from_first(own); }) before = team.from_first(own);
    const auto make_later = [&] {
      return [worker = make_worker(), before](std::size_t piece, std::vector<double>& out) mutable { worker(before + piece, out); };
    };
    return own + team.run(pieces - before, make_later, [&](std::size_t piece, std::span<const double> values) {
      if (kept != nullptr) kept->append(values);
      take(before + piece, values);
    });
  }
};
/// Deduces the team.
template <class Team>
journaled_team(Team, journal*) -> journaled_team<Team>;

}  // namespace sifang

#endif
