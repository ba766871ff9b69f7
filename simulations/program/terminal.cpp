// SPDX-License-Identifier: BSL-1.0
#include "terminal.hpp"

#include "sifang/io/text_table.hpp"

#include <iconv.h>
#include <langinfo.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstddef>
#include <cstdlib>
#include <initializer_list>
#include <iostream>
#include <ostream>
#include <streambuf>
#include <string_view>
#include <utility>

namespace sifang_program {

using sifang::language;

namespace {

[[nodiscard]] std::string first_set(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  }
  return "";
}

[[nodiscard]] std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

/// Length of the character that stands first, whole and valid in UTF-8; 0 if more bytes must come; -1 if it is none.
[[nodiscard]] int character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
  if (length == 0) return -1;
  for (std::size_t i = 1; i < std::min(length, text.size()); ++i) {
    if ((byte(i) & 0xC0) != 0x80) return -1;
  }
  if (text.size() < length) return 0;
  const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
  const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
  return overlong || surrogate || beyond ? -1 : static_cast<int>(length);
}

/// Plain letters for what our own texts use.
[[nodiscard]] std::string_view likeness(std::string_view character) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"–", "-"}, {"—", "-"},  {"−", "-"},   {"±", "+-"}, {"×", "x"},  {"…", "..."},  {"‘", "'"},
      {"’", "'"}, {"“", "\""}, {"”", "\""},  {"≤", "<="}, {"≥", ">="}, {"ρ", "rho"},  {"λ", "lambda"},
      {"⁺", "+"}, {"·", "."},  {"°", "deg"}, {"²", "2"},  {"≠", "!="}, {"β", "beta"}, {"∞", "inf"}};
  for (const auto& [rich, plain] : known)
    if (rich == character) return plain;
  return "";
}

}  // namespace

language language_of_environment() {
  const std::string locale = first_set({"LC_ALL", "LC_MESSAGES", "LANG"});
  const bool chinese =
      locale.starts_with("zh") && (locale.size() == 2 || std::string_view("_.-@").find(locale[2]) != std::string_view::npos);
  return chinese ? language::zh : language::en;
}

std::string charset_of_environment() {
  const std::string locale = first_set({"LC_ALL", "LC_CTYPE", "LANG"});
  if (const std::size_t dot = locale.find('.'); dot != std::string::npos) {
    const std::string named = upper(std::string_view(locale).substr(dot + 1, locale.find('@') - dot - 1));
    return named == "UTF8" ? "UTF-8" : named;
  }
  if (locale.empty() || std::setlocale(LC_CTYPE, locale.c_str()) == nullptr) return "ASCII";
  std::string out = upper(nl_langinfo(CODESET));
  std::setlocale(LC_CTYPE, "C");
  return out == "ANSI_X3.4-1968" || out == "US-ASCII" ? "ASCII" : out;
}

/// Passes characters on in the terminal's set.
class terminal::filter : public std::streambuf {
 public:
  filter(std::ostream& stream, const std::string& charset) : stream_(&stream), behind_(stream.rdbuf()), unicode_(charset == "UTF-8") {
    if (!unicode_ && charset != "ASCII") converter_ = iconv_open(charset.c_str(), "UTF-8");
    exchange(this);
  }
  ~filter() override {
    if (!pending_.empty()) static_cast<void>(put("?"));
    stream_->flush();
    exchange(behind_);
    if (converts()) iconv_close(converter_);
  }
  filter(const filter&) = delete;
  filter& operator=(const filter&) = delete;

