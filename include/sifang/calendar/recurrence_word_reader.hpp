// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_RECURRENCE_WORD_READER_HPP
#define SIFANG_CALENDAR_RECURRENCE_WORD_READER_HPP

#include "sifang/calendar/recurrence_parts.hpp"
#include "sifang/calendar/recurrence_words.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Recurrence rules read from words: what `recurrence_words.hpp` writes, and other usual ways to say it.

namespace sifang::detail {

/// What both languages share: parts that fill up item by item, and the list that is open.
class recurrence_word_reader {
 public:
  explicit recurrence_word_reader(recurrence_parts& into) : into_(into) {}

 protected:
  enum class list : std::uint8_t { none, days, conditions, months, positions };

  /// Takes the prefix or suffix off if it is there. @{
  template <class = when_called>
  static bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
  }
  template <class = when_called>
  static bool drop(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
  }
  /// @}
  template <class = when_called>
  static void replace(std::string& text, std::string_view what, std::string_view by) {
    std::string out;  // anew: GCC 12 warns of `std::string::replace` where it knows the texts (-Wrestrict)
    std::size_t from = 0;
    for (std::size_t at = 0; (at = text.find(what, from)) != std::string::npos; from = at + what.size())
      out.append(text, from, at - from).append(by);
    text = out.append(text, from);
  }
  template <class = when_called>
  static std::vector<std::string> items_of(std::string_view text) {
    std::vector<std::string> out(1);
    for (const char c : text) {
      if (c == '|')
        out.emplace_back();
      else if (c != ' ' || !out.back().empty())
        out.back() += c;
    }
    for (std::string& item : out) {
      while (item.ends_with(' ')) item.pop_back();
    }
    std::erase(out, "");
    return out;
  }
  template <class = when_called>
  static std::optional<int> at_most(std::optional<int> n, int most) {
    return n && *n >= 1 && *n <= most ? n : std::nullopt;
  }
  template <class T>
  static bool set_once(std::optional<T>& field, std::optional<T> value) {
    if (field || !value) return false;
    field = value;
    return true;
  }
  /// A list holds dates or weekdays: "the 15th and Monday" would not say whether either or both are meant.
  template <class = when_called>
  bool add_weekday(std::size_t on, int ordinal) {
    if (on >= 7 || (open_ != list::conditions && !into_.month_days.empty())) return false;
    into_.days.push_back({static_cast<weekday>(on), ordinal});
    return true;
  }
  template <class = when_called>
  bool add_range(std::size_t first, std::size_t last) {
    if (first >= 7 || last >= 7 || last <= first) return false;
    for (std::size_t on = first; on <= last; ++on) {
      if (!add_weekday(on, 0)) return false;
    }
    return true;
  }
  template <class = when_called>
  bool add_month_day(int n) {
    if (n < -31 || n > 31 || open_ == list::conditions || !into_.days.empty()) return false;
    into_.month_days.push_back(n);
    return true;
  }

  recurrence_parts& into_;
  list open_ = list::none;
};

template <class>  // only programs that ask for it compile it
class english_recurrence_reader : recurrence_word_reader {
 public:
  using recurrence_word_reader::recurrence_word_reader;

