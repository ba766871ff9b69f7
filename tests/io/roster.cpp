// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/io/roster.hpp"

using namespace sifang;

namespace {

const std::vector<roster_row> rows{
    {day(2022, 9, 15),
     minutes(510),
     minutes(690),
     "principal",
     "school",
     "县委党校",
     {"leader-01", "leader-02"},
     {"县委书记", "县长"},
     "R3",
     ""},
    {day(2022, 9, 19),
     minutes(510),
     minutes(690),
     "bureau_leader",
     "bureau",
     "县信访局",
     {"leader-03"},
     {"副县长, 分管住建"},
     "R6",
     "replaces leader-04"},
};

}  // namespace

TEST_CASE("a roster is a table for programs") {
  CHECK(roster_csv(rows) ==
        "\xEF\xBB\xBF"
        "date,weekday,start,end,venue,unit,unit_name,posts,titles,rule,note\r\n"
        "2022-09-15,Thu,08:30,11:30,principal,school,县委党校,leader-01;leader-02,县委书记;县长,R3,\r\n"
        "2022-09-19,Mon,08:30,11:30,bureau_leader,bureau,县信访局,leader-03,\"副县长, 分管住建\",R6,replaces leader-04\r\n");
}

TEST_CASE("a roster is a table for people whose columns stand below one another") {
  CHECK(roster_table(rows) ==
        "date        day  time         session        place            who                                 rule  note\n"
        "----------  ---  -----------  -------------  ---------------  ----------------------------------  ----  ------------------\n"
        "2022-09-15  Thu  08:30-11:30  principal      school 县委党校  leader-01 县委书记, leader-02 县长  R3\n"
        "2022-09-19  Mon  08:30-11:30  bureau_leader  bureau 县信访局  leader-03 副县长, 分管住建          R6    replaces leader-04\n");
  CHECK(roster_table(rows, language::zh).starts_with("日期        星期  时间"));
}

TEST_CASE("Chinese characters take two columns of a terminal") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("信访") == 4);
  CHECK(display_width("\xEF\xBC\x88乡\xEF\xBC\x89") == 6);
  CHECK(display_width("e\xCC\x81") == 1);  // a combining accent
  CHECK(display_width("é→…") == 3);
  CHECK(display_width("\xF0\xA0\x80\x80") == 2);
  CHECK(display_width("") == 0);
}
