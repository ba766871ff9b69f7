// SPDX-License-Identifier: BSL-1.0
// Event logs as XES: what is written reads back as the same, what happens is what the life cycle allows, and what is no log is refused.
#include "catch.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/experiment/watch.hpp"
#include "sifang/io/event_log_file.hpp"
#include "sifang/io/history_log.hpp"
#include "sifang/io/ledger_log.hpp"
#include "sifang/office/xes_reader.hpp"
#include "tables.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

xes_log read_back(const std::string& text) {
  auto log = read_xes(text, "l.xes");
  for (const fault& f : log.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(log);
  return *std::move(log);
}
/// The only fault.
std::string wrong(const std::string& text, const xes_limits& limits = {}) {
  const auto log = read_xes(text, "l.xes", limits);
  REQUIRE_FALSE(log);
  CHECK(log.faults().size() == 1);
  return to_string(log.faults().front());
}
std::string in_log(const std::string& what) { return "<?xml version=\"1.0\"?>\n<log>\n<trace>\n" + what + "\n</trace>\n</log>\n"; }

template <class Value>
Value value(const std::vector<log_attribute>& among, std::string_view key) {
  const Value* found = find_value<Value>(among, key);
  INFO(key);
  REQUIRE(found != nullptr);
  return *found;
}

/// Histories of some replications of the shipped scenario, in the formats.
struct histories {
  std::vector<log_trace> traces;
  std::string csv, xes;
  std::size_t events = 0, sessions = 0;
};
const histories& played() {
  static const histories all = [] {
    histories out;
    const world w = sifang_tests::xiapu({"scenario.warm_up=60"});
    event_log_writer table;
    history_xes_writer log("xiapu");
    const std::uint32_t numbers[] = {0, 3};
    const auto take = [&](std::uint32_t, case_ledger&& cases, event_log&& events) {
      table.add("a<b> & \"c\"", w, events.events());
      log.add("a<b> & \"c\"", w, cases.cases(), events.events());
      for (log_trace& t : history_traces("a<b> & \"c\"", w, cases.cases(), events.events())) out.traces.push_back(std::move(t));
      out.events += events.events().size();
      for (const history_event& e : events.events()) out.sessions += e.what == history_kind::session ? 1 : 0;
    };
    watch_replications(w, numbers, run_options{1, {}, nullptr}, policies<>{}, take, case_ledger{}, event_log{});
    log.finish();
    out.csv = table.take();
    out.xes = log.take();
    return out;
  }();
  return all;
}

/// What is wrong with the steps of a log, by the table of the life cycle: the first finding, or nothing.
std::string against_life_cycle(const std::vector<log_trace>& traces, std::set<std::pair<std::string, std::string>>& follows) {
  for (const log_trace& t : traces) {
    case_state state = case_state::none;
    std::string before;
    for (const log_event& e : t.events) {
      const auto* from = find_value<std::string>(e.attributes, "sifang:from");
      if (from == nullptr) continue;  // no step
      const auto name = value<std::string>(e.attributes, "concept:name"), to = value<std::string>(e.attributes, "sifang:to");
      const auto event = parse_name<case_event>(name);
      if (!event) return name + " is no step";
      if (name_of(state) != *from) return name + " begins in " + *from;
      const auto reached = next<petition_cycle>(state, *event);
      if (!reached || name_of(*reached) != to) return name + " leads from " + *from + " to " + to;
      if (!before.empty()) follows.emplace(before, name);
      before = name;
      state = *reached;
    }
  }
  return {};
}

}  // namespace

