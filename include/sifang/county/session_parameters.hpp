// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SESSION_PARAMETERS_HPP
#define SIFANG_COUNTY_SESSION_PARAMETERS_HPP

#include "sifang/county/parameter.hpp"
#include "sifang/reception/session_kind.hpp"

#include <string>
#include <string_view>

/// \file
/// One row for each parameter of a kind of session, as `county/parameters.hpp` has them for all else.

namespace sifang {

namespace detail {

// clang-format off: a table
/// Where the days and people of a kind of session come from.
struct session_source {
  origin mark;
  std::string_view source;
};
[[nodiscard]] constexpr session_source source_of(reception_rule rule, bool clerks) noexcept {
  switch (rule) {
    case reception_rule::r3:
      return {origin::article, "R2, R3: the 15th at the Party school"};
    case reception_rule::r5:
      return {origin::article, "R2, R5: the 15th at the linked township"};
    case reception_rule::r6:
      return {origin::article, "R2, R6: every Monday one leader"};
    case reception_rule::r8:
      return {origin::article, "R2, R8: every Monday"};
    case reception_rule::r9:
      return {origin::article, "R2, R9: every Monday"};
    default:
      return clerks ? session_source{origin::knowledge, "docs/domain.md 4: window clerks"} : session_source{origin::choice, "planner"};
  }
}

/// Who sits where.
template <class Session, class Visitor>
void visit_session_people(Session& s, const std::string& key, origin mark, std::string_view source, const std::string& en,
                          const std::string& zh, Visitor&& v) {
  using p = parameter;
  v(p{key + ".roles", "roles", mark, source, 0, 0, en + ": who sits; a later role fills seats that those before it cannot",
      zh + "：接访人员类别（前者不足时由后者补位）"},
    s.roles);
  v(p{key + ".relations", "relations", mark, source, 0, 0,
      en + ": where they sit, the first relation that somebody has; empty: at every place in turn",
      zh + "：与地点的关系（取最先具备者；空为不论关系）"},
    s.relations);
  v(p{key + ".posts", "posts", origin::choice, "planner", 0, 0, en + ": who sits, by post, in place of roles",
      zh + "：按职务代码指定接访人员（代替类别）"},
    s.posts);
  v(p{key + ".at", "kinds of unit", mark, source, 0, 0, en + ": kinds of unit at which it is held", zh + "：接访地点的单位类型"}, s.at);
  v(p{key + ".units", "codes", origin::choice, "planner", 0, 0, en + ": units at which it is held, in place of kinds",
      zh + "：按代码指定接访地点"},
    s.units);
  v(p{key + ".places_in_turn", "bool", origin::choice, "planner", 0, 1, en + ": at one place a day, in turn, rather than at all",
      zh + "：各地点轮流举行"},
    s.places_in_turn);
}

/// When, how long and by how many.
template <class Session, class Visitor>
void visit_session_days(Session& s, const std::string& key, origin mark, std::string_view source, const std::string& en,
                        const std::string& zh, Visitor&& v) {
  using p = parameter;
  v(p{key + ".open", "bool", mark, source, 0, 1, en + ": held at all", zh + "：是否举行"}, s.open);
  v(p{key + ".recur", "recurrence", mark, source, 0, 0, en + ": on which days (RRULE, or in words)", zh + "：日期规则（RRULE 或文字）"},
    s.recur);
  v(p{key + ".on_rest_day", "convention", origin::inference,
      "docs/domain.md 1.6(1): a notice postpones the 15th; docs/domain.md 1.6(3): a Monday is left out", 0, 0,
      en + ": what happens when the day is no workday", zh + "：遇非工作日如何处理"},
    s.on_rest_day);
  v(p{key + ".add", "dates", origin::choice, "planner", 0, 0, en + ": further dates", zh + "：另加日期"}, s.add);
  v(p{key + ".remove", "dates", origin::choice, "planner", 0, 0, en + ": dates left out", zh + "：取消日期"}, s.remove);
  v(p{key + ".start", "clock", origin::source, "docs/domain.md 1.6(4), docs/domain.md 5.1: office hours", 0, 0, en + ": opening time",
      zh + "：开始时间"},
    s.start);
  v(p{key + ".length", "minutes", origin::source, "docs/domain.md 1.6(4): 3 h mornings elsewhere", 15, 720, en + ": length", zh + "：时长"},
    s.length);
  v(p{key + ".receivers", "persons", mark, source, 0, 100,
      en + ": how many receive side by side, in turn if there are more; 0: all who belong there",
      zh + "：同时接访人数（多于此数则轮流；0 为全部）"},
    s.receivers);
  v(p{key + ".sensitive_duty", "bool", origin::article, "R7", 0, 1, en + ": also on every workday of a sensitive period",
      zh + "：敏感时期每个工作日也举行"},
    s.sensitive_duty);
  v(p{key + ".moves_for", "session", origin::inference, "docs/domain.md 1.6(2)", 0, 0,
      en + ": the session on whose days it moves to the next workday where reception.collision is split",
      zh + "：与哪类接访相遇时顺延（拆分时）"},
    s.moves_for);
  v(p{key + ".precedence", "rank", origin::inference, "docs/domain.md 1.6(2): the bureau's roster is kept", 0, 100,
      en + ": who is needed at two sessions of county leaders at the same time sits at that of greater rank",
      zh + "：县处级领导同时须到两处时，到序位高者"},
    s.precedence);
}

/// Who comes, and what happens there.
template <class Session, class Visitor>
void visit_session_visitors(Session& s, const std::string& key, const std::string& en, const std::string& zh, Visitor&& v) {
  using p = parameter;
  v(p{key + ".counts_for", "choice", origin::article, "R3, R5, R6, R8, R9", 0, 0, en + ": the rule that it fulfils", zh + "：对应的规则"},
    s.counts_for);
  v(p{key + ".catchment", "choice", origin::inference, "modelling choice", 0, 0,
      en + ": whose matters it hears, the place's (who live there, or whose matter is the unit's) or all the county's",
      zh + "：受理范围（本地及本单位主管事项，或全县）"},
    s.catchment);
  v(p{key + ".areas", "codes", origin::choice, "planner", 0, 0, en + ": whose people it hears instead, by unit",
      zh + "：按单位代码指定受理哪里的群众"},
    s.areas);
  v(p{key + ".video", "bool", origin::choice, "planner", 0, 1, en + ": by video: nobody goes farther than to the own township's hall",
      zh + "：视频接访（群众就近到本乡镇）"},
    s.video);
  v(p{key + ".publicity", "share", origin::inference, "modelling choice", 0, 1, en + ": share of petitioners who know of it",
      zh + "：知晓该接访的群众比例"},
    s.publicity);
  v(p{key + ".admission", "choice", origin::article, "R10, R11", 0, 0, en + ": as everywhere, all as they come, or all by appointment",
      zh + "：接待方式（同总体、随到随接或全部预约）"},
    s.admission);
  v(p{key + ".closing", "choice", origin::article, "R10, R11: everyone is heard", 0, 0,
      en + ": at closing time, as everywhere or its own way", zh + "：到点未接完的处理（同总体或自定）"},
    s.closing);
  v(p{key + ".appeal", "utility", origin::inference,
      "docs/domain.md 5.2: people want the most senior ear (7.0, 2.05, 0.96 groups a session by level)", -50, 50,
      en + ": its pull on petitioners", zh + "：吸引力"},
    s.appeal);
  v(p{key + ".share", "weight", origin::inference, "docs/domain.md 9.1", 0, 1000000,
      en + ": its fixed share, used with choice.model = shares, relative to the others that can be reached",
      zh + "：固定比例（choice.model = shares 时）"},
    s.share);
}

/// Every parameter of one kind of session; `key` is that of its table.
template <class Session, class Visitor>
void visit_session(Session& s, const std::string& key, Visitor&& v) {
  using p = parameter;
  const std::string en = s.title_en.empty() ? s.id : s.title_en, zh = s.title_zh.empty() ? en : s.title_zh;
  const session_source from = source_of(s.counts_for, s.by_clerks());
  v(p{key + ".title_en", "text", origin::choice, "planner", 0, 0, en + ": its name in English", zh + "：英文名称"}, s.title_en);
  v(p{key + ".title_zh", "text", origin::choice, "planner", 0, 0, en + ": its name in Chinese", zh + "：中文名称"}, s.title_zh);
  visit_session_people(s, key, from.mark, from.source, en, zh, v);
  visit_session_days(s, key, from.mark, from.source, en, zh, v);
  visit_session_visitors(s, key, en, zh, v);
}
}  // namespace detail
// clang-format on

}  // namespace sifang

#endif
