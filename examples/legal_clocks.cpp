// SPDX-License-Identifier: BSL-1.0
// The last days that the law gives: for acceptance, the reply, review and recheck of one matter.
#include "sifang/calendar.hpp"
#include "sifang/petition.hpp"

#include <iostream>

int main() {
  using namespace sifang;
  std::vector<calendar_exception> national_day;
  for (day d(2022, 10, 1); d <= day(2022, 10, 7); ++d) national_day.push_back({d, day_kind::statutory_holiday, "National Day"});
  for (day d(2022, 10, 8); d <= day(2022, 10, 9); ++d) national_day.push_back({d, day_kind::makeup_workday, "National Day"});
  const working_calendar calendar(national_day);
  const legal_clocks law;
  const day received(2022, 9, 15), accepted(2022, 9, 20), replied(2022, 11, 18);
  std::cout << "accept by      " << to_string(law.accept_due(received)) << '\n'
            << "object by      " << to_string(law.objection_due(day(2022, 9, 30), calendar)) << "  (five working days over the holiday)\n"
            << "reply by       " << to_string(law.reply_due(accepted)) << '\n'
            << "or, extended   " << to_string(law.reply_due(accepted, law.extension)) << '\n'
            << "ask review by  " << to_string(law.review_request_due(replied)) << '\n';
  // Calendar days and working days are different types: `accepted + law.objection` does not compile.
}