TEST_CASE("histories written as XES read back as the same cases and events") {
  const histories& h = played();
  const xes_log log = read_back(h.xes);
  CHECK(log.left_out == 0);
  REQUIRE(log.traces.size() == h.traces.size());
  CHECK(log.traces == h.traces);
  CHECK(value<std::string>(log.attributes, "concept:name") == "xiapu");
  std::size_t events = 0;
  for (const log_trace& t : log.traces) events += t.events.size();
  CHECK(events == h.events - h.sessions);
  CHECK(events > 10'000);
  // A hostile name stands there as it is.
  CHECK(value<std::string>(log.traces.front().attributes, "sifang:policy") == "a<b> & \"c\"");
  std::set<std::string> names;
  for (const log_trace& t : log.traces) names.insert(value<std::string>(t.attributes, "concept:name"));
  CHECK(names.size() == log.traces.size());
}

TEST_CASE("the XES log tells the events of the table: the same case, event, day and minute, as often") {
  using told = std::tuple<std::string, std::string, std::string, std::string, std::string>;
  std::multiset<told> in_table, in_log;
  std::vector<fault> faults;
  const csv_table table = csv_table::parse(played().csv, "t.csv", faults);
  REQUIRE(faults.empty());
  std::map<std::string, std::size_t> columns;
  for (std::size_t i = 0; i < table.header().size(); ++i) columns[table.header()[i]] = i;
  const auto cell = [&](std::size_t row, const char* name) { return std::string(table.at(row, {columns.at(name), name}).text); };
  for (std::size_t r = 0; r < table.size(); ++r) {
    if (cell(r, "event") == "session") continue;
    in_table.emplace(cell(r, "replication") + '/' + cell(r, "case"), cell(r, "event"), cell(r, "date"), cell(r, "time"), cell(r, "unit"));
  }
  for (const log_trace& t : read_back(played().xes).traces) {
    const std::string name =
        std::to_string(value<std::int64_t>(t.attributes, "sifang:replication")) + '/' + value<std::string>(t.attributes, "sifang:case");
    log_time before{-1};
    for (const log_event& e : t.events) {
      const auto at = value<log_time>(e.attributes, "time:timestamp");
      CHECK(at > before);
      before = at;
      const instant minute = county_minute(at);
      const bool day_only = find_value<bool>(e.attributes, "sifang:day_only") != nullptr;
      const auto* unit = find_value<std::string>(e.attributes, "org:group");
      in_log.emplace(name, value<std::string>(e.attributes, "concept:name"), to_string(minute.date()),
                     day_only ? "" : clock_text(minute.minute_of_day()), unit == nullptr ? "" : *unit);
    }
  }
  CHECK(in_log == in_table);
}

TEST_CASE("no step of the written log follows another that the life cycle does not let it follow") {
  xes_log log = read_back(played().xes);
  std::set<std::pair<std::string, std::string>> follows, allowed;
  CHECK(against_life_cycle(log.traces, follows).empty());
  for (const transition& a : life_cycle_of<petition_cycle>) {
    for (const transition& b : life_cycle_of<petition_cycle>) {
      if (a.to == b.from) allowed.emplace(name_of(a.event), name_of(b.event));
    }
  }
  CHECK(follows.size() > 30);
  for (const auto& pair : follows) {
    INFO(pair.first << " -> " << pair.second);
    CHECK(allowed.count(pair) == 1);
  }
  // A log in which two steps have changed places is found out.
  for (log_trace& t : log.traces) {
    if (t.events.size() > 8) std::reverse(t.events.begin(), t.events.end());
  }
  CHECK_FALSE(against_life_cycle(log.traces, follows).empty());
}

TEST_CASE("a ledger written as XES reads back as the same ledger") {
  case_load load;
  recorded_case a;
  a.id = "<1> & \"2\"\t'3'\n四";
  a.date = day(2022, 1, 7);
  a.time = minutes(9 * 60 + 30);
  a.place_code = "350921002";
  a.category = "land";
  a.channel = channel::phone;
  a.group_size = 7;
  a.acceptance = calendar_days(0);
  a.handling = calendar_days(31);
  a.settled = false;
  a.repeat = true;
  a.unit_code = "dept-land";
  a.owner_post = "leader-03";
  a.satisfaction = grade::unsatisfied;
  recorded_case b;
  b.id = "b";
  b.date = day(2022, 12, 31);
  b.place_code = "350921001";
  b.category = "other";
  b.handling = calendar_days(3);  // of which no day is known
  recorded_case midnight = b;
  midnight.id = "c";
  midnight.time = minutes(0);
  recorded_case late = a;  // at 24:00, and accepted on the day
  late.id = "d";
  late.time = minutes(minutes_per_day);
  load.cases = {a, b, midnight, late};
  const std::vector<log_trace> traces = ledger_traces(load);
  REQUIRE(traces[0].events.size() == 3);
  CHECK(to_text(value<log_time>(traces[0].events[0].attributes, "time:timestamp")) == "2022-01-07T09:30:00.000+08:00");
  CHECK(to_text(value<log_time>(traces[0].events[2].attributes, "time:timestamp")) == "2022-02-07T23:59:00.000+08:00");
  CHECK(traces[1].events.size() == 1);
  const xes_log log = read_back(xes_text("ledger", traces));
  CHECK(log.traces == traces);
  const auto again = case_load_of(log.traces, "l.xes");
  REQUIRE(again);
  CHECK(case_load_csv(*again) == case_load_csv(load));
  CHECK(xes_as_case_load(xes_text("ledger", traces), "l.xes").has_value());

  // What is no such log is told without anything of what stands in it.
  const auto other =
      xes_as_case_load(in_log("<string key=\"concept:name\" value=\"张三\"/><int key=\"sifang:persons\" value=\"0\"/>"), "l.xes");
  REQUIRE_FALSE(other);
  CHECK(other.faults().size() == 1);
  const std::string told = to_string(other.faults().front());
  CHECK(told == "l.xes:3: missing key 'sifang:place': expected the place of the case");
  const std::string place = "<string key=\"concept:name\" value=\"张三\"/><string key=\"sifang:place\" value=\"1\"/>";
  const auto parts =
      xes_as_case_load(in_log(place + "<int key=\"sifang:persons\" value=\"0\"/><string key=\"sifang:channel\" value=\"张三\"/>"), "l.xes");
  REQUIRE_FALSE(parts);
  std::string all;
  for (const fault& f : parts.faults()) all += to_string(f) + '\n';
  CHECK(all ==
        "l.xes:3: missing key 'sifang:category': expected the category of the case\n"
        "l.xes:3: 'sifang:channel' expected a known word; found something else\n"
        "l.xes:3: 'sifang:persons' expected a whole number; found something else\n"
        "l.xes:3: missing key 'time:timestamp': expected the moment of the registration\n");
}

TEST_CASE("an XES log of another program is read: namespaces, zones, comments, nested attributes") {
  const xes_log log = read_back(
      "<?xml version='1.0'?>\n<!-- by hand -->\n<x:log xmlns:x='http://www.xes-standard.org/'>"
      "<x:extension name='Time' prefix='time' uri='u'/><x:global scope='event'><x:string key='concept:name' value='?'/></x:global>"
      "<x:string key='source' value='a'><x:string key='nested' value='b'/></x:string><x:list key='l'><x:values/></x:list>"
      "<x:trace><x:string key='concept:name' value='1'/><x:event><x:date key='time:timestamp' value='2011-10-01T08:38:44.546+02:00'/>"
      "<x:id key='i' value='f81d4fae'/><x:float key='f' value='1.5'/><x:boolean key='b' value='1'/></x:event></x:trace><x:event/></x:log>");
  CHECK(log.left_out == 3);
  REQUIRE(log.traces.size() == 1);
  const auto& event = log.traces[0].events.at(0).attributes;
  CHECK(to_text(value<log_time>(event, "time:timestamp")) == "2011-10-01T14:38:44.546+08:00");
  CHECK(value<std::string>(event, "i") == "f81d4fae");
  CHECK(value<double>(event, "f") == 1.5);
  CHECK(value<bool>(event, "b"));
  for (const char* text :
       {"2022-02-30T00:00:00Z", "2022-02-03", "2022-02-03T00:00:00+8", "2022-02-03T25:00:00Z", "0000-01-01T00:00:00Z", ""})
    CHECK_FALSE(parse_log_time(text));
  CHECK(parse_log_time("1969-12-31T23:59:59.9999Z") == log_time{-1});
}

TEST_CASE("what is no XES log is refused in one message with its line") {
  CHECK(wrong("") == "l.xes:1:1: expected well-formed XML; found something else");
  CHECK(wrong(in_log("<event>")).starts_with("l.xes:"));
  CHECK(wrong("<results/>") == "l.xes:1:2: expected a log of the XES standard; found another element");
  CHECK(wrong("<!DOCTYPE lolz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<log/>") ==
        "l.xes:1:11: expected XML without a document type, which may define entities; found one");
  CHECK(wrong(in_log("<int key=\"n\" value=\"张三\"/>")) == "l.xes:4:2: expected a value that is of the type int; found something else");
  CHECK(wrong(in_log("<date key=\"n\" value=\"2022-01-01\"/>")) ==
        "l.xes:4:2: expected a value that is of the type date; found something else");
  CHECK(wrong(in_log("<string key=\"n\"/>")) == "l.xes:4:2: expected an attribute with a key and a value; found something else");
  CHECK(wrong(in_log("<cell key=\"n\" value=\"\"/>")) == "l.xes:4:2: expected an attribute of the XES standard; found another element");
  CHECK(wrong(in_log("<string key=\"n\" value=\"&#1;\"/>")) == "l.xes:4:2: expected text without control characters; found something else");
  CHECK(wrong(in_log("<string key=\"n\" value=\"&#xD800;\"/>")) ==
        "l.xes:4:2: expected text without control characters; found something else");
  CHECK(wrong(in_log("<string key=\"n\" value=\"\"/><int key=\"n\" value=\"1\"/>")) ==
        "l.xes:3:2: expected each key once; found one that stands twice");
  xes_limits small;
  small.depth = 5;
  CHECK(
      wrong(
          in_log(
              "<event>\n<string key=\"a\" value=\"\"><string key=\"b\" value=\"\"><int key=\"c\" value=\"1\"/></string></string></event>"),
          small) == "l.xes:5:52: expected elements within each other to a depth of 5; found a deeper one");
  small = {};
  small.attributes = 2;
  CHECK(wrong(in_log("<int key=\"a\" value=\"1\"/><int key=\"b\" value=\"1\"/>\n<int key=\"c\" value=\"1\"/>"), small) ==
        "l.xes:5:2: expected at most 2 attributes of a case or event; found more");
  small = {};
  small.bytes = std::size_t{1} << 20;
  CHECK(wrong(in_log(std::string(small.bytes, ' ')), small) == "l.xes:1:1: expected a log of at most 1 MiB; found a longer one");
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<string key=\"a\" value=\"\">";
  CHECK(wrong("<log>" + deep).starts_with("l.xes:1:"));  // never closed
  for (int i = 0; i < 200'000; ++i) deep += "</string>";
  CHECK(wrong("<log>" + deep + "</log>").find("to a depth of 32") != std::string::npos);
}

TEST_CASE("what XML cannot hold stands in a log as the sign of a character that is none") {
  log_trace t;
  t.attributes.push_back({"concept:name", std::string("a\x01") + "b\x7F" + "c\xFF" + "d\xEF\xBF\xBE" + "e"});
  const xes_log log = read_back(xes_text("\x1B[31m", {t}));
  CHECK(value<std::string>(log.traces[0].attributes, "concept:name") == "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
  CHECK(value<std::string>(log.attributes, "concept:name") == "\uFFFD[31m");
}