  /// \returns the first item that makes no sense, if there is one
  std::optional<std::string> read(std::string text) {
    for (char& c : text) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      if (c == '\t' || c == '\n' || c == '\r') c = ' ';
      if (c == ',') c = '|';
    }
    while (text.find("  ") != std::string::npos) replace(text, "  ", " ");
    replace(text, " and ", "|");
    std::vector<std::string> items = items_of(text);
    if (items.empty()) return "";
    if (!head(items.front())) return items.front();
    for (std::size_t i = 1; i < items.size(); ++i) {
      if (!item(items[i])) return items[i];
    }
    if (listing_month_) return items.back();  // "the 15th" of what?
    return std::nullopt;
  }

 private:
  static std::size_t weekday_of(std::string_view word) {
    for (std::size_t on = 0; on < 7; ++on) {
      std::string name(english_weekdays[on]);
      name.front() = static_cast<char>(name.front() - 'A' + 'a');
      if (word == name || word == name + 's') return on;
    }
    return 7;
  }
  static std::optional<int> ordinal_of(std::string_view word) {
    constexpr std::array<std::string_view, 6> words = {"", "first", "second", "third", "fourth", "fifth"};
    for (std::size_t n = 1; n < words.size(); ++n) {
      if (word == words[n]) return static_cast<int>(n);
    }
    if (word == "last") return -1;
    if (drop(word, " last")) {
      const auto n = ordinal_of(word);
      return n && *n > 1 ? std::optional(-*n) : std::nullopt;
    }
    if (word.size() < 3) return std::nullopt;
    const std::string_view ending = word.substr(word.size() - 2);
    if (ending != "st" && ending != "nd" && ending != "rd" && ending != "th") return std::nullopt;
    return at_most(digits(word.substr(0, word.size() - 2)), 366);
  }
  static std::optional<int> count_of_units(std::string_view& text, std::string_view unit) {
    const std::string_view before = text;
    std::optional<int> n = 1;
    if (take(text, "other ")) {
      n = 2;
    } else if (const std::size_t space = text.find(' '); space != text.npos && digits(text.substr(0, space))) {
      n = at_most(digits(text.substr(0, space)), 1000);
      text.remove_prefix(space + 1);
    }
    if (n && take(text, unit)) {
      if (*n > 1) take(text, "s");
      if (text.empty() || text.front() == ' ') return n;
    }
    text = before;
    return std::nullopt;
  }

  bool head(std::string_view text) {
    if (text == "daily") return true;
    if (take(text, "every ") || take(text, "each ")) {
      if (text == "workday" || text == "working day") return into_.workdays = true;
      constexpr std::array<std::string_view, 4> units = {"day", "week", "month", "year"};
      for (std::size_t u = 0; u < units.size(); ++u) {
        const auto n = count_of_units(text, units[u]);
        if (!n) continue;
        into_.every = static_cast<frequency>(u);
        into_.interval = *n;
        return text.empty() || item(text.substr(1));
      }
      into_.every = frequency::weekly;
      open_ = list::days;
      if (text == "weekday") return add_range(0, 4);
      return day_item(text) && into_.month_days.empty() && into_.days.back().ordinal == 0;
    }
    if (!text.starts_with("the ")) return false;
    listing_month_ = true;
    into_.every = frequency::monthly;
    open_ = list::days;
    return item(text);
  }

  bool item(std::string_view text) {
    if (take(text, "from ")) return set_once(into_.from, parse_day(text));
    if (take(text, "until ")) return set_once(into_.until, parse_day(text));
    if (drop(text, " times") || drop(text, " time")) return set_once(into_.count, at_most(digits(text), 100000));
    if (take(text, "weeks begin on ")) {
      into_.week_start = static_cast<weekday>(weekday_of(text) % 7);
      return weekday_of(text) < 7;
    }
    if (take(text, "in "))
      open_ = list::months;
    else if (take(text, "on "))
      open_ = list::days;
    else if (take(text, "if that is "))
      open_ = list::conditions;
    else if (take(text, "of these "))
      open_ = list::positions;
    if (listing_month_ && open_ == list::days) {
      for (const std::string_view of : {" of each month", " of every month", " of the month"}) {
        if (drop(text, of)) listing_month_ = false;
      }
      for (const std::string_view of : {" of each year", " of every year", " of the year"}) {
        if (!drop(text, of)) continue;
        listing_month_ = false;
        into_.every = frequency::yearly;
      }
      const bool closes = !listing_month_;
      const bool good = day_item(text);
      if (closes) open_ = list::none;
      return good;
    }
    switch (open_) {
      case list::days:
      case list::conditions:
        return day_item(text);
      case list::months: {
        for (std::size_t m = 0; m < english_months.size(); ++m) {
          std::string name(english_months[m]);
          name.front() = static_cast<char>(name.front() - 'A' + 'a');
          if (text != name) continue;
          into_.months.push_back(static_cast<int>(m) + 1);
          return true;
        }
        return false;
      }
      case list::positions: {
        take(text, "the ");
        const auto n = ordinal_of(text);
        if (n) into_.positions.push_back(*n);
        return n.has_value();
      }
      case list::none:
        break;
    }
    return false;
  }

  bool day_item(std::string_view text) {
    take(text, "the ");
    if (const std::size_t on = weekday_of(text); on < 7) return add_weekday(on, 0);
    if (const std::size_t to = text.find(" to "); to != text.npos)
      return add_range(weekday_of(text.substr(0, to)), weekday_of(text.substr(to + 4)));
    if (const auto n = ordinal_of(text); n && *n > 0) return add_month_day(*n);
    const std::size_t space = text.rfind(' ');
    if (space == text.npos) return false;
    const auto n = ordinal_of(text.substr(0, space));
    const std::string_view what = text.substr(space + 1);
    if (!n) return false;
    return what == "day" ? add_month_day(*n) : add_weekday(weekday_of(what), *n);
  }

  bool listing_month_ = false;  // after "the 1st", until "of each month"
};

