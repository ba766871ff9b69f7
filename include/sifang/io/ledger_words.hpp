// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_WORDS_HPP
#define SIFANG_IO_LEDGER_WORDS_HPP

#include "sifang/core/names.hpp"
#include "sifang/io/cell_text.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// \file
/// The dictionary of ledgers: what bureaus call the columns of a ledger (台账) and write into them. docs/tables.md lists it.

namespace sifang {

/// What a column of a ledger holds. Its name is that of the documented file, and a key of a mapping file.
enum class ledger_field : std::uint8_t {
  id,
  date,
  time,
  place,
  village,
  category,
  channel,
  group_size,
  accepted,
  acceptance_days,
  replied,
  handling_days,
  settled,
  unit,
  owner,
  repeat,
  satisfaction,
};
template <>
inline constexpr std::string_view names_of<ledger_field>[] = {
    "id",      "date",          "time",    "place", "village", "category", "channel",     "group_size", "accepted", "acceptance_days",
    "replied", "handling_days", "settled", "unit",  "owner",   "repeat",   "satisfaction"};
template <>
inline constexpr bilingual texts_of<ledger_field>[] = {{"number of the case", "编号"},
                                                       {"registration", "登记时间"},
                                                       {"clock time of the registration", "登记时刻"},
                                                       {"place", "问题属地"},
                                                       {"village", "所属村(社区)"},
                                                       {"category", "问题类别"},
                                                       {"channel", "信访形式"},
                                                       {"persons", "人数"},
                                                       {"acceptance told on", "受理告知日期"},
                                                       {"days until acceptance", "受理天数"},
                                                       {"reply on", "答复日期"},
                                                       {"days from acceptance to reply", "办理天数"},
                                                       {"settled", "是否息诉"},
                                                       {"responsible unit", "责任单位"},
                                                       {"owner", "包案领导"},
                                                       {"initial or repeat", "初次/重复"},
                                                       {"satisfaction", "满意度"}};

/// Whether a ledger cannot be read without it.
[[nodiscard]] constexpr bool is_needed(ledger_field f) noexcept {
  return f == ledger_field::id || f == ledger_field::date || f == ledger_field::place || f == ledger_field::category ||
         f == ledger_field::channel || f == ledger_field::group_size;
}
/// Whether its cells are words of a short list, which a mapping file can give a meaning.
[[nodiscard]] constexpr bool has_words(ledger_field f) noexcept {
  return f == ledger_field::category || f == ledger_field::channel || f == ledger_field::settled || f == ledger_field::repeat ||
         f == ledger_field::satisfaction || f == ledger_field::place;
}

/// A word for something, of the dictionary.
template <class Meaning>
struct word_for {
  std::string_view word;  ///< as `plain_word` makes it
  Meaning means;          ///< what it stands for
};

/// Names of columns; of two columns that are called the same thing the one whose name stands first is taken.
inline constexpr word_for<ledger_field> column_words[] = {
    {"id", ledger_field::id},
    {"case", ledger_field::id},
    {"case_id", ledger_field::id},
    {"信访编号", ledger_field::id},
    {"信访件编号", ledger_field::id},
    {"信访事项编号", ledger_field::id},
    {"案件编号", ledger_field::id},
    {"登记编号", ledger_field::id},
    {"受理编号", ledger_field::id},
    {"信访件号", ledger_field::id},
    {"编号", ledger_field::id},
    {"件号", ledger_field::id},
    {"序号", ledger_field::id},
    {"date", ledger_field::date},
    {"registered", ledger_field::date},
    {"registration_date", ledger_field::date},
    {"登记时间", ledger_field::date},
    {"登记日期", ledger_field::date},
    {"信访时间", ledger_field::date},
    {"信访日期", ledger_field::date},
    {"来访时间", ledger_field::date},
    {"来访日期", ledger_field::date},
    {"接访时间", ledger_field::date},
    {"接访日期", ledger_field::date},
    {"收件日期", ledger_field::date},
    {"收件时间", ledger_field::date},
    {"来信日期", ledger_field::date},
    {"日期", ledger_field::date},
    {"时间", ledger_field::date},
    {"time", ledger_field::time},
    {"登记时刻", ledger_field::time},
    {"时刻", ledger_field::time},
    {"具体时间", ledger_field::time},
    {"place", ledger_field::place},
    {"township", ledger_field::place},
    {"问题属地", ledger_field::place},
    {"信访问题属地", ledger_field::place},
    {"问题发生地", ledger_field::place},
    {"问题所在地", ledger_field::place},
    {"事发地", ledger_field::place},
    {"属地", ledger_field::place},
    {"所属乡镇", ledger_field::place},
    {"所属乡镇街道", ledger_field::place},
    {"所在乡镇", ledger_field::place},
    {"乡镇街道", ledger_field::place},
    {"乡镇", ledger_field::place},
    {"镇街", ledger_field::place},
    {"所属辖区", ledger_field::place},
    {"辖区", ledger_field::place},
    {"village", ledger_field::village},
    {"所属村", ledger_field::village},
    {"所属村社区", ledger_field::village},
    {"所在村", ledger_field::village},
    {"村社区", ledger_field::village},
    {"村居", ledger_field::village},
    {"category", ledger_field::category},
    {"问题类别", ledger_field::category},
    {"信访问题类别", ledger_field::category},
    {"问题分类", ledger_field::category},
    {"内容分类", ledger_field::category},
    {"内容类别", ledger_field::category},
    {"问题类型", ledger_field::category},
    {"信访类别", ledger_field::category},
    {"所属领域", ledger_field::category},
    {"领域", ledger_field::category},
    {"类别", ledger_field::category},
    {"channel", ledger_field::channel},
    {"信访形式", ledger_field::channel},
    {"信访方式", ledger_field::channel},
    {"信访渠道", ledger_field::channel},
    {"来源渠道", ledger_field::channel},
    {"反映方式", ledger_field::channel},
    {"反映渠道", ledger_field::channel},
    {"信访类型", ledger_field::channel},
    {"来源", ledger_field::channel},
    {"渠道", ledger_field::channel},
    {"形式", ledger_field::channel},
    {"group_size", ledger_field::group_size},
    {"persons", ledger_field::group_size},
    {"人数", ledger_field::group_size},
    {"信访人数", ledger_field::group_size},
    {"来访人数", ledger_field::group_size},
    {"涉及人数", ledger_field::group_size},
    {"人次", ledger_field::group_size},
    {"来访人次", ledger_field::group_size},
    {"信访人次", ledger_field::group_size},
    {"accepted", ledger_field::accepted},
    {"受理告知日期", ledger_field::accepted},
    {"受理告知时间", ledger_field::accepted},
    {"告知受理日期", ledger_field::accepted},
    {"受理日期", ledger_field::accepted},
    {"受理时间", ledger_field::accepted},
    {"acceptance_days", ledger_field::acceptance_days},
    {"受理天数", ledger_field::acceptance_days},
    {"受理用时", ledger_field::acceptance_days},
    {"受理时长", ledger_field::acceptance_days},
    {"replied", ledger_field::replied},
    {"答复日期", ledger_field::replied},
    {"答复时间", ledger_field::replied},
    {"答复意见书日期", ledger_field::replied},
    {"出具答复意见日期", ledger_field::replied},
    {"回复日期", ledger_field::replied},
    {"回复时间", ledger_field::replied},
    {"办结日期", ledger_field::replied},
    {"办结时间", ledger_field::replied},
    {"handling_days", ledger_field::handling_days},
    {"办理天数", ledger_field::handling_days},
    {"办理用时", ledger_field::handling_days},
    {"办理时长", ledger_field::handling_days},
    {"settled", ledger_field::settled},
    {"是否息诉", ledger_field::settled},
    {"是否息诉息访", ledger_field::settled},
    {"息诉息访", ledger_field::settled},
    {"息诉息访情况", ledger_field::settled},
    {"息诉", ledger_field::settled},
    {"是否化解", ledger_field::settled},
    {"unit", ledger_field::unit},
    {"责任单位", ledger_field::unit},
    {"承办单位", ledger_field::unit},
    {"办理单位", ledger_field::unit},
    {"有权处理机关", ledger_field::unit},
    {"责任部门", ledger_field::unit},
    {"承办部门", ledger_field::unit},
    {"owner", ledger_field::owner},
    {"包案领导", ledger_field::owner},
    {"包案责任人", ledger_field::owner},
    {"包案人", ledger_field::owner},
    {"包保领导", ledger_field::owner},
    {"责任领导", ledger_field::owner},
    {"repeat", ledger_field::repeat},
    {"初次/重复", ledger_field::repeat},
    {"初次重复", ledger_field::repeat},
    {"初次或重复", ledger_field::repeat},
    {"初重件", ledger_field::repeat},
    {"初重", ledger_field::repeat},
    {"初/重", ledger_field::repeat},
    {"是否重复", ledger_field::repeat},
    {"是否重复信访", ledger_field::repeat},
    {"satisfaction", ledger_field::satisfaction},
    {"authority", ledger_field::satisfaction},
    {"满意度", ledger_field::satisfaction},
    {"群众评价", ledger_field::satisfaction},
    {"满意度评价", ledger_field::satisfaction},
    {"群众满意度", ledger_field::satisfaction},
    {"满意度评价结果", ledger_field::satisfaction},
    {"对责任单位评价", ledger_field::satisfaction},
    {"是否满意", ledger_field::satisfaction},
};

/// Columns that tell who somebody is, or are told in free words: never read, but for the keyed hash of `anonymise`.
enum class private_column : std::uint8_t { name, telephone, identity, address, story };
/// Names of such columns.
inline constexpr word_for<private_column> private_column_words[] = {
    {"name", private_column::name},           {"petitioner", private_column::name},
    {"姓名", private_column::name},           {"信访人", private_column::name},
    {"信访人姓名", private_column::name},     {"来访人", private_column::name},
    {"来访人姓名", private_column::name},     {"反映人", private_column::name},
    {"反映人姓名", private_column::name},     {"信访群众", private_column::name},
    {"代表人", private_column::name},         {"登记人", private_column::name},
    {"经办人", private_column::name},         {"承办人", private_column::name},
    {"phone", private_column::telephone},     {"telephone", private_column::telephone},
    {"mobile", private_column::telephone},    {"电话", private_column::telephone},
    {"联系电话", private_column::telephone},  {"联系方式", private_column::telephone},
    {"手机", private_column::telephone},      {"手机号", private_column::telephone},
    {"手机号码", private_column::telephone},  {"电话号码", private_column::telephone},
    {"identity", private_column::identity},   {"identity_card", private_column::identity},
    {"id_card", private_column::identity},    {"id_number", private_column::identity},
    {"身份证", private_column::identity},     {"身份证号", private_column::identity},
    {"身份证号码", private_column::identity}, {"证件号", private_column::identity},
    {"证件号码", private_column::identity},   {"address", private_column::address},
    {"住址", private_column::address},        {"地址", private_column::address},
    {"家庭住址", private_column::address},    {"现住址", private_column::address},
    {"户籍地址", private_column::address},    {"户籍地", private_column::address},
    {"工作单位", private_column::address},    {"text", private_column::story},
    {"remarks", private_column::story},       {"反映内容", private_column::story},
    {"信访内容", private_column::story},      {"反映问题", private_column::story},
    {"主要诉求", private_column::story},      {"诉求", private_column::story},
    {"内容摘要", private_column::story},      {"摘要", private_column::story},
    {"概况", private_column::story},          {"基本情况", private_column::story},
    {"办理情况", private_column::story},      {"处理情况", private_column::story},
    {"处理意见", private_column::story},      {"备注", private_column::story},
};

/// Words for how a petition came in, beside those of `names_of` and `texts_of`.
inline constexpr word_for<channel> channel_words[] = {
    {"来访", channel::visit},        {"走访", channel::visit},      {"上访", channel::visit},        {"接访", channel::visit},
    {"到访", channel::visit},        {"个体访", channel::visit},    {"集体访", channel::visit},      {"个访", channel::visit},
    {"来信", channel::letter},       {"信件", channel::letter},     {"写信", channel::letter},       {"信函", channel::letter},
    {"网上", channel::online},       {"网上信访", channel::online}, {"网上投诉", channel::online},   {"网信", channel::online},
    {"网访", channel::online},       {"网络", channel::online},     {"网站", channel::online},       {"微信", channel::online},
    {"手机信访", channel::online},   {"来电", channel::phone},      {"电话", channel::phone},        {"热线", channel::phone},
    {"12345", channel::phone},       {"12345热线", channel::phone}, {"走访发现", channel::campaign}, {"入户走访", channel::campaign},
    {"登门走访", channel::campaign}, {"登门", channel::campaign},   {"下访", channel::campaign},     {"排查", channel::campaign},
    {"摸排", channel::campaign},
};

/// Words for a petition that is made again (true) or for the first time, in a column that says which.
inline constexpr word_for<bool> repeat_words[] = {
    {"repeat", true},    {"重复", true},  {"重复信访", true}, {"重复访", true},   {"重访", true},      {"重件", true},
    {"重信重访", true},  {"重信", true},  {"再次", true},     {"initial", false}, {"first", false},    {"初次", false},
    {"初次信访", false}, {"初访", false}, {"初信", false},    {"初件", false},    {"初信初访", false}, {"首次", false},
};

/// Words for a rating; an empty optional: none was given.
inline constexpr word_for<std::optional<grade>> satisfaction_words[] = {
    {"satisfied", grade::satisfied},
    {"basically_satisfied", grade::basically_satisfied},
    {"unsatisfied", grade::unsatisfied},
    {"满意", grade::satisfied},
    {"非常满意", grade::satisfied},
    {"很满意", grade::satisfied},
    {"基本满意", grade::basically_satisfied},
    {"比较满意", grade::basically_satisfied},
    {"较满意", grade::basically_satisfied},
    {"一般", grade::basically_satisfied},
    {"不满意", grade::unsatisfied},
    {"不太满意", grade::unsatisfied},
    {"很不满意", grade::unsatisfied},
    {"是", grade::satisfied},
    {"否", grade::unsatisfied},
    {"未评价", std::nullopt},
    {"未评", std::nullopt},
    {"未参评", std::nullopt},
    {"弃评", std::nullopt},
    {"无", std::nullopt},
    {"none", std::nullopt},
};

/// Words for one subject, apart by blanks: a scenario's category that has one of them, or is called so, is meant by all.
inline constexpr std::string_view subject_words[] = {
    "land 自然资源 国土资源 国土 土地 征地 征地拆迁 征地补偿 土地征收 征收 征迁 林权 矿产资源",
    "political-legal 政法 涉法涉诉 司法 公安 法院 检察",
    "labour 劳动社保 劳动和社会保障 劳动与社会保障 社会保障 人力资源和社会保障 人社 劳资 劳动 社保 欠薪 工资",
    "construction 城乡建设 住房和城乡建设 住建 房地产 城建 建设 物业 住房",
    "agriculture 农业农村 农村农业 农业 农村 农林水利 三农 涉农",
    "civil-affairs 民政 社会救助 救助 低保",
    "veterans 涉军 退役军人 退役军人事务 军队 军转",
    "health 卫生健康 卫健 卫生 医疗 卫生计生",
    "market 市场监管 市场监督管理 经济管理 工商",
    "education 教育 教育体育 文教",
    "traffic 交通 交通运输",
    "environment 生态环境 环保 环境保护 环境",
    "other 其他 其它 其他类 其他问题",
};

/// The name of a column as the dictionary has it: without blanks, brackets and what stands in them, lines and colons.
[[nodiscard]] inline std::string plain_header(std::string_view text) {
  constexpr std::size_t longest = 4096;  // a name is asked for many times; what is longer is none
  const std::string word = plain_word(text.substr(0, longest));
  std::string out;
  int depth = 0;
  for (const char c : word) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0 && c != ':' && c != '*') out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return out.empty() ? word : out;
}

