// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PERSONAL_DATA_HPP
#define SIFANG_IO_PERSONAL_DATA_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/io/cell_text.hpp"
#include "sifang/petition/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Personal data in the cells of a ledger: names, telephone and identity-card numbers. They are recognised so that they are
/// never copied to a message, a table or a result; posts and offices are none.

namespace sifang {

/// What a text holds of a person.
enum class personal_data : std::uint8_t { none, name, telephone, identity, bank_card, e_mail };
template <>
inline constexpr std::string_view names_of<personal_data>[] = {"none", "name", "telephone", "identity", "bank_card", "e_mail"};
template <>
inline constexpr bilingual texts_of<personal_data>[] = {{"none", "无"},
                                                        {"names", "姓名"},
                                                        {"telephone numbers", "电话号码"},
                                                        {"identity-card numbers", "身份证号码"},
                                                        {"bank-card numbers", "银行卡号"},
                                                        {"e-mail addresses", "电子邮箱"}};

/// What stands in a message for a cell that is not shown.
inline constexpr std::string_view not_shown = "***";

namespace detail {

inline constexpr std::u32string_view surnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付"
    U"方白邹孟熊秦邱江尹"
    U"薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒"
    U"阮柯纪梅童凌毕单季裴霍涂成"
    U"苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧"
    U"闵苟邬边卞姬师和仇栾隋商刁"
    U"沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封官谈鞠匡薄荆楼惠冀胥阚雍";
inline constexpr std::u32string_view double_surnames[] = {U"欧阳", U"上官", U"司马", U"诸葛", U"司徒", U"东方", U"夏侯",
                                                          U"皇甫", U"尉迟", U"公孙", U"慕容", U"令狐", U"长孙", U"端木"};
/// What places, offices and posts end with, and names do not.
inline constexpr std::u32string_view ends_of_offices = U"村镇乡县市省区局委办院校厂司所站组队部室科处庄店屯道府会员长记任";
/// Words of ledgers that begin as a name does.
inline constexpr std::u32string_view words_like_names[] = {
    U"林业", U"林权", U"金融", U"房产", U"房地产", U"房屋", U"安全", U"安全生产", U"安置", U"农业", U"农村", U"农业农村",
    U"司法", U"时间", U"包案", U"车辆", U"项目",   U"连续", U"和解", U"商业",     U"商务", U"文化", U"文旅", U"武装",
    U"党务", U"党建", U"单位", U"成立", U"应急",   U"公安", U"解释", U"解决",     U"明确", U"全部", U"方式"};

[[nodiscard]] inline std::u32string characters_of(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const utf8_character c = character_at(text, at);
    out += c.bytes == 0 ? U'?' : static_cast<char32_t>(c.number);
    at += c.bytes == 0 ? 1 : c.bytes;
  }
  return out;
}

[[nodiscard]] constexpr bool is_han(char32_t c) noexcept {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3134F);
}
[[nodiscard]] constexpr bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }

/// Whether a run of Han characters looks like the name of a person.
[[nodiscard]] inline bool is_like_name(std::u32string_view run) {
  if (run.size() < 2 || run.size() > 4) return false;
  if (ends_of_offices.find(run.back()) != std::u32string_view::npos) return false;
  if (std::find(std::begin(words_like_names), std::end(words_like_names), run) != std::end(words_like_names)) return false;
  for (const std::u32string_view two : double_surnames) {
    if (run.starts_with(two) && run.size() > 2) return true;
  }
  return surnames.find(run.front()) != std::u32string_view::npos;
}

/// The number of a resident identity card (GB 11643): 17 digits with a date of birth and a check character; or 15 digits of
/// the old kind.
[[nodiscard]] inline bool is_identity_number(std::u32string_view run) {
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) value = value * 10 + static_cast<int>(run[i] - U'0');
    return value;
  };
  const auto digits_up_to = [&](std::size_t count) {
    return std::all_of(run.begin(), run.begin() + static_cast<std::ptrdiff_t>(count), is_digit);
  };
  if (run.size() == 15 && digits_up_to(15) && run[0] != U'0')
    return is_date(1900 + number(6, 2), static_cast<unsigned>(number(8, 2)), static_cast<unsigned>(number(10, 2)));
  if (run.size() != 18 || !digits_up_to(17) || run[0] == U'0') return false;
  const int year = number(6, 4);
  if (year < 1850 || year > 2100 || !is_date(year, static_cast<unsigned>(number(10, 2)), static_cast<unsigned>(number(12, 2))))
    return false;
  return is_digit(run[17]) || run[17] == U'X' || run[17] == U'x';  // also with a wrong check character: a slip of the pen is a person's too
}

