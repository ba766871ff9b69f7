// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_RESULTS_WORKBOOK_HPP
#define SIFANG_OFFICE_RESULTS_WORKBOOK_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/provenance.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/office_tables.hpp"
#include "sifang/io/roster.hpp"
#include "sifang/office/workbook.hpp"
#include "sifang/stats/interval.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Results as the sheets of one workbook: key figures, the tables of an office, sessions, roster, assumptions.

namespace sifang {

/// What a workbook tells of one policy, beside its figures.
struct workbook_policy {
  std::string id;                              ///< as in the results
  std::vector<office_table> tables{};          ///< of one possible year
  std::vector<roster_row> roster{};            ///< of the counted period
  std::vector<result_assumption> assumptions;  ///< every parameter
};

/// What a workbook is made of.
struct workbook_contents {
  std::string county,                     ///< name of the root unit
      start,                              ///< first counted day, ISO 8601
      end,                                ///< last counted day, included
      version;                            ///< of the library
  std::uint64_t seed = 0;                 ///< of the first policy
  int replication = 0;                    ///< which possible year the tables show
  const result* figures = nullptr;        ///< of many years, with intervals; null: none, and no sheets of them
  std::vector<workbook_policy> policies;  ///< at least one; several have a column that says which
};

namespace detail {

/// What the columns of an office's table hold: t text, n whole number, d date, s share, a amount.
struct office_columns {
  std::string_view file;   ///< as in `office_files`
  bilingual sheet;         ///< name of its sheet
  std::string_view holds;  ///< a letter a column; the last goes on for further columns
};
inline constexpr std::array<office_columns, office_files.size()> columns_of_office{{
    {"three-rates.csv", {"Three rates", "三率"}, "ttnnsnnsnnsns"},
    {"due.csv", {"Overdue and due", "超期与临期"}, "ttdtdnntt"},
    {"repeats.csv", {"Repeats, long-pending", "重复信访与积案"}, "ttdntttt"},
    {"owned-cases.csv", {"Owned cases", "包案台账"}, "tttdtdtttdt"},
    {"wall-chart.csv", {"Wall chart", "挂图作战"}, "tttddtdtt"},
    {"return-visits.csv", {"Return visits", "回访"}, "tdtttttttat"},
    {"closed-and-gone.csv", {"Closed and gone", "案结事了"}, "tn"},
    {"arrivals.csv", {"Registrations", "初次登记"}, "tn"},
    {"appointments.csv", {"Appointments", "约访"}, "tdtddtttt"},
}};

/// Makes the sheets in one language.
class results_workbook_maker {
 public:
  results_workbook_maker(const workbook_contents& of, language lang) : of_(&of), lang_(lang), several_(of.policies.size() > 1) {}

  [[nodiscard]] std::vector<sheet> make() const {
    std::vector<sheet> out{about()};
    if (of_->figures != nullptr) {
      out.push_back(key_figures());
      if (!of_->figures->comparisons.empty()) out.push_back(differences());
    }
    for (std::size_t t = 0; t < of_->policies.front().tables.size(); ++t) out.push_back(office_sheet(t));
    if (of_->figures != nullptr) out.push_back(sessions());
    out.push_back(roster());
    out.push_back(assumptions());
    return out;
  }

 private:
  using row = std::vector<sheet_cell>;

