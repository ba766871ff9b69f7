// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_OPTIMISATION_TABLES_HPP
#define SIFANG_IO_OPTIMISATION_TABLES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/further_handlers.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/experiment/decision_task.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/experiment/optimise.hpp"
#include "sifang/io/decided_roster.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/optimisation_results.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

namespace detail {

/// Whether what is made least is money: one of the weights is of money that was spent, so that those of hours and the like are prices.
[[nodiscard]] inline bool cost_is_money(const decision_task& task) {
  return std::any_of(task.costs.begin(), task.costs.end(), [](const decision_cost& c) { return info(c.what).unit == "yuan"; });
}

/// What an optimisation found, as a terminal shows it.
class optimisation_writer {
 public:
  optimisation_writer(const decision_task& task, const optimisation_result& r, const lattice_options& search, const scenario& today,
                      language lang)
      : task_(task), r_(r), search_(search), setting_(today), today_(describe(today)), lang_(lang) {
    if (cost_is_money(task)) cost_unit_ = in(" yuan", " 元");
  }

  [[nodiscard]] std::string tables() {
    decisions();
    if (!r_.answer.path.empty()) path();
    if (!r_.answer.proof.figures.empty()) targets();
    if (r_.answer.end == lattice_end::proven) below();
    notes();
    return std::move(out_);
  }
  [[nodiscard]] std::string sentence() const {
    switch (r_.answer.end) {
      case lattice_end::proven:
        return proven();
      case lattice_end::stopped:
        return in("Stopped before anything was proven.", "证明完成前已中止。");
      case lattice_end::impossible:
        return in("The targets can't be judged: the county can't be as it was tried, or nothing of a target's kind is counted.",
                  "无法判断目标：所试方案不成立，或没有可统计的对象。");
      default:
        return not_met();
    }
  }

 private:
  [[nodiscard]] std::string in(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] std::string short_number(double x) const {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", x);
    return text;
  }
  [[nodiscard]] std::string cost_text(double x) const { return figure_text(x, "") + cost_unit_; }
  [[nodiscard]] std::string name_of_target(std::size_t k) const {
    const decision_target& t = judged(task_, r_, k);
    if (!t.is_part) return t.name;
    const std::string part = in(t.part_en, t.part_zh);
    return t.name.substr(0, t.name.find('[')) + ' ' + part;
  }
  [[nodiscard]] std::string wanted_text(std::size_t k) const {
    const decision_target& t = judged(task_, r_, k);
    return (t.wanted.at_least ? ">= " : "<= ") + bound_text(t.wanted.bound, t.measure.unit());
  }
  [[nodiscard]] std::string today_of(const std::string& key) const {
    if (key == links_key) return std::string(links_values[0]);
    if (const auto code = unit_of_handlers(key); !code.empty()) return std::to_string(further_handlers_of(setting_, code));
    const auto at = std::find_if(today_.begin(), today_.end(), [&](const described_parameter& d) { return d.about.key == key; });
    return at == today_.end() ? std::string() : at->value;
  }

  void decisions() {
    std::vector<std::vector<std::string>> rows{{in("decision", "决策"), in("values", "取值"), in("today", "现状"), in("start", "起点"),
                                                in("why there", "起点依据"), in("answer", "答案")}};
    for (std::size_t j = 0; j < task_.decisions.size(); ++j) {
      const decision& d = task_.decisions[j];
      const decision_start& s = r_.starts[j];
      const std::string range = d.values.size() == 1 ? d.values.front()
                                : d.values.front().size() + d.values.back().size() < 16
                                    ? d.values.front() + " … " + d.values.back()
                                    : std::to_string(d.values.size()) + in(" rules", " 项");
      rows.push_back(
          {d.key, range, today_of(d.key), d.values[static_cast<std::size_t>(s.level)], why(s), value_at(task_, r_.answer.at, j)});
    }
    out_ += table_of(rows) + '\n';
  }
  [[nodiscard]] std::string why(const decision_start& s) const {
    switch (s.basis) {
      case start_basis::given:
        return in("given", "给定");
      case start_basis::offered_load:
        return in("load ", "负荷 ") + short_number(s.load) + in(": ", "：") + figure_text(s.served, "share") +
               in(" need not wait", " 无须等候");
      case start_basis::reception_day:
        return short_number(s.load) + in(" visits a year and place: ", " 批/年·处：") + figure_text(s.served, "share") +
               in(" heard in time", " 按期接谈");
      default:
        return in("middle", "居中");
    }
  }

