// SPDX-License-Identifier: BSL-1.0
#include "../county/small_world.hpp"
#include "catch.hpp"
#include "sifang/experiment/assemble.hpp"
#include "sifang/experiment/reception_calendar.hpp"
#include "sifang/experiment/replicate.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

world busy_county() {
  scenario s = sifang_tests::small_scenario();
  s.load.matters_per_year = 2000;
  auto w = sifang_tests::small_world(std::move(s));
  REQUIRE(w);
  return *std::move(w);
}

/// Counts reception days by date, in its own way.
struct diary_of_sessions {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::session, hook::visit>;
  struct entry {
    double visited = 0, heard = 0, unheard = 0, minutes = 0, queue = 0;
  };
  using book = std::map<std::pair<std::size_t, std::int32_t>, entry>;
  const world* place = nullptr;
  book today;

  void started(const world& w, std::uint32_t) {
    place = &w;
    today.clear();
  }
  entry& of(const reception_series& s, day d) { return today[{s.where.index(), d.since_1970()}]; }
  void session(const reception_series& s, day d, std::span<const official_id>, const session_totals& t) {
    if (!place->counts(d)) return;
    entry& e = of(s, d);
    ++e.visited;
    e.queue = std::max(e.queue, static_cast<double>(t.longest_queue));
  }
  void visit(const reception_series& s, day d, const matter&, const visit_outcome* v, official_id) {
    if (!place->counts(d)) return;
    entry& e = of(s, d);
    const bool was_heard = v != nullptr && v->end == visit_end::heard;
    (was_heard ? e.heard : e.unheard) += 1;
    if (was_heard) e.minutes += v->wait;
  }
};

std::vector<double> nothing_happened(const world& w) { return std::vector<double>(session_day::figures * w.session_days().size()); }

const result_session_days& days_of(const result_calendar& c, std::string_view kind) {
  const auto found = std::find_if(c.kinds.begin(), c.kinds.end(), [&](const result_session_days& k) { return k.venue == kind; });
  REQUIRE(found != c.kinds.end());
  return *found;
}
std::vector<std::string> notes(const result_calendar& c, std::string_view what, std::string_view kind) {
  std::vector<std::string> out;
  for (const result_day_note& n : c.notes) {
    if (n.what == what && n.venue == kind) out.push_back(n.date + ' ' + n.other);
  }
  return out;
}
bool has(const std::vector<std::string>& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); }

}  // namespace

TEST_CASE("A study's reception days are what a diary of the same years has, whatever the number of threads") {
  const world w = busy_county();
  const world* places[] = {&w};
  const std::size_t n = 5 * block_replications + 3;
  const study_result found = run_study(thread_team{2}, places, n), alone = run_study(thread_team{1}, places, n);
  REQUIRE(found.days.size() == 1);
  CHECK(found.days == alone.days);
  diary_of_sessions::book sums;
  replication<policies<>, diary_of_sessions> year(w, policies<>{}, diary_of_sessions{});
  for (std::uint32_t k = 0; k < n; ++k) {
    (void)year.run(k);
    for (const auto& [key, e] : year.observer().today) {
      auto& sum = sums[key];
      sum.visited += e.visited;
      sum.heard += e.heard;
      sum.unheard += e.unheard;
      sum.minutes += e.minutes;
      sum.queue += e.queue;
    }
  }
  std::size_t with_visitors = 0;
  for (std::size_t v = 0; v < w.plan().kinds().size(); ++v) {
    const auto dates = w.session_days().dates(w.plan(), venue(v));
    for (std::size_t k = 0; k < dates.size(); ++k) {
      const std::size_t at = w.session_days().at(w.plan(), venue(v), dates[k]);
      CHECK(at == w.session_days().first(venue(v)) + k);
      const double* of_day = found.days[0].data() + session_day::figures * at;
      const diary_of_sessions::entry e = sums[{v, dates[k].since_1970()}];
      CHECK((of_day[0] == e.visited && of_day[1] == e.heard && of_day[2] == e.unheard && of_day[4] == e.queue));
      CHECK(std::abs(of_day[3] - e.minutes) <= 1e-9 * e.minutes);
      with_visitors += e.visited > 0;
    }
  }
  CHECK(with_visitors > 20);
}

