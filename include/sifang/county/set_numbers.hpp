// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SET_NUMBERS_HPP
#define SIFANG_COUNTY_SET_NUMBERS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/parameter_faults.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Many numbers of a scenario at once, as those who draw them need: without texts, and with parts of a whole kept whole.

namespace sifang {

/// A number for a parameter.
struct numbered_value {
  std::string key;   ///< whole key
  double value = 0;  ///< whole numbers are rounded to
};

namespace detail {

/// Sets a field that is one number. \returns whether it is
template <class T>
bool put_number(const parameter& p, T& field, double value) {
  if constexpr (std::floating_point<T>) {
    field = value;
  } else if constexpr (std::same_as<T, int>) {
    field = static_cast<int>(std::lround(value));
  } else if constexpr (std::same_as<T, minutes> || is_count<T>) {
    if (is_clock(p)) return false;
    field.count = static_cast<decltype(field.count)>(std::lround(value));
  } else {
    return false;
  }
  return true;
}

/// Parameters that are parts of a whole: they sum to 1, or to 1 at most.
struct shared_whole {
  std::vector<std::string> keys;
  bool exactly = false;
};
/// Those of a scenario, as `scenario_rules` judges them.
template <class = when_called>
[[nodiscard]] inline std::vector<shared_whole> shared_wholes_of(const scenario& s) {
  std::vector<shared_whole> out{
      {{"load.visit_share", "load.letter_share", "load.online_share", "load.phone_share"}, true},
      {{"load.above_city", "load.above_province"}, false},
      {{"settlement.supported_share", "settlement.explained_share"}, false},
      {{"campaign.works.share", "campaign.aid.share", "campaign.dispute.share"}, false},
      {{"return_visits.promise_share", "return_visits.hardship_share", "return_visits.new_facts_share", "return_visits.attitude_share"},
       false}};
  shared_whole subjects{{}, true};
  for (const category_setting& c : s.categories) {
    const std::string prefix = "category." + c.id + '.';
    out.push_back({{prefix + "enterprise_share", prefix + "project_share"}, false});
    subjects.keys.push_back(prefix + "share");
  }
  if (!subjects.keys.empty()) out.push_back(std::move(subjects));
  return out;
}

/// What of a whole is left to `others` parts that now have `sum`, where those that are moved have `moved`; and to the moved ones.
struct share_factors {
  double moved = 1, others = 1;
};
[[nodiscard]] inline share_factors factors_of_shares(double moved, double others, bool exactly) noexcept {
  const bool fits = exactly ? false : moved + others <= 1;
  if (fits) return {};
  if (others > 0 && moved < 1) return {1, (1 - moved) / others};
  if (moved > 0) return {1 / moved, 0};
  return {};
}

}  // namespace detail

/// Sets numbers of a scenario. A key that it has not, or that is no number, is passed over.
///
/// Parts of a whole that are not among the keys share what the others leave, in proportion; where nothing is left, they are 0 and the
/// others are scaled to 1. So are all parts, where all are among the keys. (What must hold between numbers otherwise is
/// `world::make`'s to say.)
/// \param values  one for each key, no key twice \complexity linear in the parameters, times the logarithm of the keys
template <class = when_called>
inline void set_numbers(scenario& s, std::span<const numbered_value> values) {
  std::map<std::string_view, double> wanted;
  for (const numbered_value& v : values) wanted[v.key] = v.value;
  const std::vector<detail::shared_whole> wholes = detail::shared_wholes_of(s);
  std::map<std::string_view, double> parts;  // of wholes that a key belongs to, as they are
  for (const detail::shared_whole& w : wholes) {
    if (std::any_of(w.keys.begin(), w.keys.end(), [&](const std::string& key) { return wanted.count(key) != 0; }))
      for (const std::string& key : w.keys) parts[key] = 0;
  }
  const auto each = [&](auto&& visit) {
    const auto all = [&](const std::string& prefix) {
      return [&visit, prefix](const parameter& p, auto& field) { visit(prefix + p.key, p, field); };
    };
    const auto general = all("");
    visit_parameters(s, general);
    for (category_setting& c : s.categories) visit_category(c, all("category." + c.id + '.'));
    for (sensitive_period& c : s.sensitive_periods) visit_sensitive_period(c, all("sensitive_period." + c.name + '.'));
  };
  if (!parts.empty()) {
    each([&](const std::string& key, const parameter&, auto& field) {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(field)>, double>) {
        if (const auto found = parts.find(key); found != parts.end()) found->second = field;
      }
    });
    for (const detail::shared_whole& w : wholes) {
      if (parts.count(w.keys.front()) == 0) continue;
      double moved = 0, others = 0;
      for (const std::string& key : w.keys) (wanted.count(key) != 0 ? moved : others) += wanted.count(key) != 0 ? wanted[key] : parts[key];
      const detail::share_factors f = detail::factors_of_shares(moved, others, w.exactly);
      for (const std::string& key : w.keys) {
        const bool is_moved = wanted.count(key) != 0;
        wanted[key] = is_moved ? f.moved * wanted[key] : f.others * parts[key];
      }
    }
  }
  each([&](const std::string& key, const parameter& p, auto& field) {
    if (const auto found = wanted.find(key); found != wanted.end()) (void)detail::put_number(p, field, found->second);
  });
}

}  // namespace sifang

#endif
