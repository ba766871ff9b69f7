// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_condition.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace sifang;

using diary = std::vector<std::string>;

process at(simulation<>& sim, diary& d, double time, std::string what, std::int32_t priority = 0) {
  co_await sim.until(time, priority);
  d.push_back(std::move(what));
}

TEST_CASE("Events happen in the order of time, then of priority, then of insertion") {
  simulation sim;
  diary d;
  at(sim, d, 2, "second of two at 2", 1);
  at(sim, d, 2, "at 2, later");
  at(sim, d, 1, "at 1");
  at(sim, d, 2, "at 2, last");
  at(sim, d, 2, "urgent at 2", -1);
  sim.run();
  CHECK(d == diary{"at 1", "urgent at 2", "at 2, later", "at 2, last", "second of two at 2"});
}

process twice(simulation<>& sim, diary& d, std::string who) {
  d.push_back(who + " starts");
  co_await sim.delay(0);
  d.push_back(who + " goes on");
}

TEST_CASE("Processes ready at one time take turns") {
  simulation sim;
  diary d;
  twice(sim, d, "a");
  twice(sim, d, "b");
  CHECK(d.empty());
  sim.run();
  CHECK(d == diary{"a starts", "b starts", "a goes on", "b goes on"});
  CHECK(sim.now() == 0);
}

process later(simulation<>& sim, diary& d, double time, std::int32_t priority) {
  co_await sim.until(time);
  d.push_back("at " + std::to_string(static_cast<int>(time)));
  at(sim, d, time, "of the same time", priority);
  co_await sim.delay(0);
  d.push_back("and then");
}

TEST_CASE("What was put into the queue earlier for this time comes before who became ready at it") {
  simulation sim;
  diary d;
  later(sim, d, 3, 0);
  at(sim, d, 3, "inserted early");
  at(sim, d, 3, "inserted early, not urgent", 1);
  sim.run();
  // The delay of nothing was inserted before the other process began and inserted its own.
  CHECK(d == diary{"at 3", "inserted early", "and then", "of the same time", "inserted early, not urgent"});
}

TEST_CASE("Something urgent at the present time comes before who is ready") {
  simulation sim;
  diary d;
  later(sim, d, 3, -1);
  twice(sim, d, "a");
  sim.run();
  CHECK(d == diary{"a starts", "a goes on", "at 3", "of the same time", "and then"});
}

process counts(simulation<>& sim, int& n, double every) {
  for (;;) {
    co_await sim.delay(every);
    ++n;
  }
}

TEST_CASE("A run until a time plays what is before it and stands there") {
  simulation sim;
  int n = 0;
  counts(sim, n, 1.0);
  sim.run_until(3);
  CHECK(n == 2);
  CHECK(sim.now() == 3);
  sim.run_until(3.5);
  CHECK(n == 3);
  CHECK(sim.now() == 3.5);
  diary d;
  twice(sim, d, "a");
  sim.run_until(3.5);  // nothing is before now
  CHECK(d.empty());
  CHECK(n == 3);
  sim.run_until(4);
  CHECK(d.size() == 2);
}

TEST_CASE("One step lets one process go on, even if it could go on alone") {
  simulation sim;
  int n = 0;
  counts(sim, n, 1.0);
  CHECK(sim.step());
  CHECK(n == 0);
  for (int i = 1; i <= 5; ++i) {
    CHECK(sim.step());
    CHECK(n == i);
    CHECK(sim.now() == i);
  }
  simulation empty;
  CHECK_FALSE(empty.step());
}

process stops(simulation<>& sim, double when) {
  co_await sim.until(when);
  sim.stop();
}

TEST_CASE("A process stops the run, and another run goes on from there") {
  simulation sim;
  int n = 0;
  counts(sim, n, 1.0);
  stops(sim, 4.5);
  sim.run();
  CHECK(sim.now() == 4.5);
  CHECK(n == 4);
  sim.run_until(10.5);
  CHECK(n == 10);
}

process never_wakes(simulation<>& sim, bool& woke) {
  co_await sim.delay(simulation<>::never);
  woke = true;
}

TEST_CASE("A delay without end does not end") {
  simulation sim;
  bool woke = false;
  never_wakes(sim, woke);
  sim.run();
  CHECK_FALSE(woke);
  CHECK(sim.now() == 0);
}

process waits_for(simulation<>& sim, diary& d, process other, std::string who) {
  co_await other;
  d.push_back(who + " at " + std::to_string(static_cast<int>(sim.now())));
}

TEST_CASE("Processes wait for the end of another, in the order in which they came") {
  simulation sim;
  diary d;
  const process work = at(sim, d, 5, "work is done");
  CHECK_FALSE(work.ended());
  waits_for(sim, d, work, "first");
  waits_for(sim, d, work, "second");
  sim.run();
  CHECK(work.ended());
  waits_for(sim, d, work, "late");
  waits_for(sim, d, process(), "for nobody");
  sim.run();
  CHECK(d == diary{"work is done", "first at 5", "second at 5", "late at 5", "for nobody at 5"});
}

TEST_CASE("The name of a process that has ended is not the name of the next in its place") {
  simulation sim;
  diary d;
  const process first = at(sim, d, 1, "first");
  sim.run();
  const process second = at(sim, d, 2, "second");
  CHECK(first.ended());
  CHECK_FALSE(second.ended());
  CHECK_FALSE(first.interrupt());
}

