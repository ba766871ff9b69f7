// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_TEXT_FILE_HPP
#define SIFANG_IO_TEXT_FILE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

/// \file
/// Whole text files: read as UTF-8 or UTF-16 (or GB18030 where allowed), written so that nobody ever sees a half.

namespace sifang {

/// Which encodings a reader takes. Office programs in China still save tables as GB18030.
/// What begins with the byte-order mark of UTF-16 is read as that in either case.
enum class text_encoding : std::uint8_t { utf8, utf8_or_gb18030 };

/// Most bytes of a file that is read whole, where its reader sets no other limit: 1 GiB, ten times the largest table.
inline constexpr std::size_t most_bytes_of_a_file = std::size_t{1} << 30;

/// Offset of the first byte that is not UTF-8 text (a NUL is none), or nothing. \complexity linear
[[nodiscard]] inline std::optional<std::size_t> first_bad_byte(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned char lead = byte(i);
    if (lead == 0) return i;
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t more = lead >= 0xC2 && lead <= 0xDF ? 1 : lead >= 0xE0 && lead <= 0xEF ? 2 : lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
    if (more == 0 || i + more >= text.size()) return i;
    for (std::size_t k = 1; k <= more; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return i;
    }
    const unsigned char second = byte(i + 1);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool surrogate = lead == 0xED && second > 0x9F;
    const bool beyond = lead == 0xF4 && second > 0x8F;
    if (overlong || surrogate || beyond) return i;
    i += more + 1;
  }
  return std::nullopt;
}

