// SPDX-License-Identifier: BSL-1.0
// Calendars that are written, read and expanded by libical.
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/office/roster_calendars.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

/// Day, minute at which it begins, minutes that it takes, place.
using held_session = std::tuple<day, int, int, std::string>;

using component = std::unique_ptr<icalcomponent, void (*)(icalcomponent*)>;

component parsed(const std::string& text) {
  component out(icalparser_parse_string(text.c_str()), &icalcomponent_free);
  REQUIRE(out);
  REQUIRE(icalcomponent_isa(out.get()) == ICAL_VCALENDAR_COMPONENT);
  CHECK(icalcomponent_count_errors(out.get()) == 0);
  return out;
}

template <class Take>
void each_event(icalcomponent* calendar, Take&& take) {
  for (icalcomponent* e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); e != nullptr;
       e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
    take(e);
}

/// Every session of a calendar, as libical expands it.
std::multiset<held_session> expanded(icalcomponent* calendar) {
  std::multiset<held_session> out;
  each_event(calendar, [&](icalcomponent* e) {
    struct context {
      std::multiset<held_session>* out;
      std::string place;
    } into{&out, icalcomponent_get_location(e)};
    icalcomponent_foreach_recurrence(
        e, icaltime_from_string("20000101T000000Z"), icaltime_from_string("20400101T000000Z"),
        [](icalcomponent*, icaltime_span* span, void* data) {
          auto* const c = static_cast<context*>(data);
          const auto local = static_cast<std::int64_t>(span->start) + 8 * 3600;
          c->out->emplace(day(static_cast<std::int32_t>(local / 86400)), static_cast<int>(local % 86400 / 60),
                          static_cast<int>((span->end - span->start) / 60), c->place);
        },
        &into);
  });
  return out;
}

/// What the plan holds, of one post or of all.
std::multiset<held_session> planned(const world& w, roster_period days, bool everyone, const std::string& post) {
  std::multiset<held_session> out;
  for (const roster_row& r : roster_of(w, days, everyone, language::zh)) {
    if (!post.empty() && std::find(r.posts.begin(), r.posts.end(), post) == r.posts.end()) continue;
    out.emplace(r.date, r.start.count, (r.end - r.start).count, r.unit_name);
  }
  return out;
}

std::map<std::string, std::string> files_of(const world& w, roster_period days, bool everyone, int sequence = 0,
                                            language lang = language::zh) {
  std::map<std::string, std::string> out;
  for (named_file& f : roster_calendars(w, days, everyone, sequence, lang)) CHECK(out.emplace(std::move(f.name), std::move(f.text)).second);
  return out;
}

world year_of(scenario s, std::vector<calendar_exception> holidays = {}) {
  s.start = day(2022, 1, 1);
  s.end = day(2022, 12, 31);
  s.sensitive_periods = {{"两会", day(2022, 3, 4), day(2022, 3, 11), calendar_days(3)}};
  auto org = sifang_tests::peopled_county().build();
  REQUIRE(org);
  auto made = world::make(std::move(s), *std::move(org), working_calendar(holidays));
  for (const fault& f : made.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(made);
  return *std::move(made);
}

const std::vector<calendar_exception> some_holidays{
    {day(2022, 1, 3), day_kind::statutory_holiday, "元旦"},   {day(2022, 1, 31), day_kind::statutory_holiday, "春节"},
    {day(2022, 4, 4), day_kind::statutory_holiday, "清明"},   {day(2022, 4, 2), day_kind::makeup_workday, "清明"},
    {day(2022, 5, 2), day_kind::statutory_holiday, "劳动节"}, {day(2022, 10, 3), day_kind::statutory_holiday, "国庆"}};

void check_all(const world& w, roster_period days, bool everyone) {
  const auto files = files_of(w, days, everyone);
  std::set<std::string> posts;
  for (const roster_row& r : roster_of(w, days, everyone, language::zh)) posts.insert(r.posts.begin(), r.posts.end());
  CHECK(files.size() == posts.size() + 1);
  std::set<std::string> uids;
  for (const auto& [name, text] : files) {
    INFO(name);
    const std::string post = name == "county.ics" ? "" : name.substr(5, name.size() - 9);
    const component calendar = parsed(text);
    CHECK(expanded(calendar.get()) == planned(w, days, everyone, post));
    each_event(calendar.get(), [&](icalcomponent* e) { CHECK(uids.insert(icalcomponent_get_uid(e)).second); });
  }
}

}  // namespace

