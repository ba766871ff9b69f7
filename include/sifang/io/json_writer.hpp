// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_JSON_WRITER_HPP
#define SIFANG_IO_JSON_WRITER_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/number_text.hpp"

#include <cmath>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// Writes JSON piece by piece, in the order of the calls, without building a tree.
///
/// The outer `broken_levels` levels stand on lines of their own, so that two files can be compared line
/// by line; what is deeper stays on one line. A number that is not finite becomes `null`.
class json_writer {
 public:
  /// \param broken_levels  0 puts everything on one line
  explicit json_writer(std::size_t broken_levels = 2) : broken_levels_(broken_levels) {}

  /// Opens an object: what follows are members, each with its `key`.
  json_writer& begin_object() { return open('{'); }
  /// \pre the innermost thing that is open is an object, and no key waits for its value
  json_writer& end_object() { return close('}'); }
  /// Opens an array: what follows are values without keys.
  json_writer& begin_array() { return open('['); }
  /// \pre the innermost thing that is open is an array
  json_writer& end_array() { return close(']'); }

  /// Name of the next member. \pre inside an object
  json_writer& key(std::string_view name) {
    SIFANG_ASSERT(!counts_.empty() && !after_key_, "a key inside an object");
    next();
    quoted(name);
    out_ += ':';
    after_key_ = true;
    return *this;
  }

  /// A text in UTF-8; quotes, backslashes and control characters are escaped.
  json_writer& value(std::string_view text) {
    next();
    quoted(text);
    return *this;
  }
  /// A text too: without this overload a literal would become a `bool`.
  json_writer& value(const char* text) { return value(std::string_view(text)); }
  /// `true` or `false`.
  json_writer& value(bool yes) { return raw(yes ? "true" : "false"); }
  /// The shortest text that reads back as the same number; `null` if it is not finite.
  json_writer& value(double number) { return std::isfinite(number) ? raw(number_text(number)) : null(); }
  /// A whole number. Readers that know only `double` lose digits beyond 2⁵³.
  template <std::integral Integer>
  json_writer& value(Integer number) {
    return raw(std::to_string(number));
  }
  /// What is not known or does not apply.
  json_writer& null() { return raw("null"); }

  /// A key and its value in one call.
  template <class Value>
  json_writer& member(std::string_view name, const Value& v) {
    return key(name).value(v);
  }

  /// The text so far, which is complete once everything is closed.
  [[nodiscard]] const std::string& text() const noexcept { return out_; }
  /// \pre everything is closed
  [[nodiscard]] std::string finish() && {
    SIFANG_ASSERT(counts_.empty());
    out_ += '\n';
    return std::move(out_);
  }

 private:
  json_writer& open(char bracket) {
    next();
    out_ += bracket;
    counts_.push_back(0);
    return *this;
  }
  json_writer& close(char bracket) {
    SIFANG_ASSERT(!counts_.empty() && !after_key_);
    const bool filled = counts_.back() > 0;
    counts_.pop_back();
    if (filled && counts_.size() < broken_levels_) new_line();
    out_ += bracket;
    return *this;
  }
  json_writer& raw(std::string_view text) {
    next();
    out_ += text;
    return *this;
  }
  void next() {
    if (after_key_) {
      after_key_ = false;
      return;
    }
    if (counts_.empty()) return;
    if (counts_.back()++ > 0) out_ += ',';
    if (counts_.size() <= broken_levels_) new_line();
  }
  void new_line() { out_.append(1, '\n').append(counts_.size(), ' '); }
  void quoted(std::string_view text) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    out_ += '"';
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        out_ += '\\';
        out_ += c;
      } else if (c == '\n') {
        out_ += "\\n";
      } else if (byte < 0x20) {
        out_ += "\\u00";
        out_ += hexadecimal[byte >> 4];
        out_ += hexadecimal[byte & 15];
      } else {
        out_ += c;
      }
    }
    out_ += '"';
  }

  std::string out_;
  std::vector<std::size_t> counts_;  // members so far of each open object or array
  std::size_t broken_levels_;
  bool after_key_ = false;
};

namespace detail {

/// A text in double quotes, as TOML writes it.
[[nodiscard]] inline std::string toml_quoted(std::string_view text) {
  json_writer json(0);
  return json.value(text).text();  // what JSON escapes, TOML does in the same way
}

}  // namespace detail

}  // namespace sifang

#endif