process machine(simulation<>& sim, diary& d) {
  double left = 10;
  while (left > 0) {
    const double began = sim.now();
    const interruption broken = co_await sim.delay_or_interrupt(left);
    left -= sim.now() - began;
    if (broken) {
      d.push_back("broken at " + std::to_string(static_cast<int>(sim.now())) + " by " + std::to_string(broken.reason()));
      co_await sim.delay(3);
    }
  }
  d.push_back("done at " + std::to_string(static_cast<int>(sim.now())));
}

process breaks(simulation<>& sim, diary& d, process victim, double when, std::uint32_t reason) {
  co_await sim.until(when);
  if (!victim.interrupt(reason)) d.push_back("not possible");
}

TEST_CASE("Interrupted work goes on after the repair; who is not at work is not interrupted") {
  simulation sim;
  diary d;
  const process m = machine(sim, d);
  breaks(sim, d, m, 4, 7);
  breaks(sim, d, m, 6, 8);  // while it is being repaired
  breaks(sim, d, m, 9, 9);
  breaks(sim, d, m, 99, 1);  // after its end
  sim.run();
  CHECK(d == diary{"broken at 4 by 7", "not possible", "broken at 9 by 9", "done at 16", "not possible"});
}

process twice_interrupted(simulation<>& sim, diary& d) {
  const interruption i = co_await sim.delay_or_interrupt(5);
  d.push_back(i ? "by " + std::to_string(i.reason()) : "to the end");
  const interruption none = co_await sim.delay_or_interrupt(5);
  d.push_back(none ? "again" : "to the end at " + std::to_string(static_cast<int>(sim.now())));
}

process interrupts_twice(simulation<>& sim, diary& d, process victim) {
  co_await sim.delay(2);
  CHECK(victim.interrupt(1));
  CHECK_FALSE(victim.interrupt(2));  // it has not gone on yet
  d.push_back("interrupted");
}

TEST_CASE("An interruption counts once, and the event that it saved does not happen") {
  simulation sim;
  diary d;
  interrupts_twice(sim, d, twice_interrupted(sim, d));
  sim.run();
  CHECK(d == diary{"interrupted", "by 1", "to the end at 7"});
}

process listens(simulation<>& sim, diary& d, condition<>& bell, std::string who) {
  co_await bell.wait();
  d.push_back(who + " at " + std::to_string(static_cast<int>(sim.now())));
}

process listens_until(simulation<>& sim, diary& d, condition<>& bell, double limit) {
  const bool rung = co_await bell.wait_until(limit);
  d.push_back((rung ? "heard at " : "gave up at ") + std::to_string(static_cast<int>(sim.now())));
}

process rings(simulation<>& sim, condition<>& bell, double when, bool all) {
  co_await sim.until(when);
  all ? bell.notify_all() : bell.notify_one();
}

TEST_CASE("A condition wakes one or all of those who wait, in their order, and forgets") {
  simulation sim;
  diary d;
  condition bell(sim);
  listens(sim, d, bell, "a");
  listens_until(sim, d, bell, 2);
  listens_until(sim, d, bell, 9);
  listens_until(sim, d, bell, 0);
  listens(sim, d, bell, "b");
  rings(sim, bell, 1, false);
  rings(sim, bell, 4, true);
  rings(sim, bell, 5, true);
  sim.run_until(2.5);
  CHECK(bell.waiting() == 2);
  sim.run();
  CHECK(d == diary{"gave up at 0", "a at 1", "gave up at 2", "heard at 4", "b at 4"});
  CHECK(sim.now() == 5);  // the event that was called off did not move the clock
}

TEST_CASE("Steps pass over an event that was called off, not over who is ready") {
  simulation sim;
  diary d;
  condition bell(sim);
  rings(sim, bell, 5, true);
  listens_until(sim, d, bell, 5.0);
  at(sim, d, 9, "at 9");
  while (d.empty()) REQUIRE(sim.step());
  CHECK(d == diary{"heard at 5"});
  CHECK(sim.step());
  CHECK(d == diary{"heard at 5", "at 9"});
  CHECK_FALSE(sim.step());
}

struct shop {
  diary d;
  process work(simulation<>& sim, double length) {
    co_await sim.delay(length);
    d.push_back("member");
  }
};

TEST_CASE("Member functions and lambdas without captures are processes too") {
  simulation<std::int64_t> whole;
  shop s;
  simulation sim;
  s.work(sim, 2);
  const auto lambda = [](simulation<>& clock, diary& d) -> process {
    co_await clock.delay(1);
    d.push_back("lambda");
  };
  lambda(sim, s.d);
  sim.run();
  CHECK(s.d == diary{"lambda", "member"});
  CHECK(whole.now() == 0);
}

process fails(simulation<>& sim) {
  co_await sim.delay(1);
  throw std::runtime_error("from a process");
}

TEST_CASE("An exception comes out of the run") {
  simulation sim;
  int n = 0;
  counts(sim, n, 1.5);
  fails(sim);
  CHECK_THROWS_AS(sim.run(), std::runtime_error);
  CHECK(sim.now() == 1);
  sim.run_until(4);
  CHECK(n == 2);
}

}  // namespace
