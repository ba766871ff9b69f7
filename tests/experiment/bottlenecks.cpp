// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/bottlenecks.hpp"
#include "sifang/io/bottleneck_results.hpp"
#include "sifang/io/bottleneck_tables.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "../county/story.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

using settings = std::vector<std::string>;
const settings short_years{"scenario.warm_up=90", "scenario.run_out=90"};

settings with(settings more) {
  more.insert(more.end(), short_years.begin(), short_years.end());
  return more;
}
/// The same county with a further setting.
auto variants_of(const settings& own) {
  return [own](const std::string& one) -> checked<world> {
    scenario s = sifang_tests::input("xiapu-2022", own).settings;
    if (auto faults = apply_setting(s, one); !faults.empty()) return faults;
    const planning_input in = sifang_tests::input("xiapu-2022", own);
    return world::make(std::move(s), in.place.org, in.place.calendar);
  };
}
bottleneck_result bottleneck_of(const settings& own, metric m, std::size_t top = 2, std::size_t years = 16) {
  const world w = sifang_tests::xiapu(own);
  return find_bottlenecks(thread_team{1}, w, m, top, years, variants_of(own), [](std::size_t) {});
}

}  // namespace

TEST_CASE("what is watched of each place of work is what the year counts, month by month and over all of them") {
  const world w = sifang_tests::xiapu(with({"load.multiplier=4", "routing.clerks=2", "campaign.cadre_share=0.4"}));
  replication<policies<>, load_watch> r(w, {}, load_watch{});
  const replication_outcome& year = r.run(2);
  const auto cells = r.observer().cells();
  const auto sum = [&](std::size_t place, double load_cell::*of) {
    double out = 0;
    for (std::size_t m = 0; m < load_watch::months; ++m) out += cells[place * load_watch::months + m].*of;
    return out;
  };
  double late = 0, waits = 0;
  for (std::size_t o = 0; o < w.offices().size(); ++o) {
    const auto cell = w.layout().at(dimension::unit, o);
    const auto total = [&](metric m) { return year.sums.denominator(m, cell); };
    const auto good = [&](metric m) { return year.sums.numerator(m, cell); };
    const std::size_t place = load_watch::first_unit + o;
    CHECK(sum(place, &load_cell::busy) == Approx(good(metric::handler_utilisation)));
    CHECK(sum(place, &load_cell::there) == Approx(total(metric::handler_utilisation)));
    CHECK(sum(place, &load_cell::due) == total(metric::timely_acceptance_rate) + total(metric::on_time_reply_rate));
    CHECK(sum(place, &load_cell::due) - sum(place, &load_cell::late) ==
          good(metric::timely_acceptance_rate) + good(metric::on_time_reply_rate));
    late += sum(place, &load_cell::late);
    waits += sum(place, &load_cell::wait);
  }
  CHECK((late > 0 && waits > 0));
  // Waits anew: a piece of work is one, in however many parts a campaign cuts it.
  auto told = sifang_tests::played(w, 2);
  std::map<std::pair<std::uint64_t, std::int64_t>, std::pair<std::size_t, double>> pieces;
  std::size_t parts = 0;
  for (const sifang_tests::telling& t : told.observer().all) {
    if (t.what != sifang_tests::told::work || !w.counts(t.at.date())) continue;
    ++parts;
    const std::int64_t minute = std::int64_t{t.at.date().since_1970()} * minutes_per_day + t.at.minute_of_day().count;
    const double wait = std::max(0.0, t.begins - w.handler_time().at(t.at));
    const auto [at, is_new] = pieces.emplace(std::pair{t.m.entity, minute}, std::pair{std::size_t{t.m.office}, wait});
    if (!is_new) at->second.second = std::min(at->second.second, wait);
  }
  CHECK(parts > pieces.size());
  std::vector<double> pieces_of(w.offices().size()), waits_of = pieces_of;
  for (const auto& [key, piece] : pieces) {
    pieces_of[piece.first] += 1;
    waits_of[piece.first] += piece.second;
  }
  for (std::size_t o = 0; o < w.offices().size(); ++o) {
    CHECK(sum(load_watch::first_unit + o, &load_cell::waits) == pieces_of[o]);
    CHECK(sum(load_watch::first_unit + o, &load_cell::wait) == Approx(waits_of[o]));
  }
  const auto whole = w.layout().at(dimension::all, 0);
  CHECK(sum(load_watch::clerks, &load_cell::busy) == Approx(year.sums.numerator(metric::clerk_utilisation, whole)));
  CHECK(sum(load_watch::clerks, &load_cell::there) == Approx(year.sums.denominator(metric::clerk_utilisation, whole)));
  CHECK(sum(load_watch::clerks, &load_cell::due) == year.sums.denominator(metric::bureau_timely, whole));
  CHECK(sum(load_watch::clerks, &load_cell::wait) > 0);
  for (std::size_t v = 0; v < w.plan().kinds().size(); ++v) {
    if (w.plan().kinds()[v].irregular) continue;
    const auto cell = w.layout().at(dimension::venue, v);
    const std::size_t place = load_watch::first_session(w) + v;
    CHECK(sum(place, &load_cell::busy) == Approx(year.venues[v].busy_minutes));
    CHECK(sum(place, &load_cell::due) == year.sums.numerator(metric::visits, cell));
    CHECK(sum(place, &load_cell::wait) == year.sums.numerator(metric::wait_days, cell));
    CHECK(sum(place, &load_cell::waits) == year.sums.denominator(metric::wait_days, cell));
  }
}

