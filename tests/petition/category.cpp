// SPDX-License-Identifier: BSL-1.0
#include "story.hpp"

using namespace sifang;

namespace {
template <class Enum>
void every_name_reads_back() {
  for (std::size_t i = 0; i < std::size(names_of<Enum>); ++i) {
    const auto value = static_cast<Enum>(i);
    CHECK(parse_name<Enum>(name_of(value)) == value);
    CHECK(parse_text<Enum>(name_of(value)) == value);
    CHECK(parse_text<Enum>(text_of(value, language::en)) == value);
    CHECK(parse_text<Enum>(text_of(value, language::zh)) == value);
  }
  CHECK_FALSE(parse_text<Enum>("nothing of the kind"));
  CHECK_FALSE(parse_text<Enum>(""));
}
}  // namespace

TEST_CASE("every name of the petition floor reads back in both languages") {
  every_name_reads_back<channel>();
  every_name_reads_back<door>();
  every_name_reads_back<petition_type>();
  every_name_reads_back<verdict>();
  every_name_reads_back<other_route>();
  every_name_reads_back<refusal_ground>();
  every_name_reads_back<grade>();
  every_name_reads_back<body>();
  every_name_reads_back<case_state>();
  every_name_reads_back<case_event>();
  every_name_reads_back<case_clock>();
}

TEST_CASE("the glossary's words name the channels and the doors") {
  CHECK(parse_text<channel>("来访") == channel::visit);
  CHECK(parse_text<channel>("来信") == channel::letter);
  CHECK(parse_text<channel>("网上") == channel::online);
  CHECK(parse_text<channel>("来电") == channel::phone);
  CHECK(text_of(door::open_reception, language::zh) == "开门接访");
  CHECK(text_of(door::appointment, language::zh) == "进门约访");
  CHECK(text_of(door::door_to_door, language::zh) == "登门走访");
  CHECK(text_of(door::return_visit, language::zh) == "上门回访");
  CHECK(text_of(petition_type::claim, language::zh) == "申诉求决");
  CHECK(text_of(case_state::settled, language::zh) == "息诉息访");
  CHECK(text_of(case_state::procedurally_closed, language::zh) == "程序性办结");
}

TEST_CASE("the three guarantees have labels that a county can change") {
  guarantee_labels labels;
  CHECK(labels.labels[0].zh == "包掌握情况");
  CHECK(guarantee_labels::mediate_resolve_calm().labels[2].zh == "包稳控");
  labels.labels[1].en = "explains";
  CHECK(labels.labels[1].en == "explains");
  three_guarantees duties;
  CHECK_FALSE(duties.complete());
  duties.duty = {official_id(1), official_id(2), official_id(2)};
  CHECK(duties.complete());
  auto h = story::brought_to(case_state::routed);
  h.assign_guarantees(duties);
  CHECK(h.record().guarantees.duty[0] == official_id(1));
}

TEST_CASE("a recorded case leaves open what its record does not say") {
  const recorded_case c{};
  CHECK(c.group_size == 1);
  CHECK_FALSE(c.acceptance);
  CHECK_FALSE(c.settled);
  case_load load;
  load.cases.push_back(c);
  CHECK(load.cases.size() == 1);
}
