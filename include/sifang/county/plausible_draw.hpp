// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PLAUSIBLE_DRAW_HPP
#define SIFANG_COUNTY_PLAUSIBLE_DRAW_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/list_parameters.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/plausible_parameters.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Counties that may be ours: all numbers that nobody knows, drawn together.

namespace sifang {

/// Numbers of a scenario by their whole keys.
using parameter_numbers = std::map<std::string, double, std::less<>>;

/// Draws of several parameters together: a row a draw.
struct parameter_draws {
  std::vector<std::string> keys;          ///< whole keys, each once
  std::vector<std::vector<double>> rows;  ///< a value for each key
};

namespace detail {

/// Calls `v(key, parameter, field)` for every parameter of a scenario, those of categories and sensitive periods too.
template <class Scenario, class Visitor>
void visit_all_parameters(Scenario& s, Visitor&& v) {
  visit_parameters(s, [&](const parameter& p, auto& field) { v(p.key, p, field); });
  for (auto& c : s.categories) {
    visit_category(c, [&](const parameter& p, auto& field) { v("category." + c.id + '.' + p.key, p, field); });
  }
  for (auto& c : s.sensitive_periods) {
    visit_sensitive_period(c, [&](const parameter& p, auto& field) { v("sensitive_period." + c.name + '.' + p.key, p, field); });
  }
}

/// Gives a parameter that is one number another value; whole numbers are rounded. Others stay as they are.
template <class T>
void set_number(const parameter& p, T& field, double value) {
  if (!number_in(p, field)) return;
  if constexpr (std::floating_point<T>) {
    field = value;
  } else if constexpr (std::same_as<T, int>) {
    field = static_cast<int>(std::lround(value));
  } else if constexpr (is_count<T>) {
    field = T(static_cast<std::int32_t>(std::lround(value)));
  }
}

/// Parameters that are parts of one whole, and may not be more than it.
struct parts_of_whole {
  std::vector<std::string> keys;
  bool all_of_it = false;  ///< they are all of it, and not a part beside others
};

template <class = when_called>
[[nodiscard]] inline std::vector<parts_of_whole> wholes_of(const scenario& s) {
  std::vector<parts_of_whole> out{
      {{"load.visit_share", "load.letter_share", "load.online_share", "load.phone_share"}, true},
      {{"load.above_city", "load.above_province"}, false},
      {{"settlement.supported_share", "settlement.explained_share"}, false},
      {{"campaign.works.share", "campaign.aid.share", "campaign.dispute.share"}, false},
      {{"return_visits.promise_share", "return_visits.hardship_share", "return_visits.new_facts_share", "return_visits.attitude_share"},
       false}};
  for (const category_setting& c : s.categories) {
    const std::string key = "category." + c.id;
    out.push_back({{key + ".enterprise_share", key + ".project_share"}, false});
  }
  return out;
}

/// Scales those parts of a whole that were drawn, so that it is one; what was not drawn stays.
template <class = when_called>
inline void make_whole(const parts_of_whole& whole, const parameter_numbers& drawn, parameter_numbers& numbers) {
  double others = 0, mine = 0;
  for (const std::string& key : whole.keys) (drawn.contains(key) ? mine : others) += numbers.at(key);
  const double room = (std::max)(0.0, 1 - others);
  if (!(mine > 0) || (mine <= room && !whole.all_of_it)) return;
  for (const std::string& key : whole.keys) {
    if (drawn.contains(key)) numbers.at(key) *= room / mine;
  }
}

}  // namespace detail

/// The numbers of a scenario: every parameter that is one. Of sensitive periods that share a name, those of the last.
/// \complexity linear in the parameters
template <class = when_called>
[[nodiscard]] inline parameter_numbers numbers_of(const scenario& s) {
  parameter_numbers out;
  detail::visit_all_parameters(s, [&](const std::string& key, const parameter& p, const auto& field) {
    if (const auto number = detail::number_in(p, field)) out.insert_or_assign(key, *number);
  });
  return out;
}

/// A scenario with other numbers. Parts of a whole that are among them are scaled so that they do not exceed it, and ways to petition so
/// that they are all of it. What a scenario has not is passed over. It may still break a rule: `check` tells.
/// \complexity linear in the parameters
template <class = when_called>
[[nodiscard]] inline scenario with_numbers(scenario s, const parameter_numbers& drawn) {
  const auto set_all = [&](const parameter_numbers& values) {
    detail::visit_all_parameters(s, [&](const std::string& key, const parameter& p, auto& field) {
      if (const auto at = values.find(key); at != values.end()) detail::set_number(p, field, at->second);
    });
  };
  set_all(drawn);
  parameter_numbers parts, scaled;
  const std::vector<detail::parts_of_whole> wholes = detail::wholes_of(s);
  for (const detail::parts_of_whole& whole : wholes) {
    for (const std::string& key : whole.keys) parts.emplace(key, 0.0);
  }
  detail::visit_all_parameters(s, [&](const std::string& key, const parameter& p, const auto& field) {
    if (const auto at = parts.find(key); at != parts.end()) at->second = detail::number_in(p, field).value_or(0);
  });
  scaled = parts;
  for (const detail::parts_of_whole& whole : wholes) detail::make_whole(whole, drawn, scaled);
  if (scaled != parts) set_all(scaled);
  return s;
}

/// One joint draw of parameters by name: a function of the seed, the number of the draw and each key, and of nothing else, so that neither
/// a parameter more nor a draw more changes the others. \complexity linear
template <class = when_called>
[[nodiscard]] inline parameter_numbers plausible_draw(std::span<const plausible_parameter> parameters, std::uint64_t seed,
                                                      std::uint32_t number) {
  const named_draws luck(seed, number);
  parameter_numbers out;
  for (const plausible_parameter& p : parameters) {
    std::uint64_t name = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : p.key) name = (name ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    out.insert_or_assign(p.key, quantile_of(p.range, luck(name, draw::unknown)));
  }
  return out;
}

/// So many joint draws of all that is not known of a scenario (`plausible_parameters`), with parts of a whole scaled.
/// \pre draws fit in 32 bits; asserted \complexity parameters × draws
template <class = when_called>
[[nodiscard]] inline parameter_draws plausible_draws(const scenario& s, std::size_t draws) {
  SIFANG_ASSERT(draws <= 0xffffffffU, "a number of draws");
  const std::vector<plausible_parameter> parameters = plausible_parameters(s);
  parameter_draws out;
  for (const plausible_parameter& p : parameters) out.keys.push_back(p.key);
  for (std::size_t d = 0; d < draws; ++d) {
    const parameter_numbers drawn = plausible_draw(parameters, s.seed, static_cast<std::uint32_t>(d));
    const parameter_numbers sound = numbers_of(with_numbers(s, drawn));
    std::vector<double>& row = out.rows.emplace_back();
    for (const std::string& key : out.keys) row.push_back(sound.at(key));
  }
  return out;
}

/// Draws of some parameters, such as a calibration leaves, with all others that are not known beside them: in row d, from their plausible
/// ranges, what draw d of `plausible_draws` has of them, parts of a whole scaled about what was given. What was given stays.
/// \complexity parameters × draws
template <class = when_called>
[[nodiscard]] inline parameter_draws with_plausible_others(parameter_draws given, const scenario& s) {
  std::vector<plausible_parameter> others = plausible_parameters(s);
  std::erase_if(others,
                [&](const plausible_parameter& p) { return std::find(given.keys.begin(), given.keys.end(), p.key) != given.keys.end(); });
  for (std::size_t d = 0; d < given.rows.size(); ++d) {
    const parameter_numbers luck = plausible_draw(others, s.seed, static_cast<std::uint32_t>(d));
    parameter_numbers sound = numbers_of(with_numbers(s, luck));
    for (std::size_t k = 0; k < given.keys.size(); ++k) sound.insert_or_assign(given.keys[k], given.rows[d][k]);
    for (const detail::parts_of_whole& whole : detail::wholes_of(s)) {
      for (const std::string& key : whole.keys) {
        if (const auto at = luck.find(key); at != luck.end()) sound.at(key) = at->second;
      }
      detail::make_whole(whole, luck, sound);
    }
    for (const plausible_parameter& p : others) given.rows[d].push_back(sound.at(p.key));
  }
  for (const plausible_parameter& p : others) given.keys.push_back(p.key);
  return given;
}

/// A number of a scenario that lies far from all draws of it.
struct foreign_number {
  std::string key;  ///< whole
  double own = 0,   ///< the scenario's
      least = 0,    ///< of the draws
      most = 0;     ///< of the draws
};

/// The numbers of a scenario that lie farther from all draws of them than these lie apart, in the order of the keys: the draws are another
/// county's, perhaps. One that is merely the least or the most is not among them, as it would be by chance. \complexity linear in draws and
/// parameters
template <class = when_called>
[[nodiscard]] inline std::vector<foreign_number> foreign_numbers(const parameter_draws& draws, const scenario& s) {
  std::vector<foreign_number> out;
  if (draws.rows.empty()) return out;
  const parameter_numbers own = numbers_of(s);
  for (std::size_t k = 0; k < draws.keys.size(); ++k) {
    const auto at = own.find(draws.keys[k]);
    if (at == own.end()) continue;
    const auto less = [k](const std::vector<double>& a, const std::vector<double>& b) { return a[k] < b[k]; };
    const auto [first, last] = std::minmax_element(draws.rows.begin(), draws.rows.end(), less);
    const double least = (*first)[k], most = (*last)[k], apart = most - least;
    if (at->second < least - apart || at->second > most + apart) out.push_back({draws.keys[k], at->second, least, most});
  }
  return out;
}

/// The scenario of a policy on a draw: the draw's numbers where the policy leaves its base's as they are. A number that the policy sets is
/// not drawn for it. \param values  as many as `keys`
template <class = when_called>
[[nodiscard]] inline scenario drawn_scenario(const scenario& base, const scenario& policy, std::span<const std::string> keys,
                                             std::span<const double> values) {
  SIFANG_ASSERT(keys.size() == values.size(), "a value for each key");
  const parameter_numbers usual = numbers_of(base), own = numbers_of(policy);
  parameter_numbers drawn;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const auto at_base = usual.find(keys[k]), there = own.find(keys[k]);
    if (at_base != usual.end() && there != own.end() && at_base->second == there->second) drawn.emplace(keys[k], values[k]);
  }
  return with_numbers(policy, drawn);
}

}  // namespace sifang

#endif