template <class>  // only programs that ask for it compile it
class chinese_recurrence_reader : recurrence_word_reader {
 public:
  using recurrence_word_reader::recurrence_word_reader;

  /// \returns the first item that makes no sense, if there is one
  std::optional<std::string> read(std::string text) {
    for (const auto& [what, by] : {std::pair("\xE3\x80\x80", ""),
                                   {" ", ""},
                                   {"星期", "周"},
                                   {"礼拜", "周"},
                                   {"周天", "周日"},
                                   {"号", "日"},
                                   {"每个", "每"},
                                   {"每逢", "每"},
                                   {"，", "|"},
                                   {",", "|"},
                                   {"、", "|"},
                                   {"和", "|"},
                                   {"及", "|"},
                                   {"与", "|"}}) {
      replace(text, what, by);
    }
    const std::vector<std::string> items = items_of(text);
    if (items.empty()) return "";
    if (!head(items.front())) return items.front();
    for (std::size_t i = 1; i < items.size(); ++i) {
      if (!item(items[i])) return items[i];
    }
    return std::nullopt;
  }

 private:
  /// The number that a text begins with, in digits or in words up to 99, taken off.
  static std::optional<int> take_number(std::string_view& text) {
    std::size_t size = 0;
    while (size < text.size() && text[size] >= '0' && text[size] <= '9') ++size;
    if (size > 0) {
      const auto n = digits(text.substr(0, size));
      text.remove_prefix(size);
      return n;
    }
    constexpr std::array<std::string_view, 10> words = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    const auto one = [&]() -> int {
      if (take(text, "两")) return 2;
      for (std::size_t n = 1; n < words.size(); ++n) {
        if (take(text, words[n])) return static_cast<int>(n);
      }
      return 0;
    };
    const int first = one();
    if (!take(text, "十")) return first > 0 ? std::optional(first) : std::nullopt;
    return (first == 0 ? 1 : first) * 10 + one();
  }
  static std::size_t take_weekday(std::string_view& text) {
    for (std::size_t on = 0; on < 7; ++on) {
      if (take(text, chinese_weekdays[on])) return on;
    }
    return 7;
  }
  /// 第2个, 最后一个, 倒数第2个, the same with another counter; taken off.
  static std::optional<int> take_ordinal(std::string_view& text, std::string_view counter) {
    if (take(text, "最后一" + std::string(counter))) return -1;
    const int sign = take(text, "倒数") ? -1 : 1;
    if (!take(text, "第")) return std::nullopt;
    const auto n = at_most(take_number(text), 366);
    if (!n || !take(text, counter)) return std::nullopt;
    return sign * *n;
  }
  static std::optional<day> date_of(std::string_view text) {
    if (const auto d = parse_day(text)) return d;
    const auto y = take_number(text);
    if (!y || !take(text, "年")) return std::nullopt;
    const auto m = take_number(text);
    if (!m || !take(text, "月")) return std::nullopt;
    const auto d = take_number(text);
    if (!d || text != "日" || *y > 9999 || *m > 99 || *d > 99) return std::nullopt;
    return parse_day(padded(*y, 4) + '-' + padded(*m, 2) + '-' + padded(*d, 2));
  }

  bool head(std::string_view text) {
    if (!take(text, "每")) return false;
    if (text == "工作日") return into_.workdays = true;
    if (text == "天" || text == "日") return true;
    std::string_view rest = text;
    const auto n = take_number(rest);
    if (n) into_.interval = *n;
    if (n && *n > 1000) return false;
    open_ = list::days;
    if (take(rest, "天"))
      into_.every = frequency::daily;
    else if (take(rest, "周"))
      into_.every = frequency::weekly;
    else if (take(rest, "个月") || take(rest, "月"))
      into_.every = frequency::monthly;
    else if (take(rest, "年"))
      into_.every = frequency::yearly;
    else
      return false;
    if (rest.empty()) return true;
    if (into_.every == frequency::yearly && read_date_of_year(rest)) return true;
    return item(rest);
  }
  bool read_date_of_year(std::string_view text) {
    const auto month = at_most(take_number(text), 12);
    if (!month || !take(text, "月")) return false;
    const auto dom = at_most(take_number(text), 31);
    if (!dom || text != "日") return false;
    into_.months.push_back(*month);
    into_.month_days.push_back(*dom);
    open_ = list::none;  // of which month would another day be?
    return true;
  }