  [[nodiscard]] std::string pick(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] sheet begin(std::string_view en, std::string_view zh, std::initializer_list<bilingual> columns) const {
    sheet out{pick(en, zh), {}};
    if (several_) out.header.push_back(pick("policy", "方案"));
    for (const bilingual& c : columns) out.header.push_back(pick(c.en, c.zh));
    return out;
  }
  [[nodiscard]] row begin_row(std::string_view policy) const {
    if (!several_) return {};
    return {sheet_cell::of(policy)};
  }
  /// A figure in its unit.
  [[nodiscard]] static sheet_cell figure(double x, std::string_view unit) {
    return sheet_cell::of(x, unit == "share" ? cell_kind::share : cell_kind::number);
  }
  static void put_interval(row& into, const interval& v, std::string_view unit) {
    into.push_back(v.has_value() ? figure(v.estimate, unit) : sheet_cell{});
    for (double bound : {v.lower, v.upper}) into.push_back(v.bounded() ? figure(bound, unit) : sheet_cell{});
  }
  [[nodiscard]] sheet_cell unit_cell(std::string_view unit) const {
    constexpr std::array<bilingual, 18> words{{{"share", "比率"},
                                               {"days", "天"},
                                               {"minutes", "分钟"},
                                               {"hours", "小时"},
                                               {"cases", "件"},
                                               {"persons", "人"},
                                               {"visits", "次"},
                                               {"km", "公里"},
                                               {"index", "指数"},
                                               {"items", "条"},
                                               {"matters", "件"},
                                               {"meetings", "次"},
                                               {"per case", "每件"},
                                               {"petitions", "件次"},
                                               {"posts", "个"},
                                               {"registrations", "件次"},
                                               {"times", "次"},
                                               {"yuan", "元"}}};
    for (const auto& [en, zh] : words) {
      if (en == unit) return sheet_cell::of(spoken(lang_, en, zh));
    }
    return sheet_cell::of(unit);
  }

  [[nodiscard]] sheet about() const {
    sheet out{pick("About", "说明"), {pick("what", "项目"), pick("value", "内容")}};
    const auto say = [&](std::string_view en, std::string_view zh, sheet_cell value) {
      out.rows.push_back({sheet_cell::of(spoken(lang_, en, zh)), std::move(value)});
    };
    const auto say_day = [&](std::string_view en, std::string_view zh, const std::string& text) {
      const auto d = parse_day(text);
      say(en, zh, d ? sheet_cell::of(*d) : sheet_cell::of(text));
    };
    say("county", "县", sheet_cell::of(of_->county));
    say_day("first day", "首日", of_->start);
    say_day("last day", "末日", of_->end);
    for (const workbook_policy& p : of_->policies) say("policy", "方案", sheet_cell::of(p.id));
    say("seed", "随机种子", sheet_cell::of(std::to_string(of_->seed)));
    if (const result* r = of_->figures; r != nullptr) {
      say("years behind the key figures", "主要指标的模拟年数", sheet_cell::of(r->policies.front().replications, cell_kind::whole));
      if (r->unfinished_replications > 0)
        say("UNFINISHED: years that are missing", "未完成：缺少的年数", sheet_cell::of(r->unfinished_replications, cell_kind::whole));
      say("level of the intervals", "区间置信水平", sheet_cell::of(r->confidence, cell_kind::share));
      for (const result_policy& p : r->policies) say("fingerprint", "指纹", sheet_cell::of(p.fingerprint));
    }
    say("tables and lists show one possible year: replication", "各表所示为一次模拟：模拟序号",
        sheet_cell::of(of_->replication, cell_kind::whole));
    say("overdue and due: as on the last day", "超期与临期：截至末日", sheet_cell{});
    say("made by", "生成程序", sheet_cell::of("sifang " + of_->version));
    return out;
  }

  [[nodiscard]] sheet key_figures() const {
    const result& r = *of_->figures;
    sheet out = begin("Key figures", "主要指标",
                      {{"metric", "指标"},
                       {"unit", "单位"},
                       {"estimate", "估计值"},
                       {"lower", "下限"},
                       {"upper", "上限"},
                       {"interval", "区间说明"},
                       {"numerator a year", "年均分子"},
                       {"denominator a year", "年均分母"}});
    for (std::size_t m = 0; m < r.metrics.size(); ++m) {
      if (!r.metrics[m].headline) continue;
      for (const result_policy& p : r.policies) {
        const interval& v = p.values[m][0][0];
        row one = begin_row(p.id);
        one.push_back(sheet_cell::of(spoken(lang_, r.metrics[m].en, r.metrics[m].zh)));
        one.push_back(unit_cell(r.metrics[m].unit));
        put_interval(one, v, r.metrics[m].unit);
        one.push_back(sheet_cell::of(spoken(lang_, text_of(v.kind).en, text_of(v.kind).zh)));
        const ratio_parts parts = p.parts.empty() ? ratio_parts{} : p.parts[m][0][0];
        if (parts.known()) {
          const ratio_parts year = parts.of_a_year(static_cast<std::size_t>(p.replications));
          one.push_back(sheet_cell::of(year.numerator, cell_kind::number));
          one.push_back(sheet_cell::of(year.denominator, cell_kind::number));
        }
        out.rows.push_back(std::move(one));
      }
    }
    return out;
  }

