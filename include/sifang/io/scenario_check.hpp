// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SCENARIO_CHECK_HPP
#define SIFANG_IO_SCENARIO_CHECK_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/warning.hpp"
#include "sifang/county/source_words.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/org/audit.hpp"
#include "sifang/county/plausible_parameters.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/county/world.hpp"
#include "sifang/org/english_name.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What a planner wants to know of a scenario before it is simulated: whether its rules can be satisfied, what it assumes.

namespace sifang {

/// Whether a scenario is sound.
struct scenario_soundness {
  std::vector<fault> gaps;        ///< rules R3 to R9 that the posts of the county cannot satisfy (`audit`)
  std::vector<warning> warnings;  ///< what is assumed in silence (`warnings_of`)
  bool sound = false;             ///< no gap, and something is held of every kind of session that is open
};

/// Looks at the world of a scenario. \complexity linear in the days and units
[[nodiscard]] inline scenario_soundness soundness_of(const world& w) {
  scenario_soundness out{audit(w.org()), warnings_of(w), false};
  // No rule is satisfied by sessions that are not held.
  out.sound = out.gaps.empty() && std::none_of(out.warnings.begin(), out.warnings.end(),
                                               [](const warning& one) { return one.kind == warning_kind::no_session; });
  return out;
}

/// What a scenario is called: its title in the language, else in the other, else its name.
[[nodiscard]] inline std::string title_of(const scenario& s, language lang) {
  const std::string& own = lang == language::zh ? s.title_zh : s.title_en;
  const std::string& other = lang == language::zh ? s.title_en : s.title_zh;
  return one_line(!own.empty() ? own : !other.empty() ? other : s.name);
}

/// Title and description of a scenario, a line each.
[[nodiscard]] inline std::string scenario_heading(const scenario& s, language lang) {
  return title_of(s, lang) + "\n" + one_line(spoken(lang, s.about_en, s.about_zh)) + "\n";
}

/// What else a parameter may be, as a line; nothing if its value is not in doubt.
[[nodiscard]] inline std::string plausible_line(const described_parameter& d, language lang) {
  if (const auto one = plausible_values_of(d); one && one->range.is_open()) {
    std::string out(spoken(lang, "      plausible: ", "      可能取值："));
    return out.append(range_words(one->range, lang)).append(" (").append(one->source).append(")\n");
  }
  const kept_value* kept = is_unknown(d.mark) ? kept_value_of(d.about.key) : nullptr;
  if (kept == nullptr) return {};
  return std::string(spoken(lang, "      kept: ", "      不抽取：")).append(text_of(kept->why, lang)).append("\n");
}

/// What a world consists of, which days are simulated, and its parameters with their meaning and source.
/// \param all  every parameter; else those that differ from the defaults
[[nodiscard]] inline std::string scenario_facts(const world& w, bool all, language lang) {
  std::string out;
  const auto add = [&](std::string_view en, std::string_view zh) { out.append(spoken(lang, en, zh)); };
  out += std::to_string(w.townships().size());
  add(" townships and streets, ", " 个乡镇（街道），");
  out += std::to_string(w.villages().size());
  add(" villages and communities, ", " 个村（社区），");
  out += std::to_string(w.offices().size());
  add(" handling units, ", " 个承办单位，");
  out += std::to_string(w.org().officials().size());
  add(" posts\n", " 个职务\n");
  add("Days simulated: ", "模拟日期：");
  out.append(to_string(w.first())).append(" … ").append(to_string(w.last()));
  add("; counted: ", "；统计期：");
  out.append(to_string(w.start())).append(" … ").append(to_string(w.end())).append("\n\n");
  std::map<std::string_view, int> marks;
  for (const described_parameter& p : describe(w.setting())) {
    ++marks[name_of(p.mark)];
    if (!all && !p.changed) continue;
    out.append("[").append(name_of(p.mark)).append("] ").append(one_line(p.about.key)).append(" = ");
    out.append(one_line(p.value)).append("  ").append(p.about.unit);
    if (!p.words_en.empty()) out.append(": ").append(spoken(lang, p.words_en, p.words_zh));
    out.append("\n      ")
        .append(spoken(lang, p.about.en, p.about.zh))
        .append(" (")
        .append(one_line(source_text(p.source, lang)))
        .append(")\n");
    if (all) out += plausible_line(p, lang);
  }
  add("\nParameters by origin:", "\n参数来源：");
  for (const auto& [mark, n] : marks) out.append("  [").append(mark).append("] ").append(std::to_string(n));
  add("\n  A article, S public source, K general knowledge, I inference, C the planner's choice\n",
      "\n  A 报道，S 公开资料，K 常识，I 推断，C 规划者的选择\n");
  add("  Rules R1-R31, laws L1-L22 and sections: docs/domain.md; published figures: docs/facts.md; what was fitted: docs/calibration.md\n",
      "  规则 R1-R31、法条 L1-L22 和各节见 docs/domain.md；公开数字见 docs/facts.md；拟合见 docs/calibration.md\n");
  if (!all)
    add("Only values that differ from the defaults are listed; --all lists every one.\n", "仅列出与默认值不同的参数；--all 列出全部。\n");
  return out;
}

/// The counted days on which the 15th and the bureau's day fall together, and who is needed in two places then.
[[nodiscard]] inline std::string collisions_text(const world& w, language lang) {
  std::string out(spoken(lang, "Days on which the 15th and the bureau's day fall together: ", "15日与信访局接访日相遇的日期："));
  for (day d : w.plan().collisions()) {
    if (w.counts(d)) out.append(to_string(d)).append(" ");
  }
  out += '\n';
  for (const double_booking& b : w.plan().double_bookings()) {
    if (!w.counts(b.date)) continue;
    out.append("  ").append(to_string(b.date)).append(" ").append(one_line(w.org()[b.who].post));
    out.append(spoken(lang, " is needed in two places: at the petition bureau (R6) and at ", " 同时需在两处："));
    if (lang == language::zh) out.append(one_line(w.org().units()[w.bureau()].name)).append("（R6）与 ");
    out.append(one_line(text_of(w.org().units()[b.missed_place], lang))).append(spoken(lang, " (R5)\n", "（R5）\n"));
  }
  return out;
}

/// The verdict of a check, as one line.
[[nodiscard]] inline std::string soundness_line(const scenario_soundness& c, language lang) {
  if (!c.sound) return std::string(spoken(lang, "Not every rule can be satisfied.\n", "有规则无法满足。\n"));
  if (c.warnings.empty())
    return std::string(spoken(lang, "Sound: rules R3 to R9 can be satisfied.\n", "检查通过：规则 R3 至 R9 可以满足。\n"));
  std::string out(spoken(lang, "Sound, with ", "检查通过，有 "));
  out.append(std::to_string(c.warnings.size())).append(spoken(lang, c.warnings.size() == 1 ? " warning" : " warnings", " 条警告"));
  return out.append(spoken(lang, ": rules R3 to R9 can be satisfied.\n", "：规则 R3 至 R9 可以满足。\n"));
}

}  // namespace sifang

#endif