  bool item(std::string_view text) {
    if (take(text, "一周自")) {
      if (!drop(text, "始") || !take(text, "周")) return false;
      const std::size_t on = take_weekday(text);
      into_.week_start = static_cast<weekday>(on % 7);
      return on < 7 && text.empty();
    }
    if (take(text, "自") || take(text, "从")) {
      drop(text, "起");
      return set_once(into_.from, date_of(text));
    }
    if (text.find("周") == text.npos && (take(text, "至") || take(text, "到"))) {
      drop(text, "止");
      return set_once(into_.until, date_of(text));
    }
    if (take(text, "共")) {
      const auto n = at_most(take_number(text), 100000);
      return text == "次" && set_once(into_.count, n);
    }
    if (take(text, "限"))
      open_ = list::months;
    else if (take(text, "且为"))
      open_ = list::conditions;
    else if (take(text, "取"))
      open_ = list::positions;
    else if (take(text, "逢"))
      open_ = list::days;
    switch (open_) {
      case list::days:
      case list::conditions:
        return day_item(text);
      case list::months: {
        const auto n = at_most(take_number(text), 12);
        if (n) into_.months.push_back(*n);
        return n && text == "月";
      }
      case list::positions: {
        const auto n = take_ordinal(text, "个");
        if (n) into_.positions.push_back(*n);
        return n && text.empty();
      }
      case list::none:
        break;
    }
    return false;
  }

  bool day_item(std::string_view text) {
    std::string_view rest = text;
    if (const auto n = take_ordinal(rest, "个")) {
      const std::size_t on = take(rest, "周") ? take_weekday(rest) : 7;
      return rest.empty() && add_weekday(on, *n);
    }
    rest = text;
    if (const auto n = take_ordinal(rest, "天")) return rest.empty() && add_month_day(*n);
    rest = text;
    if (const auto n = at_most(take_number(rest), 31); n && rest == "日") return into_.every != frequency::weekly && add_month_day(*n);
    rest = text;
    take(rest, "周");
    const std::size_t first = take_weekday(rest);
    if (take(rest, "至") || take(rest, "到")) {
      take(rest, "周");
      const std::size_t last = take_weekday(rest);
      return rest.empty() && add_range(first, last);
    }
    if (!add_weekday(first, 0)) return false;
    while (!rest.empty()) {  // 每周一三五
      take(rest, "周");
      if (!add_weekday(take_weekday(rest), 0)) return false;
    }
    return true;
  }
};

/// Forms that are often meant, for finding the nearest.
template <class = when_called>
[[nodiscard]] inline std::vector<std::string> known_word_forms() {
  std::vector<std::string> out{"every day", "every workday", "每天", "每个工作日"};
  const auto add = [&](const recurrence_parts& parts) {
    out.push_back(words_of(parts, language::en));
    out.push_back(words_of(parts, language::zh));
  };
  recurrence_parts parts;
  parts.every = frequency::weekly;
  for (std::size_t on = 0; on < 7; ++on) {
    parts.days = {{static_cast<weekday>(on), 0}};
    add(parts);
  }
  parts.every = frequency::monthly;
  for (std::size_t on = 0; on < 7; ++on) {
    for (const int n : {1, 2, 3, 4, 5, -1}) {
      parts.days = {{static_cast<weekday>(on), n}};
      add(parts);
    }
  }
  parts.days.clear();
  for (int n = -1; n <= 31; ++n) {
    if (n == 0) continue;
    parts.month_days = {n};
    add(parts);
  }
  return out;
}

/// Reads a rule in words of either language.
/// \returns the first item that makes no sense, if there is one
template <class When = when_called>
[[nodiscard]] inline std::optional<std::string> read_words(std::string_view rule, recurrence_parts& into) {
  const bool chinese = std::any_of(rule.begin(), rule.end(), [](char c) { return (c & 0x80) != 0; });
  return chinese ? chinese_recurrence_reader<When>(into).read(std::string(rule))
                 : english_recurrence_reader<When>(into).read(std::string(rule));
}

}  // namespace sifang::detail

#endif