/// Whether digits, perhaps with blanks and dashes among them, are a telephone number of China.
[[nodiscard]] inline bool is_telephone(std::u32string_view digits) {
  if (digits.starts_with(U"0086")) digits.remove_prefix(4);
  if (digits.size() == 13 && digits.starts_with(U"86")) digits.remove_prefix(2);
  if (digits.size() == 11 && digits[0] == U'1' && digits[1] >= U'3') return true;
  return digits.size() >= 10 && digits.size() <= 12 && digits[0] == U'0' && digits[1] != U'0';  // area code and number
}

/// The check digit of bank cards (ISO/IEC 7812).
[[nodiscard]] inline bool is_bank_card(std::u32string_view digits) {
  if (digits.size() < 16 || digits.size() > 19 || (digits[0] != U'6' && digits[0] != U'4' && digits[0] != U'5')) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int value = static_cast<int>(digits[digits.size() - 1 - i] - U'0');
    if (i % 2 == 1) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 == 0;
}

[[nodiscard]] inline personal_data personal_number_in(std::u32string_view cell) {
  for (std::size_t from = 0; from < cell.size();) {
    if (!is_digit(cell[from]) || (from > 0 && is_digit(cell[from - 1]))) {
      ++from;
      continue;
    }
    std::size_t end = from;
    while (end < cell.size() && is_digit(cell[end])) ++end;
    const std::u32string_view run = cell.substr(from, end - from);
    const bool check_letter = end < cell.size() && (cell[end] == U'X' || cell[end] == U'x');
    if (is_identity_number(run) || (check_letter && is_identity_number(cell.substr(from, end + 1 - from)))) return personal_data::identity;
    if (is_telephone(run)) return personal_data::telephone;
    if (is_bank_card(run)) return personal_data::bank_card;
    // A number with dashes or blanks in it: 0593-8801234, 138 0013 8000. Dates have them too, but no run of so many digits.
    std::u32string joined(run);
    std::size_t after = end;
    while (after + 1 < cell.size() && (cell[after] == U'-' || cell[after] == U' ' || cell[after] == U')') && is_digit(cell[after + 1])) {
      ++after;
      while (after < cell.size() && is_digit(cell[after])) joined += cell[after++];
    }
    if (after > end && is_telephone(joined)) return personal_data::telephone;
    if (after > end && is_identity_number(joined)) return personal_data::identity;
    if (after > end && is_bank_card(joined)) return personal_data::bank_card;
    from = end;
  }
  return personal_data::none;
}

/// Two or three words of letters, each with a capital: Zhang San, ZHANG San Feng.
[[nodiscard]] inline bool is_like_latin_name(std::string_view cell) {
  std::size_t words = 0;
  for (std::size_t at = 0; at < cell.size();) {
    if (!(cell[at] >= 'A' && cell[at] <= 'Z')) return false;
    const std::size_t from = at;
    while (at < cell.size() && ((cell[at] >= 'A' && cell[at] <= 'Z') || (cell[at] >= 'a' && cell[at] <= 'z') || cell[at] == '\'')) ++at;
    if (at - from < 2) return false;
    ++words;
    if (at < cell.size() && cell[at] != ' ' && cell[at] != ',' && cell[at] != '-') return false;
    while (at < cell.size() && (cell[at] == ' ' || cell[at] == ',' || cell[at] == '-')) ++at;
  }
  return words == 2 || words == 3;
}