  /// How the best point moved: the first two and the last ones.
  void path() {
    constexpr std::size_t shown = 8;
    std::vector<std::vector<std::string>> rows{
        {in("search", "搜索"), in("values", "取值"), in("cost", "成本"), in("nearest target", "最紧的目标")}};
    const std::size_t n = r_.answer.path.size(), left_out = n > shown ? n - shown : 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (left_out > 0 && i == 2) {
        rows.push_back({"…", std::to_string(left_out) + in(" more", " 步"), "", ""});
        i += left_out;
      }
      const lattice_trial& t = r_.answer.trials[r_.answer.path[i]];
      rows.push_back({step_text(t.why), levels(t.at), t.sums.replications() > 0 ? cost_text(t.cost) : "–", tightest(t)});
    }
    out_ += table_of(rows) + '\n';
  }
  [[nodiscard]] std::string step_text(lattice_step s) const {
    constexpr std::pair<std::string_view, std::string_view> texts[] = {{"start", "起点"},   {"all at their most", "全部取最大"},
                                                                       {"between", "折中"}, {"one lowered", "单项下调"},
                                                                       {"beside", "相邻"},  {"exchange", "此增彼减"},
                                                                       {"raised", "上调"},  {"one lowered, proven", "单项下调（已证明）"}};
    const auto& [en, zh] = texts[static_cast<std::size_t>(s)];
    return in(en, zh);
  }
  [[nodiscard]] std::string levels(const lattice_point& at) const {
    std::string out;
    for (std::size_t j = 0; j < at.size(); ++j) {
      const std::string& v = value_at(task_, at, j);
      out += (out.empty() ? "" : " · ") + (v.size() <= 8 ? v : '#' + std::to_string(at[j] + 1));
    }
    return out;
  }
  [[nodiscard]] std::string tightest(const lattice_trial& t) const {
    if (t.slacks.empty()) return "–";
    std::size_t k = 0;
    for (std::size_t i = 1; i < t.slacks.size(); ++i) {
      const auto part = [&](std::size_t a) { return t.slacks[a].estimate / (std::max)(std::abs(judged(task_, r_, a).wanted.bound), 1e-9); };
      if (part(i) < part(k)) k = i;
    }
    return name_of_target(k) + ' ' + figure_text(t.sums.ratio(k), judged(task_, r_, k).measure.unit());
  }