/// What a word of a table of the dictionary means, or nothing.
template <class Meaning, std::size_t N>
[[nodiscard]] std::optional<Meaning> meaning_of(const word_for<Meaning> (&words)[N], std::string_view word) noexcept {
  for (const auto& one : words) {
    if (one.word == word) return one.means;
  }
  return std::nullopt;
}

/// The field that a column of this name holds, if it is known.
[[nodiscard]] inline std::optional<ledger_field> field_called(std::string_view header) {
  return meaning_of(column_words, plain_header(header));
}
/// Whether a column of this name tells who somebody is, or a story.
[[nodiscard]] inline std::optional<private_column> private_column_called(std::string_view header) {
  return meaning_of(private_column_words, plain_header(header));
}

/// How a petition came in, by a word for it.
[[nodiscard]] inline std::optional<channel> channel_called(std::string_view text) {
  const std::string word = plain_word(text);
  if (const auto known = parse_text<channel>(word)) return known;
  return meaning_of(channel_words, word);
}
/// Whether a word says that a petition is a repeat.
[[nodiscard]] inline std::optional<bool> repeat_called(std::string_view text) {
  if (const auto known = meaning_of(repeat_words, plain_word(text))) return known;
  return cell_yes_no_of(text);
}
/// The grade that a word means: nothing if it is no such word, an empty grade if it says that none was given.
[[nodiscard]] inline std::optional<std::optional<grade>> grade_called(std::string_view text) {
  return meaning_of(satisfaction_words, plain_word(text));
}