TEST_CASE("R1-R9: what libical expands of each calendar is what the roster plans, holidays, moves and split days included") {
  const roster_period year{day(2022, 1, 1), day(2022, 12, 31)};
  SECTION("as the article has it") { check_all(year_of(sifang_tests::small_scenario(), some_holidays), year, false); }
  SECTION("everyone") { check_all(year_of(sifang_tests::small_scenario(), some_holidays), year, true); }
  SECTION("the 15th moves to a workday, and the bureau's day off it") {
    scenario s = sifang_tests::small_scenario();
    s.reception[article::principal].on_rest_day = day_convention::next_workday;
    s.reception.collision = collision_policy::split;
    check_all(year_of(s, some_holidays), year, false);
  }
  SECTION("rules that count, and several at once") {
    scenario s = sifang_tests::small_scenario();
    const auto rule = [](const char* text) { return *recurrence::parse(text); };
    s.reception[article::township].recur = {rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;DTSTART=20220104"), rule("FREQ=MONTHLY;BYDAY=-1FR")};
    s.reception[article::department].recur = {rule("FREQ=WEEKLY;BYDAY=WE;COUNT=9")};
    s.reception[article::bureau_leader].recur = {rule("every workday")};
    s.reception[article::principal].recur = {rule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")};
    check_all(year_of(s, some_holidays), {day(2022, 2, 1), day(2022, 11, 30)}, false);
  }
  SECTION("late sessions end at midnight, which is on the next day") {
    scenario s = sifang_tests::small_scenario();
    s.reception[article::township].start = minutes(21 * 60);
    check_all(year_of(s, some_holidays), year, false);
  }
}

TEST_CASE("a session that is held by a rule is one event with EXDATE for holidays, in the time of Shanghai") {
  const world w = year_of(sifang_tests::small_scenario(), some_holidays);
  const auto files = files_of(w, {day(2022, 1, 1), day(2022, 12, 31)}, false, 7);
  const std::string& county = files.at("county.ics");
  CHECK(county.find("BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n") != county.npos);
  CHECK(county.find("TZOFFSETTO:+0800\r\n") != county.npos);
  std::size_t rules = 0;
  const component calendar = parsed(county);
  each_event(calendar.get(), [&](icalcomponent* e) {
    CHECK(icaltime_compare(icalcomponent_get_dtstamp(e), icaltime_from_string("20220101T000000Z")) == 0);
    CHECK(icalcomponent_get_sequence(e) == 7);
    if (icalcomponent_count_properties(e, ICAL_RRULE_PROPERTY) == 0) return;
    ++rules;
    const std::string uid = icalcomponent_get_uid(e);
    CHECK(uid.ends_with(".rule"));
    CHECK(uid.starts_with("small.county."));
    if (uid.find(".township.") != uid.npos) CHECK(icalcomponent_count_properties(e, ICAL_EXDATE_PROPERTY) >= 4);
  });
  CHECK(rules >= 2);
  CHECK(county.find("RRULE:FREQ=WEEKLY;UNTIL=20221226T") != county.npos);
  CHECK(county.find("EXDATE;TZID=Asia/Shanghai:20220502T") != county.npos);
}

TEST_CASE("UIDs outlive a change of hours and of days that are left out") {
  const auto uids = [](const world& w) {
    std::set<std::string> out;
    for (const auto& [name, text] : files_of(w, {day(2022, 1, 1), day(2022, 12, 31)}, false)) {
      const component calendar = parsed(text);
      each_event(calendar.get(), [&](icalcomponent* e) {
        if (icalcomponent_count_properties(e, ICAL_RRULE_PROPERTY) > 0) out.insert(icalcomponent_get_uid(e));
      });
    }
    return out;
  };
  scenario later = sifang_tests::small_scenario();
  for (session_kind& k : later.reception.sessions) k.start = k.start + minutes(30);
  const auto before = uids(year_of(sifang_tests::small_scenario(), some_holidays));
  CHECK_FALSE(before.empty());
  CHECK(before == uids(year_of(later, some_holidays)));
  const auto without_holidays = uids(year_of(later, {}));
  CHECK(std::includes(without_holidays.begin(), without_holidays.end(), before.begin(), before.end()));
}

TEST_CASE("texts of a calendar are escaped and folded, whatever they hold") {
  calendar_series one;
  one.key = {"方案", "post;1", "k,", "a/b"};
  one.summary = "接访,约访;回访\\";
  one.location = std::string(40, 'x') + "霞浦县松城街道办事处信访接待大厅一楼东侧第三接待室一楼东侧第三接待室";
  one.description = "一\n二:\"三\"";
  one.start = minutes(510);
  one.length = minutes(180);
  one.dates = {day(2022, 3, 15)};
  const std::string text = calendar_text({&one, 1}, {"历", day(2022, 1, 1), 0});
  CHECK(text == calendar_text({&one, 1}, {"历", day(2022, 1, 1), 0}));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    REQUIRE(end != text.npos);
    const std::string line = text.substr(at, end - at);
    CHECK(line.size() <= 75);
    CHECK(line.find('\n') == line.npos);
    CHECK((static_cast<unsigned char>(line[line[0] == ' ' ? 1 : 0]) & 0xC0) != 0x80);  // folded between characters
    at = end + 2;
  }
  CHECK(text.find("SUMMARY:接访\\,约访\\;回访\\\\\r\n") != text.npos);
  CHECK(text.find("UID:%E6%96%B9%E6%A1%88.post%3B1.k%2C.a%2Fb.20220315\r\n") != text.npos);
  const component calendar = parsed(text);
  each_event(calendar.get(), [&](icalcomponent* e) {
    CHECK(icalcomponent_get_summary(e) == one.summary);
    CHECK(icalcomponent_get_location(e) == one.location);
    CHECK(icalcomponent_get_description(e) == one.description);
  });
  const std::string evil = "历\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\a";
  one.summary = one.location = one.description = one.key.front() = evil;
  const std::string kept = calendar_text({&one, 1}, {evil, day(2022, 1, 1), 0});
  std::size_t begins = 0, ends = 0;
  for (std::size_t at = kept.find("\nBEGIN:VEVENT"); at != kept.npos; at = kept.find("\nBEGIN:VEVENT", at + 1)) ++begins;
  for (std::size_t at = kept.find("\nEND:VCALENDAR"); at != kept.npos; at = kept.find("\nEND:VCALENDAR", at + 1)) ++ends;
  for (std::size_t at = kept.find('\r'); at != kept.npos; at = kept.find('\r', at + 1)) CHECK(kept[at + 1] == '\n');
  CHECK(begins == 1);
  CHECK(ends == 1);
  one.key = {std::string(400, 'n')};
  std::string other = calendar_text({&one, 1}, {"历", day(2022, 1, 1), 0});
  one.key.front() += 'm';
  CHECK(other != calendar_text({&one, 1}, {"历", day(2022, 1, 1), 0}));
  each_event(parsed(other).get(), [&](icalcomponent* e) { CHECK(std::string(icalcomponent_get_uid(e)).size() < 255); });
}