  /// Figures of the answer; of a target for each part the worst five.
  void targets() {
    std::vector<std::vector<std::string>> rows{
        {in("target", "目标"), in("wanted", "要求"), in("today", "现状"), in("answer, on years not searched", "答案（另一批年份）"), ""}};
    const lattice_proof& p = r_.answer.proof;
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < p.figures.size(); ++k) order.push_back(k);
    std::size_t left_out = 0;
    constexpr std::size_t most_parts = 5;
    for (const std::size_t k : order) {
      if (judged(task_, r_, k).is_part && rank_among_parts(p, k) >= most_parts) {
        ++left_out;
        continue;
      }
      const std::string_view unit = judged(task_, r_, k).measure.unit();
      const double now = r_.today.replications() > 0 ? r_.today.ratio(k) : std::nan("");
      rows.push_back({name_of_target(k), wanted_text(k), std::isfinite(now) ? figure_text(now, unit) : "–",
                      interval_text(p.figures[k], unit, lang_), state_text(p.slacks[k].state)});
    }
    if (left_out > 0)
      rows.push_back(
          {std::to_string(left_out) + in(" more parts", " 个其他部分"), "", "", in("further from their bound", "离界限更远"), ""});
    if (task_.sessions_a_week && !p.known.empty())
      rows.push_back({in("sessions a week", "每周场次"), "<= " + short_number(*task_.sessions_a_week), "", short_number(p.known.front()),
                      p.known.front() <= *task_.sessions_a_week ? state_text(lattice_state::holds) : state_text(lattice_state::fails)});
    const std::size_t cost = r_.judged.size();
    rows.push_back({in("cost", "成本"), in("least", "最小"),
                    r_.today.replications() > 0 && !task_.costs.empty() ? cost_text(r_.today.ratio(cost) + today_price()) : "–",
                    interval_text(p.cost, "", lang_) + cost_unit_, ""});
    out_ += table_of(rows) + '\n';
  }
  /// Prices of the values of today, where they stand among the decision's.
  [[nodiscard]] double today_price() const {
    double out = 0;
    for (const decision& d : task_.decisions) {
      const auto at = std::find(d.values.begin(), d.values.end(), today_of(d.key));
      if (!d.prices.empty() && at != d.values.end()) out += d.prices[static_cast<std::size_t>(at - d.values.begin())];
    }
    return out;
  }
  [[nodiscard]] std::size_t rank_among_parts(const lattice_proof& p, std::size_t k) const {
    std::size_t before = 0;
    for (std::size_t i = 0; i < p.slacks.size(); ++i) {
      if (i == k || !judged(task_, r_, i).is_part || judged(task_, r_, i).measure.what != judged(task_, r_, k).measure.what) continue;
      before += p.slacks[i].least < p.slacks[k].least || (p.slacks[i].least == p.slacks[k].least && i < k) ? 1 : 0;
    }
    return before;
  }
  [[nodiscard]] std::string state_text(lattice_state s) const {
    constexpr std::pair<std::string_view, std::string_view> texts[] = {
        {"not looked at", "未看"}, {"met", "达到"}, {"missed", "未达到"}, {"not proven", "未能证明"}, {"no data", "无数据"}};
    const auto& [en, zh] = texts[static_cast<std::size_t>(s)];
    return in(en, zh);
  }

  void below() {
    if (r_.answer.below.empty()) {
      out_ += has_below() ? in("The points just below were not looked at: the budget was used up.\n", "预算用尽，未看仅低一档的各点。\n")
                          : in("Nothing lies below: every decision is at its least value.\n", "已无更低取值：各项决策均为最小。\n");
      return;
    }
    std::vector<std::vector<std::string>> rows{
        {in("one step below", "仅低一档"), in("from", "由"), in("to", "至"), in("saves", "节省"), in("and then", "结果")}};
    for (const lattice_proof& p : r_.answer.below) {
      const auto j = static_cast<std::size_t>(p.axis);
      rows.push_back({task_.decisions[j].key, value_at(task_, r_.answer.at, j), value_at(task_, p.at, j),
                      p.saved.has_value() ? interval_text(p.saved, "", lang_) + cost_unit_ : "–", what_fails(p)});
    }
    out_ += table_of(rows) + '\n';
  }
  [[nodiscard]] bool has_below() const {
    return std::any_of(r_.answer.at.begin(), r_.answer.at.end(), [](int level) { return level > 0; });
  }
  [[nodiscard]] std::string what_fails(const lattice_proof& p) const {
    if (p.state == lattice_state::holds) return in("holds too, and saves nothing for certain", "同样达到，但不能确定有节省");
    if (!p.known.empty() && task_.sessions_a_week && p.known.front() > *task_.sessions_a_week)
      return in("missed: ", "未达到：") + short_number(p.known.front()) + in(" sessions a week", " 场/周");
    if (p.figures.empty()) return in("the county can't be so", "方案不成立");
    std::size_t worst = 0;
    for (std::size_t k = 1; k < p.slacks.size(); ++k) {
      if (p.slacks[k].state == p.state && (p.slacks[worst].state != p.state || p.slacks[k].most < p.slacks[worst].most)) worst = k;
    }
    return state_text(p.state) + in(": ", "：") + name_of_target(worst) + ' ' +
           interval_text(p.figures[worst], judged(task_, r_, worst).measure.unit(), lang_);
  }

  void notes() {
    if (!r_.left_out.empty())
      out_ +=
          several(r_.left_out.size(), " part of the county is not judged: too few cases a year are counted there.\n",
                  " parts of the county are not judged: too few cases a year are counted there.\n", " 个部分年均件数过少，不作判断。\n");
    for (const fault& f : r_.faults) {
      out_ += in("Left out where the county can't be so: ", "方案不成立而略去：") + to_string(f, lang_) + '\n';
      break;
    }
    out_ += in("Simulated: ", "共模拟 ") + std::to_string(r_.answer.replications) + in(" years of ", " 年，") +
            std::to_string(r_.answer.trials.size()) + in(" points", " 个点") + in(" of ", " / 共 ") + number_of_points() +
            in("; the proof on years that the search has not seen, all of its intervals true together with ",
               "；证明所用年份与搜索不同，其全部区间同时成立的置信水平为 ") +
            figure_text(search_.confidence, "share") + in(".\n", "。\n");
    if (r_.answer.out_of_budget)
      out_ += in("The budget was used up: a greater one may find less cost.\n", "预算已用尽：加大预算或可再降成本。\n");
  }
  [[nodiscard]] std::string number_of_points() const {
    double out = 1;
    for (const decision& d : task_.decisions) out *= static_cast<double>(d.values.size());
    char text[32];
    std::snprintf(text, sizeof text, out < 1e9 ? "%.0f" : "%.2g", out);
    return text;
  }

  [[nodiscard]] std::string proven() const {
    std::size_t fail = 0, open = 0, same = 0;
    for (const lattice_proof& p : r_.answer.below) {
      fail += p.state == lattice_state::fails ? 1 : 0;
      same += p.state == lattice_state::holds ? 1 : 0;
      open += p.state == lattice_state::undecided || p.state == lattice_state::no_data ? 1 : 0;
    }
    std::string out = in("Least cost found that meets every target: ", "达到全部目标的最小成本：") +
                      cost_text(r_.answer.proof.cost.estimate) + in(" a period; proven at ", "（每期），置信水平 ") +
                      figure_text(search_.confidence, "share") + in(".", "。");
    const std::string n = std::to_string(r_.answer.below.size());
    if (r_.answer.below.empty()) return out;
    if (fail == r_.answer.below.size())
      out += all_below_miss();
    else
      out += in(" Of the ", "仅低一档的 ") + n + in(" points one step below, ", " 个点中，") +
             several(fail, " is shown to miss a target", " are shown to miss a target", " 个已证明达不到") +
             (open > 0 ? in(", ", "，") + several(open, " is not proven to meet them", " are not proven to meet them", " 个未能证明达到")
                       : "") +
             (same > 0 ? in(", ", "，") + several(same, " meets them and saves nothing for certain",
                                                  " meet them and save nothing for certain", " 个同样达到但不能确定有节省")
                       : "") +
             in(".", "。");
    if (r_.answer.seen_all) out += in(" Every point was looked at.", "所有点均已看过。");
    return out;
  }
  /// How many, and what is said of one, or of none and of several.
  [[nodiscard]] std::string several(std::size_t count, std::string_view one, std::string_view more, std::string_view zh) const {
    return std::to_string(count) + in(count == 1 ? one : more, zh);
  }
  [[nodiscard]] std::string all_below_miss() const {
    const std::size_t n = r_.answer.below.size();
    if (n == 1) return in(" The one point one step below is shown to miss a target.", "仅低一档的 1 个点已证明达不到目标。");
    return in(" Each of the ", "仅低一档的 ") + std::to_string(n) +
           in(" points one step below is shown to miss a target.", " 个点均已证明达不到目标。");
  }
  [[nodiscard]] std::string not_met() const {
    const lattice_proof& p = r_.answer.proof;
    const bool shown = p.state == lattice_state::fails;
    std::string out = shown ? in("The targets can't be met by any point that was tried; the nearest one", "所试各点均达不到目标；最接近者")
                            : in("No point is proven to meet the targets; the nearest one", "没有一个点被证明达到目标；最接近者");
    if (!p.known.empty() && task_.sessions_a_week && p.known.front() > *task_.sessions_a_week)
      return out + in(" has ", "为 ") + short_number(p.known.front()) + in(" sessions a week for somebody, of ", " 场/周，上限 ") +
             short_number(*task_.sessions_a_week) + in(" allowed.", "。");
    std::string missed;
    for (std::size_t k = 0; k < p.slacks.size(); ++k) {
      if (p.slacks[k].state == lattice_state::holds) continue;
      missed += (missed.empty() ? "" : in("; ", "；")) + name_of_target(k) + ' ' +
                interval_text(p.figures[k], judged(task_, r_, k).measure.unit(), lang_) + in(", wanted ", "，要求 ") + wanted_text(k);
    }
    out += in(" has ", "为 ") + missed + in(".", "。");
    std::string most, least;
    for (std::size_t j = 0; j < task_.decisions.size(); ++j) {
      const decision& d = task_.decisions[j];
      if (d.values.size() > 1 && r_.answer.at[j] + 1 == static_cast<int>(d.values.size()))
        most += (most.empty() ? "" : in(", ", "、")) + d.key;
    }
    if (!most.empty()) out += in(" At their most: ", "已取最大值的决策：") + most + in(".", "。");
    return out;
  }

  const decision_task& task_;
  const optimisation_result& r_;
  const lattice_options& search_;
  const scenario& setting_;
  std::vector<described_parameter> today_;
  language lang_;
  std::string out_, cost_unit_;
};

}  // namespace detail

