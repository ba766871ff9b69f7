// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PLACE_NAMES_HPP
#define SIFANG_IO_PLACE_NAMES_HPP

#include "sifang/core/id.hpp"
#include "sifang/io/cell_text.hpp"
#include "sifang/io/personal_data.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/unit.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// Units of a county by what people call them: `三沙镇`, `霞浦县三沙镇`, `崇儒畲族乡东坡村`, `三沙镇人民政府`, or their codes.

namespace sifang {

namespace detail {

/// The code of the unit that a place means: its own, or one that differs in how many zeros of lower levels stand behind it,
/// as the statistics bureau writes 350921001000 for the township 350921001. Empty if there is no such unit.
[[nodiscard]] inline std::string unit_code_of(const county_tree& units, const std::string& place) {
  if (units.find(place)) return place;
  constexpr std::size_t village = 12, township = 9, county = 6;  // digits of the codes of each level
  if (place.empty() || place.find_first_not_of("0123456789") != std::string::npos || place.size() > village) return {};
  for (const std::size_t digits : {village, township, county}) {
    const bool only_zeros = place.size() <= digits || place.find_first_not_of('0', digits) == std::string::npos;
    if (!only_zeros || (place.size() != village && place.size() != township && place.size() != county)) continue;
    std::string code = place;
    code.resize(digits, '0');
    if (units.find(code)) return code;
  }
  return {};
}

/// The text without the first of these that it ends with; the text itself if it ends with none, or is nothing else.
template <std::size_t N>
[[nodiscard]] std::string_view without_end(std::string_view text, const std::array<std::string_view, N>& ends) noexcept {
  for (const std::string_view end : ends) {
    if (text.size() > end.size() && text.ends_with(end)) return text.substr(0, text.size() - end.size());
  }
  return text;
}

/// 三沙 of 三沙镇, 崇儒 of 崇儒畲族乡.
[[nodiscard]] inline std::string_view core_of_township(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 4> ends{"街道", "镇", "民族乡", "乡"};
  const std::string_view out = without_end(name, ends);
  constexpr std::array<std::string_view, 10> peoples{"畲族", "回族", "苗族", "壮族", "侗族", "瑶族", "土家族", "彝族", "满族", "蒙古族"};
  return out.size() < name.size() && name.ends_with("乡") ? without_end(out, peoples) : out;
}
/// 上洋 of 上洋村, 上洋村委会, 龙津社区居民委员会.
[[nodiscard]] inline std::string_view core_of_village(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 6> bodies{"社区居民委员会", "社区居委会", "居民委员会", "村民委员会", "居委会", "村委会"};
  constexpr std::array<std::string_view, 2> kinds{"社区", "村"};
  return without_end(without_end(name, bodies), kinds);
}

}  // namespace detail

/// What a name was found to be.
struct place_found {
  std::optional<unit_id> where;        ///< the only unit that is meant
  bool several = false;                ///< more than one is: `proposals` are they
  std::vector<std::string> proposals;  ///< names, with their township where it is a village's; known words, none of the text
};

/// Finds units by code or name. It refers to the tree, which has to outlive it.
class place_names {
 public:
  /// \complexity linear in the units
  explicit place_names(const county_tree& units) : units_(&units) {
    for (const unit_id u : units.all()) {
      const unit& about = units[u];
      const std::string name = plain_word(about.name);
      if (name.empty()) continue;
      offices_[name].push_back(u);
      if (const std::string bare(without_county(name)); bare != name && !bare.empty()) offices_[bare].push_back(u);
      const level at = level_of(about.kind);
      if (about.kind == unit_kind::county) county_ = u;
      if (at == level::township) {
        townships_.push_back({name, u});
        names_[name].push_back(u);
        add_core(names_, std::string(detail::core_of_township(name)), name, u);
      } else if (at == level::village) {
        names_[name].push_back(u);
        add_core(names_, std::string(detail::core_of_village(name)), name, u);
      }
    }
    std::stable_sort(townships_.begin(), townships_.end(), [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  }

  /// A village, township or the county itself. The names of province, city and county may stand before it, that of the township
  /// before a village's; the kind (镇, 村) may be left out where one place alone is left.
  /// \param propose  whether the nearest places are looked for, which takes time
  [[nodiscard]] place_found territory(std::string_view text, bool propose = true) const {
    const std::string word = plain_word(text);
    if (word.empty()) return {};
    if (const std::string code = detail::unit_code_of(*units_, word); !code.empty()) {
      const auto u = units_->find(code);
      if (u && is_territory(*u)) return one(*u);
    }
    if (word.find_first_not_of("0123456789") == std::string::npos) return propose ? near_code(word) : place_found{};
    const std::string_view rest = without_county(word);
    if (rest.empty()) return county_ ? one(*county_) : place_found{};
    if (auto found = in(names_, std::string(rest)); found.where || found.several) return found;
    for (const bool whole : {true, false}) {  // the township's whole name, then its name without 镇
      for (const auto& [name, u] : townships_) {
        const std::string_view called = whole ? std::string_view(name) : detail::core_of_township(name);
        if (called.size() < 6 || !rest.starts_with(called) || rest.size() == called.size()) continue;
        std::string_view below = rest.substr(called.size());
        for (const std::string_view kind : {"街道", "镇", "乡"}) {  // 崇儒乡东坡村, of 崇儒畲族乡
          if (!whole && below.starts_with(kind) && below.size() > kind.size()) below.remove_prefix(kind.size());
        }
        if (is_body(below)) return one(u);
        if (auto village = below_township(u, below, propose); village.where || village.several || whole) return village;
      }
    }
    return propose ? nearest_names(rest) : place_found{};
  }

  /// Any unit, an office too: also by the name of its government (三沙镇人民政府, 松城街道办事处).
  [[nodiscard]] place_found office(std::string_view text) const {
    const std::string word = plain_word(text);
    if (word.empty()) return {};
    if (const auto u = units_->find(word)) return one(*u);
    if (auto found = in(offices_, word); found.where || found.several) return found;
    const std::string bare(without_county(word));
    if (auto found = in(offices_, bare); found.where || found.several) return found;
    constexpr std::array<std::string_view, 5> bodies{"人民政府", "办事处", "党委", "党工委", "政府"};
    if (const std::string place(detail::without_end(bare, bodies)); place != bare) {
      if (auto found = in(offices_, place); found.where || found.several) return found;
    }
    return territory(text, false);
  }

  /// The name of a unit, with its township's where it is a village's.
  [[nodiscard]] std::string name(unit_id u) const {
    const std::string own = (*units_)[u].name;
    const auto above = units_->parent(u);
    return level_of((*units_)[u].kind) == level::village && above ? (*units_)[*above].name + own : own;
  }
  /// The tree that names are looked up in.
  [[nodiscard]] const county_tree& units() const noexcept { return *units_; }

 private:
  using name_table = std::unordered_map<std::string, std::vector<unit_id>>;

  static void add_core(name_table& into, std::string core, const std::string& name, unit_id u) {
    constexpr std::size_t two_characters = 6;  // one alone is too little to be known by
    if (core.size() >= two_characters && core != name) into[std::move(core)].push_back(u);
  }
  [[nodiscard]] static place_found one(unit_id u) { return {u, false, {}}; }
  [[nodiscard]] bool is_territory(unit_id u) const {
    const unit_kind kind = (*units_)[u].kind;
    return kind == unit_kind::county || level_of(kind) != level::county;
  }
  [[nodiscard]] static bool is_body(std::string_view text) { return text == "人民政府" || text == "办事处" || text == "政府"; }

  /// What follows the name of the county, or 县 alone.
  [[nodiscard]] std::string_view without_county(std::string_view word) const {
    const std::string county = plain_word((*units_)[units_->root()].name);
    if (const auto at = county.empty() ? std::string_view::npos : word.find(county); at != std::string_view::npos)
      return word.substr(at + county.size());
    constexpr std::string_view own = "县";
    return word.starts_with(own) && word.size() > own.size() ? word.substr(own.size()) : word;
  }
  [[nodiscard]] place_found in(const name_table& table, const std::string& key) const {
    const auto found = table.find(key);
    if (found == table.end()) return {};
    if (found->second.size() == 1) return one(found->second.front());
    place_found out{std::nullopt, true, {}};
    constexpr std::size_t most = 4;
    for (std::size_t i = 0; i < found->second.size() && i < most; ++i) out.proposals.push_back(name(found->second[i]));
    return out;
  }
  [[nodiscard]] place_found below_township(unit_id township, std::string_view text, bool propose) const {
    const std::string_view core = detail::core_of_village(text);
    std::vector<std::string> villages;
    std::vector<unit_id> same;
    for (const unit_id v : units_->children(township)) {
      const std::string village = plain_word((*units_)[v].name);
      if (village == text) return one(v);
      if (detail::core_of_village(village) == core) same.push_back(v);
      villages.push_back(village);
    }
    if (same.size() == 1) return one(same.front());
    place_found out{std::nullopt, same.size() > 1, {}};
    for (const unit_id v : same) out.proposals.push_back(name(v));
    if (same.empty() && propose) {
      for (const std::string& near : detail::nearest_by_characters(text, villages))
        out.proposals.push_back((*units_)[township].name + near);
    }
    return out;
  }
  [[nodiscard]] place_found near_code(const std::string& word) const {
    std::vector<std::string> codes;
    for (const unit_id u : units_->all()) {
      if (is_territory(u)) codes.push_back(units_->code(u));
    }
    place_found out;
    if (std::string near = nearest(word, codes); !near.empty()) out.proposals.push_back(std::move(near));
    return out;
  }
  [[nodiscard]] place_found nearest_names(std::string_view word) const {
    std::vector<std::string> candidates;
    std::vector<unit_id> of;
    for (const unit_id u : units_->all()) {
      if (!is_territory(u)) continue;
      candidates.push_back(plain_word((*units_)[u].name));
      of.push_back(u);
    }
    place_found out;
    const auto near = detail::nearest_by_characters(word, candidates);
    for (const std::string& one_of : near) {
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (candidates[i] != one_of) continue;
        std::string called = name(of[i]);
        if (std::find(out.proposals.begin(), out.proposals.end(), called) != out.proposals.end()) continue;
        out.proposals.push_back(std::move(called));
        break;
      }
    }
    return out;
  }

  const county_tree* units_;
  std::optional<unit_id> county_;
  std::vector<std::pair<std::string, unit_id>> townships_;  // the longest name first
  name_table names_, offices_;
};

}  // namespace sifang

#endif
