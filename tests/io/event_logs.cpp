// SPDX-License-Identifier: BSL-1.0
// Event logs as OCEL 2.0, and what every format shares.
#include "catch.hpp"
#include "sifang/io/history_ocel.hpp"
#include "sifang/io/ledger_log.hpp"
#include "sifang/io/log_format.hpp"
#include "sifang/io/ocel.hpp"
#include "sifang/io/xes.hpp"

#include <set>
#include <string>
#include <vector>

using namespace sifang;

TEST_CASE("moments of a log are those of the county's clock, and events of one minute keep their order") {
  const instant at(day(2022, 3, 15), minutes(9 * 60 + 5));
  CHECK(to_text(log_time_of(at)) == "2022-03-15T09:05:00.000+08:00");
  CHECK(to_text(log_time_of(at, 12'034)) == "2022-03-15T09:05:12.034+08:00");
  CHECK(county_minute(log_time_of(at, 59'999)) == at);
  CHECK(log_time_of(instant(day(1970, 1, 1), minutes(480))) == log_time{});
  CHECK(to_text({-1}) == "1970-01-01T07:59:59.999+08:00");
  CHECK(county_minute({-1}) == instant(day(1970, 1, 1), minutes(479)));
  CHECK(parse_log_time(to_text({-1})) == log_time{-1});
}

TEST_CASE("the ending of a name says what a log is written as") {
  CHECK(log_format_of("a.csv") == log_format::csv);
  CHECK(log_format_of("events") == log_format::csv);
  CHECK(log_format_of("a.xes") == log_format::xes);
  CHECK(log_format_of("dir.json/A.XES") == log_format::xes);
  CHECK(log_format_of("a.json") == log_format::ocel);
  CHECK(log_format_of("a.jsonocel") == log_format::ocel);
  for (const char* other : {"a.xes.gz", "a.XML", "a.ocel", "a.sqlite", "a.mxml"}) CHECK_FALSE(log_format_of(other));
}

TEST_CASE("an object-centric log has its types, events and objects, with every value as text") {
  const ocel_type events[] = {{"heard", {{"minutes", "float"}, {"first", "boolean"}}}};
  const ocel_type objects[] = {{"case", {{"state", "string"}, {"persons", "integer"}, {"arisen", "time"}}}};
  ocel_writer log(events, objects);
  log.add(
      ocel_object{"c", "case", {{"persons", std::int64_t{5}}, {"state", std::string("routed"), log_time{0}}, {"arisen", log_time{1}}}, {}});
  log.add(
      ocel_event{"e1", "heard", log_time_of(instant(day(2022, 1, 4), minutes(600))), {{"minutes", 1.5}, {"first", true}}, {{"c", "case"}}});
  log.add(ocel_event{"e2", "heard", log_time_of(instant(day(2022, 1, 4), minutes(601))), {}, {}});
  log.finish();
  CHECK(log.take() ==
        R"({
"eventTypes":[
{"name":"heard","attributes":[{"name":"minutes","type":"float"},{"name":"first","type":"boolean"}]}
],
"objectTypes":[
{"name":"case","attributes":[{"name":"state","type":"string"},{"name":"persons","type":"integer"},{"name":"arisen","type":"time"}]}
],
"events":[
{"id":"e1","type":"heard","time":"2022-01-04T10:00:00.000+08:00","attributes":[{"name":"minutes","value":"1.5"},{"name":"first","value":"true"}],"relationships":[{"objectId":"c","qualifier":"case"}]},
{"id":"e2","type":"heard","time":"2022-01-04T10:01:00.000+08:00","attributes":[],"relationships":[]}
],
"objects":[
{"id":"c","type":"case","attributes":[{"name":"persons","value":"5","time":"1970-01-01T00:00:00Z"},{"name":"state","value":"routed","time":"1970-01-01T00:00:00Z"},{"name":"arisen","value":"1970-01-01T08:00:00.001+08:00","time":"1970-01-01T00:00:00Z"}],"relationships":[]}
]
}
)");
}

TEST_CASE("hostile names are escaped in JSON and XML, and what is no text is marked") {
  std::string json, xml;
  const std::string hostile = "\"},{\"<script>&amp;\\\t\r\n\x01\x7F\xC3(\u2028四";
  detail::add_json_text(json, hostile);
  detail::add_xml_text(xml, hostile);
  CHECK(json == "\"\\\"},{\\\"<script>&amp;\\\\\\t\\r\\n\uFFFD\uFFFD\uFFFD(\u2028四\"");
  CHECK(xml == "&quot;},{&quot;&lt;script&gt;&amp;amp;\\&#9;&#13;&#10;\uFFFD\uFFFD\uFFFD(\u2028四");
}

TEST_CASE("every kind of event has a type of its own in an object-centric log") {
  std::set<std::string_view> names;
  for (const ocel_type& t : detail::event_types()) {
    CHECK(names.insert(t.name).second);
    std::set<std::string_view> values;
    for (const ocel_kind& k : t.values) CHECK(values.insert(k.name).second);
  }
  CHECK(names.size() == case_event_count + enumerator_count<history_kind> - 1);
  for (const ocel_type& t : detail::object_types()) {
    std::set<std::string_view> values;
    for (const ocel_kind& k : t.values) CHECK(values.insert(k.name).second);
  }
}
