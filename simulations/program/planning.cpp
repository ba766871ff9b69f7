// SPDX-License-Identifier: BSL-1.0
#include "policies.hpp"
#include "shipped.hpp"
#include "verbs.hpp"

#include "sifang/core/date_fault.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/io/roster.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/text_table.hpp"
#include "sifang/org/audit.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <iostream>
#include <map>

namespace sifang_program {

using namespace sifang;

std::string table_of(const std::vector<std::vector<std::string>>& rows) {
  text_table table(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) table.add(rows[i]);
  return table.text();
}

int check(const options& o) {
  if (o.reference) {
    std::cout << write_reference(o.spoken);
    return done;
  }
  if (o.scenarios.empty()) {
    std::cerr << pick(o, "check: expected a scenario\n", "check:应给出一个方案\n");
    return bad_input;
  }
  const auto input = read_input(o.scenarios.front(), o.settings);
  if (!input) return tell(input.faults(), o);
  const auto w = world::make(input->settings, input->place.org, input->place.calendar);
  if (!w) return tell(w.faults(), o);

  const scenario& s = w->setting();
  std::cout << one_line(pick(o, s.title_en, s.title_zh)) << "\n" << one_line(pick(o, s.about_en, s.about_zh)) << "\n\n";
  echo_settings(o, "", o.settings, s);
  std::cout << w->townships().size() << pick(o, " townships and streets, ", " 个乡镇(街道),") << w->villages().size()
            << pick(o, " villages and communities, ", " 个村(社区),") << w->offices().size() << pick(o, " handling units, ", " 个承办单位,")
            << w->org().officials().size() << pick(o, " posts\n", " 个职务\n");
  std::cout << pick(o, "Days simulated: ", "模拟日期:") << to_string(w->first()) << " … " << to_string(w->last())
            << pick(o, ", counted from ", ",统计自 ") << to_string(w->start()) << "\n\n";

  std::map<std::string_view, int> marks;
  for (const described_parameter& p : describe(s)) {
    ++marks[name_of(p.about.mark)];
    if (!o.all && !p.changed) continue;
    std::cout << '[' << name_of(p.about.mark) << "] " << one_line(p.about.key) << " = " << one_line(p.value) << "  " << p.about.unit;
    if (!p.words_en.empty()) std::cout << ": " << pick(o, p.words_en, p.words_zh);
    std::cout << "\n      "
              << pick(o, p.about.en, p.about.zh) << " (" << p.about.source << ")\n";
  }
  std::cout << '\n' << pick(o, "Parameters by origin:", "参数来源:");
  for (const auto& [mark, n] : marks) std::cout << "  [" << mark << "] " << n;
  std::cout << pick(o, "\n  A article, S public source, K general knowledge, I inference, C the planner's choice\n",
                    "\n  A 报道,S 公开资料,K 常识,I 推断,C 规划者的选择\n");
  if (!o.all) std::cout << pick(o, "Only values that differ from the defaults are listed; --all lists every one.\n", "仅列出与默认值不同的参数;--all 列出全部。\n");

  const auto gaps = audit(w->org());
  for (const fault& f : gaps) std::cerr << to_string(f, o.told) << '\n';
  const auto warnings = warnings_of(*w);
  for (const warning& one : warnings) std::cerr << to_string(one, o.told) << '\n';
  // No rule is satisfied by sessions that are not held.
  const bool all_held = std::none_of(warnings.begin(), warnings.end(), [](const warning& one) { return one.kind == warning_kind::no_session; });
  const bool sound = gaps.empty() && all_held;
  const auto collisions = w->plan().collisions();
  std::cout << pick(o, "\nDays on which the 15th and the bureau's day fall together: ", "\n15日与信访局接访日相遇的日期:");
  for (day d : collisions) if (w->counts(d)) std::cout << to_string(d) << ' ';
  std::cout << '\n';
  for (const double_booking& b : w->plan().double_bookings()) {
    if (!w->counts(b.date)) continue;
    std::cout << "  " << to_string(b.date) << ' ' << one_line(w->org()[b.who].post)
              << pick(o, " is needed in two places: at the petition bureau (R6) and at ", " 同时需在两处:县信访局(R6)与 ")
              << one_line(w->org().units()[b.missed_place].name) << pick(o, " (R5)\n", "(R5)\n");
  }
  if (!sound) {
    std::cout << pick(o, "Not every rule can be satisfied.\n", "有规则无法满足。\n");
  } else if (warnings.empty()) {
    std::cout << pick(o, "Sound: rules R3 to R9 can be satisfied.\n", "检查通过:规则 R3 至 R9 可以满足。\n");
  } else {
    const bool one = warnings.size() == 1;
    std::cout << pick(o, "Sound, with ", "检查通过,有 ") << warnings.size() << pick(o, one ? " warning" : " warnings", " 条警告")
              << pick(o, ": rules R3 to R9 can be satisfied.\n", ":规则 R3 至 R9 可以满足。\n");
  }
  return sound ? done : not_met;
}

int roster(const options& o) {
  const auto input = read_input(o.scenarios.front(), o.settings);
  if (!input) return tell(input.faults(), o);
  const auto w = world::make(input->settings, input->place.org, input->place.calendar);
  if (!w) return tell(w.faults(), o);
  day from = w->start(), to = w->last();
  std::vector<fault> faults;
  const auto date = [&](const std::string& text, const char* key, day& into) {
    if (text.empty()) return;
    const auto d = parse_day(text);
    if (!d) faults.push_back(date_fault({}, key, text, text));
    else if (*d < w->first() || *d > w->last()) {
      faults.push_back({fault_kind::out_of_period, {}, {key, to_string(w->first()) + ".." + to_string(w->last()), text}});
    } else into = *d;
  };
  date(o.from, "--from", from);
  date(o.to, "--to", to);
  if (faults.empty() && to < from) faults.push_back({fault_kind::not_chronological, {}, {"--to", to_string(to), to_string(from)}});
  if (!faults.empty()) return tell(faults, o);

  tell_warnings(o, warnings_of(*w));

  echo_settings(o, "", o.settings, w->setting(), std::cerr);
  std::vector<roster_row> rows;
  const county_tree& units = w->org().units();
  for (const reception_session& s : w->plan().sessions(from, to)) {
    if (!o.all && (s.where == venue::village || s.where == venue::section || s.where == venue::window)) continue;
    const auto& text = venue_texts[static_cast<std::size_t>(s.where)];
    roster_row row{s.date, s.start, s.start + s.length, std::string(pick(o, text.en, text.zh)), units.code(s.place), units[s.place].name, {}, {}, std::string(s.rule), ""};
    for (official_id who : s.people) {
      row.posts.push_back(w->org()[who].post);
      row.titles.push_back(w->org()[who].title);
    }
    for (const double_booking& b : w->plan().double_bookings()) {
      if (b.date == s.date && b.kept == s.where && std::find(s.people.begin(), s.people.end(), b.who) != s.people.end()) {
        row.note = std::string(pick(o, "also needed at ", "同日还需到")) + units[b.missed_place].name + " (R5)";
      }
    }
    rows.push_back(std::move(row));
  }
  std::cout << (o.format == "csv" ? roster_csv(rows) : roster_table(rows, o.spoken));
  return done;
}

}  // namespace sifang_program
