// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_PINYIN_HPP
#define SIFANG_ORG_PINYIN_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/pinyin_table.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Names of places in Hanyu Pinyin, as they stand on maps: without tones, one word, an apostrophe where syllables would run together
/// (GB/T 28039; Chinese phonetic alphabet spelling rules for geographical names, 1984).

namespace sifang {

namespace detail {

/// Bytes of the character that begins with this one; 1 of what begins none.
[[nodiscard]] constexpr std::size_t bytes_of_character(char first) noexcept {
  const auto byte = static_cast<unsigned char>(first);
  return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}
/// The first character of a text, and how many bytes it has, which a text that is cut may not have. \pre the text is not empty
[[nodiscard]] constexpr std::string_view leading_character(std::string_view text) noexcept {
  SIFANG_ASSERT(!text.empty(), "a text without a first character");
  return text.substr(0, bytes_of_character(text.front()));
}
/// Whether a character is a Han character: of the unified ideographs, their extensions, or the zero that is written as a circle.
[[nodiscard]] constexpr bool is_han_character(std::string_view c) noexcept {
  if (c.size() == 4) return c >= "\xF0\xA0" && c < "\xF0\xB4";  // planes 2 and 3
  return c.size() == 3 && ((c >= "\xE3\x90\x80" && c < "\xEA\x80\x80") || c == "\xE3\x80\x87");
}

/// Finds syllables by characters.
class pinyin_reader {
 public:
  /// The only one; made when it is asked for first. \complexity linear in the table, once
  template <class = when_called>
  [[nodiscard]] static const pinyin_reader& get() {
    static const pinyin_reader one;
    return one;
  }
  /// How a character is read; empty where the table has it not. \complexity logarithmic in the table
  [[nodiscard]] std::string_view syllable(std::string_view character) const noexcept {
    if (character.size() != 3) return {};
    const std::uint32_t wanted = key(character);
    const auto found = std::lower_bound(rows_.begin(), rows_.end(), std::pair(wanted, std::uint16_t{0}));
    return found == rows_.end() || found->first != wanted ? std::string_view() : pinyin_syllables[found->second].first;
  }

 private:
  pinyin_reader() {
    for (std::size_t row = 0; row < std::size(pinyin_syllables); ++row) {
      for (std::string_view left = pinyin_syllables[row].second; !left.empty(); left.remove_prefix(3))
        rows_.emplace_back(key(left), static_cast<std::uint16_t>(row));
    }
    std::sort(rows_.begin(), rows_.end());
  }
  [[nodiscard]] static std::uint32_t key(std::string_view c) noexcept {
    const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(c[i])}; };
    return byte(0) << 16 | byte(1) << 8 | byte(2);
  }

  std::vector<std::pair<std::uint32_t, std::uint16_t>> rows_;
};

/// A piece of a name: a character, and what is read or written for it.
struct read_character {
  std::string_view character, reading;
  bool is_han = false;
};

/// The characters of a name with their readings. Empty if one of them is a Han character that nobody here can read.
template <class = when_called>
[[nodiscard]] std::vector<read_character> read_name(std::string_view name) {
  const pinyin_reader& table = pinyin_reader::get();
  std::vector<read_character> out;
  while (!name.empty()) {
    const auto word =
        std::find_if(std::begin(pinyin_words), std::end(pinyin_words), [&](const pinyin_row& w) { return name.starts_with(w.first); });
    if (word != std::end(pinyin_words)) {
      std::string_view left = word->second;
      for (std::size_t at = 0; at < word->first.size(); at += 3) {
        const std::size_t end = (std::min)(left.find(' '), left.size());
        out.push_back({name.substr(at, 3), left.substr(0, end), true});
        left.remove_prefix((std::min)(end + 1, left.size()));
      }
      name.remove_prefix(word->first.size());
      continue;
    }
    const std::string_view c = leading_character(name);
    const bool han = is_han_character(c);
    out.push_back({c, han ? table.syllable(c) : c, han});
    if (out.back().reading.empty()) return {};
    name.remove_prefix(c.size());
  }
  return out;
}

/// How Latin letters, digits and brackets are written in English that Chinese writes as wide as a character.
[[nodiscard]] inline std::string narrow(std::string_view c) {
  if (c == "（") return " (";
  if (c == "、") return ", ";
  if (c.size() == 3 && c[0] == '\xEF' && (c[1] == '\xBC' || c[1] == '\xBD')) {  // U+FF01 to U+FF5E
    const unsigned low = static_cast<unsigned char>(c[2]) & 0x3Fu, at = (c[1] == '\xBC' ? 0x00u : 0x40u) + low;
    if (at >= 0x01 && at <= 0x5E) return std::string(1, static_cast<char>(0x20 + at));
  }
  return std::string(c);
}

/// Whether a character is a letter of English or a digit, which need a blank to what else is a word.
[[nodiscard]] constexpr bool is_word_character(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace detail

/// Whether a text has a Han character. \complexity linear
[[nodiscard]] constexpr bool has_han(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::string_view c = detail::leading_character(text);
    if (detail::is_han_character(c)) return true;
    text.remove_prefix(c.size());
  }
  return false;
}

/// The beginning of a name in pinyin: Changchun of 长春镇, Xi'an, Lüliang, `107 Guodao` of 107国道. What is not Han stays as it is.
///
/// Characters are read as names of places have them: 长 is chang, 蚌 is beng in 蚌埠. Names in languages of peoples of China that are
/// written otherwise (Hohhot) are not known.
/// \param name   all of it, as its end decides how the beginning is read: 六合区
/// \param bytes  of its beginning that are wanted, whole characters \returns empty if the name has a Han character that is not known
/// \complexity linear in the name
template <class = when_called>
[[nodiscard]] std::string place_pinyin(std::string_view name, std::size_t bytes = std::string_view::npos) {
  std::string out;
  bool in_word = false;
  std::size_t at = 0;
  for (const detail::read_character& c : detail::read_name(name)) {
    if ((at += c.character.size()) > bytes) break;
    if (!c.is_han) {
      const std::string own = detail::narrow(c.reading);
      if (in_word && (detail::is_word_character(own.front()) || own.front() == '(')) out += ' ';
      out += own;
      in_word = false;
      continue;
    }
    std::string syllable(c.reading);
    if (in_word) {
      if (syllable.front() == 'a' || syllable.front() == 'e' || syllable.front() == 'o') out += '\'';
    } else {
      if (!out.empty() && (detail::is_word_character(out.back()) || out.back() == ')')) out += ' ';
      syllable.front() = static_cast<char>(syllable.front() - 'a' + 'A');
    }
    out += syllable;
    in_word = true;
  }
  return out;
}

}  // namespace sifang

#endif