namespace {
/// Steps that fell due in cases of nobody's.
struct ownerless {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::duty, hook::finished>;
  const world* w = nullptr;
  double steps = 0;
  void started(const world& of, std::uint32_t) {
    w = &of;
    steps = 0;
  }
  void count(const matter& m, day due) { steps += !m.owner.valid() && w->counts(due); }
  void duty(instant, const matter& m, case_clock which, day, day due) {
    if (which == case_clock::accept || which == case_clock::handle) count(m, due);
  }
  void finished(day, std::span<const matter> all) {
    for (const matter& m : all) {
      if (m.state == case_state::routed) count(m, day(m.accept_due));
      if (m.state == case_state::accepted || m.state == case_state::handling) count(m, day(m.reply_due));
    }
  }
};
}  // namespace

TEST_CASE("doors receive all who came, posts hear whom the year says that they heard, and each step that fell due has its case's owner") {
  const world w = sifang_tests::xiapu(with({"load.multiplier=3"}));
  replication<policies<>, post_watch, ownerless> r(w, {}, post_watch{}, ownerless{});
  for (const std::uint32_t number : {1u, 3u}) {
    const replication_outcome& year = r.run(number);
    const auto posts = r.observer<0>().posts(), at_doors = r.observer<0>().doors();
    const std::vector<reception_door> doors = doors_of(w);
    REQUIRE(at_doors.size() == doors.size());
    for (std::size_t v = 0; v < w.plan().kinds().size(); ++v) {
      if (w.plan().kinds()[v].irregular) continue;
      post_cell sum;
      for (std::size_t d = 0; d < doors.size(); ++d) {
        if (doors[d].where.index() != v) continue;
        sum.visits += at_doors[d].visits;
        sum.waits += at_doors[d].waits;
        sum.wait += at_doors[d].wait;
        sum.busy += at_doors[d].busy;
        CHECK(at_doors[d].late >= at_doors[d].visits - at_doors[d].waits);
      }
      const auto cell = w.layout().at(dimension::venue, v);
      CHECK(sum.visits == year.sums.numerator(metric::visits, cell));
      CHECK(sum.wait == year.sums.numerator(metric::wait_days, cell));
      CHECK(sum.waits == year.sums.denominator(metric::wait_days, cell));
      CHECK(sum.busy == Approx(year.venues[v].busy_minutes));
    }
    double steps = r.observer<1>().steps, late = 0, due = 0, heard = 0;
    for (std::size_t k = 0; k < posts.size(); ++k) {
      CHECK(posts[k].visits == year.officials[k].heard);
      CHECK(posts[k].waits == posts[k].visits);
      CHECK(posts[k].late_steps <= posts[k].steps);
      steps += posts[k].steps;
      late += posts[k].late_steps;
      heard += posts[k].visits;
    }
    for (std::size_t o = 0; o < w.offices().size(); ++o) {
      for (const metric m : {metric::timely_acceptance_rate, metric::on_time_reply_rate})
        due += year.sums.denominator(m, w.layout().at(dimension::unit, o));
    }
    CHECK(steps == due);
    CHECK((late > 0 && heard > 0));
  }
}

