// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_TEXT_HPP
#define SIFANG_PETITION_TEXT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>

namespace sifang {

/// One thing said in both languages.
struct bilingual {
  std::string_view en,  ///< English
      zh;               ///< simplified Chinese

  /// The one for this reader.
  [[nodiscard]] constexpr std::string_view in(language lang) const noexcept { return lang == language::zh ? zh : en; }
};

/// What a person reads for each enumerator, in order. `names_of` is what a file holds.
template <class Enum>
inline constexpr bilingual texts_of[] = {{"", ""}};

/// Enumerations that have both written names and texts for people.
template <class Enum>
concept worded_enum = named_enum<Enum> && !texts_of<Enum>[0].en.empty() && std::size(texts_of<Enum>) == std::size(names_of<Enum>);

/// What a person reads for the enumerator. \pre it is one of those declared; asserted
template <worded_enum Enum>
[[nodiscard]] constexpr std::string_view text_of(Enum value, language lang = language::en) noexcept {
  SIFANG_ASSERT(static_cast<std::size_t>(value) < std::size(texts_of<Enum>), "an enumerator that is declared");
  return texts_of<Enum>[static_cast<std::size_t>(value)].in(lang);
}

/// The enumerator whose written name, English text or Chinese text is `text`, or nothing.
template <worded_enum Enum>
[[nodiscard]] constexpr std::optional<Enum> parse_text(std::string_view text) noexcept {
  for (std::size_t i = 0; i < std::size(texts_of<Enum>); ++i) {
    if (names_of<Enum>[i] == text || texts_of<Enum>[i].en == text || texts_of<Enum>[i].zh == text) { return static_cast<Enum>(i); }
  }
  return std::nullopt;
}

}  // namespace sifang

#endif
