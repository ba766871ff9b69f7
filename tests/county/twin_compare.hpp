// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_COMPARE_HPP
#define SIFANG_TESTS_COUNTY_TWIN_COMPARE_HPP

#include "sifang/county/replication.hpp"
#include "twin_line.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// What the engine tells, as lines, and where two lists of lines part.
namespace sifang_tests::twin {

/// An observer that writes everything down: all hooks but those that only say again what others said.
class chronicle {
 public:
  static constexpr auto hooks =
      sifang::hooks<hook::started, hook::step, hook::registration, hook::owned, hook::taken_over, hook::post, hook::load, hook::clerk,
                    hook::sent, hook::duty, hook::work, hook::objection, hook::opinion, hook::rating, hook::recheck_hearing,
                    hook::skips_level, hook::refused, hook::sets_out, hook::seated, hook::unvisited, hook::visit, hook::session,
                    hook::heard, hook::clash, hook::listed, hook::appointed, hook::meeting, hook::campaign, hook::item_found,
                    hook::item_work, hook::item_done, hook::item_struck_off, hook::found, hook::struck_off, hook::return_visit,
                    hook::put_off, hook::worked, hook::seen, hook::week>;
  std::vector<line> lines;

  void started(const world& w, std::uint32_t) { loads_.assign(w.org().officials().size(), 0); }
  void step(instant at, const matter& m, case_event e, case_state from, case_state to) {
    add(at, "step", m, {number(e), number(from), number(to)});
    lines.back().of[static_cast<std::size_t>(fact::due)] = nobody;
  }
  void registration(instant at, const matter& m, bool again) { add(at, "registration", m, {number(again)}); }
  void owned(instant at, const matter& m, official_id receiver) { add(at, "owned", m, {id(receiver)}); }
  void taken_over(day d, const matter& m) { add(midnight(d), "taken over", m, {}); }
  void post(day d, official_id who, bool vacant) { add(midnight(d), "post", {id(who), number(vacant)}); }
  void load(day, official_id who, std::int32_t open) {
    if (who.valid()) loads_[who.index()] = open;
  }
  void clerk(instant at, const told_work& w) { add(at, "clerk", {w.begins, w.length}); }
  void sent(instant at, const matter& m) { add(at, "sent", m, {}); }
  void duty(instant at, const matter& m, case_clock which, day began, day due) {
    add(at, "duty", m, {number(which), date(began), date(due)});
    lines.back().of[static_cast<std::size_t>(fact::due)] = nobody;  // told beside it
  }
  void work(instant at, const matter& m, const told_work& w) { add(at, "work", m, {w.begins, w.length}); }
  void objection(instant at, const matter& m, bool agreed) { add(at, "objection", m, {number(agreed)}); }
  void opinion(instant at, const matter& m, verdict v) { add(at, "opinion", m, {number(v)}); }
  void rating(instant at, const matter& m, const told_rating& r) {
    add(at, "rating", m, {number(r.given), number(r.authority), number(r.bureau)});
  }
  void recheck_hearing(instant at, const matter& m, double days) {
    add(at, "recheck hearing", m, {days});
    lines.back().of[static_cast<std::size_t>(fact::due)] = nobody;  // the clock starts next
  }
  void skips_level(instant at, const matter& m) { add(at, "skips a level", m, {}); }
  void refused(instant at, const matter& m, refusal_ground why) { add(at, "refused", m, {number(why)}); }
  void sets_out(day d, const matter& m) {
    add(midnight(d), "sets out", m,
        {number(m.visit_series), number(m.visit_turn), number(m.visit_venue.index()), number(m.visit_on), number(m.visit_decided)});
  }
  void seated(const reception_series& s, day d, std::span<const official_id> people, std::size_t seats) {
    add_session("seated", s, d, people, {number(seats)});
  }
  void unvisited(const reception_series& s, day d, std::span<const official_id> people, std::size_t seats) {
    add_session("unvisited", s, d, people, {number(seats)});
  }
  void session(const reception_series& s, day d, std::span<const official_id> people, const session_totals& t) {
    add_session("session", s, d, people,
                {t.busy, t.overtime, number(t.heard), number(t.left), number(t.not_heard), number(t.longest_queue)});
  }
  void visit(const reception_series& s, day d, const matter& m, const visit_outcome* v, official_id receiver) {
    std::vector<double> more{number(s.where.index()), number(s.place.index()), id(receiver), number(m.visit_decided)};
    if (v != nullptr) more.insert(more.end(), {number(v->end), number(v->receiver), v->wait, v->finish});
    add(midnight(d), "visit", m, std::move(more));
  }
  void heard(instant at, const matter& m) {
    add(at, "heard", m, {id(m.visit_receiver), number(m.visit_venue.index()), number(m.visit_decided)});
  }
  void clash(day d, std::uint32_t leaders) { add(midnight(d), "clash", {number(leaders)}); }
  void listed(day d, const matter& m) { add(midnight(d), "listed", m, {}); }
  void appointed(day d, const matter& m, official_id leader, instant when) {
    add(midnight(d), "appointed", m, {id(leader), number(when.since_1970()), number(m.meeting_place)});
  }
  void meeting(instant at, const matter& m, std::span<const official_id> people, meeting_kind kind, const meeting_setting& how) {
    std::vector<double> more{number(kind), number(how.length.count), number(m.meeting_place)};
    for (official_id who : people) more.push_back(id(who));
    add(at, "meeting", m, std::move(more));
  }
  void campaign(day d, const campaign_day& c) {
    add(midnight(d), "campaign",
        {c.cadres, c.kept, c.households, number(c.villages), number(c.opinions), number(c.items), number(c.first)});
  }
  void item_found(day d, const sentiment_item& i, std::size_t faults) {
    add(midnight(d), "item found",
        {number(i.number), number(i.village), number(i.kind), date(i.target), id(i.responsible), number(faults)});
  }
  void item_work(day d, std::uint32_t unit, const told_work& w) { add(midnight(d), "item work", {number(unit), w.begins, w.length}); }
  void item_done(day d, const sentiment_item& i) { add(midnight(d), "item done", {number(i.number)}); }
  void item_struck_off(day d, const sentiment_item& i, bool done) { add(midnight(d), "item struck off", {number(i.number), number(done)}); }
  void found(instant at, const matter& m, std::size_t faults) {
    add(at, "found", m, {number(faults), id(m.responsible), number(m.chart_target)});
  }
  void struck_off(day d, const matter& m, bool settled) { add(midnight(d), "struck off", m, {number(settled)}); }
  void return_visit(instant at, const matter& m, const told_return_visit& v) {
    add(at, "return visit", m,
        {id(v.place_head), id(v.matter_head), number(v.complete), v.reason ? number(*v.reason) : nobody, number(v.helped)});
  }
  void put_off(day d, const matter* m, field_duty which, bool for_good) {
    if (m == nullptr) return add(midnight(d), "put off", {number(which), number(for_good)});
    add(midnight(d), "put off", *m, {number(which), number(for_good)});
  }
  void worked(day d, official_id who, const told_hours& h) {
    add(midnight(d), "worked", {id(who), number(h.attendance), number(h.preparation), number(h.travel), h.km});
  }
  void seen(day d, const matter& m) { add(midnight(d), "seen", m, {number(m.registered)}); }
  void week(day d, std::span<const std::int32_t> waiting) {
    std::vector<double> more(waiting.begin(), waiting.end());
    more.insert(more.end(), loads_.begin(), loads_.end());
    add(midnight(d), "week", std::move(more));
  }