TEST_CASE("the bottleneck's sentence names the post with which most is late, and the door where visitors wait") {
  const bottleneck_result waits = bottleneck_of(with({"load.multiplier=2"}), metric::heard_15d, 1, 4);
  REQUIRE((waits.post && waits.door));
  for (const post_load& p : waits.loads.posts) CHECK(p.late_visits.estimate <= waits.loads.posts[*waits.post].late_visits.estimate);
  for (const door_load& d : waits.loads.doors) CHECK(d.late.estimate <= waits.loads.doors[*waits.door].late.estimate);
  const post_load& post = waits.loads.posts[*waits.post];
  for (const language lang : {language::en, language::zh}) {
    const std::string said = bottleneck_sentence(waits, lang);
    CHECK(said.find(spoken(lang, post.title_en, post.title)) != std::string::npos);
    const door_load& door = waits.loads.doors[*waits.door];
    CHECK(said.find(spoken(lang, door.unit_name_en, door.unit_name)) != std::string::npos);
    CHECK(said.find("nan") == std::string::npos);
    const std::string shown = bottleneck_tables(waits, lang);
    CHECK(shown.find(spoken(lang, post.unit_name_en, post.unit_name)) != std::string::npos);
  }
  const std::string csv = posts_csv(waits), doors = doors_csv(waits);
  CHECK(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) == 1 + waits.loads.posts.size());
  CHECK(static_cast<std::size_t>(std::count(doors.begin(), doors.end(), '\n')) == 1 + waits.loads.doors.size());
  CHECK(bottleneck_json(waits, {}).find("\"post\": \"" + post.post + '"') +
            bottleneck_json(waits, {}).find("\"post\":\"" + post.post + '"') !=
        2 * std::string::npos);
  // Deadlines are no matter of doors; where nothing is late, nobody is named.
  const bottleneck_result steps = bottleneck_of(with({"load.multiplier=2"}), metric::on_time_reply_rate, 0, 3);
  CHECK_FALSE(steps.door);
  REQUIRE(steps.post);
  for (const post_load& p : steps.loads.posts) CHECK(p.late.estimate <= steps.loads.posts[*steps.post].late.estimate);
  const bottleneck_result idle = bottleneck_of(with({"load.matters_per_year=0", "load.backlog=0"}), metric::heard_15d, 0, 2);
  CHECK_FALSE(idle.post);
  CHECK_FALSE(idle.door);
  CHECK(bottleneck_sentence(idle, language::en).find("Of the posts") == std::string::npos);
}

TEST_CASE("work that is begun at once has not waited; with one handler for many cases it waits") {
  const auto wait_of = [](int handlers) {
    const world w = sifang_tests::xiapu(with({"load.multiplier=3", "handling.department_handlers=" + std::to_string(handlers),
                                              "handling.township_handlers=" + std::to_string(handlers), "campaign.open=false"}));
    const place_loads found = watch_loads(thread_team{1}, w, 16, [](std::size_t) {});
    double wait = 0;
    for (const place_load& p : found.places) wait += p.kind == place_kind::unit ? p.wait.estimate : 0;
    return wait / static_cast<double>(w.offices().size());
  };
  CHECK(wait_of(500) < 0.01);  // whoever reads what comes in may have a case too
  CHECK(wait_of(1) > 0.1);
}

