// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_IO_VALID_SCENARIO_HPP
#define SIFANG_TESTS_IO_VALID_SCENARIO_HPP

#include <string>

namespace sifang::test {

/// A scenario without faults that uses every kind of value.
inline const std::string valid_scenario = R"(# a county for tests
[scenario]
name = "small"
title_zh = "小县"
start = 2022-01-01
end = "2022-12-31"
warm_up = 180
replications = 5
seed = 7

[county]
units = "units.csv"
officials = "officials.csv"
links = "links.csv"
holidays = "holidays.csv"

[load]
matters_per_year = 300
weekdays = [1.3, 1.1, 1, 1, 1, 0.3, 0.2]

[session.principal]
recur = "FREQ=MONTHLY;BYMONTHDAY=15"
on_rest_day = "next_workday"
start = "08:30"
length = 240
add = [2022-06-01, "2022-06-02"]

[session.bureau_leader]
open = true
recur = ["FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=TH"]
start = 09:00:00

[ownership]
rule = "capped"
cap = 12

[clocks]
handle = 45
objection = 5

[[category]]
id = "land"
en = "Land"
zh = "土地"
share = 0.6
matter_unit = "dept-land"

[[category]]
id = "wages"
share = 0.4
matter_unit = "dept-hr"
months = [2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]

[[sensitive_period]]
name = "两会"
first = 2022-03-04
last = 2022-03-11
lead = 3
)";

}  // namespace sifang::test

#endif
