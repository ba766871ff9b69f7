// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_BOTTLENECK_TABLES_HPP
#define SIFANG_IO_BOTTLENECK_TABLES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/bottlenecks.hpp"
#include "sifang/io/figure_text.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Where a county fails, in a sentence and as tables for a terminal.

namespace sifang {

/// Most places of work that the table shows, the worst first; all are in places.csv.
inline constexpr std::size_t most_places_shown = 12;
/// The same of posts and of doors; all are in posts.csv and doors.csv.
inline constexpr std::size_t most_posts_shown = 6;

/// What is added, as people read it.
[[nodiscard]] constexpr std::string_view addition_text(addition what, language lang) noexcept {
  switch (what) {
    case addition::handler:
      return spoken(lang, "one more handler", "增加一名承办人员");
    case addition::clerk:
      return spoken(lang, "one more clerk", "增加一名登记转办人员");
    case addition::receiver:
      return spoken(lang, "one more receiver at each session", "每场增加一名接访人");
    case addition::hour:
      return spoken(lang, "one more hour at each session", "每场延长一小时");
    case addition::session:
      return spoken(lang, "one more session a month", "每月增加一场");
  }
  return {};
}

namespace detail {

/// The month in which most is late at a place, or, if nothing is, in which it is busiest; 1 for January, 0 if neither is known.
[[nodiscard]] inline std::size_t worst_month(const place_load& p) noexcept {
  std::size_t worst = 0;
  double most = 0;
  const auto look = [&](std::optional<double> place_month::*of) {
    for (std::size_t m = 0; m < p.months.size(); ++m) {
      const std::optional<double>& x = p.months[m].*of;
      if (!x || *x <= most) continue;
      most = *x;
      worst = m + 1;
    }
  };
  look(&place_month::late);
  if (worst == 0) look(&place_month::busy);
  return worst;
}

/// Says it in one language.
class bottleneck_words {
 public:
  bottleneck_words(const bottleneck_result& r, language lang) noexcept : r_(&r), lang_(lang) {}

