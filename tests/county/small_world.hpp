// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_SIM_SMALL_WORLD_HPP
#define SIFANG_TESTS_SIM_SMALL_WORLD_HPP

#include "../org/small_county.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/world.hpp"

#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

/// A scenario made in code on a county of two townships, and every way to put a parameter at an end of its range or
/// beyond it.
namespace sifang_tests {

inline county_tables peopled_county() {
  county_tables c = small_county();
  for (sifang::unit& u : c.units) {
    const bool village = level_of(u.kind) == sifang::level::village;
    u.population = u.kind == sifang::unit_kind::county ? 9000 : village ? 3000 : 0;
    u.distance_km = village ? 12 : level_of(u.kind) == sifang::level::township ? 10 : 0;
  }
  return c;
}

/// Six weeks of a small county, the first of them warm-up.
inline sifang::scenario small_scenario() {
  using namespace sifang;
  scenario s;
  s.name = "small";
  s.start = day(2022, 3, 7);
  s.end = day(2022, 4, 10);
  s.warm_up = calendar_days(7);
  s.load.matters_per_year = 500;
  s.reception[article::window].receivers = 1;
  s.categories = {{"land", "Land", "土地", 0.6, "land"}, {"wages", "Wages", "欠薪", 0.4, ""}};
  s.sensitive_periods = {{"两会", day(2022, 3, 4), day(2022, 3, 11), calendar_days(3)}};
  return s;
}

inline sifang::checked<sifang::world> small_world(sifang::scenario s = small_scenario(), const county_tables& tables = peopled_county()) {
  auto org = tables.build();
  if (!org) return org.faults();
  return sifang::world::make(std::move(s), *std::move(org), {});
}

/// Calls `v(key, parameter, field)` for every parameter of the scenario, those of its lists too.
template <class Visitor>
void visit_all(sifang::scenario& s, Visitor&& v) {
  visit_parameters(s, [&](const sifang::parameter& p, auto& field) { v(p.key, p, field); });
  for (auto& c : s.categories) {
    const std::string prefix = "category." + c.id + '.';
    visit_category(c, [&](const sifang::parameter& p, auto& field) { v(prefix + p.key, p, field); });
  }
  for (auto& c : s.sensitive_periods) {
    const std::string prefix = "sensitive_period." + c.name + '.';
    visit_sensitive_period(c, [&](const sifang::parameter& p, auto& field) { v(prefix + p.key, p, field); });
  }
}

/// The least and the greatest value that a parameter may have; nothing for texts and lists.
template <class T>
std::vector<T> ends_of(const sifang::parameter& p, const T& now) {
  using namespace sifang;
  if constexpr (std::same_as<T, bool>) {
    return {false, true};
  } else if constexpr (std::same_as<T, std::uint64_t>) {
    return {0, std::numeric_limits<std::uint64_t>::max()};
  } else if constexpr (named_enum<T>) {
    std::vector<T> all;
    for (std::size_t i = 0; i < std::size(names_of<T>); ++i) all.push_back(static_cast<T>(i));
    return all;
  } else if constexpr (std::integral<T> || std::floating_point<T>) {
    return {static_cast<T>(p.least), static_cast<T>(p.most)};
  } else if constexpr (std::same_as<T, day>) {
    return {first_day_allowed, last_day_allowed};
  } else if constexpr (std::same_as<T, minutes>) {
    if (detail::is_clock(p)) return {minutes(0), minutes(minutes_per_day)};
    return {minutes(static_cast<int>(p.least)), minutes(static_cast<int>(p.most))};
  } else if constexpr (detail::is_count<T>) {
    return {T(static_cast<int>(p.least)), T(static_cast<int>(p.most))};
  } else if constexpr (detail::numbers_in<T> > 0) {
    std::vector<T> out(2, now);
    out[0].fill(p.least);
    out[1].fill(p.most);
    for (std::size_t i = 0; i < now.size(); ++i) {
      for (const double end : {p.least, p.most}) {
        out.push_back(now);
        out.back()[i] = end;
      }
    }
    return out;
  } else {
    return {};
  }
}

/// Values that a parameter must not have.
template <class T>
std::vector<T> beyond(const sifang::parameter& p, const T& now) {
  using namespace sifang;
  constexpr double huge = std::numeric_limits<double>::infinity();
  if constexpr (std::same_as<T, bool> || std::same_as<T, std::uint64_t> || std::same_as<T, std::string> ||
                std::same_as<T, std::vector<std::string>>) {
    return {};
  } else if constexpr (named_enum<T>) {
    return {static_cast<T>(std::size(names_of<T>)), static_cast<T>(255)};
  } else if constexpr (std::integral<T>) {
    using limits = std::numeric_limits<T>;
    return {static_cast<T>(p.least - 1), static_cast<T>(p.most + 1), limits::lowest(), limits::max()};
  } else if constexpr (std::floating_point<T>) {
    return {std::nextafter(p.least, -huge), std::nextafter(p.most, huge), -huge, huge, std::nan(""), -1e308, 1e308};
  } else if constexpr (std::same_as<T, day>) {
    return {first_day_allowed - calendar_days(1), last_day_allowed + calendar_days(1), day(1 << 30), day(-(1 << 30))};
  } else if constexpr (std::same_as<T, minutes>) {
    if (detail::is_clock(p)) return {minutes(-1), minutes(minutes_per_day + 1), minutes(1 << 30)};
    return {minutes(static_cast<int>(p.least) - 1), minutes(static_cast<int>(p.most) + 1), minutes(1 << 30)};
  } else if constexpr (detail::is_count<T>) {
    using limits = std::numeric_limits<std::int32_t>;
    return {T(static_cast<int>(p.least) - 1), T(static_cast<int>(p.most) + 1), T(limits::lowest()), T(limits::max())};
  } else if constexpr (detail::numbers_in<T> > 0) {
    std::vector<T> out;
    for (std::size_t i = 0; i < now.size(); ++i) {
      for (const double bad : beyond(p, 0.0)) {
        out.push_back(now);
        out.back()[i] = bad;
      }
    }
    return out;
  } else if constexpr (std::same_as<T, std::vector<day>>) {
    return {{first_day_allowed - calendar_days(1)}, {day(2022, 3, 1), last_day_allowed + calendar_days(1)}};
  } else {
    return {};  // rules have tests of their own
  }
}

/// A parameter of one scenario, and ways to set it. Copies of the scenario are not reached.
struct knob {
  std::string key;
  std::vector<std::function<void()>> to_an_end, beyond;
  std::function<void()> back;
};
inline std::vector<knob> knobs_of(sifang::scenario& s) {
  std::vector<knob> out;
  visit_all(s, [&]<class T>(const std::string& key, const sifang::parameter& p, T& field) {
    const auto set_to = [&field](const T& value) { return [&field, value] { field = value; }; };
    knob k{key, {}, {}, set_to(field)};
    for (const T& value : ends_of(p, field)) k.to_an_end.push_back(set_to(value));
    for (const T& value : beyond(p, field)) k.beyond.push_back(set_to(value));
    out.push_back(std::move(k));
  });
  return out;
}

}  // namespace sifang_tests

#endif
