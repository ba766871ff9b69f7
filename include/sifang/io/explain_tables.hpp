// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_EXPLAIN_TABLES_HPP
#define SIFANG_IO_EXPLAIN_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/case_fates.hpp"
#include "sifang/experiment/case_story.hpp"
#include "sifang/experiment/case_waits.hpp"
#include "sifang/experiment/unit_lateness.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/org/english_name.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Why things came as they did, as text for a terminal: what a case waited for, two stories side by side, whose fate a policy changes, why
/// a unit missed its deadlines.

namespace sifang {

/// A length as days, hours and minutes, so that parts can be added up by hand: `12 d 03:25`.
[[nodiscard]] inline std::string length_text(minutes length, language lang) {
  const int days = length.count / minutes_per_day;
  return std::to_string(days) + std::string(spoken(lang, " d ", " 天 ")) + clock_text(minutes(length.count - days * minutes_per_day));
}

namespace detail {
[[nodiscard]] inline std::string signed_length(int difference, language lang) {
  if (difference == 0) return "0";
  return (difference < 0 ? "−" : "+") + length_text(minutes(std::abs(difference)), lang);
}
[[nodiscard]] inline std::string one_decimal(double x) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f", x);
  return buffer;
}
[[nodiscard]] inline minutes total_of(const wait_sums& sums, bool only_waiting) noexcept {
  minutes out{};
  for (std::size_t k = 0; k < wait_reason_count; ++k) {
    if (!only_waiting || is_waiting(static_cast<wait_reason>(k))) out = out + sums[k];
  }
  return out;
}
}  // namespace detail

/// What a case waited for: each part in order, and the sums by reason, beside those under another policy if there is one. The parts add up
/// to the whole, to the minute.
/// \param other  the same case under another policy, or null
/// \param names  of the policies
template <class = when_called>
[[nodiscard]] inline std::string waits_text(const told_case& one, const told_case* other, const std::pair<std::string, std::string>& names,
                                            language lang) {
  const wait_sums a = sums_of(detail::span_of(one.waits)), b = other != nullptr ? sums_of(detail::span_of(other->waits)) : wait_sums{};
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](std::string_view what, minutes x, minutes y) {
    rows.push_back({std::string(what), length_text(x, lang)});
    if (other == nullptr) return;
    rows.back().push_back(length_text(y, lang));
    rows.back().push_back(detail::signed_length(y.count - x.count, lang));
  };
  rows.push_back({std::string(spoken(lang, "waited for", "所等候的")), names.first});
  if (other != nullptr) {
    rows.back().push_back(names.second);
    rows.back().emplace_back(spoken(lang, "difference", "相差"));
  }
  for (std::size_t k = 0; k < wait_reason_count; ++k) {
    if (a[k].count == 0 && b[k].count == 0) continue;
    add(text_of(static_cast<wait_reason>(k), lang), a[k], b[k]);
  }
  add(spoken(lang, "something, in all", "等候合计"), detail::total_of(a, true), detail::total_of(b, true));
  add(spoken(lang, "whole", "全程"), detail::total_of(a, false), detail::total_of(b, false));
  return table_of(rows);
}

/// Each part of a case's wait in order: since when, how long, for what.
template <class = when_called>
[[nodiscard]] inline std::string wait_parts_text(const told_case& one, language lang) {
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "since", "自")), std::string(spoken(lang, "for", "时长")),
                                              std::string(spoken(lang, "waited for", "所等候的"))}};
  for (const case_wait& w : one.waits) {
    rows.push_back({to_string(w.from.date()) + ' ' + clock_text(w.from.minute_of_day()), length_text(w.length(), lang),
                    std::string(text_of(w.why, lang))});
  }
  return table_of(rows);
}

/// Position of the first event that differs between two stories; the length of the shorter where one begins the other.
template <class = when_called>
[[nodiscard]] inline std::size_t first_difference(const world& w, const told_case& a, const world& other, const told_case& b) {
  const detail::story_writer left(w, language::en), right(other, language::en);
  std::size_t i = 0;
  while (i < a.events.size() && i < b.events.size() && left.line(a.events[i]) == right.line(b.events[i])) ++i;
  return i;
}