 private:
  template <class T>
  [[nodiscard]] static double number(T x) {
    return static_cast<double>(x);
  }
  [[nodiscard]] static double id(official_id x) { return x.valid() ? number(x.index()) : nobody; }
  [[nodiscard]] static double place(std::uint32_t x) { return x == no_index ? nobody : number(x); }
  [[nodiscard]] static double date(day d) { return number(d.since_1970()); }
  [[nodiscard]] static double date_or_none(std::int32_t d) { return d == never ? nobody : number(d); }
  [[nodiscard]] static instant midnight(day d) { return instant(d, minutes(0)); }
  /// Last day of the duty that runs, as the engine keeps it; a case that waits for the bureau's clerk has none written down.
  [[nodiscard]] static double due_of(const matter& m) {
    switch (m.state) {
      case case_state::routed:
        return number(m.accept_due);
      case case_state::accepted:
      case case_state::handling:
        return number(m.reply_due);
      case case_state::under_review:
      case case_state::under_recheck:
        return number(m.opinion_due);
      default:
        return nobody;
    }
  }
  [[nodiscard]] static facts of(const matter& m) {
    return {number(m.state),
            id(m.owner),
            id(m.partner),
            place(m.office),
            place(m.handler),
            number(m.persons),
            number(m.channel),
            number(m.level),
            number(m.door),
            number(m.attempts),
            number(m.repeats),
            number(m.rounds),
            number(m.bounces),
            number(m.rebounds),
            number(m.returns),
            number(m.meetings),
            number(m.stage),
            number(m.stages),
            m.complexity,
            m.persistence,
            m.odds,
            due_of(m),
            number(m.silent),
            number(m.simplified),
            number(m.overdue),
            number(m.late_now),
            number(m.long_pending),
            number(m.extended),
            number(m.content),
            number(m.misrouted),
            number(m.listed),
            number(m.visiting),
            number(m.will_write),
            number(m.settled),
            date_or_none(m.intent_on),
            date_or_none(m.leader_heard_on),
            date_or_none(m.county_heard_on)};
  }
  void add(instant at, std::string_view what, const matter& m, std::vector<double> more) {
    lines.push_back({at, what, m.entity, of(m), std::move(more)});
  }
  void add(instant at, std::string_view what, std::vector<double> more) { lines.push_back({at, what, 0, {}, std::move(more)}); }
  void add_session(std::string_view what, const reception_series& s, day d, std::span<const official_id> people, std::vector<double> more) {
    more.insert(more.end(), {number(s.where.index()), number(s.place.index())});
    for (official_id who : people) more.push_back(id(who));
    add(midnight(d), what, std::move(more));
  }