  [[nodiscard]] std::string sentence() const {
    if (!r_->place) return std::string(say("No bottleneck can be named.", "无法指出瓶颈。")) + '\n';
    const place_load& p = r_->loads.places[*r_->place];
    const std::string name = one_line(spoken(lang_, p.en, p.zh));
    std::string out(p.late.estimate > 0 || r_->best ? say("The bottleneck is ", "瓶颈在 ")
                                                    : say("Nothing is late; nearest to its limit is ", "无逾期；最接近极限的是 "));
    out += name + std::string(say(": ", "：")) + busy(p);
    out += waits(p) + lateness(p) + std::string(say(". ", "。")) + helps() + worst_door() + worst_post();
    return out + '\n';
  }
  /// The posts at which most is late.
  [[nodiscard]] std::string posts() const {
    std::vector<std::size_t> order(r_->loads.posts.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    const auto late = [&](std::size_t k) { return late_at(r_->loads.posts[k], r_->judged_by); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return late(a) > late(b); });
    std::vector<std::vector<std::string>> rows(1);
    for (const std::string_view head :
         {say("post", "职务"), say("unit", "单位"), say("busy", "占用"), say("hears a year", "年接谈"), say("wait, days", "等候（天）"),
          say("late", "过迟"), say("steps due in own cases", "包案到期"), say("late", "逾期")})
      rows[0].emplace_back(head);
    for (std::size_t i = 0; i < (std::min)(order.size(), most_posts_shown) && late(order[i]) > 0; ++i) {
      const post_load& p = r_->loads.posts[order[i]];
      rows.push_back({std::string(spoken(lang_, p.title_en, p.title)), std::string(spoken(lang_, p.unit_name_en, p.unit_name)),
                      figure_text(p.busy.estimate, "share"), figure_text(p.visits.estimate, ""),
                      p.wait.has_value() ? figure_text(p.wait.estimate, "days") : "–", interval_text(p.late_visits, "", lang_),
                      figure_text(p.steps.estimate, ""), interval_text(p.late, "", lang_)});
    }
    return rows.size() > 1 ? table_of(rows) + '\n' : std::string();
  }
  /// The doors at which most is late, where the metric has to do with them.
  [[nodiscard]] std::string doors() const {
    if (!r_->door) return {};
    std::vector<std::size_t> order(r_->loads.doors.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    const auto late = [&](std::size_t k) { return r_->loads.doors[k].late.estimate; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return late(a) > late(b); });
    std::vector<std::vector<std::string>> rows(1);
    for (const std::string_view head : {say("door", "接访点"), say("at", "地点"), say("visits a year", "年来访"),
                                        say("wait, days", "等候（天）"), say("late a year", "年过迟"), say("late", "过迟率")})
      rows[0].emplace_back(head);
    for (std::size_t i = 0; i < (std::min)(order.size(), most_posts_shown) && late(order[i]) > 0; ++i) {
      const door_load& d = r_->loads.doors[order[i]];
      rows.push_back({std::string(spoken(lang_, d.en, d.zh)), std::string(spoken(lang_, d.unit_name_en, d.unit_name)),
                      figure_text(d.visits.estimate, ""), d.wait.has_value() ? interval_text(d.wait, "days", lang_) : "–",
                      interval_text(d.late, "", lang_), d.late_share.has_value() ? figure_text(d.late_share.estimate, "share") : "–"});
    }
    return table_of(rows) + '\n';
  }
  [[nodiscard]] std::string places() const {
    std::vector<std::vector<std::string>> rows(1);
    for (const std::string_view head :
         {say("place", "处所"), say("busy", "利用率"), say("wait, days", "等候（天）"), say("late a year", "年逾期"), say("of", "到期"),
          say("late", "逾期率"), say("worst month", "最差月份")})
      rows[0].emplace_back(head);
    for (std::size_t k = 0; k < (std::min)(r_->order.size(), most_places_shown); ++k) {
      const place_load& p = r_->loads.places[r_->order[k]];
      const std::size_t month = worst_month(p);
      rows.push_back({std::string(spoken(lang_, p.en, p.zh)), interval_text(p.busy, "share", lang_), interval_text(p.wait, "days", lang_),
                      interval_text(p.late, "", lang_), figure_text(p.due.estimate, ""),
                      p.late_share.has_value() ? figure_text(p.late_share.estimate, "share") : "–",
                      month == 0 ? "–" : std::to_string(month)});
    }
    return table_of(rows);
  }
  [[nodiscard]] std::string tried() const {
    if (r_->tried.empty()) return {};
    const metric_info& about = info(r_->judged_by);
    std::vector<std::vector<std::string>> rows{{std::string(say("at", "处所")), std::string(say("what is added", "增加")),
                                                std::string(say("changes it by", "变化")), std::string(say("verdict", "结论")),
                                                std::string(say("setting", "设定"))}};
    for (const one_more& one : r_->tried) {
      const place_load& p = r_->loads.places[one.place];
      rows.push_back({std::string(spoken(lang_, p.en, p.zh)), std::string(addition_text(one.what, lang_)),
                      difference_text(one.difference, about.unit, lang_), std::string(verdict(one)), one.setting});
    }
    std::string out(spoken(lang_, about.en, about.zh));
    return out.append(say(", now ", "，现为 ")).append(interval_text(r_->value, about.unit, lang_)).append("\n") + table_of(rows);
  }

