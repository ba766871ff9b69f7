// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_NATION_STUDY_HPP
#define SIFANG_IO_NATION_STUDY_HPP

#include "sifang/core/fault.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/experiment/nation.hpp"
#include "sifang/io/divisions.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/input_print.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// A national run from division tables: its counties, what identifies them, and its figures as tables.

namespace sifang {

/// The counties of a country, as `run_nation` takes them. Matters are in proportion to villages.
/// \param matters_per_year  of a county with the average number of villages
/// \param divisions  live as long as the counties are used
[[nodiscard]] inline std::vector<nation_county> counties_of(const national_divisions& divisions, double matters_per_year) {
  std::vector<nation_county> out;
  const std::size_t counties = divisions.counties().size();
  for (const division_county& c : divisions.counties()) {
    std::size_t province = 0;
    while (divisions.provinces()[province].code != c.province) ++province;
    const double share =
        matters_per_year * static_cast<double>(counties) * static_cast<double>(c.villages) / static_cast<double>(divisions.villages());
    out.push_back({c.code, c.name, province, divisions.townships(c), share});
  }
  return out;
}

/// Takes in counties: codes and names of all that they hold.
inline void add_counties(fingerprint& into, std::span<const nation_county> counties) {
  for (const nation_county& c : counties) {
    add_text(into, c.code);
    for (const division_township& t : c.townships) {
      add_text(into, t.code);
      add_text(into, t.name);
      for (const division_place& v : t.villages) {
        add_text(into, v.code);
        add_text(into, v.name);
      }
    }
  }
}

/// The nation's headline metrics that add up over counties, and where its matters ended, means over the replications.
/// \param villages  that were played
[[nodiscard]] inline std::string nation_tables(const nation_result& r, std::size_t villages, double confidence, language lang) {
  std::vector<std::vector<std::string>> rows(1, {std::string(spoken(lang, "metric", "指标")), std::string(spoken(lang, "nation", "全国"))});
  const std::vector<nation_sums> whole = whole_nation(r);
  const t_scale scale(r.replications, confidence);
  for (const metric_info& m : metric_table) {
    if (m.headline && adds_up(m.id))
      rows.push_back({std::string(spoken(lang, m.en, m.zh)), interval_text(nation_estimate(m.id, whole, scale), m.unit, lang)});
  }
  std::string out = table_of(rows) + note_of_years(r.replications, lang);
  nation_counts n;
  for (const nation_sums& one : whole) n += one.counts;
  const double each = 1 / static_cast<double>(r.replications);
  const auto add = [&](std::string_view what, const std::string& count) { out.append(what).append(count); };
  const auto mean = [&](double x) { return std::to_string(std::llround(x * each)); };
  add(spoken(lang, "counties ", "县 "), std::to_string(r.counties));
  add(spoken(lang, ", villages ", "，村（社区） "), std::to_string(villages));
  add(spoken(lang, ", matters ", "，事项 "), mean(n.born));
  add(spoken(lang, " (silent ", "（未提出 "), mean(n.silent));
  add(spoken(lang, ", on the way ", "，途中 "), mean(n.on_the_way));
  add(spoken(lang, ", open ", "，在办 "), mean(n.open));
  add(spoken(lang, ", closed ", "，办结 "), mean(n.closed));
  return out.append(spoken(lang, ")\n", "）\n"));
}

/// A line that says what of the tables was not played; empty if all was.
[[nodiscard]] inline std::string left_out_line(const national_divisions& divisions, language lang) {
  if (divisions.counties_left_out() + divisions.townships_left_out() == 0) return {};
  std::string out(spoken(lang, "Left out, since no village of the tables is in them: counties ", "未纳入模拟（表中没有其村级单位）：县 "));
  out.append(std::to_string(divisions.counties_left_out())).append(spoken(lang, ", townships ", "，乡级 "));
  return out.append(std::to_string(divisions.townships_left_out())).append("\n");
}

}  // namespace sifang

#endif
