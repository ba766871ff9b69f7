// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/case_load_file.hpp"

#include <rapidcheck.h>

using namespace sifang;
using sifang::test::texts;

namespace {

county_tree small_county() {
  hierarchy_builder<unit> builder;
  builder.add("350921", "", unit{"350921", "霞浦县", unit_kind::county});
  builder.add("350921001", "350921", unit{"350921001", "松城街道", unit_kind::subdistrict});
  return *std::move(builder).build();
}

const county_tree county_units = small_county();
const std::vector<std::string> categories{"land", "wages"};
const case_load_frame frame{&county_units, categories, day(2022, 1, 1), day(2022, 12, 31)};

texts faults_of(const std::string& text) {
  texts out;
  for (const fault& f : parse_case_load(text, "load.csv", frame).faults()) out.push_back(to_string(f));
  return out;
}

const std::string header = "id,date,time,place,category,channel,group_size,acceptance_days,handling_days,settled\n";

}  // namespace

TEST_CASE("a recorded case load is read as it stands") {
  const auto load = parse_case_load(header + "a,2022-03-01,08:45,350921001,land,visit,7,3,40,true\nb,2022-03-02,,350921,wages,来电,1,,,\n",
                                    "load.csv", frame);
  REQUIRE(load);
  REQUIRE(load->cases.size() == 2);
  CHECK(load->cases[0].time == minutes(525));
  CHECK(load->cases[0].acceptance == calendar_days(3));
  CHECK(load->cases[0].settled == true);
  CHECK(load->cases[1].channel == channel::phone);
  CHECK_FALSE(load->cases[1].time);
  CHECK_FALSE(load->cases[1].handling);
  CHECK_FALSE(load->cases[1].settled);
  CHECK(parse_case_load("id,date,place,category,channel,group_size\nb,2022-03-02,350921,wages,phone,1\n", "load.csv", frame));
}

TEST_CASE("each mistake in a case load is told with its place, and no word that may be somebody's") {
  CHECK(faults_of(header + "a,2022-02-29,8:45x,350921002,lnd,visitt,0,-3,x,maybe\n"
                           "a,2023-01-01,,350921001,wages,visit,1,,,\n"
                           ",2022-01-01,,,wages,visit,1.5,,\n") ==
        texts{"load.csv:2:3: 'date' expected a date YYYY-MM-DD of the calendar; found '2022-02-29'",
              "load.csv:2:14: 'time' expected a clock time HH:MM; found '***'",
              "load.csv:2:20: expected a place of the county, by code or name; '350921002' is none; did you mean '350921001'?",
              "load.csv:2:30: expected a category; 'lnd' is none; did you mean 'land'?",
              "load.csv:2:34: 'channel' expected one of visit, letter, online, phone, campaign; found 'visitt'; did you mean 'visit'?",
              "load.csv:2:41: 'group_size' expected a value from 1 to 100000; found 0",
              "load.csv:2:43: 'acceptance_days' expected a value from 0 to 36500; found -3",
              "load.csv:2:46: 'handling_days' expected a number; found 'x'",
              "load.csv:2:48: 'settled' expected one of true, false; found '***'",
              "load.csv:3:1: code 'a' expected once; it already stands on line 2",
              "load.csv:3:3: 'date' expected within 2022-01-01 to 2022-12-31; found 2023-01-01",
              "load.csv:4:1: expected 10 fields; found 9", "load.csv:4:1: expected 'id' filled in; found an empty field",
              "load.csv:4:14: expected 'place' filled in; found an empty field",
              "load.csv:4:27: 'group_size' expected a number; found '1.5'"});
  CHECK(faults_of(header) == texts{"load.csv: expected a row for each matter below the header; the file is empty"});
  CHECK(faults_of("id,date,place,category,channel,setled\na,b,c,d,e,f\n") ==
        texts{"load.csv:1: expected a column 'group_size'; found columns id, date, place, category, channel, setled",
              "load.csv:1:32: unknown key 'setled'; did you mean 'settled'?"});
}

TEST_CASE("a case load that was written reads back the same") {
  CHECK(rc::check("round trip", [] {
    case_load load;
    const int size = *rc::gen::inRange(1, 20);
    for (int i = 0; i < size; ++i) {
      recorded_case c;
      c.id = std::to_string(i) + *rc::gen::element<std::string>("", ",", "\"", "号");
      c.date = frame.first + calendar_days(*rc::gen::inRange(0, 365));
      if (*rc::gen::arbitrary<bool>()) c.time = minutes(*rc::gen::inRange(0, 1440));
      c.place_code = *rc::gen::element<std::string>("350921", "350921001");
      c.category = *rc::gen::elementOf(categories);
      c.channel = static_cast<channel>(*rc::gen::inRange(0, 5));
      c.group_size = *rc::gen::inRange(1, 60);
      if (*rc::gen::arbitrary<bool>()) c.acceptance = calendar_days(*rc::gen::inRange(0, 100));
      if (*rc::gen::arbitrary<bool>()) c.handling = calendar_days(*rc::gen::inRange(0, 100));
      if (*rc::gen::arbitrary<bool>()) c.settled = *rc::gen::arbitrary<bool>();
      if (*rc::gen::arbitrary<bool>()) c.repeat = *rc::gen::arbitrary<bool>();
      if (*rc::gen::arbitrary<bool>()) c.unit_code = "350921001";
      if (*rc::gen::arbitrary<bool>()) c.satisfaction = static_cast<grade>(*rc::gen::inRange(0, 3));
      load.cases.push_back(c);
    }
    const std::string text = case_load_csv(load);
    const auto again = parse_case_load(text, "load.csv", frame);
    RC_ASSERT(again.has_value());
    RC_ASSERT(case_load_csv(*again) == text);
    RC_ASSERT(again->cases.size() == load.cases.size());
    for (std::size_t i = 0; i < load.cases.size(); ++i) {
      const recorded_case &a = load.cases[i], &b = again->cases[i];
      RC_ASSERT(a.id == b.id && a.date == b.date && a.time == b.time && a.place_code == b.place_code && a.category == b.category);
      RC_ASSERT(a.channel == b.channel && a.group_size == b.group_size && a.acceptance == b.acceptance && a.handling == b.handling &&
                a.settled == b.settled);
      RC_ASSERT(a.repeat == b.repeat && a.unit_code == b.unit_code && a.satisfaction == b.satisfaction);
    }
  }));
}
