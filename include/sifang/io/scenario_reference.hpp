// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SCENARIO_REFERENCE_HPP
#define SIFANG_IO_SCENARIO_REFERENCE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/parameter_value.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/plausible_law.hpp"
#include "sifang/county/plausible_ranges.hpp"
#include "sifang/county/provenance.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/source_words.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace sifang {

namespace detail {

/// A number with four digits at most.
[[nodiscard]] inline std::string rounded_end(double x) {
  if (x == 0) return "0";
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(x))) - 3);
  return number_text(unit < 1 ? std::round(x / unit) / std::round(1 / unit) : std::round(x / unit) * unit);
}

}  // namespace detail

/// The ends of a plausible range and how belief is spread over it. Ends are rounded to four digits.
[[nodiscard]] inline std::string range_words(const plausible_range& r, language lang) {
  constexpr std::string_view en[] = {"each value alike", "each factor alike", "the middle most of all"};
  constexpr std::string_view zh[] = {"均匀", "对数均匀", "三角形"};
  const auto kind = static_cast<std::size_t>(r.kind);
  std::string out = detail::rounded_end(r.low) + " … " + detail::rounded_end(r.high);
  return out.append(", ").append(lang == language::zh ? zh[kind] : en[kind]);
}

namespace detail {

[[nodiscard]] inline std::string markdown_cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

template <class T>
[[nodiscard]] std::string allowed_text(const parameter& p) {
  if constexpr (named_enum<T>) {
    std::string all;
    for (const std::string_view name : names_of<T>) all.append(all.empty() ? "`" : ", `").append(name).append("`");
    return all;
  } else if constexpr (is_word_list<T>) {
    return "any of " + allowed_text<typename T::value_type>(p);
  } else if constexpr (std::same_as<T, bool>) {
    return "`true`, `false`";
  } else {
    if (p.least == 0 && p.most == 0) return "";
    return number_text(p.least) + " … " + number_text(p.most);
  }
}

/// The rows of one table, with a heading for each first word of a key.
class reference_writer {
 public:
  explicit reference_writer(language lang) : lang_(lang) {}

  template <class T>
  void row(const parameter& p, const T& field, bool grouped) {
    if (grouped) {
      const std::string group = p.key.substr(0, p.key.find('.'));
      if (group != group_) heading("[" + (group_ = group) + "]");
    }
    const std::string value = value_text(p, field);
    text += "| `" + p.key + "` | " + (value.empty() ? "" : '`' + markdown_cell(value) + '`') + " | " + std::string(p.unit) + " | " +
            allowed_text<T>(p) + " | " + std::string(name_of(p.mark)) + " | " + markdown_cell(source_text(p.source, lang_)) + " | " +
            markdown_cell(lang_ == language::zh ? p.zh : p.en) + " |\n";
  }

  /// What a kind of session has, and those that there are.
  void sessions(const reception_setting& s) {
    const bool zh = lang_ == language::zh;
    heading("[session.ID]");
    session_kind fresh;
    fresh.id = "ID";
    detail::visit_session(fresh, "session.ID", [&](const parameter& p, const auto& field) { row(p, field, false); });
    text += zh ? "\n内置八类接访与新增者不同的默认值：\n"
               : "\nThe eight kinds that there are, where their defaults are not those of a new one:\n";
    for (const session_kind& k : s.sessions) {
      if (k.irregular) continue;
      std::map<std::string, std::string> of_fresh;
      detail::visit_session(fresh, "", [&](const parameter& p, const auto& field) { of_fresh[p.key] = value_text(p, field); });
      text += "\n### `[session." + k.id + "]`\n\n" + (zh ? "| 键 | 默认值 | 来源标记 | 来源 |\n" : "| key | default | mark | source |\n") +
              "|---|---|---|---|\n";
      detail::visit_session(k, "", [&](const parameter& p, const auto& field) {
        const std::string value = value_text(p, field);
        if (value == of_fresh[p.key]) return;
        text += "| `" + p.key.substr(1) + "` | `" + markdown_cell(value) + "` | " + std::string(name_of(p.mark)) + " | " +
                markdown_cell(source_text(p.source, lang_)) + " |\n";
      });
    }
    group_.clear();
  }

