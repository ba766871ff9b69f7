// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/io/cell_text.hpp"

using namespace sifang;

namespace {

std::string moment(std::string_view text) {
  const auto found = cell_moment_of(text);
  if (!found) return "none";
  return to_string(found->date) + (found->time ? ' ' + clock_text(*found->time) : std::string());
}
std::string clock(std::string_view text) {
  const auto found = cell_clock_of(text);
  return found ? clock_text(*found) : "none";
}

}  // namespace

TEST_CASE("dates are read in the forms of bureaus and of office programs") {
  for (const char* text : {"2022-09-15", "2022/9/15", "2022.9.15", "2022年9月15日", "2022 年 9 月 15 日", "2022年9月15",
                           "２０２２年９月１５日", "20220915", "44819", "44819.0", "　2022-09-15\xC2\xA0", "2022-9-15日"}) {
    INFO(text);
    CHECK(moment(text) == "2022-09-15");
  }
  for (const char* text :
       {"2022/9/15 9:30", "2022-09-15T09:30:00", "2022-09-15 09:30:59.250", "2022年9月15日 9时30分", "2022年9月15日9点30分12秒",
        "44819.3958333333", "2022-09-15 上午9:30", "2022/9/15 9:30 AM", "2022-09-15T09:30:00+08:00", "2022年9月15日 9:30"}) {
    INFO(text);
    CHECK(moment(text) == "2022-09-15 09:30");
  }
  CHECK(moment("2022/9/15 下午3:05") == "2022-09-15 15:05");
  CHECK(moment("2022/9/15 12:05 AM") == "2022-09-15 00:05");
  CHECK(moment("25569") == "1970-01-01");
  CHECK(moment("109939") == "2200-12-31");
  CHECK(moment("1850-01-01") == "1850-01-01");  // of the calendar; whoever reads it says that it is not allowed
}

TEST_CASE("what is no date, or may be two, is none") {
  for (const char* text : {"",
                           " ",
                           "9/15/2022",
                           "15.9.2022",
                           "2022-02-29",
                           "2022-13-01",
                           "2022-09",
                           "22-09-15",
                           "2022-09-15 25:00",
                           "2022-09-15 9:60",
                           "2022-09-15 x",
                           "2022",
                           "19999",
                           "109940",
                           "13800138000",
                           "-44819",
                           "4e4",
                           "20221301",
                           "2022-09-15T09:30Z",
                           "2022-09-15-1",
                           "二〇二二年",
                           "2022-9-15 9",
                           "2022//9/15"}) {
    INFO(text);
    CHECK(moment(text) == "none");
  }
}

TEST_CASE("clock times are read in twelve hours, twenty-four, words and parts of a day") {
  for (const char* text : {"8:15", "08:15", "08:15:30", "8时15分", "8点15", "上午8:15", "8:15 AM", "0.34375", "８：１５"}) {
    INFO(text);
    CHECK(clock(text) == "08:15");
  }
  CHECK(clock("8时") == "08:00");
  CHECK(clock("下午3:00") == "15:00");
  CHECK(clock("12:00 PM") == "12:00");
  CHECK(clock("0.0") == "00:00");
  CHECK(clock("0.99999") == "23:59");
  CHECK(clock("24:00") == "24:00");
  for (const char* text : {"", "8", "8:1x", "24:01", "8:60", "1.5", "-0.5", "13:00 PM", "8:", "8:15:61", "15"}) {
    INFO(text);
    CHECK(clock(text) == "none");
  }
}

TEST_CASE("counts and yes and no are read as people write them") {
  for (const char* text : {"3", " 3 ", "3.0", "３", "3人", "3 人次", "3件"}) {
    INFO(text);
    CHECK(cell_count_of(text) == 3);
  }
  for (const char* text : {"", "3.5", "三", "3-4", "人", "1e300", "nan"}) {
    INFO(text);
    CHECK_FALSE(cell_count_of(text));
  }
  for (const char* text : {"TRUE", "True", "true", "是", "1", "Yes", "√", "已息诉", "ＴＲＵＥ"}) {
    INFO(text);
    CHECK(cell_yes_no_of(text) == true);
  }
  for (const char* text : {"FALSE", "否", "0", "no", "×", "未息诉"}) {
    INFO(text);
    CHECK(cell_yes_no_of(text) == false);
  }
  CHECK_FALSE(cell_yes_no_of("maybe"));
  CHECK_FALSE(cell_yes_no_of(""));
}