/// Tables for a terminal: decisions with where the search began and the answer, the way of the search, targets, and what lies just below.
/// \param today  the scenario as it is
[[nodiscard]] inline std::string optimisation_tables(const decision_task& task, const optimisation_result& r, const lattice_options& search,
                                                     const scenario& today, language lang) {
  return detail::optimisation_writer(task, r, search, today, lang).tables();
}
/// What was found, in a sentence or two.
[[nodiscard]] inline std::string optimisation_sentence(const decision_task& task, const optimisation_result& r,
                                                       const lattice_options& search, const scenario& today, language lang) {
  return detail::optimisation_writer(task, r, search, today, lang).sentence();
}
/// What the roster of the answer is for people, in a line.
[[nodiscard]] inline std::string roster_sentence(const decided_roster& roster, language lang) {
  const auto in = [&](std::string_view en, std::string_view zh) { return std::string(spoken(lang, en, zh)); };
  int most = 0, fewest = 0, week = 0;
  for (const roster_duties& d : roster.duties) {
    most = (std::max)(most, d.sessions);
    fewest = fewest == 0 ? d.sessions : (std::min)(fewest, d.sessions);
    week = (std::max)(week, d.most_in_a_week);
  }
  char gini[16];
  std::snprintf(gini, sizeof gini, "%.2f", roster.gini);
  return in("Roster of the county's leaders: ", "县处级领导排班：") + std::to_string(roster.seats) + in(" seats, ", " 个席位，") +
         std::to_string(roster.empty) + in(" empty; ", " 个空缺；每人 ") + std::to_string(fewest) + in(" to ", " 至 ") +
         std::to_string(most) + in(" sessions each, at most ", " 场，每周至多 ") + std::to_string(week) +
         in(" in a week, ", " 场，场间休息至少 ") + std::to_string(roster.rest_hours) +
         in(" hours of rest at least, Gini ", " 小时，不均衡度（基尼）") + gini +
         (roster.is_optimal ? in("; none is better.", "；已是最优。") : in("; the best found.", "；为所找到的最好安排。"));
}

}  // namespace sifang

#endif
