// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_DIVISION_SEARCH_HPP
#define SIFANG_IO_DIVISION_SEARCH_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/divisions.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/org/division_names.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// Prefectures by the four digits of their codes, for the names of counties that need them.
using prefecture_names = std::map<std::string, std::string, std::less<>>;

/// Reads cities.csv (code, name) of a folder of division tables. There may be none: no prefecture is known then.
/// Faults: those of `read_csv`.
[[nodiscard]] inline checked<prefecture_names> load_prefectures(const std::filesystem::path& folder,
                                                                const text_source& from = text_files()) {
  prefecture_names out;
  const std::filesystem::path file = folder / "cities.csv";
  if (!from.has(file)) return out;
  std::vector<fault> faults;
  const auto table = read_csv(file, faults, "a table of prefectures", from);
  if (!table) return faults;
  const auto columns = table->columns({"code", "name"}, {}, faults);
  if (!faults.empty()) return faults;
  for (std::size_t row = 0; row < table->size(); ++row) out.emplace(table->at(row, columns[0]).text, table->at(row, columns[1]).text);
  return out;
}

/// Finds counties of division tables as people name them.
class county_search {
 public:
  /// \param divisions, prefectures  outlive it
  county_search(const national_divisions& divisions, const prefecture_names& prefectures)
      : divisions_(divisions), prefectures_(prefectures) {}

  /// The county meant by its code (six digits, or twelve as statistics write it), that of a city without counties, its
  /// name, its name without what it is (霞浦), or its name behind that of its prefecture or province (南京市鼓楼区).
  ///
  /// Faults: `unknown_county` with the nearest, `ambiguous_county` with those that it may be, `rule_unsatisfied` for one
  /// without a village. \complexity linear in counties
  [[nodiscard]] checked<division_county> operator()(std::string_view asked) const {
    const std::string_view word = trimmed_blanks(asked);
    const bool is_code = !word.empty() && word.find_first_not_of("0123456789") == word.npos;
    const std::vector<std::size_t> found = is_code ? by_code(word) : by_name(word);
    if (found.size() == 1) return divisions_.counties()[found.front()];
    if (!found.empty()) return make_fault(fault_kind::ambiguous_county, place{}, shortened(word), told(found));
    for (const division_place& c : divisions_.counties_without_villages()) {
      if (c.name != word && c.code != six(word)) continue;
      return make_fault(fault_kind::rule_unsatisfied, place{}, "R9",
                        std::string(c.name) + " (" + std::string(c.code) + ") has no village in the tables");
    }
    return make_fault(fault_kind::unknown_county, place{}, shortened(word), is_code ? nearest_code(word) : nearest_name(word));
  }

  /// Name of the prefecture of a county; that of the province where it stands below this directly, empty if neither is known.
  [[nodiscard]] std::string prefecture_of(std::string_view county_code) const {
    const auto city = prefectures_.find(county_code.substr(0, 4));
    // Not a prefecture's name but a heading of the tables: 市辖区, 县, 省直辖县级行政区划.
    const bool heading =
        city == prefectures_.end() || city->second == "市辖区" || city->second == "县" || city->second.ends_with("行政区划");
    return heading ? std::string(province_of(county_code)) : city->second;
  }
  /// The county behind the names of its province and prefecture, each once: 江苏省南京市鼓楼区.
  [[nodiscard]] std::string whole_name(const division_county& c) const {
    std::string out(province_of(c.code));
    const std::string prefecture = prefecture_of(c.code);
    if (prefecture != out && prefecture != c.name) out += prefecture;
    return out += c.name;
  }

 private:
  [[nodiscard]] static std::string_view trimmed_blanks(std::string_view text) noexcept {
    constexpr std::string_view wide = "\u3000";
    for (bool more = true; more;) {
      more = false;
      for (const std::string_view blank : {std::string_view(" "), std::string_view("\t"), wide}) {
        if (text.starts_with(blank)) text.remove_prefix(blank.size()), more = true;
        if (text.ends_with(blank)) text.remove_suffix(blank.size()), more = true;
      }
    }
    return text;
  }
  /// The six digits of a county in the twelve of its statistics code.
  [[nodiscard]] static std::string_view six(std::string_view code) noexcept {
    return code.size() == 12 && code.ends_with("000000") ? code.substr(0, 6) : code;
  }
  [[nodiscard]] std::string_view province_of(std::string_view county_code) const noexcept {
    for (const division_place& p : divisions_.provinces()) {
      if (p.code == county_code.substr(0, 2)) return p.name;
    }
    return {};
  }

