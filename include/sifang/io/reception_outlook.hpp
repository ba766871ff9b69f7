// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RECEPTION_OUTLOOK_HPP
#define SIFANG_IO_RECEPTION_OUTLOOK_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/reception_estimate.hpp"
#include "sifang/io/figure_text.hpp"

#include <cstdio>
#include <string>
#include <vector>

/// \file
/// What reception can be expected to do, as a table that needs no simulation.

namespace sifang {

/// The estimate of a scenario's reception: a row a kind of session, the county, and what it leaves out. Empty where a recorded case load
/// takes the place of arrivals that are drawn, or nobody comes in person.
template <class = when_called>
[[nodiscard]] inline std::string reception_outlook(const world& w, language lang) {
  if (!w.generates()) return {};
  const reception_estimate e = estimate_reception(w);
  if (e.kinds.empty()) return {};
  const auto say = [](const char* form, double x) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, form, x);
    return std::string(buffer);
  };
  std::vector<std::vector<std::string>> rows{
      {std::string(spoken(lang, "Reception in the counted period, estimated", "统计期内接访（估算）")),
       std::string(spoken(lang, "sessions", "场次")), std::string(spoken(lang, "for them", "前往人次")),
       std::string(spoken(lang, "each", "每场")), std::string(spoken(lang, "can hear", "每场可接待")),
       std::string(spoken(lang, "within 15 days", "15 日内")), std::string(spoken(lang, "mean days", "平均天数")),
       std::string(spoken(lang, "left over", "每场剩余"))}};
  for (const estimated_reception& k : e.kinds) {
    const session_kind& kind = w.plan().kind(k.where);
    rows.push_back({one_line(std::string(spoken(lang, kind.title_en, kind.title_zh))), std::to_string(k.sessions), say("%.0f", k.offered),
                    k.sessions > 0 ? say("%.2f", k.offered / static_cast<double>(k.sessions)) : "–", say("%.1f", k.capacity),
                    say("%.1f %%", 100 * k.heard_15d), say("%.1f", k.wait_days), say("%.3f", k.left)});
  }
  rows.push_back({std::string(spoken(lang, "all who mean to speak in person", "全部拟当面反映者")), "", say("%.0f", e.offered), "", "",
                  say("%.1f %%", 100 * e.heard_15d), say("%.1f", e.wait_days), ""});
  std::string out = table_of(rows);
  out += std::string(spoken(lang, "Heard by a leader within 15 days: ", "15 日内由领导接待：")) +
         say("%.1f %%", 100 * e.heard_by_leader_15d) +
         std::string(spoken(lang, ". Nothing was simulated: each series of dated sessions as the exact queue of theory. Left out:\n",
                            "。未作模拟：各处接访场次按排队论精确求解。未计入：\n"));
  out += spoken(lang, "those who come again and the load they bring, those who go away or write instead, absences, irregular visits.\n\n",
                "重复来访及其负荷、离去或改为书面者、领导缺席、不定期接访。\n\n");
  return out;
}

}  // namespace sifang

#endif
