// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_SIM_STORY_HPP
#define SIFANG_TESTS_SIM_STORY_HPP

#include "sifang/county/replication.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

/// All that a replication tells of itself, kept: what the tests replay through the model, and count anew.
namespace sifang_tests {

/// What can be told of a matter.
enum class told { step, owned, repeat, skips_level, sets_out, visit, work, rating, listed, meeting, hearing, refused, put_off, taken_over };

/// One thing that was told, with the matter as it was at that moment.
struct telling {
  told what{};
  sifang::instant at;
  sifang::matter m;
  sifang::case_event event{};                    ///< of a step
  sifang::case_state from{}, to{};               ///< of a step
  sifang::official_id leader;                    ///< receiver of an owned case, leader of a meeting
  std::vector<sifang::official_id> people;       ///< who are at a meeting, the leader first
  sifang::meeting_kind kind{};                   ///< of a meeting
  sifang::field_duty duty{};                     ///< that was put off
  bool for_good = false;                         ///< and will not be made
  double minutes = 0,                            ///< of a piece of work, or of a meeting
      begins = 0;                                ///< of a piece of work, on the axis of working time
  std::optional<sifang::visit_outcome> outcome;  ///< of a visit; none if turned away at the door
  std::size_t session = 0;                       ///< of a visit: position among the sessions with visitors
};

/// One session: who sat, and what came of it if anybody came.
struct told_session {
  sifang::reception_series series;
  sifang::day date;
  std::vector<sifang::official_id> people;
  std::optional<sifang::session_totals> totals;
  std::size_t told_before = 0;  ///< how much had been told of matters
  std::size_t seats = 0;        ///< planned, before absences
};

/// An item of public sentiment, and what became of it.
struct told_item {
  sifang::sentiment_item item;
  std::size_t faults = 0;
  std::optional<sifang::day> done, struck_off;
  bool done_then = false;  ///< whether it was when it was struck off
};
/// A post becomes vacant, or somebody comes who follows.
struct told_post {
  sifang::day on;
  sifang::official_id who;
  bool vacant = false;
  std::size_t told_before = 0;  ///< how much had been told of matters
};

/// An observer that forgets nothing.
class story {
 public:
  static constexpr auto hooks =
      sifang::hooks<sifang::hook::step, sifang::hook::owned, sifang::hook::registration, sifang::hook::skips_level, sifang::hook::sets_out,
                    sifang::hook::rating, sifang::hook::listed, sifang::hook::recheck_hearing, sifang::hook::refused, sifang::hook::clerk,
                    sifang::hook::work, sifang::hook::meeting, sifang::hook::seated, sifang::hook::unvisited, sifang::hook::session,
                    sifang::hook::visit, sifang::hook::put_off, sifang::hook::clash, sifang::hook::taken_over, sifang::hook::post,
                    sifang::hook::campaign, sifang::hook::item_found, sifang::hook::item_work, sifang::hook::item_done,
                    sifang::hook::item_struck_off>;
  std::vector<telling> all;                                     ///< in the order in which it happened
  std::vector<sifang::told_work> clerk_work;                    ///< what the bureau's clerks got
  std::vector<told_session> in_vain;                            ///< sessions below the county's leaders to which nobody came
  std::vector<std::pair<sifang::day, std::uint32_t>> clashes;   ///< leaders missed where they are linked
  std::vector<told_post> posts;                                 ///< that changed hands
  std::vector<std::pair<sifang::day, bool>> irregular_put_off;  ///< irregular visits, and whether for good
  std::vector<std::pair<sifang::day, sifang::campaign_day>> days_of_campaign;
  std::vector<told_item> items;                                            ///< by number
  std::vector<std::pair<std::uint32_t, sifang::told_work>> work_on_items;  ///< with the unit
  std::vector<told_session> sessions;  ///< those that were seated, in order; the window too if it had visitors