  template <class Is>
  [[nodiscard]] std::vector<std::size_t> where(const Is& is) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < divisions_.counties().size(); ++i) {
      if (is(divisions_.counties()[i])) out.push_back(i);
    }
    return out;
  }

  [[nodiscard]] std::vector<std::size_t> by_code(std::string_view digits) const {
    const std::string_view code = six(digits);
    std::vector<std::size_t> found = where([&](const division_county& c) { return c.code == code; });
    if (!found.empty()) return found;
    // A prefecture or a province: the only county of it, or the question which.
    std::string_view above = code;
    while (above.size() > 2 && above.size() % 2 == 0 && above.ends_with("00")) above.remove_suffix(2);
    if (above.size() != 2 && above.size() != 4) return {};
    return where([&](const division_county& c) { return c.code.starts_with(above); });
  }

  /// Whether a text is nothing, or names the province, the prefecture or both, with or without what they are.
  [[nodiscard]] bool leads_to(std::string_view text, const division_county& c) const {
    const std::string_view province = province_of(c.code);
    const std::string prefecture = prefecture_of(c.code);
    const auto begins = [](std::string_view whole, std::string_view begin) { return !begin.empty() && whole.starts_with(begin); };
    const auto shorter = [](std::string_view name) {
      for (const std::string_view ending : {std::string_view("省"), std::string_view("市"), std::string_view("自治区"),
                                            std::string_view("自治州"), std::string_view("地区"), std::string_view("盟")}) {
        if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
      }
      return name;
    };
    for (const std::string_view name : {province, std::string_view(prefecture)}) {
      if (begins(text, name))
        text.remove_prefix(name.size());
      else if (begins(text, shorter(name)))
        text.remove_prefix(shorter(name).size());
    }
    return text.empty();
  }

  [[nodiscard]] std::vector<std::size_t> by_name(std::string_view word) const {
    if (word.empty()) return {};
    std::vector<std::size_t> found =
        where([&](const division_county& c) { return word.ends_with(c.name) && leads_to(word.substr(0, word.size() - c.name.size()), c); });
    if (found.empty()) found = where([&](const division_county& c) { return short_county_name(c.name) == word; });
    if (found.empty())
      found = where([&](const division_county& c) { return prefecture_of(c.code) == word || province_of(c.code) == word; });
    return found;
  }

  [[nodiscard]] std::string told(std::span<const std::size_t> found) const {
    constexpr std::size_t most = 8;
    std::string out;
    for (std::size_t i = 0; i < found.size() && i < most; ++i) {
      const division_county& c = divisions_.counties()[found[i]];
      out += (i == 0 ? "" : ", ") + std::string(c.code) + ' ' + whole_name(c);
    }
    return found.size() > most ? out + ", …" : out;
  }

  [[nodiscard]] std::string nearest_code(std::string_view digits) const {
    if (digits.size() > 6) {  // a township or a village: its county
      const auto above = where([&](const division_county& c) { return digits.starts_with(c.code); });
      if (above.size() == 1) return told(above);
    }
    std::vector<std::string> codes, beside;
    for (const division_county& c : divisions_.counties()) {
      codes.emplace_back(c.code);
      if (c.code.substr(0, 4) == digits.substr(0, 4)) beside.emplace_back(c.code);
    }
    std::string near = nearest(digits, beside);
    if (near.empty()) near = nearest(digits, codes);
    return near.empty() ? near : told(where([&](const division_county& c) { return c.code == near; }));
  }

  [[nodiscard]] std::string nearest_name(std::string_view word) const {
    if (word.empty()) return {};
    // Another word for what it is (霞浦区), or else the nearest.
    const std::string_view without = short_county_name(word);
    const auto same = where([&](const division_county& c) { return short_county_name(c.name) == without; });
    if (!same.empty()) return told(same);
    const std::vector<std::string_view> wanted = characters(word);
    std::size_t least = wanted.size() / 3;  // of three characters one may be wrong
    std::vector<std::size_t> near;
    for (std::size_t i = 0; i < divisions_.counties().size(); ++i) {
      const std::vector<std::string_view> name = characters(divisions_.counties()[i].name);
      if (name.size() != wanted.size()) continue;
      std::size_t wrong = 0;
      for (std::size_t k = 0; k < name.size(); ++k) wrong += name[k] != wanted[k] ? 1 : 0;
      if (wrong > least) continue;
      if (wrong < least) near.clear();
      least = wrong;
      near.push_back(i);
    }
    if (!near.empty()) return told(near);
    std::vector<std::string> names;
    for (const division_county& c : divisions_.counties()) names.emplace_back(c.name);
    const std::string other = nearest(word, names);  // a character too many or too few
    return other.empty() ? other : told(where([&](const division_county& c) { return c.name == other; }));
  }

  [[nodiscard]] static std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at + 1;
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
      out.push_back(text.substr(at, end - at));
      at = end;
    }
    return out;
  }

  const national_divisions& divisions_;
  const prefecture_names& prefectures_;
};

}  // namespace sifang

#endif
