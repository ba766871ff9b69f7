// SPDX-License-Identifier: BSL-1.0
// Levels of one's own: the leagues and banners of Inner Mongolia, and a tree that does not keep to them.
#include "sifang/org/hierarchy.hpp"
#include "sifang/org/level_set.hpp"

#include <iostream>

enum class league_level { league, banner, sumu, gacha };
template <>
inline constexpr std::string_view sifang::names_of<league_level>[] = {"league", "banner", "sumu", "gacha"};

struct place_of_steppe {
  std::string name;
  league_level level;
};

int main() {
  sifang::hierarchy_builder<place_of_steppe> builder;  // rows may come in any order
  builder.add("gacha-1", "sumu-1", {"Bayan", league_level::gacha});
  builder.add("league", "", {"Xilingol", league_level::league});
  builder.add("sumu-1", "banner-1", {"Dalai", league_level::sumu});
  builder.add("banner-1", "league", {"Abag", league_level::banner});
  builder.add("gacha-2", "banner-1", {"Sain", league_level::gacha});
  const auto tree = std::move(builder).build();
  if (!tree) return 1;
  for (sifang::unit_id u : tree->all())
    std::cout << std::string(static_cast<std::size_t>(2 * tree->depth(u)), ' ') << (*tree)[u].name << '\n';
  for (const sifang::fault& f : audit_levels(*tree, &place_of_steppe::level, sifang::next_level{})) std::cout << to_string(f) << '\n';
}
