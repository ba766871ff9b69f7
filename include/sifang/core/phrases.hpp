// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_PHRASES_HPP
#define SIFANG_CORE_PHRASES_HPP

#include "sifang/core/when_called.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// \file
/// The words that stand in the details of faults ("a whole number"), in Chinese.

namespace sifang::detail {

struct phrase {
  std::string_view en, zh;  // {} stands for a part that is taken over, in the same order in both
};

inline constexpr phrase phrases[] = {
    {"text", "文本"},
    {"text '{}'", "文本“{}”"},
    {"true or false", "true 或 false"},
    {"one word in quotes", "引号内的一个选项"},
    {"a whole number", "整数"},
    {"a whole number of minutes", "整数分钟"},
    {"a whole number of days", "整数天"},
    {"a number", "数字"},
    {"a date YYYY-MM-DD", "日期 YYYY-MM-DD"},
    {"a clock time \"HH:MM\"", "时刻 \"HH:MM\""},
    {"a clock time HH:MM", "时刻 HH:MM"},
    {"a list of {} numbers", "{} 个数字的列表"},
    {"a list of dates", "日期列表"},
    {"a list of tables", "表的列表"},
    {"a list of {}", "{} 项的列表"},
    {"a recurrence rule or a list of them", "重复规则或其列表"},
    {"a table [{}]", "表 [{}]"},
    {"a table of units", "单位表"},
    {"a table of posts", "职务表"},
    {"a table of links", "关系表"},
    {"a table of holidays", "节假日表"},
    {"a table with a header row", "带表头的表格"},
    {"a table", "表"},
    {"tables [[{}]]", "若干个 [[{}]] 表"},
    {"a scenario", "方案文件"},
    {"a case load", "案件记录表"},
    {"a results file", "结果文件"},
    {"a results file in JSON", "JSON 格式的结果文件"},
    {"the path of a scenario", "方案文件路径"},
    {"the path of a table", "表格文件路径"},
    {"the short name of the category", "类别简称"},
    {"its name", "名称"},
    {"its value", "相应的值"},
    {"at least one table [[category]]", "至少一个 [[category]] 表"},
    {"a name that can be a folder's", "可用作目录名的名称"},
    {"a name that only one has", "唯一的名称"},
    {"from {} to {}", " {} 至 {} 之间"},
    {"at least {}", "不小于 {} 的范围"},
    {"at most {}", "不大于 {} 的范围"},
    {"that is finite", "有限数范围"},
    {"with at least one weight above 0", "至少一项大于 0 的范围"},
    {"only zeros", "全部为 0"},
    {"the end of the line", "行尾"},
    {"the end of the file", "文件末尾"},
    {"something else", "其他内容"},
    {"a closing quote", "右引号"},
    {"a comma after the closing quote", "右引号后的逗号"},
    {"'{}' filled in", "“{}”已填写"},
    {"an empty field", "空字段"},
    {"value", "值"},
    {"a value (text and clock times stand in quotes)", "值(文本和时刻须加引号)"},
    {"a line key = value", "“键 = 值”形式的一行"},
    {"each key once", "每个键只出现一次"},
    {"'{}' again", "“{}”重复出现"},
    {"comma or closing '{}'", "逗号或“{}”"},
    {"value or closing '{}'", "值或“{}”"},
    {"a comment or whitespace", "注释或空白"},
    {"bytes that are not text", "非文本字节"},
    {"the file", "文件"},
    {"an object", "对象"},
    {"an array", "数组"},
    {"an array of {}", "{} 项的数组"},
    {"a row for each unit below the header", "表头之下每个单位一行"},
    {"a row for each post below the header", "表头之下每个职务一行"},
    {"a row for each link below the header", "表头之下每个关系一行"},
    {"a row for each holiday and make-up workday below the header", "表头之下每个节假日或调休日一行"},
    {"a row for each matter below the header", "表头之下每件信访事项一行"},
    {"the directory holds files that are no results", "目录中有结果以外的文件"},
    {"No such file or directory", "文件或目录不存在"},
    {"Permission denied", "没有权限"},
    {"Is a directory", "这是一个目录"},
    {"Not a directory", "这不是目录"},
    {"No space left on device", "磁盘空间不足"},
    {"there is no Party school", "没有县委党校"},
    {"there is no principal leader", "没有主要领导"},
    {"there is no petition bureau", "没有信访局"},
    {"there is no county-level leader", "没有县处级领导"},
    {"{} is linked to no township and in charge of no department", "{} 既未挂钩乡镇也未分管县直单位"},
    {"{} has no county-level leader linked to it", "{} 没有县处级领导挂钩"},
    {"{} has no head", "{} 没有主要负责人"},
    {"{} has no team member linked to it", "{} 没有班子成员挂钩"},
    {"{} to {}", "{} 至 {}"},  // last: it fits any sentence with "to" in it
};

/// Fills `zh` from `text` if it has the form `en`. Parts are as short as the form allows.
template <class = when_called>
[[nodiscard]] inline bool translate(std::string_view text, std::string_view en, std::string_view zh, std::string& out) {
  std::string filled;
  while (true) {
    const std::size_t hole = en.find("{}");
    if (hole == std::string_view::npos) {
      if (text != en) return false;
      out = filled.append(zh);
      return true;
    }
    if (!text.starts_with(en.substr(0, hole))) return false;
    text.remove_prefix(hole);
    en.remove_prefix(hole + 2);
    const std::string_view after = en.substr(0, en.find("{}"));
    const bool last = after.size() == en.size();
    if (last && !text.ends_with(after)) return false;
    const std::size_t part = last ? text.size() - after.size() : text.find(after);
    if (part == std::string_view::npos || text.size() < after.size()) return false;
    const std::size_t target = zh.find("{}");
    filled.append(zh.substr(0, target)).append(text.substr(0, part));
    zh.remove_prefix(target + 2);
    text.remove_prefix(part);
  }
}

/// The detail of a fault in Chinese; what is no known phrase (a key, a number, a name) stays as it is.
template <class = when_called>
[[nodiscard]] inline std::string in_chinese(std::string_view detail) {
  std::string out;
  for (const phrase& p : phrases) {
    if (translate(detail, p.en, p.zh, out)) return out;
  }
  return std::string(detail);
}

}  // namespace sifang::detail

#endif