  /// What may be believed of what we do not know, and what is kept.
  void ranges() {
    const bool zh = lang_ == language::zh;
    text +=
        zh ? "\n## 未知数值的可能取值\n\n"
             "标记为 I 或 K 的数值并非已知。下表为其可能取值，`compare --unknowns` 从中联合抽取；`×` 表示方案取值的倍数，`±` 表示与其之差。"
             "方案取值在范围之外时，范围扩展到该值。标记为 A、S、C 的取值不抽取。\n\n| 键 | 可能取值 | 来源 |\n|---|---|---|\n"
           : "\n## What we do not know\n\n"
             "A number whose mark is I or K is not known. What it may be stands here, and `compare --unknowns` draws from it, all of them "
             "together; `×` is times the value of the scenario, `±` a difference from it. A range is widened to a value that a scenario "
             "has "
             "beyond it. Values whose mark is A, S or C are not drawn.\n\n| key | plausible | source |\n|---|---|---|\n";
    for (const plausible_law& law : plausible_laws()) {
      text += "| `" + std::string(law.key) + "` | " +
              (law.ends == range_ends::factors       ? "× "
               : law.ends == range_ends::differences ? "± "
                                                     : "") +
              range_words({law.kind, law.low, law.low, law.high, false}, lang_) + " | " + markdown_cell(source_text(law.source, lang_)) +
              " |\n";
    }
    text += zh ? "\n以下标记为 I 或 K 的取值不抽取：\n\n| 键 | 原因 |\n|---|---|\n"
               : "\nKept as they are, though their mark is I or K:\n\n| key | reason |\n|---|---|\n";
    for (const kept_value& one : kept_values())
      text += "| `" + std::string(one.key) + "` | " + std::string(text_of(one.why, lang_)) + " |\n";
  }

  void heading(const std::string& title) {
    text += "\n## `" + title + "`\n\n";
    text += lang_ == language::zh ? "| 键 | 默认值 | 单位 | 取值 | 来源标记 | 来源 | 含义 |\n"
                                  : "| key | default | unit | allowed | mark | source | meaning |\n";
    text += "|---|---|---|---|---|---|---|\n";
  }

  std::string text;

 private:
  language lang_;
  std::string group_;
};

}  // namespace detail