/// Surnames as pinyin writes them.
inline constexpr std::string_view pinyin_surnames[] = {
    "zhang", "wang",  "li",   "zhao", "liu", "chen", "yang",   "huang", "wu",    "zhou",   "xu",    "sun",  "ma",    "zhu",
    "hu",    "guo",   "he",   "gao",  "lin", "luo",  "zheng",  "liang", "xie",   "song",   "tang",  "feng", "deng",  "han",
    "cao",   "zeng",  "peng", "xiao", "cai", "pan",  "tian",   "dong",  "yuan",  "yu",     "jiang", "ye",   "cheng", "wei",
    "su",    "lv",    "lu",   "ding", "ren", "shen", "yao",    "cui",   "zhong", "tan",    "fan",   "jin",  "shi",   "liao",
    "jia",   "xia",   "fu",   "fang", "bai", "zou",  "meng",   "xiong", "qin",   "qiu",    "hou",   "yin",  "xue",   "yan",
    "duan",  "lei",   "long", "tao",  "gu",  "mao",  "hao",    "gong",  "shao",  "wan",    "qian",  "dai",  "mo",    "kong",
    "xiang", "chang", "wen",  "kang", "qi",  "lai",  "zhuang", "nie",   "yue",   "ouyang", "situ",  "zhuge"};

/// How many letters at the beginning of a text are a syllable of pinyin, at most; none: 0. \param most  letters
[[nodiscard]] inline std::size_t pinyin_syllable(std::string_view text, std::size_t most) {
  constexpr std::string_view initials[] = {"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g",
                                           "k",  "h",  "j",  "q", "x", "r", "z", "c", "s", "y", "w", ""};
  constexpr std::string_view finals[] = {"iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "ai",
                                         "ei",   "ao",   "ou",   "an",  "en",  "in",  "un",  "ia",  "ie",  "iu",  "ua",  "uo",
                                         "ui",   "ue",   "ve",   "er",  "a",   "o",   "e",   "i",   "u",   "v"};
  std::size_t longest = 0;
  for (const std::string_view initial : initials) {
    if (!text.starts_with(initial)) continue;
    for (const std::string_view final : finals) {
      constexpr std::string_view hard = " zh ch sh r z c s g k h f w ";  // no such sound stands before ing, ian and their like
      const bool soft_only = final.starts_with('i') && final.size() > 1;
      if (soft_only && hard.find(' ' + std::string(initial) + ' ') != std::string_view::npos) continue;
      const std::size_t size = initial.size() + final.size();
      if (size > longest && size <= most && text.substr(initial.size()).starts_with(final)) longest = size;
    }
    break;  // the longest initial that fits; the last is none
  }
  return longest;
}
/// Whether letters are so many syllables of pinyin.
[[nodiscard]] inline bool is_pinyin(std::string_view text, std::size_t syllables) {
  if (text.empty()) return syllables == 0;
  if (syllables == 0) return false;
  for (std::size_t most = 6; most > 0;) {
    const std::size_t size = pinyin_syllable(text, most);
    if (size == 0) return false;
    if (is_pinyin(text.substr(size), syllables - 1)) return true;
    most = size - 1;
  }
  return false;
}
/// A surname and one or two syllables, in small letters or any: zhangsan, WangXiaoming.
[[nodiscard]] inline bool is_like_pinyin_name(std::string_view cell) {
  constexpr std::size_t shortest = 4, longest = 20;
  if (cell.size() < shortest || cell.size() > longest) return false;
  std::string letters;
  for (const char c : cell) {
    if (c == ' ' || c == '\'') continue;
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (small < 'a' || small > 'z') return false;
    letters += small;
  }
  for (const std::string_view surname : pinyin_surnames) {
    if (!std::string_view(letters).starts_with(surname)) continue;
    const std::string_view given = std::string_view(letters).substr(surname.size());
    if (is_pinyin(given, 1) || is_pinyin(given, 2)) return true;
  }
  return false;
}

}  // namespace detail

