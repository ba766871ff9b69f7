// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_INPUT_PRINT_HPP
#define SIFANG_IO_INPUT_PRINT_HPP

#include "sifang/engine/fingerprint.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/version.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

/// \file
/// What identifies the input of a run, so that a journal is gone on with only by the run that began it.

namespace sifang {

/// Takes in a text, its length included.
inline void add_text(fingerprint& into, std::string_view text) {
  into.add(text.size());
  for (std::size_t at = 0; at < text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, (std::min)(sizeof word, text.size() - at));
    into.add(word);
  }
}

/// Takes in all that the replications of a scenario depend on: the version of the library, every parameter, and what the
/// tables of the county and the recorded cases hold, wherever they lie.
/// \param cases  empty: none \param map  how the ledger of `cases` is read; empty: by the dictionary
inline void add_input(fingerprint& into, const scenario& s, const std::filesystem::path& cases = {}, const text_source& from = text_files(),
                      const std::filesystem::path& map = {}) {
  const auto add = [&](const std::filesystem::path& name) {
    const auto text = from.text(name, {text_encoding::utf8_or_gb18030, "a table"});
    add_text(into, text ? std::string_view(*text) : std::string_view());
  };
  add_text(into, SIFANG_VERSION_TEXT);
  for (const std::string* table : {&s.county.units, &s.county.officials, &s.county.links, &s.county.holidays}) add(*table);
  if (!cases.empty()) add(cases);
  if (!map.empty()) add(map);
  for (const described_parameter& d : describe(s)) {
    if (d.about.unit == "file") continue;
    add_text(into, d.about.key);
    add_text(into, d.value);
  }
}

}  // namespace sifang

#endif
