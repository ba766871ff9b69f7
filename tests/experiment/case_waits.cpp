// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/case_waits.hpp"

#include <initializer_list>
#include <optional>
#include <vector>

using namespace sifang;

namespace {

constexpr day first(2022, 3, 1), last(2022, 6, 30);
constexpr instant at(day d, int hour, int minute = 0) { return instant(d, minutes(hour * 60 + minute)); }

/// What happened to one case, written down one after another.
struct history {
  std::vector<history_event> events;
  std::vector<work_piece> pieces;

  history_event& add(history_kind what, instant when) {
    history_event& e = events.emplace_back();
    e.matter = 1;
    e.what = what;
    e.at = when;
    return e;
  }
  history& step(case_event event, case_state from, case_state to, instant when) {
    history_event& e = add(history_kind::step, when);
    e.event = event;
    e.from = from;
    e.to = to;
    return *this;
  }
  history& visit(history_kind what, instant when, double queue) {
    add(what, when).minutes = queue;
    return *this;
  }
  history& work(instant told, instant begins, instant ends, bool interview = false) {
    pieces.push_back({1, told, begins, ends, interview});
    return *this;
  }
  [[nodiscard]] std::vector<case_wait> waits() const { return waits_of(first, last, events, pieces); }
};

/// The parts, each with its beginning; each ends where the next begins, the last at the end.
void check_parts(const std::vector<case_wait>& found, std::initializer_list<std::pair<wait_reason, instant>> expected) {
  REQUIRE(found.size() == expected.size());
  std::size_t i = 0;
  for (const auto& [why, from] : expected) {
    INFO("part " << i << ": " << text_of(found[i].why) << " from " << to_string(found[i].from));
    CHECK(found[i].why == why);
    CHECK(found[i].from == from);
    CHECK(found[i].to == (i + 1 < found.size() ? found[i + 1].from : at(last + calendar_days(1), 0)));
    ++i;
  }
}

using enum wait_reason;
using s = case_state;
using e = case_event;

}  // namespace

TEST_CASE("A case that goes to a session waits for the day, in the queue, in the interview, and then for the system") {
  history h;
  h.add(history_kind::sets_out, instant(day(2022, 3, 3), minutes(1439)));
  h.visit(history_kind::not_heard, at(day(2022, 3, 7), 11, 30), 180);
  h.add(history_kind::sets_out, instant(day(2022, 3, 7), minutes(1439)));
  h.visit(history_kind::heard, at(day(2022, 3, 14), 10, 5), 40.4);
  h.work(at(day(2022, 3, 14), 10, 5), at(day(2022, 3, 14), 9, 45), at(day(2022, 3, 14), 10, 5), true);
  h.step(e::arrive, s::none, s::registered, at(day(2022, 3, 14), 10, 5));
  h.step(e::receive_in_person, s::registered, s::routed, at(day(2022, 3, 14), 10, 5));
  h.work(at(day(2022, 3, 14), 10, 5), at(day(2022, 3, 15), 9), at(day(2022, 3, 15), 9, 30));
  h.step(e::inform, s::routed, s::accepted, at(day(2022, 3, 18), 16));
  h.step(e::investigate, s::accepted, s::handling, at(day(2022, 3, 20), 9));
  h.work(at(day(2022, 3, 20), 9), at(day(2022, 3, 22), 10), at(day(2022, 3, 23), 11));
  h.work(at(day(2022, 3, 30), 14), at(day(2022, 3, 30), 14), at(day(2022, 3, 30), 15));
  h.step(e::reply, s::handling, s::replied, at(day(2022, 3, 30), 15));
  h.step(e::content, s::replied, s::settled, at(day(2022, 4, 5), 8));
  check_parts(h.waits(), {{decision, at(first, 0)},
                          {session_day, at(day(2022, 3, 3), 23, 59)},
                          {queue, at(day(2022, 3, 7), 8, 30)},
                          {decision, at(day(2022, 3, 7), 11, 30)},
                          {session_day, at(day(2022, 3, 7), 23, 59)},
                          {queue, at(day(2022, 3, 14), 9, 5)},
                          {interview, at(day(2022, 3, 14), 9, 45)},
                          {handler, at(day(2022, 3, 14), 10, 5)},
                          {work, at(day(2022, 3, 15), 9)},
                          {acceptance, at(day(2022, 3, 15), 9, 30)},
                          {handler, at(day(2022, 3, 18), 16)},
                          {work, at(day(2022, 3, 22), 10)},
                          {others, at(day(2022, 3, 23), 11)},
                          {work, at(day(2022, 3, 30), 14)},
                          {answer, at(day(2022, 3, 30), 15)},
                          {peace, at(day(2022, 4, 5), 8)}});
  const wait_sums sums = sums_of(h.waits());
  CHECK(sums[static_cast<std::size_t>(queue)] == minutes(180 + 40));
  int whole = 0;
  for (const minutes m : sums) whole += m.count;
  CHECK(whole == ((last - first).count + 1) * minutes_per_day);
}