/// What a cell holds of a person, the most telling first: a number of an identity card, of a telephone, of a bank card, an
/// e-mail address, or what looks like a name (two to four Han characters that begin with a surname and do not end as offices
/// and places do; two or three capitalised words; a surname and given name in pinyin). It would rather take a word for a name than a name
/// for a word. \complexity linear
[[nodiscard]] inline personal_data personal_data_in(std::string_view text) {
  const std::string cell = plain_cell(text);
  const std::u32string characters = detail::characters_of(cell);
  if (const personal_data number = detail::personal_number_in(characters); number != personal_data::none) return number;
  if (const auto at = cell.find('@'); at != std::string::npos && at > 0 && cell.find('.', at) != std::string::npos)
    return personal_data::e_mail;
  const auto in_name = [&](std::size_t i) { return i < characters.size() && (detail::is_han(characters[i]) || characters[i] == U'·'); };
  for (std::size_t from = 0; from < characters.size();) {
    std::u32string run, spaced;  // 王小明, and 王 小 明
    std::size_t end = from;
    for (; in_name(end); ++end) run += characters[end];
    spaced = run;
    for (std::size_t i = end; i > from && i < characters.size() && (in_name(i) || (characters[i] == U' ' && in_name(i + 1))); ++i) {
      if (characters[i] != U' ') spaced += characters[i];
    }
    if (detail::is_like_name(run) || detail::is_like_name(spaced)) return personal_data::name;
    from = end + 1;
  }
  return detail::is_like_latin_name(cell) || detail::is_like_pinyin_name(cell) ? personal_data::name : personal_data::none;
}

namespace detail {

/// How many insertions, removals, replacements and swaps of neighbours turn one text into the other, in characters; more
/// than `most` is `most + 1`.
[[nodiscard]] inline std::size_t edits_between(std::u32string_view a, std::u32string_view b, std::size_t most) {
  if ((a.size() > b.size() ? a.size() - b.size() : b.size() - a.size()) > most) return most + 1;
  std::vector<std::size_t> before, last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = (std::min)({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = (std::min)(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return (std::min)(last[b.size()], most + 1);
}

/// The candidates nearest to a word by characters, at most so many, the nearest first; none that needs more than a third of
/// the word changed, or one character of a shorter one. Words of one character are near to none.
[[nodiscard]] inline std::vector<std::string> nearest_by_characters(std::string_view word, const std::vector<std::string>& candidates,
                                                                    std::size_t most = 3) {
  constexpr std::size_t longest = 40;
  const std::u32string wanted = characters_of(word);
  std::vector<std::pair<std::size_t, std::size_t>> near;  // edits, position
  if (wanted.size() < 2 || wanted.size() > longest) return {};
  const std::size_t allowed = (std::max)(wanted.size() / 3, std::size_t{1});
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::u32string candidate = characters_of(candidates[i]);
    if (candidate.size() < 2) continue;
    const std::size_t edits = edits_between(wanted, candidate, allowed);
    if (edits <= allowed) near.emplace_back(edits, i);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < near.size() && i < most; ++i) out.push_back(candidates[near[i].second]);
  return out;
}

}  // namespace detail

/// A cell as a message may show it: dates and numbers that are no telephone, identity or account number, and words that are
/// near to a known one; anything else is `not_shown`, since it may be somebody's name or story.
/// \param near  the known word that it is near to; empty if to none
[[nodiscard]] inline std::string shown_cell(std::string_view text, std::string_view near = {}) {
  const std::string cell = plain_cell(text);
  if (cell.empty()) return {};
  constexpr std::size_t longest = 60;
  if (cell.size() > longest || personal_data_in(cell) != personal_data::none) return std::string(not_shown);
  if (!near.empty() || cell.size() == 1) return one_line(cell);
  std::string rest = cell;
  for (const std::string_view sign : {"年", "月", "日", "时", "分"}) {
    for (std::size_t at = rest.find(sign); at != std::string::npos; at = rest.find(sign)) rest.replace(at, sign.size(), " ");
  }
  if (rest.find_first_not_of("0123456789-/.:,+ T%") != std::string::npos) return std::string(not_shown);
  for (std::size_t from = 0; from < rest.size();) {  // a long run may be the number of somebody
    const std::size_t begin = (std::min)(rest.find_first_of("0123456789", from), rest.size());
    const std::size_t end = (std::min)(rest.find_first_not_of("0123456789", begin), rest.size());
    const std::size_t digits = end - begin;
    const bool is_date = digits == 8 && (rest.compare(begin, 2, "19") == 0 || rest.compare(begin, 2, "20") == 0);
    const bool is_code = (digits == 9 || digits == 12) && rest[begin] != '0';
    if (digits > 6 && !is_date && !is_code) return std::string(not_shown);
    from = end;
  }
  return one_line(cell);
}

}  // namespace sifang

#endif