namespace detail {

/// The text as UTF-8, if it is GB18030. Control characters are refused: they mean that it is no text at all.
[[nodiscard]] inline std::optional<std::string> from_gb18030([[maybe_unused]] std::string_view text) {
#if defined(__unix__) || defined(__APPLE__)
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') return std::nullopt;
  }
  const iconv_t converter = ::iconv_open("UTF-8", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;  // NOLINT: the value POSIX gives for failure
  std::string source(text);
  std::string out(text.size() * 3 + 16, '\0');
  char* from = source.data();
  std::size_t from_left = source.size();
  char* to = out.data();
  std::size_t to_left = out.size();
  const std::size_t done = ::iconv(converter, &from, &from_left, &to, &to_left);
  ::iconv_close(converter);
  if (done == static_cast<std::size_t>(-1) || from_left != 0) return std::nullopt;
  out.resize(out.size() - to_left);
  return out;
#else
  return std::nullopt;
#endif
}

/// The text as UTF-8, if it is UTF-16 with its byte-order mark; the position of the first unit that is none otherwise.
struct from_utf16 {
  /// \pre the bytes begin with a byte-order mark
  explicit from_utf16(std::string_view bytes) {
    SIFANG_ASSERT(bytes.size() >= 2, "a byte-order mark");
    const bool big_end_first = bytes[0] == '\xFE';
    const auto unit = [&](std::size_t at) {
      const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
      return static_cast<std::uint32_t>(big_end_first ? first << 8 | second : second << 8 | first);
    };
    text.reserve(bytes.size());
    for (std::size_t at = 2; at < bytes.size(); at += 2) {
      bad = at;
      if (at + 1 == bytes.size()) return;  // half a unit
      std::uint32_t c = unit(at);
      if (c == 0 || (c >= 0xDC00 && c <= 0xDFFF)) return;
      if (c >= 0xD800 && c <= 0xDBFF) {  // with the next one a character
        if (at + 3 >= bytes.size()) return;
        const std::uint32_t low = unit(at + 2);
        if (low < 0xDC00 || low > 0xDFFF) return;
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
      add(c);
    }
    bad = bytes.size();
    whole = true;
  }

  std::string text;     ///< up to `bad`
  std::size_t bad = 0;  ///< offset of what is no text
  bool whole = false;   ///< there is none

 private:
  void add(std::uint32_t c) {
    const auto more = [&](int shift) { text += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += static_cast<char>(0xC0 | c >> 6);
      more(0);
    } else if (c < 0x10000) {
      text += static_cast<char>(0xE0 | c >> 12);
      more(6);
      more(0);
    } else {
      text += static_cast<char>(0xF0 | c >> 18);
      more(12);
      more(6);
      more(0);
    }
  }
};

/// Line and column of an offset, which may be the end of the text. \complexity linear
[[nodiscard]] inline place place_in(std::string_view text, std::size_t offset, const std::string& file) {
  place where{file, 1, 1};
  for (std::size_t i = 0; i < offset; ++i) {
    if (text[i] == '\n') {
      ++where.line;
      where.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++where.column;
    }
  }
  return where;
}

/// Whether bytes begin as a ZIP archive does, which `.xlsx` is, or as the older files of office programs, which encrypted ones
/// are still.
[[nodiscard]] inline bool is_zip(std::string_view bytes) noexcept { return bytes.starts_with("PK\x03\x04"); }
[[nodiscard]] inline bool is_spreadsheet_or_archive(std::string_view bytes) noexcept {
  return is_zip(bytes) || bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}

[[nodiscard]] inline std::string reason_of(int error) { return std::generic_category().message(error); }

#if defined(__unix__) || defined(__APPLE__)
/// A file that is open for reading as long as this lives.
class input_file {
 public:
  /// Does not wait for somebody to write into a named pipe.
  explicit input_file(const std::filesystem::path& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)), error_(descriptor_ < 0 ? errno : 0) {}
  input_file(const input_file&) = delete;
  input_file& operator=(const input_file&) = delete;
  ~input_file() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  /// Adds the whole content to `bytes`. \returns what is wrong, or nothing
  [[nodiscard]] std::string read(const std::filesystem::path& path, std::size_t most, std::string& bytes) {
    struct stat about {};
    if (error_ == 0 && ::fstat(descriptor_, &about) != 0) error_ = errno;
    if (error_ != 0) return reason_of(error_);
    if (S_ISDIR(about.st_mode)) return reason_of(EISDIR);
    if (!S_ISREG(about.st_mode) && !is_given_pipe(path, about.st_mode)) return "not a regular file";
    if (S_ISREG(about.st_mode) && static_cast<std::uintmax_t>(about.st_size) > most) return reason_of(EFBIG);
    if (S_ISREG(about.st_mode))
      bytes.reserve(static_cast<std::size_t>(about.st_size) + 1);
    else
      ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) & ~O_NONBLOCK);  // whoever writes into it may take their time
    std::string block(std::size_t{1} << 16, '\0');
    while (true) {
      const ssize_t got = ::read(descriptor_, block.data(), block.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return reason_of(errno);
      if (got == 0) return {};
      bytes.append(block, 0, static_cast<std::size_t>(got));
      if (bytes.size() > most) return reason_of(EFBIG);  // a pipe without end, or a file that grows
    }
  }

 private:
  /// A pipe that the shell has opened for the program (`< (…)`, `… |`), and no other, which may never say anything.
  [[nodiscard]] static bool is_given_pipe(const std::filesystem::path& path, mode_t mode) {
    const std::string name = path.string();
    return S_ISFIFO(mode) && (name == "/dev/stdin" || name.starts_with("/dev/fd/") || name.starts_with("/proc/self/fd/"));
  }

  int descriptor_;
  int error_;
};
#endif

}  // namespace detail

/// Checks bytes that were read from `file` and returns them as UTF-8 without byte-order mark.
///
/// Faults: `empty_file` (nothing but white space), `not_text`, `is_spreadsheet`.
/// \param expected what the file should hold, for the message of an empty one
[[nodiscard]] inline checked<std::string> decode_text(std::string bytes, const std::string& file,
                                                      text_encoding encoding = text_encoding::utf8, const std::string& expected = "text") {
  if (detail::is_spreadsheet_or_archive(bytes)) return fault{fault_kind::is_spreadsheet, {file}, {file}};
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    detail::from_utf16 converted(bytes);
    if (!converted.whole) {
      const auto line = 1 + std::count(converted.text.begin(), converted.text.end(), '\n');
      return fault{fault_kind::not_text, {file, static_cast<std::uint32_t>(line)}, {std::to_string(converted.bad)}};
    }
    bytes = std::move(converted.text);
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) return fault{fault_kind::empty_file, {file}, {expected}};
  if (const auto bad = first_bad_byte(bytes)) {
    if (encoding == text_encoding::utf8_or_gb18030) {
      if (auto converted = detail::from_gb18030(bytes)) return *std::move(converted);
    }
    std::uint32_t line = 1;
    for (std::size_t i = 0; i < *bad; ++i) line += bytes[i] == '\n' ? 1u : 0u;
    return fault{fault_kind::not_text, {file, line}, {std::to_string(*bad)}};
  }
  return bytes;
}

