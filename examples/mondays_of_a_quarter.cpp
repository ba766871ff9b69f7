// SPDX-License-Identifier: BSL-1.0
// A roster for the Mondays of a quarter: nobody in two places, ten days of rest, turns shared, leave respected.
#include "sifang/calendar.hpp"
#include "sifang/reception/duty_roster.hpp"

#include <iostream>
#include <vector>

int main() {
  using namespace sifang;
  std::vector<assignee> leaders(4, assignee{5, 0, 10});
  leaders[3].held = 2;  // has sat twice more than the others
  duty_problem problem(leaders, minutes(10 * minutes_per_day));
  std::vector<day> mondays;
  const auto rule = recurrence::weekly(weekday::monday);
  for (day d : rule.days(day(2022, 10, 1), day(2022, 12, 31))) {
    mondays.push_back(d);
    const session_id session = problem.add_session({d, minutes(9 * 60)}, {d, minutes(11 * 60)});
    std::vector<assignment_choice> who;
    for (std::size_t i = 0; i < leaders.size(); ++i) {
      if (i == 1 && d.month() == 11) continue;  // on leave
      who.push_back({official_id(i), i == 2 && d.day_of_month() == 31 ? 5 : 0});
    }
    problem.add_seat(session, who, 1000);
  }
  const duty_roster roster = make_duty_roster(problem);
  for (std::size_t s = 0; s < mondays.size(); ++s) std::cout << to_string(mondays[s]) << " leader " << roster.seats[s].index() << '\n';
  std::cout << "costs " << roster.total << ", at least " << roster.bound << (roster.optimal() ? ": the best there is" : "") << '\n';
}