  void step(sifang::instant at, const sifang::matter& m, sifang::case_event e, sifang::case_state from, sifang::case_state to) {
    telling t = begin(told::step, at, m);
    t.event = e;
    t.from = from;
    t.to = to;
    all.push_back(t);
  }
  void owned(sifang::instant at, const sifang::matter& m, sifang::official_id receiver) {
    if (!m.owner.valid()) return;
    telling t = begin(told::owned, at, m);
    t.leader = receiver;
    all.push_back(t);
  }
  void registration(sifang::instant at, const sifang::matter& m, bool again) {
    if (again) all.push_back(begin(told::repeat, at, m));
  }
  void skips_level(sifang::instant at, const sifang::matter& m) { all.push_back(begin(told::skips_level, at, m)); }
  void sets_out(sifang::day d, const sifang::matter& m) { all.push_back(begin(told::sets_out, {d, sifang::minutes(0)}, m)); }
  void rating(sifang::instant at, const sifang::matter& m, const sifang::told_rating&) { all.push_back(begin(told::rating, at, m)); }
  void listed(sifang::day d, const sifang::matter& m) { all.push_back(begin(told::listed, {d, sifang::minutes(0)}, m)); }
  void clerk(sifang::instant, const sifang::told_work& w) { clerk_work.push_back(w); }
  void refused(sifang::instant at, const sifang::matter& m, sifang::refusal_ground) { all.push_back(begin(told::refused, at, m)); }
  void recheck_hearing(sifang::instant at, const sifang::matter& m, double days) {
    telling t = begin(told::hearing, at, m);
    t.minutes = days * sifang::minutes_per_day;
    all.push_back(t);
  }
  void work(sifang::instant at, const sifang::matter& m, const sifang::told_work& w) {
    telling t = begin(told::work, at, m);
    t.minutes = w.length;
    t.begins = w.begins;
    all.push_back(t);
  }
  void put_off(sifang::day d, const sifang::matter* m, sifang::field_duty which, bool for_good) {
    if (m == nullptr) return irregular_put_off.emplace_back(d, for_good), void();
    telling t = begin(told::put_off, {d, sifang::minutes(0)}, *m);
    t.duty = which;
    t.for_good = for_good;
    all.push_back(t);
  }
  void taken_over(sifang::day d, const sifang::matter& m) { all.push_back(begin(told::taken_over, {d, sifang::minutes(0)}, m)); }
  void post(sifang::day d, sifang::official_id who, bool vacant) { posts.push_back({d, who, vacant, all.size()}); }
  void clash(sifang::day d, std::uint32_t leaders) { clashes.emplace_back(d, leaders); }
  void meeting(sifang::instant at, const sifang::matter& m, std::span<const sifang::official_id> people, sifang::meeting_kind kind,
               const sifang::meeting_setting& how) {
    telling t = begin(told::meeting, at, m);
    t.leader = people.front();
    t.people.assign(people.begin(), people.end());
    t.kind = kind;
    t.minutes = how.length.count;
    all.push_back(t);
  }
  void seated(const sifang::reception_series& s, sifang::day d, std::span<const sifang::official_id> people, std::size_t seats) {
    sessions.push_back({s, d, {people.begin(), people.end()}, {}, all.size(), seats});
  }
  void unvisited(const sifang::reception_series& s, sifang::day d, std::span<const sifang::official_id> people, std::size_t seats) {
    in_vain.push_back({s, d, {people.begin(), people.end()}, {}, all.size(), seats});
  }
  void session(const sifang::reception_series& s, sifang::day d, std::span<const sifang::official_id>,
               const sifang::session_totals& totals) {
    if (s.where == sifang::article::window) sessions.push_back({s, d, {}, {}, all.size(), 0});
    sessions.back().totals = totals;
  }
  void visit(const sifang::reception_series&, sifang::day d, const sifang::matter& m, const sifang::visit_outcome* outcome,
             sifang::official_id) {
    telling t = begin(told::visit, {d, sifang::minutes(0)}, m);
    if (outcome != nullptr) t.outcome = *outcome;
    t.session = sessions.size() - 1;
    all.push_back(t);
  }

  void campaign(sifang::day d, const sifang::campaign_day& c) { days_of_campaign.emplace_back(d, c); }
  void item_found(sifang::day, const sifang::sentiment_item& i, std::size_t faults) { items.push_back({i, faults, {}, {}, false}); }
  void item_work(sifang::day, std::uint32_t unit, const sifang::told_work& w) { work_on_items.emplace_back(unit, w); }
  void item_done(sifang::day d, const sifang::sentiment_item& i) { items[i.number].done = d; }
  void item_struck_off(sifang::day d, const sifang::sentiment_item& i, bool done) {
    items[i.number].struck_off = d;
    items[i.number].done_then = done;
  }

  /// The story of each matter, by its name.
  [[nodiscard]] std::map<std::uint64_t, std::vector<const telling*>> by_matter() const {
    std::map<std::uint64_t, std::vector<const telling*>> out;
    for (const telling& t : all) out[t.m.entity].push_back(&t);
    return out;
  }

 private:
  [[nodiscard]] static telling begin(told what, sifang::instant at, const sifang::matter& m) {
    telling t;
    t.what = what;
    t.at = at;
    t.m = m;
    return t;
  }
};

using told_replication = sifang::replication<sifang::policies<>, story>;

/// Plays one replication and keeps its story.
[[nodiscard]] inline told_replication played(const sifang::world& w, std::uint32_t number = 0) {
  told_replication r(w, {}, {});
  (void)r.run(number);
  return r;
}

/// The office that each told matter has after it was told: as the next telling of it finds it, or as it is at the end.
[[nodiscard]] inline std::vector<std::uint32_t> offices_after(const story& s, std::span<const sifang::matter> at_the_end) {
  std::map<std::uint64_t, std::uint32_t> later;
  for (const sifang::matter& m : at_the_end) later[m.entity] = m.office;
  std::vector<std::uint32_t> out(s.all.size());
  for (std::size_t i = out.size(); i-- > 0;) {
    const sifang::matter& m = s.all[i].m;
    out[i] = later[m.entity];
    later[m.entity] = m.office;
  }
  return out;
}

/// Minutes that a session is planned to last.
[[nodiscard]] inline double planned_length(const sifang::world& w, const told_session& s) {
  const bool irregular = s.series.where == sifang::article::irregular;
  return irregular ? w.setting().reception.irregular_length.count : w.plan().length(s.series.where).count;
}

}  // namespace sifang_tests

#endif