  /// Differences of shares are shares too: 1 % is one percentage point.
  [[nodiscard]] sheet differences() const {
    const result& r = *of_->figures;
    sheet out{pick("Differences", "方案差异"),
              {pick("policy", "方案"), pick("minus", "减"), pick("metric", "指标"), pick("unit", "单位"), pick("difference", "差值"),
               pick("lower", "下限"), pick("upper", "上限"), pick("verdict", "结论")}};
    for (const result_comparison& c : r.comparisons) {
      for (std::size_t m = 0; m < r.metrics.size(); ++m) {
        if (!r.metrics[m].headline) continue;
        const result_difference& d = c.values[m][0][0];
        row one{sheet_cell::of(r.policies[c.other].id), sheet_cell::of(r.policies[c.base].id),
                sheet_cell::of(spoken(lang_, r.metrics[m].en, r.metrics[m].zh)), unit_cell(r.metrics[m].unit)};
        put_interval(one, d.difference, r.metrics[m].unit);
        one.push_back(sheet_cell::of(d.difference.has_value() ? verdict_text(d.verdict, lang_) : std::string_view()));
        out.rows.push_back(std::move(one));
      }
    }
    return out;
  }

  [[nodiscard]] static sheet_cell cell_of(std::string_view text, char holds) {
    if (text.empty()) return {};
    if (holds == 'd') {
      const auto d = parse_day(text);
      return d ? sheet_cell::of(*d) : sheet_cell::of(text);
    }
    const auto number = holds == 't' ? std::nullopt : parse_number<double>(text);
    if (!number) return sheet_cell::of(text);
    return sheet_cell::of(*number, holds == 's' ? cell_kind::share : holds == 'n' ? cell_kind::whole : cell_kind::number);
  }

  /// One table of an office, of every policy.
  [[nodiscard]] sheet office_sheet(std::size_t t) const {
    const office_columns& about = columns_of_office[t];
    sheet out{pick(about.sheet.en, about.sheet.zh), {}};
    if (several_) out.header.push_back(pick("policy", "方案"));
    for (const workbook_policy& p : of_->policies) {
      std::vector<fault> ignored;  // of a header that says "in time" twice
      std::string_view text = p.tables[t].text;
      if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
      const csv_table table = csv_table::parse(text, std::string(about.file), ignored);
      if (&p == &of_->policies.front()) out.header.insert(out.header.end(), table.header().begin(), table.header().end());
      for (std::size_t r = 0; r < table.size(); ++r) {
        row one = begin_row(p.id);
        for (std::size_t c = 0; c < table.header().size(); ++c) {
          const char holds = about.holds[(std::min)(c, about.holds.size() - 1)];
          one.push_back(cell_of(table.at(r, csv_column{c, {}}).text, holds));
        }
        out.rows.push_back(std::move(one));
      }
    }
    return out;
  }

  /// By kind of session, a year on average.
  [[nodiscard]] sheet sessions() const {
    sheet out = begin("Sessions", "接访场次",
                      {{"session", "接访"},
                       {"sessions a year", "年均场次"},
                       {"nobody came", "无人来访占比"},
                       {"heard", "接待批次"},
                       {"wait, minutes", "平均等候（分钟）"},
                       {"most waiting", "排队最多"},
                       {"overtime, minutes", "加班（分钟）"},
                       {"busy share", "利用率"},
                       {"left unheard", "未等到即离开"}});
    for (const result_policy& p : of_->figures->policies) {
      for (const result_venue& v : p.venues) {
        row one = begin_row(p.id);
        one.push_back(sheet_cell::of(spoken(lang_, v.en, v.zh)));
        const auto put = [&](const interval& x, cell_kind kind) {
          one.push_back(x.has_value() ? sheet_cell::of(x.estimate, kind) : sheet_cell{});
        };
        put(v.sessions, cell_kind::number);
        put(v.idle_share, cell_kind::share);
        put(v.heard, cell_kind::number);
        put(v.wait_minutes, cell_kind::number);
        put(v.queue_max, cell_kind::number);
        put(v.overtime_minutes, cell_kind::number);
        put(v.utilisation, cell_kind::share);
        put(v.left, cell_kind::number);
        out.rows.push_back(std::move(one));
      }
    }
    return out;
  }