/// A category of a scenario, for finding it by a word.
struct named_category {
  std::string id;  ///< as the scenario calls it
  std::string en;  ///< its name in English
  std::string zh;  ///< its name in Chinese
};

/// The category that a word means: its id or name, or one of the dictionary's words for the same subject. Nothing if it is
/// none, or if several categories would do. \complexity linear in the categories
[[nodiscard]] inline std::optional<std::size_t> category_called(std::string_view text, std::span<const named_category> categories) {
  const std::string word = plain_word(text);
  if (word.empty()) return std::nullopt;
  for (std::size_t c = 0; c < categories.size(); ++c) {
    const named_category& one = categories[c];
    if (word == plain_word(one.id) || word == plain_word(one.en) || word == plain_word(one.zh)) return c;
  }
  const auto stands_in = [](std::string_view list, const std::string& wanted) {
    return !wanted.empty() && (' ' + std::string(list) + ' ').find(' ' + wanted + ' ') != std::string::npos;
  };
  std::optional<std::size_t> found;
  for (const std::string_view subject : subject_words) {
    if (!stands_in(subject, word)) continue;
    for (std::size_t c = 0; c < categories.size(); ++c) {
      if (!stands_in(subject, plain_word(categories[c].id)) && !stands_in(subject, plain_word(categories[c].zh))) continue;
      if (found && *found != c) return std::nullopt;
      found = c;
    }
  }
  return found;
}

}  // namespace sifang

#endif
