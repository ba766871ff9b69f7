// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/core/fault.hpp"
#include "sifang/io/scenario_migration.hpp"
#include "sifang/io/text_source.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace sifang;
using texts = std::vector<std::string>;

namespace {

/// The file in format 2; its faults where it has some.
std::string anew(const std::string& text) {
  const auto found = migrate_scenario(text, "p.toml", named_texts{});
  if (found) return found->text;
  std::string all;
  for (const fault& f : found.faults()) all += to_string(f) + '\n';
  return all;
}

}  // namespace

TEST_CASE("a policy of format 1 is written anew: tables are called as their sessions, comments go with what they explain") {
  CHECK(anew(R"(# What if the leaders received on Wednesdays?
[scenario]
name = "wednesday"  # short

# twelve times a year is too seldom
[reception.principal]
recur = "FREQ=WEEKLY;BYDAY=WE"
# rest days fall away
on_rest_day = "skip"

[load]
multiplier = 1.2  # more of them
)") == R"(# What if the leaders received on Wednesdays?
[scenario]
format = 2
name = "wednesday"  # short

# twelve times a year is too seldom
[session.principal]
recur = "FREQ=WEEKLY;BYDAY=WE"
# rest days fall away
on_rest_day = "skip"

[load]
multiplier = 1.2  # more of them
)");
}

TEST_CASE("what format 1 had once for two kinds of session stands at both, and what never had an effect is a comment") {
  CHECK(anew(R"([reception.unit]
recur = [
  "FREQ=WEEKLY;BYDAY=MO",
  "FREQ=WEEKLY;BYDAY=TH",  # twice a week
]
receivers = 2
)") == R"([scenario]
format = 2

[session.township]
recur = [
  "FREQ=WEEKLY;BYDAY=MO",
  "FREQ=WEEKLY;BYDAY=TH",  # twice a week
]

[session.department]
recur = [
  "FREQ=WEEKLY;BYDAY=MO",
  "FREQ=WEEKLY;BYDAY=TH",  # twice a week
]
# reception.unit.receivers = 2
)");
}

TEST_CASE("keys with dots, lists of eight, and tables that have other things too") {
  CHECK(anew(R"([scenario]
format = 1

[reception]
sensitive_duty = false
irregular_per_month = 0
principal.open = false
village = { open = false, length = 60 }

[choice]
climb = 0.5
appeal = [0, 1, 2, 3.5, 4, 5, 6, 7]
)") == R"([scenario]
format = 2

[reception]
irregular_per_month = 0

[choice]
climb = 0.5

[session.bureau_leader]
sensitive_duty = false
appeal = 6

[session.principal]
open = false
appeal = 7

[session.village]
length = 60
open = false
appeal = 0

[session.section]
length = 60
open = false
appeal = 1

[session.township]
appeal = 2

[session.department]
appeal = 3.5

[session.window]
appeal = 4

[session.linked_leader]
appeal = 5
)");
}

TEST_CASE("a file that has keys of both formats comes out with those of the second") {
  CHECK(anew(R"([reception.bureau]
length = 90
[session.bureau_leader]
start = "14:00"
[session]
window.receivers = 1
)") == R"([scenario]
format = 2

[session.bureau_leader]
length = 90
start = "14:00"

[session.window]
receivers = 1
)");
}

TEST_CASE("a file of format 2 is left as it is, whatever it looks like") {
  const std::string text = "[scenario]\n  format = 2 # newest\n[session.principal]\nlength=240\n";
  const auto found = migrate_scenario(text, "p.toml", named_texts{});
  REQUIRE(found);
  CHECK(found->was_newest);
  CHECK(found->text == text);
}

TEST_CASE("a file with faults is not written anew") {
  CHECK(anew("[reception.principal]\nlenght = 90\n") ==
        "p.toml:2:1: unknown key 'reception.principal.lenght'; did you mean 'session.principal.length'?\n");
  CHECK(anew("[reception.principal\n").find("p.toml:1") == 0);
}