/// The story of one case under two policies side by side, day by day; what is the same up to the first step that differs stands once,
/// and that step is marked with ≠.
template <class = when_called>
[[nodiscard]] inline std::string stories_beside(const world& w, const told_case& a, const world& other, const told_case& b, language lang) {
  const detail::story_writer left(w, lang), right(other, lang);
  const std::size_t same = first_difference(w, a, other, b);
  std::vector<std::vector<std::string>> rows{
      {"", std::string(spoken(lang, "when", "时间")), one_line(w.setting().name), one_line(other.setting().name)}};
  rows.push_back({"", to_string(a.row.arisen), std::string(spoken(lang, "the grievance arises", "诉求产生")),
                  std::string(spoken(lang, "the same", "相同"))});
  std::size_t i = 0, j = 0;
  for (; i < same; ++i, ++j)
    rows.push_back({"", left.when(a.events[i]), left.what(a.events[i]), std::string(spoken(lang, "the same", "相同"))});
  bool marked = false;
  while (i < a.events.size() || j < b.events.size()) {
    const bool of_a = i < a.events.size() && (j == b.events.size() || a.events[i].at <= b.events[j].at);
    const bool of_b = j < b.events.size() && (i == a.events.size() || b.events[j].at <= a.events[i].at);
    rows.push_back({marked ? "" : "≠", of_a ? left.when(a.events[i]) : right.when(b.events[j]),
                    of_a ? left.what(a.events[i]) : std::string(), of_b ? right.what(b.events[j]) : std::string()});
    marked = true;
    i += of_a;
    j += of_b;
  }
  const auto end = [&](const case_row& c) {
    return std::string(text_of(c.state, lang)) + (c.overdue ? std::string(spoken(lang, "; was overdue", "；曾逾期")) : std::string());
  };
  rows.push_back({"", to_string(w.last()), end(a.row), end(b.row)});
  return table_of(rows);
}

/// Whose fate the other policy changes, by kind, the most frequent kind first.
/// \param names  of the policies
template <class = when_called>
[[nodiscard]] inline std::string fates_text(const fate_changes& found, const std::pair<std::string, std::string>& names, language lang) {
  const auto number = [&](const interval& v) {
    return detail::one_decimal(v.estimate) +
           (v.bounded() ? " (" + detail::one_decimal(v.lower) + " … " + detail::one_decimal(v.upper) + ")" : std::string());
  };
  std::string out(spoken(lang, "Grievances of a year that somebody met under either policy: ", "每年在任一方案下有人过问的诉求："));
  out += number(found.met) + std::string(spoken(lang, "; their fate differs: ", "；结局不同的：")) + number(found.changed) + "\n\n";
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < fate_change_count; ++k) {
    if (found.kinds[k].cases > 0) order.push_back(k);
  }
  if (order.empty()) return out + std::string(spoken(lang, "No fate differs.\n", "没有结局不同的诉求。\n"));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return found.kinds[a].cases > found.kinds[b].cases; });
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "under ", "在方案 ")) + names.second +
                                                  std::string(spoken(lang, ", and not under ", " 下而非 ")) + names.first,
                                              std::string(spoken(lang, "cases a year", "每年件数")),
                                              std::string(spoken(lang, "greatest effects", "影响最大的案件"))}};
  for (const std::size_t k : order) {
    const auto kind = static_cast<fate_change>(k);
    std::string examples;
    for (const changed_fate& c : found.kinds[k].examples) {
      const int effect = static_cast<int>(c.effect);
      examples += (examples.empty() ? "" : ", ") + case_name(c.matter) +
                  (found.replications > 1 ? std::string(spoken(lang, " of ", " 第")) + std::to_string(c.replication) : std::string()) +
                  " (" + (effect < 0 ? "−" : "+") + std::to_string(std::abs(effect)) +
                  std::string(counts_times(kind) ? spoken(lang, "", " 次") : spoken(lang, " d", " 天")) + ")";
    }
    rows.push_back({std::string(text_of(kind, lang)), number(found.kinds[k].per_replication), std::move(examples)});
  }
  out += table_of(rows);
  out += spoken(
      lang,
      "\nEffects are under the other policy less under the first: days to the first interview where both hear the case, times of\n"
      "repeats and rebounds, else days to peace (the end, where there is none). A case may stand in several rows.\n",
      "\n影响为另一方案减去第一方案：两方案均获接待的为至首次接待的天数，重复信访与反弹为次数，其余为至息诉的天数（未息诉的算至末日）。"
      "一案可列于多行。\n");
  return out;
}

/// The unit of a code or a name; else a fault with the nearest of them.
template <class = when_called>
[[nodiscard]] inline checked<unit_id> unit_meant(const world& w, const std::string& word) {
  std::vector<std::string> known;
  std::vector<unit_id> ids;
  const auto add = [&](unit_id id) {
    known.push_back(w.org().units()[id].code);
    ids.push_back(id);
    known.push_back(w.org().units()[id].name);
    ids.push_back(id);
    known.push_back(english_name(w.org().units()[id]));
    ids.push_back(id);
  };
  for (const office& o : w.offices()) add(o.where);
  if (w.bureau().valid()) add(w.bureau());
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i] == word) return ids[i];
  }
  std::string near = nearest(word, detail::span_of(known));
  for (std::size_t i = 0; i < known.size() && near.empty() && !word.empty(); ++i) {  // a part of a name, or a name in more words
    if (known[i].find(word) != std::string::npos || word.find(known[i]) != std::string::npos) near = known[i];
  }
  return make_fault(fault_kind::unknown_unit, place{"--unit", 0, 0}, word, std::move(near));
}

