// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_RECURRENCE_WORDS_HPP
#define SIFANG_CALENDAR_RECURRENCE_WORDS_HPP

#include "sifang/calendar/recurrence_parts.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Recurrence rules written in words: "every Monday and Thursday", 每周一、周四.
///
/// A rule is a head ("every week", "the 15th of each month") and further items behind commas: "in March", "on the 1st",
/// "if that is Friday", "of these the last", "from 2022-01-03", "12 times", "until 2022-12-31", "weeks begin on Sunday".

namespace sifang::detail {

inline constexpr std::array<std::string_view, 7> english_weekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                                     "Friday", "Saturday", "Sunday"};
inline constexpr std::array<std::string_view, 7> chinese_weekdays = {"一", "二", "三", "四", "五", "六", "日"};
inline constexpr std::array<std::string_view, 12> english_months = {"January", "February", "March",     "April",   "May",      "June",
                                                                    "July",    "August",   "September", "October", "November", "December"};

/// Writes parts in words.
template <class>  // only programs that ask for it compile it
class recurrence_word_writer {
 public:
  recurrence_word_writer(const recurrence_parts& parts, language lang) : p_(parts), zh_(lang == language::zh) {}

  [[nodiscard]] std::string text() const {
    if (p_.workdays) return zh_ ? "每个工作日" : "every workday";
    std::string out = head();
    const auto clause = [&](const std::string& text) { out += (zh_ ? "，" : ", ") + text; };
    if (!p_.months.empty()) clause((zh_ ? "限" : "in ") + joined(p_.months, [this](int m) { return month(m); }));
    if (!days_in_head()) {
      if (!p_.month_days.empty()) clause((zh_ ? "逢" : "on ") + month_days());
      if (!p_.days.empty()) {
        const bool condition = !p_.month_days.empty();
        clause((condition ? (zh_ ? "且为" : "if that is ") : (zh_ ? "逢" : "on ")) + weekdays());
      }
    }
    if (!p_.positions.empty()) {
      clause((zh_ ? "取" : "of these ") + joined(p_.positions, [this](int n) { return zh_ ? ordinal(n, "个") : "the " + ordinal(n, ""); }));
    }
    if (p_.week_start != weekday::monday) clause(zh_ ? "一周自周" + name(p_.week_start) + "始" : "weeks begin on " + name(p_.week_start));
    if (p_.from) clause(zh_ ? "自" + to_string(*p_.from) + "起" : "from " + to_string(*p_.from));
    if (p_.count) clause(zh_ ? "共" + std::to_string(*p_.count) + "次" : std::to_string(*p_.count) + (*p_.count == 1 ? " time" : " times"));
    if (p_.until) clause(zh_ ? "至" + to_string(*p_.until) + "止" : "until " + to_string(*p_.until));
    return out;
  }

 private:
  [[nodiscard]] std::string name(weekday on) const {
    return std::string((zh_ ? chinese_weekdays : english_weekdays)[static_cast<std::size_t>(on)]);
  }
  [[nodiscard]] std::string month(int m) const {
    return zh_ ? std::to_string(m) + "月" : std::string(english_months[static_cast<std::size_t>(m - 1)]);
  }
  [[nodiscard]] std::string ordinal(int n, std::string_view counter) const {
    if (zh_) {
      if (n == -1) return "最后一" + std::string(counter);
      return (n < 0 ? "倒数第" : "第") + std::to_string(n < 0 ? -n : n) + std::string(counter);
    }
    if (n == -1) return "last";
    if (n < 0) return ordinal(-n, "") + " last";
    const int tens = n % 100;
    const bool teens = tens >= 11 && tens <= 13;
    const int last = teens ? 0 : n % 10;
    return std::to_string(n) + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
  }
  template <class Items, class Text>
  [[nodiscard]] std::string joined(const Items& items, Text&& text) const {
    std::string out;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += zh_ ? "、" : i + 1 < items.size() ? ", " : " and ";
      out += text(items[i]);
    }
    return out;
  }
  [[nodiscard]] std::string month_days() const {
    std::vector<int> order;
    for (const int n : p_.month_days)
      if (n > 0) order.push_back(n);
    for (const int n : p_.month_days)
      if (n < 0) order.push_back(n);
    return joined(order, [this](int n) {
      if (zh_) return n > 0 ? std::to_string(n) + "日" : ordinal(n, "天");
      return "the " + ordinal(n, "") + (n > 0 ? "" : " day");
    });
  }
  /// Three or more days of the week in a row, and nothing else.
  [[nodiscard]] bool is_range() const {
    if (p_.days.size() < 3 || p_.days.front().ordinal != 0 || p_.days.back().ordinal != 0) return false;
    return static_cast<std::size_t>(p_.days.back().on) - static_cast<std::size_t>(p_.days.front().on) + 1 == p_.days.size();
  }
  [[nodiscard]] std::string weekdays() const {
    const std::string week = zh_ ? "周" : "";
    if (is_range()) return week + name(p_.days.front().on) + (zh_ ? "至周" : " to ") + name(p_.days.back().on);
    return joined(p_.days, [&](const recurring_weekday& d) {
      if (d.ordinal == 0) return week + name(d.on);
      return zh_ ? ordinal(d.ordinal, "个") + "周" + name(d.on) : "the " + ordinal(d.ordinal, "") + ' ' + name(d.on);
    });
  }
  [[nodiscard]] bool days_in_head() const { return listed_in_week() || listed_in_month(); }
  [[nodiscard]] bool listed_in_week() const { return p_.every == frequency::weekly && p_.interval == 1 && !p_.days.empty(); }
  [[nodiscard]] bool listed_in_month() const {
    if (p_.every != frequency::monthly || p_.interval != 1 || p_.days.empty() == p_.month_days.empty()) return false;
    return std::none_of(p_.days.begin(), p_.days.end(), [](const recurring_weekday& d) { return d.ordinal == 0; });
  }
  [[nodiscard]] std::string head() const {
    const std::string n = std::to_string(p_.interval);
    const auto unit = static_cast<std::size_t>(p_.every);
    if (zh_) {
      constexpr std::array<std::string_view, 4> units = {"天", "周", "月", "年"};
      std::string out = "每";
      if (p_.interval > 1) out += n + (p_.every == frequency::monthly ? "个" : "");
      out += units[unit];
      if (listed_in_week()) return out + weekdays().substr(std::string_view("周").size());
      if (listed_in_month()) return out + (p_.days.empty() ? month_days() : weekdays());
      return out;
    }
    if (listed_in_week()) return "every " + weekdays();
    if (listed_in_month()) return (p_.days.empty() ? month_days() : weekdays()) + " of each month";
    constexpr std::array<std::string_view, 4> units = {"day", "week", "month", "year"};
    return "every " + (p_.interval > 1 ? n + ' ' : "") + std::string(units[unit]) + (p_.interval > 1 ? "s" : "");
  }

  const recurrence_parts& p_;
  bool zh_;
};

template <class When = when_called>
[[nodiscard]] inline std::string words_of(const recurrence_parts& parts, language lang) {
  return recurrence_word_writer<When>(parts, lang).text();
}

}  // namespace sifang::detail

#endif