/// The bytes of a whole file: a regular one, or a pipe that the shell has opened for the program. Devices and named pipes,
/// which may have no end or never begin, are refused. Faults: `cannot_read`.
/// \param most  bytes; a larger file is `cannot_read` \complexity linear
[[nodiscard]] inline checked<std::string> read_bytes(const std::filesystem::path& path, std::size_t most = most_bytes_of_a_file) {
  const std::string file = path.string();
  std::string bytes;
#if defined(__unix__) || defined(__APPLE__)
  const std::string wrong = detail::input_file(path).read(path, most, bytes);
  if (!wrong.empty()) return fault{fault_kind::cannot_read, {file}, {file, wrong}};
#else
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return fault{fault_kind::cannot_read, {file}, {file, detail::reason_of(EISDIR)}};
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return fault{fault_kind::cannot_read, {file}, {file, detail::reason_of(errno != 0 ? errno : ENOENT)}};
  if (!std::filesystem::is_regular_file(path, error)) return fault{fault_kind::cannot_read, {file}, {file, "not a regular file"}};
  if (std::filesystem::file_size(path, error) > most) return fault{fault_kind::cannot_read, {file}, {file, detail::reason_of(EFBIG)}};
  std::string block(std::size_t{1} << 16, '\0');
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
    bytes.append(block, 0, static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return fault{fault_kind::cannot_read, {file}, {file, detail::reason_of(EIO)}};
#endif
  return bytes;
}

/// Reads a whole file as text. Faults: those of `read_bytes` and of `decode_text`. \complexity linear
[[nodiscard]] inline checked<std::string> read_text(const std::filesystem::path& path, text_encoding encoding = text_encoding::utf8,
                                                    const std::string& expected = "text", std::size_t most = most_bytes_of_a_file) {
  checked<std::string> bytes = read_bytes(path, most);
  if (!bytes) return bytes;
  return decode_text(*std::move(bytes), path.string(), encoding, expected);
}

/// Writes a file so that it is there whole or not at all: a temporary beside it is flushed to the disk
/// and then renamed. \returns nothing, or one `cannot_write`
[[nodiscard]] inline std::vector<fault> write_text(const std::filesystem::path& path, std::string_view text) {
  namespace fs = std::filesystem;
  const auto failed = [&](int error) {
    return std::vector<fault>{{fault_kind::cannot_write, {path.string()}, {path.string(), detail::reason_of(error)}}};
  };
#if defined(__unix__) || defined(__APPLE__)
  std::string beside = (path.parent_path() / ("." + path.filename().string() + ".XXXXXX")).string();
  const int descriptor = ::mkstemp(beside.data());
  if (descriptor < 0) return failed(errno);
  int error = 0;
  for (std::size_t done = 0; done < text.size() && error == 0;) {
    const auto written = ::write(descriptor, text.data() + done, text.size() - done);
    if (written < 0 && errno != EINTR) error = errno;
    if (written > 0) done += static_cast<std::size_t>(written);
  }
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (error == 0 && ::fchmod(descriptor, static_cast<mode_t>(0666) & ~mask) != 0) error = errno;
  if (error == 0 && ::fsync(descriptor) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(beside.c_str());
    return failed(error);
  }
#else
  const fs::path beside = path.parent_path() / ("." + path.filename().string() + ".partial");
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.flush();
    if (!out) {
      std::error_code ignored;
      fs::remove(beside, ignored);
      return failed(EIO);
    }
  }
  std::error_code renamed;
  fs::rename(beside, path, renamed);
  if (renamed) {
    std::error_code ignored;
    fs::remove(beside, ignored);
    return failed(renamed.value());
  }
#endif
  return {};
}

}  // namespace sifang

#endif