  [[nodiscard]] sheet roster() const {
    sheet out = begin("Roster", "接访安排",
                      {{"date", "日期"},
                       {"day", "星期"},
                       {"start", "开始"},
                       {"end", "结束"},
                       {"session", "接访"},
                       {"unit", "单位代码"},
                       {"place", "地点"},
                       {"posts", "职务编号"},
                       {"who", "接访人员"},
                       {"rule", "依据"},
                       {"note", "备注"}});
    for (const workbook_policy& p : of_->policies) {
      for (const roster_row& r : p.roster) {
        row one = begin_row(p.id);
        one.push_back(sheet_cell::of(r.date));
        for (const std::string& text :
             {std::string(weekday_text(r.date.weekday(), lang_)), clock_text(r.start), clock_text(r.end), r.venue, r.unit_code, r.unit_name,
              joined(r.posts, pick("; ", "；")), joined(r.titles, pick("; ", "；")), r.rule, r.note})
          one.push_back(sheet_cell::of(text));
        out.rows.push_back(std::move(one));
      }
    }
    return out;
  }

  [[nodiscard]] std::string mark_text(std::string_view mark) const {
    constexpr std::array<bilingual, 5> words{
        {{"article", "文章"}, {"public source", "公开来源"}, {"general knowledge", "常识"}, {"inference", "推定"}, {"choice", "自定"}}};
    const auto which = parse_name<origin>(mark);
    if (!which) return std::string(mark);
    const bilingual& word = words[static_cast<std::size_t>(*which)];
    return std::string(mark) + ' ' + pick(word.en, word.zh);
  }

  [[nodiscard]] sheet assumptions() const {
    sheet out = begin("Assumptions", "参数与依据",
                      {{"parameter", "参数"},
                       {"meaning", "含义"},
                       {"value", "取值"},
                       {"unit", "单位"},
                       {"mark", "标记"},
                       {"source", "来源"},
                       {"differs from the first policy", "与首个方案不同"}});
    if (!several_) out.header.pop_back();
    for (const workbook_policy& p : of_->policies) {
      for (const result_assumption& a : p.assumptions) {
        row one = begin_row(p.id);
        for (std::string_view text : {std::string_view(a.key), spoken(lang_, a.en, a.zh), std::string_view(a.value)})
          one.push_back(sheet_cell::of(text));
        one.push_back(unit_cell(a.unit));
        one.push_back(sheet_cell::of(mark_text(a.mark)));
        one.push_back(sheet_cell::of(lang_ == language::zh && a.source_zh ? *a.source_zh : a.source));
        if (several_ && a.changed) one.push_back(sheet_cell::of(spoken(lang_, "yes", "是")));
        out.rows.push_back(std::move(one));
      }
    }
    return out;
  }

  const workbook_contents* of_;
  language lang_;
  bool several_;
};

}  // namespace detail

/// The sheets of a workbook of results: what it is about, key figures with intervals and what ratios are made of, differences between
/// policies, the tables of `office_tables`, sessions by kind, the roster, and every parameter with its value, mark and source.
/// \pre at least one policy, each with the same tables, in the order of `office_files`; asserted
/// \complexity linear in what is told
[[nodiscard]] inline std::vector<sheet> results_sheets(const workbook_contents& of, language lang) {
  SIFANG_ASSERT(!of.policies.empty(), "at least one policy");
  for ([[maybe_unused]] const workbook_policy& p : of.policies)
    SIFANG_ASSERT(p.tables.size() == of.policies.front().tables.size() && p.tables.size() <= office_files.size(),
                  "the tables of an office");
  return detail::results_workbook_maker(of, lang).make();
}

}  // namespace sifang

#endif