TEST_CASE("What a unit disputes waits for the objection, before it and after; one that is refused is accepted by the unit") {
  history h;
  h.step(e::arrive, s::none, s::registered, at(first, 9));
  h.step(e::route, s::registered, s::routed, at(day(2022, 3, 2), 9));
  h.step(e::object, s::routed, s::registered, at(day(2022, 3, 6), 9));
  h.step(e::route, s::registered, s::routed, at(day(2022, 3, 9), 9));
  h.add(history_kind::objection_refused, at(day(2022, 3, 11), 9));
  h.step(e::inform, s::routed, s::accepted, at(day(2022, 3, 14), 9));
  check_parts(h.waits(), {{decision, at(first, 0)},
                          {routing, at(first, 9)},
                          {objection, at(day(2022, 3, 2), 9)},
                          {acceptance, at(day(2022, 3, 11), 9)},
                          {handler, at(day(2022, 3, 14), 9)}});
}

TEST_CASE("A campaign that comes between parts of a handler's work is a wait for the handler; what is withdrawn waits no more") {
  history h;
  h.step(e::arrive, s::none, s::registered, at(first, 9));
  h.step(e::route, s::registered, s::routed, at(first, 10));
  h.step(e::inform, s::routed, s::accepted, at(day(2022, 3, 4), 9));
  h.step(e::investigate, s::accepted, s::handling, at(day(2022, 3, 4), 9));
  h.work(at(day(2022, 3, 4), 9), at(day(2022, 3, 4), 9), at(day(2022, 3, 5), 9));
  h.work(at(day(2022, 3, 4), 9), at(day(2022, 3, 20), 9), at(day(2022, 3, 28), 9));  // the rest of the same piece
  h.step(e::expire, s::handling, s::handling, at(day(2022, 3, 22), 9));
  h.step(e::withdraw, s::handling, s::withdrawn, at(day(2022, 3, 25), 9));
  check_parts(h.waits(), {{decision, at(first, 0)},
                          {routing, at(first, 9)},
                          {acceptance, at(first, 10)},
                          {work, at(day(2022, 3, 4), 9)},
                          {handler, at(day(2022, 3, 5), 9)},
                          {work, at(day(2022, 3, 20), 9)},
                          {closed, at(day(2022, 3, 25), 9)}});
}