 private:
  [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const noexcept { return spoken(lang_, en, zh); }

  [[nodiscard]] std::string_view verdict(const one_more& one) const noexcept {
    if (one.difference.kind == interval_kind::too_little_data) return say("too few years", "年数太少");
    const std::string_view better = info(r_->judged_by).better;
    if (!one.sure) return say("can't be told from none", "与无变化不可区分");
    if (better == "none") return say("changes it", "有变化");
    return (one.difference.estimate < 0) == (better == "lower") ? say("helps", "有帮助") : say("makes it worse", "反而变差");
  }
  [[nodiscard]] std::string busy(const place_load& p) const {
    const std::string share = p.busy.has_value() ? figure_text(p.busy.estimate, "share") : "–";
    if (p.kind == place_kind::session) return std::string(say("its seats are ", "座席利用率 ")) + share + std::string(say(" busy, ", "，"));
    if (p.kind == place_kind::clerks) return std::string(say("they are ", "利用率 ")) + share + std::string(say(" busy, ", "，"));
    return std::string(say("its handlers are ", "承办人员利用率 ")) + share +
           std::string(say(" busy (all handlers of the county: ", "（全县承办人员 ")) + figure_text(r_->loads.handlers_busy, "share") +
           std::string(say("), ", "），"));
  }
  [[nodiscard]] std::string waits(const place_load& p) const {
    const std::string days = figure_text(p.wait.estimate, "days");
    if (p.kind == place_kind::session)
      return std::string(say("visitors are heard there ", "来访人从决定来访到获接谈平均 ")) + days +
             std::string(say(" days after deciding to come, ", " 天，"));
    return std::string(say("a piece of work waits ", "每项工作平均等候 ")) + days +
           std::string(say(" working days there until it is begun, ", " 个工作日才开始，"));
  }
  [[nodiscard]] std::string lateness(const place_load& p) const {
    const std::string late = figure_text(p.late.estimate, ""), due = figure_text(p.due.estimate, "");
    if (lang_ == language::zh) {
      const std::string what = p.kind == place_kind::session ? "每年来访 " + due + " 批中当场未获接谈或等候超过15天的 " + late + " 批"
                               : p.kind == place_kind::clerks ? "每年到期的登记转办 " + due + " 件中逾期 " + late + " 件"
                                                              : "每年到期的受理和答复 " + due + " 件中逾期 " + late + " 件";
      return what;
    }
    return "and " + late + " of " + due +
           (p.kind == place_kind::session  ? " visits a year are not heard that day or after more than 15 days"
            : p.kind == place_kind::clerks ? " routings that fall due in a year are late"
                                           : " acceptances and replies that fall due there in a year are late");
  }
  /// The door at which most is late, where the bottleneck is a kind of session.
  [[nodiscard]] std::string worst_door() const {
    if (!r_->door || r_->loads.places[*r_->place].kind != place_kind::session) return {};
    const door_load& d = r_->loads.doors[*r_->door];
    const std::string late = figure_text(d.late.estimate, ""), visits = figure_text(d.visits.estimate, "");
    if (lang_ == language::zh)
      return "接访点中过迟最多的是" + one_line(d.unit_name) + "的“" + one_line(d.zh) + "”：每年 " + visits + " 批中 " + late + " 批。";
    return " Most is late at one door, '" + one_line(d.en) + "' at " + one_line(d.unit_name_en) + ": " + late + " of " + visits +
           " visits a year.";
  }
  /// The post with which most is late.
  [[nodiscard]] std::string worst_post() const {
    if (!r_->post) return {};
    const post_load& p = r_->loads.posts[*r_->post];
    const std::string_view group = info(r_->judged_by).group;
    const bool of_visits = group == "waiting" || (group != "deadlines" && p.late_visits.estimate > p.late.estimate);
    const interval &late = of_visits ? p.late_visits : p.late, &all = of_visits ? p.visits : p.steps;
    const std::string some = figure_text(late.estimate, ""), whole = figure_text(all.estimate, ""),
                      busy = figure_text(p.busy.estimate, "share"), name = one_line(spoken(lang_, p.title_en, p.title)),
                      unit = one_line(spoken(lang_, p.unit_name_en, p.unit_name));
    const bool says_unit = name.find(unit) != std::string::npos;
    if (lang_ == language::zh)
      return "职务中最突出的是" + (says_unit ? name : unit + name) +
             (of_visits ? "：每年接谈的 " + whole + " 批中等候超过15天的 " + some + " 批"
                        : "：其包案每年到期的受理和答复 " + whole + " 件中逾期 " + some + " 件") +
             "，信访占其工作时间 " + busy + "。";
    return " Of the posts, most is late with " + (says_unit ? name : name + " of " + unit) + ": " + some + " of " + whole +
           (of_visits ? " visits that it hears a year come to it after more than 15 days"
                      : " acceptances and replies that fall due a year in cases of its own") +
           "; it is " + busy + " busy with petitions.";
  }
  [[nodiscard]] std::string helps() const {
    const metric_info& about = info(r_->judged_by);
    const std::string name(spoken(lang_, about.en, about.zh));
    if (!r_->best) {
      if (r_->tried.empty()) return {};
      return std::string(say("Nothing that was tried changes '", "所试各项均未使“")) + name +
             std::string(say("' for the better by an amount that can be told from none.", "”有可辨认的改善。"));
    }
    const one_more& one = r_->tried[*r_->best];
    const std::string change = difference_text(one.difference, about.unit, lang_);
    const std::string what(addition_text(one.what, lang_));
    if (lang_ == language::zh) return "在该处" + what + ",“" + name + "”变化 " + change + "。";
    return std::string(1, 'O') + what.substr(1) + " there changes '" + name + "' by " + change + ".";
  }

  const bottleneck_result* r_;
  language lang_;
};

}  // namespace detail

/// The bottleneck in one sentence.
[[nodiscard]] inline std::string bottleneck_sentence(const bottleneck_result& r, language lang) {
  return detail::bottleneck_words(r, lang).sentence();
}

/// The sentence, the worst places, doors and posts, and what one more would bring.
[[nodiscard]] inline std::string bottleneck_tables(const bottleneck_result& r, language lang) {
  const detail::bottleneck_words words(r, lang);
  std::string out = words.sentence() + '\n' + words.places() + '\n' + words.doors() + words.posts() + words.tried();
  return out + note_of_years(r.loads.replications, lang);
}

}  // namespace sifang

#endif
