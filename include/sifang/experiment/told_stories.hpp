// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_TOLD_STORIES_HPP
#define SIFANG_EXPERIMENT_TOLD_STORIES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/histories/case_row.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/case_fates.hpp"
#include "sifang/experiment/case_story.hpp"
#include "sifang/experiment/case_waits.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Stories for a report: of one simulated year the cases whose fate another policy changes most, for better and for worse; who owns
/// cases where.

namespace sifang {

namespace detail {

/// One year with all that stories are made from.
using story_year = replication<policies<>, case_ledger, event_log, work_log, fate_log>;

/// A case that is worth telling, and why.
struct chosen_case {
  std::uint64_t matter = no_matter;
  std::string why_en, why_zh;
};

/// Fates of one grievance under two policies; null where nobody has met it.
struct fate_pair {
  const case_fate *base = nullptr, *other = nullptr;
  [[nodiscard]] std::uint64_t matter() const noexcept { return base != nullptr ? base->matter : other->matter; }
};

template <class = when_called>
[[nodiscard]] inline std::vector<fate_pair> pairs_of(std::span<const case_fate> base, std::span<const case_fate> other) {
  std::vector<fate_pair> out;
  auto a = base.begin(), b = other.begin();
  while (a != base.end() || b != other.end()) {
    const bool of_a = a != base.end() && (b == other.end() || a->matter <= b->matter);
    const bool of_b = b != other.end() && (a == base.end() || b->matter <= a->matter);
    out.push_back({of_a ? &*a : nullptr, of_b ? &*b : nullptr});
    if (of_a) ++a;
    if (of_b) ++b;
  }
  return out;
}

/// By how many days a case is heard later under the other policy, where both hear it.
[[nodiscard]] inline std::optional<int> heard_later_by(const fate_pair& p) noexcept {
  if (p.base == nullptr || p.other == nullptr || !p.base->heard || !p.other->heard) return std::nullopt;
  return (*p.other->heard - *p.base->heard).count;
}
/// By how many days it is at peace later; what has none counts as of the day after the last.
[[nodiscard]] inline std::optional<int> peace_later_by(const fate_pair& p, day beyond) noexcept {
  const auto of = [&](const case_fate* f) { return f != nullptr && f->peace ? *f->peace : beyond; };
  return (of(p.other) - of(p.base)).count;
}

/// "heard 12 days earlier".
template <class = when_called>
[[nodiscard]] inline std::pair<std::string, std::string> shift_text(std::string_view en, std::string_view zh, int later) {
  const std::string n = std::to_string(std::abs(later));
  std::string in_english(en), in_chinese(later < 0 ? "提前" : "推迟");
  in_english.append(" ").append(n).append(n == "1" ? " day " : " days ").append(later < 0 ? "earlier" : "later");
  in_chinese.append(n).append("天").append(zh);
  return {std::move(in_english), std::move(in_chinese)};
}

/// Of two policies: who is heard so much earlier and so much later as nobody else, who is at peace so. Each case once.
template <class = when_called>
[[nodiscard]] inline std::vector<chosen_case> most_changed(std::span<const fate_pair> pairs, day beyond) {
  std::vector<chosen_case> out;
  const auto taken = [&](std::uint64_t m) {
    return std::any_of(out.begin(), out.end(), [&](const chosen_case& c) { return c.matter == m; });
  };
  const auto choose = [&](const auto& change, int sign, const auto& why) {
    const fate_pair* best = nullptr;
    int most = 0;
    for (const fate_pair& p : pairs) {
      const std::optional<int> by = change(p);
      if (!by || sign * *by <= most || taken(p.matter())) continue;
      best = &p;
      most = sign * *by;
    }
    if (best == nullptr) return;
    auto [en, zh] = why(*best, sign * most);
    out.push_back({best->matter(), std::move(en), std::move(zh)});
  };
  const auto heard = [](const fate_pair&, int by) { return shift_text("heard", "获接待", by); };
  const auto peace = [](const fate_pair& p, int by) {
    const bool before = p.base != nullptr && p.base->peace, after = p.other != nullptr && p.other->peace;
    if (before && after) return shift_text("settled", "息诉", by);
    const fate_change kind = after ? fate_change::settled_now : fate_change::settled_no_more;
    return std::pair(std::string(text_of(kind, language::en)), std::string(text_of(kind, language::zh)));
  };
  const auto to_peace = [&](const fate_pair& p) { return peace_later_by(p, beyond); };
  choose(heard_later_by, -1, heard);
  choose(to_peace, -1, peace);
  choose(heard_later_by, 1, heard);
  choose(to_peace, 1, peace);
  return out;
}

/// Of one policy: who was heard last after the grievance arose, and whose peace took longest.
template <class = when_called>
[[nodiscard]] inline std::vector<chosen_case> slowest(std::span<const case_fate> fates) {
  std::vector<chosen_case> out;
  const auto choose = [&](const auto& end, std::string_view en, std::string_view zh) {
    const case_fate* best = nullptr;
    int most = 0;
    for (const case_fate& f : fates) {
      const std::optional<day> on = end(f);
      const bool is_taken = !out.empty() && out.front().matter == f.matter;
      if (!f.is_registered() || !on || (*on - f.arisen).count <= most || is_taken) continue;
      best = &f;
      most = (*on - f.arisen).count;
    }
    if (best == nullptr) return;
    const std::string n = std::to_string(most);
    out.push_back({best->matter, std::string(en) + ' ' + n + (most == 1 ? " day" : " days") + " after the grievance arose",
                   "诉求产生后" + n + "天才" + std::string(zh)});
  };
  choose([](const case_fate& f) { return f.heard; }, "heard", "获接待");
  choose([](const case_fate& f) { return f.peace; }, "settled", "息诉");
  return out;
}

/// Events of a case as results have them: that it arises, all that happens, and where it stands on the last day.
template <class = when_called>
[[nodiscard]] inline std::vector<result_story_event> events_of(const world& w, const told_case& c) {
  const story_writer en(w, language::en), zh(w, language::zh);
  std::vector<result_story_event> out{{to_string(c.row.arisen), "the grievance arises", "诉求产生"}};
  for (const history_event& e : c.events) {
    std::string when = en.when(e);
    while (when.ends_with(' ')) when.pop_back();
    out.push_back({std::move(when), en.what(e), zh.what(e)});
  }
  std::string end_en = "at the end: ", end_zh = "期末：";
  end_en.append(text_of(c.row.state, language::en)).append(c.row.overdue ? "; was overdue" : "");
  end_zh.append(text_of(c.row.state, language::zh)).append(c.row.overdue ? "；曾逾期" : "");
  out.push_back({to_string(w.last()), std::move(end_en), std::move(end_zh)});
  return out;
}

/// What a case is about; empty if it has no file.
template <class = when_called>
[[nodiscard]] inline std::string about(const world& w, const case_row& c, language lang) {
  if (c.state == case_state::none || c.state == case_state::answered_on_spot) return {};
  const bool zh = lang == language::zh;
  const category_setting& subject = w.setting().categories[c.category];
  std::string out(zh ? subject.zh : subject.en);
  out.append(zh ? "；" : "; ").append(std::to_string(c.persons)).append(zh ? "人；" : c.persons == 1 ? " person; " : " persons; ");
  out.append(text_of(w.org().units()[w.townships()[c.township].where], lang)).append(zh ? " " : ", ");
  out.append(text_of(w.org().units()[w.villages()[c.village].where], lang)).append(zh ? "；" : "; ");
  return out.append(text_of(c.channel, lang));
}

[[nodiscard]] inline double in_days(minutes m) noexcept { return std::round(m.count / 14.4) / 100; }

/// A case of a year, beside the same of another year if there is one.
template <class = when_called>
[[nodiscard]] inline result_story told(const chosen_case& c, const world& w, story_year& year, const world* other_world,
                                       story_year* other_year, std::uint32_t number) {
  result_story out;
  out.replication = static_cast<std::int32_t>(number);
  out.name = case_name(c.matter);
  out.why_en = c.why_en;
  out.why_zh = c.why_zh;
  const auto base = case_in(year, w, number, c.matter, case_scope::any);
  std::optional<told_case> other;
  if (other_year != nullptr) other = case_in(*other_year, *other_world, number, c.matter, case_scope::any);
  out.about_en = about(w, base->row, language::en);
  out.about_zh = about(w, base->row, language::zh);
  if (other && out.about_en.empty()) {
    out.about_en = about(*other_world, other->row, language::en);
    out.about_zh = about(*other_world, other->row, language::zh);
  }
  out.of_base = events_of(w, *base);
  if (other) {
    out.of_other = events_of(*other_world, *other);
    const auto is_same = [](const result_story_event& a, const result_story_event& b) { return a.when == b.when && a.en == b.en; };
    const auto differs = std::mismatch(out.of_base.begin(), out.of_base.end(), out.of_other.begin(), out.of_other.end(), is_same).first;
    out.same = static_cast<std::int32_t>(differs - out.of_base.begin());
  }
  const wait_sums a = sums_of(span_of(base->waits)), b = other ? sums_of(span_of(other->waits)) : wait_sums{};
  for (std::size_t k = 0; k < wait_reason_count; ++k) {
    const auto why = static_cast<wait_reason>(k);
    if (!is_waiting(why) || (a[k].count == 0 && b[k].count == 0)) continue;
    out.waits.push_back({std::string(text_of(why, language::en)), std::string(text_of(why, language::zh)), in_days(a[k]), in_days(b[k])});
  }
  return out;
}

/// What binds county-level leaders to units, and how many cases of a year they own there: by leader, then by unit.
template <class = when_called>
[[nodiscard]] inline std::vector<result_link> links_of(const world& w, std::span<const case_row> cases) {
  const organisation& org = w.org();
  std::vector<result_link> out;
  for (std::size_t i = 0; i < org.officials().size(); ++i) {
    const official_id who(i);
    if (!w.is_county_leader(who)) continue;
    std::vector<std::pair<unit_id, result_link>> of_one;
    const auto at = [&](unit_id where) -> result_link& {
      for (auto& [unit, link] : of_one) {
        if (unit == where) return link;
      }
      return of_one.emplace_back(where, result_link{org[who].post, org.units()[where].code, {}, 0}).second;
    };
    for (const relation how : {relation::liaises_with, relation::in_charge_of, relation::linked_to}) {
      for (const unit_id where : org.units_of(who, how)) at(where).relation = name_of(how);
    }
    for (const case_row& c : cases) {
      if (c.owner == who && c.unit.valid()) ++at(c.unit).own;
    }
    sort_stably(of_one, [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [unit, link] : of_one) out.push_back(std::move(link));
  }
  return out;
}

}  // namespace detail

/// What a report tells of one simulated year of each policy.
struct told_years {
  std::vector<result_story> stories;            ///< comparison by comparison
  std::vector<std::vector<result_link>> links;  ///< of each policy
};

/// Stories of one replication for a report, and who owns cases where. Of several policies: for each but the first the cases that are heard,
/// and that settle, so much earlier or later than under the first as no other does, four at most; policies whose grievances are not the
/// same (`same_grievances`) have none. Of one policy: the case that was heard last after it arose, and the one that took longest to settle.
///
/// Plays each policy once; a year with logs takes several times the memory of a year without.
/// \param places  worlds of the policies, in the order of the result; their scenarios say all (no policies of one's own)
/// \pre at least one; asserted
template <class = when_called>
[[nodiscard]] inline told_years tell_years(std::span<const world* const> places, std::uint32_t number = 0) {
  SIFANG_ASSERT(!places.empty(), "at least one policy");
  const auto play = [number](const world& w) {
    auto year = std::make_unique<detail::story_year>(w, policies<>{}, case_ledger{}, event_log{}, work_log{}, fate_log{});
    year->run(number);
    return year;
  };
  told_years out;
  const world& base = *places.front();
  const auto year = play(base);
  const auto links = [](const world& w, auto& played) {
    const auto cases = played.template observer<case_ledger>().cases();
    return detail::links_of(w, {cases.data(), cases.size()});
  };
  const auto& fates = year->template observer<fate_log>().fates();
  out.links.push_back(links(base, *year));
  if (places.size() == 1) {
    for (const detail::chosen_case& c : detail::slowest(detail::span_of(fates))) {
      out.stories.push_back(detail::told(c, base, *year, nullptr, nullptr, number));
    }
    return out;
  }
  for (std::size_t k = 1; k < places.size(); ++k) {
    const world& other = *places[k];
    const auto other_year = play(other);
    out.links.push_back(links(other, *other_year));
    if (!same_grievances(base, other)) continue;
    const auto pairs = detail::pairs_of(detail::span_of(fates), detail::span_of(other_year->template observer<fate_log>().fates()));
    for (const detail::chosen_case& c : detail::most_changed(detail::span_of(pairs), base.last() + calendar_days(1))) {
      out.stories.push_back(detail::told(c, base, *year, &other, other_year.get(), number));
      out.stories.back().other = k;
    }
  }
  return out;
}

}  // namespace sifang

#endif