/// All parameters as tables in Markdown, made from the same rows that reading a scenario uses.
[[nodiscard]] inline std::string write_reference(language lang = language::en) {  // NOLINT(readability-function-size): a page of text
  detail::reference_writer out(lang);
  if (lang == language::zh) {
    out.text =
        "# 方案文件参数表\n\n"
        "本页由参数表自动生成。方案文件为 TOML 格式，未列出的键一律报错。"
        "任一参数均可用 `--set 键=值` 在命令行设置；类别与敏感时期分别写作 `category.简称.share` 和 "
        "`sensitive_period.名称.first`。\n\n"
        "`extends = \"其他方案\"` 表示先读入另一方案，再以本文件覆盖；`[[category]]` 按 `id` 修改或新增，"
        "`[[sensitive_period]]` 整体替换。所写为本文件所在文件夹中的文件（`.toml` "
        "可省略）；没有时为同名的自带方案，在任何文件夹中均可引用。"
        "`scenario.name`、标题和说明（`title_*`、`about_*`）不继承：未写名称时以文件名为名称。`county.*` "
        "中的路径相对于写出该路径的文件。\n\n"
        "不写县数据表（`county.units`、`county.officials`、`county.links`）的文件是政策，可用于任何县：`sifang compare 我的县.toml "
        "wednesday` "
        "把政策文件自身的设定（连同它所继承的其他政策）叠加在第一个方案之上，取代其 `extends` 所指的县；`extends` "
        "只在单独运行时起作用，可以不写。"
        "自带县数据表的文件按原样比较。政策只能修改基准已有的类别；不适合基准的键按政策文件的行列报错。\n\n"
        "`scenario.format = 2` 表示本页所述的格式；未写或为 1 的文件也可用旧键（`reception.principal.*` 等），`sifang migrate` 可改写。\n\n"
        "接访类别各为一个表 `[session.ID]`：可修改内置八类，也可新增（至多64类，含不定期下访），只需写与默认值不同的键。\n\n"
        "日期规则可用 RFC 5545 的写法（`FREQ=MONTHLY;BYMONTHDAY=15`，在命令行中因有 `;` 须加引号），也可用文字：`每周三`、"
        "`每周一、周四`、`每月15日`、`每月最后一个周五`、`每个工作日`（含调休日），或 `every Wednesday`；之后可接 "
        "`，自2022-01-03起`、`，共12次`、`，至2022-06-30止`。`COUNT`（次数）与 `INTERVAL`（间隔）从某日数起：有 "
        "`DTSTART=20220103;…`（自……起）时从该日数起，否则从统计首日 `scenario.start` 数起，仅有间隔时按同样间隔向前延伸到预热期。"
        "在模拟日期内不含任何一天的规则视为错误。\n\n"
        "来源标记：A 原文报道；S 公开资料；K 一般知识，未核实；I 推断或建模选择；C 由规划者决定。标记和来源属于取值而不属于键："
        "下表所列为默认值的来源（规则 R、法条 L 和各节见 [domain.md](domain.md)，各地数字见 [facts.md](facts.md)）；"
        "与默认值不同的取值标为 C，除非方案在 `[provenance]` 表中写明：\n\n"
        "    [provenance]\n"
        "    \"load.matters_per_year\" = { mark = \"S\", source = \"本县2023年信访工作年报\" }\n"
        "    \"category.*.share\" = { mark = \"S\", source = \"同上，分类表\" }\n\n"
        "`*` 代表每个类别或敏感时期。所写只对当时的取值有效：继承的方案或 `--set` 改成别的值后，该值又是规划者的选择。"
        "不存在的键或标记、缺少来源、为默认值写来源，均视为错误。`check`、results.json 和报告列出取值的标记和来源。\n";
  } else {
    out.text =
        "# Parameters of a scenario\n\n"
        "This page is generated from the table that reading a scenario uses. A scenario is a TOML file; a key that is "
        "not listed here is an "
        "error. Any parameter can be set on the command line with `--set key=value`; categories and sensitive periods "
        "are reached as "
        "`category.ID.share` and `sensitive_period.NAME.first`.\n\n"
        "`extends = \"other\"` reads another scenario first and overrides it: a `[[category]]` changes the one "
        "with its `id` or adds another, `[[sensitive_period]]` tables replace those of the other file. What is named is a file beside "
        "this one (`.toml` may be left out), else the scenario of that name that ships, from any folder. `scenario.name`, titles and "
        "descriptions (`title_*`, `about_*`) are not inherited: without a name of its own, a scenario has that of its file. Paths in "
        "`county.*` are relative to the file that has them.\n\n"
        "A file that names no tables of a county (`county.units`, `county.officials`, `county.links`) is a policy, for any county: "
        "`sifang compare my-county.toml wednesday` lays what the policy's file sets, and the policies that it extends, on the first "
        "scenario, in place of the county that its `extends` leads to. `extends` counts when the policy is run alone, and may be left "
        "out. A file with a county of its own is compared as it is. A policy may only change categories that the base has; a key that does "
        "not fit the base is told with the policy's file, line and column.\n\n"
        "`scenario.format = 2` says that a file has the keys of this page; one that says 1, or nothing, may also have those of format 1 "
        "(`reception.principal.*` and others), and `sifang migrate` writes it anew.\n\n"
        "Each kind of session is a table `[session.ID]`. The eight that there are can be changed, and others added (at most 64 together, "
        "irregular visits among them), with no more keys than differ from the defaults.\n\n"
        "A recurrence rule is written as in RFC 5545 (`FREQ=MONTHLY;BYMONTHDAY=15`; on a command line its `;` needs "
        "quotes) or in words: "
        "`every Wednesday`, `every Monday and Thursday`, `the 15th of each month`, `the last Friday of each month`, "
        "`every workday` "
        "(make-up days included), or `每周三`; then perhaps `, from 2022-01-03`, `, 12 times`, `, until 2022-06-30`. "
        "`COUNT` and `INTERVAL` count from a day: from that of `DTSTART=20220103;…` (`from …`) if there is one, else "
        "from the first "
        "counted day `scenario.start`; an interval alone goes on backwards in step through the warm-up. A rule that "
        "names no simulated day is an error.\n\n"
        "Marks: A the founding article; S a public page that was read; K general knowledge, unverified; I inference or "
        "modelling choice; "
        "C what the planner decides. Mark and source belong to a value, not to its key: the tables below have those of the defaults (rules "
        "R, laws "
        "L and sections are those of [domain.md](domain.md), figures of real counties stand in [facts.md](facts.md)). A value that differs "
        "from its "
        "default is C, unless the scenario says where it has it from, in a table `[provenance]`:\n\n"
        "    [provenance]\n"
        "    \"load.matters_per_year\" = { mark = \"S\", source = \"annual report of the county for 2023\" }\n"
        "    \"category.*.share\" = { mark = \"S\", source = \"the same, table by field\" }\n\n"
        "`*` stands for every category or sensitive period. What it says holds for the value that the parameter has there: where a "
        "scenario that "
        "extends it, or `--set`, gives another value, that is the planner's again. A key or a mark that there is not, a missing source, "
        "and a source for a default are errors. `check`, results.json and the report list mark and source of the value.\n";
  }
  const scenario defaults;
  bool told_sessions = false;
  visit_parameters(defaults, [&](const parameter& p, const auto& field) {
    if (!p.key.starts_with("session.")) return out.row(p, field, true);
    if (!std::exchange(told_sessions, true)) out.sessions(defaults.reception);
  });
  out.heading("[[category]]");
  const category_setting category;
  visit_category(category, [&](const parameter& p, const auto& field) { out.row(p, field, false); });
  out.heading("[[sensitive_period]]");
  const sensitive_period period;
  visit_sensitive_period(period, [&](const parameter& p, const auto& field) { out.row(p, field, false); });
  out.ranges();
  return std::move(out.text);
}

}  // namespace sifang

#endif
