// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RECEPTION_NOTICE_HPP
#define SIFANG_IO_RECEPTION_NOTICE_HPP

#include "sifang/core/graph_text.hpp"
#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/planned_roster.hpp"
#include "sifang/io/planned_series.hpp"
#include "sifang/io/roster.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The notice of reception days that a county posts (接访日程公示): one HTML page to be printed on A4.

namespace sifang {

namespace detail {

inline constexpr std::string_view notice_style = R"css(
@page{size:A4;margin:15mm 14mm}
*{box-sizing:border-box}
body{margin:0 auto;padding:10mm 8mm;max-width:210mm;color:#1c1c1c;background:#fff;
font:14px/1.65 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif}
header{text-align:center;border-bottom:3px double #a61b1b;padding-bottom:10px;margin-bottom:14px}
h1{color:#a61b1b;font-size:30px;letter-spacing:.22em;margin:0 0 2px;padding-left:.22em;
font-family:"Noto Serif CJK SC","Source Han Serif SC","SimSun","Songti SC",serif}
:lang(en) h1{letter-spacing:.03em}
header p{margin:0;font-size:15px}
.how{border:1px solid #d9c3c3;border-radius:4px;background:#fdf7f6;padding:8px 14px;margin-bottom:14px;break-inside:avoid}
.how h2{margin:0 0 2px;font-size:15px;color:#a61b1b}
.how ul{margin:0;padding-left:1.3em}
.place{margin:0 0 14px}
.place>h2{font-size:18px;margin:0 0 4px;padding:2px 10px;border-left:5px solid #a61b1b;background:#f4f1ee;break-after:avoid}
.session{margin:0 0 10px;padding:0 10px;break-inside:avoid}
.session.long{break-inside:auto}
.session h3{font-size:15px;margin:4px 0 2px;break-after:avoid}
.session p{margin:0}
.session b{color:#6b3a3a;font-weight:600;margin-right:.5em}
table{border-collapse:collapse;width:100%;margin:4px 0;font-size:13px}
th,td{border:1px solid #cfcac4;padding:2px 8px;text-align:left;vertical-align:top}
th{background:#f7f5f2;font-weight:600;white-space:nowrap;width:3.6em}
tr{break-inside:avoid}
td.date{white-space:nowrap;width:8.5em}
.two{columns:2;column-gap:12px}
.two table{margin:0}
span.day{display:inline-block;white-space:nowrap;width:4.9em}
.changes{color:#8a1c1c}
.changes b{color:inherit}
footer{border-top:1px solid #cfcac4;margin-top:16px;padding-top:6px;font-size:12px;color:#555;text-align:center}
@media print{body{padding:0;max-width:none;font-size:10.5pt}.how{background:none}}
)css";

/// Makes the notice in one language.
class notice_maker {
 public:
  notice_maker(const world& w, roster_period days, bool everyone, language lang)
      : w_(&w), days_(days), lang_(lang), all_(series_of(w, days, everyone)) {}

  [[nodiscard]] std::string make() {
    const county_tree& units = w_->org().units();
    const std::string county = xml_escaped(text_of(units[units.root()], lang_)), title = say("Notice of reception days", "接访日程公示");
    out_ += "<!doctype html>\n<html lang=\"" + say("en", "zh-CN") + "\">\n<head>\n<meta charset=\"utf-8\">\n";
    out_ += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
    out_ += "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + county + ' ' + title + "</title>\n<style>";
    out_.append(notice_style).append("</style>\n</head>\n<body>\n<header>\n<h1>" + title + "</h1>\n<p>" + county + ' ');
    out_ += date(days_.from, true) + say(" to ", "至") + date(days_.to, true) + "</p>\n</header>\n";
    how_to_come();
    for (std::size_t i = 0, j = 0; i < all_.size(); i = j) {
      out_ += "<section class=\"place\">\n<h2>" + xml_escaped(text_of(units[all_[i].place], lang_)) + "</h2>\n";
      for (; j < all_.size() && all_[j].place == all_[i].place; ++j) session(all_[j]);
      out_ += "</section>\n";
    }
    if (all_.empty()) out_ += "<p>" + say("No sessions in these days.", "此期间没有接访安排。") + "</p>\n";
    out_ += "<footer>" + say("Those who receive are told by post.", "接访人员以职务公示。") + "</footer>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] std::string month(day d, bool with_year) const {
    constexpr std::array<std::string_view, 12> names{"January", "February", "March",     "April",   "May",      "June",
                                                     "July",    "August",   "September", "October", "November", "December"};
    const auto number = static_cast<std::size_t>(d.month());
    const std::string year = std::to_string(d.year());
    if (lang_ == language::zh) return (with_year ? year + "年" : std::string()) + std::to_string(number) + "月";
    return std::string(names[number - 1]) + (with_year ? ' ' + year : std::string());
  }
  [[nodiscard]] std::string date(day d, bool with_year) const {
    const std::string number = std::to_string(static_cast<unsigned>(d.day_of_month()));
    return lang_ == language::zh ? month(d, with_year) + number + "日" : number + ' ' + month(d, with_year);
  }
  [[nodiscard]] bool many_years() const { return days_.from.year() != days_.to.year(); }
  [[nodiscard]] std::string full(day d) const {
    const std::string on(weekday_text(d.weekday(), lang_));
    return lang_ == language::zh ? date(d, many_years()) + "（" + on + "）" : on + ' ' + date(d, many_years());
  }

  /// R1, R10, R11, R12, L9, as far as the scenario has them.
  void how_to_come() {
    const reception_setting& r = w_->setting().reception;
    out_ += "<section class=\"how\">\n<h2>" + say("How to come", "来访须知") + "</h2>\n<ul>\n";
    const auto line = [&](std::string_view en, std::string_view zh) { out_ += "<li>" + say(en, zh) + "</li>\n"; };
    line("Time, place and people of each session are fixed, as told below.", "接访时间、地点、人员“三固定”，以下列公示为准。");
    if (r.screened_share == 0)
      line("Everybody is heard: no petitioner and no subject is turned away beforehand.", "接访事项不做筛选，来访必接。");
    if (r.booked_share == 0)
      line("No appointment is needed, but where one is told below; who comes is heard in turn.",
           "随访随接，无需预约（下列注明须预约的除外），按到场先后接谈。");
    else
      line("An appointment can be made for some of the time; all others are heard in turn.",
           "部分时段可预约，其余随访随接，按到场先后接谈。");
    line("Several persons with the same matter send at most five representatives.", "多人反映同一事项的，应推选代表，代表人数不超过5人。");
    line("Whoever receives a matter first follows it to the end.", "首接负责、一盯到底：接访领导对接访事项包案督办。");
    out_ += "</ul>\n</section>\n";
  }

  void session(const planned_series& s) {
    const session_kind& k = w_->plan().kind(s.kind);
    const venue_text text = text_of(k);
    const bool same = std::all_of(s.sittings.begin(), s.sittings.end(),
                                  [&](const planned_sitting& one) { return one.people == s.sittings.front().people; });
    out_ += std::string("<div class=\"session") + (same ? "" : " long") + "\">\n<h3>" + xml_escaped(spoken(lang_, text.en, text.zh)) +
            "</h3>\n";
    std::string rules;
    for (const recurrence& r : k.recur) rules += (rules.empty() ? "" : say(", ", "、")) + xml_escaped(in_words(r, lang_));
    if (k.sensitive_duty && !w_->setting().sensitive_periods.empty())
      rules += say(" and every workday of sensitive periods", "及重点敏感时期每个工作日");
    const minutes start = w_->plan().start(s.kind), end = start + w_->plan().length(s.kind);
    out_ += "<p><b>" + say("When", "时间") + "</b>" + (in_turn(s) ? say("in turn: ", "轮流：") : std::string()) + rules + say(", ", "，") +
            clock_text(start) + "–" + clock_text(end) + "</p>\n";
    if (k.admission == session_admission::booked)
      out_ += "<p><b>" + say("How", "方式") + "</b>" + say("by appointment", "须预约") + "</p>\n";
    if (k.video) out_ += "<p><b>" + say("How", "方式") + "</b>" + say("by video", "视频接访") + "</p>\n";
    if (same) out_ += "<p><b>" + say("Who receives", "接访人员") + "</b>" + people(s.sittings.front().people) + "</p>\n";
    changes(s);
    if (same)
      by_month(s);
    else
      by_day(s);
    out_ += "</div>\n";
  }

  [[nodiscard]] std::string people(const std::vector<official_id>& all) const {
    std::string out;
    for (official_id who : all) out += (out.empty() ? "" : say(", ", "、")) + xml_escaped(text_of(w_->org(), who, lang_));
    return out;
  }

  /// A row a month.
  void by_month(const planned_series& s) {
    out_ += "<div class=\"two\">\n<table>\n";
    for (std::size_t i = 0, j = 0; i < s.sittings.size(); i = j) {
      const day first = s.sittings[i].date;
      out_ += "<tr><th>" + month(first, many_years()) + "</th><td>";
      for (; j < s.sittings.size() && s.sittings[j].date.month() == first.month() && s.sittings[j].date.year() == first.year(); ++j) {
        const day d = s.sittings[j].date;
        const std::string on(weekday_text(d.weekday(), lang_)), number = std::to_string(static_cast<unsigned>(d.day_of_month()));
        out_ += "<span class=\"day\">" + (lang_ == language::zh ? number + "日 " + on : on + ' ' + number) + "</span>";
      }
      out_ += "</td></tr>\n";
    }
    out_ += "</table>\n</div>\n";
  }
  /// A row a day, with who sits.
  void by_day(const planned_series& s) {
    constexpr std::size_t enough_for_two = 8;
    out_ += s.sittings.size() >= enough_for_two ? "<div class=\"two\">\n<table>\n" : "<div>\n<table>\n";
    for (const planned_sitting& one : s.sittings)
      out_ += "<tr><td class=\"date\">" + full(one.date) + "</td><td>" + people(one.people) + "</td></tr>\n";
    out_ += "</table>\n</div>\n";
  }

  /// Whether places or people share the days of the kind, so that not every one of these is the series'.
  [[nodiscard]] bool in_turn(const planned_series& s) const {
    const auto all = w_->plan().series_of(s.kind);
    return std::any_of(all.begin(), all.end(), [&](std::uint32_t i) {
      const reception_series& one = w_->plan().series()[i];
      return one.place == s.place && one.period > 1;
    });
  }
  void changes(const planned_series& s) {
    const auto holds = [&](day d) {
      return std::any_of(s.sittings.begin(), s.sittings.end(), [&](const planned_sitting& one) { return one.date == d; });
    };
    const moved_days all = moves_of(*w_, s.kind, days_);
    std::vector<day> left_out = all.left_out;
    std::string moved, out;
    for (const occurrence& o : all.moved) {
      if (holds(o.actual) || o.actual > days_.to)
        moved += (moved.empty() ? "" : say("; ", "；")) + full(o.nominal) + say(" to ", "改至") + full(o.actual);
      else
        left_out.push_back(o.nominal);
    }
    for (day d : w_->plan().dates(s.kind)) {  // nobody of this place can sit
      if (d >= days_.from && d <= days_.to && !holds(d)) left_out.push_back(d);
    }
    std::sort(left_out.begin(), left_out.end());
    if (!in_turn(s)) {
      for (day d : left_out) out += (out.empty() ? "" : say(", ", "、")) + full(d);
    }
    if (!moved.empty()) out_ += "<p class=\"changes\"><b>" + say("Moved", "改期") + "</b>" + moved + "</p>\n";
    if (!out.empty()) out_ += "<p class=\"changes\"><b>" + say("Not held", "暂停") + "</b>" + out + "</p>\n";
  }

  const world* w_;
  roster_period days_;
  language lang_;
  std::vector<planned_series> all_;
  std::string out_;
};

}  // namespace detail

/// The notice of the sessions of `roster_of` as one HTML page: how to come, then place by place each kind of session with its rule, hours,
/// dates, who receives by post, and the days of its rule that are moved or not held. No script, nothing from outside; every name is
/// escaped. \param everyone  also those of `is_of_everyone` \pre the days are simulated; asserted \complexity n log n in sessions, times
/// the days for what is moved
[[nodiscard]] inline std::string reception_notice(const world& w, roster_period days, bool everyone, language lang) {
  SIFANG_ASSERT(days.from >= w.first() && days.to <= w.last(), "days that are simulated");
  return detail::notice_maker(w, days, everyone, lang).make();
}

}  // namespace sifang

#endif