TEST_CASE("The days of a kind of session add up to the kind") {
  const world w = busy_county();
  const world* places[] = {&w};
  const studied_policy policy[] = {{&w, ""}};
  const result r = assemble("run", policy, run_study(thread_team{1}, places, 8), 8);
  const result_policy& p = r.policies[0];
  const auto sum = [](const std::vector<double>& list) { return std::accumulate(list.begin(), list.end(), 0.0); };
  double missed = 0;
  for (const double_booking& b : w.plan().double_bookings()) missed += w.counts(b.date);
  std::size_t kinds = 0;
  for (const result_session_days& k : p.calendar.kinds) {
    const auto v = std::find_if(p.venues.begin(), p.venues.end(), [&](const result_venue& one) { return one.id == k.venue; });
    REQUIRE(v != p.venues.end());
    INFO(k.venue);
    const double nobody_left = sum(k.planned) - v->sessions.estimate;  // all who should sit are needed elsewhere
    CHECK((k.venue == "linked_leader" ? nobody_left >= 0 && nobody_left <= missed : nobody_left == 0));
    CHECK(std::abs(sum(k.heard) - v->heard.estimate) < 1e-3 * static_cast<double>(k.dates.size()));
    for (std::size_t d = 0; d < k.dates.size(); ++d) {
      CHECK(k.visited[d] <= k.planned[d]);
      CHECK(k.queue[d] <= k.heard[d] + k.unheard[d]);
    }
    ++kinds;
  }
  CHECK(kinds >= 5);
  CHECK(r.rules.size() == 31);
}

TEST_CASE("The calendar tells who is needed in two places, and where a day of rest takes a session") {
  const world kept = sifang_tests::xiapu({"scenario.warm_up=0", "scenario.run_out=0"});
  const result_calendar c = reception_calendar(kept, nothing_happened(kept), 1);
  CHECK(has(c.rest_days, "2022-10-03"));
  CHECK_FALSE(has(c.rest_days, "2022-10-10"));
  CHECK(has(c.rest_days, "2022-10-15"));
  CHECK_FALSE(has(c.rest_days, "2022-10-08"));  // a Saturday on which people work
  // The 15th of August 2022 is a Monday, and the principal leaders' day is kept on days of rest.
  CHECK(has(days_of(c, "principal").dates, "2022-01-15"));
  CHECK(has(notes(c, "together", "bureau_leader"), "2022-08-15 principal"));
  CHECK(notes(c, "together", "bureau_leader").size() == 1);
  CHECK(notes(c, "moved", "principal").empty());
  const auto note =
      std::find_if(c.notes.begin(), c.notes.end(), [](const result_day_note& n) { return n.what == "missed" && n.date == "2022-08-15"; });
  REQUIRE(note != c.notes.end());
  CHECK_FALSE(note->people.empty());
  CHECK(has(notes(c, "left_out", "township"), "2022-10-03 "));
  CHECK_FALSE(has(notes(c, "left_out", "township"), "2022-10-10 "));
  CHECK(notes(c, "left_out", "window").empty());  // of every workday: days of rest are not its days
  std::size_t missed = 0, told = 0;
  for (const double_booking& b : kept.plan().double_bookings()) missed += kept.counts(b.date);
  for (const result_day_note& n : c.notes) told += n.what == "missed" ? n.people.size() : 0;
  CHECK(missed == told);

  const world postponed = sifang_tests::xiapu({"scenario.warm_up=0", "scenario.run_out=0"}, "postponed-15th");
  const result_calendar later = reception_calendar(postponed, nothing_happened(postponed), 1);
  CHECK(has(notes(later, "moved", "principal"), "2022-01-15 2022-01-17"));
  CHECK_FALSE(has(days_of(later, "principal").dates, "2022-01-15"));

  const world split = sifang_tests::xiapu({"scenario.warm_up=0", "scenario.run_out=0"}, "postponed-15th-split");
  const result_calendar parted = reception_calendar(split, nothing_happened(split), 1);
  for (const std::string& one : notes(parted, "together", "bureau_leader")) {
    const auto in_it = [&](const sensitive_period& p) {
      return one >= to_string(p.first - p.lead) && one.substr(0, 10) <= to_string(p.last);
    };
    INFO(one);  // the bureau's daily duty of a sensitive period stays
    CHECK(std::ranges::any_of(split.setting().sensitive_periods, in_it));
  }
  CHECK(has(notes(parted, "moved", "bureau_leader"), "2022-01-17 2022-01-18"));
}
