// SPDX-License-Identifier: BSL-1.0
// A case from reception to peace, with its clocks; an illegal step is a value, not a crash.
#include "sifang/petition.hpp"

#include <iostream>

int main() {
  using namespace sifang;
  const official_id secretary(7);
  const unit_id housing(4);
  case_record facts;
  facts.place_unit = unit_id(3);
  facts.matter_unit = housing;
  case_history story(facts);
  const case_rules rules{};
  const auto at = [](int month, int dom) {
    return instant(day(2022, static_cast<unsigned>(month), static_cast<unsigned>(dom)), minutes(9 * 60));
  };
  step_facts by_leader, by_unit;
  by_leader.who = secretary;
  by_leader.unit = by_unit.unit = housing;
  for (const auto& [event, when, with] : {std::tuple{case_event::arrive, at(9, 15), step_facts{}},
                                          {case_event::receive_in_person, at(9, 15), by_leader},
                                          {case_event::inform, at(9, 22), by_unit},
                                          {case_event::investigate, at(9, 23), by_unit},
                                          {case_event::reply, at(11, 18), by_unit},
                                          {case_event::content, at(11, 25), step_facts{}}}) {
    const auto step = story.apply(event, when, rules, with);
    std::cout << to_string(when) << "  " << text_of(event) << (step ? "" : ": refused") << '\n';
  }
  std::cout << "now " << text_of(story.record().state) << ", owner post " << story.record().owner.index() << '\n';
  const auto refused = story.apply(case_event::reply, at(12, 1), rules, by_unit);
  if (!refused) std::cout << "a settled case cannot be replied to: " << sentence(refused.refusal()) << "\n";
}
