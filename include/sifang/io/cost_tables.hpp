// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_COST_TABLES_HPP
#define SIFANG_IO_COST_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/experiment/cost_result.hpp"
#include "sifang/experiment/cost_service.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/fitted_table.hpp"
#include "sifang/io/text_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What policies cost for what they bring, as tables and sentences for a terminal.

namespace sifang {

/// Most policies beside the base whose prices are shown in columns; those of more stand in cost.csv.
inline constexpr std::size_t most_price_columns = 4;

namespace detail {

/// Yuan with blanks between thousands.
[[nodiscard]] inline std::string yuan_text(double x) {
  char digits[40];
  std::snprintf(digits, sizeof digits, std::abs(x) >= 100 ? "%.0f" : "%.2f", std::abs(x));
  std::string out(digits);
  const std::size_t point = (std::min)(out.find('.'), out.size());
  for (std::size_t at = point; at > 3; at -= 3) out.insert(at - 3, " ");
  const bool is_zero = out.find_first_not_of("0.") == std::string::npos;
  return (x < 0 && !is_zero ? "-" : "") + out;
}
/// Yuan with their interval; differences with a sign.
[[nodiscard]] inline std::string yuan_interval(const interval& v, bool with_sign, language lang) {
  if (!v.has_value()) return {};
  const auto text = [&](double x) { return (with_sign && x >= 0 ? "+" : "") + yuan_text(x); };
  std::string out = text(v.estimate);
  if (v.kind == interval_kind::too_little_data) return out + too_few_years(lang);
  return v.bounded() ? out + " [" + text(v.lower) + ", " + text(v.upper) + "]" : out;
}

/// The tables of one result.
class cost_tables_maker {
 public:
  cost_tables_maker(const result_costs& r, std::span<const std::string> names, language lang, bool numbered)
      : r_(&r), names_(names), lang_(lang), numbered_(numbered) {
    SIFANG_ASSERT(names.size() == r.policies.size(), "a name for each policy");
    for (const std::string& n : names) numbered_ = numbered_ || display_width(n) > widest_name;
  }

  /// What each costs.
  [[nodiscard]] std::string totals() const {
    std::vector<std::vector<std::string>> rows(1);
    if (numbered_) rows[0].emplace_back("#");
    for (const std::string_view head : {say("policy", "方案"), say("cost a year, yuan", "年成本（元）"), say("minus the first", "减第一个"),
                                        say("leaders' hours a year", "县处级领导小时/年"), say("minus the first", "减第一个")})
      rows[0].emplace_back(head);
    for (std::size_t k = 0; k < names_.size() && k < most_rows; ++k) {
      const result_policy_cost& p = r_->policies[k];
      std::vector<std::string> row;
      if (numbered_) row.push_back(std::to_string(k + 1));
      row.push_back(one_line(names_[k]));
      row.push_back(yuan_interval(p.total, false, lang_));
      row.push_back(yuan_interval(p.difference, true, lang_));
      row.push_back(interval_text(p.leader_hours, "hours", lang_));
      row.push_back(k == 0 ? std::string() : difference_text(p.leader_hours_difference, "hours", lang_));
      rows.push_back(std::move(row));
    }
    return fitted_table(rows);
  }
  /// By part of the cost; empty where the parts are not known, or policies are many.
  [[nodiscard]] std::string parts() const {
    if (r_->parts.empty() || names_.size() > 1 + most_price_columns) return {};
    std::vector<std::vector<std::string>> rows{{std::string(say("of which, yuan a year", "其中（元/年）"))}};
    for (std::size_t k = 0; k < names_.size(); ++k)
      rows[0].push_back(name(k) + (k == 0 ? "" : std::string(say(", minus the first", " 减第一个"))));
    for (std::size_t p = 0; p < r_->parts.size(); ++p) {
      std::vector<std::string> row{std::string(say(r_->parts[p].en, r_->parts[p].zh))};
      for (std::size_t k = 0; k < names_.size(); ++k)
        row.push_back(k == 0 ? yuan_interval(r_->policies[k].parts[p], false, lang_)
                             : yuan_interval(r_->policies[k].part_differences[p], true, lang_));
      rows.push_back(std::move(row));
    }
    return fitted_table(rows) + '\n';
  }
  /// What one more of each service costs.
  [[nodiscard]] std::string prices() const {
    if (names_.size() < 2 || names_.size() > 1 + most_price_columns) return {};
    std::vector<std::vector<std::string>> rows{
        {std::string(say("yuan for each more (hours of county leaders)", "每增加一单位的元数（县处级领导小时）"))}};
    for (std::size_t k = 1; k < names_.size(); ++k) rows[0].push_back(name(k));
    for (std::size_t s = 0; s < r_->services.size(); ++s) {
      std::vector<std::string> row{std::string(say(r_->services[s].en, r_->services[s].zh))};
      for (std::size_t k = 1; k < names_.size(); ++k) row.push_back(price(r_->policies[k].services[s]));
      rows.push_back(std::move(row));
    }
    return fitted_table(rows) + '\n';
  }
  /// Who is worth the cost, by each service in which somebody differs from the first, and who brings much of it for little.
  [[nodiscard]] std::string fronts() const {
    std::string out;
    for (std::size_t s = 0; s < r_->services.size(); ++s) {
      const auto differs = [&](const result_policy_cost& p) {
        const std::string& v = p.services[s].verdict;
        return v != "base" && v != "same_service" && v != "too_few_years";
      };
      if (std::any_of(r_->policies.begin(), r_->policies.end(), differs)) out += front(s);
    }
    return out;
  }