  /// Whether all of a text can be shown.
  [[nodiscard]] bool can_show(std::string_view text) {
    while (!text.empty()) {
      const auto length = static_cast<std::size_t>(std::max(1, character_length(text)));
      if (converted(text.substr(0, length)).empty()) return false;
      text.remove_prefix(length);
    }
    return true;
  }
  [[nodiscard]] bool lost_something() const { return lost_; }
  [[nodiscard]] bool wrote_something() const { return wrote_; }

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char one = traits_type::to_char_type(c);
    return xsputn(&one, 1) == 1 ? c : traits_type::eof();
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    wrote_ = wrote_ || size > 0;
    pending_.append(text, static_cast<std::size_t>(size));
    std::string_view left = pending_;
    std::string out;
    while (!left.empty()) {
      const int length = character_length(left);
      if (length == 0) break;
      const std::string_view character = left.substr(0, static_cast<std::size_t>(std::max(1, length)));
      out += length < 0 ? "?" : shown(character);
      left.remove_prefix(character.size());
    }
    pending_ = std::string(left);
    return put(out) ? size : 0;
  }
  int sync() override { return behind_->pubsync(); }

 private:
  /// Another buffer for the stream; what has failed stays failed, and a rank that is silent stays silent.
  void exchange(std::streambuf* other) {
    const std::ios_base::iostate state = stream_->rdstate();
    stream_->rdbuf(other);
    stream_->setstate(state);
  }
  [[nodiscard]] bool converts() const { return converter_ != reinterpret_cast<iconv_t>(-1); }
  [[nodiscard]] bool put(std::string_view text) {
    return behind_->sputn(text.data(), static_cast<std::streamsize>(text.size())) == static_cast<std::streamsize>(text.size());
  }
  /// The character in the terminal's set; empty if it has none.
  [[nodiscard]] std::string converted(std::string_view character) {
    if (character.size() == 1 || unicode_) return std::string(character);
    if (!converts()) return "";
    std::string in(character), out(8, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t from_left = in.size(), to_left = out.size();
    iconv(converter_, nullptr, nullptr, nullptr, nullptr);
    const std::size_t failed = iconv(converter_, &from, &from_left, &to, &to_left);
    if (failed != 0) return "";  // also where it would put something else
    out.resize(out.size() - to_left);
    return out;
  }
  [[nodiscard]] std::string shown(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    const bool control = (lead < 0x20 && lead != '\n' && lead != '\t' && lead != '\r') || lead == 0x7F ||
                         (character.size() == 2 && lead == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0);
    if (control) return "?";
    if (std::string out = converted(character); !out.empty()) return out;
    if (const std::string_view plain = likeness(character); !plain.empty()) return std::string(plain);
    lost_ = true;
    return std::string(sifang::display_width(character), '?');  // columns stay aligned
  }

  std::ostream* stream_;
  std::streambuf* behind_;
  bool unicode_;
  iconv_t converter_ = reinterpret_cast<iconv_t>(-1);
  bool lost_ = false, wrote_ = false;
  std::string pending_;  // the first bytes of a character whose others are still to come
};

namespace {
constexpr std::string_view chinese_sample = "四访";
}

terminal::terminal() : charset_(charset_of_environment()) {
  if (isatty(STDOUT_FILENO) != 0) out_ = std::make_unique<filter>(std::cout, charset_);
  if (isatty(STDERR_FILENO) != 0) error_ = std::make_unique<filter>(std::cerr, charset_);
}

terminal::~terminal() {
  const auto wrote = [](const std::unique_ptr<filter>& stream) { return stream && stream->wrote_something(); };
  const auto lost = [](const std::unique_ptr<filter>& stream) { return stream && stream->lost_something(); };
  const bool signs = lost(out_) || lost(error_);
  const bool other_language = english_instead_ && (wrote(out_) || wrote(error_));
  out_.reset();
  if (signs && language_ == language::zh) {
    std::cerr << "“?”代表当前区域设置（" << charset_ << "）无法显示的字符；若终端支持，请设 LC_ALL=C.UTF-8\n";
  } else if (signs || other_language) {
    std::cerr << (signs ? "? stands for characters that the locale (" : "English instead of Chinese, which the locale (") << charset_
              << ") cannot show; if the terminal can, set LC_ALL=C.UTF-8\n";
  }
  error_.reset();
}

language terminal::readable(filter* stream, language wanted) {
  if (wanted == language::en || stream == nullptr || stream->can_show(chinese_sample)) return wanted;
  english_instead_ = true;
  return language::en;
}
// GBK has them too, as wide as Chinese characters.
bool terminal::shows_bars() const { return out_ != nullptr && charset_ == "UTF-8"; }
language terminal::readable_out(language wanted) { return readable(out_.get(), wanted); }
language terminal::readable_error(language wanted) { return readable(error_.get(), wanted); }

}  // namespace sifang_program