TEST_CASE("the office that is short of hands is named, though handlers are idle on average, and one more there helps most") {
  // Everything of one category goes to the housing office.
  const settings own = with({"load.multiplier=1", "category.land.matter_unit=housing", "category.land.local_share=0",
                             "category.construction.local_share=0", "category.land.work_hours=10"});
  const bottleneck_result r = bottleneck_of(own, metric::on_time_reply_rate);
  REQUIRE(r.place);
  const place_load& named = r.loads.places[*r.place];
  CHECK(named.code == "housing");
  CHECK(named.busy.estimate > 0.7);
  CHECK(r.loads.handlers_busy < 0.3);
  CHECK(r.order.front() == *r.place);
  REQUIRE(r.best);
  CHECK(r.tried[*r.best].what == addition::handler);
  CHECK(r.tried[*r.best].setting == "handling.further_handlers=[\"housing\"]");
  CHECK((r.tried[*r.best].sure && r.tried[*r.best].difference.lower > 0));
  CHECK(r.value.has_value());
  // With what it says, the office has one more.
  const world more = *variants_of(own)(r.tried[*r.best].setting);
  const world before = sifang_tests::xiapu(own);
  CHECK(more.handlers() == before.handlers() + 1);
  for (std::size_t h = 0, k = 0; h < before.handlers(); ++h, ++k) {
    const auto is_new = [&](const office& o) { return o.further == 1 && k == o.first_handler + o.handlers - 1; };
    if (std::any_of(more.offices().begin(), more.offices().end(), is_new)) ++k;
    CHECK(before.is_handler_sent(h) == more.is_handler_sent(k));  // nobody else is sent to the households for that
  }
}

TEST_CASE("of waits, sessions are tried: a receiver where they take turns, an hour, and a day far from the others") {
  const bottleneck_result r = bottleneck_of(short_years, metric::heard_15d, 1);
  REQUIRE(r.place);
  CHECK(r.loads.places[*r.place].kind == place_kind::session);
  REQUIRE_FALSE(r.tried.empty());
  for (const one_more& one : r.tried) CHECK((one.what != addition::handler && one.what != addition::clerk));
  const world w = sifang_tests::xiapu(short_years);
  const auto further = detail::farthest_day(w, article::principal);  // held on the 15th
  REQUIRE(further);
  for (day d = w.start(); d <= w.end(); ++d) {
    if (further->includes(d)) CHECK((d.day_of_month() <= 7 || d.day_of_month() >= 22));
  }
  CHECK_FALSE(detail::farthest_day(w, article::irregular));
  CHECK(detail::additions_at(w, load_watch::first_session(w) + article::irregular.index()).empty());
  CHECK(detail::additions_at(w, load_watch::first_session(w) + article::principal.index()).size() == 3);
  CHECK(detail::additions_at(w, load_watch::first_session(w) + article::village.index()).size() == 2);  // all sit who belong there
}

TEST_CASE("a place that nothing helps is named by what is late there; nothing tried, nothing due and few years are no failure") {
  const bottleneck_result r = bottleneck_of(with({"load.multiplier=0.02"}), metric::review_on_time_rate, 0, 3);
  CHECK(r.tried.empty());
  CHECK_FALSE(r.best);
  CHECK(r.place);
  for (const place_load& p : r.loads.places) CHECK((p.busy.lower >= 0 && p.busy.estimate == p.busy.estimate));
  const bottleneck_result few = bottleneck_of(short_years, metric::on_time_reply_rate, 1, 2);
  REQUIRE(few.tried.size() == 1);
  CHECK_FALSE(few.tried[0].sure);
  CHECK(few.tried[0].difference.kind != interval_kind::two_sided);
}

TEST_CASE("the same bottleneck for any number of threads") {
  const world w = sifang_tests::xiapu(short_years);
  const place_loads one = watch_loads(thread_team{1}, w, 20, [](std::size_t) {}),
                    two = watch_loads(thread_team{2}, w, 20, [](std::size_t) {});
  REQUIRE(one.places.size() == two.places.size());
  for (std::size_t k = 0; k < one.places.size(); ++k) {
    CHECK(one.places[k].busy.estimate == two.places[k].busy.estimate);
    CHECK(one.places[k].late.upper == two.places[k].late.upper);
  }
}
