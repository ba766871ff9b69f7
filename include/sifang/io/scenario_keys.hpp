// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SCENARIO_KEYS_HPP
#define SIFANG_IO_SCENARIO_KEYS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

namespace detail {

/// The keys of a kind of table, for looking up and for finding the nearest.
class known_keys {
 public:
  template <class Visit>
  explicit known_keys(Visit&& visit) {  // NOLINT(bugprone-forwarding-reference-overload): nobody copies it from another kind
    visit([this](const parameter& p, const auto&) { add(p.key); });
  }
  /// Of a scenario with the sessions that it has.
  [[nodiscard]] static known_keys of_scenario(const scenario& s = scenario()) {
    return known_keys([&](auto&& v) { visit_parameters(s, v); });
  }
  [[nodiscard]] static known_keys of_category() {
    category_setting c;
    return known_keys([&](auto&& v) { visit_category(c, v); });
  }
  [[nodiscard]] static known_keys of_sensitive_period() {
    sensitive_period c;
    return known_keys([&](auto&& v) { visit_sensitive_period(c, v); });
  }

  [[nodiscard]] bool has(std::string_view key) const { return std::binary_search(keys_.begin(), keys_.end(), key); }
  /// Whether a key is a table that holds known keys.
  [[nodiscard]] bool is_table(std::string_view key) const { return std::binary_search(tables_.begin(), tables_.end(), key); }

  /// The key that was probably meant: one in another table with this last word, the nearest as a whole, or
  /// one whose last word is the nearest.
  [[nodiscard]] std::string meant(std::string_view key, bool table) const {
    nearest_words near;
    return meant(key, table, near);
  }
  /// The same as one of several searches.
  [[nodiscard]] std::string meant(std::string_view key, bool table, nearest_words& near) const {
    std::string best_word(last_word(key));
    if (table || !std::binary_search(words_.begin(), words_.end(), best_word)) {
      if (std::string best = near(key, table ? tables_ : keys_); !best.empty()) return best;
      best_word = near(best_word, words_);
    }
    if (best_word.empty()) return {};
    std::vector<std::string> candidates;
    for (const std::string& candidate : keys_) {
      if (last_word(candidate) == best_word) candidates.push_back(candidate);
    }
    const std::string best = near(std::string(key), candidates);
    return !best.empty() || candidates.empty() ? best : candidates.front();
  }

 private:
  static std::string_view last_word(std::string_view key) { return key.substr(key.rfind('.') + 1); }
  static void insert(std::vector<std::string>& sorted, std::string_view text) {
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), text);
    if (at == sorted.end() || *at != text) sorted.emplace(at, text);
  }
  void add(std::string_view key) {
    insert(keys_, key);
    insert(words_, last_word(key));
    for (std::size_t dot = key.find('.'); dot != std::string_view::npos; dot = key.find('.', dot + 1)) insert(tables_, key.substr(0, dot));
  }

  std::vector<std::string> keys_, tables_, words_;
};

}  // namespace detail
}  // namespace sifang

#endif
