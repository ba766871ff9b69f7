// SPDX-License-Identifier: BSL-1.0
// A reorganisation: two townships merge and a village moves. The old tree stays as it was.
#include "sifang/org.hpp"

#include <iostream>

using namespace sifang;

void show(const county_tree& tree) {
  for (unit_id u : tree.all()) std::cout << std::string(static_cast<std::size_t>(2 * tree.depth(u)), ' ') << tree.code(u) << '\n';
}

int main() {
  hierarchy_builder<unit> builder;
  const auto add = [&](const char* code, const char* above, unit_kind kind) { builder.add(code, above, unit{code, code, kind}); };
  add("county", "", unit_kind::county);
  add("north", "county", unit_kind::township);
  add("south", "county", unit_kind::township);
  add("east", "county", unit_kind::township);
  add("ford", "north", unit_kind::village);
  add("mill", "south", unit_kind::village);
  const auto before = std::move(builder).build();
  if (!before) return 1;
  const unit_id mill = *before->find("mill");

  reorganisation change(*before);
  change.merge("south", "north").move("ford", "east");
  const auto after = std::move(change).apply();
  if (!after) return 1;
  show(*before);
  std::cout << "becomes\n";
  show(after->tree);
  std::cout << "unit " << mill.index() << " is unit " << after->now[mill.index()].index() << " now\n";
  for (const auto& code : after->codes) std::cout << code.was << " is part of " << code.is << '\n';

  // All that is wrong comes at once, and nothing is changed.
  reorganisation wrong(*before);
  wrong.move("county", "mill").merge("south", "nowhere");
  for (const fault& f : std::move(wrong).apply().faults()) std::cout << to_string(f) << '\n';
}