  std::vector<std::int32_t> loads_;  ///< open cases by official
};

/// Lines whose order nothing decides, in the order of birth of their cases: those who came to one session, and what becomes of
/// them as they leave it unheard; those who set out on one day; items done and struck off the wall chart on one evening; the hours of
/// officials.
inline void put_in_order(std::vector<line>& lines) {
  const auto kind = [](const line& l) {
    return l.what == "visit" || l.what == "sets out"              ? 1
           : l.what == "struck off"                               ? 2
           : l.what == "worked"                                   ? 3
           : l.what == "item done" || l.what == "item struck off" ? 4
                                                                  : 0;
  };
  for (std::size_t i = 0, j = 0; i < lines.size(); i = j) {
    for (j = i + 1; j < lines.size() && kind(lines[i]) != 0 && kind(lines[j]) == kind(lines[i]) && lines[j].at == lines[i].at;) ++j;
    std::stable_sort(
        lines.begin() + static_cast<std::ptrdiff_t>(i), lines.begin() + static_cast<std::ptrdiff_t>(j),
        [&](const line& a, const line& b) { return a.name != b.name ? a.name < b.name : kind(a) >= 3 && a.more[0] < b.more[0]; });
  }
}

/// A line for people.
[[nodiscard]] inline std::string to_string(const line& l) {
  std::ostringstream out;
  out.precision(17);
  out << sifang::to_string(l.at) << "  " << l.what;
  if (l.what == "step") {
    out << ' ' << name_of(static_cast<case_event>(l.more[0])) << ": " << name_of(static_cast<case_state>(l.more[1])) << " to "
        << name_of(static_cast<case_state>(l.more[2]));
  } else {
    for (std::size_t i = 0; i < l.more.size(); ++i) out << (i == 0 ? ": " : ", ") << l.more[i];
  }
  if (l.name != 0) out << "  [matter " << l.name << ", " << name_of(static_cast<case_state>(l.of[0])) << ']';
  return out.str();
}

/// What differs between two lines of one kind about one case, in words.
[[nodiscard]] inline std::string differing_facts(const line& a, const line& b) {
  std::ostringstream out;
  out.precision(17);
  for (std::size_t f = 0; f < fact_count; ++f) {
    if (a.of[f] != b.of[f]) out << "  " << fact_names[f] << ": engine " << a.of[f] << ", twin " << b.of[f] << '\n';
  }
  return out.str();
}

/// Where two lists part, with the story of the case around that place in both; nothing if they are equal.
[[nodiscard]] inline std::optional<std::string> first_difference(std::vector<line> engine, std::vector<line> naive) {
  put_in_order(engine);
  put_in_order(naive);
  const std::size_t common = std::min(engine.size(), naive.size());
  std::size_t at = 0;
  while (at < common && engine[at] == naive[at]) ++at;
  if (at == engine.size() && at == naive.size()) return std::nullopt;
  std::ostringstream out;
  const auto text_at = [&](const std::vector<line>& all) { return at < all.size() ? to_string(all[at]) : std::string("nothing more"); };
  out << "line " << at << " of " << engine.size() << " and " << naive.size() << "\n  engine: " << text_at(engine)
      << "\n  twin:   " << text_at(naive) << '\n';
  if (at < common && engine[at].name == naive[at].name) out << differing_facts(engine[at], naive[at]);
  const auto story_of = [&](const std::vector<line>& all, std::uint64_t name, std::string_view whose) {
    out << "  matter " << name << " as the " << whose << " tells it:\n";
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].name == name && all[i].what != "seen") places.push_back(i);
    }
    const auto here = std::lower_bound(places.begin(), places.end(), at) - places.begin();
    const std::size_t from = static_cast<std::size_t>(here < 10 ? 0 : here - 10);
    for (std::size_t i = from; i < places.size() && i < static_cast<std::size_t>(here) + 4; ++i)
      out << (places[i] < at ? "    " : "  > ") << to_string(all[places[i]]) << '\n';
  };
  for (std::uint64_t name : {at < engine.size() ? engine[at].name : 0, at < naive.size() ? naive[at].name : 0}) {
    if (name == 0) continue;
    story_of(engine, name, "engine");
    story_of(naive, name, "twin");
    if (at < common && engine[at].name == naive[at].name) break;
  }
  return out.str();
}

}  // namespace sifang_tests::twin

#endif
