// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/summary.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// Kinds of session that a planner adds, in years that are played.

using namespace sifang;
using sifang_tests::xiapu;

namespace {

/// What happened at one kind of session.
struct watched {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::sets_out, hook::seated, hook::visit, hook::session>;
  std::string kind;
  const world* w = nullptr;
  venue at{};
  int set_out = 0, visits = 0, not_heard = 0, from_elsewhere = 0, turned_away = 0;
  std::map<std::uint32_t, int> sat;
  std::map<std::uint32_t, int> of_townships;

  void started(const world& county, std::uint32_t) {
    w = &county;
    at = *county.setting().reception.find(kind);
  }
  void sets_out(day, const matter& m) { set_out += m.visit_venue == at; }
  void seated(const reception_series& s, day, std::span<const official_id> people, std::size_t) {
    if (s.where != at) return;
    for (official_id who : people) ++sat[who.value()];
  }
  void visit(const reception_series& s, day, const matter& m, const visit_outcome* how, official_id) {
    if (s.where != at) return;
    ++visits;
    ++of_townships[m.township];
    turned_away += how == nullptr;
    if (how != nullptr) not_heard += how->end == visit_end::not_heard;
    const bool lives_there = w->townships()[m.township].where == s.place;
    from_elsewhere += !lives_there && (m.subject == no_index || w->offices()[m.subject].where != s.place);
  }
  void session(const reception_series&, day, std::span<const official_id>, const session_totals&) {}
};

watched year_of(const std::string& kind, const std::string& scenario, const std::vector<std::string>& settings = {}) {
  const world w = xiapu(settings, scenario);
  watched seen;
  seen.kind = kind;
  replication<policies<>, watched> r(w, policies<>{}, seen);
  static_cast<void>(r.run(0));
  return r.template observer<watched>();
}

/// What does not depend on how many kinds there are: the fingerprint has the sums of every cell, theirs too.
std::vector<double> course_of_year(const world& w) {
  replication<> r(w);
  const replication_outcome& year = r.run(1);
  std::vector<double> out{static_cast<double>(year.events), static_cast<double>(year.born), static_cast<double>(year.closed)};
  for (const metric_info& m : metric_table) {
    out.push_back(year.sums.numerator(m.id, 0));
    out.push_back(year.sums.denominator(m.id, 0));
  }
  for (std::size_t v = 0; v < 9; ++v) out.push_back(year.venues[v].heard);
  return out;
}

}  // namespace

TEST_CASE("market evenings: people of three townships come to their own, before its heads and members in turn") {
  const watched seen = year_of("market", "market-evenings");
  CHECK(seen.visits > 20);
  CHECK(seen.from_elsewhere == 0);
  CHECK(seen.of_townships.size() == 3);
  CHECK(seen.sat.size() > 6);
}

TEST_CASE("a second hall: people of its areas come, and of no others") {
  const watched seen = year_of("second_hall", "second-hall", {"load.multiplier=3"});
  CHECK(seen.visits > 20);
  CHECK(seen.of_townships.size() == 4);
}

TEST_CASE("a session by video: only who knows of it comes, and nobody travels farther than to the own township") {
  const std::vector<int> came{year_of("video", "video-session", {"session.video.publicity=0"}).set_out,
                              year_of("video", "video-session").set_out,
                              year_of("video", "video-session", {"session.video.publicity=1"}).set_out};
  CHECK(came[0] == 0);
  CHECK(came[1] > 20);
  CHECK(came[2] > came[1]);
  // Where distance counts for everything, a screen near by is chosen before a room far away.
  const std::vector<std::string> far{"choice.distance_weight=1", "session.video.publicity=1"};
  std::vector<std::string> in_person = far;
  in_person.push_back("session.video.video=false");
  CHECK(year_of("video", "video-session", far).set_out > 2 * year_of("video", "video-session", in_person).set_out);
}

TEST_CASE("a kind of session has its own way at the door and at closing time") {
  const std::vector<std::string> busy{"load.multiplier=3", "session.market.length=15", "choice.come_back_share=0"};
  CHECK(year_of("market", "market-evenings", busy).not_heard == 0);  // as everywhere: all stay until they are heard
  std::vector<std::string> strict = busy;
  strict.push_back("session.market.closing=come_back");
  CHECK(year_of("market", "market-evenings", strict).not_heard > 10);
  const std::vector<std::string> screened{"reception.screened_share=0.5"};
  CHECK(year_of("market", "market-evenings", screened).turned_away > 5);
  std::vector<std::string> open = screened;
  open.push_back("session.market.admission=walk_in");
  CHECK(year_of("market", "market-evenings", open).turned_away == 0);
}

TEST_CASE("kinds that are closed change nothing, however many and wherever they stand") {
  const world plain = xiapu();
  auto in = sifang_tests::input("xiapu-2022");
  for (int k = 0; k < 55; ++k) {
    session_kind more = in.settings.reception[article::bureau_leader];
    more.id = "k" + std::to_string(k);
    more.open = false;
    in.settings.reception.sessions.push_back(std::move(more));
  }
  const auto w = world::make(std::move(in.settings), std::move(in.place.org), std::move(in.place.calendar));
  REQUIRE(w);
  REQUIRE(w->plan().kinds().size() == most_session_kinds);
  CHECK(course_of_year(*w) == course_of_year(plain));
}

TEST_CASE("a new kind stands in results as all others: by place of reception, in the table of sessions, in the weekly series") {
  const world w = xiapu({"scenario.warm_up=60"}, "market-evenings");
  const auto years = replicate(w, 8);
  const result_policy p = summarise(w, years);
  const auto venues = std::find_if(p.venues.begin(), p.venues.end(), [](const result_venue& v) { return v.id == "market"; });
  REQUIRE(venues != p.venues.end());
  CHECK(venues->zh == "乡镇圩日夜间接访");
  CHECK(venues->sessions.estimate == 3 * 36);
  CHECK(venues->heard.estimate > 10);
  const auto dimensions = result_dimensions(w);
  const auto places = std::find_if(dimensions.begin(), dimensions.end(), [](const result_dimension& d) { return d.id == "venue"; });
  REQUIRE(places != dimensions.end());
  CHECK(places->items.size() == 10);
  CHECK(places->items.back().id == "market");
  CHECK(std::count_if(p.series.begin(), p.series.end(), [](const result_series& s) { return s.id == "waiting_other"; }) == 1);
  const result_policy before = summarise(xiapu({"scenario.warm_up=0"}), replicate(xiapu({"scenario.warm_up=0"}), 2));
  CHECK(std::count_if(before.series.begin(), before.series.end(), [](const result_series& s) { return s.id == "waiting_other"; }) == 0);
}