 private:
  static constexpr std::size_t widest_name = 24, most_rows = 40;

  [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const noexcept { return spoken(lang_, en, zh); }
  [[nodiscard]] std::string name(std::size_t k) const { return numbered_ ? "#" + std::to_string(k + 1) : one_line(names_[k]); }

  [[nodiscard]] std::string price(const result_gain& g) const {
    if (g.verdict == "dominates") return std::string(say("more for no more cost", "增加服务而不增成本"));
    if (g.verdict == "dominated") return std::string(say("less for no less cost", "减少服务而不减成本"));
    if (!g.price.has_value()) return std::string(say("not defined: as much", "无从计算：服务无差异"));
    std::string out(g.verdict == "gives_up" ? say("saves for each less: ", "每减少一单位节省 ") : "");
    out += yuan_interval(g.price, false, lang_);
    if (g.leader_hours.has_value()) out += " (" + figure_text(g.leader_hours.estimate, "hours") + ")";
    return out;
  }
  [[nodiscard]] std::string standing(std::size_t k, std::size_t s) const {
    const result_gain& g = r_->policies[k].services[s];
    std::string out = name(k);
    if (g.by.empty()) return out;
    out += g.by.size() == 2
               ? std::string(say(" (by a mix of ", "（被 ")) + name(g.by[0]) + std::string(say(" and ", " 与 ")) + name(g.by[1])
               : std::string(g.place == "same" ? say(" (as ", "（同 ") : say(" (by ", "（被 ")) + name(g.by[0]);
    if (g.by.size() == 2) out += say("", " 的组合");
    out += g.sure ? "" : say(", which may be chance", "，可能出于偶然");
    return out + std::string(say(")", "）"));
  }
  [[nodiscard]] std::string front(std::size_t s) const {
    std::vector<std::size_t> on;
    std::string off;
    for (std::size_t k = 0; k < names_.size(); ++k) {
      if (r_->policies[k].services[s].place == "front")
        on.push_back(k);
      else
        off += std::string(off.empty() ? "" : say(", ", "、")) + standing(k, s);
    }
    std::stable_sort(on.begin(), on.end(),
                     [&](std::size_t a, std::size_t b) { return r_->policies[a].total.estimate < r_->policies[b].total.estimate; });
    std::string out(say(r_->services[s].en, r_->services[s].zh));
    out += say(": worth the cost, cheapest first: ", "：值得其成本者（由低到高）：");
    for (std::size_t i = 0; i < on.size(); ++i) out += std::string(i == 0 ? "" : say(", ", "、")) + name(on[i]);
    if (!off.empty()) out.append(say("; dominated: ", "；被占优：")).append(off);
    out += say(".\n", "。\n");
    for (const cost_share& one : cheaper_shares(*r_, s)) out += share(one);
    return out;
  }
  [[nodiscard]] std::string share(const cost_share& one) const {
    const auto per_cent = [](double x) { return figure_text(x, "share"); };
    std::string out("  ");
    if (lang_ == language::zh) {
      out.append(name(one.policy)).append(" 带来 ").append(name(one.of)).append(" 所带来的 ").append(per_cent(one.service));
      out.append("，新增成本为其 ").append(per_cent(one.cost));
      if (one.leader_hours > 0) out.append("（县处级领导新增小时为其 ").append(per_cent(one.leader_hours)).append("）");
      return out + "。\n";
    }
    out.append(name(one.policy)).append(" brings ").append(per_cent(one.service)).append(" of what ").append(name(one.of));
    out.append(" brings, for ").append(per_cent(one.cost)).append(" of its further cost");
    if (one.leader_hours > 0) out.append(" (").append(per_cent(one.leader_hours)).append(" of the further hours of county leaders)");
    return out + ".\n";
  }

  const result_costs* r_;
  std::span<const std::string> names_;
  language lang_;
  bool numbered_;
};

}  // namespace detail

/// What each policy costs, what one more of each service costs, and who is worth it. Long names are numbered. Empty where nothing was
/// reckoned.
/// \param names     of the policies, in their order; asserted
/// \param numbered  numbers stand for names in any case, as in a sweep
[[nodiscard]] inline std::string cost_tables(const result_costs& r, std::span<const std::string> names, language lang,
                                             bool numbered = false) {
  if (r.policies.empty()) return {};
  const detail::cost_tables_maker make(r, names, lang, numbered);
  std::string out(spoken(lang, "What it costs, at the prices of [cost]\n", "成本（按 [cost] 所定价格）\n"));
  out.append(make.totals()).append("\n").append(make.parts()).append(make.prices());
  return out.append(wrapped_lines(make.fronts()));
}

}  // namespace sifang

#endif
