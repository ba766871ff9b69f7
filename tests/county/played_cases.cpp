// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "story.hpp"
#include "tables.hpp"

#include <optional>
#include <string>
#include <vector>

using namespace sifang;

/// Single recorded letters, whose days can be counted on a wall calendar of 2022.
namespace {

struct letter {
  const char* what;
  day written;
  int acceptance, handling;  ///< days to acceptance, and from there to the reply
  bool settled;
  std::vector<std::string> settings;
};
struct found {
  std::optional<std::pair<double, double>> accepted_in_time, replied_in_time, resolved;
  bool overdue = false;
  std::int32_t reply_due = never;
};

std::optional<std::pair<double, double>> share(const replication_outcome& out, metric m) {
  if (out.sums.denominator(m, 0) == 0) return std::nullopt;
  return std::pair(out.sums.numerator(m, 0), out.sums.denominator(m, 0));
}

found play(const letter& l) {
  auto settings = l.settings;
  for (const char* s : {"scenario.warm_up=0", "load.backlog=0", "routing.minutes_per_matter=1", "reception.irregular_per_month=0",
                        "replay.mode=as_recorded"})
    settings.push_back(s);
  auto in = sifang_tests::input("xiapu-2022", settings);
  case_load load;
  load.cases.push_back({"a", l.written, minutes(9 * 60), "350921203", "other", channel::letter, 1, calendar_days(l.acceptance),
                        calendar_days(l.handling), l.settled});
  const auto w = world::make(in.settings, in.place.org, in.place.calendar, &load);
  REQUIRE(w);
  auto r = sifang_tests::played(*w);
  REQUIRE(r.matters().size() == 1);
  const matter& m = r.matters()[0];
  REQUIRE(day(m.routed) == l.written);
  return {share(r.outcome(), metric::timely_acceptance_rate), share(r.outcome(), metric::on_time_reply_rate),
          share(r.outcome(), metric::resolution_rate), m.overdue, m.reply_due};
}

}  // namespace

TEST_CASE("L4, L10: the last day is inclusive, and what is not done when it has passed is missed, finished or not") {
  using p = std::pair<double, double>;
  const p met{1, 1}, missed{0, 1};
  // 1 March 2022 is a Tuesday, the 16th day after it Thursday 17. Sixty days from 16 March end on Sunday 15 May.
  auto f = play({"on the last day", day(2022, 3, 1), 15, 60, true, {}});
  CHECK(f.accepted_in_time == met);
  CHECK(f.replied_in_time == met);
  CHECK(f.resolved == met);
  CHECK_FALSE(f.overdue);
  CHECK(day(f.reply_due) == day(2022, 5, 15));

  f = play({"accepted a day late", day(2022, 3, 1), 16, 60, true, {}});
  CHECK(f.accepted_in_time == missed);
  CHECK(f.replied_in_time == met);
  CHECK(f.overdue);  // also where it was late for less than a week, so that no weekly look saw it

  f = play({"replied a day late", day(2022, 3, 1), 15, 61, true, {}});
  CHECK(f.accepted_in_time == met);
  CHECK(f.replied_in_time == missed);
  CHECK(f.overdue);

  f = play({"a last day on a Sunday moves to Monday where the county says so",
            day(2022, 3, 1),
            15,
            61,
            true,
            {"clocks.extend_to_workday=true"}});
  CHECK(f.replied_in_time == met);
  CHECK(day(f.reply_due) == day(2022, 5, 16));

  // 31 October 2022 is a Monday; accepted on 1 November the reply is due on 31 December, the last day that counts.
  f = play({"replied on the last day of the period", day(2022, 10, 31), 1, 60, true, {}});
  CHECK(f.replied_in_time == met);
  f = play({"not replied when the period ends", day(2022, 10, 31), 1, 61, true, {}});
  CHECK(f.replied_in_time == missed);
  CHECK(f.resolved == met);  // it was routed in the period; what became of it is seen after its end
  f = play({"due after the period", day(2022, 11, 2), 1, 70, true, {}});
  CHECK_FALSE(f.replied_in_time.has_value());
  f = play({"not accepted when the period ends", day(2022, 12, 16), 16, 1, true, {}});
  CHECK(f.accepted_in_time == missed);
  CHECK_FALSE(f.replied_in_time.has_value());
}

TEST_CASE("L11: an extension adds its days to the bare last day, which then moves off a rest day once") {
  const world w = sifang_tests::xiapu(
      {"scenario.warm_up=60", "clocks.extend_to_workday=true", "handling.extension=\"always\"", "handling.wait_days_mean=40"});
  auto r = sifang_tests::played(w);
  int extended = 0, moved = 0;
  for (const auto& t : r.observer().all) {
    if (t.what != sifang_tests::told::step || t.event != case_event::extend) continue;
    ++extended;
    const day bare = day(t.m.accepted) + calendar_days(90);
    day last = bare;
    while (!w.calendar().is_workday(last)) ++last;
    moved += last != bare;
    CHECK(day(t.m.reply_due) == last);
    CHECK(t.at.date() < bare - calendar_days(30) + calendar_days(11));  // before the first last day
  }
  CHECK(extended > 100);
  CHECK(moved > 20);
  const world none =
      sifang_tests::xiapu({"scenario.warm_up=60", "clocks.extension=0", "handling.extension=\"always\"", "handling.wait_days_mean=40"});
  auto q = sifang_tests::played(none);
  for (const auto& t : q.observer().all) CHECK_FALSE((t.what == sifang_tests::told::step && t.event == case_event::extend));
}