namespace detail {
[[nodiscard]] constexpr bilingual duty_words(case_clock which, bool several) noexcept {
  if (which == case_clock::route) return several ? bilingual{"routings", "转送交办"} : bilingual{"routing", "转送交办"};
  if (which == case_clock::accept) return several ? bilingual{"acceptances", "受理告知"} : bilingual{"acceptance", "受理告知"};
  return several ? bilingual{"replies", "答复"} : bilingual{"reply", "答复"};
}

/// The sentence above the tables.
template <class = when_called>
[[nodiscard]] inline std::string lateness_sentence(const world& w, unit_id unit, case_clock which, const unit_lateness& found,
                                                   language lang) {
  const std::string name = one_line(text_of(w.org().units()[unit], lang));
  const auto word = [&](std::size_t n) {
    const bilingual b = duty_words(which, n != 1);
    return std::string(lang == language::zh ? b.zh : b.en);
  };
  const auto due = static_cast<std::size_t>(found.due);
  const std::string years = std::to_string(found.replications);
  if (due == 0)
    return name + std::string(spoken(lang, ": no ", "：在 ")) +
           (lang == language::zh ? years + " 年中没有到期的" + word(2) + "。\n"
                                 : word(2) + " fell due in " + years + (found.replications == 1 ? " year.\n" : " years.\n"));
  const std::size_t missed = found.missed.size();
  const std::string all = std::to_string(due), late = std::to_string(missed);
  std::string out = name;
  out += lang == language::zh ? ":" + years + " 年中到期的" + word(2) + " " + all + " 件，逾期 " + late + " 件"
                              : ": of " + all + ' ' + word(due) + " due in " + years + (found.replications == 1 ? " year, " : " years, ") +
                                    late + (missed == 1 ? " was late" : " were late");
  if (missed > 0) {
    const auto counts = found.by_reason();
    const auto most = static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    const std::string reason(text_of(static_cast<wait_reason>(most), lang));
    out += lang == language::zh ? "；其中 " + std::to_string(counts[most]) + " 件等候最久的是：" + reason
                                : "; " + std::to_string(counts[most]) + " of them waited longest for: " + reason;
  }
  if (found.busy > 0)
    out += (lang == language::zh ? "；承办人员利用率 " : "; the unit's handlers were busy ") + one_decimal(100 * found.busy) + " %" +
           (lang == language::zh ? "" : " of their time");
  return out + (lang == language::zh ? "。\n" : ".\n");
}
}  // namespace detail

/// Why a unit missed deadlines: a sentence, the sums by reason, and each missed deadline with the part of its wait that took most.
/// \param most  deadlines that are listed at most, the longest late first
template <class = when_called>
[[nodiscard]] inline std::string lateness_text(const world& w, unit_id unit, case_clock which, const unit_lateness& found, std::size_t most,
                                               language lang) {
  std::string out = detail::lateness_sentence(w, unit, which, found, lang);
  if (found.missed.empty()) return out;
  const wait_sums sums = found.sums();
  const auto counts = found.by_reason();
  const minutes whole = detail::total_of(sums, false);
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "waited for", "所等候的")),
                                              std::string(spoken(lang, "longest in", "等候最久的件数")),
                                              std::string(spoken(lang, "sum", "合计")), std::string(spoken(lang, "share", "占比"))}};
  const auto share = [&](minutes part) { return detail::one_decimal(whole.count > 0 ? 100.0 * part.count / whole.count : 0) + " %"; };
  for (std::size_t k = 0; k < wait_reason_count; ++k) {
    if (sums[k].count == 0) continue;
    rows.push_back(
        {std::string(text_of(static_cast<wait_reason>(k), lang)), std::to_string(counts[k]), length_text(sums[k], lang), share(sums[k])});
  }
  rows.push_back(
      {std::string(spoken(lang, "in all", "合计")), std::to_string(found.missed.size()), length_text(whole, lang), share(whole)});
  out += '\n' + table_of(rows) + '\n';

  const auto late = [&](const missed_deadline& m) { return ((m.done ? m.done->date() : w.last()) - m.due).count; };
  std::vector<const missed_deadline*> order;
  for (const missed_deadline& m : found.missed) order.push_back(&m);
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) { return late(*a) > late(*b); });
  if (order.size() > most) order.resize(most);
  std::vector<std::vector<std::string>> list{
      {std::string(spoken(lang, "case", "案件")), std::string(spoken(lang, "replication", "第几次模拟")),
       std::string(spoken(lang, "began", "起算")), std::string(spoken(lang, "due", "期限")), std::string(spoken(lang, "done", "完成")),
       std::string(spoken(lang, "late, days", "逾期天数")), std::string(spoken(lang, "waited longest for", "等候最久的")),
       std::string(spoken(lang, "for", "时长"))}};
  for (const missed_deadline* m : order) {
    list.push_back({case_name(m->matter), std::to_string(m->replication), to_string(m->began.date()), to_string(m->due),
                    m->done ? to_string(m->done->date()) : std::string(spoken(lang, "not yet", "尚未")), std::to_string(late(*m)),
                    std::string(text_of(m->most, lang)), length_text(m->waits[static_cast<std::size_t>(m->most)], lang)});
  }
  out += table_of(list);
  if (found.missed.size() > most)
    out += std::string(spoken(lang, "… and ", "……另有 ")) + std::to_string(found.missed.size() - most) +
           std::string(spoken(lang, " more\n", " 件\n"));
  return out;
}

}  // namespace sifang

#endif