TEST_CASE("Review, recheck and return visit are waits of their own, and another round waits for a handler") {
  history h;
  h.step(e::arrive, s::none, s::registered, at(first, 9));
  h.step(e::route, s::registered, s::routed, at(first, 9));
  h.step(e::inform, s::routed, s::accepted, at(first, 9));
  h.step(e::investigate, s::accepted, s::handling, at(first, 9));
  h.step(e::reply, s::handling, s::replied, at(day(2022, 3, 10), 9));
  h.step(e::ask_review, s::replied, s::under_review, at(day(2022, 3, 12), 9));
  h.step(e::send_back, s::under_review, s::handling, at(day(2022, 3, 20), 9));
  h.step(e::reply, s::handling, s::replied, at(day(2022, 3, 30), 9));
  h.step(e::ask_review, s::replied, s::under_review, at(day(2022, 4, 1), 9));
  h.step(e::uphold, s::under_review, s::reviewed, at(day(2022, 4, 5), 9));
  h.step(e::ask_recheck, s::reviewed, s::under_recheck, at(day(2022, 4, 8), 9));
  h.step(e::close_recheck, s::under_recheck, s::procedurally_closed, at(day(2022, 4, 20), 9));
  h.step(e::schedule_return, s::procedurally_closed, s::return_visit_due, at(day(2022, 4, 25), 9));
  h.step(e::return_settled, s::return_visit_due, s::settled, at(day(2022, 5, 1), 9));
  check_parts(h.waits(), {{decision, at(first, 0)},
                          {others, at(first, 9)},
                          {answer, at(day(2022, 3, 10), 9)},
                          {review, at(day(2022, 3, 12), 9)},
                          {handler, at(day(2022, 3, 20), 9)},
                          {answer, at(day(2022, 3, 30), 9)},
                          {review, at(day(2022, 4, 1), 9)},
                          {answer, at(day(2022, 4, 5), 9)},
                          {recheck, at(day(2022, 4, 8), 9)},
                          {closed, at(day(2022, 4, 20), 9)},
                          {return_visit, at(day(2022, 4, 25), 9)},
                          {peace, at(day(2022, 5, 1), 9)}});
}

TEST_CASE("A case of which nothing is known waits for its petitioner to the end, and one that begins before its day begins there") {
  CHECK(waits_of(first, last, {}, {}) == std::vector<case_wait>{{decision, at(first, 0), at(last + calendar_days(1), 0)}});
  history h;
  h.step(e::arrive, s::none, s::registered, at(first - calendar_days(2), 9));
  CHECK(h.waits().front() == case_wait{decision, at(first - calendar_days(2), 0), at(first - calendar_days(2), 9)});
  // Work that is told beyond the end is cut there.
  h.step(e::route, s::registered, s::routed, at(first, 9));
  h.work(at(first, 9), at(last, 12), at(last + calendar_days(90), 9));
  CHECK(h.waits().back() == case_wait{work, at(last, 12), at(last + calendar_days(1), 0)});
}

TEST_CASE("Who was answered on the spot and comes again waits for the session as before") {
  history h;
  h.add(history_kind::sets_out, instant(first, minutes(1439)));
  h.visit(history_kind::heard, at(day(2022, 3, 7), 10), 30);
  h.step(e::answer, s::none, s::answered_on_spot, at(day(2022, 3, 7), 10));
  h.add(history_kind::sets_out, instant(day(2022, 3, 20), minutes(1439)));
  h.visit(history_kind::heard, at(day(2022, 3, 28), 9, 30), 15);
  h.step(e::arrive, s::answered_on_spot, s::registered, at(day(2022, 3, 28), 9, 30));
  check_parts(h.waits(), {{decision, at(first, 0)},
                          {session_day, at(first, 23, 59)},
                          {queue, at(day(2022, 3, 7), 9, 30)},
                          {closed, at(day(2022, 3, 7), 10)},
                          {session_day, at(day(2022, 3, 20), 23, 59)},
                          {queue, at(day(2022, 3, 28), 9, 15)},
                          {routing, at(day(2022, 3, 28), 9, 30)}});
}

TEST_CASE("Parts between two instants are cut at both, and nothing is left of an empty stretch") {
  const std::vector<case_wait> all{{routing, at(first, 0), at(first, 10)}, {work, at(first, 10), at(first, 20)}};
  CHECK(waits_between(all, at(first, 4), at(first, 12)) ==
        std::vector<case_wait>{{routing, at(first, 4), at(first, 10)}, {work, at(first, 10), at(first, 12)}});
  CHECK(waits_between(all, at(first, 10), at(first, 10)).empty());
  CHECK(waits_between(all, at(first, 21), at(first, 23)).empty());
}
